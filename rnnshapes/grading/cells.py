"""Which cell runs where: read from the instructor's notebook and the student's, nothing is run.

- An *answer* is the student's, and runs in the student's kernel.
- A *refereed* cell runs in the referee alone: every test, and every locked cell that uses a name which an answer cell
  binds (the checks under the answers).
- *Set-up* is everything else in the instructor's notebook: it runs in both, so that a test has its data and its model.
"""

from __future__ import annotations

import ast
import re
import symtable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_HIDDEN = re.compile(r"^[^\n]*### BEGIN HIDDEN TESTS.*?### END HIDDEN TESTS[^\n]*\n?", re.MULTILINE | re.DOTALL)
_MARKS = re.compile(r"^[^\n]*### BEGIN MARK SCHEME.*?### END MARK SCHEME[^\n]*\n?", re.MULTILINE | re.DOTALL)

ANSWER, REFEREED, SETUP = "answer", "refereed", "setup"


@dataclass(frozen=True)
class Cell:
    """A code cell of the instructor's notebook.

    `binds` are the names that the referee has to fetch from the student's kernel before the cell runs. `partial` says
    that its last line is a number that the test works out: nbgrader's way to declare partial credit.
    """

    grade_id: str
    kind: str
    source: str
    binds: tuple[str, ...] = ()
    partial: bool = False


@lru_cache(maxsize=16)
def read_plan(text: str) -> tuple[Cell, ...]:
    """Return the plan for an instructor's notebook, given as its JSON, cell by cell in order."""
    import nbformat

    plan: list[Cell] = []
    answered: set[str] = set()
    in_functions: set[str] = set()  # names that a set-up function uses when a test calls it
    for cell in nbformat.reads(text, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        meta = cell.metadata.get("nbgrader") or {}
        name, source = str(meta.get("grade_id", "")), cell.source
        tree = parse(source)
        if meta.get("solution"):
            answered |= bound(tree)
            imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
            answered -= {name for node in imports for name in bound(ast.Module([node], []))}
            plan.append(Cell(name, ANSWER, "\n".join(ast.unparse(node) for node in imports)))
            continue
        uses = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} | in_functions
        binds = tuple(sorted(uses & answered))
        test = bool(meta.get("grade"))
        if test or (meta.get("locked") and binds):
            plan.append(Cell(name, REFEREED, source, binds, partial=test and _declares_partial(tree, answered)))
        else:
            answered -= bound(tree)
            in_functions |= {
                node.id
                for function in ast.walk(tree)
                if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
                for node in ast.walk(function)
                if isinstance(node, ast.Name)
            }
            plan.append(Cell(name, SETUP, source, binds))
    return tuple(plan)


def _declares_partial(tree: ast.Module, answered: set[str]) -> bool:
    """Tell whether the last line is an expression of the test's own, and not what a student's function returns."""
    if not tree.body or not isinstance(tree.body[-1], ast.Expr):
        return False
    node: Any = tree.body[-1].value
    while isinstance(node, ast.Call | ast.Attribute | ast.Subscript | ast.Await):
        node = node.func if isinstance(node, ast.Call) else node.value
    return not (isinstance(node, ast.Name) and node.id in answered)


def parse(source: str) -> ast.Module:
    """Return a cell's syntax tree, magics and shell lines turned into calls; an empty one if it is no Python.

    >>> len(parse("%matplotlib inline\\nx = 1").body), len(parse("x =").body)
    (2, 0)
    """
    from IPython.core.inputtransformer2 import TransformerManager

    try:
        return ast.parse(TransformerManager().transform_cell(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])


def bound(tree: ast.Module) -> set[str]:
    """Return the global names that a cell binds.

    >>> sorted(bound(ast.parse("import os.path\\na, b = 1, 2\\ndef f(): c = 3\\nfor i in []: d = 4")))
    ['a', 'b', 'd', 'f', 'i', 'os']
    """
    names: set[str] = set()

    def visit(node: ast.AST) -> None:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
            return
        if isinstance(node, ast.Lambda | ast.GeneratorExp | ast.ListComp | ast.SetComp | ast.DictComp):
            return
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        if isinstance(node, ast.Import | ast.ImportFrom):
            names.update((alias.asname or alias.name).split(".")[0] for alias in node.names)
        if isinstance(node, ast.ExceptHandler) and node.name:
            names.add(node.name)
        for child in ast.iter_child_nodes(node):
            visit(child)

    visit(tree)
    return names


def visible(source: str) -> str:
    """Return a cell without its hidden tests and mark scheme."""
    return _MARKS.sub("", _HIDDEN.sub("", source))


def global_reads(source: str) -> set[str]:
    """Return the names that a cell looks up among the notebook's variables, also inside its functions.

    >>> sorted(global_reads("def f(x):\\n    return x @ Wx\\ny = f(2)"))
    ['Wx', 'f']
    """
    try:
        table = symtable.symtable(ast.unparse(parse(source)), "cell", "exec")
    except (SyntaxError, ValueError, RecursionError):
        return set()
    names: set[str] = set()
    line = [table]
    while line:
        table = line.pop()
        line += table.get_children()
        top = table.get_type() == "module"
        names |= {s.get_name() for s in table.get_symbols() if s.is_referenced() and (top or s.is_global())}
    return names
