"""Reading a box: the cases of lesson 00, and what wrong beliefs give on them. NumPy alone, no Keras."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import Any

import numpy as np

from rnnshapes.sizes import Sizes

NOTEBOOK = Sizes(N=4, T=6, D=3, M=5, K=2)
CHECKS = (Sizes(N=7, T=9, D=8, M=11, K=10), Sizes(N=12, T=7, D=9, M=10, K=11), Sizes(N=1, T=8, D=9, M=11, K=1))

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


def _filled(right: np.ndarray, keep: slice) -> np.ndarray:
    """Return an array of zeros in which some samples are filled."""
    result = np.zeros_like(right)
    result[keep] = right[keep]
    return result


ONE_STEP: Table = {
    "n_t_swapped": lambda c: [c.X[c.t]] if c.t < c.sizes.N else [],
    "feature_picked": lambda c: [c.X[:, :, c.t]] if c.t < c.sizes.D else [],
    "axis_kept": lambda c: c.X[:, c.t : c.t + 1],
    "comma_forgotten": lambda c: [c.X[: c.t], c.X[c.t :], c.X[: c.t + 1]],
    "steps_up_to_t": lambda c: [c.X[:, : c.t], c.X[:, : c.t + 1], c.X[:, c.t :], c.X[:, c.t + 1 :]],
    "another_step": lambda c: [
        c.X[:, c.t - 1],
        c.X[:, -c.t],
        c.X[:, ::-1][:, c.t],
        *([c.X[:, c.t + 1]] if c.t + 1 < c.sizes.T else []),
    ],
    "t_ignored": lambda c: [c.X[:, 0], c.X[:, -1]],
    "only_one_sample": lambda c: [
        *(c.X[n, c.t] for n in (0, -1)),
        c.X[:1, c.t],
        c.X[-1:, c.t],
        _filled(right_step(c), slice(0, 1)),
        _filled(right_step(c), slice(-1, None)),
    ],
    "reshape_for_transpose": lambda c: c.X.reshape(c.sizes.shape("TND"))[c.t],
    "sizes_from_notebook": lambda c: cut(right_step(c), 0, NOTEBOOK.N),
}

TIME_FIRST: Table = {
    "reshape_for_transpose": lambda c: [
        c.X.reshape(c.sizes.shape("TND")),
        c.X.reshape(c.sizes.shape("TND"), order="F"),
        c.X.T.reshape(c.sizes.shape("TND")),
        c.X.swapaxes(1, 2).reshape(c.sizes.shape("TND")),
    ],
    "all_axes_reversed": lambda c: np.transpose(c.X),
    "other_axes_swapped": lambda c: [np.transpose(c.X, order) for order in ((0, 2, 1), (2, 0, 1), (1, 2, 0))],
    "nothing_moved": lambda c: c.X,
    "n_t_swapped": lambda c: [c.X[: c.sizes.T]] if c.sizes.T < c.sizes.N else [],
    "flipped": lambda c: [
        c.X[::-1],
        c.X[:, ::-1],
        c.X[::-1, ::-1],
        np.flip(c.X),
        *(np.rot90(c.X, turns) for turns in (1, 2, 3)),
    ],
    "concatenated": lambda c: [
        np.concatenate(list(sheets), axis=axis) for sheets in (np.moveaxis(c.X, 1, 0), c.X) for axis in (0, 1)
    ],
    "loop_keeps_one": lambda c: [
        *(form for t in (0, -1) for form in (c.X[:, t], c.X[:, t][None])),
        *(form for n in (0, -1) for form in (c.X[n], c.X[n][:, None])),
        _filled(np.moveaxis(c.X, 1, 0), slice(0, 1)),
        _filled(np.moveaxis(c.X, 1, 0), slice(-1, None)),
    ],
    "T_hard_coded": lambda c: cut(np.moveaxis(c.X, 1, 0), 0, NOTEBOOK.T),
    "sizes_from_notebook": lambda c: cut(np.moveaxis(c.X, 1, 0), 1, NOTEBOOK.N),
}


def _through_reshaped(c: AxesCase) -> list[np.ndarray]:
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


EACH_STEP_THROUGH: Table = {
    "bias_dropped": lambda c: right_through(c) - c.b,
    "sign_flipped": lambda c: [right_through(c) - 2 * c.b, 2 * c.b - right_through(c), -right_through(c)],
    "steps_accumulated": lambda c: [
        np.cumsum(right_through(c), axis=1),
        np.cumsum(right_through(c) - c.b, axis=1) + c.b,
    ],
    "axis_summed_away": lambda c: [
        *(getattr(right_through(c), how)(axis=axis) for how in ("sum", "mean") for axis in (0, 1, (0, 1))),
        *((right_through(c) - c.b).sum(axis=axis) + c.b for axis in (0, 1, (0, 1))),
    ],
    "only_one_step": lambda c: [
        *(form for t in (0, -1) for form in (right_through(c)[:, t], right_through(c)[:, [t]])),
        *(np.swapaxes(_filled(np.swapaxes(right_through(c), 0, 1), keep), 0, 1) for keep in (np.s_[:1], np.s_[-1:])),
    ],
    "only_one_sample": lambda c: [
        *(form for n in (0, -1) for form in (right_through(c)[n], right_through(c)[[n]])),
        *(_filled(right_through(c), keep) for keep in (np.s_[:1], np.s_[-1:])),
    ],
    "activation_added": lambda c: [
        np.tanh(right_through(c)),
        np.maximum(right_through(c), 0),
        1 / (1 + np.exp(-right_through(c))),
    ],
    "reshape_for_transpose": _through_reshaped,
    "elementwise_product": lambda c: [c.X[..., None] * c.W, c.X[..., None] * c.W + c.b],
    "not_cut_back": lambda c: right_through(c).reshape(-1, c.sizes.M),
    "n_t_swapped": lambda c: [right_through(c)[: c.sizes.T]] if c.sizes.T < c.sizes.N else [],
    "T_hard_coded": lambda c: cut(right_through(c), 1, NOTEBOOK.T),
    "sizes_from_notebook": lambda c: cut(right_through(c), 0, NOTEBOOK.N),
}


def _shifted_reshaped(c: AxesCase) -> list[np.ndarray]:
    N, T, D = c.sizes.shape("NTD")
    wrong = c.X.reshape(T, N, D) + c.s
    repeated = np.repeat(c.s, T, axis=0).reshape(T, N, D)
    return [wrong, wrong.reshape(N, T, D), wrong.transpose(1, 0, 2), c.X + repeated.transpose(1, 0, 2)]


def _by_step(c: AxesCase) -> list[np.ndarray]:
    """s[t] for s[n]: it fits where there are enough rows, or is added at as many steps as there are rows."""
    N, T = c.sizes.shape("NT")
    first = min(N, T)
    added = c.X.copy()
    added[:, :first] += c.s[:first]
    return [added, *([right_shifted(c)[:T]] if T < N else [])]


SHIFTED: Table = {
    "one_row_for_all": lambda c: [c.X + row for row in (c.s[0], c.s[-1], c.s.mean(axis=0), c.s.sum(axis=0))],
    "one_number_for_all_features": lambda c: [
        c.X + column[:, None, None] for column in (c.s.mean(axis=1), c.s.sum(axis=1), c.s[:, 0], c.s[:, -1])
    ],
    "one_step_only": lambda c: [
        shifted_in_part(c, steps=np.s_[:1]),
        shifted_in_part(c, steps=np.s_[-1:]),
        *(form for t in (0, -1) for form in (right_shifted(c)[:, t], right_shifted(c)[:, [t]])),
    ],
    "only_one_sample": lambda c: [
        shifted_in_part(c, samples=np.s_[:1]),
        shifted_in_part(c, samples=np.s_[-1:]),
        *(form for n in (0, -1) for form in (right_shifted(c)[n], right_shifted(c)[[n]])),
        *(_filled(right_shifted(c), keep) for keep in (np.s_[:1], np.s_[-1:])),
    ],
    "shift_grows": lambda c: [c.X + c.s[:, None] * np.arange(first, first + c.sizes.T)[:, None] for first in (0, 1)],
    "sign_flipped": lambda c: [2 * c.X - right_shifted(c), right_shifted(c) - 2 * c.X],
    "multiplied": lambda c: c.X * (right_shifted(c) - c.X),
    "nothing_changed": lambda c: c.X,
    "x_forgotten": lambda c: right_shifted(c) - c.X,
    "appended": lambda c: [np.insert(c.X, place, c.s, axis=1) for place in (0, c.sizes.T)],
    "new_axis_misplaced": lambda c: [c.X + c.s[:, None, None], c.X[:, :, None] + c.s],
    "reshape_for_transpose": _shifted_reshaped,
    "n_t_swapped": _by_step,
    "T_hard_coded": lambda c: [*cut(right_shifted(c), 1, NOTEBOOK.T), shifted_in_part(c, steps=np.s_[: NOTEBOOK.T])],
    "sizes_from_notebook": lambda c: [
        *cut(right_shifted(c), 0, NOTEBOOK.N),
        shifted_in_part(c, samples=np.s_[: NOTEBOOK.N]),
    ],
}


def axes_forms(got: np.ndarray, right: np.ndarray, *, turned: bool = True) -> Iterator[tuple[str, np.ndarray]]:
    """Yield (key, array) where the right numbers may hide in a wrong shape: axes in another order, too many, too few."""
    if got.shape == right.shape or got.size != right.size:
        return
    if got.ndim > right.ndim:
        yield "extra_axis", got.reshape(right.shape)
    elif got.ndim < right.ndim:
        if got.shape == tuple(size for size in right.shape if size != 1):
            yield "squeezed", got.reshape(right.shape)
        if got.ndim == 1:
            yield "flattened", got.reshape(right.shape)
    elif turned:
        for order in permutations(range(got.ndim)):
            if got.transpose(order).shape == right.shape:
                yield "axes_swapped", got.transpose(order)
