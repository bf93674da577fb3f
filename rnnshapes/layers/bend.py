"""Bent models: what Keras itself gives when its weights, input, state or activation are wrong.

A misconception is computed by bending a Keras model, so that this package holds no by-hand solution to copy.
All bent models of a case live side by side in one wide SimpleRNN: each owns a block of its units, and the
weight matrices are zero between blocks. Two hundred wrong answers then cost about as much as one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnnshapes.layers.cases import Case, import_keras


@dataclass(frozen=True)
class Bend:
    """The ingredients of one model, to be replaced one by one.

    Shapes: X (N, T, D), Wx (D, M), Wh (M, M), bh (M,), Wo (M, K), bo (K,), h0 (M,) or (N, M). `activation` acts on
    each step's sum, `readout` on h before the head, `head` on ŷ; each is the name of a Keras activation.
    """

    X: np.ndarray
    Wx: np.ndarray
    Wh: np.ndarray
    bh: np.ndarray
    Wo: np.ndarray
    bo: np.ndarray
    h0: np.ndarray
    activation: str = "tanh"
    readout: str = "linear"
    head: str = "linear"


@dataclass(frozen=True)
class Run:
    """What a model gave: every hidden state h (N, T, M) and every output Yhats (N, T, K)."""

    h: np.ndarray
    Yhats: np.ndarray


def straight(case: Case) -> Bend:
    """Return the ingredients of the case's own model, nothing bent."""
    return Bend(X=case.X, h0=np.zeros(case.sizes.M), **case.weights)


def _block_diagonal(blocks: Sequence[np.ndarray]) -> np.ndarray:
    """Put matrices on the diagonal of one large matrix of zeros."""
    wide = np.zeros(np.sum([block.shape for block in blocks], axis=0), "float64")
    row = column = 0
    for block in blocks:
        wide[row : row + block.shape[0], column : column + block.shape[1]] = block
        row, column = row + block.shape[0], column + block.shape[1]
    return wide


def _activation(name: str) -> Callable[[Any], Any]:
    """Return a Keras activation, or one that Keras does not have, or not without a warning."""
    keras = import_keras()
    others = {
        "tan": keras.ops.tan,
        "arctan": keras.ops.arctan,
        "sin": keras.ops.sin,
        "clip": lambda z: keras.ops.clip(z, -1, 1),
        "half tanh": lambda z: keras.ops.tanh(z / 2),  # from a formula misremembered: 2σ(z) − 1
        "double tanh": lambda z: keras.ops.tanh(2 * z),
        "tanh twice": lambda z: keras.ops.tanh(keras.ops.tanh(z)),
        "softmax": lambda z: (
            keras.ops.exp(z) / keras.ops.sum(keras.ops.exp(z), axis=-1, keepdims=True)
        ),  # no warning at K = 1
    }
    return others.get(name) or keras.activations.get(name)


def _piecewise(names: Sequence[str], width: int) -> Callable[[Any], Any]:
    """Return an activation that treats each block of `width` units with the function named for it."""
    keras = import_keras()
    used = [(_activation(name), np.repeat([other == name for other in names], width)) for name in dict.fromkeys(names)]
    if len(used) == 1 and names[0] != "softmax":
        return used[0][0]

    def activate(z: Any) -> Any:
        result = z
        for (function, mask), name in zip(used, dict.fromkeys(names), strict=True):
            if name == "softmax":  # the one activation whose units see each other: within their block only
                blocks = keras.ops.reshape(z, (*z.shape[:-1], len(names), width))
                bent = keras.ops.reshape(function(blocks), z.shape)
            else:
                bent = function(z)
            result = keras.ops.where(mask, bent, result)
        return result

    return activate


def run_bends(bends: Sequence[Bend], *, mask: np.ndarray | None = None) -> list[Run]:
    """Run bent models of the same sizes side by side in one wide Keras layer.

    With a mask (N, T), Keras skips the masked steps. Returns: one Run for each bend, in order.

    >>> from rnnshapes.layers.cases import make_case
    >>> from rnnshapes.sizes import Sizes
    >>> case = make_case(Sizes(N=2, T=4, D=3, M=5, K=6), seed=0)
    >>> [run] = run_bends([straight(case)])
    >>> bool(np.allclose(run.Yhats, case.Yhats, atol=1e-6))
    True
    """
    keras = import_keras()
    N = bends[0].X.shape[0]
    M, K = bends[0].Wo.shape
    V = len(bends)
    layer = keras.layers.SimpleRNN(
        V * M,
        activation=_piecewise([bend.activation for bend in bends], M),
        return_sequences=True,
        kernel_initializer="zeros",
        recurrent_initializer="zeros",  # orthogonal, the default, is slow when wide
        dtype="float64",
    )  # a bent model may be chaotic, and students have 64 bits
    X = np.concatenate([bend.X for bend in bends], axis=2).astype("float64")  # (N, T, V·D)
    layer.build(X.shape)
    layer.set_weights(
        [
            _block_diagonal([bend.Wx for bend in bends]),
            _block_diagonal([bend.Wh for bend in bends]),
            np.concatenate([bend.bh for bend in bends]),
        ]
    )
    h0 = np.concatenate([np.broadcast_to(bend.h0, (N, M)) for bend in bends], axis=1).astype("float64")  # (N, V·M)
    h = layer(X, initial_state=h0, mask=mask)  # (N, T, V·M)
    seen = _piecewise([bend.readout for bend in bends], M)(h)
    head = keras.layers.Dense(
        V * K, activation=_piecewise([bend.head for bend in bends], K), kernel_initializer="zeros", dtype="float64"
    )
    head.build(seen.shape)
    head.set_weights([_block_diagonal([bend.Wo for bend in bends]), np.concatenate([bend.bo for bend in bends])])
    hs = np.asarray(h).reshape(*X.shape[:2], V, M)
    Yhats = np.asarray(head(seen)).reshape(*X.shape[:2], V, K)
    return [Run(hs[:, :, v], Yhats[:, :, v]) for v in range(V)]


def run_cells(
    case: Case,
    steps: Sequence[Callable[..., Any]],
    *,
    Xs: Sequence[np.ndarray] | None = None,
    h0: np.ndarray | None = None,
) -> list[Run]:
    """Run recurrent cells that step in wrong ways, side by side, over the case's X and with its Dense head.

    `step(a, h, extra, times)` gets a = x[t]·Wx without the bias, the last h, an `extra` state of the same
    (N, M) that starts at zeros, and the product `times(h)` = h·Wh. It returns what the head sees, the next h
    and the next extra: each wrong cell is one line. `Xs`, if given, has an X of its own for each step.
    h starts at `h0`, (N, M), or at zeros.
    Returns: one Run for each step, in order.
    """
    keras = import_keras()
    weights = {name: value.astype("float64") for name, value in case.weights.items()}
    N, T, M = case.sizes.shape("NTM")
    V = len(steps)

    def times(h: Any) -> Any:
        return keras.ops.matmul(h, weights["Wh"])

    def inputs(x: Any) -> list[Any]:
        rows = [x] if Xs is None else keras.ops.split(x, V, axis=-1)
        products = [keras.ops.matmul(row, weights["Wx"]) for row in rows]
        return products * V if Xs is None else products

    class Cell(keras.layers.Layer):
        state_size = [M] * (2 * V)
        output_size = V * M

        def call(self, x: Any, states: list[Any]) -> tuple[Any, list[Any]]:
            a = inputs(x)
            stepped = [step(a[v], states[2 * v], states[2 * v + 1], times) for v, step in enumerate(steps)]
            return keras.ops.concatenate([seen for seen, _, _ in stepped], axis=-1), [
                state for _, h, extra in stepped for state in (h, extra)
            ]

    zeros = np.zeros((N, M))
    start = [zeros if h0 is None else h0.astype("float64"), zeros] * V
    h = keras.layers.RNN(Cell(dtype="float64"), return_sequences=True, dtype="float64")(
        case.X if Xs is None else np.concatenate(Xs, axis=2).astype("float64"), initial_state=start
    )
    head = keras.layers.Dense(case.sizes.K, dtype="float64")
    head.build((N, T, V, M))
    head.set_weights([weights["Wo"], weights["bo"]])
    hs = keras.ops.reshape(h, (N, T, V, M))
    Yhats = np.asarray(head(hs))
    return [Run(np.asarray(hs)[:, :, v], Yhats[:, :, v]) for v in range(V)]
