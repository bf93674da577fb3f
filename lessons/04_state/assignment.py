# ---
# title: State, the assignment
# points: 12
# ---

# %% [markdown]
# # State: your turn
#
# In the lecture a long sequence ran in chunks, and the state was handed on like a baton. Here you write the runner, the
# relay, the reset, and the guard that Keras does not have.
#
# | task | points |
# |---|---|
# | 1. Predict the shapes | 2 |
# | 2. `run_from`: start from a given state | 3 |
# | 3. `in_chunks`: the same numbers in pieces | 3 |
# | 4. `with_resets`: drop the baton on purpose | 2 |
# | 5. `starting_state`: refuse what broadcasts silently | 2 |
#
# Under each answer there is a check: what came out, what was expected, what to try. In task 1 it keeps the right shapes
# to itself. Use NumPy only in your functions. They are graded on sizes, weights and data that you have not seen. They may
# not change the arrays that they are handed. They agree when no number is more than **0.00001** (that is
# `rnnshapes.TOLERANCE`) away from Keras.
#
# `rnnshapes.keep_attempts()` in a new cell below lets this notebook keep what your checks say, try by try. Your instructor
# sees it when you hand in: no code, and no points depend on it. It is off unless you run it.

# %% readonly="setup"
import numpy as np
import rnnshapes

keras = rnnshapes.import_keras()  # `from tensorflow import keras`, without its start-up messages
keras.utils.set_random_seed(4)

N, T, D, M, K = 4, 17, 3, 8, 2  # samples, time steps, features, hidden units, output nodes
size = 6                        # time steps in a chunk: 17 = 6 + 6 + 5
X = np.random.randn(N, T, D)
h0 = np.random.uniform(-0.9, 0.9, (N, M))
sizes = rnnshapes.Sizes(N=N, T=T, D=D, M=M, K=K)
print(sizes.legend())

# %% [markdown]
# ## 1. Predict the shapes
#
# Nothing of the following has run yet. Two layers with the same M hidden units read `X`, and the second one is called again
# with the state that came out:
#
# ```python
# out, h = SimpleRNN(M, return_state=True)(X, initial_state=h0)
#
# layer = SimpleRNN(M, return_sequences=True, return_state=True)
# states, h = layer(X, initial_state=h0)
# _, h_two = layer(X, initial_state=h)
#
# Yhat = Dense(K)(h)
# ```
#
# Type a tuple in place of each `...`, in numbers or in letters: `(8, 9)` or `(A, B)`. One axis is written `(8,)`.

# %% answer="predicted"
predicted = {
    #| "h0": ...,      # the state that the layer starts from
    #| "h0[n]": ...,   # what belongs to one sample of it
    #| "out": ...,     # the first thing that comes back without return_sequences
    #| "states": ...,  # the first thing that comes back with return_sequences
    #| "h": ...,       # the second thing, in both
    #| "h_two": ...,   # the state after the second call
    #| "Yhat": ...,    # what a Dense layer with K nodes makes of h
    ### BEGIN SOLUTION
    "h0": (N, M),
    "h0[n]": (M,),
    "out": (N, M),
    "states": (N, T, M),
    "h": (N, M),
    "h_two": (N, M),
    "Yhat": (N, K),
    ### END SOLUTION
}

# %% readonly="check_predicted"
rnnshapes.check_answer("04/predicted", predicted)

# %% test="predicted" part="in" points=1
# The shapes of h0 and of one sample's part are typed as tuples, and Keras takes the same.
assert all(isinstance(predicted[name], tuple | list) for name in ["h0", "h0[n]"]), "Type a tuple for each shape"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("04/predicted", predicted, part="in")
### END HIDDEN TESTS

# %% test="predicted" part="out" points=1
# The shapes of what comes back are typed as tuples, and Keras gives the same.
assert all(isinstance(predicted[name], tuple | list) for name in ["out", "states", "h", "h_two", "Yhat"]), "Type a tuple for each shape"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("04/predicted", predicted, part="out")
### END HIDDEN TESTS

# %% [markdown]
# Now the layers run. This model has two inputs, the sequence and the state that it starts from, and two outputs. Its bias is
# not zero, so that a forgotten one shows.

# %% readonly="model"
film, start = keras.Input((None, D)), keras.Input((M,))
layer = keras.layers.SimpleRNN(
    M, bias_initializer=keras.initializers.RandomUniform(0.2, 0.6), return_sequences=True, return_state=True
)
model = keras.Model([film, start], layer(film, initial_state=start))
Wx, Wh, bh = model.get_weights()
states_from_h0, h_from_h0 = model.predict([X, h0], verbose=0)
_, h_after_two = model.predict([X[:, :2], h0], verbose=0)  # two steps after the start it still shows
states_from_zeros, _ = model.predict([X, np.zeros((N, M))], verbose=0)
print("states", states_from_h0.shape, " h", h_from_h0.shape)

# %% [markdown]
# ## 2. Start from a given state
#
# Write the loop over t for all samples, from the state `h0` that you are given. Return the state after the last step. You
# may loop over the samples too, but you need not.
#
# `h0` belongs to whoever called your function, and it has to be the same afterwards. Use NumPy only.
#
# In 17 steps the network forgets where it started: a wrong start fades. So two steps alone are tested as well.

# %% answer="run_from"
def run_from(X, h0, Wx, Wh, bh):
    """Return every sample's state after the last step.

    X (N, T, D), h0 (N, M), Wx (D, M), Wh (M, M), bh (M,) → (N, M)
    """
    ### BEGIN SOLUTION
    h_last = h0
    for t in range(X.shape[1]):
        h_last = np.tanh(X[:, t] @ Wx + h_last @ Wh + bh)  # a new array: the caller's h0 stays as it is
    return h_last
    ### END SOLUTION

# %% readonly="check_run_from"
rnnshapes.check_answer("04/run_from", run_from)

# %% test="run_from" points=3
# The last state agrees with the one that the model returns for this initial_state, and h0 is what it was.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("04/run_from", run_from)
### END HIDDEN TESTS
given = h0.copy()
rows = np.asarray(run_from(X, given, Wx, Wh, bh))
assert rows.shape == (N, M), f"Got the shape {rows.shape}, expected (N, M) = {(N, M)}"
difference = np.abs(rows - h_from_h0).max()  # h_from_h0 is what model.predict() returned
assert difference <= rnnshapes.TOLERANCE, f"A state is {difference:.2g} away from model.predict()"
difference = np.abs(np.asarray(run_from(X[:, :2], given, Wx, Wh, bh)) - h_after_two).max()
assert difference <= rnnshapes.TOLERANCE, f"After two steps a state is {difference:.2g} away from model.predict()"
assert np.array_equal(given, h0), "h0 has other numbers after the call"

# %% [markdown]
# ## 3. The same numbers in pieces
#
# Suppose that the T steps do not fit into memory, or that they arrive bit by bit. Run them in chunks of `size` steps, one
# after the other, from a state of zeros. The last chunk may be shorter, and one chunk may hold them all.
#
# Return the state of every step. If the baton is handed on rightly, `size` can't be seen in the result.

# %% readonly="picture_relay"
rnnshapes.draw.relay(sizes, size=size)

# %% answer="in_chunks"
def in_chunks(X, size, Wx, Wh, bh):
    """Return every sample's state at every step, computed at most `size` steps at a time.

    X (N, T, D), size a whole number, Wx (D, M), Wh (M, M), bh (M,) → (N, T, M)
    """
    ### BEGIN SOLUTION
    h_last = np.zeros((len(X), len(bh)))  # made once, before the first chunk
    parts = []
    for start in range(0, X.shape[1], size):
        chunk = X[:, start : start + size]  # the last slice ends with X
        states = []
        for t in range(chunk.shape[1]):
            h_last = np.tanh(chunk[:, t] @ Wx + h_last @ Wh + bh)
            states.append(h_last)
        parts.append(np.stack(states, axis=1))  # (N, steps, M)
    return np.concatenate(parts, axis=1)
    ### END SOLUTION

# %% readonly="check_in_chunks"
rnnshapes.check_answer("04/in_chunks", in_chunks)

# %% test="in_chunks" points=3
# Every state agrees with the model's states for the whole sequence, for several sizes of a chunk.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("04/in_chunks", in_chunks)
### END HIDDEN TESTS
for steps in (1, size, T):
    states = np.asarray(in_chunks(X, steps, Wx, Wh, bh))
    assert states.shape == (N, T, M), f"Got the shape {states.shape} for size = {steps}, expected (N, T, M) = {(N, T, M)}"
    difference = np.abs(states - states_from_zeros).max()
    assert difference <= rnnshapes.TOLERANCE, f"For size = {steps} a state is {difference:.2g} away from model.predict()"

# %% [markdown]
# ## 4. Drop the baton on purpose
#
# A layer with `stateful=True` hands its state on by itself, until `layer.reset_state()` puts it back to zeros. Do the same
# by hand. `resets` has one True or False for each chunk: True means a reset **before** that chunk.

# %% readonly="stateful"
resets = np.array([False, True, False])  # chunks of 6, 6 and 5 steps: a reset before the second one
stateful = keras.layers.SimpleRNN(M, return_sequences=True, stateful=True)
stateful.build((N, size, D))
stateful.set_weights([Wx, Wh, bh])
parts = []
for c, reset in enumerate(resets):
    if reset:
        stateful.reset_state()
    parts.append(stateful(X[:, c * size : (c + 1) * size].astype("float32")))
states_with_resets = np.concatenate(parts, axis=1)
rnnshapes.draw.relay(sizes, size=size, resets=resets)

# %% answer="with_resets"
def with_resets(X, size, resets, Wx, Wh, bh):
    """Return every state of a stateful layer that is fed chunk by chunk, with resets before some chunks.

    X (N, T, D), size a whole number, resets one True or False for each chunk,
    Wx (D, M), Wh (M, M), bh (M,) → (N, T, M)
    """
    ### BEGIN SOLUTION
    h_last = np.zeros((len(X), len(bh)))
    states = []
    for t in range(X.shape[1]):
        if t % size == 0 and resets[t // size]:
            h_last = np.zeros_like(h_last)  # a new array: the old one is in states
        h_last = np.tanh(X[:, t] @ Wx + h_last @ Wh + bh)
        states.append(h_last)
    return np.stack(states, axis=1)
    ### END SOLUTION

# %% readonly="check_with_resets"
rnnshapes.check_answer("04/with_resets", with_resets)

# %% test="with_resets" points=2
# Every state agrees with the stateful layer; without a reset they are the states of the whole sequence.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("04/with_resets", with_resets)
### END HIDDEN TESTS
states = np.asarray(with_resets(X, size, resets, Wx, Wh, bh))
assert states.shape == (N, T, M), f"Got the shape {states.shape}, expected (N, T, M) = {(N, T, M)}"
difference = np.abs(states - states_with_resets).max()  # states_with_resets is what the stateful layer gave
assert difference <= rnnshapes.TOLERANCE, f"A state is {difference:.2g} away from the stateful layer"
difference = np.abs(np.asarray(with_resets(X, size, np.zeros(3, bool), Wx, Wh, bh)) - states_from_zeros).max()
assert difference <= rnnshapes.TOLERANCE, f"Without a reset a state is {difference:.2g} away from model.predict()"

# %% [markdown]
# ## 5. Refuse what broadcasts silently
#
# In the lecture Keras took states of the shapes (M,), (1, M) and even (1, N, M) without a word. Write the guard that it
# lacks: a state with one row of M numbers for each of the N samples comes back as it is. For any other shape, raise a
# `ValueError`. Its message says what was expected, and it holds the numbers of the shape that came. `N` and `M` are whole
# numbers here.

# %% answer="starting_state"
def starting_state(h0, N, M):
    """Return h0 if it is a state of N samples and M hidden units.

    Raises: ValueError if h0 has any other shape; the message holds that shape.
    """
    ### BEGIN SOLUTION
    if h0.shape != (N, M):  # the whole tuple: how many axes, and how long each is
        raise ValueError(f"Got a state of shape {h0.shape}, expected (N, M) = {(N, M)}")
    return h0
    ### END SOLUTION

# %% readonly="check_starting_state"
rnnshapes.check_answer("04/starting_state", starting_state)

# %% test="starting_state" points=2
# What is meant comes back as it is; what Keras would stretch raises a ValueError that says which shape came.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("04/starting_state", starting_state)
### END HIDDEN TESTS
assert np.array_equal(starting_state(h0, N, M), h0)
for wrong in (h0[0], h0[:1], h0[None]):
    try:
        starting_state(wrong, N, M)
    except ValueError as error:
        told = all(str(number) in str(error) for number in wrong.shape)
        assert told, f"The message of the ValueError does not hold the shape {wrong.shape}: {error}"
        continue
    raise AssertionError(f"A state of shape {wrong.shape} got through")

# %% [markdown]
# **Explain, for yourself** (not graded): with one sample, a state of shape (M,) gives the same numbers as one of shape
# (1, M). Say in one sentence why the guard refuses (M,) even then.

# %% [markdown]
# *Double-click here, and write your sentence.*

# %% [markdown]
# ## Before you submit
#
# Restart the kernel and run all cells (Kernel → Restart Kernel and Run All Cells). A ✓ means that the numbers are right.
# Task 1 gives its points in parts.
