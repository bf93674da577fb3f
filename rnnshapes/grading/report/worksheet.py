"""Moodle's grading worksheet, filled in: grades and comments go to the assignment itself, where they can be changed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence

from rnnshapes.errors import CourseError
from rnnshapes.grading.report.grades_csv import feedback_text
from rnnshapes.grading.report.grades_file import BOM, Grades, csv_text, decoded, harmless, matcher
from rnnshapes.grading.report.report_rows import Row, points_text

NEEDED = ("Identifier", "Grade", "Last modified (grade)")
WAYS = (("Email address", "email"), ("ID number", "lms_id"), ("Username", "login"))
"""A worksheet's columns that tell who a line is, and the attribute of Row that each is compared with."""


def fill_worksheet(
    rows: Sequence[Row], template: str | bytes, *, feedback: Callable[[Row], str] | None = None
) -> Grades:
    """Return Moodle's grading worksheet with grades and comments filled in; every other cell stays as Moodle wrote it.

    The worksheet comes from the assignment's page, “Download grading worksheet”, and goes back with “Upload grading
    worksheet”. Students are found by e-mail address, ID number or username, whichever the worksheet has. A student
    without a score keeps what the worksheet says.

    Returns: Grades; `unmatched` are lines of the worksheet that the gradebook does not know.
    Raises: CourseError if the template is no such worksheet.

    >>> sheet = "Identifier,Full name,Email address,Grade,Last modified (grade)\\nParticipant 7,Ada L,ada@b.c,,-\\n"
    >>> print(fill_worksheet([Row("ada", email="ada@b.c", score=9.5)], sheet).text)
    Identifier,Full name,Email address,Grade,Last modified (grade)
    Participant 7,Ada L,ada@b.c,9.5,-
    <BLANKLINE>

    Source: mod/assign/feedback/offline (github.com/moodle/moodle): importgradeslib.php needs the three columns NEEDED
    and takes “Feedback comments”; locallib.php passes over an empty grade and one above the maximum.
    """
    feedback = feedback or feedback_text
    text = decoded(template)
    lines = [line for line in csv.reader(io.StringIO(text.removeprefix(BOM), newline="")) if line]
    header = lines[0] if lines else []
    ways = [way for way in WAYS if way[0] in header]
    if not set(NEEDED) <= set(header) or not ways:
        raise CourseError(
            f"Got a template whose first line is {','.join(header)[:80]!r}. Expected Moodle's columns "
            f"{', '.join(NEEDED)} and Email address, in English. Try: on the assignment's page “Download grading "
            "worksheet”, and give that file; or leave --template out."
        )
    find = matcher(header, rows, ways)
    grades, matched = Grades.about(rows), set()
    for line in lines[1:]:
        line += [""] * (len(header) - len(line))
        cells = dict(zip(header, line, strict=False))
        row = find(line)
        if row is None:
            grades.unmatched.append(cells.get("Full name") or cells["Identifier"])
            continue
        matched.add(row.login)
        if row.score is None:
            continue
        grades.check_maximum(cells.get("Maximum Grade", ""), row.max_score)
        line[header.index("Grade")] = points_text(row.score)
        if "Feedback comments" in header:
            line[header.index("Feedback comments")] = harmless(" ".join(feedback(row).split()))
    grades.leave_out(rows, matched, "no line of the worksheet has this e-mail address, ID number or username")
    grades.text = (BOM if text.startswith(BOM) else "") + csv_text(lines)
    return grades
