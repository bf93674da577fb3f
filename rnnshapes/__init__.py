"""The shapes inside recurrent networks: N samples, T time steps, D features, M hidden units, K outputs.

`rnnshapes.check_answer` compares an answer with Keras, `rnnshapes.draw` shows a shape as a box, `rnnshapes.explore`
lets you move the sizes and see where each number comes from. Importing the
package imports neither TensorFlow nor Matplotlib: each loads with the first function that needs it.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "Sizes": "sizes",
    "CourseError": "errors",
    "TOLERANCE": "layers.cases",
    "import_keras": "layers.cases",
    "build_model": "layers.cases",
    "make_case": "layers.cases",
    "certificate": "boxes_met",
    "check_answer": "check",
    "assert_answer": "check",
    "keep_attempts": "attempts",
    "explore": "explorer",
    "see_it_run": "check",
    "show_progress": "layers.progress",
    "weather": "data",
    "alice": "data",
}
__all__ = [*_HOMES, "draw"]


def __getattr__(name: str) -> Any:
    if name == "draw":
        return import_module(".draw", __name__)
    if name not in _HOMES:
        raise AttributeError(f"module 'rnnshapes' has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
