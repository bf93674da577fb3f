"""The first page that people meet: the lessons, one click each. For JupyterLab, and for an exported course."""

from __future__ import annotations

from pathlib import Path

from rnnshapes import files
from rnnshapes.authoring import build

PAGE = "start.md"
"""The start page's name in the folder of a lone learner."""

_STUDENTS = """\
# RNN shapes

{what}

You need Python 3.11, 3.12 or 3.13, about 3 GB of disk, and a few minutes:

```sh
python3 -m venv .venv
.venv/bin/pip install -r requirements.txt
.venv/bin/jupyter lab
```

{table}
Read a lecture first, then do its assignment. Under each answer there is a check: it says what came out, what was
expected, and what to try. Run it as often as you like. When all checks show ✓, hand the notebook in as your instructor
says.

The lessons are licensed under CC BY 4.0 (LICENSE-LESSONS), the package `{wheel}` under the MIT license.
"""

_MINE = """\
# RNN shapes

{what}

{table}
Read a lecture first, then do its assignment. A click opens it; `Shift+Enter` runs a cell. These are your own copies, in
the folder `{folder}/`: write what you like. For a fresh copy of a notebook, delete yours and run `make lab` again.

If your course releases assignments to you: menu **Nbgrader**, **Assignment List**, **Fetch**. (You learn alone?
Then that list stays empty, and you need nothing from it.)
"""
WHAT = """\
The shapes inside recurrent networks: **N** samples, **T** time steps, **D** features, **M** hidden units, **K** output
nodes. You predict shapes, rebuild Keras layers by hand in NumPy, and are checked against `model.predict()`."""


def student_page(root: Path, *, wheel: str) -> str:
    """Return the README of an exported course, with its table of lessons."""
    return _STUDENTS.format(what=WHAT, table=_table(root), wheel=wheel)


def open_folder(root: Path, folder: Path) -> list[str]:
    """Give a learner's folder its start page and a copy of each notebook that it does not have yet.

    What is there already stays as it is, but for the start page. Returns: the names of the notebooks that were copied.
    """
    copied = []
    for lesson in files.lesson_names(root):
        for text in build.lesson_texts(root, lesson):
            lecture = text == "lecture.py"
            path = files.notebook_path(lesson, text) if lecture else files.release_path(lesson)
            name = _name(lesson, text)
            if (root / path).is_file() and not (folder / name).exists():
                files.write_file(folder / name, (root / path).read_bytes())
                copied.append(name)
    page = _MINE.format(what=WHAT, table=_table(root, mine=True), folder=folder.name)
    files.write_file(folder / PAGE, page.encode())
    return copied


def _name(lesson: str, text: str) -> str:
    """Return a notebook's name in a learner's folder, where a lecture and its assignment lie side by side.

    >>> _name("05_masking", "lecture.py"), _name("05_masking", "assignment.py")
    ('05_masking_lecture.ipynb', '05_masking_your_turn.ipynb')
    """
    return f"{lesson}_{'lecture' if text == 'lecture.py' else 'your_turn'}.ipynb"


def _table(root: Path, *, mine: bool = False) -> str:
    rows = ["| lesson | you build by hand | | |", "| --- | --- | --- | --- |"]
    for lesson in files.lesson_names(root):
        texts = {name: build.read_lesson(root, lesson, name) for name in build.lesson_texts(root, lesson)}
        links = []
        for text, what in (("lecture.py", "lecture"), ("assignment.py", "assignment")):
            path = files.notebook_path(lesson, text) if text == "lecture.py" else files.release_path(lesson)
            links.append(f"[{what}]({_name(lesson, text) if mine else path})" if text in texts else "–")
        first = texts.get("lecture.py") or texts["assignment.py"]
        rows.append(f"| {lesson[:2]} {first.title} | {first.idea} | {links[0]} | {links[1]} |")
    return "\n".join([*rows, ""])
