"""A padded batch from left to right: grey cells let nothing in, and the state below them stands still."""

from collections.abc import Sequence
from functools import partial

import numpy as np
from matplotlib.figure import Figure

from rnnshapes.draw.block import Block, bracket_label, draw_block
from rnnshapes.draw.canvas import NARROW, WIDE, Canvas
from rnnshapes.draw.fit import wrapped
from rnnshapes.draw.legend import draw_legend
from rnnshapes.draw.lettering import DIMENSION, INK, QUIET, WRONG, text_width
from rnnshapes.draw.picture import Picture, alt_text
from rnnshapes.errors import CourseError
from rnnshapes.layers.words import MASKED, shape_text
from rnnshapes.sizes import COLOURS, Sizes, counted

MASKED_FACE = "#c9c9c9"
LINK, SKIP = 17.0, 24.0  # from one state to the next; room for "⋯"


def frozen(mask: np.ndarray, h: np.ndarray, sizes: Sizes, *, narrow: bool = False) -> Picture:
    """Return a picture of some samples with their masked steps in grey, and of the state that stands still below them.

    Shapes: mask is (N, T), True where a step is real; h is (N, T, M), the state after each step. Where a masked step
    changes h all the same, ≠ stands in place of =.
    Raises: CourseError if mask or h has another shape.

    >>> mask = np.array([[True, False]])
    >>> frozen(mask, np.zeros((1, 2, 5)), Sizes(N=1, T=2, D=3, M=5, K=4)).alt[:69]
    'Masked steps are grey. Where mask[n,t] is False, h[n,t] is h[n,t-1]. '
    """
    mask, h = np.asarray(mask).astype(bool), np.asarray(h, float)
    for name, array, dims in (("mask", mask, "NT"), ("h", h, "NTM")):
        if array.shape != sizes.shape(dims):
            raise CourseError(
                f"Got {name} of {shape_text(array.shape, sizes)}, expected {shape_text(sizes.shape(dims), sizes)}. "
                f"Try: the mask and the states of the same padded box."
            )
    return Picture(
        alt_text(["Masked steps are grey.", f"{MASKED.sentence}.", *_sentences(mask, sizes)]),
        partial(_figure, mask, h, sizes, narrow=narrow),
        tuple((f"sample {n}", _marks(row)) for n, row in enumerate(mask[:20])),
    )


def _sentences(mask: np.ndarray, sizes: Sizes) -> list[str]:
    """Say which steps of the first samples are masked."""
    steps = counted("T", sizes.T)
    texts = []
    for n, row in enumerate(mask):
        masked = np.flatnonzero(~row)
        which = "none masked" if not len(masked) else f"t = {', '.join(map(str, masked))} masked"
        texts.append(f"Sample {n}: {which}.")
    return [f"{counted('N', sizes.N)} (N), {steps} (T).", *texts]


def _marks(row: Sequence[bool]) -> str:
    return "  ".join("real" if real else "masked" for real in row[:40])


def _figure(mask: np.ndarray, h: np.ndarray, sizes: Sizes, *, narrow: bool) -> Figure:
    canvas = Canvas(width=NARROW if narrow else WIDE, lowest=0.0)
    samples = _shown(sizes.N, 3)
    steps = _shown(sizes.T, 4 if narrow else 7)
    names = max(text_width(f"sample {n}", bold=True) for n in samples) + 10
    gaps = LINK * (len(steps) - 1) + (SKIP if len(steps) < sizes.T else 0)
    room = canvas.width - 52 - (0 if narrow else names) - gaps
    trial = max(Block((size,), ("",), cell=(1.0, 1.0), cap=5).width for size in (sizes.D, sizes.M))
    cell = min(12.0, room / len(steps) / trial)
    pitch = cell * trial + LINK
    limit = float(np.abs(h[np.isfinite(h)]).max(initial=0.0)) or 1.0
    y = 0.0
    for position, n in enumerate(samples):
        if position and n != samples[position - 1] + 1:
            canvas.dots((pitch - LINK) / 2, y + (8 if narrow else 2), along=(0, 1))
            y -= 40 if narrow else 26
        if narrow:
            canvas.text(0, y + 18, f"sample {n}", bold=True)
        right, bottom = _film(canvas, mask[n], h[n], steps, sizes, cell=cell, pitch=pitch, y=y, limit=limit)
        if not narrow:
            canvas.text(-10, (y + bottom) / 2, f"sample {n}", bold=True, ha="right")
        y = bottom - (34 if narrow else 24)
    _step_numbers(canvas, steps, sizes, pitch=pitch, bottom=bottom)
    canvas.bracket(
        (0.0, bottom - 16), (right, bottom - 16), side="below", label=bracket_label("T", sizes.T), colour=COLOURS["T"]
    )
    x0, _, x1, top = canvas.bounds
    title = "A grey step is masked: nothing enters, `h` stays (=)"
    lines = wrapped(title, canvas.width - 40)
    for i, line in enumerate(lines):
        size = DIMENSION if len(lines) == 1 else 10
        canvas.rich((x0 + x1) / 2, top + 18 + 15 * (len(lines) - 1 - i), line, size=size, ha="center")
    words = {"data": f"X[n, t], {bracket_label('D', sizes.D)}", "state": f"h, {bracket_label('M', sizes.M)}"}
    draw_legend(canvas, "data", "state", "values", narrow=narrow, words=words)
    return canvas.finish()


def _film(
    canvas: Canvas,
    real: np.ndarray,
    h: np.ndarray,
    steps: Sequence[int],
    sizes: Sizes,
    *,
    cell: float,
    pitch: float,
    y: float,
    limit: float,
) -> tuple[float, float]:
    """Draw one sample: a row of inputs, the states below. Return where it ends on the right and at the bottom."""
    x, before, state = 0.0, -1, y - 34
    for t in steps:
        if t != before + 1:
            canvas.dots(x - LINK / 2 + SKIP / 2, state - 7)
            x += SKIP
        middle = x + (pitch - LINK) / 2
        row = Block((sizes.D,), ("",), cell=(cell, 12.0), cap=5)
        row = row.moved(middle - row.width / 2, y)
        draw_block(canvas, row)
        below = Block((sizes.M,), ("",), cell=(cell, 14.0), cap=5, role="state")
        below = below.moved(middle - below.width / 2, state)
        draw_block(canvas, below, values=h[t], limit=limit)
        if real[t]:
            canvas.arrow((middle, row.bottom - 2), (middle, below.y + 2))
        else:
            _cover(canvas, row)
        if t and t == before + 1:
            between = (x - LINK, below.middle[1])
            if real[t]:
                canvas.arrow((between[0] + 2, between[1]), (between[0] + LINK - 2, between[1]))
            else:
                sign, colour = ("=", INK) if np.allclose(h[t], h[t - 1], atol=1e-6) else ("≠", WRONG)
                x_sign = between[0] + LINK / 2
                canvas.text(x_sign, between[1], sign, size=DIMENSION, colour=colour, ha="center", bold=True)
        before, x = t, x + pitch
    return x - LINK, state - 14


def _cover(canvas: Canvas, row: Block) -> None:
    """Lay grey and a stroke over a step that does not count."""
    corners = [(row.x, row.bottom), (row.right, row.bottom), (row.right, row.y), (row.x, row.y)]
    canvas.polygon(corners, face=MASKED_FACE, edge=INK, width=1.0, z=5)
    canvas.line([(row.x, row.bottom), (row.right, row.y)], colour=QUIET, width=1.0, z=6)


def _step_numbers(canvas: Canvas, steps: Sequence[int], sizes: Sizes, *, pitch: float, bottom: float) -> None:
    x, before = 0.0, -1
    for t in steps:
        x += SKIP if t != before + 1 else 0
        text = f"t = {t}" if t == 0 else str(t)
        canvas.text(x + (pitch - LINK) / 2, bottom - 9, text, size=8, colour=QUIET, ha="center")
        before, x = t, x + pitch


def _shown(number: int, most: int) -> list[int]:
    """Return the indices that are drawn: all, or the first ones and the last."""
    return list(range(number)) if number <= most else [*range(most - 1), number - 1]
