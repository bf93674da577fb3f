"""Lesson text to notebooks and back: build, --check, absorb, new."""

import copy
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from unittest import mock

import nbformat
import pytest
from colab_help import saved_by_colab
from IPython.core.inputtransformer2 import TransformerManager
from nbformat import v4

from rnnshapes import cli, files
from rnnshapes.authoring import build as building
from rnnshapes.authoring import table, text
from rnnshapes.authoring import write_notebook as notebook
from rnnshapes.authoring.absorb import absorb
from rnnshapes.authoring.new import new_lesson
from rnnshapes.errors import CourseError

REPO = Path(__file__).resolve().parents[1]

LECTURE = """\
# ---
# title: Shapes
# ---

# %% [markdown]
# # Shapes
#
# Whenever you hear N×T×D, you see a box.

# %%
import numpy as np

X = np.zeros((4, 7, 3))
X.shape  # (N, T, D)


# %% [markdown]
# The end.
"""

ASSIGNMENT = '''\
# ---
# title: "Shapes: assignment"
# points: 7
# ---

# %% [markdown]
# # Assignment

# %% readonly="setup"
# The sizes.
N, T, D = 4, 7, 3

# %% answer="double"
def double(x):
    """Return x twice."""
    ### BEGIN SOLUTION
    return 2 * x  # the secret answer
    ### END SOLUTION

# %%
# %pip list
double

# %%   points=4 test="double"
assert double(3) == 6
### BEGIN HIDDEN TESTS
assert double(4) == 8  # the secret test
### END HIDDEN TESTS

# %% test="double" part="at_once" points=1
assert double(0) == 0

# %% [markdown] written="why" points=2
# Because the secret reason.
'''

SOURCE, RELEASE, LECTURED = "source/01_a/a.ipynb", "release/01_a/a.ipynb", "notebooks/01_a.ipynb"
TEXTS = {SOURCE: "assignment.py", LECTURED: "lecture.py"}


@pytest.fixture
def course(tmp_path):
    return make_course(tmp_path / "course")


def make_course(root, *, install="", lessons=("01_a",)):
    for lesson in lessons:
        (root / "lessons" / lesson).mkdir(parents=True)
        (root / "lessons" / lesson / "lecture.py").write_text(LECTURE, encoding="utf-8")
        (root / "lessons" / lesson / "assignment.py").write_text(ASSIGNMENT, encoding="utf-8")
    shutil.copy(REPO / "nbgrader_config.py", root)
    (root / "pyproject.toml").write_text(f'[tool.rnnshapes]\ninstall = "{install}"\n')
    return root


def files_of(root):
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def read(root, path):
    return nbformat.read(root / path, as_version=4)


def edit(root, path, change):
    """Let `change` alter the list of cells, as JupyterLab would save it: other metadata and key order."""
    found = read(root, path)
    change(found.cells)
    found.metadata.kernelspec.display_name = "Python 3 (ipykernel)"
    found.metadata.language_info = {"name": "python", "version": "3.11.9", "file_extension": ".py"}
    for cell in found.cells:
        cell.metadata["trusted"] = True
        if cell.cell_type == "code":
            cell.execution_count = 3
    nbformat.write(found, root / path)
    return [notebook.fingerprint(cell) for cell in found.cells]


def fingerprints(root, path):
    return [notebook.fingerprint(cell) for cell in read(root, path).cells]


def toolbar(grade_id, **flags):
    """Metadata as nbgrader's Create Assignment toolbar writes it."""
    base = dict.fromkeys(["grade", "locked", "solution", "task"], False)
    return {"nbgrader": base | {"grade_id": grade_id, "schema_version": 3} | flags}


def clean(root):
    report = building.check(root)
    assert report.problems == []
    return report


# ---------------------------------------------------------------- build


def test_builds_three_notebooks_and_check_is_clean(course):
    report = building.build(course)
    assert report.written == [LECTURED, SOURCE, RELEASE] and not report.problems
    before = files_of(course)
    clean(course)
    again = building.build(course)
    assert again.unchanged == [LECTURED, SOURCE, RELEASE] and not again.written
    assert files_of(course) == before, "a check or a second build changes nothing, and leaves no gradebook.db"


def test_cells_ids_and_nbgrader_metadata(course):
    building.build(course)
    cells = read(course, SOURCE).cells
    assert [c.id for c in cells] == [
        "install",
        "cell-1",
        "setup",
        "double",
        "cell-2",
        "test_double",
        "test_double_at_once",
        "why",
    ]
    meta = {c.id: c.metadata.nbgrader for c in cells if "nbgrader" in c.metadata}
    flags = {name: (m.grade, m.solution, m.locked, m.get("points")) for name, m in meta.items()}
    assert flags == {
        "install": (False, False, True, None),
        "setup": (False, False, True, None),
        "double": (False, True, False, None),
        "test_double": (True, False, True, 4),
        "test_double_at_once": (True, False, True, 1),
        "why": (True, True, False, 2),
    }
    assert cells[4].source == "%pip list\ndouble"
    for path in (SOURCE, RELEASE, LECTURED):
        raw = (course / path).read_text(encoding="utf-8")
        found = json.loads(raw)
        assert (found["nbformat"], found["nbformat_minor"]) == (4, 5) and "jupytext" not in found["metadata"]
        assert all(c.get("outputs", []) == [] and c.get("execution_count") is None for c in found["cells"])
        nbformat.validate(nbformat.from_dict(found))


def test_release_has_no_solution_and_no_hidden_test(course):
    building.build(course)
    released = (course / RELEASE).read_text(encoding="utf-8")
    assert "secret" not in released and "HIDDEN" not in released and "SOLUTION" not in released
    assert "raise NotImplementedError()" in released and "assert double(3) == 6" in released


def test_same_bytes_in_another_process_with_a_strange_home(course, tmp_path):
    building.build(course)
    wanted = files_of(course)
    home = tmp_path / "home"
    (home / ".jupyter").mkdir(parents=True)
    for name in ("jupyter_config", "jupyter_nbconvert_config", "nbgrader_config"):
        (home / ".jupyter" / f"{name}.py").write_text(
            "c = get_config()\nc.ClearSolutions.code_stub = {'python': 'pass'}\n"
            "c.GenerateAssignment.permissions = 400\nc.NotebookExporter.nbformat_version = 3\n"
            "c.Exporter.preprocessors = ['nbconvert.preprocessors.ClearMetadataPreprocessor']\n"
        )
    other = make_course(tmp_path / "elsewhere")
    strange = {
        "HOME": str(home),
        "JUPYTER_CONFIG_DIR": str(home / ".jupyter"),
        "PATH": "/usr/bin:/bin",
        "PYTHONHASHSEED": "7",
        "PYTHONPATH": str(REPO),
    }
    done = subprocess.run(
        [sys.executable, "-m", "rnnshapes.cli", "--course", str(other), "build"],
        cwd=home,
        text=True,
        capture_output=True,
        env=os.environ | strange,
    )
    assert done.returncode == 0, done.stderr
    assert files_of(other) == wanted


def test_plain_nbgrader_gives_the_same_release(course):
    building.build(course)
    wanted = (course / RELEASE).read_bytes()
    (course / RELEASE).unlink()
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "generate_assignment", "01_a", "--force"],
        cwd=course,
        capture_output=True,
        text=True,
        env=os.environ | {"PATH": path},
    )
    assert done.returncode == 0, done.stderr
    assert (course / RELEASE).read_bytes() == wanted
    (course / "gradebook.db").unlink()
    clean(course)


def test_check_names_what_differs_is_missing_or_orphaned(course):
    building.build(course)
    (course / LECTURED).unlink()
    found = json.loads((course / RELEASE).read_text())
    (course / RELEASE).write_text(json.dumps(found))  # same cells, other bytes
    (course / "notebooks" / "07_gone.ipynb").write_text("{}")
    (course / "source/01_a/helper.py").write_text("")
    before = files_of(course)
    problems = building.check(course).problems
    assert [p.split(":")[0] for p in problems] == [
        LECTURED,
        RELEASE,
        "notebooks/07_gone.ipynb",
        "source/01_a/helper.py",
    ]
    assert "missing" in problems[0] and "differs" in problems[1] and "no lesson" in problems[2]
    assert files_of(course) == before
    assert len(building.check(course, ("01",)).problems) == 2


def test_a_bad_lesson_does_not_stop_the_others(tmp_path, capsys):
    course = make_course(tmp_path / "c", lessons=("01_a", "02_b"))
    (course / "lessons/01_a/assignment.py").write_text(ASSIGNMENT.replace("points: 7", "points: 8"))
    assert cli.main(["--course", str(course), "build"]) == 1
    shown = capsys.readouterr()
    assert shown.err.startswith("lessons/01_a/assignment.py:1: the header says 8 points, the cells add up to 7.")
    assert "written    release/02_b/b.ipynb" in shown.out and not (course / LECTURED).exists()


def test_named_lessons_only(tmp_path):
    course = make_course(tmp_path / "c", lessons=("01_a", "02_b"))
    assert building.build(course, ("02",)).written == [
        p.replace("01_a/a", "02_b/b").replace("01_a", "02_b") for p in (LECTURED, SOURCE, RELEASE)
    ]
    with pytest.raises(CourseError, match="Got the lesson '02_c', expected one of: 01_a, 02_b. Did you mean '02_b'"):
        building.build(course, ("02_c",))


# ---------------------------------------------------------------- bad text

BAD = [  # what is replaced in ASSIGNMENT, by what, the line of the message, words of the message
    ('test="double" part', 'tset="double" part', 30, "unknown key 'tset'. Did you mean 'test'?"),
    ('answer="double"', 'anser="double"', 13, "unknown key 'anser'. Did you mean 'answer'?"),
    ('readonly="setup"', 'readonly="double"', 13, "the id 'double' is already used (at lessons/01_a/assignment.py:9)"),
    ('readonly="setup"', 'readonly="install"', 9, "the id 'install' is already used (by build"),
    (' part="at_once"', "", 30, 'Give a second test of one answer its own part="…".'),
    ('answer="double"', 'answer="triple"', 13, "the answer 'triple' has no test"),
    ('test="double" part', 'test="duoble" part', 30, "the test 'duoble' has no answer. Did you mean 'double'?"),
    (" points=1", "", 30, "the points are missing"),
    (" points=1", " points=one", 30, "points=one is not a number of 0 or more"),
    (" points=1", " points=-1", 30, "points=-1 is not a number of 0 or more"),
    ('answer="double"', 'answer="double" points=3', 13, "points fit only a test or a written answer"),
    ("# points: 7\n", "", 1, "the header has no points. Add '# points: 7'"),
    ("# points: 7", "# points: many", 1, "not a number"),
    ("# points: 7", "# point: 7", 3, "unknown header key 'point'. Did you mean 'points'?"),
    ("# points: 7", "# points: 12", 1, "the header says 12 points, the cells add up to 7"),
    ('# title: "Shapes: assignment"\n', "", 1, "the header has no title"),
    ('"Shapes: assignment"', "Shapes: assignment", 2, "the header is not YAML"),
    (ASSIGNMENT[: ASSIGNMENT.index("# %%")], "", 1, "the header is missing"),
    ("# points: 7\n# ---", "# points: 7", 1, "the header has no end"),
    ("# ---\n\n# %% [m", "# ---\nimport os\n\n# %% [m", 5, "this line belongs to no cell"),
    ("    ### END SOLUTION\n", "", 13, "'### BEGIN SOLUTION' without '### END SOLUTION'"),
    ("    ### BEGIN SOLUTION\n", "", 13, "'### END SOLUTION' without '### BEGIN SOLUTION'"),
    ("    return 2", "    ### BEGIN SOLUTION\n    return 2", 13, "stands inside a solution region"),
    (
        ASSIGNMENT[ASSIGNMENT.index("    ### BEGIN SOL") : ASSIGNMENT.index("\n# %%\n")],
        "    return 2\n",
        13,
        "the answer has no solution region",
    ),
    ("### END HIDDEN TESTS\n", "", 24, "'### BEGIN HIDDEN TESTS' without '### END HIDDEN TESTS'"),
    ("assert double(0) == 0", "### BEGIN SOLUTION\n### END SOLUTION", 30, "a solution region fits only an answer"),
    ("# The sizes.", "### BEGIN HIDDEN TESTS\n### END HIDDEN TESTS", 9, "a hidden test region fits only a test"),
    ("# %% readonly", '# %% [markdown] answer="z"\n# Hi\n# %% readonly', 9, "answer does not fit a markdown cell"),
    ("[markdown] written", "written", 33, "written does not fit a code cell"),
    ("[markdown] written", "[markdwon] written", 33, "unknown kind of cell [markdwon]. Did you mean 'markdown'?"),
    ("# Because the", "Because the", 34, "'Because the secret reason.' stands in a cell of prose"),
    ('readonly="setup"', 'readonly="setup" answer="x"', 9, "answer and readonly cannot stand on one cell"),
    ('readonly="setup"', 'readonly="set up"', 9, "readonly='set up' is not a name"),
    ('readonly="setup"', 'readonly="setup', 9, "cannot read 'readonly=\"setup'"),
    ('readonly="setup"', "The setup", 9, "cannot read 'The setup'"),
    ('readonly="setup"', 'readonly="setup" part="b"', 9, "part fits only a test"),
    ("points=1", "points=1 points=1", 30, "the key 'points' stands twice"),
    ("N, T, D =", '#%% readonly="x"\nN, T, D =', 11, "is nearly the start of a cell"),
    ("# # Assignment", "#%% # Assignment", 7, "stands in a cell of prose"),
]


@pytest.mark.parametrize(("old", "new", "line", "words"), BAD, ids=[b[3][:40] for b in BAD])
def test_bad_text_is_named_with_file_line_and_what_to_do(course, old, new, line, words):
    assert ASSIGNMENT.count(old) == 1
    (course / "lessons/01_a/assignment.py").write_text(ASSIGNMENT.replace(old, new), encoding="utf-8")
    report = building.build(course)
    messages = "\n".join(report.problems).split("\n")
    fitting = [m for m in messages if words in m]
    assert fitting and fitting[0].startswith(f"lessons/01_a/assignment.py:{line}: "), messages
    assert fitting[0].rstrip().endswith((".", "'", "?")) and not report.written


def test_what_nbgrader_itself_refuses_is_shown_in_its_words(course):
    path = course / "lessons/01_a/assignment.py"
    path.write_text(ASSIGNMENT.replace("# The sizes.", "### BEGIN MARK SCHEME"), encoding="utf-8")
    problem = building.build(course).problems[0]
    assert problem.startswith("lessons/01_a/assignment.py: nbgrader refuses the notebook: RuntimeError: ")
    assert files_of(course).keys() == files_of(make_course(course.parent / "untouched")).keys()


def test_a_lecture_is_not_graded(course):
    typed = LECTURE.replace("# %%\n", '# %% readonly="x"\n')
    (course / "lessons/01_a/lecture.py").write_text(typed, encoding="utf-8")
    with pytest.raises(CourseError, match="lecture.py:10: readonly belongs in assignment.py"):
        building.build_lesson(course, "01_a")


def test_text_that_is_not_utf8_or_has_no_cells(course):
    path = course / "lessons/01_a/lecture.py"
    path.write_bytes(b"# \xff\n")
    assert "lecture.py:1: this line is not UTF-8" in building.build(course).problems[0]
    path.write_text("# ---\n# title: x\n# ---\n")
    assert "the file has no cells" in building.build(course).problems[0]


def test_windows_line_ends_build_the_same(course):
    wanted = building.build_lesson(course, "01_a")
    path = course / "lessons/01_a/assignment.py"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert building.build_lesson(course, "01_a") == wanted


# ---------------------------------------------------------------- install cell and badge


def test_install_cell_and_badge_come_from_one_setting(tmp_path):
    course = make_course(tmp_path / "c", install="git+https://github.com/o/r.git@main")
    building.build(course)
    for path, shown in ((LECTURED, LECTURED), (SOURCE, RELEASE), (RELEASE, RELEASE)):
        cells = read(course, path).cells
        assert cells[0].id == "install"
        assert '%pip install -q "git+https://github.com/o/r.git@main"' in cells[0].source
        colab = "https://colab.research.google.com"
        badge = f"[![Open in Colab]({colab}/assets/colab-badge.svg)]({colab}/github/o/r/blob/main/{shown})"
        assert cells[1].source.startswith(badge + " In Colab, first choose **File → Save a copy in Drive**")
        assert sum("Save a copy in Drive" in cell.source for cell in cells) == 1
        folded = {"cellView": "form", "jupyter": {"source_hidden": True}}
        assert {key: cells[0].metadata[key] for key in folded} == folded and cells[0].source.startswith("# @title ")
    clean(course)
    (course / "pyproject.toml").write_text('[tool.rnnshapes]\ninstall = "rnnshapes"\n')
    building.build(course)
    assert "colab.research" not in "".join(c.source for c in read(course, LECTURED).cells)


@pytest.mark.parametrize("bad", ["a b", "x'; rm -rf /", "{x}", "$HOME", "--index-url=x", "a`b`"])
def test_an_install_setting_that_a_shell_would_read_is_refused(tmp_path, bad):
    course = make_course(tmp_path / "c", install=bad)
    with pytest.raises(CourseError, match="pyproject.toml: .* install: got"):
        building.build_lesson(course, "01_a")


def run_install(requirement: str, *, there: bool, arrives: bool = False) -> list[str]:
    """Run an install cell where the package is there or arrives, or not; return the %pip lines that were run."""
    lines, here = [], {"rnnshapes": ModuleType("rnnshapes") if there else None}  # None: an import of it fails

    def run_line_magic(name, line):
        lines.append(f"%{name} {line}")
        sys.modules["rnnshapes"] = ModuleType("rnnshapes") if arrives else None

    source = TransformerManager().transform_cell(notebook.install_source(requirement))
    with mock.patch.dict(sys.modules, here):
        exec(source, {"get_ipython": lambda: SimpleNamespace(run_line_magic=run_line_magic)})
    return lines


@pytest.mark.parametrize("requirement", ["", "rnnshapes"])
def test_the_install_cell_does_nothing_where_the_package_is(requirement):
    assert not run_install(requirement, there=True)


def test_the_install_cell_installs_and_says_what_to_do_where_it_cannot():
    assert run_install("rnnshapes", there=False, arrives=True) == ['%pip install -q "rnnshapes"']
    with pytest.raises(RuntimeError, match="pip did not install rnnshapes; above, it says why. Try: .*instructor"):
        run_install("rnnshapes", there=False)


def test_without_a_setting_the_first_cell_is_short_and_says_nothing_of_colab():
    source = notebook.install_source("")
    assert len(source.splitlines()) <= 3 and "olab" not in source and "not yet" not in source
    with pytest.raises(ImportError):
        run_install("", there=False)


# ---------------------------------------------------------------- refusal


@pytest.mark.parametrize("path", [SOURCE, LECTURED, RELEASE])
def test_build_refuses_to_overwrite_an_edit(tmp_path, path):
    course = make_course(tmp_path / "c", lessons=("01_a", "02_b"))
    building.build(course, ("01",))
    edit(course, path, lambda cells: cells[1].update(source="# Edited"))
    (course / "lessons/01_a/lecture.py").write_text(LECTURE + "# More.\n", encoding="utf-8")
    before = {k: v for k, v in files_of(course).items() if "01_a" in k}
    report = building.build(course)
    assert len(report.problems) == 1 and report.problems[0].startswith(f"{path}: edited since it was built.")
    command = "run: rnnshapes build" if path == RELEASE else f"run: rnnshapes absorb {path}"
    assert report.problems[0].endswith(command)
    assert {k: v for k, v in files_of(course).items() if "01_a" in k} == before
    assert len(report.written) == 3, "lesson 02 is built all the same"
    assert any("edited since" in p for p in building.check(course).problems)


def test_outputs_alone_are_no_edit_and_foreign_notebooks_are_kept(course):
    building.build(course)
    edit(course, SOURCE, lambda cells: None)
    assert building.build(course).written == [SOURCE]
    nbformat.write(v4.new_notebook(cells=[v4.new_markdown_cell("mine")]), course / LECTURED)
    assert "not built by rnnshapes" in building.build(course).problems[0]
    (course / LECTURED).write_text("<<<<<<< HEAD")
    assert "not a notebook" in building.build(course).problems[0]


# ---------------------------------------------------------------- absorb


def round_trip(course, path, change):
    """Edit, absorb, and hold the built cells to the edited ones; return the new text."""
    wanted = edit(course, path, change)
    absorb(course, path)
    assert fingerprints(course, path) == wanted
    clean(course)
    return (course / "lessons/01_a" / TEXTS[path]).read_bytes().decode("utf-8")


def test_absorb_a_source_edit_keeps_the_other_text(course):
    building.build(course)
    new = round_trip(course, SOURCE, lambda cells: cells[5].update(source="assert double(5) == 10"))
    old = ASSIGNMENT.index("assert double(3)"), ASSIGNMENT.index('# %% test="double" part')
    assert new == ASSIGNMENT[: old[0]] + "assert double(5) == 10\n\n" + ASSIGNMENT[old[1] :]


def test_absorb_a_prose_edit_of_a_lecture(course):
    building.build(course)
    new = round_trip(course, LECTURED, lambda cells: cells[3].update(source="The end.\n\nReally."))
    assert new == LECTURE + "#\n# Really.\n"


def test_absorb_without_an_edit_changes_nothing(course):
    building.build(course)
    before = files_of(course)
    absorb(course, SOURCE)
    absorb(course, course / LECTURED)
    assert files_of(course) == before


def test_absorb_cells_added_with_the_toolbar(course):
    building.build(course)

    def change(cells):
        answer = toolbar("cell-ab12", solution=True)
        test = toolbar("test_cell-ab12_b", grade=True, locked=True, points=1.5)
        why = toolbar("cell-8", grade=True, solution=True, points=2.0)
        cells.append(v4.new_code_cell("### BEGIN SOLUTION\nf = 1\n### END SOLUTION\n", metadata=answer))
        cells.append(v4.new_code_cell("assert f == 1", id="x-1", metadata=test))
        cells.append(v4.new_markdown_cell("Why?", metadata=why))
        cells.insert(3, v4.new_code_cell("k = 1", metadata=toolbar("cell-9", locked=True)))
        cells.insert(2, v4.new_code_cell("plain", metadata=toolbar("cell-7", points=0)))

    new = round_trip(course, SOURCE, change)
    assert "# points: 10.5\n" in new and '# %% answer="cell-ab12" newlines=1\n' in new
    assert '# %% test="cell-ab12" part="b" points=1.5\n' in new and '# %% readonly="cell-9"\n' in new
    assert '# %% [markdown] written="cell-8" points=2\n' in new and "# %%\nplain\n" in new


def test_absorb_points_types_order_and_removal(course):
    building.build(course)
    new = round_trip(course, SOURCE, lambda cells: cells[5].metadata.nbgrader.update(points=9))
    assert "# points: 12\n" in new and '# %% test="double" points=9\nassert double(3) == 6\n' in new
    round_trip(course, SOURCE, lambda cells: cells.insert(2, cells.pop(4)))
    round_trip(course, SOURCE, lambda cells: cells[3].metadata.pop("nbgrader"))  # setup becomes a plain cell
    new = round_trip(course, SOURCE, lambda cells: cells.pop(-1))
    assert "written" not in new and "# points: 10\n" in new and new.endswith("assert double(0) == 0\n")
    round_trip(course, SOURCE, lambda cells: cells.append(cells.pop(1)))
    round_trip(course, SOURCE, lambda cells: cells[2].metadata.update(tags=["raises-exception", "b"]))
    round_trip(course, SOURCE, lambda cells: cells.insert(1, v4.new_raw_cell("raw\n# %% x")))


@pytest.mark.parametrize(
    ("where", "metadata", "words"),
    [
        (1, toolbar("t", task=True, points=2), "a manually graded task cannot be kept"),
        (4, toolbar("t", grade=True, solution=True, points=1), "answer and graded in one"),
        (4, toolbar("cell-1f", grade=True, locked=True, points=1), "has to be test_ANSWER"),
        (4, toolbar("t", grade=True, points=1), "a code cell with grade true, solution false, locked false"),
        (4, toolbar("lone", solution=True), "the answer 'lone' has no test"),
        (4, toolbar("setup", locked=True), "the id 'setup' is already used"),
        (4, toolbar("t", locked=True, schema_version=2), "has schema_version 2"),
        (4, toolbar("test_double_c", grade=True, locked=True), "the points are missing"),
    ],
)
def test_absorb_names_the_cell_that_text_cannot_express(course, where, metadata, words):
    building.build(course)
    edit(course, SOURCE, lambda cells: cells[where].update(metadata=nbformat.from_dict(metadata)))
    before = files_of(course)
    with pytest.raises(CourseError) as caught:
        absorb(course, SOURCE)
    fitting = [line for line in str(caught.value).split("\n") if words in line]
    assert fitting and fitting[0].startswith(f"{SOURCE}: cell {where + 1} ("), str(caught.value)
    assert files_of(course) == before


def test_absorb_refuses_what_it_cannot_place(course):
    building.build(course)
    for given, words in [
        (RELEASE, "a release is generated"),
        ("source/01_a/b.ipynb", "expected a notebook that a"),
        ("/etc/passwd", "expected a notebook that a"),
    ]:
        with pytest.raises(CourseError, match=words):
            absorb(course, given)
    edit(course, SOURCE, lambda cells: cells[0].update(source="import os"))
    with pytest.raises(CourseError, match="the install cell was edited"):
        absorb(course, SOURCE)
    picture = {"a.png": {"image/png": ""}}
    edit(course, LECTURED, lambda cells: cells[1].update(attachments=picture, source="x"))
    with pytest.raises(CourseError, match="a pasted picture cannot be kept"):
        absorb(course, LECTURED)
    edit(course, LECTURED, lambda cells: cells[1].pop("attachments"))
    locked = nbformat.from_dict(toolbar("x", locked=True))
    edit(course, LECTURED, lambda cells: cells[2].update(metadata=locked))
    with pytest.raises(CourseError, match="a lecture is not graded"):
        absorb(course, LECTURED)


def test_absorb_when_the_text_was_changed_too(course):
    building.build(course)
    path = course / "lessons/01_a/lecture.py"
    path.write_text(LECTURE + "# Typed.\n", encoding="utf-8")
    with pytest.raises(CourseError, match="holds no edit; lessons/01_a/lecture.py is newer"):
        absorb(course, LECTURED)
    wanted = edit(course, LECTURED, lambda cells: cells[1].update(source="# Clicked"))
    with pytest.raises(CourseError, match=f"rnnshapes absorb --force {LECTURED}"):
        absorb(course, LECTURED)
    absorb(course, LECTURED, force=True)
    assert fingerprints(course, LECTURED) == wanted
    clean(course)


def test_absorb_a_source_that_colab_saved(course):
    building.build(course)
    built, before = (course / SOURCE).read_bytes(), files_of(course)
    (course / SOURCE).write_bytes(saved_by_colab(nbformat.reads(built.decode(), as_version=4)))
    absorb(course, SOURCE)
    assert files_of(course) == before  # it was run, and that is all
    edited = nbformat.reads(built.decode(), as_version=4)
    edited.cells[4].source = "double(9)"
    (course / SOURCE).write_bytes(saved_by_colab(edited))
    assert f"rnnshapes absorb {SOURCE}" in building.build(course).problems[0]
    with pytest.raises(CourseError, match=f"nobody can tell whether .* rnnshapes absorb --force {SOURCE}"):
        absorb(course, SOURCE)
    absorb(course, SOURCE, force=True)
    old, new = ASSIGNMENT.splitlines(), (course / "lessons/01_a/assignment.py").read_text().splitlines()
    assert [line for line in new if line not in old] == ["double(9)"]
    clean(course)


def test_absorb_after_nbgrader_generated_from_the_edited_source(course):
    """Formgrader generates a release from the edited source: that release is no edit of its own."""
    from rnnshapes.authoring.release import make_release

    building.build(course)
    wanted = edit(course, SOURCE, lambda cells: cells[4].update(source="double(2)"))
    (course / RELEASE).write_bytes(make_release(course, "01_a", source=(course / SOURCE).read_bytes()))
    assert [p.split(":")[0] for p in building.build(course).problems] == [SOURCE, RELEASE]
    absorb(course, SOURCE)
    assert fingerprints(course, SOURCE) == wanted
    clean(course)
    edit(course, RELEASE, lambda cells: cells[4].update(source="double(9)"))
    edit(course, SOURCE, lambda cells: cells[4].update(source="double(3)"))
    with pytest.raises(CourseError, match=f"delete {RELEASE}"):
        absorb(course, SOURCE)


def test_absorb_leaves_badge_and_install_out_of_the_text(tmp_path):
    course = make_course(tmp_path / "c", install="git+https://github.com/o/r@main")
    building.build(course)

    def change(cells):
        cells[1]["source"] += "\n\nMore."

    new = round_trip(course, SOURCE, change)
    assert "colab" not in new and "pip install" not in new and "# # Assignment\n#\n# More.\n" in new
    (course / "pyproject.toml").write_text('[tool.rnnshapes]\ninstall = "rnnshapes"\n')
    edit(course, SOURCE, lambda cells: cells[4].update(source="double(2)"))
    absorb(course, SOURCE)
    building.build(course)
    clean(course)
    assert "colab" not in (course / "lessons/01_a/assignment.py").read_text()


NASTY = [
    "%pip install -q x\nimport a",
    "# %pip install x",
    "# # %pip x",
    "%%time\nx = 1",
    "# %%time",
    "%%bash\nls\n# %% hm",
    "x = 1\n!ls\n",
    "!ls",
    "# !ls",
    "    !ls",
    "?print",
    "print?",
    "# %% looks like",
    "a = 1\n# %% looks\nb = 2",
    "# %%",
    "%%",
    "%% x",
    "# # %% x",
    "#%%",
    "#%% [markdown]",
    "   # %%",
    "\t# %% [markdown]",
    "# %% [markdown]\n# text",
    "#  %% x",
    " %% x",
    "'''\n# %% in a string\n'''",
    "s = '''never closed",
    'a = """\n%magic\n"""',
    "# comment '''\n# %% x",
    "a = 1\n",
    "a = 1\n\n\n",
    "\n\na = 1",
    "\n",
    "\n\n\n",
    "",
    "   ",
    "a\n   ",
    "a\n   \n\n",
    "# first a comment\na = 1",
    "#",
    "##",
    "#x",
    "# ",
    "#  ",
    "# ---\n# title: x\n# ---",
    "---",
    "# +",
    "# -",
    "+++",
    "# In[1]:",
    "# <codecell>",
    "x = 'ŷ ∑ 😀'",
    "a\u2028b",
    "a\x0cb",
    "a\r\nb",
    "a\rb",
    "a\\\nb",
    'answer="x" points=3',
    "%",
    "# %",
    "%d",
    "# %d items",
    "# !important",
    "x = 1\n%matplotlib inline\n# %matplotlib inline\n# # %matplotlib inline",
    "print('a'\n      % b)",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "$$h_t = \\tanh(x)$$",
    "```python\n# %%\n```",
    "<!-- # %% -->",
    "\ttab",
    "a \n b ",
]


@pytest.mark.parametrize("kind", ["code", "markdown", "raw"])
def test_nasty_cells_survive_text(kind):
    head = "# ---\n# title: x\n# ---\n\n"
    cells = [text.Cell(kind, source, {}, "") for source in NASTY]
    for cell in cells:
        back = text.parse(head + text.render(cell), where="x.py")
        assert [(c.kind, c.source) for c in back.cells] == [(kind, cell.source)] and not back.problems, cell
    for order in (cells, cells[::-1]):
        typed = head + "".join(text.render(c) for c in order)
        back = text.parse(typed.rstrip("\n") + "\n", where="x.py")
        assert [(c.kind, c.source) for c in back.cells] == [(c.kind, c.source) for c in order]
        assert back.head + "".join(c.text for c in back.cells) == typed.rstrip("\n") + "\n"


@pytest.mark.parametrize("path", [LECTURED, SOURCE])
def test_nasty_cells_survive_absorb_and_build(course, path):
    building.build(course)
    kinds = (v4.new_code_cell, v4.new_markdown_cell, v4.new_raw_cell)

    def change(cells):
        cells[2:2] = [kinds[i % 3](source) for i, source in enumerate(NASTY)]
        cells += [kinds[i % 2](source) for i, source in enumerate(NASTY)]

    round_trip(course, path, change)
    # A second edit of the nasty text itself leaves the rest of it as it is.
    old = (course / building.read_lesson(course, "01_a", TEXTS[path]).where).read_bytes()
    new = round_trip(course, path, lambda cells: cells[2].update(source="one = 1\n\n"))
    assert new.encode().split(b"# %%")[5:] == old.split(b"# %%")[5:]


def test_absorb_keeps_windows_line_ends(course):
    path = course / "lessons/01_a/lecture.py"
    path.write_bytes(LECTURE.replace("\n", "\r\n").encode())
    building.build(course)
    edit(course, LECTURED, lambda cells: cells[3].update(source="The very end."))
    absorb(course, LECTURED)
    assert path.read_bytes() == LECTURE.replace("The end", "The very end").replace("\n", "\r\n").encode()


def test_jupytext_reads_our_texts_the_same():
    import jupytext

    for typed in (LECTURE, ASSIGNMENT):
        ours = text.parse(typed, where="x.py").cells
        theirs = jupytext.reads(typed, "py:percent").cells[1:]  # to jupytext our header is a first, raw cell
        assert [(c.kind, c.source) for c in ours] == [(c.cell_type, c.source) for c in theirs]


# ---------------------------------------------------------------- new


def test_new_builds(course):
    assert new_lesson(course, "02_every_step", title='Every: "step" #2') == [
        f"lessons/02_every_step/{part}" for part in ("lecture.py", "assignment.py", "answers.py", "sections.toml")
    ]
    assert building.build(course).problems == []
    clean(course)
    source = read(course, "source/02_every_step/every_step.ipynb")
    assert source.metadata.title == 'Every: "step" #2' and source.cells[1].source.startswith('# Every: "step" #2')
    lecture = read(course, "notebooks/02_every_step.ipynb")
    exec("\n".join(c.source for c in lecture.cells if c.cell_type == "code"), {})
    with pytest.raises(CourseError, match="already there"):
        new_lesson(course, "02_every_step")
    with pytest.raises(CourseError, match="the number 02 is taken by 02_every_step"):
        new_lesson(course, "02_other")


@pytest.mark.parametrize("name", ["every_step", "2_x", "02-x", "02_", "02_X", "../02_x", "02_x/y", "", "02_x "])
def test_new_refuses_a_name_that_is_not_NN_name(course, name):
    before = files_of(course)
    with pytest.raises(CourseError, match="Got the lesson name"):
        new_lesson(course, name)
    assert files_of(course) == before


# ---------------------------------------------------------------- the command


def test_command_line(course, capsys, monkeypatch):
    monkeypatch.chdir(course / "lessons")
    assert cli.main(["new", "03_stacking", "Stacking"]) == 0
    assert cli.main(["build"]) == 0
    assert cli.main(["build", "--check"]) == 0
    edit(course, SOURCE, lambda cells: cells[4].update(source="double(2)"))
    monkeypatch.chdir(course)
    capsys.readouterr()
    assert cli.main(["build", "--check", "01"]) == 1
    assert "rnnshapes absorb source/01_a/a.ipynb" in capsys.readouterr().err
    assert cli.main(["absorb", SOURCE]) == 0
    assert "written    lessons/01_a/assignment.py" in capsys.readouterr().out
    assert cli.main(["build", "--check"]) == 0
    assert cli.main(["absorb", "nowhere.ipynb"]) == 1
    monkeypatch.chdir("/")
    assert cli.main(["build"]) == 1
    shown = capsys.readouterr().err
    assert "is not inside a course" in shown and "Traceback" not in shown


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from rnnshapes import cli\ntry: cli.main(['--help'])\nexcept SystemExit: pass\n"
        "assert not {'nbgrader', 'nbformat', 'tensorflow', 'jupytext'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=REPO)
    assert done.returncode == 0 and "absorb" in done.stdout, done.stderr


def test_edited_copies_do_not_share_cells(course):
    """`absorb` works on copies: the notebook it was handed is not changed in memory."""
    from rnnshapes.authoring.absorb import _content

    course = make_course(course.parent / "badged", install="git+https://github.com/o/r@main")
    building.build(course)
    found = read(course, SOURCE)
    before = copy.deepcopy(found)
    _content(found, path=SOURCE, requirement="git+https://github.com/o/r@main")
    assert found == before


def test_the_readme_has_a_row_for_each_lesson_and_build_keeps_it_so(tmp_path):
    root = Path(__file__).parents[1]
    for part in ("lessons", "notebooks", "source", "release"):
        shutil.copytree(root / part, tmp_path / part)
    for part in ("pyproject.toml", "README.md", "nbgrader_config.py"):
        shutil.copy(root / part, tmp_path)
    assert not building.check(tmp_path).problems
    rows = [
        line
        for line in table.lesson_table(tmp_path, lambda lesson: building.read_texts(tmp_path, lesson)).splitlines()
        if re.match(r"\| \d\d ", line)
    ]
    assert len(rows) == len(files.lesson_names(root))
    for path in re.findall(r"\]\((?!https:)([^)]+)\)", "".join(rows)):
        assert (root / path).exists(), path
    readme = tmp_path / "README.md"
    readme.write_text(readme.read_text().replace("| 01 RNN shapes", "| 01 Another title"))
    assert [problem for problem in building.check(tmp_path).problems if "table of lessons" in problem]
    assert "README.md" in building.build(tmp_path).written and not building.check(tmp_path).problems


@pytest.mark.parametrize(
    ("install", "where"),
    [
        ("git+https://github.com/o/r@main", "o/r/blob/main/"),
        ("git+https://github.com/fork/r.git@v1.2", "fork/r/blob/v1.2/"),
        ("rnnshapes@git+https://github.com/o/r@next/term", "o/r/blob/next%2Fterm/"),  # as Colab writes such a branch
        ("git+https://github.com/o/r@main#subdirectory=courses/rnn", "o/r/blob/main/courses/rnn/"),
        ("git+https://github.com/o/r@main#egg=rnnshapes&subdirectory=rnn", "o/r/blob/main/rnn/"),
        ("git+https://github.com/o/r", ""),  # of which branch would the badge be?
        ("git+https://gitlab.com/o/r@main", ""),  # Colab opens GitHub's notebooks alone
        ("", ""),
    ],
)
def test_badges_open_what_the_table_links_to(tmp_path, install, where):
    root = Path(__file__).parents[1]
    shutil.copytree(root / "lessons/01_rnn_shapes", tmp_path / "lessons/01_rnn_shapes")
    (tmp_path / "pyproject.toml").write_text(f'[tool.rnnshapes]\ninstall = "{install}"\n')
    row = next(
        line
        for line in table.lesson_table(tmp_path, lambda lesson: building.read_texts(tmp_path, lesson)).splitlines()
        if line.startswith("| 01")
    )
    paths = ("notebooks/01_rnn_shapes.ipynb", "release/01_rnn_shapes/rnn_shapes.ipynb")
    opened = re.findall(r"\]\(https://colab.research.google.com/github/([^)]+)\)", row)
    assert opened == ([where + path for path in paths] if where else [])
    assert [f"]({path})" in row for path in paths] == [True, True]
    assert ("colab" in row) == bool(where)


# ---------------------------------------------------------------- what editors and people make of a notebook


def without_ids(root, path, *, metadata=True):
    """Save a notebook as editors do that write format 4.4: no cell ids; perhaps no metadata that they don't know."""
    found = json.loads((root / path).read_text("utf-8"))
    found["nbformat_minor"] = 4
    for cell in found["cells"]:
        del cell["id"]
    if not metadata:
        found["metadata"] = {"kernelspec": found["metadata"]["kernelspec"]}
    (root / path).write_text(json.dumps(found), "utf-8")


@pytest.mark.parametrize("kept", [True, False], ids=["its-metadata", "no-metadata"])
@pytest.mark.parametrize("path", [SOURCE, LECTURED])
def test_generated_cells_without_ids_never_become_lesson_text(tmp_path, path, kept):
    course = make_course(tmp_path / "c", install="git+https://github.com/o/r@main")
    building.build(course)
    edit(course, path, lambda cells: cells[1].update(source=cells[1].source + "\n\nMore."))
    without_ids(course, path, metadata=kept)
    # The setting has moved on: neither the badge nor the requirement are those of the notebook.
    (course / "pyproject.toml").write_text('[tool.rnnshapes]\ninstall = "git+https://github.com/o/r@main"\n')
    absorb(course, path, force=True)
    new = (course / "lessons/01_a" / TEXTS[path]).read_text("utf-8")
    assert "More." in new and "colab" not in new and "pip install" not in new and "import rnnshapes" not in new
    clean(course)


def test_a_badge_of_another_branch_and_colabs_link_are_no_text(tmp_path):
    course = make_course(tmp_path / "c", install="git+https://github.com/o/r@main")
    building.build(course)
    link = (
        '<a href="https://colab.research.google.com/github/o/r/blob/main/a.ipynb" target="_parent">'
        '<img src="https://colab.research.google.com/assets/colab-badge.svg" alt="Open In Colab"/></a>'
    )

    def change(cells):
        cells[1]["source"] = cells[1]["source"].replace("/o/r/blob/main/", "/fork/r/blob/next/") + "\n\nMore."
        cells.insert(0, nbformat.v4.new_markdown_cell(link, id="any"))

    edit(course, LECTURED, change)
    absorb(course, LECTURED)
    new = (course / "lessons/01_a/lecture.py").read_text("utf-8")
    assert "More." in new and "colab" not in new
    clean(course)


@pytest.mark.parametrize(
    "noted",
    [
        {"jp-MarkdownHeadingCollapsed": True},
        {"pycharm": {"name": "#%%\n"}},
        {"notebookRunGroups": {"groupValue": "1"}},
        {"cellView": "form", "colab_type": "code"},
        {"slideshow": {"slide_type": "skip"}, "whatever a new editor notes": [1]},
    ],
    ids=lambda noted: next(iter(noted)),
)
def test_what_editors_note_about_a_cell_is_dropped(course, noted):
    building.build(course)

    def change(cells):
        for cell in cells:
            cell.metadata.update(noted)
        cells[1]["source"] += "\n\nMore."

    edit(course, SOURCE, change)
    absorb(course, SOURCE)
    clean(course)
    assert "More." in (course / "lessons/01_a/assignment.py").read_text("utf-8")
    assert next(iter(noted)) not in (course / SOURCE).read_text("utf-8")


MISTYPED = """### begin hidden tests|###BEGIN  HIDDEN TESTS|### BEGIN HIDDEN TEST|### Begin Hidden-Tests ###
# HIDDEN TESTS BEGIN|### BEGIN HIDEN TESTS"""


@pytest.mark.parametrize("typed", re.split("[|\n]", MISTYPED))
def test_a_mark_that_nbgrader_would_not_read_is_named_with_file_and_line(course, typed, capsys):
    path = course / "lessons/01_a/assignment.py"
    before = path.read_text("utf-8")
    # nbgrader reads "###BEGIN HIDDEN TESTS" anywhere in a line, but not with two spaces
    path.write_text(before.replace("### BEGIN HIDDEN TESTS", typed, 1), "utf-8")
    line = before[: before.index("### BEGIN HIDDEN TESTS")].count("\n") + 1
    wanted = f"lessons/01_a/assignment.py:{line}: got {typed!r}"
    for report in (building.build(course), building.check(course)):
        assert any(wanted in problem and "### BEGIN HIDDEN TESTS" in problem for problem in report.problems)
    assert not (course / RELEASE).exists()


@pytest.mark.parametrize(
    "line",
    ["# the hidden tests begin here, with other sizes", "begin = 1", "## Begin", "# End of the first solution"],
)
def test_ordinary_lines_are_no_marks(line):
    from rnnshapes.authoring.marks import almost_a_mark

    assert almost_a_mark(line) == ""
