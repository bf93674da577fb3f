# ---
# name: Giulia R.
# note: everything right; float32 and row vectors, the bonus is a double loop
# attempts:
#   rnn_by_hand: [bias_dropped, right]
#   rnn_by_hand_batched: ["?", "?", "?", right]
# ---

# %% answer="predicted"
a, b, c = 4, 7, 3
predicted = {"X": (a, b, c), "x": (b, c), "x[t]": (c,), "h": (5,), "yhat": (2,), "Yhat": (a, 2), "Yhats": (a, b, 2)}
print(predicted)

# %% answer="name_weights"
def name_weights(weights, D, M, K):
    shapes = list(map(np.shape, weights))
    at = shapes.index
    return dict(
        Wx=weights[at((D, M))], Wh=weights[at((M, M))], bh=weights[at((M,))],
        Wo=weights[at((M, K))], bo=weights[at((K,))],
    )

# %% answer="rnn_by_hand"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    x = np.float32(x)
    T, D = x.shape
    M, K = Wo.shape
    h_last = np.zeros((1, M), np.float32)
    Yhats = np.zeros((T, K), np.float32)
    for t in range(T):
        xt = x[t].reshape((1, D))
        h = np.tanh(np.matmul(xt, Wx) + np.matmul(h_last, Wh) + bh)   # (1, M)
        Yhats[t] = (np.matmul(h, Wo) + bo).reshape(K)
        h_last = h
    return Yhats

# %% answer="rnn_by_hand_batched"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    M, K = Wo.shape
    Yhat = np.zeros((N, K))
    for n in range(N):
        h_last = np.zeros(M)
        for t in range(T):
            h_last = np.tanh(X[n][t] @ Wx + h_last @ Wh + bh)
        Yhat[n, :] = h_last @ Wo + bo
    return Yhat
