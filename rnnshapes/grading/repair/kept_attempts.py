"""The ways of checks that a submitted notebook carries in its outputs: untrusted, for counting alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rnnshapes.attempts import Way, known_verdicts, read_way
from rnnshapes.lessons import exercise_names

if TYPE_CHECKING:
    from nbformat import NotebookNode


def kept_attempts(submitted: NotebookNode, *, assignment: str) -> dict[str, Way]:
    """Return the way of a student's checks by answer name, where the student let them be kept; never raises.

    `submitted` is as `read_notebook` gives it. Only exercises of the assignment and verdicts that they know are read;
    anything else is left out in silence. Of several ways to one answer the one with the most checks counts.
    """
    if not (outputs := _carried(submitted)):
        return {}
    found: dict[str, Way] = {}
    for name in exercise_names(assignment[:2]):
        known = known_verdicts(name)
        ways = (read_way(carried.get(name), known=known) for carried in outputs)
        if way := max(ways, key=lambda way: sum(count for _, count in way)):
            found[name.partition("/")[2]] = way
    return found


def _carried(notebook: NotebookNode) -> list[dict[str, Any]]:
    """Return what outputs say about attempts, where it is a dict."""
    metadata = [output.get("metadata") for cell in notebook.cells for output in cell.get("outputs", [])]
    ours = [one.get("rnnshapes") for one in metadata if isinstance(one, dict)]
    said = [one.get("attempts") for one in ours if isinstance(one, dict)]
    return [one for one in said if isinstance(one, dict)]
