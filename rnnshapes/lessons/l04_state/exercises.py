"""The exercises of lesson 04: shapes of states, a run from a given state, chunks, resets, and a guard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from rnnshapes.beliefs.common import beliefs
from rnnshapes.judge.exercise import Belief, FunctionExercise
from rnnshapes.judge.explain import Trouble
from rnnshapes.judge.guards import GuardExercise, Trial
from rnnshapes.judge.shapes import ShapesExercise
from rnnshapes.judge.watch import watch
from rnnshapes.layers.cases import Case, import_keras
from rnnshapes.lessons.l04_state.beliefs import chunk_beliefs, reset_beliefs, start_beliefs
from rnnshapes.lessons.l04_state.chunks import in_chunks_table, with_resets_table
from rnnshapes.lessons.l04_state.relay import RelayCase, make_relay
from rnnshapes.lessons.l04_state.shape_beliefs import FITS, SHAPES
from rnnshapes.lessons.l04_state.starts import run_from_table, wrongs_of
from rnnshapes.sizes import Sizes

NOTEBOOK = Sizes(N=4, T=17, D=3, M=8, K=2)
CHECKS = (Sizes(N=6, T=13, D=5, M=9, K=4), Sizes(N=7, T=4, D=9, M=6, K=12), Sizes(N=1, T=9, D=5, M=6, K=1))


def _measure(case: Case) -> dict[str, tuple[int, ...]]:
    """Return the shapes that Keras gives for one chunk, and for a second one after it."""
    keras = import_keras()
    X = case.X.astype("float32")
    layer = keras.layers.SimpleRNN(case.sizes.M, return_sequences=True, return_state=True)
    states, h = layer(X)
    short = keras.layers.SimpleRNN(case.sizes.M, return_state=True)
    out, _ = short(X)
    _, h_two = layer(X, initial_state=h)
    Yhat = keras.layers.Dense(case.sizes.K)(h)
    found = {"h0": h, "h0[n]": h[0], "out": out, "states": states, "h": h, "h_two": h_two, "Yhat": Yhat}
    return {name: tuple(value.shape) for name, value in found.items()}


def _weights(case: RelayCase) -> dict[str, Any]:
    return case.weights


def _run_from(case: RelayCase) -> dict[str, Any]:
    return {"X": case.X, "h0": case.h0, **_weights(case)}


def _in_chunks(case: RelayCase) -> dict[str, Any]:
    return {"X": case.X, "size": case.size, **_weights(case)}


def _with_resets(case: RelayCase) -> dict[str, Any]:
    return {"X": case.X, "size": case.size, "resets": case.resets, **_weights(case)}


def _forms(dims: str) -> Callable[[np.ndarray, RelayCase], Iterator[tuple[str, np.ndarray]]]:
    """Return where the right numbers may hide in a wrong shape."""

    def forms(got: np.ndarray, case: RelayCase) -> Iterator[tuple[str, np.ndarray]]:
        shape = case.sizes.shape(dims)
        if got.shape == shape or got.size != np.prod(shape):
            return
        if got.ndim > len(shape):
            yield "extra_axis", got.reshape(shape)
        if got.ndim == len(shape) == 2:
            yield "axes_swapped", got.T
        if got.ndim < len(shape):
            if 1 in shape:
                yield "squeezed", got.reshape(shape)
            yield "flattened", got.reshape(shape)

    return forms


def _tell_apart(keys: list[str], function: Callable[..., Any], arguments: dict[str, Any]) -> list[str]:
    """From zeros, a state that stays and a missing h_last @ Wh give the same numbers; a Wh of NaN tells them apart."""
    if "h_last_not_updated" not in keys:
        return keys
    value = watch(function, *(arguments | {"Wh": np.full_like(arguments["Wh"], np.nan)}).values()).value
    unused = value is not None and np.isfinite(np.asarray(value, dtype=float)).all()
    return ["recurrent_term_unused" if unused and key == "h_last_not_updated" else key for key in keys]


def _read_trouble(trouble: Trouble, case: RelayCase) -> str:
    """Return the belief behind an error that only chunks bring: there is nothing to stack in an empty one."""
    return "empty_chunk" if "need at least one array" in str(trouble.error) else ""


def _trials(case: RelayCase) -> list[Trial]:
    """Return states of the shape that is meant, and of shapes that Keras takes silently or that fit nothing."""
    N, M = case.sizes.shape("NM")
    right = "refuses_one_sample" if N == 1 else "refuses_right"
    shapes: list[tuple[tuple[int, ...], bool, str]] = [
        ((N, M), True, right),
        ((N + 1, M), False, "accepts_other_n"),
        ((N, M + 1), False, "accepts_other_m"),
        ((M, N), False, "accepts_turned"),
        ((1, N, M), False, "accepts_more_axes"),
        ((N, 1, M), False, "accepts_more_axes"),
        ((N, M, 1), False, "accepts_trailing_axis"),
        ((N, M, M + 1), False, "accepts_trailing_axis"),
        ((M,), False, "accepts_vector"),
        ((N,), False, "accepts_vector"),
        *([((1, M), False, "accepts_one_row")] if N > 1 else []),
    ]
    rng = np.random.default_rng(case.size)
    return [
        Trial({"h0": rng.uniform(-0.9, 0.9, shape), "N": N, "M": M}, fits, belief) for shape, fits, belief in shapes
    ]


PREDICTED = ShapesExercise(
    name="04/predicted",
    dims={"h0": "NM", "h0[n]": "M", "out": "NM", "states": "NTM", "h": "NM", "h_two": "NM", "Yhat": "NK"},
    measure=_measure,
    parts={"in": ("h0", "h0[n]"), "out": ("out", "states", "h", "h_two", "Yhat")},
    notebook=NOTEBOOK,
    own={key: Belief(key, *text) for key, text in SHAPES.items()},
    named={
        "h0": {
            (1, NOTEBOOK.M): "one_state_for_all_samples",
            "M": "one_state_for_all_samples",
            "NTM": "state_has_time",
            "MM": "state_is_a_weight",
        },
        "h": {"M": "one_state_for_all_samples", "NTM": "state_has_time", "MM": "state_is_a_weight"},
        "h_two": {"N2M": "states_pile_up", "M": "one_state_for_all_samples", "NTM": "state_has_time"},
    },
)

RUN_FROM = FunctionExercise(
    name="04/run_from",
    dims="NM",
    source="the state that Keras returns for this initial_state",
    beliefs=start_beliefs(),
    make=make_relay,
    arguments=_run_from,
    expected=lambda case: case.H_from[:, -1],
    wrongs=wrongs_of(run_from_table),
    forms=_forms("NM"),
    notebook=NOTEBOOK,
    check_sizes=CHECKS,
)

IN_CHUNKS = FunctionExercise(
    name="04/in_chunks",
    dims="NTM",
    source="the states of the whole sequence",
    beliefs=chunk_beliefs(),
    make=make_relay,
    arguments=_in_chunks,
    expected=lambda case: case.H,
    wrongs=wrongs_of(in_chunks_table),
    forms=_forms("NTM"),
    tell_apart=_tell_apart,
    read_trouble=_read_trouble,
    notebook=NOTEBOOK,
    check_sizes=CHECKS,
)

WITH_RESETS = FunctionExercise(
    name="04/with_resets",
    dims="NTM",
    source="a stateful layer that is reset before the same chunks",
    beliefs=reset_beliefs(),
    make=make_relay,
    arguments=_with_resets,
    expected=lambda case: case.H_reset,
    wrongs=wrongs_of(with_resets_table),
    forms=_forms("NTM"),
    tell_apart=_tell_apart,
    read_trouble=_read_trouble,
    notebook=NOTEBOOK,
    check_sizes=CHECKS,
)

_FUNCTIONS = (
    "function_overwritten",
    "signature_changed",
    "name_unknown",
    "returns_nothing",
    "not_written",
    "keras_layer",
)

STARTING_STATE = GuardExercise(
    name="04/starting_state",
    beliefs={key: belief for key, belief in beliefs().items() if key in _FUNCTIONS}
    | {key: Belief(key, *text) for key, text in FITS.items()},
    trials=_trials,
    silent_belief="message_without_shape",
    make=make_relay,
    notebook=NOTEBOOK,
    check_sizes=CHECKS,
)
