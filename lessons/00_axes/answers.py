# %% [markdown]
# Answers to assignment 00, written the way students write them, independent of the catalogue in `rnnshapes`.
# One answer per cell. The key says what the cell is: `right` or `wrong`. A cell with two mistakes joins their keys with `+`.

# %% answer="predicted" right="letters"
predicted = {
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
}

# %% answer="predicted" right="numbers"
predicted = {
    "X[0]": (6, 3), "X[:, 2]": (4, 3), "X[0, 2]": (3,), "X[:, 2:3]": (4, 1, 3), "X[..., 1]": (4, 6),
    "X[0] @ W": (6, 5), "X @ W": (4, 6, 5), "X @ W + b": (4, 6, 5), "X + s[:, None]": (4, 6, 3),
    "X.sum(axis=1)": (4, 3), "X.mean(axis=(0, 1))": (3,), "X.mean(axis=1, keepdims=True)": (4, 1, 3), "X.max()": (),
}

# %% answer="predicted" right="lists"
predicted = {
    "X[0]": [T, D], "X[:, 2]": [N, D], "X[0, 2]": [D], "X[:, 2:3]": [N, 1, D], "X[..., 1]": [N, T],
    "X[0] @ W": [T, M], "X @ W": [N, T, M], "X @ W + b": [N, T, M], "X + s[:, None]": [N, T, D],
    "X.sum(axis=1)": [N, D], "X.mean(axis=(0, 1))": [D], "X.mean(axis=1, keepdims=True)": [N, 1, D], "X.max()": [],
}

# %% answer="predicted" right="NumPy asked instead"
w, bb, ss = np.zeros((D, M)), np.zeros(M), np.zeros((N, D))
predicted = {
    "X[0]": X[0].shape, "X[:, 2]": X[:, 2].shape, "X[0, 2]": X[0, 2].shape, "X[:, 2:3]": X[:, 2:3].shape,
    "X[..., 1]": X[..., 1].shape, "X[0] @ W": (X[0] @ w).shape, "X @ W": (X @ w).shape,
    "X @ W + b": (X @ w + bb).shape, "X + s[:, None]": (X + ss[:, None]).shape,
    "X.sum(axis=1)": X.sum(1).shape, "X.mean(axis=(0, 1))": X.mean((0, 1)).shape,
    "X.mean(axis=1, keepdims=True)": X.mean(1, keepdims=True).shape, "X.max()": X.max().shape,
}

# %% answer="predicted" wrong="index_keeps_axis"
predicted = {
    "X[0]": (1, T, D),
    "X[:, 2]": (N, 1, D),
    "X[0, 2]": (1, 1, D),
    "X[:, 2:3]": (N, 1, D),
    "X[..., 1]": (N, T, 1),
    "X[0] @ W": (T, M),
    "X @ W": (N, T, M),
    "X @ W + b": (N, T, M),
    "X + s[:, None]": (N, T, D),
    "X.sum(axis=1)": (N, D),
    "X.mean(axis=(0, 1))": (D,),
    "X.mean(axis=1, keepdims=True)": (N, 1, D),
    "X.max()": (),
}

# %% answer="predicted" wrong="index_keeps_axis"
predicted = {
    "X[0]": (T, D),
    "X[:, 2]": (N, D),
    "X[0, 2]": (1, D),
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
}

# %% answer="predicted" wrong="range_drops_axis"
predicted = {
    "X[0]": (T, D),
    "X[:, 2]": (N, D),
    "X[0, 2]": (D,),
    "X[:, 2:3]": (N, D),
    "X[..., 1]": (N, T),
    "X[0] @ W": (T, M),
    "X @ W": (N, T, M),
    "X @ W + b": (N, T, M),
    "X + s[:, None]": (N, T, D),
    "X.sum(axis=1)": (N, D),
    "X.mean(axis=(0, 1))": (D,),
    "X.mean(axis=1, keepdims=True)": (N, 1, D),
    "X.max()": (),
}

# %% answer="predicted" wrong="range_drops_axis"
predicted = {
    "X[0]": (T, D),
    "X[:, 2]": (N, D),
    "X[0, 2]": (D,),
    "X[:, 2:3]": (N, 2, D),
    "X[..., 1]": (N, T),
    "X[0] @ W": (T, M),
    "X @ W": (N, T, M),
    "X @ W + b": (N, T, M),
    "X + s[:, None]": (N, T, D),
    "X.sum(axis=1)": (N, D),
    "X.mean(axis=(0, 1))": (D,),
    "X.mean(axis=1, keepdims=True)": (N, 1, D),
    "X.max()": (),
}

# %% answer="predicted" wrong="index_keeps_axis"
predicted = {
    "X[0]": (N, T, D),
    "X[:, 2]": (N, T, D),
    "X[0, 2]": (N, T, D),
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
}

# %% answer="predicted" wrong="index_keeps_axis"
predicted = {
    "X[0]": (T, D),
    "X[:, 2]": (N, D),
    "X[0, 2]": (D,),
    "X[:, 2:3]": (N, T, D),
    "X[..., 1]": (N, T),
    "X[0] @ W": (T, M),
    "X @ W": (N, T, M),
    "X @ W + b": (N, T, M),
    "X + s[:, None]": (N, T, D),
    "X.sum(axis=1)": (N, D),
    "X.mean(axis=(0, 1))": (D,),
    "X.mean(axis=1, keepdims=True)": (N, 1, D),
    "X.max()": (),
}

# %% answer="predicted" wrong="wrong_axis_dropped"
predicted = {
    "X[0]": (T, D),
    "X[:, 2]": (T, D),
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
}

# %% answer="predicted" wrong="wrong_axis_dropped"
predicted = {
    "X[0]": (N, D),
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
}

# %% answer="predicted" wrong="wrong_axis_dropped"
predicted = {
    "X[0]": (T, D),
    "X[:, 2]": (N, D),
    "X[0, 2]": (T,),
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
}

# %% answer="predicted" wrong="wrong_axis_dropped"
predicted = {
    "X[0]": (T, D),
    "X[:, 2]": (N, T),
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
}

# %% answer="predicted" wrong="wrong_axis_dropped"
predicted = {
    "X[0]": (T, D),
    "X[:, 2]": (N, D),
    "X[0, 2]": (D,),
    "X[:, 2:3]": (N, T),
    "X[..., 1]": (N, T),
    "X[0] @ W": (T, M),
    "X @ W": (N, T, M),
    "X @ W + b": (N, T, M),
    "X + s[:, None]": (N, T, D),
    "X.sum(axis=1)": (N, D),
    "X.mean(axis=(0, 1))": (D,),
    "X.mean(axis=1, keepdims=True)": (N, 1, D),
    "X.max()": (),
}

# %% answer="predicted" wrong="wrong_axis_dropped"
predicted = {
    "X[0]": (T, D),
    "X[:, 2]": (N, D),
    "X[0, 2]": (),
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
}

# %% answer="predicted" wrong="dots_forgotten"
predicted = {
    "X[0]": (T, D),
    "X[:, 2]": (N, D),
    "X[0, 2]": (D,),
    "X[:, 2:3]": (N, 1, D),
    "X[..., 1]": (T, D),
    "X[0] @ W": (T, M),
    "X @ W": (N, T, M),
    "X @ W + b": (N, T, M),
    "X + s[:, None]": (N, T, D),
    "X.sum(axis=1)": (N, D),
    "X.mean(axis=(0, 1))": (D,),
    "X.mean(axis=1, keepdims=True)": (N, 1, D),
    "X.max()": (),
}

# %% answer="predicted" wrong="wrong_axis_dropped"
predicted = {
    "X[0]": (T, D),
    "X[:, 2]": (N, D),
    "X[0, 2]": (D,),
    "X[:, 2:3]": (N, 1, D),
    "X[..., 1]": (N,),
    "X[0] @ W": (T, M),
    "X @ W": (N, T, M),
    "X @ W + b": (N, T, M),
    "X + s[:, None]": (N, T, D),
    "X.sum(axis=1)": (N, D),
    "X.mean(axis=(0, 1))": (D,),
    "X.mean(axis=1, keepdims=True)": (N, 1, D),
    "X.max()": (),
}

# %% answer="predicted" wrong="shared_letter_kept"
predicted = {
    "X[0]": (T, D),
    "X[:, 2]": (N, D),
    "X[0, 2]": (D,),
    "X[:, 2:3]": (N, 1, D),
    "X[..., 1]": (N, T),
    "X[0] @ W": (T, D, M),
    "X @ W": (N, T, D, M),
    "X @ W + b": (N, T, D, M),
    "X + s[:, None]": (N, T, D),
    "X.sum(axis=1)": (N, D),
    "X.mean(axis=(0, 1))": (D,),
    "X.mean(axis=1, keepdims=True)": (N, 1, D),
    "X.max()": (),
}

# %% answer="predicted" wrong="shared_letter_kept"
predicted = {
    "X[0]": (T, D),
    "X[:, 2]": (N, D),
    "X[0, 2]": (D,),
    "X[:, 2:3]": (N, 1, D),
    "X[..., 1]": (N, T),
    "X[0] @ W": (T, M),
    "X @ W": (N, T, D, D, M),
    "X @ W + b": (N, T, M),
    "X + s[:, None]": (N, T, D),
    "X.sum(axis=1)": (N, D),
    "X.mean(axis=(0, 1))": (D,),
    "X.mean(axis=1, keepdims=True)": (N, 1, D),
    "X.max()": (),
}

# %% answer="predicted" wrong="as_large_as_x"
predicted = {
    "X[0]": (T, D),
    "X[:, 2]": (N, D),
    "X[0, 2]": (D,),
    "X[:, 2:3]": (N, 1, D),
    "X[..., 1]": (N, T),
    "X[0] @ W": (T, D),
    "X @ W": (N, T, D),
    "X @ W + b": (N, T, D),
    "X + s[:, None]": (N, T, D),
    "X.sum(axis=1)": (N, D),
    "X.mean(axis=(0, 1))": (D,),
    "X.mean(axis=1, keepdims=True)": (N, 1, D),
    "X.max()": (),
}

# %% answer="predicted" wrong="wrong_letter_cancelled"
predicted = {
    "X[0]": (T, D),
    "X[:, 2]": (N, D),
    "X[0, 2]": (D,),
    "X[:, 2:3]": (N, 1, D),
    "X[..., 1]": (N, T),
    "X[0] @ W": (T, M),
    "X @ W": (N, M),
    "X @ W + b": (N, M),
    "X + s[:, None]": (N, T, D),
    "X.sum(axis=1)": (N, D),
    "X.mean(axis=(0, 1))": (D,),
    "X.mean(axis=1, keepdims=True)": (N, 1, D),
    "X.max()": (),
}

# %% answer="predicted" wrong="wrong_letter_cancelled"
predicted = {
    "X[0]": (T, D),
    "X[:, 2]": (N, D),
    "X[0, 2]": (D,),
    "X[:, 2:3]": (N, 1, D),
    "X[..., 1]": (N, T),
    "X[0] @ W": (T,),
    "X @ W": (N, T, M),
    "X @ W + b": (N, T, M),
    "X + s[:, None]": (N, T, D),
    "X.sum(axis=1)": (N, D),
    "X.mean(axis=(0, 1))": (D,),
    "X.mean(axis=1, keepdims=True)": (N, 1, D),
    "X.max()": (),
}

# %% answer="predicted" wrong="wrong_letter_cancelled"
predicted = {
    "X[0]": (T, D),
    "X[:, 2]": (N, D),
    "X[0, 2]": (D,),
    "X[:, 2:3]": (N, 1, D),
    "X[..., 1]": (N, T),
    "X[0] @ W": (T, M),
    "X @ W": (T, M),
    "X @ W + b": (N, T, M),
    "X + s[:, None]": (N, T, D),
    "X.sum(axis=1)": (N, D),
    "X.mean(axis=(0, 1))": (D,),
    "X.mean(axis=1, keepdims=True)": (N, 1, D),
    "X.max()": (),
}

# %% answer="predicted" wrong="batch_axis_added"
predicted = {
    "X[0]": (T, D),
    "X[:, 2]": (N, D),
    "X[0, 2]": (D,),
    "X[:, 2:3]": (N, 1, D),
    "X[..., 1]": (N, T),
    "X[0] @ W": (N, T, M),
    "X @ W": (N, T, M),
    "X @ W + b": (N, T, M),
    "X + s[:, None]": (N, T, D),
    "X.sum(axis=1)": (N, D),
    "X.mean(axis=(0, 1))": (D,),
    "X.mean(axis=1, keepdims=True)": (N, 1, D),
    "X.max()": (),
}

# %% answer="predicted" wrong="bias_for_result"
predicted = {
    "X[0]": (T, D),
    "X[:, 2]": (N, D),
    "X[0, 2]": (D,),
    "X[:, 2:3]": (N, 1, D),
    "X[..., 1]": (N, T),
    "X[0] @ W": (T, M),
    "X @ W": (N, T, M),
    "X @ W + b": (M,),
    "X + s[:, None]": (N, T, D),
    "X.sum(axis=1)": (N, D),
    "X.mean(axis=(0, 1))": (D,),
    "X.mean(axis=1, keepdims=True)": (N, 1, D),
    "X.max()": (),
}

# %% answer="predicted" wrong="bias_for_result"
predicted = {
    "X[0]": (T, D),
    "X[:, 2]": (N, D),
    "X[0, 2]": (D,),
    "X[:, 2:3]": (N, 1, D),
    "X[..., 1]": (N, T),
    "X[0] @ W": (T, M),
    "X @ W": (N, T, M),
    "X @ W + b": (N, T, M),
    "X + s[:, None]": (N, 1, D),
    "X.sum(axis=1)": (N, D),
    "X.mean(axis=(0, 1))": (D,),
    "X.mean(axis=1, keepdims=True)": (N, 1, D),
    "X.max()": (),
}

# %% answer="predicted" wrong="bias_for_result"
predicted = {
    "X[0]": (T, D),
    "X[:, 2]": (N, D),
    "X[0, 2]": (D,),
    "X[:, 2:3]": (N, 1, D),
    "X[..., 1]": (N, T),
    "X[0] @ W": (T, M),
    "X @ W": (N, T, M),
    "X @ W + b": (N, T, M),
    "X + s[:, None]": (N, D),
    "X.sum(axis=1)": (N, D),
    "X.mean(axis=(0, 1))": (D,),
    "X.mean(axis=1, keepdims=True)": (N, 1, D),
    "X.max()": (),
}

# %% answer="predicted" wrong="new_axis_counted"
predicted = {
    "X[0]": (T, D),
    "X[:, 2]": (N, D),
    "X[0, 2]": (D,),
    "X[:, 2:3]": (N, 1, D),
    "X[..., 1]": (N, T),
    "X[0] @ W": (T, M),
    "X @ W": (N, T, M),
    "X @ W + b": (N, T, M),
    "X + s[:, None]": (N, N, T, D),
    "X.sum(axis=1)": (N, D),
    "X.mean(axis=(0, 1))": (D,),
    "X.mean(axis=1, keepdims=True)": (N, 1, D),
    "X.max()": (),
}

# %% answer="predicted" wrong="new_axis_counted"
predicted = {
    "X[0]": (T, D),
    "X[:, 2]": (N, D),
    "X[0, 2]": (D,),
    "X[:, 2:3]": (N, 1, D),
    "X[..., 1]": (N, T),
    "X[0] @ W": (T, M),
    "X @ W": (N, T, M),
    "X @ W + b": (N, T, M),
    "X + s[:, None]": (N, 1, T, D),
    "X.sum(axis=1)": (N, D),
    "X.mean(axis=(0, 1))": (D,),
    "X.mean(axis=1, keepdims=True)": (N, 1, D),
    "X.max()": (),
}

# %% answer="predicted" wrong="new_axis_counted"
predicted = {
    "X[0]": (T, D),
    "X[:, 2]": (N, D),
    "X[0, 2]": (D,),
    "X[:, 2:3]": (N, 1, D),
    "X[..., 1]": (N, T),
    "X[0] @ W": (T, M),
    "X @ W": (N, T, M),
    "X @ W + b": (N, T, M),
    "X + s[:, None]": (N, T, D, 1),
    "X.sum(axis=1)": (N, D),
    "X.mean(axis=(0, 1))": (D,),
    "X.mean(axis=1, keepdims=True)": (N, 1, D),
    "X.max()": (),
}

# %% answer="predicted" wrong="batch_axis_forgotten"
predicted = {
    "X[0]": (T, D),
    "X[:, 2]": (N, D),
    "X[0, 2]": (D,),
    "X[:, 2:3]": (N, 1, D),
    "X[..., 1]": (N, T),
    "X[0] @ W": (T, M),
    "X @ W": (N, T, M),
    "X @ W + b": (N, T, M),
    "X + s[:, None]": (T, D),
    "X.sum(axis=1)": (N, D),
    "X.mean(axis=(0, 1))": (D,),
    "X.mean(axis=1, keepdims=True)": (N, 1, D),
    "X.max()": (),
}

# %% answer="predicted" wrong="wrong_axis_summed"
predicted = {
    "X[0]": (T, D),
    "X[:, 2]": (N, D),
    "X[0, 2]": (D,),
    "X[:, 2:3]": (N, 1, D),
    "X[..., 1]": (N, T),
    "X[0] @ W": (T, M),
    "X @ W": (N, T, M),
    "X @ W + b": (N, T, M),
    "X + s[:, None]": (N, T, D),
    "X.sum(axis=1)": (T, D),
    "X.mean(axis=(0, 1))": (D,),
    "X.mean(axis=1, keepdims=True)": (N, 1, D),
    "X.max()": (),
}

# %% answer="predicted" wrong="wrong_axis_summed"
predicted = {
    "X[0]": (T, D),
    "X[:, 2]": (N, D),
    "X[0, 2]": (D,),
    "X[:, 2:3]": (N, 1, D),
    "X[..., 1]": (N, T),
    "X[0] @ W": (T, M),
    "X @ W": (N, T, M),
    "X @ W + b": (N, T, M),
    "X + s[:, None]": (N, T, D),
    "X.sum(axis=1)": (N, T),
    "X.mean(axis=(0, 1))": (N,),
    "X.mean(axis=1, keepdims=True)": (N, 1, D),
    "X.max()": (),
}

# %% answer="predicted" wrong="wrong_axis_summed"
predicted = {
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
    "X.mean(axis=1, keepdims=True)": (1, T, D),
    "X.max()": (),
}

# %% answer="predicted" wrong="wrong_axis_summed"
predicted = {
    "X[0]": (T, D),
    "X[:, 2]": (N, D),
    "X[0, 2]": (D,),
    "X[:, 2:3]": (N, 1, D),
    "X[..., 1]": (N, T),
    "X[0] @ W": (T, M),
    "X @ W": (N, T, M),
    "X @ W + b": (N, T, M),
    "X + s[:, None]": (N, T, D),
    "X.sum(axis=1)": (T,),
    "X.mean(axis=(0, 1))": (N, T),
    "X.mean(axis=1, keepdims=True)": (N, 1, D),
    "X.max()": (),
}

# %% answer="predicted" wrong="wrong_axis_summed"
predicted = {
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
    "X.mean(axis=1, keepdims=True)": (1, T, 1),
    "X.max()": (),
}

# %% answer="predicted" wrong="sum_keeps_shape"
predicted = {
    "X[0]": (T, D),
    "X[:, 2]": (N, D),
    "X[0, 2]": (D,),
    "X[:, 2:3]": (N, 1, D),
    "X[..., 1]": (N, T),
    "X[0] @ W": (T, M),
    "X @ W": (N, T, M),
    "X @ W + b": (N, T, M),
    "X + s[:, None]": (N, T, D),
    "X.sum(axis=1)": (N, T, D),
    "X.mean(axis=(0, 1))": (N, T, D),
    "X.mean(axis=1, keepdims=True)": (N, 1, D),
    "X.max()": (),
}

# %% answer="predicted" wrong="sum_keeps_shape"
predicted = {
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
    "X.max()": (N, T, D),
}

# %% answer="predicted" wrong="sum_keeps_shape"
predicted = {
    "X[0]": (T, D),
    "X[:, 2]": (N, D),
    "X[0, 2]": (D,),
    "X[:, 2:3]": (N, 1, D),
    "X[..., 1]": (N, T),
    "X[0] @ W": (T, M),
    "X @ W": (N, T, M),
    "X @ W + b": (N, T, M),
    "X + s[:, None]": (N, T, D),
    "X.sum(axis=1)": (N, 1, D),
    "X.mean(axis=(0, 1))": (1, 1, D),
    "X.mean(axis=1, keepdims=True)": (N, 1, D),
    "X.max()": (),
}

# %% answer="predicted" wrong="keepdims_misread"
predicted = {
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
    "X.mean(axis=1, keepdims=True)": (N, D),
    "X.max()": (),
}

# %% answer="predicted" wrong="keepdims_misread"
predicted = {
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
    "X.mean(axis=1, keepdims=True)": (N, T, D),
    "X.max()": (),
}

# %% answer="predicted" wrong="max_per_axis"
predicted = {
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
    "X.max()": (D,),
}

# %% answer="predicted" wrong="max_per_axis"
predicted = {
    "X[0]": (T, D),
    "X[:, 2]": (N, D),
    "X[0, 2]": (D,),
    "X[:, 2:3]": (N, 1, D),
    "X[..., 1]": (N, T),
    "X[0] @ W": (T, M),
    "X @ W": (N, T, M),
    "X @ W + b": (N, T, M),
    "X + s[:, None]": (N, T, D),
    "X.sum(axis=1)": (),
    "X.mean(axis=(0, 1))": (D,),
    "X.mean(axis=1, keepdims=True)": (N, 1, D),
    "X.max()": (N, T),
}

# %% answer="predicted" wrong="one_number_is_an_axis"
predicted = {
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
    "X.max()": (1,),
}

# %% answer="predicted" wrong="one_number_is_an_axis"
predicted = {
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
    "X.max()": (1, 1, 1),
}

# %% answer="predicted" wrong="count_not_shape"
predicted = {
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
    "X.max()": 1,
}

# %% answer="predicted" wrong="tuple_comma"
predicted = {
    "X[0]": (T, D),
    "X[:, 2]": (N, D),
    "X[0, 2]": (D),
    "X[:, 2:3]": (N, 1, D),
    "X[..., 1]": (N, T),
    "X[0] @ W": (T, M),
    "X @ W": (N, T, M),
    "X @ W + b": (N, T, M),
    "X + s[:, None]": (N, T, D),
    "X.sum(axis=1)": (N, D),
    "X.mean(axis=(0, 1))": (D),
    "X.mean(axis=1, keepdims=True)": (N, 1, D),
    "X.max()": (),
}

# %% answer="predicted" wrong="letters_as_strings"
predicted = {
    "X[0]": ('T', 'D'),
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
}

# %% answer="predicted" wrong="letters_as_strings"
predicted = {
    "X[0]": '(T, D)',
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
}

# %% answer="predicted" wrong="t_d_swapped"
predicted = {
    "X[0]": (D, T),
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
}

# %% answer="predicted" wrong="t_before_n"
predicted = {
    "X[0]": (T, D),
    "X[:, 2]": (N, D),
    "X[0, 2]": (D,),
    "X[:, 2:3]": (N, 1, D),
    "X[..., 1]": (N, T),
    "X[0] @ W": (T, M),
    "X @ W": (T, N, M),
    "X @ W + b": (T, N, M),
    "X + s[:, None]": (N, T, D),
    "X.sum(axis=1)": (N, D),
    "X.mean(axis=(0, 1))": (D,),
    "X.mean(axis=1, keepdims=True)": (N, 1, D),
    "X.max()": (),
}

# %% answer="predicted" wrong="none_in_shape"
predicted = {
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
    "X.max()": (None,),
}

# %% answer="predicted" wrong="sizes_from_lecture"
predicted = {
    "X[0]": (4, 2),
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
}

# %% answer="predicted" wrong="range_drops_axis+max_per_axis"
predicted = {
    "X[0]": (T, D),
    "X[:, 2]": (N, D),
    "X[0, 2]": (D,),
    "X[:, 2:3]": (N, D),
    "X[..., 1]": (N, T),
    "X[0] @ W": (T, M),
    "X @ W": (N, T, M),
    "X @ W + b": (N, T, M),
    "X + s[:, None]": (N, T, D),
    "X.sum(axis=1)": (N, D),
    "X.mean(axis=(0, 1))": (D,),
    "X.mean(axis=1, keepdims=True)": (N, 1, D),
    "X.max()": (N,),
}

# %% answer="predicted" wrong="index_keeps_axis+keepdims_misread"
predicted = {
    "X[0]": (1, T, D),
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
    "X.mean(axis=1, keepdims=True)": (N, D),
    "X.max()": (),
}

# %% answer="predicted" wrong="not_written"
predicted = {
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
    "X.max()": ...,
}

# %% answer="predicted" wrong="key_renamed"
predicted = {"X[0]": (T, D), "X[:,2]": (N, D), "X[0,2]": (D,), "X[:,2:3]": (N, 1, D), "X[...,1]": (N, T),
    "X[0]@W": (T, M), "X@W": (N, T, M), "X@W+b": (N, T, M), "X+s[:,None]": (N, T, D), "X.sum(axis=1)": (N, D),
    "X.mean(axis=(0,1))": (D,), "X.mean(axis=1,keepdims=True)": (N, 1, D), "X.max()": ()}

# %% answer="predicted" wrong="wrong_type"
predicted = [(T, D), (N, D), (D,), (N, 1, D), (N, T), (T, M), (N, T, M), (N, T, M), (N, T, D), (N, D), (D,), (N, 1, D), ()]

# %% answer="one_step" right="index"
def one_step(X, t):
    return X[:, t]

# %% answer="one_step" right="all three places"
def one_step(X, t):
    slab = X[:, t, :]
    print("slab", slab.shape)
    return slab

# %% answer="one_step" right="list of rows"
def one_step(X, t):
    rows = []
    for sample in X:
        rows.append(sample[t])
    return rows

# %% answer="one_step" right="comprehension"
def one_step(X, t):
    return np.array([X[n][t] for n in range(len(X))])

# %% answer="one_step" right="prepared, two loops"
def one_step(X, t):
    N, T, D = X.shape
    result = np.zeros((N, D))
    for n in range(N):
        for d in range(D):
            result[n, d] = X[n, t, d]
    return result

# %% answer="one_step" right="range and squeeze of the one axis"
def one_step(X, t):
    return X[:, t:t + 1].squeeze(axis=1)

# %% answer="one_step" right="take"
def one_step(X, t):
    return X.take(t, axis=1)

# %% answer="one_step" right="time first"
def one_step(X, t):
    by_time = X.swapaxes(0, 1)
    return by_time[t]

# %% answer="one_step" right="float32"
def one_step(X, t):
    return np.asarray(X, dtype=np.float32)[:, t]

# %% answer="one_step" right="one-hot product"
def one_step(X, t):
    pick = np.zeros(X.shape[1])
    pick[t] = 1
    return np.einsum("ntd,t->nd", X, pick)

# %% answer="one_step" wrong="n_t_swapped"
def one_step(X, t):
    return X[t]

# %% answer="one_step" wrong="n_t_swapped"
def one_step(X, t):
    # all of it, then step t
    return X[:][t]

# %% answer="one_step" wrong="n_t_swapped"
def one_step(X, t):
    for i, step in enumerate(X):
        if i == t:
            return step

# %% answer="one_step" wrong="n_t_swapped"
def one_step(X, t):
    slab = X[t, :, :]
    return np.array(slab)

# %% answer="one_step" wrong="feature_picked"
def one_step(X, t):
    return X[:, :, t]

# %% answer="one_step" wrong="feature_picked"
def one_step(X, t):
    out = []
    for x in X:
        out.append(x[:, t])
    return np.array(out)

# %% answer="one_step" wrong="feature_picked"
def one_step(X, t):
    return X[..., t]

# %% answer="one_step" wrong="axis_kept"
def one_step(X, t):
    return X[:, t:t+1, :]

# %% answer="one_step" wrong="axis_kept"
def one_step(X, t):
    return X[:, [t]]

# %% answer="one_step" wrong="extra_axis"
def one_step(X, t):
    return [X[:, t]]

# %% answer="one_step" wrong="steps_up_to_t"
def one_step(X, t):
    return X[:t]

# %% answer="one_step" wrong="steps_up_to_t"
def one_step(X, t):
    return X[t:]

# %% answer="one_step" wrong="steps_up_to_t"
def one_step(X, t):
    return X[:, :t]

# %% answer="one_step" wrong="steps_up_to_t"
def one_step(X, t):
    so_far = X[:, 0:t + 1, :]
    return so_far

# %% answer="one_step" wrong="steps_up_to_t"
def one_step(X, t):
    return X[:, t:]

# %% answer="one_step" wrong="another_step"
def one_step(X, t):
    # Python counts from 0, so step t has the index t - 1
    index = t - 1
    return X[:, index]

# %% answer="one_step" wrong="another_step"
def one_step(X, t):
    return X[:, t + 1, :]

# %% answer="one_step" wrong="another_step"
def one_step(X, t):
    return X[:, -t]

# %% answer="one_step" wrong="t_ignored"
def one_step(X, t):
    return X[:, 0]

# %% answer="one_step" wrong="t_ignored"
def one_step(X, t):
    t = -1
    return X[:, t, :]

# %% answer="one_step" wrong="t_ignored"
def one_step(X, t):
    for t in range(X.shape[1]):
        slab = X[:, t]
    return slab

# %% answer="one_step" wrong="loop_keeps_one"
def one_step(X, t):
    x = X[0]
    return x[t]

# %% answer="one_step" wrong="loop_keeps_one"
def one_step(X, t):
    for n in range(X.shape[0]):
        row = X[n, t]
    return row

# %% answer="one_step" wrong="loop_keeps_one"
def one_step(X, t):
    for n in range(X.shape[0]):
        return X[n, t]

# %% answer="one_step" wrong="loop_keeps_one"
def one_step(X, t):
    rows = np.zeros((X.shape[0], X.shape[2]))
    for n in range(X.shape[0]):
        rows[n] = X[n, t]
        return rows

# %% answer="one_step" wrong="reshape_for_transpose"
def one_step(X, t):
    n, steps, d = X.shape
    return X.reshape(steps, n, d)[t]

# %% answer="one_step" wrong="axes_swapped"
def one_step(X, t):
    return X.T[:, t]

# %% answer="one_step" wrong="axes_swapped"
def one_step(X, t):
    return np.column_stack([x[t] for x in X])

# %% answer="one_step" wrong="flattened"
def one_step(X, t):
    values = []
    for x in X:
        values.extend(x[t])
    return np.array(values)

# %% answer="one_step" wrong="all_zeros"
def one_step(X, t):
    result = np.zeros((X.shape[0], X.shape[2]))
    for n in range(X.shape[0]):
        row = X[n, t]
    return result

# %% answer="one_step" wrong="integer_array"
def one_step(X, t):
    result = np.zeros((X.shape[0], X.shape[2]), dtype=int)
    for n in range(len(result)):
        result[n] = X[n, t]
    return result

# %% answer="one_step" wrong="call_for_index"
def one_step(X, t):
    return X(t)

# %% answer="one_step" wrong="returns_nothing"
def one_step(X, t):
    print(X[:, t])

# %% answer="one_step" wrong="squeezed"
def one_step(X, t):
    return X[:, t].squeeze()

# %% answer="one_step" wrong="sizes_from_notebook"
def one_step(X, t):
    return np.array([X[n, t] for n in range(min(N, len(X)))])

# %% answer="one_step" wrong="argument_ignored"
box = np.arange(72.0).reshape(4, 6, 3)

def one_step(X, t):
    return box[:, t]

# %% answer="one_step" wrong="function_overwritten"
def one_step(X, t):
    return X[:, t]

one_step = one_step(X, 2)

# %% answer="one_step" wrong="signature_changed"
def one_step(t, X):
    return X[:, t]

# %% answer="time_first" right="transpose"
def time_first(X):
    return X.transpose(1, 0, 2)

# %% answer="time_first" right="np.transpose with a tuple"
def time_first(X):
    order = (1, 0, 2)
    return np.transpose(X, order)

# %% answer="time_first" right="swapaxes"
def time_first(X):
    return np.swapaxes(X, 0, 1)

# %% answer="time_first" right="moveaxis"
def time_first(X):
    return np.moveaxis(X, 1, 0)

# %% answer="time_first" right="list of slabs"
def time_first(X):
    return [X[:, t] for t in range(X.shape[1])]

# %% answer="time_first" right="stack"
def time_first(X):
    slabs = []
    for t in range(X.shape[1]):
        slabs.append(X[:, t, :])
    return np.stack(slabs)

# %% answer="time_first" right="stacked samples"
def time_first(X):
    return np.stack([x for x in X], axis=1)

# %% answer="time_first" right="prepared, two loops"
def time_first(X):
    N, T, D = X.shape
    Y = np.empty((T, N, D))
    for n in range(N):
        for t in range(T):
            Y[t, n] = X[n, t]
    return Y

# %% answer="time_first" right="einsum"
def time_first(X):
    return np.einsum("ntd->tnd", X)

# %% answer="time_first" right="zip"
def time_first(X):
    return np.array(list(zip(*X)))

# %% answer="time_first" right="all axes and back"
def time_first(X):
    return X.T.transpose(1, 2, 0)

# %% answer="time_first" wrong="reshape_for_transpose"
def time_first(X):
    N, T, D = X.shape
    return X.reshape(T, N, D)

# %% answer="time_first" wrong="reshape_for_transpose"
def time_first(X):
    return np.reshape(X, (X.shape[1], X.shape[0], -1))

# %% answer="time_first" wrong="reshape_for_transpose"
def time_first(X):
    Y = X.copy()
    Y.shape = (X.shape[1], X.shape[0], X.shape[2])
    return Y

# %% answer="time_first" wrong="reshape_for_transpose"
def time_first(X):
    n, t, d = X.shape
    # Fortran order puts the first index first, I read
    return X.reshape((t, n, d), order="F")

# %% answer="time_first" wrong="reshape_for_transpose"
def time_first(X):
    n, t, d = X.shape
    flat = X.flatten()
    out = np.zeros((t, n, d))
    k = 0
    for i in range(t):
        for j in range(n):
            for l in range(d):
                out[i, j, l] = flat[k]
                k += 1
    return out

# %% answer="time_first" wrong="all_axes_reversed"
def time_first(X):
    return X.T

# %% answer="time_first" wrong="all_axes_reversed"
def time_first(X):
    turned = np.transpose(X)
    print(turned.shape)
    return turned

# %% answer="time_first" wrong="other_axes_swapped"
def time_first(X):
    return X.swapaxes(1, 2)

# %% answer="time_first" wrong="other_axes_swapped"
def time_first(X):
    return X.transpose(1, 2, 0)

# %% answer="time_first" wrong="other_axes_swapped"
def time_first(X):
    return np.dstack([x for x in X])

# %% answer="time_first" wrong="other_axes_swapped"
def time_first(X):
    return np.array([x.T for x in X])

# %% answer="time_first" wrong="nothing_changed"
def time_first(X):
    X.transpose(1, 0, 2)
    return X

# %% answer="time_first" wrong="nothing_changed"
def time_first(X):
    return np.array([[X[n, t] for t in range(X.shape[1])] for n in range(X.shape[0])])

# %% answer="time_first" wrong="nothing_changed"
def time_first(X):
    return np.stack([X[:, t] for t in range(X.shape[1])], axis=1)

# %% answer="time_first" wrong="n_t_swapped"
def time_first(X):
    sheets = []
    for t in range(X.shape[1]):
        sheets.append(X[t])
    return np.array(sheets)

# %% answer="time_first" wrong="n_t_swapped"
def time_first(X):
    Y = np.zeros((X.shape[1], X.shape[0], X.shape[2]))
    for t in range(X.shape[0]):
        Y[t] = X[t]
    return Y

# %% answer="time_first" wrong="new_box_mixed_up"
def time_first(X):
    Y = np.zeros(X.shape)
    for n in range(X.shape[0]):
        for t in range(X.shape[1]):
            Y[t, n] = X[n, t]
    return Y

# %% answer="time_first" wrong="flipped"
def time_first(X):
    return X[:, ::-1]

# %% answer="time_first" wrong="flipped"
def time_first(X):
    return np.rot90(X)

# %% answer="time_first" wrong="flipped"
def time_first(X):
    return np.flip(X)

# %% answer="time_first" wrong="concatenated"
def time_first(X):
    return np.vstack([X[:, t] for t in range(X.shape[1])])

# %% answer="time_first" wrong="concatenated"
def time_first(X):
    result = X[:, 0]
    for t in range(1, X.shape[1]):
        result = np.concatenate([result, X[:, t]])
    return result

# %% answer="time_first" wrong="concatenated"
def time_first(X):
    return np.hstack([x for x in X])

# %% answer="time_first" wrong="concatenated"
def time_first(X):
    rows = []
    for t in range(X.shape[1]):
        for n in range(X.shape[0]):
            rows.append(X[n, t])
    return np.array(rows)

# %% answer="time_first" wrong="loop_keeps_one"
def time_first(X):
    for t in range(X.shape[1]):
        return X[:, t]

# %% answer="time_first" wrong="loop_keeps_one"
def time_first(X):
    for t in range(X.shape[1]):
        slabs = [X[:, t]]
    return np.array(slabs)

# %% answer="time_first" wrong="loop_keeps_one"
def time_first(X):
    Y = np.zeros((X.shape[1], X.shape[0], X.shape[2]))
    for t in range(X.shape[1]):
        Y[t] = X[:, t]
        return Y

# %% answer="time_first" wrong="axis_left_out"
def time_first(X):
    return X.transpose(1, 0)

# %% answer="time_first" wrong="axis_left_out"
def time_first(X):
    return np.transpose(X, (0, 1))

# %% answer="time_first" wrong="sizes_for_axes"
def time_first(X):
    return X.transpose(2, 1, 3)

# %% answer="time_first" wrong="sizes_for_axes"
def time_first(X):
    return np.swapaxes(X, 2, 3)

# %% answer="time_first" wrong="extra_axis"
def time_first(X):
    return [X.transpose(1, 0, 2)]

# %% answer="time_first" wrong="all_zeros"
def time_first(X):
    Y = np.zeros((X.shape[1], X.shape[0], X.shape[2]))
    for t in range(X.shape[1]):
        y = X[:, t]
    return Y

# %% answer="time_first" wrong="sizes_from_notebook"
def time_first(X):
    return np.array([X[:, t] for t in range(6)])

# %% answer="time_first" wrong="sizes_from_notebook"
def time_first(X):
    out = np.zeros((X.shape[1], X.shape[0], X.shape[2]))
    for n in range(min(4, len(X))):
        out[:, n] = X[n]
    return out

# %% answer="time_first" wrong="integer_array"
def time_first(X):
    return np.transpose(X, (1, 0, 2)).astype(int)

# %% answer="time_first" wrong="function_overwritten"
time_first = X.transpose(1, 0, 2)

# %% answer="each_step_through" right="at once"
def each_step_through(X, W, b):
    return X @ W + b

# %% answer="each_step_through" right="two loops"
def each_step_through(X, W, b):
    result = []
    for x in X:
        rows = []
        for x_t in x:
            rows.append(x_t @ W + b)
        result.append(rows)
    return np.array(result)

# %% answer="each_step_through" right="prepared"
def each_step_through(X, W, b):
    N, T, D = X.shape
    Z = np.zeros((N, T, W.shape[1]))
    for t in range(T):
        Z[:, t] = np.dot(X[:, t], W) + b
    return Z

# %% answer="each_step_through" right="einsum"
def each_step_through(X, W, b):
    return np.einsum("ntd,dm->ntm", X, W) + b[None, None, :]

# %% answer="each_step_through" right="glued and cut"
def each_step_through(X, W, b):
    N, T, D = X.shape
    rows = X.reshape(N * T, D)
    out = rows @ W + b
    return out.reshape(N, T, -1)

# %% answer="each_step_through" right="columns"
def each_step_through(X, W, b):
    return np.array([[(W.T @ x_t.reshape(-1, 1)).ravel() + b for x_t in x] for x in X])

# %% answer="each_step_through" right="tensordot"
def each_step_through(X, W, b):
    return np.tensordot(X, W, axes=1) + b

# %% answer="each_step_through" right="pure sums"
def each_step_through(X, W, b):
    N, T, D = X.shape
    M = len(b)
    return [[[sum(X[n, t, d] * W[d, m] for d in range(D)) + b[m] for m in range(M)] for t in range(T)] for n in range(N)]

# %% answer="each_step_through" right="float32"
def each_step_through(X, W, b):
    return X.astype("float32") @ W.astype("float32") + b.astype("float32")

# %% answer="each_step_through" right="a column of ones"
def each_step_through(X, W, b):
    ones = np.ones((X.shape[0], X.shape[1], 1))
    return np.concatenate([X, ones], axis=2) @ np.vstack([W, b])

# %% answer="each_step_through" right="broadcast and summed"
def each_step_through(X, W, b):
    return (X[..., None] * W).sum(axis=2) + b

# %% answer="each_step_through" right="a class"
class Layer:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def __call__(self, x):
        return x @ self.W + self.b

def each_step_through(X, W, b):
    layer = Layer(W, b)
    return np.stack([layer(x) for x in X])

# %% answer="each_step_through" wrong="bias_dropped"
def each_step_through(X, W, b):
    return X @ W

# %% answer="each_step_through" wrong="bias_dropped"
def each_step_through(X, W, b):
    Z = X @ W
    Z + b
    return Z

# %% answer="each_step_through" wrong="sign_flipped"
def each_step_through(X, W, b):
    return np.matmul(X, W) - b

# %% answer="each_step_through" wrong="steps_accumulated"
def each_step_through(X, W, b):
    Z = np.zeros((X.shape[0], X.shape[1], W.shape[1]))
    total = 0
    for t in range(X.shape[1]):
        total = total + X[:, t] @ W + b
        Z[:, t] = total
    return Z

# %% answer="each_step_through" wrong="axis_summed_away"
def each_step_through(X, W, b):
    return (X @ W).sum(axis=1) + b

# %% answer="each_step_through" wrong="axis_summed_away"
def each_step_through(X, W, b):
    z = 0
    for t in range(X.shape[1]):
        z += X[:, t] @ W + b
    return z

# %% answer="each_step_through" wrong="axis_summed_away"
def each_step_through(X, W, b):
    return np.einsum("ntd,dm->nm", X, W) + b

# %% answer="each_step_through" wrong="loop_keeps_one"
def each_step_through(X, W, b):
    for t in range(X.shape[1]):
        z = X[:, t] @ W + b
    return z

# %% answer="each_step_through" wrong="loop_keeps_one"
def each_step_through(X, W, b):
    x = X[:, 0]
    return x @ W + b

# %% answer="each_step_through" wrong="loop_keeps_one"
def each_step_through(X, W, b):
    return X[0] @ W + b

# %% answer="each_step_through" wrong="loop_keeps_one"
def each_step_through(X, W, b):
    for n in range(len(X)):
        out = X[n] @ W + b
    return out

# %% answer="each_step_through" wrong="loop_keeps_one"
def each_step_through(X, W, b):
    result = []
    for x in X:
        result.append(x @ W + b)
        return np.array(result)

# %% answer="each_step_through" wrong="activation_added"
def each_step_through(X, W, b):
    return np.tanh(X @ W + b)

# %% answer="each_step_through" wrong="activation_added"
def relu(z):
    return np.where(z > 0, z, 0)

def each_step_through(X, W, b):
    return relu(X @ W + b)

# %% answer="each_step_through" wrong="reshape_for_transpose"
def each_step_through(X, W, b):
    N, T, D = X.shape
    steps = X.reshape(T, N, D)
    out = [step @ W + b for step in steps]
    return np.array(out).transpose(1, 0, 2)

# %% answer="each_step_through" wrong="reshape_for_transpose"
def each_step_through(X, W, b):
    N, T, D = X.shape
    flat = X.reshape(-1, D) @ W + b
    return flat.reshape(T, N, -1)

# %% answer="each_step_through" wrong="reshape_for_transpose"
def each_step_through(X, W, b):
    N, T, D = X.shape
    cols = X.reshape(D, N * T)
    return (W.T @ cols).T.reshape(N, T, -1) + b

# %% answer="each_step_through" wrong="axes_swapped"
def each_step_through(X, W, b):
    return np.array([X[:, t] @ W + b for t in range(X.shape[1])])

# %% answer="each_step_through" wrong="axes_swapped"
def each_step_through(X, W, b):
    return np.array([W.T @ x.T + b[:, None] for x in X])

# %% answer="each_step_through" wrong="elementwise_product"
def each_step_through(X, W, b):
    return X * W + b

# %% answer="each_step_through" wrong="elementwise_product"
def each_step_through(X, W, b):
    return np.multiply(X, W) + b

# %% answer="each_step_through" wrong="shared_letter_kept"
def each_step_through(X, W, b):
    return X[:, :, :, None] * W + b

# %% answer="each_step_through" wrong="not_cut_back"
def each_step_through(X, W, b):
    rows = X.reshape(-1, X.shape[-1])
    return rows @ W + b

# %% answer="each_step_through" wrong="not_cut_back"
def each_step_through(X, W, b):
    out = []
    for n in range(X.shape[0]):
        for t in range(X.shape[1]):
            out.append(X[n, t] @ W + b)
    return np.array(out)

# %% answer="each_step_through" wrong="w_transposed"
def each_step_through(X, W, b):
    return X @ W.T + b

# %% answer="each_step_through" wrong="w_transposed"
def each_step_through(X, W, b):
    return np.array([np.dot(x, W.T) + b for x in X])

# %% answer="each_step_through" wrong="weights_on_the_left"
def each_step_through(X, W, b):
    return W @ X + b

# %% answer="each_step_through" wrong="weights_on_the_left"
def each_step_through(X, W, b):
    result = []
    for x in X:
        for x_t in x:
            result.append(np.dot(W, x_t) + b)
    return result

# %% answer="each_step_through" wrong="weights_on_the_left"
def each_step_through(X, W, b):
    return W.T @ X + b

# %% answer="each_step_through" wrong="bias_before_product"
def each_step_through(X, W, b):
    return (X + b) @ W

# %% answer="each_step_through" wrong="bias_as_column"
def each_step_through(X, W, b):
    return X @ W + b.reshape(-1, 1)

# %% answer="each_step_through" wrong="bias_as_column"
def each_step_through(X, W, b):
    b = b[:, np.newaxis]
    out = X @ W
    out = out + b
    return out

# %% answer="each_step_through" wrong="result_like_x"
def each_step_through(X, W, b):
    Z = np.zeros_like(X)
    for n in range(X.shape[0]):
        for t in range(X.shape[1]):
            Z[n, t] = X[n, t] @ W + b
    return Z

# %% answer="each_step_through" wrong="result_like_x"
def each_step_through(X, W, b):
    Z = X.copy()
    for t in range(X.shape[1]):
        Z[:, t] = X[:, t] @ W + b
    return Z

# %% answer="each_step_through" wrong="all_axes_reversed"
def each_step_through(X, W, b):
    return X.T @ W + b

# %% answer="each_step_through" wrong="n_t_swapped"
def each_step_through(X, W, b):
    return np.array([X[t] @ W + b for t in range(X.shape[1])])

# %% answer="each_step_through" wrong="sizes_from_notebook"
def each_step_through(X, W, b):
    out = np.zeros((len(X), X.shape[1], len(b)))
    for t in range(min(6, X.shape[1])):
        out[:, t] = X[:, t] @ W + b
    return out

# %% answer="each_step_through" wrong="sizes_from_notebook"
def each_step_through(X, W, b):
    Z = np.zeros((N, T, M))
    for n in range(N):
        for t in range(T):
            Z[n, t] = X[n, t] @ W + b
    return Z

# %% answer="each_step_through" wrong="all_zeros"
def each_step_through(X, W, b):
    Z = np.zeros((X.shape[0], X.shape[1], W.shape[1]))
    for z, x in zip(Z, X):
        z = x @ W + b
    return Z

# %% answer="each_step_through" wrong="integer_array"
def each_step_through(X, W, b):
    Z = np.zeros((X.shape[0], X.shape[1], W.shape[1]), int)
    for n, x in enumerate(X):
        Z[n] = x @ W + b
    return Z

# %% answer="each_step_through" wrong="extra_axis"
def each_step_through(X, W, b):
    return np.array([[X @ W + b]])

# %% answer="each_step_through" wrong="rounded"
def each_step_through(X, W, b):
    return np.round(X @ W + b, 2)

# %% answer="each_step_through" wrong="squeezed"
def each_step_through(X, W, b):
    return np.squeeze(X @ W + b)

# %% answer="each_step_through" wrong="name_unknown"
def each_step_through(X, W, b):
    return X @ w + B

# %% answer="shifted" right="None in the middle"
def shifted(X, s):
    return X + s[:, None]

# %% answer="shifted" right="newaxis, all places"
def shifted(X, s):
    return X + s[:, np.newaxis, :]

# %% answer="shifted" right="reshape to length one"
def shifted(X, s):
    N, D = s.shape
    return X + s.reshape(N, 1, D)

# %% answer="shifted" right="expand_dims"
def shifted(X, s):
    return np.add(X, np.expand_dims(s, axis=1))

# %% answer="shifted" right="loop over samples"
def shifted(X, s):
    out = []
    for x, row in zip(X, s):
        out.append(x + row)
    return np.array(out)

# %% answer="shifted" right="copy, then in place"
def shifted(X, s):
    Y = X.copy()
    for n in range(len(Y)):
        Y[n] += s[n]
    return Y

# %% answer="shifted" right="loop over steps"
def shifted(X, s):
    Y = np.zeros(X.shape)
    for t in range(X.shape[1]):
        Y[:, t] = X[:, t] + s
    return Y

# %% answer="shifted" right="three loops"
def shifted(X, s):
    Y = np.empty_like(X)
    for n in range(X.shape[0]):
        for t in range(X.shape[1]):
            for d in range(X.shape[2]):
                Y[n, t, d] = X[n, t, d] + s[n, d]
    return Y

# %% answer="shifted" right="time first and back"
def shifted(X, s):
    return (X.transpose(1, 0, 2) + s).transpose(1, 0, 2)

# %% answer="shifted" right="repeat"
def shifted(X, s):
    big = np.repeat(s, X.shape[1], axis=0).reshape(X.shape)
    return X + big

# %% answer="shifted" right="tile of the new axis"
def shifted(X, s):
    return X + np.tile(s[:, None], (1, X.shape[1], 1))

# %% answer="shifted" wrong="broadcast_from_left"
def shifted(X, s):
    return X + s

# %% answer="shifted" wrong="broadcast_from_left"
def shifted(X, s):
    out = np.zeros(X.shape)
    out += X
    out += s
    return out

# %% answer="shifted" wrong="broadcast_from_left"
def shifted(X, s):
    return X + np.broadcast_to(s, X.shape)

# %% answer="shifted" wrong="broadcast_from_left"
def shifted(X, s):
    return np.add(X, s)

# %% answer="shifted" wrong="new_axis_misplaced"
def shifted(X, s):
    return X + s[None]

# %% answer="shifted" wrong="new_axis_misplaced"
def shifted(X, s):
    return X + s[:, :, np.newaxis]

# %% answer="shifted" wrong="new_axis_misplaced"
def shifted(X, s):
    s3 = np.expand_dims(s, 0)
    return X + s3

# %% answer="shifted" wrong="new_axis_misplaced"
def shifted(X, s):
    return X + s[:, None, None]

# %% answer="shifted" wrong="new_axis_misplaced"
def shifted(X, s):
    return X[:, :, None] + s

# %% answer="shifted" wrong="broadcast_from_left"
def shifted(X, s):
    return X + s.T

# %% answer="shifted" wrong="reshape_makes_numbers"
def shifted(X, s):
    return X + s.reshape(X.shape)

# %% answer="shifted" wrong="reshape_makes_numbers"
def shifted(X, s):
    N, T, D = X.shape
    s = np.reshape(s, (N, T, D))
    return X + s

# %% answer="shifted" wrong="one_row_for_all"
def shifted(X, s):
    return X + s[0]

# %% answer="shifted" wrong="one_row_for_all"
def shifted(X, s):
    return X + s.mean(axis=0)

# %% answer="shifted" wrong="one_row_for_all"
def shifted(X, s):
    Y = X
    for row in s:
        Y = Y + row
    return Y

# %% answer="shifted" wrong="one_row_for_all"
def shifted(X, s):
    Y = X.copy()
    for n in range(len(X)):
        Y[n] = Y[n] + s[n].mean()
    return Y

# %% answer="shifted" wrong="one_row_for_all"
def shifted(X, s):
    return np.array([x + row[0] for x, row in zip(X, s)])

# %% answer="shifted" wrong="loop_keeps_one"
def shifted(X, s):
    Y = X.copy()
    Y[:, 0] = Y[:, 0] + s
    return Y

# %% answer="shifted" wrong="loop_keeps_one"
def shifted(X, s):
    return X[:, -1] + s

# %% answer="shifted" wrong="loop_keeps_one"
def shifted(X, s):
    for t in range(X.shape[1]):
        Y = X.copy()
        Y[:, t] += s
    return Y

# %% answer="shifted" wrong="loop_keeps_one"
def shifted(X, s):
    return X[0] + s[0]

# %% answer="shifted" wrong="loop_keeps_one"
def shifted(X, s):
    for n in range(X.shape[0]):
        Y = X.copy()
        Y[n] += s[n]
    return Y

# %% answer="shifted" wrong="loop_keeps_one"
def shifted(X, s):
    Y = np.zeros_like(X)
    for n in range(X.shape[0]):
        Y[n] = X[n] + s[n]
        return Y

# %% answer="shifted" wrong="steps_accumulated"
def shifted(X, s):
    Y = X.copy()
    for t in range(X.shape[1]):
        Y[:, t:] += s[:, None]
    return Y

# %% answer="shifted" wrong="steps_accumulated"
def shifted(X, s):
    Y = np.zeros_like(X)
    for t in range(X.shape[1]):
        Y[:, t] = X[:, t] + t * s
    return Y

# %% answer="shifted" wrong="sign_flipped"
def shifted(X, s):
    return X - s[:, None, :]

# %% answer="shifted" wrong="multiplied"
def shifted(X, s):
    return X * s[:, None]

# %% answer="shifted" wrong="nothing_changed"
def shifted(X, s):
    Y = X.copy()
    for y, row in zip(Y, s):
        y = y + row
    return Y

# %% answer="shifted" wrong="nothing_changed"
def shifted(X, s):
    X + s[:, None]
    return X

# %% answer="shifted" wrong="x_forgotten"
def shifted(X, s):
    Y = np.zeros_like(X)
    for n in range(len(X)):
        for t in range(X.shape[1]):
            Y[n, t] += s[n]
    return Y

# %% answer="shifted" wrong="appended"
def shifted(X, s):
    return np.concatenate([X, s[:, None]], axis=1)

# %% answer="shifted" wrong="appended"
def shifted(X, s):
    return np.array([np.vstack([s[n], X[n]]) for n in range(len(X))])

# %% answer="shifted" wrong="argument_changed"
def shifted(X, s):
    X += s[:, None]
    return X

# %% answer="shifted" wrong="argument_changed"
def shifted(X, s):
    for n in range(X.shape[0]):
        X[n] = X[n] + s[n]
    return X

# %% answer="shifted" wrong="argument_changed"
def shifted(X, s):
    Y = X
    for t in range(X.shape[1]):
        Y[:, t] += s
    return Y

# %% answer="shifted" wrong="reshape_for_transpose"
def shifted(X, s):
    N, T, D = X.shape
    return X + np.tile(s, (T, 1)).reshape(N, T, D)

# %% answer="shifted" wrong="reshape_for_transpose"
def shifted(X, s):
    return X + np.resize(s, X.shape)

# %% answer="shifted" wrong="reshape_for_transpose"
def shifted(X, s):
    N, T, D = X.shape
    return (X.reshape(T, N, D) + s).reshape(N, T, D)

# %% answer="shifted" wrong="reshape_for_transpose"
def shifted(X, s):
    N, T, D = X.shape
    moved = X.reshape(T, N, D) + s
    return moved

# %% answer="shifted" wrong="axes_swapped"
def shifted(X, s):
    return X.transpose(1, 0, 2) + s

# %% answer="shifted" wrong="axes_swapped"
def shifted(X, s):
    return np.array([X[:, t] + s for t in range(X.shape[1])])

# %% answer="shifted" wrong="n_t_swapped"
def shifted(X, s):
    Y = np.zeros_like(X)
    for t in range(X.shape[1]):
        Y[:, t] = X[:, t] + s[t]
    return Y

# %% answer="shifted" wrong="n_t_swapped"
def shifted(X, s):
    Y = X.copy()
    for n in range(min(len(s), X.shape[1])):
        Y[:, n] += s[n]
    return Y

# %% answer="shifted" wrong="n_t_swapped"
def shifted(X, s):
    return np.array([X[t] + s[t] for t in range(X.shape[1])])

# %% answer="shifted" wrong="sizes_from_notebook"
def shifted(X, s):
    Y = X.copy()
    for t in range(6):
        Y[:, t] = X[:, t] + s
    return Y

# %% answer="shifted" wrong="sizes_from_notebook"
def shifted(X, s):
    return X + s.reshape(4, 1, 3)

# %% answer="shifted" wrong="sizes_from_notebook"
def shifted(X, s):
    Y = X.copy()
    for n in range(min(N, len(s))):
        Y[n] = Y[n] + s[n]
    return Y

# %% answer="shifted" wrong="all_zeros"
def shifted(X, s):
    Y = np.zeros(X.shape)
    for y, x, row in zip(Y, X, s):
        y = x + row
    return Y

# %% answer="shifted" wrong="extra_axis"
def shifted(X, s):
    return X[:, None] + s[:, None, None]

# %% answer="shifted" wrong="integer_array"
def shifted(X, s):
    Y = np.empty(X.shape, dtype="int64")
    for n in range(len(X)):
        Y[n] = X[n] + s[n]
    return Y

# %% answer="shifted" wrong="append_returns_nothing"
def shifted(X, s):
    out = []
    for x, row in zip(X, s):
        out = out.append(x + row)
    return out

# %% answer="standardised" right="both axes"
def standardised(X):
    return (X - X.mean(axis=(0, 1))) / X.std(axis=(0, 1))

# %% answer="standardised" right="keepdims"
def standardised(X):
    mu = X.mean(axis=(0, 1), keepdims=True)
    sigma = X.std(axis=(0, 1), keepdims=True)
    return (X - mu) / sigma

# %% answer="standardised" right="loop over features"
def standardised(X):
    Z = np.zeros(X.shape)
    for d in range(X.shape[2]):
        feature = X[:, :, d]
        Z[:, :, d] = (feature - feature.mean()) / feature.std()
    return Z

# %% answer="standardised" right="long table"
def standardised(X):
    N, T, D = X.shape
    table = X.reshape(N * T, D)
    table = (table - table.mean(axis=0)) / table.std(axis=0)
    return table.reshape(N, T, D)

# %% answer="standardised" right="centre first"
def standardised(X):
    centred = X - np.mean(X, axis=(0, 1))
    return centred / np.sqrt(np.mean(centred ** 2, axis=(0, 1)))

# %% answer="standardised" right="var"
def standardised(X):
    return (X - X.mean((0, 1))) / X.var((0, 1)) ** 0.5

# %% answer="standardised" right="mean of means"
def standardised(X):
    m = X.mean(axis=0).mean(axis=0)
    v = ((X - m) ** 2).mean(axis=1).mean(axis=0)
    return (X - m) / np.sqrt(v)

# %% answer="standardised" right="copy, then in place"
def standardised(X):
    Z = X.copy()
    Z -= Z.mean(axis=(0, 1))
    Z /= Z.std(axis=(0, 1))
    return Z

# %% answer="standardised" right="float32"
def standardised(X):
    X = X.astype(np.float32)
    return (X - X.mean(axis=(0, 1))) / X.std(axis=(0, 1))

# %% answer="standardised" right="tiny epsilon"
def standardised(X):
    return (X - X.mean(axis=(0, 1))) / (X.std(axis=(0, 1)) + 1e-8)

# %% answer="standardised" right="lists and the statistics module"
import statistics

def standardised(X):
    Z = X.copy()
    for d in range(X.shape[-1]):
        values = X[:, :, d].ravel().tolist()
        Z[..., d] = (X[..., d] - statistics.fmean(values)) / statistics.pstdev(values)
    return Z

# %% answer="standardised" wrong="one_axis_averaged"
def standardised(X):
    return (X - X.mean(axis=0)) / X.std(axis=0)

# %% answer="standardised" wrong="one_axis_averaged"
def standardised(X):
    Z = np.zeros_like(X)
    for t in range(X.shape[1]):
        Z[:, t] = (X[:, t] - X[:, t].mean(axis=0)) / X[:, t].std(axis=0)
    return Z

# %% answer="standardised" wrong="one_axis_averaged"
def standardised(X):
    return np.array([(x - x.mean(axis=0)) / x.std(axis=0) for x in X])

# %% answer="standardised" wrong="one_axis_averaged"
def standardised(X):
    mean = X.mean(axis=1, keepdims=True)
    std = X.std(axis=1, keepdims=True)
    return (X - mean) / std

# %% answer="standardised" wrong="features_mixed"
def standardised(X):
    return (X - X.mean(axis=-1, keepdims=True)) / X.std(axis=-1, keepdims=True)

# %% answer="standardised" wrong="features_mixed"
def standardised(X):
    return np.array([(x - x.mean()) / x.std() for x in X])

# %% answer="standardised" wrong="features_mixed"
def standardised(X):
    m = X.mean(axis=(0, 2), keepdims=True)
    return (X - m) / X.std(axis=(0, 2), keepdims=True)

# %% answer="standardised" wrong="features_mixed"
def standardised(X):
    return (X - X.mean()) / X.std()

# %% answer="standardised" wrong="features_mixed"
def standardised(X):
    return (X - np.mean(X, axis=(0, 1))) / np.std(X)

# %% answer="standardised" wrong="axis_dropped"
def standardised(X):
    return (X - X.mean(axis=1)) / X.std(axis=1)

# %% answer="standardised" wrong="axis_dropped"
def standardised(X):
    mu = np.mean(X, axis=2)
    sd = np.std(X, axis=2)
    return (X - mu) / sd

# %% answer="standardised" wrong="axis_dropped"
def standardised(X):
    mu = X.mean(axis=(1, 2))
    return (X - mu) / X.std(axis=(1, 2))

# %% answer="standardised" wrong="std_of_std"
def standardised(X):
    return (X - X.mean(axis=0).mean(axis=0)) / X.std(axis=0).std(axis=0)

# %% answer="standardised" wrong="std_of_std"
def standardised(X):
    mean = X.mean(axis=1).mean(axis=0)
    std = X.std(axis=1).mean(axis=0)
    return (X - mean) / std

# %% answer="standardised" wrong="std_of_std"
def standardised(X):
    per_step = X.mean(axis=0)
    return (X - per_step.mean(axis=0)) / per_step.std(axis=0)

# %% answer="standardised" wrong="variance_for_std"
def standardised(X):
    return (X - X.mean(axis=(0, 1))) / X.var(axis=(0, 1))

# %% answer="standardised" wrong="one_less"
def standardised(X):
    return (X - X.mean(axis=(0, 1))) / X.std(axis=(0, 1), ddof=1)

# %% answer="standardised" wrong="one_less"
def standardised(X):
    N, T, D = X.shape
    c = X - X.mean(axis=(0, 1))
    var = (c * c).sum(axis=(0, 1)) / (N * T - 1)
    return c / np.sqrt(var)

# %% answer="standardised" wrong="only_centred"
def standardised(X):
    return X - X.mean(axis=(0, 1))

# %% answer="standardised" wrong="only_centred"
def standardised(X):
    return X / X.std(axis=(0, 1))

# %% answer="standardised" wrong="brackets_missing"
def standardised(X):
    return X - X.mean(axis=(0, 1)) / X.std(axis=(0, 1))

# %% answer="standardised" wrong="brackets_missing"
def standardised(X):
    mean, std = X.mean(axis=(0, 1)), X.std(axis=(0, 1))
    X = X / std
    X = X - mean
    return X

# %% answer="standardised" wrong="sign_flipped"
def standardised(X):
    return (X.mean(axis=(0, 1)) - X) / X.std(axis=(0, 1))

# %% answer="standardised" wrong="another_scale"
def standardised(X):
    low, high = X.min(axis=(0, 1)), X.max(axis=(0, 1))
    return (X - low) / (high - low)

# %% answer="standardised" wrong="another_scale"
def standardised(X):
    c = X - X.mean(axis=(0, 1))
    return c / np.linalg.norm(c.reshape(-1, X.shape[2]), axis=0)

# %% answer="standardised" wrong="another_scale"
def standardised(X):
    c = X - X.mean(axis=(0, 1))
    return c / np.abs(c).max(axis=(0, 1))

# %% answer="standardised" wrong="epsilon_added"
def standardised(X):
    eps = 1e-3
    return (X - X.mean(axis=(0, 1))) / np.sqrt(X.var(axis=(0, 1)) + eps)

# %% answer="standardised" wrong="epsilon_added"
def standardised(X):
    return (X - X.mean(axis=(0, 1))) / (X.std(axis=(0, 1)) + 1e-5)

# %% answer="standardised" wrong="x_forgotten"
def standardised(X):
    return X.mean(axis=(0, 1))

# %% answer="standardised" wrong="x_forgotten"
def standardised(X):
    m = X.mean(axis=(0, 1), keepdims=True)
    z = (X - m) / X.std(axis=(0, 1), keepdims=True)
    return m

# %% answer="standardised" wrong="axes_as_tuple"
def standardised(X):
    return (X - X.mean(0, 1)) / X.std(0, 1)

# %% answer="standardised" wrong="axes_as_tuple"
def standardised(X):
    return (X - np.mean(X, axis=[0, 1])) / np.std(X, axis=[0, 1])

# %% answer="standardised" wrong="sizes_for_axes"
def standardised(X):
    m = X.mean(axis=3)
    s = X.std(axis=3)
    return (X - m) / s

# %% answer="standardised" wrong="argument_changed"
def standardised(X):
    X -= X.mean(axis=(0, 1))
    X /= X.std(axis=(0, 1))
    return X

# %% answer="standardised" wrong="argument_changed"
def standardised(X):
    for d in range(X.shape[2]):
        f = X[:, :, d]
        X[:, :, d] = (f - f.mean()) / f.std()
    return X

# %% answer="standardised" wrong="nothing_changed"
def standardised(X):
    for d in range(X.shape[2]):
        f = X[:, :, d]
        f = (f - f.mean()) / f.std()
    return X

# %% answer="standardised" wrong="not_cut_back"
def standardised(X):
    table = X.reshape(-1, X.shape[-1])
    return (table - table.mean(axis=0)) / table.std(axis=0)

# %% answer="standardised" wrong="reshape_for_transpose"
def standardised(X):
    D = X.shape[2]
    by_feature = X.reshape(D, -1)
    return (X - by_feature.mean(axis=1)) / by_feature.std(axis=1)

# %% answer="standardised" wrong="reshape_for_transpose"
def standardised(X):
    N, T, D = X.shape
    f = X.reshape(D, N * T)
    f = (f - f.mean(axis=1, keepdims=True)) / f.std(axis=1, keepdims=True)
    return f.reshape(N, T, D)

# %% answer="standardised" wrong="reshape_for_transpose"
def standardised(X):
    features = []
    for d in range(X.shape[2]):
        f = X[:, :, d]
        features.append((f - f.mean()) / f.std())
    return np.array(features).reshape(X.shape)

# %% answer="standardised" wrong="axes_swapped"
def standardised(X):
    features = []
    for d in range(X.shape[2]):
        f = X[:, :, d]
        features.append((f - f.mean()) / f.std())
    return np.array(features)

# %% answer="standardised" wrong="sizes_from_notebook"
def standardised(X):
    Z = np.zeros_like(X)
    for d in range(min(D, X.shape[2])):
        Z[:, :, d] = (X[:, :, d] - X[:, :, d].mean()) / X[:, :, d].std()
    return Z

# %% answer="standardised" wrong="all_zeros"
def standardised(X):
    Z = np.zeros_like(X)
    for d in range(X.shape[2]):
        z = (X[:, :, d] - X[:, :, d].mean()) / X[:, :, d].std()
    return Z

# %% answer="standardised" wrong="wrong_type"
def standardised(X):
    mean = X.mean(axis=(0, 1))
    std = X.std(axis=(0, 1))
    return (X - mean) / std, mean, std

# %% answer="standardised" wrong="extra_axis"
def standardised(X):
    return ((X - X.mean(axis=(0, 1))) / X.std(axis=(0, 1)))[None]

# %% answer="one_step" wrong="flat_index"
def one_step(X, t):
    return np.take(X, t)

# %% answer="one_step" wrong="steps_up_to_t"
def one_step(X, t):
    return X[0:t]

# %% answer="one_step" wrong="averaged_away"
def one_step(X, t):
    return X[:, t].mean(axis=0)

# %% answer="one_step" wrong="feature_picked"
def one_step(X, t):
    return X[:, 0, t]

# %% answer="one_step" wrong="feature_picked"
def one_step(X, t):
    return X[0, :, t]

# %% answer="one_step" wrong="loop_keeps_one"
def one_step(X, t):
    N, T, D = X.shape
    return X.reshape(N * T, D)[t]

# %% answer="one_step" wrong="reshape_for_transpose"
def one_step(X, t):
    N, T, D = X.shape
    return X.reshape(N * T, D)[t * N:(t + 1) * N]

# %% answer="one_step" wrong="feature_picked"
def one_step(X, t):
    return X.T[t]

# %% answer="one_step" wrong="n_t_swapped"
def one_step(X, t):
    T, N, D = X.shape
    return np.array([X[t, n] for n in range(N)])

# %% answer="one_step" wrong="wrong_type"
def one_step(X, t):
    return {n: X[n, t] for n in range(len(X))}

# %% answer="one_step" wrong="loop_keeps_one"
def one_step(X, t):
    return X[:, t].tolist()[0]

# %% answer="one_step" wrong="shape_returned"
def one_step(X, t):
    return X[:, t].shape

# %% answer="one_step" wrong="argument_ignored"
def one_step(X, t):
    return (N, D)

# %% answer="one_step" wrong="nothing_changed"
def one_step(X, t):
    return X

# %% answer="one_step" wrong="another_step"
def one_step(X, t):
    return X[:, 2]

# %% answer="one_step" wrong="name_unknown"
def one_step(X, t):
    return X[n, t]

# %% answer="one_step" wrong="n_t_swapped"
def one_step(X, t):
    return X[:][:][t]

# %% answer="one_step" wrong="wrong_type"
def one_step(X, t):
    return [X[n:t] for n in range(len(X))]

# %% answer="one_step" wrong="steps_up_to_t"
def one_step(X, t):
    return X[:t, :]

# %% answer="one_step" wrong="flattened"
def one_step(X, t):
    x = X[:, t].reshape(-1)
    return x

# %% answer="one_step" wrong="n_t_swapped"
def one_step(X, t):
    return X[t, :, :].T

# %% answer="one_step" wrong="axis_kept"
def one_step(X, t):
    return np.split(X, X.shape[1], axis=1)[t]

# %% answer="time_first" wrong="other_axes_swapped"
def time_first(X):
    return np.rollaxis(X, 2)

# %% answer="time_first" wrong="flipped"
def time_first(X):
    return X[:, :, ::-1]

# %% answer="time_first" wrong="nothing_changed"
def time_first(X):
    T, N, D = X.shape
    return X.reshape(T, N, D)

# %% answer="time_first" wrong="reshape_for_transpose"
def time_first(X):
    return np.array([x.T for x in X]).transpose(2, 0, 1).reshape(X.shape)

# %% answer="time_first" wrong="reshape_for_transpose"
def time_first(X):
    return X.transpose(1, 0, 2).reshape(X.shape)

# %% answer="time_first" wrong="reshape_for_transpose"
def time_first(X):
    N, T, D = X.shape
    return X.reshape(N * T, D).T.reshape(T, N, D)

# %% answer="time_first" wrong="other_axes_swapped"
def time_first(X):
    return [x.T for x in X.T]

# %% answer="time_first" wrong="axis_left_out"
def time_first(X):
    return X.transpose([1, 0])

# %% answer="time_first" wrong="reshape_for_transpose"
def time_first(X):
    return X.T.reshape(X.shape[1], X.shape[0], X.shape[2])

# %% answer="time_first" wrong="axes_as_arguments"
def time_first(X):
    return X.transpose("TND")

# %% answer="time_first" wrong="sizes_for_axes"
def time_first(X):
    return X.transpose(T, N, D)

# %% answer="time_first" wrong="sizes_for_axes"
def time_first(X):
    N, T, D = X.shape
    return X.transpose(T, N, D)

# %% answer="time_first" wrong="reshape_for_transpose"
def time_first(X):
    out = []
    for t in range(X.shape[1]):
        for n in range(X.shape[0]):
            out.append(X[n, t])
    return np.array(out).reshape(X.shape)

# %% answer="time_first" wrong="all_axes_reversed"
def time_first(X):
    return X.swapaxes(0, 2)

# %% answer="time_first" wrong="reshape_for_transpose"
def time_first(X):
    return X.reshape(X.shape[::-1])

# %% answer="time_first" wrong="loop_keeps_one"
def time_first(X):
    out = np.zeros((X.shape[1], X.shape[0], X.shape[2]))
    for t in range(X.shape[1]):
        out[t, :] = X[0, t]
    return out

# %% answer="time_first" wrong="n_t_swapped"
def time_first(X):
    Y = np.empty((X.shape[1], X.shape[0], X.shape[2]))
    for t in range(X.shape[1]):
        Y[t] = X[t]
    return Y

# %% answer="time_first" wrong="index_for_transpose"
def time_first(X):
    return X[1, 0, 2]

# %% answer="time_first" wrong="reshape_for_transpose"
def time_first(X):
    return X.reshape(T, N, D)

# %% answer="time_first" wrong="reshape_for_transpose"
def time_first(X):
    return np.resize(X, (X.shape[1], X.shape[0], X.shape[2]))

# %% answer="time_first" wrong="extra_axis"
def time_first(X):
    return np.array([X[:, t:t+1] for t in range(X.shape[1])])

# %% answer="time_first" wrong="steps_miscounted"
def time_first(X):
    sheets = []
    for t in range(X.shape[1] - 1):
        sheets.append(X[:, t])
    return np.array(sheets)

# %% answer="time_first" wrong="steps_miscounted"
def time_first(X):
    sheets = []
    for t in range(1, X.shape[1] + 1):
        sheets.append(X[:, t])
    return np.array(sheets)

# %% answer="time_first" wrong="flipped"
def time_first(X):
    sheets = []
    for t in range(X.shape[1]):
        sheets.insert(0, X[:, t])
    return np.array(sheets)

# %% answer="each_step_through" wrong="one_bias_for_all"
def each_step_through(X, W, b):
    return X @ W + b.sum()

# %% answer="each_step_through" wrong="bias_before_product"
def each_step_through(X, W, b):
    return X @ (W + b)

# %% answer="each_step_through" wrong="multiplied"
def each_step_through(X, W, b):
    return (X @ W) * b

# %% answer="each_step_through" wrong="weights_on_the_left"
def each_step_through(X, W, b):
    return W @ X.T + b

# %% answer="each_step_through" wrong="axis_summed_away"
def each_step_through(X, W, b):
    return X.dot(W).mean(axis=0) + b

# %% answer="each_step_through" wrong="one_number_of_each"
def each_step_through(X, W, b):
    return X @ W[:, 0] + b[0]

# %% answer="each_step_through" wrong="name_unknown"
def each_step_through(X, W, b):
    return X[:, t] @ W + b

# %% answer="each_step_through" wrong="axes_swapped"
def each_step_through(X, W, b):
    return X.transpose(1, 0, 2) @ W + b

# %% answer="each_step_through" wrong="result_like_x"
def each_step_through(X, W, b):
    Z = []
    for x in X:
        for x_t in x:
            Z.append(x_t @ W + b)
    return np.array(Z).reshape(X.shape)

# %% answer="each_step_through" wrong="sum_overwritten"
def each_step_through(X, W, b):
    Z = np.zeros((X.shape[0], X.shape[1], W.shape[1]))
    for n in range(X.shape[0]):
        for t in range(X.shape[1]):
            for m in range(W.shape[1]):
                for d in range(W.shape[0]):
                    Z[n, t, m] = X[n, t, d] * W[d, m]
    return Z + b

# %% answer="each_step_through" wrong="bias_added_again"
def each_step_through(X, W, b):
    Z = np.zeros((X.shape[0], X.shape[1], W.shape[1]))
    for d in range(W.shape[0]):
        for m in range(W.shape[1]):
            Z[:, :, m] += X[:, :, d] * W[d, m] + b[m]
    return Z

# %% answer="each_step_through" wrong="axes_swapped+steps_accumulated"
def each_step_through(X, W, b):
    h = np.zeros((X.shape[0], W.shape[1]))
    out = []
    for t in range(X.shape[1]):
        h = X[:, t] @ W + b + h
        out.append(h)
    return np.array(out)

# %% answer="each_step_through" wrong="nothing_changed"
def each_step_through(X, W, b):
    for x in X:
        x = x @ W + b
    return X

# %% answer="each_step_through" wrong="result_like_x"
def each_step_through(X, W, b):
    for t in range(X.shape[1]):
        X[:, t] = X[:, t] @ W + b
    return X

# %% answer="each_step_through" wrong="sizes_from_notebook"
def each_step_through(X, W, b):
    return [X[n] @ W + b for n in range(N)]

# %% answer="each_step_through" wrong="axes_swapped"
def each_step_through(X, W, b):
    return [(X[:, t] @ W + b) for t in range(T)]

# %% answer="each_step_through" wrong="bias_added_again"
def each_step_through(X, W, b):
    return X @ W + b + b

# %% answer="each_step_through" wrong="not_cut_back"
def each_step_through(X, W, b):
    return np.concatenate([x @ W + b for x in X])

# %% answer="each_step_through" wrong="not_cut_back"
def each_step_through(X, W, b):
    return np.concatenate([X[:, t] @ W + b for t in range(X.shape[1])])

# %% answer="each_step_through" wrong="not_cut_back"
def each_step_through(X, W, b):
    return np.concatenate([X[:, t] @ W + b for t in range(X.shape[1])], axis=1)

# %% answer="each_step_through" wrong="w_transposed"
def each_step_through(X, W, b):
    return X @ W.reshape(W.shape[1], W.shape[0]) + b

# %% answer="each_step_through" wrong="axes_swapped"
def each_step_through(X, W, b):
    return np.einsum("ntd,dm->tnm", X, W) + b

# %% answer="each_step_through" wrong="bias_dropped"
def each_step_through(X, W, b):
    return np.einsum("ntd,dm->ntm", X, W)

# %% answer="shifted" wrong="one_row_for_all"
def shifted(X, s):
    return X + s[:, 1]

# %% answer="shifted" wrong="one_row_for_all"
def shifted(X, s):
    return X + s.sum()

# %% answer="shifted" wrong="one_row_for_all"
def shifted(X, s):
    return X + s.mean()

# %% answer="shifted" wrong="broadcast_from_left"
def shifted(X, s):
    return X[:, None] + s

# %% answer="shifted" wrong="multiplied"
def shifted(X, s):
    return X @ s.T

# %% answer="shifted" wrong="multiplied"
def shifted(X, s):
    return X @ s

# %% answer="shifted" wrong="broadcast_from_left"
def shifted(X, s):
    return np.array([x + s for x in X])

# %% answer="shifted" wrong="repeated_not_cut"
def shifted(X, s):
    return X + np.repeat(s, X.shape[1])

# %% answer="shifted" wrong="repeated_not_cut"
def shifted(X, s):
    return X + np.repeat(s, X.shape[1], axis=0)

# %% answer="shifted" wrong="repeated_not_cut"
def shifted(X, s):
    return X + np.repeat(s, X.shape[1], axis=1)

# %% answer="shifted" wrong="repeated_not_cut"
def shifted(X, s):
    return X + np.tile(s, X.shape[1])

# %% answer="shifted" wrong="reshape_for_transpose"
def shifted(X, s):
    return X + np.repeat(s, X.shape[1], axis=1).reshape(X.shape)

# %% answer="shifted" wrong="not_cut_back"
def shifted(X, s):
    Y = []
    for n in range(len(X)):
        for t in range(X.shape[1]):
            Y.append(X[n, t] + s[n])
    return Y

# %% answer="shifted" wrong="argument_changed"
def shifted(X, s):
    for x, row in zip(X, s):
        x += row
    return X

# %% answer="shifted" wrong="loop_keeps_one"
def shifted(X, s):
    for n in range(X.shape[0]):
        for t in range(X.shape[1]):
            return X[n, t] + s[n]

# %% answer="shifted" wrong="n_t_swapped"
def shifted(X, s):
    N, T, D = X.shape
    Y = np.zeros_like(X)
    for t in range(T):
        for n in range(N):
            Y[n, t] = X[n, t] + s[t]
    return Y

# %% answer="shifted" wrong="appended"
def shifted(X, s):
    return np.append(X, s)

# %% answer="shifted" wrong="rolled"
def shifted(X, s):
    return np.roll(X, s, axis=1)

# %% answer="shifted" wrong="rolled"
def shifted(X, s):
    return np.roll(X, 1, axis=1)

# %% answer="shifted" wrong="new_axis_misplaced"
def shifted(X, s):
    return X + s.reshape(s.shape[1], 1, s.shape[0])

# %% answer="shifted" wrong="new_axis_misplaced"
def shifted(X, s):
    return X + s.reshape(1, s.shape[0], s.shape[1])

# %% answer="shifted" wrong="broadcast_from_left"
def shifted(X, s):
    X = X.T + s.T
    return X.T

# %% answer="shifted" wrong="appended"
def shifted(X, s):
    return np.vstack([X, s])

# %% answer="shifted" wrong="loop_keeps_one"
def shifted(X, s):
    X[:, 0] += s
    return X

# %% answer="shifted" wrong="loop_keeps_one"
def shifted(X, s):
    return [X[:, t] + s for t in range(X.shape[1])][0]

# %% answer="shifted" wrong="broadcast_from_left"
def shifted(X, s):
    X = X.reshape(-1, X.shape[2])
    return X + s

# %% answer="standardised" wrong="axis_dropped"
def standardised(X):
    return (X - X.mean(axis=(0, 1))) / X.std(axis=2)

# %% answer="standardised" wrong="one_axis_averaged"
def standardised(X):
    return (X - X.mean(axis=0)) / X.std(axis=(0, 1))

# %% answer="standardised" wrong="one_axis_averaged"
def standardised(X):
    return (X - X.mean(axis=(0, 1))) / X.std(axis=0)

# %% answer="standardised" wrong="one_axis_averaged"
def standardised(X):
    return (X - X.mean(axis=1, keepdims=True)) / X.std(axis=(0, 1))

# %% answer="standardised" wrong="another_scale"
def standardised(X):
    return (X - np.median(X, axis=(0, 1))) / X.std(axis=(0, 1))

# %% answer="standardised" wrong="std_of_std"
def standardised(X):
    Z = (X - X.mean(axis=0)) / X.std(axis=0)
    return (Z - Z.mean(axis=1, keepdims=True)) / Z.std(axis=1, keepdims=True)

# %% answer="standardised" wrong="another_scale"
def standardised(X):
    return (X - X.mean(axis=(0, 1))) * X.std(axis=(0, 1))

# %% answer="standardised" wrong="wrong_type"
def standardised(X):
    return X - X.mean(axis=(0, 1)), X.std(axis=(0, 1))

# %% answer="standardised" wrong="variance_for_std"
def standardised(X):
    return (X - X.mean(axis=(0, 1))) / np.sqrt(X.std(axis=(0, 1)))

# %% answer="standardised" wrong="method_not_called"
def standardised(X):
    return (X - X.mean(axis=(0, 1))) / X.std

# %% answer="standardised" wrong="not_cut_back+features_mixed"
def standardised(X):
    rows = X.reshape(-1, X.shape[2])
    return (rows - rows.mean()) / rows.std()

# %% answer="standardised" wrong="features_mixed"
def standardised(X):
    rows = X.reshape(-1, X.shape[2])
    rows = (rows - rows.mean(axis=1, keepdims=True)) / rows.std(axis=1, keepdims=True)
    return rows.reshape(X.shape)

# %% answer="standardised" wrong="reshape_for_transpose"
def standardised(X):
    rows = X.reshape(-1, X.shape[2])
    rows = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    return rows.reshape(X.shape[1], X.shape[0], X.shape[2])

# %% answer="standardised" wrong="n_d_swapped"
def standardised(X):
    for d in range(X.shape[2]):
        mu = X[d].mean()
        sd = X[d].std()
        X[d] = (X[d] - mu) / sd
    return X

# %% answer="standardised" wrong="concatenated"
def standardised(X):
    out = []
    for d in range(X.shape[2]):
        f = X[:, :, d]
        out.append((f - f.mean()) / f.std())
    return np.concatenate(out)

# %% answer="standardised" wrong="count_wrong"
def standardised(X):
    mean = X.sum(axis=(0, 1)) / len(X)
    return (X - mean) / X.std(axis=(0, 1))

# %% answer="standardised" wrong="another_scale"
def standardised(X):
    mean = X.mean(axis=(0, 1))
    std = np.sqrt(((X - mean) ** 2).sum(axis=(0, 1)))
    return (X - mean) / std

# %% answer="standardised" wrong="count_wrong"
def standardised(X):
    mean = X.mean(axis=(0, 1))
    std = np.sqrt(((X - mean) ** 2).sum(axis=(0, 1)) / len(X))
    return (X - mean) / std

# %% answer="standardised" wrong="another_scale"
def standardised(X):
    mean = X.mean(axis=(0, 1))
    std = np.abs(X - mean).mean(axis=(0, 1))
    return (X - mean) / std

# %% answer="standardised" wrong="axes_swapped"
def standardised(X):
    Z = X
    Z = Z - Z.mean((0, 1))
    Z /= X.std((0, 1))
    return Z.T

# %% answer="standardised" wrong="x_forgotten"
def standardised(X):
    mu, sd = X.mean(axis=(0, 1)), X.std(axis=(0, 1))
    return ((X - mu) / sd).mean(axis=(0, 1))

# %% answer="standardised" wrong="loop_keeps_one"
def standardised(X):
    mu, sd = X.mean(axis=(0, 1)), X.std(axis=(0, 1))
    Z = np.zeros_like(X)
    for n in range(X.shape[0]):
        for t in range(X.shape[1]):
            z = (X[n, t] - mu) / sd
    return z

# %% answer="standardised" wrong="std_of_std"
def standardised(X):
    mean = np.mean(X, axis=0, keepdims=True)
    mean = np.mean(mean, axis=1, keepdims=True)
    std = np.std(X, axis=0, keepdims=True)
    std = np.std(std, axis=1, keepdims=True)
    return (X - mean) / std

# %% answer="standardised" wrong="name_unknown"
def standardised(X):
    return (X - mean) / std

# %% answer="standardised" wrong="features_mixed"
def standardised(X):
    return (X - X.mean(axis=(1, 2), keepdims=True)) / X.std(axis=(1, 2), keepdims=True)

# %% answer="time_first" wrong="shape_returned"
def time_first(X):
    N, T, D = X.shape
    return (T, N, D)

# %% answer="each_step_through" wrong="shape_returned"
def each_step_through(X, W, b):
    return (X @ W + b).shape

# %% answer="shifted" wrong="shape_returned"
def shifted(X, s):
    moved = X + s[:, None]
    print(moved)
    return moved.shape

# %% answer="standardised" wrong="shape_returned"
def standardised(X):
    return X.shape

# %% answer="one_step" wrong="extra_axis"
def one_step(X, t):
    return X[None, :, t]

# %% answer="one_step" wrong="flattened"
def one_step(X, t):
    return X.reshape(X.shape[1], -1)[t]

# %% answer="one_step" wrong="n_t_swapped"
def one_step(X, t):
    return X[: , : , : ][t]

# %% answer="one_step" wrong="feature_picked"
def one_step(X, t):
    slab = []
    for n in range(X.shape[0]):
        slab.append(X[n][:, t])
    return slab

# %% answer="one_step" wrong="averaged_away"
def one_step(X, t):
    return X.mean(axis=1)

# %% answer="one_step" wrong="averaged_away"
def one_step(X, t):
    return X.sum(axis=t)

# %% answer="one_step" wrong="flattened"
def one_step(X, t):
    return np.concatenate([x[t] for x in X])

# %% answer="one_step" wrong="loop_keeps_one"
def one_step(X, t):
    return X[1, t]

# %% answer="one_step" wrong="name_unknown"
def one_step(X, t):
    return x[:, t]

# %% answer="one_step" wrong="n_t_swapped"
def one_step(X, t):
    return X[X.shape[0], t]

# %% answer="time_first" wrong="reshape_for_transpose"
def time_first(X):
    return X.reshape(-1, X.shape[0], X.shape[2])

# %% answer="time_first" wrong="concatenated"
def time_first(X):
    return np.concatenate([x[:, None] for x in X], axis=0)

# %% answer="time_first" wrong="wrong_type"
def time_first(X):
    return {t: X[:, t] for t in range(X.shape[1])}

# %% answer="time_first" wrong="returns_nothing"
def time_first(X):
    X = X.transpose(1, 0, 2)

# %% answer="time_first" wrong="loop_keeps_one"
def time_first(X):
    return np.array([X[:, 0] for t in range(X.shape[1])])

# %% answer="time_first" wrong="axes_as_arguments"
def time_first(X):
    return np.transpose(X, 1, 0, 2)

# %% answer="time_first" wrong="axes_as_arguments"
def time_first(X):
    return np.swapaxes(X, (0, 1))

# %% answer="time_first" wrong="axes_as_arguments"
def time_first(X):
    return X.transpose(axis=(1, 0, 2))

# %% answer="time_first" wrong="new_box_mixed_up"
def time_first(X):
    Y = np.zeros((X.shape[1], X.shape[0], X.shape[2]))
    for n in range(X.shape[0]):
        for t in range(X.shape[1]):
            Y[n, t] = X[n, t]
    return Y

# %% answer="time_first" wrong="new_box_mixed_up"
def time_first(X):
    Y = X.copy()
    for n in range(X.shape[0]):
        for t in range(X.shape[1]):
            Y[t, n] = X[n, t]
    return Y

# %% answer="time_first" wrong="flattened"
def time_first(X):
    out = np.array([])
    for t in range(X.shape[1]):
        out = np.append(out, X[:, t])
    return out

# %% answer="time_first" wrong="other_axes_swapped"
def time_first(X):
    out = []
    for t in range(X.shape[1]):
        out.append(list(X[:, t].T))
    return np.array(out)

# %% answer="time_first" wrong="shape_returned"
def time_first(X):
    return X.shape[1], X.shape[0], X.shape[2]

# %% answer="each_step_through" wrong="multiplied"
def each_step_through(X, W, b):
    return X @ W @ b

# %% answer="each_step_through" wrong="elementwise_product"
def each_step_through(X, W, b):
    return W * X + b

# %% answer="each_step_through" wrong="elementwise_product"
def each_step_through(X, W, b):
    out = []
    for t in range(X.shape[1]):
        out.append(X[:, t] * W + b)
    return out

# %% answer="each_step_through" wrong="bias_as_column"
def each_step_through(X, W, b):
    out = []
    for x in X:
        out.append(x @ W)
    return np.array(out) + b[:, None]

# %% answer="each_step_through" wrong="unnamed"
def each_step_through(X, W, b):
    return (X @ W) + np.ones(X.shape) * b

# %% answer="each_step_through" wrong="loop_keeps_one"
def each_step_through(X, W, b):
    for n in range(X.shape[0]):
        for t in range(X.shape[1]):
            z = X[n, t] @ W + b
    return z

# %% answer="each_step_through" wrong="loop_keeps_one"
def each_step_through(X, W, b):
    return [x_t @ W + b for x_t in X[0]]

# %% answer="each_step_through" wrong="result_like_x"
def each_step_through(X, W, b):
    N, T, D = X.shape
    Z = np.zeros((N, T, D))
    for n in range(N):
        Z[n] = X[n] @ W + b
    return Z

# %% answer="each_step_through" wrong="n_t_swapped"
def each_step_through(X, W, b):
    N, T, D = X.shape
    Z = np.zeros((T, N, W.shape[1]))
    for n in range(N):
        for t in range(T):
            Z[n, t] = X[n, t] @ W + b
    return Z

# %% answer="each_step_through" wrong="all_axes_reversed"
def each_step_through(X, W, b):
    return X.T @ W.T + b

# %% answer="each_step_through" wrong="weights_on_the_left"
def each_step_through(X, W, b):
    return (W.T @ X.T).T + b

# %% answer="each_step_through" wrong="axis_summed_away"
def each_step_through(X, W, b):
    return X.sum(axis=1) @ W + b

# %% answer="each_step_through" wrong="multiplied"
def each_step_through(X, W, b):
    return (X @ W) / b

# %% answer="each_step_through" wrong="one_bias_for_all"
def each_step_through(X, W, b):
    Z = np.zeros((X.shape[0], X.shape[1], b.shape[0]))
    for t in range(X.shape[1]):
        Z[:, t] = X[:, t] @ W + b[t]
    return Z

# %% answer="each_step_through" wrong="bias_added_again"
def each_step_through(X, W, b):
    Z = X @ W
    for t in range(X.shape[1]):
        Z += b
    return Z

# %% answer="each_step_through" wrong="n_t_swapped"
def each_step_through(X, W, b):
    for t in range(X.shape[1]):
        step = X[t]
        out = step @ W + b
    return out

# %% answer="shifted" wrong="new_axis_misplaced"
def shifted(X, s):
    return X + s[:, None].T

# %% answer="shifted" wrong="name_unknown"
def shifted(X, s):
    return X + s[n]

# %% answer="shifted" wrong="new_axis_misplaced"
def shifted(X, s):
    return X + s.reshape(s.shape[0], s.shape[1], 1)

# %% answer="shifted" wrong="loop_keeps_one"
def shifted(X, s):
    X2 = np.zeros_like(X)
    for n in range(X.shape[0]):
        X2 = X[n] + s[n]
    return X2

# %% answer="shifted" wrong="sizes_from_notebook"
def shifted(X, s):
    return np.array([X[n] + s[n] for n in range(4)])

# %% answer="shifted" wrong="axes_swapped"
def shifted(X, s):
    return np.array([[X[n, t] + s[n] for n in range(X.shape[0])] for t in range(X.shape[1])])

# %% answer="shifted" wrong="n_t_swapped"
def shifted(X, s):
    return np.array([X[n] + s[n] for n in range(X.shape[1])])

# %% answer="shifted" wrong="new_axis_misplaced"
def shifted(X, s):
    return [X + s[n] for n in range(len(s))]

# %% answer="shifted" wrong="one_row_for_all"
def shifted(X, s):
    for n in range(len(s)):
        X = X + s[n]
    return X

# %% answer="shifted" wrong="axes_swapped"
def shifted(X, s):
    return X.transpose(0, 2, 1) + s[:, :, None]

# %% answer="shifted" wrong="new_axis_misplaced"
def shifted(X, s):
    return X + np.stack([s] * X.shape[1])

# %% answer="shifted" wrong="reshape_for_transpose"
def shifted(X, s):
    return X + np.array([s] * X.shape[1]).reshape(X.shape)

# %% answer="shifted" wrong="appended"
def shifted(X, s):
    return np.concatenate((X, s), axis=1)

# %% answer="shifted" wrong="broadcast_from_left"
def shifted(X, s):
    Y = X.copy()
    Y[:, :, 0] += s
    return Y

# %% answer="shifted" wrong="n_t_swapped"
def shifted(X, s):
    Y = X.copy()
    for n in range(X.shape[0]):
        Y[:, n] += s[n]
    return Y

# %% answer="shifted" wrong="loop_keeps_one"
def shifted(X, s):
    Y = X.copy()
    Y[0] += s[0]
    return Y

# %% answer="shifted" wrong="argument_changed"
def shifted(X, s):
    Y = X[:]
    Y += s[:, None]
    return Y

# %% answer="shifted" wrong="argument_ignored"
def shifted(X, s):
    return s[:, None]

# %% answer="shifted" wrong="broadcast_from_left"
def shifted(X, s):
    return X + s[:None]

# %% answer="shifted" wrong="new_axis_misplaced"
def shifted(X, s):
    return X + s[:, 1:2]

# %% answer="shifted" wrong="wrong_type"
def shifted(X, s):
    return X, s[:, None]

# %% answer="standardised" wrong="axis_dropped"
def standardised(X):
    return (X - X.mean(0).mean(1)) / X.std()

# %% answer="standardised" wrong="brackets_missing"
def standardised(X):
    return X - X.mean(axis=(0, 1)) / X.std(axis=(0, 1))

# %% answer="standardised" wrong="features_mixed"
def standardised(X):
    return (X - X.mean()) / X.std(axis=(0, 1))

# %% answer="standardised" wrong="features_mixed"
def standardised(X):
    m = X.mean(axis=2)
    s = X.std(axis=2)
    return (X - m[..., None]) / s[..., None]

# %% answer="standardised" wrong="one_axis_averaged"
def standardised(X):
    m = X.mean(axis=1)
    s = X.std(axis=1)
    return (X - m[:, None]) / s[:, None]

# %% answer="standardised" wrong="features_mixed"
def standardised(X):
    Z = X.copy()
    for n in range(X.shape[0]):
        for t in range(X.shape[1]):
            Z[n, t] = (X[n, t] - X[n, t].mean()) / X[n, t].std()
    return Z

# %% answer="standardised" wrong="loop_keeps_one"
def standardised(X):
    for d in range(X.shape[2]):
        Z = (X[:, :, d] - X[:, :, d].mean()) / X[:, :, d].std()
    return Z

# %% answer="standardised" wrong="loop_keeps_one"
def standardised(X):
    for d in range(X.shape[2]):
        Z = X.copy()
        Z[:, :, d] = (X[:, :, d] - X[:, :, d].mean()) / X[:, :, d].std()
    return Z

# %% answer="standardised" wrong="n_d_swapped"
def standardised(X):
    Z = X.copy()
    for d in range(X.shape[0]):
        Z[:, :, d] = (X[:, :, d] - X[:, :, d].mean()) / X[:, :, d].std()
    return Z

# %% answer="standardised" wrong="n_d_swapped"
def standardised(X):
    Z = X.copy()
    for d in range(X.shape[2]):
        Z[d] = (X[:, :, d] - X[:, :, d].mean()) / X[:, :, d].std()
    return Z

# %% answer="standardised" wrong="sizes_from_notebook"
def standardised(X):
    Z = X.copy()
    for d in range(3):
        Z[:, :, d] = (X[:, :, d] - X[:, :, d].mean()) / X[:, :, d].std()
    return Z

# %% answer="standardised" wrong="x_forgotten"
def standardised(X):
    m, s = X.mean(axis=(0, 1)), X.std(axis=(0, 1))
    return m, s

# %% answer="standardised" wrong="axes_swapped+features_mixed"
def standardised(X):
    X = X.T
    return (X - X.mean(axis=(0, 1))) / X.std(axis=(0, 1))

# %% answer="standardised" wrong="rounded"
def standardised(X):
    return np.round((X - X.mean(axis=(0, 1))) / X.std(axis=(0, 1)), 3)

# %% answer="standardised" wrong="one_axis_averaged"
def standardised(X):
    m = np.mean(X, axis=0 and 1)
    return (X - m) / np.std(X, axis=0 and 1)

# %% answer="standardised" wrong="features_mixed"
def standardised(X):
    Z = X - X.mean(axis=(0, 1))
    Z = Z / Z.std()
    return Z

# %% answer="standardised" wrong="features_mixed"
def standardised(X):
    Z = X / X.std(axis=(0, 1))
    return Z - Z.mean()

# %% answer="standardised" wrong="new_axis_misplaced"
def standardised(X):
    m = X.mean(axis=(0, 1)).reshape(-1, 1)
    return (X - m) / X.std(axis=(0, 1)).reshape(-1, 1)

# %% answer="time_first" wrong="sizes_from_notebook"
def time_first(X):
    out = np.zeros((T, N, D))
    for t in range(T):
        out[t] = X[:, t]
    return out

# %% answer="time_first" wrong="returns_nothing"
def time_first(X):
    X[:, 0]

# %% answer="shifted" wrong="returns_nothing"
def shifted(X, s):
    X + s[:, None]

# %% answer="standardised" wrong="sizes_from_notebook"
def standardised(X):
    Z = np.zeros((N, T, D))
    for d in range(D):
        Z[:, :, d] = (X[:, :, d] - X[:, :, d].mean()) / X[:, :, d].std()
    return Z

# %% answer="predicted" wrong="wrong_axis_dropped"
predicted = {
    "X[0]": (N, D), "X[:, 2]": (N, D), "X[0, 2]": (D,), "X[:, 2:3]": (N, 1, D), "X[..., 1]": (N, T),
    "X[0] @ W": (N, M), "X @ W": (N, T, M), "X @ W + b": (N, T, M), "X + s[:, None]": (N, T, D),
    "X.sum(axis=1)": (N, D), "X.mean(axis=(0, 1))": (D,), "X.mean(axis=1, keepdims=True)": (N, 1, D), "X.max()": (),
}

# %% answer="one_step" wrong="first_turn_missing"
def one_step(X, t):
    N, _, D = X.shape
    res = np.zeros((N, D))
    for n in range(1, N):
        res[n, :] = X[n, t, :]
    return res

# %% answer="one_step" wrong="loop_keeps_one"
def one_step(X, t):
    N, T, D = X.shape
    slab = np.zeros((N, D))
    for n in range(N):
        for d in range(D):
            slab[n, d] = X[n, t, 0]
    return slab

# %% answer="time_first" wrong="new_box_mixed_up"
def time_first(X):
    N, T, D = X.shape
    out = np.zeros((N, T, D))
    for t in range(T):
        for n in range(N):
            out[t, n] = X[n, t]
    return out

# %% answer="time_first" wrong="place_beside"
def time_first(X):
    N, T, D = X.shape
    out = np.empty((T, N, D))
    for t in range(T):
        for n in range(N):
            out[t, n] = X[n, t - 1]
    return out

# %% answer="time_first" wrong="argument_changed"
def time_first(X):
    N, T, D = X.shape
    out = X.reshape(T, N, D)
    for t in range(T):
        for n in range(N):
            out[t, n] = X[n, t]
    return out

# %% answer="one_step" wrong="step_removed"
def one_step(X, t):
    return np.delete(X, t, axis=1)

# %% answer="each_step_through" wrong="sum_incomplete"
def each_step_through(X, W, b):
    N, T, D = X.shape
    M = b.shape[0]
    res = np.empty((N, T, M))
    for n in range(N):
        for t in range(T):
            for m in range(M):
                total = b[m]
                for d in range(1, D):
                    total += X[n, t, d] * W[d, m]
                res[n, t, m] = total
    return res

# %% answer="standardised" wrong="new_axis_misplaced"
def standardised(X):
    m = X.mean(axis=(0, 1))[:, None]
    s = X.std(axis=(0, 1))[:, None]
    return (X - m) / s
