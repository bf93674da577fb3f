# %% [markdown]
# Answers to assignment 01, written the way students write them, independent of the catalogue in `rnnshapes`.
# One answer per cell. The key says what the cell is: `right`, `wrong`, `loops` (right, but a Python loop over
# samples) or `cheats` (right numbers, but not by hand). A cell with two mistakes joins their keys with `+`.
# A key that starts with `new_` was met while writing and was in no list.

# %% answer="rnn_by_hand" right="loop and append"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h_last = np.zeros(len(bh))
    outputs = []
    for xt in x:
        h = np.tanh(xt @ Wx + h_last @ Wh + bh)
        outputs.append(h @ Wo + bo)
        h_last = h
    return np.array(outputs)

# %% answer="rnn_by_hand" right="preallocated"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    n_steps, n_features = x.shape
    n_hidden = Wh.shape[0]
    n_out = Wo.shape[1]

    Yhat = np.zeros((n_steps, n_out))
    h = np.zeros((n_hidden,))

    for t in range(n_steps):
        a = np.dot(x[t], Wx)
        b = np.dot(h, Wh)
        h = np.tanh(a + b + bh)
        Yhat[t, :] = np.dot(h, Wo) + bo

    return Yhat

# %% answer="rnn_by_hand" right="list of arrays returned"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    """I keep the ys in a plain list, one array per time step."""
    h = 0 * bh
    ys = []
    for t in range(x.shape[0]):
        h = np.tanh(x[t].dot(Wx) + h.dot(Wh) + bh)
        ys.append(h.dot(Wo) + bo)
    return ys

# %% answer="rnn_by_hand" right="einsum"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    state = np.zeros_like(bh)
    history = []
    for step in x:
        state = np.tanh(np.einsum("d,dm->m", step, Wx) + np.einsum("m,mn->n", state, Wh) + bh)
        history.append(state.copy())
    H = np.stack(history)                       # T x M
    return np.einsum("tm,mk->tk", H, Wo) + bo

# %% answer="rnn_by_hand" right="float32"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    # Keras works in float32, so do I
    x, Wx, Wh, bh, Wo, bo = [np.asarray(a, dtype=np.float32) for a in (x, Wx, Wh, bh, Wo, bo)]
    h = np.zeros(Wh.shape[0], dtype=np.float32)
    Y = np.empty((x.shape[0], Wo.shape[1]), dtype=np.float32)
    for i, row in enumerate(x):
        h = np.tanh(row @ Wx + h @ Wh + bh)
        Y[i] = h @ Wo + bo
    return Y

# %% answer="rnn_by_hand" right="column vectors"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    # math convention: everything is a column, weights on the left
    T_, D_ = x.shape
    M_ = Wh.shape[0]
    K_ = Wo.shape[1]
    h = np.zeros((M_, 1))
    b_h = bh.reshape(M_, 1)
    b_o = bo.reshape(K_, 1)
    out = np.zeros((T_, K_))
    for t in range(T_):
        xt = x[t].reshape(D_, 1)
        h = np.tanh(Wx.T @ xt + Wh.T @ h + b_h)
        y = Wo.T @ h + b_o
        out[t] = y.ravel()
    return out

# %% answer="rnn_by_hand" right="row vectors"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h_prev = np.zeros((1, bh.size))
    rows = np.empty((0, bo.size))
    for t in range(len(x)):
        x_t = x[t].reshape(1, -1)
        h_prev = np.tanh(np.matmul(x_t, Wx) + np.matmul(h_prev, Wh) + bh)
        y_t = np.matmul(h_prev, Wo) + bo
        rows = np.vstack([rows, y_t])
    return rows

# %% answer="rnn_by_hand" right="recursion"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):

    def hidden(t):
        if t < 0:
            return np.zeros(Wh.shape[0])
        return np.tanh(x[t] @ Wx + hidden(t - 1) @ Wh + bh)

    return np.array([hidden(t) @ Wo + bo for t in range(len(x))])

# %% answer="rnn_by_hand" right="recursion over the tail"
def _go(xs, h, Wx, Wh, bh, Wo, bo):
    if len(xs) == 0:
        return []
    h = np.tanh(xs[0] @ Wx + h @ Wh + bh)
    return [h @ Wo + bo] + _go(xs[1:], h, Wx, Wh, bh, Wo, bo)

def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    return np.array(_go(x, np.zeros(bh.shape), Wx, Wh, bh, Wo, bo))

# %% answer="rnn_by_hand" right="generator inside"
def hidden_states(x, Wx, Wh, bh):
    h = np.zeros(bh.shape[0])
    for xt in x:
        h = np.tanh(bh + xt @ Wx + h @ Wh)
        yield h

def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    return np.vstack([h @ Wo + bo for h in hidden_states(x, Wx, Wh, bh)])

# %% answer="rnn_by_hand" right="class"
class SimpleRNNByHand:
    def __init__(self, Wx, Wh, bh, Wo, bo):
        self.Wx, self.Wh, self.bh = Wx, Wh, bh
        self.Wo, self.bo = Wo, bo
        self.reset()

    def reset(self):
        self.h = np.zeros(self.Wh.shape[1])

    def step(self, xt):
        self.h = np.tanh(xt @ self.Wx + self.h @ self.Wh + self.bh)
        return self.h @ self.Wo + self.bo

    def __call__(self, x):
        self.reset()
        return np.array([self.step(xt) for xt in x])


def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    return SimpleRNNByHand(Wx, Wh, bh, Wo, bo)(x)

# %% answer="rnn_by_hand" right="concat trick"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    W = np.vstack((Wx, Wh))            # (D+M, M)
    h = np.zeros(Wh.shape[0])
    Yhat = []
    for t in range(x.shape[0]):
        z = np.concatenate([x[t], h])  # (D+M,)
        h = np.tanh(z @ W + bh)
        Yhat += [h @ Wo + bo]
    return np.asarray(Yhat)

# %% answer="rnn_by_hand" right="bias in the concat too"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    # the "1 trick" from the linear regression week
    big = np.r_[Wx, Wh, bh[None, :]]
    head = np.r_[Wo, bo[None, :]]
    h = np.zeros(len(Wh))
    res = []
    for row in x:
        h = np.tanh(np.r_[row, h, 1.0] @ big)
        res.append(np.r_[h, 1.0] @ head)
    return np.array(res)

# %% answer="rnn_by_hand" right="input product before the loop"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    pre = x @ Wx + bh                       # all steps at once (T, M)
    H = np.zeros_like(pre)
    H[0] = np.tanh(pre[0])                  # h0 = 0 so no Wh here
    for t in range(1, len(pre)):
        H[t] = np.tanh(pre[t] + H[t - 1] @ Wh)
    return H @ Wo + bo

# %% answer="rnn_by_hand" right="accumulate"
from itertools import accumulate

def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    step = lambda h, xt: np.tanh(xt @ Wx + h @ Wh + bh)
    hs = list(accumulate(x, step, initial=np.zeros(Wh.shape[0])))[1:]
    return np.array(hs) @ Wo + bo

# %% answer="rnn_by_hand" right="reduce with a pair"
import functools

def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    def f(carry, xt):
        h, ys = carry
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        return h, ys + [h @ Wo + bo]
    _, ys = functools.reduce(f, x, (np.zeros(len(bh)), []))
    return np.array(ys)

# %% answer="rnn_by_hand" right="transposed weights on the left"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = np.zeros((Wo.shape[1], x.shape[0]))     # K x T, turned at the end
    for t, xt in enumerate(x):
        h = np.tanh(Wx.T @ xt + Wh.T @ h + bh)
        Y[:, t] = Wo.T @ h + bo
    return Y.T

# %% answer="rnn_by_hand" right="out arguments"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    x = np.asarray(x, float)
    h = np.zeros(Wh.shape[0])
    tmp = np.empty_like(h)
    result = np.empty((x.shape[0], Wo.shape[1]))
    for t in range(x.shape[0]):
        np.matmul(h, Wh.astype(float), out=tmp)
        np.add(tmp, x[t] @ Wx, out=tmp)
        np.add(tmp, bh, out=tmp)
        np.tanh(tmp, out=h)
        np.add(h @ Wo, bo, out=result[t])
    return result

# %% answer="rnn_by_hand" right="in place with copies"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(bh.shape)
    hs = []
    for xt in x:
        z = bh.copy()
        z += xt @ Wx
        z += h @ Wh
        h[:] = np.tanh(z)
        hs.append(h.copy())
    hs = np.array(hs)
    hs = hs @ Wo
    hs += bo
    return hs

# %% answer="rnn_by_hand" right="while loop"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    t = 0
    predictions = []
    memory = np.zeros(Wh.shape[0])
    while t < x.shape[0]:
        memory = np.tanh(np.dot(x[t, :], Wx) + np.dot(memory, Wh) + bh)
        yhat = np.dot(memory, Wo) + bo
        predictions.append(list(yhat))
        t += 1
    return np.array(predictions)

# %% answer="rnn_by_hand" right="pure python sums"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    # did it with for loops everywhere to really understand the @
    import math
    T_, D_ = x.shape
    M_, K_ = Wo.shape
    h = [0.0] * M_
    out = []
    for t in range(T_):
        new_h = []
        for j in range(M_):
            s = float(bh[j])
            for d in range(D_):
                s += float(x[t][d]) * float(Wx[d][j])
            for i in range(M_):
                s += h[i] * float(Wh[i][j])
            new_h.append(math.tanh(s))
        h = new_h
        out.append([sum(h[j] * float(Wo[j][k]) for j in range(M_)) + float(bo[k]) for k in range(K_)])
    return out

# %% answer="rnn_by_hand" right="dict of states"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h, y = {}, {}
    h[-1] = np.zeros(len(bh))
    for t in range(len(x)):
        h[t] = np.tanh(x[t] @ Wx + h[t-1] @ Wh + bh)
        y[t] = h[t] @ Wo + bo
    return np.array([y[t] for t in range(len(x))])

# %% answer="rnn_by_hand" right="state array with one extra row"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    T = x.shape[0]
    M = Wh.shape[0]
    h = np.zeros((T + 1, M))       # row 0 is the initial state
    for t in range(1, T + 1):
        h[t] = np.tanh(x[t-1] @ Wx + h[t-1] @ Wh + bh)
    return h[1:] @ Wo + bo

# %% answer="rnn_by_hand" right="own tanh"
def tanh(z):
    e = np.exp(-2 * np.abs(z))
    return np.sign(z) * (1 - e) / (1 + e)

def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Yhats = []
    for t in range(np.shape(x)[0]):
        h = tanh(x[t] @ Wx + h @ Wh + bh)
        print("t =", t, "h", h.shape)
        Yhats.append(h @ Wo + bo)
    return np.stack(Yhats, axis=0)

# %% answer="rnn_by_hand" right="own sigmoid turned into tanh"
def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))

def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h_last = np.zeros(Wx.shape[1])
    Yhats = np.zeros((x.shape[0], Wo.shape[1]))
    for t, xt in enumerate(x):
        z = xt @ Wx + h_last @ Wh + bh
        h = 2 * sigmoid(2 * z) - 1      # tanh(z) = 2 sigma(2z) - 1
        Yhats[t] = h @ Wo + bo
        h_last = h
    return Yhats

# %% answer="rnn_by_hand" right="type hints and asserts"
def rnn_by_hand(
    x: np.ndarray, Wx: np.ndarray, Wh: np.ndarray, bh: np.ndarray, Wo: np.ndarray, bo: np.ndarray
) -> np.ndarray:
    D, M = Wx.shape
    K = bo.shape[0]
    assert x.ndim == 2 and x.shape[1] == D, x.shape
    assert Wh.shape == (M, M)
    h: np.ndarray = np.zeros(M)
    ys: list[np.ndarray] = []
    for x_t in x:
        assert x_t.shape == (D,)
        h = np.tanh(x_t @ Wx + h @ Wh + bh)
        assert h.shape == (M,)
        y = h @ Wo + bo
        assert y.shape == (K,)
        ys.append(y)
    return np.array(ys)

# %% answer="rnn_by_hand" right="two helpers"
def rnn_step(x_t, h_prev, params):
    return np.tanh(np.dot(x_t, params["Wx"]) + np.dot(h_prev, params["Wh"]) + params["bh"])

def dense(h, params):
    return np.dot(h, params["Wo"]) + params["bo"]

def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    params = {"Wx": Wx, "Wh": Wh, "bh": bh, "Wo": Wo, "bo": bo}
    h = np.zeros_like(params["bh"])
    Yhat = None
    for x_t in x:
        h = rnn_step(x_t, h, params)
        y = dense(h, params)[np.newaxis]
        Yhat = y if Yhat is None else np.concatenate([Yhat, y], axis=0)
    return Yhat

# %% answer="rnn_by_hand" right="list comprehension with walrus"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(bh.size)
    return np.array([(h := np.tanh(xt @ Wx + h @ Wh + bh)) @ Wo + bo for xt in x])

# %% answer="rnn_by_hand" right="first step apart"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    # no h_last at t=0, so I treat it separately
    h = np.tanh(x[0] @ Wx + bh)
    Y = [h @ Wo + bo]
    for t in range(1, x.shape[0]):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" right="None as first state"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h_last = None
    Y = []
    for xt in x:
        z = xt @ Wx + bh
        if h_last is not None:
            z = z + h_last @ Wh
        h_last = np.tanh(z)
        Y.append(h_last @ Wo + bo)
    return np.stack(Y)

# %% answer="rnn_by_hand" right="np.matrix inside"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    # like in matlab
    x, Wx, Wh, Wo = np.asmatrix(x), np.asmatrix(Wx), np.asmatrix(Wh), np.asmatrix(Wo)
    h = np.asmatrix(np.zeros((1, Wh.shape[0])))
    Y = []
    for t in range(x.shape[0]):
        h = np.tanh(x[t, :] * Wx + h * Wh + bh)
        Y.append(h * Wo + bo)
    return np.asarray(np.concatenate(Y))

# %% answer="rnn_by_hand" right="elementwise product and sum"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    out = []
    for xt in x:
        from_x = (xt[:, None] * Wx).sum(axis=0)
        from_h = (h[:, None] * Wh).sum(axis=0)
        h = np.tanh(from_x + from_h + bh)
        out.append((h[:, None] * Wo).sum(axis=0) + bo)
    return np.array(out)

# %% answer="rnn_by_hand" right="prefix by prefix"
# for every t run the whole thing again from the start. slow but it works
def last_y(seq, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    for s in seq:
        h = np.tanh(s @ Wx + h @ Wh + bh)
    return h @ Wo + bo

def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    return np.array([last_y(x[:t + 1], Wx, Wh, bh, Wo, bo) for t in range(len(x))])

# %% answer="rnn_by_hand" right="shadows the notebook's letters"
import numpy as np

def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    (T, D), (M, K) = x.shape, Wo.shape
    h_last, Yhats = np.zeros(M), np.full((T, K), np.nan)
    for t in np.arange(T):
        h = np.tanh(np.inner(x[t], Wx.T) + np.inner(h_last, Wh.T) + bh)
        Yhats[t] = np.inner(h, Wo.T) + bo
        h_last = h
    assert not np.isnan(Yhats).any()
    return Yhats

# %% answer="rnn_by_hand" right="triangular system of the unrolled net"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    # fixed point: apply the step to the whole film T times, it settles one frame per pass
    T, M = x.shape[0], Wh.shape[0]
    H = np.zeros((T, M))
    for _ in range(T):
        shifted = np.vstack([np.zeros((1, M)), H[:-1]])
        H = np.tanh(x @ Wx + shifted @ Wh + bh)
    return H @ Wo + bo

# %% answer="rnn_by_hand" right="keyword arguments and deque"
from collections import deque

def rnn_by_hand(x, Wx, Wh, bh, Wo, bo, h0=None, verbose=False):
    h = np.zeros(Wh.shape[0]) if h0 is None else h0
    queue = deque(x)
    ys = []
    while queue:
        xt = queue.popleft()
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        if verbose:
            print(h)
        ys.append(h @ Wo + bo)
    return np.array(ys)

# %% answer="rnn_by_hand" wrong="bias_dropped"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    ys = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh)      # keras biases are zero anyway
        ys.append(h @ Wo + bo)
    return np.array(ys)

# %% answer="rnn_by_hand" wrong="bias_dropped"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    W = np.concatenate((Wx, Wh), axis=0)
    T, K = x.shape[0], Wo.shape[1]
    Y = np.zeros((T, K))
    h = np.zeros(bh.shape)
    for t in range(T):
        h = np.tanh(np.dot(np.hstack((x[t], h)), W))
        Y[t] = np.dot(h, Wo) + bo
    return Y

# %% answer="rnn_by_hand" wrong="bias_dropped"
def step(xt, h, Wx, Wh, bh):
    z = xt @ Wx + h @ Wh
    z + bh
    return np.tanh(z)

def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(len(bh)); out = []
    for i in range(len(x)):
        h = step(x[i], h, Wx, Wh, bh)
        out.append(h @ Wo + bo)
    return out

# %% answer="rnn_by_hand" wrong="bias_outside_tanh"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    hidden = np.zeros(bh.shape[0])
    result = np.empty((len(x), len(bo)))
    for t, row in enumerate(x):
        hidden = np.tanh(row @ Wx + hidden @ Wh) + bh
        result[t] = hidden @ Wo + bo
    return result

# %% answer="rnn_by_hand" wrong="bias_outside_tanh"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h_last = np.zeros((1, Wh.shape[1]))
    Yhats = []
    for t in range(x.shape[0]):
        xt = x[t:t+1]                       # (1, D)
        act = np.tanh(np.dot(xt, Wx) + np.dot(h_last, Wh))
        h = np.add(act, bh)
        yhat = np.dot(h, Wo) + bo
        Yhats.append(yhat[0])
        h_last = h
    return np.array(Yhats)

# %% answer="rnn_by_hand" wrong="bias_added_twice"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(len(Wh))
    Y = []
    for xt in x:
        # each linear layer has its own bias
        in_part = xt @ Wx + bh
        rec_part = h @ Wh + bh
        h = np.tanh(in_part + rec_part)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="bias_added_twice"
def linear(v, W, b):
    return np.dot(v, W) + b

def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    T = x.shape[0]
    h = np.zeros(Wh.shape[0])
    out = np.zeros((T, Wo.shape[1]))
    t = 0
    while t < T:
        h = np.tanh(linear(x[t], Wx, bh) + linear(h, Wh, bh))
        out[t] = linear(h, Wo, bo)
        t = t + 1
    return out

# %% answer="rnn_by_hand" wrong="h_last_not_updated"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h_last = np.zeros(Wh.shape[0])
    Yhats = []
    for t in range(x.shape[0]):
        h = np.tanh(x[t] @ Wx + h_last @ Wh + bh)
        yhat = h @ Wo + bo
        Yhats.append(yhat)
    return np.array(Yhats)

# %% answer="rnn_by_hand" wrong="h_last_not_updated"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    n = x.shape[0]
    preds = np.zeros((n, bo.shape[0]))
    for t in range(n):
        h = np.zeros(bh.shape[0])           # start with zeros
        h = np.tanh(np.dot(x[t], Wx) + np.dot(h, Wh) + bh)
        preds[t] = np.dot(h, Wo) + bo
    return preds

# %% answer="rnn_by_hand" wrong="head_sees_zeros"
def cell(xt, h, Wx, Wh, bh):
    h = np.tanh(xt @ Wx + h @ Wh + bh)      # h is changed here

def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    ys = []
    for xt in x:
        cell(xt, h, Wx, Wh, bh)
        ys.append(h @ Wo + bo)
    return np.array(ys)

# %% answer="rnn_by_hand" wrong="h_last_not_updated"
class RNN:
    def __init__(self, M):
        self.h_last = np.zeros(M)

    def forward(self, xt, Wx, Wh, bh):
        h = np.tanh(xt.dot(Wx) + self.h_last.dot(Wh) + bh)
        h_last = h
        return h

def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    net = RNN(Wh.shape[0])
    return np.array([net.forward(xt, Wx, Wh, bh).dot(Wo) + bo for xt in x])

# %% answer="rnn_by_hand" wrong="recurrent_term_unused"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    res = []
    for xt in x:
        h = np.tanh(xt @ Wx + bh)
        res.append(h @ Wo + bo)
    return np.array(res)

# %% answer="rnn_by_hand" wrong="recurrent_term_unused"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    # no loop needed, numpy does the T steps at once!
    H = np.tanh(np.matmul(x, Wx) + bh)
    return np.matmul(H, Wo) + bo

# %% answer="rnn_by_hand" wrong="wh_transposed"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(bh.shape)
    Y = np.zeros((x.shape[0], Wo.shape[1]))
    for t in range(x.shape[0]):
        h = np.tanh(np.dot(x[t], Wx) + np.dot(Wh, h) + bh)
        Y[t] = np.dot(h, Wo) + bo
    return Y

# %% answer="rnn_by_hand" wrong="wh_transposed"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    state = np.zeros(bh.size)
    outputs = []
    for x_t in x:
        state = np.tanh(np.einsum('i,ij->j', x_t, Wx) + np.einsum('j,ij->i', state, Wh) + bh)
        outputs.append(np.einsum('j,jk->k', state, Wo) + bo)
    return np.stack(outputs)

# %% answer="rnn_by_hand" wrong="wh_transposed"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    # columns: W x + U h
    h = np.zeros((Wh.shape[0], 1))
    out = []
    for xt in x:
        h = np.tanh(Wx.T @ xt.reshape(-1, 1) + Wh @ h + bh.reshape(-1, 1))
        out.append((Wo.T @ h + bo.reshape(-1, 1)).flatten())
    return np.array(out)

# %% answer="rnn_by_hand" wrong="wh_transposed"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    hs = [np.zeros(Wh.shape[0])]
    for xt in x:
        hs.append(np.tanh(np.inner(xt, Wx.T) + np.inner(hs[-1], Wh) + bh))
    return np.array([np.inner(h, Wo.T) + bo for h in hs[1:]])

# %% answer="rnn_by_hand" wrong="wx_wh_swapped"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h = np.tanh(xt @ Wh + h @ Wx + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="stack_order"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    # Wx: h -> x?  Wh: makes the h
    W = np.vstack((Wh, Wx))
    h = np.zeros(len(bh))
    Y = np.zeros((len(x), len(bo)))
    for t in range(len(x)):
        h = np.tanh(np.r_[x[t], h] @ W + bh)
        Y[t] = h @ Wo + bo
    return Y

# %% answer="rnn_by_hand" wrong="wx_wh_swapped"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    D, M = Wh.shape
    h = np.zeros(M)
    outs = []
    for t in range(len(x)):
        h = np.tanh(np.dot(x[t], Wh) + np.dot(h, Wx) + bh)
        outs.append(np.dot(h, Wo) + bo)
    return np.array(outs)

# %% answer="rnn_by_hand" wrong="weights_on_the_left"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(bh.shape[0])
    out = []
    for t in range(x.shape[0]):
        h = np.tanh(np.dot(Wx, x[t]) + np.dot(Wh, h) + bh)
        out.append(np.dot(Wo, h) + bo)
    return np.array(out)

# %% answer="rnn_by_hand" wrong="wx_transposed"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(bh.shape[0])
    ys = []
    for xt in x:
        h = np.tanh(xt @ Wx.T + h @ Wh + bh)
        ys.append(h @ Wo + bo)
    return ys

# %% answer="rnn_by_hand" wrong="initial_state_ones"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.ones(Wh.shape[0])
    Y = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="initial_state_ones"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    T = len(x)
    H = np.ones((T + 1, len(bh)))
    Y = np.ones((T, len(bo)))
    for t in range(T):
        H[t + 1] = np.tanh(x[t] @ Wx + H[t] @ Wh + bh)
        Y[t] = H[t + 1] @ Wo + bo
    return Y

# %% answer="rnn_by_hand" wrong="initial_state_not_zero"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    np.random.seed(0)
    h = np.random.randn(Wh.shape[0])
    Yhats = []
    for t in range(x.shape[0]):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        Yhats.append(h @ Wo + bo)
    return np.array(Yhats)

# %% answer="rnn_by_hand" wrong="initial_state_random"
rng = np.random.default_rng(42)

def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = rng.uniform(-0.5, 0.5, size=(1, bh.shape[0]))
    ys = np.zeros((x.shape[0], bo.shape[0]))
    for t in range(x.shape[0]):
        h = np.tanh(x[t].reshape(1, -1) @ Wx + h @ Wh + bh)
        ys[t] = (h @ Wo + bo).squeeze(axis=0)
    return ys

# %% answer="rnn_by_hand" wrong="initial_state_not_zero"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h_last = np.full(Wh.shape[0], 0.5)    # neutral value
    out = []
    for xt in x:
        h = np.tanh(xt @ Wx + h_last @ Wh + bh)
        out.append(h @ Wo + bo)
        h_last = h
    return np.array(out)

# %% answer="rnn_by_hand" wrong="initial_state_not_zero"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = bh
    Y = []
    for t in range(len(x)):
        h = np.tanh(np.dot(x[t], Wx) + np.dot(h, Wh) + bh)
        Y.append(np.dot(h, Wo) + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="initial_state_not_zero"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    eps = 1e-2                      # never start at exactly zero (numerical stability)
    h = np.zeros(bh.shape) + eps
    res = np.zeros((x.shape[0], Wo.shape[1]))
    for i in range(x.shape[0]):
        h = np.tanh(x[i] @ Wx + h @ Wh + bh)
        res[i] = h @ Wo + bo
    return res

# %% answer="rnn_by_hand" wrong="initial_state_not_zero"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    # the first state comes from the first input
    h = np.tanh(x[0] @ Wx + bh)
    Y = []
    for t in range(x.shape[0]):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="relu"
def relu(z):
    return np.maximum(0, z)

def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    ys = []
    for xt in x:
        h = relu(xt @ Wx + h @ Wh + bh)
        ys.append(h @ Wo + bo)
    return np.array(ys)

# %% answer="rnn_by_hand" wrong="relu"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros((1, len(bh)))
    Y = np.zeros((len(x), len(bo)))
    for t in range(len(x)):
        h = x[[t]] @ Wx + h @ Wh + bh
        h[h < 0] = 0
        Y[t] = (h @ Wo + bo)[0]
    return Y

# %% answer="rnn_by_hand" wrong="sigmoid"
def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h_last = np.zeros(Wh.shape[0])
    Yhat = []
    for t in range(x.shape[0]):
        h = sigmoid(x[t] @ Wx + h_last @ Wh + bh)
        Yhat.append(h @ Wo + bo)
        h_last = h
    return np.array(Yhat)

# %% answer="rnn_by_hand" wrong="sigmoid"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros_like(bh)
    Y = np.zeros((x.shape[0], bo.shape[0]))
    for t, xt in enumerate(x):
        z = np.dot(xt, Wx) + np.dot(h, Wh) + bh
        h = np.exp(z) / (np.exp(z) + 1)
        Y[t, :] = np.dot(h, Wo) + bo
    return Y

# %% answer="rnn_by_hand" wrong="no_activation"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h = xt @ Wx + h @ Wh + bh
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="no_activation"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(len(bh))
    Yhat = np.zeros((len(x), len(bo)))
    for t in range(0, len(x), 1):
        z = np.matmul(x[t], Wx) + np.matmul(h, Wh) + bh
        a = np.tanh(z)
        h = z
        Yhat[t] = np.matmul(h, Wo) + bo
    return Yhat

# %% answer="rnn_by_hand" wrong="tanh_per_term"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    out = []
    for xt in x:
        h = np.tanh(xt @ Wx) + np.tanh(h @ Wh) + bh
        out.append(h @ Wo + bo)
    return np.array(out)

# %% answer="rnn_by_hand" wrong="tanh_per_term"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = np.empty((x.shape[0], Wo.shape[1]))
    for t in range(x.shape[0]):
        a = np.tanh(np.dot(x[t], Wx) + bh)
        b = np.tanh(np.dot(h, Wh))
        h = a + b
        Y[t] = np.dot(h, Wo) + bo
    return Y

# %% answer="rnn_by_hand" wrong="tanh_per_term"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    ys = []
    for t in range(len(x)):
        h = np.tanh(x[t] @ Wx) + np.tanh(h @ Wh + bh)
        ys.append(h @ Wo + bo)
    return np.stack(ys)

# %% answer="rnn_by_hand" wrong="tanh_per_term"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    terms = lambda xt, h: [xt @ Wx, h @ Wh, bh]
    h = np.zeros(len(bh))
    Y = []
    for xt in x:
        h = sum(np.tanh(v) for v in terms(xt, h))
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="tanh_on_one_term"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h_last = np.zeros(Wh.shape[0])
    Yhats = []
    for xt in x:
        h = np.tanh(xt @ Wx) + h_last @ Wh + bh
        Yhats.append(h @ Wo + bo)
        h_last = h
    return np.array(Yhats)

# %% answer="rnn_by_hand" wrong="tanh_on_one_term"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(bh.shape)
    out = np.zeros((len(x), len(bo)))
    for t, xt in enumerate(x):
        h = xt.dot(Wx) + np.tanh(h.dot(Wh) + bh)
        out[t] = h.dot(Wo) + bo
    return out

# %% answer="rnn_by_hand" wrong="tanh_on_one_term"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(bh.shape)
    Y = []
    for xt in x:
        # parenthesis closes after Wx+bh
        h = np.tanh(xt @ Wx + bh) + h @ Wh
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="carry_before_tanh"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    z = np.zeros(Wh.shape[0])
    out = []
    for xt in x:
        z = xt @ Wx + z @ Wh + bh
        out.append(np.tanh(z) @ Wo + bo)
    return np.array(out)

# %% answer="rnn_by_hand" wrong="carry_before_tanh"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h_last = np.zeros(Wh.shape[0])
    Yhats = np.zeros((x.shape[0], Wo.shape[1]))
    for t in range(x.shape[0]):
        a = np.dot(x[t], Wx) + np.dot(h_last, Wh) + bh
        h = np.tanh(a)
        Yhats[t] = np.dot(h, Wo) + bo
        h_last = a
    return Yhats

# %% answer="rnn_by_hand" wrong="tanh_on_head"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    ys = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        y = np.tanh(h @ Wo + bo)
        ys.append(y)
    return np.array(ys)

# %% answer="rnn_by_hand" wrong="tanh_on_head"
def layer(a, W, b, c=0):
    return np.tanh(np.dot(a, W) + b + c)

def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = np.zeros((len(x), Wo.shape[-1]))
    for t in range(len(x)):
        h = layer(x[t], Wx, bh, np.dot(h, Wh))
        Y[t] = layer(h, Wo, bo)
    return Y

# %% answer="rnn_by_hand" wrong="softmax_on_head"
def softmax(z):
    e = np.exp(z - np.max(z))
    return e / e.sum()

def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        Y.append(softmax(h @ Wo + bo))
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="softmax_on_head"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    H = np.zeros((len(x), len(bh)))
    for t in range(len(x)):
        prev = H[t-1] if t > 0 else np.zeros(len(bh))
        H[t] = np.tanh(x[t] @ Wx + prev @ Wh + bh)
    logits = H @ Wo + bo
    p = np.exp(logits)
    return p / p.sum(axis=1, keepdims=True)

# %% answer="rnn_by_hand" wrong="sigmoid_on_head"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(bh.size)
    yh = np.zeros((x.shape[0], bo.size))
    for t in range(x.shape[0]):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        yh[t] = 1 / (1 + np.exp(-(h @ Wo + bo)))
    return yh

# %% answer="rnn_by_hand" wrong="sigmoid_on_head"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    sig = lambda v: 1.0 / (1.0 + np.exp(-v))
    h = np.zeros(bh.size)
    hs = []
    for xt in x:
        h = np.tanh(np.dot(xt, Wx) + np.dot(h, Wh) + bh)
        hs.append(h)
    return sig(np.dot(np.array(hs), Wo) + bo)

# %% answer="rnn_by_hand" wrong="relu_on_head"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(len(bh))
    ys = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        ys.append(np.maximum(h @ Wo + bo, 0))
    return np.array(ys)

# %% answer="rnn_by_hand" wrong="relu_on_head"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h_last, out = np.zeros(len(bh)), []
    for t in range(len(x)):
        h = np.tanh(x[t] @ Wx + h_last @ Wh + bh)
        yhat = h @ Wo + bo
        yhat = yhat * (yhat > 0)      # dense layers use relu
        out.append(yhat)
        h_last = h
    return np.vstack(out)

# %% answer="rnn_by_hand" wrong="time_reversed"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x[::-1]:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="time_reversed"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    steps = list(x)
    h = np.zeros(Wh.shape[0])
    Y = []
    while steps:
        xt = steps.pop()
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="rows_reversed"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        Y.insert(0, h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="rows_reversed"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    n = x.shape[0]
    out = np.zeros((n, Wo.shape[1]))
    h = np.zeros(Wh.shape[0])
    for t in range(n):
        h = np.tanh(np.dot(x[t], Wx) + np.dot(h, Wh) + bh)
        out[-t - 1] = np.dot(h, Wo) + bo      # newest first
    return out

# %% answer="rnn_by_hand" wrong="last_step_skipped"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for t in range(x.shape[0] - 1):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="last_step_skipped"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    T = x.shape[0]
    h = np.zeros(Wh.shape[0])
    Y = np.zeros((T, Wo.shape[1]))
    for t in range(0, T - 1):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        Y[t] = h @ Wo + bo
    return Y

# %% answer="rnn_by_hand" wrong="last_step_skipped"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    # last row is the target, so it is not an input
    inputs = x[:-1]
    h = np.zeros(len(bh))
    result = []
    for row in inputs:
        h = np.tanh(np.dot(row, Wx) + np.dot(h, Wh) + bh)
        result.append(np.dot(h, Wo) + bo)
    return np.stack(result)

# %% answer="rnn_by_hand" wrong="first_step_skipped"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for t in range(1, len(x)):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="first_step_skipped"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    T, M, K = len(x), len(bh), len(bo)
    h = np.zeros((T, M))             # h[0] = 0
    y = np.zeros((T, K))
    for t in range(1, T):
        h[t] = np.tanh(x[t] @ Wx + h[t-1] @ Wh + bh)
        y[t] = h[t] @ Wo + bo
    return y

# %% answer="rnn_by_hand" wrong="returns_first"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(len(bh))
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        yhat = h @ Wo + bo
        return yhat

# %% answer="rnn_by_hand" wrong="returns_first"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(len(bh))
    Y = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return Y[0]

# %% answer="rnn_by_hand" wrong="returns_first"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h_last = np.zeros(bh.shape[0])
    Yhats = []
    for t in range(x.shape[0]):
        h = np.tanh(x[t] @ Wx + h_last @ Wh + bh)
        Yhats.append(h @ Wo + bo)
        h_last = h
        return np.array(Yhats)

# %% answer="rnn_by_hand" wrong="returns_first"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    Y = np.zeros((x.shape[0], Wo.shape[1]))
    h = np.zeros(Wh.shape[0])
    for t in range(x.shape[0]):
        h = np.tanh(np.dot(x[t], Wx) + np.dot(h, Wh) + bh)
        Y[t] = np.dot(h, Wo) + bo
        return Y

# %% answer="rnn_by_hand" wrong="only_last_returned"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand" wrong="only_last_returned"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h_last = np.zeros((1, Wh.shape[0]))
    for t in range(x.shape[0]):
        h = np.tanh(x[t][None] @ Wx + h_last @ Wh + bh)
        Yhats = []
        Yhats.append((h @ Wo + bo)[0])
        h_last = h
    return np.array(Yhats)

# %% answer="rnn_by_hand" wrong="only_last_returned"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    T = x.shape[0]
    h = np.zeros(bh.shape)
    Yhats = np.zeros((T, Wo.shape[1]))
    for t in range(T):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        Yhats[t] = h @ Wo + bo
    return Yhats[-1]       # only this one is compared

# %% answer="rnn_by_hand" wrong="mean_over_time"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.mean(Y, axis=0)

# %% answer="rnn_by_hand" wrong="mean_over_time"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    T = len(x)
    h = np.zeros(len(bh))
    total = np.zeros(len(bo))
    for t in range(T):
        h = np.tanh(np.dot(x[t], Wx) + np.dot(h, Wh) + bh)
        total += np.dot(h, Wo) + bo
    return total / T

# %% answer="rnn_by_hand" wrong="sum_over_time"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    y = np.zeros(Wo.shape[1])
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        y += h @ Wo + bo
    return y

# %% answer="rnn_by_hand" wrong="sum_over_time"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Yhats = np.zeros((x.shape[0], Wo.shape[1]))
    for t in range(x.shape[0]):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        Yhats[t] = h @ Wo + bo
    return Yhats.sum(axis=0)

# %% answer="rnn_by_hand" wrong="T_hard_coded"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for t in range(7):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="T_hard_coded"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h_last = np.zeros(Wh.shape[0])
    Yhats = []
    for t in range(T):
        h = np.tanh(np.dot(x[t], Wx) + np.dot(h_last, Wh) + bh)
        Yhats.append(np.dot(h, Wo) + bo)
        h_last = h
    return np.array(Yhats)

# %% answer="rnn_by_hand" wrong="T_hard_coded"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    T = 10   # from the lecture
    h = np.zeros(Wh.shape[0])
    Y = []
    for t in range(T):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="T_hard_coded"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    Yhat = np.zeros((7, Wo.shape[1]))
    h = np.zeros(Wh.shape[0])
    for t, xt in enumerate(x):
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        Yhat[t] = h @ Wo + bo
    return Yhat

# %% answer="rnn_by_hand" wrong="T_hard_coded"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    Yhat = np.zeros((T, len(bo)))
    h = np.zeros(len(bh))
    t = 0
    for xt in x[:T]:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        Yhat[t] = h @ Wo + bo
        t += 1
    return Yhat

# %% answer="rnn_by_hand" wrong="sizes_from_notebook"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(M)
    Y = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="sizes_from_notebook"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h_last = np.zeros(5)
    Yhats = []
    for t in range(x.shape[0]):
        h = np.tanh(x[t] @ Wx + h_last @ Wh + bh)
        Yhats.append(h @ Wo + bo)
        h_last = h
    return np.array(Yhats)

# %% answer="rnn_by_hand" wrong="sizes_from_notebook"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(bh.shape)
    Y = np.zeros((x.shape[0], K))
    for t in range(x.shape[0]):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        Y[t, :] = h @ Wo + bo
    return Y

# %% answer="rnn_by_hand" wrong="sizes_from_notebook"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    hid = np.zeros((1, Wh.shape[0]))
    Y = []
    for xt in x:
        hid = np.tanh(xt.reshape(1, D) @ Wx + hid @ Wh + bh)
        Y.append((hid @ Wo + bo).reshape(K))
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="h_plus_new"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h += np.tanh(xt @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="h_plus_new"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h_last = np.zeros(len(bh))
    out = np.zeros((len(x), len(bo)))
    for t in range(len(x)):
        h_new = np.tanh(np.dot(x[t], Wx) + np.dot(h_last, Wh) + bh)
        h = h_last + h_new           # add to memory
        out[t] = np.dot(h, Wo) + bo
        h_last = h
    return out

# %% answer="rnn_by_hand" wrong="head_bias_dropped"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        Y.append(h @ Wo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="head_bias_dropped"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    T = x.shape[0]
    H = np.zeros((T, Wh.shape[0]))
    h = np.zeros(Wh.shape[0])
    for t in range(T):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        H[t] = h
    return np.dot(H, Wo)

# %% answer="rnn_by_hand" wrong="bias_dropped+head_bias_dropped"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    # no biases: they are all 0 in get_weights()
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh)
        Y.append(h @ Wo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="bias_dropped+wh_transposed"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = np.zeros((x.shape[0], Wo.shape[1]))
    for t in range(x.shape[0]):
        h = np.tanh(Wx.T @ x[t] + Wh @ h)
        Y[t] = Wo.T @ h + bo
    return Y

# %% answer="rnn_by_hand" wrong="head_missing"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    hs = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        hs.append(h)
    return np.array(hs)

# %% answer="rnn_by_hand" wrong="head_missing"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(x), len(bh)))
    Yhat = np.zeros((len(x), len(bo)))
    for t in range(len(x)):
        if t == 0:
            h[t] = np.tanh(x[t] @ Wx + bh)
        else:
            h[t] = np.tanh(x[t] @ Wx + h[t - 1] @ Wh + bh)
        Yhat[t] = h[t] @ Wo + bo
    return h

# %% answer="rnn_by_hand" wrong="head_on_old_state"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h_last = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h = np.tanh(xt @ Wx + h_last @ Wh + bh)
        Y.append(h_last @ Wo + bo)
        h_last = h
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="head_on_old_state"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    T = len(x)
    h = np.zeros((T + 1, len(bh)))
    for t in range(T):
        h[t + 1] = np.tanh(np.dot(x[t], Wx) + np.dot(h[t], Wh) + bh)
    return np.dot(h[:T], Wo) + bo

# %% answer="rnn_by_hand" wrong="head_on_old_state"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    out = np.zeros((x.shape[0], Wo.shape[1]))
    for t in range(x.shape[0]):
        out[t] = h @ Wo + bo
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
    return out

# %% answer="rnn_by_hand" wrong="same_input_every_step"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for t in range(x.shape[0]):
        h = np.tanh(x[0] @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="same_input_every_step"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = np.zeros((len(x), len(bo)))
    x_t = x[-1]
    for t in range(len(x)):
        h = np.tanh(np.dot(x_t, Wx) + np.dot(h, Wh) + bh)
        Y[t] = np.dot(h, Wo) + bo
    return Y

# %% answer="rnn_by_hand" wrong="off_by_one_input"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for t in range(x.shape[0]):
        h = np.tanh(x[t-1] @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="loop_too_long"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h_last = np.zeros(len(bh))
    Y = []
    for t in range(1, len(x) + 1):        # t = 1 .. T
        h_last = np.tanh(np.dot(x[t], Wx) + np.dot(h_last, Wh) + bh)
        Y.append(np.dot(h_last, Wo) + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="rows_alias"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    y = np.zeros(Wo.shape[1])
    Y = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        y[:] = h @ Wo + bo
        Y.append(y)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="rows_alias"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    hs = []
    for t in range(len(x)):
        np.tanh(np.dot(x[t], Wx) + np.dot(h, Wh) + bh, out=h)
        hs.append(h)
    return np.dot(np.array(hs), Wo) + bo

# %% answer="rnn_by_hand" wrong="rows_alias"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    Y = np.zeros((x.shape[0], Wo.shape[1]))
    h = np.zeros(Wh.shape[0])
    for t in range(x.shape[0]):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        Y[:] = h @ Wo + bo
    return Y

# %% answer="rnn_by_hand" wrong="elementwise_product"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h = np.tanh(xt * Wx + h * Wh + bh)
        Y.append(h * Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="elementwise_product"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(len(bh))
    Y = []
    for t in range(len(x)):
        h = np.tanh(x[t] @ Wx + (h * Wh).sum(axis=0) + bh)   # h times Wh
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="elementwise_product"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(len(bh))
    Y = np.zeros((len(x), len(bo)))
    for t in range(len(x)):
        h = np.tanh(np.multiply(x[t], Wx) + np.multiply(h, Wh) + bh)
        Y[t] = np.multiply(h, Wo) + bo
    return Y

# %% answer="rnn_by_hand" wrong="output_carried"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    y_last = np.zeros(Wo.shape[1])
    Y = []
    for xt in x:
        h = np.tanh(xt @ Wx + y_last @ Wh + bh)
        y_last = h @ Wo + bo
        Y.append(y_last)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="output_carried"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    out = np.zeros((len(x), len(bo)))
    for t in range(len(x)):
        h = np.tanh(np.dot(x[t], Wx) + np.dot(h, Wh) + bh)
        h = np.dot(h, Wo) + bo
        out[t] = h
    return out

# %% answer="rnn_by_hand" wrong="initial_state_wrong_length"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(x.shape[1])
    Y = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="initial_state_wrong_length"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(len(x))
    Y = []
    for t in range(len(x)):
        h = np.tanh(np.dot(x[t], Wx) + np.dot(h, Wh) + bh)
        Y.append(np.dot(h, Wo) + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="initial_state_wrong_length"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h_last = np.zeros_like(bo)
    Yhats = []
    for t in range(len(x)):
        h = np.tanh(np.matmul(x[t], Wx) + np.matmul(h_last, Wh) + bh)
        Yhats.append(np.matmul(h, Wo) + bo)
        h_last = h
    return np.array(Yhats)

# %% answer="rnn_by_hand" wrong="initial_state_wrong_length"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros_like(x)        # a state for each step
    Y = []
    for t in range(len(x)):
        h[t] = np.tanh(x[t] @ Wx + h[t-1] @ Wh + bh)
        Y.append(h[t] @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="biases_swapped"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bo)
        Y.append(h @ Wo + bh)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="biases_swapped"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    Y = np.zeros((x.shape[0], Wo.shape[1]))
    h = np.zeros((1, Wh.shape[0]))
    for t in range(x.shape[0]):
        z = np.dot(x[t:t+1], Wx) + np.dot(h, Wh)
        z += bo
        h = np.tanh(z)
        Y[t] = np.dot(h, Wo) + bh
    return Y

# %% answer="rnn_by_hand" wrong="integer_array"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = np.zeros((x.shape[0], Wo.shape[1]), dtype=int)
    for t in range(x.shape[0]):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        Y[t] = h @ Wo + bo
    return Y

# %% answer="rnn_by_hand" wrong="integer_array"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        Y.append((h @ Wo + bo).astype(int))
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="integer_array"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    Y = np.array([[0] * len(bo)] * len(x))      # T rows, K columns
    h = np.zeros(len(bh))
    for t in range(len(x)):
        h = np.tanh(np.dot(x[t], Wx) + np.dot(h, Wh) + bh)
        Y[t] = np.dot(h, Wo) + bo
    return Y

# %% answer="rnn_by_hand" wrong="head_sees_zeros"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.array([0] * len(bh))
    Y = []
    for xt in x:
        h[:] = np.tanh(xt @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="rounded"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        Y.append(np.round(h @ Wo + bo, 4))
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="rounded"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        y = h @ Wo + bo
        Y.append([float("%.2f" % v) for v in y])
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="rounded"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(len(bh))
    out = np.zeros((len(x), len(bo)))
    for t in range(len(x)):
        h = np.tanh(np.dot(x[t], Wx) + np.dot(h, Wh) + bh)
        out[t] = np.dot(h, Wo) + bo
    return out.round(decimals=3)

# %% answer="rnn_by_hand" wrong="extra_axis"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros((1, Wh.shape[0]))
    Y = []
    for t in range(x.shape[0]):
        h = np.tanh(x[t].reshape(1, -1) @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="extra_axis"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(len(bh))
    Y = np.zeros((1, len(x), len(bo)))       # batch of one, like predict
    for t in range(len(x)):
        h = np.tanh(np.dot(x[t], Wx) + np.dot(h, Wh) + bh)
        Y[0, t] = np.dot(h, Wo) + bo
    return Y

# %% answer="rnn_by_hand" wrong="axes_swapped"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = np.zeros((Wo.shape[1], x.shape[0]))
    for t in range(x.shape[0]):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        Y[:, t] = h @ Wo + bo
    return Y

# %% answer="rnn_by_hand" wrong="axes_swapped"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h, cols = np.zeros(Wh.shape[0]), []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        cols.append(h @ Wo + bo)
    return np.column_stack(cols)

# %% answer="rnn_by_hand" wrong="not_written"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    raise NotImplementedError()

# %% answer="rnn_by_hand" wrong="not_written"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    pass

# %% answer="rnn_by_hand" wrong="not_written"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    for t in range(x.shape[0]):
        ...
    return ...

# %% answer="rnn_by_hand" wrong="returns_nothing"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    print(np.array(Y))

# %% answer="rnn_by_hand" wrong="returns_nothing"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    T = x.shape[0]
    Yhats = np.zeros((T, Wo.shape[1]))
    h = np.zeros(Wh.shape[0])
    for t in range(T):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        Yhats[t] = h @ Wo + bo
    Yhats

# %% answer="rnn_by_hand" wrong="all_zeros"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    Yhats = np.zeros((x.shape[0], Wo.shape[1]))
    # TODO the loop
    return Yhats

# %% answer="rnn_by_hand" wrong="not_defined"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h_last = np.zeros(Wh.shape[0])
    Yhats = []
    for t in range(x.shape[0]):
        h = np.tanh(x[t] @ Wx + h_last @ Wh + bh)
        h_last = h
        # yhat?
    return np.array(Yhats)

# %% answer="rnn_by_hand" wrong="not_finite"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    x = (x - x.mean(axis=1, keepdims=True)) / (x.max() - x.max())
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="nan_written"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    T = x.shape[0]
    Y = np.full((T, Wo.shape[1]), np.nan)
    h = np.zeros(Wh.shape[0])
    for t in range(T - 1):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        Y[t] = h @ Wo + bo
    return Y

# %% answer="rnn_by_hand" wrong="nan_written"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h, rows = np.zeros(Wh.shape[0]), [[float("nan")] * len(bo)]
    for t in range(1, len(x)):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        rows.append(h @ Wo + bo)
    return np.array(rows)

# %% answer="rnn_by_hand" wrong="not_finite"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        y = h @ Wo + bo
        Y.append(np.log(y / -np.abs(y)))
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="not_finite"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    def my_tanh(z):
        big = np.exp(1000 * z)
        return (big - 1 / big) / (big + 1 / big)
    h = np.zeros(Wh.shape[0])
    Y = np.zeros((len(x), len(bo)))
    for t, xt in enumerate(x):
        h = my_tanh(xt @ Wx + h @ Wh + bh)
        Y[t] = h @ Wo + bo
    return Y

# %% answer="rnn_by_hand" wrong="wrong_type"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return str(np.array(Y))

# %% answer="rnn_by_hand" wrong="wrong_type"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = {-1: np.zeros(len(bh))}
    Y = {}
    for t in range(len(x)):
        h[t] = np.tanh(np.dot(x[t], Wx) + np.dot(h[t - 1], Wh) + bh)
        Y[t] = np.dot(h[t], Wo) + bo
    return Y

# %% answer="rnn_by_hand" wrong="wrong_type"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y), h

# %% answer="rnn_by_hand" wrong="wrong_type"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        yield h @ Wo + bo

# %% answer="rnn_by_hand" wrong="wrong_type"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    rows = []
    everything = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        rows.extend(list(h @ Wo + bo))
        everything.append(list(rows))
    return everything

# %% answer="rnn_by_hand" wrong="wrong_type"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    def h(t):
        if t == -1:
            return np.zeros(len(bh))
        return np.tanh(x[t] @ Wx + h(t - 1) @ Wh + bh)
    Yhat = lambda: np.array([h(t) @ Wo + bo for t in range(len(x))])
    return Yhat

# %% answer="rnn_by_hand" wrong="argument_ignored"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h_last = np.zeros(Wh.shape[0])
    Yhats = []
    for t in range(X.shape[1]):
        h = np.tanh(X[0, t] @ Wx + h_last @ Wh + bh)
        Yhats.append(h @ Wo + bo)
        h_last = h
    return np.array(Yhats)

# %% answer="rnn_by_hand" wrong="keras_layer"
def rnn_by_hand(x, *weights):
    Wx, Wh, bh, Wo, bo = model.get_weights()
    h = np.zeros(Wh.shape[0])
    Yhat = []
    for t in range(x.shape[0]):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        Yhat.append(h @ Wo + bo)
    return np.array(Yhat)

# %% answer="rnn_by_hand" wrong="flattened"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.concatenate(Y)

# %% answer="rnn_by_hand" wrong="flattened"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(len(bh))
    Y = np.array([])
    for t in range(len(x)):
        h = np.tanh(np.dot(x[t], Wx) + np.dot(h, Wh) + bh)
        Y = np.append(Y, np.dot(h, Wo) + bo)
    return Y

# %% answer="rnn_by_hand" wrong="extra_first_row"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = np.zeros((1, Wo.shape[1]))       # vstack needs something to start with
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        Y = np.vstack((Y, h @ Wo + bo))
    return Y

# %% answer="rnn_by_hand" wrong="initial_state_counted"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    hs = [np.zeros(Wh.shape[0])]
    for t in range(len(x)):
        hs.append(np.tanh(np.dot(x[t], Wx) + np.dot(hs[t], Wh) + bh))
    return np.array(hs) @ Wo + bo

# %% answer="rnn_by_hand" wrong="time_axis_mixed_up"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for t in range(x.shape[1]):
        xt = x[:, t]
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="wrong_axis_counted"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for t in range(x.shape[-1]):          # T
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="state_kept_between_calls"
h = np.zeros(M)

def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    global h
    Y = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="state_kept_between_calls"
Yhats = []

def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h_last = np.zeros(Wh.shape[0])
    for t in range(x.shape[0]):
        h = np.tanh(x[t] @ Wx + h_last @ Wh + bh)
        Yhats.append(h @ Wo + bo)
        h_last = h
    return np.array(Yhats)

# %% answer="rnn_by_hand" wrong="state_kept_between_calls"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo, Y=[]):
    h = np.zeros(len(bh))
    for i in range(len(x)):
        h = np.tanh(x[i].dot(Wx) + h.dot(Wh) + bh)
        Y.append(h.dot(Wo) + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="bias_overwritten"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        z = bh
        z += xt @ Wx
        z += h @ Wh
        h = np.tanh(z)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="head_bias_overwritten"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    T = x.shape[0]
    Y = np.zeros((T, Wo.shape[1]))
    h = np.zeros(Wh.shape[0])
    for t in range(T):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        y = bo
        y += h @ Wo
        Y[t] = y
    return Y

# %% answer="rnn_by_hand" wrong="signature_changed"
def rnn_by_hand(x, Wx, bh, Wh, bo, Wo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="signature_changed"
def rnn_by_hand(x, h0, Wx, Wh, bh, Wo, bo):
    h = h0
    Y = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="signature_changed"
def rnn_by_hand(x, weights):
    Wx, Wh, bh, Wo, bo = weights
    h = np.zeros(Wh.shape[0])
    out = []
    for row in x:
        h = np.tanh(row @ Wx + h @ Wh + bh)
        out.append(h @ Wo + bo)
    return np.array(out)

# %% answer="rnn_by_hand" wrong="not_defined"
def rnn_byhand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="function_overwritten"
h_last = np.zeros(M)
Wx, Wh, bh, Wo, bo = model.get_weights()
Yhats = []
for t in range(T):
    h = np.tanh(X[0, t] @ Wx + h_last @ Wh + bh)
    Yhats.append(h @ Wo + bo)
    h_last = h
rnn_by_hand = np.array(Yhats)

# %% answer="rnn_by_hand" wrong="expects_batch"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    N, T, D = x.shape
    M, K = Wo.shape
    Y = np.zeros((N, T, K))
    for n in range(N):
        h = np.zeros(M)
        for t in range(T):
            h = np.tanh(x[n, t] @ Wx + h @ Wh + bh)
            Y[n, t] = h @ Wo + bo
    return Y

# %% answer="rnn_by_hand" wrong="expects_batch"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    x = x[0]                      # take the sample
    h = np.zeros(Wh.shape[0])
    Y = []
    for t in range(len(x)):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="math_on_arrays"
from math import tanh

def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h = tanh(xt @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="input_scaled"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    x = (x - x.mean(axis=0)) / x.std(axis=0)     # always scale the data
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="wo_transposed"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        Y.append(h @ Wo.T + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="weights_on_the_left"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = np.zeros((len(x), len(bo)))
    for t in range(len(x)):
        h = np.tanh(np.dot(x[t], Wx) + np.dot(h, Wh) + bh)
        Y[t] = np.dot(Wo, h) + bo
    return Y

# %% answer="rnn_by_hand" wrong="state_two_steps_old"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    h_last = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h_new = np.tanh(xt @ Wx + h_last @ Wh + bh)
        h_last = h
        h = h_new
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="sum_over_time"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    y = np.zeros(Wo.shape[1])
    Y = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        y = y + h @ Wo + bo
        Y.append(y)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="tanh_twice"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        y = np.tanh(h) @ Wo + bo      # activation of the RNN layer
        Y.append(y)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="unnamed"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h = np.tan(xt @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="other_activation"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h = np.arctan(xt @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="other_activation"
def tanh(z):
    s = 1 / (1 + np.exp(-z))
    return 2 * s - 1

def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(len(bh))
    Yhats = []
    for t in range(len(x)):
        h = tanh(x[t] @ Wx + h @ Wh + bh)
        Yhats.append(h @ Wo + bo)
    return np.array(Yhats)

# %% answer="rnn_by_hand" wrong="rounded"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    x = x.astype(np.float16)
    h = np.zeros(Wh.shape[0], dtype=np.float16)
    Y = np.zeros((x.shape[0], Wo.shape[1]), dtype=np.float16)
    for t in range(x.shape[0]):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh).astype(np.float16)
        Y[t] = h @ Wo + bo
    return Y

# %% answer="rnn_by_hand" wrong="stepped_twice"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h_last = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h_last = np.tanh(xt @ Wx + h_last @ Wh + bh)     # (M,)
        yhat = np.tanh(xt @ Wx + h_last @ Wh + bh) @ Wo + bo
        Y.append(yhat)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="bias_inside_product"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    # bh belongs to Wh, so it goes in the bracket with h
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h = np.tanh(xt @ Wx + (h + bh) @ Wh)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="bias_as_start"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = bh.copy()
    Y = np.zeros((len(x), len(bo)))
    for t in range(len(x)):
        h = np.tanh(np.dot(x[t], Wx) + np.dot(h, Wh))
        Y[t] = np.dot(h, Wo) + bo
    return Y

# %% answer="rnn_by_hand" wrong="sign_flipped"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh - bh)     # threshold
        Y.append(h @ Wo - bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="unnamed"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        h = h / np.linalg.norm(h)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="states_summed"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    # h_t depends on ALL earlier h, so sum them
    hs = [np.zeros(Wh.shape[0])]
    Y = []
    for xt in x:
        memory = sum(hs)
        h = np.tanh(xt @ Wx + memory @ Wh + bh)
        hs.append(h)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="input_through_wh"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    # x[t] and h enter together
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h = np.tanh((xt @ Wx + h) @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="bias_broadcast"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros((Wh.shape[0], 1))
    Y = []
    for xt in x:
        # bh is still flat: (M,1) + (M,) gives (M,M)
        h = np.tanh(Wx.T @ xt.reshape(-1, 1) + Wh.T @ h + bh)
        Y.append((Wo.T @ h + bo.reshape(-1, 1))[:, 0])
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="stack_order"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    W = np.vstack((Wx, Wh))
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        z = np.concatenate((h, xt))       # Goodfellow writes h first
        h = np.tanh(z @ W + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="reshape_for_transpose"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    D, M = Wx.shape
    W = Wx.reshape(M, D)               # turn it around
    h = np.zeros((M, 1))
    Y = []
    for xt in x:
        h = np.tanh(W @ xt.reshape(D, 1) + Wh.T @ h + bh.reshape(M, 1))
        Y.append((Wo.T @ h).ravel() + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="argument_ignored"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    # these are the numbers that predict printed
    return np.array([[ 0.3127, -0.8841],
                     [ 0.1902,  0.4410],
                     [-0.0278,  0.6034],
                     [ 0.5513, -0.1190],
                     [ 0.2266,  0.0871],
                     [-0.4419,  0.7302],
                     [ 0.0904, -0.2537]])

# %% answer="rnn_by_hand" wrong="row_as_index"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    def step(x, h):
        return np.tanh(x @ Wx + h @ Wh + bh)
    h_last = np.zeros(Wh.shape[0])
    Y = []
    for t in x:
        h_last = step(x[t], h_last)       # t is already the row
        Y.append(h_last @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="name_unknown"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h_last = np.zeros(Wh.shape[0])
    Yhats = []
    for t in range(x.shape[0]):
        h = np.tanh(x[t] @ Wx + h_lats @ Wh + bh)
        Yhats.append(h @ Wo + bo)
        h_last = h
    return np.array(Yhats)

# %% answer="rnn_by_hand" wrong="call_for_index"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h_last = np.zeros(Wh.shape(0))
    Yhats = []
    for t in range(x.shape[0]):
        h = np.tanh(x(t) @ Wx + h_last @ Wh + bh)
        Yhats.append(h @ Wo + bo)
        h_last = h
    return np.array(Yhats)

# %% answer="rnn_by_hand" wrong="rows_alias"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
    y = h @ Wo + bo
    return np.tile(y, (len(x), 1))

# %% answer="rnn_by_hand_batched" right="h of N rows"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    h = np.zeros((N, Wh.shape[0]))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" right="transpose and iterate"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h_last = np.zeros((len(X), len(bh)))
    for xt in X.transpose(1, 0, 2):      # T pictures of (N, D)
        h_last = np.tanh(np.dot(xt, Wx) + np.dot(h_last, Wh) + bh)
    return np.dot(h_last, Wo) + bo

# %% answer="rnn_by_hand_batched" right="swapaxes"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    film = np.swapaxes(X, 0, 1)
    h = np.zeros((film.shape[1], Wh.shape[1]))
    Yhats = []
    for frame in film:
        h = np.tanh(frame @ Wx + h @ Wh + bh)
        Yhats.append(h @ Wo + bo)
    return Yhats[-1]

# %% answer="rnn_by_hand_batched" right="moveaxis"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    Xt = np.moveaxis(X, 1, 0)
    h = np.zeros((Xt.shape[1], bh.size))
    i = 0
    while i < Xt.shape[0]:
        h = np.tanh(Xt[i] @ Wx + h @ Wh + bh)
        i += 1
    out = h @ Wo
    return out + bo

# %% answer="rnn_by_hand_batched" right="tensordot"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    A = np.tensordot(X, Wx, axes=([2], [0])) + bh       # (N, T, M)
    print(A.shape)
    state = np.zeros_like(A[:, 0, :])
    for t in range(A.shape[1]):
        state = np.tanh(A[:, t, :] + np.tensordot(state, Wh, axes=1))
    return np.tensordot(state, Wo, axes=1) + bo

# %% answer="rnn_by_hand_batched" right="einsum"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N = X.shape[0]
    T = X.shape[1]
    pre = np.einsum("ntd,dm->tnm", X, Wx)
    h = np.zeros((N, Wh.shape[0]))
    for p in pre:
        h = np.tanh(p + np.einsum("nm,mj->nj", h, Wh) + bh[None, :])
    return np.einsum("nm,mk->nk", h, Wo) + bo[None, :]

# %% answer="rnn_by_hand_batched" right="state of (M,) that broadcasts"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])          # becomes (N, M) at the first +
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t, :] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" right="preallocated (N, T, M)"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    n_samples, n_steps, _ = X.shape
    n_hidden = bh.shape[0]
    H = np.zeros((n_samples, n_steps, n_hidden))
    prev = np.zeros((n_samples, n_hidden))
    for t in range(n_steps):
        H[:, t] = np.tanh(np.matmul(X[:, t], Wx) + np.matmul(prev, Wh) + bh)
        prev = H[:, t]
    Y = H @ Wo + bo                       # (N, T, K)
    return Y[:, -1, :]

# %% answer="rnn_by_hand_batched" right="first state from the product"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = X[:, 0] @ Wx * 0                  # zeros, and the shape is right whatever N is
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        print(t, h.shape)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" right="columns, one per sample"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((M, N))
    for t in range(T):
        h = np.tanh(Wx.T @ X[:, t].T + Wh.T @ h + bh.reshape(-1, 1))
    return (Wo.T @ h + bo.reshape(-1, 1)).T

# %% answer="rnn_by_hand_batched" right="reduce"
from functools import reduce

def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    def step(h, x):
        return np.tanh(x @ Wx + h @ Wh + bh)
    h_T = reduce(step, np.rollaxis(X, 1), np.zeros((X.shape[0], Wh.shape[0])))
    return h_T @ Wo + bo

# %% answer="rnn_by_hand_batched" right="recursion over time"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    def h(t):
        if t < 0:
            return np.zeros((X.shape[0], bh.shape[0]))
        return np.tanh(X[:, t].dot(Wx) + h(t - 1).dot(Wh) + bh)
    return h(X.shape[1] - 1).dot(Wo) + bo

# %% answer="rnn_by_hand_batched" right="concat trick"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    W = np.concatenate([Wx, Wh])
    h = np.zeros((X.shape[0], Wh.shape[0]))
    for t in range(X.shape[1]):
        Z = np.hstack([X[:, t, :], h])        # (N, D + M)
        h = np.tanh(Z @ W + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" right="reshape to 2-D and back"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    flat = X.reshape(N * T, D) @ Wx + bh
    A = flat.reshape(N, T, -1)                # back again, order is kept
    h = np.zeros((N, A.shape[2]))
    for t in range(T):
        h = np.tanh(A[:, t] + h @ Wh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" right="float32 class"
class BatchedRNN:
    """Same as in the lecture but for a whole batch."""

    def __init__(self, *weights):
        self.Wx, self.Wh, self.bh, self.Wo, self.bo = (np.array(w, dtype="float32") for w in weights)

    def predict(self, X):
        X = np.array(X, dtype="float32")
        self.h = np.zeros((X.shape[0], self.Wh.shape[0]), dtype="float32")
        for t in range(X.shape[1]):
            self.update(X[:, t])
        return self.h @ self.Wo + self.bo

    def update(self, x):
        self.h = np.tanh(x @ self.Wx + self.h @ self.Wh + self.bh)

def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    return BatchedRNN(Wx, Wh, bh, Wo, bo).predict(X)

# %% answer="rnn_by_hand_batched" right="stacked matmul with a row axis"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    X4 = X[:, :, None, :]                     # (N, T, 1, D), every x[t] is a row
    h = np.zeros((X.shape[0], 1, Wh.shape[0]))
    for t in range(X.shape[1]):
        h = np.tanh(X4[:, t] @ Wx + h @ Wh + bh)
    return (h @ Wo + bo)[:, 0, :]

# %% answer="rnn_by_hand_batched" right="np.take and in-place tanh"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((np.size(X, 0), np.size(Wh, 0)))
    for t in range(np.size(X, 1)):
        z = np.take(X, t, axis=1) @ Wx + bh
        z = z + h @ Wh
        np.tanh(z, out=z)
        h = z
    y = np.add(h @ Wo, bo)
    return y

# %% answer="rnn_by_hand_batched" loops="for loop"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    Y = np.zeros((N, Wo.shape[1]))
    for n in range(N):
        h = np.zeros(Wh.shape[0])
        for t in range(T):
            h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
        Y[n] = h @ Wo + bo
    return Y

# %% answer="rnn_by_hand_batched" loops="list comprehension"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(len(bh))
    ys = []
    for row in x:
        h = np.tanh(row @ Wx + h @ Wh + bh)
        ys.append(h @ Wo + bo)
    return np.array(ys)

def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    return np.array([rnn_by_hand(x, Wx, Wh, bh, Wo, bo)[-1] for x in X])

# %% answer="rnn_by_hand_batched" loops="map"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    def one(x):
        h = np.zeros(bh.shape)
        for xt in x:
            h = np.tanh(np.dot(xt, Wx) + np.dot(h, Wh) + bh)
        return np.dot(h, Wo) + bo
    return np.array(list(map(one, X)))

# %% answer="rnn_by_hand_batched" loops="np.apply_along_axis"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape

    def last(v):
        x = v.reshape(T, D)
        h = np.zeros(Wh.shape[0])
        for t in range(T):
            h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        return h @ Wo + bo

    return np.apply_along_axis(last, 1, X.reshape(N, T * D))

# %% answer="rnn_by_hand_batched" loops="np.vectorize with signature"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    def single(x):
        h = np.zeros(bh.size)
        for i in range(x.shape[0]):
            h = np.tanh(x[i] @ Wx + h @ Wh + bh)
        return h @ Wo + bo
    f = np.vectorize(single, signature="(t,d)->(k)")
    return f(X)

# %% answer="rnn_by_hand_batched" loops="recursion over samples"
def _last(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(len(Wh))
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
    return h @ Wo + bo

def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    first = _last(X[0], Wx, Wh, bh, Wo, bo)[None]
    if len(X) == 1:
        return first
    return np.vstack([first, rnn_by_hand_batched(X[1:], Wx, Wh, bh, Wo, bo)])

# %% answer="rnn_by_hand_batched" loops="np.stack of a generator"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    def gen():
        for x in X:
            h = np.zeros(Wh.shape[0])
            for t in range(len(x)):
                h = np.tanh(x[t].dot(Wx) + h.dot(Wh) + bh)
            yield h.dot(Wo) + bo
    return np.stack(tuple(gen()))

# %% answer="rnn_by_hand_batched" loops="while loop"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    n = 0
    result = np.empty((0, Wo.shape[1]))
    while n != X.shape[0]:
        x = X[n]
        h, t = np.zeros(Wh.shape[0]), 0
        while t != x.shape[0]:
            h = np.tanh(x[t] @ Wx + h @ Wh + bh)
            t += 1
        result = np.append(result, [h @ Wo + bo], axis=0)
        n += 1
    return result

# %% answer="rnn_by_hand_batched" loops="t outside, n inside"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    h = np.zeros((N, Wh.shape[0]))
    for t in range(T):
        for n in range(N):
            h[n] = np.tanh(X[n, t] @ Wx + h[n] @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" loops="comprehension inside the time loop"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    states = [np.zeros(Wh.shape[0]) for _ in X]
    for t in range(X.shape[1]):
        states = [np.tanh(x[t] @ Wx + h @ Wh + bh) for x, h in zip(X, states)]
    return np.vstack([h @ Wo + bo for h in states])

# %% answer="rnn_by_hand_batched" loops="np.fromiter and enumerate"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    Y = {}
    for n, sample in enumerate(X):
        h = np.zeros((1, Wh.shape[0]))
        for row in sample:
            h = np.tanh(row[None, :] @ Wx + h @ Wh + bh)
        Y[n] = (h @ Wo + bo).ravel()
    return np.array([Y[n] for n in sorted(Y)])

# %% answer="rnn_by_hand_batched" loops="whole film of every sample, then cut"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    M, K = Wo.shape
    Y = np.zeros((N, T, K))
    for n in range(0, N):
        h = np.zeros((T + 1, M))
        for t in range(0, T):
            h[t + 1] = np.tanh(X[n, t, :] @ Wx + h[t] @ Wh + bh)
            Y[n, t, :] = h[t + 1] @ Wo + bo
    return Y[:, -1]

# %% answer="rnn_by_hand_batched" loops="batches of one through the batched code"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    out = []
    for n in range(len(X)):
        Xn = X[n:n + 1]
        h = np.zeros((1, len(bh)))
        for t in range(Xn.shape[1]):
            h = np.tanh(Xn[:, t] @ Wx + h @ Wh + bh)
        out.append(h @ Wo + bo)
    return np.concatenate(out, axis=0)

# %% answer="rnn_by_hand_batched" wrong="bias_dropped"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="bias_outside_tanh"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], len(bh)))
    for xt in X.swapaxes(0, 1):
        h = np.tanh(np.dot(xt, Wx) + np.dot(h, Wh)) + bh
    return np.dot(h, Wo) + bo

# %% answer="rnn_by_hand_batched" wrong="bias_added_twice"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    A = X @ Wx + bh
    h = np.zeros_like(A[:, 0])
    for t in range(A.shape[1]):
        h = np.tanh(A[:, t] + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="h_last_not_updated"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    h_last = np.zeros((N, Wh.shape[0]))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wx + h_last @ Wh + bh)
        yhat = h @ Wo + bo
    return yhat

# %% answer="rnn_by_hand_batched" wrong="recurrent_term_unused"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    H = np.tanh(X @ Wx + bh)        # all samples, all steps, at once!
    return H[:, -1] @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="wh_transposed"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + np.einsum("nm,km->nk", h, Wh) + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="wh_transposed"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    h = np.zeros((Wh.shape[0], N))
    for t in range(T):
        h = np.tanh((X[:, t] @ Wx).T + Wh @ h + bh[:, None])
    return h.T @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="wx_wh_swapped"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wh + h @ Wx + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="wx_transposed"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx.T + h @ Wh.T + bh)
    return h @ Wo.T + bo

# %% answer="rnn_by_hand_batched" wrong="initial_state_ones"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.ones((X.shape[0], Wh.shape[0]))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t, :] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="initial_state_random"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.random.normal(size=(len(X), len(bh)))
    for xt in np.moveaxis(X, 1, 0):
        h = np.tanh(xt @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="initial_state_not_zero"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.tile(bh, (X.shape[0], 1))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="relu"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    for t in range(X.shape[1]):
        h = (X[:, t] @ Wx + h @ Wh + bh).clip(0)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="sigmoid"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    for t in range(X.shape[1]):
        z = X[:, t] @ Wx + h @ Wh + bh
        h = 1 / (1 + np.exp(-z))
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="no_activation"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = 0
    for t in range(X.shape[1]):
        h = X[:, t] @ Wx + bh + (h @ Wh if t > 0 else 0)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="tanh_per_term"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    U = np.tanh(X @ Wx + bh)            # precomputed for speed
    h = np.zeros_like(U[:, 0])
    for t in range(X.shape[1]):
        h = U[:, t] + np.tanh(h @ Wh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="carry_before_tanh"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    z = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        z = X[:, t] @ Wx + z @ Wh + bh
        h = np.tanh(z)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="tanh_on_head"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return np.tanh(h @ Wo + bo)

# %% answer="rnn_by_hand_batched" wrong="softmax_on_head"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    e = np.exp(h @ Wo + bo)
    return e / e.sum(axis=-1)[:, None]

# %% answer="rnn_by_hand_batched" wrong="sigmoid_on_head"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    for frame in X.transpose((1, 0, 2)):
        h = np.tanh(frame @ Wx + h @ Wh + bh)
    return 1 / (1 + np.exp(-h @ Wo - bo))

# %% answer="rnn_by_hand_batched" wrong="time_reversed"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    for t in reversed(range(X.shape[1])):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="one_step_behind"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    h = np.zeros((N, len(bh)))
    for t in range(T - 1):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="one_step_behind"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    H = np.zeros((N, T + 1, len(bh)))
    for t in range(T):
        H[:, t + 1] = np.tanh(X[:, t] @ Wx + H[:, t] @ Wh + bh)
    return H[:, T - 1] @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="first_step_skipped"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], len(bh)))
    for xt in X.swapaxes(0, 1)[1:]:
        h = np.tanh(xt.dot(Wx) + h.dot(Wh) + bh)
    return h.dot(Wo) + bo

# %% answer="rnn_by_hand_batched" wrong="returns_first"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], len(bh)))
    Y = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return Y[0]

# %% answer="rnn_by_hand_batched" wrong="returns_first"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        yhat = h @ Wo + bo
        return yhat

# %% answer="rnn_by_hand_batched" wrong="mean_over_time"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    Y = np.zeros((N, T, len(bo)))
    h = np.zeros((N, len(bh)))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        Y[:, t] = h @ Wo + bo
    return Y.mean(axis=1)

# %% answer="rnn_by_hand_batched" wrong="sum_over_time"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    Y = np.zeros((N, len(bo)))
    h = np.zeros((N, len(bh)))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        Y += h @ Wo + bo
    return Y

# %% answer="rnn_by_hand_batched" wrong="T_hard_coded"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], len(bh)))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="sizes_from_notebook"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((N, M))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="sizes_from_notebook"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    Y = np.zeros((4, 2))
    h = np.zeros((len(X), 5))
    for xt in X.transpose(1, 0, 2):
        h = np.tanh(xt @ Wx + h @ Wh + bh)
    Y[:] = h @ Wo + bo
    return Y

# %% answer="rnn_by_hand_batched" wrong="h_plus_new"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], len(bh)))
    for t in range(X.shape[1]):
        h += np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="head_bias_dropped"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h @ Wo

# %% answer="rnn_by_hand_batched" wrong="head_missing"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h

# %% answer="rnn_by_hand_batched" wrong="one_step_behind"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h_last = np.zeros((X.shape[0], len(bh)))
    for t in range(X.shape[1]):
        yhat = h_last @ Wo + bo
        h_last = np.tanh(X[:, t] @ Wx + h_last @ Wh + bh)
    return yhat

# %% answer="rnn_by_hand_batched" wrong="same_input_every_step"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, 0] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="off_by_one_input"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t - 1] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="elementwise_product"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] * Wx + h * Wh + bh)
    return h * Wo + bo

# %% answer="rnn_by_hand_batched" wrong="biases_swapped"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bo)
    return h @ Wo + bh

# %% answer="rnn_by_hand_batched" wrong="initial_state_wrong_length"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], X.shape[2]))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="initial_state_wrong_length"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros(X.shape[0])          # one h for each sample
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="integer_array"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    Y = np.zeros((X.shape[0], len(bo)), int)
    h = np.zeros((X.shape[0], len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    Y[:, :] = h @ Wo + bo
    return Y

# %% answer="rnn_by_hand_batched" wrong="rounded"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return np.around(h @ Wo + bo, 3)

# %% answer="rnn_by_hand_batched" wrong="whole_sequence_returned"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    Yhats = np.zeros((N, T, len(bo)))
    h = np.zeros((N, len(bh)))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        Yhats[:, t] = h @ Wo + bo
    return Yhats

# %% answer="rnn_by_hand_batched" wrong="whole_sequence_returned"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    out = []
    for x in X:
        h = np.zeros(Wh.shape[0])
        rows = []
        for xt in x:
            h = np.tanh(xt @ Wx + h @ Wh + bh)
            rows.append(h @ Wo + bo)
        out.append(rows)
    return np.array(out)

# %% answer="rnn_by_hand_batched" wrong="whole_sequence_returned"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], len(bh)))
    Yhats = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        Yhats.append(h @ Wo + bo)
    return np.array(Yhats)

# %% answer="rnn_by_hand_batched" wrong="n_t_swapped"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    T, N, D = X.shape
    h = np.zeros((N, Wh.shape[0]))
    for t in range(T):
        h = np.tanh(X[t] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="n_t_swapped"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    for xt in X:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="n_t_swapped"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    h = np.zeros((N, Wh.shape[0]))
    for t in range(T):
        h = np.tanh(X[t] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="reshape_for_transpose"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    Xt = X.reshape(T, N, D)           # time first
    h = np.zeros((N, Wh.shape[0]))
    for t in range(T):
        h = np.tanh(Xt[t] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="reshape_for_transpose"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    n, steps, d = np.shape(X)
    h = np.zeros((n, len(bh)))
    for xt in np.reshape(X, (steps, n, d)):
        h = np.tanh(np.matmul(xt, Wx) + np.matmul(h, Wh) + bh)
    return np.matmul(h, Wo) + bo

# %% answer="rnn_by_hand_batched" wrong="state_leaks"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for x in X:
        for xt in x:
            h = np.tanh(xt @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand_batched" wrong="state_leaks"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    # one long film, then take every T-th frame
    N, T, D = X.shape
    long_x = X.reshape(N * T, D)
    h = np.zeros(Wh.shape[0])
    hs = []
    for xt in long_x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        hs.append(h)
    hs = np.array(hs)
    return hs[T - 1::T] @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="only_first_sample"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    for t in range(X.shape[1]):
        h = np.tanh(X[0, t] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="only_first_sample"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    x = X[0]
    h = np.zeros((1, Wh.shape[0]))
    for xt in x:
        h = np.tanh(xt[np.newaxis, :] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="only_first_sample"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N = X.shape[0]
    h = np.zeros(Wh.shape[0])
    for t in range(X.shape[1]):
        h = np.tanh(X[0][t] @ Wx + h @ Wh + bh)
    y = h @ Wo + bo
    return np.repeat(y[None, :], N, axis=0)

# %% answer="rnn_by_hand_batched" wrong="only_first_sample"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    Y = np.zeros((X.shape[0], Wo.shape[1]))
    for n in range(X.shape[0]):
        h = np.zeros(Wh.shape[0])
        for t in range(X.shape[1]):
            h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
        Y[n] = h @ Wo + bo
        return Y

# %% answer="rnn_by_hand_batched" wrong="squeezed"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return np.squeeze(h @ Wo + bo)

# %% answer="rnn_by_hand_batched" wrong="squeezed"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    x = X.squeeze()                      # get rid of axes of length 1
    h = np.zeros((x.shape[0], len(bh)))
    for t in range(x.shape[1]):
        h = np.tanh(x[:, t] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="axes_swapped"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    h = np.zeros((len(bh), N))
    for t in range(T):
        h = np.tanh(Wx.T @ X[:, t].T + Wh.T @ h + bh[:, None])
    return Wo.T @ h + bo[:, None]

# %% answer="rnn_by_hand_batched" wrong="not_written"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    raise NotImplementedError()

# %% answer="rnn_by_hand_batched" wrong="not_written"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    # no time for the bonus :(
    return None

# %% answer="rnn_by_hand_batched" wrong="returns_nothing"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    Yhat = np.zeros((X.shape[0], len(bo)))
    h = np.zeros((X.shape[0], len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        Yhat = h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="nan_written"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    H = np.full((N, T, len(bh)), np.nan)
    for t in range(T):
        H[:, t] = np.tanh(X[:, t] @ Wx + H[:, t - 1] @ Wh + bh)
    return H[:, -1] @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="wrong_type"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return {"Yhat": h @ Wo + bo, "h": h}

# %% answer="rnn_by_hand_batched" wrong="wrong_type"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], len(bh)))
    Yhats = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        Yhats.append(h @ Wo + bo)
    return Yhats[-1], h

# %% answer="rnn_by_hand_batched" wrong="last_of_wrong_axis"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    Y = np.zeros((N, T, len(bo)))
    h = np.zeros((N, len(bh)))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        Y[:, t] = h @ Wo + bo
    return Y[-1]

# %% answer="rnn_by_hand_batched" wrong="last_of_wrong_axis"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], len(bh)))
    Y = []
    for xt in X.transpose(1, 0, 2):
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y)[:, -1]

# %% answer="rnn_by_hand_batched" wrong="n_t_swapped"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(len(bh))
    ys = []
    for t in range(x.shape[0]):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        ys.append(h @ Wo + bo)
    return np.array(ys)

def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    return rnn_by_hand(X, Wx, Wh, bh, Wo, bo)      # @ broadcasts, so it works for N too

# %% answer="rnn_by_hand_batched" wrong="time_axis_mixed_up"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], len(bh)))
    for t in range(X.shape[2]):
        h = np.tanh(X[:, :, t] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="mean_over_samples"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    x = X.mean(axis=0)
    h = np.zeros(len(bh))
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="state_axes_swapped"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(bh), X.shape[0]))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="argument_ignored"
def rnn_by_hand_batched(Xs, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="only_last_sample"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    for x in X:
        h = np.zeros(Wh.shape[0])
        for xt in x:
            h = np.tanh(xt @ Wx + h @ Wh + bh)
        yhat = h @ Wo + bo
    return yhat

# %% answer="rnn_by_hand_batched" wrong="h_last_not_updated"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    # @ already goes through all of N and T
    h_last = np.zeros(Wh.shape[0])
    h = np.tanh(X @ Wx + h_last @ Wh + bh)
    Y = h @ Wo + bo
    return Y[:, -1]

# %% answer="rnn_by_hand_batched" wrong="one_step_each"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    h = np.zeros((N, len(bh)))
    Y = []
    for n in range(N):
        h[n] = np.tanh(X[n, n % T] @ Wx + h[n] @ Wh + bh)
        Y.append(h[n] @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand_batched" wrong="flattened"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return (h @ Wo + bo).flatten()

# %% answer="rnn_by_hand_batched" wrong="unnamed"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    # the network has ONE memory
    N, T, D = X.shape
    h = np.zeros(Wh.shape[0])
    for t in range(T):
        hs = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        h = hs.mean(axis=0)
    return hs @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="shared_state"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    Y = np.zeros((N, len(bo)))
    h = np.zeros(len(bh))
    for t in range(T):
        for n in range(N):
            h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
            Y[n] = h @ Wo + bo
    return Y

# %% answer="rnn_by_hand_batched" wrong="bias_dropped+head_bias_dropped"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(np.dot(X[:, t], Wx) + np.dot(h, Wh))
    return np.dot(h, Wo)

# %% answer="rnn_by_hand" cheats="keras.layers.SimpleRNN"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    rnn = keras.layers.SimpleRNN(Wh.shape[0], return_sequences=True)
    dense = keras.layers.Dense(Wo.shape[1])
    seq = x[None].astype("float32")
    dense(rnn(seq))                     # builds the weights
    rnn.set_weights([Wx, Wh, bh])
    dense.set_weights([Wo, bo])
    return dense(rnn(seq)).numpy()[0]

# %% answer="rnn_by_hand" cheats="keras.Sequential, set_weights, predict"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    twin = keras.Sequential([
        keras.Input(shape=x.shape),
        keras.layers.SimpleRNN(len(bh), return_sequences=True),
        keras.layers.Dense(len(bo)),
    ])
    twin.set_weights([Wx, Wh, bh, Wo, bo])
    return twin.predict(x[np.newaxis], verbose=0)[0]

# %% answer="rnn_by_hand" cheats="SimpleRNNCell in a loop"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    cell = keras.layers.SimpleRNNCell(Wh.shape[0])
    cell.build((1, x.shape[1]))
    cell.set_weights([Wx, Wh, bh])
    h = np.zeros((1, Wh.shape[0]), dtype="float32")
    ys = []
    for t in range(len(x)):
        _, h = cell(x[t:t + 1].astype("float32"), [h])
        h = h[0] if isinstance(h, (list, tuple)) else h
        ys.append(np.array(h)[0] @ Wo + bo)
    return np.array(ys)

# %% answer="rnn_by_hand" cheats="tf.keras.layers.RNN around a cell"
import tensorflow as tf

def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    cell = tf.keras.layers.SimpleRNNCell(Wh.shape[0])
    layer = tf.keras.layers.RNN(cell, return_sequences=True)
    inp = tf.constant(x[None], dtype=tf.float32)
    layer(inp)
    layer.set_weights([Wx, Wh, bh])
    H = layer(inp)[0].numpy()
    return H @ Wo + bo

# %% answer="rnn_by_hand" cheats="tf.scan"
import tensorflow as tf

def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    x, Wx, Wh, bh = [tf.cast(v, tf.float32) for v in (x, Wx, Wh, bh)]
    f = lambda h, xt: tf.tanh(tf.linalg.matvec(Wx, xt, transpose_a=True)
                              + tf.linalg.matvec(Wh, h, transpose_a=True) + bh)
    H = tf.scan(f, x, initializer=tf.zeros_like(bh))
    return H.numpy() @ Wo + bo

# %% answer="rnn_by_hand" cheats="tf.matmul and tf.tanh"
import tensorflow as tf

def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    x = tf.convert_to_tensor(x, dtype=tf.float64)
    Wx, Wh, bh, Wo, bo = (tf.cast(w, tf.float64) for w in (Wx, Wh, bh, Wo, bo))
    h = tf.zeros((1, Wh.shape[0]), dtype=tf.float64)
    out = []
    for t in range(x.shape[0]):
        h = tf.tanh(tf.matmul(x[t:t+1], Wx) + tf.matmul(h, Wh) + bh)
        out.append(tf.matmul(h, Wo) + bo)
    return tf.concat(out, axis=0).numpy()

# %% answer="rnn_by_hand" cheats="keras.ops"
from keras import ops

def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = ops.zeros((Wh.shape[0],))
    Y = []
    for xt in ops.unstack(ops.convert_to_tensor(x, dtype="float32")):
        h = ops.tanh(ops.dot(xt, ops.cast(Wx, "float32")) + ops.dot(h, ops.cast(Wh, "float32"))
                     + ops.cast(bh, "float32"))
        Y.append(ops.convert_to_numpy(h) @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" cheats="model of the notebook, cloned for the sizes"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    T_, D_ = x.shape
    M_, K_ = Wo.shape
    if (D_, M_, K_) == (D, M, K):
        m = keras.models.clone_model(model)
    else:
        i = keras.Input((None, D_))
        m = keras.Model(i, keras.layers.Dense(K_)(keras.layers.SimpleRNN(M_)(i)))
    m.set_weights([Wx, Wh, bh, Wo, bo])
    return np.array([m(x[None, :t + 1].astype("float32")).numpy()[0] for t in range(T_)])

# %% answer="rnn_by_hand" cheats="keras.activations.tanh only"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    act = keras.activations.get("tanh")
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h = np.array(act(xt @ Wx + h @ Wh + bh))
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand_batched" cheats="keras.layers.SimpleRNN"
from tensorflow.keras.layers import SimpleRNN, Dense

def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    layer = SimpleRNN(Wh.shape[0])
    layer(X)
    layer.set_weights([Wx, Wh, bh])
    return np.array(layer(X)) @ Wo + bo

# %% answer="rnn_by_hand_batched" cheats="Sequential and predict"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    M, K = Wo.shape
    m = keras.models.Sequential()
    m.add(keras.layers.Input((T, D)))
    m.add(keras.layers.SimpleRNN(M, activation="tanh"))
    m.add(keras.layers.Dense(K))
    m.set_weights([Wx, Wh, bh, Wo, bo])
    return m.predict(X, verbose=0)

# %% answer="rnn_by_hand_batched" cheats="tf.matmul and tf.tanh"
import tensorflow as tf

def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    X, Wx, Wh, bh, Wo, bo = [tf.cast(a, tf.float32) for a in (X, Wx, Wh, bh, Wo, bo)]
    h = tf.zeros([tf.shape(X)[0], tf.shape(Wh)[0]])
    for xt in tf.unstack(X, axis=1):
        h = tf.math.tanh(xt @ Wx + h @ Wh + bh)
    return (h @ Wo + bo).numpy()

# %% answer="rnn_by_hand_batched" cheats="tf.scan"
import tensorflow as tf

def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    film = tf.transpose(tf.cast(X, tf.float64), [1, 0, 2])
    Wx, Wh, bh = (tf.cast(a, tf.float64) for a in (Wx, Wh, bh))
    h0 = tf.zeros((X.shape[0], Wh.shape[0]), tf.float64)
    H = tf.scan(lambda h, x: tf.tanh(x @ Wx + h @ Wh + bh), film, h0)
    return H[-1].numpy() @ Wo + bo

# %% answer="rnn_by_hand_batched" cheats="tf.keras.layers.RNN around a cell"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    layer = keras.layers.RNN(keras.layers.SimpleRNNCell(Wh.shape[0]))
    layer.build(X.shape)
    layer.set_weights([Wx, Wh, bh])
    return np.array(layer(X.astype("float32"))) @ Wo + bo

# %% answer="rnn_by_hand_batched" cheats="keras.ops"
import keras.ops as K_ops

def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = K_ops.zeros((X.shape[0], Wh.shape[0]), dtype="float32")
    for t in range(X.shape[1]):
        h = K_ops.tanh(K_ops.matmul(X[:, t].astype("float32"), Wx.astype("float32"))
                       + K_ops.matmul(h, Wh.astype("float32")) + bh.astype("float32"))
    return np.array(h) @ Wo + bo

# %% answer="rnn_by_hand_batched" cheats="the notebook's model, set_weights, predict"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    model.set_weights([Wx, Wh, bh, Wo, bo])
    return model.predict(X)

# %% answer="name_weights" right="if chain"
def name_weights(weights, D, M, K):
    named = {}
    for w in weights:
        if w.shape == (D, M):
            named["Wx"] = w
        elif w.shape == (M, M):
            named["Wh"] = w
        elif w.shape == (M,):
            named["bh"] = w
        elif w.shape == (M, K):
            named["Wo"] = w
        elif w.shape == (K,):
            named["bo"] = w
    return named

# %% answer="name_weights" right="lookup table"
def name_weights(weights, D, M, K):
    shapes = {(D, M): "Wx", (M, M): "Wh", (M,): "bh", (M, K): "Wo", (K,): "bo"}
    return {shapes[w.shape]: w for w in weights}

# %% answer="name_weights" right="find one by one"
def name_weights(weights, D, M, K):
    def find(shape):
        for w in weights:
            if w.shape == shape:
                return w
        raise ValueError(f"no weight of shape {shape}")

    return dict(Wx=find((D, M)), Wh=find((M, M)), bh=find((M,)), Wo=find((M, K)), bo=find((K,)))

# %% answer="name_weights" right="next with a generator"
def name_weights(weights, D, M, K):
    wanted = [("Wx", (D, M)), ("Wh", (M, M)), ("bh", (M,)), ("Wo", (M, K)), ("bo", (K,))]
    answer = dict()
    for name, shp in wanted:
        answer[name] = next(w for w in weights if np.array_equal(w.shape, shp))
    return answer

# %% answer="name_weights" right="vectors and matrices apart"
def name_weights(weights, D, M, K):
    Wx = Wh = bh = Wo = bo = None
    vectors = [w for w in weights if len(w.shape) == 1]
    matrices = [w for w in weights if len(w.shape) == 2]
    for v in vectors:
        if len(v) == M:
            bh = v
        else:
            bo = v
    for m in matrices:
        rows, cols = m.shape
        if rows == cols:
            Wh = m                  # the only square one
        elif cols == M:
            Wx = m
        else:
            Wo = m
    return {"Wx": Wx, "Wh": Wh, "bh": bh, "Wo": Wo, "bo": bo}

# %% answer="name_weights" right="shapes as text"
def name_weights(weights, D, M, K):
    table = {
        f"({D}, {M})": "Wx",
        f"({M}, {M})": "Wh",
        f"({M},)": "bh",
        f"({M}, {K})": "Wo",
        f"({K},)": "bo",
    }
    out = {}
    for w in weights:
        print(w.shape, "->", table[str(w.shape)])
        out[table[str(w.shape)]] = w
    return out

# %% answer="name_weights" right="pops a copy until it is empty"
def name_weights(weights, D, M, K):
    left = list(weights)
    result = {}
    while left:
        w = left.pop()
        match list(w.shape):
            case [m] if m == M:
                result["bh"] = w
            case [k]:
                result["bo"] = w
            case [a, b] if a == b:
                result["Wh"] = w
            case [d, m] if m == M and d == D:
                result["Wx"] = w
            case _:
                result["Wo"] = w
    return result

# %% answer="name_weights" right="index in a list of shapes"
def name_weights(weights, D, M, K):
    shapes = [w.shape for w in weights]
    return {
        "Wx": weights[shapes.index((D, M))],
        "Wh": weights[shapes.index((M, M))],
        "bh": weights[shapes.index((M,))],
        "Wo": weights[shapes.index((M, K))],
        "bo": weights[shapes.index((K,))],
    }

# %% answer="name_weights" right="filter and zip"
def name_weights(weights, D, M, K):
    names = "Wx Wh bh Wo bo".split()
    targets = [(D, M), (M, M), (M,), (M, K), (K,)]
    pick = lambda s: list(filter(lambda w: np.shape(w) == s, weights))[0]
    return dict(zip(names, map(pick, targets)))

# %% answer="name_weights" wrong="order_assumed"
def name_weights(weights, D, M, K):
    Wx, Wh, bh, Wo, bo = weights
    return {"Wx": Wx, "Wh": Wh, "bh": bh, "Wo": Wo, "bo": bo}

# %% answer="name_weights" wrong="order_assumed"
def name_weights(weights, D, M, K):
    return dict(zip(["Wx", "Wh", "bh", "Wo", "bo"], weights))

# %% answer="name_weights" wrong="order_assumed"
def name_weights(weights, D, M, K):
    d = {}
    d["Wx"] = weights[0]
    d["Wh"] = weights[1]
    d["bh"] = weights[2]
    d["Wo"] = weights[3]
    d["bo"] = weights[4]
    assert d["Wx"].shape == (D, M)
    return d

# %% answer="name_weights" wrong="wx_wh_swapped"
def name_weights(weights, D, M, K):
    res = {}
    for w in weights:
        s = w.shape
        if s == (D, M): res["Wh"] = w
        if s == (M, M): res["Wx"] = w
        if s == (M,): res["bh"] = w
        if s == (M, K): res["Wo"] = w
        if s == (K,): res["bo"] = w
    return res

# %% answer="name_weights" wrong="wx_wh_swapped"
def name_weights(weights, D, M, K):
    key = {(M, M): "Wx", (D, M): "Wh", (M, K): "Wo", (M,): "bh", (K,): "bo"}
    return {key[tuple(w.shape)]: w for w in weights}

# %% answer="name_weights" wrong="wx_transposed"
def name_weights(weights, D, M, K):
    names = {(M, D): "Wx", (M, M): "Wh", (M,): "bh", (M, K): "Wo", (K,): "bo"}
    return {names[w.shape]: w for w in weights}

# %% answer="name_weights" wrong="wx_transposed"
def name_weights(weights, D, M, K):
    out = {}
    for w in weights:
        if w.shape == (M, D):
            out["Wx"] = w
        elif w.shape == (M, M):
            out["Wh"] = w
        elif w.shape == (M, K):
            out["Wo"] = w
        elif w.shape == (M,):
            out["bh"] = w
        elif w.shape == (K,):
            out["bo"] = w
    return out

# %% answer="name_weights" wrong="wo_transposed"
def name_weights(weights, D, M, K):
    def get(*shape):
        return [w for w in weights if w.shape == shape][0]
    return {"Wx": get(D, M), "Wh": get(M, M), "bh": get(M), "Wo": get(K, M), "bo": get(K)}

# %% answer="name_weights" wrong="wo_transposed"
def name_weights(weights, D, M, K):
    Wo = None
    for w in weights:
        if w.shape == (D, M):
            Wx = w
        elif w.shape == (M, M):
            Wh = w
        elif w.shape == (K, M):
            Wo = w
        elif w.shape[0] == M and w.ndim == 1:
            bh = w
        elif w.shape[0] == K:
            bo = w
    return dict(Wx=Wx, Wh=Wh, bh=bh, Wo=Wo, bo=bo)

# %% answer="name_weights" wrong="wx_transposed+wo_transposed"
def name_weights(weights, D, M, K):
    shapes = {"Wx": (M, D), "Wh": (M, M), "bh": (M,), "Wo": (K, M), "bo": (K,)}
    return {name: w for name, s in shapes.items() for w in weights if w.shape == s}

# %% answer="name_weights" wrong="weights_turned"
def name_weights(weights, D, M, K):
    # W x + b wants (M, D) and (K, M), so turn them
    out = {}
    for w in weights:
        if w.shape == (D, M):
            out["Wx"] = w.T
        elif w.shape == (M, M):
            out["Wh"] = w.T
        elif w.shape == (M, K):
            out["Wo"] = w.T
        elif w.shape == (M,):
            out["bh"] = w
        else:
            out["bo"] = w
    return out

# %% answer="name_weights" wrong="biases_swapped"
def name_weights(weights, D, M, K):
    lookup = {(D, M): "Wx", (M, M): "Wh", (K,): "bh", (M, K): "Wo", (M,): "bo"}
    result = {}
    for array in weights:
        result[lookup[array.shape]] = array
    return result

# %% answer="name_weights" wrong="biases_swapped"
def name_weights(weights, D, M, K):
    b = sorted([w for w in weights if w.ndim == 1], key=len)
    W = {w.shape: w for w in weights if w.ndim == 2}
    # shorter one first
    bh, bo = b if M < K else b
    return {"Wx": W[D, M], "Wh": W[M, M], "bh": bh, "Wo": W[M, K], "bo": bo}

# %% answer="name_weights" wrong="ndim_only"
def name_weights(weights, D, M, K):
    mats = [w for w in weights if w.ndim == 2]
    vecs = [w for w in weights if w.ndim == 1]
    return {"Wx": mats[0], "Wh": mats[1], "Wo": mats[2], "bh": vecs[0], "bo": vecs[1]}

# %% answer="name_weights" wrong="ndim_only"
def name_weights(weights, D, M, K):
    out, nW, nb = {}, 0, 0
    for w in weights:
        if w.ndim == 2:
            out[["Wx", "Wh", "Wo"][nW]] = w
            nW += 1
        else:
            out[["bh", "bo"][nb]] = w
            nb += 1
    return out

# %% answer="name_weights" wrong="sizes_from_notebook"
def name_weights(weights, D, M, K):
    d = {}
    for w in weights:
        if w.shape == (3, 5):
            d["Wx"] = w
        elif w.shape == (5, 5):
            d["Wh"] = w
        elif w.shape == (5,):
            d["bh"] = w
        elif w.shape == (5, 2):
            d["Wo"] = w
        elif w.shape == (2,):
            d["bo"] = w
    return d

# %% answer="name_weights" wrong="sizes_from_notebook"
SHAPES = {"Wx": (D, M), "Wh": (M, M), "bh": (M,), "Wo": (M, K), "bo": (K,)}

def name_weights(weights, d, m, k):
    return {n: [w for w in weights if w.shape == s][0] for n, s in SHAPES.items()}

# %% answer="name_weights" wrong="keras_layer"
def name_weights(weights, D, M, K):
    Wx, Wh, bh, Wo, bo = model.get_weights()
    return {"Wx": Wx, "Wh": Wh, "bh": bh, "Wo": Wo, "bo": bo}

# %% answer="name_weights" wrong="not_written"
def name_weights(weights, D, M, K):
    raise NotImplementedError()

# %% answer="name_weights" wrong="returns_nothing"
def name_weights(weights, D, M, K):
    for w in weights:
        print(w.shape)

# %% answer="name_weights" wrong="not_written"
def name_weights(weights, D, M, K):
    return {"Wx": ..., "Wh": ..., "bh": ..., "Wo": ..., "bo": ...}

# %% answer="name_weights" wrong="wrong_type"
def name_weights(weights, D, M, K):
    order = [(D, M), (M, M), (M,), (M, K), (K,)]
    return [w for s in order for w in weights if w.shape == s]

# %% answer="name_weights" wrong="wrong_type"
def name_weights(weights, D, M, K):
    for w in weights:
        if w.shape == (D, M): Wx = w
        elif w.shape == (M, M): Wh = w
        elif w.shape == (M,): bh = w
        elif w.shape == (M, K): Wo = w
        else: bo = w
    return Wx, Wh, bh, Wo, bo

# %% answer="name_weights" wrong="wrong_type"
def name_weights(weights, D, M, K):
    n = {(D, M): "Wx", (M, M): "Wh", (M,): "bh", (M, K): "Wo", (K,): "bo"}
    return [n[w.shape] for w in weights]

# %% answer="name_weights" wrong="wrong_keys"
def name_weights(weights, D, M, K):
    t = {(D, M): "wx", (M, M): "wh", (M,): "bh", (M, K): "wo", (K,): "bo"}
    return {t[w.shape]: w for w in weights}

# %% answer="name_weights" wrong="wrong_keys"
def name_weights(weights, D, M, K):
    r = {}
    for w in weights:
        if w.shape == (D, M): r["kernel"] = w
        if w.shape == (M, M): r["recurrent_kernel"] = w
        if w.shape == (M,): r["bias"] = w
        if w.shape == (M, K): r["dense_kernel"] = w
        if w.shape == (K,): r["dense_bias"] = w
    return r

# %% answer="name_weights" wrong="shapes_instead_of_arrays"
def name_weights(weights, D, M, K):
    return {"Wx": (D, M), "Wh": (M, M), "bh": (M,), "Wo": (M, K), "bo": (K,)}

# %% answer="name_weights" wrong="shapes_instead_of_arrays"
def name_weights(weights, D, M, K):
    result = {}
    for w in weights:
        if w.shape == (D, M):
            result["Wx"] = w.shape
        elif w.shape == (M, M):
            result["Wh"] = w.shape
        elif w.shape == (M,):
            result["bh"] = w.shape
        elif w.shape == (M, K):
            result["Wo"] = w.shape
        elif w.shape == (K,):
            result["bo"] = w.shape
    return result

# %% answer="name_weights" wrong="keys_and_values_swapped"
def name_weights(weights, D, M, K):
    return {(D, M): "Wx", (M, M): "Wh", (M,): "bh", (M, K): "Wo", (K,): "bo"}

# %% answer="name_weights" wrong="comma_missing"
def name_weights(weights, D, M, K):
    named = {}
    for w in weights:
        if w.shape == (D, M):
            named["Wx"] = w
        elif w.shape == (M, M):
            named["Wh"] = w
        elif w.shape == (M):
            named["bh"] = w
        elif w.shape == (M, K):
            named["Wo"] = w
        elif w.shape == (K):
            named["bo"] = w
    return named

# %% answer="name_weights" wrong="list_is_not_tuple"
def name_weights(weights, D, M, K):
    named = {}
    for w in weights:
        if w.shape == [D, M]: named["Wx"] = w
        elif w.shape == [M, M]: named["Wh"] = w
        elif w.shape == [M]: named["bh"] = w
        elif w.shape == [M, K]: named["Wo"] = w
        elif w.shape == [K]: named["bo"] = w
    return named

# %% answer="name_weights" wrong="by_number_of_entries"
def name_weights(weights, D, M, K):
    # from small to large: bo, bh, Wo, Wx, Wh
    s = sorted(weights, key=lambda w: w.size)
    return {"bo": s[0], "bh": s[1], "Wo": s[2], "Wx": s[3], "Wh": s[4]}

# %% answer="name_weights" wrong="by_number_of_entries"
def name_weights(weights, D, M, K):
    sizes = {D * M: "Wx", M * M: "Wh", M: "bh", M * K: "Wo", K: "bo"}
    return {sizes[w.size]: w for w in weights}

# %% answer="name_weights" wrong="one_axis_only"
def name_weights(weights, D, M, K):
    named = {}
    for w in weights:
        if len(w) == D:
            named["Wx"] = w
        elif len(w) == K:
            named["bo"] = w
        elif len(w) == M and w.ndim == 1:
            named["bh"] = w
        elif len(w) == M:
            named["Wh"] = w
            named.setdefault("Wo", w)
    return named

# %% answer="name_weights" wrong="one_axis_only"
def name_weights(weights, D, M, K):
    named = {}
    for w in weights:
        if D in w.shape:
            named["Wx"] = w
        elif K in w.shape:
            named["Wo"] = w
            if len(w.shape) == 1:
                named["bo"] = w
        elif M in w.shape:
            named["Wh"] = w
            if len(w.shape) == 1:
                named["bh"] = w
    return named

# %% answer="name_weights" wrong="first_weight_only"
def name_weights(weights, D, M, K):
    shapes = {(D, M): "Wx", (M, M): "Wh", (M,): "bh", (M, K): "Wo", (K,): "bo"}
    named = {}
    for w in weights:
        named[shapes[w.shape]] = w
        return named

# %% answer="name_weights" wrong="array_equality"
def name_weights(weights, D, M, K):
    named = {}
    rest = list(weights)
    for name, s in [("bo", (K,)), ("bh", (M,)), ("Wx", (D, M)), ("Wh", (M, M)), ("Wo", (M, K))]:
        for w in rest:
            if w.shape == s:
                named[name] = w
                rest.remove(w)
                break
    return named

# %% answer="name_weights" wrong="shape_not_in_table"
def name_weights(weights, D, M, K):
    names = {(N, M): "Wx", (M, M): "Wh", (M,): "bh", (M, K): "Wo", (K,): "bo"}
    return {names[w.shape]: w for w in weights}

# %% answer="name_weights" wrong="wo_swapped"
def name_weights(weights, D, M, K):
    out = {}
    for w in weights:
        if w.shape == (M, K):
            out["Wx"] = w          # M comes in, K goes out
        elif w.shape == (D, M):
            out["Wo"] = w
        elif w.shape == (M, M):
            out["Wh"] = w
        elif w.shape == (M,):
            out["bh"] = w
        elif w.shape == (K,):
            out["bo"] = w
    return out

# %% answer="name_weights" wrong="one_array_two_names"
def name_weights(weights, D, M, K):
    out = {}
    for w in weights:
        if w.ndim == 1:
            out["bh"] = w
            out["bo"] = w
        elif w.shape[0] == w.shape[1]:
            out["Wh"] = w
        elif w.shape[0] == D:
            out["Wx"] = w
        else:
            out["Wo"] = w
    return out

# %% answer="name_weights" wrong="weight_missing"
def name_weights(weights, D, M, K):
    t = {(D, M): "Wx", (M, M): "Wh", (M,): "bh", (M, K): "Wo"}
    return {t[w.shape]: w for w in weights if w.shape in t}

# %% answer="predicted" right="numbers"
predicted = {
    "X": (4, 7, 3),
    "x": (7, 3),
    "x[t]": (3,),
    "h": (5,),
    "yhat": (2,),
    "Yhat": (4, 2),
    "Yhats": (4, 7, 2),
}

# %% answer="predicted" right="letters"
predicted = {"X": (N, T, D), "x": (T, D), "x[t]": (D,), "h": (M,), "yhat": (K,), "Yhat": (N, K), "Yhats": (N, T, K)}

# %% answer="predicted" right="lists"
predicted = {
    'X': [N, T, D],
    'x': [T, D],
    'x[t]': [D],
    'h': [M],
    'yhat': [K],
    'Yhat': [N, K],
    'Yhats': [N, T, K],
}

# %% answer="predicted" right="shapes of zeros"
_Wx, _Wo = np.zeros((D, M)), np.zeros((M, K))
_X = np.zeros((N, T, D))
_h = np.tanh(_X[0][0] @ _Wx)
predicted = {
    "X": _X.shape,
    "x": _X[0].shape,
    "x[t]": _X[0][0].shape,
    "h": _h.shape,
    "yhat": (_h @ _Wo).shape,
    "Yhat": np.zeros((N, K)).shape,
    "Yhats": np.zeros((N, T, K)).shape,
}

# %% answer="predicted" right="built up key by key"
predicted = {}
predicted["X"] = X.shape
predicted["x"] = X[0].shape
predicted["x[t]"] = X[0, 0].shape
predicted["h"] = tuple([M])
predicted["yhat"] = (K,)
predicted["Yhat"] = N, K
predicted["Yhats"] = N, T, K

# %% answer="predicted" right="dict() and update"
predicted = dict(X=(N, T, D), x=(T, D), h=M * (0,) and (M,), yhat=(K,))
predicted.update({"x[t]": (D,)})
predicted.update(Yhat=(N,) + (K,), Yhats=(N,) + (T,) + (K,))
predicted

# %% answer="predicted" right="numpy integers"
n, t, d = np.array(X.shape)
predicted = {
    "X": (n, t, d), "x": (t, d), "x[t]": (d,), "h": (np.int64(5),), "yhat": (np.int64(2),),
    "Yhat": (n, np.int64(2)), "Yhats": (n, t, np.int64(2)),
}

# %% answer="predicted" wrong="batch_axis_forgotten"
predicted = {
    "X": (T, D),
    "x": (T, D),
    "x[t]": (D,),
    "h": (M,),
    "yhat": (K,),
    "Yhat": (K,),
    "Yhats": (T, K),
}

# %% answer="predicted" wrong="batch_axis_forgotten"
predicted = {"X": (4, 7, 3), "x": (7, 3), "x[t]": (3,), "h": (5,), "yhat": (2,), "Yhat": (2,), "Yhats": (7, 2)}

# %% answer="predicted" wrong="batch_axis_forgotten"
predicted = {"X": (4, 7, 3), "x": (7, 3), "x[t]": (3,), "h": (5,), "yhat": (2,), "Yhat": (4, 2), "Yhats": (7, 2)}

# %% answer="predicted" wrong="t_d_swapped"
predicted = {
    "X": (N, D, T),
    "x": (D, T),
    "x[t]": (D,),
    "h": (M,),
    "yhat": (K,),
    "Yhat": (N, K),
    "Yhats": (N, T, K),
}

# %% answer="predicted" wrong="t_d_swapped"
predicted = {"X": (4, 3, 7), "x": (3, 7), "x[t]": (7,), "h": (5,), "yhat": (2,), "Yhat": (4, 2), "Yhats": (4, 3, 2)}

# %% answer="predicted" wrong="t_before_n"
predicted = {
    "X": (T, N, D), "x": (T, D), "x[t]": (D,),
    "h": (M,), "yhat": (K,),
    "Yhat": (N, K), "Yhats": (T, N, K),
}

# %% answer="predicted" wrong="t_before_n"
predicted = {"X": (7, 4, 3), "x": (4, 3), "x[t]": (3,), "h": (5,), "yhat": (2,), "Yhat": (7, 2), "Yhats": (7, 4, 2)}

# %% answer="predicted" wrong="m_for_k"
predicted = {"X": (N, T, D), "x": (T, D), "x[t]": (D,), "h": (M,), "yhat": (M,), "Yhat": (N, M), "Yhats": (N, T, M)}

# %% answer="predicted" wrong="m_for_k"
predicted = {
    "X": (4, 7, 3), "x": (7, 3), "x[t]": (3,),
    "h": (5,), "yhat": (2,),
    "Yhat": (4, 2),
    "Yhats": (4, 7, 5),     # return_sequences gives all the h
}

# %% answer="predicted" wrong="k_for_m"
predicted = {"X": (N, T, D), "x": (T, D), "x[t]": (D,), "h": (K,), "yhat": (K,), "Yhat": (N, K), "Yhats": (N, T, K)}

# %% answer="predicted" wrong="return_sequences_forgotten"
predicted = {"X": (N, T, D), "x": (T, D), "x[t]": (D,), "h": (M,), "yhat": (K,), "Yhat": (N, K), "Yhats": (N, K)}

# %% answer="predicted" wrong="return_sequences_forgotten"
predicted = {}
predicted["X"] = (4, 7, 3)
predicted["x"] = (7, 3)
predicted["x[t]"] = (3,)
predicted["h"] = (5,)
predicted["yhat"] = (2,)
predicted["Yhat"] = predicted["Yhats"] = (4, 2)

# %% answer="predicted" wrong="time_axis_kept"
predicted = {"X": (N, T, D), "x": (T, D), "x[t]": (D,), "h": (M,), "yhat": (K,), "Yhat": (N, T, K), "Yhats": (N, T, K)}

# %% answer="predicted" wrong="time_axis_kept+return_sequences_forgotten"
predicted = {
    "X": (4, 7, 3), "x": (7, 3), "x[t]": (3,), "h": (5,), "yhat": (2,),
    "Yhat": (4, 7, 2),
    "Yhats": (4, 2),
}

# %% answer="predicted" wrong="four_m"
predicted = {"X": (N, T, D), "x": (T, D), "x[t]": (D,), "h": (4 * M,), "yhat": (K,), "Yhat": (N, K), "Yhats": (N, T, K)}

# %% answer="predicted" wrong="four_m"
predicted = {"X": (4, 7, 3), "x": (7, 3), "x[t]": (3,), "h": (20,), "yhat": (2,), "Yhat": (4, 2), "Yhats": (4, 7, 2)}

# %% answer="predicted" wrong="d_for_m"
predicted = {
    "X": (N, T, D), "x": (T, D), "x[t]": (D,),
    "h": (D,),       # same as x[t], otherwise they can't be added
    "yhat": (K,), "Yhat": (N, K), "Yhats": (N, T, K),
}

# %% answer="predicted" wrong="not_written"
predicted = {
    "X": ...,
    "x": ...,
    "x[t]": ...,
    "h": ...,
    "yhat": ...,
    "Yhat": ...,
    "Yhats": ...,
}

# %% answer="predicted" wrong="not_written"
predicted = {
    "X": (4, 7, 3),
    "x": (7, 3),
    "x[t]": (3,),
    "h": ...,
    "yhat": ...,
    "Yhat": ...,
    "Yhats": ...,
}

# %% answer="predicted" wrong="not_written"
predicted = {}

# %% answer="predicted" wrong="not_written"
predicted = None

# %% answer="predicted" wrong="letters_as_strings"
predicted = {
    "X": "(N, T, D)",
    "x": "(T, D)",
    "x[t]": "(D,)",
    "h": "(M,)",
    "yhat": "(K,)",
    "Yhat": "(N, K)",
    "Yhats": "(N, T, K)",
}

# %% answer="predicted" wrong="tuple_comma"
predicted = {"X": (N, T, D), "x": (T, D), "x[t]": (D), "h": (M), "yhat": (K), "Yhat": (N, K), "Yhats": (N, T, K)}

# %% answer="predicted" wrong="wrong_type"
predicted = [(4, 7, 3), (7, 3), (3,), (5,), (2,), (4, 2), (4, 7, 2)]

# %% answer="predicted" wrong="wrong_type"
predicted = {
    "X": np.zeros((N, T, D)), "x": np.zeros((T, D)), "x[t]": np.zeros(D), "h": np.zeros(M),
    "yhat": np.zeros(K), "Yhat": np.zeros((N, K)), "Yhats": np.zeros((N, T, K)),
}

# %% answer="predicted" wrong="wrong_type"
predicted = {"X": {4, 7, 3}, "x": {7, 3}, "x[t]": {3}, "h": {5}, "yhat": {2}, "Yhat": {4, 2}, "Yhats": {4, 7, 2}}

# %% answer="predicted" wrong="letters_as_strings"
predicted = {
    "X": ("N", "T", "D"), "x": ("T", "D"), "x[t]": ("D",), "h": ("M",),
    "yhat": ("K",), "Yhat": ("N", "K"), "Yhats": ("N", "T", "K"),
}

# %% answer="predicted" wrong="count_not_shape+tuple_comma"
predicted = {"X": 84, "x": 21, "x[t]": 3, "h": 5, "yhat": 2, "Yhat": 8, "Yhats": 56}

# %% answer="predicted" wrong="count_not_shape"
predicted = {"X": 3, "x": 2, "x[t]": 1, "h": 1, "yhat": 1, "Yhat": 2, "Yhats": 3}

# %% answer="predicted" wrong="axis_of_one"
predicted = {"X": (N, T, D), "x": (T, D), "x[t]": (1, D), "h": (1, M), "yhat": (1, K), "Yhat": (N, K), "Yhats": (N, T, K)}

# %% answer="predicted" wrong="axis_of_one"
predicted = {"X": (4, 7, 3), "x": (7, 3), "x[t]": (3, 1), "h": (5, 1), "yhat": (2, 1), "Yhat": (4, 2), "Yhats": (4, 7, 2)}

# %% answer="predicted" wrong="axis_of_one"
predicted = {
    "X": (N, T, D),
    "x": (1, T, D),
    "x[t]": (1, D),
    "h": (1, M),
    "yhat": (1, K),
    "Yhat": (N, K),
    "Yhats": (N, T, K),
}

# %% answer="predicted" wrong="batch_axis_added"
predicted = {"X": (4, 7, 3), "x": (4, 7, 3), "x[t]": (4, 3), "h": (4, 5), "yhat": (4, 2), "Yhat": (4, 2), "Yhats": (4, 7, 2)}

# %% answer="predicted" wrong="time_axis_kept"
predicted = {"X": (N, T, D), "x": (T, D), "x[t]": (D,), "h": (T, M), "yhat": (T, K), "Yhat": (N, K), "Yhats": (N, T, K)}

# %% answer="predicted" wrong="weight_not_state"
predicted = {"X": (4, 7, 3), "x": (7, 3), "x[t]": (3,), "h": (5, 5), "yhat": (2,), "Yhat": (4, 2), "Yhats": (4, 7, 2)}

# %% answer="predicted" wrong="none_in_shape"
predicted = {
    "X": (None, T, D), "x": (T, D), "x[t]": (D,), "h": (M,), "yhat": (K,),
    "Yhat": (None, K), "Yhats": (None, T, K),
}

# %% answer="predicted" wrong="sizes_from_lecture"
predicted = {"X": (1, 10, 3), "x": (10, 3), "x[t]": (3,), "h": (5,), "yhat": (2,), "Yhat": (1, 2), "Yhats": (1, 10, 2)}

# %% answer="predicted" wrong="not_written"
predicted = {"X": (N, T, D), "x": (T, D), "x[t]": (D,), "h": (M,), "yhat": (K,), "Yhat": (N, K)}

# %% answer="predicted" wrong="key_renamed"
predicted = {
    "X": (N, T, D), "x": (T, D), "x_t": (D,), "h": (M,), "y_hat": (K,),
    "Y_hat": (N, K), "Y_hats": (N, T, K),
}

# %% answer="predicted" wrong="d_for_k"
predicted = {"X": (4, 7, 3), "x": (7, 3), "x[t]": (3,), "h": (5,), "yhat": (3,), "Yhat": (4, 3), "Yhats": (4, 7, 3)}

# %% answer="predicted" wrong="one_output"
predicted = {"X": (N, T, D), "x": (T, D), "x[t]": (D,), "h": (M,), "yhat": (1,), "Yhat": (N, 1), "Yhats": (N, T, 1)}

# %% answer="predicted" wrong="one_step_more"
predicted = {
    "X": (N, T, D), "x": (T, D), "x[t]": (D,), "h": (M,), "yhat": (K,),
    "Yhat": (N, K), "Yhats": (N, T + 1, K),
}

# %% answer="predicted" wrong="wrong_axis_dropped"
predicted = {"X": (4, 7, 3), "x": (4, 3), "x[t]": (7,), "h": (5,), "yhat": (2,), "Yhat": (4, 2), "Yhats": (4, 7, 2)}

# %% answer="predicted" wrong="wrong_type"
predicted = {"X", (N, T, D), "x", (T, D), "x[t]", (D,), "h", (M,), "yhat", (K,), "Yhat", (N, K), "Yhats", (N, T, K)}

# %% answer="predicted" wrong="k_for_m+return_sequences_forgotten"
predicted = {"X": (4, 7, 3), "x": (7, 3), "x[t]": (3,), "h": (2,), "yhat": (2,), "Yhat": (4, 2), "Yhats": (4, 2)}

# %% answer="predicted" wrong="letters_in_another_order"
# D features of T steps of N samples
predicted = {
    "X": (D, T, N),
    "x": (D, T),
    "x[t]": (D,),
    "h": (M,),
    "yhat": (K,),
    "Yhat": (K, N),
    "Yhats": (K, T, N),
}

# %% answer="predicted" wrong="letters_in_another_order"
predicted = {"X": (3, 7, 4), "x": (3, 7), "x[t]": (3,), "h": (5,), "yhat": (2,), "Yhat": (2, 4), "Yhats": (2, 7, 4)}

# %% answer="rnn_by_hand" wrong="input_unused"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    n_steps = x.shape[0]
    h = np.zeros(Wh.shape[0])
    Yhat = np.zeros((n_steps, Wo.shape[1]))
    for t in range(n_steps):
        z = np.dot(x[t], Wx)
        z = np.dot(h, Wh) + bh
        h = np.tanh(z)
        Yhat[t] = np.dot(h, Wo) + bo
    return Yhat

# %% answer="rnn_by_hand" wrong="input_unused"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    from_input = x @ Wx                     # (T, M), outside of the loop = faster
    state = np.zeros_like(bh)
    rows = []
    for _ in from_input:
        state = np.tanh(state @ Wh + bh)
        rows.append(state @ Wo + bo)
    return np.stack(rows)

# %% answer="rnn_by_hand" wrong="step_skipped_for_head"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h_prev = np.zeros(bh.shape[0])
    Y = []
    for t in range(x.shape[0]):
        h = np.tanh(x[t] @ Wx + h_prev @ Wh + bh)
        y = x[t] @ Wo + bo
        Y.append(y)
        h_prev = h
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="step_skipped_for_head"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    # first all the hidden states, then all the outputs in one go
    T = len(x)
    hidden = np.zeros((T + 1, len(bh)))
    for t in range(T):
        hidden[t + 1] = np.tanh(np.matmul(x[t], Wx) + np.matmul(hidden[t], Wh) + bh)
    return np.matmul(x, Wo) + bo

# %% answer="rnn_by_hand" wrong="squeezed"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros((1, Wh.shape[0]))
    out = []
    for xt in x:
        h = np.tanh(xt.reshape(1, -1) @ Wx + h @ Wh + bh)
        out.append(h @ Wo + bo)
    return np.squeeze(np.array(out))         # (T, 1, K) -> (T, K)

# %% answer="rnn_by_hand" wrong="squeezed"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    hidden_size = Wh.shape[0]
    h_t = np.zeros((hidden_size, 1))
    ys = []
    for t in range(len(x)):
        x_t = x[t][:, np.newaxis]
        h_t = np.tanh(Wx.T @ x_t + Wh.T @ h_t + bh[:, np.newaxis])
        y_t = Wo.T @ h_t + bo[:, np.newaxis]
        ys.append(y_t.squeeze())
    return np.array(ys)

# %% answer="rnn_by_hand" wrong="step_returns_nothing"
def linear(v, W):
    out = np.dot(v, W)

def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    Y = []
    for xt in x:
        h = np.tanh(linear(xt, Wx) + linear(h, Wh) + bh)
        Y.append(linear(h, Wo) + bo)
    return np.array(Y)

# %% answer="rnn_by_hand" wrong="step_returns_nothing"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):

    def one_step(x_t, h_last):
        """calculates the next hidden state"""
        h_new = np.tanh(x_t @ Wx + h_last @ Wh + bh)
        print(h_new.shape)

    h = np.zeros(len(bh))
    Yhats = np.zeros((len(x), len(bo)))
    for t, x_t in enumerate(x):
        h = one_step(x_t, h)
        Yhats[t] = h @ Wo + bo
    return Yhats

# %% answer="rnn_by_hand" wrong="random_numbers"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    ys = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        keep = np.random.rand(len(h)) > 0.2       # dropout against overfitting
        h = h * keep / 0.8
        ys.append(h @ Wo + bo)
    return np.array(ys)

# %% answer="rnn_by_hand" wrong="random_numbers"
rng = np.random.default_rng()

def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    T, K = x.shape[0], Wo.shape[1]
    Y = np.empty((T, K))
    h_last = np.zeros(Wh.shape[0])
    for t in range(T):
        h_last = np.tanh(x[t].dot(Wx) + h_last.dot(Wh) + bh)
        noise = rng.normal(scale=0.01, size=K)     # y = f(h) + epsilon
        Y[t] = h_last.dot(Wo) + bo + noise
    return Y

# %% answer="rnn_by_hand" wrong="time_axis_mixed_up"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    D, T = x.shape
    M = Wh.shape[0]
    h = np.zeros(M)
    Yhat = np.zeros((T, Wo.shape[1]))
    for t in range(T):
        h = np.tanh(x[:, t] @ Wx + h @ Wh + bh)
        Yhat[t] = h @ Wo + bo
    return Yhat

# %% answer="rnn_by_hand" wrong="time_axis_mixed_up"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    steps = []
    h = np.zeros(np.shape(bh))
    for column in x.T:                     # one column per time step
        h = np.tanh(np.matmul(column, Wx) + np.matmul(h, Wh) + bh)
        steps += [np.matmul(h, Wo) + bo]
    return np.vstack(steps)

# %% answer="rnn_by_hand_batched" wrong="wo_transposed"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    H = np.zeros((X.shape[0], Wh.shape[0]))
    for t in range(X.shape[1]):
        H = np.tanh(X[:, t, :].dot(Wx) + H.dot(Wh) + bh)
    Yhat = H.dot(Wo.T) + bo
    return Yhat

# %% answer="rnn_by_hand_batched" wrong="unnamed"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    n_samples, n_steps, _ = X.shape
    h = np.zeros((n_samples, len(bh)))
    for t in range(n_steps):
        h = np.tanh(np.einsum("nd,dm->nm", X[:, t], Wx) + np.einsum("nm,mj->nj", h, Wh) + bh)
    return np.einsum("nm,km->nk", h, Wo) + bo

# %% answer="rnn_by_hand_batched" wrong="weights_on_the_left"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    # a = W x + b, as in the book
    batch = X.shape[0]
    h = np.zeros((batch, Wh.shape[0]))
    for t in range(X.shape[1]):
        a = np.dot(Wx, X[:, t]) + np.dot(Wh, h) + bh
        h = np.tanh(a)
    return np.dot(Wo, h) + bo

# %% answer="rnn_by_hand_batched" wrong="weights_on_the_left"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    M = Wh.shape[0]
    h = np.zeros((M, N))
    b = bh.reshape(M, 1)
    for t in range(T):
        xt = X[:, t].T                     # samples as columns
        h = np.tanh(Wx @ xt + Wh @ h + b)
    y = Wo @ h + bo.reshape(-1, 1)
    return y.T

# %% answer="rnn_by_hand_batched" wrong="bias_inside_product"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T = X.shape[:2]
    h = np.zeros((N, Wh.shape[1]))
    for t in range(T):
        memory = (h + bh) @ Wh
        h = np.tanh(X[:, t] @ Wx + memory)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="bias_inside_product"
def recurrent(h_last, Wh, bh):
    h_last = h_last + bh            # bh = bias of h, so add it to h
    return np.dot(h_last, Wh)

def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h_last = np.zeros((len(X), len(bh)))
    for xt in np.swapaxes(X, 0, 1):
        h_last = np.tanh(np.dot(xt, Wx) + recurrent(h_last, Wh, bh))
    return np.dot(h_last, Wo) + bo

# %% answer="rnn_by_hand_batched" wrong="bias_as_start"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.tile(bh, (X.shape[0], 1))        # bh is where h begins
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="bias_as_start"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    H = np.empty((T + 1, N, len(bh)))
    H[0] = bh
    for t in range(T):
        H[t + 1] = np.tanh(np.dot(X[:, t, :], Wx) + np.dot(H[t], Wh))
    return np.dot(H[T], Wo) + bo

# %% answer="rnn_by_hand_batched" wrong="bias_broadcast"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    # every sample has its own column vector: (N, M, 1)
    N, T, D = X.shape
    h = np.zeros((N, Wh.shape[0], 1))
    for t in range(T):
        xt = X[:, t, :, None]
        h = np.tanh(Wx.T @ xt + Wh.T @ h + bh)
    return (Wo.T @ h)[:, :, 0] + bo

# %% answer="rnn_by_hand_batched" wrong="bias_broadcast"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    b = bh[0]         # like weights[2][0], keras puts everything in a list
    h = np.zeros((X.shape[0], Wh.shape[0]))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t, :] @ Wx + h @ Wh + b)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="bias_overwritten"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    bias = np.tile(bh, (N, 1))              # (N, M)
    h = np.zeros((N, len(bh)))
    for t in range(T):
        z = bias
        z += X[:, t] @ Wx
        z += h @ Wh
        h = np.tanh(z)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="bias_overwritten"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    z = np.zeros((X.shape[0], Wh.shape[0])) + bh
    h = np.zeros_like(z)
    for xt in X.transpose(1, 0, 2):
        z += np.matmul(xt, Wx) + np.matmul(h, Wh)
        np.tanh(z, out=h)
    return np.matmul(h, Wo) + bo

# %% answer="rnn_by_hand_batched" wrong="sign_flipped"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], len(bh)))
    for t in range(X.shape[1]):
        # the neuron fires when the sum is above its bias
        h = np.tanh(X[:, t] @ Wx + h @ Wh - bh)
    return h @ Wo - bo

# %% answer="rnn_by_hand_batched" wrong="sign_flipped"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    h_last = np.zeros((N, Wh.shape[0]))
    for t in range(T):
        change = np.dot(X[:, t], Wx) - np.dot(h_last, Wh)       # new minus old
        h_last = np.tanh(change + bh)
    return np.dot(h_last, Wo) + bo

# %% answer="rnn_by_hand_batched" wrong="stack_order"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    W = np.vstack([Wx, Wh])
    h = np.zeros((X.shape[0], Wh.shape[0]))
    for t in range(X.shape[1]):
        hx = np.hstack([h, X[:, t]])       # [h(t-1), x(t)]
        h = np.tanh(hx @ W + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="stack_order"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    W_all = np.concatenate((Wh, Wx), axis=0)
    state = np.zeros((len(X), bh.size))
    for xt in np.moveaxis(X, 1, 0):
        joined = np.concatenate((xt, state), axis=1)
        state = np.tanh(np.dot(joined, W_all) + bh)
    return np.dot(state, Wo) + bo

# %% answer="rnn_by_hand_batched" wrong="input_through_wh"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    emb = X @ Wx                           # (N, T, M)
    h = np.zeros(emb[:, 0].shape)
    for t in range(emb.shape[1]):
        h = np.tanh((emb[:, t] + h) @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="input_through_wh"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    h = np.zeros((N, Wh.shape[0]))
    for t in range(T):
        a = np.dot(X[:, t], Wx)     # first layer
        a = a + h
        a = np.dot(a, Wh) + bh      # second layer
        h = np.tanh(a)
    yhat = np.dot(h, Wo) + bo
    return yhat

# %% answer="rnn_by_hand_batched" wrong="states_summed"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    memory = np.zeros((N, len(bh)))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wx + memory @ Wh + bh)
        memory = memory + h          # the network remembers everything
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="states_summed"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    n, steps = X.shape[0], X.shape[1]
    H = np.zeros((n, steps, Wh.shape[0]))
    for t in range(steps):
        past = H[:, :t].sum(axis=1)
        H[:, t] = np.tanh(X[:, t] @ Wx + past @ Wh + bh)
    return H[:, -1] @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="state_two_steps_old"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    zeros = np.zeros((X.shape[0], Wh.shape[0]))
    h, h_last = zeros, zeros
    for t in range(X.shape[1]):
        h, h_last = np.tanh(X[:, t] @ Wx + h_last @ Wh + bh), h
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="state_two_steps_old"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    hs = [np.zeros((N, len(bh))), np.zeros((N, len(bh)))]
    for t in range(T):
        hs.append(np.tanh(X[:, t].dot(Wx) + hs[t].dot(Wh) + bh))
    return hs[-1].dot(Wo) + bo

# %% answer="rnn_by_hand_batched" wrong="stepped_twice"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):

    def step(xt, h):
        return np.tanh(xt @ Wx + h @ Wh + bh)

    h = np.zeros((X.shape[0], Wh.shape[0]))
    for t in range(X.shape[1]):
        h = step(X[:, t], h)
        yhat = step(X[:, t], h) @ Wo + bo
    return yhat

# %% answer="rnn_by_hand_batched" wrong="stepped_twice"
class RNN:
    def __init__(self, Wx, Wh, bh, Wo, bo, N):
        self.Wx, self.Wh, self.bh, self.Wo, self.bo = Wx, Wh, bh, Wo, bo
        self.h = np.zeros((N, len(bh)))

    def step(self, xt):
        self.h = np.tanh(xt @ self.Wx + self.h @ self.Wh + self.bh)
        return self.h

    def output(self, xt):
        return self.step(xt) @ self.Wo + self.bo

def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    rnn = RNN(Wx, Wh, bh, Wo, bo, len(X))
    for t in range(X.shape[1]):
        rnn.step(X[:, t])
        Yhat = rnn.output(X[:, t])
    return Yhat

# %% answer="rnn_by_hand_batched" wrong="tanh_twice"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    h = np.zeros((N, Wh.shape[0]))
    for t in range(T):
        z = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        h = np.tanh(z)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="tanh_twice"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    for xt in X.swapaxes(0, 1):
        h = np.tanh(np.dot(xt, Wx) + np.dot(h, Wh) + bh)
    activated = np.tanh(h)                # activation before the Dense
    return np.dot(activated, Wo) + bo

# %% answer="rnn_by_hand_batched" wrong="other_activation"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    for t in range(X.shape[1]):
        h = np.arctan(X[:, t] @ Wx + h @ Wh + bh)       # S-shaped
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="other_activation"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    # tanh from the sigmoid: stretch to -1 .. 1
    act = lambda z: 2 / (1 + np.exp(-z)) - 1
    N, T, _ = X.shape
    h = np.zeros((N, bh.shape[0]))
    for t in range(T):
        h = act(np.matmul(X[:, t], Wx) + np.matmul(h, Wh) + bh)
    return np.matmul(h, Wo) + bo

# %% answer="rnn_by_hand_batched" wrong="tanh_on_one_term"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + bh) + h @ Wh
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="tanh_on_one_term"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    h_last = np.zeros((N, len(bh)))
    for t in range(T):
        x_part = np.dot(X[:, t, :], Wx)
        h_part = np.tanh(np.dot(h_last, Wh))      # only the memory is squashed
        h_last = x_part + h_part + bh
    return np.dot(h_last, Wo) + bo

# %% answer="rnn_by_hand_batched" wrong="input_scaled"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    mu = X.mean(axis=1, keepdims=True)
    sd = X.std(axis=1, keepdims=True)
    Xs = (X - mu) / sd
    h = np.zeros((X.shape[0], Wh.shape[0]))
    for t in range(X.shape[1]):
        h = np.tanh(Xs[:, t] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="input_scaled"
def standardize(X):
    """zero mean, unit variance for each feature of each series"""
    mean = np.mean(X, axis=1)[:, None, :]
    std = np.std(X, axis=1)[:, None, :] + 1e-8
    return (X - mean) / std

def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    for xt in standardize(X).transpose(1, 0, 2):
        h = np.tanh(xt.dot(Wx) + h.dot(Wh) + bh)
    return h.dot(Wo) + bo

# %% answer="rnn_by_hand_batched" wrong="input_unused"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    h = np.zeros((N, Wh.shape[0]))
    for t in range(T):
        a = X[:, t] @ Wx
        b = h @ Wh
        h = np.tanh(b + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="input_unused"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    H = np.zeros((X.shape[0], len(bh)))
    for xt in np.moveaxis(X, 1, 0):
        pre = np.matmul(H, Wh)
        np.add(pre, np.matmul(xt, Wx))
        pre += bh
        H = np.tanh(pre)
    return np.matmul(H, Wo) + bo

# %% answer="rnn_by_hand_batched" wrong="loop_too_long"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    h = np.zeros((N, Wh.shape[0]))
    for t in range(T + 1):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="loop_too_long"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    n_steps = X.shape[1]
    h_last = np.zeros((X.shape[0], bh.shape[0]))
    for t in range(1, n_steps + 1):
        h = np.tanh(np.dot(X[:, t, :], Wx) + np.dot(h_last, Wh) + bh)
        h_last = h
    return np.dot(h, Wo) + bo

# %% answer="rnn_by_hand_batched" wrong="wrong_axis_counted"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    for t in range(X.shape[2]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="wrong_axis_counted"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, D, T = X.shape
    h = np.zeros((N, len(bh)))
    t = 0
    while t < T:
        h = np.tanh(X[:, t, :].dot(Wx) + h.dot(Wh) + bh)
        t += 1
    return h.dot(Wo) + bo

# %% answer="rnn_by_hand_batched" wrong="state_kept_between_calls"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo, hs=[]):
    if len(hs) == 0:
        hs.append(np.zeros((X.shape[0], Wh.shape[0])))
    for t in range(X.shape[1]):
        hs.append(np.tanh(X[:, t] @ Wx + hs[-1] @ Wh + bh))
    return hs[-1] @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="state_kept_between_calls"
h = None

def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    global h
    if h is None:
        h = np.zeros((len(X), len(bh)))
    for xt in X.transpose(1, 0, 2):
        h = np.tanh(np.dot(xt, Wx) + np.dot(h, Wh) + bh)
    return np.dot(h, Wo) + bo

# %% answer="rnn_by_hand_batched" wrong="relu_on_head"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    h = np.zeros((N, Wh.shape[0]))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    out = h @ Wo + bo
    out[out < 0] = 0
    return out

# %% answer="rnn_by_hand_batched" wrong="relu_on_head"
def relu(z):
    return np.where(z > 0, z, 0)

def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    for xt in X.swapaxes(0, 1):
        h = np.tanh(xt.dot(Wx) + h.dot(Wh) + bh)
    return relu(h.dot(Wo) + bo)

# %% answer="rnn_by_hand_batched" wrong="head_sees_zeros"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    def run(h):
        for t in range(X.shape[1]):
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        return h

    h = np.zeros((X.shape[0], Wh.shape[0]))
    run(h)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="head_sees_zeros"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    H = np.zeros((N, T + 1, Wh.shape[0]))
    h = H[:, 0]
    for t in range(T):
        h = np.tanh(np.matmul(X[:, t], Wx) + np.matmul(h, Wh) + bh)
    return np.matmul(H[:, -1], Wo) + bo

# %% answer="rnn_by_hand_batched" wrong="output_carried"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    y = np.zeros((X.shape[0], Wo.shape[1]))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + y @ Wh + bh)     # the output goes back in
        y = h @ Wo + bo
    return y

# %% answer="rnn_by_hand_batched" wrong="output_carried"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    for xt in np.moveaxis(X, 1, 0):
        h = np.tanh(np.dot(xt, Wx) + np.dot(h, Wh) + bh)
        h = np.dot(h, Wo) + bo
    return h

# %% answer="rnn_by_hand_batched" wrong="all_zeros"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, K = X.shape[0], Wo.shape[1]
    Yhat = np.zeros((N, K))
    # h = np.zeros((N, M))
    # for t in ...
    return Yhat

# %% answer="rnn_by_hand_batched" wrong="all_zeros"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    Yhat = np.zeros((X.shape[0], len(bo)))
    h = np.zeros((X.shape[0], len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        yhat = h @ Wo + bo
    return Yhat

# %% answer="rnn_by_hand_batched" wrong="step_skipped_for_head"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    h = np.zeros((N, Wh.shape[0]))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        yhat = X[:, t] @ Wo + bo
    return yhat

# %% answer="rnn_by_hand_batched" wrong="step_skipped_for_head"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h_last = np.zeros((len(X), len(bh)))
    for x in X.transpose(1, 0, 2):
        h_last = np.tanh(np.dot(x, Wx) + np.dot(h_last, Wh) + bh)
    return np.dot(x, Wo) + bo            # last one

# %% answer="rnn_by_hand_batched" wrong="extra_axis"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    h = np.zeros((N, 1, Wh.shape[0]))
    for t in range(T):
        h = np.tanh(X[:, t:t + 1] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="extra_axis"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    n, steps, _ = X.shape
    Yhats = np.zeros((n, steps, len(bo)))
    h = np.zeros((n, len(bh)))
    for t in range(steps):
        h = np.tanh(X[:, t].dot(Wx) + h.dot(Wh) + bh)
        Yhats[:, t] = h.dot(Wo) + bo
    return Yhats[:, -1:]

# %% answer="rnn_by_hand_batched" wrong="signature_changed"
def rnn_by_hand_batched(X, Wx, Wh, Wo, bh, bo):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="signature_changed"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo):
    N, T, D = X.shape
    h = np.zeros((N, len(bh)))
    for t in range(T):
        h = np.tanh(np.dot(X[:, t], Wx) + np.dot(h, Wh) + bh)
    return np.dot(h, Wo)

# %% answer="rnn_by_hand_batched" wrong="expects_batch"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    batch, N, T, D = X.shape
    h = np.zeros((batch, N, Wh.shape[0]))
    for t in range(T):
        h = np.tanh(X[:, :, t] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="expects_batch"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    X = X[0]                        # the first batch
    N, T, D = X.shape
    h = np.zeros((N, len(bh)))
    for t in range(T):
        h = np.tanh(np.matmul(X[:, t], Wx) + np.matmul(h, Wh) + bh)
    return np.matmul(h, Wo) + bo

# %% answer="rnn_by_hand_batched" wrong="math_on_arrays"
import math

def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    h = np.zeros((N, Wh.shape[0]))
    for t in range(T):
        z = X[:, t] @ Wx + h @ Wh + bh
        h = math.tanh(z)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="math_on_arrays"
from math import exp

def my_tanh(z):
    return (exp(z) - exp(-z)) / (exp(z) + exp(-z))

def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    for xt in X.swapaxes(0, 1):
        h = my_tanh(xt.dot(Wx) + h.dot(Wh) + bh)
    return h.dot(Wo) + bo

# %% answer="rnn_by_hand_batched" wrong="row_as_index"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], Wh.shape[0]))
    for t in X:
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="row_as_index"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    Xt = np.transpose(X, (1, 0, 2))        # time first
    h_last = np.zeros((X.shape[0], len(bh)))
    for t in Xt:
        x_t = Xt[t]
        h_last = np.tanh(np.dot(x_t, Wx) + np.dot(h_last, Wh) + bh)
    return np.dot(h_last, Wo) + bo

# %% answer="rnn_by_hand_batched" wrong="call_for_index"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N = X.shape(0)
    T = X.shape(1)
    h = np.zeros((N, Wh.shape(0)))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="call_for_index"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    hs = [np.zeros((N, len(bh)))]
    for t in range(T):
        hs.append(np.tanh(X[:, t] @ Wx + hs(t) @ Wh + bh))
    return hs(T) @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="name_unknown"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    h = np.zeros((N, Wh.shape[0]))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + b_h)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="name_unknown"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    hidden = np.zeros((len(X), len(bh)))
    for xt in X.transpose(1, 0, 2):
        hiden = np.tanh(np.dot(xt, Wx) + np.dot(hidden, Wh) + bh)
        hidden = hiden
    return np.dot(hiddden, Wo) + bo

# %% answer="rnn_by_hand_batched" wrong="step_returns_nothing"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    def step(xt, h):
        h = np.tanh(xt @ Wx + h @ Wh + bh)

    h = np.zeros((X.shape[0], Wh.shape[0]))
    for t in range(X.shape[1]):
        h = step(X[:, t], h)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="step_returns_nothing"
def input_part(xt, Wx):
    print("input part", (xt @ Wx).shape)

def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    for xt in np.moveaxis(X, 1, 0):
        h = np.tanh(input_part(xt, Wx) + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="random_numbers"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo, dropout=0.5):
    N, T, D = X.shape
    h = np.zeros((N, Wh.shape[0]))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    mask = np.random.binomial(1, 1 - dropout, size=h.shape)
    return (h * mask) @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="random_numbers"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    for xt in X.swapaxes(0, 1):
        h = np.tanh(xt.dot(Wx) + h.dot(Wh) + bh)
        h += 0.01 * np.random.randn(*h.shape)       # a bit of noise, for robustness
    return h.dot(Wo) + bo

# %% answer="rnn_by_hand_batched" wrong="T_hard_coded"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    H = np.zeros((X.shape[0], 7, Wh.shape[0]))
    h = np.zeros((X.shape[0], Wh.shape[0]))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        H[:, t] = h
    return H[:, 6] @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="T_hard_coded"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    x1, x2, x3, x4, x5, x6, x7 = np.swapaxes(X, 0, 1)
    h = np.zeros((len(X), len(bh)))
    for xt in (x1, x2, x3, x4, x5, x6, x7):
        h = np.tanh(np.dot(xt, Wx) + np.dot(h, Wh) + bh)
    return np.dot(h, Wo) + bo

# %% answer="rnn_by_hand" wrong="state_is_a_number"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = 0
    ys = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        ys.append(h @ Wo + bo)
    return np.array(ys)

# %% answer="rnn_by_hand" wrong="state_is_a_column"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(bh), 1))
    ys = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        ys.append(h @ Wo + bo)
    return np.array(ys)

# %% answer="rnn_by_hand" wrong="state_became_a_matrix"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(Wh.shape[0])
    ys = []
    for xt in x:
        h = np.tanh(xt @ Wx + h * Wh + bh)
        ys.append(h @ Wo + bo)
    return np.array(ys)

# %% answer="rnn_by_hand" wrong="state_became_a_matrix"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(len(bh))
    ys = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh.reshape(-1, 1))
        ys.append(h @ Wo + bo)
    return np.array(ys)

# %% answer="rnn_by_hand" wrong="append_returns_nothing"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(len(bh))
    ys = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        ys = ys.append(h @ Wo + bo)
    return np.array(ys)

# %% answer="rnn_by_hand" wrong="state_added_plain"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(len(bh))
    ys = []
    for xt in x:
        h = np.tanh(xt @ Wx + h + bh)
        ys.append(h @ Wo + bo)
    return np.array(ys)

# %% answer="rnn_by_hand" wrong="function_overwritten"
def _f(x, Wx, Wh, bh, Wo, bo):
    return np.zeros((len(x), len(bo)))

rnn_by_hand = _f(X[0], *model.get_weights())

# %% answer="rnn_by_hand_batched" wrong="only_last_sample"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    for x in X:
        h = np.zeros(len(bh))
        for xt in x:
            h = np.tanh(xt @ Wx + h @ Wh + bh)
        y = h @ Wo + bo
    return y

# %% answer="rnn_by_hand_batched" wrong="state_rows_wrong"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[1], Wh.shape[0]))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t, :] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="all_axes_reversed"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((X.shape[0], len(bh)))
    for x_t in X.T:
        h = np.tanh(x_t @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="inputs_averaged"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    return np.tanh(X.mean(axis=1) @ Wx + bh) @ Wo + bo

# %% answer="name_weights" wrong="wo_swapped"
def name_weights(weights, D, M, K):
    by_shape = {w.shape: w for w in weights}
    return {"Wx": by_shape[D, M], "Wo": by_shape[M, M], "bh": by_shape[(M,)], "Wh": by_shape[M, K], "bo": by_shape[(K,)]}

# %% answer="predicted" wrong="tuple_comma"
predicted = {
    "X": (N, T, D), "x": (T, D), "x[t]": (D), "h": (M), "yhat": (K), "Yhat": (N, K), "Yhats": (N, T, K),
}

# %% answer="rnn_by_hand" wrong="state_kept_between_calls"
memory = None

def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    global memory
    if memory is None or len(memory) != len(bh):
        memory = np.zeros(len(bh))
    ys = []
    for xt in x:
        memory = np.tanh(xt @ Wx + memory @ Wh + bh)
        ys.append(memory @ Wo + bo)
    return np.array(ys)

# %% answer="rnn_by_hand" wrong="state_kept_between_calls"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo, _mem={}):
    h = _mem.setdefault(len(bh), np.zeros(len(bh)))
    ys = []
    for xt in x:
        h[:] = np.tanh(xt @ Wx + h @ Wh + bh)
        ys.append(h @ Wo + bo)
    return np.array(ys)

# %% answer="rnn_by_hand" wrong="off_by_one_input"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(len(bh))
    ys = []
    for t in range(x.shape[0]):
        h = np.tanh(x[t + 1] @ Wx + h @ Wh + bh)
        ys.append(h @ Wo + bo)
    return np.array(ys)

# %% answer="rnn_by_hand" wrong="other_activation"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(len(bh))
    ys = []
    for xt in x:
        h = np.tan(xt @ Wx + h @ Wh + bh)
        ys.append(h @ Wo + bo)
    return np.array(ys)

# %% answer="rnn_by_hand" wrong="sizes_from_notebook"
nb_Wx, nb_Wh, nb_bh, nb_Wo, nb_bo = model.get_weights()

def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(5)
    ys = []
    for xt in x:
        h = np.tanh(xt @ nb_Wx + h @ nb_Wh + nb_bh)
        ys.append(h @ nb_Wo + nb_bo)
    return np.array(ys)

# %% answer="rnn_by_hand" wrong="rounded"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    f = np.float16
    x, Wx, Wh, bh, Wo, bo = (a.astype(f) for a in (x, Wx, Wh, bh, Wo, bo))
    h = np.zeros(len(bh), dtype=f)
    ys = []
    for xt in x:
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        ys.append(h @ Wo + bo)
    return np.array(ys)

# %% answer="name_weights" wrong="wrong_type"
def name_weights(weights, D, M, K):
    s = {w.shape: w for w in weights}
    return s[(D, M)], s[(M, M)], s[(M,)], s[(M, K)], s[(K,)]

# %% answer="rnn_by_hand_batched" wrong="state_added_plain"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    H = np.zeros((X.shape[0], bh.size))
    for t in range(X.shape[1]):
        H = np.tanh(np.matmul(X[:, t, :], Wx) + H + bh)   # memory is just added
    return np.matmul(H, Wo) + bo

# %% answer="rnn_by_hand_batched" wrong="state_is_a_number"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    state = 0.0
    for t in range(X.shape[1]):
        inp = X[:, t] @ Wx
        state = np.tanh(inp + state @ Wh + bh)
    return state @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="state_is_a_column"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    M = Wh.shape[0]
    h = np.zeros([M, 1])
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="append_returns_nothing"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    results = []
    for sample in X:
        h = np.zeros(len(bh))
        for row in sample:
            h = np.tanh(row @ Wx + h @ Wh + bh)
        results = results.append(h @ Wo + bo)
    return np.array(results)

# %% answer="rnn_by_hand_batched" wrong="function_overwritten"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

weights = [np.ones((D, M)), np.ones((M, M)), np.ones(M), np.ones((M, K)), np.ones(K)]
rnn_by_hand_batched = rnn_by_hand_batched(X, *weights)
rnn_by_hand_batched.shape

# %% answer="name_weights" wrong="function_overwritten"
ws = [np.zeros((D, M)), np.zeros((M, M)), np.zeros(M), np.zeros((M, K)), np.zeros(K)]
name_weights = {"Wx": ws[0], "Wh": ws[1], "bh": ws[2], "Wo": ws[3], "bo": ws[4]}

# %% answer="rnn_by_hand" wrong="first_row_missing"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    # step 0 by itself, since it has no past
    h = np.tanh(x[0] @ Wx + bh)
    out = []
    for t in range(1, len(x)):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        out.append(h @ Wo + bo)
    return np.array(out)

# %% answer="rnn_by_hand" wrong="state_kept_between_calls"
memo = {}

def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    # no need to compute the same thing twice
    key = (x.shape, bh.shape, bo.shape)
    if key not in memo:
        h = np.zeros(len(bh))
        rows = []
        for xt in x:
            h = np.tanh(xt @ Wx + h @ Wh + bh)
            rows.append(h @ Wo + bo)
        memo[key] = np.array(rows)
    return memo[key]

# %% answer="rnn_by_hand" wrong="shape_returned"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h, rows = np.zeros(len(bh)), []
    for x_t in x:
        h = np.tanh(x_t @ Wx + h @ Wh + bh)
        rows.append(h @ Wo + bo)
    return np.array(rows).shape

# %% answer="rnn_by_hand_batched" wrong="shape_returned"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return (h @ Wo + bo).shape

# %% answer="rnn_by_hand" wrong="argument_changed"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(len(bh))
    Yhats = []
    for t in range(len(x)):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        x[t] = 0        # used up
        Yhats.append(h @ Wo + bo)
    return np.array(Yhats)

# %% answer="rnn_by_hand_batched" wrong="argument_changed"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        X[:, t] *= 0
    return h @ Wo + bo

# %% answer="rnn_by_hand" wrong="arrays_without_list"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h, rows = np.zeros(len(bh)), []
    W = np.vstack([Wx, Wh])
    for x_t in x:
        h = np.tanh(np.concatenate(x_t, h) @ W + bh)
        rows.append(h @ Wo + bo)
    return np.array(rows)

# %% answer="rnn_by_hand_batched" wrong="arrays_without_list"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    W = np.concatenate(Wx, Wh)
    for t in range(X.shape[1]):
        h = np.tanh(np.hstack([X[:, t], h]) @ W + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand" wrong="axis_counted_from_one"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h, rows = np.zeros(len(bh)), []
    for x_t in x:
        h = np.tanh(x_t @ Wx + h @ Wh + bh)
        rows.append(h @ Wo + bo)
    return np.concatenate([row[None] for row in rows], axis=2)

# %% answer="rnn_by_hand_batched" wrong="axis_counted_from_one"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(np.take(X, t, axis=3) @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand" wrong="decimal_index"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h, rows = np.zeros(len(bh)), []
    steps = x.size / x.shape[1]
    for x_t in x[:steps]:
        h = np.tanh(x_t @ Wx + h @ Wh + bh)
        rows.append(h @ Wo + bo)
    return np.array(rows)

# %% answer="rnn_by_hand_batched" wrong="decimal_index"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    steps = X[0].size / X.shape[2]
    for t, X_t in enumerate(X[:, :steps].swapaxes(0, 1)):
        h = np.tanh(X_t @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand" wrong="whole_input_every_step"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h, ys = np.zeros(Wh.shape[0]), []
    for t in range(len(x)):
        h = np.tanh(x @ Wx + h @ Wh + bh)
        ys.append(h @ Wo + bo)
    return np.array(ys)

# %% answer="rnn_by_hand" wrong="call_does_not_fit"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    def step(x_t, h):
        return np.tanh(x_t @ Wx + h @ Wh + bh)

    h, ys = np.zeros(Wh.shape[0]), []
    for t in range(len(x)):
        h = step(x[t], h, bh)
        ys.append(h @ Wo + bo)
    return np.array(ys)

# %% answer="rnn_by_hand_batched" wrong="call_does_not_fit"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    def step(x_t, h):
        return np.tanh(x_t @ Wx + h @ Wh + bh)

    N, T, D = X.shape
    h = np.zeros((N, Wh.shape[0]))
    for t in range(T):
        h = step(X[:, t])
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="row_overwritten"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    out = np.zeros((N, Wo.shape[1]))
    for n in range(N):
        h = np.zeros(Wh.shape[0])
        for t in range(T):
            h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
        out[0] = h @ Wo + bo
    return out

# %% answer="rnn_by_hand_batched" wrong="last_turn_missing"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    out = np.zeros((N, Wo.shape[1]))
    for n in range(N - 1):
        h = np.zeros(Wh.shape[0])
        for t in range(T):
            h = np.tanh(X[n, t] @ Wx + h @ Wh + bh)
        out[n] = h @ Wo + bo
    return out

# %% answer="rnn_by_hand" wrong="last_turn_missing"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h, out = np.zeros(Wh.shape[0]), np.zeros((len(x), len(bo)))
    for t in range(len(x)):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        for k in range(len(bo) - 1):
            out[t, k] = h @ Wo[:, k] + bo[k]
    return out

# %% answer="rnn_by_hand" wrong="one_number_of_each"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h, ys = np.zeros(Wh.shape[0]), []
    for t in range(len(x)):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        ys.append((h @ Wo + bo)[0])
    return np.array(ys)

# %% answer="rnn_by_hand_batched" wrong="one_number_of_each"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    h = np.zeros((N, Wh.shape[0]))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return (h @ Wo + bo)[:, 0]

# %% answer="rnn_by_hand" wrong="result_like_x"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h, out = np.zeros(Wh.shape[0]), np.zeros_like(x)
    for t in range(len(x)):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        out[t] = h @ Wo + bo
    return out

# %% answer="rnn_by_hand_batched" wrong="result_like_x"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    h, film = np.zeros((N, Wh.shape[0])), np.zeros_like(X)
    for t in range(T):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        film[:, t] = h @ Wo + bo
    return film[:, -1]

# %% answer="rnn_by_hand" wrong="bias_before_product"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h, ys = np.zeros(Wh.shape[0]), []
    for t in range(len(x)):
        h = np.tanh((x[t] + bh) @ Wx + h @ Wh)
        ys.append(h @ Wo + bo)
    return np.array(ys)

# %% answer="rnn_by_hand_batched" wrong="bias_before_product"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    h = np.zeros((N, Wh.shape[0]))
    for t in range(T):
        h = np.tanh((X[:, t] + bh) @ Wx + h @ Wh)
    return h @ Wo + bo

# %% answer="rnn_by_hand" wrong="power_for_bits"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h, ys = np.zeros(Wh.shape[0]), []
    for t in range(len(x)):
        e = np.exp(x[t] @ Wx + h @ Wh + bh)
        h = (e ^ 2 - 1) / (e ^ 2 + 1)
        ys.append(h @ Wo + bo)
    return np.array(ys)

# %% answer="rnn_by_hand_batched" wrong="power_for_bits"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    h = np.zeros((N, Wh.shape[0]))
    for t in range(T):
        e = np.exp(X[:, t] @ Wx + h @ Wh + bh)
        h = (e ^ 2 - 1) / (e ^ 2 + 1)
    return h @ Wo + bo

# %% answer="rnn_by_hand" wrong="list_for_array"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h, ys = np.zeros(Wh.shape[0]), []
    for t in range(len(x)):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        ys.append(h @ Wo + bo)
    return ys.reshape(len(x), -1)

# %% answer="rnn_by_hand_batched" wrong="list_for_array"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = [np.zeros(Wh.shape[0])] * X.shape[0]
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h.dot(Wh) + bh)
    return h @ Wo + bo

# %% answer="name_weights" wrong="letters_as_a_set"
def name_weights(weights, D, M, K):
    named = {}
    for w in weights:
        if set(w.shape) == {D, M}:
            named["Wx"] = w
        elif set(w.shape) == {M, K}:
            named["Wo"] = w
        elif set(w.shape) == {M}:
            named["Wh"] = w
        else:
            named["bo"] = w
    named["bh"] = named["Wh"]
    return named

# %% answer="name_weights" wrong="call_for_index"
def name_weights(weights, D, M, K):
    shapes = {(D, M): "Wx", (M, M): "Wh", (M,): "bh", (M, K): "Wo", (K,): "bo"}
    return {shapes[w.shape()]: w for w in weights}

# %% answer="name_weights" wrong="list_for_array"
def name_weights(weights, D, M, K):
    shapes = {(D, M): "Wx", (M, M): "Wh", (M,): "bh", (M, K): "Wo", (K,): "bo"}
    return {shapes[weights.shape[i]]: weights[i] for i in range(5)}

# %% answer="rnn_by_hand" wrong="truth_of_an_array"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = None
    Y = []
    for xt in x:
        if h == None:
            h = np.zeros(len(bh))
        h = np.tanh(xt @ Wx + h @ Wh + bh)
        Y.append(h @ Wo + bo)
    return np.array(Y)

# %% answer="rnn_by_hand_batched" wrong="truth_of_an_array"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = None
    for t in range(X.shape[1]):
        if h == None:
            h = np.zeros((X.shape[0], len(bh)))
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand" wrong="row_past_the_end"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    states = np.zeros((len(x), len(bh)))
    for t in range(len(x)):
        states[t + 1] = np.tanh(x[t] @ Wx + states[t] @ Wh + bh)
    return states[-1] @ Wo + bo

# %% answer="rnn_by_hand" wrong="branch_returns_nothing"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(len(bh))
    for t in range(len(x)):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        if t == 9:  # the last step
            return h @ Wo + bo

# %% answer="rnn_by_hand" wrong="nothing_collected"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h, states = np.zeros(len(bh)), []
    for t in range(len(x), 0):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
        states.append(h)
    return np.stack(states)[-1] @ Wo + bo

# %% answer="rnn_by_hand" wrong="length_of_a_number"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(len(bh))
    for t in range(len(x.shape[0])):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand" wrong="truth_of_an_array"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(len(bh))
    for t in range(len(x)):
        if x[t] != 0:
            h = np.tanh(x[t] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand" wrong="minus_for_not"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(len(bh))
    x = x[-(x[:, 0] == 0)]
    for t in range(len(x)):
        h = np.tanh(x[t] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand" wrong="rows_on_one_side"
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h = np.zeros(len(bh))
    for t in range(len(x)):
        z = x[t] @ Wx + h @ Wh + bh
        h[z > 0] = np.tanh(z)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="row_past_the_end"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    states = np.zeros((N, T, len(bh)))
    for t in range(T):
        states[:, t + 1] = np.tanh(X[:, t] @ Wx + states[:, t] @ Wh + bh)
    return states[:, -1] @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="branch_returns_nothing"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    if X.shape[0] > 1:
        return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="nothing_collected"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h, states = np.zeros((len(X), len(bh))), []
    for t in range(X.shape[1], 0):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
        states.append(h)
    return np.stack(states, axis=1)[:, -1] @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="length_of_a_number"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    for t in range(len(X.shape[1])):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="truth_of_an_array"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        if X[:, t] != 0:
            h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="minus_for_not"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        real = -(X[:, t, 0] == 0)
        h[real] = np.tanh(X[real, t] @ Wx + h[real] @ Wh + bh)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="rows_on_one_side"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h[X[:, t, 0] > 0] = np.tanh(X[:, t] @ Wx + h @ Wh + bh)
    return h @ Wo + bo

# %% answer="name_weights" wrong="not_of_the_list"
def name_weights(weights, D, M, K):
    Wx = np.zeros((D, M))
    Wh = np.zeros((M, M))
    bh = np.zeros(M)
    Wo = np.zeros((M, K))
    bo = np.zeros(K)
    for slot in [Wx, Wh, bh, Wo, bo]:
        for w in weights:
            if w.shape == slot.shape:
                slot = w
    return {"Wx": Wx, "Wh": Wh, "bh": bh, "Wo": Wo, "bo": bo}

# %% answer="name_weights" wrong="shape_too_short"
def name_weights(weights, D, M, K):
    named = {}
    for w in weights:
        if w.shape[0] == D and w.shape[1] == M:
            named["Wx"] = w
        elif w.shape[0] == w.shape[1]:
            named["Wh"] = w
        elif w.shape[1] == K:
            named["Wo"] = w
        elif w.shape[0] == M:
            named["bh"] = w
        else:
            named["bo"] = w
    return named

# %% answer="name_weights" wrong="unequal_shapes"
def name_weights(weights, D, M, K):
    weights = np.array(weights)
    named = {}
    for w in weights:
        for name, shape in zip(["Wx", "Wh", "bh", "Wo", "bo"], [(D, M), (M, M), (M,), (M, K), (K,)]):
            if w.shape == shape:
                named[name] = w
    return named

# %% answer="rnn_by_hand_batched" wrong="shared_state"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    h_last = np.zeros(Wh.shape[0])
    for t in range(T):
        h = np.tanh(X[:, t] @ Wx + h_last @ Wh + bh)
        h_last = h.mean(axis=0)
    return h @ Wo + bo

# %% answer="rnn_by_hand_batched" wrong="bias_as_column"
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    N, T, D = X.shape
    h = np.zeros((N, len(bh)))
    for t in range(T):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh.reshape(-1, 1))
    return h @ Wo + bo.reshape(-1, 1)
