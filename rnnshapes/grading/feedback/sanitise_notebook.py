"""`sanitise_notebook` as nbgrader's preprocessor, for the formgrader's view too."""

from __future__ import annotations

import html
from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import List

from rnnshapes.grading.feedback.page_of_feedback import summary
from rnnshapes.grading.feedback.sanitise import sanitise_notebook


class SanitiseNotebook(NbGraderPreprocessor):
    """`sanitise_notebook` for Autograde.autograde_preprocessors and HTMLExporter.preprocessors.

    In the formgrader it also escapes the names that its template writes as they are, and puts what was repaired
    and remarked at the top.
    """

    display_data_priority = List(config=True)  # nbconvert sets it, and nbgrader warns that it is not there

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        clean = sanitise_notebook(nb)
        if "submission_id" in resources:  # the formgrader's view
            for key in ("student", "first_name", "last_name", "notebook_id", "assignment_id", "notebook_path"):
                if isinstance(resources.get(key), str):
                    resources[key] = html.escape(resources[key])
            top = summary(clean)
            if top and "failure" not in clean.metadata.get("rnnshapes", {}):  # that notebook says it by itself
                clean.cells.insert(0, top)
        return clean, resources
