# ---
# name: Chen W.
# note: everything right; a class with a step method, used for one sample and for the batch
# attempts:
#   predicted: [right]
#   rnn_by_hand: [right]
# ---

# %% answer="predicted"
predicted = dict()
for key, shape in zip(["X", "x", "x[t]"], [(N, T, D), (T, D), (D,)]):
    predicted[key] = shape
predicted["h"] = (M,)
predicted["yhat"] = (K,)
predicted["Yhat"] = (N, K)
predicted["Yhats"] = (N, T, K)

# %% answer="name_weights"
def name_weights(weights: list, D: int, M: int, K: int) -> dict:
    def which(w: np.ndarray) -> str:
        if w.ndim == 1:
            return "bh" if w.shape[0] == M else "bo"
        if w.shape[0] == w.shape[1]:
            return "Wh"
        return "Wx" if w.shape == (D, M) else "Wo"

    return {which(w): w for w in weights}

# %% answer="rnn_by_hand"
class Net:
    def __init__(self, Wx, Wh, bh, Wo, bo):
        self.weights = Wx, Wh, bh, Wo, bo
        self.state = None

    def step(self, x_t):
        Wx, Wh, bh, Wo, bo = self.weights
        if self.state is None:
            self.state = np.zeros(x_t.shape[:-1] + bh.shape)
        self.state = np.tanh(x_t @ Wx + self.state @ Wh + bh)
        return self.state @ Wo + bo


def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    net = Net(Wx, Wh, bh, Wo, bo)
    return np.array([net.step(x_t) for x_t in x])

# %% answer="rnn_by_hand_batched"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    net = Net(Wx, Wh, bh, Wo, bo)
    for x_t in X.transpose(1, 0, 2):
        y = net.step(x_t)      # (N, K)
    return y
