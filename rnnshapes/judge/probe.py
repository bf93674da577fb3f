"""Probes: call a student's function again, in other ways, to learn what its numbers alone do not tell."""

from __future__ import annotations

import contextlib
import inspect
import io
from collections.abc import Callable
from types import CodeType
from typing import Any

import numpy as np

from rnnshapes.judge import facts
from rnnshapes.judge.compare import is_right, to_array
from rnnshapes.judge.watch import Outcome, names_in, watch
from rnnshapes.layers.cases import Case


def misused(exercise: Any, function: Callable[..., Any], cases: list[Case], outcomes: list[Outcome]) -> list[str]:
    """Return the key of a belief about functions as such: arguments in another order, a memory between calls."""
    names = list(exercise.arguments(cases[0]))
    try:
        given = list(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        given = names
    if given != names and sorted(given) == sorted(names):
        return exercise.named([facts.OTHER_ORDER])
    first, again = outcomes[0], watch(function, *exercise.arguments(cases[0]).values())
    remembers = not _same(first, again) and (is_right(exercise, cases[0], first) or _shape(first) != _shape(again))
    return exercise.named([facts.CHANGES]) if remembers else []


def probe(exercise: Any, function: Callable[..., Any], cases: list[Case], outcomes: list[Outcome]) -> list[str]:
    """Return the key of a belief that shows in how the function behaves, not in which numbers it gives."""
    changes = not _same(outcomes[0], watch(function, *exercise.arguments(cases[0]).values()))
    elsewhere = False
    if exercise.starts_elsewhere:
        readable = [case for case in exercise.check_cases() if case.sizes.K >= case.sizes.M]  # h can be read from ŷ
        with contextlib.suppress(Exception):  # whatever a probe of an unknown function raises, it is not this belief
            elsewhere = exercise.starts_elsewhere(function, readable[0])
    if elsewhere:
        return exercise.named([facts.OTHER_START_EACH_TIME if changes else facts.OTHER_START])
    if changes:
        code = getattr(function, "__code__", None)
        names = names_in(code) if isinstance(code, CodeType) else getattr(code, "co_names", ())  # of another process
        random = any(word in name for name in names for word in ("rand", "rng", "normal", "seed", "dropout", "noise"))
        return exercise.named([facts.CHANGES_AT_RANDOM if random else facts.CHANGES])
    first = to_array(outcomes[0].value)
    if first is not None and not first.size:  # nothing is the same for any arguments
        return exercise.named([facts.EMPTY])
    names = list(exercise.arguments(cases[0]))
    ignored = any(_ignores(exercise, function, cases[0], name) for name in (names[0], "Wo") if name in names)
    return exercise.named([facts.SAME_FOR_OTHERS]) if ignored else []


def changed_by(exercise: Any, function: Callable[..., Any], case: Any) -> str:
    """Return the name of the first array that a function alters in place, or ""."""
    arguments = exercise.arguments(case)
    copies = {name: np.copy(value) if isinstance(value, np.ndarray) else value for name, value in arguments.items()}
    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(Exception):
        function(*copies.values())  # also a function of another process hands back what it did to its arguments
    arrays = (name for name, value in arguments.items() if isinstance(value, np.ndarray))
    return next((name for name in arrays if not np.array_equal(copies[name], arguments[name])), "")


def _ignores(exercise: Any, function: Callable[..., Any], case: Case, name: str) -> bool:
    """Tell whether other numbers in one argument leave the answer as it was."""
    arguments = exercise.arguments(case)
    if not np.issubdtype(np.asarray(arguments[name]).dtype, np.floating):
        return False
    before = watch(function, *arguments.values())
    arguments[name] = arguments[name][..., ::-1] + 1
    after = watch(function, *arguments.values())
    return before.error is None and _same(before, after)


def _same(one: Outcome, other: Outcome) -> bool:
    arrays = [to_array(outcome.value) for outcome in (one, other)]
    if arrays[0] is None or arrays[1] is None:
        return type(one.error) is type(other.error)
    if arrays[0].shape != arrays[1].shape:
        return False
    return np.allclose(*arrays, rtol=1e-6, atol=1e-6, equal_nan=True)  # a product's last digits vary with its place


def _shape(outcome: Outcome) -> tuple[int, ...] | None:
    array = to_array(outcome.value)
    return None if array is None else array.shape
