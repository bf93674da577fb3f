"""Predicted values: numbers, words or yes/no that a student types before they are revealed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from rnnshapes.judge.exercise import Belief, TypedOnce
from rnnshapes.judge.verdict import Verdict
from rnnshapes.layers.cases import make_case
from rnnshapes.sizes import Sizes

_TEXTS = {
    "not_written": ("I have not typed this yet.", "Replace each ... by a guess: a guess is worth more than a blank."),
    "wrong_type": (
        "Any way of writing it will do.",
        "Type one thing of the kind that is asked for: a number, a word in quotes, True or False.",
    ),
    "key_renamed": ("The keys are mine to choose.", "The keys are read by name: restore them as they were released."),
}
VALUE_BELIEFS = {key: Belief(key, *text) for key, text in _TEXTS.items()}


@dataclass(frozen=True, eq=False)
class ValuesExercise(TypedOnce):
    """Values that a student types before they are revealed: a dict of whole numbers, words, or True and False.

    `measure(case)` gives the true values, by key, from Keras or NumPy at run time; `parts` says which keys a graded
    part looks at; `make(sizes, seed=…)` makes the case. `own` are this exercise's beliefs, and `named(case)` which
    wrong values they give: {key: {value: belief}}. `kinds` says what to type for a key: "a number", "'mse' or 'mae'".
    `whole` is the key of the sum of all others: if it alone is wrong, it was added up wrongly.
    """

    name: str
    measure: Callable[[Any], dict[str, Any]]
    kinds: dict[str, str]
    parts: dict[str, tuple[str, ...]]
    notebook: Sizes
    own: dict[str, Belief]
    named: Callable[[Any], dict[str, dict[Any, str]]]
    make: Callable[..., Any] = make_case
    source: str = "Keras gives"
    common: dict[str, Belief] = field(default_factory=lambda: VALUE_BELIEFS)
    whole: str = ""

    @cached_property
    def beliefs(self) -> dict[str, Belief]:
        """The beliefs about typed values in general, and this exercise's own."""
        return self.common | self.own

    @cached_property
    def truth(self) -> dict[str, Any]:
        """The true values, by key; measured once a process."""
        return {key: _plain(value) for key, value in self.measure(self.check_cases()[0]).items()}

    def judge(self, answer: Any, cases: list[Any], part: str = "") -> Verdict:
        """Return the Verdict on a dict of values, or on one part of it. The true values are not shown."""
        asked = self.parts[part] if part else tuple(self.truth)
        answer = {} if answer is None or answer is ... else answer
        if not isinstance(answer, dict):
            return Verdict(
                self.variable,
                got=f"a value of type {type(answer).__name__}",
                expected=f"a dict with the keys {', '.join(map(repr, asked))}",
                beliefs=(self.beliefs["wrong_type"],),
            )
        typed = {key: _plain(answer.get(key, ...)) for key in asked}
        wrong = [key for key in asked if not _same(typed[key], self.truth[key])]
        if not wrong:
            summary = f"all {len(asked)} predicted values are the ones that {self.source}."
            return Verdict(self.variable, right=True, summary=summary)
        named = self.named(cases[0])
        found = {key: self._belief(typed[key], key, named.get(key, {})) for key in wrong}
        if not set(answer) <= set(self.truth):
            found |= {key: "key_renamed" for key in wrong if key not in answer}
        if self.whole in wrong and found[self.whole] not in (
            "not_written",
            "wrong_type",
            "part_forgotten",
            "key_renamed",
        ):
            parts = [key for key in self.truth if key != self.whole]
            if all(_same(_plain(answer.get(key, ...)), self.truth[key]) for key in parts):
                found[self.whole] = "adding_slip"
        right = len(asked) - len(wrong)
        keys = dict.fromkeys(belief for belief in found.values() if belief)
        return Verdict(
            self.variable,
            summary=f"{right} of {len(asked)} predicted values are right." if part or right else "",
            got="; ".join(f"{key}: {'...' if typed[key] is ... else repr(typed[key])[:60]}" for key in wrong),
            expected="; ".join(f"{key}: {self.kinds[key]}" for key in wrong),
            try_=""
            if found[wrong[0]]
            else f"Look at {wrong[0]} again: what does it count or name, and from which letters?",
            beliefs=tuple(self.beliefs[key] for key in keys),
        )

    def _belief(self, value: Any, key: str, named: dict[Any, str]) -> str:
        """Return the key of the belief behind one wrong value, or "" if it is not recognised."""
        if value is None or value is ...:
            return "not_written"
        if not isinstance(value, type(self.truth[key])) and not _numbers(value, self.truth[key]):
            return "wrong_type"
        return next((belief for wrong, belief in named.items() if _same(_plain(wrong), value)), "")


def _plain(value: Any) -> Any:
    """Return a NumPy number as Python's, a word without spaces around it, everything else as it is."""
    if isinstance(value, np.generic):
        return value.item()
    return value.strip() if isinstance(value, str) else value


def _numbers(one: Any, other: Any) -> bool:
    return all(isinstance(value, int | float) and not isinstance(value, bool) for value in (one, other))


def _same(one: Any, other: Any) -> bool:
    """Tell whether two typed values are equal; True is not 1, and words may be written large or small."""
    if isinstance(one, str) and isinstance(other, str):
        return one.lower() == other.lower()
    if isinstance(one, bool) or isinstance(other, bool) or not _numbers(one, other):
        return type(one) is type(other) and one == other
    return one == other
