"""The line at the foot of a card: what borders and fills mean."""

from rnnshapes.draw.block import GRID, SIDE, double_border
from rnnshapes.draw.canvas import Canvas
from rnnshapes.draw.lettering import INK, QUIET, text_width
from rnnshapes.draw.paint import value_colour

WORDS = {
    "data": "data",
    "weights": "weights",
    "state": "state",
    "selected": "selected",
    "values": "negative · 0 · positive",
    "amounts": "the darker, the further off",
    "nothing": "nothing",
}
SWATCH, GAP, SIZE = 18.0, 5.0, 8.0


def draw_legend(canvas: Canvas, *entries: str, narrow: bool = False, words: dict[str, str] | None = None) -> None:
    """Write a swatch and a word for each entry ("data", "weights", …, see WORDS), below everything."""
    texts = {**WORDS, **(words or {})}
    widths = [SWATCH + GAP + text_width(texts[entry], size=SIZE) for entry in entries]
    left, bottom, right, _ = canvas.bounds
    rows = _rows(widths, canvas.width - 30)
    y = bottom - 22
    for row in rows:
        total = sum(widths[i] for i in row) + 16 * (len(row) - 1)
        x = (left + right) / 2 - total / 2
        for i in row:
            _swatch(canvas, entries[i], x, y)
            canvas.text(x + SWATCH + GAP, y, texts[entries[i]], size=SIZE, colour=QUIET)
            x += widths[i] + 16
        y -= 14


def _rows(widths: list[float], room: float) -> list[list[int]]:
    rows, used = [[]], 0.0
    for i, width in enumerate(widths):
        if used + width > room and rows[-1]:
            rows.append([])
            used = 0.0
        rows[-1].append(i)
        used += width + 16
    return rows


def _swatch(canvas: Canvas, entry: str, x: float, y: float) -> None:
    corners = [(x, y - 4), (x + SWATCH, y - 4), (x + SWATCH, y + 4), (x, y + 4)]
    if entry == "weights":
        inside = [(x + 2, y - 2.5), (x + SWATCH - 2, y - 2.5), (x + SWATCH - 2, y + 2.5), (x + 2, y + 2.5)]
        double_border(canvas, inside)
    elif entry in ("values", "amounts"):
        for i, value in enumerate((-0.8, 0.0, 0.8) if entry == "values" else (0.0, 0.4, 0.8)):
            a, b = x + SWATCH * i / 3, x + SWATCH * (i + 1) / 3
            canvas.polygon(
                [(a, y - 4), (b, y - 4), (b, y + 4), (a, y + 4)],
                face=value_colour(value, 1.0),
                edge=GRID,
                width=0.5,
            )
    elif entry == "nothing":
        canvas.polygon(corners, face=SIDE, edge=GRID, width=0.6)
    else:
        width = {"data": 1.0, "state": 1.4, "selected": 1.95}[entry]
        canvas.polygon(corners, edge=INK, width=width, dashed=entry == "state", z=4)
