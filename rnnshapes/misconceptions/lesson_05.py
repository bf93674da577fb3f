"""The exercises of lesson 05: shapes with a mask, the mask itself, the frozen state, zeros for repeats, the masked mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from rnnshapes.cases import import_keras
from rnnshapes.exercise import FunctionExercise, table_of
from rnnshapes.misconceptions.beliefs import beliefs, common_beliefs
from rnnshapes.misconceptions.masking import (
    CELLS,
    WEIGHTS,
    MaskedCase,
    bent_states,
    make_masked,
    make_never_empty,
    one_long_film,
    pooled,
)
from rnnshapes.misconceptions.masking_beliefs import masking_beliefs
from rnnshapes.misconceptions.shapes import ShapesExercise
from rnnshapes.sizes import Sizes
from rnnshapes.watch import watch

NOTEBOOK = Sizes(N=4, T=6, D=3, M=5, K=2)
CHECKS = (Sizes(N=7, T=12, D=8, M=9, K=11), Sizes(N=8, T=5, D=9, M=11, K=12), Sizes(N=1, T=9, D=8, M=10, K=7))

_FROM_01 = beliefs(batched=True)


def _measure(case: MaskedCase) -> dict[str, tuple[int, ...]]:
    """Return the shapes that NumPy and Keras really give."""
    head = import_keras().layers.Dense(case.sizes.K)
    return {
        "X": case.X.shape,
        "mask": case.mask.shape,
        "mask[:, t]": case.mask[:, 0].shape,
        "h": case.h.shape,
        "h_last": case.h_last.shape,
        "h_mean": case.h_mean.shape,
        "Yhats": tuple(head(case.h).shape),
    }


PREDICTED = ShapesExercise(
    name="05/predicted",
    dims={"X": "NTD", "mask": "NT", "mask[:, t]": "N", "h": "NTM", "h_last": "NM", "h_mean": "NM", "Yhats": "NTK"},
    measure=_measure,
    parts={"inputs": ("X", "mask", "mask[:, t]"), "outputs": ("h", "h_last", "h_mean", "Yhats")},
    notebook=NOTEBOOK,
    make=make_never_empty,
    own=masking_beliefs(about="shapes"),
    named={
        "mask": {"NTD": "mask_per_feature", "N": "lengths_for_mask"},
        "mask[:, t]": {"T": "mask_of_one_sample", "": "mask_of_one_sample"},
        "h": {"NM": "steps_cut_out"},
        "h_mean": {"NTM": "mean_keeps_T"},
    },
)


def _prefix(mask: np.ndarray) -> list[np.ndarray]:
    """Return masks of those who think that padding stands at the end: as many as are real, and up to the last real."""
    T = mask.shape[1]
    ends = np.where(mask.any(axis=1), T - mask[:, ::-1].argmax(axis=1), 0)
    return [np.arange(T) < mask.sum(axis=1, keepdims=True), np.arange(T) < ends[:, None]]


def _for_all(mask: np.ndarray) -> list[np.ndarray]:
    """Return masks in which all samples share one row."""
    return [np.broadcast_to(row, mask.shape) for row in (mask[0], mask[-1], mask.all(axis=0), mask.any(axis=0))]


def _one_row(differs: np.ndarray) -> list[np.ndarray]:
    rows = [differs.any(axis=2)[0], differs.any(axis=(0, 2)), differs.any(axis=2).all(axis=0)]
    return [*rows, *(np.broadcast_to(row, differs.shape[:2]) for row in rows)]


MASK_WRONGS: dict[str, Callable[[MaskedCase], Any]] = {
    "all_for_any": lambda case: (case.X != case.value).all(axis=2),
    "one_feature_only": lambda case: [case.X[:, :, 0] != case.value, case.X[:, :, -1] != case.value],
    "value_ignored": lambda case: [(case.X != 0).any(axis=2), (case.X != 0).all(axis=2)],
    "sum_for_any": lambda case: [
        case.X.sum(axis=2) != case.value,
        case.X.sum(axis=2) != case.value * case.sizes.D,
        case.X.sum(axis=2) != 0,
    ],
    "one_sided": lambda case: [(case.X > case.value).any(axis=2), (case.X.max(axis=2) > 0)],
    "mask_per_feature": lambda case: case.X != case.value,
    "mask_counts": lambda case: (case.X != case.value).sum(axis=2),
    "lengths_for_mask": lambda case: case.mask.sum(axis=1),
    "mask_inverted": lambda case: [~case.mask, (case.X == case.value).any(axis=2)],
    "one_mask_for_batch": lambda case: _one_row(case.X != case.value),
    "padding_at_the_end": lambda case: _prefix(case.mask),
    "stops_at_first_padding": lambda case: np.logical_and.accumulate(case.mask, axis=1),
    "steps_cut_out": lambda case: case.X[case.mask],
    "mask_on_wrong_axis": lambda case: [
        (case.X != case.value).any(axis=1),
        (case.X != case.value).any(axis=0),
        (case.X != case.value).all(axis=1),
    ],
}

MASK_OF = FunctionExercise(
    name="05/mask_of",
    dims="NT",
    source="compute_mask() of the Masking layer",
    beliefs=common_beliefs() | masking_beliefs(*MASK_WRONGS),
    arguments=lambda case: {"X": case.X, "value": np.float64(case.value)},
    expected=lambda case: case.mask.astype(int),
    wrongs=table_of(MASK_WRONGS),
    notebook=NOTEBOOK,
    check_sizes=CHECKS,
    make=make_masked,
)


def _forms(got: np.ndarray, case: MaskedCase) -> Iterator[tuple[str, np.ndarray]]:
    if got.ndim == 3 and got.shape == case.sizes.shape("NTM"):
        yield "whole_sequence_returned", got[:, -1]
    if got.shape == case.sizes.shape("MN"):
        yield "axes_swapped", got.T


def _forms_every(got: np.ndarray, case: MaskedCase) -> Iterator[tuple[str, np.ndarray]]:
    if got.shape == case.sizes.shape("TNM"):
        yield "axes_swapped", got.transpose(1, 0, 2)


def _tell_apart(keys: list[str], function: Callable[..., Any], arguments: dict[str, np.ndarray]) -> list[str]:
    """A state that is never handed on and a missing product with Wh give the same numbers; a Wh of NaN tells."""
    if "h_last_not_updated" not in keys:
        return keys
    real, nan = np.ones_like(arguments["mask"]), np.full_like(arguments["Wh"], np.nan)
    value = watch(function, *(arguments | {"mask": real, "Wh": nan}).values()).value
    unused = value is not None and np.isfinite(np.asarray(value, dtype=float)).all()
    return ["recurrent_term_unused" if unused and key == "h_last_not_updated" else key for key in keys]


_STATES = (
    "mask_inverted",
    "one_mask_for_batch",
    "padding_at_the_end",
    "stops_at_first_padding",
)
_BENT = (
    "mask_ignored",
    "input_zeroed",
    *CELLS,
    *_STATES,
    "mask_guessed",
    "mask_one_step_off",
    "time_reversed",
    "first_step_skipped",
    "h_plus_new",
    *WEIGHTS,
)
"""The beliefs whose states `bent_states` computes, likeliest first."""

LAST_WRONGS: dict[str, Callable[[MaskedCase], Any]] = {
    **{key: lambda case, key=key: [h[:, -1] for h in bent_states(case)[key]] for key in _BENT},
    "output_zeroed": lambda case: case.h_zeroed[:, -1],
    "cut_at_shortest": lambda case: [h[:, -1] for h in bent_states(case)["cut_at_shortest"]],
    "last_step_skipped": lambda case: case.h[:, -2],
    "real_steps_glued": lambda case: [
        one_long_film(case)[case.mask][-1],
        one_long_film(case)[case.mask][-1:],
        one_long_film(case)[case.mask],
    ],
    "state_leaks": lambda case: one_long_film(case)[:, -1],
    "padded_samples_dropped": lambda case: case.h_last[case.mask.all(axis=1)],
    "only_first_sample": lambda case: [case.h_last[0], case.h_last[:1]],
}

EVERY_WRONGS: dict[str, Callable[[MaskedCase], Any]] = {
    **{key: lambda case, key=key: bent_states(case)[key] for key in _BENT},
    "output_zeroed": lambda case: case.h_zeroed,
    "cut_at_shortest": lambda case: [
        bent_states(case)["cut_at_shortest"][0],
        case.h[:, : case.mask.sum(axis=1).min()],
        bent_states(case)["cut_at_shortest"][0][:, : case.mask.sum(axis=1).min()],
    ],
    "last_step_skipped": lambda case: [
        case.h[:, :-1],
        np.concatenate([case.h[:, :-1], 0 * case.h[:, :1]], axis=1),
    ],
    "steps_cut_out": lambda case: case.h[case.mask],
    "real_steps_glued": lambda case: [one_long_film(case)[case.mask], one_long_film(case)[case.mask][None]],
    "state_leaks": lambda case: one_long_film(case),
    "only_first_sample": lambda case: [case.h[0], case.h[:1]],
    "only_last_returned": lambda case: case.h_last,
    "rows_alias": lambda case: np.repeat(case.h[:, -1:], case.sizes.T, axis=1),
}

_ERRORS = ("n_t_swapped", "wx_wh_swapped", "recurrent_term_unused", "axes_swapped")
_WITH_01 = {key: _FROM_01[key] for key in ("time_reversed", "first_step_skipped", "last_step_skipped", "h_plus_new")}
_WITH_01 |= {key: _FROM_01[key] for key in (*WEIGHTS, "state_leaks", "only_first_sample", *_ERRORS)}
_RNN_BELIEFS = (
    common_beliefs()
    | _WITH_01
    | masking_beliefs(*_STATES, "mask_needs_an_axis", "truth_of_an_array", "mask_on_wrong_axis", about="state")
)


def _weights(case: MaskedCase) -> dict[str, np.ndarray]:
    return {"X": case.X, "mask": case.mask} | {name: case.weights[name] for name in ("Wx", "Wh", "bh")}


LAST_STATE = FunctionExercise(
    name="05/last_state",
    dims="NM",
    source="predict() of Masking → SimpleRNN",
    beliefs=_RNN_BELIEFS | {"whole_sequence_returned": _FROM_01["whole_sequence_returned"]},
    arguments=_weights,
    expected=lambda case: case.h_last,
    wrongs=table_of(LAST_WRONGS),
    forms=_forms,
    tell_apart=_tell_apart,
    notebook=NOTEBOOK,
    check_sizes=CHECKS,
    make=make_masked,
)

EVERY_STATE = FunctionExercise(
    name="05/every_state",
    dims="NTM",
    source="predict() of Masking → SimpleRNN with return_sequences=True",
    beliefs={key: belief for key, belief in _RNN_BELIEFS.items() if key != "padded_samples_dropped"}
    | masking_beliefs("steps_cut_out")
    | {key: _FROM_01[key] for key in ("only_last_returned", "rows_alias")},
    arguments=_weights,
    expected=lambda case: case.h,
    wrongs=table_of(EVERY_WRONGS),
    forms=_forms_every,
    tell_apart=_tell_apart,
    notebook=NOTEBOOK,
    check_sizes=CHECKS,
    make=make_masked,
)

ZEROED_WRONGS: dict[str, Callable[[MaskedCase], Any]] = {
    "nothing_zeroed": lambda case: case.h,
    "mask_inverted": lambda case: case.h * ~case.mask[:, :, None],
    "one_mask_for_batch": lambda case: [case.h * mask[:, :, None] for mask in _for_all(case.mask)],
    "padding_at_the_end": lambda case: [case.h * mask[:, :, None] for mask in _prefix(case.mask)],
    "stops_at_first_padding": lambda case: case.h * np.logical_and.accumulate(case.mask, axis=1)[:, :, None],
    "mask_one_step_off": lambda case: [case.h * np.roll(case.mask, by, axis=1)[:, :, None] for by in (1, -1)],
    "padded_samples_dropped": lambda case: [
        case.h * case.mask.all(axis=1)[:, None, None],
        case.h[case.mask.all(axis=1)],
    ],
    "steps_cut_out": lambda case: case.h[case.mask],
    "states_twice": lambda case: [case.h + case.mask[:, :, None], case.h - case.mask[:, :, None]],
}

ZEROED = FunctionExercise(
    name="05/zeroed",
    dims="NTM",
    source="predict() of SimpleRNN with zero_output_for_mask=True",
    beliefs=common_beliefs()
    | masking_beliefs(
        *(key for key in ZEROED_WRONGS if key not in ("nothing_zeroed", "states_twice")),
        "mask_needs_an_axis",
        "truth_of_an_array",
        "mask_on_wrong_axis",
        about="zeroed",
    ),
    arguments=lambda case: {"h": case.h, "mask": case.mask},
    expected=lambda case: case.h_zeroed,
    wrongs=table_of(ZEROED_WRONGS),
    notebook=NOTEBOOK,
    check_sizes=CHECKS,
    make=make_masked,
)


def _sum(case: MaskedCase) -> np.ndarray:
    return (case.h * case.mask[:, :, None]).sum(axis=1)


def _mean_of_all(case: MaskedCase) -> list[np.ndarray]:
    mean = case.h[case.mask].mean(axis=0)  # (M,)
    return [mean, mean[None], np.broadcast_to(mean, case.h_mean.shape), case.h_mean.mean(axis=0)]


def _any_step(mask: np.ndarray) -> np.ndarray:
    """Return the mask, all True where it has no real step: Keras' mean would be NaN there."""
    return mask | ~mask.any(axis=1, keepdims=True)


MEAN_WRONGS: dict[str, Callable[[MaskedCase], Any]] = {
    "mask_ignored": lambda case: case.h.mean(axis=1),
    "divides_by_T": lambda case: _sum(case) / case.sizes.T,
    "sum_not_divided": _sum,
    "one_count_for_batch": lambda case: [
        _sum(case) / count
        for count in (case.mask.sum(), case.mask[0].sum(), case.mask.sum(axis=1).max(), case.mask.sum(axis=1).mean())
    ],
    "one_mask_for_batch": lambda case: [pooled(case.h, _any_step(mask)) for mask in _for_all(case.mask)],
    "padding_at_the_end": lambda case: [pooled(case.h, mask) for mask in _prefix(case.mask)],
    "stops_at_first_padding": lambda case: pooled(case.h, _any_step(np.logical_and.accumulate(case.mask, axis=1))),
    "mean_over_samples": _mean_of_all,
    "mean_over_units": lambda case: [case.h.mean(axis=2), (case.h * case.mask[:, :, None]).mean(axis=2)],
    "last_for_mean": lambda case: case.h_last,
    "counts_nonzero": lambda case: pooled(case.h, _any_step((case.h != 0).any(axis=2))),
    "padded_samples_dropped": lambda case: case.h_mean[case.mask.all(axis=1)],
}

MEAN_OF_REAL_STEPS = FunctionExercise(
    name="05/mean_of_real_steps",
    dims="NM",
    source="GlobalAveragePooling1D behind the mask",
    beliefs=common_beliefs()
    | masking_beliefs(
        "one_mask_for_batch",
        "padding_at_the_end",
        "stops_at_first_padding",
        "padded_samples_dropped",
        "mask_needs_an_axis",
        "truth_of_an_array",
        "mask_on_wrong_axis",
        about="mean",
    ),
    arguments=lambda case: {"h": case.h, "mask": case.mask},
    expected=lambda case: case.h_mean,
    wrongs=table_of(MEAN_WRONGS),
    notebook=NOTEBOOK,
    check_sizes=CHECKS,
    make=make_never_empty,
)
