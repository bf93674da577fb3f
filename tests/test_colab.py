"""Each lecture and each assignment as a student runs it on Colab: in an environment without the course."""

import itertools
import os
import re
import shutil
import zipfile
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from browser_help import Card, a_page
from colab_help import Colab, in_a_frame, run
from nbformat.v4 import new_code_cell, new_notebook
from notebook_help import each_of, filled_in, in_one_kernel, outputs

from rnnshapes.authoring.write_notebook import install_source
from rnnshapes.files import lesson_names

ROOT = Path(__file__).parents[1]
LESSONS = lesson_names(ROOT)
FIRST = "01_rnn_shapes"  # installs the package; the others share two kernels
OTHERS = [lesson for lesson in LESSONS if lesson != FIRST]
NOWHERE = "git+https://127.0.0.1:9/o/r@main"  # no server listens there
AT_THE_END = """import os, sys
from importlib.util import find_spec
tf = sys.modules.get("tensorflow")
{"TF32": bool(tf) and tf.config.experimental.tensor_float_32_execution_enabled(),
 "files": os.listdir(), "nbgrader": bool(find_spec("nbgrader")), "package": find_spec("rnnshapes").origin}"""


@pytest.fixture(scope="module")
def colab(tmp_path_factory):
    """Colab before anything is installed, then each lesson's `.parts`; `.wheel`, and packages `.before`, `.after`."""
    try:
        place = Colab(tmp_path_factory.mktemp("colab"))
        wheel = build_wheel(place, tmp_path_factory.mktemp("wheel"))
    except OSError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"no environment like Colab's (is there a package registry?): {error}")
    failed = new_notebook(cells=[new_code_cell(install_source(one)) for one in (NOWHERE, "")])
    place.run_all([failed])
    before = place.packages()
    apart = {lesson: a_lesson(lesson, wheel) for lesson in LESSONS}
    groups = [[one for lesson in names for one in apart[lesson]] for names in ([FIRST], OTHERS[::2], OTHERS[1::2])]
    installs, *others = kernels = [in_one_kernel(group) for group in groups]
    place.run_all([installs])
    after = place.packages()
    place.run_all(others)
    ran = itertools.chain(*(each_of(kernel, group) for kernel, group in zip(kernels, groups, strict=True)))
    order = [FIRST, *OTHERS[::2], *OTHERS[1::2]]
    parts = {lesson: list(itertools.islice(ran, 3)) for lesson in order}
    return SimpleNamespace(place=place, wheel=wheel, failed=failed, before=before, after=after, parts=parts)


def build_wheel(place, folder):
    """Have pip build the package from a git repository, as it does with git+https://github.com/OWNER/REPO@BRANCH."""
    repository = folder / "repository"
    repository.mkdir()
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, repository)
    for name in ("rnnshapes", "tests", "lessons"):  # the last two to see that they stay out
        shutil.copytree(ROOT / name, repository / name, ignore=shutil.ignore_patterns("__pycache__", "screenshots"))
    person = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for words in (["init", "-q", "-b", "term"], ["add", "."], [*person, "commit", "-q", "-m", "course"]):
        run(["git", *words], cwd=repository)
    pip = [place.python, "-m", "pip", "wheel", "--quiet", "--no-deps", f"--wheel-dir={folder}"]
    run([*pip, f"git+{repository.as_uri()}@term"])
    return next(folder.glob("*.whl"))


def a_lesson(lesson, wheel):
    """Return the cells of the lecture, of the assignment as handed out and with answers, as they run here."""
    lecture, handed_out = (
        nbformat.read(ROOT / path, as_version=4)
        for path in (f"notebooks/{lesson}.ipynb", f"release/{lesson}/{lesson[3:]}.ipynb")
    )
    parts = []
    for notebook in (lecture, handed_out, filled_in(lesson)):
        install, *others = notebook.cells
        assert install.source == install_source(notebook.metadata.rnnshapes.install)
        install.source = install_source(str(wheel))
        parts.append([install, *others, new_code_cell(AT_THE_END)])
    return parts


def grade_id(cell):
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


def errors(cells):
    return [output for output in outputs(cells) if output.output_type == "error"]


def html(cells, mark):
    found = [output.get("data", {}).get("text/html", "") for output in outputs(cells)]
    return [text for text in found if mark in text]


def looked_around(cell):
    return eval(cell.outputs[-1].data["text/plain"])


def test_pip_builds_the_package_from_git_and_the_wheel_holds_nothing_else(colab):
    tracked = {path.relative_to(ROOT).as_posix() for path in (ROOT / "rnnshapes").rglob("*") if path.is_file()}
    tracked = {path for path in tracked if "__pycache__" not in path}
    with zipfile.ZipFile(colab.wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == tracked and "rnnshapes/explorer/explorer.js" in held
    assert colab.wheel.stat().st_size < 1_000_000


def test_an_install_that_fails_says_what_to_do(colab):
    cannot, unset = colab.failed.cells
    said = "".join(output.get("text", "") for output in cannot.outputs)
    assert "ERROR" in said or "fatal:" in said, said
    for cell, words in ((cannot, "pip did not install rnnshapes; above, it says why"), (unset, "No module named")):
        (error,) = errors([cell])
        assert words in error.evalue and "During handling" not in "\n".join(error.traceback)


def test_the_first_cell_installs_the_package_and_changes_no_other(colab):
    assert not [name for name in colab.before if name.startswith(("rnnshapes", "nbgrader"))]
    assert {name: colab.after.get(name) for name in colab.before} == colab.before
    new = {name.partition("-")[0] for name in colab.after.keys() - colab.before.keys()}
    assert "rnnshapes" in new and not new & {"tensorflow", "keras", "numpy", "nbgrader", "jupyterlab"}


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lecture_runs_with_pictures_and_explorers(colab, lesson):
    first, *cells, last = colab.parts[lesson][0]
    assert not errors([first, *cells]) and (lesson == FIRST or not first.outputs)
    assert not [output for output in outputs(cells) if output.get("name") == "stderr"]
    bundles = [output.data for output in outputs(cells) if "image/png" in output.get("data", {})]
    assert len(bundles) >= 3
    assert all(re.search(r'<img alt="[^"]{20,}"', bundle["text/html"]) for bundle in bundles)
    asked = sum(cell.source.count("rnnshapes.explore(") for cell in cells if cell.cell_type == "code")
    assert len(html(cells, '<script type="module">')) == asked
    assert not [one for one in outputs(cells) if "application/vnd.jupyter.widget-view+json" in one.get("data", {})]
    seen = looked_around(last)
    assert (seen["TF32"], seen["files"], seen["nbgrader"]) == (False, [], False)
    assert seen["package"].startswith(str(colab.place.site))


@pytest.mark.parametrize("lesson", LESSONS)
def test_an_assignment_fails_its_checks_as_handed_out_and_passes_them_with_the_answers(colab, lesson):
    _, handed_out, filled_in = colab.parts[lesson]
    tests = [cell for cell in handed_out if grade_id(cell).startswith("test_")]
    assert tests and all(errors([cell]) for cell in tests)
    assert not errors([cell for cell in handed_out if cell not in tests])
    assert not errors(filled_in)
    for cells_, mark in ((handed_out, "✗"), (filled_in, "✓")):
        checks = [cell.outputs[-1].data["text/plain"] for cell in cells_ if grade_id(cell).startswith("check_")]
        assert checks and all(said.startswith(mark) for said in checks)
        assert looked_around(cells_[-1])["TF32"] is False
    assert not [output for output in outputs([*handed_out, *filled_in]) if output.get("name") == "stderr"]


def test_explorers_work_each_in_an_iframe_of_its_own(colab, browser):
    """Colab shows each output in a frame of another origin, where nothing of another output can be reached."""
    explorers = [one for lesson in LESSONS for one in html(colab.parts[lesson][0], '<script type="module">')]
    assert len(explorers) > len(LESSONS) / 2
    with a_page(browser, "colab-frames", viewport={"width": 1100, "height": 1000}) as page:
        page.route("**/*", lambda route: route.abort())
        page.set_content("".join(map(in_a_frame, explorers)))
        for place in range(len(explorers)):
            page.locator("iframe").nth(place).scroll_into_view_if_needed()
            card = Card(page.frame_locator("iframe").nth(place))
            index = card.find("[data-at]:not([data-at='t']):visible").first  # one that would do nothing stays away
            index.fill("1")
            assert re.search(r"\w+\[[\d,]*\b1\b[\d,]*\]: ", card.status), card.status
