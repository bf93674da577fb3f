"""A small course for tests of the engine: an assignment, a class, and a task that grades without running anything.

Also a program: `python tests/fake_course.py ROOT ASSIGNMENT …` is `rnnshapes grade` with that task, or with the real
one where the environment says REAL_TASK=1.
"""

import argparse
import contextlib
import json
import os
import signal
import sys
import time
from pathlib import Path

from rnnshapes.grading.task import Graded, GradedNotebook

ASSIGNMENT, NOTEBOOK = "01_counting", "counting"
CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "counting"
"""


def marks(name, **more):
    plain = {"grade_id": name, "grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
    return {"nbgrader": plain | more}


def source_notebook():
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    answer = "### BEGIN SOLUTION\ncount = 4\n### END SOLUTION"
    hidden = "### BEGIN HIDDEN TESTS\nassert count == 4\n### END HIDDEN TESTS"
    return new_notebook(
        cells=[
            new_markdown_cell("# Counting", id="title"),
            new_code_cell(answer, id="count", metadata=marks("count", solution=True)),
            new_code_cell(hidden, id="test_count", metadata=marks("test_count", grade=True, locked=True, points=4)),
            new_markdown_cell(
                "### BEGIN SOLUTION\nBecause.\n### END SOLUTION",
                id="why",
                metadata=marks("why", grade=True, solution=True, points=1),
            ),
        ],
        metadata={"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}},
    )


def make_course(root, *, config=CONFIG):
    """A course folder with lessons/, source/ and settings, and no gradebook yet."""
    import nbformat

    (root / "lessons").mkdir(parents=True)
    (root / "nbgrader_config.py").write_text(config)
    source = root / "source" / ASSIGNMENT
    source.mkdir(parents=True)
    (source / f"{NOTEBOOK}.ipynb").write_text(nbformat.writes(source_notebook()))
    (source / "data.csv").write_text("1,2\n")
    return root


def hand_in(root, login, answer, *, timestamp="2026-01-10 12:00:00 UTC", why="YOUR ANSWER HERE"):
    """Put a notebook into submitted/, with `answer` in its answer cell."""
    import nbformat

    notebook = source_notebook()
    notebook.cells[1].source, notebook.cells[3].source = answer, why
    folder = root / "submitted" / login / ASSIGNMENT
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{NOTEBOOK}.ipynb").write_text(nbformat.writes(notebook))
    (folder / "notes.txt").write_text(f"of {login}")
    if timestamp:
        (folder / "timestamp.txt").write_text(timestamp)
    return folder


def real_task(submission, spec):
    """Grade in the sandbox and the referee; note that it was done here, as fake_task does."""
    from rnnshapes.grading.execute.grade_one import grade_one

    if log := os.environ.get("FAKE_LOG"):
        with open(log, "a") as file:
            file.write(f"{submission.login}\n")
    time.sleep(float(os.environ.get("FAKE_SECONDS", "0")))
    return grade_one(submission, spec)


def fake_task(submission, spec):
    """Grade `count = N`: N points. Others make the task fail, crash, end its process, ask to stop, or for time."""
    from rnnshapes.errors import CourseError, NotNow

    notebook = json.loads(submission.notebooks[NOTEBOOK])
    answer = "".join(notebook["cells"][1]["source"])
    if log := os.environ.get("FAKE_LOG"):
        with open(log, "a") as file:
            file.write(f"{submission.login}\n")
    time.sleep(float(os.environ.get("FAKE_SECONDS", "0")))
    if answer == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if answer == "crash":
        raise ValueError("the grader has a fault")
    if answer == "not now" and not os.path.exists(f"{os.environ['FAKE_LOG']}.again"):
        Path(f"{os.environ['FAKE_LOG']}.again").touch()
        raise NotNow("the sandbox was lost 4 times")
    if answer == "stop":
        raise CourseError("bubblewrap is not installed")
    if answer == "unreadable":
        return Graded(submission.login, failure="The notebook is broken off.")
    points = float(answer.removeprefix("count = ")) if answer.startswith("count = ") else 0.0
    written = "".join(notebook["cells"][3]["source"])
    scores = {"test_count": points, "why": 0.0 if written == "YOUR ANSWER HERE" else None}
    graded = GradedNotebook(json.dumps(notebook), scores, repairs=["mended"] if points == 3 else [])
    return Graded(submission.login, {NOTEBOOK: graded}, seconds={"total": 0.01})


def dump(db_url):
    """Return all that a gradebook says, without the ids that are drawn at random."""
    from nbgrader.api import Gradebook

    rows = []
    with Gradebook(db_url) as gradebook:
        rows += [("student", one.id, one.first_name, one.score) for one in gradebook.students]
        for assignment in gradebook.assignments:
            for one in assignment.submissions:
                rows.append((one.student_id, assignment.name, str(one.timestamp), one.score, one.needs_manual_grade))
                for book in one.notebooks:
                    rows.append((one.student_id, book.name, book.late_submission_penalty, book.score))
                    rows += [
                        (
                            one.student_id,
                            "grade",
                            g.name,
                            g.auto_score,
                            g.manual_score,
                            g.extra_credit,
                            g.needs_manual_grade,
                        )
                        for g in book.grades
                    ]
                    rows += [
                        (one.student_id, "comment", c.name, c.auto_comment, c.manual_comment) for c in book.comments
                    ]
    return sorted(rows, key=repr)


def tree(folder):
    """Return {path: bytes} of a folder's files, hidden leftovers too."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()}


def options(*words):
    """Parse the arguments of `rnnshapes grade`."""
    from rnnshapes.grading.command import grade_arguments

    parser = argparse.ArgumentParser()
    grade_arguments(parser)
    return parser.parse_args([*words])


class InThisProcess:
    """A queue of the engine without workers: a task runs when its result is asked for. Notes how many there were."""

    limit, most = 4, 0

    def __init__(self):
        self.tasks = []

    def __len__(self):
        return len(self.tasks)

    @property
    def has_room(self):
        return len(self) < self.limit

    def add(self, about, function, *arguments):
        self.tasks.append((about, function, arguments))
        InThisProcess.most = max(self.most, len(self))

    def take(self):
        from rnnshapes.grading.engine.pool import attempt

        about, function, arguments = self.tasks.pop(0)
        return about, *attempt(function, arguments)


def main(root, *words):
    """Do what the command line does, with a task that grades without running anything; return the exit code."""
    from rnnshapes import cli
    from rnnshapes.grading import command
    from rnnshapes.grading.engine import grade_class

    task = real_task if os.environ.get("REAL_TASK") else fake_task
    if os.environ.get("IN_THIS_PROCESS"):
        grade_class.connect = lambda pool: contextlib.nullcontext(InThisProcess())
    command.grade = lambda root, options: command.grade_with(root, options, task=task)
    return cli.main([f"--course={root}", "grade", *words])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
