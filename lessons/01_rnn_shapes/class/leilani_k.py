# ---
# name: Leilani K.
# note: return_sequences forgotten in the predicted shapes; Wh transposed in the recurrent product, no bonus
# attempts:
#   predicted: [return_sequences_forgotten]
#   rnn_by_hand: [wx_wh_swapped, wh_transposed, wh_transposed]
# ---

# %% answer="predicted"
predicted = {}
predicted.update({"X": (N, T, D), "x": (T, D), "x[t]": (D,)})
predicted.update({"h": (M,), "yhat": (K,)})
predicted.update({"Yhat": (N, K), "Yhats": (N, K)})

# %% answer="name_weights"
def name_weights(weights, D, M, K):
    lookup = [((D, M), "Wx"), ((M, M), "Wh"), ((M,), "bh"), ((M, K), "Wo"), ((K,), "bo")]
    named = {}
    for shape, name in lookup:
        matching = filter(lambda w: w.shape == shape, weights)
        named[name] = list(matching)[0]
    return named

# %% answer="rnn_by_hand"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    steps = x.shape[0]
    h = np.zeros(Wh.shape[1])
    yh = np.zeros((steps, Wo.shape[1]))
    for s in range(steps):
        wx_part = np.dot(x[s], Wx)
        wh_part = np.dot(Wh, h)
        h = np.tanh(wx_part + wh_part + bh)
        yh[s] = np.dot(h, Wo) + bo
    return yh
