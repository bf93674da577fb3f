# ---
# title: RNN shapes
# idea: one step, the loop over t, N samples at once
# ---

# %% [markdown]
# # RNN shapes
#
# A ship has reported three numbers ten times in a row. Where will it be next? A recurrent network reads such a sequence step
# by step and keeps what matters in a small state, so the same few weights serve ten steps or ten thousand. That is why people
# use one wherever order counts and data keep coming: sensors, speech, text.
#
# Whenever you hear **N×T×D**, see a box and its dimensions. In this lecture we put one such box into a recurrent network,
# read every shape inside, and then compute the same numbers by hand. Which two numbers will come out, and why?
#
# | letter | counts | here |
# |---|---|---|
# | **N** | samples | 1 |
# | **T** | time steps | 10 |
# | **D** | input features | 3 |
# | **M** | hidden units | 5 |
# | **K** | output nodes | 2 |
#
# The five sizes are all different on purpose: when you meet a 5 in a shape, you know that it is M.
#
# **K > 1 does not imply classification.** A ship's next position is a latitude and a longitude: K = 2, and it is a
# regression: it predicts quantities. What makes a classifier is what the outputs mean and which loss trains them. The number
# of output nodes does not decide it.
#
# At each **Predict**, type your guess into the cell below, and only then run the next one. A wrong guess that you made
# yourself teaches more than a right answer that you read.

# %%
import numpy as np
import rnnshapes
from rnnshapes import draw

keras = rnnshapes.import_keras()  # `from tensorflow import keras`, without its start-up messages
keras.utils.set_random_seed(0)  # NumPy's random numbers too

N, T, D, K, M = 1, 10, 3, 2, 5
sizes = rnnshapes.Sizes(N=N, T=T, D=D, M=M, K=K)
print(sizes.legend())

# %% [markdown]
# ## The box
#
# We make dummy data: random numbers are enough, because a shape does not care what the numbers mean.
#
# **Predict:** how many numbers are in `X`, and what is the shape of `X[0]`?

# %%
my_guess = {"numbers in X": None, "shape of X[0]": None}  # type yours

# %%
X = np.random.randn(N, T, D)
print("your guess:", my_guess)
print("X has", X.size, "numbers; X[0] is", X[0].shape)

# %%
draw.box("X", "NTD", sizes)

# %% [markdown]
# Depth is N, down is T, across is D. NumPy prints in that order. `X[n]` is one sheet, and `X[n, t]` is one row of D
# features. `X[:, t]` cuts one time step out of every sample.
#
# With N = 1 the box is one sheet thick. It is still a box: Keras wants the axis N even when there is one sample.
#
# ## The model
#
# A recurrent network reads one time step after the other. It keeps M numbers, its **hidden units**; their values are the
# **state** h. Each step mixes the new input with the last state, and **tanh** squashes each result to between −1 and 1.
#
# Our model is Input → SimpleRNN → Dense. SimpleRNN uses tanh unless it is told otherwise
# ([Keras, SimpleRNN](https://keras.io/api/layers/recurrent_layers/simple_rnn/)). The Dense layer gets no activation, so
# this is a regression ([Keras, Dense](https://keras.io/api/layers/core_layers/dense/)). The model is untrained, and that
# is all right. Its random weights define a function as good as any other, and we want to reproduce it.

# %%
model = keras.Sequential([
    keras.Input((T, D)),
    keras.layers.SimpleRNN(M),
    keras.layers.Dense(K),
])
Yhat = model.predict(X, verbose=0)
Yhat

# %% [markdown]
# Take note of these two numbers. At the end of the lecture you will have computed them without Keras.
#
# Their shape is (1, 2) = (N, K). T is gone: the layer looked at ten time steps and kept the last state. D is gone as
# well, and M has come and gone in between.
#
# ## How many parameters?
#
# Before `summary()` tells: the step that we will compute is
#
# $$h_t = \tanh(x_t W_x + h_{t-1} W_h + b_h) \qquad \hat y_t = h_t W_o + b_o$$
#
# In it $x_t$ has D numbers, $h_t$ has M, and $\hat y_t$ has K. $h_{t-1}$ is the state of the step before; in code we call it
# `h_last`. The second formula is the Dense layer; we call it the **head**.
#
# **Predict:** what shape must each weight have so that the letters fit? How many numbers is that for each layer?

# %%
rnn_parameters = None    # type a sum of products of letters, for example T*K + N
dense_parameters = None

# %%
print("your guess:", rnn_parameters, "+", dense_parameters)
model.summary()

# %% [markdown]
# `None` in the table stands for N: the model takes any number of samples.

# %%
draw.weights(sizes)

# %% [markdown]
# A row of D numbers becomes M numbers, so `Wx` is (D, M). The last state of M numbers becomes M numbers, so `Wh` is
# (M, M). One bias for each hidden unit: `bh` is (M,).
#
# $$DM + MM + M = 3\cdot5 + 5\cdot5 + 5 = 45 \qquad MK + K = 5\cdot2 + 2 = 12 \qquad 45 + 12 = 57$$
#
# Neither N nor T is in the count. More samples or more time steps need no more weights.

# %%
assert D*M + M*M + M == model.layers[0].count_params() == 45
assert M*K + K == model.layers[1].count_params() == 12
model.count_params()

# %% [markdown]
# ## Which weight is which?
#
# `get_weights()` returns arrays without names.

# %%
[weight.shape for weight in model.layers[0].get_weights()]

# %% [markdown]
# **Predict:** three arrays, (3, 5), (5, 5) and (5,). Which one takes the input, which the last state, and how can you tell?

# %%
my_guess = {"takes the input": None, "takes the last state": None}  # type yours

# %%
[sizes.letters(weight.shape) for weight in model.layers[0].get_weights()]

# %% [markdown]
# D = 3 and M = 5 tell. The array that starts with D takes the input: (D, M). The square one takes a state and gives a
# state: (M, M). The flat one is the bias. Had we chosen D = M, the shapes would not tell them apart.
# Sizes that differ are a habit worth keeping.

# %%
Wx, Wh, bh = model.layers[0].get_weights()
Wo, bo = model.layers[1].get_weights()
{name: (value.shape, sizes.letters(value.shape))
 for name, value in dict(Wx=Wx, Wh=Wh, bh=bh, Wo=Wo, bo=bo).items()}

# %% [markdown]
# ## One step
#
# Two products, both with M numbers, plus a bias of M numbers; then tanh. `@` is the matrix product. Letters that touch
# cancel: (D,)(D, M) leaves (M,), and (M,)(M, M) leaves (M,).

# %%
draw.step(sizes)

# %%
x = X[0]               # (T, D): the one sample
h_last = np.zeros(M)   # (M,): the state before the first step
h = np.tanh(x[0] @ Wx + h_last @ Wh + bh)  # (M,)
h

# %% [markdown]
# The state starts at zeros, because that is what Keras starts from when it is given no `initial_state`
# ([Keras, RNN](https://keras.io/api/layers/recurrent_layers/rnn/)). A wrong start would show: it enters the
# first step through Wh, and from there every later step. We will try it below.
#
# Here are your X and your model once more, and this time every number answers. Choose a number of h: by mouse, with its
# sliders, or with the arrow keys. The framed row and the framed column are what met to make it.
#
# **Predict:** the choice moves from unit m = 2 to m = 3. Which of the two frames moves, the row or the column?

# %%
my_guess = None  # type yours

# %%
rnnshapes.explore(X=X, model=model, at="h[0,0,2]", show=["step", "sum"])

# %% [markdown]
# The column moves, in `Wx` and in `Wh`; the row stays. One unit is one column of each weight, and all units read the same
# row. Move t instead: now the rows change, and the columns stay where they are. (Where this page runs no scripts, you see the
# figure alone.)
#
# ## The loop
#
# Ten steps, one after the other, and the same weights in each.

# %%
draw.unrolled(sizes)

# %% [markdown]
# **Predict:** what is the shape of `Yhats` after this loop?

# %%
my_guess = None  # type yours

# %%
h_last = np.zeros(M)
Yhats = []
for t in range(T):
    h = np.tanh(x[t] @ Wx + h_last @ Wh + bh)  # (M,)
    Yhats.append(h @ Wo + bo)                  # (K,)
    h_last = h                                 # what the next step starts from
Yhats = np.array(Yhats)
Yhats.shape, sizes.letters(Yhats.shape)

# %%
print("by hand, last row:", Yhats[-1])
print("model.predict():  ", Yhat[0])
print("largest difference:", np.abs(Yhats[-1] - Yhat[0]).max())

# %% [markdown]
# There they are, the two numbers from above. They differ by less than 0.000001: Keras computes with 32 bits, our
# `x` has 64, and sums rounded in another way end a little apart. In this course two results **agree** when no number differs
# by more than **0.00001**. A mistake is usually off by far more; but a wrong start can fade, as you will see.

# %%
assert np.abs(Yhats[-1] - Yhat[0]).max() <= rnnshapes.TOLERANCE
rnnshapes.TOLERANCE

# %% [markdown]
# Now watch the loop run. Step through it, or press Play: at each t one column is filled, and an arrow carries it on. Then choose
# `y`, and look for the number that `predict()` gave.

# %%
rnnshapes.explore(X=X, model=model, at="h[0,0,0]", show=["time", "sum"])

# %% [markdown]
# We kept every ŷ, although only the last one is compared. Nothing is wasted: a twin of the model with
# `return_sequences=True` returns all T rows, and ours agree with them too.

# %%
twin = keras.Sequential([
    keras.Input((T, D)),
    keras.layers.SimpleRNN(M, return_sequences=True),
    keras.layers.Dense(K),
])
twin.set_weights(model.get_weights())
draw.compare(Yhats, twin.predict(X, verbose=0)[0], "TK", sizes, name="Yhats")

# %% [markdown]
# ## More than one sample
#
# Think of N films that run in lockstep. At step t we cut one slab `X[:, t]` out of the box: N rows of D features.
# The state has one row for each film, (N, M). The weights are the same: nobody buys a new projector for each film.

# %%
six = rnnshapes.Sizes(N=6, T=T, D=D, M=M, K=K)
draw.lockstep(six)

# %% [markdown]
# **Predict:** in the line that makes `h_last` below, what are the shapes of the two products? How does `bh`, (M,), get added
# to them?

# %%
my_guess = None  # type yours

# %%
X6 = np.random.randn(six.N, T, D)
h_last = np.zeros((six.N, M))
for t in range(T):
    h_last = np.tanh(X6[:, t] @ Wx + h_last @ Wh + bh)
Yhat6 = h_last @ Wo + bo
print("products:", (X6[:, t] @ Wx).shape, (h_last @ Wh).shape, "  letters:", six.letters((X6[:, t] @ Wx).shape))
print("largest difference:", np.abs(Yhat6 - model.predict(X6, verbose=0)).max())

# %% [markdown]
# (N, D)(D, M) and (N, M)(M, M) both give (N, M). The loop over t has to stay, since each step needs the one before. A loop over n is not needed: the films know
# nothing of each other. NumPy adds `bh` to each of the N rows; this is called broadcasting.
#
# **Predict:** in the explorer, move N from 6 to 12, and then T to 20. Which boxes grow? Which weights?

# %%
my_guess = None  # type yours

# %%
rnnshapes.explore(six, at="h[2,3,1]", show=["boxes", "step"])

# %% [markdown]
# X grows with both, h as well, and y with N alone. No weight grows, and no number of film 2 changes when other films join it.
#
# ## Break it on purpose
#
# A result that agrees could agree by luck. So let's break one thing at a time and see what each does. For that, the loop
# becomes a function.

# %%
def run(x, h_last, bh, carry=True):
    rows = []
    for t in range(len(x)):
        h = np.tanh(x[t] @ Wx + h_last @ Wh + bh)
        rows.append(h @ Wo + bo)
        if carry:
            h_last = h
    return np.array(rows)


right = run(x, np.zeros(M), bh)
print("largest difference:", np.abs(right[-1] - Yhat[0]).max())

# %% [markdown]
# **Predict:** we start from ones instead of zeros, or we forget to carry the state. In which rows does each mistake show?

# %%
my_guess = None  # type yours

# %%
broken = {
    "starts from ones": run(x, np.ones(M), bh),
    "state not carried": run(x, np.zeros(M), bh, carry=False),
}
draw.over_time({name: rows - right for name, rows in broken.items()}, sizes)

# %% [markdown]
# A wrong start shows from the first row on. Here it grows once and then fades; Wh decides how long it lasts. A forgotten
# carry is invisible in the first row, where the state is zeros anyway. It shows from the second row on, and here it stays.
#
# **Predict:** and if we drop the bias?

# %%
my_guess = None  # type yours

# %%
without_bias = run(x, np.zeros(M), 0 * bh)
print("largest difference:", np.abs(without_bias - right).max())

# %% [markdown]
# Nothing at all! Keras starts this bias at zeros
# ([`bias_initializer="zeros"`](https://keras.io/api/layers/recurrent_layers/simple_rnn/)), so on an untrained model a
# forgotten bias gives the right numbers for the wrong reason. We set it to something else, and look again.

# %%
bh_new = np.random.uniform(0.2, 0.6, M).astype("float32")
twin.layers[0].set_weights([Wx, Wh, bh_new])
right_new = run(x, np.zeros(M), bh_new)
print("by hand, with the bias, against predict():", np.abs(right_new - twin.predict(X, verbose=0)[0]).max())
without_bias = run(x, np.zeros(M), 0 * bh_new)
draw.over_time({"bias dropped": without_bias - right_new}, sizes)

# %% [markdown]
# Now it shows, in every row. That is why every model in the assignments has biases that are not zero.
#
# The explorers above have these switches too, under **Break it**: the wrong number stands beside the right one. Swap the axes of
# `Wh` there. No shape complains, since `Wh` is square, and yet from the second step on the numbers are wrong.
#
# ## What to take home
#
# - X is a box (N, T, D). One sample is a sheet (T, D), one step of it a row (D,).
# - Wx (D, M), Wh (M, M), bh (M,): the letters tell which is which, and their products count the parameters.
# - One step gives (M,), the head gives (K,). T steps use the same weights.
# - With N samples the state is (N, M), and the loop over t stays the only one.
# - A check that can't fail shows nothing: break it on purpose.
#
# Your turn: the assignment of this lesson has another N and T, and the same five letters. Its checks change all five.
