"""A strip with a gate's hatch and its letter: gates are told apart by both, and never by colour."""

from rnnshapes.draw.canvas import Canvas
from rnnshapes.draw.lettering import DIMENSION, QUIET

TAG = 13.0  # how high a strip is
HATCHES = {"i": (1, 1), "f": (1, -1), "g": (1, 0), "o": (0, 1), "z": (1, 1), "r": (1, -1)}
"""The direction of each gate's hatch."""


def draw_tag(canvas: Canvas, name: str, x: float, y: float, width: float) -> None:
    """Draw a strip with a gate's hatch, and its letter in the middle; (x, y) is its top left corner."""
    bottom, (dx, dy) = y - TAG, HATCHES[name]
    corners = [(x, y), (x + width, y), (x + width, bottom), (x, bottom)]
    canvas.polygon(corners, edge=QUIET, width=0.8, z=3)
    free = (x + width / 2 - 7, x + width / 2 + 7)
    for left, right in ((x, free[0]), (free[1], x + width)):
        if right - left > 3:
            _hatch(canvas, (left, right, bottom, y), dx, dy)
    canvas.rich(x + width / 2, (y + bottom) / 2, f"`{name}`", size=DIMENSION, bold=True, ha="center")


def _hatch(canvas: Canvas, box: tuple[float, float, float, float], dx: int, dy: int) -> None:
    """Fill a box with parallel lines: to the right and up, down, level, or upright."""
    left, right, bottom, top = box
    if not dy:
        for k in range(1, 4):
            y = bottom + (top - bottom) * k / 4
            canvas.line([(left, y), (right, y)], colour=QUIET, width=0.6)
        return
    reach = (top - bottom) * dx
    start = left
    while start <= right:
        ends = [(start, bottom), (start + reach, top)]
        if dy < 0:
            ends = [(start, top), (start + reach, bottom)]
        (x0, y0), (x1, y1) = ends
        if x1 > right:
            share = (right - x0) / (x1 - x0)
            x1, y1 = right, y0 + share * (y1 - y0)
        canvas.line([(x0, y0), (x1, y1)], colour=QUIET, width=0.6)
        start += 4.0
