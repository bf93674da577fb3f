# ---
# name: Elif K.
# note: the order i, g, f, o, and the film returned time first; f and o exchanged in the experiment
# ---

# %% answer="predicted"
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
    "c_too": (N, M),
}

# %% answer="found"
found = {"block 0": "c", "block 1": "f", "block 2": "o", "block 3": "i"}

# %% answer="lstm_step"
def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    s = lambda v: 1 / (1 + np.exp(-v))
    I, C, F, O = np.hsplit(xt @ Wx + h_last @ Wh + bh, 4)
    c = s(F) * c_last + s(I) * np.tanh(C)
    return s(O) * np.tanh(c), c

# %% answer="lstm_by_hand"
def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    s = lambda v: 1 / (1 + np.exp(-v))
    h, c = h0, c0
    hs = []
    for t in range(X.shape[1]):
        I, F, C, O = np.hsplit(X[:, t] @ Wx + h @ Wh + bh, 4)
        c = s(F) * c + s(I) * np.tanh(C)
        h = s(O) * np.tanh(c)
        hs.append(h)
    return np.array(hs)

# %% answer="fresh_bias"
def fresh_bias(M):
    b = np.zeros(4 * M)
    b[M:2 * M] = 1
    return b
