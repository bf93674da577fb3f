"""Turn an exception from a student's code into got / expected / try, naming operands by letter.

Python 3.11 and later know the exact columns of the expression that failed. We read that expression, look up
the arrays that met in it, and read their sizes back into letters.
"""

from __future__ import annotations

import ast
import contextlib
import linecache
import re
import traceback
from dataclasses import dataclass
from types import FrameType
from typing import Any

import numpy as np

from rnnshapes.judge.watch import is_library
from rnnshapes.sizes import Sizes


@dataclass(frozen=True)
class Operand:
    """An array in the student's code: its text there, its shape, and the argument that it is a part of."""

    text: str
    shape: tuple[int, ...]
    part_of: str = ""
    is_zero: bool = False
    is_none: bool = False


@dataclass(frozen=True)
class Meeting:
    """The expression that failed: two operands and what joins them ("@", "*", "+", …)."""

    left: Operand
    operator: str
    right: Operand
    text: str


@dataclass(frozen=True)
class Trouble:
    """An exception, read. `meeting` is set when two arrays did not fit; `seen` is what else the frame shows."""

    error: BaseException
    line: int | None
    code: str
    meeting: Meeting | None
    seen: tuple[str, ...] = ()


OWN = "in an array of its own"
"""Seen where an index ran past an array that is none of the arguments."""
_OPERATORS = {ast.MatMult: "@", ast.Mult: "*", ast.Add: "+", ast.Sub: "-", ast.Div: "/"}
_PRODUCTS = {"dot", "matmul", "inner", "multiply", "add", "subtract", "tensordot", "vdot", "outer"}
_HARMLESS = {  # methods that change nothing
    *("dot", "reshape", "transpose", "swapaxes", "mean", "sum", "std", "var", "min", "max", "any", "all", "astype"),
    *("squeeze", "ravel", "copy"),
}
_SYMBOLS = {"dot": "@", "matmul": "@", "multiply": "*", "add": "+", "subtract": "-"}


def read_error(error: BaseException, *, arguments: dict[str, np.ndarray]) -> Trouble:
    """Read where and why a student's code failed.

    `arguments` are the arrays that the function was called with, by name: an operand that shares their memory
    is a part of them.

    >>> def f(x, Wh): return x[0] @ Wh
    >>> x, Wh = np.ones((7, 3)), np.ones((5, 5))
    >>> try: f(x, Wh)
    ... except ValueError as error: meeting = read_error(error, arguments={"x": x, "Wh": Wh}).meeting
    >>> meeting.left.shape, meeting.operator, meeting.right.shape
    ((3,), '@', (5, 5))
    """
    if hasattr(error, "__trouble__"):  # it was raised, and read, in another process
        return error.__trouble__
    frames = [
        (frame, lineno, position)
        for (frame, lineno), position in zip(traceback.walk_tb(error.__traceback__), _positions(error), strict=False)
        if not is_library(frame.f_code.co_filename)
    ]
    if not frames:
        return Trouble(error, None, "", None)
    frame, line, position = frames[-1]
    code = linecache.getline(frame.f_code.co_filename, line).strip()
    seen = (*_nones(error, frame, line), *_indexed(error, frame, position, arguments))
    return Trouble(error, line, code, _find_meeting(frame, position, arguments), seen)


def _nones(error: BaseException, frame: FrameType, line: int) -> list[str]:
    """Say what a name on the failing line came of that is None."""
    if not isinstance(error, TypeError | AttributeError):
        return []
    lines = [linecache.getline(frame.f_code.co_filename, number) for number in range(frame.f_code.co_firstlineno, line)]
    names = dict.fromkeys(re.findall(r"[A-Za-z_]\w*", linecache.getline(frame.f_code.co_filename, line)))
    none = [name for name in names if name in frame.f_locals and frame.f_locals[name] is None]
    made = [re.match(rf"\s*{name}\s*=\s*(.+)", text) for name in none for text in reversed(lines)]
    return [f"None came of `{one[1].strip()}`" for one in made if one][:1]


def _indexed(
    error: BaseException, frame: FrameType, position: tuple[int | None, ...], arguments: dict[str, np.ndarray]
) -> list[str]:
    """Say of which array an index was too large, if it is none of the arguments; and whether sizes stand as indices."""
    node = _failing(frame, position)[0] if isinstance(error, IndexError) else None
    indexed = _operand(node.value, frame, arguments) if isinstance(node, ast.Subscript) else None
    if indexed is None or len(indexed.shape) < 2:
        return []
    places = _value(node.slice, frame)
    sizes = isinstance(places, tuple) and sorted(map(str, places)) == sorted(map(str, indexed.shape))
    return ["sizes as indices"] if sizes else [] if indexed.part_of else [OWN]


def _positions(error: BaseException) -> list[tuple[int | None, ...]]:
    """Return (line, end line, column, end column) of the instruction that failed, for each frame."""
    found = []
    step = error.__traceback__
    while step is not None:
        positions = list(step.tb_frame.f_code.co_positions())
        index = step.tb_lasti // 2
        found.append(positions[index] if 0 <= index < len(positions) else (None, None, None, None))
        step = step.tb_next
    return found


def _failing(frame: FrameType, position: tuple[int | None, ...]) -> tuple[ast.AST | None, str]:
    """Return the expression that failed, or the augmented assignment, and its text."""
    line, end_line, column, end_column = position
    if line is None or end_line is None or column is None or end_column is None:
        return None, ""
    lines = [linecache.getline(frame.f_code.co_filename, number) for number in range(line, end_line + 1)]
    if not any(lines):
        return None, ""
    encoded = [text.encode() for text in lines]  # columns count bytes
    encoded[-1] = encoded[-1][:end_column]
    encoded[0] = encoded[0][column:]
    text = b"".join(encoded).decode(errors="replace").strip()
    with contextlib.suppress(SyntaxError):
        return ast.parse(f"({text})", mode="eval").body, text
    with contextlib.suppress(SyntaxError):  # an augmented assignment: h += …
        return ast.parse(text).body[0], text
    return None, ""


def _find_meeting(
    frame: FrameType, position: tuple[int | None, ...], arguments: dict[str, np.ndarray]
) -> Meeting | None:
    """Find the two arrays that met in the failing expression."""
    node, text = _failing(frame, position)
    if isinstance(node, ast.BinOp):
        pair, symbol = (node.left, node.right), _OPERATORS.get(type(node.op), "?")
    elif isinstance(node, ast.AugAssign):
        pair, symbol = (node.target, node.value), _OPERATORS.get(type(node.op), "?") + "="
    elif (
        isinstance(node, ast.Call)
        and len(node.args) >= 2
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _PRODUCTS
    ):
        pair, symbol = (node.args[0], node.args[1]), _SYMBOLS.get(node.func.attr, node.func.attr)
    elif (
        isinstance(node, ast.Call)
        and len(node.args) == 1
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "dot"
    ):
        pair, symbol = (node.func.value, node.args[0]), "@"
    elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("np.where", "numpy.where") and len(node.args) == 3:
        pair, symbol = (node.args[0], node.args[1]), "↔"
    else:
        return None
    operands = [_operand(part, frame, arguments) for part in pair]
    if operands[0] is None or operands[1] is None:
        return None
    return Meeting(operands[0], symbol, operands[1], " ".join(text.split()))


def _operand(node: ast.expr, frame: FrameType, arguments: dict[str, np.ndarray]) -> Operand | None:
    """Evaluate an operand again, if it has no side effects worth fearing, and describe it."""
    value = _value(node, frame)
    if isinstance(node, ast.Name) and value is None and node.id in frame.f_locals:
        return Operand(node.id, (), is_none=True)
    if not isinstance(value, np.ndarray | np.generic | int | float | list):
        return None
    try:
        array = np.asarray(value)
    except ValueError:
        return None
    part_of = next(
        (
            name
            for name, argument in arguments.items()
            if isinstance(value, np.ndarray | np.generic) and _comes_from(node, name, frame, argument)
        ),
        "",
    )
    return Operand(ast.unparse(node), array.shape, part_of, is_zero=array.size > 0 and not array.any())


def _comes_from(node: ast.expr, name: str, frame: FrameType, argument: np.ndarray) -> bool:
    """Tell whether an operand is a view of the argument `name`, which the student may have renamed."""
    root: ast.expr = node
    while isinstance(root, ast.Subscript | ast.Attribute | ast.Call):
        root = root.func if isinstance(root, ast.Call) else root.value
    if not isinstance(root, ast.Name):
        return False
    value = frame.f_locals.get(root.id)
    base = value
    while isinstance(base, np.ndarray) and base.base is not None:
        base = base.base
    return root.id == name or (
        isinstance(base, np.ndarray)
        and isinstance(argument, np.ndarray)
        and base.shape == argument.shape
        and np.array_equal(base, argument)
    )


def _value(node: ast.expr, frame: FrameType) -> Any:
    """Evaluate an expression of names, subscripts, attributes, arithmetic and NumPy calls in a frame."""
    allowed = (
        ast.Name,
        ast.Subscript,
        ast.Attribute,
        ast.BinOp,
        ast.Constant,
        ast.Slice,
        ast.Tuple,
        ast.UnaryOp,
        ast.Load,
        ast.Store,
        ast.operator,
        ast.unaryop,
        ast.Call,
        ast.List,
        ast.keyword,
    )
    for part in ast.walk(node):
        if not isinstance(part, allowed):
            return None
        if (
            isinstance(part, ast.Call)
            and not ast.unparse(part.func).startswith(("np.", "numpy.", "len"))
            and not (isinstance(part.func, ast.Attribute) and part.func.attr in _HARMLESS)
        ):
            return None
        if isinstance(part, ast.Call) and "random" in ast.unparse(part.func):
            return None
    try:
        code = compile(ast.Expression(ast.parse(ast.unparse(node), mode="eval").body), "<operand>", "eval")
        # From Python 3.12 on, the variables of a comprehension are gone by now: any step stands for its t.
        indices = {
            name.id: 0
            for part in ast.walk(node)
            if isinstance(part, ast.Subscript)
            for name in ast.walk(part.slice)
            if isinstance(name, ast.Name) and name.id not in frame.f_globals
        }
        return eval(code, frame.f_globals, indices | dict(frame.f_locals))  # the student's own expression
    except Exception:
        return None


def named(operand: Operand, sizes: Sizes) -> str:
    """Return "x[t] is (3,) = (D,)" for an operand.

    >>> named(Operand("x[t]", (3,)), Sizes(N=4, T=7, D=3, M=5, K=2))
    'x[t] is (3,) = (D,)'
    """
    if operand.is_none:
        return f"{operand.text} is None"
    if not operand.shape:
        return f"{operand.text} is a single number"
    shape = str(tuple(operand.shape))
    letters = sizes.letters(operand.shape)
    return f"{operand.text} is {shape}" + ("" if letters == shape else f" = {letters}")


def index_trouble(error: BaseException) -> tuple[int, int, int] | None:
    """Return (index, axis, size) of NumPy's "index 7 is out of bounds for axis 0 with size 6"."""
    found = re.search(r"index (-?\d+) is out of bounds for axis (\d+) with size (\d+)", str(error))
    return tuple(int(part) for part in found.groups()) if found else None  # type: ignore[return-value]
