"""A large class on a cluster of two machines of which one dies on the way, against the same class graded here.

    python bench/cluster.py                    100 submissions (five minutes)
    python bench/cluster.py --number 1000      (half an hour)

The scheduler runs here, each worker in a network namespace of its own and without a shared folder (needs root).
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
from grading import LESSON, ROOT, honest_students, large_class

sys.path.insert(0, str(ROOT / "tests"))
from fake_course import dump  # noqa: E402
from networks_help import Cluster, a_cluster, two_networks  # noqa: E402

from rnnshapes.grading.engine import folders  # noqa: E402


def main() -> None:
    """Print both times, and how the two gradebooks compare."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--number", type=int, default=100)
    number = parser.parse_args().number
    with tempfile.TemporaryDirectory() as folder:
        here, there = Path(folder, "here"), Path(folder, "there")
        large_class(here, honest_students(), number)
        shutil.copytree(here, there)
        print(f"here                {number} submissions in {grade(here):.0f} s")
        python = {"PYTHONPATH": str(ROOT)}
        with two_networks() as places, a_cluster(places, Path(folder), environment=python) as cluster:
            spent = grade(there, cluster, die_after=number // 3)
        print(f"two machines        {number} submissions in {spent:.0f} s; one died after {number // 3}")
        one, other = (dump(folders.open_course(root).db_url) for root in (here, there))
        assert sum(row[0] == "student" for row in one) == number
        different = len(set(one) ^ set(other))
        print(f"gradebooks          {len(one)} rows, {different} differ")
        sys.exit(bool(different))


def grade(root: Path, cluster: Cluster | None = None, *, die_after: int = 0) -> float:
    """Grade a class here, or on a cluster whose last worker is killed after so many results; return the seconds."""
    where = ["--scheduler", cluster.address] if cluster else []
    line = [sys.executable, "-u", "-m", "rnnshapes.cli", "--course", str(root), "grade", LESSON, "--no-feedback"]
    began = time.monotonic()
    process = subprocess.Popen(
        [*line, *where], stdout=subprocess.PIPE, text=True, env=os.environ | {"RNNSHAPES_SEED": "the same for both"}
    )
    said, graded = [], 0
    for text in process.stdout:
        said.append(text)
        graded += ": graded" in text
        if cluster and graded == die_after and cluster.workers[-1].poll() is None:
            kill(cluster.workers[-1])
    assert process.wait() == 0, "".join(said)
    return time.monotonic() - began


def kill(machine: subprocess.Popen) -> None:
    """End a worker, its nanny and all that they have started, at once."""
    whole = psutil.Process(machine.pid)
    for process in [whole, *whole.children(recursive=True)]:
        with contextlib.suppress(psutil.Error):
            process.kill()
    machine.wait()


if __name__ == "__main__":
    main()
