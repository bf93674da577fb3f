"""The quiz before and after the course: built, audited and graded in a copy of the checkout, by the usual commands."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from rnnshapes.authoring.quiz import make_quiz
from rnnshapes.errors import CourseError
from rnnshapes.judge.shapes import wrong_dims
from rnnshapes.lessons.quiz_items import TOPICS, draw_sizes, one_shape

ROOT = Path(__file__).parents[1]
ITEMS = [item for topic in TOPICS for item in topic.items]
BOOKS = ("98_before/before", "99_after/after")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A copy of the checkout with a quiz: its package comes first on the path."""
    folder = tmp_path_factory.mktemp("checkout")
    for part in ("rnnshapes", "lessons", "source", "release", "notebooks"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("nbgrader_config.py", "pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, folder / name)

    def run(*words):
        environment = os.environ | {"PYTHONPATH": str(folder)}
        command = [sys.executable, "-m", "rnnshapes.cli", "--course", str(folder), *words]
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)

    made = run("quiz")
    assert made.returncode == 0, made.stderr
    return folder, run


def cells(folder, step, book):
    return nbformat.read(folder / step / f"{book}.ipynb", as_version=4).cells


def grade_id(cell):
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


def solution(cell):
    return re.search(r"### BEGIN SOLUTION\n(.*?)\n### END", cell.source, re.DOTALL)[1]


def test_each_quiz_passes_the_audit(checkout):
    _, run = checkout
    audited = run("audit", "98", "99")
    assert audited.returncode == 0, audited.stdout + audited.stderr
    assert "✗" not in audited.stdout
    assert audited.stdout.count(f"each of {len(ITEMS)} right answers gets full points") == 2


def test_both_ask_the_same_in_the_same_order_in_other_numbers(checkout):
    folder, _ = checkout
    before, after = ([cell for cell in cells(folder, "release", book)] for book in BOOKS)
    ids = [[grade_id(cell) for cell in book] for book in (before, after)]
    assert ids[0] == ids[1] and [one for one in ids[0] if f"test_{one}" in ids[0]] == [item.name for item in ITEMS]
    differ = [one.source for one, other in zip(before, after, strict=True) if one.source != other.source]
    assert len(differ) == 2 and differ[0].startswith("# Quiz before") and differ[1].startswith("N, T, D, M, K =")


def test_nothing_in_the_release_tells_right_from_wrong(checkout):
    folder, _ = checkout
    release = [cell for cell in cells(folder, "release", BOOKS[0]) if cell.cell_type == "code"]
    source = {grade_id(cell): cell for cell in cells(folder, "source", BOOKS[0])}
    for typed in ("wrong", "right"):
        space = {}
        for cell in release:
            name = grade_id(cell)
            if f"test_{name}" in source:
                exec(solution(source[name]) if typed == "right" else f"{name} = (1, 2)", space)
            else:
                exec(cell.source, space)
    space = {"one_step": ...}
    test = next(cell for cell in release if grade_id(cell) == "test_one_step")
    with pytest.raises(AssertionError, match="No shape is typed yet"):
        exec(test.source, space)


def test_the_usual_commands_grade_and_report_both(checkout):
    folder, run = checkout
    for book, rights in zip(BOOKS, (5, 15), strict=True):
        source = {grade_id(cell): cell for cell in cells(folder, "source", book)}
        notebook = nbformat.read(folder / "release" / f"{book}.ipynb", as_version=4)
        by_name = {grade_id(cell): cell for cell in notebook.cells}
        for item in ITEMS[:rights]:
            by_name[item.name].source = solution(source[item.name])
        by_name["both_last"].source = "both_last = (N, M)"  # before and after
        by_name["the_mask"].source = "the_mask = (N, T, D)" if book == BOOKS[0] else "the_mask = (N, T)"
        path = folder / "submitted/ada" / f"{book}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)
        graded = run("grade", book[:2])
        assert "1 graded, 0 failed" in graded.stdout + graded.stderr, graded.stdout + graded.stderr
    assert run("report", "99").returncode == 0
    page = (folder / "reports/99_after.html").read_text(encoding="utf-8")
    assert "1 student took both quizzes and had 25 % of the points before and 75 % after" in page
    assert "so it is left out" in page
    changed = page[page.index("Since 98_before") : page.index('<h2 id="tasks">')]
    row = r"{}.*?</th><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>"
    assert re.search(row.format("“Bidirectional gives as many numbers as one layer.”", 0, 1, 0), changed)
    assert re.search(row.format("“Each feature is masked by itself.”", 1, 0, 0), changed)
    feedback = (folder / "feedback/ada/99_after/after.html").read_text(encoding="utf-8")
    assert "Bidirectional gives as many numbers as one layer." in feedback


@pytest.mark.parametrize("seed", range(60))
def test_no_size_can_be_taken_for_another(seed):
    sizes = draw_sizes(seed)
    all_sizes = [*sizes.known.values(), *(times * sizes.M for times in (2, 3, 4)), sizes.T + 1]
    assert len({*all_sizes}) == len(all_sizes) and min(all_sizes) > 4
    assert draw_sizes(seed) == sizes


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.name)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_wrong_shape_is_named_whatever_the_seed(item, seed):
    exercise = one_shape(f"98/{item.name}", draw_sizes(seed))
    sizes = exercise.notebook
    assert exercise.judge(sizes.shape(exercise.letters), []).right
    named = dict(exercise.wrong)  # what the lesson knows of this shape comes first
    for key, letters in wrong_dims(exercise.letters):
        named.setdefault(",".join(letters), key)
    for letters, key in named.items():
        said = exercise.judge(exercise.asked._shape(letters), [])
        assert said.recognised == key and key in exercise.beliefs
    assert exercise.judge(..., []).recognised == "not_written"


def test_a_quiz_is_not_written_over_and_seeds_must_differ(tmp_path):
    (tmp_path / "rnnshapes/lessons").mkdir(parents=True)
    (tmp_path / "lessons").mkdir()
    with pytest.raises(CourseError, match="the same sizes"):
        make_quiz(tmp_path, seeds=(7, 7))
    with pytest.raises(CourseError, match="Got the lesson '10', expected some of 01, 02, 03, 05, 06, 07, 08"):
        make_quiz(tmp_path, seeds=(1, 2), lessons=["10_windows"])
    assert not any((tmp_path / "lessons").iterdir())
    made = make_quiz(tmp_path, seeds=(1, 2), lessons=["01", "06_bidirectional"])
    assert not made.problems and "release/99_after/after.ipynb" in made.written
    text = (tmp_path / "lessons/98_before/assignment.py").read_text(encoding="utf-8")
    assert "# points: 7" in text and "masked_states" not in text
    with pytest.raises(CourseError, match="students may have handed it in"):
        make_quiz(tmp_path, seeds=(3, 4))


def test_sizes_have_a_second_layer_only_where_there_is_one():
    sizes = draw_sizes(1)
    assert one_shape("98/second_wx", sizes).notebook == sizes
    assert one_shape("98/both_last", sizes).notebook == replace(sizes, M2=None)
