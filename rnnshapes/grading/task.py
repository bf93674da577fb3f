"""The plain data that grading passes around: what goes to a worker, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass, field

from rnnshapes.authoring.marks import Delimiters


@dataclass(frozen=True)
class Limits:
    """What one submission may use. Seconds, bytes, counts."""

    seconds: float = 120.0
    """Wall time of the whole submission, all its notebooks and all calls of its functions together."""
    cell_seconds: float = 60.0
    """One cell."""
    call_seconds: float = 10.0
    """One call of a student's function, or one value fetched."""
    memory: int = 2 * 2**30
    """Resident memory of all its processes together, beyond what TensorFlow itself takes."""
    processes: int = 64
    scratch: int = 128 * 2**20
    """Files that it may write, all together."""
    output: int = 2 * 2**20
    """Printed text and pictures of one notebook; what is beyond is cut off."""
    result: int = 32 * 2**20
    """One value that crosses from the student's kernel."""


@dataclass(frozen=True)
class Spec:
    """An assignment as the instructor has it in source/: everything a worker needs, no path, no shared folder."""

    assignment: str
    notebooks: dict[str, bytes]
    """The instructor's notebooks by name, without .ipynb."""
    files: dict[str, bytes] = field(default_factory=dict)
    """Other files of source/ASSIGNMENT, by their path in it."""
    seed: str = ""
    """RNNSHAPES_SEED: it goes to the referee, never to a student's kernel."""
    limits: Limits = Limits()
    trusted: bool = False
    """True runs submissions without a sandbox, because the instructor said so."""
    delimiters: Delimiters = Delimiters()
    """What marks hidden tests: the student's kernel never sees what is between."""


@dataclass(frozen=True)
class Submission:
    """What one student handed in, as bytes. `remarks` is what ingest has to say about it."""

    login: str
    notebooks: dict[str, bytes]
    files: dict[str, bytes] = field(default_factory=dict)
    timestamp: str = ""
    """When it was handed in, as nbgrader writes it in timestamp.txt; "" if that is not known."""
    remarks: tuple[str, ...] = ()


@dataclass
class GradedNotebook:
    """One notebook after grading."""

    json: str
    """The autograded notebook: repaired, with outputs and hidden tests, as nbgrader keeps it in autograded/."""
    scores: dict[str, float | None] = field(default_factory=dict)
    """Points of each graded cell by its id; None where a person has to grade."""
    repairs: list[str] = field(default_factory=list)
    """What was put right before it ran, a sentence each, for the student and the instructor."""
    recognised: dict[str, list[str]] = field(default_factory=dict)
    """Keys of recognised misconceptions by answer name; "?" is a wrong answer without a name."""
    hints: dict[str, str] = field(default_factory=dict)
    """The hint that was given, by misconception key."""
    formulas: dict[str, list[str]] = field(default_factory=dict)
    """What the code computes, and what stands in its place in the right lines, by answer name."""
    seconds: dict[str, float] = field(default_factory=dict)
    peak_memory: int = 0
    attempts: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    """The way of the student's own checks by answer name, as the student kept it: for counting, never for points."""
    remarks: list[str] = field(default_factory=list)
    """What else an instructor should know: stopped after 120 s, kernel died, …"""


@dataclass
class Graded:
    """What grade_one returns for a submission, plain data that can cross to another machine and into a journal.

    `failure` is "" or one line that says why it has no score; `seconds` is where the time went, by step.
    """

    login: str
    notebooks: dict[str, GradedNotebook] = field(default_factory=dict)
    failure: str = ""
    seconds: dict[str, float] = field(default_factory=dict)
    peak_memory: int = 0
