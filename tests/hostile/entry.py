"""What an entry of the corpus is, and the pieces of code that several entries share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

PREDICTED = """
predicted = {"X": (N, T, D), "x": (T, D), "x[t]": (D,), "h": (M,), "yhat": (K,), "Yhat": (N, K), "Yhats": (N, T, K)}
"""

NAME_WEIGHTS = """
def name_weights(weights, D, M, K):
    names = {(D, M): "Wx", (M, M): "Wh", (M,): "bh", (M, K): "Wo", (K,): "bo"}
    return {names[weight.shape]: weight for weight in weights}
"""

BY_HAND = """
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h_last = np.zeros(len(bh))
    Yhats = []
    for x_t in x:
        h_last = np.tanh(x_t @ Wx + h_last @ Wh + bh)
        Yhats.append(h_last @ Wo + bo)
    return np.array(Yhats)
"""

BATCHED = """
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    h_last = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h_last = np.tanh(X[:, t] @ Wx + h_last @ Wh + bh)
    return h_last @ Wo + bo
"""

HONEST = {"predicted": PREDICTED, "name_weights": NAME_WEIGHTS, "rnn_by_hand": BY_HAND, "rnn_by_hand_batched": BATCHED}

# Keras does the layer's work: right numbers, and not by hand.
KERAS = """
def by_keras(x, Wx, Wh, bh, Wo, bo):
    net = keras.Sequential([
        keras.Input(x.shape), keras.layers.SimpleRNN(len(bh), return_sequences=True), keras.layers.Dense(len(bo)),
    ])
    net.set_weights([Wx, Wh, bh, Wo, bo])
    return np.asarray(net(x[None]))[0]
"""
KERAS_ANSWER = """
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    return by_keras(x, Wx, Wh, bh, Wo, bo)
"""

# A loop over the samples: right numbers, and not at once.
LOOP = """
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    rows = []
    for x in X:
        h = np.zeros(len(bh))
        for x_t in x:
            h = np.tanh(x_t @ Wx + h @ Wh + bh)
        rows.append(h @ Wo + bo)
    return np.array(rows)
"""

# The kernel's own socket, found and written to.
WIRE = """
import json, os, socket, struct, time

def channel():
    for name in os.listdir("/proc/self/fd"):
        try:
            found = socket.socket(fileno=os.dup(int(name)))
            found.getpeername()
            found.setblocking(True)
            return found
        except (OSError, ValueError):
            continue

def frame(message, *buffers):
    text = message if isinstance(message, bytes) else json.dumps(message).encode()
    parts = [struct.pack(">II", len(text), len(buffers)), text]
    for buffer in buffers:
        parts += [struct.pack(">Q", len(buffer)), buffer]
    return b"".join(parts)

def say(message, *buffers):
    channel().sendall(frame(message, *buffers))
"""


@dataclass(frozen=True)
class Entry:
    """One hostile submission. Cells are source; what is not given stays as it was handed out: not written."""

    name: str
    tries: str
    points: float | None = 0.0
    """The score that it must get, of 12. None: any, the rest matters."""
    honest: bool = False
    """True fills in the right answers; `answers` come on top."""
    answers: dict[str, str] = field(default_factory=dict)
    first: tuple[str, ...] = ()
    """Cells of the student's own behind the set-up cell."""
    last: tuple[str, ...] = ()
    """Cells of the student's own at the end."""
    files: dict[str, bytes] = field(default_factory=dict)
    change: Callable[[dict[str, Any]], None] | None = None
    """Changes the submitted notebook's JSON."""
    raw: bytes | None = None
    """The submitted file, if it is no notebook."""
    says: tuple[str, ...] = ()
    """Words that the graded notebook must have."""
    never: tuple[str, ...] = ()
    """Words that neither its outputs nor its remarks may have."""
    remark: str = ""
    """Words of a remark, or of the failure."""
    failed: bool = False
    """True if it cannot be graded at all."""
