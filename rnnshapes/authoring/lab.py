"""`rnnshapes lab`: JupyterLab, opened on the start page, on copies of the notebooks that git ignores."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from rnnshapes.authoring import start

FOLDER = "my"
"""The folder of whoever works here alone: git ignores it."""


def lab(root: Path, options: Sequence[str] = ()) -> int:
    """Make the learner's folder if it is not there, and become JupyterLab on its start page.

    Returns: JupyterLab's exit code, on Windows. Elsewhere this process is JupyterLab from here on, so that whoever
    ends it ends JupyterLab and its kernels.
    """
    start.open_folder(root, root / FOLDER)
    whole = os.environ | environment()
    if os.name == "posix":
        os.chdir(root)
        os.execve(sys.executable, command(options), whole)
    return subprocess.run(command(options), cwd=root, env=whole).returncode


def environment() -> dict[str, str]:
    """Return what tells JupyterLab to show the start page, not its source; a reader's own setting wins."""
    paths = [str(Path(__file__).with_name("jupyter")), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    return {"JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, paths))}


def command(options: Sequence[str] = (), *, root_user: bool | None = None) -> list[str]:
    """Return the command that starts JupyterLab. As root, in a container for instance, Jupyter wants to be told so.

    >>> command(root_user=True)[1:]
    ['-m', 'jupyterlab', '--LabApp.default_url=/lab/tree/my/start.md', '--allow-root']
    """
    is_root = os.name == "posix" and os.geteuid() == 0 if root_user is None else root_user
    page = f"--LabApp.default_url=/lab/tree/{FOLDER}/{start.PAGE}"
    return [sys.executable, "-m", "jupyterlab", page, *(["--allow-root"] if is_root else []), *options]
