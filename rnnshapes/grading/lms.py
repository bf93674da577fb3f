"""Where submissions come from: whose a file is by its name, which student that is, and how to read a zip without harm.

Canvas names a file `lovelaceada_LATE_12345_67890_rnn_shapes-1.ipynb`: the sortable name without its punctuation, the
user's id, the file's id (`lib/content_zipper.rb` in canvas-lms). Moodle puts it in a folder
`Ada Lovelace_12345_assignsubmission_file`, older ones with a `_` more, or puts those words before the file's name
(`mod/assign/classes/downloader.php` in moodle).
"""

from __future__ import annotations

import csv
import re
import stat
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from rnnshapes.errors import CourseError

Patterns = Mapping[str, Sequence[str]]
"""Regular expressions by kind. Groups: login, name, id (the LMS's), email; file; attempt, timestamp, late."""

CANVAS_FILE = r"(?P<attempt>\d+)_(?P<file>[^/]+)"
MOODLE = r"(?P<name>[^/]+?)_(?P<id>\d+)_assignsubmission_[a-z]+"
LMS_PATTERNS: Patterns = {
    "moodle": (rf"{MOODLE}_?/(?P<file>.+)", rf"{MOODLE}_(?P<file>[^/]+)"),
    "canvas": (
        rf"(?:(?P<late>LATE)_)?(?P<login>anon_[A-Za-z0-9]+)_{CANVAS_FILE}",
        rf"(?P<name>\w*?)_(?:(?P<late>LATE)_)?(?P<id>\d+)_{CANVAS_FILE}",
        r"(?P<name>\w*?)_(?:(?P<late>LATE)_)?(?P<id>\d+)_(?P<file>(?:text|link)\.html)",
    ),
}


@dataclass(frozen=True)
class Bounds:
    """How much ingest reads. Bytes and counts; what is beyond is left out with a reason."""

    file_bytes: int = 20 * 2**20
    submission_bytes: int = 60 * 2**20
    submission_files: int = 200
    entries: int = 50_000
    """Files in the whole zip or folder; a zip that a student handed in may hold `submission_files`."""
    zip_bytes: int = 4 * 2**30
    """All that is unpacked from one zip."""
    zip_ratio: int = 200
    """Unpacked size by packed size, of a file of 1 MiB or more."""


BOUNDS = Bounds()


class Unsafe(Exception):
    """A file that is not read. The message goes on after its name: 'is a link: …'."""


@dataclass(frozen=True)
class Entry:
    """A file in a folder or zip: `read(limit)` gives its bytes, or raises Unsafe if they are more than `limit`."""

    path: str
    read: Callable[[int], bytes]
    problem: str = ""
    modified: float = 0.0


def default_patterns(assignment: str, notebooks: Iterable[str]) -> Patterns:
    """The patterns used when none is given: the first kind that fits most of the files wins, loose ones are last."""
    names = "|".join(re.escape(name) for name in notebooks) or "(?!)"
    return {
        "nbgrader": (rf"(?:submitted/)?(?P<login>[^/]+)/{re.escape(assignment)}/(?P<file>.+)",),
        **LMS_PATTERNS,
        "loose": (
            r"(?P<login>[^/]+)/(?P<file>.+)",
            rf"(?P<login>[^/]+?)[_-](?P<file>(?:{names})(?:[ _-]*\(?\d*\)?)\.ipynb)",
            rf"(?!(?:{names})\.(?:ipynb|zip)$)(?P<login>[^/]+)\.(?:ipynb|zip)",
        ),
    }


def own_patterns(patterns: Sequence[str]) -> Patterns:
    """Check an instructor's patterns and give them the shape of `default_patterns`. Raises CourseError."""
    for pattern in patterns:
        try:
            groups = set(re.compile(pattern).groupindex)
        except re.error as error:
            raise CourseError(f"Got the pattern {pattern!r}, expected a regular expression: {error}.") from None
        if not groups & {"login", "name", "id", "email"}:
            raise CourseError(
                f"Got the pattern {pattern!r}, expected a named group that says who handed in. Try: (?P<login>…)."
            )
    return {"own": tuple(patterns)}


def recognise(paths: Sequence[str], patterns: Patterns) -> dict[str, dict[str, str] | None]:
    """Say of each path whose file it is: the groups of the pattern that fits, or None.

    The kind that fits most paths is taken for all, so that one odd name is not read in another LMS's way.

    >>> recognise(["adalovelace_LATE_1_2_rnn.ipynb"], LMS_PATTERNS)["adalovelace_LATE_1_2_rnn.ipynb"]["name"]
    'adalovelace'
    """
    wrapped = len({path.partition("/")[0] for path in paths}) == 1 and all("/" in path for path in paths)
    inner = [path.partition("/")[2] for path in paths]
    found: dict[str, dict[str, str] | None] = {}
    for kind, expressions in patterns.items():
        # `LOGIN/…` fits whatever lies in one folder, a class's too.
        views = (
            [inner] if kind == "loose" and wrapped and _is_class(inner, expressions) else [paths, inner][: 1 + wrapped]
        )
        for view in views:
            found = dict(zip(paths, (_match(path, expressions) for path in view), strict=True))
            if sum(match is not None for match in found.values()) * 2 > len(paths):
                return found
    return found


def _is_class(inner: Iterable[str], expressions: Sequence[str]) -> bool:
    """True if a folder with these paths is a class's, not a student's: `ada.ipynb`, `ben.ipynb` or `ada/…`, `ben/…`."""
    work = [path for path in inner if path.endswith((".ipynb", ".zip"))]
    # A file that is called as the assignment's notebook fits no loose pattern: it names no student.
    return len(work) > 1 and all("/" in path or _match(path, expressions) for path in work)


def _match(path: str, expressions: Sequence[str]) -> dict[str, str] | None:
    for expression in expressions:
        match = re.fullmatch(expression, path, re.DOTALL) or re.fullmatch(
            expression, path.rpartition("/")[2], re.DOTALL
        )
        if match and any(match.groupdict().get(key) for key in ("login", "name", "id", "email")):
            return {key: value or "" for key, value in match.groupdict().items()}
    return None


def safe_login(name: str) -> str:
    """Make a login that can be a folder's name from what an LMS calls a student.

    >>> safe_login("Zoë O'Neill-Łuk"), safe_login("../..")
    ('zoe_o_neill-łuk', '')
    """
    plain = unicodedata.normalize("NFC", re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", name)))
    return re.sub(r"[^\w.@+-]+", "_", plain.lower()).strip("._-+")[:100]


def squash(name: str) -> str:
    """A name without accents, case and punctuation, to compare: 'Lovelace, Ada' → 'lovelaceada'."""
    return re.sub(r"[\W_]+", "", safe_login(name))


# The columns of nbgrader's students.csv, Canvas' gradebook export, Moodle's participants and grading worksheet.
COLUMNS = {
    "login": ("login", "username", "sis login id", "student_id", "login id", "user name"),
    "first": ("first_name", "first name", "firstname"),
    "last": ("last_name", "last name", "surname", "lastname"),
    "name": ("name", "student", "full name", "fullname", "student name"),
    "email": ("email", "email address", "e-mail", "mail"),
    "id": ("lms_user_id", "lms id", "lms_id", "canvas id", "identifier", "user id", "userid"),
}


@dataclass(frozen=True)
class Student:
    login: str
    names: frozenset[str] = frozenset()
    email: str = ""
    id: str = ""


@dataclass(frozen=True)
class Roster:
    """The students of the course, to find out who a submission is from."""

    students: tuple[Student, ...]

    @classmethod
    def read(cls, path: str | Path) -> Roster:
        """Read nbgrader's students.csv, Canvas' gradebook export or Moodle's participants. Raises CourseError."""
        try:
            with open(path, encoding="utf-8-sig", newline="") as file:
                rows = [{(key or "").strip().lower(): (value or "").strip() if isinstance(value, str) else ""
                         for key, value in row.items()} for row in csv.DictReader(file)]  # fmt: skip
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise CourseError(f"{path}: expected a roster as a CSV file in UTF-8, got: {error}.") from None
        students = tuple(student for row in rows if (student := _student(row)))
        if rows and not students:
            raise CourseError(
                f"{path}: got the columns {', '.join(rows[0])}; expected id,first_name,last_name,email,lms_user_id."
            )
        for student in students:
            if (
                "/" in student.login
                or "\\" in student.login
                or student.login.startswith(".")
                or not student.login.isprintable()
            ):
                raise CourseError(f"{path}: got the login {student.login!r}, expected a name that can be a folder's.")
        return cls(students)

    def find(self, *, login: str = "", name: str = "", email: str = "", id: str = "") -> str | None:
        """Return the login of the student that fits by LMS id, e-mail, login or, if only one has it, name; else None.

        >>> Roster((Student("ada", frozenset({"lovelaceada"})),)).find(name="Lovelace, Ada", id="7")
        'ada'
        """
        emails = {text.casefold() for text in (email, login) if "@" in text}
        tests: tuple[Callable[[Student], object], ...] = (
            lambda student: id and student.id == id,
            lambda student: student.email and student.email.casefold() in emails,
            lambda student: login and student.login.casefold() == login.casefold(),
            # A namesake whose LMS id is known and another one is another person.
            lambda student: squash(name or login) in student.names - {""} and not (id and student.id),
        )
        for test in tests:
            fits = {student.login for student in self.students if test(student)}
            if fits:
                return fits.pop() if len(fits) == 1 else None
        return None


def _student(row: Mapping[str, str]) -> Student | None:
    cell = {key: next((row[name] for name in names if row.get(name)), "") for key, names in COLUMNS.items()}
    # nbgrader's `id` is the login; Canvas' `ID` is Canvas' own number, beside its login.
    login, lms_id = (
        (cell["login"], cell["id"] or row.get("id", "")) if cell["login"] else (row.get("id", ""), cell["id"])
    )
    login = login or safe_login(cell["email"].partition("@")[0])
    if not login:
        return None
    full, last, first = cell["name"], cell["last"], cell["first"]
    last_name, comma, first_name = full.partition(",")
    orders = {full, last + first, first + last, first_name + last_name if comma else full}
    if not comma and " " in full:
        orders |= {full.rpartition(" ")[2] + full.rpartition(" ")[0], full.partition(" ")[2] + full.partition(" ")[0]}
    number = re.sub(r"^\D+(?=\d+$)", "", lms_id)  # Moodle's worksheet says 'Participant 12345'
    return Student(login, frozenset(squash(name) for name in orders), cell["email"], number)


def open_zip(source: str | Path | IO[bytes]) -> zipfile.ZipFile:
    """Open a zip, or raise Unsafe: on hostile bytes zipfile raises exceptions of a dozen kinds."""
    try:
        return zipfile.ZipFile(source)
    except Exception:
        raise Unsafe("is no zip that can be read: pack the files again, or hand in the notebook itself") from None


def zip_entries(archive: zipfile.ZipFile, *, bounds: Bounds, most: int) -> list[Entry]:
    """List a zip's files, at most `most`; bytes are counted as they are read, for sizes can lie. Raises Unsafe."""
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > most:
        raise Unsafe(f"holds {len(infos)} files, more than {most}: pack fewer files")
    left = [bounds.zip_bytes]

    def reader(info: zipfile.ZipInfo) -> Callable[[int], bytes]:
        def read(limit: int) -> bytes:
            most_bytes = min(limit, left[0])
            try:
                with archive.open(info) as file:
                    data = file.read(most_bytes + 1)
            except Exception:
                raise Unsafe("is damaged in the zip: pack it again") from None
            left[0] -= min(len(data), left[0])
            if len(data) > most_bytes:
                raise Unsafe(f"is larger than {most_bytes / 2**20:.3g} MiB: hand in a smaller file, without outputs")
            return data

        return read

    overlapping = _overlapping(infos)
    return [Entry(_zip_name(info), reader(info), problem=_zip_problem(info, bounds, overlapping)) for info in infos]


def _zip_name(info: zipfile.ZipInfo) -> str:
    name = info.orig_filename  # `filename` is cut at a NUL
    if not info.flag_bits & 0x800:  # no UTF-8 flag, but Canvas and macOS write UTF-8 all the same
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            pass
    return unicodedata.normalize("NFC", name)


def _overlapping(infos: Iterable[zipfile.ZipInfo]) -> set[int]:
    """Offsets of entries that share their bytes with the one before, as in a bomb of overlapping files."""
    found, end = set(), 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            found.add(info.header_offset)
        end = max(end, info.header_offset + 30 + info.compress_size)  # 30: the fixed part of a local header
    return found


def _zip_problem(info: zipfile.ZipInfo, bounds: Bounds, overlapping: set[int]) -> str:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "is a link, and links are not followed: hand in the file itself"
    if kind not in (0, stat.S_IFREG):
        return "is a device or a pipe, no file: hand in ordinary files"
    if info.flag_bits & 0x1:
        return "is encrypted: pack it without a password"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "is packed in an unusual way: pack it with your system's own zip"
    if info.header_offset in overlapping:
        return "shares its bytes with another file of the zip: pack the files again"
    if info.file_size > 2**20 and info.file_size > bounds.zip_ratio * max(info.compress_size, 1):
        return f"unpacks to more than {bounds.zip_ratio} times its packed size: hand in a smaller file"
    return ""
