"""Functions that let a right array through and refuse a wrong one with a ValueError."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from rnnshapes.judge.compare import to_array
from rnnshapes.judge.exercise import Belief, Written
from rnnshapes.judge.verdict import Verdict
from rnnshapes.judge.watch import Outcome, helper_called, is_empty, watch
from rnnshapes.sizes import Sizes


@dataclass(frozen=True)
class Trial:
    """One call: its arguments by name, whether the first is to be let through, and the belief if it is not."""

    arguments: dict[str, Any]
    fits: bool
    belief: str

    @property
    def guarded(self) -> np.ndarray:
        return next(iter(self.arguments.values()))


@dataclass(frozen=True, eq=False)
class GuardExercise(Written):
    """A function that returns its first argument if that fits the others, and raises a ValueError if it does not.

    `trials(case)` gives the calls that are made on a case, the likeliest slips first: the first one that is
    judged wrongly is shown. `make(sizes, seed=…)` makes a case, which has `.sizes`.
    """

    name: str
    beliefs: dict[str, Belief]
    trials: Callable[[Any], list[Trial]]
    make: Callable[..., Any]
    notebook: Sizes
    check_sizes: tuple[Sizes, ...]
    silent_belief: str = ""  # if the message of a refusal has to hold the shape that came

    def judge(self, answer: Any, cases: list[Any], part: str = "") -> Verdict:
        """Return the Verdict on a student's function."""
        if not callable(answer):
            return self._wrong(
                f"{self.function} is a value of type {type(answer).__name__}",
                f"a function {self.function}(…)",
                "function_overwritten",
            )
        judged = [(case, trial, self._call(answer, trial)) for case in cases for trial in self.trials(case)]
        outcomes = [outcome for _, _, outcome in judged]
        verdict = self._unusable(answer, outcomes)
        if verdict:
            return verdict
        if all(outcome.error is None and not isinstance(outcome.value, bool | str) for outcome in outcomes):
            same = [_is(outcome.value, trial.guarded) for _, trial, outcome in judged]
            if all(same):
                return self._say(*judged[0], "accepts_everything")
        for case, trial, outcome in judged:
            belief = self._belief(trial, outcome)
            if belief:
                return self._say(case, trial, outcome, belief)
        for case, trial, outcome in judged:
            if self.silent_belief and not trial.fits and not _holds(str(outcome.error), trial.guarded.shape):
                return self._say(case, trial, outcome, self.silent_belief)
        summary = f"{self.function} lets through what fits and refuses the rest, in {len(judged)} calls."
        return Verdict(self.function, right=True, summary=summary)

    def _call(self, answer: Callable[..., Any], trial: Trial) -> Outcome:
        return watch(answer, *trial.arguments.values(), names=tuple(trial.arguments))

    def _unusable(self, answer: Callable[..., Any], outcomes: list[Outcome]) -> Verdict | None:
        """Return the verdict on a function that is not written, or not by hand, or fails whatever it gets."""
        first = outcomes[0]
        helped = next((outcome for outcome in outcomes if outcome.helpers), None)
        if helped:
            return self._wrong(
                f"{helper_called(helped)} ran inside {self.function}",
                "NumPy alone: shapes need no Keras",
                "keras_layer",
            )
        if isinstance(first.error, NotImplementedError) or (
            first.error is None and first.value is None and is_empty(answer)
        ):
            got = type(first.error).__name__ if first.error else "None"
            verdict = self._wrong(got, "the array as it came, or a ValueError", "not_written")
            return replace(verdict, summary=f"{self.function} is not written yet.")
        if isinstance(first.error, NameError):
            return self._wrong(f"{type(first.error).__name__}: {first.error}", "names that are known", "name_unknown")
        if isinstance(first.error, TypeError) and "positional argument" in str(first.error):
            return self._wrong(str(first.error), "the arguments as they were released", "signature_changed")
        return None

    def _belief(self, trial: Trial, outcome: Outcome) -> str:
        """Return the key of the belief behind a call that went wrong; "" if it went right."""
        value, error = outcome.value, outcome.error
        if error is not None:
            if isinstance(error, ValueError):
                return trial.belief if trial.fits else ""
            return "other_error"
        if isinstance(value, BaseException):
            return "error_returned"
        if isinstance(value, bool | np.bool_ | str):
            return "answers_yes_no"
        if not trial.fits and value is None:
            return "error_returned"
        if value is None:
            return "returns_nothing"
        if trial.fits:
            return "" if _is(value, trial.guarded) else "state_altered"
        return trial.belief if _is(value, trial.guarded) else "stretched"

    def _say(self, case: Any, trial: Trial, outcome: Outcome, belief: str) -> Verdict:
        name, guarded = next(iter(trial.arguments.items()))
        lettered = case.sizes.letters(guarded.shape)
        given = f"{name} of shape {guarded.shape}"
        given += "" if lettered == str(guarded.shape) else f" = {lettered}"
        if belief == "accepts_everything":
            return self._wrong("no ValueError, whatever was handed in", "some shapes to be refused", belief)
        if outcome.error is not None:
            got = f"{type(outcome.error).__name__}: {str(outcome.error)[:200]}"
        else:
            array = to_array(outcome.value)
            got = f"a value of type {type(outcome.value).__name__}" if array is None else f"an array of {array.shape}"
            got = str(outcome.value) if outcome.value is None or isinstance(outcome.value, bool | np.bool_) else got
        sizes = ", ".join(f"{letter} = {number}" for letter, number in case.sizes.known.items() if letter in "NM")
        expected = "the state as it came" if trial.fits else "a ValueError"
        if belief == self.silent_belief:
            expected = f"a ValueError whose message holds {guarded.shape}"
        return self._wrong(f"{got}, for {given} where {sizes}", expected, belief)

    def _wrong(self, got: str, expected: str, belief: str) -> Verdict:
        return Verdict(self.function, got=got, expected=expected, beliefs=(self.beliefs[belief],))


def _holds(message: str, shape: tuple[int, ...]) -> bool:
    """Tell whether a message holds every number of a shape, in whatever words."""
    return set(map(str, shape)) <= set(re.findall(r"\d+", message))


def _is(value: Any, guarded: np.ndarray) -> bool:
    """Tell whether the guarded array came back as it was."""
    array = to_array(value)
    return array is not None and array.shape == guarded.shape and bool(np.allclose(array, guarded, atol=1e-7))
