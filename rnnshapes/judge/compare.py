"""Compare what a student's function returned with what Keras gives."""

from __future__ import annotations

from typing import Any

import numpy as np

from rnnshapes.judge.watch import Outcome
from rnnshapes.layers.cases import TOLERANCE, Case


def to_array(value: Any) -> np.ndarray | None:
    """Return an answer as a numeric array, or None if it is not one. True and False are 1 and 0.

    >>> to_array([[1, 2], [3, 4]]).shape, to_array("h"), to_array([[1], [2, 3]])
    ((2, 2), None, None)
    """
    try:
        array = np.asarray(value)
    except Exception:  # ragged lists raise ValueError, exotic objects raise what they like
        return None
    if array.dtype == bool:
        return array.astype(int)
    if array.dtype == object:
        try:
            array = array.astype(float)
        except (TypeError, ValueError, OverflowError):
            return None
    return array if np.issubdtype(array.dtype, np.number) and not np.iscomplexobj(array) else None


def largest_difference(got: np.ndarray, expected: np.ndarray) -> float:
    """Return the largest absolute difference; infinite when the shapes differ.

    >>> largest_difference(np.ones(2), np.zeros(2)), largest_difference(np.ones(2), np.ones(3))
    (1.0, inf)
    """
    return float(np.abs(got - expected).max()) if got.shape == expected.shape else float("inf")


def is_right(exercise: Any, case: Case, outcome: Outcome) -> bool:
    """Tell whether an outcome agrees with Keras on a case, within the tolerance."""
    array = to_array(outcome.value)
    return array is not None and largest_difference(array, exercise.expected(case)) <= TOLERANCE
