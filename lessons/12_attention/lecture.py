# ---
# title: Attention
# idea: "the loop becomes a square: weights, masks, heads, two sequences"
# ---

# %% [markdown]
# # Attention: the loop becomes a square
#
# You look at nine days of weather and ask: **how warm was it on the wettest of them?** An RNN has to answer on the last day from
# its state h alone. What the wettest day brought has been handed on from step to step since then, and each step has written over
# it. You would do it in another way: look back along the days, and find the one that you need.
#
# In this lecture a step looks at all steps at once. For every pair of steps there is one number, so the loop of lesson 01
# becomes a square of T×T numbers. You will read off it which day the network has looked at.
#
# | letter | counts | here |
# |---|---|---|
# | **N** | windows, the samples | that follows |
# | **T** | days of a window | 9 |
# | **D** | numbers of a day | 2: rain, and the warmest hour |
# | **M** | numbers of a query and of a key | 3 |
# | **H** | heads | 1, later 2 |
# | **S** | steps that are looked at, where they are those of another sequence | later |
#
# At each **Predict**, type your guess into the cell below, and only then run the next one.

# %%
import time

import numpy as np
import rnnshapes
from numpy.lib.stride_tricks import sliding_window_view
from rnnshapes import draw

keras = rnnshapes.import_keras()  # `from tensorflow import keras`, without its start-up messages
keras.utils.set_random_seed(12)

names, dates, values = rnnshapes.weather("precipitation", "temp_max")
T, M = 9, 3
past = 1096  # the days of the first three years
series = np.column_stack([np.log1p(values[:, 0]), values[:, 1]])  # the logarithm: few days bring most of the rain
scaled = (series - series[:past].mean(axis=0)) / series[:past].std(axis=0)

days, X = (sliding_window_view(box, T, axis=0).swapaxes(1, 2) for box in (values, scaled.astype("float32")))
wet = days[:, :, 0].argmax(axis=1)         # the wettest day of each window, 0 to 8
rained = days[:, :, 0].max(axis=1) > 0     # nine dry days have none
days, X, wet = days[rained], X[rained], wet[rained]
Y = np.take_along_axis(X[:, :, 1], wet[:, None], axis=1)  # how warm it was on that day: (N, 1)
border = int(0.75 * len(X))
print("X", X.shape, "= (N, T, D)   Y", Y.shape, "  the first", border, "windows are for training")

# %% [markdown]
# As in lesson 10 the split is by time, and the scaling knows the first three years alone. The wettest day stands anywhere in the
# window. So there is no fixed weight for a fixed day that could answer the question.
#
# ## A query, and a key for each day
#
# Think of the last day as somebody who asks. Its **query** q is a row of M numbers that says what is looked for. Each day has a
# **key** k, again M numbers, that says what is to be found there. Where a query and a key fit, their dot product is large. And
# each day has a **value** v, which is what one takes along from it.
#
# All three are made by weights that are learned: `q = X @ Wq + bq`, and so on. This is a layer of Keras,
# [MultiHeadAttention](https://keras.io/api/layers/attention_layers/multi_head_attention/). We give it one head, take what it
# says on the last day, and let a Dense node tell the temperature.

# %%
window = keras.Input((T, 2))
layer = keras.layers.MultiHeadAttention(num_heads=1, key_dim=M)
seen = layer(window, window)  # who asks, and who is looked at: the same days
model = keras.Model(window, keras.layers.Dense(1)(seen[:, -1]))
model.compile(keras.optimizers.Adam(0.03), "mse")

epochs = 30
model.fit(X[:border], Y[:border], epochs=epochs, batch_size=64, verbose=0, callbacks=[rnnshapes.show_progress(epochs)])
held, asked = X[border:], Y[border:]
error = {
    "attention": model.predict(held, verbose=0),
    "mean of the window": held[:, :, 1].mean(axis=1, keepdims=True),
    "the last day": held[:, -1:, 1],
}
for name, said in error.items():
    print(f"mean squared error, {name}: {np.mean((said - asked) ** 2):.3f}")

# %% [markdown]
# It has learned to find the day. Now we want to see how, from its own numbers.
#
# ## Eight arrays
#
# **Predict:** which shapes have the weights that make queries, keys and values out of D = 2 numbers, for one head of M = 3? Keras
# keeps an axis for the heads, also where there is one.

# %%
my_guess = {"Wq": None, "bq": None, "Wo": None, "bo": None}  # type four shapes; Wo leads back to D numbers

# %%
Wq, bq, Wk, bk, Wv, bv, Wo, bo = layer.get_weights()
print("your guess:", my_guess)
for name, array in zip(("Wq", "bq", "Wk", "bk", "Wv", "bv", "Wo", "bo"), layer.get_weights()):
    print(name, array.shape)

# %% [markdown]
# **(D, H, M)**, with a bias of **(H, M)**: each head has its own D×M table in the box. Wo is (H, M, D) and leads back, so that a row
# of D numbers comes out for each step, as one went in. No T is in any of them: the same arrays serve every length.
#
# With one head we can leave its axis out. Then the whole layer is five lines. Take one window:
#
# **Predict:** q and k are (T, M) each. Which shape has the box that holds a number for each pair of days, who asks and who is looked
# at? And which product makes it?

# %%
my_guess = None  # type a shape, and a product

# %%
def softmax(e):
    powers = np.exp(e - e.max(axis=-1, keepdims=True))  # the largest is 1: no overflow
    return powers / powers.sum(axis=-1, keepdims=True)


one = 20  # a window of the held-out year
x = held[one]                                                          # (T, D)
q, k, v = (x @ W[:, 0] + b[0] for W, b in ((Wq, bq), (Wk, bk), (Wv, bv)))  # (T, M) each
e = q @ k.T / np.sqrt(M)                                               # (T, T): a score for each pair
w = softmax(e)                                                         # (T, T): each row adds up to 1
y = (w @ v) @ Wo[0] + bo                                               # (T, M), then (T, D)
print("your guess:", my_guess)
print("scores", e.shape, "  weights", w.shape, "  rows add up to", w.sum(axis=1).round(5)[:3], "…")
by_keras, its_weights = layer(x[None], x[None], return_attention_scores=True)
print("largest difference from Keras:", np.abs(y - by_keras[0]).max(), " weights:", np.abs(w - its_weights[0, 0]).max())

# %% [markdown]
# `q @ k.T`: the M disappears, and two axes of days are left. **Row t** belongs to the day that asks, **column s** to the day that is
# looked at. Softmax makes shares of each row: a day has a weight of 1 to give away, and gives it to all days together. Then
# `w @ v` mixes the values in these shares.
#
# **Predict:** here is the square, with the loop of lesson 01 below it. Columns carry the rain of the day in millimetres. Which cell
# of the last row will be dark?

# %%
my_guess = None  # type a column, 0 to 8
print("rain:", days[border + one][:, 0])

# %%
found = int(w[-1].argmax())
print("your guess:", my_guess, "  wettest:", wet[border + one], "  looked at most:", found, w[-1, found].round(2))
draw.attention(w, at=(T - 1, found), names=[f"{rain:.0f} mm" for rain in days[border + one][:, 0]])

# %% [markdown]
# Compare the two ways from that day to the last one. In the loop the state is handed on at every step between. In the square it is
# **one cell**, however far apart the two days are. That is also why a gradient finds its way back so easily: lesson 09 had a
# product of many factors there, and here there is one.
#
# The explorer has that window as n = 0, and the three windows after it. Choose the last output, t = 8, and find the day that its
# row weighs most: its value makes nearly all of the sum. Then take another window, and move t.
#
# **Predict:** only the last row went into the training. When you move t to an earlier day, does the largest bar move, too?

# %%
my_guess = None  # type yours

# %%
print("your guess:", my_guess)
rnnshapes.explore(X=held[one : one + 4], model=keras.Model(window, seen), show="square")

# %% [markdown]
# The bar stays where it is. All rows are made by the same weights, so whoever asks, asks for the wettest day.
#
# Was that window picked for the purpose? Let us count.

# %%
_, its_weights = layer(held, held, return_attention_scores=True)
last_rows = np.asarray(its_weights)[:, 0, -1]  # (N, H, T, T) → (N, T)
hits = last_rows.argmax(axis=1) == wet[border:]
print("its_weights", its_weights.shape, "= (N, H, T, T)")
print(f"In {hits.mean():.1%} of {len(hits)} windows that it has not seen, it looks most at the wettest day.")

# %% [markdown]
# In five runs with other seeds it was between 92 and 100 of 100 windows.
#
# **Explain, for yourself:** nobody told the layer which column is rain. What has to be in the weights so that a wet day gets a
# large score, whoever asks?

# %% [markdown]
# *Double-click here, and write your sentence.*

# %% [markdown]
# ## Why the scores are divided
#
# A score is a sum of M products. The more there are, the larger it gets, although nothing is more certain. We draw queries and
# keys at random, without any meaning, for three sizes of M.
#
# **Predict:** nine random keys stand before a random query. How large is the largest of the nine weights, on average, if nothing is
# divided: for M = 4, and for M = 1024?

# %%
my_guess = {"M = 4": None, "M = 1024": None}  # type two numbers between 0 and 1

# %%
rng = np.random.default_rng(0)
print("your guess:", my_guess)
for size in (4, 64, 1024):
    queries, keys = rng.standard_normal((300, 1, size)), rng.standard_normal((300, 9, size))
    scores = (queries @ keys.swapaxes(1, 2))[:, 0]  # (300, 9)
    plain, divided = (softmax(scores / by).max(axis=1).mean() for by in (1, np.sqrt(size)))
    print(f"M = {size:4}: scores spread by {scores.std():5.1f}   largest weight {plain:.2f}, divided by √M {divided:.2f}")

# %% [markdown]
# The spread of the scores is √M. Without the division softmax sees enormous differences, and one key takes it all by chance. Where
# one weight is 1 and the others are 0, no small change of a score changes anything, so no gradient comes back and nothing is
# learned. Divided by √M the scores spread by 1 for every M
# ([Vaswani et al. 2017, section 3.2.1](https://arxiv.org/abs/1706.03762)). M is the size of **one head**. D and T have nothing to do with
# it.
#
# ## What may not be seen
#
# So far each day looked at all nine, later ones too. If a network shall tell tomorrow from today, that is cheating: row t may only
# look at columns s ≤ t. This is a **causal** mask. And a step of padding should not be looked at by anybody.
#
# **Predict:** scores that are all alike, T = 5, a causal mask, and step 1 is not real. What does row t = 3 of the weights look like?

# %%
my_guess = None  # type five numbers

# %%
real = np.array([True, False, True, True, True])
allowed = np.tri(5, dtype=bool) & real        # (T, T) & (T,): a mask of steps speaks of the columns
scores = np.zeros((5, 5))
masked = softmax(np.where(allowed, scores, -np.inf))
print("your guess:", my_guess)
print(masked.round(2))

# %%
draw.attention(masked, at=(3, 0))

# %% [markdown]
# Each row shares out its 1 over what it may see. The scores that are not allowed become −∞ **before** softmax, since e to the power
# of −∞ is 0.
#
# ### The trap: masked too late
#
# A friend computes softmax first, and puts zeros where nothing may be seen. The zeros stand in the same places.
#
# **Predict:** the score of the pair (t = 1, s = 4), which lies in the future, changes. Does row 1 of the friend's weights change?

# %%
my_guess = None  # type yes or no

# %%
random_scores = rng.standard_normal((5, 5))
changed = random_scores.copy()
changed[1, 4] += 3
causal = np.tri(5, dtype=bool)
print("your guess:", my_guess)
for name, weights in {
    "friend": lambda scores: softmax(scores) * causal,
    "before softmax": lambda scores: softmax(np.where(causal, scores, -np.inf)),
}.items():
    before, after = weights(random_scores)[1], weights(changed)[1]
    print(f"{name:15} before {before.round(2)}  after {after.round(2)}  adds up to {after.sum():.2f}")

# %% [markdown]
# In the friend's row the future has no weight, and still it shows: it took part in the sum that everything was divided by. The row
# no longer adds up to 1. No shape was wrong, and every forbidden cell was 0.
#
# Keras has the causal mask built in, and takes the mask of padding from the layers before it, as in lesson 05:

# %%
_, by_keras = layer(x[None], x[None], use_causal_mask=True, return_attention_scores=True)
by_hand = softmax(np.where(np.tri(T, dtype=bool), e, -np.inf))
print("largest difference:", np.abs(by_hand - by_keras[0, 0]).max())

# %% [markdown]
# ## Several heads
#
# One row of weights looks for one thing. With H heads there are H squares, each with queries and keys of its own. Wq is then
# (D, H, M), and all heads are projected at once.
#
# **Predict:** with D = 2, H = 2 and M = 3: which shapes have the queries of a window in one long row for each day, as a Dense layer
# would give them, and the queries for each head?

# %%
my_guess = {"side by side": None, "for each head": None}  # type two shapes

# %%
two_heads = keras.layers.MultiHeadAttention(num_heads=2, key_dim=M)
two_heads(x[None], x[None])  # the first call makes the weights
two_heads.set_weights([4 * array for array in two_heads.get_weights()])  # not trained, but larger: now the rows differ
_, squares = two_heads(x[None], x[None], return_attention_scores=True)
W2, b2 = two_heads.get_weights()[:2]                  # (D, H, M), (H, M)
beside = x @ W2.reshape(2, 6) + b2.reshape(6)         # (T, H·M): head 0's three numbers, then head 1's
per_head = beside.reshape(T, 2, M).swapaxes(0, 1)     # (T, H, M) → (H, T, M)
print("your guess:", my_guess)
print("side by side", beside.shape, "  for each head", per_head.shape, "  squares", squares.shape)

# %%
draw.attention(np.asarray(squares)[0])

# %% [markdown]
# ### The trap: a reshape that does not turn
#
# `beside.reshape(2, T, 3)` has the same shape as `per_head`, and no error comes.
#
# **Predict:** what does head 0 hold after this reshape?

# %%
my_guess = None  # type yours

# %%
cut = beside.reshape(2, T, M)
print("your guess:", my_guess)
print("row 1 of head 0, right:", per_head[0, 1].round(2), "  by reshape alone:", cut[0, 1].round(2))
print("head 1 on day 0 is      ", per_head[1, 0].round(2))

# %% [markdown]
# A reshape reads on in the order in which the numbers lie. So "day 1 of head 0" is day 0 of head 1, and each head has half of the
# days and both heads' numbers. To trade axes, one has to **turn** them: reshape to (T, H, M), then swap.
#
# ## Two sequences
#
# Who asks and who is looked at need not be the same. A translator writes T words, and looks at the S words of another sentence. The
# queries come from X, the keys and values from C: **cross-attention**.
#
# **Predict:** X is (4, 9, 2) and C is (4, 6, 2), with H = 2. Which shapes have the weights and the result?

# %%
my_guess = {"weights": None, "result": None}  # type two shapes

# %%
C = held[30:34, :6]
result, weights = two_heads(held[:4], C, return_attention_scores=True)
print("your guess:", my_guess)
print("weights", weights.shape, "= (N, H, T, S)   result", result.shape, "= (N, T, D)")

# %% [markdown]
# The square has become a rectangle, T×S. The result has the steps of whoever asked. S was summed away, as M was before it.
#
# ## What the square costs
#
# For one window, the loop does T steps of D·M + M·M multiplications, and they have to wait for each other. The square does
# 2·T·T·M for scores and mixture, and the projections besides. None of them waits.
#
# **Predict:** T grows from 32 to 256, eight times as much. By how much does the number of multiplications grow, for the loop and for
# the square? And which of the two will take longer on this machine?

# %%
my_guess = {"loop": None, "square": None, "slower": None}  # type two factors, and a name

# %%
def seconds(of, X):
    of(X)  # the first call sets up
    spent = []
    for _ in range(2):
        began = time.perf_counter()
        of(X)
        spent.append(time.perf_counter() - began)
    return min(spent)


size = 16
loop, square = keras.layers.SimpleRNN(size, return_sequences=True), keras.layers.MultiHeadAttention(1, size)
print("your guess:", my_guess)
for steps in (32, 64, 128, 256):
    long = rng.standard_normal((4, steps, size)).astype("float32")
    products = {"loop": steps * 2 * size**2, "square": 2 * steps**2 * size + 4 * steps * size**2}
    spent = {"loop": seconds(loop, long), "square": seconds(lambda box: square(box, box), long)}
    print(f"T = {steps:3}:", "   ".join(f"{name} {products[name]:>9,} products, {1000 * spent[name]:6.1f} ms" for name in spent))

# %% [markdown]
# The loop grows with T, the square with T² in its larger part. Yet the square is quicker here by far, as its products are a few
# large ones, and the loop's are many small ones that wait in line. At some length the square loses all the same: it has to **hold** T×T
# numbers for each head and each sample. For T = 100,000 that is ten thousand million.
#
# One thing the square does not know: the order. If you shuffle the days, each finds the same partners as before. A loop has the
# order in its bones. Attention has to be told, by numbers that say which step it is. Our question did not need it.

# %%
order = rng.permutation(T)
shuffled = np.asarray(layer(x[order][None], x[order][None]))[0]
print("the same rows, in the new order:", np.allclose(shuffled, y[order], atol=rnnshapes.TOLERANCE))

# %% [markdown]
# ## What to take home
#
# - **Built by hand:** `softmax(q @ k.T / √M) @ v`, from Keras' own arrays of (D, H, M). Row t asks, column s is looked at.
# - **The picture:** a square of T×T over the loop. What takes many hand-overs in the loop is one cell in the square.
# - **The traps:** softmax along the keys, so that each **row** adds up to 1. Divide by √M, the size of one head. Mask before
#   softmax. Turn the axes of the heads, and do not only reshape them.
# - **The price:** T² numbers to hold, and no sense of order.
#
# Your turn: the assignment `release/12_attention/attention.ipynb` has other sizes, masks with holes, and two sequences.
