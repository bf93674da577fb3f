# ---
# name: Kofi D.
# note: late; everything right with einsum
# late: 2 days
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
import math

def in_chunks(X, size, Wx, Wh, bh):
    out, h = [], np.zeros((len(X), bh.shape[0]))
    for c in range(math.ceil(X.shape[1] / size)):
        a = np.einsum("ntd,dm->tnm", X[:, c*size:(c+1)*size], Wx)
        for row in a:
            h = np.tanh(row + np.einsum("ni,ij->nj", h, Wh) + bh)
            out.append(h)
    return np.array(out).swapaxes(0, 1)

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
