"""The exercises, by name, and the misconceptions that belong to each."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from rnnshapes.errors import CourseError

_EXERCISES = {
    "01/predicted": ("lesson_01", "PREDICTED"),
    "01/name_weights": ("lesson_01", "NAME_WEIGHTS"),
    "01/rnn_by_hand": ("lesson_01", "RNN_BY_HAND"),
    "01/rnn_by_hand_batched": ("lesson_01", "RNN_BY_HAND_BATCHED"),
}


def exercise_names() -> list[str]:
    """Return the names of all exercises.

    >>> exercise_names()[0]
    '01/predicted'
    """
    return list(_EXERCISES)


def find_exercise(name: str) -> Any:
    """Return the exercise called `name`, such as "01/rnn_by_hand".

    Raises: CourseError if there is none.
    """
    if name not in _EXERCISES:
        raise CourseError(
            f"Got the exercise name {name!r}. Expected one of: {', '.join(_EXERCISES)}. "
            "Try restoring the check cell as it was released."
        )
    module, attribute = _EXERCISES[name]
    return getattr(import_module(f".{module}", __name__), attribute)
