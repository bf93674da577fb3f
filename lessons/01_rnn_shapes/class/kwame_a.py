# ---
# name: Kwame A.
# note: h_last stays at zero; return_sequences forgotten in the predicted shapes
# ---

# %% answer="predicted"
predicted = {
    "X": (N, T, D),
    "x": (T, D),
    "x[t]": (D,),
    "h": (M,),
    "yhat": (K,),
    "Yhat": (N, K),
    "Yhats": (N, K),
}

# %% answer="name_weights"
def name_weights(weights, D, M, K):
    order = {"Wx": (D, M), "Wh": (M, M), "bh": (M,), "Wo": (M, K), "bo": (K,)}
    return {k: [w for w in weights if w.shape == v][0] for k, v in order.items()}

# %% answer="rnn_by_hand"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h_last = np.zeros(bh.shape)
    Yhats = np.empty((x.shape[0], bo.shape[0]))
    for t, xt in enumerate(x):
        # (D,) @ (D,M) + (M,) @ (M,M) + (M,)
        h = np.tanh(xt @ Wx + h_last @ Wh + bh)
        Yhats[t] = h @ Wo + bo
    return Yhats

# %% answer="rnn_by_hand_batched"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    return np.array([rnn_by_hand(x, Wx, Wh, bh, Wo, bo)[-1] for x in X])
