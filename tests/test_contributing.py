"""What CONTRIBUTING.md says works: a lesson and a belief are added from it alone."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NAME = "90_pooling"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A copy of the checkout: its package comes first on the path."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "rnnshapes", folder / "rnnshapes", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "lessons", folder / "lessons", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("nbgrader_config.py", "pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, folder / name)

    def run(*words):
        environment = os.environ | {"PYTHONPATH": str(folder)}
        command = [sys.executable, "-m", "rnnshapes.cli", "--course", str(folder), *words]
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)

    return folder, run


def test_a_new_lesson_passes_the_audit_as_it_is(checkout):
    folder, run = checkout
    made = run("new", NAME, "Pooling")
    assert made.returncode == 0, made.stderr
    assert run("build").returncode == 0
    audited = run("audit", "90")
    assert audited.returncode == 0, audited.stdout + audited.stderr
    assert "✗" not in audited.stdout and "each of the 3 that have a name is named by the check" in audited.stdout


def test_a_belief_is_one_record_and_one_answer(checkout):
    folder, run = checkout
    record = (
        '\n[nothing_averaged]\nsays = "A film is its own mean."\n'
        'hint = "All T steps of every sample are still there. Which axis has to go?"\nnumpy.mean_over_steps = ["H"]\n'
    )
    path = folder / f"rnnshapes/lessons/l{NAME}/beliefs.toml"
    path.write_text(path.read_text() + record)
    audited = run("audit", "90")
    assert "mean_over_steps: nothing_averaged" in audited.stdout, "a belief that nobody tried"
    answers = folder / f"lessons/{NAME}/answers.py"
    typed = '\n# %% answer="mean_over_steps" wrong="nothing_averaged"\ndef mean_over_steps(H):\n    return H\n'
    answers.write_text(answers.read_text() + typed)
    audited = run("audit", "90")
    assert audited.returncode == 0, audited.stdout + audited.stderr
