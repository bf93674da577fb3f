"""What the machine does to a run: a full or read-only disk, locks, signals, odd paths. One sentence, nothing lost."""

import contextlib
import ctypes
import io
import multiprocessing
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import traceback
from pathlib import Path

import fake_course
import pytest
from fake_course import ASSIGNMENT, NOTEBOOK, dump, hand_in, make_course, tree

from rnnshapes import cli
from rnnshapes.grading import command
from rnnshapes.grading.engine import folders, grade_class, gradebook

LOGINS = ("s0", "s1", "s2")
A_NOTEBOOK = f"submitted/s1/{ASSIGNMENT}/{NOTEBOOK}.ipynb"
LIBC = ctypes.CDLL(None, use_errno=True)
needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="mounts, signals and capabilities are Linux's")
needs_mounts = pytest.mark.skipif(
    not sys.platform.startswith("linux") or subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode,
    reason="this user cannot mount anything",
)


def test_ci_can_mount_and_is_root():
    assert not os.environ.get("CI") or not needs_mounts.args[0]


@pytest.fixture(autouse=True, scope="module")
def in_this_process():
    def grade(root, words):
        return command.grade_with(root, words, task=fake_course.fake_task)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grade_class, "connect", lambda pool: contextlib.nullcontext(fake_course.InThisProcess()))
        patch.setattr(command, "grade", grade)
        yield


def say(root, *words):
    """Run the command line; return its exit code and all that it said."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = cli.main([f"--course={root}", *(words or ("grade", "01"))])
    return code, said.getvalue()


def stopped(result, *words):
    """Check that a command stopped with one message that has the words in it."""
    code, said = result
    assert code == 1 and "Traceback" not in said and "Try: " in said, said
    message = [line for line in said.splitlines() if not line[:1].isdigit()]
    assert len(message) == 1 and all(word in message[0] for word in words), said
    return True


def answers(root, change=0):
    for number, login in enumerate(LOGINS):
        hand_in(root, login, f"count = {(number + change) % 5}")


def scores(root):
    return {row[0]: row[3] for row in dump(folders.open_course(root).db_url) if row[1] == ASSIGNMENT}


OLD, NEW = {"s0": 0, "s1": 1, "s2": 2}, {"s0": 1, "s1": 2, "s2": 3}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A graded course whose students have handed in other answers since."""
    root = make_course(tmp_path_factory.mktemp("graded") / "course")
    answers(root)
    code, said = say(root)
    assert code == 0 and scores(root) == OLD, said
    answers(root, 1)
    return root


@pytest.fixture
def root(graded, tmp_path):
    return shutil.copytree(graded, tmp_path / "course")


def goes_on(root):
    """Check that the same command does now what it could not, and that everything is in its place."""
    code, said = say(root)
    assert code == 0 and scores(root) == NEW, said
    for step, name in (("autograded", f"{NOTEBOOK}.ipynb"), ("feedback", f"{NOTEBOOK}.html")):
        assert all((root / step / login / ASSIGNMENT / name).stat().st_size for login in LOGINS)
    left = [path for path in root.rglob(".*") if path.suffix in (".tmp", ".new", ".old")]
    assert not left and "0 graded, 3 unchanged, 0 failed." in say(root)[1]


def apart(function, *words, mounts=False, rights=True):
    """Call a function in a process of its own; what it mounts, and the rights that it lacks, are its own too."""

    def run():
        try:
            if mounts:
                assert LIBC.unshare(0x20000) == 0
                subprocess.run(["mount", "--make-rprivate", "/"], check=True)
            if not rights:  # what others do not permit, root cannot do either
                assert LIBC.capset((ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()) == 0
            function(*words)
        except BaseException:
            theirs.send(traceback.format_exc())
        else:
            theirs.send("")

    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=run)
    process.start()
    assert ours.poll(60), "it hangs"
    problem = ours.recv()
    process.join()
    assert not problem, problem


def fill(folder, left=0):
    """Put a small disk under a folder that has `left` bytes of room."""
    folder.mkdir(exist_ok=True)
    side = shutil.copytree(folder, folder.parent / "side")
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder], check=True)
    shutil.copytree(side, folder, dirs_exist_ok=True)
    shutil.rmtree(side)
    disk = os.statvfs(folder)
    (folder / ".fill").write_bytes(bytes(disk.f_bavail * disk.f_frsize - left))


@needs_mounts
@pytest.mark.parametrize(
    ("where", "left", "named"),
    [
        (".rnnshapes", 0, f".rnnshapes/journal/{ASSIGNMENT}/s0-"),
        ("autograded", 0, f"autograded/s0/{ASSIGNMENT}/.{NOTEBOOK}"),
        ("feedback", 0, "feedback/s0/"),
        (".", 0, ".rnnshapes/journal/"),
        (".", 8192, "gradebook"),
        (".", 30_000, "autograded/s0/"),
    ],
)
def test_a_full_disk_loses_nothing(root, where, left, named):
    def act():
        fill(root / where, left)
        stopped(say(root), "full", "Try: free some room there (`df -h`)", "What is graded is kept.")
        assert all(score in (OLD[login], NEW[login]) for login, score in scores(root).items())
        (root / where / ".fill").unlink()
        goes_on(root)

    apart(act, mounts=True)


@needs_mounts
def test_a_full_disk_under_a_new_gradebook_and_a_report(root, tmp_path):
    new = make_course(tmp_path / "new")
    answers(new, 1)
    before = tree(root)

    def act():
        fill(root / "reports")
        stopped(say(root, "report", "01"), f"Got a full disk at {root}/reports/{ASSIGNMENT}.html, expected room")
        fill(new, 170_000)  # enough to begin a gradebook, not to enter the assignment
        stopped(say(new), "disk is full", "new/gradebook.db", "free some room")
        (new / ".fill").unlink()
        goes_on(new)

    apart(act, mounts=True)
    assert {path: data for path, data in tree(root).items() if path in before} == before


def read_only(path):
    for options in (["--bind", path], ["-o", "remount,bind,ro"]):
        subprocess.run(["mount", *options, path], check=True)


@needs_mounts
@pytest.mark.parametrize(
    ("where", "words"),
    [
        (
            "gradebook.db",
            ("attempt to write a readonly database", "make gradebook.db and the folder around it writable"),
        ),
        (".", ("a disk that can only be read at", ".rnnshapes/lock", "Try: mount it for writing")),
        ("autograded", ("a disk that can only be read at", "autograded/s0/")),
        ("feedback", ("a disk that can only be read at", "feedback/s0/")),
    ],
)
def test_what_can_only_be_read_is_named(root, where, words):
    def act():
        read_only(root / where)
        stopped(say(root), *words)

    apart(act, mounts=True)
    goes_on(root)


@needs_linux
@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("gradebook.db", ("unable to open database file", "gradebook.db")),
        (".rnnshapes/key", ("Got no permission for", ".rnnshapes/key", "Try: chmod")),
        ("submitted", ("Got no permission for", "submitted, expected")),
        ("source", ("Got no permission for", "source, expected")),
    ],
)
def test_what_cannot_be_read_is_named(root, where, words):
    mode = (root / where).stat().st_mode
    (root / where).chmod(0)
    try:
        apart(lambda: stopped(say(root), *words), rights=False)
    finally:
        (root / where).chmod(mode)
    goes_on(root)


@needs_linux
@pytest.mark.parametrize(
    ("where", "code", "words"),
    [
        ("submitted/s1", 2, "Not graded: submitted/s1 cannot be opened (Permission denied)"),
        (f"submitted/s1/{ASSIGNMENT}", 2, f"Failed: s1: s1/{ASSIGNMENT} cannot be opened (Permission denied)"),
        (A_NOTEBOOK, 2, f"{NOTEBOOK}.ipynb was left out, for it cannot be opened (Permission denied)"),
        ("autograded/s1", 2, "Failed: s1: Got no permission for"),
        ("feedback/s1", 0, "s1: No feedback was made: Got no permission for"),
        (f"submitted/s1/{ASSIGNMENT}/timestamp.txt", 0, "s1: timestamp.txt cannot be opened (Permission denied)"),
    ],
)
def test_what_cannot_be_opened_of_one_student_stops_nobody_else(root, where, code, words):
    mode = (root / where).stat().st_mode
    (root / where).chmod(0)

    def act():
        got, said = say(root)
        assert got == code and words in said and "Traceback" not in said, said
        assert {login: scores(root)[login] for login in ("s0", "s2")} == {"s0": 1, "s2": 3}

    try:
        apart(act, rights=False)
    finally:
        (root / where).chmod(mode)
    goes_on(root)


@needs_linux
def test_links_pipes_and_files_in_the_place_of_folders_hang_nothing(root):
    submitted = root / "submitted"
    for login in ("nb_link", "nb_pipe", "pipe_too"):
        hand_in(root, login, "count = 4")
    for login in ("nb_link", "nb_pipe"):
        (submitted / login / ASSIGNMENT / f"{NOTEBOOK}.ipynb").unlink()
    (submitted / "nb_link" / ASSIGNMENT / f"{NOTEBOOK}.ipynb").symlink_to("/nowhere/at/all.ipynb")
    os.mkfifo(submitted / "nb_pipe" / ASSIGNMENT / f"{NOTEBOOK}.ipynb")
    os.mkfifo(submitted / "pipe_too" / ASSIGNMENT / "more.txt")
    (submitted / "gone").symlink_to("/nowhere/at/all")
    os.mkfifo(submitted / "pipe")
    (submitted / "flat").mkdir()
    (submitted / "flat" / ASSIGNMENT).write_text("no folder")

    def act():
        code, said = say(root)
        assert code == 2 and "4 graded, 3 failed." in said, said
        for words in (
            "Failed: nb_link: Got notes.txt, expected counting.ipynb. counting.ipynb was left out, for it is a link",
            "Failed: nb_pipe: Got notes.txt, expected counting.ipynb. counting.ipynb was left out, for it is a device",
            "pipe_too: more.txt was left out, for it is a device or a pipe",
            "Not graded: submitted/gone is a link that leads nowhere",
            "Not graded: submitted/pipe is a device or a pipe where a student's folder is expected",
            f"Failed: flat: flat/{ASSIGNMENT} is a link or no folder",
        ):
            assert words in said, said

    apart(act)


@pytest.mark.parametrize("where", ["autograded", "feedback", ".rnnshapes", f".rnnshapes/journal/{ASSIGNMENT}"])
def test_a_file_where_a_folder_is_expected_is_named(root, where):
    aside = (root / where).rename(root / "aside")
    (root / where).write_text("")
    stopped(say(root), "Got a file or a ", f"{root / where}", "Try: move it away")
    (root / where).unlink()
    aside.rename(root / where)
    goes_on(root)


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/nowhere/at/all")])
@pytest.mark.parametrize("name", ["more.csv", "other.ipynb"])
def test_what_only_looks_like_a_file_of_the_source_hangs_nothing(root, name, make):
    path = root / "source" / ASSIGNMENT / name
    make(path)
    stopped(say(root), f"source/{ASSIGNMENT}/{name}: got a pipe, a device or a link to nothing", "Try: take it out")
    path.unlink()
    goes_on(root)


def test_a_clock_that_jumps_changes_nothing(root, monkeypatch):
    package = Path(command.__file__).parent
    wrong = [path.name for path in package.rglob("*.py") if "time.time(" in path.read_text(encoding="utf-8")]
    assert not wrong  # waits and time limits go by time.monotonic
    jumps = iter(range(10**6))
    monkeypatch.setattr(time, "time", lambda: [0.0, 4e9, 1.7e9][next(jumps) % 3])
    goes_on(root)


def test_a_locked_gradebook_costs_nothing_that_was_graded(root, monkeypatch, tmp_path):
    monkeypatch.setattr(gradebook, "PATIENCE", "0.2")
    monkeypatch.setenv("FAKE_LOG", str(tmp_path / "log"))
    other = sqlite3.connect(root / "gradebook.db", isolation_level=None)
    with contextlib.closing(other):
        other.execute("BEGIN IMMEDIATE")  # as while the formgrader writes
        stopped(say(root), "database is locked", "gradebook.db", "Try: close what holds it")
        assert say(root, "report", "01")[0] == 0 and scores(root) == OLD
        other.execute("ROLLBACK")
        other.execute("BEGIN EXCLUSIVE")
        stopped(say(root, "report", "01"), "database is locked", "gradebook.db")
    (done,) = (tmp_path / "log").read_text().split()
    goes_on(root)
    assert (tmp_path / "log").read_text().split().count(done) == 1  # it was recorded from the journal


@pytest.mark.parametrize("damage", [lambda data: b"no database" * 999, lambda data: data[:5000] + b"\xff" * 60_000])
def test_a_damaged_gradebook_is_named_and_left_as_it_is(root, damage):
    path = root / "gradebook.db"
    whole, damaged = path.read_bytes(), damage(path.read_bytes())
    path.write_bytes(damaged)
    stopped(say(root), "gradebook.db", "Try: put a copy of it back, or move it away")
    assert path.read_bytes() == damaged
    path.write_bytes(whole)
    goes_on(root)


@needs_linux
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("where", ["grading", "writing"])
def test_a_signal_ends_a_run_cleanly(root, number, where):
    def act():
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
        module, name = {"grading": (command, "_submissions"), "writing": (folders, "_end")}[where]
        function, calls = getattr(module, name), []

        def first(*words, **more):
            if not calls:
                calls.append(number)
                signal.raise_signal(number)
            return function(*words, **more)

        setattr(module, name, first)
        code, said = say(root)
        assert code == 130 and "un the same command again" in said and "Traceback" not in said, said
        assert calls and scores(root) == (OLD | {"s0": 1} if where == "writing" else OLD)  # the write was finished
        goes_on(root)

    apart(act)


@needs_linux
def test_a_run_under_nohup_goes_on_when_the_terminal_is_closed(root):
    def act():
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        task = fake_course.fake_task
        command.grade = lambda root, words: command.grade_with(
            root, words, task=lambda *given: signal.raise_signal(signal.SIGHUP) or task(*given)
        )
        goes_on(root)

    apart(act)


def test_a_machine_that_speaks_ascii_alone(tmp_path):
    root = make_course(tmp_path / "Łukasz")
    hand_in(root, "Zoë", "count = 4")
    ascii_alone = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    line = [sys.executable, fake_course.__file__, root, "01", "--no-feedback"]
    done = subprocess.run(line, capture_output=True, env=os.environ | ascii_alone | {"IN_THIS_PROCESS": "1"})
    assert done.returncode == 0 and not done.stderr and b"1/1 Zo\\xeb: graded" in done.stdout, done
    assert scores(root) == {"Zoë": 4}


@needs_linux
def test_a_reader_that_has_seen_enough_is_no_error(root):
    def act():
        reading, writing = os.pipe()
        os.close(reading)
        sys.stdout, sys.stderr = os.fdopen(writing, "w"), io.TextIOWrapper(said := io.BytesIO())
        keep = said.close
        said.close = lambda: None
        assert cli.main([f"--course={root}", "grade", "01"]) == 1 and not said.getvalue()
        said.close = keep
        sys.stdout, sys.stderr = io.StringIO(), io.StringIO()
        goes_on(root)

    apart(act)


def test_a_course_may_lie_in_any_folder(tmp_path):
    name = "-a b'c\"d $HOME ${HOME} 50%25 off %s [ab]* #b?c&d=e {x} Ü日本".ljust(190, "x")
    root = make_course(tmp_path / name)
    answers(root, 1)
    goes_on(root)
    assert (root / "gradebook.db").is_file() and os.listdir(tmp_path) == [name]
    assert say(root, "report", "01") == (0, f"written    {root}/reports/{ASSIGNMENT}.html\n")


def test_an_empty_class_and_a_misspelt_assignment_say_what_to_do(root):
    shutil.rmtree(root / "submitted")
    (root / "in").mkdir()
    (root / "nobody.csv").write_text("id,first_name,last_name,email\n")
    for _ in range(2):
        code, said = say(root)
        assert code == 1 and said == (
            f"Got no submission of {ASSIGNMENT}, expected folders such as {root}/submitted/LOGIN/{ASSIGNMENT}. "
            "Run nbgrader collect, or take a zip: --from submissions.zip\n"
        )
        (root / "submitted").mkdir(exist_ok=True)
    code, said = say(root, "grade", "01", "--from", str(root / "in"), "--roster", str(root / "nobody.csv"))
    assert code == 1 and "nobody.csv: got no student; expected id,first_name" in said
    for word, hint in (("01_countng", f"Did you mean '{ASSIGNMENT}'?"), ("07", f"expected one of: {ASSIGNMENT}.")):
        for name in ("grade", "report"):
            code, said = say(root, name, word)
            assert code == 1 and hint in said and f"Got the assignment '{word}'" in said
