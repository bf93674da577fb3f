# ---
# name: Benedikt S.
# note: everything right; one sample after the other
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
    result = []
    for x in X:
        h, film = np.zeros(len(bh)), []
        for t, xt in enumerate(x):
            if t % size == 0 and resets[t // size]:
                h = np.zeros(len(bh))
            h = np.tanh(xt @ Wx + h @ Wh + bh)
            film.append(h)
        result.append(film)
    return np.array(result)

# %% answer="starting_state"
def starting_state(h0, N, M):
    a = np.asarray(h0)
    if a.ndim != 2:
        raise ValueError(f"a state has two axes, not those of {a.shape}")
    if a.shape[0] != N:
        raise ValueError(f"wrong number of samples: {a.shape}, N = {N}")
    if a.shape[1] != M:
        raise ValueError(f"wrong number of units: {a.shape}, M = {M}")
    return a
