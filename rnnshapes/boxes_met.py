"""The certificate of shapes, out of what the installed lessons ask for."""

from __future__ import annotations

from typing import Any

from rnnshapes import draw
from rnnshapes.lessons import exercise_names, find_exercise, lesson_titles


def certificate(of: str = "") -> Any:
    """Return a picture with one line for each lesson that is installed: every box that its exercises ask for.

    What asks for none, such as a quiz, has no line.

    >>> certificate("A. Student").alt.split(":")[0]
    'Certificate of shapes of A. Student'
    """
    rows = []
    for number, title in lesson_titles().items():
        boxes: list[str] = []
        for name in exercise_names(number):
            dims = getattr(find_exercise(name), "dims", "")
            boxes += dims.values() if isinstance(dims, dict) else [dims]
        if any(boxes):
            rows.append((number, title, [box for box in boxes if box]))
    return draw.certificate(rows, of=of)
