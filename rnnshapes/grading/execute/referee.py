"""The referee: a trusted process that runs an instructor's notebook on what a student's kernel holds.

    python -P -m rnnshapes.grading.execute.referee SOCKET

It keeps TensorFlow and the prepared cases from one submission to the next, and forgets every variable between them.
Messages from the worker: {"op": "fresh"} starts a notebook, {"op": "run", "source", "bind"} runs one cell after
binding the names in `bind` to what the student's kernel holds. While a cell runs, the referee asks the worker for
values and calls ({"op": "fetch"}, {"op": "call"}), and the worker asks the student's kernel.
"""

from __future__ import annotations

import builtins
import contextlib
import logging
import os
import resource
import signal
import socket
import sys
from typing import Any

from rnnshapes.grading.execute.remote import NotData, RemoteProblem, to_exception, to_value
from rnnshapes.grading.execute.replay import Replay
from rnnshapes.grading.execute.shell import Ran, Shell
from rnnshapes.grading.execute.usage import virtual
from rnnshapes.grading.execute.wire import Channel, WireError
from rnnshapes.layers.cases import SUBMISSION_VARIABLE

MEMORY = 6 * 2**30
"""Bytes that a referee may take beyond what it starts with: what a stranger sends it never fills the machine."""


def main(arguments: list[str]) -> None:
    """Serve until the worker is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # only a cell can be interrupted
    logging.getLogger("tensorflow").addFilter(lambda record: "retracing" not in str(record.msg))  # of many notebooks
    channel = Channel(socket.socket(fileno=int(arguments[0])))
    referee = Referee(channel)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (most := virtual() + MEMORY, most))
    channel.send({"op": "ready"})
    with contextlib.suppress(WireError):
        while True:
            message, _ = channel.receive()
            channel.send(getattr(referee, f"do_{message['op']}")(message))
    os._exit(0)


class Referee:
    """Runs cells; answers come from the student's kernel."""

    def __init__(self, channel: Channel) -> None:
        self.channel, self.fetched, self.missing = channel, set(), set()
        self.shell = Shell.make()
        self.shell.connect(channel.send)
        self.replay = Replay(self.shell)

    def do_fresh(self, message: dict[str, Any]) -> dict[str, Any]:
        """Start a notebook: no variables, no figures, no Keras models left of the one before."""
        self.shell.fresh()
        os.environ[SUBMISSION_VARIABLE] = message.get("submission", "")
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close("all")
        if "keras" in sys.modules:
            sys.modules["keras"].backend.clear_session(free_memory=False)
        return {"op": "done"}

    def do_run(self, message: dict[str, Any]) -> dict[str, Any]:
        """Run a cell; say how it ended, what was recognised, and the text that is meant for the student."""
        lacking = [
            one for one in message.get("loose", ()) if one not in self.shell.user_ns and not hasattr(builtins, one)
        ]
        problem = self._bind([*message["bind"], *lacking])
        signal.signal(signal.SIGINT, signal.default_int_handler)
        run = self.replay.run if message.get("set-up") and not message["bind"] and not lacking else self.shell.run
        ran = run(message["source"], count=message.get("count")) if problem is None else Ran(None, problem)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        if problem is not None:
            output = {"output_type": "error", "ename": type(problem).__name__, "evalue": str(problem), "traceback": []}
            self.shell.emit({"output": output})
        verdict = getattr(ran.error, "verdict", None) or ran.value
        beliefs = getattr(verdict, "beliefs", None)
        named = beliefs if isinstance(beliefs, tuple) else ()
        number = ran.value if isinstance(ran.value, int | float) and not isinstance(ran.value, bool) else None
        return {
            "op": "ran",
            "error": type(ran.error).__name__ if ran.error else None,
            "text": _student_text(ran.error, missing=self.missing),
            "judged": isinstance(beliefs, tuple),
            "right": bool(getattr(verdict, "right", False)),
            "recognised": [belief.key for belief in named],
            "hints": {belief.key: belief.hint for belief in named},
            "formula": [verdict.formula, verdict.in_place_of] if getattr(verdict, "formula", "") else [],
            "number": number,
        }

    def _bind(self, names: list[str]) -> RemoteProblem | None:
        """Give names the values that they have in the student's kernel; those that it lacks are unbound here."""
        self.fetched, self.missing = set(), set()
        if not names:
            return None
        reply, buffers = self._ask({"op": "fetch", "names": names}, [])
        for name in names:
            self.shell.user_ns.pop(name, None)
        try:
            if "error" in reply:
                return to_exception(reply["error"], self._ask)
            for name in names:
                if name in reply["values"]:
                    value = to_value(reply["values"][name], buffers, ask=self._ask, what=f"{name} has")
                    self.shell.user_ns[name] = value
                else:
                    self.missing.add(name)
                self.fetched.add(name)
        except RemoteProblem as problem:
            return problem
        except Exception as error:  # whatever a forged message makes of it: the referee goes on
            return NotData(f"the notebook's kernel sent something that cannot be read ({type(error).__name__})")
        return None

    def _ask(self, message: dict[str, Any], buffers: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
        """Ask the student's kernel. What it prints meanwhile is printed here.

        A name that the test deleted (to see that another answer uses it) is not there for a call's time.
        """
        if message["op"] == "call":
            message["without"] = sorted(self.fetched - set(self.shell.user_ns))
        self.channel.send(message, buffers)
        printed = []
        while True:
            reply, data = self.channel.receive()
            if "op" in reply:
                break
            output = reply.get("output", {})
            if output.get("output_type") == "stream":
                printed.append((output["text"], sys.stderr if output.get("name") == "stderr" else sys.stdout))
        for text, stream in printed:  # only now: the worker does not read while it sends
            stream.write(text)
        return reply, data


def _student_text(error: BaseException | None, *, missing: set[str]) -> str:
    """Return the words about an error that may be shown to the student, or "" if there are none.

    `missing` are names that the cell reads and that the student's kernel does not have.

    A WrongAnswer is written for them; an exception of their own code is theirs. Any other error of a test may hold
    expected values, and is the instructor's.
    """
    if error is None:
        return ""
    if getattr(error, "verdict", None) is not None or isinstance(error, RemoteProblem):
        return str(error)
    if isinstance(error, NameError) and error.name in missing:
        return (
            f"Got no {error.name}, expected it from the cell above: that cell stopped with an error, or names it "
            "otherwise. Try: Restart Kernel and Run All Cells, and read the first error."
        )
    line, code = getattr(error, "place", (None, ""))
    if line:
        return f"{type(error).__name__}: {error}\nin line {line} of your cell: {code}"
    return ""


if __name__ == "__main__":
    main(sys.argv[1:])
