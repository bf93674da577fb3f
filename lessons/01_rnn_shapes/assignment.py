# ---
# title: RNN shapes, the assignment
# points: 12
# ---

# %% [markdown]
# # RNN shapes: your turn
#
# In the lecture we took a recurrent network apart and ran it by hand. Here you do it: with another N and T first, and then
# for all samples at once.
#
# | task | points |
# |---|---|
# | 1. Predict the shapes | 3 |
# | 2. Say which weight is which | 2 |
# | 3. `rnn_by_hand`: one sample, every step | 4 |
# | 4. Bonus, `rnn_by_hand_batched`: N samples at once | 2 + 1 |
#
# That makes 12 points, the bonus included. Under each answer there is a check. It tells you what came out, what was
# expected and what to try; in task 1 it keeps the right shapes to itself. Run it as often as you like. Your functions are
# graded on sizes, weights and data that you have not seen. They may not change the arrays that they are handed. They
# agree when no number is more than **0.00001** (that is `rnnshapes.TOLERANCE`) away from `model.predict()`.
#
# `rnnshapes.keep_attempts()` in a new cell below lets this notebook keep what your checks say, try by try. Your instructor
# sees it when you hand in: no code, and no points depend on it. It is off unless you run it.

# %% readonly="setup"
import numpy as np
import rnnshapes

keras = rnnshapes.import_keras()  # `from tensorflow import keras`, without its start-up messages
keras.utils.set_random_seed(1)

N, T, D, M, K = 4, 7, 3, 5, 2  # samples, time steps, features, hidden units, output nodes
X = np.random.randn(N, T, D)
sizes = rnnshapes.Sizes(N=N, T=T, D=D, M=M, K=K)
print(sizes.legend())

# %% [markdown]
# ## 1. Predict the shapes
#
# We feed `X` to this model: Input → SimpleRNN with M hidden units → Dense with K output nodes, no activation.
# Nothing of it has run yet. Which shapes do you expect?
#
# Type a tuple in place of each `...`, in numbers or in letters: `(8, 9)` or `(A, B)`. One axis is written `(8,)`.

# %% answer="predicted"
predicted = {
    #| "X": ...,      # the box that we feed to the model
    #| "x": ...,      # one sample of it, X[0]
    #| "x[t]": ...,   # what this sample shows at one time step
    #| "h": ...,      # the state of one sample, after one step
    #| "yhat": ...,   # the output of one sample, after one step
    #| "Yhat": ...,   # what model.predict(X) returns
    #| "Yhats": ...,  # the same for a model whose SimpleRNN has return_sequences=True
    ### BEGIN SOLUTION
    "X": (N, T, D),
    "x": (T, D),
    "x[t]": (D,),
    "h": (M,),
    "yhat": (K,),
    "Yhat": (N, K),
    "Yhats": (N, T, K),
    ### END SOLUTION
}

# %% readonly="check_predicted"
rnnshapes.check_answer("01/predicted", predicted)

# %% test="predicted" part="inputs" points=1
# The shapes of X, x and x[t] are typed as tuples, and NumPy gives the same.
assert all(isinstance(predicted[name], tuple | list) for name in ["X", "x", "x[t]"]), "Type a tuple for each shape"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("01/predicted", predicted, part="inputs")
### END HIDDEN TESTS

# %% test="predicted" part="steps" points=1
# The shapes of h and yhat are typed as tuples, and Keras gives the same for one sample.
assert all(isinstance(predicted[name], tuple | list) for name in ["h", "yhat"]), "Type a tuple for each shape"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("01/predicted", predicted, part="steps")
### END HIDDEN TESTS

# %% test="predicted" part="outputs" points=1
# The shapes of Yhat and Yhats are typed as tuples, and predict() returns the same.
assert all(isinstance(predicted[name], tuple | list) for name in ["Yhat", "Yhats"]), "Type a tuple for each shape"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("01/predicted", predicted, part="outputs")
### END HIDDEN TESTS

# %% [markdown]
# Now the model is built, and its twin: the same layers and weights, but every step's output comes back.
# Its biases are not zero here. With Keras' zeros a forgotten bias would go unnoticed.

# %% readonly="model"
def build(return_sequences):
    bias = keras.initializers.RandomUniform(0.2, 0.6)
    return keras.Sequential([
        keras.Input((T, D)),
        keras.layers.SimpleRNN(M, bias_initializer=bias, return_sequences=return_sequences),
        keras.layers.Dense(K, bias_initializer=bias),
    ])


model, twin = build(False), build(True)
twin.set_weights(model.get_weights())
Yhat, Yhats = model.predict(X, verbose=0), twin.predict(X, verbose=0)
print("X", X.shape, " Yhat", Yhat.shape, " Yhats", Yhats.shape)

# %% [markdown]
# **Explain:** was a prediction of yours different? Say in one sentence what you counted, and what Keras counts.

# %% [markdown]
# *Double-click here, and write your sentence.*

# %% [markdown]
# ## 2. Which weight is which?
#
# `model.get_weights()` gives five arrays without names. Their shapes are enough to tell them apart, since D, M and K
# differ. Write a function that does it: it gets the five arrays **in any order**, and returns them by name.
#
# In the lecture's names a step is $h_t = \tanh(x_t W_x + h_{t-1} W_h + b_h)$, and the head is
# $\hat y_t = h_t W_o + b_o$. Before you write: which letters does each weight have?

# %% answer="name_weights"
def name_weights(weights, D, M, K):
    """Return {"Wx": …, "Wh": …, "bh": …, "Wo": …, "bo": …}, told apart by shape.

    weights is a list of five arrays in any order; D, M and K are all different.
    """
    ### BEGIN SOLUTION
    names = {(D, M): "Wx", (M, M): "Wh", (M,): "bh", (M, K): "Wo", (K,): "bo"}
    return {names[weight.shape]: weight for weight in weights}
    ### END SOLUTION

# %% readonly="check_name_weights"
rnnshapes.check_answer("01/name_weights", name_weights)

# %% test="name_weights" points=2
# Every weight gets its name, whatever its place in the list.
named = name_weights(model.get_weights()[::-1], D, M, K)
assert sorted(named) == ["Wh", "Wo", "Wx", "bh", "bo"], f"Got the keys {sorted(named)}"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("01/name_weights", name_weights)
### END HIDDEN TESTS

# %% [markdown]
# ## 3. One sample by hand
#
# Write the loop over t for **one** sample `x` of shape (T, D). Keep the output of every step: T rows of K numbers.
#
# - Before the first step the state is all zeros. How many zeros?
# - In each step, `x[t]` and the state of the step before make the new state.
# - From the new state the head makes ŷ.
#
# Take every size from the arguments' shapes: the tests use other sizes than this notebook. Use NumPy only.

# %% readonly="picture_step"
rnnshapes.draw.step(sizes)

# %% answer="rnn_by_hand"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    """Return every step's ŷ for one sample.

    x (T, D), Wx (D, M), Wh (M, M), bh (M,), Wo (M, K), bo (K,) → (T, K)
    """
    ### BEGIN SOLUTION
    h_last = np.zeros(len(bh))
    Yhats = []
    for x_t in x:
        h_last = np.tanh(x_t @ Wx + h_last @ Wh + bh)  # (M,): what is handed to the next step
        Yhats.append(h_last @ Wo + bo)  # (K,)
    return np.array(Yhats)
    ### END SOLUTION

# %% readonly="check_rnn_by_hand"
rnnshapes.check_answer("01/rnn_by_hand", rnn_by_hand)

# %% test="rnn_by_hand" points=4
# The last row agrees with model.predict(), and every row with its return_sequences=True twin.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("01/rnn_by_hand", rnn_by_hand)
### END HIDDEN TESTS
Wx, Wh, bh, Wo, bo = model.get_weights()
rows = np.asarray(rnn_by_hand(X[0], Wx, Wh, bh, Wo, bo))
assert rows.shape == (T, K), f"Got the shape {rows.shape}, expected (T, K) = {(T, K)}"
last = np.abs(rows[-1] - Yhat[0]).max()  # Yhat is what model.predict(X) returned
every = np.abs(rows - Yhats[0]).max()  # Yhats is what twin.predict(X) returned
assert last <= rnnshapes.TOLERANCE, f"The last row is {last:.2g} away from model.predict()"
assert every <= rnnshapes.TOLERANCE, f"A row is {every:.2g} away from the twin's predict()"

# %% [markdown]
# ## 4. Bonus: N samples at once
#
# Now `X` is the whole box, (N, T, D). The answer has one row for each sample, its last ŷ: shape (N, K), as
# `model.predict(X)` returns it.
#
# A Python loop over the samples gives the right numbers and 2 of the 3 points. The third point is for doing it
# **at once**: the only loop runs over t, and each step moves all N samples forward. Which shape does the state have
# then?

# %% readonly="picture_lockstep"
rnnshapes.draw.lockstep(sizes)

# %% answer="rnn_by_hand_batched"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    """Return the last ŷ of every sample.

    X (N, T, D), Wx (D, M), Wh (M, M), bh (M,), Wo (M, K), bo (K,) → (N, K)
    """
    ### BEGIN SOLUTION
    h_last = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h_last = np.tanh(X[:, t] @ Wx + h_last @ Wh + bh)  # (N, D)(D, M) + (N, M)(M, M) + (M,) → (N, M)
    return h_last @ Wo + bo
    ### END SOLUTION

# %% readonly="check_rnn_by_hand_batched"
rnnshapes.check_answer("01/rnn_by_hand_batched", rnn_by_hand_batched)

# %% test="rnn_by_hand_batched" points=2
# The last ŷ of every sample agrees with model.predict().
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("01/rnn_by_hand_batched", rnn_by_hand_batched)
### END HIDDEN TESTS
Wx, Wh, bh, Wo, bo = model.get_weights()
rows = np.asarray(rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo))
assert rows.shape == (N, K), f"Got the shape {rows.shape}, expected (N, K) = {(N, K)}"
difference = np.abs(rows - Yhat).max()  # Yhat is what model.predict(X) returned
assert difference <= rnnshapes.TOLERANCE, f"A row is {difference:.2g} away from model.predict()"

# %% test="rnn_by_hand_batched" part="at_once" points=1
# The numbers are right, and no Python loop runs over the samples.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("01/rnn_by_hand_batched", rnn_by_hand_batched, part="at_once")
### END HIDDEN TESTS
assert np.shape(rnn_by_hand_batched(X, *model.get_weights())) == (N, K)

# %% [markdown]
# ## Before you submit
#
# Restart the kernel and run all cells (Kernel → Restart Kernel and Run All Cells). A ✓ means that the numbers are right.
# In the bonus, a `Try` under the ✓ means that the third point is missing. Task 1 gives its points in parts.
