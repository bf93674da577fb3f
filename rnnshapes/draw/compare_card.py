"""What was got beside what was expected: boxes if the shapes differ, numbers if they agree."""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

import numpy as np
from matplotlib.figure import Figure

from rnnshapes.draw.block import Block, bracket_label, draw_block, draw_brackets
from rnnshapes.draw.canvas import NARROW, WIDE, Canvas
from rnnshapes.draw.fit import drawn_axes, left_margin, small_block, wrapped
from rnnshapes.draw.legend import draw_legend
from rnnshapes.draw.lettering import DIMENSION, WRONG, rich_width, text_width
from rnnshapes.draw.picture import Picture, alt_text
from rnnshapes.layers.cases import TOLERANCE
from rnnshapes.layers.words import shape_text
from rnnshapes.sizes import Sizes, split_dims, tuple_text


def compare(
    got: np.ndarray,
    expected: np.ndarray,
    dims: str | Iterable[str],
    sizes: Sizes,
    *,
    name: str,
    narrow: bool = False,
) -> Picture:
    """Return a picture of what was got beside what was expected, and where they differ.

    Shapes: expected has the letters `dims`; got may have any shape. With the same shape both arrays and their
    differences are drawn, ✗ where they differ by more than the course's tolerance (of three axes, the layer
    with the largest difference); with different shapes both boxes, ✗ on the axes that do not fit.

    >>> compare(np.zeros((7, 2)), np.zeros(2), "K", Sizes(N=4, T=7, D=3, M=5, K=2), name="Yhat").alt
    'Yhat: got (7, 2) = (T, K), expected (2,) = (K,). Axis T = 7 of got is not in expected.'
    """
    got, expected = np.asarray(got), np.asarray(expected)
    tokens = split_dims(dims)
    if got.shape != expected.shape:
        return _compare_shapes(got.shape, expected.shape, tokens, sizes, name=name, narrow=narrow)
    return _compare_values(got.astype(float), expected.astype(float), tokens, name=name, narrow=narrow)


def _compare_shapes(
    got: tuple[int, ...],
    expected: tuple[int, ...],
    tokens: tuple[str, ...],
    sizes: Sizes,
    *,
    name: str,
    narrow: bool,
) -> Picture:
    wrong_got, wrong_expected = _unmatched(got, expected)
    got_tokens = sizes.dims(got)
    sentences = [f"{name}: got {shape_text(got, sizes)}, expected {shape_text(expected, sizes)}."]
    found, wanted = (
        (lambda i: bracket_label(got_tokens[i], got[i])),
        (lambda i: bracket_label(tokens[i], expected[i])),
    )
    if len(got) == len(expected):
        sentences += [f"Axis {i} is {found(i)} instead of {wanted(i)}." for i in wrong_got]
    else:
        sentences += [f"Axis {found(i)} of got is not in expected." for i in wrong_got]
        sentences += [f"Axis {wanted(i)} is missing in got." for i in wrong_expected]
    sides = (("got", got, got_tokens, wrong_got), ("expected", expected, tokens, wrong_expected))
    return Picture(alt_text(sentences), lambda: _shapes_figure(name, sides, narrow=narrow))


def _unmatched(got: tuple[int, ...], expected: tuple[int, ...]) -> tuple[list[int], list[int]]:
    """Return the axes of each that have no partner: place by place, or by number if one has more axes."""
    if len(got) == len(expected):
        wrong = [i for i, (a, b) in enumerate(zip(got, expected, strict=True)) if a != b]
        return wrong, wrong
    blocks = SequenceMatcher(None, got, expected, autojunk=False).get_matching_blocks()
    kept = {(block.a + i, block.b + i) for block in blocks for i in range(block.size)}
    return (
        [i for i in range(len(got)) if i not in {a for a, _ in kept}],
        [i for i in range(len(expected)) if i not in {b for _, b in kept}],
    )


def _shapes_figure(name: str, sides: Sequence, *, narrow: bool) -> Figure:
    canvas = Canvas(width=NARROW if narrow else WIDE)
    x, y = 0.0, 0.0
    for title, shape, tokens, wrong in sides:
        block = small_block(shape, tokens, room=(110, 96))
        margin = left_margin(block, 0 in wrong or 1 in wrong)
        caption = (
            f"{tuple_text(tokens)} = {tuple_text(shape)}" if tokens != tuple(map(str, shape)) else tuple_text(shape)
        )
        half = max(block.width + block.offset[0], rich_width(caption, size=DIMENSION)) / 2
        block = block.moved(-block.width / 2, y) if narrow else block.moved(x + max(margin, half), y + block.height)
        draw_block(canvas, block)
        draw_brackets(canvas, block, wrong=drawn_axes(shape, wrong))
        middle = block.middle[0] + block.offset[0] / 2
        canvas.rich(middle, block.y + block.offset[1] + 15, title, size=DIMENSION, bold=True, ha="center")
        canvas.rich(middle, block.bottom - 40, caption, size=DIMENSION, ha="center")
        x = max(block.right + block.offset[0] + 70, middle + half + 40)
        y = block.bottom - 98 - block.offset[1] if narrow else y
    left, bottom, right, top = canvas.bounds
    canvas.rich((left + right) / 2, top + 20, f"`{name}`", size=DIMENSION, bold=True, ha="center")
    canvas.text((left + right) / 2 - 60, bottom - 18, "✗", size=DIMENSION, colour=WRONG, bold=True)
    canvas.rich((left + right) / 2 - 46, bottom - 18, "an axis that does not fit")
    return canvas.finish()


def _compare_values(
    got: np.ndarray, expected: np.ndarray, tokens: tuple[str, ...], *, name: str, narrow: bool
) -> Picture:
    with np.errstate(invalid="ignore"):
        apart = np.abs(got - expected)
    apart = np.where((got == expected), 0.0, apart)  # equal infinities agree
    wrong = ~(apart <= TOLERANCE)  # a NaN is wrong
    worst = np.unravel_index(int(np.argmax(np.where(np.isnan(apart), np.inf, apart))), apart.shape)
    largest = float(apart[worst])
    where = f" at {name}[{', '.join(map(str, worst))}]" if worst else ""
    if wrong.any():
        most = f"the largest difference is {largest:.2g}{where}"
        if np.isnan(largest):
            most = f"there is a nan{where}"
        verdict = f"{int(wrong.sum())} of {wrong.size} numbers differ by more than {TOLERANCE:.0e}; {most}."
    else:
        verdict = f"All {wrong.size} numbers agree; the largest difference is {largest:.1e}."
    layer = worst[:-2]
    sides = [("got", got[layer]), ("expected", expected[layer]), ("where they differ", wrong[layer])]
    shown = f"{name}[{', '.join(map(str, layer))}]" if layer else name
    rows = _difference_rows(name, got, expected, wrong)
    shape = f"{tuple_text(tokens)} = {tuple_text(got.shape)}"
    alt = alt_text([f"{name} of {shape}, got beside expected.", verdict])
    return Picture(
        alt, lambda: _values_figure(shown, sides, tokens[len(layer) :], (shape, verdict), narrow=narrow), rows
    )


def _values_figure(
    name: str, sides: Sequence, tokens: tuple[str, ...], lines: Sequence[str], *, narrow: bool
) -> Figure:
    canvas = Canvas(width=NARROW if narrow else WIDE)
    numbers = [array for _, array in sides[:2]]
    finite = [np.abs(array[np.isfinite(array)]) for array in numbers]
    limit = max((float(array.max()) for array in finite if array.size), default=1.0) or 1.0
    trial = Block(numbers[0].shape, tokens, cell=(1.0, 1.0))
    room = 130.0 if not narrow else 200.0
    cell = (max(4.0, min(28.0, room / trial.width)), max(8.0, min(17.0, 150.0 / trial.height)))
    x, y = 0.0, 0.0
    for i, (title, array) in enumerate(sides):
        block = Block(array.shape, tokens, x, y, cell)
        half = text_width(title, size=DIMENSION, bold=True) / 2
        if not narrow:
            block = block.moved(x + max(0.0, half - block.width / 2), y)
        draw_block(canvas, block, values=None if i == 2 else array, limit=limit)
        if i == 2:
            _crosses(canvas, block, array)
        if i == 0 or narrow:
            draw_brackets(canvas, block)
        else:
            draw_brackets(canvas, block, sides=("depth", "", "below"))
        canvas.rich(block.middle[0], block.y + 15, title, size=DIMENSION, bold=True, ha="center")
        x = max(block.right, block.middle[0] + half) + 34
        if narrow:
            x, y = 0.0, block.bottom - 62
    left, bottom, right, top = canvas.bounds
    middle = (left + right) / 2
    canvas.rich(middle, top + 16, f"`{name}`  {lines[0]}", size=DIMENSION, ha="center")
    for i, text in enumerate(wrapped(lines[1], canvas.width - 30)):
        canvas.rich(middle, bottom - 20 - 14 * i, text, size=10, ha="center")
    draw_legend(canvas, "values", narrow=narrow)
    return canvas.finish()


def _crosses(canvas: Canvas, block: Block, wrong: np.ndarray) -> None:
    """Put a ✗ into each cell on paper that is wrong."""
    rows, columns = block.spans[1:]
    grid = wrong.reshape((1,) * (2 - wrong.ndim) + wrong.shape)
    size = min(DIMENSION, 0.8 * min(block.cell))
    for i, y in zip(rows.indices, rows.starts, strict=True):
        for j, x in zip(columns.indices, columns.starts, strict=True):
            if grid[i, j]:
                canvas.text(
                    *block.at(0, y + 0.5, x + 0.5),
                    "✗",
                    size=size,
                    colour=WRONG,
                    bold=True,
                    ha="center",
                    kind="value",
                )


def _difference_rows(name: str, got: np.ndarray, expected: np.ndarray, wrong: np.ndarray) -> tuple:
    """Return the first eight numbers that differ."""
    return tuple(
        (
            f"{name}[{', '.join(map(str, place))}]" if len(place) else name,
            f"got {got[tuple(place)]:.6g}, expected {expected[tuple(place)]:.6g}",
        )
        for place in np.argwhere(wrong)[:8]
    )
