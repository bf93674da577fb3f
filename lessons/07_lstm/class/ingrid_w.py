# ---
# name: Ingrid W.
# late: 1 day
# note: late; everything right, in float32 and with einsum
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
found = {"block 0": "c", "block 1": "o", "block 2": "f", "block 3": "i"}

# %% answer="lstm_step"
def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = np.einsum("nd,dj->nj", xt, Wx) + np.einsum("nm,mj->nj", h_last, Wh) + bh
    i, f, g, o = np.split(z, 4, axis=1)
    half = lambda v: 0.5 + 0.5 * np.tanh(0.5 * v)   # the sigmoid, without overflow
    c = half(f) * c_last + half(i) * np.tanh(g)
    return half(o) * np.tanh(c), c

# %% answer="lstm_by_hand"
def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = np.float32(h0), np.float32(c0)
    rows = []
    for x in np.swapaxes(X, 0, 1):
        h, c = lstm_step(x, h, c, Wx, Wh, bh)
        rows.append(h)
    return np.swapaxes(np.array(rows), 0, 1)

# %% answer="fresh_bias"
def fresh_bias(M):
    b = np.zeros(4 * M)
    b[M:2 * M] = 1
    return b
