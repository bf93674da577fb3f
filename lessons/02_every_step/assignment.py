# ---
# title: Every step, the assignment
# points: 12
# ---

# %% [markdown]
# # Every step: your turn
#
# In the lecture we kept the whole film of states, or its last frame only, and put a head on each. Here you predict the
# shapes of both, build both by hand, and work out what Keras does with a target that does not fit.
#
# | task | points |
# |---|---|
# | 1. Predict the shapes: states, heads, targets | 3 |
# | 2. `every_state`: the film of all samples | 2 |
# | 3. `classify_every_step`: a softmax head on every frame | 3 |
# | 4. `last_position`: a regression head on the last frame | 2 |
# | 5. `keras_mse`: what Keras reports when the target does not fit | 2 |
#
# That makes 12 points. Under each answer there is a check. It tells you what came out, what was expected and what to try;
# in task 1 it keeps the right shapes to itself. Run it as often as you like. Your functions are graded on sizes, weights
# and data that you have not seen. They may not change the arrays that they are handed. They agree when no number is more
# than **0.00001** (that is `rnnshapes.TOLERANCE`) away from Keras.
#
# `rnnshapes.keep_attempts()` in a new cell below lets this notebook keep what your checks say, try by try. Your instructor
# sees it when you hand in: no code, and no points depend on it. It is off unless you run it.

# %% readonly="setup"
import numpy as np
import rnnshapes

keras = rnnshapes.import_keras()  # `from tensorflow import keras`, without its start-up messages
keras.utils.set_random_seed(2)

N, T, D, M, K = 5, 7, 3, 4, 2  # ships, time steps, features, hidden units, output nodes
X = np.random.randn(N, T, D)
sizes = rnnshapes.Sizes(N=N, T=T, D=D, M=M, K=K)
print(sizes.legend())

# %% [markdown]
# Five ships report three numbers at each of seven time steps. We use K = 2 output nodes in two ways:
#
# - at **every step**, is the ship moored or under way? Two classes: a classification.
# - after the **last step**, where is the ship? A latitude and a longitude: a regression.
#
# ## 1. Predict the shapes
#
# Nothing has run yet. Which shapes do you expect? Type a tuple in place of each `...`, in numbers or in letters:
# `(8, 9)` or `(A, B)`. One axis is written `(8,)`.

# %% answer="predicted"
predicted = {
    #| "H": ...,        # SimpleRNN(M, return_sequences=True), fed X
    #| "h": ...,        # SimpleRNN(M), fed X
    #| "Yhats": ...,    # Dense(K), fed H
    #| "Yhat": ...,     # Dense(K), fed h
    #| "Wo": ...,       # the first weight of the Dense(K) that is fed H
    #| "Y_film": ...,   # targets for Yhats: the true latitudes and longitudes
    #| "Y_frame": ...,  # targets for Yhat: the true latitudes and longitudes
    #| "c_film": ...,   # np.argmax(Yhats, axis=-1): the number of the likeliest class, for every output of the film
    #| "c_frame": ...,  # np.argmax(Yhat, axis=-1)
    ### BEGIN SOLUTION
    "H": (N, T, M),
    "h": (N, M),
    "Yhats": (N, T, K),
    "Yhat": (N, K),
    "Wo": (M, K),  # Dense works on the last axis: the same weights for every frame
    "Y_film": (N, T, K),  # a target has the shape of its output
    "Y_frame": (N, K),
    "c_film": (N, T),
    "c_frame": (N,),
    ### END SOLUTION
}

# %% readonly="check_predicted"
rnnshapes.check_answer("02/predicted", predicted)

# %% test="predicted" part="states" points=1
# The shapes of H and h are typed as tuples, and SimpleRNN gives the same.
assert all(isinstance(predicted[name], tuple | list) for name in ["H", "h"]), "Type a tuple for each shape"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("02/predicted", predicted, part="states")
### END HIDDEN TESTS

# %% test="predicted" part="heads" points=1
# The shapes of Yhats, Yhat and Wo are typed as tuples, and Dense gives the same.
assert all(isinstance(predicted[name], tuple | list) for name in ["Yhats", "Yhat", "Wo"]), "Type a tuple for each shape"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("02/predicted", predicted, part="heads")
### END HIDDEN TESTS

# %% test="predicted" part="targets" points=1
# The shapes of the targets and of the classes are typed as tuples, and they fit the outputs.
assert all(isinstance(predicted[name], tuple | list) for name in ["Y_film", "Y_frame", "c_film", "c_frame"]), "Type a tuple for each shape"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("02/predicted", predicted, part="targets")
### END HIDDEN TESTS

# %% [markdown]
# Now the layers are built. The film goes through both heads: `classify` has a softmax, `locate` has no activation.
# Their weights are the same, and their biases are not zero: with Keras' zeros a forgotten bias would go unnoticed.

# %% readonly="model"
bias = keras.initializers.RandomUniform(0.2, 0.6)
inputs = keras.Input((T, D))
film = keras.layers.SimpleRNN(M, bias_initializer=bias, return_sequences=True)(inputs)
classify = keras.layers.Dense(K, bias_initializer=bias, activation="softmax")
locate = keras.layers.Dense(K)
model = keras.Model(inputs, [film, classify(film), locate(film[:, -1])])
locate.set_weights(classify.get_weights())
Wx, Wh, bh, Wo, bo = model.get_weights()[:5]
H, P, Yhat = model.predict(X, verbose=0)
print("H", H.shape, " P", P.shape, " Yhat", Yhat.shape, " Wo", Wo.shape)

# %% [markdown]
# **Explain:** was a prediction of yours different? Say in one sentence which axis you had added or dropped.

# %% [markdown]
# *Double-click here, and write your sentence.*

# %% [markdown]
# ## 2. The film of all samples
#
# Write the loop over t for all N samples, and keep the state of **every** step. In the result, `[n, t]` is the state of
# sample n after step t. The film is what `SimpleRNN(M, return_sequences=True)` returns.
#
# - Which shape has the state of one step? In which order do the steps come out of your loop?
# - Is the state that you keep the one before the step, or the one after it?
#
# Take every size from the arguments' shapes: the tests use other sizes than this notebook. Use NumPy only.

# %% readonly="picture_film"
rnnshapes.draw.film(sizes)

# %% answer="every_state"
def every_state(X, Wx, Wh, bh):
    """Return every step's state, for every sample.

    X (N, T, D), Wx (D, M), Wh (M, M), bh (M,) → (N, T, M)
    """
    ### BEGIN SOLUTION
    h = np.zeros((len(X), len(bh)))  # (N, M)
    frames = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        frames.append(h)  # T times (N, M)
    return np.stack(frames, axis=1)  # the new axis T goes between N and M
    ### END SOLUTION

# %% readonly="check_every_state"
rnnshapes.check_answer("02/every_state", every_state)

# %% test="every_state" points=2
# Every state of every sample agrees with SimpleRNN(M, return_sequences=True).
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("02/every_state", every_state)
### END HIDDEN TESTS
frames = np.asarray(every_state(X, Wx, Wh, bh))
assert frames.shape == (N, T, M), f"Got the shape {frames.shape}, expected (N, T, M) = {(N, T, M)}"
difference = np.abs(frames - H).max()  # H is what model.predict(X) returned
assert difference <= rnnshapes.TOLERANCE, f"A state is {difference:.2g} away from Keras"

# %% [markdown]
# ## 3. A class at every step
#
# Put the head on every frame, and turn its K numbers into K probabilities with a **softmax**: the exponential of each
# number, divided by the sum of these exponentials, so that the K classes of one frame share 1 among them.
#
# - Over which axis do you sum? Does an axis of length 1 have to stay in its place?
# - You may call your `every_state`. Use NumPy only.

# %% answer="classify_every_step"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    """Return every step's K probabilities, for every sample.

    X (N, T, D), Wx (D, M), Wh (M, M), bh (M,), Wo (M, K), bo (K,) → (N, T, K)
    """
    ### BEGIN SOLUTION
    h = np.zeros((len(X), len(bh)))
    P = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        powers = np.exp(h @ Wo + bo)  # (N, K)
        P.append(powers / powers.sum(axis=1, keepdims=True))  # (N, K) / (N, 1): the classes of a frame share 1
    return np.stack(P, axis=1)
    ### END SOLUTION

# %% readonly="check_classify_every_step"
rnnshapes.check_answer("02/classify_every_step", classify_every_step)

# %% test="classify_every_step" points=3
# The K probabilities of every frame add up to 1 and agree with model.predict().
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("02/classify_every_step", classify_every_step)
### END HIDDEN TESTS
rows = np.asarray(classify_every_step(X, Wx, Wh, bh, Wo, bo))
assert rows.shape == (N, T, K), f"Got the shape {rows.shape}, expected (N, T, K) = {(N, T, K)}"
assert np.allclose(rows.sum(axis=2), 1), "The K probabilities of a frame do not add up to 1"
difference = np.abs(rows - P).max()  # P is what model.predict(X) returned
assert difference <= rnnshapes.TOLERANCE, f"A probability is {difference:.2g} away from Keras"

# %% [markdown]
# ## 4. One position at the end
#
# Now the film `H` is given. `SimpleRNN(M)` without `return_sequences` hands on its last frame alone, and the head makes a
# latitude and a longitude of it: K = 2, and no activation.
#
# Which index picks the last **time step** of every ship? Use NumPy only.

# %% answer="last_position"
def last_position(H, Wo, bo):
    """Return the ŷ of the last frame, for every sample.

    H (N, T, M), Wo (M, K), bo (K,) → (N, K)
    """
    ### BEGIN SOLUTION
    return H[:, -1] @ Wo + bo  # (N, M)(M, K) + (K,): a regression, so nothing squashes the result
    ### END SOLUTION

# %% readonly="check_last_position"
rnnshapes.check_answer("02/last_position", last_position)

# %% test="last_position" points=2
# The position of every sample agrees with a model that keeps the last frame.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("02/last_position", last_position)
### END HIDDEN TESTS
rows = np.asarray(last_position(H, Wo, bo))
assert rows.shape == (N, K), f"Got the shape {rows.shape}, expected (N, K) = {(N, K)}"
difference = np.abs(rows - Yhat).max()  # Yhat is what model.predict(X) returned
assert difference <= rnnshapes.TOLERANCE, f"A position is {difference:.2g} away from Keras"

# %% [markdown]
# ## 5. The loss of a target that does not fit
#
# One output node, K = 1: a model that keeps the film predicts the fuel left in the tank, at every step. But somebody
# hands it the fuel at the end only: one number for each ship, (N, 1).
#
# `fit` trains, and a loss is shown. **Predict:** does NumPy's `Y - Yhats` work on these two shapes?

# %% readonly="loss"
fuel = keras.Sequential([
    keras.Input((T, D)),
    keras.layers.SimpleRNN(M, return_sequences=True),
    keras.layers.Dense(1),
])
fuel.compile(loss="mse")
Y = np.random.uniform(1, 3, (N, 1))
Yhats = fuel.predict(X, verbose=0)
reported = fuel.evaluate(X, Y, verbose=0)
print("Y", Y.shape, " Yhats", Yhats.shape, " reported loss", reported)

# %% [markdown]
# Write a function that gives the number which Keras reports for any such pair: the mean of the squared differences, once
# the shapes have been made to fit in Keras' way. Use NumPy only.

# %% answer="keras_mse"
def keras_mse(Y, Yhats):
    """Return the mean squared error that Keras reports, one number.

    Y (N, 1): one target for each sample; Yhats (N, T, 1): an output for each step → ()
    """
    ### BEGIN SOLUTION
    return np.mean((Yhats[:, :, 0] - Y) ** 2)  # (N, T) - (N, 1): one target meets all T outputs
    ### END SOLUTION

# %% readonly="check_keras_mse"
rnnshapes.check_answer("02/keras_mse", keras_mse)

# %% test="keras_mse" points=2
# The number agrees with the loss that Keras reports.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("02/keras_mse", keras_mse)
### END HIDDEN TESTS
difference = abs(float(keras_mse(Y, Yhats)) - reported)  # reported is what fuel.evaluate(X, Y) returned
assert difference <= rnnshapes.TOLERANCE, f"The loss is {difference:.2g} away from the reported one"

# %% [markdown]
# **Explain:** in one sentence, which step's output does such a target train well, and what do the other steps learn?

# %% [markdown]
# *Double-click here, and write your sentence.*

# %% [markdown]
# ## Before you submit
#
# Restart the kernel and run all cells (Kernel → Restart Kernel and Run All Cells). A ✓ means that the numbers are right.
# Task 1 gives its points in parts.
