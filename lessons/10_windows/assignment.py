# ---
# title: Windows, the assignment
# points: 12
# ---

# %% [markdown]
# # Windows: your turn
#
# In the lecture a window slid along a series and made N. Here you cut the windows yourself, find their targets, keep the
# test apart from the past, and let a model read its own forecasts.
#
# | task | points |
# |---|---|
# | 1. Predict the shapes | 2 |
# | 2. `windows`: a series becomes a box | 2 |
# | 3. `targets`: the days after each window | 2 |
# | 4. `which_part`: training, test, or neither | 2 |
# | 5. `scaled`: mean and spread of the past alone | 2 |
# | 6. `rolled_out`: forecasts that are fed back | 2 |
#
# That makes 12 points. Under each answer there is a check. It tells you what came out, what was expected and what to try;
# in task 1 it keeps the right shapes to itself. Run it as often as you like. Your functions are graded on series of other
# lengths, with sizes and numbers that you have not seen. They may not change the arrays that they are handed. Use NumPy
# only in them. A function agrees with Keras when none of its numbers is more than **0.00001** (that is
# `rnnshapes.TOLERANCE`) away.
#
# `rnnshapes.keep_attempts()` in a new cell below lets this notebook keep what your checks say, try by try. Your instructor
# sees it when you hand in: no code, and no points depend on it. It is off unless you run it.

# %% readonly="setup"
import numpy as np
import rnnshapes

keras = rnnshapes.import_keras()  # `from tensorflow import keras`, without its start-up messages

T, M, K = 9, 6, 3  # days that a window shows, hidden units, days that are asked for
names, dates, values = rnnshapes.weather()
series = values[:42]  # the first 42 days of 2012
L, D = series.shape
print(f"series ({L}, {D}), from {dates[0]} to {dates[L - 1]}:", ", ".join(names))

# %% [markdown]
# ## 1. Predict the shapes
#
# Every window shows T = 9 days in a row of `series`, which has L = 42 days and D = 4 features. It slides on by one day at a
# time. For each window the `temp_max` of the K = 3 days after it is asked for, so the last window has to leave room for
# these.
#
# ```python
# X                       # all windows that have their K targets
# Y                       # the targets of these windows
# h = GRU(M)(X)           # the last state
# Yhat = Dense(K)(h)
# ```
#
# Type a tuple in place of each `...`, in numbers or in letters: `(8, 9)` or `(A, B + 1)`. How many windows there are, you
# have to work out. One axis is written `(8,)`.

# %% answer="predicted"
predicted = {
    #| "X": ...,
    #| "Y": ...,
    #| "X[:, -1]": ...,  # the last day of each window
    #| "X[:, :, 1]": ...,
    #| "X[:, :, 1:2]": ...,
    #| "sliding_window_view(series[:-K], T, axis=0)": ...,
    #| "h": ...,
    #| "Yhat": ...,
    ### BEGIN SOLUTION
    "X": (L - T - K + 1, T, D),
    "Y": (L - T - K + 1, K),
    "X[:, -1]": (L - T - K + 1, D),
    "X[:, :, 1]": (L - T - K + 1, T),
    "X[:, :, 1:2]": (L - T - K + 1, T, 1),
    "sliding_window_view(series[:-K], T, axis=0)": (L - T - K + 1, D, T),
    "h": (L - T - K + 1, M),
    "Yhat": (L - T - K + 1, K),
    ### END SOLUTION
}

# %% readonly="check_predicted"
rnnshapes.check_answer("10/predicted", predicted)

# %% test="predicted" part="windows" points=1
# The shapes of the windows, of their targets, and of two cuts through them are typed as tuples, and are the real ones.
windows_part = ["X", "Y", "X[:, -1]", "X[:, :, 1]"]
for name in windows_part:
    assert isinstance(predicted[name], tuple | list), f"Type a tuple for {name}, such as (8, 9)"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("10/predicted", predicted, part="windows")
### END HIDDEN TESTS

# %% test="predicted" part="axes" points=1
# The other four shapes are typed as tuples, and are the real ones.
axes_part = ["X[:, :, 1:2]", "sliding_window_view(series[:-K], T, axis=0)", "h", "Yhat"]
for name in axes_part:
    assert isinstance(predicted[name], tuple | list), f"Type a tuple for {name}, such as (8, 9)"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("10/predicted", predicted, part="axes")
### END HIDDEN TESTS

# %% [markdown]
# **Explain:** which of the eight surprised you most? Say in one sentence what you had counted, and what has to be counted.

# %% [markdown]
# *Double-click here, and write your sentence.*

# %% [markdown]
# ## 2. A series becomes a box
#
# Cut all windows of `T` days out of a series: window n begins at day n, and the last window ends at the last day. No
# targets are needed here, so every day of the series is in some window.
#
# $$X_{n,t,d} = \text{series}_{n+t,\,d}$$
#
# The function, and all below, gets a series of another length, another T and another D. Read the sizes off the arguments.

# %% answer="windows"
def windows(series, T):
    """Return all windows of T days in a row.

    series (L, D), T a whole number → (N, T, D), as many windows as there are
    """
    ### BEGIN SOLUTION
    N = len(series) - T + 1  # the last window begins T - 1 days before the last day
    return np.stack([series[n : n + T] for n in range(N)])
    ### END SOLUTION

# %% readonly="check_windows"
rnnshapes.check_answer("10/windows", windows)

# %% test="windows" points=2
# Window n is what Keras cuts out of the series from day n on, and no window is missing.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("10/windows", windows)
### END HIDDEN TESTS
cut = keras.utils.timeseries_dataset_from_array(series, None, T, batch_size=L)
by_keras = np.asarray(next(iter(cut)))
box = np.asarray(windows(series, T))
assert box.shape == by_keras.shape, f"Got the shape {box.shape}, expected {by_keras.shape}"
assert np.allclose(box, by_keras), "The shape is right, and the days in the windows are not those of Keras"

# %% [markdown]
# ## 3. The days after each window
#
# The target of a window is what comes **after** it: the next K days of one column. A window whose K days reach beyond the
# end of the series has no target, and is not there.
#
# $$Y_{n,k} = \text{column}_{n+T+k}$$
#
# On which day does window n end, and which day is k = 0?

# %% answer="targets"
def targets(column, T, K):
    """Return for each window of T days the K days that follow it.

    column (L,), T and K whole numbers → (N, K), a row for each window that has all its K days
    """
    ### BEGIN SOLUTION
    N = len(column) - T - K + 1
    return np.stack([column[n + T : n + T + K] for n in range(N)])  # day n + T is the first one after window n
    ### END SOLUTION

# %% readonly="check_targets"
rnnshapes.check_answer("10/targets", targets)

# %% test="targets" points=2
# Row n holds the K days that come right after window n.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("10/targets", targets)
### END HIDDEN TESTS
column = series[:, 1]
cut = keras.utils.timeseries_dataset_from_array(column, None, T + K, batch_size=L)
whole = np.asarray(next(iter(cut)))  # window and targets in one row
after = np.asarray(targets(column, T, K))
assert after.shape == (len(whole), K), f"Got the shape {after.shape}, expected {(len(whole), K)}"
assert np.allclose(after, whole[:, T:]), "The shape is right, and the days are not those that follow the windows"

# %% [markdown]
# ## 4. Training, test, or neither
#
# The days before day `past` are known, and the days from `past` on are for the test. A window and its K targets cover T + K
# days in a row, from day n on. Write down for each of the N windows to which part it belongs:
#
# - **1**, training: all its days, targets included, are known ones.
# - **2**, test: all its days are from `past` on.
# - **0**, neither: it has days on both sides, so it is left out.
#
# For T = 2, K = 1 and past = 5, window n = 2 covers days 2, 3 and 4, and is the last one for training. Where few days are
# known, no window may be for training, and where many are, none for the test.

# %% answer="which_part"
def which_part(N, T, K, past):
    """Return for each window 1 (training), 2 (test) or 0 (neither).

    N, T, K, past whole numbers → (N,)
    """
    ### BEGIN SOLUTION
    n = np.arange(N)
    last = n + T + K - 1  # the last target's day
    return np.where(last < past, 1, np.where(n >= past, 2, 0))
    ### END SOLUTION

# %% readonly="check_which_part"
rnnshapes.check_answer("10/which_part", which_part)

# %% test="which_part" points=2
# A window belongs to a part if all its days do.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("10/which_part", which_part)
### END HIDDEN TESTS
found = np.asarray(which_part(8, 2, 1, 5))
assert found.shape == (8,), f"Got the shape {found.shape}, expected (N,) = (8,)"
assert found[2] == 1, f"Window n = 2 covers days 2, 3, 4, all before day 5. Got {found[2]}, expected 1"
assert found[4] == 0, f"Window n = 4 covers days 4, 5, 6, on both sides of day 5. Got {found[4]}, expected 0"
assert found[7] == 2, f"Window n = 7 covers days 7, 8, 9, none before day 5. Got {found[7]}, expected 2"

# %% [markdown]
# ## 5. Scaled by the past alone
#
# Give each feature mean 0 and standard deviation 1, as in lesson 00. But mean and standard deviation are taken over the
# first `past` days alone: a forecast that is made on day `past` cannot know the days to come. All days are scaled with
# these two numbers.
#
# Leave the series that you were handed as it was.

# %% answer="scaled"
def scaled(series, past):
    """Return the series, scaled by what its first `past` days show; the series itself stays as it is.

    series (L, D), past a whole number → (L, D)
    """
    ### BEGIN SOLUTION
    known = series[:past]  # (past, D)
    return (series - known.mean(axis=0)) / known.std(axis=0)  # both are (D,)
    ### END SOLUTION

# %% readonly="check_scaled"
rnnshapes.check_answer("10/scaled", scaled)

# %% test="scaled" points=2
# All days are scaled as Keras' Normalization does it that has been adapted to the past.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("10/scaled", scaled)
### END HIDDEN TESTS
layer = keras.layers.Normalization()
layer.adapt(series[:25])
handed_in = series.copy()
Z = np.asarray(scaled(handed_in, 25))
assert Z.shape == (L, D), f"Got the shape {Z.shape}, expected (L, D) = {(L, D)}"
difference = np.abs(Z - np.asarray(layer(series))).max()
assert difference <= rnnshapes.TOLERANCE, f"A number is {difference:.2g} away from Keras"
assert np.array_equal(handed_in, series), "The series that was handed in has changed"

# %% [markdown]
# **Explain:** the mean of `Z` over all 42 days is not 0. Why is that right?

# %% [markdown]
# *Double-click here, and write your sentence.*

# %% [markdown]
# ## 6. Forecasts that are fed back
#
# This model tells **one** day ahead: the numbers of a window times weights, plus a bias.
#
# $$\hat y_n = \sum_t X_{n,t}\, w_t + b$$
#
# To look K days ahead, let it read its own forecast. The window moves on by one day: its oldest day goes, and ŷ comes in as
# the newest. The model then tells the next day, and so on. Return all K forecasts of every window, the nearest day first.

# %% answer="rolled_out"
def rolled_out(X, w, b, K):
    """Return K forecasts for each window, each made from a window that holds the forecasts before it.

    X (N, T), w (T,), b a number, K a whole number → (N, K)
    """
    ### BEGIN SOLUTION
    days = []
    for _ in range(K):
        yhat = X @ w + b  # (N, T)(T,) → (N,)
        days.append(yhat)
        X = np.concatenate([X[:, 1:], yhat[:, None]], axis=1)  # the oldest goes, ŷ is the newest: a new (N, T)
    return np.stack(days, axis=1)
    ### END SOLUTION

# %% readonly="check_rolled_out"
rnnshapes.check_answer("10/rolled_out", rolled_out)

# %% test="rolled_out" points=2
# Each forecast is what Keras' Dense(1) gives for a window that holds the forecasts before it.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("10/rolled_out", rolled_out)
### END HIDDEN TESTS
small, w, b = np.array([[1.0, 2.0, 4.0], [8.0, 6.0, 4.0]]), np.array([0.0, 0.5, 0.5]), 1.0
forecasts = np.asarray(rolled_out(small, w, b, 2))
assert forecasts.shape == (2, 2), f"Got the shape {forecasts.shape}, expected (N, K) = (2, 2)"
by_hand = [[4.0, 5.0], [6.0, 6.0]]  # (2 + 4) / 2 + 1 = 4, then (4 + 4) / 2 + 1 = 5; and so on
assert np.allclose(forecasts, by_hand), f"Got {forecasts.tolist()}, expected {by_hand}"

# %% [markdown]
# ## Before you submit
#
# Restart the kernel and run all cells (Kernel → Restart Kernel and Run All Cells): what you see then is what is graded. A ✓
# means that the answer is right. Task 1 gives its points in parts.
