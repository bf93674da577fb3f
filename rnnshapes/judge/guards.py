"""Functions that let a right array through and refuse a wrong one with a ValueError."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from rnnshapes.judge import facts
from rnnshapes.judge.compare import to_array
from rnnshapes.judge.exceptions import showing
from rnnshapes.judge.exercise import Shown, Written
from rnnshapes.judge.explain import read_error
from rnnshapes.judge.verdict import Verdict
from rnnshapes.judge.watch import Outcome, helper_called, is_empty, watch
from rnnshapes.sizes import Sizes


@dataclass(frozen=True)
class Trial:
    """One call with a guarded array whose shape has these letters, and what came of it."""

    letters: str
    fits: bool
    guarded: np.ndarray
    outcome: Outcome

    @property
    def is_let_through(self) -> bool:
        return self.outcome.error is None and _is(self.outcome.value, self.guarded)


@dataclass(frozen=True, eq=False)
class GuardExercise(Shown, Written):
    """A function that returns its first argument if that fits the others, and raises a ValueError if it does not.

    `takes` are its arguments, the guarded array and sizes: "h0 N M". `lets` is the shape that fits, "N,M", and
    `refuses` are shapes that do not, the likeliest slips first: the first call that is judged wrongly is shown. The
    message of a refusal has to hold the shape that came.
    """

    name: str
    takes: str
    lets: str
    refuses: str
    room: Any

    @property
    def notebook(self) -> Sizes:
        return self.room.notebook

    @property
    def check_sizes(self) -> tuple[Sizes, ...]:
        return self.room.checks

    @property
    def make(self) -> Callable[..., Any]:
        return self.room.make

    @cached_property
    def beliefs(self) -> dict[str, Any]:
        """The beliefs about guards and functions in general, and the lesson's own about this one."""
        return self.room.known(self.function, "guard", lambda record: self.function in record.only_for)

    def judge(self, answer: Any, cases: list[Any], part: str = "") -> Verdict:
        """Return the Verdict on a student's function."""
        if not callable(answer):
            got = f"{self.function} is a value of type {type(answer).__name__}"
            return self._say(got, f"a function {self.function}(…)", facts.NOT_A_FUNCTION)
        tried = [(case, list(self._trials(answer, case))) for case in cases]
        first = tried[0][1][0].outcome
        helped = next((one.outcome for _, trials in tried for one in trials if one.outcome.helpers), None)
        if helped:
            got = f"{helper_called(helped)} ran inside {self.function}"
            return self._say(got, "NumPy alone: shapes need no Keras", facts.NOT_BY_HAND)
        is_stub = isinstance(first.error, NotImplementedError)
        if is_stub or (first.returns_nothing and is_empty(answer)):
            got = type(first.error).__name__ if is_stub else "None"
            asked, summary = "the array as it came, or a ValueError", f"{self.function} is not written yet."
            return self._say(got, asked, facts.NOT_WRITTEN, summary=summary)
        for find in (self._facts, self._silent):
            for case, trials in tried:
                for trial in trials:
                    if noted := find(trial, trials):
                        return self._wrong(case, trial, *self._foreign(case, trial), *noted)
        count = sum(len(trials) for _, trials in tried)
        summary = f"{self.function} lets through what fits and refuses the rest, in {count} calls."
        return Verdict(self.function, right=True, summary=summary)

    def _trials(self, answer: Callable[..., Any], case: Any) -> Iterator[Trial]:
        """Call the function with an array of each shape; a shape that fits where N = 1 is not tried twice."""
        names, sizes = tuple(self.takes.split()), case.sizes
        rng = np.random.default_rng(sizes.T)
        right = _shape(self.lets, sizes)
        for letters in (self.lets, *self.refuses.split()):
            shape, fits = _shape(letters, sizes), letters == self.lets
            if shape == right and not fits:
                continue
            guarded = rng.uniform(-0.9, 0.9, shape)
            arguments = (guarded, *(sizes.of(name) for name in names[1:]))
            yield Trial(letters, fits, guarded, watch(answer, *arguments, names=names))

    def _facts(self, trial: Trial, trials: list[Trial]) -> list[str]:
        """Return what a call that went wrong shows, the most telling fact first; nothing if it went right."""
        value, error = trial.outcome.value, trial.outcome.error
        if error is not None:
            if not isinstance(error, ValueError):
                told = f"{type(error).__name__}: {error}"
                trouble = read_error(error, arguments={})
                slipped = ["fails on what fits"] if trial.fits and not trouble.code.startswith("raise") else []
                return [*facts.of_the_call(trouble), told, *slipped, "raises another exception"]
            return self._refused(trial, trials) if trial.fits else []
        if isinstance(value, BaseException):
            return ["hands back an exception"]
        if isinstance(value, bool | np.bool_):
            return ["hands back yes or no"]
        if value is None:
            return [facts.NOTHING if trial.fits else "hands back nothing for a wrong shape"]
        if trial.is_let_through:
            if trial.fits:
                return []
            through = [one.letters for one in trials if one.is_let_through and not one.fits]
            everything = ["lets everything through"] if all(one.is_let_through for one in trials) else []
            return [*everything, f"lets {'; '.join(through)} through"]
        relation = "text" if isinstance(value, str) else _relation(to_array(value), trial.guarded)
        return [f"hands back {relation} for {'what fits' if trial.fits else 'a wrong shape'}"]

    def _refused(self, trial: Trial, trials: list[Trial]) -> list[str]:
        """Say that what fits is refused, and what is let through in its place."""
        through = [one.letters for one in trials if one.is_let_through]
        found = ["refuses everything"] if not through else []
        found += ["refuses what fits, and nothing else"] if len(through) == len(trials) - 1 else []
        found += ["lets it through turned round"] if ",".join(self.lets.split(",")[::-1]) in through else []
        refused = f"refuses {trial.letters}"
        return [f"{refused} of one sample"] if 1 in trial.guarded.shape else [*found, refused]

    def _foreign(self, case: Any, trial: Trial) -> list[str]:
        """Tell whether what fits is refused at other sizes than the notebook's: those agreed, or they were shown."""
        refused = trial.fits and isinstance(trial.outcome.error, ValueError) and 1 not in trial.guarded.shape
        return [facts.STRANGER] if refused and case.sizes != self.notebook else []

    def _silent(self, trial: Trial, trials: list[Trial]) -> list[str]:
        """Tell whether the message of a refusal lacks the numbers of the shape that came, in whatever words."""
        message = str(trial.outcome.error)
        if trial.fits or set(map(str, trial.guarded.shape)) <= set(re.findall(r"\d+", message)):
            return []
        return [f"ValueError: {message}", "a message without the shape"]

    def _wrong(self, case: Any, trial: Trial, *noted: str) -> Verdict:
        shape, outcome, names = trial.guarded.shape, trial.outcome, self.takes.split()
        if noted[0] == "lets everything through":
            return self._say("no ValueError, whatever was handed in", "some shapes to be refused", *noted)
        lettered = case.sizes.letters(shape)
        given = f"{names[0]} of shape {shape}" + ("" if lettered == str(shape) else f" = {lettered}")
        array = to_array(outcome.value)
        if outcome.error is not None:
            got = f"{type(outcome.error).__name__}: {str(outcome.error)[:200]}"
        elif outcome.value is None or isinstance(outcome.value, bool | np.bool_):
            got = str(outcome.value)
        else:
            got = f"a value of type {type(outcome.value).__name__}" if array is None else f"an array of {array.shape}"
        expected = "the state as it came" if trial.fits else "a ValueError"
        if isinstance(outcome.error, ValueError) and not trial.fits:
            expected = f"a ValueError whose message holds {shape}"
        sizes = ", ".join(f"{name} = {case.sizes.of(name)}" for name in names[1:])
        return self._say(f"{got}, for {given} where {sizes}", expected, *noted)

    def _say(self, got: str, expected: str, *noted: str, summary: str = "") -> Verdict:
        beliefs = showing(self, *noted)
        return Verdict(self.function, summary=summary, got=got, expected=expected, beliefs=beliefs)


def _shape(letters: str, sizes: Sizes) -> tuple[int, ...]:
    """Return the shape of "N+1,M": letters, numbers, and a letter and one more."""
    parts = [part.partition("+") for part in letters.split(",")]
    return tuple((int(one) if one.isdigit() else sizes.of(one)) + int(more or 0) for one, _, more in parts)


def _relation(got: np.ndarray | None, guarded: np.ndarray) -> str:
    """Say what came back beside the array that went in."""
    if got is None or got.dtype.kind not in "fc" or not np.isin(got, guarded).all():
        return "other numbers" if got is not None and got.shape == guarded.shape else "something else"
    if got.size == guarded.size:
        return "the numbers in other places"
    return "a part of it" if got.size < guarded.size else "copies of it"


def _is(value: Any, guarded: np.ndarray) -> bool:
    """Tell whether the guarded array came back as it was."""
    array = to_array(value)
    return array is not None and array.shape == guarded.shape and bool(np.allclose(array, guarded, atol=1e-7))
