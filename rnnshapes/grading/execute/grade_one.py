"""Grade one submission: a pure function of its bytes and the assignment's, run in a worker process."""

from __future__ import annotations

import contextlib
import json
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from rnnshapes.errors import CourseError, NotNow
from rnnshapes.grading.execute.both_ways import run_both_ways
from rnnshapes.grading.execute.processes import RefereeLost, RefereeProcess
from rnnshapes.grading.execute.sandbox import Sandbox, SandboxLost
from rnnshapes.grading.repair.kept_attempts import kept_attempts
from rnnshapes.grading.repair.mend import repair
from rnnshapes.grading.repair.notebook import read_notebook
from rnnshapes.grading.task import Graded, GradedNotebook, Spec, Submission

if TYPE_CHECKING:
    from nbformat import NotebookNode

_ATTEMPTS = 4
_REFEREE_GROWTH = 150 * 2**20  # TensorFlow keeps a third of a megabyte of each submission's models


def grade_one(submission: Submission, spec: Spec) -> Graded:
    """Return a submission's scores and its autograded notebooks. Never raises for what a student handed in.

    The sandbox and the referee are started on first use and kept for the next submission of this process. When one of
    them is lost, by a crash or a kill, both are started anew and the notebook is graded again from the beginning.

    Raises: CourseError where submissions cannot be run at all (no sandbox), or the instructor's notebook is none;
    NotNow when sandbox or referee are lost again and again.
    """
    graded = Graded(submission.login)
    for name, source in spec.notebooks.items():
        if name not in submission.notebooks:
            continue
        try:
            notebook = _grade_notebook(name, submission, spec, source.decode())
        except _NotGraded as error:
            graded.failure = str(error)
            graded.notebooks = {}
            return graded
        graded.notebooks[name] = notebook
        graded.peak_memory = max(graded.peak_memory, notebook.peak_memory)
        for step, spent in notebook.seconds.items():
            graded.seconds[step] = round(graded.seconds.get(step, 0.0) + spent, 4)
    if not graded.notebooks:
        names = ", ".join(f"{name}.ipynb" for name in spec.notebooks)
        graded.failure = f"nothing to grade: expected {names}. Try: ask for it again."
    return graded


class _NotGraded(CourseError):
    """A notebook that cannot be graded; the words are for the instructor's list of failures."""


def _grade_notebook(name: str, submission: Submission, spec: Spec, source: str) -> GradedNotebook:
    import nbformat

    from rnnshapes.grading.feedback.sanitise import sanitise_notebook

    began = time.monotonic()
    try:
        submitted = read_notebook(submission.notebooks[name], name=f"{name}.ipynb")
    except CourseError as error:
        raise _NotGraded(str(error)) from None
    notebook, repairs = repair(submitted, nbformat.reads(source, as_version=4))
    spent = time.monotonic() - began
    graded = run_notebook(notebook, name, submission, spec, repairs=repairs)
    graded.seconds["repair"] = spent
    graded.attempts = kept_attempts(submitted, assignment=spec.assignment)
    graded.json = json.dumps(sanitise_notebook(notebook), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return graded


def run_notebook(
    notebook: NotebookNode, name: str, submission: Submission, spec: Spec, *, repairs: list[str]
) -> GradedNotebook:
    """Run a repaired notebook, fill in its outputs, and return its scores.

    Each graded cell gets its score, and the words for the student, in metadata.rnnshapes; the notebook's
    metadata.rnnshapes has repairs and remarks.

    Raises: CourseError where submissions cannot be run, NotNow when sandbox or referee are lost again and again.
    """
    trouble, kills = "", 0
    for _ in range(_ATTEMPTS):
        _clear(notebook)
        try:
            workshop = _workshop(spec)
            run = run_both_ways(notebook, name, submission, spec, workshop)
            workshop.renew_referee(spec)
        except (SandboxLost, RefereeLost) as error:
            trouble = (str(error).strip().splitlines() or [""])[-1]
            close()
            continue
        except BaseException:
            close()  # a message may be under way: nobody else shall read it
            raise
        if run.kernel.killed_outside and not kills:  # the kill may not have been the student's doing: once more
            kills = 1
            continue
        run.graded.repairs = repairs
        run.graded.remarks = [*submission.remarks, *run.graded.remarks]
        notebook.metadata["rnnshapes"] = {"repairs": repairs, "remarks": run.graded.remarks}
        return run.graded
    raise NotNow(
        f"the sandbox or the referee was lost {_ATTEMPTS} times ({trouble[:200]}). Try: grade this submission alone."
    )


def _clear(notebook: NotebookNode) -> None:
    for cell in notebook.cells:
        cell.metadata.pop("rnnshapes", None)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None


class _Workshop:
    """What a worker process keeps from one submission to the next.

    The sandboxes serve any assignment with the same limits; a referee knows one assignment's files and seed.
    """

    def __init__(self, spec: Spec) -> None:
        self.limits, self.trusted = spec.limits, spec.trusted
        self._sandboxes: dict[bool, Sandbox] = {}
        with ThreadPoolExecutor(1) as pool:  # at the same time
            coming = pool.submit(self._start_referee, spec)
            try:
                self.by_hand = Sandbox(spec.limits, trusted=spec.trusted, tensorflow=False, by_hand=True)
            except BaseException:
                with contextlib.suppress(Exception):
                    coming.result().close()
                raise
            try:
                self.referee = coming.result()
            except BaseException:
                self.by_hand.close()
                raise

    def _start_referee(self, spec: Spec) -> RefereeProcess:
        self.spec, self.first_size = spec, 0
        return RefereeProcess(seed=spec.seed, files=spec.files)

    @property
    def sandbox(self) -> Sandbox:
        """The sandbox that has Keras where the assignment uses it, started when the first notebook needs it."""
        tensorflow = any(
            word in source for source in self.spec.notebooks.values() for word in (b"tensorflow", b"keras")
        )
        if tensorflow not in self._sandboxes:
            self._sandboxes[tensorflow] = Sandbox(self.limits, trusted=self.trusted, tensorflow=tensorflow)
        return self._sandboxes[tensorflow]

    def turn_to(self, spec: Spec) -> None:
        """Take another assignment, or another seed: with a new referee."""
        known = self.spec
        if (known.assignment, known.seed, known.files) == (spec.assignment, spec.seed, spec.files):
            self.spec = spec
            return
        self._replace_referee(spec)

    def _replace_referee(self, spec: Spec) -> None:
        self.referee.close()
        self.referee = self._start_referee(spec)

    def close(self) -> None:
        for box in self._sandboxes.values():
            box.close()
        self.by_hand.close()
        self.referee.close()

    def renew_referee(self, spec: Spec) -> None:
        """Start a new referee when this one holds much more than after its first submission."""
        size = self.referee.memory()
        self.first_size = self.first_size or size
        if size > self.first_size + _REFEREE_GROWTH:
            self._replace_referee(spec)


_current: _Workshop | None = None


def _workshop(spec: Spec) -> _Workshop:
    global _current
    if _current is not None and (_current.limits, _current.trusted) != (spec.limits, spec.trusted):
        close()
    if _current is None:
        _current = _Workshop(spec)
    _current.turn_to(spec)
    return _current


def close() -> None:
    """End this process's sandbox and referee."""
    global _current
    if _current is not None:
        held, _current = _current, None
        with contextlib.suppress(OSError):
            held.close()
