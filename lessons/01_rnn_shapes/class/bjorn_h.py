# ---
# name: Bjørn H.
# note: everything right; preallocated states, bonus over swapped axes
# attempts:
#   rnn_by_hand: [wh_transposed, wh_transposed, bias_dropped, right, right]
#   rnn_by_hand_batched: [state_leaks, right]
# ---

# %% answer="predicted"
predicted = {"X": (4, 7, 3), "x": (7, 3), "x[t]": (3,), "h": (5,), "yhat": (2,), "Yhat": (4, 2), "Yhats": (4, 7, 2)}

# %% answer="name_weights"
def name_weights(weights, D, M, K):
    by_shape = {w.shape: w for w in weights}
    return {
        "Wx": by_shape[(D, M)],
        "Wh": by_shape[(M, M)],
        "bh": by_shape[(M,)],
        "Wo": by_shape[(M, K)],
        "bo": by_shape[(K,)],
    }

# %% answer="rnn_by_hand"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    steps, hidden = x.shape[0], Wh.shape[0]
    states = np.zeros((steps + 1, hidden))
    for t in range(steps):
        states[t + 1] = np.tanh(np.dot(x[t], Wx) + np.dot(states[t], Wh) + bh)
    return np.dot(states[1:], Wo) + bo

# %% answer="rnn_by_hand_batched"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    X = X.swapaxes(0, 1)
    states = np.zeros((X.shape[0] + 1, X.shape[1], Wh.shape[0]))
    for t in range(X.shape[0]):
        states[t + 1] = np.tanh(np.dot(X[t], Wx) + np.dot(states[t], Wh) + bh)
    return np.dot(states[-1], Wo) + bo
