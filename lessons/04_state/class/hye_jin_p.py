# ---
# name: Hye-jin P.
# note: writes the new state into the array of the caller
# ---

# %% answer="predicted"
predicted = {"h0": [4, 8], "h0[n]": [8], "out": [4, 8], "states": [4, 17, 8], "h": [4, 8], "h_two": [4, 8], "Yhat": [4, 2]}

# %% answer="run_from"
def run_from(X, h0, Wx, Wh, bh):
    h = h0
    for t in range(X.shape[1]):
        h[:] = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="in_chunks"
class Stateful:
    def __init__(self, *weights):
        self.Wx, self.Wh, self.bh = weights
        self.h = None

    def __call__(self, X):
        if self.h is None:
            self.h = np.zeros((len(X), len(self.bh)))
        H = []
        for t in range(X.shape[1]):
            self.h = np.tanh(X[:, t] @ self.Wx + self.h @ self.Wh + self.bh)
            H.append(self.h)
        return np.stack(H, axis=1)


def in_chunks(X, size, Wx, Wh, bh):
    layer = Stateful(Wx, Wh, bh)
    return np.concatenate([layer(X[:, s:s + size]) for s in range(0, X.shape[1], size)], axis=1)

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
