"""Layer 1's output and layer 2's kernel: the axis M1 of one plugs into the axis M1 of the other.

With return_sequences=False below there is no axis T: what layer 1 gives stands beside what layer 2 wants.
"""

from functools import lru_cache

from matplotlib.figure import Figure

from rnnshapes.draw.block import Block, bracket_label, draw_block, draw_brackets
from rnnshapes.draw.canvas import NARROW, WIDE, Canvas
from rnnshapes.draw.fit import wrapped
from rnnshapes.draw.legend import draw_legend
from rnnshapes.draw.lettering import DIMENSION, WRONG, text_width
from rnnshapes.draw.picture import Picture, alt_text
from rnnshapes.layers.index_strings import Product
from rnnshapes.layers.words import LAYER_2, product_sentence, times_text
from rnnshapes.sizes import COLOURS, Sizes, tuple_text

CELLS = (15.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.0, 8.0, 7.0, 6.0, 5.0, 4.0)
GAP = 8.0


@lru_cache(maxsize=32)
def plug(sizes: Sizes, *, return_sequences: bool = True, narrow: bool = False) -> Picture:
    """Return a picture of what layer 1 hands to layer 2, and of the weight Wx2 that it plugs into.

    Shapes: h1 is (N, T, M1), or (N, M1) without return_sequences; Wx2 is (M1, M2).

    >>> plug(Sizes(N=4, T=6, D=3, M=8, K=2, M2=5)).alt[:71]
    'h1 (4×6×8) times Wx2 (8×5) gives (4×6×5); the shared M1 = 8 disappears.'
    """
    product = LAYER_2.products[0]
    sequence, last = (times_text(sizes.shape(dims)) for dims in ("NTM1", "NM1"))
    if return_sequences:
        sentences = [product_sentence(product, sizes), "Layer 1's last axis M1 plugs into the first axis of Wx2."]
        rows = ((f"{product.left.name} @ {product.right.name}", sentences[0]),)
        return Picture(alt_text(sentences), lambda: _plugged(product, sizes, narrow=narrow), rows)
    sentences = [
        f"Without return_sequences layer 1 gives {last} = (N, M1): ndim=2.",
        f"Layer 2 wants {sequence} = (N, T, M1): ndim=3.",
        f"M1 = {sizes.of('M1')} fits; T = {sizes.T} is missing.",
    ]
    return Picture(alt_text(sentences), lambda: _unplugged(product, sizes, narrow=narrow))


def _plugged(product: Product, sizes: Sizes, *, narrow: bool) -> Figure:
    for cell in CELLS:
        canvas = Canvas(width=NARROW if narrow else WIDE)
        _operands(canvas, product, sizes, cell=cell)
        left, _, right, top = canvas.bounds
        if right - left <= canvas.width - 24:
            break
    title = "The output axis M1 of layer 1 plugs into the input axis M1 of layer 2"
    _title(canvas, title, (left + right) / 2, top)
    dims = [
        tuple_text(
            f"~{dim}~" if index == product.shared else dim for index, dim in zip(part.index, part.dims, strict=True)
        )
        for part in (product.left, product.right)
    ]
    _, bottom, _, _ = canvas.bounds
    names = f"`{product.left.name} @ {product.right.name}`"
    canvas.rich(
        (left + right) / 2,
        bottom - 18,
        f"{names}   {dims[0]} @ {dims[1]} → {tuple_text(product.dims)}",
        size=10,
        ha="center",
    )
    draw_legend(canvas, "data", "weights", narrow=narrow)
    return canvas.finish()


def _operands(canvas: Canvas, product: Product, sizes: Sizes, *, cell: float) -> None:
    """Draw the box, the weight above and to its right, the arcs between them, and the result where they cross."""
    box = _block(product.left.dims, sizes, cell)
    weight = _block(product.right.dims, sizes, cell, role="weights")
    result = _block(product.dims, sizes, cell)
    depth_x, depth_y = box.offset
    t_label = text_width(bracket_label("T", sizes.T), size=DIMENSION, bold=True)
    weight = weight.moved(box.width + 2 * depth_x + t_label + 26, depth_y + GAP + 3 + weight.height)
    result = result.moved(weight.x - depth_x, 0.0)
    for block in (box, weight, result):
        draw_block(canvas, block)
    back = box.spans[0].total
    for column, row in zip(box.spans[2].starts, weight.spans[1].starts, strict=True):
        start = box.at(back, 0, column + 0.5)
        canvas.arc((start[0], start[1] + 1), (weight.x - 4, weight.at(0, row + 0.5, 0)[1]), colour=COLOURS["M1"])
    draw_brackets(canvas, box, sides=("", "left", "below"), struck=(2,))
    draw_brackets(canvas, weight, sides=("", "right", "above"), struck=(0,))
    draw_brackets(canvas, result)
    canvas.rich(box.x - 8, box.y + depth_y / 2 + 8, f"`{product.left.name}`", size=DIMENSION, bold=True, ha="right")
    canvas.rich(weight.right + 12, weight.middle[1] - 15, f"`{product.right.name}`", size=DIMENSION, bold=True)


def _unplugged(product: Product, sizes: Sizes, *, narrow: bool) -> Figure:
    for cell in CELLS:
        canvas = Canvas(width=NARROW if narrow else WIDE)
        _given_and_wanted(canvas, product, sizes, cell=cell, narrow=narrow)
        left, bottom, right, top = canvas.bounds
        if right - left <= canvas.width - 24:
            break
    middle = (left + right) / 2
    _title(canvas, "`return_sequences=False` below: T is gone, and layer 2 has no steps to read", middle, top)
    words = f"M1 = {sizes.of('M1')} fits. T = {sizes.T} is missing: expected ndim=3, found ndim=2."
    for i, line in enumerate(wrapped(words, canvas.width - 40)):
        canvas.rich(middle, bottom - 20 - 15 * i, line, size=10, ha="center")
    return canvas.finish()


def _given_and_wanted(canvas: Canvas, product: Product, sizes: Sizes, *, cell: float, narrow: bool) -> None:
    """Draw the sheet that layer 1 gives and the box that layer 2 wants, side by side, or one above the other."""
    wanted = _block(product.left.dims, sizes, cell)
    given = _block(tuple(dim for dim in product.left.dims if dim != "T"), sizes, cell)
    side = 20 + text_width(f"✗ {bracket_label('T', sizes.T)}", size=DIMENSION, bold=True)
    if narrow:
        wanted = wanted.moved(0, -given.height - 118 - wanted.offset[1])
    else:
        given = given.moved(0, -(wanted.height - given.height) / 2)
        wanted = wanted.moved(given.right + 90 + side, 0)
    for block, words in ((given, "layer 1 gives"), (wanted, "layer 2 wants")):
        draw_block(canvas, block)
        draw_brackets(canvas, block, wrong=(1,) if block is wanted else ())
        middle = block.middle[0] + block.offset[0] / 2
        text = f"{words} {tuple_text(block.dims)}: `ndim={len(block.shape)}`"
        canvas.rich(middle, block.y + block.offset[1] + 16, text, size=10, ha="center")
    if narrow:
        canvas.text(given.middle[0], given.bottom - 46, "✗", size=18, colour=WRONG, bold=True, ha="center")
    else:
        x = (given.right + wanted.x - side) / 2 + 4
        canvas.text(x, given.middle[1], "✗", size=18, colour=WRONG, bold=True, ha="center")


def _block(dims: tuple[str, ...], sizes: Sizes, cell: float, *, role: str = "data") -> Block:
    cap = 10 if max(sizes.shape("NTM1M2")) <= 10 else 6  # the same for all, so that axes which meet are alike
    return Block(sizes.shape(dims), dims, cell=(cell, cell), cap=cap, role=role)


def _title(canvas: Canvas, title: str, x: float, top: float) -> None:
    lines = wrapped(title, canvas.width - 40)
    for i, line in enumerate(lines):
        size = DIMENSION if len(lines) == 1 else 10
        canvas.rich(x, top + 20 + 15 * (len(lines) - 1 - i), line, size=size, ha="center")
