# ---
# name: Bruno L.
# note: everything right; one ship after the other, preallocated, loops for the loss
# ---

# %% answer="predicted"
predicted = dict(H=[5, 7, 4], h=[5, 4], Yhats=[5, 7, 2], Yhat=[5, 2], Wo=[4, 2],
                 Y_film=[5, 7, 2], Y_frame=[5, 2], c_film=[5, 7], c_frame=[5])

# %% answer="every_state"
def every_state(X, Wx, Wh, bh):
    H = np.zeros((X.shape[0], X.shape[1], Wh.shape[0]))
    for n in range(X.shape[0]):
        h = np.zeros(Wh.shape[0])
        for t in range(X.shape[1]):
            h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
            H[n, t] = h
    return H

# %% answer="classify_every_step"
def softmax(row):
    e = np.exp(row - row.max())
    return e / e.sum()

def classify_every_step(X, Wx, Wh, bh, Wo, bo):
    return np.array([[softmax(h @ Wo + bo) for h in film] for film in every_state(X, Wx, Wh, bh)])

# %% answer="last_position"
def last_position(H, Wo, bo):
    return np.array([film[-1] @ Wo + bo for film in H])

# %% answer="keras_mse"
def keras_mse(Y, Yhats):
    errors = [(yhat[0] - Y[n, 0]) ** 2 for n, film in enumerate(Yhats) for yhat in film]
    return sum(errors) / len(errors)
