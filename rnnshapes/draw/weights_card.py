"""The five weights lined up with their letters and their numbers of parameters."""

from functools import lru_cache

import numpy as np
from matplotlib.figure import Figure

from rnnshapes.draw.block import Block, bracket_label, draw_block, draw_brackets
from rnnshapes.draw.canvas import NARROW, WIDE, Canvas
from rnnshapes.draw.legend import draw_legend
from rnnshapes.draw.lettering import DIMENSION, rich_width, text_width
from rnnshapes.draw.picture import Picture
from rnnshapes.layers.index_strings import Flow
from rnnshapes.layers.words import DENSE, SIMPLE_RNN
from rnnshapes.sizes import Sizes, tuple_text

LAYERS: tuple[tuple[str, Flow], ...] = (("SimpleRNN", SIMPLE_RNN), ("Dense", DENSE))
RULE = "#9a9a9a"


@lru_cache(maxsize=32)
def weights(sizes: Sizes, *, narrow: bool = False) -> Picture:
    """Return a picture of Wx, Wh, bh and Wo, bo with their letters and their numbers of parameters.

    >>> weights(Sizes(N=1, T=10, D=3, M=5, K=2)).alt[:66]
    'Wx (3×5) 15 + Wh (5×5) 25 + bh (5) 5 = 45 parameters in SimpleRNN.'
    """
    layers = [(name, [(w.name, w.dims, sizes.shape(w.dims)) for w in flow.weights]) for name, flow in LAYERS]
    sums = [sum(int(np.prod(shape)) for *_, shape in parts) for _, parts in layers]
    texts = [
        " + ".join(f"{name} ({'×'.join(map(str, shape))}) {np.prod(shape)}" for name, _, shape in parts)
        for _, parts in layers
    ]
    alt = f"{texts[0]} = {sums[0]} parameters in SimpleRNN. {texts[1]} = {sums[1]} in Dense. {sum(sums)} in all."
    rows = tuple(
        (name, f"{tuple_text(dims)} = {tuple_text(shape)}: {count_text(dims, shape)}")
        for _, parts in layers
        for name, dims, shape in parts
    )
    return Picture(alt, lambda: _weights_figure(layers, sums, narrow=narrow), rows)


def _weights_figure(layers: list, sums: list[int], *, narrow: bool) -> Figure:
    shapes = [shape for _, parts in layers for *_, shape in parts]
    cap = 8 if max(max(shape) for shape in shapes) <= 8 else 5
    for cell in (20.0, 18.0, 16.0, 14.0, 12.0, 10.0, 8.0, 6.5, 5.0, 4.0):
        canvas = Canvas(width=NARROW if narrow else WIDE)
        _layers(canvas, layers, sums, (cap, cell), narrow=narrow)
        left, bottom, right, _ = canvas.bounds
        if right - left <= canvas.width - 24:
            break
    total = f"{sums[0]:,} + {sums[1]:,} = {sum(sums):,} parameters"
    note = "no N, no T: the same weights for every sample and every step"
    for i, line in enumerate((total, note) if narrow else (f"{total}; {note}",)):
        canvas.rich((left + right) / 2, bottom - 20 - 15 * i, line, size=9 if narrow else 10, ha="center")
    draw_legend(canvas, "weights", narrow=narrow)
    return canvas.finish()


def _layers(canvas: Canvas, layers: list, sums: list[int], scale: tuple[int, float], *, narrow: bool) -> None:
    """Draw the layers' weights in one row, or the second layer below the first; their feet on one line."""
    cap, cell = scale
    x, floor = 0.0, 0.0
    for (layer, parts), parameters in zip(layers, sums, strict=True):
        blocks = [(name, Block(shape, dims, cell=(cell, cell), cap=cap, role="weights")) for name, dims, shape in parts]
        highest = max(block.height for _, block in blocks)
        if narrow and floor == 0.0 and x:
            x, floor = 60.0, -150 - highest
        left = x
        for i, (name, block) in enumerate(blocks):
            margin = 0.0
            if len(block.shape) == 2:
                label = bracket_label(block.dims[0], block.shape[0])
                margin = 16 + text_width(label, size=DIMENSION, bold=True)
            texts, count = _weight_texts(block, narrow=narrow)
            half = max(block.width + 6, *(rich_width(text) for text in (*texts, count))) / 2
            x += (12 if i else 0) + max(margin, half - block.width / 2)
            _weight(canvas, name, block.moved(x, floor + block.height), texts, count)
            x += block.width / 2 + half
        middle, ceiling = (left + x) / 2, floor + highest + 40
        text = f"`{layer}`: {parameters:,} parameters"
        title = canvas.rich(middle, ceiling, text, size=DIMENSION, bold=True, ha="center")
        half = max(x - left, title) / 2
        canvas.line([(middle - half, ceiling - 10), (middle + half, ceiling - 10)], colour=RULE, width=0.8)
        x += 30


def _weight_texts(block: Block, *, narrow: bool) -> tuple[tuple[str, ...], str]:
    letters, numbers = tuple_text(block.dims), tuple_text(block.shape)
    if narrow:
        factors = f"{'·'.join(map(str, block.shape))} = " if len(block.shape) > 1 else ""
        return (letters, numbers), f"{factors}{np.prod(block.shape):,}"
    return (f"{letters} = {numbers}",), count_text(block.dims, block.shape)


def _weight(canvas: Canvas, name: str, block: Block, label: tuple[str, ...], count: str) -> None:
    draw_block(canvas, block)
    draw_brackets(canvas, block)
    middle = block.middle[0]
    canvas.rich(middle, block.y + 13, f"`{name}`", size=DIMENSION, bold=True, ha="center")
    for i, text in enumerate((*label, count)):
        canvas.rich(middle, block.bottom - 37 - 15 * i, text, ha="center")


def count_text(dims: tuple[str, ...], shape: tuple[int, ...]) -> str:
    """Return "D·M = 3·5 = 15"."""
    if len(shape) == 1:
        return f"{dims[0]} = {shape[0]}"
    return f"{'·'.join(dims)} = {'·'.join(map(str, shape))} = {np.prod(shape):,}"
