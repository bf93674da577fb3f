# ---
# title: Backpropagation through time
# idea: the gradient of a loss, walked back step by step to every weight
# ---

# %% [markdown]
# # Backpropagation through time: who is to blame?
#
# Since eight in the morning a network has read the level of a river, one row every hour. After eight rows it says how high
# the river will stand at night, and it is wrong. Training should change the weights, so that it is less wrong tomorrow. But
# **the same Wh was used eight times**, once in each step, and its first use was hours before the error. How does that one
# hear of it, and how much is it to blame?
#
# | letter | counts | here |
# |---|---|---|
# | **N** | samples | 3 |
# | **T** | time steps | 8 |
# | **D** | input features | 2 |
# | **M** | hidden units | 5 |
# | **K** | output nodes | 4 |
#
# At each **Predict**, type your guess into the cell below, and only then run the next one.

# %%
import numpy as np
import rnnshapes
from rnnshapes import draw

keras = rnnshapes.import_keras()  # `from tensorflow import keras`, without its start-up messages
import tensorflow as tf

# %%
keras.utils.set_random_seed(9)
N, T, D, M, K = 3, 8, 2, 5, 4
sizes = rnnshapes.Sizes(N=N, T=T, D=D, M=M, K=K)
X = np.random.randn(N, T, D)
Y = np.random.randn(N, K)                 # what the last ŷ should have been
h0 = np.random.uniform(-0.9, 0.9, (N, M))  # a state to start from, so that nothing agrees by luck
print(sizes.legend())

# %%
draw.lockstep(sizes)

# %% [markdown]
# This is lesson 01's picture, and here `h0` stands in the place of the zeros. Forward, everything runs from left to right. The
# error is known at the upper right. Who is to blame for it lies on the way back.
#
# ## Which shape has a gradient?
#
# The **loss** is one number. It says how wrong all predictions are together. The **gradient** by an array says, for each
# number in that array: if this one number grows a little, how fast does the loss grow? We write dWh for the gradient by Wh.
#
# **Predict:** which shapes have dWx, dWh, dbh, and dh0, the gradient by the state before the first step?

# %%
my_guess = {"dWx": None, "dWh": None, "dbh": None, "dh0": None}  # type four shapes

# %%
bias = keras.initializers.RandomUniform(0.2, 0.6)
layer = keras.layers.SimpleRNN(M, return_sequences=True, bias_initializer=bias, dtype="float64")
head = keras.layers.Dense(K, bias_initializer=bias, dtype="float64")
start = tf.constant(h0)
with tf.GradientTape() as tape:  # writes down what is computed, and can go back through it
    tape.watch(start)
    Yhat = head(layer(X, initial_state=start)[:, -1])
    loss = 0.5 * tf.reduce_sum((Yhat - Y) ** 2)
of_tape = [np.asarray(one) for one in tape.gradient(loss, [*layer.trainable_weights, start])]
print("your guess:", my_guess)
print({name: sizes.letters(one.shape) for name, one in zip(["dWx", "dWh", "dbh", "dh0"], of_tape, strict=True)})

# %% [markdown]
# **Each gradient has the shape of its array**: one slope for each number. So an update such as `Wh - 0.1 * dWh` fits
# ([TensorFlow, automatic differentiation](https://www.tensorflow.org/guide/autodiff)).
#
# N and T are gone from dWh. All samples and all steps share one Wh, so what they say about it is added up. dh0 has an N, as
# each sample starts from a row of its own.
#
# ## A slope can be measured
#
# No calculus is needed to find a slope. We change one number by a small ε, up and down, and run everything again. The loss
# has changed by about 2ε times the slope:
#
# $$\frac{loss(w + ε) - loss(w - ε)}{2ε}$$
#
# This is a **finite difference**. Here is the forward pass by hand, in the precision of what comes in.

# %%
Wx, Wh, bh = layer.get_weights()
Wo, bo = head.get_weights()


def forward(X, h, Wx, Wh, bh):
    rows = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)  # (N, M)
        rows.append(h)
    return np.stack(rows, axis=1)                # (N, T, M)

# %%
def loss_of(Wh, dtype="float64"):
    x, h, wx, b, wo, c, y = (array.astype(dtype) for array in (X, h0, Wx, bh, Wo, bo, Y))
    Yhat = forward(x, h, wx, Wh.astype(dtype), b)[:, -1] @ wo + c
    return 0.5 * np.sum((Yhat - y) ** 2)


print("by hand", loss_of(Wh), "  Keras", loss.numpy())

# %% [markdown]
# **Predict:** we measure the slope of the loss by `Wh[1, 2]`, with ε = 0.1, 0.01, and so on. Does each smaller ε bring us
# nearer to the tape's number? And is it the same in float32?

# %%
my_guess = {"best ε in float64": None, "best ε in float32": None}  # type two powers of ten

# %%
def measured(i, j, step, dtype="float64"):
    change = np.zeros((M, M))
    change[i, j] = step
    return (loss_of(Wh + change, dtype) - loss_of(Wh - change, dtype)) / (2 * step)


print("your guess:", my_guess, "  the slope:", of_tape[1][1, 2].round(2))
for step in 10.0 ** np.arange(-1, -12, -1):
    for dtype in ("float64", "float32"):
        error = abs(measured(1, 2, step, dtype) - of_tape[1][1, 2])
        stars = "*" * int(12 + np.log10(error))  # one star for each power of ten
        print(f"ε = {step:.0e} {dtype}: off by {error:.0e} {stars:12}", end="\n" if dtype == "float32" else "   ")

# %% [markdown]
# In neither column is the smallest ε the best one. With a large ε the curve bends between the two points, and this error
# sinks with ε². With a small one the two losses are nearly equal. Their difference then consists of rounding, and that is
# divided by a tiny 2ε. float32 has 7 digits, and of the slope at best 4 are left. With float64 and ε = 10⁻⁵ there are about
# 10. So gradients are tested in **float64**.
#
# We measure all of dWh in this way:

# %%
by_measuring = np.array([[measured(i, j, 1e-5) for j in range(M)] for i in range(M)])
print("largest difference from the tape:", np.abs(by_measuring - of_tape[1]).max())
print("forward passes for dWh:", 2 * M * M, "  for all weights:", 2 * sum(w.size for w in (Wx, Wh, bh, Wo, bo)))

# %% [markdown]
# It is right, and too slow: two forward passes for each single number. A layer of 1,000 units has a million of them. Going
# **back** gives them all for the price of about two or three forward passes.
#
# ## One step back
#
# Forward, a step is $z = x_t W_x + h_{last} W_h + b_h$, and then $h = \tanh(z)$. Backward, **dh** arrives: how the loss
# changes with h. First it passes tanh, and then Wh.
#
# **Predict:** how steep is tanh where it gives h = 0, 0.5, and 0.99?

# %%
my_guess = {0: None, 0.5: None, 0.99: None}  # type three slopes

# %%
print("your guess:", my_guess)
for h in (0, 0.5, 0.99):
    z = np.arctanh(h)
    print(f"h = {h}: measured {(np.tanh(z + 1e-5) - np.tanh(z - 1e-5)) / 2e-5:.4f}, 1 − h² = {1 - h**2:.4f}")

# %% [markdown]
# The slope of tanh is **1 − h²**. What the forward pass has kept, h, is all that we need. Near ±1 tanh is flat, and nothing
# gets through:
#
# $$dz = dh \odot (1 - h^2)$$
#
# Now through Wh. Forward, unit i gives `Wh[i, m]` of itself to every unit m. So it hears from every m, with the same
# number: dh_last[i] is the sum over m of dz[m]·Wh[i, m].
#
# **Predict:** is that `dz @ Wh` or `dz @ Wh.T`? Both fit.

# %%
my_guess = None  # type yours

# %%
H = forward(X, h0, Wx, Wh, bh)
dh = (np.asarray(Yhat) - Y) @ Wo.T            # (N, K)(K, M): the loss, back through the head
dz = dh * (1 - H[:, -1] ** 2)                 # (N, M): back through tanh

# %%
with tf.GradientTape() as tape:
    h_last = tf.constant(H[:, -2])
    tape.watch(h_last)
    h = tf.tanh(X[:, -1] @ Wx + h_last @ Wh + bh)
    one_loss = 0.5 * tf.reduce_sum((h @ Wo + bo - Y) ** 2)
dh_last = tape.gradient(one_loss, h_last).numpy()
print("your guess:", my_guess)
print({name: np.abs(found - dh_last).max() for name, found in {"dz @ Wh": dz @ Wh, "dz @ Wh.T": dz @ Wh.T}.items()})

# %% [markdown]
# `dz @ Wh.T`: the letters that meet are both the m of the step, and what is left is the index of the step before. Wh is
# square, so the wrong one raises no error.
#
# ## All steps back
#
# What comes out of one step back is dh of the step before. So we make the same step T times, from the last one to the
# first. At each step we meet the weights once more, and each time they get a term:
#
# **Predict:** x_t is (N, D) and dz is (N, M). With which product do you get (D, M) from them, and what becomes of N?

# %%
my_guess = None  # type yours

# %%
def walk_back(dh, X, H, h0, Wh):
    terms = {}
    for t in reversed(range(X.shape[1])):
        dz = dh * (1 - H[:, t] ** 2)
        before = H[:, t - 1] if t else h0           # the state that met Wh in this step
        terms[t] = X[:, t].T @ dz, before.T @ dz, dz.sum(axis=0)  # (D, N)(N, M), (M, N)(N, M), (M,)
        dh = dz @ Wh.T
    return terms, dh


# %%
terms, dh0 = walk_back((np.asarray(Yhat) - Y) @ Wo.T, X, H, h0, Wh)
dWx, dWh, dbh = (sum(parts) for parts in zip(*terms.values(), strict=True))
print("your guess:", my_guess)
print([float(np.abs(mine - tapes).max()) for mine, tapes in zip((dWx, dWh, dbh, dh0), of_tape, strict=True)])

# %% [markdown]
# All four agree with the tape. `X[:, t].T @ dz` is (D, N)(N, M): the product itself adds up the samples. The steps are
# added by `sum`. Adding is the point: who overwrites dWh in the loop keeps one term of T.
#
# **Predict:** now the question of the beginning. How large is the term of each step in dWh, compared with that of the last
# step? Does Wh at step 0 hear anything?

# %%
my_guess = {"step 0 / step 7": None}  # type a number

# %%
lengths = [float(np.linalg.norm(terms[t][1])) for t in range(T)]
print("your guess:", my_guess, "  step 0 / step 7:", round(lengths[0] / lengths[-1], 3))
print({t: round(length, 3) for t, length in enumerate(lengths)})

# %% [markdown]
# It hears, through seven more steps than the last one: seven slopes of tanh and seven times Wh. The gradient by Wh is **a
# sum of T terms, and each is as long a product as its distance from the loss**. That is all of backpropagation through
# time.
#
# **Explain, for yourself:** a weight that is used once has a gradient of one term. Why does it not matter for the formula
# that all eight uses are of the same Wh?

# %% [markdown]
# *Double-click here, and write your sentence.*

# %% [markdown]
# ## How near is near enough?
#
# Two results agree in this course when no number differs by more than 0.00001. Does this suit gradients, too? Keras works
# in float32 unless told otherwise ([Keras, `floatx`](https://keras.io/api/utils/config_utils/)). It keeps 24 binary digits,
# so each rounding is off by up to $2^{-24}$, which is 0.00000006 of the number. A gradient by a weight is a sum of N·T
# terms. Terms near 1 are off by N·T·$2^{-24}$ if all roundings point the same way, and by about $\sqrt{NT}$·$2^{-24}$ if
# they point anywhere.
#
# **Predict:** the largest hidden cases have N = 12 and T = 15. What do the two formulas give? We then measure 300 random
# cases of this size, float32 against float64.

# %%
my_guess = {"at worst": None, "as a rule": None, "measured": None}  # type three numbers

# %%
rng = np.random.default_rng(0)


def dWh_in(dtype, given):
    dh, x, h, w, wx = (array.astype("float32").astype(dtype) for array in given)
    steps, _ = walk_back(dh, x, forward(x, h, wx, w, 0 * w[0]), h, w)
    return sum(step[1] for step in steps.values())


# %%
off = []
for _ in range(300):
    W = rng.standard_normal((7, 7))
    W *= 0.9 / np.abs(np.linalg.eigvals(W)).max()  # a word on this 0.9 comes below
    shapes = (12, 7), (12, 15, 4), (12, 7), (4, 7)  # of dh, X, h0 and Wx: N = 12, T = 15, D = 4, M = 7
    dh, x, h, wx = (0.5 * rng.standard_normal(shape) for shape in shapes)
    off.append(np.abs(dWh_in("float64", (dh, x, h, W, wx)) - dWh_in("float32", (dh, x, h, W, wx))).max())
worst = max(off)
print("your guess:", my_guess)
print(f"at worst {180 * 2**-24:.1e}   as a rule {180**0.5 * 2**-24:.1e}   measured {worst:.1e}")

# %% [markdown]
# So **0.00001** suits gradients as well: a right answer lies about ten times below it. But it is a difference and no ratio.
# A gradient that has grown to 1,000 has errors that are 1,000 times as large, and then no right answer would pass. The trap
# below has to do with that.
#
# ## A loss on every step
#
# Often every ŷ has a target: the river's level for each hour. The loss is then a sum over all steps, and something arrives
# from outside at each of them. We call it **dH**, (N, T, M).
#
# **Predict:** on how many ways does h at step 3 reach the loss? How many of these does one line of the loop have to add?

# %%
my_guess = {"ways": None, "to add": None}  # type two numbers

# %%
def walk_back_from_all(dH, X, H, h0, Wh):
    dWx, dWh, dbh, dh = 0.0, 0.0, 0.0, 0.0
    for t in reversed(range(X.shape[1])):
        dz = (dH[:, t] + dh) * (1 - H[:, t] ** 2)   # what arrives here, and what comes back
        dWx = dWx + X[:, t].T @ dz
        dWh = dWh + (H[:, t - 1] if t else h0).T @ dz
        dbh = dbh + dz.sum(axis=0)
        dh = dz @ Wh.T
    return dWx, dWh, dbh, dh


# %%
Ys = rng.standard_normal((N, T, K))
dH = (H @ Wo + bo - Ys) @ Wo.T
mine = walk_back_from_all(dH, X, H, h0, Wh)

# %%
with tf.GradientTape() as tape:
    tape.watch(start)
    states = layer(X, initial_state=start)
    total = 0.5 * tf.reduce_sum((head(states) - Ys) ** 2)
all_steps = [np.asarray(one) for one in tape.gradient(total, [*layer.trainable_weights, start])]
print("your guess:", my_guess)
print([float(np.abs(one - tapes).max()) for one, tapes in zip(mine, all_steps, strict=True)])

# %% [markdown]
# Five ways: through its own ŷ, and through the four later ones. Two things are added: what arrives at step 3, and what
# comes back from step 4, which holds all the later ones already. That is why one walk is enough for T losses.
#
# ## The picture: a heat map over t
#
# Each step back multiplies by Wh. How much a matrix makes of a vector, after many times, its **spectral radius** says: the
# largest |eigenvalue|. We take three networks of 40 units, with the same Wh but for a factor, so that the radius is 0.5, 1,
# and 3. A gradient of length 1 arrives at the last of 20 steps.
#
# **Predict:** how long is dh at step 0, as a power of ten, for each of the three?

# %%
my_guess = {"radius 0.5": None, "radius 1": None, "radius 3": None}  # type three powers of ten

# %%
wide = rnnshapes.Sizes(N=3, T=20, D=2, M=40, K=1)
rng = np.random.default_rng(1)
unit = rng.standard_normal((40, 40))
unit /= np.abs(np.linalg.eigvals(unit)).max()  # now its radius is 1
x, wx, b = rng.standard_normal((3, 20, 2)), 0.1 * rng.standard_normal((2, 40)), np.zeros(40)
arrives = rng.standard_normal((3, 40))
arrives /= np.linalg.norm(arrives, axis=1, keepdims=True)

# %%
def gradient_film(Wh):
    states, dh, film = forward(x, np.zeros((3, 40)), wx, Wh, b), arrives, []
    for t in reversed(range(20)):
        film.append(dh)
        dh = (dh * (1 - states[:, t] ** 2)) @ Wh.T
    return np.stack(film[::-1], axis=1)  # (N, T, M): dh of every step, in its place


films = {f"radius {radius}": gradient_film(radius * unit) for radius in (0.5, 1, 3)}
draw.gradients(films, wide)

# %% [markdown]
# Read it from right to left, as the gradient goes.
#
# - Radius 0.5: **vanishing**. Each step halves it, or worse, and $0.5^{19}$ is 0.000002. What happened at step 0 has no say
#   in the update: the network cannot learn from it, however important it was.
# - Radius 1: **holding**, nearly. Only the slopes of tanh take something away.
# - Radius 3: **exploding**. Wh wants to triple it in each step. The slopes work against that, since large states lie where
#   tanh is flat. It grows some hundred times all the same.
#
# An LSTM has a way on which only the forget gate multiplies, as we saw in lesson 07. With f near 1 this way stays in the
# middle row, whatever Wh does.
#
# **Explain, for yourself:** which of the three is easy to see while you train, and which one looks as if all were well?

# %% [markdown]
# *Double-click here, and write your sentence.*

# %% [markdown]
# ## The trap: chaos
#
# A large gradient by h0 says that a tiny change of h0 changes the end a lot. We try it: one number of h0 is changed by
# 10⁻⁷, about the last binary digit of a float32. Then the three networks run for 150 steps, without any input.
#
# **Predict:** how large is the largest difference between the two runs at steps 0, 50, 100, and 149, for each radius?

# %%
my_guess = {"radius 0.5": None, "radius 1": None, "radius 3": None}  # type what you expect at the last step

# %%
quiet, begin = np.zeros((1, 150, 2)), rng.uniform(-0.5, 0.5, (1, 40))
nudged = begin.copy()
nudged[0, 0] += 1e-7
print("your guess:", my_guess)
for radius in (0.5, 1, 3):
    runs = [forward(quiet, h, wx, radius * unit, b) for h in (begin, nudged)]
    off = np.abs(runs[1] - runs[0]).max(axis=(0, 2))  # (T,)
    print(f"radius {radius}:", {t: f"{off[t]:.0e}" for t in (0, 50, 100, 149)})

# %% [markdown]
# With radius 0.5 the difference is forgotten. With radius 3 it grows until the two runs have nothing in common. This is
# **chaos**: the rule is known exactly, and no precision is enough for long.
#
# **Predict:** you write the forward pass by hand, all of it right, and compare with Keras for 150 steps. You in float64,
# Keras in float32. At which radius do you pass the check?

# %%
my_guess = {"radius 0.5": None, "radius 1": None, "radius 3": None}  # type True or False

# %%
print("your guess:", my_guess)
for radius in (0.5, 1, 3):
    simple = keras.layers.SimpleRNN(40, return_sequences=True)
    simple.build(quiet.shape)
    simple.set_weights([wx, radius * unit, b])
    of_keras = np.asarray(simple(quiet.astype("float32"), initial_state=begin.astype("float32")))
    off = np.abs(forward(quiet, begin, wx, radius * unit, b) - of_keras).max(axis=(0, 2))
    beyond = np.flatnonzero(off > rnnshapes.TOLERANCE)
    print(f"radius {radius}: off by up to {off.max():.0e}", f"beyond the tolerance from step {beyond[0]} on" if len(beyond) else "")

# %% [markdown]
# A long chaotic sequence cannot be compared digit by digit. Nobody is wrong here: both have rounded, each in their own way,
# and the rounding has grown. That is why the SimpleRNNs that your answers are compared with have a radius below 1, and T is
# at most 20. Compare **short** sequences, too, when you test a recurrent network of your own.
#
# ## Clipping: one factor for all
#
# An exploding gradient throws the weights far away in one update. A cure: if it is too long, make it shorter. Its length is
# that of all arrays together, the **global norm**: the root of the sum of the squares of all their numbers.
#
# **Predict:** dWx, dWh and dbh have a global norm of 13, and at most 1 is allowed. Is each array divided by 13, or each by
# its own norm? What is the difference for the direction of the update?

# %%
my_guess = None  # type yours

# %%
gradients = [np.array([[3.0]]), np.array([[4.0]]), np.array([12.0])]  # 3² + 4² + 12² = 13²
weights = [keras.Variable(np.zeros(one.shape)) for one in gradients]
keras.optimizers.SGD(1.0, global_clipnorm=1.0).apply([tf.constant(one, "float32") for one in gradients], weights)
norm = np.sqrt(sum((one**2).sum() for one in gradients))
print("your guess:", my_guess, "  norm:", norm)
print("Keras moved the weights by", [round(float(w.numpy().ravel()[0]), 4) for w in weights])
print("one factor                ", [round(float(-one.sum() * min(1, 1 / norm)), 4) for one in gradients])
print("each by its own norm      ", [round(float(-one.sum() / np.linalg.norm(one)), 4) for one in gradients])

# %% [markdown]
# With one factor the update keeps its direction, and is only shorter ([Keras, Optimizer,
# `global_clipnorm`](https://keras.io/api/optimizers/)). With a norm for each array the three numbers become equal, though
# one was four times as large as another: that is another direction. And a gradient that is short enough stays as it is: the
# factor is at most 1.
#
# Clipping helps against exploding gradients. It does nothing for vanishing ones: a number that is not there cannot be made
# longer.
#
# ## Truncation: chunks with the gradient cut
#
# A film of 10,000 steps has to be kept whole until the walk back is done: every h is needed for its slope. So one cuts it
# into chunks, as in lesson 04, hands the **state** on, and lets the gradient stop at each border. `tf.stop_gradient` says
# so to the tape.
#
# Here is who hears of whom: row s is the loss at step s, column t the length of dz that comes from it at step t.

# %%
def heard(s):
    dh, row = dH[:, s], np.zeros(T)
    for t in reversed(range(s + 1)):
        dz = dh * (1 - H[:, t] ** 2)
        row[t] = np.linalg.norm(dz)
        dh = dz @ Wh.T
    return row


table = np.array([heard(s) for s in range(T)])  # (T, T)
print(table.round(2))

# %% [markdown]
# **Predict:** we cut into two chunks of 4 steps. Which of the 36 numbers that are not zero by their place are lost? How
# large a part of dWh is that?

# %%
my_guess = {"numbers": None, "part of dWh": None}  # type two numbers

# %%
chunk = np.arange(T) // 4
print("your guess:", my_guess, "  lost:", int(np.tril(chunk[:, None] != chunk).sum()))
print(np.where(chunk[:, None] == chunk, table.round(2), 0))

first = walk_back_from_all(dH[:, :4], X[:, :4], H[:, :4], h0, Wh)       # each chunk by itself
second = walk_back_from_all(dH[:, 4:], X[:, 4:], H[:, 4:], H[:, 3], Wh)  # its h0 is the state that was handed on
cut = first[1] + second[1]
print("length of what dWh has lost:", round(float(np.linalg.norm(cut - mine[1]) / np.linalg.norm(mine[1])), 3), "of dWh")

# %%
with tf.GradientTape() as tape:
    one = layer(X[:, :4], initial_state=h0)
    two = layer(X[:, 4:], initial_state=tf.stop_gradient(one[:, -1]))
    total = 0.5 * tf.reduce_sum((head(tf.concat([one, two], axis=1)) - Ys) ** 2)
print("from the tape with stop_gradient:", np.abs(cut - tape.gradient(total, layer.trainable_weights[1])).max())

# %%
def heard_from_the_end(border=None):
    dh, film = dH[:, -1], np.zeros((N, T, M))
    for t in reversed(range(T)):
        film[:, t] = dh * (1 - H[:, t] ** 2)
        dh = film[:, t] @ Wh.T * (t != border)  # nothing goes back across the border
    return film


draw.gradients({"whole": heard_from_the_end(), "cut": heard_from_the_end(border=4)}, sizes, of="dz")

# %% [markdown]
# The 16 numbers at the lower left are lost: what the losses of steps 4 to 7 have to say to steps 0 to 3. The loss is the
# same, since the state was handed on. The gradient is not: it is that of a network that takes its past for granted. Even
# step 4, which lies right behind the border, tells step 3 nothing. The picture shows what the loss at the last step still
# reaches: −∞ is the power of ten of nothing at all.
#
# What a step says fades with the distance in this network, and a quarter of dWh has gone all the same. Where far-away steps
# matter, a network that is trained with cuts cannot learn it.
#
# ## What to take home
#
# - **Built by hand:** one step back is $dz = dh \odot (1 - h^2)$ and $dh_{last} = dz\,W_h^{\top}$. T of them, from the last
#   step to the first, and each adds a term to dWx, dWh and dbh. Each gradient has the shape of its array.
# - **The picture:** the heat map over t. A term is as long a product as its distance from the loss. It vanishes, holds, or
#   explodes, and clipping helps with the last alone.
# - **The trap:** in a chaotic network a rounding error grows like a gradient. Compare short sequences, in float64.
#
# Your turn: the assignment `release/09_bptt/bptt.ipynb` has other sizes, and the tape is watching.
