"""Two films over one box, the second one rewound: arrows to the right and to the left, and what each state has seen."""

from dataclasses import dataclass
from functools import lru_cache

from matplotlib.figure import Figure

from rnnshapes.draw.block import Block, bracket_label, draw_block, outline
from rnnshapes.draw.canvas import NARROW, WIDE, Canvas
from rnnshapes.draw.fit import wrapped
from rnnshapes.draw.legend import draw_legend
from rnnshapes.draw.lettering import DIMENSION, INK, QUIET, rich_width, text_width
from rnnshapes.draw.picture import Picture, alt_text
from rnnshapes.layers.index_strings import Flow
from rnnshapes.layers.words import BACKWARD, FORWARD, product_sentence, times_text
from rnnshapes.sizes import COLOURS, Sizes, counted, tuple_text

SKIP = 28.0  # room for "⋯"
ROW = 54.0  # from the input to either film
BAR = (44.0, 7.0)
MOST = 14  # steps that a bar shows one by one


@lru_cache(maxsize=32)
def two_films(sizes: Sizes, *, narrow: bool = False) -> Picture:
    """Return a picture of Bidirectional: two films over one X, and under each state the steps that it has seen.

    >>> two_films(Sizes(N=4, T=7, D=3, M=5, K=2)).alt[:29]
    'Two films over one X (4×7×3).'
    """
    last = sizes.T - 1
    whole = counted("T", sizes.T).replace("time ", "")
    sentences = [
        f"Two films over one X {times_text(sizes.shape('NTD'))}.",
        f"{_reads(FORWARD)}, to the right, and stops at t = {last}.",
        f"{_reads(BACKWARD)}, to the left, and stops at t = 0.",
        f"Where a film stops it has seen {whole}; hb at t = {last} has seen 1.",
    ]
    plan = _Plan(sizes, (7, 3)[narrow]).fitted(narrow=narrow)
    rows = tuple(
        (f"{product.left.name} @ {product.right.name}", product_sentence(product, sizes))
        for flow in (FORWARD, BACKWARD)
        for product in flow.products
    )
    return Picture(alt_text(sentences), lambda: _figure(plan, narrow=narrow), rows)


def _reads(flow: Flow) -> str:
    return f"{flow.result.name} reads {flow.products[0].left} and {flow.products[1].left}"


@dataclass(frozen=True)
class _Plan:
    """How many steps are drawn, and how large a cell is."""

    sizes: Sizes
    columns: int
    cell: float = 8.0
    pitch: float = 0.0

    @property
    def shown(self) -> list[int]:
        """The steps that are drawn: all, or the first ones and the last."""
        T = self.sizes.T
        return list(range(T)) if T <= self.columns else [*range(self.columns - 1), T - 1]

    def fitted(self, *, narrow: bool) -> "_Plan":
        """Return the plan with the largest cells that let the columns fit the card."""
        labels = (
            0.0 if narrow else max(rich_width(text) for _, _, shape, names in _headers(self) for text in (shape, names))
        )
        zeros = 2 * (text_width("zeros") + 20)
        gap = SKIP if self.sizes.T > self.columns else 0.0
        room = ((NARROW - 24 if narrow else WIDE - 40 - labels) - zeros - gap) / len(self.shown)
        for cell in (8.0, 7.0, 6.0, 5.0, 4.5, 4.0, 3.5, 3.0):
            plan = _Plan(self.sizes, self.columns, cell, min(room, 84.0))
            widest = max(block.width + block.offset[0] for block in (plan.block("NM", 0, 0), plan.block("ND", 0, 0)))
            if widest + 16 <= plan.pitch:
                break
        return plan

    def block(self, dims: str, x: float, y: float, *, role: str = "data") -> Block:
        """Return a slab, N rows one behind the other, whose drawing has its middle at (x, y)."""
        N, width = self.sizes.shape(dims)
        block = Block((N, 1, width), ("N", "", dims[1]), cell=(self.cell, self.cell + 2), cap=5, role=role)
        return block.moved(x - (block.width + block.offset[0]) / 2, y + (block.height - block.offset[1]) / 2)

    def at(self, column: int) -> float:
        """Return where a column's middle is; the last one stands after the gap."""
        gap = SKIP if self.sizes.T > self.columns and column == len(self.shown) - 1 else 0.0
        return column * self.pitch + gap


def _figure(plan: _Plan, *, narrow: bool) -> Figure:
    sizes, shown = plan.sizes, plan.shown
    canvas = Canvas(width=NARROW if narrow else WIDE)
    for column, t in enumerate(shown):
        x = plan.at(column)
        film = plan.block("ND", x, 0)
        draw_block(canvas, film)
        for sign, flow in ((1, FORWARD), (-1, BACKWARD)):
            state = plan.block("NM", x, sign * ROW, role="state")
            draw_block(canvas, state)
            near = state.bottom if sign > 0 else state.y + state.offset[1]
            start = film.y + film.offset[1] if sign > 0 else film.bottom
            canvas.arrow((x, start + sign * 2), (x, near - sign * 2))
            seen = t + 1 if flow is FORWARD else sizes.T - t
            stops = seen == sizes.T
            if stops:
                outline(canvas, state, [(0, size) for size in state.shape])
            _history(canvas, x, sign, range(t + 1) if flow is FORWARD else range(t, sizes.T), sizes.T)
        canvas.rich(x, ROW + 58, f"`t = {t}`", ha="center")
    for sign in (1, -1):
        _arrows(canvas, plan, sign)
    top = canvas.bounds[3] + 4
    ends = [plan.at(column) + side * plan.pitch / 2 for column, side in ((0, -1), (len(shown) - 1, 1))]
    label = bracket_label("T", sizes.T)
    canvas.bracket((ends[0], top), (ends[1], top), side="above", label=label, colour=COLOURS["T"])
    for y, name, shape, names in () if narrow else _headers(plan):
        right = -plan.pitch / 2 - text_width("zeros") - 20
        canvas.rich(right, y + (13 if names else 7), name, bold=True, ha="right")
        canvas.rich(right, y - (0 if names else 7), shape, ha="right")
        canvas.rich(right, y - 13, names, ha="right")
    left, bottom, right, top = canvas.bounds
    for i, (_, name, shape, names) in enumerate(_headers(plan) if narrow else ()):
        canvas.rich((left + right) / 2, bottom - 14 - 14 * i, f"{name}  {shape}  {names}".rstrip(), ha="center")
    title = "Two films over one `X`, the second one rewound; bars: the steps that a state has seen"
    lines = wrapped(title, canvas.width - 40)
    for i, line in enumerate(reversed(lines)):
        canvas.rich((left + right) / 2, top + 18 + 15 * i, line, size=DIMENSION if len(lines) == 1 else 10, ha="center")
    draw_legend(canvas, "data", "state", "selected", narrow=narrow, words={"selected": "where a film stops"})
    return canvas.finish()


def _arrows(canvas: Canvas, plan: _Plan, sign: int) -> None:
    """Hand the state on: from zeros on the left to the right above, from zeros on the right to the left below."""
    y, last = sign * ROW, len(plan.shown) - 1
    half = plan.block("NM", 0, 0)
    half = (half.width + half.offset[0]) / 2
    for column in range(last):
        a, b = plan.at(column) + half + 2, plan.at(column + 1) - half - 2
        canvas.arrow((a, y), (b, y)) if sign > 0 else canvas.arrow((b, y), (a, y))
    if plan.sizes.T > plan.columns:
        middle = (plan.at(last - 1) + plan.at(last)) / 2
        canvas.dots(middle, 0)
    start = plan.at(0) - half if sign > 0 else plan.at(last) + half
    away = start - sign * 16
    canvas.arrow((away, y), (start - sign * 2, y))
    canvas.rich(away - sign * 3, y, "zeros", ha="right" if sign > 0 else "left")


def _history(canvas: Canvas, x: float, sign: int, seen: range, T: int) -> None:
    """Draw all T steps as a bar, those that the state has seen dark, and say how many they are."""
    width, height = BAR
    left, y = x - width / 2, sign * (ROW + 28) - height / 2
    one = width / T

    def span(first: float, stop: float, face: str, edge: str = "none", line: float = 0.0) -> None:
        a, b = left + first * one, left + stop * one
        canvas.polygon([(a, y), (b, y), (b, y + height), (a, y + height)], face=face, edge=edge, width=line, z=3)

    span(0, T, "white")
    span(seen.start, seen.stop, QUIET)
    for t in range(T if T <= MOST else 0):
        span(t, t + 1, "none", "#b4b4b4", 0.5)
    span(0, T, "none", INK, 0.8)
    words = "1 step" if len(seen) == 1 else f"{len(seen)} steps"
    canvas.rich(x, y + height / 2 + sign * 14, words, bold=len(seen) in (1, T), ha="center")


def _headers(plan: _Plan) -> list[tuple[float, str, str, str]]:
    """Return the height, the name, the shape and the weights of each row."""
    rows = []
    for y, name, dims, flow in (
        (ROW, FORWARD.result.name, "NM", FORWARD),
        (0.0, "X[:, t]", "ND", None),
        (-ROW, BACKWARD.result.name, "NM", BACKWARD),
    ):
        names = " ".join(f"`{weight.name}`" for weight in flow.weights) if flow else ""
        rows.append((y, f"`{name}`", f"{tuple_text(dims)} = {tuple_text(plan.sizes.shape(dims))}", names))
    return rows
