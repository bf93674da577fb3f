"""Grades for Canvas and Moodle: what their importers read, and nothing that a spreadsheet would run."""

import csv
import io
import os
import subprocess
import sys

import pytest

from rnnshapes.errors import CourseError
from rnnshapes.grading.report.grades_csv import canvas_csv, feedback_text, harmless, moodle_csv
from rnnshapes.grading.report.report_rows import Row
from rnnshapes.grading.report.worksheet import fill_worksheet

BOM = "\ufeff"
ADA = Row("ada", name="Ada Lovelace", email="ada@uni.example", lms_id="4001", score=9.5, max_score=12.0)
BO = Row("bo", name="Bo Ek", email="Bo@Uni.example", score=0.0, max_score=12.0)
CY = Row("cy", name="Cy Dahl", email="cy@uni.example", handed_in=False, max_score=12.0)


def read(text, delimiter=","):
    return list(csv.reader(io.StringIO(text.removeprefix(BOM), newline=""), delimiter=delimiter))


def test_canvas_columns():
    header, points, *students = read(canvas_csv([ADA, BO, CY], title="RNN shapes (77)").text)
    assert header == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "RNN shapes (77)"]
    assert points == ["    Points Possible", "", "", "", "", "12"]
    assert students == [
        ["Ada Lovelace", "4001", "", "ada", "", "9.5"],
        ["Bo Ek", "", "", "bo", "", "0"],  # zero is a score; Cy has none and no row
    ]


def test_an_lms_id_that_is_no_number_is_not_given_to_canvas_as_its_own():
    row = Row("dee", lms_id="8f14e45f-ceea", score=1.0)
    assert read(canvas_csv([row], title="A").text)[2] == ["", "", "", "dee", "", "1"]


@pytest.mark.parametrize("title", ["Final Score", "Lab Current Points", "Override Grade (2)"])
def test_a_column_that_canvas_would_skip_is_refused(title):
    with pytest.raises(CourseError, match="Canvas takes such a column for a total"):
        canvas_csv([ADA], title=title)


TEMPLATE = '''Student,ID,SIS User ID,SIS Login ID,Section,Notes,Warm-up (1),RNN shapes (77),Final Score
,,,,,,,Manual Posting,
    Points Possible,,,,,,5.00,12.00,(read only)
"Lovelace, Ada",4001,u1,al99,"A, B","says ""hi""",4.00,,80.0
"Ek, Bo",4002,u2,bo@uni.example,B,,5.00,3.00,70.0
"Dahl, Cy",4003,u3,cy,B,,1.00,2.00,20.0
"Student, Test",4099,,9a8b7c,B,,,,
'''


@pytest.mark.parametrize("title", ["RNN shapes (77)", "RNN shapes", "77"])
def test_a_template_is_filled_in_and_otherwise_left_alone(title):
    zoe = Row("zoe", score=4.0)
    grades = canvas_csv([ADA, BO, CY, zoe], title=title, template=TEMPLATE)
    before, after = read(TEMPLATE), read(grades.text)
    changed = {(line[0], old, new) for line, other in zip(before, after, strict=True)
               for old, new in zip(line, other, strict=True) if old != new}  # fmt: skip
    assert changed == {("Lovelace, Ada", "", "9.5"), ("Ek, Bo", "3.00", "0")}  # Cy has no score and keeps 2.00
    assert grades.unmatched == ["Student, Test"]
    assert list(grades.left_out) == ["zoe"]


def test_a_template_with_semicolons_and_a_byte_order_mark_keeps_both():
    template = "\ufeffStudent;ID;SIS Login ID;Section;RNN (77)\n    Points Possible;;;;12,00\nEk, Bo;4002;BO;B;\n"
    grades = canvas_csv([BO], title="77", template=template.encode())
    assert grades.text.startswith("\ufeffStudent;ID;")
    assert read(grades.text, ";")[2] == ["Ek, Bo", "4002", "BO", "B", "0"]


def test_a_name_in_a_template_is_harmless_afterwards():
    template = "Student,ID,SIS Login ID,Section,A (1)\n+cmd|' /C calc'!A1,4002,bo,B,\n"
    line = read(canvas_csv([BO], title="1", template=template).text)[1]
    assert line == ["'+cmd|' /C calc'!A1", "4002", "bo", "B", "0"]


def test_two_students_of_one_email_address_are_not_guessed_at():
    twins = [Row(login, email="shared@uni.example", score=score) for login, score in (("x", 1.0), ("y", 2.0))]
    template = "Student,ID,SIS Login ID,Section,A (1)\nX,1,shared@uni.example,B,7\n"
    grades = canvas_csv(twins, title="A", template=template)
    assert read(grades.text)[1][-1] == "7"
    assert list(grades.left_out) == ["x", "y"] and grades.unmatched == ["X"]


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("name,points\nada,3\n", "Export Entire Gradebook"),
        ("", "Export Entire Gradebook"),
        (TEMPLATE.replace("RNN shapes (77)", "Loops (78)"), r"Warm-up \(1\), Loops \(78\)"),
        (TEMPLATE.replace("Warm-up (1)", "RNN shapes (1)"), "has 2 of that name"),
        ("Student,ID,Section,Ü (1)\n".encode("latin-1"), "not UTF-8"),
    ],
)
def test_a_template_that_does_not_fit_is_refused_with_what_to_try(template, said):
    if not template:
        template = "\n"
    with pytest.raises(CourseError, match=said):
        canvas_csv([ADA], title="RNN shapes", template=template)


@pytest.mark.parametrize(
    "template",
    [
        "Kennung,E-Mail-Adresse,Bewertung\nTeilnehmer 1,ada@uni.example,\n",
        "Identifier,Status,Grade,Last modified (grade)\nParticipant 1,,,-\n",  # anonymous: no e-mail address
        "",
    ],
)
def test_a_worksheet_that_does_not_fit_is_refused_with_what_to_try(template):
    with pytest.raises(CourseError, match="Download grading worksheet"):
        fill_worksheet([ADA], template)


def test_a_worksheet_has_no_grade_for_a_student_without_a_score_and_names_who_is_not_in_it():
    sheet = "Identifier,Email address,Grade,Last modified (grade)\nParticipant 3,CY@uni.example,2.00,-\n"
    grades = fill_worksheet([ADA, CY], sheet)
    assert grades.text == sheet and list(grades.left_out) == ["ada"] and not grades.unmatched


def test_who_handed_in_and_has_no_score_is_named_and_gets_no_row():
    failed = Row("dee", email="dee@uni.example", failure="the file is broken off")
    for grades in (moodle_csv([ADA, CY, failed], title="A"), canvas_csv([ADA, CY, failed], title="A")):
        assert grades.notes() == ["handed in, but has no score, so no grade in the file: dee"]
        assert "dee" not in grades.text


def test_moodle_columns():
    rows = [ADA, BO, CY]
    grades = moodle_csv(rows, title="RNN shapes")
    assert grades.encode().startswith(b"\xef\xbb\xbfEmail address,")
    assert read(grades.text) == [
        ["Email address", "RNN shapes", "RNN shapes (feedback)"],
        ["ada@uni.example", "9.5", "9.5 of 12 points."],
        ["Bo@Uni.example", "0", "0 of 12 points."],
    ]
    assert read(moodle_csv(rows, title="A", identify="login").text)[1][0] == "ada"


def test_moodle_rows_without_an_identifier_are_left_out():
    """Moodle would give them to the student of the row before."""
    grades = moodle_csv([ADA, BO], title="A", identify="lms_id")
    assert [line[0] for line in read(grades.text)] == ["ID number", "4001"]
    assert grades.left_out == {"bo": "no ID number in the gradebook"}
    assert grades.notes() == ["not in the file: bo (no ID number in the gradebook)"]


def test_moodle_refuses_a_column_it_cannot_identify_by():
    with pytest.raises(CourseError, match="email, lms_id, login"):
        moodle_csv([ADA], title="A", identify="surname")
    with pytest.raises(CourseError, match="twice, for p and q"):
        moodle_csv([Row(login, email="same@uni.example", score=1.0) for login in "pq"], title="A")


def test_a_comment_is_one_line_with_points_by_task_and_hints():
    row = Row(
        "a",
        email="a@b",
        score=2.5,
        max_score=6.0,
        penalty=0.5,
        points={"loop": (3.0, 4.0), "batch": (0.0, 2.0)},
        hints={"relu": "Which activation\ndoes SimpleRNN have?"},
    )
    said = "2.5 of 6 points. 0.5 points taken off for lateness. loop: 3 of 4; batch: 0 of 2."
    assert feedback_text(row).startswith(said)
    assert read(moodle_csv([row], title="A").text)[1][2] == f"{said} Which activation does SimpleRNN have?"


def test_scores_that_are_not_final_are_named():
    row = Row("a", email="a@b", score=1.0, needs_manual=["why"])
    for grades in (moodle_csv([row], title="A"), canvas_csv([row], title="A")):
        assert grades.unfinished == ["a"] and "by hand: a" in grades.notes()[0]


@pytest.mark.parametrize(
    "name",
    [
        "=1+1",
        "+1+cmd",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "＝1",
        "Ada;=1+1",
        "Ada;\t@x",
        "\0=1",
        "A\n=1",
    ],
)
def test_no_cell_begins_a_formula(name):
    """Neither as these files are meant, nor opened where a semicolon or a tab separates cells."""
    row = Row(name, name=name, email=name, score=3.0)
    for text in (canvas_csv([row], title="A").text, moodle_csv([row], title="A").text):
        for cells in (read(text), read(text, ";"), read(text, "\t"), [text.split(";"), text.split("\n")]):
            for cell in (cell for line in cells for cell in line):
                assert not cell.lstrip(' \t\r\n"\0').startswith(tuple("=+-@＝＋－＠")), (name, cell)


def test_numbers_stay_numbers():
    assert [harmless(text) for text in ("-3", "+49123", "2.50", "-3,5")] == ["-3", "+49123", "2.50", "-3,5"]


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """A gradebook with one assignment and a graded student, as a URL."""
    from nbgrader.api import Gradebook

    url = f"sqlite:///{tmp_path_factory.mktemp('course') / 'gradebook.db'}"
    with Gradebook(url) as gradebook:
        gradebook.add_assignment("01_counting")
        gradebook.add_notebook("counting", "01_counting")
        gradebook.add_grade_cell("test_count", "counting", "01_counting", max_score=4, cell_type="code")
        gradebook.add_student("ada", first_name="Ada", last_name="Lovelace", email="ada@uni.example")
        gradebook.add_submission("01_counting", "ada")
        gradebook.find_grade("test_count", "counting", "01_counting", "ada").auto_score = 3
        gradebook.db.commit()
    return url


@pytest.mark.parametrize(
    ("exporter", "line"),
    [("CanvasExport", "Ada Lovelace,,,ada,,3"), ("MoodleExport", "ada@uni.example,3,3 of 4 points.")],
)
def test_nbgrader_export_uses_the_same_functions(database, tmp_path, exporter, line):
    words = [f"--exporter=rnnshapes.grading.report.grades_csv.{exporter}", "--to", "out.csv", "--db", database]
    environment = os.environ | {"HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "export", *words, "--assignment=['01_counting']"],
        cwd=tmp_path, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert line in (tmp_path / "out.csv").read_text(encoding="utf-8")
