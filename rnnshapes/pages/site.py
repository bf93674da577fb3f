"""A static site of lectures: an index, a page for each, one stylesheet; from a folder as well as from a server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rnnshapes import files
from rnnshapes.pages.execute import Executed
from rnnshapes.pages.page import SITE, asset, lecture_words, render
from rnnshapes.pages.pieces import Piece, first_line, take_apart


def write_site(root: Path, lectures: list[Executed]) -> Iterator[Path]:
    """Write site/ for lectures that have run, and yield the paths; the index is last."""
    names = [one.lesson for one in lectures]
    words = {lesson: lecture_words(root, lesson) for lesson in names}
    folder = root / SITE
    files.write_file(folder / "style.css", asset("templates/style.css").encode("utf-8"))
    for before, one, after in zip([None, *names[:-1]], lectures, [*names[1:], None], strict=True):
        page = lecture_page(
            one.notebook,
            title=words[one.lesson][0],
            before=before and (before, words[before][0]),
            after=after and (after, words[after][0]),
        )
        files.write_file(folder / f"{one.lesson}.html", page.encode("utf-8"))
        yield folder / f"{one.lesson}.html"
    files.write_file(folder / "index.html", index_page(words).encode("utf-8"))
    yield folder / "index.html"


def lecture_page(
    notebook: Any, *, title: str, before: tuple[str, str] | None = None, after: tuple[str, str] | None = None
) -> str:
    """Return the page of a lecture that has run; `before` and `after` are the neighbours' (name, title).

    An answer is folded away under its question; it opens without scripts, and is open on paper.
    """
    pieces = take_apart(notebook)
    cells, sections = [], []
    for number, (piece, following) in enumerate(zip(pieces, [*pieces[1:], None], strict=True)):
        mark: dict[str, Any] = {"kind": piece.kind}
        if piece.answer and piece.answer != _answer(pieces[number - 1]):
            mark["opens"] = True
        if piece.answer and piece.answer != _answer(following):
            mark["closes"] = True
        if piece.kind == "heading":
            words = first_line(piece.cell)
            mark["id"] = re.sub(r"\W+", "-", words.lower()).strip("-")
            sections.append((mark["id"], words))
        piece.cell.metadata["page"] = mark
        cells.append(piece.cell)
    return render(cells, "page", title=title, sections=sections, before=before, after=after)


def _answer(piece: Piece | None) -> int:
    return piece.answer if piece else 0


def index_page(words: dict[str, tuple[str, str]]) -> str:
    """Return the site's first page; `words` gives each lesson's (title, idea)."""
    from jinja2 import Environment

    template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
        asset("templates/index.html")
    )
    return template.render(lessons=[(lesson, *both) for lesson, both in words.items()])
