# ---
# name: Yusuf O.
# note: results stored in an array of integers; return_sequences forgotten in the predicted shapes
# ---

# %% answer="predicted"
predicted = {
    "X": (N, T, D),
    "x": (T, D),
    "x[t]": (D,),
    "h": (M,),
    "yhat": (K,),
    "Yhat": (N, K),
    "Yhats": (N, K),
}

# %% answer="name_weights"
def name_weights(weights, D, M, K):
    two_d = [w for w in weights if w.ndim == 2]
    one_d = [w for w in weights if w.ndim == 1]
    return {
        "Wx": [w for w in two_d if w.shape[0] == D][0],
        "Wh": [w for w in two_d if w.shape[0] == w.shape[1]][0],
        "bh": [w for w in one_d if w.shape[0] == M][0],
        "Wo": [w for w in two_d if w.shape[1] == K][0],
        "bo": [w for w in one_d if w.shape[0] == K][0],
    }

# %% answer="rnn_by_hand"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    yhats = np.full((x.shape[0], bo.shape[0]), 0)
    h = np.full(bh.shape[0], 0.0)
    for t in range(x.shape[0]):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        yhats[t] = h @ Wo + bo
    return yhats

# %% answer="rnn_by_hand_batched"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.full((X.shape[0], bh.shape[0]), 0.0)
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h @ Wo + bo
