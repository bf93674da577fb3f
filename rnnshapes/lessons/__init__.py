"""The exercises, by name. Lesson NN's are in lNN_name/exercises.py: "01/rnn_by_hand" is RNN_BY_HAND there."""

from __future__ import annotations

import os
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from rnnshapes.errors import CourseError


def exercise_names(lesson: str = "") -> list[str]:
    """Return the names of all exercises, lesson by lesson; or of one lesson, such as "01_rnn_shapes".

    >>> exercise_names("01_rnn_shapes")[0]
    '01/predicted'
    """
    return [name for room in _rooms().values() if room[1:].startswith(lesson) for name in _exercises(room)]


def lesson_titles() -> dict[str, str]:
    """Return the lessons that are installed, by number, each with the words of its name.

    >>> lesson_titles()["01"]
    'rnn shapes'
    """
    return {number: room[4:].replace("_", " ") for number, room in _rooms().items()}


def find_exercise(name: str) -> Any:
    """Return the exercise called `name`, such as "01/rnn_by_hand".

    Raises: CourseError if there is none.
    """
    rooms = _rooms()
    exercises = _exercises(rooms[name[:2]]) if name[:2] in rooms else {}
    if name not in exercises:
        raise CourseError(
            f"Got the exercise name {name!r}. Expected one of: {', '.join(exercises or exercise_names())}. "
            "Try restoring the check cell as it was released."
        )
    return exercises[name]


def _rooms() -> dict[str, str]:
    """Return the packages of the lessons by number: "01" is "l01_rnn_shapes"."""
    return _rooms_in(tuple(os.stat(folder).st_mtime_ns for folder in __path__))


@lru_cache(1)
def _rooms_in(changed: tuple[int, ...]) -> dict[str, str]:
    """Look again only where the folder has changed: every check asks."""
    return {name[1:3]: name for name in sorted(module.name for module in iter_modules(__path__)) if name[0] == "l"}


def _exercises(room: str) -> dict[str, Any]:
    """Return a lesson's exercises by name, in the order of its module."""
    module = import_module(f".{room}.exercises", __name__)
    ours = {f"{room[1:3]}/{name.lower()}": value for name, value in vars(module).items() if name.isupper()}
    return {name: value for name, value in ours.items() if getattr(value, "name", None) == name}
