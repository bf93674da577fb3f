"""Whether a notebook is another one as a whole: another lesson's, an older release's, a stranger's; in one sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rnnshapes.grading.repair.expected import grade_id
from rnnshapes.grading.repair.repair_match import Match, is_marked

if TYPE_CHECKING:
    from nbformat import NotebookNode

_TEXT_OF = re.compile(r"lessons/(\d\d_[a-z0-9_]{1,60})/(lecture|assignment)\.py")
ANOTHER = "Another notebook than this assignment's was handed in"
EARLIER = "The notebook is of an earlier release of this assignment"
_NAMED = 12
"""Cells that are named at most."""
Found = list[tuple[str, str, str]]


def whole_notebook(work: Match, submitted: NotebookNode, source: NotebookNode) -> tuple[list[str], Found]:
    """Return a sentence on a notebook that is not this assignment's present one, and what it does not say of the rest.

    No sentence, and all that was found, for a notebook that is the present one.
    """
    telling = {one.grade_id for one in work.expected if one.role != "read-only"} or {
        one.grade_id for one in work.expected
    }
    ours = telling & set(work.chosen)
    others = [name for cell in work.cells if is_marked(cell) and (name := _telling_id(cell)) and name not in telling]
    theirs, mine = _text(submitted), _text(source)
    marked = any(is_marked(cell) for cell in work.cells)
    another_by_name = (theirs and theirs != mine) or (not marked and _heading(work.cells) != _heading(source.cells))
    few = len(ours) * 2 <= len(telling)
    if not telling or not (not ours or len(others) > len(ours) or (few and another_by_name)):
        return _earlier_release(work)
    what = f"{ANOTHER}: {_what_it_is(work, theirs, mine)}"
    found = f"only {len(ours)} of this assignment's {len(telling)} tests and answers were" if ours else (
        "none of this assignment's tests and answers was")  # fmt: skip
    put_back = sum(one.grade_id not in work.chosen for one in work.expected)
    return [f"{what}; {found} in it, so {put_back} cells were put back."], []


def _what_it_is(work: Match, theirs: str, mine: str) -> str:
    """Say what the notebook says of itself, in its metadata or its first heading."""
    if theirs and theirs != mine:
        lesson, kind = theirs.split("/")
        return f"it is the {kind} of {lesson}"
    if theirs and theirs == mine and any(is_marked(cell) for cell in work.cells):
        return "it is an earlier release, with other tests and answers"
    heading = _heading(work.cells)
    return f"it is headed “{heading}”" if heading else "it says nowhere which one it is"


def is_about_the_whole(sentence: str) -> bool:
    """Say whether a sentence is one of these: it goes before any other message."""
    return sentence.startswith((ANOTHER, EARLIER))


def _earlier_release(work: Match) -> tuple[list[str], Found]:
    """Return one sentence in place of all that says no more than that the release was an earlier one."""
    older = [what.split(" cell ")[-1] for kind, what, _ in work.found if kind == "older"]
    if not older:
        return [], work.found
    counts = {
        "missing": "{} that it did not have were put back",
        "unanswered": "{} answers that it did not have were put back as they are handed out",
        "unknown": "{} that this assignment no longer has count as ordinary cells",
        "moved": "{} were moved to where they stand now",
        "settings": "{} got their present settings",
    }
    more = []
    for kind, words in counts.items():
        if number := sum(found == kind for found, _, _ in work.found):
            more.append(words.format(number))
    names = ", ".join(older[:_NAMED]) + (" …" if len(older) > _NAMED else "")
    have = "has" if len(older) == 1 else "have"
    said = f"{EARLIER}: {len(older)} of its cells {have} another text now, and the present one was put in ({names})"
    return ["; ".join([said, *more]) + "."], [one for one in work.found if one[0] not in {"older", *counts}]


def _telling_id(cell: NotebookNode) -> str:
    mark = cell.metadata.nbgrader
    return (grade_id(cell) or "") if mark.get("grade") or mark.get("solution") or mark.get("task") else ""


def _text(notebook: NotebookNode) -> str:
    """Return which lesson's text a notebook was built from, "05_masking/assignment", as far as it says so."""
    metadata = notebook.get("metadata")
    record: Any = metadata.get("rnnshapes") if isinstance(metadata, dict) else None
    said = record.get("lesson") if isinstance(record, dict) else None
    found = _TEXT_OF.fullmatch(said) if isinstance(said, str) else None
    return f"{found[1]}/{found[2]}" if found else ""


def _heading(cells: list[NotebookNode]) -> str:
    """Return a notebook's first heading as plain words: they are a student's, and go into a page."""
    for cell in cells[:20]:
        if cell.cell_type == "markdown":
            for line in cell.source[:5000].splitlines():
                if line.startswith("#"):
                    return re.sub(r"[^\w :,.()×'-]", "", line[:200]).strip()[:80]
    return ""
