# ---
# name: Hamid S.
# note: starts the loop from zeros, and thinks that c has a film; the rest right
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
    "c_too": (N, T, M),
}

# %% answer="found"
found = {"block 0": "c", "block 1": "o", "block 2": "f", "block 3": "i"}

# %% answer="lstm_step"
def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = (xt @ Wx + h_last @ Wh + bh).reshape(len(xt), 4, -1)
    s = 1 / (1 + np.exp(-z))
    c = s[:, 1] * c_last + s[:, 0] * np.tanh(z[:, 2])
    return s[:, 3] * np.tanh(c), c

# %% answer="lstm_by_hand"
def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    c = np.zeros((X.shape[0], Wh.shape[0]))
    hs = []
    for t in range(X.shape[1]):
        h, c = lstm_step(X[:, t], h, c, Wx, Wh, bh)
        hs.append(h)
    return np.stack(hs, axis=1)

# %% answer="fresh_bias"
def fresh_bias(M):
    b = np.zeros(4 * M)
    b[M:2 * M] = 1
    return b
