# ---
# title: Masking, the assignment
# points: 12
# ---

# %% [markdown]
# # Masking: your turn
#
# In the lecture we padded films of different lengths into one box, and a mask kept the padding out of the state. Here you
# do it by hand: make the mask, freeze the state, and take the mean of what is real.
#
# | task | points |
# |---|---|
# | 1. Predict the shapes | 1 + 1 |
# | 2. `mask_of`: which steps count | 2 |
# | 3. `last_state`: a state that freezes | 3 |
# | 4. `every_state`: what comes out at each step | 2 |
# | 5. `zeroed`: zeros in place of repeats | 1 |
# | 6. `mean_of_real_steps`: a mean that skips the padding | 2 |
#
# That makes 12 points. Under each answer there is a check. It tells you what came out, what was expected and what to try;
# in task 1 it keeps the right shapes to itself. Run it as often as you like. Your functions are graded on sizes, weights,
# data and masks that you have not seen. They may not change the arrays that they are handed. Use NumPy only in them. They
# agree when no number is more than **0.00001** (that is `rnnshapes.TOLERANCE`) away from Keras. Padding can stand **in
# front, at the end, and in the middle**.
#
# `rnnshapes.keep_attempts()` in a new cell below lets this notebook keep what your checks say, try by try. Your instructor
# sees it when you hand in: no code, and no points depend on it. It is off unless you run it.

# %% readonly="setup"
import numpy as np
import rnnshapes

keras = rnnshapes.import_keras()  # `from tensorflow import keras`, without its start-up messages
keras.utils.set_random_seed(5)

N, T, D, M, K = 4, 6, 3, 5, 2  # samples, time steps, features, hidden units, output nodes
films = [np.random.randn(length, D) for length in (6, 2, 4, 3)]
X = keras.utils.pad_sequences(films, padding="post", dtype="float32")
X[0, 3] = 0     # a gap in the longest film
X[2, 1, 0] = 0  # a real step with one feature that is zero
sizes = rnnshapes.Sizes(N=N, T=T, D=D, M=M, K=K)
print(sizes.legend())

# %% [markdown]
# ## 1. Predict the shapes
#
# We feed `X` to Masking → SimpleRNN with M hidden units. Which shapes do you expect?
#
# Type a tuple in place of each `...`, in numbers or in letters: `(8, 9)` or `(A, B)`. One axis is written `(8,)`.

# %% answer="predicted"
predicted = {
    #| "X": ...,           # the padded box
    #| "mask": ...,        # what Masking finds in it
    #| "mask[:, t]": ...,  # the part of the mask that step t needs
    #| "h": ...,           # what SimpleRNN returns with return_sequences=True
    #| "h_last": ...,      # what it returns without
    #| "h_mean": ...,      # the mean of h over the real steps, one for each sample and hidden unit
    #| "Yhats": ...,       # what Dense with K output nodes makes of h
    ### BEGIN SOLUTION
    "X": (N, T, D),
    "mask": (N, T),
    "mask[:, t]": (N,),
    "h": (N, T, M),
    "h_last": (N, M),
    "h_mean": (N, M),
    "Yhats": (N, T, K),
    ### END SOLUTION
}

# %% readonly="check_predicted"
rnnshapes.check_answer("05/predicted", predicted)

# %% test="predicted" part="inputs" points=1
# The shapes of X, mask and mask[:, t] are typed as tuples, and Keras gives the same.
assert all(isinstance(predicted[name], tuple | list) for name in ["X", "mask", "mask[:, t]"]), "Type a tuple for each shape"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("05/predicted", predicted, part="inputs")
### END HIDDEN TESTS

# %% test="predicted" part="outputs" points=1
# The shapes of h, h_last, h_mean and Yhats are typed as tuples, and Keras gives the same.
assert all(isinstance(predicted[name], tuple | list) for name in ["h", "h_last", "h_mean", "Yhats"]), "Type a tuple for each shape"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("05/predicted", predicted, part="outputs")
### END HIDDEN TESTS

# %% [markdown]
# Now the models are built, with the same weights in each. Their biases are not zero: with zeros you could not tell a
# padded step from no step.

# %% readonly="model"
def build(**settings):
    bias = keras.initializers.RandomUniform(0.2, 0.6)
    return keras.Sequential([
        keras.Input((T, D)),
        keras.layers.Masking(mask_value=0.0),
        keras.layers.SimpleRNN(M, bias_initializer=bias, **settings),
    ])


model, twin = build(), build(return_sequences=True)
zero_twin = build(return_sequences=True, zero_output_for_mask=True)
for other in (twin, zero_twin):
    other.set_weights(model.get_weights())
Wx, Wh, bh = model.get_weights()
mask = np.array(model.layers[0].compute_mask(X))
h_last, h, h_zeroed = (one.predict(X, verbose=0) for one in (model, twin, zero_twin))
h_mean = np.array(keras.layers.GlobalAveragePooling1D()(h, mask=mask))
print("X", X.shape, " mask", mask.shape, " h", h.shape, " h_last", h_last.shape, " h_mean", h_mean.shape)

# %% readonly="picture_frozen"
rnnshapes.draw.frozen(mask, h, sizes)

# %% [markdown]
# ## 2. Which steps count?
#
# Write what Masking does: True where a step is real, False where it is padding. The padding value comes as an argument. It is
# 0 in this notebook and another number in the tests.
#
# Before you write: X[2, 1] has one feature that is zero. Is this step real?

# %% answer="mask_of"
def mask_of(X, value):
    """Return True for each step that counts, False for each that is padding.

    A step is padding if all its features equal `value`.

    X (N, T, D), value a number → (N, T)
    """
    ### BEGIN SOLUTION
    return (X != value).any(axis=2)  # one feature that differs is enough
    ### END SOLUTION

# %% readonly="check_mask_of"
rnnshapes.check_answer("05/mask_of", mask_of)

# %% test="mask_of" points=2
# The mask is (N, T), and it is the one of Keras' Masking layer.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("05/mask_of", mask_of)
### END HIDDEN TESTS
marks = np.asarray(mask_of(X, 0.0))
assert marks.shape == (N, T), f"Got the shape {marks.shape}, expected (N, T) = {(N, T)}"
assert (marks == mask).all(), f"{(marks != mask).sum()} of {marks.size} marks differ from Masking's"

# %% [markdown]
# ## 3. A state that freezes
#
# Write the loop over t for all N samples. At step t, a sample whose step is real moves on. A sample whose step is masked
# keeps the state it had.
#
# - The mask is an argument. It is what decides, whatever stands in `X` at a masked step.
# - At one t, some samples move on and others wait.
# - A film with no real step at all never leaves its first state.
#
# Use NumPy only. Loops over the samples are allowed here.

# %% answer="last_state"
def last_state(X, mask, Wx, Wh, bh):
    """Return the state of every sample after its last step.

    X (N, T, D), mask (N, T) of True and False, Wx (D, M), Wh (M, M), bh (M,) → (N, M)
    """
    ### BEGIN SOLUTION
    h_last = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h_last @ Wh + bh)  # (N, M)
        h_last = np.where(mask[:, t, None], h, h_last)  # (N, 1) picks, row by row: move on or wait
    return h_last
    ### END SOLUTION

# %% readonly="check_last_state"
rnnshapes.check_answer("05/last_state", last_state)

# %% test="last_state" points=3
# The last state agrees with predict() of Masking → SimpleRNN.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("05/last_state", last_state)
### END HIDDEN TESTS
rows = np.asarray(last_state(X, mask, Wx, Wh, bh))
assert rows.shape == (N, M), f"Got the shape {rows.shape}, expected (N, M) = {(N, M)}"
difference = np.abs(rows - h_last).max()  # h_last is what model.predict(X) returned
assert difference <= rnnshapes.TOLERANCE, f"A state is {difference:.2g} away from predict()"

# %% [markdown]
# ## 4. Every state
#
# Now keep the state after each step, as SimpleRNN does with `return_sequences=True`. What did Keras put out at the masked
# steps: in front, in the middle, at the end? The picture above shows two of the three. The lecture shows the third.

# %% answer="every_state"
def every_state(X, mask, Wx, Wh, bh):
    """Return the state of every sample after each step, masked steps included.

    X (N, T, D), mask (N, T) of True and False, Wx (D, M), Wh (M, M), bh (M,) → (N, T, M)
    """
    ### BEGIN SOLUTION
    h_last = np.zeros((len(X), len(bh)))
    states = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h_last @ Wh + bh)
        h_last = np.where(mask[:, t, None], h, h_last)
        states.append(h_last)
    return np.stack(states, axis=1)  # T boxes of (N, M) → (N, T, M)
    ### END SOLUTION

# %% readonly="check_every_state"
rnnshapes.check_answer("05/every_state", every_state)

# %% test="every_state" points=2
# Every state agrees with predict() of the return_sequences=True twin.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("05/every_state", every_state)
### END HIDDEN TESTS
states = np.asarray(every_state(X, mask, Wx, Wh, bh))
assert states.shape == (N, T, M), f"Got the shape {states.shape}, expected (N, T, M) = {(N, T, M)}"
difference = np.abs(states - h).max()  # h is what twin.predict(X) returned
assert difference <= rnnshapes.TOLERANCE, f"A state is {difference:.2g} away from predict()"

# %% [markdown]
# ## 5. Zeros in place of repeats
#
# With `zero_output_for_mask=True` Keras puts out zeros at masked steps, and still hands the frozen state on inside. Your function
# gets the repeated states `h` and makes the zeroed ones. The mask decides: two real steps may have equal states too.

# %% answer="zeroed"
def zeroed(h, mask):
    """Return h with zeros at the masked steps.

    h (N, T, M), mask (N, T) of True and False → (N, T, M)
    """
    ### BEGIN SOLUTION
    return h * mask[:, :, None]  # (N, T, M) * (N, T, 1)
    ### END SOLUTION

# %% readonly="check_zeroed"
rnnshapes.check_answer("05/zeroed", zeroed)

# %% test="zeroed" points=1
# The states agree with predict() of the twin with zero_output_for_mask=True.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("05/zeroed", zeroed)
### END HIDDEN TESTS
states = np.asarray(zeroed(h.copy(), mask))
assert states.shape == (N, T, M), f"Got the shape {states.shape}, expected (N, T, M) = {(N, T, M)}"
difference = np.abs(states - h_zeroed).max()  # h_zeroed is what zero_twin.predict(X) returned
assert difference <= rnnshapes.TOLERANCE, f"A state is {difference:.2g} away from predict()"

# %% [markdown]
# ## 6. A mean that skips the padding
#
# For each sample, take the mean of `h` over its real steps. `h` is the repeated kind, as `predict()` gave it: at masked steps
# there are numbers too. Each sample has at least one real step here.

# %% answer="mean_of_real_steps"
def mean_of_real_steps(h, mask):
    """Return the mean of every sample's states over its real steps.

    h (N, T, M), mask (N, T) of True and False → (N, M)
    """
    ### BEGIN SOLUTION
    real = mask[:, :, None]  # (N, T, 1)
    return (h * real).sum(axis=1) / real.sum(axis=1)  # (N, M) / (N, 1): a count for each sample
    ### END SOLUTION

# %% readonly="check_mean_of_real_steps"
rnnshapes.check_answer("05/mean_of_real_steps", mean_of_real_steps)

# %% test="mean_of_real_steps" points=2
# The mean agrees with Keras' GlobalAveragePooling1D behind the mask.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("05/mean_of_real_steps", mean_of_real_steps)
### END HIDDEN TESTS
means = np.asarray(mean_of_real_steps(h.copy(), mask))
assert means.shape == (N, M), f"Got the shape {means.shape}, expected (N, M) = {(N, M)}"
difference = np.abs(means - h_mean).max()  # h_mean is what GlobalAveragePooling1D made of h and mask
assert difference <= rnnshapes.TOLERANCE, f"A mean is {difference:.2g} away from Keras"

# %% [markdown]
# ## Before you submit
#
# Restart the kernel and run all cells (Kernel → Restart Kernel and Run All Cells). A ✓ means that the numbers are right.
# Task 1 gives its points in parts.
