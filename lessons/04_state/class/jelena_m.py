# ---
# name: Jelena M.
# note: chunks overlap by one step; the guard checks the last axis alone
# ---

# %% answer="predicted"
predicted = {"h0": [4, 8], "h0[n]": [8], "out": [4, 8], "states": [4, 17, 8], "h": [4, 8], "h_two": [4, 8], "Yhat": [4, 2]}

# %% answer="run_from"
def run_from(X, h0, Wx, Wh, bh):
    ends = []
    for x, h in zip(X, h0):
        for xt in x:
            h = np.tanh(xt @ Wx + h @ Wh + bh)
        ends.append(h)
    return np.array(ends)

# %% answer="in_chunks"
def in_chunks(X, size, Wx, Wh, bh):
    h, out = np.zeros((len(X), len(bh))), []
    for s in range(0, X.shape[1], size):
        chunk = X[:, s:s + size + 1]     # + 1 because the end is not included
        for t in range(chunk.shape[1]):
            h = np.tanh(chunk[:, t] @ Wx + h @ Wh + bh)
            out.append(h)
    return np.stack(out, axis=1)

# %% answer="with_resets"
def with_resets(X, size, resets, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[1]))
    H = np.zeros((*X.shape[:2], Wh.shape[1]))
    for t in range(X.shape[1]):
        keep = not (t % size == 0 and resets[t // size])
        h = np.tanh(X[:, t] @ Wx + (h * keep) @ Wh + bh)
        H[:, t] = h
    return H

# %% answer="starting_state"
def starting_state(h0, N, M):
    if h0.shape[-1] != M:
        raise ValueError("wrong M")
    return h0
