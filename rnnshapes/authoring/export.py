"""`rnnshapes export`: a course with what students may see, and nothing else, in a folder to publish."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from rnnshapes import files
from rnnshapes.authoring import build, start
from rnnshapes.errors import CourseError

MARK = ".rnnshapes-export"
"""A file in an exported folder: the next export may replace that folder, and no other."""
SECRET = (b"BEGIN SOLUTION", b"BEGIN HIDDEN TESTS", b"BEGIN MARK SCHEME")
KEPT = ("LICENSE", "LICENSE-LESSONS", "CITATION.cff")
NEEDED = ("tensorflow", "keras", "jupyterlab")
"""What a student needs beside the package, of the course's own requirements."""


def export(root: Path, folder: Path) -> list[str]:
    """Write the students' course into `folder`: lectures, releases, a wheel of the package, how to start.

    No source, no lesson texts, no answers, no tests. An earlier export in `folder` is replaced; anything else is not.
    Returns: the paths that were written, relative to `folder`.
    Raises: CourseError if the folder holds something else, a notebook is not what its lesson says, or one has a
    solution or a hidden test in it.
    """
    folder = folder.absolute()
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise CourseError(f"{folder}: got a file or a link, expected a folder, or nothing. Name another.")
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise CourseError(f"{folder}: got a folder with other files in it. Name a new one, or an earlier export.")
    if problems := build.check(root).problems:
        raise CourseError("\n".join(problems))
    content = _content(root)
    for path, data in content.items():
        if path.endswith(".ipynb") and (found := [mark for mark in SECRET if mark in data]):
            raise CourseError(f"{path}: has {found[0].decode()} in it, which no student may see. Run: rnnshapes build")
    if folder.exists():
        shutil.rmtree(folder)
    for path, data in content.items():
        files.write_file(folder / path, data)
    return sorted(content)


def _content(root: Path) -> dict[str, bytes]:
    content = {MARK: b"Written by rnnshapes export, and replaced by the next one.\n"}
    for lesson in files.lesson_names(root):
        texts = build.lesson_texts(root, lesson)
        paths = [files.notebook_path(lesson, "lecture.py")] if "lecture.py" in texts else []
        paths += [files.release_path(lesson)] if "assignment.py" in texts else []
        content |= {path: (root / path).read_bytes() for path in paths}
    content |= {name: (root / name).read_bytes() for name in KEPT if (root / name).is_file()}
    wheel, data = _wheel(root)
    content[wheel] = data
    course = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    wanted = [line for line in course["course"] if line.startswith(NEEDED)]
    content["requirements.txt"] = "\n".join([f"./{wheel}", *wanted, ""]).encode()
    content["README.md"] = start.student_page(root, wheel=wheel).encode()
    return content


def _wheel(root: Path) -> tuple[str, bytes]:
    with tempfile.TemporaryDirectory() as made:
        command = [sys.executable, "-m", "uv", "build", "--quiet", "--wheel", "--out-dir", made, str(root)]
        done = subprocess.run(command, capture_output=True, text=True)
        found = sorted(Path(made).glob("*.whl"))
        if done.returncode or not found:
            raise CourseError(f"The package could not be built: {done.stderr.strip()[-500:]}\nTry: make wheel")
        return found[0].name, found[0].read_bytes()
