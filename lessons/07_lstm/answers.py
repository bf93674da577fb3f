# %% [markdown]
# Answers to assignment 07, written the way students write them, independent of the catalogue in `rnnshapes`.
# One answer per cell. The key says what the cell is: `right`, `wrong`, or `cheats` (right numbers, but not by hand).
# A cell with two mistakes joins their keys with `+`.

# %% answer="predicted" right="numbers"
predicted = {
    "Wx": (3, 20),
    "Wh": (5, 20),
    "bh": (20,),
    "Wxf": (3, 5),
    "z": (6, 20),
    "out": (6, 5),
    "h": (6, 5),
    "c": (6, 5),
    "states": (6, 9, 5),
    "c_too": (6, 5),
}

# %% answer="predicted" right="lists and names"
G = 4 * M
predicted = dict(Wx=[D, G], Wh=[M, G], bh=[G], Wxf=[D, M], z=[N, G],
                 out=[N, M], h=[N, M], c=[N, M], states=[N, T, M], c_too=[N, M])

# %% answer="predicted" wrong="blocks_miscounted"
predicted = {
    "Wx": (D, M),
    "Wh": (M, M),
    "bh": (M,),
    "Wxf": (D, M),
    "z": (N, M),
    "out": (N, M),
    "h": (N, M),
    "c": (N, M),
    "states": (N, T, M),
    "c_too": (N, M),
}

# %% answer="predicted" wrong="blocks_miscounted"
predicted = {
    "Wx": (D, 3 * M),
    "Wh": (M, 3 * M),
    "bh": (3 * M,),
    "Wxf": (D, M),
    "z": (N, 3 * M),
    "out": (N, M),
    "h": (N, M),
    "c": (N, M),
    "states": (N, T, M),
    "c_too": (N, M),
}

# %% answer="predicted" wrong="axis_of_gates"
predicted = {
    "Wx": (4, D, M),
    "Wh": (4, M, M),
    "bh": (4, M),
    "Wxf": (D, M),
    "z": (4, N, M),
    "out": (N, M),
    "h": (N, M),
    "c": (N, M),
    "states": (N, T, M),
    "c_too": (N, M),
}

# %% answer="predicted" wrong="wide_on_the_wrong_axis"
predicted = {
    "Wx": (D, 4 * M),
    "Wh": (4 * M, 4 * M),
    "bh": (4 * M,),
    "Wxf": (D, M),
    "z": (N, 4 * M),
    "out": (N, M),
    "h": (N, M),
    "c": (N, M),
    "states": (N, T, M),
    "c_too": (N, M),
}

# %% answer="predicted" wrong="not_cut"
predicted = {
    "Wx": (D, 4 * M),
    "Wh": (M, 4 * M),
    "bh": (4 * M,),
    "Wxf": (D, 4 * M),
    "z": (N, 4 * M),
    "out": (N, M),
    "h": (N, M),
    "c": (N, M),
    "states": (N, T, M),
    "c_too": (N, M),
}

# %% answer="predicted" wrong="states_are_wide"
predicted = {
    "Wx": (D, 4 * M),
    "Wh": (M, 4 * M),
    "bh": (4 * M,),
    "Wxf": (D, M),
    "z": (N, 4 * M),
    "out": (N, 4 * M),
    "h": (N, 4 * M),
    "c": (N, 4 * M),
    "states": (N, T, 4 * M),
    "c_too": (N, 4 * M),
}

# %% answer="predicted" wrong="states_are_wide"
predicted = {
    "Wx": (D, 4 * M),
    "Wh": (M, 4 * M),
    "bh": (4 * M,),
    "Wxf": (D, M),
    "z": (N, 4 * M),
    "out": (N, 2 * M),
    "h": (N, M),
    "c": (N, M),
    "states": (N, T, M),
    "c_too": (N, M),
}

# %% answer="predicted" wrong="c_at_every_step"
predicted = {
    "Wx": (D, 4 * M),
    "Wh": (M, 4 * M),
    "bh": (4 * M,),
    "Wxf": (D, M),
    "z": (N, 4 * M),
    "out": (N, M),
    "h": (N, M),
    "c": (N, M),
    "states": (N, T, M),
    "c_too": (N, T, M),
}

# %% answer="predicted" wrong="batch_axis_forgotten"
predicted = {
    "Wx": (D, 4 * M),
    "Wh": (M, 4 * M),
    "bh": (4 * M,),
    "Wxf": (D, M),
    "z": (4 * M,),
    "out": (M,),
    "h": (M,),
    "c": (M,),
    "states": (T, M),
    "c_too": (M,),
}

# %% answer="found" right="all blocks"
found = {"block 0": "c", "block 1": "o", "block 2": "f", "block 3": "i"}

# %% answer="found" right="from a word"
found = {f"block {k}": letter for k, letter in enumerate("cofi")}

# %% answer="found" wrong="order_of_keras"
found = {"block 0": "i", "block 1": "f", "block 2": "c", "block 3": "o"}

# %% answer="found" wrong="guessed"
found = {"block 0": "f", "block 1": "i", "block 2": "c", "block 3": "o"}

# %% answer="found" wrong="read_the_other_way"
found = {"block 0": "i", "block 1": "f", "block 2": "o", "block 3": "c"}

# %% answer="found" wrong="two_blocks_exchanged"
found = {"block 0": "i", "block 1": "o", "block 2": "f", "block 3": "c"}

# %% answer="found" wrong="two_blocks_exchanged"
found = {"block 0": "c", "block 1": "f", "block 2": "o", "block 3": "i"}

# %% answer="found" wrong="wrong_type"
found = {"block 0": 2, "block 1": 3, "block 2": 1, "block 3": 0}

# %% answer="lstm_step" right="slices"
def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    M = h_last.shape[1]
    z = xt @ Wx + h_last @ Wh + bh

    def sigmoid(a):
        return 1 / (1 + np.exp(-a))

    i = sigmoid(z[:, :M])
    f = sigmoid(z[:, M:2*M])
    g = np.tanh(z[:, 2*M:3*M])
    o = sigmoid(z[:, 3*M:])
    c = f * c_last + i * g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" right="weights cut first"
def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    Wi, Wf, Wc, Wo = np.hsplit(Wx, 4)
    Ui, Uf, Uc, Uo = np.hsplit(Wh, 4)
    bi, bf, bc, bo = np.split(bh, 4)
    s = lambda a: 1.0 / (1.0 + np.exp(-a))
    it = s(xt @ Wi + h_last @ Ui + bi)
    ft = s(xt @ Wf + h_last @ Uf + bf)
    ct = np.tanh(xt @ Wc + h_last @ Uc + bc)
    ot = s(xt @ Wo + h_last @ Uo + bo)
    c = np.multiply(ft, c_last) + np.multiply(it, ct)
    return ot * np.tanh(c), c

# %% answer="lstm_step" right="reshape to (N, 4, M)"
def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = (xt @ Wx + h_last @ Wh + bh).reshape(len(xt), 4, -1)
    i, f, o = (0.5 * (1 + np.tanh(z[:, k] / 2)) for k in (0, 1, 3))
    c = c_last * f + i * np.tanh(z[:, 2])
    return [o * np.tanh(c), c]

# %% answer="lstm_step" right="stacked and einsum"
def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    W = np.concatenate([Wx, Wh])
    z = np.einsum("na,aj->nj", np.concatenate([xt, h_last], axis=1), W) + bh
    sig = np.vectorize(lambda v: 1 / (1 + np.exp(-v)))
    i, f, g, o = (z[:, k::1][:, :h_last.shape[1]] for k in range(0, z.shape[1], h_last.shape[1]))
    c_new = sig(f) * c_last + sig(i) * np.tanh(g)
    return np.array([sig(o) * np.tanh(c_new), c_new])

# %% answer="lstm_step" right="sample by sample"
def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    h, c = np.zeros(h_last.shape), np.zeros(c_last.shape)
    for n in range(len(xt)):
        i, f, g, o = np.split(xt[n] @ Wx + h_last[n] @ Wh + bh, 4)
        i, f, o = 1/(1+np.exp(-i)), 1/(1+np.exp(-f)), 1/(1+np.exp(-o))
        c[n] = f*c_last[n] + i*np.tanh(g)
        h[n] = o*np.tanh(c[n])
    return h, c

# %% answer="lstm_step" wrong="i_and_f_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    f, i, g, o = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * c_last + i * g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="i_and_f_swapped"
def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    M = len(Wh)
    z = xt @ Wx + h_last @ Wh + bh
    s = 1 / (1 + np.exp(-z))
    i, f, o = s[:, :M], s[:, M:2*M], s[:, 3*M:]
    c = i * c_last + f * np.tanh(z[:, 2*M:3*M])
    return o * np.tanh(c), c

# %% answer="lstm_step" wrong="i_and_g_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    g, f, i, o = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * c_last + i * g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="i_and_o_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    o, f, g, i = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * c_last + i * g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="f_and_g_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    i, g, f, o = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * c_last + i * g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="f_and_g_swapped"
def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    M = h_last.shape[-1]
    gates = xt @ Wx + h_last @ Wh + bh
    i = 1 / (1 + np.exp(-gates[:, 0*M:1*M]))
    c_hat = np.tanh(gates[:, 1*M:2*M])
    f = 1 / (1 + np.exp(-gates[:, 2*M:3*M]))
    o = 1 / (1 + np.exp(-gates[:, 3*M:4*M]))
    c = f * c_last + i * c_hat
    return o * np.tanh(c), c

# %% answer="lstm_step" wrong="f_and_o_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    i, o, g, f = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * c_last + i * g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="g_and_o_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    i, f, o, g = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * c_last + i * g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="i_and_f_swapped+g_and_o_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    f, i, o, g = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * c_last + i * g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="i_and_o_swapped+f_and_g_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    o, g, f, i = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * c_last + i * g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="blocks_moved_round"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    i, o, f, g = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * c_last + i * g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="blocks_moved_round"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    f, g, o, i = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * c_last + i * g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="blocks_moved_round"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    g, o, f, i = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * c_last + i * g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="one_block_for_two"
def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    M = Wh.shape[0]
    z = xt @ Wx + h_last @ Wh + bh
    sig = lambda a: 1 / (1 + np.exp(-a))
    i = sig(z[:, :M])
    f = sig(z[:, M:2*M])
    g = np.tanh(z[:, 2*M:3*M])
    o = sig(z[:, 2*M:3*M])
    c = f * c_last + i * g
    return o * np.tanh(c), c

# %% answer="lstm_step" wrong="one_block_for_two"
def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    M = Wh.shape[0]
    sig = lambda a: 1 / (1 + np.exp(-a))
    def block(k):
        cut = slice(k * M, (k + 1) * M)
        return xt @ Wx[:, cut] + h_last @ Wh[:, cut] + bh[cut]
    i, f, g, o = sig(block(0)), sig(block(0)), np.tanh(block(2)), sig(block(3))
    c = f * c_last + i * g
    return o * np.tanh(c), c

# %% answer="lstm_step" wrong="interleaved"
def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    sig = lambda a: 1 / (1 + np.exp(-a))
    i, f, g, o = z[:, 0::4], z[:, 1::4], z[:, 2::4], z[:, 3::4]
    c = sig(f) * c_last + sig(i) * np.tanh(g)
    return sig(o) * np.tanh(c), c

# %% answer="lstm_step" wrong="interleaved"
def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = (xt @ Wx + h_last @ Wh + bh).reshape(len(xt), -1, 4)
    i, f, g, o = z[..., 0], z[..., 1], z[..., 2], z[..., 3]
    i, f, o = [1 / (1 + np.exp(-a)) for a in (i, f, o)]
    c = f * c_last + i * np.tanh(g)
    return o * np.tanh(c), c

# %% answer="lstm_step" wrong="cut_along_wrong_axis"
def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    N, M = h_last.shape
    i, f, g, o = (xt @ Wx + h_last @ Wh + bh).reshape(4, N, M)
    i, f, o = [1 / (1 + np.exp(-a)) for a in (i, f, o)]
    c = f * c_last + i * np.tanh(g)
    return o * np.tanh(c), c

# %% answer="lstm_step" wrong="cut_along_wrong_axis"
def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    i, f, g, o = np.split(z, 4)
    i, f, o = [1 / (1 + np.exp(-a)) for a in (i, f, o)]
    c = f * c_last + i * np.tanh(g)
    return o * np.tanh(c), c

# %% answer="lstm_step" wrong="not_cut"
def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    i = 1 / (1 + np.exp(-z))
    f = 1 / (1 + np.exp(-z))
    g = np.tanh(z)
    o = 1 / (1 + np.exp(-z))
    c = f * c_last + i * g
    return o * np.tanh(c), c

# %% answer="lstm_step" wrong="tanh_gates"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, g, o = np.tanh(i), np.tanh(f), np.tanh(g), np.tanh(o)
    c = f * c_last + i * g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="sigmoid_candidate"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, g, o = sigmoid(i), sigmoid(f), sigmoid(g), sigmoid(o)
    c = f * c_last + i * g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="tanh_gates+sigmoid_candidate"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, o = np.tanh(i), np.tanh(f), np.tanh(o)
    g = sigmoid(g)
    c = f * c_last + i * g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="other_curve_for_gates"
def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    hard = lambda a: np.clip(0.2 * a + 0.5, 0, 1)
    i, f, g, o = np.split(xt @ Wx + h_last @ Wh + bh, 4, axis=-1)
    c = hard(f) * c_last + hard(i) * np.tanh(g)
    return hard(o) * np.tanh(c), c

# %% answer="lstm_step" wrong="block_not_squashed"
def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    i, f, g, o = np.split(xt @ Wx + h_last @ Wh + bh, 4, axis=-1)
    c = f * c_last + i * np.tanh(g)
    return o * np.tanh(c), c

# %% answer="lstm_step" wrong="block_not_squashed"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    c = f * c_last + i * g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="other_curve_for_gates"
def sigmoid(a):
    return 1 / (1 + np.exp(a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    i, f, g, o = np.split(xt @ Wx + h_last @ Wh + bh, 4, axis=1)
    c = sigmoid(f) * c_last + sigmoid(i) * np.tanh(g)
    h = sigmoid(o) * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="forget_bias_again"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f + 1.0), sigmoid(o)  # unit forget bias
    g = np.tanh(g)
    c = f * c_last + i * g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="gate_unused"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = c_last + i * g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="gate_unused"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * c_last + g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="gate_unused"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * c_last + i * g
    h = np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="forget_inverted"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = (1 - f) * c_last + i * g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="gates_coupled"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * c_last + (1 - f) * g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="gate_unused"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = i * g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="states_exchanged"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * h_last + i * g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="c_squashed"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = np.tanh(f * c_last + i * g)
    h = o * c
    return h, c

# %% answer="lstm_step" wrong="no_tanh_at_output"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * c_last + i * g
    h = o * c
    return h, c

# %% answer="lstm_step" wrong="no_tanh_at_output"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * c_last + i * g
    h = np.tanh(o * c)
    return h, c

# %% answer="lstm_step" wrong="output_from_old_c"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * c_last + i * g
    h = o * np.tanh(c_last)
    return h, c

# %% answer="lstm_step" wrong="states_exchanged"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + c_last @ Wh + bh
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * c_last + i * g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="states_exchanged"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + c_last @ Wh + bh
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * h_last + i * g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="states_exchanged"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * c_last + i * g
    h = o * np.tanh(c)
    return c, h

# %% answer="lstm_step" wrong="not_two_states"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * c_last + i * g
    h = o * np.tanh(c)
    return h

# %% answer="lstm_step" wrong="not_two_states"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * c_last + i * g
    h = o * np.tanh(c)
    return c

# %% answer="lstm_step" wrong="not_two_states"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * c_last + i * g
    h = o * np.tanh(c)
    return h, h, c

# %% answer="lstm_step" wrong="not_two_states"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * c_last + i * g
    h = o * np.tanh(c)
    return np.concatenate([h, c], axis=1)

# %% answer="lstm_step" wrong="axes_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * c_last + i * g
    h = o * np.tanh(c)
    return np.stack([h, c], axis=1)

# %% answer="lstm_step" wrong="recurrent_term_unused"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + bh
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * c_last + i * g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="bias_dropped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * c_last + i * g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="i_and_f_swapped+bias_dropped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh
    f, i, g, o = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * c_last + i * g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="bias_added_twice"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = (xt @ Wx + bh) + (h_last @ Wh + bh)
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * c_last + i * g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="wx_wh_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wh + h_last @ Wx + bh
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * c_last + i * g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="wx_transposed"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx.T + h_last @ Wh + bh
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * c_last + i * g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="wh_transposed"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh.T + bh
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * c_last + i * g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="weights_on_the_left"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = Wx @ xt + Wh @ h_last + bh
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * c_last + i * g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="stack_order"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = np.hstack([h_last, xt]) @ np.vstack([Wx, Wh]) + bh
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = np.tanh(g)
    c = f * c_last + i * g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="math_on_arrays"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    i, f, g, o = np.split(z, 4, axis=1)
    import math
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    g = math.tanh(g)
    c = f * c_last + i * g
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_step" wrong="returns_nothing"
def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    i, f, g, o = np.split(xt @ Wx + h_last @ Wh + bh, 4, axis=1)
    c = f * c_last + i * g
    h = o * np.tanh(c)
    print(h, c)

# %% answer="lstm_step" wrong="sizes_from_notebook"
def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    s = lambda a: 1 / (1 + np.exp(-a))
    i, f, g, o = s(z[:, :M]), s(z[:, M:2*M]), np.tanh(z[:, 2*M:3*M]), s(z[:, 3*M:4*M])
    c = f * c_last + i * g
    return o * np.tanh(c), c

# %% answer="lstm_step" wrong="argument_changed"
def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    i, f, g, o = np.split(xt @ Wx + h_last @ Wh + bh, 4, axis=1)
    i, f, o = [1 / (1 + np.exp(-a)) for a in (i, f, o)]
    c_last *= f
    c_last += i * np.tanh(g)
    return o * np.tanh(c_last), c_last

# %% answer="lstm_by_hand" right="step inside"
def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    def step(x, h, c):
        i, f, g, o = np.split(x @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, o = (1 / (1 + np.exp(-a)) for a in (i, f, o))
        c = f * c + i * np.tanh(g)
        return o * np.tanh(c), c

    H = np.zeros((*X.shape[:2], len(Wh)))
    state = (h0, c0)
    for t in range(X.shape[1]):
        state = step(X[:, t], *state)
        H[:, t] = state[0]
    return H

# %% answer="lstm_by_hand" right="products of all steps first"
def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    M = h0.shape[1]
    XW = X @ Wx + bh
    h, c = h0.copy(), c0.copy()
    out = []
    for xw in XW.swapaxes(0, 1):
        z = xw + h @ Wh
        s = 1 / (1 + np.exp(-z))
        c = s[:, M:2*M] * c + s[:, :M] * np.tanh(z[:, 2*M:3*M])
        h = s[:, 3*M:] * np.tanh(c)
        out.append(h)
    return np.array(out).transpose(1, 0, 2)

# %% answer="lstm_by_hand" right="film by film"
def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    films = []
    for x, h, c in zip(X, h0, c0):
        film = []
        for row in x:
            i, f, g, o = (row @ Wx + h @ Wh + bh).reshape(4, -1)
            i, f, o = 1/(1+np.exp(-i)), 1/(1+np.exp(-f)), 1/(1+np.exp(-o))
            c = f*c + i*np.tanh(g)
            h = o*np.tanh(c)
            film.append(h)
        films.append(film)
    return np.array(films)

# %% answer="lstm_by_hand" wrong="i_and_f_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        f, i, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="i_and_g_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        g, f, i, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="i_and_o_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        o, f, g, i = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="f_and_g_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, g, f, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="f_and_o_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, o, g, f = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="g_and_o_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, o, g = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="i_and_g_swapped+f_and_o_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        g, o, i, f = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="blocks_moved_round"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, o, f, g = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="blocks_moved_round"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        f, o, i, g = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="one_block_for_two"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    M = h0.shape[1]
    H = np.zeros((X.shape[0], X.shape[1], M))
    h, c = h0, c0
    for t in range(X.shape[1]):
        z = X[:, t] @ Wx + h @ Wh + bh
        i = sigmoid(z[:, 0:M])
        f = sigmoid(z[:, M:2*M])
        g = np.tanh(z[:, M:2*M])
        o = sigmoid(z[:, 3*M:4*M])
        c = f * c + i * g
        h = o * np.tanh(c)
        H[:, t] = h
    return H

# %% answer="lstm_by_hand" wrong="interleaved"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c, out = h0, c0, []
    for t in range(X.shape[1]):
        z = X[:, t] @ Wx + h @ Wh + bh
        i, f, g, o = [z[:, k::4] for k in range(4)]
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        out.append(h)
    return np.stack(out, 1)

# %% answer="lstm_by_hand" wrong="cut_along_wrong_axis"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c, out = h0, c0, []
    for t in range(X.shape[1]):
        z = X[:, t] @ Wx + h @ Wh + bh
        i, f, g, o = z.reshape(4, *h.shape)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        out.append(h)
    return np.stack(out, 1)

# %% answer="lstm_by_hand" wrong="cut_along_wrong_axis"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c, out = h0, c0, []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        out.append(h)
    return np.stack(out, 1)

# %% answer="lstm_by_hand" wrong="not_cut"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c, out = h0, c0, []
    for t in range(X.shape[1]):
        z = X[:, t] @ Wx + h @ Wh + bh
        c = sigmoid(z) * c + sigmoid(z) * np.tanh(z)
        h = sigmoid(z) * np.tanh(c)
        out.append(h)
    return np.stack(out, 1)

# %% answer="lstm_by_hand" wrong="tanh_gates"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = np.tanh(i), np.tanh(f), np.tanh(g), np.tanh(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="sigmoid_candidate"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), sigmoid(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="other_curve_for_gates"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, o = (np.clip(a / 6 + 0.5, 0, 1) for a in (i, f, o))
        g = np.tanh(g)
        c = f * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="block_not_squashed"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g = sigmoid(i), sigmoid(f), np.tanh(g)
        c = f * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="other_curve_for_gates"
def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c, out = h0, c0, []
    sig = lambda a: 1 / (1 + np.e ** a)
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        c = sig(f) * c + sig(i) * np.tanh(g)
        h = sig(o) * np.tanh(c)
        out.append(h)
    return np.stack(out, 1)

# %% answer="lstm_by_hand" wrong="forget_bias_again"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f + 1), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="gate_unused"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="gate_unused"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="gate_unused"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="forget_inverted"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = c - f * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="gates_coupled"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + (1 - f) * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="gates_coupled"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = (1 - i) * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="gate_unused"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="gate_unused"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="states_exchanged"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * h + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="c_squashed"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = np.tanh(f * c + i * g)
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="c_squashed"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = np.tanh(f * c + i * g)
        h = o * c
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="no_tanh_at_output"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * c
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="no_tanh_at_output"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * sigmoid(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="output_from_old_c"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c, out = h0, c0, []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        h = o * np.tanh(c)
        c = f * c + i * g
        out.append(h)
    return np.stack(out, 1)

# %% answer="lstm_by_hand" wrong="states_exchanged"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + c @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="states_exchanged"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    c, h = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="states_exchanged"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + c @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * h + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="returns_c"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        rows.append(c)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="state_not_handed_on"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c0 + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="state_not_handed_on"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h0 @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="state_not_handed_on"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def step(x, h_last, c_last, Wx, Wh, bh):
    i, f, g, o = np.split(x @ Wx + h_last @ Wh + bh, 4, axis=1)
    c = sigmoid(f) * c_last + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    out = []
    for t in range(X.shape[1]):
        h, c = step(X[:, t], h0, c0, Wx, Wh, bh)
        out.append(h)
    return np.stack(out, 1)

# %% answer="lstm_by_hand" wrong="starts_from_zeros"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = np.zeros_like(h0), np.zeros_like(c0)
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="starts_from_zeros"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, np.zeros_like(c0)
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="starting_state_counted"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c, out = h0, c0, [h0]
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        out.append(h)
    return np.stack(out, 1)

# %% answer="lstm_by_hand" wrong="starting_state_counted"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c, out = h0, c0, []
    for t in range(X.shape[1]):
        out.append(h)
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
    return np.stack(out, 1)

# %% answer="lstm_by_hand" wrong="recurrent_term_unused"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="bias_dropped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="only_last_returned"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return h

# %% answer="lstm_by_hand" wrong="time_axis_first"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.array(rows)

# %% answer="lstm_by_hand" wrong="wx_wh_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wh + h @ Wx + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="n_t_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="time_reversed"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in reversed(range(X.shape[1])):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="first_step_skipped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(1, X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="T_hard_coded"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(T):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="wx_transposed"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx.T + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="wh_transposed"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh.T + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="weights_on_the_left"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(Wx @ X[:, t] + Wh @ h + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="bias_added_twice"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + bh + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="same_input_every_step"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, 0] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="fresh_bias" right="slice"
def fresh_bias(M):
    b = np.zeros(4 * M)
    b[M:2*M] = 1
    return b

# %% answer="fresh_bias" right="concatenate"
def fresh_bias(M):
    return np.concatenate([np.zeros(M), np.ones(M), np.zeros(2 * M)])

# %% answer="fresh_bias" right="a list"
def fresh_bias(M):
    return [0] * M + [1] * M + [0] * M + [0] * M

# %% answer="fresh_bias" wrong="all_zeros"
def fresh_bias(M):
    return np.zeros(4 * M)

# %% answer="fresh_bias" wrong="ones_elsewhere"
def fresh_bias(M):
    return np.ones(4 * M)

# %% answer="fresh_bias" wrong="ones_elsewhere"
def fresh_bias(M):
    b = np.zeros(4 * M)
    b[:M] = 1
    return b

# %% answer="fresh_bias" wrong="ones_elsewhere"
def fresh_bias(M):
    return np.concatenate([np.zeros(M), np.zeros(M), np.ones(M), np.zeros(M)])

# %% answer="fresh_bias" wrong="ones_elsewhere"
def fresh_bias(M):
    b = np.zeros(4 * M)
    b[M] = 1
    return b

# %% answer="fresh_bias" wrong="interleaved"
def fresh_bias(M):
    b = np.zeros(4 * M)
    b[1::4] = 1
    return b

# %% answer="fresh_bias" wrong="blocks_miscounted"
def fresh_bias(M):
    return np.ones(M)

# %% answer="fresh_bias" wrong="axis_of_gates"
def fresh_bias(M):
    b = np.zeros((4, M))
    b[1] = 1
    return b

# %% answer="fresh_bias" wrong="blocks_miscounted"
def fresh_bias(M):
    return np.repeat([0, 1, 0], M)

# %% answer="fresh_bias" cheats="keras"
def fresh_bias(M):
    layer = keras.layers.LSTM(M)
    layer.build((None, None, 3))
    return layer.get_weights()[2]

# %% answer="lstm_by_hand" cheats="keras"
def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    layer = keras.layers.LSTM(h0.shape[1], return_sequences=True)
    layer.build(X.shape)
    layer.set_weights([Wx, Wh, bh])
    return np.array(layer(X.astype("float32"), initial_state=[h0.astype("float32"), c0.astype("float32")]))

# %% answer="predicted" wrong="not_cut"
predicted = dict(Wx=(D, 4 * M), Wh=(M, 4 * M), bh=(4 * M,), Wxf=(D, 4 * M), z=(N, 4 * M),
                 out=(N, M), h=(N, M), c=(N, M), states=(N, T, M), c_too=(N, M))

# %% answer="found" right="in the lecture's letters"
found = {"block 0": "G", "block 1": "o", "block 2": "f", "block 3": "i"}

# %% answer="found" wrong="read_the_other_way"
# for each gate its block
found = {"block 0": "o", "block 1": "g", "block 2": "i", "block 3": "f"}

# %% answer="found" wrong="one_gate_for_two_blocks"
found = {"block 0": "c", "block 1": "o", "block 2": "i", "block 3": "i"}

# %% answer="lstm_step" wrong="sigmoid_without_brackets"
def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    def sigmoid(z):
        return 1 / 1 + np.exp(-z)

    i, f, g, o = np.split(xt @ Wx + h_last @ Wh + bh, 4, axis=1)
    c = sigmoid(f) * c_last + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c

# %% answer="lstm_step" wrong="slice_is_empty"
def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    M = Wh.shape[1]
    z = xt @ Wx + h_last @ Wh + bh
    i, f, o = (1 / (1 + np.exp(-z[:, k * M : (k + 1) * M])) for k in (0, 1, 3))
    c = f * c_last + i * np.tanh(z[:, 2 * M : 3 * M])
    return o * np.tanh(c), c

# %% answer="lstm_step" wrong="matrix_product"
def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    i, f, g, o = np.split(xt @ Wx + h_last @ Wh + bh, 4, axis=1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = f @ c_last + i @ np.tanh(g)
    return o @ np.tanh(c), c

# %% answer="lstm_step" wrong="one_block_for_two"
def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    M = h_last.shape[1]
    z = xt @ Wx + h_last @ Wh + np.tile(bh[:M], 4)
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = f * c_last + i * np.tanh(g)
    return o * np.tanh(c), c

# %% answer="lstm_step" wrong="sigmoid_candidate"
def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    i, f, g, o = np.split(1 / (1 + np.exp(-(xt @ Wx + h_last @ Wh + bh))), 4, axis=1)
    c = f * c_last + i * np.tanh(g)
    return o * np.tanh(c), c

# %% answer="lstm_by_hand" wrong="states_exchanged"
def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    def step(x, h, c):
        i, f, g, o = np.split(x @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
        c = f * c + i * np.tanh(g)
        return o * np.tanh(c), c

    h, c, rows = h0, c0, []
    for t in range(X.shape[1]):
        c, h = step(X[:, t], h, c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="lstm_by_hand" wrong="reshape_for_transpose"
def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c, rows = h0, c0, []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
        c = f * c + i * np.tanh(g)
        h = o * np.tanh(c)
        rows.append(h)
    return np.array(rows).reshape(*X.shape[:2], -1)

# %% answer="lstm_by_hand" wrong="no_loop"
def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    i, f, g, o = np.split(X @ Wx + h0 @ Wh + bh, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = f * c0 + i * np.tanh(g)
    return o * np.tanh(c)

# %% answer="lstm_by_hand" wrong="starts_from_zeros"
def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h = c = h0
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
        c = f * c + i * np.tanh(g)
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="fresh_bias" wrong="another_number_than_1"
def fresh_bias(M):
    half_open = np.full(M, 0.5)
    return np.concatenate([np.zeros(M), half_open, np.zeros(2 * M)])

# %% answer="fresh_bias" wrong="ones_elsewhere"
def fresh_bias(M):
    bias = np.zeros(4 * M)
    bias[M : 2 * M + 1] = 1
    return bias

# %% answer="fresh_bias" wrong="ones_elsewhere"
def fresh_bias(M):
    return np.repeat(np.arange(4) != 2, M).astype(float)

# %% answer="fresh_bias" wrong="blocks_miscounted"
def fresh_bias(M):
    return np.ones(M)

# %% answer="fresh_bias" wrong="arrays_without_list"
def fresh_bias(M):
    return np.concatenate(np.zeros(M), np.ones(M), np.zeros(M), np.zeros(M))

# %% answer="lstm_by_hand" wrong="rows_in_other_places"
def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    N, T, _ = X.shape
    h, c, rows = h0, c0, []
    for t in range(T):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
        c = f * c + i * np.tanh(g)
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1).reshape(T, N, -1).swapaxes(0, 1)  # the axes had their places already

# %% answer="lstm_step" wrong="right_but_for_a_factor"
def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    i, f, g, o = np.split(xt @ Wx + h_last @ Wh + bh, 4, axis=1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = f * c_last + i * np.tanh(g)
    return np.array([o * np.tanh(c), c]) / len(xt)  # "per sample"
