"""A line of index strings taken apart for explorer.js: plain data for JSON.

The language is that of layers/run.py. A tree is a number, a letter ("t", "m'"), a size ("T"), or a list that begins
with what it does: ["+", a, b], ["@", a, b, letters summed away], ["f", name, arguments], ["along", name, letter, tree],
["pick", name, places, their texts]. A line is a sum of terms under one function; a term that is no slice and no product
of two is a tree of its own.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from rnnshapes.errors import CourseError
from rnnshapes.layers.run import ALONG, FUNCTIONS

OPERATORS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Mod: "%", ast.FloorDiv: "//"}
OPERATORS |= {ast.Lt: "<", ast.Eq: "=="}
LETTER = re.compile(r"[a-z]\d?_?")
EXAMPLE = "y[n,k] = h[n,T-1,m]·Wo[m,k] + bo[k]"

Tree = Any


@dataclass
class Parsed:
    """One line: what it is called, its free letters, and its sides: one, or two where a condition chooses."""

    text: str
    name: str
    index: list[str]
    free: list[str]
    condition: Tree | None = None
    sides: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_start(self) -> bool:
        """Such as h[n,-1,m] = 0: what stands outside of an array."""
        return len(self.free) < len(self.index)

    def picks(self) -> Iterator[list[Any]]:
        """Every array that the line reads, as ["pick", name, places, texts]."""
        trees = [self.condition, *(term["tree"] for side in self.sides for term in side["terms"])]
        for tree in trees:
            yield from picks_of(tree)

    @property
    def ahead(self) -> set[str]:
        """The arrays that it reads at a later step."""
        found = ((pick[1], place) for pick in self.picks() for place in pick[2] if isinstance(place, list))
        return {name for name, place in found if place[:2] == ["+", "t"]}

    @property
    def is_backward(self) -> bool:
        """Whether it reads a later step of itself: it runs from the last step to the first."""
        return self.name in self.ahead


def picks_of(tree: Tree) -> Iterator[list[Any]]:
    """Return every array that a tree reads."""
    if isinstance(tree, list):
        if tree[0] == "pick":
            yield tree
        for part in tree[1:]:
            for one in part if tree[0] in ("f", "pick") and isinstance(part, list) else [part]:
                yield from picks_of(one)


def letters_of(tree: Tree) -> set[str]:
    """Return the letters that a tree depends on; those that are summed away are gone.

    >>> sorted(letters_of(parse_line("y[n,k] = h[n,T-1,m]·Wo[m,k]").sides[0]["terms"][0]["tree"]))
    ['k', 'n']
    """
    if isinstance(tree, str):
        return {tree} if LETTER.fullmatch(tree.replace("'", "_")) else set()
    if not isinstance(tree, list):
        return set()
    if tree[0] == "pick":
        return set().union(*map(letters_of, tree[2]))
    if tree[0] == "f":
        return set().union(*map(letters_of, tree[2]))
    if tree[0] == "along":
        return letters_of(tree[3]) - (set() if tree[1] == "softmax" else {tree[2]})
    if tree[0] == "@":
        return (letters_of(tree[1]) | letters_of(tree[2])) - set(tree[3])
    return set().union(*map(letters_of, tree[1:]))


def parse_line(text: str) -> Parsed:
    """Return one line taken apart.

    Raises: CourseError if it is no line of index strings.

    >>> line = parse_line("h[n,t,m] = mask[n,t] ? tanh( X[n,t,d]·Wx[d,m] + bh[m] ) : h[n,t-1,m]")
    >>> line.name, line.free, [side["function"] for side in line.sides]
    ('h', ['n', 't', 'm'], ['tanh', ''])
    """
    try:
        left, right = (side.strip() for side in text.split("=", 1))
        if chosen := re.fullmatch(r"(.*?) \? (.*) : (.*)", right):
            condition, *sides = chosen.groups()
        else:
            condition, sides = None, [right]
        result = _ast(left)
        places = _places(result)
        free = [_name(place.id) for place in places if isinstance(place, ast.Name) and place.id.islower()]
        reader = _Reader(set(free))
        line = Parsed(text, result.value.id, [_text(place) for place in places], free)
        line.condition = None if condition is None else reader.tree(_ast(condition))
        line.sides = [reader.side(_ast(side)) for side in sides]
    except (SyntaxError, AttributeError, ValueError) as error:
        raise CourseError(f"Got the line {text!r}, expected index strings ({error}). Try: {EXAMPLE!r}.") from None
    trees = [tree for tree in [line.condition, *(term["tree"] for side in line.sides for term in side["terms"])]]
    if loose := sorted(set().union(*map(letters_of, trees)) - set(free)):
        raise CourseError(
            f"Got the line {text!r}, expected that {', '.join(loose)} is summed away or stands on its left. "
            f"Try: {EXAMPLE!r}."
        )
    return line


class _Reader:
    """Makes trees of one line's parts; `kept` are the letters of its result."""

    def __init__(self, kept: set[str]) -> None:
        self.kept = kept

    def side(self, node: ast.expr) -> dict[str, Any]:
        function, over = "", None
        match node:
            case ast.Call(func=ast.Name(id=name), args=[body]) if name in FUNCTIONS:
                function, node = name, body
            case ast.Call(func=ast.Subscript(value=ast.Name(id="softmax"), slice=ast.Name(id=letter)), args=[body]):
                if _name(letter) in self.kept - {"n", "t"}:
                    function, over, node = "softmax", _name(letter), body
        return {"function": function, "over": over, "terms": [self.term(*one) for one in _summands(node)]}

    def term(self, sign: int, node: ast.expr) -> dict[str, Any]:
        found: dict[str, Any] = {"sign": sign, "tree": self.tree(node)}
        match node:
            case ast.BinOp(left=left, op=ast.MatMult() | ast.Mult(), right=right):
                gone = found["tree"][3] if isinstance(node.op, ast.MatMult) else []
                sides = [self.slice(left), self.slice(right)]
                if all(sides) and len(gone) < 2:
                    found |= {"left": sides[0], "right": sides[1], "shared": gone[0] if gone else None}
            case _ if (alone := self.slice(node)) and not alone.get("function"):
                found |= alone
        return found

    def slice(self, node: ast.expr) -> dict[str, Any] | None:
        """Return one array with its index, maybe under a function of its own; None for anything else."""
        function = ""
        match node:
            case ast.Call(func=ast.Name(id=name), args=[ast.Subscript() as body]) if name in FUNCTIONS:
                function, node = name, body
            case ast.BinOp(left=ast.Constant(value=1), op=ast.Sub(), right=ast.Subscript() as body):
                function, node = "1-", body
        if not isinstance(node, ast.Subscript):
            return None
        _, name, places, texts = self.tree(node)
        found = {"name": name, "index": texts, "at": places}
        return found | ({"function": function} if function else {})

    def tree(self, node: ast.expr) -> Tree:
        match node:
            case ast.Constant(value=int() | float() as number):
                return number
            case ast.Name(id=name):
                return _name(name)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
                return -number
            case ast.UnaryOp(op=ast.USub(), operand=of):
                return ["neg", self.tree(of)]
            case ast.BinOp(left=left, op=ast.MatMult(), right=right):
                left, right = self.tree(left), self.tree(right)
                return ["@", left, right, sorted((letters_of(left) & letters_of(right)) - self.kept)]
            case (
                ast.BinOp(left=left, op=operator, right=right)
                | ast.Compare(left=left, ops=[operator], comparators=[right])
            ) if type(operator) in OPERATORS:
                return [OPERATORS[type(operator)], self.tree(left), self.tree(right)]
            case ast.Call(func=ast.Subscript(value=ast.Name(id=name), slice=ast.Name(id=letter)), args=[of]) if (
                name in ALONG
            ):
                return ["along", name, _name(letter), self.tree(of)]
            case ast.Call(func=ast.Name(id=name), args=args) if name in FUNCTIONS:
                return ["f", name, [self.tree(one) for one in args]]
            case ast.Subscript(value=ast.Name(id=name)):
                places = _places(node)
                return ["pick", name, [self.tree(place) for place in places], [_text(place) for place in places]]
        raise ValueError(f"{_text(node)} is nothing that a line may hold")


def _summands(node: ast.expr, sign: int = 1) -> Iterator[tuple[int, ast.expr]]:
    """Return the terms of a sum with their signs."""
    match node:
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as operator, right=right):
            yield from _summands(left, sign)
            yield from _summands(right, sign if isinstance(operator, ast.Add) else -sign)
        case ast.UnaryOp(op=ast.USub(), operand=of) if not isinstance(of, ast.BinOp):
            yield from _summands(of, -sign)
        case ast.BinOp(left=ast.UnaryOp(op=ast.USub(), operand=left), op=op, right=right):
            yield -sign, ast.BinOp(left=left, op=op, right=right)
        case _:
            yield sign, node


def _ast(text: str) -> ast.expr:
    return ast.parse(text.strip().replace("·", "@").replace("'", "_"), mode="eval").body


def _places(node: ast.Subscript) -> list[ast.expr]:
    return node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]


def _name(name: str) -> str:
    return name.replace("_", "'") if LETTER.fullmatch(name) else name


def _text(node: ast.expr) -> str:
    """Return a part as the table writes it: T-1, m', (t-1)%T."""
    words = re.sub(r"\b([a-z]\d?)_(?!\w)", r"\1'", ast.unparse(node)).replace(" @ ", "·")
    return re.sub(r" ([-+*/%]+) ", r"\1", words)
