"""The engine: who is graded, who is not, whose fault a dead worker is, and that no kill loses or doubles a result."""

import argparse
import contextlib
import hashlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

sys.path.insert(0, os.path.dirname(__file__))
import fake_course  # noqa: E402
from fake_course import ASSIGNMENT, NOTEBOOK, InThisProcess, dump, fake_task, hand_in, make_course, options, tree  # noqa: E402

from rnnshapes.errors import CourseError  # noqa: E402
from rnnshapes.grading import command
from rnnshapes.grading.engine import folders, pool
from rnnshapes.grading.engine.grade_class import Feedback, Writer, grade_class  # noqa: E402
from rnnshapes.grading.engine.gradebook import enter_assignment, open_gradebook  # noqa: E402
from rnnshapes.grading.engine.record import Recorder  # noqa: E402
from rnnshapes.grading.journal import Journal  # noqa: E402
from rnnshapes.grading.report import report_command  # noqa: E402
from rnnshapes.grading.task import Graded, GradedNotebook, Limits, Submission  # noqa: E402

PROGRAM = Path(fake_course.__file__)


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A course whose gradebook knows the assignment."""
    root = make_course(tmp_path_factory.mktemp("template") / "course")
    course = folders.open_course(root)
    with open_gradebook(course) as gradebook:
        enter_assignment(course, gradebook, folders.read_spec(course, ASSIGNMENT, seed="", limits=Limits()))
    return root


@pytest.fixture
def root(template, tmp_path, monkeypatch):
    monkeypatch.setenv("FAKE_LOG", str(tmp_path / "log"))
    return shutil.copytree(template, tmp_path / "course")


def grade(root, *words):
    return command.grade_with(root, options("01", "--no-feedback", "--workers", "2", *words), task=fake_task)


def graded_logins(root):
    """The logins that the task was called for since the last question, sorted."""
    log = root.parent / "log"
    logins = sorted(log.read_text().split()) if log.exists() else []
    log.unlink(missing_ok=True)
    return logins


def score(root, login):
    rows = dump(folders.open_course(root).db_url)
    (found,) = [row[3] for row in rows if row[:2] == (login, ASSIGNMENT)]
    return found


def test_a_class_is_graded_once_and_then_what_changed_alone(root, capsys):
    for number in range(6):
        hand_in(root, f"s{number}", f"count = {number % 5}")
    assert grade(root) == 0
    assert graded_logins(root) == [f"s{number}" for number in range(6)]
    said = capsys.readouterr().out
    assert "6 graded, 0 failed." in said and "1 repaired before grading: s3." in said and "\x1b" not in said
    once = dump(folders.open_course(root).db_url)
    assert grade(root) == 0 and not graded_logins(root)  # nothing changed: no worker is even started
    assert "0 graded, 6 unchanged" in capsys.readouterr().out and dump(folders.open_course(root).db_url) == once
    hand_in(root, "s2", "count = 1")
    assert grade(root) == 0 and graded_logins(root) == ["s2"] and score(root, "s2") == 1
    shutil.rmtree(root / "autograded" / "s1")  # what is missing is put back from the journal
    for path in (root / ".rnnshapes/journal" / ASSIGNMENT).glob("s4-*.json"):
        path.write_bytes(path.read_bytes()[:100])
    capsys.readouterr()
    assert grade(root) == 0 and graded_logins(root) == ["s4"] and (root / "autograded/s1" / ASSIGNMENT).is_dir()
    assert "1 graded, 1 resumed, 4 unchanged" in capsys.readouterr().out
    assert grade(root, "--force", "--student", "s0", "s5") == 0 and graded_logins(root) == ["s0", "s5"]
    (root / "gradebook.db").unlink()
    assert grade(root) == 0 and not graded_logins(root) and score(root, "s2") == 1
    (root / "source" / ASSIGNMENT / "data.csv").write_text("3,4\n")
    assert grade(root) == 0 and len(graded_logins(root)) == 6


def test_what_fails_is_named_and_the_others_go_on(root, capsys):
    answers = {
        "a_die": "die",
        "b_crash": "crash",
        "c_fine": "count = 4",
        "d_unread": "unreadable",
        "e_fine": "count = 1",
    }
    for login in answers:
        hand_in(root, login, "count = 4")
    assert grade(root) == 0
    for login, answer in answers.items():
        hand_in(root, login, answer)
    folder = root / "submitted/f_link"
    folder.mkdir()
    (folder / ASSIGNMENT).symlink_to(root / "source" / ASSIGNMENT)
    capsys.readouterr()
    graded_logins(root)
    assert grade(root) == 2
    said = capsys.readouterr().out
    assert "1 graded, 1 unchanged, 4 failed." in said
    assert "Failed: a_die: Its worker process died again and again" in said
    assert "Failed: b_crash: ValueError: the grader has a fault" in said
    assert "Failed: d_unread: The notebook is broken off." in said and "Failed: f_link: " in said
    assert [score(root, login) for login in (*answers, "f_link")] == [0, 0, 4, 0, 1, 0]  # no old score stays
    assert "broken off" in (root / f"autograded/d_unread/{ASSIGNMENT}/{NOTEBOOK}.ipynb").read_text()
    called = graded_logins(root)
    assert called.count("a_die") == 2 * pool.LIVES and called.count("b_crash") >= 2 and called.count("e_fine") >= 1
    for login in ("a_die", "b_crash"):
        hand_in(root, login, "count = 3")
    hand_in(root, "c_fine", "count = 4")
    assert grade(root) == 2 and graded_logins(root) == ["a_die", "b_crash"]  # d_unread would fail as before
    assert score(root, "a_die") == score(root, "b_crash") == 3


def test_a_fault_of_the_grader_is_tried_again_by_the_next_run(root):
    hand_in(root, "ada", "crash")
    assert grade(root) == 2 and grade(root) == 2
    assert graded_logins(root) == ["ada"] * 4


def test_a_submission_whose_sandbox_is_lost_is_tried_again_by_the_same_run(root, capsys):
    hand_in(root, "ada", "not now")  # the very first one: it must not stop the run
    hand_in(root, "ben", "count = 2")
    assert grade(root) == 0 and "2 graded, 0 failed" in capsys.readouterr().out
    assert sorted(graded_logins(root)) == ["ada", "ada", "ben"]


def test_where_nothing_can_be_graded_the_run_stops_with_one_reason(root):
    for number in range(4):
        hand_in(root, f"s{number}", "stop")
    with pytest.raises(CourseError, match="bubblewrap is not installed"):
        grade(root)
    assert not [row for row in dump(folders.open_course(root).db_url) if row[0] != "student"]


def test_usage_errors_say_what_to_do(root):
    with pytest.raises(CourseError, match="--from"):
        grade(root)
    hand_in(root, "ada", "count = 1")
    for words, message in (
        (("--student", "eve"), "eve.*ada"),
        (("--scheduler", "tcp://127.0.0.1:9"), "dask scheduler"),
    ):
        with pytest.raises(CourseError, match=message):
            grade(root, *words)


def test_a_zip_of_the_lms_to_feedback_and_report(root, tmp_path, capsys):
    for login, answer in (("ada", "count = 4"), ("bob", "count = 2")):
        hand_in(tmp_path, login, answer)
    names = {"lovelaceada_12345_67890_counting.ipynb": "ada", "boolegeorge_LATE_12346_67891_counting-1.ipynb": "bob"}
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        for name, login in names.items():
            archive.write(tmp_path / "submitted" / login / ASSIGNMENT / f"{NOTEBOOK}.ipynb", name)
        archive.writestr("doejane_1_2_essay.docx", b"x")
    words = options("01", "--workers", "1", "--from", str(tmp_path / "class.zip"))
    assert command.grade_with(root, words, task=fake_task) == 2
    said = capsys.readouterr().out
    assert "2 new, 0 replaced" in said and "2 graded, 1 failed." in said and said.count("essay.docx") == 1
    assert score(root, "lovelaceada") == 4 and score(root, "boolegeorge") == 2 and score(root, "doejane") == 0
    page = (root / "feedback/boolegeorge" / ASSIGNMENT / f"{NOTEBOOK}.html").read_text()
    assert (
        "count = 2" in re.sub("<[^>]+>", "", page)
        and "count == 4" not in re.sub("<[^>]+>", "", page)
        and "<script" not in page
    )
    assert "essay.docx" in (root / "feedback/doejane" / ASSIGNMENT / f"{NOTEBOOK}.html").read_text()
    graded_logins(root)
    assert command.grade_with(root, words, task=fake_task) == 2 and not graded_logins(root)
    shutil.rmtree(root / "feedback/boolegeorge")  # is made again, nothing is graded
    assert command.grade_with(root, words, task=fake_task) == 2 and not graded_logins(root)
    assert (root / "feedback/boolegeorge" / ASSIGNMENT / f"{NOTEBOOK}.html").read_text() == page
    parser = argparse.ArgumentParser()
    report_command.report_arguments(parser)
    assert report_command.report(root, parser.parse_args(["01", "--csv", "canvas"])) == 0
    assert "lovelaceada" in (root / f"reports/{ASSIGNMENT}_canvas.csv").read_text()
    assert "boolegeorge" in (root / f"reports/{ASSIGNMENT}.html").read_text()


def desk(root, *, feedback=None):
    """Return a writer on the course, and its spec; to be used while the gradebook is open."""
    course = folders.open_course(root)
    gradebook = open_gradebook(course)
    spec = folders.read_spec(course, ASSIGNMENT, seed="", limits=Limits())
    opened = gradebook.__enter__()
    journal = Journal(root / ".rnnshapes/journal" / ASSIGNMENT)
    writer = Writer(
        journal, Recorder(course, opened, spec), lambda one: hashlib.sha256(one.login.encode()).hexdigest(), feedback
    )
    return gradebook, writer, spec


def simple_task(submission, spec):
    notebook = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
    return Graded(submission.login, {NOTEBOOK: GradedNotebook(notebook, {"test_count": 2.0, "why": 0.0})})


def test_what_is_under_way_is_bounded_however_large_the_class(root, monkeypatch):
    monkeypatch.setattr(
        "rnnshapes.grading.engine.grade_class.connect", lambda pool: contextlib.nullcontext(InThisProcess())
    )
    made = {"read": 0, "told": 0, "ahead": 0}

    def submissions():
        for number in range(60):
            made["read"] += 1
            made["ahead"] = max(made["ahead"], made["read"] - made["told"])
            yield Submission(f"s{number:02}", {NOTEBOOK: b"{}"})

    def told(outcome):
        made["told"] += 1

    for run in range(2):  # the second one finds all in the journal, and makes the feedback that the first one lacks
        pages = {}
        feedback = Feedback(
            lambda one, graded: one.login, lambda login: {"f": login}, pages.__setitem__, lambda login, old=run > 0: old
        )
        gradebook, writer, spec = desk(root, feedback=feedback)
        made |= {"read": 0, "told": 0}
        outcomes = grade_class(submissions(), spec, task=simple_task, writer=writer, on_outcome=told)
        gradebook.__exit__(None, None, None)
        assert len(outcomes) == made["told"] == 60
        assert {one.what for one in outcomes} == ({"graded"} if run == 0 else {"unchanged"})
        assert len(pages) == (60 if run == 0 else 0)
    for mark in (root / ".rnnshapes/journal").rglob("*.done"):
        mark.unlink()
    gradebook, writer, spec = desk(root, feedback=feedback)
    made |= {"read": 0, "told": 0}
    outcomes = grade_class(submissions(), spec, task=simple_task, writer=writer, on_outcome=told)
    gradebook.__exit__(None, None, None)
    assert {one.what for one in outcomes} == {"resumed"} and len(pages) == 60
    assert InThisProcess.most <= InThisProcess.limit and made["ahead"] <= InThisProcess.limit + 2


def test_feedback_that_fails_is_remarked_and_made_by_the_next_run(root, monkeypatch):
    monkeypatch.setattr(
        "rnnshapes.grading.engine.grade_class.connect", lambda pool: contextlib.nullcontext(InThisProcess())
    )
    pages = {}

    def broken(login):
        raise RuntimeError("no template")

    for render, what in ((broken, "graded"), (lambda login: {"page": login}, "resumed"), (broken, "unchanged")):
        feedback = Feedback(lambda one, graded: one.login, render, pages.__setitem__, pages.__contains__)
        gradebook, writer, spec = desk(root, feedback=feedback)
        (outcome,) = grade_class([Submission("ada", {NOTEBOOK: b""})], spec, task=simple_task, writer=writer)
        gradebook.__exit__(None, None, None)
        assert outcome.what == what and (render is broken and what == "graded") == (
            "no template" in str(outcome.remarks)
        )
        with open_gradebook(folders.open_course(root)) as gradebook:  # a person grades before there is feedback
            grade = gradebook.find_grade("test_count", NOTEBOOK, ASSIGNMENT, "ada")
            assert what == "graded" or (grade.manual_score, grade.needs_manual_grade) == (1, False)
            grade.manual_score, grade.needs_manual_grade = 1, False
            gradebook.db.commit()
    assert pages == {"ada": {"page": "ada"}}


def test_two_submissions_of_one_login_are_not_counted_twice(root, monkeypatch):
    monkeypatch.setattr(
        "rnnshapes.grading.engine.grade_class.connect", lambda pool: contextlib.nullcontext(InThisProcess())
    )
    gradebook, writer, spec = desk(root)
    one = Submission("ada", {NOTEBOOK: b""})
    odd = [replace(one, login=".."), replace(one, login="a/b"), Graded("bob", failure="a link")]
    outcomes = grade_class([one, replace(one, timestamp="x"), *odd], spec, task=simple_task, writer=writer)
    gradebook.__exit__(None, None, None)
    assert sorted((outcome.login, bool(outcome.failure)) for outcome in outcomes) == [
        ("..", True),
        ("a/b", True),
        ("ada", False),
        ("ada", True),
        ("bob", True),
    ]


# --- kills


def start(root, *words, seconds="0.05"):
    """Start the program that grades; its own group, as a terminal gives it, also where the tests run under nohup."""
    python = ["env", "--default-signal=INT", sys.executable]
    line = [*python, "-u", str(PROGRAM), str(root), "01", "--no-feedback", "--workers", "2", *words]
    environment = os.environ | {"FAKE_SECONDS": seconds, "FAKE_LOG": ""}
    return subprocess.Popen(
        line, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment, start_new_session=True
    )


def workers(process):
    """Return the worker processes of a run."""
    try:
        found = psutil.Process(process.pid).children(recursive=True)
        return [one for one in found if "--multiprocessing-fork" in one.cmdline()]
    except psutil.Error:
        return []


def wait_for_lines(process, number):
    """Read until so many submissions more are told; return how many were, fewer if the run ended."""
    seen = 0
    while seen < number and (line := process.stdout.readline()):
        seen += bool(re.match(r"\d+/\d+ ", line))
    return seen


def test_killed_at_random_nothing_is_lost_or_counted_twice(root, tmp_path):
    for number in range(40):
        why = "YOUR ANSWER HERE" if number % 3 else "Mine."
        hand_in(root, f"s{number:03}", f"count = {number % 5}", why=why)
    undisturbed = shutil.copytree(root, tmp_path / "undisturbed")
    process = start(undisturbed, seconds="0")
    assert process.communicate()[0] and process.returncode == 0
    chance, kills, ended = random.Random(3), {"worker": 0, "parent": 0}, []
    while sum(kills.values()) < 14:  # test_kills.py does the same with the real task, and more kills
        process = start(root, "--force") if not ended or ended[-1] == 0 else start(root)
        while True:
            whom = "parent" if chance.random() < 0.3 else "worker"
            if wait_for_lines(process, chance.randrange(1, 7)) == 0:
                ended.append(process.wait())
                break
            victims = workers(process) if whom == "worker" else [process]
            if victims:
                chance.choice(victims).kill()
                kills[whom] += 1
            if whom == "parent":
                ended.append(process.wait())
                break
        process.stdout.close()
        assert ended[-1] in (0, -signal.SIGKILL)
    process = start(root)
    assert process.communicate()[0] and process.returncode == 0
    assert min(kills.values()) > 1
    ours, theirs = (dump(folders.open_course(one).db_url) for one in (root, undisturbed))
    assert ours == theirs and tree(root / "autograded") == tree(undisturbed / "autograded")
    assert len([row for row in ours if row[1] == ASSIGNMENT]) == 40


def test_no_process_outlives_a_killed_run(root):
    for number in range(12):
        hand_in(root, f"s{number}", "count = 1")
    with start(root, seconds="0.2") as process:
        wait_for_lines(process, 2)
        left = workers(process)
        assert len(left) == 2
        process.kill()
        gone, alive = psutil.wait_procs(left, timeout=60)
        assert not alive


def test_an_interrupt_ends_cleanly_and_the_next_run_goes_on(root):
    for number in range(90):  # on a busy machine the first lines are read late
        hand_in(root, f"s{number:02}", "count = 1")
    with start(root, seconds="1") as process:
        assert wait_for_lines(process, 3) == 3
        os.killpg(process.pid, signal.SIGINT)
        said = process.stdout.read()
        assert process.wait() == 130 and "run the same command again" in said and "Traceback" not in said
    with start(root, seconds="0") as process:
        assert "unchanged, 0 failed" in process.stdout.read() and process.wait() == 0


def test_a_second_run_beside_the_first_is_refused(root):
    for number in range(60):
        hand_in(root, f"s{number}", "count = 1")
    with start(root, seconds="1") as first:
        assert wait_for_lines(first, 1) == 1
        second = start(root)
        assert f"process {first.pid} " in second.communicate()[0] and second.returncode == 1
        first.kill()


def test_workers_that_never_come_back_are_started_anew(monkeypatch):
    monkeypatch.setattr(pool, "PATIENCE", 0.2)
    monkeypatch.setattr(pool, "DESERTED", 1.0)
    with pool.connect(pool.Pool(workers=1)) as queue:
        local, cluster = queue._workers, queue._workers._cluster
        monkeypatch.setattr(cluster, "scale", lambda number: None)
        for nanny in list(cluster.workers.values()):
            cluster.sync(nanny.close)
        queue.add("seven", int, "7")
        assert queue.take() == ("seven", 7, None) and local.starts == 2
    assert not {process for process in psutil.Process().children() if "spawn_main" in " ".join(process.cmdline())}


def test_a_worker_that_dies_with_its_result_and_never_comes_back_stops_nothing(monkeypatch):
    monkeypatch.setattr(pool, "PATIENCE", 0.2)
    monkeypatch.setattr(pool, "FETCH", 1.0)
    monkeypatch.setattr(pool, "DESERTED", 1.0)
    with pool.connect(pool.Pool(workers=1)) as queue:
        queue.add("seven", int, "7")
        while queue._done.empty():
            time.sleep(0.01)
        cluster = queue._workers._cluster  # the task is done, and its result is still over there
        monkeypatch.setattr(cluster, "scale", lambda number: None)
        for nanny in list(cluster.workers.values()):
            cluster.sync(nanny.close)
        assert queue.take() == ("seven", 7, None) and queue._workers.starts == 2


def test_a_worker_that_is_killed_while_it_starts_is_started_again(monkeypatch):
    attempts = []

    def once(workers, start=pool._local_cluster):
        attempts.append(workers)
        if len(attempts) == 1:
            raise RuntimeError("Nanny failed to start.")
        return start(workers)

    monkeypatch.setattr(pool, "_local_cluster", once)
    with pool.connect(pool.Pool(workers=1)) as queue:
        queue.add("seven", int, "7")
        assert queue.take() == ("seven", 7, None)
    assert attempts == [1, 1]


def test_workers_that_do_not_start_are_one_clear_message(monkeypatch):
    def never(workers):
        raise OSError("no memory")

    monkeypatch.setattr(pool, "_local_cluster", never)
    with pytest.raises(CourseError, match="did not start: no memory"), pool.connect(pool.Pool(workers=1)):
        pass


def test_a_forgotten_private_seed_stops_the_run(root, monkeypatch):
    hand_in(root, "ada", "count = 4")
    monkeypatch.setenv("RNNSHAPES_SEED", "private")
    assert grade(root) == 0 and graded_logins(root) == ["ada"]
    monkeypatch.delenv("RNNSHAPES_SEED")
    with pytest.raises(CourseError, match="RNNSHAPES_SEED.*graded anew"):
        grade(root)
    assert not graded_logins(root)
    assert grade(root, "--force") == 0 and grade(root) == 0 and graded_logins(root) == ["ada"]


def test_a_test_that_the_model_answers_fail_is_named(root, capsys):
    hand_in(root, "ada", "count = 3")
    command.grade_with(root, options("01", "--no-feedback", "--workers", "1"), task=fake_task, trial=True)
    said = " ".join(capsys.readouterr().out.split())
    assert "1 graded, 0 failed" in said  # the model answer is none of the class
    assert f"test_count in source/{ASSIGNMENT}/{NOTEBOOK}.ipynb gives its own model answer 0 of 4 points" in said
