"""Read student code for what could hide how an answer is worked out.

"By hand" and "at once" are judged by watching a function run, in the same process as the student's code. A notebook
that switches the watching off, or runs code that cannot be read here, is not believed on these two.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

from rnnshapes.grading.cells import parse, root

_REACHING = {
    *(
        "settrace",
        "setprofile",
        "settrace_all_threads",
        "setprofile_all_threads",
        "_setprofileallthreads",
        "monitoring",
    ),
    *("_getframe", "_current_frames", "f_trace", "f_back", "f_globals", "f_locals", "tb_frame", "gi_frame", "cr_frame"),
    *("get_objects", "get_referrers", "ctypes", "ctypeslib", "cffi", "__code__", "__globals__", "__closure__"),
    *("__builtins__", "__subclasses__", "__getattribute__", "__dict__", "__loader__", "__spec__", "__defaults__"),
    *("modules", "meta_path", "CodeType", "FunctionType", "dis", "bytecode", "pdb", "bdb", "get_ipython", "user_ns"),
    *("watch", "judge", "check", "probe", "compare", "exercise", "grading", "kernel", "exec_module", "run_path"),
}
_COMPUTED = {"exec", "eval", "compile", "__import__", "getattr", "setattr", "delattr"}
_COMPUTED_ANYWHERE = {"__import__", "import_module", "attrgetter", "methodcaller"}
_NAMESPACES = {"globals", "vars", "locals"}
_OURS = {"watch", "judge", "check", "probe", "compare", "exercise", "grading", "kernel", "modules"}


def hiding(sources: Iterable[str]) -> str:
    """Return the first thing in these cells that could hide how an answer is worked out, or "".

    >>> hiding(["import sys\\nsys.setprofile(None)"])
    'sys.setprofile'
    >>> hiding(["def f(x):\\n    return [getattr(x, 'T') for _ in range(2)]"])
    ''
    """
    for source in sources:
        line: list[ast.AST] = [parse(source)]
        while line:
            node = line.pop()
            found = _magic(node) if _is_magic(node) else _reason(node)
            if found:
                return found
            line += [] if _is_magic(node) else ast.iter_child_nodes(node)
    return ""


def _reason(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute) and node.attr in _REACHING:
        if node.attr not in _OURS or root(node) in ("rnnshapes", "sys"):
            return ast.unparse(node)[:60]
    if isinstance(node, ast.Name) and node.id in _REACHING - _OURS and isinstance(node.ctx, ast.Load):
        return node.id
    if isinstance(node, ast.Import | ast.ImportFrom):
        return _import(node)
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in (_COMPUTED_ANYWHERE if isinstance(node.func, ast.Attribute) else _COMPUTED | _COMPUTED_ANYWHERE):
            at = 1 if name in ("getattr", "setattr", "delattr") else 0
            text = node.args[at] if len(node.args) > at else None
            if not (isinstance(text, ast.Constant) and isinstance(text.value, str)):
                return f"{name} of something that is worked out"
            inner = hiding([text.value])
            return inner or (text.value if text.value in _REACHING - _OURS else "")
        if name in _NAMESPACES and node.args:
            return f"{name}(…)"
    if isinstance(node, ast.Assign | ast.AugAssign | ast.Delete):
        targets = node.targets if isinstance(node, ast.Assign | ast.Delete) else [node.target]
        for target in targets:
            if isinstance(target, ast.Attribute) and root(target) == "rnnshapes":
                return f"a new {ast.unparse(target)[:50]}"
        if isinstance(node, ast.Assign) and getattr(node.value, "id", "") in ("rnnshapes", "sys"):
            return f"another name for {node.value.id}"
    return ""


def _import(node: ast.Import | ast.ImportFrom) -> str:
    modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
    for module in modules:
        parts = module.split(".")
        if parts[0] in ("ctypes", "cffi", "gc", "builtins", "importlib", "runpy", "code", "bdb", "pdb", "_ctypes"):
            return f"import {module}"
        if parts[0] == "rnnshapes" and set(parts) & _OURS:
            return f"import {module}"
    for alias in node.names:
        if isinstance(node, ast.Import) and alias.asname and alias.name.partition(".")[0] in ("rnnshapes", "sys"):
            return f"import {alias.name} as {alias.asname}"
    if isinstance(node, ast.ImportFrom):
        for alias in node.names:
            if alias.name in _REACHING and (alias.name not in _OURS or node.module in ("rnnshapes", "sys")):
                return f"from {node.module} import {alias.name}"
    return ""


def _is_magic(node: ast.AST) -> bool:
    """Tell whether a node is what IPython makes of a line such as %matplotlib inline or !ls."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    named = node.func.attr in ("run_line_magic", "run_cell_magic", "system", "getoutput")
    return named and ast.unparse(node.func.value) == "get_ipython()"


def _magic(node: ast.AST) -> str:
    """Return why a magic could hide something: it runs code from elsewhere, or code that it is given does."""
    texts = [part.value if isinstance(part, ast.Constant) else None for part in node.args]
    if node.func.attr in ("system", "getoutput"):
        return ""
    if not texts or not all(isinstance(text, str) for text in texts):
        return "a magic that is worked out"
    if texts[0] in ("run", "load", "loadpy", "rerun", "recall", "macro", "script", "prun", "load_ext", "reload_ext"):
        return f"%{texts[0]}"
    return hiding(texts[1:])
