"""Outputs cut to a size that a page can hold; each cut says how much is left out."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from rnnshapes.grading.feedback.safe_markdown import is_plain, one_line

LONGEST_TEXT = 20_000
"""Characters of printed text in one output."""
LONGEST_OUTPUT = 1_000_000
"""Characters of one output with its pictures."""
LONGEST_NOTEBOOK = 5_000_000
"""Characters of all outputs of a notebook."""
LONGEST_SOURCE = 100_000
MOST_OUTPUTS = 50


def joined(value: Any) -> str:
    """Return text that a notebook file keeps as one string or as a list of lines."""
    return "".join(map(str, value)) if isinstance(value, list) else str(value)


def cut(text: str, longest: int) -> str:
    """Return `text`, or its first `longest` characters and how many were left out.

    >>> cut("1234567", 3)
    '123\\n… (4 characters left out)'
    """
    left_out = len(text) - longest
    return text if left_out <= 0 else f"{text[:longest]}\n… ({left_out:,} characters left out)"


def cut_to_size(nb: Any) -> Any:
    """Cut the outputs of a notebook to what a page can hold, first come first kept; messages to the student stay."""
    left = LONGEST_NOTEBOOK
    for cell in nb.cells:
        if cell.cell_type != "code" or cell.metadata.get("rnnshapes"):
            continue
        outputs = whole_streams(cell.outputs)
        kept = []
        for output in outputs[:MOST_OUTPUTS]:
            output = _cut_output(output)
            size = len(str(output))
            if size > left:
                output = note(f"({size:,} characters left out: all outputs together are larger than a page can hold.)")
            left -= len(str(output))
            kept.append(output)
        if len(outputs) > MOST_OUTPUTS:
            kept.append(note(f"({len(outputs) - MOST_OUTPUTS} more outputs left out.)"))
        cell.outputs = kept
    return nb


def whole_streams(outputs: list[Any]) -> list[Any]:
    """Join what was printed in many small pieces."""
    whole = []
    for name, group in groupby(outputs, lambda output: output.get("name") if output.output_type == "stream" else None):
        if name is None:
            whole.extend(group)
        else:
            pieces = list(group)
            pieces[0].text = "".join(joined(piece.text) for piece in pieces)
            whole.append(pieces[0])
    return whole


def _cut_output(output: Any) -> Any:
    if output.output_type == "stream":
        output.text = cut(output.text, LONGEST_TEXT)
    elif output.output_type == "error":
        output.evalue = cut(joined(output.get("evalue", "")), 2_000)
        output.traceback = cut("\n".join(map(str, output.get("traceback", []))), LONGEST_TEXT).split("\n")
    else:
        data = output.get("data", {})
        sizes = {kind: len(joined(value)) for kind, value in data.items()}
        for kind in [kind for kind, size in sizes.items() if size > LONGEST_OUTPUT]:
            data.pop(kind)
            data.setdefault("text/plain", f"({kind}: {sizes[kind]:,} characters left out.)")
        data["text/plain"] = cut(joined(data.get("text/plain", "")), LONGEST_TEXT)
        if "text/latex" in data and "text/html" not in data:  # Markdown's formulas need no script
            formula = data.pop("text/latex")
            data["text/markdown"] = formula if is_plain(formula) else one_line(formula)
    return output


def note(text: str) -> Any:
    """Return an output that says something in place of another."""
    from nbformat.v4 import new_output

    return new_output("display_data", {"text/plain": text})
