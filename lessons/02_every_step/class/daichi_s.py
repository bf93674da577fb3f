# ---
# name: Daichi S.
# note: everything right; a class in float32
# ---

# %% answer="predicted"
predicted = {
    "H": (N, T, M), "h": (N, M), "Yhats": (N, T, K), "Yhat": (N, K), "Wo": (M, K),
    "Y_film": (N, T, K), "Y_frame": (N, K), "c_film": (N, T), "c_frame": (N,),
}

# %% answer="every_state"
class Network:
    def __init__(self, Wx, Wh, bh):
        self.Wx, self.Wh, self.bh = (np.float32(w) for w in (Wx, Wh, bh))

    def film(self, X):
        X = np.float32(X)
        h = np.zeros((len(X), len(self.bh)), np.float32)
        for t in range(X.shape[1]):
            h = np.tanh(X[:, t] @ self.Wx + h @ self.Wh + self.bh)
            yield h

def every_state(X, Wx, Wh, bh):
    return np.stack(list(Network(Wx, Wh, bh).film(X)), axis=1)

# %% answer="classify_every_step"
def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    e = np.exp(every_state(X, Wx, Wh, bh) @ Wo + bo)
    return e / e.sum(axis=-1, keepdims=True)

# %% answer="last_position"
def last_position(H, Wo, bo):
    return np.take(H, -1, axis=1).dot(Wo) + bo

# %% answer="keras_mse"
def keras_mse(Y, Yhats):
    return np.mean(np.square(Yhats - Y[:, None]))
