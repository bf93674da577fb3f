# ---
# title: Capstone
# idea: any stack of layers, from its weights and a list of their names
# ---

# %% [markdown]
# # Capstone: a file of weights
#
# A lighthouse keeper wrote one code an hour into a log: calm, swell, fog, and so on. Years ago somebody trained a network
# on these logs, and left. What remains is a file of arrays, and a slip of paper with four names of layers. **What does
# this model compute, and how large is each box on the way?** If we can answer that for a model that nobody has seen, we
# can answer it for any.
#
# | letter | counts | here |
# |---|---|---|
# | **N** | logs | 4 |
# | **T** | hours in a log | 8 |
# | **V** | codes that there are, 0 among them | 9 |
# | **D** | features of a code | 3 |
# | **M** | hidden units, another number in each layer | 5 and 7 |
# | **K** | output nodes | 2 |
#
# At each **Predict**, type your guess into the cell below, and only then run the next one.

# %%
import numpy as np
import rnnshapes
from rnnshapes import draw

keras = rnnshapes.import_keras()  # `from tensorflow import keras`, without its start-up messages
random = np.random.default_rng(13)
sigmoid = lambda a: 1 / (1 + np.exp(-a))

layers = [
    {"kind": "Embedding", "input_dim": 9, "output_dim": 3, "mask_zero": True},
    {"kind": "Bidirectional", "layer": {"kind": "LSTM", "units": 5, "return_sequences": True}},
    {"kind": "GRU", "units": 7, "return_sequences": False, "reset_after": True},
    {"kind": "Dense", "units": 2, "activation": "softmax"},
]

# %% [markdown]
# That is the slip of paper, as data: a dict for each layer. The next cell plays the one who left. It builds the model,
# gives it weights, and keeps nothing of it but `file`, the list that
# [`get_weights()`](https://keras.io/api/models/model_saving_apis/weights_saving_and_loading/) returns.
#
# **Predict:** four layers. How many arrays are in the file?

# %%
my_guess = None  # type a number

# %%
model = keras.Sequential(
    [
        keras.Input((8,), dtype="int32"),
        keras.layers.Embedding(9, 3, mask_zero=True),
        keras.layers.Bidirectional(keras.layers.LSTM(5, return_sequences=True)),
        keras.layers.GRU(7),
        keras.layers.Dense(2, activation="softmax"),
    ]
)
model.set_weights([random.uniform(-0.7, 0.7, weight.shape) for weight in model.get_weights()])
file = model.get_weights()
print("your guess:", my_guess, "  arrays:", len(file))

# %% [markdown]
# One for the Embedding, two times three for the Bidirectional, three for the GRU and two for the Dense. They lie in one flat
# list. No array knows its layer's name.
#
# ## What shapes tell, and what they do not
#
# **Predict:** here are the shapes alone. Suppose the slip of paper were lost. Which of these could you still find out:
# the kinds of the layers, the numbers of units, `return_sequences`, `reset_after`, `mask_zero`, the activation?

# %%
my_guess = None  # type the names that you could find out
[weight.shape for weight in file]

# %% [markdown]
# Read them from the left, and keep one number in mind: how wide is the box that comes next?
#
# - (9, 3) has no bias behind it. It is a table, and from here each step has D = 3 features.
# - (3, 20), (5, 20), (20,): the second array meets the layer's own state, so it has M = 5 rows. 20 is four times 5: an **LSTM**.
# - The same three shapes once more. A second LSTM that read the first one's output would begin with (5, 20). This one begins
#   with 3, so it reads the same film: it is the **other half** of a Bidirectional.
# - (10, 21) reads 10 = 2M numbers. (7, 21) says M = 7, and 21 is three times 7: a **GRU**. Its bias (2, 21) has two rows, so
#   `reset_after` is True.
# - (7, 2), (2,): a **Dense** with K = 2.
#
# So shapes tell the kinds, the units and `reset_after`. They say nothing of `return_sequences`, `mask_zero` and the
# activation: these have no weights. That is what the slip of paper is for, and there the mistakes will hide.
#
# ## The ledger
#
# A **ledger** has a row for each layer: the box that comes out, the weights, and how many numbers they hold.
#
# **Predict:** `ids` is (N, T) = (4, 8). Which shape has the box behind each of the four layers?

# %%
my_guess = {"Embedding": None, "Bidirectional": None, "GRU": None, "Dense": None}  # type four shapes

# %%
N, T = 4, 8
ids = random.integers(1, 9, (N, T))
ids[0, 5:] = ids[1, :2] = ids[2, 3:5] = 0  # hours without an entry
print("your guess:", my_guess)
draw.ledger(layers, ids.shape)

# %% [markdown]
# Four rules make every row:
#
# - An Embedding grows an axis: (N, T) → (N, T, D).
# - A recurrent layer exchanges the last axis for its M units, 2M in both directions. Without `return_sequences` it takes T away.
# - A Dense exchanges the last axis for its units, and leaves all others alone.
# - N is never touched, and no weight has it, or T.
#
# `rnnshapes.draw.ledger(layers, X.shape)` draws it for any stack of yours, and `.save("ledger.pdf")` makes a page to print.
#
# With the ledger we can cut the flat file into one list for each layer.
#
# **Predict:** the four counts of the picture add up to a number. Will Keras' `count_params()` agree?

# %%
my_guess = None  # type yours

# %%
weights, place = [], 0
for count in (1, 6, 3, 2):  # arrays in each layer
    weights.append(file[place : place + count])
    place += count
print("your guess:", my_guess, "  all arrays are used:", place == len(file))
print("numbers in each layer:", [sum(array.size for array in own) for own in weights], "  Keras:", model.count_params())

# %% [markdown]
# ## Box 1: integers grow an axis
#
# The first layer looks up: row `ids[n, t]` of the table becomes the D features of step t. With `mask_zero` it does one thing
# more: it says that steps with id 0 do not count.
#
# **Predict:** an hour without an entry has id 0. Which features does it get: zeros, or something else?

# %%
my_guess = None  # type yours

# %%
[table] = weights[0]
film, mask = table[ids], ids != 0  # (N, T, D), (N, T)
print("your guess:", my_guess)
print("row 0 of the table:", table[0].round(2), "  what hour 6 of log 0 got:", film[0, 6].round(2))
print("steps that count in each log:", mask.sum(axis=1))

# %% [markdown]
# It gets row 0 of the table, like any other id
# ([Keras, Embedding](https://keras.io/api/layers/core_layers/embedding/)). Nothing in the box says that this hour is empty.
# The **mask** says it, a box of (N, T) that travels beside the film. (The other layer that makes a mask is different here: a
# Masking writes zeros over its masked steps, whatever its `mask_value` was.)
#
# ## Box 2: two states wait
#
# An LSTM carries two states, h and c. At a masked step **both** have to stay as they were. Here is lesson 07's loop, with a
# mask in it:

# %%
def lstm(weights, X, mask, c_waits=True):
    Wx, Wh, b = weights
    h = c = np.zeros((len(X), len(Wh)))
    rows = []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + b, 4, axis=1)  # four times (N, M)
        new_c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        new_h, real = sigmoid(o) * np.tanh(new_c), mask[:, t, None]
        h = np.where(real, new_h, h)
        c = np.where(real, new_c, c) if c_waits else new_c
        rows.append(h)
    return np.stack(rows, axis=1)  # (N, T, M)

# %% [markdown]
# **Predict:** suppose only h waits, and c runs on through the empty hours. Which logs come out wrong, and from which hour on?
# And which shape would complain?

# %%
my_guess = {"logs": None, "which shape complains": None}  # type yours

# %%
def off(one, other):
    return np.abs(np.asarray(one) - np.asarray(other)).max(axis=2).round(3)  # (N, T)


first = model.layers[1].forward_layer  # Keras' own forward half
by_keras = first(film.astype("float32"), mask=mask)
print("your guess:", my_guess)
print("both wait:\n", off(lstm(weights[1][:3], film, mask) * mask[:, :, None], by_keras))
print("h alone waits:\n", off(lstm(weights[1][:3], film, mask, c_waits=False) * mask[:, :, None], by_keras))

# %% [markdown]
# No shape complains. Log 3 has no empty hour and is right. Log 0 is right as well, because its empty hours are the last ones,
# and nothing comes after them that could show the mistake. Logs 1 and 2 go wrong at the first real hour behind a gap. A test
# on data without padding, or with padding at the end alone, would have found nothing.
#
# One thing in that cell was odd: we multiplied our rows by the mask. What does Keras put out at a masked step?
#
# **Predict:** an LSTM by itself, and the same LSTM inside a Bidirectional, both with return_sequences. What stands in their
# rows at hours 3 and 4 of log 2, which are masked: the row of hour 2 once more, or zeros?

# %%
my_guess = {"by itself": None, "in a Bidirectional": None}  # type "repeated" or "zeros"

# %%
itself = keras.layers.LSTM(5, return_sequences=True)
itself.build((N, T, 3))
itself.set_weights(weights[1][:3])
print("your guess:", my_guess)
print("by itself\n", np.asarray(itself(film.astype("float32"), mask=mask))[2, 2:5].round(3))
print("in a Bidirectional\n", np.asarray(model.layers[1](film.astype("float32"), mask=mask))[2, 2:5, :5].round(3))

# %% [markdown]
# By itself it repeats its last row, as lesson 05 found. In a Bidirectional with return_sequences there are zeros, "regardless of
# the layer's original `zero_output_for_mask` value"
# ([Keras, Bidirectional](https://keras.io/api/layers/recurrent_layers/bidirectional/)). The state waits all the same.
#
# The backward half reads the film from its end. So its mask has to be read from the end too:

# %%
def both_ways(weights, X, mask):
    there = lstm(weights[:3], X, mask)
    back = lstm(weights[3:], X[:, ::-1], mask[:, ::-1])[:, ::-1]  # row t beside time step t again
    return np.concatenate([there, back], axis=2) * mask[:, :, None]


box_2 = both_ways(weights[1], film, mask)
print(box_2.shape, " off by", off(box_2, model.layers[1](film.astype("float32"), mask=mask)).max())

# %% [markdown]
# **Explain, for yourself:** a mask in the order of the film, given to the backward half: which logs of ours would still come out
# right, and why?

# %% [markdown]
# *Double-click here, and write your sentence.*

# %% [markdown]
# ## Boxes 3 and 4: the mask ends
#
# The GRU gets the same mask, since a Bidirectional hands on what it was given. It has two rows of bias, as in lesson 08, and one
# state to keep. `return_sequences` is False, so its last row is all that comes out.
#
# **Predict:** behind the GRU there is a box of (N, M). Is there still a mask? And the Dense: along which axis do its two
# numbers add up to 1?

# %%
my_guess = {"a mask": None, "adds up to 1 along": None}  # type yours

# %%
def gru_last(weights, X, mask):
    Wx, Wh, b = weights
    h = np.zeros((len(X), len(Wh)))
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z, r = sigmoid(pz + qz), sigmoid(pr + qr)
        new = z * h + (1 - z) * np.tanh(pg + r * qg)
        h = np.where(mask[:, t, None], new, h)
    return h  # (N, M)

# %%
def dense(weights, X):
    powers = np.exp(X @ weights[0] + weights[1])  # (N, M)(M, K) + (K,)
    return powers / powers.sum(axis=1, keepdims=True)


box_3 = gru_last(weights[2], box_2, mask)
box_4 = dense(weights[3], box_3)
print("your guess:", my_guess, "  the mask behind the GRU:", model.layers[2].compute_mask(None, mask))
print(box_4.round(3))

# %% [markdown]
# No time axis, no mask. And each log's two numbers add up to 1: a softmax runs along the units. Is this the model that somebody
# trained?
#
# **Predict:** how far are our numbers from `model.predict(ids)`?

# %%
my_guess = None  # type a number

# %%
Yhat = model.predict(ids, verbose=0)
print("your guess:", my_guess, "  largest difference:", np.abs(box_4 - Yhat).max())
draw.compare(box_4, Yhat, "NK", rnnshapes.Sizes(N=N, T=T, D=3, M=7, K=2), name="the model, rebuilt")

# %% [markdown]
# That is the whole model: four layers, 12 arrays, one mask.
#
# ## The first box that differs
#
# It seldom works at once. Then the last box is wrong, and that says nothing: any of the layers before may be the culprit, and
# a mistake changes all boxes behind it. So we compare **box by box**, and stop at the first that differs.
#
# **Predict:** somebody adds up the two rows of the GRU's bias, and leaves zeros in the second. At which box does the first
# difference show? And is it larger or smaller in the last box?

# %%
my_guess = {"first wrong box": None, "in the last box": None}  # type yours

# %%
Wx, Wh, b = weights[2]
summed = [Wx, Wh, np.stack([b[0] + b[1], 0 * b[1]])]
wrong_3 = gru_last(summed, box_2, mask)
wrong_4 = dense(weights[3], wrong_3)
behind = [model.layers[1](film.astype("float32"), mask=mask)]
behind.append(model.layers[2](behind[0], mask=mask))
behind.append(model.layers[3](behind[1]))
print("your guess:", my_guess)
for place, ours in enumerate((box_2, wrong_3, wrong_4)):
    print(f"box {place + 2} is off by", np.abs(ours - np.asarray(behind[place])).max().round(7))

# %% [markdown]
# Box 2 is right, box 3 is not: the mistake is in the GRU. In the last box it has become small, because the softmax presses all
# numbers into 0 … 1. Who looks only there, and is content with two decimals, may not see it at all.
#
# The checks of the assignment go this way for you. They name the first layer whose output differs, and then try that layer by
# itself, with what its own lesson knows of mistakes.
#
# ## Follow one number through a stack
#
# The explorer reads a model in just this way: layer by layer, from `get_weights()`. Here is a smaller stack, with a Masking in
# front. Choose a number of `y`, and walk back to X.
#
# **Predict:** `h2[0,2,1]` is a number of the second layer at step 2. How many numbers of X can it depend on?

# %%
my_guess = None  # type a number

# %%
small = keras.Sequential(
    [
        keras.Input((4, 2)),
        keras.layers.Masking(),
        keras.layers.SimpleRNN(3, return_sequences=True),
        keras.layers.GRU(5, return_sequences=True),
        keras.layers.Dense(1),
    ]
)
X = random.standard_normal((3, 4, 2)).astype("float32")
X[0, 1] = 0  # a masked step
rnnshapes.explore(X=X, model=small, at="h2[0,2,1]", show=["step"])

# %% [markdown]
# Steps 0, 1 and 2 have two features each. Step 1 is masked, so four numbers are left.
#
# ## The certificate
#
# Every lesson had its boxes. Here they are, all that you met: one line for each lesson, underlined where they came first.
#
# **Predict:** how many different boxes were there in the whole course?

# %%
my_guess = None  # type a number

# %%
rnnshapes.certificate()

# %% [markdown]
# `rnnshapes.certificate("your name").save("certificate.pdf")` makes a page of it.
#
# ## What to take home
#
# The keeper's model is no riddle any more. For each log it gives two numbers, and we can say where each of them comes from.
#
# - **Built by hand:** a whole stack, from a flat list of arrays and a list of layers. The ledger cuts the file, and each layer
#   hands on two things: a box, and a mask.
# - **The picture:** the ledger. N goes through all rows untouched, T stays until a layer ends it, and the last axis is always
#   the units of the layer above.
# - **The trap:** what has no weights is in no file. `return_sequences`, `mask_zero` and activations change numbers and leave every
#   weight's shape alone. So do a c that runs on, and rows that are zeros in a Bidirectional and repeats elsewhere.
#
# Your turn: the assignment `release/13_capstone/capstone.ipynb` asks for `run`, which does it for stacks that nobody has seen.
