"""Counts of a class, from its rows: what was misunderstood, how hard each task was, scores, seconds. Pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import NormalDist, correlation, median

from rnnshapes.attempts import NAMELESS
from rnnshapes.grading.report.report_rows import Row
from rnnshapes.judge.verdict import NOT_WRITTEN

SMALLEST_CLASS = 20
"""Below this many students a correlation or a gain says little, and none is shown."""


CONFIDENCE = 0.95
"""How often an interval holds the true value."""


@dataclass(frozen=True)
class Estimate:
    """A number that is known from one class, with the ends of its confidence interval; None where nothing varies."""

    value: float
    low: float | None = None
    high: float | None = None

    def __str__(self) -> str:
        """Two decimals: no class is large enough for a third.

        >>> str(Estimate(0.4567, 0.31, 0.6)), str(Estimate(1.0)), str(Estimate(-0.1, -0.2, 0.0))
        ('0.46 (0.31 to 0.60)', '1.00', '−0.10 (−0.20 to 0.00)')
        """
        ends = "" if self.low is None else f" ({self.low:.2f} to {self.high:.2f})"
        return f"{self.value:.2f}{ends}".replace("-", "−")


@dataclass
class Misconception:
    """One misconception of this class: who has it, and in which tasks."""

    key: str
    says: str = ""
    hints: list[str] = field(default_factory=list)
    students: list[Row] = field(default_factory=list)
    tasks: dict[str, int] = field(default_factory=dict)
    again: list[tuple[str, str]] = field(default_factory=list)
    """The lecture's sections to show again: heading, and a link or ""."""
    formulas: list[tuple[str, str]] = field(default_factory=list)
    """What such code computes, and what stands in its place in the right lines: the commonest."""
    switch: str = ""
    """The explorer's switch that shows it at work."""

    @property
    def title(self) -> str:
        """The belief in a student's words; its key where the catalogue has none."""
        return f"“{self.says}”" if self.says else self.key.replace("_", " ")


def misconceptions(
    rows: Sequence[Row], *, says: Mapping[str, str] | None = None, hints: Mapping[str, str] | None = None
) -> list[Misconception]:
    """Return the misconceptions of a class, the most frequent first; a student counts once for each.

    >>> rows = [Row("a", recognised={"loop": ["relu", "?"], "batch": ["relu"]})]
    >>> rows.append(Row("b", recognised={"loop": ["relu"]}))
    >>> [(one.key, len(one.students), one.tasks) for one in misconceptions(rows)]
    [('relu', 2, {'loop': 2, 'batch': 1})]
    """
    says, hints = says or {}, hints or {}
    found: dict[str, Misconception] = {}
    given: dict[str, Counter[str]] = {}
    computed: dict[str, Counter[tuple[str, str]]] = {}
    for row in rows:
        for task, keys in row.recognised.items():
            for key in dict.fromkeys(keys):
                if key in (NAMELESS, NOT_WRITTEN):
                    continue
                one = found.setdefault(key, Misconception(key, says.get(key, "")))
                one.tasks[task] = one.tasks.get(task, 0) + 1
                computed.setdefault(key, Counter()).update([row.formulas[task]] if task in row.formulas else [])
                if not one.students or one.students[-1] is not row:
                    one.students.append(row)
                    given.setdefault(key, Counter()).update([row.hints[key]] if key in row.hints else [])
    for key, one in found.items():
        one.hints = [hint for hint, _ in given[key].most_common(3)] or ([hints[key]] if key in hints else [])
        one.formulas = [formula for formula, _ in computed[key].most_common(2)]
        one.tasks = dict(sorted(one.tasks.items(), key=lambda item: -item[1]))
    return sorted(found.values(), key=lambda one: (-len(one.students), one.key))


def not_written(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Return who left an answer as it was given out, by task, most first."""
    return _by_task(rows, NOT_WRITTEN)


def nameless(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Return who has a wrong answer without a name, by task, most first."""
    return _by_task(rows, NAMELESS)


def behaves(rows: Sequence[Row]) -> list[tuple[tuple[str, str], str, list[Row]]]:
    """Return the formulas that answers without a name follow: the formula, its task, and whose answer; most first."""
    found: dict[tuple[tuple[str, str], str], list[Row]] = {}
    for row in rows:
        for task, formula in row.formulas.items():
            if row.recognised.get(task) == [NAMELESS]:
                found.setdefault((formula, task), []).append(row)
    return sorted(((*key, whose) for key, whose in found.items()), key=lambda item: -len(item[2]))


def _by_task(rows: Sequence[Row], wanted: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        for task, keys in row.recognised.items():
            if wanted in keys:
                found.setdefault(task, []).append(row)
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))


@dataclass
class Task:
    """How one task went among those who are graded in it."""

    name: str
    possible: float
    full: int = 0
    part: int = 0
    none: int = 0
    waiting: int = 0
    """Answers that wait for a person: in none of the other counts."""
    earned: float = 0.0
    with_rest: Estimate | None = None
    """Correlation of its points with those of all other tasks; None for a small class, or where all have the same."""

    @property
    def word(self) -> str:
        """What the correlation means, in a sentence; "" where none is needed, or chance alone may have given it.

        >>> Task("loop", 4, with_rest=Estimate(-0.1, -0.3, 0.1)).word[:49]
        'Who does well elsewhere does no better here. Look'
        >>> Task("loop", 4, with_rest=Estimate(-0.1, -0.5, 0.3)).word
        ''
        """
        if self.with_rest is None:
            return ""
        most = self.with_rest.value if self.with_rest.high is None else self.with_rest.high
        if most < 0:
            return "Who does well elsewhere does worse here. Look at its wording and at its test before you trust it."
        if most < 0.2:
            return "Who does well elsewhere does no better here. Look at its wording, and whether nearly all solved it."
        return ""

    @property
    def graded(self) -> int:
        """How many have points for it, zero included."""
        return self.full + self.part + self.none

    @property
    def share(self) -> float | None:
        """The mean share of its points, 0 … 1; None if nobody is graded or it has no points."""
        return self.earned / (self.graded * self.possible) if self.graded and self.possible else None


def tasks(rows: Sequence[Row]) -> list[Task]:
    """Return how each task went, the hardest first; tasks without a graded answer or without points last.

    >>> one, = tasks([Row("a", points={"loop": (4, 4)}), Row("b", points={"loop": (1, 4)})])
    >>> one.full, one.part, one.none, one.share
    (1, 1, 0, 0.625)
    """
    found: dict[str, Task] = {}
    for row in rows:
        for name, (earned, possible) in row.points.items():
            task = found.setdefault(name, Task(name, possible))
            task.possible = max(task.possible, possible)
            if name in row.needs_manual:
                task.waiting += 1
                continue
            task.earned += earned
            kind = "full" if earned >= possible else "part" if earned > 0 else "none"
            setattr(task, kind, getattr(task, kind) + 1)
    for task in found.values():
        task.with_rest = _with_rest(rows, task.name)
    return sorted(found.values(), key=lambda task: 2.0 if task.share is None else task.share)


def _with_rest(rows: Sequence[Row], name: str) -> Estimate | None:
    """Return the corrected item-total correlation of a task: its points against the sum of all others'.

    >>> rows = [Row(str(n), points={"a": (n % 5, 4), "b": (2 * (n % 5), 8)}) for n in range(20)]
    >>> str(_with_rest(rows, "a")), _with_rest(rows[:19], "a")
    ('1.00', None)

    Source of the interval: R. A. Fisher, Metron 1, 3 (1921): the inverse hyperbolic tangent of a correlation is nearly
    normal, with the variance 1 / (n − 3).
    """
    pairs = []
    for row in rows:
        if name in row.points and name not in row.needs_manual:
            others = [earned for task, (earned, _) in row.points.items() if task != name]
            pairs.append((row.points[name][0], sum(others)))
    if len(pairs) < SMALLEST_CLASS or any(len(set(side)) < 2 for side in zip(*pairs, strict=True)):
        return None
    value = correlation(*zip(*pairs, strict=True))
    if abs(value) > 1 - 1e-9:
        return Estimate(value)
    half = NormalDist().inv_cdf((1 + CONFIDENCE) / 2) / math.sqrt(len(pairs) - 3)
    return Estimate(value, math.tanh(math.atanh(value) - half), math.tanh(math.atanh(value) + half))


@dataclass
class Change:
    """One belief, and whom it left, stayed with and came to, among those who were graded both times."""

    title: str
    gone: list[Row] = field(default_factory=list)
    kept: list[Row] = field(default_factory=list)
    new: list[Row] = field(default_factory=list)


def changes(rows: Sequence[Row], before: Mapping[str, set[str]], says: Mapping[str, str]) -> list[Change]:
    """Return what changed since `before`, the keys by login: beliefs of those who are in both, most students first.

    >>> rows = [Row("a", recognised={"loop": ["relu"]}), Row("b"), Row("c", recognised={"loop": ["relu"]})]
    >>> one, = changes(rows, {"a": {"relu"}, "b": {"relu"}}, {})
    >>> [[row.login for row in who] for who in (one.gone, one.kept, one.new)]
    [['b'], ['a'], []]
    """
    found: dict[str, Change] = {}
    for row in rows:
        if row.login not in before:
            continue
        now = {key for keys in row.recognised.values() for key in keys}
        for key in sorted((now | before[row.login]) - {NAMELESS, NOT_WRITTEN}):
            one = found.setdefault(key, Change(f"“{says[key]}”" if key in says else key.replace("_", " ")))
            (one.new if key not in before[row.login] else one.kept if key in now else one.gone).append(row)
    return sorted(found.values(), key=lambda one: (-len(one.gone + one.kept + one.new), one.title))


@dataclass
class Bin:
    """How many students have a score in a range; `label` is the range in words."""

    label: str
    count: int


def distribution(scores: Sequence[float], max_score: float) -> list[Bin]:
    """Return the scores in at most 20 even ranges from zero; the highest score possible has one of its own.

    >>> [(one.label, one.count) for one in distribution([0, 1, 3, 3], 3)]
    [('0', 1), ('1', 1), ('2', 0), ('3', 2)]
    >>> [(one.label, one.count) for one in distribution([12.5, 40], 40)][5:8]
    [('10–11.99', 0), ('12–13.99', 1), ('14–15.99', 0)]
    >>> [(one.label, one.count) for one in distribution([7, 100], 100)][:2]
    [('0–4', 0), ('5–9', 1)]
    """
    top = max([max_score, *scores], default=0.0)
    if not scores or top <= 0:
        return []
    whole = all(score == int(score) for score in (*scores, top))
    widths = [step * 10**power for power in range(-2, 9) for step in ((1, 5) if power < 0 else (1, 2, 5))]
    width = next(width for width in widths if top / width <= 20 and (width >= 1 or not whole))
    edges = [round(number * width, 6) for number in range(math.ceil(round(top / width, 6)))] + [top]
    counts = Counter(sum(score >= edge for edge in edges[1:]) for score in scores)
    labels = [
        f"{low:g}" if whole and high - low == 1 else f"{low:g}–{high - (1 if whole else 0.01):g}"
        for low, high in zip(edges, edges[1:], strict=False)
    ]
    return [Bin(label, counts[number]) for number, label in enumerate([*labels, f"{top:g}"])]


def quartiles(scores: Sequence[float]) -> tuple[float, float, float]:
    """Return the lower quartile, the median and the upper quartile; a half's own median, its middle left out.

    >>> quartiles([1, 2, 3, 4, 5]), quartiles([7])
    ((1.5, 3, 4.5), (7, 7, 7))
    """
    ordered, half = sorted(scores), len(scores) // 2
    middle = median(ordered)
    return (median(ordered[:half]), middle, median(ordered[-half:])) if half else (middle, middle, middle)


@dataclass
class Step:
    """The seconds that one step of grading took."""

    name: str
    median: float
    longest: float
    together: float


def steps(rows: Sequence[Row]) -> list[Step]:
    """Return where the time went, the longest step first; a step called "total" is left out of the list.

    >>> [(one.name, one.together) for one in steps([Row("a", seconds={"run": 1.0, "total": 9.0}), Row("b")])]
    [('run', 1.0)]
    """
    found: dict[str, list[float]] = {}
    for row in rows:
        for name, seconds in row.seconds.items():
            if name != "total":
                found.setdefault(name, []).append(seconds)
    all_steps = [Step(name, median(taken), max(taken), sum(taken)) for name, taken in found.items()]
    return sorted(all_steps, key=lambda step: -step.together)


def time_of(row: Row) -> float:
    """Return the seconds that grading one submission took: its "total" if there is one, else the steps' sum."""
    return row.seconds.get("total", sum(row.seconds.values()))


def by_text(rows: Sequence[Row], texts: Callable[[Row], Sequence[str]]) -> list[tuple[str, list[Row]]]:
    """Return who has each text (a repair, a remark), most first.

    >>> [(text, len(who)) for text, who in by_text([Row("a", repairs=["x"]), Row("b", repairs=["x", "y"])],
    ...                                            lambda row: row.repairs)]
    [('x', 2), ('y', 1)]
    """
    found: dict[str, list[Row]] = {}
    for row in rows:
        for text in dict.fromkeys(texts(row)):
            found.setdefault(text, []).append(row)
    return sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
