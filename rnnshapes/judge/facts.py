"""What a wrong answer shows beside its numbers, as short sentences: beliefs are recognised by them.

The judge and the probes know no belief by name. They note facts, such as "returns None" or "D @ M,M", and an exercise
knows which of its beliefs shows in which fact (`shows` of a record, a pattern for the whole of the sentence).
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from rnnshapes.judge.explain import OWN, Meeting, Operand, Trouble, index_trouble
from rnnshapes.sizes import Sizes

NOT_A_FUNCTION = "not a function"
NOT_BY_HAND = "Keras does the work"
NOT_WRITTEN = "not written"
NOTHING = "returns None"
NOTHING_HERE = "returns None in some calls"
NO_ARRAY = "returns no array of numbers"
NOT_FINITE = "returns NaN or infinity"
NAN_WRITTEN = "returns NaN, and the code has a nan"
NEARLY = "nearly right"
EMPTY = "an empty array comes back"
OTHER_ORDER = "arguments in another order"
OTHERWISE = "called otherwise than it was written"
LAST_UNWRITTEN = "nothing written in the last place of an axis"
ROWS_MOVED = "the right rows in other places"
OTHER_PLACES = "the arrays in other places"
OTHER_AXES = "the right numbers on other axes"
SCALED = "right but for a factor"
FIRST_UNWRITTEN = "nothing written in the first place of an axis"
PART_UNWRITTEN = "nothing written in a part of an axis"
ONE_FOR_ALL = "one place of an axis stands for all"
AT_FIRST = "right at first along axis {}, and wrong from there on"
FACTORS = "right but for a factor in each place of the last axis"
SHIFTS = "right but for a shift in each place of the last axis"
STRETCHED = "right but for a factor and a shift in each place of the last axis"
MOVED = "each place of an axis holds what belongs beside it"
RIGHT_AT_FIRST = "right at first only"
CHANGES = "other numbers in each call"
CHANGES_AT_RANDOM = "other numbers in each call, drawn at random"
OTHER_START = "another start"
OTHER_START_EACH_TIME = "another start in each call"
SAME_FOR_OTHERS = "the same for other arguments"
ARGUMENT_CHANGED = "an argument is not what it was"
LOOPS = "a loop over samples"
FIRST_DATA = "the first data in a later layer"
STRANGER = "a size of the notebook's"
STRANGE_T = "the notebook's T"


def facts_of(trouble: Trouble, sizes: Sizes, notebook: Sizes, foreign: set[int]) -> list[str]:
    """Return what an exception shows, the most telling fact first.

    `notebook` are the sizes of the student's notebook, none of which belongs to a case of other sizes; `foreign` are
    the numbers that stand there and not in this call.
    """
    error, message = trouble.error, str(trouble.error)
    found: list[str] = []
    if isinstance(error, NotImplementedError):
        found.append(NOT_WRITTEN)
    found += [*of_the_call(trouble), *(one for one in trouble.seen if one != OWN)]
    if isinstance(error, ValueError):
        if trouble.meeting is not None:
            found += _of_meeting(trouble.meeting, sizes, foreign)
        elif unpacked := re.search(r"values to unpack \(expected (\d+)", message):
            found += [STRANGE_T] if int(unpacked[1]) == notebook.T else []
        elif "indexing" not in message and _numbers(message) & foreign:  # picked rows are no size
            found.append(STRANGER)
        else:
            found += _of_message(message, sizes)
    elif isinstance(error, IndexError) and (read := index_trouble(error)):
        found += _of_index(read, sizes, notebook, trouble)
    return [*found, f"{type(error).__name__}: {message} in `{trouble.code}`", f"{type(error).__name__}: {message}"]


def of_the_call(trouble: Trouble) -> list[str]:
    """Return what shows if the judge's own call fails: the function takes other arguments than the one given out."""
    other = isinstance(trouble.error, TypeError) and trouble.line is None and "argument" in str(trouble.error)
    return [OTHERWISE] if other else []


def strangers(notebook: Sizes, names: tuple[tuple[str, int], ...], sizes: Sizes, arguments: dict[str, Any]) -> set[int]:
    """Return the notebook's sizes, and the numbers that have other names there, which are none of this call's.

    What is handed over as a number, such as the length of a slice, belongs to the call as the sizes of its arrays do.

    >>> here, there = Sizes(N=4, T=7, D=3, M=5, K=2), Sizes(N=6, T=8, D=9, M=11, K=10)
    >>> sorted(strangers(here, (("L", 42),), there, {"series": np.ones((42, 9)), "past": 4}))
    [2, 3, 5, 7]
    """
    own = set().union(*map(_handed_over, arguments.values()))
    return {*notebook.known.values(), *(number for _, number in names)} - {0, 1, *sizes.known.values(), *own}


def _handed_over(value: Any) -> set[int]:
    """Return the whole numbers that come with an argument: itself, its axes, and those of what it holds."""
    if isinstance(value, np.ndarray):
        return set(value.shape)
    if isinstance(value, list | tuple | dict):
        held = value.values() if isinstance(value, dict) else value
        return {len(value)}.union(*map(_handed_over, held))
    return {int(value)} if isinstance(value, int | np.integer) else set()


def _numbers(message: str) -> set[int]:
    parts = re.findall(r"\(([\d, ]+)\)|(?<=size )(\d+)|(?<=different from )(\d+)", message)
    return {int(number) for part in parts for number in re.findall(r"\d+", "".join(part))}


def _of_meeting(meeting: Meeting, sizes: Sizes, foreign: set[int]) -> list[str]:
    """Say which operands met, in letters: "input N,T,D @ M,M", without and with what else is known of the left one."""
    left, right = meeting.left, meeting.right
    if left.is_none or right.is_none:
        return [f"None meets {meeting.operator}"]
    if {*left.shape, *right.shape} & foreign:
        return [STRANGER]
    plain = f"{_letters(left, sizes)} {meeting.operator} {_letters(right, sizes)}"
    whole = f"{_letters(left, sizes, ones=True)} {meeting.operator} {_letters(right, sizes, ones=True)}"
    found = [f"an empty array {meeting.operator}"] if 0 in (*left.shape, *right.shape) else []
    if meeting.operator == "@" and left.shape == right.shape:
        found.append("equal shapes @")
    found.append(f"`{left.text}` {plain}")
    if left.part_of in ("x", "X"):
        found += [f"input ({left.part_of} with N = 1) {plain}"] if sizes.N == 1 else []
        found.append(f"input {plain}")
    if left.is_zero:
        found.append(f"zeros {plain}")
    found += [whole, plain] if whole != plain else [plain]
    bare = re.sub(r"\bM[12]\b", "M", plain)  # what holds for either layer of a stack
    return [*found, *([f"input {bare}"] if left.part_of in ("x", "X") else []), bare] if bare != plain else found


def _of_message(message: str, sizes: Sizes) -> list[str]:
    """Say in letters which shapes NumPy's message names: "N,T,D with N,D", "N put into T", "cut into N,T,D"."""
    shapes = [
        _in_letters([int(size) for size in shape.split(",") if size.strip()], sizes)
        for shape in re.findall(r"\(([\d, ]+)\)", message)
    ]
    if message.startswith("cannot reshape"):
        return [f"cut into {shapes[-1]}"] if shapes else []
    if "input array from shape" in message and len(shapes) == 2:
        first = [shape.split(",")[0] for shape in shapes]
        return [
            f"{shapes[0]} put into {shapes[1]}",
            *([f"{first[0]} put into {first[1]}"] if first[0] != first[1] else []),
        ]
    return [f"{shapes[0]} with {shapes[1]}"] if len(shapes) > 1 else []


def _in_letters(shape: list[int], sizes: Sizes) -> str:
    letters = ["1" if size == 1 else sizes.letter(size) for size in shape]
    return ",".join(letter if letter[0].isalpha() or letter == "1" else "?" for letter in letters) or "number"


def _letters(operand: Operand, sizes: Sizes, *, ones: bool = False) -> str:
    """Return the letters of a shape without its axes of length 1, such as "D,M"; "?" for a size that has none."""
    return _in_letters([size for size in operand.shape if ones or size != 1], sizes)


def _of_index(read: tuple[int, int, int], sizes: Sizes, notebook: Sizes, trouble: Trouble) -> list[str]:
    """Say which axis an index ran past, and by how much."""
    index, axis, size = read
    letter = sizes.letter(size)
    counted = {size, index + 1} if size == sizes.T else {size}
    found = [STRANGE_T] if sizes.T != notebook.T and notebook.T in counted else []
    past = f"IndexError past axis {axis} of N"
    found += [f"{past} {OWN}"] if size == sizes.N and OWN in trouble.seen else []
    found += [past] if size == sizes.N != sizes.T else []
    if index == size:
        one_past = f"IndexError one past axis {axis} of {letter}"
        found += [f"{one_past} in `{trouble.code}`", one_past]
    return [*found, f"IndexError past axis {axis} of {letter}"]
