"""What the formgrader's Autograde button leaves for `rnnshapes grade`, and what it says when it cannot grade.

The sandbox is played by a function that reads `count = N` as N points; the button itself is tested in
tests/test_stock_autograde.py and tests/browser/test_instructor_journey.py.
"""

import shutil
from pathlib import Path

import nbformat
import pytest
from fake_course import ASSIGNMENT, NOTEBOOK, hand_in, make_course, options
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI

from rnnshapes.attempts import carried
from rnnshapes.authoring.release import make_gradebooks_quickly, read_config
from rnnshapes.grading import command
from rnnshapes.grading.engine import folders
from rnnshapes.grading.journal import lock_course, open_journal
from rnnshapes.grading.task import GradedNotebook

CONFIG = (Path(__file__).parents[1] / "nbgrader_config.py").read_text(encoding="utf-8")


def play(nb, name, submission, spec, *, repairs):
    """Stands for `grade.run_notebook`."""
    (answer,) = (cell.source for cell in nb.cells if cell.id == "count")
    graded = GradedNotebook("", repairs=repairs)
    for cell in nb.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            points = float(answer.removeprefix("count = ")) if cell.cell_type == "code" else None
            cell.metadata["rnnshapes"] = {"score": points}
            graded.scores[cell.metadata.nbgrader.grade_id] = points
    nb.metadata["rnnshapes"] = {"repairs": repairs, "remarks": []}
    return graded


def never(submission, spec):
    raise AssertionError(f"{submission.login} was graded again")


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    root = make_course(tmp_path_factory.mktemp("template") / "course", config=CONFIG)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("RNNSHAPES_EXCHANGE", raising=False)
        assert api(root).generate_assignment(ASSIGNMENT)["success"]
    return root


@pytest.fixture
def root(template, tmp_path, monkeypatch):
    for name in ("RNNSHAPES_SEED", "RNNSHAPES_EXCHANGE", "RNNSHAPES_COURSE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("rnnshapes.grading.execute.grade_one.run_notebook", play)
    return shutil.copytree(template, tmp_path / "course")


def api(root):
    make_gradebooks_quickly()
    return NbGraderAPI(config=read_config(root))


def press(root, login):
    """Press the button; return whether it went well, and the log that the page shows."""
    said = api(root).autograde(ASSIGNMENT, login)
    return said["success"], said.get("log", "")


def grade(root, *words):
    return command.grade_with(root, options("01", "--no-feedback", "--workers", "1", *words), task=never)


def grades(root, login):
    """Return {cell: (the referee's points, a person's, whether a person has to look)}."""
    with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
        row = gradebook.find_submission_notebook(NOTEBOOK, ASSIGNMENT, login)
        return {one.name: (one.auto_score, one.manual_score, one.needs_manual_grade) for one in row.grades}


def grade_by_hand(root, login, cell, points):
    with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
        grade = gradebook.find_grade(cell, NOTEBOOK, ASSIGNMENT, login)
        grade.manual_score, grade.needs_manual_grade = points, False  # as the formgrader does
        gradebook.db.commit()


def test_what_the_button_graded_is_not_graded_again(root, capsys):
    hand_in(root, "ada", "count = 3", why="Because.")
    assert press(root, "ada")[0]
    assert grades(root, "ada") == {"test_count": (3, None, False), "why": (None, None, True)}
    grade_by_hand(root, "ada", "why", 1)
    assert grade(root) == 0 and "0 graded, 1 unchanged" in capsys.readouterr().out
    assert grades(root, "ada") == {"test_count": (3, None, False), "why": (None, 1, False)}

    hand_in(root, "ada", "count = 2", why="Because.")  # once more, and graded by the button again
    assert press(root, "ada")[0]
    (result,) = open_journal(root, ASSIGNMENT, writing=False).results()
    assert result.notebooks[NOTEBOOK].scores == {"test_count": 2, "why": None}
    assert grade(root) == 0 and "0 graded, 1 unchanged" in capsys.readouterr().out
    assert grades(root, "ada") == {"test_count": (2, None, False), "why": (None, 1, True)}


def test_the_ways_of_a_students_checks_are_told_beside_the_points(root):
    hand_in(root, "ada", "count = 3", why="Because.")
    path = root / "submitted/ada" / ASSIGNMENT / f"{NOTEBOOK}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    way, answer = [("relu", 2), ("right", 1)], next(cell for cell in notebook.cells if cell.id == "count")
    carries = carried({"01/rnn_by_hand": way, "01/unknown": way, "02/every_state": way})
    answer.outputs = [nbformat.v4.new_output("display_data", {"text/plain": "✓"}, metadata=carries)]
    notebook.metadata["rnnshapes"] = {"attempts": {"name_weights": way}}
    nbformat.write(notebook, path)
    assert press(root, "ada")[0]
    (result,) = open_journal(root, ASSIGNMENT, writing=False).results()
    assert result.notebooks[NOTEBOOK].attempts == {"rnn_by_hand": [["relu", 2], ["right", 1]]}
    assert grades(root, "ada") == {"test_count": (3, None, False), "why": (None, None, True)}


def test_a_file_that_is_no_notebook_says_so_and_keeps_no_old_points(root, capsys):
    path = hand_in(root, "ada", "count = 3") / f"{NOTEBOOK}.ipynb"
    assert press(root, "ada")[0]
    path.write_bytes(path.read_bytes()[:200])
    success, log = press(root, "ada")
    assert success and "Traceback" not in log
    assert f"[WARNING] Not graded: {NOTEBOOK}.ipynb: got a file that ends in the middle, expected a Jupyter" in log
    assert grades(root, "ada") == {"test_count": (None, None, True), "why": (None, None, True)}
    shown = nbformat.read(root / f"autograded/ada/{ASSIGNMENT}/{NOTEBOOK}.ipynb", as_version=4)
    assert "could not be graded" in shown.cells[0].source
    assert grade(root) == 2
    said = capsys.readouterr().out
    assert "0 graded, 1 failed." in said and "Failed: ada: counting.ipynb: got a file that ends in the middle" in said
    assert api(root).generate_feedback(ASSIGNMENT, "ada")["success"]


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("sandbox", "no sandbox: bubblewrap is not installed"),
        ("run", "Another `rnnshapes grade` is at work in this course"),
        ("seed", "Got no RNNSHAPES_SEED, expected the private seed"),
    ],
)
def test_the_page_says_why_nothing_is_graded(root, monkeypatch, what, words):
    hand_in(root, "ada", "count = 3")
    monkeypatch.setattr("rnnshapes.grading.nbgrader.share.PATIENCE", 0)
    if what == "sandbox":
        monkeypatch.undo()
        monkeypatch.setattr("rnnshapes.grading.execute.sandbox.unavailable", lambda: "bubblewrap is not installed")
        success, log = press(root, "ada")
    elif what == "run":
        with lock_course(root):
            success, log = press(root, "ada")
    else:
        monkeypatch.setenv("RNNSHAPES_SEED", "secret words")
        assert press(root, "ada")[0]
        monkeypatch.delenv("RNNSHAPES_SEED")
        success, log = press(root, "ada")
    (line,) = (line for line in log.splitlines() if line.startswith("[ERROR]") and words in line)
    assert not success and "secret" not in log


def test_an_assignment_of_two_notebooks_is_left_to_the_engine(root):
    folder = root / "source" / ASSIGNMENT
    shutil.copy(folder / f"{NOTEBOOK}.ipynb", folder / "more.ipynb")
    assert api(root).generate_assignment(ASSIGNMENT)["success"]
    where = hand_in(root, "ada", "count = 3")
    shutil.copy(where / f"{NOTEBOOK}.ipynb", where / "more.ipynb")
    assert press(root, "ada")[0] and grades(root, "ada")["test_count"][0] == 3
    assert not list(open_journal(root, ASSIGNMENT, writing=False).results())


def test_where_several_accounts_grade_the_journal_is_its_owners(root, monkeypatch):
    hand_in(root, "ada", "count = 3")

    def closed(course, *, patience=0.0):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("rnnshapes.grading.nbgrader.share.lock_course", closed)
    assert press(root, "ada")[0] and grades(root, "ada")["test_count"][0] == 3
    assert folders.course_path(folders.open_course(root), "autograded", login="ada", assignment=ASSIGNMENT).is_dir()
