"""Series that become windows: the cases of lesson 10, what Keras makes of them, and what spoils any answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import permutations  # noqa: F401  (for beliefs.toml)
from typing import Any, Self

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from rnnshapes.layers.cases import import_keras
from rnnshapes.layers.program import Program
from rnnshapes.layers.tables import TARGET_LINES, WINDOW_LINES
from rnnshapes.sizes import Sizes

DAYS = 42  # the length of the notebook's series
NOTEBOOK = Sizes(N=31, T=9, D=4, M=6, K=3)  # N = 42 - 9 - 3 + 1
CHECKS = (Sizes(N=17, T=5, D=8, M=12, K=2), Sizes(N=11, T=14, D=5, M=8, K=7), Sizes(N=1, T=8, D=7, M=10, K=1))


@dataclass(frozen=True, eq=False)  # cached by identity
class WindowsCase:
    """A series of N + T - 1 days, so that N windows of T days fit. Shapes: series (N + T - 1, D)."""

    sizes: Sizes
    series: np.ndarray

    after = 0  # how many days have to follow the last window
    program = Program(WINDOW_LINES, film="X")
    T, K = (property(lambda self, letter=letter: self.sizes.of(letter)) for letter in "TK")
    arrays = property(lambda self: {"series": self.series})
    more_sizes = property(lambda self: {"L": len(self.series)})

    @classmethod
    def make(cls, sizes: Sizes, *, seed: int | list[int]) -> Self:
        """Return a case in which every day differs from every other, and every feature in mean and spread."""
        rng = np.random.default_rng(seed)
        days = sizes.N + sizes.T - 1 + (sizes.K if cls.after else 0)
        drift = np.linspace(-1, 1, days)[:, None] * rng.choice([-1, 1], sizes.D)
        series = rng.standard_normal((days, sizes.D)) * rng.uniform(1, 2, sizes.D) + rng.uniform(-2, 2, sizes.D)
        return cls(sizes, series + drift)

    @cached_property
    def X(self) -> np.ndarray:
        """What keras.utils.timeseries_dataset_from_array makes of the series: (N, T, D)."""
        return _by_keras(self.series, self.T)


class TargetsCase(WindowsCase):
    """A column of N + T + K - 1 days: each of N windows is followed by K days. Shapes: column (N + T + K - 1,)."""

    after = 1
    program = Program(TARGET_LINES, film="Y")
    column = property(lambda self: self.series[:, 0])
    arrays = property(lambda self: {"column": self.column})

    @cached_property
    def Y(self) -> np.ndarray:
        """The K days after each window: the end of each window of T + K days that Keras cuts, (N, K)."""
        return _by_keras(self.column, self.T + self.K)[:, self.T :]


def _by_keras(series: np.ndarray, length: int) -> np.ndarray:
    cut = import_keras().utils.timeseries_dataset_from_array(series, None, length, batch_size=len(series))
    return np.concatenate([np.asarray(batch) for batch in cut])


@dataclass(frozen=True, eq=False)
class ScaledCase:
    """A series of which the first `past` days are known. T stands for all its days. Shapes: series (T, D)."""

    sizes: Sizes
    series: np.ndarray
    past: int

    note = property(lambda self: f"past = {self.past}")

    @classmethod
    def make(cls, sizes: Sizes, *, seed: int | list[int]) -> Self:
        """Return a case whose past has another mean and another spread than all days."""
        base = TargetsCase.make(sizes, seed=seed)
        days = len(base.series)
        series = base.series * np.linspace(0.5, 1.5, days)[:, None]
        earliest = max(2, days // 3 if days % 2 else days // 2)
        past = next(day for day in range(earliest, days) if day not in sizes.known.values())
        return cls(replace(sizes, T=days, unread=("T", "N")), series, past)

    @cached_property
    def scaled(self) -> np.ndarray:
        """What keras.layers.Normalization gives that has been adapted to the first `past` days: (T, D)."""
        layer = import_keras().layers.Normalization()
        layer.adapt(self.series[: self.past])
        return np.asarray(layer(self.series))


@dataclass(frozen=True, eq=False)
class PartsCase:
    """N windows of T days, each with K targets; the days from `past` on are for the test."""

    sizes: Sizes
    past: int

    N, T, K = (property(lambda self, letter=letter: self.sizes.of(letter)) for letter in "NTK")
    note = property(lambda self: f"past = {self.past}")

    @classmethod
    def make(cls, sizes: Sizes, *, seed: int | list[int]) -> Self:
        """Return a case with windows of all three kinds, for which N has to be larger than elsewhere.

        Where N was 1 the known days are too few for a training window; a long T has so many that none is for the test.
        """
        span = sizes.T + sizes.K
        N = sizes.N + 2 * span
        few, many = sizes.N == 1, sizes.T > 10
        low, high = (1, span - 2) if few else (N, N + span - 2) if many else (span + 1, N - 1)
        past = int(np.random.default_rng(seed).integers(low, high))
        return cls(replace(sizes, N=N), past + (past in sizes.known.values()))

    @cached_property
    def parts(self) -> np.ndarray:
        """For each window 1, 2 or 0, found by looking at each of its days: (N,)."""
        days = [range(n, n + self.T + self.K) for n in range(self.N)]
        before = np.array([[day < self.past for day in own] for own in days])
        return before.all(axis=1) * 1 + (~before).all(axis=1) * 2


@dataclass(frozen=True, eq=False)
class RolledCase:
    """Windows of one number a day, and a model that tells the next day. Shapes: X (N, T), w (T,), b one number."""

    sizes: Sizes
    X: np.ndarray
    w: np.ndarray
    b: float

    K = property(lambda self: self.sizes.K)

    @classmethod
    def make(cls, sizes: Sizes, *, seed: int | list[int]) -> Self:
        """Return a case whose weights let no forecast grow: their absolute values add up to 0.9."""
        rng = np.random.default_rng(seed)
        w = rng.choice([-1, 1], sizes.T) * rng.uniform(0.5, 1.5, sizes.T)
        X = rng.standard_normal((sizes.N, sizes.T)) + rng.uniform(-1, 1, (sizes.N, 1))
        return cls(sizes, X, 0.9 * w / np.abs(w).sum(), float(rng.uniform(0.3, 0.8)))

    @cached_property
    def rolled(self) -> np.ndarray:
        """What Dense(1) of Keras gives, fed its own answers: (N, K)."""
        head = import_keras().layers.Dense(1)
        head.build((None, len(self.w)))
        head.set_weights([self.w[:, None], np.array([self.b])])
        return feed(self.X.astype("float32"), lambda window: np.asarray(head(window))[:, 0], self.K)


def feed(X: np.ndarray, step: Callable[[np.ndarray], np.ndarray], K: int, join: str = "end") -> np.ndarray:
    """Return K forecasts for each window, (N, K): step(window) gives one, JOINS[join] the next window."""
    window, found = X, []
    for _ in range(K):
        found.append(step(window))
        window = np.concatenate(JOINS[join](window, found[-1][:, None], X), axis=1)
    return np.stack(found, axis=1)


JOINS: dict[str, Callable[..., list[np.ndarray]]] = {
    "end": lambda window, yhat, X: [window[:, 1:], yhat],
    "front": lambda window, yhat, X: [yhat, window[:, :-1]],
    "first": lambda window, yhat, X: [yhat, window[:, 1:]],
    "last": lambda window, yhat, X: [window[:, :-1], yhat],
    "given": lambda window, yhat, X: [X[:, 1:], yhat],
    "rolled": lambda window, yhat, X: [window[:, 1:], window[:, :1]],
    "repeated": lambda window, yhat, X: [window[:, 1:], window[:, -1:]],
    "zero": lambda window, yhat, X: [window[:, 1:], 0 * yhat],
}
"""What the next window is made of: right is the rest of the last one, and the forecast at its end."""


def fed(case: RolledCase, *, w: Any = None, b: Any = None, join: str = "end") -> np.ndarray:
    """Return the forecasts of a model with other weights, or with windows that move in another way."""
    w, b = case.w if w is None else w, case.b if b is None else b
    return feed(case.X, lambda window: window @ w + b, case.K, join)


cut = partial(sliding_window_view, axis=0)


def label(N: int, training: int, test: int) -> np.ndarray:
    """Return 1 for the first windows, so many of them; 2 from window `test` on; 0 between: (N,)."""
    n = np.arange(N)
    return np.where(n < training, 1, np.where(n >= test, 2, 0))


def by(series: np.ndarray, mean: np.ndarray, spread: np.ndarray) -> np.ndarray:
    return (series - mean) / spread


def of_days(series: np.ndarray, days: np.ndarray, **along: Any) -> np.ndarray:
    """Return a series scaled by the mean and the std of these days, over an axis."""
    along = {"axis": 0, "keepdims": True} | along
    return by(series, days.mean(**along), days.std(**along))
