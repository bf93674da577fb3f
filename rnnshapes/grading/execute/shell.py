"""An IPython shell whose outputs are messages: it runs cells for students, in the sandbox, and for the referee."""

from __future__ import annotations

import base64
import builtins
import os
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from rnnshapes.grading.execute import inert

_INSTALLS = re.compile(r"\s*(\S*python[\d.]*\s+-m\s+)?(uv\s+)?(pip[\d.]*|conda|mamba|apt(-get)?)\s(.*\s)?install\b")
_PART = 2**16  # characters of printed text in one message

Emit = Callable[[dict[str, Any]], None]
"""Takes one message about an output: {"output": …}, {"update": display_id, "output": …} or {"clear": wait}."""


class StdinNotImplementedError(RuntimeError):
    """A cell asked for input: nobody is there to type it."""


class _Stream:
    """Printed text, gathered and sent as stream outputs."""

    encoding, errors = "utf-8", "strict"

    def __init__(self, name: str, shell: Shell) -> None:
        self.name, self._shell, self._parts, self._size, self._sent = name, shell, [], 0, time.monotonic()

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._parts.append(text)
        self._size += len(text)
        if self._size > 8192 or time.monotonic() - self._sent > 0.2:
            self.flush()
        return len(text)

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        text, self._parts, self._size = "".join(self._parts), [], 0
        self._sent = time.monotonic()
        for start in range(0, len(text), _PART):
            part = text[start : start + _PART]
            self._shell.emit({"output": {"output_type": "stream", "name": self.name, "text": part}})

    def isatty(self) -> bool:
        return False

    def readable(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return 1 if self.name == "stdout" else 2

    closed = False


class _Displayed(DisplayPublisher):
    """What `display(…)` shows."""

    def publish(
        self, data: Any, metadata: Any = None, *, transient: Any = None, update: bool = False, **_: Any
    ) -> None:
        message = {"output": _rich("display_data", data, metadata)}
        if transient and transient.get("display_id"):
            message["update" if update else "display_id"] = str(transient["display_id"])
        self.shell.flush()
        self.shell.emit(message)

    def clear_output(self, wait: bool = False) -> None:
        self.shell.flush()
        self.shell.emit({"clear": bool(wait)})


class _Result(DisplayHook):
    """The value of a cell's last line."""

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        self.shell.flush()
        output = _rich("execute_result", format_dict, md_dict)
        self.shell.emit({"output": output | {"execution_count": self.prompt_count}})

    def finish_displayhook(self) -> None:
        pass


def _rich(kind: str, data: Any, metadata: Any) -> dict[str, Any]:
    """Return a rich output as a notebook keeps it: pictures in base64, everything else JSON."""
    shown = {
        str(mime): base64.b64encode(value).decode() if isinstance(value, bytes) else value
        for mime, value in (data or {}).items()
    }
    return {"output_type": kind, "data": shown, "metadata": metadata or {}}


@dataclass(frozen=True)
class Ran:
    """What running a cell came to: its value or its error."""

    value: Any
    error: BaseException | None


class Shell(InteractiveShell):
    """IPython with its outputs sent to `emit`. One for a process; `fresh` empties it for the next notebook.

    A `forgiving` shell goes on in a cell after an import that failed, and after a line that stumbled over the stand-in
    for Keras (inert.py): what does not need them is defined all the same.
    """

    forgiving = False

    @classmethod
    def make(cls) -> Shell:
        """Return this process's shell. It starts no thread and opens no file, so that the process may fork."""
        config = Config()
        config.HistoryManager.enabled = False
        config.HistoryManager.hist_file = ":memory:"
        config.InteractiveShell.colors = "NoColor"
        config.InteractiveShell.cache_size = 0  # Out[…] would keep every array alive
        os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
        shell = cls.instance(config=config, display_pub_class=_Displayed, displayhook_class=_Result)
        shell.emit = lambda message: None
        shell.lost = set()  # names that a statement would have bound
        return shell

    def connect(self, emit: Emit) -> None:
        """Send what cells print and show to `emit` from now on."""
        self.emit = emit
        self._streams = [_Stream(name, self) for name in ("stdout", "stderr")]
        sys.stdout, sys.stderr = self._streams
        sys.stdin = open(os.devnull)
        builtins.input = _no_input

    def flush(self) -> None:
        """Send printed text that is still held back."""
        for stream in self._streams:
            stream.flush()

    def fresh(self) -> None:
        """Forget every variable: the next cell is the first of a notebook."""
        self.reset(new_session=True)

    def run(self, source: str, *, count: int | None = None) -> Ran:
        """Run a cell as Jupyter would, as In[count]. Errors become outputs and are returned; nothing is raised."""
        self.execution_count = count or self.execution_count
        result = self.run_cell(source, store_history=True)
        self.flush()
        error = result.error_before_exec or result.error_in_exec
        return Ran(result.result, error)

    async def run_code(self, code_obj: Any, result: Any = None, *, async_: bool = False) -> bool:
        """Run one statement of a cell; return whether the cell ends here."""
        before = inert.COUNT.touched
        if not await super().run_code(code_obj, result, async_=async_):
            return False
        error = getattr(result, "error_in_exec", None)
        unknown = isinstance(error, NameError) and (error.name in self.lost or inert.COUNT.starred)
        if not (self.forgiving and (unknown or isinstance(error, ImportError) or inert.COUNT.touched > before)):
            return True
        self.lost |= set(code_obj.co_names) - set(self.user_ns)
        return False

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        self.flush()
        try:
            text = str(evalue)
        except Exception:  # a student's own __str__
            text = ""
        self.emit(
            {"output": {"output_type": "error", "ename": etype.__name__, "evalue": text[:8000], "traceback": stb}}
        )

    def system(self, cmd: str) -> None:
        """Run a shell line, but none that installs: there is no network, and pip takes seconds to find that out."""
        if _INSTALLS.match(cmd):
            print("Nothing is installed where notebooks are graded: the course's packages are there.")
            return
        super().system(cmd)

    def enable_gui(self, gui: str | None = None) -> None:
        """No windows here: pictures are shown inline, with or without `%matplotlib inline`."""

    def ask_exit(self) -> None:
        """`exit` in a cell ends nothing: the other cells still run."""


def _no_input(prompt: object = "") -> str:
    raise StdinNotImplementedError("nobody can type an answer to input() while this runs. Try: give the value a name.")
