"""A bubblewrap sandbox with a fork server in it: kernels for submissions that nobody has read yet."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import shutil
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from rnnshapes.errors import CourseError
from rnnshapes.grading.execute.stage import hidden_folders, stage
from rnnshapes.grading.execute.wire import Channel, Closed, Late
from rnnshapes.grading.task import Limits

_START = 180.0  # seconds that the imports may take on a slow machine
_PACKAGE = Path(__file__).resolve().parents[2]
_SCRATCH = "/scratch"  # the one folder that a submission may write, beside /dev/shm
_INSIDE = "/course"  # where the package is found inside: nothing else of the course's folder is there


class SandboxLost(Exception):
    """The sandbox ended without our doing: whatever ran in it has to run again."""


@cache
def unavailable() -> str:
    """Return why submissions cannot be sandboxed on this machine, in one line, or "" if they can."""
    from rnnshapes.grading.execute import seccomp

    if sys.platform != "linux":
        return "a sandbox needs Linux (on other systems, grade in a container or on a Linux machine)"
    if not seccomp.supported():
        return "a sandbox needs an x86_64 or aarch64 machine"
    program = shutil.which("bwrap")
    if program is None:
        return "bubblewrap is not installed (Debian and Ubuntu: apt install bubblewrap)"
    trial = subprocess.run([*_command(program, 2**20), "true"], capture_output=True, text=True)
    if trial.returncode:
        said = (trial.stderr.strip().splitlines() or ["no reason given"])[-1]
        return f"bubblewrap cannot make namespaces here ({said}): use a host or container that allows user namespaces"
    return ""


def require(*, trusted: bool) -> None:
    """Raise CourseError unless submissions can be sandboxed, or we were told to trust them."""
    reason = "" if trusted else unavailable()
    if reason:
        raise CourseError(
            f"Got submissions to run, and no sandbox: {reason}. Expected one, so that they reach nothing of yours. "
            "Try: install it. If you have read every submission and would run it yourself: rnnshapes grade --trust, or "
            "c.Referee.trusted = True in nbgrader_config.py."
        )


def _command(program: str, scratch: int, package: Path = _PACKAGE, hidden: Iterable[str] = ()) -> list[str]:
    """Return the bubblewrap command: a system to read, no network, nothing of the course, scratch folders to write.

    `package` is the folder that is the package inside, and the folders `hidden` are empty there.
    """
    command = [program, "--unshare-all", "--unshare-user", "--as-pid-1", "--new-session", "--cap-drop", "ALL"]
    command += ["--uid", "65534", "--gid", "65534", "--hostname", "grading", "--clearenv"]
    for folder in ("usr", "bin", "sbin", "lib", "lib32", "lib64", "libx32"):
        path = Path("/", folder)
        if path.is_symlink():
            command += ["--symlink", os.readlink(path), str(path)]
        elif path.is_dir():
            command += ["--ro-bind", str(path), str(path)]
    for path in ("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/alternatives", "/etc/localtime"):
        command += ["--ro-bind-try", path, path]
    command += ["--proc", "/proc", "--dev", "/dev"]
    command += ["--size", str(scratch), "--tmpfs", _SCRATCH, "--size", str(scratch), "--tmpfs", "/dev/shm"]
    libraries = _libraries()
    for path in libraries:
        command += ["--ro-bind", path, path]
    if not any(path.startswith("/tmp/") for path in libraries):  # else it is a folder, and stays read-only
        command += ["--symlink", _SCRATCH, "/tmp"]
    command += ["--ro-bind", str(package), f"{_INSIDE}/rnnshapes"]
    command += [word for path in hidden for word in ("--size", "4096", "--tmpfs", path, "--remount-ro", path)]
    fonts = _font_cache()
    if fonts:
        command += ["--ro-bind", fonts, "/fonts", "--setenv", "MPLCONFIGDIR", "/fonts"]
    for name, value in _environment(_INSIDE).items():
        command += ["--setenv", name, value]
    # A grader that is root owns what is in /proc/sys: only a read-only mount keeps it. (The devices in /dev, which such
    # a mount would close, are kept by the kernel's filter: seccomp.keep_marks.)
    for path in ("/dev", "/proc", "/"):
        command += ["--remount-ro", path]
    return [*command, "--chdir", _SCRATCH, "--"]


def _environment(package: str) -> dict[str, str]:
    return {
        "PATH": os.pathsep.join([os.path.dirname(sys.executable), "/usr/local/bin", "/usr/bin", "/bin"]),
        "HOME": _SCRATCH,
        "TMPDIR": _SCRATCH,
        "IPYTHONDIR": f"{_SCRATCH}/.ipython",
        "LANG": "C.UTF-8",
        "PYTHONPATH": package,
        "PYTHONDONTWRITEBYTECODE": "1",
        "NBGRADER_EXECUTION": "autograde",
        "CUDA_VISIBLE_DEVICES": "-1",
        "TF_CPP_MIN_LOG_LEVEL": "2",
        **{name: os.environ.get(name, "1") for name in THREADS},
    }


THREADS = (
    "OMP_NUM_THREADS",
    "MKL_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "TF_NUM_INTRAOP_THREADS",
    "TF_NUM_INTEROP_THREADS",
)
"""One core for each worker, unless the instructor says otherwise."""


def _libraries() -> list[str]:
    """Return the folders of Python and its packages outside of /usr: never the course's own folder."""
    course = {_PACKAGE.parent, *_PACKAGE.parent.parents}
    if _PACKAGE.parent.name in ("site-packages", "dist-packages"):
        course = set()  # not editable: the course lies elsewhere, and the package among the libraries
    wanted = [sys.prefix, sys.base_prefix, os.path.dirname(os.path.realpath(sys.executable))]
    wanted += [*sysconfig.get_paths().values(), *(path for path in sys.path if "packages" in path)]
    if os.path.basename(wanted[2]) == "bin":
        wanted[2] = os.path.dirname(wanted[2])
    found: list[str] = []
    for path in sorted({os.path.abspath(path) for path in wanted if path}, key=len):
        inside = any(path == other or path.startswith(f"{other}/") for other in (*found, "/usr"))
        if not inside and os.path.isdir(path) and Path(path) not in course:
            found.append(path)
    return found


def _font_cache() -> str:
    """Return matplotlib's folder of known fonts, filled, so that no sandbox has to search for them again."""
    import matplotlib
    import matplotlib.font_manager  # noqa: F401  (fills it)

    folder = matplotlib.get_cachedir()
    return folder if folder and os.path.isdir(folder) and _PACKAGE.parent != Path(folder) else ""


class Sandbox:
    """One fork server; it holds one kernel at a time. With `tensorflow` its kernels find TensorFlow imported.

    With `by_hand` there is no such thing in it: a stand-in for Keras, and of this package what stage.py lists.
    """

    def __init__(
        self, limits: Limits, *, trusted: bool = False, tensorflow: bool = True, by_hand: bool = False
    ) -> None:
        require(trusted=trusted)
        self.limits, self.trusted = limits, trusted
        self.scratch = tempfile.mkdtemp(prefix="rnnshapes-") if trusted else _SCRATCH
        settings = dataclasses.asdict(limits) | {"scratch_folder": self.scratch, "tensorflow": tensorflow}
        settings["by_hand"] = by_hand
        package, hidden = _PACKAGE, []
        self.staged = tempfile.TemporaryDirectory(prefix="rnnshapes-staged-")
        if by_hand:
            stage(Path(self.staged.name))
            package, hidden = Path(self.staged.name, "rnnshapes"), hidden_folders()
        ours, theirs = socket.socketpair()
        arguments = ["-P", "-m", "rnnshapes.grading.execute.fork_server", str(theirs.fileno()), json.dumps(settings)]
        environment = None
        if trusted:
            command = [sys.executable, *arguments, "--plain"]
            environment = _environment(str(package.parent))
            environment |= {name: self.scratch for name in ("HOME", "TMPDIR", "IPYTHONDIR")}
        else:
            program = shutil.which("bwrap") or "bwrap"
            command = [*_command(program, limits.scratch, package, hidden), sys.executable, *arguments]
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            command, pass_fds=[theirs.fileno()], env=environment, stdin=subprocess.DEVNULL, stdout=self.log,
            stderr=self.log, start_new_session=True,
        )  # fmt: skip
        theirs.close()
        self.control = ours
        self.line = b""
        self.pid = 0
        try:
            self.unsafe = self._reply(_START)["unsafe"]
        except SandboxLost:
            self.close()
            raise

    def start(self) -> Channel:
        """Start a kernel and return the channel to it. Raises: SandboxLost."""
        ours, theirs = socket.socketpair()
        try:
            socket.send_fds(self.control, [b'{"op": "start"}\n'], [theirs.fileno()])
        except OSError as error:
            raise SandboxLost(str(error)) from None
        finally:
            theirs.close()
        self.pid = self._reply(_START)["pid"]
        return Channel(ours, largest=2 * self.limits.result + 2**20)

    def interrupt(self) -> None:
        """Send the kernel a KeyboardInterrupt."""
        self._request("interrupt")
        self._reply(10)  # the signal is there before anything else is asked

    def processor_seconds(self) -> float:
        """Return how long the kernel and all that it started have run on a processor. Raises: SandboxLost."""
        self._request("processor")
        return self._reply(10)["seconds"]

    def waited_seconds(self) -> float:
        """Return how long the kernel was ready to run, and had no processor. Raises: SandboxLost."""
        self._request("processor")
        return self._reply(10)["waited"]

    def stop(self, *, ended: bool = False) -> dict[str, Any]:
        """End the kernel and everything that it started, and empty the scratch; `ended` if it has gone by itself.

        Returns: {"reason": why the server ended it, or "", "status": its own exit code or None, "left": what could not
        be removed, "peak": bytes of memory}. Raises: SandboxLost.
        """
        self._request("ended" if ended else "stop")
        return self._reply(90)

    def close(self) -> None:
        """End the sandbox."""
        with contextlib.suppress(OSError):
            self.control.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            import psutil

            for process in psutil.Process(self.process.pid).children(recursive=True):  # bwrap's end is not theirs
                with contextlib.suppress(psutil.Error):
                    process.kill()
            self.process.kill()
            self.process.wait()
        self.log.close()
        self.staged.cleanup()
        if self.trusted:
            shutil.rmtree(self.scratch, ignore_errors=True)

    def _request(self, op: str) -> None:
        try:
            self.control.sendall(json.dumps({"op": op}).encode() + b"\n")
        except OSError as error:
            raise SandboxLost(str(error)) from None

    def _reply(self, seconds: float) -> dict[str, Any]:
        end = time.monotonic() + seconds
        while b"\n" not in self.line:
            try:
                self.control.settimeout(max(end - time.monotonic(), 0.001))
                data = self.control.recv(65536)
            except OSError as error:
                raise SandboxLost(str(error) or "no reply") from None
            if not data:
                self.log.seek(0)
                said = self.log.read()[-600:].decode(errors="replace").strip()
                raise SandboxLost(said or "it ended")
            self.line += data
        reply, _, self.line = self.line.partition(b"\n")
        self.control.settimeout(None)
        return json.loads(reply)


__all__ = ["Closed", "Late", "Sandbox", "SandboxLost", "require", "unavailable"]
