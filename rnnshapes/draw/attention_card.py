"""The square of attention over the unrolled loop: what is one cell above takes one hand-over for each step below."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

from rnnshapes.draw.block import GRID, SIDE, bracket_label
from rnnshapes.draw.canvas import NARROW, WIDE, Canvas
from rnnshapes.draw.fit import wrapped
from rnnshapes.draw.legend import draw_legend
from rnnshapes.draw.lettering import DIMENSION, INK, QUIET, text_width
from rnnshapes.draw.paint import ink_on, number_size, short_number, value_colour
from rnnshapes.draw.picture import Picture, alt_text
from rnnshapes.errors import CourseError
from rnnshapes.layers.tables import ATTENTION_TABLE, SIMPLE_RNN
from rnnshapes.layers.words import number_text
from rnnshapes.sizes import COLOURS

LONGEST = 12  # steps that a card has room for
WEIGHTS = ATTENTION_TABLE[4].partition("[")[0]
STATE, INPUT = SIMPLE_RNN.result.name, SIMPLE_RNN.products[0].left.name
HIGH = 19.0  # a row of the square, on a wide card
GAP = 24.0  # between the squares of two heads


def attention(
    weights: np.ndarray, *, at: tuple[int, int] | None = None, names: Sequence[str] = (), narrow: bool = False
) -> Picture:
    """Return a picture of who looks at whom: one square over the unrolled loop, or one square for each head.

    Shapes: weights is (T, S), a row for each step that looks and a column for each that is looked at; or (H, T, S).
    `at` = (t, s) is the cell that is marked, with its way through the loop below; the loop is drawn where T = S.
    `names` are those of the columns.
    Raises: CourseError for weights of another kind, or with more than 12 steps.

    >>> attention(np.tri(3) / np.array([[1], [2], [3]]), at=(2, 0)).alt[:64]
    'Weights w[t,s] of T×S = 3×3. From step 0 to step 2 it is one cel'
    """
    w = np.asarray(weights, float)
    if w.ndim not in (2, 3) or max(w.shape) > LONGEST or 0 in w.shape:
        raise CourseError(
            f"Got weights of shape {w.shape}, expected (T, S), or (H, T, S), with at most {LONGEST} steps. "
            f"Try: w[0, :, :7, :7]."
        )
    if at is not None and (w.ndim == 3 or not (0 <= at[0] < w.shape[0] and 0 <= at[1] < w.shape[1])):
        raise CourseError(f"Got at = {at}, expected a row and a column of one square of {w.shape}. Try: at=(2, 0).")
    if names and len(names) != w.shape[-1]:
        raise CourseError(f"Got {len(names)} names, expected one for each of {w.shape[-1]} columns. Try: names=dates.")
    plan = _Plan(w if w.ndim == 3 else w[None], at, tuple(map(str, names)), heads=w.ndim == 3)
    rows = tuple(
        (f"{f'head {h}, ' if plan.heads else ''}t = {t}", "  ".join(short_number(value) for value in row))
        for h, square in enumerate(plan.squares)
        for t, row in enumerate(square)
    )
    return Picture(alt_text(_sentences(plan)), lambda: _figure(plan, narrow=narrow), rows)


@dataclass(frozen=True)
class _Plan:
    squares: np.ndarray
    at: tuple[int, int] | None
    names: tuple[str, ...]
    heads: bool

    @property
    def T(self) -> int:
        return self.squares.shape[1]

    @property
    def S(self) -> int:
        return self.squares.shape[2]

    @property
    def loop(self) -> bool:
        """Whether the loop stands below: of one sequence that looks at itself."""
        return not self.heads and self.T == self.S

    @property
    def steps(self) -> int:
        """How many times the loop hands h on between the two steps of the marked cell."""
        return abs(self.at[0] - self.at[1]) if self.at else 0

    @property
    def title(self) -> str:
        if self.heads:
            return f"`{WEIGHTS}`: H = {len(self.squares)} heads, and each has a square of its own"
        if not self.at or not self.loop:
            return f"`{WEIGHTS}`: row t shares out 1 over the steps s that it looks at"
        t, s = self.at
        times = "one hand-over" if self.steps == 1 else f"{self.steps} hand-overs"
        return f"From step {s} to step {t}: one cell of the square, {times} in the loop"


def _sentences(plan: _Plan) -> list[str]:
    shape = f"H×T×S = {len(plan.squares)}×" if plan.heads else "T×S = "
    found = [f"Weights {WEIGHTS}[t,s] of {shape}{plan.T}×{plan.S}."]
    if plan.at and plan.loop:
        t, s = plan.at
        found.append(f"From step {s} to step {t} it is one cell here, and {plan.steps} steps of the loop below.")
    for h, square in enumerate(plan.squares):
        s = int(square[-1].argmax())
        who = f"Head {h}: row" if plan.heads else "Row"
        found.append(f"{who} t = {plan.T - 1} looks most at {_name(plan, s)}: {number_text(square[-1, s])}.")
    return found


def _name(plan: _Plan, s: int) -> str:
    return plan.names[s] if plan.names else f"s = {s}"


def _figure(plan: _Plan, *, narrow: bool) -> Figure:
    canvas = Canvas(width=NARROW if narrow else WIDE, lowest=0.0)
    beside = 1 if narrow else len(plan.squares)
    label = bracket_label("T", plan.T)
    left = text_width(label, size=DIMENSION, bold=True) + 36
    room = (canvas.width - 30 - left - (beside - 1) * GAP) / beside
    wide = min(46.0, room / plan.S)
    high = min(HIGH, wide) if plan.heads else HIGH
    x = y = 0.0
    for h, square in enumerate(plan.squares):
        _square(canvas, plan, square, x, y, (wide, high))
        if plan.heads:
            canvas.text(x + plan.S * wide / 2, y + 24, f"head {h}", size=10, bold=True, ha="center")
        if x == 0:
            canvas.bracket((x - 14, y), (x - 14, y - plan.T * high), side="left", label=label, colour=COLOURS["T"])
        if narrow:
            y -= plan.T * high + (64 if plan.heads else 0)
        else:
            x += plan.S * wide + GAP
    bottom = -plan.T * high if not narrow or not plan.heads else y + 64
    if plan.loop:
        _loop(canvas, plan, wide, bottom - 14)
    else:
        ends = ((0, bottom), (plan.S * wide, bottom))
        canvas.bracket(*ends, side="below", label=bracket_label("S", plan.S), colour=COLOURS["S"])
    first, _, last, top = canvas.bounds
    middle = (first + last) / 2
    lines = wrapped(plan.title, canvas.width - 30)
    for i, line in enumerate(lines):
        y = top + 18 + 15 * (len(lines) - 1 - i)
        canvas.rich(middle, y, line, size=DIMENSION if len(lines) == 1 else 10, ha="center")
    words = {"amounts": "the darker, the more of it is taken", "nothing": "not looked at"}
    hidden = ["nothing"] if (plan.squares == 0).any() else []
    draw_legend(canvas, "amounts", *hidden, *(["state", "data"] if plan.loop else []), narrow=narrow, words=words)
    return canvas.finish()


def _square(canvas: Canvas, plan: _Plan, square: np.ndarray, x: float, y: float, cell: tuple[float, float]) -> None:
    """Draw one square: a row for each step that looks, t beside it; the names of the columns above."""
    wide, high = cell
    size, limit = number_size(cell), max(1e-9, float(np.abs(square).max()))
    for t, row in enumerate(square):
        canvas.text(x - 5, y - (t + 0.5) * high, str(t), size=7, colour=QUIET, ha="right")
        for s, value in enumerate(row):
            left, top = x + s * wide, y - t * high
            corners = [(left, top), (left + wide, top), (left + wide, top - high), (left, top - high)]
            fill = value_colour(value, limit) if value else SIDE
            canvas.polygon(corners, face=fill, edge=GRID, width=0.6)
            if size and value:
                words = short_number(value)
                canvas.text(
                    left + wide / 2, top - high / 2, words, size=size, colour=ink_on(fill), ha="center", kind="value"
                )
    for s in range(plan.S):
        name = plan.names[s] if plan.names else str(s)
        fits = text_width(name, size=7) <= wide - 2
        canvas.text(x + (s + 0.5) * wide, y + 8, name if fits else str(s), size=7, colour=QUIET, ha="center")
    low, right = y - plan.T * high, x + plan.S * wide
    canvas.polygon([(x, y), (right, y), (right, low), (x, low)], edge=INK, width=1.0, z=4)
    if plan.at and not plan.heads:
        t, s = plan.at
        left, top = x + s * wide, y - t * high
        corners = [(left, top), (left + wide, top), (left + wide, top - high), (left, top - high)]
        canvas.polygon(corners, edge=INK, width=1.95, z=7)


def _loop(canvas: Canvas, plan: _Plan, wide: float, top: float) -> None:
    """Draw the loop of lesson 01 below the square, a step under each column; the marked way is thick."""
    box = (min(22.0, 0.48 * wide), 18.0)
    way = range(min(plan.at), max(plan.at)) if plan.at else range(0)
    middle, low = top - box[1] / 2, top - box[1] - 18
    for s in range(plan.S):
        x = (s + 0.5) * wide
        left, right = x - box[0] / 2, x + box[0] / 2
        state = [(left, top), (right, top), (right, top - box[1]), (left, top - box[1])]
        canvas.polygon(state, face="white", edge=INK, width=1.4, dashed=True, z=4)
        data = [(left, low), (right, low), (right, low - 11), (left, low - 11)]
        canvas.polygon(data, face="#fbfbfb", edge=INK, width=1.0, z=4)
        canvas.arrow((x, low + 1), (x, top - box[1] - 1))
        if s:
            thick = s - 1 in way
            start = (x - wide + box[0] / 2 + 1, middle)
            canvas.arrow(start, (left - 1, middle), width=2.6 if thick else 0.8, colour=INK if thick else QUIET)
    canvas.rich(-9, middle, f"`{STATE}`", bold=True, ha="right")
    canvas.rich(-9, low - 5.5, f"`{INPUT}`", bold=True, ha="right")
    ends = ((0, low - 14), (plan.S * wide, low - 14))
    canvas.bracket(*ends, side="below", label=bracket_label("T", plan.S), colour=COLOURS["T"])
