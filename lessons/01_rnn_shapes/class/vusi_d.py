# ---
# name: Vusi D.
# corrupt: true
# note: the upload broke off, the file is cut in half
# ---

# %% answer="predicted"
predicted = {"X": (4, 7, 3), "x": (7, 3), "x[t]": (3,), "h": (5,),
             "yhat": (2,), "Yhat": (4, 2), "Yhats": (4, 7, 2)}

# %% answer="name_weights"
def name_weights(weights, D, M, K):
    labels = {(D, M): "Wx", (M, M): "Wh", (M,): "bh", (M, K): "Wo", (K,): "bo"}
    return dict((labels[w.shape], w) for w in weights)

# %% answer="rnn_by_hand"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    state, ys = np.zeros(len(bh)), []
    for t in range(len(x)):
        state = np.tanh(x[t].dot(Wx) + state.dot(Wh) + bh)
        ys.append(state.dot(Wo) + bo)
    return np.array(ys)
