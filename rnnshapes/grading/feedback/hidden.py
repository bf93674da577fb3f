"""Which lines of a notebook are hidden from students, whether a text gives one away, and where a test failed."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

from rnnshapes.authoring.marks import stands_for

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_ARROW = re.compile(r"^\s*-+>\s*(\d+)(?:\s(.*))?$", re.MULTILINE)
SHORTEST = 6
"""A hidden line of fewer characters (`x = 1`) says nothing, and occurs by chance."""


@dataclass(frozen=True)
class Delimiters:
    """The words that mark hidden tests and mark schemes, as nbgrader is set up."""

    begin_tests: str = "BEGIN HIDDEN TESTS"
    end_tests: str = "END HIDDEN TESTS"
    begin_scheme: str = "BEGIN MARK SCHEME"
    end_scheme: str = "END MARK SCHEME"

    @classmethod
    def from_config(cls, config: Any) -> Delimiters:
        """Return the delimiters of nbgrader's configuration (ClearHiddenTests and ClearMarkScheme)."""
        tests, scheme, usual = config.get("ClearHiddenTests", {}), config.get("ClearMarkScheme", {}), cls()
        return cls(  # "delimeter" is nbgrader's spelling
            str(tests.get("begin_test_delimeter", usual.begin_tests)),
            str(tests.get("end_test_delimeter", usual.end_tests)),
            str(scheme.get("begin_mark_scheme_delimeter", usual.begin_scheme)),
            str(scheme.get("end_mark_scheme_delimeter", usual.end_scheme)),
        )


def split(source: str, begin: str, end: str, *, instead: str) -> tuple[str, list[int]]:
    """Return the source with `instead` in place of each hidden part, and the numbers of the lines taken out, from 1.

    The marks may have any spaces and capitals: what an instructor typed as hidden is hidden, though nbgrader would not.
    A part that never ends reaches to the last line; an end without a beginning takes out all lines before it. So a
    broken mark never shows anything.

    >>> split("a\\n### BEGIN\\nb\\n### END\\nc", "BEGIN", "END", instead="# (hidden)")
    ('a\\n# (hidden)\\nc', [2, 3, 4])
    """
    kept: list[str] = []
    out: list[int] = []
    inside = False
    for number, line in enumerate(source.split("\n"), 1):
        ends = stands_for(line, end)
        if not inside and stands_for(line, begin):
            inside = True
            kept.append(instead)
        if not inside and ends:  # what came before may be all hidden
            kept, out = [instead], list(range(1, number))
        if inside or ends:
            out.append(number)
        else:
            kept.append(line)
        if ends:
            inside = False
    return "\n".join(kept), out


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
