"""Read student code for what could hide how an answer is worked out.

"By hand" and "at once" are judged by watching a function run, in the same process as the student's code. A notebook
that switches the watching off, has the work done elsewhere, or runs code that cannot be read here, is not believed on
these two: its right functions get their points from a person. Reading code never finds everything, so what may be
imported is a list of what the course needs.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

from rnnshapes.grading.execute.cells import parse, root, unreadable

_IMPORTS = {
    *("numpy", "tensorflow", "keras", "rnnshapes", "matplotlib", "mpl_toolkits", "pandas", "scipy", "sklearn"),
    *("seaborn", "IPython", "tqdm", "einops", "__future__", "abc", "bisect", "calendar", "cmath", "collections"),
    *("contextlib", "copy", "csv", "dataclasses", "datetime", "decimal", "enum", "fractions", "functools", "glob"),
    *("io", "timeit", "struct", "base64", "difflib", "array", "sympy", "requests"),
    *("google", "hashlib", "heapq", "itertools", "json", "logging", "math", "numbers", "operator", "os", "pathlib"),
    *("platform", "pprint", "random", "re", "shutil", "statistics", "string", "sys", "tempfile", "textwrap", "time"),
    *("traceback", "typing", "uuid", "warnings", "zipfile"),
}
"""What a notebook may import and still be believed: numbers, pictures, text, time. No code from elsewhere."""

_GUARDED = {
    "rnnshapes": {"check_answer", "draw", "explore", "Sizes", "TOLERANCE", "import_keras", "build_model", "make_case"},
    "sys": {
        *(
            "version",
            "version_info",
            "path",
            "platform",
            "executable",
            "stdout",
            "stderr",
            "stdin",
            "getsizeof",
            "argv",
        ),
        *("maxsize", "float_info", "byteorder", "exit", "getrecursionlimit", "setrecursionlimit"),
    },
    "os": {
        *("path", "listdir", "getcwd", "environ", "makedirs", "mkdir", "remove", "sep", "name", "cpu_count", "getpid"),
        *("getenv", "urandom", "linesep", "chdir", "walk", "scandir", "rename", "stat", "unlink", "rmdir", "putenv"),
        *("_exit", "abort", "kill"),
    },
}
"""Modules that may be used by these attributes alone, and by no other name."""

_OURS = {"watch", "judge", "check", "probe", "compare", "exercise", "grading", "kernel", "modules"}
_REACHING = {
    *("settrace", "setprofile", "settrace_all_threads", "setprofile_all_threads", "_setprofileallthreads"),
    *("monitoring", "_getframe", "_current_frames", "f_trace", "f_back", "f_globals", "f_locals", "tb_frame"),
    *("gi_frame", "cr_frame", "get_objects", "get_referrers", "ctypes", "ctypeslib", "cffi", "__code__"),
    *("__globals__", "__closure__", "__builtins__", "__subclasses__", "__getattribute__", "__setattr__", "__dict__"),
    *("__loader__", "__spec__", "__defaults__", "__self__", "__func__", "__wrapped__", "__reduce__", "__reduce_ex__"),
    *("meta_path", "CodeType", "FunctionType", "dis", "bytecode", "pdb", "bdb", "get_ipython", "user_ns"),
    *("exec_module", "run_path", "_shell", "emit", "InteractiveShell", "allow_pickle", "f2py", "closefd", "FileIO"),
    *("handlers",),
    *("threading", "_thread", "multiprocessing", "subprocess", "concurrent", "asyncio", "socket", "posix", "_os"),
    *("builtins", "inspect", "importlib", "pickle", "marshal", "gc", "fdopen", "writev", "dup2"),
    *("fork", "forkpty", "popen", "posix_spawn", "posix_spawnp", "execv", "execve", "execl", "execlp", "execvp"),
    *("spawnl", "spawnv", "spawnlp", "spawnvp", "sendfile", "pwrite", "SimpleQueue", "from_generator"),
    *_OURS,
}
_INSIDE = {"sys", "_sys", "os", "tensorflow", "torch", "jax", "flax"}
"""Modules that others hold as attributes."""
_ELSEWHERE = {("os", "system"), ("os", "write"), ("os", "dup")}
_COMPUTED = {"exec", "eval", "compile", "__import__", "getattr", "setattr", "delattr"}
_COMPUTED_ANYWHERE = {"__import__", "import_module", "attrgetter", "methodcaller"}
_NAMESPACES = {"globals", "vars", "locals"}
_MAGICS = {
    *("matplotlib", "time", "timeit", "capture", "pip", "conda", "uv", "config", "precision", "env", "set_env"),
    *("who", "whos", "who_ls", "pwd", "ls", "cd", "cat", "pinfo", "pinfo2", "pdoc", "psource", "html", "HTML", "latex"),
    *("markdown", "svg", "SVG", "javascript", "reset", "reset_selective", "xdel", "xmode", "tb", "lsmagic", "magic"),
    *("autoreload", "tensorboard", "watermark"),
}
_BARE = {
    *("run", "load", "loadpy", "load_ext", "reload_ext", "rerun", "recall", "rep", "macro", "store", "script", "prun"),
    *("edit", "ed", "debug", "alias", "alias_magic", "autocall", "sx", "sc", "system", "time", "timeit", "pdb"),
}
_COMMANDS = {
    *("pip", "pip3", "uv", "conda", "apt", "apt-get", "ls", "pwd", "cat", "head", "tail", "echo", "date", "uname"),
    *("which", "nvidia-smi", "free", "df", "du", "lscpu", "nproc", "mkdir", "rm", "mv", "cp", "wget", "curl", "unzip"),
    *("git", "tree", "true"),
}
_OPTIONS = re.compile(r"^\s*(-[a-zA-Z]\s*\d*\s+)+")


def hiding(sources: Iterable[str]) -> str:
    """Return the first thing in these cells that could hide how an answer is worked out, or "".

    >>> hiding(["import sys\\nsys.setprofile(None)"])
    'sys.setprofile'
    >>> hiding(["def f(x):\\n    return [getattr(x, 'T') for _ in range(2)]"])
    ''
    >>> hiding(["import numpy as np, threading"]), hiding(["!pip install tqdm"]), hiding(["!python other.py &"])
    ('import threading', '', '!python other.py &')
    """
    for source in sources:
        found = unreadable(source) or _bare_magic(source)
        line: list[ast.AST] = [] if found else [parse(source)]
        while line and not found:
            node = line.pop()
            found = _magic(node) if _is_magic(node) else _reason(node)
            line += [] if _is_magic(node) or _is_allowed(node) else ast.iter_child_nodes(node)
        if found:
            return found
    return ""


def _is_allowed(node: ast.AST) -> bool:
    """Tell whether a node is a guarded module's attribute that may be read."""
    if not (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and isinstance(node.ctx, ast.Load)):
        return False
    return node.attr in _GUARDED.get(node.value.id, ())


def _reason(node: ast.AST) -> str:
    if _is_allowed(node):
        return ""
    if isinstance(node, ast.Name) and node.id in _GUARDED and isinstance(node.ctx, ast.Load):
        return f"{node.id} by another way than its listed attributes"
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and "/proc/" in node.value:
        return "a file in /proc"
    if isinstance(node, ast.Attribute):
        if node.attr in _INSIDE:
            return _text(node)
        if node.attr in _REACHING and (node.attr not in _OURS or root(node) in ("rnnshapes", "sys")):
            return _text(node)
        if isinstance(node.ctx, ast.Store | ast.Del) and (root(node) == "rnnshapes" or node.attr.startswith("__")):
            return f"a new {_text(node)}"
        if (getattr(node.value, "attr", getattr(node.value, "id", "")), node.attr) in _ELSEWHERE:
            return _text(node)
    if isinstance(node, ast.Name) and node.id in _REACHING and (node.id.startswith("__") or node.id == "get_ipython"):
        return node.id
    if isinstance(node, ast.keyword) and node.arg in ("allow_pickle", "closefd"):
        return f"{node.arg}="
    if isinstance(node, ast.Import | ast.ImportFrom):
        return _import(node)
    if isinstance(node, ast.Call):
        return _call(node)
    return ""


def _call(node: ast.Call) -> str:
    plain = not isinstance(node.func, ast.Attribute)
    name = getattr(node.func, "id", "") if plain else node.func.attr
    if name in (_COMPUTED | _COMPUTED_ANYWHERE if plain else _COMPUTED_ANYWHERE):
        at = 1 if name in ("getattr", "setattr", "delattr") else 0
        text = node.args[at] if len(node.args) > at else None
        if not (isinstance(text, ast.Constant) and isinstance(text.value, str)):
            return f"{name} of something that is worked out"
        if name in ("exec", "eval") and (len(node.args) > 1 or node.keywords):
            return f"{name} with a namespace"
        if name in ("__import__", "import_module"):
            return hiding([f"import {text.value}"])
        return hiding([text.value]) or (text.value if text.value in _REACHING - _OURS else "")
    if name in _NAMESPACES and plain and node.args:
        return f"{name}(…)"
    modes = [*node.args[1:2], *(keyword.value for keyword in node.keywords if keyword.arg == "mode")]
    if name == "open" and modes and node.args and not _is_text(node.args[0]):
        if not _is_text(modes[0]) or set(getattr(modes[0], "value", "w")) & set("wax+"):
            return f"open of {_text(node.args[0])}, which may be a number"
    return ""


def _import(node: ast.Import | ast.ImportFrom) -> str:
    modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
    for module in modules:
        parts = module.split(".")
        if parts[0] not in _IMPORTS or (parts[0] == "rnnshapes" and set(parts) & _OURS):
            return f"import {module}"
        if set(parts) & (_REACHING - _OURS) or any(part.startswith("_") for part in parts[1:]) or "python" in parts:
            return f"import {module}"
    for alias in node.names:
        if isinstance(node, ast.Import) and alias.asname and alias.name.partition(".")[0] in ("rnnshapes", "sys", "os"):
            return f"import {alias.name} as {alias.asname}"
    if isinstance(node, ast.ImportFrom):
        for alias in node.names:
            if alias.name == "*" and (node.module or "").partition(".")[0] not in ("numpy", "math", "matplotlib"):
                return f"from {node.module} import *"
            if alias.name in _REACHING and (alias.name not in _OURS or node.module in ("rnnshapes", "sys")):
                return f"from {node.module} import {alias.name}"
            if (node.module, alias.name) in _ELSEWHERE or (node.module, alias.name) == ("tensorflow", "python"):
                return f"from {node.module} import {alias.name}"
    return ""


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _text(node: ast.AST) -> str:
    try:
        return ast.unparse(node)[:60]
    except RecursionError:
        return "something too deep to read"


def _is_magic(node: ast.AST) -> bool:
    """Tell whether a node is what IPython makes of a line such as %matplotlib inline or !ls."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    named = node.func.attr in ("run_line_magic", "run_cell_magic", "system", "getoutput")
    return named and getattr(getattr(node.func.value, "func", None), "id", "") == "get_ipython"


def _magic(node: ast.Call) -> str:
    """Return why a magic could hide something: it runs code from elsewhere, or code that it is given does."""
    texts = [part.value if isinstance(part, ast.Constant) else None for part in node.args]
    if not texts or not all(isinstance(text, str) for text in texts):
        return "a magic that is worked out"
    if node.func.attr in ("system", "getoutput"):
        words = texts[0].split() or ["true"]
        known = words[0] in _COMMANDS or words[:3] in (["python", "-m", "pip"], ["python3", "-m", "pip"])
        return "" if known and not set(texts[0]) & set(";&|`$()\n") else f"!{texts[0][:60]}"
    if texts[0] in ("load_ext", "reload_ext") and texts[1].strip() in ("autoreload", "tensorboard"):
        return ""
    if texts[0] not in _MAGICS:
        return f"%{texts[0]}"[:60]
    if texts[0] not in ("time", "timeit", "capture"):
        return ""
    return hiding([_OPTIONS.sub("", texts[1]), *texts[2:]])


def _bare_magic(source: str) -> str:
    """Return the magic that IPython makes of a cell of one line without %, such as `run other.py`."""
    words = source.split()
    bare = len(words) > 1 and len(source.strip().splitlines()) == 1 and words[0] in _BARE and not parse(source).body
    return f"%{words[0]}" if bare else ""
