"""Reading a box: the cases of lesson 00, their right answers, and what spoils any answer. NumPy alone, no Keras."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import permutations
from typing import Any

import numpy as np

from rnnshapes.sizes import Sizes

NOTEBOOK = Sizes(N=4, T=6, D=3, M=5, K=2)
CHECKS = (Sizes(N=7, T=9, D=8, M=11, K=10), Sizes(N=12, T=7, D=9, M=10, K=11), Sizes(N=1, T=8, D=7, M=11, K=1))

EPSILONS = (1e-5, 1e-4, 1e-3, 1e-2)
"""What people add to a standard deviation, lest it be zero."""


@dataclass(frozen=True, eq=False)  # compared and cached by identity: arrays have no hash
class AxesCase:
    """A box and what meets it. Shapes: X (N, T, D), W (D, M), b (M,), s (N, D); t is one of the T steps."""

    sizes: Sizes
    X: np.ndarray
    t: int
    W: np.ndarray
    b: np.ndarray
    s: np.ndarray

    @property
    def step(self) -> np.ndarray:
        return right_step(self)

    @property
    def turned(self) -> np.ndarray:
        return right_turned(self)

    @property
    def through(self) -> np.ndarray:
        return right_through(self)

    @property
    def shifted(self) -> np.ndarray:
        return right_shifted(self)

    @property
    def standardised(self) -> np.ndarray:
        return right_standardised(self)


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


def right_turned(case: AxesCase) -> np.ndarray:
    """Return X with time in front: (T, N, D)."""
    return np.moveaxis(case.X, 1, 0)


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


def time_first_by_reshape(c: AxesCase) -> list[np.ndarray]:
    """Whatever order the numbers are read in, cut into (T, N, D); and X cut into any other order of its sizes."""
    wanted = c.sizes.shape("TND")
    orders = [order for order in permutations(range(3)) if order != (1, 0, 2)]
    return [
        *(c.X.transpose(order).reshape(wanted) for order in orders),
        c.X.reshape(wanted, order="F"),
        c.X.reshape(-1, c.sizes.D).T.reshape(wanted),
        *(c.X.reshape(c.sizes.shape(dims)) for dims in ("DTN", "DNT", "NDT", "TDN")),
        c.X.transpose(1, 0, 2).reshape(c.X.shape),
    ]


def through_by_reshape(c: AxesCase) -> list[np.ndarray]:
    N, T, D, M = c.sizes.shape("NTDM")
    right = right_through(c)
    return [
        c.X @ c.W.reshape(M, D).T + c.b,
        right.reshape(T, N, M),
        right.reshape(T, N, M).transpose(1, 0, 2),
        (c.X.reshape(D, N * T).T @ c.W + c.b).reshape(N, T, M),
        (c.X.T.reshape(N, T, D) @ c.W + c.b),
        c.X.transpose(1, 0, 2).reshape(N, T, D) @ c.W + c.b,
        right.reshape(N, M, T),
        right.reshape(M, N, T).transpose(1, 2, 0),
    ]


def shifted_by_reshape(c: AxesCase) -> list[np.ndarray]:
    N, T, D = c.sizes.shape("NTD")
    wrong = c.X.reshape(T, N, D) + c.s
    repeated = np.repeat(c.s, T, axis=0).reshape(T, N, D)
    by_number = np.repeat(c.s, T, axis=1).reshape(N, T, D)
    return [
        wrong,
        wrong.reshape(N, T, D),
        wrong.transpose(1, 0, 2),
        c.X + repeated.transpose(1, 0, 2),
        c.X + by_number,
    ]


def by_step(c: AxesCase) -> list[np.ndarray]:
    """s[t] for s[n]: it fits where there are enough rows, or is added at as many steps as there are rows."""
    N, T = c.sizes.shape("NT")
    first = min(N, T)
    added = c.X.copy()
    added[:, :first] += c.s[:first]
    around = c.X + c.s[np.arange(T) % N]
    return [added, around, *([right_shifted(c)[:T]] if T < N else [])]


def scaled(c: AxesCase, axis: Any) -> np.ndarray:
    """Return X with mean 0 and std 1 over these axes, whichever they are."""
    with np.errstate(all="ignore"):  # one sample has no spread
        return (c.X - c.X.mean(axis=axis, keepdims=True)) / c.X.std(axis=axis, keepdims=True)


def wrongly(c: AxesCase, axis: Any) -> list[np.ndarray]:
    """Return X standardised over the wrong axes: both mean and std, or one of them."""
    mean, std = c.X.mean(axis=axis, keepdims=True), c.X.std(axis=axis, keepdims=True)
    with np.errstate(all="ignore"):
        return [scaled(c, axis), (c.X - mean) / over(c, "std"), (c.X - over(c, "mean")) / std]


def features(c: AxesCase, keep: slice) -> np.ndarray:
    """Return X with some of its features standardised."""
    result = c.X.copy()
    result[..., keep] = right_standardised(c)[..., keep]
    return result


def samples_as_features(c: AxesCase) -> list[np.ndarray]:
    """X[d] taken for feature d: the first D samples are standardised, each by itself."""
    N, D = c.sizes.shape("ND")
    some = scaled(c, (1, 2))[:D]
    return [
        features(c, np.s_[:N]),
        np.concatenate([some, c.X[D:]]),
        *([some, filled(scaled(c, (1, 2)), np.s_[:D])] if D < N else []),
    ]


def parts(right: np.ndarray, i: int) -> list[np.ndarray]:
    """Return what a loop that keeps nothing leaves: one sample, step, feature or row."""
    return [right[i], right[:, i], right[:, :, i], right[i, i]]


def miscounted(c: AxesCase) -> list[np.ndarray]:
    """Sums divided by N, or by T, where N·T numbers were summed."""
    found = []
    for count in c.sizes.shape("NT"):
        mean = c.X.sum(axis=(0, 1)) / count
        centred = c.X - over(c, "mean")
        found += [
            (c.X - mean) / over(c, "std"),
            centred / np.sqrt((centred**2).sum(axis=(0, 1)) / count),
            (c.X - mean) / np.sqrt(((c.X - mean) ** 2).sum(axis=(0, 1)) / count),
        ]
    return found


def over(c: AxesCase, how: str, **more: Any) -> np.ndarray:
    return getattr(c.X, how)(axis=(0, 1), **more)


def by_spread(c: AxesCase, spread: np.ndarray) -> np.ndarray:
    with np.errstate(all="ignore"):
        return (c.X - over(c, "mean")) / spread


def standardised_by_reshape(c: AxesCase) -> list[np.ndarray]:
    """Features taken for blocks of the row of all numbers: each feature's mean is one of other numbers."""
    N, T, D = c.sizes.shape("NTD")
    blocks = c.X.reshape(D, N * T)
    with_blocks = (c.X - blocks.mean(axis=1)) / blocks.std(axis=1)
    right = right_standardised(c)
    turned = right.transpose(2, 0, 1)  # (D, N, T)
    return [
        with_blocks,
        ((blocks - blocks.mean(axis=1, keepdims=True)) / blocks.std(axis=1, keepdims=True)).reshape(N, T, D),
        right.reshape(T, N, D),
        right.reshape(T, N, D).transpose(1, 0, 2),
        turned.reshape(N, T, D),
        right.transpose(1, 0, 2).reshape(N, T, D),
    ]


def scaled_twice(case: AxesCase) -> list[np.ndarray]:
    """Return X scaled over samples and then over steps, and the other way round."""
    return [scaled(replace(case, X=scaled(case, axis)), 1 - axis) for axis in (0, 1)]
