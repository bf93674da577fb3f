"""Stacks of layers with weights and data, and what Keras gives behind every layer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from rnnshapes.layers.cases import ZEROS, import_keras
from rnnshapes.layers.ledger import BLOCKS, RECURRENT, Layer, name_of, total, written
from rnnshapes.layers.lines_of_layers import given_by_lines
from rnnshapes.sizes import Sizes


def keras_layer(layer: Layer, *, unroll: bool = False) -> Any:
    """Return the Keras layer that a dict describes, not built yet. Unrolled it gives the same numbers, sooner.

    Not so behind a mask in both directions: unrolled, Keras 3.15 puts the backward half's zeros at the wrong steps.

    >>> keras_layer({"kind": "Dense", "units": 4, "activation": "relu"}).units
    4
    """
    if layer["kind"] == "Bidirectional":
        return import_keras().layers.Bidirectional(keras_layer(layer["layer"], unroll=unroll))
    options = {name: value for name, value in layer.items() if name != "kind"}
    if layer["kind"] in RECURRENT:
        options |= {"unroll": unroll, **ZEROS}
    return getattr(import_keras().layers, layer["kind"])(**options)


def own_mask(layer: Layer, X: np.ndarray) -> np.ndarray | None:
    """Return the mask that a layer makes, (N, T); None if it makes none."""
    if layer["kind"] == "Masking":
        return (X != layer["mask_value"]).any(axis=-1)
    return X != 0 if layer.get("mask_zero") else None


@dataclass(frozen=True, eq=False)
class Stack:
    """Layers as data, their weights, data, and what Keras gives.

    Shapes: X is (N, T, D), or ids (N, T) where the first layer is an Embedding. `part` says what the stack is about.
    """

    sizes: Sizes
    layers: list[Layer]
    weights: list[list[np.ndarray]]
    X: np.ndarray
    part: str = ""

    note = property(lambda self: f"layers: {written(self.layers)}")
    shape = property(lambda self: self.X.shape)
    called = property(lambda self: name_of(self.layers[-1]))
    outputs = property(lambda self: self.known[0])  # behind each layer
    masks = property(lambda self: self.known[1])  # before each layer, and behind the last: (N, T) or None

    @cached_property
    def known(self) -> tuple[list[np.ndarray], list]:
        """What Keras gives behind each layer, and the masks."""
        value, mask, outputs, masks = self.X, None, [], []
        for layer, weights in zip(self.layers, self.weights, strict=True):
            value = value if layer["kind"] == "Embedding" else value.astype("float32")
            masks.append(mask)
            made = keras_layer(layer, unroll=mask is None or "layer" not in layer)
            made.build(value.shape)
            made.set_weights(weights)
            masked = {"mask": mask} if layer["kind"] in (*RECURRENT, "Bidirectional") else {}
            behind = made.compute_mask(value, mask)
            value = np.asarray(made(value, **masked))
            mask = None if behind is None else np.asarray(behind)
            outputs.append(value)
        return outputs, [*masks, mask]

    def out_by(
        self,
        rule: Callable[[int, Any, Any], Any] = lambda place, mask, box: mask,
        rewritten: Callable[[int, Any, Any, Any], Any] = lambda place, box, came, mask: box,
    ) -> np.ndarray:
        """Return what comes out, by the layers' lines, where somebody hands on other masks, and other boxes.

        `rule(place, mask, box)` is what a layer gets of a mask, and `rewritten(place, box, came, mask)` what becomes of
        its box, made of the one that came.
        """
        value, mask = self.X, None
        for place, (layer, weights) in enumerate(zip(self.layers, self.weights, strict=True)):
            came = value
            mask = rule(place, mask, came)
            made = given_by_lines(layer, weights, came, mask)
            if place == 0:
                mask = own_mask(layer, came)
            mask = mask if made.ndim == 3 else None  # no steps, no mask
            value = rewritten(place, made, came, mask)
        return value

    out = property(lambda self: self.outputs[-1])
    dims = property(lambda self: dims_of(self.out.shape, self.sizes))

    @cached_property
    def counts(self) -> np.ndarray:
        """Which steps count behind the last layer, (N, T): all of them where there is no mask."""
        return np.ones(self.X.shape[:2], bool) if self.masks[-1] is None else self.masks[-1]

    @cached_property
    def ledger(self) -> list[dict[str, Any]]:
        """What Keras says of each layer: its output shape, the shapes of its weights, how many parameters they have."""
        rows, shape = [], self.shape
        for layer in self.layers:
            made = keras_layer(layer)
            made.build(shape)
            shape = tuple(made.compute_output_shape(shape))
            weights = [tuple(weight.shape) for weight in made.weights]
            rows.append({"output": shape, "weights": weights, "parameters": made.count_params()})
        return rows

    @cached_property
    def spaces(self) -> list[dict[str, Any]]:
        """What wrong beliefs about the ledger may read, layer by layer: its entries, and the numbers behind them."""
        found, before = [], 0
        for place, (layer, row) in enumerate(zip(self.layers, self.ledger, strict=True)):
            inner, came = layer.get("layer", layer), self.shape if not place else self.ledger[place - 1]["output"]
            known = {"kind": inner["kind"], "two": "layer" in layer, "films": inner.get("return_sequences")}
            known |= {"N": came[0], "T": came[1] if len(came) > 1 else 0, "D": came[-1], "M": inner.get("units", 0)}
            known |= {"V": inner.get("input_dim", 0), "E": inner.get("output_dim", 0), "came": came, **row}
            known |= {"end": self.ledger[-1]["output"], "times": 1 + ("layer" in layer)}
            known |= {"after": inner.get("reset_after"), "blocks": BLOCKS.get(inner["kind"], 0), "total": total}
            found.append(known | {"whole": self.shape, "first": self.shape[-1], "before": before})
            before += row["parameters"]
        return found

    def called_at(self, place: int) -> str:
        return name_of(self.layers[place])

    def fed(self, place: int) -> tuple[int, ...]:
        """Return the shape that a layer gets."""
        return self.spaces[place]["came"]

    def upto(self, place: int) -> Stack:
        """Return the first layers alone, as many as `place` and one more; the sizes are those of the last of them."""
        if place not in self._shorter:
            layers = self.layers[: place + 1]
            D = self.X.shape[-1] if not place else self.outputs[place - 1].shape[-1]
            sizes, weights = sizes_at(self.sizes, layers[-1], D), self.weights[: place + 1]
            short = replace(self, sizes=sizes, layers=layers, weights=weights)
            vars(short).update(known=(self.outputs[: place + 1], self.masks[: place + 2]))
            self._shorter[place] = short
        return self._shorter[place]

    _shorter = cached_property(lambda self: {})

    def sibling(self, *, seed: int) -> Stack:
        """Return other data for the same layers."""
        X = np.random.default_rng(seed).permutation(self.X.ravel()).reshape(self.X.shape)
        return replace(self, X=X)


def dims_of(shape: tuple[int, ...], sizes: Sizes) -> str:
    """Return the letters of what a stack gives: K for the last axis behind a Dense, 2M behind both directions."""
    units = {sizes.K: "K", 2 * sizes.M: "2M", sizes.M: "M", sizes.D: "D"}
    return ("NT" if len(shape) == 3 else "N") + units[shape[-1]]


def sizes_at(sizes: Sizes, layer: Layer, D: int) -> Sizes:
    """Return the sizes as one layer sees them: D features come in, M units or K outputs make the next box."""
    inner = layer.get("layer", layer)
    if layer["kind"] == "Embedding":
        return replace(sizes, D=layer["output_dim"], unread=("M", "K"))
    if layer["kind"] == "Dense":
        return replace(sizes, D=D, K=layer["units"], unread=("M",))
    if layer["kind"] == "Masking":
        return replace(sizes, D=D, unread=("M", "K"))
    return replace(sizes, D=D, M=inner["units"], unread=("K",))
