"""Judge an exception from a student's function: read it back into letters, and name the belief behind it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rnnshapes import draw
from rnnshapes.judge import facts
from rnnshapes.judge.exercise import Belief, sizes_read
from rnnshapes.judge.explain import Meeting, named, read_error
from rnnshapes.judge.verdict import Verdict
from rnnshapes.layers.cases import Case
from rnnshapes.sizes import Sizes

_SUMMING = {
    "@": "axes that meet across @ have the same letter",
    "inner": "axes over which inner sums, the last ones, have the same letter",
    "tensordot": "axes over which tensordot sums, two of each unless it is told, have the same letter",
}
"""What has to be so where two arrays meet in a product that sums; in all others axes line up."""


def showing(exercise: Any, *noted: str) -> tuple[Belief, ...]:
    """Return the belief that shows in the first of these facts in which one does; none for none."""
    return beliefs_of(exercise, exercise.named(noted))


def beliefs_of(exercise: Any, keys: Iterable[str]) -> tuple[Belief, ...]:
    """Return an exercise's beliefs by their keys."""
    return tuple(exercise.beliefs[key] for key in keys)


def judge_error(exercise: Any, case: Case, error: BaseException, *, wanted: str = "") -> Verdict:
    """Return the verdict on an exception: which arrays met, in which letters, and what it suggests.

    `wanted` says what was asked for, where that is no array.
    """
    name, sizes = exercise.function, sizes_read(exercise, case)
    shape = sizes.shape(exercise.dims_on(case))
    expected = f"an array of shape {shape} = {sizes.letters(shape)}" if shape else wanted or "one number"
    if isinstance(error, NotImplementedError):
        return Verdict(
            name,
            summary=f"{name} is not written yet.",
            got="NotImplementedError",
            expected=expected,
            beliefs=showing(exercise, facts.NOT_WRITTEN),
        )
    arguments = exercise.arguments(case)
    trouble = read_error(error, arguments=arguments)
    place = f" in line {trouble.line}" if trouble.line else ""
    place += f": `{trouble.code}`" if trouble.code else ""
    foreign = facts.strangers(exercise.notebook, exercise.room.names, case.sizes, arguments)
    beliefs = showing(exercise, *facts.facts_of(trouble, case.sizes, exercise.notebook, foreign))
    meeting = trouble.meeting
    if meeting is not None and isinstance(error, ValueError):
        left, right = meeting.left, meeting.right
        got = (
            f"{named(left, sizes)}, {named(right, sizes)}: {_clash(meeting, sizes)} in `{meeting.text}`, "
            f"line {trouble.line}"
        )
        joint = _SUMMING.get(meeting.operator, "axes that line up have the same letter (or size 1)")
        advice = "" if beliefs else "Write the letters of both operands under the line: which axis is out of place?"
        return Verdict(
            name,
            got=got,
            expected=f"{joint}; {expected}",
            beliefs=beliefs,
            try_=advice,
            picture=draw.clash(left.text, left.shape, right.text, right.shape, sizes, operator=meeting.operator)
            if left.shape and right.shape
            else None,
        )
    advice = "" if beliefs else _general_advice(error, name, trouble.line)
    return Verdict(
        name, got=f"{type(error).__name__}: {str(error)[:300]}{place}", expected=expected, beliefs=beliefs, try_=advice
    )


def _general_advice(error: BaseException, name: str, line: int | None) -> str:
    if isinstance(error, UnboundLocalError):
        return "The name gets a value later in the function than it is read: give it one before the loop."
    if isinstance(error, NameError):
        return "Is the name spelled as in the arguments? Everything the function needs comes through them."
    if isinstance(error, TypeError) and "positional argument" in str(error) and line is None:  # the judge's own call
        return f"Keep the first line of {name} as it was released: same arguments, same order."
    if isinstance(error, RecursionError):
        return "The function calls itself without end: which call is the last one, and what does it return?"
    if isinstance(error, SystemExit):
        return "quit() and exit() end a program. Leave them out."
    if isinstance(error, IndexError):
        return "Which axis does this index run over, and how long is that axis here?"
    place = f"line {line} of your code" if line else f"{name} line by line"
    return f"Read {place}, with the shapes of the operands written under it."


def _clash(meeting: Meeting, sizes: Sizes) -> str:
    """Return "D meets M", from the axes that had to be equal: more than one, where a product sums over more."""
    unequal = [(one, other) for one, other in _met(meeting) if one != other]
    clashes = [f"{sizes.letter(one)} meets {sizes.letter(other)}" for one, other in unequal]
    return " and ".join(clashes) or "they do not fit"


def _met(meeting: Meeting) -> list[tuple[int, int]]:
    """Return the sizes that had to be equal, pair by pair; [] where the call itself says which axes are to meet."""
    left, right = meeting.left.shape, meeting.right.shape
    if meeting.operator == "tensordot":
        own = meeting.text.count(",") > meeting.left.text.count(",") + meeting.right.text.count(",") + 1
        return [] if own else [*zip(left[-2:], right[:2], strict=False)]  # two axes, unless it is told
    if meeting.operator in _SUMMING and left and right:
        return [(left[-1], right[-2] if len(right) > 1 and meeting.operator == "@" else right[-1])]
    lined_up = zip(reversed(left), reversed(right), strict=False)
    return [(one, other) for one, other in lined_up if one != other and 1 not in (one, other)][:1]
