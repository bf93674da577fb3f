"""A step that works on a stranger's bytes ends within its share of time, whatever it is busy with.

A regular expression or a parser in C cannot be interrupted from Python. So a worker that spends more on one step ends
itself; Dask starts another, tries the submission twice more, records that as its failure, and the class goes on.
"""

from __future__ import annotations

import faulthandler
import functools
import os
from collections.abc import Callable
from typing import Any

_state: dict[str, Any] = {"watched": False, "under way": False}


def watch_this_process() -> None:
    """From now on, a step of this process that takes more than its share ends the process: for workers alone."""
    _state["watched"] = True
    _state["sink"] = open(os.devnull, "w")


def in_its_share(seconds: float) -> Callable[[Callable], Callable]:
    """Give a function so many seconds for a call, in processes that are watched. The outermost call counts."""

    def decorate(function: Callable) -> Callable:
        @functools.wraps(function)
        def bounded(*arguments: Any, **more: Any) -> Any:
            if not _state["watched"] or _state["under way"]:
                return function(*arguments, **more)
            _state["under way"] = True
            faulthandler.dump_traceback_later(seconds, exit=True, file=_state["sink"])
            try:
                return function(*arguments, **more)
            finally:
                faulthandler.cancel_dump_traceback_later()
                _state["under way"] = False

        return bounded

    return decorate
