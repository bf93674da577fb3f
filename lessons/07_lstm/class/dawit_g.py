# ---
# name: Dawit G.
# note: the order i, c, f, o; ones in the third block, to match; Keras' order typed for the stranger
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
found = {"block 0": "i", "block 1": "f", "block 2": "c", "block 3": "o"}

# %% answer="lstm_step"
def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    M = Wh.shape[0]
    z = xt @ Wx + h_last @ Wh + bh
    i = 1 / (1 + np.exp(-z[:, :M]))
    c_tilde = np.tanh(z[:, M:2*M])
    f = 1 / (1 + np.exp(-z[:, 2*M:3*M]))
    o = 1 / (1 + np.exp(-z[:, 3*M:]))
    c = f * c_last + i * c_tilde
    h = o * np.tanh(c)
    return h, c

# %% answer="lstm_by_hand"
def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    M = Wh.shape[0]
    h, c = h0, c0
    film = np.zeros((X.shape[0], X.shape[1], M))
    for t in range(X.shape[1]):
        z = X[:, t] @ Wx + h @ Wh + bh
        i = 1 / (1 + np.exp(-z[:, :M]))
        c_tilde = np.tanh(z[:, M:2*M])
        f = 1 / (1 + np.exp(-z[:, 2*M:3*M]))
        o = 1 / (1 + np.exp(-z[:, 3*M:]))
        c = f * c + i * c_tilde
        h = o * np.tanh(c)
        film[:, t] = h
    return film

# %% answer="fresh_bias"
def fresh_bias(M):
    b = np.zeros(4 * M)
    b[2*M:3*M] = 1.0
    return b
