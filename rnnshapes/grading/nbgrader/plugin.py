"""What plain `nbgrader autograde` and the formgrader's Autograde button use: our reading, repair, sandbox and referee.

nbgrader_config.py puts these classes into `Autograde.exporter_class`, `Autograde.sanitize_preprocessors` and
`Autograde.autograde_preprocessors`. What they find goes into the journal of `rnnshapes grade` (`share.py`).
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import Execute, NbGraderPreprocessor, SaveAutoGrades
from traitlets import Bool

from rnnshapes.errors import CourseError
from rnnshapes.grading.engine.folders import is_page, read_spec
from rnnshapes.grading.engine.record import failure_notebook, withdraw
from rnnshapes.grading.execute import grade_one as grade
from rnnshapes.grading.journal import read_seed
from rnnshapes.grading.nbgrader.share import check_course, share
from rnnshapes.grading.repair.kept_attempts import kept_attempts
from rnnshapes.grading.repair.mend import repair
from rnnshapes.grading.repair.notebook import read_notebook
from rnnshapes.grading.task import Limits, Spec, Submission


def _spec(step: NbGraderPreprocessor, resources: dict[str, Any], *, trusted: bool = False) -> Spec:
    """Return the assignment that a submission belongs to, with the limits that nbgrader's settings ask for."""
    course, limits = CourseDirectory(parent=step), limits_of(Execute(parent=step).timeout)
    assignment, seed = resources["nbgrader"]["assignment"], read_seed(Path(course.root))
    return read_spec(course, assignment, seed=seed, limits=limits, trusted=trusted)


def limits_of(timeout: int | None) -> Limits:
    """Return the limits for nbgrader's `Execute.timeout`, seconds for a cell: its default and None leave ours.

    A test calls a function several times, so a call has a sixth of that: a loop without an end holds nobody up.

    >>> limits_of(2).call_seconds, limits_of(300).call_seconds, limits_of(300).seconds, limits_of(None) == Limits()
    (2, 50.0, 600, True)
    """
    limits = Limits()
    if timeout is None or timeout <= 0 or timeout == Execute.timeout.default_value:
        return limits
    seconds = max(limits.seconds, 2 * timeout)
    call = min(timeout, max(limits.call_seconds, timeout / 6))
    return dataclasses.replace(limits, cell_seconds=timeout, call_seconds=call, seconds=seconds)


def _executes(step: NbGraderPreprocessor) -> bool:
    """Tell whether notebooks are run: not with `nbgrader autograde --no-execute`."""
    return bool(Execute(parent=step).enabled)


@contextlib.contextmanager
def _said(step: NbGraderPreprocessor) -> Iterator[None]:
    """Log what a CourseError says on a line of its own: nbgrader shows the reader a traceback."""
    try:
        yield
    except CourseError as error:
        step.log.error(str(error))
        raise


class ReadAnything(NotebookExporter):
    """Read a submission as `rnnshapes grade` does, old formats and broken files too: for Autograde.exporter_class."""

    def from_filename(self, filename: str, resources: Any = None, **more: Any) -> tuple[Any, Any]:
        """Return the notebook's text after all preprocessors; of what is no notebook, why it cannot be graded."""
        path = Path(filename)
        try:
            nb = read_notebook(path.read_bytes(), name=path.name)
        except CourseError as error:
            nb, resources["rnnshapes_failure"] = nbformat.v4.new_notebook(), str(error)
        resources["rnnshapes_attempts"] = kept_attempts(nb, assignment=resources["nbgrader"]["assignment"])
        return self.from_notebook_node(nb, resources=resources, **more)


class Repair(NbGraderPreprocessor):
    """Put a submitted notebook right: in place of DeduplicateIds, OverwriteKernelspec and OverwriteCells."""

    def preprocess(self, nb: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        """Return the repaired notebook; each repair is logged and kept in its metadata for the feedback.

        In the place of a file that is no notebook comes one that says so, with a field for the points of each cell.
        """
        name, failure = resources["nbgrader"]["notebook"], resources.get("rnnshapes_failure", "")
        with _said(self):
            spec = _spec(self, resources)
            check_course(CourseDirectory(parent=self), spec)
        source = spec.notebooks[name]
        if failure:
            self.log.warning(f"Not graded: {failure}")
            return nbformat.reads(failure_notebook(source, failure), as_version=4), resources
        repaired, repairs = repair(nb, nbformat.reads(source.decode(), as_version=4), keep_outputs=not _executes(self))
        for sentence in repairs:
            self.log.warning(sentence)
        attempts = resources.get("rnnshapes_attempts", {})  # read before the outputs were cleared
        repaired.metadata["rnnshapes"] = {"repairs": repairs, "remarks": [], "attempts": attempts}
        return repaired, resources


class Referee(NbGraderPreprocessor):
    """Run a repaired notebook: in place of Execute. Tests run in the referee, everything else in the sandbox."""

    trusted = Bool(
        False, help="Run submissions without a sandbox, with your own rights: only those that you have read."
    ).tag(config=True)

    def preprocess(self, nb: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        """Return the notebook with outputs and, in each test cell's metadata, its score.

        With --no-execute it keeps the outputs that were handed in, and a person grades: anyone can type an output.
        """
        kept = nb.metadata.get("rnnshapes", {})
        if not _executes(self) or kept.get("failure"):
            return nb, resources
        course, names = CourseDirectory(parent=self), resources["nbgrader"]
        spec = _spec(self, resources, trusted=self.trusted)
        folder = Path(course.format_path(course.autograded_directory, names["student"], names["assignment"]))
        files = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not path.is_symlink() and path.suffix != ".ipynb"
        }
        for name in filter(is_page, files):
            (folder / name).unlink()  # the formgrader would serve it as it is
        submission = Submission(names["student"], {}, files, remarks=tuple(kept.get("remarks", ())))
        with _said(self):
            graded = grade.run_notebook(nb, names["notebook"], submission, spec, repairs=list(kept.get("repairs", ())))
        graded.attempts = dict(kept.get("attempts", {}))
        for remark in graded.remarks:
            self.log.warning(remark)
        resources["rnnshapes_graded"] = graded
        return nb, resources


class SaveGrades(SaveAutoGrades):
    """Save what the referee decided: in place of SaveAutoGrades, which reads it off the outputs."""

    def preprocess(self, nb: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        """Write the scores to the gradebook; of what could not be graded, that a person has to look, and why."""
        from nbgrader.api import Gradebook

        nb, resources = super().preprocess(nb, resources)
        if failure := nb.metadata.get("rnnshapes", {}).get("failure"):
            names = resources["nbgrader"]
            with Gradebook(names["db_url"]) as gradebook:
                withdraw(
                    gradebook.find_submission_notebook(names["notebook"], names["assignment"], names["student"]),
                    failure,
                )
                gradebook.db.commit()
        return nb, resources

    def _add_score(self, cell: Any, resources: dict[str, Any]) -> None:
        names = (cell.metadata["nbgrader"]["grade_id"], self.notebook_id, self.assignment_id, self.student_id)
        grade = self.gradebook.find_grade(*names)
        grade.auto_score = cell.metadata.get("rnnshapes", {}).get("score")
        grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
        self.gradebook.db.commit()


class Share(NbGraderPreprocessor):
    """Tell `rnnshapes grade` and `rnnshapes report` what came of a submission: the last step."""

    def preprocess(self, nb: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        """Return the notebook as it is, its result kept in the course's journal."""
        failure, graded = nb.metadata.get("rnnshapes", {}).get("failure", ""), resources.get("rnnshapes_graded")
        with _said(self):
            spec = _spec(self, resources, trusted=Referee(parent=self).trusted)
            login = resources["nbgrader"]["student"]
            share(CourseDirectory(parent=self), spec, login, nb=nb, graded=graded, failure=failure)
        return nb, resources
