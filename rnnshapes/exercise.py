"""What an exercise consists of: the arguments, the expected answer, and the named wrong beliefs about it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np

from rnnshapes.cases import Case, make_case
from rnnshapes.sizes import Sizes


@dataclass(frozen=True)
class Belief:
    """A misconception: a short key, the belief in a student's words, and a hint that is not the solution."""

    key: str
    says: str
    hint: str


@dataclass(frozen=True)
class Wrong:
    """An array that somebody with these beliefs (one, or two at once) would return."""

    keys: tuple[str, ...]
    value: np.ndarray


@dataclass(frozen=True, eq=False)
class FunctionExercise:
    """A function that a student writes by hand, and that Keras computes as well.

    `name` is "LESSON/function"; `dims` are the axes of its result; `source` says which prediction it must
    agree with. `arguments(case)` gives its arguments by name and `expected(case)` what Keras returns.
    `wrongs(case, pairs=…)` yields, likeliest first, what the known beliefs would return on a case, and
    `forms(got, case)` yields (key, array) where the right numbers may hide in a wrong shape.
    `starts_elsewhere(function, case)` tells whether all is right but the initial state.
    `tell_apart(keys, function, arguments)` separates beliefs that give the same numbers.
    `notebook` are the sizes that are global variables in the student's notebook; no letter has the same size
    in `check_sizes`, so that a size taken from the notebook shows.
    `at_once`: a Python loop over samples is right, but not all that is asked.
    """

    name: str
    dims: str
    source: str
    beliefs: dict[str, Belief]
    arguments: Callable[[Case], dict[str, np.ndarray]]
    expected: Callable[[Case], np.ndarray]
    wrongs: Callable[..., Iterator[Wrong]]
    forms: Callable[[np.ndarray, Case], Iterator[tuple[str, np.ndarray]]]
    starts_elsewhere: Callable[[Callable[..., Any], Case], bool]
    tell_apart: Callable[[list[str], Callable[..., Any], dict[str, np.ndarray]], list[str]]
    notebook: Sizes
    check_sizes: tuple[Sizes, ...]
    at_once: bool = False

    @property
    def function(self) -> str:
        """The name of the student's function."""
        return self.name.partition("/")[2]

    def check_cases(self) -> list[Case]:
        """Return the cases of the visible check: the notebook's sizes first, then others."""
        return seeded_cases(self.notebook, *self.check_sizes)

    def prepare(self) -> None:
        """Compute what the known beliefs give on the check's cases, so that later checks answer at once."""
        for case in self.check_cases():
            for pairs in (False, True):
                deque(self.wrongs(case, pairs=pairs), maxlen=0)

    def judge(self, answer: Any, cases: list[Case], part: str = "") -> Any:
        """Return the Verdict on a student's function."""
        from rnnshapes.judge import judge_function

        return judge_function(self, answer, cases, part=part)


@lru_cache(maxsize=32)
def sibling(case: Case) -> Case:
    """Return another case of the same sizes: an answer remembered by its shapes is wrong there."""
    return make_case(case.sizes, seed=10**6)


@cache
def seeded_cases(*sizes: Sizes) -> list[Case]:
    """Return one case for each of the sizes, the same ones in every call. Built once a process."""
    return [make_case(one, seed=number) for number, one in enumerate(sizes)]
