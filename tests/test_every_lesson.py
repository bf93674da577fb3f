"""Each lesson's assignment, handed in and graded: the model answers get all points, the release gets none."""

from pathlib import Path

import nbformat
import pytest
from notebook_help import filled_in

from rnnshapes.files import lesson_names
from rnnshapes.grading.execute import grade_one as grade
from rnnshapes.grading.task import Spec, Submission

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module", autouse=True)
def workshop():
    yield
    grade.close()


def graded(lesson, notebook):
    """Return the points of each test and what else was said, for a notebook of a lesson that somebody hands in."""
    name = lesson[3:]
    source = (ROOT / "source" / lesson / f"{name}.ipynb").read_bytes()
    submission = Submission("ada", {name: nbformat.writes(notebook).encode()})
    result = grade.grade_one(submission, Spec("of_all", {name: source}, seed="a seed"))  # one referee serves them all
    assert not result.failure, result.failure
    found = result.notebooks[name]
    return found.scores, found.remarks


@pytest.mark.parametrize("lesson", lesson_names(ROOT))
def test_the_model_answers_get_all_points_and_the_release_none(lesson):
    release = nbformat.read(ROOT / "release" / lesson / f"{lesson[3:]}.ipynb", as_version=4)
    tests = [cell for cell in release.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    points = {
        cell.metadata.nbgrader.grade_id: cell.metadata.nbgrader.points for cell in tests if cell.cell_type == "code"
    }
    scores, remarks = graded(lesson, release)
    assert not any(scores[test] for test in points), scores
    scores, remarks = graded(lesson, filled_in(lesson))
    assert {test: scores[test] for test in points} == points and not remarks, (scores, remarks)
