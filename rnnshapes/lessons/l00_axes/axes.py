"""Reading a box: the cases of lesson 00, their right answers, and what spoils any answer. NumPy alone, no Keras."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import Any

import numpy as np

from rnnshapes.sizes import Sizes

NOTEBOOK = Sizes(N=4, T=6, D=3, M=5, K=2)
CHECKS = (Sizes(N=7, T=9, D=8, M=11, K=10), Sizes(N=12, T=7, D=9, M=10, K=11), Sizes(N=1, T=8, D=7, M=11, K=1))

Table = dict[str, Callable[[Any], Any]]


@dataclass(frozen=True, eq=False)  # compared and cached by identity: arrays have no hash
class AxesCase:
    """A box and what meets it. Shapes: X (N, T, D), W (D, M), b (M,), s (N, D); t is one of the T steps."""

    sizes: Sizes
    X: np.ndarray
    t: int
    W: np.ndarray
    b: np.ndarray
    s: np.ndarray


def make_axes_case(sizes: Sizes, *, seed: int | list[int]) -> AxesCase:
    """Return a case whose features differ in mean and spread, so that no average can stand for another.

    >>> case = make_axes_case(Sizes(N=4, T=6, D=3, M=5, K=2), seed=0)
    >>> case.X.shape, case.W.shape, case.s.shape, 0 < case.t < 6
    ((4, 6, 3), (3, 5), (4, 3), True)
    """
    rng = np.random.default_rng(seed)
    N, T, D, M = sizes.shape("NTDM")

    def away_from_zero(*shape: int) -> np.ndarray:
        return rng.choice([-1, 1], shape) * rng.uniform(0.4, 1.6, shape)

    t = int(rng.integers(1, min(T, 4)))  # an early one: taken for a sample or a feature it seldom fails
    X = rng.standard_normal((N, T, D)) * rng.uniform(1, 2, D) + away_from_zero(D)
    W = rng.standard_normal((D, M)) / np.sqrt(D)
    return AxesCase(sizes, X, t, W, away_from_zero(M), away_from_zero(N, D))


def right_step(case: AxesCase) -> np.ndarray:
    """Return what every sample shows at step t: (N, D)."""
    return np.take(case.X, case.t, axis=1)


def right_through(case: AxesCase) -> np.ndarray:
    """Return what every step of every sample gives, in one sum over the letters: (N, T, M)."""
    return np.einsum("ntd,dm->ntm", case.X, case.W) + case.b


def right_shifted(case: AxesCase) -> np.ndarray:
    """Return X with s[n] added to each of sample n's rows: (N, T, D)."""
    return np.swapaxes(np.swapaxes(case.X, 0, 1) + case.s, 0, 1)


def right_standardised(case: AxesCase) -> np.ndarray:
    """Return X with mean 0 and standard deviation 1 in each feature: (N, T, D)."""
    rows = case.X.reshape(-1, case.sizes.D)
    return ((rows - rows.mean(axis=0)) / rows.std(axis=0)).reshape(case.X.shape)


def _lost_numbers(right: np.ndarray) -> Table:
    """Beliefs about the array that holds the answer, whatever the answer is."""
    return {
        "all_zeros": lambda c: np.zeros_like(right),
        "integer_array": lambda c: np.trunc(right),
        "rounded": lambda c: [np.round(right, digits) for digits in (0, 1, 2)],
        "shape_returned": lambda c: np.array(right.shape),
    }


def with_lost_numbers(table: Table, right: Callable[[AxesCase], np.ndarray]) -> Table:
    """Add to a table what any answer may lose: all of its numbers, or their decimals."""
    names = _lost_numbers(np.zeros(1))
    return table | {key: lambda c, key=key: _lost_numbers(right(c))[key](c) for key in names}


def cut(right: np.ndarray, axis: int, size: int) -> list[np.ndarray]:
    """Return what a loop of `size` turns leaves of an axis: so many entries, or zeros in those that it never reached."""
    if size >= right.shape[axis]:
        return []
    kept = np.moveaxis(right, axis, 0)[:size]
    filled = np.zeros_like(np.moveaxis(right, axis, 0))
    filled[:size] = kept
    return [np.moveaxis(kept, 0, axis), np.moveaxis(filled, 0, axis)]


def shifted_in_part(case: AxesCase, *, samples: slice = slice(None), steps: slice = slice(None)) -> np.ndarray:
    """Return X with the shift added in some samples, or at some steps, only."""
    result = case.X.copy()
    result[samples, steps] = right_shifted(case)[samples, steps]
    return result


def filled(right: np.ndarray, keep: slice) -> np.ndarray:
    """Return an array of zeros in which some samples are filled."""
    result = np.zeros_like(right)
    result[keep] = right[keep]
    return result


def axes_forms(got: np.ndarray, right: np.ndarray, *, turned: bool = True) -> Iterator[tuple[str, np.ndarray]]:
    """Yield (key, array) where the right numbers may hide in a wrong shape: axes in another order, too many, too few."""
    if got.shape == right.shape or got.size != right.size:
        return
    if got.ndim > right.ndim:
        yield "extra_axis", got.reshape(right.shape)
    elif got.ndim < right.ndim:
        if got.shape == tuple(size for size in right.shape if size != 1):
            yield "squeezed", got.reshape(right.shape)
        if got.shape == (right.shape[0] * right.shape[1], *right.shape[2:]) and right.ndim == 3:
            yield "not_cut_back", got.reshape(right.shape)
        if got.ndim == 1:
            yield "flattened", got.reshape(right.shape)
    elif turned:
        for order in permutations(range(got.ndim)):
            if got.transpose(order).shape == right.shape:
                yield "axes_swapped", got.transpose(order)
