# ---
# name: Adaobi N.
# note: everything right; one loop with zip, bonus at once
# attempts:
#   predicted: [batch_axis_forgotten, right]
#   rnn_by_hand: [bias_dropped, bias_dropped, right]
#   rnn_by_hand_batched: [right]
# ---

# %% answer="predicted"
# N=4 samples, T=7 steps, D=3 features, M=5 hidden, K=2 out
predicted = {
    "X": (N, T, D),
    "x": (T, D),
    "x[t]": (D,),
    "h": (M,),
    "yhat": (K,),
    "Yhat": (N, K),        # only the last step survives
    "Yhats": (N, T, K),
}

# %% answer="name_weights"
def name_weights(weights, D, M, K):
    shape_of = {"Wx": (D, M), "Wh": (M, M), "bh": (M,), "Wo": (M, K), "bo": (K,)}
    found = {}
    for name in shape_of:
        for w in weights:
            if w.shape == shape_of[name]:
                found[name] = w
    return found

# %% answer="rnn_by_hand"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    yhats = np.zeros((len(x), len(bo)))
    h_before = np.zeros(len(bh))
    for xt, row in zip(x, yhats):
        h_now = np.tanh(xt @ Wx + h_before @ Wh + bh)
        row[:] = h_now @ Wo + bo      # row is a view, so this fills yhats
        h_before = h_now
    return yhats

# %% answer="rnn_by_hand_batched"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    how_many, steps, _ = X.shape
    H = np.zeros((how_many, len(bh)))
    for t in range(steps):
        H = np.tanh(X[:, t, :] @ Wx + H @ Wh + bh)
    return H @ Wo + bo
