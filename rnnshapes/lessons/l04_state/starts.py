"""What wrong beliefs about one run from a given state give: bent Keras models, and chains that start elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from types import SimpleNamespace

import numpy as np

from rnnshapes.beliefs.simple_rnn import BENDS, STEPS
from rnnshapes.judge.exercise import Wrong
from rnnshapes.layers.bend import run_bends, run_cells, straight
from rnnshapes.layers.cases import import_keras
from rnnshapes.lessons.l04_state.relay import Chain, RelayCase, chain, run_chains

Table = dict[str, list[np.ndarray]]

_BENDS = (
    "bias_dropped",
    "bias_outside_tanh",
    "wh_transposed",
    "no_activation",
    "relu",
    "sigmoid",
    "carry_before_tanh",
    "state_added_plain",
    "stack_order",
    "bias_added_twice",
    "elementwise_product",
    "other_activation",
    "time_reversed",
    "same_input_every_step",
    "off_by_one_input",
)
_STEPS = ("stepped_twice", "h_plus_new", "tanh_per_term", "tanh_on_one_term")


def wrongs_of(table: Callable[[RelayCase], Table]) -> Callable[..., Iterator[Wrong]]:
    """Return `wrongs` for a FunctionExercise: the table of a case is computed once, when it is first asked for."""
    compute = lru_cache(maxsize=32)(table)

    def yield_all(case: RelayCase, *, pairs: bool) -> Iterator[Wrong]:
        if not pairs:
            for key, values in compute(case).items():
                yield from (Wrong((key,), value) for value in values)

    return yield_all


def steps_table(case: RelayCase, h0: np.ndarray, keys: tuple[str, ...] = (*_BENDS, *_STEPS)) -> Table:
    """Return every state (N, T, M) of models whose step is wrong, started at h0."""
    base = replace(straight(case.base), h0=h0)
    bent = [(key, bend(base)) for key in keys if key in BENDS for bend in BENDS[key]]
    bent.append(("recurrent_term_unused", replace(base, Wh=0 * base.Wh)))
    found: Table = {}
    for (key, _), run in zip(bent, run_bends([bend for _, bend in bent]), strict=True):
        h = run.h + case.weights["bh"] if key == "bias_outside_tanh" else run.h
        found.setdefault(key, []).append(np.tanh(h) if key == "carry_before_tanh" else h)
    tanh, bh = import_keras().ops.tanh, case.weights["bh"].astype("float64")
    stepped = [(key, step) for key in keys if key in STEPS for step in STEPS[key]]
    cells = [
        lambda a, h, extra, times, step=step: step(a, h, extra, SimpleNamespace(bh=bh, tanh=tanh, times=times))
        for _, step in stepped
    ]
    for (key, _), run in zip(stepped, run_cells(case.base, cells, h0=h0) if cells else [], strict=True):
        found.setdefault(key, []).append(run.h)
    return found


def _with_start_as_input(case: RelayCase) -> list[np.ndarray]:
    """h0 takes part in every step: it stands beside X as M more features."""
    N, T, M = case.sizes.shape("NTM")
    base = straight(case.base)
    X = np.concatenate([base.X, np.repeat(case.h0[:, None], T, axis=1)], axis=2)
    wide = [
        replace(base, X=X, Wx=np.vstack([base.Wx, extra]), h0=h0)
        for extra in (base.Wh, np.eye(M))
        for h0 in (case.h0, 0 * case.h0)
    ]
    return [run.h[:, -1] for run in run_bends(wide)]


def in_turns(case: RelayCase, h0: np.ndarray) -> Chain:
    """All samples' steps as one film, (1, N·T, M): sample n + 1 goes on where sample n stopped."""
    N, T, D = case.X.shape
    return chain(case.X.reshape(1, N * T, D), [list(range(N * T))], h0[:1])


@lru_cache(maxsize=32)
def run_named(case: RelayCase, build: Callable[[RelayCase], list[tuple[str, Chain]]]) -> Table:
    """Run named chains side by side."""
    named = build(case)
    found: Table = {}
    for (key, _), value in zip(named, run_chains(case, [one for _, one in named]), strict=True):
        found.setdefault(key, []).append(value)
    return found


def _starts(case: RelayCase) -> list[tuple[str, Chain]]:
    X, h0, zeros = case.X, case.h0, 0 * case.h0
    N, T, M = case.sizes.shape("NTM")
    Wh, bh = case.weights["Wh"].astype(float), case.weights["bh"].astype(float)
    steps = [list(range(T))]
    single = [[t] for t in range(T)]

    def rows(h: np.ndarray) -> np.ndarray:
        return np.broadcast_to(h, (N, M))

    return [
        ("initial_state_ignored", chain(X, steps, zeros)),
        ("initial_state_ignored", chain(X, steps, zeros + 1)),
        *(("one_state_for_all", chain(X, steps, rows(h))) for h in (h0[0], h0[-1], h0.mean(axis=0), h0.sum(axis=0))),
        ("h0_recut", chain(X, steps, h0.reshape(M, N).T)),
        ("h0_recut", chain(X, steps, h0.T.reshape(N, M))),
        *(("h0_prepared", chain(X, steps, h)) for h in (np.tanh(h0), h0 @ Wh, np.tanh(h0 @ Wh), np.tanh(h0 @ Wh + bh))),
        ("stepped_twice", chain(X, [[0], *steps], h0)),
        ("samples_shuffled", chain(X, steps, h0[::-1])),
        ("samples_shuffled", chain(X, steps, np.roll(h0, 1, axis=0))),
        ("samples_shuffled", chain(X, steps, np.roll(h0, -1, axis=0))),
        ("h_last_not_updated", chain(X, single, h0, lambda finished: h0)),
        ("h0_added", chain(X, single, h0, lambda finished: finished[-1][:, -1] + h0)),
        ("h0_added", chain(X, single, zeros, lambda finished: finished[-1][:, -1] + h0)),
        ("state_paired", chain(np.tile(X.reshape(1, N * T, -1), (N, 1, 1)), [list(range(N * T))], h0)),
        ("state_paired", chain(np.tile(X, (N, 1, 1)), steps, np.repeat(h0, N, axis=0))),
        ("time_reversed", chain(X, [steps[0][::-1]], h0)),
        ("first_step_skipped", chain(X, [steps[0][1:]], h0)),
        ("state_leaks", in_turns(case, h0)),
    ]


def run_from_table(case: RelayCase) -> Table:
    """Return what each belief makes of `run_from`: (N, M), or another shape that belongs to the belief."""
    N, T, D = case.X.shape
    M = case.sizes.M
    named = run_named(case, _starts)
    found = {key: [value[:, -1] for value in values] for key, values in named.items()}
    found["state_leaks"] = [value.reshape(N, T, M)[:, -1] for value in named["state_leaks"]]
    one_film, paired = named["state_paired"]
    paired = paired[:, -1].reshape(N, N, M)  # the state of one sample, the input of another
    found["state_paired"] = [paired, paired.transpose(1, 0, 2), one_film[:, T - 1 :: T].transpose(1, 0, 2)]
    zero_start = found["initial_state_ignored"][0]
    for key, values in steps_table(case, case.h0).items():
        found.setdefault(key, []).extend(value[:, -1] for value in values)
    H = case.H_from
    last = H[:, -1]
    first_row = np.zeros_like(last)
    first_row[0] = last[0]
    added = [value + case.h0 for value in (*found["h0_added"], last, zero_start)]  # once more at the end
    return found | {
        "h0_added": _with_start_as_input(case) + found["h0_added"] + added,
        "h0_returned": [case.h0],
        "every_state_returned": [H, H.transpose(1, 0, 2)],
        "states_averaged": [H.mean(axis=1), H.sum(axis=1)],
        "last_step_skipped": [H[:, -2]],
        "returns_first": [H[:, 0]],
        "steps_miscounted": [H[:, size - 1] for size in (N, D, M) if size < T],
        "only_first_sample": [last[0], last[:1], first_row, np.repeat(last[:1], N, axis=0)],
        "mean_over_samples": [last.mean(axis=0), last.sum(axis=0)],
        "only_last_sample": [last[-1], last[-1:]],
        "n_t_swapped": [H[-1], H[0]],
    }
