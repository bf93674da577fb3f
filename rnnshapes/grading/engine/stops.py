"""What ends a run from outside: Ctrl-C, a batch system's SIGTERM, the SIGHUP of a terminal that is closed."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from typing import Any

STOPS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


@contextlib.contextmanager
def on_stop(handler: Callable[[int, Any], None]) -> Iterator[None]:
    """Call `handler` for each of these signals in the block; those that are ignored, as by nohup, stay so."""
    if threading.current_thread() is not threading.main_thread():  # whoever called us decides
        yield
        return
    before = {number: signal.getsignal(number) for number in STOPS}
    before = {number: old for number, old in before.items() if old not in (signal.SIG_IGN, None)}
    for number in before:
        signal.signal(number, handler)
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)


@contextlib.contextmanager
def terminable() -> Iterator[None]:
    """Take SIGTERM and SIGHUP for Ctrl-C: what was graded is kept, and the run says so."""

    def interrupt(number: int, frame: Any) -> None:
        raise KeyboardInterrupt

    with on_stop(interrupt):
        yield
