"""What only makes sense in a notebook, taken out of a lecture's pieces: a slide has no next cell, no guess to type."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import replace

from rnnshapes.pages.pieces import Piece

_CLAUSE = re.compile(r",?\s+before\s+you\s+run\s+the\s+(?:next\s+)?cell")
_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-Z*`])")
_AT_THE_KEYS = re.compile(r"Shift\s*\+\s*Enter|type your guess|run (?:the|this) (?:next )?cell", re.I)
_PLACE = re.compile(r"^\w+(?: = \w+)* = .*\bNone\b.*# type .*\n?", re.M)
_MORE_PLACES = re.compile(r"^\w+ = None\n?", re.M)
_SAYS_GUESS = re.compile(r'^print\("your guess:"(?:, (?:[\w.]+|"\+"))*\)\n?', re.M)
_ALSO_SAYS_GUESS = re.compile(r'^print\("your guess:"(?:, [\w.]+)+, "\s*', re.M)
_GUESS = re.compile(r"^your guess: .*?(?: {2,}|\n|\Z)", re.M)


def for_a_wall(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield a lecture's pieces without words about cells and keys, places for a guess, and guesses that nobody made.

    >>> from nbformat.v4 import new_code_cell, new_markdown_cell
    >>> texts = ["Read it, then press Shift + Enter. A box has axes.", "How many, before you run the next cell?"]
    >>> pieces = [Piece("text", new_markdown_cell(text)) for text in texts]
    >>> pieces.append(Piece("code", new_code_cell("my_guess = None  # type yours")))
    >>> [piece.cell.source for piece in for_a_wall(pieces)]
    ['A box has axes.', 'How many?']
    """
    for piece in pieces:
        cell = deepcopy(piece.cell)
        if piece.kind in ("text", "question"):
            cell.source = _without_keys(cell.source)
        elif piece.kind == "code":
            cell.source = _without_guess(cell.source)
        elif piece.kind == "output" and cell.outputs[0].get("name") == "stdout":
            cell.outputs[0]["text"] = _GUESS.sub("", "".join(cell.outputs[0]["text"]))
            if not cell.outputs[0]["text"].strip():
                continue
        if cell.source.strip() or piece.kind not in ("text", "question", "code"):
            yield replace(piece, cell=cell)


def _without_keys(text: str) -> str:
    """Return Markdown without sentences about cells and keys; lists, tables and code stay as they are."""
    if re.match(r"\s*(?:[-*|]|\d+\.) |```|    ", text):
        return text
    flowing = _CLAUSE.sub("", text)
    if not _AT_THE_KEYS.search(flowing):
        return flowing
    return " ".join(one for one in _SENTENCE.split(flowing) if not _AT_THE_KEYS.search(" ".join(one.split())))


def _without_guess(code: str) -> str:
    if _PLACE.search(code):
        code = _MORE_PLACES.sub("", _PLACE.sub("", code))
    return _SAYS_GUESS.sub("", _ALSO_SAYS_GUESS.sub('print("', code)).rstrip("\n")
