"""Wrong beliefs about two recurrent layers by hand, each computed by bending the Keras stack."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

import numpy as np

from rnnshapes.beliefs.simple_rnn import BENDS, STEPS, Symbols
from rnnshapes.judge.exercise import Wrong
from rnnshapes.layers.bend import run_bends, run_cells, straight
from rnnshapes.layers.cases import import_keras
from rnnshapes.lessons.l01_rnn_shapes.batch import between_samples
from rnnshapes.lessons.l03_stacking.stacked_case import StackedCase

LAYER_BENDS = {
    key: BENDS[key]
    for key in (
        "h_last_not_updated",
        "bias_dropped",
        "bias_outside_tanh",
        "bias_added_twice",
        "wh_transposed",
        "initial_state_ones",
        "no_activation",
        "relu",
        "sigmoid",
        "tanh_twice",
        "carry_before_tanh",
        "off_by_one_input",
        "state_added_plain",
    )
} | {"other_activation": BENDS["other_activation"][1:3]}  # tan and arctan: names that look like tanh
LAYER_STEPS = {key: STEPS[key] for key in ("h_plus_new", "tanh_on_one_term", "stepped_twice")} | {
    "tanh_per_term": STEPS["tanh_per_term"][:3]
}
HEAD_BENDS = ("tanh_on_head", "softmax_on_head", "sigmoid_on_head", "relu_on_head", "head_bias_dropped")
HARD_CODED = (6, 9)  # T in the lecture, T in the assignment
PLACES: tuple[tuple[str, ...], ...] = ((), ("in_layer_1",), ("in_layer_2",))
"""A helper that both layers use makes its mistake twice; lines typed twice may be wrong in one layer alone."""


def stacked_wrongs(case: StackedCase, *, pairs: bool) -> Iterator[Wrong]:
    """Yield what beliefs about the stack give, (N, K); a mistake in one layer alone is named with its layer."""
    if pairs:
        return
    yield from _handed(case)
    yield from _reads(case)
    yield from _bent(case)
    yield from _stepped(case)
    yield from between_samples(case)
    yield from _between_layers(case)


@lru_cache(maxsize=32)
def _bent(case: StackedCase) -> list[Wrong]:
    """Bend both layers alike, layer 1 alone, layer 2 alone; then the head."""
    bends = [(key, bend) for key, codings in LAYER_BENDS.items() for bend in codings]
    above = straight(case.above)
    handed = [run.Yhats for run in run_bends([bend(straight(case.below)) for _, bend in bends])]
    fed = [replace(above, X=h1) for h1 in handed]
    both = [bend(one) for (_, bend), one in zip(bends, fed, strict=True)]
    heads = [(key, BENDS[key][0]) for key in HEAD_BENDS]
    runs = run_bends([*both, *fed, *(bend(above) for _, bend in [*bends, *heads])])
    keys = [(key, *place) for place in PLACES for key, _ in bends] + [(key,) for key, _ in heads]
    return [Wrong(key, run.Yhats[:, -1]) for key, run in zip(keys, runs, strict=True)]


@lru_cache(maxsize=32)
def _stepped(case: StackedCase) -> list[Wrong]:
    """Step in wrong ways in both layers, in layer 1 alone, in layer 2 alone."""
    tanh = import_keras().ops.tanh

    def cells(bias: np.ndarray) -> list[Callable]:
        bias = bias.astype("float64")
        return [
            lambda a, h, extra, times, step=step: step(a, h, extra, Symbols(bias, tanh, times))
            for codings in LAYER_STEPS.values()
            for step in codings
        ]

    names = [key for key, codings in LAYER_STEPS.items() for _ in codings]
    handed = [run.Yhats for run in run_cells(case.below, cells(case.weights["bh1"]))]
    wrong = cells(case.weights["bh2"])
    both_and_second = run_cells(case.above, wrong * 2, Xs=handed + [case.h1] * len(wrong))
    first = run_bends([replace(straight(case.above), X=h1) for h1 in handed])
    both, second = both_and_second[: len(wrong)], both_and_second[len(wrong) :]
    return [
        Wrong((key, *place), run.Yhats[:, -1])
        for place, runs in zip(PLACES, (both, first, second), strict=True)
        for key, run in zip(names, runs, strict=True)
    ]


@lru_cache(maxsize=32)
def _handed(case: StackedCase) -> list[Wrong]:
    """Hand another sequence up to layer 2 than layer 1's states in their order."""
    h1, T = case.h1.astype("float64"), case.sizes.T
    backwards = run_bends([replace(straight(case.below), X=case.X[:, ::-1])])[0].Yhats
    late = np.roll(h1, 1, axis=1)
    from_zeros, first_missing, last_missing = late.copy(), h1.copy(), h1.copy()
    from_zeros[:, 0] = first_missing[:, 0] = last_missing[:, -1] = 0
    late_start = np.roll(run_bends([replace(straight(case.below), X=np.roll(case.X, -1, axis=1))])[0].Yhats, 1, axis=1)
    zero_start = late_start.copy()
    zero_start[:, 0] = 0
    mean, total = h1.mean(axis=1, keepdims=True), h1.sum(axis=1, keepdims=True)
    table: list[tuple[tuple[str, ...], np.ndarray, int]] = [
        (("layer_2_has_no_memory",), late, 0),  # one step, which reads the last state
        (("zeros_handed_up",), np.zeros_like(h1), -1),
        (("last_state_repeated",), np.repeat(h1[:, -1:], T, axis=1), -1),
        (("first_state_handed_up",), np.repeat(h1[:, :1], T, axis=1), -1),
        (("one_step_late",), from_zeros, -1),
        (("one_step_late",), late, -1),
        (("fed_backwards",), h1[:, ::-1], -1),
        (("time_reversed",), backwards, -1),
        (("time_reversed",), backwards[:, ::-1], -1),
        (("time_reversed",), backwards[:, ::-1], 0),
        (("states_averaged",), np.repeat(mean, T, axis=1), -1),
        (("states_averaged",), np.repeat(total, T, axis=1), -1),
        (("states_averaged",), mean.repeat(T, axis=1), 0),
        (("states_averaged",), total.repeat(T, axis=1), 0),
        (("tanh_twice", "in_layer_1"), np.tanh(h1), -1),
        (("no_activation", "in_layer_1"), np.arctanh(np.clip(h1, -1 + 1e-12, 1 - 1e-12)), -1),
        (("first_step_skipped", "in_layer_2"), np.roll(h1, -1, axis=1), -2),
        (("first_step_skipped", "in_layer_1"), zero_start, -1),
        (("first_step_skipped",), np.roll(late_start, -1, axis=1), -2),
        (("first_step_skipped",), first_missing, -1),
        (("one_step_behind", "in_layer_1"), last_missing, -1),
    ]
    runs = run_bends([replace(straight(case.above), X=sequence) for _, sequence, _ in table])
    return [Wrong(keys, run.Yhats[:, row]) for (keys, _, row), run in zip(table, runs, strict=True)]


def _reads(case: StackedCase) -> Iterator[Wrong]:
    """Read another output than the last ŷ."""
    Yhats, bo = case.Yhats, case.weights["bo"]
    N, T = case.sizes.shape("NT")
    yield Wrong(("returns_first",), Yhats[:, 0])
    yield Wrong(("one_step_behind",), Yhats[:, -2])
    yield Wrong(("last_of_wrong_axis",), Yhats[:, -1, -1])
    yield Wrong(("mean_over_time",), Yhats.mean(axis=1))
    yield Wrong(("sum_over_time",), Yhats.sum(axis=1))
    yield Wrong(("sum_over_time",), Yhats.sum(axis=1) - (T - 1) * bo)
    yield Wrong(("head_sees_zeros",), np.broadcast_to(bo, case.Yhat.shape))
    yield Wrong(("all_zeros",), np.zeros_like(case.Yhat))
    yield Wrong(("head_missing",), _h2(case)[:, -1])
    yield Wrong(("head_missing",), case.h1[:, -1])
    yield Wrong(("integer_array",), np.trunc(case.Yhat))
    yield from (Wrong(("rounded",), np.round(case.Yhat, digits)) for digits in (0, 1, 2, 3, 4))
    others = {size for letter, size in case.sizes.known.items() if letter != "T" and size < T - 1}
    yield from (Wrong(("wrong_axis_counted",), Yhats[:, steps - 1]) for steps in others)
    typed = {steps for steps in range(2, T - 1) if steps in HARD_CODED or steps not in others}
    yield from (Wrong(("T_hard_coded",), Yhats[:, steps - 1]) for steps in typed)


@lru_cache(maxsize=32)
def _h2(case: StackedCase) -> np.ndarray:
    return np.asarray(case.twin.layers[1](case.h1))


@lru_cache(maxsize=32)
def _between_layers(case: StackedCase) -> list[Wrong]:
    """Hand the right states up with their axes mixed up, or with the samples run into each other."""
    N, T, D, M1, M2 = case.sizes.shape("NTDM1M2")
    first, second, head = case.twin.layers

    def top(sequence: np.ndarray) -> np.ndarray:
        return np.asarray(head(second(sequence.astype("float32"))))

    time_first = case.h1.transpose(1, 0, 2)  # (T, N, M1), as appending gives it
    mixed = top(time_first)  # (T, N, K)
    one_film = np.asarray(first(case.X.astype("float32").reshape(1, N * T, D))).reshape(N, T, M1)
    h2_film = np.asarray(second(case.h1.reshape(1, N * T, M1))).reshape(N, T, M2)
    values = {
        ("time_axis_first",): [mixed[:, -1], mixed, mixed[-1]],
        ("initial_state_handed_up",): [top(np.concatenate([0 * case.h1[:, :1], case.h1], axis=1))[:, -1]],
        ("layer_2_steps_too_often",): [
            top(case.h1.repeat(T, axis=1))[:, -1],  # all its steps on each state
            top(np.concatenate([case.h1[:, : t + 1] for t in range(T)], axis=1))[:, -1],  # from the start each time
        ],
        ("reshape_for_transpose", "in_layer_2"): [top(time_first.reshape(N, T, M1))[:, -1]],
        ("state_leaks", "in_layer_1"): [top(one_film)[:, -1]],
        ("state_leaks", "in_layer_2"): [np.asarray(head(h2_film))[:, -1]],
    }
    return [Wrong(keys, value) for keys, coded in values.items() for value in coded]
