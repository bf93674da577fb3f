# %% [markdown]
# Answers to assignment 11, written the way students write them, independent of the catalogue in `rnnshapes`.
# One answer per cell. The key says what the cell is: `right` or `wrong`. A cell with two mistakes joins their keys with `+`.

# %% answer="predicted" right="letters"
predicted = {
    "E": (K, D),
    "one_hot": (N, T, K),
    "X": (N, T, D),
    "mask": (N, T),
    "h": (N, T, M),
    "h_last": (N, M),
    "logits": (N, T, K),
    "losses": (N, T),
    "loss": (),
    "dE": (K, D),
}

# %% answer="predicted" right="numbers"
predicted = {
    "E": (41, 5),
    "one_hot": (6, 9, 41),
    "X": (6, 9, 5),
    "mask": (6, 9),
    "h": (6, 9, 8),
    "h_last": (6, 8),
    "logits": (6, 9, 41),
    "losses": (6, 9),
    "loss": (),
    "dE": (41, 5),
}

# %% answer="predicted" right="lists"
predicted = {
    "E": [K, D],
    "one_hot": [N, T, K],
    "X": [N, T, D],
    "mask": (N, T),
    "h": (N, T, M),
    "h_last": (N, M),
    "logits": (N, T, K),
    "losses": (N, T),
    "loss": [],
    "dE": (K, D),
}

# %% answer="predicted" right="rows counted first"
rows = 40 + 1
predicted = {
    "E": (rows, D),
    "one_hot": (N, T, K),
    "X": (N, T, D),
    "mask": (N, T),
    "h": (N, T, M),
    "h_last": (N, M),
    "logits": (N, T, rows),
    "losses": (N, T),
    "loss": (),
    "dE": (rows, D),
}

# %% answer="predicted" wrong="vocabulary_off_the_ids"
predicted = {
    "E": (40, D),
    "one_hot": (N, T, 40),
    "X": (N, T, D),
    "mask": (N, T),
    "h": (N, T, M),
    "h_last": (N, M),
    "logits": (N, T, 40),
    "losses": (N, T),
    "loss": (),
    "dE": (40, D),
}

# %% answer="predicted" wrong="vocabulary_off_the_ids"
predicted = {
    "E": (K - 1, D),
    "one_hot": (N, T, K),
    "X": (N, T, D),
    "mask": (N, T),
    "h": (N, T, M),
    "h_last": (N, M),
    "logits": (N, T, K),
    "losses": (N, T),
    "loss": (),
    "dE": (K - 1, D),
}

# %% answer="predicted" wrong="letters_in_another_order"
predicted = {
    "E": (D, K),
    "one_hot": (N, T, K),
    "X": (N, T, D),
    "mask": (N, T),
    "h": (N, T, M),
    "h_last": (N, M),
    "logits": (N, T, K),
    "losses": (N, T),
    "loss": (),
    "dE": (D, K),
}

# %% answer="predicted" wrong="vector_forgotten"
predicted = {
    "E": (K, D),
    "one_hot": (N, K, T),
    "X": (N, T, D),
    "mask": (N, T),
    "h": (N, T, M),
    "h_last": (N, M),
    "logits": (N, T, K),
    "losses": (N, T),
    "loss": (),
    "dE": (K, D),
}

# %% answer="predicted" wrong="vector_forgotten"
predicted = {
    "E": (K, D),
    "one_hot": (N, T, 1),
    "X": (N, T, D),
    "mask": (N, T),
    "h": (N, T, M),
    "h_last": (N, M),
    "logits": (N, T, K),
    "losses": (N, T),
    "loss": (),
    "dE": (K, D),
}

# %% answer="predicted" wrong="vector_forgotten"
predicted = {
    "E": (K, D),
    "one_hot": (K, K),
    "X": (N, T, D),
    "mask": (N, T),
    "h": (N, T, M),
    "h_last": (N, M),
    "logits": (N, T, K),
    "losses": (N, T),
    "loss": (),
    "dE": (K, D),
}

# %% answer="predicted" wrong="vector_forgotten"
predicted = {
    "E": (K, D),
    "one_hot": (N, T, K),
    "X": (N, T),
    "mask": (N, T),
    "h": (N, T, M),
    "h_last": (N, M),
    "logits": (N, T, K),
    "losses": (N, T),
    "loss": (),
    "dE": (K, D),
}

# %% answer="predicted" wrong="vector_forgotten"
predicted = {
    "E": (K, D),
    "one_hot": (N, T, K),
    "X": (N, T, K),
    "mask": (N, T),
    "h": (N, T, M),
    "h_last": (N, M),
    "logits": (N, T, K),
    "losses": (N, T),
    "loss": (),
    "dE": (K, D),
}

# %% answer="predicted" wrong="vector_forgotten"
predicted = {
    "E": (K, D),
    "one_hot": (N, T, K),
    "X": (N, D),
    "mask": (N, T),
    "h": (N, T, M),
    "h_last": (N, M),
    "logits": (N, T, K),
    "losses": (N, T),
    "loss": (),
    "dE": (K, D),
}

# %% answer="predicted" wrong="one_for_each_place"
predicted = {
    "E": (K, D),
    "one_hot": (N, T, K),
    "X": (N, T, D),
    "mask": (N, T, D),
    "h": (N, T, M),
    "h_last": (N, M),
    "logits": (N, T, K),
    "losses": (N, T),
    "loss": (),
    "dE": (K, D),
}

# %% answer="predicted" wrong="one_for_each_place"
predicted = {
    "E": (K, D),
    "one_hot": (N, T, K),
    "X": (N, T, D),
    "mask": (N, T, 1),
    "h": (N, T, M),
    "h_last": (N, M),
    "logits": (N, T, K),
    "losses": (N, T),
    "loss": (),
    "dE": (K, D),
}

# %% answer="predicted" wrong="return_sequences_forgotten"
predicted = {
    "E": (K, D),
    "one_hot": (N, T, K),
    "X": (N, T, D),
    "mask": (N, T),
    "h": (N, M),
    "h_last": (N, M),
    "logits": (N, K),
    "losses": (N, T),
    "loss": (),
    "dE": (K, D),
}

# %% answer="predicted" wrong="time_axis_kept"
predicted = {
    "E": (K, D),
    "one_hot": (N, T, K),
    "X": (N, T, D),
    "mask": (N, T),
    "h": (N, T, M),
    "h_last": (N, T, M),
    "logits": (N, T, K),
    "losses": (N, T),
    "loss": (),
    "dE": (K, D),
}

# %% answer="predicted" wrong="one_for_each_place"
predicted = {
    "E": (K, D),
    "one_hot": (N, T, K),
    "X": (N, T, D),
    "mask": (N, T),
    "h": (N, T, M),
    "h_last": (N, M),
    "logits": (N, T, K),
    "losses": (N, T, K),
    "loss": (),
    "dE": (K, D),
}

# %% answer="predicted" wrong="one_for_each_place"
predicted = {
    "E": (K, D),
    "one_hot": (N, T, K),
    "X": (N, T, D),
    "mask": (N, T),
    "h": (N, T, M),
    "h_last": (N, M),
    "logits": (N, T, K),
    "losses": (N,),
    "loss": (),
    "dE": (K, D),
}

# %% answer="predicted" wrong="one_for_each_place"
predicted = {
    "E": (K, D),
    "one_hot": (N, T, K),
    "X": (N, T, D),
    "mask": (N, T),
    "h": (N, T, M),
    "h_last": (N, M),
    "logits": (N, T, K),
    "losses": (N, T),
    "loss": (1,),
    "dE": (K, D),
}

# %% answer="predicted" wrong="one_for_each_place"
predicted = {
    "E": (K, D),
    "one_hot": (N, T, K),
    "X": (N, T, D),
    "mask": (N, T),
    "h": (N, T, M),
    "h_last": (N, M),
    "logits": (N, T, K),
    "losses": (N, T),
    "loss": (N,),
    "dE": (K, D),
}

# %% answer="predicted" wrong="gradients_not_summed"
predicted = {
    "E": (K, D),
    "one_hot": (N, T, K),
    "X": (N, T, D),
    "mask": (N, T),
    "h": (N, T, M),
    "h_last": (N, M),
    "logits": (N, T, K),
    "losses": (N, T),
    "loss": (),
    "dE": (N, T, D),
}

# %% answer="predicted" wrong="gradients_not_summed"
predicted = {
    "E": (K, D),
    "one_hot": (N, T, K),
    "X": (N, T, D),
    "mask": (N, T),
    "h": (N, T, M),
    "h_last": (N, M),
    "logits": (N, T, K),
    "losses": (N, T),
    "loss": (),
    "dE": (D,),
}

# %% answer="predicted" wrong="m_for_k"
predicted = {
    "E": (K, D),
    "one_hot": (N, T, K),
    "X": (N, T, D),
    "mask": (N, T),
    "h": (N, T, M),
    "h_last": (N, M),
    "logits": (N, T, M),
    "losses": (N, T),
    "loss": (),
    "dE": (K, D),
}

# %% answer="predicted" wrong="batch_axis_forgotten"
predicted = {
    "E": (K, D),
    "one_hot": (N, T, K),
    "X": (T, D),
    "mask": (T,),
    "h": (N, T, M),
    "h_last": (N, M),
    "logits": (T, K),
    "losses": (N, T),
    "loss": (),
    "dE": (K, D),
}

# %% answer="through_table" right="lookup and np.add.at"
def through_table(ids, E, dX):
    dE = np.zeros_like(E)
    np.add.at(dE, ids, dX)
    return E[ids], dE

# %% answer="through_table" right="one-hot and tensordot"
def through_table(ids, E, dX):
    K = E.shape[0]
    onehot = (ids[..., None] == np.arange(K)).astype(float)
    return onehot @ E, np.tensordot(onehot, dX, axes=([0, 1], [0, 1]))

# %% answer="through_table" right="flat one-hot"
def through_table(ids, E, dX):
    N, T = ids.shape
    K, D = E.shape
    O = np.eye(K)[ids.reshape(-1)]          # (N*T, K)
    X = (O @ E).reshape(N, T, D)
    return X, O.T @ dX.reshape(N * T, D)

# %% answer="through_table" right="loops"
def through_table(ids, E, dX):
    N, T = ids.shape
    X = np.zeros((N, T, E.shape[1]))
    dE = np.zeros(E.shape)
    for n in range(N):
        for t in range(T):
            X[n, t] = E[ids[n, t]]
            dE[ids[n, t]] += dX[n, t]
    return X, dE

# %% answer="through_table" right="row by row of the table"
def through_table(ids, E, dX):
    dE = np.array([dX[ids == k].sum(axis=0) for k in range(len(E))])
    return np.take(E, ids, axis=0), dE

# %% answer="through_table" right="einsum, a list"
def through_table(ids, E, dX):
    onehot = np.zeros((*ids.shape, len(E)))
    for n in range(ids.shape[0]):
        for t in range(ids.shape[1]):
            onehot[n, t, ids[n, t]] = 1
    return [np.einsum("ntk,kd->ntd", onehot, E), np.einsum("ntk,ntd->kd", onehot, dX)]

# %% answer="through_table" right="batched product, summed"
def through_table(ids, E, dX):
    O = np.eye(E.shape[0])[ids]
    return O @ E, (O.transpose(0, 2, 1) @ dX).sum(axis=0)

# %% answer="through_table" right="bincount for each column"
def through_table(ids, E, dX):
    K, D = E.shape
    flat = ids.ravel()
    dE = np.stack([np.bincount(flat, weights=dX[..., d].ravel(), minlength=K) for d in range(D)], axis=1)
    return E[ids], dE

# %% answer="through_table" right="a dict"
def through_table(ids, E, dX):
    dE = 0 * E
    for k in np.unique(ids):
        dE[k] = np.sum(dX * (ids == k)[:, :, None], axis=(0, 1))
    return {"X": E[ids], "dE": dE}

# %% answer="through_table" wrong="last_pick_wins"
def through_table(ids, E, dX):
    dE = np.zeros_like(E)
    dE[ids] += dX
    return E[ids], dE

# %% answer="through_table" wrong="last_pick_wins"
def through_table(ids, E, dX):
    dE = np.zeros(E.shape)
    for n in range(ids.shape[0]):
        for t in range(ids.shape[1]):
            dE[ids[n, t]] = dX[n, t]
    return E[ids], dE

# %% answer="through_table" wrong="ids_from_one"
def through_table(ids, E, dX):
    dE = np.zeros_like(E)
    np.add.at(dE, ids - 1, dX)
    return E[ids - 1], dE

# %% answer="through_table" wrong="ids_from_one"
def through_table(ids, E, dX):
    one_hot = (ids[..., None] == np.arange(1, len(E) + 1)).astype(float)
    return E[ids - 1], np.einsum("ntk,ntd->kd", np.eye(len(E))[ids - 1], dX)

# %% answer="through_table" wrong="gradients_not_summed"
def through_table(ids, E, dX):
    O = np.eye(len(E))[ids]
    return O @ E, np.einsum("ntk,ntd->kd", O, dX) / len(ids)

# %% answer="through_table" wrong="gradients_not_summed"
def through_table(ids, E, dX):
    dE = np.zeros_like(E)
    for k in np.unique(ids):
        dE[k] = dX[ids == k].mean(axis=0)
    return E[ids], dE

# %% answer="through_table" wrong="gradients_not_summed"
def through_table(ids, E, dX):
    O = np.eye(len(E))[ids]
    return O @ E, (O.transpose(0, 2, 1) @ dX).mean(axis=0)

# %% answer="through_table" wrong="padding_as_zeros"
def through_table(ids, E, dX):
    dE = np.zeros_like(E)
    np.add.at(dE, ids, dX)
    dE[0] = 0
    return E[ids] * (ids != 0)[..., None], dE

# %% answer="through_table" wrong="padding_as_zeros"
def through_table(ids, E, dX):
    dE = np.zeros_like(E)
    for n in range(ids.shape[0]):
        for t in range(ids.shape[1]):
            if ids[n, t] != 0:
                dE[ids[n, t]] += dX[n, t]
    return E[ids], dE

# %% answer="through_table" wrong="gradients_not_summed"
def through_table(ids, E, dX):
    O = np.eye(len(E))[ids]
    return O @ E, O.transpose(0, 2, 1) @ dX

# %% answer="through_table" wrong="gradients_not_summed"
def through_table(ids, E, dX):
    O = np.eye(len(E))[ids]
    for n in range(len(ids)):
        dE = O[n].T @ dX[n]
    return O @ E, dE

# %% answer="through_table" wrong="gradients_not_summed"
def through_table(ids, E, dX):
    return E[ids], dX

# %% answer="through_table" wrong="table_moved_on"
def through_table(ids, E, dX):
    dE = E.copy()
    np.add.at(dE, ids, dX)
    return E[ids], dE

# %% answer="through_table" wrong="table_moved_on"
def through_table(ids, E, dX):
    new = E.copy()
    np.subtract.at(new, ids, dX)
    return E[ids], new

# %% answer="through_table" wrong="vocabulary_off_the_ids"
def through_table(ids, E, dX):
    O = np.eye(ids.max() + 1)[ids]
    return E[ids], np.einsum("ntk,ntd->kd", O, dX)

# %% answer="through_table" wrong="vocabulary_off_the_ids"
def through_table(ids, E, dX):
    O = np.eye(ids.max() + 1)[ids]
    return O @ E, np.einsum("ntk,ntd->kd", O, dX)

# %% answer="through_table" wrong="vocabulary_off_the_ids"
def through_table(ids, E, dX):
    K = len(np.unique(ids))
    O = np.eye(K)[np.searchsorted(np.unique(ids), ids)]
    return E[ids], np.einsum("ntk,ntd->kd", O, dX)

# %% answer="through_table" wrong="table_turned"
def through_table(ids, E, dX):
    dE = np.zeros_like(E)
    np.add.at(dE, ids, dX)
    return E[:, ids], dE

# %% answer="through_table" wrong="table_turned"
def through_table(ids, E, dX):
    O = np.eye(len(E))[ids]
    return E @ O, O.T @ dX

# %% answer="through_table" wrong="table_turned"
def through_table(ids, E, dX):
    O = np.eye(E.shape[1])[ids]
    return O @ E, O.T @ dX

# %% answer="through_table" wrong="table_turned"
def through_table(ids, E, dX):
    O = np.eye(len(E))[ids]
    return O @ E.T, np.einsum("ntk,ntd->kd", O, dX)

# %% answer="through_table" wrong="table_turned"
def through_table(ids, E, dX):
    O = np.eye(len(E))[ids]
    return O @ E, O @ dX

# %% answer="through_table" wrong="axes_swapped"
def through_table(ids, E, dX):
    O = np.eye(len(E))[ids]
    return O @ E, np.einsum("ntk,ntd->dk", O, dX)

# %% answer="through_table" wrong="flattened"
def through_table(ids, E, dX):
    O = np.eye(len(E))[ids.ravel()]
    return (O @ E).ravel(), O.T @ dX.reshape(len(O), -1)

# %% answer="through_table" wrong="flattened"
def through_table(ids, E, dX):
    O = np.eye(len(E))[ids.ravel()]
    return O @ E, O.T @ dX.reshape(len(O), -1)

# %% answer="through_table" wrong="another_in_its_place"
def through_table(ids, E, dX):
    dE = np.zeros_like(E)
    np.add.at(dE, ids, dX)
    return dE, E[ids]

# %% answer="through_table" wrong="wrong_type"
def through_table(ids, E, dX):
    return E[ids]

# %% answer="through_table" wrong="sizes_from_notebook"
def through_table(ids, E, dX):
    O = np.eye(41)[ids]
    return O @ E, np.einsum("ntk,ntd->kd", O, dX)

# %% answer="through_table" wrong="returns_nothing"
def through_table(ids, E, dX):
    O = np.eye(len(E))[ids]
    X, dE = O @ E, np.einsum("ntk,ntd->kd", O, dX)

# %% answer="through_table" wrong="argument_changed"
def through_table(ids, E, dX):
    X = E[ids]
    E[:] = 0
    np.add.at(E, ids, dX)
    return X, E

# %% answer="through_table" wrong="vector_forgotten"
def through_table(ids, E, dX):
    X = np.eye(len(E))[ids]
    dE = np.einsum("ntk,ntd->kd", X, dX)
    return X, dE

# %% answer="through_table" wrong="wrong_type"
def through_table(ids, E, dX):
    dE = np.add.at(np.zeros_like(E), ids, dX)
    return E[ids], dE

# %% answer="through_table" wrong="table_turned"
def through_table(ids, E, dX):
    dE = np.zeros_like(E)
    for n in range(ids.shape[0]):
        for t in range(ids.shape[1]):
            dE[t] += dX[n, t]
    return E[ids], dE

# %% answer="through_table" wrong="ids_from_one"
def through_table(ids, E, dX):
    K = E.shape[0]
    one_hot = (ids[..., None] == np.arange(1, K + 1)).astype(float)
    X = one_hot @ E
    dE = np.einsum("ntk,ntd->kd", one_hot, dX)
    return X, dE

# %% answer="through_table" wrong="table_moved_on"
def through_table(ids, E, dX):
    X = E[ids]
    dE = np.zeros_like(E)
    np.add.at(dE, ids, dX * X)
    return X, dE

# %% answer="through_table" wrong="padding_as_zeros"
def through_table(ids, E, dX):
    X = E[ids]
    dE = np.zeros_like(E)
    np.add.at(dE, ids, dX)
    dE[0] = 0.0
    return X, dE

# %% answer="through_table" wrong="integer_array"
def through_table(ids, E, dX):
    X = E[ids]
    dE = np.zeros(E.shape, ids.dtype)
    for n in range(ids.shape[0]):
        for t in range(ids.shape[1]):
            dE[ids[n, t]] += dX[n, t]
    return X, dE

# %% answer="through_table" wrong="last_pick_wins"
def through_table(ids, E, dX):
    X = E[ids]
    dE = np.zeros(E.shape)
    which, first = np.unique(ids.ravel(), return_index=True)
    dE[which] = dX.reshape(-1, E.shape[1])[first]
    return X, dE

# %% answer="through_table" wrong="reshape_for_transpose"
def through_table(ids, E, dX):
    K, D = E.shape
    one_hot = np.eye(K)[ids.ravel()]
    return E[ids], one_hot.T @ dX.reshape(D, -1).T

# %% answer="shifted" right="reshape of a filled line"
def shifted(ids, T):
    places = len(ids) - 1
    N = int(np.ceil(places / T))
    rest = N * T - places
    inputs = np.concatenate([ids[:-1], np.zeros(rest, int)]).reshape(N, T)
    targets = np.concatenate([ids[1:], np.zeros(rest, int)]).reshape(N, T)
    return inputs, targets

# %% answer="shifted" right="np.pad"
def shifted(ids, T):
    rest = -(len(ids) - 1) % T
    cut = lambda line: np.pad(line, (0, rest)).reshape(-1, T)
    return cut(ids[:-1]), cut(ids[1:])

# %% answer="shifted" right="piece by piece"
def shifted(ids, T):
    inputs, targets = [], []
    for start in range(0, len(ids) - 1, T):
        x = list(ids[start:start + T][:len(ids) - 1 - start])
        y = list(ids[start + 1:start + 1 + T])
        inputs.append(x + [0] * (T - len(x)))
        targets.append(y + [0] * (T - len(y)))
    return np.array(inputs), np.array(targets)

# %% answer="shifted" right="two loops"
def shifted(ids, T):
    L = len(ids)
    N = (L - 2) // T + 1
    inputs = np.zeros((N, T))
    targets = np.zeros((N, T))
    for n in range(N):
        for t in range(T):
            i = n * T + t
            if i + 1 < L:
                inputs[n, t] = ids[i]
                targets[n, t] = ids[i + 1]
    return inputs, targets

# %% answer="shifted" right="rows of T + 1 that share one"
def shifted(ids, T):
    rows = []
    for start in range(0, len(ids) - 1, T):
        row = np.zeros((2, T), dtype=int)
        piece = ids[start:start + T + 1]
        row[0, :len(piece) - 1] = piece[:-1]
        row[1, :len(piece) - 1] = piece[1:]
        rows.append(row)
    both = np.stack(rows, axis=1)
    return both[0], both[1]

# %% answer="shifted" right="resize"
def shifted(ids, T):
    x, y = ids[:-1].copy(), ids[1:].copy()
    N = -(-len(x) // T)
    x.resize((N, T), refcheck=False)
    y.resize((N, T), refcheck=False)
    return x, y

# %% answer="shifted" right="a while loop, as lists"
def shifted(ids, T):
    x, y, i = [], [], 0
    while i < len(ids) - 1:
        a, b = [0] * T, [0] * T
        for t in range(T):
            if i < len(ids) - 1:
                a[t], b[t] = int(ids[i]), int(ids[i + 1])
                i += 1
        x.append(a)
        y.append(b)
    return x, y

# %% answer="shifted" right="both lines at once"
def shifted(ids, T):
    pairs = np.stack([ids[:-1], ids[1:]])
    rest = (T - pairs.shape[1] % T) % T
    pairs = np.hstack([pairs, np.zeros((2, rest), dtype=ids.dtype)])
    return tuple(pairs.reshape(2, -1, T))

# %% answer="shifted" right="stacked into one array"
def shifted(ids, T):
    def cut(line):
        N = -(-len(line) // T)
        rows = np.zeros((N, T), int)
        rows.flat[:len(line)] = line
        return rows
    return np.stack([cut(ids[:-1]), cut(ids[1:])])

# %% answer="shifted" wrong="targets_not_shifted"
def shifted(ids, T):
    def cut(line):
        N = -(-len(line) // T)
        rows = np.zeros((N, T), int)
        rows.flat[:len(line)] = line
        return rows
    return cut(ids[:-1]), cut(ids[:-1])

# %% answer="shifted" wrong="targets_not_shifted"
def shifted(ids, T):
    N = (len(ids) - 1 + T - 1) // T
    inputs, targets = np.zeros((N, T), int), np.zeros((N, T), int)
    for i in range(len(ids) - 1):
        inputs[i // T, i % T] = ids[i]
        targets[i // T, i % T] = ids[i]
    return inputs, targets

# %% answer="shifted" wrong="shifted_the_other_way"
def shifted(ids, T):
    def cut(line):
        N = -(-len(line) // T)
        rows = np.zeros((N, T), int)
        rows.flat[:len(line)] = line
        return rows
    return cut(ids[:-1]), cut(np.roll(ids, 1)[:-1])

# %% answer="shifted" wrong="shifted_the_other_way"
def shifted(ids, T):
    def cut(line):
        N = -(-len(line) // T)
        rows = np.zeros((N, T), int)
        rows.flat[:len(line)] = line
        return rows
    return cut(ids[:-1]), cut(np.append(ids[2:], 0))

# %% answer="shifted" wrong="shifted_the_other_way"
def shifted(ids, T):
    def cut(line):
        N = -(-len(line) // T)
        rows = np.zeros((N, T), int)
        rows.flat[:len(line)] = line
        return rows
    return cut(ids[1:]), cut(ids[1:])

# %% answer="shifted" wrong="another_in_its_place"
def shifted(ids, T):
    def cut(line):
        N = -(-len(line) // T)
        rows = np.zeros((N, T), int)
        rows.flat[:len(line)] = line
        return rows
    return cut(ids[1:]), cut(ids[:-1])

# %% answer="shifted" wrong="shifted_within_rows"
def shifted(ids, T):
    def cut(line):
        N = -(-len(line) // T)
        rows = np.zeros((N, T), int)
        rows.flat[:len(line)] = line
        return rows
    inputs = cut(ids[:-1])
    return inputs, np.roll(inputs, -1, axis=1)

# %% answer="shifted" wrong="shifted_within_rows"
def shifted(ids, T):
    def cut(line):
        N = -(-len(line) // T)
        rows = np.zeros((N, T), int)
        rows.flat[:len(line)] = line
        return rows
    inputs = cut(ids[:-1])
    targets = np.zeros_like(inputs)
    targets[:, :-1] = inputs[:, 1:]
    return inputs, targets

# %% answer="shifted" wrong="shifted_within_rows"
def shifted(ids, T):
    def cut(line):
        N = -(-len(line) // T)
        rows = np.zeros((N, T), int)
        rows.flat[:len(line)] = line
        return rows
    rows = cut(ids)
    return rows[:, :-1], rows[:, 1:]

# %% answer="shifted" wrong="shifted_within_rows"
def shifted(ids, T):
    N = len(ids) // T
    rows = ids[:N * T].reshape(N, T)
    return rows[:, :-1], rows[:, 1:]

# %% answer="shifted" wrong="last_has_no_target"
def shifted(ids, T):
    def cut(line):
        N = -(-len(line) // T)
        rows = np.zeros((N, T), int)
        rows.flat[:len(line)] = line
        return rows
    return cut(ids), cut(np.append(ids[1:], 0))

# %% answer="shifted" wrong="last_has_no_target"
def shifted(ids, T):
    N = -(-len(ids) // T)
    inputs, targets = np.zeros((N, T), int), np.zeros((N, T), int)
    inputs.flat[:len(ids)] = ids
    targets.flat[:len(ids) - 1] = ids[1:]
    return inputs, targets

# %% answer="shifted" wrong="rows_miscounted"
def shifted(ids, T):
    N = (len(ids) - 1) // T
    return ids[:N * T].reshape(N, T), ids[1:N * T + 1].reshape(N, T)

# %% answer="shifted" wrong="rows_miscounted"
def shifted(ids, T):
    x, y = [], []
    for start in range(0, len(ids) - T, T):
        x.append(ids[start:start + T])
        y.append(ids[start + 1:start + T + 1])
    return np.array(x).reshape(-1, T), np.array(y).reshape(-1, T)

# %% answer="shifted" wrong="rows_miscounted"
def shifted(ids, T):
    N = (len(ids) - 1) // T + 1
    inputs, targets = np.zeros((N, T), int), np.zeros((N, T), int)
    inputs.flat[:len(ids) - 1] = ids[:-1]
    targets.flat[:len(ids) - 1] = ids[1:]
    return inputs, targets

# %% answer="shifted" wrong="padded_otherwise"
def shifted(ids, T):
    rows = range(0, len(ids) - 1, T)
    inputs, targets = np.zeros((len(rows), T), int), np.zeros((len(rows), T), int)
    for n, start in enumerate(rows):
        piece = ids[start:start + T + 1]
        inputs[n, T - len(piece) + 1:] = piece[:-1]
        targets[n, T - len(piece) + 1:] = piece[1:]
    return inputs, targets

# %% answer="shifted" wrong="padded_otherwise"
def shifted(ids, T):
    rest = -(len(ids) - 1) % T
    zeros = np.zeros(rest, int)
    return np.append(zeros, ids[:-1]).reshape(-1, T), np.append(zeros, ids[1:]).reshape(-1, T)

# %% answer="shifted" wrong="padded_otherwise"
def shifted(ids, T):
    rest = -(len(ids) - 1) % T
    return np.pad(ids[:-1], (0, rest), constant_values=-1).reshape(-1, T), np.pad(ids[1:], (0, rest), constant_values=-1).reshape(-1, T)

# %% answer="shifted" wrong="padded_otherwise"
def shifted(ids, T):
    N = -(-(len(ids) - 1) // T)
    return np.resize(ids[:-1], (N, T)), np.resize(ids[1:], (N, T))

# %% answer="shifted" wrong="padded_otherwise"
def shifted(ids, T):
    rest = -(len(ids) - 1) % T
    return np.pad(ids[:-1], (0, rest), mode="edge").reshape(-1, T), np.pad(ids[1:], (0, rest), mode="edge").reshape(-1, T)

# %% answer="shifted" wrong="rows_overlap"
def shifted(ids, T):
    view = np.lib.stride_tricks.sliding_window_view
    return view(ids[:-1], T), view(ids[1:], T)

# %% answer="shifted" wrong="rows_overlap"
def shifted(ids, T):
    N = len(ids) - T
    return np.array([ids[n:n + T] for n in range(N)]), np.array([ids[n + 1:n + T + 1] for n in range(N)])

# %% answer="shifted" wrong="rows_overlap"
def shifted(ids, T):
    N = len(ids) // (T + 1)
    rows = ids[:N * (T + 1)].reshape(N, T + 1)
    return rows[:, :-1], rows[:, 1:]

# %% answer="shifted" wrong="reshape_for_transpose"
def shifted(ids, T):
    def cut(line):
        N = -(-len(line) // T)
        rows = np.zeros((N, T), int)
        rows.flat[:len(line)] = line
        return rows
    x, y = cut(ids[:-1]), cut(ids[1:])
    return x.reshape(T, -1).T, y.reshape(T, -1).T

# %% answer="shifted" wrong="axes_swapped"
def shifted(ids, T):
    def cut(line):
        N = -(-len(line) // T)
        rows = np.zeros((N, T), int)
        rows.flat[:len(line)] = line
        return rows
    return cut(ids[:-1]).T, cut(ids[1:]).T

# %% answer="shifted" wrong="last_row_shorter"
def shifted(ids, T):
    x = [ids[i:i + T] for i in range(0, len(ids) - 1, T)]
    y = [ids[i + 1:i + 1 + T] for i in range(0, len(ids) - 1, T)]
    return np.array(x), np.array(y)

# %% answer="shifted" wrong="last_row_shorter"
def shifted(ids, T):
    return ids[:-1].reshape(-1, T), ids[1:].reshape(-1, T)

# %% answer="shifted" wrong="last_row_shorter"
def shifted(ids, T):
    N = -(-(len(ids) - 1) // T)
    x, y = np.zeros((N, T)), np.zeros((N, T))
    for n in range(N):
        x[n] = ids[n * T:(n + 1) * T]
        y[n] = ids[n * T + 1:(n + 1) * T + 1]
    return x, y

# %% answer="shifted" wrong="last_row_shorter"
def shifted(ids, T):
    N = len(ids) // T
    return ids[:-1].reshape(N, T), ids[1:].reshape(N, T)

# %% answer="shifted" wrong="sizes_from_notebook"
def shifted(ids, T):
    x, y = np.zeros((6, 9), int), np.zeros((6, 9), int)
    x.flat[:len(ids) - 1] = ids[:-1]
    y.flat[:len(ids) - 1] = ids[1:]
    return x, y

# %% answer="shifted" wrong="wrong_type"
def shifted(ids, T):
    def cut(line):
        N = -(-len(line) // T)
        rows = np.zeros((N, T), int)
        rows.flat[:len(line)] = line
        return rows
    return cut(ids[:-1])

# %% answer="shifted" wrong="returns_nothing"
def shifted(ids, T):
    def cut(line):
        N = -(-len(line) // T)
        rows = np.zeros((N, T), int)
        rows.flat[:len(line)] = line
        return rows
    x, y = cut(ids[:-1]), cut(ids[1:])

# %% answer="shifted" wrong="last_has_no_target"
def shifted(ids, T):
    start = np.concatenate([[0], ids[:-1]])
    N = -(-len(ids) // T)
    inputs, targets = np.zeros((N, T), int), np.zeros((N, T), int)
    inputs.flat[:len(ids)] = start
    targets.flat[:len(ids)] = ids
    return inputs, targets

# %% answer="shifted" wrong="one_for_each_place"
def shifted(ids, T):
    N = -(-(len(ids) - 1) // T)
    inputs = np.zeros((N, T), int)
    inputs.flat[:len(ids) - 1] = ids[:-1]
    ends = np.minimum(np.arange(1, N + 1) * T, len(ids) - 1)
    return inputs, ids[ends]

# %% answer="shifted" wrong="rows_miscounted"
def shifted(ids, T):
    width = int(np.ceil((len(ids) - 1) / T))
    inputs, targets = np.zeros((T, width), int), np.zeros((T, width), int)
    inputs.flat[:len(ids) - 1] = ids[:-1]
    targets.flat[:len(ids) - 1] = ids[1:]
    return inputs, targets

# %% answer="shifted" wrong="shifted_the_other_way"
def shifted(ids, T):
    ids = ids + 1  # 0 is padding
    N = -(-(len(ids) - 1) // T)
    inputs, targets = np.zeros((N, T), int), np.zeros((N, T), int)
    inputs.flat[:len(ids) - 1] = ids[:-1]
    targets.flat[:len(ids) - 1] = ids[1:]
    return inputs, targets

# %% answer="shifted" wrong="rows_miscounted"
def shifted(ids, T):
    N = -(-(len(ids) - 1) // T)
    def rows(line):
        return np.array([np.pad(piece, (0, T - len(piece))) for piece in np.array_split(line, N)])
    return rows(ids[:-1]), rows(ids[1:])

# %% answer="losses" right="three index arrays"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)

    N, T, K = logits.shape
    n, t = np.arange(N)[:, None], np.arange(T)
    return -np.log(p[n, t, targets]) * (targets != 0)

# %% answer="losses" right="log of the sum"
def losses(logits, targets):
    top = logits.max(axis=2, keepdims=True)
    log_sum = np.log(np.exp(logits - top).sum(axis=2)) + top[:, :, 0]
    picked = np.take_along_axis(logits, targets[:, :, None], axis=2)[:, :, 0]
    return np.where(targets == 0, 0, log_sum - picked)

# %% answer="losses" right="one-hot"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)

    onehot = np.eye(logits.shape[-1])[targets]
    return -(onehot * np.log(p)).sum(axis=-1) * (targets > 0)

# %% answer="losses" right="two loops"
def losses(logits, targets):
    N, T, K = logits.shape
    out = np.zeros((N, T))
    for n in range(N):
        for t in range(T):
            if targets[n, t] == 0:
                continue
            e = np.exp(logits[n, t])
            out[n, t] = -np.log(e[targets[n, t]] / e.sum())
    return out

# %% answer="losses" right="one-hot without id 0"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)

    onehot = np.eye(logits.shape[-1])[targets]
    onehot[..., 0] = 0
    return -np.einsum("ntk,ntk->nt", onehot, np.log(p))

# %% answer="losses" right="flat"
def losses(logits, targets):
    N, T, K = logits.shape
    z = logits.reshape(-1, K)
    y = targets.reshape(-1)
    l = np.log(np.exp(z).sum(1)) - z[np.arange(len(y)), y]
    l[y == 0] = 0
    return l.reshape(N, T)

# %% answer="losses" right="a list of rows"
def losses(logits, targets):
    rows = []
    for z, y in zip(logits, targets):
        row = []
        for one, k in zip(z, y):
            row.append(np.log(np.sum(np.exp(one - one[k]))) if k else 0.0)
        rows.append(row)
    return rows

# %% answer="losses" right="log-softmax"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)

    logp = np.log(p)
    mask = (targets != 0).astype(float)
    return -mask * np.take_along_axis(logp, np.expand_dims(targets, -1), axis=-1).squeeze(-1)

# %% answer="losses" right="scipy"
def losses(logits, targets):
    from scipy.special import log_softmax
    logp = log_softmax(logits, axis=-1)
    picked = np.take_along_axis(logp, targets[..., np.newaxis], -1)[..., 0]
    return np.where(targets != 0, -picked, 0.0)

# %% answer="losses" wrong="padding_has_a_loss"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)
    return -np.log(np.take_along_axis(p, targets[..., None], axis=-1)[..., 0])

# %% answer="losses" wrong="padding_has_a_loss"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)
    onehot = np.eye(logits.shape[-1])[targets]
    return -(onehot * np.log(p)).sum(axis=-1)

# %% answer="losses" wrong="mask_elsewhere"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)
    return np.where(targets != 0, 0, -np.log(np.take_along_axis(p, targets[..., None], axis=-1)[..., 0]))

# %% answer="losses" wrong="mask_elsewhere"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)
    l = -np.log(np.take_along_axis(p, targets[..., None], axis=-1)[..., 0])
    l[targets != 0] = 0
    return l

# %% answer="losses" wrong="mask_elsewhere"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)
    l = -np.log(np.take_along_axis(p, targets[..., None], axis=-1)[..., 0])
    return l[targets != 0]

# %% answer="losses" wrong="softmax_over_others"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=1, keepdims=True)
    return np.where(targets != 0, -np.log(np.take_along_axis(p, targets[..., None], axis=-1)[..., 0]), 0)

# %% answer="losses" wrong="softmax_over_others"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=0, keepdims=True)
    return np.where(targets != 0, -np.log(np.take_along_axis(p, targets[..., None], axis=-1)[..., 0]), 0)

# %% answer="losses" wrong="softmax_over_others"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum()
    return np.where(targets != 0, -np.log(np.take_along_axis(p, targets[..., None], axis=-1)[..., 0]), 0)

# %% answer="losses" wrong="softmax_how_often"
def losses(logits, targets):
    p = logits
    return np.where(targets != 0, -np.take_along_axis(p, targets[..., None], axis=-1)[..., 0], 0)

# %% answer="losses" wrong="softmax_how_often"
def losses(logits, targets):
    p = np.exp(logits)
    return np.where(targets != 0, -np.log(np.take_along_axis(p, targets[..., None], axis=-1)[..., 0]), 0)

# %% answer="losses" wrong="softmax_how_often"
def losses(logits, targets):
    p = 1 / (1 + np.exp(-logits))
    return np.where(targets != 0, -np.log(np.take_along_axis(p, targets[..., None], axis=-1)[..., 0]), 0)

# %% answer="losses" wrong="not_finite"
def losses(logits, targets):
    p = logits
    return np.where(targets != 0, -np.log(np.take_along_axis(p, targets[..., None], axis=-1)[..., 0]), 0)

# %% answer="losses" wrong="softmax_how_often"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)
    e = np.exp(p)
    p = e / e.sum(axis=-1, keepdims=True)
    return np.where(targets != 0, -np.log(np.take_along_axis(p, targets[..., None], axis=-1)[..., 0]), 0)

# %% answer="losses" wrong="log_forgotten"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)
    return np.where(targets != 0, np.take_along_axis(p, targets[..., None], axis=-1)[..., 0], 0)

# %% answer="losses" wrong="log_forgotten"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)
    return np.where(targets != 0, 1 - np.take_along_axis(p, targets[..., None], axis=-1)[..., 0], 0)

# %% answer="losses" wrong="log_forgotten"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)
    return np.where(targets != 0, np.log(np.take_along_axis(p, targets[..., None], axis=-1)[..., 0]), 0)

# %% answer="losses" wrong="another_base"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)
    return np.where(targets != 0, -np.log2(np.take_along_axis(p, targets[..., None], axis=-1)[..., 0]), 0)

# %% answer="losses" wrong="another_base"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)
    return np.where(targets != 0, -np.log10(np.take_along_axis(p, targets[..., None], axis=-1)[..., 0]), 0)

# %% answer="losses" wrong="ids_from_one"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)
    p = np.roll(p, 1, axis=-1)
    return np.where(targets != 0, -np.log(np.take_along_axis(p, targets[..., None], axis=-1)[..., 0]), 0)

# %% answer="losses" wrong="ids_from_one"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)

    N, T, K = logits.shape
    n, t = np.arange(N)[:, None], np.arange(T)
    return -np.log(p[n, t, targets - 1]) * (targets != 0)

# %% answer="losses" wrong="every_character_asked"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)
    return -np.log(p).sum(axis=-1) * (targets != 0)

# %% answer="losses" wrong="every_character_asked"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)
    return np.where(targets != 0, -(p * np.log(p)).sum(axis=-1), 0)

# %% answer="losses" wrong="right_but_for_a_factor"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)
    onehot = np.eye(logits.shape[-1])[targets]
    return -(onehot * np.log(p)).mean(axis=-1) * (targets != 0)

# %% answer="losses" wrong="every_character_asked"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)
    return np.where(targets != 0, -np.log(p.max(axis=-1)), 0)

# %% answer="losses" wrong="picked_in_pairs"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)
    return np.where(targets != 0, -np.log(p[:, :, targets]), 0)

# %% answer="losses" wrong="picked_in_pairs"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)
    return -np.log(p[targets]) * (targets != 0)

# %% answer="losses" wrong="picked_in_pairs"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)
    N, T, K = logits.shape
    return -np.log(p[np.arange(N), np.arange(T), targets]) * (targets != 0)

# %% answer="losses" wrong="picked_in_pairs"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)
    return -np.log(np.take_along_axis(p, targets, axis=-1)) * (targets != 0)

# %% answer="losses" wrong="axis_of_sum_gone"
def losses(logits, targets):
    p = np.exp(logits) / np.exp(logits).sum(axis=-1)
    return np.where(targets != 0, -np.log(np.take_along_axis(p, targets[..., None], axis=-1)[..., 0]), 0)

# %% answer="losses" wrong="axis_of_sum_gone"
def losses(logits, targets):
    e = np.exp(logits - logits.max(axis=-1))
    p = e / e.sum(axis=-1, keepdims=True)
    return np.where(targets != 0, -np.log(np.take_along_axis(p, targets[..., None], axis=-1)[..., 0]), 0)

# %% answer="losses" wrong="small_number_in_log"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)
    return np.where(targets != 0, -np.log(np.take_along_axis(p, targets[..., None], axis=-1)[..., 0] + 1e-4), 0)

# %% answer="losses" wrong="averaged_otherwise"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)
    l = np.where(targets != 0, -np.log(np.take_along_axis(p, targets[..., None], axis=-1)[..., 0]), 0)
    return l.sum() / (targets != 0).sum()

# %% answer="losses" wrong="averaged_otherwise"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)
    l = np.where(targets != 0, -np.log(np.take_along_axis(p, targets[..., None], axis=-1)[..., 0]), 0)
    return l.mean(axis=1)

# %% answer="losses" wrong="extra_axis"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)
    return np.where(targets[..., None] != 0, -np.log(np.take_along_axis(p, targets[..., None], axis=-1)), 0)

# %% answer="losses" wrong="axes_swapped"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)
    return np.where(targets != 0, -np.log(np.take_along_axis(p, targets[..., None], axis=-1)[..., 0]), 0).T

# %% answer="losses" wrong="returns_nothing"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)
    print(np.where(targets != 0, -np.log(np.take_along_axis(p, targets[..., None], axis=-1)[..., 0]), 0))

# %% answer="losses" wrong="integer_array"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)

    N, T, K = logits.shape
    out = np.zeros_like(targets)
    for n in range(N):
        for t in range(T):
            if targets[n, t]:
                out[n, t] = -np.log(p[n, t, targets[n, t]])
    return out

# %% answer="losses" wrong="padding_as_zeros"
def losses(logits, targets):
    z = logits[:, :, 1:]                    # without padding
    p = np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)
    k = np.maximum(targets - 1, 0)
    return np.where(targets != 0, -np.log(np.take_along_axis(p, k[..., None], axis=-1)[..., 0]), 0)

# %% answer="losses" wrong="every_character_asked"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)
    onehot = np.eye(logits.shape[-1])[targets]
    return -onehot * np.log(p) * (targets != 0)[..., None]

# %% answer="losses" wrong="maximum_on_one_side"
def losses(logits, targets):
    top = logits.max(axis=-1, keepdims=True)
    log_sum = np.log(np.exp(logits - top).sum(axis=-1))
    picked = np.take_along_axis(logits, targets[..., None], axis=-1)[..., 0]
    return np.where(targets != 0, log_sum - picked, 0.0)

# %% answer="losses" wrong="log_forgotten"
def losses(logits, targets):
    z = np.exp(logits - logits.max(axis=-1, keepdims=True))
    p = z / z.sum(axis=-1, keepdims=True)
    q = np.take_along_axis(p, targets[..., None], axis=-1)[..., 0]
    return np.where(targets != 0, -q * np.log(q), 0.0)

# %% answer="losses" wrong="softmax_how_often"
def losses(logits, targets):
    K = logits.shape[-1]
    p = np.exp(logits) / K
    q = np.take_along_axis(p, targets[..., None], axis=-1)[..., 0]
    return -np.log(q) * (targets != 0)

# %% answer="losses" wrong="mask_elsewhere"
def losses(logits, targets):
    z = np.exp(logits)
    p = z / z.sum(axis=-1, keepdims=True)
    q = np.take_along_axis(p, targets[..., None], axis=-1)[..., 0]
    return np.where(targets > 1, -np.log(q), 0.0)

# %% answer="losses" wrong="ids_as_mask"
def losses(logits, targets):
    top = logits.max(axis=-1, keepdims=True)
    log_p = logits - top - np.log(np.exp(logits - top).sum(axis=-1, keepdims=True))
    picked = np.take_along_axis(log_p, targets[..., None], axis=-1)[..., 0]
    return -picked * targets

# %% answer="perplexity" right="mean of what is real"
def perplexity(losses, targets):
    return np.exp(losses[targets != 0].mean())

# %% answer="perplexity" right="np.average with weights"
def perplexity(losses, targets):
    return np.exp(np.average(losses, weights=targets > 0))

# %% answer="perplexity" right="a loop"
def perplexity(losses, targets):
    total, count = 0.0, 0
    for n in range(targets.shape[0]):
        for t in range(targets.shape[1]):
            if targets[n, t] != 0:
                total += losses[n, t]
                count += 1
    return np.e ** (total / count)

# %% answer="perplexity" right="count_nonzero"
def perplexity(losses, targets):
    return float(np.exp(np.sum(losses) / np.count_nonzero(targets)))

# %% answer="perplexity" right="mean(where=…)"
def perplexity(losses, targets):
    return np.exp(np.mean(losses, where=targets != 0))

# %% answer="perplexity" right="a product of roots"
def perplexity(losses, targets):
    real = losses[targets != 0]
    return np.prod(np.exp(real / len(real)))

# %% answer="perplexity" right="math"
def perplexity(losses, targets):
    import math
    mask = targets != 0
    return math.exp((losses * mask).sum() / mask.sum())

# %% answer="perplexity" right="masked array"
def perplexity(losses, targets):
    return np.exp(np.ma.masked_array(losses, mask=targets == 0).mean())

# %% answer="perplexity" wrong="padding_has_a_loss"
def perplexity(losses, targets):
    return np.exp(losses.mean())

# %% answer="perplexity" wrong="padding_has_a_loss"
def perplexity(losses, targets):
    return np.exp(np.sum(losses) / targets.size)

# %% answer="perplexity" wrong="mask_elsewhere"
def perplexity(losses, targets):
    return np.exp(losses[targets == 0].mean())

# %% answer="perplexity" wrong="mean_for_perplexity"
def perplexity(losses, targets):
    return losses[targets != 0].mean()

# %% answer="perplexity" wrong="mean_for_perplexity"
def perplexity(losses, targets):
    return losses.mean()

# %% answer="perplexity" wrong="mean_for_perplexity"
def perplexity(losses, targets):
    return -losses.sum() / (targets != 0).sum()

# %% answer="perplexity" wrong="exp_before_mean"
def perplexity(losses, targets):
    return np.exp(losses)[targets != 0].mean()

# %% answer="perplexity" wrong="exp_before_mean"
def perplexity(losses, targets):
    return np.exp(losses).mean()

# %% answer="perplexity" wrong="exp_before_mean"
def perplexity(losses, targets):
    mask = targets != 0
    rows = losses.sum(axis=1) / mask.sum(axis=1)
    return np.exp(rows).mean()

# %% answer="perplexity" wrong="another_base"
def perplexity(losses, targets):
    return 2 ** losses[targets != 0].mean()

# %% answer="perplexity" wrong="another_base"
def perplexity(losses, targets):
    return 10 ** (losses.sum() / (targets != 0).sum())

# %% answer="perplexity" wrong="log_forgotten"
def perplexity(losses, targets):
    return np.exp(-losses[targets != 0].mean())

# %% answer="perplexity" wrong="divided_by_another_count"
def perplexity(losses, targets):
    return np.exp(losses.sum())

# %% answer="perplexity" wrong="divided_by_another_count"
def perplexity(losses, targets):
    return np.exp(losses.sum() / len(targets))

# %% answer="perplexity" wrong="divided_by_another_count"
def perplexity(losses, targets):
    return np.exp(losses.sum() / losses.shape[1])

# %% answer="perplexity" wrong="divided_by_another_count"
def perplexity(losses, targets):
    mask = targets != 0
    return np.exp(((losses * mask).sum(axis=1) / mask.sum(axis=1)).mean())

# %% answer="perplexity" wrong="averaged_otherwise"
def perplexity(losses, targets):
    return np.exp(losses.sum(axis=1) / (targets != 0).sum(axis=1))

# %% answer="perplexity" wrong="averaged_otherwise"
def perplexity(losses, targets):
    return np.exp(losses)

# %% answer="perplexity" wrong="averaged_otherwise"
def perplexity(losses, targets):
    mask = targets != 0
    return np.exp(losses * mask)

# %% answer="perplexity" wrong="returns_nothing"
def perplexity(losses, targets):
    np.exp(losses[targets != 0].mean())

# %% answer="perplexity" wrong="rounded"
def perplexity(losses, targets):
    return round(float(np.exp(losses[targets != 0].mean())), 2)

# %% answer="perplexity" wrong="ids_as_mask"
def perplexity(losses, targets):
    return np.exp(losses[targets].mean())

# %% answer="perplexity" wrong="divided_by_another_count"
def perplexity(losses, targets):
    for n in range(len(targets)):
        for t in range(targets.shape[1]):
            if targets[n, t] != 0:
                total = losses[n, t]
    return np.exp(total / np.count_nonzero(targets))

# %% answer="perplexity" wrong="mask_elsewhere"
def perplexity(losses, targets):
    real = targets > 1
    return np.exp(losses[real].sum() / real.sum())

# %% answer="perplexity" wrong="exp_before_mean"
def perplexity(losses, targets):
    count = np.count_nonzero(targets)
    return np.exp(np.sum(losses)) / count

# %% answer="perplexity" wrong="median_or_whole"
def perplexity(losses, targets):
    return np.exp(losses.sum() // np.count_nonzero(targets))

# %% answer="perplexity" wrong="median_or_whole"
def perplexity(losses, targets):
    return np.exp(np.median(losses[targets > 0]))

# %% answer="perplexity" wrong="ids_as_mask"
def perplexity(losses, targets):
    return np.exp(losses.sum() / targets.sum())

# %% answer="perplexity" wrong="divided_by_another_count"
def perplexity(losses, targets):
    real = losses[targets != 0]
    return np.exp(real.mean() / len(real))

# %% answer="perplexity" wrong="mask_elsewhere"
def perplexity(losses, targets):
    real = losses != 0
    return np.exp(losses.sum() / real.sum())

# %% answer="perplexity" wrong="divided_by_another_count"
def perplexity(losses, targets):
    total = 0.0
    for row, wanted in zip(losses, targets):
        count = 0
        for loss, target in zip(row, wanted):
            if target:
                total, count = total + loss, count + 1
    return np.exp(total / count)

# %% answer="drawn" right="argmax of a comparison"
def drawn(logits, temperature, u):
    z = np.exp(logits / temperature)
    p = z / z.sum(axis=1, keepdims=True)

    ids = (np.cumsum(p, axis=1) > u[:, None]).argmax(axis=1)
    return p, ids

# %% answer="drawn" right="searchsorted in a loop"
def drawn(logits, temperature, u):
    z = np.exp(logits / temperature)
    p = z / z.sum(axis=1, keepdims=True)

    ids = []
    for n in range(len(u)):
        ids.append(np.searchsorted(np.cumsum(p[n]), u[n]))
    return p, np.array(ids)

# %% answer="drawn" right="a loop by hand"
def drawn(logits, temperature, u):
    N, K = logits.shape
    p, ids = np.zeros((N, K)), np.zeros(N, int)
    for n in range(N):
        e = np.exp((logits[n] - logits[n].max()) / temperature)
        p[n] = e / e.sum()
        total = 0.0
        for k in range(K):
            total += p[n, k]
            if u[n] < total:
                ids[n] = k
                break
    return p, ids

# %% answer="drawn" right="a power of the probabilities"
def drawn(logits, temperature, u):
    p = np.exp(logits)
    p = p ** (1 / temperature)
    p /= p.sum(axis=-1, keepdims=True)
    return p, np.sum(np.cumsum(p, axis=-1) < u[:, np.newaxis], axis=-1)

# %% answer="drawn" right="np.digitize"
def drawn(logits, temperature, u):
    z = np.exp(logits / temperature)
    p = z / z.sum(axis=1, keepdims=True)

    ids = [int(np.digitize(one, ends)) for one, ends in zip(u, p.cumsum(axis=1))]
    return p, ids

# %% answer="drawn" right="count_nonzero"
def drawn(logits, temperature, u):
    z = np.exp(logits / temperature)
    p = z / z.sum(axis=1, keepdims=True)

    return [p, np.count_nonzero(p.cumsum(axis=1) < u.reshape(-1, 1), axis=1)]

# %% answer="drawn" right="the first place that is past u"
def drawn(logits, temperature, u):
    scaled = logits / temperature
    scaled = scaled - scaled.max(axis=1)[:, None]
    p = np.exp(scaled) / np.exp(scaled).sum(axis=1)[:, None]
    c = p.cumsum(1)
    ids = np.array([np.where(c[n] > u[n])[0][0] for n in range(len(p))])
    return p, ids

# %% answer="drawn" right="scipy"
def drawn(logits, temperature, u):
    from scipy.special import softmax
    p = softmax(logits / temperature, axis=1)
    return p, (u[:, None] > np.cumsum(p, axis=1)).sum(1)

# %% answer="drawn" wrong="temperature_elsewhere"
def drawn(logits, temperature, u):
    z = np.exp(logits * temperature)
    p = z / z.sum(axis=1, keepdims=True)
    ids = (np.cumsum(p, axis=1) <= u[:, None]).sum(axis=1)
    return p, ids

# %% answer="drawn" wrong="temperature_elsewhere"
def drawn(logits, temperature, u):
    z = np.exp(logits)
    p = z / z.sum(axis=1, keepdims=True)
    ids = (np.cumsum(p, axis=1) <= u[:, None]).sum(axis=1)
    return p, ids

# %% answer="drawn" wrong="temperature_elsewhere"
def drawn(logits, temperature, u):
    z = np.exp(logits)
    p = z / z.sum(axis=1, keepdims=True) / temperature
    ids = (np.cumsum(p, axis=1) <= u[:, None]).sum(axis=1)
    return p, ids

# %% answer="drawn" wrong="temperature_elsewhere"
def drawn(logits, temperature, u):
    z = np.exp(logits) / temperature
    p = z / z.sum(axis=1, keepdims=True)
    ids = (np.cumsum(p, axis=1) <= u[:, None]).sum(axis=1)
    return p, ids

# %% answer="drawn" wrong="softmax_over_others"
def drawn(logits, temperature, u):
    z = np.exp(logits / temperature)
    p = z / z.sum(axis=0, keepdims=True)
    ids = (np.cumsum(p, axis=1) <= u[:, None]).sum(axis=1)
    return p, ids

# %% answer="drawn" wrong="softmax_over_others"
def drawn(logits, temperature, u):
    z = np.exp(logits / temperature)
    p = z / z.sum()
    ids = (np.cumsum(p, axis=1) <= u[:, None]).sum(axis=1)
    return p, ids

# %% answer="drawn" wrong="softmax_how_often"
def drawn(logits, temperature, u):
    p = np.exp(logits / temperature)
    ids = (np.cumsum(p, axis=1) <= u[:, None]).sum(axis=1)
    return p, ids

# %% answer="drawn" wrong="softmax_how_often"
def drawn(logits, temperature, u):
    p = logits / temperature
    ids = (np.cumsum(p, axis=1) <= u[:, None]).sum(axis=1)
    return p, ids

# %% answer="drawn" wrong="softmax_how_often"
def drawn(logits, temperature, u):
    z = np.exp(logits / temperature)
    p = z / z.sum(axis=1, keepdims=True)
    p = np.exp(p) / np.exp(p).sum(axis=1, keepdims=True)
    ids = (np.cumsum(p, axis=1) <= u[:, None]).sum(axis=1)
    return p, ids

# %% answer="drawn" wrong="axis_of_sum_gone"
def drawn(logits, temperature, u):
    z = np.exp(logits / temperature)
    p = z / z.sum(axis=1)
    ids = (np.cumsum(p, axis=1) <= u[:, None]).sum(axis=1)
    return p, ids

# %% answer="drawn" wrong="padding_as_zeros"
def drawn(logits, temperature, u):
    z = np.exp(logits / temperature)
    p = z / z.sum(axis=1, keepdims=True)
    p[:, 0] = 0
    p = p / p.sum(axis=1, keepdims=True)
    ids = (np.cumsum(p, axis=1) <= u[:, None]).sum(axis=1)
    return p, ids

# %% answer="drawn" wrong="most_likely_drawn"
def drawn(logits, temperature, u):
    z = np.exp(logits / temperature)
    p = z / z.sum(axis=1, keepdims=True)
    ids = p.argmax(axis=1)
    return p, ids

# %% answer="drawn" wrong="most_likely_drawn"
def drawn(logits, temperature, u):
    z = np.exp(logits / temperature)
    p = z / z.sum(axis=1, keepdims=True)
    ids = np.array([np.argmax(one) for one in logits])
    return p, ids

# %% answer="drawn" wrong="counted_beside"
def drawn(logits, temperature, u):
    z = np.exp(logits / temperature)
    p = z / z.sum(axis=1, keepdims=True)
    ids = (np.cumsum(p, axis=1) <= u[:, None]).sum(axis=1) + 1
    return p, ids

# %% answer="drawn" wrong="counted_beside"
def drawn(logits, temperature, u):
    z = np.exp(logits / temperature)
    p = z / z.sum(axis=1, keepdims=True)
    ids = (np.cumsum(p, axis=1) < u[:, None]).sum(axis=1) - 1
    return p, ids

# %% answer="drawn" wrong="counted_beside"
def drawn(logits, temperature, u):
    z = np.exp(logits / temperature)
    p = z / z.sum(axis=1, keepdims=True)
    ids = (np.cumsum(p, axis=1) > u[:, None]).sum(axis=1)
    return p, ids

# %% answer="drawn" wrong="counted_beside"
def drawn(logits, temperature, u):
    z = np.exp(logits / temperature)
    p = z / z.sum(axis=1, keepdims=True)
    ids = (np.cumsum(p, axis=1) > 1 - u[:, None]).argmax(axis=1)
    return p, ids

# %% answer="drawn" wrong="counted_beside"
def drawn(logits, temperature, u):
    z = np.exp(logits / temperature)
    p = z / z.sum(axis=1, keepdims=True)
    ids = (p > u[:, None]).argmax(axis=1)
    return p, ids

# %% answer="drawn" wrong="counted_beside"
def drawn(logits, temperature, u):
    z = np.exp(logits / temperature)
    p = z / z.sum(axis=1, keepdims=True)
    ids = (p < u[:, None]).sum(axis=1)
    return p, ids

# %% answer="drawn" wrong="counted_beside"
def drawn(logits, temperature, u):
    z = np.exp(logits / temperature)
    p = z / z.sum(axis=1, keepdims=True)
    ids = np.abs(np.cumsum(p, axis=1) - u[:, None]).argmin(axis=1)
    return p, ids

# %% answer="drawn" wrong="counted_beside"
def drawn(logits, temperature, u):
    z = np.exp(logits / temperature)
    p = z / z.sum(axis=1, keepdims=True)
    ids = np.floor(u * p.shape[1]).astype(int)
    return p, ids

# %% answer="drawn" wrong="sums_mixed"
def drawn(logits, temperature, u):
    z = np.exp(logits / temperature)
    p = z / z.sum(axis=1, keepdims=True)
    ids = (np.cumsum(p) .reshape(p.shape) <= u[:, None]).sum(axis=1)
    return p, ids

# %% answer="drawn" wrong="sums_mixed"
def drawn(logits, temperature, u):
    z = np.exp(logits / temperature)
    p = z / z.sum(axis=1, keepdims=True)
    ids = (np.cumsum(p, axis=0) <= u[:, None]).sum(axis=1)
    return p, ids

# %% answer="drawn" wrong="sums_mixed"
def drawn(logits, temperature, u):
    z = np.exp(logits / temperature)
    p = z / z.sum(axis=1, keepdims=True)
    order = np.argsort(-p, axis=1)
    c = np.cumsum(np.take_along_axis(p, order, 1), axis=1)
    place = (c <= u[:, None]).sum(axis=1)
    ids = order[np.arange(len(p)), place]
    return p, ids

# %% answer="drawn" wrong="sums_mixed"
def drawn(logits, temperature, u):
    z = np.exp(logits / temperature)
    p = z / z.sum(axis=1, keepdims=True)
    c = np.cumsum(np.sort(p, axis=1)[:, ::-1], axis=1)
    ids = (c <= u[:, None]).sum(axis=1)
    return p, ids

# %% answer="drawn" wrong="sums_mixed"
def drawn(logits, temperature, u):
    z = np.exp(logits / temperature)
    p = z / z.sum(axis=1, keepdims=True)
    ids = (np.cumsum(p, axis=1) <= u[0]).sum(axis=1)
    return p, ids

# %% answer="drawn" wrong="random_numbers"
def drawn(logits, temperature, u):
    z = np.exp(logits / temperature)
    p = z / z.sum(axis=1, keepdims=True)
    ids = np.array([np.random.choice(len(one), p=one) for one in p])
    return p, ids

# %% answer="drawn" wrong="wrong_type"
def drawn(logits, temperature, u):
    z = np.exp(logits / temperature)
    p = z / z.sum(axis=1, keepdims=True)
    characters = "abcdefghijklmnopqrstuvwxyz"
    ids = [characters[k % 26] for k in (np.cumsum(p, axis=1) <= u[:, None]).sum(axis=1)]
    return p, ids

# %% answer="drawn" wrong="wrong_type"
def drawn(logits, temperature, u):
    z = np.exp(logits / temperature)
    p = z / z.sum(axis=1, keepdims=True)
    return (np.cumsum(p, axis=1) <= u[:, None]).sum(axis=1)

# %% answer="drawn" wrong="another_in_its_place"
def drawn(logits, temperature, u):
    z = np.exp(logits / temperature)
    p = z / z.sum(axis=1, keepdims=True)
    return (np.cumsum(p, axis=1) <= u[:, None]).sum(axis=1), p

# %% answer="drawn" wrong="returns_nothing"
def drawn(logits, temperature, u):
    z = np.exp(logits / temperature)
    p = z / z.sum(axis=1, keepdims=True)
    ids = (np.cumsum(p, axis=1) <= u[:, None]).sum(axis=1)

# %% answer="drawn" wrong="on_the_way"
def drawn(logits, temperature, u):
    z = np.exp(logits / temperature)
    p = z / z.sum(axis=1, keepdims=True)
    ids = (np.cumsum(p, axis=1) <= u[:, None]).sum(axis=1)
    rows = np.zeros_like(p)
    rows[np.arange(len(ids)), ids] = 1
    return p, rows

# %% answer="drawn" wrong="on_the_way"
def drawn(logits, temperature, u):
    p = np.exp(logits / temperature)
    p = p / p.sum(axis=1, keepdims=True)
    p = np.cumsum(p, axis=1)
    ids = (p <= u[:, None]).sum(axis=1)
    return p, ids

# %% answer="drawn" wrong="softmax_how_often"
def drawn(logits, temperature, u):
    scaled = logits / temperature
    p = scaled / scaled.sum(axis=1, keepdims=True)
    ids = (np.cumsum(p, axis=1) <= u[:, None]).sum(axis=1)
    return p, ids

# %% answer="drawn" wrong="temperature_elsewhere"
def drawn(logits, temperature, u):
    z = np.exp(logits / temperature)
    p = z / z.sum(axis=1, keepdims=True)
    plain = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    ids = (np.cumsum(plain, axis=1) <= u[:, None]).sum(axis=1)
    return p, ids


# %% answer="drawn" wrong="unnamed"
def drawn(logits, temperature, u):
    e = np.exp(logits / temperature)
    p = e / e.sum(axis=1, keepdims=True)
    ids = np.argmax(np.cumsum(p, axis=1) >= u[:, None])
    return p, ids

# %% answer="drawn" wrong="sums_mixed"
def drawn(logits, temperature, u):
    e = np.exp(logits / temperature)
    p = e / e.sum(axis=1, keepdims=True)
    ids = (np.cumsum(p, axis=1)[:, :, None] <= u).sum(axis=1)
    return p, ids

# %% answer="through_table" wrong="gradients_not_summed"
def through_table(ids, E, dX):
    X, dE = E[ids], np.zeros(E.shape)
    for k in range(len(E)):
        dE[k] = np.sum(dX[ids == k])
    return X, dE

# %% answer="losses" wrong="rounded"
def losses(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)
    picked = np.take_along_axis(p, targets[..., None], axis=-1)[..., 0]
    return np.where(targets != 0, -np.log(picked + 1e-8), 0.0)
