"""Small notebooks for the tests of the grading core: cells, submissions, and kernels for one test each."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator

from rnnshapes.grading.execute.cells import visible
from rnnshapes.grading.execute.processes import Outputs, StudentKernel, run_refereed
from rnnshapes.grading.task import Limits, Spec, Submission

NAME = "small"


def cell(source: str, grade_id: str = "", *, kind: str = "code", **flags) -> dict:
    """Return a cell as a notebook keeps it; with an id it is nbgrader's."""
    made = {"cell_type": kind, "id": grade_id or f"cell-{abs(hash(source)) % 10**12}", "metadata": {}, "source": source}
    if kind == "code":
        made |= {"execution_count": None, "outputs": []}
    if grade_id:
        plain = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
        made["metadata"]["nbgrader"] = {"grade_id": grade_id} | plain | flags
    return made


def answer(grade_id: str, source: str) -> dict:
    return cell(source, grade_id, solution=True)


def graded(grade_id: str, source: str, points: float = 1) -> dict:
    return cell(source, grade_id, grade=True, locked=True, points=points)


def readonly(grade_id: str, source: str) -> dict:
    return cell(source, grade_id, locked=True)


def dump(cells: list[dict]) -> bytes:
    spec = {"name": "python3", "language": "python", "display_name": "Python 3"}
    book = {"cells": cells, "metadata": {"kernelspec": spec}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(book).encode()


def spec_of(cells: list[dict], *, limits: Limits | None = None, trusted: bool = False, **more) -> Spec:
    """Return the assignment whose instructor's notebook has these cells."""
    return Spec("small", {NAME: dump(cells)}, limits=limits or Limits(), trusted=trusted, **more)


def hand_in(
    spec: Spec, answers: dict[str, str] | None = None, *, login: str = "ada", extra: dict[str, str] | None = None
):
    """Return a submission: the source with other answers, and with cells of the student's own before some cells."""
    cells = []
    for made in json.loads(spec.notebooks[NAME])["cells"]:
        grade_id = made["metadata"].get("nbgrader", {}).get("grade_id", "")
        if grade_id in (extra or {}):
            cells.append(cell(extra[grade_id]))
        cells.append(made | {"source": (answers or {}).get(grade_id, visible(made["source"]))})
    if "" in (extra or {}):
        cells.append(cell(extra[""]))
    return Submission(login, {NAME: dump(cells)})


@contextlib.contextmanager
def student(sandbox, **files: bytes) -> Iterator[StudentKernel]:
    """Start a kernel in the sandbox for one test."""
    limits = sandbox.limits
    kernel = StudentKernel(sandbox, limits, files, deadline=time.monotonic() + limits.seconds)
    try:
        yield kernel
    finally:
        kernel.close()


def printed(outputs: list[dict]) -> str:
    """Return what a cell printed and its errors' last words."""
    return "".join(output.get("text", "") or output.get("evalue", "") for output in outputs)


def judge(referee, kernel: StudentKernel, source: str, *, bind: tuple[str, ...] = (), fresh: bool = True, **more):
    """Run a test cell. Returns: what the referee says at the end, and the cell's outputs."""
    if fresh:
        referee.send({"op": "fresh"})
        referee.receive(deadline=time.monotonic() + 120)
    outputs = Outputs(kernel.allowance)
    message = {"op": "run", "source": source, "bind": list(bind)} | more
    return run_refereed(referee, kernel, message, outputs=outputs), outputs.list
