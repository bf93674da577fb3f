"""What wrong beliefs about the backward half, and about both halves side by side, give on a case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np

from rnnshapes.beliefs.simple_rnn import BENDS
from rnnshapes.judge.exercise import Wrong
from rnnshapes.judge.watch import watch
from rnnshapes.layers.bend import straight
from rnnshapes.layers.cases import TOLERANCE, import_keras
from rnnshapes.lessons.l06_bidirectional.beliefs import ROW_KEYS, STEP_KEYS
from rnnshapes.lessons.l06_bidirectional.two_films import (
    HALVES,
    TwoFilms,
    between_samples,
    crossed_weights,
    mixed_states,
    other_lengths,
    reader,
    rewind,
    slips,
    states,
    wrong_films,
    wrong_neighbours,
)
from rnnshapes.sizes import Sizes

NOTEBOOK = Sizes(N=4, T=7, D=3, M=5, K=2)

OFTEN = (
    "bias_dropped",
    "h_last_not_updated",
    "wh_transposed",
    "initial_state_ones",
    "no_activation",
    "relu",
    "sigmoid",
)
"""Lesson 01's beliefs that are also looked for together with one of this lesson's."""

Pair = tuple[np.ndarray, np.ndarray]


def joined(f: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.concatenate([f, b], axis=-1)


def _reflipped(rows: np.ndarray) -> np.ndarray:
    """Return a backward half beside the forward one; a state without its T axis stays as it is."""
    return rewind(rows) if rows.ndim == 3 else rows


def _slips(case: TwoFilms, half: str, keys: tuple[str, ...]) -> dict[str, list[np.ndarray]]:
    return {key: values for key, values in slips(case, half).items() if key in keys}


@lru_cache(maxsize=32)
def _backward_wrongs(case: TwoFilms) -> list[Wrong]:
    truth, found = case.backward, []
    films = wrong_films(case)
    tables = [
        {key: values for key, values in films.items() if key != "reshape_for_transpose"},
        {key: [_reflipped(one) for one in values] for key, values in _slips(case, "b", STEP_KEYS + ROW_KEYS).items()},
        between_samples(case, "b"),
        other_lengths(case, NOTEBOOK.T),
        {"state_from_wrong_side": wrong_neighbours(case)},
        {"only_last_returned": [truth[:, 0], truth[:, :1]]},
        {"both_halves_returned": [joined(films["input_not_reversed"][0], truth)]},
        {"reshape_for_transpose": films["reshape_for_transpose"]},
    ]
    for table in tables:
        found += [Wrong((key,), value) for key, values in table.items() for value in values]
    return found


@lru_cache(maxsize=32)
def _often(case: TwoFilms, half: str, rewound: bool) -> dict[str, np.ndarray]:
    """Return what the frequent beliefs about the step give in a half that reads this film, in running order."""
    film = rewind(case.X) if rewound else case.X
    base = straight(reader(case.sizes, film, case.of_half(half)))
    return dict(zip(OFTEN, states([BENDS[key][0](base) for key in OFTEN]), strict=True))


def wrongs_backward(case: TwoFilms, *, pairs: bool) -> Iterator[Wrong]:
    if not pairs:
        yield from _backward_wrongs(case)
        return
    for key, values in _slips(case, "b", STEP_KEYS + ROW_KEYS).items():
        yield from (Wrong((key, "not_reflipped"), value) for value in values if value.ndim == 3)
    for key in OFTEN:
        plain = _often(case, "b", False)[key]
        yield Wrong((key, "input_not_reversed"), plain)
        yield Wrong((key, "rewound_twice"), rewind(plain))
        yield Wrong((key, "only_last_returned"), _often(case, "b", True)[key][:, -1])


JOINS: dict[str, Callable[[np.ndarray, np.ndarray], list[np.ndarray]]] = {
    "halves_swapped": lambda f, b: [joined(b, f)],
    "summed": lambda f, b: [f + b],
    "averaged": lambda f, b: [(f + b) / 2],
    "multiplied": lambda f, b: [f * b],
    "joined_along_time": lambda f, b: [np.concatenate([f, b], axis=1)] if f.ndim == 3 else [],
    "joined_along_samples": lambda f, b: [np.concatenate([f, b])],
    "stacked": lambda f, b: [np.stack([f, b], axis=axis) for axis in range(f.ndim + 1)],
    "halves_interleaved": lambda f, b: [_interleaved(f, b)],
    "joined_by_reshape": lambda f, b: [
        np.concatenate([f, b]).reshape(joined(f, b).shape),
        *([np.concatenate([f, b], axis=1).reshape(joined(f, b).shape)] if f.ndim == 3 else []),
    ],
}
"""Beliefs about how two halves become one array."""


def _interleaved(f: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.stack([f, b], axis=-1).reshape(joined(f, b).shape)


@lru_cache(maxsize=32)
def _wrong_pairs(case: TwoFilms) -> dict[str, list[Pair]]:
    """Return (forward, backward) halves, one or both of them wrong, by belief."""
    f, b = case.forward, case.backward
    films = wrong_films(case)
    found: dict[str, list[Pair]] = {key: [(f, one) for one in values] for key, values in films.items()}
    found["samples_flipped"] += [(f[::-1], b[::-1]), (f[::-1], b)]
    recut = f.transpose(1, 0, 2).reshape(f.shape)
    found["reshape_for_transpose"] += [(recut, one) for one in films["reshape_for_transpose"][:2]]
    theirs, ours = between_samples(case, "f"), between_samples(case, "b")
    for key in ("n_t_swapped", "state_leaks"):
        found[key] = [(theirs[key][0], one) for one in ours[key]] + [(f, one) for one in ours[key]]
    for key in ("only_first_sample", "only_last_sample"):
        found[key] = list(zip(theirs[key], ours[key], strict=True))
    found |= crossed_weights(case)
    found |= {key: [(f, one) for one in values] for key, values in mixed_states(case).items()}
    found["state_from_wrong_side"] = [(f, one) for one in wrong_neighbours(case)]
    found["both_halves_flipped"] = [(rewind(f), b), (rewind(f), rewind(b))]
    slipped = {half: _slips(case, half, STEP_KEYS) for half in HALVES}
    for key in slipped["b"]:
        for one, other in zip(slipped["f"][key], slipped["b"][key], strict=True):
            if one.ndim != 3:
                continue
            pairs = [(one, rewind(other))]
            if other.shape == b.shape:
                pairs += [(f, rewind(other)), (one, b)]
            found.setdefault(key, []).extend(pairs)
    return found


@lru_cache(maxsize=32)
def _both_wrongs(case: TwoFilms) -> list[Wrong]:
    f, b = case.forward, case.backward
    found = [Wrong((key,), joined(*pair)) for key, pairs in _wrong_pairs(case).items() for pair in pairs]
    found += [Wrong((key,), value) for key, join in JOINS.items() for value in join(f, b)]
    cut = case.sizes.T // 2
    found += [Wrong(("time_cut_in_two",), np.concatenate([f[:, :cut], b[:, cut:]], axis=1))]
    found += [Wrong(("one_half_missing",), value) for value in (f, b, rewind(b))]
    lasts = [joined(f[:, -1], b[:, 0]), joined(f[:, -1], b[:, -1]), joined(f[:, 0], b[:, 0])]
    return found + [Wrong(("only_last_returned",), value) for value in lasts]


@lru_cache(maxsize=32)
def _both_twice(case: TwoFilms) -> list[Wrong]:
    """Return what two beliefs give at once: one about the films and one about the join, or about the step."""
    found, single = [], _wrong_pairs(case)
    films = ("not_reflipped", "input_not_reversed", "rewound_twice", "weights_shared", "directions_swapped")
    films += ("starts_from_forward",)
    for key in films:
        for pair in single[key]:
            found += [Wrong((key, other), value) for other, join in JOINS.items() for value in join(*pair)]
            found += [Wrong((key, "only_last_returned"), joined(pair[0][:, -1], pair[1][:, -1]))]
    for key in ("weights_shared", "weights_crossed", "samples_flipped", "features_flipped"):
        found += [Wrong((key, "not_reflipped"), joined(one, rewind(other))) for one, other in single[key]]
    for key in ("input_not_reversed", "rewound_twice", "weights_shared"):
        found += [Wrong((key, "both_halves_flipped"), joined(rewind(one), rewind(other))) for one, other in single[key]]
    for key in OFTEN:
        f, ran = _often(case, "f", False)[key], _often(case, "b", True)[key]
        plain = _often(case, "b", False)[key]
        found += [Wrong((key, "not_reflipped"), joined(f, ran))]
        found += [Wrong((key, "input_not_reversed"), joined(f, plain))]
        found += [Wrong((key, "rewound_twice"), joined(f, rewind(plain)))]
        found += [Wrong((key, other), value) for other, join in JOINS.items() for value in join(f, rewind(ran))]
    return found


def wrongs_both(case: TwoFilms, *, pairs: bool) -> Iterator[Wrong]:
    yield from _both_twice(case) if pairs else _both_wrongs(case)


def forms(got: np.ndarray, shape: tuple[int, ...]) -> Iterator[tuple[str, np.ndarray]]:
    """Yield where the right numbers may hide in a wrong shape."""
    if got.shape == shape:
        return
    if got.ndim == 3 and len(shape) == 3 and got.shape == (shape[1], shape[0], shape[2]):
        yield "time_axis_first", got.transpose(1, 0, 2)
    if got.size != np.prod(shape):
        return
    if got.ndim > len(shape) and 1 in got.shape:
        yield "extra_axis", got.reshape(shape)
    if got.ndim == len(shape) and got.shape == shape[::-1]:
        yield "axes_swapped", got.T
    if got.ndim == len(shape) == 3 and got.shape == (shape[0], shape[2], shape[1]):
        yield "axes_swapped", got.transpose(0, 2, 1)
    if got.ndim < len(shape) and got.shape == tuple(size for size in shape if size != 1):
        yield "squeezed", got.reshape(shape)
    if got.ndim < len(shape):
        yield "flattened", got.reshape(shape)


def forms_of(dims: str) -> Callable[[np.ndarray, Any], Iterator[tuple[str, np.ndarray]]]:
    return lambda got, case: forms(got, case.sizes.shape(dims))


def _goes_on(case: TwoFilms, half: str, rows: np.ndarray, truth: np.ndarray) -> bool:
    """Tell whether a half's first step is wrong and every later one follows from it as Keras would go on."""
    X = (case.X if half == "f" else rewind(case.X)).astype("float32")
    if np.abs(rows[:, 0] - truth[:, 0]).max() <= TOLERANCE or np.abs(rows).max() > 1:
        return False
    keras = import_keras()
    layer = keras.layers.SimpleRNN(case.sizes.M, return_sequences=True, recurrent_initializer="zeros")
    layer.build(X.shape)
    layer.set_weights(list(case.of_half(half).values()))
    start = keras.ops.convert_to_tensor(rows[:, 0].astype("float32"))
    return bool(np.allclose(np.asarray(layer(X[:, 1:], initial_state=start)), rows[:, 1:], atol=1e-4))


def starts_elsewhere(function: Callable[..., Any], case: TwoFilms) -> bool:
    rows = np.asarray(watch(function, *backward_arguments(case).values()).value)
    return rows.shape == case.backward.shape and _goes_on(case, "b", rewind(rows), rewind(case.backward))


def starts_elsewhere_both(function: Callable[..., Any], case: TwoFilms) -> bool:
    rows = np.asarray(watch(function, *all_arguments(case).values()).value)
    if rows.shape != case.sequence.shape:
        return False
    M = case.sizes.M
    halves = [("f", rows[:, :, :M], case.forward), ("b", rewind(rows[:, :, M:]), rewind(case.backward))]
    wrong = [half for half in halves if np.abs(half[1] - half[2]).max() > TOLERANCE]
    return all(_goes_on(case, *half) for half in wrong)


def tell_apart(keys: list[str], function: Callable[..., Any], arguments: dict[str, np.ndarray]) -> list[str]:
    """A state that stays zero and a missing product with Wh give the same numbers; a Wh of NaN tells them apart."""
    if "h_last_not_updated" not in keys:
        return keys
    blank = {name: np.full_like(value, np.nan) for name, value in arguments.items() if name.startswith("Wh")}
    value = watch(function, *(arguments | blank).values()).value
    unused = value is not None and np.isfinite(np.asarray(value, dtype=float)).all()
    return ["recurrent_term_unused" if unused and key == "h_last_not_updated" else key for key in keys]


def backward_arguments(case: TwoFilms) -> dict[str, np.ndarray]:
    return {"X": case.X, **case.of_half("b")}


def all_arguments(case: TwoFilms) -> dict[str, np.ndarray]:
    return {"X": case.X, **case.weights}
