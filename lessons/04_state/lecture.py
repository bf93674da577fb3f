# ---
# title: State
# idea: chunks, the state that is handed on, resets
# ---

# %% [markdown]
# # State: what a network carries from chunk to chunk
#
# A sensor delivers all day long, and you do not want to wait for the evening. Or a film is too long for the memory. So we
# cut the sequence into **chunks** and run them one after the other. Do the same numbers come out as if it had run whole?
#
# | letter | counts | here |
# |---|---|---|
# | **N** | samples | 3 |
# | **T** | time steps | 12 |
# | **D** | input features | 4 |
# | **M** | hidden units | 8 |
# | **K** | output nodes | 6, unused: this lecture looks at the layer without a head |
#
# A chunk has 5 time steps. 12 is not a multiple of 5, so the last chunk has 2.
#
# At each **Predict**, type your guess into the cell below, and only then run the next one.

# %%
import numpy as np
import rnnshapes
from rnnshapes import draw

keras = rnnshapes.import_keras()  # `from tensorflow import keras`, without its start-up messages
keras.utils.set_random_seed(4)

N, T, D, M, size = 3, 12, 4, 8, 5
sizes = rnnshapes.Sizes(N=N, T=T, D=D, M=M, K=6)
X = np.random.randn(N, T, D).astype("float32")
draw.box("X", "NTD", sizes, lift=f"X[:, 0:{size}]")

# %% [markdown]
# A chunk is cut out of the second axis: all samples, a few time steps, all features.
#
# ## The state comes out
#
# `return_state=True` makes a layer return two things, the output and the last state
# ([Keras, SimpleRNN](https://keras.io/api/layers/recurrent_layers/simple_rnn/)). With `return_sequences=True` as well, the
# output is every state. The bias is random, so that nothing agrees by luck.
#
# **Predict:** which shapes do the two things have? Where in the first one do you find the second?

# %%
my_guess = {"states": None, "h": None}  # type two shapes

# %%
bias = keras.initializers.RandomUniform(0.2, 0.6)
layer = keras.layers.SimpleRNN(M, bias_initializer=bias, return_sequences=True, return_state=True)
states, h = (np.asarray(part) for part in layer(X))  # a direct call: tensors come back, we want arrays
print("your guess:", my_guess)
print("states", states.shape, sizes.letters(states.shape), "  h", h.shape, sizes.letters(h.shape))

# %%
assert np.array_equal(h, states[:, -1])
h

# %% [markdown]
# The state after the last step is the last slice of all the states: N rows of M numbers, one row for each sample. T is gone.
# A step takes its past from the state before it and from nothing else:
#
# $$h_t = \tanh(x_t W_x + h_{t-1} W_h + b_h)$$
#
# So these N·M numbers are all that the layer remembers of everything that it has read.
#
# ## Three chunks, three starts
#
# **Predict:** we call the layer once for each chunk and join what comes back. In which of the 12 time steps do the states
# agree with those of the whole sequence?

# %%
my_guess = None  # type yours

# %%
parts = []
for start in range(0, T, size):
    part, _ = layer(X[:, start : start + size])  # the last slice ends with X
    parts.append(part)
forgetful = np.concatenate(parts, axis=1)  # chunks follow one another along t
forgetful.shape, sizes.letters(forgetful.shape)

# %%
draw.over_time({"state not handed on": (forgetful - states)[0]}, sizes, of="h")

# %% [markdown]
# The shape is right, and chunk 0 agrees. At t = 5 and at t = 10 the difference jumps. Without an `initial_state`, each call
# starts from zeros again ([Keras, RNN](https://keras.io/api/layers/recurrent_layers/rnn/)). Then it fades: the network
# forgets its wrong start. At the end of a long chunk you might not notice.
#
# ## The baton
#
# In a relay the runners run one after the other, and what they hand on is a baton. Our runners are the chunks. They have the
# same weights.

# %%
draw.relay(sizes, size=size)

# %% [markdown]
# `initial_state` puts the baton into a runner's hand
# ([Keras, SimpleRNN, call arguments](https://keras.io/api/layers/recurrent_layers/simple_rnn/)).
#
# **Predict:** the first runner starts from zeros, and each hands its state on. How far will the result be from the whole
# sequence?

# %%
my_guess = None  # type yours

# %%
h = np.zeros((N, M), "float32")
parts = []
for start in range(0, T, size):
    part, h = layer(X[:, start : start + size], initial_state=h)
    parts.append(part)
carried = np.concatenate(parts, axis=1)
print("largest difference:", np.abs(carried - states).max())

# %% [markdown]
# Chunked equals whole. No number is lost at a boundary, whatever the size of the chunks.
#
# By hand it is one step like any other. Here is the one across the first boundary: t = 5 belongs to chunk 1, and its past is
# what chunk 0 handed on.

# %%
Wx, Wh, bh = layer.get_weights()
h_last = np.asarray(parts[0])[:, -1]                    # (N, M): the baton after t = 4
h = np.tanh(X[:, size] @ Wx + h_last @ Wh + bh)         # (N, D)(D, M) + (N, M)(M, M) + (M,) → (N, M)
print("largest difference:", np.abs(h - states[:, size]).max())

# %% [markdown]
# ## A layer that keeps its baton
#
# With `stateful=True` a layer keeps its last state and starts the next call from it. The documentation says for whom: from
# "each sample at index i in a batch" to "the sample of index i in the following batch"
# ([Keras, SimpleRNN](https://keras.io/api/layers/recurrent_layers/simple_rnn/)).

# %%
stateful = keras.layers.SimpleRNN(M, return_sequences=True, stateful=True)
stateful.build((N, size, D))
stateful.set_weights([Wx, Wh, bh])
parts = [stateful(X[:, start : start + size]) for start in range(0, T, size)]
print("largest difference:", np.abs(np.concatenate(parts, axis=1) - states).max())
print("kept inside:", stateful.states[0].shape, " weights:", [weight.shape for weight in stateful.get_weights()])

# %% [markdown]
# The same numbers, and nobody handed anything on in our code. The state is no weight: `get_weights()` does not have it, and
# its shape has an N.
#
# **Predict:** we feed chunk 0 once more. Will it give the numbers that it gave at first? And after `reset_state()`?

# %%
my_guess = None  # type yours

# %%
again = stateful(X[:, :size])
stateful.reset_state()
after_reset = stateful(X[:, :size])
print("once more:        ", np.abs(again - states[:, :size]).max())
print("after reset_state:", np.abs(after_reset - states[:, :size]).max())

# %% [markdown]
# The same call on the same data gave other numbers: the layer went on from the end of the film. A reset puts zeros in the
# place of the state, for all samples.

# %%
draw.relay(sizes, size=size, resets=[False, False, True])

# %% [markdown]
# ## Who can be reset?
#
# Older tutorials write `model.reset_states()`. The documentation says to call `.reset_state()` "on either a specific layer, or
# on your entire model" ([Keras, RNN](https://keras.io/api/layers/recurrent_layers/rnn/)). We ask Keras itself.
#
# **Predict:** which of the three exist?

# %%
my_guess = None  # type yours

# %%
model = keras.Sequential([
    keras.Input((None, D), batch_size=N),
    keras.layers.SimpleRNN(M, stateful=True),
])
model.layers[0].set_weights([Wx, Wh, bh])
{"layer.reset_state": hasattr(model.layers[0], "reset_state"),
 "model.reset_state": hasattr(model, "reset_state"),
 "model.reset_states": hasattr(model, "reset_states")}

# %% [markdown]
# Only the layer can. For a model you loop over its layers.
#
# Did you notice `batch_size=N` in the input? The state is (N, M), so a stateful layer has to know N before it sees data.
# Without it, Keras refuses:

# %%
try:
    keras.Sequential([keras.Input((None, D)), keras.layers.SimpleRNN(M, stateful=True)])
except ValueError as error:
    print(error)

# %% [markdown]
# ## Sample n goes on from sample n
#
# The baton has a row for each sample, and a row knows its place only. If samples change places between two chunks, somebody
# else's past is waiting for them.
#
# **Predict:** chunk 0 comes in the order 0, 1, 2, and chunk 1 in the order 0, 2, 1. Which films go on rightly?

# %%
my_guess = None  # type yours

# %%
order = [0, 2, 1]
stateful.reset_state()
stateful(X[:, :size])
shuffled = np.asarray(stateful(X[order, size : 2 * size]))
right = states[order, size : 2 * size]
{f"film {n}": float(np.abs(shuffled[row] - right[row]).max()) for row, n in enumerate(order)}

# %% [markdown]
# Film 0 kept its place. Films 1 and 2 got each other's state, and nothing complained. That is why the documentation asks for
# `shuffle=False` in `fit()` ([Keras, RNN](https://keras.io/api/layers/recurrent_layers/rnn/)).
#
# A batch is a boundary as well. **Predict:** `predict()` gets chunk 0 of our three films twice, one below the other, in
# batches of three. Does a film get the same answer both times?

# %%
my_guess = None  # type yours

# %%
twice = model.predict(np.concatenate([X[:, :size], X[:, :size]]), batch_size=N, verbose=0)
print("answers", twice.shape)
print("first and second time:", np.abs(twice[:N] - twice[N:]).max())

# %% [markdown]
# No: sample 3 went on from sample 0. In a stateful model the rows of two batches belong together, wanted or not.
#
# ## The trap: one state for everybody
#
# Back to `initial_state`. You want to go on after chunk 0, and somewhere in your code an `[0]` has slipped in. The state that
# you hand on is (M,), or (1, M) if it was a slice.
#
# **Predict:** for each of the three shapes, does Keras raise an error, or do numbers come back?

# %%
my_guess = None  # type yours

# %%
baton = states[:, size - 1]  # (N, M): the state after chunk 0
rest = X[:, size:]
for given in (baton, baton[0], baton[:1]):
    _, end = layer(rest, initial_state=given)
    print(f"initial_state {given.shape!s:7} = {sizes.letters(given.shape):6} → h {tuple(end.shape)}")

# %% [markdown]
# Three times the right shape, and no error. NumPy's rule of broadcasting works in Keras too: what has one row is
# stretched to N. The numbers tell, right after the boundary:

# %%
_, one_step = layer(X[:, size : size + 1], initial_state=baton[0])
draw.compare(np.asarray(one_step), states[:, size], "NM", sizes, name="h")

# %% [markdown]
# Row 0 is right, since it was its own state. Rows 1 and 2 started from the state of somebody else.
#
# **Predict:** you test your code with a single film, N = 1. Does the slip show?

# %%
my_guess = None  # type yours

# %%
_, slipped = layer(rest[:1], initial_state=baton[0])
_, meant = layer(rest[:1], initial_state=baton[:1])
print("largest difference:", np.abs(slipped - meant).max())

# %% [markdown]
# It can't: with one sample, one state for everybody is right. It shows as soon as N is 2, and then only in the numbers. Test
# with N > 1.
#
# It gets stranger. A state with one axis too many, as `h[None]` or `np.array([h])` makes it, is taken as well. **Predict:** which of these raise an error?

# %%
my_guess = None  # type yours

# %%
for shape in [(1, N, M), (N, 1, M), (M, N), (N,), (N - 1, M)]:
    try:
        out, _ = layer(rest, initial_state=np.full(shape, 0.3, "float32"))
        print(f"{shape!s:10} no error, output {tuple(out.shape)}")
    except Exception as error:
        print(f"{shape!s:10} {type(error).__name__}")

# %% [markdown]
# Two of them come back with four axes. With (N, 1, M), every sample was paired with every state: N·N films where you have
# N. The guard is one line, at the place where a state comes in:

# %%
def guarded(given):
    assert given.shape == (N, M), f"Got a state of {given.shape}, expected (N, M) = {(N, M)}"
    return layer(rest, initial_state=given)


try:
    guarded(baton[0])
except AssertionError as error:
    print(error)

# %% [markdown]
# ## What to take home
#
# - All that a SimpleRNN knows of the past is its state: (N, M), one row for each sample, no T.
# - Hand the last state of a chunk to the next one as `initial_state`, and chunked equals whole.
# - `stateful=True` hands it on by itself. `layer.reset_state()` drops it; the model has no such method.
# - Row n goes on from row n: keep N and the order of the samples.
# - (M,) and (1, M) broadcast silently, and with N = 1 nobody can see it. Check the whole shape.
#
# Your turn: the assignment `release/04_state/state.ipynb` has other sizes, and the guard is one of its tasks.
