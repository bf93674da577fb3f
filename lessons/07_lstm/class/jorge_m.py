# ---
# name: Jorge M.
# note: hands c back first; c stays c0 in the loop; one block in the shapes
# ---

# %% answer="predicted"
predicted = {"Wx": (D, M), "Wh": (M, M), "bh": (M,), "Wxf": (D, M), "z": (N, M),
             "out": (N, M), "h": (N, M), "c": (N, M), "states": (N, T, M), "c_too": (N, M)}

# %% answer="found"
found = {"block 0": "c", "block 1": "o", "block 2": "f", "block 3": "i"}

# %% answer="lstm_step"
def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    i, f, g, o = np.split(xt @ Wx + h_last @ Wh + bh, 4, axis=1)
    i, f, o = [1 / (1 + np.exp(-a)) for a in (i, f, o)]
    c = f * c_last + i * np.tanh(g)
    h = o * np.tanh(c)
    return c, h

# %% answer="lstm_by_hand"
def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, rows = h0, []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, o = [1 / (1 + np.exp(-a)) for a in (i, f, o)]
        c = f * c0 + i * np.tanh(g)
        h = o * np.tanh(c)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="fresh_bias"
def fresh_bias(M):
    b = np.zeros(4 * M)
    b[M:2 * M] = 1
    return b
