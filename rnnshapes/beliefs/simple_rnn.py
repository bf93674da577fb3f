"""Wrong beliefs about SimpleRNN + Dense by hand, each computed by bending the Keras model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations
from typing import Any

import numpy as np

from rnnshapes.judge.exercise import Wrong
from rnnshapes.layers.bend import Bend, Run, run_bends, run_cells, straight
from rnnshapes.layers.cases import Case, import_keras

Rows = np.ndarray  # (N, T, K): every ŷ; or (N, K): one ŷ for each sample


def _previous(rows: Rows, first: np.ndarray) -> Rows:
    """Shift rows one step later; `first`, broadcast, becomes row t = 0."""
    return np.concatenate([np.broadcast_to(first, rows[:, :1].shape), rows[:, :-1]], axis=1)


def _shifted(X: np.ndarray, *, by: int) -> np.ndarray:
    """Shift X along t by `by` steps, with zeros where nothing is left."""
    moved = np.roll(X, by, axis=1)
    moved[:, :by] = 0
    return moved


def _rows_kept(rows: Rows, kept: slice) -> Rows:
    """Keep some rows and leave zeros in the others, as in a preallocated array."""
    result = np.zeros_like(rows)
    result[:, kept] = rows[:, kept]
    return result


def _bias_outside(bend: Bend) -> Bend:
    """tanh(s) + bh: with g = h − bh the sums of g are those of a model with bias bh·Wh that starts at −bh."""
    return replace(bend, bh=bend.bh @ bend.Wh, h0=bend.h0 - bend.bh, bo=bend.bo + bend.bh @ bend.Wo)


def _stacked(bend: Bend, *, weights: tuple[str, str], first: str) -> Bend:
    """[x, h]·W with W stacked in one order and x, h in another: the rows of W meet the wrong numbers."""
    W = np.vstack([getattr(bend, name) for name in weights])
    cut = len(bend.Wx) if first == "x" else len(bend.Wh)
    above, below = W[:cut], W[cut:]
    return replace(bend, Wx=above, Wh=below) if first == "x" else replace(bend, Wx=below, Wh=above)


BENDS: dict[str, list[Callable[[Bend], Bend]]] = {
    "h_last_not_updated": [lambda b: replace(b, Wh=0 * b.Wh)],
    "bias_dropped": [lambda b: replace(b, bh=0 * b.bh)],
    "bias_outside_tanh": [_bias_outside],
    "bias_added_twice": [lambda b: replace(b, bh=2 * b.bh)],
    "wh_transposed": [lambda b: replace(b, Wh=b.Wh.T)],
    "bias_inside_product": [lambda b: replace(b, bh=b.bh @ b.Wh)],
    "bias_as_start": [lambda b: replace(b, bh=0 * b.bh, h0=b.bh)],
    "bias_broadcast": [
        lambda b: replace(b, bh=np.full_like(b.bh, b.bh[0])),
        lambda b: replace(b, bh=np.full_like(b.bh, b.bh[-1])),
    ],
    "sign_flipped": [
        lambda b: replace(b, Wh=-b.Wh),
        lambda b: replace(b, bh=-b.bh),
        lambda b: replace(b, Wx=-b.Wx),
        lambda b: replace(b, bo=-b.bo),
        lambda b: replace(b, bh=-b.bh, bo=-b.bo),
    ],
    "input_scaled": [lambda b: replace(b, X=(b.X - b.X.mean(axis=1, keepdims=True)) / b.X.std(axis=1, keepdims=True))],
    "stack_order": [
        lambda b: _stacked(b, weights=("Wh", "Wx"), first="x"),
        lambda b: _stacked(b, weights=("Wx", "Wh"), first="h"),
    ],
    "reshape_for_transpose": [
        lambda b: replace(b, Wx=b.Wx.reshape(b.Wx.shape[::-1]).T),
        lambda b: replace(b, Wo=b.Wo.reshape(b.Wo.shape[::-1]).T),
        lambda b: replace(b, Wx=b.Wx.reshape(b.Wx.shape[::-1]).T, Wo=b.Wo.reshape(b.Wo.shape[::-1]).T),
    ],
    "input_through_wh": [lambda b: replace(b, Wx=b.Wx @ b.Wh)],
    "elementwise_product": [
        lambda b: replace(b, Wh=np.diag(b.Wh.sum(axis=0))),
        lambda b: replace(b, Wh=np.diag(np.diag(b.Wh))),
    ],
    "initial_state_ones": [lambda b: replace(b, h0=np.ones_like(b.h0))],
    "no_activation": [lambda b: replace(b, activation="linear")],
    "relu": [lambda b: replace(b, activation="relu")],
    "sigmoid": [lambda b: replace(b, activation="sigmoid")],
    "other_activation": [
        lambda b, name=name: replace(b, activation=name)
        for name in (
            "softmax",
            "tan",
            "arctan",
            "sin",
            "clip",
            "half tanh",
            "double tanh",
            "leaky_relu",
            "softsign",
            "elu",
            "hard_sigmoid",
        )
    ],
    "tanh_twice": [lambda b: replace(b, activation="tanh twice"), lambda b: replace(b, readout="tanh")],
    "carry_before_tanh": [lambda b: replace(b, activation="linear", readout="tanh")],
    "tanh_on_head": [lambda b: replace(b, head="tanh")],
    "softmax_on_head": [lambda b: replace(b, head="softmax")],
    "sigmoid_on_head": [lambda b: replace(b, head="sigmoid")],
    "relu_on_head": [lambda b: replace(b, head="relu")],
    "head_bias_dropped": [lambda b: replace(b, bo=0 * b.bo)],
    "time_reversed": [lambda b: replace(b, X=b.X[:, ::-1])],
    "same_input_every_step": [
        lambda b: replace(b, X=np.repeat(b.X[:, :1], b.X.shape[1], axis=1)),
        lambda b: replace(b, X=np.repeat(b.X[:, -1:], b.X.shape[1], axis=1)),
    ],
    "off_by_one_input": [
        lambda b: replace(b, X=np.roll(b.X, 1, axis=1)),
        lambda b: replace(b, X=_shifted(b.X, by=1)),
        lambda b: replace(b, X=np.roll(b.X, -1, axis=1)),
    ],
    "state_added_plain": [lambda b: replace(b, Wh=np.eye(len(b.Wh)))],
    "input_unused": [lambda b: replace(b, Wx=0 * b.Wx)],
}
"""Beliefs that change an ingredient of the model."""

STEPS: dict[str, list[Callable]] = {
    "h_plus_new": [lambda a, h, e, w: 2 * [h + w.tanh(a + w.times(h) + w.bh)] + [e]],
    "tanh_per_term": [
        lambda a, h, e, w: 2 * [w.tanh(a) + w.tanh(w.times(h)) + w.bh] + [e],
        lambda a, h, e, w: 2 * [w.tanh(a) + w.tanh(w.times(h) + w.bh)] + [e],
        lambda a, h, e, w: 2 * [w.tanh(a + w.bh) + w.tanh(w.times(h))] + [e],
        lambda a, h, e, w: 2 * [w.tanh(a) + w.tanh(w.times(h)) + w.tanh(w.bh)] + [e],
        lambda a, h, e, w: 2 * [w.tanh(a + w.bh) + w.tanh(w.times(h) + w.bh)] + [e],
        lambda a, h, e, w: 2 * [w.tanh(w.tanh(a) + w.tanh(w.times(h)) + w.bh)] + [e],
    ],
    "tanh_on_one_term": [
        lambda a, h, e, w: 2 * [w.tanh(a) + w.times(h) + w.bh] + [e],
        lambda a, h, e, w: 2 * [w.tanh(a + w.bh) + w.times(h)] + [e],
        lambda a, h, e, w: 2 * [a + w.tanh(w.times(h)) + w.bh] + [e],
        lambda a, h, e, w: 2 * [a + w.tanh(w.times(h) + w.bh)] + [e],
    ],
    "bias_overwritten": [lambda a, h, e, w: 2 * [w.tanh(w.bh + e + a + w.times(h))] + [e + a + w.times(h)]],
    "states_summed": [lambda a, h, e, w: [(new := w.tanh(a + w.times(e) + w.bh)), new, e + new]],
    "state_two_steps_old": [lambda a, h, e, w: 2 * [w.tanh(a + w.times(e) + w.bh)] + [h]],
    "stepped_twice": [
        lambda a, h, e, w: [w.tanh(a + w.times(new := w.tanh(a + w.times(h) + w.bh)) + w.bh), new, e],
        lambda a, h, e, w: 2 * [w.tanh(a + w.times(w.tanh(a + w.times(h) + w.bh)) + w.bh)] + [e],
    ],
}
"""Beliefs that change the step itself: a = x[t]·Wx, h the last state, e a second state that starts at zeros;
each gives what the head sees, the next h and the next e."""

READS: dict[str, list[Callable[[Run, Case], np.ndarray]]] = {
    "returns_first": [
        lambda run, case: run.Yhats[:, 0],
        lambda run, case: run.Yhats[:, :1],
        lambda run, case: _rows_kept(run.Yhats, slice(0, 1)),
    ],
    "mean_over_time": [
        lambda run, case: run.Yhats.mean(axis=1),
        lambda run, case: np.cumsum(run.Yhats, axis=1) / np.arange(1, run.Yhats.shape[1] + 1)[:, None],
    ],
    "sum_over_time": [
        lambda run, case: run.Yhats.sum(axis=1),
        lambda run, case: run.Yhats.sum(axis=1) - (run.Yhats.shape[1] - 1) * case.weights["bo"],
        lambda run, case: np.cumsum(run.Yhats, axis=1),
    ],
    "head_bias_overwritten": [lambda run, case: np.cumsum(run.Yhats - case.weights["bo"], axis=1) + case.weights["bo"]],
    "first_row_missing": [lambda run, case: run.Yhats[:, 1:], lambda run, case: _rows_kept(run.Yhats, slice(1, None))],
    "last_step_skipped": [lambda run, case: run.Yhats[:, :-1], lambda run, case: _rows_kept(run.Yhats, slice(0, -1))],
    "head_missing": [lambda run, case: run.h],
    "head_on_old_state": [lambda run, case: _previous(run.Yhats, case.weights["bo"])],
    "initial_state_counted": [
        lambda run, case: np.concatenate(
            [np.broadcast_to(case.weights["bo"], run.Yhats[:, :1].shape), run.Yhats], axis=1
        )
    ],
    "extra_first_row": [lambda run, case: np.concatenate([np.zeros_like(run.Yhats[:, :1]), run.Yhats], axis=1)],
    "all_zeros": [lambda run, case: np.zeros_like(run.Yhats)],
    "head_sees_zeros": [lambda run, case: np.broadcast_to(case.weights["bo"], run.Yhats.shape)],
    "rows_reversed": [lambda run, case: run.Yhats[:, ::-1]],
    "rows_alias": [lambda run, case: np.repeat(run.Yhats[:, -1:], run.Yhats.shape[1], axis=1)],
    "integer_array": [lambda run, case: np.trunc(run.Yhats)],
    "rounded": [lambda run, case, digits=digits: np.round(run.Yhats, digits) for digits in (1, 2, 3, 4, 0)],
}
"""Beliefs about which outputs come back, read off a run of the model."""

OFTEN = (
    "h_last_not_updated",
    "bias_dropped",
    "bias_outside_tanh",
    "wh_transposed",
    "initial_state_ones",
    "no_activation",
    "relu",
    "sigmoid",
    "tanh_on_head",
    "softmax_on_head",
    "head_bias_dropped",
    "time_reversed",
)
"""Beliefs that come in twos: these are also tried together, and with every read."""


@dataclass(frozen=True)
class Symbols:
    """What a wrong step may use: the bias, tanh, and the product h·Wh."""

    bh: np.ndarray
    tanh: Callable[[Any], Any]
    times: Callable[[Any], Any]


@lru_cache(maxsize=32)
def _singles(case: Case) -> dict[str, list[Run]]:
    """Run the straight model (key "") and every single bend and wrong step, once for each case."""
    keys = ["", *(key for key, bends in BENDS.items() for _ in bends)]
    base = straight(case)
    runs = run_bends([base, *(bend(base) for bends in BENDS.values() for bend in bends)])
    grouped: dict[str, list[Run]] = {}
    for key, run in zip(keys, runs, strict=True):
        grouped.setdefault(key, []).append(run)
    keys = [key for key, steps in STEPS.items() for _ in steps]
    bh, tanh = case.weights["bh"].astype("float64"), import_keras().ops.tanh
    cells = [
        lambda a, h, extra, times, step=step: step(a, h, extra, Symbols(bh, tanh, times))
        for steps in STEPS.values()
        for step in steps
    ]
    for key, run in zip(keys, run_cells(case, cells), strict=True):
        grouped.setdefault(key, []).append(run)
    late = replace(base, X=np.concatenate([base.X[:, 1:], base.X[:, :1]], axis=1))  # t = 1, 2, …, T − 1
    [run] = run_bends([late])
    grouped["first_step_skipped"] = [
        Run(run.h[:, :-1], run.Yhats[:, :-1]),
        Run(run.h, _previous(run.Yhats, np.zeros(case.sizes.K, "float32"))),
    ]
    return grouped


@lru_cache(maxsize=32)
def _pairs(case: Case) -> list[tuple[tuple[str, str], Run]]:
    """Run every two of the common bends at once."""
    base = straight(case)
    pairs = [((first, second), BENDS[second][0](BENDS[first][0](base))) for first, second in combinations(OFTEN, 2)]
    return list(zip([keys for keys, _ in pairs], run_bends([bend for _, bend in pairs]), strict=True))


def _miscounted(case: Case, run: Run) -> Iterator[Wrong]:
    """Yield what another number of steps than T leaves: fewer rows, or zeros in rows that nothing fills."""
    D, T = case.sizes.D, case.sizes.T
    for steps in range(2, T - 1):
        key = "wrong_axis_counted" if steps == D else "T_hard_coded"
        yield Wrong((key,), run.Yhats[:, :steps])
        yield Wrong((key,), _rows_kept(run.Yhats, slice(0, steps)))
    for rows in (T + 1, 7, 10, 11, 12):  # prepared for the notebook's or the lecture's number of steps
        if rows > T:
            padding = np.zeros((case.sizes.N, rows - T, case.sizes.K))
            yield Wrong(("T_hard_coded",), np.concatenate([run.Yhats, padding], axis=1))


def simple_rnn_wrongs(case: Case, *, pairs: bool) -> Iterator[Wrong]:
    """Yield what beliefs about SimpleRNN + Dense give for all samples of a case, singles first.

    Shapes: values are (N, T', K) with every ŷ, or (N, K) with one ŷ for each sample.
    """
    singles = _singles(case)
    [truth] = singles[""]
    for key, runs in singles.items():
        if key:
            yield from (Wrong((key,), run.Yhats) for run in runs)
    for key, reads in READS.items():
        yield from (Wrong((key,), read(truth, case)) for read in reads)
    yield from _miscounted(case, truth)
    if not pairs:
        return
    for key in OFTEN:
        for other, reads in READS.items():
            yield from (Wrong((key, other), read(run, case)) for run in singles[key] for read in reads)
    yield from (Wrong(keys, run.Yhats) for keys, run in _pairs(case))


def single_runs(case: Case) -> dict[str, list[Run]]:
    """Return the runs behind `simple_rnn_wrongs`, by belief; the straight model's under ""."""
    return _singles(case)
