# ---
# title: Axes, the assignment
# points: 12
# ---

# %% [markdown]
# # Axes: your turn
#
# | task | points |
# |---|---|
# | 1. Predict the shapes | 3 |
# | 2. `one_step`: one time step of every sample | 1 |
# | 3. `time_first`: two axes change places | 2 |
# | 4. `each_step_through`: the same weight at every step | 2 |
# | 5. `shifted`: a row for each sample | 2 |
# | 6. `standardised`: mean 0 and standard deviation 1 for each feature | 2 |
#
# That makes 12 points. Three kinds of cells come in turn:
#
# - An **answer cell** is yours: put your code in place of `...` or `raise NotImplementedError()`, and run it.
# - A **check cell** looks at your answer. It says what it got, what it expected, and what to try. Run it as often as you
#   like, also before you have written anything. It costs no points.
# - A **test cell** is locked, and gives the points. A test that passes says nothing: no news is good news. A test that
#   fails ends in a red box; its last line says why. You see the first part of each test. A second part is added after
#   you hand in, with sizes and numbers that you have not seen.
#
# A cell knows only what has been run before it. So run the cells from the top: Shift + Enter runs one and goes on.
#
# A result agrees with NumPy's when no number is more than **0.00001** away (that is `rnnshapes.TOLERANCE`).
#
# `rnnshapes.keep_attempts()` in a new cell below lets this notebook keep what your checks say, try by try. Your instructor
# sees it when you hand in: no code, and no points depend on it. It is off unless you run it.

# %% readonly="setup"
import numpy as np
import rnnshapes

np.random.seed(1)

N, T, D, M, K = 4, 6, 3, 5, 2  # samples, time steps, features; W has M columns; K waits for lesson 01
X = np.random.randn(N, T, D) * [1, 2, 3] + [1, -2, 0.5]
W = np.random.randn(D, M)
b = np.random.uniform(0.5, 1.5, M)
s = np.random.uniform(0.5, 1.5, (N, D))
sizes = rnnshapes.Sizes(N=N, T=T, D=D, M=M, K=K)
print("X", X.shape, "  W", W.shape, "  b", b.shape, "  s", s.shape)

# %% readonly="picture_box"
rnnshapes.draw.box("X", "NTD", sizes)

# %% [markdown]
# ## 1. Predict the shapes
#
# `X` is (N, T, D), `W` is (D, M), `b` is (M,) and `s` is (N, D). Which shape does each expression have? Decide before you
# let NumPy compute any of them.
#
# Type a tuple in place of each `...`, in numbers or in letters: `(8, 9)` or `(A, B)`. One axis is written `(8,)`, and a
# single number has the shape `()`.

# %% answer="predicted"
predicted = {
    #| "X[0]": ...,
    #| "X[:, 2]": ...,
    #| "X[0, 2]": ...,
    #| "X[:, 2:3]": ...,
    #| "X[..., 1]": ...,
    #| "X[0] @ W": ...,
    #| "X @ W": ...,
    #| "X @ W + b": ...,
    #| "X + s[:, None]": ...,
    #| "X.sum(axis=1)": ...,
    #| "X.mean(axis=(0, 1))": ...,
    #| "X.mean(axis=1, keepdims=True)": ...,
    #| "X.max()": ...,
    ### BEGIN SOLUTION
    "X[0]": (T, D),
    "X[:, 2]": (N, D),
    "X[0, 2]": (D,),
    "X[:, 2:3]": (N, 1, D),
    "X[..., 1]": (N, T),
    "X[0] @ W": (T, M),
    "X @ W": (N, T, M),
    "X @ W + b": (N, T, M),
    "X + s[:, None]": (N, T, D),
    "X.sum(axis=1)": (N, D),
    "X.mean(axis=(0, 1))": (D,),
    "X.mean(axis=1, keepdims=True)": (N, 1, D),
    "X.max()": (),
    ### END SOLUTION
}

# %% readonly="check_predicted"
rnnshapes.check_answer("00/predicted", predicted)

# %% test="predicted" part="slices" points=1
# The shapes of the five slices are typed as tuples, and NumPy gives the same.
slices = ["X[0]", "X[:, 2]", "X[0, 2]", "X[:, 2:3]", "X[..., 1]"]
for name in slices:
    assert isinstance(predicted[name], tuple | list), f"Type a tuple for {name}, such as (8, 9)"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("00/predicted", predicted, part="slices")
### END HIDDEN TESTS

# %% test="predicted" part="products" points=1
# The shapes of the products and sums of two arrays are typed as tuples, and NumPy gives the same.
products = ["X[0] @ W", "X @ W", "X @ W + b", "X + s[:, None]"]
for name in products:
    assert isinstance(predicted[name], tuple | list), f"Type a tuple for {name}, such as (8, 9)"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("00/predicted", predicted, part="products")
### END HIDDEN TESTS

# %% test="predicted" part="sums" points=1
# The shapes of what sum, mean and max leave are typed as tuples, and NumPy gives the same.
sums = ["X.sum(axis=1)", "X.mean(axis=(0, 1))", "X.mean(axis=1, keepdims=True)", "X.max()"]
for name in sums:
    assert isinstance(predicted[name], tuple | list), f"Type a tuple for {name}, such as (8, 9)"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("00/predicted", predicted, part="sums")
### END HIDDEN TESTS

# %% [markdown]
# **Explain:** was a prediction of yours different? Say in one sentence which axis you took away or kept, and which one
# NumPy does.

# %% [markdown]
# *Double-click here, and write your sentence.*

# %% [markdown]
# ## 2. One step of every sample
#
# Write a function that cuts time step `t` out of the box. What comes back has no time axis: the rows that all N samples
# show at this step.
#
# This function, and all below, gets its arrays as arguments, with other sizes than here. Use what the brackets of
# `def` name, and read sizes off the arguments' shapes.

# %% answer="one_step"
def one_step(X, t):
    """Return what every sample shows at time step t.

    X (N, T, D), t a whole number from 0 to T - 1 → (N, D)
    """
    ### BEGIN SOLUTION
    return X[:, t]
    ### END SOLUTION

# %% readonly="check_one_step"
rnnshapes.check_answer("00/one_step", one_step)

# %% test="one_step" points=1
# Row n of the result is what sample n shows at step t.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("00/one_step", one_step)
### END HIDDEN TESTS
for t in range(T):
    slab = np.asarray(one_step(X, t))
    assert slab.shape == (N, D), f"Got the shape {slab.shape}, expected (N, D) = {(N, D)}"
    for n in range(N):
        assert np.allclose(slab[n], X[n][t]), f"Row n = {n} of step t = {t} is not what sample {n} shows then"

# %% [markdown]
# ## 3. Time first
#
# Some programs want time as the first axis: one sheet for each step. Write a function that gives them the same numbers in
# the shape (T, N, D). Row n of sheet t should be what sample n shows at step t.
#
# The shape alone does not tell whether you are right. Which other thing has this shape?

# %% answer="time_first"
def time_first(X):
    """Return the same numbers with time as the first axis.

    X (N, T, D) → (T, N, D)
    """
    ### BEGIN SOLUTION
    return X.transpose(1, 0, 2)  # T was axis 1, N was axis 0, D stays
    ### END SOLUTION

# %% readonly="check_time_first"
rnnshapes.check_answer("00/time_first", time_first)

# %% test="time_first" points=2
# Row n of sheet t is the row that X holds at [n, t].
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("00/time_first", time_first)
### END HIDDEN TESTS
turned = np.asarray(time_first(X))
assert turned.shape == (T, N, D), f"Got the shape {turned.shape}, expected (T, N, D) = {(T, N, D)}"
for n in range(N):
    for t in range(T):
        assert np.allclose(turned[t, n], X[n, t]), f"Row n = {n} of sheet t = {t} is not X[{n}, {t}]"

# %% [markdown]
# ## 4. One weight for every step
#
# Every step of every sample goes through the same weight `W`, and `b` is added: a row of D numbers becomes a row of M.
# This is what the first half of a recurrent step does, and lesson 01 will need it.
#
# You can loop, or let the letters do the work. Which letters touch in the product?

# %% answer="each_step_through"
def each_step_through(X, W, b):
    """Return each row of X times W, plus b.

    X (N, T, D), W (D, M), b (M,) → (N, T, M)
    """
    ### BEGIN SOLUTION
    return X @ W + b  # (N, T, D)(D, M) → (N, T, M), and b lines up with M
    ### END SOLUTION

# %% readonly="check_each_step_through"
rnnshapes.check_answer("00/each_step_through", each_step_through)

# %% test="each_step_through" points=2
# Each number of the result is a sum over the D features, plus its bias.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("00/each_step_through", each_step_through)
### END HIDDEN TESTS
result = np.asarray(each_step_through(X, W, b))
assert result.shape == (N, T, M), f"Got the shape {result.shape}, expected (N, T, M) = {(N, T, M)}"
for n, t, m in np.ndindex(N, T, M):
    total = sum(X[n, t, d] * W[d, m] for d in range(D)) + b[m]
    assert abs(result[n, t, m] - total) <= rnnshapes.TOLERANCE, f"The number at [{n}, {t}, {m}] is {result[n, t, m]}"

# %% [markdown]
# ## 5. A row for each sample
#
# `s` holds one row of D numbers for each sample. Add row n of `s` to what sample n shows, at every time step.
# Write the letters of `X` and `s` under each other, from the right: where does `s` lack one?
#
# Give back a new box, and leave the `X` that you were handed as it was.

# %% answer="shifted"
def shifted(X, s):
    """Return X with row n of s added to sample n at every step; X itself stays as it is.

    X (N, T, D), s (N, D) → (N, T, D)
    """
    ### BEGIN SOLUTION
    return X + s[:, None]  # (N, T, D) + (N, 1, D): the axis of length one is stretched over T
    ### END SOLUTION

# %% readonly="check_shifted"
rnnshapes.check_answer("00/shifted", shifted)

# %% test="shifted" points=2
# Sample n is shifted by row n of s at every step, and X is as it was.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("00/shifted", shifted)
### END HIDDEN TESTS
handed_in = X.copy()
moved = np.asarray(shifted(handed_in, s))
assert moved.shape == (N, T, D), f"Got the shape {moved.shape}, expected (N, T, D) = {(N, T, D)}"
for n in range(N):
    for t in range(T):
        assert np.allclose(moved[n, t], X[n, t] + s[n]), f"Sample n = {n} is wrong at step t = {t}"
assert np.array_equal(handed_in, X), "The X that was handed in has changed"

# %% [markdown]
# ## 6. Feature by feature
#
# Features come in metres, degrees, euros. Before training one often gives each feature a mean of 0 and a standard
# deviation of 1 over **all samples and all steps**. From each number subtract its feature's mean, then divide by its
# feature's standard deviation, the one that NumPy's `std` computes.
#
# Which two axes does the mean go over, and which letter is left? Leave the `X` that you were handed as it was.

# %% answer="standardised"
def standardised(X):
    """Return X with mean 0 and standard deviation 1 in each feature; X itself stays as it is.

    X (N, T, D) → (N, T, D)
    """
    ### BEGIN SOLUTION
    return (X - X.mean(axis=(0, 1))) / X.std(axis=(0, 1))  # both are (D,), which lines up with X from the right
    ### END SOLUTION

# %% readonly="check_standardised"
rnnshapes.check_answer("00/standardised", standardised)

# %% test="standardised" points=2
# Over all samples and steps each feature has mean 0 and standard deviation 1, and X is as it was.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("00/standardised", standardised)
### END HIDDEN TESTS
handed_in = X.copy()
Z = np.asarray(standardised(handed_in))
assert Z.shape == (N, T, D), f"Got the shape {Z.shape}, expected (N, T, D) = {(N, T, D)}"
for d in range(D):
    numbers = [Z[n, t, d] for n in range(N) for t in range(T)]
    assert abs(np.mean(numbers)) <= rnnshapes.TOLERANCE, f"The mean of feature d = {d} is {np.mean(numbers):.2g}"
    assert abs(np.std(numbers) - 1) <= rnnshapes.TOLERANCE, f"The std of feature d = {d} is {np.std(numbers):.2g}"
assert np.array_equal(handed_in, X), "The X that was handed in has changed"

# %% [markdown]
# ## Before you submit
#
# Restart the kernel and run all cells (Kernel → Restart Kernel and Run All Cells): what you see then is what is graded.
# A ✓ means that the answer is right. Task 1 gives its points in parts.
