"""The short cell keys: what they mean to nbgrader, and what can be wrong with a lesson that uses them."""

from __future__ import annotations

import re
from typing import Any

from rnnshapes.authoring.marks import almost_a_mark
from rnnshapes.authoring.text import Cell, Lesson, nearest
from rnnshapes.errors import CourseError

ROLES = ("answer", "test", "readonly", "written")  # a cell has at most one
KEYS = (*ROLES, "part", "points", "tags", "newlines")
GENERATED = "install"  # the id of the cell that build puts first

_FITS = {"answer": ("code",), "test": ("code",), "readonly": ("code", "markdown"), "written": ("markdown",)}
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
# nbgrader looks for these words anywhere in a line, in any cell.
_REGIONS = {
    "solution": ("BEGIN SOLUTION", "END SOLUTION"),
    "hidden test": ("BEGIN HIDDEN TESTS", "END HIDDEN TESTS"),
}


def cell_id(keys: dict[str, str]) -> str | None:
    """Return nbgrader's grade_id for a cell with these keys, or None for a plain cell.

    >>> cell_id({"test": "rnn_by_hand", "part": "at_once", "points": "1"})
    'test_rnn_by_hand_at_once'
    """
    if "test" in keys:
        return "_".join(["test", keys["test"]] + ([keys["part"]] if "part" in keys else []))
    return next((keys[role] for role in ROLES if role in keys), None)


def to_nbgrader(keys: dict[str, str]) -> dict[str, Any] | None:
    """Return the nbgrader metadata (schema version 3) that these keys stand for; None for a plain cell.

    >>> to_nbgrader({"readonly": "setup"})["locked"]
    True

    Source: nbgrader's documentation, "nbgrader metadata format".
    """
    if cell_id(keys) is None:
        return None
    graded = "test" in keys or "written" in keys
    meta: dict[str, Any] = {
        "grade": graded,
        "grade_id": cell_id(keys),
        "locked": "test" in keys or "readonly" in keys,
        "schema_version": 3,
        "solution": "answer" in keys or "written" in keys,
        "task": False,
    }
    if graded:
        meta["points"] = number(keys.get("points")) or 0
    return meta


def from_nbgrader(kind: str, meta: dict[str, Any], *, answers: tuple[str, ...], where: str) -> dict[str, str]:
    """Return the short keys for a cell's nbgrader metadata, `answers` being the notebook's answer ids.

    Raises: CourseError, naming the cell, for what the short keys cannot say.
    """
    grade_id, version = str(meta.get("grade_id", "")), meta.get("schema_version", 3)
    role = (bool(meta.get("grade")), bool(meta.get("solution")), bool(meta.get("locked")))
    if version != 3:
        raise CourseError(
            f"{where}: its nbgrader metadata has schema_version {version}, not 3. "
            "Run `nbgrader update` on the notebook, then absorb it."
        )
    if meta.get("task"):
        raise CourseError(
            f"{where}: a manually graded task cannot be kept in lesson text. "
            "Make it a manually graded answer in the Create Assignment toolbar."
        )
    points = {"points": str(number(meta["points"]))} if number(meta.get("points")) is not None else {}
    if kind in ("code", "markdown") and role == (False, False, True):
        return {"readonly": grade_id}
    if kind == "code" and role == (False, True, False):
        return {"answer": grade_id}
    if kind == "code" and role == (True, False, True):
        return _test_keys(grade_id, answers=answers, where=where) | points
    if kind == "markdown" and role == (True, True, False):
        return {"written": grade_id} | points
    if kind == "code" and role == (True, True, False):
        raise CourseError(
            f"{where}: a code cell that is answer and graded in one cannot be kept in lesson "
            "text. Make it an autograded answer, and add a cell of autograder tests below it."
        )
    named = zip(("grade", "solution", "locked"), role, strict=True)
    flags = ", ".join(f"{flag} {str(value).lower()}" for flag, value in named)
    raise CourseError(
        f"{where}: a {kind} cell with {flags} cannot be kept in lesson text. "
        "Choose its type again in the Create Assignment toolbar."
    )


def number(text: Any) -> int | float | None:
    """Return points as a number ≥ 0, or None when `text` is not one.

    >>> number("2"), number("0.5"), number("two"), number(-1)
    (2, 0.5, None, None)
    """
    try:
        value = float(str(text))
    except ValueError:
        return None
    if not 0 <= value < float("inf"):
        return None
    return int(value) if value.is_integer() else value


def check(lesson: Lesson, *, graded: bool) -> list[str]:
    """Return everything that is wrong with a lesson's text, each "file:line: what. What to do.", or [].

    `graded` is True for an assignment, False for a lecture.
    """
    problems = list(lesson.problems)
    for cell in lesson.cells:
        problems += [f"{cell.where}: {problem}" for problem in _check_keys(cell, graded=graded)]
        problems += [f"{cell.where}: {problem}" for problem in _check_regions(cell)]
        problems += _check_marks(cell)
    problems += _check_ids(lesson.cells)
    if graded:
        problems += _check_pairs(lesson.cells) + _check_points(lesson)
    elif lesson.points is not None:
        problems.append(f"{lesson.where}:1: a lecture has no points. Remove 'points:' from the header.")
    return problems


def _test_keys(grade_id: str, *, answers: tuple[str, ...], where: str) -> dict[str, str]:
    name = grade_id.removeprefix("test_")
    # Longest first: test_a_b tests a_b where there is one, else it is part b of the tests of a.
    for answer in sorted(answers, key=len, reverse=True):
        if grade_id == f"test_{answer}":
            return {"test": answer}
        if grade_id.startswith(f"test_{answer}_"):
            return {"test": answer, "part": name.removeprefix(f"{answer}_")}
    raise CourseError(
        f"{where}: a test's id has to be test_ANSWER or test_ANSWER_PART, and {grade_id!r} "
        f"fits no answer (there are: {', '.join(answers) or 'none'}). "
        "Change the ID in the Create Assignment toolbar."
    )


def _check_keys(cell: Cell, *, graded: bool) -> list[str]:
    problems, keys = [], cell.keys
    for key in keys:
        if key not in KEYS:
            problems.append(f"unknown key {key!r}. {nearest(key, KEYS)}The keys are: {', '.join(KEYS)}.")
    roles = [role for role in ROLES if role in keys]
    if len(roles) > 1:
        problems.append(f"{' and '.join(roles)} cannot stand on one cell. Keep one, or make two cells.")
    for key in (*roles, *(["part"] if "part" in keys else [])):
        if not _NAME.fullmatch(keys[key]):
            problems.append(f"{key}={keys[key]!r} is not a name. Use 1 to 64 letters, digits, '_' and '-'.")
    for role in roles:
        if cell.kind not in _FITS[role]:
            start = "# %% [markdown]" if role == "written" else "# %%"
            problems.append(
                f"{role} does not fit a {cell.kind} cell. Start the cell with '{start} {role}=…', or remove the key."
            )
        if not graded:
            problems.append(f"{role} belongs in assignment.py; a lecture is not graded. Remove the key.")
    scored = "test" in keys or "written" in keys
    if scored and "points" not in keys:
        problems.append("the points are missing. Add points=1, or as many as it is worth.")
    if scored and "points" in keys and number(keys["points"]) is None:
        problems.append(f"points={keys['points']} is not a number of 0 or more. Write it as in points=2.")
    if not scored and "points" in keys:
        problems.append("points fit only a test or a written answer. Move them to the test of this answer.")
    if "part" in keys and "test" not in keys:
        problems.append('part fits only a test. Remove it, or add test="…".')
    if "newlines" in keys and not (cell.kind == "code" and keys["newlines"].isdigit()):
        problems.append("newlines counts blank lines kept at the end of a code cell. Write it as in newlines=1.")
    return problems


def _check_marks(cell: Cell) -> list[str]:
    """Name the lines that were meant as marks and that nbgrader would hand out with what they should hide."""
    path, _, first = cell.where.rpartition(":")
    problems = []
    for number, line in enumerate(cell.source.split("\n"), 1):
        if mark := almost_a_mark(line):
            at = f"{path}:{int(first) + number}" if first.isdecimal() else f"{cell.where}, line {number}"
            problems.append(
                f"{at}: got {line.strip()!r}, which nbgrader does not read as a mark: what it should hide would be "
                f"handed out. Expected '### {mark}', in these capitals with one space between. Write it so."
            )
    return problems


def _check_regions(cell: Cell) -> list[str]:
    problems = []
    for name, (begin, end) in _REGIONS.items():
        inside = count = 0
        for line in cell.source.split("\n"):
            if begin in line:
                if inside:
                    problems.append(f"'### {begin}' stands inside a {name} region. Close the first with '### {end}'.")
                inside, count = 1, count + 1
            elif end in line:
                if not inside:
                    problems.append(f"'### {end}' without '### {begin}' above it. Add the line, or remove this one.")
                inside, count = 0, count + 1
        if inside:
            problems.append(f"'### {begin}' without '### {end}'. Add the line '### {end}' where it ends.")
        if name == "solution" and "answer" in cell.keys and not count:
            problems.append(
                "the answer has no solution region, so all of it would be cut from the release. "
                "Put '### BEGIN SOLUTION' and '### END SOLUTION' around the model answer."
            )
        fits = ("answer", "written") if name == "solution" else ("test",)
        if count and not any(role in cell.keys for role in fits):
            place = "an answer or a written cell" if name == "solution" else "a test"
            problems.append(f"a {name} region fits only {place}. Move it there, or remove the markers.")
    return problems


def _check_ids(cells: tuple[Cell, ...]) -> list[str]:
    seen, problems = {GENERATED: "by build, for the install cell"}, []
    for cell in cells:
        name = cell_id(cell.keys)
        if name is None:
            continue
        if len(name) > 64 and len(cell.keys.get("test", "")) <= 64:
            problems.append(f"{cell.where}: the id {name!r} is longer than 64. Shorten the answer's name or the part.")
        if name in seen:
            more = ' Give a second test of one answer its own part="…".' if "test" in cell.keys else ""
            problems.append(f"{cell.where}: the id {name!r} is already used ({seen[name]}). Choose another.{more}")
        seen.setdefault(name, f"at {cell.where}")
    return problems


def _check_pairs(cells: tuple[Cell, ...]) -> list[str]:
    answers = tuple(cell.keys["answer"] for cell in cells if "answer" in cell.keys)
    tested = tuple(cell.keys["test"] for cell in cells if "test" in cell.keys)
    problems = []
    for cell in cells:
        answer, test = cell.keys.get("answer"), cell.keys.get("test")
        if answer is not None and answer not in tested:
            problems.append(
                f"{cell.where}: the answer {answer!r} has no test. "
                f"Add a cell '# %% test=\"{answer}\" points=…' below it."
            )
        if test is not None and test not in answers:
            problems.append(
                f"{cell.where}: the test {test!r} has no answer. {nearest(test, answers)}"
                f"Add a cell '# %% answer=\"{test}\"' above it, or name the answer that it "
                "tests."
            )
    return problems


def points_of(cells: tuple[Cell, ...]) -> int | float:
    """Return the sum of the points of all tests and written answers (unreadable ones count 0)."""
    scored = [cell.keys.get("points") for cell in cells if {"test", "written"} & set(cell.keys)]
    return number(round(sum(number(points) or 0 for points in scored), 9))  # 0.1 + 0.2 is 0.3 to people


def _check_points(lesson: Lesson) -> list[str]:
    total = points_of(lesson.cells)
    if lesson.points is None:
        return [f"{lesson.where}:1: the header has no points. Add '# points: {total:g}', the sum over the cells."]
    if number(lesson.points) is None:
        return [
            f"{lesson.where}:1: the header's points {lesson.points!r} are not a number. Write '# points: {total:g}'."
        ]
    if abs(number(lesson.points) - total) > 1e-9:
        return [
            f"{lesson.where}:1: the header says {lesson.points} points, the cells add up to {total:g}. "
            f"Change the cells, or write '# points: {total:g}'."
        ]
    return []
