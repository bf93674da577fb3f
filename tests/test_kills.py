"""Real grading, killed from outside at random: the gradebook in the end is that of a run that nobody disturbed."""

import contextlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest
from fake_course import dump, hand_in, make_course, tree

from rnnshapes.grading.engine import folders

PROGRAM = Path(__file__).with_name("fake_course.py")
KILLS, CLASS = 52, 104
SILENCE = 300  # seconds without a word after which a run hangs: then it is ended, and says where it stood
ANSWERS = (
    "count = 4",
    "count = 3",
    "count = 2 + 2\nprint('four', count)",
    "import time\ntime.sleep(0.05)\ncount = 4",
    "raise ValueError('no')",
)


def start(root, *words):
    line = [
        sys.executable,
        "-u",
        "-X",
        "faulthandler",
        str(PROGRAM),
        str(root),
        "01",
        "--no-feedback",
        "--workers",
        "2",
    ]
    return subprocess.Popen(
        [*line, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"REAL_TASK": "1"},
        start_new_session=True,
    )


def victims(process, kind):
    """Return the processes of one kind under a run: workers, referees, fork servers, or the parent itself."""
    marks = {"worker": "--multiprocessing-fork", "referee": "execute.referee", "fork server": "execute.fork_server"}
    if kind == "parent":
        return [process]
    found = []
    for one in psutil.Process(process.pid).children(recursive=True):
        try:
            line = one.cmdline()
        except psutil.Error:
            continue
        if any(marks[kind] in word for word in line) and "bwrap" not in line[0]:
            found.append(one)
    return found


def abort(process):
    """End a run that hangs; each of its Python processes prints where it stood."""
    for pid in psutil.pids():
        with contextlib.suppress(OSError):
            if os.getsid(pid) == process.pid:
                os.kill(pid, signal.SIGABRT)


def read(process, *, until):
    """Return the lines that a run prints, up to one for which until(line) is true. Fails if none comes for long."""
    said = []
    while not said or not until(said[-1]):
        watch = threading.Timer(SILENCE, abort, [process])
        watch.start()
        line = process.stdout.readline()
        watch.cancel()
        if not line:
            break
        said.append(line)
    assert "Fatal Python error" not in "".join(said), "".join(said)
    return said


def lines(process, number):
    """Read until so many submissions more are told; return how many were, fewer if the run ended."""
    seen = 0
    while seen < number and (said := read(process, until=lambda line: re.match(r"\d+/\d+ ", line))):
        seen += bool(re.match(r"\d+/\d+ ", said[-1]))
    return seen


def finish(process):
    """Return what a run prints until it ends."""
    said = "".join(read(process, until=lambda line: False))
    process.wait()
    return said


@pytest.mark.timeout(3000)  # fifty restarts of TensorFlow, beside other tests
def test_kills_of_every_process_change_nothing_in_the_end(tmp_path):
    root = make_course(tmp_path / "course")
    for number in range(CLASS):
        hand_in(
            root, f"s{number:03}", ANSWERS[number % len(ANSWERS)], why="Mine." if number % 3 else "YOUR ANSWER HERE"
        )
    undisturbed = shutil.copytree(root, tmp_path / "undisturbed")
    process = start(undisturbed)
    said = finish(process)
    assert process.returncode == 0, said
    expected = dump(folders.open_course(undisturbed).db_url)
    assert {row[4] for row in expected if row[1] == "grade" and row[2] == "test_count"} <= {None}  # by hand: none
    scores = {row[0]: row[3] for row in expected if row[1] == "grade" and row[2] == "test_count"}
    assert scores["s000"] == scores["s002"] == scores["s003"] == 4 and scores["s001"] == scores["s004"] == 0

    chance, kills, code = random.Random(7), dict.fromkeys(("worker", "referee", "fork server", "parent"), 0), 0
    while sum(kills.values()) < KILLS:
        process = start(root, "--force") if code == 0 else start(root)
        while lines(process, chance.randrange(1, 3)):
            kinds = chance.sample(sorted(kills), 2) if chance.random() < 0.9 else ["parent"]
            for kind in kinds:
                with contextlib.suppress(psutil.Error):  # it has ended by itself
                    if kind != "parent" or len(kinds) == 1:
                        for one in victims(process, kind)[:1]:
                            one.kill()
                            kills[kind] += 1
            if process.poll() is not None:
                break
        code = process.wait()
        process.stdout.close()
        assert code in (0, -signal.SIGKILL)
    assert min(kills.values()) >= 2, kills
    process = start(root)
    said = finish(process)
    assert process.returncode == 0, said
    assert dump(folders.open_course(root).db_url) == expected
    assert tree(root / "autograded") == tree(undisturbed / "autograded")
