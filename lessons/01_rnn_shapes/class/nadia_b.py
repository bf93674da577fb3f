# ---
# name: Nadia B.
# note: M where K belongs in the predicted shapes; the batched answer returns the whole sequence
# ---

# %% answer="predicted"
predicted = {
    "X": (4, 7, 3),
    "x": (7, 3),
    "x[t]": (3,),
    "h": (5,),
    "yhat": (5,),
    "Yhat": (4, 5),
    "Yhats": (4, 7, 5),
}

# %% answer="name_weights"
def name_weights(weights, D, M, K):
    Ws = {w.shape: w for w in weights}
    names = ["Wx", "Wh", "bh", "Wo", "bo"]
    keys = [(D, M), (M, M), (M,), (M, K), (K,)]
    return {n: Ws[k] for n, k in zip(names, keys)}

# %% answer="rnn_by_hand"
def one_step(xt, h, Wx, Wh, bh):
    return np.tanh(np.matmul(xt, Wx) + np.matmul(h, Wh) + bh)

def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for i in range(len(x)):
        h = one_step(x[i], h, Wx, Wh, bh)
        Y.append(np.matmul(h, Wo) + bo)
    return np.stack(Y)

# %% answer="rnn_by_hand_batched"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    Y = np.zeros((X.shape[0], X.shape[1], Wo.shape[1]))
    for i in range(X.shape[1]):
        h = one_step(X[:, i], h, Wx, Wh, bh)
        Y[:, i, :] = np.matmul(h, Wo) + bo
    return Y
