"""A lecture taken to pieces: headings, text, questions, code, what it shows, and which of them are an answer.

A lecture asks for a guess with the word **Predict:** and answers in the cells below. On a page or a wall the answer
would be seen together with the question, so the pieces say what belongs to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from rnnshapes.authoring.keys import GENERATED
from rnnshapes.grading.feedback.cut import whole_streams

QUESTION = "**Predict:**"
_BADGE = re.compile(r"\[!\[([^\]]*)\]\([^)]*\)\]")


@dataclass(frozen=True)
class Piece:
    """A part of a lecture: `kind` is title, heading, text, question, code, output, figure or explorer.

    `cell` is the notebook cell that shows this part and nothing else. `answer` counts the question that it answers,
    from 1; 0 if it answers none.
    """

    kind: str
    cell: Any
    answer: int = 0

    @property
    def page(self) -> str:
        """The HTML that an output shows, if it does."""
        return "".join(self.cell.outputs[0].get("data", {}).get("text/html", "")) if self.cell.get("outputs") else ""


def take_apart(notebook: Any) -> list[Piece]:
    """Return a lecture's pieces, in order; the notebook stays as it is.

    What answers a question: the output of the code below it and all that follows, up to the end of the first Markdown
    cell, to a heading, or to the next question.

    >>> from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
    >>> out = new_output("stream", text="(4, 2)")
    >>> texts = ["# Box\\n\\nSee:\\n\\n**Predict:** the shape?", "Four by two.\\n\\n## Next"]
    >>> cells = [new_markdown_cell(texts[0]), new_code_cell("X.shape", outputs=[out]), new_markdown_cell(texts[1])]
    >>> [(piece.kind, piece.answer) for piece in take_apart(new_notebook(cells=cells))]
    [('title', 0), ('text', 0), ('question', 0), ('code', 0), ('output', 1), ('text', 1), ('heading', 0)]
    """
    pieces: list[Piece] = []
    questions, answering = 0, False
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for piece in _markdown_pieces(cell):
                if piece.kind in ("title", "heading", "question"):
                    answering = False
                pieces.append(replace(piece, answer=questions if answering else 0))
            # A question is open at the end of its cell; the next cell of text ends the answer.
            answering = bool(pieces) and pieces[-1].kind == "question"
            questions += answering
        elif cell.cell_type == "code" and cell.get("id") != GENERATED and not _is_guess(cell):
            for piece in _code_pieces(cell):
                hidden = answering and (piece.kind != "code" or bool(pieces[-1].answer))
                pieces.append(replace(piece, answer=questions if hidden else 0))
    return pieces


def _is_guess(cell: Any) -> bool:
    """A cell to type a guess into, which nobody can do on a page or a wall: `my_guess = None  # type yours`."""
    return "# type " in cell.source and "None" in cell.source and not cell.get("outputs")


def _markdown_pieces(cell: Any) -> Iterator[Piece]:
    kind = "text"
    for block in blocks(cell.source):
        block = _BADGE.sub(r"[\1]", block)  # a badge is a picture from another host: its words do
        if found := re.match(r"(#{1,6}) ", block):
            kind = "title" if len(found[1]) == 1 else "heading"
        elif QUESTION in block:
            kind = "question"
        elif kind != "question":  # what stands below a question in its cell belongs to it
            kind = "text"
        part = deepcopy(cell)
        part.source = block
        yield Piece(kind, part)


def blocks(source: str) -> list[str]:
    """Return Markdown cut at blank lines, though not inside fences.

    >>> blocks("# A\\n\\none\\ntwo\\n\\n```text\\nx\\n\\ny\\n```")
    ['# A', 'one\\ntwo', '```text\\nx\\n\\ny\\n```']
    """
    found: list[list[str]] = [[]]
    fenced = False
    for line in source.split("\n"):
        if line.lstrip().startswith("```"):
            fenced = not fenced
        if line.strip() or fenced:
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [_one_by_one("\n".join(lines)) for lines in found if lines]


def _one_by_one(block: str) -> str:
    r"""Return formulas that stand side by side below each other: a phone or a slide may be too narrow for both.

    >>> _one_by_one(r"$$a \qquad b$$")
    '$$a$$\n\n$$b$$'
    """
    inside = block.removeprefix("$$").removesuffix("$$")
    if len(inside) != len(block) - 4 or r"\begin" in block:
        return block
    return "\n\n".join(f"$${part.strip()}$$" for part in inside.split(r"\qquad"))


def _code_pieces(cell: Any) -> Iterator[Piece]:
    code = deepcopy(cell)
    code.outputs = []
    yield Piece("code", code)
    for output in whole_streams(deepcopy(cell.outputs)):
        shown = deepcopy(cell)
        shown.outputs = [output]
        shown.metadata["transient"] = {"remove_source": True}  # nbconvert's word for "the output alone"
        piece = Piece("output", shown)
        if '<script type="module">' in piece.page:
            yield replace(piece, kind="explorer")
        elif "<img" in piece.page or "image/png" in output.get("data", {}):
            yield replace(piece, kind="figure")
        else:
            yield piece


def first_line(cell: Any) -> str:
    """Return a heading's words without their marks.

    >>> from nbformat.v4 import new_markdown_cell
    >>> first_line(new_markdown_cell("## The `@` sign"))
    'The @ sign'
    """
    return cell.source.split("\n")[0].lstrip("# ").replace("`", "").replace("*", "").strip()


def output_text(cell: Any) -> str:
    """Return an output's plain text."""
    output = cell.outputs[0]
    text = output.get("text") or output.get("data", {}).get("text/plain") or "\n".join(output.get("traceback", []))
    return "".join(text)
