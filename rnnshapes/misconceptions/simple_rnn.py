"""Wrong beliefs about SimpleRNN + Dense by hand, each computed by bending the Keras model."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import combinations

import numpy as np

from rnnshapes.bend import Bend, Run, run_bends, run_cell, straight
from rnnshapes.cases import Case, import_keras
from rnnshapes.exercise import Wrong

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


BENDS: dict[str, list[Callable[[Bend], Bend]]] = {
    "h_last_not_updated": [lambda b: replace(b, Wh=0 * b.Wh)],
    "bias_dropped": [lambda b: replace(b, bh=0 * b.bh)],
    "bias_outside_tanh": [_bias_outside],
    "bias_added_twice": [lambda b: replace(b, bh=2 * b.bh)],
    "wh_transposed": [lambda b: replace(b, Wh=b.Wh.T)],
    "initial_state_ones": [lambda b: replace(b, h0=np.ones_like(b.h0))],
    "no_activation": [lambda b: replace(b, activation="linear")],
    "relu": [lambda b: replace(b, activation="relu")],
    "sigmoid": [lambda b: replace(b, activation="sigmoid")],
    "other_activation": [lambda b, name=name: replace(b, activation=name)
                         for name in ("softmax", "tan", "arctan", "tanh twice", "leaky_relu", "softsign", "elu")],
    "carry_before_tanh": [lambda b: replace(b, activation="linear", readout="tanh")],
    "tanh_on_head": [lambda b: replace(b, head="tanh")],
    "softmax_on_head": [lambda b: replace(b, head="softmax")],
    "sigmoid_on_head": [lambda b: replace(b, head="sigmoid")],
    "relu_on_head": [lambda b: replace(b, head="relu")],
    "head_bias_dropped": [lambda b: replace(b, bo=0 * b.bo)],
    "time_reversed": [lambda b: replace(b, X=b.X[:, ::-1])],
    "same_input_every_step": [lambda b: replace(b, X=np.repeat(b.X[:, :1], b.X.shape[1], axis=1)),
                              lambda b: replace(b, X=np.repeat(b.X[:, -1:], b.X.shape[1], axis=1))],
    "off_by_one_input": [lambda b: replace(b, X=np.roll(b.X, 1, axis=1)),
                         lambda b: replace(b, X=_shifted(b.X, by=1))],
    "input_unused": [lambda b: replace(b, Wx=0 * b.Wx)],
}
"""Beliefs that change an ingredient of the model."""

STEPS: dict[str, list[Callable]] = {
    "h_plus_new": [lambda a, b, h, w, tanh: h + tanh(a + b + w["bh"])],
    "tanh_per_term": [
        lambda a, b, h, w, tanh: tanh(a) + tanh(b) + w["bh"],
        lambda a, b, h, w, tanh: tanh(a) + tanh(b + w["bh"]),
        lambda a, b, h, w, tanh: tanh(a + w["bh"]) + tanh(b),
        lambda a, b, h, w, tanh: tanh(a) + tanh(b) + tanh(w["bh"]),
        lambda a, b, h, w, tanh: tanh(a + w["bh"]) + tanh(b + w["bh"]),
        lambda a, b, h, w, tanh: tanh(tanh(a) + tanh(b) + w["bh"]),
    ],
    "tanh_on_one_term": [
        lambda a, b, h, w, tanh: tanh(a) + b + w["bh"],
        lambda a, b, h, w, tanh: tanh(a + w["bh"]) + b,
        lambda a, b, h, w, tanh: a + tanh(b) + w["bh"],
        lambda a, b, h, w, tanh: a + tanh(b + w["bh"]),
    ],
}
"""Beliefs that change the step itself: a = x[t]·Wx, b = h·Wh, w the weights."""

READS: dict[str, list[Callable[[Run, Case], np.ndarray]]] = {
    "returns_first": [lambda run, case: run.Yhats[:, 0]],
    "mean_over_time": [lambda run, case: run.Yhats.mean(axis=1)],
    "sum_over_time": [lambda run, case: run.Yhats.sum(axis=1),
                      lambda run, case: run.Yhats.sum(axis=1) - (case.sizes.T - 1) * case.weights["bo"]],
    "last_step_skipped": [lambda run, case: run.Yhats[:, :-1],
                          lambda run, case: _rows_kept(run.Yhats, slice(0, -1))],
    "head_missing": [lambda run, case: run.h],
    "head_on_old_state": [lambda run, case: _previous(run.Yhats, case.weights["bo"])],
    "head_sees_zeros": [lambda run, case: np.broadcast_to(case.weights["bo"], run.Yhats.shape)],
    "rows_reversed": [lambda run, case: run.Yhats[:, ::-1]],
    "rows_alias": [lambda run, case: np.repeat(run.Yhats[:, -1:], case.sizes.T, axis=1)],
    "integer_array": [lambda run, case: np.trunc(run.Yhats)],
    "rounded": [lambda run, case, digits=digits: np.round(run.Yhats, digits) for digits in (1, 2, 3, 4, 0)],
}
"""Beliefs about which outputs come back, read off a run of the model."""


@lru_cache(maxsize=32)
def _singles(case: Case) -> dict[str, list[Run]]:
    """Run the straight model (key "") and every single bend and wrong step, once for each case."""
    keys = ["", *(key for key, bends in BENDS.items() for _ in bends)]
    base = straight(case)
    runs = run_bends([base, *(bend(base) for bends in BENDS.values() for bend in bends)])
    grouped: dict[str, list[Run]] = {}
    for key, run in zip(keys, runs, strict=True):
        grouped.setdefault(key, []).append(run)
    tanh = import_keras().ops.tanh
    for key, steps in STEPS.items():
        grouped[key] = [run_cell(case, lambda a, b, h, step=step: step(a, b, h, case.weights, tanh))
                        for step in steps]
    base = straight(case)
    late = replace(base, X=np.concatenate([base.X[:, 1:], base.X[:, :1]], axis=1))  # t = 1, 2, …, T − 1
    [run] = run_bends([late])
    grouped["first_step_skipped"] = [
        Run(run.h[:, :-1], run.Yhats[:, :-1]),
        Run(run.h, _previous(run.Yhats, np.zeros(case.sizes.K, "float32"))),
    ]
    return grouped


@lru_cache(maxsize=32)
def _pairs(case: Case) -> list[tuple[tuple[str, str], Run]]:
    """Run every two bends at once."""
    base = straight(case)
    pairs = [((first, second), other(bend(base)))
             for first, second in combinations(BENDS, 2)
             for bend in BENDS[first][:1] for other in BENDS[second][:1]]
    return list(zip([keys for keys, _ in pairs], run_bends([bend for _, bend in pairs]), strict=True))


def _truncated(case: Case, run: Run) -> Iterator[np.ndarray]:
    """Yield what a loop to a fixed number of steps below T leaves: fewer rows, or zeros in the last ones."""
    for T in range(2, case.sizes.T - 1):
        yield run.Yhats[:, :T]
        yield _rows_kept(run.Yhats, slice(0, T))


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
    yield from (Wrong(("T_hard_coded",), rows) for rows in _truncated(case, truth))
    if not pairs:
        return
    for key, runs in singles.items():
        for other, reads in READS.items() if key else ():
            yield from (Wrong((key, other), read(run, case)) for run in runs for read in reads)
    yield from (Wrong(keys, run.Yhats) for keys, run in _pairs(case))
