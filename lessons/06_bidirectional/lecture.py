# ---
# title: Bidirectional
# idea: a forward and a backward film, joined
# ---

# %% [markdown]
# # Bidirectional: two films, one rewound
#
# So far a state at step t knew the steps 0 to t, and nothing of what comes after. When the whole film lies before us, why
# not run it from both ends? In this lecture a second network reads the same box from the last step to the first. We
# build both by hand, put them side by side, and find out where each of them stops.
#
# | letter | counts | here |
# |---|---|---|
# | **N** | samples | 3 |
# | **T** | time steps | 5 |
# | **D** | input features | 2 |
# | **M** | hidden units of **one** half | 4 |
# | **K** | output nodes | 7 |
#
# A new size appears, **2M** = 8. It is none of the others, so an 8 in a shape is always 2M.
#
# At each **Predict**, type your guess into the cell below, and only then run the next one.

# %%
import numpy as np
import rnnshapes
from rnnshapes import draw

keras = rnnshapes.import_keras()  # `from tensorflow import keras`, without its start-up messages
keras.utils.set_random_seed(6)

N, T, D, M, K = 3, 5, 2, 4, 7
sizes = rnnshapes.Sizes(N=N, T=T, D=D, M=M, K=K)
X = np.random.randn(N, T, D)
print(sizes.legend())

# %% [markdown]
# ## A layer around a layer
#
# `Bidirectional` takes a recurrent layer and makes two of it
# ([Keras, Bidirectional](https://keras.io/api/layers/recurrent_layers/bidirectional/)). The **forward** layer reads the
# film as it is, and the **backward** layer reads it rewound. Unless told otherwise, the outputs are joined: `merge_mode="concat"`.
#
# **Predict:** what is the shape of the output? How many arrays does `get_weights()` return, and how many parameters are in them?

# %%
my_guess = {"output": None, "arrays": None, "parameters": None}  # type yours

# %%
half = keras.layers.SimpleRNN(M, return_sequences=True, bias_initializer=keras.initializers.RandomUniform(0.2, 0.6))
model = keras.Sequential([keras.Input((T, D)), keras.layers.Bidirectional(half)])
seq = model.predict(X, verbose=0)
print("your guess:", my_guess)
print("output:", seq.shape, "=", sizes.letters(seq.shape))
print("arrays:", [sizes.letters(weight.shape) for weight in model.get_weights()])
print("parameters:", model.count_params())

# %% [markdown]
# Two whole networks are inside: six arrays, and 2(DM + MM + M) parameters, twice those of one. The forward layer's three come first. Each half
# still has M hidden units. Only the joined output has 2M numbers for each step.
#
# The names tell the same.

# %%
[weight.path.split("/", 2)[-1] for weight in model.weights]

# %% [markdown]
# ## Two films
#
# We call the weights of the forward half `Wxf`, `Whf`, `bhf`, and those of the backward half `Wxb`, `Whb`, `bhb`. Their
# states are `hf` and `hb`.

# %%
draw.two_films(sizes)

# %% [markdown]
# Follow the arrows. Above, the state is handed to the right, and below to the left. In formulas, one sign differs:
#
# $$hf_t = \tanh(x_t W_{xf} + hf_{t-1} W_{hf} + b_{hf}) \qquad hb_t = \tanh(x_t W_{xb} + hb_{t+1} W_{hb} + b_{hb})$$
#
# Both start from zeros, at opposite ends. The films know nothing of each other: no arrow joins `hf` and `hb`.
#
# **Predict:** a number of `hb` at t = 3: from which step does its other row come?

# %%
my_guess = None  # type yours

# %%
rnnshapes.explore(X=X, model=model, at="hb[0,3,1]", show=["time", "sum"])

# %% [markdown]
# From t = 4, the step **after** it. Choose t = 4 itself, and there is nothing behind it but zeros.
#
# ## The forward half
#
# This is the loop of lesson 01 for N samples. It is a function here, because we run it twice. It takes whatever film it is
# given and returns the states in the order in which it makes them.

# %%
def run(film, Wx, Wh, bh):
    h_last = np.zeros((len(film), len(bh)))  # (N, M)
    rows = []
    for t in range(film.shape[1]):
        h_last = np.tanh(film[:, t] @ Wx + h_last @ Wh + bh)  # (N, D)(D, M) + (N, M)(M, M) + (M,) → (N, M)
        rows.append(h_last)
    return np.stack(rows, axis=1)  # T states of (N, M) → (N, T, M)


Wxf, Whf, bhf, Wxb, Whb, bhb = model.get_weights()
hf = run(X, Wxf, Whf, bhf)
print("largest difference:", np.abs(hf - seq[:, :, :M]).max())

# %% [markdown]
# The first M columns of `seq` are the forward half.
#
# ## The backward half
#
# Time is axis 1, so `X[:, ::-1]` is the film rewound. `X[::-1]` would turn the samples round and leave every film as it is.
#
# **Predict:** we run the rewound film with the backward weights. Does the result agree with the last M columns of `seq`?

# %%
my_guess = None  # type yours

# %%
ran = run(X[:, ::-1], Wxb, Whb, bhb)
draw.compare(ran[0], seq[0, :, M:], "TM", sizes, name="ran")

# %% [markdown]
# Only the middle row agrees, and yet all the right numbers are there. Compare the first row of ours with the last row of
# Keras'. `ran` is in the order in which it was made: its row 0 was made from the **last** time step. Keras flips it back,
# so that row t stands beside time step t. We do the same.

# %%
hb = ran[:, ::-1]
print("largest difference:", np.abs(hb - seq[:, :, M:]).max())

# %% [markdown]
# The film is flipped on the way in, and the states are flipped on the way out. Who forgets the first flip has a second
# forward half. Who forgets the second one puts step 4 beside step 0.
#
# ## Side by side
#
# **Predict:** two arrays of (N, T, M) are joined. What does each choice of `axis` give? Which one is Keras'?

# %%
my_guess = None  # type yours

# %%
{axis: sizes.letters(np.concatenate([hf, hb], axis=axis).shape) for axis in (0, 1, 2)}

# %% [markdown]
# The bare numbers are 2N and 2T: samples or time steps that do not exist. Axis 2 it is, the one that counts hidden units.

# %%
both = np.concatenate([hf, hb], axis=2)
print("largest difference:", np.abs(both - seq).max())
draw.box("both", "NT2M", sizes)

# %% [markdown]
# There it is, `predict()` without Keras. In each row, M numbers know what came before, and M numbers know what comes after.
#
# ## Other ways to merge
#
# `merge_mode` may be `"concat"`, `"sum"`, `"mul"`, `"ave"` or `None`
# ([Keras, Bidirectional](https://keras.io/api/layers/recurrent_layers/bidirectional/)).
#
# **Predict:** in which of them is the last axis 2M long?

# %%
my_guess = None  # type yours

# %%
def twin(**settings):
    inside = keras.layers.SimpleRNN(M, return_sequences=settings.pop("return_sequences", True))
    model_2 = keras.Sequential([keras.Input((T, D)), keras.layers.Bidirectional(inside, **settings)])
    model_2.set_weights(model.get_weights())
    model_2.compile(run_eagerly=True)  # one call each: no graph is worth its making
    return model_2.predict(X, verbose=0)


merged = {mode: twin(merge_mode=mode) for mode in ("concat", "sum", "mul", "ave")}
{mode: sizes.letters(value.shape) for mode, value in merged.items()}

# %%
by_hand = {"concat": both, "sum": hf + hb, "mul": hf * hb, "ave": (hf + hb) / 2}
{mode: float(np.abs(by_hand[mode] - value).max()) for mode, value in merged.items()}

# %% [markdown]
# All four agree. "mul" multiplies number by number. Adding, multiplying and averaging need row t beside row t: without the second flip we
# would add step 4 to step 0, and no error would say so.
#
# With `None` the halves are not merged at all, and two arrays come back. The documentation calls them a list.

# %%
halves = twin(merge_mode=None)
type(halves).__name__, [sizes.letters(array.shape) for array in halves]

# %% [markdown]
# ## Where each half stops
#
# Often one state for each sample is enough, and we leave `return_sequences` at False. Then each half returns its last state.
#
# **Predict:** is that the last column of the sequence, `seq[:, -1]`?

# %%
my_guess = None  # type yours

# %%
last = twin(return_sequences=False)
draw.compare(seq[:, -1], last, "N2M", sizes, name="seq[:, -1]")

# %% [markdown]
# The shape is right, (N, 2M), and the first M columns agree. The other M do not. Here is the trap: **`seq[:, -1]` is not what
# `return_sequences=False` gives.** Look at the picture of the two films again. Which column of `hb` has the thick border?

# %%
ends = np.concatenate([hf[:, -1], hb[:, 0]], axis=1)
print("largest difference:", np.abs(ends - last).max())

# %% [markdown]
# The backward film stops at t = 0. Its state there has seen all T steps, and Keras joins it with the forward state at t = T − 1.
#
# And what is in the last column of the backward half? It is the first state that this half makes. It has seen **one** step.

# %%
one_step = np.tanh(X[:, -1] @ Wxb + bhb)  # no loop, no Whb
print("largest difference:", np.abs(one_step - seq[:, -1, M:]).max())

# %% [markdown]
# ## See the history
#
# A picture of what a state has seen can be measured. We change the input at one time step, and look which states change.
#
# **Predict:** we change `X[:, 2]`. Which rows of `hf` change, and which rows of `hb`?

# %%
my_guess = None  # type yours

# %%
X2 = X.copy()
X2[:, 2] += 1
seq2 = model.predict(X2, verbose=0)
change = np.abs(seq2 - seq).max(axis=0)  # (T, 2M): over the samples
draw.over_time({"forward half": change[:, :M], "backward half": change[:, M:]}, sizes, of="h")

# %% [markdown]
# The forward half learns of it at t = 2 and hands it on to the right. The backward half hands it on to the left. Only row 2
# changes in both.
#
# Now put a Dense layer on `seq[:, -1]`. M of its inputs have seen the whole film, and the other M have seen one step. No error
# tells you, because the right states are (N, 2M) as well. So ask each half where it stops.
#
# **Predict:** a Dense layer with K nodes reads the right states, `last`. What shape has its weight `Wo`?

# %%
my_guess = None  # type yours

# %%
head = keras.layers.Dense(K)
Yhat = head(last)
print("Wo:", sizes.letters(head.kernel.shape), " Yhat:", sizes.letters(Yhat.shape))

# %% [markdown]
# ## When not to
#
# The backward half needs the end of the film before it can begin. For a sentence that is written down, or a recording, that
# is no problem. For tomorrow's price it is one: row t of the backward half has seen the steps after t.
#
# ## What to take home
#
# - Two networks read one box. Six arrays, the forward three first, and twice the parameters.
# - Flip in, flip out, along the time axis: `[:, ::-1]`, never `[::-1]`.
# - "concat" gives (N, T, 2M), or (N, 2M) without `return_sequences`. "sum", "mul" and "ave" keep M. `None` keeps two arrays.
# - Each half stops at another end: forward at t = T − 1, backward at t = 0.
# - A right shape is no proof. `seq[:, -1]` fits and is wrong.
#
# Your turn: the assignment `release/06_bidirectional/bidirectional.ipynb` has other sizes. Its checks change them all.
