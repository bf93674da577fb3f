"""The exercises of lesson 02: both modes' shapes, the film of states, a softmax head, the last frame, the loss."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from rnnshapes.judge.exercise import FunctionExercise, table_of
from rnnshapes.judge.shapes import ShapesExercise
from rnnshapes.judge.watch import watch
from rnnshapes.lessons.l02_every_step.beliefs import (
    CLASSIFY_BELIEFS,
    EVERY_STATE_BELIEFS,
    KERAS_MSE_BELIEFS,
    LAST_POSITION_BELIEFS,
    PREDICTED_BELIEFS,
)
from rnnshapes.lessons.l02_every_step.cases import FilmCase, LossCase, make_film, make_loss, softmax
from rnnshapes.lessons.l02_every_step.films import (
    class_forms,
    class_wrongs,
    classes_start_elsewhere,
    for_classes,
    for_states,
    state_forms,
    state_wrongs,
    states_start_elsewhere,
)
from rnnshapes.lessons.l02_every_step.heads import frame_wrongs, loss_wrongs
from rnnshapes.sizes import Sizes

NOTEBOOK = Sizes(N=5, T=7, D=3, M=4, K=2)
CHECKS = (Sizes(N=6, T=12, D=8, M=9, K=11), Sizes(N=8, T=6, D=9, M=10, K=12), Sizes(N=1, T=6, D=8, M=9, K=10))


def _frame_forms(got: np.ndarray, case: FilmCase) -> Iterator[tuple[str, np.ndarray]]:
    shape = case.sizes.shape("NK")
    if got.ndim > 2 and got.size == np.prod(shape):
        yield "extra_axis", got.reshape(shape)
    if got.shape == shape[::-1]:
        yield "axes_swapped", got.T
    if got.ndim < 2 and got.size == np.prod(shape):
        if 1 in shape:
            yield "squeezed", got.reshape(shape)
        yield "flattened", got.reshape(shape)


def _loss_forms(got: np.ndarray, case: LossCase) -> Iterator[tuple[str, np.ndarray]]:
    if got.ndim and got.size == 1:
        yield "extra_axis", got.reshape(())
    if got.ndim:
        yield "not_averaged", got.mean()


def _tell_apart(keys: list[str], function: Callable[..., Any], arguments: dict[str, np.ndarray]) -> list[str]:
    """A state that stays zero and a missing h_last @ Wh give the same numbers; a Wh of NaN tells them apart."""
    if "h_last_not_updated" not in keys:
        return keys
    value = watch(function, *(arguments | {"Wh": np.full_like(arguments["Wh"], np.nan)}).values()).value
    unused = value is not None and np.isfinite(np.asarray(value, dtype=float)).all()
    return ["recurrent_term_unused" if unused and key == "h_last_not_updated" else key for key in keys]


def _measure(case: FilmCase) -> dict[str, tuple[int, ...]]:
    """Return the shapes that Keras really gives, and those of targets that its losses take as they are."""
    h = case.states_of(case.X)[:, -1]
    return {
        "H": case.states.shape,
        "h": h.shape,
        "Yhats": case.Yhats.shape,
        "Yhat": case.Yhat.shape,
        "Wo": tuple(case.twin.layers[1].kernel.shape),
        "Y_film": case.Yhats.shape,
        "Y_frame": case.Yhat.shape,
        "c_film": case.classes.argmax(axis=-1).shape,
        "c_frame": case.Yhat.argmax(axis=-1).shape,
    }


PREDICTED = ShapesExercise(
    name="02/predicted",
    dims={
        "H": "NTM",
        "h": "NM",
        "Yhats": "NTK",
        "Yhat": "NK",
        "Wo": "MK",
        "Y_film": "NTK",
        "Y_frame": "NK",
        "c_film": "NT",
        "c_frame": "N",
    },
    measure=_measure,
    parts={
        "states": ("H", "h"),
        "heads": ("Yhats", "Yhat", "Wo"),
        "targets": ("Y_film", "Y_frame", "c_film", "c_frame"),
    },
    notebook=NOTEBOOK,
    make=make_film,
    own=PREDICTED_BELIEFS,
    named={
        "H": {"NM": "return_sequences_forgotten", "NTK": "k_for_m"},
        "h": {"NTM": "time_axis_kept"},
        "Wo": {"TMK": "dense_per_step", "NTMK": "dense_per_step", "KM": "axes_swapped", "TK": "dense_eats_t"}
        | dict.fromkeys(("NK", "NTK"), "output_for_weight"),
        "Yhats": {"NMK": "dense_eats_t"},
        "Y_film": {"NK": "one_target_for_all", "N": "one_target_for_all", "NT": "axis_k_dropped"},
        "Y_frame": {"NTK": "target_every_step", "NT": "target_every_step", "N": "axis_k_dropped"},
        "c_film": {"NTK": "class_has_k_numbers", "N": "one_target_for_all", "NK": "one_target_for_all"},
        "c_frame": {"NK": "class_has_k_numbers", "NT": "target_every_step", "NTK": "target_every_step"},
    },
    lecture=Sizes(N=3, T=6, D=4, M=5, K=2),
)

EVERY_STATE = FunctionExercise(
    name="02/every_state",
    dims="NTM",
    source="predict() of SimpleRNN(M, return_sequences=True)",
    beliefs=EVERY_STATE_BELIEFS,
    arguments=for_states,
    expected=lambda case: case.states,
    wrongs=state_wrongs,
    forms=state_forms,
    starts_elsewhere=states_start_elsewhere,
    tell_apart=_tell_apart,
    notebook=NOTEBOOK,
    check_sizes=CHECKS,
    make=make_film,
)

CLASSIFY_EVERY_STEP = FunctionExercise(
    name="02/classify_every_step",
    dims="NTK",
    source="predict() of the model with a softmax head",
    beliefs=CLASSIFY_BELIEFS,
    arguments=for_classes,
    expected=lambda case: case.classes,
    wrongs=class_wrongs,
    forms=class_forms,
    starts_elsewhere=classes_start_elsewhere,
    tell_apart=_tell_apart,
    notebook=NOTEBOOK,
    check_sizes=CHECKS,
    make=make_film,
)

LAST_POSITION = FunctionExercise(
    name="02/last_position",
    dims="NK",
    source="predict() of the model that keeps the last frame",
    beliefs=LAST_POSITION_BELIEFS,
    arguments=lambda case: {"H": case.states, "Wo": case.weights["Wo"], "bo": case.weights["bo"]},
    expected=lambda case: case.Yhat,
    wrongs=table_of(frame_wrongs(softmax)),
    forms=_frame_forms,
    notebook=NOTEBOOK,
    check_sizes=CHECKS,
    make=make_film,
)

KERAS_MSE = FunctionExercise(
    name="02/keras_mse",
    dims="",
    source="what evaluate() of the compiled model reports",
    beliefs=KERAS_MSE_BELIEFS,
    arguments=lambda case: {"Y": case.Y, "Yhats": case.Yhats},
    expected=lambda case: case.reported,
    wrongs=table_of(loss_wrongs()),
    forms=_loss_forms,
    notebook=replace(NOTEBOOK, K=1),
    check_sizes=tuple(replace(sizes, K=1) for sizes in CHECKS),
    make=make_loss,
    per_sample=("Y", "Yhats"),
)
