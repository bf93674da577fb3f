"""One notebook, where its functions are by hand by construction; and, if that does not tell, where Keras can run.

First it runs in a process that has no Keras: a stand-in takes its place (inert.py), and the referee calls the functions
there. A notebook that did nothing with the stand-in shows there what it shows anywhere, and is done. Otherwise it runs
once more with TensorFlow, for its outputs; and if a test failed, the tests do too. What is right there alone is not
seen to be by hand: a person decides.
"""

from __future__ import annotations

import copy
import hashlib
import time
from typing import TYPE_CHECKING, Any, Protocol

from rnnshapes.grading.execute.cells import Cell, read_plan
from rnnshapes.grading.execute.processes import RefereeProcess
from rnnshapes.grading.execute.sandbox import Sandbox
from rnnshapes.grading.execute.walk import NotebookRun
from rnnshapes.grading.task import Spec, Submission

if TYPE_CHECKING:
    from nbformat import NotebookNode


class Processes(Protocol):
    """What a worker keeps."""

    by_hand: Sandbox
    sandbox: Sandbox
    referee: RefereeProcess


def run_both_ways(
    notebook: NotebookNode, name: str, submission: Submission, spec: Spec, processes: Processes
) -> NotebookRun:
    """Run a repaired notebook, fill in outputs and scores; return the run that counts.

    Raises: SandboxLost, RefereeLost.
    """
    plan: tuple[Cell, ...] = read_plan(spec.notebooks[name].decode())
    files, digest, began = {**spec.files, **submission.files}, digest_work(notebook, submission), time.monotonic()
    first = NotebookRun(notebook, plan, processes.by_hand, processes.referee)
    first.go(spec, files, submission=digest)
    if not first.kernel.touched:
        return first
    tests = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    kept = [
        copy.deepcopy((cell.get("outputs"), cell.get("execution_count"), cell.metadata.get("rnnshapes")))
        for cell in tests
    ]
    left = spec.limits.seconds - (time.monotonic() - began)
    failed = any(
        _points(first, cell) < float(cell.metadata.nbgrader["points"]) for cell in tests if cell.cell_type == "code"
    )
    again = NotebookRun(notebook, plan, processes.sandbox, processes.referee if failed else None)
    again.go(spec, files, submission=digest, seconds=max(left, spec.limits.seconds / 2), before=first.kernel)
    again.graded.remarks += [
        remark for remark in first.graded.remarks if remark not in again.graded.remarks and not first.kernel.died
    ]
    for cell, (outputs, count, meta) in zip(tests, kept, strict=True):
        _settle(cell, first, again, outputs, count, meta)
    if not failed:
        for name in ("recognised", "hints", "formulas"):
            setattr(again.graded, name, getattr(first.graded, name))
    for step, spent in first.seconds.items():
        again.seconds[step] = again.seconds.get(step, 0.0) + spent
    again.kernel.killed_outside |= first.kernel.killed_outside
    return again


def digest_work(notebook: NotebookNode, submission: Submission) -> str:
    """Return what the submission's own hidden cases are drawn from: the same for the same work, and for no other."""
    digest = hashlib.sha256()
    for cell in notebook.cells:
        digest.update(b"\0" + cell.source.encode("utf-8", "surrogatepass"))
    for path, data in sorted(submission.files.items()):
        digest.update(b"\0" + path.encode("utf-8", "surrogatepass") + b"\0" + hashlib.sha256(data).digest())
    return digest.hexdigest()


def _points(run: NotebookRun, cell: NotebookNode) -> float:
    return run.graded.scores.get(cell.metadata.nbgrader["grade_id"]) or 0.0


def _settle(cell: NotebookNode, first: NotebookRun, again: NotebookRun, outputs: Any, count: Any, meta: Any) -> None:
    """Give a test cell the result that counts: the first, unless Keras made the second a better one."""
    name = cell.metadata.nbgrader["grade_id"]
    if name not in again.graded.scores or _points(first, cell) >= float(cell.metadata.nbgrader["points"]):
        again.graded.scores[name] = first.graded.scores.get(name)
        cell.metadata["rnnshapes"] = meta
        if outputs is not None:
            cell.outputs, cell.execution_count = outputs, count
        return
    if again.graded.scores[name] and again.graded.scores[name] > _points(first, cell):
        again.graded.scores[name] = None
        cell.metadata["rnnshapes"]["score"] = None
        again.graded.remarks.append(
            f"{name}: right with Keras at hand, and not without it. A person has to look how its function works."
        )
