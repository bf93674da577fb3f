"""Lesson text to notebooks, and the check that they still agree."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import partial
from pathlib import Path
from typing import Any

from rnnshapes import files
from rnnshapes.authoring import keys, release, table, text
from rnnshapes.authoring import write_notebook as notebook
from rnnshapes.errors import CourseError


@dataclass
class Report:
    """What a command did: notebooks written, notebooks left as they were, what stands in the way, what to look at."""

    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def build(root: Path, names: tuple[str, ...] = ()) -> Report:
    """Write the notebooks of all lessons, or of the named ones.

    A lesson whose text is bad, or one of whose notebooks was edited since it was built, is left alone and
    reported; the others are built.

    Raises: CourseError for a name that is no lesson.
    """
    report = Report()
    for lesson in choose_lessons(root, names):
        try:
            built = build_lesson(root, lesson)
            edits = [problem for path, data in built.items() if (problem := find_edit(root, path, data=data))]
            if edits:
                report.problems += edits
                continue
            write_notebooks(root, built, report=report)
        except CourseError as error:
            report.problems.append(str(error))
    with contextlib.suppress(CourseError):  # a text that is bad was reported above
        if readme := table.readme_with_table(root, partial(read_texts, root)):
            write_notebooks(root, {"README.md": readme}, report=report)
    return report


def check(root: Path, names: tuple[str, ...] = ()) -> Report:
    """Build in memory and compare with the committed notebooks, byte for byte; write nothing.

    Without names, notebooks that no lesson builds and files that nbgrader would release are problems too.

    Raises: CourseError for a name that is no lesson.
    """
    report, expected = Report(), set()
    for lesson in choose_lessons(root, names):
        expected |= lesson_paths(root, lesson)
        try:
            built = build_lesson(root, lesson)
        except CourseError as error:
            report.problems.append(str(error))
            continue
        for path, data in built.items():
            if problem := _compare(root, path, data=data):
                report.problems.append(problem)
            else:
                report.unchanged.append(path)
    if not names:
        report.problems += _find_strays(root, expected)
        with contextlib.suppress(CourseError):
            readme = table.readme_with_table(root, partial(read_texts, root))
            if readme is not None and readme != (root / "README.md").read_bytes():
                report.problems.append("README.md: its table of lessons is not theirs. Run: rnnshapes build")
    return report


def build_lesson(root: Path, lesson: str, *, override: dict[str, str] | None = None) -> dict[str, bytes]:
    """Return a lesson's notebooks, {path relative to the course: bytes}; write nothing.

    `override` gives texts to use instead of the files, {"assignment.py": …}; then only those are built.

    Raises: CourseError listing everything that is wrong with the text, with file and line.
    """
    built: dict[str, bytes] = {}
    for name in override or lesson_texts(root, lesson):
        read = read_lesson(root, lesson, name, typed=(override or {}).get(name))
        path = files.notebook_path(lesson, name)
        made = notebook.make_notebook(read, path=path, requirement=files.install_requirement(root))
        if name == "assignment.py":
            # nbgrader copies a notebook's metadata, so the release's digest can travel in the source: plain
            # `nbgrader generate_assignment` then gives the same bytes.
            first = _parse(release.make_release(root, lesson, source=notebook.dump(made)))
            made.metadata.rnnshapes["release"] = notebook.digest(first.cells)
            built[path] = notebook.dump(made)
            built[files.release_path(lesson)] = release.make_release(root, lesson, source=built[path])
        else:
            built[path] = notebook.dump(made)
    return built


def read_lesson(root: Path, lesson: str, name: str, *, typed: str | None = None) -> text.Lesson:
    """Return the lesson text `lessons/LESSON/NAME`, read and checked.

    Raises: CourseError listing everything that is wrong with it.
    """
    where = f"lessons/{lesson}/{name}"
    typed = files.read_text(root, where) if typed is None else typed
    read = text.parse(typed, where=where)
    if problems := keys.check(read, graded=name == "assignment.py"):
        raise CourseError("\n".join(problems))
    return read


def find_edit(root: Path, path: str, *, data: bytes) -> str | None:
    """Return a message if the notebook at `path` holds an edit that writing `data` would lose, else None."""
    file = root / path
    if not file.exists() or file.read_bytes() == data:
        return None
    try:
        found = _parse(file.read_bytes())
    except (ValueError, AttributeError, TypeError) as error:
        return f"{path}: not a notebook ({_one_line(error)}). Move it away, then run: rnnshapes build"
    record, made = notebook.record(found), notebook.digest(found.cells)
    recorded = record.get("release" if path.startswith("release/") else "digest")
    if made in (recorded, notebook.digest(_parse(data).cells)):
        return None
    what = "edited since it was built" if recorded else "not built by rnnshapes"
    if path.startswith("release/"):
        return (
            f"{path}: {what}. A release is generated: make the change in the lesson's text or in "
            f"{path.replace('release/', 'source/', 1)}, delete {path}, then run: rnnshapes build"
        )
    return f"{path}: {what}. To carry the edit into the lesson's text, run: rnnshapes absorb {path}"


def write_notebooks(root: Path, built: dict[str, bytes], *, report: Report) -> None:
    """Write those notebooks that differ from what is on disk, and say so in `report`."""
    for path, data in built.items():
        file = root / path
        if file.exists() and file.read_bytes() == data:
            report.unchanged.append(path)
        else:
            files.write_file(file, data)
            report.written.append(path)


def choose_lessons(root: Path, names: tuple[str, ...]) -> list[str]:
    """Return the lessons that `names` mean: "01_rnn_shapes", "01" or "lessons/01_rnn_shapes/"; all for ().

    Raises: CourseError for a name that is no lesson.
    """
    known = files.lesson_names(root)
    chosen = []
    for name in names:
        plain = name.rstrip("/").rsplit("/", 1)[-1]
        found = [lesson for lesson in known if plain in (lesson, lesson[:2])]
        if not found:
            raise CourseError(
                f"Got the lesson {name!r}, expected one of: "
                f"{', '.join(known) or '(there are none)'}. "
                f"{text.nearest(plain, tuple(known))}To start one: rnnshapes new NN_name"
            )
        chosen += found
    return sorted(set(chosen)) if names else known


def lesson_paths(root: Path, lesson: str) -> set[str]:
    """Return the paths of all notebooks that a lesson's texts build, relative to the course."""
    texts = [name for name in files.TEXTS if (root / "lessons" / lesson / name).exists()]
    paths = {files.notebook_path(lesson, name) for name in texts}
    return paths | ({files.release_path(lesson)} if "assignment.py" in texts else set())


def read_texts(root: Path, lesson: str) -> dict[str, text.Lesson]:
    """Return the texts of a lesson by name: "lecture.py", "assignment.py"."""
    return {name: read_lesson(root, lesson, name) for name in lesson_texts(root, lesson)}


def lesson_texts(root: Path, lesson: str) -> list[str]:
    """Return which of lecture.py and assignment.py a lesson has. Raises: CourseError if it has none."""
    found = [name for name in files.TEXTS if (root / "lessons" / lesson / name).exists()]
    if not found:
        raise CourseError(
            f"lessons/{lesson}: got neither lecture.py nor assignment.py, expected at least "
            "one. Add it, or remove the folder."
        )
    return found


def _compare(root: Path, path: str, *, data: bytes) -> str | None:
    if not (root / path).exists():
        return f"{path}: missing. Run: rnnshapes build"
    if (root / path).read_bytes() == data:
        return None
    return find_edit(root, path, data=data) or f"{path}: differs from its lesson. Run: rnnshapes build"


def _find_strays(root: Path, expected: set[str]) -> list[str]:
    from nbgrader.coursedir import CourseDirectory

    ignored, problems = [".*", *CourseDirectory().ignore], []
    for folder in ("notebooks", "source", "release"):
        for file in sorted((root / folder).rglob("*")):
            path = file.relative_to(root)
            if (
                file.is_dir()
                or path.as_posix() in expected
                or any(fnmatch(part, pattern) for part in path.parts for pattern in ignored)
            ):
                continue
            if path.suffix == ".ipynb":
                problems.append(f"{path.as_posix()}: no lesson builds it. Delete it, or give it a text under lessons/.")
            elif folder == "source" and len(path.parts) > 2:
                problems.append(
                    f"{path.as_posix()}: nbgrader copies every file of source/ into the release. Move it elsewhere."
                )
    return problems


def _parse(data: bytes) -> Any:
    import nbformat

    return nbformat.reads(data.decode("utf-8"), as_version=nbformat.NO_CONVERT)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:100]
