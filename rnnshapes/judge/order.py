"""An order that a student finds by experiment: which letter belongs to which place, each of them once."""

from __future__ import annotations

import re
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

    `kinds` names the letters in quotes, in the order in which they are taught: "'i', 'f' or 'g' (also 'c')", where 'c'
    is another name for 'g'. The lesson's own beliefs that are `for` it show in "typed i f g o", "the inverse",
    "backwards", "2 wrong" or "a letter twice".
    """

    @cached_property
    def beliefs(self) -> dict[str, Any]:
        return self.room.known(self.variable, "values", lambda record: self.variable in record.only_for)

    @cached_property
    def alias(self) -> dict[str, str]:
        """The taught letter for each other name of one."""
        pairs = re.findall(r"'(\w+)' \(also '(\w+)'\)", next(iter(self.kinds.values())))
        return {other: letter for letter, other in pairs}

    @cached_property
    def letters(self) -> list[str]:
        """All letters, in the order in which they are taught."""
        named = re.findall(r"'(\w+)'", next(iter(self.kinds.values())))
        return [letter for letter in named if letter not in self.alias]

    def judge(self, answer: Any, cases: list[Any], part: str = "") -> Verdict:
        """Return the Verdict on a dict of letters; where each stands once, with a belief about their order."""
        if not isinstance(answer, dict):
            return super().judge(answer, cases, part)
        answer = {place: self._plain_letter(letter) for place, letter in answer.items()}
        verdict = super().judge(answer, cases, part)
        right, typed = list(self.truth.values()), [answer.get(place) for place in self.truth]
        if verdict.right or not all(isinstance(letter, str) and letter in right for letter in typed):
            return verdict
        inverse = [self.letters[right.index(letter)] for letter in self.letters]
        shown = [f"typed {' '.join(typed)}", *(["the inverse"] if typed == inverse else [])]
        shown += ["backwards"] if typed == right[::-1] else []
        wrong = sum(one != other for one, other in zip(typed, right, strict=True))
        shown = [*shown, f"{wrong} wrong"] if len(set(typed)) == len(typed) else ["a letter twice"]
        return replace(  # which of them are wrong would give the answer away
            verdict,
            summary="",
            got="; ".join(f"{place}: {letter!r}" for place, letter in zip(self.truth, typed, strict=True)),
            expected=f"each of {', '.join(map(repr, self.letters))} once, where the experiment shows it",
            beliefs=beliefs_of(self, self.named(shown)),
            items=(),
            try_="",
        )

    def _plain_letter(self, letter: Any) -> Any:
        """Return the taught name of a letter that is typed in any way."""
        plain = letter.strip().lower() if isinstance(letter, str) else letter
        return self.alias.get(plain, plain) if isinstance(plain, str) else letter
