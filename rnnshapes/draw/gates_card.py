"""A step of a layer with gates: wide sums, cut in parts; what these pass through, and what becomes of the states.

The picture grows from lesson 01's step: first the sums alone, then their parts, then the states. An LSTM makes one sum.
A GRU makes two, each with a row of the bias, since the reset gate comes between them.
"""

from dataclasses import dataclass
from functools import lru_cache

from matplotlib.figure import Figure

from rnnshapes.draw.block import Block, bracket_label, double_border, draw_block, draw_brackets
from rnnshapes.draw.canvas import NARROW, WIDE, Canvas
from rnnshapes.draw.fit import wrapped
from rnnshapes.draw.gated import LAYERS, NUMBERS, Gated, between, name_of, rows_of, sentences_of
from rnnshapes.draw.hatch import HATCHES, TAG, draw_tag
from rnnshapes.draw.legend import draw_legend
from rnnshapes.draw.lettering import DIMENSION, text_width
from rnnshapes.draw.picture import Picture, alt_text
from rnnshapes.draw.span import Span
from rnnshapes.errors import CourseError
from rnnshapes.layers.index_strings import Flow, Product, Slice
from rnnshapes.layers.words import one_step
from rnnshapes.sizes import COLOURS, Sizes

NAME = text_width("+ h_last", mono=True, bold=True, size=DIMENSION) + 6
GAP = 46.0  # between a row and the weight that it meets: the sign, and the weight's name
SIGN = 10.5


@lru_cache(maxsize=32)
def gates(sizes: Sizes, *, layer: str = "LSTM", until: str = "h", narrow: bool = False) -> Picture:
    """Return a picture of one step of one sample of an LSTM or a GRU, drawn until a stage: "sum", "gates", "c" or "h".

    A GRU has no c. It is that of reset_after=True, Keras' default.
    Raises: CourseError for any other layer or stage.

    >>> gates(Sizes(N=6, T=9, D=3, M=5, K=7)).alt[:54]
    'x[t] (3) times Wx (3×20), plus h_last (5) times Wh (5×'
    """
    if layer not in LAYERS:
        raise CourseError(f"Got layer={layer!r}, expected one of {', '.join(LAYERS)}. Try: layer='GRU'.")
    kind = LAYERS[layer]
    if until not in kind.stages:
        raise CourseError(f"Got until={until!r}, expected one of {', '.join(kind.stages)}. Try: until='gates'.")
    stage = kind.stages.index(until)
    sentences = sentences_of(kind, sizes)
    kept = sentences[: stage + 2] if stage else sentences[:1]
    plan = _Plan(sizes, kind, stage).fitted(narrow=narrow)
    return Picture(alt_text(kept), lambda: _figure(plan, narrow=narrow), rows_of(kind, stage))


@dataclass(frozen=True)
class _Plan:
    """What is drawn, and how large a cell is: of the rows, and of the parts, which have words under them."""

    sizes: Sizes
    kind: Gated
    stage: int
    cell: float = 12.0
    cap: int = 5

    def fitted(self, *, narrow: bool) -> "_Plan":
        """Return the plan with the largest cells with which rows and parts fit the card."""
        labels = [text_width(bracket_label(token, self.sizes.of(token)), size=DIMENSION, bold=True) for token in "DM"]
        room = (NARROW if narrow else WIDE) - 20 - (NAME + GAP + 18 + max(labels))
        for cell in (12.0, 11.0, 10.0, 9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0):
            plan = _Plan(self.sizes, self.kind, self.stage, cell, self.cap)
            rows = max(plan.row(token).width for token in "DM")
            if self.kind.many * plan.part + max(rows, rows / 2 + max(labels) / 2) <= room:
                break
        return plan

    @property
    def part(self) -> float:
        """How wide the part of one gate is."""
        return max(self.kind.least, Span.of(self.sizes.M, self.cap).total * self.cell)

    def row(self, token: str, *, role: str = "data", width: float = 0.0) -> Block:
        """Return a row of one axis; its cells are square unless it has a width."""
        total = Span.of(self.sizes.of(token), self.cap).total
        cell = (width / total if width else self.cell, self.cell)
        return Block(self.sizes.shape(token), ("" if width else token,), cell=cell, cap=self.cap, role=role)

    def parts(self, dims: str, y: float) -> list[Block]:
        """Return one block for each gate, side by side, from x = 0 on, with their top at y."""
        shape = self.sizes.shape(dims)
        cell = (self.part / Span.of(self.sizes.M, self.cap).total, self.cell)
        one = Block(shape, ("",) * len(shape), cell=cell, cap=self.cap)
        return [one.moved(k * self.part, y) for k in range(self.kind.many)]


def _figure(plan: _Plan, *, narrow: bool) -> Figure:
    canvas, kind = Canvas(width=NARROW if narrow else WIDE), plan.kind
    z = _sums(canvas, plan)
    times = NUMBERS[kind.many]
    if len(kind.sums) == 1:
        title = f"One wide sum, cut in {times}" if plan.stage else f"Lesson 01's step, {times} times as wide"
    else:
        title = f"Two wide sums, each with a row of the bias{f', cut in {times}' if plan.stage else ''}"
    if plan.stage:
        bottom = _gates(canvas, plan, z)
        for flow in kind.states[: plan.stage - 1]:
            bottom = _state(canvas, plan, flow, bottom)
    left, _, right, top = canvas.bounds
    for i, line in enumerate(wrapped(title, canvas.width - 40)):
        canvas.rich((left + right) / 2, top + 16 - 15 * i, line, size=DIMENSION, ha="center")
    words = {"data": "data of one sample", "state": "state"}
    draw_legend(canvas, "data", "state", "weights", narrow=narrow, words=words)
    return canvas.finish()


def _sums(canvas: Canvas, plan: _Plan) -> list[Block]:
    """Draw the rows, the weights that they meet, and the sums; return the parts of the last one."""
    kind, y = plan.kind, 0.0
    products = one_step(kind.gates[0]).products
    biases = [bias.name[:2] for bias in kind.gates[0].biases]
    for place, product in enumerate(products):
        row, parts = _product(canvas, plan, product, y, place=place)
        below = parts[0].bottom
        if len(kind.sums) == 1 and not place:
            y = min(below - 14, row.bottom - 30)
            continue
        z = _bias_and_sum(canvas, plan, biases.pop(0), kind.sums[len(kind.sums) - 1 - len(biases)], below - 14)
        y = z[0].bottom - 22
    return z


def _product(canvas: Canvas, plan: _Plan, product: Product, y: float, *, place: int) -> tuple[Block, list[Block]]:
    """Draw a row and the wide weight that it meets; return the row, and the weight's parts."""
    dim, weight = product.right.dims[0], product.right.name[:2]
    parts, whole = plan.parts(f"{dim}M", y), plan.kind.many * plan.part
    middle = parts[0].middle[1]
    _strip(canvas, plan, parts, weights=True)
    row = plan.row(dim, role="state" if place else "data")
    label = bracket_label(dim, plan.sizes.of(dim))
    overhang = max(0.0, (text_width(label, size=DIMENSION, bold=True) - row.width) / 2)
    row = row.moved(-GAP - overhang - row.width, middle + row.height / 2)
    draw_block(canvas, row)
    draw_brackets(canvas, row)
    sign = "+ " if place and len(plan.kind.sums) == 1 else ""
    canvas.rich(row.x - 5, middle, f"`{sign}{product.left.name}`", size=DIMENSION, bold=True, ha="right")
    canvas.rich(-12.0, middle, f"`@ {weight}`", bold=True, ha="right")
    edge = (whole, y), (whole, parts[0].bottom)
    canvas.bracket(*edge, side="right", label=label, colour=COLOURS[dim], gap=8.5)
    if not place:
        token = bracket_label(f"{plan.kind.many}M", plan.sizes.of(f"{plan.kind.many}M"))
        canvas.bracket((0.0, y), (whole, y), side="above", label=token, colour=COLOURS["M"], gap=8.5)
    return row, parts


def _bias_and_sum(canvas: Canvas, plan: _Plan, bias: str, name: str, y: float) -> list[Block]:
    """Draw a bias, a line under it, and the sum; return the parts of the sum."""
    added = plan.parts("M", y)
    _strip(canvas, plan, added, weights=True)
    canvas.rich(-12.0, added[0].middle[1], f"`+ {bias}`", bold=True, ha="right")
    line = added[0].bottom - 9
    canvas.line([(-8.0, line), (plan.kind.many * plan.part + 4, line)], width=1.4)
    z = plan.parts("M", line - 8)
    _strip(canvas, plan, z, weights=False)
    canvas.rich(-12.0, z[0].middle[1], f"`{name}`", size=DIMENSION, bold=True, ha="right")
    return z


def _strip(canvas: Canvas, plan: _Plan, parts: list[Block], *, weights: bool) -> None:
    """Draw four blocks side by side, with the double border that weights have, and strong lines where they are cut."""
    for part in parts:
        draw_block(canvas, part)
    if weights:
        double_border(canvas, [(parts[0].x, parts[0].y), (parts[-1].right, parts[-1].bottom)])
    for part in parts[1:] if plan.stage else ():
        canvas.line([(part.x, part.y + 2), (part.x, part.bottom - 2)], width=2.2, z=5)


def _gates(canvas: Canvas, plan: _Plan, z: list[Block]) -> float:
    """Draw what each part passes through, and the gate that it becomes; return how far down that is."""
    kind, top = plan.kind, z[0].bottom
    if len(kind.sums) == 2:
        top = _together(canvas, plan, z)
    for part, flow in zip(z, kind.gates, strict=True):
        x, width = part.middle[0], plan.part - 6
        word = "σ" if flow.function == "sigmoid" else flow.function
        canvas.line([(x, top - 2), (x, top - 9)], width=1.3)
        canvas.rich(x, top - 16, f"`{word}`", ha="center")
        canvas.arrow((x, top - 22), (x, top - 36))
        draw_block(canvas, plan.row("M", width=width).moved(part.x + 3, top - 38))
        draw_tag(canvas, flow.result.name, part.x + 3, top - 41 - plan.cell, width)
    return top - 41 - plan.cell - TAG


def _together(canvas: Canvas, plan: _Plan, q: list[Block]) -> float:
    """Draw how the second sum meets the first, part by part: r stands in the way of one of them."""
    top = q[0].bottom
    for part, flow in zip(q, plan.kind.gates, strict=True):
        x, gates_between = part.middle[0], between(flow)
        canvas.line([(x, top - 2), (x, top - (7 if gates_between else 31))], width=1.3)
        for name in gates_between:
            canvas.text(part.x + 6, top - 8 - TAG / 2, "⊙", size=SIGN, bold=True, ha="center")
            draw_tag(canvas, name, part.x + 13, top - 8, plan.part - 16)
            canvas.line([(x, top - 9 - TAG), (x, top - 31)], width=1.3)
        canvas.rich(x, top - 38, f"`+ {plan.kind.sums[0]}`", bold=True, ha="center")
    return top - 44


def _state(canvas: Canvas, plan: _Plan, flow: Flow, top: float) -> float:
    """Draw a state as the sum of products number by number that its line is; return how far down that is."""
    width, y = min(max(plan.part, 30.0), 42.0), top - 18
    pieces: list[str | Slice] = [flow.result]
    for place, term in enumerate(flow.terms):
        function = [term.right.function] if term.right.function else []
        left = ["(1 −", term.left, ")"] if term.left.function == "1-" else [term.left]
        pieces += ["+" if place else "=", *left, "⊙", *function, term.right]
    wide = [width if isinstance(piece, Slice) else text_width(piece, size=SIGN, bold=True) + 8 for piece in pieces]
    x = (canvas.bounds[0] + canvas.bounds[2] - sum(wide)) / 2
    for piece, reach in zip(pieces, wide, strict=True):
        if not isinstance(piece, Slice):
            canvas.text(x + reach / 2, y - plan.cell / 2, piece, size=SIGN, bold=True, ha="center")
        else:
            draw_block(canvas, plan.row("M", width=width, role=_role(piece)).moved(x, y))
            if piece.name in HATCHES:
                draw_tag(canvas, piece.name, x, y - plan.cell - 3, width)
            else:
                name = f"`{name_of(piece)}`"
                canvas.rich(x + width / 2, y - plan.cell - 10, name, size=DIMENSION, bold=True, ha="center")
        x += reach
    return y - plan.cell - 3 - TAG


def _role(piece: Slice) -> str:
    return "data" if piece.name in HATCHES else "state"
