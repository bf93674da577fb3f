# ---
# name: Bao N.
# note: everything right; slices, one gate after the other, preallocated
# ---

# %% answer="predicted"
predicted = {"Wx": (3, 20), "Wh": (5, 20), "bh": (20,), "Wxf": (3, 5), "z": (6, 20),
             "out": (6, 5), "h": (6, 5), "c": (6, 5), "states": (6, 9, 5), "c_too": (6, 5)}

# %% answer="found"
found = {}
found["block 0"] = "c"   # all zeros
found["block 1"] = "o"   # only h changes
found["block 2"] = "f"   # nothing changes
found["block 3"] = "i"

# %% answer="lstm_step"
def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    units = h_last.shape[1]
    def gate(k):
        cols = slice(k * units, (k + 1) * units)
        return xt @ Wx[:, cols] + h_last @ Wh[:, cols] + bh[cols]
    i_gate = 1 / (1 + np.exp(-gate(0)))
    f_gate = 1 / (1 + np.exp(-gate(1)))
    candidate = np.tanh(gate(2))
    o_gate = 1 / (1 + np.exp(-gate(3)))
    c_new = f_gate * c_last + i_gate * candidate
    return o_gate * np.tanh(c_new), c_new

# %% answer="lstm_by_hand"
def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
    N, T, D = X.shape
    out = np.empty((N, T, h0.shape[1]))
    state = h0, c0
    for t in range(T):
        state = lstm_step(X[:, t, :], *state, Wx, Wh, bh)
        out[:, t] = state[0]
    return out

# %% answer="fresh_bias"
def fresh_bias(M):
    return np.concatenate([np.zeros(M), np.ones(M), np.zeros(2 * M)])
