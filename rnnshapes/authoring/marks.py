"""The marks around solutions, hidden tests and mark schemes: what stands for one, and what almost does."""

from __future__ import annotations

import difflib
import re

MARKS = ("BEGIN SOLUTION", "END SOLUTION", "BEGIN HIDDEN TESTS", "END HIDDEN TESTS", "BEGIN MARK SCHEME",
         "END MARK SCHEME")  # fmt: skip
_LONGEST = 60
"""Characters of a line that may be a mark that somebody mistyped."""


def stands_for(line: str, mark: str) -> bool:
    """Say whether a line holds a mark, whatever its spaces, capitals, hyphens and underscores.

    >>> stands_for("###begin  Hidden-Tests", "BEGIN HIDDEN TESTS"), stands_for("begin", "BEGIN HIDDEN TESTS")
    (True, False)
    """
    wanted = _letters(mark)
    return bool(wanted) and wanted.removesuffix("s") in _letters(line)


def almost_a_mark(line: str) -> str:
    """Return the mark that a line was meant to be and nbgrader would not read; "" for any other line.

    >>> almost_a_mark("### BEGIN HIDDEN TEST"), almost_a_mark("#begin hidden  tests"), almost_a_mark("# hidden tests")
    ('BEGIN HIDDEN TESTS', 'BEGIN HIDDEN TESTS', '')
    """
    if len(line) > _LONGEST or any(mark in line for mark in MARKS):
        return ""
    found = re.fullmatch(r"\s*(?:#|//|--|<!--|=)[#=/<!\s-]*([A-Za-z_\s-]+?)[\s#=:.>-]*", line)
    if found is None:
        return ""
    letters = _letters(found[1])
    known = {_letters(mark): mark for mark in MARKS}
    known |= {_letters(" ".join([*mark.split()[1:], mark.split()[0]])): mark for mark in MARKS}  # "HIDDEN TESTS BEGIN"
    close = difflib.get_close_matches(letters, known, n=1, cutoff=0.9)
    return known[close[0]] if close else ""


def _letters(text: str) -> str:
    return re.sub(r"[\s_-]+", "", text).casefold()
