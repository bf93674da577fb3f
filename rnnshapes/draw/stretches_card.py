"""Probabilities as stretches of a line from 0 to 1, one line for each temperature: where u falls, there is the draw."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from rnnshapes.draw.block import FRONT, TOP
from rnnshapes.draw.canvas import NARROW, WIDE, Canvas
from rnnshapes.draw.fit import wrapped
from rnnshapes.draw.lettering import DIMENSION, INK, QUIET, WRONG, text_width
from rnnshapes.draw.picture import Picture, alt_text
from rnnshapes.errors import CourseError

HIGH, BETWEEN = 30.0, 22.0
NAMED = 13.0  # points: a shorter stretch has no room for its name


def stretches(lines: Mapping[str, Sequence[float]], names: Sequence[str], *, u: float, narrow: bool = False) -> Picture:
    """Return a picture of probabilities as stretches that lie behind one another, and of which one u falls into.

    Shapes: each of the `lines` is (K,), at most 5 of them; `names` has a word for each of the K ids.
    Raises: CourseError for what is no list of K probabilities, or a u that is not between 0 and 1.

    >>> stretches({"p": [0.2, 0.5, 0.3]}, "abc", u=0.6).details
    (('p', 'u = 0.6 falls to b, from 0.20 to 0.70; likeliest: b 0.50, c 0.30, a 0.20'),)
    """
    made = {name: np.asarray(p, float) for name, p in lines.items()}
    fits = [p.shape == (len(names),) and p.min() >= 0 and abs(p.sum() - 1) < 1e-3 for p in made.values()]
    if not 1 <= len(made) <= 5 or not all(fits) or not 0 <= u < 1:
        raise CourseError(
            f"Got {len(made)} lines, u = {u} and {len(names)} names, expected 1 to 5 lines of as many probabilities as "
            f"names, which add up to 1, and u from 0 to below 1. Try: draw.stretches({{'p': p[0]}}, characters, u=0.6)."
        )
    found = {name: _drawn(p, u) for name, p in made.items()}
    sentences = [f"A line from 0 to 1, cut into {len(names)} stretches, each as long as a probability."]
    sentences += [
        f"At {name} u = {u:g} falls to {names[k]}, p = {made[name][k]:.2f}." for name, (k, _) in found.items()
    ]
    details = []
    for name, (k, begins) in found.items():
        p = made[name]
        likely = ", ".join(f"{names[i]} {p[i]:.2f}" for i in np.argsort(-p, kind="stable")[:5])
        where = f"u = {u:g} falls to {names[k]}, from {begins:.2f} to {begins + p[k]:.2f}"
        details.append((name, f"{where}; likeliest: {likely}"))
    return Picture(alt_text(sentences), lambda: _figure(made, names, u, narrow=narrow), tuple(details))


def _drawn(p: np.ndarray, u: float) -> tuple[int, float]:
    """Return in whose stretch u lies, and where that begins."""
    ends = np.cumsum(p)
    k = min(int((ends <= u).sum()), len(p) - 1)
    return k, float(ends[k] - p[k])


def _figure(lines: Mapping[str, np.ndarray], names: Sequence[str], u: float, *, narrow: bool) -> Figure:
    canvas = Canvas(width=NARROW if narrow else WIDE, lowest=0.0)
    words = max(text_width(name, bold=True) for name in lines) + 12
    long = canvas.width - 44 - (0 if narrow else words)
    step = HIGH + BETWEEN + (16 if narrow else 0)
    for place, (name, p) in enumerate(lines.items()):
        y = -place * step
        if narrow:
            canvas.text(0, y + 11, name, bold=True)
        else:
            canvas.text(-12, y - HIGH / 2, name, bold=True, ha="right")
        _line(canvas, p, names, u, long, y=y)
    low = -(len(lines) - 1) * step - HIGH
    canvas.line([(u * long, 8 if not narrow else -2), (u * long, low - 18)], colour=WRONG, width=1.5, z=7)
    canvas.text(u * long, low - 27, f"u = {u:g}", colour=WRONG, bold=True, ha="center")
    for end in (0, 1):
        if abs(end - u) * long > 40:
            canvas.text(end * long, low - 27, str(end), size=8, colour=QUIET, ha="center")
    left, _, right, top = canvas.bounds
    texts = wrapped("Each character has a stretch as long as its probability", canvas.width - 40)
    for i, line in enumerate(texts):
        size = DIMENSION if len(texts) == 1 else 10
        canvas.rich((left + right) / 2, top + 18 + 15 * (len(texts) - 1 - i), line, size=size, ha="center")
    return canvas.finish()


def _line(canvas: Canvas, p: np.ndarray, names: Sequence[str], u: float, long: float, *, y: float) -> None:
    """Draw one line, its stretches in two shades by turns, that of the draw in a thick frame."""
    ends = np.cumsum(p) * long
    chosen, _ = _drawn(p, u)
    shade = 0
    for k, (size, right) in enumerate(zip(p * long, ends, strict=True)):
        if size < 0.05:
            continue
        left, shade = right - size, shade + 1
        corners = [(left, y), (right, y), (right, y - HIGH), (left, y - HIGH)]
        canvas.polygon(corners, face=(FRONT, TOP)[shade % 2], edge=QUIET, width=0.5)
        if k == chosen:
            canvas.polygon(corners, edge=INK, width=1.95, z=6)
        word = names[k]
        if size >= max(NAMED, text_width(word, size=9, mono=True) + 4) and not left - 5 < u * long < right + 5:
            canvas.text((left + right) / 2, y - HIGH / 2, word, size=9, ha="center", mono=True, kind="value")
    middle, at = ends[chosen] - p[chosen] * long / 2, u * long
    if abs(middle - at) < 12:  # beside the line of u
        middle = at - 12 if middle <= at else at + 12
    canvas.text(middle, y - HIGH - 9, names[chosen], size=9, bold=True, mono=True, ha="center")
