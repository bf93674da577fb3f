"""The same numbers transposed and reshaped: one shape, and cells that hold other numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

from rnnshapes.draw.block import Block, bracket_label, draw_block, draw_brackets
from rnnshapes.draw.canvas import NARROW, WIDE, Canvas, token_colour
from rnnshapes.draw.legend import draw_legend
from rnnshapes.draw.lettering import DIMENSION, INK, rich_width
from rnnshapes.draw.paint import number_size
from rnnshapes.draw.picture import Picture, alt_text
from rnnshapes.errors import CourseError
from rnnshapes.layers.index_strings import parse
from rnnshapes.layers.words import order_of_axes, shape_text
from rnnshapes.sizes import Sizes, tuple_text

CELLS = ((32.0, 17.0), (29.0, 16.0), (27.0, 15.0), (25.0, 15.0), (23.0, 15.0))
BETWEEN = 11.0  # two sheets
LABELS = 52.0  # the bracket of the first sheet's rows


@dataclass(frozen=True)
class _Group:
    """One array as its sheets, from left to right, and the cells to be marked."""

    name: str
    dims: tuple[str, ...]
    values: np.ndarray
    marked: np.ndarray

    @property
    def sheets(self) -> list[np.ndarray]:
        return list(self.values) if self.values.ndim == 3 else [self.values]

    @property
    def caption(self) -> str:
        return f"{tuple_text(self.dims)} = {tuple_text(self.values.shape)}"

    def width(self, cell: float) -> float:
        return len(self.sheets) * (self.values.shape[-1] * cell + BETWEEN) - BETWEEN


def rearranged(name: str, dims: str, to: str, sizes: Sizes, *, values: np.ndarray, narrow: bool = False) -> Picture:
    """Return a picture of a small array, and of what transpose and reshape make of it in the order `to`.

    Shapes: dims is a word of two or three letters, such as "NTD"; `to` has the same letters in another order, and
    values the shape of dims. A border marks each cell of the reshaped array that holds another number than the
    transposed one.
    Raises: CourseError if the letters or the values do not fit, or the sheets are too wide for the card.

    >>> sizes = Sizes(N=3, T=4, D=2, M=5, K=6)
    >>> rearranged("x", "TD", "DT", sizes, values=np.arange(8).reshape(4, 2)).alt[:81]
    'x of (4, 2) = (T, D): transpose(1, 0) and reshape(2, 4) both give (2, 4) = (D, T)'
    """
    if sorted(dims) != sorted(to) or len(set(dims)) != len(dims) or len(dims) not in (2, 3):
        raise CourseError(f"Got {to!r} for {dims!r}, expected the same two or three letters. Try: 'NTD' and 'TND'.")
    values = np.asarray(values, float)
    if values.shape != sizes.shape(dims):
        raise CourseError(
            f"Got values of {shape_text(values.shape, sizes)} for {name}, "
            f"expected {shape_text(sizes.shape(dims), sizes)}. Try: dims that fit the values."
        )
    line = parse(f"turned[{','.join(to.lower())}] = source[{','.join(dims.lower())}]")
    order, shape = order_of_axes(line), sizes.shape(line.result.dims)
    turned, cut = values.transpose(order), values.reshape(shape)
    differs = turned != cut
    how = [f"transpose{tuple_text(order)}", f"reshape{tuple_text(shape)}"]
    groups = [
        _Group(name, line.terms[0].dims, values, np.zeros(values.shape, bool)),
        *(
            _Group(f"{name}.{call}", line.result.dims, array, marked)
            for call, array, marked in zip(how, (turned, cut), (np.zeros(shape, bool), differs), strict=True)
        ),
    ]
    cell = _cell(groups, narrow=narrow)
    both = f"{name} of {shape_text(values.shape, sizes)}: {how[0]} and {how[1]} both give {shape_text(shape, sizes)}"
    rows = tuple(_rows(turned, cut, differs))
    example = [f"At {rows[0][0]}: {rows[0][1]}."] if rows else []
    count = f"{int(differs.sum())} of {differs.size} numbers stand elsewhere."
    return Picture(alt_text([f"{both}.", count, *example]), lambda: _figure(groups, cell, narrow=narrow), rows)


def _cell(groups: Sequence[_Group], *, narrow: bool) -> tuple[float, float]:
    """Return the largest cells with which every row of sheets fits the card."""
    captions = max(rich_width(text, size=DIMENSION) for group in groups for text in (f"`{group.name}`", group.caption))
    room = (NARROW - LABELS if narrow else WIDE - LABELS - captions - 20) - 24
    for cell in CELLS:
        if number_size(cell) and max(group.width(cell[0]) for group in groups) <= room:
            return cell
    shape = groups[0].values.shape
    raise CourseError(f"Got an array of {shape}, expected a small one. Try: values of (3, 4, 2).")


def _figure(groups: Sequence[_Group], cell: tuple[float, float], *, narrow: bool) -> Figure:
    canvas = Canvas(width=NARROW if narrow else WIDE)
    limit = 1.5 * float(np.abs(groups[0].values).max()) or 1.0  # light enough for the border to show
    y = 0.0
    for group in groups:
        if narrow:
            canvas.rich(0, y, f"`{group.name}`", size=DIMENSION, bold=True)
            canvas.rich(0, y - 15, group.caption, size=10)
            y -= 32
        top = y - (35 if group.values.ndim == 3 else 8)
        bottom = _draw_group(canvas, group, cell, top, limit)
        if not narrow:
            middle = (top + bottom) / 2
            canvas.rich(-LABELS - 20, middle + 8, f"`{group.name}`", size=DIMENSION, bold=True, ha="right")
            canvas.rich(-LABELS - 20, middle - 8, group.caption, size=DIMENSION, ha="right")
        y = bottom - (48 if narrow else 36)
    words = {"selected": "holds another number than transpose puts there"}
    draw_legend(canvas, "values", "selected", narrow=narrow, words=words)
    return canvas.finish()


def _draw_group(canvas: Canvas, group: _Group, cell: tuple[float, float], top: float, limit: float) -> float:
    """Draw the sheets of one array side by side below `top`; return where they end."""
    rows, columns = group.dims[-2:]
    x = 0.0
    for number, sheet in enumerate(group.sheets):
        block = Block(sheet.shape, (rows, columns), x, top, cell)
        draw_block(canvas, block, values=sheet, limit=limit)
        if not number:
            draw_brackets(canvas, block)
        marked = group.marked[number] if group.marked.ndim == 3 else group.marked
        for i, j in np.argwhere(marked):
            corners = [(i + a, j + b) for a, b in ((0, 0), (0, 1), (1, 1), (1, 0))]
            canvas.polygon([block.at(0, *corner) for corner in corners], edge=INK, width=1.95, z=7)
        if group.values.ndim == 3:
            canvas.text(block.middle[0], top + 9, f"{group.dims[0].lower()} = {number}", ha="center")
        x = block.right + BETWEEN
    if group.values.ndim == 3:
        canvas.bracket(
            (0, top + 15),
            (x - BETWEEN, top + 15),
            side="above",
            label=bracket_label(group.dims[0], len(group.sheets)),
            colour=token_colour(group.dims[0]),
        )
    return block.bottom


def _rows(turned: np.ndarray, cut: np.ndarray, differs: np.ndarray):
    """Yield each row in which the two differ: where it is, and what both hold there."""
    for place in np.argwhere(differs.any(axis=-1)):
        here = tuple(int(i) for i in place)
        texts = (", ".join(f"{number:g}" for number in array[here]) for array in (turned, cut))
        transposed, reshaped = texts
        yield f"[{', '.join(map(str, here))}]", f"transpose has {transposed}; reshape has {reshaped}"
