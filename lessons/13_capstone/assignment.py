# ---
# title: Capstone, the assignment
# points: 12
# ---

# %% [markdown]
# # Capstone: your turn
#
# Somebody hands you a list of layers, and for each layer the arrays of `get_weights()`. You write the function that turns
# them into a model: `run(layers, weights, X)`. It takes stacks that nobody has seen, and it agrees with Keras on each.
#
# | task | points |
# |---|---|
# | 1. `ledger`: how large is each box on the way? | 3 |
# | 2. `recurrent`: one layer that reads forward | 3 |
# | 3. `both_ways`: one layer that reads from both ends | 1 |
# | 4. `mask_behind`: which steps count? | 1 |
# | 5. `run`: the whole stack | 4 |
#
# That makes 12 points. Tasks 1, 2 and 5 give theirs in parts, one for each column or kind of layer, so a layer that you
# cannot do yet costs only its own. You may call functions of earlier tasks, and use all that you wrote in earlier lessons.
#
# Under each answer there is a check. It draws stacks of its own, and names **the first layer whose output differs**. Then
# it tries that layer by itself. Your functions are graded on other stacks, drawn at random. They may not change the
# arrays that they are handed. Use NumPy only in them. A function agrees with Keras when none of its numbers is more than
# **0.00001** (that is `rnnshapes.TOLERANCE`) away.
#
# `rnnshapes.keep_attempts()` in a new cell below lets this notebook keep what your checks say, try by try. Your instructor
# sees it when you hand in: no code, and no points depend on it. It is off unless you run it.

# %% readonly="setup"
import numpy as np
import rnnshapes

keras = rnnshapes.import_keras()  # `from tensorflow import keras`, without its start-up messages
keras.utils.set_random_seed(13)

N, T, D, M, K = 5, 4, 3, 6, 2  # samples, time steps, features; units of the first layer; output nodes

# %% [markdown]
# ## A layer as data
#
# Each layer is a dict. There are seven kinds, and these are all the keys that they have:
#
# | kind | its other keys |
# |---|---|
# | `"Embedding"` | `input_dim` (V), `output_dim` (D), `mask_zero` |
# | `"Masking"` | `mask_value` |
# | `"SimpleRNN"`, `"LSTM"` | `units`, `return_sequences` |
# | `"GRU"` | `units`, `return_sequences`, `reset_after` |
# | `"Bidirectional"` | `layer`: the dict of a SimpleRNN, an LSTM or a GRU |
# | `"Dense"` | `units`, `activation`: `"linear"`, `"relu"`, `"tanh"`, `"sigmoid"` or `"softmax"` |
#
# All other settings are Keras' defaults. An Embedding or a Masking stands first, if there is one. A Dense may stand
# anywhere behind it. `weights` is a list with one list of arrays for each layer; for a Masking that list is empty.
#
# Here is a stack to play with, and Keras' own answer to it.

# %% readonly="stack"
layers = [
    {"kind": "Masking", "mask_value": 0.0},
    {"kind": "Bidirectional", "layer": {"kind": "LSTM", "units": 6, "return_sequences": True}},
    {"kind": "GRU", "units": 7, "return_sequences": False, "reset_after": True},
    {"kind": "Dense", "units": 2, "activation": "softmax"},
]
model = keras.Sequential(
    [
        keras.Input((T, D)),
        keras.layers.Masking(mask_value=0.0),
        keras.layers.Bidirectional(keras.layers.LSTM(6, return_sequences=True)),
        keras.layers.GRU(7),
        keras.layers.Dense(2, activation="softmax"),
    ]
)
random = np.random.default_rng(13)
model.set_weights([random.uniform(-0.6, 0.6, weight.shape) for weight in model.get_weights()])  # biases too
weights = [layer.get_weights() for layer in model.layers]
X = random.standard_normal((N, T, D)).astype("float32")
X[0, 2:] = X[1, :1] = X[2, 2] = 0  # padding at the end, in front, and in between
Yhat = model.predict(X, verbose=0)
rnnshapes.draw.ledger(layers, X.shape)

# %% [markdown]
# ## 1. The ledger
#
# Before any number is computed, every box has its shape. Return a list with one dict for each layer:
#
# - `"output"`: the shape that comes out of the layer, a tuple with N in front
# - `"weights"`: a list with the shapes of the layer's arrays, in the order of `get_weights()`
# - `"parameters"`: how many numbers these arrays hold together
#
# `shape` is that of X: (N, T, D), or (N, T) where the first layer is an Embedding. The picture above shows the ledger
# of one stack. Yours is for any stack.

# %% answer="ledger"
def ledger(layers, shape):
    """Return a list of dicts, one for each layer, with its "output", its "weights" and its "parameters".

    layers, a list of dicts; shape, that of X → a list as long as layers
    """
    ### BEGIN SOLUTION
    rows = []
    for layer in layers:
        inner = layer.get("layer", layer)  # what a Bidirectional holds
        kind, D, M = inner["kind"], shape[-1], inner.get("units")
        if kind == "Masking":
            arrays = []
        elif kind == "Embedding":
            shape = (*shape, inner["output_dim"])  # integers grow an axis
            arrays = [(inner["input_dim"], inner["output_dim"])]
        elif kind == "Dense":
            shape = (*shape[:-1], M)  # whatever stands in front of the last axis stays
            arrays = [(D, M), (M,)]
        else:
            wide = {"SimpleRNN": 1, "LSTM": 4, "GRU": 3}[kind] * M
            arrays = [(D, wide), (M, wide), (2, wide) if inner.get("reset_after") else (wide,)]
            shape = (*shape[:2], M) if inner["return_sequences"] else (shape[0], M)
            if layer["kind"] == "Bidirectional":
                arrays, shape = 2 * arrays, (*shape[:-1], 2 * M)
        rows.append({"output": shape, "weights": arrays, "parameters": int(sum(map(np.prod, arrays)))})
    return rows
    ### END SOLUTION

# %% readonly="check_ledger"
rnnshapes.check_answer("13/ledger", ledger)

# %% test="ledger" part="output" points=1
# The output shapes are those of Keras.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("13/ledger", ledger, part="output")
### END HIDDEN TESTS
expected = [(N, T, D), (N, T, 12), (N, 7), (N, K)]
found = [tuple(row["output"]) for row in ledger(layers, (N, T, D))]
assert found == expected, f"Got {found}, expected {expected}"

# %% test="ledger" part="weights" points=1
# The shapes of the weights are those of get_weights().
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("13/ledger", ledger, part="weights")
### END HIDDEN TESTS
for row, arrays in zip(ledger(layers, (N, T, D)), weights):
    expected = [array.shape for array in arrays]
    found = [tuple(shape) for shape in row["weights"]]
    assert found == expected, f"Got {found}, expected {expected}"

# %% test="ledger" part="parameters" points=1
# The counts are those of count_params().
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("13/ledger", ledger, part="parameters")
### END HIDDEN TESTS
expected = [0, 480, 441, 16]
found = [row["parameters"] for row in ledger(layers, (N, T, D))]
assert found == expected, f"Got {found}, expected {expected}"

# %% [markdown]
# ## 2. One recurrent layer
#
# A SimpleRNN, an LSTM or a GRU (with `reset_after` True or False) reads X from t = 0 to t = T − 1, and starts from zeros.
# `mask` is (N, T), True where a step counts, or it is `None`: then all steps count. At a masked step **everything** that the
# layer carries to the next step stays as it was, and the row that comes out repeats the one before it.
#
# Return every row, (N, T, M), if `layer["return_sequences"]` says so, else the last one, (N, M).

# %% answer="recurrent"
def recurrent(layer, weights, X, mask):
    """Return what a SimpleRNN, an LSTM or a GRU makes of X.

    layer, a dict; weights, a list of three arrays; X (N, T, D); mask (N, T) or None → (N, T, M) or (N, M)
    """
    ### BEGIN SOLUTION
    Wx, Wh, b = weights
    kind, M = layer["kind"], layer["units"]
    sigmoid = lambda a: 1 / (1 + np.exp(-a))
    h = c = np.zeros((len(X), M))
    rows = []
    for t in range(X.shape[1]):
        x = X[:, t]  # (N, D)
        new_c = c
        if kind == "SimpleRNN":
            new_h = np.tanh(x @ Wx + h @ Wh + b)
        elif kind == "LSTM":
            i, f, g, o = np.split(x @ Wx + h @ Wh + b, 4, axis=1)
            new_c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
            new_h = sigmoid(o) * np.tanh(new_c)
        elif layer["reset_after"]:
            pz, pr, pg = np.split(x @ Wx + b[0], 3, axis=1)
            qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
            z, r = sigmoid(pz + qz), sigmoid(pr + qr)
            new_h = z * h + (1 - z) * np.tanh(pg + r * qg)
        else:
            pz, pr, pg = np.split(x @ Wx + b, 3, axis=1)
            z, r = sigmoid(pz + h @ Wh[:, :M]), sigmoid(pr + h @ Wh[:, M : 2 * M])
            new_h = z * h + (1 - z) * np.tanh(pg + (r * h) @ Wh[:, 2 * M :])
        if mask is not None:
            real = mask[:, t, None]  # (N, 1)
            new_h, new_c = np.where(real, new_h, h), np.where(real, new_c, c)  # c waits as well
        h, c = new_h, new_c
        rows.append(h)
    return np.stack(rows, axis=1) if layer["return_sequences"] else h
    ### END SOLUTION

# %% readonly="check_recurrent"
rnnshapes.check_answer("13/recurrent", recurrent)

# %% test="recurrent" part="SimpleRNN" points=1
# A SimpleRNN agrees with Keras, with a mask and without one.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("13/recurrent", recurrent, part="SimpleRNN")
### END HIDDEN TESTS
simple = {"kind": "SimpleRNN", "units": M, "return_sequences": True}
arrays = [np.ones((D, M)) / D, np.zeros((M, M)), np.zeros(M)]
rows = np.asarray(recurrent(simple, arrays, X, None))
assert rows.shape == (N, T, M), f"Got the shape {rows.shape}, expected (N, T, M) = {(N, T, M)}"

# %% test="recurrent" part="LSTM" points=1
# An LSTM agrees with Keras, with a mask and without one.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("13/recurrent", recurrent, part="LSTM")
### END HIDDEN TESTS
forward = layers[1]["layer"]
mask = X.any(axis=2)
rows = np.asarray(recurrent(forward, weights[1][:3], X, mask))
by_itself = keras.layers.LSTM(6, return_sequences=True)
by_itself.build(X.shape)
by_itself.set_weights(weights[1][:3])
half = np.asarray(by_itself(X, mask=mask))
difference = np.abs(rows - half).max()
assert difference <= rnnshapes.TOLERANCE, f"A row of the forward LSTM is {difference:.2g} away from Keras"

# %% test="recurrent" part="GRU" points=1
# A GRU agrees with Keras, with a mask and without one, for both settings of reset_after.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("13/recurrent", recurrent, part="GRU")
### END HIDDEN TESTS
film = random.standard_normal((N, T, 12)).astype("float32")
last = np.asarray(recurrent(layers[2], weights[2], film, None))
assert last.shape == (N, 7), f"Got the shape {last.shape}, expected {(N, 7)}"
difference = np.abs(last - np.asarray(model.layers[2](film))).max()
assert difference <= rnnshapes.TOLERANCE, f"The last row of the GRU is {difference:.2g} away from Keras"

# %% [markdown]
# ## 3. From both ends
#
# A Bidirectional holds the dict of one layer and the weights of two, one after the other: the forward half first. The backward
# half reads the film from its end, and its mask too. Both halves stand side by side in the end, M numbers each. With
# `return_sequences` row t of both halves belongs to time step t, and **rows at masked steps are zeros** (the state waits all
# the same). Without it each half gives the row at which it stops.
#
# You may call `recurrent`.

# %% answer="both_ways"
def both_ways(layer, weights, X, mask):
    """Return what a Bidirectional makes of X.

    layer, a dict whose "layer" is one too; weights, two times three arrays; X (N, T, D); mask (N, T) or None
    → (N, T, 2M) or (N, 2M)
    """
    ### BEGIN SOLUTION
    inner = layer["layer"]
    rewound = None if mask is None else mask[:, ::-1]
    there = recurrent(inner, weights[:3], X, mask)
    back = recurrent(inner, weights[3:], X[:, ::-1], rewound)
    if inner["return_sequences"]:
        back = back[:, ::-1]  # row t beside time step t again
    both = np.concatenate([there, back], axis=-1)
    if inner["return_sequences"] and mask is not None:
        both = both * mask[:, :, None]  # as with zero_output_for_mask
    return both
    ### END SOLUTION

# %% readonly="check_both_ways"
rnnshapes.check_answer("13/both_ways", both_ways)

# %% test="both_ways" points=1
# Both halves agree with Keras' Bidirectional, with a mask and without one.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("13/both_ways", both_ways)
### END HIDDEN TESTS
film = np.asarray(both_ways(layers[1], weights[1], X, None))
assert film.shape == (N, T, 12), f"Got the shape {film.shape}, expected {(N, T, 12)}"
difference = np.abs(film - np.asarray(model.layers[1](X))).max()
assert difference <= rnnshapes.TOLERANCE, f"A row is {difference:.2g} away from Keras"

# %% [markdown]
# ## 4. Which steps count?
#
# A mask is made by a Masking (a step counts if **any** of its features differs from `mask_value`), or by an Embedding with
# `mask_zero` (a step counts if its id is not 0). Then it is handed on from layer to layer, through a Dense as well. A layer
# that gives one row for each sample has no time steps any more, so it hands on none.
#
# Return the mask **behind the last** of these layers, (N, T): True where a step counts. Where there is no mask, or none any
# more, all steps count.

# %% answer="mask_behind"
def mask_behind(layers, X):
    """Return which steps count behind the last of these layers.

    layers, a list of dicts; X (N, T, D) or ids (N, T) → (N, T), True or False
    """
    ### BEGIN SOLUTION
    everything = np.ones(X.shape[:2], bool)
    mask = everything
    for layer in layers:  # one that makes a mask comes first, and reads X
        if layer["kind"] == "Masking":
            mask = (X != layer["mask_value"]).any(axis=2)
        elif layer["kind"] == "Embedding" and layer["mask_zero"]:
            mask = X != 0
        if not layer.get("layer", layer).get("return_sequences", True):
            return everything  # no steps any more, no mask
    return mask
    ### END SOLUTION

# %% readonly="check_mask_behind"
rnnshapes.check_answer("13/mask_behind", mask_behind)

# %% test="mask_behind" points=1
# The mask is the one that Keras hands on.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("13/mask_behind", mask_behind)
### END HIDDEN TESTS
behind = np.asarray(mask_behind(layers[:2], X))
assert behind.shape == (N, T), f"Got the shape {behind.shape}, expected (N, T) = {(N, T)}"
assert (~behind).sum() == 4, f"Got {(~behind).sum()} steps that do not count, expected 4"

# %% [markdown]
# ## 5. The whole stack
#
# Now `run`. It goes from layer to layer with a box and a mask, and returns what comes out of the last one. Behind the
# recurrent layers there is a Dense: a product, a bias and an activation, on the last axis. An Embedding looks its rows up in
# a table of (V, D). A Masking makes the mask, and hands its box on with **zeros at the masked steps**, whatever `mask_value` was.
#
# The points come by what is in a stack: SimpleRNN and Dense; LSTM, GRU and Embedding without a mask; Bidirectional; masks.

# %% answer="run"
def run(layers, weights, X):
    """Return what the model with these layers and weights gives for X.

    layers, a list of dicts; weights, a list of lists of arrays; X (N, T, D) or ids (N, T) → (N, …, units of the last layer)
    """
    ### BEGIN SOLUTION
    activations = {
        "linear": lambda a: a,
        "relu": lambda a: np.maximum(a, 0),
        "tanh": np.tanh,
        "sigmoid": lambda a: 1 / (1 + np.exp(-a)),
        "softmax": lambda a: np.exp(a) / np.exp(a).sum(axis=-1, keepdims=True),  # over the units
    }
    value, mask = X, None
    for layer, arrays in zip(layers, weights):
        kind = layer["kind"]
        if kind == "Masking":
            mask = (value != layer["mask_value"]).any(axis=-1)
            value = value * mask[:, :, None]
        elif kind == "Embedding":
            mask = value != 0 if layer["mask_zero"] else None
            value = arrays[0][value]  # (N, T) → (N, T, D)
        elif kind == "Dense":
            W, b = arrays
            value = activations[layer["activation"]](value @ W + b)
        else:
            one = both_ways if kind == "Bidirectional" else recurrent
            value = one(layer, arrays, value, mask)
            mask = mask if layer.get("layer", layer)["return_sequences"] else None  # no steps, no mask
    return value
    ### END SOLUTION

# %% readonly="check_run"
rnnshapes.check_answer("13/run", run)

# %% test="run" part="simple" points=1
# Stacks of SimpleRNN and Dense agree with Keras.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("13/run", run, part="simple")
### END HIDDEN TESTS
only_dense = [{"kind": "Dense", "units": K, "activation": "relu"}]
found = np.asarray(run(only_dense, [[np.ones((D, K)), np.zeros(K)]], X))
assert found.shape == (N, T, K), f"Got the shape {found.shape}, expected (N, T, K) = {(N, T, K)}"

# %% test="run" part="gates" points=1
# Stacks with LSTM, GRU and an Embedding without a mask agree with Keras.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("13/run", run, part="gates")
### END HIDDEN TESTS
table = [{"kind": "Embedding", "input_dim": 9, "output_dim": D, "mask_zero": False}]
found = np.asarray(run(table, [[np.ones((9, D))]], np.full((N, T), 8)))
assert found.shape == (N, T, D), f"Got the shape {found.shape}, expected (N, T, D) = {(N, T, D)}"

# %% test="run" part="both_ways" points=1
# Stacks with Bidirectional agree with Keras.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("13/run", run, part="both_ways")
### END HIDDEN TESTS
found = np.asarray(run(layers[1:2], weights[1:2], X))
assert found.shape == (N, T, 12), f"Got the shape {found.shape}, expected {(N, T, 12)}"

# %% test="run" part="masks" points=1
# Stacks with Masking, or with an Embedding with mask_zero, agree with Keras; so does the stack from above.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("13/run", run, part="masks")
### END HIDDEN TESTS
found = np.asarray(run(layers, weights, X))
assert found.shape == (N, K), f"Got the shape {found.shape}, expected (N, K) = {(N, K)}"
difference = np.abs(found - Yhat).max()
assert difference <= rnnshapes.TOLERANCE, f"A number is {difference:.2g} away from Keras"

# %% [markdown]
# **Explain, for yourself** (not graded): your function has no line for `N`, and none for `V`, `D`, `M` or `K`. Where does it
# get each of these numbers from?

# %% [markdown]
# *Double-click here, and write your sentence.*

# %% [markdown]
# ## Before you submit
#
# Restart the kernel and run all cells (Kernel → Restart Kernel and Run All Cells). A ✓ means that the answer is right.
