"""nbgrader's `### AUTOTEST` lines: the tests that `nbgrader generate_assignment` wrote in their place."""

from __future__ import annotations

from typing import Any

from rnnshapes.errors import CourseError
from rnnshapes.grading.engine.gradebook import open_gradebook

_WORD = "AUTOTEST"


def with_autotests(data: bytes, name: str, *, assignment: str, course: Any) -> bytes:
    """Return an instructor's notebook with its automatic tests, as the gradebook has them; most notebooks have none.

    The lines that ask for them are comments: without this, a test that consists of them would pass with any answer.

    Raises: CourseError if the gradebook does not have the tests yet.

    >>> with_autotests(b'{"cells": []}', "n", assignment="a", course=None)
    b'{"cells": []}'
    """
    if _WORD.encode() not in data:
        return data
    import nbformat
    from nbgrader.api import MissingEntry

    notebook = nbformat.reads(data.decode(), as_version=4)
    with open_gradebook(course) as gradebook:
        for cell in notebook.cells:
            if cell.cell_type != "code" or not any(_asks(line) for line in cell.source.splitlines()):
                continue
            grade_id = (cell.metadata.get("nbgrader") or {}).get("grade_id", "")
            try:
                known: Any = gradebook.find_source_cell(grade_id, name, assignment).source
            except MissingEntry:
                known = None
            if known is None or any(_asks(line) for line in known.splitlines()):
                raise CourseError(
                    f"Got {_WORD} lines in cell {grade_id!r} of {name}.ipynb, expected the tests that nbgrader makes "
                    f"of them in the gradebook. Try: nbgrader generate_assignment {assignment} --force"
                )
            cell.source = known
    return nbformat.writes(notebook).encode()


def _asks(line: str) -> bool:
    return line.strip().startswith("#") and _WORD in line
