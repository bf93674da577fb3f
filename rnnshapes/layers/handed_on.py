"""What comes out of a stack where somebody hands masks and boxes on by other rules."""

from __future__ import annotations

from typing import Any

import numpy as np

from rnnshapes.layers.stacks import Stack


def _through(case: Stack, rule: Any) -> list[np.ndarray]:
    """Return what comes out by another rule for masks: with a Masking's zeros, and with the data as they came."""
    return [case.out_by(rule), case.out_by(rule, _as_it_came(case))]


def _as_it_came(case: Stack) -> Any:
    return lambda place, box, came, mask: came if case.layers[place]["kind"] == "Masking" else box


def handed(case: Stack, last: int | None = None) -> list[np.ndarray]:
    """Return what a stack gives if no layer behind place `last` gets a mask; without one, as every layer gets it."""
    return _through(case, lambda place, mask, box: mask if last is None or place <= last else None)


def ended_by(case: Stack, kind: str) -> list[np.ndarray]:
    """Return what a stack gives if a kind of layer hands no mask on."""
    ends = [place + 1 for place, layer in enumerate(case.layers) if layer["kind"] == kind]
    return _through(case, lambda place, mask, box: None if place in ends else mask)


def always_masked(case: Stack) -> list[np.ndarray]:
    """Return what a stack gives if its Embedding makes a mask, whatever it was told."""
    if case.layers[0]["kind"] != "Embedding" or case.layers[0]["mask_zero"]:
        return []
    return _through(case, lambda place, mask, box: case.X != 0 if place == 1 else mask)


def masked_by(case: Stack, mask: np.ndarray) -> list[np.ndarray]:
    """Return what a stack gives if this mask is handed on and not its own, also if a Masking's zeros follow it."""

    def rule(place: int, own: Any, box: Any) -> Any:
        return mask if place == 1 and own is not None else own

    def rewritten(place: int, box: np.ndarray, came: np.ndarray, own: Any) -> np.ndarray:
        return came * mask[:, :, None] if case.layers[place]["kind"] == "Masking" else box

    return [*_through(case, rule), case.out_by(rule, rewritten)]


def masked_anew(case: Stack) -> list[np.ndarray]:
    """Return what a stack gives if rows of zeros in a layer's box are taken for steps that do not count."""
    return _through(case, lambda place, mask, box: box.any(axis=-1) if place > 1 and mask is not None else mask)


def _zeros_where(puts: list[bool]) -> Any:
    return lambda place, box, came, mask: box * mask[:, :, None] if puts[place] and mask is not None else box


def zeroed(case: Stack, kind: str) -> np.ndarray:
    """Return what a stack gives if a kind of layer puts zeros at masked steps."""
    puts = [layer["kind"] == kind for layer in case.layers]
    return case.out_by(rewritten=_zeros_where(puts))


def behind(case: Stack, kind: str) -> np.ndarray:
    """Return a mask that is lost at the last of several layers, if that is of a kind that keeps steps: "" for any."""
    return case.counts | (len(case.layers) > 1 and case.layers[-1]["kind"].startswith(kind))


def from_front(case: Stack, **how: Any) -> np.ndarray:
    """Return the mask that the first layer makes; with `how` as somebody makes it who takes another test for it."""
    first, X = case.layers[0], case.X
    if first["kind"] == "Masking":
        return how.get("test", np.any)(X != how.get("value", first["mask_value"]), axis=-1)
    zero = first["kind"] == "Embedding" and (first["mask_zero"] or how.get("always"))
    return X != 0 if zero else np.ones(X.shape[:2], bool)
