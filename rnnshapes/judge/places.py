"""What wrong numbers are beside the right ones, place by place: which were never written, stand for all, have moved."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import islice
from typing import Any

import numpy as np

from rnnshapes.judge import facts
from rnnshapes.judge.compare import largest_difference
from rnnshapes.layers.cases import TOLERANCE, Case


def places_of(exercise: Any, wrong: list[tuple[Case, np.ndarray]]) -> list[str]:
    """Return what holds along one and the same axis in all wrong cases, the most telling fact first."""
    tried = {
        facts.LAST_UNWRITTEN: lambda got, *one: _unwritten(got, *one) == {len(got) - 1},
        facts.FIRST_UNWRITTEN: lambda *one: _unwritten(*one) == {0},
        facts.ONE_FOR_ALL: _one_for_all,
        facts.MOVED: _moved,
        facts.PART_UNWRITTEN: _unwritten,
    }
    if not _in_shape(exercise, wrong):
        return []
    return [fact for fact, holds in tried.items() if _along_one_axis(holds, exercise, wrong)]


def _in_shape(exercise: Any, wrong: list[tuple[Case, np.ndarray]]) -> bool:
    return bool(wrong) and all(got.shape == exercise.expected(case).shape for case, got in wrong)


def _along_one_axis(holds: Callable[..., Any], exercise: Any, wrong: list[tuple[Case, np.ndarray]]) -> bool:
    def turned(axis: int) -> bool:
        for case, got in wrong:
            right = exercise.expected(case)
            before = [
                0 * right,
                *(one for one in exercise.arguments(case).values() if getattr(one, "shape", ()) == right.shape),
            ]
            if not holds(*(np.moveaxis(one, axis, 0) for one in (got, right, *before))):
                return False
        return True

    return any(turned(axis) for axis in range(wrong[0][1].ndim))


def _unwritten(got: np.ndarray, right: np.ndarray, *before: np.ndarray) -> set[int]:
    """Return the wrong places along the first axis, if they hold what stood there before: zeros, or an argument.

    >>> right = np.ones((3, 2))
    >>> _unwritten(right * [[0], [1], [1]], right, 0 * right), _unwritten(0 * right, right, 0 * right)
    ({0}, set())
    """
    differs = np.abs(got - right).reshape(len(got), -1).max(axis=1) > TOLERANCE
    places = [int(place) for place in np.flatnonzero(differs)]
    if differs.all() and len(got) > 1 or not any(np.array_equal(got[places], one[places]) for one in before):
        return set()
    return set(places)


def _one_for_all(got: np.ndarray, right: np.ndarray, *before: np.ndarray) -> bool:
    """Tell whether the first or the last place holds what is right, and all others the same."""
    return any(
        largest_difference(got, np.repeat(one, len(right), axis=0)) <= TOLERANCE for one in (right[:1], right[-1:])
    )


def _moved(got: np.ndarray, right: np.ndarray, *before: np.ndarray) -> bool:
    """Tell whether what is right stands one place further on, or further back, round the end or past it."""
    ends = ((slice(1, None), slice(None, -1)), (slice(None, -1), slice(1, None)))
    return any(len(got) > 1 and largest_difference(got[to], right[of]) <= TOLERANCE for to, of in ends)


def whole_of(exercise: Any, wrong: list[tuple[Case, np.ndarray]]) -> list[str]:
    """Return what all wrong answers are as a whole: a multiple of the right ones, their rows elsewhere, other axes."""
    tried = {facts.SCALED: _scaled, facts.ROWS_MOVED: _rows_moved}
    tried |= {facts.FACTORS: partial(_fits_columns, shift=False), facts.SHIFTS: partial(_fits_columns, factor=False)}
    tried |= {facts.AT_FIRST.format(axis): partial(_right_at_first, axis=axis) for axis in (0, 1)}
    tried |= {facts.STRETCHED: _fits_columns}
    if not wrong:
        return []
    if not _in_shape(exercise, wrong):
        tried = {facts.OTHER_AXES: _on_other_axes, facts.ONE_FOR_ALL: _one_place}
    holding = (fact for fact, holds in tried.items() if all(holds(got, exercise.expected(case)) for case, got in wrong))
    return list(islice(holding, 1 if facts.OTHER_AXES in tried else None))


def _right_at_first(got: np.ndarray, right: np.ndarray, axis: int) -> bool:
    """Tell whether some places come first along an axis that are right, and then none is: in each row, along axis 1.

    Along the first axis that is one place alone: the first row.

    >>> right = np.arange(1.0, 7).reshape(2, 3)
    >>> up, last = right * [1, 2, 3], right + [[0, 1, 1], [0, 0, 0]]
    >>> _right_at_first(up, right, axis=1), _right_at_first(last, right, axis=1)
    (True, False)
    """
    if right.ndim < 2 or right.shape[axis] < 2:
        return False
    differs = np.abs(got - right) > TOLERANCE
    rows = differs.reshape(*right.shape[: axis + 1], -1).any(axis=-1).reshape(-1, right.shape[axis])
    goes_on = np.array_equal(rows, np.maximum.accumulate(rows, axis=1)) and bool(rows[:, -1].all())
    at_first = rows[:, 0] < rows[:, 1] if axis == 0 else ~rows[:, 0]
    return goes_on and bool(at_first.all())


def _fits_columns(got: np.ndarray, right: np.ndarray, *, factor: bool = True, shift: bool = True) -> bool:
    """Tell whether each column along the last axis is the right one, times a factor and plus a number of its own.

    >>> right = np.array([[1.0, 2], [5, 1], [2, 2], [7, 7]])
    >>> _fits_columns(right * [2, 3], right, shift=False), _fits_columns(right + [2, 3], right, factor=False)
    (True, True)
    >>> _fits_columns(right**2, right)
    False
    """
    got, right = (one.reshape(-1, one.shape[-1]).astype(float) if one.ndim > 1 else one for one in (got, right))
    if right.ndim < 2 or len(right) < 4 or right.std(axis=0).min() < TOLERANCE:
        return False
    if not shift:
        fit = right * ((got * right).sum(axis=0) / (right**2).sum(axis=0))
    else:
        a, b = right - right.mean(axis=0), got - got.mean(axis=0)
        times = (a * b).sum(axis=0) / (a**2).sum(axis=0) if factor else 1.0
        fit = times * a + got.mean(axis=0)
        if np.abs(times).min() < 1e-3:
            return False
    return bool(np.abs(got - fit).max() <= TOLERANCE)


def _on_other_axes(got: np.ndarray, right: np.ndarray) -> bool:
    """Tell whether an answer has the right one's numbers, each of them once, in another shape.

    >>> right = np.arange(6.0).reshape(2, 3)
    >>> _on_other_axes(right.reshape(3, 2), right), _on_other_axes(right, right), _on_other_axes(right[:1], right)
    (True, False, False)
    """
    if got.shape == right.shape or got.size != right.size:
        return False
    return bool(np.allclose(*(np.sort(one, axis=None) for one in (got, right)), atol=TOLERANCE, rtol=0))


def _one_place(got: np.ndarray, right: np.ndarray) -> bool:
    """Tell whether an answer is one place of an axis, the first or the last, and all the others are missing.

    >>> right = np.arange(6.0).reshape(2, 3)
    >>> _one_place(right[:, -1], right), _one_place(right[:1], right), _one_place(right[:, 1], right)
    (True, True, False)
    """
    places = (np.take(right, [place], axis) for axis in range(right.ndim) for place in (0, -1))
    return any(got.size == one.size and largest_difference(got.reshape(one.shape), one) <= TOLERANCE for one in places)


def _scaled(got: np.ndarray, right: np.ndarray) -> bool:
    """Tell whether an answer is the right one but for a factor, which may depend on the sizes."""
    if np.count_nonzero(right) < 3:
        return False
    largest = np.unravel_index(np.abs(right).argmax(), right.shape)
    factor = got[largest] / right[largest]
    return factor != 0 and bool(np.allclose(got, factor * right, atol=TOLERANCE))


def _rows_moved(got: np.ndarray, right: np.ndarray) -> bool:
    """Tell whether the rows of an answer are those of the right one, each of them once, in another order."""

    def rows(array: np.ndarray) -> np.ndarray:
        flat = array.reshape(-1, array.shape[-1]).astype(float)
        return flat[np.lexsort(flat.round(6).T)]

    return got.ndim > 1 and largest_difference(rows(got), rows(right)) <= TOLERANCE
