# ---
# title: Text, the assignment
# points: 12
# ---

# %% [markdown]
# # Text: your turn
#
# In the lecture a text became ids, ids picked rows of a table, and a network learned to tell the next character. Here you
# build the parts around the network yourself: the table, the shifted targets, the loss that leaves padding out, and the draw.
#
# | task | points |
# |---|---|
# | 1. Predict the shapes | 2 |
# | 2. `through_table`: forward, and back to the rows that were picked | 3 |
# | 3. `shifted`: inputs, and targets one character on | 2 |
# | 4. `losses`: a loss at each place, none for padding | 2 |
# | 5. `perplexity`: one number for all of them | 1 |
# | 6. `drawn`: the next character, at a temperature | 2 |
#
# That makes 12 points. Under each answer there is a check. It tells you what came out, what was expected and what to try;
# in task 1 it keeps the right shapes to itself. Run it as often as you like. Your functions are graded on texts of other
# lengths, with sizes and numbers that you have not seen. They may not change the arrays that they are handed. Use NumPy
# only in them. A function agrees with Keras when none of its numbers is more than **0.00001** (that is
# `rnnshapes.TOLERANCE`) away.
#
# `rnnshapes.keep_attempts()` in a new cell below lets this notebook keep what your checks say, try by try. Your instructor
# sees it when you hand in: no code, and no points depend on it. It is off unless you run it.

# %% readonly="setup"
import numpy as np
import rnnshapes

keras = rnnshapes.import_keras()  # `from tensorflow import keras`, without its start-up messages

text = rnnshapes.alice().lower()
characters = sorted(set(text))    # 40 of them; their ids are 1, 2, …
K = len(characters) + 1           # 0 is an id too: padding
L, N, T, D, M = 50, 6, 9, 5, 8    # characters read, rows, time steps, numbers in a row of the table, hidden units
ids_of_text = np.array([characters.index(character) + 1 for character in text[:L]])  # (L,)
print(repr(text[:L]))
print("K =", K, "  first ids:", ids_of_text[:8])

# %% [markdown]
# ## 1. Predict the shapes
#
# `ids` are N = 6 rows of T = 9 ids. There are K = 41 ids, 0 for padding and one for each of the 40 characters.
#
# ```python
# table = Embedding(K, D, mask_zero=True)
# E = table.get_weights()[0]
# one_hot = np.eye(K)[ids]                   # a row of K zeros and ones in place of each id
# X = table(ids)
# mask = table.compute_mask(ids)
# h, h_last = GRU(M, return_sequences=True, return_state=True)(X)
# logits = Dense(K)(h)
# losses = sparse_categorical_crossentropy(targets, logits, from_logits=True)
# loss = np.mean(losses)
# dE = …                                     # the gradient of the loss by E
# ```
#
# Type a tuple in place of each `...`, in numbers or in letters: `(8, 9)` or `(A, B + 1)`. One axis is written `(8,)`, and a
# plain number has the shape `()`.

# %% answer="predicted"
predicted = {
    #| "E": ...,
    #| "one_hot": ...,
    #| "X": ...,
    #| "mask": ...,
    #| "h": ...,
    #| "h_last": ...,
    #| "logits": ...,
    #| "losses": ...,
    #| "loss": ...,
    #| "dE": ...,
    ### BEGIN SOLUTION
    "E": (K, D),
    "one_hot": (N, T, K),
    "X": (N, T, D),
    "mask": (N, T),
    "h": (N, T, M),
    "h_last": (N, M),
    "logits": (N, T, K),
    "losses": (N, T),
    "loss": (),
    "dE": (K, D),
    ### END SOLUTION
}

# %% readonly="check_predicted"
rnnshapes.check_answer("11/predicted", predicted)

# %% test="predicted" part="way_in" points=1
# The shapes of E, one_hot, X, mask and h are typed as tuples, and are the real ones.
way_in = ["E", "one_hot", "X", "mask", "h"]
for name in way_in:
    assert isinstance(predicted[name], tuple | list), f"Type a tuple for {name}, such as (8, 9)"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("11/predicted", predicted, part="way_in")
### END HIDDEN TESTS

# %% test="predicted" part="way_out" points=1
# The other five shapes are typed as tuples, and are the real ones.
way_out = ["h_last", "logits", "losses", "loss", "dE"]
for name in way_out:
    assert isinstance(predicted[name], tuple | list), f"Type a tuple for {name}, such as (8, 9)"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("11/predicted", predicted, part="way_out")
### END HIDDEN TESTS

# %% [markdown]
# **Explain:** `ids` has two axes and `X` has three. Say in one sentence where the third one comes from.

# %% [markdown]
# *Double-click here, and write your sentence.*

# %% [markdown]
# ## 2. Through the table, and back
#
# Forward, each id is exchanged for its row of the table. Back, a gradient `dX` arrives, one row of D numbers for each place
# n, t. It goes to the row of the table that this place had picked; a row that was picked several times gets the **sum** of
# what arrives.
#
# $$X_{n,t,d} = E_{\text{ids}_{n,t},\,d} \qquad dE_{k,d} = \sum_{n,t\,:\;\text{ids}_{n,t} = k} dX_{n,t,d}$$
#
# By lookup or by a one-hot product, as you like. Row 0 is a row like any other here: that padding counts for nothing is
# seen to by the layers behind, which let no gradient arrive there. The function, and all below, gets other sizes. Read
# them off the arguments.

# %% answer="through_table"
def through_table(ids, E, dX):
    """Return what an embedding gives, and the gradient by its table.

    ids (N, T), whole numbers from 0 to K - 1; E (K, D); dX (N, T, D) → X (N, T, D), dE (K, D)
    """
    ### BEGIN SOLUTION
    one_hot = np.eye(len(E))[ids]                    # (N, T, K)
    X = one_hot @ E                                  # (N, T, K)(K, D) → (N, T, D), the same as E[ids]
    dE = np.einsum("ntk,ntd->kd", one_hot, dX)       # the same product turned round: summed over all places
    return X, dE
    ### END SOLUTION

# %% readonly="check_through_table"
rnnshapes.check_answer("11/through_table", through_table)

# %% test="through_table" points=3
# X is what Keras' Embedding gives, and dE what GradientTape gives, summed where a row is picked twice.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("11/through_table", through_table)
### END HIDDEN TESTS
small, E = np.array([[1, 3, 1]]), np.arange(8.0).reshape(4, 2)
X, dE = through_table(small, E, np.array([[[1.0, 2.0], [10.0, 20.0], [100.0, 200.0]]]))
assert np.allclose(X, [[[2, 3], [6, 7], [2, 3]]]), f"Got X = {np.asarray(X).tolist()}"
assert np.allclose(dE, [[0, 0], [101, 202], [0, 0], [10, 20]]), f"Got dE = {np.asarray(dE).tolist()}"

# %% [markdown]
# **Explain:** with N·T = 54 ids and K = 41 rows, some rows of `dE` are zeros all the same. Which ones, and what does a step
# of training do to these rows of the table?

# %% [markdown]
# *Double-click here, and write your sentence.*

# %% [markdown]
# ## 3. The target is the next character
#
# A text of L characters gives L − 1 places at which the next character can be asked for. Put them, one after the other, into
# rows of T. What is left of the last row is filled up **at its end** with 0, the padding, in the inputs and in the targets.
#
# For the ids 5 3 8 6 9 2 and T = 3:
#
# | | row 0 | row 1 |
# |---|---|---|
# | inputs | 5 3 8 | 6 9 0 |
# | targets | 3 8 6 | 9 2 0 |

# %% answer="shifted"
def shifted(ids, T):
    """Return the inputs and the targets of a text, in rows of T.

    ids (L,), T a whole number → inputs (N, T), targets (N, T), as many rows as are needed
    """
    ### BEGIN SOLUTION
    places = len(ids) - 1                            # the last character has no next one
    N = -(-places // T)                              # rounded up
    inputs, targets = np.zeros((N, T), int), np.zeros((N, T), int)
    inputs.flat[:places] = ids[:-1]
    targets.flat[:places] = ids[1:]                  # first shifted, then cut: a row's last target begins the next row
    return inputs, targets
    ### END SOLUTION

# %% readonly="check_shifted"
rnnshapes.check_answer("11/shifted", shifted)

# %% test="shifted" points=2
# Each target is the character after its input, also at the end of a row, and the last row is filled up with 0.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("11/shifted", shifted)
### END HIDDEN TESTS
inputs, targets = shifted(np.array([5, 3, 8, 6, 9, 2]), 3)
assert np.array_equal(inputs, [[5, 3, 8], [6, 9, 0]]), f"Got inputs {np.asarray(inputs).tolist()}"
assert np.array_equal(targets, [[3, 8, 6], [9, 2, 0]]), f"Got targets {np.asarray(targets).tolist()}"

# %% [markdown]
# ## 4. A loss at each place
#
# At each place the network gives K logits. Softmax makes probabilities of them, and the loss is minus the logarithm of the
# probability that the right character had:
#
# $$p_{n,t,k} = \frac{e^{\text{logits}_{n,t,k}}}{\sum_{k'} e^{\text{logits}_{n,t,k'}}} \qquad
# \text{loss}_{n,t} = \begin{cases} -\ln p_{n,t,\,\text{targets}_{n,t}} & \text{targets}_{n,t} \neq 0 \\ 0 & \text{targets}_{n,t} = 0 \end{cases}$$
#
# A target of 0 is padding: nothing was asked there, so the loss is 0.

# %% answer="losses"
def losses(logits, targets):
    """Return the loss at each place, 0 where the target is padding.

    logits (N, T, K), targets (N, T), whole numbers → (N, T)
    """
    ### BEGIN SOLUTION
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    p = powers / powers.sum(axis=-1, keepdims=True)                             # (N, T, K)
    right = np.take_along_axis(p, targets[..., None], axis=-1)[..., 0]          # (N, T): one of the K at each place
    return np.where(targets != 0, -np.log(right), 0)
    ### END SOLUTION

# %% readonly="check_losses"
rnnshapes.check_answer("11/losses", losses)

# %% test="losses" points=2
# The loss at each place is Keras', and there is none where the target is padding.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("11/losses", losses)
### END HIDDEN TESTS
small, right = np.log([[[0.2, 0.3, 0.5], [0.6, 0.2, 0.2]]]), np.array([[2, 0]])
found = np.asarray(losses(small, right))
assert found.shape == (1, 2), f"Got the shape {found.shape}, expected (N, T) = (1, 2)"
assert abs(found[0, 0] - np.log(2)) < rnnshapes.TOLERANCE, f"The right character had p = 0.5: expected −ln 0.5, got {found[0, 0]}"
assert found[0, 1] == 0, f"The second target is padding: expected 0, got {found[0, 1]}"

# %% [markdown]
# ## 5. Perplexity
#
# Keras' loss is the mean over the **real** characters, and perplexity is e to its power. A network that is undecided among
# 7 characters, all the time, has the perplexity 7.
#
# $$\text{perplexity} = \exp\left( \frac{\sum_{n,t} \text{loss}_{n,t}}{\text{number of targets that are not 0}} \right)$$

# %% answer="perplexity"
def perplexity(losses, targets):
    """Return the perplexity over all real characters.

    losses (N, T), 0 where targets (N, T) is 0 → one number
    """
    ### BEGIN SOLUTION
    return np.exp(losses.sum() / (targets != 0).sum())
    ### END SOLUTION

# %% readonly="check_perplexity"
rnnshapes.check_answer("11/perplexity", perplexity)

# %% test="perplexity" points=1
# It is e to the power of Keras' loss, in which padding counts for nothing.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("11/perplexity", perplexity)
### END HIDDEN TESTS
found = perplexity(np.array([[np.log(2), np.log(8)], [np.log(4), 0]]), np.array([[3, 1], [2, 0]]))
assert np.ndim(found) == 0, f"Got the shape {np.shape(found)}, expected one number"
assert abs(found - 4) < rnnshapes.TOLERANCE, f"2·8·4 = 64 is 4·4·4, so it is 4 for these three characters. Got {found}"

# %% [markdown]
# ## 6. The next character, at a temperature
#
# The logits are divided by the temperature before softmax. Then the K probabilities lie behind one another, as stretches of
# a line from 0 to 1: that of id 0 first, then that of id 1, and so on. A number u between 0 and 1 falls into one of the
# stretches, and that one's id is drawn.
#
# For p = (0.2, 0.5, 0.3) the stretches end at 0.2, at 0.7 and at 1, so u = 0.6 draws the id 1. Each sample has its own u.

# %% answer="drawn"
def drawn(logits, temperature, u):
    """Return the probabilities of all characters, and the id that u draws, for each sample.

    logits (N, K), temperature a number, u (N,), between 0 and 1 → p (N, K), ids (N,)
    """
    ### BEGIN SOLUTION
    z = logits / temperature
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    p = powers / powers.sum(axis=1, keepdims=True)
    ends = np.cumsum(p, axis=1)                      # (N, K): where each stretch ends
    ids = (ends <= u[:, None]).sum(axis=1)           # how many stretches u has behind it
    return p, ids
    ### END SOLUTION

# %% readonly="check_drawn"
rnnshapes.check_answer("11/drawn", drawn)

# %% test="drawn" points=2
# p is Keras' softmax at this temperature, and the ids are those that NumPy's choice picks for the same u.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("11/drawn", drawn)
### END HIDDEN TESTS
p, ids = drawn(np.log([[0.2, 0.5, 0.3], [0.2, 0.5, 0.3]]), 1.0, np.array([0.6, 0.1]))
assert np.allclose(p, [[0.2, 0.5, 0.3], [0.2, 0.5, 0.3]]), f"At temperature 1 nothing changes. Got {np.asarray(p).tolist()}"
assert np.array_equal(ids, [1, 0]), f"u = 0.6 draws 1, and u = 0.1 draws 0. Got {np.asarray(ids).tolist()}"

# %% [markdown]
# **Explain:** what do you get at a temperature near 0, and what at a very high one? Say it without a formula.

# %% [markdown]
# *Double-click here, and write your sentence.*

# %% [markdown]
# ## Before you submit
#
# Restart the kernel and run all cells (Kernel → Restart Kernel and Run All Cells): what you see then is what is graded. A ✓
# means that the answer is right. Task 1 gives its points in parts.
