"""What came of an autograded submission: points per task, and the misconceptions that its checks recognised."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rnnshapes.lessons import exercise_names, find_exercise


@dataclass
class Result:
    """One submission: points per answer (earned, possible), recognised keys per answer, and remarks."""

    login: str
    points: dict[str, tuple[float, float]] = field(default_factory=dict)
    recognised: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def read_result(login: str, *, gradebook: Any, assignment: str, autograded: Path, answers: list[str]) -> Result:
    """Read one student's result from nbgrader's gradebook and the autograded notebook.

    `answers` are the names of the assignment's answer cells. A submission that could not be graded has no points.
    """
    from nbgrader.api import MissingEntry

    result = Result(login)
    try:
        submission = gradebook.find_submission(assignment, login)
    except MissingEntry:
        return result
    if not autograded.exists():
        return result
    for notebook in submission.notebooks:
        for grade in notebook.grades:
            answer = _answer_of(grade.name, answers)
            earned, possible = result.points.get(answer, (0.0, 0.0))
            result.points[answer] = (earned + (grade.score or 0.0), possible + grade.max_score)
    _read_outputs(result, autograded, answers, _words(assignment, answers))
    return result


def _words(assignment: str, answers: list[str]) -> dict[str, str]:
    """Return the key of each belief that the answers' exercises know, by what a student reads."""
    says, _ = belief_words(assignment, answers)
    return {words: key for key, words in reversed(says.items())}


def answer_names(notebook: Path) -> list[str]:
    """Return the names of a notebook's answer cells, in order."""
    return [name for name, meta, _ in _graded_cells(notebook) if meta.get("solution") and not meta.get("grade")]


def _graded_cells(notebook: Path) -> list[tuple[str, Any, Any]]:
    import nbformat

    cells = nbformat.read(notebook, as_version=4).cells
    return [
        (cell.metadata.nbgrader["grade_id"], cell.metadata.nbgrader, cell)
        for cell in cells
        if "nbgrader" in cell.metadata
    ]


def _answer_of(grade_id: str, answers: list[str]) -> str:
    """Return the answer that a test or check cell belongs to: the longest name that its id starts with."""
    tail = re.sub(r"^(test|check)_", "", grade_id)
    fitting = [answer for answer in answers if tail == answer or tail.startswith(f"{answer}_")]
    return max(fitting, key=len, default=tail)


def _read_outputs(result: Result, notebook: Path, answers: list[str], words: dict[str, str]) -> None:
    """Collect what the checks and tests said about answers that did not get all their points.

    Students read words, not keys, so the words lead back to the key.
    """
    for name, _, cell in _graded_cells(notebook):
        answer = _answer_of(name, answers)
        earned, possible = result.points.get(answer, (0.0, 0.0))
        for output in cell.get("outputs", []):
            if output.output_type == "error" and name in answers and output.ename != "NotImplementedError":
                result.remarks.append(f"{output.ename} in {name}")
            text = output.get("evalue", "") or output.get("data", {}).get("text/plain", "")
            found = re.search(r"^ *Recognised +(.*(?:\n {5,}.*)*)", text, re.MULTILINE)  # a line for each belief
            named = [key for says, key in words.items() if found and f"“{says}”" in found[1]]
            if named and earned < possible:
                result.recognised.setdefault(answer, " + ".join(sorted(named)))
            elif earned < possible and output.output_type == "error" and name.startswith("test_"):
                result.recognised.setdefault(answer, "?")


def belief_words(assignment: str, tasks: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return what students believe, and the hint, by key: for all misconceptions that the tasks' exercises know.

    An exercise that is not in the catalogue adds nothing. TensorFlow is not loaded.

    >>> says, hints = belief_words("01_rnn_shapes", ["rnn_by_hand"])
    >>> says["head_missing"]
    'h is the output.'
    """
    lesson, known = assignment[:2], set(exercise_names())
    names = dict.fromkeys(f"{lesson}/{task.rpartition('/')[2]}" for task in tasks)
    exercises = [find_exercise(name) for name in names if name in known]
    beliefs = [belief for one in exercises for belief in getattr(one, "told", one.beliefs).values()]
    beliefs.reverse()  # the first exercise's words win
    return {one.key: one.says for one in beliefs}, {one.key: one.hint for one in beliefs}
