"""Run one notebook: the student's cells in their kernel, the instructor's in the referee, with the limits kept."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rnnshapes.grading.execute.outputs import Allowance, Outputs, checked, writable
from rnnshapes.grading.execute.sandbox import THREADS, Sandbox, SandboxLost
from rnnshapes.grading.execute.wire import Channel, Closed, Late, WireError
from rnnshapes.grading.task import Limits

_PACKAGE = Path(__file__).resolve().parents[2]
_TEST_SECONDS = 120.0  # a test may take, beyond what the submission has left
_PATIENCE = 300.0  # seconds that the referee may take for itself, in all, before the submission's time runs
_GRACE = 3.0  # seconds between a KeyboardInterrupt and the end


class RefereeLost(Exception):
    """The referee ended: the submission has to be graded again."""


class _RefereeLate(RefereeLost):
    """It has not answered in time; it may still be there."""


class RefereeProcess:
    """The trusted process that runs tests. It serves one assignment; `spec_files` lie beside its notebook."""

    def __init__(self, *, seed: str, files: dict[str, bytes]) -> None:
        ours, theirs = socket.socketpair()
        self.folder = tempfile.TemporaryDirectory(prefix="rnnshapes-referee-")
        for name, data in files.items():
            path = Path(self.folder.name, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        environment = os.environ | {name: os.environ.get(name, "1") for name in THREADS}
        environment |= {"PYTHONPATH": str(_PACKAGE.parent), "RNNSHAPES_SEED": seed, "NBGRADER_EXECUTION": "autograde"}
        environment |= {"CUDA_VISIBLE_DEVICES": "-1", "IPYTHONDIR": self.folder.name}
        if not seed:
            del environment["RNNSHAPES_SEED"]
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "rnnshapes.grading.execute.referee", str(theirs.fileno())],
            pass_fds=[theirs.fileno()], cwd=self.folder.name, env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        theirs.close()
        self.channel = Channel(ours)
        self.receive(deadline=time.monotonic() + 180)

    def send(self, message: dict[str, Any], buffers: list[bytes] | None = None) -> None:
        try:
            self.channel.send(message, buffers or [], deadline=time.monotonic() + 180)
        except WireError as error:
            raise RefereeLost(str(error)) from None

    def receive(self, *, deadline: float) -> tuple[dict[str, Any], list[bytes]]:
        try:
            return self.channel.receive(deadline=deadline)
        except Late as error:
            raise _RefereeLate(str(error)) from None
        except WireError as error:
            raise RefereeLost(str(error)) from None

    def interrupt(self) -> None:
        """End the cell that runs, by a KeyboardInterrupt."""
        self.process.send_signal(signal.SIGINT)

    def memory(self) -> int:
        """Resident bytes."""
        import psutil

        try:
            return psutil.Process(self.process.pid).memory_info().rss
        except psutil.Error:
            raise RefereeLost("it ended") from None

    def close(self) -> None:
        self.channel.close()
        self.process.kill()
        self.process.wait()
        self.folder.cleanup()


class StudentKernel:
    """A kernel in the sandbox, for one notebook, with its limits. It may die at any time; then `died` says why."""

    def __init__(self, sandbox: Sandbox, limits: Limits, files: dict[str, bytes], *, deadline: float) -> None:
        self.sandbox, self.limits, self.deadline = sandbox, limits, deadline
        self.died = ""
        self.killed_outside = False
        self.touched = False  # whether something was done with the stand-in for Keras
        self.patience = _PATIENCE
        self.waited = 0.0  # seconds for which it was given more time, because the machine had no processor for it
        self.allowance = Allowance(limits.output)
        self.slow: set[Any] = set()  # functions that did not return in their time: they are not called again
        self.stuck: set[str] = set()  # cells that did not end, though Keras had no part in it
        self.channel = sandbox.start()
        for name, data in files.items():
            self.exchange({"op": "put", "path": name}, [data], seconds=10)

    def grant(self, seconds: float) -> None:
        """Add to the submission's time what the referee has spent by itself, within reason."""
        seconds = min(seconds, self.patience)
        self.patience -= seconds
        self.deadline += seconds

    def run(self, source: str, count: int) -> list[dict[str, Any]]:
        """Run a cell as In[count]. Returns: its outputs."""
        outputs = Outputs(self.allowance)
        seconds = self.limits.call_seconds if source in self.stuck else self.limits.cell_seconds
        message = {"op": "run", "source": source, "count": count}
        reply, _ = self.exchange(message, [], seconds=seconds, take=outputs.take)
        if reply.get("problem") == "TookTooLong":
            text = f"This cell was stopped: it ran for more than {seconds:g} s."
            outputs.list.append(_error("TookTooLong", text))
            if not self.touched:
                self.stuck.add(source)
        elif self.died:
            outputs.list.append(_error("KernelDied", self.died))
        if self.allowance.used > self.allowance.size:
            text = f"\n… what this notebook prints beyond {self.limits.output >> 10} KiB is left out.\n"
            if not any(output.get("text", "").endswith(text) for output in outputs.list):
                outputs.list.append({"output_type": "stream", "name": "stdout", "text": text})
        return outputs.list

    def exchange(
        self,
        message: dict[str, Any],
        buffers: list[bytes],
        *,
        seconds: float,
        take: Callable[[dict[str, Any], int], None] | None = None,
    ) -> tuple[dict[str, Any], list[bytes]]:
        """Send a message and return the reply; outputs on the way go to `take`.

        A reply {"op": "raised", "error": {"problem": …}} says why there is none: TookTooLong, KernelDied, NotData.
        """
        if self.died:
            return _problem("KernelDied", self.died)
        end = min(time.monotonic() + seconds, self.deadline)
        late = False
        try:
            self.channel.send(message, buffers, deadline=end)
            while True:
                try:
                    reply, data = self.channel.receive(deadline=end)
                except Late:
                    more = self._waited_for_a_processor(_GRACE if late else seconds)
                    if more:
                        self.deadline, end = self.deadline + more, time.monotonic() + more
                        continue
                    if late:
                        raise
                    late, end = True, time.monotonic() + _GRACE
                    self.sandbox.interrupt()
                    continue
                if "op" in reply:
                    _check_reply(message["op"], reply)
                    self.touched |= reply.get("touched") is True
                    if late and time.monotonic() >= self.deadline:
                        raise Late
                    return _problem("TookTooLong", f"it did not end within {seconds:g} s") if late else (reply, data)
                size = len(str(reply.get("output", "")))
                if take is not None:
                    take(reply, size)
                if self.allowance.used > 10 * self.allowance.size:
                    return self._end(f"it printed more than {10 * self.limits.output >> 20} MiB")
        except Late:
            out_of_time = time.monotonic() >= self.deadline
            return self._end(
                f"it ran for more than {self.limits.seconds:g} s in all" if out_of_time
                else f"a cell or a call ran for more than {seconds:g} s, and could not be interrupted"
            )  # fmt: skip
        except Closed:
            return self._end("")
        except WireError:
            return self._end("it sent what no kernel sends")

    def _waited_for_a_processor(self, seconds: float) -> float:
        """Return the seconds that a busy machine has cost, and that are not given back yet: limits are not for that.

        At most three times what was allowed, and as much as the whole submission may take: hogs make others wait, too.
        """
        waited = self.sandbox.waited_seconds() - self.waited
        more = min(waited, 3 * seconds, self.limits.seconds - self.waited)
        if more < seconds / 20:
            return 0.0
        self.waited += more
        return more

    def close(self) -> dict[str, Any]:
        """End it and everything that it started. Returns: what Sandbox.stop says; {} if that is done already."""
        if self.died:
            return {}
        self.channel.close()
        return self._stop()

    def _stop(self, *, ended: bool = False) -> dict[str, Any]:
        said = self.sandbox.stop(ended=ended)
        self.peak = said["peak"]
        if said["left"]:
            raise SandboxLost(f"left behind: {said['left']}")
        return said

    def _end(self, reason: str) -> tuple[dict[str, Any], list[bytes]]:
        self.channel.close()
        self.died = "stopping"
        said = self._stop(ended=not reason)
        status = said["status"]
        if not (reason or said["reason"]):
            self.killed_outside = status == -9
            how = f"signal {-status}" if isinstance(status, int) and status < 0 else f"exit code {status}"
            reason = f"its process ended ({how})"
        self.died = f"The notebook's kernel was lost here: {said['reason'] or reason}. Cells after it did not run."
        return _problem("KernelDied", self.died)


_REPLIES = {"put": "written", "run": "ran", "fetch": "values", "call": "returned"}


def _check_reply(op: str, reply: dict[str, Any]) -> None:
    """Raise WireError unless a kernel's reply has the form that its request asks for."""
    if reply["op"] == "raised":
        good = isinstance(reply.get("error"), dict)
    elif reply["op"] == "ran":
        good = op == "run" and isinstance(reply.get("error"), str | None)
    else:
        good = reply["op"] == _REPLIES[op] and "error" not in reply and isinstance(reply.get("values", {}), dict)
    if not good or "problem" in reply:
        raise WireError("not a reply")


def run_refereed(
    referee: RefereeProcess, kernel: StudentKernel, message: dict[str, Any], *, outputs: Outputs
) -> dict[str, Any]:
    """Run a cell in the referee; pass on what it asks of the student's kernel. Returns: what it says at the end.

    Raises: RefereeLost.
    """
    referee.send(message)
    calls, late = kernel.limits.call_seconds, False
    while True:
        began = time.monotonic()
        left = max(kernel.deadline - began, 0) if not kernel.died else 0
        try:
            said, buffers = referee.receive(deadline=began + (10 * _GRACE if late else left + _TEST_SECONDS))
            kernel.grant(time.monotonic() - began)
        except _RefereeLate:
            if late:
                raise
            late = True
            referee.interrupt()  # a test that has no end with this answer is a test that fails
            continue
        if said.get("op") in ("ran", "done"):
            if late and said.get("error"):
                said["text"] = "The test did not come to an end with what it was given."
            return writable(said)
        if "op" not in said:
            outputs.take(said, len(str(said.get("output", ""))))
            continue
        if said["op"] == "call" and said["name"] in kernel.slow:
            referee.send(_problem("TookTooLong", _late_call(said["name"], calls))[0])
            continue
        timed = bool(said.pop("timed", False)) and not kernel.died
        before = kernel.sandbox.processor_seconds() if timed else 0.0
        reply, data = kernel.exchange(
            {name: value for name, value in said.items() if name != "name"},
            buffers,
            seconds=calls,
            take=lambda message, size: _pass_on(referee, kernel, message, size),
        )
        if reply.get("error", {}).get("problem") == "TookTooLong" and said["op"] == "call":
            kernel.slow.add(said["name"])
            reply = _problem("TookTooLong", _late_call(said["name"], calls))[0]
        if timed and not kernel.died:
            reply = reply | {"spent": kernel.sandbox.processor_seconds() - before}
        referee.send(reply, data)


def _pass_on(referee: RefereeProcess, kernel: StudentKernel, message: dict[str, Any], size: int) -> None:
    if kernel.allowance.take(size) and "output" in message:
        referee.send({"output": checked(message["output"])})


def _late_call(name: str, seconds: float) -> str:
    return f"{name} did not return within {seconds:g} s. Try: which loop has no end?"


def _problem(kind: str, text: str) -> tuple[dict[str, Any], list[bytes]]:
    return {"op": "raised", "error": {"problem": kind, "text": text}, "problem": kind}, []


def _error(name: str, text: str) -> dict[str, Any]:
    return {"output_type": "error", "ename": name, "evalue": text, "traceback": [f"{name}: {text}"]}
