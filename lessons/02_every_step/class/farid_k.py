# ---
# name: Farid K.
# note: time comes first in his film, and so in his classes; the rest right
# ---

# %% answer="predicted"
predicted = {
    "H": (N, T, M), "h": (N, M), "Yhats": (N, T, K), "Yhat": (N, K), "Wo": (M, K),
    "Y_film": (N, T, K), "Y_frame": (N, K), "c_film": (N, T), "c_frame": (N,),
}

# %% answer="every_state"
def every_state(X, Wx, Wh, bh):
    state = np.zeros((X.shape[0], len(bh)))
    film = []
    for t in range(X.shape[1]):
        state = np.tanh(X[:, t] @ Wx + state @ Wh + bh)
        film.append(state)
    return np.array(film)

# %% answer="classify_every_step"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    e = np.exp(every_state(X, Wx, Wh, bh) @ Wo + bo)
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="last_position"
def last_position(H, Wo, bo):
    return H[:, -1] @ Wo + bo

# %% answer="keras_mse"
def keras_mse(Y, Yhats):
    return np.mean((Yhats[:, :, 0] - Y) ** 2)
