"""The message in place of a failed test's output: what a student may know of it, and how it looks."""

from __future__ import annotations

import builtins
import html
import re
from typing import Any

from rnnshapes.grading.feedback.hidden import Secrets, pointed_lines, raised_at
from rnnshapes.grading.feedback.sanitise import plain_text
from rnnshapes.judge.card import FORMULA, ROWS, card, coloured, coloured_formula, table

LONGEST = 8_000
"""Characters of a message."""
HIDDEN_FAILED = (
    "A hidden test failed here.\n  Try  Run the check above on your answer, and call it with other sizes too."
)


def student_message(cell: Any, source: str, out: list[int], secrets: Secrets) -> str:
    """Return the text for the student about a test cell, "" if there is nothing to say.

    `source` is the whole cell, `out` the numbers of its hidden lines, `secrets` the hidden lines of the notebook.
    """
    own = cell.metadata.get("rnnshapes", {})
    given = own.get("student_message") if isinstance(own, dict) else None
    if isinstance(given, str) and given.strip():
        return _tidy(given)
    error = next((output for output in cell.get("outputs", []) if output.output_type == "error"), None)
    if error is None:
        return ""
    traceback = [str(line) for line in error.get("traceback", [])]
    kind, said = str(error.get("ename", "")), str(error.get("evalue", "")).strip()
    if kind == "WrongAnswer" and not pointed_lines(traceback) and not secrets.within(said):
        return _tidy(said)
    line = raised_at(source, traceback)
    deeper_hidden = any(secrets.within(code) for code in pointed_lines(traceback)) or secrets.within(said)
    if line is None or line in out or deeper_hidden:
        return _neutral(kind)
    code = source.split("\n")[line - 1].strip()
    if kind == "AssertionError":
        return _tidy(said or f"This does not hold: {code}")
    return _tidy(f"{kind}: {said}\n  Got  {kind} in the line  {code}")


def _neutral(kind: str) -> str:
    """Say that a hidden test failed. The exception's name helps, if it is Python's own: another may be a message."""
    known = getattr(builtins, kind, None)
    if kind == "AssertionError" or not (isinstance(known, type) and issubclass(known, Exception)):
        return HIDDEN_FAILED
    headline, rest = HIDDEN_FAILED.split("\n", 1)
    names = " Is every name of the answer there, spelled as in the task?" if kind == "NameError" else ""
    return f"{headline}\n  Got  {kind}\n{rest}{names}"


def _tidy(text: str) -> str:
    """Return the text without colours, and not longer than a message may be."""
    text = plain_text(text).replace("\r", "")
    text = re.sub(r"\x1b\[[0-9;]*m", "", text).strip()
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… ({len(text) - LONGEST:,} characters left out)"


def message_output(message: str) -> Any:
    """Return a notebook output that shows a message as the checks show theirs: headline, got, expected, try."""
    from nbformat.v4 import new_output

    return new_output("display_data", {"text/plain": f"✗ {message}", "text/html": _message_html(message)})


_ROW = re.compile(rf"^\s*({'|'.join(ROWS)})\s+(.*)$")


def parts(message: str) -> tuple[str, list[tuple[str, str]]]:
    """Return a message's headline, and its rows: got, expected, recognised, try.

    >>> parts("Not yet.\\n  Got  (3,)\\n       = (D,)\\n  Try  Count again.")
    ('Not yet.', [('Got', '(3,)\\n= (D,)'), ('Try', 'Count again.')])
    """
    headline, *more = message.split("\n")
    rows: list[tuple[str, str]] = []
    for line in more:
        found = _ROW.match(line)
        if found:
            rows.append((found[1], found[2]))
        elif line.strip() and rows:
            rows[-1] = (rows[-1][0], f"{rows[-1][1]}\n{line.strip()}")
        elif line.strip():
            headline += "\n" + line.strip()
    return headline, rows


def _message_html(message: str) -> str:
    headline, rows = parts(message)
    cells = [(label, coloured_formula(text) if label == FORMULA else coloured(text)) for label, text in rows]
    return card(f'<b style="white-space: pre-wrap">✗ {html.escape(headline)}</b>{table(cells)}')
