"""What each belief about masks returns on a case, by exercise: belief → array, or a list of ways to code it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from rnnshapes.lessons.l05_masking.masking import (
    CELLS,
    WEIGHTS,
    MaskedCase,
    at_the_end,
    bent_states,
    for_all,
    in_front,
    one_long_film,
    pooled,
)

Table = dict[str, Callable[[MaskedCase], Any]]


def _one_row(differs: np.ndarray) -> list[np.ndarray]:
    rows = [differs.any(axis=2)[0], differs.any(axis=(0, 2)), differs.any(axis=2).all(axis=0)]
    return [*rows, *(np.broadcast_to(row, differs.shape[:2]) for row in rows)]


def _until_first_padding(mask: np.ndarray) -> np.ndarray:
    return np.logical_and.accumulate(mask, axis=1)


MASK_WRONGS: Table = {
    "all_for_any": lambda case: (case.X != case.value).all(axis=2),
    "value_ignored": lambda case: [(case.X != 0).any(axis=2), (case.X != 0).all(axis=2)],
    "one_feature_only": lambda case: [
        case.X[:, :, 0] != case.value,
        case.X[:, :, -1] != case.value,
        case.X[:, :, 0] != 0,
    ],
    "sum_for_any": lambda case: [
        case.X.sum(axis=2) != case.value,
        case.X.sum(axis=2) != case.value * case.sizes.D,
        case.X.sum(axis=2) != 0,
    ],
    "one_sided": lambda case: [(case.X > case.value).any(axis=2), case.X.max(axis=2) > 0],
    "mask_per_feature": lambda case: case.X != case.value,
    "mask_counts": lambda case: (case.X != case.value).sum(axis=2),
    "lengths_for_mask": lambda case: case.mask.sum(axis=1),
    "positions_for_mask": lambda case: [np.argwhere(case.mask), np.argwhere(case.mask).T],
    "data_for_mask": lambda case: [case.X * (case.X != case.value), case.X * case.mask[:, :, None]],
    "mask_inverted": lambda case: [~case.mask, (case.X == case.value).any(axis=2)],
    "one_mask_for_batch": lambda case: _one_row(case.X != case.value),
    "padding_at_the_end": lambda case: at_the_end(case.mask),
    "padding_in_front": lambda case: [
        *in_front(case.mask),
        np.arange(case.sizes.T) >= case.mask.argmax(axis=1)[:, None],  # no real step at all: argmax says 0
    ],
    "stops_at_first_padding": lambda case: _until_first_padding(case.mask),
    "steps_cut_out": lambda case: case.X[case.mask],
    "mask_on_wrong_axis": lambda case: [
        (case.X != case.value).any(axis=1),
        (case.X != case.value).any(axis=0),
        (case.X != case.value).all(axis=1),
        (case.X != case.value).any(axis=(1, 2)),
        (case.X != case.value).any(),
    ],
}

BENT = (
    "mask_ignored",
    "input_zeroed",
    *CELLS,
    "mask_inverted",
    "one_mask_for_batch",
    "padding_at_the_end",
    "padding_in_front",
    "stops_at_first_padding",
    "padded_samples_dropped",
    "masked_afterwards",
    "candidate_returned",
    "mask_guessed",
    "mask_one_step_off",
    "time_reversed",
    "first_step_skipped",
    "h_plus_new",
    *WEIGHTS,
)
"""The beliefs whose states `bent_states` computes, likeliest first."""


def _bent(key: str, *, last: bool) -> Callable[[MaskedCase], list[np.ndarray]]:
    return lambda case: [h[:, -1] if last else h for h in bent_states(case)[key]]


def _at_length(case: MaskedCase) -> np.ndarray:
    """Return the unmasked state of step length − 1, which for no real step at all is the last one."""
    return bent_states(case)["mask_ignored"][0][np.arange(case.sizes.N), case.mask.sum(axis=1) - 1]


LAST_WRONGS: Table = {
    **{key: _bent(key, last=True) for key in BENT},
    "padding_at_the_end": lambda case: [_bent("padding_at_the_end", last=True)(case)[0], _at_length(case)],
    "gaps_run_through": lambda case: _bent("padding_at_the_end", last=True)(case)[1],  # or picked, but never frozen
    "state_never_moves": lambda case: 0 * case.h_last,
    "padded_samples_dropped": lambda case: [
        *_bent("padded_samples_dropped", last=True)(case),
        case.h_last[case.mask.all(axis=1)],
    ],
    "masked_afterwards": lambda case: bent_states(case)["masked_afterwards"][0][:, -1],
    "output_zeroed": lambda case: case.h_zeroed[:, -1],
    "one_length_for_batch": _bent("one_length_for_batch", last=True),
    "last_step_skipped": lambda case: case.h[:, -2],
    "returns_first": lambda case: case.h[:, 0],
    "mean_over_time": lambda case: case.h.mean(axis=1),
    "real_steps_glued": lambda case: [
        one_long_film(case)[case.mask][-1],
        one_long_film(case)[case.mask][-1:],
        one_long_film(case)[case.mask],
    ],
    "state_leaks": lambda case: one_long_film(case)[:, -1],
    "only_first_sample": lambda case: [case.h_last[0], case.h_last[:1]],
    "only_last_sample": lambda case: [case.h_last[-1], case.h_last[-1:]],
}


def _moved_up(case: MaskedCase) -> np.ndarray:
    """Return the states of the real steps, one after the other from t = 0, zeros behind them."""
    moved = np.zeros_like(case.h)
    moved[at_the_end(case.mask)[0]] = case.h[case.mask]
    return moved


def _late(h: np.ndarray) -> np.ndarray:
    return np.concatenate([0 * h[:, :1], h[:, :-1]], axis=1)


EVERY_WRONGS: Table = {
    **{key: _bent(key, last=False) for key in BENT if key != "padded_samples_dropped"},
    "padding_at_the_end": lambda case: [
        *bent_states(case)["padding_at_the_end"],
        *(
            h * one[:, :, None]
            for h, one in zip(bent_states(case)["padding_at_the_end"], at_the_end(case.mask), strict=True)
        ),
    ],
    "stops_at_first_padding": lambda case: [
        *bent_states(case)["stops_at_first_padding"],
        bent_states(case)["stops_at_first_padding"][0] * _until_first_padding(case.mask)[:, :, None],
    ],
    "output_zeroed": lambda case: case.h_zeroed,
    "one_length_for_batch": lambda case: [
        *bent_states(case)["one_length_for_batch"],
        *(
            h[:, :count]
            for lengths in [case.mask.sum(axis=1)]
            for h in (case.h, *bent_states(case)["one_length_for_batch"])
            for count in (lengths.min(), lengths.max(), lengths[0])
        ),
    ],
    "last_step_skipped": lambda case: [
        case.h[:, :-1],
        np.concatenate([case.h[:, :-1], 0 * case.h[:, :1]], axis=1),
    ],
    "initial_state_counted": lambda case: np.concatenate([0 * case.h[:, :1], case.h], axis=1),
    "state_never_moves": lambda case: 0 * case.h,
    "state_before_step": lambda case: _late(case.h),
    "steps_moved_up": _moved_up,
    "steps_cut_out": lambda case: case.h[case.mask],
    "real_steps_glued": lambda case: [one_long_film(case)[case.mask], one_long_film(case)[case.mask][None]],
    "state_leaks": one_long_film,
    "only_first_sample": lambda case: [case.h[0], case.h[:1]],
    "only_last_returned": lambda case: case.h_last,
    "reshape_for_transpose": lambda case: case.h.transpose(1, 0, 2).reshape(case.h.shape),
    "rows_alias": lambda case: np.repeat(case.h[:, -1:], case.sizes.T, axis=1),
}


def _masked_with(masks: Callable[[np.ndarray], list[np.ndarray]]) -> Callable[[MaskedCase], list[np.ndarray]]:
    return lambda case: [case.h * one[:, :, None] for one in masks(case.mask)]


def _two_samples_lost(case: MaskedCase) -> np.ndarray:
    """Return h where 0 and 1, taken as positions, were set to zero."""
    h = case.h.copy()
    h[np.unique(1 - case.mask.astype(int)) % case.sizes.N] = 0
    return h


ZEROED_WRONGS: Table = {
    "nothing_zeroed": lambda case: case.h,
    "mask_inverted": _masked_with(lambda mask: [~mask]),
    "one_mask_for_batch": _masked_with(for_all),
    "padding_at_the_end": _masked_with(at_the_end),
    "padding_in_front": _masked_with(lambda mask: in_front(mask)[:1]),
    "stops_at_first_padding": _masked_with(lambda mask: [_until_first_padding(mask)]),
    "mask_one_step_off": _masked_with(lambda mask: [np.roll(mask, 1, axis=1), np.roll(mask, -1, axis=1)]),
    "padded_samples_dropped": lambda case: [
        case.h * case.mask.all(axis=1)[:, None, None],
        case.h[case.mask.all(axis=1)],
    ],
    "steps_cut_out": lambda case: case.h[case.mask],
    "mask_as_numbers": _two_samples_lost,
    "mask_guessed": lambda case: case.h * (case.h != _late(case.h)).any(axis=2)[:, :, None],
    "states_twice": lambda case: [case.h + case.mask[:, :, None], case.h - case.mask[:, :, None]],
}


def _sum(case: MaskedCase) -> np.ndarray:
    return (case.h * case.mask[:, :, None]).sum(axis=1)


def _means_of_all(case: MaskedCase) -> list[np.ndarray]:
    """Return means in which the samples are mixed."""
    mean = case.h[case.mask].mean(axis=0)  # (M,)
    zeroed = case.h * case.mask[:, :, None]
    whole = [case.h[case.mask].mean(), case.h.mean(), zeroed.mean()]
    return [
        mean,
        mean[None],
        np.broadcast_to(mean, case.h_mean.shape),
        case.h_mean.mean(axis=0),
        case.h.mean(axis=0),
        zeroed.sum(axis=0) / np.maximum(case.mask.sum(axis=0), 1)[:, None],  # (T, M)
        zeroed.mean(axis=0),
        *whole,
    ]


def _mean_with(masks: Callable[[np.ndarray], list[np.ndarray]]) -> Callable[[MaskedCase], list[np.ndarray]]:
    def means(case: MaskedCase) -> list[np.ndarray]:
        one_step_at_least = [one | ~one.any(axis=1, keepdims=True) for one in masks(case.mask)]  # or Keras gives NaN
        return [pooled(case.h, one) for one in one_step_at_least]

    return means


MEAN_WRONGS: Table = {
    "mask_ignored": lambda case: case.h.mean(axis=1),
    "divides_by_T": lambda case: _sum(case) / case.sizes.T,
    "counted_not_masked": lambda case: case.h.sum(axis=1) / case.mask.sum(axis=1, keepdims=True),
    "sum_not_divided": _sum,
    "one_count_for_batch": lambda case: [
        _sum(case) / count
        for lengths in [case.mask.sum(axis=1)]
        for count in (lengths.sum(), lengths[0], lengths.max(), lengths.mean(), case.sizes.N)
    ],
    "one_mask_for_batch": _mean_with(for_all),
    "padding_at_the_end": _mean_with(at_the_end),
    "padding_in_front": _mean_with(lambda mask: in_front(mask)[:1]),
    "stops_at_first_padding": _mean_with(lambda mask: [_until_first_padding(mask)]),
    "mean_over_samples": _means_of_all,
    "mean_over_units": lambda case: [
        case.h.mean(axis=2),
        (case.h * case.mask[:, :, None]).mean(axis=2),
        case.h_mean.mean(axis=1),
        np.repeat(case.h_mean.mean(axis=1, keepdims=True), case.sizes.M, axis=1),
        (case.h * case.mask[:, :, None]).sum(axis=2) / case.mask.sum(axis=1, keepdims=True),
    ],
    "last_for_mean": lambda case: case.h_last,
    "only_first_sample": lambda case: [case.h_mean[0], case.h_mean[:1]],
    "only_last_sample": lambda case: [case.h_mean[-1], case.h_mean[-1:]],
    "counts_nonzero": lambda case: case.h.sum(axis=1) / (case.h != 0).any(axis=2).sum(axis=1, keepdims=True),
    "padded_samples_dropped": lambda case: case.h_mean[case.mask.all(axis=1)],
}
