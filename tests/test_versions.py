"""What we say about versions agrees: pyproject.toml's classifiers, the Makefile's check, conda's file."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from versions import INSTRUCTOR, STUDENT, claimed_pythons

ROOT = Path(__file__).parents[1]


def make(folder, version):
    """Run `make help` needing the environment, with a Python that says it is another version."""
    for name in ("Makefile", "pyproject.toml", "uv.lock"):
        shutil.copy(ROOT / name, folder)
    python = folder / "python"
    pretend = f"import sys; sys.version_info = ({version.replace('.', ', ')}, 0); exec(sys.argv[1])"
    python.write_text(
        f'#!/bin/sh\n[ "$1" = -c ] && exec "{sys.executable}" -c "{pretend}" "$2"\necho "asked: $*"; exit 7\n'
    )
    python.chmod(0o755)
    words = ["make", "-C", folder, f"PYTHON={python}", "build"]
    environment = {name: text for name, text in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(words, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize("version", ["3.10", "3.14"])
def test_make_refuses_a_python_without_tensorflow_before_it_makes_anything(tmp_path, version):
    done = make(tmp_path, version)
    assert done.returncode and "3.11, 3.12 or 3.13 is needed" in done.stderr and not (tmp_path / ".venv").exists()


@pytest.mark.parametrize("version", claimed_pythons())
def test_make_takes_each_python_that_we_claim(tmp_path, version):
    assert "asked: -m venv .venv" in make(tmp_path, version).stdout


def test_conda_gets_no_python_that_we_do_not_claim():
    oldest, newest = claimed_pythons()[0], claimed_pythons()[-1]
    later = f"3.{int(newest.partition('.')[2]) + 1}"
    assert f"python>={oldest},<{later} " in (ROOT / "environment.yml").read_text(encoding="utf-8")


def test_each_name_of_a_step_is_a_test():
    names = " ".join([*STUDENT.values(), *INSTRUCTOR.values()]).split()
    assert [name for name in names if not list((ROOT / "tests").glob(f"test_{name}.py"))] == []
