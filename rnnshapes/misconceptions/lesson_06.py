"""The exercises of lesson 06: predict the shapes, the backward half, both halves, their last states, the merge modes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from rnnshapes.bend import straight
from rnnshapes.cases import TOLERANCE, hidden_cases, import_keras
from rnnshapes.exercise import FunctionExercise, Wrong, seeded_cases, table_of
from rnnshapes.misconceptions.lesson_06_beliefs import BACKWARD, BOTH, LAST, MERGE, ROW_KEYS, SHAPES, STEP_KEYS
from rnnshapes.misconceptions.shapes import ShapesExercise
from rnnshapes.misconceptions.simple_rnn import BENDS
from rnnshapes.misconceptions.two_films import (
    HALVES,
    MODES,
    TwoFilms,
    crossed_weights,
    make_two_films,
    mixed_states,
    reader,
    rewind,
    slips,
    states,
    wrong_films,
)
from rnnshapes.sizes import Sizes
from rnnshapes.watch import watch

NOTEBOOK = Sizes(N=4, T=7, D=3, M=5, K=2)
CHECKS = (Sizes(N=6, T=12, D=8, M=9, K=11), Sizes(N=5, T=4, D=9, M=6, K=10), Sizes(N=1, T=6, D=8, M=9, K=2))
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


def _joined(f: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.concatenate([f, b], axis=-1)


def _reflipped(rows: np.ndarray) -> np.ndarray:
    """Return a backward half beside the forward one; a state without its T axis stays as it is."""
    return rewind(rows) if rows.ndim == 3 else rows


@lru_cache(maxsize=32)
def _backward_wrongs(case: TwoFilms) -> list[Wrong]:
    truth, found = case.backward, []
    films = wrong_films(case)
    tables = [
        {key: values for key, values in films.items() if key != "reshape_for_transpose"},
        {key: [_reflipped(one) for one in values] for key, values in slips(case, "b", STEP_KEYS + ROW_KEYS).items()},
        {"only_last_returned": [truth[:, 0], truth[:, :1]]},
        {"both_halves_returned": [_joined(rewind(films["input_not_reversed"][1]), truth)]},
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


def _wrongs_backward(case: TwoFilms, *, pairs: bool) -> Iterator[Wrong]:
    if not pairs:
        yield from _backward_wrongs(case)
        return
    for key in OFTEN:
        yield Wrong((key, "not_reflipped"), _often(case, "b", True)[key])
        plain = _often(case, "b", False)[key]
        yield Wrong((key, "input_not_reversed"), plain)
        yield Wrong((key, "input_not_reversed"), rewind(plain))
        yield Wrong((key, "only_last_returned"), _often(case, "b", True)[key][:, -1])


JOINS: dict[str, Callable[[np.ndarray, np.ndarray], list[np.ndarray]]] = {
    "halves_swapped": lambda f, b: [_joined(b, f)],
    "summed": lambda f, b: [f + b],
    "averaged": lambda f, b: [(f + b) / 2],
    "multiplied": lambda f, b: [f * b],
    "joined_along_time": lambda f, b: [np.concatenate([f, b], axis=1)],
    "joined_along_samples": lambda f, b: [np.concatenate([f, b])],
    "stacked": lambda f, b: [np.stack([f, b], axis=axis) for axis in range(f.ndim + 1)],
    "halves_interleaved": lambda f, b: [_interleaved(f, b)],
    "joined_by_reshape": lambda f, b: [
        np.concatenate([f, b]).reshape(_joined(f, b).shape),
        np.concatenate([f, b], axis=1).reshape(_joined(f, b).shape),
    ],
}
"""Beliefs about how two halves become one array."""


def _interleaved(f: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.stack([f, b], axis=-1).reshape(_joined(f, b).shape)


@lru_cache(maxsize=32)
def _wrong_pairs(case: TwoFilms) -> dict[str, list[Pair]]:
    """Return (forward, backward) halves, one or both of them wrong, by belief."""
    f, b = case.forward, case.backward
    both = {"f": wrong_films(case, "f"), "b": wrong_films(case, "b")}
    found: dict[str, list[Pair]] = {}
    for key, values in both["b"].items():
        same = [one for one in values if one.shape == b.shape]
        if key not in ("only_first_sample", "only_last_sample"):
            found[key] = [(f, one) for one in same]
    # what goes wrong between samples goes wrong in both halves; read forward, a half is its rewound one turned round
    found["samples_flipped"] += [(f[::-1], b[::-1]), (f[::-1], b)]
    found["reshape_for_transpose"] += [
        (f.transpose(1, 0, 2).reshape(f.shape), one) for one in both["b"]["reshape_for_transpose"][:2]
    ]
    found |= crossed_weights(case)
    found |= {key: [(f, one) for one in values] for key, values in mixed_states(case).items()}
    found["both_halves_flipped"] = [(rewind(f), b), (rewind(f), rewind(b))]
    found["only_first_sample"] = [(f[0], b[0]), (f[:1], b[:1])]
    found["only_last_sample"] = [(f[-1], b[-1]), (f[-1:], b[-1:])]
    ours = {half: slips(case, half, STEP_KEYS) for half in HALVES}
    for key in ours["b"]:
        for one, other in zip(ours["f"][key], ours["b"][key], strict=True):
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
    found = [Wrong((key,), _joined(*pair)) for key, pairs in _wrong_pairs(case).items() for pair in pairs]
    found += [Wrong((key,), value) for key, join in JOINS.items() for value in join(f, b)]
    found += [Wrong(("one_half_missing",), value) for value in (f, b, rewind(b))]
    lasts = [_joined(f[:, -1], b[:, 0]), _joined(f[:, -1], b[:, -1]), _joined(f[:, 0], b[:, 0])]
    return found + [Wrong(("only_last_returned",), value) for value in lasts]


@lru_cache(maxsize=32)
def _both_twice(case: TwoFilms) -> list[Wrong]:
    """Return what two beliefs give at once: one about the films and one about the join, or about the step."""
    found, single = [], _wrong_pairs(case)
    films = ("not_reflipped", "input_not_reversed", "weights_shared", "directions_swapped", "starts_from_forward")
    for key in films:
        for pair in single[key]:
            found += [Wrong((key, other), value) for other, join in JOINS.items() for value in join(*pair)]
            found += [Wrong((key, "only_last_returned"), _joined(pair[0][:, -1], pair[1][:, -1]))]
    for key in OFTEN:
        f, ran = _often(case, "f", False)[key], _often(case, "b", True)[key]
        plain = _often(case, "b", False)[key]
        found += [Wrong((key, "not_reflipped"), _joined(f, ran))]
        found += [Wrong((key, "input_not_reversed"), _joined(f, one)) for one in (plain, rewind(plain))]
        found += [Wrong((key, other), value) for other, join in JOINS.items() for value in join(f, rewind(ran))]
    return found


def _wrongs_both(case: TwoFilms, *, pairs: bool) -> Iterator[Wrong]:
    yield from _both_twice(case) if pairs else _both_wrongs(case)


def _forms(got: np.ndarray, shape: tuple[int, ...]) -> Iterator[tuple[str, np.ndarray]]:
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


def _forms_of(dims: str) -> Callable[[np.ndarray, Any], Iterator[tuple[str, np.ndarray]]]:
    return lambda got, case: _forms(got, case.sizes.shape(dims))


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


def _starts_elsewhere(function: Callable[..., Any], case: TwoFilms) -> bool:
    rows = np.asarray(watch(function, *_backward_arguments(case).values()).value)
    return rows.shape == case.backward.shape and _goes_on(case, "b", rewind(rows), rewind(case.backward))


def _starts_elsewhere_both(function: Callable[..., Any], case: TwoFilms) -> bool:
    rows = np.asarray(watch(function, *_all_arguments(case).values()).value)
    if rows.shape != case.sequence.shape:
        return False
    M = case.sizes.M
    halves = [("f", rows[:, :, :M], case.forward), ("b", rewind(rows[:, :, M:]), rewind(case.backward))]
    wrong = [half for half in halves if np.abs(half[1] - half[2]).max() > TOLERANCE]
    return all(_goes_on(case, *half) for half in wrong)


def _tell_apart(keys: list[str], function: Callable[..., Any], arguments: dict[str, np.ndarray]) -> list[str]:
    """A state that stays zero and a missing product with Wh give the same numbers; a Wh of NaN tells them apart."""
    if "h_last_not_updated" not in keys:
        return keys
    blank = {name: np.full_like(value, np.nan) for name, value in arguments.items() if name.startswith("Wh")}
    value = watch(function, *(arguments | blank).values()).value
    unused = value is not None and np.isfinite(np.asarray(value, dtype=float)).all()
    return ["recurrent_term_unused" if unused and key == "h_last_not_updated" else key for key in keys]


def _backward_arguments(case: TwoFilms) -> dict[str, np.ndarray]:
    return {"X": case.X, **case.of_half("b")}


def _all_arguments(case: TwoFilms) -> dict[str, np.ndarray]:
    return {"X": case.X, **case.weights}


def _ends(case: TwoFilms) -> tuple[np.ndarray, np.ndarray]:
    """Return the state in which each half stops, (N, M) twice."""
    return case.last[:, : case.sizes.M], case.last[:, case.sizes.M :]


def _picked(case: TwoFilms, f: int, b: int) -> np.ndarray:
    return _joined(case.forward[:, f], case.backward[:, b])


def _cut_at(case: TwoFilms, M: int) -> np.ndarray:
    """Cut the halves at another M than the case's."""
    return _joined(case.sequence[:, -1, :M], case.sequence[:, 0, M:])


def _cut_in_time(case: TwoFilms) -> list[np.ndarray]:
    cut = case.sizes.T // 2
    one, other = case.sequence[:, :cut], case.sequence[:, cut:]
    return [_joined(a, b) for a in (one[:, -1], one[:, 0]) for b in (other[:, 0], other[:, -1])]


def _end_wrongs(join: str) -> Callable[[TwoFilms], list[np.ndarray]]:
    return lambda case: JOINS[join](*_ends(case))


LAST_WRONGS: dict[str, Callable[[TwoFilms], Any]] = {
    "last_column_taken": lambda case: _picked(case, -1, -1),
    "first_column_taken": lambda case: _picked(case, 0, 0),
    "ends_exchanged": lambda case: _picked(case, 0, -1),
    **{
        key: _end_wrongs(key)
        for key in ("halves_swapped", "summed", "averaged", "joined_along_samples", "stacked", "halves_interleaved")
    },
    "joined_by_reshape": lambda case: np.concatenate(_ends(case)).reshape(case.last.shape),
    "one_half_missing": lambda case: [
        *_ends(case),
        case.backward[:, -1],
        case.forward[:, 0],
        *(_joined(one, one) for one in _ends(case)),
    ],
    "units_flipped": lambda case: [
        _joined(case.forward[:, -1], case.backward[:, column, ::-1]) for column in (0, -1)
    ] + [case.sequence[:, -1, ::-1], case.sequence[:, 0, ::-1]],
    "samples_flipped": lambda case: [
        _joined(_ends(case)[0], _ends(case)[1][::-1]),
        _joined(_ends(case)[0], case.backward[::-1, -1]),
    ],
    "time_cut_in_two": _cut_in_time,
    "wrong_axis_picked": lambda case: [
        case.sequence[-1],
        case.sequence[0],
        _joined(case.forward[-1], case.backward[0]),
        _joined(case.forward[-1], case.backward[-1]),
    ],
    "mean_over_time": lambda case: case.sequence.mean(axis=1),
    "sum_over_time": lambda case: case.sequence.sum(axis=1),
    "max_over_time": lambda case: case.sequence.max(axis=1),
    "sequence_returned": lambda case: [
        case.sequence,
        rewind(case.sequence),
        _joined(case.forward, rewind(case.backward)),
    ],
    "only_first_sample": lambda case: [case.last[0], case.last[:1]],
    "sizes_from_notebook": lambda case: [_cut_at(case, NOTEBOOK.M)],
    "T_hard_coded": lambda case: [_picked(case, column, 0) for column in (NOTEBOOK.T - 1,) if column < case.sizes.T],
    "integer_array": lambda case: np.trunc(case.last),
    "rounded": lambda case: [np.round(case.last, digits) for digits in (1, 2, 3, 4)],
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Merge:
    """Two halves and the mode in which Keras merges them."""

    films: TwoFilms
    mode: str = "concat"

    @property
    def sizes(self) -> Sizes:
        return self.films.sizes

    @property
    def dims(self) -> str:
        """The letters of the result: only joined halves are 2M long."""
        return "NT2M" if self.mode == "concat" else "NTM"

    @property
    def note(self) -> str:
        return f"mode = {self.mode!r}"

    @property
    def halves(self) -> Pair:
        return self.films.forward, self.films.backward


def make_merge(sizes: Sizes, *, seed: int | list[int]) -> Merge:
    """Return a case of the mode "concat"; `MergeExercise` makes one for each mode out of it.

    >>> make_merge(Sizes(N=4, T=7, D=3, M=5, K=2), seed=1).dims
    'NT2M'
    """
    return Merge(make_two_films(sizes, seed=seed))


@lru_cache(maxsize=8)
def _each_mode(cases: tuple[Merge, ...]) -> list[Merge]:
    return [replace(case, mode=mode) for case in cases for mode in MODES]


class MergeExercise(FunctionExercise):
    """A function that is told a mode: each case is tried in every mode."""

    def check_cases(self) -> list[Any]:
        return _each_mode(tuple(seeded_cases(self.make, self.notebook, *self.check_sizes)))

    def hidden_cases(self) -> list[Any]:
        return _each_mode(tuple(hidden_cases(self.name, make=self.make, like=self.notebook)))


def _in_mode(**values: Callable[[np.ndarray, np.ndarray], Any]) -> Callable[[Merge], Any]:
    """Return what a belief gives that shows in these modes alone: the truth in all others."""
    return lambda case: values.get(case.mode, lambda f, b: case.films.merges[case.mode])(*case.halves)


def _always(mode: str) -> Callable[[Merge], np.ndarray]:
    return lambda case: case.films.merges[mode]


def _flipped_again(case: Merge) -> list[np.ndarray]:
    f, b = case.halves[0], rewind(case.halves[1])
    return {"concat": [_joined(f, b)], "sum": [f + b], "mul": [f * b], "ave": [(f + b) / 2]}[case.mode]


MERGE_WRONGS: dict[str, Callable[[Merge], Any]] = {
    "ave_without_half": _in_mode(ave=lambda f, b: f + b),
    "half_of_one": _in_mode(ave=lambda f, b: [f + b / 2, f / 2 + b]),
    "sum_for_mul": _in_mode(mul=lambda f, b: f + b),
    "mul_for_sum": _in_mode(sum=lambda f, b: f * b),
    "matrix_product": _in_mode(mul=lambda f, b: [f @ b.transpose(0, 2, 1), f.transpose(0, 2, 1) @ b]),
    "collapsed": _in_mode(
        sum=lambda f, b: [np.sum([f, b])] + [f.sum(axis=axis) + b.sum(axis=axis) for axis in (None, 0, 1, -1)],
        ave=lambda f, b: [np.mean([f, b]), f.mean() + b.mean()] + [np.mean([f, b], axis=axis) for axis in (1, 2, -1)],
        mul=lambda f, b: [np.prod([f, b])],
    ),
    **{
        key: _in_mode(concat=JOINS[key])
        for key in (
            "halves_swapped",
            "joined_along_time",
            "joined_along_samples",
            "stacked",
            "halves_interleaved",
            "joined_by_reshape",
        )
    },
    "flipped_again": _flipped_again,
    **{f"always_{mode}": _always(mode) for mode in MODES},
}  # fmt: skip


def _measure(case: TwoFilms) -> dict[str, tuple[int, ...]]:
    """Return the shapes that Keras really gives."""
    keras = import_keras()
    sequences = {mode: case.call(case.keras(merge_mode=mode)).shape for mode in ("concat", "sum")}
    forward, _ = case.keras(merge_mode=None)(case.X.astype("float32"))
    head = keras.layers.Dense(case.sizes.K)
    Yhat = head(case.last)
    Wx, Wh, bh = case.keras().backward_layer.get_weights()
    return {
        "sequence": sequences["concat"],
        "last": case.last.shape,
        "half": tuple(forward.shape),
        "sum": sequences["sum"],
        "average, last": case.call(case.keras(return_sequences=False, merge_mode="ave")).shape,
        "Wx": Wx.shape,
        "Wh": Wh.shape,
        "Wo": tuple(head.kernel.shape),
        "Yhat": tuple(Yhat.shape),
    }


_N, _T, _M = NOTEBOOK.shape("NTM")
_OF_A_FILM = {
    "NM": "last_step_only",
    "N2M": "last_step_only",
    (_N, 2 * _T, _M): "joined_along_time",
    (_N, _T, 2, _M): "stacked",
    (2, _N, _T, _M): "stacked",
}

PREDICTED = ShapesExercise(
    name="06/predicted",
    dims={
        "sequence": "NT2M",
        "last": "N2M",
        "half": "NTM",
        "sum": "NTM",
        "average, last": "NM",
        "Wx": "DM",
        "Wh": "MM",
        "Wo": "2MK",
        "Yhat": "NK",
    },
    measure=_measure,
    parts={
        "joined": ("sequence", "last"),
        "merged": ("half", "sum", "average, last"),
        "weights": ("Wx", "Wh", "Wo", "Yhat"),
    },
    notebook=NOTEBOOK,
    make=make_two_films,
    own=SHAPES,
    named={
        "sequence": {"NTM": "half_forgotten", **_OF_A_FILM},
        "last": {"NM": "half_forgotten", "M": "half_forgotten", (2, _N, _M): "stacked", (_N, 2, _M): "stacked"},
        "half": {"NT2M": "doubled", **_OF_A_FILM},
        "sum": {"NT2M": "doubled", **_OF_A_FILM},
        "average, last": {"N2M": "doubled", "NT2M": "doubled"},
        "Wx": {"D2M": "doubled", "2MM": "doubled", "MD": "rows_and_columns", "NDM": "batch_axis_of_weights"},
        "Wh": {"2M2M": "doubled", (_M, 2 * _M): "doubled", "2MM": "doubled", "NMM": "batch_axis_of_weights"},
        "Wo": {
            "MK": "half_forgotten",
            "K2M": "rows_and_columns",
            "KM": "half_forgotten",
            "N2MK": "batch_axis_of_weights",
        },
        "Yhat": {"N2M": "doubled"},
    },
)

BACKWARD_STATES = FunctionExercise(
    name="06/backward_states",
    dims="NTM",
    source="the backward half of predict()",
    beliefs=BACKWARD,
    arguments=_backward_arguments,
    expected=lambda case: case.backward,
    wrongs=_wrongs_backward,
    forms=_forms_of("NTM"),
    starts_elsewhere=_starts_elsewhere,
    tell_apart=_tell_apart,
    notebook=NOTEBOOK,
    check_sizes=CHECKS,
    make=make_two_films,
)

BIDIRECTIONAL = FunctionExercise(
    name="06/bidirectional",
    dims="NT2M",
    source="model.predict()",
    beliefs=BOTH,
    arguments=_all_arguments,
    expected=lambda case: case.sequence,
    wrongs=_wrongs_both,
    forms=_forms_of("NT2M"),
    starts_elsewhere=_starts_elsewhere_both,
    tell_apart=_tell_apart,
    notebook=NOTEBOOK,
    check_sizes=CHECKS,
    make=make_two_films,
)

LAST_STATES = FunctionExercise(
    name="06/last_states",
    dims="N2M",
    source="predict() with return_sequences=False",
    beliefs=LAST,
    arguments=lambda case: {"seq": case.sequence},
    expected=lambda case: case.last,
    wrongs=table_of(LAST_WRONGS),
    forms=_forms_of("N2M"),
    notebook=NOTEBOOK,
    check_sizes=CHECKS,
    make=make_two_films,
)

MERGED = MergeExercise(
    name="06/merged",
    dims="NTM",
    source="predict() with this merge_mode",
    beliefs=MERGE,
    arguments=lambda case: {"forward": case.halves[0], "backward": case.halves[1], "mode": case.mode},
    expected=lambda case: case.films.merges[case.mode],
    wrongs=table_of(MERGE_WRONGS),
    forms=lambda got, case: _forms(got, case.sizes.shape(case.dims)),
    notebook=NOTEBOOK,
    check_sizes=CHECKS[1:],
    make=make_merge,
)
