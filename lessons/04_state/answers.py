# %% [markdown]
# Answers to assignment 04, written the way students write them, independent of the catalogue in `rnnshapes`.

# %% answer="predicted" right="letters"
predicted = {
    "h0": (N, M), "h0[n]": (M,),
    "out": (N, M), "states": (N, T, M), "h": (N, M), "h_two": (N, M),
    "Yhat": (N, K),
}

# %% answer="predicted" right="numbers in lists"
predicted = {"h0": [4, 8], "h0[n]": [8], "out": [4, 8], "states": [4, 17, 8], "h": [4, 8], "h_two": [4, 8], "Yhat": [4, 2]}

# %% answer="predicted" wrong="one_state_for_all"
# one network, one memory
predicted = {"h0": (M,), "h0[n]": (M,), "out": (N, M), "states": (N, T, M), "h": (M,), "h_two": (M,), "Yhat": (N, K)}

# %% answer="predicted" wrong="state_has_time"
predicted = {
    "h0": (N, M),
    "h0[n]": (M,),
    "out": (N, M),
    "states": (N, T, M),
    "h": (N, T, M),     # it remembers all of it
    "h_two": (N, T, M),
    "Yhat": (N, K),
}

# %% answer="predicted" wrong="states_pile_up"
predicted = dict(zip(["h0", "h0[n]", "out", "states", "h", "h_two", "Yhat"],
                     [(N, M), (M,), (N, M), (N, T, M), (N, M), (N, 2 * M), (N, K)]))

# %% answer="predicted" wrong="weight_not_state"
predicted = {"h0": (M, M), "h0[n]": (M,), "out": (N, M), "states": (N, T, M), "h": (M, M), "h_two": (N, M), "Yhat": (N, K)}

# %% answer="predicted" wrong="k_for_m"
predicted = {"h0": (N, M), "h0[n]": (M,), "out": (N, K), "states": (N, T, K), "h": (N, M), "h_two": (N, M), "Yhat": (N, K)}

# %% answer="run_from" right="loop over t"
def run_from(X, h0, Wx, Wh, bh):
    h = h0
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t, :] @ Wx + h @ Wh + bh)
    return h

# %% answer="run_from" right="sample by sample"
def run_from(X, h0, Wx, Wh, bh):
    ends = []
    for x, h in zip(X, h0):
        for xt in x:
            h = np.tanh(xt @ Wx + h @ Wh + bh)
        ends.append(h)
    return np.array(ends)

# %% answer="run_from" right="einsum and a copy"
def run_from(X, h0, Wx, Wh, bh):
    H = h0.copy()
    pre = np.einsum("ntd,dm->ntm", X, Wx) + bh
    for t in range(pre.shape[1]):
        H = np.tanh(pre[:, t] + np.einsum("nm,mk->nk", H, Wh))
    return H

# %% answer="run_from" right="preallocated"
def run_from(X, h0, Wx, Wh, bh):
    n, steps, _ = X.shape
    states = np.zeros((n, steps + 1, bh.size))
    states[:, 0] = h0
    for t in range(steps):
        states[:, t + 1] = np.tanh(X[:, t] @ Wx + states[:, t] @ Wh + bh)
    return states[:, -1]

# %% answer="run_from" right="float32 list of arrays"
def run_from(X, h0, Wx, Wh, bh):
    X, h0 = X.astype(np.float32), h0.astype(np.float32)
    result = []
    for n in range(len(X)):
        s = h0[n]
        for t in range(len(X[n])):
            s = np.tanh(np.dot(X[n, t], Wx) + np.dot(s, Wh) + bh)
        result.append(s)
    return result

# %% answer="run_from" right="reduce over time first"
from functools import reduce

def run_from(X, h0, Wx, Wh, bh):
    step = lambda h, x: np.tanh(x @ Wx + h @ Wh + bh)
    return reduce(step, X.transpose(1, 0, 2), h0)

# %% answer="run_from" right="column vectors"
def run_from(X, h0, Wx, Wh, bh):
    out = np.zeros(h0.shape)
    for n in range(X.shape[0]):
        h = h0[n].reshape(-1, 1)
        for t in range(X.shape[1]):
            h = np.tanh(Wx.T @ X[n, t].reshape(-1, 1) + Wh.T @ h + bh.reshape(-1, 1))
        out[n] = h[:, 0]
    return out

# %% answer="run_from" right="class"
class Runner:
    def __init__(self, h, Wx, Wh, bh):
        self.h, self.Wx, self.Wh, self.bh = h, Wx, Wh, bh

    def eat(self, x):
        self.h = np.tanh(x @ self.Wx + self.h @ self.Wh + self.bh)


def run_from(X, h0, Wx, Wh, bh):
    runner = Runner(h0, Wx, Wh, bh)
    for t in range(X.shape[1]):
        runner.eat(X[:, t])
    return runner.h

# %% answer="run_from" right="one stacked weight"
def run_from(X, h0, Wx, Wh, bh):
    W = np.concatenate([Wx, Wh])
    h = h0
    for x in np.moveaxis(X, 1, 0):
        h = np.tanh(np.hstack([x, h]) @ W + bh)
    return h

# %% answer="run_from" right="recursion from the end"
def run_from(X, h0, Wx, Wh, bh):
    if X.shape[1] == 0:
        return h0
    before = run_from(X[:, :-1], h0, Wx, Wh, bh)
    return np.tanh(X[:, -1] @ Wx + before @ Wh + bh)

# %% answer="run_from" cheats="keras layer"
def run_from(X, h0, Wx, Wh, bh):
    rnn = keras.layers.SimpleRNN(Wh.shape[0])
    rnn.build(X.shape)
    rnn.set_weights([Wx, Wh, bh])
    return np.asarray(rnn(X.astype("float32"), initial_state=h0.astype("float32")))

# %% answer="run_from" wrong="argument_changed"
def run_from(X, h0, Wx, Wh, bh):
    h = h0
    for t in range(X.shape[1]):
        h[:] = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="run_from" wrong="argument_changed"
def run_from(X, h0, Wx, Wh, bh):
    for n in range(len(X)):
        for xt in X[n]:
            h0[n] = np.tanh(xt @ Wx + h0[n] @ Wh + bh)
    return h0

# %% answer="run_from" wrong="initial_state_ignored"
def run_from(X, h0, Wx, Wh, bh):
    h_last = np.zeros((X.shape[0], Wh.shape[0]))
    for t in range(X.shape[1]):
        h_last = np.tanh(X[:, t] @ Wx + h_last @ Wh + bh)
    return h_last

# %% answer="run_from" wrong="initial_state_ignored"
def run_from(X, h0, Wx, Wh, bh):
    last = []
    for x in X:
        h0 = np.zeros(len(bh))       # every sample begins fresh
        for row in x:
            h0 = np.tanh(row @ Wx + h0 @ Wh + bh)
        last.append(h0)
    return np.vstack(last)

# %% answer="run_from" wrong="one_state_for_all"
def run_from(X, h0, Wx, Wh, bh):
    h = h0[0]                       # (M,)
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="run_from" wrong="one_state_for_all"
def run_from(X, h0, Wx, Wh, bh):
    res = []
    for x in X:
        h = h0[-1]
        for xt in x:
            h = np.tanh(xt @ Wx + h @ Wh + bh)
        res.append(h)
    return np.array(res)

# %% answer="run_from" wrong="one_state_for_all"
def run_from(X, h0, Wx, Wh, bh):
    h = h0.mean(axis=0, keepdims=True)
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="run_from" wrong="h0_added"
def run_from(X, h0, Wx, Wh, bh):
    h_last = np.zeros_like(h0)
    for t in range(X.shape[1]):
        h_last = np.tanh(X[:, t] @ Wx + h_last @ Wh + h0 @ Wh + bh)
    return h_last

# %% answer="run_from" wrong="h0_added"
def run_from(X, h0, Wx, Wh, bh):
    h = h0
    for t in range(X.shape[1]):
        z = X[:, t] @ Wx + h @ Wh + bh + h0
        h = np.tanh(z)
    return h

# %% answer="run_from" wrong="h0_returned"
def run_from(X, h0, Wx, Wh, bh):
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h0 @ Wh + bh)
    return h0

# %% answer="run_from" wrong="h0_recut"
def run_from(X, h0, Wx, Wh, bh):
    N_, M_ = h0.shape
    h = h0.reshape(M_, N_).T       # make it fit (N, M)
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="run_from" wrong="state_prepared"
def run_from(X, h0, Wx, Wh, bh):
    h = np.tanh(h0)
    t = 0
    while t < X.shape[1]:
        h = np.tanh(X[:, t].dot(Wx) + h.dot(Wh) + bh)
        t += 1
    return h

# %% answer="run_from" wrong="samples_shuffled"
def run_from(X, h0, Wx, Wh, bh):
    out = []
    for i in range(len(X)):
        h = h0[-i - 1]
        for xt in X[i]:
            h = np.tanh(xt @ Wx + h @ Wh + bh)
        out.append(h)
    return np.array(out)

# %% answer="run_from" wrong="samples_shuffled"
def run_from(X, h0, Wx, Wh, bh):
    out = np.zeros(h0.shape)
    for i in range(len(X)):
        h = h0[i - 1]
        for xt in X[i]:
            h = np.tanh(xt @ Wx + h @ Wh + bh)
        out[i] = h
    return out

# %% answer="run_from" wrong="whole_sequence_returned"
def run_from(X, h0, Wx, Wh, bh):
    h, hs = h0, []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        hs.append(h)
    return np.stack(hs, axis=1)

# %% answer="run_from" wrong="whole_sequence_returned"
def run_from(X, h0, Wx, Wh, bh):
    h, hs = h0, []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        hs.append(h)
    return hs

# %% answer="run_from" wrong="mean_over_time"
def run_from(X, h0, Wx, Wh, bh):
    h, total = h0, 0
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        total = total + h
    return total / X.shape[1]

# %% answer="run_from" wrong="sum_over_time"
def run_from(X, h0, Wx, Wh, bh):
    h, total = h0, np.zeros(h0.shape)
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        total += h
    return total

# %% answer="run_from" wrong="h0_in_every_step"
def run_from(X, h0, Wx, Wh, bh):
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h0 @ Wh + bh)
    return h

# %% answer="run_from" wrong="recurrent_term_unused"
def run_from(X, h0, Wx, Wh, bh):
    h = h0
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + bh)
    return h

# %% answer="run_from" wrong="bias_dropped"
def run_from(X, h0, Wx, Wh, bh):
    h = h0
    for t in range(X.shape[1]):
        h = np.tanh(np.matmul(X[:, t], Wx) + np.matmul(h, Wh))
    return h

# %% answer="run_from" wrong="bias_outside_tanh"
def run_from(X, h0, Wx, Wh, bh):
    h = h0
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh) + bh
    return h

# %% answer="run_from" wrong="wh_transposed"
def run_from(X, h0, Wx, Wh, bh):
    h = h0.T
    for t in range(X.shape[1]):
        h = np.tanh(Wx.T @ X[:, t].T + Wh @ h + bh[:, None])
    return h.T

# %% answer="run_from" wrong="no_activation"
def run_from(X, h0, Wx, Wh, bh):
    h = h0
    for t in range(X.shape[1]):
        h = X[:, t] @ Wx + h @ Wh + bh
    return h

# %% answer="run_from" wrong="relu"
def run_from(X, h0, Wx, Wh, bh):
    h = h0
    for t in range(X.shape[1]):
        h = np.maximum(X[:, t] @ Wx + h @ Wh + bh, 0)
    return h

# %% answer="run_from" wrong="sigmoid"
def run_from(X, h0, Wx, Wh, bh):
    def act(z):
        return 1 / (1 + np.exp(-z))
    h = h0
    for t in range(X.shape[1]):
        h = act(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="run_from" wrong="tanh_per_term"
def run_from(X, h0, Wx, Wh, bh):
    h = h0
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx) + np.tanh(h @ Wh + bh)
    return h

# %% answer="run_from" wrong="tanh_on_one_term"
def run_from(X, h0, Wx, Wh, bh):
    h = h0
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx) + h @ Wh + bh
    return h

# %% answer="run_from" wrong="h_plus_new"
def run_from(X, h0, Wx, Wh, bh):
    h = h0.copy()
    for t in range(X.shape[1]):
        h += np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="run_from" wrong="carry_before_tanh"
def run_from(X, h0, Wx, Wh, bh):
    a = h0
    for t in range(X.shape[1]):
        a = X[:, t] @ Wx + a @ Wh + bh
        h = np.tanh(a)
    return h

# %% answer="run_from" wrong="state_added_plain"
def run_from(X, h0, Wx, Wh, bh):
    h = h0
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h + bh)
    return h

# %% answer="run_from" wrong="stack_order"
def run_from(X, h0, Wx, Wh, bh):
    W = np.vstack([Wx, Wh])
    h = h0
    for t in range(X.shape[1]):
        h = np.tanh(np.concatenate([h, X[:, t]], axis=1) @ W + bh)
    return h

# %% answer="run_from" wrong="wx_wh_swapped"
def run_from(X, h0, Wx, Wh, bh):
    h = h0
    for t in range(X.shape[1]):
        h = np.tanh(h @ Wx + X[:, t] @ Wh + bh)
    return h

# %% answer="run_from" wrong="weights_on_the_left"
def run_from(X, h0, Wx, Wh, bh):
    h = h0
    for t in range(X.shape[1]):
        h = np.tanh(Wx @ X[:, t] + Wh @ h + bh)
    return h

# %% answer="run_from" wrong="time_reversed"
def run_from(X, h0, Wx, Wh, bh):
    h = h0
    for t in range(X.shape[1] - 1, -1, -1):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="run_from" wrong="same_input_every_step"
def run_from(X, h0, Wx, Wh, bh):
    h = h0
    for _ in range(X.shape[1]):
        h = np.tanh(X[:, 0] @ Wx + h @ Wh + bh)
    return h

# %% answer="run_from" wrong="off_by_one_input"
def run_from(X, h0, Wx, Wh, bh):
    h = h0
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t - 1] @ Wx + h @ Wh + bh)
    return h

# %% answer="run_from" wrong="first_step_skipped"
def run_from(X, h0, Wx, Wh, bh):
    h = h0          # this is the state of step 0
    for t in range(1, X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="run_from" wrong="one_step_behind"
def run_from(X, h0, Wx, Wh, bh):
    h = h0
    for t in range(X.shape[1] - 1):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="run_from" wrong="loop_too_long"
def run_from(X, h0, Wx, Wh, bh):
    h = h0
    for t in range(X.shape[1] + 1):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="run_from" wrong="returns_first"
def run_from(X, h0, Wx, Wh, bh):
    h = h0
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        return h

# %% answer="run_from" wrong="n_t_swapped"
def run_from(X, h0, Wx, Wh, bh):
    h = h0
    for t in range(X.shape[1]):
        h = np.tanh(X[t] @ Wx + h @ Wh + bh)
    return h

# %% answer="run_from" wrong="last_of_wrong_axis"
def run_from(X, h0, Wx, Wh, bh):
    h, all_h = h0, []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        all_h.append(h)
    all_h = np.stack(all_h, axis=1)
    return all_h[-1]

# %% answer="run_from" wrong="only_first_sample"
def run_from(X, h0, Wx, Wh, bh):
    x, h = X[0], h0[0]
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
    return h

# %% answer="run_from" wrong="only_last_sample"
def run_from(X, h0, Wx, Wh, bh):
    for n in range(len(X)):
        h = h0[n]
        for xt in X[n]:
            h = np.tanh(xt @ Wx + h @ Wh + bh)
    return h

# %% answer="run_from" wrong="state_leaks"
def run_from(X, h0, Wx, Wh, bh):
    h = h0[0]
    ends = []
    for x in X:
        for xt in x:
            h = np.tanh(xt @ Wx + h @ Wh + bh)
        ends.append(h)
    return np.array(ends)

# %% answer="run_from" wrong="extra_axis"
def run_from(X, h0, Wx, Wh, bh):
    h = h0
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t:t+1] @ Wx + h.reshape(len(h), 1, -1) @ Wh + bh)
    return h

# %% answer="run_from" wrong="sizes_from_notebook"
def run_from(X, h0, Wx, Wh, bh):
    h = np.zeros((N, M))
    h[:] = h0
    for t in range(T):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="run_from" wrong="T_hard_coded"
def run_from(X, h0, Wx, Wh, bh):
    h = h0
    for t in range(17):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="run_from" wrong="h0_added"
def run_from(X, h0, Wx, Wh, bh):
    h = np.zeros_like(h0)
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h + h0

# %% answer="run_from" wrong="h0_added"
def run_from(X, h0, Wx, Wh, bh):
    h = h0
    for t in range(X.shape[1]):
        h = h0 + np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="run_from" wrong="state_paired"
def run_from(X, h0, Wx, Wh, bh):
    h = h0[:, np.newaxis]          # row vectors
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="run_from" wrong="wrong_axis_counted"
def run_from(X, h0, Wx, Wh, bh):
    h = h0
    for t in range(min(len(X), X.shape[1])):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="run_from" wrong="wrong_type"
def run_from(X, h0, Wx, Wh, bh):
    h, hs = h0, []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        hs.append(h)
    return np.stack(hs, axis=1), h

# %% answer="run_from" wrong="axes_swapped"
def run_from(X, h0, Wx, Wh, bh):
    h = h0.T
    for t in range(X.shape[1]):
        h = np.tanh(Wx.T @ X[:, t].T + Wh.T @ h + bh[:, None])
    return h

# %% answer="in_chunks" right="carry the state"
def in_chunks(X, size, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    pieces = []
    for s in range(0, X.shape[1], size):
        piece = X[:, s:s + size]
        H = np.zeros((piece.shape[0], piece.shape[1], Wh.shape[0]))
        for t in range(piece.shape[1]):
            h = np.tanh(piece[:, t] @ Wx + h @ Wh + bh)
            H[:, t] = h
        pieces.append(H)
    return np.concatenate(pieces, axis=1)

# %% answer="in_chunks" right="preallocated, while"
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

# %% answer="in_chunks" right="helper that returns both"
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

# %% answer="in_chunks" right="recursion over the rest"
def in_chunks(X, size, Wx, Wh, bh, h=None):
    if h is None:
        h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(min(size, X.shape[1])):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    if X.shape[1] <= size:
        return H
    return np.concatenate([H, in_chunks(X[:, size:], size, Wx, Wh, bh, h)], axis=1)

# %% answer="in_chunks" right="ceil and einsum"
import math

def in_chunks(X, size, Wx, Wh, bh):
    out, h = [], np.zeros((len(X), bh.shape[0]))
    for c in range(math.ceil(X.shape[1] / size)):
        a = np.einsum("ntd,dm->tnm", X[:, c*size:(c+1)*size], Wx)
        for row in a:
            h = np.tanh(row + np.einsum("ni,ij->nj", h, Wh) + bh)
            out.append(h)
    return np.array(out).swapaxes(0, 1)

# %% answer="in_chunks" right="sample by sample, float32"
def in_chunks(X, size, Wx, Wh, bh):
    films = []
    for x in X.astype("float32"):
        h = np.zeros(len(bh), "float32")
        film = []
        for s in range(0, len(x), size):
            for xt in x[s:s+size]:
                h = np.tanh(xt @ Wx + h @ Wh + bh)
                film.append(h)
        films.append(film)
    return films

# %% answer="in_chunks" right="the whole sequence, any chunk"
def in_chunks(X, size, Wx, Wh, bh):
    # chunked == whole, so I may as well take one chunk
    h, H = np.zeros((len(X), len(bh))), []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    return np.stack(H, axis=1)

# %% answer="in_chunks" right="class with reset"
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

# %% answer="in_chunks" cheats="keras stateful"
def in_chunks(X, size, Wx, Wh, bh):
    rnn = keras.layers.SimpleRNN(len(bh), return_sequences=True, stateful=True)
    rnn.build(X.shape)
    rnn.set_weights([Wx, Wh, bh])
    return np.concatenate([rnn(X[:, s:s+size].astype("float32")) for s in range(0, X.shape[1], size)], axis=1)

# %% answer="in_chunks" wrong="reset_each_chunk"
def in_chunks(X, size, Wx, Wh, bh):
    pieces = []
    for s in range(0, X.shape[1], size):
        h = np.zeros((X.shape[0], Wh.shape[0]))
        for t in range(s, min(s + size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            pieces.append(h)
    return np.stack(pieces, axis=1)

# %% answer="in_chunks" wrong="last_chunk_dropped"
def in_chunks(X, size, Wx, Wh, bh):
    n_chunks = X.shape[1] // size
    h = np.zeros((len(X), len(bh)))
    H = []
    for c in range(n_chunks):
        for t in range(size):
            h = np.tanh(X[:, c * size + t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="in_chunks" wrong="last_chunk_dropped"
def in_chunks(X, size, Wx, Wh, bh):
    N_, T_, _ = X.shape
    H = np.zeros((N_, T_, len(bh)))
    h = np.zeros((N_, len(bh)))
    start = 0
    while start + size <= T_:
        for t in range(start, start + size):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            H[:, t] = h
        start += size
    return H

# %% answer="in_chunks" wrong="one_chunk_alone"
def in_chunks(X, size, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for s in range(0, X.shape[1], size):
        H = []
        for t in range(s, min(s + size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="in_chunks" wrong="last_chunk_padded"
def in_chunks(X, size, Wx, Wh, bh):
    rest = -X.shape[1] % size
    X = np.pad(X, ((0, 0), (0, rest), (0, 0)))      # so that all chunks are equal
    h, H = np.zeros((len(X), len(bh))), []
    for s in range(0, X.shape[1], size):
        for t in range(size):
            h = np.tanh(X[:, s + t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="in_chunks" wrong="last_chunk_padded"
def in_chunks(X, size, Wx, Wh, bh):
    h, pieces = np.zeros((len(X), len(bh))), []
    H = np.zeros((len(X), size, len(bh)))
    for s in range(0, X.shape[1], size):
        for t in range(min(size, X.shape[1] - s)):
            h = np.tanh(X[:, s + t] @ Wx + h @ Wh + bh)
            H[:, t] = h
        pieces.append(H.copy())
    return np.concatenate(pieces, axis=1)

# %% answer="in_chunks" wrong="last_chunk_padded"
def in_chunks(X, size, Wx, Wh, bh):
    h, pieces = np.zeros((len(X), len(bh))), []
    for s in range(0, X.shape[1], size):
        H = np.zeros((len(X), size, len(bh)))
        for t in range(min(size, X.shape[1] - s)):
            h = np.tanh(X[:, s + t] @ Wx + h @ Wh + bh)
            H[:, t] = h
        pieces.append(H)
    return np.concatenate(pieces, axis=1)

# %% answer="in_chunks" wrong="rows_overwritten"
def in_chunks(X, size, Wx, Wh, bh):
    H = np.zeros((len(X), X.shape[1], len(bh)))
    h = np.zeros((len(X), len(bh)))
    for s in range(0, X.shape[1], size):
        chunk = X[:, s:s+size]
        for t in range(chunk.shape[1]):
            h = np.tanh(chunk[:, t] @ Wx + h @ Wh + bh)
            H[:, t] = h
    return H

# %% answer="in_chunks" wrong="equal_chunks"
def in_chunks(X, size, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    chunks = X.reshape(len(X), -1, size, X.shape[2])
    for c in range(chunks.shape[1]):
        for t in range(size):
            h = np.tanh(chunks[:, c, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="in_chunks" wrong="equal_chunks"
def in_chunks(X, size, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for chunk in np.split(X, X.shape[1] // size, axis=1):
        for t in range(chunk.shape[1]):
            h = np.tanh(chunk[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="in_chunks" wrong="rest_starts_anew"
def in_chunks(X, size, Wx, Wh, bh):
    def run(part, h):
        hs = []
        for t in range(part.shape[1]):
            h = np.tanh(part[:, t] @ Wx + h @ Wh + bh)
            hs.append(h)
        return hs
    zero = np.zeros((len(X), len(bh)))
    states, h = [], zero
    full = X.shape[1] // size
    for c in range(full):
        new = run(X[:, c*size:(c+1)*size], h)
        h = new[-1]
        states += new
    if X.shape[1] % size:
        states += run(X[:, full*size:], zero)
    return np.stack(states, axis=1)

# %% answer="in_chunks" wrong="reset_each_chunk"
def in_chunks(X, size, Wx, Wh, bh):
    H = []
    for chunk in np.array_split(X, size, axis=1):
        h = np.zeros((len(X), len(bh)))
        for t in range(chunk.shape[1]):
            h = np.tanh(chunk[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="in_chunks" wrong="samples_share_baton"
def in_chunks(X, size, Wx, Wh, bh):
    H = np.zeros((*X.shape[:2], len(bh)))
    h = np.zeros(len(bh))
    for s in range(0, X.shape[1], size):
        for n in range(len(X)):
            for t in range(s, min(s + size, X.shape[1])):
                h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
                H[n, t] = h
    return H

# %% answer="in_chunks" wrong="state_is_a_number"
def in_chunks(X, size, Wx, Wh, bh):
    h, H = 0, []
    for s in range(0, X.shape[1], size):
        for t in range(s, min(s + size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="in_chunks" wrong="only_batons"
def in_chunks(X, size, Wx, Wh, bh):
    h, batons = np.zeros((len(X), len(bh))), []
    for s in range(0, X.shape[1], size):
        chunk = X[:, s:s+size]
        for t in range(chunk.shape[1]):
            h = np.tanh(chunk[:, t] @ Wx + h @ Wh + bh)
        batons.append(h)
    return np.stack(batons, axis=1)

# %% answer="in_chunks" wrong="only_batons"
def in_chunks(X, size, Wx, Wh, bh):
    h, batons = np.zeros((len(X), len(bh))), []
    for s in range(0, X.shape[1], size):
        chunk = X[:, s:s+size]
        for t in range(chunk.shape[1]):
            h = np.tanh(chunk[:, t] @ Wx + h @ Wh + bh)
        batons.append(h)
    return np.array(batons)

# %% answer="in_chunks" wrong="step_repeated"
def in_chunks(X, size, Wx, Wh, bh):
    h, out = np.zeros((len(X), len(bh))), []
    for s in range(0, X.shape[1], size):
        chunk = X[:, s:s + size + 1]     # + 1 because the end is not included
        for t in range(chunk.shape[1]):
            h = np.tanh(chunk[:, t] @ Wx + h @ Wh + bh)
            out.append(h)
    return np.stack(out, axis=1)

# %% answer="in_chunks" wrong="step_repeated"
def in_chunks(X, size, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    H = np.zeros((*X.shape[:2], len(bh)))
    for s in range(0, X.shape[1], size):
        for t in range(max(s - 1, 0), min(s + size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            H[:, t] = h
    return H

# %% answer="in_chunks" wrong="step_skipped"
def in_chunks(X, size, Wx, Wh, bh):
    h, out = np.zeros((len(X), len(bh))), []
    for s in range(0, X.shape[1], size):
        chunk = X[:, s:s + size]
        for t in range(chunk.shape[1] - 1):
            h = np.tanh(chunk[:, t] @ Wx + h @ Wh + bh)
            out.append(h)
    return np.stack(out, axis=1) if out else np.zeros((len(X), 0, len(bh)))

# %% answer="in_chunks" wrong="step_skipped"
def in_chunks(X, size, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    H = np.zeros((*X.shape[:2], len(bh)))
    for s in range(0, X.shape[1], size):
        for t in range(s, min(s + size, X.shape[1]) - 1):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            H[:, t] = h
    return H

# %% answer="in_chunks" wrong="other_state_handed"
def in_chunks(X, size, Wx, Wh, bh):
    def run(part, h):
        hs = []
        for t in range(part.shape[1]):
            h = np.tanh(part[:, t] @ Wx + h @ Wh + bh)
            hs.append(h)
        return np.stack(hs, axis=1)
    first = run(X[:, :size], np.zeros((len(X), len(bh))))
    baton = first[:, -1]
    pieces = [first]
    for s in range(size, X.shape[1], size):
        pieces.append(run(X[:, s:s+size], baton))
    return np.concatenate(pieces, axis=1)

# %% answer="in_chunks" wrong="same_chunk_again"
def in_chunks(X, size, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    H = []
    for s in range(0, X.shape[1], size):
        steps = min(size, X.shape[1] - s)
        for t in range(steps):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="in_chunks" wrong="other_state_handed"
def in_chunks(X, size, Wx, Wh, bh):
    baton = np.zeros((len(X), len(bh)))
    pieces = []
    for s in range(0, X.shape[1], size):
        part, hs, h = X[:, s:s+size], [], baton
        for t in range(part.shape[1]):
            h = np.tanh(part[:, t] @ Wx + h @ Wh + bh)
            hs.append(h)
        baton = hs[-2] if len(hs) > 1 else hs[-1]
        pieces += hs
    return np.stack(pieces, axis=1)

# %% answer="in_chunks" wrong="other_state_handed"
def in_chunks(X, size, Wx, Wh, bh):
    baton = np.zeros((len(X), len(bh)))
    H_all = []
    for s in range(0, X.shape[1], size):
        part, h = X[:, s:s+size], baton
        H = np.zeros((*part.shape[:2], len(bh)))
        for t in range(part.shape[1]):
            h = np.tanh(part[:, t] @ Wx + h @ Wh + bh)
            H[:, t] = h
        baton = H[:, 0]
        H_all.append(H)
    return np.concatenate(H_all, axis=1)

# %% answer="in_chunks" wrong="other_state_handed"
def in_chunks(X, size, Wx, Wh, bh):
    baton = np.zeros((len(X), len(bh)))
    H_all = []
    for s in range(0, X.shape[1], size):
        part, h, H = X[:, s:s+size], baton, []
        for t in range(part.shape[1]):
            h = np.tanh(part[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
        baton = np.mean(H, axis=0)
        H_all.extend(H)
    return np.stack(H_all, axis=1)

# %% answer="in_chunks" wrong="one_state_for_all"
def in_chunks(X, size, Wx, Wh, bh):
    baton = np.zeros(len(bh))
    H_all = []
    for s in range(0, X.shape[1], size):
        H = np.zeros((len(X), X[:, s:s+size].shape[1], len(bh)))
        for n in range(len(X)):
            h = baton
            for t, xt in enumerate(X[n, s:s+size]):
                h = np.tanh(xt @ Wx + h @ Wh + bh)
                H[n, t] = h
        baton = h                      # the last h
        H_all.append(H)
    return np.concatenate(H_all, axis=1)

# %% answer="in_chunks" wrong="one_state_for_all"
def in_chunks(X, size, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    H_all = []
    for s in range(0, X.shape[1], size):
        for t in range(s, min(s+size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            H_all.append(h)
        h = h[0]
    return np.stack(H_all, axis=1)

# %% answer="in_chunks" wrong="samples_shuffled"
def in_chunks(X, size, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    H_all = []
    for s in range(0, X.shape[1], size):
        for t in range(s, min(s+size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            H_all.append(h)
        h = h[::-1]
    return np.stack(H_all, axis=1)

# %% answer="in_chunks" wrong="state_leaks"
def in_chunks(X, size, Wx, Wh, bh):
    h = np.zeros(len(bh))
    H = np.zeros((*X.shape[:2], len(bh)))
    for n in range(X.shape[0]):
        for s in range(0, X.shape[1], size):
            for t in range(s, min(s + size, X.shape[1])):
                h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
                H[n, t] = h
    return H

# %% answer="in_chunks" wrong="chunks_not_joined"
def in_chunks(X, size, Wx, Wh, bh):
    h, pieces = np.zeros((len(X), len(bh))), []
    for s in range(0, X.shape[1], size):
        hs = []
        for t in range(s, min(s + size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            hs.append(h)
        pieces.append(np.stack(hs, axis=1))
    return np.array(pieces)

# %% answer="in_chunks" wrong="wrong_type"
def in_chunks(X, size, Wx, Wh, bh):
    h, pieces = np.zeros((len(X), len(bh))), []
    for s in range(0, X.shape[1], size):
        hs = []
        for t in range(s, min(s + size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            hs.append(h)
        pieces.append(np.stack(hs, axis=1))
    return pieces

# %% answer="in_chunks" wrong="joined_along_n"
def in_chunks(X, size, Wx, Wh, bh):
    h, pieces = np.zeros((len(X), len(bh))), []
    for s in range(0, X.shape[1], size):
        hs = []
        for t in range(s, min(s + size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            hs.append(h)
        pieces.append(np.stack(hs, axis=1))
    return np.concatenate(pieces)

# %% answer="in_chunks" wrong="cut_along_n"
def in_chunks(X, size, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for s in range(0, X.shape[1], size):
        chunk = X[s:s + size]
        for t in range(chunk.shape[1]):
            h = np.tanh(chunk[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="in_chunks" wrong="only_last_returned"
def in_chunks(X, size, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for s in range(0, X.shape[1], size):
        chunk = X[:, s:s + size]
        for t in range(chunk.shape[1]):
            h = np.tanh(chunk[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="in_chunks" wrong="extra_first_row"
def in_chunks(X, size, Wx, Wh, bh):
    H = [np.zeros((len(X), len(bh)))]
    for s in range(0, X.shape[1], size):
        for t in range(s, min(s + size, X.shape[1])):
            H.append(np.tanh(X[:, t] @ Wx + H[-1] @ Wh + bh))
    return np.stack(H, axis=1)

# %% answer="in_chunks" wrong="one_step_chunks"
def in_chunks(X, size, Wx, Wh, bh):
    h_last = np.zeros((len(X), len(bh)))
    H = []
    for s in range(0, X.shape[1], size):
        for t in range(s, min(s + size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h_last @ Wh + bh)
            H.append(h)
        h_last = h              # hand it on to the next chunk
    return np.stack(H, axis=1)

# %% answer="in_chunks" wrong="h_last_not_updated"
def in_chunks(X, size, Wx, Wh, bh):
    h_last = np.zeros((len(X), len(bh)))
    H = []
    for s in range(0, X.shape[1], size):
        for t in range(s, min(s + size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h_last @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="in_chunks" wrong="recurrent_term_unused"
def in_chunks(X, size, Wx, Wh, bh):
    parts = [np.tanh(X[:, s:s+size] @ Wx + bh) for s in range(0, X.shape[1], size)]
    return np.concatenate(parts, axis=1)

# %% answer="in_chunks" wrong="bias_dropped"
def in_chunks(X, size, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for s in range(0, X.shape[1], size):
        for t in range(s, min(s + size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="in_chunks" wrong="wh_transposed"
def in_chunks(X, size, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for s in range(0, X.shape[1], size):
        for t in range(s, min(s + size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh.T + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="in_chunks" wrong="no_activation"
def in_chunks(X, size, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for s in range(0, X.shape[1], size):
        for t in range(s, min(s + size, X.shape[1])):
            h = X[:, t] @ Wx + h @ Wh + bh
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="in_chunks" wrong="carry_before_tanh"
def in_chunks(X, size, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for s in range(0, X.shape[1], size):
        for t in range(s, min(s + size, X.shape[1])):
            z = X[:, t] @ Wx + h @ Wh + bh
            h = np.tanh(z)
            H.append(h)
        h = z                   # z goes to the next chunk
    return np.stack(H, axis=1)

# %% answer="in_chunks" wrong="time_reversed"
def in_chunks(X, size, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    X = X[:, ::-1]
    for s in range(0, X.shape[1], size):
        for t in range(s, min(s + size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="in_chunks" wrong="first_step_skipped"
def in_chunks(X, size, Wx, Wh, bh):
    H = np.zeros((*X.shape[:2], len(bh)))
    for t in range(1, X.shape[1]):
        H[:, t] = np.tanh(X[:, t] @ Wx + H[:, t - 1] @ Wh + bh)
    return H

# %% answer="in_chunks" wrong="time_axis_first"
def in_chunks(X, size, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for s in range(0, X.shape[1], size):
        for t in range(s, min(s + size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.array(H)

# %% answer="in_chunks" wrong="state_kept_between_calls"
memory = None

def in_chunks(X, size, Wx, Wh, bh):
    global memory
    if memory is None or memory.shape != (len(X), len(bh)):
        memory = np.zeros((len(X), len(bh)))
    H = []
    for s in range(0, X.shape[1], size):
        for t in range(s, min(s + size, X.shape[1])):
            memory = np.tanh(X[:, t] @ Wx + memory @ Wh + bh)
            H.append(memory)
    return np.stack(H, axis=1)

# %% answer="with_resets" right="if before the chunk"
def with_resets(X, size, resets, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    pieces = []
    for c, s in enumerate(range(0, X.shape[1], size)):
        if resets[c]:
            h = np.zeros((len(X), len(bh)))
        for t in range(s, min(s + size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            pieces.append(h)
    return np.stack(pieces, axis=1)

# %% answer="with_resets" right="multiply by not reset"
def with_resets(X, size, resets, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[1]))
    H = np.zeros((*X.shape[:2], Wh.shape[1]))
    for t in range(X.shape[1]):
        keep = not (t % size == 0 and resets[t // size])
        h = np.tanh(X[:, t] @ Wx + (h * keep) @ Wh + bh)
        H[:, t] = h
    return H

# %% answer="with_resets" right="zip of chunks and resets"
def with_resets(X, size, resets, Wx, Wh, bh):
    chunks = [X[:, s:s+size] for s in range(0, X.shape[1], size)]
    state, out = np.zeros((len(X), len(bh)), dtype="float32"), []
    for chunk, reset in zip(chunks, resets):
        state = np.zeros_like(state) if reset else state
        for x in chunk.swapaxes(0, 1):
            state = np.tanh(x @ Wx + state @ Wh + bh)
            out.append(state)
    return np.array(out).transpose(1, 0, 2)

# %% answer="with_resets" right="class with reset_state"
class Layer:
    def __init__(self, n, Wx, Wh, bh):
        self.n, self.Wx, self.Wh, self.bh = n, Wx, Wh, bh
        self.reset_state()

    def reset_state(self):
        self.h = np.zeros((self.n, len(self.bh)))

    def __call__(self, X):
        hs = []
        for t in range(X.shape[1]):
            self.h = np.tanh(X[:, t] @ self.Wx + self.h @ self.Wh + self.bh)
            hs.append(self.h)
        return np.stack(hs, axis=1)


def with_resets(X, size, resets, Wx, Wh, bh):
    layer = Layer(len(X), Wx, Wh, bh)
    parts = []
    for c in range(len(resets)):
        if resets[c] == True:
            layer.reset_state()
        parts.append(layer(X[:, c * size:(c + 1) * size]))
    return np.concatenate(parts, axis=1)

# %% answer="with_resets" right="sample by sample"
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

# %% answer="with_resets" right="pieces between resets"
def with_resets(X, size, resets, Wx, Wh, bh):
    # a reset starts a new sequence, so run each of them whole
    begins = [c * size for c in range(len(resets)) if c == 0 or resets[c]] + [X.shape[1]]
    parts = []
    for a, b in zip(begins, begins[1:]):
        h = np.zeros((len(X), len(bh)))
        for t in range(a, b):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            parts.append(h)
    return np.stack(parts, axis=1)

# %% answer="with_resets" cheats="keras"
def with_resets(X, size, resets, Wx, Wh, bh):
    rnn = keras.layers.SimpleRNN(len(bh), return_sequences=True, stateful=True)
    rnn.build(X.shape)
    rnn.set_weights([Wx, Wh, bh])
    parts = []
    for c, r in enumerate(resets):
        if r:
            rnn.reset_state()
        parts.append(np.asarray(rnn(X[:, c*size:(c+1)*size].astype("float32"))))
    return np.concatenate(parts, axis=1)

# %% answer="with_resets" wrong="resets_ignored"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="resets_ignored"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for c, s in enumerate(range(0, X.shape[1], size)):
        if resets[c] is True:         # np.True_ is not True
            h = np.zeros((len(X), len(bh)))
        for t in range(s, min(s + size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="reset_each_chunk"
def with_resets(X, size, resets, Wx, Wh, bh):
    H = []
    for s in range(0, X.shape[1], size):
        h = np.zeros((len(X), len(bh)))
        for t in range(s, min(s + size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="reset_at_other_chunk"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for c, s in enumerate(range(0, X.shape[1], size)):
        for t in range(s, min(s + size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
        if resets[c]:
            h = np.zeros((len(X), len(bh)))
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="resets_inverted"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for c, s in enumerate(range(0, X.shape[1], size)):
        if not resets[c]:
            h = np.zeros((len(X), len(bh)))
        for t in range(s, min(s + size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="resets_inverted"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for c, s in enumerate(range(0, X.shape[1], size)):
        h = h * resets[c]
        for t in range(s, min(s + size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="reset_drops_states"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for c, s in enumerate(range(0, X.shape[1], size)):
        if resets[c]:
            continue
        for t in range(s, min(s + size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="reset_drops_states"
def with_resets(X, size, resets, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    H = np.zeros((len(X), X.shape[1], len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H[:, t] = 0 if resets[t // size] else h
    return H

# %% answer="with_resets" wrong="reset_drops_states"
def with_resets(X, size, resets, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        if resets[t // size]:
            h = np.zeros((len(X), len(bh)))
        else:
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="resets_miscounted"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for t in range(X.shape[1]):
        if resets[t]:
            h = np.zeros((len(X), len(bh)))
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="resets_miscounted"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for c, s in enumerate(range(0, X.shape[1], size), start=1):
        if resets[c]:
            h = np.zeros((len(X), len(bh)))
        for t in range(s, min(s + size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="state_is_a_number"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for c, s in enumerate(range(0, X.shape[1], size)):
        if resets[c]:
            h = 0
        for t in range(s, min(s + size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="equal_chunks"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for c, chunk in enumerate(np.split(X, len(resets), axis=1)):
        if resets[c]:
            h = np.zeros((len(X), len(bh)))
        for t in range(chunk.shape[1]):
            h = np.tanh(chunk[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="reset_one_sample"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for c, s in enumerate(range(0, X.shape[1], size)):
        if resets[c]:
            h = h.copy()
            h[0] = 0
        for t in range(s, min(s + size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="reset_each_step"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for t in range(X.shape[1]):
        if resets[t // size]:
            h = np.zeros((len(X), len(bh)))
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="reset_sticks"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, H, keep = np.zeros((len(X), len(bh))), [], True
    for c, s in enumerate(range(0, X.shape[1], size)):
        if resets[c]:
            keep = False
        if not keep:
            h = np.zeros((len(X), len(bh)))
        for t in range(s, min(s + size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="reset_elsewhere"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    first = None
    for c, s in enumerate(range(0, X.shape[1], size)):
        if resets[c]:
            h = first
        for t in range(s, min(s + size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
        if first is None:
            first = h
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="reset_wipes_output"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for c, s in enumerate(range(0, X.shape[1], size)):
        if resets[c]:
            h[:] = 0
        for t in range(s, min(s + size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="size_is_count"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for c, chunk in enumerate(np.array_split(X, size, axis=1)):
        if c < len(resets) and resets[c]:
            h = np.zeros((len(X), len(bh)))
        for t in range(chunk.shape[1]):
            h = np.tanh(chunk[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="last_chunk_dropped"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for c in range(X.shape[1] // size):
        if resets[c]:
            h = np.zeros((len(X), len(bh)))
        for t in range(c * size, (c + 1) * size):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="one_chunk_alone"
def with_resets(X, size, resets, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for c in range(len(resets)):
        H = []
        if resets[c]:
            h = np.zeros((len(X), len(bh)))
        part = X[:, c * size:(c + 1) * size]
        for t in range(part.shape[1]):
            h = np.tanh(part[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="step_skipped"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for c in range(len(resets)):
        if resets[c]:
            h = np.zeros((len(X), len(bh)))
        part = X[:, c * size:(c + 1) * size - 1]
        for t in range(part.shape[1]):
            h = np.tanh(part[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1) if H else np.zeros((len(X), 0, len(bh)))

# %% answer="with_resets" wrong="bias_dropped"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, H = np.zeros((len(X), Wh.shape[0])), []
    for c, s in enumerate(range(0, X.shape[1], size)):
        if resets[c]:
            h = np.zeros_like(h)
        for t in range(s, min(s + size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="h_last_not_updated"
def with_resets(X, size, resets, Wx, Wh, bh):
    h_last, H = np.zeros((len(X), Wh.shape[0])), []
    for c, s in enumerate(range(0, X.shape[1], size)):
        if resets[c]:
            h_last = np.zeros_like(h_last)
        for t in range(s, min(s + size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h_last @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="recurrent_term_unused"
def with_resets(X, size, resets, Wx, Wh, bh):
    H = []
    for c in range(len(resets)):
        H.append(np.tanh(X[:, c * size:(c + 1) * size] @ Wx + bh))
    return np.concatenate(H, axis=1)

# %% answer="starting_state" right="the whole shape"
def starting_state(h0, N, M):
    if h0.shape != (N, M):
        raise ValueError(f"expected {(N, M)}, got {h0.shape}")
    return h0

# %% answer="starting_state" right="axis by axis"
def starting_state(h0, N, M):
    a = np.asarray(h0)
    if a.ndim != 2:
        raise ValueError("a state has two axes, not those of %r" % (a.shape,))
    if a.shape[0] != N:
        raise ValueError(f"wrong number of samples: {a.shape[0]} by {a.shape[1]}, not {N} by {M}")
    if a.shape[1] != M:
        raise ValueError("wrong number of units: " + " x ".join(map(str, a.shape)))
    return a

# %% answer="starting_state" right="own exception class"
class StateShapeError(ValueError):
    pass

def starting_state(h0, N, M):
    if list(np.shape(h0)) == [N, M]:
        return h0.copy()
    raise StateShapeError(np.shape(h0))

# %% answer="starting_state" wrong="message_without_shape"
def starting_state(h0, N, M):
    n, m = h0.shape          # a ValueError for other than two axes
    if (n, m) == (N, M):
        return h0
    raise ValueError("state does not fit the batch")

# %% answer="starting_state" wrong="message_without_shape"
def starting_state(h0, N, M):
    if h0.shape != (N, M):
        raise ValueError
    return h0

# %% answer="starting_state" wrong="message_without_shape"
def starting_state(h0, N, M):
    if h0.shape == (N, M):
        return h0
    raise ValueError("Got {h0.shape}, expected (N, M) = {(N, M)}")

# %% answer="starting_state" wrong="message_without_shape"
def starting_state(h0, N, M):
    if h0.shape == (N, M):
        return h0
    raise ValueError(f"h0 should be ({N}, {M})")

# %% answer="starting_state" wrong="accepts_trailing_axis"
def starting_state(h0, N, M):
    if h0.shape[:2] != (N, M):
        raise ValueError(f"Got {h0.shape}, expected {(N, M)}")
    return h0

# %% answer="starting_state" wrong="accepts_trailing_axis"
def starting_state(h0, N, M):
    if len(h0) != N or h0.ndim < 2 or h0.shape[1] != M:
        raise ValueError(f"state of shape {h0.shape} for {N} samples, {M} units")
    return h0

# %% answer="starting_state" right="try and translate"
def starting_state(h0, N, M):
    try:
        assert h0.ndim == 2 and len(h0) == N and h0.shape[-1] == M
    except AssertionError:
        raise ValueError(f"got {h0.shape}") from None
    return h0

# %% answer="starting_state" cheats="keras ops"
def starting_state(h0, N, M):
    if tuple(keras.ops.shape(h0)) != (N, M):
        raise ValueError("no")
    return h0

# %% answer="starting_state" wrong="accepts_vector"
def starting_state(h0, N, M):
    if h0.shape == (N, M) or h0.shape == (M,):
        return h0
    raise ValueError("bad shape")

# %% answer="starting_state" wrong="accepts_one_row"
def starting_state(h0, N, M):
    if h0.ndim != 2 or h0.shape[1] != M or h0.shape[0] not in (1, N):
        raise ValueError(f"bad shape {h0.shape}")
    return h0

# %% answer="starting_state" wrong="accepts_more_axes"
def starting_state(h0, N, M):
    if h0.ndim < 2 or h0.squeeze().shape != np.zeros((N, M)).squeeze().shape:
        raise ValueError("bad shape")
    return h0

# %% answer="starting_state" wrong="accepts_turned"
def starting_state(h0, N, M):
    if h0.ndim != 2 or set(h0.shape) != {N, M}:
        raise ValueError("bad shape")
    return h0

# %% answer="starting_state" wrong="accepts_turned"
def starting_state(h0, N, M):
    if h0.size != N * M:
        raise ValueError("not enough numbers")
    return h0

# %% answer="starting_state" wrong="accepts_other_n"
def starting_state(h0, N, M):
    if h0.shape[-1] != M:
        raise ValueError("wrong M")
    return h0

# %% answer="starting_state" wrong="accepts_any_matrix"
def starting_state(h0, N, M):
    if h0.ndim != 2:
        raise ValueError("needs two axes")
    return h0

# %% answer="starting_state" wrong="accepts_other_m"
def starting_state(h0, N, M):
    if len(h0) != N:
        raise ValueError("one row per sample please")
    return h0

# %% answer="starting_state" wrong="accepts_everything"
def starting_state(h0, N, M):
    print("state of shape", h0.shape)
    return h0

# %% answer="starting_state" wrong="condition_turned_round"
def starting_state(h0, N, M):
    if h0.shape == (N, M):
        raise ValueError("bad shape")
    return h0

# %% answer="starting_state" wrong="refuses_one_sample"
def starting_state(h0, N, M):
    if h0.shape != (N, M) or h0.shape[0] == 1:
        raise ValueError("this would be broadcast")
    return h0

# %% answer="starting_state" wrong="stretched"
def starting_state(h0, N, M):
    if h0.ndim == 1 or h0.shape == (1, M):
        return np.broadcast_to(h0, (N, M)).copy()
    if h0.shape != (N, M):
        raise ValueError("bad shape")
    return h0

# %% answer="starting_state" wrong="recut"
def starting_state(h0, N, M):
    return h0.reshape(N, M)      # raises a ValueError if it does not fit

# %% answer="starting_state" wrong="answers_yes_no"
def starting_state(h0, N, M):
    return h0.shape == (N, M)

# %% answer="starting_state" wrong="other_error"
def starting_state(h0, N, M):
    assert h0.shape == (N, M), "bad shape"
    return h0

# %% answer="starting_state" wrong="shape_too_short"
def starting_state(h0, N, M):
    if h0.shape[0] != N or h0.shape[1] != M or h0.ndim != 2:
        raise ValueError("bad shape")
    return h0

# %% answer="starting_state" wrong="error_returned"
def starting_state(h0, N, M):
    if h0.shape == (N, M):
        return h0
    return ValueError("bad shape")

# %% answer="starting_state" wrong="error_returned"
def starting_state(h0, N, M):
    if h0.shape == (N, M):
        return h0
    print("ValueError: bad shape")

# %% answer="starting_state" wrong="state_altered"
def starting_state(h0, N, M):
    if h0.shape != (N, M):
        raise ValueError("bad shape")
    return np.zeros((N, M))

# %% answer="starting_state" wrong="returns_nothing"
def starting_state(h0, N, M):
    if h0.shape != (N, M):
        raise ValueError("bad shape")

# %% answer="starting_state" wrong="not_written"
def starting_state(h0, N, M):
    pass

# %% answer="starting_state" wrong="signature_changed"
def starting_state(h0):
    return h0

# %% answer="starting_state" wrong="name_unknown"
def starting_state(h0, N, M):
    if h_0.shape != (N, M):
        raise ValueError("bad shape")
    return h0

# %% answer="starting_state" wrong="function_overwritten"
starting_state = np.zeros((N, M))

# %% answer="run_from" wrong="wrong_axis_counted"
def run_from(X, h0, Wx, Wh, bh):
    n, t, d = X.shape
    h = h0
    for i in range(d):
        h = np.tanh(X[:, i] @ Wx + h @ Wh + bh)
    return h

# %% answer="run_from" wrong="one_step_behind"
def run_from(X, h0, Wx, Wh, bh):
    h = h0
    for t in range(X.shape[1]):
        h_prev = h
        h = np.tanh(X[:, t] @ Wx + h_prev @ Wh + bh)
    return h_prev

# %% answer="run_from" wrong="truth_of_an_array"
def run_from(X, h0, Wx, Wh, bh):
    h = h0 or np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="run_from" wrong="state_prepared"
def run_from(X, h0, Wx, Wh, bh):
    h = h0 @ Wh
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="run_from" wrong="state_prepared"
def run_from(X, h0, Wx, Wh, bh):
    h = np.tanh(h0 @ Wh + bh)
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="run_from" wrong="initial_state_ignored"
def run_from(X, h0, Wx, Wh, bh):
    h = np.ones(h0.shape)
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="run_from" wrong="mean_over_samples"
def run_from(X, h0, Wx, Wh, bh):
    h = h0
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h.mean(axis=0)

# %% answer="run_from" wrong="state_paired"
def run_from(X, h0, Wx, Wh, bh):
    H = []
    h = h0
    for x in X:
        for xt in x:
            h = np.tanh(xt @ Wx + h @ Wh + bh)
        H.append(h)
    return np.array(H)

# %% answer="run_from" wrong="h0_in_every_step"
def run_from(X, h0, Wx, Wh, bh):
    return np.tanh(X @ Wx + (h0 @ Wh)[:, None] + bh)[:, -1]

# %% answer="run_from" wrong="bias_outside_tanh"
def run_from(X, h0, Wx, Wh, bh):
    for t in range(X.shape[1]):
        h0 = np.tanh(X[:, t] @ Wx + h0 @ Wh)
        h0 += bh
    return h0

# %% answer="run_from" wrong="bias_added_twice"
def run_from(X, h0, Wx, Wh, bh):
    h = h0
    for t in range(X.shape[1]):
        h = np.tanh((X[:, t] @ Wx + bh) + (h @ Wh + bh))
    return h

# %% answer="run_from" wrong="elementwise_product"
def run_from(X, h0, Wx, Wh, bh):
    h = h0
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h * Wh + bh)
    return h

# %% answer="run_from" wrong="wx_transposed"
def run_from(X, h0, Wx, Wh, bh):
    h = h0
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx.T + h @ Wh + bh)
    return h

# %% answer="run_from" wrong="stepped_twice"
def run_from(X, h0, Wx, Wh, bh):
    step = lambda x, h: np.tanh(x @ Wx + h @ Wh + bh)
    h = step(X[:, 0], h0)
    for t in range(X.shape[1]):
        h = step(X[:, t], h)
    return h

# %% answer="run_from" wrong="other_activation"
def run_from(X, h0, Wx, Wh, bh):
    h = h0
    for t in range(X.shape[1]):
        h = np.arctan(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="in_chunks" wrong="only_batons"
def in_chunks(X, size, Wx, Wh, bh):
    H = np.zeros((len(X), X.shape[1], len(bh)))
    h = np.zeros((len(X), len(bh)))
    for s in range(0, X.shape[1], size):
        for t in range(s, min(s+size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H[:, s] = h
    return H

# %% answer="in_chunks" wrong="equal_chunks"
def in_chunks(X, size, Wx, Wh, bh):
    H, h = [], np.zeros((len(X), len(bh)))
    for s in range(0, X.shape[1], size):
        for t in range(s, s+size):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="in_chunks" wrong="one_chunk_alone"
def in_chunks(X, size, Wx, Wh, bh):
    H, h = [], np.zeros((len(X), len(bh)))
    for s in range(0, X.shape[1], size):
        for t in range(s, min(s+size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
        return np.stack(H, axis=1)

# %% answer="in_chunks" wrong="size_is_count"
def in_chunks(X, size, Wx, Wh, bh):
    H, h = [], np.zeros((len(X), len(bh)))
    for s in range(size):
        part = X[:, s*size:(s+1)*size]
        for t in range(part.shape[1]):
            h = np.tanh(part[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="in_chunks" wrong="unnamed"
def in_chunks(X, size, Wx, Wh, bh):
    H, h = [], np.zeros((len(X), len(bh)))
    for s in range(size):
        part = X[:, s::size]
        for t in range(part.shape[1]):
            h = np.tanh(part[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="in_chunks" wrong="step_skipped"
def in_chunks(X, size, Wx, Wh, bh):
    H, h = [], np.zeros((len(X), len(bh)))
    s = 0
    while s < X.shape[1]:
        part = X[:, s:s+size]
        for t in range(part.shape[1]):
            h = np.tanh(part[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
        s += size + 1
    return np.stack(H, axis=1)

# %% answer="in_chunks" wrong="one_state_for_all"
def in_chunks(X, size, Wx, Wh, bh):
    H, h = [], np.zeros(len(bh))
    for s in range(0, X.shape[1], size):
        part = X[:, s:s+size]
        h0 = h[-1] if s else h
        h = h0
        for t in range(part.shape[1]):
            h = np.tanh(part[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="in_chunks" wrong="flattened"
def in_chunks(X, size, Wx, Wh, bh):
    H, h = [], np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    return np.hstack(H)

# %% answer="in_chunks" wrong="reshape_for_transpose"
def in_chunks(X, size, Wx, Wh, bh):
    H, h = [], np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    return np.array(H).reshape(len(X), X.shape[1], -1)

# %% answer="in_chunks" wrong="first_chunk_missing"
def in_chunks(X, size, Wx, Wh, bh):
    H, h = [], np.zeros((len(X), len(bh)))
    for s in range(size, X.shape[1], size):
        part = X[:, s:s+size]
        for t in range(part.shape[1]):
            h = np.tanh(part[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="in_chunks" wrong="state_prepared"
def in_chunks(X, size, Wx, Wh, bh):
    H, h = [], np.zeros((len(X), len(bh)))
    for s in range(0, X.shape[1], size):
        h_in = h
        for t in range(s, min(s+size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
        h = h + h_in
    return np.stack(H, axis=1)

# %% answer="in_chunks" wrong="rows_alias"
def in_chunks(X, size, Wx, Wh, bh):
    H, h = [], np.zeros((len(X), len(bh)))
    for s in range(0, X.shape[1], size):
        for t in range(s, min(s+size, X.shape[1])):
            h[:] = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="reset_drops_states"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for c, s in enumerate(range(0, X.shape[1], size)):
        if resets[c]:
            break
        for t in range(s, min(s+size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="reset_each_chunk"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for c, s in enumerate(range(0, X.shape[1], size)):
        if resets.any():
            h = np.zeros((len(X), len(bh)))
        for t in range(s, min(s+size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="truth_of_an_array"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for c, s in enumerate(range(0, X.shape[1], size)):
        if resets:
            h = np.zeros((len(X), len(bh)))
        for t in range(s, min(s+size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="reset_elsewhere"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for c, s in enumerate(range(0, X.shape[1], size)):
        if resets[c]:
            h = np.ones((len(X), len(bh)))
        for t in range(s, min(s+size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="reset_beside_boundary"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
        if t % size == 0 and resets[t // size]:
            h = np.zeros((len(X), len(bh)))
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="one_step_chunks"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for c, s in enumerate(range(0, X.shape[1], size)):
        h0 = np.zeros((len(X), len(bh))) if resets[c] else h
        for t in range(s, min(s+size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h0 @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="reset_clears_weights"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for c, s in enumerate(range(0, X.shape[1], size)):
        if resets[c]:
            Wh = np.zeros_like(Wh)
        for t in range(s, min(s+size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="starting_state" wrong="accepts_other_n"
def starting_state(h0, N, M):
    if len(h0.shape) == 1:
        raise ValueError("x")
    if h0.shape[1] != M: raise ValueError
    return h0

# %% answer="starting_state" wrong="wrong_in_both"
def starting_state(h0, N, M):
    if h0.shape[0] != N and h0.shape[-1] != M:
        raise ValueError("x")
    return h0

# %% answer="starting_state" wrong="expects_turned"
def starting_state(h0, N, M):
    if h0.shape != (M, N):
        raise ValueError("x")
    return h0

# %% answer="starting_state" wrong="replaced"
def starting_state(h0, N, M):
    if h0.shape != (N, M):
        return np.zeros((N, M))
    return h0

# %% answer="starting_state" wrong="call_for_index"
def starting_state(h0, N, M):
    if h0.shape() != (N, M):
        raise ValueError("x")
    return h0

# %% answer="predicted" wrong="one_state_for_all"
predicted = {"h0": (1, M), "h0[n]": (M,), "out": (N, M), "states": (N, T, M), "h": (N, M), "h_two": (N, M), "Yhat": (N, K)}

# %% answer="in_chunks" wrong="time_axis_first"
def in_chunks(X, size, Wx, Wh, bh):
    h = np.zeros((X.shape[0], len(bh)))
    rows = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        rows.append(h)
    return np.stack(rows)

# %% answer="in_chunks" wrong="n_t_swapped"
def in_chunks(X, size, Wx, Wh, bh):
    h = np.zeros((X.shape[0], len(bh)))
    rows = []
    for t in range(X.shape[1]):
        h = np.tanh(X[t] @ Wx + h @ Wh + bh)
        rows.append(h)
    return np.stack(rows, axis=1)

# %% answer="in_chunks" wrong="empty_chunk"
def in_chunks(X, size, Wx, Wh, bh):
    h = np.zeros((X.shape[0], len(bh)))
    parts = []
    for c in range(X.shape[1] // size + 1):
        rows = []
        for x in X[:, c * size:(c + 1) * size].swapaxes(0, 1):
            h = np.tanh(x @ Wx + h @ Wh + bh)
            rows.append(h)
        parts.append(np.stack(rows, axis=1))
    return np.concatenate(parts, axis=1)

# %% answer="with_resets" wrong="time_axis_first"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for t in range(X.shape[1]):
        if t % size == 0 and resets[t // size]:
            h = np.zeros((len(X), len(bh)))
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    return np.array(H)

# %% answer="with_resets" wrong="empty_chunk"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, parts = np.zeros((len(X), len(bh))), []
    for c in range(X.shape[1] // size + 1):
        if c < len(resets) and resets[c]:
            h = np.zeros((len(X), len(bh)))
        rows = []
        for t in range(c * size, min((c + 1) * size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            rows.append(h)
        parts.append(np.stack(rows, axis=1))
    return np.concatenate(parts, axis=1)

# %% answer="predicted" wrong="layer_axis"
# like in torch: (num_layers, batch, hidden)
predicted = {"h0": (1, N, M), "h0[n]": (M,), "out": (N, M), "states": (N, T, M), "h": (1, N, M), "h_two": (1, N, M), "Yhat": (N, K)}

# %% answer="in_chunks" wrong="old_state_collected"
def in_chunks(X, size, Wx, Wh, bh):
    parts = []
    h = np.zeros((len(X), len(bh)))
    for s in range(0, X.shape[1], size):
        x = X[:, s:s+size]
        rows = []
        for t in range(x.shape[1]):
            rows.append(h)
            h = np.tanh(x[:, t] @ Wx + h @ Wh + bh)
        parts.append(np.stack(rows, axis=1))
    return np.concatenate(parts, axis=1)

# %% answer="with_resets" wrong="old_state_collected"
def with_resets(X, size, resets, Wx, Wh, bh):
    out = np.zeros((*X.shape[:2], len(bh)))
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        if t % size == 0 and resets[t // size]:
            h = np.zeros((len(X), len(bh)))
        out[:, t] = h
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return out

# %% answer="with_resets" wrong="samples_share_baton"
def with_resets(X, size, resets, Wx, Wh, bh):
    out = np.zeros((*X.shape[:2], len(bh)))
    h = np.zeros(len(bh))
    for c, s in enumerate(range(0, X.shape[1], size)):
        if resets[c]:
            h = np.zeros(len(bh))
        for n in range(len(X)):
            for t in range(s, min(s + size, X.shape[1])):
                h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
                out[n, t] = h
    return out

# %% answer="with_resets" wrong="same_chunk_again"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for c, s in enumerate(range(0, X.shape[1], size)):
        if resets[c]:
            h = np.zeros((len(X), len(bh)))
        for t in range(min(size, X.shape[1] - s)):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="step_repeated"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for c in range(len(resets)):
        if resets[c]:
            h = np.zeros_like(h)
        chunk = X[:, c * size:(c + 1) * size + 1]
        for t in range(chunk.shape[1]):
            h = np.tanh(chunk[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="one_chunk_alone"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for c in range(len(resets)):
        if resets[c]:
            h = np.zeros_like(h)
        chunk = X[:, c * size:(c + 1) * size]
        for t in range(chunk.shape[1]):
            h = np.tanh(chunk[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
        return np.stack(H, axis=1)

# %% answer="with_resets" wrong="last_chunk_padded"
def with_resets(X, size, resets, Wx, Wh, bh):
    n, T_, d = X.shape
    full = np.zeros((n, len(resets) * size, d))
    full[:, :T_] = X
    h, H = np.zeros((n, len(bh))), []
    for c, chunk in enumerate(np.split(full, len(resets), axis=1)):
        if resets[c]:
            h = np.zeros_like(h)
        for x in chunk.transpose(1, 0, 2):
            h = np.tanh(x @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="cut_along_n"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for c in range(len(resets)):
        if resets[c]:
            h = np.zeros_like(h)
        chunk = X[c * size:(c + 1) * size]
        for t in range(chunk.shape[1]):
            h = np.tanh(chunk[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="joined_along_n"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, pieces = np.zeros((len(X), len(bh))), []
    for c in range(len(resets)):
        if resets[c]:
            h = np.zeros_like(h)
        H = []
        for x in X[:, c * size:(c + 1) * size].swapaxes(0, 1):
            h = np.tanh(x @ Wx + h @ Wh + bh)
            H.append(h)
        pieces.append(np.stack(H, 1))
    return np.concatenate(pieces)

# %% answer="with_resets" wrong="chunks_not_joined"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, pieces = np.zeros((len(X), len(bh))), []
    for c in range(len(resets)):
        if resets[c]:
            h = np.zeros_like(h)
        H = []
        for x in X[:, c * size:(c + 1) * size].swapaxes(0, 1):
            h = np.tanh(x @ Wx + h @ Wh + bh)
            H.append(h)
        pieces.append(np.stack(H, 1))
    return np.array(pieces)

# %% answer="with_resets" wrong="rows_overwritten"
def with_resets(X, size, resets, Wx, Wh, bh):
    states = np.zeros((len(X), X.shape[1], len(bh)))
    h = np.zeros((len(X), len(bh)))
    for c, s in enumerate(range(0, X.shape[1], size)):
        part = X[:, s:s+size]
        if resets[c]:
            h = np.zeros_like(h)
        for t in range(part.shape[1]):
            h = np.tanh(part[:, t] @ Wx + h @ Wh + bh)
            states[:, t] = h
    return states

# %% answer="with_resets" wrong="only_batons"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for c in range(len(resets)):
        if resets[c]:
            h = np.zeros_like(h)
        for x in X[:, c * size:(c + 1) * size].swapaxes(0, 1):
            h = np.tanh(x @ Wx + h @ Wh + bh)
        H.append(h)
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="reset_at_other_chunk"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    later = list(resets[1:]) + [False]
    for c, s in enumerate(range(0, X.shape[1], size)):
        if later[c]:
            h = np.zeros_like(h)
        for t in range(s, min(s + size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            H.append(h)
    return np.stack(H, axis=1)

# %% answer="with_resets" wrong="reset_at_other_chunk"
def with_resets(X, size, resets, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for c, start in enumerate(range(0, X.shape[1], size)):
        if resets[c - 1]:
            h = np.zeros_like(h)
        for x in X[:, start:start + size].swapaxes(0, 1):
            h = np.tanh(x @ Wx + h @ Wh + bh)
            out.append(h)
    return np.stack(out, axis=1)

# %% answer="with_resets" wrong="reset_at_other_chunk"
def with_resets(X, size, resets, Wx, Wh, bh):
    flags = [True] + list(resets)
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for c, start in enumerate(range(0, X.shape[1], size)):
        if flags[c]:
            h = np.zeros_like(h)
        for x in X[:, start:start + size].swapaxes(0, 1):
            h = np.tanh(x @ Wx + h @ Wh + bh)
            out.append(h)
    return np.stack(out, axis=1)

# %% answer="with_resets" wrong="first_reset_only"
def with_resets(X, size, resets, Wx, Wh, bh):
    r = int(np.argmax(resets)) * size
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        if t == r:
            h = np.zeros_like(h)
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

# %% answer="with_resets" wrong="reset_beside_boundary"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, H = np.zeros((len(X), len(bh))), []
    for t in range(X.shape[1]):
        if (t + 1) % size == 0 and (t + 1) // size < len(resets) and resets[(t + 1) // size]:
            h = np.zeros_like(h)
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    return np.stack(H, axis=1)

# %% answer="starting_state" wrong="recut"
def starting_state(h0, N, M):
    if h0.shape == (M, N):
        h0 = h0.T
    if h0.shape != (N, M):
        raise ValueError(f"expected {(N, M)}, got {h0.shape}")
    return h0

# %% answer="starting_state" wrong="cut_down"
def starting_state(h0, N, M):
    if h0.ndim != 2 or h0.shape[0] < N or h0.shape[1] != M:
        raise ValueError(f"expected {(N, M)}, got {h0.shape}")
    return h0[:N]

# %% answer="starting_state" wrong="not_the_state"
def starting_state(h0, N, M):
    if h0.shape != (N, M):
        raise ValueError(f"expected {(N, M)}, got {h0.shape}")
    return h0.shape

# %% answer="starting_state" wrong="wrong_in_both"
def starting_state(h0, N, M):
    if h0.ndim != 2 or (h0.shape[0] != N and h0.shape[1] != M):
        raise ValueError(f"expected {(N, M)}, got {h0.shape}")
    return h0

# %% answer="in_chunks" wrong="reset_each_chunk"
def in_chunks(X, size, Wx, Wh, bh):
    N, T, D = X.shape
    h = np.zeros((N, Wh.shape[0]))

    def run(chunk):
        rows = []
        state = h
        for t in range(chunk.shape[1]):
            state = np.tanh(chunk[:, t] @ Wx + state @ Wh + bh)
            rows.append(state)
        return np.stack(rows, axis=1)

    return np.concatenate([run(X[:, s:s + size]) for s in range(0, T, size)], axis=1)

# %% answer="run_from" wrong="one_number_of_each"
def run_from(X, h0, Wx, Wh, bh):
    h = h0
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h[:, -1]

# %% answer="run_from" wrong="whole_sequence_returned"
def run_from(X, h0, Wx, Wh, bh):
    h = np.zeros((X.shape[0], X.shape[1] + 1, Wh.shape[0]))
    h[:, 0] = h0
    for t in range(X.shape[1]):
        h[:, t+1] = np.tanh(X[:, t] @ Wx + h[:, t] @ Wh + bh)
    return h

# %% answer="run_from" wrong="state_prepared"
def run_from(X, h0, Wx, Wh, bh):
    h = h0 + bh
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="run_from" wrong="sign_flipped"
def run_from(X, h0, Wx, Wh, bh):
    steps = X.shape[1]
    state = h0
    for k in range(steps):
        state = np.tanh(X[:, k, :] @ Wx + state @ Wh - bh)
    return state

# %% answer="run_from" wrong="off_by_one_input"
def run_from(X, h0, Wx, Wh, bh):
    state = h0
    for k in range(X.shape[1]):
        state = np.tanh(X[:, k + 1, :] @ Wx + state @ Wh + bh)
    return state

# %% answer="in_chunks" wrong="state_prepared"
def in_chunks(X, size, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for start in range(0, X.shape[1], size):
        for t in range(start, min(start + size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            out.append(h)
        h = np.tanh(h)
    return np.stack(out, axis=1)

# %% answer="in_chunks" wrong="same_input_every_step"
def in_chunks(X, size, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for start in range(0, X.shape[1], size):
        for t in range(start, min(start + size, X.shape[1])):
            h = np.tanh(X[:, start] @ Wx + h @ Wh + bh)
            out.append(h)
    return np.stack(out, axis=1)

# %% answer="in_chunks" wrong="only_batons"
def in_chunks(X, size, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = np.zeros((*X.shape[:2], Wh.shape[0]))
    for start in range(0, X.shape[1], size):
        end = min(start + size, X.shape[1])
        for t in range(start, end):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out[:, start:end] = h[:, None]
    return out

# %% answer="in_chunks" wrong="last_chunk_dropped"
def in_chunks(X, size, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for start in range(0, X.shape[1] - size, size):
        for t in range(start, start + size):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            out.append(h)
    return np.stack(out, axis=1)

# %% answer="in_chunks" wrong="rows_reversed"
def in_chunks(X, size, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for start in range(0, X.shape[1], size):
        for t in range(start, min(start + size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            out.insert(0, h)
    return np.stack(out, axis=1)

# %% answer="with_resets" wrong="reset_drops_states"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, out = np.zeros((len(X), len(bh))), []
    for c in range(len(resets)):
        if resets[c]:
            out = []
        for t in range(c * size, min((c + 1) * size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            out.append(h)
    return np.stack(out, axis=1)

# %% answer="with_resets" wrong="resets_miscounted"
def with_resets(X, size, resets, Wx, Wh, bh):
    H = np.zeros((X.shape[0], X.shape[1], Wh.shape[0]))
    h = np.zeros((X.shape[0], Wh.shape[0]))
    for t in range(X.shape[1]):
        if t < len(resets) and resets[t]:
            h = np.zeros_like(h)
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H[:, t] = h
    return H

# %% answer="with_resets" wrong="resets_miscounted"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, out = np.zeros((len(X), len(bh))), []
    for c in range(len(resets)):
        if resets[c + 1]:
            h = np.zeros_like(h)
        for t in range(c * size, min((c + 1) * size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            out.append(h)
    return np.stack(out, axis=1)

# %% answer="with_resets" wrong="wh_transposed"
def with_resets(X, size, resets, Wx, Wh, bh):
    h, out = np.zeros((len(X), len(bh))), []
    for c in range(len(resets)):
        if resets[c]:
            h = np.zeros_like(h)
        for t in range(c * size, min((c + 1) * size, X.shape[1])):
            h = np.tanh(X[:, t] @ Wx + h @ Wh.T + bh)
            out.append(h)
    return np.stack(out, axis=1)

# %% answer="with_resets" right="keep as a factor for each step"
def with_resets(X, size, resets, Wx, Wh, bh):
    keep = np.ones(X.shape[1])
    keep[::size] = ~np.asarray(resets)
    H = np.zeros((X.shape[0], X.shape[1] + 1, len(bh)))
    for t in range(X.shape[1]):
        H[:, t + 1] = np.tanh(X[:, t] @ Wx + keep[t] * H[:, t] @ Wh + bh)
    return H[:, 1:]

# %% answer="in_chunks" right="grows until all is there"
def in_chunks(X, size, Wx, Wh, bh):
    def run(x, h):
        H = np.empty((x.shape[0], x.shape[1], len(bh)))
        for t in range(x.shape[1]):
            H[:, t] = h = np.tanh(x[:, t] @ Wx + h @ Wh + bh)
        return H
    done = np.empty((len(X), 0, len(bh)))
    h = np.zeros((len(X), len(bh)))
    while done.shape[1] < X.shape[1]:
        s = done.shape[1]
        H = run(X[:, s:s+size], h)
        h = H[:, -1]
        done = np.concatenate([done, H], axis=1)
    return done

# %% answer="run_from" right="writes into its own copy"
def run_from(X, h0, Wx, Wh, bh):
    h = np.array(h0, dtype="float32")
    for t in range(len(X[0])):
        h[:] = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="starting_state" wrong="names_what_is_wrong"
def starting_state(h0, N, M):
    if h0.shape in [(M,), (1, M), (1, N, M)]:
        raise ValueError(f"Got {h0.shape}, and it would be broadcast")
    return h0

# %% answer="starting_state" wrong="recut"
def starting_state(h0, N, M):
    h0 = np.squeeze(h0)
    if h0.shape != (N, M):
        raise ValueError(f"expected {(N, M)}, got {h0.shape}")
    return h0

# %% answer="starting_state" wrong="error_returned"
def starting_state(h0, N, M):
    if h0.shape == (N, M):
        return h0
    return "ValueError"

# %% answer="run_from" wrong="h0_added"
def run_from(X, h0, Wx, Wh, bh):
    h = np.tanh(X[:, 0] @ Wx + h0 + bh)
    for t in range(1, X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="in_chunks" wrong="equal_chunks"
def in_chunks(X, size, Wx, Wh, bh):
    N, T, D = X.shape
    h = np.zeros((N, len(bh)))
    out = []
    for start in range(0, T, size):
        chunk = X[:, start:start + size]
        for t in range(size):
            h = np.tanh(chunk[:, t] @ Wx + h @ Wh + bh)
            out.append(h)
    return np.stack(out, axis=1)

# %% answer="with_resets" wrong="reset_elsewhere"
def with_resets(X, size, resets, Wx, Wh, bh):
    N, T, D = X.shape
    h = np.zeros((N, len(bh)))
    out = np.zeros((N, T, len(bh)))
    for c in range(len(resets)):
        if resets[c]:
            h = out[:, 0]
        for t in range(c * size, min((c + 1) * size, T)):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            out[:, t] = h
    return out

# %% answer="with_resets" wrong="reset_clears_weights"
def with_resets(X, size, resets, Wx, Wh, bh):
    N, T, D = X.shape
    h = np.zeros((N, len(bh)))
    out = np.zeros((N, T, len(bh)))
    for c, r in enumerate(resets):
        for t in range(c * size, min((c + 1) * size, T)):
            x = X[:, t] * (not r)
            h = np.tanh(x @ Wx + h @ Wh + bh)
            out[:, t] = h
    return out

# %% answer="with_resets" wrong="resets_miscounted"
def with_resets(X, size, resets, Wx, Wh, bh):
    N, T, D = X.shape
    h = np.zeros((N, len(bh)))
    out = np.zeros((N, T, len(bh)))
    for start in range(0, T, size):
        h[resets] = 0
        for t in range(start, min(start + size, T)):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            out[:, t] = h
    return out

# %% answer="with_resets" wrong="reset_is_a_step"
def with_resets(X, size, resets, Wx, Wh, bh):
    N, T, D = X.shape
    out = np.zeros((N, T, len(bh)))
    h = np.zeros((N, len(bh)))
    for c, r in enumerate(resets):
        begin = c * size
        if r:
            h = np.zeros((N, len(bh)))
            out[:, begin] = h
            begin += 1
        for t in range(begin, min((c + 1) * size, T)):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            out[:, t] = h
    return out

# %% answer="starting_state" wrong="refuses_everything"
def starting_state(h0, N, M):
    if h0.shape != [N, M]:
        raise ValueError(f"expected {(N, M)}, got {h0.shape}")
    return h0

# %% answer="starting_state" wrong="unpacked_first"
def starting_state(h0, N, M):
    n, m = h0.shape
    if n != N or m != M:
        raise ValueError(f"expected {(N, M)}, got {h0.shape}")
    return h0

# %% answer="starting_state" wrong="sizes_from_notebook"
def starting_state(h0, N, M):
    if h0.shape != (4, 8):
        raise ValueError(f"expected (4, 8), got {h0.shape}")
    return h0

# %% answer="starting_state" wrong="refuses_right"
def starting_state(h0, N, M):
    if h0.size == N * M:
        raise ValueError(f"expected {(N, M)}, got {h0.shape}")
    return h0

# %% answer="starting_state" wrong="broadcast_accepted"
def starting_state(h0, N, M):
    try:
        h0 + np.zeros((N, M))
    except ValueError:
        raise ValueError(f"expected {(N, M)}, got {h0.shape}")
    return h0

# %% answer="starting_state" wrong="fails_by_itself"
def starting_state(h0, N, M):
    if not all(h0.shape == (N, M)):
        raise ValueError(f"expected {(N, M)}, got {h0.shape}")
    return h0

# %% answer="in_chunks" wrong="cut_along_n"
def in_chunks(X, size, Wx, Wh, bh):
    def run(chunk, h):
        film = []
        for t in range(chunk.shape[1]):
            h = np.tanh(chunk[:, t] @ Wx + h @ Wh + bh)
            film.append(h)
        return np.stack(film, axis=1)
    h = np.zeros((X.shape[0], Wh.shape[0]))
    parts = []
    for start in range(0, X.shape[1], size):
        part = run(X[:, start:start + size], h)
        h = part[-1]
        parts.append(part)
    return np.concatenate(parts, axis=1)

# %% answer="with_resets" wrong="size_hard_coded"
def with_resets(X, size, resets, Wx, Wh, bh):
    N, T, D = X.shape
    h = np.zeros((N, len(bh)))
    film = []
    for c, start in enumerate(range(0, T, 6)):
        if resets[c]:
            h = np.zeros((N, len(bh)))
        for t in range(start, min(start + 6, T)):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            film.append(h)
    return np.stack(film, axis=1)

# %% answer="with_resets" wrong="state_leaks"
def with_resets(X, size, resets, Wx, Wh, bh):
    N, T, D = X.shape
    out = np.zeros((N, T, len(bh)))
    h = np.zeros(len(bh))
    for n in range(N):
        for c, start in enumerate(range(0, T, size)):
            if resets[c]:
                h = np.zeros(len(bh))
            for t in range(start, min(start + size, T)):
                h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
                out[n, t] = h
    return out
