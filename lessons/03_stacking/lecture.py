# ---
# title: "Stacking: two recurrent layers"
# idea: two recurrent layers, and their parameters counted
# ---

# %% [markdown]
# # Stacking: two recurrent layers
#
# A recurrent layer reads a film: one row of numbers at each time step. With `return_sequences=True` it also **makes** a film:
# one state at each time step. Could a second recurrent layer watch that film?
#
# It can, if one axis of what layer 1 gives fits one axis of what layer 2 wants. This lesson is about that plug, and about
# the error message that you get when you pull it.
#
# | letter | counts | here |
# |---|---|---|
# | **N** | samples | 4 |
# | **T** | time steps | 6 |
# | **D** | input features | 3 |
# | **M1** | hidden units in layer 1 | 8 |
# | **M2** | hidden units in layer 2 | 5 |
# | **K** | output nodes | 2 |
#
# At each **Predict**, type your guess into the cell below, and only then run the next one.

# %%
import numpy as np
import rnnshapes
from rnnshapes import draw

keras = rnnshapes.import_keras()  # `from tensorflow import keras`, without its start-up messages
keras.utils.set_random_seed(3)  # NumPy's random numbers too

N, T, D, K, M1, M2 = 4, 6, 3, 2, 8, 5
sizes = rnnshapes.Sizes(N=N, T=T, D=D, M=M1, M2=M2, K=K)
print(sizes.legend())

# %% [markdown]
# ## A film of states is a box
#
# We make dummy data and one recurrent layer. Its biases are random and not zero, so that no mistake with them can hide.
#
# **Predict:** what is the shape of `h1`? Which of its axes does it share with `X`?

# %%
my_guess = None  # type yours, in numbers or in letters: (N, ...)

# %%
X = np.random.randn(N, T, D).astype("float32")
bias = keras.initializers.RandomUniform(0.2, 0.6)
layer_1 = keras.layers.SimpleRNN(M1, bias_initializer=bias, return_sequences=True)
h1 = layer_1(X).numpy()
print("your guess:", my_guess)
print("X ", X.shape, sizes.letters(X.shape))
print("h1", h1.shape, sizes.letters(h1.shape))

# %%
draw.box("h1", "NTM1", sizes)

# %% [markdown]
# The same samples, the same time steps, and in place of D features there are M1 states. Nothing in this box says that
# it came out of a network. A layer that reads (N, T, D) can read it as well: D is then called M1.
#
# `return_sequences=True` is what keeps the axis T
# ([Keras, SimpleRNN](https://keras.io/api/layers/recurrent_layers/simple_rnn/)). Without it a layer gives its last state alone.
#
# ## The plug
#
# Layer 2 treats h1 as its data. At each step it takes a row of M1 numbers and makes M2 numbers of it.
#
# **Predict:** what is the shape of the weight `Wx2` that does this?

# %%
my_guess = None  # type yours

# %%
layer_2 = keras.layers.SimpleRNN(M2, bias_initializer=bias)
h2 = layer_2(h1).numpy()
Wx2, Wh2, bh2 = layer_2.get_weights()
print("your guess:", my_guess)
print("Wx2", Wx2.shape, sizes.letters(Wx2.shape))
print("h2 ", h2.shape, sizes.letters(h2.shape))

# %%
draw.plug(sizes)

# %% [markdown]
# Each arc joins one number of layer 1's output to one row of `Wx2`. The **output axis** of layer 1, M1, plugs into the
# **input axis** of layer 2. Letters that touch cancel: (N, T, M1)(M1, M2) leaves (N, T, M2).
#
# D is nowhere in this picture. Layer 2 has never heard of the data: it knows what layer 1 tells about them.
#
# Layer 2 keeps its last state alone, (N, M2). Nobody above it watches a film; a Dense layer reads one state.
#
# ## The stack
#
# Now the same two layers in one model, with a head on top.

# %%
model = keras.Sequential([
    keras.Input((T, D)),
    layer_1,
    layer_2,
    keras.layers.Dense(K, bias_initializer=bias),
])
Yhat = model.predict(X, verbose=0)
Yhat

# %% [markdown]
# Take note of these numbers: N rows of K. At the end of the lecture you will have computed them without Keras.
#
# Every number in between can be looked at. **Predict:** a number of layer 2 at step t = 3 is made of which two rows?

# %%
my_guess = None  # type yours

# %%
rnnshapes.explore(X=X, model=model, at="h2[0,3,1]", show=["step", "sum"])

# %% [markdown]
# Of layer 1's state at the **same** step, `h1[0,3]`, and of layer 2's own last state, `h2[0,2]`. X is not among them. Choose
# a number of h1, and it is.
#
# ## How many parameters?
#
# Each layer has the step that we know, $h_t = \tanh(x_t W_x + h_{t-1} W_h + b_h)$, with weights of its own. In layer 2
# the place of $x_t$ is taken by layer 1's state at step t.
#
# **Predict:** how many parameters has each of the three layers?

# %%
first = second = head = None  # type sums of products of letters, for example T*K + N

# %%
print("your guess:", first, second, head)
for layer, dims in zip(model.layers, [("DM1", "M1M1", "M1"), ("M1M2", "M2M2", "M2"), ("M2K", "K")], strict=True):
    shapes = [sizes.shape(word) for word in dims]
    assert shapes == [weight.shape for weight in layer.get_weights()]
    print(layer.name, shapes, "=", [int(np.prod(shape)) for shape in shapes], "=", layer.count_params())

# %% [markdown]
# $$D M_1 + M_1 M_1 + M_1 = 24 + 64 + 8 = 96 \qquad M_1 M_2 + M_2 M_2 + M_2 = 40 + 25 + 5 = 70 \qquad M_2 K + K = 12$$
#
# M1 stands in two layers: once as what layer 1 makes, once as what layer 2 takes. That is the plug, seen from the weights.
#
# **Predict:** the data get twice as many features. Which of the three numbers changes? And with twice as many units in
# layer 1?

# %%
my_guess = None  # type yours

# %%
def counts(D, M1):
    stack = keras.Sequential([
        keras.Input((T, D)),
        keras.layers.SimpleRNN(M1, return_sequences=True),
        keras.layers.SimpleRNN(M2),
        keras.layers.Dense(K),
    ])
    return [layer.count_params() for layer in stack.layers]


{"as above": counts(D, M1), "twice D": counts(2 * D, M1), "twice M1": counts(D, 2 * M1)}

# %% [markdown]
# D is layer 1's affair alone. M1 is a matter between the two layers, so both change. The head sees M2 and never moves.
#
# ## By hand, one layer after the other
#
# Eight weights, in the order of `get_weights()`: three, three and two.

# %%
Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo = model.get_weights()
[sizes.letters(weight.shape) for weight in model.get_weights()]

# %% [markdown]
# Both layers do the same thing with other weights. So we write the loop once, as a function, and keep every state.

# %%
def film(X, Wx, Wh, bh):
    """Return every state of one layer: X is (N, T, anything), the result (N, T, units)."""
    h_last = np.zeros((len(X), len(bh)))
    states = []
    for t in range(X.shape[1]):
        h_last = np.tanh(X[:, t] @ Wx + h_last @ Wh + bh)
        states.append(h_last)
    return np.stack(states, axis=1)  # T arrays of (N, units) become (N, T, units)


film(X, Wx1, Wh1, bh1).shape

# %% [markdown]
# The last line of the function hides a trap. `np.array(states)` would put the axis that we appended along first: (T, N, M1).
# `np.stack(…, axis=1)` puts it where layer 2 looks for time.
#
# **Predict:** the film of layer 1 goes into the function again, with the weights of layer 2. Which shape comes out, and how
# far will ŷ be from Keras?

# %%
my_guess = None  # type yours

# %%
H1 = film(X, Wx1, Wh1, bh1)
H2 = film(H1, Wx2, Wh2, bh2)
print("the second film:", H2.shape, sizes.letters(H2.shape))
Yhat_by_hand = H2[:, -1] @ Wo + bo
print("layer 1, largest difference:", np.abs(H1 - h1).max())
print("output,  largest difference:", np.abs(Yhat_by_hand - Yhat).max())

# %%
draw.compare(Yhat_by_hand, Yhat, "NK", sizes, name="Yhat_by_hand")

# %% [markdown]
# ## By hand, both layers in one loop
#
# Layer 2 does not have to wait for the end of the film. At step t it needs what layer 1 made **at step t**, and its own
# last state. So one loop can move both. It carries two states, one of M1 numbers and one of M2.

# %%
state_1, state_2 = np.zeros((N, M1)), np.zeros((N, M2))
for t in range(T):
    state_1 = np.tanh(X[:, t] @ Wx1 + state_1 @ Wh1 + bh1)  # (N, D)(D, M1) + (N, M1)(M1, M1) + (M1,) → (N, M1)
    state_2 = np.tanh(state_1 @ Wx2 + state_2 @ Wh2 + bh2)  # (N, M1)(M1, M2) + (N, M2)(M2, M2) + (M2,) → (N, M2)
print("largest difference:", np.abs(state_2 @ Wo + bo - Yhat).max())

# %% [markdown]
# Each state goes two ways: to the next step of its own layer, through Wh, and up to the next layer, through Wx. States never
# cross over. `state_1 @ Wh2` does not even fit, since M1 and M2 differ. Had we chosen M1 = M2, it would run without a word.
#
# ## Pull the plug
#
# Here is the mistake that everybody makes once. We leave `return_sequences=True` away.
#
# **Predict:** does Keras complain? If so, about which of the two layers?

# %%
my_guess = None  # type yours

# %%
def stack(below, above):
    return keras.Sequential([
        keras.Input((T, D)),
        keras.layers.SimpleRNN(M1, return_sequences=below, name="layer_1"),
        keras.layers.SimpleRNN(M2, return_sequences=above, name="layer_2"),
        keras.layers.Dense(K),
    ])


try:
    stack(below=False, above=False)
except ValueError as error:
    print(error)

# %% [markdown]
# Read it in letters, from its end:
#
# - `Full shape received: (None, 8)`: None is N, any number of samples, and 8 is M1. So (N, M1) arrived.
# - `expected ndim=3, found ndim=2`: three axes were wanted, (N, T, M1). The one that is missing is **T**.
# - `layer 'layer_2'`: this layer **received** the wrong shape. It is the layer that complains. The layer that gave it, layer 1,
#   is the one to repair.

# %%
draw.plug(sizes, return_sequences=False)

# %% [markdown]
# M1 would fit. But a recurrent layer walks along T, and there is no T to walk along.
#
# **Predict:** somebody sets `return_sequences=True` in layer 2, because the message names it. Somebody else sets it in both
# layers. What does Keras say to each?

# %%
my_guess = None  # type yours

# %%
for below, above in [(False, True), (True, True), (True, False)]:
    try:
        shape = stack(below, above).output_shape
        print(below, above, "→", shape, "=", ["N" if size is None else sizes.letter(size) for size in shape])
    except ValueError as error:
        print(below, above, "→", str(error).partition("of ")[2])

# %% [markdown]
# The first gets the same message again: `return_sequences` says what a layer **gives**, and layer 2 still gets (N, M1).
#
# The second gets no message, and another model: it answers at every step, (N, T, K). No error is not yet the model that you
# meant. The rule: **True for a layer that hands on to a recurrent layer.** On top it depends on what you want to come out.
#
# ## A repair that is none
#
# There is another way to make the message go away. `RepeatVector(T)` copies the last state T times
# ([Keras, RepeatVector](https://keras.io/api/layers/reshaping_layers/repeat_vector/)), and the shape is (N, T, M1) again.
#
# **Predict:** with the same weights, does this model give the same numbers?

# %%
my_guess = None  # type yours

# %%
patched = keras.Sequential([
    keras.Input((T, D)),
    keras.layers.SimpleRNN(M1),
    keras.layers.RepeatVector(T),
    keras.layers.SimpleRNN(M2),
    keras.layers.Dense(K),
])
patched.set_weights(model.get_weights())
print("output shape:", patched.output_shape, "and parameters:", patched.count_params(), "as before")
print("largest difference:", np.abs(patched.predict(X, verbose=0) - Yhat).max())

# %% [markdown]
# The shape agrees, the parameters agree, the numbers do not. Layer 2 watches a still: the last frame, T times. A shape
# that fits is needed, but it is not enough.
#
# ## Break it on purpose
#
# Two mistakes by hand that no error reports: layer 2 reads a still, or it reads layer 1's film one step late.
#
# **Predict:** in which steps does each of them show in ŷ?

# %%
my_guess = None  # type yours

# %%
still = np.repeat(H1[:, -1:], T, axis=1)                             # (N, T, M1): the last state, T times
late = np.concatenate([np.zeros((N, 1, M1)), H1[:, :-1]], axis=1)    # (N, T, M1): each state one step later
right = H2[0] @ Wo + bo                                              # (T, K): every ŷ of the first sample
broken = {"reads a still": still, "reads one step late": late}
draw.over_time({name: film(read, Wx2, Wh2, bh2)[0] @ Wo + bo - right for name, read in broken.items()}, sizes)

# %% [markdown]
# Both show from the first step on. In the last step, the only one that `predict()` returns, layer 2 reads the right
# state when it watches a still. It is wrong all the same: its own last state remembers what it saw before.
#
# ## What to take home
#
# - With `return_sequences=True` a layer turns (N, T, D) into (N, T, M1): a box in, a box out.
# - The output axis M1 plugs into `Wx2`, (M1, M2). D has no part in layer 2.
# - Each layer has its own weights and its own state: (N, M1) and (N, M2).
# - `expected ndim=3, found ndim=2` means that T is missing. The layer that complains is not the layer to repair.
# - A shape that fits does not show that the numbers are right. Compare them.
#
# Your turn: the assignment `release/03_stacking/stacking.ipynb` has other sizes, and a stack of three layers to repair.
