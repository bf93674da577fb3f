"""Every single edit of a layer's lines: a dozen operators, each at every place where it fits. Knows no layer by name.

What a wrong answer behaves like is searched among these when no known belief fits. They are formulas, not stories:
several edits may be one formula on all sizes, so the line is shown and not how it came about.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from itertools import combinations

ACTIVATIONS = ("relu", "sigmoid", "tan", "arctan", "sin", "clip", "softsign", "elu", "tanh")


def single_edits(lines: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the lines with one place changed, each result once: plain slips first.

    >>> edits = list(single_edits(["y[n,k] = h[n,m]·Wo[m,k] + bo[k]"]))
    >>> edits[0], ("y[n,k] = h[n,m]·Wo[m,k]",) in edits
    (('y[n,k] = bo[k]',), True)
    """
    lines = tuple(lines)
    seen = {lines}
    for edited in _all(lines):
        if edited not in seen:
            seen.add(edited)
            yield edited


def _all(lines: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    sides = [line.split(" = ", 1) for line in lines]
    trees = [_parse(right) for _, right in sides]
    dims = _dims([_parse(left) for left, _ in sides] + trees)
    made = {_parse(left).value.id for left, _ in sides}

    def put(index: int, tree: ast.expr, *added: str) -> tuple[str, ...]:
        return (*added, *lines[:index], f"{sides[index][0]} = {_show(tree)}", *lines[index + 1 :])

    later = []
    for index, tree in enumerate(trees):
        left = _parse(sides[index][0])
        free = [place.id for place in _places(left) if isinstance(place, ast.Name) and place.id.islower()]
        if len(free) < len(_places(left)):  # a start
            for value in ("1", *(f"{name}[{free[-1]}]" for name, axes in dims.items() if axes == [free[-1]])):
                later.append(put(index, _parse(value)))
            continue
        own = [node for node in ast.walk(tree) if _named(node, left.value.id)]
        if own and not isinstance(tree, ast.IfExp):
            old = _renamed(own[0], {free[-1] + "_": ast.Name(free[-1])})
            later += [put(index, _fill("A + B", A=old, B=tree)), put(index, _fill("(A + B) / 2", A=old, B=tree))]
        for node in ast.walk(tree):
            for new in _sums(node):
                yield put(index, _replaced(tree, node, new))
            for new in _elsewhere(node, dims, made, free):
                later.append(put(index, _replaced(tree, node, new)))
        if not _activated(tree) and not own and not isinstance(tree, ast.Subscript):
            later += [put(index, _fill(f"{name}(A)", A=tree)) for name in ACTIVATIONS]
    yield from later
    weights = [name for name in dims if name not in made]
    for one, two in combinations(weights, 2):
        if dims[one] == dims[two]:
            for names in ({one: two, two: one}, {one: two}, {two: one}):
                swap = {old: ast.Name(new) for old, new in names.items()}
                yield tuple(
                    f"{left} = {_show(_renamed(tree, swap))}" for (left, _), tree in zip(sides, trees, strict=True)
                )


def _sums(node: ast.AST) -> Iterator[ast.expr]:
    """Yield what becomes of a sum, or of an activation around one."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        terms = _terms(node)
        for i, one in enumerate(terms):
            rest = _total(terms[:i] + terms[i + 1 :])
            yield rest
            yield _fill("A - B", A=rest, B=one)
            yield _total([*terms[:i], _fill("2*A", A=one), *terms[i + 1 :]])
            yield from (_total([*terms[:i], _fill(f"{f}(A)", A=one), *terms[i + 1 :]]) for f in ("tanh", "sigmoid"))
        for i, j in combinations(range(len(terms)), 2):
            rest = [one for k, one in enumerate(terms) if k not in (i, j)]
            yield _total([_fill("A * B", A=terms[i], B=terms[j]), *rest])
    if _activated(node):
        name, [inner] = node.func.id, node.args
        terms = _terms(inner)
        yield inner
        yield from (_fill(f"{other}(A)", A=inner) for other in ACTIVATIONS if other != name)
        for form in (
            f"{name}({name}(A))",
            f"{name}(A / 2)",
            f"{name}(2*A)",
            f"-{name}(A)",
            f"1 - {name}(A)",
            f"{name}(A) / 2",
            f"2*{name}(A)",
        ):
            yield _fill(form, A=inner)
        for size in range(1, len(terms)):
            for inside in combinations(range(len(terms)), size):
                held = _total([terms[i] for i in inside])
                rest = [term for i, term in enumerate(terms) if i not in inside]
                yield _total([_fill(f"{name}(A)", A=held), *rest])
                yield _fill(f"{name}(A) + {name}(B)", A=held, B=_total(rest))
                yield _fill(f"{name}(A) * B", A=held, B=_total(rest))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        yield from (node.left, node.right)


def _elsewhere(node: ast.AST, dims: dict, made: set[str], free: list[str]) -> Iterator[ast.expr]:
    """Yield what becomes of one array in a line: another step, another orientation, another array of its shape."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult) and isinstance(node.right, ast.Subscript):
        rows, *columns = _places(node.right)
        if len(columns) == 1 and isinstance(rows, ast.Name) and isinstance(columns[0], ast.Name):
            row, column, name = rows.id, columns[0].id, node.right.value.id
            if row.rstrip("_") == column.rstrip("_"):
                plain = _renamed(node.left, {row: ast.Name(column)})
                yield plain
                yield _fill(f"A * {name}[{column},{column}]", A=plain)
                yield _fill(f"A * sum[{row}]({name}[{row},{column}])", A=plain)
    if not isinstance(node, ast.Subscript) or not isinstance(node.value, ast.Name) or node.value.id not in dims:
        return
    name, where = node.value.id, _places(node)

    def at(i: int, text: str) -> ast.expr:
        places = [*where[:i], _parse(text), *where[i + 1 :]]
        return _fill("A[B]", A=ast.Name(name), B=ast.Tuple(places) if len(places) > 1 else places[0])

    for i, place in enumerate(where):
        text = ast.unparse(place)
        if text in ("t - 1", "t + 1"):
            yield at(i, text.replace("1", "2"))
            yield at(i, "t + 1" if "-" in text else "t - 1")
        elif text == "t":
            yield from (at(i, new) for new in ("T-1-t", "t-1", "t+1", "(t-1)%T", "(t+1)%T", "0", "T-1"))
        elif sums := [*_sums_of_indices(place)]:
            yield from (at(i, new) for new in sums)
        elif text in free and text != "n":
            capital = text.rstrip("_").upper()
            yield from (at(i, new) for new in ("0", f"{capital}-1", f"{capital}-1-{text}"))
    if len(where) == 2 and all(isinstance(place, ast.Name) for place in where) and name not in made:
        row, column = (place.id for place in where)
        R, C = (letter.rstrip("_").upper() for letter in (row, column))
        turned = f"{column},{row}" if R == C else f"({column}*{R}+{row})//{C},({column}*{R}+{row})%{C}"
        yield _parse(f"{name}[{turned}]")
    for other, axes in dims.items():
        if other != name and axes == dims[name] and (other in made) == (name in made):
            yield _renamed(node, {name: ast.Name(other)})


def _sums_of_indices(place: ast.expr) -> Iterator[str]:
    """Yield what becomes of a place such as n+T+k: a term dropped, turned round, exchanged, or one too many.

    Such a place runs along an axis that is longer than its letters, called L. What leaves it comes in again at the
    other end, as an index below 0 does in Python.

    >>> slips = list(_sums_of_indices(_parse("n+T+k")))
    >>> [one in slips for one in ("n+k", "(n+T-k)%L", "n+K+k", "n+T+k+K", "n*T+T+k", "t")]
    [True, True, True, True, True, False]
    """
    terms = [ast.unparse(term) for term in _terms(place)]
    if len(terms) < 2 or not all(re.fullmatch(r"[a-zA-Z]\d?_*", term) for term in terms):
        return
    for i, term in enumerate(terms):
        before, after = terms[:i], terms[i + 1 :]
        sizes = [size for size in "TK" if size != term]
        others = ["1", *sizes] if term.isupper() else [f"{term}*{size}" for size in sizes]
        first, *rest = before + after
        turned = "+".join([*before, *after]) + f"-{term}" if before else "+".join([f"{first}-{term}", *rest])
        slips = ["+".join(before + after), turned, *("+".join([*before, other, *after]) for other in others)]
        yield from (form for slip in slips for form in (slip, f"({slip})%L", f"L-1-({slip})"))
    whole = "+".join(terms)
    yield f"L-1-({whole})"
    ends = [f"{whole}{sign}{more}" for sign in "+-" for more in "1TK"]
    yield from (form for end in ends for form in (end, f"({end})%L"))


def _dims(trees: list[ast.expr]) -> dict[str, list[str]]:
    """Return the letters of each array's axes, in small letters, for those that have a plain letter on each axis."""
    found: dict[str, list[str]] = {}
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Subscript) and node.value.id not in ("sum", "mean", "std", "max", "min", "softmax"):
                letters = [_letter(place) for place in _places(node)]
                if all(letters):
                    found.setdefault(node.value.id, letters)
    return found


def _letter(place: ast.expr) -> str:
    names = [node.id for node in ast.walk(place) if isinstance(node, ast.Name)]
    return next((name.rstrip("_") for name in names if re.fullmatch(r"[a-z]\d?_*", name)), "")


def _parse(text: str) -> ast.expr:
    return ast.parse(_choice(text.strip()).replace("·", "@").replace("'", "_"), mode="eval").body


def _choice(text: str) -> str:
    chosen = re.fullmatch(r"(.*?) \? (.*) : (.*)", text)
    return f"where({', '.join(chosen.groups())})" if chosen else text


def _show(node: ast.expr) -> str:
    """Return the course's way to write a tree."""
    text = re.sub(r"\[[^\]]*\]", lambda found: found[0].replace(" ", ""), ast.unparse(node))
    text = re.sub(r"\b([a-z]\d?)(_+)(?=[\],])", lambda found: found[1] + "'" * len(found[2]), text)
    chosen = re.fullmatch(r"where\(([^,\[]*\[[^\]]*\]), (.*), ([^,]*(?:\[[^\]]*\])?)\)", text)
    text = f"{chosen[1]} ? {chosen[2]} : {chosen[3]}" if chosen else text
    return text.replace(" @ ", "·").replace(" * ", "*")


def _places(node: ast.Subscript) -> list[ast.expr]:
    return node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]


def _named(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == name


def _activated(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ACTIVATIONS


def _terms(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return [*_terms(node.left), *_terms(node.right)]
    return [node]


def _total(terms: list[ast.expr]) -> ast.expr:
    result = terms[0]
    for term in terms[1:]:
        result = ast.BinOp(result, ast.Add(), term)
    return result


def _fill(template: str, **parts: ast.expr) -> ast.expr:
    return _renamed(_parse(template), parts)


def _replaced(node: object, old: ast.AST, new: ast.expr) -> object:
    """Return the tree with one node, known by identity, exchanged."""
    if node is old:
        return new
    if isinstance(node, ast.AST):
        return type(node)(**{name: _replaced(value, old, new) for name, value in ast.iter_fields(node)})
    return [_replaced(one, old, new) for one in node] if isinstance(node, list) else node


def _renamed(node: object, names: dict[str, ast.expr]) -> object:
    """Return the tree with names exchanged for trees."""
    if isinstance(node, ast.Name):
        return names.get(node.id, node)
    if isinstance(node, ast.AST):
        return type(node)(**{name: _renamed(value, names) for name, value in ast.iter_fields(node)})
    return [_renamed(one, names) for one in node] if isinstance(node, list) else node
