"""What plain `nbgrader autograde` and the formgrader's Autograde button use: our repair, sandbox and referee.

nbgrader_config.py puts these classes into `Autograde.sanitize_preprocessors` and `Autograde.autograde_preprocessors`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades
from traitlets import Bool

from rnnshapes.grading.task import Limits, Submission


def _source(step: NbGraderPreprocessor, resources: dict[str, Any]) -> Path:
    """Return the path of the instructor's notebook that a submission belongs to."""
    course = CourseDirectory(parent=step)
    folder = course.format_path(course.source_directory, ".", resources["nbgrader"]["assignment"])
    return Path(folder, f"{resources['nbgrader']['notebook']}.ipynb")


class Repair(NbGraderPreprocessor):
    """Put a submitted notebook right: in place of DeduplicateIds, OverwriteKernelspec and OverwriteCells."""

    def preprocess(self, nb: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        """Return the repaired notebook; each repair is logged and kept in its metadata for the feedback."""
        from rnnshapes.grading.repair import repair

        repaired, repairs = repair(nb, nbformat.read(_source(self, resources), as_version=4))
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
        """Return the notebook with outputs and, in each test cell's metadata, its score."""
        from rnnshapes.cases import SEED_VARIABLE
        from rnnshapes.grading import grade
        from rnnshapes.grading.folders import read_spec

        course = CourseDirectory(parent=self)
        names = resources["nbgrader"]
        seed = os.environ.get(SEED_VARIABLE, "")
        spec = read_spec(course, names["assignment"], seed=seed, limits=Limits(), trusted=self.trusted)
        folder = Path(course.format_path(course.autograded_directory, names["student"], names["assignment"]))
        files = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not path.is_symlink() and path.suffix != ".ipynb"
        }
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
