"""A class that worked in Colab, from its files to its points: the same as if it had worked in JupyterLab."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from colab_help import saved_by_colab
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.api import Gradebook

from rnnshapes.authoring import build
from rnnshapes.demo.sample_class import read_class

ROOT = Path(__file__).parents[1]
LESSON, NAME = "01_rnn_shapes", "rnn_shapes"
MOUNT = "from google.colab import drive\ndrive.mount('/content/drive')"


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A graded class: what was said, {login: {cell: points}}, and {login: feedback}."""
    course, home = tmp_path_factory.mktemp("course"), tmp_path_factory.mktemp("home")
    shutil.copytree(ROOT / "lessons" / LESSON, course / "lessons" / LESSON)
    shutil.copy(ROOT / "nbgrader_config.py", course)
    (course / "pyproject.toml").write_text('[tool.rnnshapes]\ninstall = "git+https://github.com/o/r@main"\n')
    assert not build.build(course).problems
    release = nbformat.read(course / f"release/{LESSON}/{NAME}.ipynb", as_version=4)
    with zipfile.ZipFile(home / "class.zip", "w") as archive:
        for student in read_class(ROOT / "lessons" / LESSON / "class"):
            if student.login in ("adaobi_n", "oisin_c"):
                notebook = filled_in(release, student.answers)
                archive.writestr(f"{student.login}_lab/{NAME}.ipynb", nbformat.writes(notebook))
                archive.writestr(f"{student.login}/Copy of {NAME}.ipynb", saved_by_colab(worked_on(notebook)))
    environment = {key: value for key, value in os.environ.items() if not key.startswith("RNNSHAPES")}
    environment |= {"HOME": str(home), "PATH": os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])}
    command = [sys.executable, "-m", "rnnshapes.cli", "--course", course, "grade", LESSON, "--from", home / "class.zip"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        points = {
            submission.student.id: {
                grade.name: grade.auto_score for notebook in submission.notebooks for grade in notebook.grades
            }
            for submission in gradebook.assignment_submissions(LESSON)
        }
    feedback = {login: (course / f"feedback/{login}/{LESSON}/{NAME}.html").read_text("utf-8") for login in points}
    return done.stdout + done.stderr, points, feedback


def filled_in(release, answers):
    notebook = nbformat.from_dict(release)
    notebook = nbformat.reads(nbformat.writes(notebook), as_version=4)
    for cell in notebook.cells:
        cell.source = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
    return notebook


def worked_on(notebook):
    """What else people do in Colab: a form, a scratch cell that mounts Drive, a text cell split in two."""
    notebook = nbformat.reads(nbformat.writes(notebook), as_version=4)
    answer = next(cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("solution"))
    answer.source = '#@title My shapes { display-mode: "form" }\n' + answer.source
    answer.metadata["cellView"] = "form"
    place = next(i for i, cell in enumerate(notebook.cells) if cell.source.startswith("## 2. "))
    first, mark, rest = notebook.cells[place].source.partition("\n\n")
    assert mark
    notebook.cells[place].source = first
    notebook.cells.insert(place + 1, new_markdown_cell(rest))
    notebook.cells.insert(1, new_code_cell(MOUNT))
    return notebook


def test_colabs_files_get_the_points_of_jupyterlabs(graded):
    _, points, _ = graded
    assert {login: sum(scores.values()) for login, scores in points.items()} == {
        "adaobi_n": 12,
        "adaobi_n_lab": 12,
        "oisin_c": 3,
        "oisin_c_lab": 3,
    }
    assert points["adaobi_n"] == points["adaobi_n_lab"] and points["oisin_c"] == points["oisin_c_lab"]


def test_students_read_of_nothing_that_colab_alone_changed(graded):
    said, _, feedback = graded
    taken = f"Copy of {NAME}.ipynb was taken as {NAME}.ipynb."
    for login in ("adaobi_n", "oisin_c"):
        assert remarks(feedback[login]) == [taken] and f"{login}: {taken}" in said
        assert remarks(feedback[f"{login}_lab"]) == []
    assert not [page for page in feedback.values() if "Put right before grading" in page]
    assert "The weights always come in" in feedback["oisin_c"]  # the belief is recognised as ever


def remarks(feedback):
    _, _, below = feedback.partition("Remarks</h4>")
    return re.findall("<li>(.*?)</li>", below.partition("</ul>")[0])
