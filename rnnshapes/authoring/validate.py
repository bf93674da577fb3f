"""What nbgrader's Validate shows of a failed test: what came out and what to try, in place of a traceback."""

from __future__ import annotations

import re
from typing import Any

ANSI = re.compile(r"\x1b\[[0-9;]*m")
FRAME = re.compile(r"Cell In\[\d+\], line (?P<line>\d+), in (?P<function>\w+)")  # a test's own frame has no function
ARROW = re.compile(r"^-+> \d+ +(?P<code>.*)", re.MULTILINE)
CHECK = "Try  Run the check above this test: it says what was expected and what to try."
WRITE = "Try  Type your answer in place of `raise NotImplementedError()`, and run the check under it."


def shorten_failure(*, cell: Any, cell_index: int, execute_reply: dict[str, Any]) -> None:
    """Replace the traceback in a failed test's output by got / at / try, in place.

    nbclient calls it after each error (`c.Execute.on_cell_error` in nbgrader_config.py). Only tests are shortened.

    Source: nbclient's reference, "Hooks before and after notebook or cell execution".
    """
    if not cell.metadata.get("nbgrader", {}).get("grade"):
        return
    for output in cell.outputs:
        if output.output_type == "error":
            output.traceback = [failure_words(output.ename, output.evalue, output.traceback)]


def failure_words(name: str, message: str, traceback: list[str]) -> str:
    r"""Return what a failed test says: what it got, the line of the student's function if it stopped there, and a try.

    >>> print(failure_words("AssertionError", "Got the shape (7, 5), expected (T, K) = (7, 2)", []))
    Got  the shape (7, 5), expected (T, K) = (7, 2)
    Try  Run the check above this test: it says what was expected and what to try.
    >>> frames = ["Cell In[9], line 2\n----> 2 f(x)", "Cell In[3], line 4, in f(x)\n----> 4 return x @ y"]
    >>> print(*failure_words("ValueError", "matmul: no scalars", frames).splitlines()[:2], sep="\n")
    Got  ValueError: matmul: no scalars
    At   f, line 4: return x @ y
    >>> failure_words("NotImplementedError", "", frames).splitlines()[0]
    'Got  nothing yet: f still raises NotImplementedError.'
    """
    frames = [plain for plain in (ANSI.sub("", part) for part in traceback) if FRAME.match(plain)]
    deepest = FRAME.match(frames[-1]) if frames else None
    if name == "NotImplementedError":
        who = deepest["function"] if deepest else "your answer"
        return f"Got  nothing yet: {who} still raises NotImplementedError.\n{WRITE}"
    if name == "AssertionError":  # the test's own words: some begin with what they got
        got = f"Got  {message[4:]}" if message.startswith("Got ") else message
        return f"{got or 'Got  something else than this test expects.'}\n{CHECK}"
    lines = [f"Got  {name}: {message}".rstrip(": ")]
    if deepest:
        code = ARROW.search(frames[-1])
        lines.append(f"At   {deepest['function']}, line {deepest['line']}" + (f": {code['code']}" if code else ""))
    return "\n".join([*lines, CHECK])
