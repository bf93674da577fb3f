# ---
# title: LSTM
# idea: one step with two states, cut out of one wide product
# ---

# %% [markdown]
# # LSTM: four gates in one product
#
# At seven in the morning a patient gets a medicine, and from then on a monitor writes down one line of numbers every minute.
# At noon a doctor asks: is this blood pressure what it should be **after that medicine**? One line out of three hundred
# decides. A recurrent network reads them all, but what does it still know of the first one at the end?
#
# | letter | counts | here |
# |---|---|---|
# | **N** | samples | 3 |
# | **T** | time steps | 12 |
# | **D** | input features | 5 |
# | **M** | hidden units | 8 |
# | **K** | output nodes | 2, unused: this lecture looks at the layer without a head |
#
# At each **Predict**, type your guess into the cell below, and only then run the next one.

# %%
import numpy as np
import rnnshapes
from rnnshapes import draw

keras = rnnshapes.import_keras()  # `from tensorflow import keras`, without its start-up messages
keras.utils.set_random_seed(7)

N, T, D, M = 3, 12, 5, 8
sizes = rnnshapes.Sizes(N=N, T=T, D=D, M=M, K=2)
X = np.random.randn(N, T, D).astype("float32")
print(sizes.legend())

# %% [markdown]
# ## How long does it remember?
#
# We can ask a layer, before it is trained. We change the first line of every film and nothing else, and watch how far h is
# from what it was.
#
# **Predict:** a SimpleRNN reads both boxes. How large is the difference of h at the first step, and how large is it at
# the last?

# %%
my_guess = {"first step": None, "last step": None}  # type two numbers

# %%
X_changed = X.copy()
X_changed[:, 0] += 2  # the medicine
simple = keras.layers.SimpleRNN(M, return_sequences=True)
forgets = np.asarray(simple(X_changed)) - np.asarray(simple(X))
draw.over_time({"SimpleRNN": forgets[0]}, sizes, of="h")

# %% [markdown]
# Each step takes the state through Wh and tanh, and mixes new numbers in. What was there fades: after twelve steps little
# of it is left, and there are three hundred. A network that has to remember needs a place where a number can **stay**.
#
# ## Two states
#
# An LSTM has such a place. Beside h, which the outside sees, it carries a second state c, the **cell**. A SimpleRNN with
# `return_state=True` gives two things, as we saw in lesson 04.
#
# **Predict:** how many things does an LSTM give, and of which shapes? Which two of them are the same?

# %%
my_guess = None  # type yours

# %%
random_bias = {"bias_initializer": keras.initializers.RandomUniform(0.2, 0.6), "unit_forget_bias": False}
layer = keras.layers.LSTM(M, return_state=True, **random_bias)
out, h, c = (np.asarray(part) for part in layer(X))
print("your guess:", my_guess)
print("out", out.shape, "  h", h.shape, "  c", c.shape, "  all", sizes.letters(c.shape))
print("out is h:", np.array_equal(out, h), "  h is c:", np.array_equal(h, c))

# %% [markdown]
# Three things: the output, and both states after the last step
# ([Keras, LSTM](https://keras.io/api/layers/recurrent_layers/lstm/)). Without `return_sequences` the output is the last h.
# (The two settings in `random_bias` give random biases, so that nothing agrees by luck. The last section is about them.)
#
# **Predict:** with `return_sequences=True` as well, which of the three shapes change? Where do you find c at step 3?

# %%
my_guess = None  # type yours

# %%
film = keras.layers.LSTM(M, return_sequences=True, return_state=True)
film.build(X.shape)
film.set_weights(layer.get_weights())
states, h, c = (np.asarray(part) for part in film(X))
print("your guess:", my_guess)
print([sizes.letters(part.shape) for part in (states, h, c)])
print("the last of the states is h:", np.array_equal(states[:, -1], h))

# %% [markdown]
# Only the output has a film. c is handed from step to step inside, and what comes out is the last one. Who wants c at step 3
# has to stop after step 3, or to compute it by hand. We shall.
#
# ## One wide product
#
# The step of a SimpleRNN makes M sums of x and the last h. An LSTM makes **four** such sums, each with weights of its own:
# three gates and a candidate.
#
# **Predict:** `get_weights()` gives three arrays. What are their shapes? How many parameters is that, beside the
# D·M + M·M + M of a SimpleRNN?

# %%
my_guess = {"Wx": None, "Wh": None, "bh": None, "parameters": None}  # type yours

# %%
Wx, Wh, bh = layer.get_weights()
print("your guess:", my_guess)
print([sizes.letters(weight.shape) for weight in (Wx, Wh, bh)])
print("parameters:", layer.count_params(), "=", layer.count_params() // (D * M + M * M + M), "times a SimpleRNN's")

# %% [markdown]
# The weights of the four sums stand side by side, M columns each. So one product makes them all.

# %%
draw.gates(sizes, until="sum")

# %% [markdown]
# The shared letters disappear as ever: (D,)(D, 4M) + (M,)(M, 4M) + (4M,) leaves (4M,). A gate of M numbers is a quarter of z.
#
# ## Which block is which gate?
#
# This is what the four quarters are for. $\sigma$ is the sigmoid, which gives numbers between 0 and 1, and $\odot$ multiplies
# number by number:
#
# - the **input gate** i, the **forget gate** f and the **output gate** o are a $\sigma$ of their quarter: shares, from nothing to all;
# - the **candidate** g is a tanh of its quarter. It is what could be written into the cell. (Keras calls it c, like the cell.)
#
# $$c = f \odot c_{last} + i \odot g \qquad\qquad h = o \odot \tanh(c)$$
#
# Which quarter is which? No shape tells, since all four are alike. We find out by experiment: set the weights of one block
# to zero, and see what happens to h and c. A block of zeros gives z = 0 there, and $\sigma(0) = 0.5$, tanh(0) = 0.
#
# **Predict:** we make one step from zeros. For each of the four: what becomes of c, and what of h? Write "zero", "same" or "other".

# %%
my_guess = {"i": None, "f": None, "g": None, "o": None}  # type a pair for each: c and h when its block is zeros

# %%
def one_step(block=None):
    keep = np.repeat(np.arange(4) != block, M)  # (4M,): False in the columns of this block
    film.set_weights([Wx * keep, Wh * keep, bh * keep])
    _, h, c = film(X[:, :1])  # one time step, from zeros
    return np.asarray(h), np.asarray(c)


h_whole, c_whole = one_step()
print("c", c_whole[0, :4].round(3), "  h", h_whole[0, :4].round(3))

# %%
for block in range(4):
    h_new, c_new = one_step(block)
    print(f"block {block} zeros:  c", c_new[0, :4].round(3), "  h", h_new[0, :4].round(3))

# %% [markdown]
# **Predict:** now you can tell. Which gate stands in which block?

# %%
order = None  # type the four letters in the order of the blocks: ["?", "?", "?", "?"]

# %%
def seen(block):
    h_new, c_new = one_step(block)
    c_says = "zero" if not c_new.any() else "same" if np.allclose(c_new, c_whole) else "other"
    h_says = "zero" if not h_new.any() else "same" if np.allclose(h_new, h_whole) else "other"
    return f"c {c_says}, h {h_says}"


print("your order:", order)
print({block: seen(block) for block in range(4)})

# %% [markdown]
# - Block 2 makes c and h vanish: what is let in is zero. It is the candidate **g**.
# - Block 3 leaves c alone and changes h. It works between the two: the output gate **o**.
# - Block 0 changes c, and so h. The share that is let in has become a half: the input gate **i**.
# - Block 1 changes nothing at all. In the first step there is nothing to forget: the forget gate **f**.
#
# **Explain, for yourself:** "changes nothing" is a weak proof. What would you do to see block 1 at work?

# %% [markdown]
# *Double-click here, and write your sentence.*

# %%
def two_steps(block=None):
    one_step(block)  # sets the weights
    _, h, c = film(X[:, :2])
    return np.asarray(c)


{f"block {block}": float(np.abs(two_steps(block) - two_steps()).max().round(3)) for block in range(4)}

# %% [markdown]
# With two steps there is a past, and block 1 shows too. So Keras' order is i, f, g, o, in Keras' own letters **i, f, c, o**.
# Other libraries may have another order, and the shapes are the same.

# %%
draw.gates(sizes, until="gates")

# %% [markdown]
# ## One step by hand
#
# **Predict:** z is (N, 4M). Along which axis do we cut it, and what shape has a part?

# %%
my_guess = None  # type yours

# %%
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def step(x, h_last, c_last):
    z = x @ Wx + h_last @ Wh + bh            # (N, D)(D, 4M) + (N, M)(M, 4M) + (4M,) → (N, 4M)
    i, f, g, o = np.split(z, 4, axis=1)      # four times (N, M)
    c = sigmoid(f) * c_last + sigmoid(i) * np.tanh(g)
    h = sigmoid(o) * np.tanh(c)
    return h, c


h_1, c_1 = step(X[:, 0], np.zeros((N, M)), np.zeros((N, M)))
print("h:", np.abs(h_1 - h_whole).max(), "  c:", np.abs(c_1 - c_whole).max())

# %% [markdown]
# One matrix product for each operand, one cut, and from there on everything is number by number: unit m's gates touch unit
# m's cell and no other. Here is the whole step:

# %%
draw.gates(sizes)

# %% [markdown]
# ## Gate by gate
#
# The explorer has every number of a step. Choose one of `c`, and see the four numbers that it is made of. Choose one of `f`:
# it is a row of X and a row of h with columns of the weights, as in lesson 01.
#
# **Predict:** `c[0,3,1]` is made of which numbers of f, i, g and c? Name their indices.

# %%
my_guess = None  # type yours

# %%
film.set_weights([Wx, Wh, bh])
model = keras.Sequential([keras.Input((T, D)), keras.layers.LSTM(M, return_sequences=True)])
model.set_weights([Wx, Wh, bh])
rnnshapes.explore(X=X, model=model, at="c[0,3,1]", show=["step", "sum"])

# %% [markdown]
# All of them have n = 0 and m = 1, and only `c[0,2,1]` is from another step. A cell passes through no weight and no tanh on its
# way to the next step: it is multiplied by f, and something is added. If f is near 1, what is there **stays**.
#
# ## The loop, with two states
#
# **Predict:** the loop hands two things from step to step. We collect h. Will it agree with `states` at every step, and c with the
# third thing that Keras gave?

# %%
my_guess = None  # type yours

# %%
h, c = np.zeros((N, M)), np.zeros((N, M))
rows, cells = [], []
for t in range(T):
    h, c = step(X[:, t], h, c)
    rows.append(h)
    cells.append(c)
H, C = np.stack(rows, axis=1), np.stack(cells, axis=1)  # (N, T, M)
_, h_keras, c_keras = film(X)
print("h at every step:", np.abs(H - states).max())
print("c at the end:   ", np.abs(C[:, -1] - c_keras).max())

# %% [markdown]
# Here is c at step 3 too, `C[:, 3]`, which Keras keeps to itself.
#
# In lesson 04 we handed a state from chunk to chunk. `initial_state` takes a list of two now, `[h, c]`.
#
# **Predict:** we run the first 6 steps and go on from there: once with both states, once with h and zeros in place of c. Which of the
# two agrees with the whole run?

# %%
my_guess = None  # type yours

# %%
_, h_half, c_half = film(X[:, :6])
both, _, _ = film(X[:, 6:], initial_state=[h_half, c_half])
h_alone, _, _ = film(X[:, 6:], initial_state=[h_half, np.zeros((N, M), "float32")])
print("both handed on:", np.abs(both - states[:, 6:]).max())
print("h alone:       ", np.abs(h_alone - states[:, 6:]).max())

# %% [markdown]
# The state of an LSTM is both. Who hands on h alone has lost what the cell kept.
#
# ## The trap: another order
#
# Many texts list the gates as i, c, f, o, or put all three gates first. We cut z in these orders.
#
# **Predict:** does an error come? How far will h be from Keras' after one step?

# %%
my_guess = None  # type yours

# %%
def step_in_order(order, x, h_last, c_last):
    parts = dict(zip(order, np.split(x @ Wx + h_last @ Wh + bh, 4, axis=1), strict=True))
    c = sigmoid(parts["f"]) * c_last + sigmoid(parts["i"]) * np.tanh(parts["g"])
    return sigmoid(parts["o"]) * np.tanh(c), c


for order in ("ifgo", "igfo", "ifog"):
    h_new, c_new = step_in_order(order, X[:, 0], np.zeros((N, M)), np.zeros((N, M)))
    print(order, " h", np.abs(h_new - h_whole).max().round(7), "  c", np.abs(c_new - c_whole).max().round(7))

# %% [markdown]
# No error: four parts of M columns are four parts of M columns. The shape does not know what they are for, and the numbers
# look like numbers. Only the comparison tells. If your own step is wrong, the check says which two blocks have changed places.
#
# ## The trap: what a new layer starts with
#
# **Predict:** the bias of a new SimpleRNN is zeros. What does a new LSTM start with? Type one number for each of the four blocks.

# %%
my_guess = {"i": None, "f": None, "g": None, "o": None}  # type yours

# %%
fresh = keras.layers.LSTM(M)
fresh.build(X.shape)
print("your guess:", my_guess)
fresh.get_weights()[2].reshape(4, M)  # one row for each block

# %% [markdown]
# Ones for the forget gate, zeros for all others. `unit_forget_bias=True` is the default: "add 1 to the bias of the forget gate
# at initialization" ([Keras, LSTM](https://keras.io/api/layers/recurrent_layers/lstm/)). The 1 is a number in the bias, and
# training may change it. Nothing is added when the layer runs. Who adds a 1 by hand adds it twice.
#
# The same page says that this setting "will also force `bias_initializer="zeros"`". We ask Keras itself.

# %%
asked = keras.layers.LSTM(M, bias_initializer=keras.initializers.Constant(0.3))  # unit_forget_bias is True
asked.build(X.shape)
asked.get_weights()[2].reshape(4, M)

# %% [markdown]
# The other blocks have what we asked for, and the forget gate has its ones, in the version that runs here. That is why we said
# `unit_forget_bias=False` above: to have random numbers in every block.
#
# Why 1? With a bias of 0 a forget gate is about half open. **Predict:** what is left of a number in the cell after twelve steps if
# f is always 0.5, and what if it is $\sigma(1)$, or $\sigma(5)$?

# %%
my_guess = {"0": None, "1": None, "5": None}  # type three numbers

# %%
print({bias: round(float(sigmoid(bias) ** 12), 4) for bias in (0, 1, 5)})

# %% [markdown]
# Now the question of the beginning again. The first line of every film is changed, as above.
#
# **Predict:** in which of the layers does the difference stay?

# %%
my_guess = None  # type yours

# %%
differences = {"SimpleRNN": forgets[0]}
remembers = keras.layers.LSTM(M, return_sequences=True)
remembers.build(X.shape)
Wx_new, Wh_new, b_new = remembers.get_weights()
for bias in (0, 1, 5):
    b_new[M : 2 * M] = bias  # the forget gate's block
    remembers.set_weights([Wx_new, Wh_new, b_new])
    differences[f"LSTM, f's bias {bias}"] = np.asarray(remembers(X_changed) - remembers(X))[0]
draw.over_time(differences, sizes, of="h")

# %% [markdown]
# With gates that stand open, the medicine of the morning is still in the cell at the end. Without training nobody knows
# yet when to keep and when to forget. A forget gate that starts at 1 gives the training a chance to find out.
#
# ## What to take home
#
# - An LSTM carries two states, h and c, each (N, M). `return_state` gives three things, and c has no film.
# - Four sums are made in one product: (D, 4M), (M, 4M), (4M,). Cut z along its last axis, in Keras' order i, f, c, o.
# - $c = f \odot c_{last} + i \odot g$ and $h = o \odot \tanh(c)$, number by number.
# - No shape shows a wrong order. Zero one block, and watch c and h.
# - A new layer has ones in the forget gate's block of the bias, and zeros elsewhere. They are in the weights already.
#
# Your turn: the assignment `release/07_lstm/lstm.ipynb` has other sizes, and a layer whose order nobody has told you.
