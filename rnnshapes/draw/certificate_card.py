"""The certificate of shapes: every box that somebody met in the course, one line for each lesson."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from rnnshapes.draw.canvas import NARROW, WIDE, Canvas
from rnnshapes.draw.lettering import QUIET, rich_width, text_width
from rnnshapes.draw.picture import Picture, alt_text
from rnnshapes.draw.theme import LIGHT
from rnnshapes.errors import CourseError
from rnnshapes.sizes import split_dims, tuple_text

GAP = 9.0  # between two boxes
LINE = 16.0


def certificate(lessons: Sequence[tuple[str, str, Sequence[str]]], *, of: str = "", narrow: bool = False) -> Picture:
    """Return a card with one line for each lesson: its number, its title, and its boxes; new ones underlined.

    `lessons` are (number, title, boxes), a box a word of letters such as "NTD"; `of` is whose certificate it is.
    Raises: CourseError for no lessons.

    >>> certificate([("01", "rnn shapes", ["NTD", "NK"])]).alt
    'Certificate of shapes: 2 boxes in 1 lesson. 01 rnn shapes: (N, T, D), (N, K).'
    """
    if not lessons:
        raise CourseError("Got no lessons, expected at least one. Try: rnnshapes.certificate().")
    seen: set[tuple[str, ...]] = set()
    rows = []
    for number, title, boxes in lessons:
        tokens = list(dict.fromkeys(split_dims(box) for box in boxes))
        rows.append((f"{number}  {title}", [(one, one not in seen) for one in tokens]))
        seen |= set(tokens)
    many = f"{len(rows)} lesson{'s' if len(rows) > 1 else ''}"
    sentences = [f"Certificate of shapes{f' of {of}' if of else ''}: {len(seen)} boxes in {many}."]
    details = tuple((name, ", ".join(tuple_text(one) for one, _ in boxes)) for name, boxes in rows)
    sentences += [f"{name.replace('  ', ' ')}: {boxes}." for name, boxes in details]
    title = f"Certificate of shapes{f' · {of}' if of else ''}"
    words = f"{len(seen)} boxes in {many}; underlined where they came first"
    return Picture(alt_text(sentences), lambda: _figure(rows, (title, words), narrow=narrow), details)


def _figure(rows: list, words: tuple[str, str], *, narrow: bool) -> Figure:
    canvas = Canvas(width=NARROW if narrow else WIDE, lowest=0.0)
    wide = canvas.width - 30
    names = 0.0 if narrow else max(text_width(name, size=9) for name, _ in rows) + 16
    title, foot = words
    size = next((size for size in (14.0, 12.0, 10.0, 8.0) if text_width(title, size=size, bold=True) <= wide), 6.0)
    canvas.text(0, 26, title, size=size, bold=True)
    canvas.line([(0, 12), (wide, 12)], colour=LIGHT["ink"], width=1.4)
    y = 0.0
    for name, boxes in rows:
        canvas.text(0, y, name, size=9)
        y -= LINE if narrow else 0
        x = names
        for tokens, new in boxes:
            text = tuple_text(tokens)
            step = rich_width(text, size=9, bold=new)
            if x > names and x + step > wide:
                x, y = names, y - LINE
            canvas.rich(x, y, text, size=9, bold=new, colour=LIGHT["ink"] if new else QUIET)
            if new:
                canvas.line([(x, y - 5.5), (x + step, y - 5.5)], colour=LIGHT["ink"], width=0.9)
            x += step + GAP
        canvas.line([(0, y - 8.5), (wide, y - 8.5)], colour=LIGHT["line"], width=0.6, z=1)
        y -= LINE + 4
    canvas.rich(0, y - 2, foot, size=8, colour=QUIET)
    return canvas.finish()
