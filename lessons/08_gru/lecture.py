# ---
# title: GRU
# idea: why the bias of a GRU has two rows
# ---

# %% [markdown]
# # GRU: one state, two gates, and a bias of two rows
#
# A gauge under a bridge sends the level of a river every ten minutes. For ten dry days nothing happens: what the network
# knows should **stay**. Then a sluice opens upstream, and what it knew of the old level counts for nothing: it should **begin
# anew**. The network has to run inside the gauge, from a battery. An LSTM can do both. Is there something smaller?
#
# | letter | counts | here |
# |---|---|---|
# | **N** | samples | 4 |
# | **T** | time steps | 9 |
# | **D** | input features | 5 |
# | **M** | hidden units | 7 |
# | **K** | output nodes | 3, unused: this lecture looks at the layer without a head |
#
# At each **Predict**, type your guess into the cell below, and only then run the next one.

# %%
import numpy as np
import rnnshapes
from rnnshapes import draw

keras = rnnshapes.import_keras()  # `from tensorflow import keras`, without its start-up messages
keras.utils.set_random_seed(8)

N, T, D, M = 4, 9, 5, 7
sizes = rnnshapes.Sizes(N=N, T=T, D=D, M=M, K=3)
X = np.random.randn(N, T, D).astype("float32")
print(sizes.legend())

# %% [markdown]
# ## Three quarters of an LSTM?
#
# A **GRU** has two gates where an LSTM has three, and no cell c: its one state is h. So it makes three sums for each hidden
# unit: for the **update gate** z, the **reset gate** r and a **candidate** g. An LSTM makes four.
#
# **Predict:** here a SimpleRNN has D·M + M·M + M = 91 parameters, and an LSTM four times as many, 364. How many has a GRU?

# %%
my_guess = None  # type a number

# %%
layers = {"SimpleRNN": keras.layers.SimpleRNN(M), "LSTM": keras.layers.LSTM(M), "GRU": keras.layers.GRU(M)}
for layer in layers.values():
    layer.build(X.shape)
print("your guess:", my_guess)
{name: layer.count_params() for name, layer in layers.items()}

# %% [markdown]
# Three times 91 is 273, three quarters of an LSTM. Keras counts 294. There are 21 = 3M numbers that we did not expect.
#
# **Predict:** `get_weights()` gives three arrays, as ever: for the input, for the last h, and a bias. Which shape has each of
# them, and where are the 3M numbers?

# %%
my_guess = {"Wx": None, "Wh": None, "b": None}  # type three shapes

# %%
random_bias = keras.initializers.RandomUniform(0.2, 0.6)  # so that nothing agrees by luck
layer = keras.layers.GRU(M, return_sequences=True, bias_initializer=random_bias)
states = np.asarray(layer(X))
Wx, Wh, b = layer.get_weights()
print("your guess:", my_guess)
print([sizes.letters(weight.shape) for weight in (Wx, Wh, b)], b.shape)

# %% [markdown]
# Three blocks of M columns stand side by side, in Keras' order **z, r, g**. (Keras calls the candidate h. We say g, as in
# lesson 07.) That is the LSTM's idea once more. But the bias has **two rows**, and so twice 3M numbers.
#
# Somebody who rebuilt a GRU by hand asked what Keras does "with this second vector": the literature "never mentions these
# biases" ([an issue of TensorFlow.js](https://github.com/tensorflow/tfjs/issues/2442)). That is our question too. Would one
# row, the sum of the two, not do?
#
# ## Two wide sums
#
# An LSTM adds everything into one wide sum. A GRU keeps two apart: p from the input, and q from the last h. Each has a row of
# the bias, $b_x$ or $b_h$:
#
# $$p = x W_x + b_x \qquad\qquad q = h_{last} W_h + b_h$$

# %%
draw.gates(sizes, layer="GRU", until="sum")

# %% [markdown]
# Here is what becomes of them. $p_z$ is the block of p that belongs to z, $\sigma$ is the sigmoid, and $\odot$ multiplies
# number by number. (In lesson 07 z was the LSTM's sum. Here z is a gate: everybody calls it so.)
#
# $$z = \sigma(p_z + q_z) \qquad r = \sigma(p_r + q_r) \qquad g = \tanh(p_g + r \odot q_g)$$
#
# $$h = z \odot h_{last} + (1 - z) \odot g$$
#
# **Predict:** first the gate z. We give z's block of the bias the number 20, and start the layer from an h of our own.
# Where is h after nine steps? And what did z do with h and with g?

# %%
my_guess = None  # type yours

# %%
h0 = np.random.uniform(-1, 1, (N, M)).astype("float32")


def run_with(bias):
    layer.set_weights([Wx, Wh, bias])
    return np.asarray(layer(X, initial_state=h0))  # (N, T, M)


kept = b.copy()
kept[0, :M] = 20  # z's block in the first row
print("the start  ", h0[0, :4].round(3))
print("nine steps ", run_with(kept)[0, -1, :4].round(3))

# %% [markdown]
# With z near 1 the state stays as it was: the ten dry days. With z near 0 it is g. One gate does what i and f do in an LSTM,
# and what it does not keep of the old, it takes of the new. Many a text has z and 1 − z the other way round: there z = 1 takes
# the new. Here is how you tell.
#
# For r we have to look at g, which Keras keeps to itself. So we write the step by hand, as the formulas say it.

# %%
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def step(x, h_last, Wx, Wh, b):
    pz, pr, pg = np.split(x @ Wx + b[0], 3, axis=1)       # (N, D)(D, 3M) + (3M,) → three times (N, M)
    qz, qr, qg = np.split(h_last @ Wh + b[1], 3, axis=1)  # (N, M)(M, 3M) + (3M,) → three times (N, M)
    z, r = sigmoid(pz + qz), sigmoid(pr + qr)
    g = np.tanh(pg + r * qg)
    return z * h_last + (1 - z) * g, g


step(X[:, 0], h0, Wx, Wh, b)[1].shape  # g of the first step

# %% [markdown]
# **Predict:** we give r's block −20, so that r is nearly 0. What is left in g of the last h? We try two of them: h and −h.

# %%
my_guess = None  # type yours

# %%
reset = b.copy()
reset[0, M : 2 * M] = -20  # r's block in the first row
g_here, g_elsewhere = (step(X[:, 0], h_last, Wx, Wh, reset)[1] for h_last in (h0, -h0))
print("g from h0 and from −h0 differ by", np.abs(g_here - g_elsewhere).max())

# %% [markdown]
# Nothing is left: with r near 0 the candidate is made of x alone. The past has gone from it, and the network can begin anew:
# the sluice. Is our step Keras' own?
#
# **Predict:** we run the loop with our step. How far from `states` will it be?

# %%
my_guess = None  # type yours

# %%
h, rows = np.zeros((N, M)), []
for t in range(T):
    h, _ = step(X[:, t], h, Wx, Wh, b)
    rows.append(h)
by_hand = np.stack(rows, axis=1)  # (N, T, M)
print("your guess:", my_guess, "  largest difference:", np.abs(by_hand - states).max())
draw.compare(by_hand[0], states[0], "TM", sizes, name="h of sample 0")

# %% [markdown]
# Here is the whole step in one picture. Follow the third block of q on its way down.

# %%
draw.gates(sizes, layer="GRU")

# %% [markdown]
# **Explain, for yourself:** a number of $b_h$ in the first block, and one in the third: what does each of them meet before it
# comes to the sum with p?

# %% [markdown]
# *Double-click here, and write your sentence.*

# %% [markdown]
# ## Can the two rows be one?
#
# We add the second row to the first, block by block, and write zeros in its place.
#
# **Predict:** we do that in one block alone, and ask Keras for h. In which of the three blocks does h stay the same?

# %%
my_guess = {"z": None, "r": None, "g": None}  # type "same" or "other"

# %%
def summed_in(block, b=b):
    here = np.repeat(np.arange(3) == block, M)  # (3M,): True in the columns of this block
    return np.where(here, [b[0] + b[1], 0 * b[1]], b).astype("float32")


right = run_with(b)
print("your guess:", my_guess)
{name: float(np.abs(run_with(summed_in(block)) - right).max().round(7)) for block, name in enumerate("zrg")}

# %% [markdown]
# In z and in r the difference is nothing but rounding: there p and q are added as they are, and nobody can tell in which of the
# two a number came. In g it is 0.2, and this course tolerates 0.00001. There r stands between $b_h$ and the sum:
#
# $$g = \tanh(\ldots + b_x + r \odot (\ldots + b_h))$$
#
# The sum of both would be let through whole. But $b_h$ has to pass through r, which is another number for each sample, each
# step and each unit. No single row of numbers can do that.
#
# **Predict:** there is a value of r for which the sum would be right all the same. Which one? And for which is it most wrong?

# %%
my_guess = {"right": None, "most wrong": None}  # type two numbers

# %%
def off_by(r):
    fixed, Wx_r, Wh_r = b.copy(), Wx.copy(), Wh.copy()
    Wx_r[:, M : 2 * M] = Wh_r[:, M : 2 * M] = fixed[1, M : 2 * M] = 0
    fixed[0, M : 2 * M] = np.log(r / (1 - r))  # the sigmoid makes r of it
    one, other = (step(X[:, 0], h0, Wx_r, Wh_r, bias)[1] for bias in (fixed, summed_in(2, fixed)))
    return np.arctanh(other) - np.arctanh(one)  # (N, M): how far the sum in g's tanh is off


print("b_h of g        ", b[1, 2 * M :][:4].round(3))
for r in (0.001, 0.25, 0.5, 0.75, 0.999):
    print(f"r = {r:5}  off by", off_by(r)[0, :4].round(3))

# %% [markdown]
# With r = 1 it is right, and with r = 0 it is off by the whole of $b_h$: the difference is $(1 - r) \odot b_h$. When the
# sluice opens and the past should have no say, its bias would go on talking.
#
# So the two rows are there for one block out of three. Of the 6M numbers in the bias 4M would do: one for z, one for r and
# two for g, for each hidden unit.
#
# **Predict:** a colleague has summed the rows by mistake, tried it on a new layer, and h did not change. How can that be?

# %%
my_guess = None  # type yours

# %%
fresh = keras.layers.GRU(M)
fresh.build(X.shape)
print("your guess:", my_guess)
print("numbers of a new bias that are not zero:", np.count_nonzero(fresh.get_weights()[2]))

# %% [markdown]
# A new bias is all zeros, in both rows. A mistake with them shows when they have learned something, and no earlier. An LSTM
# starts with ones in its forget gate, as we saw. A GRU has nothing of the kind.
#
# ## The reset gate before the product
#
# All this is `reset_after=True`: r comes **after** the product with Wh. With `reset_after=False` it comes **before**. Most
# texts teach this form, [Dive into Deep Learning](https://d2l.ai/chapter_recurrent-modern/gru.html) among them:
#
# $$g = \tanh(x W_{xg} + (r \odot h_{last}) W_{hg} + b_g)$$
#
# **Predict:** with `reset_after=False`, which shape has the bias? Look for r, and ask what it stands in front of.

# %%
my_guess = None  # type a shape

# %%
before = keras.layers.GRU(M, return_sequences=True, reset_after=False, bias_initializer=random_bias)
states_before = np.asarray(before(X))
Wx_b, Wh_b, b_b = before.get_weights()
print("your guess:", my_guess)
print([sizes.letters(weight.shape) for weight in (Wx_b, Wh_b, b_b)], " parameters:", before.count_params())

# %% [markdown]
# One row, and the 273 parameters of the beginning. When the products are added, r has done its work: two biases would stand
# side by side in every sum, and one can do for both.
#
# Which of the two is the default? [Keras' page on the GRU](https://keras.io/api/layers/recurrent_layers/gru/) says both. First it
# says that "the default one" has its "reset gate applied to hidden state before matrix multiplication". Further down it says of
# `reset_after` that "`True` is `"after"` (default and cuDNN compatible)".
#
# **Predict:** which sentence is right? And how can you tell from a new layer, without running it?

# %%
my_guess = {"before or after": None, "how to tell": None}  # type yours

# %%
print("your guess:", my_guess)
print("the bias of a new GRU(M):", sizes.letters(fresh.get_weights()[2].shape))

# %% [markdown]
# Two rows: after. The other sentence was right once: in
# [TensorFlow 1.15](https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/keras/layers/GRU) the default was
# `reset_after=False`. A shape tells what the layer at hand does.
#
# **Predict:** with the same Wx and Wh, and zeros in $b_h$: do both settings give the same h?

# %%
my_guess = None  # type yours

# %%
both_ways = []
for after in (True, False):
    one = keras.layers.GRU(M, return_sequences=True, reset_after=after)
    one.build(X.shape)
    one.set_weights([Wx_b, Wh_b, np.stack([b_b, 0 * b_b]) if after else b_b])
    both_ways.append(np.asarray(one(X)))
np.abs(both_ways[0] - both_ways[1]).max()

# %% [markdown]
# They are two layers, not two ways to compute one. $(r \odot h_{last}) W_{hg}$ scales each number of h before they are mixed.
# $r \odot (h_{last} W_{hg})$ scales what has been mixed. In Python a pair of brackets tells one from the other, and both have
# the shape (N, M).
#
# Why would anyone want r after the product? Look at what has to wait. With r after it, all three blocks of q come out of **one**
# wide product. With r before it, two blocks give z and r, and only then can the product for g begin: one more at every step.
# Keras' fast implementation for graphics cards (cuDNN) asks for `reset_after=True`, says the same page.
#
# **Explain, for yourself:** with M = 1 both settings would agree. Why?

# %% [markdown]
# *Double-click here, and write your sentence.*

# %% [markdown]
# ## Gate by gate
#
# The explorer has every number of a step. Here q is the part of q that belongs to g, with its own bias `bhg`: choose a
# number of `g`, then one of `q`, and find both rows of the bias.
#
# **Predict:** `g[0,3,1]` is a tanh of which sum? Name the four arrays whose numbers meet in it.

# %%
my_guess = None  # type yours

# %%
model = keras.Sequential([keras.Input((T, D)), keras.layers.GRU(M, return_sequences=True)])
model.set_weights([Wx, Wh, b])
rnnshapes.explore(X=X, model=model, at="g[0,3,1]", show=["step", "sum"])

# %% [markdown]
# A row of X with a column of `Wxg`, the number `bxg[1]`, and `r[0,3,1]` times `q[0,3,1]`. The second bias is inside that q.
# With `reset_after=False` the explorer shows `s` in its place, r times h, and no second bias.
#
# ## The trap: weights that move house
#
# PyTorch gives every recurrent layer two biases, its LSTM too
# ([PyTorch, LSTM](https://pytorch.org/docs/stable/generated/torch.nn.LSTM.html)). Keras' LSTM has one. Who moves an LSTM
# from PyTorch to Keras has to add the two, and that is right: an LSTM has nothing between them. Then somebody moves a
# [GRU](https://pytorch.org/docs/stable/generated/torch.nn.GRU.html) with the same lines of code. Its blocks stand in the order r, z, g there.
#
# **Predict:** we play that: Keras' weights with the blocks z and r exchanged, or with the rows summed, or both. Which of
# the three is an error message?

# %%
my_guess = None  # type yours

# %%
def exchanged(array):
    z, r, g = np.split(array, 3, axis=-1)
    return np.concatenate([r, z, g], axis=-1)


total = np.stack([b[0] + b[1], 0 * b[1]])
moved = {"blocks": [exchanged(one) for one in (Wx, Wh, b)], "rows": [Wx, Wh, total]}
moved["both"] = [exchanged(one) for one in moved["rows"]]
for name, weights in moved.items():
    layer.set_weights(weights)
    print(f"{name:7} off by", np.abs(np.asarray(layer(X)) - states).max().round(3))

# %% [markdown]
# None of them. All shapes fit, and the numbers look like any others. Only a comparison on data tells, with biases that are not
# zeros, and that is what the checks of this course do.
#
# ## What to take home
#
# The gauge can do with a GRU: 294 parameters in place of 364, and one state to carry. It keeps with z, and begins anew with r.
#
# - **Built by hand:** $h = z \odot h_{last} + (1 - z) \odot g$ with $g = \tanh(p_g + r \odot q_g)$, cut out of two wide sums in
#   Keras' order z, r, g. Shapes: (D, 3M), (M, 3M), (2, 3M).
# - **The picture:** two wide sums, p and q, each with its row of the bias. r stands in the way of one part of q.
# - **The trap:** the rows may be summed for z and r, and not for g, where only the second one passes through r. No shape and no
#   new layer shows it. With `reset_after=False` one row, (3M,), is enough.
#
# Your turn: the assignment `release/08_gru/gru.ipynb` has other sizes, and asks which numbers of the bias may move.
