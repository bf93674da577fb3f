# ---
# title: LSTM
# idea: one step with two states, cut out of one wide product
# ---

# %% [markdown]
# # LSTM: a second state, and gates
#
# At seven in the morning a patient gets a medicine, and a monitor notes it in its first row of numbers. From then on it
# writes one row every minute. At noon a doctor asks: is this blood pressure what it should be **after that medicine**? One
# row out of three hundred decides. A recurrent network reads them all, but what does it still know of the first one?
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
# We can ask a layer before it is trained, with twelve rows for each sample. We change the first row of each sample and
# nothing else. Then we watch how far h is from what it was.
#
# **Predict:** a SimpleRNN reads `X` and the changed copy. What is the largest difference among the M numbers of h in
# sample 0: at the first step, and at the last?

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
# of it is left, and the patient has three hundred. Training meets the same product on its way back. The gradient of an error at
# the end reaches the first row through Wh and tanh, once for each step: such products tend to vanish or to explode.
#
# A network that has to remember needs a place where a number can **stay**.
#
# ## Two states
#
# An LSTM has such a place. Beside h, which the outside sees, it carries a second state c, the **cell**. With
# `return_state=True` a SimpleRNN gives its output and its last state, as we saw in lesson 04.
#
# **Predict:** how many things does an LSTM give, and of which shapes? Which two of them hold the same numbers?

# %%
my_guess = None  # type yours

# %%
# random biases, so that nothing agrees by luck: the last section is about these two settings
random_bias = {"bias_initializer": keras.initializers.RandomUniform(0.2, 0.6), "unit_forget_bias": False}
layer = keras.layers.LSTM(M, return_state=True, **random_bias)
out, h, c = (np.asarray(part) for part in layer(X))
print("your guess:", my_guess)
print("out", out.shape, "  h", h.shape, "  c", c.shape, "  all", sizes.letters(c.shape))
print("out is h:", np.array_equal(out, h), "  h is c:", np.array_equal(h, c))

# %% [markdown]
# Three things: the output, and both states after the last step
# ([Keras, LSTM](https://keras.io/api/layers/recurrent_layers/lstm/)). Without `return_sequences` the output is the last h.
#
# **Predict:** with `return_sequences=True` as well, which of the three shapes change? Where do you find c at step 3?

# %%
my_guess = None  # type yours

# %%
every_step = keras.layers.LSTM(M, return_sequences=True, return_state=True)
every_step.build(X.shape)
every_step.set_weights(layer.get_weights())
states, h, c = (np.asarray(part) for part in every_step(X))
print("your guess:", my_guess)
print([sizes.letters(part.shape) for part in (states, h, c)])
print("the last of the states is h:", np.array_equal(states[:, -1], h))

# %% [markdown]
# Only the output has a row for every time step. c is handed from step to step inside, and what comes out is the last one. Who
# wants c at step 3 can let the layer stop there, or compute c by hand. We shall.
#
# ## One wide product
#
# The step of a SimpleRNN makes one weighted sum of x and the last h for each of its M hidden units. An LSTM makes four for
# each unit, all with weights of their own: for three **gates** and for a **candidate**.
#
# **Predict:** `get_weights()` gives three arrays all the same. Which axis of each is longer than in a SimpleRNN, or is there
# an axis more? How many parameters is that, compared with a SimpleRNN's D·M + M·M + M?

# %%
my_guess = {"Wx": None, "Wh": None, "bh": None, "parameters": None}  # type yours

# %%
Wx, Wh, bh = layer.get_weights()
print("your guess:", my_guess)
print([sizes.letters(weight.shape) for weight in (Wx, Wh, bh)])
print("parameters:", layer.count_params(), "=", layer.count_params() // (D * M + M * M + M), "times a SimpleRNN's")

# %% [markdown]
# The weights of the four sums stand side by side, M columns each. So one product makes them all, and we call it z:
#
# $$z = x W_x + h_{last} W_h + b_h$$

# %%
draw.gates(sizes, until="sum")

# %% [markdown]
# The shared letters disappear as ever: (D,)(D, 4M) + (M,)(M, 4M) + (4M,) leaves (4M,), four blocks of M numbers.
#
# ## Which block is which gate?
#
# A gate says how much of something is let through, from 0, nothing, to 1, all of it. The sigmoid makes such numbers:
# $\sigma(z) = 1 / (1 + e^{-z})$. This is what the four blocks are for, where $\odot$ multiplies number by number:
#
# - the **output gate** o, the **forget gate** f and the **input gate** i are a $\sigma$ of their block of z. With the columns of
#   its own that is $f = \sigma(x W_{xf} + h_{last} W_{hf} + b_f)$, and the same for i and o;
# - the **candidate** g is a tanh of its block. It is what could be written into the cell. (Keras calls it c, like the cell. We
#   say g.)
#
# $$c = f \odot c_{last} + i \odot g \qquad\qquad h = o \odot \tanh(c)$$
#
# With f near 1 and i near 0 a cell keeps its number through any number of steps. With f near 0 and i near 1 a new one takes its
# place. And o decides when it is shown: with o near 0 it is kept, and neither the outside nor the next sum sees it.
#
# Which block is which? We find out by experiment: set the weights of one block to zero, and see what happens to h and c.
# Then z is 0 there, and $\sigma(0) = 0.5$, tanh(0) = 0.
#
# **Predict:** we make one step from zeros. For each of the four: what becomes of c, and what of h? Write "zero", "other", or
# "same" if nothing changes.

# %%
my_guess = {"o": None, "g": None, "f": None, "i": None}  # type a pair for each: c and h when its block is zeros

# %%
def one_step(block=None):
    keep = np.repeat(np.arange(4) != block, M)  # (4M,): False in the columns of this block
    every_step.set_weights([Wx * keep, Wh * keep, bh * keep])
    _, h, c = every_step(X[:, :1])  # one time step, from zeros
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
# - Block 3 leaves c alone and changes h. It stands between c and h: the output gate **o**.
# - Block 0 changes c, and so h. Half of g is let in now, whatever it was before: the input gate **i**.
# - Block 1 changes nothing at all. In the first step there is nothing to forget: the forget gate **f**.
#
# **Explain, for yourself:** "changes nothing" is a weak proof. What would you do to see block 1 at work?

# %% [markdown]
# *Double-click here, and write your sentence.*

# %%
def two_steps(block=None):
    one_step(block)  # sets the weights
    _, h, c = every_step(X[:, :2])
    return np.asarray(c)


{f"block {block}": round(float(np.abs(two_steps(block) - two_steps()).max()), 3) for block in range(4)}

# %% [markdown]
# With two steps there is a past, and block 1 shows too. So Keras' order is **i, f, g, o**.
#
# ## One step by hand
#
# `np.split(z, 4)` cuts in four parts, along the first axis if we name none.
#
# **Predict:** what does it do with z of (N, 4M) for N = 3 samples, and what for N = 8? Which axis do we mean?

# %%
my_guess = {"3 samples": None, "8 samples": None, "axis": None}  # type yours

# %%
for rows in (3, 8):
    try:
        print(rows, "samples: four parts of", np.split(np.zeros((rows, 4 * M)), 4)[0].shape)
    except ValueError as error:
        print(rows, "samples:", error)

# %% [markdown]
# Three samples do not split in four, and eight do, in silence: each part has the whole z of two samples. We mean the last axis.

# %%
draw.gates(sizes, until="gates")

# %%
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def step(x, h_last, c_last, Wx, Wh, bh):
    z = x @ Wx + h_last @ Wh + bh            # (N, D)(D, 4M) + (N, M)(M, 4M) + (4M,) → (N, 4M)
    i, f, g, o = np.split(z, 4, axis=1)      # four times (N, M)
    c = sigmoid(f) * c_last + sigmoid(i) * np.tanh(g)
    h = sigmoid(o) * np.tanh(c)
    return h, c


zeros = np.zeros((N, M))
h_1, c_1 = step(X[:, 0], zeros, zeros, Wx, Wh, bh)
print("h:", np.abs(h_1 - h_whole).max(), "  c:", np.abs(c_1 - c_whole).max())

# %% [markdown]
# One matrix product for x and one for h, one cut, and from there on everything is number by number: unit m's gates touch
# unit m's cell and no other. Here is the whole step:

# %%
draw.gates(sizes)

# %% [markdown]
# ## Gate by gate
#
# The explorer has every number of a step. Choose one of `c`, and see the four numbers that it is made of. Choose one of `f`:
# it is a row of X and a row of h with columns of the weights and a bias, as in lesson 01, and a sigmoid around them.
#
# **Predict:** `c[0,3,1]` is made of which numbers of f, i, g and c? Name their indices.

# %%
my_guess = None  # type yours

# %%
every_step.set_weights([Wx, Wh, bh])
model = keras.Sequential([keras.Input((T, D)), keras.layers.LSTM(M, return_sequences=True)])
model.set_weights([Wx, Wh, bh])
rnnshapes.explore(X=X, model=model, at="c[0,3,1]", show=["step", "sum"])

# %% [markdown]
# All of them have n = 0 and m = 1, and only `c[0,2,1]` is from another step. A cell passes through no weight and no tanh on its
# way to the next time step: it is multiplied by f, and something is added. A gradient comes back on this way multiplied by f alone,
# and with f near 1 it neither vanishes nor explodes.
#
# ## The loop, with two states
#
# **Predict:** how many numbers does one step hand to the next, for all N samples together?

# %%
my_guess = None  # type yours

# %%
def by_hand(X, *weights):
    h, c, rows, cells = zeros, zeros, [], []
    for t in range(T):
        h, c = step(X[:, t], h, c, *weights)
        rows.append(h)
        cells.append(c)
    return np.stack(rows, axis=1), np.stack(cells, axis=1)  # (N, T, M), both


H, C = by_hand(X, Wx, Wh, bh)
print("your guess:", my_guess, "  handed on:", zeros.size + zeros.size, "= 2·N·M")
print("h at every step:", np.abs(H - states).max(), "  c at the end:", np.abs(C[:, -1] - every_step(X)[2]).max())

# %% [markdown]
# Here is c at step 3 too, `C[:, 3]`, which Keras keeps to itself.
#
# In lesson 04 we handed a state from chunk to chunk. We run the first 6 steps and go on from there: once with both states, once
# with h and zeros in place of c.
#
# **Predict:** without c, is h off from its first new step on? And has it come back at the sixth?

# %%
my_guess = {"first": None, "sixth": None}  # type two numbers: how far h is off

# %%
_, h_half, c_half = every_step(X[:, :6])
both, _, _ = every_step(X[:, 6:], initial_state=[h_half, c_half])  # a list of two
h_alone, _, _ = every_step(X[:, 6:], initial_state=[h_half, np.zeros((N, M), "float32")])
print("both handed on:", np.abs(both - states[:, 6:]).max(axis=(0, 2)))
print("h alone:       ", np.abs(h_alone - states[:, 6:]).max(axis=(0, 2)).round(3))

# %% [markdown]
# The state of an LSTM is both. Who hands on h alone has lost what the cell kept, and it shows at once. It fades as
# everything does in this layer, whose forget gates are little more than half open.
#
# ## The trap: another order
#
# PyTorch has this order too, and other shapes: (4M, D), (4M, M) and two biases
# ([PyTorch, LSTM](https://pytorch.org/docs/stable/generated/torch.nn.LSTM.html)). TensorFlow's old `BasicLSTMCell` had
# i, g, f, o, and many a text lists all three gates first. We cut z in these orders, and in one more: i, o, g, f.
#
# **Predict:** how far will h be from Keras' after one step from zeros: about 0.001, or more like 0.1? In one of the three
# orders c is right all the same. In which?

# %%
my_guess = {"how far": None, "c is right in": None}  # type yours

# %%
def step_in_order(order, x, h_last, c_last):
    parts = dict(zip(order, np.split(x @ Wx + h_last @ Wh + bh, 4, axis=1), strict=True))
    c = sigmoid(parts["f"]) * c_last + sigmoid(parts["i"]) * np.tanh(parts["g"])
    return sigmoid(parts["o"]) * np.tanh(c), c


for order in ("ifgo", "igfo", "ifog", "iogf"):
    h_new, c_new = step_in_order(order, X[:, 0], zeros, zeros)
    print(order, " h", np.abs(h_new - h_whole).max().round(7), "  c", np.abs(c_new - c_whole).max().round(7))

# %% [markdown]
# No error came, and no shape told: all four parts are (N, M), and the wrong numbers look like any others. Where f and o have
# changed places, even c is right: in a step from zeros f has nothing to do. Only the comparison of h tells. If two blocks of
# your own step have changed places, the check says which.
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
# training may change it. Some libraries add a 1 whenever they run, and Keras does not. Who adds it by hand adds it twice.
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
# ## How long does it remember now?
#
# The bias starts at 1, and so the gate starts at about $\sigma(1) = 0.73$, more or less, as x and h add to the sum. With a bias
# of 0 it is about half open, $\sigma(0)$.
#
# **Predict:** what is left of a number in the cell after twelve steps if f is always $\sigma(0)$, $\sigma(1)$ or $\sigma(5)$?

# %%
my_guess = {"0": None, "1": None, "5": None}  # type three numbers

# %%
print({bias: round(float(sigmoid(bias) ** 12), 4) for bias in (0, 1, 5)})
print({bias: f"{sigmoid(bias) ** 300:.1e}" for bias in (0, 1, 5)}, "after three hundred")

# %% [markdown]
# Now the question of the beginning again: the first row of each sample is changed, as above. We measure what is left of the
# difference, in parts of what it was at the first step. For an LSTM we look at the cell, as it is c that should keep it.
#
# **Predict:** which part of the difference is left at the last step, in each layer?

# %%
my_guess = {"SimpleRNN": None, "bias 0": None, "bias 1": None, "bias 5": None}  # type a number for each

# %%
def left_in_c(*weights):
    difference = by_hand(X_changed, *weights)[1] - by_hand(X, *weights)[1]  # (N, T, M), of c
    each_step = np.abs(difference).max(axis=(0, 2))                         # (T,)
    return each_step / each_step[0]


left = {"SimpleRNN, h": np.abs(forgets).max(axis=(0, 2)) / np.abs(forgets[:, 0]).max()}
Wx_new, Wh_new, b_new = fresh.get_weights()
for bias in (0, 1, 5):
    b_new[M : 2 * M] = bias  # the forget gate's block
    left[f"LSTM, bias {bias}"] = left_in_c(Wx_new, Wh_new, b_new)
left["bias 5, Wh = 0"] = left_in_c(Wx_new, 0 * Wh_new, b_new)
print({name: round(float(parts[-1]), 3) for name, parts in left.items()})
draw.over_time(left, sizes, of="state, first = 1")

# %% [markdown]
# Twelve steps show this much. The SimpleRNN has 1 % of the difference left, and the LSTM with a bias of 0 has less. A new
# LSTM as it is, with a bias of 1, has about 7 %: more than the SimpleRNN, and not much.
#
# With a bias of 5 there is more of it than at the beginning, and that is not memory alone. The difference goes into h, comes
# back through Wh, and a cell that forgets nearly nothing adds it up. With zeros in Wh nothing comes back. Then it sinks as
# slowly as the gates say, to 0.91: $\sigma(5)^{11}$ is 0.93.
#
# For three hundred rows no such bias is enough: $\sigma(1)^{300}$ is nothing, and $\sigma(5)^{300}$ an eighth. To keep the
# medicine until noon, f has to be nearer to 1 still, and i near 0 at the rows that do not matter. Which rows matter, training
# has to find out. A forget gate that starts at 0.73, and not at a half, leaves it a longer past to learn from.
#
# ## What to take home
#
# - An LSTM carries two states, h and c, each (N, M). `return_state` gives three things, and c is that of the last step.
# - Four sums are made in one product: (D, 4M), (M, 4M), (4M,). Cut z along its last axis, in Keras' order i, f, g, o.
# - $c = f \odot c_{last} + i \odot g$ and $h = o \odot \tanh(c)$, number by number.
# - No shape shows a wrong order. Zero one block, and watch c and h.
# - A new layer has ones in the forget gate's block of the bias, and zeros elsewhere. They are in the weights already.
#
# Your turn: the assignment `release/07_lstm/lstm.ipynb` has other sizes, and a layer whose order nobody has told you.
