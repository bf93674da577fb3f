"""The lines of each kind of layer, without a mask and behind one, and what a layer gives by them."""

from __future__ import annotations

import numpy as np

from rnnshapes.layers.ledger import BLOCKS, Layer, kind_of
from rnnshapes.layers.program import GRU_PART, LSTM_PART, Part, Program
from rnnshapes.layers.run import FUNCTIONS, run, softmax
from rnnshapes.layers.tables import (
    GRU_BEFORE_WIDE_TABLE,
    GRU_WIDE_TABLE,
    LSTM_WIDE_TABLE,
    MASKED_GRU_BEFORE_LINES,
    MASKED_GRU_LINES,
    MASKED_LINES,
    MASKED_LSTM_LINES,
    TABLE,
    start,
)

PLAIN = {
    "SimpleRNN": (Part(), (start(), TABLE[0]), MASKED_LINES),
    "LSTM": (LSTM_PART, (start(), start("c"), *LSTM_WIDE_TABLE), MASKED_LSTM_LINES),
    "GRU": (GRU_PART, (start(), *GRU_WIDE_TABLE), MASKED_GRU_LINES),
    "GRU before": (GRU_PART, (start(), *GRU_BEFORE_WIDE_TABLE), MASKED_GRU_BEFORE_LINES),
}
PROGRAMS = {
    (kind, bool(masked)): Program(lines[masked], film="h", parts=(Part() if masked else part,))
    for kind, (part, *lines) in PLAIN.items()
    for masked in range(2)
}
"""The lines of each kind of layer, without a mask and behind one."""


def given_by_lines(layer: Layer, weights: list[np.ndarray], X: np.ndarray, mask: np.ndarray | None) -> np.ndarray:
    """Return what a layer gives by its lines: a test holds them against Keras.

    Shapes: X is (N, T, D), or ids (N, T); a mask is (N, T).
    """
    kind = layer["kind"]
    if kind == "Embedding":
        return weights[0][X]
    if kind == "Masking":
        return X * (X != layer["mask_value"]).any(axis=-1, keepdims=True)
    if kind == "Dense":
        return CURVES[layer["activation"]](X @ weights[0] + weights[1])
    if kind != "Bidirectional":
        film = film_of_layer(layer, weights, X, mask)
        return film if layer["return_sequences"] else film[:, -1]
    there = film_of_layer(layer["layer"], weights[:3], X, mask)
    back = film_of_layer(layer["layer"], weights[3:], X[:, ::-1], None if mask is None else mask[:, ::-1])
    if not layer["layer"]["return_sequences"]:
        return np.concatenate([there[:, -1], back[:, -1]], axis=-1)
    both = np.concatenate([there, back[:, ::-1]], axis=-1)
    return both if mask is None else both * mask[:, :, None]


CURVES = {name: FUNCTIONS[name] for name in ("relu", "tanh", "sigmoid")} | {"linear": np.asarray, "softmax": softmax}


def film_of_layer(
    layer: Layer, weights: list[np.ndarray], X: np.ndarray, mask: np.ndarray | None, *, lines: tuple[str, ...] = ()
) -> np.ndarray:
    """Return every row of a recurrent layer that reads forward, (N, T, M): by its lines, or by others of its kind."""
    arrays = {**one_way_arrays(layer, weights), "X": X} | ({} if mask is None else {"mask": mask})
    sizes = {"N": len(X), "T": X.shape[1], "D": X.shape[2], "M": layer["units"], **wide(layer)}
    return run(lines or PROGRAMS[kind_of(layer), mask is not None].lines, arrays, sizes)["h"]


def names_of(layer: Layer) -> tuple[str, ...]:
    """Return what a layer's weights are called, in the order of get_weights()."""
    own = {"Dense": ("Wo", "bo"), "Embedding": ("E",), "Masking": (), "GRU": ("Wx", "Wh", "b")}
    if "layer" in layer:
        return tuple(f"{name}{half}" for half in "fb" for name in names_of(layer["layer"]))
    return own.get(layer["kind"], ("Wx", "Wh", "bh"))


def wide(layer: Layer) -> dict[str, int]:
    return {"J": BLOCKS[layer["kind"]] * layer["units"]}


def one_way_arrays(layer: Layer, weights: list[np.ndarray]) -> dict[str, np.ndarray]:
    """Return a layer's weights as its lines call them: a bias of two rows is bx and bh."""
    arrays = dict(zip(names_of(layer), weights, strict=True))
    if arrays.get("b") is not None and arrays["b"].ndim == 2:
        arrays |= dict(zip(("bx", "bh"), arrays.pop("b"), strict=True))
    return arrays
