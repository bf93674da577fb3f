"""Functions that compute stacks of layers: the first layer whose output differs is found, and judged by itself.

A stack is a case with `layers` (dicts), `weights` (a list of arrays for each layer), `X`, `outputs` (what Keras gives
behind each layer), `masks` (what each layer gets of one) and `upto(place)`, the same stack up to a layer.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from rnnshapes.beliefs.by_hand import ByHand
from rnnshapes.judge import facts
from rnnshapes.judge.compare import is_right
from rnnshapes.judge.exceptions import showing
from rnnshapes.judge.explain import read_error
from rnnshapes.judge.functions import call_on, judge_function
from rnnshapes.judge.verdict import Verdict
from rnnshapes.judge.watch import Outcome, Theirs, is_empty, watch


def _of_part(cases: list[Any], part: str) -> list[Any]:
    return [case for case in cases if not part or case.part == part]


@dataclass(frozen=True)
class Alone:
    """One layer by itself: `judge` is an exercise about it, whose arguments `handed` turns into a stack.

    `handed(**arguments)` returns layers, weights, X and the mask in front of the last layer.
    """

    says: str
    judge: ByHand
    handed: Callable[..., tuple[list[dict], list[list], Any, Any]]


class OnStacks(ByHand):
    """A function of whole stacks, or of the last layer of each: `takes` are of "layers", "layer", "weights", "X", "mask"."""

    def alone(self, layer: dict, *, masked: bool) -> Iterator[Alone]:
        """Yield what to try by itself where a layer is wrong, the simplest first: the first that is wrong is told."""
        yield from ()

    def each_layer(self) -> Iterator[dict]:
        """Yield a layer of each kind that `alone` tells apart."""
        yield from ()

    @cached_property
    def told(self) -> dict[str, Any]:
        """All that may be told, by key: the exercise's own beliefs, and those about each layer by itself."""
        trials = [trial for layer in self.each_layer() for trial in self.alone(layer, masked=True)]
        alone = {key: belief for trial in trials for key, belief in trial.judge.beliefs.items()}
        return alone | self.beliefs

    @property
    def parts(self) -> dict[str, tuple[str, ...]]:
        """The graded parts, each with what its stacks are about."""
        return {part: (part,) for part in dict.fromkeys(case.part for case in self.check_cases()) if part}

    def tried(self, case: Any) -> list[Any]:
        """Return the stacks of a bundle."""
        return case.stacks

    @property
    def of_all(self) -> bool:
        """Whether the function takes all layers, and not the last alone."""
        return self.takes.startswith("layers")

    def arguments(self, case: Any) -> dict[str, Any]:
        """Return the function's arguments: of the whole stack, or of its last layer."""
        handed = self.handed(case.layers, case.weights, case.X, case.masks[len(case.layers) - 1])
        return dict(zip(self.takes.split(), handed, strict=True))

    def handed(self, layers: list[dict], weights: list[list], X: Any, mask: Any) -> tuple[Any, ...]:
        """Return these as the function takes them: all layers, or the last alone with the mask in front of it."""
        known = {"layers": layers, "layer": layers[-1], "X": X, "mask": mask}
        known["weights"] = weights if self.of_all else weights[-1]
        return tuple(known[name] for name in self.takes.split())

    def agrees(self, answer: Any, cases: list[Any], part: str = "") -> bool:
        """Tell whether a student's function is right on the stacks of a part, each called once."""
        return super().agrees(answer, _of_part(cases, part))

    def judge(self, answer: Any, cases: list[Any], part: str = "") -> Verdict:
        """Return the Verdict on the stacks of a part: on the first layer whose output differs, by itself, if that is wrong."""
        cases = _of_part(cases, part)
        if not callable(answer):
            return judge_function(self, answer, cases[:1])
        outcomes = call_on(self, answer, cases, quiet=True)
        if any(outcome.helpers for outcome in outcomes) or _is_stub(answer, outcomes[0]):
            return judge_function(self, answer, cases[:1])
        wrong = [case for case, outcome in zip(cases, outcomes, strict=True) if not is_right(self, case, outcome)]
        if not wrong:
            return self._counted(judge_function(self, answer, cases), cases)
        case = wrong[0]
        place = self._first_wrong(answer, case)
        if told := self._told_at_once(answer, case.upto(place), outcomes):
            return self._placed(told, case, place, "")
        layer, masked = case.layers[place], case.masks[place] is not None
        short = [one.upto(self._first_wrong(answer, one)) for one in wrong]
        alike = [one for one in short if one.layers[-1]["kind"] == layer["kind"]]  # others may have their own mistake
        between = judge_function(self, answer, short) if self.of_all else None
        if between and self._is_own(between):
            return self._placed(between, case, place, "")
        if between and len(alike) < len(short) and self._is_own(told := judge_function(self, answer, alike)):
            return self._placed(told, case, place, "")
        for trial in self.alone(layer, masked=masked):
            verdict = trial.judge.judge(_Alone(answer, self, trial), trial.judge.check_cases())
            if not verdict.right:
                return self._placed(verdict, case, place, trial.says)
        return self._placed(between or judge_function(self, answer, short), case, place, "")

    def _is_own(self, verdict: Verdict) -> bool:
        """Tell whether a belief of a verdict is one whose numbers are those of whole stacks."""
        return any(self.function in belief.numpy for belief in verdict.beliefs)

    def _told_at_once(self, answer: Any, short: Any, outcomes: list[Outcome]) -> Verdict | None:
        """Return the verdict on what no layer by itself would tell: a key, a mask or a weight that is not there."""
        first = call_on(self, answer, [short], quiet=True)[0]
        if first.returns_nothing and not all(one.returns_nothing for one in outcomes):
            verdict = judge_function(self, answer, [short])
            return replace(verdict, beliefs=showing(self, facts.NOTHING_HERE))
        if first.error is None:
            return None
        verdict = judge_function(self, answer, [short])
        if self._reads_first_data(first, short):
            return replace(verdict, beliefs=showing(self, facts.FIRST_DATA), try_="")
        return verdict if any(belief.group == "stacks" for belief in verdict.beliefs) else None

    def _reads_first_data(self, outcome: Outcome, short: Any) -> bool:
        """Tell whether a product with a part of X fails in a layer that reads another box."""
        before = [layer for layer in short.layers[:-1] if layer["kind"] != "Masking"]
        meeting = read_error(outcome.error, arguments=self.arguments(short)).meeting if before and self.of_all else None
        return meeting is not None and meeting.operator == "@" and meeting.left.part_of == "X"

    def _first_wrong(self, answer: Any, case: Any) -> int:
        """Return the place of the first layer whose output differs; what only makes a mask has none of its own."""
        for place, layer in enumerate(case.layers[:-1]):
            if layer["kind"] == "Masking" and "weights" in self.takes:
                continue
            short = case.upto(place)
            if not is_right(self, short, call_on(self, answer, [short], quiet=True)[0]):
                return place
        return len(case.layers) - 1

    def _placed(self, verdict: Verdict, case: Any, place: int, alone: str) -> Verdict:
        """Say which layer it is, of which stack, and that the rest is about it alone."""
        name = case.upto(place).called
        which = f"layer {place + 1} of {len(case.layers)}, {name}, is the first whose output differs"
        summary = f"{self.function} is not right yet: {which if self.of_all else f'on {name}'}."
        got = f"{alone}: {verdict.got}" if alone else verdict.got
        return replace(verdict, subject=self.function, summary=summary, got=got)

    def _counted(self, verdict: Verdict, cases: list[Any]) -> Verdict:
        what = "different stacks" if self.of_all else "layers"
        return replace(verdict, summary=verdict.summary.replace(f"{len(cases)} cases", f"{len(cases)} {what}"))


def _is_stub(answer: Any, first: Outcome) -> bool:
    return isinstance(first.error, NotImplementedError) or (first.returns_nothing and is_empty(answer))


class _Alone(Theirs):
    """A student's function as one of a single layer's arrays."""

    def __init__(self, function: Callable[..., Any], exercise: OnStacks, trial: Alone) -> None:
        super().__init__(function)
        self._exercise, self._trial = exercise, trial
        self._names = trial.judge.takes.split()

    def _handed(self, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
        return self._exercise.handed(*self._trial.handed(**dict(zip(self._names, arguments, strict=True))))

    def __call__(self, *arguments: Any) -> Any:
        return self.__wrapped__(*self._handed(arguments))

    def __watch__(self, arguments: tuple[Any, ...], **how: Any) -> Outcome:
        handed, names = self._handed(arguments), tuple(self._exercise.takes.split())
        outcome = watch(self.__wrapped__, *handed, **how | {"names": names})
        if outcome.error is not None and not hasattr(outcome.error, "__trouble__"):
            given = dict(zip(names, handed, strict=True))
            outcome.error.__trouble__ = read_error(outcome.error, arguments=given)  # by the student's own names
        return outcome

    @property
    def __signature__(self) -> inspect.Signature:
        """Of the layer's arrays, in their order; what the student's own function takes was tried before."""
        kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
        return inspect.Signature([inspect.Parameter(name, kind) for name in self._names])
