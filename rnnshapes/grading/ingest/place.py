"""Write submissions into nbgrader's layout, submitted/LOGIN/ASSIGNMENT/, each whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from rnnshapes.files import write_file
from rnnshapes.grading.ingest.assemble import Intake, Refused, name_problem, shown
from rnnshapes.grading.ingest.entries import HOUSE, Unsafe
from rnnshapes.grading.ingest.names import safe_login
from rnnshapes.grading.ingest.times import parse_time
from rnnshapes.grading.task import Submission


@dataclass
class Placed:
    """What `place` did: logins by outcome, a sentence on each replaced one, and what it refused to write."""

    new: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    replaced: dict[str, str] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)


def digest(submission: Submission) -> str:
    """A digest of what was handed in: names and bytes, nothing else."""
    whole = hashlib.sha256()
    for name, data in sorted(_contents(submission).items()):
        whole.update(f"{len(name.encode())}:{len(data)}:".encode() + name.encode() + data)
    return whole.hexdigest()


def place(intake: Intake, submitted_folder: str | Path, assignment: str, *, replace: bool = False) -> Placed:
    """Write submissions into submitted/LOGIN/ASSIGNMENT/, each whole or not at all.

    What lay there is kept in submitted/.rnnshapes/replaced/LOGIN/ASSIGNMENT/. An older submission does not replace a
    newer one, nor one without a time a timed one: it is refused, unless `replace`.
    """
    done = Placed()
    for submission in intake.submissions:
        login, target = submission.login, Path(submitted_folder, submission.login, assignment)
        try:
            _place(submission, target, submitted_folder, assignment, replace=replace, done=done)
        except Unsafe as problem:
            done.refused.append(Refused(str(target), f"{login}/{assignment} {problem}.", login))
        except OSError as error:
            reason = f"{login}/{assignment} could not be written ({error.strerror}): check the folder and the disk."
            done.refused.append(Refused(str(target), reason, login))
    return done


def _place(
    submission: Submission, target: Path, folder: str | Path, assignment: str, *, replace: bool, done: Placed
) -> None:
    login = submission.login
    if safe_login(login) == "" or "/" in login or name_problem(login):
        raise Unsafe("has a login that can be no folder: rename it")
    if target.is_symlink() or target.parent.is_symlink() or (os.path.lexists(target) and not target.is_dir()):
        raise Unsafe("is a link or a file already: remove it")
    fresh = Path(folder, HOUSE, "placing", login, assignment)
    shutil.rmtree(fresh, ignore_errors=True)  # what a killed run left
    for name, data in {**_contents(submission), "timestamp.txt": submission.timestamp.encode()}.items():
        if name_problem(name):
            raise Unsafe(f"holds {shown(name)}, which {name_problem(name)}")
        if name != "timestamp.txt" or data:
            fresh.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
            fresh.joinpath(name).write_bytes(data)
    if target.is_dir():
        if _tree(target) == _tree(fresh):
            shutil.rmtree(fresh)
            done.unchanged.append(login)
            _keep_remarks(submission, folder, assignment)
            return
        old, new = _time_of(target), _time_of(fresh)
        if not replace and old and (new is None or new < old):
            shutil.rmtree(fresh)
            which = f"is older, of {new}" if new else "has no time"
            raise Unsafe(
                f"was handed in at {old}, and the one at hand {which}: it was kept. Ask for replacing to have the other"
            )
        kept = Path(
            folder, HOUSE, "replaced", login, assignment, f"{old or 'undated'}-{_tree(target)[:12]}".replace(":", "-")
        )
        kept.parent.mkdir(parents=True, exist_ok=True)
        if kept.exists():
            shutil.rmtree(target)  # the very same lies there already
        else:
            target.rename(kept)
        done.replaced[login] = f"{login}/{assignment} was replaced; the one before is in {kept.relative_to(folder)}."
    else:
        done.new.append(login)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh.rename(target)
    _keep_remarks(submission, folder, assignment)


def _contents(submission: Submission) -> dict[str, bytes]:
    return {**submission.files, **{f"{name}.ipynb": data for name, data in submission.notebooks.items()}}


def _tree(folder: Path) -> str:
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()):
        whole.update(f"{path.relative_to(folder)}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\0".encode())
    return whole.hexdigest()


def _time_of(folder: Path) -> datetime | None:
    path = folder / "timestamp.txt"
    return parse_time(path.read_text("utf-8", "replace").strip()) if path.is_file() else None


def remarks_file(folder: str | Path, login: str, assignment: str) -> Path:
    """Where the remarks on a submission are kept, with the digest of what they are about."""
    return Path(folder, HOUSE, "remarks", login, f"{assignment}.json")


def _keep_remarks(submission: Submission, folder: str | Path, assignment: str) -> None:
    """What ingest remarked is not in the files any more, so it lies beside them, out of students' reach."""
    path = remarks_file(folder, submission.login, assignment)
    write_file(path, json.dumps({"digest": digest(submission), "remarks": submission.remarks}).encode())


def keep_not_taken(folder: str | Path, assignment: str, sentences: list[str]) -> None:
    """Keep what could be nobody's submission, for the report: of the last time that something was taken."""
    write_file(_not_taken_file(folder, assignment), json.dumps(sentences).encode())


def read_not_taken(folder: str | Path, assignment: str) -> list[str]:
    """Return what `keep_not_taken` kept; nothing where there is none."""
    path = _not_taken_file(folder, assignment)
    return json.loads(path.read_text("utf-8")) if path.exists() else []


def _not_taken_file(folder: str | Path, assignment: str) -> Path:
    return Path(folder, HOUSE, "not_taken", f"{assignment}.json")
