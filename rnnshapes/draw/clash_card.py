"""Two operands that do not fit."""

import re
from collections.abc import Sequence

from matplotlib.figure import Figure

from rnnshapes.draw.block import bracket_label, draw_block, draw_brackets
from rnnshapes.draw.canvas import NARROW, WIDE, Canvas
from rnnshapes.draw.fit import drawn_axes, left_margin, role_of, small_block, wrapped
from rnnshapes.draw.lettering import DIMENSION, rich_width, text_width
from rnnshapes.draw.picture import Picture, alt_text
from rnnshapes.layers.words import clash_axes, clash_sentence, should_be
from rnnshapes.sizes import Sizes


def clash(
    left_name: str,
    left_shape: Sequence[int],
    right_name: str,
    right_shape: Sequence[int],
    sizes: Sizes,
    *,
    operator: str = "@",
) -> Picture:
    """Return a picture of two operands that do not fit, ✗ on the brackets that clash.

    >>> clash("x[t]", (3,), "Wh", (5, 5), Sizes(N=4, T=7, D=3, M=5, K=2)).alt
    'x[t] is (3,) = (D,), Wh is (5, 5) = (M, M): D meets M.'
    """
    left, right = tuple(left_shape), tuple(right_shape)
    sentence = clash_sentence(left_name, left, right_name, right, sizes, operator=operator)
    advice = [text for text in (should_be(left_name, left, sizes), should_be(right_name, right, sizes)) if text]
    pairs = clash_axes(left, right, operator=operator)
    operands = ((left_name, left, [i for i, _ in pairs]), (right_name, right, [j for _, j in pairs]))
    return Picture(alt_text([sentence, *advice]), lambda: _clash_figure(operands, operator, [sentence, *advice], sizes))


def _clash_figure(operands: Sequence, operator: str, sentences: Sequence[str], sizes: Sizes) -> Figure:
    for width, room in ((NARROW, 84), (NARROW, 72), (NARROW, 60), (WIDE, 84)):
        canvas = Canvas(width=width, lowest=0.0)
        _operands(canvas, operands, operator, sizes, room=room)
        left, bottom, right, _ = canvas.bounds
        if right - left <= width - 24:
            break
    y = bottom - 18
    for sentence in sentences:
        fits = rich_width(sentence, size=10) <= width - 24
        for part in [sentence] if fits else re.split(r"(?<=:) ", sentence):
            for line in wrapped(part, width - 24):
                canvas.rich((left + right) / 2, y, line, size=10, ha="center")
                y -= 15
    return canvas.finish()


def _operands(canvas: Canvas, operands: Sequence, operator: str, sizes: Sizes, *, room: float) -> None:
    x = 0.0
    for i, (name, shape, wrong) in enumerate(operands):
        block = small_block(shape, sizes.dims(shape), room=(room, room), role=role_of(name))
        title = name if len(name) <= 12 else f"{name[:11]}…"
        half = text_width(title, size=DIMENSION, bold=True, mono=True) / 2
        left = max(left_margin(block, bool(wrong)), half - block.width / 2, 8.0)
        block = block.moved(x + left, block.height / 2)
        draw_block(canvas, block)
        draw_brackets(canvas, block, wrong=drawn_axes(shape, wrong))
        middle = block.middle[0] + block.offset[0] / 2
        canvas.rich(middle, block.y + block.offset[1] + 15, f"`{title}`", size=DIMENSION, bold=True, ha="center")
        x = max(block.right + block.offset[0], middle + half)
        if len(block.shape) == 3:  # the label of the depth stands right of the box
            label = bracket_label(block.dims[0], block.shape[0])
            x = max(x, block.right + block.offset[0] / 2 + text_width(label, size=DIMENSION, bold=True))
        if i == 0:
            canvas.text(x + 24, 0, operator, size=14, bold=True, ha="center")
            x += 42
