"""What a run of `rnnshapes grade` prints: its progress, its summary, and no control codes from submissions."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from rnnshapes.grading.engine.grade_class import Outcome
from rnnshapes.grading.repair.whole import ANOTHER

SHOWN = 20
"""Remarks that are printed; all of them are in the report."""


@dataclass
class Told:
    """What a run has to say in the end."""

    notes: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    """Logins whose hand-in was not taken, and why."""
    lost: int = 0
    """Files that belong to nobody who is known."""
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def failed(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.failure]

    def summary(self) -> str:
        """Return the lines that end a run: counts first, then what needs the instructor."""
        outcomes = self.outcomes
        counts = {
            what: sum(outcome.what == what for outcome in outcomes) for what in ("graded", "resumed", "unchanged")
        }
        lines = [", ".join(f"{number} {what}" for what, number in counts.items() if number or what == "graded")]
        lines[0] += f", {len(self.failed)} failed."
        if late := sum(outcome.late > 0 for outcome in outcomes):
            lines.append(f"{late} handed in late.")
        if repaired := [outcome for outcome in outcomes if outcome.repairs]:
            lines.append(f"{len(repaired)} repaired before grading: {some([one.login for one in repaired])}.")
        lines += [f"Failed: {one_line(outcome.login)}: {one_line(outcome.failure)}" for outcome in self.failed]
        whole = [(one.login, line) for one in outcomes for line in one.repairs if line.startswith(ANOTHER)]
        lines += [one_line(f"{login}: {line}") for login, line in whole[:SHOWN]]
        remarks = [f"{outcome.login}: {remark}" for outcome in outcomes for remark in outcome.remarks]
        lines += [one_line(remark) for remark in remarks[:SHOWN]]
        if len(remarks) > SHOWN:
            lines.append(f"… and {len(remarks) - SHOWN} remarks more: see the report.")
        return "\n".join([*map(one_line, self.notes), *lines])


@contextlib.contextmanager
def show_progress(total: int) -> Iterator[Callable[[Outcome], None]]:
    """Show how far grading is: call what this gives with each outcome."""
    with progress(total, "Grading") as advance:
        yield lambda outcome: advance(f"{one_line(outcome.login)}: {outcome.what}")


@contextlib.contextmanager
def progress(total: int, doing: str) -> Iterator[Callable[[str], None]]:
    """Show progress: a bar with the time left on a terminal, else the line that is given for each thing done."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    console = Console()
    if not console.is_terminal:
        count = iter(range(1, total + 1))

        yield lambda line: print(f"{next(count, total)}/{total} {line}", flush=True)
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as bars:
        bar = bars.add_task("Starting", total=total)
        yield lambda _: bars.update(bar, advance=1, description=doing)


def some(names: list[str], most: int = 10) -> str:
    """Return the first names, and how many there are if that is not all."""
    shown = ", ".join(map(one_line, names[:most]))
    return f"{shown} … ({len(names)})" if len(names) > most else shown


def one_line(text: str) -> str:
    """Return a text as one printable line: names and reasons come from submissions, and may hold control codes.

    >>> one_line("a\\x1b[31mb\\nc")
    'a [31mb c'
    """
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
