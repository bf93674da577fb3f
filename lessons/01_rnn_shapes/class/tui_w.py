# ---
# name: Tūī W.
# note: return_sequences forgotten in the predicted shapes; bias added after the tanh; reshape in place of transpose in the bonus
# ---

# %% answer="predicted"
predicted = {"X": (N, T, D), "x": (T, D), "x[t]": (D,), "h": (M,), "yhat": (K,)}
predicted["Yhat"] = (N, K)
predicted["Yhats"] = (N, K)

# %% answer="name_weights"
def name_weights(weights, D, M, K):
    find = {}
    for w in weights:
        find[str(w.shape)] = w
    return {"Wx": find[str((D, M))], "Wh": find[str((M, M))], "bh": find[str((M,))],
            "Wo": find[str((M, K))], "bo": find[str((K,))]}

# %% answer="rnn_by_hand"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    T, M = x.shape[0], Wh.shape[0]
    H = np.zeros((T, M))
    h_last = np.zeros(M)
    for t in range(T):
        H[t] = np.tanh(x[t] @ Wx + h_last @ Wh)
        H[t] += bh
        h_last = H[t]
    return H @ Wo + bo

# %% answer="rnn_by_hand_batched"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    frames = X.reshape((T, N, D))
    h_last = np.zeros((N, Wh.shape[0]))
    for frame in frames:
        h_last = np.tanh(frame @ Wx + h_last @ Wh + bh)
    return h_last @ Wo + bo
