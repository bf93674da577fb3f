# ---
# name: Casimir B.
# note: everything right; the notebook went through a tool that drops the marks of graded cells
# stripped: true
# ---

# %% answer="predicted"
predicted = {
    "X": (4, 7, 3),
    "x": (7, 3),
    "x[t]": (3,),
    "h": (5,),
    "yhat": (2,),
    "Yhat": (4, 2),
    "Yhats": (4, 7, 2),
}

# %% answer="name_weights"
def name_weights(weights, D, M, K):
    by_shape = {w.shape: w for w in weights}
    return dict(Wx=by_shape[D, M], Wh=by_shape[M, M], bh=by_shape[M,], Wo=by_shape[M, K], bo=by_shape[K,])

# %% answer="rnn_by_hand"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    states = [np.zeros(Wh.shape[0])]
    for row in x:
        states += [np.tanh(row @ Wx + states[-1] @ Wh + bh)]
    return np.array(states[1:]) @ Wo + bo

# %% answer="rnn_by_hand_batched"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    state = np.zeros((X.shape[0], Wh.shape[0]))
    for now in X.swapaxes(0, 1):
        state = np.tanh(now @ Wx + state @ Wh + bh)
    return state @ Wo + bo
