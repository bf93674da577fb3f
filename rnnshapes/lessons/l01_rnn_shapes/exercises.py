"""The exercises of lesson 01: predict the shapes, name the weights, the loop by hand, the batch at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np

from rnnshapes.beliefs.common import beliefs
from rnnshapes.beliefs.simple_rnn import READS, simple_rnn_wrongs
from rnnshapes.judge.exercise import FunctionExercise, Wrong
from rnnshapes.judge.shapes import ShapesExercise
from rnnshapes.judge.watch import watch
from rnnshapes.layers.cases import TOLERANCE, Case, import_keras
from rnnshapes.lessons.l01_rnn_shapes.naming import NamingExercise
from rnnshapes.sizes import Sizes

NOTEBOOK = Sizes(N=4, T=7, D=3, M=5, K=2)
CHECKS = (Sizes(N=6, T=12, D=8, M=9, K=11), Sizes(N=8, T=6, D=9, M=10, K=11), Sizes(N=1, T=6, D=8, M=9, K=1))


def _one_sample(case: Case) -> dict[str, np.ndarray]:
    return {"x": case.X[0], **case.weights}


def _all_samples(case: Case) -> dict[str, np.ndarray]:
    return {"X": case.X, **case.weights}


def _wrongs(case: Case, *, pairs: bool) -> Iterator[Wrong]:
    """Every belief's rows for the one sample; and the same with the last row alone."""
    last_only = ("only_last_returned",)
    yield from _last(last_only, case.Yhats[0])
    for wrong in simple_rnn_wrongs(case, pairs=pairs):
        value = wrong.value[0]  # (T', K) or (K,)
        yield Wrong(wrong.keys, value)
        if value.ndim == 2 and len(wrong.keys) == 1 and wrong.keys[0] not in READS:
            yield from _last(wrong.keys + last_only, value)


def _last(keys: tuple[str, ...], rows: np.ndarray) -> Iterator[Wrong]:
    yield Wrong(keys, rows[-1])
    yield Wrong(keys, rows[-1:])


@lru_cache(maxsize=32)
def between_samples(case: Case) -> list[Wrong]:
    """What goes wrong between samples, run once for each case. The case may be another lesson's."""
    N, T, D, K = case.sizes.shape("NTDK")

    def last(X: np.ndarray) -> np.ndarray:  # a direct call: predict() sets up more than a toy model's work
        return np.asarray(case.model(X.astype("float32")))

    def every(X: np.ndarray) -> np.ndarray:
        return np.asarray(case.twin(X.astype("float32")))

    time_first = case.X.transpose(1, 0, 2)  # (T, N, D), read as T samples of N steps
    over_samples = every(time_first)  # (T, N, K)
    one_film = every(case.X.reshape(1, N * T, D))[0]  # (N·T, K)
    in_turns = every(time_first.reshape(1, T * N, D))[0]  # all samples' step 0, then all samples' step 1, …
    mean_sample = last(case.X.mean(axis=0, keepdims=True))  # (1, K)
    first_row = np.zeros_like(case.Yhat)
    first_row[0] = case.Yhat[0]  # returned inside the loop over n
    diagonal = case.X[np.arange(N), np.arange(N) % T][:, None]  # sample n sees step n only
    values = {
        "n_t_swapped": [over_samples[:, -1], over_samples.transpose(1, 0, 2), over_samples[-1]],
        "reshape_for_transpose": [last(case.X.reshape(T, N, D).transpose(1, 0, 2))],
        "state_leaks": [one_film[T - 1 :: T], one_film.reshape(N, T, K)],
        "only_first_sample": [case.Yhat[0], case.Yhat[:1], np.repeat(case.Yhat[:1], N, axis=0), first_row],
        "only_last_sample": [case.Yhat[-1], case.Yhat[-1:]],
        "inputs_averaged": [last(case.X.mean(axis=1, keepdims=True))],
        "last_of_wrong_axis": [case.Yhats[-1], case.Yhats[0]],
        "mean_over_samples": [case.Yhat.mean(axis=0), mean_sample[0], mean_sample],
        "shared_state": [in_turns[-N:]],
        "one_step_each": [last(diagonal)],
    }
    return [Wrong((key,), value) for key, coded in values.items() for value in coded]


def _wrongs_batched(case: Case, *, pairs: bool) -> Iterator[Wrong]:
    """What goes wrong between samples, and the last ŷ of each belief's rows."""
    if not pairs:
        yield from between_samples(case)
    for wrong in simple_rnn_wrongs(case, pairs=pairs):
        last = wrong.value[:, -1] if wrong.value.ndim == 3 else wrong.value
        keys = tuple(_SEEN_FROM_LAST.get(key, key) for key in wrong.keys)
        if set(keys) <= set(RNN_BY_HAND_BATCHED.beliefs) and (last.any() or keys in _MAY_BE_ZERO):
            yield Wrong(keys, last)


_SEEN_FROM_LAST = {"last_step_skipped": "one_step_behind", "head_on_old_state": "one_step_behind"}
"""Beliefs that the last ŷ alone cannot tell apart go by one name."""

_MAY_BE_ZERO = (("all_zeros",), ("integer_array",), ("relu_on_head",))
"""Of the rest, a last row of zeros is one that nothing filled, and all such answers look alike."""

_ROWS_ONLY = (
    "only_last_returned",
    "rows_alias",
    "rows_reversed",
    "last_step_skipped",
    "head_on_old_state",
    "head_bias_overwritten",
    "initial_state_counted",
    "extra_first_row",
    "first_row_missing",
    "state_became_a_matrix",
)
"""Beliefs that don't show in the last ŷ, or show as another one."""


def _forms(got: np.ndarray, case: Case) -> Iterator[tuple[str, np.ndarray]]:
    T, M, K = case.sizes.shape("TMK")
    yield from _common_forms(got, (T, K))
    if got.shape == (T, M, K):
        yield "state_became_a_matrix", got


def forms_batched(got: np.ndarray, case: Case) -> Iterator[tuple[str, np.ndarray]]:
    """Yield what (N, K) may look like in a wrong shape. The case may be another lesson's."""
    N, T, K = case.sizes.shape("NTK")
    yield from _common_forms(got, (N, K))
    if got.shape == (N, T, K) and T > 1:
        yield "whole_sequence_returned", got[:, -1]
    if got.shape == (T, N, K) and T > 1:
        yield "whole_sequence_returned", got[-1]


def _common_forms(got: np.ndarray, shape: tuple[int, int]) -> Iterator[tuple[str, np.ndarray]]:
    if got.shape == shape:
        return
    if got.ndim > 2 and got.size == np.prod(shape):
        yield "extra_axis", got.reshape(shape)
    if got.shape == shape[::-1] and got.ndim == 2:
        yield "axes_swapped", got.T
    if got.ndim < 2 and got.size == np.prod(shape):
        if 1 in shape:
            yield "squeezed", got.reshape(shape)
        yield "flattened", got.reshape(shape)


def _state_behind(yhat: np.ndarray, case: Case) -> np.ndarray:
    """Return the h that the head turned into yhat, (N, K) → (N, M); needs K ≥ M."""
    Wo, bo = case.weights["Wo"], case.weights["bo"]
    return np.linalg.lstsq(Wo.T.astype(float), (yhat - bo).T, rcond=None)[0].T


def _goes_on_from(h: np.ndarray, X: np.ndarray, case: Case) -> np.ndarray:
    """Return Keras' every ŷ for X when the state starts at h, (N, T, K)."""
    layer, head = case.twin.layers
    return np.asarray(
        head(layer(import_keras().ops.convert_to_tensor(X.astype("float32")), initial_state=h.astype("float32")))
    )


def _starts_elsewhere(function: Callable[..., Any], case: Case) -> bool:
    """Tell whether row t = 0 is wrong and every later row follows from it as Keras would go on."""
    rows = np.asarray(watch(function, *_one_sample(case).values()).value)
    if rows.shape != case.sizes.shape("TK") or np.abs(rows[0] - case.Yhats[0, 0]).max() <= TOLERANCE:
        return False
    h = _state_behind(rows[:1], case)
    return bool(np.abs(h).max() < 1) and bool(
        np.allclose(_goes_on_from(h, case.X[:1, 1:], case)[0], rows[1:], atol=1e-4)
    )


def _starts_elsewhere_batched(function: Callable[..., Any], case: Case) -> bool:
    """The same through the last ŷ alone: the answer for the first step alone shows the state after it."""
    # With a seed, a random start is the same in both calls.
    first = np.asarray(watch(function, case.X[:, :1], *case.weights.values(), seed=0).value)
    last = np.asarray(watch(function, *_all_samples(case).values(), seed=0).value)
    if first.shape != case.sizes.shape("NK") or np.abs(first - case.Yhats[:, 0]).max() <= TOLERANCE:
        return False
    h = _state_behind(first, case)
    return bool(np.abs(h).max() < 1) and bool(
        np.allclose(_goes_on_from(h, case.X[:, 1:], case)[:, -1], last, atol=1e-4)
    )


def _tell_apart(keys: list[str], function: Callable[..., Any], arguments: dict[str, np.ndarray]) -> list[str]:
    """A state that stays zero and a missing h_last @ Wh give the same numbers; a Wh of NaN tells them apart."""
    if "h_last_not_updated" not in keys:
        return keys
    arguments = arguments | {"Wh": np.full_like(arguments["Wh"], np.nan)}
    value = watch(function, *arguments.values()).value
    unused = value is not None and np.isfinite(np.asarray(value, dtype=float)).all()
    return ["recurrent_term_unused" if unused and key == "h_last_not_updated" else key for key in keys]


def _measure(case: Case) -> dict[str, tuple[int, ...]]:
    """Return the shapes that NumPy and Keras really give."""
    X, Yhat = case.X, case.Yhat
    h = case.model.layers[0](X.astype("float32"))  # every sample's last state, (N, M)
    return {
        "X": X.shape,
        "x": X[0].shape,
        "x[t]": X[0][0].shape,
        "h": tuple(h[0].shape),
        "yhat": Yhat[0].shape,
        "Yhat": Yhat.shape,
        "Yhats": case.Yhats.shape,
    }


PREDICTED = ShapesExercise(
    name="01/predicted",
    dims={"X": "NTD", "x": "TD", "x[t]": "D", "h": "M", "yhat": "K", "Yhat": "NK", "Yhats": "NTK"},
    measure=_measure,
    parts={"inputs": ("X", "x", "x[t]"), "steps": ("h", "yhat"), "outputs": ("Yhat", "Yhats")},
    notebook=NOTEBOOK,
)

NAME_WEIGHTS = NamingExercise(name="01/name_weights", notebook=NOTEBOOK, check_sizes=CHECKS)

RNN_BY_HAND = FunctionExercise(
    name="01/rnn_by_hand",
    dims="TK",
    source="predict() of the return_sequences=True twin",
    beliefs=beliefs(),
    arguments=_one_sample,
    expected=lambda case: case.Yhats[0],
    wrongs=_wrongs,
    forms=_forms,
    starts_elsewhere=_starts_elsewhere,
    tell_apart=_tell_apart,
    notebook=NOTEBOOK,
    check_sizes=CHECKS,
)

RNN_BY_HAND_BATCHED = FunctionExercise(
    name="01/rnn_by_hand_batched",
    dims="NK",
    source="model.predict()",
    beliefs=beliefs(leave_out=_ROWS_ONLY, batched=True),
    arguments=_all_samples,
    expected=lambda case: case.Yhat,
    wrongs=_wrongs_batched,
    forms=forms_batched,
    starts_elsewhere=_starts_elsewhere_batched,
    tell_apart=_tell_apart,
    notebook=NOTEBOOK,
    check_sizes=CHECKS,
    at_once=True,
)
