"""Plain nbgrader commands, as its documentation gives them, on a copy of the course."""

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rnnshapes.demo.sample_class import hand_in, read_class

ROOT = Path(__file__).parents[1]
LESSON = "01_rnn_shapes"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A copy of the course with two students' submissions, a right one and a wrong one; and a command to run in it."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    for part in ("source", "release"):  # as in a fresh clone: the release is there, the gradebook is not
        shutil.copytree(ROOT / part, folder / part)
    home = tmp_path_factory.mktemp("home")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("RNNSHAPES")}
    environment |= {"HOME": str(home), "PATH": os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])}

    def run(*words, **more):
        done = subprocess.run(["nbgrader", *words], cwd=folder, env=environment | more, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done

    run("generate_assignment", LESSON)
    return folder, run


def test_generate_assignment_gives_the_committed_release(course):
    folder, _ = course
    path = f"release/{LESSON}/rnn_shapes.ipynb"
    assert (folder / path).read_bytes() == (ROOT / path).read_bytes()


def test_autograde_feedback_and_export(course):
    folder, run = course
    students = [
        student for student in read_class(ROOT / f"lessons/{LESSON}/class") if student.login in ("adaobi_n", "oisin_c")
    ]
    hand_in(students, release=folder / f"release/{LESSON}/rnn_shapes.ipynb", submitted=folder / "submitted")
    run("autograde", LESSON)
    run("generate_feedback", LESSON)
    run("export", "--to", "grades.csv")
    with open(folder / "grades.csv", newline="") as file:
        scores = {row["student_id"]: (float(row["score"]), float(row["max_score"])) for row in csv.DictReader(file)}
    assert scores == {"adaobi_n": (12, 12), "oisin_c": (3, 12)}
    feedback = (folder / f"feedback/oisin_c/{LESSON}/rnn_shapes.html").read_text(encoding="utf-8")
    assert "The weights always come in" in feedback and "relu" in feedback and '<img alt="' in feedback


@pytest.mark.parametrize("shared", [False, True])
def test_the_exchange_works_by_default_and_in_a_shared_folder(course, tmp_path, shared):
    folder, run = course
    place = tmp_path / "exchange" if shared else folder / "exchange"
    settings = {"RNNSHAPES_EXCHANGE": str(place)} if shared else {}
    if shared:
        place.mkdir()
        place.chmod(0o777)
    run("release_assignment", LESSON, **settings)
    assert (place / "rnn_shapes/outbound" / LESSON / "rnn_shapes.ipynb").exists()
    assert LESSON in run("list", **settings).stderr


def test_only_notebooks_are_released(course):
    folder, _ = course
    assert [path.name for path in (folder / "release" / LESSON).iterdir()] == ["rnn_shapes.ipynb"]
