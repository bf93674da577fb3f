# ---
# title: GRU, the assignment
# points: 12
# ---

# %% [markdown]
# # GRU: your turn
#
# In the lecture we saw why the bias of a GRU has two rows. Here you meet both rows at other sizes. You write a step, the loop
# around it, and a step with the reset gate in its older place. Then you say which numbers of the second row are needed there.
#
# | task | points |
# |---|---|
# | 1. Predict the shapes | 2 |
# | 2. `counted`: the parameters of four layers | 1 |
# | 3. `gru_step`: one step, with both rows | 3 |
# | 4. `gru_by_hand`: the loop | 2 |
# | 5. `gru_before`: a step with `reset_after=False` | 2 |
# | 6. `moved_up`: what may be summed | 2 |
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
keras.utils.set_random_seed(8)

N, T, D, M, K = 6, 8, 4, 5, 7  # samples, time steps, features, hidden units; K is not used here
X = np.random.randn(N, T, D).astype("float32")
sizes = rnnshapes.Sizes(N=N, T=T, D=D, M=M, K=K)
print(sizes.legend())

# %% [markdown]
# ## 1. Predict the shapes
#
# Nothing of the following has run yet. Two layers with M hidden units read `X`:
#
# ```python
# layer = GRU(M, return_sequences=True)   # reset_after=True is the default
# states = layer(X)
# h = states[:, -1]
# Wx, Wh, b = layer.get_weights()
# p = X[:, 0] @ Wx + b[0]                 # the first of the two sums of a step
# q = h @ Wh + b[1]                       # the second
#
# before = GRU(M, reset_after=False)
# _, _, b_before = before.get_weights()   # after it has seen X
# ```
#
# Type a tuple in place of each `...`, in numbers or in letters: `(8, 9)` or `(A, 2*B)`. One axis is written `(8,)`.

# %% answer="predicted"
predicted = {
    #| "Wx": ...,        # the weight that meets the input, for all three blocks
    #| "Wh": ...,        # the weight that meets the last h, for all three blocks
    #| "b": ...,         # the bias, with the default reset_after=True
    #| "b_before": ...,  # the bias, with reset_after=False
    #| "Wxr": ...,       # the part of Wx that belongs to the reset gate alone
    #| "p": ...,         # the sum that comes from the input
    #| "q": ...,         # the sum that comes from the last h
    #| "states": ...,    # what the layer gives with return_sequences=True
    #| "h": ...,         # the state after the last step
    ### BEGIN SOLUTION
    "Wx": (D, 3 * M),
    "Wh": (M, 3 * M),
    "b": (2, 3 * M),
    "b_before": (3 * M,),
    "Wxr": (D, M),
    "p": (N, 3 * M),
    "q": (N, 3 * M),
    "states": (N, T, M),
    "h": (N, M),
    ### END SOLUTION
}

# %% readonly="check_predicted"
rnnshapes.check_answer("08/predicted", predicted)

# %% test="predicted" part="weights" points=1
# The shapes of Wx, Wh and both biases are those of Keras. (You see only whether tuples are typed; the shapes are compared when it is graded.)
names = ["Wx", "Wh", "b", "b_before"]
assert all(isinstance(predicted[name], tuple | list) for name in names), "Type a tuple for each shape"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("08/predicted", predicted, part="weights")
### END HIDDEN TESTS

# %% test="predicted" part="sums" points=1
# The shapes of Wxr, p, q, states and h are those that come out. (Here, too, you see only whether tuples are typed.)
names = ["Wxr", "p", "q", "states", "h"]
assert all(isinstance(predicted[name], tuple | list) for name in names), "Type a tuple for each shape"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("08/predicted", predicted, part="sums")
### END HIDDEN TESTS

# %% [markdown]
# ## 2. Parameters, by letters
#
# How many parameters has each of these four layers, with M hidden units and D features? Type numbers, or let Python work
# them out of the letters: `A*B + A`.

# %% answer="counted"
counted = {
    #| "SimpleRNN": ...,   # SimpleRNN(M)
    #| "LSTM": ...,        # LSTM(M)
    #| "GRU": ...,         # GRU(M)
    #| "GRU before": ...,  # GRU(M, reset_after=False)
    ### BEGIN SOLUTION
    "SimpleRNN": D * M + M * M + M,
    "LSTM": 4 * (D * M + M * M + M),
    "GRU": 3 * (D * M + M * M + 2 * M),  # both rows of the bias count
    "GRU before": 3 * (D * M + M * M + M),
    ### END SOLUTION
}

# %% readonly="check_counted"
rnnshapes.check_answer("08/counted", counted)

# %% test="counted" points=1
# The numbers are those of count_params(). (You see only whether numbers are typed.)
assert all(isinstance(number, int) for number in counted.values()), "Type a whole number for each layer"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("08/counted", counted)
### END HIDDEN TESTS

# %% [markdown]
# Now the first layer is built. Its bias is random, so that nothing agrees by luck.

# %% readonly="layer"
random_bias = keras.initializers.RandomUniform(0.2, 0.6)
layer = keras.layers.GRU(M, return_sequences=True, bias_initializer=random_bias)
states = np.asarray(layer(X))
Wx, Wh, b = layer.get_weights()
print("states", states.shape, " Wx", Wx.shape, " Wh", Wh.shape, " b", b.shape)

# %% [markdown]
# **Explain, for yourself** (not graded): was a prediction of yours different? Say in one sentence what stands in the first row
# of `b`, and what in the second.

# %% [markdown]
# *Double-click here, and write your sentence.*

# %% [markdown]
# ## 3. One step, with both rows
#
# One step for all N samples. Both sums are 3M wide. Their blocks belong to z, r and g, in this order:
#
# $$p = x_t W_x + b_x \qquad q = h_{last} W_h + b_h$$
#
# $b_x$ and $b_h$ are the two rows of b. In the blocks of z and r the sums are added, and a sigmoid makes the gate of them.
# The candidate is made in another way, and z mixes it with the old state:
#
# $$g = \tanh(p_g + r \odot q_g) \qquad h = z \odot h_{last} + (1 - z) \odot g$$
#
# $\odot$ multiplies number by number; a sigmoid is $1 / (1 + e^{-a})$. Take every size from the arguments' shapes.

# %% readonly="picture_gates"
rnnshapes.draw.gates(sizes, layer="GRU")

# %% answer="gru_step"
def gru_step(xt, h_last, Wx, Wh, b):
    """Return the state after one step of a GRU with reset_after=True.

    xt (N, D), h_last (N, M), Wx (D, 3M), Wh (M, 3M), b (2, 3M) → (N, M)
    """
    ### BEGIN SOLUTION
    pz, pr, pg = np.split(xt @ Wx + b[0], 3, axis=1)      # three times (N, M)
    qz, qr, qg = np.split(h_last @ Wh + b[1], 3, axis=1)
    z, r = (1 / (1 + np.exp(-total)) for total in (pz + qz, pr + qr))
    g = np.tanh(pg + r * qg)  # r stands between the two rows: they cannot be one
    return z * h_last + (1 - z) * g
    ### END SOLUTION

# %% readonly="check_gru_step"
rnnshapes.check_answer("08/gru_step", gru_step)

# %% test="gru_step" points=3
# The state after one step agrees with the one that Keras gives.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("08/gru_step", gru_step)
### END HIDDEN TESTS
first = np.asarray(gru_step(X[:, 0], np.zeros((N, M)), Wx, Wh, b))
assert first.shape == (N, M), f"Got the shape {first.shape}, expected (N, M) = {(N, M)}"
difference = np.abs(first - states[:, 0]).max()  # states is what the Keras layer returned
assert difference <= rnnshapes.TOLERANCE, f"A row of h is {difference:.2g} away from Keras"

# %% [markdown]
# ## 4. The loop
#
# Now all time steps. The loop starts from `h0`, as Keras does with `initial_state=h0`. Return **h at every step**, (N, T, M).
# You may call `gru_step`. Which places in a step need the last h?

# %% answer="gru_by_hand"
def gru_by_hand(X, h0, Wx, Wh, b):
    """Return h at every step of a GRU that starts from h0.

    X (N, T, D), h0 (N, M), Wx (D, 3M), Wh (M, 3M), b (2, 3M) → (N, T, M)
    """
    ### BEGIN SOLUTION
    h, rows = h0, []
    for t in range(X.shape[1]):
        pz, pr, pg = np.split(X[:, t] @ Wx + b[0], 3, axis=1)
        qz, qr, qg = np.split(h @ Wh + b[1], 3, axis=1)
        z, r = (1 / (1 + np.exp(-total)) for total in (pz + qz, pr + qr))
        h = z * h + (1 - z) * np.tanh(pg + r * qg)  # (N, M)
        rows.append(h)
    return np.stack(rows, axis=1)
    ### END SOLUTION

# %% readonly="check_gru_by_hand"
rnnshapes.check_answer("08/gru_by_hand", gru_by_hand)

# %% test="gru_by_hand" points=2
# h agrees with what the layer gives at every step.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("08/gru_by_hand", gru_by_hand)
### END HIDDEN TESTS
rows = np.asarray(gru_by_hand(X, np.zeros((N, M)), Wx, Wh, b))
assert rows.shape == (N, T, M), f"Got the shape {rows.shape}, expected (N, T, M) = {(N, T, M)}"
difference = np.abs(rows - states).max()  # states is what the Keras layer returned
assert difference <= rnnshapes.TOLERANCE, f"A row is {difference:.2g} away from Keras"

# %% [markdown]
# ## 5. The reset gate before the product
#
# With `reset_after=False` the bias is one row of 3M numbers, and r works on the last state, before Wh comes:
#
# $$g = \tanh(x_t W_{xg} + (r \odot h_{last}) W_{hg} + b_g)$$
#
# z, r and the new h are made as before. Which parts of the step can still be made in one wide product with `h_last`, and which
# part has to wait?

# %% readonly="layer_before"
before = keras.layers.GRU(M, return_sequences=True, reset_after=False, bias_initializer=random_bias)
states_before = np.asarray(before(X))
Wx_before, Wh_before, b_before = before.get_weights()
print("states_before", states_before.shape, " b_before", b_before.shape)

# %% answer="gru_before"
def gru_before(xt, h_last, Wx, Wh, b):
    """Return the state after one step of a GRU with reset_after=False.

    xt (N, D), h_last (N, M), Wx (D, 3M), Wh (M, 3M), b (3M,) → (N, M)
    """
    ### BEGIN SOLUTION
    M = h_last.shape[1]
    p = xt @ Wx + b                             # (N, 3M)
    gates = p[:, :2 * M] + h_last @ Wh[:, :2 * M]  # (N, 2M): the candidate has to wait for r
    z, r = np.split(1 / (1 + np.exp(-gates)), 2, axis=1)
    g = np.tanh(p[:, 2 * M:] + (r * h_last) @ Wh[:, 2 * M:])
    return z * h_last + (1 - z) * g
    ### END SOLUTION

# %% readonly="check_gru_before"
rnnshapes.check_answer("08/gru_before", gru_before)

# %% test="gru_before" points=2
# The state after one step agrees with the one that Keras gives with reset_after=False.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("08/gru_before", gru_before)
### END HIDDEN TESTS
second = np.asarray(gru_before(X[:, 1], states_before[:, 0], Wx_before, Wh_before, b_before))
assert second.shape == (N, M), f"Got the shape {second.shape}, expected (N, M) = {(N, M)}"
difference = np.abs(second - states_before[:, 1]).max()  # states_before is what the Keras layer returned
assert difference <= rnnshapes.TOLERANCE, f"A row of h is {difference:.2g} away from Keras"

# %% [markdown]
# ## 6. What may be summed
#
# Back to `reset_after=True`. Take `b` of (2, 3M), and move numbers of the second row up: add them to the number above them, and
# write a zero in their place. Move **as many as you can**, so that Keras gives the same h for any data and any weights.
#
# Return the new bias, again (2, 3M). Leave `b` itself as it is.

# %% answer="moved_up"
def moved_up(b):
    """Return a bias with which a GRU gives the same h, with as many zeros in its second row as can be.

    b (2, 3M) → (2, 3M)
    """
    ### BEGIN SOLUTION
    M = b.shape[1] // 3
    new = b.copy()
    new[0, :2 * M] += b[1, :2 * M]  # z and r: both rows are added to one sum
    new[1, :2 * M] = 0              # g keeps its second row: r stands in front of it
    return new
    ### END SOLUTION

# %% readonly="check_moved_up"
rnnshapes.check_answer("08/moved_up", moved_up)

# %% test="moved_up" points=2
# The numbers stand where Keras gives the same h, and no more of them can move.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("08/moved_up", moved_up)
### END HIDDEN TESTS
new = np.asarray(moved_up(b))
assert new.shape == (2, 3 * M), f"Got the shape {new.shape}, expected (2, 3M) = {(2, 3 * M)}"
layer.set_weights([Wx, Wh, new])
difference = np.abs(np.asarray(layer(X)) - states).max()
layer.set_weights([Wx, Wh, b])
assert difference <= rnnshapes.TOLERANCE, f"With your bias Keras' h is {difference:.2g} away from states"

# %% [markdown]
# ## Before you submit
#
# Restart the kernel and run all cells (Kernel → Restart Kernel and Run All Cells). A ✓ means that the numbers are right.
# Task 1 gives its points in parts.
