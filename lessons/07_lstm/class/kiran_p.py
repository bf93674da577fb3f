# ---
# name: Kiran P.
# note: unfinished; shapes right, the experiment guessed, a step that splits along the samples
# ---

# %% answer="predicted"
predicted = {
    "Wx": (D, 4 * M),
    "Wh": (M, 4 * M),
    "bh": (4 * M,),
    "Wxf": (D, M),
    "z": (N, 4 * M),
    "out": (N, M),
    "h": (N, M),
    "c": (N, M),
    "states": (N, T, M),
    "c_too": (N, M),
}

# %% answer="found"
found = {"block 0": "f", "block 1": "i", "block 2": "c", "block 3": "o"}

# %% answer="lstm_step"
def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
    z = xt @ Wx + h_last @ Wh + bh
    i, f, g, o = np.split(z, 4)
    c = f * c_last + i * np.tanh(g)
    return o * np.tanh(c), c
