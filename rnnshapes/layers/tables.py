"""The lines of the table for LSTM and GRU, gate by gate, as Keras computes them.

Keras keeps the weights of all gates side by side: (D, 4M) in the order i, f, g, o; (D, 3M) in the order z, r, g.
(Keras calls the candidate g "c" or "h", the names of the states that it goes into.)
"""

from rnnshapes.layers.index_strings import parse

_SUM = "X[n,t,d]·Wx{0}[d,m] + h[n,t-1,m']·Wh{0}[m',m]"

LSTM_TABLE = (
    *(f"{gate}[n,t,m] = sigmoid( {_SUM.format(gate)} + bh{gate}[m] )" for gate in "if"),
    f"g[n,t,m] = tanh( {_SUM.format('g')} + bhg[m] )",
    f"o[n,t,m] = sigmoid( {_SUM.format('o')} + bho[m] )",
    "c[n,t,m] = f[n,t,m]*c[n,t-1,m] + i[n,t,m]*g[n,t,m]",
    "h[n,t,m] = o[n,t,m]*tanh(c[n,t,m])",
)

GRU_TABLE = (
    *(f"{gate}[n,t,m] = sigmoid( {_SUM.format(gate)} + bx{gate}[m] + bh{gate}[m] )" for gate in "zr"),
    "q[n,t,m] = h[n,t-1,m']·Whg[m',m] + bhg[m]",
    "g[n,t,m] = tanh( X[n,t,d]·Wxg[d,m] + bxg[m] + r[n,t,m]*q[n,t,m] )",
    "h[n,t,m] = z[n,t,m]*h[n,t-1,m] + (1-z[n,t,m])*g[n,t,m]",
)
"""With reset_after=True, Keras' default: the reset gate works on the product, so the bias has two rows."""

GRU_RESET_BEFORE_TABLE = (
    *(f"{gate}[n,t,m] = sigmoid( {_SUM.format(gate)} + bx{gate}[m] )" for gate in "zr"),
    "q[n,t,m] = r[n,t,m]*h[n,t-1,m]",
    "g[n,t,m] = tanh( X[n,t,d]·Wxg[d,m] + q[n,t,m']·Whg[m',m] + bxg[m] )",
    "h[n,t,m] = z[n,t,m]*h[n,t-1,m] + (1-z[n,t,m])*g[n,t,m]",
)

LSTM, GRU, GRU_RESET_BEFORE = (
    tuple(parse(line) for line in table) for table in (LSTM_TABLE, GRU_TABLE, GRU_RESET_BEFORE_TABLE)
)
