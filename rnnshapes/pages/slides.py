"""Slides of a lecture: one file that opens without a network, made by reveal.js from the notebook as it ran.

The lecture is cut by itself: a new slide at each heading, a question with its code on one slide, what it shows with the
next key. Heights are estimated here, in pixels of a slide of 1280×720; the page itself shrinks what is still too tall.
"""

from __future__ import annotations

import base64
import itertools
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rnnshapes import files
from rnnshapes.draw.picture import DPI
from rnnshapes.pages.execute import Executed
from rnnshapes.pages.page import SLIDES, asset, lecture_words, render
from rnnshapes.pages.pieces import Piece, first_line, output_text, take_apart
from rnnshapes.pages.wall import for_a_wall

ROOM = 620
"""What fits on a slide, without its margins."""
PROSE = 480
"""Text alone fills less of it: nobody reads a full page from the back row."""
SQUEEZED = 690
"""What fits with somewhat smaller letters."""
HEADED = 180
"""A slide with hardly more than its heading and a sentence."""
LETTER = 28
"""Size of the letters."""
LETTERS = 80
"""Letters in a line of text."""


@dataclass
class Slide:
    """One slide: pieces under their section's heading, which stands small on top where it is not one of them."""

    section: str
    pieces: list[Piece] = field(default_factory=list)
    height: float = 0
    waits_before: int | None = None
    """The place of the piece that appears with a key, and all after it."""

    @property
    def starts_section(self) -> bool:
        return bool(self.pieces) and self.pieces[0].kind == "heading"


def write_slides(root: Path, lectures: list[Executed]) -> Iterator[Path]:
    """Write slides/NN_name.html for lectures that have run, and yield the paths."""
    for one in lectures:
        title, idea = lecture_words(root, one.lesson)
        path = root / SLIDES / f"{one.lesson}.html"
        files.write_file(
            path, lecture_slides(one.notebook, number=one.lesson[:2], title=title, idea=idea).encode("utf-8")
        )
        yield path


def lecture_slides(notebook: Any, *, number: str, title: str, idea: str) -> str:
    """Return the slides of a lecture that has run, as one page with all that it needs inside."""
    slides = cut(list(for_a_wall(take_apart(notebook))))
    cells = []
    for place, slide in enumerate(slides):
        following = slides[place + 1] if place + 1 < len(slides) else None
        for at, piece in enumerate(slide.pieces):
            piece.cell.metadata["slide"] = {
                "kind": piece.kind,
                "style": _style(piece),
                "stack": at == 0 and (place == 0 or slide.starts_section),
                "start": at == 0,
                "running": slide.section if at == 0 and not slide.starts_section else "",
                "wait": at == slide.waits_before,
                "end": at == len(slide.pieces) - 1,
                "waited": slide.waits_before is not None,
                "stack_end": following is None or following.starts_section,
            }
            cells.append(piece.cell)
    scripts = [asset("reveal/reveal.js"), asset("reveal/notes.js"), asset("templates/slides.js")]
    styles = [asset("reveal/reveal.css"), asset("templates/slides.css")]
    return render(cells, "slides", number=number, title=title, idea=idea, styles=styles, scripts=scripts)


def cut(pieces: list[Piece]) -> list[Slide]:
    """Return a lecture's pieces on slides, in their order, without the title.

    What belongs together is on one slide where there is room: a question, its code and what that shows.
    """
    title = next((first_line(piece.cell) for piece in pieces if piece.kind == "title"), "")
    slides = [Slide(title)]
    units = list(_units([piece for piece in pieces if piece.kind != "title"]))
    for unit, following in zip(units, [*units[1:], None], strict=True):
        if unit[0].kind == "heading":
            slides.append(Slide(first_line(unit[0].cell)))
        elif not _fits(slides[-1], unit, last=following is None or following[0].kind == "heading"):
            slides.append(Slide(slides[-1].section))
        # What is a little too tall gets smaller letters, rather than a heading a slide to itself.
        most = ROOM if slides[-1].height + sum(map(height, unit)) > SQUEEZED else SQUEEZED
        for place, piece in enumerate(unit):
            if slides[-1].height > HEADED and slides[-1].height + _shown_height(unit, place) > most:
                slides.append(Slide(slides[-1].section))
            _put(slides[-1], piece)
    return [slide for slide in slides if slide.pieces]


def _put(slide: Slide, piece: Piece) -> None:
    if piece.answer and slide.waits_before is None and slide.pieces and not slide.pieces[-1].answer:
        slide.waits_before = len(slide.pieces)
    slide.pieces.append(piece)
    slide.height += height(piece)


def _shown_height(unit: list[Piece], place: int) -> float:
    """Return a piece's height; for a cell's first output, that of all it shows: it stays together if it can."""
    if unit[place].kind != "code" and unit[place - 1].kind == "code":
        shown = list(itertools.takewhile(lambda piece: piece.kind != "code", unit[place:]))
        if (whole := sum(map(height, shown))) <= ROOM:
            return whole
    return height(unit[place])


def _fits(slide: Slide, unit: list[Piece], *, last: bool) -> bool:
    """Return whether a unit goes on a slide that has begun; `last` is the last one before a heading."""
    if any(piece.kind == "explorer" for piece in [*slide.pieces, unit[0]]):
        return not slide.pieces
    prose = all(piece.kind in ("heading", "text") for piece in [*slide.pieces, *unit])
    whole = sum(map(height, unit))
    if slide.height + whole <= (SQUEEZED if last else PROSE if prose else ROOM):
        return True
    if slide.height <= HEADED and slide.height + whole <= SQUEEZED:
        return True
    # Rather than leave a slide half empty, code may leave a figure to the next one, or what no slide can hold with it.
    asked = sum(height(piece) for piece in unit if piece.kind in ("question", "code"))
    apart = whole > ROOM or (unit[0].kind == "code" and any(piece.kind == "figure" for piece in unit))
    return apart and unit[0].kind in ("question", "code") and slide.height + asked <= ROOM * 0.75


def _units(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """Yield pieces that want to stand on one slide: question, code, first output; or code and its outputs."""
    unit: list[Piece] = []
    for piece in pieces:
        alone = piece.kind in ("heading", "text", "question", "explorer")
        begins = alone or (piece.kind == "code" and (not unit or unit[-1].kind not in ("code", "question")))
        if unit and begins:
            yield unit
            unit = []
        unit.append(piece)
        if piece.kind in ("heading", "text", "explorer"):
            yield unit
            unit = []
    if unit:
        yield unit


def height(piece: Piece) -> float:
    """Return how tall a piece will be on a slide, about.

    >>> from nbformat.v4 import new_markdown_cell
    >>> height(Piece("text", new_markdown_cell("One line.")))
    56.0
    """
    if piece.kind == "heading":
        return 80.0
    if piece.kind in ("text", "question"):
        return _text_height(piece.cell.source) + (24 if piece.kind == "question" else 0)
    if piece.kind == "explorer":
        return float(ROOM)
    if piece.kind == "figure":
        words = 0 if piece.page.startswith("<img") else len(output_text(piece.cell).split("\n")) * 38.0
        return words + _figure_height(piece)
    source = piece.cell.source if piece.kind == "code" else output_text(piece.cell)
    lines = source.rstrip("\n").split("\n")
    # As in slides.css: lines of more than 88 letters are set smaller, and wrap from 110 on.
    rows = sum(max(1, math.ceil(len(line) / 110)) for line in lines)
    smaller = min(1, max(0.8, 88 / max(1, *map(len, lines), 1)))
    return rows * 29.0 * smaller + (42 if piece.kind == "code" else 24)


def _text_height(source: str) -> float:
    lines = source.split("\n")
    if source.startswith("```"):
        return (len(lines) - 2) * 29.0 + 42
    if source.startswith("|"):
        return (len(lines) - 1) * 46.0 + 18
    if source.startswith("$$"):
        return 35.0 * source.count("$$") + 12
    shown = [re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", line) for line in lines]
    if source.startswith(("- ", "* ", "1. ")):
        items = re.split(r"\n(?=- |\* |\d+\. )", "\n".join(shown))
        return sum(math.ceil(len(item) / LETTERS) * 38.0 + 8 for item in items) + 18
    return math.ceil(len(" ".join(shown)) / LETTERS) * 38.0 + 18


def _figure_height(piece: Piece) -> float:
    """Return the least height at which a figure's letters can be read: its own, if the picture says how tall it is."""
    png = base64.b64decode(piece.cell.outputs[0].get("data", {}).get("image/png", ""))
    if png[12:16] != b"IHDR":
        return 300.0
    tall = int.from_bytes(png[20:24], "big") * 96 / DPI
    return min(max(tall, 240.0), 520.0)


def _style(piece: Piece) -> str:
    """Return what slides.css wants to know: how long the longest line is, or how tall a figure should be at least."""
    if piece.kind == "figure":
        return f"--tall: {_figure_height(piece) / LETTER:.1f}em"
    if piece.kind not in ("code", "output"):
        return ""
    source = piece.cell.source if piece.kind == "code" else output_text(piece.cell)
    return "--columns: " + str(max(map(len, source.split("\n"))))
