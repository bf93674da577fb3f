# ---
# name: Anneke D.
# note: a while loop without an end in the bonus; all else is right
# ---

# %% answer="predicted"
predicted = {
    "X": (N, T, D),
    "x": (T, D),
    "x[t]": (D,),
    "h": (M,),
    "yhat": (K,),
    "Yhat": (N, K),
    "Yhats": (N, T, K),
}

# %% answer="name_weights"
def name_weights(weights, D, M, K):
    out = {}
    for w in weights:
        if w.shape == (D, M): out["Wx"] = w
        elif w.shape == (M, M): out["Wh"] = w
        elif w.shape == (M,): out["bh"] = w
        elif w.shape == (M, K): out["Wo"] = w
        else: out["bo"] = w
    return out

# %% answer="rnn_by_hand"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(len(Wh))
    ys = []
    t = 0
    while t < len(x):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        ys.append(h @ Wo + bo)
        t += 1
    return np.stack(ys)

# %% answer="rnn_by_hand_batched"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    H = np.zeros((X.shape[0], len(Wh)))
    t = 0
    while t < X.shape[1]:
        H = np.tanh(X[:, t] @ Wx + H @ Wh + bh)
    return H @ Wo + bo
