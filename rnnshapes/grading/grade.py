"""Grade one submission: a pure function of its bytes and the assignment's, run in a worker process."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from typing import TYPE_CHECKING, Any

from rnnshapes.errors import CourseError
from rnnshapes.grading.cells import ANSWER, REFEREED, Cell, bound, global_reads, parse, read_plan, visible
from rnnshapes.grading.run import Outputs, RefereeLost, RefereeProcess, StudentKernel, run_refereed
from rnnshapes.grading.sandbox import Sandbox, SandboxLost
from rnnshapes.grading.scan import hiding
from rnnshapes.grading.task import Graded, GradedNotebook, Spec, Submission

if TYPE_CHECKING:
    from nbformat import NotebookNode

_ATTEMPTS = 4
_REFEREE_GROWTH = 400 * 2**20


def grade_one(submission: Submission, spec: Spec) -> Graded:
    """Return a submission's scores and its autograded notebooks. Never raises for what a student handed in.

    The sandbox and the referee are started on first use and kept for the next submission of this process. When one of
    them is lost, by a crash or a kill, both are started anew and the submission is graded again from the beginning.

    Raises: CourseError where submissions cannot be run at all (no sandbox), or the instructor's notebook is no notebook.
    """
    trouble = ""
    for _ in range(_ATTEMPTS):
        try:
            return _grade(submission, spec, _workshop(spec))
        except (SandboxLost, RefereeLost, BrokenPipeError, ConnectionError) as error:
            trouble = f"{type(error).__name__}: {str(error).strip().splitlines()[-1:] or ''}"
            close()
    return Graded(
        submission.login,
        failure=f"not graded: the sandbox or the referee was lost {_ATTEMPTS} times ({trouble}). Try: grade it alone.",
    )


class _Workshop:
    """What a worker process keeps from one submission to the next."""

    def __init__(self, spec: Spec) -> None:
        self.key = (spec.limits, spec.trusted, spec.seed, spec.assignment, tuple(sorted(spec.files.items())))
        starting: dict[str, Any] = {}

        def start_referee() -> None:
            try:
                starting["referee"] = RefereeProcess(seed=spec.seed, files=spec.files)
            except BaseException as error:
                starting["error"] = error

        thread = threading.Thread(target=start_referee)
        thread.start()  # both import TensorFlow: at the same time
        try:
            self.sandbox = Sandbox(spec.limits, trusted=spec.trusted)
        finally:
            thread.join()
        if "error" in starting:
            self.sandbox.close()
            raise starting["error"]
        self.referee: RefereeProcess = starting["referee"]
        self.first_size = 0

    def close(self) -> None:
        self.sandbox.close()
        self.referee.close()

    def referee_has_grown(self) -> bool:
        """Tell whether the referee holds much more than after its first submission: then it is time for a new one."""
        size = self.referee.memory()
        self.first_size = self.first_size or size
        return size > self.first_size + _REFEREE_GROWTH


_current: _Workshop | None = None


def _workshop(spec: Spec) -> _Workshop:
    global _current
    key = (spec.limits, spec.trusted, spec.seed, spec.assignment, tuple(sorted(spec.files.items())))
    if _current is not None and _current.key != key:
        close()
    if _current is None:
        _current = _Workshop(spec)
    return _current


def close() -> None:
    """End this process's sandbox and referee."""
    global _current
    if _current is not None:
        held, _current = _current, None
        with contextlib.suppress(OSError):
            held.close()


def _grade(submission: Submission, spec: Spec, workshop: _Workshop) -> Graded:
    graded = Graded(submission.login)
    deadline = time.monotonic() + spec.limits.seconds
    for name, source in spec.notebooks.items():
        if name not in submission.notebooks:
            continue
        notebook, seconds, peak = _grade_notebook(name, submission, spec, source, workshop, deadline)
        graded.notebooks[name] = notebook
        graded.peak_memory = max(graded.peak_memory, peak)
        for step, spent in seconds.items():
            graded.seconds[step] = round(graded.seconds.get(step, 0.0) + spent, 4)
    if not graded.notebooks:
        names = ", ".join(f"{name}.ipynb" for name in spec.notebooks)
        graded.failure = f"nothing to grade: expected {names}. Try: ask for it again."
    if all(notebook.json == "" for notebook in graded.notebooks.values()) and graded.notebooks:
        graded.failure = next(iter(graded.notebooks.values())).remarks[0]
        graded.notebooks = {}
    if workshop.referee_has_grown():
        close()
    return graded


def _grade_notebook(
    name: str, submission: Submission, spec: Spec, source: bytes, workshop: _Workshop, deadline: float
) -> tuple[GradedNotebook, dict[str, float], int]:
    import nbformat

    from rnnshapes.grading.ingest import read_notebook
    from rnnshapes.grading.repair import repair

    seconds: dict[str, float] = {}
    began = time.monotonic()
    text = source.decode()
    try:
        submitted = read_notebook(submission.notebooks[name])
    except CourseError as error:
        return GradedNotebook("", remarks=[str(error)]), {"read": time.monotonic() - began}, 0
    notebook, repairs = repair(submitted, nbformat.reads(text, as_version=4))
    seconds["repair"] = time.monotonic() - began
    for attempt in (1, 2):
        run = NotebookRun(notebook, read_plan(text), workshop.sandbox, workshop.referee)
        peak = run.go(spec, {**spec.files, **submission.files}, deadline)
        if not run.kernel.killed_outside or attempt == 2:  # a kill may not have been the student's doing: once more
            break
        notebook = repair(submitted, nbformat.reads(text, as_version=4))[0]
    for step, spent in run.seconds.items():
        seconds[step] = seconds.get(step, 0.0) + spent
    graded = run.graded
    graded.repairs = repairs
    notes = {"repairs": repairs, "remarks": [*submission.remarks, *graded.remarks]}
    notebook.metadata["rnnshapes"] = notes
    graded.json = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return graded, seconds, peak


class NotebookRun:
    """Walk through a repaired notebook; fill in outputs, scores and what was recognised."""

    def __init__(
        self, notebook: NotebookNode, plan: tuple[Cell, ...], sandbox: Sandbox, referee: RefereeProcess
    ) -> None:
        self.notebook, self.plan, self.sandbox, self.referee = notebook, plan, sandbox, referee
        self.graded = GradedNotebook("")
        self.seconds = {"student": 0.0, "referee": 0.0, "set-up": 0.0}
        self.known = {cell.grade_id: place for place, cell in enumerate(plan) if cell.grade_id}
        self.answers = [cell.grade_id for cell in plan if cell.kind == ANSWER]

    def go(self, spec: Spec, files: dict[str, bytes], deadline: float) -> int:
        """Run every cell in order. Returns: the peak of the kernel's memory, in bytes."""
        own = [cell for cell in self.notebook.cells if cell.cell_type == "code" and self._place(cell) is None]
        own += [cell for cell in self.notebook.cells if cell.cell_type == "code" and self._kind(cell) == ANSWER]
        self.hiding = hiding(cell.source for cell in own)
        self.reads = set().union(*(global_reads(cell.source) for cell in own))
        self._referee({"op": "fresh"}, None)
        self.next = 0  # the first cell of the plan that the referee has not run
        began = time.monotonic()
        self.kernel = StudentKernel(self.sandbox, spec.limits, files, deadline=deadline)
        try:
            for cell in self.notebook.cells:
                if cell.cell_type == "code":
                    self._run_cell(cell)
                if cell.metadata.get("nbgrader", {}).get("grade"):
                    self._score(cell)
        except BaseException:
            with contextlib.suppress(SandboxLost):
                self.kernel.close()
            raise
        self.kernel.close()
        self.seconds["other"] = time.monotonic() - began - sum(self.seconds.values())
        if self.kernel.died:
            self.graded.remarks.append(self.kernel.died)
        if self.hiding:
            self.graded.remarks.append(
                f"The notebook uses {self.hiding}: what hides how an answer is worked out is not believed. Have a look."
            )
        return self.kernel.peak

    def _place(self, cell: NotebookNode) -> int | None:
        return self.known.get(cell.metadata.get("nbgrader", {}).get("grade_id"))

    def _kind(self, cell: NotebookNode) -> str:
        place = self._place(cell)
        return "" if place is None else self.plan[place].kind

    def _run_cell(self, cell: NotebookNode) -> None:
        if self._kind(cell) != REFEREED:
            self._run_student(cell, cell.source)
            return
        shown = visible(cell.source)
        if bound(parse(shown)) & self.reads:  # the student's code relies on what this cell leaves behind
            self._run_student(None, shown)
        self._run_referee(cell)

    def _run_student(self, cell: NotebookNode | None, source: str) -> None:
        if self.kernel.died or not source.strip():
            return
        began = time.monotonic()
        outputs, reply = self.kernel.run(source)
        self.seconds["student"] += time.monotonic() - began
        if cell is not None:
            cell.outputs = _nodes(outputs)
            cell.execution_count = reply.get("count") if isinstance(reply.get("count"), int) else None

    def _run_referee(self, cell: NotebookNode) -> None:
        place = self.known[cell.metadata.nbgrader["grade_id"]]
        for pending in self.plan[self.next : place]:
            if pending.kind != REFEREED and pending.source.strip():
                began = time.monotonic()
                said = self._referee(self._message(pending), None)
                self.seconds["set-up"] += time.monotonic() - began
                if said["error"] and not pending.binds:
                    name = pending.grade_id or "a cell without a name"
                    self.graded.remarks.append(f"The instructor's cell {name} raised {said['error']} in the referee.")
        self.next = max(self.next, place + 1)
        planned = self.plan[place]
        outputs = Outputs(self.kernel.allowance)
        if self.kernel.died:
            text = f"{self.kernel.died} Try: run the notebook from top to bottom with Restart and Run All."
            outputs.list.append(
                {"output_type": "error", "ename": "KernelDied", "evalue": text, "traceback": [f"KernelDied: {text}"]}
            )
            said = {"error": "KernelDied", "text": text, "recognised": [], "hints": {}, "number": None, "count": None}
        else:
            began = time.monotonic()
            said = self._referee(self._message(planned), outputs)
            self.seconds["referee"] += time.monotonic() - began
        cell.outputs = _nodes(outputs.list)
        cell.execution_count = said.get("count")
        self._note(cell, planned, said)

    def _message(self, cell: Cell) -> dict[str, Any]:
        return {"op": "run", "source": cell.source, "bind": list(cell.binds), "hiding": self.hiding}

    def _referee(self, message: dict[str, Any], outputs: Outputs | None) -> dict[str, Any]:
        if message["op"] == "fresh":
            self.referee.send(message)
            return self.referee.receive(deadline=time.monotonic() + 120)[0]
        return run_refereed(self.referee, self.kernel, message, outputs=outputs or Outputs(self.kernel.allowance))

    def _note(self, cell: NotebookNode, planned: Cell, said: dict[str, Any]) -> None:
        """Keep what the referee said beside the cell: for the score, the student's feedback and the report."""
        number = said["number"] if planned.partial else None
        cell.metadata["rnnshapes"] = {"error": said["error"], "number": number, "student_message": said["text"]}
        wrong = said["error"] or (said.get("judged") and not said.get("right"))
        if not wrong and not said["recognised"]:
            return
        answer = next((name for name in sorted(self.answers, key=len, reverse=True) if name in planned.grade_id), None)
        if answer is None:
            return
        found = self.graded.recognised.setdefault(answer, [])
        found += [key for key in said["recognised"] or ["?"] if key not in found]
        if len(found) > 1 and "?" in found:
            found.remove("?")
        self.graded.hints |= said["hints"]

    def _score(self, cell: NotebookNode) -> None:
        """Score a graded cell: a test by how it ended, an answer in words by whether anything was written."""
        meta = cell.metadata.nbgrader
        points = float(meta["points"])
        if meta.get("solution"):
            from nbgrader.utils import determine_grade

            self.graded.scores[meta["grade_id"]] = determine_grade(cell)[0]
            return
        said = cell.metadata.get("rnnshapes", {})
        score: float | None = 0.0 if said.get("error") else points
        number = said.get("number")
        if not said.get("error") and number is not None:
            score = float(number) if 0 <= number <= points else None
            if score is None:
                self.graded.remarks.append(f"{meta['grade_id']} gave {number:g} of {points:g} points: look at its test.")
        self.graded.scores[meta["grade_id"]] = score


def _nodes(outputs: list[dict[str, Any]]) -> list[NotebookNode]:
    import nbformat

    return [nbformat.from_dict(output) for output in outputs]
