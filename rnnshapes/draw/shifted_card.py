"""A text in rows of T: the inputs, and beside them the targets, one character on; grey is padding."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

from rnnshapes.draw.block import FRONT, GRID, TOP, bracket_label
from rnnshapes.draw.canvas import NARROW, WIDE, Canvas
from rnnshapes.draw.fit import wrapped
from rnnshapes.draw.frozen_card import MASKED_FACE
from rnnshapes.draw.lettering import DIMENSION, INK, QUIET, text_width
from rnnshapes.draw.picture import Picture, alt_text
from rnnshapes.errors import CourseError
from rnnshapes.layers.run import run
from rnnshapes.layers.tables import SHIFTED_LINES
from rnnshapes.sizes import COLOURS, tuple_text

LONGEST = 20  # characters that a card has room for
SEEN = {" ": "␣", "\n": "¶"}
"""What stands for a character that cannot be seen."""


def shifted(text: str, T: int, *, narrow: bool = False) -> Picture:
    """Return a picture of a short text, cut into rows of T inputs, each with the character that comes after it.

    Shapes: `text` has L characters, 2 ≤ L ≤ 20; the picture's inputs and targets are (N, T), with N = (L - 1) / T,
    rounded up.
    Raises: CourseError for another text, or a T below 1 or above L - 1.

    >>> shifted("alice was", T=3).details[2]
    ('row n = 2', 'inputs wa·, targets as·')
    """
    if not 2 <= len(text) <= LONGEST or not 1 <= T <= min(len(text) - 1, 9):
        raise CourseError(
            f"Got a text of {len(text)} characters and T = {T}, expected 2 to {LONGEST} characters, and rows of at "
            f"least one of them, at most 9, and with one left over. Try: draw.shifted(text[:12], T=5)."
        )
    plan = _Plan(text, T)
    last = plan.N * T - plan.places
    rest = f" The last row is filled up with padding, {last} of its {T} places." if last else " The last row is full."
    alt = [
        f"The {len(text)} characters “{text}” give {plan.places} places at which the next one is asked for.",
        f"In rows of T = {T}: inputs ({plan.N}×{T}), and targets ({plan.N}×{T}) one character on.{rest}",
    ]
    inputs, targets = plan.rows
    details = tuple(
        (f"row n = {n}", f"inputs {_line(text, inputs[n])}, targets {_line(text, targets[n])}") for n in range(plan.N)
    )
    return Picture(alt_text(alt), lambda: _figure(plan, narrow=narrow), details)


def _line(text: str, row: np.ndarray) -> str:
    return "".join(SEEN.get(text[i - 1], text[i - 1]) if i else "·" for i in row)


@dataclass(frozen=True)
class _Plan:
    """The text, and how it is cut: places of the text, counted from 1, stand for its characters, 0 for padding."""

    text: str
    T: int

    @property
    def places(self) -> int:
        return len(self.text) - 1

    @property
    def N(self) -> int:
        return -(-self.places // self.T)

    @property
    def rows(self) -> tuple[np.ndarray, np.ndarray]:
        ids = np.arange(1, len(self.text) + 1)
        made = run(SHIFTED_LINES, {"ids": ids}, {"L": len(ids), "N": self.N, "T": self.T})
        return made["inputs"].astype(int), made["targets"].astype(int)


def _figure(plan: _Plan, *, narrow: bool) -> Figure:
    canvas = Canvas(width=NARROW if narrow else WIDE, lowest=0.0)
    L, T, N = len(plan.text), plan.T, plan.N
    names = text_width(f"n = {N - 1}", size=8) + 14
    label = text_width(bracket_label("N", N), size=DIMENSION, bold=True) + 12
    apart = 40.0
    side = min(
        26.0,
        (canvas.width - 40) / L,
        (canvas.width - 40 - names - label - (0 if narrow else apart)) / (T if narrow else 2 * T),
    )
    wide = T * side if narrow else 2 * T * side + apart
    start = (wide - L * side) / 2
    for place, character in enumerate(plan.text):
        _cell(canvas, start + place * side, 0.0, side, character, face=FRONT)
    _frame(canvas, start, 0.0, L * side, side, width=1.0)
    canvas.bracket((start, 0), (start + L * side, 0), side="above", label=f"L = {L}", colour=INK)
    inputs, targets = plan.rows
    top = -side - 62
    canvas.arrow((wide / 2, -side - 8), (wide / 2, -side - 30))
    _block(canvas, plan, inputs, "inputs", side, x=0.0, y=top, face=FRONT)
    for n in range(N):
        canvas.rich(-9, top - (n + 0.5) * side, f"n = {n}", size=8, colour=QUIET, ha="right")
    canvas.bracket(
        (-names, top), (-names, top - N * side), side="left", label=bracket_label("N", N), colour=COLOURS["N"]
    )
    x, y = (0.0, top - N * side - 78) if narrow else (T * side + apart, top)
    _block(canvas, plan, targets, "targets", side, x=x, y=y, face=TOP)
    left, _, right, above = canvas.bounds
    lines = wrapped("The target of each place is the character that comes next", canvas.width - 40)
    for i, line in enumerate(lines):
        size = DIMENSION if len(lines) == 1 else 10
        canvas.rich((left + right) / 2, above + 18 + 15 * (len(lines) - 1 - i), line, size=size, ha="center")
    if (inputs == 0).any():
        canvas.text(
            (left + right) / 2, canvas.bounds[1] - 16, "grey: padding, the id 0", size=8, colour=QUIET, ha="center"
        )
    return canvas.finish()


def _block(
    canvas: Canvas, plan: _Plan, rows: np.ndarray, name: str, side: float, *, x: float, y: float, face: str
) -> None:
    """Draw N rows of T characters below each other, padding in grey."""
    for n, row in enumerate(rows):
        for t, place in enumerate(row):
            shown = plan.text[place - 1] if place else "0"
            _cell(canvas, x + t * side, y - n * side, side, shown, face=face if place else MASKED_FACE)
    low = y - plan.N * side
    _frame(canvas, x, y, plan.T * side, plan.N * side, width=1.4)
    middle = x + plan.T * side / 2
    canvas.rich(middle, y + 12, f"`{name}`", bold=True, ha="center")
    label = bracket_label("T", plan.T, short=plan.T * side < 40)
    canvas.bracket((x, low), (x + plan.T * side, low), side="below", label=label, colour=COLOURS["T"])
    canvas.rich(middle, low - 31, tuple_text(("N", "T")), ha="center")


def _cell(canvas: Canvas, x: float, y: float, side: float, character: str, *, face: str) -> None:
    canvas.polygon([(x, y), (x + side, y), (x + side, y - side), (x, y - side)], face=face, edge=GRID, width=0.6)
    ink = QUIET if character in SEEN else INK
    text = SEEN.get(character, character)
    canvas.text(
        x + side / 2, y - side / 2, text, size=min(11.0, side * 0.55), colour=ink, ha="center", mono=True, kind="value"
    )


def _frame(canvas: Canvas, x: float, y: float, wide: float, high: float, *, width: float) -> None:
    canvas.polygon([(x, y), (x + wide, y), (x + wide, y - high), (x, y - high)], edge=INK, width=width, z=6)
