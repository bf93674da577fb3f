"""A Keras model read into lines of the table and arrays, layer by layer, with `get_weights()`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from rnnshapes.errors import CourseError
from rnnshapes.explorer.spec import Line
from rnnshapes.flow import DENSE, SIMPLE_RNN
from rnnshapes.index_strings import Flow, Product, Slice

ACTIVATIONS = {"linear": "", "tanh": "tanh", "sigmoid": "sigmoid", "relu": "relu", "softmax": "softmax"}
KNOWN = "SimpleRNN, Bidirectional(SimpleRNN), Masking and Dense"


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
    recurrent = [layer for layer in layers if type(layer).__name__ in ("SimpleRNN", "Bidirectional")]
    sizes = dict(zip("NTD", X.shape, strict=True))
    reading = Reading({"X": X}, sizes, stacked=len(recurrent) > 1)
    for place, layer in enumerate(layers):
        name = type(layer).__name__
        if name == "Masking":
            reading.arrays["mask"] = np.any(X != layer.mask_value, axis=-1)
            reading.mask = "mask"
        elif name == "SimpleRNN":
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
    """Add the line of one SimpleRNN; return its result. `side` is "f" or "b" in a Bidirectional."""
    if not side:
        reading.depth += 1
    number = str(reading.depth) if reading.stacked else ""
    end = side + number
    unit, letter = f"m{number}", f"M{number}"
    reading.sizes[letter] = layer.units
    names = {name: f"{name}{end}" for name in ("h", "Wx", "Wh", "bh")}
    flow = _renamed(SIMPLE_RNN, names, {"m": unit, "m'": f"{unit}'"})
    flow = replace(flow, function=_activation(layer))
    if side == "b":
        flow = _renamed(flow, {}, {"t-1": "t+1"})
    state, bias = flow.products[1], flow.biases[0]
    weights = layer.get_weights() if weights is None else weights
    products = _products(reading, f"Wx{end}", unit, weights[0])
    terms = (*products, state, *([bias] if layer.use_bias else []))
    reading.arrays[state.right.name] = weights[1]
    if layer.use_bias:
        reading.arrays[bias.name] = weights[2]
    reading.lines.append(Line(replace(flow, terms=terms), reading.mask))
    if not side:
        reading.feeds = [_feed(flow.result, layer.return_sequences)]
    return flow.result


def _bidirectional(reading: Reading, layer: Any) -> None:
    if layer.merge_mode != "concat" or type(layer.forward_layer).__name__ != "SimpleRNN":
        raise CourseError(
            f"Got Bidirectional with merge_mode={layer.merge_mode!r} around a "
            f"{type(layer.forward_layer).__name__}, expected 'concat' around a SimpleRNN. Try: Bidirectional(SimpleRNN(M))."
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
    terms: tuple[Product | Slice, ...] = products
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


def _activation(layer: Any) -> str:
    name = getattr(layer.activation, "__name__", "")
    if name not in ACTIVATIONS:
        raise CourseError(f"Got activation {name!r} in {layer.name}, expected one of {', '.join(ACTIVATIONS)}. Try: tanh.")
    if getattr(layer, "go_backwards", False) and "backward" not in layer.name:
        raise CourseError(f"Got go_backwards=True in {layer.name}, expected False. Try: Bidirectional(…).")
    return ACTIVATIONS[name]


def _renamed(flow: Flow, names: Mapping[str, str], letters: Mapping[str, str]) -> Flow:
    def piece(old: Slice) -> Slice:
        return Slice(names.get(old.name, old.name), tuple(letters.get(index, index) for index in old.index))

    terms = tuple(
        Product(piece(term.left), piece(term.right), letters.get(term.shared, term.shared))
        if isinstance(term, Product)
        else piece(term)
        for term in flow.terms
    )
    return Flow(piece(flow.result), flow.function, terms)
