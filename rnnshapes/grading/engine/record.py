"""The one writer of the gradebook: each submission in one transaction, then its autograded/ folder.

Scores mean what they mean in nbgrader: the autograder's score is set, a grader's own score, comment and extra credit
stay, and what a person has to look at is marked. A submission that could not be graded has no score and says why.
"""

from __future__ import annotations

from typing import Any

from rnnshapes.errors import CourseError, disk_sentence
from rnnshapes.grading.engine.folders import course_path, is_about_one, write_autograded
from rnnshapes.grading.engine.gradebook import first_line, is_unusable, transaction
from rnnshapes.grading.task import Graded, Spec, Submission

NOT_GRADED = "Not graded"


class CannotRecord(CourseError):
    """This one submission cannot be recorded; others can."""


class Recorder:
    """Records the results of one assignment. Not to be shared between threads or processes."""

    def __init__(self, course: Any, gradebook: Any, spec: Spec) -> None:
        from nbgrader.preprocessors import AssignLatePenalties

        self.course, self.gradebook, self.spec = course, gradebook, spec
        assignment = gradebook.find_assignment(spec.assignment)
        self._cells = {cell.id: cell.name for notebook in assignment.notebooks for cell in notebook._base_cells}
        self._graded = {cell.id for notebook in assignment.notebooks for cell in notebook.grade_cells}
        self._late = {one.student_id: seconds_late(one) for one in assignment.submissions}
        self._penalties = AssignLatePenalties(config=course.config)
        self._penalties.init_plugin()
        gradebook.db.rollback()
        gradebook.db.expunge_all()

    def in_place(self, login: str, seal: dict[str, Any]) -> bool:
        """Say whether what was recorded under `seal` is still there: the gradebook's row, lateness, the folder."""
        if login not in self._late or self._late[login] != seal.get("late"):
            return False
        folder = course_path(self.course, "autograded", login=login, assignment=self.spec.assignment)
        return any(folder.glob("*.ipynb"))

    def record(self, submission: Submission, graded: Graded) -> tuple[float, list[str]]:
        """Write a result to the gradebook and autograded/; doing it twice is the same as doing it once.

        Returns: seconds late, and remarks. Raises: CannotRecord for what only this submission suffers from; OSError,
        or what `is_unusable` is true of, if the folder or the gradebook cannot be written at all.
        """
        from nbgrader.api import InvalidEntry
        from sqlalchemy.exc import SQLAlchemyError

        folder = course_path(self.course, "autograded", login=submission.login, assignment=self.spec.assignment)
        remarks: list[str] = []
        notebooks = {name: one.json for name, one in graded.notebooks.items() if name in self.spec.notebooks}
        try:
            untouched = {name: _untouched_cells(text) for name, text in notebooks.items()}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise CannotRecord(f"The graded notebook cannot be read: {type(error).__name__}: {error}.") from error
        try:
            with transaction(self.gradebook):
                late = self._write_scores(submission, graded, untouched, remarks)
            if graded.failure:
                for name, source in self.spec.notebooks.items():
                    notebooks.setdefault(name, failure_notebook(source, graded.failure))
            remarks += write_autograded(self.course, self.spec, submission, notebooks=notebooks)
        except OSError as error:
            if not is_about_one(folder, error):
                raise
            raise CannotRecord(disk_sentence(error)) from error
        except (InvalidEntry, SQLAlchemyError) as error:
            if is_unusable(error):
                raise
            raise CannotRecord(f"The gradebook refuses this submission: {first_line(error)}.") from error
        self._late[submission.login] = late
        return late, remarks

    def _write_scores(
        self, submission: Submission, graded: Graded, untouched: dict[str, set[str]], remarks: list[str]
    ) -> float:
        self.gradebook.update_or_create_student(submission.login)
        moment, problem = _moment(submission.timestamp)
        remarks += problem
        with self.gradebook.db.no_autoflush:  # not in the middle of a new submission's rows
            row = self.gradebook.update_or_create_submission(self.spec.assignment, submission.login, timestamp=moment)
        late = seconds_late(row)
        for notebook in row.notebooks:
            result = graded.notebooks.get(notebook.name)
            if graded.failure:
                withdraw(notebook, graded.failure)
            elif result is None:
                self._give_nothing(notebook)
            else:
                self._write_notebook(notebook, result.scores, untouched.get(notebook.name, set()))
            notebook.late_submission_penalty = None
            if late > 0 and result is not None and not graded.failure:
                notebook.late_submission_penalty = self._penalty(submission.login, notebook, late)
        return late

    def _write_notebook(self, row: Any, scores: dict[str, float | None], untouched: set[str]) -> None:
        """As nbgrader's SaveAutoGrades, with the scores that the referee gave."""
        for grade in row.grades:
            if grade.cell_id in self._graded:
                grade.auto_score = scores.get(self._cells[grade.cell_id])
                grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
        for comment in row.comments:
            comment.auto_comment = "No response." if self._cells[comment.cell_id] in untouched else None

    def _give_nothing(self, row: Any) -> None:
        """As nbgrader does for a notebook that was not handed in."""
        for grade in row.grades:
            grade.auto_score, grade.needs_manual_grade = 0, False

    def _penalty(self, login: str, row: Any, late: float) -> float | None:
        """As nbgrader's AssignLatePenalties, with the plugin that the course has configured."""
        if not self._penalties.enabled:
            return None
        self.gradebook.db.flush()
        self.gradebook.db.refresh(row, ["score"])
        try:
            penalty = self._penalties.plugin_inst.late_submission_penalty(login, row.score, late)
        except Exception as error:
            raise CourseError(
                f"AssignLatePenalties.plugin_class: got {type(error).__name__}: {error} for {login}, expected points "
                "or None. Mend the plugin that nbgrader_config.py names."
            ) from error
        return None if penalty is None else self._penalties._check_late_penalty(row, penalty)


def withdraw(row: Any, reason: str) -> None:
    """Take the autograder's scores of a notebook's row back and ask a person to look; what a person entered stays."""
    for grade in row.grades:
        grade.auto_score, grade.needs_manual_grade = None, True
    for comment in row.comments:
        comment.auto_comment = f"{NOT_GRADED}: {_plain(reason)}"


def failure_notebook(source: bytes, reason: str) -> str:
    """Return what stands in autograded/ for a notebook that could not be graded: the reason, and its graded cells.

    The formgrader shows it with a field for the points of each cell, so that a person can give some.
    """
    import nbformat
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    reason = _plain(reason)
    text = f"## {NOT_GRADED}\n\nThis notebook could not be graded:\n\n    {reason}\n\nWhat was handed in is kept."
    cells = [new_markdown_cell(text, id="not-graded")]
    read = nbformat.reads(source.decode("utf-8"), as_version=4)
    for number, cell in enumerate(read.cells):
        marks = cell.metadata.get("nbgrader", {})
        if marks.get("grade") or marks.get("task"):
            make = new_code_cell if cell.cell_type == "code" else new_markdown_cell
            words = f"{NOT_GRADED}: {reason}"
            cells.append(
                make("# " + words if cell.cell_type == "code" else words, id=f"cell-{number}", metadata=cell.metadata)
            )
    notebook = new_notebook(
        cells=cells,
        metadata={key: read.metadata[key] for key in ("kernelspec", "language_info") if key in read.metadata},
    )
    notebook.metadata["rnnshapes"] = {"remarks": [f"{NOT_GRADED}: {reason}"], "repairs": [], "failure": reason}
    return nbformat.writes(notebook)


def _untouched_cells(notebook: str) -> set[str]:
    """Return the ids of the answer cells that are as they were released, as nbgrader's SaveAutoGrades finds them."""
    from nbformat.v4 import reads_json
    from nbgrader.utils import compute_checksum, is_solution, is_task

    cells = [cell for cell in reads_json(notebook).cells if is_solution(cell) and not is_task(cell)]
    return {
        cell.metadata.nbgrader["grade_id"]
        for cell in cells
        if cell.metadata.nbgrader.get("checksum") == compute_checksum(cell)
    }


def seconds_late(row: Any) -> float:
    """Return the seconds that a submission's row is late by, 0 where the gradebook has no date."""
    if row.timestamp is None or row.assignment.duedate is None:
        return 0.0
    return float(row.total_seconds_late)


def _moment(timestamp: str) -> tuple[Any, list[str]]:
    from nbgrader.utils import parse_utc

    try:
        return (parse_utc(timestamp) if timestamp.strip() else None), []
    except (ValueError, OverflowError, TypeError):
        return None, [f"timestamp.txt: got {timestamp[:40]!r}, expected a date and time; taken as handed in on time."]


def _plain(reason: str) -> str:
    """Return a reason as one printable line that any database takes."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in reason).split())[:1000]
