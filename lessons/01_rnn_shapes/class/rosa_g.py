# ---
# name: Rosa G.
# note: return_sequences and the bias forgotten; in the bonus the state leaks from sample to sample
# ---

# %% answer="predicted"
predicted = dict([("X", (N, T, D)), ("x", (T, D)), ("x[t]", (D,)), ("h", (M,)),
                  ("yhat", (K,)), ("Yhat", (N, K)), ("Yhats", (N, K))])

# %% answer="name_weights"
def name_weights(weights, D, M, K):
    tabla = {(D, M): "Wx", (M, M): "Wh", (M,): "bh", (M, K): "Wo", (K,): "bo"}
    salida = {}
    for peso in weights:
        salida[tabla[peso.shape]] = peso
    return salida

# %% answer="rnn_by_hand"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(bh.shape[0])
    salida = []
    for xt in x:
        h = np.tanh(np.dot(xt, Wx) + np.dot(h, Wh))
        salida.append(np.dot(h, Wo) + bo)
    return np.asarray(salida)

# %% answer="rnn_by_hand_batched"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros(bh.shape[0])
    salida = np.zeros((X.shape[0], bo.shape[0]))
    for n in range(X.shape[0]):
        for xt in X[n]:
            h = np.tanh(np.dot(xt, Wx) + np.dot(h, Wh) + bh)
        salida[n] = np.dot(h, Wo) + bo
    return salida
