"""Turn what an instructor has (nbgrader's folders, loose notebooks, an LMS's zip) into submissions.

Nothing is executed. `read_submissions` recognises what it was given, `read_submitted` reads nbgrader's layout, which
`rnnshapes.grading.ingest.place` writes. One bad submission never stops the others: it ends in `Intake.refused`.
"""

from __future__ import annotations

import json
import os
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
from rnnshapes.grading.ingest.lms import (
    Patterns,
    Roster,
    default_patterns,
    own_patterns,
    parse_time,
    recognise,
    safe_login,
)
from rnnshapes.grading.ingest.place import digest, remarks_file
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
    want = dict(kinds=kinds, roster=roster, notebooks=notebooks, bounds=bounds)
    try:
        if path.is_dir() and not patterns and any((folder / assignment).is_dir() for folder in path.iterdir()):
            intake = read_submitted(path, assignment, notebooks=notebooks, bounds=bounds)
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
            except Unsafe:
                pass
            if timestamp and parse_time(timestamp) is None:
                remarks.append("timestamp.txt holds no time that can be read, so the time of handing in is not known.")
                timestamp = ""
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
    entries: Iterable[Entry], *, kinds: Patterns, roster: Roster | None, notebooks: Sequence[str], bounds: Bounds
) -> Intake:
    """Give each file to its student, then put each student's submission together."""
    intake = Intake()
    people: dict[str, dict[str, _Person]] = {}
    unknown: set[tuple[str, ...]] = set()
    entries = [entry for entry in entries if not is_noise(entry.path)]
    found = recognise([entry.path for entry in entries], kinds)
    ids = {groups.get("id", "") for groups in found.values() if groups} - {""}
    strange = roster is not None and not ids & {student.id for student in roster.students}  # of another kind: no help
    for entry in entries:
        where, groups = shown(entry.path), found[entry.path]
        if groups is None:
            reason = "its name does not say whose it is; rename it LOGIN.ipynb, or give a pattern with (?P<login>…)."
            intake.refused.append(Refused(where, f"{where}: {reason}"))
            continue
        given = {key: groups.get(key, "") for key in ("login", "name", "email", "id")}
        made = safe_login(given["login"] or given["name"] or given["email"] or given["id"])
        login = roster.find(**given | ({"id": ""} if strange else {})) if roster else made
        if not login:
            label = ", ".join(f"{key} {shown(value)}" for key, value in given.items() if value)
            reason = "no student of the roster fits, or more than one: complete the roster, or rename it LOGIN.ipynb."
            unfit = Refused(where, f"{where} ({label}): {reason if roster else 'this makes no login: rename it.'}")
            if tuple(given.values()) not in unknown:  # one line a person, not a file
                (intake.unmatched if roster else intake.refused).append(unfit)
            unknown.add(tuple(given.values()))
            continue
        # Without a roster two namesakes would become one: their LMS ids keep them apart.
        apart = "" if roster else safe_login(given["id"] or given["email"])
        people.setdefault(login, {}).setdefault(apart, _Person()).add(entry, groups, notebooks)
    for login, namesakes in people.items():
        for apart, person in namesakes.items():
            name = f"{login}_{apart}" if apart and len(namesakes) > 1 else login
            if len(namesakes) > 1:
                person.remarks.append(
                    f"{login} is more than one student's name, so this login is {name}, with the LMS id."
                )
            made_of = dict(timestamp=person.time, remarks=person.remarks, foreign=True)
            _file(intake, assemble(name, person.items, notebooks=notebooks, bounds=bounds, **made_of))
    return intake


@dataclass
class _Person:
    """What one student's files say."""

    items: list[Item] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    time: str = ""

    def add(self, entry: Entry, groups: dict[str, str], notebooks: Sequence[str]) -> None:
        alone = f"{notebooks[0]}.ipynb" if len(notebooks) == 1 and entry.path.lower().endswith(".ipynb") else ""
        time = parse_time(groups.get("timestamp", ""))
        when = (time - datetime(1970, 1, 1)).total_seconds() if time else entry.modified
        file = groups.get("file") or alone or entry.path.rpartition("/")[2]
        self.items.append(Item(file, entry, (_number(groups.get("attempt")), when)))
        self.time = max(self.time, f"{time} UTC" if time else "")
        if groups.get("late") and not self.remarks:
            self.remarks.append("Handed in late, says the LMS.")


def _number(text: str | None) -> float:
    return float(text) if text and text.isdecimal() else 0.0  # an own pattern may catch anything


def _file(intake: Intake, one: Submission | Refused) -> None:
    (intake.submissions if isinstance(one, Submission) else intake.refused).append(one)
