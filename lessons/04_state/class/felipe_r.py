# ---
# name: Felipe R.
# note: one state for all samples, in the shapes, in run_from and in the guard
# ---

# %% answer="predicted"
# one network, one memory
predicted = {"h0": (M,), "h0[n]": (M,), "out": (N, M), "states": (N, T, M), "h": (M,), "h_two": (M,), "Yhat": (N, K)}

# %% answer="run_from"
def run_from(X, h0, Wx, Wh, bh):
    h = h0[0]                       # (M,)
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="in_chunks"
def one_chunk(chunk, h, Wx, Wh, bh):
    hs = []
    for t in range(chunk.shape[1]):
        h = np.tanh(chunk[:, t] @ Wx + h @ Wh + bh)
        hs.append(h)
    return np.stack(hs, 1), h

def in_chunks(X, size, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    everything = []
    for i in range(0, X.shape[1], size):
        H, h = one_chunk(X[:, i:i+size], h, Wx, Wh, bh)
        everything.append(H)
    return np.concatenate(everything, 1)

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
    if h0.shape == (N, M) or h0.shape == (M,):
        return h0
    raise ValueError("bad shape")
