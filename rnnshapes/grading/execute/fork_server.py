"""The first process inside the sandbox: it imports TensorFlow once, and forks a kernel for each submission.

It is the init process of its own PID namespace, so no submission can end it, and when it clears the namespace nothing
of a submission is left. It only imports: a process that has run a TensorFlow operation has threads, and its fork
would hang.

    python -P -m rnnshapes.grading.execute.fork_server CONTROL LIMITS [--plain]

CONTROL is the number of an inherited stream socket; each line is one JSON request.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import json
import os
import resource
import select
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from rnnshapes.grading.execute.usage import empty, processor_seconds, usage, virtual, waited_seconds

_SET_DUMPABLE, _SUBREAPER = 4, 36
_POLL = 0.05  # seconds between two looks at what the submission uses
_FILES = 20_000


def main(arguments: list[str]) -> None:
    """Answer requests until the other end is closed: start, interrupt, stop."""
    control = socket.socket(fileno=int(arguments[0]))
    limits = json.loads(arguments[1])
    plain = "--plain" in arguments
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # nobody inside shall reach us
    _import_everything(tensorflow=limits["tensorflow"], by_hand=limits["by_hand"])
    server = Server(control, limits, plain=plain)
    if not plain:
        from rnnshapes.grading.execute.seccomp import close_side_doors

        ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)  # our memory is not for our children to read or write
        close_side_doors()
    server.serve()
    os._exit(0)


def _import_everything(*, tensorflow: bool, by_hand: bool = False) -> None:
    """Import what lessons use, and run nothing of it."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    if by_hand:
        from rnnshapes.grading.execute import inert

        inert.install()
    for name in ("matplotlib.pyplot", "pandas", *(("scipy",) if by_hand else ("rnnshapes.check",))):
        with contextlib.suppress(ImportError):  # pandas is not everywhere
            importlib.import_module(name)

    import rnnshapes
    import rnnshapes.draw
    from rnnshapes.grading.execute import kernel  # noqa: F401
    from rnnshapes.grading.execute.shell import Shell

    if tensorflow:
        from rnnshapes.layers.cases import quick_to_import

        with quick_to_import():
            import tensorflow as tf

            tf.keras.layers  # noqa: B018  (tensorflow.keras loads itself on first use)
    rnnshapes.draw  # noqa: B018
    Shell.make()


def unsafe_to_fork(threads: int) -> str:
    """Return why a fork might hang, or "" if it is safe: no thread of Python, no TensorFlow operation run so far."""
    import threading

    if threading.active_count() > 1:
        return f"{threading.active_count()} Python threads"
    context = sys.modules.get("tensorflow.python.eager.context")
    current = context.context_safe() if context else None
    if current is not None and current._initialized:  # as TensorFlow's own ensure_initialized asks
        return "TensorFlow has run an operation"
    if sys.platform != "linux":
        return "not on Linux"
    now = _threads()
    return "" if now <= threads else f"{now} threads, {threads} after the imports"


def _threads() -> int:
    return len(os.listdir("/proc/self/task")) if sys.platform == "linux" else 1


class Server:
    """Forks kernels, watches what they use, and clears up after them."""

    def __init__(self, control: socket.socket, limits: dict[str, Any], *, plain: bool) -> None:
        self.control, self.limits, self.plain = control, limits, plain
        self.folders = [Path(limits["scratch_folder"])] + ([] if plain else [Path("/dev/shm")])
        self.child = 0
        self.reason, self.status = "", None
        self.peak = 0
        self.threads = _threads()
        if plain and sys.platform == "linux":
            ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)  # what a submission detaches stays our descendant

    def serve(self) -> None:
        for folder in self.folders:
            empty(folder)  # what the imports left: every submission starts from nothing
        self._reply(op="ready", unsafe=unsafe_to_fork(self.threads))
        line, fds = b"", []
        while True:
            readable, _, _ = select.select([self.control], [], [], _POLL if self.child else None)
            if self.child:
                self._watch()
            if not readable:
                continue
            data, more, _, _ = socket.recv_fds(self.control, 65536, 1)
            if not data:
                self._clear()
                return
            line, fds = line + data, fds + more
            while b"\n" in line:
                request, _, line = line.partition(b"\n")
                getattr(self, f"do_{json.loads(request)['op']}")(fds)
                fds = []

    def _reply(self, **message: Any) -> None:
        with contextlib.suppress(OSError):  # the other end is gone: the next read tells
            self.control.sendall(json.dumps(message).encode() + b"\n")

    def do_start(self, fds: list[int]) -> None:
        """Fork a kernel that talks on the descriptor that came along."""
        self.reason, self.status, self.peak = "", None, 0
        unsafe = unsafe_to_fork(self.threads)
        if unsafe:
            self.child = self._start_afresh(fds[0])
        else:
            self.child = os.fork()
            if not self.child:
                self._become_kernel(fds[0])
        os.close(fds[0])
        self._reply(op="started", pid=self.child, unsafe=unsafe)

    def do_interrupt(self, fds: list[int]) -> None:
        """Send the kernel a KeyboardInterrupt."""
        if self.child and self.status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.child, signal.SIGINT)
        self._reply(op="interrupted")

    def do_processor(self, fds: list[int]) -> None:
        """Say how long the submission's processes have run on a processor, and how long the kernel waited for one."""
        seconds = sum(processor_seconds(pid) for pid in self._others())
        self._reply(op="processor", seconds=seconds, waited=waited_seconds(self.child) if self.child else 0.0)

    def do_ended(self, fds: list[int]) -> None:
        """Do as `do_stop`, for a kernel whose end of the channel is closed: wait for how its process ended."""
        end = time.monotonic() + 2
        while self.child and self.status is None and time.monotonic() < end:
            self._reap()
            time.sleep(0.001)
        self.do_stop(fds)

    def do_stop(self, fds: list[int]) -> None:
        """Kill everything that the submission started, empty its folders, and say what became of it."""
        if self.child:
            self._watch()
        left = self._clear()
        self._reply(op="stopped", reason=self.reason, status=self.status, left=left, peak=self.peak)

    def _start_afresh(self, fd: int) -> int:
        """Start a kernel without forking ours: slower, and safe whatever was imported."""
        command = [
            sys.executable,
            "-P",
            "-m",
            "rnnshapes.grading.execute.fork_server",
            "--kernel",
            str(fd),
            json.dumps(self.limits),
            *(["--plain"] if self.plain else []),
        ]
        return subprocess.Popen(command, pass_fds=[fd], start_new_session=True, stdin=subprocess.DEVNULL).pid

    def _become_kernel(self, fd: int) -> None:
        self.control.close()
        try:
            run_kernel(fd, self.limits, plain=self.plain)
        finally:
            os._exit(70)

    def _watch(self) -> None:
        """Reap what has ended, and stop a submission that uses more than it may."""
        self._reap()
        memory = tasks = 0
        for pid in self._others():
            used, threads = usage(pid)
            memory, tasks = memory + used, tasks + threads
        self.peak = max(self.peak, memory)
        blocks = sum((space.f_blocks - space.f_bfree) * space.f_frsize for space in map(os.statvfs, self.folders))
        files = sum(space.f_files - space.f_ffree for space in map(os.statvfs, self.folders))
        if memory > self.limits["memory"]:
            self._end(f"it used more than {self.limits['memory'] >> 20} MiB of memory")
        elif tasks > self.limits["processes"] + 64:  # TensorFlow's own threads count as well
            self._end(f"it started more than {self.limits['processes']} processes")
        elif not self.plain and blocks > 2 * self.limits["scratch"]:
            self._end(f"it wrote more than {self.limits['scratch'] >> 20} MiB of files")
        elif not self.plain and files > _FILES:
            self._end(f"it wrote more than {_FILES} files")

    def _end(self, reason: str) -> None:
        self.reason = self.reason or reason
        self._kill_all()

    def _others(self) -> list[int]:
        """Return the processes of the submission: everything in the namespace but us."""
        if not self.plain:
            return [int(name) for name in os.listdir("/proc") if name.isdigit() and name != "1"]
        import psutil

        return [process.pid for process in psutil.Process().children(recursive=True)]

    def _kill_all(self) -> None:
        if not self.plain:
            with contextlib.suppress(ProcessLookupError):
                os.kill(-1, signal.SIGKILL)
            return
        for pid in self._others():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)

    def _reap(self) -> None:
        with contextlib.suppress(ChildProcessError):
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG)
                if not pid:
                    return
                if pid == self.child:
                    self.status = os.waitstatus_to_exitcode(status)

    def _clear(self) -> str:
        """Kill and reap all, empty the folders; return what is left, or "" when nothing is."""
        end = time.monotonic() + 10
        ended = self.status
        while self._others() and time.monotonic() < end:
            self._kill_all()
            self._reap()
            time.sleep(0.001)
        self._reap()
        self.status = ended  # not what our own kill did
        self.child = 0
        left = [f"process {pid}" for pid in self._others()]
        for folder in self.folders:
            left += empty(folder)
        return ", ".join(left[:5])


def run_kernel(fd: int, limits: dict[str, Any], *, plain: bool) -> None:
    """Be a student's kernel on the socket `fd`: limits first, then serve until it is closed."""
    if os.getsid(0) != os.getpid():
        os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    ctypes.CDLL(None).prctl(_SET_DUMPABLE, 1, 0, 0, 0)
    for what, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, limits["scratch"]),
        (resource.RLIMIT_NOFILE, 1024),
        (resource.RLIMIT_AS, virtual() + 2 * limits["memory"]),  # a huge array is a MemoryError, not an end
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (value, value))
    if tuple(int(part) for part in os.uname().release.split(".")[:2]) >= (5, 14):  # counted by namespace since then
        with contextlib.suppress(ValueError, OSError):
            count = limits["processes"] + 192
            resource.setrlimit(resource.RLIMIT_NPROC, (count, count))
    if not plain:
        from rnnshapes.grading.execute.seccomp import keep_marks

        keep_marks()
    os.chdir(limits["scratch_folder"])
    sys.path.append("")  # a file beside the notebook can be imported, and cannot stand in for a library
    from rnnshapes.grading.execute.kernel import serve
    from rnnshapes.grading.execute.wire import Channel

    serve(Channel(socket.socket(fileno=fd)), largest=limits["result"])


if __name__ == "__main__":
    if sys.argv[1] == "--kernel":
        _import_everything(tensorflow=False, by_hand=json.loads(sys.argv[3])["by_hand"])
        run_kernel(int(sys.argv[2]), json.loads(sys.argv[3]), plain="--plain" in sys.argv)
    else:
        main(sys.argv[1:])
