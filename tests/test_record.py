"""The gradebook and autograded/: what nbgrader would have written, all or nothing, and nothing stale."""

import os
import shutil
import stat
import sys
from dataclasses import replace

import nbformat
import pytest

sys.path.insert(0, os.path.dirname(__file__))
import fake_course  # noqa: E402
from fake_course import ASSIGNMENT, NOTEBOOK, dump, fake_task, hand_in, make_course, tree  # noqa: E402

from rnnshapes.errors import CourseError  # noqa: E402
from rnnshapes.grading.engine import folders  # noqa: E402
from rnnshapes.grading.engine.gradebook import enter_assignment, open_gradebook  # noqa: E402
from rnnshapes.grading.engine.record import CannotRecord, Recorder  # noqa: E402
from rnnshapes.grading.ingest.intake import read_one  # noqa: E402
from rnnshapes.grading.task import Graded, GradedNotebook, Limits, Submission  # noqa: E402

LATE = '\nc.LateSubmissionPlugin.penalty_method = "zero"\n'


class Desk:
    """A course with its gradebook open, and the recorder."""

    def __init__(self, root, gradebook):
        self.root, self.gradebook = root, gradebook
        self.course = folders.open_course(root)
        self.spec = folders.read_spec(self.course, ASSIGNMENT, seed="", limits=Limits())
        self.entered = enter_assignment(self.course, gradebook, self.spec)
        self.recorder = Recorder(self.course, gradebook, self.spec)

    def submission(self, login, answer="count = 4", **more):
        hand_in(self.root, login, answer, **more)
        return read_one(self.root / "submitted", ASSIGNMENT, login=login, notebooks=[NOTEBOOK])

    def record(self, submission, graded=None):
        return self.recorder.record(submission, graded or fake_task(submission, self.spec))

    def grades(self, login):
        book = self.gradebook.find_submission_notebook(NOTEBOOK, ASSIGNMENT, login)
        found = {grade.name: grade for grade in book.grades}
        self.gradebook.db.rollback()
        return found

    def autograded(self, login):
        return self.root / "autograded" / login / ASSIGNMENT


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A course whose gradebook knows the assignment: making one takes seconds."""
    root = make_course(tmp_path_factory.mktemp("template") / "course")
    with open_gradebook(folders.open_course(root)) as gradebook:
        assert Desk(root, gradebook).entered
    return root


@pytest.fixture
def desk(template, tmp_path, request):
    root = shutil.copytree(template, tmp_path / "course")
    (root / "nbgrader_config.py").write_text(fake_course.CONFIG + getattr(request, "param", ""))
    with open_gradebook(folders.open_course(root)) as gradebook:
        yield Desk(root, gradebook)


def test_the_assignment_is_entered_once_and_release_is_left_alone(desk):
    assert not desk.entered  # `template` entered it
    assignment = desk.gradebook.find_assignment(ASSIGNMENT)
    assert assignment.max_score == 5 and not (desk.root / "release").exists()
    assert {cell.name for cell in assignment.notebooks[0].source_cells} == {"count", "test_count", "why"}


def test_other_points_are_taken_over_but_other_cells_are_refused_once_there_are_submissions(desk):
    desk.record(desk.submission("ada"))
    path = desk.root / "source" / ASSIGNMENT / f"{NOTEBOOK}.ipynb"
    notebook = nbformat.read(path, 4)
    notebook.cells[2].metadata.nbgrader.points = 8
    nbformat.write(notebook, path)
    spec = folders.read_spec(desk.course, ASSIGNMENT, seed="", limits=Limits())
    assert enter_assignment(desk.course, desk.gradebook, spec)
    assert desk.gradebook.find_assignment(ASSIGNMENT).max_score == 9
    notebook.cells[2].metadata.nbgrader.grade_id = "test_renamed"
    nbformat.write(notebook, path)
    spec = folders.read_spec(desk.course, ASSIGNMENT, seed="", limits=Limits())
    with pytest.raises(CourseError, match="Cannot add or remove cells"):
        enter_assignment(desk.course, desk.gradebook, spec)


@pytest.mark.parametrize("desk", [LATE], indirect=True)
def test_the_gradebook_and_the_folders_are_those_that_nbgrader_makes(desk, tmp_path, monkeypatch):
    from nbgrader.apps import NbGraderAPI
    from nbgrader.utils import determine_grade

    monkeypatch.setenv("PATH", os.path.dirname(sys.executable), prepend=os.pathsep)  # nbgrader runs alembic
    stock_root = shutil.copytree(desk.root, tmp_path / "stock")
    stock = NbGraderAPI(config=folders.open_course(stock_root).config)
    assert stock.generate_assignment(ASSIGNMENT)["success"]
    released = nbformat.read(stock_root / "release" / ASSIGNMENT / f"{NOTEBOOK}.ipynb", 4)
    for gradebook in (desk.gradebook, stock.gradebook):
        gradebook.update_or_create_assignment(ASSIGNMENT, duedate="2026-01-11 00:00:00 UTC")
    late = "2026-01-11 02:00:00 UTC"
    for login, timestamp, answer, why in (
        ("ada", "2026-01-10 12:00:00 UTC", "count = 4", "I counted."),
        ("bob", late, "count = 4", None),
        ("cyd", "", "count = 3", None),
        ("dot", late, None, None),
    ):
        for root in (desk.root, stock_root):
            folder = hand_in(root, login, "", timestamp=timestamp)
            notebook = nbformat.from_dict(released)
            notebook.cells[1].source = answer or released.cells[1].source
            notebook.cells[3].source = why or released.cells[3].source
            nbformat.write(notebook, folder / f"{NOTEBOOK}.ipynb")
        assert stock.autograde(ASSIGNMENT, login)["success"]
        made = nbformat.read(stock_root / "autograded" / login / ASSIGNMENT / f"{NOTEBOOK}.ipynb", 4)
        scores = {
            cell.metadata.nbgrader.grade_id: determine_grade(cell)[0]
            for cell in made.cells
            if cell.metadata.get("nbgrader", {}).get("grade")
        }
        text = (stock_root / "autograded" / login / ASSIGNMENT / f"{NOTEBOOK}.ipynb").read_text()
        submission = read_one(desk.root / "submitted", ASSIGNMENT, login=login, notebooks=[NOTEBOOK])
        seconds, remarks = desk.record(submission, Graded(login, {NOTEBOOK: GradedNotebook(text, scores)}))
        assert not remarks and seconds == (7200 if timestamp == late else 0)
    ours, theirs = (dump(folders.open_course(root).db_url) for root in (desk.root, stock_root))
    assert ours == theirs and any(row[-2:] == ("No response.", None) for row in ours)
    assert [row[2:] for row in ours if row[:2] == ("bob", NOTEBOOK)] == [(4.0, 4.0)]  # the penalty is the score
    for login in ("ada", "bob", "cyd", "dot"):
        here, there = (root / "autograded" / login for root in (desk.root, stock_root))
        assert tree(here) == tree(there)
        for path in here.rglob("*"):
            assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE((there / path.relative_to(here)).stat().st_mode)


def test_recording_twice_is_recording_once(desk):
    submission = desk.submission("ada")
    desk.record(submission)
    once, files = dump(desk.course.db_url), tree(desk.root / "autograded")
    desk.record(submission)
    assert dump(desk.course.db_url) == once and tree(desk.root / "autograded") == files


def test_what_a_person_entered_stays_and_is_shown_again(desk):
    submission = desk.submission("ada", why="Mine.")
    desk.record(submission)
    grades = desk.grades("ada")
    grades["why"].manual_score, grades["why"].extra_credit, grades["why"].needs_manual_grade = 1, 0.5, False
    comment = desk.gradebook.find_comment("count", NOTEBOOK, ASSIGNMENT, "ada")
    comment.manual_comment = "Well done."
    desk.gradebook.db.commit()
    for graded in (fake_task(submission, desk.spec), Graded("ada", failure="Out of memory.")):
        desk.record(submission, graded)
        grade = desk.grades("ada")["why"]
        assert (grade.manual_score, grade.extra_credit, grade.needs_manual_grade) == (1, 0.5, True)
        assert desk.gradebook.find_comment("count", NOTEBOOK, ASSIGNMENT, "ada").comment == "Well done."
    assert desk.gradebook.find_submission(ASSIGNMENT, "ada").score == 1.5


def test_a_failure_takes_the_old_score_back_and_says_why_until_it_is_graded(desk):
    submission = desk.submission("ada")
    desk.record(submission)
    assert desk.gradebook.find_submission(ASSIGNMENT, "ada").score == 4
    desk.record(submission, Graded("ada", failure="Broken <b>off</b>\x1b[31m\nhere\x00."))
    row = desk.gradebook.find_submission(ASSIGNMENT, "ada")
    assert row.score == 0 and row.needs_manual_grade
    assert {grade.auto_score for grade in desk.grades("ada").values()} == {None}
    said = desk.gradebook.find_comment("count", NOTEBOOK, ASSIGNMENT, "ada").comment
    assert said == "Not graded: Broken <b>off</b> [31m here ."
    shown = nbformat.read(desk.autograded("ada") / f"{NOTEBOOK}.ipynb", 4)
    nbformat.validate(shown)
    assert "\n    Broken <b>off</b> [31m here .\n" in shown.cells[0].source  # as code: it is no HTML
    assert [cell.metadata.nbgrader.grade_id for cell in shown.cells[1:]] == ["test_count", "why"]
    assert "count == 4" not in str(shown)
    desk.record(submission)
    assert desk.gradebook.find_submission(ASSIGNMENT, "ada").score == 4
    assert desk.gradebook.find_comment("count", NOTEBOOK, ASSIGNMENT, "ada").comment is None


def test_a_notebook_that_was_not_handed_in_has_no_points(desk):
    desk.record(desk.submission("ada"))
    desk.record(Submission("ada", {}), Graded("ada"))
    assert {(grade.auto_score, grade.needs_manual_grade) for grade in desk.grades("ada").values()} == {(0, False)}
    assert not list(desk.autograded("ada").glob("*.ipynb"))


def test_all_or_nothing_when_writing_fails_in_the_middle(desk, monkeypatch):
    desk.record(desk.submission("ada"))
    before, files = dump(desk.course.db_url), tree(desk.root / "autograded")

    def fail(*words, **more):
        raise RuntimeError("the power went")

    monkeypatch.setattr(desk.recorder, "_write_notebook", fail)
    for login in ("ada", "bob"):
        with pytest.raises(RuntimeError):
            desk.record(desk.submission(login, "count = 1", timestamp="2026-01-12 12:00:00 UTC"))
    assert dump(desk.course.db_url) == before and tree(desk.root / "autograded") == files
    monkeypatch.undo()
    desk.record(desk.submission("bob", "count = 1"))
    assert desk.gradebook.find_submission(ASSIGNMENT, "bob").score == 1


def test_leftovers_of_a_killed_write_are_cleared(desk):
    submission = desk.submission("ada")
    desk.record(submission)
    files = tree(desk.root / "autograded")
    for state in ("new", "old"):  # killed between the two renames
        folder = desk.autograded("ada").with_name(f".{ASSIGNMENT}.{state}")
        folder.mkdir()
        (folder / "half.ipynb").write_text("{")
    (desk.autograded("ada") / f"{NOTEBOOK}.ipynb").unlink()
    assert not desk.recorder.in_place("ada", {"late": 0.0})
    desk.record(submission)
    assert tree(desk.root / "autograded") == files and desk.recorder.in_place("ada", {"late": 0.0})


def test_files_stay_in_the_submissions_own_folder(desk):
    submission = desk.submission("ada")
    names = ["../../up.txt", "/root.txt", "a\\b", "a\0b", "notes.txt/x", "data.csv/x", "x" * 300, "deep/er/fine.txt"]
    mine = {"data.csv": b"mine", f"{NOTEBOOK}.ipynb": b"mine", ".ipynb_checkpoints/a.txt": b"", "__pycache__/a": b""}
    outside = tree(desk.root / "source") | tree(desk.root / "submitted")
    files = submission.files | mine | dict.fromkeys(names, b"x")
    _, remarks = desk.record(replace(submission, files=files))
    found = tree(desk.root / "autograded")
    kept = {f"ada/{ASSIGNMENT}/{name}" for name in ("notes.txt", "deep/er/fine.txt", "data.csv", "timestamp.txt")}
    assert set(found) == kept | {f"ada/{ASSIGNMENT}/{NOTEBOOK}.ipynb"} and len(remarks) == 7
    assert found[f"ada/{ASSIGNMENT}/data.csv"] == b"1,2\n"  # the instructor's
    assert tree(desk.root / "source") | tree(desk.root / "submitted") == outside


@pytest.mark.parametrize("login", ["", "..", "a/b", "x" * 200, "a\nb"])
def test_an_unusable_login_is_refused_and_leaves_nothing(desk, login):
    with pytest.raises(CourseError, match="expected a name"):
        desk.record(Submission(login, {}), Graded(login))
    assert not desk.gradebook.students and not (desk.root / "autograded").exists()


def test_a_result_that_cannot_be_read_concerns_this_submission_alone(desk):
    submission = desk.submission("ada")
    for text in ("{", "[]", '{"cells": [7]}'):
        with pytest.raises(CannotRecord):
            desk.record(submission, Graded("ada", {NOTEBOOK: GradedNotebook(text, {})}))
    assert not desk.gradebook.students


def test_a_timestamp_that_is_none_is_remarked(desk):
    submission = replace(desk.submission("ada"), timestamp="yesterday-ish")
    seconds, remarks = desk.record(submission)
    assert seconds == 0 and "yesterday-ish" in remarks[0]


@pytest.mark.parametrize("desk", ['\nc.LateSubmissionPlugin.penalty_method = "zero"\n'], indirect=True)
def test_a_due_date_that_moved_is_noticed(desk):
    submission = desk.submission("ada", timestamp="2026-01-11 02:00:00 UTC")
    desk.record(submission)
    assert desk.recorder.in_place("ada", {"late": 0.0})
    desk.gradebook.update_or_create_assignment(ASSIGNMENT, duedate="2026-01-11 00:00:00 UTC")
    recorder = Recorder(desk.course, desk.gradebook, desk.spec)
    assert not recorder.in_place("ada", {"late": 0.0}) and recorder.in_place("ada", {"late": 7200.0})


def test_folders_are_where_the_settings_say(tmp_path):
    lines = (
        'c.CourseDirectory.directory_structure = "work/{nbgrader_step}/{assignment_id}/{student_id}"',
        'c.CourseDirectory.autograded_directory = "marked"',
    )
    root = make_course(tmp_path / "course", config=fake_course.CONFIG + "\n".join(lines))
    (root / "work").mkdir()
    (root / "source").rename(root / "work" / "source")
    with open_gradebook(folders.open_course(root)) as gradebook:
        desk = Desk(root, gradebook)
        assert desk.entered and folders.choose_assignment(desk.course, "01") == ASSIGNMENT
        desk.record(desk.submission("ada"))
    assert (root / "work/marked" / ASSIGNMENT / "ada" / f"{NOTEBOOK}.ipynb").exists()
    assert {path.name for path in (root / "work").iterdir()} == {"marked", "source"}


def test_an_assignment_goes_by_its_name_or_number(desk):
    for name in (ASSIGNMENT, "01", f"source/{ASSIGNMENT}/"):
        assert folders.choose_assignment(desk.course, name) == ASSIGNMENT
    for name in ("02", "", "counting", ".*"):
        with pytest.raises(CourseError, match=ASSIGNMENT):
            folders.choose_assignment(desk.course, name)


def test_a_gradebook_that_cannot_be_opened_is_named(tmp_path):
    course = folders.open_course(make_course(tmp_path / "course"))
    for url in (f"sqlite:///{tmp_path}/no/such/folder.db", "nonsense", "nosuchdatabase://x/y"):
        course.db_url = url
        with pytest.raises(CourseError, match="db_url"), open_gradebook(course):
            pass
