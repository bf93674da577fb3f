"""Fitting blocks and lines of text into the room there is."""

from collections.abc import Sequence

from rnnshapes.draw.block import Block, bracket_label
from rnnshapes.draw.lettering import DIMENSION, rich_width, text_width
from rnnshapes.layers.words import LINES


def small_block(shape: Sequence[int], tokens: Sequence[str], *, room: tuple[float, float], role: str = "data") -> Block:
    """Return a block that fits the room; of more than three axes the last three are drawn."""
    shape, tokens = tuple(shape)[-3:], tuple(tokens)[-3:]
    cap = 8 if max(shape, default=1) <= 8 else 6
    trial = Block(shape, tokens, cell=(1.0, 1.0), cap=cap)
    cell = min(18.0, room[0] / (trial.width + trial.offset[0]), room[1] / (trial.height + trial.offset[1]))
    return Block(shape, tokens, cell=(cell, cell), cap=cap, role=role)


def drawn_axes(shape: Sequence[int], axes: Sequence[int]) -> list[int]:
    """Return the axes counted within the last three, which are the ones drawn."""
    return [axis - max(0, len(shape) - 3) for axis in axes if axis >= len(shape) - 3]


def left_margin(block: Block, wrong: bool) -> float:
    """Return what the bracket on the left needs."""
    if len(block.shape) < 2:
        return 0.0
    label = bracket_label(block.dims[-2], block.shape[-2])
    return text_width(("✗ " if wrong else "") + label, size=DIMENSION, bold=True) + 18


def wrapped(text: str, width: float) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and rich_width(longer, size=10) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def role_of(name: str) -> str:
    """Return the border that the table gives a name: "weights", "state", or "data" for all others."""
    if name in {weight.name for line in LINES for weight in line.weights}:
        return "weights"
    return "state" if name in ("h", "h_last", "h0") else "data"
