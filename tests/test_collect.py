"""`nbgrader collect` on an exchange to which others write: whose folder it is, and what is copied from it."""

import logging
import os
import pwd
from datetime import UTC, datetime, timedelta

import pytest
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from rnnshapes.grading.nbgrader.collect import Collect

ME = pwd.getpwuid(os.geteuid()).pw_name
NOW = datetime.now(UTC)


class Exchange:
    """A course folder and an exchange to which the running account hands in, under any name."""

    def __init__(self, folder, gradebook: str, caplog) -> None:
        self.root, self.gradebook, self.caplog = folder, gradebook, caplog
        self.inbound = folder / "exchange/rnn_shapes/inbound"
        self.inbound.mkdir(parents=True)
        (folder / "course").mkdir()

    def hand_in(self, student: str, *, late: timedelta = timedelta(0), time: str = "", **files: str):
        time = time or f"{NOW + late:%Y-%m-%d %H:%M:%S.%f} UTC"
        folder = self.inbound / f"{student}+01+{time}+xyz"
        folder.mkdir()
        for name, text in {"submission_secret": "5ec7e7", "timestamp": time, **files}.items():
            (folder / f"{name}.txt").write_text(text)
        return folder

    def collect(self, *, kilobytes: int = 100, **options) -> dict[str, str]:
        """Collect; return {student: the text that was collected}."""
        config = Config(Exchange={"root": str(self.root / "exchange")}, ExchangeCollect=options)
        course = CourseDirectory(
            root=str(self.root / "course"),
            course_id="rnn_shapes",
            assignment_id="01",
            db_url=self.gradebook,
            max_dir_size=kilobytes,
        )
        collect = Collect(coursedir=course, config=config)
        collect.log = logging.getLogger("collect")
        collect.start()
        return {path.parts[-3]: path.read_text() for path in self.root.glob("course/submitted/*/01/answer.txt")}


@pytest.fixture(scope="module")
def gradebook(tmp_path_factory):
    address = f"sqlite:///{tmp_path_factory.mktemp('gradebook')}/gradebook.db"
    with Gradebook(address, "rnn_shapes") as gradebook:
        gradebook.add_assignment("01")
    return address


@pytest.fixture
def exchange(tmp_path, gradebook, caplog):
    return Exchange(tmp_path, gradebook, caplog)


def another(monkeypatch) -> None:
    """Let the running account collect what some other account owns: its own folders are then those of a stranger."""
    monkeypatch.setattr(os, "geteuid", lambda: -2)


def test_the_newest_is_collected_and_then_updated(exchange):
    exchange.hand_in(ME, late=timedelta(minutes=-2), answer="first")
    exchange.hand_in(ME, late=timedelta(minutes=-1), answer="second")
    assert exchange.collect() == {ME: "second"}
    exchange.hand_in(ME, answer="third")
    assert exchange.collect() == {ME: "second"}
    assert exchange.collect(update=True) == {ME: "third"}
    assert not exchange.caplog.records or "Not collected" not in exchange.caplog.text


def test_a_newer_one_that_is_refused_leaves_the_older_one_in_place(exchange, tmp_path):
    exchange.hand_in(ME, late=timedelta(minutes=-1), answer="good")
    assert exchange.collect() == {ME: "good"}
    (exchange.hand_in(ME) / "answer.txt").symlink_to(tmp_path / "elsewhere")
    assert exchange.collect(update=True) == {ME: "good"} and "Not collected" in exchange.caplog.text


def test_nobody_submits_for_somebody_else(exchange, monkeypatch):
    another(monkeypatch)
    exchange.hand_in("ada", answer="forged")
    exchange.hand_in(ME, answer="mine")
    assert exchange.collect() == {ME: "mine"}
    assert f"Got a folder of the account {ME}, expected one of ada" in exchange.caplog.text
    assert exchange.collect(check_owner=False) == {ME: "mine", "ada": "forged"}


def test_the_instructor_may_hand_in_for_a_student(exchange):
    exchange.hand_in("ada", answer="by e-mail")
    assert exchange.collect() == {"ada": "by e-mail"}


@pytest.mark.parametrize("kind", ["link", "folder", "pipe", "top"])
def test_links_are_not_followed_and_do_not_stop_the_class(exchange, kind):
    secret = exchange.root / "course/secret"
    secret.mkdir()
    (secret / "answer.txt").write_text("a hidden test")
    folder = exchange.hand_in("ada")
    if kind == "link":
        (folder / "answer.txt").symlink_to(secret / "answer.txt")
    elif kind == "folder":
        (folder / "more").symlink_to(secret)
    elif kind == "pipe":
        os.mkfifo(folder / "answer.txt")
    else:
        (exchange.inbound / folder.name.replace("ada", "bob")).symlink_to(secret)
        (folder / "answer.txt").write_text("plain")
    exchange.hand_in("zoe", answer="plain")
    assert exchange.collect() == {"zoe": "plain"} | ({"ada": "plain"} if kind == "top" else {})
    assert "Not collected" in exchange.caplog.text
    collected = (exchange.root / "course/submitted").rglob("*.txt")
    assert "a hidden test" not in [path.read_text() for path in collected]


def test_a_name_without_a_time_stops_nobody(exchange):
    exchange.hand_in("ada", time="soon", answer="no time")
    exchange.hand_in("zoe", answer="plain")
    assert exchange.collect() == {"zoe": "plain"}
    assert "no time in it" in exchange.caplog.text


@pytest.mark.parametrize("hours", [-5, 5])
def test_a_time_that_the_file_system_does_not_confirm_is_said(exchange, hours):
    exchange.hand_in("ada", late=timedelta(hours=hours), answer="in time")
    assert exchange.collect() == {"ada": "in time"}
    assert "Look before you count it as in time." in exchange.caplog.text


def test_too_much_is_refused(exchange):
    exchange.hand_in("ada", answer="x" * 120_000)
    deep = exchange.hand_in("bob", answer="deep") / "/".join("abcdefghij")
    deep.mkdir(parents=True)
    assert exchange.collect() == {}
    assert not list((exchange.root / "course/submitted").iterdir())
    assert "max_dir_size" in exchange.caplog.text and "5 deep" in exchange.caplog.text


def test_time_and_secret_are_there_for_releasing_feedback(exchange):
    folder = exchange.hand_in("ada", answer="plain", timestamp="nonsense")
    (folder / "submission_secret.txt").unlink()
    exchange.collect()
    copy = exchange.root / "course/submitted/ada/01"
    assert (copy / "timestamp.txt").read_text() == folder.name.split("+")[2]
    assert len((copy / "submission_secret.txt").read_text()) == 128
