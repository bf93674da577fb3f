"""nbgrader's own tests of `nbgrader autograde`, run with this course's nbgrader_config.py: repair, sandbox, referee.

    pytest tests/stock/autograde.py

`tests/test_stock_autograde.py` runs it, in a process of its own: these tests change os.environ and nbgrader's
singletons. Every test of nbgrader's is inherited and runs as it is. Those that are written anew here are the
differences: each says what nbgrader does, what happens instead, and why.
"""

from __future__ import annotations

import os
import shutil
from os.path import join
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_notebook
from nbgrader.api import Gradebook

pytest.register_assert_rewrite("nbgrader.tests.apps.test_nbgrader_autograde")

from nbgrader.tests import (  # noqa: E402
    create_grade_cell,
    create_solution_cell,
    run_nbgrader,
)
from nbgrader.tests.apps import test_nbgrader_autograde as stock  # noqa: E402
from nbgrader.tests.apps.conftest import course_dir, db, temp_cwd  # noqa: E402, F401

CONFIG = Path(__file__).resolve().parents[2] / "nbgrader_config.py"


@pytest.fixture(scope="module", autouse=True)
def this_course(tmp_path_factory):
    """Make nbgrader read this course's settings first, and nobody else's; end sandbox and referee with the tests."""
    from nbgrader import api

    from rnnshapes.authoring.release import version_of_tables
    from rnnshapes.grading.execute import grade_one as grade

    assert version_of_tables() == api.get_alembic_version()
    folder = tmp_path_factory.mktemp("config")
    shutil.copy(CONFIG, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_CONFIG_DIR", str(folder))
        patch.setenv("RNNSHAPES_EXCHANGE", str(folder))
        patch.delenv("RNNSHAPES_COURSE", raising=False)
        patch.delenv("RNNSHAPES_SEED", raising=False)
        patch.setattr(api, "get_alembic_version", version_of_tables)  # 43 new gradebooks, 6 s each
        yield
        grade.close()


class TestAutograde(stock.TestNbGraderAutograde):
    """nbgrader's tests, and in their place or beside them the differences."""

    def test_side_effects(self, db, course_dir):  # noqa: F811
        """Files that a notebook writes are not kept.

        In nbgrader they stay in autograded/, since the kernel runs there with the instructor's rights. Here it runs in
        a scratch folder that is wiped: a submission that could write there could fill the disk, replace the notebook
        that it is graded by, or leave a file for the instructor to open. What it shows is in its outputs.
        """
        self._prepare("side-effects.ipynb", db=db, course=course_dir)
        self._copy_file(join("files", "side-effects.ipynb"), join(course_dir, "submitted", "foo", "ps1", "p1.ipynb"))
        run_nbgrader(["autograde", "ps1", "--db", db])

        (cell,) = self._autograded(course_dir, "foo").cells
        assert cell.execution_count == 1 and not any(output.output_type == "error" for output in cell.outputs)
        assert os.listdir(join(course_dir, "autograded", "foo", "ps1")) == ["p1.ipynb"]
        assert os.listdir(join(course_dir, "submitted", "foo", "ps1")) == ["p1.ipynb"]

    def test_handle_failure(self, course_dir):  # noqa: F811
        """A notebook with graded cells that the assignment does not have is graded; nbgrader fails on it.

        There `foo` is graded, and `bar`, who handed in another assignment's notebook as p2, gets an error in the log,
        no feedback, and no score. Here the foreign cells lose their marks, which earns nothing, and both the
        instructor and the student are told: the student learns what went wrong, and the command ends well.
        """
        self._prepare_empty(course_dir, "p1", "p2")
        self._hand_in_foreign("bar", course_dir)
        for name in ("p1", "p2"):
            self._empty_notebook(join(course_dir, "submitted", "foo", "ps1", f"{name}.ipynb"))
        said = run_nbgrader(["autograde", "ps1"])

        for student in ("foo", "bar"):
            assert sorted(os.listdir(join(course_dir, "autograded", student, "ps1"))) == ["p1.ipynb", "p2.ipynb"]
        self._check_foreign(self._autograded(course_dir, "bar", "p2"), said)
        with Gradebook("sqlite:///" + join(course_dir, "gradebook.db")) as gradebook:
            assert {one.student.id: (one.score, one.max_score) for one in gradebook.assignment_submissions("ps1")} == {
                "foo": (0, 0),
                "bar": (0, 0),
            }

    def test_handle_failure_single_notebook(self, course_dir):  # noqa: F811
        """With --notebook too, a foreign notebook does not take the others of its submission away: see above."""
        self._prepare_empty(course_dir, "p1", "p2")
        self._hand_in_foreign("foo", course_dir)
        said = run_nbgrader(["autograde", "ps1", "--notebook", "p*"])

        assert sorted(os.listdir(join(course_dir, "autograded", "foo", "ps1"))) == ["p1.ipynb", "p2.ipynb"]
        self._check_foreign(self._autograded(course_dir, "foo", "p2"), said)

    def test_missing_source_kernelspec(self, course_dir):  # noqa: F811
        """The kernel that a submission names does not matter; in nbgrader, one that is not installed is a failure.

        Where the instructor's notebook names no kernel, nbgrader starts the one that the submission asks for: any
        kernelspec on the instructor's machine. Here cells run in Python, in the one shell that the sandbox has. Colab
        and conda write names of their own into notebooks, so an unknown one says nothing about the answers.
        """
        with open("nbgrader_config.py", "a") as file:
            file.write("c.ClearSolutions.code_stub = {'python': '## Answer', 'blah': '## Answer'}")
        self._prepare_empty(course_dir, "p1")
        for student, kernel in (("foo", "python"), ("bar", "blarg")):
            path = join(course_dir, "submitted", student, "ps1", "p1.ipynb")
            self._empty_notebook(path, kernel=kernel)
            notebook = nbformat.read(path, as_version=4)
            notebook.cells.append(nbformat.v4.new_code_cell("6 * 7"))
            nbformat.write(notebook, path)
        run_nbgrader(["autograde", "ps1"])
        for student in ("foo", "bar"):
            (cell,) = self._autograded(course_dir, student).cells
            assert [output.data["text/plain"] for output in cell.outputs] == ["42"]

    def test_hidden_tests_single_notebook(self, db, course_dir):  # noqa: F811
        """Links from Markdown cells to files are taken out of autograded notebooks; for the rest nbgrader's test holds.

        In a locked cell of that test stands a picture of the course folder. A notebook in autograded/ is opened by the
        instructor, in viewers that clean nothing, so that no cell of it keeps links that lead into the instructor's
        files; `nbgrader validate` on it says that such a cell has changed.
        """
        picture, copy = "![](jupyter.png)", self._copy_file

        def copy_file(src, dest):
            copy(src, dest)
            if dest.endswith(".ipynb"):
                path = Path(dest)
                path.write_text(path.read_text().replace(picture, "(no picture)"))

        self._copy_file = copy_file
        super().test_hidden_tests_single_notebook(db, course_dir)

        self._copy_file = copy
        self._copy_file(join("files", "test-hidden-tests.ipynb"), join(course_dir, "source", "ps1", "p1.ipynb"))
        run_nbgrader(["autograde", "ps1", "--db", db, "--force"])
        locked = self._autograded(course_dir, "foo").cells[0]
        assert "Jupyter notebook" in locked.source and "jupyter.png" not in locked.source

    def test_no_execute_scores(self, db, course_dir):  # noqa: F811
        """With --no-execute a person grades; nbgrader reads the scores off the outputs that were handed in.

        An output can be typed: a notebook without outputs, as JupyterLab saves it after "Clear All Outputs", gets full
        marks from nbgrader. (nbgrader's own test_no_execute passes: the outputs are kept.)
        """
        self._prepare("submitted-unchanged.ipynb", db=db, course=course_dir)
        path = join(course_dir, "submitted", "foo", "ps1", "p1.ipynb")
        self._copy_file(join("files", "submitted-unchanged.ipynb"), path)
        run_nbgrader(["autograde", "ps1", "--db", db, "--no-execute"])
        scores = self._scores(db, "foo")
        assert scores["foo"] is None and scores["bar"] is None  # nbgrader: 1 and 1, though no answer is there
        with Gradebook(db) as gradebook:
            assert gradebook.find_submission_notebook("p1", "ps1", "foo").needs_manual_grade

    def test_stderr_and_last_outputs(self, db, course_dir):  # noqa: F811
        """A test's score is what the test says: neither a warning on stderr nor a printed or returned value decides.

        nbgrader gives 0 points for any text on stderr, a Keras warning among them, and takes any number that a cell
        ends in for partial credit, even where it is what the student's function returned. Here a test fails if it
        raises, and a number counts where the test itself works it out in its last line.
        """
        solution = "import sys\n### BEGIN SOLUTION\ndef f(x):\n    return x\n### END SOLUTION"
        tests = {
            "warns": "import sys\nassert f(2) == 2\nprint('careful', file=sys.stderr)",
            "returned": "assert f(0.5) == 0.5\nf(0.5)",
            "partial": "right = sum(f(n) == n for n in range(4))\nright / 4",
            "wrong": "assert f(2) == 3",
        }
        cells = [create_solution_cell(solution, "code", "answer")]
        cells += [create_grade_cell(source, "code", name, 1) for name, source in tests.items()]
        path = join(course_dir, "source", "ps1", "p1.ipynb")
        os.makedirs(os.path.dirname(path))
        nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": PYTHON}), path)
        run_nbgrader(["generate_assignment", "ps1", "--db", db])
        answer = "def f(x):\n    return x if x < 3 else 0"
        handed_in = nbformat.read(join(course_dir, "release", "ps1", "p1.ipynb"), as_version=4)
        handed_in.cells[0].source = answer
        os.makedirs(join(course_dir, "submitted", "foo", "ps1"))
        nbformat.write(handed_in, join(course_dir, "submitted", "foo", "ps1", "p1.ipynb"))
        run_nbgrader(["autograde", "ps1", "--db", db])
        # nbgrader: 0, 0.5, 0.75, 0
        assert self._scores(db, "foo") == {"warns": 1, "returned": 1, "partial": 0.75, "wrong": 0}

    def _prepare(self, name, *, db, course):  # noqa: F811
        self._copy_file(join("files", name), join(course, "source", "ps1", "p1.ipynb"))
        run_nbgrader(["generate_assignment", "ps1", "--db", db])

    def _prepare_empty(self, course, *names):
        for name in names:
            self._empty_notebook(join(course, "source", "ps1", f"{name}.ipynb"))
        run_nbgrader(["generate_assignment", "ps1"])

    def _hand_in_foreign(self, student, course):
        self._empty_notebook(join(course, "submitted", student, "ps1", "p1.ipynb"))
        self._copy_file(join("files", "test.ipynb"), join(course, "submitted", student, "ps1", "p2.ipynb"))

    def _check_foreign(self, notebook, said):
        assert notebook.cells and not any("nbgrader" in cell.metadata for cell in notebook.cells)
        (remark,) = notebook.metadata.rnnshapes.repairs
        assert "correct_squares" in remark and remark in said

    def _autograded(self, course, student, name="p1"):
        with open(join(course, "autograded", student, "ps1", f"{name}.ipynb"), encoding="utf-8") as file:
            return nbformat.read(file, as_version=4)

    def _scores(self, db, student):  # noqa: F811
        with Gradebook(db) as gradebook:
            grades = gradebook.find_submission_notebook("p1", "ps1", student).grades
            return {grade.name: grade.auto_score for grade in grades}


PYTHON = {"name": "python3", "display_name": "Python 3", "language": "python"}
