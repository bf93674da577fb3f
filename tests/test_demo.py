"""`rnnshapes demo` on a small class: right, with mistakes, late, broken off, without its marks, and hostile."""

import csv
import re
import shutil
from pathlib import Path

import pytest

from rnnshapes.demo.run_demo import run_demo
from rnnshapes.demo.sample_class import read_class
from rnnshapes.errors import CourseError
from rnnshapes.grading.execute.sandbox import unavailable

ROOT = Path(__file__).parents[1]
LESSON = "01_rnn_shapes"
CLASS = ("adaobi_n", "jaroslav_n", "ines_m", "vusi_d", "casimir_b")
HOSTILE = "zed_q"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    folder = tmp_path_factory.mktemp("course")
    for part in ("lessons", "notebooks", "source", "release"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("class"))
    for part in ("nbgrader_config.py", "pyproject.toml"):
        shutil.copy(ROOT / part, folder)
    (folder / "lessons" / LESSON / "class").mkdir()
    for login in (*CLASS, HOSTILE):
        shutil.copy(ROOT / "lessons" / LESSON / "class" / f"{login}.py", folder / "lessons" / LESSON / "class")
    return folder


def test_the_demo_grades_names_and_goes_on_past_a_broken_file(course, capsys):
    before = {path: path.read_bytes() for path in course.rglob("*.ipynb")}
    assert run_demo(course) == 0
    said = capsys.readouterr().out
    rows = {line.split()[0]: line for line in said.splitlines() if line.strip() and line.split()[0] in CLASS}
    assert rows["adaobi_n"].split()[1:] == ["3", "2", "4", "3", "12"]
    assert "3 4: bias dropped" in rows["jaroslav_n"] and "late by 2" in rows["ines_m"]
    assert "–" in rows["vusi_d"] and "ends in the middle" in " ".join(said.split())
    assert rows["casimir_b"].split()[1:6] == ["3", "2", "4", "3", "12"] and "2 repairs" in rows["casimir_b"]
    assert (f" {HOSTILE} " in said) != bool(unavailable())  # without a sandbox it stays away
    assert {path: path.read_bytes() for path in before} == before  # the course itself is as it was
    assert not (course / "gradebook.db").exists()


def test_the_demo_leaves_feedback_and_grades(course):
    with open(course / "demo/grades.csv", newline="") as file:
        scores = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert scores.pop(HOSTILE, 0) == 0
    assert scores == {"adaobi_n": 12, "jaroslav_n": 5, "ines_m": 9, "vusi_d": 0, "casimir_b": 12}
    feedback = (course / f"demo/feedback/jaroslav_n/{LESSON}/rnn_shapes.html").read_text(encoding="utf-8")
    for line in ("The bias starts at zero in Keras", "Your code computes", "Which weight with a single axis"):
        assert line in feedback
    assert "bias_dropped" not in feedback  # a key is for us, not for a student


def test_the_demo_leaves_a_report(course):
    report = (course / f"demo/reports/{LESSON}.html").read_text(encoding="utf-8")
    for words in ("The bias starts at zero", "<del>", "vusi_d", "had lost their marks"):
        assert words in report
    assert re.search(r"2 of [56] students let their own checks be kept", report)  # without a sandbox one stays away
    assert "The last check of 1 of 2 students found it right. That took this student 3 checks." in report


def test_the_sample_class_is_large_and_mixed_enough():
    students = read_class(ROOT / "lessons" / LESSON / "class")
    assert len(students) >= 20
    assert any(student.late for student in students) and any(student.corrupt for student in students)
    assert any(not student.answers for student in students)


@pytest.mark.parametrize(
    "text", ["x = 1\n", "# ---\n# note: no name\n# ---\n", "# ---\n# name: A\n# late: soon\n# ---\n"]
)
def test_a_file_without_a_proper_header_is_named(tmp_path, text):
    (tmp_path / "someone.py").write_text(text)
    with pytest.raises(CourseError, match="someone.py"):
        read_class(tmp_path)


def test_an_empty_class_is_named(tmp_path):
    with pytest.raises(CourseError, match="no student"):
        read_class(tmp_path)
