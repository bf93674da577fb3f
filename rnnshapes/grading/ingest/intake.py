"""Turn what an instructor has (nbgrader's folders, loose notebooks, an LMS's zip) into submissions.

Nothing is executed. `read_submissions` recognises what it was given, `read_submitted` reads nbgrader's layout, which
`rnnshapes.grading.ingest.place` writes. One bad submission never stops the others: it ends in `Intake.refused`.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from rnnshapes.errors import CourseError
from rnnshapes.grading.ingest.assemble import Intake, Item, Refused, assemble, is_noise, name_problem, shown
from rnnshapes.grading.ingest.entries import (
    BOUNDS,
    Bounds,
    Entry,
    Unsafe,
    file_entry,
    folder_entries,
    open_zip,
    zip_entries,
)
from rnnshapes.grading.ingest.lms import Patterns, default_patterns, own_patterns, recognise
from rnnshapes.grading.ingest.misplaced import misplaced
from rnnshapes.grading.ingest.place import digest, remarks_file
from rnnshapes.grading.ingest.roster import Roster
from rnnshapes.grading.ingest.times import date_order, is_unsure, parse_time
from rnnshapes.grading.ingest.whose import given, owners
from rnnshapes.grading.task import Submission


def read_submissions(
    path: str | Path, *, assignment: str, notebooks: Sequence[str], patterns: Sequence[str] = (),
    roster: Roster | str | Path | None = None, bounds: Bounds = BOUNDS,
) -> Intake:  # fmt: skip
    """Read what is in nbgrader's submitted/ folder, a folder of loose notebooks, or a zip as Canvas or Moodle give it.

    `notebooks` are the names expected, without .ipynb. `patterns` are regular expressions with named groups: one of
    login, name, id, email; and file, attempt, timestamp, late. They are compared with the whole path in the zip or
    folder, then with the file's name alone.
    Raises: CourseError if `path` is none of these, or a pattern or the roster is no good.
    """
    path = Path(path)
    roster = Roster.read(roster) if isinstance(roster, str | Path) else roster
    kinds = own_patterns(patterns) if patterns else default_patterns(assignment, notebooks)
    want = dict(kinds=kinds, roster=roster, notebooks=notebooks, assignment=assignment, bounds=bounds)
    try:
        if path.is_dir() and not patterns and any((folder / assignment).is_dir() for folder in path.iterdir()):
            intake = read_submitted(path, assignment, notebooks=notebooks, bounds=bounds)
            intake.unmatched += misplaced(path, assignment, notebooks=notebooks)
        elif path.is_dir():
            intake = _sort(folder_entries(path, most=bounds.entries), **want)
        elif path.is_file() and path.suffix.lower() == ".ipynb":
            intake = _sort([file_entry(path, path.name)], **want)
        elif path.is_file():
            with open_zip(path) as archive:
                intake = _sort(zip_entries(archive, bounds=bounds, most=bounds.entries), **want)
        else:
            raise Unsafe("is not there: check the path")
    except Unsafe as problem:
        raise CourseError(
            f"{path} {problem}. Expected nbgrader's submitted/ folder, a folder of notebooks, or a zip."
        ) from None
    except OSError as error:
        raise CourseError(
            f"{path} cannot be read ({error.strerror}). Expected a folder or a zip that you may read. Try: check its "
            "permissions."
        ) from None
    handed_in = {one.login for one in [*intake.submissions, *intake.refused]}
    intake.missing = [] if roster is None else sorted({student.login for student in roster.students} - handed_in)
    return intake


def read_submitted(folder: str | Path, assignment: str, *, notebooks: Sequence[str], bounds: Bounds = BOUNDS) -> Intake:
    """Read all of submitted/LOGIN/ASSIGNMENT/. To hold one at a time, loop over `submitted_logins` and `read_one`."""
    intake = Intake()
    for login in submitted_logins(folder, assignment):
        _file(intake, read_one(folder, assignment, login=login, notebooks=notebooks, bounds=bounds))
    return intake


def submitted_logins(folder: str | Path, assignment: str) -> list[str]:
    """The logins that have something in submitted/LOGIN/ASSIGNMENT, sorted."""
    names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    return [name for name in names if not name.startswith(".") and os.path.lexists(Path(folder, name, assignment))]


def read_one(
    folder: str | Path, assignment: str, *, login: str, notebooks: Sequence[str], bounds: Bounds = BOUNDS
) -> Submission | Refused:
    """Read submitted/LOGIN/ASSIGNMENT, with the remarks that `place` kept on it."""
    folder_ = Path(folder, login, assignment)
    if name_problem(login):
        return Refused(shown(login), f"{shown(login)} {name_problem(login)}.", login)
    if os.path.islink(folder_) or os.path.islink(folder_.parent) or not os.path.isdir(folder_):
        return Refused(
            str(folder_), f"{login}/{assignment} is a link or no folder: put the files themselves there.", login
        )
    try:
        entries = folder_entries(folder_, most=10 * bounds.submission_files)
    except Unsafe as problem:
        return Refused(str(folder_), f"{login}/{assignment} {problem}.", login)
    timestamp, remarks = "", []
    for entry in entries:
        if entry.path == "timestamp.txt":
            try:
                timestamp = entry.read(1000).decode("utf-8", "replace").strip()
            except Unsafe as problem:
                remarks.append(f"timestamp.txt {problem}; the time of handing in is not known.")
            time = parse_time(timestamp)
            if timestamp and time is None:
                remarks.append("timestamp.txt holds no time that can be read, so the time of handing in is not known.")
                timestamp = ""
            elif time and not re.match(r"\d{4}-\d\d-\d\d[ T]", timestamp):  # nbgrader might read it in another way
                timestamp = f"{time} UTC"
    items = [Item(entry.path, entry, (0, entry.modified)) for entry in entries if entry.path != "timestamp.txt"]
    result = assemble(login, items, notebooks=notebooks, bounds=bounds, timestamp=timestamp, remarks=remarks)
    try:
        kept = json.loads(remarks_file(folder, login, assignment).read_text("utf-8"))
    except (OSError, ValueError):
        return result
    if isinstance(result, Submission) and kept.get("digest") == digest(result):
        remarks = [remark for remark in kept["remarks"] if remark not in result.remarks]
        return Submission(result.login, result.notebooks, result.files, timestamp, (*remarks, *result.remarks))
    return result


# ---- from files to students


def _sort(
    entries: Iterable[Entry], *, kinds: Patterns, roster: Roster | None, notebooks: Sequence[str], assignment: str,
    bounds: Bounds,
) -> Intake:  # fmt: skip
    """Give each file to its student, then put each student's submission together."""
    intake = Intake()
    people: dict[str, _Person] = {}
    unknown: set[tuple[str, ...]] = set()
    entries = [entry for entry in entries if not is_noise(entry.path)]
    logins = [student.login for student in roster.students] if roster else []
    found = recognise([entry.path for entry in entries], kinds, logins=logins, assignment=assignment)
    named = [groups for groups in found.values() if groups]
    owner_of = owners(named, roster)
    of_brightspace = any(groups["kind"] == "brightspace" for groups in named)  # it adds a list of what it packed
    day_first = date_order(groups.get("timestamp", "") for groups in named)
    for entry in entries:
        where, groups = shown(entry.path), found[entry.path]
        if groups is None and of_brightspace and entry.path.rpartition("/")[2] == "index.html":
            continue
        if groups is None:
            reason = "its name does not say whose it is; rename it LOGIN.ipynb, or give a pattern with (?P<login>…)."
            intake.refused.append(Refused(where, f"{where}: {reason}"))
            continue
        owner = owner_of[given(groups)]
        if owner.login:
            person = people.setdefault(owner.login, _Person(day_first))
            person.add(entry, groups, notebooks)
            person.say(owner.remark)
        elif given(groups) not in unknown:  # one line a person, not a file
            (intake.unmatched if roster else intake.refused).append(Refused(where, f"{where} {owner.problem}"))
            unknown.add(given(groups))
    for login, person in people.items():
        made_of = dict(notebooks=notebooks, bounds=bounds, remarks=person.remarks, foreign=True)
        _file(intake, assemble(login, person.items, **made_of))
    return intake


@dataclass
class _Person:
    """What one student's files say; `day_first` is how the class's dates are written."""

    day_first: bool | None
    items: list[Item] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def add(self, entry: Entry, groups: dict[str, str], notebooks: Sequence[str]) -> None:
        alone = f"{notebooks[0]}.ipynb" if len(notebooks) == 1 and entry.path.lower().endswith(".ipynb") else ""
        said = groups.get("timestamp", "")
        time = parse_time(said, day_first=self.day_first)
        when = (time - datetime(1970, 1, 1)).total_seconds() if time else 0.0 if said else entry.modified
        file = groups.get("file") or alone or entry.path.rpartition("/")[2]
        clock = f"{time} UTC" if time else ""
        self.items.append(
            Item(file, entry, (_number(groups.get("attempt")), when), clock, said if time is None else "")
        )
        if groups.get("late"):
            self.say("Handed in late, says the LMS.")
        if time and self.day_first is None and is_unsure(said):
            self.say(
                f"The time “{shown(said)}” was read as {time:%d %B %Y}, for nothing tells whether the day is first."
            )

    def say(self, remark: str) -> None:
        if remark and remark not in self.remarks:
            self.remarks.append(remark)


def _number(text: str | None) -> float:
    return float(text[:18]) if text and text.isdecimal() else 0.0  # an own pattern may catch anything


def _file(intake: Intake, one: Submission | Refused) -> None:
    (intake.submissions if isinstance(one, Submission) else intake.refused).append(one)
