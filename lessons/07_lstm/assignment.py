# ---
# title: LSTM, the assignment
# points: 12
# ---

# %% [markdown]
# # LSTM: your turn
#
# In the lecture we found Keras' gates by switching off its four blocks, one after the other. Here you meet a layer that keeps
# them in another order. Then you write Keras' own step by hand, and the loop around it.
#
# | task | points |
# |---|---|
# | 1. Predict the shapes | 3 |
# | 2. `found`: the order of the blocks, by experiment | 2 |
# | 3. `lstm_step`: two states in, two states out | 3 |
# | 4. `lstm_by_hand`: the loop | 3 |
# | 5. `fresh_bias`: what a new layer starts with | 1 |
#
# That makes 12 points. Under each answer there is a check. It tells you what came out, what was expected and what to try;
# in tasks 1 and 2 it keeps the right answers to itself. Run it as often as you like. Your functions are graded on sizes,
# weights and data that you have not seen. They may not change the arrays that they are handed. Use NumPy only in them. A
# function agrees with Keras when none of its numbers is more than **0.00001** (that is `rnnshapes.TOLERANCE`) away.
#
# `rnnshapes.keep_attempts()` in a new cell below lets this notebook keep what your checks say, try by try. Your instructor
# sees it when you hand in: no code, and no points depend on it. It is off unless you run it.

# %% readonly="setup"
import numpy as np
import rnnshapes

keras = rnnshapes.import_keras()  # `from tensorflow import keras`, without its start-up messages
keras.utils.set_random_seed(7)

N, T, D, M, K = 6, 9, 3, 5, 7  # samples, time steps, features, hidden units; K is not used here
X = np.random.randn(N, T, D).astype("float32")
sizes = rnnshapes.Sizes(N=N, T=T, D=D, M=M, K=K)
print(sizes.legend())

# %% [markdown]
# ## 1. Predict the shapes
#
# Nothing of the following has run yet. Two layers with M hidden units read `X`:
#
# ```python
# layer = LSTM(M, return_state=True)
# out, h, c = layer(X)
# Wx, Wh, bh = layer.get_weights()
# z = X[:, 0] @ Wx + h_last @ Wh + bh  # the first step; h_last are zeros
#
# states, h_too, c_too = LSTM(M, return_sequences=True, return_state=True)(X)
# ```
#
# Type a tuple in place of each `...`, in numbers or in letters: `(8, 9)` or `(A, 2*B)`. One axis is written `(8,)`.

# %% answer="predicted"
predicted = {
    #| "Wx": ...,      # the weight that meets the input, for all four blocks
    #| "Wh": ...,      # the weight that meets the last h, for all four blocks
    #| "bh": ...,      # the bias, for all four blocks
    #| "Wxf": ...,     # the part of Wx that belongs to the forget gate alone
    #| "z": ...,       # the sum of one step, before it is cut
    #| "out": ...,     # the first of the three things that come back
    #| "h": ...,       # the second
    #| "c": ...,       # the third
    #| "states": ...,  # the first with return_sequences=True
    #| "c_too": ...,   # the third with return_sequences=True
    ### BEGIN SOLUTION
    "Wx": (D, 4 * M),
    "Wh": (M, 4 * M),
    "bh": (4 * M,),
    "Wxf": (D, M),
    "z": (N, 4 * M),
    "out": (N, M),
    "h": (N, M),
    "c": (N, M),
    "states": (N, T, M),
    "c_too": (N, M),
    ### END SOLUTION
}

# %% readonly="check_predicted"
rnnshapes.check_answer("07/predicted", predicted)

# %% test="predicted" part="weights" points=1
# The shapes of Wx, Wh and bh are those of Keras. (You see only whether tuples are typed; the shapes are compared when it is graded.)
assert all(isinstance(predicted[name], tuple | list) for name in ["Wx", "Wh", "bh"]), "Type a tuple for each shape"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("07/predicted", predicted, part="weights")
### END HIDDEN TESTS

# %% test="predicted" part="cut" points=1
# The shapes of Wxf and z are those that come out. (Here, too, you see only whether tuples are typed.)
assert all(isinstance(predicted[name], tuple | list) for name in ["Wxf", "z"]), "Type a tuple for each shape"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("07/predicted", predicted, part="cut")
### END HIDDEN TESTS

# %% test="predicted" part="states" points=1
# The shapes of out, h, c, states and c_too are those that Keras gives. (Here, too, you see only whether tuples are typed.)
names = ["out", "h", "c", "states", "c_too"]
assert all(isinstance(predicted[name], tuple | list) for name in names), "Type a tuple for each shape"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("07/predicted", predicted, part="states")
### END HIDDEN TESTS

# %% [markdown]
# Now the layer is built. Its bias is random, so that nothing agrees by luck.

# %% readonly="layer"
layer = keras.layers.LSTM(M, return_sequences=True, return_state=True, unit_forget_bias=False,
                          bias_initializer=keras.initializers.RandomUniform(0.2, 0.6))
states, h, c = (np.asarray(part) for part in layer(X))
Wx, Wh, bh = layer.get_weights()
print("states", states.shape, " h", h.shape, " c", c.shape, " Wx", Wx.shape, " Wh", Wh.shape, " bh", bh.shape)

# %% [markdown]
# **Explain, for yourself** (not graded): was a prediction of yours different? Say in one sentence why `c` is not among
# the `states`.

# %% [markdown]
# *Double-click here, and write your sentence.*

# %% [markdown]
# ## 2. The order of the blocks, by experiment
#
# Somebody sends you the weights of an LSTM from another library: `Wx`, `Wh` and `bh` as above, four blocks of M columns
# each. They are the same four as Keras', in **another order**, and the library has no manual.
#
# There is the layer itself, though. `theirs(X, Wx, Wh, bh)` runs it from zeros and gives h and c after the last step.
# `without(block)` gives its weights with zeros in one of the blocks 0, 1, 2, 3.

# %% readonly="theirs"
hidden_layer = keras.layers.LSTM(M, return_state=True)
hidden_layer.build((N, None, D))

def theirs(X, Wx, Wh, bh):
    cut = [np.split(w, 4, axis=-1) for w in (Wx, Wh, bh)]
    for one, other in np.random.default_rng(72).integers(4, size=(9, 2)):  # nine exchanges: the experiment is quicker
        for w in cut:
            w[one], w[other] = w[other], w[one]
    hidden_layer.set_weights([np.concatenate(w, axis=-1) for w in cut])
    _, h, c = hidden_layer(X)
    return np.asarray(h), np.asarray(c)

# %% readonly="without"
def without(block):
    keep = np.repeat(np.arange(4) != block, M)  # (4M,): False in the columns of this block
    return Wx * keep, Wh * keep, bh * keep

h_whole, c_whole = theirs(X[:, :1], Wx, Wh, bh)  # one time step, from zeros
print("h", h_whole[0].round(2), " c", c_whole[0].round(2))

# %% [markdown]
# Run the next cell with block = 0, 1, 2 and 3. It shows one step. Change it as you like: more steps, another sample.

# %%
block = 0
h_new, c_new = theirs(X[:, :1], *without(block))
print("h", h_new[0].round(2), " c", c_new[0].round(2))

# %% [markdown]
# What stands in which block? Type `"i"` for the input gate, `"f"` for the forget gate, `"o"` for the output gate and `"g"`
# for the candidate. (`"c"`, as Keras calls the candidate, is right too.)

# %% answer="found"
found = {
    #| "block 0": ...,
    #| "block 1": ...,
    #| "block 2": ...,
    #| "block 3": ...,
    ### BEGIN SOLUTION
    "block 0": "g",  # c and h become zeros: nothing is there to let in
    "block 1": "o",  # c stays as it was, h changes
    "block 2": "f",  # nothing changes: in the first step there is nothing to forget
    "block 3": "i",  # c and h change, and neither becomes zeros
    ### END SOLUTION
}

# %% readonly="check_found"
rnnshapes.check_answer("07/found", found)

# %% test="found" points=2
# Each block has its gate, as the experiment shows.
assert len({str(letter) for letter in found.values()}) == 4, "Each of the letters i, f, g and o stands once"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("07/found", found)
### END HIDDEN TESTS

# %% [markdown]
# ## 3. Two states in, two states out
#
# From here on the weights are Keras' own, in Keras' order. One step for all N samples, where g is the candidate:
#
# $$z = x_t W_x + h_{last} W_h + b_h \qquad c = f \odot c_{last} + i \odot g \qquad h = o \odot \tanh(c)$$
#
# $\odot$ multiplies number by number. z is 4M wide; i, f, g and o are made of its four blocks. i, f and o pass through a
# sigmoid, $1 / (1 + e^{-z})$, and g passes through tanh. Take every size from the arguments' shapes.

# %% readonly="picture_gates"
rnnshapes.draw.gates(sizes)

# %% answer="lstm_step"
def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    """Return both states after one step of an LSTM, h and c.

    xt (N, D), h_last and c_last (N, M), Wx (D, 4M), Wh (M, 4M), bh (4M,) → (N, M) and (N, M)
    """
    #| raise NotImplementedError()  # your code; its last line: return h, c
    ### BEGIN SOLUTION
    i, f, g, o = np.split(xt @ Wx + h_last @ Wh + bh, 4, axis=1)  # (N, 4M) → four times (N, M)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = f * c_last + i * np.tanh(g)
    return o * np.tanh(c), c
    ### END SOLUTION

# %% readonly="check_lstm_step"
rnnshapes.check_answer("07/lstm_step", lstm_step)

# %% test="lstm_step" points=3
# Both states after one step agree with those that Keras returns.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("07/lstm_step", lstm_step)
### END HIDDEN TESTS
both = np.asarray(lstm_step(X[:, 0], np.zeros((N, M)), np.zeros((N, M)), Wx, Wh, bh))
assert both.shape == (2, N, M), f"Got the shape {both.shape}, expected h and c, each (N, M) = {(N, M)}"
difference = np.abs(both[0] - states[:, 0]).max()  # states is what the Keras layer returned
assert difference <= rnnshapes.TOLERANCE, f"A row of h is {difference:.2g} away from Keras"

# %% [markdown]
# ## 4. The loop
#
# Now all time steps. The loop starts from `h0` and `c0`, as Keras does with `initial_state=[h0, c0]`. Return **h at every
# step**, (N, T, M). You may call `lstm_step`. Which two things does a step hand to the next one?

# %% answer="lstm_by_hand"
def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    """Return h at every step of an LSTM that starts from h0 and c0.

    X (N, T, D), h0 and c0 (N, M), Wx (D, 4M), Wh (M, 4M), bh (4M,) → (N, T, M)
    """
    ### BEGIN SOLUTION
    h, c, rows = h0, c0, []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + bh, 4, axis=1)
        i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
        c = f * c + i * np.tanh(g)
        h = o * np.tanh(c)  # (N, M): of both states, only h is shown to the outside
        rows.append(h)
    return np.stack(rows, axis=1)
    ### END SOLUTION

# %% readonly="check_lstm_by_hand"
rnnshapes.check_answer("07/lstm_by_hand", lstm_by_hand)

# %% test="lstm_by_hand" points=3
# h agrees with what the layer gives at every step.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("07/lstm_by_hand", lstm_by_hand)
### END HIDDEN TESTS
rows = np.asarray(lstm_by_hand(X, np.zeros((N, M)), np.zeros((N, M)), Wx, Wh, bh))
assert rows.shape == (N, T, M), f"Got the shape {rows.shape}, expected (N, T, M) = {(N, T, M)}"
difference = np.abs(rows - states).max()  # states is what the Keras layer returned
assert difference <= rnnshapes.TOLERANCE, f"A row is {difference:.2g} away from Keras"

# %% [markdown]
# ## 5. What a new layer starts with
#
# The bias of a new SimpleRNN is zeros. That of a new LSTM is not: it opens the forget gate a little, so that the cell keeps
# more of what it has. Return that bias as one array in Keras' order: the numbers in the weights of a new `LSTM(M)`, which
# nobody has trained, not those that its gates give.

# %% answer="fresh_bias"
def fresh_bias(M):
    """Return the bias of a new LSTM with M hidden units: M → (4M,)"""
    ### BEGIN SOLUTION
    return np.repeat([0.0, 1.0, 0.0, 0.0], M)  # i, f, g, o: the forget gate's block is ones
    ### END SOLUTION

# %% readonly="check_fresh_bias"
rnnshapes.check_answer("07/fresh_bias", fresh_bias)

# %% test="fresh_bias" points=1
# The bias is the one that get_weights() of a new layer holds.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("07/fresh_bias", fresh_bias)
### END HIDDEN TESTS
assert np.shape(fresh_bias(M)) == (4 * M,), f"Got the shape {np.shape(fresh_bias(M))}, expected (4M,) = {(4 * M,)}"

# %% [markdown]
# ## Before you submit
#
# Restart the kernel and run all cells (Kernel → Restart Kernel and Run All Cells). A ✓ means that the numbers are right.
# Task 1 gives its points in parts.
