"""One row of plain data for each student: what the report and the grades for the LMS are made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rnnshapes.attempts import Way
from rnnshapes.errors import CourseError
from rnnshapes.grading.results import _answer_of, read_result
from rnnshapes.grading.task import Graded


@dataclass
class Row:
    """What is known of one student and one assignment. Points, seconds; tasks by the names of their answers.

    >>> Row("ada", score=9.0, max_score=12.0).state
    'graded'
    >>> Row("bo", handed_in=False).state, Row("cy", failure="the file is broken off").state
    ('nothing handed in', 'not graded')
    """

    login: str
    name: str = ""
    email: str = ""
    lms_id: str = ""
    """nbgrader's lms_user_id: Canvas' number of the student, or Moodle's ID number."""
    score: float | None = None
    """After a penalty for lateness; None where nothing was handed in or nothing is graded."""
    max_score: float = 0.0
    points: dict[str, tuple[float, float]] = field(default_factory=dict)
    """(earned, possible) by task, in the assignment's order."""
    recognised: dict[str, list[str]] = field(default_factory=dict)
    """Keys of misconceptions by task; "?" is a wrong answer without a name."""
    hints: dict[str, str] = field(default_factory=dict)
    """The hint that was given, by misconception."""
    formulas: dict[str, tuple[str, str]] = field(default_factory=dict)
    """What the code computes, and what stands in its place in the right lines, by task."""
    attempts: dict[str, Way] = field(default_factory=dict)
    """The way of the student's own checks by task, where the student kept it."""
    repairs: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    failure: str = ""
    handed_in: bool = True
    late: float = 0.0
    """Seconds after the due date, extensions included."""
    penalty: float = 0.0
    seconds: dict[str, float] = field(default_factory=dict)
    """Where the time of grading went, by step."""
    needs_manual: list[str] = field(default_factory=list)
    """Tasks that wait for a person."""

    @property
    def state(self) -> str:
        """One of "graded", "to grade by hand", "not graded", "nothing handed in"."""
        if not self.handed_in:
            return "nothing handed in"
        if self.needs_manual and not self.failure:
            return "to grade by hand"
        return "not graded" if self.score is None else "graded"

    @property
    def label(self) -> str:
        """The name with the login, or the login alone.

        >>> Row("ada", name="Ada L.").label, Row("bo").label
        ('Ada L. (ada)', 'bo')
        """
        return f"{self.name} ({self.login})" if self.name and self.name != self.login else self.login


def collect_rows(
    gradebook: Any,
    assignment: str,
    results: Mapping[str, Graded],
    *,
    answers: Sequence[str] = (),
    autograded: Path | None = None,
) -> list[Row]:
    """Return a row for every student of the gradebook, and for every result whose student it does not know yet.

    Scores come from nbgrader's gradebook, so what a person changed there counts; `results` (by login) add why
    a submission was not graded, what was recognised, and the time. A submission that failed has no score
    unless a person gave one. `answers` are the names of the answer cells in the notebook's order; without them the
    gradebook's own are used, in the order of the results. With `autograded`, the course's folder of that name,
    submissions without a result (graded by plain `nbgrader autograde`) are read from their notebooks.
    Raises: CourseError if the gradebook has no such assignment.
    """
    from nbgrader.api import MissingEntry

    try:
        found = gradebook.find_assignment(assignment)
    except MissingEntry:
        known = ", ".join(sorted(one.name for one in gradebook.assignments)) or "none"
        raise CourseError(
            f"Got the assignment {assignment!r}. Expected one that the gradebook has: {known}. "
            f"Try: nbgrader generate_assignment {assignment}."
        ) from None
    tasks = _Tasks(found, results, answers)
    rows = {
        student.id: Row(
            student.id,
            name=" ".join(part for part in (student.first_name, student.last_name) if part),
            email=student.email or "",
            lms_id=student.lms_user_id or "",
            max_score=tasks.max_score,
            handed_in=False,
        )
        for student in gradebook.students
    }
    for login in results:
        rows.setdefault(login, Row(login, max_score=tasks.max_score))
    for login, result in results.items():
        _add_result(rows[login], result, tasks)
    _add_submissions(rows, gradebook, found)
    _add_grades(rows, gradebook, found, tasks)
    if autograded is not None:
        for row in rows.values():
            if row.score is not None and row.login not in results:
                _read_notebooks(row, gradebook, found, Path(autograded), tasks)
    return list(rows.values())


class _Tasks:
    """The assignment's graded cells, and which task each belongs to."""

    def __init__(self, assignment: Any, results: Mapping[str, Graded], answers: Sequence[str]) -> None:
        notebooks = assignment.notebooks
        self.several = len(notebooks) > 1
        self.answers = list(answers) or [cell.name for book in notebooks for cell in book.solution_cells]
        self.possible = {
            (book.name, cell.name): cell.max_score
            for book in notebooks
            for cell in (*book.grade_cells, *book.task_cells)
        }
        self.max_score = sum(self.possible.values())
        self.order = self._order(results, answers)

    def name(self, notebook: str, cell: str) -> str:
        """Return the task that a graded cell or an answer belongs to; with its notebook if there are several."""
        answer = _answer_of(cell, self.answers)
        return f"{notebook}/{answer}" if self.several else answer

    def _order(self, results: Mapping[str, Graded], answers: Sequence[str]) -> list[str]:
        """The gradebook does not keep the order of cells: the notebook does, and so do the results."""
        seen = [(book, cell) for one in results.values() for book, it in one.notebooks.items() for cell in it.scores]
        named = [(book, answer) for answer in answers for book, _ in self.possible]
        wanted = {self.name(*cell) for cell in self.possible}
        order = dict.fromkeys(self.name(*cell) for cell in (*named, *dict.fromkeys(seen), *sorted(self.possible)))
        return [name for name in order if name in wanted]


def _add_result(row: Row, result: Graded, tasks: _Tasks) -> None:
    row.handed_in, row.failure, row.seconds = True, result.failure, dict(result.seconds)
    for book, graded in result.notebooks.items():
        row.repairs += graded.repairs
        row.remarks += graded.remarks
        row.hints |= graded.hints
        for answer, (computes, right) in graded.formulas.items():
            row.formulas[tasks.name(book, answer)] = (computes, right)
        for answer, way in graded.attempts.items():
            row.attempts[tasks.name(book, answer)] = [(said, count) for said, count in way]
        for answer, keys in graded.recognised.items():
            known = row.recognised.setdefault(tasks.name(book, answer), [])
            known += [key for key in keys if key not in known]


def _add_submissions(rows: dict[str, Row], gradebook: Any, assignment: Any) -> None:
    """Who handed in, how late, and what that costs."""
    from nbgrader.api import SubmittedAssignment, SubmittedNotebook

    for submission in gradebook.db.query(SubmittedAssignment).filter_by(assignment_id=assignment.id):
        row = rows[submission.student_id]
        row.handed_in, row.late = True, float(submission.total_seconds_late)
    penalties = (
        gradebook.db.query(SubmittedAssignment.student_id, SubmittedNotebook.late_submission_penalty)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .filter(SubmittedAssignment.assignment_id == assignment.id)
    )
    for login, penalty in penalties:
        rows[login].penalty += penalty or 0.0


def _add_grades(rows: dict[str, Row], gradebook: Any, assignment: Any, tasks: _Tasks) -> None:
    """Points by task and together: one query for the class, since nbgrader's objects would ask for each cell."""
    from nbgrader.api import BaseCell, Grade, Notebook, SubmittedAssignment, SubmittedNotebook

    grades = (
        gradebook.db.query(
            SubmittedAssignment.student_id,
            Notebook.name,
            BaseCell.name,
            Grade.score,
            Grade.auto_score,
            Grade.manual_score,
            Grade.needs_manual_grade,
        )
        .select_from(Grade)
        .join(SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Notebook, SubmittedNotebook.notebook_id == Notebook.id)
        .join(BaseCell, Grade.cell_id == BaseCell.id)
        .filter(SubmittedAssignment.assignment_id == assignment.id)
    )
    by_login: dict[str, list[Any]] = {}
    for login, *grade in grades:
        by_login.setdefault(login, []).append(grade)
    for login, cells in by_login.items():
        row = rows[login]
        by_hand = any(manual is not None for *_, manual, _ in cells)
        graded = any(auto is not None or manual is not None for *_, auto, manual, _ in cells)
        if (row.failure and not by_hand) or not graded:
            continue
        points = {name: (0.0, 0.0) for name in tasks.order}
        for book, cell, score, _, _, waits in cells:
            name = tasks.name(book, cell)
            earned, possible = points.get(name, (0.0, 0.0))
            points[name] = (earned + (score or 0.0), possible + tasks.possible.get((book, cell), 0.0))
            if waits and name not in row.needs_manual:
                row.needs_manual.append(name)
        row.points = points
        row.score = max(0.0, sum(earned for earned, _ in points.values()) - row.penalty)


def _read_notebooks(row: Row, gradebook: Any, assignment: Any, autograded: Path, tasks: _Tasks) -> None:
    """What the checks said, from the outputs of autograded notebooks: for submissions without a result."""
    for notebook in assignment.notebooks:
        path = autograded / row.login / assignment.name / f"{notebook.name}.ipynb"
        read = read_result(
            row.login, gradebook=gradebook, assignment=assignment.name, autograded=path, answers=tasks.answers
        )
        row.remarks += read.remarks
        for answer, keys in read.recognised.items():
            row.recognised[tasks.name(notebook.name, answer)] = keys.split(" + ")


def points_text(points: float | None) -> str:
    """Return points as the LMS read them: a point, at most two decimals, no separator of thousands; "" for None.

    >>> points_text(9.0), points_text(2.3333), points_text(1234.5), points_text(None), points_text(0.0)
    ('9', '2.33', '1234.5', '', '0')
    """
    return "" if points is None else f"{points:.2f}".rstrip("0").rstrip(".")
