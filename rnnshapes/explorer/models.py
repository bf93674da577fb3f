"""A Keras model read into lines of the table and arrays, layer by layer, with `get_weights()`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from rnnshapes.errors import CourseError
from rnnshapes.explorer.spec import Line, slices
from rnnshapes.layers.index_strings import Flow, Product, Slice
from rnnshapes.layers.tables import GRU, GRU_RESET_BEFORE, LSTM
from rnnshapes.layers.words import DENSE, SIMPLE_RNN

ACTIVATIONS = {"linear": "", "tanh": "tanh", "sigmoid": "sigmoid", "relu": "relu", "softmax": "softmax"}
RECURRENT = ("SimpleRNN", "LSTM", "GRU")
KNOWN = "SimpleRNN, LSTM, GRU, Bidirectional, Masking and Dense"


@dataclass
class Reading:
    """What was read so far: the slices that the next layer takes, side by side (a Bidirectional gives two)."""

    arrays: dict[str, np.ndarray]
    sizes: dict[str, int]
    stacked: bool
    lines: list[Line] = field(default_factory=list)
    feeds: list[Slice] = field(default_factory=lambda: [Slice("X", ("n", "t", "d"))])
    mask: str = ""
    depth: int = 0


def read_model(model: Any, X: np.ndarray) -> Reading:
    """Return the lines and arrays of a Sequential (or functional, but unbranched) Keras model for data X.

    Shapes: X is (N, T, D).
    Raises: CourseError if the model has a layer or an option that the explorer does not know.
    """
    layers = [layer for layer in model.layers if type(layer).__name__ not in ("InputLayer", "Dropout")]
    recurrent = [layer for layer in layers if type(layer).__name__ in (*RECURRENT, "Bidirectional")]
    sizes = dict(zip("NTD", X.shape, strict=True))
    reading = Reading({"X": X}, sizes, stacked=len(recurrent) > 1)
    for place, layer in enumerate(layers):
        name = type(layer).__name__
        if name == "Masking":
            reading.arrays["mask"] = np.any(X != layer.mask_value, axis=-1)
            reading.mask = "mask"
        elif name in RECURRENT:
            _recurrent(reading, layer)
        elif name == "Bidirectional":
            _bidirectional(reading, layer)
        elif name == "Dense" and place == len(layers) - 1 and reading.lines:
            _dense(reading, layer)
        else:
            raise CourseError(
                f"Got a layer {name} at place {place}, expected {KNOWN}, a Dense at the end. "
                f"Try: Input → SimpleRNN(M) → Dense(K)."
            )
    if not reading.lines:
        raise CourseError(f"Got a model without a recurrent layer, expected {KNOWN}. Try: add a SimpleRNN(M).")
    return reading


def _recurrent(reading: Reading, layer: Any, *, side: str = "", weights: list[np.ndarray] | None = None) -> Slice:
    """Add the lines of one recurrent layer; return its result. `side` is "f" or "b" in a Bidirectional."""
    if not side:
        reading.depth += 1
    number = str(reading.depth) if reading.stacked else ""
    end, unit = side + number, f"m{number}"
    reading.sizes[f"M{number}"] = layer.units
    table, own = _cut(layer, layer.get_weights() if weights is None else weights)
    states = {piece.name for flow in table for piece in slices(flow) if "t-1" in piece.index}
    functions = {"tanh": _activation(layer, "activation")}
    if len(table) > 1:
        functions["sigmoid"] = _activation(layer, "recurrent_activation")
    letters = {"m": unit, "m'": f"{unit}'"} | ({"t-1": "t+1"} if side == "b" else {})
    for flow in table:
        mask = reading.mask if flow.result.name in states else ""
        terms = []
        for term in flow.terms:
            if isinstance(term, Product) and term.left.name == "X":
                terms += _products(reading, f"{term.right.name}{end}", unit, own[term.right.name])
                continue
            last = term.right if isinstance(term, Product) else term
            if last.name in own or not last.is_weight:
                terms.append(_renamed(term, end, letters, functions))
                if last.is_weight:
                    reading.arrays[f"{last.name}{end}"] = own[last.name]
        result = _renamed(flow.result, end, letters, functions)
        function = functions.get(flow.function, flow.function)
        reading.lines.append(Line(Flow(result, function, tuple(terms)), mask, backwards=side == "b"))
    if not side:
        reading.feeds = [_feed(result, layer.return_sequences)]
    return result


def _cut(layer: Any, weights: list[np.ndarray]) -> tuple[tuple[Flow, ...], dict[str, np.ndarray]]:
    """Return the layer's lines, and its weights under their names there: one wide array cut into gates."""
    if type(layer).__name__ == "SimpleRNN":
        return (SIMPLE_RNN,), dict(zip(("Wx", "Wh", "bh"), weights, strict=False))
    if type(layer).__name__ == "LSTM":
        table, gates, rows = LSTM, "ifgo", ("bh",)
    else:
        table, gates, rows = (GRU, "zrg", ("bx", "bh")) if layer.reset_after else (GRU_RESET_BEFORE, "zrg", ("bx",))
    wide = {"Wx": weights[0], "Wh": weights[1]}
    if layer.use_bias:
        wide |= dict(zip(rows, np.atleast_2d(weights[2]), strict=True))
    return table, {
        f"{name}{gate}": part
        for name, array in wide.items()
        for gate, part in zip(gates, np.split(array, len(gates), axis=-1), strict=True)
    }


def _bidirectional(reading: Reading, layer: Any) -> None:
    inside = type(layer.forward_layer).__name__
    if layer.merge_mode != "concat" or inside not in RECURRENT:
        raise CourseError(
            f"Got Bidirectional with merge_mode={layer.merge_mode!r} around a {inside}, "
            f"expected 'concat' around one of {', '.join(RECURRENT)}. Try: Bidirectional(SimpleRNN(M))."
        )
    reading.depth += 1
    weights = layer.get_weights()
    half = len(weights) // 2
    keep = layer.forward_layer.return_sequences
    forward = _recurrent(reading, layer.forward_layer, side="f", weights=weights[:half])
    backward = _recurrent(reading, layer.backward_layer, side="b", weights=weights[half:])
    reading.feeds = [_feed(forward, keep), _feed(backward, keep, first=True)]


def _dense(reading: Reading, layer: Any) -> None:
    weights = layer.get_weights()
    reading.sizes["K"] = layer.units
    times = ("t",) if any("t" in piece.index for piece in reading.feeds) else ()
    products = _products(reading, "Wo", "k", weights[0])
    terms: tuple[Product | Slice, ...] = tuple(products)
    if layer.use_bias:
        reading.arrays["bo"] = weights[1]
        terms += DENSE.biases
    result = Slice(DENSE.result.name, ("n", *times, "k"))
    reading.lines.append(Line(Flow(result, _activation(layer), terms)))


def _products(reading: Reading, name: str, unit: str, weight: np.ndarray) -> tuple[Product, ...]:
    """Return what the layer below gives times a weight; two halves side by side take a part of the weight each."""
    many = len(reading.feeds) > 1
    found, start = [], 0
    for feed in reading.feeds:
        shared = feed.index[-1]
        size = weight.shape[0] // len(reading.feeds)
        part = f"{name}{'fb'[len(found)]}" if many else name
        reading.arrays[part] = weight[start : start + size]
        start += size
        found.append(Product(feed, Slice(part, (shared, unit)), shared))
    return tuple(found)


def _feed(result: Slice, sequences: bool, *, first: bool = False) -> Slice:
    """Return how the next layer reads a result: at every step, or where the layer ended."""
    if sequences:
        return result
    return Slice(result.name, tuple(("0" if first else "T-1") if index == "t" else index for index in result.index))


def _activation(layer: Any, which: str = "activation") -> str:
    name = getattr(getattr(layer, which), "__name__", "")
    if name not in ACTIVATIONS:
        raise CourseError(
            f"Got activation {name!r} in {layer.name}, expected one of {', '.join(ACTIVATIONS)}. Try: tanh."
        )
    if getattr(layer, "go_backwards", False) and "backward" not in layer.name:
        raise CourseError(f"Got go_backwards=True in {layer.name}, expected False. Try: Bidirectional(…).")
    return ACTIVATIONS[name]


def _renamed(term: Product | Slice, end: str, letters: Mapping[str, str], functions: Mapping[str, str]) -> Any:
    """Return a term with the layer's own names: `end` after each, its letters, its functions."""
    if isinstance(term, Product):
        left, right = (_renamed(side, end, letters, functions) for side in (term.left, term.right))
        return Product(left, right, letters.get(term.shared, term.shared))
    index = tuple(letters.get(letter, letter) for letter in term.index)
    return Slice(f"{term.name}{end}", index, functions.get(term.function, term.function))
