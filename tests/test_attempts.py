"""The ways of a student's checks: kept with the student's word alone, carried by the notebook, read as untrusted."""

import json
from pathlib import Path

import nbformat
import pytest
from colab_help import saved_by_colab
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook, new_output

import rnnshapes
from rnnshapes import attempts
from rnnshapes.attempts import carried, keep_attempts, known_verdicts, read_way, way_of
from rnnshapes.demo.sample_class import read_class
from rnnshapes.files import lesson_names
from rnnshapes.grading.repair.kept_attempts import kept_attempts
from rnnshapes.grading.repair.mend import repair
from rnnshapes.grading.repair.notebook import read_notebook
from rnnshapes.judge.verdict import Verdict

ROOT = Path(__file__).parents[1]
NAME = "00/predicted"  # lesson 00 needs no Keras
LESSON, OTHER = "00_axes", "01_rnn_shapes"
WRONG, SWAPPED = {"X[0]": (4, 3)}, {"X[0]": (3, 6)}
KNOWN = {"relu", "tan", "right", "?"}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder to work in, and a kernel that has just started, before and after."""
    monkeypatch.chdir(tmp_path)
    attempts._KEPT.clear()
    yield tmp_path
    attempts._KEPT.clear()


def shown(answer=WRONG, name=NAME):
    """Return the metadata that a notebook keeps of a check."""
    bundle = rnnshapes.check_answer(name, answer)._repr_mimebundle_()
    return bundle[1] if isinstance(bundle, tuple) else {}


def test_without_the_students_word_nothing_is_kept(folder):
    assert shown() == {} and list(folder.iterdir()) == []


def test_with_it_each_check_carries_the_way_so_far(folder, capsys):
    keep_attempts()
    assert "never your code" in capsys.readouterr().out and list(folder.iterdir()) == []
    shown(), shown({})  # an answer that is not written is no attempt
    assert shown() == carried({NAME: [("wrong_axis_dropped", 2)]})
    shown(SWAPPED)
    assert attempts.note(NAME, Verdict("an answer")) == carried(
        {NAME: [("wrong_axis_dropped", 2), ("t_d_swapped", 1), ("?", 1)]}
    )


def test_a_restarted_kernel_goes_on_where_the_student_says_so_again(folder):
    keep_attempts()
    shown()
    attempts._KEPT.clear()
    assert shown() == {}
    keep_attempts()
    assert shown() == carried({NAME: [("wrong_axis_dropped", 2)]})


def test_the_file_stays_where_it_was_begun_and_goes_when_the_student_stops(folder, monkeypatch):
    keep_attempts()
    shown()
    (folder / "elsewhere").mkdir()
    monkeypatch.chdir(folder / "elsewhere")
    shown()
    assert json.loads((folder / attempts.FILE).read_text()) == {NAME: [["wrong_axis_dropped", 2]]}
    keep_attempts(False)
    assert shown() == {} and not any(path.is_file() for path in folder.rglob("*"))


def test_two_notebooks_in_one_folder_keep_each_others(folder):
    keep_attempts()
    shown()
    mine = dict(attempts._KEPT)
    attempts._KEPT.clear()
    keep_attempts()
    shown(lambda *arguments: 3, "00/shifted")
    attempts._KEPT.clear()
    attempts._KEPT.update(mine)
    shown()
    assert set(json.loads((folder / attempts.FILE).read_text())) == {NAME, "00/shifted"}


@pytest.mark.parametrize(
    "data",
    [b"", b"[1]", b"{", b"\xff", b"[" * 100_000, b'{"00/predicted": [["x", 1]], "y": 1}', b"{}" + b" " * 2_000_000],
    ids=range(7),
)
def test_a_file_that_is_not_ours_is_no_obstacle(folder, data):
    (folder / attempts.FILE).parent.mkdir()
    (folder / attempts.FILE).write_bytes(data)
    keep_attempts()
    assert shown() == carried({NAME: [("wrong_axis_dropped", 1)]})
    assert json.loads((folder / attempts.FILE).read_text()) == {NAME: [["wrong_axis_dropped", 1]]}


def test_where_nothing_can_be_written_the_kernel_remembers(folder):
    (folder / attempts.FILE.parent).write_text("a file where the folder should be")
    keep_attempts()
    shown()
    assert shown() == carried({NAME: [("wrong_axis_dropped", 2)]})
    keep_attempts(False)


def test_what_is_kept_stays_small(folder):
    way = way_of([("relu", 1), ("tan", 1)] * 500)
    assert len(way) == attempts.MOST_STRETCHES
    assert way_of([("relu", 900), ("relu", 900)]) == [("relu", attempts.MOST_CHECKS)]
    assert len(json.dumps(carried({NAME: way}))) < 1_000


# --- in a notebook --------------------------------------------------------------------------------------------------

CELLS = (
    "import rnnshapes",
    "rnnshapes.keep_attempts()",
    'rnnshapes.check_answer("00/predicted", {"X[0]": (4, 3)})',
)


def ran(folder, *sources):
    """Return a notebook of these cells after its run in a kernel of its own, as it is saved."""
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    NotebookClient(notebook, resources={"metadata": {"path": str(folder)}}, kernel_name="python3").execute()
    return nbformat.writes(notebook).encode()


def test_a_notebook_carries_the_way_to_its_hand_in_over_a_restart(tmp_path):
    once, twice, without = ran(tmp_path, *CELLS), ran(tmp_path, *CELLS), ran(tmp_path, CELLS[0], CELLS[2])
    read = [kept_attempts(read_notebook(data), assignment=LESSON) for data in (once, twice, without)]
    assert read == [{"predicted": [("wrong_axis_dropped", number)]} for number in (1, 2)] + [{}]
    assert b"attempts" not in without
    assert kept_attempts(read_notebook(once), assignment=OTHER) == {}


def test_colab_keeps_it_with_the_output():
    notebook = new_notebook(cells=[new_code_cell("1"), new_code_cell("2")])
    saved = json.loads(saved_by_colab(notebook))
    output = next(one for cell in saved["cells"] for one in cell.get("outputs", []) if one.get("metadata"))
    output["metadata"] |= carried({NAME: [("?", 1)]})
    read = read_notebook(json.dumps(saved).encode())
    assert kept_attempts(read, assignment=LESSON) == {"predicted": [("?", 1)]}


def test_every_assignment_says_how_and_runs_nothing_of_it():
    for lesson in lesson_names(ROOT):
        cells = nbformat.read(ROOT / f"release/{lesson}/{lesson[3:]}.ipynb", as_version=4).cells
        saying = [cell.cell_type for cell in cells if "keep_attempts" in cell.source]
        assert saying == ["markdown"], lesson
        assert "attempts" not in json.dumps([cell.get("outputs", []) for cell in cells])


# --- as it is handed in ---------------------------------------------------------------------------------------------

DEEP = []
for _ in range(100):
    DEEP = [DEEP]

HOSTILE = [
    None,
    7,
    "right",
    {},
    [],
    DEEP,
    [DEEP],
    [[]],
    [["right"]],
    [["right", 1, 1]],
    [["right", True]],
    [["right", 1.0]],
    [["right", 0]],
    [["right", -5]],
    [["right", 10**17]],
    [["right", None]],
    [[1, 1]],
    [[["right"], 1]],
    [{"right": 1}],
    [["<script>alert(1)</script>", 1]],
    [["not_written", 1]],
    [["relu + nothing_known", 1]],
    [[" + ".join(["relu"] * 10_000), 1]],
    [["x" * 1_000_000, 1]],
    [["", 1]],
    [["\ud800", 1]],
]


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_no_way_is_left_out(value):
    assert read_way(value, known=KNOWN) == []
    for metadata in (
        {"rnnshapes": {"attempts": {NAME: value}}},
        {"rnnshapes": {"attempts": value}},
        {"rnnshapes": value},
    ):
        assert kept_attempts(handed_in(metadata), assignment=LESSON) == {}


def handed_in(*metadata):
    """Return a notebook that was handed in with these metadata of outputs, as grading reads it."""
    outputs = [new_output("display_data", {"text/plain": "✗"}, metadata=one) for one in metadata]
    return read_notebook(json.dumps(new_notebook(cells=[new_code_cell("1", outputs=outputs)])).encode())


def test_a_long_way_is_bounded_and_what_else_it_holds_is_no_harm():
    way = read_way([["relu", 1], ["tan", 1], ["bad", 1]] * 100_000, known=KNOWN)
    assert 0 < len(way) <= attempts.MOST_STRETCHES and {said for said, _ in way} == {"relu", "tan"}
    many = [carried({NAME: [("?", number % 9 + 1)], "01/unknown": [("?", 1)], "01/predicted": [("?", 1)]}) for number in
            range(300)]  # fmt: skip
    assert kept_attempts(handed_in(*many), assignment=LESSON) == {"predicted": [("?", 9)]}
    assert kept_attempts(handed_in(*many), assignment="my own") == {}


def test_the_notebook_that_is_graded_carries_none_of_it():
    source = nbformat.read(ROOT / "source/00_axes/axes.ipynb", as_version=4)
    submitted = nbformat.read(ROOT / "release/00_axes/axes.ipynb", as_version=4)
    submitted.metadata["rnnshapes"] = {"attempts": {"predicted": [["?", 1]]}}
    for cell in submitted.cells:
        if cell.cell_type == "code":
            cell.outputs = [new_output("display_data", {"text/plain": "✗"}, metadata=carried({NAME: [("?", 1)]}))]
    repaired, told = repair(read_notebook(nbformat.writes(submitted).encode()), source)
    assert told == [] and "attempts" not in json.dumps([cell.get("outputs", []) for cell in repaired.cells])
    assert "attempts" not in repaired.metadata.get("rnnshapes", {})


def test_the_sample_class_names_verdicts_that_its_checks_can_give():
    said = [(f"01/{answer}", verdict) for student in read_class(ROOT / "lessons/01_rnn_shapes/class")
            for answer, verdicts in student.attempts.items() for verdict in verdicts]  # fmt: skip
    assert len(said) > 20 and all(verdict in known_verdicts(name) for name, verdict in said)
