"""How far off each time step is: one row of T cells for each thing that was changed."""

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure

from rnnshapes.draw.block import Block, bracket_label, draw_block
from rnnshapes.draw.canvas import NARROW, WIDE, Canvas
from rnnshapes.draw.legend import draw_legend
from rnnshapes.draw.lettering import DIMENSION, QUIET, text_width
from rnnshapes.draw.picture import Picture, alt_text
from rnnshapes.errors import CourseError
from rnnshapes.layers.words import number_text, shape_text
from rnnshapes.sizes import COLOURS, Sizes

MOST = 12  # steps that are drawn before "⋯" steps in


def over_time(differences: Mapping[str, np.ndarray], sizes: Sizes, *, of: str = "ŷ", narrow: bool = False) -> Picture:
    """Return a picture of the largest |difference| of each time step, one row per name; `of` says what differs.

    Shapes: each array is (T, …), such as the rows of ŷ minus the right ones, (T, K).
    Raises: CourseError if there is no array, or one has not T rows.

    >>> over_time({"no carry": np.array([[0.0], [0.5]])}, Sizes(N=1, T=2, D=3, M=5, K=4)).alt
    'Largest difference of ŷ at each time step. no carry: from 0.00 at t = 0 to 0.50 at t = 1.'
    """
    if not differences:
        raise CourseError("Got no differences, expected at least one array of (T, K). Try: {'name': Yhats - right}.")
    rows = {}
    for name, array in differences.items():
        array = np.abs(np.asarray(array, float))
        if not array.ndim or len(array) != sizes.T:
            raise CourseError(
                f"Got {name!r} of {shape_text(array.shape, sizes)}, expected T = {sizes.T} rows. "
                f"Try: one row of differences for each time step."
            )
        rows[name] = array.reshape(sizes.T, -1).max(axis=1)
    last = sizes.T - 1
    sentences = [
        f"{name}: from {number_text(row[0])} at t = 0 to {number_text(row[last])} at t = {last}."
        for name, row in rows.items()
    ]
    details = tuple((name, "  ".join(f"{value:.2g}" for value in row)) for name, row in rows.items())
    return Picture(
        alt_text([f"Largest difference of {of} at each time step.", *sentences]),
        lambda: _figure(rows, sizes, of=of, narrow=narrow),
        details,
    )


def _figure(rows: Mapping[str, np.ndarray], sizes: Sizes, *, of: str, narrow: bool) -> Figure:
    canvas = Canvas(width=NARROW if narrow else WIDE, lowest=0.0)
    limit = max((float(row[np.isfinite(row)].max(initial=0.0)) for row in rows.values()), default=1.0) or 1.0
    names = max(text_width(name, size=10, bold=True) for name in rows)
    cap = 6 if narrow else MOST
    room = canvas.width - 40 - (0 if narrow else names)
    trial = Block((sizes.T,), ("T",), cell=(1.0, 1.0), cap=cap)
    cell = (min(34.0, room / trial.width), 22.0)
    y = 0.0
    for i, (name, row) in enumerate(rows.items()):
        block = Block((sizes.T,), ("T",), 0.0, y, cell, cap)
        draw_block(canvas, block, values=row, limit=limit)
        if narrow:
            canvas.text(0, y + 10, name, size=10, bold=True)
        else:
            canvas.text(-10, block.middle[1], name, size=10, bold=True, ha="right")
        y = block.bottom - (26 if narrow else 10)
        if i == len(rows) - 1:
            span = block.spans[2]
            for t, start in zip(span.indices, span.starts, strict=True):
                canvas.text(
                    block.at(0, 0, start + 0.5)[0],
                    block.bottom - 9,
                    str(t),
                    size=8,
                    colour=QUIET,
                    ha="center",
                )
            below = block.bottom - 15
            canvas.bracket(
                (block.x, below),
                (block.right, below),
                side="below",
                label=bracket_label("T", sizes.T),
                colour=COLOURS["T"],
            )
    left, _, right, top = canvas.bounds
    canvas.rich(
        (left + right) / 2,
        top + 18,
        f"largest |difference| of `{of}` at each step t",
        size=DIMENSION,
        ha="center",
    )
    draw_legend(canvas, "amounts", narrow=narrow)
    return canvas.finish()
