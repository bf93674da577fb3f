"""Stubs of a lesson's own: lines marked `#| ` beside a solution become what students find in its place."""

from __future__ import annotations

from typing import Any

from nbgrader.preprocessors import ClearSolutions, NbGraderPreprocessor

MARK = "#| "


class OwnStubs(NbGraderPreprocessor):
    """Runs after ClearSolutions: where a cell has `#| ` lines, they replace nbgrader's NotImplementedError.

    A dict to fill in or a program to repair reads better than an exception. In source/ the lines are comments.
    """

    def preprocess_cell(self, cell: Any, resources: dict, cell_index: int) -> tuple[Any, dict]:
        """Uncomment the marked lines and drop the general stub beside them."""
        lines = cell.source.split("\n")
        if cell.cell_type == "code" and any(line.lstrip().startswith(MARK) for line in lines):
            general = set(ClearSolutions(parent=self).code_stub["python"].split("\n"))
            cell.source = "\n".join(line.replace(MARK, "", 1) for line in lines if line.strip() not in general)
        return cell, resources
