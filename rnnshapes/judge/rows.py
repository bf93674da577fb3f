"""Functions that return a list of rows, each a dict of facts in whole numbers: a ledger, compared entry by entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from rnnshapes.judge import facts
from rnnshapes.judge.exceptions import judge_error, showing
from rnnshapes.judge.exercise import Shown, Written
from rnnshapes.judge.functions import call_on
from rnnshapes.judge.verdict import Verdict
from rnnshapes.judge.watch import helper_called, is_empty
from rnnshapes.sizes import tuple_text


@dataclass(frozen=True, eq=False)
class RowsExercise(Shown, Written):
    """A function whose answer is a list with a dict for each row of a case's `ledger`; `columns` are what each row has.

    `takes` are its arguments. A case has `spaces`, what a belief's lines may read for each row, and `called_at(place)`.
    A belief's `values.COLUMN` give wrong entries.
    """

    name: str
    takes: str
    columns: dict[str, str]
    room: Any
    source: str = "Keras gives"

    notebook = property(lambda self: self.room.notebook)
    check_sizes = property(lambda self: self.room.checks)
    make = property(lambda self: self.room.make)
    parts = property(lambda self: {column: (column,) for column in self.columns})

    @cached_property
    def beliefs(self) -> dict[str, Any]:
        """The lesson's own beliefs about these columns, and those about functions as such."""
        keys = {*self.columns}
        return self.room.known(self.function, "ledger", lambda one: bool(keys & {*one.values}) or bool(one.shows))

    def tried(self, case: Any) -> list[Any]:
        """Return the stacks of a bundle."""
        return case.stacks

    def arguments(self, case: Any) -> dict[str, Any]:
        """Return the function's arguments on a case, by name."""
        return {name: getattr(case, name) for name in self.takes.split()}

    def dims_on(self, case: Any) -> str:
        """Return no axes: the answer is a list."""
        return ""

    def judge(self, answer: Any, cases: list[Any], part: str = "") -> Verdict:
        """Return the Verdict on a student's function, or on some columns of what it gives."""
        asked = self.parts[part] if part else tuple(self.columns)
        columns = ", ".join(f"{name!r} {kind}" for name, kind in self.columns.items())
        wanted = f"a list with one dict for each layer: {columns}"
        if not callable(answer):
            got = f"{self.function} is a value of type {type(answer).__name__}"
            return self._say(got, f"a function {self.function}(…)", facts.NOT_A_FUNCTION)
        outcomes = call_on(self, answer, cases, quiet=True)
        if helped := next((one for one in outcomes if one.helpers), None):
            return self._say(f"{helper_called(helped)} ran inside {self.function}", "Python alone", facts.NOT_BY_HAND)
        first = outcomes[0]
        if first.returns_nothing and is_empty(answer):
            return self._say("None", wanted, facts.NOT_WRITTEN, summary=f"{self.function} is not written yet.")
        failed = next((pair for pair in zip(cases, outcomes, strict=True) if pair[1].error is not None), None)
        if failed:
            return judge_error(self, failed[0], failed[1].error, wanted=wanted)
        found = []
        for case, outcome in zip(cases, outcomes, strict=True):
            if noted := self._unreadable(outcome.value, case):
                before = str(outcome.value)
                again = call_on(self, answer, [case], quiet=True)[0]
                kept = [facts.CHANGES] if str(again.value) != before else []
                asked_for = f"{wanted}, here {len(case.layers)} of them"
                return self._say(
                    noted, asked_for, *kept, *([facts.NOTHING] if noted == "None" else []), noted, facts.NO_ARRAY
                )
            found += [(case, *wrong) for wrong in self._wrong(outcome.value, case, asked)]
        if found:
            return self._told(found)
        again = call_on(self, answer, cases[::-1], quiet=True)
        if any([*self._wrong(one.value, case, asked)] for case, one in zip(cases[::-1], again, strict=True)):
            return self._say(
                "right rows at first, and wrong ones when it is called again", wanted, facts.RIGHT_AT_FIRST
            )
        summary = f"{self.function} is what {self.source}, in {len(cases)} different stacks."
        return Verdict(self.function, right=True, summary=summary)

    def _say(self, got: str, expected: str, *noted: str, summary: str = "") -> Verdict:
        return Verdict(self.function, got=got, expected=expected, summary=summary, beliefs=showing(self, *noted))

    def _unreadable(self, value: Any, case: Any) -> str:
        """Say what is no list of dicts, or lacks a row or a column; "" if nothing is."""
        if not isinstance(value, list | tuple) or not all(isinstance(row, dict) for row in value):
            return "None" if value is None else f"a value of type {type(value).__name__}: {str(value)[:80]}"
        if len(value) != len(case.layers):
            return f"{len(value)} rows for {len(case.layers)} layers"
        missing = [name for name in self.columns for row in value if name not in row]
        return f"a row without {missing[0]!r}" if missing else ""

    def _wrong(self, value: Any, case: Any, asked: tuple[str, ...]) -> Iterator[tuple[int, str, Any]]:
        """Yield (place, column, what came) for each entry that is not Keras', row by row."""
        for place, (row, right) in enumerate(zip(value, case.ledger, strict=True)):
            for column in asked:
                if (came := plain(row[column])) != plain(right[column]):
                    yield place, column, came

    def _told(self, wrong: list[tuple[Any, int, str, Any]]) -> Verdict:
        """Return the verdict on the first wrong entry, with the belief that explains the most of its column."""
        case, place, column, came = wrong[0]
        same = [one for one in wrong if one[2] == column]
        key = self._belief(same)
        entry = tuple_text(came) if isinstance(came, tuple) else came
        which = f"layer {place + 1} of {len(case.layers)}, {case.called_at(place)}, fed {case.fed(place)}"
        got = f"{column} {entry} for {which}"
        ask = "which letters has its {}, and which has yours?" if isinstance(came, tuple) else "what belongs to its {}?"
        advice = "" if key else f"Take that layer by itself, on paper: {ask.format(column)}"
        expected = f"{self.columns[column]}, as {self.source}"
        beliefs = (self.beliefs[key],) if key else ()
        return Verdict(self.function, got=got, expected=expected, beliefs=beliefs, try_=advice)

    def _belief(self, wrong: list[tuple[Any, int, str, Any]]) -> str:
        """Return the key of the belief that gives the first wrong entry, and the most of the others; "" for none."""
        _, _, column, _ = wrong[0]
        scores: dict[str, int] = {}
        for key, record in self.beliefs.items():
            for line in getattr(record, "values", {}).get(column, ()):
                hits = [plain(_evaluated(line, case.spaces[place])) == came for case, place, _, came in wrong]
                if hits[0]:
                    scores[key] = max(scores.get(key, 0), sum(hits))
        return max(scores, key=scores.get) if scores else ""


def _evaluated(line: str, space: dict[str, Any]) -> Any:
    return eval(compile(line, "<belief>", "eval"), {**space})  # the course's own line


def plain(value: Any) -> Any:
    """Return shapes as tuples of whole numbers, and everything else as it is.

    >>> plain([[3, np.int64(4)], (5,)])
    ((3, 4), (5,))
    """
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return tuple(map(plain, value))
    return value.item() if isinstance(value, np.generic) else value
