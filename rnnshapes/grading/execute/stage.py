"""The package as the process has it in which functions are called: pictures, sizes, data; no truth, no seed, no layer.

What that process may know is listed here file by file; everything else of the package is not there.
"""

from __future__ import annotations

import shutil
import site
import sysconfig
from pathlib import Path

from rnnshapes.grading.execute.inert import PACKAGES

_PACKAGE = Path(__file__).resolve().parents[2]
_EXECUTE = ("crossing", "fork_server", "inert", "kernel", "seccomp", "shell", "stand_in", "usage", "wire")
FILES = (
    *("errors.py", "sizes.py", "draw/*.py", "grading/__init__.py", "grading/execute/__init__.py"),
    *("data/*.py", "data/*.csv", "data/*.txt"),
    *("layers/__init__.py", "layers/index_strings.py", "layers/ledger.py", "layers/tables.py", "layers/words.py"),
    *("judge/__init__.py", "judge/watch.py", "judge/explain.py"),
    *(f"grading/execute/{name}.py" for name in _EXECUTE),
)
"""Globs in the package: what a kernel runs on, and what a notebook may draw."""


def stage(folder: Path) -> None:
    """Copy these files to `folder`/rnnshapes, with stand_in.py in the place of the package's own front."""
    for pattern in FILES:
        for path in _PACKAGE.glob(pattern):
            copy = folder / "rnnshapes" / path.relative_to(_PACKAGE)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
    shutil.copyfile(_PACKAGE / "grading/execute/stand_in.py", folder / "rnnshapes/__init__.py")


def hidden_folders() -> list[str]:
    """Return the installed folders that this process must not see: whatever could do a layer's work, and the course."""
    roots = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), *site.getsitepackages()}
    wanted = {*PACKAGES, "rnnshapes"}
    return sorted(
        str(path)
        for root in roots
        if Path(root).is_dir()
        for path in Path(root).iterdir()
        if path.is_dir() and path.name.partition("-")[0] in wanted and not path.name.endswith("-info")
    )
