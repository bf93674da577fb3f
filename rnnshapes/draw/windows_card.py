"""A ruler slides along a series: each of its positions is a row of X, and the days beyond its end are the targets."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

from rnnshapes.draw.block import FRONT, GRID, TOP, bracket_label
from rnnshapes.draw.canvas import NARROW, WIDE, Canvas
from rnnshapes.draw.fit import wrapped
from rnnshapes.draw.legend import draw_legend
from rnnshapes.draw.lettering import DIMENSION, INK, QUIET, text_width
from rnnshapes.draw.picture import Picture, alt_text
from rnnshapes.errors import CourseError
from rnnshapes.sizes import COLOURS, tuple_text

LONGEST = 14  # days that a card has room for
GAP = 26.0  # between the ruler's rows and the boxes that they make


def windows(series: Sequence[float], T: int, *, K: int = 0, narrow: bool = False) -> Picture:
    """Return a picture of all windows of T days of a short series, each with its K targets, and of X and Y.

    Shapes: series is (L,), with T + K ≤ L ≤ 14; the picture's X is (N, T), its Y (N, K), with N = L - T - K + 1.
    Raises: CourseError for a series of another kind, or windows that do not fit.

    >>> windows([5, 3, 4, 8, 9, 7], T=3, K=1).alt[:67]
    'A ruler of T = 3 days slides along a series of L = 6 days, one day '
    """
    values = np.asarray(series, float)
    if values.ndim != 1 or len(values) > LONGEST:
        raise CourseError(
            f"Got a series of shape {values.shape}, expected one axis of at most {LONGEST} days. Try: series[:10, 1]."
        )
    if T < 1 or K < 0 or T + K > len(values):
        raise CourseError(
            f"Got T = {T} and K = {K}, expected at least one day in a window, and T + K of at most L = {len(values)} "
            f"days. Try: T=3, K=1."
        )
    plan = _Plan(tuple(values), T, K)
    after = f", and the K = {K} days beyond its end are its targets: Y ({plan.N}×{K})" if K else ""
    sentences = [
        f"A ruler of T = {T} days slides along a series of L = {plan.L} days, one day at a time.",
        f"Its N = {plan.N} positions are the rows of X ({plan.N}×{T}){after}.",
    ]
    rows = [
        (f"n = {n}", f"days {n} to {n + T - 1}" + (f", targets {_days(n + T, n + T + K - 1)}" if K else ""))
        for n in range(plan.N)
    ]
    return Picture(alt_text(sentences), lambda: _figure(plan, narrow=narrow), tuple(rows))


def _days(first: int, last: int) -> str:
    return f"day {first}" if first == last else f"days {first} to {last}"


@dataclass(frozen=True)
class _Plan:
    """The numbers of the series, and how it is cut."""

    values: tuple[float, ...]
    T: int
    K: int

    @property
    def L(self) -> int:
        return len(self.values)

    @property
    def N(self) -> int:
        return self.L - self.T - self.K + 1


def _figure(plan: _Plan, *, narrow: bool) -> Figure:
    canvas = Canvas(width=NARROW if narrow else WIDE, lowest=0.0)
    beside = plan.L + (0 if narrow else plan.T + plan.K)
    room = canvas.width - 26 - _before(plan) - (0 if narrow else GAP * (2 if plan.K else 1) + 8)
    side = min(27.0, room / beside)
    _series(canvas, plan, side)
    for n in range(plan.N):
        y = -(n + 1) * side - 16
        canvas.rich(-9, y - side / 2, f"n = {n}", size=8, colour=QUIET, ha="right")
        _row(canvas, plan, side, n, x=n * side, y=y)
    low = -(plan.N + 1) * side - 16
    top = (-_names(plan), -side - 16)
    canvas.bracket(top, (top[0], low), side="left", label=bracket_label("N", plan.N), colour=COLOURS["N"])
    if narrow:
        _boxes(canvas, plan, side, x=0.0, y=low - 46)
    else:
        x = plan.L * side + GAP
        middle = (low - side - 16) / 2
        canvas.arrow((x - GAP + 5, middle), (x - 4, middle))
        _boxes(canvas, plan, side, x=x + 4, y=-side - 16)
    _title(canvas, plan)
    if plan.K:
        draw_legend(canvas, "selected", "data", narrow=narrow, words={"selected": "a window", "data": "its targets"})
    return canvas.finish()


def _names(plan: _Plan) -> float:
    """Return the room that the rows' names need on the left."""
    return 12 + text_width(f"n = {plan.N - 1}", size=8)


def _before(plan: _Plan) -> float:
    """Return the room that these and the bracket of N need, or the word above them."""
    label = text_width(bracket_label("N", plan.N), size=DIMENSION, bold=True)
    return max(_names(plan) + 10 + label, 12 + text_width("series", bold=True, mono=True))


def _series(canvas: Canvas, plan: _Plan, side: float) -> None:
    """Draw the series as one row, each day under its number."""
    canvas.rich(-9, -side / 2, "`series`", bold=True, ha="right")
    for day, value in enumerate(plan.values):
        _cell(canvas, day * side, 0.0, side, value, face=FRONT)
        canvas.text((day + 0.5) * side, 8, str(day), size=7, colour=QUIET, ha="center")
    canvas.polygon([(0, 0), (plan.L * side, 0), (plan.L * side, -side), (0, -side)], edge=INK, width=1.0, z=4)
    canvas.bracket((0, 13), (plan.L * side, 13), side="above", label=f"L = {plan.L}", colour=INK)


def _row(canvas: Canvas, plan: _Plan, side: float, n: int, *, x: float, y: float, space: float = 0.0) -> None:
    """Draw window n and its targets side by side, `space` apart."""
    for t in range(plan.T):
        _cell(canvas, x + t * side, y, side, plan.values[n + t], face=FRONT)
    beyond = x + plan.T * side + space
    for k in range(plan.K):
        _cell(canvas, beyond + k * side, y, side, plan.values[n + plan.T + k], face=TOP)
    if plan.K:
        _frame(canvas, beyond, y, plan.K * side, side, colour=COLOURS["K"], width=1.0)
    _frame(canvas, x, y, plan.T * side, side, colour=INK, width=1.95)


def _frame(canvas: Canvas, x: float, y: float, wide: float, high: float, *, colour: str, width: float) -> None:
    canvas.polygon([(x, y), (x + wide, y), (x + wide, y - high), (x, y - high)], edge=colour, width=width, z=6)


def _boxes(canvas: Canvas, plan: _Plan, side: float, *, x: float, y: float) -> None:
    """Draw the rows below each other: X, and Y beside it."""
    for n in range(plan.N):
        _row(canvas, plan, side, n, x=x, y=y - n * side, space=GAP)
    low = y - plan.N * side
    ends = [("X", "T", plan.T, x), *([("Y", "K", plan.K, x + plan.T * side + GAP)] if plan.K else [])]
    for name, letter, size, left in ends:
        right = left + size * side
        canvas.rich((left + right) / 2, y + 10, f"`{name}`", bold=True, ha="center")
        label = bracket_label(letter, size, short=size * side < 36)
        canvas.bracket((left, low), (right, low), side="below", label=label, colour=COLOURS[letter])
        canvas.rich((left + right) / 2, low - 31, tuple_text(("N", letter)), ha="center")


def _cell(canvas: Canvas, x: float, y: float, side: float, value: float, *, face: str) -> None:
    canvas.polygon([(x, y), (x + side, y), (x + side, y - side), (x, y - side)], face=face, edge=GRID, width=0.6)
    text = f"{value:.3g}".replace("-", "−")
    size = next((size for size in (9.0, 8.0, 7.0, 6.0, 5.0) if text_width(text, size=size) <= side - 3), 4.5)
    canvas.text(x + side / 2, y - side / 2, text, size=size, ha="center", kind="value")


def _title(canvas: Canvas, plan: _Plan) -> None:
    left, _, right, top = canvas.bounds
    length = "L − T − K + 1" if plan.K else "L − T + 1"
    lines = wrapped(f"The ruler has N = {length} = {plan.N} places on the series", canvas.width - 30)
    for i, line in enumerate(lines):
        y = top + 18 + 15 * (len(lines) - 1 - i)
        canvas.rich((left + right) / 2, y, line, size=DIMENSION if len(lines) == 1 else 10, ha="center")
