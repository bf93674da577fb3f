# ---
# name: Oisín C.
# note: takes the weights in Keras's order; relu in place of tanh
# ---

# %% answer="predicted"
predicted = {"X": (N, T, D), "x": (T, D), "x[t]": (D,), "h": (M,), "yhat": (K,), "Yhat": (N, K), "Yhats": tuple([N, T, K])}

# %% answer="name_weights"
def name_weights(weights, D, M, K):
    # get_weights always gives kernel, recurrent kernel, bias, then the Dense ones
    names = ("Wx", "Wh", "bh", "Wo", "bo")
    return {names[i]: weights[i] for i in range(5)}

# %% answer="rnn_by_hand"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    preds = []
    for t in range(x.shape[0]):
        z = x[t] @ Wx + h @ Wh + bh
        h = np.where(z > 0, z, 0.0)
        preds.append(h @ Wo + bo)
    return np.array(preds)

# %% answer="rnn_by_hand_batched"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    for t in range(X.shape[1]):
        z = X[:, t] @ Wx + h @ Wh + bh
        h = np.where(z > 0, z, 0.0)
    return h @ Wo + bo
