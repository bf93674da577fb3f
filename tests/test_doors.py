"""The doors of the course: its license, what git never takes, what a student may see, its first page."""

import re
import subprocess
import tomllib
import zipfile
from pathlib import Path

import nbformat
import pytest
import yaml

from rnnshapes.authoring import lab, start
from rnnshapes.authoring.export import export
from rnnshapes.errors import CourseError

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
    demo/gradebook.db release/01_rnn_shapes/.ipynb_checkpoints/rnnshapes_attempts.json""".split(),
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


# --- what students may see ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("students") / "course"
    return folder, export(ROOT, folder)


def test_an_export_has_the_lessons_and_the_package_and_nothing_else(exported):
    folder, paths = exported
    assert sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()) == paths
    kinds = {path.split("/")[0] for path in paths if not path.endswith(".whl")}
    known = {".rnnshapes-export", "CITATION.cff", "LICENSE", "LICENSE-LESSONS", "README.md", "requirements.txt"}
    assert kinds == known | {"notebooks", "release"}
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert all(f"({path})" in readme for path in paths if path.endswith(".ipynb"))


def test_an_export_has_no_solution_in_it(exported):
    folder, paths = exported
    solutions = set()
    for path in (ROOT / "source").rglob("*.ipynb"):
        for cell in nbformat.read(path, 4).cells:
            for hidden in re.findall(r"### BEGIN (?:SOLUTION|HIDDEN TESTS)\n(.*?)### END", cell.source, re.DOTALL):
                solutions |= {line.strip() for line in hidden.splitlines() if len(line.strip()) > 45}
    assert len(solutions) > 40
    notebooks = "\n".join(
        cell.source for path in paths if path.endswith(".ipynb") for cell in nbformat.read(folder / path, 4).cells
    )
    released = "\n".join((folder / path).read_text() for path in paths if path.startswith("release/"))
    assert not [line for line in solutions if line in released]
    assert "BEGIN SOLUTION" not in notebooks and "HIDDEN" not in notebooks
    wheel = zipfile.ZipFile(next(folder.glob("*.whl")))
    inside = wheel.namelist()
    assert {name.split("/")[0] for name in inside} == {"rnnshapes", f"rnnshapes-{PROJECT['version']}.dist-info"}
    assert not [name for name in inside if re.search(r"/tests/|^lessons/|(lecture|assignment)\.py$", name)]


def test_an_export_replaces_an_export_and_nothing_else(exported, tmp_path):
    folder, paths = exported
    (folder / "old.txt").write_text("of the last time")
    assert export(ROOT, folder) == paths and not (folder / "old.txt").exists()
    (tmp_path / "thesis.txt").write_text("two years of work")
    with pytest.raises(CourseError, match="other files in it"):
        export(ROOT, tmp_path)
    assert (tmp_path / "thesis.txt").exists()


# --- the first page -------------------------------------------------------------------------------------------------


def test_a_learners_folder_has_every_lesson_and_keeps_what_was_written(tmp_path):
    copied = start.open_folder(ROOT, tmp_path / "my")
    assert "01_rnn_shapes_lecture.ipynb" in copied and "01_rnn_shapes_your_turn.ipynb" in copied
    page = (tmp_path / "my" / start.PAGE).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)]+)\)", page)
    assert sorted(links) == sorted(copied) and all((tmp_path / "my" / link).is_file() for link in links)
    (tmp_path / "my/01_rnn_shapes_your_turn.ipynb").write_text("mine")
    (tmp_path / "my/05_masking_lecture.ipynb").unlink()
    assert start.open_folder(ROOT, tmp_path / "my") == ["05_masking_lecture.ipynb"]
    assert (tmp_path / "my/01_rnn_shapes_your_turn.ipynb").read_text() == "mine"


def test_root_in_a_container_gets_a_jupyterlab_too():
    assert "--allow-root" in lab.command(root_user=True) and "--allow-root" not in lab.command(root_user=False)


# --- the README and its pages ---------------------------------------------------------------------------------------


def test_the_readme_is_short_and_shows_two_small_pictures():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(readme.splitlines()) <= 120
    pictures = re.findall(r"!\[[^\]]{30,}\]\((docs/\w+\.png)\)", readme)
    assert len(pictures) == 2 and all((ROOT / path).stat().st_size < 150_000 for path in pictures)


@pytest.mark.parametrize("page", ["README.md", "docs/instructor.md", "docs/what-students-see.md", "CONTRIBUTING.md"])
def test_links_lead_somewhere(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    anchors = {re.sub(r"[^\w -]", "", line.lstrip("# ").lower()).replace(" ", "-") for line in text.splitlines()}
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if link.startswith("#"):
            assert link[1:] in anchors, link
        elif "://" not in link:
            assert ((ROOT / page).parent / link.partition("#")[0]).exists(), link
