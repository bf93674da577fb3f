"""The course's folders as nbgrader has them: source/ is read, autograded/ and feedback/ are replaced whole."""

from __future__ import annotations

import ast
import errno
import os
import re
import shutil
from pathlib import Path, PurePosixPath
from typing import Any

from rnnshapes.authoring.marks import Delimiters
from rnnshapes.authoring.release import read_config
from rnnshapes.authoring.text import nearest
from rnnshapes.errors import CourseError, at
from rnnshapes.grading.engine.autotest import with_autotests
from rnnshapes.grading.task import Limits, Spec, Submission

LONGEST_LOGIN = 128
"""Characters of a student's id in nbgrader's gradebook."""


def open_course(root: Path) -> Any:
    """Return nbgrader's CourseDirectory with the settings of nbgrader_config.py: its folders, names and db_url.

    Raises: CourseError if nbgrader_config.py cannot be loaded.
    """
    from nbgrader.coursedir import CourseDirectory
    from sqlalchemy.engine import URL

    config = read_config(root)
    config.CourseDirectory.root = str((root / (config.CourseDirectory.get("root") or "")).resolve())
    if "db_url" not in config.CourseDirectory:  # nbgrader's own is no URL where the path has a % or a ?
        database = os.path.join(config.CourseDirectory.root, "gradebook.db")
        config.CourseDirectory.db_url = URL.create("sqlite", database=database).render_as_string()
    return CourseDirectory(config=config)


def course_path(course: Any, step: str, *, login: str = ".", assignment: str) -> Path:
    """Return the folder of one step, "source" or "autograded" …, for an assignment and a student.

    Raises: CourseError for a login that is not the name of one folder.
    """
    if login != "." and not is_login(login):
        raise CourseError(
            f"Got the login {login[:50]!r}, expected a name that can be a folder's: printable, at most {LONGEST_LOGIN} "
            "characters, no / or \\. Rename what was handed in."
        )
    return Path(os.path.normpath(course.format_path(getattr(course, f"{step}_directory"), login, assignment)))


def submitted_folder(course: Any, assignment: str) -> Path:
    """Return the folder that has a folder for each login: submitted/."""
    return course_path(course, "submitted", login="x", assignment=assignment).parent.parent


def is_page(name: str) -> bool:
    """Tell whether a browser would run what is in a file: the formgrader serves a submission's files as they are.

    >>> is_page("look.HTML"), is_page("data.csv")
    (True, False)
    """
    pages = (
        ".html",
        ".htm",
        ".xhtml",
        ".shtml",
        ".svg",
        ".svgz",
        ".xml",
        ".xsl",
        ".xslt",
        ".js",
        ".mjs",
        ".mht",
        ".swf",
    )
    return name.lower().endswith(pages)


def is_login(login: str) -> bool:
    r"""Say whether a login can be the name of a folder.

    >>> is_login("ada"), is_login("Łukasz (2)"), is_login(".."), is_login("a/b"), is_login("a\nb")
    (True, True, False, False, False)
    """
    return 0 < len(login) <= LONGEST_LOGIN and login.isprintable() and login[0] != "." and not set(login) & set("/\\")


def known_assignments(course: Any) -> list[str]:
    """Return the names of the assignments that have a notebook under source/, sorted.

    Raises: OSError if that is there and cannot be read.
    """
    source = Path(os.path.normpath(course.format_path(course.source_directory, ".", "*"))).parent
    return sorted(
        path.name
        for path in (source.iterdir() if os.path.lexists(source) else ())
        if path.is_dir() and not path.name.startswith(".") and any(one.suffix == ".ipynb" for one in path.iterdir())
    )


def choose_assignment(course: Any, name: str) -> str:
    """Return the assignment under source/ that `name` means: "01_rnn_shapes", "01" or "source/01_rnn_shapes/".

    Raises: CourseError if there is none, or more than one.
    """
    known = known_assignments(course)
    plain = name.rstrip("/").rsplit("/", 1)[-1]
    found = [one for one in known if one == plain] or [one for one in known if re.match(rf"{re.escape(plain)}_", one)]
    if len(found) != 1:
        raise CourseError(
            f"Got the assignment {name!r}, expected one of: {', '.join(known) or '(none has a notebook in source/)'}. "
            f"{nearest(plain, tuple(known))}Write its name or its number."
        )
    return found[0]


def read_spec(course: Any, assignment: str, *, seed: str, limits: Limits, trusted: bool = False) -> Spec:
    """Return the assignment as it stands in source/, automatic tests as they stand in the gradebook."""
    from nbgrader.utils import find_all_files

    folder = course_path(course, "source", assignment=assignment)
    notebooks = {
        path.stem: with_autotests(read_source(path), path.stem, assignment=assignment, course=course)
        for path in sorted(folder.glob("*.ipynb"))
    }
    others = find_all_files(str(folder), [*course.ignore, "*.ipynb"])
    files = {Path(path).relative_to(folder).as_posix(): _read(Path(path)) for path in sorted(others)}
    return Spec(assignment, notebooks, files, seed, limits, trusted, Delimiters.from_config(course.config))


def _read(path: Path) -> bytes:
    """Return a file of source/. Raises: CourseError for what only looks like one, before anything waits for it."""
    if not path.is_file():
        raise CourseError(
            f"source/{path.parent.name}/{path.name}: got a pipe, a device or a link to nothing, expected a file. "
            "Try: take it out of the folder, then grade."
        )
    with at(path):
        return path.read_bytes()


def read_source(path: Path) -> bytes:
    """Return an instructor's notebook. Raises: CourseError if it is none, or a test in it is no Python."""
    import nbformat
    from IPython.core.inputtransformer2 import TransformerManager

    data = _read(path)
    try:
        notebook = nbformat.reads(data.decode(), as_version=4)
    except Exception as error:  # nbformat raises what it likes
        raise CourseError(
            f"source/{path.parent.name}/{path.name}: got {type(error).__name__}, expected a notebook. "
            "Try: make build, or take it from your last commit."
        ) from None
    if notebook.metadata.get("kernelspec", {}).get("language", "python") != "python":
        return data
    for cell in notebook.cells:
        marks = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code" and marks.get("grade") and not marks.get("solution"):
            flags = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
            try:
                compile(TransformerManager().transform_cell(cell.source), marks["grade_id"], "exec", flags)
            except SyntaxError as error:
                raise CourseError(
                    f"source/{path.parent.name}/{path.name}: the test {marks['grade_id']} is no Python, line "
                    f"{error.lineno}: {error.msg}. Everybody would fail it: mend it, then grade."
                ) from None
    return data


def write_autograded(course: Any, spec: Spec, submission: Submission, *, notebooks: dict[str, str]) -> list[str]:
    """Replace autograded/LOGIN/ASSIGNMENT as a whole: the notebooks, the student's files under the instructor's.

    A run that is killed leaves the old folder, the new one or, for an instant, none; hidden leftovers beside it are
    cleared by the next call. Permissions are those that nbgrader gives.

    Returns: remarks about files that were left out. Raises: CourseError for an unusable login; OSError.
    """
    from nbgrader.converters import Autograde

    converter = Autograde(coursedir=course, config=course.config)
    folder = course_path(course, "autograded", login=submission.login, assignment=spec.assignment)
    new = _begin(folder)
    kept = set(converter.exclude_overwriting.get(spec.assignment, ()))
    remarks = []
    for files in (submission.files, {name: data for name, data in spec.files.items() if name not in kept}):
        for name, data in files.items():
            if files is submission.files and is_page(name):
                remarks.append(f"{name!r}: a page that a browser would run beside the formgrader; it was left out.")
            elif not _ignored(name, course.ignore) and not _put(new, name, data):
                remarks.append(f"{name!r}: this file's name cannot be used; it was left out.")
    if submission.timestamp:
        _put(new, "timestamp.txt", submission.timestamp.encode())
    for name, text in notebooks.items():
        data = text.encode("utf-8", "backslashreplace")  # half a character, as JSON escapes it
        if PurePosixPath(name).name != name or not _put(new, f"{name}.ipynb", data, durable=True):
            raise CourseError(f"Got a notebook named {name!r}, expected a file name. Rename it in source/.")
    _end(folder, permissions=converter.permissions, shared=course.groupshared)
    return remarks


def write_feedback(course: Any, assignment: str, login: str, *, pages: dict[str, str]) -> None:
    """Replace feedback/LOGIN/ASSIGNMENT as a whole by the pages, {notebook: HTML}, and what releases them.

    That is the hand-in's timestamp and its secret, by which the exchange gives a page to its student and nobody else.

    Raises: CourseError for an unusable login; OSError.
    """
    from nbgrader.converters import GenerateFeedback

    folder = course_path(course, "feedback", login=login, assignment=assignment)
    new = _begin(folder)
    for name, page in pages.items():
        _put(new, f"{name}.html", page.encode("utf-8", "replace"))
    autograded = course_path(course, "autograded", login=login, assignment=assignment)
    for path in (autograded / "timestamp.txt", autograded / "submission_secret.txt"):
        if path.is_file():
            _put(new, path.name, path.read_bytes())
    converter = GenerateFeedback(coursedir=course, config=course.config)
    _end(folder, permissions=converter.permissions, shared=course.groupshared)


def _begin(folder: Path) -> Path:
    """Return a new, empty, hidden folder beside `folder`, cleared of what a killed run left."""
    new, old = (folder.parent / f".{folder.name}.{state}" for state in ("new", "old"))
    _remove(new)
    _remove(old)
    new.mkdir(parents=True)
    return new


def is_about_one(folder: Path, error: OSError) -> bool:
    """Tell whether an error is about one student's folder: it is there, cannot be used, and others may stand by it."""
    barred = isinstance(error, PermissionError | NotADirectoryError | FileExistsError | IsADirectoryError)
    return barred and os.path.lexists(folder.parent) and os.access(folder.parent.parent, os.W_OK | os.X_OK)


def _end(folder: Path, *, permissions: int, shared: bool) -> None:
    """Put the new folder in the place of the old one."""
    new, old = (folder.parent / f".{folder.name}.{state}" for state in ("new", "old"))
    _set_permissions(new, files=int(str(permissions), 8), shared=shared)
    if os.path.lexists(folder):
        os.rename(folder, old)
    os.rename(new, folder)
    _remove(old)


def _ignored(name: str, patterns: list[str]) -> bool:
    parts = PurePosixPath(name).parts
    return name.endswith(".ipynb") or any(PurePosixPath(part).match(pattern) for part in parts for pattern in patterns)


def _put(folder: Path, name: str, data: bytes, *, durable: bool = False) -> bool:
    """Write a file inside `folder`, over one of the same name; False if the name leads elsewhere or nowhere."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts or "\\" in name or "\0" in name:
        return False
    target = folder / path
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with at(target), open(target, "wb") as file:  # the folder is new and holds no links: nothing leads out of it
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
    except (FileExistsError, NotADirectoryError, IsADirectoryError, UnicodeEncodeError):
        return False  # `a` is a file and `a/b` too
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            return False
        raise
    return True


def _set_permissions(folder: Path, *, files: int, shared: bool) -> None:
    for where, _, names in os.walk(folder):
        for name in names:
            os.chmod(os.path.join(where, name), files)
        if shared:
            os.chmod(where, (os.stat(where).st_mode | 0o2770) & 0o2777)


def _remove(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)
