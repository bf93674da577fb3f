# ---
# title: Backpropagation through time, the assignment
# points: 12
# ---

# %% [markdown]
# # Backpropagation through time: your turn
#
# In the lecture we walked back through a SimpleRNN, from the loss to the first step. Here you do it by hand, and what you
# compute has to agree with `tf.GradientTape`.
#
# | task | points |
# |---|---|
# | 1. Predict the shapes | 2 |
# | 2. `step_back`: one step back | 2 |
# | 3. `from_last`: the way back from the last ŷ | 2 |
# | 4. `bptt`: four gradients, for a loss on every step | 3 |
# | 5. `clipped`: one factor for all | 1 |
# | 6. `truncated`: the way back, cut into chunks | 2 |
#
# That makes 12 points. Under each answer there is a check. It tells you what came out, what was expected and what to try;
# in task 1 it keeps the right shapes to itself. Run it as often as you like. Your functions are graded on sizes, weights
# and data that you have not seen. They may not change the arrays that they are handed. Use NumPy only in them. A function
# agrees with `GradientTape` when none of its numbers is more than **0.00001** (that is `rnnshapes.TOLERANCE`) away.
#
# A name that begins with d is a gradient: `dWh` is how the loss changes with each number of `Wh`.
#
# `rnnshapes.keep_attempts()` in a new cell below lets this notebook keep what your checks say, try by try. Your instructor
# sees it when you hand in: no code, and no points depend on it. It is off unless you run it.

# %% readonly="setup"
import numpy as np
import rnnshapes

keras = rnnshapes.import_keras()  # `from tensorflow import keras`, without its start-up messages
import tensorflow as tf

keras.utils.set_random_seed(9)

N, T, D, M, K = 4, 13, 3, 6, 2  # samples, time steps, features, hidden units, output nodes
X = np.random.randn(N, T, D).astype("float32")
Y = np.random.randn(N, K).astype("float32")  # what the last ŷ should be
h0 = np.random.uniform(-0.9, 0.9, (N, M)).astype("float32")
sizes = rnnshapes.Sizes(N=N, T=T, D=D, M=M, K=K)
print(sizes.legend())

# %% [markdown]
# ## 1. Predict the shapes
#
# Nothing of the following has run yet. A SimpleRNN starts from `h0` and reads `X`; a Dense layer makes ŷ out of the last h:
#
# ```python
# H, h_last = SimpleRNN(M, return_sequences=True, return_state=True)(X, initial_state=h0)
# Yhat = Dense(K)(h_last)                  # with the weights Wo and bo
# loss = 0.5 * np.sum((Yhat - Y) ** 2)
# ```
#
# Which shape has the loss, and which has the gradient of the loss by each of the others? Type a tuple in place of each `...`,
# in numbers or in letters: `(8, 9)` or `(A, 2*B)`. One axis is written `(8,)`, and a plain number has the shape `()`.

# %% answer="predicted"
predicted = {
    #| "loss": ...,   # the loss itself
    #| "dYhat": ...,  # by the last ŷ, of all samples
    #| "dWo": ...,    # by the weight of the head
    #| "dz": ...,     # by the sum inside tanh, at one step, of all samples
    #| "dH": ...,     # by the states of all steps
    #| "dWx": ...,    # by the weight that meets the input
    #| "dWh": ...,    # by the weight that meets the last h
    #| "dbh": ...,    # by the bias
    #| "dh0": ...,    # by the state before the first step
    #| "dX": ...,     # by the data
    ### BEGIN SOLUTION
    "loss": (),
    "dYhat": (N, K),
    "dWo": (M, K),
    "dz": (N, M),
    "dH": (N, T, M),
    "dWx": (D, M),
    "dWh": (M, M),
    "dbh": (M,),
    "dh0": (N, M),
    "dX": (N, T, D),
    ### END SOLUTION
}

# %% readonly="check_predicted"
rnnshapes.check_answer("09/predicted", predicted)

# %% test="predicted" part="way" points=1
# The shapes of loss, dYhat, dWo, dz and dH are right. (You see only whether tuples are typed; the shapes are compared when it is graded.)
names = ["loss", "dYhat", "dWo", "dz", "dH"]
assert all(isinstance(predicted[name], tuple | list) for name in names), "Type a tuple for each shape"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("09/predicted", predicted, part="way")
### END HIDDEN TESTS

# %% test="predicted" part="ends" points=1
# The shapes of dWx, dWh, dbh, dh0 and dX are right. (Here, too, you see only whether tuples are typed.)
names = ["dWx", "dWh", "dbh", "dh0", "dX"]
assert all(isinstance(predicted[name], tuple | list) for name in names), "Type a tuple for each shape"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("09/predicted", predicted, part="ends")
### END HIDDEN TESTS

# %% [markdown]
# Now the model is built, with random biases, and `GradientTape` writes down what it computes.

# %% readonly="layer"
layer = keras.layers.SimpleRNN(M, return_sequences=True, return_state=True, unroll=True,
                               bias_initializer=keras.initializers.RandomUniform(0.2, 0.6))
head = keras.layers.Dense(K, bias_initializer=keras.initializers.RandomUniform(0.2, 0.6))
start = tf.constant(h0)
with tf.GradientTape() as tape:
    tape.watch(start)  # weights are watched anyway, data are not
    H, h_last = layer(X, initial_state=start)
    Yhat = head(h_last)
    loss = 0.5 * tf.reduce_sum((Yhat - Y) ** 2)
of_tape = tape.gradient(loss, [*layer.trainable_weights, start])  # dWx, dWh, dbh, dh0
of_tape, H = [np.asarray(one) for one in of_tape], np.asarray(H)
Wx, Wh, bh = layer.get_weights()
Wo, bo = head.get_weights()
dYhat = Yhat.numpy() - Y  # the gradient by the last ŷ
dH = np.zeros((N, T, M))
dH[:, -1] = dYhat @ Wo.T  # what arrives at each step from outside: something at the last one alone
print("loss", loss.numpy(), "  gradients", [one.shape for one in of_tape])

# %% [markdown]
# **Explain, for yourself** (not graded): was a prediction of yours different? Say in one sentence why `dWh` has no N and no T,
# although every sample and every step has a part in it.

# %% [markdown]
# *Double-click here, and write your sentence.*

# %% [markdown]
# ## 2. One step back
#
# Forward, one step is $z = x_t W_x + h_{last} W_h + b_h$ and $h = \tanh(z)$. Backward, `dh` arrives, the gradient by h. On its
# way it passes through tanh, and then through the product with Wh:
#
# $$dz = dh \odot (1 - h^2) \qquad dh_{last} = dz \, W_h^{\top}$$
#
# Return `dh_last`, for all N samples. `h` is the state that this step has made.

# %% answer="step_back"
def step_back(dh, h, Wh):
    """Return the gradient by the state before a step.

    dh (N, M), h (N, M), Wh (M, M) → (N, M)
    """
    ### BEGIN SOLUTION
    dz = dh * (1 - h**2)  # the slope of tanh, written with what tanh gave
    return dz @ Wh.T  # (N, M)(M, M): the other way round through Wh
    ### END SOLUTION

# %% readonly="check_step_back"
rnnshapes.check_answer("09/step_back", step_back)

# %% test="step_back" points=2
# The gradient by the state before a step agrees with GradientTape.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("09/step_back", step_back)
### END HIDDEN TESTS
dh = dYhat @ Wo.T
for t in reversed(range(T)):
    dh = step_back(dh, H[:, t], Wh)  # T steps back, and we are at h0
assert np.shape(dh) == (N, M), f"Got the shape {np.shape(dh)}, expected (N, M) = {(N, M)}"
difference = np.abs(dh - of_tape[3]).max()
assert difference <= rnnshapes.TOLERANCE, f"After T steps back dh0 is {difference:.2g} away from GradientTape"

# %% [markdown]
# ## 3. The way back from the last ŷ
#
# Now from the end to the beginning. `dYhat` is the gradient by the last ŷ. It comes through the head, $\hat y = h W_o + b_o$, to
# the last state, and from there step by step to the first. Return **dz of every step**, (N, T, M), each in its step's place.
# `H` has the state that each step has made.

# %% answer="from_last"
def from_last(dYhat, Wo, H, Wh):
    """Return the gradient by the sum inside tanh, at every step, for a loss on the last ŷ.

    dYhat (N, K), Wo (M, K), H (N, T, M), Wh (M, M) → (N, T, M)
    """
    ### BEGIN SOLUTION
    dZ = np.zeros(H.shape)
    dh = dYhat @ Wo.T  # (N, K)(K, M): through the head, once
    for t in reversed(range(H.shape[1])):
        dZ[:, t] = dh * (1 - H[:, t] ** 2)
        dh = dZ[:, t] @ Wh.T  # what the step before hears
    return dZ
    ### END SOLUTION

# %% readonly="check_from_last"
rnnshapes.check_answer("09/from_last", from_last)

# %% test="from_last" points=2
# dz of every step agrees with GradientTape.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("09/from_last", from_last)
### END HIDDEN TESTS
dZ = np.asarray(from_last(dYhat, Wo, H, Wh))
assert dZ.shape == (N, T, M), f"Got the shape {dZ.shape}, expected (N, T, M) = {(N, T, M)}"
difference = np.abs(dZ.sum(axis=(0, 1)) - of_tape[2]).max()  # dbh is the sum of all dz
assert difference <= rnnshapes.TOLERANCE, f"The dbh that follows from your dZ is {difference:.2g} away from GradientTape"

# %% [markdown]
# ## 4. Four gradients, for a loss on every step
#
# With a loss on every ŷ, something arrives from outside at every step: `dH[:, t]`. It is added to what comes back through time.
# All steps have used the same weights. So the gradient of a weight is a sum over all steps, and over all samples:
#
# $$dW_x = \sum_t x_t^{\top} dz_t \qquad dW_h = \sum_t h_{t-1}^{\top} dz_t \qquad db_h = \sum_{t,\,n} dz_t$$
#
# Return `dWx, dWh, dbh, dh0`, in this order. `h0` is the state before the first step. You may call `step_back`.

# %% answer="bptt"
def bptt(X, H, h0, Wh, dH):
    """Return the gradients by Wx, Wh, bh and h0.

    X (N, T, D), H (N, T, M), h0 (N, M), Wh (M, M), dH (N, T, M) → (D, M), (M, M), (M,), (N, M)
    """
    #| raise NotImplementedError()  # your code; its last line: return dWx, dWh, dbh, dh0
    ### BEGIN SOLUTION
    dWx, dWh, dbh = 0.0, 0.0, 0.0
    dh = np.zeros(h0.shape)  # nothing comes back from behind the end
    for t in reversed(range(X.shape[1])):
        dz = (dH[:, t] + dh) * (1 - H[:, t] ** 2)
        before = H[:, t - 1] if t else h0
        dWx = dWx + X[:, t].T @ dz  # (D, N)(N, M): the product sums over the samples
        dWh = dWh + before.T @ dz
        dbh = dbh + dz.sum(axis=0)
        dh = dz @ Wh.T
    return dWx, dWh, dbh, dh
    ### END SOLUTION

# %% readonly="check_bptt"
rnnshapes.check_answer("09/bptt", bptt)

# %% test="bptt" points=3
# The four gradients agree with GradientTape.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("09/bptt", bptt)
### END HIDDEN TESTS
for name, mine, of_keras in zip(["dWx", "dWh", "dbh", "dh0"], bptt(X, H, h0, Wh, dH), of_tape, strict=True):  # the loss on the last ŷ
    assert np.shape(mine) == of_keras.shape, f"Got {name} of the shape {np.shape(mine)}, expected {of_keras.shape}"
    difference = np.abs(mine - of_keras).max()
    assert difference <= rnnshapes.TOLERANCE, f"{name} is {difference:.2g} away from GradientTape"

# %% [markdown]
# ## 5. One factor for all
#
# An exploding gradient is shortened before it is used. The **global norm** is the root of the sum of the squares of **all**
# numbers in all arrays. If it is larger than `most`, every array is multiplied by one and the same factor, so that the norm
# becomes `most`. If it is not, nothing changes. That is what `global_clipnorm=most` does in an optimizer
# ([Keras, Optimizer](https://keras.io/api/optimizers/)). Return the three arrays, in the order in which they came.

# %% answer="clipped"
def clipped(dWx, dWh, dbh, most):
    """Return three gradients whose global norm is at most `most`.

    dWx (D, M), dWh (M, M), dbh (M,), a number → (D, M), (M, M), (M,)
    """
    #| raise NotImplementedError()  # your code; it returns three arrays
    ### BEGIN SOLUTION
    norm = np.sqrt(sum((one**2).sum() for one in (dWx, dWh, dbh)))
    factor = min(1.0, most / norm)
    return dWx * factor, dWh * factor, dbh * factor
    ### END SOLUTION

# %% readonly="check_clipped"
rnnshapes.check_answer("09/clipped", clipped)

# %% test="clipped" points=1
# The three arrays are those that an optimizer with global_clipnorm uses.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("09/clipped", clipped)
### END HIDDEN TESTS
three = clipped(np.full((D, M), 3.0), np.full((M, M), -2.0), np.full(M, 5.0), 7.0)
norm = np.sqrt(sum(np.sum(np.square(one)) for one in three))
assert abs(norm - 7) <= rnnshapes.TOLERANCE, f"The global norm is {norm:.5g} afterwards, expected 7"

# %% [markdown]
# ## 6. The way back, cut into chunks
#
# A sequence that is too long for one walk back runs in chunks of `size` steps, as in lesson 04. The state is handed on from
# chunk to chunk, so `H` is what it always was. The gradient is **not** handed back: a step hears of later steps in its own chunk,
# and of none beyond. The first chunk begins at t = 0, and the last one may be shorter. Return dz of every step, for a loss on
# every step, as in task 4.

# %% answer="truncated"
def truncated(dH, H, Wh, size):
    """Return the gradient by the sum inside tanh, at every step, with nothing handed back from chunk to chunk.

    dH (N, T, M), H (N, T, M), Wh (M, M), a number of steps → (N, T, M)
    """
    ### BEGIN SOLUTION
    dZ, T = np.zeros(H.shape), H.shape[1]
    dh = np.zeros(H[:, 0].shape)
    for t in reversed(range(T)):
        if (t + 1) % size == 0:  # the last step of a chunk: nothing comes from the next one
            dh = np.zeros(dh.shape)
        dZ[:, t] = (dH[:, t] + dh) * (1 - H[:, t] ** 2)
        dh = dZ[:, t] @ Wh.T
    return dZ
    ### END SOLUTION

# %% readonly="check_truncated"
rnnshapes.check_answer("09/truncated", truncated)

# %% test="truncated" points=2
# dz of every step agrees with GradientTape, where the state is handed on as a constant.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("09/truncated", truncated)
### END HIDDEN TESTS
dZ = np.asarray(truncated(dH + 1, H, Wh, 1))  # chunks of one step: nothing comes back at all
assert dZ.shape == (N, T, M), f"Got the shape {dZ.shape}, expected (N, T, M) = {(N, T, M)}"
difference = np.abs(dZ - (dH + 1) * (1 - H**2)).max()
assert difference <= rnnshapes.TOLERANCE, f"In chunks of one step a row is {difference:.2g} away"

# %% [markdown]
# ## Before you submit
#
# Restart the kernel and run all cells (Kernel → Restart Kernel and Run All Cells). A ✓ means that the numbers are right.
# Task 1 gives its points in parts.
