"""`rnnshapes report`: one page that says what to teach again, how each task went, and what needs a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import mean, median
from typing import Any

from rnnshapes import files
from rnnshapes.grading.report import report_tally as tally
from rnnshapes.grading.report.gain import gain, shares
from rnnshapes.grading.report.marked_formula import marked_formula
from rnnshapes.grading.report.report_attempts import ways
from rnnshapes.grading.report.report_rows import Row, collect_rows, points_text
from rnnshapes.grading.results import belief_words
from rnnshapes.grading.task import Graded

__all__ = ["Row", "belief_words", "collect_rows", "report_html", "write_report"]

SWITCHES = {
    "bias_dropped": "drop the bias",
    "recurrent_term_unused": "don't carry the state",
    "h_last_not_updated": "don't carry the state",
    "wh_transposed": "swap the axes of Wh",
}
"""The explorer's switch that shows a misconception at work, as its label says it."""

TOP = 6
"""Misconceptions that are shown open; the rarer ones unfold."""


def write_report(
    path: Path,
    gradebook: Any,
    assignment: str,
    results: Mapping[str, Graded],
    *,
    answers: Sequence[str] = (),
    autograded: Path | None = None,
    **more: Any,
) -> list[Row]:
    """Write the report of an assignment to `path`, whole or not at all; return the rows that it shows.

    `gradebook` is an open nbgrader Gradebook, `results` are the journal's by login; `answers` and `autograded` as in
    `collect_rows`; what else is given is as in `report_html`.
    Raises: CourseError if the gradebook lacks the assignment.
    """
    rows = collect_rows(gradebook, assignment, results, answers=answers, autograded=autograded)
    files.write_file(path, report_html(assignment, rows, **more).encode())
    return rows


def report_html(
    assignment: str,
    rows: Sequence[Row],
    *,
    says: Mapping[str, str] | None = None,
    hints: Mapping[str, str] | None = None,
    links: Mapping[str, str] | None = None,
    sections: Mapping[str, tuple[str, str]] | None = None,
    since: Mapping[str, Mapping[str, set[str]]] | None = None,
    before: Mapping[str, float] | None = None,
    not_taken: Sequence[str] = (),
    made: str = "",
) -> str:
    """Return the report as one HTML page that needs no script and no network.

    `says` and `hints` are the words of misconceptions by key; without them the course's catalogue is asked.
    `links` leads from a login to a page about the student, such as the feedback; `sections` from a task to a heading of
    the lecture, and a link or "". `since` has what was recognised before, {"Since …": {login: keys}}; `before` the
    shares of the points in the quiz before, for the gain. `not_taken` has a sentence on each file that fitted no
    student. All text is escaped.

    >>> "Nobody has handed in yet." in report_html("01_rnn_shapes", [])
    True
    """
    if says is None:  # also of tasks that went well: a belief may be gone
        tasks = dict.fromkeys(task for row in rows for task in (*row.recognised, *row.points, *row.attempts))
        says, known = belief_words(assignment, list(tasks))
        hints = known | dict(hints or {})
    page = _facts(rows, says, hints or {})
    for one in page["found"]:
        again = [(sections or {}).get(task.rpartition("/")[2]) for task in one.tasks]
        one.again = list(dict.fromkeys(filter(None, again)))[:2]
        one.switch = SWITCHES.get(one.key, "")
    changed = [(what, tally.changes(page["handed_in"], old, says)) for what, old in (since or {}).items()]
    page |= {
        "gain": None if before is None else gain(before, shares(rows)),
        "since": [(what, found) for what, found in changed if found],
        "links": links or {},
        "assignment": assignment,
        "not_taken": not_taken,
        "made": made,
        "top": TOP,
    }
    # a notebook's JSON may hold half of a surrogate pair, and a remark quote it: UTF-8 has no place for that
    return _template().render(page).encode("utf-8", "replace").decode("utf-8")


def _facts(rows: Sequence[Row], says: Mapping[str, str], hints: Mapping[str, str]) -> dict[str, Any]:
    """Return everything that the page counts, by the names that its template uses."""
    rows = sorted(rows, key=lambda row: (row.name or row.login).casefold())
    handed_in = [row for row in rows if row.handed_in]
    graded = [row for row in handed_in if row.score is not None]
    scores = [row.score for row in graded if row.score is not None]
    waiting = [row for row in graded if row.needs_manual]
    failed = [row for row in handed_in if row.failure or row.score is None]
    times = sorted(((row, tally.time_of(row)) for row in handed_in if row.seconds), key=lambda item: -item[1])
    max_score = max([row.max_score for row in rows], default=0.0)
    no_belief = {tally.NAMELESS, tally.NOT_WRITTEN}
    bins = tally.distribution(scores, max_score) if max_score else []
    return {
        "rows": rows,
        "handed_in": handed_in,
        "missing": [row for row in rows if not row.handed_in],
        "graded": graded or handed_in,
        "scores": scores,
        "max_score": max_score,
        "mean": mean(scores) if scores else 0.0,
        "quarters": tally.quartiles(scores) if scores else (0.0, 0.0, 0.0),
        "bins": bins,
        "most": max((one.count for one in bins), default=1),
        "small": len(graded) < tally.SMALLEST_CLASS,
        "smallest": tally.SMALLEST_CLASS,
        "found": tally.misconceptions(handed_in, says=says, hints=hints),
        "affected": sum(any(set(keys) - no_belief for keys in row.recognised.values()) for row in handed_in),
        "unnamed": tally.nameless(handed_in),
        "behaves": tally.behaves(handed_in),
        "kept": [row for row in handed_in if row.attempts],
        "ways": ways(handed_in, says=says),
        "unwritten": (unwritten := tally.not_written(handed_in)),
        "blank": {row.login for rows in unwritten.values() for row in rows},
        "tasks": tally.tasks(graded),
        "columns": list(dict.fromkeys(name for row in graded for name in row.points)),
        "waiting": waiting,
        "by_hand": tally.by_text(waiting, lambda row: row.needs_manual),
        "failed": failed,
        "reasons": tally.by_text(failed, lambda row: [row.failure or "Handed in, and not graded yet."]),
        "late": sorted((row for row in handed_in if row.late > 0), key=lambda row: -row.late),
        "repairs": tally.by_text(handed_in, lambda row: row.repairs),
        "remarks": tally.by_text(handed_in, lambda row: row.remarks),
        "steps": tally.steps(handed_in),
        "times": times,
        "middle_time": median([taken for _, taken in times]) if times else 0.0,
        "all_time": sum(taken for _, taken in times),
    }


def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("rnnshapes", "grading"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "points": points_text,
        "percent": lambda share: f"{round(100 * share)} %",
        "count": _count,
        "duration": duration_text,
        "marked": lambda formula: marked_formula(*formula),
        "seconds": lambda seconds: f"{seconds:.2f} s" if seconds < 10 else f"{seconds:,.0f} s",
        "recognised": lambda row: ", ".join(
            dict.fromkeys(key for keys in row.recognised.values() for key in keys if key != tally.NAMELESS)
        ),
    }
    return environment.get_template("report.html.j2")


def duration_text(seconds: float) -> str:
    """Return a time in its largest unit.

    >>> duration_text(59), duration_text(7200), duration_text(200000)
    ('1 min', '2.0 h', '2.3 days')
    """
    if seconds < 5400:
        return f"{max(1, round(seconds / 60))} min"
    return f"{seconds / 3600:.1f} h" if seconds < 129600 else f"{seconds / 86400:.1f} days"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
