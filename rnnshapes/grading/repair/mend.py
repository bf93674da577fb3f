"""A submitted notebook put right against the instructor's, before anything of it runs: nothing is executed here.

Every cell that nbgrader knows comes out once, in the instructor's order, with the instructor's metadata. An answer
keeps the student's text, every other known cell gets the instructor's. A student's own cells stay behind the known cell
that they followed. What was put right is told in sentences.
"""

from __future__ import annotations

import copy
import difflib
import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from rnnshapes.grading.in_its_share import in_its_share
from rnnshapes.grading.repair.expected import Expected, expected_cells, grade_id
from rnnshapes.grading.repair.repair_match import (
    Match,
    from_earlier_release,
    landmark,
    match,
    squeezed,
    untouched,
)
from rnnshapes.grading.repair.repair_words import sentences
from rnnshapes.grading.repair.whole import whole_notebook

if TYPE_CHECKING:
    from nbformat import NotebookNode

ELSEWHERE = "# This cell was missing. Another cell of the notebook has its answer."
_KEPT = "This is what stood in the locked cell `{}`. It is kept here to be read; it does not run and is not graded."
_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")

# A cell, and its position in the instructor's notebook; None where it is a student's own.
Placed = tuple["int | None", "NotebookNode"]


@in_its_share(60)
def repair(
    submitted: NotebookNode, source: NotebookNode, release: NotebookNode | None = None, *, keep_outputs: bool = False
) -> tuple[NotebookNode, list[str]]:
    """Return the notebook to grade, and what was put right in it, a sentence each.

    `source` is the instructor's notebook with solutions and hidden tests, in nbgrader's schema 3; `release` is what was
    handed out, where the course's nbgrader settings make other stubs than nbgrader's own. The inputs are not changed.

    The result has hidden tests in it, as nbgrader's autograded notebooks do: keep it from a student's kernel. Outputs
    are gone (or kept, if asked: they prove nothing), notebook metadata is the source's. Equal inputs give equal
    results; repairing a result changes nothing.

    Raises: CourseError if nbgrader would refuse the source. No submission raises.
    """
    from nbformat.v4 import new_notebook

    expected = expected_cells(source, release)
    known = {one.position for one in expected}
    plain = [(place, cell) for place, cell in enumerate(source.cells) if place not in known]
    work = match(_read_cells(submitted, keep_outputs), expected, plain)
    cells = _assemble(work)
    _number(cells)
    whole, found = whole_notebook(work, submitted, source)
    told = whole + sentences(found)
    return new_notebook(cells=[cell for _, cell in cells], metadata=_metadata(submitted, source)), told


def _read_cells(submitted: NotebookNode, keep_outputs: bool) -> list[NotebookNode]:
    """Return the submitted cells, well-formed whatever was handed in, and without their outputs unless asked."""
    raw = submitted.get("cells")
    cells = [cell for cell in (raw if isinstance(raw, list) else []) if isinstance(cell, dict)]
    return [_read_cell(cell, keep_outputs) for cell in cells]


def _read_cell(cell: dict[str, Any], keep_outputs: bool) -> NotebookNode:
    from nbformat import NotebookNode

    text, kind = cell.get("source"), cell.get("cell_type")
    text = "".join(line for line in (text if isinstance(text, list | str) else []) if isinstance(line, str))
    one = NotebookNode(
        cell_type=kind if kind in ("code", "markdown") else "raw",
        id=cell.get("id"),
        metadata=_plain_data(cell.get("metadata")),
        source=text.encode("utf-8", "replace").decode(),  # half a surrogate pair could not be written to a file
    )
    if kind == "code":
        one |= {"execution_count": None, "outputs": []}
        shown = NotebookNode(one | _plain_data({key: cell.get(key) for key in ("execution_count", "outputs")}))
        if keep_outputs and _is_valid(NotebookNode(shown, id="any", metadata={})):
            one = shown
    elif attachments := _plain_data(cell.get("attachments")):
        one.attachments = attachments
    return one


def _plain_data(value: Any) -> NotebookNode:
    """Return a copy of a JSON object, or an empty one if it could not be written to a file and read again."""
    from nbformat import NotebookNode, from_dict

    try:
        text = json.dumps(value, allow_nan=False, ensure_ascii=False).encode("utf-8", "replace").decode()
        nested = text.count("[") + text.count("{") > 200  # so deep, perhaps, that a later copy of it fails
        return from_dict(json.loads(text)) if isinstance(value, dict) and not nested else NotebookNode()
    except (TypeError, ValueError, RecursionError):
        return NotebookNode()


def _metadata(submitted: NotebookNode, source: NotebookNode) -> dict[str, Any]:
    """Return the source's notebook metadata; where it names no kernel, the submission's stays, as nbgrader has it."""
    metadata, given = copy.deepcopy(source.metadata), _plain_data(submitted.get("metadata"))
    for key, needed in (("kernelspec", ("name", "display_name")), ("language_info", ("name",))):
        if not metadata.get(key) and isinstance(given.get(key), dict):
            kept = {name: given[key][name] for name in needed if isinstance(given[key].get(name), str)}
            metadata |= {key: kept} if len(kept) == len(needed) else {}
    return metadata


def _assemble(work: Match) -> list[Placed]:
    """Return all cells of the notebook to grade, in order."""
    known = {i: name for name, i in work.chosen.items()}
    blocks: dict[str, list[Placed]] = {"": []}  # a known cell's id, and the student's own cells behind it
    name = ""
    for i, cell in enumerate(work.cells):
        if i in known:
            name = known[i]
            blocks[name] = []
        elif i not in work.dropped:
            blocks[name].append((landmark(work, cell), _own_cell(cell)))
    _tell_order(work, [name for name in blocks if name])

    cells, start = blocks[""], 0  # start: right behind the last known cell
    for one in work.expected:
        if one.grade_id in work.chosen:
            start = len(cells) + 1
            cells += _mended(work, one, work.cells[work.chosen[one.grade_id]]) + blocks[one.grade_id]
        else:
            start = _gap(cells, start, one) + 1
            cells.insert(start - 1, (one.position, _put_back(work, one)))
    return cells


def _gap(cells: list[Placed], start: int, one: Expected) -> int:
    """Where a missing cell goes: a test behind the student's own cells, since it may need them; others before."""
    marks = [(k, place) for k, (place, _) in enumerate(cells) if k >= start and place is not None]
    if one.role in ("test", "task"):
        return min((k for k, place in marks if place > one.position), default=len(cells))
    return max((k + 1 for k, place in marks if place < one.position), default=start)


def _mended(work: Match, one: Expected, found: NotebookNode) -> list[Placed]:
    """Return the known cell with what is the student's in it, and behind it what the student wrote in a locked one."""
    cell = copy.deepcopy(one.cell)
    _tell_settings(work, one, found)
    if cell.cell_type == found.cell_type == "code":
        cell |= {"execution_count": found.execution_count, "outputs": found.outputs}
    if not one.locked:
        cell.source = found.source
        if "attachments" in found and cell.cell_type != "code":
            cell.attachments = found.attachments
            if not _is_valid(cell):
                del cell["attachments"]
        return [(one.position, cell)]
    if untouched(found, one):
        return [(one.position, cell)]
    theirs = set(map(squeezed, found.source.splitlines()))
    ours = set(map(squeezed, f"\n{one.released}\n{one.cell.source}".splitlines()))
    if from_earlier_release(found) or theirs <= ours:
        work.say("older" if from_earlier_release(found) else "changed", one)
        return [(one.position, cell)]
    work.say("kept", one)
    return [(one.position, cell), (None, _kept_text(one, found.source))]


def _put_back(work: Match, one: Expected) -> NotebookNode:
    cell = copy.deepcopy(one.cell)
    if any(work.binds(i, one.names) for i in range(len(work.cells)) if i not in work.dropped):
        cell.source = ELSEWHERE  # the stub would undo what the other cell defines
        work.say("elsewhere", one)
    else:
        work.say("missing" if one.locked else "unanswered", one)
    return cell


def _own_cell(cell: NotebookNode) -> NotebookNode:
    """Return a student's own cell, without nbgrader's mark and without what nbformat does not allow."""
    from nbformat import NotebookNode

    own = NotebookNode(cell, metadata={key: value for key, value in cell.metadata.items() if key != "nbgrader"})
    if not _is_valid(NotebookNode(own, id="any")):
        own.metadata = {}
        own.pop("attachments", None)
    return own


def _kept_text(one: Expected, text: str) -> NotebookNode:
    from nbformat.v4 import new_markdown_cell

    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    language = "python" if one.cell.cell_type == "code" else ""
    quoted = f"{_KEPT.format(one.grade_id)}\n\n{fence}{language}\n{text}\n{fence}"
    return new_markdown_cell(quoted, id=f"{one.grade_id[:59]}-kept")


def _number(cells: list[Placed]) -> None:
    """Give every cell a valid id of its own: known cells keep the instructor's, and none is random."""
    taken: set[str] = set()
    count: Counter[str] = Counter()
    for _, cell in sorted(cells, key=lambda pair: "nbgrader" not in pair[1].metadata):
        wanted = name = cell.id if isinstance(cell.id, str) and _ID.fullmatch(cell.id) else "own"
        while name in taken:
            count[wanted] += 1
            name = f"{wanted[:56]}-{count[wanted] + 1}"
        cell.id = name
        taken.add(name)


def _is_valid(cell: NotebookNode) -> bool:
    from nbformat import ValidationError
    from nbformat.v4.nbbase import validate

    try:
        validate(cell, f"{cell.cell_type}_cell")
    except (ValidationError, RecursionError):
        return False
    return True


def _tell_settings(work: Match, one: Expected, found: NotebookNode) -> None:
    if found.cell_type != one.cell.cell_type:
        work.say("retyped", one, found.cell_type)
    if grade_id(found) != one.grade_id:
        return  # it had no mark: that is told already
    wanted, mark = one.cell.metadata, found.metadata.nbgrader
    fields = ("grade", "solution", "locked", "points", "schema_version") + (("task",) if "task" in mark else ())
    changed = [key for key in fields if mark.get(key) != wanted.nbgrader.get(key)]
    changed += [key for key in ("deletable", "editable", "tags") if found.metadata.get(key) != wanted.get(key)]
    if changed:
        work.say("settings", one, ", ".join(changed))


def _tell_order(work: Match, names: list[str]) -> None:
    ordered = [one.grade_id for one in work.expected if one.grade_id in work.chosen]
    same = difflib.SequenceMatcher(None, ordered, names, autojunk=False).get_matching_blocks()
    still = {name for block in same for name in ordered[block.a : block.a + block.size]}
    for one in work.expected:
        if one.grade_id in work.chosen and one.grade_id not in still:
            work.say("moved", one)
