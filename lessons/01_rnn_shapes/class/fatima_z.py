# ---
# name: Fatima Z.
# note: everything right; recursion, bonus with einsum
# attempts:
#   predicted: [return_sequences_forgotten, right]
#   rnn_by_hand: ["?", "?", h_last_not_updated, right]
# ---

# %% answer="predicted"
predicted = {
    "X": X.shape,
    "x": X.shape[1:],
    "x[t]": X.shape[2:],
    "h": (M,),
    "yhat": (K,),
    "Yhat": X.shape[:1] + (K,),
    "Yhats": X.shape[:2] + (K,),
}

# %% answer="name_weights"
def name_weights(weights, D, M, K):
    names = {(D, M): "Wx", (M, M): "Wh", (M, K): "Wo", (M,): "bh", (K,): "bo"}
    out = {}
    for i in range(len(weights)):
        out[names[np.shape(weights[i])]] = weights[i]
    return out

# %% answer="rnn_by_hand"
def state_after(x, t, Wx, Wh, bh):
    """State after step t. Before the first step it is zero."""
    if t == -1:
        return np.zeros(Wh.shape[0])
    before = state_after(x, t - 1, Wx, Wh, bh)
    return np.tanh(x[t] @ Wx + before @ Wh + bh)


def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    states = np.array([state_after(x, t, Wx, Wh, bh) for t in range(x.shape[0])])
    return states @ Wo + bo

# %% answer="rnn_by_hand_batched"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    from_x = np.einsum("ntd,dm->ntm", X, Wx) + bh
    state = np.zeros((X.shape[0], bh.shape[0]))
    for t in range(X.shape[1]):
        state = np.tanh(from_x[:, t] + np.einsum("ni,im->nm", state, Wh))
    return np.einsum("nm,mk->nk", state, Wo) + bo
