"""What a process uses, and how its folder is emptied afterwards."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path


def usage(pid: int) -> tuple[int, int]:
    """Return a process's resident memory in bytes, without what it shares with files, and its threads."""
    memory = tasks = 0
    with contextlib.suppress(OSError, ValueError, IndexError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(("RssAnon:", "RssShmem:")):
                memory += int(line.split()[1]) * 1024
            elif line.startswith("Threads:"):
                tasks = int(line.split()[1])
    return memory, tasks


def virtual() -> int:
    """Return the bytes of address space that this process has."""
    if sys.platform != "linux":
        return 2**40
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def processor_seconds(pid: int) -> float:
    """Return how long a process's threads have run on a processor so far; 0.0 if it is gone."""
    if not os.path.isdir("/proc/self/task"):  # not Linux
        import psutil

        with contextlib.suppress(psutil.Error):
            return sum(psutil.Process(pid).cpu_times()[:2])
        return 0.0
    nanoseconds = 0
    with contextlib.suppress(OSError, ValueError, IndexError):
        for task in os.listdir(f"/proc/{pid}/task"):
            nanoseconds += int(Path(f"/proc/{pid}/task/{task}/schedstat").read_text().split()[0])
    return nanoseconds / 1e9


def waited_seconds(pid: int) -> float:
    """Return how long a process's first thread was ready to run, and had no processor."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{pid}/task/{pid}/schedstat").read_text().split()[1]) / 1e9
    return 0.0


def empty(folder: Path) -> list[str]:
    """Remove everything in a folder, and what marks it; return what could not be removed."""
    os.chmod(folder, 0o755)  # its rights and attributes are a submission's to change as well
    for mark in os.listxattr(folder) if hasattr(os, "listxattr") else []:
        os.removexattr(folder, mark)
    for entry in list(folder.iterdir()):
        try:
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()
        except (OSError, RecursionError):  # no permission on a folder of its own, or one folder in another, endlessly
            for command in (["chmod", "-R", "u+rwx", "--", str(entry)], ["rm", "-rf", "--", str(entry)]):
                subprocess.run(command, stderr=subprocess.DEVNULL, timeout=60)
    return [f"file {entry.name[:40]}" for entry in folder.iterdir()]
