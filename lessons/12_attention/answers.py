# %% [markdown]
# Answers to assignment 12, written the way students write them, independent of the catalogue in `rnnshapes`.
# One answer per cell. The key says what the cell is: `right` or `wrong`. A cell with two mistakes joins their keys with `+`.

# %% answer="predicted" right="letters"
predicted = {
    "Wq": (D, H, M),
    "bk": (H, M),
    "Wo": (H, M, D),
    "bo": (D,),
    "q": (N, H, T, M),
    "k": (N, H, S, M),
    "weights": (N, H, T, S),
    "head": (N, H, T, M),
    "Y": (N, T, D),
}

# %% answer="predicted" right="numbers"
predicted = {
    "Wq": (11, 3, 5), "bk": (3, 5), "Wo": (3, 5, 11), "bo": (11,),
    "q": (7, 3, 9, 5), "k": (7, 3, 13, 5), "weights": (7, 3, 9, 13), "head": (7, 3, 9, 5), "Y": (7, 9, 11),
}

# %% answer="predicted" right="lists"
predicted = {
    "Wq": [D, H, M], "bk": [H, M], "Wo": [H, M, D], "bo": [D],
    "q": [N, H, T, M], "k": [N, H, S, M], "weights": [N, H, T, S], "head": [N, H, T, M], "Y": list(X.shape),
}

# %% answer="predicted" right="taken from each other"
heads = (N, H)
predicted = {
    "Wq": (D, H, M), "bk": (H, M), "Wo": (H, M, D), "bo": (D,),
    "q": heads + (T, M), "k": heads + (S, M), "weights": heads + (T, S), "head": heads + (T, M), "Y": X.shape,
}

# %% answer="predicted" wrong="one_head"
predicted = {
    "Wq": (D, M),
    "bk": (M,),
    "Wo": (M, D),
    "bo": (D,),
    "q": (N, T, M),
    "k": (N, S, M),
    "weights": (N, H, T, S),
    "head": (N, T, M),
    "Y": (N, T, D),
}

# %% answer="predicted" wrong="one_head"
predicted = {
    "Wq": (D, M),
    "bk": (M,),
    "Wo": (H, M, D),
    "bo": (D,),
    "q": (N, H, T, M),
    "k": (N, H, S, M),
    "weights": (N, H, T, S),
    "head": (N, H, T, M),
    "Y": (N, T, D),
}

# %% answer="predicted" wrong="heads_not_apart"
predicted = {
    "Wq": (D, H*M),
    "bk": (H*M,),
    "Wo": (H*M, D),
    "bo": (D,),
    "q": (N, H, T, M),
    "k": (N, H, S, M),
    "weights": (N, H, T, S),
    "head": (N, H, T, M),
    "Y": (N, T, D),
}

# %% answer="predicted" wrong="heads_not_apart"
predicted = {
    "Wq": (D, H, M),
    "bk": (H, M),
    "Wo": (H, M, D),
    "bo": (D,),
    "q": (N, T, H*M),
    "k": (N, S, H*M),
    "weights": (N, H, T, S),
    "head": (N, T, H*M),
    "Y": (N, T, D),
}

# %% answer="predicted" wrong="heads_not_apart"
predicted = {
    "Wq": (D, H, M),
    "bk": (H, M),
    "Wo": (H, M, D),
    "bo": (D,),
    "q": (N, H, T, M),
    "k": (N, H, S, M),
    "weights": (N, T, S),
    "head": (N, H, T, M),
    "Y": (N, T, D),
}

# %% answer="predicted" wrong="heads_elsewhere"
predicted = {
    "Wq": (D, H, M),
    "bk": (H, M),
    "Wo": (H, M, D),
    "bo": (D,),
    "q": (N, T, H, M),
    "k": (N, S, H, M),
    "weights": (N, H, T, S),
    "head": (N, T, H, M),
    "Y": (N, T, D),
}

# %% answer="predicted" wrong="heads_elsewhere"
predicted = {
    "Wq": (D, H, M),
    "bk": (H, M),
    "Wo": (H, M, D),
    "bo": (D,),
    "q": (N, H, T, M),
    "k": (N, H, S, M),
    "weights": (N, T, S, H),
    "head": (N, H, T, M),
    "Y": (N, T, D),
}

# %% answer="predicted" wrong="heads_elsewhere"
predicted = {
    "Wq": (D, H, M),
    "bk": (H, M),
    "Wo": (H, M, D),
    "bo": (D,),
    "q": (N, T, H, M),
    "k": (N, H, S, M),
    "weights": (N, H, T, S),
    "head": (N, H, T, M),
    "Y": (N, T, D),
}

# %% answer="predicted" wrong="heads_after_numbers"
predicted = {
    "Wq": (D, M, H),
    "bk": (M, H),
    "Wo": (M, H, D),
    "bo": (D,),
    "q": (N, H, T, M),
    "k": (N, H, S, M),
    "weights": (N, H, T, S),
    "head": (N, H, T, M),
    "Y": (N, T, D),
}

# %% answer="predicted" wrong="heads_after_numbers"
predicted = {
    "Wq": (H, D, M),
    "bk": (H, M),
    "Wo": (H, M, D),
    "bo": (D,),
    "q": (N, H, T, M),
    "k": (N, H, S, M),
    "weights": (N, H, T, S),
    "head": (N, H, T, M),
    "Y": (N, T, D),
}

# %% answer="predicted" wrong="heads_after_numbers"
predicted = {
    "Wq": (D, H, M),
    "bk": (H, M),
    "Wo": (D, H, M),
    "bo": (D,),
    "q": (N, H, T, M),
    "k": (N, H, S, M),
    "weights": (N, H, T, S),
    "head": (N, H, T, M),
    "Y": (N, T, D),
}

# %% answer="predicted" wrong="sequences_mixed_up"
predicted = {
    "Wq": (D, H, M),
    "bk": (H, M),
    "Wo": (H, M, D),
    "bo": (D,),
    "q": (N, H, T, M),
    "k": (N, H, T, M),
    "weights": (N, H, T, T),
    "head": (N, H, T, M),
    "Y": (N, T, D),
}

# %% answer="predicted" wrong="sequences_mixed_up"
predicted = {
    "Wq": (D, H, M),
    "bk": (H, M),
    "Wo": (H, M, D),
    "bo": (D,),
    "q": (N, H, T, M),
    "k": (N, H, S, M),
    "weights": (N, H, T, T),
    "head": (N, H, T, M),
    "Y": (N, T, D),
}

# %% answer="predicted" wrong="queries_and_keys_swapped"
predicted = {
    "Wq": (D, H, M),
    "bk": (H, M),
    "Wo": (H, M, D),
    "bo": (D,),
    "q": (N, H, T, M),
    "k": (N, H, S, M),
    "weights": (N, H, S, T),
    "head": (N, H, T, M),
    "Y": (N, T, D),
}

# %% answer="predicted" wrong="queries_and_keys_swapped+sequences_mixed_up"
predicted = {
    "Wq": (D, H, M),
    "bk": (H, M),
    "Wo": (H, M, D),
    "bo": (D,),
    "q": (N, H, S, M),
    "k": (N, H, T, M),
    "weights": (N, H, S, T),
    "head": (N, H, S, M),
    "Y": (N, S, D),
}

# %% answer="predicted" wrong="not_projected_back"
predicted = {
    "Wq": (D, H, M),
    "bk": (H, M),
    "Wo": (H, M, D),
    "bo": (D,),
    "q": (N, H, T, M),
    "k": (N, H, S, M),
    "weights": (N, H, T, S),
    "head": (N, H, T, M),
    "Y": (N, T, M),
}

# %% answer="predicted" wrong="not_projected_back"
predicted = {
    "Wq": (D, H, M),
    "bk": (H, M),
    "Wo": (H, M, D),
    "bo": (H, M),
    "q": (N, H, T, M),
    "k": (N, H, S, M),
    "weights": (N, H, T, S),
    "head": (N, H, T, M),
    "Y": (N, T, H, M),
}

# %% answer="predicted" wrong="heads_not_added"
predicted = {
    "Wq": (D, H, M),
    "bk": (H, M),
    "Wo": (H, M, D),
    "bo": (D,),
    "q": (N, H, T, M),
    "k": (N, H, S, M),
    "weights": (N, H, T, S),
    "head": (N, H, T, M),
    "Y": (N, H, T, D),
}

# %% answer="predicted" wrong="not_projected_back"
predicted = {
    "Wq": (D, H, M),
    "bk": (H, M),
    "Wo": (H, M, D),
    "bo": (M,),
    "q": (N, H, T, M),
    "k": (N, H, S, M),
    "weights": (N, H, T, S),
    "head": (N, H, T, M),
    "Y": (N, T, D),
}

# %% answer="predicted" wrong="batch_axis_forgotten"
predicted = {
    "Wq": (D, H, M),
    "bk": (H, M),
    "Wo": (H, M, D),
    "bo": (D,),
    "q": (H, T, M),
    "k": (H, S, M),
    "weights": (H, T, S),
    "head": (H, T, M),
    "Y": (T, D),
}

# %% answer="predicted" wrong="tuple_comma"
predicted = {
    "Wq": (D, H, M),
    "bk": (H, M),
    "Wo": (H, M, D),
    "bo": (D),
    "q": (N, H, T, M),
    "k": (N, H, S, M),
    "weights": (N, H, T, S),
    "head": (N, H, T, M),
    "Y": (N, T, D),
}

# %% answer="weights_of" right="einsum"
def weights_of(q, k):
    e = np.einsum("ntm,nsm->nts", q, k) / np.sqrt(q.shape[2])
    a = np.exp(e)
    return a / a.sum(axis=2, keepdims=True)

# %% answer="weights_of" right="transpose"
def weights_of(q, k):
    M = q.shape[-1]
    scores = np.matmul(q, np.transpose(k, (0, 2, 1))) / M ** 0.5
    ex = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    return ex / np.sum(ex, axis=-1, keepdims=True)

# %% answer="weights_of" right="a loop over the samples"
def weights_of(q, k):
    rows = []
    for n in range(len(q)):
        e = q[n] @ k[n].T / np.sqrt(q.shape[2])
        e = np.exp(e)
        rows.append(e / e.sum(1, keepdims=True))
    return np.array(rows)

# %% answer="weights_of" right="three loops"
def weights_of(q, k):
    N, T, M = q.shape
    S = k.shape[1]
    w = np.zeros((N, T, S))
    for n in range(N):
        for t in range(T):
            for s in range(S):
                w[n, t, s] = np.exp(np.dot(q[n, t], k[n, s]) / np.sqrt(M))
            w[n, t] /= w[n, t].sum()
    return w

# %% answer="weights_of" right="the query is scaled"
def weights_of(q, k):
    q = q / np.sqrt(q.shape[-1])
    e = np.exp(q @ k.transpose(0, 2, 1))
    return e / e.sum(-1)[..., None]

# %% answer="weights_of" right="a helper"
def weights_of(q, k):
    def softmax(z):
        z = np.exp(z - z.max(-1, keepdims=True))
        return z / z.sum(-1, keepdims=True)
    return softmax((q[:, :, None] * k[:, None]).sum(-1) / np.sqrt(k.shape[2]))

# %% answer="weights_of" right="a list of lists"
def weights_of(q, k):
    M = len(q[0, 0])
    out = []
    for qn, kn in zip(q, k):
        sample = []
        for row in qn:
            e = np.exp(kn @ row / np.sqrt(M))
            sample.append(e / sum(e))
        out.append(sample)
    return out

# %% answer="weights_of" right="moved axis"
def weights_of(q, k):
    e = q @ np.moveaxis(k, 1, 2) * q.shape[2] ** -0.5
    e = np.exp(e)
    return (e.T / e.T.sum(axis=0)).T

# %% answer="weights_of" wrong="scale_forgotten"
def weights_of(q, k):
    e = np.exp(q @ k.transpose(0, 2, 1))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="weights_of" wrong="scale_forgotten"
def weights_of(q, k):
    scores = np.einsum("ntm,nsm->nts", q, k)
    e = np.exp(scores) / np.sqrt(q.shape[-1])
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="weights_of" wrong="scale_of_others"
def weights_of(q, k):
    e = np.exp(q @ k.transpose(0, 2, 1) / q.shape[2])
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="weights_of" wrong="scale_of_others"
def weights_of(q, k):
    e = np.exp(q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[1]))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="weights_of" wrong="scale_of_others"
def weights_of(q, k):
    e = np.exp(q @ k.transpose(0, 2, 1) / np.sqrt(k.shape[1]))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="weights_of" wrong="scale_of_others"
def weights_of(q, k):
    e = np.exp(q @ k.transpose(0, 2, 1) * np.sqrt(q.shape[2]) - 200)
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="weights_of" wrong="scale_of_others"
def weights_of(q, k):
    e = np.exp(q @ k.transpose(0, 2, 1) / np.sqrt(len(q)))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="weights_of" wrong="scaled_after_softmax"
def weights_of(q, k):
    e = np.exp(q @ k.transpose(0, 2, 1))
    return e / e.sum(axis=-1, keepdims=True) / np.sqrt(q.shape[-1])

# %% answer="weights_of" wrong="softmax_over_another_axis"
def weights_of(q, k):
    e = np.exp(q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[2]))
    return e / e.sum(axis=1, keepdims=True)

# %% answer="weights_of" wrong="scale_forgotten+softmax_over_another_axis"
def weights_of(q, k):
    e = np.exp(q @ k.transpose(0, 2, 1))
    return e / e.sum(axis=1, keepdims=True)

# %% answer="weights_of" wrong="softmax_over_another_axis"
def weights_of(q, k):
    e = np.exp(q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[2]))
    return e / e.sum()

# %% answer="weights_of" wrong="softmax_over_another_axis"
def weights_of(q, k):
    e = np.exp(q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[2]))
    return e / e.sum(axis=(1, 2), keepdims=True)

# %% answer="weights_of" wrong="softmax_over_another_axis"
def weights_of(q, k):
    e = np.exp(q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[2]))
    return e / e.sum(axis=0)

# %% answer="weights_of" wrong="not_a_softmax"
def weights_of(q, k):
    return q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[2])

# %% answer="weights_of" wrong="not_a_softmax"
def weights_of(q, k):
    return np.einsum("ntm,nsm->nts", q, k)

# %% answer="weights_of" wrong="not_a_softmax"
def weights_of(q, k):
    return np.exp(q @ k.swapaxes(1, 2) / np.sqrt(q.shape[2]))

# %% answer="weights_of" wrong="not_a_softmax"
def weights_of(q, k):
    e = q @ k.swapaxes(1, 2) / np.sqrt(q.shape[2])
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="weights_of" wrong="not_a_softmax"
def weights_of(q, k):
    e = q @ k.swapaxes(1, 2) / np.sqrt(q.shape[2])
    return 1 / (1 + np.exp(-e))

# %% answer="weights_of" wrong="queries_and_keys_swapped"
def weights_of(q, k):
    e = np.exp(k @ q.transpose(0, 2, 1) / np.sqrt(q.shape[2]))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="weights_of" wrong="axes_do_not_meet"
def weights_of(q, k):
    e = np.exp(np.dot(q, k.T) / np.sqrt(q.shape[2]))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="weights_of" wrong="all_samples_at_once"
def weights_of(q, k):
    e = np.exp(np.dot(q, k.swapaxes(1, 2)) / np.sqrt(q.shape[2]))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="weights_of" wrong="all_samples_at_once"
def weights_of(q, k):
    return np.tensordot(q, k, axes=(2, 2)) / np.sqrt(q.shape[2])

# %% answer="weights_of" wrong="axes_do_not_meet"
def weights_of(q, k):
    e = np.exp(q @ k.T / np.sqrt(q.shape[2]))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="weights_of" wrong="axes_do_not_meet"
def weights_of(q, k):
    e = np.exp(q @ k / np.sqrt(q.shape[2]))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="weights_of" wrong="axes_do_not_meet"
def weights_of(q, k):
    e = np.exp((q * k).sum(-1) / np.sqrt(q.shape[2]))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="weights_of" wrong="reshape_for_transpose"
def weights_of(q, k):
    N, S, M = k.shape
    e = np.exp(q @ k.reshape(N, M, S) / np.sqrt(M))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="weights_of" wrong="axis_of_the_sums_gone"
def weights_of(q, k):
    e = np.exp(q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[2]))
    return e / e.sum(axis=-1)

# %% answer="weights_of" wrong="axis_of_the_sums_gone"
def weights_of(q, k):
    e = q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[2])
    e = np.exp(e - e.max(-1))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="weights_of" wrong="first_sample_only"
def weights_of(q, k):
    e = np.exp(q[0] @ k[0].T / np.sqrt(q.shape[2]))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="weights_of" wrong="axes_swapped"
def weights_of(q, k):
    e = np.exp(k @ q.transpose(0, 2, 1) / np.sqrt(q.shape[2]))
    return e / e.sum(axis=1, keepdims=True)

# %% answer="weights_of" wrong="more_than_asked"
def weights_of(q, k):
    e = q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[2])
    T, S = e.shape[1:]
    e = np.where(np.arange(S) <= np.arange(T)[:, None], e, -1e9)
    e = np.exp(e - e.max(-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="weights_of" wrong="sizes_from_notebook"
def weights_of(q, k):
    e = np.exp(q @ k.transpose(0, 2, 1) / np.sqrt(M))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="weights_of" wrong="returns_nothing"
def weights_of(q, k):
    e = np.exp(q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[2]))
    w = e / e.sum(axis=-1, keepdims=True)

# %% answer="weights_of" wrong="axis_counted_from_one"
def weights_of(q, k):
    e = np.exp(q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[2]))
    return e / e.sum(axis=3, keepdims=True)

# %% answer="weights_of" wrong="scale_of_others"
def weights_of(q, k):
    scores = q @ k.swapaxes(-1, -2) / np.sqrt(3)
    a = np.exp(scores)
    return a / a.sum(axis=-1, keepdims=True)

# %% answer="weights_of" wrong="scale_of_others"
def weights_of(q, k):
    scores = np.einsum("ntm,nsm->nts", q, k)
    long_q = np.sqrt(np.sum(q ** 2, axis=-1))
    long_k = np.sqrt(np.sum(k ** 2, axis=-1))
    scores = scores / (long_q[:, :, None] * long_k[:, None, :])
    a = np.exp(scores)
    return a / a.sum(axis=-1, keepdims=True)

# %% answer="weights_of" wrong="above_and_below"
def weights_of(q, k):
    e = q @ k.swapaxes(-1, -2) / np.sqrt(q.shape[-1])
    total = np.exp(e).sum(axis=-1, keepdims=True)
    e = e - e.max(axis=-1, keepdims=True)
    return np.exp(e) / total

# %% answer="weights_of" wrong="above_and_below"
def weights_of(q, k):
    N, T, M = q.shape
    w = []
    for n in range(N):
        e = q[n] @ k[n].T / M ** 0.5
        w.append([np.exp(row) / np.exp(sum(row)) for row in e])
    return np.array(w)

# %% answer="weights_of" wrong="above_and_below"
def weights_of(q, k):
    e = q @ k.swapaxes(-1, -2) / np.sqrt(q.shape[-1])
    return np.exp(e) / e.sum(axis=-1, keepdims=True)

# %% answer="weights_of" wrong="not_a_softmax"
def weights_of(q, k):
    e = q @ k.swapaxes(-1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(-e)
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="weights_of" wrong="not_a_softmax"
def weights_of(q, k):
    e = q @ k.swapaxes(-1, -2) / np.sqrt(q.shape[-1])
    return np.exp(e - e.max(-1, keepdims=True))

# %% answer="weights_of" wrong="axes_do_not_meet"
def weights_of(q, k):
    e = np.exp(np.einsum("ntm,nms->nts", q, k) / np.sqrt(q.shape[-1]))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="weights_of" wrong="letters_of_einsum"
def weights_of(q, k):
    e = np.exp(np.einsum("ntd,nsd->ntm", q, k) / np.sqrt(q.shape[-1]))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="weights_of" wrong="sum_too_short"
def weights_of(q, k):
    N, T, M = q.shape
    S = k.shape[1]
    e = np.zeros((N, T, S))
    for m in range(1, M):
        e += q[:, :, None, m] * k[:, None, :, m]
    e = np.exp(e / np.sqrt(M))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="weights_of" wrong="first_sample_only"
def weights_of(q, k):
    e = np.exp(np.einsum("ntm,nsm->ts", q, k) / np.sqrt(q.shape[-1]))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="weights_of" wrong="axes_do_not_line_up"
def weights_of(q, k):
    N, T, M = q.shape
    w = np.empty((N, T, T))
    for n in range(N):
        e = np.exp(q[n] @ k[n].T / np.sqrt(M))
        w[n] = e / e.sum(axis=1, keepdims=True)
    return w

# %% answer="weights_of" wrong="sum_too_short"
def weights_of(q, k):
    N, T, M = q.shape
    w = np.zeros((N, T, k.shape[1]))
    for n in range(N):
        for t in range(T):
            for s in range(T):
                w[n, t, s] = np.exp(q[n, t] @ k[n, s] / np.sqrt(M))
            w[n, t] /= w[n, t].sum()
    return w

# %% answer="weights_of" wrong="axes_do_not_meet"
def weights_of(q, k):
    e = np.exp(q.transpose(0, 2, 1) @ k / np.sqrt(q.shape[-1]))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="masked" right="minus a milliard"
def masked(scores, real):
    T = scores.shape[1]
    allowed = np.tril(np.ones((T, T), bool)) & real[:, None, :]
    e = np.where(allowed, scores, -1e9)
    e = np.exp(e - e.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="masked" right="zeros before the sum"
def masked(scores, real):
    T = len(scores[0])
    e = np.exp(scores) * np.tril(np.ones((T, T))) * real[:, np.newaxis, :]
    return e / e.sum(axis=2, keepdims=True)

# %% answer="masked" right="shared out again"
def masked(scores, real):
    w = np.exp(scores)
    w = w / w.sum(-1, keepdims=True)
    w = w * np.tri(w.shape[1]) * real[:, None]
    return w / w.sum(-1, keepdims=True)

# %% answer="masked" right="a penalty is added"
def masked(scores, real):
    T = scores.shape[1]
    hidden = 1 - np.tri(T) * real[:, None, :]
    e = scores - 1e9 * hidden
    e = np.exp(e - e.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="masked" right="written into a copy"
def masked(scores, real):
    e = scores.copy()
    N, T, _ = e.shape
    i, j = np.triu_indices(T, 1)
    e[:, i, j] = -np.inf
    e[~np.repeat(real[:, None], T, axis=1)] = -np.inf
    e = np.exp(e - e.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="masked" right="three loops"
def masked(scores, real):
    N, T, _ = scores.shape
    w = np.zeros((N, T, T))
    for n in range(N):
        for t in range(T):
            for s in range(t + 1):
                if real[n, s]:
                    w[n, t, s] = np.exp(scores[n, t, s])
            w[n, t] /= w[n, t].sum()
    return w

# %% answer="masked" right="only the steps that are there"
def masked(scores, real):
    N, T = real.shape
    w = np.zeros((N, T, T))
    for n in range(N):
        for t in range(T):
            seen = [s for s in range(T) if s <= t and real[n, s]]
            e = np.exp(scores[n, t, seen])
            w[n, t, seen] = e / e.sum()
    return w

# %% answer="masked" right="comparison of indices"
def masked(scores, real):
    t = np.arange(scores.shape[1])
    allowed = (t[None, :] <= t[:, None])[None] * real[:, None, :]
    e = np.exp(scores) * allowed
    return e / np.sum(e, axis=-1)[:, :, None]

# %% answer="masked" wrong="mask_after_softmax"
def masked(scores, real):
    w = np.exp(scores)
    w = w / w.sum(-1, keepdims=True)
    return w * np.tri(w.shape[1]) * real[:, None]

# %% answer="masked" wrong="mask_after_softmax"
def masked(scores, real):
    T = scores.shape[1]
    w = np.exp(scores) / np.exp(scores).sum(axis=-1, keepdims=True)
    return np.where(np.tri(T, dtype=bool) & real[:, None, :], w, 0)

# %% answer="masked" wrong="mask_after_softmax"
def masked(scores, real):
    e = np.where(np.tri(scores.shape[1], dtype=bool), scores, -1e9)
    e = np.exp(e)
    return e / e.sum(-1, keepdims=True) * real[:, None, :]

# %% answer="masked" wrong="zero_for_infinity"
def masked(scores, real):
    e = scores * np.tri(scores.shape[1]) * real[:, None, :]
    e = np.exp(e - e.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="masked" wrong="zero_for_infinity"
def masked(scores, real):
    allowed = np.tri(scores.shape[1], dtype=bool) & real[:, None, :]
    e = np.where(allowed, scores, -1e-9)
    e = np.exp(e - e.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="masked" wrong="zero_for_infinity"
def masked(scores, real):
    allowed = np.tri(scores.shape[1], dtype=bool) & real[:, None, :]
    e = np.where(allowed, scores, -1)
    e = np.exp(e - e.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="masked" wrong="zero_for_infinity"
def masked(scores, real):
    allowed = np.tri(scores.shape[1], dtype=bool) & real[:, None, :]
    e = np.where(allowed, scores, 1e9)
    e = np.exp(e - e.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="masked" wrong="not_causal"
def masked(scores, real):
    e = np.where(real[:, None, :], scores, -np.inf)
    e = np.exp(e - e.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="masked" wrong="padding_seen"
def masked(scores, real):
    e = np.where(np.tri(scores.shape[1], dtype=bool), scores, -1e9)
    e = np.exp(e - e.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="masked" wrong="nothing_hidden"
def masked(scores, real):
    e = np.exp(scores - scores.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)

# %% answer="masked" wrong="nothing_hidden"
def masked(scores, real):
    allowed = np.tri(scores.shape[1], dtype=bool) & real[:, None, :]
    np.where(allowed, scores, -1e9)
    e = np.exp(scores - scores.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)

# %% answer="masked" wrong="hidden_and_seen_swapped"
def masked(scores, real):
    allowed = np.tri(scores.shape[1], dtype=bool) & real[:, None, :]
    e = np.where(allowed, -1e9, scores)
    e = np.exp(e - e.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="masked" wrong="hidden_and_seen_swapped"
def masked(scores, real):
    allowed = np.tri(scores.shape[1], dtype=bool) & ~real[:, None, :]
    e = np.where(allowed, scores, -1e9)
    e = np.exp(e - e.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="masked" wrong="hidden_and_seen_swapped"
def masked(scores, real):
    e = scores + np.tri(scores.shape[1]) * real[:, None, :] * -1e9
    e = np.exp(e - e.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="masked" wrong="looks_ahead"
def masked(scores, real):
    T = scores.shape[1]
    allowed = np.triu(np.ones((T, T), bool)) & real[:, None, :]
    e = np.where(allowed, scores, -1e9)
    e = np.exp(e - e.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="masked" wrong="looks_ahead"
def masked(scores, real):
    t = np.arange(scores.shape[1])
    allowed = (t[None, :] > t[:, None]) & real[:, None, :]
    e = np.where(allowed, scores, -1e9)
    e = np.exp(e - e.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="masked" wrong="diagonal_off_by_one"
def masked(scores, real):
    T = scores.shape[1]
    allowed = np.tril(np.ones((T, T), bool), k=-1) & real[:, None, :]
    e = np.where(allowed, scores, -1e9)
    e = np.exp(e - e.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="masked" wrong="diagonal_off_by_one"
def masked(scores, real):
    allowed = np.tri(scores.shape[1], k=1, dtype=bool) & real[:, None, :]
    e = np.where(allowed, scores, -1e9)
    e = np.exp(e - e.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="masked" wrong="queries_hidden"
def masked(scores, real):
    allowed = np.tri(scores.shape[1], dtype=bool) & real[:, :, None]
    e = np.where(allowed, scores, -1e9)
    e = np.exp(e - e.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="masked" wrong="queries_hidden"
def masked(scores, real):
    allowed = np.tri(scores.shape[1], dtype=bool) & real[:, :, None] & real[:, None, :]
    e = np.where(allowed, scores, -1e9)
    e = np.exp(e - e.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="masked" wrong="queries_hidden"
def masked(scores, real):
    e = np.exp(scores) * np.tri(scores.shape[1]) * real[:, None, :]
    return e / e.sum(-1, keepdims=True) * real[:, :, None]

# %% answer="masked" wrong="either_will_do"
def masked(scores, real):
    allowed = np.tri(scores.shape[1], dtype=bool) | real[:, None, :]
    e = np.where(allowed, scores, -1e9)
    e = np.exp(e - e.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="masked" wrong="real_steps_first"
def masked(scores, real):
    N, T, _ = scores.shape
    w = np.zeros((N, T, T))
    for n in range(N):
        length = real[n].sum()
        for t in range(T):
            e = np.exp(scores[n, t, :min(t + 1, length)])
            w[n, t, :min(t + 1, length)] = e / e.sum()
    return w

# %% answer="masked" wrong="mask_lacks_an_axis"
def masked(scores, real):
    e = np.where(np.tri(scores.shape[1], dtype=bool) & real, scores, -1e9)
    e = np.exp(e - e.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="masked" wrong="mask_lacks_an_axis"
def masked(scores, real):
    e = np.where(real, scores, -1e9)
    e = np.where(np.tri(scores.shape[1], dtype=bool), e, -1e9)
    e = np.exp(e - e.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="masked" wrong="mask_lacks_an_axis"
def masked(scores, real):
    e = np.exp(scores) * np.tri(scores.shape[1]) * real
    return e / e.sum(-1, keepdims=True)

# %% answer="masked" wrong="queries_hidden"
def masked(scores, real):
    e = scores.copy()
    e[~real] = -1e9
    e = np.exp(e - e.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="masked" wrong="softmax_over_another_axis"
def masked(scores, real):
    allowed = np.tri(scores.shape[1], dtype=bool) & real[:, None, :]
    e = np.where(allowed, np.exp(scores), 0)
    return e / np.maximum(e.sum(axis=1, keepdims=True), 1e-12)

# %% answer="masked" wrong="softmax_over_another_axis"
def masked(scores, real):
    allowed = np.tri(scores.shape[1], dtype=bool) & real[:, None, :]
    e = np.where(allowed, np.exp(scores), 0)
    return e / e.sum()

# %% answer="masked" wrong="not_a_softmax"
def masked(scores, real):
    allowed = np.tri(scores.shape[1], dtype=bool) & real[:, None, :]
    return np.where(allowed, scores, -1e9)

# %% answer="masked" wrong="not_a_softmax"
def masked(scores, real):
    return np.exp(scores) * np.tri(scores.shape[1]) * real[:, None, :]

# %% answer="masked" wrong="not_finite"
def masked(scores, real):
    allowed = np.tri(scores.shape[1]) * real[:, None, :]
    e = scores + (1 - allowed) * -np.inf
    e = np.exp(e - e.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="masked" wrong="not_finite"
def masked(scores, real):
    allowed = np.tri(scores.shape[1], k=-1, dtype=bool) & real[:, None, :]
    e = np.where(allowed, scores, -np.inf)
    e = np.exp(e - e.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="masked" wrong="not_finite"
def masked(scores, real):
    e = np.where(np.tri(scores.shape[1], dtype=bool) & real[:, None, :], scores, -np.inf)
    return e

# %% answer="masked" wrong="axis_of_the_sums_gone"
def masked(scores, real):
    e = np.exp(scores) * np.tri(scores.shape[1]) * real[:, None, :]
    return e / e.sum(-1)

# %% answer="masked" wrong="axis_of_the_sums_gone"
def masked(scores, real):
    e = np.exp(scores) * np.tri(scores.shape[1]) * real[:, None, :]
    return e / e.sum(-1)[:, None]

# %% answer="masked" wrong="first_sample_only"
def masked(scores, real):
    e = np.exp(scores[0]) * np.tri(scores.shape[1]) * real[0]
    return e / e.sum(-1, keepdims=True)

# %% answer="masked" wrong="queries_and_keys_swapped"
def masked(scores, real):
    allowed = np.tri(scores.shape[1], dtype=bool) & real[:, None, :]
    e = np.where(allowed, scores.transpose(0, 2, 1), -1e9)
    e = np.exp(e - e.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="masked" wrong="argument_changed"
def masked(scores, real):
    T = scores.shape[1]
    scores[~(np.tri(T, dtype=bool) & real[:, None, :])] = -1e9
    e = np.exp(scores - scores.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)

# %% answer="masked" wrong="more_than_asked"
def masked(scores, real):
    allowed = np.tri(scores.shape[1], dtype=bool) & real[:, None, :]
    e = np.where(allowed, scores / np.sqrt(scores.shape[-1]), -1e9)
    e = np.exp(e - e.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="masked" wrong="returns_nothing"
def masked(scores, real):
    allowed = np.tri(scores.shape[1], dtype=bool) & real[:, None, :]
    e = np.exp(np.where(allowed, scores, -1e9))
    e / e.sum(-1, keepdims=True)

# %% answer="masked" wrong="truth_of_an_array"
def masked(scores, real):
    N, T, _ = scores.shape
    w = np.zeros((N, T, T))
    for t in range(T):
        for s in range(T):
            if s <= t and real[:, s]:
                w[:, t, s] = np.exp(scores[:, t, s])
    return w / w.sum(-1, keepdims=True)

# %% answer="masked" wrong="above_and_below"
def masked(scores, real):
    allowed = np.tri(scores.shape[1], dtype=bool) & real[:, None, :]
    below = np.exp(np.where(allowed, scores, -np.inf)).sum(axis=-1, keepdims=True)
    return np.exp(scores) / below

# %% answer="masked" wrong="above_and_below"
def masked(scores, real):
    allowed = np.tri(scores.shape[1], dtype=bool) & real[:, None, :]
    return np.exp(scores) * allowed / allowed.sum(axis=-1, keepdims=True)

# %% answer="masked" wrong="letters_of_einsum"
def masked(scores, real):
    powers = np.einsum("nts,nt,nu->ntu", np.exp(scores), np.tri(scores.shape[1]), real)
    return powers / powers.sum(axis=-1, keepdims=True)

# %% answer="masked" wrong="diagonal_off_by_one"
def masked(scores, real):
    N, T = real.shape
    w = np.zeros((N, T, T))
    for n in range(N):
        for t in range(1, T):
            for s in range(t):
                w[n, t, s] = np.exp(scores[n, t, s]) * real[n, s]
            w[n, t] = w[n, t] / w[n, t].sum()
    return w

# %% answer="masked" wrong="real_steps_first"
def masked(scores, real):
    N, T = real.shape
    w = np.zeros((N, T, T))
    for n in range(N):
        for t in range(T):
            for s in range(t + 1):
                if not real[n, s]:
                    break
                w[n, t, s] = np.exp(scores[n, t, s])
    return w / w.sum(axis=-1, keepdims=True)

# %% answer="masked" wrong="real_steps_first"
def masked(scores, real):
    N, T = real.shape
    w = np.zeros((N, T, T))
    for n in range(N):
        for t in range(T):
            e = [np.exp(scores[n, t, s]) for s in range(t + 1) if real[n, s]]
            for place, one in enumerate(e):
                w[n, t, place] = one / sum(e)
    return w

# %% answer="masked" wrong="more_than_asked"
def masked(scores, real):
    scores = scores / np.sqrt(M)
    e = np.exp(scores) * np.tri(scores.shape[1]) * real[:, None, :]
    return e / e.sum(-1, keepdims=True)

# %% answer="masked" wrong="not_before_comparison"
def masked(scores, real):
    T = scores.shape[1]
    e = np.where(np.tri(T) & real[:, None, :], scores, -1e9)
    e = np.exp(e - e.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="masked" wrong="not_before_comparison"
def masked(scores, real):
    hide = ~np.tril(np.ones((scores.shape[1], scores.shape[1])))
    e = np.where(hide | ~real[:, None, :], -1e9, scores)
    e = np.exp(e - e.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="masked" wrong="zero_for_infinity"
def masked(scores, real):
    e = np.where(real[:, None, :], np.tril(scores), -np.inf)
    e = np.exp(e - e.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="masked" wrong="slice_is_empty"
def masked(scores, real):
    w = np.zeros(scores.shape)
    for n in range(len(scores)):
        for t in range(scores.shape[1]):
            before = scores[n, t, :t]
            e = np.exp(before - before.max()) * real[n, :t]
            w[n, t, :t] = e / e.sum()
    return w

# %% answer="masked" wrong="diagonal_off_by_one"
def masked(scores, real):
    T = scores.shape[1]
    allowed = np.tri(T, dtype=bool) & (real[:, None, :] | np.eye(T, dtype=bool))
    e = np.exp(scores) * allowed
    return e / e.sum(-1, keepdims=True)

# %% answer="masked" wrong="queries_hidden"
def masked(scores, real):
    e = np.exp(scores) * np.tri(scores.shape[1]) * real[:, None, :]
    w = e / e.sum(-1, keepdims=True)
    return w[real]

# %% answer="masked" wrong="looks_ahead"
def masked(scores, real):
    e = np.triu(np.exp(scores), 1) * real[:, None, :]
    total = e.sum(-1, keepdims=True)
    return e / np.where(total == 0, 1, total)

# %% answer="masked" wrong="mask_after_softmax"
def masked(scores, real):
    allowed = np.tri(scores.shape[1]) * real[:, None, :]
    e = np.exp(scores * allowed)
    return e / e.sum(-1, keepdims=True) * allowed

# %% answer="masked" wrong="rows_of_unequal_length"
def masked(scores, real):
    N, T, _ = scores.shape
    w = []
    for n in range(N):
        square = []
        for t in range(T):
            seen = np.exp(scores[n, t, :t + 1][real[n, :t + 1]])
            square.append(seen / seen.sum())
        w.append(square)
    return np.array(w)

# %% answer="heads_of" right="einsum"
def heads_of(X, W, b):
    return np.einsum("ntd,dhm->nhtm", X, W) + b[None, :, None, :]

# %% answer="heads_of" right="one wide product"
def heads_of(X, W, b):
    N, T, D = X.shape
    _, H, M = W.shape
    Z = X @ W.reshape(D, H * M) + b.reshape(H * M)
    return Z.reshape(N, T, H, M).transpose(0, 2, 1, 3)

# %% answer="heads_of" right="a loop over the heads"
def heads_of(X, W, b):
    out = []
    for head in range(W.shape[1]):
        out.append(X @ W[:, head] + b[head])
    return np.stack(out, axis=1)

# %% answer="heads_of" right="heads in front"
def heads_of(X, W, b):
    Wh = W.transpose(1, 0, 2)[None]
    return X[:, None] @ Wh + b[:, None, :]

# %% answer="heads_of" right="tensordot"
def heads_of(X, W, b):
    return np.transpose(np.tensordot(X, W, axes=([2], [0])) + b, (0, 2, 1, 3))

# %% answer="heads_of" right="an array made beforehand"
def heads_of(X, W, b):
    N, T, D = X.shape
    _, H, M = W.shape
    q = np.empty((N, H, T, M))
    for n in range(N):
        for i in range(H):
            q[n, i] = X[n] @ W[:, i, :] + b[i]
    return q

# %% answer="heads_of" right="four loops"
def heads_of(X, W, b):
    N, T, D = X.shape
    D, H, M = W.shape
    q = np.zeros((N, H, T, M))
    for n in range(N):
        for i in range(H):
            for t in range(T):
                for m in range(M):
                    q[n, i, t, m] = sum(X[n, t] * W[:, i, m]) + b[i, m]
    return q

# %% answer="heads_of" right="split"
def heads_of(X, W, b):
    D, H, M = W.shape
    Z = X @ W.reshape(D, -1) + b.ravel()
    return np.stack(np.split(Z, H, axis=-1), axis=1)

# %% answer="heads_of" wrong="reshape_for_transpose"
def heads_of(X, W, b):
    N, T, D = X.shape
    _, H, M = W.shape
    return (X @ W.reshape(D, H * M) + b.ravel()).reshape(N, H, T, M)

# %% answer="heads_of" wrong="reshape_for_transpose"
def heads_of(X, W, b):
    N, T, D = X.shape
    D, H, M = W.shape
    return (np.tensordot(X, W, 1) + b).reshape(N, H, T, M)

# %% answer="heads_of" wrong="reshape_for_transpose"
def heads_of(X, W, b):
    D, H, M = W.shape
    return X[:, None] @ W.reshape(H, D, M) + b[:, None]

# %% answer="heads_of" wrong="axes_swapped"
def heads_of(X, W, b):
    return np.einsum("ntd,dhm->nthm", X, W) + b

# %% answer="heads_of" wrong="axes_swapped"
def heads_of(X, W, b):
    return np.array([X @ W[:, i] + b[i] for i in range(W.shape[1])])

# %% answer="heads_of" wrong="axes_swapped"
def heads_of(X, W, b):
    return (np.einsum("ntd,dhm->nhtm", X, W) + b[:, None]).swapaxes(2, 3)

# %% answer="heads_of" wrong="bias_dropped"
def heads_of(X, W, b):
    return np.einsum("ntd,dhm->nhtm", X, W)

# %% answer="heads_of" wrong="axes_swapped+bias_dropped"
def heads_of(X, W, b):
    return np.tensordot(X, W, axes=1)

# %% answer="heads_of" wrong="heads_share_arrays"
def heads_of(X, W, b):
    return np.einsum("ntd,dhm->nhtm", X, W) + b[0]

# %% answer="heads_of" wrong="heads_share_arrays"
def heads_of(X, W, b):
    return np.einsum("ntd,dhm->nhtm", X, W) + b.mean(axis=0)

# %% answer="heads_of" wrong="axes_do_not_line_up"
def heads_of(X, W, b):
    return np.einsum("ntd,dhm->nhtm", X, W) + b

# %% answer="heads_of" wrong="axes_do_not_line_up"
def heads_of(X, W, b):
    D, H, M = W.shape
    Z = X @ W.reshape(D, H * M) + b
    return Z.reshape(len(X), -1, H, M).transpose(0, 2, 1, 3)

# %% answer="heads_of" wrong="axes_do_not_meet"
def heads_of(X, W, b):
    return X @ W + b

# %% answer="heads_of" wrong="axes_do_not_meet"
def heads_of(X, W, b):
    return np.dot(X, W) + b

# %% answer="heads_of" wrong="axes_do_not_meet"
def heads_of(X, W, b):
    return np.tensordot(X, W) + b

# %% answer="heads_of" wrong="heads_interleaved"
def heads_of(X, W, b):
    N, T, D = X.shape
    _, H, M = W.shape
    Z = X @ W.reshape(D, H * M) + b.reshape(-1)
    return Z.reshape(N, T, M, H).transpose(0, 3, 1, 2)

# %% answer="heads_of" wrong="heads_not_apart"
def heads_of(X, W, b):
    D, H, M = W.shape
    return X @ W.reshape(D, H * M) + b.reshape(H * M)

# %% answer="heads_of" wrong="heads_not_apart"
def heads_of(X, W, b):
    return np.concatenate([X @ W[:, i] + b[i] for i in range(W.shape[1])], axis=-1)

# %% answer="heads_of" wrong="heads_not_apart"
def heads_of(X, W, b):
    return np.concatenate([X @ W[:, i] + b[i] for i in range(W.shape[1])], axis=1)

# %% answer="heads_of" wrong="one_head"
def heads_of(X, W, b):
    return X @ W[:, 0] + b[0]

# %% answer="heads_of" wrong="one_head"
def heads_of(X, W, b):
    for i in range(W.shape[1]):
        q = X @ W[:, i] + b[i]
    return q

# %% answer="heads_of" wrong="one_head"
def heads_of(X, W, b):
    return np.einsum("ntd,dhm->ntm", X, W) + b.sum(0)

# %% answer="heads_of" wrong="one_head"
def heads_of(X, W, b):
    q = 0
    for i in range(W.shape[1]):
        q = q + X @ W[:, i] + b[i]
    return q / W.shape[1]

# %% answer="heads_of" wrong="first_sample_only"
def heads_of(X, W, b):
    return (np.einsum("td,dhm->htm", X[0], W) + b[:, None])

# %% answer="heads_of" wrong="more_than_asked"
def heads_of(X, W, b):
    return np.tanh(np.einsum("ntd,dhm->nhtm", X, W) + b[:, None])

# %% answer="heads_of" wrong="more_than_asked"
def heads_of(X, W, b):
    return (np.einsum("ntd,dhm->nhtm", X, W) + b[:, None]) / np.sqrt(W.shape[2])

# %% answer="heads_of" wrong="returns_nothing"
def heads_of(X, W, b):
    q = np.einsum("ntd,dhm->nhtm", X, W) + b[:, None]

# %% answer="heads_of" wrong="sizes_from_notebook"
def heads_of(X, W, b):
    return (X @ W.reshape(D, H * M) + b.reshape(H * M)).reshape(N, T, H, M).transpose(0, 2, 1, 3)

# %% answer="heads_of" wrong="name_unknown"
def heads_of(X, W, b):
    return np.einsum("ntd,dhm->nhtm", x, W) + b[:, None]

# %% answer="heads_of" wrong="letters_of_einsum"
def heads_of(X, W, b):
    return np.einsum("ntd,dhm->nhtk", X, W) + b[:, None]

# %% answer="heads_of" wrong="sum_too_short"
def heads_of(X, W, b):
    return np.einsum("ntd,dhm->nhtm", X[:, :, :-1], W[:-1]) + b[:, None]

# %% answer="heads_of" wrong="sum_too_short"
def heads_of(X, W, b):
    H, M = b.shape
    size = X.shape[2] // H
    heads = []
    for i in range(H):
        own = X[:, :, i * size:(i + 1) * size]
        heads.append(own @ W[i * size:(i + 1) * size, i] + b[i])
    return np.stack(heads, axis=1)

# %% answer="heads_of" wrong="heads_share_arrays"
def heads_of(X, W, b):
    return np.stack([X @ W[:, 0] + row for row in b], axis=1)

# %% answer="heads_of" wrong="heads_share_arrays"
def heads_of(X, W, b):
    q = np.einsum("ntd,dhm->nhtm", X, W)
    for i in range(len(b)):
        last = b[i]
    q[:, -1] += last
    return q

# %% answer="heads_of" wrong="bias_added_again"
def heads_of(X, W, b):
    N, T, D = X.shape
    q = 0
    for d in range(D):
        q = q + X[:, None, :, d, None] * W[d][:, None] + b[:, None]
    return q

# %% answer="heads_of" wrong="heads_interleaved"
def heads_of(X, W, b):
    N, T, D = X.shape
    _, H, M = W.shape
    Z = X @ W.swapaxes(1, 2).reshape(D, -1) + b.ravel()
    return Z.reshape(N, T, H, M).swapaxes(1, 2)

# %% answer="heads_of" wrong="heads_interleaved"
def heads_of(X, W, b):
    H, M = b.shape
    Z = X @ W.reshape(len(W), H * M) + b.flatten(order="F")
    return Z.reshape(*X.shape[:2], H, M).swapaxes(1, 2)

# %% answer="heads_of" wrong="reshape_for_transpose"
def heads_of(X, W, b):
    N, T, D = X.shape
    H, M = b.shape
    Z = X @ W.reshape(D, H * M) + b.reshape(H * M)
    return np.transpose(Z, (0, 2, 1)).reshape(N, H, T, M)

# %% answer="heads_of" wrong="first_sample_only"
def heads_of(X, W, b):
    return np.einsum("ntd,dhm->htm", X, W) + b[:, None]

# %% answer="heads_of" wrong="axes_do_not_meet"
def heads_of(X, W, b):
    return X @ W.transpose(1, 0, 2) + b[:, None]

# %% answer="heads_of" wrong="axes_do_not_line_up"
def heads_of(X, W, b):
    q = np.einsum("ntd,dhm->nthm", X, W) + b[:, None]
    return q.swapaxes(1, 2)

# %% answer="heads_of" wrong="reshape_makes_numbers"
def heads_of(X, W, b):
    N, T, D = X.shape
    D, H, M = W.shape
    q = np.einsum("ntd,dhm->nthm", X, W) + b
    return q.reshape(N, H, T, D)

# %% answer="attention_by_hand" right="einsum all the way"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nthm", X, Wq) + bq
    k = np.einsum("nsd,dhm->nshm", C, Wk) + bk
    v = np.einsum("nsd,dhm->nshm", C, Wv) + bv
    e = np.einsum("nthm,nshm->nhts", q, k) / np.sqrt(q.shape[-1])
    w = np.exp(e - e.max(-1, keepdims=True))
    w = w / w.sum(-1, keepdims=True)
    head = np.einsum("nhts,nshm->nthm", w, v)
    return np.einsum("nthm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" right="matrix products"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" right="head by head"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    H, M = bq.shape
    Y = bo
    for h in range(H):
        q = X @ Wq[:, h] + bq[h]
        k = C @ Wk[:, h] + bk[h]
        v = C @ Wv[:, h] + bv[h]
        e = np.exp(q @ k.swapaxes(1, 2) / np.sqrt(M))
        Y = Y + e / e.sum(-1, keepdims=True) @ v @ Wo[h]
    return Y

# %% answer="attention_by_hand" right="wide products"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    D, H, M = Wq.shape
    def project(Z, W, b):
        wide = Z @ W.reshape(D, H * M) + b.reshape(H * M)
        return wide.reshape(Z.shape[0], Z.shape[1], H, M).transpose(0, 2, 1, 3)
    q, k, v = project(X, Wq, bq), project(C, Wk, bk), project(C, Wv, bv)
    w = np.exp(q @ k.transpose(0, 1, 3, 2) / M ** 0.5)
    w /= w.sum(axis=-1, keepdims=True)
    head = (w @ v).transpose(0, 2, 1, 3).reshape(X.shape[0], X.shape[1], H * M)
    return head @ Wo.reshape(H * M, D) + bo

# %% answer="attention_by_hand" right="sample by sample"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    H, M = bq.shape
    out = []
    for x, c in zip(X, C):
        y = np.zeros_like(x)
        for h in range(H):
            q, k, v = x @ Wq[:, h] + bq[h], c @ Wk[:, h] + bk[h], c @ Wv[:, h] + bv[h]
            e = np.exp(q @ k.T / np.sqrt(M))
            y += (e / e.sum(1, keepdims=True)) @ v @ Wo[h]
        out.append(y + bo)
    return np.array(out)

# %% answer="attention_by_hand" right="the key bias left out: it changes nothing"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk)
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" right="tensordot"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q, k, v = (np.tensordot(Z, W, 1) + b for Z, W, b in [(X, Wq, bq), (C, Wk, bk), (C, Wv, bv)])
    q, k, v = q.swapaxes(1, 2), k.swapaxes(1, 2), v.swapaxes(1, 2)
    e = q @ np.swapaxes(k, -1, -2) / np.sqrt(k.shape[-1])
    e = np.exp(e - e.max())
    head = e @ v / e.sum(-1, keepdims=True)
    return np.tensordot(head, Wo, ((1, 3), (0, 1))) + bo

# %% answer="attention_by_hand" right="heads first"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    Q = np.array([X @ Wq[:, i] + bq[i] for i in range(len(bq))])
    K = np.array([C @ Wk[:, i] + bk[i] for i in range(len(bk))])
    V = np.array([C @ Wv[:, i] + bv[i] for i in range(len(bv))])
    E = np.exp(Q @ K.transpose(0, 1, 3, 2) / np.sqrt(Q.shape[3]))
    E = E / E.sum(3, keepdims=True)
    return sum((E @ V)[i] @ Wo[i] for i in range(len(Wo))) + bo

# %% answer="attention_by_hand" wrong="scale_forgotten"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2)
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="scale_of_others"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(X.shape[-1])
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="scale_of_others"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2) / q.shape[-1]
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="scale_of_others"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(Wq.shape[1] * Wq.shape[2])
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="scale_of_others"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(X.shape[1])
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="scale_of_others"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[1])
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="softmax_over_another_axis"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    e = np.exp(e)
    w = e / e.sum(axis=-2, keepdims=True)
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="softmax_over_another_axis"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    e = np.exp(e)
    w = e / e.sum(axis=1, keepdims=True)
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="softmax_over_another_axis"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    e = np.exp(e)
    w = e / e.sum()
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="not_a_softmax"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    w = e
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="not_a_softmax"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    e = np.exp(e)
    w = e
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="scaled_after_softmax"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2)
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True) / np.sqrt(q.shape[-1])
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="sequences_mixed_up"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", X, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", X, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="sequences_mixed_up"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", C, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="queries_and_keys_swapped"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", C, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", X, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", X, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="bias_dropped"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq)
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="bias_dropped"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv)
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="bias_dropped"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo)

# %% answer="attention_by_hand" wrong="bias_dropped"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq)
    k = np.einsum("nsd,dhm->nhsm", C, Wk)
    v = np.einsum("nsd,dhm->nhsm", C, Wv)
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="bias_dropped"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq)
    k = np.einsum("nsd,dhm->nhsm", C, Wk)
    v = np.einsum("nsd,dhm->nhsm", C, Wv)
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo)

# %% answer="attention_by_hand" wrong="arrays_mixed_up"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ k
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="arrays_mixed_up"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="arrays_mixed_up"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wq) + bq[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="arrays_mixed_up"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bk[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="arrays_mixed_up"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    k = np.einsum("nsd,dhm->nhsm", C, Wq) + bq[:, None]
    q = np.einsum("ntd,dhm->nhtm", X, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="reshape_for_transpose"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    N, H, T, M = head.shape
    return head.reshape(N, T, H * M) @ Wo.reshape(H * M, -1) + bo

# %% answer="attention_by_hand" wrong="reshape_for_transpose"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    D, H, M = Wq.shape
    def heads(Z, W, b):
        return (Z @ W.reshape(D, H * M) + b.ravel()).reshape(len(Z), H, -1, M)
    q, k, v = heads(X, Wq, bq), heads(C, Wk, bk), heads(C, Wv, bv)
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="reshape_for_transpose"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    D, H, M = Wq.shape
    N, T, _ = X.shape
    def heads(Z, W, b):
        return (Z @ W.reshape(D, H * M) + b.ravel()).reshape(N, H, Z.shape[1], M)
    q, k, v = heads(X, Wq, bq), heads(C, Wk, bk), heads(C, Wv, bv)
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    return head.reshape(N, T, H * M) @ Wo.reshape(H * M, D) + bo

# %% answer="attention_by_hand" wrong="one_head"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    return head[:, 0] @ Wo[0] + bo

# %% answer="attention_by_hand" wrong="one_head"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    M = Wq.shape[2]
    q, k, v = X @ Wq[:, 0] + bq[0], C @ Wk[:, 0] + bk[0], C @ Wv[:, 0] + bv[0]
    e = np.exp(q @ k.transpose(0, 2, 1) / np.sqrt(M))
    return e / e.sum(-1, keepdims=True) @ v @ Wo[0] + bo

# %% answer="attention_by_hand" wrong="heads_mixed"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    H, M = bq.shape
    Y = 0
    for h in range(H):
        q, k, v = X @ Wq[:, h] + bq[h], C @ Wk[:, h] + bk[h], C @ Wv[:, h] + bv[h]
        e = np.exp(q @ k.swapaxes(1, 2) / np.sqrt(M))
        Y = Y + e / e.sum(-1, keepdims=True) @ v @ Wo[h]
    return Y / H + bo

# %% answer="attention_by_hand" wrong="not_projected_back"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    return head

# %% answer="attention_by_hand" wrong="not_projected_back"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    N, H, T, M = head.shape
    return head.transpose(0, 2, 1, 3).reshape(N, T, H * M)

# %% answer="attention_by_hand" wrong="not_projected_back"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    return head.sum(axis=1)

# %% answer="attention_by_hand" wrong="bias_added_again"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    H, M = bq.shape
    Y = 0
    for h in range(H):
        q, k, v = X @ Wq[:, h] + bq[h], C @ Wk[:, h] + bk[h], C @ Wv[:, h] + bv[h]
        e = np.exp(q @ k.swapaxes(1, 2) / np.sqrt(M))
        Y = Y + e / e.sum(-1, keepdims=True) @ v @ Wo[h] + bo
    return Y

# %% answer="attention_by_hand" wrong="more_than_asked"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo + X

# %% answer="attention_by_hand" wrong="more_than_asked"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    e = np.where(np.tri(e.shape[2], e.shape[3], dtype=bool), e, -1e9)
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="axes_do_not_meet"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k / np.sqrt(q.shape[-1])
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="axes_do_not_meet"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k.T / np.sqrt(q.shape[-1])
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="axis_of_the_sums_gone"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    e = np.exp(e)
    w = e / e.sum(axis=-1)
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="axes_do_not_meet"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q, k, v = X @ Wq + bq, C @ Wk + bk, C @ Wv + bv
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="heads_not_added"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    return head @ Wo + bo

# %% answer="attention_by_hand" wrong="axes_do_not_line_up"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="returns_nothing"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    Y = np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="first_sample_only"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    H, M = bq.shape
    Y = bo
    for h in range(H):
        q, k, v = X[0] @ Wq[:, h] + bq[h], C[0] @ Wk[:, h] + bk[h], C[0] @ Wv[:, h] + bv[h]
        e = np.exp(q @ k.T / np.sqrt(M))
        Y = Y + e / e.sum(-1, keepdims=True) @ v @ Wo[h]
    return Y

# %% answer="attention_by_hand" wrong="scale_forgotten+bias_dropped"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq)
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2)
    e = np.exp(e)
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="above_and_below"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    w = np.exp(e - e.max(-1, keepdims=True)) / np.exp(e).sum(-1, keepdims=True)
    return np.einsum("nhtm,hmd->ntd", w @ v, Wo) + bo

# %% answer="attention_by_hand" wrong="letters_of_einsum"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = np.exp(q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1]))
    w = e / e.sum(axis=-1, keepdims=True)
    head = np.einsum("nhts,nhtm->nhtm", w, v)
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="sequences_mixed_up"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    def heads(Z, W, b):
        return np.einsum("ntd,dhm->nhtm", Z, W) + b[:, None]
    q, k, v = heads(X, Wq, bq), heads(C, Wk, bk), heads(X, Wv, bv)
    e = np.exp(q @ k.swapaxes(-1, -2) / np.sqrt(q.shape[-1]))
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="heads_interleaved"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    D, H, M = Wq.shape
    def heads(Z, W, b):
        wide = Z @ W.reshape(D, H * M) + b.reshape(H * M)
        return wide.reshape(Z.shape[0], Z.shape[1], M, H).transpose(0, 3, 1, 2)
    q, k, v = heads(X, Wq, bq), heads(C, Wk, bk), heads(C, Wv, bv)
    e = np.exp(q @ k.swapaxes(-1, -2) / np.sqrt(M))
    head = e / e.sum(axis=-1, keepdims=True) @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="heads_interleaved"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    D, H, M = Wq.shape
    def heads(Z, W, b):
        return np.einsum("ntd,dhm->nhtm", Z, W) + b[:, None]
    q, k, v = heads(X, Wq, bq), heads(C, Wk, bk), heads(C, Wv, bv)
    e = np.exp(q @ k.swapaxes(-1, -2) / np.sqrt(M))
    head = e / e.sum(axis=-1, keepdims=True) @ v
    beside = head.transpose(0, 2, 3, 1).reshape(len(X), -1, M * H)
    return beside @ Wo.reshape(H * M, D) + bo

# %% answer="attention_by_hand" wrong="heads_mixed"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = np.exp(q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1]))
    w = e / e.sum(axis=-1, keepdims=True)
    head = w.mean(axis=1, keepdims=True) @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="heads_mixed"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = np.exp(q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1]))
    head = e / e.sum(axis=-1, keepdims=True) @ v
    return head.sum(axis=1) @ Wo.sum(axis=0) + bo

# %% answer="attention_by_hand" wrong="sum_too_short"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    H, M = bq.shape
    Y = np.zeros(X.shape) + bo
    for h in range(1, H):
        q, k, v = X @ Wq[:, h] + bq[h], C @ Wk[:, h] + bk[h], C @ Wv[:, h] + bv[h]
        e = np.exp(q @ k.swapaxes(1, 2) / np.sqrt(M))
        Y += e / e.sum(-1, keepdims=True) @ v @ Wo[h]
    return Y

# %% answer="attention_by_hand" wrong="heads_share_arrays"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    H, M = bq.shape
    Y = np.zeros(X.shape) + bo
    for h in range(H):
        q, k, v = X @ Wq[:, h] + bq[h], C @ Wk[:, h] + bk[h], C @ Wv[:, h] + bv[h]
        e = np.exp(q @ k.swapaxes(1, 2) / np.sqrt(M))
        Y += e / e.sum(-1, keepdims=True) @ v @ Wo[0]
    return Y

# %% answer="attention_by_hand" wrong="one_head"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    H, M = bq.shape
    for h in range(H):
        q, k, v = X @ Wq[:, h] + bq[h], C @ Wk[:, h] + bk[h], C @ Wv[:, h] + bv[h]
        e = np.exp(q @ k.swapaxes(1, 2) / np.sqrt(M))
        Y = e / e.sum(-1, keepdims=True) @ v @ Wo[h] + bo
    return Y

# %% answer="attention_by_hand" wrong="reshape_for_transpose"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    N, H, S, M = k.shape
    e = np.exp(np.matmul(q, np.reshape(k, (N, H, M, S))) / np.sqrt(M))
    head = e / e.sum(axis=-1, keepdims=True) @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="axes_do_not_meet"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q, k, v = np.tensordot(X, Wq, 1) + bq, np.tensordot(C, Wk, 1) + bk, np.tensordot(C, Wv, 1) + bv
    e = np.exp(q @ k.swapaxes(-1, -2) / np.sqrt(q.shape[-1]))
    head = e / e.sum(axis=-1, keepdims=True) @ v
    return np.tensordot(head, Wo, 2) + bo

# %% answer="attention_by_hand" wrong="scale_of_others"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[:, None]
    e = np.exp(q @ k.transpose(0, 1, 3, 2) / 8)
    head = e / e.sum(axis=-1, keepdims=True) @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="reshape_makes_numbers"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    N, T, D = X.shape
    H, M = bq.shape
    def heads(Z, W, b):
        beside = Z @ W.reshape(D, H * M) + b.reshape(H * M)
        return beside.reshape(N, T, H, M).transpose(0, 2, 1, 3)
    q, k, v = heads(X, Wq, bq), heads(C, Wk, bk), heads(C, Wv, bv)
    e = np.exp(q @ k.swapaxes(-1, -2) / np.sqrt(M))
    head = e / e.sum(axis=-1, keepdims=True) @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="axes_do_not_line_up"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    H, M = bq.shape
    Y = np.zeros((len(X), X.shape[1], M))
    for h in range(H):
        q, k, v = X @ Wq[:, h] + bq[h], C @ Wk[:, h] + bk[h], C @ Wv[:, h] + bv[h]
        e = np.exp(q @ k.swapaxes(1, 2) / np.sqrt(M))
        Y += e / e.sum(-1, keepdims=True) @ v @ Wo[h]
    return Y + bo

# %% answer="attention_by_hand" wrong="axes_do_not_meet"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[:, None]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[:, None]
    e = np.exp(q @ k.swapaxes(-1, -2) / np.sqrt(q.shape[-1]))
    w = e / e.sum(axis=-1, keepdims=True)
    head = w @ C
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="more_than_asked"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    def heads(Z, W, b):
        z = np.einsum("ntd,dhm->nhtm", Z, W) + b[:, None]
        return z * (z > 0)
    q, k, v = heads(X, Wq, bq), heads(C, Wk, bk), heads(C, Wv, bv)
    e = np.exp(q @ k.swapaxes(-1, -2) / np.sqrt(q.shape[-1]))
    head = e / e.sum(axis=-1, keepdims=True) @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="attention_by_hand" wrong="heads_share_arrays"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q = np.einsum("ntd,dhm->nhtm", X, Wq) + bq[0]
    k = np.einsum("nsd,dhm->nhsm", C, Wk) + bk[0]
    v = np.einsum("nsd,dhm->nhsm", C, Wv) + bv[0]
    e = np.exp(q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1]))
    head = e / e.sum(axis=-1, keepdims=True) @ v
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo

# %% answer="weights_of" wrong="module_lacks_it"
def weights_of(q, k):
    scores = np.matmul(q, k.transpose(0, 2, 1)) / np.sqrt(q.shape[2])
    return np.softmax(scores, axis=2)

# %% answer="weights_of" wrong="goes_on_to_the_mixture"
def weights_of(q, k):
    e = np.exp(q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[2]))
    w = e / e.sum(axis=2, keepdims=True)
    return w @ k

# %% answer="weights_of" wrong="first_sample_only"
def weights_of(q, k):
    result = []
    for n in range(len(q)):
        e = np.exp(q[n] @ k[n].T / np.sqrt(q.shape[2]))
        result.append(e / e.sum(axis=1, keepdims=True))
        return np.array(result)

# %% answer="masked" wrong="first_sample_only"
def masked(scores, real):
    T = scores.shape[1]
    allowed = np.tril(np.ones((T, T))) * real[0]
    e = np.exp(scores) * allowed
    return e / e.sum(axis=2, keepdims=True)

# %% answer="masked" wrong="zero_for_infinity"
def masked(scores, real):
    T = scores.shape[1]
    allowed = np.tril(np.ones((T, T))) * real[:, None, :]
    e = np.exp(scores + (allowed - 1))
    return e / e.sum(axis=2, keepdims=True)

# %% answer="heads_of" wrong="axes_do_not_meet"
def heads_of(X, W, b):
    q = np.tensordot(X, W)
    return (q + b).swapaxes(1, 2)

# %% answer="heads_of" wrong="loop_keeps_one"
def heads_of(X, W, b):
    last = X[:, -1]
    return np.einsum("nd,dhm->nhm", last, W) + b

# %% answer="attention_by_hand" wrong="heads_share_arrays" uses="heads_of weights_of"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q, k, v = heads_of(X, Wq, bq), heads_of(C, Wk, bk), heads_of(C, Wv, bv)
    w = weights_of(q[:, 0], k[:, 0])
    Y = np.zeros(X.shape)
    for h in range(Wq.shape[1]):
        Y = Y + (w @ v[:, h]) @ Wo[h]
    return Y + bo

# %% answer="attention_by_hand" wrong="axis_left_out" uses="heads_of"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    q, k, v = heads_of(X, Wq, bq), heads_of(C, Wk, bk), heads_of(C, Wv, bv)
    e = np.exp(q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[-1]))
    w = e / e.sum(axis=-1, keepdims=True)
    return np.einsum("nhtm,hmd->ntd", w @ v, Wo) + bo
