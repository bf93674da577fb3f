"""An instructor with an LMS, as the README says: its zip and its students in, a file of grades as it imports it out."""

import csv
import io
import os
import re
import signal
import zipfile

import pytest
from fake_course import ASSIGNMENT, NOTEBOOK, make_course, source_notebook

from rnnshapes.cli import main
from rnnshapes.grading.engine.stops import terminable
from rnnshapes.grading.ingest.intake import read_submissions

RIGHT, WRONG = "count = 4", "count = 5"


def notebook(answer):
    import nbformat

    made = source_notebook()
    made.cells[1].source, made.cells[3].source = answer, "YOUR ANSWER HERE"
    return nbformat.writes(made)


@pytest.fixture
def course(tmp_path, monkeypatch, capsys):
    """A course in a folder, and `rnnshapes …` in it; gives the exit code and what it said."""
    root = make_course(tmp_path / "course")
    monkeypatch.chdir(root)
    monkeypatch.delenv("RNNSHAPES_SEED", raising=False)

    def run(*words):
        code = main(words)
        said = capsys.readouterr()
        return code, said.out + said.err

    return root, run


def pack(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)


def cells(path, encoding="utf-8"):
    return list(csv.reader(io.StringIO(path.read_bytes().decode(encoding), newline="")))


# ---- Canvas

CANVAS = """\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Warm-up (1),Counting (77),Final Score
,,,,,,Manual Posting,(read only)
    Points Possible,,,,,5.00,5.00,(read only)
"Lovelace, Ada",4001,s1,ada@uni.example,A,4.00,,80.0
"O'Brien, Zoë",4002,s2,Zoe@Uni.example,A,,3.00,
"Nguyen, An",4003,s3,an1,A,,,
"Nguyen, An",4004,s4,an2,A,,,
"Writer, Will",4005,s5,will,A,,2.00,
"Absent, Bo",4006,s6,bo,A,,EX,
"Student, Test",4099,,9a8b7c,A,,,
"""


def canvas_file(sortable, user, number, file="counting.ipynb", *, late=False):
    """A file's name by the rules of lib/content_zipper.rb: lower case, word characters, user id, the file's id."""
    student = "_".join([sortable.lower(), *(["LATE"] if late else []), str(user)])
    kept = re.sub(r'[/\\:*?"<>|]+', "_", file)
    return "_".join([re.sub(r"[^\w]", "", student), str(number), kept])


def test_canvas_zip_in_grades_out(course):
    root, run = course
    pack(
        root / "submissions.zip",
        {
            canvas_file("Lovelace, Ada", 4001, 901): notebook(WRONG),
            canvas_file("Lovelace, Ada", 4001, 907, "counting-1.ipynb"): notebook(RIGHT),  # handed in again
            canvas_file("O'Brien, Zoë", 4002, 902, "counting (1).ipynb", late=True): notebook(WRONG),
            canvas_file("Nguyen, An", 4003, 903): notebook(RIGHT),
            canvas_file("Nguyen, An", 4004, 904): notebook(WRONG),
            "writerwill_4005_text.html": "<p>I handed in words.</p>",
            canvas_file("Stranger, Sue", 4088, 908): notebook(RIGHT),
        },
    )
    (root / "gradebook.csv").write_text(CANVAS, encoding="utf-8")
    code, said = run("grade", "01", "--from", "submissions.zip", "--roster", "gradebook.csv")
    assert code == 2, said  # not all could be graded
    assert re.search(r"Not taken: strangersue_4088.*no student of the roster fits", said)
    assert "2 of the roster handed in nothing: 9a8b7c, bo." in said
    assert "4 graded, 1 failed." in said and "Failed: will: Got text.html, expected counting.ipynb." in said
    assert "Handed in late, says the LMS." in said
    assert (root / "feedback/an1/01_counting/counting.html").exists()
    code, said = run("report", "01", "--csv", "canvas", "--title", "Counting", "--template", "gradebook.csv")
    assert code == 0 and "handed in, but has no score, so no grade in the file: will" in said
    page = (root / "reports/01_counting.html").read_text(encoding="utf-8")
    assert "fitted no student" in page and "strangersue_4088" in page.split("Fitted no student</h2>")[1]
    assert "In Canvas: Gradebook → Import." in said and "maximum" not in said
    before, after = cells(root / "gradebook.csv"), cells(root / "reports/01_counting_canvas.csv")
    changed = {old[3]: (old[6], new[6]) for old, new in zip(before, after, strict=True) if old != new}
    assert changed == {
        "ada@uni.example": ("", "4"),
        "Zoe@Uni.example": ("3.00", "0"),
        "an1": ("", "4"),
        "an2": ("", "0"),
    }
    assert [line[:6] + line[7:] for line in before] == [line[:6] + line[7:] for line in after]

    (root / "gradebook.csv").write_text(f'{CANVAS}"Stranger, Sue",4088,s7,sue,A,,,\n', encoding="utf-8")
    code, said = run("grade", "01", "--from", "submissions.zip", "--roster", "gradebook.csv")
    assert "Not taken" not in said and (root / "feedback/sue/01_counting/counting.html").exists()
    assert run("report", "01")[0] == 0
    assert "itted no student" not in (root / "reports/01_counting.html").read_text(encoding="utf-8")


# ---- Moodle

PARTICIPANTS = """\ufeff"First name","Last name","Email address",Groups
Ada,Lovelace,Ada@uni.example,"Group A"
Ada,Byron,ada@other.example,
Мария,Ключ,maria@uni.example,
Bo,Absent,bo@uni.example,
"""
WORKSHEET = """Identifier,"Full name","Email address",Status,Grade,"Maximum Grade",\
"Last modified (grade)","Feedback comments"
"Participant 501","Ada Lovelace",Ada@uni.example,"Submitted for grading",,100.00,-,
"Participant 502","Ada Byron",ada@other.example,"Submitted for grading",1.00,100.00,-,old
"Participant 503","Мария Ключ",maria@uni.example,"Submitted for grading",,100.00,-,
"Participant 504","Bo Absent",bo@uni.example,"No submission",,100.00,-,keep
"Participant 505","New Nadia",nadia@uni.example,"No submission",,100.00,-,
"""


def moodle_zip(path, people, *, folders):
    """Files by the rules of mod/assign/classes/downloader.php, with an online text beside each student's file."""
    between = "/" if folders else "_"
    files = {}
    for name, (number, answer) in people.items():
        files[f"{name}_{number}_assignsubmission_file{between}counting.ipynb"] = notebook(answer)
        files[f"{name}_{number}_assignsubmission_onlinetext{between}onlinetext.html"] = "<p>Hello</p>"
    pack(path, files)


PEOPLE = {"Ada Lovelace": (501, RIGHT), "Ada Byron": (502, WRONG), "Мария Ключ": (503, RIGHT), "Group A": (7, RIGHT)}


def test_moodle_zip_in_grades_out(course):
    root, run = course
    moodle_zip(root / "submissions.zip", PEOPLE, folders=True)
    (root / "students.csv").write_text(PARTICIPANTS, encoding="utf-8")
    code, said = run("grade", "01", "--from", "submissions.zip", "--roster", "students.csv")
    assert code == 2 and "3 graded, 0 failed." in said, said
    assert said.count("Not taken: ") == 1 and "name Group A, id 7" in said  # one line a person, not a file
    assert "of the roster handed in nothing: bo" in said

    code, said = run("report", "01", "--csv", "moodle", "--title", "Counting")
    assert code == 0 and "Map “Email address”" in said
    header, *lines = cells(root / "reports/01_counting_moodle.csv", "utf-8-sig")
    assert header == ["Email address", "Counting", "Counting (feedback)"]
    assert {line[0]: line[1] for line in lines} == {
        "Ada@uni.example": "4",  # as Moodle writes it: its import minds capitals
        "ada@other.example": "0",
        "maria@uni.example": "4",
    }
    assert all(line[2].startswith(f"{line[1]} of 5 points.") for line in lines)

    (root / "worksheet.csv").write_text(WORKSHEET, encoding="utf-8")
    code, said = run("report", "01", "--csv", "moodle", "--template", "worksheet.csv")
    assert code == 0 and "Upload grading worksheet" in said and "the LMS's maximum is 100 and not 5" in said
    assert "not in the gradebook: New Nadia" in said
    before, after = cells(root / "worksheet.csv"), cells(root / "reports/01_counting_moodle.csv")
    changed = {old[1]: (old[4], new[4]) for old, new in zip(before, after, strict=True) if old != new}
    assert changed == {"Ada Lovelace": ("", "4"), "Ada Byron": ("1.00", "0"), "Мария Ключ": ("", "4")}
    assert after[4][-1] == "keep" and after[2][-1].startswith("0 of 5 points.")


@pytest.mark.parametrize("folders", [True, False])
@pytest.mark.parametrize("roster", [PARTICIPANTS, WORKSHEET])
def test_moodle_students_are_found_in_each_of_its_lists(tmp_path, roster, folders):
    moodle_zip(tmp_path / "submissions.zip", PEOPLE, folders=folders)
    (tmp_path / "students.csv").write_text(roster, encoding="utf-8")
    names = dict(assignment=ASSIGNMENT, notebooks=[NOTEBOOK])
    intake = read_submissions(tmp_path / "submissions.zip", roster=tmp_path / "students.csv", **names)
    # Both Adas' addresses begin with ada@: each has a folder of her own.
    assert [one.login for one in intake.submissions] == ["ada@uni.example", "ada@other.example", "maria"]
    assert len(intake.unmatched) == 1 and intake.unmatched[0].where.startswith("Group A_7_")  # a line a person
    assert intake.missing == (["bo"] if roster == PARTICIPANTS else ["bo", "nadia"])


def test_an_id_number_in_the_list_does_not_hide_a_student_from_moodles_own_numbers(tmp_path):
    moodle_zip(tmp_path / "submissions.zip", {"Ada Lovelace": (501, RIGHT)}, folders=True)
    (tmp_path / "students.csv").write_text(
        "First name,Last name,ID number,Email address\nAda,Lovelace,s123,ada@uni.example\nBo,Ek,501,bo@uni.example\n"
    )
    names = dict(assignment=ASSIGNMENT, notebooks=[NOTEBOOK])
    intake = read_submissions(tmp_path / "submissions.zip", roster=tmp_path / "students.csv", **names)
    assert [one.login for one in intake.submissions] == ["ada"] and intake.missing == ["bo"]


def test_one_login_for_two_students_stops_with_what_to_do(course):
    root, run = course
    moodle_zip(root / "submissions.zip", PEOPLE, folders=True)
    (root / "students.csv").write_text("id,email\nada,ada@uni.example\nADA,byron@uni.example\n")
    code, said = run("grade", "01", "--from", "submissions.zip", "--roster", "students.csv")
    assert code == 1 and "got the login ada for more than one student" in said and "Try:" in said


# ---- what instructors mistype


def test_an_assignment_misspelt_by_one_letter_is_recognised(course):
    root, run = course
    code, said = run("grade", ASSIGNMENT[:-1])
    assert code == 1 and f"Did you mean '{ASSIGNMENT}'?" in said


def test_a_wrong_folder_under_submitted_is_named_and_nothing_else_is_graded(course):
    root, run = course
    folder = root / "submitted" / "ada" / ASSIGNMENT[:-1]
    folder.mkdir(parents=True)
    (folder / f"{NOTEBOOK}.ipynb").write_text(notebook(RIGHT), "utf-8")
    code, said = run("grade", ASSIGNMENT)
    assert code == 1 and f"submitted/ada/{ASSIGNMENT[:-1]} is no assignment's folder, expected {ASSIGNMENT}" in said


def test_sigterm_is_taken_for_ctrl_c_while_grading():
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt), terminable():
        os.kill(os.getpid(), signal.SIGTERM)
        signal.pause()
    assert signal.getsignal(signal.SIGTERM) is before
