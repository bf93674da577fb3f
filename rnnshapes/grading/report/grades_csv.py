"""Grades in the columns that Canvas and Moodle import; nbgrader's own `nbgrader export` gives grades.csv as before."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from typing import Any

from rnnshapes.errors import CourseError
from rnnshapes.grading.report.grades_file import BOM, Grades, csv_text, decoded, harmless, matcher, with_score
from rnnshapes.grading.report.report_rows import Row, collect_rows, points_text

CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
MOODLE = {"email": "Email address", "lms_id": "ID number", "login": "Username"}
"""What tells Moodle who a row is: an attribute of Row, and the column's name in Moodle's own export."""

WAYS = (("ID", "lms_id"), ("SIS User ID", "lms_id"), ("SIS Login ID", "login"), ("SIS User ID", "login"),
        ("SIS Login ID", "email"), ("SIS User ID", "email"))  # fmt: skip
"""Canvas' columns that tell who a line is, best first, and the attribute of Row that each is compared with."""

_TOTALS = re.compile(r"(Current|Final) (Score|Points|Grade)|Override (Score|Grade|Status)")


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
    for row in with_score(rows):
        number = row.lms_id if row.lms_id.isdecimal() else ""
        lines.append([harmless(row.name), number, "", harmless(row.login), "", points_text(row.score)])
    grades = Grades.about(rows)
    grades.text = csv_text(lines)
    return grades


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
    grades = Grades.about(rows)
    lines = [[MOODLE[identify], title, f"{title} (feedback)"]]
    seen: dict[str, str] = {}
    for row in with_score(rows):
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
    grades.text = BOM + csv_text(lines)
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


def _fill_template(rows: Sequence[Row], title: str, template: str | bytes) -> Grades:
    """Put scores into the column of Canvas' own export; every other cell stays as Canvas wrote it."""
    text = decoded(template)
    plain = text.removeprefix(BOM)
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
    find = matcher(header, rows, WAYS)
    people = [header.index(name) for name in ("Student", "LastName", "FirstName") if name in header]
    grades, matched = Grades.about(rows), set()
    for line in wide[1:]:
        if "Points Possible" in line[0]:
            grades.check_maximum(line[column], max((row.max_score for row in rows), default=0.0))
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
    grades.leave_out(rows, matched, "no student of the template has this login, ID or e-mail address")
    grades.text = (BOM if text.startswith(BOM) else "") + csv_text(wide, delimiter)
    return grades


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


def __getattr__(name: str) -> Any:
    """Make nbgrader's export plugins when they are asked for, since importing nbgrader takes a second."""
    writers = {"CanvasExport": canvas_csv, "MoodleExport": moodle_csv}
    if name not in writers:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from nbgrader.plugins import ExportPlugin

    class Export(ExportPlugin):
        """`nbgrader export --exporter=rnnshapes.grading.report.grades_csv.CanvasExport --assignment [A] --to A.csv`"""

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
