# ---
# title: Stacking, the assignment
# points: 12
# ---

# %% [markdown]
# # Stacking: your turn
#
# In the lecture we put one recurrent layer on top of another and computed both by hand. Here you do it, with other sizes:
# this time layer 2 is the larger one.
#
# | task | points |
# |---|---|
# | 1. Predict the shapes | 3 |
# | 2. Count the parameters | 2 |
# | 3. `stacked_by_hand`: two layers, N samples | 4 |
# | 4. Read an error message | 1 |
# | 5. Repair the stack | 2 |
#
# That makes 12 points. Under each answer there is a check. It tells you what came out, what was expected and what to try.
# In tasks 1, 2 and 4 it keeps the right answers to itself. Run it as often as you like. Your function is graded on sizes,
# weights and data that you have not seen. It may not change the arrays that it is handed. It agrees when no number is
# more than **0.00001** (that is `rnnshapes.TOLERANCE`) away from `model.predict()`.
#
# `rnnshapes.keep_attempts()` in a new cell below lets this notebook keep what your checks say, try by try. Your instructor
# sees it when you hand in: no code, and no points depend on it. It is off unless you run it.

# %% readonly="setup"
import numpy as np
import rnnshapes

keras = rnnshapes.import_keras()  # `from tensorflow import keras`, without its start-up messages
keras.utils.set_random_seed(3)

N, T, D, M1, M2, K = 3, 9, 2, 5, 7, 4  # samples, time steps, features, hidden units 1 and 2, output nodes
X = np.random.randn(N, T, D)
sizes = rnnshapes.Sizes(N=N, T=T, D=D, M=M1, M2=M2, K=K)
print(sizes.legend())

# %% [markdown]
# ## 1. Predict the shapes
#
# We feed `X` to this model: Input → SimpleRNN with M1 hidden units, `return_sequences=True` → SimpleRNN with M2 hidden
# units → Dense with K output nodes, no activation. Nothing of it has run yet. Which shapes do you expect?
#
# Type a tuple in place of each `...`, in numbers or in letters: `(8, 9)` or `(A, B)`.

# %% answer="predicted"
predicted = {
    #| "Wx1": ...,   # what takes the data into layer 1
    #| "Wh1": ...,   # what takes layer 1's last state into its next step
    #| "h1": ...,    # all that layer 1 hands to layer 2, for the whole of X
    #| "Wx2": ...,   # what takes h1 into layer 2
    #| "Wh2": ...,   # what takes layer 2's last state into its next step
    #| "h2": ...,    # all that layer 2 hands to the Dense layer, for the whole of X
    #| "Wo": ...,    # what takes h2 to the outputs
    #| "Yhat": ...,  # what model.predict(X) returns
    ### BEGIN SOLUTION
    "Wx1": (D, M1),
    "Wh1": (M1, M1),
    "h1": (N, T, M1),
    "Wx2": (M1, M2),
    "Wh2": (M2, M2),
    "h2": (N, M2),
    "Wo": (M2, K),
    "Yhat": (N, K),
    ### END SOLUTION
}

# %% readonly="check_predicted"
rnnshapes.check_answer("03/predicted", predicted)

# %% test="predicted" part="layer_1" points=1
# The shapes of Wx1, Wh1 and h1 are typed as tuples, and layer 1 has and gives the same.
assert all(isinstance(predicted[name], tuple | list) for name in ["Wx1", "Wh1", "h1"]), "Type a tuple for each shape"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("03/predicted", predicted, part="layer_1")
### END HIDDEN TESTS

# %% test="predicted" part="layer_2" points=1
# The shapes of Wx2, Wh2 and h2 are typed as tuples, and layer 2 has and gives the same.
assert all(isinstance(predicted[name], tuple | list) for name in ["Wx2", "Wh2", "h2"]), "Type a tuple for each shape"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("03/predicted", predicted, part="layer_2")
### END HIDDEN TESTS

# %% test="predicted" part="head" points=1
# The shapes of Wo and Yhat are typed as tuples, and the head has and gives the same.
assert all(isinstance(predicted[name], tuple | list) for name in ["Wo", "Yhat"]), "Type a tuple for each shape"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("03/predicted", predicted, part="head")
### END HIDDEN TESTS

# %% [markdown]
# ## 2. Count the parameters
#
# How many numbers does each layer of this model learn? Count before you build: `summary()` and `count_params()` come
# later. Type a number, or a sum of products of letters such as `T*K + N`.

# %% answer="counted"
counted = {
    #| "layer 1": ...,
    #| "layer 2": ...,
    #| "head": ...,
    #| "all": ...,  # the whole model
    ### BEGIN SOLUTION
    "layer 1": D*M1 + M1*M1 + M1,
    "layer 2": M1*M2 + M2*M2 + M2,
    "head": M2*K + K,
    "all": D*M1 + M1*M1 + M1 + M1*M2 + M2*M2 + M2 + M2*K + K,
    ### END SOLUTION
}

# %% readonly="check_counted"
rnnshapes.check_answer("03/counted", counted)

# %% test="counted" part="layers" points=1
# The two recurrent layers are counted as numbers, and count_params() gives the same.
assert all(isinstance(counted[name], int | float | np.number) for name in ["layer 1", "layer 2"]), "Type a number for each"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("03/counted", counted, part="layers")
### END HIDDEN TESTS

# %% test="counted" part="all" points=1
# The head and the whole model are counted as numbers, and count_params() gives the same.
assert all(isinstance(counted[name], int | float | np.number) for name in ["head", "all"]), "Type a number for each"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("03/counted", counted, part="all")
### END HIDDEN TESTS

# %% [markdown]
# Now the model is built. Its biases are not zero here: with Keras' zeros a forgotten bias would go unnoticed.

# %% readonly="model"
bias = keras.initializers.RandomUniform(0.2, 0.6)
model = keras.Sequential([
    keras.Input((T, D)),
    keras.layers.SimpleRNN(M1, bias_initializer=bias, return_sequences=True),
    keras.layers.SimpleRNN(M2, bias_initializer=bias),
    keras.layers.Dense(K, bias_initializer=bias),
])
Yhat = model.predict(X, verbose=0)
print("h1", model.layers[0].output.shape, " h2", model.layers[1].output.shape, " Yhat", Yhat.shape)

# %% [markdown]
# `None` stands for N: a model takes any number of samples.
#
# **Explain:** was a prediction of yours different? Say in one sentence what you counted, and what Keras counts.

# %% [markdown]
# *Double-click here, and write your sentence.*

# %% [markdown]
# ## 3. Two layers by hand
#
# Write both layers for all N samples, and the head on top. The answer has one row for each sample, its last ŷ: shape
# (N, K), as `model.predict(X)` returns it.
#
# - Each layer has a state of its own, all zeros before the first step. How long is each?
# - At step t layer 1 reads `X[:, t]`. What does layer 2 read?
# - One loop over t that moves both layers, or two loops one after the other: both are right.
#
# Take every size from the arguments' shapes: the tests use other sizes than this notebook. Use NumPy only.

# %% readonly="picture_plug"
rnnshapes.draw.plug(sizes)

# %% answer="stacked_by_hand"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    """Return the last ŷ of every sample.

    X (N, T, D), Wx1 (D, M1), Wh1 (M1, M1), bh1 (M1,),
    Wx2 (M1, M2), Wh2 (M2, M2), bh2 (M2,), Wo (M2, K), bo (K,) → (N, K)
    """
    ### BEGIN SOLUTION
    h1 = np.zeros((len(X), len(bh1)))
    h2 = np.zeros((len(X), len(bh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)  # (N, D)(D, M1) + (N, M1)(M1, M1) + (M1,) → (N, M1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)  # (N, M1)(M1, M2) + (N, M2)(M2, M2) + (M2,) → (N, M2)
    return h2 @ Wo + bo
    ### END SOLUTION

# %% readonly="check_stacked_by_hand"
rnnshapes.check_answer("03/stacked_by_hand", stacked_by_hand)

# %% test="stacked_by_hand" points=4
# The last ŷ of every sample agrees with model.predict().
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("03/stacked_by_hand", stacked_by_hand)
### END HIDDEN TESTS
rows = np.asarray(stacked_by_hand(X, *model.get_weights()))
assert rows.shape == (N, K), f"Got the shape {rows.shape}, expected (N, K) = {(N, K)}"
difference = np.abs(rows - Yhat).max()  # Yhat is what model.predict(X) returned
assert difference <= rnnshapes.TOLERANCE, f"A row is {difference:.2g} away from model.predict()"

# %% [markdown]
# ## 4. Read an error message
#
# Somebody stacks three recurrent layers. The layers are written as data: a kind, its units, and for a SimpleRNN its
# `return_sequences`. `build` turns such a list into a Keras model and numbers the layers from 1.

# %% readonly="build"
def build(settings):
    """Return the Keras model that a list of layers describes."""
    model = keras.Sequential()
    for place, (kind, size, *flag) in enumerate(settings):
        if kind == "Input":
            model.add(keras.Input(size))
        elif kind == "SimpleRNN":
            model.add(keras.layers.SimpleRNN(size, return_sequences=flag[0], name=f"layer_{place}"))
        else:
            model.add(keras.layers.Dense(size, name=f"layer_{place}"))
    return model

# %% readonly="broken"
broken = [
    ("Input", (T, D)),
    ("SimpleRNN", M1, False),
    ("SimpleRNN", M2, False),
    ("SimpleRNN", 8, False),
    ("Dense", K),
]
try:
    build(broken)
except ValueError as error:
    print(error)

# %% [markdown]
# Read the message, and say what it says. Type a number for a layer, and a letter in quotes for an axis or a size: `"N"`,
# `"T"`, `"D"`, `"M1"`, `"M2"` or `"K"`.

# %% answer="what_it_says"
what_it_says = {
    #| "complains": ...,  # which recurrent layer complains: 1, 2 or 3?
    #| "to repair": ...,  # which recurrent layer has to be changed first: 1, 2 or 3?
    #| "5": ...,          # whose letter is the 5 in the shape that was received?
    #| "missing": ...,    # which axis is missing in that shape?
    ### BEGIN SOLUTION
    "complains": 2,
    "to repair": 1,
    "5": "M1",
    "missing": "T",
    ### END SOLUTION
}

# %% readonly="check_what_it_says"
rnnshapes.check_answer("03/what_it_says", what_it_says)

# %% test="what_it_says" points=1
# Layers are given as numbers, axes and sizes as letters, and all four are what Keras' message means.
assert all(isinstance(what_it_says[name], int | float | np.number) for name in ["complains", "to repair"]), "Type a number for a layer"
assert all(isinstance(what_it_says[name], str) for name in ["5", "missing"]), "Type a letter in quotes"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("03/what_it_says", what_it_says)
### END HIDDEN TESTS

# %% [markdown]
# ## 5. Repair the stack
#
# Repair the list so that the model builds and gives one row of K numbers for each sample. Keep the three recurrent layers
# and their units. Try `build(repaired)` as often as you like, and read what Keras says each time.

# %% answer="repaired"
repaired = [
    #| ...,  # copy the broken list, and change what has to be changed
    ### BEGIN SOLUTION
    ("Input", (T, D)),
    ("SimpleRNN", M1, True),
    ("SimpleRNN", M2, True),
    ("SimpleRNN", 8, False),
    ("Dense", K),
    ### END SOLUTION
]

# %% readonly="check_repaired"
rnnshapes.check_answer("03/repaired", repaired)

# %% test="repaired" points=2
# Keras builds the repaired list, and the model's output is (N, K).
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("03/repaired", repaired)
### END HIDDEN TESTS
assert build(repaired).output_shape == (None, K), f"Got {build(repaired).output_shape}, expected (None, K)"

# %% [markdown]
# ## Before you submit
#
# Restart the kernel and run all cells (Kernel → Restart Kernel and Run All Cells). A ✓ means that the answer is right.
# Tasks 1 and 2 give their points in parts.
