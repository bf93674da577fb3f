"""Where a course's files are, and how one is written: whole or not at all."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from rnnshapes.errors import CourseError, at

LESSON_NAME = re.compile(r"\d\d_[a-z][a-z0-9_]*")
TEXTS = ("lecture.py", "assignment.py")
QUIZZES = ("98_before", "99_after")
"""What `rnnshapes quiz` builds: the same questions before and after the course, in other numbers."""


def find_root(start: Path) -> Path:
    """Return the course folder that holds `start`: the nearest one with lessons/ and nbgrader_config.py.

    Raises: CourseError outside a course.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / "nbgrader_config.py").is_file() and (folder / "lessons").is_dir():
            return folder
    raise CourseError(
        f"{start} is not inside a course: no folder above it holds lessons/ and "
        "nbgrader_config.py. Change into the course's folder, or name it with --course."
    )


def lesson_names(root: Path) -> list[str]:
    """Return the names of the course's lessons, in order.

    Raises: CourseError for a folder under lessons/ whose name is not NN_name.
    """
    folders = sorted(p.name for p in (root / "lessons").iterdir() if p.is_dir() and p.name[0] not in "._")
    for name in folders:
        if not LESSON_NAME.fullmatch(name):
            raise CourseError(
                f"lessons/{name}: got a folder named {name!r}, expected NN_name, as in "
                "01_rnn_shapes. Rename it, or move it out of lessons/."
            )
    return folders


def notebook_path(lesson: str, text: str) -> str:
    """Return the notebook that is built from a lesson's text, relative to the course.

    >>> notebook_path("01_rnn_shapes", "assignment.py"), notebook_path("01_rnn_shapes", "lecture.py")
    ('source/01_rnn_shapes/rnn_shapes.ipynb', 'notebooks/01_rnn_shapes.ipynb')
    """
    return f"source/{lesson}/{lesson[3:]}.ipynb" if text == "assignment.py" else f"notebooks/{lesson}.ipynb"


def release_path(lesson: str) -> str:
    """Return the path of a lesson's release notebook, relative to the course.

    >>> release_path("01_rnn_shapes")
    'release/01_rnn_shapes/rnn_shapes.ipynb'
    """
    return f"release/{lesson}/{lesson[3:]}.ipynb"


def read_text(root: Path, where: str) -> str:
    """Return a text file's content with its line ends as they are, except that a CRLF checkout reads as LF.

    Raises: CourseError if it is not UTF-8.
    """
    try:
        text = (root / where).read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise CourseError(f"{where}:{line}: this line is not UTF-8. Save the file as UTF-8.") from None
    crlf = text.count("\r\n")
    return text.replace("\r\n", "\n") if crlf and crlf == text.count("\n") else text


def write_file(path: Path, data: bytes) -> None:
    """Write a file so that a reader finds the old content or the new, never a part of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    umask = os.umask(0)
    os.umask(umask)
    with replacing(path, mode=0o666 & ~umask) as file:
        file.write(data)


@contextlib.contextmanager
def replacing(path: Path, *, mode: int = 0o600) -> Iterator[BinaryIO]:
    """Open a new file, which takes the place of `path` when the block ends well and leaves nothing when it does not."""
    with at(path):
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
            os.chmod(temporary, mode)
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise


def install_requirement(root: Path) -> str:
    """Return the pip requirement of `[tool.rnnshapes] install` in the course's pyproject.toml; "" for none.

    Raises: CourseError if it is not a plain requirement: it is put into a shell command on Colab.
    """
    path = root / "pyproject.toml"
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except tomllib.TOMLDecodeError as error:
        raise CourseError(f"pyproject.toml: not valid TOML: {error}. Mend that line.") from None
    requirement = settings.get("tool", {}).get("rnnshapes", {}).get("install", "")
    if not isinstance(requirement, str) or not re.fullmatch(r"[A-Za-z0-9_.+:/@~=<>,#&?\[\]-]*", requirement):
        raise CourseError(
            f"pyproject.toml: [tool.rnnshapes] install: got {requirement!r}, expected a "
            "package name or git+https://github.com/OWNER/REPO@BRANCH. "
            "Remove spaces, quotes, $ and braces."
        )
    if requirement.startswith("-"):
        raise CourseError(
            f"pyproject.toml: [tool.rnnshapes] install: got {requirement!r}, which pip reads "
            "as an option. Write a package name or a git URL."
        )
    return requirement
