"""Each lesson's assignment, handed in and graded: the model answers get all points, the release gets none."""

import json
from pathlib import Path

import pytest

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
    submission = Submission("ada", {name: json.dumps(notebook).encode()})
    result = grade.grade_one(submission, Spec("of_all", {name: source}, seed="a seed"))  # one referee serves them all
    assert not result.failure, result.failure
    found = result.notebooks[name]
    return found.scores, found.remarks


@pytest.mark.parametrize("lesson", lesson_names(ROOT))
def test_the_model_answers_get_all_points_and_the_release_none(lesson):
    release, source = (
        json.loads((ROOT / folder / lesson / f"{lesson[3:]}.ipynb").read_text(encoding="utf-8"))
        for folder in ("release", "source")
    )
    points = {
        cell["metadata"]["nbgrader"]["grade_id"]: cell["metadata"]["nbgrader"]["points"]
        for cell in source["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade") and cell["cell_type"] == "code"
    }
    scores, remarks = graded(lesson, release)
    assert not any(scores[test] for test in points), scores
    model = {
        cell["id"]: cell["source"] for cell in source["cells"] if cell["metadata"].get("nbgrader", {}).get("solution")
    }
    for cell in release["cells"]:
        cell["source"] = model.get(cell["id"], cell["source"])
    scores, remarks = graded(lesson, release)
    assert {test: scores[test] for test in points} == points and not remarks, (scores, remarks)
