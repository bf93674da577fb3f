"""The exercises of lesson 00: shapes of slices, products and sums, and five small functions. No TensorFlow."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from rnnshapes.judge.exercise import FunctionExercise, table_of
from rnnshapes.judge.explain import Trouble
from rnnshapes.judge.shapes import ShapesExercise
from rnnshapes.lessons.l00_axes import axes
from rnnshapes.lessons.l00_axes import axes_adding as adding
from rnnshapes.lessons.l00_axes import axes_cutting as cutting
from rnnshapes.lessons.l00_axes.axes import CHECKS, NOTEBOOK, AxesCase, axes_forms, make_axes_case, with_lost_numbers
from rnnshapes.lessons.l00_axes.axes_beliefs import axes_beliefs
from rnnshapes.lessons.l00_axes.axes_scaling import STANDARDISED as SCALINGS
from rnnshapes.lessons.l00_axes.axes_scaling import shrunk
from rnnshapes.lessons.l00_axes.axes_shapes import DIMS, NAMED, PARTS, SHAPE_BELIEFS_00, measure
from rnnshapes.sizes import Sizes

PREDICTED = ShapesExercise(
    name="00/predicted",
    dims=DIMS,
    measure=measure,
    parts=PARTS,
    notebook=NOTEBOOK,
    make=make_axes_case,
    own=SHAPE_BELIEFS_00,
    named=NAMED,
    source="NumPy gives",
    lecture=Sizes(N=3, T=4, D=2, M=5, K=6),
    tells_axes=False,
)


def _operand_shapes(trouble: Trouble) -> list[tuple[int, ...]]:
    """Return the shapes of the two arrays that did not fit: as they met, or as NumPy's message names them."""
    if trouble.meeting is not None:
        return [trouble.meeting.left.shape, trouble.meeting.right.shape]
    found = re.findall(r"\(([\d,]+)\)", str(trouble.error))
    return [tuple(int(size) for size in text.split(",") if size) for text in found[:2]]


def _as_numpy_writes(shape: tuple[int, ...]) -> str:
    return str(shape).replace(" ", "")


def _read_one_step(trouble: Trouble, case: AxesCase) -> str:
    if "for array of dimension 3" in str(trouble.error):
        return "averaged_away"  # the step was given as the axis of a sum
    found = re.search(r"out of bounds for axis \d with size (\d+)", str(trouble.error))
    keys = dict(zip(map(str, case.X.shape), ("n_t_swapped", "another_step", "feature_picked"), strict=True))
    return keys.get(found[1], "") if found else ""


def _read_time_first(trouble: Trouble, case: AxesCase) -> str:
    message = str(trouble.error)
    if "axes don't match" in message:
        return "axis_left_out"
    if found := re.search(r"axis (-?\d+) is out of bounds for array of dimension 3", message):
        return "axes_counted_from_one" if found[1] == "3" else "sizes_for_axes"
    if isinstance(trouble.error, TypeError) and re.search(r"(transpose|swapaxes|moveaxis)\(\) ", message):
        return "axes_as_arguments"
    if "'str' object cannot be interpreted" in message:
        return "letters_for_numbers"
    T = case.sizes.T
    if f"index {T} is out of bounds for axis 1 with size {T}" in message:
        return "steps_miscounted"
    if "could not broadcast input array" in message or re.search(r"out of bounds for axis [01] with size", message):
        return "n_t_swapped"
    return ""


def _read_each_step(trouble: Trouble, case: AxesCase) -> str:
    D, M = case.sizes.shape("DM")
    message, meeting = str(trouble.error), trouble.meeting
    if found := re.search(r"could not broadcast input array .* into shape \((?:\d+,)*(\d+),?\)", message):
        return "result_like_x" if int(found[1]) == D else ""
    if "out of bounds for axis 0" in message:
        return "n_t_swapped"
    if "cannot reshape" in message and message.endswith(_as_numpy_writes(case.X.shape)):
        return "result_like_x"
    shapes = _operand_shapes(trouble)
    if len(shapes) < 2 or not isinstance(trouble.error, ValueError):
        return ""
    left, right = shapes
    if meeting is not None and meeting.operator == "*":
        return "elementwise_product" if (D, M) in shapes else ""
    if meeting is not None and meeting.operator in ("+", "+=", "-"):
        if (M, 1) in (left[-2:], right[-2:]):
            return "bias_as_column"
        return "bias_before_product" if {left[-1:], right[-1:]} == {(D,), (M,)} else ""
    if left in ((D, M), (M, D)):
        return "weights_on_the_left"
    if left == case.X.shape[::-1]:
        return "all_axes_reversed"
    return "w_transposed" if right == (M, D) else ""


def _read_shifted(trouble: Trouble, case: AxesCase) -> str:
    N, D = case.s.shape
    message, shapes = str(trouble.error), _operand_shapes(trouble)
    if message == f"cannot reshape array of size {N * D} into shape {_as_numpy_writes(case.X.shape)}":
        return "reshape_makes_numbers"
    if "same number of dimensions" in message:
        return "appended"
    if "'shift' and 'axis'" in message:
        return "rolled"
    if trouble.meeting is not None and trouble.meeting.operator == "@":
        return "multiplied"
    if "could not be broadcast" not in message or len(shapes) < 2:
        return ""
    if (N,) in shapes:
        return "one_number_for_all_features"
    if (N, D) in shapes:
        return "broadcast_from_left"
    if any(len(shape) < 3 and np.prod(shape) == case.X.size for shape in shapes):
        return "repeated_not_cut"
    if (D, N) in shapes:
        return "s_turned_round"
    if (case.sizes.T, N, D) in shapes:
        return "new_axis_misplaced"
    return "new_axis_misplaced" if any(1 in shape and set(shape) <= {1, N, D} for shape in shapes) else ""


def _read_standardised(trouble: Trouble, case: AxesCase) -> str:
    message, shapes = str(trouble.error), _operand_shapes(trouble)
    if isinstance(trouble.error, TypeError) and re.search("as a data type|interpreted as an integer", message):
        return "axes_as_tuple"
    if "for array of dimension 3" in message:
        return "axes_counted_from_one"
    if isinstance(trouble.error, TypeError) and "builtin_function_or_method" in message:
        return "method_not_called"
    N, T, D = case.X.shape
    if re.search(
        rf"index {N} is out of bounds for axis 0|index {D} is out of bounds for axis 2|array .*into shape", message
    ):
        return "n_d_swapped"
    lost = {(N, D), (N, T), (T,), (N,), (D, 1)}
    return "axis_dropped" if "could not be broadcast" in message and lost & set(shapes) else ""


def _exercise(
    function: str,
    dims: str,
    arguments: str,
    right: Callable[[AxesCase], np.ndarray],
    table: axes.Table,
    **more: Any,
) -> FunctionExercise:
    """Return an exercise that is checked against NumPy; `arguments` names what the function gets of a case."""

    known = axes_beliefs(function)

    def forms(got: np.ndarray, case: AxesCase) -> Iterator[tuple[str, np.ndarray]]:
        if function == "one_step" and got.shape == case.sizes.shape("N1D"):
            yield "axis_kept", got[:, 0]
        if function == "standardised":
            yield from shrunk(got, right(case))
        found = axes_forms(got, right(case), turned=function != "time_first")
        yield from ((key, array) for key, array in found if key in known)

    return FunctionExercise(
        name=f"00/{function}",
        dims=dims,
        source="NumPy",
        beliefs=known,
        arguments=lambda case: {name: getattr(case, name) for name in arguments.split()},
        expected=right,
        wrongs=table_of(with_lost_numbers(table, right)),
        forms=forms,
        notebook=NOTEBOOK,
        check_sizes=CHECKS,
        make=make_axes_case,
        **more,
    )


ONE_STEP = _exercise(
    "one_step",
    "ND",
    "X t",
    axes.right_step,
    cutting.ONE_STEP,
    read_trouble=_read_one_step,
    advice="Print what your function gives for a box whose numbers say where they stand, as in the lecture.",
)
TIME_FIRST = _exercise(
    "time_first",
    "TND",
    "X",
    lambda case: np.moveaxis(case.X, 1, 0),
    cutting.TIME_FIRST,
    read_trouble=_read_time_first,
    advice="Try it on a box whose numbers say where they stand: which numbers belong on the sheet t = 0?",
)
EACH_STEP_THROUGH = _exercise(
    "each_step_through",
    "NTM",
    "X W b",
    axes.right_through,
    adding.EACH_STEP_THROUGH,
    read_trouble=_read_each_step,
    advice="Work out one row on paper, X[0, 0] with W and b, and compare it with yours.",
)
SHIFTED = _exercise(
    "shifted",
    "NTD",
    "X s",
    axes.right_shifted,
    adding.SHIFTED,
    read_trouble=_read_shifted,
    advice="Subtract X from your answer: sample n's rows should all be row n of s. What are they?",
)
STANDARDISED = _exercise(
    "standardised",
    "NTD",
    "X",
    axes.right_standardised,
    SCALINGS,
    read_trouble=_read_standardised,
    advice="Print the mean and the std of each feature of your answer: which of them is not 0, or not 1?",
)
