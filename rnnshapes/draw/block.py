"""One array as an oblique box: NumPy's print order, depth up and to the right, front face undistorted."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from rnnshapes.draw.canvas import Canvas, token_colour
from rnnshapes.draw.lettering import INK
from rnnshapes.draw.paint import Paint, ink_on, number_size, short_number, value_colour
from rnnshapes.draw.span import LARGEST_PRINTED, Span, on_paper

DEPTH_STEP = (0.42, 0.30)  # of a cell
FRONT, TOP, SIDE, GRID = "#fbfbfb", "#eeeeee", "#e0e0e0", "#b4b4b4"


@dataclass(frozen=True)
class Block:
    """Where an array stands: (x, y) is the top left of its front face, a cell is (width, height) points.

    Shapes: `shape` has up to three axes (depth, down, across); `dims` a token for each, "" for no bracket.
    `role` is "data" (thin border), "weights" (double) or "state" (dashed).
    """

    shape: tuple[int, ...]
    dims: tuple[str, ...]
    x: float = 0.0
    y: float = 0.0
    cell: tuple[float, float] = (16.0, 16.0)
    cap: int = LARGEST_PRINTED
    role: str = "data"

    @property
    def spans(self) -> tuple[Span, Span, Span]:
        """Depth, down, across; an axis that the array has not is one cell."""
        depth, down, across = (1,) * (3 - len(self.shape)) + self.shape
        return Span.of(depth, self.cap), Span.of(down, self.cap), Span.of(across, self.cap)

    @property
    def width(self) -> float:
        """Of the front face."""
        return self.spans[2].total * self.cell[0]

    @property
    def height(self) -> float:
        return self.spans[1].total * self.cell[1]

    @property
    def step(self) -> tuple[float, float]:
        """One layer of depth. A single layer is flat: only what has a depth axis shows one."""
        if len(self.shape) < 3:
            return 0.0, 0.0
        side = min(self.cell)
        return DEPTH_STEP[0] * side, DEPTH_STEP[1] * side

    @property
    def offset(self) -> tuple[float, float]:
        """From the front face to the back."""
        return self.spans[0].total * self.step[0], self.spans[0].total * self.step[1]

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y - self.height

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y - self.height / 2

    def at(self, depth: float, down: float, across: float) -> tuple[float, float]:
        """Return the point at these distances, in cells on paper."""
        return (
            self.x + across * self.cell[0] + depth * self.step[0],
            self.y - down * self.cell[1] + depth * self.step[1],
        )

    def moved(self, x: float, y: float) -> "Block":
        return replace(self, x=x, y=y)


def draw_block(canvas: Canvas, block: Block, *, values: np.ndarray | None = None, limit: float | None = None) -> None:
    """Draw the faces, the grid, the values and the border that the role asks for."""
    depth, down, across = block.spans
    paint = Paint(values, len(block.shape), limit)
    for points, face in zip(_faces(block), (FRONT, TOP, SIDE), strict=False):
        canvas.polygon(points, face=face, z=1.9)  # what a gap lets through
    for j, x in zip(across.indices, across.starts, strict=True):
        for i, y in zip(down.indices, down.starts, strict=True):
            _cell(
                canvas,
                [block.at(0, y, x), block.at(0, y, x + 1), block.at(0, y + 1, x + 1), block.at(0, y + 1, x)],
                paint.face(FRONT, 0, i, j),
            )
    if block.step[0]:
        for n, z in zip(depth.indices, depth.starts, strict=True):
            for j, x in zip(across.indices, across.starts, strict=True):
                _cell(
                    canvas,
                    [
                        block.at(z, 0, x),
                        block.at(z, 0, x + 1),
                        block.at(z + 1, 0, x + 1),
                        block.at(z + 1, 0, x),
                    ],
                    paint.face(TOP, n, 0, j),
                )
            for i, y in zip(down.indices, down.starts, strict=True):
                _cell(
                    canvas,
                    [
                        block.at(z, y, across.total),
                        block.at(z + 1, y, across.total),
                        block.at(z + 1, y + 1, across.total),
                        block.at(z, y + 1, across.total),
                    ],
                    paint.face(SIDE, n, i, -1),
                )
    if values is not None and printable(block):
        _print_values(canvas, block, paint)
    _dots(canvas, block)
    _border(canvas, block)


def printable(block: Block) -> bool:
    """Values are printed only if the front face is at most 8×8 and nothing of it is left out."""
    return max(block.shape[-2:], default=1) <= LARGEST_PRINTED and not any(span.gap for span in block.spans[1:])


def draw_brackets(
    canvas: Canvas,
    block: Block,
    *,
    sides: Sequence[str] = ("depth", "left", "below"),
    wrong: Sequence[int] = (),
    struck: Sequence[int] = (),
    short: bool = False,
) -> None:
    """Put a bracket with letter and size on each axis that has a token.

    `sides` says where depth, down and across go; `wrong` lists axes of the array that get a ✗,
    `struck` those whose letter is struck out.
    """
    edges = {
        "left": lambda: (block.at(0, 0, 0), block.at(0, block.spans[1].total, 0)),
        "right": lambda: (
            block.at(0, 0, block.spans[2].total),
            block.at(0, block.spans[1].total, block.spans[2].total),
        ),
        "below": lambda: (
            block.at(0, block.spans[1].total, 0),
            block.at(0, block.spans[1].total, block.spans[2].total),
        ),
        "above": lambda: (block.at(0, 0, 0), block.at(0, 0, block.spans[2].total)),
        "depth": lambda: (
            block.at(0, block.spans[1].total, block.spans[2].total),
            block.at(block.spans[0].total, block.spans[1].total, block.spans[2].total),
        ),
    }
    count = len(block.shape)
    for axis, (token, number) in enumerate(zip(block.dims, block.shape, strict=True)):
        side = sides[axis + 3 - count]
        if token and side:
            start, end = edges[side]()
            canvas.bracket(
                start,
                end,
                side=side,
                label=bracket_label(token, number, short=short),
                colour=token_colour(token),
                wrong=axis in wrong,
                struck=axis in struck,
                gap=8.5 if block.role == "weights" else 5.0,
            )


def bracket_label(token: str, number: int, *, short: bool = False) -> str:
    """Return "D = 3"; a number that is no letter's size stands alone."""
    if token == str(number):
        return token
    return f"{token}={number}" if short else f"{token} = {number}"


def outline(canvas: Canvas, block: Block, ranges: Sequence[tuple[int, int]], *, numbers: bool = False) -> None:
    """Mark the cells from start to stop along depth, down and across: selection is 2.6 px black.

    Where layers in front hide the selection, its front is dashed; where those layers show `numbers`, the edges that lie
    open mark it alone, so that no line crosses a number.
    """
    (n0, n1), (t0, t1), (d0, d1) = (on_paper(span, pair) for span, pair in zip(block.spans, ranges, strict=True))
    front = [block.at(n0, t0, d0), block.at(n0, t0, d1), block.at(n0, t1, d1), block.at(n0, t1, d0)]
    width = 2.6 * 0.75  # 2.6 px in points
    lies_open = bool(block.step[0]) and (t0 == 0 or d1 == block.spans[2].total)
    if not (numbers and n0 and lies_open):
        canvas.polygon(front, edge=INK, width=width if n0 == 0 else 1.2, dashed=n0 > 0, z=7)
    if block.step[0]:
        top = [block.at(n0, t0, d0), block.at(n0, t0, d1), block.at(n1, t0, d1), block.at(n1, t0, d0)]
        side = [block.at(n0, t0, d1), block.at(n1, t0, d1), block.at(n1, t1, d1), block.at(n0, t1, d1)]
        for points, visible in ((top, t0 == 0), (side, d1 == block.spans[2].total)):
            if visible:
                canvas.polygon(points, edge=INK, width=width, z=7)


def _cell(canvas: Canvas, points: list[tuple[float, float]], face: str) -> None:
    canvas.polygon(points, face=face, edge=GRID, width=0.6, z=2)


def _print_values(canvas: Canvas, block: Block, paint: Paint) -> None:
    """Print every number in the size that the cells have room for, or none."""
    size = number_size(block.cell)
    if size is None:
        return
    for i in range(paint.values.shape[1]):
        for j in range(paint.values.shape[2]):
            value = float(paint.values[0, i, j])
            x, y = block.at(0, i + 0.5, j + 0.5)
            fill = value_colour(value, paint.limit)
            canvas.text(x, y, short_number(value), size=size, colour=ink_on(fill), ha="center", kind="value")


def _dots(canvas: Canvas, block: Block) -> None:
    """Write "⋯" into each gap, along the axis that was cut."""
    depth, down, across = block.spans
    if across.gap:
        canvas.dots(*block.at(0, down.total / 2, sum(across.gap) / 2))
    if down.gap:
        canvas.dots(*block.at(0, sum(down.gap) / 2, across.total / 2), along=(0, 1))
    if depth.gap and block.step[0]:
        length = math.hypot(*block.step)
        along = (block.step[0] / length, block.step[1] / length)
        canvas.dots(*block.at(sum(depth.gap) / 2, 0, across.total / 2), along=along)
        canvas.dots(*block.at(sum(depth.gap) / 2, down.total / 2, across.total), along=along)


def _border(canvas: Canvas, block: Block) -> None:
    for points in _faces(block):
        if block.role == "weights":
            double_border(canvas, points)
        elif block.role == "state":
            canvas.polygon(points, edge="white", width=1.4, z=4)  # the grid must not fill the dashes' gaps
            canvas.polygon(points, edge=INK, width=1.4, dashed=True, z=4.1)
        else:
            canvas.polygon(points, edge=INK, width=1.0, z=4)


def double_border(canvas: Canvas, corners: Sequence[tuple[float, float]]) -> None:
    """Draw the border of weights around a rectangle, outside of it, so that no number is touched."""
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    for away in (0.3, 2.9):
        left, right, bottom, top = min(xs) - away, max(xs) + away, min(ys) - away, max(ys) + away
        canvas.polygon([(left, bottom), (left, top), (right, top), (right, bottom)], edge=INK, width=1.0, z=4)


def _faces(block: Block) -> list[list[tuple[float, float]]]:
    """Return the corners of the front face, and of top and side if the block has depth."""
    depth, down, across = (span.total for span in block.spans)
    front = [block.at(0, 0, 0), block.at(0, 0, across), block.at(0, down, across), block.at(0, down, 0)]
    if not block.step[0]:
        return [front]
    top = [block.at(0, 0, 0), block.at(depth, 0, 0), block.at(depth, 0, across), block.at(0, 0, across)]
    side = [
        block.at(0, 0, across),
        block.at(depth, 0, across),
        block.at(depth, down, across),
        block.at(0, down, across),
    ]
    return [front, top, side]
