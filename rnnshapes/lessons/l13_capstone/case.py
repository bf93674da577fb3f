"""What lesson 13 asks of stacks: one layer, both directions, masks alone; and what wrong beliefs make of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from rnnshapes.layers.cases import sizes_on
from rnnshapes.layers.drawn_stacks import Bundle, Plan
from rnnshapes.layers.ledger import KINDS, Layer, kind_of, recurrent
from rnnshapes.layers.one_layer import PROGRAMS, OneLayer, names_of, one_way_arrays, wide
from rnnshapes.layers.run import run
from rnnshapes.layers.stacks import Stack, keras_layer
from rnnshapes.sizes import Sizes


class OneEach(Bundle):
    """One recurrent layer in each stack: without a mask and behind one, with all its rows and with the last alone."""

    def deal(self) -> Iterator[Plan]:
        for kind in KINDS:
            yield from ((kind.split()[0], [kind], front, "") for front in ("", "Masking"))


class TwoWays(Bundle):
    """Two kinds of layers that read both ways, one of them behind a mask."""

    def deal(self) -> Iterator[Plan]:
        for kind, front in zip(self.rng.permutation(KINDS), ("", "Masking"), strict=False):
            yield "", [f"2{kind}"], front, ""


class Masks(Bundle):
    """Stacks of which the masks alone are asked for; each is also cut short."""

    def __init__(self, sizes: Sizes, *, seed: int | list[int]) -> None:
        super().__init__(sizes, seed=seed)
        self.stacks = [
            OfMasks(**vars(replace(stack, layers=layers)))
            for stack in self.stacks
            for layers in (stack.layers, stack.layers[:2], ended(stack.layers))
        ]

    def deal(self) -> Iterator[Plan]:
        yield from (("", kinds, front, "relu") for part, kinds, front, _ in super().deal() if part != "simple")


def ended(layers: list[Layer]) -> list[Layer]:
    """Return the same layers, of which the last recurrent one gives a single row."""
    *before, last, head = layers
    units = last.get("layer", last)["units"]
    return [*before, recurrent(kind_of(last), units, return_sequences=False), head]


class OfMasks(Stack):
    """A stack whose layers need not be run."""

    dims = "NT"

    def _through(self, rule: Any = None) -> tuple[list[np.ndarray], list]:
        masks: list[Any] = [None]
        for place, layer in enumerate(self.layers):
            behind = keras_layer(layer).compute_mask(self.X if not place else None, masks[-1])
            masks.append(None if behind is None else np.asarray(behind))
        return [self.X] * len(self.layers), masks


# What beliefs make of a layer: helpers for the lines of NumPy in beliefs.toml.


def both(
    case: OneLayer,
    *,
    of: str = "fb",
    rewound: bool = True,
    masks: tuple[int, int] | None = (1, -1),
    flipped: bool = True,
    zeroed: str = "fb",
    end: int = -1,
) -> np.ndarray:
    """Return what a Bidirectional gives somebody who takes these weights, masks, rows, zeros and ends for its halves.

    `masks` are the directions in which the halves read theirs, 0 for none at all.
    """
    inner, halves = case.layer["layer"], []
    for half, weights, way in zip("fb", of, masks or (0, 0), strict=True):
        back = half == "b"
        own = [case.weights[f"{name}{weights}"] for name in names_of(inner)]
        mask = case.mask[:, ::way] if case.mask is not None and way else None
        arrays = {**one_way_arrays(inner, own), "X": case.X[:, ::-1] if back and rewound else case.X, "mask": mask}
        film = run(PROGRAMS[kind_of(inner), mask is not None].lines, arrays, sizes_on(case) | wide(inner))["h"]
        if inner["return_sequences"]:
            film = film[:, ::-1] if back and flipped else film
            halves.append(film * case.mask[:, :, None] if case.mask is not None and half in zeroed else film)
        else:
            halves.append(film[:, end if back else -1])
    return np.concatenate(halves, axis=-1)


def handed(case: Stack, last: int) -> list[np.ndarray]:
    """Return what a stack gives if no layer behind place `last` gets a mask."""
    return case.through(lambda place, mask: mask if place <= last else None)


def always_masked(case: Stack) -> list[np.ndarray]:
    """Return what a stack gives if its Embedding makes a mask, whatever it was told."""
    if case.layers[0]["kind"] != "Embedding" or case.layers[0]["mask_zero"]:
        return []
    return case.through(lambda place, mask: case.X != 0 if place == 1 else mask)


def masked_by(case: Stack, mask: np.ndarray) -> list[np.ndarray]:
    """Return what a stack gives if this mask is handed on in the place of its own."""
    return case.through(lambda place, own: mask if place == 1 and own is not None else own)


def from_front(case: Stack, **how: Any) -> np.ndarray:
    """Return the mask that the first layer makes; with `how` as somebody makes it who takes another test for it."""
    first, X = case.layers[0], case.X
    if first["kind"] == "Masking":
        return how.get("test", np.any)(X != how.get("value", first["mask_value"]), axis=-1)
    zero = first["kind"] == "Embedding" and (first["mask_zero"] or how.get("always"))
    return X != 0 if zero else np.ones(X.shape[:2], bool)


def activated(case: OneLayer, name: str = "", *, bias: float = 1, axis: Any = -1) -> np.ndarray:
    """Return what a Dense gives with another activation, without its bias, or with a softmax over another axis."""
    total = case.X @ case.weights["Wo"] + bias * case.weights["bo"]
    powers = np.exp(total)
    curves = {
        "linear": total,
        "relu": np.maximum(total, 0),
        "tanh": np.tanh(total),
        "sigmoid": 1 / (1 + np.exp(-total)),
    }
    return {**curves, "softmax": powers / powers.sum(axis=axis, keepdims=True)}[name or case.layer["activation"]]
