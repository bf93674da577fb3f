# ---
# title: Masking
# idea: masks, states that freeze, padded outputs
# ---

# %% [markdown]
# # Masking: padded sequences
#
# A box N×T×D has one T. Real records have many: one runs for seven days, the next for three. To put them into one box we
# **pad** the short ones with steps that mean nothing. How do we keep these steps out of the state?
#
# | letter | counts | here |
# |---|---|---|
# | **N** | samples | 3 weather stations |
# | **T** | time steps | 7 days, if nothing is missing |
# | **D** | input features | 2: temperature and rain |
# | **M** | hidden units | 4 |
# | **K** | output nodes | 5 |
#
# At each **Predict**, type your guess into the cell below, and only then run the next one.

# %%
import numpy as np
import rnnshapes
from rnnshapes import draw

keras = rnnshapes.import_keras()  # `from tensorflow import keras`, without its start-up messages
keras.utils.set_random_seed(5)  # NumPy's random numbers too

N, T, D, M, K = 3, 7, 2, 4, 5
sizes = rnnshapes.Sizes(N=N, T=T, D=D, M=M, K=K)
print(sizes.legend())

# %% [markdown]
# ## One box for three records
#
# Each record has one row for each day: the temperature, and the rain. On a dry day the rain is exactly 0. Remember that.

# %%
def record(days):
    temperature = np.random.randn(days)
    rain = np.maximum(0, np.random.randn(days))  # never below 0
    return np.column_stack([temperature, rain])  # (days, D)


records = [record(7), record(3), record(5)]
records[1].round(2)

# %% [markdown]
# Keras has a function that pads
# ([Keras guide, Understanding masking and padding](https://keras.io/guides/understanding_masking_and_padding/);
# its arguments: [pad_sequences](https://www.tensorflow.org/api_docs/python/tf/keras/utils/pad_sequences)).
#
# **Predict:** record 1 has three days. In the padded box it has seven. Where do the four new rows go, and what is in them?

# %%
my_guess = {"shape of the box": None, "new rows are": "in front or at the end?"}  # type yours

# %%
padded = keras.utils.pad_sequences(records)
print("your guess:", my_guess)
print(padded.shape, padded.dtype)
padded[1]

# %% [markdown]
# Two surprises. The padding stands **in front**: `padding="pre"` is the default. And the numbers have lost their decimals:
# the default `dtype` is `"int32"`, which suits texts, where each step is a whole number. Day 1 has even become a row of
# zeros, like padding. For our weather we ask for something else.

# %%
X = keras.utils.pad_sequences(records, padding="post", dtype="float32")
print(X.shape, X.dtype)
X[1].round(2)

# %%
draw.box("X", "NTD", sizes, values=X, lift="X[1]")

# %% [markdown]
# ## What padding does to the state
#
# A row of zeros looks harmless. Let's ask a SimpleRNN for its last state of station 1, with and without the four padded
# days. Its biases are not zero: a trained layer's are not either.
#
# **Predict:** do the two states agree?

# %%
my_guess = None  # type yours

# %%
layer = keras.layers.SimpleRNN(M, bias_initializer=keras.initializers.RandomUniform(0.2, 0.6))
plain = keras.Sequential([keras.Input((None, D)), layer])  # None: any number of steps
alone = plain.predict(X[1:2, :3], verbose=0)[0]  # the three real days
print("three real days:     ", alone)
print("and four padded ones:", plain.predict(X[1:2], verbose=0)[0])

# %% [markdown]
# They do not. In a padded step $x_t$ is zero, but two terms of the sum are left:
#
# $$h_t = \tanh(0 + h_{t-1} W_h + b_h)$$
#
# The bias enters, and Wh mixes the state: four times, until little of the three days is left.
#
# ## The mask
#
# A **mask** says for each step whether it counts. In Keras, True means: this step is real.
# The layer [Masking](https://keras.io/api/layers/core_layers/masking/) makes one. It changes no number; the mask travels beside
# the data.
#
# **Predict:** what is the shape of the mask?

# %%
my_guess = None  # type yours

# %%
masking = keras.layers.Masking(mask_value=0.0)
mask = np.array(masking.compute_mask(X))
print(mask.shape, sizes.letters(mask.shape))
print(mask.astype(int))

# %% [markdown]
# (N, T): one answer for each step of each sample. D is gone: a step counts as a whole, with all its features, or not
# at all.
#
# ## Any or all?
#
# Now to make that mask by hand. `X != 0` compares each number, (N, T, D). Then D answers must become one.
#
# **Predict:** `all` or `any`? Which of the two gives the mask of Keras?

# %%
my_guess = None  # type yours

# %%
by_all = (X != 0).all(axis=2)
by_any = (X != 0).any(axis=2)
print("all: ", (by_all != mask).sum(), "marks differ from Masking's")
print("any: ", (by_any != mask).sum(), "marks differ from Masking's")

# %%
n, t = np.argwhere(by_all != mask)[0]
print(f"station {n}, day {t}: {X[n, t].round(2)}   all says {by_all[n, t]}, Masking says {mask[n, t]}")
draw.compare(by_all, mask, "NT", sizes, name="by_all")

# %% [markdown]
# `all` throws away every dry day. It asks that no feature be zero, and rain is often zero. A step is padding if **all**
# its features **equal** the value; so it is real if **any** feature **differs**. The two words trade places with `==` and `!=`.
#
# ## A frozen state
#
# What should a masked step do? Nothing: the state before it is the state after it. At one t, some stations move on and others
# wait. `np.where(condition, a, b)` picks from a where the condition holds, and from b elsewhere.
#
# **Predict:** `h` is (N, M) and `mask[:, t]` is (N,). Why does `np.where` need `mask[:, t, None]`?

# %%
my_guess = None  # type yours

# %%
Wx, Wh, bh = layer.get_weights()
h_last = np.zeros((N, M))
states = []
for t in range(T):
    h = np.tanh(X[:, t] @ Wx + h_last @ Wh + bh)    # (N, M): as if all stations moved on
    h_last = np.where(mask[:, t, None], h, h_last)  # move on, or wait
    states.append(h_last)
states = np.stack(states, axis=1)                   # (N, T, M)
print("station 1, last state:", h_last[1])
print("three real days alone:", alone)

# %% [markdown]
# They agree: the four padded days leave no trace. (NumPy lines axes up from the right, so a plain (N,) would meet M. The `None`
# makes it (N, 1): one answer for each row.) And this is the picture to keep:

# %%
draw.frozen(mask, states, sizes)

# %% [markdown]
# Nothing enters below a grey cell, and the state crosses it unchanged. Now against Keras. SimpleRNN takes the
# mask from the layer before it, without a word from us.

# %%
def build(return_sequences, mask_value=0.0, **settings):
    rnn = keras.layers.SimpleRNN(M, return_sequences=return_sequences, **settings)
    model = keras.Sequential([keras.Input((T, D)), keras.layers.Masking(mask_value), rnn])
    rnn.set_weights([Wx, Wh, bh])
    model.compile(run_eagerly=True)  # a toy model: not worth a compiled graph
    return model


model, twin = build(False), build(True)
print("last state: ", np.abs(h_last - model.predict(X, verbose=0)).max())
print("every state:", np.abs(states - twin.predict(X, verbose=0)).max())

# %% [markdown]
# **Predict:** station 1 has three days. Which sum made its state on day 4? Choose it, and then day 2.

# %%
my_guess = None  # type yours

# %%
rnnshapes.explore(X=X, model=twin, at="h[1,4,0]", show=["time", "sum"])

# %% [markdown]
# No sum: the step is masked, and the number is the one of day 2, handed on.
#
# ## What comes out of a masked step?
#
# With `return_sequences=True` the result is still (N, T, M). So something has to stand at the masked steps too.
#
# **Predict:** what does station 1 show on days 3 to 6? And if the padding is in front, what does it show on days 0 to 3?

# %%
my_guess = None  # type yours

# %%
X_pre = keras.utils.pad_sequences(records, padding="pre", dtype="float32")
print("padded at the end:", twin.predict(X, verbose=0)[1].round(2), sep="\n")
print("padded in front:", twin.predict(X_pre, verbose=0)[1].round(2), sep="\n")

# %% [markdown]
# Keras **repeats** the last state; before the first real step there is nothing to repeat, and it puts out zeros. The picture
# for the padding in front (its mask is another one):

# %%
mask_pre = np.array(masking.compute_mask(X_pre))
draw.frozen(mask_pre, twin.predict(X_pre, verbose=0), sizes)

# %% [markdown]
# In front or at the end: does it matter for the last state?

# %%
print("largest difference:", np.abs(model.predict(X, verbose=0) - model.predict(X_pre, verbose=0)).max())

# %% [markdown]
# Not with a mask. A gap in the middle works as well: a station that fails for a day waits, and goes on from where it was.
#
# Repeats are easily taken for real states. SimpleRNN can put out zeros instead
# ([Keras, SimpleRNN, `zero_output_for_mask`](https://keras.io/api/layers/recurrent_layers/simple_rnn/)).
#
# **Predict:** with `zero_output_for_mask=True` and without `return_sequences`, what is the last output of station 1?

# %%
my_guess = None  # type yours

# %%
zeros_twin = build(True, zero_output_for_mask=True)
zeros_last = build(False, zero_output_for_mask=True)
h_zeroed = zeros_twin.predict(X, verbose=0)
print("repeats times mask:", np.abs(states * mask[:, :, None] - h_zeroed).max(), "away")
print("last output:", zeros_last.predict(X, verbose=0).round(2), sep="\n")

# %% [markdown]
# Zeros! The last output is the output at step T − 1, and for stations 1 and 2 that step is masked. With padding at the end,
# `zero_output_for_mask=True` throws away exactly the states that you want. It belongs with `return_sequences=True`.
#
# ## One mask for the whole batch
#
# `if mask[:, t]:` fails, because N answers are not one. A quick repair picks one sample's answer, or asks `any` or `all`
# over the samples. Then all samples obey one mask.
#
# **Predict:** all stations obey the mask of station 2, which has five days. Which stations go wrong, and from which day on?

# %%
my_guess = None  # type yours

# %%
def run(mask):
    h_last, rows = np.zeros((N, M)), []
    for t in range(T):
        h = np.tanh(X[:, t] @ Wx + h_last @ Wh + bh)
        h_last = np.where(mask[:, t, None], h, h_last)
        rows.append(h_last)
    return np.stack(rows, axis=1)


wrong = run(np.broadcast_to(mask[2], (N, T))) - states
draw.over_time({f"station {n}": wrong[n] for n in range(N)}, sizes, of="h")

# %% [markdown]
# Station 0 loses its days 5 and 6. Station 1 steps through two days that it never saw. Station 2 is right, and if it is the one
# you look at, you notice nothing. That is why the assignment's batches have padding of every kind.
#
# ## A real step of zeros
#
# Suppose that day 4 at station 0 is dry, with exactly 0 degrees.
#
# **Predict:** what does Masking make of it?

# %%
my_guess = None  # type yours

# %%
frost = X.copy()
frost[0, 4] = 0.0
print(np.array(masking.compute_mask(frost)).astype(int))

# %% [markdown]
# It is masked: to Masking, a step is its numbers, and these look like padding. The way out is a padding value that cannot
# occur, such as −99. The same value goes into `pad_sequences` and into Masking.

# %%
records[0][4] = 0.0
X99 = keras.utils.pad_sequences(records, padding="post", dtype="float32", value=-99.0)
print(np.array(keras.layers.Masking(mask_value=-99.0).compute_mask(X99)).astype(int))
print("station 1, last state:", build(False, mask_value=-99.0).predict(X99, verbose=0)[1])
print("three real days alone:", alone)

# %% [markdown]
# The frosty day counts again, and −99 has not touched the state: what stands at a masked step never enters.
#
# ## How far does the mask travel?
#
# Some layers use the mask, some pass it on, some do both. A layer says of itself whether it can deal with masks.
#
# **Predict:** which of these cannot?

# %%
my_guess = None  # type yours

# %%
kinds = [
    keras.layers.Masking(), keras.layers.SimpleRNN(M), keras.layers.Dense(K), keras.layers.Dropout(0.1),
    keras.layers.GlobalAveragePooling1D(), keras.layers.Flatten(), keras.layers.Conv1D(K, 2),
]
{type(kind).__name__: kind.supports_masking for kind in kinds}

# %% [markdown]
# Behind Flatten there are no steps any more, and a number that Conv1D puts out comes from several steps. There the mask
# ends, and Keras says so in a warning. A warning is easily scrolled past, so let's read this one.

# %%
import warnings

with warnings.catch_warnings(record=True) as said:
    warnings.simplefilter("always")
    keras.Sequential([keras.Input((T, D)), keras.layers.Masking(), keras.layers.Flatten()])
print(said[-1].message)

# %% [markdown]
# Dense works on each step by itself and passes the mask on. It does not zero anything: at a masked step stands the ŷ of the
# repeated state. GlobalAveragePooling1D uses the mask: it takes the mean over the real steps alone
# ([Keras, GlobalAveragePooling1D](https://keras.io/api/layers/pooling_layers/global_average_pooling1d/)).
#
# **Predict:** by hand, the sum over t runs over the real steps. We divide it once by their number, and once by T. Which of the
# two agrees with Keras? For which stations is the other one wrong?

# %%
my_guess = None  # type yours

# %%
head = keras.layers.Dense(K, bias_initializer="ones")
pooled = keras.Sequential([*twin.layers, head, keras.layers.GlobalAveragePooling1D()])
expected = pooled.predict(X, verbose=0)
Wo, bo = head.get_weights()
Yhats = states @ Wo + bo                             # (N, T, K), masked steps included
total = (Yhats * mask[:, :, None]).sum(axis=1)       # (N, K)
steps = mask.sum(axis=1, keepdims=True)              # (N, 1): a count for each sample
print("divided by the real steps:", np.abs(total / steps - expected).max(axis=1), "away")
print("divided by T:             ", np.abs(total / T - expected).max(axis=1), "away")

# %% [markdown]
# ## What to take home
#
# - `pad_sequences` pads in front and makes whole numbers, unless you say `padding="post"` and `dtype="float32"`.
# - The mask is (N, T). True means real: **any** feature differs from the padding value.
# - A masked step leaves the state alone. `mask[:, t, None]` decides for each sample.
# - Keras repeats the last state at masked steps. Before the first real step it puts out zeros.
# - `zero_output_for_mask=True` zeroes masked outputs, also the last one.
# - A real step that looks like padding is lost. Choose a value that cannot occur.
# - A mean divides by each sample's own count.
#
# Your turn: the assignment `release/05_masking/masking.ipynb` has padding in front, at the end and in the middle.
