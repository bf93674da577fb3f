"""Judge a student's function: call it on every case, compare with Keras, recognise what went wrong."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from rnnshapes import draw
from rnnshapes.judge.at_once import loops_over_samples
from rnnshapes.judge.compare import is_right, largest_difference, to_array
from rnnshapes.judge.exceptions import judge_error
from rnnshapes.judge.exercise import Belief, FunctionExercise, sibling
from rnnshapes.judge.probe import misused, probe
from rnnshapes.judge.verdict import Verdict
from rnnshapes.judge.watch import Outcome, helper_called, is_empty, watch
from rnnshapes.layers.cases import TOLERANCE, Case
from rnnshapes.sizes import Sizes

UNKNOWN = "This mistake has no name here."
NEAR = 5e-3  # no misconception is that close to the truth: only lost digits are


def judge_function(exercise: FunctionExercise, function: Any, cases: list[Case], *, part: str = "") -> Verdict:
    """Return the verdict on `function`, called on every case.

    The first case that goes wrong is the one that is shown; a belief is named only if it explains them all.
    With part="at_once" a right function that loops over the samples is not right enough.
    """
    name = exercise.function
    if not callable(function):
        return Verdict(
            name,
            got=f"{name} is {_describe(function)}",
            expected=f"a function {name}(…)",
            beliefs=_beliefs(exercise, ["function_overwritten"]),
        )
    outcomes = call_on(exercise, function, cases)
    helped = next((outcome for outcome in outcomes if outcome.helpers), None)
    if helped:
        return Verdict(
            name,
            got=f"{helper_called(helped)} ran inside {name}",
            expected="NumPy alone: by hand means that no Keras or TensorFlow does the work",
            beliefs=_beliefs(exercise, ["keras_layer"]),
        )
    largest = 0.0
    for index, (case, outcome) in enumerate(zip(cases, outcomes, strict=True)):
        verdict = _judge_outcome(exercise, case, outcome, function)
        if isinstance(verdict, Verdict):
            if index:
                verdict = replace(verdict, got=f"{verdict.got}. {_elsewhere(case)}")
            told = {belief.key for belief in verdict.beliefs}
            if outcome.error is None:
                return verdict
            keys = misused(exercise, function, cases, outcomes)
            if not keys and told == {"loop_too_long"}:  # cases without an error may tell more
                keys = _recognise(exercise, function, cases, outcomes)
                keys = keys or (["T_hard_coded"] if index else [])  # not too long for the notebook's own T
            return replace(verdict, beliefs=_beliefs(exercise, keys)) if keys else verdict
        got, expected = verdict, exercise.expected(case)
        difference = largest_difference(got, expected)
        if not difference <= TOLERANCE:
            keys = misused(exercise, function, cases, outcomes) or _recognise(exercise, function, cases, outcomes)
            return _wrong(exercise, case, got, keys=keys, only_here=index > 0)
        largest = max(largest, difference)
    later = [*cases[::-1], sibling(exercise.make, cases[0])]
    again = call_on(exercise, function, later, quiet=True)
    for case, outcome in zip(later, again, strict=False):
        if getattr(outcome.error, "is_limit", False):  # no answer in time is no other answer
            return judge_error(exercise, case, outcome.error)
    if len(again) < len(later) or not all(map(partial(is_right, exercise), later, again)):
        return Verdict(
            name,
            got="right answers at first, and wrong ones when it is called again on data of the same sizes",
            expected="an answer to the arguments of each call, and to nothing else",
            beliefs=_beliefs(exercise, ["state_kept_between_calls"]),
        )
    if "argument_changed" in exercise.beliefs and (changed := _changed(exercise, function, cases[0])):
        return Verdict(
            name,
            got=f"right numbers, but {changed} is not what it was before the call",
            expected=f"right numbers, and {changed} as it was handed in",
            beliefs=_beliefs(exercise, ["argument_changed"]),
        )
    summary = (
        f"{name} agrees with {exercise.source} in {len(cases)} cases: largest difference {largest:.1e}, "
        f"tolerance {TOLERANCE:.0e}."
    )
    if exercise.at_once and loops_over_samples(exercise, function, cases):
        beliefs = _beliefs(exercise, ["loop_over_samples"])
        if part == "at_once":
            return Verdict(
                name,
                summary=f"{name} is right, but not at once.",
                got="steps of Python code that grow with N, the number of samples",
                expected="the same number of steps for any N",
                beliefs=beliefs,
            )
        return Verdict(name, right=True, summary=summary, beliefs=beliefs, try_=beliefs[0].hint)
    return Verdict(name, right=True, summary=summary)


def call_on(
    exercise: FunctionExercise, function: Callable[..., Any], cases: list[Case], *, quiet: bool = False
) -> list[Outcome]:
    """Call the function on every case. What it prints is shown for the first case alone, or not at all."""
    outcomes = []
    for number, case in enumerate(cases):
        with contextlib.redirect_stdout(io.StringIO()) if quiet or number else contextlib.nullcontext():
            arguments = exercise.arguments(case)
            outcomes.append(watch(function, *arguments.values(), names=tuple(arguments)))
        if outcomes[-1].helpers:  # not by hand, whatever comes out of the other cases
            break
    return outcomes


def _changed(exercise: FunctionExercise, function: Callable[..., Any], case: Any) -> str:
    """Return the name of the first array that a right function alters in place, or ""."""
    arguments = exercise.arguments(case)
    copies = {name: np.copy(value) if isinstance(value, np.ndarray) else value for name, value in arguments.items()}
    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(Exception):
        function(*copies.values())  # also a function of another process hands back what it did to its arguments
    return next((name for name, value in arguments.items() if not np.array_equal(copies[name], value)), "")


def _judge_outcome(
    exercise: FunctionExercise, case: Case, outcome: Outcome, function: Callable[..., Any]
) -> Verdict | np.ndarray:
    """Return the array that came back, or a verdict on why there is none to compare."""
    name, dims = exercise.function, case.sizes.shape(exercise.dims_on(case))
    asked = f"an array of shape {_lettered(dims, case.sizes)}" if dims else "one number"
    if outcome.error is not None:
        return judge_error(exercise, case, outcome.error)
    value = outcome.value
    if value is None or value is ...:
        key = "not_written" if value is ... or is_empty(function) else "returns_nothing"
        summary = f"{name} is not written yet." if key == "not_written" else ""
        return Verdict(name, summary=summary, got=str(value), expected=asked, beliefs=_beliefs(exercise, [key]))
    array = to_array(value)
    if array is None:
        return Verdict(name, got=_describe(value), expected=asked, beliefs=_beliefs(exercise, ["wrong_type"]))
    bad = ~np.isfinite(array.astype(float))
    if bad.any():
        first = tuple(int(i) for i in np.argwhere(bad)[0])
        place = f" first at [{', '.join(map(str, first))}]" if first else ""
        return Verdict(
            name,
            got=f"{int(bad.sum())} of {array.size} numbers are NaN or infinite,{place}",
            expected=f"{asked}, all finite",
            beliefs=_beliefs(exercise, ["not_finite"]),
        )
    return array


def _wrong(exercise: FunctionExercise, case: Case, got: np.ndarray, *, keys: list[str], only_here: bool) -> Verdict:
    """Describe a wrong array in letters and numbers, beside the expected one."""
    expected = exercise.expected(case)
    sizes, dims = case.sizes, exercise.dims_on(case)
    same_shape = got.shape == expected.shape
    says = _lettered(got.shape, sizes)
    if same_shape:
        says += f", off by up to {largest_difference(got, expected):.2g}{_where(got, expected, dims)}"
    if only_here:
        says += f". {_elsewhere(case)}"
    hint = "" if keys else f"{UNKNOWN} {exercise.advice or _advice(got, expected, dims)}"
    return Verdict(
        exercise.function,
        got=says,
        expected=f"{_lettered(expected.shape, sizes)}, within {TOLERANCE:.0e} of {exercise.source}",
        try_=hint,
        beliefs=_beliefs(exercise, keys),
        picture=draw.compare(got, expected, dims, sizes, name=exercise.function) if dims else None,
    )


def _elsewhere(case: Case) -> str:
    numbers = [f"{letter} = {number}" for letter, number in case.sizes.known.items()]
    note = getattr(case, "note", "")  # what sets a case apart beside its sizes
    return f"Earlier cases agree; this one has {', '.join([*numbers, note] if note else numbers)}"


def _where(got: np.ndarray, expected: np.ndarray, dims: str) -> str:
    """Say which rows differ: the first wrong time step or sample tells where to look."""
    if not dims:
        return ""
    differs = np.abs(got - expected).reshape(len(got), -1).max(axis=1) > TOLERANCE
    letter = dims[0].lower()
    if differs.all():
        return f" in every row {letter}"
    rows = np.flatnonzero(differs)
    if rows[-1] - rows[0] + 1 == len(rows) and len(rows) > 1:
        return f" in rows {letter} = {rows[0]} to {rows[-1]}"
    return f" in row{'s' if len(rows) > 1 else ''} {letter} = {', '.join(map(str, rows[:6]))}"


def _advice(got: np.ndarray, expected: np.ndarray, dims: str) -> str:
    """Say where to look when no belief is recognised."""
    if got.shape != expected.shape or not dims:
        return "Print the shape at each step of your code and read it in letters."
    differs = np.abs(got - expected).reshape(len(got), -1).max(axis=1) > TOLERANCE
    if dims[0] == "N":
        if not differs.all():
            return "Some samples agree: what treats the others differently?"
        return "Try T = 1 first: one step, no history. Compare it with one step worked out on paper."
    if differs[0]:
        return "The very first row differs, so compare one step on paper: the sum, tanh, then the head."
    return "The first row agrees and a later one does not, so look at what one step hands to the next."


def _recognise(
    exercise: FunctionExercise, function: Callable[..., Any], cases: list[Case], outcomes: list[Outcome]
) -> list[str]:
    """Return the keys of the beliefs that explain every wrong case, or an empty list."""
    wrong = []
    for case, outcome in zip(cases, outcomes, strict=True):
        got = None if outcome.error is not None else to_array(outcome.value)
        if got is None or not np.isfinite(got.astype(float)).all():
            continue
        if not largest_difference(got, exercise.expected(case)) <= TOLERANCE:
            wrong.append((case, got))
    for pairs in (False, True):
        explained: list[tuple[str, ...]] | None = None
        for case, got in wrong:
            matches = _matches(exercise, case, got, pairs=pairs)
            explained = matches if explained is None else [keys for keys in explained if keys in matches]
            if not explained:
                break
        if explained:
            shortest = min(len(keys) for keys in explained)
            keys = list(next(keys for keys in explained if len(keys) == shortest))
            return exercise.tell_apart(keys, function, exercise.arguments(cases[-1])) if exercise.tell_apart else keys
        if not pairs and (probed := probe(exercise, function, cases, outcomes)):
            return probed
    forms = [{key for key, _ in exercise.forms(got, case)} for case, got in wrong]
    shared = sorted(set.intersection(*forms))[:1] if forms else []
    near = all(largest_difference(got, exercise.expected(case)) < NEAR for case, got in wrong)
    return shared or (["rounded"] if wrong and near else [])


def _matches(exercise: FunctionExercise, case: Case, got: np.ndarray, *, pairs: bool) -> list[tuple[str, ...]]:
    """Return every set of keys whose answer is `got`, as it is or in a form that has the wrong shape."""
    found: dict[tuple[str, ...], None] = {}
    expected = exercise.expected(case)
    forms = [((), got), *(((key,), array) for key, array in exercise.forms(got, case))]
    for keys, array in forms:
        if keys and _close(array, expected):
            found[keys] = None
    for wrong in exercise.wrongs(case, pairs=pairs):
        if _close(wrong.value, expected):
            continue  # the belief does not show on this case
        chaotic = wrong.keys == ("other_activation",) and "T" in exercise.dims  # tan drifts apart after a few steps
        for keys, array in forms:
            seen = (..., slice(0, 3), slice(None)) if chaotic and array.ndim > 1 else ...
            if array.shape == wrong.value.shape and _close(array[seen], wrong.value[seen]):
                found[(*keys, *wrong.keys)] = None
    return list(found)


def _close(got: np.ndarray, wrong: np.ndarray) -> bool:
    if got.shape != wrong.shape:
        return False
    with np.errstate(all="ignore"):
        return bool(np.all(np.abs(got - wrong) <= TOLERANCE + 1e-5 * np.abs(wrong)))


def _lettered(shape: Iterable[int], sizes: Sizes) -> str:
    shape = tuple(shape)
    if not shape:
        return "one number"
    letters = sizes.letters(shape)
    return str(shape) if letters == str(shape) else f"{shape} = {letters}"


def _describe(value: Any) -> str:
    """Name a value that is not an array."""
    kind = type(value).__name__
    if isinstance(value, tuple | list):
        return f"a {kind} of {len(value)} things, the first of type {_inner(value[0])}" if value else f"an empty {kind}"
    return f"a value of type {kind}"


def _inner(value: Any) -> str:
    kind = type(value).__name__
    return f"{kind} of {_inner(value[0])}" if isinstance(value, tuple | list) and value else kind


def _beliefs(exercise: FunctionExercise, keys: Iterable[str]) -> tuple[Belief, ...]:
    return tuple(exercise.beliefs[key] for key in keys)
