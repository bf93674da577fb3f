"""Turn what an instructor has (nbgrader's folders, loose notebooks, an LMS's zip) into submissions.

Nothing is executed. `read_submissions` recognises what it was given, `place` writes it into nbgrader's layout,
`read_submitted` reads that one, `read_notebook` reads one notebook of any age. One bad submission never stops the
others: it ends in `Intake.refused`.
"""

from __future__ import annotations

import functools
import hashlib
import io
import json
import os
import re
import shutil
import stat
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from rnnshapes.errors import CourseError
from rnnshapes.grading.lms import (
    BOUNDS,
    Bounds,
    Entry,
    Patterns,
    Roster,
    Unsafe,
    default_patterns,
    open_zip,
    own_patterns,
    recognise,
    safe_login,
    zip_entries,
)
from rnnshapes.grading.task import Submission

if TYPE_CHECKING:
    from nbformat import NotebookNode

HOUSE = ".rnnshapes"
"""Folder in submitted/ for what is ours: nbgrader's globs pass hidden folders by, and no student writes there."""
NOISE = {"__MACOSX", "__pycache__", "Thumbs.db", "desktop.ini", "node_modules"}
STARTUP = {
    ".ipython",
    ".jupyter",
    "profile_default",
    "sitecustomize",
    "usercustomize",
    "ipython_config",
    "ipython_kernel_config",
}
CODE = (".py", ".pyc", ".pyo", ".pyw", ".so", ".pyd", ".dll", ".dylib", ".egg", ".pth")
NOTEBOOK = re.compile(r"(?P<stem>.*)\.ipynb(?:\.(?:txt|json))?", re.IGNORECASE | re.DOTALL)  # browsers add .txt, .json
COPY = re.compile(r"^copy of |[\s_-]*(?:copy ?\d*|\(\d+\)|[-_ ]\d+)$")


@dataclass(frozen=True)
class Refused:
    """A submission that was not taken. `where` is a path or a login, `login` is "" if it is not known whose it is."""

    where: str
    reason: str
    login: str = ""


@dataclass
class Intake:
    """What was read. `unmatched` fits no student of the roster; `missing` are the roster's logins without work."""

    submissions: list[Submission] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    unmatched: list[Refused] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


@dataclass
class Placed:
    """What `place` did: logins by outcome, a sentence on each replaced one, and what it refused to write."""

    new: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    replaced: dict[str, str] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)


class Item(NamedTuple):
    """A file of one student: its path in the submission, where its bytes are, which attempt it belongs to."""

    file: str
    entry: Entry
    attempt: tuple[float, float] = (0, 0)


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
        kept = json.loads(_remarks_file(folder, login, assignment).read_text("utf-8"))
    except (OSError, ValueError):
        return result
    if isinstance(result, Submission) and kept.get("digest") == digest(result):
        remarks = [remark for remark in kept["remarks"] if remark not in result.remarks]
        return Submission(result.login, result.notebooks, result.files, timestamp, (*remarks, *result.remarks))
    return result


def parse_time(text: str) -> datetime | None:
    """A time in UTC, without zone, as nbgrader's `parse_utc` reads it (which takes 3 s to import); None if it is none.

    >>> parse_time("2026-03-01 12:00:00 Europe/Berlin"), parse_time("2026-03-01-12-00-00"), parse_time("soon")
    (datetime.datetime(2026, 3, 1, 11, 0), datetime.datetime(2026, 3, 1, 12, 0), None)
    """
    from dateutil import parser, tz

    try:
        if re.fullmatch(r"\d{4}(\D\d\d){5}", text):
            return datetime(*map(int, re.findall(r"\d+", text)))  # type: ignore[arg-type]
        day, clock, zone = parts if len(parts := text.split(" ")) == 3 else (text, "", "")
        time = (
            parser.parse(f"{day} {clock} TZ", tzinfos={"TZ": tz.gettz(zone)})
            if tz.gettz(zone) and zone
            else parser.parse(text)
        )
        return (time - (time.utcoffset() or time - time)).replace(tzinfo=None)
    except (ValueError, OverflowError, TypeError):
        return None


# ---- from files to students


def file_entry(path: Path, shown: str) -> Entry:
    """An entry for a file on disk: links, hard links, pipes and devices are never opened."""

    def read(limit: int) -> bytes:
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)  # a pipe must not block us
        try:
            with open(os.open(path, flags), "rb") as file:
                data = file.read(limit + 1) if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else None
        except OSError as error:
            raise Unsafe(f"cannot be opened ({error.strerror}): check its permissions") from None
        if data is None:
            raise Unsafe("is no ordinary file: hand in ordinary files")
        if len(data) > limit:
            raise Unsafe(f"is larger than {limit / 2**20:.3g} MiB: hand in a smaller file, without outputs")
        return data

    try:
        info = path.lstat()
    except OSError as error:
        return Entry(shown, read, f"cannot be opened ({error.strerror}): check its permissions")
    problem = ""
    if stat.S_ISLNK(info.st_mode):
        problem = "is a link, and links are not followed: hand in the file itself"
    elif not stat.S_ISREG(info.st_mode):
        problem = "is a device or a pipe, no file: hand in ordinary files"
    elif info.st_nlink > 1:
        problem = "is a hard link to a file elsewhere: hand in a copy"
    return Entry(shown, read, problem, info.st_mtime)


def folder_entries(root: Path, *, most: int) -> list[Entry]:
    """List the files under `root`; links to folders are listed, not followed. Raises Unsafe beyond `most` files."""
    entries: list[Entry] = []
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(
            name for name in folders if name not in NOISE | {".git", ".ipynb_checkpoints", ".venv", HOUSE}
        )
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        for name in sorted([*files, *links]):
            path = Path(folder, name)
            shown = os.fsencode(path.relative_to(root)).decode("utf-8", "replace").replace(os.sep, "/")
            entries.append(file_entry(path, unicodedata.normalize("NFC", shown)))
            if len(entries) > most:
                raise Unsafe(f"holds more than {most} files: remove what does not belong to the assignment")
    return entries


def _sort(
    entries: Iterable[Entry], *, kinds: Patterns, roster: Roster | None, notebooks: Sequence[str], bounds: Bounds
) -> Intake:
    """Give each file to its student, then put each student's submission together."""
    intake = Intake()
    people: dict[str, dict[str, _Person]] = {}
    unknown: set[tuple[str, ...]] = set()
    entries = [entry for entry in entries if not is_noise(entry.path)]
    found = recognise([entry.path for entry in entries], kinds)
    for entry in entries:
        where, groups = shown(entry.path), found[entry.path]
        if groups is None:
            reason = "its name does not say whose it is; rename it LOGIN.ipynb, or give a pattern with (?P<login>…)."
            intake.refused.append(Refused(where, f"{where}: {reason}"))
            continue
        given = {key: groups.get(key, "") for key in ("login", "name", "email", "id")}
        made = safe_login(given["login"] or given["name"] or given["email"] or given["id"])
        login = roster.find(**given) if roster else made
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


# ---- from a student's files to a submission


def shown(path: str) -> str:
    """A name as it can be printed: no control characters, no more than 120 characters."""
    text = "".join(char if char.isprintable() else "?" for char in path)
    return text if len(text) <= 120 else text[:80] + "…" + text[-39:]


def is_noise(path: str) -> bool:
    """True for what systems and editors leave behind, which is left out without a word."""
    parts = path.split("/")
    return not STARTUP & set(parts) and any(part in NOISE or re.match(r"\.[^./]", part) for part in parts)


def name_problem(path: str) -> str:
    """Say what makes a path unsafe to write, or ""."""
    # Joiners (U+200C, U+200D) belong to names in some scripts; marks that turn the direction of writing disguise them.
    if any(unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp") and char not in "\u200c\u200d" for char in path):
        return "has a control character in its name: rename it"
    if "\\" in path or path.startswith("/") or re.match("[A-Za-z]:", path) or {"", ".", ".."} & set(path.split("/")):
        return "has a path that leads out of its folder: pack the files again, without .., \\ or a drive"
    if len(path) > 400 or any(len(part.encode()) > 200 for part in path.split("/")):
        return "has too long a name: shorten it"
    return ""


@functools.cache
def importable() -> frozenset[str]:
    """Top-level names, in lower case, that Python finds without the submission: its own and the environment's."""
    folders = [folder for folder in sys.path if folder.endswith("-packages") and os.path.isdir(folder)]
    installed = {name.partition(".")[0].lower() for folder in folders for name in os.listdir(folder)}
    return frozenset({"rnnshapes"} | installed | {name.lower() for name in sys.stdlib_module_names})


def shadow_problem(path: str) -> str:
    """Say how a file would change what Python imports or does when it starts, or "".

    >>> shadow_problem("numpy.py"), shadow_problem("numpy.csv"), shadow_problem("my_cell.py")
    ('has the name of a Python library and would take its place: rename it', '', '')
    """
    low = path.lower()
    parts = low.split("/")
    startup = any(part.partition(".")[0] in STARTUP or part in STARTUP for part in parts)
    if startup or low.endswith(".pth") or any(part.endswith((".dist-info", ".egg-info")) for part in parts):
        return "changes how Python or Jupyter starts: leave it out"
    top = parts[0].partition(".")[0]
    if top == "rnnshapes" or (low.endswith(CODE) and top in importable()):
        return "has the name of a Python library and would take its place: rename it"
    return ""


def assemble(
    login: str, items: Iterable[Item], *, notebooks: Sequence[str], bounds: Bounds = BOUNDS,
    timestamp: str = "", remarks: Iterable[str] = (), foreign: bool = False,
) -> Submission | Refused:  # fmt: skip
    """Put one student's files together: what cannot be taken is left out with a remark; no notebook, then Refused.

    `foreign`: from outside nbgrader's layout, so that a timestamp.txt among them is the student's own, no evidence.
    """
    remarks = list(remarks)
    usable = _usable(items, remarks)
    if not any(NOTEBOOK.fullmatch(item.file) for item in usable):
        usable = _unpacked(usable, remarks, bounds)
    usable = _distinct(usable, remarks, first={f"{name}.ipynb" for name in notebooks}, foreign=foreign)
    chosen = _choose([item for item in usable if NOTEBOOK.fullmatch(item.file)], remarks, notebooks)
    taken: dict[str, bytes] = {}
    files: dict[str, bytes] = {}
    left = bounds.submission_bytes
    rest = [item for item in usable if not NOTEBOOK.fullmatch(item.file)]
    for target, name, item in [
        *((taken, name, item) for name, item in chosen),
        *((files, item.file, item) for item in rest),
    ]:
        if len(taken) + len(files) >= bounds.submission_files:
            remarks.append(
                f"More than {bounds.submission_files} files: {shown(item.file)} and those after it were left out."
            )
            break
        try:
            target[name] = item.entry.read(min(bounds.file_bytes, left))
            left -= len(target[name])
        except Unsafe as problem:
            remarks.append(_left_out(item.file, problem))
    if not taken:
        expected = " and ".join(f"{name}.ipynb" for name in notebooks)
        names = ", ".join(shown(item.file) for item in usable[:8]) or "no file"
        return Refused(
            login, f"Got {names}, expected {expected}. " + " ".join([*remarks, "Try: hand in that notebook."]), login
        )
    remarks += [f"{name}.ipynb was not handed in." for name in notebooks if name not in taken]
    return Submission(login, taken, files, timestamp, tuple(remarks))


def _left_out(file: str, problem: object) -> str:
    return f"{shown(file)} was left out, for it {problem}."


def _usable(items: Iterable[Item], remarks: list[str]) -> list[Item]:
    """Without noise, links, devices and unsafe names; without the folder that holds everything."""
    good = []
    for item in items:
        problem = item.entry.problem or name_problem(item.file)
        if is_noise(item.file):
            continue
        if problem:
            remarks.append(_left_out(item.file, problem))
        else:
            good.append(item)
    while len({item.file.partition("/")[0] for item in good}) == 1 and all("/" in item.file for item in good):
        if good[0].file.partition("/")[0].lower() in STARTUP | {"rnnshapes"}:
            break
        good = [item._replace(file=item.file.partition("/")[2]) for item in good]
    return good


def _unpacked(items: list[Item], remarks: list[str], bounds: Bounds) -> list[Item]:
    """Replace the zips that a student handed in by what is in them, once: a zip in a zip in a zip stays closed."""
    out = []
    for item in items:
        if not item.file.lower().endswith(".zip"):
            out.append(item)
            continue
        try:
            data = item.entry.read(bounds.file_bytes)
            # Python reads the whole list of files before we can count it. A header is 46 bytes, so count headers first.
            if data.count(b"PK\x01\x02") > 10 * bounds.submission_files:
                raise Unsafe(f"holds more than {10 * bounds.submission_files} files: pack fewer files")
            entries = zip_entries(open_zip(io.BytesIO(data)), bounds=bounds, most=10 * bounds.submission_files)
            inside = _usable([Item(entry.path, entry, item.attempt) for entry in entries], remarks)
            remarks += [
                f"{shown(one.file)} is a zip in a zip and was not opened."
                for one in inside
                if one.file.lower().endswith(".zip")
            ]
            out += inside
        except Unsafe as problem:
            remarks.append(_left_out(item.file, problem))
    return out


def _distinct(items: list[Item], remarks: list[str], *, first: set[str], foreign: bool) -> list[Item]:
    """Without modules that shadow others, and of names that differ in case alone only one (`first` go first)."""
    good: dict[str, Item] = {}
    for item in sorted(items, key=lambda item: item.file not in first):
        problem, key = shadow_problem(item.file), item.file.casefold()
        if key == "timestamp.txt" and foreign:
            continue
        parents = {key[: match.start()] for match in re.finditer("/", key)}
        if problem:
            remarks.append(_left_out(item.file, problem))
        elif key in good and (item.file == good[key].file or item.attempt[0] != good[key].attempt[0]):
            old, new = sorted((good[key], item), key=lambda one: one.attempt)
            remarks.append(f"{shown(item.file)} was handed in more than once; the latest was taken.")
            good[key] = new
        elif key in good or parents & set(good) or any(other.startswith(f"{key}/") for other in good):
            remarks.append(_left_out(item.file, "has the name of another file here, on some systems: rename one"))
        else:
            good[key] = item
    return list(good.values())


def _choose(found: list[Item], remarks: list[str], notebooks: Sequence[str]) -> list[tuple[str, Item]]:
    """Find each expected notebook, under its name or what a browser, Jupyter or Colab made of it; the latest wins."""

    def stem(item: Item) -> str:
        return NOTEBOOK.fullmatch(item.file.rpartition("/")[2])["stem"]  # type: ignore[index]

    def readings(name: str) -> set[str]:
        """The name, and what it is without each mark of a copy: 'rnn (1) - Copy' → rnn_(1)_-_copy, rnn_(1), rnn."""
        found, left = set(), name.casefold()
        while left not in found:
            found.add(left)
            left = COPY.sub("", left)
        return {re.sub(r"[\s_-]+", "_", one) for one in found}

    def rank(name: str, item: Item) -> tuple:
        number = re.search(r"(\d+)\)?$", stem(item))
        exact = stem(item) == name
        return item.attempt[0], exact, int(number[1][:9]) if number and not exact else 0, item.attempt[1], item.file

    chosen: dict[str, Item] = {}
    for name in notebooks:
        free = [item for item in found if stem(item) == name or stem(item) not in notebooks]
        fits = [item for item in free if re.sub(r"[\s_-]+", "_", name.casefold()) in readings(stem(item))]
        if not fits and len(notebooks) == len(found) == 1:
            fits = found
        if fits:
            chosen[name] = max(fits, key=functools.partial(rank, name))
            if chosen[name].file != f"{name}.ipynb":
                remarks.append(f"{shown(chosen[name].file)} was taken as {name}.ipynb.")
    left_out = [shown(item.file) for item in found if item not in chosen.values()]
    if left_out and chosen:
        remarks.append(f"Left out, since other notebooks were taken: {', '.join(left_out[:10])}.")
    return list(chosen.items())


# ---- into nbgrader's layout


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


def _remarks_file(folder: str | Path, login: str, assignment: str) -> Path:
    return Path(folder, HOUSE, "remarks", login, f"{assignment}.json")


def _keep_remarks(submission: Submission, folder: str | Path, assignment: str) -> None:
    """What ingest remarked is not in the files any more, so it lies beside them, out of students' reach."""
    path = _remarks_file(folder, submission.login, assignment)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps({"digest": digest(submission), "remarks": submission.remarks}), "utf-8")
    fresh.replace(path)


# ---- one notebook

DEEPEST = 60
"""Levels of JSON that are kept; what copies a notebook later recurses several frames a level."""
CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")


def read_notebook(data: bytes, *, name: str = "The notebook") -> NotebookNode:
    """Read a notebook of any format and give it back valid, as nbformat 4.5, with deterministic cell ids.

    Raises: CourseError if the bytes are no notebook; nothing else, whatever they are.

    >>> read_notebook(b'{"cells": [{"cell_type": "code", "source": ["a = 1"]}]}').cells[0].id
    'cell-1'
    """
    try:
        return _read_notebook(data, name)
    except CourseError:
        raise
    except RecursionError:
        raise _unreadable(name, "JSON nested too deep") from None
    except Exception as error:
        # These bytes are hostile, and nbformat's converters raise whatever Python raises on a wrong type.
        raise _unreadable(name, f"a {type(error).__name__} while reading it") from None


def _unreadable(name: str, got: str) -> CourseError:
    return CourseError(
        f"{name}: got {got}, expected a Jupyter notebook (.ipynb). "
        "Try: open it in Jupyter or Colab, download it again as .ipynb, and hand that in."
    )


def _read_notebook(data: bytes, name: str) -> NotebookNode:
    from nbformat import from_dict
    from nbformat.validator import isvalid

    raw = _json(data, name)
    if not isinstance(raw, dict):
        raise _unreadable(name, f"a JSON {type(raw).__name__}")
    version = raw.get("nbformat")
    if "worksheets" in raw or (version in (1, 2, 3) and not isinstance(version, bool)):
        raw = _upgraded(raw)
    if not isinstance(raw.get("cells"), list):
        raise _unreadable(name, "JSON without a list of cells")
    cells = [_cell(cell) for cell in raw["cells"] if isinstance(cell, dict)]
    _set_ids(cells)
    metadata = _dict(raw.get("metadata"))
    if not isinstance(_dict(metadata.get("kernelspec")).get("name"), str):
        metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata["kernelspec"].setdefault("display_name", metadata["kernelspec"]["name"])
    if not isinstance(_dict(metadata.get("language_info")).get("name"), str):
        metadata["language_info"] = {"name": "python"}
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    if not isvalid(notebook):
        for cell in cells:  # what breaks a rule of the format is dropped, cell by cell
            alone = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
            if not isvalid(alone):
                cell.pop("attachments", None)
                if cell["cell_type"] == "code":
                    cell["outputs"] = []
            if not isvalid(alone):
                cell["metadata"] = {key: cell["metadata"][key] for key in ("nbgrader",) if key in cell["metadata"]}
        if not isvalid(notebook):
            notebook["metadata"] = {key: {"name": metadata[key]["name"]} for key in ("kernelspec", "language_info")}
            notebook["metadata"]["kernelspec"]["display_name"] = metadata["kernelspec"]["name"]
    return from_dict(notebook)


def _json(data: bytes, name: str) -> Any:
    """Parse JSON in any Unicode encoding. NaN and what overflows becomes None, an integer of over 18 digits a float."""
    text = data.decode(json.detect_encoding(data), "replace").lstrip("\ufeff")
    if not text.strip("\0 \t\r\n"):
        raise _unreadable(name, "an empty file")
    if text.lstrip()[:1] == "<":
        raise _unreadable(name, "a web page")
    try:
        raw = json.loads(
            text, strict=False, parse_constant=lambda _: None, parse_int=lambda n: int(n) if len(n) < 19 else float(n)
        )
    except json.JSONDecodeError as error:
        ends = error.pos >= len(text.rstrip()) or "Unterminated" in error.msg
        what = (
            "a file that ends in the middle" if ends else f"a file that is no JSON (line {error.lineno}: {error.msg})"
        )
        raise _unreadable(name, what) from None
    return _plain(raw)


def _plain(value: Any, depth: int = 0) -> Any:
    """The same without lone surrogates, infinities and what lies deeper than DEEPEST: they fail when written."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, float):
        return value if abs(value) < float("inf") else None
    if isinstance(value, dict | list) and depth > DEEPEST:
        return None
    if isinstance(value, dict):
        return {_plain(key): _plain(item, depth + 1) for key, item in value.items()}
    return [_plain(item, depth + 1) for item in value] if isinstance(value, list) else value


def _upgraded(raw: dict) -> dict:
    """Formats 1 to 3 (before 2015), by nbformat's own converters, on input that they don't stumble over."""
    import nbformat
    from nbformat.v4.convert import upgrade_cell

    if raw.get("nbformat") in (1, 2):
        raw = nbformat.convert(nbformat.versions[raw["nbformat"]].to_notebook_json(raw), 3)
    cells = []
    for sheet in _list(raw.get("worksheets")):
        for cell in _list(_dict(sheet).get("cells")):
            if isinstance(cell, dict):
                text = {key: _text(cell[key]) for key in ("source", "input") if key in cell}
                outputs = [output for output in _list(cell.get("outputs")) if "output_type" in _dict(output)]
                level = cell["level"] if cell.get("level") in range(1, 7) else 1
                cell = {
                    **cell,
                    **text,
                    "cell_type": _text(cell.get("cell_type")),
                    "metadata": _dict(cell.get("metadata")),
                }
                outputs = [{**output, "metadata": _dict(output.get("metadata"))} for output in outputs]
                outputs = [
                    {key: _joined(key, item) for key, item in output.items() if key != "json"} for output in outputs
                ]
                cells.append(upgrade_cell(nbformat.from_dict({**cell, "outputs": outputs, "level": level})))
                cells[-1].pop("id", None)  # a random one
    return {"cells": cells or raw.get("cells"), "metadata": _dict(raw.get("metadata"))}


def _cell(raw: dict) -> dict:
    """One cell with the keys of the format and no other, of the right types."""
    kind = raw.get("cell_type")
    if kind not in ("code", "markdown", "raw"):
        kind = (
            "code"
            if "outputs" in raw or "execution_count" in raw
            else "markdown"
            if kind in ("heading", "html")
            else "raw"
        )
    cell = {"cell_type": kind, "id": raw.get("id"), "metadata": _dict(raw.get("metadata"))}
    cell["source"] = _text(raw.get("source", raw.get("input")))
    if kind == "code":
        count = raw.get("execution_count")
        cell["execution_count"] = count if type(count) is int and 0 <= count else None
        cell["outputs"] = [output for item in _list(raw.get("outputs")) if (output := _output(_dict(item)))]
    elif isinstance(raw.get("attachments"), dict):
        cell["attachments"] = raw["attachments"]
    cell["metadata"].pop("trusted", None)  # says that an output may run scripts: not the student's to say
    _upgrade_nbgrader(cell)
    return cell


def _output(raw: dict) -> dict | None:
    kind = {"pyout": "execute_result", "pyerr": "error", "update_display_data": "display_data"}.get(
        _text(raw.get("output_type")), _text(raw.get("output_type"))
    )
    if kind == "stream":
        return {"output_type": kind, "name": _text(raw.get("name")) or "stdout", "text": _text(raw.get("text"))}
    if kind == "error":
        trace = [line for line in _list(raw.get("traceback")) if isinstance(line, str)]
        return {
            "output_type": kind,
            "ename": _text(raw.get("ename")),
            "evalue": _text(raw.get("evalue")),
            "traceback": trace,
        }
    if kind not in ("execute_result", "display_data"):
        return None
    bundle = {key: item if re.fullmatch(r"application/(.*\+)?json", key) else _text(item) for key, item in
              _dict(raw.get("data")).items()}  # fmt: skip
    output = {"output_type": kind, "data": bundle, "metadata": _dict(raw.get("metadata"))}
    if kind == "execute_result":
        count = raw.get("execution_count")
        output["execution_count"] = count if type(count) is int and 0 <= count else None
    return output


def _upgrade_nbgrader(cell: dict) -> None:
    """Bring nbgrader's metadata to schema 3 by its own upgraders; what they can't read keeps its id alone."""
    given = cell["metadata"].get("nbgrader")
    if given is None or not isinstance(given, dict):
        cell["metadata"].pop("nbgrader", None)
        return
    if given.get("schema_version") == 3 and type(given["schema_version"]) is int:
        return
    from nbformat import from_dict
    from nbgrader.nbgraderformat.v3 import MetadataValidatorV3

    known = given.get("schema_version") in (0, 1, 2) and type(given["schema_version"]) is int
    # A version from the future, or none that is a number: read as the newest that we know, or as the oldest.
    newer = type(given.get("schema_version")) in (int, float)
    node = from_dict(
        {
            **cell,
            "metadata": {
                "nbgrader": {**given, "schema_version": given["schema_version"] if known else 3 if newer else 0}
            },
        }
    )
    try:
        upgraded = MetadataValidatorV3().upgrade_cell_metadata(node).metadata.get("nbgrader")
    except Exception:  # wrong types, in the metadata of a hostile or damaged file
        upgraded = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
        upgraded |= {"grade_id": given["grade_id"]} if isinstance(given.get("grade_id"), str) else {}
    if upgraded is None:
        del cell["metadata"]["nbgrader"]
    else:
        cell["metadata"]["nbgrader"] = dict(upgraded)


def _set_ids(cells: list[dict]) -> None:
    """Valid and unique ids: a cell's own, else nbgrader's, else Colab's, else its place in the notebook."""
    taken: set[str] = set()
    for cell in cells:  # own ids first, so that a made one takes none of them
        own = cell["id"]
        cell["id"] = own if isinstance(own, str) and CELL_ID.fullmatch(own) and own not in taken else None
        taken.add(cell["id"])
    for number, cell in enumerate(cells, start=1):
        others = _dict(cell["metadata"].get("nbgrader")).get("grade_id"), cell["metadata"].get("id"), f"cell-{number}"
        wanted = [other for other in others if isinstance(other, str) and CELL_ID.fullmatch(other)]
        more = (f"cell-{number}-{more}" for more in range(2, len(cells) + 3))  # one at a time: there may be many cells
        tries = (one for group in (wanted, more) for one in group)
        cell["id"] = cell["id"] or next(one for one in tries if one not in taken)
        taken.add(cell["id"])


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "".join(item for item in value if isinstance(item, str))
    return value if isinstance(value, str) else ""


def _joined(key: str, value: Any) -> Any:
    lines = key != "traceback" and isinstance(value, list) and all(isinstance(item, str) for item in value)
    return "".join(value) if lines else value


def _dict(value: Any) -> dict:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list:
    return value if isinstance(value, list) else []
