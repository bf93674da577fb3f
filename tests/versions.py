"""Try the course on the oldest and the newest versions that pyproject.toml claims: `make versions`.

For each Python of the classifiers and each end of the claims, uv makes an environment in .versions/. First it holds
what a student has (the wheel, TensorFlow, a kernel), and all notebooks run in it. Then the course extra comes on top,
for the doctests, the checks, the audit and grading. "Oldest" is the oldest claimed version that has a wheel for this
Python.

One more pair is Colab's, as it was in August 2026: there only what a student does is tried.

One pair alone: `python tests/versions.py 3.11-oldest`, or `3.13-colab`. Environments and logs stay in
.versions/ until the next run.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".versions"
COURSE = FOLDER / "course"
PARTS = (
    "lessons",
    "notebooks",
    "source",
    "release",
    "tests",
    "nbgrader_config.py",
    "pyproject.toml",
    "README.md",
)
INSTALL = ["uv", "pip", "install", "--quiet", "--compile-bytecode", "--only-binary", ":all:"]
RESOLUTION = {"oldest": "lowest-direct", "newest": "highest"}
OF_THE_TIME = ("notebook>=7.2",)
"""What JupyterLab 4.2 came with. It takes later ones too; the oldest pair has the oldest."""

COLAB = (
    "tensorflow==2.20.0",
    "keras==3.13.2",
    "numpy==2.1.3",
    "ipython==7.34.0",
    "ipykernel==6.17.1",
    "ipywidgets==7.7.1",
    "anywidget==0.9.21",
)
"""What Colab's Python 3.13 had in August 2026."""

TOOLS = ("pytest", "pytest-timeout", "nbclient", "ipykernel")
SHOWN = ("tensorflow", "keras", "numpy", "matplotlib", "jupyterlab", "nbgrader")
STUDENT = {"notebooks": "notebooks"}
INSTRUCTOR = {
    "doctests": "",
    "checks": "beliefs cases check explain explorer flow run sizes watch wire",
    "pictures": "draw*",
    "audit": "audit build",
    "grading": "cells feedback grades_csv ingest journal lms nbgrader record referee repair report",
}
"""What runs, by step: the tests of these names, or the package's doctests."""


@dataclass
class Pair:
    """A Python and an end of the claims: what is installed, what came of each step, or why nothing was tried."""

    python: str
    end: str
    versions: dict[str, str] = field(default_factory=dict)
    results: dict[str, str] = field(default_factory=dict)
    failed: bool = False
    untested: str = ""

    @property
    def name(self) -> str:
        return f"{self.python}-{self.end}"

    @property
    def place(self) -> Path:
        return FOLDER / self.name


def main(wanted: list[str]) -> int:
    """Try all pairs or the wanted ones, print a table; return 0 if each was tried and passed."""
    pairs = [Pair(python, end) for python in claimed_pythons() for end in RESOLUTION] + [Pair("3.13", "colab")]
    if unknown := set(wanted) - {pair.name for pair in pairs}:
        print(f"Got {', '.join(unknown)}. Expected some of: {' '.join(pair.name for pair in pairs)}")
        return 2
    shutil.rmtree(COURSE, ignore_errors=True)
    for part in PARTS:  # the course without the package: Python shall find the wheel's
        source, target = ROOT / part, COURSE / part
        target.parent.mkdir(parents=True, exist_ok=True)
        leave = shutil.ignore_patterns("__pycache__", "screenshots")
        shutil.copytree(source, target, ignore=leave) if source.is_dir() else shutil.copy(source, target)
    wheel = build_wheel()
    pairs = [pair for pair in pairs if not wanted or pair.name in wanted]
    for pair in pairs:
        try_pair(pair, wheel)
    show(pairs)
    return int(any(pair.failed or pair.untested for pair in pairs))


def claimed_pythons() -> list[str]:
    """Return the Pythons that the classifiers name.

    >>> claimed_pythons()[0]
    '3.11'
    """
    found = [re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", line) for line in project()["classifiers"]]
    return [match[1] for match in found if match]


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def build_wheel() -> Path:
    folder = FOLDER / "wheel"
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run(["uv", "build", "--quiet", "--wheel", "--out-dir", folder, ROOT], check=True)
    return next(folder.glob("*.whl"))


def try_pair(pair: Pair, wheel: Path) -> None:
    """Make the environment and run the steps; what came of them is noted in `pair`."""
    shutil.rmtree(pair.place, ignore_errors=True)
    (pair.place / "logs").mkdir(parents=True)
    tensorflow = next(line for line in project()["optional-dependencies"]["course"] if line.startswith("tensorflow"))
    keras = next(line for line in project()["optional-dependencies"]["course"] if line.startswith("keras"))
    claims = ["--resolution", RESOLUTION.get(pair.end, "highest"), "--requirement", str(ROOT / "pyproject.toml")]
    chosen = COLAB if pair.end == "colab" else (tensorflow, keras)
    installs = (
        ["uv", "venv", "--quiet", "--allow-existing", "--python", find_python(pair.python), pair.place],
        [*INSTALL, *claims, *chosen],
        [*INSTALL, *TOOLS, *(COLAB if pair.end == "colab" else ())],
        [*INSTALL, "--no-deps", wheel],
    )
    for command in installs:
        if not run(pair, "install", command):
            pair.untested = last_words(pair, "install")
            print(f"{pair.name:12} not tested: {pair.untested}", flush=True)
            return
    run_steps(pair, STUDENT)
    if pair.end == "colab":
        pass  # nobody grades there
    elif run(pair, "install", [*INSTALL, *claims, "--extra", "course", *OF_THE_TIME]):
        run_steps(pair, INSTRUCTOR)
    else:
        pair.failed, pair.results["install course"] = True, f"✗ {last_words(pair, 'install')}"
    listed = run_quietly(pair, ["uv", "pip", "freeze"])
    pair.versions = dict(line.split("==") for line in listed.splitlines() if "==" in line)


def find_python(version: str) -> str:
    """Return pyenv's interpreter of this version, or the version alone: uv looks further, and can download it."""
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    return next((str(path) for path in sorted(root.glob(f"versions/{version}.*/bin/python"))), version)


def run_steps(pair: Pair, steps: dict[str, str]) -> None:
    for step, names in steps.items():
        start = time.monotonic()
        files = [
            path
            for name in names.split()
            for folder in ("tests", "lessons/*/tests")
            for path in sorted(COURSE.glob(f"{folder}/test_{name}.py"))
        ]
        what = files if names else ["--pyargs", "rnnshapes"]
        passed = run(pair, step, ["python", "-m", "pytest", "-q", "-p", "no:cacheprovider", *what])
        said = last_words(pair, step)
        pair.failed |= not passed
        pair.results[step] = f"{'✓' if passed else '✗'} {said}"
        print(f"{pair.name:12} {step:10} {pair.results[step]}  ({time.monotonic() - start:.0f} s)", flush=True)
        if not passed:
            found = [
                line for line in log_of(pair, step).read_text().splitlines() if line.startswith(("FAILED", "ERROR"))
            ]
            print("\n".join([f"{'':13}{line[:200]}" for line in found] + [f"{'':13}{log_of(pair, step)}"]), flush=True)


def log_of(pair: Pair, step: str) -> Path:
    return pair.place / "logs" / f"{step}.txt"


def last_words(pair: Pair, step: str) -> str:
    lines = [line.strip(" =") for line in log_of(pair, step).read_text(encoding="utf-8").splitlines() if line.strip()]
    return lines[-1] if lines else "no output"


def run(pair: Pair, step: str, command: list) -> bool:
    """Run a command in the environment, in the course's folder; its output goes to the step's log."""
    with open(log_of(pair, step), "w", encoding="utf-8") as log:
        done = subprocess.run(command, cwd=COURSE, env=environment(pair), stdout=log, stderr=subprocess.STDOUT)
    return done.returncode == 0


def run_quietly(pair: Pair, command: list[str]) -> str:
    return subprocess.run(command, cwd=COURSE, env=environment(pair), capture_output=True, text=True).stdout


def environment(pair: Pair) -> dict[str, str]:
    ours = {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "CI"}
    kept = {name: text for name, text in os.environ.items() if name not in ours and not name.startswith("RNNSHAPES")}
    path = os.pathsep.join([str(pair.place / "bin"), kept["PATH"]])
    return kept | {"VIRTUAL_ENV": str(pair.place), "PATH": path}


def show(pairs: list[Pair]) -> None:
    """Print the table: Python × versions, and what passed or failed."""
    from rich.console import Console
    from rich.table import Table

    table = Table("Python", *SHOWN, "result", title="Versions")
    for pair in pairs:
        bad = [f"{step}: {said}" for step, said in pair.results.items() if said.startswith("✗")]
        result = f"not tested: {pair.untested}" if pair.untested else "\n".join(bad) or "✓ " + ", ".join(pair.results)
        table.add_row(pair.name, *(pair.versions.get(name, "–") for name in SHOWN), result)
    Console(width=160 if not sys.stdout.isatty() else None, highlight=False).print(table)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
