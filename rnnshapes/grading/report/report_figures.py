"""The report's figures: white cards, in PuOr, each with alt text; their numbers stand in tables beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from rnnshapes.grading.report.report_tally import Bin, Misconception, Step, Task

if TYPE_CHECKING:
    from rnnshapes.draw.picture import Picture

WIDTH = 4.6  # inches: 442 CSS pixels, so that a telephone shrinks the letters by a quarter only
ROW = 0.3  # inches for one bar
ALL, SOME, NONE = "#542788", "#b2abd2", "#e08214"  # PuOr; SOME and NONE are hatched too: never colour alone
LONGEST = 26
SHOWN = 10
"""A figure of misconceptions has this many bars at most; the table has them all."""


def misconception_picture(found: Sequence[Misconception], students: int) -> Picture:
    """Return bars of the most frequent misconceptions; `students` is how many are graded."""
    shown = list(found[:SHOWN])
    names = [one.key for one in shown]
    counts = [len(one.students) for one in shown]
    first = ", ".join(f"{_cut(name)} {count}" for name, count in zip(names[:4], counts, strict=False))
    alt = [f"Bars: how many of {students} students have each misconception.", f"The most frequent: {first}."]
    return _picture(alt, lambda: _bars(names, [(counts, ALL, "")], labels=[str(count) for count in counts]))


def task_picture(found: Sequence[Task]) -> Picture:
    """Return stacked bars of all, some and none of a task's points, the hardest task first."""
    shown = [task for task in found if task.share is not None]
    parts = [
        ([task.full / task.graded for task in shown], ALL, ""),
        ([task.part / task.graded for task in shown], SOME, "////"),
        ([task.none / task.graded for task in shown], NONE, "...."),
    ]
    labels = [f"{round(100 * (task.share or 0))} %" for task in shown]
    said = ", ".join(f"{_cut(task.name)} {label}" for task, label in zip(shown[:4], labels, strict=False))
    alt = ["Stacked bars: who got all, some and none of the points of each task.", f"Mean share of points: {said}."]
    legend = ("all points", "some", "none")
    return _picture(alt, lambda: _bars([task.name for task in shown], parts, labels=labels, legend=legend, top=1.0))


def score_picture(bins: Sequence[Bin], middle: float, max_score: float) -> Picture:
    """Return columns of how many students have each score; `middle` is the median."""
    most = max(bins, key=lambda one: one.count)
    alt = [
        f"Columns: how many students have each score, 0 to {max_score:g}.",
        f"The median is {middle:g}; the most frequent score is {most.label} ({most.count} students).",
    ]
    return _picture(alt, lambda: _columns(bins))


def time_picture(steps: Sequence[Step]) -> Picture:
    """Return bars of the seconds that each step took for all submissions together."""
    labels = [f"{step.together:.3g} s" for step in steps]
    said = ", ".join(f"{_cut(step.name)} {label}" for step, label in zip(steps[:4], labels, strict=False))
    alt = ["Bars: seconds of grading by step, all submissions together.", f"{said}."]
    bars = [([step.together for step in steps], ALL, "")]
    return _picture(alt, lambda: _bars([step.name for step in steps], bars, labels=labels))


def _picture(sentences: Sequence[str], build: Callable[[], Any]) -> Picture:
    from rnnshapes.draw.picture import Picture, alt_text

    return Picture(alt_text(sentences), build)


def _cut(text: str) -> str:
    """Return a name short enough for the side of a figure, and without what matplotlib reads as mathematics."""
    short = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    return "".join(letter if letter.isprintable() else "�" for letter in short)


def _axes(height: float) -> tuple[Any, Any]:
    from matplotlib.figure import Figure

    from rnnshapes.draw.lettering import INK, QUIET

    figure = Figure(figsize=(WIDTH, height), facecolor="white", layout="constrained")
    axes = figure.add_subplot()
    axes.spines[["top", "right", "left", "bottom"]].set_visible(False)
    axes.tick_params(length=0, labelsize=9, colors=INK)
    axes.grid(False)
    axes.spines["bottom"].set_color(QUIET)
    return figure, axes


def _bars(
    names: Sequence[str],
    parts: Sequence[tuple[Sequence[float], str, str]],
    *,
    labels: Sequence[str],
    legend: Sequence[str] = (),
    top: float = 0.0,
) -> Any:
    """Return horizontal bars, the first name at the top; parts are stacked, and labels stand at the right end."""
    from rnnshapes.draw.lettering import INK

    figure, axes = _axes(ROW * max(len(names), 1) + (0.55 if legend else 0.25))
    places = range(len(names))
    start = [0.0] * len(names)
    for index, (values, colour, hatch) in enumerate(parts):
        label = legend[index] if legend else None
        axes.barh(places, values, 0.68, start, color=colour, hatch=hatch, edgecolor="white", linewidth=0.8, label=label)
        start = [before + value for before, value in zip(start, values, strict=True)]
    end = top or max([*start, 1e-9])
    for place, length, label in zip(places, start, labels, strict=True):
        axes.text((top or length) + end * 0.02, place, label, va="center", size=9, color=INK)
    axes.set_yticks(places, [_cut(name) for name in names], parse_math=False)
    axes.set_xticks([])
    axes.set(xlim=(0, end * 1.14), ylim=(len(names) - 0.5, -0.5))
    if legend:
        figure.legend(loc="outside upper center", ncols=len(legend), frameon=False, fontsize=9, handlelength=1.4)
    return figure


def _columns(bins: Sequence[Bin]) -> Any:
    """Return upright columns, each with its number of students on top."""
    from rnnshapes.draw.lettering import INK

    figure, axes = _axes(2.3)
    places = range(len(bins))
    counts = [one.count for one in bins]
    axes.bar(places, counts, 0.86, color=ALL)
    for place, count in zip(places, counts, strict=True):
        if count:
            axes.text(place, count + max(counts) * 0.02, str(count), ha="center", size=8, color=INK)
    every = max(1, -(-len(bins) // 13)) if max(len(one.label) for one in bins) <= 3 else -(-len(bins) // 5)
    shown = [place for place in places if place % every == 0 and (place + every <= len(bins) - 1 or every == 1)]
    axes.set_xticks([*shown, *([] if every == 1 else [len(bins) - 1])])
    axes.set_xticklabels([bins[int(place)].label for place in axes.get_xticks()])
    axes.set_yticks([])
    axes.set_ylim(0, max([*counts, 1]) * 1.12)
    axes.spines["bottom"].set_visible(True)
    axes.set_xlabel("points", size=9, color=INK)
    return figure
