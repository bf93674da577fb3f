"""A table whose rows are picked by ids: lit rows go forward into X, and gradients come back to them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

from rnnshapes.draw.block import FRONT, GRID, bracket_label
from rnnshapes.draw.canvas import NARROW, WIDE, Canvas
from rnnshapes.draw.legend import draw_legend
from rnnshapes.draw.lettering import DIMENSION, INK, QUIET, text_width
from rnnshapes.draw.paint import ink_on, short_number, value_colour
from rnnshapes.draw.picture import Picture, alt_text
from rnnshapes.errors import CourseError
from rnnshapes.layers.run import run
from rnnshapes.layers.tables import TABLE_BOTH_WAYS_LINES
from rnnshapes.sizes import COLOURS, tuple_text

MOST_ROWS, MOST_ACROSS = 12, 8
LOOKUP, WAY_BACK = TABLE_BOTH_WAYS_LINES
STEP = 46.0  # between two arrays, with the arrow


def picked(ids: Sequence[int], E: np.ndarray, *, names: Sequence[str] = (), narrow: bool = False) -> Picture:
    """Return a picture of a table with the rows lit that the ids of one sample pick, and of what they become.

    Shapes: ids is (T,) with T ≤ 12; E is (K, D) with K ≤ 12 and D ≤ 8; the picture's X is (T, D). `names` has a word
    for each of the K ids.
    Raises: CourseError for other sizes, or an id that has no row.

    >>> picked([2, 0, 2], np.eye(4)).alt[:81]
    'Of K = 4 rows of the table E (4×4) the T = 3 ids 2, 0, 2 pick 2: 0 and 2 are lit.'
    """
    E, ids = np.asarray(E, float), np.asarray(ids)
    _refuse(ids, E, len(E), names)
    X = run([LOOKUP], {"ids": ids[None], "E": E}, {"N": 1, "T": len(ids), "D": E.shape[1]})["X"][0]
    said = f"Each id becomes its row: X ({len(ids)}×{E.shape[1]})."
    return _picture(_Plan(ids, E, X, tuple(names), LOOKUP, ("E", "X"), back=False), said, narrow=narrow)


def picked_back(
    ids: Sequence[int], dX: np.ndarray, K: int, *, names: Sequence[str] = (), narrow: bool = False
) -> Picture:
    """Return a picture of the gradient that arrives at each place, and of the rows of the table to which it goes.

    Shapes: ids is (T,) with T ≤ 12; dX is (T, D) with D ≤ 8; the picture's dE is (K, D), K ≤ 12.
    Raises: CourseError for other sizes, or an id that has no row.

    >>> picked_back([2, 0, 2], np.ones((3, 1)), 4).details[2]
    ('row 2', 'picked at t = 0, 2: 2.00')
    """
    dX, ids = np.asarray(dX, float), np.asarray(ids)
    _refuse(ids, dX, K, names)
    sizes = {"N": 1, "T": len(ids), "D": dX.shape[1], "K": K}
    dE = run([WAY_BACK], {"ids": ids[None], "dX": dX[None]}, sizes)["dE"]
    said = "Each gives its row the gradient that arrives, and all others stay 0."
    return _picture(_Plan(ids, dE, dX, tuple(names), WAY_BACK, ("dE", "dX"), back=True), said, narrow=narrow)


@dataclass(frozen=True)
class _Plan:
    """The ids, the table (or its gradient), the rows that belong to the places, and the line that says it."""

    ids: np.ndarray
    table: np.ndarray
    rows: np.ndarray
    words: tuple[str, ...]
    line: str
    names: tuple[str, str]
    back: bool

    @property
    def limit(self) -> float:
        return float(max(np.abs(self.table).max(), np.abs(self.rows).max())) or 1.0

    def label(self, k: int) -> str:
        return f"{k} {self.words[k]}" if self.words else str(k)


def _refuse(ids: np.ndarray, rows: np.ndarray, K: int, names: Sequence[str]) -> None:
    fits = ids.ndim == 1 and 1 <= len(ids) <= MOST_ROWS and rows.ndim == 2 and rows.shape[1] <= MOST_ACROSS
    if not fits or K > MOST_ROWS or len(names) not in (0, K):
        raise CourseError(
            f"Got ids of shape {ids.shape}, rows of shape {rows.shape}, K = {K} and {len(names)} names, expected at "
            f"most {MOST_ROWS} ids of one sample, {MOST_ROWS} rows, {MOST_ACROSS} numbers in each. Try: ids[0], E[:8]."
        )
    if ids.min() < 0 or ids.max() >= K:
        raise CourseError(f"Got the ids {ids.min()} to {ids.max()}, expected 0 to K − 1 = {K - 1}. Try: ids % K.")


def _picture(plan: _Plan, said: str, *, narrow: bool) -> Picture:
    K, D = plan.table.shape
    lit = np.unique(plan.ids).tolist()
    name = plan.names[0]
    which = " and ".join(map(str, lit)) if len(lit) < 3 else f"{', '.join(map(str, lit[:-1]))} and {lit[-1]}"
    verb = "are lit" if len(lit) > 1 else "is lit"
    sentences = [
        f"Of K = {K} rows of the table {name} ({K}×{D}) the T = {len(plan.ids)} ids "
        f"{', '.join(map(str, plan.ids))} pick {len(lit)}: {which} {verb}.",
        said,
    ]
    details = []
    for k, row in enumerate(plan.table):
        places = np.flatnonzero(plan.ids == k)
        where = f"picked at t = {', '.join(map(str, places))}" if len(places) else "not picked"
        details.append((f"row {k}", f"{where}: {'  '.join(f'{value:.2f}' for value in row)}"))
    return Picture(alt_text(sentences), lambda: _figure(plan, narrow=narrow), tuple(details))


def _figure(plan: _Plan, *, narrow: bool) -> Figure:
    canvas = Canvas(width=NARROW if narrow else WIDE, lowest=0.0)
    K, D = plan.table.shape
    T = len(plan.ids)
    labels = max(text_width(plan.label(k), size=8) for k in range(K)) + 9
    side = min(25.0, (canvas.width - 60 - STEP - 2 * labels - (0 if narrow else STEP)) / (D + 1 + (0 if narrow else D)))
    high = min(side, 19.0)
    _places(canvas, plan, side, high, x=0.0)
    if plan.back:
        x = 1.4 * side
        _rows(canvas, plan, plan.rows, side, high, x=x, y=0.0, name=plan.names[1], letters=("T", T))
        if narrow:
            _table(canvas, plan, side, high, x=x + labels, y=-T * high - 78)
            canvas.arrow((x + D * side / 2, -T * high - 40), (x + D * side / 2, -T * high - 56))
            return _finished(canvas, plan, narrow=narrow)
        x += D * side
    else:
        x = side
    canvas.arrow((x + 9, -high), (x + STEP - 8, -high))
    x += STEP + labels
    _table(canvas, plan, side, high, x=x, y=0.0)
    if not plan.back:
        right = x + D * side
        if narrow:
            low = -K * high - 78
            canvas.arrow((x + D * side / 2, low + 38), (x + D * side / 2, low + 22))
            _rows(canvas, plan, plan.rows, side, high, x=x, y=low, name="X", letters=("T", T))
        else:
            canvas.arrow((right + 9, -high), (right + STEP - 8, -high))
            _rows(canvas, plan, plan.rows, side, high, x=right + STEP + labels, y=0.0, name="X", letters=("T", T))
    return _finished(canvas, plan, narrow=narrow)


def _places(canvas: Canvas, plan: _Plan, side: float, high: float, *, x: float) -> None:
    """Draw the ids of the sample below each other, a step in each row."""
    for t, k in enumerate(plan.ids):
        _cell(canvas, x, -t * high, side, high, str(k), face=FRONT)
    bottom = -len(plan.ids) * high
    _frame(canvas, x, 0.0, side, -bottom, width=1.0)
    canvas.rich(x + side / 2, 12, "`ids`", bold=True, ha="center")
    canvas.bracket((x, 0), (x, bottom), side="left", label=bracket_label("T", len(plan.ids)), colour=COLOURS["T"])


def _table(canvas: Canvas, plan: _Plan, side: float, high: float, *, x: float, y: float) -> None:
    """Draw the table, its lit rows in the colours of their values, the others pale; each row under its id."""
    K, D = plan.table.shape
    for k, row in enumerate(plan.table):
        top, lit = y - k * high, k in plan.ids
        _numbers(canvas, row, side, high, x=x, y=top, limit=plan.limit, lit=lit)
        colour = INK if lit else QUIET
        canvas.text(x - 7, top - high / 2, plan.label(k), size=8, colour=colour, ha="right", bold=lit)
        if lit:
            _frame(canvas, x, top, D * side, high, width=1.95)
    for away in (0.3, 2.9):
        _frame(canvas, x - away, y + away, D * side + 2 * away, K * high + 2 * away, width=1.0)
    _named(canvas, plan.names[0], ("K", K), ("D", D), x=x, y=y, wide=D * side, high=K * high)


def _rows(
    canvas: Canvas,
    plan: _Plan,
    rows: np.ndarray,
    side: float,
    high: float,
    *,
    x: float,
    y: float,
    name: str,
    letters: tuple[str, int],
) -> None:
    """Draw a row of numbers for each place; where it does not stand beside the ids, with the id in front."""
    D = rows.shape[1]
    for t, row in enumerate(rows):
        _numbers(canvas, row, side, high, x=x, y=y - t * high, limit=plan.limit, lit=True)
        if not plan.back:
            label = plan.label(int(plan.ids[t]))
            canvas.text(x - 7, y - (t + 0.5) * high, label, size=8, colour=INK, ha="right")
    _frame(canvas, x, y, D * side, len(rows) * high, width=1.0)
    _named(canvas, name, letters, ("D", D), x=x, y=y, wide=D * side, high=len(rows) * high)


def _named(
    canvas: Canvas,
    name: str,
    down: tuple[str, int],
    across: tuple[str, int],
    *,
    x: float,
    y: float,
    wide: float,
    high: float,
) -> None:
    """Write an array's name above it, and its letters below."""
    canvas.rich(x + wide / 2, y + 12, f"`{name}`", bold=True, ha="center")
    label = bracket_label(*across, short=wide < 40)
    canvas.bracket((x, y - high), (x + wide, y - high), side="below", label=label, colour=COLOURS["D"], gap=8.5)
    letters, numbers = (tuple_text(pair) for pair in zip(down, across, strict=True))
    canvas.rich(x + wide / 2, y - high - 32, f"{letters} = {numbers}", ha="center")


def _numbers(
    canvas: Canvas, row: np.ndarray, side: float, high: float, *, x: float, y: float, limit: float, lit: bool
) -> None:
    for d, value in enumerate(row):
        face = value_colour(value, limit) if lit else FRONT
        ink = ink_on(face) if lit else QUIET
        _cell(canvas, x + d * side, y, side, high, short_number(float(value)), face=face, colour=ink)


def _cell(
    canvas: Canvas, x: float, y: float, side: float, high: float, text: str, *, face: str, colour: str = INK
) -> None:
    canvas.polygon([(x, y), (x + side, y), (x + side, y - high), (x, y - high)], face=face, edge=GRID, width=0.6)
    size = next((size for size in (8.2, 7.5, 6.5, 5.5) if text_width(text, size=size) <= side - 2), 4.5)
    canvas.text(x + side / 2, y - high / 2, text, size=size, colour=colour, ha="center", kind="value")


def _frame(canvas: Canvas, x: float, y: float, wide: float, high: float, *, width: float) -> None:
    canvas.polygon([(x, y), (x + wide, y), (x + wide, y - high), (x, y - high)], edge=INK, width=width, z=6)


def _finished(canvas: Canvas, plan: _Plan, *, narrow: bool) -> Figure:
    left, _, right, top = canvas.bounds
    room = canvas.width - 24
    size = next(size for size in (DIMENSION, 10, 9, 8, 7, 6) if text_width(plan.line, size=size, mono=True) <= room)
    canvas.text((left + right) / 2, top + 18, plan.line, size=size, ha="center", mono=True)
    draw_legend(canvas, "selected", "values", narrow=narrow, words={"selected": "picked rows"})
    return canvas.finish()
