"""What plain `nbgrader autograde` and the formgrader's Autograde button use: our repair, sandbox and referee.

nbgrader_config.py puts these classes into `Autograde.sanitize_preprocessors` and `Autograde.autograde_preprocessors`.
"""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import Execute, NbGraderPreprocessor, SaveAutoGrades
from traitlets import Bool

from rnnshapes.grading.task import Limits, Spec, Submission


def _spec(step: NbGraderPreprocessor, resources: dict[str, Any], *, trusted: bool = False) -> Spec:
    """Return the assignment that a submission belongs to, with the limits that nbgrader's settings ask for."""
    from rnnshapes.cases import SEED_VARIABLE
    from rnnshapes.grading.folders import read_spec

    seed, limits = os.environ.get(SEED_VARIABLE, ""), limits_of(Execute(parent=step).timeout)
    assignment = resources["nbgrader"]["assignment"]
    return read_spec(CourseDirectory(parent=step), assignment, seed=seed, limits=limits, trusted=trusted)


def limits_of(timeout: int | None) -> Limits:
    """Return the limits for nbgrader's `Execute.timeout`, seconds for a cell: its default and None leave ours.

    >>> limits_of(2).call_seconds, limits_of(300).cell_seconds, limits_of(300).seconds, limits_of(None) == Limits()
    (2, 300, 600, True)
    """
    limits = Limits()
    if timeout is None or timeout <= 0 or timeout == Execute.timeout.default_value:
        return limits
    seconds = max(limits.seconds, 2 * timeout)
    return dataclasses.replace(limits, cell_seconds=timeout, call_seconds=timeout, seconds=seconds)


def _executes(step: NbGraderPreprocessor) -> bool:
    """Tell whether notebooks are run: not with `nbgrader autograde --no-execute`."""
    return bool(Execute(parent=step).enabled)


class Repair(NbGraderPreprocessor):
    """Put a submitted notebook right: in place of DeduplicateIds, OverwriteKernelspec and OverwriteCells."""

    def preprocess(self, nb: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        """Return the repaired notebook; each repair is logged and kept in its metadata for the feedback."""
        from rnnshapes.grading.repair import repair

        source = _spec(self, resources).notebooks[resources["nbgrader"]["notebook"]].decode()
        repaired, repairs = repair(nb, nbformat.reads(source, as_version=4), keep_outputs=not _executes(self))
        for sentence in repairs:
            self.log.warning(sentence)
        repaired.metadata["rnnshapes"] = {"repairs": repairs, "remarks": []}
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
        from rnnshapes.grading import grade
        from rnnshapes.grading.folders import is_page

        if not _executes(self):
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
        kept = nb.metadata.get("rnnshapes", {})
        submission = Submission(names["student"], {}, files, remarks=tuple(kept.get("remarks", ())))
        graded = grade.run_notebook(nb, names["notebook"], submission, spec, repairs=list(kept.get("repairs", ())))
        for remark in graded.remarks:
            self.log.warning(remark)
        return nb, resources


class SaveGrades(SaveAutoGrades):
    """Save what the referee decided: in place of SaveAutoGrades, which reads it off the outputs."""

    def _add_score(self, cell: Any, resources: dict[str, Any]) -> None:
        names = (cell.metadata["nbgrader"]["grade_id"], self.notebook_id, self.assignment_id, self.student_id)
        grade = self.gradebook.find_grade(*names)
        grade.auto_score = cell.metadata.get("rnnshapes", {}).get("score")
        grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
        self.gradebook.db.commit()
