"""The notebooks as people run them: from top to bottom, with nothing defined before."""

import json
import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from notebook_help import each_of, in_one_kernel, outputs

from rnnshapes.files import lesson_names

ROOT = Path(__file__).parents[1]
LESSONS = lesson_names(ROOT)


@pytest.fixture(scope="module")
def both():
    """Return {lesson: its assignment as it is handed out, and as the instructor has it}, run in one kernel."""
    paths = [ROOT / folder / lesson / f"{lesson[3:]}.ipynb" for lesson in LESSONS for folder in ("release", "source")]
    notebooks = [nbformat.read(path, as_version=4).cells for path in paths]
    together = in_one_kernel(notebooks)
    NotebookClient(together, timeout=120, kernel_name="python3", allow_errors=True).execute()
    parts = each_of(together, notebooks)
    return dict(zip(LESSONS, zip(parts[::2], parts[1::2], strict=True), strict=True))


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lecture_runs_and_every_picture_has_alt_text(lesson, lectures):
    executed = lectures[1][lesson]
    assert not executed.failure
    notebook = executed.notebook
    assert not [output for output in outputs(notebook.cells) if output.get("name") == "stderr"]
    pictures = [output.data for output in outputs(notebook.cells) if "image/png" in output.get("data", {})]
    assert len(pictures) >= 3
    for data in pictures:
        alt = re.search(r'<img alt="([^"]+)"', data["text/html"])[1]
        assert 20 < len(alt) <= 250 and data["text/plain"].strip()


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_instructors_notebook_passes_its_own_checks_and_tests(lesson, both):
    cells = both[lesson][1]
    found = outputs(cells)
    assert not [output for output in found if output.output_type == "error" or output.get("name") == "stderr"]
    checks = [cell for cell in cells if cell.metadata.get("nbgrader", {}).get("grade_id", "").startswith("check_")]
    assert checks and all(cell.outputs[-1].data["text/plain"].startswith("✓") for cell in checks)


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_untouched_release_runs_to_the_end_and_fails_each_test(lesson, both):
    for cell in both[lesson][0]:
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        errors = [output.ename for output in cell.get("outputs", []) if output.output_type == "error"]
        if name.startswith("test_"):
            assert errors, f"{name} passes on the stub"
        if name.startswith("check_"):
            assert not errors and cell.outputs[-1].data["text/plain"].startswith("✗")


@pytest.mark.parametrize(
    "path",
    [
        f"{kind}/{lesson}{rest.format(lesson[3:])}"
        for lesson in LESSONS
        for kind, rest in (("notebooks", ".ipynb"), ("source", "/{}.ipynb"), ("release", "/{}.ipynb"))
    ],
)
def test_committed_notebooks_hold_no_outputs_and_no_pairing(path):
    notebook = json.loads((ROOT / path).read_text(encoding="utf-8"))
    assert "jupytext" not in notebook["metadata"]
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in notebook["cells"])


def test_lecture_01_makes_every_point_of_the_reference_lecture():
    cells = json.loads((ROOT / "notebooks/01_rnn_shapes.ipynb").read_text(encoding="utf-8"))["cells"]
    text = "\n".join("".join(cell["source"]) for cell in cells)
    for point in (
        "does not imply classification",
        "N, T, D, K, M = 1, 10, 3, 2, 5",
        "np.random.randn(N, T, D)",
        "SimpleRNN(M)",
        "Dense(K)",
        "model.summary()",
        "45 + 12 = 57",
        "get_weights()",
        "h_last = np.zeros(M)",
        "Yhats[-1]",
        "return_sequences=True",
        "0.00001",
        "draw.box",
        "draw.weights",
        "draw.step",
        "draw.unrolled",
        "draw.lockstep",
    ):
        assert point in text, point


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_predict_and_every_explain_has_a_place_to_type(lesson):
    cells = nbformat.read(ROOT / "notebooks" / f"{lesson}.ipynb", 4).cells
    asked = [number for number, cell in enumerate(cells) if "**Predict:**" in cell.source]
    assert len(asked) >= 5
    for number in asked:
        assert "**Predict:**" in cells[number].source.split("\n\n")[-1]  # nothing stands between question and place
        assert re.search(r"None.*# type ", cells[number + 1].source), cells[number].source
        assert len(cells[number + 1].source.splitlines()) <= 4
    (release,) = (ROOT / "release" / lesson).glob("*.ipynb")
    cells = nbformat.read(release, 4).cells
    for number, cell in enumerate(cells):
        if "**Explain" in cell.source:
            place = cells[number + 1]
            assert place.cell_type == "markdown" and "write your sentence" in place.source


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lecture_opens_with_a_question(lesson):
    cells = nbformat.read(ROOT / "notebooks" / f"{lesson}.ipynb", 4).cells
    opening = next(cell.source for cell in cells if cell.cell_type == "markdown")
    assert "?" in opening.split("\n## ")[0].split("|")[0]
