# ---
# name: Inês M.
# late: 2 days
# note: late; everything right with prints left in, no bonus
# ---

# %% answer="predicted"
predicted = {
    "X": np.zeros((N, T, D)).shape,
    "x": np.zeros((N, T, D))[0].shape,
    "x[t]": np.zeros((N, T, D))[0, 0].shape,
    "h": np.zeros(M).shape,
    "yhat": np.zeros(K).shape,
    "Yhat": np.zeros((N, K)).shape,
    "Yhats": np.zeros((N, T, K)).shape,
}

# %% answer="name_weights"
def name_weights(weights, D, M, K):
    Wx, = [w for w in weights if w.shape == (D, M)]
    Wh, = [w for w in weights if w.shape == (M, M)]
    bh, = [w for w in weights if w.shape == (M,)]
    Wo, = [w for w in weights if w.shape == (M, K)]
    bo, = [w for w in weights if w.shape == (K,)]
    return {"Wx": Wx, "Wh": Wh, "bh": bh, "Wo": Wo, "bo": bo}

# %% answer="rnn_by_hand"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    resultado = None
    t = 0
    while True:
        if t == len(x):
            break
        print("passo", t, x[t].shape, h.shape)
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        y = h @ Wo + bo
        print("y =", y)
        resultado = y.reshape(1, -1) if resultado is None else np.r_[resultado, y.reshape(1, -1)]
        t += 1
    return resultado
