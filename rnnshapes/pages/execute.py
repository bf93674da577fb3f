"""Run lectures as a student does, from top to bottom in a fresh kernel: as many at a time as there are cores."""

from __future__ import annotations

import asyncio
import hashlib
import os
import platform
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rnnshapes import files
from rnnshapes.grading.journal import library_version, package_digest, state_folder

CELL_SECONDS = 120
KEPT = "executed"
"""Where executed lectures are kept under .rnnshapes/, so that slides and site need one run."""


@dataclass(frozen=True)
class Executed:
    """A lecture after its run: the notebook with its outputs, or what went wrong."""

    lesson: str
    notebook: Any = None
    failure: str = ""
    kept: bool = False
    """It is from an earlier run of the same cells with the same package."""


def execute_lectures(
    root: Path, lessons: list[str], *, done: Callable[[Executed], None] = lambda _: None
) -> list[Executed]:
    """Run the lessons' lectures and return them in the order of `lessons`; `done` hears of each when it has ended.

    A lecture that ran before is not run again while its cells, this package and the libraries stay as they are.
    """
    return asyncio.run(_execute_all(root, lessons, done))


async def _execute_all(root: Path, lessons: list[str], done: Callable[[Executed], None]) -> list[Executed]:
    package = _package_digest()
    free = asyncio.Semaphore(os.cpu_count() or 1)

    async def one(lesson: str) -> Executed:
        async with free:
            executed = await _execute(root, lesson, package)
        done(executed)
        return executed

    return await asyncio.gather(*map(one, lessons))


async def _execute(root: Path, lesson: str, package: bytes) -> Executed:
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    path = root / files.notebook_path(lesson, "lecture.py")
    if not path.is_file():
        return Executed(lesson, failure=f"Got no {path.relative_to(root)}, expected a lecture. Try: make build")
    data = path.read_bytes()
    digest = hashlib.sha256(package + data).hexdigest()
    kept = state_folder(root) / KEPT / f"{lesson}.ipynb"
    if (notebook := _kept(kept, digest)) is not None:
        return Executed(lesson, notebook, kept=True)
    notebook = nbformat.reads(data.decode("utf-8"), as_version=4)
    client = NotebookClient(
        notebook, timeout=CELL_SECONDS, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    )
    # Started from a notebook's own kernel, this name would make explorers wait for a JupyterLab.
    environment = {name: value for name, value in os.environ.items() if name != "JPY_SESSION_NAME"}
    try:
        await client.async_execute(env=environment, stderr=subprocess.DEVNULL)  # start-up messages; not the cells'
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        return Executed(lesson, failure=_failure(path.relative_to(root), error))
    notebook.metadata["executed"] = digest
    files.write_file(kept, nbformat.writes(notebook).encode("utf-8"))
    return Executed(lesson, notebook)


def _kept(path: Path, digest: str) -> Any:
    import nbformat

    try:
        notebook = nbformat.read(path, as_version=4)
    except (OSError, ValueError):  # never run, or half a file
        return None
    return notebook if notebook.metadata.get("executed") == digest else None


def _failure(path: Path, error: Exception) -> str:
    from nbclient.exceptions import CellTimeoutError

    name, value = getattr(error, "ename", ""), getattr(error, "evalue", "")
    if isinstance(error, CellTimeoutError):
        what = f"a cell that ran for more than {CELL_SECONDS} seconds"
    else:
        what = f"{name}: {value}".splitlines()[0] if name else "a kernel that died"
    return f"{path}: got {what}, expected a lecture that runs to its end. Try: run it in JupyterLab (make lab)"


def _package_digest() -> bytes:
    """Return a digest of all that outputs depend on beside the notebook: the package's files and the libraries."""
    versions = [platform.python_version(), *map(library_version, ("numpy", "matplotlib", "keras", "tensorflow"))]
    code = package_digest(suffixes=(".py", ".js", ".css"), without=("authoring", "demo", "grading"))
    return " ".join([*versions, code]).encode()
