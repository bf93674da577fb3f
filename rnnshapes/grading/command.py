"""The command `rnnshapes grade`: its arguments, and what it prints."""

from __future__ import annotations

import argparse
import contextlib
import glob
import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from rnnshapes.errors import CourseError, disk_sentence
from rnnshapes.grading.engine import folders
from rnnshapes.grading.engine.grade_class import Writer, grade_class
from rnnshapes.grading.engine.gradebook import enter_assignment, open_gradebook
from rnnshapes.grading.engine.pool import Pool
from rnnshapes.grading.engine.record import Recorder
from rnnshapes.grading.engine.stops import terminable
from rnnshapes.grading.engine.terminal import Told, show_progress, some
from rnnshapes.grading.execute.grade_one import grade_one
from rnnshapes.grading.ingest.assemble import Refused
from rnnshapes.grading.ingest.intake import read_one, read_submissions
from rnnshapes.grading.ingest.misplaced import misplaced
from rnnshapes.grading.ingest.place import keep_not_taken, place
from rnnshapes.grading.ingest.roster import Roster
from rnnshapes.grading.journal import (
    check_seed,
    digest_spec,
    digest_submission,
    lock_course,
    open_journal,
    read_key,
    read_seed,
)
from rnnshapes.grading.task import Graded, Spec, Submission

EXIT_CODES = """exit codes:
  0    every submission is graded
  1    stopped by an error, which is printed; what was graded by then is kept
  2    some submissions could not be graded; the others are
  130  interrupted (Ctrl-C); what was graded by then is kept

Run the same command again to go on after a stop: only what is new or changed is graded.
Points that you gave by hand stay. For new feedback after that: nbgrader generate_feedback ASSIGNMENT --force
"""


def grade_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `rnnshapes grade`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = EXIT_CODES
    parser.add_argument("assignment", help="01_rnn_shapes, or 01")
    parser.add_argument(
        "--from",
        dest="source",
        type=Path,
        metavar="PATH",
        help="take submissions from a zip (Canvas, Moodle) or a folder of notebooks; default: what is in submitted/",
    )
    parser.add_argument("--student", nargs="+", default=[], metavar="LOGIN", help="grade these students alone")
    parser.add_argument("--force", action="store_true", help="grade anew what has not changed, too")
    parser.add_argument("--scheduler", default="", metavar="ADDRESS", help="use a Dask cluster, as in tcp://host:8786")
    parser.add_argument("--workers", type=int, default=0, metavar="N", help="worker processes; default: one a core")
    parser.add_argument(
        "--trust", action="store_true", help="run submissions without a sandbox: they can read and change your files"
    )
    parser.add_argument("--no-feedback", action="store_true", help="write no feedback")
    parser.add_argument(
        "--pattern",
        action="append",
        default=[],
        metavar="REGEX",
        help="how file names in --from are to be read, with named groups: (?P<login>…), (?P<name>…), (?P<file>…)",
    )
    parser.add_argument("--roster", type=Path, metavar="CSV", help="the students: id, first_name, last_name, email, …")


def grade(root: Path, options: argparse.Namespace) -> int:
    """Grade an assignment's submissions, print what came of them, return the exit code (see EXIT_CODES).

    Raises: CourseError when nothing can be graded, or no more.
    """
    return grade_with(root, options, task=grade_one, trial=True)


def grade_with(
    root: Path, options: argparse.Namespace, *, task: Callable[[Submission, Spec], Graded], trial: bool = False
) -> int:
    """As `grade`, with another task than grade_one; `trial`: the model answers are graded first, to test the tests."""
    from nbgrader.preprocessors import Execute

    from rnnshapes.grading.nbgrader.plugin import Referee, limits_of
    from rnnshapes.grading.publish import make_feedback

    if options.workers < 0:
        raise CourseError(f"--workers: got {options.workers}, expected 1 or more. Leave it out for one a core.")
    if (options.roster or options.pattern) and not options.source:
        raise CourseError("--roster and --pattern read what --from names: got no --from. Add it, or leave them out.")
    course = folders.open_course(root)
    assignment = folders.choose_assignment(course, options.assignment)
    limits = limits_of(Execute(config=course.config).timeout)
    trusted = options.trust or Referee(config=course.config).trusted
    spec = folders.read_spec(course, assignment, seed=read_seed(Path(course.root)), limits=limits, trusted=trusted)
    told = Told()
    with terminable(), _kept(), contextlib.ExitStack() as stack:
        stack.enter_context(lock_course(Path(course.root)))
        gradebook = stack.enter_context(open_gradebook(course))
        if options.source:
            _take(course, spec, options, told)
        if options.roster:
            _enter_students(gradebook, options.roster)
        _name_misplaced(course, spec, told)
        logins = _logins(course, spec, options, told)
        check_seed(Path(course.root), assignment, os.environ.get("RNNSHAPES_SEED", ""), force=options.force)
        if enter_assignment(course, gradebook, spec):
            told.notes.append(f"The gradebook did not know {assignment} as it is in source/: it was entered.")
        key = read_key(Path(course.root))
        digest = digest_spec(spec, key=key)
        writer = Writer(
            open_journal(Path(course.root), assignment),
            Recorder(course, gradebook, spec),
            digest=lambda submission: digest_submission(submission, spec=digest, key=key),
            feedback=None if options.no_feedback else make_feedback(course, gradebook, spec),
        )
        try:
            with show_progress(len(logins)) as on_outcome:
                told.outcomes = grade_class(
                    _submissions(course, spec, logins, told),
                    spec,
                    task=task,
                    writer=writer,
                    pool=Pool(options.scheduler, options.workers),
                    force=options.force,
                    on_outcome=on_outcome,
                    on_trial=(lambda graded: told.notes.extend(_broken_tests(spec, graded))) if trial else None,
                )
        except KeyboardInterrupt:
            print("Interrupted. What was graded is kept: run the same command again to go on.", file=sys.stderr)
            return 130
        told.notes += writer.journal.remarks
    print(told.summary())
    if not options.no_feedback:
        print(f"Feedback is in {course.feedback_directory}/. Next: rnnshapes report {assignment}")
    return 2 if told.failed or told.lost else 0


@contextlib.contextmanager
def _kept() -> Iterator[None]:
    """Say of a disk that fails during a run what a person needs to know."""
    try:
        yield
    except BrokenPipeError:  # the reader of what is printed has seen enough
        raise
    except OSError as error:
        raise CourseError(f"{disk_sentence(error)} What is graded is kept.") from error


def _take(course: Any, spec: Spec, options: argparse.Namespace, told: Told) -> None:
    """Bring what is in --from into submitted/."""
    intake = read_submissions(
        options.source,
        assignment=spec.assignment,
        notebooks=sorted(spec.notebooks),
        patterns=options.pattern,
        roster=options.roster,
    )
    parent = folders.submitted_folder(course, spec.assignment)
    placed = place(intake, parent, spec.assignment)
    nobody = [one for one in intake.refused if not one.login] + intake.unmatched
    keep_not_taken(parent, spec.assignment, [one.sentence for one in nobody])
    told.lost = len(nobody)
    told.refused = {one.login: one.reason for one in intake.refused if one.login}
    notes = [f"Not taken: {one.sentence}" for one in [*nobody, *placed.refused]]
    notes += [f"Replaced: {login}: {sentence}" for login, sentence in placed.replaced.items()]
    nothing = [login for login in intake.missing if not (parent / login / spec.assignment).is_dir()]
    if nothing:  # neither now nor in an earlier delivery
        notes.append(f"{len(nothing)} of the roster handed in nothing: {some(nothing)}.")
    taken = f"{len(placed.new)} new, {len(placed.replaced)} replaced, {len(placed.unchanged)} unchanged"
    told.notes += [*notes, f"Taken from {options.source}: {taken}."]


def _name_misplaced(course: Any, spec: Spec, told: Told) -> None:
    """Say what lies under submitted/ where it is not looked for."""
    folder = folders.submitted_folder(course, spec.assignment)
    wrong = misplaced(folder, spec.assignment, notebooks=spec.notebooks, known=folders.known_assignments(course))
    told.lost += len(wrong)
    told.notes += [f"Not graded: {folder.name}/{one.sentence}" for one in wrong]


def _enter_students(gradebook: Any, roster: Path) -> None:
    """Give the gradebook the names, e-mail addresses and LMS ids of the roster where it has none."""
    known = {student.id: student for student in gradebook.students}
    for one in Roster.read(roster).students:
        said = {"first_name": one.first, "last_name": one.last, "email": one.email, "lms_user_id": one.lms_id}
        new = {name: text for name, text in said.items() if text and not getattr(known.get(one.login), name, None)}
        gradebook.update_or_create_student(one.login, **new)


def _broken_tests(spec: Spec, graded: Graded) -> list[str]:
    """Return a note on each test that the model answers themselves do not pass in full."""
    import nbformat

    notes = []
    for name, notebook in graded.notebooks.items():
        cells = nbformat.reads(spec.notebooks[name].decode(), as_version=4).cells
        metas = [cell.metadata.nbgrader for cell in cells if cell.metadata.get("nbgrader", {}).get("grade")]
        for meta in metas:
            score = notebook.scores.get(meta["grade_id"])
            if not meta.get("solution") and score is not None and score < float(meta["points"]):
                notes.append(
                    f"{meta['grade_id']} in source/{spec.assignment}/{name}.ipynb gives its own model answer {score:g} "
                    f"of {float(meta['points']):g} points: the test is broken, and the class lost these points. "
                    "Mend it, and run the same command again."
                )
    return notes


def _logins(course: Any, spec: Spec, options: argparse.Namespace, told: Told) -> list[str]:
    """Return the logins that handed in, or those of them that --student names."""
    one = course.format_path(course.submitted_directory, "\0", spec.assignment)
    expression = course.format_path(course.submitted_directory, "(?P<login>[^/]+)", spec.assignment, escape=True)
    found = [re.fullmatch(expression, path) for path in glob.glob(glob.escape(one).replace("\0", "*"))]
    logins = sorted({match["login"] for match in found if match} | set(told.refused))
    if not logins:
        said = [f"Got no submission of {spec.assignment}, expected folders such as {one.replace(chr(0), 'LOGIN')}."]
        raise CourseError(" ".join([*said, *told.notes, "Run nbgrader collect, or take a zip: --from submissions.zip"]))
    if unknown := sorted(set(options.student) - set(logins)):
        raise CourseError(f"--student: got {', '.join(unknown)}, expected logins that handed in: {some(logins)}.")
    return [login for login in logins if not options.student or login in options.student]


def _submissions(course: Any, spec: Spec, logins: list[str], told: Told) -> Iterator[Submission | Graded]:
    """Read submissions one at a time, as they are needed. One that is refused comes as a failure."""
    for login in logins:
        if login in told.refused or not folders.is_login(login):
            yield Graded(login, failure=told.refused.get(login, "This login cannot be a folder's name."))
            continue
        where = folders.course_path(course, "submitted", login=login, assignment=spec.assignment)
        names = {"login": where.parent.name, "notebooks": sorted(spec.notebooks)}
        one = read_one(where.parent.parent, where.name, **names)
        yield Graded(login, failure=one.reason) if isinstance(one, Refused) else replace(one, login=login)
