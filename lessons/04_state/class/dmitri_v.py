# ---
# name: Dmitri V.
# note: everything right; preallocated arrays and zip
# ---

# %% answer="predicted"
predicted = {"h0": [4, 8], "h0[n]": [8], "out": [4, 8], "states": [4, 17, 8], "h": [4, 8], "h_two": [4, 8], "Yhat": [4, 2]}

# %% answer="run_from"
def run_from(X, h0, Wx, Wh, bh):
    W = np.concatenate([Wx, Wh])
    h = h0
    for x in np.moveaxis(X, 1, 0):
        h = np.tanh(np.hstack([x, h]) @ W + bh)
    return h

# %% answer="in_chunks"
def in_chunks(X, size, Wx, Wh, bh):
    n, steps, _ = X.shape
    result = np.empty((n, steps, len(bh)))
    state = np.zeros((n, len(bh)))
    t = 0
    while t < steps:
        stop = min(t + size, steps)
        while t < stop:
            state = np.tanh(X[:, t] @ Wx + state @ Wh + bh)
            result[:, t] = state
            t += 1
    return result

# %% answer="with_resets"
def with_resets(X, size, resets, Wx, Wh, bh):
    chunks = [X[:, s:s+size] for s in range(0, X.shape[1], size)]
    state, out = np.zeros((len(X), len(bh)), dtype="float32"), []
    for chunk, reset in zip(chunks, resets):
        state = np.zeros_like(state) if reset else state
        for x in chunk.swapaxes(0, 1):
            state = np.tanh(x @ Wx + state @ Wh + bh)
            out.append(state)
    return np.array(out).transpose(1, 0, 2)

# %% answer="starting_state"
def starting_state(h0, N, M):
    try:
        assert h0.ndim == 2 and len(h0) == N and h0.shape[-1] == M
    except AssertionError:
        raise ValueError(f"got {h0.shape}") from None
    return h0
