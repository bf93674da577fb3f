"""What a student calls a task: the heading above it, where a notebook's metadata have a key."""

from __future__ import annotations

import html
import re
from typing import Any


def task_titles(nb: Any) -> dict[str, str]:
    """Return what a student calls each graded cell, by its grade_id: the heading above it, and its part if it has any.

    >>> from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
    >>> answer, one, two = (
    ...     new_code_cell(metadata={"nbgrader": {"grade_id": key, "solution": key == "h", "grade": key != "h"}})
    ...     for key in ("h", "test_h", "test_h_at_once")
    ... )
    >>> task_titles(new_notebook(cells=[new_markdown_cell("Hi\\n## 3. The `loop`"), answer, one, two]))
    {'test_h': '3. The loop', 'test_h_at_once': '3. The loop: at once'}
    """
    titles: dict[str, str] = {}
    heading, answers = "", []
    for cell in nb.cells:
        if cell.cell_type == "markdown":
            found = _HEADING.findall(_TAG.sub("\n## ", cell.source.replace("&#10;", "\n")))
            heading = re.sub(r"[`*]|<[^<>]*>", "", html.unescape(found[-1])).strip()[:100] if found else heading
        grader = cell.metadata.get("nbgrader", {})
        key = str(grader.get("grade_id", ""))
        if grader.get("solution") and not grader.get("grade"):
            answers.append(key)
        if grader.get("grade") or grader.get("task"):
            tail = key.removeprefix("test_")
            answer = max((name for name in answers if tail.startswith(f"{name}_")), key=len, default="")
            part = tail.removeprefix(f"{answer}_").replace("_", " ") if answer and tail not in answers else ""
            titles[key] = (f"{heading}: {part}" if part else heading) or key
    return titles


_HEADING = re.compile(r"^#{1,4} +(.+?)\s*$", re.MULTILINE)
_TAG = re.compile(r"<h[1-6]>")  # in text that was dangerous, and is HTML since
