"""The doors of the course: its license, what git never takes, what a student may see, its first page."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def ignored(path: str) -> bool:
    """Does git leave this path alone, in a clone of the course?"""
    return subprocess.run(["git", "check-ignore", "--quiet", "--no-index", path], cwd=ROOT).returncode == 0


@pytest.mark.parametrize(
    "path",
    """students.csv roster.csv roster-2026.txt my_roster.xlsx grades.csv grades_2026.csv 01_rnn_shapes_canvas.csv
    Grades-RNN.csv participants.xlsx submissions.zip downloads/submissions.tar.gz inbox/ada/rnn_shapes.ipynb
    submitted/ada/01_rnn_shapes/rnn_shapes.ipynb autograded/ada/01_rnn_shapes/rnn_shapes.ipynb
    feedback/ada/01_rnn_shapes/rnn_shapes.html feedback_released/ada.html reports/01_rnn_shapes.html
    reports/01_rnn_shapes_moodle.csv gradebook.db gradebook.db.2026-01-15 old/gradebook.db exchange/a/inbound/ada
    .rnnshapes/journal/01_rnn_shapes/ada.json .nbgrader.log my/01_rnn_shapes.ipynb 01_rnn_shapes/rnn_shapes.ipynb
    demo/gradebook.db""".split(),
)
def test_git_never_takes_what_names_a_person(path):
    assert ignored(path)


def test_git_takes_the_course_itself():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert len(tracked) > 300 and [path for path in tracked if ignored(path)] == []


def test_one_may_use_it_and_knows_under_which_license():
    license, lessons = ((ROOT / name).read_text(encoding="utf-8") for name in ("LICENSE", "LICENSE-LESSONS"))
    assert license.startswith("MIT License") and "RNN shapes contributors" in license and "LICENSE-LESSONS" in license
    assert "Attribution 4.0 International" in lessons and "Section 8" in lessons
    assert (ROOT / "rnnshapes/pages/reveal/LICENSE").read_text(encoding="utf-8").startswith("Copyright (C) 2011")
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["version"] == PROJECT["version"] and cited["license"] == PROJECT["license"] == "MIT"
    assert cited["authors"] == PROJECT["authors"] == [{"name": "RNN shapes contributors"}]


def test_the_lock_knows_public_registries_only():
    lock = (ROOT / "uv.lock").read_text(encoding="utf-8")
    hosts = set(re.findall(r'"(\w+://[^/"]+)', lock))
    assert hosts == {"https://pypi.org", "https://files.pythonhosted.org"}
