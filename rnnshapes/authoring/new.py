"""A new lesson: texts, answers and a catalogue that build and pass the audit, to write on from."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path

from rnnshapes import files
from rnnshapes.errors import CourseError

SCAFFOLD = Path(__file__).parent / "scaffold"
TYPED = ("lecture.py", "assignment.py", "answers.py", "sections.toml")
CATALOGUE = ("__init__.py", "exercises.py", "case.py", "beliefs.toml")


def new_lesson(root: Path, name: str, *, title: str = "") -> list[str]:
    """Create lessons/NAME, and its catalogue in the package where the course holds the package.

    The lesson is a small one that works: the mean over time against Keras' GlobalAveragePooling1D.

    Returns: the paths of the files, relative to the course.
    Raises: CourseError if the name is not NN_name, or the lesson is already there.
    """
    if not files.LESSON_NAME.fullmatch(name):
        raise CourseError(
            f"Got the lesson name {name!r}, expected two digits, '_', and small letters, "
            "digits or '_'. Try: rnnshapes new 02_every_step \"Every step\""
        )
    if (root / "lessons" / name).exists():
        raise CourseError(f"lessons/{name}: already there. Choose another name, or edit that lesson.")
    if taken := [other for other in files.lesson_names(root) if other[:2] == name[:2]]:
        raise CourseError(f"lessons/{name}: the number {name[:2]} is taken by {taken[0]}. Choose another.")
    title = title.strip() or name[3:].replace("_", " ").capitalize()
    if "\n" in title or "\r" in title:
        raise CourseError("Got a title of several lines, expected one. Put it on one line.")
    # JSON's double quotes are YAML's, so a title may hold ':' or '#'.
    words = {"{yaml}": json.dumps(title, ensure_ascii=False), "{title}": title, "{number}": name[:2], "{name}": name}
    rooms = {f"lessons/{name}": TYPED}
    if (root / "rnnshapes/lessons").is_dir():
        rooms = {f"rnnshapes/lessons/l{name}": CATALOGUE} | rooms
    for room, parts in rooms.items():
        _make_room(root / room, parts, words)
    return [f"{room}/{part}" for room, parts in reversed(rooms.items()) for part in parts]


def _make_room(folder: Path, parts: tuple[str, ...], words: dict[str, str]) -> None:
    """Write the files of a folder from their templates: all of them or none."""
    made = Path(tempfile.mkdtemp(dir=folder.parent, prefix="."))
    try:
        for part in parts:
            template = SCAFFOLD / f"{part}.template"
            text = template.read_text(encoding="utf-8") if template.exists() else ""
            for word, value in words.items():
                text = text.replace(word, value)
            files.write_file(made / part, text.encode("utf-8"))
        made.chmod(folder.parent.stat().st_mode & 0o777)  # mkdtemp's 0700 would keep other people out
        os.rename(made, folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
