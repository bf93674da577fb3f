# %% [markdown]
# Answers to assignment 05, written the way students write them, independent of the catalogue in `rnnshapes`.
# One answer per cell; see `01_rnn_shapes.py` for what the keys mean.

# %% answer="predicted" right="letters"
predicted = {
    "X": (N, T, D), "mask": (N, T), "mask[:, t]": (N,),
    "h": (N, T, M), "h_last": (N, M), "h_mean": (N, M), "Yhats": (N, T, K),
}

# %% answer="predicted" right="numbers and lists"
predicted = {
    "X": (4, 6, 3),
    "mask": [4, 6],
    "mask[:, t]": (4,),
    "h": [4, 6, 5],
    "h_last": (4, 5),
    "h_mean": (4, 5),
    "Yhats": (4, 6, 2),
}

# %% answer="predicted" wrong="mask_per_feature"
predicted = {
    "X": (N, T, D), "mask": (N, T, D), "mask[:, t]": (N,),
    "h": (N, T, M), "h_last": (N, M), "h_mean": (N, M), "Yhats": (N, T, K),
}

# %% answer="predicted" wrong="lengths_for_mask"
predicted = {
    "X": (N, T, D),
    "mask": (N,),          # one length per film
    "mask[:, t]": (N,),
    "h": (N, T, M), "h_last": (N, M), "h_mean": (N, M), "Yhats": (N, T, K),
}

# %% answer="predicted" wrong="mask_of_one_sample"
predicted = {
    "X": (N, T, D), "mask": (N, T), "mask[:, t]": (T,),
    "h": (N, T, M), "h_last": (N, M), "h_mean": (N, M), "Yhats": (N, T, K),
}

# %% answer="predicted" wrong="mask_of_one_sample"
predicted = {
    "X": (N, T, D), "mask": (N, T), "mask[:, t]": (),   # a single True or False
    "h": (N, T, M), "h_last": (N, M), "h_mean": (N, M), "Yhats": (N, T, K),
}

# %% answer="predicted" wrong="steps_cut_out"
predicted = {
    "X": (N, T, D), "mask": (N, T), "mask[:, t]": (N,),
    "h": (N, M), "h_last": (N, M), "h_mean": (N, M), "Yhats": (N, T, K),
}

# %% answer="predicted" wrong="time_axis_kept"
predicted = {
    "X": (N, T, D), "mask": (N, T), "mask[:, t]": (N,),
    "h": (N, T, M), "h_last": (N, M), "h_mean": (N, T, M), "Yhats": (N, T, K),
}

# %% answer="predicted" wrong="return_sequences_forgotten"
predicted = {
    "X": (N, T, D), "mask": (N, T), "mask[:, t]": (N,),
    "h": (N, T, M), "h_last": (N, M), "h_mean": (N, M), "Yhats": (N, K),
}

# %% answer="predicted" wrong="batch_axis_forgotten"
predicted = {
    "X": (N, T, D), "mask": (T,), "mask[:, t]": (N,),
    "h": (N, T, M), "h_last": (N, M), "h_mean": (M,), "Yhats": (N, T, K),
}

# %% answer="mask_of" right="any over the features"
def mask_of(X, value):
    return np.any(X != value, axis=-1)

# %% answer="mask_of" right="not all equal"
def mask_of(X, value):
    is_pad = np.all(X == value, axis=2)
    return ~is_pad

# %% answer="mask_of" right="loops"
def mask_of(X, value):
    N, T, D = X.shape
    mask = np.zeros((N, T), dtype=bool)
    for n in range(N):
        for t in range(T):
            for d in range(D):
                if X[n, t, d] != value:
                    mask[n, t] = True
    return mask

# %% answer="mask_of" right="comprehension with any()"
def mask_of(X, value):
    return [[any(feature != value for feature in step) for step in film] for film in X]

# %% answer="mask_of" right="distance from the padding"
def mask_of(X, value):
    return np.abs(X - value).sum(axis=2) > 0

# %% answer="mask_of" right="count, then compare"
def mask_of(X, value):
    n_equal = (X == value).sum(axis=2)
    return n_equal < X.shape[2]

# %% answer="mask_of" right="max, as ints"
def mask_of(X, value):
    return (X != value).max(axis=-1).astype(int)

# %% answer="mask_of" right="array_equal"
def mask_of(X, value):
    pad = np.full(X.shape[-1], value)
    return np.array([[not np.array_equal(x_t, pad) for x_t in x] for x in X])

# %% answer="mask_of" wrong="all_for_any"
def mask_of(X, value):
    return np.all(X != value, axis=2)

# %% answer="mask_of" wrong="all_for_any"
def mask_of(X, value):
    out = []
    for x in X:
        row = []
        for step in x:
            # "value in step" -> padded
            row.append(value not in step)
        out.append(row)
    return np.array(out)

# %% answer="mask_of" wrong="sum_for_any"
def mask_of(X, value):
    # a padded step is padded everywhere, so feature 0 is enough
    return X[:, :, 0] != value

# %% answer="mask_of" wrong="sum_for_any"
def mask_of(X, value):
    return X[..., -1] != value

# %% answer="mask_of" wrong="sum_for_any"
def mask_of(X, value):
    D = X.shape[2]
    total = X.sum(axis=2)
    return total != D * value

# %% answer="mask_of" wrong="sum_for_any"
def mask_of(X, value):
    return np.sum(X, axis=-1) != value

# %% answer="mask_of" wrong="sum_for_any"
def mask_of(X, value):
    return X.mean(axis=2) != value

# %% answer="mask_of" wrong="value_ignored"
def mask_of(X, value):
    return (X != 0).any(axis=2)

# %% answer="mask_of" wrong="value_ignored"
def mask_of(X, value):
    return np.abs(X).sum(axis=2) > 0

# %% answer="mask_of" wrong="one_sided"
def mask_of(X, value):
    return (X > value).any(-1)

# %% answer="mask_of" wrong="one_sided"
def mask_of(X, value):
    return X.max(axis=2) > value

# %% answer="mask_of" wrong="mask_per_feature"
def mask_of(X, value):
    m = X != value
    print(m.shape)
    return m

# %% answer="mask_of" wrong="mask_counts"
def mask_of(X, value):
    return np.sum(X != value, axis=2)

# %% answer="mask_of" wrong="mask_counts"
def mask_of(X, value):
    return np.count_nonzero(X - value, axis=2)

# %% answer="mask_of" wrong="lengths_for_mask"
def mask_of(X, value):
    real = (X != value).any(axis=2)
    lengths = real.sum(axis=1)
    return lengths

# %% answer="mask_of" wrong="mask_inverted"
def mask_of(X, value):
    # mask = the steps to mask
    return (X == value).all(axis=2)

# %% answer="mask_of" wrong="mask_inverted"
def mask_of(X, value):
    return np.any(X == value, axis=2)

# %% answer="mask_of" wrong="one_mask_for_batch"
def mask_of(X, value):
    x = X[0]
    row = (x != value).any(axis=1)
    return np.tile(row, (len(X), 1))

# %% answer="mask_of" wrong="one_mask_for_batch"
def mask_of(X, value):
    return (X != value).any(axis=(0, 2))

# %% answer="mask_of" wrong="padding_at_the_end"
def mask_of(X, value):
    N, T, D = X.shape
    mask = np.zeros((N, T), dtype=bool)
    for n in range(N):
        length = sum((X[n, t] != value).any() for t in range(T))
        mask[n, :length] = True
    return mask

# %% answer="mask_of" wrong="gaps_run_through"
def mask_of(X, value):
    N, T, D = X.shape
    mask = np.ones((N, T), bool)
    for n in range(N):
        # walk back from the end as long as it is padding
        t = T - 1
        while t >= 0 and np.all(X[n, t] == value):
            mask[n, t] = False
            t -= 1
    return mask

# %% answer="mask_of" wrong="stops_at_first_padding"
def mask_of(X, value):
    mask = np.zeros(X.shape[:2], dtype=bool)
    for n, film in enumerate(X):
        for t, step in enumerate(film):
            if (step == value).all():
                break
            mask[n, t] = True
    return mask

# %% answer="mask_of" wrong="steps_cut_out"
def mask_of(X, value):
    keep = (X != value).any(axis=2)
    return X[keep]

# %% answer="mask_of" wrong="mask_on_wrong_axis"
def mask_of(X, value):
    return (X != value).any(axis=1)

# %% answer="mask_of" wrong="mask_on_wrong_axis"
def mask_of(X, value):
    return np.any(X != value, 0)

# %% answer="mask_of" wrong="lengths_for_mask"
def mask_of(X, value):
    return np.argwhere((X != value).any(axis=2))

# %% answer="mask_of" wrong="lengths_for_mask"
def mask_of(X, value):
    return np.nonzero(np.any(X != value, axis=2))

# %% answer="mask_of" wrong="mask_counts"
def mask_of(X, value):
    # keep the real ones, zero out the padding
    return X * (X != value)

# %% answer="mask_of" wrong="gaps_run_through"
def mask_of(X, value):
    mask = np.zeros(X.shape[:2], bool)
    for n, x in enumerate(X):
        t = 0
        while t < len(x) and (x[t] == value).all():
            t += 1
        mask[n, t:] = True
    return mask

# %% answer="mask_of" wrong="gaps_run_through"
def mask_of(X, value):
    m = (X != value).any(axis=2)
    first_real = np.argmax(m, axis=1)
    return np.arange(X.shape[1]) >= first_real[:, None]

# %% answer="mask_of" wrong="mask_on_wrong_axis"
def mask_of(X, value):
    return np.any(X != value)

# %% answer="mask_of" wrong="truth_of_an_array"
def mask_of(X, value):
    mask = []
    for film in X:
        row = []
        for step in film:
            if step == value:
                row.append(False)
            else:
                row.append(True)
        mask.append(row)
    return np.array(mask)

# %% answer="mask_of" wrong="minus_for_not"
def mask_of(X, value):
    padded = (X == value).all(axis=-1)
    return -padded

# %% answer="mask_of" wrong="axes_swapped"
def mask_of(X, value):
    return np.array([(X[:, t] != value).any(axis=1) for t in range(X.shape[1])])

# %% answer="mask_of" wrong="extra_axis"
def mask_of(X, value):
    return np.any(X != value, axis=2, keepdims=True)

# %% answer="mask_of" wrong="sizes_from_notebook"
def mask_of(X, value):
    mask = np.zeros((N, T), bool)
    for n in range(N):
        for t in range(T):
            mask[n, t] = (X[n, t] != value).any()
    return mask

# %% answer="mask_of" cheats="keras_layer"
def mask_of(X, value):
    return np.array(keras.layers.Masking(mask_value=value).compute_mask(X))

# %% answer="last_state" right="np.where"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    for t in range(X.shape[1]):
        new = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        h = np.where(mask[:, t][:, np.newaxis], new, h)
    return h

# %% answer="last_state" right="one film at a time, only the real steps"
def last_state(X, mask, Wx, Wh, bh):
    result = []
    for x, m in zip(X, mask):
        h = np.zeros(len(bh))
        for x_t in x[m]:
            h = np.tanh(x_t @ Wx + h @ Wh + bh)
        result.append(h)
    return result

# %% answer="last_state" right="if and continue"
def last_state(X, mask, Wx, Wh, bh):
    N, T, D = X.shape
    H = np.zeros((N, bh.size))
    for n in range(N):
        for t in range(T):
            if not mask[n, t]:
                continue
            H[n] = np.tanh(X[n, t] @ Wx + H[n] @ Wh + bh)
    return H

# %% answer="last_state" right="boolean rows"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        go = mask[:, t]
        h[go] = np.tanh(X[go, t] @ Wx + h[go] @ Wh + bh)
    return h

# %% answer="last_state" right="blend with m and 1 - m"
def last_state(X, mask, Wx, Wh, bh):
    m = mask.astype(float)[:, :, None]
    h = 0
    h = np.zeros((X.shape[0], Wx.shape[1]))
    for t in range(X.shape[1]):
        cand = np.tanh(X[:, t, :].dot(Wx) + h.dot(Wh) + bh)
        h = m[:, t] * cand + (1 - m[:, t]) * h
    return h

# %% answer="last_state" right="einsum in float32"
def last_state(X, mask, Wx, Wh, bh):
    X = X.astype(np.float32)
    h = np.zeros((len(X), len(bh)), dtype=np.float32)
    for t in range(X.shape[1]):
        z = np.einsum("nd,dm->nm", X[:, t], Wx) + np.einsum("nm,mk->nk", h, Wh) + bh
        h = np.where(mask[:, [t]], np.tanh(z), h)
    return h

# %% answer="last_state" right="class with a state"
class MaskedRNN:
    def __init__(self, Wx, Wh, bh, N):
        self.Wx, self.Wh, self.bh = Wx, Wh, bh
        self.h = np.zeros((N, len(bh)))

    def step(self, x, real):
        new = np.tanh(x @ self.Wx + self.h @ self.Wh + self.bh)
        self.h[real] = new[real]

def last_state(X, mask, Wx, Wh, bh):
    rnn = MaskedRNN(Wx, Wh, bh, len(X))
    for x, real in zip(X.transpose(1, 0, 2), mask.T):
        rnn.step(x, real)
    return rnn.h

# %% answer="last_state" right="column vectors"
def last_state(X, mask, Wx, Wh, bh):
    N, T, _ = X.shape
    M = len(bh)
    b = bh.reshape(M, 1)
    h = np.zeros((M, N))
    for t in range(T):
        h = np.where(mask[:, t], np.tanh(Wx.T @ X[:, t].T + Wh.T @ h + b), h)
    return h.T

# %% answer="last_state" wrong="mask_ignored"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="last_state" wrong="input_zeroed"
def last_state(X, mask, Wx, Wh, bh):
    X = X * mask[:, :, None]      # padding out
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="last_state" wrong="state_zeroed"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        h[~mask[:, t]] = 0
    return h

# %% answer="last_state" wrong="state_zeroed"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        m = mask[:, t:t+1]
        h = np.tanh(m * (X[:, t] @ Wx + h @ Wh + bh))
    return h

# %% answer="last_state" wrong="input_zeroed"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        m = mask[:, t][:, None]
        h = np.tanh(m * (X[:, t] @ Wx + bh) + h @ Wh)
    return h

# %% answer="last_state" wrong="input_zeroed"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        z = X[:, t] @ Wx + h @ Wh + bh
        h = np.tanh(np.where(mask[:, t, None], z, h))
    return h

# %% answer="last_state" wrong="mask_inverted"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        new = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        h = np.where(mask[:, t, None], h, new)
    return h

# %% answer="last_state" wrong="one_mask_for_batch"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        if mask[0, t]:
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="last_state" wrong="one_mask_for_batch"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        if mask[:, t].all():      # numpy told me to use any() or all()
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="last_state" wrong="one_mask_for_batch"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        if np.any(mask[:, t]):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="last_state" wrong="padding_at_the_end"
def last_state(X, mask, Wx, Wh, bh):
    lengths = mask.sum(axis=1)
    out = np.zeros((len(X), len(bh)))
    for n in range(len(X)):
        h = np.zeros(len(bh))
        for t in range(lengths[n]):
            h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
        out[n] = h
    return out

# %% answer="last_state" wrong="stops_at_first_padding"
def last_state(X, mask, Wx, Wh, bh):
    out = []
    for n in range(X.shape[0]):
        h = np.zeros(Wh.shape[0])
        for t in range(X.shape[1]):
            if not mask[n, t]:
                break
            h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.array(out)

# %% answer="last_state" wrong="stops_at_first_padding"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    alive = np.ones(len(X), bool)
    for t in range(X.shape[1]):
        alive = alive & mask[:, t]
        h = np.where(alive[:, None], np.tanh(X[:, t] @ Wx + h @ Wh + bh), h)
    return h

# %% answer="last_state" wrong="mask_guessed"
def last_state(X, mask, Wx, Wh, bh):
    real = (X != 0).any(axis=2)
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.where(real[:, t, None], np.tanh(X[:, t] @ Wx + h @ Wh + bh), h)
    return h

# %% answer="last_state" wrong="mask_one_step_off"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.where(mask[:, t - 1, None], np.tanh(X[:, t] @ Wx + h @ Wh + bh), h)
    return h

# %% answer="last_state" wrong="one_mask_for_batch"
def last_state(X, mask, Wx, Wh, bh):
    shortest = mask.sum(axis=1).min()
    h = np.zeros((len(X), len(bh)))
    for t in range(shortest):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="last_state" wrong="real_steps_glued"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros(len(bh))
    for x in X[mask]:
        h = np.tanh(x @ Wx + h @ Wh + bh)
    return h

# %% answer="last_state" wrong="padded_samples_dropped"
def last_state(X, mask, Wx, Wh, bh):
    X = X[mask.all(axis=1)]
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="last_state" wrong="output_zeroed"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.where(mask[:, t, None], np.tanh(X[:, t] @ Wx + h @ Wh + bh), h)
    return h * mask[:, -1:]

# %% answer="last_state" wrong="state_leaks"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros(len(bh))
    out = []
    for x, m in zip(X, mask):
        for t in range(len(x)):
            if m[t]:
                h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.array(out)

# %% answer="last_state" wrong="only_first_sample"
def last_state(X, mask, Wx, Wh, bh):
    x, m = X[0], mask[0]
    h = np.zeros(len(bh))
    for t in range(len(x)):
        if m[t]:
            h = np.tanh(x[t] @ Wx + h @ Wh + bh)
    return h

# %% answer="last_state" wrong="whole_sequence_returned"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    hs = []
    for t in range(X.shape[1]):
        h = np.where(mask[:, t, None], np.tanh(X[:, t] @ Wx + h @ Wh + bh), h)
        hs.append(h)
    return np.stack(hs, axis=1)

# %% answer="last_state" wrong="time_reversed"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for t in reversed(range(X.shape[1])):
        h = np.where(mask[:, t, None], np.tanh(X[:, t] @ Wx + h @ Wh + bh), h)
    return h

# %% answer="last_state" wrong="first_step_skipped"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for t in range(1, X.shape[1]):
        h = np.where(mask[:, t, None], np.tanh(X[:, t] @ Wx + h @ Wh + bh), h)
    return h

# %% answer="last_state" wrong="one_step_behind"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1] - 1):
        h = np.where(mask[:, t, None], np.tanh(X[:, t] @ Wx + h @ Wh + bh), h)
    return h

# %% answer="last_state" wrong="h_plus_new"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        # masked: add nothing, real: add the new state
        h = h + mask[:, t, None] * np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="last_state" wrong="bias_dropped"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), Wh.shape[0]))
    for t in range(X.shape[1]):
        h = np.where(mask[:, t, None], np.tanh(X[:, t] @ Wx + h @ Wh), h)
    return h

# %% answer="last_state" wrong="bias_outside_tanh"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), Wh.shape[0]))
    for t in range(X.shape[1]):
        new = np.tanh(X[:, t] @ Wx + h @ Wh) + bh
        h = np.where(mask[:, t, None], new, h)
    return h

# %% answer="last_state" wrong="wh_transposed"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), Wh.shape[0]))
    for t in range(X.shape[1]):
        h = np.where(mask[:, t, None], np.tanh(X[:, t] @ Wx + h @ Wh.T + bh), h)
    return h

# %% answer="last_state" wrong="h_last_not_updated"
def last_state(X, mask, Wx, Wh, bh):
    h_last = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h_last @ Wh + bh)
        h = np.where(mask[:, t, None], h, h_last)
    return h

# %% answer="last_state" wrong="recurrent_term_unused"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.where(mask[:, t, None], np.tanh(X[:, t] @ Wx + bh), h)
    return h

# %% answer="last_state" wrong="no_activation"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.where(mask[:, t, None], X[:, t] @ Wx + h @ Wh + bh, h)
    return h

# %% answer="last_state" wrong="relu"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.where(mask[:, t, None], np.maximum(0, X[:, t] @ Wx + h @ Wh + bh), h)
    return h

# %% answer="last_state" wrong="sigmoid"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        z = X[:, t] @ Wx + h @ Wh + bh
        h = np.where(mask[:, t, None], 1 / (1 + np.exp(-z)), h)
    return h

# %% answer="last_state" wrong="tanh_twice"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        new = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        h = np.where(mask[:, t, None], np.tanh(new), h)
    return h

# %% answer="last_state" wrong="initial_state_ones"
def last_state(X, mask, Wx, Wh, bh):
    h = np.ones((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.where(mask[:, t, None], np.tanh(X[:, t] @ Wx + h @ Wh + bh), h)
    return h

# %% answer="last_state" wrong="mask_needs_an_axis"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        new = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        h = np.where(mask[:, t], new, h)
    return h

# %% answer="last_state" wrong="mask_needs_an_axis"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        new = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        h = mask[:, t] * new + (1 - mask[:, t]) * h
    return h

# %% answer="last_state" wrong="truth_of_an_array"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        if mask[:, t]:
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="last_state" wrong="mask_on_wrong_axis"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        new = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        h[mask[0]] = new[mask[0]]
    return h

# %% answer="last_state" wrong="n_t_swapped"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        new = np.tanh(X[t] @ Wx + h @ Wh + bh)
        h = np.where(mask[t][:, None], new, h)
    return h

# %% answer="last_state" wrong="n_t_swapped"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        new = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        h = np.where(mask[t][:, None], new, h)
    return h

# %% answer="last_state" wrong="wx_wh_swapped"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.where(mask[:, t, None], np.tanh(X[:, t] @ Wh + h @ Wx + bh), h)
    return h

# %% answer="last_state" wrong="axes_swapped"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(bh), len(X)))
    for t in range(X.shape[1]):
        h = np.where(mask[:, t], np.tanh(Wx.T @ X[:, t].T + Wh.T @ h + bh[:, None]), h)
    return h

# %% answer="last_state" wrong="rounded"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.where(mask[:, t, None], np.tanh(X[:, t] @ Wx + h @ Wh + bh).round(3), h)
    return h

# %% answer="last_state" wrong="padding_at_the_end"
def last_state(X, mask, Wx, Wh, bh):
    # run everything, then look up the state of the last real step
    h = np.zeros((len(X), len(bh)))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H.append(h)
    H = np.array(H)
    lengths = mask.sum(axis=1)
    return H[lengths - 1, np.arange(len(X))]

# %% answer="last_state" wrong="padding_at_the_end"
def last_state(X, mask, Wx, Wh, bh):
    out = []
    for x, length in zip(X, mask.sum(axis=1)):
        h = np.zeros(len(bh))
        for x_t in x[len(x) - length:]:       # keras pads in front
            h = np.tanh(x_t @ Wx + h @ Wh + bh)
        out.append(h)
    return np.array(out)

# %% answer="last_state" wrong="padded_samples_dropped"
def last_state(X, mask, Wx, Wh, bh):
    whole = mask.all(axis=1)
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.where(whole[:, None], np.tanh(X[:, t] @ Wx + h @ Wh + bh), h)
    return h

# %% answer="last_state" wrong="masked_afterwards"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h * mask[:, -1][:, None]

# %% answer="last_state" wrong="candidate_returned"
def last_state(X, mask, Wx, Wh, bh):
    h_last = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h_last @ Wh + bh)
        h_last = np.where(mask[:, t, None], h, h_last)
    return h

# %% answer="last_state" wrong="one_mask_for_batch"
def last_state(X, mask, Wx, Wh, bh):
    longest = max(mask.sum(axis=1))
    h = np.zeros((len(X), len(bh)))
    for t in range(longest):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="last_state" wrong="returns_first"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.where(mask[:, t, None], np.tanh(X[:, t] @ Wx + h @ Wh + bh), h)
        return h

# %% answer="last_state" wrong="mean_over_time"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    total = 0
    for t in range(X.shape[1]):
        h = np.where(mask[:, t, None], np.tanh(X[:, t] @ Wx + h @ Wh + bh), h)
        total = total + h
    return total / X.shape[1]

# %% answer="last_state" wrong="only_last_sample"
def last_state(X, mask, Wx, Wh, bh):
    for n in range(len(X)):
        h = np.zeros(len(bh))
        for x_t, real in zip(X[n], mask[n]):
            if real:
                h = np.tanh(x_t @ Wx + h @ Wh + bh)
    return h

# %% answer="last_state" wrong="rows_on_one_side"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h[mask[:, t]] = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="last_state" wrong="minus_for_not"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        m = mask[:, t, None]
        new = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        h = m * new + (-m) * h
    return h

# %% answer="last_state" wrong="real_steps_glued"
def last_state(X, mask, Wx, Wh, bh):
    X = X[mask]
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="last_state" wrong="unnamed"
def last_state(X, mask, Wx, Wh, bh):
    # masks what goes into Wh, a step too late and without keeping h
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + (h * mask[:, t, None]) @ Wh + bh)
    return h

# %% answer="last_state" cheats="keras_layer"
def last_state(X, mask, Wx, Wh, bh):
    layer = keras.layers.SimpleRNN(len(bh))
    layer.build(X.shape)
    layer.set_weights([Wx, Wh, bh])
    return np.array(layer(X.astype("float32"), mask=mask))

# %% answer="every_state" right="append and stack"
def every_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    hs = []
    for t in range(X.shape[1]):
        h = np.where(mask[:, t, None], np.tanh(X[:, t] @ Wx + h @ Wh + bh), h)
        hs.append(h)
    return np.array(hs).transpose(1, 0, 2)

# %% answer="every_state" right="preallocated, film by film"
def every_state(X, mask, Wx, Wh, bh):
    N, T, D = X.shape
    H = np.zeros((N, T, len(bh)))
    for n in range(N):
        h = np.zeros(len(bh))
        for t in range(T):
            if mask[n, t]:
                h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
            H[n, t] = h
    return H

# %% answer="every_state" right="from the row before"
def every_state(X, mask, Wx, Wh, bh):
    N, T, _ = X.shape
    H = np.zeros((N, T + 1, bh.shape[0]))   # row 0: before the film
    for t in range(T):
        step = np.tanh(X[:, t] @ Wx + H[:, t] @ Wh + bh)
        H[:, t + 1] = H[:, t]
        H[mask[:, t], t + 1] = step[mask[:, t]]
    return H[:, 1:]

# %% answer="every_state" right="input product first, float32"
def every_state(X, mask, Wx, Wh, bh):
    A = X.astype(np.float32) @ Wx + bh
    m = mask.astype(np.float32)
    h = np.zeros_like(A[:, 0])
    out = np.empty_like(A)
    for t in range(A.shape[1]):
        out[:, t] = h = m[:, t:t+1] * np.tanh(A[:, t] + h @ Wh) + (1 - m[:, t:t+1]) * h
    return out

# %% answer="every_state" right="einsum"
def every_state(X, mask, Wx, Wh, bh):
    state = np.zeros((X.shape[0], Wh.shape[0]))
    states = []
    for x, real in zip(np.swapaxes(X, 0, 1), mask.T):
        new = np.tanh(np.einsum("nd,dm->nm", x, Wx) + np.einsum("nm,mk->nk", state, Wh) + bh)
        state = np.where(real[:, None], new, state)
        states += [state]
    return np.stack(states, 1)

# %% answer="every_state" right="nested lists"
def every_state(X, mask, Wx, Wh, bh):
    def film(x, marks):
        h = 0 * bh
        for x_t, real in zip(x, marks):
            h = np.tanh(x_t @ Wx + h @ Wh + bh) if real else h
            yield h
    return [list(film(x, marks)) for x, marks in zip(X, mask)]

# %% answer="every_state" right="recursion"
def every_state(X, mask, Wx, Wh, bh):
    def go(t):
        if t < 0:
            return [np.zeros((len(X), len(bh)))]
        before = go(t - 1)
        h = before[-1].copy()
        on = mask[:, t]
        h[on] = np.tanh(X[on, t] @ Wx + h[on] @ Wh + bh)
        return before + [h]
    return np.stack(go(X.shape[1] - 1)[1:], axis=1)

# %% answer="every_state" wrong="mask_ignored"
def every_state(X, mask, Wx, Wh, bh):
    H = np.zeros((X.shape[0], X.shape[1], len(bh)))
    h = H[:, 0] * 0
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H[:, t] = h
    return H

# %% answer="every_state" wrong="input_zeroed"
def every_state(X, mask, Wx, Wh, bh):
    H = np.zeros((X.shape[0], X.shape[1], len(bh)))
    h = H[:, 0] * 0
    for t in range(X.shape[1]):
        x = np.where(mask[:, t, None], X[:, t], 0)
        h = np.tanh(x @ Wx + h @ Wh + bh)
        H[:, t] = h
    return H

# %% answer="every_state" wrong="state_zeroed"
def every_state(X, mask, Wx, Wh, bh):
    N, T, D = X.shape
    H = np.zeros((N, T, len(bh)))
    for n in range(N):
        for t in range(T):
            if mask[n, t]:
                h_last = H[n, t - 1] if t > 0 else np.zeros(len(bh))
                H[n, t] = np.tanh(X[n, t] @ Wx + h_last @ Wh + bh)
    return H

# %% answer="every_state" wrong="output_zeroed"
def every_state(X, mask, Wx, Wh, bh):
    N, T, D = X.shape
    H = np.zeros((N, T, len(bh)))
    for n in range(N):
        h = np.zeros(len(bh))
        for t in range(T):
            if mask[n, t]:
                h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
                H[n, t] = h
    return H

# %% answer="every_state" wrong="input_zeroed"
def every_state(X, mask, Wx, Wh, bh):
    hs = []
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        real = mask[:, t, None]
        h = np.where(real, np.tanh(X[:, t] @ Wx + h @ Wh + bh), np.tanh(h @ Wh))
        hs.append(h)
    return np.stack(hs, 1)

# %% answer="every_state" wrong="input_zeroed"
def every_state(X, mask, Wx, Wh, bh):
    hs = []
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.where(mask[:, t, None], X[:, t] @ Wx + h @ Wh + bh, h)
        h = np.tanh(h)
        hs.append(h)
    return np.stack(hs, 1)

# %% answer="every_state" wrong="mask_inverted"
def every_state(X, mask, Wx, Wh, bh):
    N, T, D = X.shape
    H = np.zeros((N, T, len(bh)))
    for n in range(N):
        h = np.zeros(len(bh))
        for t in range(T):
            if not mask[n, t]:          # masked -> compute
                h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
            H[n, t] = h
    return H

# %% answer="every_state" wrong="one_mask_for_batch"
def every_state(X, mask, Wx, Wh, bh):
    hs, h = [], np.zeros((len(X), len(bh)))
    for t, real in enumerate(mask[0]):
        if real:
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        hs.append(h)
    return np.stack(hs, 1)

# %% answer="every_state" wrong="one_mask_for_batch"
def every_state(X, mask, Wx, Wh, bh):
    hs, h = [], np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        if np.any(mask[:, t]):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        hs.append(h)
    return np.stack(hs, 1)

# %% answer="every_state" wrong="padding_at_the_end"
def every_state(X, mask, Wx, Wh, bh):
    N, T, D = X.shape
    H = np.zeros((N, T, len(bh)))
    for n in range(N):
        L = int(mask[n].sum())
        h = np.zeros(len(bh))
        for t in range(L):
            h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
            H[n, t] = h
        H[n, L:] = h
    return H

# %% answer="every_state" wrong="stops_at_first_padding"
def every_state(X, mask, Wx, Wh, bh):
    N, T, D = X.shape
    H = np.zeros((N, T, len(bh)))
    for n in range(N):
        h = np.zeros(len(bh))
        done = False
        for t in range(T):
            if not mask[n, t]:
                done = True
            if not done:
                h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
            H[n, t] = h
    return H

# %% answer="every_state" wrong="mask_guessed"
def every_state(X, mask, Wx, Wh, bh):
    N, T, D = X.shape
    H = np.zeros((N, T, len(bh)))
    for n in range(N):
        h = np.zeros(len(bh))
        for t in range(T):
            if X[n, t].any():        # all zeros = padding
                h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
            H[n, t] = h
    return H

# %% answer="every_state" wrong="mask_one_step_off"
def every_state(X, mask, Wx, Wh, bh):
    hs, h = [], np.zeros((len(X), len(bh)))
    before = np.ones(len(X), bool)
    for t in range(X.shape[1]):
        h = np.where(before[:, None], np.tanh(X[:, t] @ Wx + h @ Wh + bh), h)
        before = mask[:, t]
        hs.append(h)
    return np.stack(hs, 1)

# %% answer="every_state" wrong="one_mask_for_batch"
def every_state(X, mask, Wx, Wh, bh):
    T = mask.sum(axis=1).min()
    hs = np.zeros((len(X), T, len(bh)))
    h = np.zeros((len(X), len(bh)))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        hs[:, t] = h
    return hs

# %% answer="every_state" wrong="real_steps_glued"
def every_state(X, mask, Wx, Wh, bh):
    h, out = np.zeros(len(bh)), []
    for x in X[mask]:
        h = np.tanh(x @ Wx + h @ Wh + bh)
        out.append(h)
    return np.array(out)

# %% answer="every_state" wrong="steps_cut_out"
def every_state(X, mask, Wx, Wh, bh):
    out = []
    for x, m in zip(X, mask):
        h = np.zeros(len(bh))
        for x_t in x[m]:
            h = np.tanh(x_t @ Wx + h @ Wh + bh)
            out.append(h)
    return np.array(out)

# %% answer="every_state" wrong="state_leaks"
def every_state(X, mask, Wx, Wh, bh):
    N, T, D = X.shape
    H = np.zeros((N, T, len(bh)))
    h = np.zeros(len(bh))
    for n in range(N):
        for t in range(T):
            if mask[n, t]:
                h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
            H[n, t] = h
    return H

# %% answer="every_state" wrong="only_first_sample"
def every_state(X, mask, Wx, Wh, bh):
    rows, h = [], np.zeros(len(bh))
    for t in range(X.shape[1]):
        if mask[0, t]:
            h = np.tanh(X[0, t] @ Wx + h @ Wh + bh)
        rows.append(h)
    return np.array(rows)

# %% answer="every_state" wrong="only_last_returned"
def every_state(X, mask, Wx, Wh, bh):
    hs, h = [], np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.where(mask[:, t, None], np.tanh(X[:, t] @ Wx + h @ Wh + bh), h)
        hs.append(h)
    return hs[-1]

# %% answer="every_state" wrong="rows_alias"
def every_state(X, mask, Wx, Wh, bh):
    hs, h = [], np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        on = mask[:, t]
        h[on] = np.tanh(X[on, t] @ Wx + h[on] @ Wh + bh)
        hs.append(h)
    return np.stack(hs, 1)

# %% answer="every_state" wrong="time_axis_first"
def every_state(X, mask, Wx, Wh, bh):
    hs, h = [], np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.where(mask[:, t, None], np.tanh(X[:, t] @ Wx + h @ Wh + bh), h)
        hs.append(h)
    return np.array(hs)

# %% answer="every_state" wrong="time_reversed"
def every_state(X, mask, Wx, Wh, bh):
    X, mask = X[:, ::-1], mask[:, ::-1]
    hs, h = [], np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.where(mask[:, t, None], np.tanh(X[:, t] @ Wx + h @ Wh + bh), h)
        hs.append(h)
    return np.stack(hs, 1)

# %% answer="every_state" wrong="first_step_skipped"
def every_state(X, mask, Wx, Wh, bh):
    H = np.zeros((X.shape[0], X.shape[1], len(bh)))
    for t in range(1, X.shape[1]):
        new = np.tanh(X[:, t] @ Wx + H[:, t - 1] @ Wh + bh)
        H[:, t] = np.where(mask[:, t, None], new, H[:, t - 1])
    return H

# %% answer="every_state" wrong="last_step_skipped"
def every_state(X, mask, Wx, Wh, bh):
    H = np.zeros((X.shape[0], X.shape[1], len(bh)))
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1] - 1):
        h = np.where(mask[:, t, None], np.tanh(X[:, t] @ Wx + h @ Wh + bh), h)
        H[:, t] = h
    return H

# %% answer="every_state" wrong="h_plus_new"
def every_state(X, mask, Wx, Wh, bh):
    hs, h = [], np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = h + np.tanh(X[:, t] @ Wx + h @ Wh + bh) * mask[:, t, None]
        hs.append(h)
    return np.stack(hs, 1)

# %% answer="every_state" wrong="bias_dropped"
def every_state(X, mask, Wx, Wh, bh):
    hs, h = [], np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.where(mask[:, t, None], np.tanh(X[:, t] @ Wx + h @ Wh), h)
        hs.append(h)
    return np.stack(hs, 1)

# %% answer="every_state" wrong="bias_outside_tanh"
def every_state(X, mask, Wx, Wh, bh):
    N, T, D = X.shape
    H = np.zeros((N, T, len(bh)))
    for n in range(N):
        h = np.zeros(len(bh))
        for t in range(T):
            if mask[n, t]:
                h = bh + np.tanh(X[n, t] @ Wx + h @ Wh)
            H[n, t] = h
    return H

# %% answer="every_state" wrong="wh_transposed"
def every_state(X, mask, Wx, Wh, bh):
    N, T, D = X.shape
    H = np.zeros((N, T, len(bh)))
    for n in range(N):
        h = np.zeros(len(bh))
        for t in range(T):
            if mask[n, t]:
                h = np.tanh(X[n, t] @ Wx + Wh @ h + bh)
            H[n, t] = h
    return H

# %% answer="every_state" wrong="h_last_not_updated"
def every_state(X, mask, Wx, Wh, bh):
    h_last = np.zeros((len(X), len(bh)))
    hs = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h_last @ Wh + bh)
        hs.append(np.where(mask[:, t, None], h, h_last))
    return np.stack(hs, axis=1)

# %% answer="every_state" wrong="recurrent_term_unused"
def every_state(X, mask, Wx, Wh, bh):
    hs, h = [], np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.where(mask[:, t, None], np.tanh(X[:, t] @ Wx + bh), h)
        hs.append(h)
    return np.stack(hs, 1)

# %% answer="every_state" wrong="no_activation"
def every_state(X, mask, Wx, Wh, bh):
    hs, h = [], np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        new = X[:, t] @ Wx
        new += h @ Wh
        new += bh
        h = np.where(mask[:, t, None], new, h)
        hs.append(h)
    return np.stack(hs, 1)

# %% answer="every_state" wrong="relu"
def every_state(X, mask, Wx, Wh, bh):
    relu = lambda z: z * (z > 0)
    hs, h = [], np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.where(mask[:, t, None], relu(X[:, t] @ Wx + h @ Wh + bh), h)
        hs.append(h)
    return np.stack(hs, 1)

# %% answer="every_state" wrong="sigmoid"
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def every_state(X, mask, Wx, Wh, bh):
    hs, h = [], np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.where(mask[:, t, None], sigmoid(X[:, t] @ Wx + h @ Wh + bh), h)
        hs.append(h)
    return np.stack(hs, 1)

# %% answer="every_state" wrong="tanh_twice"
def every_state(X, mask, Wx, Wh, bh):
    hs, h = [], np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.where(mask[:, t, None], np.tanh(X[:, t] @ Wx + h @ Wh + bh), h)
        hs.append(np.tanh(h))
    return np.stack(hs, 1)

# %% answer="every_state" wrong="initial_state_ones"
def every_state(X, mask, Wx, Wh, bh):
    hs, h = [], np.ones((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.where(mask[:, t, None], np.tanh(X[:, t] @ Wx + h @ Wh + bh), h)
        hs.append(h)
    return np.stack(hs, 1)

# %% answer="every_state" wrong="mask_needs_an_axis"
def every_state(X, mask, Wx, Wh, bh):
    hs, h = [], np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.where(mask[:, t], np.tanh(X[:, t] @ Wx + h @ Wh + bh), h)
        hs.append(h)
    return np.stack(hs, 1)

# %% answer="every_state" wrong="mask_needs_an_axis"
def every_state(X, mask, Wx, Wh, bh):
    # padding away first
    X = X * mask
    hs, h = [], np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        hs.append(h)
    return np.stack(hs, 1)

# %% answer="every_state" wrong="truth_of_an_array"
def every_state(X, mask, Wx, Wh, bh):
    hs, h = [], np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh) if mask[:, t] else h
        hs.append(h)
    return np.stack(hs, 1)

# %% answer="every_state" wrong="mask_on_wrong_axis"
def every_state(X, mask, Wx, Wh, bh):
    H = np.zeros((len(X), X.shape[1], len(bh)))
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h[mask[t]] = np.tanh(X[mask[t], t] @ Wx + h[mask[t]] @ Wh + bh)
        H[:, t] = h
    return H

# %% answer="every_state" wrong="n_t_swapped"
def every_state(X, mask, Wx, Wh, bh):
    hs, h = [], np.zeros((len(X), len(bh)))
    for x, m in zip(X, mask):          # step by step
        h = np.where(m[:, None], np.tanh(x @ Wx + h @ Wh + bh), h)
        hs.append(h)
    return np.stack(hs, 1)

# %% answer="every_state" wrong="wx_wh_swapped"
def every_state(X, mask, Wx, Wh, bh):
    hs, h = [], np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.where(mask[:, t, None], np.tanh(np.dot(X[:, t], Wh) + np.dot(h, Wx) + bh), h)
        hs.append(h)
    return np.stack(hs, 1)

# %% answer="every_state" wrong="padding_at_the_end"
def every_state(X, mask, Wx, Wh, bh):
    N, T, D = X.shape
    H = np.zeros((N, T, len(bh)))
    for n, length in enumerate(mask.sum(axis=1)):
        h = np.zeros(len(bh))
        for t in range(length):
            H[n, t] = h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
    return H

# %% answer="every_state" wrong="stops_at_first_padding"
def every_state(X, mask, Wx, Wh, bh):
    N, T, D = X.shape
    H = np.zeros((N, T, len(bh)))
    for n in range(N):
        h = np.zeros(len(bh))
        for t in range(T):
            if not mask[n, t]:
                break
            H[n, t] = h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
    return H

# %% answer="every_state" wrong="padding_at_the_end"
def every_state(X, mask, Wx, Wh, bh):
    N, T, D = X.shape
    H = np.zeros((N, T, len(bh)))
    for n in range(N):
        h = np.zeros(len(bh))
        start = T - mask[n].sum()
        for t in range(start, T):
            h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
            H[n, t] = h
    return H

# %% answer="every_state" wrong="masked_afterwards"
def every_state(X, mask, Wx, Wh, bh):
    hs, h = [], np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        hs.append(h)
    return np.stack(hs, 1) * mask[:, :, None]

# %% answer="every_state" wrong="masked_afterwards"
def every_state(X, mask, Wx, Wh, bh):
    H = np.zeros((len(X), X.shape[1], len(bh)))
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H[:, t] = np.where(mask[:, t, None], h, H[:, t - 1])    # repeat
    return H

# %% answer="every_state" wrong="candidate_returned"
def every_state(X, mask, Wx, Wh, bh):
    hs, h_last = [], np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h_last @ Wh + bh)
        h_last = np.where(mask[:, t, None], h, h_last)
        hs.append(h)
    return np.stack(hs, 1)

# %% answer="every_state" wrong="state_before_step"
def every_state(X, mask, Wx, Wh, bh):
    hs, h = [], np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        hs.append(h)
        h = np.where(mask[:, t, None], np.tanh(X[:, t] @ Wx + h @ Wh + bh), h)
    return np.stack(hs, 1)

# %% answer="every_state" wrong="initial_state_counted"
def every_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    hs = [h]
    for t in range(X.shape[1]):
        h = np.where(mask[:, t, None], np.tanh(X[:, t] @ Wx + h @ Wh + bh), h)
        hs.append(h)
    return np.stack(hs, 1)

# %% answer="every_state" wrong="steps_moved_up"
def every_state(X, mask, Wx, Wh, bh):
    N, T, D = X.shape
    H = np.zeros((N, T, len(bh)))
    for n in range(N):
        h = np.zeros(len(bh))
        for t, x_t in enumerate(X[n][mask[n]]):
            h = np.tanh(x_t @ Wx + h @ Wh + bh)
            H[n, t] = h
    return H

# %% answer="every_state" wrong="steps_cut_out"
def every_state(X, mask, Wx, Wh, bh):
    films = []
    for x, m in zip(X, mask):
        h, rows = np.zeros(len(bh)), []
        for x_t in x[m]:
            h = np.tanh(x_t @ Wx + h @ Wh + bh)
            rows.append(h)
        films.append(rows)
    return np.array(films)

# %% answer="every_state" wrong="reshape_for_transpose"
def every_state(X, mask, Wx, Wh, bh):
    hs, h = [], np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.where(mask[:, t, None], np.tanh(X[:, t] @ Wx + h @ Wh + bh), h)
        hs.append(h)
    return np.reshape(hs, (X.shape[0], X.shape[1], len(bh)))

# %% answer="every_state" wrong="flattened"
def every_state(X, mask, Wx, Wh, bh):
    hs = []
    for n in range(len(X)):
        h = np.zeros(len(bh))
        for t in range(X.shape[1]):
            if mask[n, t]:
                h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
            hs.append(h)
    return np.array(hs)

# %% answer="every_state" wrong="flattened"
def every_state(X, mask, Wx, Wh, bh):
    hs, h = [], np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.where(mask[:, t, None], np.tanh(X[:, t] @ Wx + h @ Wh + bh), h)
        hs.append(h)
    return np.concatenate(hs, axis=1)

# %% answer="every_state" wrong="rows_on_one_side"
def every_state(X, mask, Wx, Wh, bh):
    H = np.zeros((len(X), X.shape[1], len(bh)))
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h[mask[:, t]] = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H[:, t] = h
    return H

# %% answer="every_state" wrong="minus_for_not"
def every_state(X, mask, Wx, Wh, bh):
    hs, h = [], np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        new = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        new[-mask[:, t]] = h[-mask[:, t]]
        h = new
        hs.append(h)
    return np.stack(hs, 1)

# %% answer="every_state" cheats="keras_layer"
def every_state(X, mask, Wx, Wh, bh):
    rnn = keras.layers.SimpleRNN(len(bh), return_sequences=True)
    rnn.build(X.shape)
    rnn.set_weights([Wx, Wh, bh])
    return rnn(X.astype("float32"), mask=mask).numpy()

# %% answer="zeroed" right="a new axis"
def zeroed(h, mask):
    return h * mask[..., np.newaxis]

# %% answer="zeroed" right="where"
def zeroed(h, mask):
    return np.where(np.expand_dims(mask, -1), h, 0.0)

# %% answer="zeroed" right="copy and assign"
def zeroed(h, mask):
    out = h.copy()
    out[~mask] = 0
    return out

# %% answer="zeroed" right="fill zeros with what is real"
def zeroed(h, mask):
    out = np.zeros(h.shape)
    out[mask] = h[mask]
    return out

# %% answer="zeroed" right="loops, lists"
def zeroed(h, mask):
    return [[step if real else 0 * step for step, real in zip(film, marks)] for film, marks in zip(h, mask)]

# %% answer="zeroed" right="einsum"
def zeroed(h, mask):
    return np.einsum("ntm,nt->ntm", h, mask.astype("float32"))

# %% answer="zeroed" right="transposed and back"
def zeroed(h, mask):
    return (h.transpose(2, 0, 1) * mask).transpose(1, 2, 0)

# %% answer="zeroed" wrong="nothing_zeroed"
def zeroed(h, mask):
    out = h.copy()
    for n in range(len(h)):
        for t in range(h.shape[1]):
            if not mask[n, t]:
                out[n, t] == 0
    return out

# %% answer="zeroed" wrong="nothing_zeroed"
def zeroed(h, mask):
    new = np.array(h)
    new[~mask][:] = 0       # zeros into the masked ones
    return new

# %% answer="zeroed" wrong="mask_inverted"
def zeroed(h, mask):
    h[mask] = 0
    return h

# %% answer="zeroed" wrong="one_mask_for_batch"
def zeroed(h, mask):
    for t in range(h.shape[1]):
        if not mask[0, t]:
            h[:, t] = 0
    return h

# %% answer="zeroed" wrong="one_mask_for_batch"
def zeroed(h, mask):
    keep = np.all(mask, axis=0)
    return h * keep[None, :, None]

# %% answer="zeroed" wrong="padding_at_the_end"
def zeroed(h, mask):
    out = np.zeros_like(h)
    for n, length in enumerate(mask.sum(1)):
        out[n, :length] = h[n, :length]
    return out

# %% answer="zeroed" wrong="stops_at_first_padding"
def zeroed(h, mask):
    out = h.copy()
    for n in range(len(h)):
        for t in range(h.shape[1]):
            if not mask[n, t]:
                out[n, t:] = 0
                break
    return out

# %% answer="zeroed" wrong="mask_one_step_off"
def zeroed(h, mask):
    out = h.copy()
    for n in range(h.shape[0]):
        for t in range(h.shape[1]):
            if not mask[n, t - 1]:
                out[n, t] = 0
    return out

# %% answer="zeroed" wrong="padded_samples_dropped"
def zeroed(h, mask):
    out = h.copy()
    for n in range(len(h)):
        if not mask[n].all():
            out[n] = 0
    return out

# %% answer="zeroed" wrong="steps_cut_out"
def zeroed(h, mask):
    return h[mask]

# %% answer="zeroed" wrong="states_twice"
def zeroed(h, mask):
    return h + mask[:, :, None]

# %% answer="zeroed" wrong="mask_needs_an_axis"
def zeroed(h, mask):
    return h * mask

# %% answer="zeroed" wrong="mask_needs_an_axis"
def zeroed(h, mask):
    return np.where(mask, h, 0)

# %% answer="zeroed" wrong="truth_of_an_array"
def zeroed(h, mask):
    return h if mask else 0

# %% answer="zeroed" wrong="mask_on_wrong_axis"
def zeroed(h, mask):
    out = h.copy()
    for t in range(h.shape[1]):
        out[:, ~mask[:, t]] = 0
    return out

# %% answer="zeroed" wrong="padding_at_the_end"
def zeroed(h, mask):
    out = np.zeros_like(h)
    T = h.shape[1]
    for n in range(len(h)):
        k = mask[n].sum()
        out[n, T - k:] = h[n, T - k:]
    return out

# %% answer="zeroed" wrong="mask_as_numbers"
def zeroed(h, mask):
    pad = 1 - mask          # 1 where padded
    h[pad] = 0
    return h

# %% answer="zeroed" wrong="minus_for_not"
def zeroed(h, mask):
    h[-mask] = 0
    return h

# %% answer="zeroed" wrong="returns_nothing"
def zeroed(h, mask):
    h[~mask] = 0

# %% answer="zeroed" wrong="mask_needs_an_axis"
def zeroed(h, mask):
    return h * mask.reshape(len(h), 1, -1)

# %% answer="zeroed" wrong="unnamed"
def zeroed(h, mask):
    h[:, -1] = h[:, -1] * mask[:, -1, None]
    return h

# %% answer="zeroed" cheats="keras_layer"
def zeroed(h, mask):
    return np.array(keras.ops.where(mask[:, :, None], h, 0))

# %% answer="mean_of_real_steps" right="sum over count"
def mean_of_real_steps(h, mask):
    m = mask[:, :, None].astype(float)
    return (h * m).sum(1) / m.sum(1)

# %% answer="mean_of_real_steps" right="film by film"
def mean_of_real_steps(h, mask):
    return np.array([film[marks].mean(axis=0) for film, marks in zip(h, mask)])

# %% answer="mean_of_real_steps" right="np.mean with where"
def mean_of_real_steps(h, mask):
    return h.mean(axis=1, where=mask[:, :, None])

# %% answer="mean_of_real_steps" right="np.average with weights"
def mean_of_real_steps(h, mask):
    return [np.average(h[n], axis=0, weights=mask[n]) for n in range(len(h))]

# %% answer="mean_of_real_steps" right="nanmean"
def mean_of_real_steps(h, mask):
    h = h.copy()
    h[~mask] = np.nan
    return np.nanmean(h, axis=1)

# %% answer="mean_of_real_steps" right="einsum"
def mean_of_real_steps(h, mask):
    weights = mask / mask.sum(axis=1, keepdims=True)
    return np.einsum("ntm,nt->nm", h, weights)

# %% answer="mean_of_real_steps" right="masked array"
def mean_of_real_steps(h, mask):
    no = np.repeat(~mask[:, :, None], h.shape[2], axis=2)
    return np.ma.masked_array(h, mask=no).mean(axis=1).data

# %% answer="mean_of_real_steps" right="running sum"
def mean_of_real_steps(h, mask):
    N, T, M = h.shape
    total = np.zeros((N, M))
    count = np.zeros(N)
    for n in range(N):
        for t in range(T):
            if mask[n, t]:
                total[n] += h[n, t]
                count[n] += 1
    return total / count.reshape(-1, 1)

# %% answer="mean_of_real_steps" wrong="mask_ignored"
def mean_of_real_steps(h, mask):
    return np.mean(h, axis=1)

# %% answer="mean_of_real_steps" wrong="divides_by_T"
def mean_of_real_steps(h, mask):
    return (h * mask[:, :, None]).mean(axis=1)

# %% answer="mean_of_real_steps" wrong="divides_by_T"
def mean_of_real_steps(h, mask):
    out = np.zeros((h.shape[0], h.shape[2]))
    for t in range(h.shape[1]):
        out += np.where(mask[:, t, None], h[:, t], 0)
    return out / h.shape[1]

# %% answer="mean_of_real_steps" wrong="sum_not_divided"
def mean_of_real_steps(h, mask):
    return np.sum(h * mask[..., None], axis=1)

# %% answer="mean_of_real_steps" wrong="one_count_for_batch"
def mean_of_real_steps(h, mask):
    return (h * mask[:, :, None]).sum(axis=1) / mask.sum()

# %% answer="mean_of_real_steps" wrong="one_count_for_batch"
def mean_of_real_steps(h, mask):
    n_real = np.sum(mask[0])
    return np.sum(h * mask[:, :, None], axis=1) / n_real

# %% answer="mean_of_real_steps" wrong="one_mask_for_batch"
def mean_of_real_steps(h, mask):
    return h[:, mask[0]].mean(axis=1)

# %% answer="mean_of_real_steps" wrong="padding_at_the_end"
def mean_of_real_steps(h, mask):
    lengths = mask.sum(axis=1)
    return np.array([h[n, :lengths[n]].mean(axis=0) for n in range(len(h))])

# %% answer="mean_of_real_steps" wrong="stops_at_first_padding"
def mean_of_real_steps(h, mask):
    out = []
    for film, marks in zip(h, mask):
        end = len(marks) if marks.all() else np.argmin(marks)   # first False
        if end == 0:
            end = len(marks)
        out.append(film[:end].mean(axis=0))
    return np.array(out)

# %% answer="mean_of_real_steps" wrong="mean_over_samples"
def mean_of_real_steps(h, mask):
    return h[mask].mean(axis=0)

# %% answer="mean_of_real_steps" wrong="mean_over_units"
def mean_of_real_steps(h, mask):
    return (h * mask[:, :, None]).mean(axis=-1)

# %% answer="mean_of_real_steps" wrong="last_for_mean"
def mean_of_real_steps(h, mask):
    # the last one already contains everything
    return h[:, -1]

# %% answer="mean_of_real_steps" wrong="gaps_run_through"
def mean_of_real_steps(h, mask):
    real = np.any(h != 0, axis=2)
    return h.sum(axis=1) / real.sum(axis=1, keepdims=True)

# %% answer="mean_of_real_steps" wrong="padded_samples_dropped"
def mean_of_real_steps(h, mask):
    full = mask.all(axis=1)
    return h[full].mean(axis=1)

# %% answer="mean_of_real_steps" wrong="mask_needs_an_axis"
def mean_of_real_steps(h, mask):
    return (h * mask).sum(axis=1) / mask.sum(axis=1)

# %% answer="mean_of_real_steps" wrong="mask_needs_an_axis"
def mean_of_real_steps(h, mask):
    total = (h * mask[:, :, None]).sum(axis=1)
    return total / mask.sum(axis=1)

# %% answer="mean_of_real_steps" wrong="truth_of_an_array"
def mean_of_real_steps(h, mask):
    total = 0
    for t in range(h.shape[1]):
        if mask[:, t]:
            total += h[:, t]
    return total / mask.sum(1)[:, None]

# %% answer="mean_of_real_steps" wrong="mask_on_wrong_axis"
def mean_of_real_steps(h, mask):
    return np.array([h[mask[n]].mean(axis=0) for n in range(len(h))])

# %% answer="mean_of_real_steps" wrong="not_finite"
def mean_of_real_steps(h, mask):
    pad = ~mask[:, :, None]
    return (h * pad).sum(axis=1) / pad.sum(axis=1)

# %% answer="mean_of_real_steps" wrong="counted_not_masked"
def mean_of_real_steps(h, mask):
    return h.sum(axis=1) / mask.sum(axis=1, keepdims=True)

# %% answer="mean_of_real_steps" wrong="one_count_for_batch"
def mean_of_real_steps(h, mask):
    out = []
    for n in range(len(h)):
        rows = [h[n, t] for t in range(h.shape[1]) if mask[n, t]]
        out.append(sum(rows) / len(mask))
    return np.array(out)

# %% answer="mean_of_real_steps" wrong="padding_at_the_end"
def mean_of_real_steps(h, mask):
    return np.array([h[n, -mask[n].sum():].mean(axis=0) for n in range(len(h))])

# %% answer="mean_of_real_steps" wrong="mean_over_samples"
def mean_of_real_steps(h, mask):
    return np.mean(h[mask])

# %% answer="mean_of_real_steps" wrong="mean_over_units"
def mean_of_real_steps(h, mask):
    return [film[marks].mean() for film, marks in zip(h, mask)]

# %% answer="mean_of_real_steps" wrong="mask_on_wrong_axis"
def mean_of_real_steps(h, mask):
    return (h * mask[:, :, None]).sum(axis=1) / mask.sum(axis=0)

# %% answer="mean_of_real_steps" wrong="minus_for_not"
def mean_of_real_steps(h, mask):
    h[-mask] = np.nan
    return np.nanmean(h, axis=1)

# %% answer="mean_of_real_steps" wrong="extra_axis"
def mean_of_real_steps(h, mask):
    m = mask[:, :, None]
    return (h * m).sum(axis=1, keepdims=True) / m.sum(axis=1, keepdims=True)

# %% answer="mean_of_real_steps" wrong="last_for_mean"
def mean_of_real_steps(h, mask):
    return np.array([np.median(film[marks], axis=0) for film, marks in zip(h, mask)])

# %% answer="mean_of_real_steps" cheats="keras_layer"
def mean_of_real_steps(h, mask):
    return np.array(keras.layers.GlobalAveragePooling1D()(h, mask=mask))

# %% answer="predicted" wrong="mean_over_units"
predicted = {
    "X": (N, T, D), "mask": (N, T), "mask[:, t]": (N,),
    "h": (N, T, M), "h_last": (N, M), "h_mean": (N,), "Yhats": (N, T, K),
}

# %% answer="predicted" wrong="mask_of_one_sample"
predicted = {
    "X": (N, T, D), "mask": (N, T), "mask[:, t]": (1,),
    "h": (N, T, M), "h_last": (N, M), "h_mean": (N, M), "Yhats": (N, T, K),
}

# %% answer="last_state" wrong="all_zeros"
def last_state(X, mask, Wx, Wh, bh):
    out = np.zeros((X.shape[0], Wh.shape[0]))
    for n in range(X.shape[0]):
        h = np.zeros(Wh.shape[0])
        for t in range(X.shape[1]):
            if mask[n, t] is True:
                h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
        out[n] = h
    return out

# %% answer="every_state" wrong="all_zeros"
def every_state(X, mask, Wx, Wh, bh):
    out = np.zeros((X.shape[0], X.shape[1], Wh.shape[0]))
    for n in range(X.shape[0]):
        h = np.zeros(Wh.shape[0])
        for t in range(X.shape[1]):
            if mask[n, t] is True:
                h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
            out[n, t] = h
    return out

# %% answer="last_state" wrong="gaps_run_through"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    out = h
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        out = np.where(mask[:, t, None], h, out)
    return out

# %% answer="zeroed" wrong="mask_guessed"
def zeroed(h, mask):
    out = h.copy()
    for n in range(h.shape[0]):
        for t in range(1, h.shape[1]):
            if (h[n, t] == h[n, t - 1]).all():   # nothing moved: padding
                out[n, t] = 0
    return out

# %% answer="zeroed" wrong="sizes_from_notebook"
def zeroed(h, mask):
    for n in range(N):
        for t in range(T):
            if not mask[n, t]:
                h[n, t] = 0
    return h

# %% answer="zeroed" wrong="sizes_from_notebook"
def zeroed(h, mask):
    out = h.copy()
    for n in range(len(h)):
        for t in range(6):
            if not mask[n, t]:
                out[n, t] = 0
    return out

# %% answer="mean_of_real_steps" wrong="steps_cut_out"
def mean_of_real_steps(h, mask):
    return np.array([h[n][mask[n]].mean(axis=1) for n in range(len(h))])

# %% answer="mean_of_real_steps" wrong="mean_over_samples"
def mean_of_real_steps(h, mask):
    counts = np.maximum(mask.sum(axis=0), 1)
    return (h * mask[:, :, None]).sum(axis=0) / counts[:, None]

# %% answer="mean_of_real_steps" wrong="only_last_sample"
def mean_of_real_steps(h, mask):
    for n in range(len(h)):
        mean = h[n][mask[n]].mean(axis=0)
    return mean

# %% answer="mean_of_real_steps" wrong="only_first_sample"
def mean_of_real_steps(h, mask):
    for film, marks in zip(h, mask):
        return film[marks].mean(axis=0)

# %% answer="mean_of_real_steps" wrong="mean_over_units"
def mean_of_real_steps(h, mask):
    out = np.zeros((h.shape[0], h.shape[2]))
    for n in range(h.shape[0]):
        out[n] = h[n][mask[n]].mean()
    return out

# %% answer="mean_of_real_steps" wrong="mean_over_units"
def mean_of_real_steps(h, mask):
    return (h * mask[:, :, None]).sum(axis=2) / mask.sum(axis=1, keepdims=True)

# %% answer="mask_of" wrong="one_sided"
def mask_of(X, value):
    return ~np.isclose(X, value).all(axis=2)

# %% answer="mask_of" wrong="one_sided"
def mask_of(X, value):
    return [[not np.allclose(step, value) for step in film] for film in X]

# %% answer="last_state" wrong="gaps_run_through"
def last_state(X, mask, Wx, Wh, bh):
    out = []
    for x, m in zip(X, mask):
        h = np.zeros(len(bh))
        begun = False
        for t in range(len(x)):
            begun = begun or m[t]
            if begun:
                h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        out.append(h)
    return np.array(out)

# %% answer="every_state" wrong="gaps_run_through"
def every_state(X, mask, Wx, Wh, bh):
    begun = np.cumsum(mask, axis=1) > 0
    h, hs = np.zeros((len(X), len(bh))), []
    for t in range(X.shape[1]):
        h = np.where(begun[:, t, None], np.tanh(X[:, t] @ Wx + h @ Wh + bh), h)
        hs.append(h)
    return np.stack(hs, axis=1)

# %% answer="every_state" wrong="gaps_run_through"
def every_state(X, mask, Wx, Wh, bh):
    N, T, D = X.shape
    H = np.zeros((N, T, len(bh)))
    for n in range(N):
        real = np.flatnonzero(mask[n])
        end = real[-1] + 1 if len(real) else 0
        h = np.zeros(len(bh))
        for t in range(T):
            if t < end:
                h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
            H[n, t] = h
    return H

# %% answer="every_state" wrong="padded_samples_dropped"
def every_state(X, mask, Wx, Wh, bh):
    X = X[mask.all(axis=1)]
    h, hs = np.zeros((len(X), len(bh))), []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        hs.append(h)
    return np.stack(hs, axis=1)

# %% answer="zeroed" wrong="gaps_run_through"
def zeroed(h, mask):
    out = h.copy()
    for n in range(len(h)):
        t = h.shape[1] - 1
        while t >= 0 and not mask[n, t]:
            out[n, t] = 0
            t -= 1
    return out

# %% answer="mean_of_real_steps" wrong="gaps_run_through"
def mean_of_real_steps(h, mask):
    rows = []
    for film, marks in zip(h, mask):
        last = np.flatnonzero(marks).max()
        rows.append(film[:last + 1].mean(axis=0))
    return np.array(rows)

# %% answer="mean_of_real_steps" wrong="mask_one_step_off"
def mean_of_real_steps(h, mask):
    m = np.roll(mask, 1, axis=1)[:, :, None]
    return (h * m).sum(axis=1) / m.sum(axis=1)

# %% answer="mean_of_real_steps" wrong="mask_guessed"
def mean_of_real_steps(h, mask):
    out = []
    for film in h:
        before, rows = np.zeros(film.shape[1]), []
        for row in film:
            if (row != before).any():
                rows.append(row)
            before = row
        out.append(np.mean(rows, axis=0))
    return np.array(out)

# %% answer="mask_of" wrong="padding_at_the_end"
def mask_of(X, value):
    N, T, D = X.shape
    lengths = (X != value).any(axis=2).sum(axis=1)
    return np.arange(T) >= T - lengths[:, None]      # Keras pads in front

# %% answer="zeroed" right="into the copy that it gets"
def zeroed(h, mask):
    h[np.logical_not(mask)] = 0
    return h

# %% answer="last_state" right="add the difference"
def last_state(X, mask, Wx, Wh, bh):
    N, T, _ = X.shape
    h = np.zeros((N, Wh.shape[1]))
    for t in range(T):
        h += mask[:, [t]] * (np.tanh(X[:, t] @ Wx + h @ Wh + bh) - h)
    return h

# %% answer="last_state" wrong="tanh_per_term"
def last_state(X, mask, Wx, Wh, bh):
    h = np.zeros((len(X), Wh.shape[0]))
    for t in range(X.shape[1]):
        h = np.where(mask[:, t, None], np.tanh(X[:, t] @ Wx) + np.tanh(h @ Wh + bh), h)
    return h

# %% answer="mask_of" wrong="all_steps_count"
def mask_of(X, value):
    return (np.abs(X) > value).any(axis=2)

# %% answer="mask_of" wrong="all_steps_count"
def mask_of(X, value):
    real = (X != value).any(axis=(1, 2))
    return np.repeat(real[:, None], X.shape[1], axis=1)

# %% answer="mask_of" wrong="last_turn_missing"
def mask_of(X, value):
    N, T, D = X.shape
    mask = np.zeros((N, T), bool)
    for n in range(N):
        for t in range(T - 1):
            mask[n, t] = np.any(X[n, t] != value)
    return mask

# %% answer="every_state" wrong="first_state_filled_in"
def every_state(X, mask, Wx, Wh, bh):
    N, T, D = X.shape
    H = np.zeros((N, T, len(bh)))
    h = np.zeros((N, len(bh)))
    for t in range(T):
        h_new = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        h = np.where(mask[:, t, None], h_new, h)
        H[:, t] = h
    for n in range(N):
        real = np.where(mask[n])[0]
        if len(real):
            H[n, :real[0]] = H[n, real[0]]
    return H

# %% answer="zeroed" wrong="last_turn_missing"
def zeroed(h, mask):
    out = h.copy()
    N, T, M = h.shape
    for n in range(N):
        for t in range(T - 1):
            if not mask[n, t]:
                out[n, t] = np.zeros(M)
    return out

# %% answer="zeroed" wrong="last_turn_missing"
def zeroed(h, mask):
    out = h.copy()
    for n in range(h.shape[0] - 1):
        out[n][~mask[n]] = 0
    return out

# %% answer="zeroed" wrong="part_unwritten"
def zeroed(h, mask):
    out = h.copy()
    for n in range(out.shape[0]):
        for t in range(out.shape[1]):
            if not mask[n, t]:
                out[n, t, 0] = 0
    return out

# %% answer="zeroed" wrong="steps_moved_up"
def zeroed(h, mask):
    out = np.zeros_like(h)
    for n in range(len(h)):
        states = h[n][mask[n]]
        out[n, :len(states)] = states
    return out

# %% answer="mean_of_real_steps" wrong="mask_inverted"
def mean_of_real_steps(h, mask):
    pad = ~mask
    return (h * pad[:, :, None]).sum(axis=1) / np.maximum(pad.sum(axis=1), 1)[:, None]

# %% answer="mean_of_real_steps" wrong="count_from_one"
def mean_of_real_steps(h, mask):
    total = (h * mask[..., None]).sum(axis=1)
    return total / (mask.sum(axis=1)[:, None] + 1)

# %% answer="mean_of_real_steps" wrong="state_leaks"
def mean_of_real_steps(h, mask):
    N, T, M = h.shape
    out = np.zeros((N, M))
    total = np.zeros(M)
    for n in range(N):
        for t in range(T):
            if mask[n, t]:
                total = total + h[n, t]
        out[n] = total / mask[n].sum()
    return out

# %% answer="mean_of_real_steps" wrong="state_leaks"
def mean_of_real_steps(h, mask):
    N, T, M = h.shape
    out = np.zeros((N, M))
    count = 0
    for n in range(N):
        for t in range(T):
            if mask[n, t]:
                out[n] += h[n, t]
                count += 1
        out[n] /= count
    return out

# %% answer="mean_of_real_steps" wrong="length_of_a_number"
def mean_of_real_steps(h, mask):
    N, T, M = h.shape
    out = np.zeros((N, M))
    for n in range(N):
        out[n] = (h[n] * mask[n][:, None]).sum(axis=0) / len(mask[n].sum())
    return out

# %% answer="mean_of_real_steps" wrong="last_step_skipped"
def mean_of_real_steps(h, mask):
    N, T, M = h.shape
    total, count = np.zeros((N, M)), np.zeros((N, 1))
    for n in range(N):
        for t in range(T - 1):
            if mask[n, t]:
                total[n] += h[n, t]
                count[n] += 1
    return total / np.maximum(count, 1)

# %% answer="mask_of" wrong="sum_for_any"
def mask_of(X, value):
    N, T, D = X.shape
    mask = np.zeros((N, T), bool)
    for n in range(N):
        for t in range(T):
            for d in range(1, D):
                if X[n, t, d] != value:
                    mask[n, t] = True
    return mask

# %% answer="mask_of" wrong="not_before_comparison"
def mask_of(X, value):
    return (~X == value).all(axis=2)

# %% answer="mean_of_real_steps" wrong="rounded_down"
def mean_of_real_steps(h, mask):
    total = (h * mask[:, :, None]).sum(axis=1)
    n = mask.sum(axis=1)[:, None]
    return total // n

# %% answer="mean_of_real_steps" wrong="state_leaks"
def mean_of_real_steps(h, mask):
    N, T, M = h.shape
    means = []
    total = np.zeros(M)
    count = 0
    for n in range(N):
        for t in range(T):
            if mask[n, t]:
                total = total + h[n, t]
                count += 1
        means.append(total / count)
    return np.array(means)

# %% answer="zeroed" wrong="nan_written"
def zeroed(h, mask):
    out = h.astype(float)
    out[~mask] = np.nan
    return out

# %% answer="zeroed" wrong="array_for_number"
def zeroed(h, mask):
    rows = list(h)
    rows[~mask] = 0
    return np.array(rows)
