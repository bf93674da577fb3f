"""Grades in the columns that Canvas and Moodle import; nbgrader's own `nbgrader export` gives grades.csv as before."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from rnnshapes.errors import CourseError
from rnnshapes.grading.report_rows import Row, collect_rows, points_text

CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
MOODLE = {"email": "Email address", "lms_id": "ID number", "login": "Username"}
"""What tells Moodle who a row is: an attribute of Row, and the column's name in Moodle's own export."""

_BOM = "\ufeff"
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
_FORMULA = re.compile(r"(^|;)(\s*[=+@＝＋－＠-])")
_TOTALS = re.compile(r"(Current|Final) (Score|Points|Grade)|Override (Score|Grade|Status)")


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

    def encode(self) -> bytes:
        """Return the file's bytes, UTF-8."""
        return self.text.encode("utf-8", "replace")

    def notes(self) -> list[str]:
        """Return a line for each thing to know before the import, for a terminal.

        >>> Grades("", left_out={"bo": "no Email address in the gradebook"}, unmatched=["Student, Test"]).notes()
        ['not in the file: bo (no Email address in the gradebook)', 'not in the gradebook: Student, Test']
        """
        lines = [f"not in the file: {login} ({reason})" for login, reason in self.left_out.items()]
        lines += [f"not in the gradebook: {name}" for name in self.unmatched]
        return lines + [f"not final, an answer waits to be graded by hand: {login}" for login in self.unfinished]


def canvas_csv(rows: Sequence[Row], *, title: str, points: float | None = None, template: str | bytes = "") -> Grades:
    """Return grades for Canvas: Gradebook → Import. `title` is the assignment's column, "RNN shapes (1234)".

    With `template`, the CSV that Canvas exported, the assignment's column is filled in and the rest stays as it is.
    This is the safe way, since Canvas then finds every student by its own ID. `title` may then lack the "(1234)", or be
    the number alone. Without a template Canvas finds students by their login as SIS Login ID. `points` are the points
    possible (default: the rows' maximum). A student without a score has no row, and keeps what a template says: Canvas
    reads an empty cell as "take the grade away".

    Returns: Grades; without a byte order mark, except where the template has one.
    Raises: CourseError if the title is one that Canvas ignores, or the template is not Canvas' or lacks the column.

    >>> print(canvas_csv([Row("ada", name="Lovelace, Ada", score=9.5, max_score=12.0)], title="RNN shapes (7)").text)
    Student,ID,SIS User ID,SIS Login ID,Section,RNN shapes (7)
        Points Possible,,,,,12
    "Lovelace, Ada",,,ada,,9.5
    <BLANKLINE>

    Source: Canvas LMS, lib/gradebook_importer.rb (github.com/instructure/canvas-lms): the header needs "Student", "ID",
    and "Section" as the last column about the student; a row is matched by ID, then SIS User ID, SIS Login ID, name;
    columns with "Current Score", "Final Grade" and the like are skipped. lib/gradebook_exporter.rb: the same columns,
    and the row "    Points Possible".
    """
    if total := _TOTALS.search(title):
        raise CourseError(
            f"Got the column {title!r}. Expected a name without “{total[0]}”: Canvas takes such a column for a total "
            "and skips it. Try: another name for the assignment."
        )
    if template:
        return _fill_template(rows, title, template)
    possible = max([row.max_score for row in rows], default=0.0) if points is None else points
    lines = [[*CANVAS, title], ["    Points Possible", "", "", "", "", points_text(possible)]]
    for row in _with_score(rows):
        number = row.lms_id if row.lms_id.isdecimal() else ""
        lines.append([harmless(row.name), number, "", harmless(row.login), "", points_text(row.score)])
    return Grades(_csv(lines), unfinished=_unfinished(rows))


def moodle_csv(
    rows: Sequence[Row], *, title: str, identify: str = "email", feedback: Callable[[Row], str] | None = None
) -> Grades:
    """Return grades for Moodle: Grades → Import → CSV file, with `title` as the name of the grade item.

    Columns: who it is, the grade, the comment. `identify` is "email", "lms_id" (Moodle's ID number) or "login"
    (its username); on Moodle's page choose this column as “Map from”, and as “Map to” useremail, useridnumber or
    username. `feedback` gives a student's comment (default: points by task and the hints). Import the grade and the
    comment together: comments alone remove grades. Students without a score or without the identifier have no row,
    since Moodle gives a row whose identifier is empty to the student of the row before.

    Returns: Grades, with a byte order mark, which Moodle drops and Excel needs.
    Raises: CourseError if `identify` is none of the three, or two students share an identifier.

    >>> print(moodle_csv([Row("ada", email="ada@uni.example", score=9.5)], title="RNN shapes").text.lstrip(chr(65279)))
    Email address,RNN shapes,RNN shapes (feedback)
    ada@uni.example,9.5,9.5 points.
    <BLANKLINE>

    Source: docs.moodle.org “Grade import” (columns, mapping, "include both feedback and grades");
    grade/import/csv/classes/load_data.php (github.com/moodle/moodle): one student that it does not know, or a grade
    above 100 where the site does not allow more, ends the whole import.
    """
    if identify not in MOODLE:
        raise CourseError(f"Got identify={identify!r}. Expected one of: {', '.join(MOODLE)}. Try: email.")
    feedback = feedback or feedback_text
    grades = Grades("", unfinished=_unfinished(rows))
    lines = [[MOODLE[identify], title, f"{title} (feedback)"]]
    seen: dict[str, str] = {}
    for row in _with_score(rows):
        who = getattr(row, identify).strip()
        if who in ("", "0"):  # PHP calls "0" empty too
            grades.left_out[row.login] = f"no {MOODLE[identify]} in the gradebook"
        elif who in seen:
            raise CourseError(
                f"Got the {MOODLE[identify]} {who!r} twice, for {seen[who]} and {row.login}. Expected one student. "
                "Try: another column, or correct the gradebook's students (formgrader, Manage Students)."
            )
        else:
            seen[who] = row.login
            comment = " ".join(feedback(row).split())  # one line: older Moodles split at line ends even in quotes
            lines.append([harmless(who), points_text(row.score), harmless(comment)])
    grades.text = _BOM + _csv(lines)
    return grades


def feedback_text(row: Row) -> str:
    """Return one student's comment for the LMS: points, points by task, and the hints that were given.

    >>> feedback_text(Row("a", score=3.0, max_score=4.0, points={"loop": (3.0, 4.0)}, hints={"relu": "Why relu?"}))
    '3 of 4 points. loop: 3 of 4. Why relu?'
    """
    whole = f"{points_text(row.score)} of {points_text(row.max_score)} points." if row.max_score else ""
    late = f"{points_text(row.penalty)} points taken off for lateness." if row.penalty else ""
    tasks = "; ".join(f"{name}: {points_text(got)} of {points_text(of)}" for name, (got, of) in row.points.items())
    parts = [whole or f"{points_text(row.score)} points.", late, f"{tasks}." if tasks else "", *row.hints.values()]
    return " ".join(part for part in parts if part)


def harmless(text: str) -> str:
    """Return text that no spreadsheet takes for a formula; numbers stay numbers.

    >>> harmless("=HYPERLINK(1)"), harmless("-12.5"), harmless("Ada"), harmless("Ada;=1+1")
    ("'=HYPERLINK(1)", '-12.5', 'Ada', "Ada;'=1+1")

    Source: OWASP, “CSV Injection”: an apostrophe in front of = + - @ at the start of a cell, and of what another
    country's spreadsheet takes for the start of one. Tabs and line ends become spaces for the same reason.
    """
    plain = re.sub(r"[\0\t\r\n]+", " ", text)
    return text if _NUMBER.fullmatch(text) else _FORMULA.sub(r"\1'\2", plain)


def _with_score(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row.score is not None]


def _unfinished(rows: Sequence[Row]) -> list[str]:
    return [row.login for row in _with_score(rows) if row.needs_manual]


def _csv(lines: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(lines)
    return text.getvalue()


def _fill_template(rows: Sequence[Row], title: str, template: str | bytes) -> Grades:
    """Put scores into the column of Canvas' own export; every other cell stays as Canvas wrote it."""
    text = _decoded(template)
    plain = text.removeprefix(_BOM)
    first = plain.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    lines = [line for line in csv.reader(io.StringIO(plain, newline=""), delimiter=delimiter) if line]
    header = lines[0] if lines else []
    named = "Student" in header or {"LastName", "FirstName"} <= set(header)
    if not named or "ID" not in header or "Section" not in header:
        raise CourseError(
            f"Got a template whose first line is {first[:80]!r}. Expected Canvas' columns Student, ID, …, Section. "
            "Try: in Canvas, Gradebook → Export → Export Entire Gradebook, and give that file."
        )
    column = _column(header, title)
    wide = [line + [""] * (len(header) - len(line)) for line in lines]
    find = _matcher(header, rows)
    people = [header.index(name) for name in ("Student", "LastName", "FirstName") if name in header]
    grades, matched = Grades("", unfinished=_unfinished(rows)), set()
    for line in wide[1:]:
        if "Points Possible" in line[0] or not line[header.index("ID")].strip():
            continue
        for place in people:  # Canvas has the ID and does not read the name
            line[place] = harmless(line[place])
        row = find(line)
        if row is None:
            grades.unmatched.append(line[0])
        elif row.login in matched:
            grades.left_out[row.login] = f"fits two students of the template, one of them {line[0]}"
        else:
            matched.add(row.login)
            line[column] = line[column] if row.score is None else points_text(row.score)
    for row in _with_score(rows):
        if row.login not in matched:
            grades.left_out[row.login] = "no student of the template has this login, ID or e-mail address"
    grades.text = (_BOM if text.startswith(_BOM) else "") + _csv(wide, delimiter)
    return grades


def _decoded(template: str | bytes) -> str:
    try:
        return template if isinstance(template, str) else template.decode("utf-8")
    except UnicodeDecodeError:
        raise CourseError(
            "Got a template that is not UTF-8, as spreadsheets save it. Expected the file as Canvas gave it. "
            "Try: export it again and do not open it before, or save it as “CSV UTF-8”."
        ) from None


def _column(header: Sequence[str], title: str) -> int:
    """Return the one column with this title, with its number behind it or without, or with this number."""
    wanted = title.strip()
    fits = [
        number
        for number, name in enumerate(header)
        if name.strip() == wanted or (end := re.fullmatch(r"(.*?)\s*\((\d+)\)\s*", name)) and wanted in end.groups()
    ]
    if len(fits) != 1:
        known = [name for name in header if re.search(r"\(\d+\)\s*$", name)]
        raise CourseError(
            f"Got the column {title!r}, and the template has {len(fits)} of that name. Expected one of: "
            f"{', '.join(known) or 'no assignment at all'}. Try: its name with the number, as in the first line."
        )
    return fits[0]


def _matcher(header: Sequence[str], rows: Sequence[Row]) -> Callable[[Sequence[str]], Row | None]:
    """Return a function from a template's line to the student's row: by Canvas' ID, SIS login, SIS ID, then e-mail."""
    by_id, by_login, by_email = (_by(rows, attribute) for attribute in ("lms_id", "login", "email"))
    ways = [("ID", by_id), ("SIS User ID", by_id), ("SIS Login ID", by_login), ("SIS User ID", by_login)]
    ways += [("SIS Login ID", by_email), ("SIS User ID", by_email)]

    def find(line: Sequence[str]) -> Row | None:
        for name, known in ways:
            if name in header:
                row = known.get(line[header.index(name)].strip().casefold())
                if row is not None:
                    return row
        return None

    return find


def _by(rows: Sequence[Row], attribute: str) -> dict[str, Row]:
    """Return rows by what they are called; two of the same name have none."""
    found: dict[str, Row | None] = {}
    for row in rows:
        key = getattr(row, attribute).strip().casefold()
        found[key] = None if key in found else row
    return {key: row for key, row in found.items() if key and row is not None}


def __getattr__(name: str) -> Any:
    """Make nbgrader's export plugins when they are asked for, since importing nbgrader takes a second."""
    writers = {"CanvasExport": canvas_csv, "MoodleExport": moodle_csv}
    if name not in writers:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from nbgrader.plugins import ExportPlugin

    class Export(ExportPlugin):
        """`nbgrader export --exporter=rnnshapes.grading.grades_csv.CanvasExport --assignment [NAME] --to grades.csv`"""

        def export(self, gradebook: Any) -> None:
            chosen = [str(one) for one in self.assignment] or [one.name for one in gradebook.assignments]
            if len(chosen) != 1:
                raise CourseError(
                    f"Got {len(chosen)} assignments: {', '.join(chosen)}. Expected one, since the file has one column. "
                    "Try: --assignment=\"['01_rnn_shapes']\"."
                )
            title = chosen[0]
            rows = [row for row in collect_rows(gradebook, title, {}) if not self.student or row.login in self.student]
            grades = writers[name](rows, title=title)
            with open(self.to or f"{title}.csv", "wb") as file:
                file.write(grades.encode())
            for note in grades.notes():
                self.log.warning(note)

    Export.__name__ = Export.__qualname__ = name
    globals()[name] = Export
    return Export
