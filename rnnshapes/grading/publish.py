"""Feedback of a grading run: what the gradebook says is gathered here, the pages are made by the workers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rnnshapes.authoring.marks import Delimiters
from rnnshapes.errors import disk_sentence
from rnnshapes.grading.engine.folders import course_path, is_about_one, write_feedback
from rnnshapes.grading.engine.grade_class import Feedback
from rnnshapes.grading.feedback.page_of_feedback import Marks, render_feedback
from rnnshapes.grading.task import Graded, Spec, Submission


@dataclass(frozen=True)
class Pages:
    """What a worker makes one student's pages from: autograded notebooks as text, and their marks, by name."""

    notebooks: dict[str, str]
    marks: dict[str, Marks] = field(default_factory=dict)
    delimiters: Delimiters = Delimiters()


def render(pages: Pages) -> dict[str, str]:
    """Return a student's feedback, {notebook: HTML}. Pure."""
    return {
        name: render_feedback(text, notebook=name, marks=pages.marks[name], delimiters=pages.delimiters)
        for name, text in pages.notebooks.items()
    }


def make_feedback(course: Any, gradebook: Any, spec: Spec) -> Feedback:
    """Return how a run of the engine makes feedback in the course's feedback/ folder."""
    delimiters = Delimiters.from_config(course.config)

    def folder(step: str, login: str) -> Any:
        return course_path(course, step, login=login, assignment=spec.assignment)

    def prepare(submission: Submission, graded: Graded) -> Pages:
        login = submission.login
        found = sorted(folder("autograded", login).glob("*.ipynb"))
        notebooks = {path.stem: path.read_text(encoding="utf-8") for path in found}
        try:
            words = {"assignment": spec.assignment, "student": login}
            marks = {name: Marks.from_gradebook(gradebook, notebook=name, **words) for name in notebooks}
        finally:
            gradebook.db.rollback()
            gradebook.db.expunge_all()
        return Pages(notebooks, marks, delimiters)

    def publish(login: str, pages: dict[str, str]) -> str:
        try:
            write_feedback(course, spec.assignment, login, pages=pages)
        except OSError as error:
            if not is_about_one(folder("feedback", login), error):
                raise
            return disk_sentence(error)
        return ""

    return Feedback(
        prepare,
        render,
        publish=publish,
        exists=lambda login: folder("feedback", login).is_dir(),
    )
