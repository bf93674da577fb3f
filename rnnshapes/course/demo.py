"""The main job on a sample class: build, release, hand in, autograde, feedback, grades, and a table of results."""

from __future__ import annotations

import logging
import multiprocessing
import os
import shutil
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import Any

from rnnshapes.course import build, files, sample_class
from rnnshapes.course.release import read_config
from rnnshapes.course.results import Result, answer_names, read_result
from rnnshapes.errors import CourseError

FOLDER = "demo"
"""The demo's course folder, beside the real one's: a sample class never meets an instructor's gradebook."""


LOG = "grading.log"


def run_demo(root: Path, lesson: str = "01_rnn_shapes") -> int:
    """Take the sample class of a lesson from its text to graded notebooks and feedback; print what came of it.

    Returns: 0, or 1 if a submission that could be read was not graded.
    """
    from rich.console import Console

    console = Console()
    report = build.build(root)
    if report.problems:
        raise CourseError("\n".join(report.problems))
    console.print(f"Built {len(report.written) + len(report.unchanged)} notebooks.")
    course = root / FOLDER
    release = _release(root, course, lesson)
    console.print(f"Released {release.relative_to(root)}.")
    students = sample_class.read_class(root / "examples" / lesson)
    sample_class.hand_in(students, release=release, submitted=course / "submitted")
    console.print(f"{len(students)} students handed in.")
    errors = _grade(root, course, lesson, [student.login for student in students])
    results = _collect(root, course, lesson, students, errors)
    console.print(_table(students, results))
    _say_what_to_open(console, root, course, lesson, results)
    unreadable = {student.login for student in students if student.corrupt}
    return 1 if set(errors) - unreadable else 0


def _release(root: Path, course: Path, lesson: str) -> Path:
    """Start the demo's course folder anew and let nbgrader generate the release in it."""
    if course.exists():
        shutil.rmtree(course)
    source = course / "source" / lesson
    source.parent.mkdir(parents=True)
    shutil.copytree(root / "source" / lesson, source)
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

    os.environ["PATH"] = os.pathsep.join([os.path.dirname(sys.executable), os.environ.get("PATH", "")])  # for alembic
    config = read_config(root)
    config.CourseDirectory.root = str(course)
    config.CourseDirectory.db_url = f"sqlite:///{course / 'gradebook.db'}"
    api = NbGraderAPI(config=config)
    api.log.setLevel(logging.ERROR)  # what goes wrong comes back as a result, and is shown in the table
    return api


def grade_student(root: Path, course: Path, lesson: str, login: str) -> str:
    """Autograde one submission and write its feedback; return "" or what went wrong. Runs in a worker process."""
    os.environ.update(OMP_NUM_THREADS="1", TF_NUM_INTRAOP_THREADS="1", TF_NUM_INTEROP_THREADS="1")  # one core each
    with open(course / LOG, "ab") as log:
        os.dup2(log.fileno(), 2)  # what kernels and libraries say: to read when something goes wrong
    api = make_api(root, course)
    for step in (api.autograde, api.generate_feedback):
        outcome = step(lesson, login)
        if not outcome["success"]:
            return _reason(f"{outcome.get('log')}\n{outcome.get('error')}")
    return ""


def _reason(log: str) -> str:
    """Say in one line why nbgrader did not grade a submission."""
    print(log, file=sys.stderr)
    if "not JSON" in log or "JSONDecodeError" in log or "NotJSONError" in log:
        return "no notebook, the file is broken off: ask for it again"
    return f"not graded: see {FOLDER}/{LOG}"


def _grade(root: Path, course: Path, lesson: str, logins: list[str]) -> dict[str, str]:
    """Grade all submissions, one worker process for each core, with a progress bar; return what went wrong."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    errors = {}
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    workers = min(os.cpu_count() or 1, len(logins))
    spawn = multiprocessing.get_context("spawn")  # nbgrader changes the folder and the environment as it works
    with Progress(*columns) as progress, ProcessPoolExecutor(workers, mp_context=spawn) as pool:
        task = progress.add_task("Autograding", total=len(logins))
        futures = {pool.submit(grade_student, root, course, lesson, login): login for login in logins}
        for future in as_completed(futures):
            if problem := future.result():
                errors[futures[future]] = problem
            progress.advance(task)
    return errors


def _collect(
    root: Path, course: Path, lesson: str, students: list[sample_class.Student], errors: dict[str, str]
) -> list[Result]:
    """Read every result, and export the grades with nbgrader's own exporter."""
    from nbgrader.plugins import CsvExportPlugin

    api = make_api(root, course)
    with api.gradebook as gradebook:
        for student in students:
            first, _, last = student.name.partition(" ")
            gradebook.update_or_create_student(student.login, first_name=first, last_name=last)
        exporter = CsvExportPlugin(parent=api)
        exporter.to = str(course / "grades.csv")
        exporter.export(gradebook)
        answers = answer_names(course / files.release_path(lesson))
        results = []
        for student in students:
            autograded = course / "autograded" / student.login / lesson / f"{lesson[3:]}.ipynb"
            result = read_result(
                student.login, gradebook=gradebook, assignment=lesson, autograded=autograded, answers=answers
            )
            if student.login in errors:
                result.remarks.insert(0, errors[student.login])
            results.append(result)
    return results


def _table(students: list[sample_class.Student], results: list[Result]) -> Any:
    """Return the table: a row for each submission, narrow enough for a terminal of 80 columns."""
    from rich import box
    from rich.table import Table

    points = max((result.points for result in results), key=len)
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
    for student, result in zip(students, results, strict=True):
        scores = [f"{result.points[task][0]:g}" if result.points else "–" for task in tasks]
        table.add_row(
            student.login,
            *scores,
            f"{result.score:g}" if result.points else "–",
            _recognised(result, tasks),
            "\n".join(result.remarks),
        )
    return table


def _recognised(result: Result, tasks: list[str]) -> str:
    """List the recognised keys, each with the numbers of the tasks where it shows."""
    shown: dict[str, list[str]] = {}
    for task, key in result.recognised.items():
        shown.setdefault(key, []).append(str(tasks.index(task) + 1))
    return "\n".join(f"{' '.join(numbers)}: {key.replace('_', ' ')}" for key, numbers in shown.items())


def _say_what_to_open(console: Any, root: Path, course: Path, lesson: str, results: list[Result]) -> None:
    """Name the files to look at: of the students, one whose mistakes were recognised."""
    name = lesson[3:]
    graded = [result for result in results if result.points]
    telling = [result for result in graded if len(result.recognised) > 1 and result.score]
    shown = (telling or graded or results)[0].login
    folder = course.relative_to(root)
    console.print("Open these next:", style="bold")
    for path, what in (
        (f"{folder}/feedback/{shown}/{lesson}/{name}.html", "a student's feedback, in a browser"),
        (f"{folder}/autograded/{shown}/{lesson}/{name}.ipynb", "the same notebook as it was graded"),
        (f"{folder}/grades.csv", "all grades"),
        (f"notebooks/{lesson}.ipynb", "the lecture (make lab opens JupyterLab)"),
        (f"release/{lesson}/{name}.ipynb", "what students get"),
    ):
        console.print(f"  {path}  [dim]{what}[/dim]", soft_wrap=True, highlight=False)
