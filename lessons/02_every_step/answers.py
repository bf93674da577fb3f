# %% [markdown]
# Answers to assignment 02, written the way students write them, independent of the catalogue in `rnnshapes`.
# One answer per cell, as in 01_rnn_shapes.py. What students believe of a single step was tried there:
# test_lesson_02.py puts those answers into this lesson's functions.

# %% answer="predicted" right="letters"
predicted = {
    "H": (N, T, M), "h": (N, M), "Yhats": (N, T, K), "Yhat": (N, K), "Wo": (M, K),
    "Y_film": (N, T, K), "Y_frame": (N, K), "c_film": (N, T), "c_frame": (N,),
}

# %% answer="predicted" right="numbers and lists"
predicted = dict(H=[5, 7, 4], h=[5, 4], Yhats=[5, 7, 2], Yhat=[5, 2], Wo=[4, 2],
                 Y_film=[5, 7, 2], Y_frame=[5, 2], c_film=[5, 7], c_frame=[5])

# %% answer="predicted" right="worked out"
film, frame = X.shape[:2], X.shape[:1]
predicted = {"H": film + (M,), "h": frame + (M,), "Wo": (M, K)}
predicted["Yhats"] = predicted["Y_film"] = film + (K,)
predicted["Yhat"] = predicted["Y_frame"] = frame + (K,)
predicted["c_film"], predicted["c_frame"] = film, frame

# %% answer="predicted" wrong="return_sequences_forgotten"
predicted = {
    "H": (N, M), "h": (N, M), "Yhats": (N, K), "Yhat": (N, K), "Wo": (M, K),
    "Y_film": (N, T, K), "Y_frame": (N, K), "c_film": (N, T), "c_frame": (N,),
}

# %% answer="predicted" wrong="time_axis_kept"
predicted = {
    "H": (N, T, M), "h": (N, T, M), "Yhats": (N, T, K), "Yhat": (N, T, K), "Wo": (M, K),
    "Y_film": (N, T, K), "Y_frame": (N, K), "c_film": (N, T), "c_frame": (N,),
}

# %% answer="predicted" wrong="weight_of_output"
predicted = {
    "H": (N, T, M), "h": (N, M), "Yhats": (N, T, K), "Yhat": (N, K), "Wo": (T, M, K),  # one for each step
    "Y_film": (N, T, K), "Y_frame": (N, K), "c_film": (N, T), "c_frame": (N,),
}

# %% answer="predicted" wrong="dense_eats_t"
predicted = {
    "H": (N, T, M), "h": (N, M), "Yhats": (N, M, K), "Yhat": (N, K), "Wo": (T, K),
    "Y_film": (N, T, K), "Y_frame": (N, K), "c_film": (N, T), "c_frame": (N,),
}

# %% answer="predicted" wrong="one_target_for_all"
predicted = {
    "H": (N, T, M), "h": (N, M), "Yhats": (N, T, K), "Yhat": (N, K), "Wo": (M, K),
    "Y_film": (N, K), "Y_frame": (N, K), "c_film": (N,), "c_frame": (N,),
}

# %% answer="predicted" wrong="one_target_for_all"
predicted = {
    "H": (N, T, M), "h": (N, M), "Yhats": (N, T, K), "Yhat": (N, K), "Wo": (M, K),
    "Y_film": (N, T, K), "Y_frame": (N, T, K), "c_film": (N, T), "c_frame": (N, T),
}

# %% answer="predicted" wrong="axis_k_dropped"
predicted = {
    "H": (N, T, M), "h": (N, M), "Yhats": (N, T, K), "Yhat": (N, K), "Wo": (M, K),
    "Y_film": (N, T), "Y_frame": (N,), "c_film": (N, T), "c_frame": (N,),
}

# %% answer="predicted" wrong="axis_k_dropped"
predicted = {
    "H": (N, T, M), "h": (N, M), "Yhats": (N, T, K), "Yhat": (N, K), "Wo": (M, K),
    "Y_film": (N, T, K), "Y_frame": (N, K), "c_film": (N, T, K), "c_frame": (N, K),
}

# %% answer="predicted" wrong="axis_of_one"
predicted = {
    "H": (N, T, M), "h": (N, M), "Yhats": (N, T, K), "Yhat": (N, K), "Wo": (M, K),
    "Y_film": (N, T, K), "Y_frame": (N, K), "c_film": (N, T, 1), "c_frame": (N, 1),
}

# %% answer="predicted" wrong="m_for_k"
predicted = {
    "H": (N, T, M), "h": (N, M), "Yhats": (N, T, M), "Yhat": (N, M), "Wo": (M, K),
    "Y_film": (N, T, K), "Y_frame": (N, K), "c_film": (N, T), "c_frame": (N,),
}

# %% answer="predicted" wrong="t_before_n"
predicted = {
    "H": (T, N, M), "h": (N, M), "Yhats": (T, N, K), "Yhat": (N, K), "Wo": (M, K),
    "Y_film": (T, N, K), "Y_frame": (N, K), "c_film": (T, N), "c_frame": (N,),
}

# %% answer="every_state" right="stack along axis 1"
def every_state(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t, :] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.stack(out, axis=1)

# %% answer="every_state" right="preallocated"
def every_state(X, Wx, Wh, bh):
    N_, T_, _ = X.shape
    H = np.zeros((N_, T_, bh.size))
    h_last = np.zeros((N_, bh.size))
    for t in range(T_):
        H[:, t] = np.tanh(X[:, t] @ Wx + h_last @ Wh + bh)
        h_last = H[:, t]
    return H

# %% answer="every_state" right="one sample after the other, a list of lists"
def every_state(X, Wx, Wh, bh):
    films = []
    for x in X:
        h = np.zeros(len(bh))
        film = []
        for xt in x:
            h = np.tanh(xt @ Wx + h @ Wh + bh)
            film.append(h)
        films.append(film)
    return films

# %% answer="every_state" right="einsum, float32"
def every_state(X, Wx, Wh, bh):
    X = X.astype(np.float32)
    pre = np.einsum("ntd,dm->ntm", X, Wx) + bh
    H = np.empty_like(pre)
    h = np.zeros((len(X), len(bh)), dtype=np.float32)
    for t in range(X.shape[1]):
        h = np.tanh(pre[:, t] + np.einsum("nm,mk->nk", h, Wh))
        H[:, t] = h
    return H

# %% answer="every_state" right="time first, then swapaxes"
def every_state(X, Wx, Wh, bh):
    Xt = X.swapaxes(0, 1)
    H = [np.zeros((X.shape[0], Wh.shape[1]))]
    for xt in Xt:
        H.append(np.tanh(xt @ Wx + H[-1] @ Wh + bh))
    return np.array(H[1:]).swapaxes(0, 1)

# %% answer="every_state" right="class"
class Memory:
    def __init__(self, Wx, Wh, bh, n):
        self.Wx, self.Wh, self.bh = Wx, Wh, bh
        self.h = np.zeros((n, len(bh)))

    def see(self, frame):
        self.h = np.tanh(frame @ self.Wx + self.h @ self.Wh + self.bh)
        return self.h


def every_state(X, Wx, Wh, bh):
    memory = Memory(Wx, Wh, bh, len(X))
    return np.transpose([memory.see(X[:, t]) for t in range(X.shape[1])], (1, 0, 2))

# %% answer="every_state" right="accumulate"
from itertools import accumulate

def every_state(X, Wx, Wh, bh):
    step = lambda h, frame: np.tanh(frame @ Wx + h @ Wh + bh)
    frames = list(accumulate(np.moveaxis(X, 1, 0), step, initial=np.zeros((len(X), len(bh)))))
    return np.moveaxis(np.array(frames[1:]), 0, 1)

# %% answer="every_state" right="column vectors"
def every_state(X, Wx, Wh, bh):
    N, T, D = X.shape
    M = Wh.shape[0]
    H = np.zeros((N, T, M))
    for n in range(N):
        h = np.zeros((M, 1))
        for t in range(T):
            h = np.tanh(Wx.T @ X[n, t].reshape(D, 1) + Wh.T @ h + bh.reshape(M, 1))
            H[n, t] = h[:, 0]
    return H

# %% answer="every_state" right="concatenate frames with their own axis"
def every_state(X, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    H = np.zeros((len(X), 0, len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H = np.concatenate([H, h[:, None, :]], axis=1)
    return H

# %% answer="every_state" cheats="the layer does it"
def every_state(X, Wx, Wh, bh):
    layer = keras.layers.SimpleRNN(len(bh), return_sequences=True)
    layer.build(X.shape)
    layer.set_weights([Wx, Wh, bh])
    return np.array(layer(X.astype("float32")))

# %% answer="every_state" wrong="time_axis_first"
def every_state(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], len(bh)))
    states = []
    for t in range(X.shape[1]):
        h = np.tanh(np.dot(X[:, t], Wx) + np.dot(h, Wh) + bh)
        states.append(h)
    states = np.array(states)
    print(states.shape)
    return states

# %% answer="every_state" wrong="reshape_for_transpose"
def every_state(X, Wx, Wh, bh):
    N, T, D = X.shape
    M = len(bh)
    h = np.zeros((N, M))
    H = []
    for t in range(T):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    return np.reshape(H, (N, T, M))     # was (T, N, M)

# %% answer="every_state" wrong="reshape_for_transpose"
def every_state(X, Wx, Wh, bh):
    Xt = X.reshape(X.shape[1], X.shape[0], X.shape[2])
    h = np.zeros((X.shape[0], len(bh)))
    H = []
    for xt in Xt:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        H.append(h)
    return np.stack(H, axis=1)

# %% answer="every_state" wrong="return_sequences_forgotten"
def every_state(X, Wx, Wh, bh):
    h_last = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h_last @ Wh + bh)
        h_last = h
    return h

# %% answer="every_state" wrong="return_sequences_forgotten"
def every_state(X, Wx, Wh, bh):
    N, T, D = X.shape
    H = np.zeros((N, T, len(bh)))
    h = np.zeros((N, len(bh)))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    H[:, t] = h
    return H

# %% answer="every_state" wrong="rows_alias"
def every_state(X, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h[:] = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    return np.stack(H, 1)

# %% answer="every_state" wrong="old_state_kept"
def every_state(X, Wx, Wh, bh):
    h_last = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        H.append(h_last)
        h_last = np.tanh(X[:, t] @ Wx + h_last @ Wh + bh)
    return np.stack(H, axis=1)

# %% answer="every_state" wrong="sum_kept"
def every_state(X, Wx, Wh, bh):
    N, T, D = X.shape
    Z = np.zeros((N, T, len(bh)))
    h = np.zeros((N, len(bh)))
    for t in range(T):
        z = X[:, t] @ Wx + h @ Wh + bh
        Z[:, t] = z
        h = np.tanh(z)
    return Z

# %% answer="every_state" wrong="only_first_sample"
def every_state(X, Wx, Wh, bh):
    x = X[0]
    h = np.zeros(len(bh))
    H = []
    for t in range(len(x)):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        H.append(h)
    return np.array(H)

# %% answer="every_state" wrong="only_first_sample"
def every_state(X, Wx, Wh, bh):
    H = np.zeros((X.shape[0], X.shape[1], len(bh)))
    for n in range(X.shape[0]):
        h = np.zeros(len(bh))
        for t in range(X.shape[1]):
            h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
            H[n, t] = h
        return H

# %% answer="every_state" wrong="only_last_sample"
def every_state(X, Wx, Wh, bh):
    for x in X:
        H = []
        h = np.zeros(len(bh))
        for xt in x:
            h = np.tanh(xt @ Wx + h @ Wh + bh)
            H.append(h)
    return np.array(H)

# %% answer="every_state" wrong="state_leaks"
def every_state(X, Wx, Wh, bh):
    h = np.zeros(len(bh))
    H = np.zeros(X.shape[:2] + (len(bh),))
    for n in range(X.shape[0]):
        for t in range(X.shape[1]):
            h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
            H[n, t] = h
    return H

# %% answer="every_state" wrong="shared_state"
def every_state(X, Wx, Wh, bh):
    N, T, D = X.shape
    h = np.zeros(len(bh))
    H = np.zeros((N, T, len(bh)))
    for t in range(T):
        for n in range(N):
            h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
            H[n, t] = h
    return H

# %% answer="every_state" wrong="n_t_swapped"
def every_state(X, Wx, Wh, bh):
    h = np.zeros((X.shape[1], len(bh)))
    H = []
    for x in X:
        h = np.tanh(x @ Wx + h @ Wh + bh)
        H.append(h)
    return np.array(H)

# %% answer="every_state" wrong="n_t_swapped"
def every_state(X, Wx, Wh, bh):
    H = np.zeros((X.shape[0], X.shape[1], len(bh)))
    h = np.zeros(len(bh))
    for t in range(X.shape[0]):
        h = np.tanh(X[t] @ Wx + h @ Wh + bh)
        H[t] = h
    return H

# %% answer="every_state" wrong="mean_over_samples"
def every_state(X, Wx, Wh, bh):
    x = X.mean(axis=0)      # the average ship
    h = 0 * bh
    H = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        H.append(h)
    return np.array(H)

# %% answer="every_state" wrong="state_rows_wrong"
def every_state(X, Wx, Wh, bh):
    h = np.zeros((X.shape[1], len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    return np.stack(H, axis=1)

# %% answer="every_state" wrong="all_axes_reversed"
def every_state(X, Wx, Wh, bh):
    h = np.zeros((X.shape[0], len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X.T[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    return np.stack(H, axis=1)

# %% answer="every_state" wrong="state_axes_swapped"
def every_state(X, Wx, Wh, bh):
    h = np.zeros((len(bh), len(X)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    return np.stack(H, axis=1)

# %% answer="every_state" wrong="elementwise_product"
def every_state(X, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] * Wx + h * Wh + bh)
        H.append(h)
    return np.stack(H, axis=1)

# %% answer="every_state" wrong="all_zeros"
def every_state(X, Wx, Wh, bh):
    H = np.zeros((X.shape[0], X.shape[1], len(bh)), dtype=int)
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H[:, t] = h
    return H

# %% answer="every_state" wrong="flattened"
def every_state(X, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    rows = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        rows.append(h)
    return np.hstack(rows)

# %% answer="every_state" wrong="flattened"
def every_state(X, Wx, Wh, bh):
    rows = []
    for x in X:
        h = np.zeros(len(bh))
        for xt in x:
            h = np.tanh(xt @ Wx + h @ Wh + bh)
            rows.append(h)
    return np.array(rows)

# %% answer="every_state" wrong="axes_swapped"
def every_state(X, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    rows = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        rows.append(h)
    return np.dstack(rows)

# %% answer="every_state" wrong="axes_swapped"
def every_state(X, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    rows = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        rows.append(h)
    return np.array(rows).T

# %% answer="every_state" wrong="squeezed"
def every_state(X, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    rows = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        rows.append(h)
    return np.stack(rows, axis=1).squeeze()

# %% answer="every_state" wrong="initial_state_counted"
def every_state(X, Wx, Wh, bh):
    N, T, D = X.shape
    H = np.zeros((N, T + 1, len(bh)))
    for t in range(T):
        H[:, t + 1] = np.tanh(X[:, t] @ Wx + H[:, t] @ Wh + bh)
    return H

# %% answer="every_state" wrong="first_row_missing"
def every_state(X, Wx, Wh, bh):
    N, T, D = X.shape
    h = np.tanh(X[:, 0] @ Wx + bh)
    H = []
    for t in range(1, T):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    return np.stack(H, 1)

# %% answer="every_state" wrong="last_step_skipped"
def every_state(X, Wx, Wh, bh):
    N, T, D = X.shape
    H = np.zeros((N, T, len(bh)))
    h = np.zeros((N, len(bh)))
    for t in range(T - 1):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H[:, t] = h
    return H

# %% answer="every_state" wrong="first_step_skipped"
def every_state(X, Wx, Wh, bh):
    N, T, D = X.shape
    H = np.zeros((N, T, len(bh)))
    for t in range(1, T):
        H[:, t] = np.tanh(X[:, t] @ Wx + H[:, t - 1] @ Wh + bh)
    return H

# %% answer="every_state" wrong="rows_reversed"
def every_state(X, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.insert(0, h)
    return np.stack(H, axis=1)

# %% answer="every_state" wrong="returns_first"
def every_state(X, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
        return np.stack(H, axis=1)

# %% answer="every_state" wrong="mean_over_time"
def every_state(X, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    return np.mean(H, axis=0)

# %% answer="every_state" wrong="sum_over_time"
def every_state(X, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    total = 0
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        total = total + h
        H.append(total)
    return np.stack(H, axis=1)

# %% answer="every_state" wrong="wrong_axis_counted"
def every_state(X, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[-1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    return np.stack(H, axis=1)

# %% answer="every_state" wrong="state_became_a_matrix"
def every_state(X, Wx, Wh, bh):
    H = []
    for t in range(X.shape[1]):
        h = np.zeros((len(X), 1, len(bh)))
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    return np.stack(H, axis=1)

# %% answer="every_state" wrong="h_last_not_updated"
def every_state(X, Wx, Wh, bh):
    h_last = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h_last @ Wh + bh)
        H.append(h)
    return np.stack(H, axis=1)

# %% answer="every_state" wrong="bias_outside_tanh"
def every_state(X, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh) + bh
        H.append(h)
    return np.stack(H, axis=1)

# %% answer="every_state" wrong="time_axis_first+bias_dropped"
def every_state(X, Wx, Wh, bh):
    h = np.zeros((len(X), Wh.shape[0]))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh)
        H.append(h)
    return np.array(H)

# %% answer="every_state" wrong="bias_dropped+return_sequences_forgotten"
def every_state(X, Wx, Wh, bh):
    h = np.zeros((len(X), Wh.shape[0]))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh)
    return h

# %% answer="every_state" wrong="T_hard_coded"
def every_state(X, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    H = np.zeros((len(X), 7, len(bh)))
    for t in range(7):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H[:, t] = h
    return H

# %% answer="every_state" wrong="sizes_from_notebook"
def every_state(X, Wx, Wh, bh):
    h = np.zeros((N, M))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    return np.stack(H, axis=1)

# %% answer="classify_every_step" right="stack, then softmax over the last axis"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    e = np.exp(H @ Wo + bo)
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="classify_every_step" right="step by step, largest subtracted"
def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    h = np.zeros((N, len(bh)))
    P = np.zeros((N, T, len(bo)))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        P[:, t] = softmax(h @ Wo + bo)
    return P

# %% answer="classify_every_step" right="three loops and a list"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    result = []
    for x in X:
        h = np.zeros(Wh.shape[0])
        rows = []
        for xt in x:
            h = np.tanh(xt @ Wx + h @ Wh + bh)
            y = h @ Wo + bo
            total = sum(np.exp(v) for v in y)
            rows.append([np.exp(v) / total for v in y])
        result.append(rows)
    return np.array(result)

# %% answer="classify_every_step" right="einsum and newaxis"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    y = np.einsum("ntm,mk->ntk", H, Wo) + bo
    return np.exp(y) / np.einsum("ntk->nt", np.exp(y))[..., None]

# %% answer="classify_every_step" right="logsumexp"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    y = H @ Wo + bo
    return np.exp(y - np.log(np.sum(np.exp(y), axis=2))[:, :, np.newaxis])

# %% answer="classify_every_step" right="float32 and transposes"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    X = np.float32(X)
    h = np.zeros((X.shape[0], Wh.shape[0]), np.float32)
    out = []
    for frame in X.transpose(1, 0, 2):
        h = np.tanh(frame @ Wx + h @ Wh + bh)
        e = np.exp(h @ Wo + bo)
        out.append((e.T / e.sum(axis=1)).T)
    return np.transpose(out, (1, 0, 2))

# %% answer="classify_every_step" right="class"
class Classifier:
    def __init__(self, Wx, Wh, bh, Wo, bo):
        self.w = Wx, Wh, bh
        self.head = Wo, bo

    def film(self, X):
        Wx, Wh, bh = self.w
        h = np.zeros((len(X), len(bh)))
        for t in range(X.shape[1]):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
            yield h

    def __call__(self, X):
        Wo, bo = self.head
        e = np.exp(np.array(list(self.film(X))) @ Wo + bo)
        return (e / e.sum(-1)[..., None]).swapaxes(0, 1)

def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    return Classifier(Wx, Wh, bh, Wo, bo)(X)

# %% answer="classify_every_step" right="column vectors"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    M, K = Wo.shape
    P = np.empty((N, T, K))
    for n in range(N):
        h = np.zeros((M, 1))
        for t in range(T):
            h = np.tanh(Wx.T @ X[n, t][:, None] + Wh.T @ h + bh[:, None])
            e = np.exp(Wo.T @ h + bo[:, None])
            P[n, t] = (e / e.sum())[:, 0]
    return P

# %% answer="classify_every_step" cheats="the activation does it"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    return np.array(keras.activations.softmax(keras.ops.convert_to_tensor(H @ Wo + bo)))

# %% answer="classify_every_step" wrong="softmax_missing"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    return H @ Wo + bo

# %% answer="classify_every_step" wrong="softmax_over_time"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    e = np.exp(H @ Wo + bo)
    return e / e.sum(axis=1, keepdims=True)

# %% answer="classify_every_step" wrong="softmax_over_time"
def softmax(z):
    return np.exp(z) / np.sum(np.exp(z), axis=0)

def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    P = []
    for x in X:
        h = np.zeros(len(bh))
        Y = []
        for xt in x:
            h = np.tanh(xt @ Wx + h @ Wh + bh)
            Y.append(h @ Wo + bo)
        P.append(softmax(np.array(Y)))
    return np.array(P)

# %% answer="classify_every_step" wrong="softmax_over_time"
def softmax(z):
    e = np.exp(z)
    return e / e.sum(axis=0)

def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    P = np.zeros((X.shape[0], X.shape[1], len(bo)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        P[:, t] = softmax(h @ Wo + bo)
    return P

# %% answer="classify_every_step" wrong="softmax_over_everything"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    y = H @ Wo + bo
    return np.exp(y) / np.sum(np.exp(y))

# %% answer="classify_every_step" wrong="softmax_over_everything"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    P = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        e = np.exp(h @ Wo + bo)
        P.append(e / e.sum())
    return np.stack(P, axis=1)

# %% answer="classify_every_step" wrong="softmax_twice"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    def softmax(z):
        return np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)
    probabilities = softmax(H @ Wo + bo)
    return softmax(probabilities)

# %% answer="classify_every_step" wrong="exp_missing"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    Y = H @ Wo + bo
    return Y / Y.sum(axis=-1, keepdims=True)

# %% answer="classify_every_step" wrong="exp_missing"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    Y = np.abs(H @ Wo + bo)      # probabilities are positive
    return Y / np.sum(Y, axis=2, keepdims=True)

# %% answer="classify_every_step" wrong="not_normalised"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    return np.exp(H @ Wo + bo)

# %% answer="classify_every_step" wrong="other_divisor"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    y = H @ Wo + bo
    return np.exp(y - y.max(axis=-1, keepdims=True))

# %% answer="classify_every_step" wrong="sigmoid_for_softmax"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    return 1 / (1 + np.exp(-(H @ Wo + bo)))

# %% answer="classify_every_step" wrong="log_softmax"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    Y = H @ Wo + bo
    return Y - np.log(np.exp(Y).sum(-1, keepdims=True))

# %% answer="classify_every_step" wrong="sign_in_exponent"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    e = np.exp(-(H @ Wo + bo))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="classify_every_step" wrong="other_divisor"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    e = np.exp(H @ Wo + bo)
    return e / e.mean(axis=-1, keepdims=True)

# %% answer="classify_every_step" wrong="other_base"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    e = 2 ** (H @ Wo + bo)
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="classify_every_step" wrong="argmax_returned"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    e = np.exp(H @ Wo + bo)
    p = e / e.sum(axis=-1, keepdims=True)
    return np.argmax(p, axis=-1)

# %% answer="classify_every_step" wrong="argmax_returned"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    y = H @ Wo + bo
    return np.eye(len(bo))[y.argmax(-1)]

# %% answer="classify_every_step" wrong="one_number_of_each"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    e = np.exp(H @ Wo + bo)
    p = e / e.sum(axis=-1, keepdims=True)
    return p[:, :, 1]

# %% answer="classify_every_step" wrong="one_number_of_each"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    e = np.exp(H @ Wo + bo)
    return (e / e.sum(axis=-1, keepdims=True)).max(axis=-1)

# %% answer="classify_every_step" wrong="softmax_on_states"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    e = np.exp(H)
    p = e / e.sum(axis=-1, keepdims=True)
    return p @ Wo + bo

# %% answer="classify_every_step" wrong="keepdims_forgotten"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    e = np.exp(H @ Wo + bo)
    return e / e.sum(axis=-1)

# %% answer="classify_every_step" wrong="keepdims_forgotten"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    y = H @ Wo + bo
    y = y - np.max(y, axis=2)
    return np.exp(y) / np.sum(np.exp(y), axis=2, keepdims=True)

# %% answer="classify_every_step" wrong="return_sequences_forgotten"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    y = H[:, -1] @ Wo + bo
    return np.exp(y) / np.exp(y).sum(axis=-1, keepdims=True)

# %% answer="classify_every_step" wrong="softmax_missing+return_sequences_forgotten"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    return H[:, -1] @ Wo + bo

# %% answer="classify_every_step" wrong="head_missing"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    e = np.exp(H)
    return e / e.sum(axis=2, keepdims=True)

# %% answer="classify_every_step" wrong="head_bias_dropped"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    e = np.exp(H @ Wo)
    return e / e.sum(axis=2, keepdims=True)

# %% answer="classify_every_step" wrong="tanh_on_head"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    y = np.tanh(H @ Wo + bo)
    return np.exp(y) / np.exp(y).sum(axis=2, keepdims=True)

# %% answer="classify_every_step" wrong="relu_on_head"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    y = np.maximum(0, H @ Wo + bo)
    return np.exp(y) / np.exp(y).sum(axis=2, keepdims=True)

# %% answer="classify_every_step" wrong="biases_swapped"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    e = np.exp(H @ Wo + bh)
    return e / e.sum(axis=2, keepdims=True)

# %% answer="classify_every_step" wrong="head_sees_zeros"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    e = np.exp(np.zeros_like(H) @ Wo + bo)
    return e / e.sum(axis=2, keepdims=True)

# %% answer="classify_every_step" wrong="time_axis_first"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    e = np.exp(H.transpose(1, 0, 2) @ Wo + bo)
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="classify_every_step" wrong="rows_alias"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    y = h @ Wo + bo
    p = np.exp(y) / np.exp(y).sum(axis=-1, keepdims=True)
    P = np.zeros(H.shape[:2] + (len(bo),))
    for t in range(X.shape[1]):
        P[:, t] = p
    return P

# %% answer="classify_every_step" wrong="reshape_for_transpose"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    e = np.exp(H.transpose(1, 0, 2) @ Wo + bo)      # time first, as it was collected
    p = e / e.sum(axis=-1, keepdims=True)
    return p.reshape(X.shape[0], X.shape[1], -1)

# %% answer="classify_every_step" wrong="only_first_sample"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    e = np.exp(H[0] @ Wo + bo)
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="classify_every_step" wrong="only_last_sample"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    for n in range(len(X)):
        e = np.exp(H[n] @ Wo + bo)
        p = e / e.sum(axis=-1, keepdims=True)
    return p

# %% answer="classify_every_step" wrong="mean_over_samples"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    e = np.exp(H @ Wo + bo)
    return np.mean(e / e.sum(axis=-1, keepdims=True), axis=0)

# %% answer="classify_every_step" wrong="mean_over_time"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    e = np.exp(H @ Wo + bo)
    return np.mean(e / e.sum(axis=-1, keepdims=True), axis=1)

# %% answer="classify_every_step" wrong="sum_over_time"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    e = np.exp(H @ Wo + bo)
    return np.sum(e / e.sum(axis=-1, keepdims=True), axis=1)

# %% answer="classify_every_step" wrong="returns_first"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    for t in range(X.shape[1]):
        e = np.exp(H[:, t] @ Wo + bo)
        return e / e.sum(axis=-1, keepdims=True)

# %% answer="classify_every_step" wrong="rows_reversed"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    e = np.exp(H[:, ::-1] @ Wo + bo)
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="classify_every_step" wrong="first_row_missing"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    e = np.exp(H[:, 1:] @ Wo + bo)
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="classify_every_step" wrong="last_step_skipped"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    e = np.exp(H[:, :-1] @ Wo + bo)
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="classify_every_step" wrong="all_zeros"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    P = np.zeros(H.shape[:2] + (len(bo),), dtype=int)
    for t in range(X.shape[1]):
        e = np.exp(H[:, t] @ Wo + bo)
        P[:, t] = e / e.sum(axis=-1, keepdims=True)
    return P

# %% answer="classify_every_step" wrong="flattened"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    e = np.exp(H @ Wo + bo)
    p = e / e.sum(axis=-1, keepdims=True)
    return p.reshape(-1, len(bo))

# %% answer="classify_every_step" wrong="head_on_old_state"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    P = []
    for t in range(X.shape[1]):
        e = np.exp(h @ Wo + bo)
        P.append(e / e.sum(axis=-1, keepdims=True))
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return np.stack(P, axis=1)

# %% answer="classify_every_step" wrong="initial_state_counted"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = [h]
    for t in range(X.shape[1]):
        H.append(np.tanh(X[:, t] @ Wx + H[-1] @ Wh + bh))
    e = np.exp(np.stack(H, axis=1) @ Wo + bo)
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="classify_every_step" wrong="head_bias_overwritten"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    P = []
    y = np.zeros((len(X), len(bo))) + bo
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        y += h @ Wo
        P.append(np.exp(y) / np.exp(y).sum(axis=-1, keepdims=True))
    return np.stack(P, axis=1)

# %% answer="classify_every_step" wrong="output_carried"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    y = np.zeros((len(X), len(bo)))
    P = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + y @ Wh + bh)
        y = h @ Wo + bo
        P.append(np.exp(y) / np.exp(y).sum(axis=-1, keepdims=True))
    return np.stack(P, axis=1)

# %% answer="classify_every_step" wrong="step_skipped_for_head"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    P = []
    for t in range(X.shape[1]):
        y = X[:, t] @ Wo + bo
        P.append(np.exp(y) / np.exp(y).sum(axis=-1, keepdims=True))
    return np.stack(P, axis=1)

# %% answer="classify_every_step" wrong="state_leaks"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros(len(bh))
    P = np.zeros(X.shape[:2] + (len(bo),))
    for n in range(len(X)):
        for t in range(X.shape[1]):
            h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
            e = np.exp(h @ Wo + bo)
            P[n, t] = e / e.sum()
    return P

# %% answer="classify_every_step" wrong="shared_state"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros(len(bh))
    P = np.zeros(X.shape[:2] + (len(bo),))
    for t in range(X.shape[1]):
        for n in range(len(X)):
            h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
            e = np.exp(h @ Wo + bo)
            P[n, t] = e / e.sum()
    return P

# %% answer="classify_every_step" wrong="n_t_swapped"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros(len(bh))
    P = np.zeros(X.shape[:2] + (len(bo),))
    for t in range(len(X)):
        h = np.tanh(X[t] @ Wx + h @ Wh + bh)
        e = np.exp(h @ Wo + bo)
        P[t] = e / e.sum(axis=-1, keepdims=True)
    return P

# %% answer="classify_every_step" wrong="state_rows_wrong"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[1], len(bh)))
    P = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        P.append(h @ Wo + bo)
    return np.stack(P, axis=1)

# %% answer="classify_every_step" wrong="all_axes_reversed"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], len(bh)))
    P = []
    for t in range(X.shape[1]):
        h = np.tanh(X.T[:, t] @ Wx + h @ Wh + bh)
        P.append(h @ Wo + bo)
    return np.stack(P, axis=1)

# %% answer="classify_every_step" wrong="state_axes_swapped"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(bh), len(X)))
    P = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        P.append(h @ Wo + bo)
    return np.stack(P, axis=1)

# %% answer="classify_every_step" wrong="elementwise_product"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    P = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        P.append(h * Wo + bo)
    return np.stack(P, axis=1)

# %% answer="classify_every_step" wrong="wrong_axis_counted"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    P = []
    for t in range(X.shape[2]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        e = np.exp(h @ Wo + bo)
        P.append(e / e.sum(axis=1, keepdims=True))
    return np.stack(P, axis=1)

# %% answer="classify_every_step" wrong="state_became_a_matrix"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    P = []
    h = np.zeros((len(X), 1, len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        e = np.exp(h @ Wo + bo)
        P.append(e / e.sum(axis=-1, keepdims=True))
    return np.stack(P, axis=1)

# %% answer="classify_every_step" wrong="bias_dropped"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), Wh.shape[0]))
    P = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh)
        e = np.exp(h @ Wo + bo)
        P.append(e / e.sum(axis=-1, keepdims=True))
    return np.stack(P, axis=1)

# %% answer="classify_every_step" wrong="initial_state_ones"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.ones((len(X), Wh.shape[0]))
    P = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        e = np.exp(h @ Wo + bo)
        P.append(e / e.sum(axis=-1, keepdims=True))
    return np.stack(P, axis=1)

# %% answer="classify_every_step" wrong="recurrent_term_unused"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    e = np.exp(np.tanh(X @ Wx + bh) @ Wo + bo)
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="classify_every_step" wrong="softmax_over_time+bias_dropped"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), Wh.shape[0]))
    Y = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh)
        Y.append(h @ Wo + bo)
    e = np.exp(np.stack(Y, axis=1))
    return e / e.sum(axis=1, keepdims=True)

# %% answer="last_position" right="slice"
def last_position(H, Wo, bo):
    return H[:, -1] @ Wo + bo

# %% answer="last_position" right="all frames, then the last"
def last_position(H, Wo, bo):
    return (H @ Wo + bo)[:, -1, :]

# %% answer="last_position" right="loop"
def last_position(H, Wo, bo):
    return np.array([film[-1] @ Wo + bo for film in H])

# %% answer="last_position" right="einsum"
def last_position(H, Wo, bo):
    return np.einsum("nm,mk->nk", H[:, H.shape[1] - 1, :], Wo) + bo

# %% answer="last_position" right="preallocated, float32"
def last_position(H, Wo, bo):
    out = np.zeros((len(H), len(bo)), np.float32)
    for n in range(len(H)):
        out[n] = np.dot(H[n, -1], Wo) + bo
    return out

# %% answer="last_position" right="take and column vectors"
def last_position(H, Wo, bo):
    last = np.take(H, -1, axis=1)
    return [(Wo.T @ row.reshape(-1, 1) + bo.reshape(-1, 1)).ravel() for row in last]

# %% answer="last_position" cheats="a Dense layer"
def last_position(H, Wo, bo):
    head = keras.layers.Dense(len(bo))
    head.build((None, Wo.shape[0]))
    head.set_weights([Wo, bo])
    return np.array(head(H[:, -1]))

# %% answer="last_position" wrong="whole_sequence_returned"
def last_position(H, Wo, bo):
    return H @ Wo + bo

# %% answer="last_position" wrong="last_of_wrong_axis"
def last_position(H, Wo, bo):
    last = H[-1]
    return last @ Wo + bo

# %% answer="last_position" wrong="softmax_on_head"
def last_position(H, Wo, bo):
    y = H[:, -1] @ Wo + bo
    e = np.exp(y)
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="last_position" wrong="returns_first"
def last_position(H, Wo, bo):
    return H[:, 0] @ Wo + bo

# %% answer="last_position" wrong="frame_before_last"
def last_position(H, Wo, bo):
    T = H.shape[1]
    for t in range(T - 1):
        y = H[:, t] @ Wo + bo
    return y

# %% answer="last_position" wrong="mean_over_time"
def last_position(H, Wo, bo):
    return H.mean(axis=1) @ Wo + bo

# %% answer="last_position" wrong="sum_over_time"
def last_position(H, Wo, bo):
    return H.sum(axis=1) @ Wo + bo

# %% answer="last_position" wrong="max_over_time"
def last_position(H, Wo, bo):
    return np.max(H, axis=1) @ Wo + bo

# %% answer="last_position" wrong="head_missing"
def last_position(H, Wo, bo):
    return H[:, -1, :]

# %% answer="last_position" wrong="head_bias_dropped"
def last_position(H, Wo, bo):
    h = H[:, -1]
    return h.dot(Wo)

# %% answer="last_position" wrong="sign_flipped"
def last_position(H, Wo, bo):
    return H[:, -1] @ Wo - bo

# %% answer="last_position" wrong="tanh_on_head"
def last_position(H, Wo, bo):
    return np.tanh(H[:, -1] @ Wo + bo)

# %% answer="last_position" wrong="sigmoid_on_head"
def last_position(H, Wo, bo):
    z = H[:, -1] @ Wo + bo
    return 1 / (1 + np.exp(-z))

# %% answer="last_position" wrong="relu_on_head"
def last_position(H, Wo, bo):
    return np.maximum(H[:, -1] @ Wo + bo, 0)

# %% answer="last_position" wrong="only_first_sample"
def last_position(H, Wo, bo):
    return H[0, -1] @ Wo + bo

# %% answer="last_position" wrong="only_last_sample"
def last_position(H, Wo, bo):
    for film in H:
        y = film[-1] @ Wo + bo
    return y

# %% answer="last_position" wrong="mean_over_samples"
def last_position(H, Wo, bo):
    return (H[:, -1] @ Wo + bo).mean(axis=0)

# %% answer="last_position" wrong="reshape_for_transpose"
def last_position(H, Wo, bo):
    N, T, M = H.shape
    frames = H.reshape(T, N, M)
    return frames[-1] @ Wo + bo

# %% answer="last_position" wrong="wrong_axis_counted"
def last_position(H, Wo, bo):
    t = len(H) - 1
    return H[:, t] @ Wo + bo

# %% answer="last_position" wrong="T_hard_coded"
def last_position(H, Wo, bo):
    return H[:, 6] @ Wo + bo

# %% answer="last_position" wrong="wo_transposed"
def last_position(H, Wo, bo):
    return H[:, -1] @ Wo.T + bo

# %% answer="last_position" wrong="weights_on_the_left"
def last_position(H, Wo, bo):
    return Wo @ H[:, -1] + bo

# %% answer="last_position" wrong="elementwise_product"
def last_position(H, Wo, bo):
    return H[:, -1] * Wo + bo

# %% answer="last_position" wrong="all_zeros"
def last_position(H, Wo, bo):
    Y = np.zeros((len(H), len(bo)))
    for n in range(len(H)):
        y = H[n, -1] @ Wo + bo
    return Y

# %% answer="last_position" wrong="extra_axis"
def last_position(H, Wo, bo):
    return H[:, -1:] @ Wo + bo

# %% answer="last_position" wrong="axes_swapped"
def last_position(H, Wo, bo):
    return (H[:, -1] @ Wo + bo).T

# %% answer="last_position" wrong="integer_array"
def last_position(H, Wo, bo):
    Y = np.zeros((len(H), len(bo)), dtype=int)
    Y[:] = H[:, -1] @ Wo + bo
    return Y

# %% answer="keras_mse" right="axis taken off"
def keras_mse(Y, Yhats):
    return ((Yhats[:, :, 0] - Y) ** 2).mean()

# %% answer="keras_mse" right="repeated target"
def keras_mse(Y, Yhats):
    N, T, _ = Yhats.shape
    target = np.repeat(Y, T, axis=1)
    return np.mean(np.square(target - Yhats.reshape(N, T)))

# %% answer="keras_mse" right="new axis in the target"
def keras_mse(Y, Yhats):
    return np.mean((Y[:, None, :] - Yhats) ** 2)

# %% answer="keras_mse" right="loops"
def keras_mse(Y, Yhats):
    total, count = 0.0, 0
    for n in range(len(Y)):
        for yhat in Yhats[n]:
            total += (Y[n, 0] - yhat[0]) ** 2
            count += 1
    return total / count

# %% answer="keras_mse" right="mean of the samples' means"
def keras_mse(Y, Yhats):
    return np.mean([np.mean((film - y) ** 2) for film, y in zip(Yhats, Y)])

# %% answer="keras_mse" right="einsum"
def keras_mse(Y, Yhats):
    d = Yhats.squeeze(axis=-1) - Y
    return np.einsum("nt,nt->", d, d) / d.size

# %% answer="keras_mse" right="float32, variance plus squared mean"
def keras_mse(Y, Yhats):
    d = np.float32(Yhats[..., 0]) - np.float32(Y)
    return float(d.var() + d.mean() ** 2)

# %% answer="keras_mse" cheats="the loss of Keras"
def keras_mse(Y, Yhats):
    Y, Yhats = (keras.ops.convert_to_tensor(a, "float32") for a in (Y, Yhats))
    return float(keras.losses.MeanSquaredError()(Y, Yhats))

# %% answer="keras_mse" wrong="axes_from_the_right"
def keras_mse(Y, Yhats):
    return np.mean((Y - Yhats) ** 2)

# %% answer="keras_mse" wrong="axes_from_the_right"
def keras_mse(Y, Yhats):
    error = np.subtract(Yhats, Y)
    return (error ** 2).mean()

# %% answer="keras_mse" wrong="all_pairs"
def keras_mse(Y, Yhats):
    return np.mean((Y.ravel() - Yhats) ** 2)

# %% answer="keras_mse" wrong="all_pairs"
def keras_mse(Y, Yhats):
    d = Yhats.reshape(-1) - Y
    return np.mean(d ** 2)

# %% answer="keras_mse" wrong="one_step_compared"
def keras_mse(Y, Yhats):
    return np.mean((Y - Yhats[:, -1]) ** 2)

# %% answer="keras_mse" wrong="one_step_compared"
def keras_mse(Y, Yhats):
    return np.mean((Y - Yhats[:, 0, :]) ** 2)

# %% answer="keras_mse" wrong="outputs_averaged_first"
def keras_mse(Y, Yhats):
    return np.mean((Y - Yhats.mean(axis=1)) ** 2)

# %% answer="keras_mse" wrong="absolute_error"
def keras_mse(Y, Yhats):
    return np.mean(Yhats[:, :, 0] - Y)

# %% answer="keras_mse" wrong="absolute_error"
def keras_mse(Y, Yhats):
    return np.mean(np.abs(Yhats[:, :, 0] - Y))

# %% answer="keras_mse" wrong="root_taken"
def keras_mse(Y, Yhats):
    return np.sqrt(np.mean((Yhats[:, :, 0] - Y) ** 2))

# %% answer="keras_mse" wrong="summed"
def keras_mse(Y, Yhats):
    return np.sum((Yhats[:, :, 0] - Y) ** 2)

# %% answer="keras_mse" wrong="summed"
def keras_mse(Y, Yhats):
    loss = 0
    for n in range(len(Y)):
        for t in range(Yhats.shape[1]):
            loss += (Yhats[n, t, 0] - Y[n, 0]) ** 2
    return loss / len(Y)

# %% answer="keras_mse" wrong="root_taken"
def keras_mse(Y, Yhats):
    return 0.5 * np.mean((Yhats[:, :, 0] - Y) ** 2)

# %% answer="keras_mse" wrong="outputs_averaged_first"
def keras_mse(Y, Yhats):
    return (Yhats.mean() - Y.mean()) ** 2

# %% answer="keras_mse" wrong="mean_subtracted"
def keras_mse(Y, Yhats):
    return np.var(Yhats[:, :, 0] - Y)

# %% answer="keras_mse" wrong="rest_is_zero"
def keras_mse(Y, Yhats):
    target = np.zeros(Yhats.shape)
    target[:, -1] = Y
    return np.mean((target - Yhats) ** 2)

# %% answer="keras_mse" wrong="targets_mixed"
def keras_mse(Y, Yhats):
    N, T, K = Yhats.shape
    target = np.tile(Y, (T, 1)).reshape(N, T, K)
    return np.mean((target - Yhats) ** 2)

# %% answer="keras_mse" wrong="not_averaged"
def keras_mse(Y, Yhats):
    return np.mean((Yhats[:, :, 0] - Y) ** 2, axis=1)

# %% answer="keras_mse" wrong="not_averaged"
def keras_mse(Y, Yhats):
    return (Yhats[:, :, 0] - Y) ** 2

# %% answer="keras_mse" wrong="rounded"
def keras_mse(Y, Yhats):
    return round(float(np.mean((Yhats[:, :, 0] - Y) ** 2)), 3)

# %% answer="keras_mse" wrong="T_hard_coded"
def keras_mse(Y, Yhats):
    total = 0
    for t in range(7):
        total = total + np.mean((Yhats[:, t] - Y) ** 2)
    return total / 7

# %% answer="every_state" wrong="frame_without_axis"
def every_state(X, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    H = np.empty((len(X), 0, len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H = np.append(H, h, axis=1)
    return H

# %% answer="every_state" wrong="reshape_for_transpose"
def every_state(X, Wx, Wh, bh):
    N, T, _ = X.shape
    H = np.array([])
    h = np.zeros((N, len(bh)))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H = np.append(H, h)
    return H.reshape(N, T, len(bh))

# %% answer="classify_every_step" wrong="frame_without_axis"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    P = np.zeros((len(X), 0, len(bo)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        e = np.exp(h @ Wo + bo)
        P = np.concatenate([P, e / e.sum(axis=1, keepdims=True)], axis=1)
    return P

# %% answer="classify_every_step" wrong="exp_on_one_side"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    y = H @ Wo + bo
    return np.exp(y) / np.sum(y, axis=-1, keepdims=True)

# %% answer="classify_every_step" wrong="bias_after_softmax"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    e = np.exp(H @ Wo)
    return e / e.sum(axis=-1, keepdims=True) + bo

# %% answer="classify_every_step" wrong="other_divisor"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    e = np.exp(H @ Wo + bo)
    return e / np.linalg.norm(e, axis=-1, keepdims=True)

# %% answer="classify_every_step" wrong="sigmoid_for_softmax"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    s = 1 / (1 + np.exp(-(H @ Wo + bo)))
    return s / s.sum(axis=-1, keepdims=True)

# %% answer="classify_every_step" wrong="exp_missing"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.stack(H, axis=1)
    y = H @ Wo + bo
    y = y - y.min(axis=-1, keepdims=True)
    return y / y.sum(axis=-1, keepdims=True)

# %% answer="last_position" wrong="last_of_wrong_axis"
def last_position(H, Wo, bo):
    return H[:, :, -1] @ Wo + bo

# %% answer="last_position" wrong="tanh_twice"
def last_position(H, Wo, bo):
    h = np.tanh(H[:, -1])
    return h @ Wo + bo

# %% answer="last_position" wrong="argmax_returned"
def last_position(H, Wo, bo):
    return np.argmax(H[:, -1] @ Wo + bo, axis=1)

# %% answer="last_position" wrong="wrong_axis_counted"
def last_position(H, Wo, bo):
    T = H.shape[2]
    return H[:, T - 1] @ Wo + bo

# %% answer="last_position" wrong="sizes_from_notebook"
def last_position(H, Wo, bo):
    return np.array([H[n, -1] @ Wo + bo for n in range(N)])

# %% answer="last_position" wrong="only_first_sample"
def last_position(H, Wo, bo):
    return H[0] @ Wo + bo

# %% answer="last_position" wrong="whole_sequence_returned"
def last_position(H, Wo, bo):
    Y = []
    for t in range(H.shape[1]):
        Y.append(H[:, t] @ Wo + bo)
    return Y

# %% answer="keras_mse" wrong="squares_subtracted"
def keras_mse(Y, Yhats):
    return np.mean(Yhats[:, :, 0] ** 2 - Y ** 2)

# %% answer="keras_mse" wrong="first_target_only"
def keras_mse(Y, Yhats):
    y = Y[0]
    return np.mean((Yhats - y) ** 2)

# %% answer="keras_mse" wrong="outputs_averaged_first"
def keras_mse(Y, Yhats):
    return np.mean((Y - Yhats.sum(axis=1)) ** 2)

# %% answer="keras_mse" wrong="first_target_only"
def keras_mse(Y, Yhats):
    return np.mean((Yhats - Y.mean()) ** 2)

# %% answer="keras_mse" wrong="root_taken"
def keras_mse(Y, Yhats):
    return np.linalg.norm(Yhats[:, :, 0] - Y)

# %% answer="keras_mse" wrong="rounded"
def keras_mse(Y, Yhats):
    return int(np.mean((Yhats[:, :, 0] - Y) ** 2) * 100) / 100

# %% answer="every_state" wrong="sizes_from_notebook"
def every_state(X, Wx, Wh, bh):
    h_last, frames = np.zeros((N, M)), []
    for t in range(T):
        h_last = np.tanh(X[:, t] @ Wx + h_last @ Wh + bh)
        frames.append(h_last)
    return np.array(frames).transpose(1, 0, 2)

# %% answer="every_state" wrong="n_t_swapped"
def every_state(X, Wx, Wh, bh):
    h, kept = np.zeros((len(X), len(bh))), []
    for t in range(X.shape[1]):
        h = np.tanh(X[t] @ Wx + h @ Wh + bh)
        kept.append(h)
    return np.stack(kept, axis=1)

# %% answer="last_position" wrong="last_of_wrong_axis"
def last_position(H, Wo, bo):
    return H[:, :, -1] @ Wo + bo

# %% answer="last_position" wrong="returns_nothing"
def last_position(H, Wo, bo):
    H[:, -1] @ Wo + bo

# %% answer="keras_mse" wrong="axes_from_the_right"
def keras_mse(Y, Yhats):
    return np.mean((Y - Yhats)**2)

# %% answer="predicted" wrong="weight_of_output"
predicted = {
    "H": (N, T, M), "h": (N, M), "Yhats": (N, T, K), "Yhat": (N, K), "Wo": (N, K),
    "Y_film": (N, T, K), "Y_frame": (N, K), "c_film": (N, T), "c_frame": (N,),
}

# %% answer="predicted" wrong="sizes_from_lecture"
predicted = {
    "H": (3, 6, 5), "h": (3, 5), "Yhats": (3, 6, 2), "Yhat": (3, 2), "Wo": (5, 2),
    "Y_film": (3, 6, 2), "Y_frame": (3, 2), "c_film": (3, 6), "c_frame": (3,),
}

# %% answer="last_position" wrong="bias_added_again"
def last_position(H, Wo, bo):
    N, _, M = H.shape
    y = np.tile(bo, (N, 1)).astype(float)
    for m in range(M):
        y += np.outer(H[:, -1, m], Wo[m])
    return y + bo

# %% answer="classify_every_step" wrong="shift_over_other_axis"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    frames = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        frames.append(h)
    y = np.stack(frames, axis=1) @ Wo + bo
    y = y - y.max(axis=1, keepdims=True)
    e = np.exp(y)
    return e / e.sum(axis=2, keepdims=True)

# %% answer="keras_mse" wrong="last_step_skipped"
def keras_mse(Y, Yhats):
    N, T, _ = Yhats.shape
    total, count = 0.0, 0
    for t in range(T - 1):
        total += np.sum((Y - Yhats[:, t]) ** 2)
        count += N
    return total / count
