"""The marks around solutions, hidden tests and mark schemes: what stands for one, and what almost does."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Any

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


def split(source: str, begin: str, end: str, *, instead: str = "") -> tuple[str, list[int]]:
    """Return the source with `instead` in place of each hidden part, and the numbers of the lines taken out, from 1.

    The marks may have any spaces and capitals: what an instructor typed as hidden is hidden, though nbgrader would not.
    A part that never ends reaches to the last line; an end without a beginning takes out all lines before it. So a
    broken mark never shows anything.

    >>> split("a\\n### BEGIN\\nb\\n### END\\nc", "BEGIN", "END", instead="# (hidden)")
    ('a\\n# (hidden)\\nc', [2, 3, 4])
    """
    kept: list[str] = []
    out: list[int] = []
    place, inside = [instead] if instead else [], False
    for number, line in enumerate(source.split("\n"), 1):
        ends = stands_for(line, end)
        if not inside and stands_for(line, begin):
            inside = True
            kept += place
        if not inside and ends:  # what came before may be all hidden
            kept, out = place.copy(), list(range(1, number))
        if inside or ends:
            out.append(number)
        else:
            kept.append(line)
        if ends:
            inside = False
    return "\n".join(kept), out


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
