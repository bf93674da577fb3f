"""The loop over t, unrolled from left to right: the same weights stamped again and again, h handed on."""

from dataclasses import dataclass, replace
from functools import lru_cache

from matplotlib.figure import Figure

from rnnshapes.draw.block import GRID, Block, bracket_label, double_border, draw_block, draw_brackets, outline
from rnnshapes.draw.canvas import NARROW, WIDE, Canvas
from rnnshapes.draw.fit import wrapped
from rnnshapes.draw.legend import draw_legend
from rnnshapes.draw.lettering import DIMENSION, rich_width, text_width
from rnnshapes.draw.picture import Picture, alt_text
from rnnshapes.layers.index_strings import Flow
from rnnshapes.layers.words import DENSE, SIMPLE_RNN, one_step, product_sentence, times_text
from rnnshapes.sizes import COLOURS, Sizes, counted, tuple_text

STAMP = (36.0, 72.0)  # the card with Wx, Wh, bh on it
TILE = (23.0, 12.0)
HAND = 13.0  # an arrow from stamp to h, and from h to the next stamp
SKIP = 30.0  # room for "⋯"


@lru_cache(maxsize=32)
def unrolled(sizes: Sizes, *, narrow: bool = False) -> Picture:
    """Return a picture of the loop over t for one sample: T steps, one set of weights, every ŷ kept.

    >>> unrolled(Sizes(N=1, T=10, D=3, M=5, K=2)).alt[:58]
    'The loop from left to right: 10 time steps (T), each with '
    """
    recurrent, head = one_step(SIMPLE_RNN), one_step(DENSE)
    x, h, y = (times_text(sizes.shape(dims)) for dims in ("D", "M", "K"))
    sentences = [
        f"The loop from left to right: {counted('T', sizes.T)} (T), each with the same Wx, Wh, bh.",
        f"x[t] {x} and the last h {h} make the next h {h}; the first h is zeros.",
        f"Every ŷ {y} is kept, the last is compared with predict().",
    ]
    plan = _Plan(sizes, recurrent, head, "x[{t}]", "Yhats[{t}]", (4, 2)[narrow]).fitted(narrow=narrow)
    title = f"One set of weights, stamped T = {sizes.T} time{'' if sizes.T == 1 else 's'}; only `h` is handed on"
    return Picture(alt_text(sentences), lambda: _loop(plan, title, narrow=narrow), _rows(plan))


@lru_cache(maxsize=32)
def lockstep(sizes: Sizes, *, narrow: bool = False) -> Picture:
    """Return a picture of the loop over t for N samples at once: N films that run in lockstep.

    >>> lockstep(Sizes(N=4, T=7, D=3, M=5, K=2)).alt[:72]
    '4 samples (N) run in lockstep through 7 time steps (T), with one set of '
    """
    recurrent, head = one_step(SIMPLE_RNN, keep="n"), one_step(DENSE, keep="n")
    x, h, y = (times_text(sizes.shape(dims)) for dims in ("ND", "NM", "NK"))
    sentences = [
        f"{counted('N', sizes.N)} (N) run in lockstep through {counted('T', sizes.T)} (T), with one set of weights.",
        f"At step t the slab X[:, t] {x} and the last h {h} make the next h {h}.",
        f"The last h gives Yhat {y}.",
    ]
    plan = _Plan(sizes, recurrent, head, "X[:, {t}]", "Yhats[:, {t}]", (3, 2)[narrow]).fitted(narrow=narrow)
    films = "film" if sizes.N == 1 else "films"
    title = f"N = {sizes.N} {films} in lockstep: every block is N deep, the weights are not"
    return Picture(alt_text(sentences), lambda: _loop(plan, title, narrow=narrow), _rows(plan))


@dataclass(frozen=True)
class _Plan:
    """What differs between one sample and N: names, axes, how many steps fit the card, the cells."""

    sizes: Sizes
    recurrent: Flow
    head: Flow
    x_name: str
    y_name: str
    columns: int
    cell: float = 8.0

    @property
    def deep(self) -> bool:
        return "N" in self.recurrent.result.dims

    def fitted(self, *, narrow: bool) -> "_Plan":
        """Return the plan with the largest cells that let the loop fit the card."""
        room = (NARROW if narrow else WIDE - 16 - max(rich_width(text) for text in _shape_texts(self))) - 24
        for cell in (8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0, 4.5, 4.0):
            plan = replace(self, cell=cell)
            h = plan.block(self.recurrent.result.dims, 0, 0)
            width = h.width + h.offset[0]
            last_name = text_width(self.y_name.format(t=self.sizes.T - 1), mono=True, bold=True)
            overhang = max(0.0, max(last_name, 2 * TILE[0] + 15) - width) / 2
            if width + self.columns * (STAMP[0] + 2 * HAND + width) + SKIP + overhang <= room:
                break
        return plan

    def block(self, dims: tuple[str, ...], x: float, y: float, *, role: str = "data") -> Block:
        """Return the block whose drawing, depth and all, has its middle at (x, y)."""
        shape = self.sizes.shape(dims)
        if self.deep:  # (N, D) stands as N rows one behind the other
            dims, shape = (dims[0], "", dims[1]), (shape[0], 1, shape[1])
        block = Block(shape, dims, cell=(self.cell, self.cell + 2), cap=5, role=role)
        return block.moved(x - (block.width + block.offset[0]) / 2, y + (block.height - block.offset[1]) / 2)


def _loop(plan: _Plan, title: str, *, narrow: bool) -> Figure:
    sizes, deep = plan.sizes, plan.deep
    canvas = Canvas(width=NARROW if narrow else WIDE)
    state = plan.recurrent.result.dims
    probe = plan.block(state, 0, 0)
    h_width = probe.width + probe.offset[0]
    head_gap = 58 if deep else 51
    y_x, y_head, y_y = -STAMP[1] / 2 - 30, head_gap, head_gap + (46 if deep else 36)
    x = 0.0
    first_h = plan.block(state, x + h_width / 2, 0, role="state")
    draw_block(canvas, first_h)
    canvas.rich(x + h_width / 2, first_h.bottom - 10, "zeros", ha="center")
    canvas.rich(x + h_width / 2, first_h.y + first_h.offset[1] + 9, "`h_last`", ha="center")
    x += h_width
    shown, ends = _shown(sizes.T, plan.columns), []
    for position, t in enumerate(shown):
        if position and t != shown[position - 1] + 1:
            canvas.dots(x + SKIP / 2, 0)
            x += SKIP
        stamp = x + HAND + STAMP[0] / 2
        canvas.arrow((x + 2, 0), (x + HAND - 1, 0))
        _stamp(canvas, stamp)
        into = plan.block(_input_dims(plan), stamp, y_x)
        draw_block(canvas, into)
        canvas.arrow((stamp, into.y + into.offset[1] + 1.5), (stamp, -STAMP[1] / 2 - 1))
        name = f"`{plan.x_name.format(t=t)}`"
        overhang = max(0.0, rich_width(name) - into.width) / 2  # to the left: on the right stands N
        canvas.rich(into.middle[0] - plan.deep * overhang, into.bottom - 10, name, ha="center")
        if plan.deep and not position and _has_room_for_N(plan, into, h_width):
            draw_brackets(canvas, into, sides=("depth", "", ""))
        ends.append((into.x, into.right + into.offset[0], into.bottom - 18))
        x += STAMP[0] + 2 * HAND
        middle = x + h_width / 2
        canvas.arrow((x - HAND + 1, 0), (x - 2, 0))
        h = plan.block(state, middle, 0, role="state")
        draw_block(canvas, h)
        canvas.rich(middle, h.bottom - 10, "`h`", ha="center")
        canvas.arrow((middle, h.y + h.offset[1] + 2), (middle, y_head - TILE[1] / 2 - 3))
        _head(canvas, middle, y_head)
        y = plan.block(_output_dims(plan), middle, y_y)
        canvas.arrow((middle, y_head + TILE[1] / 2 + 3), (middle, y.bottom - 1.5))
        draw_block(canvas, y)
        last = t == sizes.T - 1
        name = plan.y_name.format(t=t)
        canvas.rich(middle, y.y + y.offset[1] + 9, f"`{name}`", ha="center", bold=last)
        if last:
            outline(canvas, y, tuple((0, number) for number in (1,) * (3 - len(y.shape)) + y.shape))
        x += h_width
    canvas.bracket(
        (ends[0][0], ends[0][2]),
        (ends[-1][1], ends[0][2]),
        side="below",
        label=bracket_label("T", sizes.T),
        colour=COLOURS["T"],
    )
    _headers(plan, canvas, (y_y, 0.0, y_x), narrow=narrow)
    left, _, right, top = canvas.bounds
    lines = wrapped(title, canvas.width - 40)
    for i, line in enumerate(lines):
        y = top + 20 + 15 * (len(lines) - 1 - i)
        canvas.rich((left + right) / 2, y, line, size=DIMENSION if len(lines) == 1 else 10, ha="center")
    draw_legend(
        canvas,
        "weights",
        "state",
        "data",
        "selected",
        narrow=narrow,
        words={"selected": "compared with predict()"},
    )
    return canvas.finish()


def _has_room_for_N(plan: _Plan, block: Block, h_width: float) -> bool:
    """Tell whether the bracket's label ends before the next slab begins."""
    label = text_width(bracket_label("N", plan.sizes.N), size=DIMENSION, bold=True)
    pitch = STAMP[0] + 2 * HAND + h_width
    return block.width + block.offset[0] / 2 + 12 + label <= pitch


def _shown(T: int, columns: int) -> list[int]:
    """Return the steps that are drawn: all, or the first ones and the last."""
    return list(range(T)) if T <= columns else [*range(columns - 1), T - 1]


def _input_dims(plan: _Plan) -> tuple[str, ...]:
    return plan.recurrent.products[0].left.dims


def _output_dims(plan: _Plan) -> tuple[str, ...]:
    return plan.head.result.dims


def _stamp(canvas: Canvas, x: float) -> None:
    """Draw the card with the recurrent weights: the same at every step."""
    half, height = STAMP[0] / 2, STAMP[1] / 2
    canvas.polygon(
        [(x - half, -height), (x + half, -height), (x + half, height), (x - half, height)],
        face="#f2f2f2",
        edge=GRID,
        width=0.8,
        z=1.8,
    )
    for i, weight in enumerate(SIMPLE_RNN.weights):
        _tile(canvas, x, height - 11 - 18 * i, weight.name)
    canvas.rich(x, -height + 8.5, f"`{SIMPLE_RNN.function}`", size=8.5, ha="center")


def _head(canvas: Canvas, x: float, y: float) -> None:
    for i, weight in enumerate(DENSE.weights):
        _tile(canvas, x + (i - 0.5) * (TILE[0] + 9), y, weight.name)


def _tile(canvas: Canvas, x: float, y: float, name: str) -> None:
    half, height = TILE[0] / 2, TILE[1] / 2
    corners = [(x - half, y - height), (x + half, y - height), (x + half, y + height), (x - half, y + height)]
    canvas.polygon(corners, face="white", z=3)
    double_border(canvas, corners)
    canvas.rich(x, y, f"`{name}`", size=9, bold=True, ha="center")


def _headers(plan: _Plan, canvas: Canvas, levels: tuple[float, ...], *, narrow: bool) -> None:
    """Say left of each row (or, on a narrow card, below) what stands in it, and its shape."""
    names = ("Yhats[:, t]" if plan.deep else "Yhats[t]", "h", plan.recurrent.products[0].left.name)
    left, bottom, right, _ = canvas.bounds
    for i, (name, shape, y) in enumerate(zip(names, _shape_texts(plan), levels, strict=True)):
        if narrow:
            canvas.rich((left + right) / 2, bottom - 14 - 14 * i, f"`{name}`  {shape}", ha="center")
        else:
            canvas.rich(left - 12, y + 7, f"`{name}`", bold=True, ha="right")
            canvas.rich(left - 12, y - 7, shape, ha="right")


def _shape_texts(plan: _Plan) -> list[str]:
    dims = (_output_dims(plan), plan.recurrent.result.dims, _input_dims(plan))
    return [f"{tuple_text(letters)} = {tuple_text(plan.sizes.shape(letters))}" for letters in dims]


def _rows(plan: _Plan) -> tuple[tuple[str, str], ...]:
    products = plan.recurrent.products + plan.head.products
    return tuple(
        (f"{product.left.name} @ {product.right.name}", product_sentence(product, plan.sizes)) for product in products
    )
