"""Lesson text in percent format: a file of `# %%` cells to cells, and a cell back to text.

jupytext reads the same files, but it does not give them back exactly: a `# %%` line inside a cell splits it,
a blank line at a cell's end is lost, and messages get no line numbers. `absorb` and `build` need all three,
so the format is read here; tests/test_build.py holds the two readings together on ordinary cells.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from typing import Any

KINDS = ("code", "markdown", "raw")
HEADER_KEYS = ("title", "points", "idea")

_MARK = re.compile(r"# %%(?:\s+(.*?))?\s*")
_ALMOST_MARK = re.compile(r"\s*(#\s*)+%%(\s|$)")
_MAGIC = re.compile(r"(# )*(%%?[A-Za-z]|![A-Za-z./~$\\{(])")
_OPTION = re.compile(r'\s*([A-Za-z_]\w*)=("[^"]*"|[^\s"]+)(?=\s|$)')
_KIND = re.compile(r"\[(\w+)\]")


@dataclass(frozen=True)
class Cell:
    """One cell: what it holds, its short keys, and where a message about it should point."""

    kind: str  # one of KINDS
    source: str
    keys: dict[str, str]
    where: str  # "lessons/01_rnn_shapes/assignment.py:12"
    text: str = ""  # as typed, from its "# %%" line up to the next one


@dataclass(frozen=True)
class Lesson:
    """A lesson's text, read: `head + "".join(cell.text for cell in cells)` is the file."""

    title: str
    points: Any  # as the header gives it; None when it doesn't
    cells: tuple[Cell, ...]
    where: str
    head: str
    problems: list[str] = field(default_factory=list)
    idea: str = ""  # what is built by hand, for the README's table


def parse(text: str, *, where: str) -> Lesson:
    """Read a lesson's text; what is wrong with its form is listed in `problems`, not raised.

    Returns: a Lesson whose cells' sources are what the notebook's cells will hold.

    >>> lesson = parse('# ---\\n# title: Axes\\n# ---\\n\\n# %% [markdown]\\n# Hello\\n', where="lecture.py")
    >>> lesson.title, lesson.cells[0].kind, lesson.cells[0].source, lesson.cells[0].where
    ('Axes', 'markdown', 'Hello', 'lecture.py:5')

    Source: jupytext's documentation, "The percent format".
    """
    lines = text.split("\n")
    marks = [i for i, line in enumerate(lines) if _MARK.fullmatch(line)]
    first = marks[0] if marks else len(lines)
    problems: list[str] = []
    header = _read_header(lines[:first], where=where, problems=problems)
    cells = []
    for start, end in zip(marks, [*marks[1:], len(lines)], strict=False):
        cell_where = f"{where}:{start + 1}"
        kind, keys = _read_mark(lines[start], where=cell_where, problems=problems)
        body = lines[start + 1 : end]
        read = _read_code if kind == "code" else _read_prose
        source = read(body, where=where, line=start + 2, problems=problems)
        if keys.get("newlines", "").isdigit():
            source += "\n" * int(keys["newlines"])
        typed = "\n".join(lines[start:end]) + ("\n" if end < len(lines) else "")
        cells.append(Cell(kind, source, keys, cell_where, typed))
    if not cells:
        problems.append(f"{where}:1: the file has no cells. Start one with '# %%' or '# %% [markdown]'.")
    head = "\n".join(lines[:first]) + ("\n" if first < len(lines) else "")
    title = header.get("title")
    title = "" if title is None else str(title)
    idea = " ".join(str(header.get("idea") or "").split())
    return Lesson(title, header.get("points"), tuple(cells), where, head, problems, idea)


def render(cell: Cell, *, mark: str | None = None) -> str:
    """Write one cell as text that `parse` reads back to exactly this cell, a blank line after it.

    `mark` is a `# %%` line to use as it is, so that the way somebody typed it survives.

    >>> print(render(Cell("code", "%pip list", {"readonly": "setup"}, "")), end="")
    # %% readonly="setup"
    # %pip list
    <BLANKLINE>
    """
    source, keys = cell.source, {k: v for k, v in cell.keys.items() if k != "newlines"}
    if cell.kind == "code":
        source = cell.source.rstrip("\n")
        body = [("# " + line) if _needs_escape(line) else line for line in source.split("\n")]
        if len(cell.source) > len(source):
            keys["newlines"] = str(len(cell.source) - len(source))
    else:
        body = [_comment(line) for line in source.split("\n")]
    if not source:
        body = []
    if mark is None or "newlines" in keys or "newlines=" in mark:
        mark = write_mark(cell.kind, keys)
    return "\n".join([mark, *body]) + "\n\n"


def write_mark(kind: str, keys: dict[str, str]) -> str:
    """Return the `# %%` line of a cell of this kind with these keys.

    >>> write_mark("code", {"test": "rnn_by_hand", "points": "4"})
    '# %% test="rnn_by_hand" points=4'
    """
    words = ["# %%"] + ([] if kind == "code" else [f"[{kind}]"])
    bare = ("points", "newlines")
    return " ".join(words + [f"{k}={v}" if k in bare else f'{k}="{v}"' for k, v in keys.items()])


def nearest(word: str, known: tuple[str, ...]) -> str:
    """Return "Did you mean 'x'? " for the nearest known word, or "" when none is near.

    >>> nearest("pionts", ("points", "answer"))
    "Did you mean 'points'? "
    """
    close = difflib.get_close_matches(word, known, n=1)
    return f"Did you mean {close[0]!r}? " if close else ""


def _read_header(lines: list[str], *, where: str, problems: list[str]) -> dict[str, Any]:
    import yaml

    fences = [i for i, line in enumerate(lines) if line.rstrip() == "# ---"]
    example = "Write '# ---', '# title: …', '# ---' at the top; an assignment also has '# points: …'."
    first = next((i for i, line in enumerate(lines) if line.strip()), None)
    if first is None or fences[:1] != [first]:
        problems.append(f"{where}:1: the header is missing. {example}")
        return {}
    if len(fences) < 2:
        problems.append(f"{where}:{first + 1}: the header has no end. {example}")
        return {}
    for i, line in enumerate(lines[fences[1] + 1 :], start=fences[1] + 2):
        if line.strip():
            problems.append(f"{where}:{i}: this line belongs to no cell. Put a '# %%' line above it.")
            break
    body = lines[first + 1 : fences[1]]
    try:
        header = yaml.safe_load("\n".join(line.removeprefix("#").removeprefix(" ") for line in body))
    except yaml.YAMLError as error:
        row = error.problem_mark.line if getattr(error, "problem_mark", None) else 0
        line = min(first + 2 + row, fences[1] + 1)
        problems.append(
            f"{where}:{line}: the header is not YAML ({getattr(error, 'problem', error)}). "
            "Put the value in double quotes."
        )
        return {"title": "unreadable"}
    if not isinstance(header, dict):
        problems.append(f"{where}:{first + 1}: the header is not 'key: value' lines. {example}")
        return {"title": "unreadable"}
    for key in header:
        if key not in HEADER_KEYS:
            row = next((i for i, line in enumerate(body) if line.lstrip("# ").startswith(f"{key}:")), 0)
            problems.append(
                f"{where}:{first + 2 + row}: unknown header key {key!r}. "
                f"{nearest(str(key), HEADER_KEYS)}The keys are: {', '.join(HEADER_KEYS)}."
            )
    if not header.get("title"):
        problems.append(f"{where}:{first + 1}: the header has no title. Add a line '# title: …'.")
    return header


def _read_mark(line: str, *, where: str, problems: list[str]) -> tuple[str, dict[str, str]]:
    rest, kind, keys = (_MARK.fullmatch(line)[1] or ""), "code", {}
    if bracket := _KIND.match(rest):
        kind, rest = bracket[1], rest[bracket.end() :]
        if kind not in KINDS:
            problems.append(
                f"{where}: unknown kind of cell [{kind}]. {nearest(kind, KINDS)}"
                "Write [markdown], [raw], or nothing for code."
            )
            kind = "code"
    while rest.strip():
        option = _OPTION.match(rest)
        if not option:
            problems.append(
                f"{where}: cannot read {rest.strip()!r}. Write key=\"value\" after the '# %%', "
                'as in answer="rnn_by_hand".'
            )
            break
        key, rest = option[1], rest[option.end() :]
        if key in keys:
            problems.append(f"{where}: the key {key!r} stands twice. Keep one.")
        keys[key] = option[2].strip('"')
    return kind, keys


def _read_code(body: list[str], *, where: str, line: int, problems: list[str]) -> str:
    source = []
    for i, typed in enumerate(body, start=line):
        if typed.startswith("# ") and _needs_escape(typed[2:]):
            source.append(typed[2:])
            continue
        if _ALMOST_MARK.match(typed):
            problems.append(
                f"{where}:{i}: {typed.strip()!r} is nearly the start of a cell. "
                "To start one, write '# %%' without spaces before it; to keep a comment, put "
                "'# ' before the line."
            )
        source.append(typed)
    return "\n".join(source).rstrip("\n")


def _read_prose(body: list[str], *, where: str, line: int, problems: list[str]) -> str:
    while body and body[-1] == "":
        body = body[:-1]
    source = []
    for i, typed in enumerate(body, start=line):
        if typed.startswith("#%%") or not (typed == "" or typed.startswith("#") or _bare_percent(typed)):
            problems.append(f"{where}:{i}: {typed.strip()!r} stands in a cell of prose. Start it with '# '.")
        source.append(typed if _bare_percent(typed) else typed.removeprefix("#").removeprefix(" "))
    return "\n".join(source)


def _needs_escape(line: str) -> bool:
    # Closed under putting "# " in front, so that taking one "# " off again is exact at any depth.
    return bool(_MAGIC.match(line) or _ALMOST_MARK.match(line))


def _bare_percent(line: str) -> bool:
    # "# %% x" would start a cell, so a line of prose "%% x" stands in the text as it is.
    return bool(re.match(r"%%(\s|$)", line))


def _comment(line: str) -> str:
    return line if _bare_percent(line) else f"# {line}" if line else "#"
