# ---
# name: Dilnoza K.
# note: everything right, but the bonus loops over the samples
# ---

# %% answer="predicted"
predicted = {
    "X": [N, T, D],
    "x": [T, D],
    "x[t]": [D],
    "h": [M],
    "yhat": [K],
    "Yhat": [N, K],
    "Yhats": [N, T, K],
}

# %% answer="name_weights"
def name_weights(weights, D, M, K):
    result = {"Wx": None, "Wh": None, "bh": None, "Wo": None, "bo": None}
    for w in weights:
        if w.shape == (M,):
            result["bh"] = w
        if w.shape == (K,):
            result["bo"] = w
        if w.shape == (D, M):
            result["Wx"] = w
        if w.shape == (M, K):
            result["Wo"] = w
        if w.shape == (M, M):
            result["Wh"] = w
    return result

# %% answer="rnn_by_hand"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    # textbook notation: h = tanh(U x + W h + b), y = V h + c
    U, W, V = Wx.T, Wh.T, Wo.T
    b, c = bh[:, None], bo[:, None]
    h = np.zeros((W.shape[0], 1))
    columns = []
    for t in range(x.shape[0]):
        h = np.tanh(U @ x[t][:, None] + W @ h + b)
        columns.append(V @ h + c)
    return np.hstack(columns).T

# %% answer="rnn_by_hand_batched"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    last = [rnn_by_hand(X[n], Wx, Wh, bh, Wo, bo)[-1] for n in range(X.shape[0])]
    return np.array(last)
