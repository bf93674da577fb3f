"""What notebooks call: `check_answer` under an answer cell, `assert_answer` in a hidden test."""

from __future__ import annotations

import gc
from dataclasses import replace
from functools import cache
from typing import Any

from rnnshapes.attempts import note
from rnnshapes.errors import CourseError
from rnnshapes.judge.functions import with_loops
from rnnshapes.judge.verdict import Verdict
from rnnshapes.layers.chance import undisturbed
from rnnshapes.lessons import find_exercise


class WrongAnswer(AssertionError):
    """An answer that does not agree with Keras. The message is meant for the student; `verdict` is what it says."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(str(verdict).removeprefix("✗ "))
        self.verdict = verdict

    def _render_traceback_(self) -> list[str]:
        """Return what IPython shows in place of a traceback: the message, and none of our own code."""
        return [f"WrongAnswer: {self}"]


def check_answer(name: str, answer: Any) -> Verdict:
    """Compare an answer with Keras and say what to try. Never raises for a wrong answer, never shows the solution.

    `name` is the exercise, such as "01/rnn_by_hand"; `answer` what the student made, a function or a dict.
    Returns: a Verdict, which a notebook shows as text and a picture.
    Raises: CourseError if there is no such exercise.

    >>> check_answer("01/predicted", {"X": (7, 3)}).recognised
    'batch_axis_forgotten + not_written'
    """
    exercise = find_exercise(name)
    with undisturbed():
        _prepare(name)
        cases = exercise.check_cases()
        verdict = with_loops(exercise, answer, cases, exercise.judge(answer, cases))
    verdict = replace(verdict, metadata=note(name, verdict))
    _LAST[:] = [verdict]
    return verdict


_LAST: list[Verdict] = []


def see_it_run() -> Any:
    """Return the explorer with what the last checked answer computes beside what Keras does: a mistake, run.

    Raises: CourseError if the last check found no formula.

    >>> def rnn_by_hand(x, Wx, Wh, bh, Wo, bo): return None
    >>> check_answer("01/rnn_by_hand", rnn_by_hand).right
    False
    >>> see_it_run()
    Traceback (most recent call last):
    rnnshapes.errors.CourseError: The last check found no formula for what your code computes. ...
    """
    if not _LAST or _LAST[0].see is None:
        raise CourseError(
            "The last check found no formula for what your code computes. "
            'Run a check whose card says "Your code computes" first.'
        )
    return _LAST[0].see()


@cache
def _prepare(name: str) -> None:
    """Let the first check of an exercise do what all later ones need."""
    exercise = find_exercise(name)
    if hasattr(exercise, "prepare"):
        exercise.prepare()
    gc.freeze()  # TensorFlow's objects are there to stay: to search them for garbage takes half a second each time


def assert_answer(name: str, answer: Any, *, part: str = "") -> None:
    """Raise WrongAnswer unless the answer agrees with Keras on unseen sizes, weights and non-zero biases.

    The cases come from the seed in the environment variable RNNSHAPES_SEED. `part` names one part of an
    exercise that is graded in several cells.

    >>> assert_answer("01/predicted", {"X": (7, 3)}, part="inputs")
    Traceback (most recent call last):
    rnnshapes.check.WrongAnswer: 0 of 3 predicted shapes are right.
      ...
    """
    exercise = find_exercise(name)
    with undisturbed():
        cases = exercise.check_cases()
        verdict = None if exercise.agrees(answer, cases, part) else exercise.judge(answer, cases, part=part)
        if verdict is None or verdict.right:  # what is wrong on the visible check's cases is named best there
            verdict = exercise.judge(answer, exercise.hidden_cases(), part=part)
    if not verdict.right:
        raise WrongAnswer(replace(verdict, see=None))
