# ---
# name: Wanjiru M.
# note: a colon is missing in rnn_by_hand (syntax error); the rest right
# ---

# %% answer="predicted"
shape_X = (N, T, D)
predicted = {"X": shape_X, "x": shape_X[1:], "x[t]": shape_X[2:], "h": (M,), "yhat": (K,),
             "Yhat": (N, K), "Yhats": shape_X[:2] + (K,)}

# %% answer="name_weights"
def name_weights(weights, D, M, K):
    def is_it(w, *shape):
        return w.shape == shape
    named = {}
    for w in weights:
        if is_it(w, D, M):
            named["Wx"] = w
        elif is_it(w, M, M):
            named["Wh"] = w
        elif is_it(w, M, K):
            named["Wo"] = w
        elif is_it(w, M):
            named["bh"] = w
        elif is_it(w, K):
            named["bo"] = w
    return named

# %% answer="rnn_by_hand"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h_last = np.zeros(Wh.shape[0])
    Yhats = []
    for t in range(x.shape[0])
        h = np.tanh(x[t] @ Wx + h_last @ Wh + bh)
        Yhats.append(h @ Wo + bo)
        h_last = h
    return np.array(Yhats)

# %% answer="rnn_by_hand_batched"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h_last = np.zeros((len(X), len(Wh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h_last @ Wh + bh)
        h_last = h
    return h_last @ Wo + bo
