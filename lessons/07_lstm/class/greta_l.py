# ---
# name: Greta L.
# note: no tanh on the way out, in step and loop; all ones in the bias
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
    z = np.concatenate([xt, h_last], axis=1) @ np.concatenate([Wx, Wh]) + bh
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, o = [1 / (1 + np.exp(-gate)) for gate in (i, f, o)]
    c = f * c_last + i * np.tanh(g)
    return o * c, c

# %% answer="lstm_by_hand"
def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c = h0, c0
    out = np.zeros((len(X), X.shape[1], h0.shape[1]))
    for t in range(X.shape[1]):
        h, c = lstm_step(X[:, t], h, c, Wx, Wh, bh)
        out[:, t, :] = h
    return out

# %% answer="fresh_bias"
def fresh_bias(M):
    return np.ones(4 * M)
