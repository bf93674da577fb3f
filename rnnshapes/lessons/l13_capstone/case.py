"""What wrong beliefs make of stacks and of their layers: helpers for the lines of NumPy in beliefs.toml."""

from __future__ import annotations

from typing import Any

import numpy as np

from rnnshapes.layers.handed_on import (
    always_masked,
    behind,
    ended_by,
    from_front,
    handed,
    masked_anew,
    masked_by,
    zeroed,
)
from rnnshapes.layers.ledger import kind_of
from rnnshapes.layers.lines_of_layers import CURVES, PROGRAMS, film_of_layer, names_of
from rnnshapes.layers.one_layer import OneLayer

__all__ = ["always_masked", "behind", "ended_by", "from_front", "handed", "masked_anew", "masked_by", "zeroed"]


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
    whose rows are zeros at masked steps, or for each half the steps that are kept. A masked step sets the states of
    `lost` to zero.
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
    ways = ((back, back), (there, back), (back, there), (None, back), (back, None))
    return [both(case, zeroed=kept) for kept in ways]


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


def activated(case: OneLayer, name: str = "", *, bias: float = 1, axis: Any = -1) -> np.ndarray:
    """Return what a Dense gives with another activation, without its bias, or with a softmax over another axis."""
    total = case.X @ case.weights["Wo"] + bias * case.weights["bo"]
    powers = np.exp(total)
    if (name or case.layer["activation"]) != "softmax":
        return CURVES[name or case.layer["activation"]](total)
    return powers / powers.sum(axis=axis, keepdims=True)
