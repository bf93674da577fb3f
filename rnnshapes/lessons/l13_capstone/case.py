"""What lesson 13 asks of stacks: one layer, both directions, masks alone; and what wrong beliefs make of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from rnnshapes.layers.drawn_stacks import Bundle, Plan
from rnnshapes.layers.ledger import KINDS, Layer, kind_of, recurrent
from rnnshapes.layers.lines_of_layers import CURVES, PROGRAMS, film_of_layer, names_of
from rnnshapes.layers.one_layer import OneLayer
from rnnshapes.layers.stacks import Stack, own_mask
from rnnshapes.sizes import Sizes


class OneEach(Bundle):
    """One recurrent layer in each stack: without a mask and behind one, with all its rows and with the last alone."""

    def deal(self) -> Iterator[Plan]:
        films = self.rng.random() < 0.5
        for place, kind in enumerate(KINDS):
            for front in ("", "Masking"):
                yield Plan(kind.split()[0], [kind], front, films=(place % 2 == films) == bool(front))


class TwoWays(Bundle):
    """Two kinds of layers that read both ways, without a mask and behind one, with all their rows and the last alone."""

    def deal(self) -> Iterator[Plan]:
        one, other = self.rng.permutation(KINDS)[:2]
        for kind, films in ((one, True), (other, False)):
            yield from (Plan("", [f"2{kind}"], front, films=films) for front in ("", "Masking"))


class Masks(Bundle):
    """Stacks of which the masks alone are asked for: of each kind of layer, as it hands a mask on and as it ends it."""

    def __init__(self, sizes: Sizes, *, seed: int | list[int]) -> None:
        super().__init__(sizes, seed=seed)
        whole = [OfMasks(**vars(stack)) for stack in self.stacks]
        self.stacks = [
            replace(stack, layers=layers)
            for stack in whole
            for films, ends in ((stack.layers, ended(stack.layers)),)
            for layers in (films[:1], ends[:-1], ends, films[:-1], films)
        ]

    def deal(self) -> Iterator[Plan]:
        kinds = self.rng.permutation([*KINDS, *(f"2{kind}" for kind in KINDS)]).tolist()
        for place, kind in enumerate(kinds):
            between = ["Dense"][: place // 2 % 2]
            yield Plan("", [*between, kind], ("Masking", "Embedding, mask_zero")[place % 2], "relu", films=True)
        for front, value in (("Masking", 2.0), ("Embedding", None), ("", None)):
            yield Plan("", [kinds[0]], front, "relu", films=True, value=value)


def ended(layers: list[Layer]) -> list[Layer]:
    """Return the same layers, of which the last recurrent one gives a single row."""
    *before, last, head = layers
    units = last.get("layer", last)["units"]
    return [*before, recurrent(kind_of(last), units, return_sequences=False), head]


class OfMasks(Stack):
    """A stack whose layers need not be run."""

    dims = "NT"

    def _through(self) -> tuple[list[np.ndarray], list]:
        films = [layer.get("layer", layer).get("return_sequences", True) for layer in self.layers]
        made = own_mask(self.layers[0], self.X)
        masks = [None, *(made if all(films[: place + 1]) else None for place in range(len(films)))]
        return [self.X] * len(self.layers), masks


# What beliefs make of a layer: helpers for the lines of NumPy in beliefs.toml.


def both(
    case: OneLayer,
    *,
    of: str = "fb",
    rewound: bool = True,
    masks: tuple[Any, Any] | None = (1, -1),
    flipped: bool = True,
    zeroed: Any = "fb",
    end: int = -1,
    lost: str = "",
) -> np.ndarray:
    """Return what a Bidirectional gives somebody who takes these weights, masks, rows, zeros and ends for its halves.

    `masks` are the directions in which the halves read theirs, 0 for none at all, or masks; `zeroed` are the halves
    whose rows are zeros at masked steps, or for each half the steps that are kept. A masked step sets the states of `lost` to zero.
    """
    inner, halves = case.layer["layer"], []
    lines = PROGRAMS[kind_of(inner), case.mask is not None].lines
    for name in lost:
        lines = tuple(line.replace(f" : {name}[n,t-1,m]", " : 0") for line in lines)
    for half, weights, way in zip("fb", of, masks or (0, 0), strict=True):
        back = half == "b"
        own = [case.weights[f"{name}{weights}"] for name in names_of(inner)]
        mask = way if isinstance(way, np.ndarray) else case.mask[:, ::way] if case.mask is not None and way else None
        X = case.X[:, ::-1] if back and rewound else case.X
        film = film_of_layer(inner, own, X, mask, lines=lines if lost and mask is not None else ())
        if inner["return_sequences"]:
            film = film[:, ::-1] if back and flipped else film
            kept = zeroed[back] if isinstance(zeroed, tuple) else case.mask if half in zeroed else None
            halves.append(film if kept is None else film * kept[:, :, None])
        else:
            halves.append(film[:, end if back else -1])
    return np.concatenate(halves, axis=-1)


def states_lost(case: OneLayer) -> list[np.ndarray]:
    """Return what a Bidirectional gives if a masked step sets a state to zero: h, and c where there is one."""
    states = ("h", "hc", "c") if kind_of(case.layer) == "2LSTM" else ("h",)
    ways = [(lost, kept) for lost in states for kept in ("fb", "")] if case.mask is not None else []
    return [both(case, lost=lost, zeroed=kept) for lost, kept in ways]


def rewound_zeros(case: OneLayer) -> list[np.ndarray]:
    """Return what a Bidirectional gives if zeros stand where the reversed mask has them: in both halves, or in one."""
    if case.mask is None:
        return []
    there, back = case.mask, case.mask[:, ::-1]
    return [
        both(case, zeroed=kept) for kept in ((back, back), (there, back), (back, there), (None, back), (back, None))
    ]


def last_rows_zeroed(case: OneLayer) -> list[np.ndarray]:
    """Return what a Bidirectional without its film gives if a row is zero where a step at one end is masked."""
    if case.mask is None or case.layer["layer"]["return_sequences"]:
        return []
    there, back = np.split(both(case), 2, axis=-1)
    first, last = case.mask[:, :1], case.mask[:, -1:]
    ways = ((last, last), (first, first), (last, first), (last, True), (True, last), (True, first))
    return [np.concatenate([there * one, back * other], axis=-1) for one, other in ways]


def units_reversed(case: OneLayer) -> list[np.ndarray]:
    """Return what a Bidirectional gives if the row of its backward half is turned round, where it gives one row."""
    there, back = np.split(both(case), 2, axis=-1)
    return [] if case.layer["layer"]["return_sequences"] else [np.concatenate([there, back[:, ::-1]], axis=-1)]


def handed(case: Stack, last: int) -> list[np.ndarray]:
    """Return what a stack gives if no layer behind place `last` gets a mask."""
    return case.through(lambda place, mask, box: mask if place <= last else None)


def ended_by(case: Stack, kind: str) -> list[np.ndarray]:
    """Return what a stack gives if a kind of layer hands no mask on."""
    ends = [place + 1 for place, layer in enumerate(case.layers) if layer["kind"] == kind]
    return case.through(lambda place, mask, box: None if place in ends else mask)


def unmasked(case: Stack) -> np.ndarray:
    """Return what a stack gives if its Masking makes a mask, and no zeros."""
    return case.out_by(rewritten=case.unmasked)


def always_masked(case: Stack) -> list[np.ndarray]:
    """Return what a stack gives if its Embedding makes a mask, whatever it was told."""
    if case.layers[0]["kind"] != "Embedding" or case.layers[0]["mask_zero"]:
        return []
    return case.through(lambda place, mask, box: case.X != 0 if place == 1 else mask)


def masked_by(case: Stack, mask: np.ndarray) -> list[np.ndarray]:
    """Return what a stack gives if this mask is handed on in the place of its own, and where a Masking puts its zeros."""

    def rule(place: int, own: Any, box: Any) -> Any:
        return mask if place == 1 and own is not None else own

    def rewritten(place: int, box: np.ndarray, came: np.ndarray, own: Any) -> np.ndarray:
        return came * mask[:, :, None] if case.layers[place]["kind"] == "Masking" else box

    return [*case.through(rule), case.out_by(rule, rewritten)]


def masked_anew(case: Stack) -> list[np.ndarray]:
    """Return what a stack gives if rows of zeros in a layer's box are taken for steps that do not count."""
    return case.through(lambda place, mask, box: box.any(axis=-1) if place > 1 and mask is not None else mask)


def _zeros_where(puts: list[bool]) -> Any:
    return lambda place, box, came, mask: box * mask[:, :, None] if puts[place] and mask is not None else box


def zeroed(case: Stack, kind: str) -> np.ndarray:
    """Return what a stack gives if a kind of layer puts zeros at masked steps."""
    puts = [layer["kind"] == kind for layer in case.layers]
    return case.out_by(rewritten=_zeros_where(puts))


def behind(case: Stack, kind: str) -> np.ndarray:
    """Return a mask that is lost at the last of several layers, if it is of a kind that keeps time steps: "" for any."""
    return case.counts | (len(case.layers) > 1 and case.layers[-1]["kind"].startswith(kind))


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
    if (name or case.layer["activation"]) != "softmax":
        return CURVES[name or case.layer["activation"]](total)
    return powers / powers.sum(axis=axis, keepdims=True)
