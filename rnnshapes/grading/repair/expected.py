"""The cells that a notebook of an assignment has to have, worked out from the instructor's as nbgrader does it."""

from __future__ import annotations

import contextlib
import copy
import functools
import json
import re
import symtable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rnnshapes.errors import CourseError

if TYPE_CHECKING:
    from nbformat import NotebookNode

# Where a text does not parse (a student stopped in mid-line), its definitions are read line by line.
_DEFINES = re.compile(r"^(?:async +def|def|class) +(\w+)|^(\w+) *(?::[^=\n]*)?=(?!=)", re.MULTILINE)
_MAGIC = re.compile(r"^[ \t]*[%!?].*$", re.MULTILINE)
_WORD = re.compile(r"[^\W\d]\w*")
_LONGEST = 20_000  # characters: a hostile cell could keep Python's parser busy


@dataclass(frozen=True)
class Expected:
    """A cell that nbgrader knows by its id."""

    grade_id: str
    role: str
    """test, task, read-only or answer: the word that a message puts before "cell"."""
    position: int
    """Its place among all cells of the instructor's notebook."""
    cell: NotebookNode
    """As the gradebook has it: with hidden tests, an answer as its stub, the checksum of that. Not to be changed."""
    released: str
    """Its text as it was handed out."""
    names: frozenset[str]
    """For an answer in code: the names it has to bind, since its tests and checks use them."""

    @property
    def locked(self) -> bool:
        """True if its text is the instructor's, whatever was handed in."""
        return self.role != "answer"


def expected_cells(source: NotebookNode, release: NotebookNode | None = None) -> list[Expected]:
    """Return what the instructor's notebook asks for, in its order, with nbgrader's metadata and checksums.

    The steps are those of this course's `nbgrader generate_assignment` with nbgrader's own stubs and delimiters. A
    course with other settings (`ClearSolutions.code_stub`, say) hands in the `release` notebook: its texts are taken.

    Raises: CourseError if nbgrader would refuse the source.
    """
    return list(_expected_cells(json.dumps(source), json.dumps(release)))


@functools.lru_cache(maxsize=16)  # 25 ms, and a class has the same source
def _expected_cells(source_json: str, release_json: str) -> tuple[Expected, ...]:
    from nbformat import from_dict
    from nbgrader.utils import compute_checksum, is_grade, is_locked, is_solution, is_task

    source, release = from_dict(json.loads(source_json)), from_dict(json.loads(release_json))
    graded, handed_out = _as_nbgrader_does(source)
    given = {grade_id(cell): cell for cell in release.cells} if release is not None else {}
    used = set(_WORD.findall("\n".join(cell.source for cell in source.cells if is_locked(cell))))
    expected = []
    for position, (origin, cell, out) in enumerate(zip(source.cells, graded.cells, handed_out.cells, strict=True)):
        if not (is_grade(cell) or is_solution(cell) or is_locked(cell) or is_task(cell)):
            continue
        mark = cell.metadata.nbgrader
        out = given.get(mark.grade_id, out)
        cell.metadata = out.metadata | {"nbgrader": mark}
        role = "answer" if is_solution(cell) else "task" if is_task(cell) else "test" if is_grade(cell) else "read-only"
        names: frozenset[str] = frozenset()
        if role == "answer":
            cell.source = out.source
            if cell.cell_type == "code":
                stub, solution = bound_names(cell.source), bound_names(origin.source)
                names = (stub | solution) & used or stub or solution
        if is_grade(cell) or is_solution(cell) or is_locked(cell):  # as ComputeChecksums has it
            cell.metadata.nbgrader |= {"checksum": compute_checksum(cell), "cell_type": cell.cell_type}
        cell.setdefault("id", mark.grade_id[:64])
        expected.append(Expected(mark.grade_id, role, position, cell, out.source, names))
    return tuple(expected)


def _as_nbgrader_does(source: NotebookNode) -> tuple[NotebookNode, NotebookNode]:
    """Return the notebook that generate_assignment saves in the gradebook, and the one that it hands out."""
    from nbgrader import preprocessors as nb
    from nbgrader.nbgraderformat import MetadataValidator

    from rnnshapes.authoring.stubs import OwnStubs

    try:
        MetadataValidator().validate_nb(source)
        graded = _apply([nb.LockCells, nb.ClearSolutions, OwnStubs, nb.ClearOutput], copy.deepcopy(source))
        return graded, _apply([nb.ClearHiddenTests, nb.ClearMarkScheme], copy.deepcopy(graded))
    except Exception as error:  # nbgrader raises bare RuntimeErrors, ValueErrors, and jsonschema's ValidationError
        what = " ".join(str(error).split())[:300]
        raise CourseError(
            f"Got an instructor's notebook that nbgrader refuses: {what}. Expected one that `nbgrader "
            "generate_assignment` accepts. Try: run that command on it, and change the cell that it names."
        ) from error


def bound_names(code: str, *, parse: bool = True) -> frozenset[str]:
    """Return the names that a cell binds at its top level, also where it does not parse. Nothing is executed.

    With parse=False, definitions and assignments are only looked for line by line, which costs next to nothing.

    >>> sorted(bound_names("import numpy as np\\n%time\\ndef f(x):\\n    y = x\\nif f:\\n    a, b = 1, 2"))
    ['a', 'b', 'f', 'np']
    >>> sorted(bound_names("def f(x:\\ny = 3"))
    ['f', 'y']
    """
    with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        if parse and len(code) <= _LONGEST:
            symbols = symtable.symtable(_MAGIC.sub("pass", code), "cell", "exec").get_symbols()
            return frozenset(symbol.get_name() for symbol in symbols if symbol.is_assigned() or symbol.is_imported())
    return frozenset(name for found in _DEFINES.findall(code) for name in found if name)


def grade_id(cell: Any) -> str | None:
    """Return the id that a cell claims in its nbgrader metadata, or None; nothing about the cell is trusted."""
    mark = cell.metadata.get("nbgrader")
    claimed = mark.get("grade_id") if isinstance(mark, dict) else None
    return claimed if isinstance(claimed, str) else None


def _apply(steps: list[type], notebook: NotebookNode) -> NotebookNode:
    for step in steps:
        notebook, _ = step().preprocess(notebook, {})
    return notebook
