"""Reading a box: the cases of lesson 00, their right answers, and what spoils any answer. NumPy alone, no Keras."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import Any

import numpy as np

from rnnshapes.sizes import Sizes

NOTEBOOK = Sizes(N=4, T=6, D=3, M=5, K=2)
CHECKS = (Sizes(N=7, T=9, D=8, M=11, K=10), Sizes(N=12, T=7, D=9, M=10, K=11), Sizes(N=1, T=8, D=7, M=11, K=1))


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
        """What every sample shows at step t: (N, D)."""
        return np.take(self.X, self.t, axis=1)

    @property
    def turned(self) -> np.ndarray:
        """X with time in front: (T, N, D)."""
        return np.moveaxis(self.X, 1, 0)

    @property
    def through(self) -> np.ndarray:
        """What every step of every sample gives, in one sum over the letters: (N, T, M)."""
        return np.einsum("ntd,dm->ntm", self.X, self.W) + self.b

    @property
    def shifted(self) -> np.ndarray:
        """X with s[n] added to each of sample n's rows: (N, T, D)."""
        return np.swapaxes(np.swapaxes(self.X, 0, 1) + self.s, 0, 1)

    @property
    def standardised(self) -> np.ndarray:
        """X with mean 0 and standard deviation 1 in each feature: (N, T, D)."""
        rows = self.X.reshape(-1, self.sizes.D)
        return ((rows - rows.mean(axis=0)) / rows.std(axis=0)).reshape(self.X.shape)


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


def cut(right: np.ndarray, dims: str) -> list[np.ndarray]:
    """Return what loops of the notebook's sizes leave: so many entries of an axis, or zeros in those never reached."""
    found = []
    for axis, size in enumerate(NOTEBOOK.shape(dims)):
        kept = np.take(right, range(min(size, right.shape[axis])), axis=axis)
        missing = [(0, whole - part) for whole, part in zip(right.shape, kept.shape, strict=True)]
        found += [kept, np.pad(kept, missing)] if size < right.shape[axis] else []
    return found


def only_one(right: np.ndarray, axes: int = 2) -> list[np.ndarray]:
    """Return what a loop that keeps nothing leaves: the first or the last entry of some axes, alone or among zeros."""
    found = [right[i, i] for i in (0, -1)]
    for axis in range(min(axes, right.ndim)):
        for keep in ([0], [right.shape[axis] - 1]):
            alone = np.take(right, keep, axis=axis)
            among = np.where(np.isin(np.indices(right.shape)[axis], keep), right, 0)
            found += [alone.squeeze(axis), alone, among]
    return found


def in_part(case: AxesCase, right: np.ndarray, *places: Any) -> list[np.ndarray]:
    """Return X with what is right put into some of its places only, once for each of these."""
    found = [case.X.copy() for _ in places]
    for part, place in zip(found, places, strict=True):
        part[place] = right[place]
    return found


def recut(box: np.ndarray, *shape: int) -> list[np.ndarray]:
    """Return a box cut anew into a shape, in whatever order its numbers are read, or its axes stand before or after."""
    found = [box.reshape(shape, order="F")] if box.shape != shape else []
    for order in permutations(range(3)):
        turned, cut_first = box.transpose(order), box.reshape([shape[axis] for axis in order])
        found += [turned.reshape(shape)] if turned.shape != shape else []
        found += [cut_first.transpose(np.argsort(order))] if cut_first.shape != box.shape else []
    return found


def by_step(c: AxesCase) -> list[np.ndarray]:
    """s[t] for s[n]: it fits where there are enough rows, or is added at as many steps as there are rows."""
    N, T = c.sizes.shape("NT")
    first = min(N, T)
    added = c.X.copy()
    added[:, :first] += c.s[:first]
    around = c.X + c.s[np.arange(T) % N]
    return [added, around, *([c.shifted[:T]] if T < N else [])]


def scaled(c: AxesCase, axis: Any, box: np.ndarray | None = None) -> np.ndarray:
    """Return X, or another box, with mean 0 and std 1 over these axes, whichever they are."""
    box = c.X if box is None else box
    with np.errstate(all="ignore"):  # one sample has no spread
        return (box - box.mean(axis=axis, keepdims=True)) / box.std(axis=axis, keepdims=True)


def wrongly(c: AxesCase, axis: Any) -> list[np.ndarray]:
    """Return X standardised over the wrong axes: both mean and std, or one of them."""
    mean, std = c.X.mean(axis=axis, keepdims=True), c.X.std(axis=axis, keepdims=True)
    with np.errstate(all="ignore"):
        return [scaled(c, axis), (c.X - mean) / over(c, "std"), (c.X - over(c, "mean")) / std]


def samples_as_features(c: AxesCase) -> list[np.ndarray]:
    """X[d] taken for feature d: the first D samples are standardised, each by itself."""
    N, D = c.sizes.shape("ND")
    alone = scaled(c, (1, 2))
    some = [alone[:D], np.concatenate([alone[:D], 0 * alone[D:]])] if D < N else []
    return [*in_part(c, c.standardised, np.s_[..., :N]), *in_part(c, alone, np.s_[:D]), *some]


def over(c: AxesCase, how: str, **more: Any) -> np.ndarray:
    return getattr(c.X, how)(axis=(0, 1), **more)


def by_spread(c: AxesCase, spread: np.ndarray) -> np.ndarray:
    with np.errstate(all="ignore"):
        return (c.X - over(c, "mean")) / spread
