"""Padded boxes with their masks, what Keras gives for them, and what wrong beliefs make of a mask."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

import numpy as np

from rnnshapes.layers.cases import import_keras, make_case, rnn_layer, stacked_weights
from rnnshapes.layers.program import Program
from rnnshapes.layers.run import run
from rnnshapes.layers.tables import MASKED_LINES, MASKED_MEAN_LINES, ZEROED_LINES
from rnnshapes.sizes import Sizes


@dataclass(frozen=True, eq=False)  # cached by identity
class PaddedCase:
    """A padded box, the value that pads it, and the weights of Input → Masking → SimpleRNN.

    Shapes: X is (N, T, D); weights are Wx (D, M), Wh (M, M), bh (M,).
    """

    sizes: Sizes
    X: np.ndarray
    value: np.float64
    weights: dict[str, np.ndarray]

    @cached_property
    def mask(self) -> np.ndarray:
        """Which steps Keras' Masking layer lets count, (N, T)."""
        masking = import_keras().layers.Masking(mask_value=self.value)
        return np.asarray(masking.compute_mask(self.X.astype("float32")))

    # every state, repeated at masked steps, (N, T, M); the last, (N, M); zeros at masked steps; the mean of real ones
    h = cached_property(lambda self: self._predict(return_sequences=True))
    h_last = cached_property(lambda self: self._predict())
    h_zeroed = cached_property(lambda self: self._predict(return_sequences=True, zero_output_for_mask=True))
    h_mean = cached_property(lambda self: np.array(import_keras().layers.GlobalAveragePooling1D()(self.h, self.mask)))

    def _predict(self, **settings: bool) -> np.ndarray:
        """Return what Masking → SimpleRNN gives with the case's weights; `settings` go to SimpleRNN."""
        masking = import_keras().layers.Masking(mask_value=self.value)
        return np.asarray(rnn_layer(self, **settings)(masking(self.X.astype("float32"))))

    program = Program(MASKED_LINES, film="h")

    @cached_property
    def arrays(self) -> dict[str, np.ndarray]:
        """Data, mask and weights, and Wx and Wh stacked in both orders."""
        stacked = stacked_weights(self.weights["Wx"], self.weights["Wh"])
        return {"X": self.X, "value": self.value, "mask": self.mask, **self.weights, **stacked}


class ZeroedCase(PaddedCase):
    """A case for what becomes of the states that Keras repeats: zeros here, a mean below."""

    program = Program(ZEROED_LINES, film="h_zeroed")

    @cached_property
    def h(self) -> np.ndarray:
        """Every state, as an argument: by the lines, since a test holds them against Keras."""
        arrays = {"X": self.X, "mask": self.mask, **self.weights}
        return run(MASKED_LINES, arrays, self.sizes.known)["h"].astype("float32")

    arrays = cached_property(lambda self: {"h": self.h, "mask": self.mask})


class MeanCase(ZeroedCase):
    program = Program(MASKED_MEAN_LINES, film="h_mean")


def make_padded(sizes: Sizes, *, seed: int | list[int], kind: type = PaddedCase, empty: bool = True) -> Any:
    """Return a case of this kind with padding in front, inside and at the end.

    The padding is 0 if N is even, else −1, and then all samples wait at one step. With `empty` and N ≥ 5, one sample has
    no real step. Among the real steps are some that look like padding: one feature equal to it, or all but one, a sum
    equal to its sum, all features below it, or very near it, or zero.

    >>> case = make_padded(Sizes(N=4, T=6, D=3, M=5, K=2), seed=0)
    >>> case.mask.shape, case.mask.all(axis=1).tolist()
    ((4, 6), [False, True, False, False])
    """
    base = make_case(sizes, seed=seed)
    rng = np.random.default_rng(seed)
    N, T, D = sizes.shape("NTD")
    value = np.float64(0 if N % 2 == 0 else -1)
    real = np.array([_marks(n, T, rng, empty=empty) for n in range(N)])
    if N % 2 and N > 1 and T > 2:
        real[:, T // 2] = False  # a step at which every sample waits
    X = base.X.copy()
    places = rng.permutation(np.argwhere(real))
    for (n, t), look in zip(places, _lookalikes(D, value, rng), strict=False):
        X[n, t] = look
    X[~real] = value
    return kind(sizes, X, value, {name: base.weights[name] for name in ("Wx", "Wh", "bh")})


def make_repeating(sizes: Sizes, *, seed: int | list[int], kind: type = ZeroedCase, empty: bool = True) -> Any:
    """Return a case in which a real step may repeat the state before it: without Wh, equal inputs give equal states."""
    case = make_padded(sizes, seed=seed, empty=empty)
    X = case.X.copy()
    for film, real in zip(X, case.mask, strict=True):
        steps = np.flatnonzero(real[1:] & real[:-1]) + 1
        film[steps[:1]] = film[steps[:1] - 1]
    return kind(sizes, X, case.value, case.weights | {"Wh": 0 * case.weights["Wh"]})


def make_marks(sizes: Sizes, *, seed: int | list[int]) -> PaddedCase:
    """Return a case whose steps have a single feature where there is a single sample."""
    return make_padded(replace(sizes, D=1) if sizes.N == 1 else sizes, seed=seed)


make_mean = partial(make_repeating, kind=MeanCase, empty=False)
"""Each sample has a real step: Keras' mean over no step is NaN."""


def _marks(n: int, T: int, rng: np.random.Generator, *, empty: bool) -> np.ndarray:
    """Return which steps of sample n are real: the first samples have one kind of padding each."""
    real = np.ones(T, bool)
    cut = int(rng.integers(1, T))
    if n == 0:  # in front if there are two steps, else a gap; with enough steps all three
        real[[0] if T == 2 else [1] if T == 3 else [0, 2] if T == 4 else [0, T // 2, T - 1]] = False
    elif n == 2:
        real[cut:] = False
    elif n == 3:
        real[:cut] = False
    elif n == 4 and empty:
        real[:] = False
    elif n > 4:
        real = rng.random(T) < 0.6
        real[int(rng.choice((0, T - 1)))] = True
    return real


def _lookalikes(D: int, value: float, rng: np.random.Generator) -> list[np.ndarray]:
    """Return real steps that a careless test takes for padding, (D,) each."""
    first, last, below = (rng.standard_normal(D) for _ in range(3))
    first[0] = last[-1] = value
    below = value - 0.1 - np.abs(below)
    near = np.full(D, value + (3e-6 if value else 5e-9))  # Keras tells them apart, np.isclose does not
    zeros = [np.zeros(D)] if value else []
    if D == 1:
        return [near, below, *zeros]
    sums, only_first, only_last = np.full((3, D), value)
    sums[:2] += [0.75, -0.75]
    only_first[0] += 0.5
    only_last[-1] -= 0.5
    return [only_first, only_last, first, last, sums, near, below, *zeros]


# What beliefs make of a mask: helpers for the lines of NumPy in beliefs.toml. A mask is (N, T), states (N, T, M).


def by_length(mask: np.ndarray) -> np.ndarray:
    """Return the mask of those who count the real steps and expect them all in front."""
    return np.arange(mask.shape[1]) < mask.sum(axis=1, keepdims=True)


def masked(h: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Return states with zeros where a mask is False."""
    return h * mask[:, :, None]


def mean_over(h: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Return the mean over the steps that count, (N, M): zeros where there are none."""
    return masked(h, mask).sum(axis=1) / np.maximum(mask.sum(axis=1, keepdims=True), 1)


def held(h: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Return h with the last real step's state repeated at masked steps, zeros before the first."""
    last = np.maximum.accumulate(np.where(mask, np.arange(mask.shape[1]), -1), axis=1)  # (N, T)
    return np.take_along_axis(h, np.maximum(last, 0)[:, :, None], axis=1) * (last >= 0)[:, :, None]


def moved_up(h: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Return the states of the real steps, one after the other from t = 0, zeros behind them."""
    moved = np.zeros_like(h)
    moved[by_length(mask)] = h[mask]
    return moved
