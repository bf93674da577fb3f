"""The way of a student's checks, from verdict to verdict: kept where the student says so, and nowhere else.

A kernel cannot write a notebook's metadata, but what it shows may carry some, and JupyterLab and Colab save that with
the notebook. So each verdict carries the way so far. A file beside the notebook keeps it when the kernel is restarted.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

from rnnshapes.errors import CourseError
from rnnshapes.files import write_file
from rnnshapes.judge.verdict import NOT_WRITTEN, Verdict
from rnnshapes.lessons import exercise_names, find_exercise

Way = list[tuple[str, int]]
"""Verdicts in their order, each with how many checks in a row gave it: "right", "?", a belief's key, or "key + key"."""

RIGHT, NAMELESS = "right", "?"
MOST_STRETCHES, MOST_CHECKS, LONGEST_VERDICT = 40, 1_000, 200
MOST_BYTES = 1_000_000
FILE = Path(".ipynb_checkpoints", "rnnshapes_attempts.json")
"""In the folder that Jupyter makes beside a notebook. Neither git nor nbgrader takes that one anywhere."""

_KEPT: dict[Path, dict[str, Way]] = {}
"""What this kernel's checks found, by the file that keeps it too; empty without the student's word."""


def keep_attempts(keep: bool = True) -> None:
    """Let each check from now on keep its verdict in the notebook, for the instructor; or stop that and forget them.

    What is kept: of each exercise, whether its checks found it right, and which beliefs they recognised. No code, no
    name and no time, and it leaves this machine with the hand-in alone. It gives and costs no points.

    >>> keep_attempts(False)
    Your checks keep nothing, and what they kept is deleted. Run the check cells again: their outputs forget it, too.
    """
    file = next(iter(_KEPT), Path.cwd() / FILE)
    _KEPT.clear()
    if keep:
        _KEPT[file] = {}
        print(
            "From now on your checks keep their verdicts in this notebook: right, or what they recognised; never your "
            "code.\nYour instructor sees them when you hand in. They give and cost no points. "
            "To stop: rnnshapes.keep_attempts(False)"
        )
        return
    with contextlib.suppress(OSError):
        file.unlink()
    print(
        "Your checks keep nothing, and what they kept is deleted. "
        "Run the check cells again: their outputs forget it, too."
    )


def note(name: str, verdict: Verdict) -> dict[str, Any]:
    """Keep a verdict on the exercise `name`; return the metadata that carries its way, {} without the student's word.

    An answer that is not written yet is no attempt.
    """
    said = _said(verdict)
    if not _KEPT or not said:
        return {}
    (file, kept), *_ = _KEPT.items()
    stored = _stored(file)
    way = kept[name] if name in kept else read_way(stored.get(name), known=known_verdicts(name))
    kept[name] = way_of([*way, (said, 1)])
    with contextlib.suppress(OSError, CourseError):  # a folder that cannot be written: this kernel remembers it
        write_file(file, json.dumps(stored | kept).encode())
    return carried({name: kept[name]})


def carried(ways: dict[str, Way]) -> dict[str, Any]:
    """Return the metadata of an output that carries these ways, by exercise.

    >>> carried({"01/rnn_by_hand": way_of([("relu", 1), ("relu", 1), ("right", 1)])})
    {'rnnshapes': {'attempts': {'01/rnn_by_hand': [['relu', 2], ['right', 1]]}}}
    """
    return {"rnnshapes": {"attempts": {name: [list(stretch) for stretch in way] for name, way in ways.items()}}}


def way_of(checks: Iterable[tuple[str, int]]) -> Way:
    """Return the way that these verdicts make: the same one in a row is one stretch, and old stretches are forgotten.

    >>> way_of([("?", 1), ("?", 2), ("right", 1)])
    [('?', 3), ('right', 1)]
    """
    grouped = groupby(checks, key=lambda check: check[0])
    way = [(said, min(MOST_CHECKS, sum(count for _, count in same))) for said, same in grouped]
    return way[-MOST_STRETCHES:]


def read_way(value: Any, *, known: set[str]) -> Way:
    """Return the way that untrusted JSON holds; what is no stretch of a way, or names no `known` verdict, is left out.

    >>> read_way([["relu", 2], ["<b>", 1], ["relu", "2"], ["right", 1]], known={"relu", "right"})
    [('relu', 2), ('right', 1)]
    """
    stretches = value[-MOST_STRETCHES:] if isinstance(value, list) else []
    return way_of((said, count) for said, count in filter(_is_stretch, stretches) if set(said.split(" + ")) <= known)


def _is_stretch(value: Any) -> bool:
    if not isinstance(value, list) or len(value) != 2:
        return False
    said, count = value
    return type(said) is str and len(said) <= LONGEST_VERDICT and type(count) is int and 0 < count <= MOST_CHECKS


def known_verdicts(name: str) -> set[str]:
    """Return what a check of this exercise can say: the keys of its beliefs, "right" and "?"."""
    exercise = find_exercise(name)
    return {RIGHT, NAMELESS, *getattr(exercise, "told", exercise.beliefs)} - {NOT_WRITTEN}


def _said(verdict: Verdict) -> str:
    """Return what a verdict says in a way: sorted keys, each once; "" of an answer that is not written."""
    if verdict.right:
        return RIGHT
    keys = {belief.key for belief in verdict.beliefs}
    return "" if keys == {NOT_WRITTEN} else " + ".join(sorted(keys - {NOT_WRITTEN})) or NAMELESS


def _stored(file: Path) -> dict[str, Any]:
    """Return what the file holds of exercises that there are; {} where it cannot be read."""
    try:
        with open(file, "rb") as opened:
            stored = json.loads(opened.read(MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return {}
    names = set(exercise_names())
    return {name: way for name, way in stored.items() if name in names} if isinstance(stored, dict) else {}
