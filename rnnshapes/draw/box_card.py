"""One box with its dimensions, and a part of it lifted out."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from matplotlib.figure import Figure

from rnnshapes.draw.block import Block, bracket_label, draw_block, draw_brackets, outline, printable
from rnnshapes.draw.canvas import NARROW, WIDE, Canvas
from rnnshapes.draw.fit import role_of
from rnnshapes.draw.legend import draw_legend
from rnnshapes.draw.lettering import DIMENSION, INK, QUIET, rich_width, text_width
from rnnshapes.draw.lift import Part, part_of
from rnnshapes.draw.picture import Picture, alt_text
from rnnshapes.errors import CourseError
from rnnshapes.layers.words import shape_text
from rnnshapes.sizes import MEANINGS, Sizes, counted, split_dims, tuple_text

PLACES = ("deep", "down", "across")


def box(
    name: str,
    dims: str | Iterable[str],
    sizes: Sizes,
    *,
    values: np.ndarray | None = None,
    lift: object = None,
    narrow: bool = False,
) -> Picture:
    """Return a picture of one array: a box with a bracket, letter and size for each axis.

    Shapes: dims is a word of letters, such as "NTD" or "M"; values, if given, have that shape.
    `lift` is an index, such as 0, (0, 2), (slice(None), 2) or "X[0, 2]": that part is lifted out.
    Raises: CourseError if values have another shape, or the index lies outside the box.

    >>> box("X", "NTD", Sizes(N=3, T=4, D=2, M=5, K=6)).alt
    'Box X: 3 samples (N) deep, 4 time steps (T) down, 2 features (D) across; 24 numbers.'
    """
    tokens = split_dims(dims)
    shape = sizes.shape(tokens)
    if not 1 <= len(shape) <= 3:
        raise CourseError(f"Got {len(shape)} axes for {name}, expected one to three. Try: 'NTD'.")
    if values is not None and np.shape(values) != shape:
        raise CourseError(
            f"Got values of {shape_text(np.shape(values), sizes)} for {name}, "
            f"expected {shape_text(shape, sizes)}. Try: dims that fit the values."
        )
    part = None if lift is None else part_of(name, tokens, shape, lift)
    places = PLACES[3 - len(shape) :]
    axes = ", ".join(
        f"{_described(token, size)} {place}" for token, size, place in zip(tokens, shape, places, strict=True)
    )
    sentences = [f"Box {name}: {axes}; {_numbers(shape)}."]
    if part:
        sentences.append(f"Lifted out: {part.name}, {tuple_text(part.dims)} = {tuple_text(part.shape)}.")
    array = None if values is None else np.asarray(values, float)
    return Picture(
        alt_text(sentences),
        lambda: _box_figure(name, tokens, shape, array, part, narrow=narrow),
        _value_rows(name, array),
    )


def _box_figure(
    name: str,
    dims: tuple[str, ...],
    shape: tuple[int, ...],
    values: np.ndarray | None,
    part: Part | None,
    *,
    narrow: bool,
) -> Figure:
    canvas = Canvas(width=NARROW if narrow else WIDE)
    block = fitted(shape, dims, values, room=(170, 150))
    block = replace(block, role=role_of(name))
    draw_block(canvas, block, values=values)
    draw_brackets(canvas, block)
    middle = block.middle[0] + block.offset[0] / 2
    top = block.y + block.offset[1] + 16
    canvas.rich(middle, top, f"`{name}`", size=13, bold=True, ha="center")
    bottom = block.bottom - 40
    canvas.rich(middle, bottom, f"{tuple_text(dims)} = {tuple_text(shape)}", size=DIMENSION, ha="center")
    if part:
        outline(canvas, block, part.ranges, numbers=values is not None)
        _lifted(canvas, block, part, values, narrow=narrow)
    else:
        _words(canvas, block, dims, shape, narrow=narrow)
    if values is not None:
        draw_legend(canvas, "values", narrow=narrow)
    return canvas.finish()


def _lifted(canvas: Canvas, block: Block, part: Part, values: np.ndarray | None, *, narrow: bool) -> None:
    """Draw the part by itself, right of the box or below it."""
    picked = None if values is None else np.asarray(values[part.index])
    limit = None if values is None else float(np.abs(values).max()) or None
    lifted = Block(part.shape, part.dims, cell=block.cell, cap=block.cap)
    down = len(part.shape) - 2
    label = text_width(bracket_label(part.dims[down], part.shape[down]), size=DIMENSION, bold=True) if down >= 0 else 0
    if narrow:
        start = (block.middle[0] + block.offset[0] / 2, block.bottom - 52)
        lifted = lifted.moved(start[0] - (lifted.width + lifted.offset[0]) / 2, start[1] - 56 - lifted.offset[1])
        end = (start[0], start[1] - 20)
    else:
        start = (block.right + block.offset[0] + 58, block.middle[1] + block.offset[1] / 2)
        lifted = lifted.moved(start[0] + 64 + label, start[1] + lifted.height / 2 - lifted.offset[1] / 2)
        end = (start[0] + 36, start[1])
    canvas.arrow(start, end, width=1.8)
    draw_block(canvas, lifted, values=picked, limit=limit)
    full = ((0, s) for s in (1,) * (3 - len(part.shape)) + part.shape)
    outline(canvas, lifted, tuple(full))
    draw_brackets(canvas, lifted)
    middle = lifted.middle[0] + lifted.offset[0] / 2
    canvas.rich(middle, lifted.y + lifted.offset[1] + 14, f"`{part.name}`", size=12, bold=True, ha="center")
    text = f"{tuple_text(part.dims)} = {tuple_text(part.shape)}" if part.shape else "() a single number"
    canvas.rich(middle, lifted.bottom - (40 if part.shape else 16), text, size=DIMENSION, ha="center")


def _words(canvas: Canvas, block: Block, dims: tuple[str, ...], shape: tuple[int, ...], *, narrow: bool) -> None:
    """Say beside the box what each axis counts and where to look for it."""
    where = dict(zip(PLACES, ("one behind the other", "from top to bottom", "from left to right"), strict=True))
    places = PLACES[3 - len(shape) :]
    lines = [
        f"{token} = {_counted(token, number)}" + (f", {where[place]}" if number > 1 else "")
        for token, number, place in zip(dims, shape, places, strict=True)
    ]
    product = " · ".join(str(number) for number in shape)
    lines.append(f"{product} = {_numbers(shape)}" if len(shape) > 1 else _numbers(shape))
    if narrow:
        width = max(rich_width(line, size=10) for line in lines)
        x, y = block.middle[0] + block.offset[0] / 2 - width / 2, block.bottom - 66
    else:
        x = block.right + block.offset[0] + 84
        y = block.middle[1] + block.offset[1] / 2 + 10 * (len(lines) - 1)
    for i, line in enumerate(lines):
        last = i == len(lines) - 1
        canvas.rich(x, y - 20 * i - (4 if last else 0), line, size=10, colour=QUIET if last else INK)


def fitted(
    shape: tuple[int, ...], dims: tuple[str, ...], values: np.ndarray | None, *, room: tuple[float, float]
) -> Block:
    """Return the block with the largest cells that fit the room, wide enough for values to be printed."""
    trial = Block(shape, dims, cell=(1.0, 1.0))
    cell = min(32.0, room[0] / (trial.width + trial.offset[0]), room[1] / (trial.height + trial.offset[1]))
    wide = max(cell, 27.0) if values is not None and printable(trial) else cell
    return Block(shape, dims, cell=(wide, max(cell, 14.0) if wide > cell else cell))


def _described(token: str, number: int) -> str:
    return f"{_counted(token, number)} ({token})"


def _counted(token: str, number: int) -> str:
    if token == "1":
        return "1 thing"
    return counted(token, number) if token in MEANINGS else f"{number} columns"


def _numbers(shape: tuple[int, ...]) -> str:
    count = int(np.prod(shape))
    return f"{count:,} number{'' if count == 1 else 's'}"


def _value_rows(name: str, values: np.ndarray | None) -> tuple[tuple[str, str], ...]:
    """Return the numbers of the front face, row by row, for whoever cannot see the cells."""
    if values is None or max(values.shape[-2:]) > 8:
        return ()
    front = values[(0,) * (values.ndim - 2)] if values.ndim > 2 else np.atleast_2d(values)
    lead = "0, " if values.ndim > 2 else ""
    return tuple(
        (f"{name}[{lead}{i}]" if values.ndim > 1 else name, "  ".join(f"{v:.2f}" for v in row))
        for i, row in enumerate(front)
    )
