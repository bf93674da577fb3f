"""The exercises of lesson 05: shapes with a mask, the mask itself, the frozen state, zeros for repeats, the masked mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import permutations
from typing import Any

import numpy as np

from rnnshapes.beliefs.common import beliefs, common_beliefs
from rnnshapes.judge.exercise import Belief, FunctionExercise, table_of
from rnnshapes.judge.explain import Trouble
from rnnshapes.judge.shapes import ShapesExercise
from rnnshapes.judge.watch import watch
from rnnshapes.layers.cases import import_keras
from rnnshapes.lessons.l05_masking.masking import MaskedCase, make_masked, make_never_empty
from rnnshapes.lessons.l05_masking.masking_beliefs import SHAPES, masking_beliefs
from rnnshapes.lessons.l05_masking.masking_wrongs import (
    EVERY_WRONGS,
    LAST_WRONGS,
    MASK_WRONGS,
    MEAN_WRONGS,
    ZEROED_WRONGS,
)
from rnnshapes.sizes import Sizes

NOTEBOOK = Sizes(N=4, T=6, D=3, M=5, K=2)
CHECKS = (Sizes(N=7, T=12, D=8, M=9, K=11), Sizes(N=8, T=7, D=9, M=11, K=12), Sizes(N=1, T=9, D=8, M=10, K=7))

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
    own=SHAPES,
    named={
        "mask": {"NTD": "mask_per_feature", "N": "lengths_for_mask"},
        "mask[:, t]": {"T": "mask_of_one_sample", "": "mask_of_one_sample", (1,): "mask_of_one_sample"},
        "h": {"NM": "steps_cut_out"},
        "h_mean": {"NTM": "mean_keeps_T", "N": "mean_over_units"},
    },
)

_ERRORS = ("mask_needs_an_axis", "mask_on_wrong_axis", "truth_of_an_array", "minus_for_not")
_RNN_ERRORS = (*_ERRORS, "rows_on_one_side", "n_t_swapped", "wx_wh_swapped", "recurrent_term_unused")


def _beliefs(*keys: str, about: str = "") -> dict[str, Belief]:
    """Return the beliefs about functions as such, and those with these keys: this lesson's, or else lesson 01's."""
    own = masking_beliefs(keys, about=about)
    return common_beliefs() | {key: _FROM_01[key] for key in keys if key not in own} | own


def _forms(got: np.ndarray, case: MaskedCase, *, dims: str) -> Iterator[tuple[str, np.ndarray]]:
    """Yield where the right numbers may hide: axes in another order, one too many, or glued together."""
    shape = case.sizes.shape(dims)
    if got.shape == shape:
        return
    if got.shape == NOTEBOOK.shape(dims):
        yield "sizes_from_notebook", got
    if dims == "NM" and got.shape == case.sizes.shape("NTM"):
        yield "whole_sequence_returned", got[:, -1]
    same = [size for size in got.shape if size != 1] == [size for size in shape if size != 1]
    if got.ndim > len(shape) and same:
        yield "extra_axis", got.reshape(shape)
    if got.ndim < len(shape) and got.size == np.prod(shape):
        if same and 1 in shape:
            yield "squeezed", got.reshape(shape)
        yield "flattened", got.reshape(shape)
    if got.ndim == len(shape):
        for order in permutations(range(got.ndim)):
            if tuple(got.shape[axis] for axis in order) == shape:
                yield "axes_swapped", got.transpose(order)


def _tell_apart(keys: list[str], function: Callable[..., Any], arguments: dict[str, np.ndarray]) -> list[str]:
    """A state that is never handed on and a missing product with Wh give the same numbers; a Wh of NaN tells."""
    if "h_last_not_updated" not in keys:
        return keys
    real, nan = np.ones_like(arguments["mask"]), np.full_like(arguments["Wh"], np.nan)
    value = watch(function, *(arguments | {"mask": real, "Wh": nan}).values()).value
    unused = value is not None and np.isfinite(np.asarray(value, dtype=float)).all()
    return ["recurrent_term_unused" if unused and key == "h_last_not_updated" else key for key in keys]


def _weights(case: MaskedCase) -> dict[str, np.ndarray]:
    return {"X": case.X, "mask": case.mask} | {name: case.weights[name] for name in ("Wx", "Wh", "bh")}


def _states(case: MaskedCase) -> dict[str, np.ndarray]:
    return {"h": case.h, "mask": case.mask}


def _make_repeating(sizes: Sizes, *, seed: int | list[int]) -> MaskedCase:
    """Return a case in which a real step may repeat the state before it: without Wh, equal inputs give equal states."""
    case = make_masked(sizes, seed=seed)
    X, real = case.X.copy(), case.mask
    for n in range(sizes.N):
        steps = np.flatnonzero(real[n, 1:] & real[n, :-1]) + 1
        X[n, steps[:1]] = X[n, steps[:1] - 1]
    return MaskedCase(sizes, X, case.value, case.weights | {"Wh": 0 * case.weights["Wh"]})


def _zeroed_up_to(*counts: int) -> Callable[[MaskedCase], np.ndarray]:
    """Return h where only the first samples and steps, so many of them, obey the mask."""

    def zeroed(case: MaskedCase) -> np.ndarray:
        h, seen = case.h.copy(), tuple(slice(count) for count in counts)
        h[seen] *= case.mask[seen][:, :, None]
        return h

    return zeroed


_NOTEBOOK_WRONGS = {
    "sizes_from_notebook": _zeroed_up_to(*NOTEBOOK.shape("NT")),
    "T_hard_coded": _zeroed_up_to(10**6, NOTEBOOK.T),
}
"""What loops over the notebook's samples and steps leave undone in a larger box."""

MASK_OF = FunctionExercise(
    name="05/mask_of",
    dims="NT",
    source="compute_mask() of the Masking layer",
    beliefs=_beliefs(*MASK_WRONGS, "truth_of_an_array", "minus_for_not"),
    arguments=lambda case: {"X": case.X, "value": np.float64(case.value)},
    expected=lambda case: case.mask.astype(int),
    wrongs=table_of(MASK_WRONGS),
    forms=partial(_forms, dims="NT"),
    notebook=NOTEBOOK,
    check_sizes=CHECKS,
    make=make_masked,
)

LAST_STATE = FunctionExercise(
    name="05/last_state",
    dims="NM",
    source="predict() of Masking → SimpleRNN",
    beliefs=_beliefs(*LAST_WRONGS, *_RNN_ERRORS, "whole_sequence_returned"),
    arguments=_weights,
    expected=lambda case: case.h_last,
    wrongs=table_of(LAST_WRONGS),
    forms=partial(_forms, dims="NM"),
    tell_apart=_tell_apart,
    notebook=NOTEBOOK,
    check_sizes=CHECKS,
    make=make_masked,
)

EVERY_STATE = FunctionExercise(
    name="05/every_state",
    dims="NTM",
    source="predict() of Masking → SimpleRNN with return_sequences=True",
    beliefs=_beliefs(*EVERY_WRONGS, *_RNN_ERRORS, about="every"),
    arguments=_weights,
    expected=lambda case: case.h,
    wrongs=table_of(EVERY_WRONGS),
    forms=partial(_forms, dims="NTM"),
    tell_apart=_tell_apart,
    notebook=NOTEBOOK,
    check_sizes=CHECKS,
    make=make_masked,
)

ZEROED = FunctionExercise(
    name="05/zeroed",
    dims="NTM",
    source="predict() of SimpleRNN with zero_output_for_mask=True",
    beliefs=_beliefs(*ZEROED_WRONGS, *_ERRORS, about="zeroed"),
    arguments=_states,
    expected=lambda case: case.h_zeroed,
    wrongs=table_of(_NOTEBOOK_WRONGS | ZEROED_WRONGS),
    forms=partial(_forms, dims="NTM"),
    notebook=NOTEBOOK,
    check_sizes=CHECKS,
    make=_make_repeating,
)


def _read_mean_trouble(trouble: Trouble, case: MaskedCase) -> str:
    """Return the belief behind rows of unequal length, which is no belief about states here."""
    return "ragged_rows" if "inhomogeneous" in str(trouble.error) else ""


MEAN_OF_REAL_STEPS = FunctionExercise(
    name="05/mean_of_real_steps",
    dims="NM",
    source="GlobalAveragePooling1D behind the mask",
    beliefs=_beliefs(*MEAN_WRONGS, *_ERRORS, "ragged_rows", about="mean"),
    read_trouble=_read_mean_trouble,
    arguments=_states,
    expected=lambda case: case.h_mean,
    wrongs=table_of(MEAN_WRONGS),
    forms=partial(_forms, dims="NM"),
    notebook=NOTEBOOK,
    check_sizes=CHECKS,
    make=make_never_empty,
)
