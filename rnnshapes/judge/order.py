"""An order that a student finds by experiment: which letter belongs to which place, each of them once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from rnnshapes.judge.exceptions import beliefs_of
from rnnshapes.judge.exercise import Shown
from rnnshapes.judge.values import ValuesExercise
from rnnshapes.judge.verdict import Verdict


@dataclass(frozen=True, eq=False)
class OrderExercise(Shown, ValuesExercise):
    """Letters for places. A belief is about the order as a whole: one letter in a wrong place tells little.

    Its beliefs are the lesson's own that are `for` it. They show in "typed i f c o", or in "2 wrong".
    """

    @cached_property
    def beliefs(self) -> dict[str, Any]:
        return self.room.known(self.variable, "values", lambda record: self.variable in record.only_for)

    def judge(self, answer: Any, cases: list[Any], part: str = "") -> Verdict:
        """Return the Verdict on a dict of letters; where each stands once, with a belief about their order."""
        verdict = super().judge(answer, cases, part)
        right = list(self.truth.values())
        typed = [str(answer.get(place)).strip().lower() for place in self.truth] if isinstance(answer, dict) else []
        if verdict.right or sorted(typed) != sorted(right):
            return verdict
        wrong = sum(one != other for one, other in zip(typed, right, strict=True))
        keys = self.named([f"typed {' '.join(typed)}", f"{wrong} wrong"])
        return replace(verdict, beliefs=beliefs_of(self, keys), try_="")
