"""Predicted values: numbers, words or yes/no that a student types before they are revealed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np

from rnnshapes.judge.exercise import TypedOnce
from rnnshapes.judge.verdict import Verdict


@dataclass(frozen=True, eq=False)
class ValuesExercise(TypedOnce):
    """Values that a student types before they are revealed: a dict of whole numbers, words, or True and False.

    `measure(case)` gives the true values, by key, that `source` gives, from Keras or NumPy at run time; `kinds` says
    what to type for a key: "a number", "'mse' or 'mae'"; `parts` says which keys a graded part looks at. `room` has the
    lesson's sizes and its own beliefs.
    """

    name: str
    measure: Callable[[Any], dict[str, Any]]
    kinds: dict[str, str]
    parts: dict[str, tuple[str, ...]]
    room: Any
    source: str = "Keras gives"

    @cached_property
    def beliefs(self) -> dict[str, Any]:
        """The beliefs about typed values in general, and the lesson's own about these."""
        keys = {*self.kinds, "each", self.variable}
        return self.room.known(self.variable, "values", lambda record: bool(keys & {*record.values}))

    @cached_property
    def whole(self) -> str:
        """The key of the sum of all others, "" if there is none: if it alone is wrong, it was added up wrongly."""
        numbers = all(type(value) is int for value in self.truth.values())
        *parts, whole = self.truth
        return whole if numbers and len(parts) > 1 and sum(map(self.truth.get, parts)) == self.truth[whole] else ""

    @cached_property
    def _named(self) -> dict[str, list[tuple[Any, str]]]:
        """Which belief gives which wrong value, by key: the likeliest first."""
        case = self.check_cases()[0]
        space = {"case": case, **case.sizes.known, **{name.replace(" ", "_"): one for name, one in self.truth.items()}}
        found: dict[str, list[tuple[Any, str]]] = {key: [] for key in self.truth}
        for record in self.beliefs.values():
            for key, lines in record.values.items():
                for line in lines if key in (*found, "each", self.variable) else ():
                    value = eval(compile(line, f"<{record.key}>", "eval"), {**space})  # the course's own line
                    each = key in ("each", self.variable)
                    given = [*value, sum(value)] if each and len(value) < len(self.truth) else value
                    pairs = zip(self.truth, given, strict=True) if each else [(key, given)]
                    for name, one in pairs:
                        if name in found and not _same(_plain(one), self.truth[name]) and (one or not each):
                            found[name].append((_plain(one), record.key))
        return found

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
        found = {key: self._belief(typed[key], key) for key in wrong}
        if not set(answer) <= set(self.truth):
            found |= {key: "key_renamed" for key in wrong if key not in answer}
        if self.whole in wrong and found[self.whole] not in ("not_written", "wrong_type", "key_renamed"):
            found[self.whole] = self._slip(answer, typed[self.whole]) or found[self.whole]
        right = len(asked) - len(wrong)
        return Verdict(
            self.variable,
            summary=f"{right} of {len(asked)} predicted values are right." if part or right else "",
            got="; ".join(f"{key}: {'...' if typed[key] is ... else repr(typed[key])[:60]}" for key in wrong),
            expected="; ".join(f"{key}: {self.kinds[key]}" for key in wrong),
            try_=""
            if found[wrong[0]]
            else f"Look at {wrong[0]} again: what does it count or name, and from which letters?",
            **self.likeliest(found),
        )

    def _slip(self, answer: dict[str, Any], typed: Any) -> str:
        """Return the belief behind a wrong sum: of some of the parts alone, or of parts that are right."""
        parts = [key for key in self.truth if key != self.whole]
        some = (group for size in range(2, len(parts)) for group in combinations(parts, size))
        if any(_same(typed, sum(map(self.truth.get, group))) for group in some):
            return "part_forgotten"
        return "adding_slip" if all(_same(_plain(answer.get(key, ...)), self.truth[key]) for key in parts) else ""

    def _belief(self, value: Any, key: str) -> str:
        """Return the key of the belief behind one wrong value, or "" if it is not recognised."""
        if value is None or value is ...:
            return "not_written"
        if not isinstance(value, type(self.truth[key])) and not _numbers(value, self.truth[key]):
            return "wrong_type"
        return next((belief for wrong, belief in self._named[key] if _same(wrong, value)), "")


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
