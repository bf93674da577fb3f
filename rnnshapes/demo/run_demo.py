"""The main job on a sample class: build, release, hand in, grade, feedback, report, and a table of results."""

from __future__ import annotations

import argparse
import contextlib
import logging
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rnnshapes import files
from rnnshapes.authoring import build
from rnnshapes.authoring.release import make_gradebooks_quickly, read_config
from rnnshapes.demo import sample_class
from rnnshapes.errors import CourseError
from rnnshapes.grading import command
from rnnshapes.grading.engine import folders
from rnnshapes.grading.engine.gradebook import open_gradebook
from rnnshapes.grading.execute.sandbox import unavailable
from rnnshapes.grading.journal import open_journal
from rnnshapes.grading.report import report_command
from rnnshapes.grading.report.page_of_report import collect_rows

FOLDER = "demo"
"""The demo's course folder, beside the real one's: a sample class never meets an instructor's gradebook."""


def run_demo(root: Path, names: tuple[str, ...] = ()) -> int:
    """Take sample classes, all or the named lessons', from texts to graded notebooks, feedback and reports.

    What came of each submission is printed. Returns: 0, or 1 if one that could be read was not graded.
    """
    from rich.console import Console

    console = Console()
    built = build.build(root)
    if built.problems:
        raise CourseError("\n".join(built.problems))
    console.print(f"Built {len(built.written) + len(built.unchanged)} notebooks.")
    chosen = build.choose_lessons(root, names)
    lessons = [lesson for lesson in chosen if (root / "lessons" / lesson / "class").is_dir()]
    if not lessons:
        raise CourseError(
            "Got no sample class to grade, expected lessons/NN_name/class/ of a lesson. Try: rnnshapes demo"
        )
    reason, lost = unavailable(), False
    if reason:
        console.print(f"No sandbox: {reason}. The sample class is trusted; its hostile students stay away.")
    shown = []
    with _course(root) as course:
        for lesson in lessons:
            students = sample_class.read_class(root / "lessons" / lesson / "class")
            students = [student for student in students if not (reason and student.hostile)]
            console.print(f"\n{lesson}", style="bold")
            release = _release(root, course, lesson)
            console.print(f"Released {release.relative_to(root)}.")
            sample_class.hand_in(students, release=release, submitted=course / "submitted")
            console.print(f"{len(students)} students handed in.")
            _run(root, "grade", lesson, *(["--trust"] if reason else []))
            with open_gradebook(folders.open_course(root)) as gradebook:
                _enter_names(gradebook, students)
            _run(root, "report", lesson)
            rows = _rows(root, course, lesson, students)
            console.print(_table(rows))
            shown.append((lesson, rows))
            unreadable = {student.login for student in students if student.corrupt}
            lost |= any(row.failure and row.login not in unreadable for row in rows)
        with open_gradebook(folders.open_course(root)) as gradebook:
            _export(root, course, gradebook)
    _say_what_to_open(console, root, course, shown)
    return 1 if lost else 0


@contextlib.contextmanager
def _course(root: Path) -> Iterator[Path]:
    """Start the demo's course folder anew; while it is open, nbgrader_config.py points to it."""
    course = root / FOLDER
    if course.exists():
        shutil.rmtree(course)
    course.mkdir()
    before = os.environ.get("RNNSHAPES_COURSE")
    os.environ["RNNSHAPES_COURSE"] = str(course)
    try:
        yield course
    finally:
        del os.environ["RNNSHAPES_COURSE"]
        if before is not None:
            os.environ["RNNSHAPES_COURSE"] = before


def _run(root: Path, name: str, *arguments: str) -> int:
    """Run `rnnshapes grade` or `rnnshapes report` with these arguments."""
    home = {"grade": command, "report": report_command}[name]
    parser = argparse.ArgumentParser()
    getattr(home, f"{name}_arguments")(parser)
    return getattr(home, name)(root, parser.parse_args(arguments))


def _release(root: Path, course: Path, lesson: str) -> Path:
    """Let nbgrader generate the release in the demo's course folder, with a due date."""
    shutil.copytree(root / "source" / lesson, course / "source" / lesson)
    api = make_api(root, course)
    outcome = api.generate_assignment(lesson, force=True)
    if not outcome["success"]:
        raise CourseError(f"nbgrader did not release {lesson}:\n{outcome.get('error') or outcome.get('log')}")
    with api.gradebook as gradebook:
        gradebook.update_or_create_assignment(lesson, duedate=sample_class.DUE.isoformat())
    return course / files.release_path(lesson)


def make_api(root: Path, course: Path) -> Any:
    """Return nbgrader's Python interface, with the course's settings, on the course folder `course`."""
    from nbgrader.apps import NbGraderAPI

    make_gradebooks_quickly()
    config = read_config(root)
    config.CourseDirectory.root = str(course)
    config.CourseDirectory.db_url = f"sqlite:///{course / 'gradebook.db'}"
    api = NbGraderAPI(config=config)
    api.log.setLevel(logging.ERROR)  # what goes wrong comes back as a result, and is shown in the table
    return api


def _enter_names(gradebook: Any, students: list[sample_class.Student]) -> None:
    for student in students:
        first, _, last = student.name.partition(" ")
        gradebook.update_or_create_student(student.login, first_name=first, last_name=last)


def _export(root: Path, course: Path, gradebook: Any) -> None:
    """Write all grades with nbgrader's own exporter."""
    from nbgrader.plugins import CsvExportPlugin

    exporter = CsvExportPlugin(config=read_config(root))
    exporter.to = str(course / "grades.csv")
    exporter.export(gradebook)


def _rows(root: Path, course: Path, lesson: str, students: list[sample_class.Student]) -> list[Any]:
    """Return what the report says of each student, in the order of their logins."""
    results = {graded.login: graded for graded in open_journal(course, lesson, writing=False).results()}
    with open_gradebook(folders.open_course(root)) as gradebook:
        rows = {row.login: row for row in collect_rows(gradebook, lesson, results)}
    return [rows[student.login] for student in students]


def _table(rows: list[Any]) -> Any:
    """Return the table: a row for each submission, narrow enough for a terminal of 80 columns."""
    from rich import box
    from rich.table import Table

    points = max((row.points for row in rows), key=len)
    tasks = list(points)
    legend = "   ".join(f"{number} {task}" for number, task in enumerate(tasks, 1))
    table = Table(
        title=f"Tasks: {legend}",
        caption="–: not graded   ?: a mistake without a name",
        box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        expand=True,
        pad_edge=False,
        title_justify="left",
        caption_justify="left",
    )
    table.add_column("submission", no_wrap=True)
    for number, task in enumerate(tasks, 1):
        table.add_column(f"{number}\n/{points[task][1]:g}", justify="right", no_wrap=True)
    table.add_column(f"sum\n/{sum(possible for _, possible in points.values()):g}", justify="right", no_wrap=True)
    table.add_column("recognised, by task", ratio=1)
    table.add_column("note", ratio=1)
    for row in rows:
        graded = row.score is not None
        scores = [f"{row.points[task][0]:g}" if graded and task in row.points else "–" for task in tasks]
        table.add_row(
            row.login, *scores, f"{row.score:g}" if graded else "–", _recognised(row, tasks), "\n".join(_notes(row))
        )
    return table


def _recognised(row: Any, tasks: list[str]) -> str:
    """List the recognised keys, each with the numbers of the tasks where it shows."""
    shown: dict[str, list[str]] = {}
    for task, keys in row.recognised.items():
        for key in keys:
            shown.setdefault(key, []).append(str(tasks.index(task) + 1))
    return "\n".join(f"{' '.join(numbers)}: {key.replace('_', ' ')}" for key, numbers in shown.items())


def _notes(row: Any) -> list[str]:
    """Return what else there is to say of a submission, shortly."""
    notes = [row.failure] if row.failure else []
    if row.late:
        notes.append(f"late by {row.late / 86400:.1f} days")
    if row.repairs:
        notes.append(f"{len(row.repairs)} repair{'s' if len(row.repairs) > 1 else ''}: see its feedback")
    return notes + [remark.partition(". ")[0] for remark in row.remarks]


def _say_what_to_open(console: Any, root: Path, course: Path, lessons: list[tuple[str, list[Any]]]) -> None:
    """Name the files to look at: of the students, one in each lesson whose mistakes were recognised."""
    folder = course.relative_to(root)
    console.print("Open these next:", style="bold")
    paths = []
    for lesson, rows in lessons:
        graded = [row for row in rows if row.score is not None]
        telling = [row for row in graded if len(row.recognised) > 1 and row.score]
        login, name = (telling or graded or rows)[0].login, lesson[3:]
        paths += [
            (f"{folder}/reports/{lesson}.html", "the report on the class, in a browser"),
            (f"{folder}/feedback/{login}/{lesson}/{name}.html", "a student's feedback, in a browser"),
        ]
    lesson = lessons[0][0]
    paths += [
        (f"{folder}/grades.csv", "all grades"),
        (f"notebooks/{lesson}.ipynb", "the lecture (make lab opens JupyterLab)"),
        (f"release/{lesson}/{lesson[3:]}.ipynb", "what students get"),
    ]
    for path, what in paths:
        console.print(f"  {path}  [dim]{what}[/dim]", soft_wrap=True, highlight=False)
