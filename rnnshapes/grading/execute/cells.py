"""Which cell runs where: read from the instructor's notebook and the student's, nothing is run.

- An *answer* is the student's, and runs in the student's kernel.
- A *refereed* cell runs in the referee alone: every test, and every locked cell that uses a name which an answer cell
  binds (the checks under the answers).
- *Set-up* is everything else in the instructor's notebook: it runs in both, so that a test has its data and its model.
  In the student's kernel a locked set-up cell may be left out, when the student's code looks at nothing that it binds.
"""

from __future__ import annotations

import ast
import builtins
import re
import symtable
from dataclasses import dataclass
from functools import lru_cache

from rnnshapes.authoring.marks import Delimiters, split

_USUAL = Delimiters()
_SHORT, _LONG = 10_000, 1_000_000
_MAGIC = re.compile(r"^\s*(?:[\w, .\[\]]+=\s*)?[!%?]|\?\s*$", re.MULTILINE)

ANSWER, REFEREED, SETUP = "answer", "refereed", "setup"


@dataclass(frozen=True)
class Cell:
    """A code cell of the instructor's notebook.

    `binds` are the names that the referee has to fetch from the student's kernel before the cell runs, and `answers`
    the ids of the answer cells that bind them. `loose` are names that no cell of the instructor's binds: where the
    instructor typed no solution, only the student's kernel can have them. `partial` says that its last line is a number
    that the test works out: nbgrader's way to declare partial credit.
    """

    grade_id: str
    kind: str
    source: str
    binds: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    partial: bool = False
    loose: tuple[str, ...] = ()


@lru_cache(maxsize=16)
def read_plan(text: str) -> tuple[Cell, ...]:
    """Return the plan for an instructor's notebook, given as its JSON, cell by cell in order."""
    import nbformat

    plan: list[Cell] = []
    answered: dict[str, str] = {}  # a name, and the answer cell that binds it
    in_functions: set[str] = set()  # names that a set-up function uses when a test calls it
    cells = [cell for cell in nbformat.reads(text, as_version=4).cells if cell.cell_type == "code"]
    ours = _all_names([parse(cell.source) for cell in cells])
    for cell in cells:
        meta = cell.metadata.get("nbgrader") or {}
        name, source = str(meta.get("grade_id", "")), cell.source
        tree = parse(source)
        if meta.get("solution"):
            imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
            answered |= dict.fromkeys(bound(tree, imports=False), name)
            plan.append(Cell(name, ANSWER, "\n".join(ast.unparse(node) for node in imports)))
            continue
        uses = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} | in_functions
        binds = tuple(sorted(uses & set(answered)))
        loose = () if ours is None else tuple(sorted(global_reads(source) - ours - set(dir(builtins))))
        test = bool(meta.get("grade"))
        if test or (meta.get("locked") and (binds or loose)):
            answers = tuple(dict.fromkeys(answered[one] for one in binds))
            partial = test and _declares_partial(tree, set(answered))
            plan.append(Cell(name, REFEREED, source, binds, answers, partial, loose))
        else:
            for one in bound(tree) & set(answered):
                del answered[one]
            in_functions |= names_in_functions(tree)
            plan.append(Cell(name, SETUP, source, binds, loose=loose))
    return tuple(plan)


def _all_names(cells: list[ast.Module]) -> set[str] | None:
    """Return every name that the cells bind anywhere; None if reading them does not tell (import *, %run, exec).

    A name of the instructor's is never the student's to give, not even where the cell that binds it failed.
    """
    names: set[str] = set()
    nodes = [node for cell in cells for node in ast.walk(cell)]
    pips = {id(node.func.value.func) for node in nodes if _is_pip(node)}  # as in the install cell: binds nothing
    for node in (node for node in nodes if id(node) not in pips):
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names):
            return None
        if isinstance(node, ast.Name) and node.id in ("get_ipython", "exec", "eval", "globals", "vars", "setattr"):
            return None
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    return names.union(*(bound(cell) for cell in cells))


def _is_pip(node: ast.AST) -> bool:
    """Tell whether this is a %pip line, as IPython reads it."""
    return isinstance(node, ast.Call) and ast.unparse(node).startswith("get_ipython().run_line_magic('pip', ")


def _declares_partial(tree: ast.Module, answered: set[str]) -> bool:
    """Tell whether the last line is an expression of the test's own, and not what a student's function returns."""
    if not tree.body or not isinstance(tree.body[-1], ast.Expr):
        return False
    return root(tree.body[-1].value) not in answered


def parse(source: str) -> ast.Module:
    """Return a cell's syntax tree, magics and shell lines turned into calls; an empty one if it is no Python.

    What an instructor wrote is read in each submission anew: short cells are kept. Nobody changes a tree.

    >>> len(parse("%matplotlib inline\\nx = 1").body), len(parse("x =").body)
    (2, 0)
    """
    return _parse_once(source) if len(source) < _SHORT else _tree(source)


def _tree(source: str) -> ast.Module:
    try:
        return _parse(source)
    except (SyntaxError, ValueError, RuntimeError, MemoryError):
        return ast.Module([], [])


_parse_once = lru_cache(maxsize=256)(_tree)


def _parse(source: str) -> ast.Module:
    from IPython.core.inputtransformer2 import TransformerManager

    if len(source) > _LONG or len(source) * len(_MAGIC.findall(source)) > 2 * _LONG:
        raise MemoryError("a cell too long to read")  # IPython reads the cell anew for each of its magics
    return ast.parse(TransformerManager().transform_cell(source))


def unreadable(source: str) -> str:
    """Return why a cell cannot be read here, though a student's kernel might run it, or "".

    >>> unreadable("x =("), unreadable("x = 1" + " + 1" * 50_000)
    ('', 'a cell too deep or too long to read')
    """
    try:
        _parse(source)
    except SyntaxError:
        return ""  # no kernel runs it
    except (ValueError, RuntimeError, MemoryError):
        return "a cell too deep or too long to read"
    return ""


def bound(tree: ast.Module, *, imports: bool = True) -> set[str]:
    """Return the global names that a cell binds, those of imports too or not.

    >>> sorted(bound(ast.parse("import os.path\\na, b = 1, 2\\ndef f(): c = 3\\nfor i in []: d = 4")))
    ['a', 'b', 'd', 'f', 'i', 'os']
    """
    names: set[str] = set()

    def visit(node: ast.AST) -> None:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
            return
        if isinstance(node, ast.Lambda):
            return
        if isinstance(node, ast.GeneratorExp | ast.ListComp | ast.SetComp | ast.DictComp):
            names.update(part.target.id for part in ast.walk(node) if isinstance(part, ast.NamedExpr))
            return
        if isinstance(node, ast.MatchAs | ast.MatchStar) and node.name:
            names.add(node.name)
        if isinstance(node, ast.MatchMapping) and node.rest:
            names.add(node.rest)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        if isinstance(node, ast.Import | ast.ImportFrom) and imports:
            names.update((alias.asname or alias.name).split(".")[0] for alias in node.names)
        if isinstance(node, ast.ExceptHandler) and node.name:
            names.add(node.name)
        for child in ast.iter_child_nodes(node):
            visit(child)

    visit(tree)
    return names


def visible(source: str, marks: Delimiters = _USUAL) -> str:
    """Return a cell without its hidden tests and mark scheme.

    >>> visible("a = 1\\n###Begin hidden-tests\\nassert a\\n### END HIDDEN TESTS\\nb = 2")
    'a = 1\\nb = 2'
    """
    kept, _ = split(source, marks.begin_tests, marks.end_tests)
    kept, _ = split(kept, marks.begin_scheme, marks.end_scheme)
    return kept


def global_reads(source: str) -> set[str]:
    """Return the names that a cell looks up among the notebook's variables, also inside its functions.

    >>> sorted(global_reads("def f(x):\\n    return x @ Wx\\ny = f(2)"))
    ['Wx', 'f']
    """
    return set(_reads_once(source) if len(source) < _SHORT else _reads(source))


def _reads(source: str) -> set[str]:
    tree = parse(source)
    try:
        table = symtable.symtable(ast.unparse(tree), "cell", "exec")
    except (SyntaxError, ValueError, RecursionError):
        return set()
    names: set[str] = set()  # `n += 1` and `del n` need n as well
    changed = [part.target for part in ast.walk(tree) if isinstance(part, ast.AugAssign)]
    names |= {target.id for target in changed if isinstance(target, ast.Name)} & bound(tree)
    names |= {part.id for part in ast.walk(tree) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Del)}
    line = [table]
    while line:
        table = line.pop()
        line += table.get_children()
        top = table.get_type() == "module"
        names |= {s.get_name() for s in table.get_symbols() if s.is_referenced() and (top or s.is_global())}
    return names


_reads_once = lru_cache(maxsize=256)(_reads)


def root(node: ast.AST) -> str:
    """Return the name that an expression such as a.b[0].c() starts from, or ""."""
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript | ast.Starred | ast.Await):
        node = node.func if isinstance(node, ast.Call) else node.value
    return getattr(node, "id", "")


def names_in_functions(tree: ast.Module) -> set[str]:
    """Return the names that the functions of a cell mention."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    functions = [node for node in ast.walk(tree) if isinstance(node, kinds)]
    return {node.id for function in functions for node in ast.walk(function) if isinstance(node, ast.Name)}
