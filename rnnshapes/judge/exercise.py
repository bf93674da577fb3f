"""What an exercise consists of: the arguments, the expected answer, and the named wrong beliefs about it."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import Any

import numpy as np

from rnnshapes.judge import facts
from rnnshapes.layers.cases import Case, hidden_cases, make_case
from rnnshapes.sizes import Sizes


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

    def check_cases(self) -> list[Any]:
        """Return the cases of the visible check: the notebook's sizes first, then others."""
        return seeded_cases(self.make, self.notebook, *self.check_sizes)

    def hidden_cases(self) -> list[Any]:
        """Return the unseen cases of the hidden test."""
        return hidden_cases(self.name, make=self.make, like=self.notebook)


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


def no_forms(got: np.ndarray, case: Any) -> Iterator[tuple[str, np.ndarray]]:
    """Yield nothing: right numbers in a wrong shape have no names here."""
    yield from ()


def table_of(wrongs: dict[str, Callable[[Any], Any]]) -> Callable[..., Iterator[Wrong]]:
    """Return `wrongs` for a FunctionExercise out of a table: belief → function of the case.

    The function returns an array, or a list of arrays if the belief can be coded in several ways. Each runs once for a
    case, when the first wrong answer asks for it.
    """

    @lru_cache(maxsize=32)
    def compute(case: Any) -> list[Wrong]:
        found = []
        for key, function in wrongs.items():
            value = function(case)
            coded = value if isinstance(value, list) else [value]
            found += [Wrong((key,), np.asarray(one) + 0) for one in coded]  # True and False become numbers
        return found

    def yield_all(case: Any, *, pairs: bool) -> Iterator[Wrong]:
        if not pairs:
            yield from compute(case)

    return yield_all


@dataclass(frozen=True, eq=False)
class FunctionExercise(Written):
    """A function that a student writes by hand, and that Keras computes as well.

    `name` is "LESSON/function"; `dims` are the axes of its result; `source` says which prediction it must
    agree with. `make(sizes, seed=…)` makes a case, which has `.sizes` and whatever the other functions read.
    `arguments(case)` gives its arguments by name and `expected(case)` what Keras returns.
    `wrongs(case, pairs=…)` yields, likeliest first, what the known beliefs would return on a case (see `table_of`), and
    `forms(got, case)` yields (key, array) where the right numbers may hide in a wrong shape.
    `starts_elsewhere(function, case)` tells whether all is right but the initial state.
    `tell_apart(keys, function, arguments)` separates beliefs that give the same numbers.
    `clashes` names the belief behind two operands that do not fit: {"M1 @ M2M2": belief}, the left one without N and T.
    `notebook` are the sizes that are global variables in the student's notebook; no letter has the same size
    in `check_sizes`, so that a size taken from the notebook shows.
    `read_trouble(trouble, case)` gives the key of the belief behind an exception, "" leaves it to the common rules.
    `advice` is what to try when nothing is recognised.
    `at_once`: a Python loop over samples is right, but not all that is asked; `per_sample` names the arguments whose
    first axis is N.
    """

    name: str
    dims: str
    source: str
    beliefs: dict[str, Belief]
    arguments: Callable[[Case], dict[str, np.ndarray]]
    expected: Callable[[Case], np.ndarray]
    wrongs: Callable[..., Iterator[Wrong]]
    notebook: Sizes
    check_sizes: tuple[Sizes, ...]
    make: Callable[..., Any] = make_case
    forms: Callable[[np.ndarray, Any], Iterator[tuple[str, np.ndarray]]] = no_forms
    starts_elsewhere: Callable[[Callable[..., Any], Any], bool] | None = None
    tell_apart: Callable[[list[str], Callable[..., Any], dict[str, np.ndarray]], list[str]] | None = None
    read_trouble: Callable[[Any, Any], str] | None = None
    advice: str = ""
    at_once: bool = False
    per_sample: tuple[str, ...] = ("X",)
    clashes: dict[str, str] = field(default_factory=dict)

    def dims_on(self, case: Any) -> str:
        """Return the axes of the result on a case: a case may have `dims` of its own."""
        return getattr(case, "dims", self.dims)

    def named(self, noted: Iterable[str]) -> list[str]:
        """Return the belief that shows in the first of these facts in which one does, as a list of one or none."""
        keys = (_SHOWS.get(fact) for fact in noted)
        return [key for key in keys if key in self.beliefs][:1]

    def prepare(self) -> None:
        """Compute what the known beliefs give on the check's cases, so that later checks answer at once."""
        for case in self.check_cases():
            for pairs in (False, True):
                deque(self.wrongs(case, pairs=pairs), maxlen=0)

    def judge(self, answer: Any, cases: list[Case], part: str = "") -> Any:
        """Return the Verdict on a student's function."""
        from rnnshapes.judge.functions import judge_function

        return judge_function(self, answer, cases, part=part)


_SHOWS = {
    facts.NOT_A_FUNCTION: "function_overwritten",
    facts.NOT_BY_HAND: "keras_layer",
    facts.NOT_WRITTEN: "not_written",
    facts.NOTHING: "returns_nothing",
    facts.NO_ARRAY: "wrong_type",
    facts.NOT_FINITE: "not_finite",
    facts.NEARLY: "rounded",
    facts.OTHER_ORDER: "signature_changed",
    facts.RIGHT_AT_FIRST: "state_kept_between_calls",
    facts.CHANGES: "state_kept_between_calls",
    facts.CHANGES_AT_RANDOM: "random_numbers",
    facts.OTHER_START: "initial_state_not_zero",
    facts.OTHER_START_EACH_TIME: "initial_state_random",
    facts.SAME_FOR_OTHERS: "argument_ignored",
    facts.ARGUMENT_CHANGED: "argument_changed",
    facts.LOOPS: "loop_over_samples",
    facts.STRANGE_T: "T_hard_coded",
    "IndexError one past axis 0 of T": "loop_too_long",
}
"""What `shows` says in records, for exercises that are not described by records yet."""


@lru_cache(maxsize=32)
def sibling(make: Callable[..., Any], case: Any) -> Any:
    """Return another case of the same sizes: an answer remembered by its shapes is wrong there."""
    return make(case.sizes, seed=10**6)


@cache
def seeded_cases(make: Callable[..., Any], *sizes: Sizes) -> list[Any]:
    """Return one case for each of the sizes, the same ones in every call. Built once a process."""
    return [make(one, seed=number) for number, one in enumerate(sizes)]
