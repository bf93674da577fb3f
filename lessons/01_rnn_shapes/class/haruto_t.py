# ---
# name: Haruto T.
# note: everything right; input and state joined into one vector, bonus the same way
# attempts:
#   rnn_by_hand: [wh_transposed, "?", right]
# ---

# %% answer="predicted"
predicted = {'X': (N, T, D), 'x': (T, D), 'x[t]': (D,), 'h': (M,), 'yhat': (K,), 'Yhat': (N, K), 'Yhats': (N, T, K)}

# %% answer="name_weights"
def name_weights(weights, D, M, K):
    pick = lambda *shape: next(w for w in weights if w.shape == shape)
    return {'Wx': pick(D, M), 'Wh': pick(M, M), 'bh': pick(M), 'Wo': pick(M, K), 'bo': pick(K)}

# %% answer="rnn_by_hand"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    kernel = np.append(Wx, Wh, axis=0)
    h = np.zeros(kernel.shape[1])
    ys = []
    for xt in x:
        xh = np.append(xt, h)
        h = np.tanh(np.dot(xh, kernel) + bh)
        y = np.dot(h, Wo) + bo
        ys.append(y)
    return np.vstack(ys)

# %% answer="rnn_by_hand_batched"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    kernel = np.append(Wx, Wh, axis=0)
    h = np.zeros((X.shape[0], kernel.shape[1]))
    for t in range(X.shape[1]):
        XH = np.append(X[:, t], h, axis=1)
        h = np.tanh(np.dot(XH, kernel) + bh)
    return np.dot(h, Wo) + bo
