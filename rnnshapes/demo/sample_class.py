"""A sample class: each student's answers, typed in its class/, put into the released notebook and handed in."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from rnnshapes import files
from rnnshapes.attempts import RIGHT, carried, way_of
from rnnshapes.errors import CourseError

DUE = datetime(2026, 1, 15, 12, 0)
"""The sample class's due date, in UTC."""


@dataclass(frozen=True)
class Student:
    """One file of class/: who it is, the answers by name, and how the notebook is handed in."""

    login: str
    name: str
    answers: dict[str, str]
    late: timedelta
    corrupt: bool = False
    stripped: bool = False
    hostile: bool = False
    attempts: dict[str, list[str]] = field(default_factory=dict)
    """What the student's own checks said, by answer, one after the other; none where they were not to be kept."""


def read_class(folder: Path) -> list[Student]:
    """Read the students of one assignment, lessons/NN_name/class/, in the order of their logins.

    Raises: CourseError if the folder holds none, or a file has no header.
    """
    import jupytext
    import yaml

    students = []
    for path in sorted(folder.glob("*.py")):
        text = files.read_text(folder, path.name)
        try:
            header = yaml.safe_load("\n".join(line.removeprefix("# ") for line in text.split("# ---")[1].splitlines()))
            name, late = header["name"], header.get("late", "0 days")
            days = int(str(late).split()[0])
        except (AttributeError, IndexError, KeyError, TypeError, ValueError, yaml.YAMLError) as error:
            raise CourseError(
                f"{path}: the header cannot be read ({error}). Try: `# ---`, `# name: Ada L.`, `# ---`, "
                "and if need be `# late: 2 days`."
            ) from error
        cells = jupytext.reads(text, fmt="py:percent").cells
        answers = {cell.metadata["answer"]: cell.source for cell in cells if "answer" in cell.metadata}
        attempts = {name: list(said) for name, said in header.get("attempts", {}).items()}
        marks = {mark: bool(header.get(mark)) for mark in ("corrupt", "stripped", "hostile")}
        students.append(Student(path.stem, name, answers, timedelta(days=days), **marks, attempts=attempts))
    if not students:
        raise CourseError(f"{folder}: no student's file here. Try: a file LOGIN.py as lessons/README.md describes.")
    return students


def hand_in(students: list[Student], *, release: Path, submitted: Path) -> None:
    """Write each student's notebook as nbgrader collects it: submitted/LOGIN/NN_name/name.ipynb and timestamp.txt.

    Earlier hand-ins of the same students are replaced.
    """
    import nbformat
    from nbformat.v4 import new_output

    for student in students:
        notebook = nbformat.read(release, as_version=4)
        for cell in notebook.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
            answer = student.answers.get(name)
            if answer is not None:
                cell.source = answer
            if said := student.attempts.get(name.removeprefix("check_")):
                way = way_of((one, 1) for one in said)
                carries = carried({f"{release.parent.name[:2]}/{name.removeprefix('check_')}": way})
                shown = {"text/plain": "✓" if said[-1] == RIGHT else "✗"}
                cell.outputs = [new_output("execute_result", shown, metadata=carries, execution_count=1)]
            if student.stripped:
                cell.metadata.clear()
                cell.pop("id")
        if student.stripped:
            notebook.nbformat_minor = 4
        data = nbformat.writes(notebook).encode()
        folder = submitted / student.login / release.parent.name
        shutil.rmtree(folder, ignore_errors=True)
        files.write_file(folder / release.name, data[: len(data) // 2] if student.corrupt else data)
        handed_in = DUE - timedelta(hours=2) + (student.late + timedelta(hours=3) if student.late else timedelta())
        files.write_file(folder / "timestamp.txt", f"{handed_in:%Y-%m-%d %H:%M:%S} UTC".encode())
