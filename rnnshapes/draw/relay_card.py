"""The relay: chunks of time steps as runners, and the state between them as the baton."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from matplotlib.figure import Figure

from rnnshapes.draw.block import GRID, Block, bracket_label, double_border, draw_block, draw_brackets
from rnnshapes.draw.canvas import NARROW, WIDE, Canvas
from rnnshapes.draw.fit import wrapped
from rnnshapes.draw.legend import draw_legend
from rnnshapes.draw.lettering import DIMENSION, WRONG, text_width
from rnnshapes.draw.picture import Picture, alt_text
from rnnshapes.errors import CourseError
from rnnshapes.layers.words import HANDED_ON, SIMPLE_RNN, times_text
from rnnshapes.sizes import COLOURS, Sizes, counted, tuple_text

RUNNER = (46.0, 58.0)
HAND = 15.0  # an arrow from baton to runner, and from runner to baton
SKIP = 26.0  # room for "⋯"
COLUMNS = 3


def relay(sizes: Sizes, *, size: int, resets: Sequence[bool] = (), narrow: bool = False) -> Picture:
    """Return a picture of T steps run in chunks of `size`: the state goes from chunk to chunk, a reset drops it.

    Shapes: resets, if given, has one True or False for each chunk: a reset before it.
    Raises: CourseError if size is below 1, or resets has another length.

    >>> relay(Sizes(N=3, T=12, D=4, M=7, K=6), size=5).alt[:69]
    'A relay from left to right: 12 time steps (T) in chunks of 5, 5 and 2'
    """
    if size < 1:
        raise CourseError(f"Got size = {size}, expected at least one time step in a chunk. Try: size=5.")
    lengths = tuple(min(size, sizes.T - start) for start in range(0, sizes.T, size))
    dropped = tuple(bool(reset) for reset in np.ravel(resets)) or (False,) * len(lengths)
    if len(dropped) != len(lengths):
        raise CourseError(
            f"Got {len(dropped)} resets, expected one for each of the {len(lengths)} chunks. "
            f"Try: resets={[False] * len(lengths)}."
        )
    return _relay(sizes, lengths, dropped, narrow)


@lru_cache(maxsize=32)
def _relay(sizes: Sizes, lengths: tuple[int, ...], dropped: tuple[bool, ...], narrow: bool) -> Picture:
    baton, shape = _baton(sizes)
    way = "top to bottom" if narrow else "left to right"
    resets = [c for c, reset in enumerate(dropped) if reset]
    sentences = [
        f"A relay from {way}: {counted('T', sizes.T)} (T) in {_spoken(lengths)}, each run by the same layer.",
        f"It hands its last state {baton} on, {shape}: one row for each sample.",
        f"Before chunk {_and(resets)} a reset: the state starts at zeros again." if resets else "The first is zeros.",
    ]
    rows = [
        (f"chunk {c}", f"X[:, {start}:{start + length}] {times_text((sizes.N, length, sizes.D))}, from {source}")
        for c, (start, length, source) in enumerate(zip(_starts(lengths), lengths, _sources(dropped), strict=True))
    ]
    return Picture(alt_text(sentences), lambda: (_tall if narrow else _wide)(sizes, lengths, dropped), tuple(rows))


def _baton(sizes: Sizes) -> tuple[str, str]:
    """Return how the table writes what is handed on, and its shape."""
    dims = HANDED_ON.result.dims
    return str(HANDED_ON.terms[0]), f"{tuple_text(sizes.shape(dims))} = {tuple_text(dims)}"


def _wide(sizes: Sizes, lengths: tuple[int, ...], dropped: tuple[bool, ...]) -> Figure:
    """Draw the relay from left to right, each chunk below its runner."""
    canvas = Canvas(width=WIDE)
    shown = _shown(len(lengths))
    across = Block(sizes.shape("NM"), ("N", "M"), cell=(1.0, 1.0), cap=5).width
    skips = sum(later - c > 1 for c, later in pairwise(shown))
    resets = sum(dropped[c] for c in shown if c)
    room = WIDE - 24 - 52 - len(shown) * (RUNNER[0] + 2 * HAND) - SKIP * skips - 16 * resets
    state = _state_block(sizes, min(9.0, room / (across * (len(shown) + 1 + resets + skips))))
    low, x = -RUNNER[1] / 2 - 24, 0.0
    _state(canvas, state, x, "zeros")
    x += state.width
    ends = []
    for position, c in enumerate(shown):
        if position and c != shown[position - 1] + 1:
            canvas.dots(x + SKIP / 2, 0)
            x += SKIP
            _state(canvas, state, x, "`h`")
            x += state.width
        if dropped[c] and c:
            x = _drop(canvas, state, x)
        middle = x + HAND + RUNNER[0] / 2
        canvas.arrow((x + 3, 0), (x + HAND - 1, 0))
        _runner(canvas, middle, 0)
        canvas.text(middle, RUNNER[1] / 2 + 9, f"chunk {c}", bold=True, ha="center")
        chunk = _chunk_block(sizes, lengths[c], state.cell[0])
        left = middle - (chunk.width + chunk.offset[0]) / 2
        chunk = chunk.moved(left, low - chunk.offset[1])
        draw_block(canvas, chunk)
        canvas.arrow((middle, low + 2), (middle, -RUNNER[1] / 2 - 1))
        canvas.rich(middle, chunk.bottom - 10, _slice(lengths, c), ha="center")
        canvas.rich(middle, chunk.bottom - 23, tuple_text(chunk.shape), ha="center")
        ends.append((left, chunk.right + chunk.offset[0]))
        x += RUNNER[0] + 2 * HAND
        canvas.arrow((x - HAND + 1, 0), (x - 3, 0))
        _state(canvas, state, x, "`h`", brackets=position == len(shown) - 1)
        x += state.width
    bottom = canvas.bounds[1] - 4
    start, end = (ends[0][0], bottom), (ends[-1][1], bottom)
    canvas.bracket(start, end, side="below", label=bracket_label("T", sizes.T), colour=COLOURS["T"])
    return _finish(canvas, lengths, dropped, narrow=False)


def _tall(sizes: Sizes, lengths: tuple[int, ...], dropped: tuple[bool, ...]) -> Figure:
    """Draw the relay from top to bottom, each chunk left of its runner."""
    canvas = Canvas(width=NARROW)
    shown = _shown(len(lengths))
    state = _state_block(sizes, 9.0)
    name_x = state.width / 2 + 8
    y, tops = 0.0, []

    def baton(name: str, *, brackets: bool = False) -> None:
        middle = y - state.height / 2
        _state(canvas, state, -state.width / 2, "", y=middle, brackets=brackets)
        canvas.rich(-name_x if brackets else name_x, middle, name, ha="right" if brackets else "left")

    baton("zeros")
    y -= state.height
    for position, c in enumerate(shown):
        if position and c != shown[position - 1] + 1:
            canvas.dots(0, y - SKIP / 2, along=(0, 1))
            y -= SKIP
            baton("`h`")
            y -= state.height
        if dropped[c] and c:
            _cross(canvas, -state.width / 2, state.width / 2, y + state.height, y)
            canvas.line([(-state.width / 2 - 12, y - 9), (state.width / 2 + 12, y - 9)], colour=WRONG, dashed=True)
            canvas.text(name_x + 10, y - 9, "reset", size=DIMENSION, colour=WRONG, bold=True)
            y -= 18
            baton("zeros")
            y -= state.height
        canvas.arrow((0, y - 2), (0, y - HAND + 1))
        middle = y - HAND - RUNNER[1] / 2
        _runner(canvas, 0, middle)
        canvas.text(RUNNER[0] / 2 + 8, middle, f"chunk {c}", bold=True)
        chunk = _chunk_block(sizes, lengths[c], 1.0)
        chunk = _chunk_block(sizes, lengths[c], min(6.0, 36.0 / (chunk.width + chunk.offset[0])))
        left = -RUNNER[0] / 2 - 26 - chunk.width - chunk.offset[0]
        chunk = chunk.moved(left, middle + (chunk.height - chunk.offset[1]) / 2)
        draw_block(canvas, chunk)
        canvas.arrow((-RUNNER[0] / 2 - 22, middle), (-RUNNER[0] / 2 - 2, middle))
        canvas.rich(left - 8, middle + 7, _slice(lengths, c), ha="right")
        canvas.rich(left - 8, middle - 7, tuple_text(chunk.shape), ha="right")
        tops.append((middle + RUNNER[1] / 2, middle - RUNNER[1] / 2))
        y -= RUNNER[1] + 2 * HAND
        canvas.arrow((0, y + HAND - 1), (0, y + 2))
        baton("`h`", brackets=position == len(shown) - 1)
        y -= state.height
    left = canvas.bounds[0] - 4
    start, end = (left, tops[0][0]), (left, tops[-1][1])
    canvas.bracket(start, end, side="left", label=bracket_label("T", sizes.T), colour=COLOURS["T"])
    return _finish(canvas, lengths, dropped, narrow=True)


def _finish(canvas: Canvas, lengths: tuple[int, ...], dropped: tuple[bool, ...], *, narrow: bool) -> Figure:
    left, _, right, top = canvas.bounds
    what = "a reset drops it" if any(dropped[1:]) else "nothing is lost at the boundaries"
    spoken = _spoken(lengths)
    lines = wrapped(f"{spoken[0].upper()}{spoken[1:]}: the state (N, M) is the baton, and {what}", canvas.width - 40)
    for i, line in enumerate(lines):
        y = top + 20 + 15 * (len(lines) - 1 - i)
        canvas.rich((left + right) / 2, y, line, size=DIMENSION if len(lines) == 1 else 10, ha="center")
    draw_legend(canvas, "weights", "state", "data", narrow=narrow, words={"state": "state: the baton"})
    return canvas.finish()


def _shown(count: int) -> list[int]:
    """Return the chunks that are drawn: all, or the first ones and the last."""
    return list(range(count)) if count <= COLUMNS else [*range(COLUMNS - 1), count - 1]


def _state_block(sizes: Sizes, cell: float) -> Block:
    return Block(sizes.shape("NM"), ("N", "M"), cell=(cell, cell), cap=5, role="state")


def _chunk_block(sizes: Sizes, length: int, cell: float) -> Block:
    return Block((sizes.N, length, sizes.D), ("N", "", "D"), cell=(cell, cell), cap=5)


def _slice(lengths: tuple[int, ...], c: int) -> str:
    start = _starts(lengths)[c]
    return f"`X[:, {start}:{start + lengths[c]}]`"


def _state(canvas: Canvas, state: Block, x: float, name: str, *, y: float = 0.0, brackets: bool = False) -> None:
    """Draw the baton with its left edge at x, its middle at height y, and a name above it if there is one."""
    block = state.moved(x, y + state.height / 2)
    draw_block(canvas, block)
    if name:
        canvas.rich(x + state.width / 2, block.y + 9, name, ha="center")
    if brackets:
        draw_brackets(canvas, block, sides=("", "right", "below"))


def _drop(canvas: Canvas, state: Block, x: float) -> float:
    """Strike the baton out that ends at x, and put one of zeros in its place; return where that ends."""
    top, bottom = state.height / 2, -state.height / 2
    _cross(canvas, x - state.width, x, top, bottom)
    start = x + max(16.0, text_width("reset", size=DIMENSION, bold=True) + 8 - state.width)
    middle = (x + start) / 2
    canvas.text(middle, top + 24, "reset", size=DIMENSION, colour=WRONG, bold=True, ha="center")
    canvas.line([(middle, top + 15), (middle, bottom - 8)], colour=WRONG, width=1.3, dashed=True)
    _state(canvas, state, start, "zeros")
    return start + state.width


def _cross(canvas: Canvas, left: float, right: float, top: float, bottom: float) -> None:
    for one, other in ((bottom, top), (top, bottom)):
        canvas.line([(left - 3, one), (right + 3, other)], colour=WRONG, width=2.6, z=9)


def _runner(canvas: Canvas, x: float, y: float) -> None:
    """Draw a runner: a card with the same weights as every other."""
    half, height = RUNNER[0] / 2, RUNNER[1] / 2
    corners = [(x - half, y - height), (x + half, y - height), (x + half, y + height), (x - half, y + height)]
    canvas.polygon(corners, face="#f2f2f2", edge=GRID, width=0.8, z=1.8)
    for i, weight in enumerate(SIMPLE_RNN.weights):
        level = y + height - 11 - 18 * i
        corners = [(x - 11.5, level - 6), (x + 11.5, level - 6), (x + 11.5, level + 6), (x - 11.5, level + 6)]
        canvas.polygon(corners, face="white", z=3)
        double_border(canvas, corners)
        canvas.rich(x, level, f"`{weight.name}`", bold=True, ha="center")


def _starts(lengths: tuple[int, ...]) -> list[int]:
    return [sum(lengths[:c]) for c in range(len(lengths))]


def _sources(dropped: tuple[bool, ...]) -> list[str]:
    """Say where each chunk's first state comes from."""
    return [
        "zeros" if c == 0 else "zeros, after a reset" if reset else f"the last state of chunk {c - 1}"
        for c, reset in enumerate(dropped)
    ]


def _spoken(lengths: tuple[int, ...]) -> str:
    """Return "chunks of 5, 5 and 4", or how many there are if they are many."""
    if len(lengths) == 1:
        return f"one chunk of {lengths[0]}"
    if len(lengths) > 5:
        return f"{len(lengths)} chunks of {lengths[0]}" + (
            "" if lengths[-1] == lengths[0] else f", the last of {lengths[-1]}"
        )
    return f"chunks of {_and(lengths)}"


def _and(numbers: Sequence[int]) -> str:
    texts = [str(number) for number in numbers]
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"
