"""Run lines of index strings, such as "h[n,t,m] = tanh( X[n,t,d]·Wx[d,m] + h[n,t-1,m']·Wh[m',m] + bh[m] )", in NumPy.

A small letter runs over the axis of its capital. In a product with · the letters that both factors have, and the result
has not, are summed away; * multiplies number by number. sum[t]( … ), mean, std, max, min take a letter away,
softmax[k]( … ) keeps it. Any arithmetic may stand in brackets: h[n,t-2,m], X[n,T-1-t,d], Wx[d,M+m], E[ids[n,t],d].
Outside of an array there are zeros; a line such as "h[n,-1,m] = h0[n,m]" says what else is there.
`mask[n,t] ? a : b` chooses.

The package knows one way to compute. A wrong belief is the same lines with some words exchanged (`rnnshapes.beliefs`).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

Arrays = Mapping[str, np.ndarray]

FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{name: getattr(np, name) for name in ("tanh", "tan", "arctan", "arctanh", "sin", "sqrt", "exp", "where")},
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "relu": lambda z: np.maximum(z, 0),
    "leaky_relu": lambda z: np.where(z > 0, z, 0.2 * z),
    "elu": lambda z: np.where(z > 0, z, np.expm1(np.minimum(z, 0))),
    "softsign": lambda z: z / (1 + np.abs(z)),
    "hard_sigmoid": lambda z: np.clip(z / 6 + 0.5, 0, 1),
    "clip": lambda z: np.clip(z, -1, 1),
}
ALONG: dict[str, Callable[..., Any]] = {name: getattr(np, name) for name in ("sum", "mean", "std", "max", "min")}
ALONG["softmax"] = lambda z, **along: (powers := np.exp(z - z.max(**along))) / powers.sum(**along)
OPERATORS = {ast.Add: np.add, ast.Sub: np.subtract, ast.Mult: np.multiply, ast.Div: np.divide, ast.Mod: np.mod}
OPERATORS |= {ast.FloorDiv: np.floor_divide, ast.Lt: np.less, ast.Eq: np.equal}


class Line(NamedTuple):
    """One line, taken apart: `free` are the letters of its result, `letters` all of them, the free ones first.

    `start` is the axis that a line such as "h[n,-1,m] = 0" is about, None for any other line.
    """

    name: str
    free: tuple[str, ...]
    letters: tuple[str, ...]
    reads: frozenset[str]
    start: int | None
    is_backward: bool
    tree: ast.expr


@lru_cache(maxsize=8192)
def read(text: str) -> Line:
    """Return a line taken apart; the same text is read once."""
    left, right = (side.strip().replace("·", "@").replace("'", "_") for side in text.split("=", 1))
    if chosen := re.fullmatch(r"(.*?) \? (.*) : (.*)", right):
        right = f"where({', '.join(chosen.groups())})"
    result, tree = (ast.parse(side, mode="eval").body for side in (left, right))
    name, places = result.value.id, _places(result)
    free = [place.id for place in places if isinstance(place, ast.Name) and place.id.islower()]
    start = next((axis for axis, place in enumerate(places) if ast.unparse(place) not in free), None)
    slices = [node for node in ast.walk(tree) if isinstance(node, ast.Subscript)]
    inside = [node.id for one in slices for node in ast.walk(one.slice) if isinstance(node, ast.Name)]
    letters = dict.fromkeys([*free, *(letter for letter in inside if re.fullmatch(r"[a-z]\d?_*", letter))])
    backward = any(one.value.id == name and "t + " in ast.unparse(one.slice) for one in slices)
    return Line(name, tuple(free), tuple(letters), frozenset(one.value.id for one in slices), start, backward, tree)


def _places(node: ast.Subscript) -> list[ast.expr]:
    return node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]


def run(lines: Sequence[str], arrays: Arrays, sizes: Mapping[str, int]) -> dict[str, np.ndarray]:
    """Return the arrays and every result of the lines, in float64. `sizes` has the capital of each letter.

    A line that reads results of other steps runs step by step, together with the lines up to the one that it reads.

    >>> run(["s[n,t] = s[n,t-1] + X[n,t]"], {"X": np.ones((1, 3))}, {"N": 1, "T": 3})["s"]
    array([[1., 2., 3.]])
    """
    with np.errstate(all="ignore"):  # a wrong line may overflow: its numbers say so
        return _run(lines, arrays, sizes)


def _run(lines: Sequence[str], arrays: Arrays, sizes: Mapping[str, int]) -> dict[str, np.ndarray]:
    env: dict[str, Any] = {name: np.asarray(value) for name, value in arrays.items()}
    todo = sorted(map(read, lines), key=lambda line: line.start is None)
    while todo:
        now, end = [], 1
        while len(now) < end:
            now.append(todo.pop(0))
            end = max([end, *(len(now) + place for place, one in enumerate(todo, 1) if one.name in now[-1].reads)])
        if len(now) == 1 and now[0].name not in now[0].reads:
            [line] = now
            value = _Program(line, env, sizes)(None)
            env[line.name if line.start is None else f"{line.name} at its start"] = (
                value if line.start is None else (line.start, value)
            )
            continue
        env |= {line.name: np.zeros([sizes[letter.upper()] for letter in line.free]) for line in now}
        programs = [_Program(line, env, sizes, {line.name for line in now}) for line in now]
        steps = range(sizes["T"])
        for t in reversed(steps) if any(line.is_backward for line in now) else steps:
            for line, program in zip(now, programs, strict=True):
                env[line.name][tuple(t if letter == "t" else slice(None) for letter in line.free)] = program(t)
    return env


class _Part(NamedTuple):
    """A part of a line: its letters, and its value: an array, or a function of t where it changes from step to step."""

    letters: frozenset[str]
    value: Any

    def at(self, t: int | None) -> Any:
        return self.value(t) if callable(self.value) else self.value


class _Program:
    """A line ready to run. Each value has an axis for every letter of the line, of length 1 where it lacks it."""

    def __init__(self, line: Line, env: Arrays, sizes: Mapping[str, int], moving: set[str] | None = None) -> None:
        """`moving` are the results that are made step by step; None for a line that runs at once, t and all."""
        self.env, self.sizes, self.moving = env, sizes, moving
        letters = [letter for letter in line.letters if moving is None or letter != "t"]
        self.axes = {letter: axis for axis, letter in enumerate(letters)}
        self.kept = [letter for letter in line.free if letter in self.axes]
        self.shape = tuple(sizes[letter.upper()] for letter in self.kept)
        self.part = self._part(line.tree)

    def __call__(self, t: int | None) -> np.ndarray:
        value = np.asarray(self.part.at(t), float)
        return np.array(np.broadcast_to(value.reshape(value.shape[: len(self.kept)]), self.shape))

    def _part(self, node: ast.expr) -> _Part:
        match node:
            case ast.Constant():
                return _Part(frozenset(), node.value)
            case ast.Name(id="t") if self.moving is not None:
                return _Part(frozenset(), lambda t: t)
            case ast.Name() if node.id in self.axes:
                shape = np.where(np.arange(len(self.axes)) == self.axes[node.id], -1, 1)
                return _Part(frozenset([node.id]), np.arange(self.sizes[node.id.rstrip("_").upper()]).reshape(shape))
            case ast.Name():
                return _Part(frozenset(), self.sizes[node.id])
            case ast.UnaryOp():
                return self._made(np.negative, node.operand)
            case ast.BinOp(op=ast.MatMult()):
                left, right = self._part(node.left), self._part(node.right)
                gone = (left.letters & right.letters).difference(self.kept)
                axes = tuple(self.axes[letter] for letter in gone)
                return self._made(lambda a, b: np.multiply(a, b).sum(axis=axes, keepdims=True), left, right, gone=gone)
            case (
                ast.BinOp(left=left, op=operator, right=right)
                | ast.Compare(left=left, ops=[operator], comparators=[right])
            ):
                return self._made(OPERATORS[type(operator)], left, right)
            case ast.Call(func=ast.Subscript(value=ast.Name(id=name), slice=ast.Name(id=letter))):
                axis, gone = self.axes[letter], frozenset([] if name == "softmax" else [letter])
                return self._made(lambda z: ALONG[name](z, axis=axis, keepdims=True), *node.args, gone=gone)
            case ast.Call():
                return self._made(FUNCTIONS[node.func.id], *node.args)
            case ast.Subscript(value=ast.Name(id=name)):
                moves = self.moving is not None and name in self.moving
                return self._made(lambda *places: self._pick(name, places), *_places(node), moves=moves)
        raise ValueError(f"{ast.unparse(node)} is nothing that a line may hold")

    def _made(self, work: Callable, *of: ast.expr | _Part, gone: frozenset = frozenset(), moves: bool = False) -> _Part:
        """Return a function of parts: worked out now where none of them changes from step to step."""
        parts = [one if isinstance(one, _Part) else self._part(one) for one in of]
        letters = frozenset().union(*(part.letters for part in parts)) - gone
        if moves or any(callable(part.value) for part in parts):
            return _Part(letters, lambda t: work(*(part.at(t) for part in parts)))
        return _Part(letters, work(*(part.value for part in parts)))

    def _pick(self, name: str, places: tuple[Any, ...]) -> Any:
        """Return the numbers at these places; outside of an array zeros, or one step outside what its start is."""
        array, start = self.env[name], self.env.get(f"{name} at its start")
        ends = [(p, p) if isinstance(p, int) else (p.min(), p.max()) for p in places]
        outside = [axis for axis, (low, high) in enumerate(ends) if not 0 <= low <= high < array.shape[axis]]
        if not outside:
            return array[places]
        near = tuple(np.clip(place, 0, size - 1) for place, size in zip(places, array.shape, strict=True))
        there = [np.equal(places[axis], near[axis]) for axis in outside]
        found = np.where(np.all(np.broadcast_arrays(*there), axis=0), array[near], 0.0)
        if start is None or start[0] not in outside:
            return found
        axis, before = start
        return np.where(abs(places[axis] - near[axis]) == 1, before[near[:axis] + near[axis + 1 :]], found)
