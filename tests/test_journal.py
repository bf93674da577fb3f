"""The journal: results survive, what changed is noticed, what is broken is left aside."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from rnnshapes.errors import CourseError
from rnnshapes.grading.journal import (
    Journal,
    digest_spec,
    digest_submission,
    lock_course,
    open_journal,
    read_key,
    state_folder,
)
from rnnshapes.grading.task import Graded, GradedNotebook, Limits, Spec, Submission

ONE, OTHER = "1" * 64, "2" * 64
ADA = Graded(
    "ada",
    {"n": GradedNotebook('{"cells": []}', {"a": 1.5, "b": None}, ["mended"], {"a": ["?"]}, {"k": "hint"}, ["late"])},
    seconds={"run": 0.25},
    peak_memory=7,
)


def test_a_result_comes_back_as_it_was_and_survives_the_process(tmp_path):
    Journal(tmp_path).keep("ada", ONE, ADA)
    again = Journal(tmp_path)
    assert again.find("ada", ONE) == ADA and again.done("ada", ONE) is None
    assert again.find("ada", OTHER) is None and again.find("bob", ONE) is None
    again.mark_done("ada", ONE, {"late": 2.0})
    assert Journal(tmp_path).done("ada", ONE) == {"late": 2.0}
    assert list(Journal(tmp_path).results()) == [ADA] and not again.remarks


def test_a_new_result_takes_the_old_ones_place_and_loses_the_mark(tmp_path):
    journal = Journal(tmp_path)
    journal.keep("ada", ONE, ADA)
    journal.mark_done("ada", ONE, {})
    journal.keep("ada", OTHER, replace(ADA, failure="broken"))
    for reader in (journal, Journal(tmp_path)):
        assert reader.find("ada", ONE) is None and reader.done("ada", ONE) is None
        assert reader.find("ada", OTHER).failure == "broken" and len(list(reader.results())) == 1
    journal.keep("ada", OTHER, ADA)  # graded anew under the same digest, as by --force
    assert journal.find("ada", OTHER) == ADA and journal.done("ada", OTHER) is None


def test_a_result_for_this_run_alone_is_reported_but_not_used_again(tmp_path):
    Journal(tmp_path).keep("ada", ONE, ADA, again=True)
    assert Journal(tmp_path).find("ada", ONE) is None and list(Journal(tmp_path).results()) == [ADA]


@pytest.mark.parametrize("login", ["ada-x", "../up", "Łukasz (2)", "a/b", "ada-1111111111111111", "ü" * 128, "\udc80"])
def test_odd_logins_stay_apart_and_inside_the_folder(tmp_path, login):
    folder = tmp_path / "in" / "here"
    journal = Journal(folder)
    journal.keep("ada", ONE, ADA)
    journal.keep(login, ONE, replace(ADA, login=login))
    journal.keep("ada", OTHER, ADA)  # clears ada's alone
    again = Journal(folder)
    assert again.find(login, ONE).login == login and again.find("ada", OTHER) == ADA
    assert {path.parent for path in tmp_path.rglob("*") if path.is_file()} == {folder}


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 2],
        lambda data: b"",
        lambda data: data.replace(b"1.5", b"9.5"),
        lambda data: b"\xff\xfe" + data,
        lambda data: b"[" * 100_000,
        lambda data: b'{"schema": 1}',
        lambda data: data.replace(b'"schema": 1', b'"schema": 99'),
        lambda data: json.dumps([json.loads(data)]).encode(),
    ],
)
def test_a_damaged_file_is_left_aside_with_a_remark(tmp_path, damage):
    Journal(tmp_path).keep("ada", ONE, ADA)
    (path,) = tmp_path.glob("*.json")
    path.write_bytes(damage(path.read_bytes()))
    journal = Journal(tmp_path)
    assert journal.find("ada", ONE) is None and path.name in journal.remarks[0]
    journal.keep("ada", ONE, ADA)
    assert journal.find("ada", ONE) == ADA


def test_a_file_under_another_ones_name_is_not_believed(tmp_path):
    Journal(tmp_path).keep("ada", ONE, ADA)
    (path,) = tmp_path.glob("*.json")
    path.rename(path.with_name(path.name.replace("ada", "bob")))
    assert Journal(tmp_path).find("bob", ONE) is None


SPEC = Spec("01", {"n": b"{}"}, {"data.csv": b"1"}, seed="the secret words")
SUBMISSION = Submission("ada", {"n": b"{}"}, {"a.txt": b"x"}, "2026-01-01 10:00:00 UTC")


def test_the_digest_notices_every_change():
    key = bytes(32)

    def digest(spec=SPEC, submission=SUBMISSION, key=key):
        return digest_submission(submission, spec=digest_spec(spec, key=key), key=key)

    specs = [
        replace(SPEC, assignment="02"),
        replace(SPEC, notebooks={"n": b"{ }"}),
        replace(SPEC, files={"data.csv": b"2"}),
        replace(SPEC, files={}),
        replace(SPEC, seed="other words"),
        replace(SPEC, limits=Limits(seconds=1)),
        replace(SPEC, trusted=True),
    ]
    submissions = [
        replace(SUBMISSION, login="bob"),
        replace(SUBMISSION, notebooks={"m": b"{}"}),
        replace(SUBMISSION, notebooks={"n": b"{ }"}),
        replace(SUBMISSION, files={"a.tx": b"tx"}),
        replace(SUBMISSION, timestamp=""),
        replace(SUBMISSION, remarks=("a file was refused",)),
    ]
    found = [digest(), *(digest(spec=one) for one in specs), *(digest(submission=one) for one in submissions)]
    assert len(set(found)) == len(found) and digest() == digest() and digest(key=b"1" * 32) not in found


def test_the_seed_is_nowhere_on_disk_and_the_folder_is_private(tmp_path):
    key = read_key(tmp_path)
    assert read_key(tmp_path) == key and len(key) == 32
    digest = digest_submission(SUBMISSION, spec=digest_spec(SPEC, key=key), key=key)
    open_journal(tmp_path, "../01").keep("ada", digest, ADA)
    for path in tmp_path.rglob("*"):
        assert path.is_relative_to(state_folder(tmp_path)) and "secret" not in path.name
        assert path.is_dir() or b"secret words" not in path.read_bytes()
    assert state_folder(tmp_path).stat().st_mode & 0o077 == 0


def test_two_runs_do_not_meet_and_a_killed_one_lets_go(tmp_path):
    holder = (
        "import sys; from pathlib import Path; from rnnshapes.grading.journal import lock_course\n"
        f"with lock_course(Path({str(tmp_path)!r})): print('held', flush=True); sys.stdin.read()"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    with subprocess.Popen(
        [sys.executable, "-c", holder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout.readline() == "held\n"
        with pytest.raises(CourseError, match=f"process {process.pid} "), lock_course(tmp_path):
            pass
        process.kill()
        process.wait()
        with lock_course(tmp_path):
            pass
