"""Put one student's files together to a submission: what is noise, unsafe, in the way or twice is left out."""

from __future__ import annotations

import functools
import io
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rnnshapes.grading.ingest.entries import BOUNDS, NOISE, Bounds, Unsafe, open_zip, zip_entries
from rnnshapes.grading.ingest.which import NOTEBOOK, Item, choose, later, shown
from rnnshapes.grading.task import Submission

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


@dataclass(frozen=True)
class Refused:
    """A submission that was not taken. `where` is a path or a login, `login` is "" if it is not known whose it is."""

    where: str
    reason: str
    login: str = ""

    @property
    def sentence(self) -> str:
        """The reason, with the place before it where it does not begin with that."""
        return self.reason if self.reason.startswith(self.where) else f"{self.where}: {self.reason}"


@dataclass
class Intake:
    """What was read. `unmatched` fits no student of the roster; `missing` are the roster's logins without work."""

    submissions: list[Submission] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    unmatched: list[Refused] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


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
    chosen = choose([item for item in usable if NOTEBOOK.fullmatch(item.file)], remarks, notebooks)
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
    if unread := next((item.unread for name, item in chosen if name in taken and item.unread), ""):
        remarks.append(f"The time “{shown(unread)}” could not be read, so the time of handing in is not known.")
    elif not timestamp:
        timestamp = max((item.time for name, item in chosen if name in taken), default="")
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
            inside = _usable([item._replace(file=entry.path, entry=entry) for entry in entries], remarks)
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
            good[key] = later(good[key], item, remarks)
        elif key in good or parents & set(good) or any(other.startswith(f"{key}/") for other in good):
            remarks.append(_left_out(item.file, "has the name of another file here, on some systems: rename one"))
        else:
            good[key] = item
    return list(good.values())
