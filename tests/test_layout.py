"""The layout of the package: arrows down only, no cycle, no two modules of one name, imports where one sees them."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "rnnshapes"
MODULES = [path for path in PACKAGE.rglob("*.py") if "__pycache__" not in path.parts]


def test_imports_keep_to_the_contracts():
    command = [str(Path(sys.executable).with_name("lint-imports")), "--config", str(ROOT / "pyproject.toml")]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert shown.returncode == 0, shown.stdout + shown.stderr


def test_no_two_modules_have_one_name():
    names = [path.stem for path in MODULES if path.stem != "__init__" and path.parts[-3] != "lessons"]
    assert {name for name, count in Counter(names).items() if count > 1} == set()
