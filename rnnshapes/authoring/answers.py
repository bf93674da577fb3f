"""Typed answers, right and wrong, run against the check and the hidden tests as a notebook would run them."""

from __future__ import annotations

import contextlib
import io
import linecache
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from rnnshapes.check import WrongAnswer, assert_answer, check_answer
from rnnshapes.errors import CourseError
from rnnshapes.layers.cases import build_model, import_keras
from rnnshapes.lessons import find_exercise

KINDS = ("right", "wrong", "loops", "cheats")


@dataclass(frozen=True)
class Answer:
    """One answer cell: whose answer it is, of which kind, and what it says about itself (style or belief)."""

    name: str
    kind: str
    says: str
    source: str

    def __str__(self) -> str:
        return f"{self.name} {self.kind}={self.says!r}, {self.source.strip().splitlines()[0][:60]!r}"


@dataclass(frozen=True)
class Outcome:
    """What check and tests said: `right` and `recognised` by the check; tests (parts) that passed and failed."""

    right: bool
    recognised: str
    passed: tuple[str, ...]
    failed: tuple[str, ...]
    message: str

    def __str__(self) -> str:
        tests = f"passed {', '.join(self.passed) or 'none'}; failed {', '.join(self.failed) or 'none'}"
        return f"recognised {self.recognised or 'nothing'}; {tests}"


def read_answers(path: Path) -> list[Answer]:
    """Read a percent file of answers: cells `# %% answer="NAME" wrong="BELIEF"` (or right, loops, cheats).

    `uses="NAME …"` puts the model answers of earlier tasks in front, as a notebook that has them above.

    Raises: CourseError if there is no such file, or a cell has no such keys.
    """
    import jupytext

    if not path.exists():
        raise CourseError(
            f"{path}: no such file. Write answers there as students write them, right and wrong, "
            'each under `# %% answer="NAME" right="STYLE"` or `wrong="BELIEF"`.'
        )
    answers = []
    for cell in jupytext.read(path).cells:
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        kinds = [kind for kind in KINDS if kind in cell.metadata]
        if "answer" not in cell.metadata or len(kinds) != 1:
            raise CourseError(
                f"{path}: got the cell {cell.source[:40]!r}… with {dict(cell.metadata)}. "
                f'Expected: # %% answer="…" and one of {", ".join(KINDS)}.'
            )
        above = "".join(_models(path.parent)[name] for name in cell.metadata.get("uses", "").split())
        answers.append(Answer(cell.metadata["answer"], kinds[0], cell.metadata[kinds[0]], above + cell.source))
    return answers


@cache
def _models(lesson: Path) -> dict[str, str]:
    """Return the model answers of a lesson's assignment, by name."""
    import jupytext

    cells = jupytext.read(lesson / "assignment.py").cells
    return {cell.metadata["answer"]: f"{cell.source}\n\n\n" for cell in cells if "answer" in cell.metadata}


def run_answer(lesson: str, answer: Answer) -> tuple[Answer, Outcome]:
    """Run an answer cell in a notebook's namespace, then its check and every part of its hidden test."""
    name = f"{lesson[:2]}/{answer.name}"
    exercise = find_exercise(name)
    parts = [*getattr(exercise, "parts", ())] or ["", *(["at_once"] if getattr(exercise, "at_once", False) else [])]
    with contextlib.redirect_stdout(io.StringIO()):
        space = define(exercise, answer, lesson)
        if answer.name not in space:
            return answer, Outcome(
                False, "", (), tuple(part or "test" for part in parts), f"{answer.name} is not defined"
            )
        verdict = check_answer(name, space[answer.name])
        passed, failed = [], []
        for part in parts:
            try:
                assert_answer(name, space[answer.name], part=part)
                passed.append(part or "test")
            except WrongAnswer:
                failed.append(part or "test")
    return answer, Outcome(verdict.right, verdict.recognised, tuple(passed), tuple(failed), str(verdict))


def define(exercise: Any, answer: Answer, lesson: str) -> dict[str, Any]:
    """Run an answer cell in a notebook's namespace and return that; if the cell fails, with what it defined before."""
    space = _namespace(exercise, lesson)
    filename = f"<{answer.name} {abs(hash(answer.source))}>"
    linecache.cache[filename] = (len(answer.source), None, answer.source.splitlines(keepends=True), filename)
    with contextlib.suppress(Exception):
        exec(compile(answer.source, filename, "exec"), space)
    return space


def _namespace(exercise: Any, lesson: str) -> dict[str, Any]:
    """Return what is defined in the notebook before the answer cell."""
    sizes = exercise.notebook
    space = {
        "np": np,
        "X": np.ones(sizes.shape("NTD")),
        "sizes": sizes,
        **{letter: number for letter, number in sizes.known.items()},
        **dict(exercise.room.names),
    }
    return space if lesson.startswith("00") else space | _keras_names(sizes)


@cache
def _keras_names(sizes: Any) -> dict[str, Any]:
    return {"keras": import_keras(), "model": build_model(sizes)}
