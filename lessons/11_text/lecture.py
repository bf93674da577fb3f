# ---
# title: Text
# idea: "a table through which ids go forward and gradients back, a loss that leaves padding out, a draw"
# ---

# %% [markdown]
# # Text: integers grow an axis
#
# You type "the white rabbi", and your phone offers a t. **How can a network tell which character comes next, and how much
# better is it than somebody who only counts?** We take the first chapter of *Alice's Adventures in Wonderland*. The network
# reads most of it, and is then asked about every character of the rest.
#
# A text brings no numbers, so there is no box yet. In this lecture each character becomes an integer, the integers grow an
# axis, and at the end the network writes.
#
# | letter | counts | here |
# |---|---|---|
# | **L** | characters of the text | 11192 |
# | **T** | characters in a row | 40 |
# | **N** | rows | that follows |
# | **K** | ids, and logits at each place; elsewhere it is called V, for vocabulary | that follows too |
# | **D** | numbers that stand for one character | 16 |
# | **M** | hidden units of the GRU | 64 |
#
# At each **Predict**, type your guess into the cell below, and only then run the next one.

# %%
import numpy as np
import rnnshapes
import tensorflow as tf
from rnnshapes import draw

keras = rnnshapes.import_keras()  # `from tensorflow import keras`, without its start-up messages
keras.utils.set_random_seed(11)

text = rnnshapes.alice().lower()
print(len(text), "characters.", text[:209])

# %% [markdown]
# It was published in 1865 and is in the public domain. Small and capital letters are made one, so that fewer characters have
# to be learned.
#
# **Predict:** how many different characters does the chapter have? The alphabet has 26; what else is there?

# %%
my_guess = None  # type a number

# %%
characters = sorted(set(text))
print("your guess:", my_guess, "  there are", len(characters))
print(characters)

# %% [markdown]
# ## An id is a name, not an amount
#
# Each character gets a whole number, its **id**. We begin with 1, as 0 is kept for a place where there is no character:
# **padding**. So K is one more than the number of characters.

# %%
K = len(characters) + 1
id_of = {character: number for number, character in enumerate(characters, start=1)}
ids_of_text = np.array([id_of[character] for character in text])  # (L,)
print("K =", K, "  'alice' →", [id_of[character] for character in "alice"])

# %% [markdown]
# **Predict:** a recurrent layer wants floats. What would go wrong if we fed it the ids as they are, one number for each
# step? Think of a, b and c.

# %%
my_guess = None  # type a sentence

# %%
a, b, c = (id_of[character] for character in "abc")
print("your guess:", my_guess)
print("a, b, c:", a, b, c, "  (a + c) / 2 == b:", (a + c) / 2 == b, "  z > a:", id_of["z"] > a)

# %% [markdown]
# The network would believe that b lies half-way between a and c, and that z is a larger a. But ids are names. For a name,
# nothing should follow from its number.
#
# ## Integers grow an axis
#
# So each id becomes a **row of numbers**. Two ways lead there. In a **one-hot** row there are K numbers, all 0 but for a 1
# at the place of the id. In an **embedding** the row is looked up in a table E of K rows, and the table is learned.
#
# To see it all, we take an alphabet of 7 letters and padding, and a table with D = 4.
#
# **Predict:** `ids` has the shape (N, T) = (1, 5). Which shapes have the one-hot rows, the table, and what the layer gives?

# %%
my_guess = {"one-hot": None, "table": None, "output": None}  # type three shapes

# %%
names = ["padding", *"aceilsw"]
ids = np.array([[names.index(character) for character in "alice"]])  # (1, 5)
layer = keras.layers.Embedding(len(names), 4, embeddings_initializer="normal")
X = np.asarray(layer(ids))
E, one_hot = layer.get_weights()[0], np.eye(len(names))[ids]
print("your guess:", my_guess)
print("one-hot:", one_hot.shape, "  table:", E.shape, "  output:", X.shape)

# %%
draw.picked(ids[0], 20 * E, names=names)  # times 20, so that the numbers can be read

# %% [markdown]
# (N, T) has become **(N, T, D)**: an axis of D has grown at the end. The table has no N and no T: the same rows serve all
# samples and all steps, as the weights of lesson 01 did.
#
# **Predict:** the one-hot rows are a box (N, T, K), and the table is (K, D). What is `one_hot @ E`?

# %%
my_guess = None  # type a shape, and what it holds

# %%
print("your guess:", my_guess)
print((one_hot @ E).shape, "  the same as the lookup:", np.allclose(one_hot @ E, X))

# %% [markdown]
# **A lookup is a product.** The 1 in a one-hot row lets one row of E through, and the zeros stop all others. K disappears, as
# shared letters do. So an embedding is a Dense layer without a bias, fed with one-hot rows. Nobody computes it that way:
#
# **Predict:** for N = 16 rows of T = 40 characters, with K = 41 and D = 16: how many multiplications does the product need,
# and how many the lookup?

# %%
my_guess = {"product": None, "lookup": None}  # type two numbers

# %%
print("your guess:", my_guess)
print("product:", 16 * 40 * K * 16, "  lookup:", 0)

# %% [markdown]
# With the 50,000 words of a large vocabulary it would be 50,000 numbers for each place, nearly all of them zeros. The lookup
# reads D of them ([Keras, Embedding](https://keras.io/api/layers/core_layers/embedding/)).
#
# ## Back to the rows that were picked
#
# Training changes the table by the gradient of the loss by E. Let us send a gradient back: at each place arrives a row of D
# numbers, `dX`.
#
# **Predict:** in "a scale" the letter a stands twice, l once and w never. Which shape has the gradient of the table, and what
# is in the rows of a, l and w?

# %%
my_guess = {"shape": None, "a": None, "l": None, "w": None}  # type yours

# %%
ids = np.array([[names.index(character) for character in "ascale"]])
dX = np.random.default_rng(0).normal(size=(1, 6, 4)).astype("float32")
with tf.GradientTape() as tape:
    loss = tf.reduce_sum(layer(ids) * dX)  # a loss whose gradient by the output is dX
gradient = tape.gradient(loss, layer.trainable_weights[0])
print("your guess:", my_guess)
print(type(gradient).__name__, "  values", gradient.values.shape, "for the ids", gradient.indices.numpy())

# %%
draw.picked_back(ids[0], dX[0], len(names), names=names)

# %% [markdown]
# The gradient has the shape of the table, and **it reaches only the rows that were picked**. A row that was picked twice gets
# the sum of both. All others stay 0, so one step of training leaves them as they are. TensorFlow does not even write the
# zeros down: it keeps the ids and their rows (`IndexedSlices`), and adds up later.
#
# In NumPy the sum has a trap of its own.
#
# **Predict:** `dE[ids] += dX` picks the rows and adds. What will be in the row of a?

# %%
my_guess = None  # type yours

# %%
dE, right = np.zeros_like(E), np.zeros_like(E)
dE[ids] += dX
np.add.at(right, ids, dX)  # adds each time that a row is named
print("your guess:", my_guess)
print("row of a, by += :", dE[1].round(2), "  by add.at:", right[1].round(2))
print("by the one-hot product:", np.einsum("ntk,ntd->kd", np.eye(len(names))[ids], dX)[1].round(2))

# %% [markdown]
# By `+=` the second a has overwritten the first: NumPy picks, adds and writes back, once for each place. `np.add.at` adds up
# ([NumPy, ufunc.at](https://numpy.org/doc/stable/reference/generated/numpy.ufunc.at.html)). So does the one-hot product,
# turned round: forward K was summed away, back it is n and t.
#
# ## Index 0 is padding
#
# Rows of unequal length are filled up with 0, and `mask_zero=True` tells the layers behind to leave these steps out, as in
# lesson 05.
#
# **Predict:** what does the layer give for the id 0: zeros, or other numbers?

# %%
my_guess = None  # type yours

# %%
masked = keras.layers.Embedding(len(names), 4, mask_zero=True)
print("your guess:", my_guess)
print("id 0 becomes", np.asarray(masked(np.array([0]))).round(2)[0])
print("the mask of", [3, 5, 0, 0], "is", np.asarray(masked.compute_mask(np.array([3, 5, 0, 0]))))

# %% [markdown]
# Row 0 is a row like any other. `mask_zero` changes no number; it sends a mask along. That makes a slip with the ids
# expensive, because nothing looks wrong.
#
# **Predict:** somebody numbers the letters a, b, c, … from 0, and keeps `mask_zero=True`. Which letters of "alphabet" does
# the network never see?

# %%
my_guess = None  # type yours

# %%
from_zero = np.array([["abcdefghijklmnopqrstuvwxyz".index(character) for character in "alphabet"]])
mask = np.asarray(keras.layers.Embedding(26, 4, mask_zero=True).compute_mask(from_zero))[0]
print("your guess:", my_guess)
print("seen:", "".join(character if real else "·" for character, real in zip("alphabet", mask)))

# %% [markdown]
# Every a is gone: its state stands still there, without an error and without a warning. **0 is padding**, and the first
# character has the id 1.
#
# ## The target is the next character
#
# What is the network to learn? At each place it has read some characters, and should tell the next one. So the targets are
# the text itself, **shifted by one**. We lay the text in rows of T.
#
# **Predict:** a text has 14 characters, and T = 5. At how many places can the next character be asked for? How many rows are
# needed?

# %%
my_guess = {"places": None, "rows": None}  # type two numbers

# %%
draw.shifted("alice was begi", T=5)

# %% [markdown]
# L characters give **L − 1** places, since nothing comes after the last one. Look at the end of row 0: its target is the
# first character of row 1. So we shift **first** and cut into rows **then**.

# %%
def shifted(ids, T):
    places = len(ids) - 1
    N = -(-places // T)  # rounded up
    inputs, targets = np.zeros((N, T), int), np.zeros((N, T), int)  # 0 where nothing comes
    inputs.flat[:places], targets.flat[:places] = ids[:-1], ids[1:]
    return inputs, targets


T, D, M = 40, 16, 64
past, later = np.split(ids_of_text, [int(0.85 * len(ids_of_text))])  # the last 15 percent are never trained on
inputs, targets = shifted(past, T)
print("inputs", inputs.shape, "  targets", targets.shape, "  held out:", len(later), "characters")

# %% [markdown]
# As in lesson 10 the split is by time: the network is asked about a part of the chapter that it has not seen.
#
# ## What a forecast costs
#
# A table, a GRU that returns every step, a Dense layer with K nodes: at each place K numbers, the **logits**.
#
# **Predict:** which shapes have the outputs of the three layers for these inputs?

# %%
my_guess = {"table": None, "GRU": None, "Dense": None}  # type three shapes

# %%
def language_model():
    layers = keras.layers
    table, gru = layers.Embedding(K, D, mask_zero=True), layers.GRU(M, return_sequences=True)
    return keras.Sequential([keras.Input((None,), dtype="int32"), table, gru, layers.Dense(K)])


model = language_model()
print("your guess:", my_guess)
box = keras.Input(batch_shape=inputs.shape, dtype="int32")  # no numbers: shapes alone pass through
for layer in model.layers:
    box = layer(box)
    print(box.shape, "from", type(layer).__name__)

# %% [markdown]
# (N, T) → (N, T, D) → (N, T, M) → **(N, T, K)**. Softmax makes probabilities of the K logits of a place, and the loss is
# $-\ln p$ of the character that really came.
#
# **Predict:** the network is not trained yet, and takes all 41 ids for about equally likely. What is its loss at each place?

# %%
my_guess = None  # type a number

# %%
def losses(logits, targets):
    logits = logits - logits.max(axis=-1, keepdims=True)
    log_p = logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))         # (N, T, K)
    of_target = np.take_along_axis(log_p, targets[..., None], axis=-1)[..., 0]  # (N, T)
    return np.where(targets != 0, -of_target, 0)                                # nothing was asked at padding


held_inputs, held_targets = shifted(later, T)
at_first = losses(model.predict(held_inputs, verbose=0), held_targets)
print("your guess:", my_guess, "  mean:", at_first[held_targets != 0].mean().round(2), "  ln 41:", np.log(41).round(2))

# %% [markdown]
# $\ln 41 \approx 3.71$. Whoever is sure and right pays 0, and whoever is sure and wrong pays a lot.
#
# ## Among how many characters?
#
# A loss of 3.71 tells little. So we take it back to a number of characters: **perplexity** is e to the power of the mean
# loss. Here it is about 41: the network is as undecided as if it threw a die with 41 faces.
#
# The mean is over the **real** characters. Let us see what happens otherwise. The held-out part has paragraphs of different
# lengths. We lay each of them in a row of its own, and fill up.
#
# **Predict:** the network is still the untrained one. What will its perplexity be if padding counts in the mean, with a loss
# of 0: above 41, 41, or below?

# %%
my_guess = None  # type yours

# %%
def perplexity(losses, targets):
    return np.exp(losses.sum() / (targets != 0).sum())


newline = id_of["\n"]
paragraphs = np.split(later, np.flatnonzero(later == newline) + 1)
longest = max(map(len, paragraphs)) - 1
pairs = [shifted(one, longest) for one in paragraphs if len(one) > 1]
by_paragraph, its_targets = (np.concatenate(rows) for rows in zip(*pairs))  # (paragraphs, longest) each
of_each = losses(model.predict(by_paragraph, verbose=0), its_targets)
print("your guess:", my_guess, "  padding:", (its_targets == 0).mean().round(2), "of all places")
print("mean over real characters:", perplexity(of_each, its_targets).round(1), "  over all:", np.exp(of_each.mean()).round(1))

# %% [markdown]
# A network that knows nothing seems to know a lot. **Padding flatters**, and the more of it there is, the more. Keras leaves
# it out of its loss, since the mask comes all the way from the table
# ([Keras, masking and padding](https://keras.io/guides/understanding_masking_and_padding/)).

# %%
model.compile(keras.optimizers.Adam(0.01), keras.losses.SparseCategoricalCrossentropy(from_logits=True))
by_keras = model.evaluate(by_paragraph, its_targets, verbose=0, batch_size=len(by_paragraph))
print("exp of Keras' loss:", np.exp(by_keras).round(3), "  ours:", perplexity(of_each, its_targets).round(3))

# %% [markdown]
# ## What counting can do
#
# Before we train, we need to know what is easy. Whoever knows only **how often each character stands** in the past gives e a
# high probability and q a low one. Whoever counts **pairs** knows that u follows q. And whoever counts **three in a row** knows
# that after "th" comes e. Where little was seen, each count leans on the shorter one.
#
# **Predict:** among how many characters are these three undecided, on average, in the part that was held out?

# %%
my_guess = {"one": None, "pairs": None, "three": None}  # type three numbers

# %%
def share(counts, shorter, weight=5):
    return (counts + weight * shorter) / (counts.sum(axis=-1, keepdims=True) + weight)


one, two, three = (np.zeros((K,) * n) for n in (1, 2, 3))
np.add.at(one, past, 1)
np.add.at(two, (past[:-1], past[1:]), 1)
np.add.at(three, (past[:-2], past[1:-1], past[2:]), 1)
p1 = share(one, np.ones(K) / K)
p2 = share(two, p1)
p3 = share(three, p2)
x, y, z = later[:-2], later[1:-1], later[2:]
counted = {"one": p1[z], "pairs": p2[y, z], "three": p3[x, y, z]}
print("your guess:", my_guess)
print({name: float(np.exp(-np.log(p).mean()).round(2)) for name, p in counted.items()})

# %% [markdown]
# ## A GRU reads the chapter
#
# **Predict:** the GRU can remember more than two characters. But it has read only 9,513 of them, about what a pupil reads in ten
# minutes. What will its perplexity be on the part that was held out?

# %%
my_guess = None  # type a number

# %%
before = model.layers[0].get_weights()[0]
epochs = 12
progress = rnnshapes.show_progress(epochs)
history = model.fit(inputs, targets, batch_size=16, epochs=epochs, verbose=0, callbacks=[progress])

# %%
of_held = losses(model.predict(held_inputs, verbose=0), held_targets)
in_rows = perplexity(of_held, held_targets)
print("your guess:", my_guess)
print("held out:", in_rows.round(2), "  in training:", np.exp(history.history["loss"][-1]).round(2))

# %% [markdown]
# It beats the counts of one and of pairs by far, and those of three by little. That is as much as one chapter gives: the
# network knows the training part a good deal better than the rest. In five runs with other seeds it came to 7.1 to 7.3 here,
# and always below the counts of three.
#
# **Predict:** we shade each character by its loss. Where is the network surprised most: at the first letters of words, in
# their middle, or at their ends?

# %%
my_guess = None  # type yours

# %%
place = 3 * T
shown = "".join(characters[number - 1] for number in held_targets.flat[place : place + 105])
draw.surprise(shown, of_held.flat[place : place + 105])

# %% [markdown]
# At the first letters: there the choice is wide. Once a word has begun, little is left to choose. Nobody told the network
# what a word is.
#
# And the table? One of its 41 rows is as it was at the start.
#
# **Predict:** which?

# %%
my_guess = None  # type yours

# %%
same = np.flatnonzero((model.layers[0].get_weights()[0] == before).all(axis=1))
print("your guess:", my_guess, "  rows that have not moved:", same)

# %% [markdown]
# Row 0: the mask leaves its steps out, so no gradient arrives there. Each of the 40 characters stands somewhere in the past. If
# one did not, its row would still be the random one of the start, however long we train.
#
# ## The state is handed on
#
# Each row of 40 began with a state of zeros, although the text before it was known. In lesson 04 we handed the state on from
# chunk to chunk. For this the GRU takes a state in, and gives one out.

# %%
table, trained, head = model.layers
read, h0 = keras.Input((None,), dtype="int32"), keras.Input((M,))
gru = keras.layers.GRU(M, return_sequences=True, return_state=True)
states, h_last = gru(table(read), initial_state=h0)
gru.set_weights(trained.get_weights())
reader = keras.Model([read, h0], [head(states), h_last])
print([box.shape for box in reader.outputs])

# %% [markdown]
# **Predict:** we read the held-out rows one after the other, each from the state that the row before has left. What becomes of
# the perplexity: better, the same, or worse? And at which places of a row does it change most?

# %%
my_guess = {"perplexity": None, "places": None}  # type yours

# %%
h, found = np.zeros((1, M), "float32"), []
for row in held_inputs:
    logits, h = reader.predict_on_batch([row[None], h])  # (1, T, K), (1, M)
    found.append(losses(logits, held_targets[len(found)][None]))
handed_on = np.concatenate(found)
print("your guess:", my_guess)
print("from zeros:", in_rows.round(2), "  handed on:", perplexity(handed_on, held_targets).round(2))
print("mean loss at t = 0:", of_held[:, 0].mean().round(2), "→", handed_on[:, 0].mean().round(2),
      "  from t = 10 on:", of_held[:, 10:].mean().round(2), "→", handed_on[:, 10:].mean().round(2))

# %% [markdown]
# Better, and nearly all of it at the beginning of a row, where the other one knew nothing. It is the same network with the same
# weights: only the baton was not dropped.
#
# ## The network writes
#
# To write, we draw a character from the K probabilities, feed it, and draw again. The **temperature** divides the logits before
# softmax. And the draw is one number u between 0 and 1, which falls into one of K stretches.
#
# **Predict:** the network has read "alice was ver". Will a temperature of 0.5 make the likeliest character more likely, or less?

# %%
my_guess = None  # type yours

# %%
def drawn(logits, temperature, u):
    z = logits / temperature                              # (N, K)
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    ends = np.cumsum(p, axis=1)                           # where each stretch ends
    return p, (ends <= u[:, None]).sum(axis=1)            # how many stretches u has behind it


start = np.array([[id_of[character] for character in "alice was ver"]])
logits, _ = reader.predict_on_batch([start, np.zeros((1, M), "float32")])
lines = {f"temperature {at}": drawn(logits[:, -1], at, np.zeros(1))[0][0] for at in (0.5, 1, 2)}
draw.stretches(lines, ["padding", *({" ": "␣", "\n": "¶"}.get(character, character) for character in characters)], u=0.9)

# %% [markdown]
# A low temperature makes what is likely more likely, a high one makes all alike. The same u falls to other characters.
#
# One loop writes three texts at once, each at a temperature of its own. The generator has a seed, so that the same u come each
# time.

# %%
temperatures, rng = np.array([[0.3], [0.8], [1.5]]), np.random.default_rng(1865)
logits, h = reader.predict_on_batch([np.repeat(start, 3, axis=0), np.zeros((3, M), "float32")])
written = []
for _ in range(140):
    _, chosen = drawn(logits[:, -1], temperatures, rng.random(3))
    written.append(chosen)
    logits, h = reader.predict_on_batch([chosen[:, None], h])  # (3, 1) in, the state handed on
for at, row in zip(temperatures[:, 0], np.transpose(written)):
    print(f"{at}: alice was ver" + "".join(characters[max(number, 1) - 1] for number in row), "\n")

# %% [markdown]
# **Explain, for yourself:** at 0.3 the text soon goes in circles, and at 1.5 it falls to pieces. Which of the three has the best
# spelling, and does that mean that its probabilities are the best?

# %% [markdown]
# *Double-click here, and write your sentence.*

# %% [markdown]
# ## The trap: targets that are not shifted
#
# A friend trains the same network, and reports a perplexity of 1.1 after half a minute. Their targets are the inputs: they
# forgot to shift.
#
# **Predict:** how good will such a network be at what we want, telling the **next** character?

# %%
my_guess = None  # type a perplexity

# %%
keras.utils.set_random_seed(11)
copier = language_model()
copier.compile(keras.optimizers.Adam(0.01), keras.losses.SparseCategoricalCrossentropy(from_logits=True))
copier.fit(inputs, inputs, batch_size=16, epochs=3, verbose=0, callbacks=[rnnshapes.show_progress(3)])
logits = copier.predict(held_inputs, verbose=0)
print("your guess:", my_guess)
print("against its inputs:", perplexity(losses(logits, held_inputs), held_inputs).round(3))
print("against the next characters:", perplexity(losses(logits, held_targets), held_targets).round(0))

# %% [markdown]
# It has learned to repeat what it reads. As a forecast that is worse than knowing nothing, which would be 41: it is sure, and
# wrong. No shape was wrong and no error came. If a loss is too good to be true, look first whether the answer stands in the
# input. It is lesson 10's target inside the window, in other clothes.
#
# ## What to take home
#
# - **Built by hand:** the table both ways. Forward a lookup is the product of a one-hot box and E: (N, T) → (N, T, D). Back, the
#   same product turned round brings each gradient to its row, summed where a row was picked twice.
# - **The picture:** the table with the rows lit. What is dark gets nothing, and learns nothing.
# - **The traps:** the id 0 is padding, for the mask, for the loss and for the mean. And targets that are not shifted give a loss
#   that is too good to be true.
# - **Perplexity** says among how many characters the network is undecided. It means something beside what counting can do.
#
# Your turn: the assignment `release/11_text/text.ipynb` has other sizes, and its checks have texts that you have not seen.
