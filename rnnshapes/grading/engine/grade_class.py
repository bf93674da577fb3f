"""The grading run: submissions go to worker processes, here or on a cluster; this process alone writes what comes back.

Dask carries the tasks. What it cannot know is here: how much may be under way, what was graded earlier, whose fault it
is when a worker dies, and in which order results become durable.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Literal

from rnnshapes.errors import CourseError, NotNow
from rnnshapes.grading.engine.folders import is_login
from rnnshapes.grading.engine.pool import HERE, Pool, Queue, connect
from rnnshapes.grading.engine.record import CannotRecord, Recorder
from rnnshapes.grading.engine.stops import on_stop
from rnnshapes.grading.journal import Journal
from rnnshapes.grading.task import Graded, Spec, Submission

Task = Callable[[Submission, Spec], Graded]


@dataclass(frozen=True)
class Feedback:
    """How feedback is made, in three steps around one transfer.

    `prepare(submission, graded)` runs in this process after recording and returns plain data; `render(data)` runs in a
    worker and returns {file name: HTML}; `publish(login, files)` writes them, in this process, or says why it cannot.
    """

    prepare: Callable[[Submission, Graded], Any]
    render: Callable[[Any], dict[str, str]]
    publish: Callable[[str, dict[str, str]], str | None]
    exists: Callable[[str], bool]


@dataclass(frozen=True)
class Writer:
    """Makes results durable: the journal first, then the gradebook and autograded/, then feedback, then a mark."""

    journal: Journal
    recorder: Recorder
    digest: Callable[[Submission], str]
    feedback: Feedback | None = None


@dataclass
class Outcome:
    """What came of one submission in this run. "resumed" was graded earlier, but not recorded, or without feedback."""

    login: str
    what: Literal["graded", "resumed", "unchanged", "failed"]
    failure: str = ""
    late: float = 0.0
    repairs: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    seconds: float = 0.0


def grade_class(
    submissions: Iterable[Submission | Graded],
    spec: Spec,
    *,
    task: Task,
    writer: Writer,
    pool: Pool = HERE,
    force: bool = False,
    on_outcome: Callable[[Outcome], None] = lambda outcome: None,
    on_trial: Callable[[Graded], None] | None = None,
) -> list[Outcome]:
    """Grade and record submissions; what was graded before and has not changed is left alone, but for `force`.

    `task(submission, spec)` is called in worker processes and has to be importable there. A CourseError from it stops
    the run if nothing was graded before: then it is not this submission's fault. After any other exception, or the
    death of its worker, a submission waits until the others are done. Then it is tried again alone, and fails, with
    the reason, if that happens again. A Graded with a failure among the submissions stands for one that could not even
    be read: it is recorded as it is.

    With `on_trial`, the model answers are graded beside the class and handed to it, and recorded nowhere: a test that
    they do not pass is a broken test.

    Returns: one Outcome for each submission, in the order in which they became known; `on_outcome` sees each at once.
    Raises: CourseError when grading has to stop, OSError or SQLAlchemyError where nothing can be written, and
    KeyboardInterrupt. In any case all results so far are kept, and the next call goes on from there.
    """
    run = _Run(spec, task=task, writer=writer, force=force, on_outcome=on_outcome)
    todo = run.to_grade(submissions)
    for first in todo:
        with _noted_interrupts(run.interrupts), connect(pool) as queue:  # not before there is something to do
            if on_trial is not None:
                queue.add(("trial", on_trial), task, Submission("model answers", spec.notebooks), spec)
            run.work(queue, chain([first], todo))
            run.try_suspects_again(queue)
    return run.outcomes


class _Run:
    """The state of one run: what is known, what waits for feedback, whom a worker's death may be blamed on."""

    def __init__(self, spec: Spec, *, task: Task, writer: Writer, force: bool, on_outcome: Callable) -> None:
        self.spec, self.task, self.writer, self.force, self.on_outcome = spec, task, writer, force, on_outcome
        self.outcomes: list[Outcome] = []
        self.suspects: list[tuple[Submission, str]] = []
        self.unrendered: list[tuple[Submission, Graded, Outcome]] = []
        self.interrupts: list[int] = []
        """Ctrl-C as it came: an interrupt that some library swallowed ends the run all the same."""
        self.proven = False
        """Whether a submission was graded in this run: then grading works here."""
        self._seen: set[str] = set()

    def to_grade(self, submissions: Iterable[Submission | Graded]) -> Iterator[Submission | None]:
        """Yield what has to be graded; record on the way what an earlier run graded but did not record.

        None is yielded after the latter, so that its feedback can be made before more is read.
        """
        journal = self.writer.journal
        for one in submissions:
            login = one.login
            submission = Submission(login, {}, remarks=(one.failure,)) if isinstance(one, Graded) else one
            if reason := self._refusal(login):
                self._tell(Outcome(login, "failed", reason))
                continue
            self._seen.add(login)
            digest = self.writer.digest(submission)
            graded = None if self.force else journal.find(login, digest)
            if graded is None and isinstance(one, Submission):
                yield submission
            elif graded is None:
                self._keep(submission, one)
            else:
                self._leave_or_record(submission, graded, journal.done(login, digest))
            if self.unrendered:
                yield None

    def work(self, queue: Queue, todo: Iterator[Submission | None]) -> None:
        """Run until `todo` is used up and nothing is under way; never more under way than the queue's limit."""
        while True:
            if self.interrupts:
                raise KeyboardInterrupt
            while queue.has_room and self._start_one(queue, todo):
                pass
            if not len(queue):
                return
            (step, submission, *about), result, problem = queue.take()
            if step == "trial":
                if isinstance(result, Graded):
                    submission(result)
            elif step == "feedback":
                self._publish(submission, *about, result, problem)
            elif isinstance(problem, CourseError) and not isinstance(problem, NotNow) and not self.proven:
                raise problem
            elif problem is None and not (isinstance(result, Graded) and result.login == submission.login):
                self.suspects.append((submission, f"The grader returned {type(result).__name__}, expected Graded."))
            elif problem is not None:
                self.suspects.append((submission, str(problem)))
            else:
                self.proven = True
                self._keep(submission, result)

    def try_suspects_again(self, queue: Queue) -> None:
        """Grade each submission that ended without a result once more, alone: now a worker's death is its own fault."""
        suspects, self.suspects = self.suspects, []
        for submission, _ in suspects:
            self.work(queue, iter([submission]))
        for submission, reason in self.suspects:
            self._keep(submission, Graded(submission.login, failure=reason), again=True)
        self.work(queue, iter(()))

    def _refusal(self, login: str) -> str:
        if login in self._seen:
            return "Two submissions have this login: the first one was graded. Rename the other."
        return "" if is_login(login) else "This login cannot be a folder's name. Rename what was handed in."

    def _start_one(self, queue: Queue, todo: Iterator[Submission | None]) -> bool:
        """Start one more task, feedback before grading; return False if there is none."""
        while not self.unrendered:
            try:
                submission = next(todo)
            except StopIteration:
                return False
            if submission is not None:
                queue.add(("grade", submission), self.task, submission, self.spec)
                return True
        self._render(queue, *self.unrendered.pop())
        return True

    def _keep(self, submission: Submission, graded: Graded, *, again: bool = False) -> None:
        """Put a result into the journal, then record it. `again`: the next run grades it anew."""
        with _uninterrupted():
            self.writer.journal.keep(submission.login, self.writer.digest(submission), graded, again=again)
        self._record(submission, graded, what="failed" if graded.failure else "graded")

    def _leave_or_record(self, submission: Submission, graded: Graded, seal: dict[str, Any] | None) -> None:
        """Leave alone what is in place. Feedback is made without recording again: a person may have graded since."""
        login, feedback, failure = submission.login, self.writer.feedback, graded.failure
        if seal is None or not self.writer.recorder.in_place(login, seal):
            self._record(submission, graded, what="resumed")
        elif feedback is None or (bool(seal.get("feedback")) and feedback.exists(login)):
            self._tell(Outcome(login, "failed" if failure else "unchanged", failure))
        else:
            outcome = Outcome(login, "failed" if failure else "resumed", failure, seal["late"])
            self.unrendered.append((submission, graded, outcome))

    def _record(self, submission: Submission, graded: Graded, *, what: Any) -> None:
        """Write the gradebook and autograded/, and line up the feedback if any is wanted."""
        seconds = graded.seconds.get("total") or sum(graded.seconds.values())
        what = "failed" if graded.failure else what
        repairs = [line for notebook in graded.notebooks.values() for line in notebook.repairs]
        said = [remark for notebook in graded.notebooks.values() for remark in notebook.remarks]
        outcome = Outcome(submission.login, what, graded.failure, 0.0, repairs, said, seconds)
        try:
            with _uninterrupted():
                outcome.late, remarks = self.writer.recorder.record(submission, graded)
        except CannotRecord as problem:
            if graded.failure:
                self._tell(Outcome(submission.login, "failed", str(problem)))
            else:  # the score of an earlier hand-in must not stand for this one
                self._keep(submission, Graded(submission.login, failure=str(problem)), again=True)
            return
        said = dict.fromkeys([*submission.remarks, *outcome.remarks, *remarks])
        outcome.remarks = [remark for remark in said if remark != graded.failure]
        if self.writer.feedback is not None:
            self.unrendered.append((submission, graded, outcome))
        else:
            self._finish(submission, outcome, feedback=False)

    def _render(self, queue: Queue, submission: Submission, graded: Graded, outcome: Outcome) -> None:
        assert self.writer.feedback is not None
        data = self.writer.feedback.prepare(submission, graded)
        queue.add(("feedback", submission, outcome), self.writer.feedback.render, data)

    def _publish(self, submission: Submission, outcome: Outcome, files: Any, problem: str | None) -> None:
        assert self.writer.feedback is not None
        if problem is None:
            with _uninterrupted():
                problem = self.writer.feedback.publish(submission.login, files)
        if problem:
            outcome.remarks.append(f"No feedback was made: {problem}")
        self._finish(submission, outcome, feedback=not problem)

    def _finish(self, submission: Submission, outcome: Outcome, *, feedback: bool) -> None:
        with _uninterrupted():
            seal = {"late": outcome.late, "feedback": feedback}
            self.writer.journal.mark_done(submission.login, self.writer.digest(submission), seal)
        self._tell(outcome)

    def _tell(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)
        self.on_outcome(outcome)


@contextlib.contextmanager
def _noted_interrupts(noted: list[int]) -> Iterator[None]:
    """Note each Ctrl-C, and raise KeyboardInterrupt as ever."""

    def note(number: int, frame: Any) -> None:
        noted.append(number)
        raise KeyboardInterrupt

    with on_stop(note):
        yield


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C back until the block is done: a write is finished before the run stops."""
    came: list[int] = []
    try:
        with on_stop(lambda number, frame: came.append(number)):
            yield
    finally:
        if came:
            raise KeyboardInterrupt
