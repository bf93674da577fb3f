"""The exercises, by name. Lesson NN's are in lesson_NN.py: "01/rnn_by_hand" is RNN_BY_HAND in lesson_01.py."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from rnnshapes.errors import CourseError


def exercise_names() -> list[str]:
    """Return the names of all exercises, lesson by lesson.

    >>> [name for name in exercise_names() if name.startswith("01/")][0]
    '01/predicted'
    """
    lessons = sorted(module.name for module in iter_modules(__path__) if module.name.startswith("lesson_"))
    found = [_exercises(lesson) for lesson in lessons]
    return [name for exercises in found for name in exercises]


def find_exercise(name: str) -> Any:
    """Return the exercise called `name`, such as "01/rnn_by_hand".

    Raises: CourseError if there is none.
    """
    lesson = f"lesson_{name[:2]}"
    exercises = _exercises(lesson) if lesson in {module.name for module in iter_modules(__path__)} else {}
    if name not in exercises:
        raise CourseError(
            f"Got the exercise name {name!r}. Expected one of: {', '.join(exercises or exercise_names())}. "
            "Try restoring the check cell as it was released."
        )
    return exercises[name]


def _exercises(lesson: str) -> dict[str, Any]:
    """Return a lesson's exercises by name, in the order of its module."""
    module = import_module(f".{lesson}", __name__)
    ours = {f"{lesson[-2:]}/{name.lower()}": value for name, value in vars(module).items() if name.isupper()}
    return {name: value for name, value in ours.items() if getattr(value, "name", None) == name}
