# %% [markdown]
# Answers to assignment 08, written the way students write them, independent of the catalogue in `rnnshapes`.
# One answer per cell. The key says what the cell is: `right`, `wrong`, or `cheats` (right numbers, but not by hand).
# A cell with two mistakes joins their keys with `+`.

# %% answer="predicted" right="numbers"
predicted = {
    "Wx": (4, 15),
    "Wh": (5, 15),
    "b": (2, 15),
    "b_before": (15,),
    "Wxr": (4, 5),
    "p": (6, 15),
    "q": (6, 15),
    "states": (6, 8, 5),
    "h": (6, 5),
}

# %% answer="predicted" right="lists and names"
G = 3 * M
predicted = dict(Wx=[D, G], Wh=[M, G], b=[2, G], b_before=[G], Wxr=[D, M], p=[N, G], q=[N, G],
                 states=[N, T, M], h=[N, M])

# %% answer="predicted" wrong="one_row"
predicted = {
    "Wx": (D, 3 * M),
    "Wh": (M, 3 * M),
    "b": (3 * M,),
    "b_before": (3 * M,),
    "Wxr": (D, M),
    "p": (N, 3 * M),
    "q": (N, 3 * M),
    "states": (N, T, M),
    "h": (N, M),
}

# %% answer="predicted" wrong="one_row"
predicted = {
    "Wx": (D, 3 * M),
    "Wh": (M, 3 * M),
    "b": (1, 3 * M),
    "b_before": (3 * M,),
    "Wxr": (D, M),
    "p": (N, 3 * M),
    "q": (N, 3 * M),
    "states": (N, T, M),
    "h": (N, M),
}

# %% answer="predicted" wrong="two_rows_always"
predicted = {
    "Wx": (D, 3 * M),
    "Wh": (M, 3 * M),
    "b": (2, 3 * M),
    "b_before": (2, 3 * M),
    "Wxr": (D, M),
    "p": (N, 3 * M),
    "q": (N, 3 * M),
    "states": (N, T, M),
    "h": (N, M),
}

# %% answer="predicted" wrong="one_row+two_rows_always"
predicted = {
    "Wx": (D, 3 * M),
    "Wh": (M, 3 * M),
    "b": (3 * M,),
    "b_before": (2, 3 * M),
    "Wxr": (D, M),
    "p": (N, 3 * M),
    "q": (N, 3 * M),
    "states": (N, T, M),
    "h": (N, M),
}

# %% answer="predicted" wrong="rows_side_by_side"
predicted = {
    "Wx": (D, 3 * M),
    "Wh": (M, 3 * M),
    "b": (3 * M, 2),
    "b_before": (3 * M,),
    "Wxr": (D, M),
    "p": (N, 3 * M),
    "q": (N, 3 * M),
    "states": (N, T, M),
    "h": (N, M),
}

# %% answer="predicted" wrong="rows_side_by_side"
predicted = {
    "Wx": (D, 3 * M),
    "Wh": (M, 3 * M),
    "b": (6 * M,),
    "b_before": (3 * M,),
    "Wxr": (D, M),
    "p": (N, 3 * M),
    "q": (N, 3 * M),
    "states": (N, T, M),
    "h": (N, M),
}

# %% answer="predicted" wrong="blocks_miscounted"
predicted = {
    "Wx": (D, 4 * M),
    "Wh": (M, 4 * M),
    "b": (2, 4 * M),
    "b_before": (4 * M,),
    "Wxr": (D, M),
    "p": (N, 4 * M),
    "q": (N, 4 * M),
    "states": (N, T, M),
    "h": (N, M),
}

# %% answer="predicted" wrong="blocks_miscounted"
predicted = {
    "Wx": (D, 2 * M),
    "Wh": (M, 2 * M),
    "b": (2, 2 * M),
    "b_before": (2 * M,),
    "Wxr": (D, M),
    "p": (N, 2 * M),
    "q": (N, 2 * M),
    "states": (N, T, M),
    "h": (N, M),
}

# %% answer="predicted" wrong="blocks_miscounted"
predicted = {
    "Wx": (D, 3 * M),
    "Wh": (M, 3 * M),
    "b": (2, 3 * M),
    "b_before": (3 * M,),
    "Wxr": (D, M),
    "p": (N, M),
    "q": (N, M),
    "states": (N, T, M),
    "h": (N, M),
}

# %% answer="predicted" wrong="axis_of_gates"
predicted = {
    "Wx": (3, D, M),
    "Wh": (3, M, M),
    "b": (2, 3 * M),
    "b_before": (3, M),
    "Wxr": (D, M),
    "p": (3, N, M),
    "q": (3, N, M),
    "states": (N, T, M),
    "h": (N, M),
}

# %% answer="predicted" wrong="wide_on_the_wrong_axis"
predicted = {
    "Wx": (D, 3 * M),
    "Wh": (3 * M, 3 * M),
    "b": (2, 3 * M),
    "b_before": (3 * M,),
    "Wxr": (D, M),
    "p": (N, 3 * M),
    "q": (N, 3 * M),
    "states": (N, T, M),
    "h": (N, M),
}

# %% answer="predicted" wrong="not_cut"
predicted = {
    "Wx": (D, 3 * M),
    "Wh": (M, 3 * M),
    "b": (2, 3 * M),
    "b_before": (3 * M,),
    "Wxr": (D, 3 * M),
    "p": (N, 3 * M),
    "q": (N, 3 * M),
    "states": (N, T, M),
    "h": (N, M),
}

# %% answer="predicted" wrong="states_are_wide"
predicted = {
    "Wx": (D, 3 * M),
    "Wh": (M, 3 * M),
    "b": (2, 3 * M),
    "b_before": (3 * M,),
    "Wxr": (D, M),
    "p": (N, 3 * M),
    "q": (N, 3 * M),
    "states": (N, T, 3 * M),
    "h": (N, 3 * M),
}

# %% answer="predicted" wrong="batch_axis_forgotten"
predicted = {
    "Wx": (D, 3 * M),
    "Wh": (M, 3 * M),
    "b": (2, 3 * M),
    "b_before": (3 * M,),
    "Wxr": (D, M),
    "p": (3 * M,),
    "q": (3 * M,),
    "states": (T, M),
    "h": (M,),
}

# %% answer="counted" right="numbers"
counted = {
    "SimpleRNN": 50,
    "LSTM": 200,
    "GRU": 165,
    "GRU before": 150,
}

# %% answer="counted" right="by letters"
counted = {
    "SimpleRNN": D*M + M*M + M,
    "LSTM": 4 * (D*M + M*M + M),
    "GRU": 3 * (D*M + M*M + 2*M),
    "GRU before": 3 * (D*M + M*M + M),
}

# %% answer="counted" right="from the simple one"
s = M * (D + M + 1)
counted = {"SimpleRNN": s, "LSTM": 4 * s, "GRU": 3 * s + 3 * M, "GRU before": 3 * s}

# %% answer="counted" wrong="one_row"
counted = {
    "SimpleRNN": 50,
    "LSTM": 200,
    "GRU": 150,
    "GRU before": 150,
}

# %% answer="counted" wrong="two_rows_always"
counted = {
    "SimpleRNN": 50,
    "LSTM": 200,
    "GRU": 165,
    "GRU before": 165,
}

# %% answer="counted" wrong="two_rows_always"
counted = {
    "SimpleRNN": D*M + M*M + 2*M,
    "LSTM": 4 * (D*M + M*M + 2*M),
    "GRU": 3 * (D*M + M*M + 2*M),
    "GRU before": 3 * (D*M + M*M + 2*M),
}

# %% answer="counted" wrong="one_row+two_rows_always"
counted = {
    "SimpleRNN": 50,
    "LSTM": 200,
    "GRU": 150,
    "GRU before": 165,
}

# %% answer="counted" wrong="blocks_miscounted"
counted = {
    "SimpleRNN": 50,
    "LSTM": 3 * 50,
    "GRU": 4 * 50 + 4 * M,
    "GRU before": 4 * 50,
}

# %% answer="counted" wrong="blocks_miscounted"
counted = {
    "SimpleRNN": 50,
    "LSTM": 3 * (D*M + M*M + M),
    "GRU": 2 * (D*M + M*M + 2*M),
    "GRU before": 2 * (D*M + M*M + M),
}

# %% answer="counted" wrong="bias_not_counted"
counted = {
    "SimpleRNN": D*M + M*M,
    "LSTM": 4 * (D*M + M*M),
    "GRU": 3 * (D*M + M*M),
    "GRU before": 3 * (D*M + M*M),
}

# %% answer="counted" wrong="recurrent_not_counted"
counted = {
    "SimpleRNN": D*M + M,
    "LSTM": 4 * (D*M + M),
    "GRU": 3 * (D*M + 2*M),
    "GRU before": 3 * (D*M + M),
}

# %% answer="counted" wrong="kernel_only"
counted = {
    "SimpleRNN": D*M,
    "LSTM": 4*D*M,
    "GRU": 3*D*M,
    "GRU before": 3*D*M,
}

# %% answer="counted" wrong="steps_counted"
counted = {
    "SimpleRNN": T * 50,
    "LSTM": T * 200,
    "GRU": T * 165,
    "GRU before": T * 150,
}

# %% answer="counted" wrong="t_for_d"
counted = {
    "SimpleRNN": T*M + M*M + M,
    "LSTM": 4 * (T*M + M*M + M),
    "GRU": 3 * (T*M + M*M + 2*M),
    "GRU before": 3 * (T*M + M*M + M),
}

# %% answer="counted" wrong="wrong_type"
counted = {
    "SimpleRNN": (4, 5),
    "LSTM": (4, 20),
    "GRU": (4, 15),
    "GRU before": (4, 15),
}

# %% answer="gru_step" right="two sums, cut"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" right="slices"
def gru_step(xt, h_last, Wx, Wh, b):
    M = h_last.shape[1]
    bx, bh = b
    sig = lambda a: 1 / (1 + np.exp(-a))
    from_x = xt @ Wx + bx
    from_h = h_last @ Wh + bh
    z = sig(from_x[:, :M] + from_h[:, :M])
    r = sig(from_x[:, M:2*M] + from_h[:, M:2*M])
    hh = np.tanh(from_x[:, 2*M:] + r * from_h[:, 2*M:])
    return (1 - z) * hh + z * h_last

# %% answer="gru_step" right="weights cut first"
def gru_step(xt, h_last, Wx, Wh, b):
    Wz, Wr, Wg = np.hsplit(Wx, 3)
    Uz, Ur, Ug = np.hsplit(Wh, 3)
    bz, br, bg = np.split(b[0], 3)
    cz, cr, cg = np.split(b[1], 3)
    s = lambda a: 1.0 / (1.0 + np.exp(-a))
    zt = s(xt @ Wz + bz + h_last @ Uz + cz)
    rt = s(xt @ Wr + br + h_last @ Ur + cr)
    gt = np.tanh(xt @ Wg + bg + np.multiply(rt, h_last @ Ug + cg))
    return gt + zt * (h_last - gt)

# %% answer="gru_step" right="summed where it may be"
def gru_step(xt, h_last, Wx, Wh, b):
    M = len(Wh)
    summed = b[0] + b[1]
    x, h = xt @ Wx, h_last @ Wh
    gates = 1 / (1 + np.exp(-(x + h + summed)[:, :2*M]))
    z, r = gates[:, :M], gates[:, M:]
    g = np.tanh(x[:, 2*M:] + b[0, 2*M:] + r * (h[:, 2*M:] + b[1, 2*M:]))
    return z * h_last + (1 - z) * g

# %% answer="gru_step" right="reshape to (N, 3, M)"
def gru_step(xt, h_last, Wx, Wh, b):
    p = (xt @ Wx + b[0]).reshape(len(xt), 3, -1)
    q = (h_last @ Wh + b[1]).reshape(len(xt), 3, -1)
    z, r = (0.5 * (1 + np.tanh((p[:, k] + q[:, k]) / 2)) for k in (0, 1))
    g = np.tanh(p[:, 2] + r * q[:, 2])
    return z * h_last + (1 - z) * g

# %% answer="gru_step" right="sample by sample"
def gru_step(xt, h_last, Wx, Wh, b):
    h = np.empty(h_last.shape)
    for n in range(len(xt)):
        p, q = xt[n] @ Wx + b[0], h_last[n] @ Wh + b[1]
        (pz, pr, pg), (qz, qr, qg) = np.split(p, 3), np.split(q, 3)
        z, r = 1/(1+np.exp(-pz-qz)), 1/(1+np.exp(-pr-qr))
        h[n] = z*h_last[n] + (1-z)*np.tanh(pg + r*qg)
    return h

# %% answer="gru_step" right="einsum and a list"
def gru_step(xt, h_last, Wx, Wh, b):
    p = np.einsum("nd,dj->nj", xt, Wx) + b[0][None, :]
    q = np.einsum("nm,mj->nj", h_last, Wh) + b[1][None, :]
    M = p.shape[1] // 3
    z = 1 / (1 + np.exp(-(p + q)[:, 0*M:1*M]))
    r = 1 / (1 + np.exp(-(p + q)[:, 1*M:2*M]))
    g = np.tanh(p[:, 2*M:3*M] + r * q[:, 2*M:3*M])
    return [list(row) for row in z * h_last + (1 - z) * g]

# %% answer="gru_step" cheats="keras"
def gru_step(xt, h_last, Wx, Wh, b):
    layer = keras.layers.GRU(h_last.shape[1])
    layer.build((None, None, xt.shape[1]))
    layer.set_weights([Wx, Wh, b])
    return np.array(layer(xt[:, None].astype("float32"), initial_state=h_last.astype("float32")))

# %% answer="gru_step" wrong="z_and_r_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pr, pz, pg = np.split(p, 3, axis=1)
    qr, qz, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="z_and_r_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + z * qg)
    return r * h_last + (1 - r) * g

# %% answer="gru_step" wrong="z_and_g_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pg, pr, pz = np.split(p, 3, axis=1)
    qg, qr, qz = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="r_and_g_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pz, pg, pr = np.split(p, 3, axis=1)
    qz, qg, qr = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="blocks_moved_round"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pr, pg, pz = np.split(p, 3, axis=1)
    qr, qg, qz = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="blocks_moved_round"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pg, pz, pr = np.split(p, 3, axis=1)
    qg, qz, qr = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="one_block_for_two"
def gru_step(xt, h_last, Wx, Wh, b):
    M = h_last.shape[1]
    sig = lambda a: 1 / (1 + np.exp(-a))
    p, q = xt @ Wx + b[0], h_last @ Wh + b[1]
    z = sig(p[:, :M] + q[:, :M])
    r = sig(p[:, :M] + q[:, :M])
    g = np.tanh(p[:, 2*M:] + r * q[:, 2*M:])
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="one_block_for_two"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + z * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="one_block_for_two"
def gru_step(xt, h_last, Wx, Wh, b):
    M = h_last.shape[1]
    p = xt @ Wx + np.tile(b[0, :M], 3)
    q = h_last @ Wh + b[1]
    z = 1 / (1 + np.exp(-p[:, :M] - q[:, :M]))
    r = 1 / (1 + np.exp(-p[:, M:2*M] - q[:, M:2*M]))
    g = np.tanh(p[:, 2*M:] + r * q[:, 2*M:])
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="interleaved"
def gru_step(xt, h_last, Wx, Wh, b):
    p, q = xt @ Wx + b[0], h_last @ Wh + b[1]
    sig = lambda a: 1 / (1 + np.exp(-a))
    z = sig(p[:, 0::3] + q[:, 0::3])
    r = sig(p[:, 1::3] + q[:, 1::3])
    g = np.tanh(p[:, 2::3] + r * q[:, 2::3])
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="cut_along_wrong_axis"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pz, pr, pg = np.split(p, 3)
    qz, qr, qg = np.split(q, 3)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="cut_along_wrong_axis"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pz, pr, pg = p.reshape(3, *h_last.shape)
    qz, qr, qg = q.reshape(3, *h_last.shape)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="not_cut"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    z = sigmoid(p + q)
    r = sigmoid(p + q)
    g = np.tanh(p + r * q)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="tanh_gates"
def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = np.tanh(pz + qz)
    r = np.tanh(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="tanh_gates"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = np.tanh(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="sigmoid_candidate"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = sigmoid(pg + r * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="tanh_gates+sigmoid_candidate"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = np.tanh(pz + qz)
    r = np.tanh(pr + qr)
    g = sigmoid(pg + r * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="relu"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.maximum(0, pg + r * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="other_curve_for_gates"
def sigmoid(a):
    return 1 / (1 + np.exp(a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="other_curve_for_gates"
def sigmoid(a):
    return np.clip(0.2 * a + 0.5, 0, 1)

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="sigmoid_without_brackets"
def sigmoid(a):
    return 1 / 1 + np.exp(-a)

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="block_not_squashed"
def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = pz + qz
    r = pr + qr
    g = np.tanh(pg + r * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="block_not_squashed"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = pg + r * qg
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="reset_on_state"
def gru_step(xt, h_last, Wx, Wh, b):
    M = h_last.shape[1]
    sig = lambda a: 1 / (1 + np.exp(-a))
    s = xt @ Wx + b[0] + h_last @ Wh + b[1]
    z, r = sig(s[:, :M]), sig(s[:, M:2*M])
    g = np.tanh(xt @ Wx[:, 2*M:] + b[0, 2*M:] + (r * h_last) @ Wh[:, 2*M:] + b[1, 2*M:])
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="reset_on_state"
def gru_step(xt, h_last, Wx, Wh, b):
    M = h_last.shape[1]
    sig = lambda a: 1 / (1 + np.exp(-a))
    s = xt @ Wx + b[0] + h_last @ Wh + b[1]
    z, r = sig(s[:, :M]), sig(s[:, M:2*M])
    g = np.tanh(xt @ Wx[:, 2*M:] + b[0, 2*M:] + r * h_last @ Wh[:, 2*M:])
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="reset_unused"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="reset_on_x"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(r * pg + qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="reset_on_x"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(r * (pg + qg))
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="reset_on_x"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = r * np.tanh(pg + qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="reset_inverted"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + (1 - r) * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="rows_summed"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0] + b[1]
    q = h_last @ Wh
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="rows_summed"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx
    q = h_last @ Wh + b.sum(axis=0)
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="rows_summed"
def gru_step(xt, h_last, Wx, Wh, b):
    Wz, Wr, Wg = np.split(Wx, 3, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    bz, br, bg = np.split(np.sum(b, axis=0), 3)
    sig = lambda a: 1 / (1 + np.exp(-a))
    z = sig(xt @ Wz + h_last @ Uz + bz)
    r = sig(xt @ Wr + h_last @ Ur + br)
    g = np.tanh(xt @ Wg + r * (h_last @ Ug) + bg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="rows_summed"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz + np.split(b[1], 3)[0])
    r = sigmoid(pr + qr + np.split(b[1], 3)[1])
    g = np.tanh(pg + r * qg + np.split(b[1], 3)[2])
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="rows_summed+z_inverted"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0] + b[1]
    q = h_last @ Wh
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return (1 - z) * h_last + z * g

# %% answer="gru_step" wrong="second_row_forgotten"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="first_row_forgotten"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx
    q = h_last @ Wh + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="bias_dropped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx
    q = h_last @ Wh
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="row_of_other_product"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[1]
    q = h_last @ Wh + b[0]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="row_of_other_product"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[0]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="row_missing_somewhere"
def gru_step(xt, h_last, Wx, Wh, b):
    Wz, Wr, Wg = np.split(Wx, 3, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    bz, br, bg = np.split(b[0], 3)
    cz, cr, _ = np.split(b[1], 3)
    sig = lambda a: 1 / (1 + np.exp(-a))
    z = sig(xt @ Wz + bz + h_last @ Uz + cz)
    r = sig(xt @ Wr + br + h_last @ Ur + cr)
    g = np.tanh(xt @ Wg + bg + r * (h_last @ Ug))
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="row_missing_somewhere"
def gru_step(xt, h_last, Wx, Wh, b):
    Wz, Wr, Wg = np.split(Wx, 3, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    bz, br, bg = np.split(b[0], 3)
    cg = np.split(b[1], 3)[2]
    sig = lambda a: 1 / (1 + np.exp(-a))
    z = sig(xt @ Wz + h_last @ Uz + bz)
    r = sig(xt @ Wr + br + h_last @ Ur)
    g = np.tanh(xt @ Wg + bg + r * (h_last @ Ug + cg))
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="b_as_it_comes"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b
    q = h_last @ Wh
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="b_as_it_comes"
def gru_step(xt, h_last, Wx, Wh, b):
    M = h_last.shape[1]
    s = xt @ Wx + h_last @ Wh + b
    z, r = (1 / (1 + np.exp(-s[:, k*M:(k+1)*M])) for k in (0, 1))
    g = np.tanh(xt @ Wx[:, 2*M:] + r * (h_last @ Wh[:, 2*M:]) + b[:, 2*M:])
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="z_inverted"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return (1 - z) * h_last + z * g

# %% answer="gru_step" wrong="half_of_the_mixture"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return (1 - z) * g

# %% answer="gru_step" wrong="half_of_the_mixture"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return h_last + (1 - z) * g

# %% answer="gru_step" wrong="half_of_the_mixture"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return g

# %% answer="gru_step" wrong="two_gates_mix"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * h_last + r * g

# %% answer="gru_step" wrong="two_gates_mix"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * h_last + z * g

# %% answer="gru_step" wrong="state_overwritten"
def gru_step(xt, h_last, Wx, Wh, b):
    M = h_last.shape[1]
    sig = lambda a: 1 / (1 + np.exp(-a))
    p, q = xt @ Wx + b[0], h_last @ Wh + b[1]
    z, r = sig(p[:, :M] + q[:, :M]), sig(p[:, M:2*M] + q[:, M:2*M])
    g = np.tanh(p[:, 2*M:] + r * q[:, 2*M:])
    h_last = r * h_last
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="product_kept"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * qg + (1 - z) * g

# %% answer="gru_step" wrong="mixture_squashed"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return np.tanh(z * h_last + (1 - z) * g)

# %% answer="gru_step" wrong="h0_unused"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = np.zeros_like(h_last) @ Wh + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return (1 - z) * g

# %% answer="gru_step" wrong="recurrent_term_unused"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = 0 * xt @ Wx + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="wh_transposed"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh.T + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="wx_wh_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wh + b[0]
    q = h_last @ Wx + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="weights_on_the_left"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = Wx @ xt + b[0]
    q = Wh @ h_last + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="matrix_product"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return z @ h_last + (1 - z) @ g

# %% answer="gru_step" wrong="input_unused"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = b[0] + 0 * (h_last @ Wh)
    q = h_last @ Wh + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="blocks_miscounted"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pz, pr, pg, po = np.split(p, 4, axis=1)
    qz, qr, qg, qo = np.split(q, 4, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="product_before_minus"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * h_last + 1 - z * g

# %% answer="gru_step" wrong="one_block_for_two"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[0]
    q = h_last @ Wh + b[1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qr)
    return z * h_last + (1 - z) * g

# %% answer="gru_step" wrong="b_as_it_comes"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_step(xt, h_last, Wx, Wh, b):
    p = xt @ Wx + b[:, 0]
    q = h_last @ Wh + b[:, 1]
    pz, pr, pg = np.split(p, 3, axis=1)
    qz, qr, qg = np.split(q, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_by_hand" right="rows in a list"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" right="an array made beforehand"
def gru_by_hand(X, h0, Wx, Wh, b):
    N, T, D = X.shape
    M = Wh.shape[0]
    out = np.zeros((N, T, M))
    h = h0.copy()
    for t in range(T):
        p = X[:, t, :] @ Wx + b[0]
        q = h @ Wh + b[1]
        z = 1 / (1 + np.exp(-(p[:, :M] + q[:, :M])))
        r = 1 / (1 + np.exp(-(p[:, M:2*M] + q[:, M:2*M])))
        hh = np.tanh(p[:, 2*M:] + r * q[:, 2*M:])
        h = z * h + (1 - z) * hh
        out[:, t] = h
    return out

# %% answer="gru_by_hand" right="x's product for all steps at once"
def gru_by_hand(X, h0, Wx, Wh, b):
    P = X @ Wx + b[0]
    states = [h0]
    for t in range(P.shape[1]):
        h = states[-1]
        pz, pr, pg = np.split(P[:, t], 3, axis=-1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=-1)
        z, r = 1 / (1 + np.exp(-pz - qz)), 1 / (1 + np.exp(-pr - qr))
        states.append(z * h + (1 - z) * np.tanh(pg + r * qg))
    return np.swapaxes(states[1:], 0, 1)

# %% answer="gru_by_hand" right="with a helper"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def one(x, h, Wx, Wh, b):
    pz, pr, pg = np.split(x @ Wx + b[0], 3, axis=1)
    qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
    z = sigmoid(pz + qz)
    g = np.tanh(pg + sigmoid(pr + qr) * qg)
    return z * h + (1 - z) * g

def gru_by_hand(X, h0, Wx, Wh, b):
    rows, h = [], h0
    for x in X.transpose(1, 0, 2):
        h = one(x, h, Wx, Wh, b)
        rows.append(h)
    return np.array(rows).transpose(1, 0, 2)

# %% answer="gru_by_hand" right="sample by sample"
def gru_by_hand(X, h0, Wx, Wh, b):
    films = []
    for x, h in zip(X, h0):
        film = []
        for row in x:
            pz, pr, pg = np.split(row @ Wx + b[0], 3)
            qz, qr, qg = np.split(h @ Wh + b[1], 3)
            z, r = 1/(1+np.exp(-pz-qz)), 1/(1+np.exp(-pr-qr))
            h = z*h + (1-z)*np.tanh(pg + r*qg)
            film.append(h)
        films.append(film)
    return np.array(films)

# %% answer="gru_by_hand" cheats="keras"
def gru_by_hand(X, h0, Wx, Wh, b):
    layer = keras.layers.GRU(h0.shape[1], return_sequences=True)
    layer.build(X.shape)
    layer.set_weights([Wx, Wh, b])
    return np.array(layer(X.astype("float32"), initial_state=h0.astype("float32")))

# %% answer="gru_by_hand" wrong="z_and_r_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pr, pz, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qr, qz, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="z_and_g_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pg, pr, pz = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qg, qr, qz = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="r_and_g_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pg, pr = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qg, qr = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="blocks_moved_round"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pr, pg, pz = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qr, qg, qz = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="one_block_for_two"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + z * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="interleaved"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        p = X[:, t] @ Wx + b[0]
        q = h @ Wh + b[1]
        z = sigmoid(p[:, ::3] + q[:, ::3])
        r = sigmoid(p[:, 1::3] + q[:, 1::3])
        g = np.tanh(p[:, 2::3] + r * q[:, 2::3])
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="cut_along_wrong_axis"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3)
        qz, qr, qg = np.split(h @ Wh + b[1], 3)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="not_cut"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h, rows = h0, []
    for t in range(X.shape[1]):
        p, q = X[:, t] @ Wx + b[0], h @ Wh + b[1]
        z, r = sigmoid(p + q), sigmoid(p + q)
        h = z * h + (1 - z) * np.tanh(p + r * q)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="tanh_gates"
def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = np.tanh(pz + qz)
        r = np.tanh(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="sigmoid_candidate"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = sigmoid(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="relu"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.maximum(pg + r * qg, 0)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="other_curve_for_gates"
def sigmoid(a):
    return 1 / (1 + np.exp(a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="block_not_squashed"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = pr + qr
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="reset_on_state"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    M = h0.shape[1]
    h, rows = h0, []
    for t in range(X.shape[1]):
        s = X[:, t] @ Wx + b[0] + h @ Wh + b[1]
        z, r = sigmoid(s[:, :M]), sigmoid(s[:, M:2*M])
        g = np.tanh(X[:, t] @ Wx[:, 2*M:] + b[0, 2*M:] + (r * h) @ Wh[:, 2*M:] + b[1, 2*M:])
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="reset_unused"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="reset_on_x"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(r * pg + qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="reset_inverted"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + (1 - r) * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="rows_summed"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b.sum(axis=0), 3, axis=1)
        qz, qr, qg = np.split(h @ Wh, 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="rows_summed"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx, 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[0] + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="second_row_forgotten"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh, 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="first_row_forgotten"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx, 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="bias_dropped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx, 3, axis=1)
        qz, qr, qg = np.split(h @ Wh, 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="row_of_other_product"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[1], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[0], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="row_missing_somewhere"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * (qg - np.split(b[1], 3)[2]))
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="row_missing_somewhere"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz - b[1, :len(Wh)])
        r = sigmoid(pr + qr - b[1, len(Wh):2*len(Wh)])
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="b_as_it_comes"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b, 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="z_inverted"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = (1 - z) * h + z * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="reset_unused+z_inverted"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + qg)
        h = (1 - z) * h + z * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="half_of_the_mixture"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="two_gates_mix"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + r * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="state_overwritten"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = r * h
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="half_of_the_mixture"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = g
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="product_kept"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * qg + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="mixture_squashed"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = np.tanh(z * h + (1 - z) * g)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="state_not_handed_on"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h0 @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="state_not_handed_on"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h0 + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="state_not_handed_on"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h0 @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h0 + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="h0_unused"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = np.zeros_like(h0)
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="h0_unused"
def gru_by_hand(X, h0, Wx, Wh, b):
    N, T, _ = X.shape
    H = np.zeros((N, T, h0.shape[1]))
    for t in range(T):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(H[:, t - 1] @ Wh + b[1], 3, axis=1)  # at t = 0 this is the last row
        z, r = 1 / (1 + np.exp(-pz - qz)), 1 / (1 + np.exp(-pr - qr))
        H[:, t] = z * H[:, t - 1] + (1 - z) * np.tanh(pg + r * qg)
    return H

# %% answer="gru_by_hand" wrong="starting_state_counted"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack([h0, *rows], axis=1)

# %% answer="gru_by_hand" wrong="starting_state_counted"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack([h0, *rows[:-1]], axis=1)

# %% answer="gru_by_hand" wrong="state_two_steps_old"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    older, h = np.zeros_like(h0), h0
    rows = []
    for t in range(X.shape[1]):
        last = h if t == 0 else older
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(last @ Wh + b[1], 3, axis=1)
        z, r = sigmoid(pz + qz), sigmoid(pr + qr)
        older, h = h, z * last + (1 - z) * np.tanh(pg + r * qg)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="recurrent_term_unused"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(0 * h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="reshape_for_transpose"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.array(rows).reshape(len(X), X.shape[1], -1)

# %% answer="gru_by_hand" wrong="wh_transposed"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh.T + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="wx_wh_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wh + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wx + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="only_last_returned"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return h

# %% answer="gru_by_hand" wrong="time_axis_first"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.array(rows)

# %% answer="gru_by_hand" wrong="n_t_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="time_reversed"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in reversed(range(X.shape[1])):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="first_step_skipped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(1, X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="T_hard_coded"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(T):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="same_input_every_step"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, 0] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="no_loop"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    pz, pr, pg = np.split(X @ Wx + b[0], 3, axis=-1)
    qz, qr, qg = np.split(h0 @ Wh + b[1], 3, axis=-1)
    z, r = sigmoid(pz + qz), sigmoid(pr + qr)
    return z * h0 + (1 - z) * np.tanh(pg + r * qg)

# %% answer="gru_by_hand" wrong="input_unused"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(np.zeros_like(X[:, t]) @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="blocks_miscounted"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr = np.split(X[:, t] @ Wx + b[0], 2, axis=-1)
        qz, qr = np.split(h @ Wh + b[1], 2, axis=-1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="product_before_minus"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + 1 - z * g
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="gru_by_hand" wrong="half_of_the_mixture"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_by_hand(X, h0, Wx, Wh, b):
    h = h0
    rows = []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z = sigmoid(pz + qz)
        r = sigmoid(pr + qr)
        g = np.tanh(pg + r * qg)
        h = z * h + (1 - z) * g
        rows.append(g)
    return np.stack(rows, axis=1)

# %% answer="gru_before" right="one sum, and g by itself"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_before(xt, h_last, Wx, Wh, b):
    pz, pr, pg = np.split(xt @ Wx + b, 3, axis=1)
    qz, qr, qg = np.split(h_last @ Wh, 3, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + (r * h_last) @ Ug)
    return z * h_last + (1 - z) * g

# %% answer="gru_before" right="slices"
def gru_before(xt, h_last, Wx, Wh, b):
    M = h_last.shape[1]
    sig = lambda a: 1 / (1 + np.exp(-a))
    s = xt @ Wx[:, :2*M] + h_last @ Wh[:, :2*M] + b[:2*M]
    z, r = sig(s[:, :M]), sig(s[:, M:])
    g = np.tanh(xt @ Wx[:, 2*M:] + r * h_last @ Wh[:, 2*M:] + b[2*M:])
    return z * h_last + (1 - z) * g

# %% answer="gru_before" right="gate by gate"
def gru_before(xt, h_last, Wx, Wh, b):
    Wz, Wr, Wg = np.hsplit(Wx, 3)
    Uz, Ur, Ug = np.hsplit(Wh, 3)
    bz, br, bg = np.split(b, 3)
    z = 1 / (1 + np.exp(-(np.dot(xt, Wz) + np.dot(h_last, Uz) + bz)))
    r = 1 / (1 + np.exp(-(np.dot(xt, Wr) + np.dot(h_last, Ur) + br)))
    g = np.tanh(np.dot(xt, Wg) + np.dot(r * h_last, Ug) + bg)
    return (1 - z) * g + z * h_last

# %% answer="gru_before" right="sample by sample"
def gru_before(xt, h_last, Wx, Wh, b):
    M = Wh.shape[0]
    out = []
    for x, h in zip(xt, h_last):
        s = x @ Wx + h @ Wh + b
        z, r = 1 / (1 + np.exp(-s[:M])), 1 / (1 + np.exp(-s[M:2*M]))
        g = np.tanh(x @ Wx[:, -M:] + (r * h) @ Wh[:, -M:] + b[-M:])
        out.append(z * h + (1 - z) * g)
    return np.array(out)

# %% answer="gru_before" cheats="keras"
def gru_before(xt, h_last, Wx, Wh, b):
    layer = keras.layers.GRU(h_last.shape[1], reset_after=False)
    layer.build((None, None, xt.shape[1]))
    layer.set_weights([Wx, Wh, b])
    return np.array(layer(xt[:, None].astype("float32"), initial_state=h_last.astype("float32")))

# %% answer="gru_before" wrong="reset_on_product"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_before(xt, h_last, Wx, Wh, b):
    pz, pr, pg = np.split(xt @ Wx + b, 3, axis=1)
    qz, qr, qg = np.split(h_last @ Wh, 3, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_before" wrong="reset_on_product"
def gru_before(xt, h_last, Wx, Wh, b):
    M = h_last.shape[1]
    sig = lambda a: 1 / (1 + np.exp(-a))
    p, q = xt @ Wx + b, h_last @ Wh
    z, r = sig(p[:, :M] + q[:, :M]), sig(p[:, M:2*M] + q[:, M:2*M])
    g = np.tanh(p[:, 2*M:] + r * (h_last @ Wh[:, 2*M:]))
    return z * h_last + (1 - z) * g

# %% answer="gru_before" wrong="z_and_r_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_before(xt, h_last, Wx, Wh, b):
    pr, pz, pg = np.split(xt @ Wx + b, 3, axis=1)
    qr, qz, qg = np.split(h_last @ Wh, 3, axis=1)
    Ur, Uz, Ug = np.split(Wh, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + (r * h_last) @ Ug)
    return z * h_last + (1 - z) * g

# %% answer="gru_before" wrong="z_and_g_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_before(xt, h_last, Wx, Wh, b):
    pg, pr, pz = np.split(xt @ Wx + b, 3, axis=1)
    qg, qr, qz = np.split(h_last @ Wh, 3, axis=1)
    Ug, Ur, Uz = np.split(Wh, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + (r * h_last) @ Ug)
    return z * h_last + (1 - z) * g

# %% answer="gru_before" wrong="r_and_g_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_before(xt, h_last, Wx, Wh, b):
    pz, pg, pr = np.split(xt @ Wx + b, 3, axis=1)
    qz, qg, qr = np.split(h_last @ Wh, 3, axis=1)
    Uz, Ug, Ur = np.split(Wh, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + (r * h_last) @ Ug)
    return z * h_last + (1 - z) * g

# %% answer="gru_before" wrong="blocks_moved_round"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_before(xt, h_last, Wx, Wh, b):
    pg, pz, pr = np.split(xt @ Wx + b, 3, axis=1)
    qg, qz, qr = np.split(h_last @ Wh, 3, axis=1)
    Ug, Uz, Ur = np.split(Wh, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + (r * h_last) @ Ug)
    return z * h_last + (1 - z) * g

# %% answer="gru_before" wrong="one_block_for_two"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_before(xt, h_last, Wx, Wh, b):
    pz, pr, pg = np.split(xt @ Wx + b, 3, axis=1)
    qz, qr, qg = np.split(h_last @ Wh, 3, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + (z * h_last) @ Ug)
    return z * h_last + (1 - z) * g

# %% answer="gru_before" wrong="interleaved"
def gru_before(xt, h_last, Wx, Wh, b):
    s = xt @ Wx + h_last @ Wh + b
    z, r = (1 / (1 + np.exp(-s[:, k::3])) for k in (0, 1))
    g = np.tanh(xt @ Wx[:, 2::3] + (r * h_last) @ Wh[:, 2::3] + b[2::3])
    return z * h_last + (1 - z) * g

# %% answer="gru_before" wrong="cut_along_wrong_axis"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_before(xt, h_last, Wx, Wh, b):
    pz, pr, pg = np.split(xt @ Wx + b, 3)
    qz, qr, qg = np.split(h_last @ Wh, 3)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + (r * h_last) @ Ug)
    return z * h_last + (1 - z) * g

# %% answer="gru_before" wrong="not_cut"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_before(xt, h_last, Wx, Wh, b):
    s = xt @ Wx + h_last @ Wh + b
    z, r = sigmoid(s), sigmoid(s)
    g = np.tanh(xt @ Wx + (r * h_last) @ Wh + b)
    return z * h_last + (1 - z) * g

# %% answer="gru_before" wrong="tanh_gates"
def gru_before(xt, h_last, Wx, Wh, b):
    pz, pr, pg = np.split(xt @ Wx + b, 3, axis=1)
    qz, qr, qg = np.split(h_last @ Wh, 3, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    z = np.tanh(pz + qz)
    r = np.tanh(pr + qr)
    g = np.tanh(pg + (r * h_last) @ Ug)
    return z * h_last + (1 - z) * g

# %% answer="gru_before" wrong="sigmoid_candidate"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_before(xt, h_last, Wx, Wh, b):
    pz, pr, pg = np.split(xt @ Wx + b, 3, axis=1)
    qz, qr, qg = np.split(h_last @ Wh, 3, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = sigmoid(pg + (r * h_last) @ Ug)
    return z * h_last + (1 - z) * g

# %% answer="gru_before" wrong="relu"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_before(xt, h_last, Wx, Wh, b):
    pz, pr, pg = np.split(xt @ Wx + b, 3, axis=1)
    qz, qr, qg = np.split(h_last @ Wh, 3, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.maximum(0, pg + (r * h_last) @ Ug)
    return z * h_last + (1 - z) * g

# %% answer="gru_before" wrong="other_curve_for_gates"
def sigmoid(a):
    return np.clip(a / 6 + 0.5, 0, 1)

def gru_before(xt, h_last, Wx, Wh, b):
    pz, pr, pg = np.split(xt @ Wx + b, 3, axis=1)
    qz, qr, qg = np.split(h_last @ Wh, 3, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + (r * h_last) @ Ug)
    return z * h_last + (1 - z) * g

# %% answer="gru_before" wrong="sigmoid_without_brackets"
def sigmoid(a):
    return 1 / 1 + np.exp(-a)

def gru_before(xt, h_last, Wx, Wh, b):
    pz, pr, pg = np.split(xt @ Wx + b, 3, axis=1)
    qz, qr, qg = np.split(h_last @ Wh, 3, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + (r * h_last) @ Ug)
    return z * h_last + (1 - z) * g

# %% answer="gru_before" wrong="block_not_squashed"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_before(xt, h_last, Wx, Wh, b):
    pz, pr, pg = np.split(xt @ Wx + b, 3, axis=1)
    qz, qr, qg = np.split(h_last @ Wh, 3, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    z = pz + qz
    r = sigmoid(pr + qr)
    g = np.tanh(pg + (r * h_last) @ Ug)
    return z * h_last + (1 - z) * g

# %% answer="gru_before" wrong="reset_unused"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_before(xt, h_last, Wx, Wh, b):
    pz, pr, pg = np.split(xt @ Wx + b, 3, axis=1)
    qz, qr, qg = np.split(h_last @ Wh, 3, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + h_last @ Ug)
    return z * h_last + (1 - z) * g

# %% answer="gru_before" wrong="reset_on_x"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_before(xt, h_last, Wx, Wh, b):
    pz, pr, pg = np.split(xt @ Wx + b, 3, axis=1)
    qz, qr, qg = np.split(h_last @ Wh, 3, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(r * (pg + h_last @ Ug))
    return z * h_last + (1 - z) * g

# %% answer="gru_before" wrong="reset_on_x"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_before(xt, h_last, Wx, Wh, b):
    pz, pr, pg = np.split(xt @ Wx + b, 3, axis=1)
    qz, qr, qg = np.split(h_last @ Wh, 3, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(r * pg + h_last @ Ug)
    return z * h_last + (1 - z) * g

# %% answer="gru_before" wrong="reset_inverted"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_before(xt, h_last, Wx, Wh, b):
    pz, pr, pg = np.split(xt @ Wx + b, 3, axis=1)
    qz, qr, qg = np.split(h_last @ Wh, 3, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + ((1 - r) * h_last) @ Ug)
    return z * h_last + (1 - z) * g

# %% answer="gru_before" wrong="row_missing_somewhere"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_before(xt, h_last, Wx, Wh, b):
    pz, pr, pg = np.split(xt @ Wx + b, 3, axis=1)
    qz, qr, qg = np.split(h_last @ Wh, 3, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg - b[-h_last.shape[1]:] + (r * h_last) @ Ug)
    return z * h_last + (1 - z) * g

# %% answer="gru_before" wrong="row_missing_somewhere"
def gru_before(xt, h_last, Wx, Wh, b):
    M = h_last.shape[1]
    s = xt @ Wx[:, :2*M] + h_last @ Wh[:, :2*M]
    z, r = np.split(1 / (1 + np.exp(-s)), 2, axis=1)
    g = np.tanh(xt @ Wx[:, 2*M:] + (r * h_last) @ Wh[:, 2*M:] + b[2*M:])
    return z * h_last + (1 - z) * g

# %% answer="gru_before" wrong="bias_dropped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_before(xt, h_last, Wx, Wh, b):
    pz, pr, pg = np.split(xt @ Wx, 3, axis=1)
    qz, qr, qg = np.split(h_last @ Wh, 3, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + (r * h_last) @ Ug)
    return z * h_last + (1 - z) * g

# %% answer="gru_before" wrong="bias_added_twice"
def gru_before(xt, h_last, Wx, Wh, b):
    M = h_last.shape[1]
    sig = lambda a: 1 / (1 + np.exp(-a))
    p, q = xt @ Wx + b, h_last @ Wh + b
    z, r = sig(p[:, :M] + q[:, :M]), sig(p[:, M:2*M] + q[:, M:2*M])
    g = np.tanh(p[:, 2*M:] + (r * h_last) @ Wh[:, 2*M:] + b[2*M:])
    return z * h_last + (1 - z) * g

# %% answer="gru_before" wrong="z_inverted"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_before(xt, h_last, Wx, Wh, b):
    pz, pr, pg = np.split(xt @ Wx + b, 3, axis=1)
    qz, qr, qg = np.split(h_last @ Wh, 3, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + (r * h_last) @ Ug)
    return (1 - z) * h_last + z * g

# %% answer="gru_before" wrong="reset_on_product+z_inverted"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_before(xt, h_last, Wx, Wh, b):
    pz, pr, pg = np.split(xt @ Wx + b, 3, axis=1)
    qz, qr, qg = np.split(h_last @ Wh, 3, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return (1 - z) * h_last + z * g

# %% answer="gru_before" wrong="half_of_the_mixture"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_before(xt, h_last, Wx, Wh, b):
    pz, pr, pg = np.split(xt @ Wx + b, 3, axis=1)
    qz, qr, qg = np.split(h_last @ Wh, 3, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + (r * h_last) @ Ug)
    return (1 - z) * g

# %% answer="gru_before" wrong="two_gates_mix"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_before(xt, h_last, Wx, Wh, b):
    pz, pr, pg = np.split(xt @ Wx + b, 3, axis=1)
    qz, qr, qg = np.split(h_last @ Wh, 3, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + (r * h_last) @ Ug)
    return z * h_last + (1 - r) * g

# %% answer="gru_before" wrong="state_overwritten"
def gru_before(xt, h_last, Wx, Wh, b):
    M = h_last.shape[1]
    sig = lambda a: 1 / (1 + np.exp(-a))
    s = xt @ Wx + h_last @ Wh + b
    z, r = sig(s[:, :M]), sig(s[:, M:2*M])
    h_last = r * h_last
    g = np.tanh(xt @ Wx[:, 2*M:] + h_last @ Wh[:, 2*M:] + b[2*M:])
    return z * h_last + (1 - z) * g

# %% answer="gru_before" wrong="product_kept"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_before(xt, h_last, Wx, Wh, b):
    pz, pr, pg = np.split(xt @ Wx + b, 3, axis=1)
    qz, qr, qg = np.split(h_last @ Wh, 3, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + (r * h_last) @ Ug)
    return z * qg + (1 - z) * g

# %% answer="gru_before" wrong="mixture_squashed"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_before(xt, h_last, Wx, Wh, b):
    pz, pr, pg = np.split(xt @ Wx + b, 3, axis=1)
    qz, qr, qg = np.split(h_last @ Wh, 3, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + (r * h_last) @ Ug)
    return np.tanh(z * h_last + (1 - z) * g)

# %% answer="gru_before" wrong="h0_unused"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_before(xt, h_last, Wx, Wh, b):
    pz, pr, pg = np.split(xt @ Wx + b, 3, axis=1)
    qz, qr, qg = np.split(0 * h_last @ Wh, 3, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg)
    return (1 - z) * g

# %% answer="gru_before" wrong="recurrent_term_unused"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_before(xt, h_last, Wx, Wh, b):
    pz, pr, pg = np.split(xt @ Wx + b, 3, axis=1)
    qz, qr, qg = np.split(0 * h_last @ Wh, 3, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg)
    return z * h_last + (1 - z) * g

# %% answer="gru_before" wrong="wh_transposed"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_before(xt, h_last, Wx, Wh, b):
    pz, pr, pg = np.split(xt @ Wx + b, 3, axis=1)
    qz, qr, qg = np.split(h_last @ Wh.T, 3, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + (r * h_last) @ Ug)
    return z * h_last + (1 - z) * g

# %% answer="gru_before" wrong="wx_wh_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_before(xt, h_last, Wx, Wh, b):
    pz, pr, pg = np.split(xt @ Wh + b, 3, axis=1)
    qz, qr, qg = np.split(h_last @ Wh, 3, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + (r * h_last) @ Ug)
    return z * h_last + (1 - z) * g

# %% answer="gru_before" wrong="blocks_miscounted"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_before(xt, h_last, Wx, Wh, b):
    pz, pr, pg, po = np.split(xt @ Wx + b, 4, axis=1)
    qz, qr, qg, qo = np.split(h_last @ Wh, 4, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + (r * h_last) @ Ug)
    return z * h_last + (1 - z) * g

# %% answer="gru_before" wrong="product_before_minus"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_before(xt, h_last, Wx, Wh, b):
    pz, pr, pg = np.split(xt @ Wx + b, 3, axis=1)
    qz, qr, qg = np.split(h_last @ Wh, 3, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + (r * h_last) @ Ug)
    return z * h_last + 1 - z * g

# %% answer="gru_before" wrong="number_for_a_row"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_before(xt, h_last, Wx, Wh, b):
    pz, pr, pg = np.split(xt @ Wx + b[0], 3, axis=1)
    qz, qr, qg = np.split(h_last @ Wh, 3, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + (r * h_last) @ Ug)
    return z * h_last + (1 - z) * g

# %% answer="gru_before" wrong="number_for_a_row"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_before(xt, h_last, Wx, Wh, b):
    pz, pr, pg = np.split(xt @ Wx + b[0], 3, axis=1)
    qz, qr, qg = np.split(h_last @ Wh + b[1], 3, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + (r * h_last) @ Ug)
    return z * h_last + (1 - z) * g

# %% answer="gru_before" wrong="number_for_a_row"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_before(xt, h_last, Wx, Wh, b):
    pz, pr, pg = np.split(xt @ Wx + b[0], 3, axis=1)
    qz, qr, qg = np.split(h_last @ Wh + b[1], 3, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    z = sigmoid(pz + qz)
    r = sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * h_last + (1 - z) * g

# %% answer="gru_before" wrong="reset_on_product"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def gru_before(xt, h_last, Wx, Wh, b):
    pz, pr, pg = np.split(xt @ Wx, 3, axis=1)
    qz, qr, qg = np.split(h_last @ Wh, 3, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    z = sigmoid(pz + qz + b[:len(Wh)])
    r = sigmoid(pr + qr + b[len(Wh):2*len(Wh)])
    g = np.tanh(pg + r * (qg + b[-len(Wh):]))
    return z * h_last + (1 - z) * g

# %% answer="moved_up" right="concatenate"
def moved_up(b):
    z, r, g = np.split(b, 3, axis=1)
    zero = np.zeros_like(z[0])
    return np.stack([np.concatenate([z[0] + z[1], r[0] + r[1], g[0]]), np.concatenate([zero, zero, g[1]])])

# %% answer="moved_up" right="a copy"
def moved_up(b):
    M = b.shape[1] // 3
    new = b.copy()
    new[0, :2*M] += b[1, :2*M]
    new[1, :2*M] = 0
    return new

# %% answer="moved_up" right="a mask"
def moved_up(b):
    gates = np.arange(b.shape[1]) < 2 * b.shape[1] / 3
    return np.array([b[0] + gates * b[1], (1 - gates) * b[1]])

# %% answer="moved_up" right="lists"
def moved_up(b):
    n = len(b[0]) * 2 // 3
    first = [x + y for x, y in zip(b[0][:n], b[1][:n])] + list(b[0][n:])
    return [first, [0] * n + list(b[1][n:])]

# %% answer="moved_up" wrong="rows_summed"
def moved_up(b):
    return np.stack([b[0] + b[1], np.zeros(b.shape[1])])

# %% answer="moved_up" wrong="rows_summed"
def moved_up(b):
    return b.sum(axis=0)

# %% answer="moved_up" wrong="second_row_forgotten"
def moved_up(b):
    return np.stack([b[0], 0 * b[1]])

# %% answer="moved_up" wrong="second_row_forgotten"
def moved_up(b):
    M = b.shape[1] // 3
    new = b.copy()
    new[1, :2*M] = 0
    return new

# %% answer="moved_up" wrong="row_of_other_product"
def moved_up(b):
    return b[::-1]

# %% answer="moved_up" wrong="row_of_other_product"
def moved_up(b):
    M = b.shape[1] // 3
    first = np.concatenate([b[0, :2*M] + b[1, :2*M], b[1, 2*M:]])
    return np.stack([first, np.concatenate([np.zeros(2*M), b[0, 2*M:]])])

# %% answer="moved_up" wrong="one_block_moved"
def moved_up(b):
    return 1 * b

# %% answer="moved_up" wrong="candidate_moved"
def moved_up(b):
    M = b.shape[1] // 3
    new = b.copy()
    new[0, 2*M:] += b[1, 2*M:]
    new[1, 2*M:] = 0
    return new

# %% answer="moved_up" wrong="candidate_moved"
def moved_up(b):
    M = b.shape[1] // 3
    new = b.copy()
    new[0, M:] = b[0, M:] + b[1, M:]
    new[1, M:] = 0
    return new

# %% answer="moved_up" wrong="one_block_moved"
def moved_up(b):
    M = b.shape[1] // 3
    new = b.copy()
    new[0, :M] += b[1, :M]
    new[1, :M] = 0
    return new

# %% answer="moved_up" wrong="moved_and_kept"
def moved_up(b):
    M = b.shape[1] // 3
    new = b.copy()
    new[0, :2*M] += b[1, :2*M]
    return new

# %% answer="moved_up" wrong="moved_and_kept"
def moved_up(b):
    return np.array([b[0] + b[1], b[1]])

# %% answer="moved_up" wrong="moved_down"
def moved_up(b):
    M = b.shape[1] // 3
    new = b.copy()
    new[1, :2*M] += b[0, :2*M]
    new[0, :2*M] = 0
    return new

# %% answer="moved_up" wrong="zeros_left_out"
def moved_up(b):
    z, r, g = np.split(b, 3, axis=1)
    return np.concatenate([z[0] + z[1], r[0] + r[1], g[0], g[1]])

# %% answer="moved_up" wrong="argument_changed"
def moved_up(b):
    M = b.shape[1] // 3
    b[0, :2*M] += b[1, :2*M]
    b[1, :2*M] = 0
    return b

# %% answer="moved_up" wrong="sizes_from_notebook"
def moved_up(b):
    new = b.copy()
    new[0, :2*M] += b[1, :2*M]
    new[1, :2*M] = 0
    return new

# %% answer="gru_step" wrong="gates_without_h"
def gru_step(xt, h_last, Wx, Wh, b):
    M = h_last.shape[1]
    sig = lambda a: 1 / (1 + np.exp(-a))
    px = xt @ Wx + b[0]
    z, r = sig(px[:, :M]), sig(px[:, M:2 * M])
    inner = h_last @ Wh[:, 2 * M:] + b[1, 2 * M:]
    g = np.tanh(px[:, 2 * M:] + r * inner)
    return z * h_last + (1 - z) * g

# %% answer="gru_by_hand" wrong="gates_without_h"
def gru_by_hand(X, h0, Wx, Wh, b):
    M = h0.shape[1]
    h, out = h0, []
    for t in range(X.shape[1]):
        px = X[:, t] @ Wx + b[0]
        z = 1 / (1 + np.exp(-px[:, :M]))
        r = 1 / (1 + np.exp(-px[:, M:2 * M]))
        h = z * h + (1 - z) * np.tanh(px[:, 2 * M:] + r * (h @ Wh[:, 2 * M:] + b[1, 2 * M:]))
        out.append(h)
    return np.stack(out, axis=1)

# %% answer="gru_before" wrong="gates_without_h"
def gru_before(xt, h_last, Wx, Wh, b):
    zx, rx, gx = np.split(xt @ Wx + b, 3, axis=1)
    z, r = 1 / (1 + np.exp(-zx)), 1 / (1 + np.exp(-rx))
    Whg = np.split(Wh, 3, axis=1)[2]
    g = np.tanh(gx + (r * h_last) @ Whg)
    return z * h_last + (1 - z) * g

# %% answer="moved_up" wrong="cut_along_wrong_axis"
def moved_up(b):
    z, r, g = np.split(b, 3)
    z = np.stack([z[0] + z[1], 0 * z[1]])
    r = np.stack([r[0] + r[1], 0 * r[1]])
    return np.concatenate([z, r, g], axis=1)

# %% answer="moved_up" wrong="replaced_not_added"
def moved_up(b):
    M = b.shape[1] // 3
    out = np.array(b)
    out[0, :2 * M] = b[1, :2 * M]
    out[1, :2 * M] = 0
    return out

# %% answer="moved_up" wrong="on_other_axes"
def moved_up(b):
    blocks = b.reshape(2, 3, -1).copy()
    blocks[0, :2] += blocks[1, :2]
    blocks[1, :2] = 0
    return blocks

# %% answer="moved_up" wrong="on_other_axes"
def moved_up(b):
    z, r, g = np.split(b, 3, axis=1)
    z = np.vstack([z.sum(axis=0), np.zeros_like(z[0])])
    r = np.vstack([r.sum(axis=0), np.zeros_like(r[0])])
    return np.concatenate([z, r, g])
