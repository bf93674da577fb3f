"""A stack of layers as data: what each layer is called, and how large its output and its weights are.

A layer is a dict, such as {"kind": "LSTM", "units": 5, "return_sequences": True}; its other keys are those of Keras.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from rnnshapes.errors import CourseError

Layer = dict[str, Any]
Shape = tuple[int, ...]

RECURRENT = ("SimpleRNN", "LSTM", "GRU")
BLOCKS = {"SimpleRNN": 1, "LSTM": 4, "GRU": 3}
ACTIVATIONS = ("linear", "relu", "tanh", "sigmoid", "softmax")
KINDS = ("SimpleRNN", "LSTM", "GRU", "GRU before")
"""The recurrent layers; "GRU before" is a GRU with reset_after=False."""


def recurrent(kind: str, M: int, *, return_sequences: bool = True) -> Layer:
    """Return a recurrent layer as data: "GRU before" is a GRU with reset_after=False, "2LSTM" a Bidirectional one.

    >>> recurrent("2LSTM", 4)["layer"]
    {'kind': 'LSTM', 'units': 4, 'return_sequences': True}
    """
    if kind[0] == "2":
        return {"kind": "Bidirectional", "layer": recurrent(kind[1:], M, return_sequences=return_sequences)}
    layer: Layer = {"kind": kind.split()[0], "units": int(M), "return_sequences": bool(return_sequences)}
    return layer | ({"reset_after": " " not in kind} if layer["kind"] == "GRU" else {})


def kind_of(layer: Layer) -> str:
    """Return the name in KINDS; "2LSTM" for an LSTM that reads both ways.

    >>> kind_of(recurrent("2GRU before", 3))
    '2GRU before'
    """
    if "layer" in layer:
        return f"2{kind_of(layer['layer'])}"
    return layer["kind"] + (" before" if layer.get("reset_after") is False else "")


def written(layers: list[Layer]) -> str:
    """Return a stack in one line.

    >>> written([{"kind": "Masking", "mask_value": 0.0}, {"kind": "GRU", "units": 4, "return_sequences": False}])
    'Masking(0.0) → GRU(4)'
    """
    return " → ".join(map(name_of, layers))


def name_of(layer: Layer) -> str:
    """Return a layer as Keras code says it, in short."""
    kind, inner = layer["kind"], layer.get("layer")
    if inner:
        return f"Bidirectional({name_of(inner)})"
    if kind == "Embedding":
        return f"Embedding({layer['input_dim']}, {layer['output_dim']}{', mask_zero' if layer['mask_zero'] else ''})"
    if kind == "Masking":
        return f"Masking({layer['mask_value']})"
    more = ", return_sequences" if layer.get("return_sequences") else ""
    more += ", reset_after=False" if layer.get("reset_after") is False else ""
    return f"{kind}({layer['units']}{more}{', ' + layer['activation'] if kind == 'Dense' else ''})"


def weight_shapes(layer: Layer, D: int) -> list[tuple[int, ...]]:
    """Return the shapes of a layer's weights for D features; Keras' set_weights refuses any others.

    >>> weight_shapes({"kind": "GRU", "units": 5, "reset_after": True}, 3)
    [(3, 15), (5, 15), (2, 15)]
    """
    kind, M = layer["kind"], layer.get("units", 0)
    if kind == "Bidirectional":
        return 2 * weight_shapes(layer["layer"], D)
    if kind == "Embedding":
        return [(layer["input_dim"], layer["output_dim"])]
    if kind == "Masking":
        return []
    if kind == "Dense":
        return [(D, M), (M,)]
    wide = BLOCKS[kind] * M
    return [(D, wide), (M, wide), (2, wide) if layer.get("reset_after") else (wide,)]


def output_shape(layer: Layer, shape: Shape) -> Shape:
    """Return the shape that a layer makes of an input of this shape.

    Raises: CourseError for a kind of layer that is not known.

    >>> output_shape({"kind": "Bidirectional", "layer": recurrent("GRU", 5)}, (4, 7, 3))
    (4, 7, 10)

    Source: Keras API reference, each layer's "Output shape".
    """
    kind, inner = layer.get("kind"), layer.get("layer", layer)
    if kind == "Masking":
        return shape
    if kind == "Embedding":
        return (*shape, layer["output_dim"])
    if kind == "Dense":
        return (*shape[:-1], layer["units"])
    if inner.get("kind") not in RECURRENT:
        known = ", ".join((*RECURRENT, "Bidirectional", "Masking", "Embedding", "Dense"))
        raise CourseError(f"Got a layer of the kind {kind!r}, expected one of {known}. Try: {{'kind': 'Dense', …}}.")
    units = inner["units"] * (2 if inner is not layer else 1)
    return (*shape[:2], units) if inner["return_sequences"] else (shape[0], units)


def total(shapes: list[tuple[int, ...]]) -> int:
    """Return how many numbers arrays of these shapes hold.

    >>> total([(3, 5), (5,)])
    20
    """
    return sum(int(np.prod(shape)) for shape in shapes)
