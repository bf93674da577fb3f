"""Which submitted cell is which of the instructor's: by nbgrader's id, cell id, text, names or place."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rnnshapes.grading.repair.expected import Expected, bound_names, grade_id

if TYPE_CHECKING:
    from nbformat import NotebookNode


@dataclass
class Match:
    """A submission under repair. A submitted cell is meant by its number."""

    cells: list[NotebookNode]
    expected: list[Expected]
    plain: list[tuple[int, NotebookNode]]
    """The instructor's cells that nbgrader does not know, with their positions: landmarks."""
    chosen: dict[str, int] = field(default_factory=dict)
    """Which submitted cell is which known one, by its id."""
    dropped: set[int] = field(default_factory=set)
    """Copies that hold nothing of the student's."""
    found: list[tuple[str, str, str]] = field(default_factory=list)
    """What was put right, for repair_words.py."""
    names: dict[int, frozenset[str]] = field(default_factory=dict)
    """What a submitted code cell binds, where that was asked for."""
    to_parse: int = 400_000
    """So many characters more are parsed, thousands of lines; then definitions are only looked for line by line."""

    def say(self, kind: str, what: Expected | str, detail: str = "") -> None:
        """Note a repair of a kind that repair_words.py knows."""
        self.found.append((kind, what if isinstance(what, str) else f"{what.role} cell {what.grade_id}", detail))

    def binds(self, i: int, names: frozenset[str]) -> bool:
        """Return whether a submitted code cell binds all these names at its top level; False where there are none."""
        cell = self.cells[i]
        if cell.cell_type != "code" or not names or any(name not in cell.source for name in names):
            return False
        if i not in self.names:
            self.to_parse -= len(cell.source)
            self.names[i] = bound_names(cell.source, parse=self.to_parse > 0)
        return names <= self.names[i]


def match(cells: list[NotebookNode], expected: list[Expected], plain: list[tuple[int, NotebookNode]]) -> Match:
    """Return which submitted cell is which known one, every one at most once; a cell's own mark goes first."""
    work = Match(cells, expected, plain)
    marked: dict[str, list[int]] = {one.grade_id: [] for one in expected}
    free = []
    for i, cell in enumerate(cells):
        marked.get(grade_id(cell) or "", free).append(i)
    last = -1
    for one in expected:
        if one.locked and marked[one.grade_id]:
            last = work.chosen[one.grade_id] = _best_locked(work, one, marked[one.grade_id], last)
    for one in expected:  # answers after the locked cells: the test below it tells which copy counts
        if not one.locked and marked[one.grade_id]:
            work.chosen[one.grade_id] = _best_answer(work, one, marked[one.grade_id])
    for one in expected:
        _sort_out_copies(work, one, marked[one.grade_id])
    for recognise in (_by_id, _by_text, _by_names, _by_place):
        for one in expected:
            if one.grade_id not in work.chosen and (i := recognise(work, one, free)) is not None:
                work.chosen[one.grade_id] = i
                free.remove(i)
                work.say("adopted" if recognise in (_by_names, _by_place) else "marked", one)
    for i in free:
        if is_marked(cells[i]):
            work.say("unknown", re.sub(r"\W", "?", grade_id(cells[i]) or "")[:64])  # a student's words: no HTML
    return work


def is_marked(cell: NotebookNode) -> bool:
    """True if a cell says that it is nbgrader's: a test, an answer, a task or a locked one."""
    mark = cell.metadata.get("nbgrader")
    return isinstance(mark, dict) and any(mark.get(flag) for flag in ("grade", "solution", "locked", "task"))


def untouched(cell: NotebookNode, one: Expected) -> bool:
    """True if the text is what was handed out, or what the instructor has, but for blanks at the ends of lines."""
    return trimmed(cell.source) in (trimmed(one.released), trimmed(one.cell.source))


def from_earlier_release(cell: NotebookNode) -> bool:
    """True if nbgrader's checksum, made when the cell was handed out, still fits its text."""
    from nbgrader.utils import compute_checksum

    try:
        return bool(cell.metadata.nbgrader.checksum == compute_checksum(cell))
    except (AttributeError, KeyError, TypeError, ValueError):
        return False


def trimmed(text: str) -> str:
    r"""Return the text without blanks at the ends of its lines, which editors add and remove by themselves.

    >>> trimmed("a  \r\n b\n\n")
    'a\n b'
    """
    return "\n".join(line.rstrip() for line in text.rstrip().splitlines())


def squeezed(text: str) -> str:
    """Return the text without any blanks: what an automatic formatter leaves alone."""
    return "".join(text.split())


def landmark(work: Match, cell: NotebookNode) -> int | None:
    """Return where in the instructor's notebook this cell without a mark stands, or None if it isn't there."""
    text = trimmed(cell.source)
    same = (place for place, other in work.plain if trimmed(other.source) == text)
    named = (place for place, other in work.plain if other.cell_type == cell.cell_type and other.get("id") == cell.id)
    return next(same, next(named, None) if isinstance(cell.id, str) else None)


def _best_locked(work: Match, one: Expected, copies: list[int], last: int) -> int:
    """An untouched copy, so that an edited one stays the student's own; else the first in its place."""
    return min(copies, key=lambda i: (not untouched(work.cells[i], one), i < last, i))


def _best_answer(work: Match, one: Expected, copies: list[int]) -> int:
    """The copy that someone worked in, and of several the one that its tests would meet when all cells run in order."""

    def rank(i: int) -> tuple[bool, bool, bool, int]:
        cell = work.cells[i]
        worked_in = bool(cell.source.strip()) and not untouched(cell, one)
        return worked_in, work.binds(i, one.names), i < _first_test(work, one), i

    return max(copies, key=rank) if len(copies) > 1 else copies[0]


def _first_test(work: Match, answer: Expected) -> int:
    """The number of the cell that tests this answer first, or the number of cells if there is none."""
    tests = [one for one in work.expected if one.role == "test" and one.position > answer.position]
    return work.chosen.get(tests[0].grade_id, len(work.cells)) if tests else len(work.cells)


def _sort_out_copies(work: Match, one: Expected, copies: list[int]) -> None:
    others = [i for i in copies if i != work.chosen[one.grade_id]]
    for i in others:
        text = trimmed(work.cells[i].source)
        same = text == trimmed(work.cells[work.chosen[one.grade_id]].source)
        # A stub that stays below the answer would define it again.
        if same or not text or untouched(work.cells[i], one):
            work.dropped.add(i)
    if others:
        work.say("copies" if work.dropped.isdisjoint(others) else "dropped", one)


def _by_id(work: Match, one: Expected, free: list[int]) -> int | None:
    wanted = (one.cell.id, one.grade_id)
    return next((i for i in free if isinstance(work.cells[i].id, str) and work.cells[i].id in wanted), None)


def _by_text(work: Match, one: Expected, free: list[int]) -> int | None:
    if not one.released.strip() or not (one.locked or one.names):
        return None  # "YOUR ANSWER HERE" says nothing about which answer it is
    texts = (one.released, one.cell.source)
    exact = (i for i in free if work.cells[i].source in texts)
    loose = (i for i in free if squeezed(work.cells[i].source) in map(squeezed, texts))
    return next(exact, next(loose, None))


def _by_names(work: Match, one: Expected, free: list[int]) -> int | None:
    """The unmarked cell that binds the answer's names; of several the one that its tests would meet."""
    fits = [i for i in free if work.binds(i, one.names) and landmark(work, work.cells[i]) is None]
    return max(fits, key=lambda i: (i < _first_test(work, one), i), default=None)


def _by_place(work: Match, one: Expected, free: list[int]) -> int | None:
    """For an answer that binds no names: the only new cell of its type between its two neighbours."""
    if one.locked or one.names:
        return None
    position = {work.chosen[other.grade_id]: other.position for other in work.expected if other.grade_id in work.chosen}
    position |= {i: place for i in free if (place := landmark(work, work.cells[i])) is not None}
    before = max(
        (pair for pair in position.items() if pair[1] < one.position), key=lambda pair: pair[1], default=(-1, -1)
    )
    end = (len(work.cells), sys.maxsize)
    after = min((pair for pair in position.items() if pair[1] > one.position), key=lambda pair: pair[1], default=end)
    if any(other is not one and before[1] < other.position < after[1] and not other.locked for other in work.expected):
        return None  # two answers are missing here, and nothing tells which one this is
    fits = [i for i in free if before[0] < i < after[0] and work.cells[i].cell_type == one.cell.cell_type]
    fits = [i for i in fits if i not in position and work.cells[i].source.strip()]
    return fits[0] if len(fits) == 1 else None
