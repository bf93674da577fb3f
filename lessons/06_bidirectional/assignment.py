# ---
# title: Bidirectional, the assignment
# points: 12
# ---

# %% [markdown]
# # Bidirectional: your turn
#
# In the lecture two films ran over one box, the second one rewound. Here you build both halves by hand, join them, and pick
# the states that Keras picks.
#
# | task | points |
# |---|---|
# | 1. Predict the shapes | 3 |
# | 2. `backward_states`: the film that is rewound | 3 |
# | 3. `bidirectional`: both halves side by side | 3 |
# | 4. `last_states`: where each half stops | 2 |
# | 5. `merged`: four merge modes | 1 |
#
# That makes 12 points. Under each answer there is a check. It tells you what came out, what was expected and what to try;
# in task 1 it keeps the right shapes to itself. Run it as often as you like. Your functions are graded on sizes, weights
# and data that you have not seen. They may not change the arrays that they are handed. Use NumPy only in them. They agree
# when no number is more than **0.00001** (that is `rnnshapes.TOLERANCE`) away from what Keras gives.
#
# `rnnshapes.keep_attempts()` in a new cell below lets this notebook keep what your checks say, try by try. Your instructor
# sees it when you hand in: no code, and no points depend on it. It is off unless you run it.

# %% readonly="setup"
import numpy as np
import rnnshapes

keras = rnnshapes.import_keras()  # `from tensorflow import keras`, without its start-up messages
keras.utils.set_random_seed(6)

N, T, D, M, K = 4, 7, 3, 5, 2  # samples, time steps, features, hidden units of one half, output nodes
X = np.random.randn(N, T, D)
sizes = rnnshapes.Sizes(N=N, T=T, D=D, M=M, K=K)
print(sizes.legend())

# %% [markdown]
# ## 1. Predict the shapes
#
# We feed `X` to `Bidirectional(SimpleRNN(M))`. Nothing of it has run yet. Which shapes do you expect?
#
# Type a tuple in place of each `...`, in numbers or in letters: `(8, 9)` or `(A, 2*B)`. One axis is written `(8,)`. Where
# no `merge_mode` is named, it is the default.

# %% answer="predicted"
predicted = {
    #| "sequence": ...,       # the output with return_sequences=True
    #| "last": ...,           # the output with return_sequences=False
    #| "half": ...,           # each of the two arrays: return_sequences=True, merge_mode=None
    #| "sum": ...,            # the output with return_sequences=True, merge_mode="sum"
    #| "average, last": ...,  # the output with return_sequences=False, merge_mode="ave"
    #| "Wx": ...,             # the backward layer's weight that meets the input
    #| "Wh": ...,             # the backward layer's weight that meets the last state
    #| "Wo": ...,             # the weight of a Dense layer with K nodes that reads "last"
    #| "Yhat": ...,           # what that Dense layer gives
    ### BEGIN SOLUTION
    "sequence": (N, T, 2 * M),
    "last": (N, 2 * M),
    "half": (N, T, M),
    "sum": (N, T, M),
    "average, last": (N, M),
    "Wx": (D, M),
    "Wh": (M, M),
    "Wo": (2 * M, K),
    "Yhat": (N, K),
    ### END SOLUTION
}

# %% readonly="check_predicted"
rnnshapes.check_answer("06/predicted", predicted)

# %% test="predicted" part="joined" points=1
# The shapes of sequence and last are typed as tuples, and Keras gives the same.
assert all(isinstance(predicted[name], tuple | list) for name in ["sequence", "last"]), "Type a tuple for each shape"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("06/predicted", predicted, part="joined")
### END HIDDEN TESTS

# %% test="predicted" part="merged" points=1
# The shapes of half, sum and "average, last" are typed as tuples, and Keras gives the same.
assert all(isinstance(predicted[name], tuple | list) for name in ["half", "sum", "average, last"]), "Type a tuple for each shape"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("06/predicted", predicted, part="merged")
### END HIDDEN TESTS

# %% test="predicted" part="weights" points=1
# The shapes of Wx, Wh, Wo and Yhat are typed as tuples, and Keras gives the same.
assert all(isinstance(predicted[name], tuple | list) for name in ["Wx", "Wh", "Wo", "Yhat"]), "Type a tuple for each shape"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("06/predicted", predicted, part="weights")
### END HIDDEN TESTS

# %% [markdown]
# Now the model is built, and its twins with the same weights. The biases are not zero, so that a forgotten one shows.

# %% readonly="model"
def build(return_sequences=True, merge_mode="concat"):
    half = keras.layers.SimpleRNN(M, return_sequences=return_sequences)
    model = keras.Sequential([keras.Input((T, D)), keras.layers.Bidirectional(half, merge_mode=merge_mode)])
    model.compile(run_eagerly=True)  # one call each: no graph is worth its making
    return model

# %% readonly="twins"
model, last_twin = build(), build(return_sequences=False)
twins = {"concat": model, **{mode: build(merge_mode=mode) for mode in ("sum", "mul", "ave")}}
weights = [w + np.random.uniform(0.2, 0.6, w.shape) * (w.ndim == 1) for w in model.get_weights()]  # new biases
for twin in (last_twin, *twins.values()):
    twin.set_weights(weights)
Wxf, Whf, bhf, Wxb, Whb, bhb = model.get_weights()  # the forward half's three, then the backward half's
modes = {mode: twin.predict(X, verbose=0) for mode, twin in twins.items()}
seq, last = modes["concat"], last_twin.predict(X, verbose=0)
print("seq", seq.shape, " last", last.shape, " sum", modes["sum"].shape)

# %% [markdown]
# **Explain, for yourself** (not graded): was a prediction of yours different? Say in one sentence which axis each
# merge mode changes.

# %% [markdown]
# *Double-click here, and write your sentence.*

# %% [markdown]
# ## 2. The film that is rewound
#
# The backward half is a SimpleRNN that reads the last time step first. Its state starts at zeros there, and ends at t = 0.
# Write it for all N samples. A step is the one that you know: $h = \tanh(x W_x + h_{last} W_h + b_h)$.
#
# Keras gives row t of this half beside row t of the other one. So the state that was made when `X[:, t]` was read stands in
# row t. Which row of your answer is the first one that you compute?
#
# Take every size from the arguments' shapes. Use NumPy only. A loop over the samples is allowed, but it is not needed.

# %% readonly="picture_films"
rnnshapes.draw.two_films(sizes)

# %% answer="backward_states"
def backward_states(X, Wx, Wh, bh):
    """Return every state of the backward half, row t beside time step t.

    X (N, T, D), Wx (D, M), Wh (M, M), bh (M,) → (N, T, M)
    """
    ### BEGIN SOLUTION
    h_last = np.zeros((len(X), len(bh)))
    rows = []
    for x in X[:, ::-1].transpose(1, 0, 2):  # (N, D): t = T − 1 first
        h_last = np.tanh(x @ Wx + h_last @ Wh + bh)  # (N, M)
        rows.append(h_last)
    return np.stack(rows[::-1], axis=1)  # the row that was made last belongs to t = 0
    ### END SOLUTION

# %% readonly="check_backward_states"
rnnshapes.check_answer("06/backward_states", backward_states)

# %% test="backward_states" points=3
# The states agree with the backward half of model.predict(), which is its last M columns.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("06/backward_states", backward_states)
### END HIDDEN TESTS
states = np.asarray(backward_states(X, Wxb, Whb, bhb))
assert states.shape == (N, T, M), f"Got the shape {states.shape}, expected (N, T, M) = {(N, T, M)}"
difference = np.abs(states - seq[:, :, M:]).max()  # seq is what model.predict(X) returned
assert difference <= rnnshapes.TOLERANCE, f"A row is {difference:.2g} away from model.predict()"

# %% [markdown]
# ## 3. Both halves side by side
#
# Six arrays come in: the forward half's three, then the backward half's. The answer is what `model.predict(X)` gives with
# the default merge mode. You may call `backward_states`. Can it make the forward half as well, if you give it another film?

# %% answer="bidirectional"
def bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb):
    """Return every step of both halves, side by side.

    X (N, T, D), Wxf and Wxb (D, M), Whf and Whb (M, M), bhf and bhb (M,) → (N, T, 2M)
    """
    ### BEGIN SOLUTION
    def run(film, Wx, Wh, bh):  # (N, T, M): in the order in which the film runs
        h_last, rows = np.zeros((len(film), len(bh))), []
        for t in range(film.shape[1]):
            h_last = np.tanh(film[:, t] @ Wx + h_last @ Wh + bh)
            rows.append(h_last)
        return np.stack(rows, axis=1)

    forward, backward = run(X, Wxf, Whf, bhf), run(X[:, ::-1], Wxb, Whb, bhb)
    return np.concatenate([forward, backward[:, ::-1]], axis=2)
    ### END SOLUTION

# %% readonly="check_bidirectional"
rnnshapes.check_answer("06/bidirectional", bidirectional)

# %% test="bidirectional" points=3
# Every step of both halves agrees with model.predict().
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("06/bidirectional", bidirectional)
### END HIDDEN TESTS
steps = np.asarray(bidirectional(X, Wxf, Whf, bhf, Wxb, Whb, bhb))
assert steps.shape == (N, T, 2 * M), f"Got the shape {steps.shape}, expected (N, T, 2M) = {(N, T, 2 * M)}"
difference = np.abs(steps - seq).max()  # seq is what model.predict(X) returned
assert difference <= rnnshapes.TOLERANCE, f"A row is {difference:.2g} away from model.predict()"

# %% [markdown]
# ## 4. Where each half stops
#
# Now you get `seq`, the whole sequence (N, T, 2M), and no weights. Return what the same layer gives with
# `return_sequences=False`: the state in which each half has seen every time step.
#
# M is not among the arguments. How do you get it from the shape of `seq`?

# %% answer="last_states"
def last_states(seq):
    """Return the last state of both halves, side by side, out of the whole sequence.

    seq (N, T, 2M) → (N, 2M)
    """
    ### BEGIN SOLUTION
    M = seq.shape[2] // 2
    return np.concatenate([seq[:, -1, :M], seq[:, 0, M:]], axis=1)  # the backward half stops at t = 0
    ### END SOLUTION

# %% readonly="check_last_states"
rnnshapes.check_answer("06/last_states", last_states)

# %% test="last_states" points=2
# The states agree with predict() of the twin with return_sequences=False.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("06/last_states", last_states)
### END HIDDEN TESTS
ends = np.asarray(last_states(seq))
assert ends.shape == (N, 2 * M), f"Got the shape {ends.shape}, expected (N, 2M) = {(N, 2 * M)}"
difference = np.abs(ends - last).max()  # last is what last_twin.predict(X) returned
assert difference <= rnnshapes.TOLERANCE, f"A row is {difference:.2g} away from predict()"

# %% [markdown]
# ## 5. Four merge modes
#
# Both halves come ready, row t beside row t, and `mode` is one of `"concat"`, `"sum"`, `"mul"`, `"ave"`. Return what Keras
# makes of them with this `merge_mode`.

# %% answer="merged"
def merged(forward, backward, mode):
    """Return the two halves, merged the way that mode says: "concat", "sum", "mul" or "ave".

    forward and backward (N, T, M) → (N, T, 2M) for "concat", (N, T, M) for the other three
    """
    ### BEGIN SOLUTION
    if mode == "concat":
        return np.concatenate([forward, backward], axis=2)
    if mode == "mul":
        return forward * backward
    return (forward + backward) / (2 if mode == "ave" else 1)
    ### END SOLUTION

# %% readonly="check_merged"
rnnshapes.check_answer("06/merged", merged)

# %% test="merged" points=1
# In each of the four modes the result agrees with predict() of a twin with that merge_mode.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("06/merged", merged)
### END HIDDEN TESTS
for mode, expected in modes.items():  # modes holds what the four twins' predict(X) returned
    result = np.asarray(merged(seq[:, :, :M], seq[:, :, M:], mode))
    assert result.shape == expected.shape, f"{mode}: got the shape {result.shape}, expected {expected.shape}"
    difference = np.abs(result - expected).max()
    assert difference <= rnnshapes.TOLERANCE, f"{mode}: a row is {difference:.2g} away from predict()"

# %% [markdown]
# ## Before you submit
#
# Restart the kernel and run all cells (Kernel → Restart Kernel and Run All Cells). A ✓ means that the numbers are right.
# Task 1 gives its points in parts.
