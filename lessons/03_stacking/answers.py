# %% [markdown]
# Answers to assignment 03, written the way students write them, independent of the catalogue in `rnnshapes`.
# One answer per cell. The key says what the cell is: `right`, `wrong` or `cheats` (right numbers, but not by hand).
# A cell with two mistakes, or with a mistake in one layer alone, joins its keys with `+`.

# %% answer="stacked_by_hand" right="two loops and append"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    N, T, D = X.shape
    h1 = np.zeros((N, Wh1.shape[0]))
    layer1_outputs = []
    for t in range(T):
        h1 = np.tanh(X[:, t, :] @ Wx1 + h1 @ Wh1 + bh1)
        layer1_outputs.append(h1)
    h2 = np.zeros((N, Wh2.shape[0]))
    for h in layer1_outputs:
        h2 = np.tanh(h @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" right="helper used twice"
def rnn_layer(seq, Wx, Wh, bh):
    n, t, _ = seq.shape
    out = np.zeros((n, t, Wh.shape[0]))
    h = np.zeros((n, Wh.shape[0]))
    for i in range(t):
        h = np.tanh(np.dot(seq[:, i], Wx) + np.dot(h, Wh) + bh)
        out[:, i] = h
    return out

def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    first = rnn_layer(X, Wx1, Wh1, bh1)
    second = rnn_layer(first, Wx2, Wh2, bh2)
    return second[:, -1] @ Wo + bo

# %% answer="stacked_by_hand" right="einsum"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    a = np.zeros((X.shape[0], bh1.size))
    b = np.zeros((X.shape[0], bh2.size))
    for t in range(X.shape[1]):
        a = np.tanh(np.einsum("nd,dm->nm", X[:, t], Wx1) + np.einsum("nm,mk->nk", a, Wh1) + bh1)
        b = np.tanh(np.einsum("nm,mk->nk", a, Wx2) + np.einsum("nm,mk->nk", b, Wh2) + bh2)
    return np.einsum("nm,mk->nk", b, Wo) + bo

# %% answer="stacked_by_hand" right="float32, one sample after the other"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    X = X.astype(np.float32)
    rows = []
    for x in X:
        h1 = np.zeros(len(bh1), dtype=np.float32)
        h2 = np.zeros(len(bh2), dtype=np.float32)
        for x_t in x:
            h1 = np.tanh(x_t @ Wx1 + h1 @ Wh1 + bh1)
            h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
        rows.append(h2 @ Wo + bo)
    return rows

# %% answer="stacked_by_hand" right="columns"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    # everything as columns: (M, N)
    h1 = np.zeros((Wh1.shape[0], X.shape[0]))
    h2 = np.zeros((Wh2.shape[0], X.shape[0]))
    for t in range(X.shape[1]):
        h1 = np.tanh(Wx1.T @ X[:, t].T + Wh1.T @ h1 + bh1[:, None])
        h2 = np.tanh(Wx2.T @ h1 + Wh2.T @ h2 + bh2[:, None])
    return (Wo.T @ h2 + bo[:, None]).T

# %% answer="stacked_by_hand" right="a class"
class Layer:
    def __init__(self, Wx, Wh, bh):
        self.Wx, self.Wh, self.bh = Wx, Wh, bh
        self.h = 0 * bh

    def step(self, x):
        self.h = np.tanh(x @ self.Wx + self.h @ self.Wh + self.bh)
        return self.h

def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    layers = [Layer(Wx1, Wh1, bh1), Layer(Wx2, Wh2, bh2)]
    for t in range(X.shape[1]):
        signal = X[:, t]
        for layer in layers:
            signal = layer.step(signal)
    return signal @ Wo + bo

# %% answer="stacked_by_hand" right="list of weights, time first"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    film = np.swapaxes(X, 0, 1)                 # (T, N, D)
    for Wx, Wh, bh in [(Wx1, Wh1, bh1), (Wx2, Wh2, bh2)]:
        h = np.zeros((film.shape[1], len(bh)))
        new = []
        for frame in film:
            h = np.tanh(frame @ Wx + h @ Wh + bh)
            new.append(h)
        film = np.array(new)                    # (T, N, M)
    return film[-1] @ Wo + bo

# %% answer="stacked_by_hand" right="concatenated"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    W1, W2 = np.vstack([Wx1, Wh1]), np.vstack([Wx2, Wh2])
    h1, h2 = np.zeros((len(X), len(bh1))), np.zeros((len(X), len(bh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(np.concatenate([X[:, t], h1], axis=1) @ W1 + bh1)
        h2 = np.tanh(np.concatenate([h1, h2], axis=1) @ W2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" right="states in arrays with one row more"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    N, T, _ = X.shape
    H1 = np.zeros((N, T + 1, len(bh1)))
    H2 = np.zeros((N, T + 1, len(bh2)))
    for t in range(T):
        H1[:, t + 1] = np.tanh(X[:, t] @ Wx1 + H1[:, t] @ Wh1 + bh1)
    for t in range(T):
        H2[:, t + 1] = np.tanh(H1[:, t + 1] @ Wx2 + H2[:, t] @ Wh2 + bh2)
    return H2[:, T] @ Wo + bo

# %% answer="stacked_by_hand" cheats="keras stack"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    m = keras.Sequential([
        keras.Input(X.shape[1:]),
        keras.layers.SimpleRNN(len(bh1), return_sequences=True),
        keras.layers.SimpleRNN(len(bh2)),
        keras.layers.Dense(len(bo)),
    ])
    m.set_weights([Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo])
    return m.predict(X, verbose=0)

# %% answer="stacked_by_hand" cheats="the notebook's model"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    return model(X).numpy()

# %% answer="stacked_by_hand" wrong="layer_2_has_no_memory"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h = np.zeros((X.shape[0], bh1.shape[0]))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx1 + h @ Wh1 + bh1)
    # second layer: one more step on top
    g = np.zeros((X.shape[0], bh2.shape[0]))
    g = np.tanh(h @ Wx2 + g @ Wh2 + bh2)
    return g @ Wo + bo

# %% answer="stacked_by_hand" wrong="only_last_handed_up"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    N, T, D = X.shape
    h1 = np.zeros((N, len(bh1)))
    h2 = np.zeros((N, len(bh2)))
    for t in range(T):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
    for t in range(T):
        h2 = np.tanh(h1[:, t] @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="last_state_repeated"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    N, T, D = X.shape
    h1 = np.zeros((N, len(bh1)))
    h2 = np.zeros((N, len(bh2)))
    for t in range(T):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
    for t in range(T):
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    print("done", h2.shape)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="last_state_repeated"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1 = np.zeros((len(X), len(bh1)))
    seq = []
    for t in range(X.shape[1]):
        h1[:] = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)     # in place, saves memory
        seq.append(h1)
    h2 = np.zeros((len(X), len(bh2)))
    for s in seq:
        h2 = np.tanh(s @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="first_state_handed_up"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(bh1))), np.zeros((len(X), len(bh2)))
    hs = []
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        hs.append(h1)
    for t in range(X.shape[1]):
        h2 = np.tanh(hs[0] @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="one_step_late"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1 = np.zeros((X.shape[0], Wx1.shape[1]))
    h2 = np.zeros((X.shape[0], Wx2.shape[1]))
    for t in range(X.shape[1]):
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="one_step_late"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1_last = np.zeros((X.shape[0], Wx1.shape[1]))
    h2_last = np.zeros((X.shape[0], Wx2.shape[1]))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1_last @ Wh1 + bh1)
        h2 = np.tanh(h1_last @ Wx2 + h2_last @ Wh2 + bh2)
        h1_last, h2_last = h1, h2
    return h2_last @ Wo + bo

# %% answer="stacked_by_hand" wrong="fed_backwards"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    states = []
    h = np.zeros((len(X), len(bh1)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx1 + h @ Wh1 + bh1)
        states.insert(0, h)
    g = np.zeros((len(X), len(bh2)))
    for h in states:
        g = np.tanh(h @ Wx2 + g @ Wh2 + bh2)
    return g @ Wo + bo

# %% answer="stacked_by_hand" wrong="fed_backwards"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    stack = []
    h = np.zeros((len(X), len(bh1)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx1 + h @ Wh1 + bh1)
        stack.append(h)
    g = np.zeros((len(X), len(bh2)))
    while stack:
        g = np.tanh(stack.pop() @ Wx2 + g @ Wh2 + bh2)
    return g @ Wo + bo

# %% answer="stacked_by_hand" wrong="states_averaged"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1 = np.zeros((len(X), len(bh1)))
    all_h1 = []
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        all_h1.append(h1)
    summary = np.mean(all_h1, axis=0)
    h2 = np.tanh(summary @ Wx2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="states_averaged"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    T = X.shape[1]
    h1 = np.zeros((len(X), len(bh1)))
    total = np.zeros_like(h1)
    for t in range(T):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        total = total + h1
    h2 = np.zeros((len(X), len(bh2)))
    for t in range(T):
        h2 = np.tanh(total @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="layer_2_reads_x"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1 = np.zeros((len(X), len(bh1)))
    h2 = np.zeros((len(X), len(bh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(X[:, t] @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="layer_2_reads_x"
def run_layer(x, Wx, Wh, bh):
    h = np.zeros((len(x), len(bh)))
    for t in range(x.shape[1]):
        h = np.tanh(np.matmul(x[:, t], Wx) + np.matmul(h, Wh) + bh)
    return h

def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    a = run_layer(X, Wx1, Wh1, bh1)
    b = run_layer(X, Wx2, Wh2, bh2)
    return b @ Wo + bo

# %% answer="stacked_by_hand" wrong="state_of_other_layer"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h = np.zeros((len(X), len(bh1)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx1 + h @ Wh1 + bh1)
        h = np.tanh(h @ Wx2 + h @ Wh2 + bh2)
    return h @ Wo + bo

# %% answer="stacked_by_hand" wrong="state_of_other_layer"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1 = np.zeros((len(X), len(bh1)))
    seq = []
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        seq.append(h1)
    h2 = h1                       # go on where layer 1 stopped
    for s in seq:
        h2 = np.tanh(s @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="state_of_other_layer"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    M = Wh1.shape[0]
    h1 = np.zeros((len(X), M))
    h2 = np.zeros((len(X), M))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="bias_of_other_layer"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1 = np.zeros((len(X), len(Wh1)))
    h2 = np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh1)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="weights_shared"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    def layer(x):
        h = np.zeros((x.shape[0], Wh1.shape[0]))
        out = []
        for t in range(x.shape[1]):
            h = np.tanh(x[:, t] @ Wx1 + h @ Wh1 + bh1)
            out.append(h)
        return np.stack(out, 1)
    return layer(layer(X))[:, -1] @ Wo + bo

# %% answer="stacked_by_hand" wrong="head_on_layer_1"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1 = np.zeros((len(X), len(Wh1)))
    h2 = np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h1 @ Wo + bo

# %% answer="stacked_by_hand" wrong="step_skipped_for_head"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1 = np.zeros((len(X), len(Wh1)))
    h2 = np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
        y = X[:, t] @ Wo + bo
    return y

# %% answer="stacked_by_hand" wrong="time_axis_first"
def layer(seq, Wx, Wh, b):
    h = np.zeros((seq.shape[0], b.shape[0]))
    hs = []
    for t in range(seq.shape[1]):
        h = np.tanh(seq[:, t] @ Wx + h @ Wh + b)
        hs.append(h)
    return np.array(hs)

def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    H1 = layer(X, Wx1, Wh1, bh1)
    H2 = layer(H1, Wx2, Wh2, bh2)
    return H2[-1] @ Wo + bo

# %% answer="stacked_by_hand" wrong="time_axis_first"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    N, T, _ = X.shape
    h1 = np.zeros((N, len(bh1)))
    H1 = []
    for t in range(T):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        H1.append(h1)
    H1 = np.array(H1)
    h2 = np.zeros((N, len(bh2)))
    for t in range(T):
        h2 = np.tanh(H1[:, t] @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="time_axis_first"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    T = X.shape[1]
    h1 = np.zeros(len(bh1))
    H1 = []
    for t in range(T):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        H1.append(h1)
    H1 = np.array(H1)
    h2 = np.zeros(len(bh2))
    for t in range(T):
        h2 = np.tanh(H1[:, t] @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="layer_2_has_no_memory"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1_last = np.zeros((len(X), len(Wh1)))
    h2_last = np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1_last @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2_last @ Wh2 + bh2)
        h1_last = h1
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="h_last_not_updated+in_layer_1"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h2 = np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.zeros((len(X), len(Wh1)))
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="h_last_not_updated"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1_last, h2_last = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1_last @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2_last @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="layer_2_has_no_memory"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1 = np.zeros((len(X), len(Wh1)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="recurrent_term_unused"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1 = np.tanh(X @ Wx1 + bh1)
    h2 = np.tanh(h1 @ Wx2 + bh2)
    return h2[:, -1] @ Wo + bo

# %% answer="stacked_by_hand" wrong="bias_dropped"
def f(x, h, Wx, Wh):
    return np.tanh(x @ Wx + h @ Wh)

def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    a, b = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        a = f(X[:, t], a, Wx1, Wh1)
        b = f(a, b, Wx2, Wh2)
    return b @ Wo + bo

# %% answer="stacked_by_hand" wrong="bias_dropped+in_layer_2"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    a, b = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        a = np.tanh(X[:, t] @ Wx1 + a @ Wh1 + bh1)
        b = np.tanh(a @ Wx2 + b @ Wh2)
    return b @ Wo + bo

# %% answer="stacked_by_hand" wrong="bias_dropped+in_layer_1"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    a, b = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        a = np.tanh(X[:, t] @ Wx1 + a @ Wh1)
        b = np.tanh(a @ Wx2 + b @ Wh2 + bh2)
    return b @ Wo + bo

# %% answer="stacked_by_hand" wrong="bias_outside_tanh"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    a, b = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        a = np.tanh(X[:, t] @ Wx1 + a @ Wh1) + bh1
        b = np.tanh(a @ Wx2 + b @ Wh2) + bh2
    return b @ Wo + bo

# %% answer="stacked_by_hand" wrong="bias_added_twice"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh((X[:, t] @ Wx1 + bh1) + (h1 @ Wh1 + bh1))
        h2 = np.tanh((h1 @ Wx2 + bh2) + (h2 @ Wh2 + bh2))
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="wh_transposed+in_layer_2"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2.T + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="wh_transposed"
def one_layer(seq, Wx, Wh, bh):
    h = np.zeros((len(bh), seq.shape[0]))
    hs = np.zeros((seq.shape[0], seq.shape[1], len(bh)))
    for t in range(seq.shape[1]):
        h = np.tanh((seq[:, t] @ Wx).T + Wh @ h + bh[:, None])
        hs[:, t] = h.T
    return hs

def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    return one_layer(one_layer(X, Wx1, Wh1, bh1), Wx2, Wh2, bh2)[:, -1] @ Wo + bo

# %% answer="stacked_by_hand" wrong="initial_state_ones"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.ones((len(X), len(Wh1))), np.ones((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="no_activation"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = X[:, t] @ Wx1 + h1 @ Wh1 + bh1
        h2 = h1 @ Wx2 + h2 @ Wh2 + bh2
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="no_activation+in_layer_2"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = h1 @ Wx2 + h2 @ Wh2 + bh2      # tanh only once per step
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="no_activation+in_layer_1"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        z1 = X[:, t] @ Wx1 + h1 @ Wh1 + bh1
        h1 = np.tanh(z1)
        h2 = np.tanh(z1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="relu"
def relu(z):
    return np.maximum(z, 0)

def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = relu(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = relu(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="sigmoid+in_layer_2"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = 1 / (1 + np.exp(-(h1 @ Wx2 + h2 @ Wh2 + bh2)))
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="tanh_twice+in_layer_1"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        out1 = np.tanh(h1)
        h2 = np.tanh(out1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="carry_before_tanh"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    s1, s2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        s1 = X[:, t] @ Wx1 + s1 @ Wh1 + bh1
        s2 = np.tanh(s1) @ Wx2 + s2 @ Wh2 + bh2
    return np.tanh(s2) @ Wo + bo

# %% answer="stacked_by_hand" wrong="other_activation"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.arctan(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.arctan(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="h_plus_new"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 += np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 += np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="h_plus_new+in_layer_2"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = h2 + np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="tanh_per_term"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1) + np.tanh(h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2) + np.tanh(h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="tanh_on_one_term+in_layer_2"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2) + h2 @ Wh2 + bh2
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="stepped_twice"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    def step(x, h, Wx, Wh, b):
        return np.tanh(x @ Wx + h @ Wh + b)
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = step(X[:, t], h1, Wx1, Wh1, bh1)
        h1 = step(X[:, t], h1, Wx1, Wh1, bh1)
        h2 = step(h1, h2, Wx2, Wh2, bh2)
        h2 = step(h1, h2, Wx2, Wh2, bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="state_added_plain"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="off_by_one_input"
def recur(seq, Wx, Wh, b):
    h = np.zeros((seq.shape[0], len(b)))
    all_h = np.zeros((seq.shape[0], seq.shape[1], len(b)))
    for t in range(seq.shape[1]):
        h = np.tanh(seq[:, t - 1] @ Wx + h @ Wh + b)
        all_h[:, t] = h
    return all_h

def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    return recur(recur(X, Wx1, Wh1, bh1), Wx2, Wh2, bh2)[:, -1] @ Wo + bo

# %% answer="stacked_by_hand" wrong="off_by_one_input+in_layer_1"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t - 1] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="time_reversed"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in reversed(range(X.shape[1])):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="first_step_skipped"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(1, X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="first_step_skipped+in_layer_2"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    N, T, _ = X.shape
    H1 = np.zeros((T, N, len(bh1)))
    H1[0] = np.tanh(X[:, 0] @ Wx1 + bh1)
    for t in range(1, T):
        H1[t] = np.tanh(X[:, t] @ Wx1 + H1[t - 1] @ Wh1 + bh1)
    H2 = np.zeros((T, N, len(bh2)))
    for t in range(1, T):
        H2[t] = np.tanh(H1[t] @ Wx2 + H2[t - 1] @ Wh2 + bh2)
    return H2[-1] @ Wo + bo

# %% answer="stacked_by_hand" wrong="returns_first"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
        return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="one_step_behind"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1] - 1):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="mean_over_time"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    ys = []
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
        ys.append(h2 @ Wo + bo)
    return np.mean(ys, axis=0)

# %% answer="stacked_by_hand" wrong="sum_over_time"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    y = 0
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
        y += h2 @ Wo + bo
    return y

# %% answer="stacked_by_hand" wrong="whole_sequence_returned"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    ys = []
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
        ys.append(h2 @ Wo + bo)
    return np.array(ys)

# %% answer="stacked_by_hand" wrong="head_missing"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2

# %% answer="stacked_by_hand" wrong="head_bias_dropped"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2.dot(Wo)

# %% answer="stacked_by_hand" wrong="tanh_on_head"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return np.tanh(h2 @ Wo + bo)

# %% answer="stacked_by_hand" wrong="softmax_on_head"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    z = h2 @ Wo + bo
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

# %% answer="stacked_by_hand" wrong="sigmoid_on_head"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return 1 / (1 + np.exp(-(h2 @ Wo + bo)))

# %% answer="stacked_by_hand" wrong="relu_on_head"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    out = h2 @ Wo + bo
    out[out < 0] = 0
    return out

# %% answer="stacked_by_hand" wrong="head_sees_zeros"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2_new = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="all_zeros"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    out = np.zeros((len(X), len(bo)))
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
        y = h2 @ Wo + bo
    return out

# %% answer="stacked_by_hand" wrong="loop_too_long"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1] + 1):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="wrong_axis_counted"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(len(X)):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="T_hard_coded"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(9):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="sizes_from_notebook"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((N, M1)), np.zeros((N, M2))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="n_t_swapped"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="n_t_swapped"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = 0 * bh1, 0 * bh2
    for xt in X:
        h1 = np.tanh(xt @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="state_rows_wrong"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    T = X.shape[1]
    h1, h2 = np.zeros((T, len(Wh1))), np.zeros((T, len(Wh2)))
    for t in range(T):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="reshape_for_transpose"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    N, T, D = X.shape
    h1, h2 = np.zeros((N, len(Wh1))), np.zeros((N, len(Wh2)))
    for frame in X.reshape(T, N, D):
        h1 = np.tanh(frame @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="reshape_for_transpose+in_layer_2"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    N, T, D = X.shape
    h1, h2 = np.zeros((N, len(Wh1))), np.zeros((N, len(Wh2)))
    H1 = []
    for t in range(T):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        H1.append(h1)
    H1 = np.array(H1).reshape(N, T, -1)
    for t in range(T):
        h2 = np.tanh(H1[:, t] @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="state_leaks"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros(len(Wh1)), np.zeros(len(Wh2))
    answer = []
    for x in X:
        for xt in x:
            h1 = np.tanh(xt @ Wx1 + h1 @ Wh1 + bh1)
            h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
        answer.append(h2 @ Wo + bo)
    return np.array(answer)

# %% answer="stacked_by_hand" wrong="state_leaks+in_layer_2"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h2 = np.zeros(len(Wh2))
    answer = []
    for x in X:
        h1 = np.zeros(len(Wh1))
        for xt in x:
            h1 = np.tanh(xt @ Wx1 + h1 @ Wh1 + bh1)
            h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
        answer.append(h2 @ Wo + bo)
    return np.array(answer)

# %% answer="stacked_by_hand" wrong="only_first_sample"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros(len(Wh1)), np.zeros(len(Wh2))
    for xt in X[0]:
        h1 = np.tanh(xt @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="only_last_sample"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    for n in range(X.shape[0]):
        h1, h2 = np.zeros(len(Wh1)), np.zeros(len(Wh2))
        for t in range(X.shape[1]):
            h1 = np.tanh(X[n, t] @ Wx1 + h1 @ Wh1 + bh1)
            h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
        y = h2 @ Wo + bo
    return y

# %% answer="stacked_by_hand" wrong="inputs_averaged"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    x = X.mean(axis=1)
    h1 = np.tanh(x @ Wx1 + bh1)
    h2 = np.tanh(h1 @ Wx2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="last_of_wrong_axis"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    N, T, D = X.shape
    H1, H2 = np.zeros((N, T, len(bh1))), np.zeros((N, T, len(bh2)))
    for n in range(N):
        h1, h2 = np.zeros(len(Wh1)), np.zeros(len(Wh2))
        for t in range(T):
            h1 = np.tanh(X[n, t] @ Wx1 + h1 @ Wh1 + bh1)
            h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
            H2[n, t] = h2
    return H2[-1] @ Wo + bo

# %% answer="stacked_by_hand" wrong="mean_over_samples"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return np.mean(h2 @ Wo + bo, axis=0)

# %% answer="stacked_by_hand" wrong="shared_state"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros(len(Wh1)), np.zeros(len(Wh2))
    out = np.zeros((len(X), len(bo)))
    for t in range(X.shape[1]):
        for n in range(len(X)):
            h1 = np.tanh(X[n, t] @ Wx1 + h1 @ Wh1 + bh1)
            h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
            out[n] = h2 @ Wo + bo
    return out

# %% answer="stacked_by_hand" wrong="one_step_each"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    out = np.zeros((len(X), len(bo)))
    for n in range(len(X)):
        h1, h2 = np.zeros(len(Wh1)), np.zeros(len(Wh2))
        t = n % X.shape[1]
        h1 = np.tanh(X[n, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
        out[n] = h2 @ Wo + bo
    return out

# %% answer="stacked_by_hand" wrong="state_is_a_number"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1 = 0
    h2 = 0
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="weights_on_the_left"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(Wx1 @ X[:, t] + Wh1 @ h1 + bh1)
        h2 = np.tanh(Wx2 @ h1 + Wh2 @ h2 + bh2)
    return Wo @ h2 + bo

# %% answer="stacked_by_hand" wrong="wx_wh_swapped"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wh1 + h1 @ Wx1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="wx_transposed"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2.T + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="wo_transposed"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo.T + bo

# %% answer="stacked_by_hand" wrong="biases_swapped"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bo)
    return h2 @ Wo + bh2

# %% answer="stacked_by_hand" wrong="elementwise_product"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] * Wx1 + h1 * Wh1 + bh1)
        h2 = np.tanh(h1 * Wx2 + h2 * Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="not_written"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    pass

# %% answer="stacked_by_hand" wrong="state_kept_between_calls"
states = []

def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        states.append(h1)
    for s in states:
        h2 = np.tanh(s @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="only_last_handed_up"
def simple(X, Wx, Wh, bh):
    N, T, D = X.shape
    h = np.zeros((N, len(bh)))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    return simple(simple(X, Wx1, Wh1, bh1), Wx2, Wh2, bh2) @ Wo + bo

# %% answer="predicted" right="letters"
predicted = {"Wx1": (D, M1), "Wh1": (M1, M1), "h1": (N, T, M1), "Wx2": (M1, M2), "Wh2": (M2, M2), "h2": (N, M2), "Wo": (M2, K), "Yhat": (N, K)}

# %% answer="predicted" right="numbers and lists"
predicted = {"Wx1": [2, 5], "Wh1": [5, 5], "h1": [3, 9, 5], "Wx2": [5, 7], "Wh2": [7, 7], "h2": [3, 7], "Wo": [7, 4], "Yhat": [3, 4]}

# %% answer="predicted" wrong="return_sequences_forgotten"
predicted = {"Wx1": (D, M1), "Wh1": (M1, M1), "h1": (N, M1), "Wx2": (M1, M2), "Wh2": (M2, M2), "h2": (N, M2), "Wo": (M2, K), "Yhat": (N, K)}

# %% answer="predicted" wrong="time_axis_kept"
predicted = {"Wx1": (D, M1), "Wh1": (M1, M1), "h1": (N, T, M1), "Wx2": (M1, M2), "Wh2": (M2, M2), "h2": (N, T, M2), "Wo": (M2, K), "Yhat": (N, T, K)}

# %% answer="predicted" wrong="layer_2_reads_x"
predicted = {"Wx1": (D, M1), "Wh1": (M1, M1), "h1": (N, T, M1), "Wx2": (D, M2), "Wh2": (M2, M2), "h2": (N, M2), "Wo": (M2, K), "Yhat": (N, K)}

# %% answer="predicted" wrong="square_plug"
predicted = {"Wx1": (D, M1), "Wh1": (M1, M1), "h1": (N, T, M1), "Wx2": (M1, M1), "Wh2": (M2, M2), "h2": (N, M2), "Wo": (M2, K), "Yhat": (N, K)}

# %% answer="predicted" wrong="state_of_layer_1"
predicted = {"Wx1": (D, M1), "Wh1": (M1, M1), "h1": (N, T, M1), "Wx2": (M1, M2), "Wh2": (M1, M2), "h2": (N, M2), "Wo": (M2, K), "Yhat": (N, K)}

# %% answer="predicted" wrong="layers_mixed_up"
predicted = {"Wx1": (D, M2), "Wh1": (M2, M2), "h1": (N, T, M2), "Wx2": (M1, M2), "Wh2": (M2, M2), "h2": (N, M1), "Wo": (M2, K), "Yhat": (N, K)}

# %% answer="predicted" wrong="head_on_layer_1"
predicted = {"Wx1": (D, M1), "Wh1": (M1, M1), "h1": (N, T, M1), "Wx2": (M1, M2), "Wh2": (M2, M2), "h2": (N, M2), "Wo": (M1, K), "Yhat": (N, K)}

# %% answer="predicted" wrong="data_axis_in_weights"
predicted = {"Wx1": (N, D, M1), "Wh1": (N, M1, M1), "h1": (N, T, M1), "Wx2": (N, M1, M2), "Wh2": (N, M2, M2), "h2": (N, M2), "Wo": (N, M2, K), "Yhat": (N, K)}

# %% answer="predicted" wrong="letters_in_another_order"
predicted = {"Wx1": (M1, D), "Wh1": (M1, M1), "h1": (N, T, M1), "Wx2": (M2, M1), "Wh2": (M2, M2), "h2": (N, M2), "Wo": (K, M2), "Yhat": (N, K)}

# %% answer="predicted" wrong="batch_axis_forgotten"
predicted = {"Wx1": (D, M1), "Wh1": (M1, M1), "h1": (T, M1), "Wx2": (M1, M2), "Wh2": (M2, M2), "h2": (M2,), "Wo": (M2, K), "Yhat": (K,)}

# %% answer="predicted" wrong="d_for_m"
predicted = {"Wx1": (D, M1), "Wh1": (M1, M1), "h1": (N, T, D), "Wx2": (M1, M2), "Wh2": (M2, M2), "h2": (N, M2), "Wo": (M2, K), "Yhat": (N, K)}

# %% answer="predicted" wrong="m_for_k"
predicted = {"Wx1": (D, M1), "Wh1": (M1, M1), "h1": (N, T, M1), "Wx2": (M1, M2), "Wh2": (M2, M2), "h2": (N, M2), "Wo": (M2, K), "Yhat": (N, M2)}

# %% answer="predicted" wrong="sizes_from_lecture"
predicted = {"Wx1": (3, 8), "Wh1": (8, 8), "h1": (4, 6, 8), "Wx2": (8, 5), "Wh2": (5, 5), "h2": (4, 5), "Wo": (5, 2), "Yhat": (4, 2)}

# %% answer="predicted" wrong="none_in_shape"
predicted = {"Wx1": (D, M1), "Wh1": (M1, M1), "h1": (None, T, M1), "Wx2": (M1, M2), "Wh2": (M2, M2), "h2": (None, M2), "Wo": (M2, K), "Yhat": (None, K)}

# %% answer="counted" right="letters"
counted = {"layer 1": D*M1 + M1**2 + M1, "layer 2": M1*M2 + M2**2 + M2, "head": M2*K + K, "all": 40 + 91 + 32}

# %% answer="counted" right="bracketed"
l1 = (D + M1 + 1) * M1
l2 = (M1 + M2 + 1) * M2
counted = {"layer 1": l1, "layer 2": l2, "head": (M2 + 1) * K, "all": l1 + l2 + (M2 + 1) * K}

# %% answer="counted" wrong="bias_not_counted"
counted = {"layer 1": D*M1 + M1*M1, "layer 2": M1*M2 + M2*M2, "head": M2*K, "all": D*M1 + M1*M1 + M1*M2 + M2*M2 + M2*K}

# %% answer="counted" wrong="recurrent_not_counted"
counted = {"layer 1": D*M1 + M1, "layer 2": M1*M2 + M2, "head": M2*K + K, "all": D*M1 + M1 + M1*M2 + M2 + M2*K + K}

# %% answer="counted" wrong="kernel_only"
counted = {"layer 1": D*M1, "layer 2": M1*M2, "head": M2*K + K, "all": D*M1 + M1*M2 + M2*K}

# %% answer="counted" wrong="steps_counted"
counted = {"layer 1": T*(D*M1 + M1*M1 + M1), "layer 2": T*(M1*M2 + M2*M2 + M2), "head": M2*K + K, "all": T*(40 + 91) + 32}

# %% answer="counted" wrong="samples_counted"
counted = {"layer 1": N*40, "layer 2": N*91, "head": N*32, "all": N*163}

# %% answer="counted" wrong="two_biases"
counted = {"layer 1": D*M1 + M1*M1 + 2*M1, "layer 2": M1*M2 + M2*M2 + 2*M2, "head": M2*K + K, "all": 45 + 98 + 32}

# %% answer="counted" wrong="four_gates"
counted = {"layer 1": 4*(D*M1 + M1*M1 + M1), "layer 2": 4*(M1*M2 + M2*M2 + M2), "head": M2*K + K, "all": 4*131 + 32}

# %% answer="counted" wrong="layer_2_reads_x"
a = D*M1 + M1*M1 + M1
b = D*M2 + M2*M2 + M2
counted = {"layer 1": a, "layer 2": b, "head": M2*K + K, "all": a + b + M2*K + K}

# %% answer="counted" wrong="square_plug"
a = D*M1 + M1*M1 + M1
b = M1*M1 + M2*M2 + M2
counted = {"layer 1": a, "layer 2": b, "head": M2*K + K, "all": a + b + M2*K + K}

# %% answer="counted" wrong="state_of_layer_1"
a = D*M1 + M1*M1 + M1
b = M1*M2 + M1*M2 + M2
counted = {"layer 1": a, "layer 2": b, "head": M2*K + K, "all": a + b + M2*K + K}

# %% answer="counted" wrong="layers_mixed_up"
a = D*M2 + M2*M2 + M2
b = M2*M1 + M1*M1 + M1
counted = {"layer 1": a, "layer 2": b, "head": M2*K + K, "all": a + b + M2*K + K}

# %% answer="counted" wrong="layers_alike"
a = D*M1 + M1*M1 + M1
counted = {"layer 1": a, "layer 2": a, "head": M2*K + K, "all": 2*a + M2*K + K}

# %% answer="counted" wrong="sequence_flattened"
a = D*M1 + M1*M1 + M1
b = T*M1*M2 + M2*M2 + M2
counted = {"layer 1": a, "layer 2": b, "head": M2*K + K, "all": a + b + M2*K + K}

# %% answer="counted" wrong="reads_all_below"
a = D*M1 + M1*M1 + M1
b = M1*M2 + M2*M2 + M2
c = (M1 + M2)*K + K
counted = {"layer 1": a, "layer 2": b, "head": c, "all": a + b + c}

# %% answer="counted" wrong="head_on_layer_1"
a = D*M1 + M1*M1 + M1
b = M1*M2 + M2*M2 + M2
counted = {"layer 1": a, "layer 2": b, "head": M1*K + K, "all": a + b + M1*K + K}

# %% answer="counted" wrong="part_forgotten"
counted = {"layer 1": 40, "layer 2": 91, "head": 32, "all": 40 + 91}

# %% answer="counted" wrong="t_for_d"
counted = {"layer 1": T*M1 + M1*M1 + M1, "layer 2": 91, "head": 32, "all": T*M1 + M1*M1 + M1 + 91 + 32}

# %% answer="counted" wrong="not_written"
counted = {"layer 1": 40, "layer 2": ..., "head": ..., "all": ...}

# %% answer="counted" wrong="wrong_type"
counted = {"layer 1": "D*M1 + M1*M1 + M1", "layer 2": "M1*M2 + M2*M2 + M2", "head": "M2*K + K", "all": "163"}

# %% answer="what_it_says" right="small letters"
what_it_says = {"complains": 2, "to repair": 1, "5": "m1", "missing": "t"}

# %% answer="what_it_says" wrong="repairs_where_it_hurts"
what_it_says = {"complains": 2, "to repair": 2, "5": "M1", "missing": "T"}

# %% answer="what_it_says" wrong="fault_complains"
what_it_says = {"complains": 1, "to repair": 1, "5": "M1", "missing": "T"}

# %% answer="what_it_says" wrong="none_is_missing"
what_it_says = {"complains": 2, "to repair": 1, "5": "M1", "missing": "N"}

# %% answer="what_it_says" wrong="features_missing"
what_it_says = {"complains": 2, "to repair": 1, "5": "M1", "missing": "D"}

# %% answer="what_it_says" wrong="layers_mixed_up"
what_it_says = {"complains": 2, "to repair": 1, "5": "M2", "missing": "T"}

# %% answer="what_it_says" wrong="number_of_features"
what_it_says = {"complains": 2, "to repair": 1, "5": "D", "missing": "T"}

# %% answer="what_it_says" wrong="place_counted_from_zero"
what_it_says = {"complains": 3, "to repair": 1, "5": "M1", "missing": "T"}

# %% answer="what_it_says" wrong="not_written"
what_it_says = {"complains": 2, "to repair": 1, "5": ..., "missing": ...}

# %% answer="repaired" right="numbers"
repaired = [("Input", (9, 2)), ("SimpleRNN", 5, True), ("SimpleRNN", 7, True), ("SimpleRNN", 8, False), ("Dense", 4)]

# %% answer="repaired" right="lists, made from the broken one"
broken = [["Input", [T, D]], ["SimpleRNN", M1, False], ["SimpleRNN", M2, False], ["SimpleRNN", 8, False], ["Dense", K]]
repaired = [list(layer) for layer in broken]
for layer in repaired[1:3]:
    layer[2] = True

# %% answer="repaired" wrong="unchanged"
repaired = [("Input", (T, D)), ("SimpleRNN", M1, False), ("SimpleRNN", M2, False), ("SimpleRNN", 8, False), ("Dense", K)]

# %% answer="repaired" wrong="half_repaired"
repaired = [("Input", (T, D)), ("SimpleRNN", M1, True), ("SimpleRNN", M2, False), ("SimpleRNN", 8, False), ("Dense", K)]

# %% answer="repaired" wrong="half_repaired"
repaired = [("Input", (T, D)), ("SimpleRNN", M1, False), ("SimpleRNN", M2, True), ("SimpleRNN", 8, False), ("Dense", K)]

# %% answer="repaired" wrong="flags_turned_round"
repaired = [("Input", (T, D)), ("SimpleRNN", M1, False), ("SimpleRNN", M2, True), ("SimpleRNN", 8, True), ("Dense", K)]

# %% answer="repaired" wrong="sequences_on_top"
repaired = [("Input", (T, D)), ("SimpleRNN", M1, True), ("SimpleRNN", M2, True), ("SimpleRNN", 8, True), ("Dense", K)]

# %% answer="repaired" wrong="last_frame_repeated"
repaired = [
    ("Input", (T, D)),
    ("SimpleRNN", M1, False),
    ("RepeatVector", T),
    ("SimpleRNN", M2, False),
    ("RepeatVector", T),
    ("SimpleRNN", 8, False),
    ("Dense", K),
]

# %% answer="repaired" wrong="axis_of_one_added"
repaired = [("Input", (T, D)), ("SimpleRNN", M1, False), ("Reshape", (1, M1)), ("SimpleRNN", M2, True), ("SimpleRNN", 8, False), ("Dense", K)]

# %% answer="repaired" wrong="other_layer"
repaired = [("Input", (T, D)), ("LSTM", M1, True), ("LSTM", M2, True), ("LSTM", 8, False), ("Dense", K)]

# %% answer="repaired" wrong="other_layer"
repaired = [("Input", (T, D)), ("SimpleRNN", M1, True), ("SimpleRNN", M2, True), ("SimpleRNN", 8, True), ("Flatten",), ("Dense", K)]

# %% answer="repaired" wrong="layer_left_out"
repaired = [("Input", (T, D)), ("SimpleRNN", 8, False), ("Dense", K)]

# %% answer="repaired" wrong="batch_axis_in_input"
repaired = [("Input", (N, T, D)), ("SimpleRNN", M1, True), ("SimpleRNN", M2, True), ("SimpleRNN", 8, False), ("Dense", K)]

# %% answer="repaired" wrong="input_axes_swapped"
repaired = [("Input", (D, T)), ("SimpleRNN", M1, True), ("SimpleRNN", M2, True), ("SimpleRNN", 8, False), ("Dense", K)]

# %% answer="repaired" wrong="input_changed"
repaired = [("Input", (D,)), ("SimpleRNN", M1, False), ("SimpleRNN", M2, False), ("SimpleRNN", 8, False), ("Dense", K)]

# %% answer="repaired" wrong="units_changed"
repaired = [("Input", (T, D)), ("SimpleRNN", 8, True), ("SimpleRNN", 8, True), ("SimpleRNN", 8, False), ("Dense", K)]

# %% answer="repaired" wrong="order_changed"
repaired = [("Input", (T, D)), ("SimpleRNN", 8, True), ("SimpleRNN", M2, True), ("SimpleRNN", M1, False), ("Dense", K)]

# %% answer="repaired" wrong="flag_not_boolean"
repaired = [("Input", (T, D)), ("SimpleRNN", M1, "True"), ("SimpleRNN", M2, "True"), ("SimpleRNN", 8, "False"), ("Dense", K)]

# %% answer="repaired" wrong="wrong_type"
repaired = keras.Sequential([
    keras.Input((T, D)),
    keras.layers.SimpleRNN(M1, return_sequences=True),
    keras.layers.SimpleRNN(M2, return_sequences=True),
    keras.layers.SimpleRNN(8),
    keras.layers.Dense(K),
])

# %% answer="repaired" wrong="wrong_type"
repaired = ["Input", "SimpleRNN", "SimpleRNN", "SimpleRNN", "Dense"]

# %% answer="repaired" wrong="not_written"
repaired = [...]

# %% answer="stacked_by_hand" wrong="recurrent_term_unused+in_layer_1"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    H1 = np.tanh(X @ Wx1 + bh1)          # the first layer at once
    h2 = np.zeros((len(X), len(bh2)))
    for t in range(X.shape[1]):
        h2 = np.tanh(H1[:, t] @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="one_step_late"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    a, b = np.zeros((len(X), len(bh1))), np.zeros((len(X), len(bh2)))
    for t in range(X.shape[1]):
        a, b = np.tanh(X[:, t] @ Wx1 + a @ Wh1 + bh1), np.tanh(a @ Wx2 + b @ Wh2 + bh2)
    return b @ Wo + bo

# %% answer="stacked_by_hand" wrong="initial_state_handed_up"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    H1 = [np.zeros((len(X), len(bh1)))]
    for t in range(X.shape[1]):
        H1.append(np.tanh(X[:, t] @ Wx1 + H1[-1] @ Wh1 + bh1))
    H2 = [np.zeros((len(X), len(bh2)))]
    for h1 in H1:
        H2.append(np.tanh(h1 @ Wx2 + H2[-1] @ Wh2 + bh2))
    return H2[-1] @ Wo + bo

# %% answer="stacked_by_hand" wrong="layer_2_steps_too_often"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(bh1))), np.zeros((len(X), len(bh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        for s in range(X.shape[1]):
            h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="layer_2_steps_too_often"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(bh1))), np.zeros((len(X), len(bh2)))
    layer1 = []
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        layer1.append(h1)
        for s in layer1:
            h2 = np.tanh(s @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="zeros_handed_up"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    N, T, _ = X.shape
    H1 = np.zeros((N, T, len(bh1)))
    h1, h2 = np.zeros((N, len(bh1))), np.zeros((N, len(bh2)))
    for t in range(T):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
    for t in range(T):
        h2 = np.tanh(H1[:, t] @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="time_axis_first"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    N, T, _ = X.shape
    H1 = np.zeros((N, T, len(bh1)))
    h1, h2 = np.zeros((N, len(bh1))), np.zeros((N, len(bh2)))
    for t in range(T):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        H1[t] = h1
    for t in range(T):
        h2 = np.tanh(H1[t] @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="reads_all_below"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(bh1))), np.zeros((len(X), len(bh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return np.concatenate([h1, h2], axis=1) @ Wo + bo

# %% answer="stacked_by_hand" wrong="last_of_wrong_axis"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(bh1))), np.zeros((len(X), len(bh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
        yhat = h2 @ Wo + bo
    return yhat[:, -1]          # the last one

# %% answer="stacked_by_hand" wrong="bias_outside_tanh+in_layer_2"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(bh1))), np.zeros((len(X), len(bh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(np.dot(X[:, t], Wx1) + np.dot(h1, Wh1) + bh1)
        h2 = np.tanh(np.dot(h1, Wx2) + np.dot(h2, Wh2)) + bh2
    return np.dot(h2, Wo) + bo

# %% answer="stacked_by_hand" wrong="initial_state_ones+in_layer_2"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(bh1))), np.ones((len(X), len(bh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="state_leaks+in_layer_1"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    result = []
    h1 = np.zeros(len(bh1))
    for n in range(len(X)):
        states = []
        for t in range(X.shape[1]):
            h1 = np.tanh(X[n, t] @ Wx1 + h1 @ Wh1 + bh1)
            states.append(h1)
        h2 = np.zeros(len(bh2))
        for s in states:
            h2 = np.tanh(s @ Wx2 + h2 @ Wh2 + bh2)
        result.append(h2 @ Wo + bo)
    return np.array(result)

# %% answer="stacked_by_hand" wrong="random_numbers"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.random.randn(len(X), len(bh1)), np.random.randn(len(X), len(bh2))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="squeezed"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(bh1))), np.zeros((len(X), len(bh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return np.squeeze(h2 @ Wo + bo)

# %% answer="counted" wrong="states_counted"
counted = {"layer 1": N*T*M1, "layer 2": N*M2, "head": N*K, "all": N*T*M1 + N*M2 + N*K}

# %% answer="repaired" right="ones and zeros"
repaired = [("Input", (T, D)), ("SimpleRNN", M1, 1), ("SimpleRNN", M2, 1), ("SimpleRNN", 8, 0), ("Dense", K)]

# %% answer="repaired" wrong="flag_not_boolean"
repaired = [("Input", (T, D)), ("SimpleRNN", M1, "return_sequences=True"), ("SimpleRNN", M2, "return_sequences=True"), ("SimpleRNN", 8), ("Dense", K)]

# %% answer="repaired" wrong="other_layer"
repaired = [("Input", (T, D)), ("SimpleRNN", M1, True), ("SimpleRNN", M2, True), ("SimpleRNN", M2, True), ("SimpleRNN", 8, False), ("Dense", K)]

# %% answer="repaired" wrong="head_left_out"
repaired = [("Input", (T, D)), ("SimpleRNN", M1, True), ("SimpleRNN", M2, True), ("SimpleRNN", 8, False)]

# %% answer="repaired" wrong="flag_missing"
repaired = [("Input", (T, D)), ("SimpleRNN", M1, True), ("SimpleRNN", M2, True), ("SimpleRNN", 8), ("Dense", K)]

# %% answer="repaired" wrong="input_left_out"
repaired = [("SimpleRNN", M1, True), ("SimpleRNN", M2, True), ("SimpleRNN", 8, False), ("Dense", K)]

# %% answer="repaired" wrong="letters_as_strings"
repaired = [("Input", ("T", "D")), ("SimpleRNN", M1, True), ("SimpleRNN", M2, True), ("SimpleRNN", 8, False), ("Dense", K)]

# %% answer="repaired" right="any number of steps"
repaired = [("Input", (None, D)), ("SimpleRNN", M1, True), ("SimpleRNN", M2, True), ("SimpleRNN", 8, False), ("Dense", K)]

# %% answer="counted" wrong="adding_slip"
counted = {"layer 1": 40, "layer 2": 91, "head": 32, "all": 153}

# %% answer="counted" wrong="adding_slip"
counted = {"layer 1": 40, "layer 2": 91, "head": 32, "all": 170}

# %% answer="what_it_says" wrong="repairs_the_top"
what_it_says = {"complains": 2, "to repair": 3, "5": "M1", "missing": "T"}

# %% answer="stacked_by_hand" wrong="sizes_from_notebook"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    state_1, state_2 = np.zeros((N, M1)), np.zeros((N, M2))
    for t in range(T):
        state_1 = np.tanh(X[:, t] @ Wx1 + state_1 @ Wh1 + bh1)
        state_2 = np.tanh(state_1 @ Wx2 + state_2 @ Wh2 + bh2)
    return state_2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="n_t_swapped"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(bh1))), np.zeros((len(X), len(bh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="counted" right="NumPy's product and decimals"
counted = {"layer 1": np.prod((D + M1 + 1, M1)), "layer 2": np.sum([M1*M2, M2*M2, M2]), "head": 32.0, "all": np.int64(163)}

# %% answer="what_it_says" right="NumPy's numbers"
what_it_says = {"complains": np.int64(2), "to repair": 1.0, "5": "M1", "missing": "T"}

# %% answer="stacked_by_hand" right="transposed film, dot"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    frames = X.transpose(1, 0, 2)
    s1 = np.zeros([frames.shape[1], bh1.shape[0]])
    s2 = np.zeros([frames.shape[1], bh2.shape[0]])
    for frame in frames:
        s1 = np.tanh(frame.dot(Wx1) + s1.dot(Wh1) + bh1)
        s2 = np.tanh(s1.dot(Wx2) + s2.dot(Wh2) + bh2)
    return s2.dot(Wo) + bo

# %% answer="stacked_by_hand" right="recursion"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    def state(t):
        if t < 0:
            return np.zeros((len(X), len(bh1))), np.zeros((len(X), len(bh2)))
        a, b = state(t - 1)
        a = np.tanh(X[:, t] @ Wx1 + a @ Wh1 + bh1)
        return a, np.tanh(a @ Wx2 + b @ Wh2 + bh2)
    return state(X.shape[1] - 1)[1] @ Wo + bo

# %% answer="stacked_by_hand" right="input products first, for all steps"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    A = X @ Wx1 + bh1
    h = np.zeros(A[:, 0].shape)
    H = np.empty_like(A)
    for t in range(A.shape[1]):
        h = np.tanh(A[:, t] + h @ Wh1)
        H[:, t] = h
    B = H @ Wx2 + bh2
    g = np.zeros(B[:, 0].shape)
    for t in range(B.shape[1]):
        g = np.tanh(B[:, t] + g @ Wh2)
    return g @ Wo + bo

# %% answer="stacked_by_hand" right="dicts of layers"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    layers = [dict(Wx=Wx1, Wh=Wh1, b=bh1), dict(Wx=Wx2, Wh=Wh2, b=bh2)]
    for layer in layers:
        layer["h"] = np.zeros((X.shape[0], layer["b"].size))
    t = 0
    while t < X.shape[1]:
        below = X[:, t, :]
        for layer in layers:
            layer["h"] = np.tanh(below @ layer["Wx"] + layer["h"] @ layer["Wh"] + layer["b"])
            below = layer["h"]
        t += 1
    return below @ Wo + bo

# %% answer="stacked_by_hand" right="own tanh"
def my_tanh(z):
    return 2 / (1 + np.exp(-2 * z)) - 1

def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1 = h2 = 0
    first = True
    for t in range(X.shape[1]):
        h1 = my_tanh(X[:, t] @ Wx1 + bh1 + (0 if first else h1 @ Wh1))
        h2 = my_tanh(h1 @ Wx2 + bh2 + (0 if first else h2 @ Wh2))
        first = False
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" right="list comprehension over samples"
def one(x, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = 0 * bh1, 0 * bh2
    for row in x:
        h1 = np.tanh(row @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    return np.array([one(x, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo) for x in X])

# %% answer="stacked_by_hand" right="every y, the last is returned"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    N, T, D = X.shape
    Y = np.zeros((N, T, bo.shape[0]))
    h1_last, h2_last = np.zeros((N, bh1.shape[0])), np.zeros((N, bh2.shape[0]))
    for t in range(T):
        h1 = np.tanh(X[:, t] @ Wx1 + h1_last @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2_last @ Wh2 + bh2)
        Y[:, t] = h2 @ Wo + bo
        h1_last, h2_last = h1, h2
    return Y[:, -1]

# %% answer="stacked_by_hand" right="states with a time axis of one"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1 = np.zeros((len(X), 1, len(bh1)))
    h2 = np.zeros((len(X), 1, len(bh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t:t + 1] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return (h2 @ Wo + bo)[:, 0]

# %% answer="stacked_by_hand" right="out="
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(bh1))), np.zeros((len(X), len(bh2)))
    for t in range(X.shape[1]):
        z = X[:, t] @ Wx1
        z += h1 @ Wh1
        z += bh1
        np.tanh(z, out=h1)
        np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2, out=h2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" right="a copy is scaled"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    X = np.array(X, dtype=float)
    X *= 1.0
    a, b = np.zeros((len(X), len(bh1))), np.zeros((len(X), len(bh2)))
    for t in np.arange(X.shape[1]):
        a = np.tanh(np.matmul(X[:, t], Wx1) + np.matmul(a, Wh1) + bh1)
        b = np.tanh(np.matmul(a, Wx2) + np.matmul(b, Wh2) + bh2)
    return np.matmul(b, Wo) + bo

# %% answer="stacked_by_hand" wrong="sign_flipped+in_layer_2"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(bh1))), np.zeros((len(X), len(bh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 - bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="state_of_other_layer"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(bh1))), np.zeros((len(X), len(bh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h2 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="weights_shared"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(bh1))), np.zeros((len(X), len(bh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx1 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="only_last_handed_up"
def run(seq, Wx, Wh, b):
    h = np.zeros((seq.shape[0], b.shape[0]))
    for t in range(seq.shape[1]):
        h = np.tanh(seq[:, t, :] @ Wx + h @ Wh + b)
    return h

def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    return run(run(X, Wx1, Wh1, bh1), Wx2, Wh2, bh2) @ Wo + bo

# %% answer="stacked_by_hand" wrong="only_last_handed_up"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(bh1))), np.zeros((len(X), len(bh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
    for t in range(h1.shape[1]):
        h2 = np.tanh(h1[:, t, :] @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="stepped_twice+in_layer_2"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(bh1))), np.zeros((len(X), len(bh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="layer_2_has_no_memory"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1 = np.zeros((len(X), len(bh1)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.zeros((len(X), len(bh2)))
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="sum_over_time"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    out = np.zeros((len(X), len(bo)))
    h1, h2 = np.zeros((len(X), len(bh1))), np.zeros((len(X), len(bh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
        out = out + h2 @ Wo
    return out + bo

# %% answer="stacked_by_hand" wrong="whole_sequence_returned"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    N, T, _ = X.shape
    Y = np.zeros((N, T, len(bo)))
    h1, h2 = np.zeros((N, len(bh1))), np.zeros((N, len(bh2)))
    for t in range(T):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
        Y[:, t] = h2 @ Wo + bo
    return Y

# %% answer="stacked_by_hand" wrong="same_input_every_step+in_layer_1"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(bh1))), np.zeros((len(X), len(bh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, 0] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="sigmoid+in_layer_1"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    sig = lambda z: 1 / (1 + np.exp(-z))
    h1, h2 = np.zeros((len(X), len(bh1))), np.zeros((len(X), len(bh2)))
    for t in range(X.shape[1]):
        h1 = sig(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="reads_all_below"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(bh1))), np.zeros((len(X), len(bh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        both = np.concatenate([X[:, t], h1], axis=1)
        h2 = np.tanh(both @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="bias_of_other_layer"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(Wh1))), np.zeros((len(X), len(Wh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh2)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh1)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="no_activation+in_layer_1"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(bh1))), np.zeros((len(X), len(bh2)))
    for t in range(X.shape[1]):
        h1 = X[:, t] @ Wx1 + h1 @ Wh1 + bh1
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="bias_dropped+head_bias_dropped"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(bh1))), np.zeros((len(X), len(bh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2)
    return h2 @ Wo

# %% answer="stacked_by_hand" wrong="only_last_handed_up"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1 = np.zeros((len(X), len(bh1)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
    h2 = np.zeros((len(X), len(bh2)))
    for row in h1:
        h2 = np.tanh(row @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="time_axis_first"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, H1 = np.zeros((len(X), len(bh1))), []
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        H1.append(h1)
    H1 = np.stack(H1)
    h2 = np.zeros((H1.shape[0], len(bh2)))
    for t in range(H1.shape[1]):
        h2 = np.tanh(H1[:, t] @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="relu+in_layer_2"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(bh1))), np.zeros((len(X), len(bh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.maximum(0, h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="wh_transposed"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(bh1))), np.zeros((len(X), len(bh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(np.einsum("nd,dm->nm", X[:, t], Wx1) + np.einsum("nm,km->nk", h1, Wh1) + bh1)
        h2 = np.tanh(np.einsum("nd,dm->nm", h1, Wx2) + np.einsum("nm,km->nk", h2, Wh2) + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="state_of_other_layer"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(bh1))), np.zeros((len(X), len(bh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wh2 + h2 @ Wx2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="input_unused+in_layer_1"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(bh1))), np.zeros((len(X), len(bh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="axes_swapped"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1 = np.zeros((len(bh1), len(X)))
    h2 = np.zeros((len(bh2), len(X)))
    for t in range(X.shape[1]):
        h1 = np.tanh(Wx1.T @ X[:, t].T + Wh1.T @ h1 + bh1[:, None])
        h2 = np.tanh(Wx2.T @ h1 + Wh2.T @ h2 + bh2[:, None])
    return Wo.T @ h2 + bo[:, None]

# %% answer="stacked_by_hand" wrong="initial_state_ones+in_layer_1"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.ones((len(X), len(bh1))), np.zeros((len(X), len(bh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="sizes_from_notebook"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    H1 = np.zeros((N, T, M1))
    h1, h2 = np.zeros((N, M1)), np.zeros((N, M2))
    for t in range(T):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        H1[:, t] = h1
    for t in range(T):
        h2 = np.tanh(H1[:, t] @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="T_hard_coded"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(bh1))), np.zeros((len(X), len(bh2)))
    for t in range(T):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="one_step_late"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    N, T, D = X.shape
    H1 = np.zeros((N, T + 1, len(bh1)))
    for t in range(T):
        H1[:, t + 1] = np.tanh(X[:, t] @ Wx1 + H1[:, t] @ Wh1 + bh1)
    h2 = np.zeros((N, len(bh2)))
    for t in range(T):
        h2 = np.tanh(H1[:, t] @ Wx2 + h2 @ Wh2 + bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="one_step_behind"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(bh1))), np.zeros((len(X), len(bh2)))
    for t in range(X.shape[1]):
        y = h2 @ Wo + bo
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
    return y

# %% answer="stacked_by_hand" wrong="argument_changed"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(bh1))), np.zeros((len(X), len(bh2)))
    for t in range(X.shape[1]):
        h1 = np.tanh(X[:, t] @ Wx1 + h1 @ Wh1 + bh1)
        h2 = np.tanh(h1 @ Wx2 + h2 @ Wh2 + bh2)
        X[:, t] = 0   # used up
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="step_returns_nothing"
def step(x, h, Wx, Wh, b):
    h = np.tanh(x @ Wx + h @ Wh + b)

def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(bh1))), np.zeros((len(X), len(bh2)))
    for t in range(X.shape[1]):
        h1 = step(X[:, t], h1, Wx1, Wh1, bh1)
        h2 = step(h1, h2, Wx2, Wh2, bh2)
    return h2 @ Wo + bo

# %% answer="stacked_by_hand" wrong="stack_order+in_layer_2"
def stacked_by_hand(X, Wx1, Wh1, bh1, Wx2, Wh2, bh2, Wo, bo):
    h1, h2 = np.zeros((len(X), len(bh1))), np.zeros((len(X), len(bh2)))
    W1, W2 = np.concatenate([Wx1, Wh1]), np.concatenate([Wh2, Wx2])
    for t in range(X.shape[1]):
        h1 = np.tanh(np.hstack([X[:, t], h1]) @ W1 + bh1)
        h2 = np.tanh(np.hstack([h1, h2]) @ W2 + bh2)
    return h2 @ Wo + bo
