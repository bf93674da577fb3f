# %% [markdown]
# Answers to assignment 10, written the way students write them, independent of the catalogue in `rnnshapes`.
# One answer per cell. The key says what the cell is: `right` or `wrong`. A cell with two mistakes joins their keys with `+`.

# %% answer="predicted" right="N worked out first"
N = L - T - K + 1
predicted = {
    "X": (N, T, D),
    "Y": (N, K),
    "X[:, -1]": (N, D),
    "X[:, :, 1]": (N, T),
    "X[:, :, 1:2]": (N, T, 1),
    "sliding_window_view(series[:-K], T, axis=0)": (N, D, T),
    "h": (N, M),
    "Yhat": (N, K),
}

# %% answer="predicted" right="numbers"
predicted = {
    "X": (31, 9, 4),
    "Y": (31, 3),
    "X[:, -1]": (31, 4),
    "X[:, :, 1]": (31, 9),
    "X[:, :, 1:2]": (31, 9, 1),
    "sliding_window_view(series[:-K], T, axis=0)": (31, D, 9),
    "h": (31, 6),
    "Yhat": (31, 3),
}

# %% answer="predicted" right="counted along a range"
predicted = {
    "X": (len(range(0, L - T - K + 1)), T, D),
    "Y": (len(range(0, L - T - K + 1)), K),
    "X[:, -1]": (len(range(0, L - T - K + 1)), D),
    "X[:, :, 1]": (len(range(0, L - T - K + 1)), T),
    "X[:, :, 1:2]": (len(range(0, L - T - K + 1)), T, 1),
    "sliding_window_view(series[:-K], T, axis=0)": (len(range(0, L - T - K + 1)), D, T),
    "h": (len(range(0, L - T - K + 1)), M),
    "Yhat": (len(range(0, L - T - K + 1)), K),
}

# %% answer="predicted" right="lists"
N = L - T - K + 1
predicted = {
    "X": [N, T, D],
    "Y": [N, K],
    "X[:, -1]": [N, D],
    "X[:, :, 1]": [N, T],
    "X[:, :, 1:2]": [N, T, 1],
    "sliding_window_view(series[:-K], T, axis=0)": [N, D, T],
    "h": [N, M],
    "Yhat": [N, K],
}

# %% answer="predicted" wrong="last_window_lost"
predicted = {
    "X": (L - T - K, T, D),
    "Y": (L - T - K, K),
    "X[:, -1]": (L - T - K, D),
    "X[:, :, 1]": (L - T - K, T),
    "X[:, :, 1:2]": (L - T - K, T, 1),
    "sliding_window_view(series[:-K], T, axis=0)": (L - T - K, D, T),
    "h": (L - T - K, M),
    "Yhat": (L - T - K, K),
}

# %% answer="predicted" wrong="one_window_too_many"
predicted = {
    "X": (L - T - K + 2, T, D),
    "Y": (L - T - K + 2, K),
    "X[:, -1]": (L - T - K + 2, D),
    "X[:, :, 1]": (L - T - K + 2, T),
    "X[:, :, 1:2]": (L - T - K + 2, T, 1),
    "sliding_window_view(series[:-K], T, axis=0)": (L - T - K + 2, D, T),
    "h": (L - T - K + 2, M),
    "Yhat": (L - T - K + 2, K),
}

# %% answer="predicted" wrong="one_window_too_many"
predicted = {
    "X": (L - T + 1, T, D),
    "Y": (L - T + 1, K),
    "X[:, -1]": (L - T + 1, D),
    "X[:, :, 1]": (L - T + 1, T),
    "X[:, :, 1:2]": (L - T + 1, T, 1),
    "sliding_window_view(series[:-K], T, axis=0)": (L - T + 1, D, T),
    "h": (L - T + 1, M),
    "Yhat": (L - T + 1, K),
}

# %% answer="predicted" wrong="one_window_too_many"
predicted = {
    "X": (L - T, T, D),
    "Y": (L - T, K),
    "X[:, -1]": (L - T, D),
    "X[:, :, 1]": (L - T, T),
    "X[:, :, 1:2]": (L - T, T, 1),
    "sliding_window_view(series[:-K], T, axis=0)": (L - T, D, T),
    "h": (L - T, M),
    "Yhat": (L - T, K),
}

# %% answer="predicted" wrong="one_window_too_many"
predicted = {
    "X": (L, T, D),
    "Y": (L, K),
    "X[:, -1]": (L, D),
    "X[:, :, 1]": (L, T),
    "X[:, :, 1:2]": (L, T, 1),
    "sliding_window_view(series[:-K], T, axis=0)": (L, D, T),
    "h": (L, M),
    "Yhat": (L, K),
}

# %% answer="predicted" wrong="no_overlap"
predicted = {
    "X": (L // T, T, D),
    "Y": (L // T, K),
    "X[:, -1]": (L // T, D),
    "X[:, :, 1]": (L // T, T),
    "X[:, :, 1:2]": (L // T, T, 1),
    "sliding_window_view(series[:-K], T, axis=0)": (L // T, D, T),
    "h": (L // T, M),
    "Yhat": (L // T, K),
}

# %% answer="predicted" wrong="window_axis_last"
N = L - T - K + 1
predicted = {
    "X": (N, T, D),
    "Y": (N, K),
    "X[:, -1]": (N, D),
    "X[:, :, 1]": (N, T),
    "X[:, :, 1:2]": (N, T, 1),
    "sliding_window_view(series[:-K], T, axis=0)": (N, T, D),
    "h": (N, M),
    "Yhat": (N, K),
}

# %% answer="predicted" wrong="another_axis_picked"
N = L - T - K + 1
predicted = {
    "X": (N, T, D),
    "Y": (N, K),
    "X[:, -1]": (N, D),
    "X[:, :, 1]": (N, T),
    "X[:, :, 1:2]": (N, T),
    "sliding_window_view(series[:-K], T, axis=0)": (N, D, T),
    "h": (N, M),
    "Yhat": (N, K),
}

# %% answer="predicted" wrong="another_axis_picked"
N = L - T - K + 1
predicted = {
    "X": (N, T, D),
    "Y": (N, K),
    "X[:, -1]": (N, D),
    "X[:, :, 1]": (N, T),
    "X[:, :, 1:2]": (N, T, 2),
    "sliding_window_view(series[:-K], T, axis=0)": (N, D, T),
    "h": (N, M),
    "Yhat": (N, K),
}

# %% answer="predicted" wrong="another_axis_picked"
N = L - T - K + 1
predicted = {
    "X": (N, T, D),
    "Y": (N, K),
    "X[:, -1]": (N, 1, D),
    "X[:, :, 1]": (N, T, 1),
    "X[:, :, 1:2]": (N, T, 1),
    "sliding_window_view(series[:-K], T, axis=0)": (N, D, T),
    "h": (N, M),
    "Yhat": (N, K),
}

# %% answer="predicted" wrong="another_axis_picked"
N = L - T - K + 1
predicted = {
    "X": (N, T, D),
    "Y": (N, K),
    "X[:, -1]": (N, T),
    "X[:, :, 1]": (N, T),
    "X[:, :, 1:2]": (N, T, 1),
    "sliding_window_view(series[:-K], T, axis=0)": (N, D, T),
    "h": (N, M),
    "Yhat": (N, K),
}

# %% answer="predicted" wrong="another_axis_picked"
N = L - T - K + 1
predicted = {
    "X": (N, T, D),
    "Y": (N, K),
    "X[:, -1]": (N, D),
    "X[:, :, 1]": (N, D),
    "X[:, :, 1:2]": (N, T, 1),
    "sliding_window_view(series[:-K], T, axis=0)": (N, D, T),
    "h": (N, M),
    "Yhat": (N, K),
}

# %% answer="predicted" wrong="targets_of_all_columns"
N = L - T - K + 1
predicted = {
    "X": (N, T, D),
    "Y": (N, K, D),
    "X[:, -1]": (N, D),
    "X[:, :, 1]": (N, T),
    "X[:, :, 1:2]": (N, T, 1),
    "sliding_window_view(series[:-K], T, axis=0)": (N, D, T),
    "h": (N, M),
    "Yhat": (N, K),
}

# %% answer="predicted" wrong="targets_of_all_columns"
N = L - T - K + 1
predicted = {
    "X": (N, T, D),
    "Y": (N,),
    "X[:, -1]": (N, D),
    "X[:, :, 1]": (N, T),
    "X[:, :, 1:2]": (N, T, 1),
    "sliding_window_view(series[:-K], T, axis=0)": (N, D, T),
    "h": (N, M),
    "Yhat": (N, K),
}

# %% answer="predicted" wrong="time_axis_kept"
N = L - T - K + 1
predicted = {
    "X": (N, T, D),
    "Y": (N, K),
    "X[:, -1]": (N, D),
    "X[:, :, 1]": (N, T),
    "X[:, :, 1:2]": (N, T, 1),
    "sliding_window_view(series[:-K], T, axis=0)": (N, D, T),
    "h": (N, T, M),
    "Yhat": (N, K),
}

# %% answer="predicted" wrong="m_for_k"
N = L - T - K + 1
predicted = {
    "X": (N, T, D),
    "Y": (N, K),
    "X[:, -1]": (N, D),
    "X[:, :, 1]": (N, T),
    "X[:, :, 1:2]": (N, T, 1),
    "sliding_window_view(series[:-K], T, axis=0)": (N, D, T),
    "h": (N, M),
    "Yhat": (N, M),
}

# %% answer="windows" right="append in a loop"
def windows(series, T):
    out = []
    for n in range(series.shape[0] - T + 1):
        out.append(series[n:n + T, :])
    return np.array(out)

# %% answer="windows" right="sliding_window_view"
def windows(series, T):
    view = np.lib.stride_tricks.sliding_window_view(series, T, axis=0)  # (N, D, T)
    return view.transpose(0, 2, 1)

# %% answer="windows" right="sliding_window_view, swapaxes"
def windows(series, T):
    from numpy.lib.stride_tricks import sliding_window_view
    return np.swapaxes(sliding_window_view(series, window_shape=T, axis=0), 1, 2)

# %% answer="windows" right="window of two axes"
def windows(series, T):
    L, D = series.shape
    return np.lib.stride_tricks.sliding_window_view(series, (T, D))[:, 0]

# %% answer="windows" right="a table of days"
def windows(series, T):
    n = np.arange(len(series) - T + 1)[:, None]
    t = np.arange(T)
    return series[n + t]

# %% answer="windows" right="zeros that are filled"
def windows(series, T):
    L, D = series.shape
    N = L - T + 1
    X = np.zeros((N, T, D))
    for n in range(N):
        X[n] = series[n:n + T]
    return X

# %% answer="windows" right="three loops"
def windows(series, T):
    L, D = series.shape
    X = np.empty((L - T + 1, T, D))
    for n in range(L - T + 1):
        for t in range(T):
            for d in range(D):
                X[n, t, d] = series[n + t, d]
    return X

# %% answer="windows" right="step by step of the window"
def windows(series, T):
    N = len(series) - T + 1
    return np.stack([series[t:t + N] for t in range(T)], axis=1)

# %% answer="windows" right="by the window's end"
def windows(series, T):
    return np.array([series[end - T:end] for end in range(T, len(series) + 1)])

# %% answer="windows" right="a list"
def windows(series, T):
    return [series[i:i + T] for i in range(len(series) + 1 - T)]

# %% answer="windows" right="as_strided"
def windows(series, T):
    series = np.ascontiguousarray(series)
    day, number = series.strides
    shape = (len(series) - T + 1, T, series.shape[1])
    return np.lib.stride_tricks.as_strided(series, shape, (day, day, number)).copy()

# %% answer="windows" right="a while loop that stops at the last full one"
def windows(series, T):
    X, n = [], 0
    while n + T <= len(series):
        X.append(series[n:n + T])
        n += 1
    return np.array(X)

# %% answer="windows" wrong="last_window_lost"
def windows(series, T):
    return np.array([series[n:n + T] for n in range(len(series) - T)])

# %% answer="windows" wrong="last_window_lost"
def windows(series, T):
    X = []
    for n in range(len(series) - T):
        X.append(series[n:n + T])
    return np.asarray(X)

# %% answer="windows" wrong="first_window_lost"
def windows(series, T):
    return np.array([series[n:n + T] for n in range(1, len(series) - T + 1)])

# %% answer="windows" wrong="no_overlap"
def windows(series, T):
    return np.array([series[n:n + T] for n in range(0, len(series) - T + 1, T)])

# %% answer="windows" wrong="no_overlap"
def windows(series, T):
    N = len(series) // T
    return series[:N * T].reshape(N, T, series.shape[1])

# %% answer="windows" wrong="windows_unequal"
def windows(series, T):
    return np.stack([series[n:n + T] for n in range(len(series))])

# %% answer="windows" wrong="windows_unequal"
def windows(series, T):
    return np.array([series[n:n + T] for n in range(len(series) - T + 2)])

# %% answer="windows" wrong="windows_unequal"
def windows(series, T):
    return np.array([series[:n + T] for n in range(len(series) - T + 1)])

# %% answer="windows" wrong="windows_unequal"
def windows(series, T):
    N, D = series.shape
    X = np.zeros((N, T, D))
    for n in range(N):
        X[n] = series[n:n + T]
    return X

# %% answer="windows" wrong="window_length_off"
def windows(series, T):
    return np.array([series[n:n + T - 1] for n in range(len(series) - T + 1)])

# %% answer="windows" wrong="window_length_off"
def windows(series, T):
    return np.array([series[n:n + T + 1] for n in range(len(series) - T)])

# %% answer="windows" wrong="backwards_in_time"
def windows(series, T):
    N = len(series) - T + 1
    return np.array([series[n:n + T][::-1] for n in range(N)])

# %% answer="windows" wrong="window_axis_last"
def windows(series, T):
    return np.lib.stride_tricks.sliding_window_view(series, T, axis=0)

# %% answer="windows" wrong="time_before_windows"
def windows(series, T):
    N = len(series) - T + 1
    return np.stack([series[t:t + N] for t in range(T)])

# %% answer="windows" wrong="time_before_windows"
def windows(series, T):
    N = len(series) - T + 1
    return np.stack([series[n:n + T] for n in range(N)], axis=1)

# %% answer="windows" wrong="reshape_for_transpose"
def windows(series, T):
    view = np.lib.stride_tricks.sliding_window_view(series, T, axis=0)
    return view.reshape(len(view), T, series.shape[1])

# %% answer="windows" wrong="windows_over_features"
def windows(series, T):
    return np.lib.stride_tricks.sliding_window_view(series, T)

# %% answer="windows" wrong="windows_over_features"
def windows(series, T):
    return np.lib.stride_tricks.sliding_window_view(series, T, axis=1)

# %% answer="windows" wrong="no_overlap"
def windows(series, T):
    return series[None]

# %% answer="windows" wrong="no_overlap"
def windows(series, T):
    return series[:, None, :]

# %% answer="windows" wrong="extra_axis"
def windows(series, T):
    D = series.shape[1]
    return np.lib.stride_tricks.sliding_window_view(series, (T, D))

# %% answer="windows" wrong="one_number_of_each"
def windows(series, T):
    return np.array([series[n:n + T, 0] for n in range(len(series) - T + 1)])

# %% answer="windows" wrong="flattened"
def windows(series, T):
    return np.array([series[n:n + T].ravel() for n in range(len(series) - T + 1)])

# %% answer="windows" wrong="sizes_from_notebook"
def windows(series, T):
    return np.array([series[n:n + 9] for n in range(len(series) - 9 + 1)])

# %% answer="windows" wrong="windows_unequal"
def windows(series, T):
    N = L - T + 1
    return np.array([series[n:n + T] for n in range(N)])

# %% answer="windows" wrong="loop_keeps_one"
def windows(series, T):
    X = []
    for n in range(len(series) - T + 1):
        X.append(series[:T])
    return np.array(X)

# %% answer="windows" wrong="returns_nothing"
def windows(series, T):
    X = np.array([series[n:n + T] for n in range(len(series) - T + 1)])

# %% answer="targets" right="a loop and append"
def targets(column, T, K):
    Y = []
    for n in range(len(column) - T - K + 1):
        Y.append(column[n + T:n + T + K])
    return np.array(Y)

# %% answer="targets" right="sliding_window_view of the rest"
def targets(column, T, K):
    return np.lib.stride_tricks.sliding_window_view(column[T:], K)

# %% answer="targets" right="cut off the whole"
def targets(column, T, K):
    both = np.lib.stride_tricks.sliding_window_view(column, T + K)
    return both[:, T:]

# %% answer="targets" right="a table of days"
def targets(column, T, K):
    N = column.shape[0] - T - K + 1
    return column[np.arange(N)[:, None] + T + np.arange(K)]

# %% answer="targets" right="two loops"
def targets(column, T, K):
    N = len(column) - T - K + 1
    Y = np.zeros((N, K))
    for n in range(N):
        for k in range(K):
            Y[n, k] = column[n + T + k]
    return Y

# %% answer="targets" right="column by column"
def targets(column, T, K):
    N = len(column) - T - K + 1
    return np.stack([column[T + k:T + k + N] for k in range(K)], axis=1)

# %% answer="targets" right="by the first day to come"
def targets(column, T, K):
    return np.array([column[i:i + K] for i in range(T, len(column) - K + 1)])

# %% answer="targets" wrong="window_returned"
def targets(column, T, K):
    N = len(column) - T - K + 1
    return np.array([column[n + T - 1:n + T - 1 + K] for n in range(N)])

# %% answer="targets" wrong="window_returned"
def targets(column, T, K):
    N = len(column) - T - K + 2
    return np.array([column[n + T - 1:n + T - 1 + K] for n in range(N)])

# %% answer="targets" wrong="first_window_lost"
def targets(column, T, K):
    N = len(column) - T - K
    return np.array([column[n + T + 1:n + T + 1 + K] for n in range(N)])

# %% answer="targets" wrong="first_window_lost"
def targets(column, T, K):
    return np.lib.stride_tricks.sliding_window_view(column[T + 1:], K)

# %% answer="targets" wrong="window_returned"
def targets(column, T, K):
    N = len(column) - T - K + 1
    return np.array([column[n:n + K] for n in range(N)])

# %% answer="targets" wrong="window_returned"
def targets(column, T, K):
    return np.lib.stride_tricks.sliding_window_view(column, K)

# %% answer="targets" wrong="last_window_lost"
def targets(column, T, K):
    N = len(column) - T - K
    return np.array([column[n + T:n + T + K] for n in range(N)])

# %% answer="targets" wrong="first_window_lost"
def targets(column, T, K):
    return np.array([column[n + T:n + T + K] for n in range(1, len(column) - T - K + 1)])

# %% answer="targets" wrong="windows_unequal"
def targets(column, T, K):
    N = len(column) - T
    return np.array([column[n + T:n + T + K] for n in range(N)])

# %% answer="targets" wrong="windows_unequal"
def targets(column, T, K):
    N = len(column) - T + 1
    Y = np.zeros((N, K))
    for n in range(N):
        for k in range(K):
            Y[n, k] = column[n + T + k]
    return Y

# %% answer="targets" wrong="no_overlap"
def targets(column, T, K):
    return np.array([column[n:n + K] for n in range(T, len(column) - K + 1, K)])

# %% answer="targets" wrong="no_overlap"
def targets(column, T, K):
    return np.array([column[n + T:n + T + K] for n in range(0, len(column) - T - K + 1, T)])

# %% answer="targets" wrong="window_length_off"
def targets(column, T, K):
    return np.array([column[n + T:n + T + K - 1] for n in range(len(column) - T - K + 1)])

# %% answer="targets" wrong="backwards_in_time"
def targets(column, T, K):
    return np.array([column[n + T:n + T + K][::-1] for n in range(len(column) - T - K + 1)])

# %% answer="targets" wrong="time_before_windows"
def targets(column, T, K):
    N = len(column) - T - K + 1
    return np.array([column[T + k:T + k + N] for k in range(K)])

# %% answer="targets" wrong="reshape_for_transpose"
def targets(column, T, K):
    N = len(column) - T - K + 1
    return np.array([column[T + k:T + k + N] for k in range(K)]).reshape(N, K)

# %% answer="targets" wrong="one_target"
def targets(column, T, K):
    N = len(column) - T - K + 1
    return np.array([column[n + T] for n in range(N)])

# %% answer="targets" wrong="one_target"
def targets(column, T, K):
    return column[T:]

# %% answer="targets" wrong="one_target"
def targets(column, T, K):
    N = len(column) - T - K + 1
    Y = np.zeros((N, K))
    for n in range(N):
        for k in range(K):
            Y[n, k] = column[n + T]
    return Y

# %% answer="targets" wrong="one_target"
def targets(column, T, K):
    return np.array([column[n + T + K - 1] for n in range(len(column) - T - K + 1)])

# %% answer="targets" wrong="window_returned"
def targets(column, T, K):
    return np.array([column[n:n + T + K] for n in range(len(column) - T - K + 1)])

# %% answer="targets" wrong="window_returned"
def targets(column, T, K):
    return np.array([column[n:n + T] for n in range(len(column) - T - K + 1)])

# %% answer="targets" wrong="one_target"
def targets(column, T, K):
    return np.array([column[n + T:n + T + K].mean() for n in range(len(column) - T - K + 1)])

# %% answer="targets" wrong="one_target"
def targets(column, T, K):
    return np.array([sum(column[n + T:n + T + K]) for n in range(len(column) - T - K + 1)])

# %% answer="targets" wrong="no_overlap"
def targets(column, T, K):
    return column[:, None]

# %% answer="targets" wrong="sizes_from_notebook"
def targets(column, T, K):
    return np.array([column[n + 9:n + 9 + 3] for n in range(len(column) - 9 - 3 + 1)])

# %% answer="targets" wrong="sizes_from_notebook"
def targets(column, T, K):
    return np.array([column[n + 9:n + 9 + K] for n in range(len(column) - 9 - K + 1)])

# %% answer="which_part" right="loop with if"
def which_part(N, T, K, past):
    part = []
    for n in range(N):
        if n + T + K <= past:
            part.append(1)
        elif n >= past:
            part.append(2)
        else:
            part.append(0)
    return np.array(part)

# %% answer="which_part" right="masks"
def which_part(N, T, K, past):
    part = np.zeros(N, dtype=int)
    n = np.arange(N)
    part[n + T + K - 1 < past] = 1
    part[n >= past] = 2
    return part

# %% answer="which_part" right="slices"
def which_part(N, T, K, past):
    part = np.zeros(N)
    part[:max(0, past - T - K + 1)] = 1
    part[past:] = 2
    return part

# %% answer="which_part" right="day by day"
def which_part(N, T, K, past):
    out = []
    for n in range(N):
        days = np.arange(n, n + T + K)
        out.append(1 if (days < past).all() else 2 if (days >= past).all() else 0)
    return out

# %% answer="which_part" right="sum of comparisons"
def which_part(N, T, K, past):
    n = np.arange(N)
    return (n + T + K <= past) + 2 * (n >= past)

# %% answer="which_part" wrong="targets_not_in_split"
def which_part(N, T, K, past):
    n = np.arange(N)
    return np.where(n + T <= past, 1, np.where(n >= past, 2, 0))

# %% answer="which_part" wrong="targets_not_in_split"
def which_part(N, T, K, past):
    part = np.zeros(N)
    for n in range(N):
        if n + T < past:
            part[n] = 1
        elif n >= past:
            part[n] = 2
    return part

# %% answer="which_part" wrong="split_off_by_one"
def which_part(N, T, K, past):
    n = np.arange(N)
    return np.where(n + T + K < past, 1, np.where(n >= past, 2, 0))

# %% answer="which_part" wrong="split_off_by_one"
def which_part(N, T, K, past):
    n = np.arange(N)
    return np.where(n + T + K - 1 <= past, 1, np.where(n > past, 2, 0))

# %% answer="which_part" wrong="split_off_by_one"
def which_part(N, T, K, past):
    part = np.zeros(N)
    part[:max(past - T - K + 1, 0)] = 1
    part[past + 1:] = 2
    return part

# %% answer="which_part" wrong="targets_not_in_split"
def which_part(N, T, K, past):
    return np.array([1 if n < past else 2 for n in range(N)])

# %% answer="which_part" wrong="targets_not_in_split"
def which_part(N, T, K, past):
    n = np.arange(N)
    return np.where(n + T + K <= past, 1, 2)

# %% answer="which_part" wrong="targets_not_in_split"
def which_part(N, T, K, past):
    n = np.arange(N)
    return np.where(n + T + K <= past, 1, np.where(n + T >= past, 2, 0))

# %% answer="which_part" wrong="targets_not_in_split"
def which_part(N, T, K, past):
    part = np.zeros(N)
    for n in range(N):
        last_day, first_target = n + T + K - 1, n + T
        if last_day < past:
            part[n] = 1
        if first_target >= past:
            part[n] = 2
    return part

# %% answer="which_part" wrong="parts_renamed"
def which_part(N, T, K, past):
    n = np.arange(N)
    return np.where(n + T + K <= past, 1, np.where(n >= past, 0, 2))

# %% answer="which_part" wrong="parts_renamed"
def which_part(N, T, K, past):
    n = np.arange(N)
    return n + T + K <= past

# %% answer="which_part" wrong="random_numbers"
def which_part(N, T, K, past):
    part = np.array([1] * past + [2] * N)[:N]
    np.random.shuffle(part)
    return part

# %% answer="which_part" wrong="returns_nothing"
def which_part(N, T, K, past):
    n = np.arange(N)
    print(np.where(n + T + K <= past, 1, np.where(n >= past, 2, 0)))

# %% answer="scaled" right="two lines"
def scaled(series, past):
    mean, std = series[:past].mean(axis=0), series[:past].std(axis=0)
    return (series - mean) / std

# %% answer="scaled" right="feature by feature"
def scaled(series, past):
    Z = np.zeros_like(series)
    for d in range(series.shape[1]):
        known = series[:past, d]
        Z[:, d] = (series[:, d] - known.mean()) / known.std()
    return Z

# %% answer="scaled" right="keepdims"
def scaled(series, past):
    mu = np.mean(series[:past], axis=0, keepdims=True)
    sd = np.sqrt(np.mean((series[:past] - mu) ** 2, axis=0))
    return (series - mu) / sd

# %% answer="scaled" right="sklearn's way"
def scaled(series, past):
    from sklearn.preprocessing import StandardScaler
    return StandardScaler().fit(series[:past]).transform(series)

# %% answer="scaled" right="a copy changed in place"
def scaled(series, past):
    Z = series.copy()
    Z -= series[:past].mean(0)
    Z /= series[:past].std(0)
    return Z

# %% answer="scaled" wrong="scaler_sees_future"
def scaled(series, past):
    return (series - series.mean(axis=0)) / series.std(axis=0)

# %% answer="scaled" wrong="scaler_sees_future"
def scaled(series, past):
    from sklearn.preprocessing import StandardScaler
    return StandardScaler().fit_transform(series)

# %% answer="scaled" wrong="scaler_sees_future"
def scaled(series, past):
    known = series[:past]
    return (series - known.mean(axis=0)) / series.std(axis=0)

# %% answer="scaled" wrong="other_days_known"
def scaled(series, past):
    known = series[past:]
    return (series - known.mean(axis=0)) / known.std(axis=0)

# %% answer="scaled" wrong="other_days_known"
def scaled(series, past):
    known = series[-past:]
    return (series - known.mean(axis=0)) / known.std(axis=0)

# %% answer="scaled" wrong="other_days_known"
def scaled(series, past):
    known = series[:past + 1]
    return (series - known.mean(axis=0)) / known.std(axis=0)

# %% answer="scaled" wrong="other_days_known"
def scaled(series, past):
    known = series[:past - 1]
    return (series - known.mean(axis=0)) / known.std(axis=0)

# %% answer="scaled" wrong="one_scale_for_all"
def scaled(series, past):
    mean = series.mean(axis=1, keepdims=True)
    return (series - mean) / series.std(axis=1, keepdims=True)

# %% answer="scaled" wrong="one_scale_for_all"
def scaled(series, past):
    known = series[:past]
    return (series - known.mean()) / known.std()

# %% answer="scaled" wrong="each_part_by_itself"
def scaled(series, past):
    def scale(part):
        return (part - part.mean(axis=0)) / part.std(axis=0)
    return np.concatenate([scale(series[:past]), scale(series[past:])])

# %% answer="scaled" wrong="only_the_past_returned"
def scaled(series, past):
    known = series[:past]
    return (known - known.mean(axis=0)) / known.std(axis=0)

# %% answer="scaled" wrong="only_the_past_returned"
def scaled(series, past):
    Z = series.copy()
    Z[:past] = (Z[:past] - Z[:past].mean(axis=0)) / Z[:past].std(axis=0)
    return Z

# %% answer="scaled" wrong="another_spread"
def scaled(series, past):
    known = series[:past]
    return (series - known.mean(axis=0)) / known.var(axis=0)

# %% answer="scaled" wrong="one_less"
def scaled(series, past):
    known = series[:past]
    return (series - known.mean(axis=0)) / known.std(axis=0, ddof=1)

# %% answer="scaled" wrong="another_spread"
def scaled(series, past):
    return series - series[:past].mean(axis=0)

# %% answer="scaled" wrong="divided_first"
def scaled(series, past):
    known = series[:past]
    return series - known.mean(axis=0) / known.std(axis=0)

# %% answer="scaled" wrong="another_spread"
def scaled(series, past):
    low, high = series[:past].min(axis=0), series[:past].max(axis=0)
    return (series - low) / (high - low)

# %% answer="scaled" wrong="argument_changed"
def scaled(series, past):
    mean, std = series[:past].mean(axis=0), series[:past].std(axis=0)
    series -= mean
    series /= std
    return series

# %% answer="scaled" wrong="sizes_from_notebook"
def scaled(series, past):
    known = series[:past]
    Z = np.zeros((42, 4))
    for d in range(4):
        Z[:, d] = (series[:, d] - known[:, d].mean()) / known[:, d].std()
    return Z

# %% answer="rolled_out" right="window moved by concatenate"
def rolled_out(X, w, b, K):
    window = X.copy()
    out = []
    for k in range(K):
        y = window @ w + b
        out.append(y)
        window = np.concatenate((window[:, 1:], y[:, np.newaxis]), axis=1)
    return np.array(out).T

# %% answer="rolled_out" right="roll"
def rolled_out(X, w, b, K):
    window, Y = X.copy(), np.zeros((len(X), K))
    for k in range(K):
        Y[:, k] = window @ w + b
        window = np.roll(window, -1, axis=1)
        window[:, -1] = Y[:, k]
    return Y

# %% answer="rolled_out" right="one long row"
def rolled_out(X, w, b, K):
    N, T = X.shape
    days = np.zeros((N, T + K))
    days[:, :T] = X
    for k in range(K):
        days[:, T + k] = days[:, k:k + T] @ w + b
    return days[:, T:]

# %% answer="rolled_out" right="window by window"
def rolled_out(X, w, b, K):
    Y = []
    for x in X:
        days = list(x)
        for k in range(K):
            days.append(sum(a * c for a, c in zip(days[-len(w):], w)) + b)
        Y.append(days[len(w):])
    return np.array(Y)

# %% answer="rolled_out" right="grown, and the last T read"
def rolled_out(X, w, b, K):
    T = X.shape[1]
    for _ in range(K):
        X = np.hstack([X, (X[:, -T:] @ w + b)[:, None]])
    return X[:, T:]

# %% answer="rolled_out" right="column_stack"
def rolled_out(X, w, b, K):
    T = len(w)
    seen = X
    for _ in range(K):
        seen = np.column_stack([seen, (seen[:, -T:] * w).sum(axis=1) + b])
    return seen[:, -K:]

# %% answer="rolled_out" wrong="no_forecast_comes_in"
def rolled_out(X, w, b, K):
    return np.stack([X @ w + b for _ in range(K)], axis=1)

# %% answer="rolled_out" wrong="no_forecast_comes_in"
def rolled_out(X, w, b, K):
    Y = np.zeros((X.shape[0], K))
    for k in range(K):
        Y[:, k] = X @ w + b
    return Y

# %% answer="rolled_out" wrong="oldest_kept"
def rolled_out(X, w, b, K):
    out = []
    for _ in range(K):
        y = X @ w + b
        out.append(y)
        X = np.concatenate([X, y[:, None]], axis=1)
    return np.stack(out, axis=1)

# %% answer="rolled_out" wrong="one_day_replaced"
def rolled_out(X, w, b, K):
    out = []
    for _ in range(K):
        y = X @ w + b
        out.append(y)
        X = np.concatenate([y[:, None], X[:, :-1]], axis=1)
    return np.stack(out, axis=1)

# %% answer="rolled_out" wrong="one_day_replaced"
def rolled_out(X, w, b, K):
    out, X = [], X.copy()
    for _ in range(K):
        out.append(X @ w + b)
        X = np.roll(X, 1, axis=1)
        X[:, 0] = out[-1]
    return np.stack(out, axis=1)

# %% answer="rolled_out" wrong="one_day_replaced"
def rolled_out(X, w, b, K):
    out = []
    for _ in range(K):
        y = X @ w + b
        out.append(y)
        X = np.concatenate([X[:, :-1], y[:, None]], axis=1)
    return np.stack(out, axis=1)

# %% answer="rolled_out" wrong="one_day_replaced"
def rolled_out(X, w, b, K):
    out, X = [], X.copy()
    for _ in range(K):
        out.append(X @ w + b)
        X[:, 0] = out[-1]
    return np.stack(out, axis=1)

# %% answer="rolled_out" wrong="no_forecast_comes_in"
def rolled_out(X, w, b, K):
    out = []
    for _ in range(K):
        out.append(X @ w + b)
        X = np.roll(X, -1, axis=1)
    return np.stack(out, axis=1)

# %% answer="rolled_out" wrong="no_forecast_comes_in"
def rolled_out(X, w, b, K):
    out = []
    for _ in range(K):
        out.append(X @ w + b)
        X = np.concatenate([X[:, 1:], X[:, -1:]], axis=1)
    return np.stack(out, axis=1)

# %% answer="rolled_out" wrong="window_from_the_start"
def rolled_out(X, w, b, K):
    out, window = [], X
    for _ in range(K):
        y = window @ w + b
        out.append(y)
        window = np.concatenate([X[:, 1:], y[:, None]], axis=1)
    return np.stack(out, axis=1)

# %% answer="rolled_out" wrong="bias_dropped"
def rolled_out(X, w, b, K):
    out = []
    for _ in range(K):
        y = X @ w
        out.append(y)
        X = np.concatenate([X[:, 1:], y[:, None]], axis=1)
    return np.stack(out, axis=1)

# %% answer="rolled_out" wrong="weights_beside"
def rolled_out(X, w, b, K):
    out = []
    for _ in range(K):
        y = X @ w[::-1] + b
        out.append(y)
        X = np.concatenate([X[:, 1:], y[:, None]], axis=1)
    return np.stack(out, axis=1)

# %% answer="rolled_out" wrong="one_target"
def rolled_out(X, w, b, K):
    for _ in range(K):
        y = X @ w + b
        X = np.concatenate([X[:, 1:], y[:, None]], axis=1)
    return y

# %% answer="rolled_out" wrong="one_target"
def rolled_out(X, w, b, K):
    for _ in range(K):
        y = X @ w + b
        X = np.concatenate([X[:, 1:], y[:, None]], axis=1)
        return y

# %% answer="rolled_out" wrong="window_returned"
def rolled_out(X, w, b, K):
    T = X.shape[1]
    for _ in range(K):
        X = np.concatenate([X, (X[:, -T:] @ w + b)[:, None]], axis=1)
    return X

# %% answer="rolled_out" wrong="window_returned"
def rolled_out(X, w, b, K):
    for _ in range(K):
        X = np.concatenate([X[:, 1:], (X @ w + b)[:, None]], axis=1)
    return X

# %% answer="rolled_out" wrong="time_before_windows"
def rolled_out(X, w, b, K):
    out = []
    for _ in range(K):
        out.append(X @ w + b)
        X = np.concatenate([X[:, 1:], out[-1][:, None]], axis=1)
    return np.array(out)

# %% answer="rolled_out" wrong="reshape_for_transpose"
def rolled_out(X, w, b, K):
    out = []
    for _ in range(K):
        out.append(X @ w + b)
        X = np.concatenate([X[:, 1:], out[-1][:, None]], axis=1)
    return np.array(out).reshape(len(X), K)

# %% answer="rolled_out" wrong="backwards_in_time"
def rolled_out(X, w, b, K):
    out = []
    for _ in range(K):
        out.insert(0, X @ w + b)
        X = np.concatenate([X[:, 1:], out[0][:, None]], axis=1)
    return np.stack(out, axis=1)

# %% answer="rolled_out" wrong="extra_axis"
def rolled_out(X, w, b, K):
    out = []
    for _ in range(K):
        y = (X @ w + b)[:, None]
        out.append(y)
        X = np.concatenate([X[:, 1:], y], axis=1)
    return np.stack(out, axis=1)

# %% answer="which_part" wrong="sizes_from_notebook"
def which_part(N, T, K, past):
    n = np.arange(N)
    return np.where(n + 9 + 3 <= past, 1, np.where(n >= past, 2, 0))

# %% answer="windows" wrong="last_window_lost"
def windows(series, T):
    horizon = 3
    starts = range(len(series) - T - horizon + 1)
    return np.array([series[s : s + T] for s in starts])

# %% answer="windows" wrong="first_turn_returned"
def windows(series, T):
    boxes = []
    for start in range(len(series) - T + 1):
        boxes.append(series[start : start + T])
        return np.stack(boxes)

# %% answer="windows" wrong="no_overlap"
def windows(series, T):
    return np.resize(series, (len(series) - T + 1, T, series.shape[1]))

# %% answer="targets" wrong="change_for_value"
def targets(column, T, K):
    rows = []
    for n in range(len(column) - T - K + 1):
        rows.append(column[n + T : n + T + K] - column[n + T - 1])
    return np.array(rows)

# %% answer="targets" wrong="squashed"
def targets(column, T, K):
    Y = np.lib.stride_tricks.sliding_window_view(column[T:], K)
    return np.tanh(Y)

# %% answer="targets" wrong="set_up_once"
def targets(column, T, K):
    rows, start = [], T
    for n in range(len(column) - T - K + 1):
        rows.append(np.take(column, np.arange(start, start + K), mode="clip"))
        start += n + 3
    return np.array(rows)

# %% answer="targets" wrong="too_many_indices"
def targets(column, T, K):
    N = len(column) - T - K + 1
    return np.array([column[n + T : n + T + K, 0] for n in range(N)])

# %% answer="which_part" wrong="only_some_windows"
def which_part(N, T, K, past):
    first = np.arange(N)
    part = 1 * (first + T + K <= past) + 2 * (first >= past)
    return part[part > 0]

# %% answer="which_part" wrong="only_some_windows"
def which_part(N, T, K, past):
    n = np.arange(N - T - K + 1)
    return np.where(n + T + K <= past, 1, np.where(n >= past, 2, 0))

# %% answer="which_part" wrong="split_off_by_one"
def which_part(N, T, K, past):
    n = np.arange(N)
    return np.where(n < past, 1, np.where(n >= past + T + K - 1, 2, 0))

# %% answer="which_part" wrong="end_below_zero"
def which_part(N, T, K, past):
    label = np.zeros(N, int)
    label[: past - (T + K) + 1] = 1
    label[past:] = 2
    return label

# %% answer="which_part" wrong="end_below_zero"
def which_part(N, T, K, past):
    return np.r_[np.ones(past - T - K + 1), np.zeros(T + K - 1), np.full(N - past, 2)]

# %% answer="scaled" wrong="one_scale_for_all"
def scaled(series, past):
    mean, std = np.mean(series[:past], 1), np.std(series[:past], 1)
    return (series - mean) / std

# %% answer="scaled" wrong="column_factors"
def scaled(series, past):
    known = series[:past]
    return (series - known.mean(axis=0)) / (known.std(axis=0) + 0.001)

# %% answer="scaled" wrong="column_shifts"
def scaled(series, past):
    known = series[:past]
    return (series - np.median(known, axis=0)) / known.std(axis=0)

# %% answer="scaled" wrong="columns_stretched"
def scaled(series, past):
    biggest = np.abs(series[:past]).max(axis=0)
    return series / biggest

# %% answer="scaled" wrong="method_unknown"
def scaled(series, past):
    known = series[:past]
    spread = known.var(axis=0).sqrt()
    return (series - known.mean(axis=0)) / spread

# %% answer="rolled_out" wrong="window_from_the_start"
def rolled_out(X, w, b, K):
    days, out = X, []
    for _ in range(K):
        plain = days @ w
        out.append(plain + b)
        days = np.column_stack([days[:, 1:], plain])
    return np.stack(out, axis=1)

# %% answer="rolled_out" wrong="bias_added_again"
def rolled_out(X, w, b, K):
    days, out = X, []
    for _ in range(K):
        y = np.sum(days * w + b, axis=1)
        out.append(y)
        days = np.column_stack([days[:, 1:], y])
    return np.stack(out, axis=1)

# %% answer="rolled_out" wrong="squashed"
def rolled_out(X, w, b, K):
    days, out = X, []
    for _ in range(K):
        y = np.tanh(days @ w + b)
        out.append(y)
        days = np.column_stack([days[:, 1:], y])
    return np.stack(out, axis=1)

# %% answer="rolled_out" wrong="change_for_value"
def rolled_out(X, w, b, K):
    days, out = X, []
    for _ in range(K):
        y = days[:, -1] + days @ w + b
        out.append(y)
        days = np.column_stack([days[:, 1:], y])
    return np.stack(out, axis=1)

# %% answer="rolled_out" wrong="weights_changed"
def rolled_out(X, w, b, K):
    days, out = X, []
    for _ in range(K):
        y = (days * w).mean(axis=1) + b
        out.append(y)
        days = np.column_stack([days[:, 1:], y])
    return np.stack(out, axis=1)

# %% answer="rolled_out" wrong="one_target"
def rolled_out(X, w, b, K):
    days, out = X, []
    for _ in range(X.shape[1]):
        y = days @ w + b
        out.append(y)
        days = np.column_stack([days[:, 1:], y])
    return np.stack(out, axis=1)

# %% answer="rolled_out" wrong="weights_beside"
def rolled_out(X, w, b, K):
    N, T = X.shape
    table = np.hstack([X, np.zeros((N, K))])
    for k in range(K):
        table[:, T + k] = table[:, k + 1 : k + 1 + T] @ w + b
    return table[:, T:]

# %% answer="rolled_out" wrong="right_until_fed_back"
def rolled_out(X, w, b, K):
    tomorrow = X @ w + b
    days, out = X, [tomorrow]
    for _ in range(1, K):
        days = np.column_stack([days[:, 1:], tomorrow])
        out.append(days @ w + b)
    return np.stack(out, axis=1)

# %% answer="rolled_out" wrong="sign_flipped"
def rolled_out(X, w, b, K):
    days, out = X, []
    for _ in range(K):
        y = days @ w - b
        out.append(y)
        days = np.column_stack([days[:, 1:], y])
    return np.stack(out, axis=1)

# %% answer="rolled_out" wrong="weights_on_the_left"
def rolled_out(X, w, b, K):
    days, out = X, []
    for _ in range(K):
        y = w @ days + b
        out.append(y)
        days = np.column_stack([days[:, 1:], y])
    return np.stack(out, axis=1)

# %% answer="rolled_out" wrong="axis_lacks_to_join"
def rolled_out(X, w, b, K):
    days, out = X, []
    for _ in range(K):
        y = days @ w + b
        out.append(y)
        days = np.concatenate([days[:, 1:], y], axis=1)
    return np.stack(out, axis=1)

# %% answer="rolled_out" wrong="set_up_once"
def rolled_out(X, w, b, K):
    days, out = list(X[0]), []
    for n in range(len(X)):
        row = []
        for k in range(K):
            row.append(np.dot(days, w) + b)
            days = days[1:] + row[-1:]
        out.append(row)
    return np.array(out)

# %% answer="rolled_out" wrong="window_returned"
def rolled_out(X, w, b, K):
    days, out = X, [X[:, -1]]
    for _ in range(K - 1):
        y = days @ w + b
        out.append(y)
        days = np.column_stack([days[:, 1:], y])
    return np.stack(out, axis=1)

# %% answer="targets" wrong="first_turn_returned"
def targets(column, T, K):
    rows = []
    for n in range(len(column) - T - K + 1):
        rows.append(column[n + T : n + T + K])
        return np.array(rows)

# %% answer="which_part" wrong="first_turn_returned"
def which_part(N, T, K, past):
    for n in range(N):
        if n + T + K <= past:
            return 1
        return 2 if n >= past else 0

# %% answer="rolled_out" wrong="first_turn_returned"
def rolled_out(X, w, b, K):
    for window in X:
        row = []
        for _ in range(K):
            row.append(window @ w + b)
            window = np.append(window[1:], row[-1])
        return np.array(row)
