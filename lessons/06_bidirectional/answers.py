# %% [markdown]
# Answers to assignment 06, written the way students write them, independent of the catalogue in `rnnshapes`.
# One answer per cell. The key says what the cell is: `right`, `wrong`, or `cheats` (right numbers, but not by hand).
# A cell with two mistakes joins their keys with `+`.

# %% answer="predicted" right="letters"
predicted = {
    "sequence": (N, T, 2*M),
    "last": (N, 2*M),
    "half": (N, T, M),
    "sum": (N, T, M),
    "average, last": (N, M),
    "Wx": (D, M),
    "Wh": (M, M),
    "Wo": (2*M, K),
    "Yhat": (N, K),
}

# %% answer="predicted" right="numbers"
predicted = {
    "sequence": (4, 7, 10),
    "last": (4, 10),
    "half": (4, 7, 5),
    "sum": (4, 7, 5),
    "average, last": (4, 5),
    "Wx": (3, 5),
    "Wh": (5, 5),
    "Wo": (10, 2),
    "Yhat": (4, 2),
}

# %% answer="predicted" right="sums and lists"
predicted = {
    "sequence": [N, T, M + M],
    "last": (N, M + M),
    "half": (N, T, M),
    "sum": (N, T, M),
    "average, last": (N, M),
    "Wx": (D, M),
    "Wh": (M, M),
    "Wo": (M + M, K),
    "Yhat": (N, K),
}

# %% answer="predicted" wrong="half_forgotten"
predicted = {
    "sequence": (N, T, M),
    "last": (N, 2*M),
    "half": (N, T, M),
    "sum": (N, T, M),
    "average, last": (N, M),
    "Wx": (D, M),
    "Wh": (M, M),
    "Wo": (2*M, K),
    "Yhat": (N, K),
}

# %% answer="predicted" wrong="half_forgotten"
predicted = {
    "sequence": (N, T, 2*M),
    "last": (N, M),
    "half": (N, T, M),
    "sum": (N, T, M),
    "average, last": (N, M),
    "Wx": (D, M),
    "Wh": (M, M),
    "Wo": (2*M, K),
    "Yhat": (N, K),
}

# %% answer="predicted" wrong="half_forgotten"
predicted = {
    "sequence": (N, T, 2*M),
    "last": (N, 2*M),
    "half": (N, T, M),
    "sum": (N, T, M),
    "average, last": (N, M),
    "Wx": (D, M),
    "Wh": (M, M),
    "Wo": (M, K),
    "Yhat": (N, K),
}

# %% answer="predicted" wrong="doubled"
predicted = {
    "sequence": (N, T, 2*M),
    "last": (N, 2*M),
    "half": (N, T, 2*M),
    "sum": (N, T, M),
    "average, last": (N, M),
    "Wx": (D, M),
    "Wh": (M, M),
    "Wo": (2*M, K),
    "Yhat": (N, K),
}

# %% answer="predicted" wrong="doubled"
predicted = {
    "sequence": (N, T, 2*M),
    "last": (N, 2*M),
    "half": (N, T, M),
    "sum": (N, T, 2*M),
    "average, last": (N, 2*M),
    "Wx": (D, M),
    "Wh": (M, M),
    "Wo": (2*M, K),
    "Yhat": (N, K),
}

# %% answer="predicted" wrong="doubled"
predicted = {
    "sequence": (N, T, 2*M),
    "last": (N, 2*M),
    "half": (N, T, M),
    "sum": (N, T, M),
    "average, last": (N, M),
    "Wx": (D, 2*M),
    "Wh": (M, M),
    "Wo": (2*M, K),
    "Yhat": (N, K),
}

# %% answer="predicted" wrong="doubled"
predicted = {
    "sequence": (N, T, 2*M),
    "last": (N, 2*M),
    "half": (N, T, M),
    "sum": (N, T, M),
    "average, last": (N, M),
    "Wx": (D, M),
    "Wh": (2*M, 2*M),
    "Wo": (2*M, K),
    "Yhat": (N, K),
}

# %% answer="predicted" wrong="joined_along_time"
predicted = {
    "sequence": (N, 2*T, M),
    "last": (N, 2*M),
    "half": (N, T, M),
    "sum": (N, T, M),
    "average, last": (N, M),
    "Wx": (D, M),
    "Wh": (M, M),
    "Wo": (2*M, K),
    "Yhat": (N, K),
}

# %% answer="predicted" wrong="joined_along_samples"
predicted = {
    "sequence": (2*N, T, M),
    "last": (N, 2*M),
    "half": (N, T, M),
    "sum": (N, T, M),
    "average, last": (N, M),
    "Wx": (D, M),
    "Wh": (M, M),
    "Wo": (2*M, K),
    "Yhat": (N, K),
}

# %% answer="predicted" wrong="units_shared_out"
predicted = {
    "sequence": (N, T, 2*M),
    "last": (N, 2*M),
    "half": (N, T, M // 2),
    "sum": (N, T, M),
    "average, last": (N, M),
    "Wx": (D, M),
    "Wh": (M, M),
    "Wo": (2*M, K),
    "Yhat": (N, K),
}

# %% answer="predicted" wrong="doubled"
predicted = {
    "sequence": (N, T, 2*M),
    "last": (N, 2*M),
    "half": (N, T, M),
    "sum": (N, T, M),
    "average, last": (N, M),
    "Wx": (D, M),
    "Wh": (M, M),
    "Wo": (2*M, K),
    "Yhat": (N, 2*K),
}

# %% answer="predicted" wrong="stacked"
predicted = {
    "sequence": (N, T, M, 2),
    "last": (N, 2*M),
    "half": (N, T, M),
    "sum": (N, T, M),
    "average, last": (N, M),
    "Wx": (D, M),
    "Wh": (M, M),
    "Wo": (2*M, K),
    "Yhat": (N, K),
}

# %% answer="predicted" wrong="stacked"
predicted = {
    "sequence": (N, T, 2, M),
    "last": (N, 2*M),
    "half": (N, T, M),
    "sum": (N, T, M),
    "average, last": (N, M),
    "Wx": (D, M),
    "Wh": (M, M),
    "Wo": (2*M, K),
    "Yhat": (N, K),
}

# %% answer="predicted" wrong="stacked"
predicted = {
    "sequence": (2, N, T, M),
    "last": (N, 2*M),
    "half": (N, T, M),
    "sum": (N, T, M),
    "average, last": (N, M),
    "Wx": (D, M),
    "Wh": (M, M),
    "Wo": (2*M, K),
    "Yhat": (N, K),
}

# %% answer="predicted" wrong="last_step_only"
predicted = {
    "sequence": (N, 2*M),
    "last": (N, 2*M),
    "half": (N, T, M),
    "sum": (N, T, M),
    "average, last": (N, M),
    "Wx": (D, M),
    "Wh": (M, M),
    "Wo": (2*M, K),
    "Yhat": (N, K),
}

# %% answer="predicted" wrong="last_step_only"
predicted = {
    "sequence": (N, T, 2*M),
    "last": (N, 2*M),
    "half": (N, M),
    "sum": (N, T, M),
    "average, last": (N, M),
    "Wx": (D, M),
    "Wh": (M, M),
    "Wo": (2*M, K),
    "Yhat": (N, K),
}

# %% answer="predicted" wrong="batch_axis_of_weights"
predicted = {
    "sequence": (N, T, 2*M),
    "last": (N, 2*M),
    "half": (N, T, M),
    "sum": (N, T, M),
    "average, last": (N, M),
    "Wx": (N, D, M),
    "Wh": (M, M),
    "Wo": (2*M, K),
    "Yhat": (N, K),
}

# %% answer="predicted" wrong="rows_and_columns"
predicted = {
    "sequence": (N, T, 2*M),
    "last": (N, 2*M),
    "half": (N, T, M),
    "sum": (N, T, M),
    "average, last": (N, M),
    "Wx": (M, D),
    "Wh": (M, M),
    "Wo": (2*M, K),
    "Yhat": (N, K),
}

# %% answer="predicted" wrong="rows_and_columns"
predicted = {
    "sequence": (N, T, 2*M),
    "last": (N, 2*M),
    "half": (N, T, M),
    "sum": (N, T, M),
    "average, last": (N, M),
    "Wx": (D, M),
    "Wh": (M, M),
    "Wo": (K, 2*M),
    "Yhat": (N, K),
}

# %% answer="predicted" wrong="time_axis_kept"
predicted = {
    "sequence": (N, T, 2*M),
    "last": (N, T, 2*M),
    "half": (N, T, M),
    "sum": (N, T, M),
    "average, last": (N, M),
    "Wx": (D, M),
    "Wh": (M, M),
    "Wo": (2*M, K),
    "Yhat": (N, K),
}

# %% answer="predicted" wrong="batch_axis_forgotten"
predicted = {
    "sequence": (T, 2*M),
    "last": (2*M,),
    "half": (N, T, M),
    "sum": (N, T, M),
    "average, last": (N, M),
    "Wx": (D, M),
    "Wh": (M, M),
    "Wo": (2*M, K),
    "Yhat": (N, K),
}

# %% answer="predicted" wrong="not_written"
predicted = {
    "sequence": ...,
    "last": (N, 2*M),
    "half": (N, T, M),
    "sum": (N, T, M),
    "average, last": (N, M),
    "Wx": (D, M),
    "Wh": (M, M),
    "Wo": (2*M, K),
    "Yhat": (N, K),
}

# %% answer="backward_states" right="flip in and out"
def backward_states(X, Wx, Wh, bh):

    X_rev = X[:, ::-1]
    N, T, D = X_rev.shape
    h = np.zeros((N, Wh.shape[0]))
    out = np.zeros((N, T, Wh.shape[0]))
    for t in range(T):
        h = np.tanh(X_rev[:, t] @ Wx + h @ Wh + bh)
        out[:, t] = h
    return out[:, ::-1]

# %% answer="backward_states" right="counting down"
def backward_states(X, Wx, Wh, bh):

    N, T, _ = X.shape
    M = len(bh)
    H = np.empty((N, T, M))
    h_last = np.zeros((N, M))
    for t in range(T - 1, -1, -1):
        h_last = np.tanh(X[:, t, :] @ Wx + h_last @ Wh + bh)
        H[:, t, :] = h_last
    return H

# %% answer="backward_states" right="reversed range, list of steps"
def backward_states(X, Wx, Wh, bh):

    states = []
    h = np.zeros((X.shape[0], Wx.shape[1]))
    for t in reversed(range(X.shape[1])):
        h = np.tanh(np.dot(X[:, t], Wx) + np.dot(h, Wh) + bh)
        states.insert(0, h)
    return np.array(states).transpose(1, 0, 2)

# %% answer="backward_states" right="recursion on t + 1"
def backward_states(X, Wx, Wh, bh):

    N, T, D = X.shape
    def h(t):
        if t == T:
            return np.zeros((N, bh.size))
        return np.tanh(X[:, t] @ Wx + h(t + 1) @ Wh + bh)
    return np.stack([h(t) for t in range(T)], axis=1)

# %% answer="backward_states" right="einsum, float32"
def backward_states(X, Wx, Wh, bh):

    x = np.flip(X, axis=1).astype(np.float32)
    pre = np.einsum("ntd,dm->ntm", x, Wx) + bh
    h = np.zeros_like(pre[:, 0])
    rows = []
    for t in range(x.shape[1]):
        h = np.tanh(pre[:, t] + np.einsum("nm,mk->nk", h, Wh))
        rows.append(h)
    return np.flip(np.stack(rows, axis=1), axis=1)

# %% answer="backward_states" right="one sample after the other, list of arrays"
def backward_states(X, Wx, Wh, bh):

    result = []
    for x in X:                       # x is (T, D)
        h = np.zeros(len(bh))
        rows = []
        for xt in x[::-1]:
            h = np.tanh(xt @ Wx + h @ Wh + bh)
            rows.append(h)
        result.append(np.array(rows[::-1]))
    return result

# %% answer="backward_states" right="column vectors"
def backward_states(X, Wx, Wh, bh):

    N, T, D = X.shape
    M = Wh.shape[0]
    out = np.zeros((N, T, M))
    for n in range(N):
        h = np.zeros((M, 1))
        for t in range(T):
            x = X[n, T - 1 - t].reshape(D, 1)
            h = np.tanh(Wx.T @ x + Wh.T @ h + bh.reshape(M, 1))
            out[n, T - 1 - t] = h[:, 0]
    return out

# %% answer="backward_states" right="class"
class Layer:
    def __init__(self, Wx, Wh, bh):
        self.Wx, self.Wh, self.bh = Wx, Wh, bh
    def step(self, x, h):
        return np.tanh(x @ self.Wx + h @ self.Wh + self.bh)

def backward_states(X, Wx, Wh, bh):
    layer = Layer(Wx, Wh, bh)
    h = np.zeros((len(X), len(bh)))
    H = {}
    t = X.shape[1]
    while t > 0:
        t -= 1
        h = layer.step(X[:, t], h)
        H[t] = h
    return np.stack([H[t] for t in sorted(H)], axis=1)

# %% answer="backward_states" right="accumulate"
from itertools import accumulate
def backward_states(X, Wx, Wh, bh):
    film = np.swapaxes(X, 0, 1)[::-1]
    f = lambda h, x: np.tanh(x @ Wx + h @ Wh + bh)
    hs = list(accumulate(film, f, initial=np.zeros((len(X), len(bh)))))[1:]
    return np.swapaxes(np.array(hs[::-1]), 0, 1)

# %% answer="backward_states" right="stacked weights"
def backward_states(X, Wx, Wh, bh):

    W = np.vstack([Wx, Wh])
    N, T = X.shape[:2]
    h = np.zeros((N, len(Wh)))
    steps = [None] * T
    for i in range(1, T + 1):
        h = np.tanh(np.hstack([X[:, -i], h]) @ W + bh)
        steps[-i] = h[:, None]
    return np.concatenate(steps, axis=1)

# %% answer="backward_states" cheats="go_backwards"
def backward_states(X, Wx, Wh, bh):

    layer = keras.layers.SimpleRNN(len(bh), return_sequences=True, go_backwards=True)
    layer.build(X.shape)
    layer.set_weights([Wx, Wh, bh])
    return np.array(layer(X.astype("float32")))[:, ::-1]

# %% answer="backward_states" wrong="state_from_wrong_side"
def backward_states(X, Wx, Wh, bh):

    N, T, D = X.shape
    H = np.zeros((N, T, len(bh)))
    for t in range(T - 1, -1, -1):
        H[:, t] = np.tanh(X[:, t] @ Wx + H[:, t - 1] @ Wh + bh)
    return H

# %% answer="backward_states" wrong="flipped_in_place"
def backward_states(X, Wx, Wh, bh):

    X = X[:, ::-1]
    H = np.zeros(X.shape[:2] + bh.shape)
    h = H[:, 0]
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H[:, t] = h
    # now turn it round
    T = H.shape[1]
    for t in range(T):
        H[:, t] = H[:, T - 1 - t]
    return H

# %% answer="backward_states" wrong="sign_flipped"
def backward_states(X, Wx, Wh, bh):

    X = -X      # backward
    h = np.zeros((len(X), len(bh)))
    hs = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        hs.append(h)
    return np.stack(hs, axis=1)

# %% answer="backward_states" wrong="input_not_reversed"
def backward_states(X, Wx, Wh, bh):

    Xr = np.roll(X, -1, axis=1)
    h = np.zeros((len(X), len(bh)))
    hs = []
    for t in range(Xr.shape[1]):
        h = np.tanh(Xr[:, t] @ Wx + h @ Wh + bh)
        hs.append(h)
    return np.stack(hs, axis=1)

# %% answer="backward_states" wrong="T_hard_coded"
def backward_states(X, Wx, Wh, bh):

    h = np.zeros((len(X), len(bh)))
    hs = []
    for t in [6, 5, 4, 3, 2, 1, 0]:
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        hs.insert(0, h)
    return np.stack(hs, axis=1)

# %% answer="backward_states" wrong="not_reflipped+last_step_skipped"
def backward_states(X, Wx, Wh, bh):

    h = np.zeros((len(X), len(bh)))
    hs = []
    for t in range(X.shape[1] - 1, 0, -1):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        hs.append(h)
    return np.stack(hs, axis=1)

# %% answer="backward_states" wrong="not_reflipped"
def backward_states(X, Wx, Wh, bh):

    Xr = X[:, ::-1, :]
    h = np.zeros((X.shape[0], len(bh)))
    hs = []
    for t in range(Xr.shape[1]):
        h = np.tanh(Xr[:, t] @ Wx + h @ Wh + bh)
        hs.append(h)
    return np.stack(hs, axis=1)

# %% answer="backward_states" wrong="not_reflipped"
def backward_states(X, Wx, Wh, bh):

    N, T, D = X.shape
    h = np.zeros((N, Wh.shape[1]))
    out = []
    for t in range(T-1, -1, -1):     # backwards
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    out = np.array(out)
    print(out.shape)
    return out.transpose(1, 0, 2)

# %% answer="backward_states" wrong="input_not_reversed"
def backward_states(X, Wx, Wh, bh):

    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    return np.stack(H, axis=1)

# %% answer="backward_states" wrong="rewound_twice"
def backward_states(X, Wx, Wh, bh):

    N, T, D = X.shape
    h = np.zeros((N, len(bh)))
    out = np.zeros((N, T, len(bh)))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out[:, T - 1 - t] = h          # fill from the back = backward layer
    return out

# %% answer="backward_states" wrong="samples_flipped"
def backward_states(X, Wx, Wh, bh):

    X = X[::-1]
    N, T, D = X.shape
    M = len(bh)
    h = np.zeros((N, M))
    H = np.zeros((N, T, M))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H[:, t] = h
    return H

# %% answer="backward_states" wrong="samples_flipped"
def backward_states(X, Wx, Wh, bh):

    Xb = X[:, ::-1]
    h = np.zeros((len(X), len(bh)))
    rows = []
    for t in range(Xb.shape[1]):
        h = np.tanh(Xb[:, t] @ Wx + h @ Wh + bh)
        rows.append(h)
    rows = np.stack(rows, 1)
    return rows[::-1]     # turn it back

# %% answer="backward_states" wrong="features_flipped"
def backward_states(X, Wx, Wh, bh):

    Xb = X[:, :, ::-1]
    h = np.zeros((len(X), len(bh)))
    rows = []
    for t in range(Xb.shape[1]):
        h = np.tanh(Xb[:, t] @ Wx + h @ Wh + bh)
        rows.append(h)
    return np.stack(rows, 1)[:, :, ::-1]

# %% answer="backward_states" wrong="features_flipped"
def backward_states(X, Wx, Wh, bh):

    Xb = np.flip(X, -1)
    N, T, D = Xb.shape
    H = np.zeros((N, T, len(bh)))
    prev = np.zeros((N, len(bh)))
    for t in range(T):
        prev = np.tanh(Xb[:, t] @ Wx + prev @ Wh + bh)
        H[:, t] = prev
    return H

# %% answer="backward_states" wrong="features_flipped"
def backward_states(X, Wx, Wh, bh):

    X = np.flip(X)
    h = np.zeros((len(X), len(bh)))
    rows = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        rows.append(h)
    return np.flip(np.stack(rows, axis=1))

# %% answer="backward_states" wrong="features_flipped"
def backward_states(X, Wx, Wh, bh):

    h = np.zeros((len(X), len(bh)))
    rows = []
    for t in reversed(range(X.shape[1])):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        rows.append(h)
    return np.flip(np.stack(rows, axis=1))

# %% answer="backward_states" wrong="off_by_one_input"
def backward_states(X, Wx, Wh, bh):

    N, T, D = X.shape
    h = np.zeros((N, len(bh)))
    out = np.zeros((N, T, len(bh)))
    for t in range(T):
        h = np.tanh(X[:, -t] @ Wx + h @ Wh + bh)
        out[:, -t] = h
    return out

# %% answer="backward_states" wrong="off_by_one_input"
def backward_states(X, Wx, Wh, bh):

    N, T, D = X.shape
    h = np.zeros((N, len(bh)))
    out = []
    for t in range(T):
        h = np.tanh(X[:, T - t - 2] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out[::-1], axis=1)

# %% answer="backward_states" wrong="off_by_one_input"
def backward_states(X, Wx, Wh, bh):

    N, T, D = X.shape
    h = np.zeros((N, len(bh)))
    out = np.zeros((N, T, len(bh)))
    for t in range(T - 1, -1, -1):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out[:, t - 1] = h
    return out

# %% answer="backward_states" wrong="last_step_skipped"
def backward_states(X, Wx, Wh, bh):

    N, T, D = X.shape
    h = np.zeros((N, len(bh)))
    out = np.zeros((N, T, len(bh)))
    for t in range(T - 1, 0, -1):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out[:, t] = h
    return out

# %% answer="backward_states" wrong="last_step_skipped"
def backward_states(X, Wx, Wh, bh):

    h = np.zeros((len(X), len(bh)))
    states = []
    for t in range(X.shape[1] - 1, 0, -1):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        states.append(h)
    return np.stack(states[::-1], axis=1)

# %% answer="backward_states" wrong="first_step_skipped"
def backward_states(X, Wx, Wh, bh):

    N, T, D = X.shape
    h = np.zeros((N, len(bh)))
    out = np.zeros((N, T, len(bh)))
    for t in range(T - 2, -1, -1):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out[:, t] = h
    return out

# %% answer="backward_states" wrong="loop_too_long"
def backward_states(X, Wx, Wh, bh):

    N, T, D = X.shape
    h = np.zeros((N, len(bh)))
    out = np.zeros((N, T, len(bh)))
    for t in range(T, 0, -1):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out[:, t] = h
    return out

# %% answer="backward_states" wrong="time_axis_first"
def backward_states(X, Wx, Wh, bh):

    h = np.zeros((len(X), len(bh)))
    states = []
    for t in range(X.shape[1])[::-1]:
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        states.append(h)
    return np.array(states[::-1])

# %% answer="backward_states" wrong="time_axis_first+not_reflipped"
def backward_states(X, Wx, Wh, bh):

    h = np.zeros((len(X), len(bh)))
    states = []
    for t in range(X.shape[1])[::-1]:
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        states.append(h)
    return np.array(states)

# %% answer="backward_states" wrong="n_t_swapped"
def backward_states(X, Wx, Wh, bh):

    M = Wh.shape[0]
    h = np.zeros((X.shape[1], M))
    hs = []
    for x in X[::-1]:
        h = np.tanh(x @ Wx + h @ Wh + bh)
        hs.append(h)
    return np.array(hs[::-1])

# %% answer="backward_states" wrong="n_t_swapped"
def backward_states(X, Wx, Wh, bh):

    N, T, D = X.shape
    h = np.zeros((N, len(bh)))
    hs = []
    for t in reversed(range(T)):
        h = np.tanh(X[t] @ Wx + h @ Wh + bh)
        hs.append(h)
    return np.stack(hs[::-1], axis=1)

# %% answer="backward_states" wrong="row_before_step"
def backward_states(X, Wx, Wh, bh):

    N, T, D = X.shape
    h = np.zeros((N, len(bh)))
    out = np.zeros((N, T, len(bh)))
    for t in range(T - 1, -1, -1):
        out[:, t] = h
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return out

# %% answer="backward_states" wrong="only_last_returned"
def backward_states(X, Wx, Wh, bh):

    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1] - 1, -1, -1):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="backward_states" wrong="initial_state_counted"
def backward_states(X, Wx, Wh, bh):

    hs = [np.zeros((len(X), len(bh)))]
    for t in range(X.shape[1] - 1, -1, -1):
        hs.append(np.tanh(X[:, t] @ Wx + hs[-1] @ Wh + bh))
    return np.stack(hs[::-1], axis=1)

# %% answer="backward_states" wrong="returns_first"
def backward_states(X, Wx, Wh, bh):

    N, T, D = X.shape
    h = np.zeros((N, len(bh)))
    for t in range(T - 1, -1, -1):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        return h

# %% answer="backward_states" wrong="rows_alias"
def backward_states(X, Wx, Wh, bh):

    N, T, D = X.shape
    h = np.zeros((N, len(bh)))
    states = []
    for t in range(T - 1, -1, -1):
        h[:] = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        states.append(h)
    states.reverse()
    return np.stack(states, axis=1)

# %% answer="backward_states" wrong="all_zeros"
def backward_states(X, Wx, Wh, bh):

    N, T, D = X.shape
    H = np.zeros((N, T, len(bh)))
    h = np.zeros((N, len(bh)))
    for t in range(T - 1, -1, -1):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return H

# %% answer="backward_states" wrong="mean_over_time"
def backward_states(X, Wx, Wh, bh):

    h = np.zeros((len(X), len(bh)))
    hs = []
    for t in range(X.shape[1])[::-1]:
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        hs.append(h)
    return np.mean(hs, axis=0)

# %% answer="backward_states" wrong="sum_over_time"
def backward_states(X, Wx, Wh, bh):

    h = np.zeros((len(X), len(bh)))
    total = 0
    for t in range(X.shape[1])[::-1]:
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        total = total + h
    return total

# %% answer="backward_states" wrong="initial_state_not_zero"
def backward_states(X, Wx, Wh, bh):

    N, T, D = X.shape
    h = 0.1 * np.ones((N, len(bh)))
    out = np.zeros((N, T, len(bh)))
    for t in range(T)[::-1]:
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out[:, t] = h
    return out

# %% answer="backward_states" wrong="initial_state_random"
def backward_states(X, Wx, Wh, bh):

    N, T, D = X.shape
    h = np.random.randn(N, len(bh))
    out = np.zeros((N, T, len(bh)))
    for t in range(T)[::-1]:
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out[:, t] = h
    return out

# %% answer="backward_states" wrong="state_leaks"
def backward_states(X, Wx, Wh, bh):

    N, T, D = X.shape
    h = np.zeros(len(bh))
    out = np.zeros((N, T, len(bh)))
    for n in range(N):
        for t in range(T - 1, -1, -1):
            h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
            out[n, t] = h
    return out

# %% answer="backward_states" wrong="only_first_sample"
def backward_states(X, Wx, Wh, bh):

    x = X[0]
    h = np.zeros(len(bh))
    rows = []
    for xt in x[::-1]:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        rows.append(h)
    return np.array(rows[::-1])

# %% answer="backward_states" wrong="only_first_sample"
def backward_states(X, Wx, Wh, bh):

    N, T, D = X.shape
    out = np.zeros((N, T, len(bh)))
    for n in range(N):
        h = np.zeros(len(bh))
        for t in range(T - 1, -1, -1):
            h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
            out[n, t] = h
        return out

# %% answer="backward_states" wrong="only_last_sample"
def backward_states(X, Wx, Wh, bh):

    N, T, D = X.shape
    for n in range(N):
        out = np.zeros((T, len(bh)))
        h = np.zeros(len(bh))
        for t in range(T - 1, -1, -1):
            h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
            out[t] = h
    return out

# %% answer="backward_states" wrong="both_halves_returned"
def backward_states(X, Wx, Wh, bh):

    def go(X):
        h = np.zeros((len(X), len(bh)))
        rows = []
        for t in range(X.shape[1]):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            rows.append(h)
        return np.stack(rows, axis=1)
    return np.concatenate([go(X), go(X[:, ::-1])[:, ::-1]], axis=-1)

# %% answer="backward_states" wrong="reshape_for_transpose"
def backward_states(X, Wx, Wh, bh):

    N, T, D = X.shape
    h = np.zeros((N, len(bh)))
    rows = []
    for t in range(T - 1, -1, -1):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        rows.append(h)
    return np.array(rows[::-1]).reshape(N, T, len(bh))

# %% answer="backward_states" wrong="reshape_for_transpose"
def backward_states(X, Wx, Wh, bh):

    N, T, D = X.shape
    X = X.reshape(T, N, D)     # time first
    h = np.zeros((N, len(bh)))
    rows = []
    for x in X[::-1]:
        h = np.tanh(x @ Wx + h @ Wh + bh)
        rows.append(h)
    return np.stack(rows[::-1], axis=1)

# %% answer="backward_states" wrong="not_reflipped+bias_dropped"
def backward_states(X, Wx, Wh, bh):

    h = np.zeros((len(X), len(Wh)))
    rows = []
    for t in reversed(range(X.shape[1])):
        h = np.tanh(X[:, t] @ Wx + h @ Wh)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="backward_states" wrong="input_not_reversed+relu"
def backward_states(X, Wx, Wh, bh):

    h = np.zeros((len(X), len(Wh)))
    rows = []
    for t in range(X.shape[1]):
        h = np.maximum(0, X[:, t] @ Wx + h @ Wh + bh)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="backward_states" wrong="bias_dropped"
def backward_states(X, Wx, Wh, bh):

    N, T, _ = X.shape
    M = Wh.shape[0]
    out = np.zeros((N, T, M))
    h = np.zeros((N, M))
    for t in range(T - 1, -1, -1):
        h = np.tanh(X[:, t] @ Wx + h @ Wh)
        out[:, t] = h
    return out

# %% answer="backward_states" wrong="bias_outside_tanh"
def backward_states(X, Wx, Wh, bh):

    N, T, _ = X.shape
    M = Wh.shape[0]
    out = np.zeros((N, T, M))
    h = np.zeros((N, M))
    for t in range(T - 1, -1, -1):
        h = np.tanh(X[:, t] @ Wx + h @ Wh) + bh
        out[:, t] = h
    return out

# %% answer="backward_states" wrong="bias_added_twice"
def backward_states(X, Wx, Wh, bh):

    N, T, _ = X.shape
    M = Wh.shape[0]
    out = np.zeros((N, T, M))
    h = np.zeros((N, M))
    for t in range(T - 1, -1, -1):
        a = X[:, t] @ Wx + bh
        b = h @ Wh + bh
        h = np.tanh(a + b)
        out[:, t] = h
    return out

# %% answer="backward_states" wrong="h_last_not_updated"
def backward_states(X, Wx, Wh, bh):

    N, T, _ = X.shape
    M = Wh.shape[0]
    out = np.zeros((N, T, M))
    h_last = np.zeros((N, M))
    for t in range(T - 1, -1, -1):
        h = np.tanh(X[:, t] @ Wx + h_last @ Wh + bh)
        out[:, t] = h
    return out

# %% answer="backward_states" wrong="recurrent_term_unused"
def backward_states(X, Wx, Wh, bh):

    N, T, _ = X.shape
    M = Wh.shape[0]
    out = np.zeros((N, T, M))
    h = np.zeros((N, M))
    for t in range(T - 1, -1, -1):
        h = np.tanh(X[:, t] @ Wx + bh)
        out[:, t] = h
    return out

# %% answer="backward_states" wrong="wh_transposed"
def backward_states(X, Wx, Wh, bh):

    N, T, _ = X.shape
    M = Wh.shape[0]
    out = np.zeros((N, T, M))
    h = np.zeros((N, M))
    for t in range(T - 1, -1, -1):
        h = np.tanh(X[:, t] @ Wx + h @ Wh.T + bh)
        out[:, t] = h
    return out

# %% answer="backward_states" wrong="initial_state_ones"
def backward_states(X, Wx, Wh, bh):

    N, T, _ = X.shape
    M = Wh.shape[0]
    out = np.zeros((N, T, M))
    h = np.ones((N, M))
    for t in range(T - 1, -1, -1):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out[:, t] = h
    return out

# %% answer="backward_states" wrong="no_activation"
def backward_states(X, Wx, Wh, bh):

    N, T, _ = X.shape
    M = Wh.shape[0]
    out = np.zeros((N, T, M))
    h = np.zeros((N, M))
    for t in range(T - 1, -1, -1):
        h = X[:, t] @ Wx + h @ Wh + bh
        out[:, t] = h
    return out

# %% answer="backward_states" wrong="relu"
def backward_states(X, Wx, Wh, bh):

    N, T, _ = X.shape
    M = Wh.shape[0]
    out = np.zeros((N, T, M))
    h = np.zeros((N, M))
    for t in range(T - 1, -1, -1):
        z = X[:, t] @ Wx + h @ Wh + bh
        h = np.where(z > 0, z, 0)
        out[:, t] = h
    return out

# %% answer="backward_states" wrong="sigmoid"
def backward_states(X, Wx, Wh, bh):

    N, T, _ = X.shape
    M = Wh.shape[0]
    out = np.zeros((N, T, M))
    h = np.zeros((N, M))
    for t in range(T - 1, -1, -1):
        h = 1 / (1 + np.exp(-(X[:, t] @ Wx + h @ Wh + bh)))
        out[:, t] = h
    return out

# %% answer="backward_states" wrong="tanh_per_term"
def backward_states(X, Wx, Wh, bh):

    N, T, _ = X.shape
    M = Wh.shape[0]
    out = np.zeros((N, T, M))
    h = np.zeros((N, M))
    for t in range(T - 1, -1, -1):
        h = np.tanh(X[:, t] @ Wx) + np.tanh(h @ Wh) + bh
        out[:, t] = h
    return out

# %% answer="backward_states" wrong="tanh_on_one_term"
def backward_states(X, Wx, Wh, bh):

    N, T, _ = X.shape
    M = Wh.shape[0]
    out = np.zeros((N, T, M))
    h = np.zeros((N, M))
    for t in range(T - 1, -1, -1):
        h = np.tanh(X[:, t] @ Wx) + h @ Wh + bh
        out[:, t] = h
    return out

# %% answer="backward_states" wrong="carry_before_tanh"
def backward_states(X, Wx, Wh, bh):

    N, T, _ = X.shape
    M = Wh.shape[0]
    out = np.zeros((N, T, M))
    h = np.zeros((N, M))
    for t in range(T - 1, -1, -1):
        h = X[:, t] @ Wx + h @ Wh + bh
        out[:, t] = np.tanh(h)
    return out

# %% answer="backward_states" wrong="h_plus_new"
def backward_states(X, Wx, Wh, bh):

    N, T, _ = X.shape
    M = Wh.shape[0]
    out = np.zeros((N, T, M))
    h = np.zeros((N, M))
    for t in range(T - 1, -1, -1):
        h += np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out[:, t] = h
    return out

# %% answer="backward_states" wrong="state_two_steps_old"
def backward_states(X, Wx, Wh, bh):

    N, T, _ = X.shape
    M = Wh.shape[0]
    out = np.zeros((N, T, M))
    h = h_last = np.zeros((N, M))
    for t in range(T - 1, -1, -1):
        new = np.tanh(X[:, t] @ Wx + h_last @ Wh + bh)
        h_last = h
        h = new
        out[:, t] = h
    return out

# %% answer="backward_states" wrong="same_input_every_step"
def backward_states(X, Wx, Wh, bh):

    N, T, _ = X.shape
    M = Wh.shape[0]
    out = np.zeros((N, T, M))
    h = np.zeros((N, M))
    for t in range(T - 1, -1, -1):
        h = np.tanh(X[:, -1] @ Wx + h @ Wh + bh)
        out[:, t] = h
    return out

# %% answer="backward_states" wrong="wx_wh_swapped"
def backward_states(X, Wx, Wh, bh):

    N, T, _ = X.shape
    M = Wh.shape[0]
    out = np.zeros((N, T, M))
    h = np.zeros((N, M))
    for t in range(T - 1, -1, -1):
        h = np.tanh(X[:, t] @ Wh + h @ Wx + bh)
        out[:, t] = h
    return out

# %% answer="backward_states" wrong="weights_on_the_left"
def backward_states(X, Wx, Wh, bh):

    N, T, _ = X.shape
    M = Wh.shape[0]
    out = np.zeros((N, T, M))
    h = np.zeros((N, M))
    for t in range(T - 1, -1, -1):
        h = np.tanh(Wx @ X[:, t] + Wh @ h + bh)
        out[:, t] = h
    return out

# %% answer="backward_states" wrong="state_is_a_number"
def backward_states(X, Wx, Wh, bh):

    N, T, _ = X.shape
    M = Wh.shape[0]
    out = np.zeros((N, T, M))
    h = 0
    for t in range(T - 1, -1, -1):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out[:, t] = h
    return out

# %% answer="backward_states" wrong="initial_state_wrong_length"
def backward_states(X, Wx, Wh, bh):

    N, T, _ = X.shape
    M = Wh.shape[0]
    out = np.zeros((N, T, M))
    h = np.zeros(X[:, 0].shape)
    for t in range(T - 1, -1, -1):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out[:, t] = h
    return out

# %% answer="bidirectional" right="helper, flipped in and out"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    f = simple_rnn(X, Wxf, Whf, bhf)
    b = simple_rnn(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]
    return np.concatenate((f, b), axis=-1)

# %% answer="bidirectional" right="two loops, preallocated"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    N, T, D = X.shape
    M = len(bhf)
    out = np.zeros((N, T, 2 * M))
    h = np.zeros((N, M))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wxf + h @ Whf + bhf)
        out[:, t, :M] = h
    h = np.zeros((N, M))
    for t in range(T - 1, -1, -1):
        h = np.tanh(X[:, t] @ Wxb + h @ Whb + bhb)
        out[:, t, M:] = h
    return out

# %% answer="bidirectional" right="one loop"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    N, T, D = X.shape
    M = len(bhf)
    hf, hb = np.zeros((N, M)), np.zeros((N, M))
    F, B = [None] * T, [None] * T
    for t in range(T):
        hf = np.tanh(X[:, t] @ Wxf + hf @ Whf + bhf)
        hb = np.tanh(X[:, T-1-t] @ Wxb + hb @ Whb + bhb)
        F[t], B[T-1-t] = hf, hb
    return np.concatenate([np.stack(F, 1), np.stack(B, 1)], axis=2)

# %% answer="bidirectional" right="dstack and samples one by one"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    def film(x, Wx, Wh, bh):
        h, hs = 0 * bh, []
        for row in x:
            h = np.tanh(row @ Wx + h @ Wh + bh)
            hs.append(h)
        return hs
    forward = [film(x, Wxf, Whf, bhf) for x in X]
    backward = [film(x[::-1], Wxb, Whb, bhb)[::-1] for x in X]
    return np.dstack([np.array(forward), np.array(backward)])

# %% answer="bidirectional" right="block diagonal, one wide network"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    M = Wxf.shape[1]
    Z = np.zeros((M, M))
    Wh = np.block([[Whf, Z], [Z, Whb]])
    pre = np.concatenate([X @ Wxf + bhf, np.flip(X, 1) @ Wxb + bhb], axis=2)
    h = np.zeros((len(X), 2 * M))
    rows = []
    for t in range(X.shape[1]):
        h = np.tanh(pre[:, t] + h @ Wh)
        rows.append(h)
    H = np.stack(rows, axis=1)
    return np.concatenate([H[..., :M], H[:, ::-1, M:]], axis=-1)

# %% answer="bidirectional" right="einsum and float32"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    X = X.astype(np.float32)
    def go(xs, Wx, Wh, bh):
        h = np.zeros((X.shape[0], bh.shape[0]), np.float32)
        for x in xs:
            h = np.tanh(np.einsum("nd,dm->nm", x, Wx) + np.einsum("nm,mk->nk", h, Wh) + bh)
            yield h
    time = X.transpose(1, 0, 2)
    f = list(go(time, Wxf, Whf, bhf))
    b = list(go(time[::-1], Wxb, Whb, bhb))[::-1]
    return np.array([np.hstack([p, q]) for p, q in zip(f, b)]).swapaxes(0, 1)

# %% answer="bidirectional" right="class"
class Half:
    def __init__(self, Wx, Wh, bh, backward=False):
        self.w, self.backward = (Wx, Wh, bh), backward
    def __call__(self, X):
        Wx, Wh, bh = self.w
        X = np.flip(X, axis=1) if self.backward else X
        H = np.zeros(X.shape[:2] + bh.shape)
        for t in range(X.shape[1]):
            before = H[:, t - 1] if t else np.zeros((len(X), len(bh)))
            H[:, t] = np.tanh(X[:, t] @ Wx + before @ Wh + bh)
        return np.flip(H, axis=1) if self.backward else H

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    return np.c_[Half(Wxf, Whf, bhf)(X), Half(Wxb, Whb, bhb, backward=True)(X)]

# %% answer="bidirectional" cheats="the layer itself"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    layer = keras.layers.Bidirectional(keras.layers.SimpleRNN(len(bhf), return_sequences=True))
    layer.build(X.shape)
    layer.set_weights([Wxf, Whf, bhf, Wxb, Whb, bhb])
    return np.asarray(layer(X.astype("float32")))

# %% answer="bidirectional" wrong="not_reflipped"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[:, ::-1], Wxb, Whb, bhb)
    return np.concatenate([fw, bw], axis=-1)

# %% answer="bidirectional" wrong="input_not_reversed"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X, Wxb, Whb, bhb)
    return np.concatenate([fw, bw], axis=-1)

# %% answer="bidirectional" wrong="rewound_twice"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X, Wxb, Whb, bhb)
    bw = np.flip(bw, axis=1)
    return np.dstack([fw, bw])

# %% answer="bidirectional" wrong="samples_flipped"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[::-1], Wxb, Whb, bhb)
    print(fw.shape, bw.shape)
    return np.concatenate([fw, bw], axis=-1)

# %% answer="bidirectional" wrong="samples_flipped"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[:, ::-1], Wxb, Whb, bhb)[::-1]
    return np.concatenate([fw, bw], axis=-1)

# %% answer="bidirectional" wrong="features_flipped"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[..., ::-1], Wxb, Whb, bhb)[..., ::-1]
    return np.concatenate([fw, bw], axis=-1)

# %% answer="bidirectional" wrong="features_flipped"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = np.flip(simple_rnn(np.flip(X), Wxb, Whb, bhb))
    return np.concatenate([fw, bw], axis=-1)

# %% answer="bidirectional" wrong="halves_swapped"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]
    return np.concatenate([bw, fw], axis=-1)

# %% answer="bidirectional" wrong="merged_by_numbers"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]
    return fw + bw

# %% answer="bidirectional" wrong="merged_by_numbers"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]
    out = (fw + bw) / 2
    return out

# %% answer="bidirectional" wrong="merged_by_numbers"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]
    return np.multiply(fw, bw)

# %% answer="bidirectional" wrong="joined_along_time"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]
    return np.concatenate([fw, bw], axis=1)

# %% answer="bidirectional" wrong="joined_along_time"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]
    return np.hstack((fw, bw))

# %% answer="bidirectional" wrong="joined_along_samples"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]
    return np.concatenate([fw, bw])

# %% answer="bidirectional" wrong="joined_along_samples"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]
    return np.vstack([fw, bw])

# %% answer="bidirectional" wrong="stacked"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]
    return np.stack([fw, bw], axis=2)

# %% answer="bidirectional" wrong="stacked"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]
    return np.array([fw, bw])

# %% answer="bidirectional" wrong="stacked"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]
    return fw, bw

# %% answer="bidirectional" wrong="stacked"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]
    return np.stack((fw, bw), axis=-1)

# %% answer="bidirectional" wrong="halves_interleaved"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]
    N, T, M = fw.shape
    out = np.zeros((N, T, 2 * M))
    out[:, :, 0::2] = fw
    out[:, :, 1::2] = bw
    return out

# %% answer="bidirectional" wrong="joined_by_reshape"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]
    N, T, M = fw.shape
    return np.array([fw, bw]).reshape(N, T, 2 * M)

# %% answer="bidirectional" wrong="joined_by_reshape"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]
    N, T, M = fw.shape
    return np.concatenate([fw, bw], axis=1).reshape(N, T, -1)

# %% answer="bidirectional" wrong="one_half_missing"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]
    return fw

# %% answer="bidirectional" wrong="one_half_missing"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    H = simple_rnn(X, Wxf, Whf, bhf)
    H = simple_rnn(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]
    return H

# %% answer="bidirectional" wrong="only_last_returned"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]
    return np.concatenate([fw[:, -1], bw[:, 0]], axis=1)

# %% answer="bidirectional" wrong="only_last_returned"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]
    return np.concatenate([fw, bw], axis=-1)[:, -1]

# %% answer="bidirectional" wrong="both_halves_flipped"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[:, ::-1], Wxb, Whb, bhb)
    seq = np.concatenate([fw, bw], axis=-1)
    return seq[:, ::-1]

# %% answer="bidirectional" wrong="directions_swapped"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X[:, ::-1], Wxf, Whf, bhf)[:, ::-1]
    bw = simple_rnn(X, Wxb, Whb, bhb)
    return np.concatenate([fw, bw], axis=-1)

# %% answer="bidirectional" wrong="both_read_backwards"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    X = X[:, ::-1]
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X, Wxb, Whb, bhb)[:, ::-1]
    return np.concatenate([fw, bw], axis=-1)

# %% answer="bidirectional" wrong="both_read_backwards"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    X = X[:, ::-1]
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X, Wxb, Whb, bhb)
    return np.concatenate([fw, bw], axis=-1)[:, ::-1]

# %% answer="bidirectional" wrong="halves_share_weights"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[:, ::-1], Wxf, Whf, bhf)[:, ::-1]
    return np.concatenate([fw, bw], axis=-1)

# %% answer="bidirectional" wrong="halves_share_weights"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    Wx, Wh, b = Wxb, Whb, bhb
    fw = simple_rnn(X, Wx, Wh, b)
    bw = simple_rnn(X[:, ::-1], Wx, Wh, b)[:, ::-1]
    return np.concatenate([fw, bw], axis=-1)

# %% answer="bidirectional" wrong="weights_crossed"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[:, ::-1], Wxb, Whf, bhb)[:, ::-1]
    return np.concatenate([fw, bw], axis=-1)

# %% answer="bidirectional" wrong="weights_crossed"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhb)
    bw = simple_rnn(X[:, ::-1], Wxb, Whb, bhf)[:, ::-1]
    return np.concatenate([fw, bw], axis=-1)

# %% answer="bidirectional" wrong="weights_crossed"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxb, Whb, bhb)
    bw = simple_rnn(X[:, ::-1], Wxf, Whf, bhf)[:, ::-1]
    return np.concatenate([fw, bw], axis=-1)

# %% answer="bidirectional" wrong="time_axis_first"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    X = X.transpose(1, 0, 2)
    def go(film, Wx, Wh, bh):
        h, hs = np.zeros((X.shape[1], len(bh))), []
        for x in film:
            h = np.tanh(x @ Wx + h @ Wh + bh)
            hs.append(h)
        return np.array(hs)
    return np.concatenate([go(X, Wxf, Whf, bhf), go(X[::-1], Wxb, Whb, bhb)[::-1]], axis=2)

# %% answer="bidirectional" wrong="only_first_sample"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    X = X[:1]
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]
    return np.concatenate([fw, bw], axis=-1)[0]

# %% answer="bidirectional" wrong="only_last_sample"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    for x in X:
        xs = x[None]
        fw = simple_rnn(xs, Wxf, Whf, bhf)
        bw = simple_rnn(xs[:, ::-1], Wxb, Whb, bhb)[:, ::-1]
        out = np.concatenate([fw, bw], axis=-1)[0]
    return out

# %% answer="bidirectional" wrong="not_reflipped+halves_swapped"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[:, ::-1], Wxb, Whb, bhb)
    return np.concatenate([bw, fw], axis=-1)

# %% answer="bidirectional" wrong="not_reflipped+merged_by_numbers"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[:, ::-1], Wxb, Whb, bhb)
    return fw + bw

# %% answer="bidirectional" wrong="input_not_reversed+joined_along_time"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X, Wxb, Whb, bhb)
    return np.concatenate([fw, bw], axis=1)

# %% answer="bidirectional" wrong="not_reflipped+bias_dropped"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[:, ::-1], Wxb, Whb, bhb)
    return np.concatenate([fw, bw], axis=-1)

# %% answer="bidirectional" wrong="h_last_not_updated+halves_swapped"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        hnew = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(hnew)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]
    return np.concatenate([bw, fw], axis=2)

# %% answer="bidirectional" wrong="not_reflipped+weights_crossed"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[:, ::-1], Wxb, Whb, bhf)
    return np.concatenate([fw, bw], axis=-1)

# %% answer="bidirectional" wrong="halves_share_weights"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = fw[:, ::-1]
    return np.concatenate([fw, bw], axis=-1)

# %% answer="bidirectional" wrong="not_reflipped+halves_share_weights"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[:, ::-1], Wxf, Whf, bhf)
    return np.concatenate([fw, bw], axis=-1)

# %% answer="bidirectional" wrong="input_not_reversed+both_halves_flipped"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X, Wxb, Whb, bhb)
    out = np.dstack([fw, bw])
    return out[:, ::-1, :]

# %% answer="bidirectional" wrong="arrays_without_list"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]
    return np.concatenate(fw, bw)

# %% answer="bidirectional" wrong="axis_counted_from_one"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]
    return np.concatenate([fw, bw], axis=3)

# %% answer="bidirectional" wrong="time_cut_in_two"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    T = X.shape[1]
    fw = simple_rnn(X[:, :T // 2], Wxf, Whf, bhf)
    bw = simple_rnn(X[:, T // 2:][:, ::-1], Wxb, Whb, bhb)[:, ::-1]
    return np.concatenate([fw, bw], axis=1)

# %% answer="bidirectional" wrong="reads_forward_states"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(fw[:, ::-1], Wxb, Whb, bhb)[:, ::-1]
    return np.concatenate([fw, bw], axis=-1)

# %% answer="bidirectional" wrong="sign_flipped"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = -simple_rnn(X, Wxb, Whb, bhb)
    return np.concatenate([fw, bw], axis=-1)

# %% answer="bidirectional" wrong="flipped_in_place"
def simple_rnn(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    fw = simple_rnn(X, Wxf, Whf, bhf)
    bw = simple_rnn(X[:, ::-1], Wxb, Whb, bhb)
    for t in range(bw.shape[1]):
        bw[:, t] = bw[:, -t - 1]
    return np.concatenate([fw, bw], axis=-1)

# %% answer="bidirectional" wrong="state_from_wrong_side"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    N, T, D = X.shape
    M = len(bhf)
    F, B = np.zeros((N, T, M)), np.zeros((N, T, M))
    F[:, 0] = np.tanh(X[:, 0] @ Wxf + bhf)
    for t in range(1, T):
        F[:, t] = np.tanh(X[:, t] @ Wxf + F[:, t - 1] @ Whf + bhf)
    for t in reversed(range(T)):
        B[:, t] = np.tanh(X[:, t] @ Wxb + B[:, t - 1] @ Whb + bhb)
    return np.concatenate([F, B], axis=2)

# %% answer="bidirectional" wrong="starts_from_forward"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    N, T, D = X.shape
    M = len(bhf)
    out = np.zeros((N, T, 2 * M))
    h = np.zeros((N, M))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wxf + h @ Whf + bhf)
        out[:, t, :M] = h
    for t in range(T - 1, -1, -1):
        h = np.tanh(X[:, t] @ Wxb + h @ Whb + bhb)
        out[:, t, M:] = h
    return out

# %% answer="bidirectional" wrong="states_mixed"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    N, T, D = X.shape
    M = len(bhf)
    out = np.zeros((N, T, 2 * M))
    hf = hb = np.zeros((N, M))
    for t in range(T):
        s = T - 1 - t
        hf = np.tanh(X[:, t] @ Wxf + hf @ Whf + bhf)
        hb = np.tanh(X[:, s] @ Wxb + hf @ Whb + bhb)
        out[:, t, :M] = hf
        out[:, s, M:] = hb
    return out

# %% answer="bidirectional" wrong="state_leaks"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    N, T, D = X.shape
    M = len(bhf)
    out = np.zeros((N, T, 2 * M))
    hf, hb = np.zeros(M), np.zeros(M)
    for n in range(N):
        for t in range(T):
            hf = np.tanh(X[n, t] @ Wxf + hf @ Whf + bhf)
            out[n, t, :M] = hf
        for t in range(T - 1, -1, -1):
            hb = np.tanh(X[n, t] @ Wxb + hb @ Whb + bhb)
            out[n, t, M:] = hb
    return out

# %% answer="bidirectional" wrong="n_t_swapped"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    def loop(X, Wx, Wh, bh):
        h, hs = np.zeros((X.shape[1], len(bh))), []
        for x in X:
            h = np.tanh(x @ Wx + h @ Wh + bh)
            hs.append(h)
        return np.array(hs)
    return np.concatenate([loop(X, Wxf, Whf, bhf), loop(X[::-1], Wxb, Whb, bhb)[::-1]], axis=2)

# %% answer="bidirectional" wrong="reshape_for_transpose"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    N, T, D = X.shape
    def loop(film, Wx, Wh, bh):
        h, hs = np.zeros((N, len(bh))), []
        for t in range(T):
            h = np.tanh(film[:, t] @ Wx + h @ Wh + bh)
            hs.append(h)
        return np.array(hs)
    f = loop(X, Wxf, Whf, bhf)
    b = loop(X[:, ::-1], Wxb, Whb, bhb)[::-1]
    return np.concatenate([f.reshape(N, T, -1), b.reshape(N, T, -1)], axis=2)

# %% answer="bidirectional" wrong="rows_alias"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    N, T, D = X.shape
    def loop(film, Wx, Wh, bh):
        h, hs = np.zeros((N, len(bh))), []
        for t in range(T):
            h[...] = np.tanh(film[:, t] @ Wx + h @ Wh + bh)
            hs.append(h)
        return np.stack(hs, axis=1)
    return np.concatenate([loop(X, Wxf, Whf, bhf), loop(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]], axis=2)

# %% answer="bidirectional" wrong="last_step_skipped+in_backward_half"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    N, T, D = X.shape
    M = len(bhf)
    out = np.zeros((N, T, 2 * M))
    h = np.zeros((N, M))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wxf + h @ Whf + bhf)
        out[:, t, :M] = h
    h = np.zeros((N, M))
    for t in range(T - 1, 0, -1):
        h = np.tanh(X[:, t] @ Wxb + h @ Whb + bhb)
        out[:, t, M:] = h
    return out

# %% answer="bidirectional" wrong="first_step_skipped+in_backward_half"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    N, T, D = X.shape
    M = len(bhf)
    out = np.zeros((N, T, 2 * M))
    h = np.zeros((N, M))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wxf + h @ Whf + bhf)
        out[:, t, :M] = h
    h = np.zeros((N, M))
    for t in range(T - 2, -1, -1):
        h = np.tanh(X[:, t] @ Wxb + h @ Whb + bhb)
        out[:, t, M:] = h
    return out

# %% answer="bidirectional" wrong="loop_too_long"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    N, T, D = X.shape
    M = len(bhf)
    out = np.zeros((N, T, 2 * M))
    h = np.zeros((N, M))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wxf + h @ Whf + bhf)
        out[:, t, :M] = h
    h = np.zeros((N, M))
    for t in range(T, -1, -1):
        h = np.tanh(X[:, t] @ Wxb + h @ Whb + bhb)
        out[:, t, M:] = h
    return out

# %% answer="bidirectional" wrong="off_by_one_input"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    N, T, D = X.shape
    M = len(bhf)
    out = np.zeros((N, T, 2 * M))
    h = np.zeros((N, M))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wxf + h @ Whf + bhf)
        out[:, t, :M] = h
    h = np.zeros((N, M))
    for t in range(T):
        h = np.tanh(X[:, -t] @ Wxb + h @ Whb + bhb)
        out[:, -t, M:] = h
    return out

# %% answer="bidirectional" wrong="off_by_one_input"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    N, T, D = X.shape
    M = len(bhf)
    out = np.zeros((N, T, 2 * M))
    h = np.zeros((N, M))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wxf + h @ Whf + bhf)
        out[:, t, :M] = h
    h = np.zeros((N, M))
    for t in range(T):
        h = np.tanh(X[:, T - 2 - t] @ Wxb + h @ Whb + bhb)
        out[:, T - 1 - t, M:] = h
    return out

# %% answer="bidirectional" wrong="not_reflipped"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    N, T, D = X.shape
    M = len(bhf)
    out = np.zeros((N, T, 2 * M))
    h = np.zeros((N, M))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wxf + h @ Whf + bhf)
        out[:, t, :M] = h
    h = np.zeros((N, M))
    for t in range(T):
        h = np.tanh(X[:, T - 1 - t] @ Wxb + h @ Whb + bhb)
        out[:, t, M:] = h
    return out

# %% answer="bidirectional" wrong="same_input_every_step+in_backward_half"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    N, T, D = X.shape
    M = len(bhf)
    out = np.zeros((N, T, 2 * M))
    h = np.zeros((N, M))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wxf + h @ Whf + bhf)
        out[:, t, :M] = h
    h = np.zeros((N, M))
    for t in range(T - 1, -1, -1):
        h = np.tanh(X[:, -1] @ Wxb + h @ Whb + bhb)
        out[:, t, M:] = h
    return out

# %% answer="bidirectional" wrong="all_zeros"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    N, T, D = X.shape
    M = len(bhf)
    out = np.zeros((N, T, 2 * M), dtype=int)
    h = np.zeros((N, M))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wxf + h @ Whf + bhf)
        out[:, t, :M] = h
    h = np.zeros((N, M))
    for t in range(T - 1, -1, -1):
        h = np.tanh(X[:, t] @ Wxb + h @ Whb + bhb)
        out[:, t, M:] = h
    return out

# %% answer="bidirectional" wrong="initial_state_not_zero"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    N, T, D = X.shape
    M = len(bhf)
    out = np.zeros((N, T, 2 * M))
    h = np.full((N, M), 0.5)
    for t in range(T):
        h = np.tanh(X[:, t] @ Wxf + h @ Whf + bhf)
        out[:, t, :M] = h
    h = np.full((N, M), 0.5)
    for t in range(T - 1, -1, -1):
        h = np.tanh(X[:, t] @ Wxb + h @ Whb + bhb)
        out[:, t, M:] = h
    return out

# %% answer="bidirectional" wrong="initial_state_random"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    N, T, D = X.shape
    M = len(bhf)
    out = np.zeros((N, T, 2 * M))
    h = np.random.rand(N, M)
    for t in range(T):
        h = np.tanh(X[:, t] @ Wxf + h @ Whf + bhf)
        out[:, t, :M] = h
    h = np.random.rand(N, M)
    for t in range(T - 1, -1, -1):
        h = np.tanh(X[:, t] @ Wxb + h @ Whb + bhb)
        out[:, t, M:] = h
    return out

# %% answer="bidirectional" wrong="bias_dropped"
def half(film, Wx, Wh, bh):
    N, M = len(film), len(bh)
    h = np.zeros((N, M))
    rows = []
    for t in range(film.shape[1]):
        h = np.tanh(film[:, t] @ Wx + h @ Wh)
        rows.append(h)
    return np.stack(rows, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    return np.concatenate([half(X, Wxf, Whf, bhf), half(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]], axis=2)

# %% answer="bidirectional" wrong="bias_outside_tanh"
def half(film, Wx, Wh, bh):
    N, M = len(film), len(bh)
    h = np.zeros((N, M))
    rows = []
    for t in range(film.shape[1]):
        h = np.tanh(film[:, t] @ Wx + h @ Wh) + bh
        rows.append(h)
    return np.stack(rows, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    return np.concatenate([half(X, Wxf, Whf, bhf), half(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]], axis=2)

# %% answer="bidirectional" wrong="bias_added_twice"
def half(film, Wx, Wh, bh):
    N, M = len(film), len(bh)
    h = np.zeros((N, M))
    rows = []
    for t in range(film.shape[1]):
        a = film[:, t] @ Wx + bh
        b = h @ Wh + bh
        h = np.tanh(a + b)
        rows.append(h)
    return np.stack(rows, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    return np.concatenate([half(X, Wxf, Whf, bhf), half(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]], axis=2)

# %% answer="bidirectional" wrong="h_last_not_updated"
def half(film, Wx, Wh, bh):
    N, M = len(film), len(bh)
    h_last = np.zeros((N, M))
    rows = []
    for t in range(film.shape[1]):
        h = np.tanh(film[:, t] @ Wx + h_last @ Wh + bh)
        rows.append(h)
    return np.stack(rows, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    return np.concatenate([half(X, Wxf, Whf, bhf), half(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]], axis=2)

# %% answer="bidirectional" wrong="recurrent_term_unused"
def half(film, Wx, Wh, bh):
    N, M = len(film), len(bh)
    h = np.zeros((N, M))
    rows = []
    for t in range(film.shape[1]):
        h = np.tanh(film[:, t] @ Wx + bh)
        rows.append(h)
    return np.stack(rows, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    return np.concatenate([half(X, Wxf, Whf, bhf), half(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]], axis=2)

# %% answer="bidirectional" wrong="wh_transposed"
def half(film, Wx, Wh, bh):
    N, M = len(film), len(bh)
    h = np.zeros((N, M))
    rows = []
    for t in range(film.shape[1]):
        h = np.tanh(film[:, t] @ Wx + h @ Wh.T + bh)
        rows.append(h)
    return np.stack(rows, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    return np.concatenate([half(X, Wxf, Whf, bhf), half(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]], axis=2)

# %% answer="bidirectional" wrong="initial_state_ones"
def half(film, Wx, Wh, bh):
    N, M = len(film), len(bh)
    h = np.ones((N, M))
    rows = []
    for t in range(film.shape[1]):
        h = np.tanh(film[:, t] @ Wx + h @ Wh + bh)
        rows.append(h)
    return np.stack(rows, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    return np.concatenate([half(X, Wxf, Whf, bhf), half(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]], axis=2)

# %% answer="bidirectional" wrong="no_activation"
def half(film, Wx, Wh, bh):
    N, M = len(film), len(bh)
    h = np.zeros((N, M))
    rows = []
    for t in range(film.shape[1]):
        h = film[:, t] @ Wx + h @ Wh + bh
        rows.append(h)
    return np.stack(rows, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    return np.concatenate([half(X, Wxf, Whf, bhf), half(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]], axis=2)

# %% answer="bidirectional" wrong="relu"
def half(film, Wx, Wh, bh):
    N, M = len(film), len(bh)
    h = np.zeros((N, M))
    rows = []
    for t in range(film.shape[1]):
        z = film[:, t] @ Wx + h @ Wh + bh
        h = np.where(z > 0, z, 0)
        rows.append(h)
    return np.stack(rows, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    return np.concatenate([half(X, Wxf, Whf, bhf), half(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]], axis=2)

# %% answer="bidirectional" wrong="sigmoid"
def half(film, Wx, Wh, bh):
    N, M = len(film), len(bh)
    h = np.zeros((N, M))
    rows = []
    for t in range(film.shape[1]):
        h = 1 / (1 + np.exp(-(film[:, t] @ Wx + h @ Wh + bh)))
        rows.append(h)
    return np.stack(rows, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    return np.concatenate([half(X, Wxf, Whf, bhf), half(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]], axis=2)

# %% answer="bidirectional" wrong="tanh_per_term"
def half(film, Wx, Wh, bh):
    N, M = len(film), len(bh)
    h = np.zeros((N, M))
    rows = []
    for t in range(film.shape[1]):
        h = np.tanh(film[:, t] @ Wx) + np.tanh(h @ Wh) + bh
        rows.append(h)
    return np.stack(rows, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    return np.concatenate([half(X, Wxf, Whf, bhf), half(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]], axis=2)

# %% answer="bidirectional" wrong="tanh_on_one_term"
def half(film, Wx, Wh, bh):
    N, M = len(film), len(bh)
    h = np.zeros((N, M))
    rows = []
    for t in range(film.shape[1]):
        h = np.tanh(film[:, t] @ Wx) + h @ Wh + bh
        rows.append(h)
    return np.stack(rows, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    return np.concatenate([half(X, Wxf, Whf, bhf), half(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]], axis=2)

# %% answer="bidirectional" wrong="carry_before_tanh"
def half(film, Wx, Wh, bh):
    N, M = len(film), len(bh)
    h = np.zeros((N, M))
    rows = []
    for t in range(film.shape[1]):
        h = film[:, t] @ Wx + h @ Wh + bh
        rows.append(np.tanh(h))
    return np.stack(rows, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    return np.concatenate([half(X, Wxf, Whf, bhf), half(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]], axis=2)

# %% answer="bidirectional" wrong="h_plus_new"
def half(film, Wx, Wh, bh):
    N, M = len(film), len(bh)
    h = np.zeros((N, M))
    rows = []
    for t in range(film.shape[1]):
        h = h + np.tanh(film[:, t] @ Wx + h @ Wh + bh)
        rows.append(h)
    return np.stack(rows, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    return np.concatenate([half(X, Wxf, Whf, bhf), half(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]], axis=2)

# %% answer="bidirectional" wrong="state_two_steps_old"
def half(film, Wx, Wh, bh):
    N, M = len(film), len(bh)
    h = h_last = np.zeros((N, M))
    rows = []
    for t in range(film.shape[1]):
        new = np.tanh(film[:, t] @ Wx + h_last @ Wh + bh)
        h_last = h
        h = new
        rows.append(h)
    return np.stack(rows, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    return np.concatenate([half(X, Wxf, Whf, bhf), half(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]], axis=2)

# %% answer="bidirectional" wrong="wx_wh_swapped"
def half(film, Wx, Wh, bh):
    N, M = len(film), len(bh)
    h = np.zeros((N, M))
    rows = []
    for t in range(film.shape[1]):
        h = np.tanh(film[:, t] @ Wh + h @ Wx + bh)
        rows.append(h)
    return np.stack(rows, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    return np.concatenate([half(X, Wxf, Whf, bhf), half(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]], axis=2)

# %% answer="bidirectional" wrong="weights_on_the_left"
def half(film, Wx, Wh, bh):
    N, M = len(film), len(bh)
    h = np.zeros((N, M))
    rows = []
    for t in range(film.shape[1]):
        h = np.tanh(Wx @ film[:, t] + Wh @ h + bh)
        rows.append(h)
    return np.stack(rows, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    return np.concatenate([half(X, Wxf, Whf, bhf), half(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]], axis=2)

# %% answer="bidirectional" wrong="state_is_a_number"
def half(film, Wx, Wh, bh):
    N, M = len(film), len(bh)
    h = 0
    rows = []
    for t in range(film.shape[1]):
        h = np.tanh(film[:, t] @ Wx + h @ Wh + bh)
        rows.append(h)
    return np.stack(rows, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    return np.concatenate([half(X, Wxf, Whf, bhf), half(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]], axis=2)

# %% answer="bidirectional" wrong="initial_state_wrong_length"
def half(film, Wx, Wh, bh):
    N, M = len(film), len(bh)
    h = np.zeros(film[:, 0].shape)
    rows = []
    for t in range(film.shape[1]):
        h = np.tanh(film[:, t] @ Wx + h @ Wh + bh)
        rows.append(h)
    return np.stack(rows, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    return np.concatenate([half(X, Wxf, Whf, bhf), half(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]], axis=2)

# %% answer="bidirectional" wrong="bias_dropped+in_backward_half"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    N, T, D = X.shape
    M = len(bhf)
    out = np.zeros((N, T, 2 * M))
    h = np.zeros((N, M))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wxf + h @ Whf + bhf)
        out[:, t, :M] = h
    h = np.zeros((N, M))
    for t in range(T - 1, -1, -1):
        h = np.tanh(X[:, t] @ Wxb + h @ Whb)
        out[:, t, M:] = h
    return out

# %% answer="bidirectional" wrong="wh_transposed+in_backward_half"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    N, T, D = X.shape
    M = len(bhf)
    out = np.zeros((N, T, 2 * M))
    h = np.zeros((N, M))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wxf + h @ Whf + bhf)
        out[:, t, :M] = h
    h = np.zeros((N, M))
    for t in range(T - 1, -1, -1):
        h = np.tanh(X[:, t] @ Wxb + h @ Whb.T + bhb)
        out[:, t, M:] = h
    return out

# %% answer="bidirectional" wrong="no_activation+in_backward_half"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    N, T, D = X.shape
    M = len(bhf)
    out = np.zeros((N, T, 2 * M))
    h = np.zeros((N, M))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wxf + h @ Whf + bhf)
        out[:, t, :M] = h
    h = np.zeros((N, M))
    for t in range(T - 1, -1, -1):
        h = X[:, t] @ Wxb + h @ Whb + bhb
        out[:, t, M:] = h
    return out

# %% answer="bidirectional" wrong="initial_state_ones+in_backward_half"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    N, T, D = X.shape
    M = len(bhf)
    out = np.zeros((N, T, 2 * M))
    h = np.zeros((N, M))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wxf + h @ Whf + bhf)
        out[:, t, :M] = h
    h = np.ones((N, M))
    for t in range(T - 1, -1, -1):
        h = np.tanh(X[:, t] @ Wxb + h @ Whb + bhb)
        out[:, t, M:] = h
    return out

# %% answer="bidirectional" wrong="recurrent_term_unused+in_backward_half"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):

    N, T, D = X.shape
    M = len(bhf)
    out = np.zeros((N, T, 2 * M))
    h = np.zeros((N, M))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wxf + h @ Whf + bhf)
        out[:, t, :M] = h
    h = np.zeros((N, M))
    for t in range(T - 1, -1, -1):
        h = np.tanh(X[:, t] @ Wxb + bhb)
        out[:, t, M:] = h
    return out

# %% answer="last_states" right="concatenate"
def last_states(seq):
    M = seq.shape[-1] // 2
    return np.concatenate([seq[:, -1, :M], seq[:, 0, M:]], axis=1)

# %% answer="last_states" right="hstack and split"
def last_states(seq):
    f, b = np.split(seq, 2, axis=2)
    return np.hstack([f[:, -1], b[:, 0]])

# %% answer="last_states" right="loop over samples"
def last_states(seq):
    out = []
    for s in seq:
        M = s.shape[1] // 2
        out.append(np.r_[s[-1][:M], s[0][M:]])
    return np.array(out)

# %% answer="last_states" right="preallocated"
def last_states(seq):
    N, T, M2 = seq.shape
    M = int(M2 / 2)
    out = np.empty((N, M2))
    out[:, :M] = seq[:, T - 1, :M]
    out[:, M:] = seq[:, 0, M:]
    return out

# %% answer="last_states" right="where"
def last_states(seq):
    M2 = seq.shape[2]
    first_half = np.arange(M2) < M2 // 2
    return np.where(first_half, seq[:, -1], seq[:, 0])

# %% answer="last_states" right="flips the half back and takes its last"
def last_states(seq):
    M = seq.shape[2] // 2
    forward, backward = seq[..., :M], seq[..., M:][:, ::-1]
    return np.concatenate([forward, backward], axis=2)[:, -1]

# %% answer="last_states" right="lists"
def last_states(seq):
    m = len(seq[0][0]) // 2
    return [list(s[-1][:m]) + list(s[0][m:]) for s in seq]

# %% answer="last_states" right="c_ and float32"
def last_states(seq):
    seq = np.asarray(seq, dtype='float32')
    k = seq.shape[2] >> 1
    return np.c_[seq[:, -1, :k], seq[:, 0, -k:]]

# %% answer="last_states" wrong="last_column_taken"
def last_states(seq):
    return seq[:, -1]

# %% answer="last_states" wrong="last_column_taken"
def last_states(seq):
    T = seq.shape[1]
    M = seq.shape[2] // 2
    fw = seq[:, T-1, :M]
    bw = seq[:, T-1, M:]
    return np.concatenate([fw, bw], axis=-1)

# %% answer="last_states" wrong="first_column_taken"
def last_states(seq):
    return seq[:, 0, :]

# %% answer="last_states" wrong="first_column_taken"
def last_states(seq):
    M = seq.shape[2] // 2
    return np.concatenate([seq[:, 0, :M], seq[:, -1, M:]], axis=1)

# %% answer="last_states" wrong="halves_swapped"
def last_states(seq):
    M = seq.shape[2] // 2
    return np.concatenate([seq[:, 0, M:], seq[:, -1, :M]], axis=1)

# %% answer="last_states" wrong="merged_by_numbers"
def last_states(seq):
    M = seq.shape[2] // 2
    return seq[:, -1, :M] + seq[:, 0, M:]

# %% answer="last_states" wrong="merged_by_numbers"
def last_states(seq):
    M = seq.shape[2] // 2
    return (seq[:, -1, :M] + seq[:, 0, M:]) / 2

# %% answer="last_states" wrong="joined_along_samples"
def last_states(seq):
    M = seq.shape[2] // 2
    return np.concatenate([seq[:, -1, :M], seq[:, 0, M:]])

# %% answer="last_states" wrong="stacked"
def last_states(seq):
    f, b = np.split(seq, 2, axis=-1)
    return np.stack([f[:, -1], b[:, 0]], axis=1)

# %% answer="last_states" wrong="stacked"
def last_states(seq):
    f, b = np.split(seq, 2, axis=-1)
    return f[:, -1], b[:, 0]

# %% answer="last_states" wrong="halves_interleaved"
def last_states(seq):
    f, b = np.split(seq, 2, axis=-1)
    out = np.zeros((seq.shape[0], seq.shape[2]))
    out[:, ::2] = f[:, -1]
    out[:, 1::2] = b[:, 0]
    return out

# %% answer="last_states" wrong="joined_by_reshape"
def last_states(seq):
    f, b = np.split(seq, 2, axis=-1)
    return np.array([f[:, -1], b[:, 0]]).reshape(len(seq), -1)

# %% answer="last_states" wrong="one_half_missing"
def last_states(seq):
    M = seq.shape[2] // 2
    return seq[:, -1, :M]

# %% answer="last_states" wrong="one_half_missing"
def last_states(seq):
    M = seq.shape[2] // 2
    return seq[:, 0, M:]

# %% answer="last_states" wrong="one_half_missing"
def last_states(seq):
    M = seq.shape[2] // 2
    h = seq[:, -1, :M]
    return np.concatenate([h, h], axis=1)

# %% answer="last_states" wrong="units_flipped"
def last_states(seq):
    M = seq.shape[2] // 2
    f, b = seq[:, -1, :M], seq[:, -1, M:]
    return np.concatenate([f, b[:, ::-1]], axis=1)

# %% answer="last_states" wrong="units_flipped"
def last_states(seq):
    M = seq.shape[2] // 2
    return np.concatenate([seq[:, -1, :M], np.flip(seq[:, 0, M:], 1)], axis=1)

# %% answer="last_states" wrong="samples_flipped"
def last_states(seq):
    M = seq.shape[2] // 2
    b = seq[:, -1, M:][::-1]
    return np.concatenate([seq[:, -1, :M], b], axis=1)

# %% answer="last_states" wrong="time_cut_in_two"
def last_states(seq):
    T = seq.shape[1]
    f, b = seq[:, :T//2], seq[:, T//2:]
    return np.concatenate([f[:, -1], b[:, 0]], axis=1)

# %% answer="last_states" wrong="wrong_axis_picked"
def last_states(seq):
    return seq[-1]

# %% answer="last_states" wrong="wrong_axis_picked"
def last_states(seq):
    M = seq.shape[2] // 2
    return np.concatenate([seq[-1, :, :M], seq[0, :, M:]], axis=1)

# %% answer="last_states" wrong="taken_over_time"
def last_states(seq):
    return seq.mean(axis=1)

# %% answer="last_states" wrong="taken_over_time"
def last_states(seq):
    return np.sum(seq, axis=1)

# %% answer="last_states" wrong="taken_over_time"
def last_states(seq):
    return seq.max(axis=1)

# %% answer="last_states" wrong="sequence_returned"
def last_states(seq):
    M = seq.shape[2] // 2
    seq = seq.copy()
    seq[:, :, M:] = seq[:, ::-1, M:]
    return seq

# %% answer="last_states" wrong="only_first_sample"
def last_states(seq):
    M = seq.shape[2] // 2
    return np.concatenate([seq[0, -1, :M], seq[0, 0, M:]])

# %% answer="last_states" wrong="sizes_from_notebook"
def last_states(seq):
    return np.concatenate([seq[:, -1, :M], seq[:, 0, M:]], axis=1)

# %% answer="last_states" wrong="T_hard_coded"
def last_states(seq):
    m = seq.shape[2] // 2
    return np.concatenate([seq[:, 6, :m], seq[:, 0, m:]], axis=1)

# %% answer="last_states" wrong="extra_axis"
def last_states(seq):
    m = seq.shape[2] // 2
    return np.concatenate([seq[:, -1:, :m], seq[:, :1, m:]], axis=2)

# %% answer="last_states" wrong="squeezed"
def last_states(seq):
    m = seq.shape[2] // 2
    return np.concatenate([seq[:, -1, :m], seq[:, 0, m:]], axis=1).squeeze()

# %% answer="last_states" wrong="wrong_half_cut"
def last_states(seq):
    M = seq.shape[2] // 2
    return np.concatenate([seq[:, -1, :M], seq[:, 0, :M]], axis=1)

# %% answer="last_states" wrong="wrong_half_cut"
def last_states(seq):
    M = seq.shape[2] // 2
    return np.concatenate([seq[:, -1, M:], seq[:, 0, :M]], axis=1)

# %% answer="last_states" wrong="wrong_half_cut"
def last_states(seq):
    N, T, D = seq.shape
    return np.hstack([seq[:, -1, :T//2], seq[:, 0, T//2:]])

# %% answer="last_states" wrong="both_columns_whole"
def last_states(seq):
    N, T, M = seq.shape
    return np.concatenate([seq[:, -1, :M], seq[:, 0, :M]], axis=1)

# %% answer="last_states" wrong="off_by_one"
def last_states(seq):
    M = seq.shape[2] // 2
    return np.concatenate([seq[:, -1, :M], seq[:, 1, M:]], axis=1)

# %% answer="last_states" wrong="off_by_one"
def last_states(seq):
    N, T, M2 = seq.shape
    return np.c_[seq[:, T - 2, :M2 // 2], seq[:, 0, M2 // 2:]]

# %% answer="last_states" wrong="decimal_index"
def last_states(seq):
    M = seq.shape[2] / 2
    return np.concatenate([seq[:, -1, :M], seq[:, 0, M:]], axis=1)

# %% answer="last_states" wrong="merged_by_numbers"
def last_states(seq):
    f, b = np.split(seq, 2, axis=-1)
    return f[:, -1] * b[:, 0]

# %% answer="last_states" wrong="only_last_sample"
def last_states(seq):
    return seq[-1, -1]

# %% answer="last_states" wrong="only_last_sample"
def last_states(seq):
    for s in seq:
        m = s.shape[1] // 2
        out = np.concatenate([s[-1, :m], s[0, m:]])
    return out

# %% answer="last_states" wrong="time_cut_in_two"
def last_states(seq):
    f, b = np.split(seq, 2)
    return np.concatenate([f[:, -1], b[:, 0]], axis=1)

# %% answer="last_states" wrong="wrong_axis_picked"
def last_states(seq):
    return seq[:, :, -1]

# %% answer="last_states" wrong="ends_merged"
def last_states(seq):
    return seq[:, 0] + seq[:, -1]

# %% answer="last_states" wrong="ends_merged"
def last_states(seq):
    return (seq[:, 0] + seq[:, -1]) / 2

# %% answer="last_states" wrong="T_hard_coded"
def last_states(seq):
    return seq[:, T - 1]

# %% answer="last_states" wrong="arrays_without_list"
def last_states(seq):
    f, b = np.split(seq, 2, axis=2)
    return np.concatenate(f[:, -1], b[:, 0])

# %% answer="last_states" wrong="axis_counted_from_one"
def last_states(seq):
    f, b = np.split(seq, 2, axis=2)
    return np.concatenate([f[:, -1], b[:, 0]], axis=2)

# %% answer="last_states" wrong="last_column_taken+merged_by_numbers"
def last_states(seq):
    f, b = np.split(seq, 2, axis=2)
    return f[:, -1] + b[:, -1]

# %% answer="last_states" wrong="last_column_taken+joined_along_samples"
def last_states(seq):
    f, b = np.split(seq, 2, axis=2)
    return np.vstack([f[:, -1], b[:, -1]])

# %% answer="merged" right="if elif"
def merged(forward, backward, mode):
    if mode == "concat":
        return np.concatenate([forward, backward], axis=-1)
    elif mode == "sum":
        return forward + backward
    elif mode == "mul":
        return forward * backward
    elif mode == "ave":
        return (forward + backward) / 2

# %% answer="merged" right="dict of functions"
def merged(forward, backward, mode):
    how = {
        "concat": lambda a, b: np.dstack([a, b]),
        "sum": np.add,
        "mul": np.multiply,
        "ave": lambda a, b: 0.5 * a + 0.5 * b,
    }
    return how[mode](forward, backward)

# %% answer="merged" right="match"
def merged(forward, backward, mode):
    match mode:
        case "concat":
            out = np.c_[forward, backward]
        case "sum":
            out = sum([forward, backward])
        case "mul":
            out = np.prod([forward, backward], axis=0)
        case "ave":
            out = np.mean([forward, backward], axis=0)
    return out

# %% answer="merged" right="preallocated"
def merged(forward, backward, mode):
    N, T, M = forward.shape
    if mode == "concat":
        out = np.zeros((N, T, 2 * M))
        out[:, :, :M] = forward
        out[:, :, M:] = backward
        return out
    both = np.stack([forward, backward])
    return {"sum": both.sum(0), "mul": both.prod(0), "ave": both.mean(0)}[mode]

# %% answer="merged" right="loops and lists"
def merged(forward, backward, mode):
    out = []
    for f, b in zip(forward, backward):
        rows = []
        for p, q in zip(f, b):
            if mode == "concat":
                rows.append(list(p) + list(q))
            elif mode == "sum":
                rows.append([x + y for x, y in zip(p, q)])
            elif mode == "mul":
                rows.append([x * y for x, y in zip(p, q)])
            else:
                rows.append([(x + y) / 2 for x, y in zip(p, q)])
        out.append(rows)
    return out

# %% answer="merged" right="einsum and append"
def merged(forward, backward, mode):
    if mode == "concat":
        return np.append(forward, backward, axis=2)
    if mode == "mul":
        return np.einsum("ntm,ntm->ntm", forward, backward)
    total = np.add(forward, backward)
    if mode == "ave":
        total = total / 2
    return total

# %% answer="merged" cheats="Keras' own"
def merged(forward, backward, mode):
    layers = keras.layers
    layer = {"concat": layers.Concatenate(), "sum": layers.Add(), "mul": layers.Multiply(), "ave": layers.Average()}[mode]
    return np.asarray(layer([forward, backward]))

# %% answer="merged" wrong="ave_without_half"
def merged(forward, backward, mode):
    if mode == "concat":
        result = np.concatenate([forward, backward], axis=2)
    elif mode == "sum":
        result = forward + backward
    elif mode == "mul":
        result = forward * backward
    else:
        result = forward + backward
    return result

# %% answer="merged" wrong="half_of_one"
def merged(forward, backward, mode):
    if mode == "concat":
        result = np.concatenate([forward, backward], axis=2)
    elif mode == "sum":
        result = forward + backward
    elif mode == "mul":
        result = forward * backward
    else:
        result = forward + backward / 2
    return result

# %% answer="merged" wrong="another_mode"
def merged(forward, backward, mode):
    if mode == "concat":
        result = np.concatenate([forward, backward], axis=2)
    elif mode == "sum":
        result = forward + backward
    elif mode == "mul":
        result = forward + backward
    else:
        result = (forward + backward) / 2
    return result

# %% answer="merged" wrong="another_mode"
def merged(forward, backward, mode):
    if mode == "concat":
        result = np.concatenate([forward, backward], axis=2)
    elif mode == "sum":
        result = forward * backward
    elif mode == "mul":
        result = forward * backward
    else:
        result = (forward + backward) / 2
    return result

# %% answer="merged" wrong="matrix_product"
def merged(forward, backward, mode):
    if mode == "concat":
        result = np.concatenate([forward, backward], axis=2)
    elif mode == "sum":
        result = forward + backward
    elif mode == "mul":
        result = forward @ backward.transpose(0, 2, 1)
    else:
        result = (forward + backward) / 2
    return result

# %% answer="merged" wrong="collapsed"
def merged(forward, backward, mode):
    if mode == "concat":
        result = np.concatenate([forward, backward], axis=2)
    elif mode == "sum":
        result = forward + backward
    elif mode == "mul":
        result = forward * backward
    else:
        result = np.mean([forward, backward])
    return result

# %% answer="merged" wrong="collapsed"
def merged(forward, backward, mode):
    if mode == "concat":
        result = np.concatenate([forward, backward], axis=2)
    elif mode == "sum":
        result = np.sum([forward, backward])
    elif mode == "mul":
        result = forward * backward
    else:
        result = (forward + backward) / 2
    return result

# %% answer="merged" wrong="collapsed"
def merged(forward, backward, mode):
    if mode == "concat":
        result = np.concatenate([forward, backward], axis=2)
    elif mode == "sum":
        result = forward.sum(axis=-1) + backward.sum(axis=-1)
    elif mode == "mul":
        result = forward * backward
    else:
        result = (forward + backward) / 2
    return result

# %% answer="merged" wrong="halves_swapped"
def merged(forward, backward, mode):
    if mode == "concat":
        result = np.concatenate([backward, forward], axis=2)
    elif mode == "sum":
        result = forward + backward
    elif mode == "mul":
        result = forward * backward
    else:
        result = (forward + backward) / 2
    return result

# %% answer="merged" wrong="joined_along_time"
def merged(forward, backward, mode):
    if mode == "concat":
        result = np.concatenate([forward, backward], axis=1)
    elif mode == "sum":
        result = forward + backward
    elif mode == "mul":
        result = forward * backward
    else:
        result = (forward + backward) / 2
    return result

# %% answer="merged" wrong="joined_along_time"
def merged(forward, backward, mode):
    if mode == "concat":
        result = np.hstack([forward, backward])
    elif mode == "sum":
        result = forward + backward
    elif mode == "mul":
        result = forward * backward
    else:
        result = (forward + backward) / 2
    return result

# %% answer="merged" wrong="joined_along_samples"
def merged(forward, backward, mode):
    if mode == "concat":
        result = np.concatenate([forward, backward])
    elif mode == "sum":
        result = forward + backward
    elif mode == "mul":
        result = forward * backward
    else:
        result = (forward + backward) / 2
    return result

# %% answer="merged" wrong="stacked"
def merged(forward, backward, mode):
    if mode == "concat":
        result = np.stack([forward, backward], axis=-1)
    elif mode == "sum":
        result = forward + backward
    elif mode == "mul":
        result = forward * backward
    else:
        result = (forward + backward) / 2
    return result

# %% answer="merged" wrong="stacked"
def merged(forward, backward, mode):
    if mode == "concat":
        result = [forward, backward]
    elif mode == "sum":
        result = forward + backward
    elif mode == "mul":
        result = forward * backward
    else:
        result = (forward + backward) / 2
    return result

# %% answer="merged" wrong="halves_interleaved"
def merged(forward, backward, mode):
    if mode == "concat":
        result = np.stack([forward, backward], axis=-1).reshape(*forward.shape[:2], -1)
    elif mode == "sum":
        result = forward + backward
    elif mode == "mul":
        result = forward * backward
    else:
        result = (forward + backward) / 2
    return result

# %% answer="merged" wrong="joined_by_reshape"
def merged(forward, backward, mode):
    if mode == "concat":
        result = np.concatenate([forward, backward]).reshape(*forward.shape[:2], -1)
    elif mode == "sum":
        result = forward + backward
    elif mode == "mul":
        result = forward * backward
    else:
        result = (forward + backward) / 2
    return result

# %% answer="merged" wrong="half_of_one"
def merged(forward, backward, mode):
    if mode == "concat":
        result = np.concatenate([forward, backward], axis=2)
    elif mode == "sum":
        result = forward + backward
    elif mode == "mul":
        result = forward * backward
    else:
        result = forward + backward // 2
    return result

# %% answer="merged" wrong="half_of_one"
def merged(forward, backward, mode):
    if mode == "concat":
        result = np.concatenate([forward, backward], axis=2)
    elif mode == "sum":
        result = forward + backward
    elif mode == "mul":
        result = forward * backward
    else:
        result = (forward + backward) // 2
    return result

# %% answer="merged" wrong="matrix_product"
def merged(forward, backward, mode):
    if mode == "concat":
        result = np.concatenate([forward, backward], axis=2)
    elif mode == "sum":
        result = forward + backward
    elif mode == "mul":
        result = forward @ backward
    else:
        result = (forward + backward) / 2
    return result

# %% answer="merged" wrong="arrays_without_list"
def merged(forward, backward, mode):
    if mode == "concat":
        result = np.concatenate(forward, backward)
    elif mode == "sum":
        result = forward + backward
    elif mode == "mul":
        result = forward * backward
    else:
        result = (forward + backward) / 2
    return result

# %% answer="merged" wrong="collapsed"
def merged(forward, backward, mode):
    if mode == "concat":
        result = np.concatenate([forward, backward], axis=2)
    elif mode == "sum":
        result = np.sum(forward, backward)
    elif mode == "mul":
        result = forward * backward
    else:
        result = (forward + backward) / 2
    return result

# %% answer="merged" wrong="axis_counted_from_one"
def merged(forward, backward, mode):
    if mode == "concat":
        result = np.concatenate([forward, backward], axis=3)
    elif mode == "sum":
        result = forward + backward
    elif mode == "mul":
        result = forward * backward
    else:
        result = (forward + backward) / 2
    return result

# %% answer="merged" wrong="collapsed"
def merged(forward, backward, mode):
    if mode == "concat":
        result = np.concatenate([forward, backward], axis=2)
    elif mode == "sum":
        result = forward + backward
    elif mode == "mul":
        result = forward * backward
    else:
        result = np.concatenate([forward, backward], axis=2).mean(axis=2)
    return result

# %% answer="merged" wrong="collapsed"
def merged(forward, backward, mode):
    if mode == "concat":
        result = np.concatenate([forward, backward], axis=2)
    elif mode == "sum":
        result = sum(forward, backward)
    elif mode == "mul":
        result = forward * backward
    else:
        result = (forward + backward) / 2
    return result

# %% answer="merged" wrong="joined_along_samples"
def merged(forward, backward, mode):
    if mode == "concat":
        result = np.concatenate([forward, backward])
    elif mode == "sum":
        result = sum(forward, backward)
    elif mode == "mul":
        result = forward * backward
    else:
        result = (forward + backward) / 2
    return result

# %% answer="merged" wrong="argument_changed"
def merged(forward, backward, mode):
    if mode == "concat":
        return np.concatenate([forward, backward], axis=2)
    forward += backward
    if mode == "sum":
        return forward
    if mode == "mul":
        return forward * backward
    return forward / 2

# %% answer="merged" wrong="flipped_again"
def merged(forward, backward, mode):
    backward = backward[::-1]
    return {
        "concat": np.concatenate([forward, backward], axis=2),
        "sum": forward + backward,
        "mul": forward * backward,
        "ave": (forward + backward) / 2,
    }[mode]

# %% answer="merged" wrong="flipped_again"
def merged(forward, backward, mode):
    backward = backward[:, ::-1]
    if mode == "concat":
        return np.concatenate([forward, backward], axis=2)
    if mode == "sum":
        return forward + backward
    if mode == "mul":
        return forward * backward
    return (forward + backward) / 2

# %% answer="merged" wrong="another_mode"
def merged(forward, backward, mode):
    if mode == "concat" or "Concat":
        return np.concatenate([forward, backward], axis=2)
    elif mode == "sum":
        return forward + backward
    elif mode == "mul":
        return forward * backward
    return (forward + backward) / 2

# %% answer="merged" wrong="another_mode"
def merged(forward, backward, mode):
    return forward + backward

# %% answer="merged" wrong="another_mode"
def merged(forward, backward, mode):
    mode = "mul"
    if mode == "mul":
        return forward * backward

# %% answer="merged" wrong="another_mode"
def merged(forward, backward, mode):
    if mode == "concat":
        out = np.concatenate([forward, backward], axis=2)
    if mode == "sum":
        out = forward + backward
    if mode == "mul":
        out = forward * backward
    out = (forward + backward) / 2
    return out

# %% answer="merged" wrong="branch_returns_nothing"
def merged(forward, backward, mode):
    if mode == "concatenate":
        return np.concatenate([forward, backward], axis=2)
    if mode == "sum":
        return forward + backward
    if mode == "mul":
        return forward * backward
    if mode == "ave":
        return (forward + backward) / 2

# %% answer="merged" wrong="branch_returns_nothing"
def merged(forward, backward, mode):
    if mode == "concat":
        return np.concatenate([forward, backward], axis=2)
    if mode == "sum":
        return forward + backward
    if mode == "mul":
        return forward * backward
    if mode == "average":
        return (forward + backward) / 2

# %% answer="backward_states" wrong="rewound_twice"
def backward_states(X, Wx, Wh, bh):
    n, steps, _ = X.shape
    out = np.zeros((n, steps, len(bh)))
    h = np.zeros((n, len(bh)))
    Xr = X[:, ::-1]
    for t in reversed(range(steps)):
        h = np.tanh(Xr[:, t] @ Wx + h @ Wh + bh)
        out[:, t] = h
    return out

# %% answer="backward_states" wrong="input_not_reversed"
def backward_states(X, Wx, Wh, bh):
    Xr = X[::-1]
    h, rows = np.zeros((len(X), len(bh))), []
    for t in range(Xr.shape[1]):
        h = np.tanh(Xr[:, t] @ Wx + h @ Wh + bh)
        rows.append(h)
    return np.stack(rows, axis=1)[::-1]

# %% answer="bidirectional" wrong="rewound_twice"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    def run(film, Wx, Wh, bh, order):
        h, out = np.zeros((len(film), len(bh))), np.zeros((*film.shape[:2], len(bh)))
        for t in order:
            out[:, t] = h = np.tanh(film[:, t] @ Wx + h @ Wh + bh)
        return out
    steps = range(X.shape[1])
    forward = run(X, Wxf, Whf, bhf, steps)
    backward = run(X[:, ::-1], Wxb, Whb, bhb, steps[::-1])
    return np.concatenate([forward, backward], axis=-1)

# %% answer="last_states" wrong="last_column_taken"
def last_states(seq):
    M = seq.shape[2]
    return np.concatenate([seq[:, -1, :M], seq[:, 0, M:]], axis=1)

# %% answer="bidirectional" wrong="relu+in_forward_half"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    N, T, D = X.shape
    M = len(bhf)
    f, b = np.zeros((N, T, M)), np.zeros((N, T, M))
    h = np.zeros((N, M))
    for t in range(T):
        h = np.maximum(0, X[:, t] @ Wxf + h @ Whf + bhf)
        f[:, t] = h
    h = np.zeros((N, M))
    for t in reversed(range(T)):
        h = np.tanh(X[:, t] @ Wxb + h @ Whb + bhb)
        b[:, t] = h
    return np.concatenate([f, b], axis=2)

# %% answer="bidirectional" wrong="row_before_step"
def one_way(film, Wx, Wh, bh):
    rows = []
    h = np.zeros((len(film), len(bh)))
    for t in range(film.shape[1]):
        rows.append(h)
        h = np.tanh(film[:, t] @ Wx + h @ Wh + bh)
    return np.stack(rows, axis=1)

def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    there = one_way(X, Wxf, Whf, bhf)
    back = one_way(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]
    return np.concatenate([there, back], axis=-1)

# %% answer="backward_states" right="fliplr"
def backward_states(X, Wx, Wh, bh):
    N, T, D = X.shape
    xs = np.fliplr(X)
    H = np.zeros((T, N, Wh.shape[1]))
    prev = np.zeros((N, Wh.shape[0]))
    for i in range(T):
        prev = np.tanh(np.matmul(xs[:, i], Wx) + np.matmul(prev, Wh) + bh)
        H[T - 1 - i] = prev
    return np.moveaxis(H, 0, 1)

# %% answer="backward_states" right="negative index"
def backward_states(X, Wx, Wh, bh):
    T = X.shape[1]
    out = np.full(X.shape[:2] + bh.shape, np.nan)
    h = 0 * X[:, 0] @ Wx
    for k in range(1, T + 1):
        h = np.tanh(X[:, -k] @ Wx + h @ Wh + bh)
        out[:, -k] = h
    return out

# %% answer="backward_states" right="precomputed, own copy changed"
def backward_states(X, Wx, Wh, bh):
    Z = X @ Wx + bh
    for t in range(X.shape[1] - 1, -1, -1):
        if t < X.shape[1] - 1:
            Z[:, t] += Z[:, t + 1] @ Wh
        Z[:, t] = np.tanh(Z[:, t])
    return Z

# %% answer="backward_states" wrong="initial_state_not_zero"
def backward_states(X, Wx, Wh, bh):
    h = np.tanh(X[:, -1] @ Wx)
    out = []
    for t in range(X.shape[1] - 1, -1, -1):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.insert(0, h)
    return np.stack(out, axis=1)

# %% answer="backward_states" wrong="wh_transposed"
def backward_states(X, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    out = []
    for t in range(X.shape[1] - 1, -1, -1):
        h = np.tanh(X[:, t] @ Wx + (Wh @ h.T).T + bh)
        out.insert(0, h)
    return np.stack(out, axis=1)

# %% answer="backward_states" wrong="last_step_skipped"
def backward_states(X, Wx, Wh, bh):
    N, T, D = X.shape
    out = np.zeros((N, T, len(bh)))
    h = np.zeros((N, len(bh)))
    t = T - 1
    while t > 0:
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out[:, t] = h
        t -= 1
    return out

# %% answer="backward_states" wrong="loop_too_long"
def backward_states(X, Wx, Wh, bh):
    N, T, D = X.shape
    out = np.zeros((N, T, len(bh)))
    h = np.zeros((N, len(bh)))
    for t in range(T, -1, -1):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out[:, t] = h
    return out

# %% answer="backward_states" wrong="state_from_wrong_side"
def backward_states(X, Wx, Wh, bh):
    N, T, D = X.shape
    H = np.zeros((N, T, len(bh)))
    for t in reversed(range(T)):
        before = H[:, t - 1, :]
        H[:, t, :] = np.tanh(X[:, t] @ Wx + before @ Wh + bh)
    return H

# %% answer="backward_states" wrong="bias_outside_tanh"
def backward_states(X, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    out = []
    for t in range(X.shape[1] - 1, -1, -1):
        h = np.tanh(X[:, t] @ Wx + h @ Wh) + bh
        out.insert(0, h)
    return np.stack(out, axis=1)

# %% answer="backward_states" wrong="not_reflipped+no_activation"
def backward_states(X, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    out = []
    for t in range(X.shape[1] - 1, -1, -1):
        h = X[:, t] @ Wx + h @ Wh + bh
        out.append(h)
    return np.stack(out, axis=1)

# %% answer="backward_states" wrong="only_first_sample"
def backward_states(X, Wx, Wh, bh):
    h = np.zeros(len(bh))
    out = []
    for t in range(X.shape[1] - 1, -1, -1):
        h = np.tanh(X[0, t] @ Wx + h @ Wh + bh)
        out.insert(0, h)
    return np.array(out)

# %% answer="backward_states" wrong="state_leaks"
def backward_states(X, Wx, Wh, bh):
    h = np.zeros(len(bh))
    out = np.zeros(X.shape[:2] + bh.shape)
    for n in range(len(X)):
        for t in range(X.shape[1] - 1, -1, -1):
            h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
            out[n, t] = h
    return out

# %% answer="backward_states" wrong="reshape_for_transpose"
def backward_states(X, Wx, Wh, bh):
    N, T, D = X.shape
    h = np.zeros((N, len(bh)))
    out = []
    for t in range(T - 1, -1, -1):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.insert(0, h)
    return np.array(out).reshape(N, T, len(bh))

# %% answer="backward_states" wrong="state_two_steps_old"
def backward_states(X, Wx, Wh, bh):
    N, T, D = X.shape
    h = h_last = np.zeros((N, len(bh)))
    out = np.zeros((N, T, len(bh)))
    for t in range(T - 1, -1, -1):
        new = np.tanh(X[:, t] @ Wx + h_last @ Wh + bh)
        h_last = h
        h = new
        out[:, t] = h
    return out

# %% answer="backward_states" wrong="rounded"
def backward_states(X, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    out = []
    for t in range(X.shape[1] - 1, -1, -1):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.insert(0, h)
    return np.round(np.stack(out, axis=1), 3)

# %% answer="backward_states" wrong="argument_changed"
def backward_states(X, Wx, Wh, bh):
    X[:] = X[:, ::-1].copy()
    h = np.zeros((len(X), len(bh)))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.insert(0, h)
    return np.stack(out, axis=1)

# %% answer="bidirectional" right="einsum in one"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    N, T, D = X.shape
    M = bhf.size
    H = np.zeros((N, T + 2, 2 * M))
    for t in range(1, T + 1):
        H[:, t, :M] = np.tanh(X[:, t - 1] @ Wxf + H[:, t - 1, :M] @ Whf + bhf)
        s = T + 1 - t
        H[:, s, M:] = np.tanh(X[:, s - 1] @ Wxb + H[:, s + 1, M:] @ Whb + bhb)
    return H[:, 1:-1]

# %% answer="bidirectional" wrong="weights_crossed"
def run(X, Wx, Wh, b):
    h, hs = np.zeros((len(X), len(b))), []
    for x in np.moveaxis(X, 1, 0):
        h = np.tanh(x @ Wx + h @ Wh + b)
        hs.append(h)
    return np.stack(hs, 1)
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    return np.dstack([run(X, Wxf, Whf, bhf), run(X[:, ::-1], Wxb, Whf, bhb)[:, ::-1]])

# %% answer="bidirectional" wrong="starts_from_forward"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    N, T, D = X.shape
    M = bhf.size
    out = np.zeros((N, T, 2 * M))
    h = np.zeros((N, M))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wxf + h @ Whf + bhf)
        out[:, t, :M] = h
    for t in range(T - 1, -1, -1):
        h = np.tanh(X[:, t] @ Wxb + h @ Whb + bhb)
        out[:, t, M:] = h
    return out

# %% answer="bidirectional" wrong="bias_dropped+in_forward_half"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    N, T, D = X.shape
    M = bhf.size
    out = np.zeros((N, T, 2 * M))
    h = np.zeros((N, M))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wxf + h @ Whf)
        out[:, t, :M] = h
    h = np.zeros((N, M))
    for t in range(T - 1, -1, -1):
        h = np.tanh(X[:, t] @ Wxb + h @ Whb + bhb)
        out[:, t, M:] = h
    return out

# %% answer="bidirectional" wrong="all_zeros+in_backward_half"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    N, T, D = X.shape
    M = bhf.size
    out = np.zeros((N, T, 2 * M))
    h = np.zeros((N, M))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wxf + h @ Whf + bhf)
        out[:, t, :M] = h
    return out

# %% answer="bidirectional" wrong="stacked"
def run(X, Wx, Wh, b):
    h, hs = np.zeros((len(X), len(b))), []
    for x in np.moveaxis(X, 1, 0):
        h = np.tanh(x @ Wx + h @ Wh + b)
        hs.append(h)
    return np.stack(hs, 1)
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    return [run(X, Wxf, Whf, bhf), run(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]]

# %% answer="bidirectional" wrong="state_leaks"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    N, T, D = X.shape
    M = bhf.size
    out = np.zeros((N, T, 2 * M))
    hf, hb = np.zeros(M), np.zeros(M)
    for n in range(N):
        for t in range(T):
            hf = np.tanh(X[n, t] @ Wxf + hf @ Whf + bhf)
            out[n, t, :M] = hf
        for t in range(T - 1, -1, -1):
            hb = np.tanh(X[n, t] @ Wxb + hb @ Whb + bhb)
            out[n, t, M:] = hb
    return out

# %% answer="bidirectional" wrong="wx_wh_swapped"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    N, T, D = X.shape
    f = np.zeros((N, T, len(bhf)))
    h = np.zeros((N, len(bhf)))
    for t in range(T):
        h = np.tanh(X[:, t] @ Whf + h @ Wxf + bhf)
        f[:, t] = h
    return f

# %% answer="bidirectional" wrong="not_reflipped+joined_along_time"
def run(X, Wx, Wh, b):
    h, hs = np.zeros((len(X), len(b))), []
    for x in np.moveaxis(X, 1, 0):
        h = np.tanh(x @ Wx + h @ Wh + b)
        hs.append(h)
    return np.stack(hs, 1)
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    return np.concatenate([run(X, Wxf, Whf, bhf), run(X[:, ::-1], Wxb, Whb, bhb)], axis=1)

# %% answer="bidirectional" wrong="initial_state_ones"
def run(X, Wx, Wh, b):
    h, hs = np.ones((len(X), len(b))), []
    for x in np.moveaxis(X, 1, 0):
        h = np.tanh(x @ Wx + h @ Wh + b)
        hs.append(h)
    return np.stack(hs, 1)
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    return np.dstack([run(X, Wxf, Whf, bhf), run(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]])

# %% answer="last_states" right="split"
def last_states(seq):
    f, b = np.split(seq, 2, axis=2)
    return np.hstack([f[:, -1], b[:, 0]])

# %% answer="last_states" right="copy"
def last_states(seq):
    out = seq[:, -1].copy()
    half = out.shape[1] // 2
    out[:, half:] = seq[:, 0, half:]
    return out

# %% answer="last_states" wrong="last_column_taken"
def last_states(seq):
    return seq[:, seq.shape[1] - 1, :]

# %% answer="last_states" wrong="argument_changed"
def last_states(seq):
    M = seq.shape[2] // 2
    seq[:, -1, M:] = seq[:, 0, M:]
    return seq[:, -1]

# %% answer="last_states" wrong="halves_swapped"
def last_states(seq):
    M = seq.shape[2] // 2
    return np.concatenate([seq[:, 0, M:], seq[:, -1, :M]], axis=-1)

# %% answer="last_states" wrong="decimal_index"
def last_states(seq):
    M = seq.shape[2] / 2
    return np.concatenate([seq[:, -1, :M], seq[:, 0, M:]], axis=-1)

# %% answer="last_states" wrong="extra_axis"
def last_states(seq):
    M = seq.shape[2] // 2
    return np.concatenate([seq[:, -1:, :M], seq[:, :1, M:]], axis=-1)

# %% answer="last_states" wrong="off_by_one"
def last_states(seq):
    M = seq.shape[2] // 2
    return np.concatenate([seq[:, -1, :M], seq[:, 1, M:]], axis=-1)

# %% answer="last_states" wrong="sizes_from_notebook"
def last_states(seq):
    return np.concatenate([seq[:, -1, :5], seq[:, 0, 5:]], axis=-1)

# %% answer="merged" right="dict"
def merged(forward, backward, mode):
    how = {"concat": lambda a, b: np.dstack((a, b)), "sum": np.add, "mul": np.multiply,
           "ave": lambda a, b: np.mean([a, b], axis=0)}
    return how[mode](forward, backward)

# %% answer="merged" wrong="argument_changed"
def merged(forward, backward, mode):
    if mode == "concat":
        return np.concatenate([forward, backward], axis=-1)
    if mode == "mul":
        forward *= backward
    else:
        forward += backward
    if mode == "ave":
        forward /= 2
    return forward

# %% answer="merged" wrong="half_of_one"
def merged(forward, backward, mode):
    if mode == "concat":
        return np.concatenate([forward, backward], axis=-1)
    if mode == "sum":
        return forward + backward
    if mode == "mul":
        return forward * backward
    return forward + backward / 2

# %% answer="merged" wrong="branch_returns_nothing"
def merged(forward, backward, mode):
    if mode == "concat":
        return np.concatenate([forward, backward], axis=-1)
    if mode == "sum":
        return forward + backward
    if mode == "mult":
        return forward * backward
    if mode == "average":
        return (forward + backward) / 2

# %% answer="merged" wrong="stacked"
def merged(forward, backward, mode):
    if mode == "concat":
        return np.array([forward, backward])
    if mode == "sum":
        return forward + backward
    if mode == "mul":
        return forward * backward
    return (forward + backward) / 2

# %% answer="bidirectional" wrong="weights_joined"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    Wx = np.concatenate([Wxf, Wxb], axis=1)
    Wh = np.concatenate([Whf, Whb], axis=1)
    bh = np.concatenate([bhf, bhb])
    h = np.zeros((X.shape[0], len(bh)))
    rows = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="merged" wrong="one_half_missing"
def merged(forward, backward, mode):
    if mode == "concat":
        return np.concatenate([forward, forward], axis=2)
    elif mode == "sum":
        return forward + backward
    elif mode == "mul":
        return forward * backward
    elif mode == "ave":
        return (forward + backward) / 2

# %% answer="merged" wrong="ave_without_half"
def merged(forward, backward, mode):
    if mode == "concat":
        return np.concatenate([forward, backward], axis=2)
    if mode == "sum":
        return forward + backward
    if mode == "mul":
        return forward * backward
    return (forward + backward) / forward.shape[2]

# %% answer="merged" wrong="another_mode"
def merged(forward, backward, mode):
    out = {"concat": np.concatenate([forward, backward], axis=2), "ave": forward + backward,
           "mul": forward * backward, "sum": (forward + backward) / 2}
    return out[mode]

# %% answer="merged" wrong="arrays_without_list"
def merged(forward, backward, mode):
    if mode == "concat":
        return np.concatenate(forward, backward, axis=2)
    if mode == "sum":
        return forward + backward
    if mode == "mul":
        return forward * backward
    return (forward + backward) / 2

# %% answer="backward_states" wrong="nothing_collected"
def backward_states(X, Wx, Wh, bh):
    N, T, D = X.shape
    h = np.zeros((N, len(bh)))
    states = []
    for t in range(T - 1, -1):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        states.append(h)
    return np.stack(states[::-1], axis=1)

# %% answer="backward_states" wrong="append_returns_nothing"
def backward_states(X, Wx, Wh, bh):
    N, T, D = X.shape
    h = np.zeros((N, len(bh)))
    states = []
    for t in reversed(range(T)):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        states.append(h)
    return np.stack(states.reverse(), axis=1)

# %% answer="backward_states" wrong="row_past_the_end"
def backward_states(X, Wx, Wh, bh):
    N, T, D = X.shape
    H = np.zeros((N, T, len(bh)))
    for t in range(T - 1, -1, -1):
        H[:, t] = np.tanh(X[:, t] @ Wx + H[:, t + 1] @ Wh + bh)
    return H

# %% answer="backward_states" wrong="append_returns_nothing"
def backward_states(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wx.shape[1]))
    rows = []
    for t in range(X.shape[1] - 1, -1, -1):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        rows.append(h)
    rows = rows.reverse()
    return np.stack(rows, axis=1)

# %% answer="last_states" wrong="one_half_missing"
def last_states(seq):
    out = np.zeros((seq.shape[0], seq.shape[2]))
    M = seq.shape[2] // 2
    for n in range(seq.shape[0]):
        out[n, :M] = seq[n, -1, :M]
    return out

# %% answer="merged" wrong="collapsed"
def merged(forward, backward, mode):
    if mode == "concat":
        return np.concatenate((forward, backward), axis=-1)
    if mode == "sum":
        return np.sum(forward, backward)
    if mode == "mul":
        return np.multiply(forward, backward)
    return (forward + backward) / 2

# %% answer="bidirectional" wrong="one_half_missing"
def run(film, Wx, Wh, bh):
    h_last = np.zeros((len(film), len(bh)))
    rows = []
    for t in range(film.shape[1]):
        h_last = np.tanh(film[:, t] @ Wx + h_last @ Wh + bh)
        rows.append(h_last)
    return np.stack(rows, axis=1)
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    N, T, D = X.shape
    M = Wxf.shape[1]
    out = np.zeros((N, T, 2 * M))
    out[:, :, :M] = run(X, Wxf, Whf, bhf)
    out[:, :, :M] = run(X[:, ::-1], Wxb, Whb, bhb)[:, ::-1]
    return out
