"""What all files of grades for an LMS share: the text with its notes, who a line is, and cells that run nothing."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from rnnshapes.errors import CourseError
from rnnshapes.grading.report.report_rows import Row, points_text

BOM = "\ufeff"
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
_FORMULA = re.compile(r"(^|;)(\s*[=+@＝＋－＠-])")


@dataclass
class Grades:
    """A CSV file as `text`, and what a person should know before importing it; `encode()` gives its bytes."""

    text: str
    left_out: dict[str, str] = field(default_factory=dict)
    """Students with a score that the file does not hold: login and reason."""
    unmatched: list[str] = field(default_factory=list)
    """The template's students that the gradebook does not know."""
    unfinished: list[str] = field(default_factory=list)
    """Logins whose score is in the file, but an answer of theirs still waits for a person."""
    ungraded: list[str] = field(default_factory=list)
    """Logins that handed in and have no score, so that the file gives them none."""
    maximum: str = ""
    """The LMS's maximum, where it is another one than ours, as in "100 and not 12"."""

    @classmethod
    def about(cls, rows: Sequence[Row]) -> Grades:
        """Return an empty file with what there is to say about these rows, whatever its columns."""
        ungraded = [row.login for row in rows if row.handed_in and row.score is None]
        return cls("", unfinished=[row.login for row in with_score(rows) if row.needs_manual], ungraded=ungraded)

    def encode(self) -> bytes:
        """Return the file's bytes, UTF-8."""
        return self.text.encode("utf-8", "replace")

    def leave_out(self, rows: Sequence[Row], matched: set[str], reason: str) -> None:
        """Note each student with a score whom no line of the template fits."""
        for row in with_score(rows):
            if row.login not in matched:
                self.left_out.setdefault(row.login, reason)

    def check_maximum(self, theirs: str, ours: float) -> None:
        """Note it when the LMS's own file says another maximum than the assignment has."""
        try:
            number = float(theirs.replace(",", "."))
        except ValueError:  # a scale, or nothing
            return
        if ours and number != ours:
            self.maximum = f"{points_text(number)} and not {points_text(ours)}"

    def notes(self) -> list[str]:
        """Return a line for each thing to know before the import, for a terminal.

        >>> Grades("", left_out={"bo": "no Email address in the gradebook"}, unmatched=["Student, Test"]).notes()
        ['not in the file: bo (no Email address in the gradebook)', 'not in the gradebook: Student, Test']
        """
        lines = [f"not in the file: {login} ({reason})" for login, reason in self.left_out.items()]
        lines += [f"not in the gradebook: {name}" for name in self.unmatched]
        lines += [f"handed in, but has no score, so no grade in the file: {login}" for login in self.ungraded]
        lines += [f"not final, an answer waits to be graded by hand: {login}" for login in self.unfinished]
        return lines + ([f"the LMS's maximum is {self.maximum}: set it there first"] if self.maximum else [])


def harmless(text: str) -> str:
    """Return text that no spreadsheet takes for a formula; numbers stay numbers.

    >>> harmless("=HYPERLINK(1)"), harmless("-12.5"), harmless("Ada"), harmless("Ada;=1+1")
    ("'=HYPERLINK(1)", '-12.5', 'Ada', "Ada;'=1+1")

    Source: OWASP, “CSV Injection”: an apostrophe in front of = + - @ at the start of a cell, and of what another
    country's spreadsheet takes for the start of one. Tabs and line ends become spaces for the same reason.
    """
    plain = re.sub(r"[\0\t\r\n]+", " ", text)
    return text if _NUMBER.fullmatch(text) else _FORMULA.sub(r"\1'\2", plain)


def with_score(rows: Sequence[Row]) -> list[Row]:
    """Return the rows that have a score."""
    return [row for row in rows if row.score is not None]


def csv_text(lines: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    """Return lines of cells as the text of a CSV file."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(lines)
    return text.getvalue()


def decoded(template: str | bytes) -> str:
    """Return a template's text. Raises: CourseError if it is not UTF-8."""
    try:
        return template if isinstance(template, str) else template.decode("utf-8")
    except UnicodeDecodeError:
        raise CourseError(
            "Got a template that is not UTF-8, as spreadsheets save it. Expected the file as the LMS gave it. "
            "Try: export it again and do not open it before, or save it as “CSV UTF-8”."
        ) from None


def matcher(
    header: Sequence[str], rows: Sequence[Row], ways: Iterable[tuple[str, str]]
) -> Callable[[Sequence[str]], Row | None]:
    """Return a function from a template's line to the student's row. `ways`: (column, attribute of Row), best first."""
    known = [(header.index(name), _by(rows, attribute)) for name, attribute in ways if name in header]

    def find(line: Sequence[str]) -> Row | None:
        return next((found for place, by in known if (found := by.get(line[place].strip().casefold()))), None)

    return find


def _by(rows: Sequence[Row], attribute: str) -> dict[str, Row]:
    """Return rows by what they are called; two of the same name have none."""
    found: dict[str, Row | None] = {}
    for row in rows:
        key = getattr(row, attribute).strip().casefold()
        found[key] = None if key in found else row
    return {key: row for key, row in found.items() if key and row is not None}
