"""The film of states and its last frame, and what the same Dense layer makes of each."""

from dataclasses import dataclass
from functools import lru_cache

from matplotlib.figure import Figure

from rnnshapes.draw.block import GRID, Block, bracket_label, double_border, draw_block, draw_brackets, outline
from rnnshapes.draw.canvas import NARROW, WIDE, Canvas
from rnnshapes.draw.fit import wrapped
from rnnshapes.draw.legend import draw_legend
from rnnshapes.draw.lettering import DIMENSION, rich_width, text_width
from rnnshapes.draw.picture import Picture, alt_text
from rnnshapes.layers.index_strings import Flow
from rnnshapes.layers.words import DENSE, DENSE_EVERY_STEP, product_sentence, times_text
from rnnshapes.sizes import Sizes, counted, tuple_text

TILE = (23.0, 13.0)
CARD = 33.0  # how wide the card with Wo and bo is
HAND = 15.0  # an arrow into it, and out of it
DROP = 48.0  # from the film down to its last frame


@lru_cache(maxsize=32)
def film(sizes: Sizes, *, narrow: bool = False) -> Picture:
    """Return a picture of the film (N, T, M) above its last frame (N, M), and of Dense on both.

    >>> film(Sizes(N=3, T=6, D=4, M=5, K=2)).alt[:71]
    'The film h (3×6×5) keeps the states of 6 time steps (T); its last frame'
    """
    every, last = (times_text(sizes.shape(flow.products[0].left.dims)) for flow in (DENSE_EVERY_STEP, DENSE))
    frame, out, yhats = (times_text(sizes.shape(dims)) for dims in ("NM", "NK", DENSE_EVERY_STEP.result.dims))
    assert every == last  # the table takes the last frame out of the same film
    sentences = [
        f"The film h {every} keeps the states of {counted('T', sizes.T)} (T); its last frame is {frame}.",
        f"Dense has one Wo {times_text(sizes.shape('MK'))} for all frames: it makes Yhats {yhats} of the film, "
        f"Yhat {out} of the frame.",
    ]
    rows = tuple(
        (f"{name}: {product.left.name} @ {product.right.name}", product_sentence(product, sizes))
        for name, product in (("every step", DENSE_EVERY_STEP.products[0]), ("last step", DENSE.products[0]))
    )
    return Picture(alt_text(sentences), lambda: _figure(sizes, narrow=narrow), rows)


@dataclass(frozen=True)
class _Plan:
    """The four blocks, in one size of cell."""

    sizes: Sizes
    cell: float

    def film(self, flow: Flow, *, of: str) -> Block:
        """Return the film that goes into Dense (of="states") or comes out of it (of="outputs")."""
        piece = flow.products[0].left if of == "states" else flow.result
        return Block(self.sizes.shape(piece.dims), piece.dims, cell=(self.cell,) * 2, cap=6, role=_role(of))

    def frame(self, flow: Flow, *, of: str) -> Block:
        """Return one frame: N rows one behind the other."""
        piece = flow.products[0].left if of == "states" else flow.result
        dims = tuple(dim for dim in piece.dims if dim != "T")
        shape = self.sizes.shape(dims)
        return Block((shape[0], 1, shape[1]), (dims[0], "", dims[1]), cell=(self.cell,) * 2, cap=6, role=_role(of))


def _role(of: str) -> str:
    return "state" if of == "states" else "data"


def _figure(sizes: Sizes, *, narrow: bool) -> Figure:
    for cell in (17.0, 15.0, 13.0, 12.0, 11.0, 10.0, 9.0, 8.0, 7.0, 6.0, 5.0):
        canvas = _drawn(_Plan(sizes, cell), narrow=narrow)
        left, _, right, _ = canvas.bounds
        if right - left <= canvas.width - 24:
            break
    _title(canvas)
    draw_legend(canvas, "weights", "state", "data", "selected", narrow=narrow, words={"selected": "the last frame"})
    return canvas.finish()


def _drawn(plan: _Plan, *, narrow: bool) -> Canvas:
    """Draw the film above its last frame, the card beside them, and what comes out of it."""
    canvas, hand = Canvas(width=NARROW if narrow else WIDE), HAND - 5 * narrow
    states = plan.film(DENSE_EVERY_STEP, of="states")
    outputs = plan.film(DENSE_EVERY_STEP, of="outputs")
    frame, result = (plan.frame(DENSE, of=of) for of in ("states", "outputs"))
    label = text_width(bracket_label("N", plan.sizes.N), size=DIMENSION, bold=True)
    before = max(states.offset[0] + 2 * hand, frame.offset[0] / 2 + 15 + label)
    card = states.width + before + CARD / 2
    tuple_room = text_width(f"= {tuple_text(outputs.shape)}") + 3 - _drop_at(outputs)
    left = card + CARD / 2 + max(2 * hand, tuple_room, text_width("Yhat", mono=True, bold=True) + 6 + hand)
    low = states.bottom - DROP - frame.offset[1]
    outputs, frame, result = outputs.moved(left, 0), frame.moved(0, low), result.moved(left, low)
    for block in (states, outputs, frame, result):
        draw_block(canvas, block)
    for block in (states, outputs):
        outline(canvas, block, tuple(zip((0, block.shape[1] - 1, 0), block.shape, strict=True)))
    draw_brackets(canvas, states, sides=("", "left", ""))
    draw_brackets(canvas, frame, sides=("depth", "", "below"))
    draw_brackets(canvas, result, sides=("" if narrow else "depth", "", "below"))
    _drop(canvas, states, frame)
    _drop(canvas, outputs, result)
    _names(canvas, plan.sizes, ((states, "H"), (outputs, "Yhats")), ((frame, "h"), (result, "Yhat")))
    levels = [block.middle[1] + block.offset[1] / 2 for block in (states, frame)]
    _card(canvas, card, levels[0] + 16, levels[1] - 16)
    room = text_width("Yhat", mono=True, bold=True) + 6
    for level, (into, out) in zip(levels, ((states, outputs), (frame, result)), strict=True):
        canvas.arrow((into.right + into.offset[0] + 4, level), (card - CARD / 2 - 2, level))
        canvas.arrow((card + CARD / 2 + 2, level), (out.x - (room if out is result else 4), level))
    if not narrow:
        x = max(block.right + block.offset[0] for block in (outputs, result)) + 14
        x = max(x, result.right + result.offset[0] / 2 + 24 + label)
        for level, mode, what in zip(levels, (True, False), ("every step", "the last step"), strict=True):
            canvas.rich(x, level + 7, f"`return_sequences={mode}`")
            canvas.rich(x, level - 7, f"an output for {what}")
    return canvas


def _drop_at(film: Block) -> float:
    """Return how far from the film's left edge its last frame goes down."""
    return film.width - min(film.cell[0] / 2, film.width / 2)


def _drop(canvas: Canvas, film: Block, frame: Block) -> None:
    """Draw the last frame's way down, at the right end of the film's front."""
    x = film.x + _drop_at(film)
    canvas.arrow((x, film.bottom - 2), (x, frame.y + frame.offset[1] + 2))


def _names(canvas: Canvas, sizes: Sizes, films: tuple, frames: tuple) -> None:
    """Write the name above or beside each block, and its tuple under it."""
    for block, name in films:
        canvas.rich(
            block.middle[0] + block.offset[0] / 2, block.y + block.offset[1] + 10, f"`{name}`", bold=True, ha="center"
        )
        x = block.x + _drop_at(block) - 5
        canvas.rich(x, block.bottom - 12, tuple_text(block.dims), ha="right")
        canvas.rich(x, block.bottom - 24, f"= {tuple_text(block.shape)}", ha="right")
    for block, name in frames:
        dims = tuple(dim for dim in block.dims if dim)
        canvas.rich(block.x - 5, block.middle[1] + block.offset[1] / 2, f"`{name}`", bold=True, ha="right")
        text = f"{tuple_text(dims)} = {tuple_text(sizes.shape(dims))}"
        canvas.rich(block.middle[0], block.bottom - 36, text, ha="center")


def _card(canvas: Canvas, x: float, top: float, bottom: float) -> None:
    """Draw the card with Dense's weights: film and frame pass through the same one."""
    half, middle = CARD / 2, (top + bottom) / 2
    corners = [(x - half, bottom), (x + half, bottom), (x + half, top), (x - half, top)]
    canvas.polygon(corners, face="#f2f2f2", edge=GRID, width=0.8, z=1.8)
    canvas.rich(x, top + 9, "`Dense`", ha="center")
    for name, y in (("Wo", middle + 11), ("bo", middle - 11)):
        width, height = TILE[0] / 2, TILE[1] / 2
        tile = [(x - width, y - height), (x + width, y - height), (x + width, y + height), (x - width, y + height)]
        canvas.polygon(tile, face="white", z=3)
        double_border(canvas, tile)
        canvas.rich(x, y, f"`{name}`", bold=True, ha="center")


def _title(canvas: Canvas) -> None:
    left, _, right, top = canvas.bounds
    lines = wrapped("Keep the film, or its last frame: the head is the same", canvas.width - 30)
    for i, line in enumerate(lines):
        size = DIMENSION if rich_width(line, size=DIMENSION) < canvas.width - 24 else 10
        canvas.rich((left + right) / 2, top + 18 + 15 * (len(lines) - 1 - i), line, size=size, ha="center")
