"""A stack's ledger: layer by layer, the box that goes in and the box that comes out, the weights, their parameters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from rnnshapes.draw.block import draw_block
from rnnshapes.draw.canvas import NARROW, WIDE, Canvas
from rnnshapes.draw.fit import small_block, wrapped
from rnnshapes.draw.lettering import DIMENSION, QUIET, rich_width, text_width
from rnnshapes.draw.picture import Picture, alt_text
from rnnshapes.draw.theme import LIGHT
from rnnshapes.errors import CourseError
from rnnshapes.layers.ledger import Layer, output_shape, total, weight_shapes
from rnnshapes.sizes import tuple_text

MOST = 12  # layers that a card has room for
ROOM = (46.0, 36.0)  # for a box
LINE = LIGHT["line"]


@dataclass(frozen=True)
class _Row:
    """One layer: what it is called, what else it was told, its weights, its output with letters for the axes."""

    name: str
    told: str
    weights: tuple[tuple[int, ...], ...]
    shape: tuple[int, ...]
    letters: tuple[str, ...]

    @property
    def count(self) -> int:
        return total(list(self.weights))


def ledger(layers: Sequence[Layer], shape: Sequence[int], *, narrow: bool = False) -> Picture:
    """Return a picture of a stack's ledger: a box for the data, and one behind each layer, with its weights.

    Shapes: `layers` are dicts, {"kind": "LSTM", "units": 5, "return_sequences": True}; `shape` is that of the data,
    (N, T, D), or (N, T) in front of an Embedding.
    Raises: CourseError for no layers or too many, a kind that is not known, or data of another number of axes.

    >>> ledger([{"kind": "GRU", "units": 5, "return_sequences": False, "reset_after": True}], (4, 7, 3)).alt[:61]
    'X (4×7×3). 1 GRU(5) → (4×5), 150 parameters. 150 parameters i'
    """
    sizes = tuple(int(size) for size in shape)
    wants = 2 if layers and layers[0].get("kind") == "Embedding" else 3
    if not 1 <= len(layers) <= MOST or len(sizes) != wants:
        raise CourseError(
            f"Got {len(layers)} layers and data of the shape {sizes}, expected 1 to {MOST} layers, and (N, T, D), or "
            f"(N, T) in front of an Embedding. Try: ledger(layers, X.shape)."
        )
    start = _Row("X", "", (), sizes, ("N", "T", "D")[:wants])
    rows = [start]
    for layer in layers:
        rows.append(_row(layer, rows[-1].shape, rows[-1].letters))
    everything = sum(row.count for row in rows)
    sentences = [f"X ({_times(sizes)})."]
    sentences += [
        f"{place} {row.name} → ({_times(row.shape)}), {row.count} parameters." for place, row in enumerate(rows[1:], 1)
    ]
    sentences.insert(min(len(sentences), 4), f"{everything} parameters in all.")
    details = tuple(
        (f"{place} {row.name}", f"{_named(row)}; weights {_weights(row) or 'none'}; {row.count} parameters")
        for place, row in enumerate(rows)
        if place
    )
    return Picture(alt_text(sentences), lambda: _figure(rows, narrow=narrow), details)


def _row(layer: Layer, shape: tuple[int, ...], letters: tuple[str, ...]) -> _Row:
    out, inner = output_shape(layer, shape), layer.get("layer", layer)
    kind = layer["kind"]
    size = layer.get("output_dim", inner.get("units"))
    name = f"Bidirectional({inner['kind']}({size}))" if kind == "Bidirectional" else f"{kind}({size or ''})"
    told = [key for key in ("return_sequences", "mask_zero") if inner.get(key)]
    told += ["reset_after=False"] if inner.get("reset_after") is False else []
    told += [layer["activation"]] if "activation" in layer else []
    told += [f"mask_value={layer['mask_value']}"] if "mask_value" in layer else []
    last = {"Masking": letters[-1], "Embedding": "D", "Dense": "K", "Bidirectional": "2M"}.get(kind, "M")
    axes = (*("N", "T")[: len(out) - 1], last)
    return _Row(name, ", ".join(told), tuple(weight_shapes(layer, shape[-1])), out, axes)


def _times(shape: tuple[int, ...]) -> str:
    return "×".join(map(str, shape))


def _named(row: _Row) -> str:
    return f"{tuple_text(row.letters)} = {tuple_text(row.shape)}"


def _weights(row: _Row) -> str:
    """Return the shapes of a layer's weights; those of two equal halves once, behind a 2."""
    half = len(row.weights) // 2
    twice = half > 1 and row.weights[:half] == row.weights[half:]
    shown = row.weights[:half] if twice else row.weights
    return ("2 times " if twice else "") + " ".join(map(tuple_text, shown))


def _figure(rows: list[_Row], *, narrow: bool) -> Figure:
    canvas = Canvas(width=NARROW if narrow else WIDE, lowest=0.0)
    wide = canvas.width - 28
    boxes = 0.0 if narrow else wide * 0.56
    y = 0.0
    for place, row in enumerate(rows):
        y = _draw_row(canvas, place, row, y=y, wide=wide, boxes=boxes, narrow=narrow)
        canvas.line([(0, y), (wide, y)], colour=LINE, width=0.7, z=1)
    everything = f"{sum(row.count for row in rows):,} parameters in {len(rows) - 1} layer{'s' if len(rows) > 2 else ''}"
    canvas.rich(wide, y - 14, everything, size=10, bold=True, ha="right")
    _, _, _, top = canvas.bounds
    for x, words, side in () if narrow else ((boxes + 8, "the box behind it", "left"), (wide, "parameters", "right")):
        canvas.text(x, top + 12, words, size=8, colour=QUIET, ha=side)
    canvas.rich(0, top + (16 if narrow else 12), "The ledger of this stack", size=DIMENSION, bold=True)
    return canvas.finish()


def _draw_row(canvas: Canvas, place: int, row: _Row, *, y: float, wide: float, boxes: float, narrow: bool) -> float:
    """Draw a layer's name, its weights, the box behind it and its count below y; return where the next row begins."""
    number = f"{place}  " if place else ""
    texts = [(f"{number}`{row.name}`", 10.0)]
    indent = text_width(number, size=10.0) if place else 0.0
    room = (wide if narrow else boxes - 12) - indent
    if row.told:
        texts += [(line, 8.0) for line in wrapped(row.told, room)]
    if row.weights:
        texts += [(line, 8.5) for line in wrapped(f"weights {_weights(row)}", room)]
    line = y - 14
    for index, (text, size) in enumerate(texts):
        canvas.rich(
            0 if not index else indent, line, text, size=size, bold=not index, colour=QUIET if index else "#1a1a1a"
        )
        line -= 13
    below = line - 26 if narrow else y
    middle = (below + 6) if narrow else y - max(46.0, y - line + 4) / 2
    block = small_block(row.shape, row.letters, room=ROOM)
    block = block.moved(boxes + 8, middle + (block.height - block.offset[1]) / 2)
    draw_block(canvas, block)
    beside = boxes + 8 + ROOM[0] + 12
    canvas.rich(beside, middle + 7, tuple_text(row.letters), size=10)
    canvas.rich(beside, middle - 8, tuple_text(row.shape), size=10)
    if place:
        label = f"{row.count:,}"
        canvas.rich(wide, middle, label if rich_width(label, size=10) < 70 else f"{row.count:.1e}", size=10, ha="right")
    return min(line + 2, middle - 24)
