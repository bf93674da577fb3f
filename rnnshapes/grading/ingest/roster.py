"""The students of a course, as an LMS or nbgrader lists them, and which of them a file's name means."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rnnshapes.errors import CourseError
from rnnshapes.grading.ingest.names import name_key, name_words, plain_key, safe_login

# The columns of nbgrader's students.csv, Canvas' gradebook export, Moodle's participants and grading worksheet,
# Brightspace's and Blackboard's grades.
COLUMNS = {
    "login": ("login", "username", "sis login id", "student_id", "login id", "user name"),
    "first": ("first_name", "first name", "firstname", "given name"),
    "last": ("last_name", "last name", "surname", "lastname", "family name"),
    "name": ("name", "student", "full name", "fullname", "student name"),
    "email": ("email", "email address", "e-mail", "mail", "e-mail address"),
    "id": ("lms_user_id", "lms id", "lms_id", "canvas id", "user id", "userid", "orgdefinedid", "student id"),
}
MOST_BYTES = 50 * 2**20


@dataclass(frozen=True)
class Student:
    """One line of a roster. `id` is what the LMS's files carry, `lms_id` what its grades are imported by.

    `names` are as `name_key` gives them; `words` are those of the name, to tell whether another spelling is theirs.
    """

    login: str
    names: frozenset[str] = frozenset()
    email: str = ""
    id: str = ""
    lms_id: str = ""
    first: str = ""
    last: str = ""
    words: frozenset[str] = frozenset()

    @property
    def shown(self) -> str:
        """The name as a person reads it."""
        return f"{self.first} {self.last}".strip() or self.login


@dataclass(frozen=True)
class Roster:
    """The students of the course, to find out who a submission is from."""

    students: tuple[Student, ...]

    @classmethod
    def read(cls, path: str | Path) -> Roster:
        """Read nbgrader's students.csv or what Canvas, Moodle, Brightspace or Blackboard export. Raises CourseError."""
        rows = _rows(path)
        found = [student for row in rows if (student := _student(row))]
        students = tuple(dict.fromkeys(_apart(found)))  # one line is enough of a student who stands there twice
        if not students:
            got = f"the columns {', '.join(rows[0])[:200]}" if rows else "no student"
            raise CourseError(
                f"{path}: got {got}; expected id,first_name,last_name,email,lms_user_id, with commas between. "
                "In a spreadsheet: save as CSV UTF-8, comma delimited."
            )
        for student in students:
            login = student.login
            if "/" in login or "\\" in login or login.startswith(".") or not login.isprintable():
                raise CourseError(f"{path}: got the login {login!r}, expected a name that can be a folder's.")
        if twice := _twice(student.login.casefold() for student in students):
            raise CourseError(
                f"{path}: got the login {', '.join(twice)} for more than one student, expected one each: a login is a "
                "student's folder and place in the gradebook. Try: a column “login” with different ones, or e-mail "
                "addresses that differ."
            )
        return cls(students)

    def by_id(self, id: str) -> Student | None:
        """Return the one student with this LMS id, or None."""
        return self._only(lambda student: bool(id) and student.id == id)

    def find(self, *, login: str = "", name: str = "", email: str = "", id: str = "") -> str | None:
        """Return the login of the student that fits by LMS id, e-mail, login or, if only one has it, name; else None.

        >>> Roster((Student("ada", frozenset({"lovelaceada"})),)).find(name="Lovelace, Ada", id="7")
        'ada'
        """
        if student := self.by_id(id):
            return student.login
        student = self.named(login=login, name=name, email=email, without_id=bool(id))
        return student.login if student else None

    def named(
        self, *, login: str = "", name: str = "", email: str = "", without_id: bool = False, **_: str
    ) -> Student | None:
        """Return the one student that fits by e-mail, login or name. `without_id`: only if no LMS id is known of them.

        A namesake whose LMS id is known, where the file has another one, is another person.
        """
        emails = {text.casefold() for text in (email, login) if "@" in text}
        # Moodle puts a team's name and a hyphen before the student's.
        names = [name or login, *((name or login)[hit.end() :] for hit in re.finditer("-", (name or login)[:200]))]
        tests: list[Callable[[Student], bool]] = [
            lambda student: bool(student.email) and student.email.casefold() in emails,
            lambda student: bool(login) and student.login.casefold() == login.casefold(),
        ]
        for one in names:
            exact, plain = name_key(one), plain_key(one)
            tests += [
                lambda student, exact=exact: exact in student.names - {""} and not (without_id and student.id),
                lambda student, plain=plain: (
                    plain in map(plain_key, student.names - {""}) and not (without_id and student.id)
                ),
            ]
        for test in tests:
            if any(map(test, self.students)):
                return self._only(test)
        return None

    def _only(self, test: Callable[[Student], bool]) -> Student | None:
        fits = {student.login: student for student in self.students if test(student)}
        return next(iter(fits.values())) if len(fits) == 1 else None


def is_named(student: Student, name: str) -> bool:
    """Say whether a name may be another spelling of this student's: it shares a word, or is written without spaces."""
    if not name or not student.names - {""}:
        return True
    whole, words = plain_key(name), name_words(name)
    known = {plain_key(one) for one in student.names} - {""}
    run_together = len(words) == 1 and any(
        word in whole for word in student.words if len(word) > 2 or not word.isascii()
    )
    return whole in known or bool(words & student.words) or run_together


def _rows(path: str | Path) -> list[dict[str, str]]:
    """Read a table with commas, semicolons or tabs between; its columns' names in lower case."""
    try:
        with open(path, "rb") as file:
            data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise ValueError(f"more than {MOST_BYTES // 2**20} MiB")
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
        first = text.lstrip().partition("\n")[0]
        if re.fullmatch(r"sep=.\s*", first):  # what Excel reads
            text = text.lstrip().partition("\n")[2]
            first = text.partition("\n")[0]
        mark = max(",;\t", key=first.count)
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=mark)
        return [{(key or "").strip().lower(): (value or "").strip() if isinstance(value, str) else ""
                 for key, value in row.items()} for row in reader]  # fmt: skip
    except (OSError, ValueError, csv.Error) as error:
        raise CourseError(f"{path}: expected a roster as a CSV file in UTF-8, got: {error}.") from None


def _apart(students: Sequence[Student]) -> list[Student]:
    """Give students for whom the same login was made another: their whole e-mail address, or with the LMS id."""
    made = {one.login for one in set(students) if one.login in (_login_of(one.email), _login_of_name(one))}
    twice = made & set(_twice(student.login for student in set(students)))
    return [
        replace(one, login=safe_login(one.email) or safe_login(f"{one.login}_{one.id}")) if one.login in twice else one
        for one in students
    ]


def _twice(names: Iterable[str]) -> list[str]:
    return sorted(name for name, number in Counter(names).items() if number > 1)


def _login_of(email: str) -> str:
    return safe_login(email.partition("@")[0])


def _login_of_name(student: Student) -> str:
    """As Canvas names files: the sortable name without spaces."""
    return safe_login(name_key(student.last + student.first))


def _student(row: Mapping[str, str]) -> Student | None:
    row = {key: value.removeprefix("#") for key, value in row.items()}  # Brightspace puts a # before logins and ids
    cell = {key: next((row[name] for name in names if row.get(name)), "") for key, names in COLUMNS.items()}
    # nbgrader's `id` is the login; Canvas' `ID` is Canvas' own number, beside a login or, on some lines, beside none.
    canvas = "student" in row and "id" in row
    login, lms_id = (
        (cell["login"], cell["id"] or row.get("id", "")) if cell["login"] or canvas else (row.get("id", ""), cell["id"])
    )
    # Moodle's files and its worksheet have a number of their own, 'Participant 12345'; its import knows the ID number.
    identifier = row.get("identifier", "")
    in_files = re.sub(r"^\D+(?=\d+$)", "", identifier[:100]) or lms_id
    lms_id = row.get("id number") or lms_id
    email = cell["email"] or (login if re.fullmatch(r"[^@\s]+@[^@\s]+", login) else "")
    full, last, first = cell["name"], cell["last"], cell["first"]
    last_name, comma, first_name = full.partition(",")
    orders = {full, last + first, first + last, first_name + last_name if comma else full}
    if not comma and " " in full:
        orders |= {full.rpartition(" ")[2] + full.rpartition(" ")[0], full.partition(" ")[2] + full.partition(" ")[0]}
    if comma:
        first, last = first_name.strip(), last_name.strip()
    elif full:
        first, _, last = full.rpartition(" ")
    names = frozenset(name_key(name) for name in (*orders, identifier))
    words = frozenset(name_words(f"{full} {first} {last}"))
    student = Student(login or _login_of(email), names, email, in_files, lms_id, first, last, words)
    if not student.login and lms_id and (first or last):
        student = replace(student, login=_login_of_name(student) or safe_login(lms_id))
    return student if student.login else None
