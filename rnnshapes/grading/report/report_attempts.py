"""Counts of the ways that students' own checks took, from belief to belief to right, where they are kept. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from rnnshapes.attempts import NAMELESS, RIGHT, Way
from rnnshapes.grading.report.report_rows import Row

FEWEST = 5
"""Below this many students a median says little: their numbers are listed."""
MOST_WAYS, LONGEST_WAY = 20, 12


@dataclass
class Stop:
    """One verdict on the way to an answer: who had it, and what the last check that gave it was followed by."""

    title: str
    students: int = 0
    right: int = 0
    other: int = 0
    last: int = 0
    """Whose last check said it."""
    next: Counter[str] = field(default_factory=Counter)
    """The other verdicts that followed, in words."""


@dataclass
class Ways:
    """How students came to one answer, of those who let their checks be kept."""

    task: str
    checks: list[int] = field(default_factory=list)
    """How many it took each student whose last check found it right: the wrong ones, and one that was right."""
    stopped: int = 0
    """Whose last check found it wrong."""
    stops: list[Stop] = field(default_factory=list)
    """The verdicts that were not right, the most frequent first."""
    ways: list[tuple[str, int]] = field(default_factory=list)
    """Whole ways in words, and how many students went each; the most frequent first."""

    @property
    def students(self) -> int:
        """How many checked this answer."""
        return len(self.checks) + self.stopped

    @property
    def sentence(self) -> str:
        """Return what came of the checks, in sentences.

        >>> Ways("loop", [1, 4, 2], 1).sentence
        'The last check of 3 of 4 students found it right. That took them 1, 2 and 4 checks.'
        >>> Ways("loop", [1, 4, 2, 9, 2]).sentence
        'The last check of all 5 students found it right. That took them between 1 and 9 checks, in the middle 2.'
        """
        ended = len(self.checks)
        who = f"all {ended} students" if not self.stopped else f"{ended or 'none'} of {_students(self.students)}"
        if (ended, self.stopped) == (1, 0):
            who = "the one student"
        said = f"The last check of {who} found it right."
        if not ended:
            return said
        took = sorted(self.checks)
        if took[0] == took[-1]:
            return f"{said} That took {'them each' if ended > 1 else 'this student'} {_checks(took[0])}."
        if ended < FEWEST:
            listed = ", ".join(map(str, took[:-1]))
            return f"{said} That took them {listed} and {_checks(took[-1])}."
        return f"{said} That took them between {took[0]} and {_checks(took[-1])}, in the middle {median(took):g}."


def ways(rows: Sequence[Row], *, says: Mapping[str, str] | None = None) -> list[Ways]:
    """Return how students came to each answer, by task in the order of the assignment; a student counts once in each.

    >>> one, = ways([Row("a", attempts={"loop": [("relu", 3), ("right", 2)]}), Row("b", attempts={"loop": [("?", 1)]})])
    >>> one.checks, one.stopped, [(stop.title, stop.right, stop.last) for stop in one.stops]
    ([4], 1, [('relu', 1, 0), ('wrong without a name', 0, 1)])
    >>> one.ways
    [('relu, 3 times → right', 1), ('wrong without a name → not yet right', 1)]
    """
    order = list(dict.fromkeys(task for row in rows for task in (*row.points, *row.attempts)))
    found = []
    for task in order:
        kept = [row.attempts[task] for row in rows if row.attempts.get(task)]
        if kept:
            found.append(_ways(task, kept, says or {}))
    return found


def _ways(task: str, kept: Sequence[Way], says: Mapping[str, str]) -> Ways:
    one, stops, whole = Ways(task), {}, Counter()
    for way in kept:
        if way[-1][0] == RIGHT:
            one.checks.append(1 + sum(count for said, count in way if said != RIGHT))
        else:
            one.stopped += 1
        whole[_in_words(way, says)] += 1
        followed = {said: after for (said, _), (after, _) in zip(way, [*way[1:], ("", 0)], strict=True)}
        for said, after in followed.items():
            if said == RIGHT:
                continue
            stop = stops.setdefault(said, Stop(_title(said, says)))
            stop.students += 1
            stop.last += not after
            stop.right += after == RIGHT
            if after not in ("", RIGHT):
                stop.other += 1
                stop.next[_title(after, says)] += 1
    one.stops = sorted(stops.values(), key=lambda stop: (-stop.students, stop.title))
    one.ways = whole.most_common(MOST_WAYS)
    return one


def _title(said: str, says: Mapping[str, str]) -> str:
    """Return a verdict in words: beliefs in a student's, or their keys where the catalogue has none."""
    if said in (NAMELESS, RIGHT):
        return "wrong without a name" if said == NAMELESS else "right"
    return " and ".join(f"“{says[key]}”" if key in says else key.replace("_", " ") for key in said.split(" + "))


def _in_words(way: Way, says: Mapping[str, str]) -> str:
    """Return a way in words. What comes after a check that was right is a part of it; that more were right is not."""
    steps = [_title(said, says) + (f", {count} times" if count > 1 and said != RIGHT else "") for said, count in way]
    if len(steps) > LONGEST_WAY:
        steps = ["…", *steps[1 - LONGEST_WAY :]]
    return " → ".join(steps if way[-1][0] == RIGHT else [*steps, "not yet right"])


def _students(number: int) -> str:
    return "1 student" if number == 1 else f"{number} students"


def _checks(number: int) -> str:
    return "1 check" if number == 1 else f"{number} checks"
