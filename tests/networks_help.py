"""Machines of a cluster, as one machine can play them: workers in networks of their own, without a shared folder."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


class NoNetworks(Exception):
    """Network namespaces cannot be made here; the message says why."""


@contextlib.contextmanager
def two_networks() -> Iterator[list[tuple[str, str, str]]]:
    """Make two network namespaces, each with a wire to this one: yields (its name, our address in it, its own)."""
    if not shutil.which("ip"):
        raise NoNetworks("iproute2 is not installed")
    made, places = [], []
    mark = uuid.uuid4().hex[:6]
    try:
        for number in (1, 2):
            name, here, there = f"rnn{mark}{number}", f"rh{mark}{number}", f"rt{mark}{number}"
            if not _ip("netns", "add", name):
                raise NoNetworks("network namespaces cannot be made here")
            made.append(name)
            net = f"10.213.{number}"
            steps = [
                ("link", "add", here, "type", "veth", "peer", "name", there, "netns", name),
                ("addr", "add", f"{net}.1/24", "dev", here),
                ("link", "set", here, "up"),
                ("-n", name, "addr", "add", f"{net}.2/24", "dev", there),
                ("-n", name, "link", "set", there, "up"),
                ("-n", name, "link", "set", "lo", "up"),
                ("-n", name, "route", "add", "default", "via", f"{net}.1"),
            ]
            if not all(_ip(*step) for step in steps):
                raise NoNetworks("network namespaces cannot be joined here")
            places.append((name, f"{net}.1", f"{net}.2"))
        yield places
    finally:
        for name in made:
            _ip("netns", "del", name)  # its end of the wire goes, and so ours


def _ip(*words: str) -> bool:
    return subprocess.run(["ip", *words], capture_output=True).returncode == 0


@dataclass(frozen=True)
class Cluster:
    """A scheduler's address, and its workers: their folders and processes."""

    address: str
    folders: list[Path]
    workers: list[subprocess.Popen]


@contextlib.contextmanager
def a_cluster(
    places: list[tuple[str, str, str]], folder: Path, *, environment: dict[str, str], threads: int = 2
) -> Iterator[Cluster]:
    """Start a Dask scheduler here and a worker in each network, each in an empty folder of its own."""
    processes: list[subprocess.Popen] = []

    def start(name: str, *words: str) -> tuple[Path, Path]:
        log, own = folder / f"{name}.log", folder / f"folder-{name}"
        own.mkdir()
        with open(log, "w") as file:
            more = {"env": os.environ | environment, "start_new_session": True}
            processes.append(subprocess.Popen(words, cwd=own, stdout=file, stderr=subprocess.STDOUT, **more))
        return log, own

    def wait_for(log: Path, pattern: str) -> re.Match:
        """Wait until a log holds what is looked for; it is written by a process that lives."""
        while not (found := re.search(pattern, log.read_text())):
            if processes[-1].poll() is not None:
                raise AssertionError(log.read_text())
            time.sleep(0.1)  # its log is its only way to say that it is ready
        return found

    try:
        dask = [sys.executable, "-m", "dask"]
        log, _ = start("scheduler", *dask, "scheduler", "--host", "0.0.0.0", "--port", "0", "--no-dashboard")
        port = wait_for(log, r"Scheduler at: +tcp://\S+:(\d+)")[1]
        folders = []
        for name, ours, theirs in places:
            line = ["ip", "netns", "exec", name, *dask, "worker", f"tcp://{ours}:{port}", "--host", theirs]
            log, own = start(name, *line, "--nthreads", str(threads), "--no-dashboard")
            wait_for(log, r"Registered to")
            folders.append(own)
        yield Cluster(f"tcp://127.0.0.1:{port}", folders, processes[1:])
    finally:
        for process in reversed(processes):
            process.terminate()
        for process in processes:
            process.wait(timeout=60)
