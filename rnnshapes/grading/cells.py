"""Which cell runs where: read from the instructor's notebook and the student's, nothing is run.

- An *answer* is the student's, and runs in the student's kernel.
- A *refereed* cell runs in the referee alone: every test, and every locked cell that uses a name which an answer cell
  binds (the checks under the answers).
- *Set-up* is everything else in the instructor's notebook: it runs in both, so that a test has its data and its model.
  In the student's kernel a locked set-up cell may be left out, when the student's code looks at nothing that it binds.
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

    `binds` are the names that the referee has to fetch from the student's kernel before the cell runs, and `answers`
    the ids of the answer cells that bind them. `partial` says that its last line is a number that the test works out:
    nbgrader's way to declare partial credit.
    """

    grade_id: str
    kind: str
    source: str
    binds: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    partial: bool = False


@lru_cache(maxsize=16)
def read_plan(text: str) -> tuple[Cell, ...]:
    """Return the plan for an instructor's notebook, given as its JSON, cell by cell in order."""
    import nbformat

    plan: list[Cell] = []
    answered: dict[str, str] = {}  # a name, and the answer cell that binds it
    in_functions: set[str] = set()  # names that a set-up function uses when a test calls it
    for cell in nbformat.reads(text, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        meta = cell.metadata.get("nbgrader") or {}
        name, source = str(meta.get("grade_id", "")), cell.source
        tree = parse(source)
        if meta.get("solution"):
            imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
            answered |= dict.fromkeys(bound(tree) - bound(ast.Module(imports, [])), name)
            plan.append(Cell(name, ANSWER, "\n".join(ast.unparse(node) for node in imports)))
            continue
        uses = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} | in_functions
        binds = tuple(sorted(uses & set(answered)))
        test = bool(meta.get("grade"))
        if test or (meta.get("locked") and binds):
            answers = tuple(dict.fromkeys(answered[one] for one in binds))
            plan.append(Cell(name, REFEREED, source, binds, answers, test and _declares_partial(tree, set(answered))))
        else:
            for one in bound(tree) & set(answered):
                del answered[one]
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


def is_quiet(source: str) -> bool:
    """Tell whether a cell does nothing but bind names and show things: nobody misses it who uses none of the names.

    >>> is_quiet("x = f(); x.g(); print(x)"), is_quiet("np.random.seed(1)"), is_quiet("%cd x")
    (True, False, False)
    """
    tree = parse(source)
    own = bound(tree) - bound(
        ast.Module([node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)], [])
    )

    def harmless(node: ast.stmt) -> bool:
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            return all(root(part) in own for target in targets for part in getattr(target, "elts", [target]))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            return root(node.value) in own | {"print", "display", "rnnshapes"}
        if isinstance(node, ast.For | ast.If | ast.While | ast.With | ast.Try):
            return all(harmless(inner) for inner in ast.walk(node) if isinstance(inner, ast.stmt) and inner is not node)
        return not (isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names))

    return bool(tree.body) and all(harmless(node) for node in tree.body)


def root(node: ast.AST) -> str:
    """Return the name that an expression such as a.b[0].c() starts from, or ""."""
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript | ast.Starred):
        node = node.func if isinstance(node, ast.Call) else node.value
    return getattr(node, "id", "")


def needed(setup: list[str], reads: set[str]) -> list[bool]:
    """Tell which set-up cells, in order, have to run for code that looks up the names `reads`.

    >>> needed(["a = 1", "b = a", "c = b", "np.random.seed(0)"], {"b"})
    [True, True, False, True]
    """
    wanted, found = set(reads), []
    for source in reversed(setup):
        use = not is_quiet(source) or bool(bound(parse(source)) & wanted)
        wanted |= global_reads(source) if use else set()
        found.append(use)
    return found[::-1]
