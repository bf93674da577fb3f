"""Which lines of a notebook are hidden from students, whether a text gives one away, and where a test failed."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_ARROW = re.compile(r"^\s*-+>\s*(\d+)(?:\s(.*))?$", re.MULTILINE)
SHORTEST = 6
"""A hidden line of fewer characters (`x = 1`) says nothing, and occurs by chance."""


@dataclass(frozen=True)
class Secrets:
    """The hidden lines of a whole notebook."""

    lines: frozenset[str] = frozenset()

    @classmethod
    def of(cls, hidden: list[str], shown: list[str]) -> Secrets:
        """Return the lines that are hidden and nowhere shown."""
        seen = {line.strip() for source in shown for line in source.split("\n")}
        wanted = {line.strip() for line in hidden} - seen
        return cls(frozenset(line for line in wanted if len(line) >= SHORTEST and re.search(r"\w", line)))

    def within(self, text: str) -> bool:
        """Return True if one of the lines stands in `text`, be it coloured, in HTML or in a repr."""
        if not self.lines:
            return False
        plain = _COLOUR.sub("", text)
        tried = {plain, plain.replace("\\", ""), html.unescape(re.sub(r"<[^<>]*>", "", plain))}
        return any(line in form for form in tried for line in self.lines)


def raised_at(source: str, traceback: list[str]) -> int | None:
    """Return the number of the line of the cell `source` that an IPython traceback points at first; None if unsure.

    >>> raised_at("x = 1\\nassert x == 2", ["Cell In[3], line 2\\n      1 x = 1\\n----> 2 assert x == 2"])
    2
    """
    found = _ARROW.search(_COLOUR.sub("", "\n".join(traceback)))
    lines = source.split("\n")
    if not found or not 1 <= int(found[1]) <= len(lines):
        return None
    return int(found[1]) if lines[int(found[1]) - 1].strip() == (found[2] or "").strip() else None


def pointed_lines(traceback: list[str]) -> list[str]:
    """Return the lines of code that the frames of an IPython traceback point at, outermost first."""
    return [found[2] or "" for found in _ARROW.finditer(_COLOUR.sub("", "\n".join(traceback)))]
