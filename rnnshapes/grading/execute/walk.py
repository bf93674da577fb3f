"""Walk through a repaired notebook, cell by cell: what the student's kernel runs, what the referee, and the scores."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Any

from rnnshapes.grading.execute.cells import ANSWER, REFEREED, SETUP, Cell, bound, global_reads, parse, visible
from rnnshapes.grading.execute.outputs import Outputs
from rnnshapes.grading.execute.processes import RefereeLost, RefereeProcess, StudentKernel, run_refereed
from rnnshapes.grading.execute.sandbox import Sandbox, SandboxLost
from rnnshapes.grading.execute.setup_cells import needed
from rnnshapes.grading.task import GradedNotebook, Spec

if TYPE_CHECKING:
    from nbformat import NotebookNode


_DYNAMIC = {"exec", "eval", "globals", "vars", "locals"}  # who uses these may look up any name


class NotebookRun:
    """Walk through a repaired notebook; fill in outputs, scores and what was recognised.

    Without a `referee` the student's cells are run for their outputs, and no test.
    """

    def __init__(
        self, notebook: NotebookNode, plan: tuple[Cell, ...], sandbox: Sandbox, referee: RefereeProcess | None
    ) -> None:
        self.notebook, self.plan, self.sandbox, self.referee = notebook, plan, sandbox, referee
        self.graded = GradedNotebook("")
        self.seconds = {"student": 0.0, "referee": 0.0, "set-up": 0.0}
        self.known = {cell.grade_id: place for place, cell in enumerate(plan) if cell.grade_id}
        self.answers = [cell.grade_id for cell in plan if cell.kind == ANSWER]

    def go(
        self,
        spec: Spec,
        files: dict[str, bytes],
        *,
        submission: str = "",
        seconds: float = 0.0,
        before: StudentKernel | None = None,
    ) -> None:
        """Run every cell in order; it takes `seconds` at most. `submission` is a digest of the work.

        What took too long in the kernel `before` is not waited for a second time.
        """
        own = [cell for cell in self.notebook.cells if cell.cell_type == "code" and self._place(cell) is None]
        own += [cell for cell in self.notebook.cells if cell.cell_type == "code" and self._kind(cell) == ANSWER]
        self.reads = set().union(*(global_reads(cell.source) for cell in own))
        self.left_out = self._left_out()
        self.counts = self._counts()
        if self.referee is not None:
            self._fresh(submission)
        self.delimiters = spec.delimiters
        self.next = 0  # the first cell of the plan that the referee has not run
        began = time.monotonic()
        self.kernel = StudentKernel(self.sandbox, spec.limits, files, deadline=began + (seconds or spec.limits.seconds))
        if before is not None:
            self.kernel.slow |= before.slow
            self.kernel.stuck |= before.stuck
        try:
            for cell in self.notebook.cells:
                if cell.cell_type == "code":
                    self._run_cell(cell)
                if self.referee is not None and cell.metadata.get("nbgrader", {}).get("grade"):
                    self._score(cell)
        except BaseException:
            with contextlib.suppress(SandboxLost):
                self.kernel.close()
            raise
        self.kernel.close()
        self.seconds["other"] = time.monotonic() - began - sum(self.seconds.values())
        if self.kernel.died:
            self.graded.remarks.append(self.kernel.died)
        self.graded.seconds, self.graded.peak_memory = self.seconds, self.kernel.peak

    def _left_out(self) -> dict[str, NotebookNode]:
        """Return the set-up cells that the student's kernel can do without, by id: the referee shows their outputs."""
        refereed = [place for place, planned in enumerate(self.plan) if planned.kind == REFEREED]
        last = max(refereed, default=0)
        setup = [cell for cell in self.notebook.cells if cell.cell_type == "code" and self._kind(cell) == SETUP]
        setup = [cell for cell in setup if self._place(cell) < last]
        if not self.answers or self.reads & _DYNAMIC:
            return {}
        use = needed([cell.source for cell in setup], self.reads)
        return {cell.metadata.nbgrader["grade_id"]: cell for cell, used in zip(setup, use, strict=True) if not used}

    def _counts(self) -> dict[str, int]:
        """Return the number that each code cell has in its brackets after Restart and Run All, by cell id."""
        run = [cell for cell in self.notebook.cells if cell.cell_type == "code" and cell.source.strip()]
        return {cell.id: number for number, cell in enumerate(run, 1)}

    def _place(self, cell: NotebookNode) -> int | None:
        return self.known.get(cell.metadata.get("nbgrader", {}).get("grade_id"))

    def _kind(self, cell: NotebookNode) -> str:
        place = self._place(cell)
        return "" if place is None else self.plan[place].kind

    def _run_cell(self, cell: NotebookNode) -> None:
        if self._kind(cell) != REFEREED:
            if cell.metadata.get("nbgrader", {}).get("grade_id") not in self.left_out:
                self._run_student(cell, cell.source)
            return
        shown = visible(cell.source, self.delimiters)
        if bound(parse(shown)) & self.reads:  # the student's code relies on what this cell leaves behind
            self._run_student(cell, shown)
        if self.referee is not None:
            self._run_referee(cell)

    def _run_student(self, cell: NotebookNode, source: str) -> None:
        if self.kernel.died or not source.strip():
            return
        began = time.monotonic()
        count = self.counts[cell.id]
        cell.outputs, cell.execution_count = _nodes(self.kernel.run(source, count)), count
        self.seconds["student"] += time.monotonic() - began

    def _run_referee(self, cell: NotebookNode) -> None:
        place = self.known[cell.metadata.nbgrader["grade_id"]]
        for pending in self.plan[self.next : place]:
            if pending.kind != REFEREED and pending.source.strip():
                began = time.monotonic()
                outputs = Outputs(self.kernel.allowance)
                shown = self.left_out.get(pending.grade_id)
                said = self._referee(self._message(pending, shown), outputs)
                self.seconds["set-up"] += time.monotonic() - began
                if shown is not None:
                    shown.outputs, shown.execution_count = _nodes(outputs.list), self.counts[shown.id]
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
            said = {"error": "KernelDied", "text": text, "recognised": [], "hints": {}, "formula": [], "number": None}
        else:
            began = time.monotonic()
            said = self._referee(self._message(planned, cell), outputs)
            self.seconds["referee"] += time.monotonic() - began
        cell.outputs, cell.execution_count = _nodes(outputs.list), self.counts.get(cell.id)
        self._note(cell, planned, said)

    def _message(self, planned: Cell, cell: NotebookNode | None) -> dict[str, Any]:
        message = {"op": "run", "source": planned.source, "bind": list(planned.binds)}
        message["set-up"] = planned.kind == SETUP
        message["loose"] = list(planned.loose)
        return message | {"count": self.counts.get(cell.id) if cell is not None else None}

    def _referee(self, message: dict[str, Any], outputs: Outputs) -> dict[str, Any]:
        return run_refereed(self.referee, self.kernel, message, outputs=outputs)

    def _fresh(self, submission: str) -> None:
        self.referee.send({"op": "fresh", "submission": submission})
        said, _ = self.referee.receive(deadline=time.monotonic() + 120)
        if said.get("op") != "done":
            raise RefereeLost("it answers another question")

    def _note(self, cell: NotebookNode, planned: Cell, said: dict[str, Any]) -> None:
        """Keep what the referee said beside the cell: for the score, the student's feedback and the report."""
        number = said["number"] if planned.partial else None
        cell.metadata["rnnshapes"] = {"error": said["error"], "number": number, "student_message": said["text"]}
        wrong = said["error"] or (said.get("judged") and not said.get("right"))
        if not wrong and not said["recognised"]:
            return
        for answer in planned.answers:
            found = self.graded.recognised.setdefault(answer, [])
            found += [key for key in said["recognised"] or ["?"] if key not in found]
            if len(found) > 1 and "?" in found:
                found.remove("?")
            if said["formula"]:
                self.graded.formulas[answer] = said["formula"]
        self.graded.hints |= said["hints"]

    def _score(self, cell: NotebookNode) -> None:
        """Score a graded cell: a test by how it ended, an answer in words by whether anything was written."""
        meta = cell.metadata.nbgrader
        points = float(meta["points"])
        if meta.get("solution"):
            from nbgrader.utils import determine_grade

            score = determine_grade(cell)[0]
            self.graded.scores[meta["grade_id"]] = score
            cell.metadata["rnnshapes"] = {"score": score}
            return
        said = cell.metadata.get("rnnshapes", {})
        score: float | None = 0.0 if said.get("error") else points
        number = said.get("number")
        if not said.get("error") and number is not None:
            score = float(number) if 0 <= number <= points else None
            if score is None:
                self.graded.remarks.append(
                    f"{meta['grade_id']} gave {number:g} of {points:g} points: look at its test."
                )
        self.graded.scores[meta["grade_id"]] = score
        cell.metadata.setdefault("rnnshapes", {})["score"] = score


def _nodes(outputs: list[dict[str, Any]]) -> list[NotebookNode]:
    import nbformat

    try:
        return [nbformat.from_dict(output) for output in outputs]
    except RecursionError:
        text = "What this cell shows is nested too deep to be kept.\n"
        return [nbformat.from_dict({"output_type": "stream", "name": "stdout", "text": text})]
