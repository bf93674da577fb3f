# ---
# name: Lucía G.
# note: unfinished, tasks 1 and 2 are right and task 3 is half done
# ---

# %% answer="predicted"
predicted = {
    "h0": (N, M), "h0[n]": (M,),
    "out": (N, M), "states": (N, T, M), "h": (N, M), "h_two": (N, M),
    "Yhat": (N, K),
}

# %% answer="run_from"
class Runner:
    def __init__(self, h, Wx, Wh, bh):
        self.h, self.Wx, self.Wh, self.bh = h, Wx, Wh, bh

    def eat(self, x):
        self.h = np.tanh(x @ self.Wx + self.h @ self.Wh + self.bh)


def run_from(X, h0, Wx, Wh, bh):
    runner = Runner(h0, Wx, Wh, bh)
    for t in range(X.shape[1]):
        runner.eat(X[:, t])
    return runner.h

# %% answer="in_chunks"
def in_chunks(X, size, Wx, Wh, bh):
    h, batons = np.zeros((len(X), len(bh))), []
    for s in range(0, X.shape[1], size):
        chunk = X[:, s:s+size]
        for t in range(chunk.shape[1]):
            h = np.tanh(chunk[:, t] @ Wx + h @ Wh + bh)
        batons.append(h)
    return np.stack(batons, axis=1)
