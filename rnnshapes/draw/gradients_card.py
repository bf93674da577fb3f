"""How long the gradient is at each step: a heat map over t, in powers of ten, one for each network."""

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure

from rnnshapes.draw.block import Block, bracket_label, draw_block, printable
from rnnshapes.draw.canvas import NARROW, WIDE, Canvas
from rnnshapes.draw.fit import wrapped
from rnnshapes.draw.legend import draw_legend
from rnnshapes.draw.lettering import DIMENSION, QUIET, text_width
from rnnshapes.draw.paint import ink_on, short_number, value_colour
from rnnshapes.draw.picture import Picture, alt_text
from rnnshapes.errors import CourseError
from rnnshapes.layers.tables import BACK_TABLE
from rnnshapes.layers.words import shape_text
from rnnshapes.sizes import COLOURS, Sizes

NAME = BACK_TABLE[0].partition("[")[0]
MOST = {False: 20, True: 8}  # steps that are drawn before "⋯" steps in, wide and narrow
ROW, DIGITS, GAP = 17.0, 7.5, 12.0


def gradients(films: Mapping[str, np.ndarray], sizes: Sizes, *, of: str = NAME, narrow: bool = False) -> Picture:
    """Return a heat map of the length of a gradient, one row for each sample and one column for each step.

    A cell holds a power of ten: 0 for a length of 1, −3 for a thousandth, −∞ for nothing at all.
    Shapes: each array is (N, T, M), the gradient by every state; its length is the norm over the M units.
    Raises: CourseError if there is no array, or one has another shape.

    >>> film = np.array([[[0.003, 0.004], [3.0, 4.0]]])
    >>> gradients({"Wh": film}, Sizes(N=1, T=2, D=3, M=2, K=4)).alt
    'Length of dh at each step, as a power of ten, N × T = 1×2 cells. Wh: −2.3 at t = 0, 0.7 at t = 1.'
    """
    if not films:
        raise CourseError("Got no gradients, expected at least one array of (N, T, M). Try: {'radius 1': dH}.")
    powers = {}
    for name, film in films.items():
        film = np.asarray(film, float)
        if film.shape != sizes.shape("NTM"):
            raise CourseError(
                f"Got {name!r} of {shape_text(film.shape, sizes)}, expected (N, T, M) = {sizes.shape('NTM')}. "
                f"Try: the gradient by every state, of all samples."
            )
        with np.errstate(divide="ignore"):
            powers[name] = np.log10(np.linalg.norm(film, axis=-1))  # (N, T)
    last = sizes.T - 1
    ends = [
        f"{name}: {_power(rows[:, 0])} at t = 0, {_power(rows[:, last])} at t = {last}."
        for name, rows in powers.items()
    ]
    first = f"Length of {of} at each step, as a power of ten, N × T = {sizes.N}×{sizes.T} cells."
    details = tuple(
        (f"{name}, n = {n}", "  ".join(short_number(round(float(power), 1)) for power in row))
        for name, rows in powers.items()
        for n, row in enumerate(rows)
    )
    return Picture(alt_text([first, *ends]), lambda: _figure(powers, sizes, of=of, narrow=narrow), details)


def _power(powers: np.ndarray) -> str:
    """Return the middle one of the samples' powers of ten."""
    value = float(np.median(powers))
    return f"{value:.1f}".replace("-", "−") if np.isfinite(value) else "−∞"


def _figure(powers: Mapping[str, np.ndarray], sizes: Sizes, *, of: str, narrow: bool) -> Figure:
    canvas = Canvas(width=NARROW if narrow else WIDE, lowest=0.0)
    finite = np.concatenate([rows[np.isfinite(rows)] for rows in powers.values()])
    limit = max(3.0, float(np.abs(finite).max(initial=0.0)))
    names = 0.0 if narrow else max(text_width(name, size=10, bold=True) for name in powers) + 10
    samples = bracket_label("N", sizes.N)
    room = canvas.width - 40 - names - text_width(samples, size=DIMENSION, bold=True) - 12
    trial = Block(sizes.shape("NT"), ("N", "T"), cell=(1.0, 1.0), cap=MOST[narrow])
    cell = (min(34.0, room / trial.width), ROW)
    y = 0.0
    for place, (name, rows) in enumerate(powers.items()):
        if narrow:
            canvas.text(0, y + 10, name, size=10, bold=True)
        block = Block(sizes.shape("NT"), ("N", "T"), 0.0, y, cell, MOST[narrow])
        whole = np.round(rows) + 0.0  # no −0
        draw_block(canvas, block, values=whole, limit=limit)
        if not printable(block):
            _write(canvas, block, whole, limit)
        if not narrow:
            canvas.text(-10, block.middle[1], name, size=10, bold=True, ha="right")
        edge = (block.right, block.y), (block.right, block.bottom)
        canvas.bracket(*edge, side="right", label=samples, colour=COLOURS["N"])
        y = block.bottom - (GAP + 18 if narrow else GAP)
        if place == len(powers) - 1:
            _steps(canvas, block, sizes)
    left, _, right, top = canvas.bounds
    title = wrapped(f"how long `{of}` is at each step, as a power of ten", canvas.width - 40)
    for line, words in enumerate(title):
        canvas.rich((left + right) / 2, top + 18 + 15 * (len(title) - 1 - line), words, size=DIMENSION, ha="center")
    words = {"values": "shorter than 1 · 1 · longer than 1"}
    draw_legend(canvas, "values", narrow=narrow, words=words)
    return canvas.finish()


def _write(canvas: Canvas, block: Block, powers: np.ndarray, limit: float) -> None:
    """Write the powers of ten where a block is too wide to print its numbers by itself."""
    _, down, across = block.spans
    for n, row in zip(down.indices, down.starts, strict=True):
        for t, column in zip(across.indices, across.starts, strict=True):
            x, y = block.at(0, row + 0.5, column + 0.5)
            colour = ink_on(value_colour(powers[n, t], limit))
            canvas.text(x, y, short_number(powers[n, t]), size=DIGITS, colour=colour, ha="center", kind="value")


def _steps(canvas: Canvas, block: Block, sizes: Sizes) -> None:
    """Write t under each column, and T under them all."""
    span = block.spans[2]
    for t, start in zip(span.indices, span.starts, strict=True):
        x = block.at(0, 0, start + 0.5)[0]
        canvas.text(x, block.bottom - 9, str(t), size=8, colour=QUIET, ha="center")
    below = (block.x, block.bottom - 15), (block.right, block.bottom - 15)
    canvas.bracket(*below, side="below", label=bracket_label("T", sizes.T), colour=COLOURS["T"])
