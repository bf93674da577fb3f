"""How wide a text is, in points, and lines with coloured letters in them."""

import re
from functools import lru_cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from rnnshapes.sizes import COLOURS

INK, QUIET, WRONG = "#1a1a1a", "#595959", "#b00020"
DIMENSION, VALUE = 11.0, 9.0  # font sizes

# Markup of a rich line: `mono`, ~D~ (a letter struck out), and the five letters wherever they stand alone.
_MARKUP = re.compile(r"`([^`]+)`|~(M[12]|[234]?[NTDMK])~|(?<![\w.])(M[12]|[234]?[NTDMK])(?![\w'’/])")


@lru_cache(maxsize=4096)
def text_width(text: str, *, size: float = VALUE, bold: bool = False, mono: bool = False) -> float:
    """Return how far a text advances, spaces at its ends included, in points."""
    face = font(size, bold, mono)
    # matplotlib measures ink; between two bars that is the advance
    framed, bars = (text_to_path.get_text_width_height_descent(t, face, False)[0] for t in (f"|{text}|", "||"))
    return framed - bars


def rich_width(line: str, *, size: float = VALUE, bold: bool = False) -> float:
    """Return how wide a line with markup is, in points."""
    return sum(
        text_width(text, size=size, bold=strong, mono=mono) for text, _, strong, mono, _ in rich_parts(line, INK, bold)
    )


def rich_parts(line: str, colour: str, bold: bool) -> list[tuple[str, str, bool, bool, bool]]:
    """Return (text, colour, bold, mono, struck out) for each part of a line with markup."""
    parts, position = [], 0
    for match in _MARKUP.finditer(line):
        parts.append((line[position : match.start()], colour, bold, False, False))
        mono, struck, letter = match.groups()
        if mono:
            parts.append((mono, colour, bold, True, False))
        else:
            token = struck or letter
            parts.append((token, COLOURS.get(token) or COLOURS[token[-1]], True, False, bool(struck)))
        position = match.end()
    parts.append((line[position:], colour, bold, False, False))
    return [part for part in parts if part[0]]


def font(size: float, bold: bool, mono: bool) -> FontProperties:
    return FontProperties(
        family="DejaVu Sans Mono" if mono else "DejaVu Sans", size=size, weight="bold" if bold else "normal"
    )
