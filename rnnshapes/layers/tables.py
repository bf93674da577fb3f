"""Every layer's lines, in one place. They are drawn, explored, read out, run (`run.py`), broken (`rnnshapes.beliefs`).

Small letters are indices: see `index_strings.py`. A test holds each table against Keras. The names in capitals without
TABLE are the same lines, parsed for drawing.
"""

from __future__ import annotations

from rnnshapes.layers.index_strings import parse, parse_choice

TABLE = (
    "h[n,t,m] = tanh( X[n,t,d]·Wx[d,m] + h[n,t-1,m']·Wh[m',m] + bh[m] )",
    "y[n,k] = h[n,T-1,m]·Wo[m,k] + bo[k]",
    "h0[n,m] = h[n,T-1,m]",  # of the chunk before
    "Yhats[n,t,k] = h[n,t,m]·Wo[m,k] + bo[k]",
)
SIMPLE_RNN, DENSE, HANDED_ON, DENSE_EVERY_STEP = (parse(line) for line in TABLE)

AXES_TABLE = (
    "turned[t,n,d] = X[n,t,d]",
    "Z[n,t,m] = X[n,t,d]·W[d,m] + b[m]",
)
"""Lesson 00's lines: two axes change places; every step goes through one weight. No layer yet."""
TIME_FIRST, EACH_STEP = (parse(line) for line in AXES_TABLE)

STACK_TABLE = (
    "h1[n,t,m1] = tanh( X[n,t,d]·Wx1[d,m1] + h1[n,t-1,m1']·Wh1[m1',m1] + bh1[m1] )",
    "h2[n,t,m2] = tanh( h1[n,t,m1]·Wx2[m1,m2] + h2[n,t-1,m2']·Wh2[m2',m2] + bh2[m2] )",
    "y[n,k] = h2[n,T-1,m2]·Wo[m2,k] + bo[k]",
)
LAYER_1, LAYER_2, STACK_HEAD = (parse(line) for line in STACK_TABLE)

MASKED_LINE = "h[n,t,m] = mask[n,t] ? tanh( X[n,t,d]·Wx[d,m] + h[n,t-1,m']·Wh[m',m] + bh[m] ) : h[n,t-1,m]"
"""SimpleRNN behind a mask: a masked step leaves the state as it was."""
MASKED = parse_choice(MASKED_LINE)
ZEROED_LINE = "h_zeroed[n,t,m] = mask[n,t] ? h[n,t,m] : 0"
"""What comes out with zero_output_for_mask=True: the state waits all the same."""
MASKED_MEAN_LINES = (
    "real[n,t] = mask[n,t] ? 1 : 0",
    "h_mean[n,m] = sum[t]( real[n,t]*h[n,t,m] ) / sum[t]( real[n,t] )",
)
"""GlobalAveragePooling1D behind a mask: a mean over the real steps."""

TWO_FILMS = (
    "hf[n,t,m] = tanh( X[n,t,d]·Wxf[d,m] + hf[n,t-1,m']·Whf[m',m] + bhf[m] )",
    "hb[n,t,m] = tanh( X[n,t,d]·Wxb[d,m] + hb[n,t+1,m']·Whb[m',m] + bhb[m] )",
)
"""The two halves of a Bidirectional: in each, row t stands beside time step t."""
FORWARD, BACKWARD = (parse(line) for line in TWO_FILMS)
JOINED_LINE = "h[n,t,j] = hf[n,t,j] + hb[n,t,j-M]"
"""merge_mode="concat", with j over 2M numbers: outside of an array there are zeros."""

EMBEDDING_LINE = "X[n,t,d] = E[ids[n,t],d]"

_SUM = "X[n,t,d]·Wx{0}[d,m] + h[n,t-1,m']·Wh{0}[m',m]"

LSTM_TABLE = (
    *(f"{gate}[n,t,m] = sigmoid( {_SUM.format(gate)} + bh{gate}[m] )" for gate in "if"),
    f"g[n,t,m] = tanh( {_SUM.format('g')} + bhg[m] )",
    f"o[n,t,m] = sigmoid( {_SUM.format('o')} + bho[m] )",
    "c[n,t,m] = f[n,t,m]*c[n,t-1,m] + i[n,t,m]*g[n,t,m]",
    "h[n,t,m] = o[n,t,m]*tanh(c[n,t,m])",
)
"""Keras keeps the weights of all gates side by side: (D, 4M) in the order i, f, g, o. (It calls g "c".)"""

LSTM_WIDE_TABLE = (
    "z[n,t,j] = X[n,t,d]·Wx[d,j] + h[n,t-1,m']·Wh[m',j] + bh[j]",
    "i[n,t,m] = sigmoid( z[n,t,m] )",
    "f[n,t,m] = sigmoid( z[n,t,M+m] )",
    "g[n,t,m] = tanh( z[n,t,2*M+m] )",
    "o[n,t,m] = sigmoid( z[n,t,3*M+m] )",
    *LSTM_TABLE[4:],
)
"""The same with Keras' own wide weights: one sum of 4M numbers, z, is cut into four gates."""

GRU_TABLE = (
    *(f"{gate}[n,t,m] = sigmoid( {_SUM.format(gate)} + bx{gate}[m] + bh{gate}[m] )" for gate in "zr"),
    "q[n,t,m] = h[n,t-1,m']·Whg[m',m] + bhg[m]",
    "g[n,t,m] = tanh( X[n,t,d]·Wxg[d,m] + bxg[m] + r[n,t,m]*q[n,t,m] )",
    "h[n,t,m] = z[n,t,m]*h[n,t-1,m] + (1-z[n,t,m])*g[n,t,m]",
)
"""(D, 3M) in the order z, r, g. With reset_after=True, Keras' default, the reset gate works on the product, so the bias
has two rows."""

GRU_RESET_BEFORE_TABLE = (
    *(f"{gate}[n,t,m] = sigmoid( {_SUM.format(gate)} + bx{gate}[m] )" for gate in "zr"),
    "s[n,t,m] = r[n,t,m]*h[n,t-1,m]",
    "g[n,t,m] = tanh( X[n,t,d]·Wxg[d,m] + s[n,t,m']·Whg[m',m] + bxg[m] )",
    "h[n,t,m] = z[n,t,m]*h[n,t-1,m] + (1-z[n,t,m])*g[n,t,m]",
)

GRU_WIDE_TABLE = (
    "p[n,t,j] = X[n,t,d]·Wx[d,j] + bx[j]",
    "q[n,t,j] = h[n,t-1,m']·Wh[m',j] + bh[j]",
    "z[n,t,m] = sigmoid( p[n,t,m] + q[n,t,m] )",
    "r[n,t,m] = sigmoid( p[n,t,M+m] + q[n,t,M+m] )",
    "g[n,t,m] = tanh( p[n,t,2*M+m] + r[n,t,m]*q[n,t,2*M+m] )",
    GRU_TABLE[-1],
)
GRU_BEFORE_WIDE_TABLE = (
    "p[n,t,j] = X[n,t,d]·Wx[d,j] + b[j]",
    "q[n,t,j] = h[n,t-1,m']·Wh[m',j]",
    *GRU_WIDE_TABLE[2:4],
    GRU_RESET_BEFORE_TABLE[2],
    "g[n,t,m] = tanh( p[n,t,2*M+m] + s[n,t,m']·Wh[m',2*M+m] )",
    GRU_TABLE[-1],
)
"""The same with Keras' own wide weights: a sum of 3M numbers from the input, p, and one from the last state, q. The
bias of (2, 3M) has a row for each, bx and bh."""

LSTM, GRU, GRU_RESET_BEFORE = (
    tuple(parse(line) for line in table) for table in (LSTM_TABLE, GRU_TABLE, GRU_RESET_BEFORE_TABLE)
)

_PROJECTED = tuple(
    f"{name}[n,h,{step},m] = {of}[n,{step},d]·W{name}[d,h,m] + b{name}[h,m]" for name, step, of in ("qtX", "ksC", "vsC")
)
_ATTENDED = ("head[n,h,t,m] = w[n,h,t,s]·v[n,h,s,m]", "Y[n,t,d] = head[n,h,t,m]·Wo[h,m,d] + bo[d]")
ATTENTION_TABLE = (
    *_PROJECTED,
    "e[n,h,t,s] = q[n,h,t,m]·k[n,h,s,m] / sqrt(M)",
    "w[n,h,t,s] = softmax[s]( where(allowed[n,t,s], e[n,h,t,s], -1000000000) )",
    *_ATTENDED,
)
"""MultiHeadAttention of X over C (its own X, or another sequence of S steps), with H heads of M numbers each: query,
key and value of each step; a score for each pair of steps; weights that add up to 1 over s."""

LINES = (SIMPLE_RNN, DENSE, EACH_STEP, LAYER_1, LAYER_2, STACK_HEAD, FORWARD, BACKWARD)
"""Every line that has weights."""


def start(name: str = "h", *, value: str = "0", letters: str = "n,-1,m") -> str:
    """Return the line that says what a state is before its first step.

    >>> start("h", value="h0[n,m]")
    'h[n,-1,m] = h0[n,m]'
    """
    return f"{name}[{letters}] = {value}"


SIMPLE_RNN_LINES = (start(), TABLE[0], "y[n,t,k] = h[n,t,m]·Wo[m,k] + bo[k]")
CLASSES_LINES = (*SIMPLE_RNN_LINES, "p[n,t,k] = softmax[k]( y[n,t,k] )")
MASKED_LINES = (start(), MASKED_LINE)
GIVEN_LINES = (start(value="h0[n,m]"), TABLE[0])
HANDED_STEP = TABLE[0].replace("h[n,t-1,m']", "h_last[n,t,m']")
CHUNK_LINES = (start(), "h_last[n,t,m] = h[n,t-1,m]", HANDED_STEP)
RESET_LINES = (start(), "h_last[n,t,m] = (t%size == 0)*resets[t//size] ? 0 : h[n,t-1,m]", HANDED_STEP)
STACK_LINES = (
    start("h1", letters="n,-1,m1"),
    STACK_TABLE[0],
    start("h2", letters="n,-1,m2"),
    STACK_TABLE[1],
    "y[n,t,k] = h2[n,t,m2]·Wo[m2,k] + bo[k]",
)
ZEROED_LINES = (ZEROED_LINE,)
LSTM_LINES = (start(value="h0[n,m]"), start("c", value="c0[n,m]"), *LSTM_WIDE_TABLE)
LSTM_STEP_LINES = (
    start(value="h_last[n,m]"),
    start("c", value="c_last[n,m]"),
    *LSTM_WIDE_TABLE,
    "both[s,n,m] = (s == 0)*h[n,0,m] + (s == 1)*c[n,0,m]",
)
GRU_LINES = (start(value="h0[n,m]"), *GRU_WIDE_TABLE)
_ONE_STEP = (start(value="h_last[n,m]"), "new[n,m] = h[n,0,m]")
GRU_STEP_LINES = (_ONE_STEP[0], *GRU_WIDE_TABLE, _ONE_STEP[1])
GRU_BEFORE_STEP_LINES = (_ONE_STEP[0], *GRU_BEFORE_WIDE_TABLE, _ONE_STEP[1])
"""What wrong beliefs edit: whole programs, with the state before the first step and every step's output."""


def behind_mask(table: tuple[str, ...]) -> tuple[str, ...]:
    """Return a layer's lines behind a mask: at a masked step every state, h and c, stays as it was.

    >>> behind_mask(LSTM_TABLE[4:5])
    ('c[n,t,m] = mask[n,t] ? f[n,t,m]*c[n,t-1,m] + i[n,t,m]*g[n,t,m] : c[n,t-1,m]',)
    """
    waits = {name: f"{name}[n,t,m] = " for name in "hc"}
    return tuple(
        f"{waits[line[0]]}mask[n,t] ? {line.removeprefix(waits[line[0]])} : {line[0]}[n,t-1,m]"
        if line[0] in waits and line.startswith(waits[line[0]])
        else line
        for line in table
    )


MASKED_LSTM_LINES = (start(), start("c"), *behind_mask(LSTM_WIDE_TABLE))
MASKED_GRU_LINES = (start(), *behind_mask(GRU_WIDE_TABLE))
MASKED_GRU_BEFORE_LINES = (start(), *behind_mask(GRU_BEFORE_WIDE_TABLE))
"""Layers with gates behind a mask. Without one they are LSTM_WIDE_TABLE and so on, from zeros."""

BACK_TABLE = (
    "dh[n,t,m] = dH[n,t,m] + dz[n,t+1,m']·Wh[m,m']",
    "dz[n,t,m] = dh[n,t,m]*(1 - h[n,t,m]*h[n,t,m])",
    "dWx[d,m] = X[n,t,d]·dz[n,t,m]",
    "dWh[m',m] = h[n,t-1,m']·dz[n,t,m]",
    "dbh[m] = sum[n]( sum[t]( dz[n,t,m] ) )",
    "dh0[n,m] = dz[n,0,m']·Wh[m,m']",
)
"""A SimpleRNN's way back: dh is the gradient of the loss by h, dz that by the sum inside tanh. dH is what arrives at
each step from outside, zeros where nothing does."""
FROM_LAST_LINE = "dH[n,t,m] = (t == T-1)*(dYhat[n,k]·Wo[m,k])"
"""What arrives where the loss is on the last ŷ alone: it comes through the head, at the last step."""
STEP_BACK_LINES = (BACK_TABLE[1], BACK_TABLE[5].replace("dh0", "dh_last"))
FROM_LAST_LINES = (FROM_LAST_LINE, *BACK_TABLE[:2])
BPTT_LINES = (start(value="h0[n,m]"), *BACK_TABLE)
TRUNCATED_LINES = (
    "back[n,t,m] = (t+1)%size == 0 ? 0 : dz[n,t+1,m']·Wh[m,m']",
    "dh[n,t,m] = dH[n,t,m] + back[n,t,m]",
    BACK_TABLE[1],
)
"""The same in chunks of `size` steps: nothing comes back across a border."""

TWO_FILMS_LINES = (
    *(start("hf"), TWO_FILMS[0]),
    *(start("hb", letters="n,T,m"), TWO_FILMS[1]),
    "f[n,t,m] = hf[n,t,m]",
    "b[n,t,m] = hb[n,t,m]",
    "h[n,t,j] = f[n,t,j] + b[n,t,j-M]",
)
"""Both halves, with the rows of each that are laid side by side."""
ENDS_LINES = ("f[n,m] = seq[n,T-1,m]", "b[n,m] = seq[n,0,M+m]", "last[n,j] = f[n,j] + b[n,j-M]")
"""Where each half of a Bidirectional stops, out of its whole sequence."""
MERGE_LINES = {
    "concat": "merged[n,t,j] = f[n,t,j] + b[n,t,j-M]",
    "sum": "merged[n,t,m] = f[n,t,m] + b[n,t,m]",
    "mul": "merged[n,t,m] = f[n,t,m]*b[n,t,m]",
    "ave": "merged[n,t,m] = (f[n,t,m] + b[n,t,m]) / 2",
}
"""What each merge_mode makes of two halves."""
WINDOW_LINES = ("X[n,t,d] = series[n+t,d]",)
TARGET_LINES = ("Y[n,k] = column[n+T+k]",)
"""Lesson 10's lines: a window that slides along a series makes N, and the K days after it are its targets."""
HEADS_LINES = ("q[n,h,t,m] = X[n,t,d]·W[d,h,m] + b[h,m]",)
WEIGHTS_LINES = (
    "e[n,t,s] = q[n,t,m]·k[n,s,m] / sqrt(M)",
    "w[n,t,s] = softmax[s]( e[n,t,s] )",
)
MASKED_WEIGHTS_LINES = (
    "allowed[n,t,s] = real[n,s]*(s < t+1)",
    "e[n,t,s] = allowed[n,t,s] ? scores[n,t,s] : -1000000000",
    WEIGHTS_LINES[1],
)
ATTENTION_LINES = (*ATTENTION_TABLE[:4], "w[n,h,t,s] = softmax[s]( e[n,h,t,s] )", *_ATTENDED)
"""Lesson 12's lines: one projection into heads, weights of one head, a causal and a padding mask, and all of it."""
TABLE_BOTH_WAYS_LINES = (EMBEDDING_LINE, "dE[k,d] = sum[n]( sum[t]( (ids[n,t] == k)*dX[n,t,d] ) )")
"""Lesson 11's lines: an embedding forward, and back to the rows of its table that the ids have picked."""
SHIFTED_LINES = ("inputs[n,t] = n*T+t < L-1 ? ids[n*T+t] : 0", "targets[n,t] = ids[n*T+t+1]")
"""A text of L characters in rows of T. What is outside of it is padding, 0."""
LOSSES_LINES = (
    "p[n,t,k] = softmax[k]( logits[n,t,k] )",
    "loss[n,t] = targets[n,t] ? -log( p[n,t,targets[n,t]] ) : 0",
)
DRAWN_LINES = (
    "p[n,k] = softmax[k]( logits[n,k] / temperature )",
    "sums[n,k] = sum[k']( (k' < k+1)*p[n,k'] )",
    "ids[n] = sum[k]( sums[n,k] < u[n] )",
)
"""One character for each sample: that in whose stretch of the sums u lies."""
