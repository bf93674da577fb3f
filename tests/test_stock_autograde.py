"""Plain `nbgrader autograde` and the formgrader's Autograde button on our engine, against nbgrader's own engine.

nbgrader's own tests are in tests/stock/autograde.py, with each difference argued where it is tested.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from rnnshapes.authoring.write_notebook import install_source
from rnnshapes.demo.sample_class import hand_in, read_class
from rnnshapes.grading.execute.sandbox import unavailable

ROOT = Path(__file__).parents[1]
LESSON, NAME = "01_rnn_shapes", "rnn_shapes"
STOCK = "tests/stock/autograde.py"
SKIPPED_BY_NBGRADER = {"test_many_students", "test_infinite_loop_with_output"}
# One student of each kind: nbgrader takes some 12 s for each. RNNSHAPES_WHOLE_CLASS=1 compares everyone.
KINDS = "chen_wei dilnoza_k ines_m kwame_a mehmet_y priya_v siamak_f ulrike_p wanjiru_m xochitl_a".split()
NBGRADERS_OWN = '\nc.pop("Autograde")\nc.Execute.timeout = 120  # seconds: a busy machine is no wrong answer\n'

pytestmark = pytest.mark.skipif(bool(unavailable()), reason=f"grading needs a sandbox: {unavailable()}")


def environment(home):
    """A shell's variables, without the course's settings and without the user's own of Jupyter."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RNNSHAPES", "JUPYTER"))}
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    return kept | {"HOME": str(home), "PATH": path}


def test_nbgraders_own_tests_pass_but_for_named_differences(tmp_path):
    from nbgrader.tests.apps.test_nbgrader_autograde import TestNbGraderAutograde

    text = (ROOT / STOCK).read_text(encoding="utf-8")
    names = {name for name in dir(TestNbGraderAutograde) if name.startswith("test_")}
    names |= set(re.findall(r"^    def (test_\w+)", text, re.MULTILINE))
    halves = [sorted(names)[0::2], sorted(names)[1::2]]

    def run(half):
        ids = [f"{STOCK}::TestAutograde::{name}" for name in half]
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rA", "-q", "--tb=short", "--no-header"]
        settings = {"HOME": str(tmp_path), "COLUMNS": "200"}
        return subprocess.run(
            [*command, *ids], cwd=ROOT, env=environment(tmp_path) | settings, capture_output=True, text=True
        )

    with ThreadPoolExecutor(2) as pool:  # each keeps a sandbox and a referee of its own
        done = list(pool.map(run, halves))
    assert [one.returncode for one in done] == [0, 0], "\n".join(one.stdout[-6000:] for one in done)
    said = "\n".join(one.stdout for one in done)
    passed = set(re.findall(r"^PASSED \S+::(test_\w+)", said, re.MULTILINE))
    assert passed == names - SKIPPED_BY_NBGRADER


@pytest.mark.parametrize(
    ("set_up", "test", "loose"),
    [
        ("import math", "assert a == math.pi", ("a",)),  # the instructor typed no solution that binds it
        (install_source("rnnshapes"), "assert a == 3", ("a",)),  # %pip binds nothing
        ("import math", "def twice(v):\n    return v + v\nassert twice(2) == len([w for w in 'abcd'])", ()),
        ("from math import *", "assert sqrt(4) == 2", ()),  # where names may come from anywhere, none is the student's
        ("%run helper.py", "assert helper(4) == 2", ()),
        ("%pip install x\nget_ipython().push({'helper': len})", "assert helper('ab') == 2", ()),
        ("exec('right = 2')", "assert right == 2", ()),
        ("if False:\n    right = 2", "assert right == 2", ()),  # a cell that failed leaves no gap for a student to fill
    ],
)
def test_only_names_that_no_instructors_cell_binds_come_from_the_student(set_up, test, loose):
    from nbformat.v4 import new_notebook
    from nbformat.v4.nbjson import writes
    from nbgrader.tests import create_grade_cell, create_locked_cell, create_solution_cell

    from rnnshapes.grading.execute.cells import read_plan

    cells = [create_locked_cell(set_up, "code", "set_up"), create_solution_cell("# a = ?", "code", "answer")]
    plan = read_plan(writes(new_notebook(cells=[*cells, create_grade_cell(test, "code", "test", 1)])))
    assert plan[-1].loose == loose and plan[-1].kind == "refereed"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A copy of the course whose gradebook knows the assignment; the environment for commands in it."""
    folder, env = tmp_path_factory.mktemp("course"), environment(tmp_path_factory.mktemp("home"))
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    for part in ("source", "release"):
        shutil.copytree(ROOT / part / LESSON, folder / part / LESSON)
    nbgrader("generate_assignment", LESSON, cwd=folder, env=env)
    return folder, env


def nbgrader(*words, cwd, env):
    done = subprocess.run(["nbgrader", *words], cwd=cwd, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-4000:]


def read_scores(folder):
    """Return the automatic scores in a gradebook, {login: {cell: points, None for a person to grade}}."""
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
        return {
            submission.student.id: {
                grade.name: grade.auto_score for notebook in submission.notebooks for grade in notebook.grades
            }
            for submission in gradebook.assignment_submissions(LESSON)
        }


def test_scores_equal_those_of_stock_nbgrader(course, tmp_path):
    folder, env = course
    honest = [
        one for one in read_class(ROOT / f"lessons/{LESSON}/class") if not (one.corrupt or one.stripped or one.hostile)
    ]
    students = [one for one in honest if one.login in KINDS or os.environ.get("RNNSHAPES_WHOLE_CLASS")]
    assert len(students) >= len(KINDS)

    def graded_by(engine, some, settings):
        place = shutil.copytree(folder, tmp_path / engine)
        with open(place / "nbgrader_config.py", "a", encoding="utf-8") as file:
            file.write(settings)
        hand_in(some, release=place / "release" / LESSON / f"{NAME}.ipynb", submitted=place / "submitted")
        nbgrader("autograde", LESSON, cwd=place, env=env)
        return read_scores(place)

    with ThreadPoolExecutor(2) as pool:
        halves = [pool.submit(graded_by, f"stock{k}", students[k::2], NBGRADERS_OWN) for k in (0, 1)]
        stock = halves[0].result() | halves[1].result()
    ours = graded_by("ours", students, "")
    assert set(ours) == {student.login for student in students}
    assert ours == stock


@pytest.fixture
def server(course, tmp_path):
    """A Jupyter server with the formgrader on two submissions; its folder, its address and its process."""
    folder, env = course
    place = shutil.copytree(folder, tmp_path / "course")
    pair = [one for one in read_class(ROOT / f"lessons/{LESSON}/class") if one.login in ("adaobi_n", "oisin_c")]
    hand_in(pair, release=place / "release" / LESSON / f"{NAME}.ipynb", submitted=place / "submitted")
    said = open(tmp_path / "server.log", "w+")
    command = [sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=0"]
    extension = "{'nbgrader.server_extensions.formgrader': True}"
    command += ["--IdentityProvider.token=secret", f"--ServerApp.jpserver_extensions={extension}"]
    files = {"JUPYTER_RUNTIME_DIR": str(tmp_path / "run"), "JUPYTER_CONFIG_DIR": str(tmp_path / "config")}
    process = subprocess.Popen(command, cwd=place, env=env | files, stdout=said, stderr=said, start_new_session=True)
    try:
        yield place, wait_for_address(tmp_path / "run", process), process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        said.close()


def wait_for_address(folder, process):
    end = time.monotonic() + 120
    while time.monotonic() < end and process.poll() is None:
        for path in folder.glob("jpserver-*.json"):
            try:
                return json.loads(path.read_text())["url"]
            except (ValueError, KeyError):
                pass  # it is being written
        time.sleep(0.1)
    raise AssertionError("the server did not start: see server.log")


def test_the_formgraders_autograde_button(server):
    place, address, process = server

    def ask(path, method="GET"):
        request = urllib.request.Request(
            f"{address}formgrader/{path}", method=method, data=b"" if method == "POST" else None
        )
        request.add_header("Authorization", "token secret")
        with urllib.request.urlopen(request, timeout=300) as answer:
            return answer.read().decode()

    for login in ("adaobi_n", "oisin_c"):
        said = json.loads(ask(f"api/submission/{LESSON}/{login}/autograde", "POST"))
        assert said["success"], said
    with Gradebook(f"sqlite:///{place}/gradebook.db") as gradebook:
        scores = {one.student.id: one.score for one in gradebook.assignment_submissions(LESSON)}
    assert scores == {"adaobi_n": 12, "oisin_c": 3}
    submission = json.loads(ask(f"api/submission/{LESSON}/oisin_c"))
    assert submission["autograded"] and submission["score"] == 3 and submission["max_score"] == 12
    rows = json.loads(ask(f"api/submitted_notebooks/{LESSON}/{NAME}"))
    assert {row["student"]: row["score"] for row in rows} == scores
    assert "rnn_by_hand" in ask(f"submissions/{rows[0]['id']}/")

    import psutil

    helpers = psutil.Process(process.pid).children(recursive=True)
    assert any("rnnshapes.grading" in " ".join(one.cmdline()) for one in helpers)
    process.send_signal(signal.SIGTERM)
    process.wait(60)
    _, alive = psutil.wait_procs(helpers, timeout=60)
    assert not alive  # sandbox and referee end with the server
