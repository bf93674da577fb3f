"""The command `rnnshapes report`: its arguments, and what it prints."""

from __future__ import annotations

import argparse
import contextlib
import html
import os
import re
import sys
import tomllib
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from rnnshapes.errors import CourseError
from rnnshapes.files import QUIZZES, write_file
from rnnshapes.grading.engine import folders
from rnnshapes.grading.engine.gradebook import open_gradebook
from rnnshapes.grading.engine.terminal import one_line
from rnnshapes.grading.ingest.place import read_not_taken
from rnnshapes.grading.journal import open_journal
from rnnshapes.grading.report.gain import shares
from rnnshapes.grading.report.grades_csv import MOODLE, canvas_csv, moodle_csv
from rnnshapes.grading.report.page_of_report import write_report
from rnnshapes.grading.report.report_rows import collect_rows
from rnnshapes.grading.report.worksheet import fill_worksheet
from rnnshapes.grading.results import answer_names
from rnnshapes.grading.task import Graded


def report_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `rnnshapes report`."""
    parser.add_argument("assignment", help="01_rnn_shapes, or 01")
    parser.add_argument("--output", type=Path, metavar="FILE", help="default: reports/ASSIGNMENT.html in the course")
    parser.add_argument("--csv", choices=("canvas", "moodle"), help="write grades for this LMS beside the report")
    parser.add_argument("--title", default="", help="the assignment's name in the LMS, for Canvas as in 'RNNs (1234)'")
    parser.add_argument(
        "--template",
        type=Path,
        metavar="FILE",
        help="the LMS's own file, to be filled in: Canvas' export, Moodle's grading worksheet",
    )
    parser.add_argument(
        "--identify", choices=("email", "lms_id", "login"), default="email", help="how Moodle finds students"
    )


def report(root: Path, options: argparse.Namespace) -> int:
    """Write an assignment's report and, if asked for, grades for an LMS; print where they are; return 0.

    Raises: CourseError if the assignment is not in the gradebook, or a file cannot be written.
    """
    if options.template and not options.csv:
        raise CourseError(
            "--template is an LMS's own file, to be filled in: got no --csv. Add --csv canvas, or moodle."
        )
    course = folders.open_course(root)
    assignment = folders.choose_assignment(course, options.assignment)
    page = options.output or Path(course.root) / "reports" / f"{assignment}.html"
    journal = open_journal(Path(course.root), assignment, writing=False)  # a run may be under way
    results = {graded.login: _without_text(graded) for graded in journal.results()}
    with open_gradebook(course) as gradebook:
        made = datetime.now().strftime("%Y-%m-%d %H:%M")
        sources = sorted(folders.course_path(course, "source", assignment=assignment).glob("*.ipynb"))
        answers = [name for path in sources if folders.read_source(path) for name in answer_names(path)]
        autograded = Path(course.root) / course.autograded_directory  # for what plain nbgrader graded
        rows = write_report(
            page,
            gradebook,
            assignment,
            results,
            answers=answers,
            autograded=autograded,
            not_taken=read_not_taken(folders.submitted_folder(course, assignment), assignment),
            links=_feedback(course, assignment, page),
            sections=_sections(root, assignment, page),
            since=_since(Path(course.root), assignment, journal),
            before=_before(course, gradebook) if assignment == QUIZZES[1] else None,
            made=made,
        )
    print(f"written    {page}")
    if options.csv:
        path = page.with_name(f"{assignment}_{options.csv}.csv")
        notes = _write_csv(path, rows, options, title=options.title or assignment)
        print(f"written    {path}")
        print("\n".join(map(one_line, notes)), end="\n" if notes else "")
    if not any(row.score is not None for row in rows):
        print(f"Nothing is graded yet. Try: rnnshapes grade {assignment}", file=sys.stderr)
    for remark in journal.remarks:
        print(remark, file=sys.stderr)
    return 0


def _feedback(course: Any, assignment: str, page: Path) -> dict[str, str]:
    """Return where each student's feedback is, as a link from the report."""
    parent = folders.course_path(course, "feedback", login="x", assignment=assignment).parent.parent
    pages = sorted(parent.glob(f"*/{assignment}/*.html"))
    return {path.parts[-3]: _link(path, page) for path in reversed(pages)}


def _sections(root: Path, assignment: str, page: Path) -> dict[str, tuple[str, str]]:
    """Return the lecture's section for each task, with a link where `make html` has written the lecture."""
    path, site = root / "lessons" / assignment / "sections.toml", root / "site" / f"{assignment}.html"
    if not path.is_file():
        return {}
    lecture = site.read_text(encoding="utf-8") if site.is_file() else ""
    places = {html.unescape(words): place for place, words in re.findall(r'<a href="#([^"]+)">([^<]+)</a>', lecture)}
    named = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        task: (words, f"{_link(site, page)}#{places[words]}" if words in places else "")
        for task, words in named.items()
    }


def _since(course: Path, assignment: str, journal: Any) -> dict[str, dict[str, set[str]]]:
    """Return what was recognised before: in the same students' earlier hand-ins, and in the assignment before this."""
    since = {"Since an earlier hand-in of this assignment": journal.before()}
    earlier = [path.name for path in sorted(journal.folder.parent.iterdir()) if path.name < assignment]
    if earlier and assignment != QUIZZES[0]:
        results = open_journal(course, earlier[-1], writing=False).results()
        since[f"Since {earlier[-1]}"] = {
            one.login: {key for book in one.notebooks.values() for keys in book.recognised.values() for key in keys}
            for one in results
            if not one.failure
        }
    return since


def _before(course: Any, gradebook: Any) -> dict[str, float]:
    """Return the shares of the points in the quiz before the course; none if it was not given."""
    results = open_journal(Path(course.root), QUIZZES[0], writing=False).results()
    with contextlib.suppress(CourseError):
        return shares(collect_rows(gradebook, QUIZZES[0], {graded.login: graded for graded in results}))
    return {}


def _link(target: Path, page: Path) -> str:
    return quote(Path(os.path.relpath(target, page.parent)).as_posix())


def _without_text(graded: Graded) -> Graded:  # which a report over a large class has no use for
    return replace(graded, notebooks={name: replace(one, json="") for name, one in graded.notebooks.items()})


def _write_csv(path: Path, rows: Any, options: argparse.Namespace, *, title: str) -> list[str]:
    """Write grades for an LMS; return what to say about them. Raises: CourseError if no student would be in it."""
    try:
        template = options.template.read_bytes() if options.template else b""
    except OSError as error:
        raise CourseError(f"--template {options.template}: {error.strerror}. Expected the LMS's own file.") from None
    if options.csv == "canvas":
        grades = canvas_csv(rows, title=title, template=template)
        step = "In Canvas: Gradebook → Import."
        if not template:
            step += f" It asks which assignment “{title}” is, unless you give it as in --title 'RNNs (1234)'."
    elif template:
        grades = fill_worksheet(rows, template)
        step = "In Moodle, on the assignment's page: Upload grading worksheet."
    else:
        grades = moodle_csv(rows, title=title, identify=options.identify)
        step = (
            f"In Moodle: Grades → Import → CSV file. Map “{MOODLE[options.identify]}” to the same, and both columns "
            f"“{title}” to the assignment: the grade and its feedback."
        )
    notes = list(grades.notes())
    if len(grades.text.splitlines()) < 2:
        raise CourseError(
            "\n".join(map(one_line, notes))
            + f"\nGot no student for {path.name}, so it was not written. Try: enter e-mail addresses (rnnshapes grade "
            "--from … --roster students.csv, or nbgrader db student import), or --identify login."
        )
    write_file(path, grades.encode())
    return [*notes, step]
