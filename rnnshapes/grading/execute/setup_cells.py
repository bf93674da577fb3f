"""Which set-up cells a student's code has to have: those left out are never missed. Nothing is run."""

from __future__ import annotations

import ast
import builtins

from rnnshapes.grading.execute.cells import bound, global_reads, names_in_functions, parse, root


def is_quiet(source: str, *, may_draw: bool = False) -> bool:
    """Tell whether a cell does nothing but bind names and show things: nobody misses it who uses none of the names.

    With `may_draw` it may draw random numbers, and leave later cells with others.

    >>> is_quiet("x = f(); x.g(); print(x)"), is_quiet("np.random.seed(1)"), is_quiet("%cd x")
    (True, False, False)
    >>> is_quiet("x = np.random.rand(3)"), is_quiet("x = np.random.rand(3)", may_draw=True)
    (False, True)
    """
    tree = parse(source)
    own = bound(tree, imports=False)
    shared = _SHARED - {"random", "shuffle"} if may_draw else _SHARED

    if any(getattr(node, "attr", getattr(node, "id", "")) in shared for node in ast.walk(tree)):
        return False

    def harmless(node: ast.stmt) -> bool:
        if isinstance(node, ast.Delete):
            return False
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            return all(root(part) in own for target in targets for part in getattr(target, "elts", [target]))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            return root(node.value) in own | {"print", "display", "rnnshapes"}
        if isinstance(node, ast.For | ast.If | ast.While | ast.With | ast.Try):
            return all(harmless(inner) for inner in ast.walk(node) if isinstance(inner, ast.stmt) and inner is not node)
        return not (isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names))

    return bool(tree.body) and all(harmless(node) for node in tree.body)


_SHARED = {  # a cell that names one of these may change what no variable holds: random state, files, settings
    *("random", "seed", "shuffle", "set_random_seed", "open", "environ", "chdir", "get_ipython", "seterr", "rcParams"),
    *("write", "write_text", "write_bytes", "mkdir", "touch", "unlink", "save", "savez", "savetxt", "save_weights"),
    *("tofile", "dump", "to_csv", "set_printoptions", "exec", "eval", "globals", "setattr", "delattr", "__import__"),
}


def needed(setup: list[str], reads: set[str]) -> list[bool]:
    """Tell which set-up cells, in order, have to run for code that looks up the names `reads`.

    Those that bind a name which is wanted, and those that may change what such a name holds: by a call that reads it,
    or another name for it.

    >>> needed(["a = 1", "b = [a]", "c = b", "d = a", "e = c.pop()", "np.random.seed(0)"], {"b"})
    [True, True, True, False, True, True]
    """
    trees = [parse(source) for source in setup]
    inner = [{name for node in ast.walk(tree) if isinstance(node, ast.Global) for name in node.names} for tree in trees]
    binds = [bound(tree) | more for tree, more in zip(trees, inner, strict=True)]
    looks = [global_reads(source) | more for source, more in zip(setup, inner, strict=True)]
    later = [names_in_functions(tree) for tree in trees]  # a function looks its names up when it is called
    lines = [[_line(node) for node in tree.body] for tree in trees]
    calls = [any(isinstance(node, ast.Call | ast.AugAssign) for node in ast.walk(tree)) for tree in trees]
    fixed = set(dir(builtins)).union(*map(_fixed, trees))
    fixed -= set().union(*(names - _fixed(tree) for names, tree in zip(binds, trees, strict=True)))
    used, aliases = [not is_quiet(source) for source in setup], set()
    while True:
        before = list(used), set(aliases)
        wanted = reads.union(*(names for names, use in zip(later, used, strict=True) if use))
        for at in reversed(range(len(setup))):
            changeable = (wanted | aliases) - fixed
            for made, named in lines[at]:
                aliases |= made - fixed if changeable & (made | named) else set()
            used[at] |= bool(binds[at] & wanted) or (calls[at] and bool(looks[at] & changeable))
            wanted |= looks[at] if used[at] else set()
        if (used, aliases) == before:
            return used


def _line(node: ast.stmt) -> tuple[set[str], set[str]]:
    """Return the names that a statement binds, and all that it mentions."""
    named = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    return bound(ast.Module([node], [])), named


def _fixed(tree: ast.Module) -> set[str]:
    """Return the names that a cell binds to modules and plain constants: nobody can change what they hold."""
    plain = ast.Constant | ast.Tuple | ast.Load
    others = [
        node
        for node in tree.body
        if not (isinstance(node, ast.Assign) and all(isinstance(part, plain) for part in ast.walk(node.value)))
    ]
    return bound(tree) - bound(ast.Module(others, []), imports=False)
