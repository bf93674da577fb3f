"""Where submissions come from: whose a file is by its name, which student that is, and when it was handed in.

Canvas names a file `lovelaceada_LATE_12345_67890_rnn_shapes-1.ipynb`: the sortable name without its punctuation, the
user's id, the file's id (`lib/content_zipper.rb` in canvas-lms). Moodle puts it in a folder
`Ada Lovelace_12345_assignsubmission_file`, older ones with a `_` more, or puts those words before the file's name
(`mod/assign/classes/downloader.php` in moodle).
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

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


def default_patterns(assignment: str, notebooks: Iterable[str]) -> Patterns:
    """The patterns used when none is given: the first kind that fits most of the files wins, loose ones are last."""
    names = "|".join(re.escape(name) for name in notebooks) or "(?!)"
    return {
        "nbgrader": (rf"(?:submitted/)?(?P<login>[^/]+)/{re.escape(assignment)}/(?P<file>.+)",),
        **LMS_PATTERNS,
        "loose": (
            r"(?P<login>[^/]+)/(?P<file>.+)",
            rf"(?P<login>[^/]+?)[_-](?P<file>(?:{names})(?:[ _-]*\(?\d*\)?)\.ipynb)",
            # Not the assignment's notebook itself, nor "Copy of rnn_shapes" or "rnn_shapes (1)": that is no student.
            rf"(?!(?:[^/]*\s)?(?:{names})(?:\s[^/]*|\(\d+\))?\.(?:ipynb|zip)$)(?P<login>[^/]+)\.(?:ipynb|zip)",
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
    "id": ("lms_user_id", "lms id", "lms_id", "canvas id", "user id", "userid"),
}


@dataclass(frozen=True)
class Student:
    """One line of a roster. `id` is what the LMS's files carry, `lms_id` what its grades are imported by."""

    login: str
    names: frozenset[str] = frozenset()
    email: str = ""
    id: str = ""
    lms_id: str = ""
    first: str = ""
    last: str = ""


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
        found = [student for row in rows if (student := _student(row))]
        students = tuple(dict.fromkeys(_apart(found)))  # one line is enough of a student who stands there twice
        if not students:
            got = f"the columns {', '.join(rows[0])}" if rows else "no student"
            raise CourseError(
                f"{path}: got {got}; expected id,first_name,last_name,email,lms_user_id, with commas between. "
                "In a spreadsheet: save as CSV UTF-8, comma delimited."
            )
        for student in students:
            if (
                "/" in student.login
                or "\\" in student.login
                or student.login.startswith(".")
                or not student.login.isprintable()
            ):
                raise CourseError(f"{path}: got the login {student.login!r}, expected a name that can be a folder's.")
        if twice := _twice(student.login.casefold() for student in students):
            raise CourseError(
                f"{path}: got the login {', '.join(twice)} for more than one student, expected one each: a login is a "
                "student's folder and place in the gradebook. Try: a column “login” with different ones, or e-mail "
                "addresses that differ."
            )
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


def _apart(students: Sequence[Student]) -> list[Student]:
    """Give students whose e-mail addresses made the same login their whole address as login."""
    made = {one.login for one in set(students) if one.login == _login_of(one.email)}
    twice = made & set(_twice(student.login for student in set(students)))
    return [replace(one, login=safe_login(one.email) or one.login) if one.login in twice else one for one in students]


def _twice(names: Iterable[str]) -> list[str]:
    return sorted(name for name, number in Counter(names).items() if number > 1)


def _login_of(email: str) -> str:
    return safe_login(email.partition("@")[0])


def _student(row: Mapping[str, str]) -> Student | None:
    cell = {key: next((row[name] for name in names if row.get(name)), "") for key, names in COLUMNS.items()}
    # nbgrader's `id` is the login; Canvas' `ID` is Canvas' own number, beside its login.
    login, lms_id = (
        (cell["login"], cell["id"] or row.get("id", "")) if cell["login"] else (row.get("id", ""), cell["id"])
    )
    # Moodle's files and its worksheet have a number of their own, 'Participant 12345'; its import knows the ID number.
    in_files = re.sub(r"^\D+(?=\d+$)", "", row.get("identifier", "")) or lms_id
    lms_id = row.get("id number") or lms_id
    email = cell["email"] or (login if re.fullmatch(r"[^@\s]+@[^@\s]+", login) else "")
    login = login or _login_of(email)
    if not login:
        return None
    full, last, first = cell["name"], cell["last"], cell["first"]
    last_name, comma, first_name = full.partition(",")
    orders = {full, last + first, first + last, first_name + last_name if comma else full}
    if not comma and " " in full:
        orders |= {full.rpartition(" ")[2] + full.rpartition(" ")[0], full.partition(" ")[2] + full.partition(" ")[0]}
    if comma:
        first, last = first_name.strip(), last_name.strip()
    elif full:
        first, _, last = full.rpartition(" ")
    return Student(login, frozenset(squash(name) for name in orders), email, in_files, lms_id, first, last)
