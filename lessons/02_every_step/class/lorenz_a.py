# ---
# name: Lorenz A.
# note: unfinished; the shapes of the states, and the film
# ---

# %% answer="predicted"
predicted = {
    "H": (N, T, M), "h": (N, M), "Yhats": ..., "Yhat": ..., "Wo": ...,
    "Y_film": ..., "Y_frame": ..., "c_film": ..., "c_frame": ...,
}

# %% answer="every_state"
def every_state(X, Wx, Wh, bh):
    h = np.zeros((len(X), len(bh)))
    frames = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        frames.append(h)
    return np.stack(frames, axis=1)
