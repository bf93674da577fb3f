# ---
# name: Priya V.
# note: only the last ŷ is returned; the batched answer steps over the samples as if they were time
# ---

# %% answer="predicted"
predicted = {
    'X': (4, 7, 3), 'x': (7, 3), 'x[t]': (3,), 'h': (5,),
    'yhat': (2,), 'Yhat': (4, 2), 'Yhats': (4, 7, 2)}

# %% answer="name_weights"
def name_weights(weights, D, M, K):
    d = {}
    for w in weights:
        if w.shape == (M, M):
            d['Wh'] = w
        elif w.ndim == 2 and w.shape[1] == M:
            d['Wx'] = w
        elif w.ndim == 2:
            d['Wo'] = w
        elif w.size == M:
            d['bh'] = w
        else:
            d['bo'] = w
    return d

# %% answer="rnn_by_hand"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h_last = np.zeros(Wh.shape[0])
    for t in range(0, x.shape[0]):
        h = np.tanh(np.dot(x[t], Wx) + np.dot(h_last, Wh) + bh)
        yhat = np.dot(h, Wo) + bo
        h_last = h
    return yhat

# %% answer="rnn_by_hand_batched"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h_last = np.zeros((X.shape[1], Wh.shape[0]))
    for t in range(0, X.shape[0]):
        h = np.tanh(np.dot(X[t], Wx) + np.dot(h_last, Wh) + bh)
        yhat = np.dot(h, Wo) + bo
        h_last = h
    return yhat
