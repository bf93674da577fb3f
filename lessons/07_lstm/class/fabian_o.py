# ---
# name: Fabian O.
# note: adds the forget bias once more, as he did in an older library; the rest right
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
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    i, f, g, o = np.split(xt @ Wx + h_last @ Wh + bh, 4, axis=1)
    c = sigmoid(f + 1) * c_last + sigmoid(i) * np.tanh(g)   # unit forget bias
    return sigmoid(o) * np.tanh(c), c

# %% answer="lstm_by_hand"
def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    h, c, rows = h0, c0, []
    for t in range(X.shape[1]):
        h, c = lstm_step(X[:, t], h, c, Wx, Wh, bh)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="fresh_bias"
def fresh_bias(M):
    b = np.zeros(4 * M)
    b[M:2 * M] = 1
    return b
