"""What an exercise consists of: the arguments, the expected answer, and the named wrong beliefs about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from typing import Any

import numpy as np

from rnnshapes.layers.cases import hidden_cases
from rnnshapes.sizes import Sizes, split_dims


@dataclass(frozen=True)
class Belief:
    """A misconception: a short key, the belief in a student's words, and a hint that is not the solution."""

    key: str
    says: str
    hint: str


class Wrong:
    """What somebody with these beliefs (one, or two at once) would return, and the lines that give it.

    `values` are arrays, one for each way to code it; a function that makes them is called when they are first wanted.
    """

    def __init__(self, keys: tuple[str, ...], values: Any, lines: tuple[str, ...] = ()) -> None:
        self.keys, self.lines, self._made = keys, lines, values

    @cached_property
    def values(self) -> list[np.ndarray]:
        """The arrays, made once."""
        made = self._made() if callable(self._made) else self._made
        return made if isinstance(made, list) else [made]


class Written:
    """What exercises share whose answer is a function, called on cases of the notebook's sizes and of others."""

    name: str
    notebook: Sizes
    check_sizes: tuple[Sizes, ...]
    make: Callable[..., Any]

    @property
    def function(self) -> str:
        """The name of the student's function."""
        return self.name.partition("/")[2]

    def tried(self, case: Any) -> list[Any]:
        """Return what the function is called on for a case that `make` made: that one, or several."""
        return [case]

    def check_cases(self) -> list[Any]:
        """Return the cases of the visible check: the notebook's sizes first, then others."""
        return [one for case in seeded_cases(self.make, self.notebook, *self.check_sizes) for one in self.tried(case)]

    def hidden_cases(self) -> list[Any]:
        """Return the unseen cases of the hidden test."""
        return [one for case in hidden_cases(self.name, make=self.make, like=self.notebook) for one in self.tried(case)]

    def agrees(self, answer: Any, cases: list[Any], part: str = "") -> bool:
        """Tell whether an answer is right on these cases, each called once. False where `judge` alone knows."""
        return False

    @property
    def first_cases(self) -> int:
        """How many cases are of the notebook's sizes."""
        return len(self.tried(seeded_cases(self.make, self.notebook)[0]))


class Shown:
    """What exercises share whose beliefs show in facts: the patterns in `shows` of their records."""

    beliefs: dict[str, Any]

    def named(self, noted: Iterable[str]) -> list[str]:
        """Return the belief that shows in the first of these facts in which one does, as a list of one or none."""
        for fact in noted:
            for pattern, key in self._shows:
                if pattern.fullmatch(fact):
                    return [key]
        return []

    @cached_property
    def _shows(self) -> list[tuple[re.Pattern[str], str]]:
        records = self.beliefs.values()
        return [(re.compile(one, re.DOTALL), record.key) for record in records for one in getattr(record, "shows", ())]


def sizes_read(exercise: Any, case: Any) -> Sizes:
    """Return a case's sizes, read back into the letters alone that the exercise's arguments or its answer have."""
    dims = exercise.dims_on(case)
    there = {size for value in exercise.arguments(case).values() for size in getattr(value, "shape", ())}
    there |= {case.sizes.of(token) for token in split_dims(dims)}
    unread = (letter for letter, size in case.sizes.known.items() if size not in there and letter not in dims)
    return replace(case.sizes, unread=(*case.sizes.unread, *unread))


class TypedOnce:
    """What exercises share whose answer is a dict, typed for the notebook's own sizes before anything is revealed."""

    name: str
    room: Any

    @property
    def notebook(self) -> Sizes:
        """The sizes of the student's notebook."""
        return self.room.notebook

    @property
    def variable(self) -> str:
        """The name of the student's dict."""
        return self.name.partition("/")[2]

    def check_cases(self) -> list[Any]:
        """Return the one case: the notebook's own sizes."""
        return seeded_cases(self.room.make, self.notebook)

    hidden_cases = check_cases

    def agrees(self, answer: Any, cases: list[Any], part: str = "") -> bool:
        """Return True: on one case, there is nothing to look at first."""
        return True

    def likeliest(self, found: dict[str, str]) -> dict[str, tuple[Any, ...]]:
        """Return a Verdict's `beliefs` and `items`: the two, at most, that explain the most of what is wrong.

        `found` has the key of the belief behind each wrong item, "" where none is recognised.
        """
        about: dict[str, list[str]] = {}
        for item, key in found.items():
            if key:
                about.setdefault(key, []).append(item)
        two = sorted(about, key=lambda key: -len(about[key]))[:2]
        keys = [key for key in about if key in two]
        items = (", ".join(about[key][:3]) + (", …" if len(about[key]) > 3 else "") for key in keys)
        return {"beliefs": tuple(self.beliefs[key] for key in keys), "items": tuple(items)}


@lru_cache(maxsize=32)
def sibling(make: Callable[..., Any], case: Any) -> Any:
    """Return another case of the same sizes: an answer remembered by its shapes is wrong there. One of several modes
    has a `sibling` of its own."""
    return case.sibling(seed=_OTHER) if hasattr(case, "sibling") else made_once(make, case.sizes, _OTHER)


_OTHER = 10**6


@lru_cache(maxsize=64)  # what Keras gives on a case is kept with it
def made_once(make: Callable[..., Any], sizes: Sizes, seed: int) -> Any:
    """Return the same case of these sizes in every call."""
    return make(sizes, seed=seed)


@cache
def seeded_cases(make: Callable[..., Any], *sizes: Sizes) -> list[Any]:
    """Return one case for each of the sizes, the same ones in every call. Built once a process."""
    return [make(one, seed=number) for number, one in enumerate(sizes)]
