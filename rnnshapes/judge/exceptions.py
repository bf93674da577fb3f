"""Judge an exception from a student's function: read it back into letters, and name the belief behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import numpy as np

from rnnshapes import draw
from rnnshapes.judge import facts
from rnnshapes.judge.exercise import Belief, FunctionExercise
from rnnshapes.judge.explain import Meeting, Operand, Trouble, index_trouble, named, read_error
from rnnshapes.judge.verdict import Verdict
from rnnshapes.layers.cases import Case
from rnnshapes.sizes import Sizes


def showing(exercise: Any, *noted: str) -> tuple[Belief, ...]:
    """Return the belief that shows in the first of these facts in which one does; none for none."""
    return beliefs_of(exercise, exercise.named(noted))


def beliefs_of(exercise: Any, keys: Iterable[str]) -> tuple[Belief, ...]:
    """Return an exercise's beliefs by their keys."""
    return tuple(exercise.beliefs[key] for key in keys)


def judge_error(exercise: FunctionExercise, case: Case, error: BaseException) -> Verdict:
    """Return the verdict on an exception: which arrays met, in which letters, and what it suggests."""
    name, sizes = exercise.function, case.sizes
    shape = sizes.shape(exercise.dims_on(case))
    expected = f"an array of shape {shape} = {sizes.letters(shape)}" if shape else "one number"
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
    if isinstance(exercise, FunctionExercise):
        read = exercise.read_trouble if not _foreign(error, sizes, exercise) else None
        own = read(trouble, case) if read else ""
        beliefs = beliefs_of(exercise, [own] if own else _keys(exercise, trouble, sizes, arguments))
    else:
        beliefs = showing(exercise, *facts.facts_of(trouble, sizes, exercise.notebook))
    meeting = trouble.meeting
    if meeting is not None and isinstance(error, ValueError):
        left, right = meeting.left, meeting.right
        got = (
            f"{named(left, sizes)}, {named(right, sizes)}: {_clash(meeting, sizes)} in `{meeting.text}`, "
            f"line {trouble.line}"
        )
        joint = (
            "axes that meet across @ have the same letter"
            if meeting.operator == "@"
            else "axes that line up have the same letter (or size 1)"
        )
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
    if isinstance(error, TypeError) and "positional argument" in str(error):
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
    """Return "D meets M", from the axes that had to be equal."""
    left, right = meeting.left.shape, meeting.right.shape
    if meeting.operator == "@" and left and right:
        inner = right[-2] if len(right) > 1 else right[0]
        return f"{sizes.letter(left[-1])} meets {sizes.letter(inner)}"
    for one, other in zip(reversed(left), reversed(right), strict=False):
        if one != other and 1 not in (one, other):
            return f"{sizes.letter(one)} meets {sizes.letter(other)}"
    return "they do not fit"


def _keys(exercise: FunctionExercise, trouble: Trouble, sizes: Sizes, arguments: dict[str, np.ndarray]) -> list[str]:
    """Name the belief behind an exception, if its operands, its index or its words give it away."""
    error, message = trouble.error, str(trouble.error)
    found = None
    if isinstance(error, np.exceptions.AxisError):
        found = "axis_counted_from_one"
    elif isinstance(error, ValueError):
        numbers = {
            int(number)
            for part in re.findall(r"\(([\d, ]+)\)|(?<=size )(\d+)|(?<=different from )(\d+)", message)
            for number in re.findall(r"\d+", "".join(part))
        }
        if found := _state_key(trouble, message, exercise):
            pass
        elif trouble.meeting is not None:
            found = _meeting_key(trouble.meeting, sizes, exercise)
        elif unpacked := re.search(r"values to unpack \(expected (\d+)", message):
            found = "T_hard_coded" if int(unpacked[1]) == exercise.notebook.T else "expects_batch"
        elif _strangers(numbers, sizes, exercise):
            found = "sizes_from_notebook"
        elif filled := re.search(r"input array from shape \((\d+),.* into shape \((\d+),", message):
            letters = tuple(sizes.letter(int(number)) for number in filled.groups())
            found = _time_first(exercise) if letters == ("N", "T") else None
        elif "inhomogeneous" in message:
            found = "steps_cut_out" if "steps_cut_out" in exercise.beliefs else "state_kept_between_calls"
        elif "truth value of an array" in message:
            found = "truth_of_an_array"
        elif "to indexing result" in message or "indexing assignment cannot assign" in message:
            found = "rows_on_one_side"
        elif "must have same number of dimensions" in message:
            found = "frame_without_axis"
    elif isinstance(error, IndexError) and (read := index_trouble(error)):
        found = _index_key(read, sizes, exercise, batched="X" in arguments)
        if found == "loop_too_long" and "equal_chunks" in exercise.beliefs:
            found = "equal_chunks"
        if "resets" in arguments and read[2] == len(arguments["resets"]):
            found = "reset_per_step"
        if found == "loop_too_long" and re.search(r"\[\s*\w+\s*\+\s*1\s*\]", trouble.code):
            found = "off_by_one_input"
    elif isinstance(error, IndexError) and "boolean index did not match" in message:
        found = "mask_on_wrong_axis"
    elif isinstance(error, IndexError) and "must be of integer" in message:
        found = "row_as_index"
    elif isinstance(error, TypeError):
        found = next((key for words, key in _TYPE_ERRORS.items() if words in message), None)
    elif isinstance(error, AttributeError) and "'NoneType' object has no attribute 'append'" in message:
        found = "append_returns_nothing"
    elif isinstance(error, NameError):
        found = "name_unknown"
    return [found] if found in exercise.beliefs else []


def _state_key(trouble: Trouble, message: str, exercise: FunctionExercise) -> str | None:
    """Return the belief about states and chunks that an error gives away, if the exercise is about such."""
    words = {
        "must match exactly": "joined_along_n",
        "inhomogeneous": "chunks_not_joined",
        "equal division": "equal_chunks",
        "cannot reshape": "equal_chunks",
        "truth value of an array": "array_as_condition",
    }
    found = next((key for part, key in words.items() if part in message), None)
    met = trouble.meeting
    if met is not None and 0 in (*met.left.shape, *met.right.shape):  # a slice that lies outside
        found = "cut_along_n"
    return found if found in exercise.beliefs else None


_TYPE_ERRORS = {
    "positional argument": "signature_changed",
    "unexpected keyword": "signature_changed",
    "can be converted to Python scalars": "math_on_arrays",
    "must be real number, not": "math_on_arrays",
    "can be converted to a scalar index": "arrays_without_list",
    "slice indices must be integers": "decimal_index",
    "'tuple' object is not callable": "call_for_index",
    "'numpy.ndarray' object is not callable": "call_for_index",
    "'list' object is not callable": "call_for_index",
    "NoneType": "step_returns_nothing",
    "numpy boolean": "minus_for_not",
}


def _strangers(numbers: set[int], sizes: Sizes, exercise: FunctionExercise) -> bool:
    """Tell whether a number is one of the notebook's sizes and none of this case's."""
    return bool((numbers & set(exercise.notebook.known.values())) - {0, 1, *sizes.known.values()})


def _foreign(error: BaseException, sizes: Sizes, exercise: FunctionExercise) -> bool:
    """Tell whether an array of the student's own, made with the notebook's sizes, did not take what came."""
    into = re.search(r"into shape \(([\d,]+)\)", str(error))
    return bool(into) and _strangers({int(size) for size in into[1].split(",") if size}, sizes, exercise)


def _index_key(read: tuple[int, int, int], sizes: Sizes, exercise: FunctionExercise, *, batched: bool) -> str | None:
    index, axis, size = read
    if sizes.T != exercise.notebook.T in (size, index + 1):
        return "T_hard_coded"
    if size == sizes.N and batched and sizes.N != sizes.T:
        return _time_first(exercise) if axis == 1 else "n_t_swapped"  # X has N samples on axis 0 alone
    return "loop_too_long" if index == size else None


def _time_first(exercise: FunctionExercise) -> str:
    """Return the belief behind an array of the student's own with T and N in the other order than X."""
    return "time_axis_first" if "time_axis_first" in exercise.beliefs else "n_t_swapped"


def _letters_of(operand: Operand, sizes: Sizes) -> str:
    """Return the letters of a shape without its axes of length 1, such as "DM"; "?" for a foreign size."""
    return "".join(
        letter if letter[0].isalpha() else "?" for size in operand.shape if size != 1 for letter in [sizes.letter(size)]
    )


_LACK_AN_AXIS = ({"N", "NM"}, {"NT", "NTM"}, {"NT", "NTD"}, {"N", "ND"}, {"T", "TM"}, {"T", "TD"})
"""A mask beside what it masks: NumPy lines axes up from the right, and the mask's stand on the left."""


def _mask_key(left: str, right: str, operator: str) -> str | None:
    """Name what went wrong between a mask and what it masks, from the letters of both."""
    if operator == "@":
        return "real_steps_glued" if (left, right) == ("?", "DM") else None
    if {left, right} in _LACK_AN_AXIS:
        return "mask_needs_an_axis"
    if operator in ("*", "↔") and left[:1] + right[:1] == "TN":
        return "n_t_swapped"
    return "mask_on_wrong_axis" if {left, right} == {"NM", "T"} else None


def _meeting_key(meeting: Meeting, sizes: Sizes, exercise: FunctionExercise) -> str | None:
    left, right = (_letters_of(operand, sizes) for operand in (meeting.left, meeting.right))
    if meeting.left.is_none or meeting.right.is_none:
        return "step_returns_nothing"
    if _strangers({*meeting.left.shape, *meeting.right.shape}, sizes, exercise):
        return "sizes_from_notebook"
    bare = left.removeprefix("N").removeprefix("T")  # (N, M1), (N, T, M1) and (M1,) meet a weight in the same way
    if f"{bare} {meeting.operator} {right}" in exercise.clashes:
        return exercise.clashes[f"{bare} {meeting.operator} {right}"]
    of_input = meeting.left.part_of in ("x", "X")
    if of_input and not meeting.left.shape:
        return "expects_batch"
    if meeting.operator == "@" and not meeting.left.shape:
        return "state_is_a_number"
    if "mask_needs_an_axis" in exercise.beliefs and (key := _mask_key(left, right, meeting.operator)):
        return key
    if meeting.operator == "*":
        return "elementwise_product"
    if meeting.operator[:1] in ("-", "/") and right and left and (left[:-1] == right or right[:-1] == left):
        return next((key for key in ("keepdims_forgotten", "axes_from_the_right") if key in exercise.beliefs), None)
    if meeting.operator in ("+", "-", "+=", "-="):
        if {left[-1:], right[-1:]} == {"M", "K"}:
            return "biases_swapped"
        return {"TN": "n_t_swapped", "NT": "state_rows_wrong"}.get(left[:1] + right[:1])
    if meeting.operator != "@":
        return None
    if len(left) == 3 and left == right:
        return "matrix_product"
    if left in ("DM", "MK", "MM") and right in ("D", "M", "ND", "NM", "DN"):
        return "weights_on_the_left"
    if of_input and right == "DM" and left in ("T", "NT"):
        return "squeezed" if sizes.N == 1 and meeting.left.part_of == "X" else "time_axis_mixed_up"
    if of_input and right == "DM" and left in ("TN", "DN"):
        return "all_axes_reversed"
    if left == "MN" and right == "MM":
        return "state_axes_swapped"
    if left == "M" and right == "MM" and meeting.left.shape[-1:] == (1,):
        return "state_is_a_column"
    batch, left = (left[0], left[1:]) if len(left) == 2 and left[0] in "NT" else ("", left)
    if right == "MM" and left == "D":
        return "wx_wh_swapped" if of_input else "initial_state_wrong_length"
    if right == "DM" and left == "M":
        return "wx_wh_swapped"
    if right == "MD" and left == "D":
        return "wx_transposed"
    if right == "KM" and left == "M":
        return "wo_transposed"
    if right == "MM" and left == "K":
        return (
            "output_carried"
            if meeting.left.text.startswith("y") or not meeting.left.is_zero
            else "initial_state_wrong_length"
        )
    if right == "MM" and left in ("T", "N"):
        return "initial_state_wrong_length"
    if right == "MK" and left == "D":
        return "step_skipped_for_head"
    if right == "MK" and left == "T":
        return "last_of_wrong_axis"
    return None
