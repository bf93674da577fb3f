"""An LSTM's step: one wide sum, cut in four; what passes through which function, and what becomes of c and of h.

The picture grows from lesson 01's step: first the sum alone, then its four parts, then the two states.
"""

from dataclasses import dataclass
from functools import lru_cache

from matplotlib.figure import Figure

from rnnshapes.draw.block import Block, bracket_label, double_border, draw_block, draw_brackets
from rnnshapes.draw.canvas import NARROW, WIDE, Canvas
from rnnshapes.draw.fit import wrapped
from rnnshapes.draw.legend import draw_legend
from rnnshapes.draw.lettering import DIMENSION, QUIET, text_width
from rnnshapes.draw.picture import Picture, alt_text
from rnnshapes.draw.span import Span
from rnnshapes.errors import CourseError
from rnnshapes.layers.index_strings import Flow, Slice
from rnnshapes.layers.tables import LSTM
from rnnshapes.layers.words import one_step, times_text
from rnnshapes.sizes import COLOURS, Sizes

STAGES = ("sum", "gates", "c", "h")
GATES, (CELL, STATE) = LSTM[:4], LSTM[4:]
NAME = text_width("+ h_last", mono=True, bold=True, size=DIMENSION) + 6
GAP = 46.0  # between a row and the weight that it meets: the sign, and the weight's name
LEAST = 26.0  # the part of one gate: its function's name stands under it
SIGN = 10.5
TAG = 13.0  # the strip above a block with the gate's hatch and letter
HATCHES = dict(zip((gate.result.name for gate in GATES), ((1, 1), (1, -1), (1, 0), (0, 1)), strict=True))
"""The direction of each gate's hatch."""


@lru_cache(maxsize=32)
def gates(sizes: Sizes, *, until: str = "h", narrow: bool = False) -> Picture:
    """Return a picture of one LSTM step of one sample, drawn until a stage: "sum", "gates", "c" or "h".

    Raises: CourseError for any other stage.

    >>> gates(Sizes(N=6, T=9, D=3, M=5, K=7)).alt[:54]
    'x[t] (3) times Wx (3×20), plus h_last (5) times Wh (5×'
    """
    if until not in STAGES:
        raise CourseError(f"Got until={until!r}, expected one of {', '.join(STAGES)}. Try: until='c'.")
    x, h, Wx, Wh, z = (times_text(sizes.shape(dims)) for dims in ("D", "M", "D4M", "M4M", "4M"))
    names = [gate.result.name for gate in GATES]
    sentences = [
        f"x[t] {x} times Wx {Wx}, plus h_last {h} times Wh {Wh}, plus bh {z}: 4M numbers.",
        f"Cut in four parts of M = {sizes.M}: {', '.join(names)}.",
        " ".join(f"{flow.result.name} through {flow.function}{'.' if flow is GATES[-1] else ','}" for flow in GATES),
        f"c = {_words(CELL)}.",
        f"h = {_words(STATE)}.",
    ]
    stage = STAGES.index(until)
    kept = sentences[: stage + 2] if stage else sentences[:1]
    plan = _Plan(sizes, stage).fitted(narrow=narrow)
    return Picture(alt_text(kept), lambda: _figure(plan, narrow=narrow), _rows(stage))


def _words(flow: Flow) -> str:
    return " + ".join(f"{_name(term.left)}*{_through(term.right)}" for term in flow.terms)


def _name(piece: Slice) -> str:
    return f"{piece.name}_last" if "t-1" in piece.index else piece.name


def _through(piece: Slice) -> str:
    return f"{piece.function}({_name(piece)})" if piece.function else _name(piece)


def _rows(stage: int) -> tuple[tuple[str, str], ...]:
    rows = [(f"block {k}", f"{flow.result.name} = {flow.function}(…)") for k, flow in enumerate(GATES)]
    return tuple(rows + [("c", _words(CELL)), ("h", _words(STATE))][: max(0, stage - 1)]) if stage else ()


@dataclass(frozen=True)
class _Plan:
    """What is drawn, and how large a cell is: of the rows, and of the four parts, which have words under them."""

    sizes: Sizes
    stage: int
    cell: float = 12.0
    cap: int = 5

    def fitted(self, *, narrow: bool) -> "_Plan":
        """Return the plan with the largest cells with which rows and parts fit the card."""
        labels = [text_width(bracket_label(token, self.sizes.of(token)), size=DIMENSION, bold=True) for token in "DM"]
        room = (NARROW if narrow else WIDE) - 20 - (NAME + GAP + 18 + max(labels))
        for cell in (12.0, 11.0, 10.0, 9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0):
            plan = _Plan(self.sizes, self.stage, cell, self.cap)
            rows = max(plan.row(token).width for token in "DM")
            if 4 * plan.part + max(rows, rows / 2 + max(labels) / 2) <= room:
                break
        return plan

    @property
    def part(self) -> float:
        """How wide the part of one gate is."""
        return max(LEAST, Span.of(self.sizes.M, self.cap).total * self.cell)

    def row(self, token: str, *, role: str = "data", width: float = 0.0) -> Block:
        """Return a row of one axis; its cells are square unless it has a width."""
        total = Span.of(self.sizes.of(token), self.cap).total
        cell = (width / total if width else self.cell, self.cell)
        return Block(self.sizes.shape(token), ("" if width else token,), cell=cell, cap=self.cap, role=role)

    def parts(self, dims: str, y: float) -> list[Block]:
        """Return four blocks side by side from x = 0 on, with their top at y."""
        shape = self.sizes.shape(dims)
        cell = (self.part / Span.of(self.sizes.M, self.cap).total, self.cell)
        one = Block(shape, ("",) * len(shape), cell=cell, cap=self.cap)
        return [one.moved(k * self.part, y) for k in range(len(GATES))]


def _figure(plan: _Plan, *, narrow: bool) -> Figure:
    canvas = Canvas(width=NARROW if narrow else WIDE)
    z = _sum(canvas, plan)
    title = "One wide sum, cut in four" if plan.stage else "Lesson 01's step, four times as wide"
    if plan.stage:
        bottom = _gates(canvas, plan, z)
        for flow in (CELL, STATE)[: plan.stage - 1]:
            bottom = _state(canvas, plan, flow, bottom)
    left, _, right, top = canvas.bounds
    for i, line in enumerate(wrapped(title, canvas.width - 40)):
        canvas.rich((left + right) / 2, top + 16 - 15 * i, line, size=DIMENSION, ha="center")
    words = {"data": "data of one sample", "state": "state"}
    draw_legend(canvas, "data", "state", "weights", narrow=narrow, words=words)
    return canvas.finish()


def _sum(canvas: Canvas, plan: _Plan) -> list[Block]:
    """Draw the rows, the weights that they meet, and the sum z; return its four parts."""
    y, whole = 0.0, 4 * plan.part
    for place, product in enumerate(one_step(GATES[0]).products):
        dim, weight = product.right.dims[0], product.right.name[:2]
        parts = plan.parts(f"{dim}M", y)
        middle = parts[0].middle[1]
        _strip(canvas, plan, parts, weights=True)
        row = plan.row(dim, role="state" if place else "data")
        label = bracket_label(dim, plan.sizes.of(dim))
        overhang = max(0.0, (text_width(label, size=DIMENSION, bold=True) - row.width) / 2)
        row = row.moved(-GAP - overhang - row.width, middle + row.height / 2)
        draw_block(canvas, row)
        draw_brackets(canvas, row)
        name = f"`{'+ ' if place else ''}{product.left.name}`"
        canvas.rich(row.x - 5, middle, name, size=DIMENSION, bold=True, ha="right")
        canvas.rich(-12.0, middle, f"`@ {weight}`", bold=True, ha="right")
        edge = (whole, y), (whole, parts[0].bottom)
        canvas.bracket(*edge, side="right", label=label, colour=COLOURS[dim], gap=8.5)
        if not place:
            token = bracket_label("4M", plan.sizes.of("4M"))
            canvas.bracket((0.0, y), (whole, y), side="above", label=token, colour=COLOURS["M"], gap=8.5)
        y = min(parts[0].bottom - 14, row.bottom - 30 if not place else 0.0)
    bias = plan.parts("M", y)
    _strip(canvas, plan, bias, weights=True)
    canvas.rich(-12.0, bias[0].middle[1], "`+ bh`", bold=True, ha="right")
    line = bias[0].bottom - 9
    canvas.line([(-8.0, line), (whole + 4, line)], width=1.4)
    z = plan.parts("M", line - 8)
    _strip(canvas, plan, z, weights=False)
    canvas.rich(-12.0, z[0].middle[1], "`z`", size=DIMENSION, bold=True, ha="right")
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
    top = z[0].bottom
    for part, flow in zip(z, GATES, strict=True):
        x, width = part.middle[0], plan.part - 6
        word = "σ" if flow.function == "sigmoid" else flow.function
        canvas.line([(x, top - 2), (x, top - 9)], width=1.3)
        canvas.rich(x, top - 16, f"`{word}`", ha="center")
        canvas.arrow((x, top - 22), (x, top - 36))
        draw_block(canvas, plan.row("M", width=width).moved(part.x + 3, top - 38))
        _tag(canvas, flow.result.name, part.x + 3, top - 41 - plan.cell, width)
    return top - 41 - plan.cell - TAG


def _tag(canvas: Canvas, name: str, x: float, y: float, width: float) -> None:
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


def _state(canvas: Canvas, plan: _Plan, flow: Flow, top: float) -> float:
    """Draw a state as the sum of products number by number that its line is; return how far down that is."""
    width, y = min(max(plan.part, 30.0), 42.0), top - 18
    pieces: list[str | Slice] = [flow.result]
    for place, term in enumerate(flow.terms):
        function = [term.right.function] if term.right.function else []
        pieces += ["+" if place else "=", term.left, "⊙", *function, term.right]
    wide = [width if isinstance(piece, Slice) else text_width(piece, size=SIGN, bold=True) + 8 for piece in pieces]
    x = (canvas.bounds[0] + canvas.bounds[2] - sum(wide)) / 2
    for piece, reach in zip(pieces, wide, strict=True):
        if not isinstance(piece, Slice):
            canvas.text(x + reach / 2, y - plan.cell / 2, piece, size=SIGN, bold=True, ha="center")
        else:
            draw_block(canvas, plan.row("M", width=width, role=_role(piece)).moved(x, y))
            if piece.name in HATCHES:
                _tag(canvas, piece.name, x, y - plan.cell - 3, width)
            else:
                name = f"`{_name(piece)}`"
                canvas.rich(x + width / 2, y - plan.cell - 10, name, size=DIMENSION, bold=True, ha="center")
        x += reach
    return y - plan.cell - 3 - TAG


def _role(piece: Slice) -> str:
    return "data" if piece.name in HATCHES else "state"
