"""`import rnnshapes` where functions are called: sizes, data and pictures; checks and models answer nothing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from rnnshapes.data import __all__ as DATA

__all__ = [
    *("CourseError", "Sizes", "TOLERANCE", "assert_answer", "build_model", "check_answer", "draw", "explore"),
    *("import_keras", "keep_attempts", "make_case", "see_it_run", "show_progress"),
    *DATA,
]
TOLERANCE = 1e-5


def import_keras() -> Any:
    """Return the stand-in for Keras."""
    return import_module("tensorflow").keras


def __getattr__(name: str) -> Any:
    if name == "draw":
        return import_module(".draw", __name__)
    if name in ("Sizes", "CourseError"):
        return getattr(import_module(".sizes" if name == "Sizes" else ".errors", __name__), name)
    if name in DATA:
        return getattr(import_module(".data", __name__), name)
    if name.startswith("__") or name not in __all__:
        raise AttributeError(f"module 'rnnshapes' has no attribute {name!r}")
    return import_module(".grading.execute.inert", __name__).Inert(f"rnnshapes.{name}")
