"""What wrong beliefs give for a film of states and for a film of classes: lesson 02."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np

from rnnshapes.beliefs.simple_rnn import OFTEN, single_runs
from rnnshapes.judge.exercise import Wrong
from rnnshapes.judge.watch import watch
from rnnshapes.layers.cases import TOLERANCE, import_keras
from rnnshapes.lessons.l02_every_step.cases import FilmCase, softmax
from rnnshapes.lessons.l02_every_step.film import between_samples, forms, reads
from rnnshapes.lessons.l02_every_step.heads import class_heads


def _shown_states(key: str, number: int, h: np.ndarray, case: FilmCase) -> np.ndarray:
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


def state_forms(got: np.ndarray, case: FilmCase) -> Iterator[tuple[str, np.ndarray]]:
    """Yield (belief, film) where right states may hide in a wrong shape."""
    yield from _film_forms(got, case.sizes.shape("NTM"), case)


def class_forms(got: np.ndarray, case: FilmCase) -> Iterator[tuple[str, np.ndarray]]:
    """Yield (belief, film) where right probabilities may hide in a wrong shape."""
    yield from _film_forms(got, case.sizes.shape("NTK"), case)


def _film_forms(got: np.ndarray, shape: tuple[int, ...], case: FilmCase) -> Iterator[tuple[str, np.ndarray]]:
    N, T, M = case.sizes.shape("NTM")
    yield from forms(got, shape)
    if got.shape in ((N, T, M, shape[2]), (N, T, N, shape[2]), (T, N, N, shape[2])):
        yield "state_became_a_matrix", got


def for_states(case: FilmCase) -> dict[str, np.ndarray]:
    """Return the arguments of every_state, by name."""
    return {"X": case.X, **{name: case.weights[name] for name in ("Wx", "Wh", "bh")}}


def for_classes(case: FilmCase) -> dict[str, np.ndarray]:
    """Return the arguments of classify_every_step, by name."""
    return {"X": case.X, **case.weights}


def states_start_elsewhere(function: Callable[..., Any], case: FilmCase) -> bool:
    """Tell whether frame t = 0 is wrong and every later frame follows from it as Keras would go on."""
    got = np.asarray(watch(function, *for_states(case).values()).value)
    if got.shape != case.states.shape or np.abs(got[:, 0] - case.states[:, 0]).max() <= TOLERANCE:
        return False
    return _goes_on(got[:, 0], got, case, lambda film: film)


def classes_start_elsewhere(function: Callable[..., Any], case: FilmCase) -> bool:
    """The same through the probabilities: their logarithms are the logits, up to one number for each row."""
    got = np.asarray(watch(function, *for_classes(case).values()).value)
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


state_wrongs = _listed(_all_state_wrongs, _state_pairs)
class_wrongs = _listed(_all_class_wrongs, _class_pairs)
