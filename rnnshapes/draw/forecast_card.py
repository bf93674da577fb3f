"""Forecasts beside what came: lines over the days, told apart by stroke and name as well as by colour."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from rnnshapes.draw.canvas import NARROW, WIDE, Canvas
from rnnshapes.draw.lettering import DIMENSION, INK, QUIET, text_width
from rnnshapes.draw.paint import value_colour
from rnnshapes.draw.picture import Picture, alt_text
from rnnshapes.draw.theme import LIGHT
from rnnshapes.errors import CourseError

HIGH, LINE = 170.0, LIGHT["line"]
STROKES = ((value_colour(0.95, 1.0), False, 1.8), (value_colour(-0.8, 1.0), True, 1.4))
"""Colour, dashed, width of each forecast."""


def forecast(
    dates: Any, actual: Any, forecasts: Mapping[str, Any], *, unit: str = "°C", of: str = "", narrow: bool = False
) -> Picture:
    """Return a picture of one or two forecasts beside the actual values, day by day.

    Shapes: dates (L,) as datetime64; actual and each forecast (L,).
    Raises: CourseError for other shapes, or for no forecast or more than two.

    >>> days = np.arange("2015-07-01", "2015-07-04", dtype="datetime64[D]")
    >>> forecast(days, [20.0, 22, 21], {"as today": [19.0, 20, 22]}).alt[:58]
    '3 days, 2015-07-01 to 2015-07-03: from 20 to 22 °C. Mean e'
    """
    dates, actual = np.asarray(dates), np.asarray(actual, float)
    lines = {name: np.asarray(values, float) for name, values in forecasts.items()}
    wrong = {name: line.shape for name, line in lines.items() if line.shape != actual.shape}
    if not 1 <= len(lines) <= len(STROKES) or actual.ndim != 1 or len(actual) < 2 or len(dates) != len(actual) or wrong:
        raise CourseError(
            f"Got dates {dates.shape}, actual {actual.shape} and {len(lines)} forecasts of shapes "
            f"{[line.shape for line in lines.values()]}, expected all (L,), and one or two forecasts. "
            "Try: {'GRU': Yhat[:60, 0]}."
        )
    off = {name: float(np.abs(line - actual).mean()) for name, line in lines.items()}
    sentences = [
        f"{len(dates)} days, {dates[0]} to {dates[-1]}: {of + ' ' if of else ''}from {actual.min():.3g} to "
        f"{actual.max():.3g} {unit}.",
        f"Mean error in these days: {', '.join(f'{name} {error:.2f} {unit}' for name, error in off.items())}.",
    ]
    rows = []
    for name, line in lines.items():
        day = int(np.abs(line - actual).argmax())
        worst = f"furthest off on {dates[day]}: {line[day]:.1f}, not {actual[day]:.1f}"
        rows.append((name, f"mean error {off[name]:.2f} {unit}; {worst}"))
    return Picture(
        alt_text(sentences), lambda: _figure(dates, actual, lines, unit=unit, of=of, narrow=narrow), tuple(rows)
    )


def _figure(dates: Any, actual: Any, lines: Mapping[str, Any], *, unit: str, of: str, narrow: bool) -> Figure:
    canvas = Canvas(width=NARROW if narrow else WIDE, lowest=0.0)
    every = np.concatenate([actual, *lines.values()])
    ticks = _ticks(every.min(), every.max())
    wide = canvas.width - 24 - max(text_width(_text(tick), size=8) for tick in ticks) - 8

    def at(day: float, value: float) -> tuple[float, float]:
        return wide * day / (len(actual) - 1), HIGH * (value - ticks[0]) / (ticks[-1] - ticks[0])

    for tick in ticks:
        canvas.line([at(0, tick), at(len(actual) - 1, tick)], colour=LINE, width=0.7, z=1)
        canvas.text(-8, at(0, tick)[1], _text(tick), size=8, colour=QUIET, ha="right")
    _months(canvas, dates, at, wide)
    for (colour, dashed, width), line in zip(STROKES, lines.values(), strict=False):
        canvas.line([at(*point) for point in enumerate(line)], colour=colour, width=width, dashed=dashed, z=4)
    canvas.line([at(*point) for point in enumerate(actual)], colour=INK, width=0.9, z=3)
    for point in enumerate(actual):
        _dot(canvas, *at(*point))
    left, _, right, top = canvas.bounds
    title = f"{of or 'forecast and actual'}, in {unit}"
    canvas.rich((left + right) / 2, top + 16, title, size=DIMENSION, ha="center")
    _legend(canvas, lines, narrow=narrow)
    return canvas.finish()


def _text(number: float) -> str:
    return f"{number:g}".replace("-", "−")


def _ticks(low: float, high: float) -> list[float]:
    """Return round numbers from below `low` to above `high`, at most seven.

    >>> _ticks(7.2, 31.0)
    [5.0, 10.0, 15.0, 20.0, 25.0, 30.0, 35.0]
    """
    for step in (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0):
        first, last = np.floor(low / step), np.ceil(high / step)
        if last - first <= 6:
            break
    last = max(last, first + 1)
    return [float(step * tick) for tick in np.arange(first, last + 1)]


def _months(canvas: Canvas, dates: Any, at: Any, wide: float) -> None:
    """Mark each first of a month, and write its name where there is room."""
    written = -50.0
    for day, date in enumerate(dates):
        first = str(date).endswith("-01")
        if not first and day:
            continue
        x, _ = at(day, 0.0)
        if first:
            canvas.line([(x, 0), (x, HIGH)], colour=LINE, width=0.7, z=1)
        year, month, number = str(date).split("-")
        text = f"{int(number)} {_NAMES[int(month) - 1]}" + (f" {year}" if written < 0 else "")
        if x - written > 14 and x + text_width(text, size=8) <= wide + 12:
            canvas.text(x, -10, text, size=8, colour=QUIET)
            written = x + text_width(text, size=8)


_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _dot(canvas: Canvas, x: float, y: float) -> None:
    canvas.polygon([(x - 1.6, y), (x, y + 1.6), (x + 1.6, y), (x, y - 1.6)], face=INK, z=5)


def _legend(canvas: Canvas, lines: Mapping[str, Any], *, narrow: bool) -> None:
    """Write a piece of each line with its name, below everything."""
    left, bottom, right, _ = canvas.bounds
    entries = [("actual", INK, False, 0.9), *((name, *stroke) for name, stroke in zip(lines, STROKES, strict=False))]
    widths = [24 + 6 + text_width(name, size=9) for name, *_ in entries]
    rows = [[i] for i in range(len(entries))] if narrow else [list(range(len(entries)))]
    y = bottom - 16
    for row in rows:
        x = (left + right) / 2 - (sum(widths[i] for i in row) + 20 * (len(row) - 1)) / 2
        for i in row:
            name, colour, dashed, width = entries[i]
            canvas.line([(x, y), (x + 24, y)], colour=colour, width=width, dashed=dashed)
            if name == "actual":
                _dot(canvas, x + 12, y)
            canvas.text(x + 30, y, name, size=9)
            x += widths[i] + 20
        y -= 14
