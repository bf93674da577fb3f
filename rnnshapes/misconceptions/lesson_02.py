"""The exercises of lesson 02: both modes' shapes, the film of states, a softmax head, the last frame, the loss."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from rnnshapes.cases import TOLERANCE, Case, import_keras, make_case
from rnnshapes.exercise import FunctionExercise, Wrong, table_of
from rnnshapes.misconceptions.film import between_samples, forms, reads
from rnnshapes.misconceptions.lesson_02_beliefs import (
    CLASSIFY_BELIEFS,
    EVERY_STATE_BELIEFS,
    KERAS_MSE_BELIEFS,
    LAST_POSITION_BELIEFS,
    PREDICTED_BELIEFS,
)
from rnnshapes.misconceptions.lesson_02_heads import class_heads, frame_wrongs, loss_wrongs
from rnnshapes.misconceptions.shapes import ShapesExercise
from rnnshapes.misconceptions.simple_rnn import OFTEN, single_runs
from rnnshapes.sizes import Sizes
from rnnshapes.watch import watch

NOTEBOOK = Sizes(N=5, T=7, D=3, M=4, K=2)
CHECKS = (Sizes(N=6, T=12, D=8, M=9, K=11), Sizes(N=8, T=6, D=9, M=10, K=12), Sizes(N=1, T=5, D=8, M=9, K=3))


@dataclass(frozen=True, eq=False)
class FilmCase(Case):
    """A case whose models keep the film: its states, and its classes from a softmax head."""

    @cached_property
    def states(self) -> np.ndarray:
        """`predict(X)` of Input → SimpleRNN(M, return_sequences=True), (N, T, M)."""
        keras = import_keras()
        model = keras.Sequential([keras.Input(self.sizes.shape("TD")), self.twin.layers[0]])
        model.compile(run_eagerly=True)
        return model.predict(self.X, verbose=0)

    @cached_property
    def classes(self) -> np.ndarray:
        """`predict(X)` of Input → SimpleRNN(M, return_sequences=True) → Dense(K, activation="softmax"), (N, T, K)."""
        keras = import_keras()
        head = keras.layers.Dense(self.sizes.K, activation="softmax")
        model = keras.Sequential([keras.Input(self.sizes.shape("TD")), self.twin.layers[0], head])
        head.set_weights([self.weights["Wo"], self.weights["bo"]])
        model.compile(run_eagerly=True)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Keras warns of a softmax over K = 1
            return model.predict(self.X, verbose=0)

    def states_of(self, X: np.ndarray) -> np.ndarray:
        """Return Keras' film of states for other inputs of D features."""
        return np.asarray(self.twin.layers[0](import_keras().ops.convert_to_tensor(X.astype("float32"))))

    def classes_of(self, X: np.ndarray) -> np.ndarray:
        """Return Keras' film of probabilities for other inputs of D features."""
        return softmax(self.twin.layers[1](self.states_of(X)))


@dataclass(frozen=True, eq=False)
class LossCase:
    """One target for each sample, Y (N, 1), and an output for every step, Yhats (N, T, 1)."""

    case: Case
    Y: np.ndarray

    @property
    def sizes(self) -> Sizes:
        return self.case.sizes

    @property
    def Yhats(self) -> np.ndarray:
        return self.case.Yhats

    @cached_property
    def reported(self) -> np.ndarray:
        """The loss that `evaluate(X, Y)` of a model compiled with loss="mse" reports."""
        model = self.case.twin
        model.compile(loss="mse", run_eagerly=True)
        return np.asarray(model.evaluate(self.case.X, self.Y, verbose=0))


def make_film(sizes: Sizes, *, seed: Any) -> FilmCase:
    """Return a case with at least two classes: a softmax over one is 1 whatever goes in.

    >>> make_film(Sizes(N=1, T=5, D=3, M=4, K=1), seed=0).states.shape
    (1, 5, 4)
    """
    case = make_case(sizes if sizes.K > 1 else replace(sizes, K=2), seed=seed)
    return FilmCase(case.sizes, case.X, case.weights)


def make_loss(sizes: Sizes, *, seed: Any) -> LossCase:
    """Return a case with one output node: that is where Keras is silent."""
    case = make_case(replace(sizes, K=1), seed=seed)
    rng = np.random.default_rng(seed)
    return LossCase(case, rng.uniform(1, 3, (sizes.N, 1)))


def softmax(logits: Any, axis: int | tuple[int, ...] = -1) -> np.ndarray:
    """Return Keras' softmax, along other axes than the classes' too, without its warning about an axis of one."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.asarray(import_keras().ops.softmax(np.asarray(logits, "float64"), axis=axis))


def _shown_states(key: str, number: int, h: np.ndarray, case: Case) -> np.ndarray:
    """Return what a student with this belief keeps as the state; `number` counts the belief's codings."""
    if key == "bias_outside_tanh":  # the bent model's own h is without the bias
        return h + case.weights["bh"]
    if key == "carry_before_tanh" or (key, number) == ("tanh_twice", 1):
        return np.asarray(import_keras().ops.tanh(h))
    return h


_HEAD_ONLY = ("tanh_on_head", "softmax_on_head", "sigmoid_on_head", "relu_on_head", "head_bias_dropped")


@lru_cache(maxsize=32)
def _state_films(case: FilmCase) -> list[tuple[str, np.ndarray]]:
    """Return the film of states of every bent model, the straight one's under ""."""
    films = []
    for key, runs in single_runs(case).items():
        if key == "first_step_skipped":
            late = runs[0].h
            films += [(key, late), (key, np.concatenate([np.zeros_like(late[:, :1]), late], axis=1))]
        elif key not in _HEAD_ONLY:
            films += [(key, _shown_states(key, number, run.h, case)) for number, run in enumerate(runs)]
    return films


@lru_cache(maxsize=32)
def _class_films(case: FilmCase) -> list[tuple[str, np.ndarray]]:
    """Return the logits of every bent model, the straight one's under ""."""
    return [
        (key, run.Yhats)
        for key, runs in single_runs(case).items()
        for run in runs
        if key not in ("softmax_on_head", "sigmoid_on_head")
    ]


def _state_reads(film: np.ndarray, case: FilmCase) -> Iterator[tuple[str, np.ndarray]]:
    N, D, M = case.sizes.shape("NDM")
    return reads(film, np.zeros(M), before_update="old_state_kept", other_axes=(N, D))


def _class_reads(film: np.ndarray, start: np.ndarray, case: FilmCase) -> Iterator[tuple[str, np.ndarray]]:
    return reads(film, start, before_update="head_on_old_state", other_axes=case.sizes.shape("ND"))


def _all_state_wrongs(case: FilmCase) -> list[tuple[str, np.ndarray]]:
    films = _state_films(case)
    truth = dict(films)[""]
    return [
        *((key, film) for key, film in films if key and not _same(film, truth)),  # some bend the head alone
        *_state_reads(truth, case),
        ("sum_kept", np.arctanh(truth)),
        *between_samples(case.states_of, case.X),
    ]


def _same(one: np.ndarray, other: np.ndarray) -> bool:
    return one.shape == other.shape and bool(np.allclose(one, other, atol=1e-9))


def _all_class_wrongs(case: FilmCase) -> list[tuple[str, np.ndarray]]:
    films = _class_films(case)
    logits = dict(films)[""]
    bo = case.weights["bo"]
    return [
        *class_heads(logits, case, softmax),
        *((key, softmax(film)) for key, film in films if key),
        *_class_reads(softmax(logits), softmax(bo), case),
        *((key, softmax(read)) for key, read in _class_reads(logits, bo, case)),  # read first, softmax at the end
        ("head_bias_overwritten", softmax(np.cumsum(logits - bo, axis=1) + bo)),
        ("head_sees_zeros", np.broadcast_to(softmax(bo), logits.shape)),
        *between_samples(case.classes_of, case.X),
    ]


def _state_pairs(case: FilmCase) -> list[tuple[tuple[str, str], np.ndarray]]:
    often = [(key, film) for key, film in _state_films(case) if key in OFTEN]
    return [((key, other), read) for key, film in often for other, read in _state_reads(film, case)]


_PAIRED: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "softmax_missing": lambda logits: logits,
    "softmax_over_time": lambda logits: softmax(logits, axis=1),
    "softmax_over_samples": lambda logits: softmax(logits, axis=0),
    "softmax_over_everything": lambda logits: softmax(logits, axis=(0, 1, 2)),
    "softmax_twice": lambda logits: softmax(softmax(logits)),
    "not_normalised": np.exp,
}
"""Beliefs about the softmax that come together with another mistake."""


def _class_pairs(case: FilmCase) -> list[tuple[tuple[str, str], np.ndarray]]:
    films, bo = _class_films(case), case.weights["bo"]
    found: list[tuple[tuple[str, str], np.ndarray]] = []
    for key, logits in films:
        if key in OFTEN:
            found += [((key, other), read) for other, read in _class_reads(softmax(logits), softmax(bo), case)]
            found += [((key, other), head(logits)) for other, head in _PAIRED.items()]
    for other, head in _PAIRED.items():
        found += [((other, key), read) for key, read in _class_reads(head(dict(films)[""]), bo, case)]
    return found


def _listed(singles: Callable[[Any], list], pairs: Callable[[Any], list]) -> Callable[..., Iterator[Wrong]]:
    """Return `wrongs` out of two functions that list (belief, array) and (two beliefs, array); each runs once a case."""
    lists = {False: lru_cache(maxsize=32)(singles), True: lru_cache(maxsize=32)(pairs)}

    def wrongs(case: Any, *, pairs: bool) -> Iterator[Wrong]:
        for keys, value in lists[pairs](case):
            yield Wrong(keys if pairs else (keys,), np.asarray(value))

    return wrongs


def _state_forms(got: np.ndarray, case: FilmCase) -> Iterator[tuple[str, np.ndarray]]:
    yield from _film_forms(got, case.sizes.shape("NTM"), case)


def _class_forms(got: np.ndarray, case: FilmCase) -> Iterator[tuple[str, np.ndarray]]:
    yield from _film_forms(got, case.sizes.shape("NTK"), case)


def _film_forms(got: np.ndarray, shape: tuple[int, ...], case: FilmCase) -> Iterator[tuple[str, np.ndarray]]:
    N, T, M = case.sizes.shape("NTM")
    yield from forms(got, shape)
    if got.shape in ((N, T, M, shape[2]), (N, T, N, shape[2]), (T, N, N, shape[2])):
        yield "state_became_a_matrix", got


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


def _states_start_elsewhere(function: Callable[..., Any], case: FilmCase) -> bool:
    """Tell whether frame t = 0 is wrong and every later frame follows from it as Keras would go on."""
    got = np.asarray(watch(function, *_for_states(case).values()).value)
    if got.shape != case.states.shape or np.abs(got[:, 0] - case.states[:, 0]).max() <= TOLERANCE:
        return False
    return _goes_on(got[:, 0], got, case, lambda film: film)


def _classes_start_elsewhere(function: Callable[..., Any], case: FilmCase) -> bool:
    """The same through the probabilities: their logarithms are the logits, up to one number for each row."""
    got = np.asarray(watch(function, *_for_classes(case).values()).value)
    if got.shape != case.classes.shape or np.abs(got[:, 0] - case.classes[:, 0]).max() <= TOLERANCE:
        return False
    if got[:, 0].min() <= 0:  # no softmax
        return False
    Wo, bo = (case.weights[name].astype(float) for name in ("Wo", "bo"))
    unknown = np.vstack([Wo, np.ones_like(bo)])  # h, and what softmax has divided out; needs K > M
    h = np.linalg.lstsq(unknown.T, (np.log(got[:, 0]) - bo).T, rcond=None)[0].T[:, :-1]
    return _goes_on(h, got, case, lambda film: softmax(case.twin.layers[1](film)))


def _goes_on(h: np.ndarray, got: np.ndarray, case: FilmCase, show: Callable[[Any], Any]) -> bool:
    ops = import_keras().ops
    rest = ops.convert_to_tensor(case.X[:, 1:].astype("float32"))
    later = show(case.twin.layers[0](rest, initial_state=ops.convert_to_tensor(h.astype("float32"))))
    return bool(np.abs(h).max() < 1) and bool(np.allclose(np.asarray(later), got[:, 1:], atol=1e-4))


def _for_states(case: FilmCase) -> dict[str, np.ndarray]:
    return {"X": case.X, **{name: case.weights[name] for name in ("Wx", "Wh", "bh")}}


def _for_classes(case: FilmCase) -> dict[str, np.ndarray]:
    return {"X": case.X, **case.weights}


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
        "Wo": {"TMK": "dense_per_step", "NTMK": "dense_per_step", "KM": "axes_swapped", "TK": "dense_eats_t"},
        "Yhats": {"NMK": "dense_eats_t"},
        "Y_film": {"NK": "one_target_for_all", "N": "one_target_for_all", "NT": "axis_k_dropped"},
        "Y_frame": {"NTK": "target_every_step", "NT": "target_every_step", "N": "axis_k_dropped"},
        "c_film": {"NTK": "class_has_k_numbers", "N": "one_target_for_all", "NK": "one_target_for_all"},
        "c_frame": {"NK": "class_has_k_numbers", "NT": "target_every_step", "NTK": "target_every_step"},
    },
)

EVERY_STATE = FunctionExercise(
    name="02/every_state",
    dims="NTM",
    source="predict() of SimpleRNN(M, return_sequences=True)",
    beliefs=EVERY_STATE_BELIEFS,
    arguments=_for_states,
    expected=lambda case: case.states,
    wrongs=_listed(_all_state_wrongs, _state_pairs),
    forms=_state_forms,
    starts_elsewhere=_states_start_elsewhere,
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
    arguments=_for_classes,
    expected=lambda case: case.classes,
    wrongs=_listed(_all_class_wrongs, _class_pairs),
    forms=_class_forms,
    starts_elsewhere=_classes_start_elsewhere,
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
