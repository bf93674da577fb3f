"""One step as two matmuls and a head: operands joined along the axis they share, results on M's columns.

Each product is drawn as one does it by hand: the weight above, the row that meets it to the left, the result
where row and columns cross. Arcs join the cells that are multiplied: theirs is the letter that disappears.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from matplotlib.figure import Figure

from rnnshapes.draw.block import Block, bracket_label, draw_block, draw_brackets
from rnnshapes.draw.canvas import NARROW, WIDE, Canvas
from rnnshapes.draw.legend import draw_legend
from rnnshapes.draw.lettering import DIMENSION, text_width
from rnnshapes.draw.paint import number_size
from rnnshapes.draw.picture import Picture, alt_text
from rnnshapes.draw.span import Span
from rnnshapes.errors import CourseError
from rnnshapes.layers.index_strings import Flow, Product
from rnnshapes.layers.words import (
    DENSE,
    SIMPLE_RNN,
    cell_arithmetic,
    one_step,
    operand_shapes,
    product_sentence,
    shape_text,
)
from rnnshapes.sizes import COLOURS, Sizes, tuple_text

ACROSS, DOWN = 14.0, 8.0  # the corner between a row, its weight and their result
TANH = 42.0  # from the sum to h


def step(
    sizes: Sizes,
    *,
    values: Mapping[str, np.ndarray] | None = None,
    n: int = 0,
    t: int = 0,
    narrow: bool = False,
) -> Picture:
    """Return a picture of one time step of one sample: from x[t] and the last h to h, and on to ŷ.

    Shapes: values, if given, has "X" (N, T, D), "Wx" (D, M), "Wh" (M, M), "bh" (M,), "Wo" (M, K), "bo" (K,);
    the numbers are then those of sample n at step t.
    Raises: CourseError if one of these is missing or has another shape, or n or t lies outside.

    >>> step(Sizes(N=3, T=4, D=2, M=5, K=6)).alt[:63]
    'x[t] (2) times Wx (2×5) gives (5); the shared D = 2 disappears.'
    """
    if values is None:
        return _without_numbers(sizes, narrow=narrow)
    return _step(sizes, values, n=n, t=t, narrow=narrow)


@lru_cache(maxsize=32)
def _without_numbers(sizes: Sizes, *, narrow: bool) -> Picture:
    return _step(sizes, None, n=0, t=0, narrow=narrow)


def _step(sizes: Sizes, values: Mapping[str, np.ndarray] | None, *, n: int, t: int, narrow: bool) -> Picture:
    products = one_step(SIMPLE_RNN).products + one_step(DENSE).products
    sentences = [product_sentence(product, sizes) for product in products]
    details = tuple((_key(product), text) for product, text in zip(products, sentences, strict=True))
    numbers = None
    if values is not None:
        arrays = _checked(values, sizes, n=n, t=t)
        first = _fill_states(arrays, sizes, n=n, t=t)
        numbers = _numbers(arrays, n=n, t=t)
        sentences.insert(0, first.sentence)
        details += first.rows
    return Picture(alt_text(sentences), lambda: _step_figure(sizes, numbers, (n, t), narrow=narrow), details)


@dataclass(frozen=True)
class _Pen:
    """What every operand of the step has in common."""

    canvas: Canvas
    sizes: Sizes
    cell: tuple[float, float]
    cap: int
    numbers: Mapping[str, np.ndarray] | None = None
    limit: float | None = field(default=None)

    def draw(
        self, name: str, dims: tuple[str, ...], x: float, y: float, *, role: str = "data", right: bool = False
    ) -> Block:
        """Draw an operand with its top left (or top right) corner at (x, y)."""
        block = Block(self.sizes.shape(dims), dims, cell=self.cell, cap=self.cap, role=role)
        block = block.moved(x - block.width if right else x, y)
        draw_block(self.canvas, block, values=None if self.numbers is None else self.numbers[name], limit=self.limit)
        return block

    def name(self, x: float, y: float, name: str, *, ha: str = "left") -> None:
        self.canvas.rich(x, y, f"`{name}`", size=DIMENSION, bold=True, ha=ha)


def _step_figure(
    sizes: Sizes, numbers: Mapping[str, np.ndarray] | None, where: tuple[int, int], *, narrow: bool
) -> Figure:
    canvas = Canvas(width=NARROW if narrow else WIDE)
    cap = 8 if max(sizes.D, sizes.M, sizes.K) <= 8 else 5
    limit = None if numbers is None else max(float(np.abs(array).max()) for array in numbers.values())
    pen = _Pen(canvas, sizes, _cell(sizes, cap, printed=numbers is not None, narrow=narrow), cap, numbers, limit)
    recurrent, head = one_step(SIMPLE_RNN), one_step(DENSE)
    first = _product(pen, recurrent.products[0], 0.0, 0.0, above=True)
    second = _product(pen, recurrent.products[1], 0.0, first.bottom - 12)
    canvas.text(-ACROSS / 2, second.middle[1], "+", size=12, bold=True, ha="center")
    total = _sum(pen, recurrent, second)
    draw_brackets(canvas, total)
    if narrow:
        _head_below(pen, head, total)
    else:
        _head_beside(pen, head, second, total)
        for i, product in enumerate(recurrent.products + head.products):
            _equation(pen, product, total.right + 62, 16 - 15 * i)
    _title(canvas, narrow=narrow)
    mine = f"data: sample n = {where[0]}, step t = {where[1]}" if numbers is not None else "data of one sample"
    shown = ("data", "state", "weights") + (("values",) if numbers is not None else ())
    draw_legend(canvas, *shown, narrow=narrow, words={"data": mine})
    return canvas.finish()


def _product(
    pen: _Pen, product: Product, x: float, top: float, *, above: bool = False, row: Block | None = None
) -> Block:
    """Draw weight, row, arcs and result from this top left corner of the weight on; return the result."""
    canvas, left, right = pen.canvas, product.left, product.right
    weight = pen.draw(right.name, right.dims, x, top, role="weights")
    level = weight.bottom - DOWN
    if row is None:
        role = "state" if left.name.startswith("h") else "data"
        row = pen.draw(left.name, left.dims, x - _gap(pen, left.dims[0]), level, role=role, right=True)
        pen.name(row.x - 5, row.middle[1], left.name, ha="right")
    draw_brackets(canvas, row, struck=(0,))
    for a, b in zip(row.spans[2].starts, weight.spans[1].starts, strict=True):
        canvas.arc(
            (row.at(0, 0, a + 0.5)[0], row.y),
            (weight.x - 2, weight.at(0, b + 0.5, 0)[1]),
            colour=COLOURS[product.shared_dim],
        )
    draw_brackets(canvas, weight, sides=("", "right", "above" if above else ""), struck=(0,))
    pen.name(weight.right + 11, weight.middle[1] - 14, right.name)
    return pen.draw(_key(product), product.dims, x, level)


def _gap(pen: _Pen, token: str) -> float:
    """Return how far the row stands from the weight: further if its label is wider than the row."""
    number = pen.sizes.of(token)
    label = text_width(bracket_label(token, number), size=DIMENSION, bold=True)
    return ACROSS + max(0.0, (label - Span.of(number, pen.cap).total * pen.cell[0]) / 2 + 3)


def _sum(pen: _Pen, flow: Flow, above: Block) -> Block:
    """Write the bias under the products, a line, and the sum, as one adds by hand; return the sum."""
    bias = flow.biases[0]
    block = pen.draw(bias.name, bias.dims, above.x, above.bottom - 6, role="weights")
    pen.canvas.text(block.x - ACROSS / 2 - 3, block.middle[1], "+", size=12, bold=True, ha="center")
    pen.name(block.right + 8, block.middle[1], bias.name)
    line = block.bottom - 7
    pen.canvas.line([(block.x - ACROSS, line), (block.right + 3, line)], width=1.4)
    name = "sum" if flow.function else flow.result.name
    return pen.draw(name, flow.result.dims, above.x, line - 6)


def _head_beside(pen: _Pen, head: Flow, level: Block, total: Block) -> None:
    """Draw the head right of the sum, row for row on the same heights: Wo beside Wh, bo beside bh."""
    canvas, product = pen.canvas, head.products[0]
    reach = TANH + 2 * (_gap(pen, "M") - ACROSS)
    h = pen.draw("h", product.left.dims, total.right + reach, level.y, role="state")
    bend = total.right + TANH - 16
    canvas.line([(total.right + 3, total.middle[1]), (bend, total.middle[1]), (bend, h.middle[1])], width=1.3)
    canvas.arrow((bend - 0.6, h.middle[1]), (h.x - 2, h.middle[1]))
    canvas.text(bend + 5, total.middle[1], "tanh", size=DIMENSION, bold=True, mono=True)
    pen.name(h.x - 5, h.y + 7, "h", ha="right")
    weight_top = level.y + DOWN + Span.of(pen.sizes.M, pen.cap).total * pen.cell[1]
    result = _product(pen, product, h.right + _gap(pen, "M"), weight_top, above=True, row=h)
    _answer(pen, _sum(pen, head, result))


def _head_below(pen: _Pen, head: Flow, total: Block) -> None:
    """Draw the head under the sum: h takes the place of the rows on the left."""
    canvas = pen.canvas
    result = _product(pen, head.products[0], total.x, total.bottom - 54, above=True)
    start = total.middle[1]
    left = result.x - _gap(pen, "M") - Span.of(pen.sizes.M, pen.cap).total * pen.cell[0] - 24
    canvas.line([(total.x - 2, start), (left, start), (left, result.middle[1])], width=1.3)
    canvas.arrow((left - 0.6, result.middle[1]), (left + 9, result.middle[1]))
    canvas.text(left + 6, start - 10, "tanh", size=DIMENSION, bold=True, mono=True)
    _answer(pen, _sum(pen, head, result))


def _answer(pen: _Pen, total: Block) -> None:
    draw_brackets(pen.canvas, total)
    pen.name(total.right + 8, total.middle[1], "ŷ")


def _equation(pen: _Pen, product: Product, x: float, y: float) -> None:
    """Say the product in letters, the shared one struck out."""
    letters = []
    for part in (product.left, product.right):
        letters.append(
            tuple_text(
                f"~{dim}~" if letter == product.shared else dim
                for letter, dim in zip(part.index, part.dims, strict=True)
            )
        )
    pen.canvas.rich(x, y, f"`{_key(product)}`", size=9)
    pen.canvas.rich(x + 72, y, f"{letters[0]} @ {letters[1]} → {tuple_text(product.dims)}", size=9)


def _title(canvas: Canvas, *, narrow: bool) -> None:
    lines = ["`h = tanh(x[t] @ Wx + h_last @ Wh + bh)`", "`ŷ = h @ Wo + bo`"]
    left, _, right, top = canvas.bounds
    for i, line in enumerate(lines if narrow else ["     ".join(lines)]):
        canvas.rich((left + right) / 2, top + (34 if narrow else 20) - 16 * i, line, size=10, ha="center")


def _cell(sizes: Sizes, cap: int, *, printed: bool, narrow: bool) -> tuple[float, float]:
    """Return the largest cell with which the whole step fits the card."""
    m, k = (Span.of(number, cap).total for number in (sizes.M, sizes.K))
    d = Span.of(sizes.D, cap).total
    rows = max(m, d)
    if narrow:
        width = (NARROW - 118) / (rows + max(m, k))
    else:
        width = (WIDE - 20 - 46 - 2 * ACROSS - TANH - 42) / (rows + 2 * m + k)
    wide = min(25.0, width)
    if printed and number_size((wide, 15.0)):
        return wide, 15.0
    return (min(14.0, wide),) * 2


def _key(product: Product) -> str:
    return f"{product.left.name} @ {product.right.name}"


def _checked(values: Mapping[str, np.ndarray], sizes: Sizes, *, n: int, t: int) -> dict[str, np.ndarray]:
    shapes = {**operand_shapes(SIMPLE_RNN, sizes), **operand_shapes(DENSE, sizes)}
    arrays = {}
    for name in ("X", "Wx", "Wh", "bh", "Wo", "bo"):
        if name not in values:
            raise CourseError(f"Got values without {name}, expected X, Wx, Wh, bh, Wo, bo. Try: values['{name}'].")
        arrays[name] = np.asarray(values[name], float)
        if arrays[name].shape != shapes[name]:
            raise CourseError(
                f"Got {name} of {shape_text(arrays[name].shape, sizes)}, expected "
                f"{shape_text(shapes[name], sizes)}. Try: sizes that fit the values."
            )
    if not (0 <= n < sizes.N and 0 <= t < sizes.T):
        raise CourseError(
            f"Got n = {n} and t = {t}, expected 0 to {sizes.N - 1} and 0 to {sizes.T - 1}. Try: n=0, t=0."
        )
    return arrays


def _fill_states(arrays: dict[str, np.ndarray], sizes: Sizes, *, n: int, t: int):
    """Add "h" (N, T, M), filled for sample n up to step t; return the arithmetic of its first number at t."""
    arrays["h"] = np.zeros((sizes.N, sizes.T, sizes.M))
    for now in range(t + 1):
        cells = [cell_arithmetic(SIMPLE_RNN, arrays, {"n": n, "t": now, "m": m}) for m in range(sizes.M)]
        arrays["h"][n, now] = [cell.value for cell in cells]
    return cells[0]


def _numbers(arrays: Mapping[str, np.ndarray], *, n: int, t: int) -> dict[str, np.ndarray]:
    """Return what each block of the figure shows: operands, products, sums, results."""
    h = arrays["h"][n]
    found = {**arrays, "x[t]": arrays["X"][n, t], "h": h[t], "h_last": h[t - 1] if t else np.zeros_like(h[0])}
    for flow in (one_step(SIMPLE_RNN), one_step(DENSE)):
        for product in flow.products:
            found[_key(product)] = found[product.left.name] @ found[product.right.name]
        total = sum(found[_key(product)] for product in flow.products) + found[flow.biases[0].name]
        found["sum" if flow.function else flow.result.name] = total
    return {name: array for name, array in found.items() if name != "X"}
