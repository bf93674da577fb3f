"""Standardising a box, feature by feature: what wrong beliefs give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from rnnshapes.lessons.l00_axes.axes import NOTEBOOK, AxesCase, Table, cut, filled, right_standardised

_EPSILONS = (1e-5, 1e-4, 1e-3, 1e-2)


def _scaled(c: AxesCase, axis: Any) -> np.ndarray:
    """Return X with mean 0 and std 1 over these axes, whichever they are."""
    with np.errstate(all="ignore"):  # one sample has no spread
        return (c.X - c.X.mean(axis=axis, keepdims=True)) / c.X.std(axis=axis, keepdims=True)


def _wrongly(c: AxesCase, axis: Any) -> list[np.ndarray]:
    """Return X standardised over the wrong axes: both mean and std, or one of them."""
    mean, std = c.X.mean(axis=axis, keepdims=True), c.X.std(axis=axis, keepdims=True)
    with np.errstate(all="ignore"):
        return [_scaled(c, axis), (c.X - mean) / _over(c, "std"), (c.X - _over(c, "mean")) / std]


def _features(c: AxesCase, keep: slice) -> np.ndarray:
    """Return X with some of its features standardised."""
    result = c.X.copy()
    result[..., keep] = right_standardised(c)[..., keep]
    return result


def _samples_as_features(c: AxesCase) -> list[np.ndarray]:
    """X[d] taken for feature d: the first D samples are standardised, each by itself."""
    N, D = c.sizes.shape("ND")
    some = _scaled(c, (1, 2))[:D]
    return [
        _features(c, np.s_[:N]),
        np.concatenate([some, c.X[D:]]),
        *([some, filled(_scaled(c, (1, 2)), np.s_[:D])] if D < N else []),
    ]


def _parts(right: np.ndarray, i: int) -> list[np.ndarray]:
    """Return what a loop that keeps nothing leaves: one sample, step, feature or row."""
    return [right[i], right[:, i], right[:, :, i], right[i, i]]


def _miscounted(c: AxesCase) -> list[np.ndarray]:
    """Sums divided by N, or by T, where N·T numbers were summed."""
    found = []
    for count in c.sizes.shape("NT"):
        mean = c.X.sum(axis=(0, 1)) / count
        centred = c.X - _over(c, "mean")
        found += [
            (c.X - mean) / _over(c, "std"),
            centred / np.sqrt((centred**2).sum(axis=(0, 1)) / count),
            (c.X - mean) / np.sqrt(((c.X - mean) ** 2).sum(axis=(0, 1)) / count),
        ]
    return found


def _over(c: AxesCase, how: str, **more: Any) -> np.ndarray:
    return getattr(c.X, how)(axis=(0, 1), **more)


def _by_spread(c: AxesCase, spread: np.ndarray) -> np.ndarray:
    with np.errstate(all="ignore"):
        return (c.X - _over(c, "mean")) / spread


def _reshaped(c: AxesCase) -> list[np.ndarray]:
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


def shrunk(got: np.ndarray, right: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    """Yield ("epsilon_added", right) if each feature is a little too small, the more so the less it spreads."""
    if got.shape != right.shape:
        return
    ratio = (got * right).sum(axis=(0, 1)) / (right * right).sum(axis=(0, 1))
    lost = 1 - ratio
    if np.allclose(got, right * ratio, rtol=0, atol=1e-6) and 0 < 1.05 * lost.min() < lost.max() < 0.05:
        yield "epsilon_added", right


STANDARDISED: Table = {
    "samples_only": lambda c: _wrongly(c, 0),
    "steps_only": lambda c: _wrongly(c, 1),
    "features_mixed": lambda c: [form for axis in (2, (0, 2), (1, 2)) for form in _wrongly(c, axis)],
    "n_d_swapped": _samples_as_features,
    "loop_keeps_one": lambda c: [
        *(form for i in (0, -1) for form in _parts(right_standardised(c), i)),
        *(
            np.moveaxis(filled(np.moveaxis(right_standardised(c), 2, 0), keep), 0, 2)
            for keep in (np.s_[:1], np.s_[-1:])
        ),
        *(_features(c, keep) for keep in (np.s_[:1], np.s_[-1:])),
    ],
    "count_wrong": _miscounted,
    "concatenated": lambda c: [
        right_standardised(c).transpose(2, 0, 1).reshape(-1, c.sizes.T),
        np.hstack(list(right_standardised(c).transpose(2, 0, 1))),
    ],
    "one_mean_for_all": lambda c: [
        _scaled(c, None),
        (c.X - c.X.mean()) / _over(c, "std"),
        (c.X - _over(c, "mean")) / c.X.std(),
        (c.X - _over(c, "mean")) / (c.X - _over(c, "mean")).std(),
        c.X / _over(c, "std") - (c.X / _over(c, "std")).mean(),
    ],
    "std_of_std": lambda c: [
        *(_by_spread(c, c.X.std(axis=first).std(axis=0)) for first in (0, 1)),
        *(_by_spread(c, c.X.std(axis=first).mean(axis=0)) for first in (0, 1)),
        *(_by_spread(c, c.X.mean(axis=first).std(axis=0)) for first in (0, 1)),
        *(_scaled(replace(c, X=_scaled(c, axis)), 1 - axis) for axis in (0, 1)),
    ],
    "variance_for_std": lambda c: [_by_spread(c, spread) for spread in (_over(c, "var"), np.sqrt(_over(c, "std")))],
    "one_less": lambda c: _by_spread(c, _over(c, "std", ddof=1)),
    "only_centred": lambda c: c.X - _over(c, "mean"),
    "only_scaled": lambda c: c.X / _over(c, "std"),
    "brackets_missing": lambda c: [
        c.X - _over(c, "mean") / _over(c, "std"),
        c.X / _over(c, "std") - _over(c, "mean"),
    ],
    "sign_flipped": lambda c: [-right_standardised(c), (c.X + _over(c, "mean")) / _over(c, "std")],
    "another_scale": lambda c: [
        *(
            (c.X - middle) / width
            for middle in (0, _over(c, "mean"), _over(c, "min"))
            for width in (_over(c, "max") - _over(c, "min"), _over(c, "max"), np.abs(c.X).max(axis=(0, 1)))
        ),
        *((c.X - middle) / np.sqrt((c.X**2).sum(axis=(0, 1))) for middle in (0, _over(c, "mean"))),
        (c.X - _over(c, "mean")) / (_over(c, "std") * np.sqrt(c.X[..., 0].size)),
        (c.X - c.X.min()) / (c.X.max() - c.X.min()),
        *(
            getattr(np.abs(c.X - _over(c, "mean")), how)(axis=(0, 1)) ** -1.0 * (c.X - _over(c, "mean"))
            for how in ("max", "mean")
        ),
        (c.X - _over(c, "mean")) * _over(c, "std"),
        (c.X - np.median(c.X, axis=(0, 1))) / _over(c, "std"),
    ],
    "epsilon_added": lambda c: [
        *(_by_spread(c, _over(c, "std") + epsilon) for epsilon in _EPSILONS),
        *(_by_spread(c, np.sqrt(_over(c, "var") + epsilon)) for epsilon in _EPSILONS),
    ],
    "means_returned": lambda c: [
        *(_over(c, how, keepdims=kept) for how in ("mean", "std") for kept in (False, True)),
        np.zeros(c.sizes.D),
        np.stack([_over(c, "mean"), _over(c, "std")]),
    ],
    "nothing_changed": lambda c: c.X,
    "reshape_for_transpose": _reshaped,
    "sizes_from_notebook": lambda c: [
        *cut(right_standardised(c), 0, NOTEBOOK.N),
        *cut(right_standardised(c), 2, NOTEBOOK.D),
        _features(c, np.s_[: NOTEBOOK.D]),
    ],
    "T_hard_coded": lambda c: cut(right_standardised(c), 1, NOTEBOOK.T),
}
