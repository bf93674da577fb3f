"""The release notebook: nbgrader's own generate_assignment, in this process, outside the course's folders."""

from __future__ import annotations

import contextlib
import functools
import logging
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rnnshapes.errors import CourseError


def make_release(root: Path, lesson: str, *, source: bytes) -> bytes:
    """Return the bytes that `nbgrader generate_assignment LESSON` would write for this source notebook.

    The course's nbgrader_config.py is used; its database, source/ and release/ are not touched, and neither a
    user's Jupyter configuration nor the current folder matters.

    Raises: CourseError, with nbgrader's own words, if nbgrader refuses the notebook.
    """
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config

    config, said = read_config(root), _Listener()
    log = logging.Logger("rnnshapes.release", level=logging.ERROR)  # outside the tree of loggers
    log.addHandler(said)
    with tempfile.TemporaryDirectory(prefix="rnnshapes-") as folder, nbgrader_environment():
        stage = Path(folder).resolve()
        staged = stage / "source" / lesson / f"{lesson[3:]}.ipynb"
        staged.parent.mkdir(parents=True)
        staged.write_bytes(source)
        config.merge(
            Config(
                {
                    # Absolute step folders keep nbgrader's root, and so whatever its settings name relative to it.
                    "CourseDirectory": {
                        "root": str(root),
                        "source_directory": str(stage / "source"),
                        "release_directory": str(stage / "release"),
                        "directory_structure": os.path.join("{nbgrader_step}", "{student_id}", "{assignment_id}"),
                        "db_url": f"sqlite:///{stage / 'gradebook.db'}",
                        "assignment_id": lesson,
                        "notebook_id": "*",
                    },
                    "GenerateAssignment": {"no_database": True, "force": True},
                    "SaveCells": {"enabled": False},
                }
            )
        )
        try:
            course = CourseDirectory(config=config, log=log)
            converter = GenerateAssignment(coursedir=course, config=config, log=log)
            converter.start()
            return (stage / "release" / lesson / staged.name).read_bytes()
        except Exception as error:  # nbgrader raises bare RuntimeErrors and sums them up as NbGraderException
            details = said.reason or f"{type(error).__name__}: {error}"
            raise CourseError(
                f"lessons/{lesson}/assignment.py: nbgrader refuses the notebook: {details}\n"
                "Change the cell that it names."
            ) from error


class _Listener(logging.Handler):
    """Keeps what nbgrader's logged traceback ends with: the exception it raises only points at the log."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.reason = ""

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if message.startswith("Traceback") and not self.reason:
            lines = message.splitlines()
            start = max(i for i, line in enumerate(lines) if line and not line.startswith(" "))
            self.reason = " ".join(" ".join(lines[start:]).split())


def read_config(root: Path) -> Any:
    """Return the course's nbgrader_config.py, loaded as nbgrader loads it; empty if there is none.

    Raises: CourseError if it cannot be loaded.
    """
    from traitlets.config import Config
    from traitlets.config.loader import PyFileConfigLoader

    if not (root / "nbgrader_config.py").exists():
        return Config()
    try:
        return PyFileConfigLoader(os.path.abspath(root / "nbgrader_config.py")).load_config()  # a `$` in it is a `$`
    except Exception as error:
        what = f"{type(error).__name__}: {error}"
        raise CourseError(f"nbgrader_config.py: {what}. Mend that setting.") from error


@contextlib.contextmanager
def nbgrader_environment() -> Iterator[None]:
    """Have nbgrader make gradebooks quickly, and stay in the folder that it would leave."""
    folder = os.getcwd()
    make_gradebooks_quickly()
    try:
        yield
    finally:
        os.chdir(folder)


def make_gradebooks_quickly() -> None:
    """Have nbgrader read in this process which version its tables have.

    For each new gradebook it runs the program `alembic`, which takes 6 s of processor time, and has to be on PATH.
    """
    from nbgrader import api

    api.get_alembic_version = version_of_tables


@functools.cache
def version_of_tables() -> str:
    """Return what nbgrader's `get_alembic_version` returns: the newest version of its tables."""
    import nbgrader
    from alembic.script import ScriptDirectory

    return str(ScriptDirectory(str(Path(nbgrader.__file__).with_name("alembic"))).get_current_head())
