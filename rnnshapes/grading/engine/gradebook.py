"""nbgrader's gradebook: opened whatever database it is in, told of an assignment's cells, written all or nothing."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rnnshapes.authoring.release import nbgrader_environment
from rnnshapes.errors import CourseError
from rnnshapes.files import write_file
from rnnshapes.grading.task import Spec

PATIENCE = "60"
"""Seconds to wait for another program's writes, such as the formgrader's, instead of SQLite's 5."""
TRY = {
    "disk is full": "free some room there (`df -h`)",
    "readonly database": "make gradebook.db and the folder around it writable (`ls -l` shows who owns them)",
    "unable to open": "see that CourseDirectory.db_url in nbgrader_config.py names a folder that is there, and yours",
    "is locked": "close what holds it (the formgrader, another nbgrader command)",
    "disk I/O error": "look whether its disk is full or broken (`df -h`, `dmesg`)",
    "malformed": "put a copy of it back, or move it away: grading fills a new one, without points given by hand",
    "not a database": "put a copy of it back, or move it away: grading fills a new one, without points given by hand",
}
"""What to do about what SQLite says."""


@contextlib.contextmanager
def open_gradebook(course: Any) -> Iterator[Any]:
    """Open the course's gradebook, whatever database `db_url` names; close it in the end.

    Raises: CourseError if it cannot be opened, or is of no use any more in the block.
    """
    from nbgrader.api import Gradebook, InvalidEntry
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import SQLAlchemyError

    try:
        url = make_url(course.db_url)
        if url.drivername.startswith("sqlite"):
            url = url.update_query_dict({"timeout": PATIENCE})
        logging.getLogger("tornado.application").addFilter(_is_news)
        with nbgrader_environment():
            gradebook = Gradebook(url.render_as_string(hide_password=False), course.course_id)
    except (SQLAlchemyError, InvalidEntry, ImportError) as error:
        raise CourseError(_what_to_do(error, course.db_url)) from error
    try:
        yield gradebook
    except (SQLAlchemyError, InvalidEntry) as error:
        if not is_unusable(error):
            raise
        raise CourseError(_what_to_do(error, course.db_url)) from error
    finally:
        gradebook.close()


def is_unusable(error: BaseException | None) -> bool:
    """Tell whether an error, or what it came of, is the database's own: no room, no permission, locked, gone.

    nbgrader says InvalidEntry for those too. Then the entry is not to blame, and no other could be written.
    """
    from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, NotSupportedError, ProgrammingError

    of_an_entry = (DataError, IntegrityError, NotSupportedError, ProgrammingError)
    while error is not None:
        if isinstance(error, DatabaseError) and not isinstance(error, of_an_entry):
            return True
        error = error.__cause__ or error.__context__
    return False


def _what_to_do(error: BaseException, db_url: str) -> str:
    """Return a sentence on a gradebook that cannot be opened, read or written."""
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import SQLAlchemyError

    what, where = first_line(error), "of db_url"
    with contextlib.suppress(SQLAlchemyError):
        where = f"at {make_url(db_url).render_as_string()}"  # without its password
    do = next((do for words, do in TRY.items() if words in what), "") or (
        "look at CourseDirectory.db_url in nbgrader_config.py, and whether its server runs"
    )
    return (
        f"Got “{what}” from the gradebook {where}, expected one that can be opened and written. Try: {do}; "
        "then run the same command again. What is graded is kept."
    )


def enter_assignment(course: Any, gradebook: Any, spec: Spec) -> bool:
    """See to it that the gradebook knows the assignment's graded cells; say whether it had to be entered.

    It is entered as `nbgrader generate_assignment` does, without touching release/.

    Raises: CourseError if nbgrader refuses, as it does for other cells than those that submissions were graded by.
    """
    if _known(gradebook, spec.assignment) == _wanted(spec):
        return False
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config

    log, heard = logging.Logger("rnnshapes.enter", level=logging.ERROR), _Errors()
    log.addHandler(heard)
    config = Config(course.config)
    with tempfile.TemporaryDirectory(prefix="rnnshapes-") as folder, nbgrader_environment():
        stage = Path(folder).resolve()
        for name, data in spec.notebooks.items():
            write_file(stage / "source" / spec.assignment / f"{name}.ipynb", data)
        config.CourseDirectory.update(
            source_directory=str(stage / "source"),
            release_directory=str(stage / "release"),
            directory_structure=os.path.join("{nbgrader_step}", "{student_id}", "{assignment_id}"),
            db_url=course.db_url,
            assignment_id=spec.assignment,
            notebook_id="*",
        )
        config.GenerateAssignment.force = True
        try:
            staged = CourseDirectory(config=config, log=log)
            GenerateAssignment(coursedir=staged, config=config, log=log).start()
        except Exception as error:  # nbgrader sums up what it logged as a NbGraderException
            if heard.unusable is not None:
                raise heard.unusable from error
            raise CourseError(
                f"The gradebook does not have the cells of source/{spec.assignment}, and nbgrader does not enter them: "
                f"{heard.said or first_line(error)}. Expected the same graded cells as when the first submission was "
                "graded: undo that edit of the source, or remove the submissions from the gradebook."
            ) from error
    gradebook.db.rollback()  # see what the other connection wrote
    return True


@contextlib.contextmanager
def transaction(gradebook: Any) -> Iterator[None]:
    """Make a block all or nothing: nbgrader's own commits inside become flushes, and one commit ends the block."""
    session = gradebook.db
    session.commit = session.flush  # hides the method of the same name
    try:
        yield
        del session.commit
        session.commit()
    except BaseException:
        session.__dict__.pop("commit", None)
        session.rollback()
        raise
    finally:
        session.expunge_all()  # memory stays flat over a large class


def first_line(error: BaseException) -> str:
    """Return the first line of an error's message, without its full stop."""
    return (str(getattr(error, "orig", None) or error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")


def _is_news(record: logging.LogRecord) -> bool:
    """Tell whether nbgrader logs what it does not raise as well: a traceback helps nobody."""
    return not record.getMessage().startswith("Rolling back session")


def _known(gradebook: Any, assignment: str) -> dict[tuple[str, str], Any] | None:
    """Return what the gradebook holds of an assignment: {(notebook, cell): points}, None for an answer's cell."""
    from nbgrader.api import MissingEntry

    try:
        notebooks = gradebook.find_assignment(assignment).notebooks
    except MissingEntry:
        return None
    finally:
        gradebook.db.rollback()
    known: dict[tuple[str, str], Any] = {(notebook.name, ""): None for notebook in notebooks}
    for notebook in notebooks:
        known |= {(notebook.name, cell.name): None for cell in notebook.solution_cells}
        known |= {(notebook.name, cell.name): cell.max_score for cell in (*notebook.grade_cells, *notebook.task_cells)}
    gradebook.db.rollback()
    return known


def _wanted(spec: Spec) -> dict[tuple[str, str], Any]:
    wanted: dict[tuple[str, str], Any] = {(name, ""): None for name in spec.notebooks}
    for name, data in spec.notebooks.items():
        for cell in json.loads(data)["cells"]:
            marks = cell["metadata"].get("nbgrader", {})
            if marks.get("grade") or marks.get("task"):
                wanted[name, marks["grade_id"]] = float(marks["points"])
            elif marks.get("solution"):
                wanted[name, marks["grade_id"]] = None
    return wanted


class _Errors(logging.Handler):
    """Keeps the last line of the first traceback that nbgrader logs."""

    said = ""
    unusable: BaseException | None = None
    """What nbgrader swallowed of the database's own errors."""

    def emit(self, record: logging.LogRecord) -> None:
        handled = sys.exc_info()[1]
        if is_unusable(handled):
            self.unusable = handled
        lines = [line for line in record.getMessage().splitlines() if line and line[0] != " "]
        if lines and record.getMessage().startswith("Traceback") and not self.said:
            self.said = lines[-1].partition(": ")[2].rstrip(".")
