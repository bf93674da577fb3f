# %% [markdown]
# Answers to assignment 13, written the way students write them, independent of the catalogue in `rnnshapes`.
# One answer per cell. The key says what the cell is: `right` or `wrong`. `uses` names answers above that the cell calls.

# %% answer="ledger" right="one branch for each kind"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" right="a helper that calls itself"
def one_row(layer, shape):
    kind = layer["kind"]
    if kind == "Bidirectional":
        out, weights = one_row(layer["layer"], shape)
        return (*out[:-1], 2 * out[-1]), weights * 2
    if kind == "Masking":
        return shape, []
    if kind == "Embedding":
        return (*shape, layer["output_dim"]), [(layer["input_dim"], layer["output_dim"])]
    M = layer["units"]
    if kind == "Dense":
        return (*shape[:-1], M), [(shape[-1], M), (M,)]
    G = M * {"SimpleRNN": 1, "LSTM": 4, "GRU": 3}[kind]
    b = (G,)
    if kind == "GRU" and layer["reset_after"]:
        b = (2, G)
    out = (shape[0], shape[1], M)
    if not layer["return_sequences"]:
        out = (shape[0], M)
    return out, [(shape[-1], G), (M, G), b]


def ledger(layers, shape):
    table = []
    for layer in layers:
        shape, weights = one_row(layer, tuple(shape))
        n = 0
        for w in weights:
            size = 1
            for axis in w:
                size *= axis
            n += size
        table.append(dict(output=shape, weights=weights, parameters=n))
    return table

# %% answer="ledger" right="lists for shapes"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": list(shape), "weights": [list(w) for w in weights], "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" right="arrays that are really made"
def ledger(layers, shape):
    box = np.zeros(shape)
    rows = []
    for layer in layers:
        kind, arrays = layer["kind"], []
        halves = 1
        if kind == "Bidirectional":
            halves, layer = 2, layer["layer"]
            kind = layer["kind"]
        D = box.shape[-1]
        if kind == "Embedding":
            arrays = [np.zeros((layer["input_dim"], layer["output_dim"]))]
            box = arrays[0][box.astype(int)]
        elif kind == "Dense":
            arrays = [np.zeros((D, layer["units"])), np.zeros(layer["units"])]
            box = box @ arrays[0] + arrays[1]
        elif kind != "Masking":
            M = layer["units"]
            wide = {"SimpleRNN": M, "LSTM": 4 * M, "GRU": 3 * M}[kind]
            bias = np.zeros((2, wide)) if layer.get("reset_after", False) else np.zeros(wide)
            arrays = [np.zeros((D, wide)), np.zeros((M, wide)), bias] * halves
            box = np.zeros((*box.shape[:2], halves * M))
            if not layer["return_sequences"]:
                box = box[:, -1]
        rows.append({"output": box.shape, "weights": [a.shape for a in arrays], "parameters": sum(a.size for a in arrays)})
    return rows

# %% answer="ledger" wrong="not_written"
def ledger(layers, shape):
    pass

# %% answer="ledger" wrong="row_for_each_step"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="last_row_alone"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="halves_not_side_by_side"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="axis_not_grown"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = (shape[0], one["output_dim"])
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="dense_needs_one_row"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = (shape[0], M)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="dense_makes_steps"
def ledger(layers, shape):
    T = shape[1]
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = (shape[0], T, M)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="width_unchanged"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="samples_left_out"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape[1:], "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="samples_left_out"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": (None,) + shape[1:], "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="units_before_steps"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], last, shape[1]) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="fed_with_first_data"
def ledger(layers, shape):
    rows = []
    D = shape[-1]
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="half_the_width_read"
def ledger(layers, shape):
    rows = []
    D = shape[-1]
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
            D = one["output_dim"]
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
            D = M
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            D = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="gates_not_counted"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = 1
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="gates_not_counted"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 3}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="gates_not_counted"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 4, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="one_row_of_bias"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="two_rows_of_bias"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="two_rows_of_bias"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="one_half_counted"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="one_half_counted"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = [(2, *w) for w in weights]
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="weights_turned_round"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(M, D), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(k * M, D), (k * M, M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="weights_turned_round"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(k * M, D), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="weights_in_another_order"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(M, k * M), (D, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="weights_in_another_order"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [bias, (D, k * M), (M, k * M)]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="bias_left_out_of_the_ledger"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M)]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="recurrent_left_out"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="table_of_another_size"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(shape[1], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="table_of_another_size"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"]), (one["output_dim"],)]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="steps_have_weights"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": (shape[1] if len(shape) > 2 else 1) * sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="arrays_counted"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": len(weights)})
    return rows

# %% answer="ledger" wrong="arrays_counted"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(sum(w) for w in weights)})
    return rows

# %% answer="ledger" wrong="bias_left_out_of_the_ledger"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(w[0] * w[1] for w in weights if len(w) == 2 and w[0] != 2)})
    return rows

# %% answer="ledger" wrong="masking_has_weights"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
            shape = shape[:-1]
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="rows_missing"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            continue
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="rows_missing"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
        return rows

# %% answer="ledger" wrong="column_missing"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "params": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="key_of_another_kind"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}.get(one["kind"], 1)
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="key_of_another_kind"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["mask_zero"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="returns_nothing"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    print(rows)

# %% answer="ledger" wrong="signature_changed"
def ledger(layers):
    shape = (N, T, D)
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="state_kept_between_calls"
rows = []


def ledger(layers, shape):
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="as_many_features_as_ids"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["input_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="table_lies_on_its_side"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["output_dim"], one["input_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="state_as_wide_as_the_data"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (D, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="state_of_both_halves"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (2 * M if two else M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="weights_in_another_order"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), bias, (M, k * M)]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="comma_forgotten"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="counts_not_added"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": [int(np.prod(w)) for w in weights]})
    return rows

# %% answer="ledger" wrong="count_goes_on"
def ledger(layers, shape):
    rows, count = [], 0
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        for w in weights:
            count += int(np.prod(w))
        rows.append({"output": shape, "weights": weights, "parameters": count})
    return rows

# %% answer="ledger" wrong="nothing_counted_as_one"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in (weights or [()]))})
    return rows

# %% answer="ledger" wrong="one_row_returned"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        row = {"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)}
    return row

# %% answer="ledger" wrong="wrong_type"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return str(rows)

# %% answer="ledger" wrong="same_list_in_every_row"
def ledger(layers, shape):
    rows, box = [], list(shape)
    for layer in layers:
        kind, inner, D = layer["kind"], layer.get("layer", layer), box[-1]
        arrays = []
        if kind == "Embedding":
            arrays = [(layer["input_dim"], layer["output_dim"])]
            box.append(layer["output_dim"])
        elif kind == "Dense":
            arrays = [(D, layer["units"]), (layer["units"],)]
            box[-1] = layer["units"]
        elif kind != "Masking":
            M, gates = inner["units"], {"SimpleRNN": 1, "LSTM": 4, "GRU": 3}[inner["kind"]]
            arrays = [(D, gates * M), (M, gates * M), (2, gates * M) if inner.get("reset_after") else (gates * M,)]
            arrays = arrays * (2 if kind == "Bidirectional" else 1)
            if not inner["return_sequences"]:
                box.pop(1)
            box[-1] = M * (2 if kind == "Bidirectional" else 1)
        rows.append({"output": box, "weights": arrays, "parameters": sum(int(np.prod(a)) for a in arrays)})
    return rows

# %% answer="ledger" wrong="value_is_none"
def arrays_of(layer, D):
    if layer["kind"] == "Masking":
        return []
    if layer["kind"] == "Embedding":
        return [(layer["input_dim"], layer["output_dim"])]
    if layer["kind"] == "Dense":
        return [(D, layer["units"]), (layer["units"],)]
    if layer["kind"] == "Bidirectional":
        2 * arrays_of(layer["layer"], D)
    else:
        M, wide = layer["units"], layer["units"] * {"SimpleRNN": 1, "LSTM": 4, "GRU": 3}[layer["kind"]]
        return [(D, wide), (M, wide), (2, wide) if layer.get("reset_after") else (wide,)]


def ledger(layers, shape):
    rows = []
    for layer in layers:
        one = layer.get("layer", layer)
        arrays = arrays_of(layer, shape[-1])
        two = 2 if one is not layer else 1
        if layer["kind"] in ("Embedding", "Dense"):
            shape = (*shape, arrays[0][1]) if layer["kind"] == "Embedding" else (*shape[:-1], arrays[0][1])
        elif layer["kind"] != "Masking":
            M = arrays[1][0]
            shape = (*shape[:2], two * M) if one["return_sequences"] else (shape[0], two * M)
        rows.append({"output": shape, "weights": arrays, "parameters": sum(int(np.prod(one)) for one in arrays)})
    return rows

# %% answer="ledger" wrong="box_of_two_axes"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        N, T, D = shape
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="own_table_lacks_a_name"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="key_that_no_layer_has"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dims"])]
            shape = shape + (one["output_dims"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="layer_is_a_dict"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one.units
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one.units
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="past_the_list"
def ledger(layers, shape):
    rows = []
    for i in range(len(layers) + 1):
        layer = layers[i]
        two = layer["kind"] == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="ledger" wrong="unpacked_otherwise"
def ledger(layers, shape):
    rows = []
    for layer in layers:
        (kind, units) = layer.items()
        two = kind == "Bidirectional"
        one = layer["layer"] if two else layer
        D = shape[-1]
        if one["kind"] == "Masking":
            weights = []
        elif one["kind"] == "Embedding":
            weights = [(one["input_dim"], one["output_dim"])]
            shape = shape + (one["output_dim"],)
        elif one["kind"] == "Dense":
            M = one["units"]
            weights = [(D, M), (M,)]
            shape = shape[:-1] + (M,)
        else:
            M = one["units"]
            k = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[one["kind"]]
            bias = (2, k * M) if one["kind"] == "GRU" and one["reset_after"] else (k * M,)
            weights = [(D, k * M), (M, k * M), bias]
            last = M
            if two:
                weights = weights + weights
                last = 2 * M
            shape = (shape[0], shape[1], last) if one["return_sequences"] else (shape[0], last)
        rows.append({"output": shape, "weights": weights, "parameters": sum(int(np.prod(w)) for w in weights)})
    return rows

# %% answer="recurrent" right="one loop, four branches"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h, h_old)
            c = np.where(m, c, c_old)
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h

# %% answer="recurrent" right="a step for each kind"
def step(layer, x, h, c, Wx, Wh, b):
    s = lambda a: 1 / (1 + np.exp(-a))
    if layer["kind"] == "SimpleRNN":
        return np.tanh(x @ Wx + h @ Wh + b), c
    if layer["kind"] == "LSTM":
        i, f, g, o = np.split(x @ Wx + h @ Wh + b, 4, axis=-1)
        c = s(f) * c + s(i) * np.tanh(g)
        return s(o) * np.tanh(c), c
    Wz, Wr, Wg = np.split(Wx, 3, axis=1)
    Uz, Ur, Ug = np.split(Wh, 3, axis=1)
    bx, bh = b if layer["reset_after"] else (b, 0 * b)
    bz, br, bg = np.split(bx, 3)
    dz, dr, dg = np.split(bh, 3)
    z = s(x @ Wz + bz + h @ Uz + dz)
    r = s(x @ Wr + br + h @ Ur + dr)
    if layer["reset_after"]:
        g = np.tanh(x @ Wg + bg + r * (h @ Ug + dg))
    else:
        g = np.tanh(x @ Wg + bg + (r * h) @ Ug)
    return z * h + (1 - z) * g, c


def recurrent(layer, weights, X, mask):
    N, T, _ = X.shape
    if mask is None:
        mask = np.ones((N, T), bool)
    h = c = np.zeros((N, layer["units"]))
    film = np.zeros((N, T, layer["units"]))
    for t in range(T):
        new_h, new_c = step(layer, X[:, t, :], h, c, *weights)
        m = mask[:, t].reshape(N, 1)
        h = m * new_h + (1 - m) * h
        c = m * new_c + (1 - m) * c
        film[:, t] = h
    return film if layer["return_sequences"] else film[:, -1]

# %% answer="recurrent" right="rows that wait are picked"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            wait = ~m[:, 0]
            h[wait] = h_old[wait]
            c = c.copy()
            c[wait] = c_old[wait]
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h

# %% answer="recurrent" right="sample by sample"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def whole_batch(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h, h_old)
            c = np.where(m, c, c_old)
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h


def recurrent(layer, weights, X, mask):
    films = []
    for n in range(len(X)):
        one = None if mask is None else mask[n:n + 1]
        films.append(whole_batch(layer, weights, X[n:n + 1], one)[0])
    return np.array(films)

# %% answer="recurrent" wrong="not_written"
def recurrent(layer, weights, X, mask):
    ...

# %% answer="recurrent" wrong="mask_ignored"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h

# %% answer="recurrent" wrong="c_runs_on"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h, h_old)
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h

# %% answer="recurrent" wrong="h_runs_on"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            if layer["kind"] != "LSTM":
                h = np.where(m, h, h_old)
            c = np.where(m, c, c_old)
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h

# %% answer="recurrent" wrong="no_mask_here"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None and layer["kind"] == "SimpleRNN":
            m = mask[:, t][:, None]
            h = np.where(m, h, h_old)
            c = np.where(m, c, c_old)
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h

# %% answer="recurrent" wrong="gated_state_lost"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h, h_old) if layer["kind"] == "SimpleRNN" else np.where(m, h, 0)
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h

# %% answer="recurrent" wrong="state_zeroed"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h, 0)
            c = np.where(m, c, 0)
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h

# %% answer="recurrent" wrong="mask_inverted"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h_old, h)
            c = np.where(m, c_old, c)
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h

# %% answer="recurrent" wrong="output_zeroed"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h, h_old)
            c = np.where(m, c, c_old)
        out.append(h if mask is None else h * m)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return out[-1]

# %% answer="recurrent" wrong="mask_is_none"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        m = mask[:, t][:, None]
        h = np.where(m, h, h_old)
        c = np.where(m, c, c_old)
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h

# %% answer="recurrent" wrong="mask_needs_an_axis"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t]
            h = np.where(m, h, h_old)
            c = np.where(m, c, c_old)
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h

# %% answer="recurrent" wrong="bias_dropped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h, h_old)
            c = np.where(m, c, c_old)
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h

# %% answer="recurrent" wrong="h_last_not_updated"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = np.zeros((N, M)), np.zeros((N, M))
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h, h_old)
            c = np.where(m, c, c_old)
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h

# %% answer="recurrent" wrong="i_and_f_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            f = sigmoid(z[:, :M])
            i = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h, h_old)
            c = np.where(m, c, c_old)
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h

# %% answer="recurrent" wrong="g_and_o_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            o = sigmoid(z[:, 2 * M:3 * M])
            g = np.tanh(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h, h_old)
            c = np.where(m, c, c_old)
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h

# %% answer="recurrent" wrong="no_tanh_at_output"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * c
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h, h_old)
            c = np.where(m, c, c_old)
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h

# %% answer="recurrent" wrong="forget_bias_again"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M] + 1)
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h, h_old)
            c = np.where(m, c, c_old)
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h

# %% answer="recurrent" wrong="z_inverted"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = (1 - z) * h_old + z * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h, h_old)
            c = np.where(m, c, c_old)
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h

# %% answer="recurrent" wrong="reset_on_state"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:] + b[1, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h, h_old)
            c = np.where(m, c, c_old)
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h

# %% answer="recurrent" wrong="rows_summed"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0] + b[1]
            q = h_old @ Wh
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h, h_old)
            c = np.where(m, c, c_old)
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h

# %% answer="recurrent" wrong="reset_on_product"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * (h_old @ Wh[:, 2 * M:]))
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h, h_old)
            c = np.where(m, c, c_old)
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h

# %% answer="recurrent" wrong="reset_after_not_asked"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif True:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1, :]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h, h_old)
            c = np.where(m, c, c_old)
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h

# %% answer="recurrent" wrong="z_and_r_swapped"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            r = sigmoid(p[:, :M] + q[:, :M])
            z = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h, h_old)
            c = np.where(m, c, c_old)
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h

# %% answer="recurrent" wrong="whole_sequence_returned"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h, h_old)
            c = np.where(m, c, c_old)
        out.append(h)
    return np.stack(out, axis=1)

# %% answer="recurrent" wrong="only_last_returned"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h, h_old)
            c = np.where(m, c, c_old)
        out.append(h)
    return h

# %% answer="recurrent" wrong="time_axis_first"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h, h_old)
            c = np.where(m, c, c_old)
        out.append(h)
    if layer["return_sequences"]:
        return np.array(out)
    return h

# %% answer="recurrent" wrong="rows_reversed"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h, h_old)
            c = np.where(m, c, c_old)
        out.insert(0, h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h

# %% answer="recurrent" wrong="returns_nothing"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h, h_old)
            c = np.where(m, c, c_old)
        out.append(h)
    if layer["return_sequences"]:
        np.stack(out, axis=1)
    h

# %% answer="recurrent" wrong="blocks_of_another_kind"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i, f, g, o = np.split(z, 4)
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h, h_old)
            c = np.where(m, c, c_old)
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h

# %% answer="recurrent" wrong="wh_transposed"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh.T + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h, h_old)
            c = np.where(m, c, c_old)
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h

# %% answer="recurrent" wrong="no_activation"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = X[:, t] @ Wx + h_old @ Wh + b
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h, h_old)
            c = np.where(m, c, c_old)
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h

# %% answer="recurrent" wrong="key_of_another_kind"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["reset_after"] is None:
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h, h_old)
            c = np.where(m, c, c_old)
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h

# %% answer="recurrent" wrong="sizes_from_notebook"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h, h_old)
            c = np.where(m, c, c_old)
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h

# %% answer="recurrent" wrong="weights_of_another_layer"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h, h_old)
            c = np.where(m, c, c_old)
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h

# %% answer="both_ways" right="np.flip" uses="recurrent"
def both_ways(layer, weights, X, mask):
    one = layer["layer"]
    back_mask = mask
    if mask is not None:
        back_mask = np.flip(mask, axis=1)
    fw = recurrent(one, weights[0:3], X, mask)
    bw = recurrent(one, weights[3:6], np.flip(X, axis=1), back_mask)
    if one["return_sequences"]:
        bw = np.flip(bw, axis=1)
        if mask is not None:
            fw = np.where(mask[..., None], fw, 0)
            bw = np.where(mask[..., None], bw, 0)
    return np.concatenate((fw, bw), axis=-1)

# %% answer="both_ways" right="slices, one film made by hand" uses="recurrent"
def both_ways(layer, weights, X, mask):
    inner = dict(layer["layer"], return_sequences=True)
    M = inner["units"]
    there = recurrent(inner, weights[:3], X, mask)
    back = recurrent(inner, weights[3:], X[:, ::-1, :], mask[:, ::-1] if mask is not None else None)
    if not layer["layer"]["return_sequences"]:
        return np.hstack([there[:, -1], back[:, -1]])
    film = np.empty((X.shape[0], X.shape[1], 2 * M))
    film[:, :, :M] = there
    film[:, :, M:] = back[:, ::-1]
    if mask is not None:
        film[~mask] = 0
    return film

# %% answer="both_ways" right="a mask of ones" uses="recurrent"
def both_ways(layer, weights, X, mask):
    real = np.ones(X.shape[:2], bool) if mask is None else mask
    halves = [
        recurrent(layer["layer"], weights[:3], X, real),
        recurrent(layer["layer"], weights[3:], X[:, ::-1], real[:, ::-1]),
    ]
    if layer["layer"]["return_sequences"]:
        halves[1] = halves[1][:, ::-1]
        halves = [half * real[:, :, np.newaxis] for half in halves]
    return np.concatenate(halves, -1)

# %% answer="both_ways" wrong="not_written" uses="recurrent"
def both_ways(layer, weights, X, mask):
    pass

# %% answer="both_ways" wrong="not_reflipped" uses="recurrent"
def both_ways(layer, weights, X, mask):
    one = layer["layer"]
    back_mask = mask
    if mask is not None:
        back_mask = np.flip(mask, axis=1)
    fw = recurrent(one, weights[0:3], X, mask)
    bw = recurrent(one, weights[3:6], np.flip(X, axis=1), back_mask)
    if one["return_sequences"]:
        pass
        if mask is not None:
            fw = np.where(mask[..., None], fw, 0)
            bw = np.where(mask[..., None], bw, 0)
    return np.concatenate((fw, bw), axis=-1)

# %% answer="both_ways" wrong="input_not_reversed" uses="recurrent"
def both_ways(layer, weights, X, mask):
    one = layer["layer"]
    back_mask = mask
    if mask is not None:
        back_mask = np.flip(mask, axis=1)
    fw = recurrent(one, weights[0:3], X, mask)
    bw = recurrent(one, weights[3:6], X, back_mask)
    if one["return_sequences"]:
        pass
        if mask is not None:
            fw = np.where(mask[..., None], fw, 0)
            bw = np.where(mask[..., None], bw, 0)
    return np.concatenate((fw, bw), axis=-1)

# %% answer="both_ways" wrong="halves_share_weights" uses="recurrent"
def both_ways(layer, weights, X, mask):
    one = layer["layer"]
    back_mask = mask
    if mask is not None:
        back_mask = np.flip(mask, axis=1)
    fw = recurrent(one, weights[0:3], X, mask)
    bw = recurrent(one, weights[0:3], np.flip(X, axis=1), back_mask)
    if one["return_sequences"]:
        bw = np.flip(bw, axis=1)
        if mask is not None:
            fw = np.where(mask[..., None], fw, 0)
            bw = np.where(mask[..., None], bw, 0)
    return np.concatenate((fw, bw), axis=-1)

# %% answer="both_ways" wrong="halves_swapped" uses="recurrent"
def both_ways(layer, weights, X, mask):
    one = layer["layer"]
    back_mask = mask
    if mask is not None:
        back_mask = np.flip(mask, axis=1)
    fw = recurrent(one, weights[0:3], X, mask)
    bw = recurrent(one, weights[3:6], np.flip(X, axis=1), back_mask)
    if one["return_sequences"]:
        bw = np.flip(bw, axis=1)
        if mask is not None:
            fw = np.where(mask[..., None], fw, 0)
            bw = np.where(mask[..., None], bw, 0)
    return np.concatenate((bw, fw), axis=-1)

# %% answer="both_ways" wrong="merged_by_numbers" uses="recurrent"
def both_ways(layer, weights, X, mask):
    one = layer["layer"]
    back_mask = mask
    if mask is not None:
        back_mask = np.flip(mask, axis=1)
    fw = recurrent(one, weights[0:3], X, mask)
    bw = recurrent(one, weights[3:6], np.flip(X, axis=1), back_mask)
    if one["return_sequences"]:
        bw = np.flip(bw, axis=1)
        if mask is not None:
            fw = np.where(mask[..., None], fw, 0)
            bw = np.where(mask[..., None], bw, 0)
    return fw + bw

# %% answer="both_ways" wrong="repeated_from_both_ends" uses="recurrent"
def both_ways(layer, weights, X, mask):
    one = layer["layer"]
    back_mask = mask
    if mask is not None:
        back_mask = np.flip(mask, axis=1)
    fw = recurrent(one, weights[0:3], X, mask)
    bw = recurrent(one, weights[3:6], np.flip(X, axis=1), back_mask)
    if one["return_sequences"]:
        bw = np.flip(bw, axis=1)
    return np.concatenate((fw, bw), axis=-1)

# %% answer="both_ways" wrong="one_half_repeats" uses="recurrent"
def both_ways(layer, weights, X, mask):
    one = layer["layer"]
    back_mask = mask
    if mask is not None:
        back_mask = np.flip(mask, axis=1)
    fw = recurrent(one, weights[0:3], X, mask)
    bw = recurrent(one, weights[3:6], np.flip(X, axis=1), back_mask)
    if one["return_sequences"]:
        bw = np.flip(bw, axis=1)
        if mask is not None:
            fw = np.where(mask[..., None], fw, 0)
    return np.concatenate((fw, bw), axis=-1)

# %% answer="both_ways" wrong="mask_not_rewound" uses="recurrent"
def both_ways(layer, weights, X, mask):
    one = layer["layer"]
    back_mask = mask
    fw = recurrent(one, weights[0:3], X, mask)
    bw = recurrent(one, weights[3:6], np.flip(X, axis=1), back_mask)
    if one["return_sequences"]:
        bw = np.flip(bw, axis=1)
        if mask is not None:
            fw = np.where(mask[..., None], fw, 0)
            bw = np.where(mask[..., None], bw, 0)
    return np.concatenate((fw, bw), axis=-1)

# %% answer="both_ways" wrong="one_half_masked" uses="recurrent"
def both_ways(layer, weights, X, mask):
    one = layer["layer"]
    back_mask = mask
    if mask is not None:
        back_mask = np.flip(mask, axis=1)
    fw = recurrent(one, weights[0:3], X, mask)
    bw = recurrent(one, weights[3:6], np.flip(X, axis=1), None)
    if one["return_sequences"]:
        bw = np.flip(bw, axis=1)
        if mask is not None:
            fw = np.where(mask[..., None], fw, 0)
            bw = np.where(mask[..., None], bw, 0)
    return np.concatenate((fw, bw), axis=-1)

# %% answer="both_ways" wrong="one_half_masked" uses="recurrent"
def both_ways(layer, weights, X, mask):
    one = layer["layer"]
    back_mask = mask
    if mask is not None:
        back_mask = np.flip(mask, axis=1)
    fw = recurrent(one, weights[0:3], X, None)
    bw = recurrent(one, weights[3:6], np.flip(X, axis=1), back_mask)
    if one["return_sequences"]:
        bw = np.flip(bw, axis=1)
        if mask is not None:
            fw = np.where(mask[..., None], fw, 0)
            bw = np.where(mask[..., None], bw, 0)
    return np.concatenate((fw, bw), axis=-1)

# %% answer="both_ways" wrong="no_mask_here" uses="recurrent"
def both_ways(layer, weights, X, mask):
    one = layer["layer"]
    back_mask = mask
    if mask is not None:
        back_mask = np.flip(mask, axis=1)
    fw = recurrent(one, weights[0:3], X, None)
    bw = recurrent(one, weights[3:6], np.flip(X, axis=1), None)
    if one["return_sequences"]:
        bw = np.flip(bw, axis=1)
        if mask is not None:
            fw = np.where(mask[..., None], fw, 0)
            bw = np.where(mask[..., None], bw, 0)
    return np.concatenate((fw, bw), axis=-1)

# %% answer="both_ways" wrong="no_mask_here" uses="recurrent"
def both_ways(layer, weights, X, mask):
    one = layer["layer"]
    back_mask = mask
    if mask is not None:
        back_mask = np.flip(mask, axis=1)
    fw = recurrent(one, weights[0:3], X, None)
    bw = recurrent(one, weights[3:6], np.flip(X, axis=1), None)
    if one["return_sequences"]:
        bw = np.flip(bw, axis=1)
    return np.concatenate((fw, bw), axis=-1)

# %% answer="both_ways" wrong="backward_half_ends_elsewhere" uses="recurrent"
def both_ways(layer, weights, X, mask):
    one = layer["layer"]
    back_mask = mask
    if mask is not None:
        back_mask = np.flip(mask, axis=1)
    fw = recurrent(one, weights[0:3], X, mask)
    bw = recurrent(one, weights[3:6], np.flip(X, axis=1), back_mask)
    if not one["return_sequences"]:
        full = dict(one, return_sequences=True)
        bw = recurrent(full, weights[3:6], np.flip(X, axis=1), back_mask)[:, 0]
    else:
        bw = np.flip(bw, axis=1)
        if mask is not None:
            fw = np.where(mask[..., None], fw, 0)
            bw = np.where(mask[..., None], bw, 0)
    return np.concatenate((fw, bw), axis=-1)

# %% answer="both_ways" wrong="weights_crossed" uses="recurrent"
def both_ways(layer, weights, X, mask):
    one = layer["layer"]
    back_mask = mask
    if mask is not None:
        back_mask = np.flip(mask, axis=1)
    fw = recurrent(one, weights[3:6], X, mask)
    bw = recurrent(one, weights[0:3], np.flip(X, axis=1), back_mask)
    if one["return_sequences"]:
        bw = np.flip(bw, axis=1)
        if mask is not None:
            fw = np.where(mask[..., None], fw, 0)
            bw = np.where(mask[..., None], bw, 0)
    return np.concatenate((fw, bw), axis=-1)

# %% answer="both_ways" wrong="samples_flipped" uses="recurrent"
def both_ways(layer, weights, X, mask):
    one = layer["layer"]
    back_mask = mask
    if mask is not None:
        back_mask = np.flip(mask, axis=1)
    fw = recurrent(one, weights[0:3], X, mask)
    bw = recurrent(one, weights[3:6], X[::-1], back_mask)
    if one["return_sequences"]:
        bw = np.flip(bw, axis=1)
        if mask is not None:
            fw = np.where(mask[..., None], fw, 0)
            bw = np.where(mask[..., None], bw, 0)
    return np.concatenate((fw, bw), axis=-1)

# %% answer="both_ways" wrong="mask_is_none" uses="recurrent"
def both_ways(layer, weights, X, mask):
    one = layer["layer"]
    back_mask = mask
    if True:
        back_mask = mask[:, ::-1]
    fw = recurrent(one, weights[0:3], X, mask)
    bw = recurrent(one, weights[3:6], np.flip(X, axis=1), back_mask)
    if one["return_sequences"]:
        bw = np.flip(bw, axis=1)
        if mask is not None:
            fw = np.where(mask[..., None], fw, 0)
            bw = np.where(mask[..., None], bw, 0)
    return np.concatenate((fw, bw), axis=-1)

# %% answer="both_ways" wrong="key_of_another_kind" uses="recurrent"
def both_ways(layer, weights, X, mask):
    one = layer["layer"]
    back_mask = mask
    if mask is not None:
        back_mask = np.flip(mask, axis=1)
    fw = recurrent(one, weights[0:3], X, mask)
    bw = recurrent(one, weights[3:6], np.flip(X, axis=1), back_mask)
    if layer["return_sequences"]:
        bw = np.flip(bw, axis=1)
        if mask is not None:
            fw = np.where(mask[..., None], fw, 0)
            bw = np.where(mask[..., None], bw, 0)
    return np.concatenate((fw, bw), axis=-1)

# %% answer="both_ways" wrong="returns_nothing" uses="recurrent"
def both_ways(layer, weights, X, mask):
    one = layer["layer"]
    back_mask = mask
    if mask is not None:
        back_mask = np.flip(mask, axis=1)
    fw = recurrent(one, weights[0:3], X, mask)
    bw = recurrent(one, weights[3:6], np.flip(X, axis=1), back_mask)
    if one["return_sequences"]:
        bw = np.flip(bw, axis=1)
        if mask is not None:
            fw = np.where(mask[..., None], fw, 0)
            bw = np.where(mask[..., None], bw, 0)
    np.concatenate((fw, bw), axis=-1)

# %% answer="both_ways" wrong="units_turned_round" uses="recurrent"
def both_ways(layer, weights, X, mask):
    one = layer["layer"]
    back_mask = mask
    if mask is not None:
        back_mask = np.flip(mask, axis=1)
    fw = recurrent(one, weights[0:3], X, mask)
    bw = recurrent(one, weights[3:6], np.flip(X, axis=1), back_mask)
    bw = np.flip(bw, axis=1)
    if one["return_sequences"]:
        if mask is not None:
            fw = np.where(mask[..., None], fw, 0)
            bw = np.where(mask[..., None], bw, 0)
    return np.concatenate((fw, bw), axis=-1)

# %% answer="both_ways" wrong="zeros_at_the_wrong_end" uses="recurrent"
def both_ways(layer, weights, X, mask):
    one = layer["layer"]
    back_mask = mask
    if mask is not None:
        back_mask = np.flip(mask, axis=1)
    fw = recurrent(one, weights[0:3], X, mask)
    bw = recurrent(one, weights[3:6], np.flip(X, axis=1), back_mask)
    if one["return_sequences"]:
        bw = np.flip(bw, axis=1)
        if mask is not None:
            fw = np.where(back_mask[..., None], fw, 0)
            bw = np.where(back_mask[..., None], bw, 0)
    return np.concatenate((fw, bw), axis=-1)

# %% answer="both_ways" wrong="last_row_masked" uses="recurrent"
def both_ways(layer, weights, X, mask):
    one = layer["layer"]
    back_mask = mask
    if mask is not None:
        back_mask = np.flip(mask, axis=1)
    fw = recurrent(one, weights[0:3], X, mask)
    bw = recurrent(one, weights[3:6], np.flip(X, axis=1), back_mask)
    if one["return_sequences"]:
        bw = np.flip(bw, axis=1)
        if mask is not None:
            fw = np.where(mask[..., None], fw, 0)
            bw = np.where(mask[..., None], bw, 0)
    elif mask is not None:
        fw = fw * mask[:, -1:]
        bw = bw * mask[:, :1]
    return np.concatenate((fw, bw), axis=-1)

# %% answer="both_ways" wrong="mask_of_other_samples" uses="recurrent"
def both_ways(layer, weights, X, mask):
    one = layer["layer"]
    back_mask = mask
    if mask is not None:
        back_mask = mask[::-1]
    fw = recurrent(one, weights[0:3], X, mask)
    bw = recurrent(one, weights[3:6], np.flip(X, axis=1), back_mask)
    if one["return_sequences"]:
        bw = np.flip(bw, axis=1)
        if mask is not None:
            fw = np.where(mask[..., None], fw, 0)
            bw = np.where(mask[..., None], bw, 0)
    return np.concatenate((fw, bw), axis=-1)

# %% answer="both_ways" wrong="mask_of_other_samples" uses="recurrent"
def both_ways(layer, weights, X, mask):
    one = layer["layer"]
    back_mask = mask
    if mask is not None:
        back_mask = np.flip(mask)
    fw = recurrent(one, weights[0:3], X, mask)
    bw = recurrent(one, weights[3:6], np.flip(X, axis=1), back_mask)
    if one["return_sequences"]:
        bw = np.flip(bw, axis=1)
        if mask is not None:
            fw = np.where(mask[..., None], fw, 0)
            bw = np.where(mask[..., None], bw, 0)
    return np.concatenate((fw, bw), axis=-1)

# %% answer="both_ways" wrong="gated_state_lost" uses="recurrent"
def waits_at_zero(one, weights, X, mask):
    if mask is None:
        return recurrent(one, weights, X, None)
    full, rows = dict(one, return_sequences=True), np.zeros((len(X), X.shape[1], one["units"]))
    for n in range(len(X)):
        begin = 0
        for t in range(X.shape[1]):
            if not mask[n, t]:
                begin = t + 1
            else:
                rows[n, t] = recurrent(full, weights, X[n : n + 1, begin : t + 1], None)[0, -1]
    return rows if one["return_sequences"] else rows[:, -1]


def both_ways(layer, weights, X, mask):
    one = layer["layer"]
    back_mask = mask
    if mask is not None:
        back_mask = np.flip(mask, axis=1)
    fw = waits_at_zero(one, weights[0:3], X, mask)
    bw = waits_at_zero(one, weights[3:6], np.flip(X, axis=1), back_mask)
    if one["return_sequences"]:
        bw = np.flip(bw, axis=1)
        if mask is not None:
            fw = np.where(mask[..., None], fw, 0)
            bw = np.where(mask[..., None], bw, 0)
    return np.concatenate((fw, bw), axis=-1)

# %% answer="mask_behind" right="a loop over the layers"
def mask_behind(layers, X):
    N, T = X.shape[:2]
    first = layers[0]
    if first["kind"] == "Masking":
        mask = np.any(X != first["mask_value"], axis=-1)
    elif first["kind"] == "Embedding" and first["mask_zero"]:
        mask = X != 0
    else:
        mask = np.ones((N, T), dtype=bool)
    for layer in layers:
        one = layer["layer"] if layer["kind"] == "Bidirectional" else layer
        if "return_sequences" in one and not one["return_sequences"]:
            mask = np.ones((N, T), dtype=bool)
    return mask

# %% answer="mask_behind" right="step by step"
def mask_behind(layers, X):
    mask = np.ones(X.shape[:2])
    for layer in layers:
        kind = layer["kind"]
        if kind == "Masking":
            for n in range(X.shape[0]):
                for t in range(X.shape[1]):
                    mask[n, t] = not all(X[n, t] == layer["mask_value"])
        if kind == "Embedding":
            if layer["mask_zero"]:
                mask = (X > 0)
        if kind in ("SimpleRNN", "LSTM", "GRU") and layer["return_sequences"] == False:
            mask = np.ones(X.shape[:2])
        if kind == "Bidirectional" and layer["layer"]["return_sequences"] == False:
            mask = np.ones(X.shape[:2])
    return mask == 1

# %% answer="mask_behind" wrong="not_written"
def mask_behind(layers, X):
    return

# %% answer="mask_behind" wrong="mask_without_end"
def mask_behind(layers, X):
    N, T = X.shape[:2]
    first = layers[0]
    if first["kind"] == "Masking":
        mask = np.any(X != first["mask_value"], axis=-1)
    elif first["kind"] == "Embedding" and first["mask_zero"]:
        mask = X != 0
    else:
        mask = np.ones((N, T), dtype=bool)
    for layer in layers:
        one = layer["layer"] if layer["kind"] == "Bidirectional" else layer
        pass
    return mask

# %% answer="mask_behind" wrong="every_feature_differs"
def mask_behind(layers, X):
    N, T = X.shape[:2]
    first = layers[0]
    if first["kind"] == "Masking":
        mask = np.all(X != first["mask_value"], axis=-1)
    elif first["kind"] == "Embedding" and first["mask_zero"]:
        mask = X != 0
    else:
        mask = np.ones((N, T), dtype=bool)
    for layer in layers:
        one = layer["layer"] if layer["kind"] == "Bidirectional" else layer
        if "return_sequences" in one and not one["return_sequences"]:
            mask = np.ones((N, T), dtype=bool)
    return mask

# %% answer="mask_behind" wrong="another_value"
def mask_behind(layers, X):
    N, T = X.shape[:2]
    first = layers[0]
    if first["kind"] == "Masking":
        mask = np.any(X != 0, axis=-1)
    elif first["kind"] == "Embedding" and first["mask_zero"]:
        mask = X != 0
    else:
        mask = np.ones((N, T), dtype=bool)
    for layer in layers:
        one = layer["layer"] if layer["kind"] == "Bidirectional" else layer
        if "return_sequences" in one and not one["return_sequences"]:
            mask = np.ones((N, T), dtype=bool)
    return mask

# %% answer="mask_behind" wrong="every_embedding_masks"
def mask_behind(layers, X):
    N, T = X.shape[:2]
    first = layers[0]
    if first["kind"] == "Masking":
        mask = np.any(X != first["mask_value"], axis=-1)
    elif first["kind"] == "Embedding":
        mask = X != 0
    else:
        mask = np.ones((N, T), dtype=bool)
    for layer in layers:
        one = layer["layer"] if layer["kind"] == "Bidirectional" else layer
        if "return_sequences" in one and not one["return_sequences"]:
            mask = np.ones((N, T), dtype=bool)
    return mask

# %% answer="mask_behind" wrong="true_is_padding"
def mask_behind(layers, X):
    N, T = X.shape[:2]
    first = layers[0]
    if first["kind"] == "Masking":
        mask = np.any(X != first["mask_value"], axis=-1)
    elif first["kind"] == "Embedding" and first["mask_zero"]:
        mask = X != 0
    else:
        mask = np.ones((N, T), dtype=bool)
    for layer in layers:
        one = layer["layer"] if layer["kind"] == "Bidirectional" else layer
        if "return_sequences" in one and not one["return_sequences"]:
            mask = np.ones((N, T), dtype=bool)
    return ~mask

# %% answer="mask_behind" wrong="mask_for_nobody"
def mask_behind(layers, X):
    N, T = X.shape[:2]
    first = layers[0]
    if first["kind"] == "Masking":
        mask = np.any(X != first["mask_value"], axis=-1)
    elif first["kind"] == "Embedding" and first["mask_zero"]:
        mask = X != 0
    else:
        mask = np.ones((N, T), dtype=bool)
    mask = np.ones((N, T), dtype=bool)
    for layer in layers:
        one = layer["layer"] if layer["kind"] == "Bidirectional" else layer
        if "return_sequences" in one and not one["return_sequences"]:
            mask = np.ones((N, T), dtype=bool)
    return mask

# %% answer="mask_behind" wrong="mask_of_the_features"
def mask_behind(layers, X):
    N, T = X.shape[:2]
    first = layers[0]
    if first["kind"] == "Masking":
        mask = X != first["mask_value"]
    elif first["kind"] == "Embedding" and first["mask_zero"]:
        mask = X != 0
    else:
        mask = np.ones((N, T), dtype=bool)
    for layer in layers:
        one = layer["layer"] if layer["kind"] == "Bidirectional" else layer
        if "return_sequences" in one and not one["return_sequences"]:
            mask = np.ones((N, T), dtype=bool)
    return mask

# %% answer="mask_behind" wrong="key_of_another_kind"
def mask_behind(layers, X):
    N, T = X.shape[:2]
    first = layers[0]
    if first["kind"] == "Masking":
        mask = np.any(X != first["mask_value"], axis=-1)
    elif first["kind"] == "Embedding" and first["mask_zero"]:
        mask = X != 0
    else:
        mask = np.ones((N, T), dtype=bool)
    for layer in layers:
        one = layer["layer"] if layer["kind"] == "Bidirectional" else layer
        if layer["kind"] not in ("Masking", "Embedding", "Dense") and not layer["return_sequences"]:
            mask = np.ones((N, T), dtype=bool)
    return mask

# %% answer="mask_behind" wrong="key_of_another_kind"
def mask_behind(layers, X):
    N, T = X.shape[:2]
    first = layers[0]
    if first["kind"] == "Masking":
        mask = np.any(X != first["mask_value"], axis=-1)
    elif first["kind"] == "Embedding" and first["mask_zero"]:
        mask = X != 0
    else:
        mask = np.ones((N, T), dtype=bool)
    for layer in layers:
        one = layer["layer"] if layer["kind"] == "Bidirectional" else layer
        if not one["return_sequences"]:
            mask = np.ones((N, T), dtype=bool)
    return mask

# %% answer="mask_behind" wrong="branch_returns_nothing"
def mask_behind(layers, X):
    N, T = X.shape[:2]
    first = layers[0]
    if first["kind"] == "Masking":
        mask = np.any(X != first["mask_value"], axis=-1)
    elif first["kind"] == "Embedding" and first["mask_zero"]:
        mask = X != 0
    else:
        mask = np.ones((N, T), dtype=bool)
    if first["kind"] not in ("Masking", "Embedding"):
        return None
    for layer in layers:
        one = layer["layer"] if layer["kind"] == "Bidirectional" else layer
        if "return_sequences" in one and not one["return_sequences"]:
            mask = np.ones((N, T), dtype=bool)
    return mask

# %% answer="mask_behind" wrong="one_feature_asked"
def mask_behind(layers, X):
    N, T = X.shape[:2]
    first = layers[0]
    if first["kind"] == "Masking":
        mask = X[:, :, 0] != first["mask_value"]
    elif first["kind"] == "Embedding" and first["mask_zero"]:
        mask = X != 0
    else:
        mask = np.ones((N, T), dtype=bool)
    for layer in layers:
        one = layer["layer"] if layer["kind"] == "Bidirectional" else layer
        if not one.get("return_sequences", True):
            mask = np.ones((N, T), dtype=bool)
    return mask

# %% answer="mask_behind" wrong="one_feature_asked"
def mask_behind(layers, X):
    N, T = X.shape[:2]
    first = layers[0]
    if first["kind"] == "Masking":
        mask = X[:, :, -1] != first["mask_value"]
    elif first["kind"] == "Embedding" and first["mask_zero"]:
        mask = X != 0
    else:
        mask = np.ones((N, T), dtype=bool)
    for layer in layers:
        one = layer["layer"] if layer["kind"] == "Bidirectional" else layer
        if not one.get("return_sequences", True):
            mask = np.ones((N, T), dtype=bool)
    return mask

# %% answer="mask_behind" wrong="sum_asked"
def mask_behind(layers, X):
    N, T = X.shape[:2]
    first = layers[0]
    if first["kind"] == "Masking":
        mask = X.sum(axis=-1) != X.shape[-1] * first["mask_value"]
    elif first["kind"] == "Embedding" and first["mask_zero"]:
        mask = X != 0
    else:
        mask = np.ones((N, T), dtype=bool)
    for layer in layers:
        one = layer["layer"] if layer["kind"] == "Bidirectional" else layer
        if not one.get("return_sequences", True):
            mask = np.ones((N, T), dtype=bool)
    return mask

# %% answer="mask_behind" wrong="sum_asked"
def mask_behind(layers, X):
    N, T = X.shape[:2]
    first = layers[0]
    if first["kind"] == "Masking":
        mask = X.max(axis=-1) != first["mask_value"]
    elif first["kind"] == "Embedding" and first["mask_zero"]:
        mask = X != 0
    else:
        mask = np.ones((N, T), dtype=bool)
    for layer in layers:
        one = layer["layer"] if layer["kind"] == "Bidirectional" else layer
        if not one.get("return_sequences", True):
            mask = np.ones((N, T), dtype=bool)
    return mask

# %% answer="mask_behind" wrong="steps_asked"
def mask_behind(layers, X):
    N, T = X.shape[:2]
    first = layers[0]
    if first["kind"] == "Masking":
        mask = np.any(X != first["mask_value"], axis=1)
    elif first["kind"] == "Embedding" and first["mask_zero"]:
        mask = X != 0
    else:
        mask = np.ones((N, T), dtype=bool)
    for layer in layers:
        one = layer["layer"] if layer["kind"] == "Bidirectional" else layer
        if not one.get("return_sequences", True):
            mask = np.ones((N, T), dtype=bool)
    return mask

# %% answer="mask_behind" wrong="padding_at_the_end_alone"
def mask_behind(layers, X):
    N, T = X.shape[:2]
    first = layers[0]
    if first["kind"] == "Masking":
        mask = np.any(X != first["mask_value"], axis=-1)
    elif first["kind"] == "Embedding" and first["mask_zero"]:
        mask = X != 0
    else:
        mask = np.ones((N, T), dtype=bool)
    lengths = mask.sum(axis=1)
    mask = np.arange(T)[None, :] < lengths[:, None]
    for layer in layers:
        one = layer["layer"] if layer["kind"] == "Bidirectional" else layer
        if not one.get("return_sequences", True):
            mask = np.ones((N, T), dtype=bool)
    return mask

# %% answer="mask_behind" wrong="setting_taken_for_the_id"
def mask_behind(layers, X):
    N, T = X.shape[:2]
    first = layers[0]
    if first["kind"] == "Masking":
        mask = np.any(X != first["mask_value"], axis=-1)
    elif first["kind"] == "Embedding":
        mask = X != first["mask_zero"]
    else:
        mask = np.ones((N, T), dtype=bool)
    for layer in layers:
        one = layer["layer"] if layer["kind"] == "Bidirectional" else layer
        if not one.get("return_sequences", True):
            mask = np.ones((N, T), dtype=bool)
    return mask

# %% answer="mask_behind" wrong="nothing_counts"
def mask_behind(layers, X):
    N, T = X.shape[:2]
    first = layers[0]
    if first["kind"] == "Masking":
        mask = np.any(X != first["mask_value"], axis=-1)
    elif first["kind"] == "Embedding" and first["mask_zero"]:
        mask = X != 0
    else:
        mask = np.ones((N, T), dtype=bool)
    for layer in layers:
        one = layer["layer"] if layer["kind"] == "Bidirectional" else layer
        if not one.get("return_sequences", True):
            mask = np.zeros((N, T), dtype=bool)
    return mask

# %% answer="mask_behind" wrong="dense_ends_the_mask"
def mask_behind(layers, X):
    N, T = X.shape[:2]
    first = layers[0]
    if first["kind"] == "Masking":
        mask = np.any(X != first["mask_value"], axis=-1)
    elif first["kind"] == "Embedding" and first["mask_zero"]:
        mask = X != 0
    else:
        mask = np.ones((N, T), dtype=bool)
    for layer in layers:
        one = layer["layer"] if layer["kind"] == "Bidirectional" else layer
        if layer["kind"] == "Dense" or not one.get("return_sequences", True):
            mask = np.ones((N, T), dtype=bool)
    return mask

# %% answer="mask_behind" wrong="both_ways_ends_the_mask"
def mask_behind(layers, X):
    N, T = X.shape[:2]
    first = layers[0]
    if first["kind"] == "Masking":
        mask = np.any(X != first["mask_value"], axis=-1)
    elif first["kind"] == "Embedding" and first["mask_zero"]:
        mask = X != 0
    else:
        mask = np.ones((N, T), dtype=bool)
    for layer in layers:
        one = layer["layer"] if layer["kind"] == "Bidirectional" else layer
        if layer["kind"] == "Bidirectional" or not one.get("return_sequences", True):
            mask = np.ones((N, T), dtype=bool)
    return mask

# %% answer="mask_behind" wrong="mask_ends_too_soon"
def mask_behind(layers, X):
    N, T = X.shape[:2]
    first = layers[0]
    if first["kind"] == "Masking":
        mask = np.any(X != first["mask_value"], axis=-1)
    elif first["kind"] == "Embedding" and first["mask_zero"]:
        mask = X != 0
    else:
        mask = np.ones((N, T), dtype=bool)
    for layer in layers:
        one = layer["layer"] if layer["kind"] == "Bidirectional" else layer
        if not one.get("return_sequences", True):
            mask = np.ones((N, T), dtype=bool)
    return mask if len(layers) == 1 else np.ones((N, T), dtype=bool)

# %% answer="mask_behind" wrong="box_of_two_axes"
def mask_behind(layers, X):
    N, T, D = X.shape
    first = layers[0]
    if first["kind"] == "Masking":
        mask = np.any(X != first["mask_value"], axis=-1)
    elif first["kind"] == "Embedding" and first["mask_zero"]:
        mask = X != 0
    else:
        mask = np.ones((N, T), dtype=bool)
    for layer in layers:
        one = layer["layer"] if layer["kind"] == "Bidirectional" else layer
        if not one.get("return_sequences", True):
            mask = np.ones((N, T), dtype=bool)
    return mask

# %% answer="mask_behind" wrong="one_answer_for_a_sample"
def mask_behind(layers, X):
    N, T = X.shape[:2]
    first = layers[0]
    if first["kind"] == "Masking":
        mask = np.any(X != first["mask_value"], axis=-1)
    elif first["kind"] == "Embedding" and first["mask_zero"]:
        mask = X != 0
    else:
        mask = np.ones((N, T), dtype=bool)
    for layer in layers:
        one = layer["layer"] if layer["kind"] == "Bidirectional" else layer
        if not one.get("return_sequences", True):
            return np.ones(N, dtype=bool)
    return mask

# %% answer="mask_behind" wrong="one_answer_for_a_sample"
def mask_behind(layers, X):
    N, T = X.shape[:2]
    first = layers[0]
    if first["kind"] == "Masking":
        mask = np.any(X != first["mask_value"], axis=-1)
    elif first["kind"] == "Embedding" and first["mask_zero"]:
        mask = X != 0
    else:
        mask = np.ones((N, T), dtype=bool)
    for layer in layers:
        one = layer["layer"] if layer["kind"] == "Bidirectional" else layer
        if not one.get("return_sequences", True):
            return np.ones((N, 1), dtype=bool)
    return mask

# %% answer="mask_behind" wrong="value_is_none"
def mask_behind(layers, X):
    N, T = X.shape[:2]
    first = layers[0]
    if first["kind"] == "Masking":
        kept = np.any(X != first["mask_value"], axis=-1)
    elif first["kind"] == "Embedding" and first["mask_zero"]:
        kept = X != 0
    else:
        kept = None
    for layer in layers:
        one = layer["layer"] if layer["kind"] == "Bidirectional" else layer
        if not one.get("return_sequences", True):
            kept = np.ones((N, T), dtype=bool)
    return kept.astype(bool)

# %% answer="run" right="one branch for each kind" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
            out = np.where(mask[:, :, None], out, 0)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" right="indices" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for i in range(len(layers)):
        layer = layers[i]
        w = weights[i]
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
            out = out * mask[:, :, None]
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" right="one layer after the other, recursively" uses="recurrent both_ways mask_behind"
def dense(layer, w, X):
    z = np.einsum("...m,mk->...k", X, w[0]) + w[1]
    names = ["linear", "relu", "tanh", "sigmoid", "softmax"]
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    curves = [z, z * (z > 0), np.tanh(z), 1 / (1 + np.exp(-z)), e / np.sum(e, -1)[..., None]]
    return curves[names.index(layer["activation"])]


def run(layers, weights, X):
    if not layers:
        return X
    *before, layer = layers
    box = run(before, weights[:-1], X)
    kind, w = layer["kind"], weights[-1]
    mask = mask_behind(before, X) if before else None
    if kind == "Masking":
        return X * mask_behind([layer], X)[:, :, None]
    if kind == "Embedding":
        return np.take(w[0], X, axis=0)
    if kind == "Dense":
        return dense(layer, w, box)
    if kind == "Bidirectional":
        return both_ways(layer, w, box, mask)
    return recurrent(layer, w, box, mask)

# %% answer="run" right="a table of functions" uses="recurrent both_ways"
def run(layers, weights, X):
    sig = lambda z: 1 / (1 + np.exp(-z))
    soft = lambda z: np.exp(z) / np.sum(np.exp(z), axis=-1, keepdims=True)
    curves = dict(linear=lambda z: z, relu=lambda z: np.where(z > 0, z, 0), tanh=np.tanh, sigmoid=sig, softmax=soft)
    state = {"x": X, "mask": None}

    def masking(layer, w):
        state["mask"] = (state["x"] != layer["mask_value"]).any(2)
        state["x"] = np.where(state["mask"][..., None], state["x"], 0)

    def embedding(layer, w):
        ids = state["x"]
        state["x"] = w[0][ids]
        state["mask"] = ids > 0 if layer["mask_zero"] else None

    def dense(layer, w):
        state["x"] = curves[layer["activation"]](state["x"].dot(w[0]) + w[1])

    def rnn(layer, w):
        state["x"] = recurrent(layer, w, state["x"], state["mask"])
        if state["x"].ndim == 2:
            state["mask"] = None

    def two(layer, w):
        state["x"] = both_ways(layer, w, state["x"], state["mask"])
        if state["x"].ndim == 2:
            state["mask"] = None

    table = {"Masking": masking, "Embedding": embedding, "Dense": dense, "Bidirectional": two}
    for layer, w in zip(layers, weights):
        table.get(layer["kind"], rnn)(layer, w)
    return state["x"]

# %% answer="run" wrong="not_written"
def run(layers, weights, X):
    pass

# %% answer="run" wrong="mask_made_and_not_used" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
            out = out * mask[:, :, None]
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, None)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, None)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="mask_lost_on_the_way" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            mask = None
    return out

# %% answer="run" wrong="every_feature_differs" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.all(out != layer["mask_value"], axis=2)
            out = np.where(mask[:, :, None], out, 0)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="another_value" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != 0, axis=2)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="every_embedding_masks" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
        elif kind == "Embedding":
            mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="true_is_padding" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.all(out == layer["mask_value"], axis=2)
            out = out * mask[:, :, None]
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out == 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="activation_left_out" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = out @ w[0] + w[1]
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="another_curve" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.tanh(z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
            out = np.where(mask[:, :, None], out, 0)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="softmax_elsewhere" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum()
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="softmax_elsewhere" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
            out = out * mask[:, :, None]
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="softmax_elsewhere" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=0)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="bias_of_the_dense" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
            out = np.where(mask[:, :, None], out, 0)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="dense_on_last_step" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            if out.ndim == 3:
                out = out[:, -1]
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="ids_counted_from_one" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
            out = out * mask[:, :, None]
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out - 1]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="padding_has_no_row" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out] * (out > 0)[:, :, None]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="last_layer_left_out" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in list(zip(layers, weights))[:-1]:
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
            out = np.where(mask[:, :, None], out, 0)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="last_layer_left_out" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
        return out

# %% answer="run" wrong="key_of_another_kind" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
            out = out * mask[:, :, None]
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="key_that_no_layer_has" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["act"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="weights_of_another_layer" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        W, b = w
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
            out = np.where(mask[:, :, None], out, 0)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="weights_of_another_layer" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    weights = [w for w in weights if len(w)]
    for i, layer in enumerate(layers):
        w = weights[i]
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="ids_as_numbers" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X.astype(float)
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
            out = out * mask[:, :, None]
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="returns_nothing" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    print(out.shape)

# %% answer="run" wrong="blocks_of_another_kind" uses="both_ways"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i, f, g, o = np.split(z, 4)
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h, h_old)
            c = np.where(m, c, c_old)
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h


def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
            out = np.where(mask[:, :, None], out, 0)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="i_and_f_swapped" uses="both_ways"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            f = sigmoid(z[:, :M])
            i = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h, h_old)
            c = np.where(m, c, c_old)
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h


def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="c_runs_on" uses="both_ways"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h, h_old)
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h


def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
            out = out * mask[:, :, None]
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="rows_summed" uses="both_ways"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh + b)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0] + b[1]
            q = h_old @ Wh
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h, h_old)
            c = np.where(m, c, c_old)
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h


def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="bias_dropped" uses="both_ways"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def recurrent(layer, weights, X, mask):
    Wx, Wh, b = weights
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((N, M))
    c = np.zeros((N, M))
    out = []
    for t in range(T):
        h_old, c_old = h, c
        if layer["kind"] == "SimpleRNN":
            h = np.tanh(X[:, t] @ Wx + h_old @ Wh)
        elif layer["kind"] == "LSTM":
            z = X[:, t] @ Wx + h_old @ Wh + b
            i = sigmoid(z[:, :M])
            f = sigmoid(z[:, M:2 * M])
            g = np.tanh(z[:, 2 * M:3 * M])
            o = sigmoid(z[:, 3 * M:])
            c = f * c_old + i * g
            h = o * np.tanh(c)
        elif layer["reset_after"]:
            p = X[:, t] @ Wx + b[0]
            q = h_old @ Wh + b[1]
            z = sigmoid(p[:, :M] + q[:, :M])
            r = sigmoid(p[:, M:2 * M] + q[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + r * q[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        else:
            p = X[:, t] @ Wx + b
            z = sigmoid(p[:, :M] + h_old @ Wh[:, :M])
            r = sigmoid(p[:, M:2 * M] + h_old @ Wh[:, M:2 * M])
            g = np.tanh(p[:, 2 * M:] + (r * h_old) @ Wh[:, 2 * M:])
            h = z * h_old + (1 - z) * g
        if mask is not None:
            m = mask[:, t][:, None]
            h = np.where(m, h, h_old)
            c = np.where(m, c, c_old)
        out.append(h)
    if layer["return_sequences"]:
        return np.stack(out, axis=1)
    return h


def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
            out = np.where(mask[:, :, None], out, 0)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="not_reflipped" uses="recurrent"
def both_ways(layer, weights, X, mask):
    one = layer["layer"]
    back_mask = mask
    if mask is not None:
        back_mask = np.flip(mask, axis=1)
    fw = recurrent(one, weights[0:3], X, mask)
    bw = recurrent(one, weights[3:6], np.flip(X, axis=1), back_mask)
    if one["return_sequences"]:
        pass
        if mask is not None:
            fw = np.where(mask[..., None], fw, 0)
            bw = np.where(mask[..., None], bw, 0)
    return np.concatenate((fw, bw), axis=-1)


def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="repeated_from_both_ends" uses="recurrent"
def both_ways(layer, weights, X, mask):
    one = layer["layer"]
    back_mask = mask
    if mask is not None:
        back_mask = np.flip(mask, axis=1)
    fw = recurrent(one, weights[0:3], X, mask)
    bw = recurrent(one, weights[3:6], np.flip(X, axis=1), back_mask)
    if one["return_sequences"]:
        bw = np.flip(bw, axis=1)
    return np.concatenate((fw, bw), axis=-1)


def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
            out = out * mask[:, :, None]
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="mask_not_rewound" uses="recurrent"
def both_ways(layer, weights, X, mask):
    one = layer["layer"]
    back_mask = mask
    fw = recurrent(one, weights[0:3], X, mask)
    bw = recurrent(one, weights[3:6], np.flip(X, axis=1), back_mask)
    if one["return_sequences"]:
        bw = np.flip(bw, axis=1)
        if mask is not None:
            fw = np.where(mask[..., None], fw, 0)
            bw = np.where(mask[..., None], bw, 0)
    return np.concatenate((fw, bw), axis=-1)


def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="masking_leaves_the_box" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="padding_has_no_row" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
            out = np.where(mask[:, :, None], out, 0)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            ids = out
            out = w[0][ids]
            if layer["mask_zero"]:
                out = out * (ids != 0)[:, :, None]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="zeros_behind_a_dense" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
            out = np.where(mask[:, :, None], out, 0)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
            if mask is not None:
                out = np.where(mask[..., None], out, 0)
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="dense_ends_the_mask" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
            out = np.where(mask[:, :, None], out, 0)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
            mask = None
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="both_ways_ends_the_mask" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
            out = np.where(mask[:, :, None], out, 0)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="mask_made_anew" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
            out = np.where(mask[:, :, None], out, 0)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
        if mask is not None and kind not in ("Masking", "Embedding"):
            mask = np.any(out != 0, axis=-1)
    return out

# %% answer="run" wrong="setting_taken_for_the_id" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
            out = np.where(mask[:, :, None], out, 0)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != layer["mask_zero"]
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="one_feature_asked" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = out[:, :, 0] != layer["mask_value"]
            out = np.where(mask[:, :, None], out, 0)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="sum_asked" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = out.mean(axis=2) != layer["mask_value"]
            out = np.where(mask[:, :, None], out, 0)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="each_layer_reads_the_data" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
            out = np.where(mask[:, :, None], out, 0)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, X, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, X, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="list_asked_as_array" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
            out = np.where(mask[:, :, None], out, 0)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[:1].reshape(-1, layer["units"]) + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="sum_without_its_axis" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1)
    return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
            out = np.where(mask[:, :, None], out, 0)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1])
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" wrong="value_is_none" uses="recurrent both_ways"
def act(name, z):
    if name == "relu":
        return np.maximum(0, z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "softmax":
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)
    if name == "linear":
        z
    else:
        return z


def run(layers, weights, X):
    mask = None
    out = X
    for layer, w in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = np.any(out != layer["mask_value"], axis=2)
            out = np.where(mask[:, :, None], out, 0)
        elif kind == "Embedding":
            if layer["mask_zero"]:
                mask = out != 0
            out = w[0][out]
        elif kind == "Bidirectional":
            out = both_ways(layer, w, out, mask)
            if not layer["layer"]["return_sequences"]:
                mask = None
        elif kind == "Dense":
            out = act(layer["activation"], out @ w[0] + w[1]).copy()
        else:
            out = recurrent(layer, w, out, mask)
            if not layer["return_sequences"]:
                mask = None
    return out

# %% answer="run" cheats="keras_layer"
def run(layers, weights, X):
    out = X
    for layer, w in zip(layers, weights):
        options = dict(layer)
        kind = options.pop("kind")
        if kind == "Bidirectional":
            inner = dict(options["layer"])
            made = keras.layers.Bidirectional(getattr(keras.layers, inner.pop("kind"))(**inner))
        else:
            made = getattr(keras.layers, kind)(**options)
        made.build(out.shape)
        made.set_weights(w)
        out = made(out)
    return np.array(out)
