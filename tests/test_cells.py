"""Which cell runs where, and that a set-up cell which is left out is never missed."""

# ruff: noqa: E501  (tables of cells)

import ast
import contextlib
import io
import os
import random
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, os.path.dirname(__file__))
from grading_help import answer, cell, dump, graded, readonly  # noqa: E402

from rnnshapes.authoring.marks import Delimiters  # noqa: E402
from rnnshapes.grading.execute.cells import bound, global_reads, parse, read_plan, visible  # noqa: E402
from rnnshapes.grading.execute.setup_cells import is_quiet, needed  # noqa: E402

LESSON = Path(__file__).parents[1] / "source/01_rnn_shapes/rnn_shapes.ipynb"


def plan(*cells):
    return read_plan(dump(list(cells)).decode())


def test_lesson_01_checks_and_tests_run_in_the_referee_with_the_answers_that_they_use():
    read = read_plan(LESSON.read_text())
    kinds = {one.grade_id: one.kind for one in read}
    assert kinds["setup"] == kinds["model"] == kinds["picture_step"] == "setup"
    for one in read:
        if one.grade_id.startswith(("check_", "test_")):
            assert one.kind == "refereed" and len(one.binds) == 1
            assert one.binds[0] in one.grade_id
    assert {one.grade_id for one in read if one.kind == "answer"} == {
        *("predicted", "name_weights", "rnn_by_hand", "rnn_by_hand_batched")
    }


def test_a_test_fetches_what_a_set_up_function_uses_of_the_answers():
    read = plan(
        cell("def average(): return f(2)"), answer("a", "def f(x): return x"), graded("t", "assert average() == 2")
    )
    assert read[-1].binds == ("f",)


def test_a_name_that_set_up_binds_again_is_no_longer_the_students():
    read = plan(answer("a", "x = 1"), cell("x = 5"), graded("t", "assert x == 5"))
    assert read[-1].binds == ()


def test_imports_of_an_answer_cell_are_not_fetched_but_made_in_the_referee():
    read = plan(answer("a", "import math\nroot = math.sqrt(4)"), graded("t", "assert root == math.sqrt(4)"))
    assert read[0].source == "import math" and read[1].binds == ("root",)


@pytest.mark.parametrize(
    ("source", "partial"),
    [
        ("points = 0.5\npoints", True),
        ("2 * 3", True),
        ("f(3)", False),  # a student's function does not decide on points
        ("f(3).shape[0]", False),
        ("assert f(3)", False),
        ("points = f(3)", False),
    ],
)
def test_partial_credit_is_what_the_test_works_out(source, partial):
    assert plan(answer("a", "def f(x): return x"), graded("t", source))[-1].partial is partial


def test_odd_notebooks_have_a_plan():
    assert plan() == ()
    assert [one.kind for one in plan(cell("%matplotlib inline\n!ls"), cell("def f("), cell(""))] == ["setup"] * 3
    assert [one.kind for one in plan(answer("a", "x ="), graded("t", "assert True"))] == ["answer", "refereed"]
    assert [one.kind for one in plan(readonly("r", "y = 1"), cell("words", "w", kind="markdown"))] == ["setup"]


def test_hidden_tests_and_mark_schemes_are_cut():
    text = "a\n### BEGIN HIDDEN TESTS\nb\n### END HIDDEN TESTS\nc\n### BEGIN MARK SCHEME\nd\n### END MARK SCHEME\ne"
    assert visible(text) == "a\nc\ne"
    assert visible(text.replace("### ", "#").title()) == "A\nC\nE"  # whatever the marks' spaces and capitals
    own = Delimiters(begin_tests="SECRET", end_tests="PUBLIC")
    assert visible("a\n# SECRET\nb\n# PUBLIC\nc", own) == "a\nc"


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("[y := 1 for _ in range(2)]", {"y"}),
        ("match p:\n    case [a, *b]: pass\n    case {'k': c, **d}: pass\n    case e: pass", {"a", "b", "c", "d", "e"}),
        ("with open('f') as g: pass", {"g"}),
        ("try: pass\nexcept E as e: pass", {"e"}),
        ("class A:\n    b = 1", {"A"}),
        ("[i for i in x]", set()),
        ("%matplotlib inline\nx = 1", {"x"}),
        ("import a.b as c, d.e", {"c", "d"}),
    ],
)
def test_bound(source, names):
    assert bound(parse(source)) == names


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("n += 1", {"n"}),
        ("del n", {"n"}),
        ("def f():\n    return lambda: n", {"n"}),
        ("def f(n):\n    return n", set()),
        ("class A:\n    b = n", {"n"}),
        ("[n for m in k]", {"n", "k"}),
        ("%time f(n)", {"get_ipython"}),
    ],
)
def test_global_reads(source, names):
    assert global_reads(source) == names


def test_cells_that_touch_more_than_variables_are_not_quiet():
    for source in ("np.random.seed(1)", "x = np.random.rand(3)", "with open('f', 'w') as g: g.write('x')", "del x",
                   "x = os.environ.pop('A')", "import os\nos.chdir('/')", "a.b = 1", "a[0] = 1", "%cd /",
                   "from os import *", "text = Path('f').write_text('x')", ""):  # fmt: skip
        assert not is_quiet(source), source


SETUP = [  # (the cell, what it does to v, w, z)
    *("{v} = {n}", "{v} = [{n}, {n}]", "{v} = list({w})", "{v} = {w}", "{v} = [{w}]", "{v}, {w} = {w}, {v}"),
    *("{v} = [i for i in range({n})]", "{v} = {w}.copy()", "{v} = len({w})", "{v} = {w}.pop()", "{v} = {w} + [{n}]"),
    *("{v}.append({n})", "{v} += [{n}]", "{v}[0] = {n}", "for {v} in range({n}): pass", "del {v}", "print({v})"),
    *("def f_{v}(): return {w}", "def f_{v}():\n    {w}.append({n})\n    return {n}", "{v} = f_{w}()"),
    *("def f_{v}():\n    global {w}\n    {w} = [{n}]\n    return {n}", "{z} = {v}; {z}.append({n})", "f_{v}()"),
    *("class C_{v}:\n    held = {w}", "{v} = C_{w}.held", "{v} = np.zeros({n}); {v}[0] = {n}", "{v} = np.asarray({w})"),
    *("if {w}:\n    {v} = {w}", "try:\n    {v} = {w}.pop()\nexcept Exception:\n    {v} = []", "{v} = max({w}, {z})"),
    *("{v} = lambda: {w}.append({n})", "{v} = [{w}.append({n})]", "{v} = np.random.rand({n})", "np.random.seed({n})"),
    *("{v} = {w} = [{n}]", "{v} = dict(a={w})", "{v} = [*{w}, {n}]", "{v} = (y := {w})", "{v} = {{'a': {w}}}['a']"),
    "with contextlib.suppress(Exception):\n    {v} = {w}.pop()",
]
STUDENT = ["seen = str({v})", "seen = str(({v}, {w}))", "seen = str(f_{v}())", "{v}.append(9)\nseen = str({v})",
           "def mine(): return {v}\nseen = str(mine())", "seen = str(np.random.rand())", "{v} += [1]\nseen = str({v})"]  # fmt: skip


def run(cells):
    """Run cells as a notebook does, each by itself; return what the student's last cell saw."""
    np.random.seed(0)
    space = {"np": np, "contextlib": contextlib, "__name__": "__main__"}
    error = ""
    for source in cells:
        error = ""
        with contextlib.redirect_stdout(io.StringIO()):
            try:
                exec(compile(ast.parse(source), "cell", "exec"), space)
            except Exception as problem:
                error = type(problem).__name__
    seen = space.get("seen")
    return error, seen if " at 0x" not in str(seen) else "an object"


def test_left_out_cells_are_never_missed():
    """Small random notebooks: the student's code sees the same with and without the cells that are left out."""
    rng = random.Random(0)
    left_out = 0
    for _ in range(500):
        names = [dict(zip("vwz", rng.choices("abc", k=3), strict=True)) | {"n": rng.randint(1, 4)} for _ in range(9)]
        setup = [f"{name} = [{place}]" for place, name in enumerate("abc")]
        setup += [rng.choice(SETUP).format(**names[at]) for at in range(rng.randint(2, 8))]
        student = rng.choice(STUDENT).format(**names[-1])
        use = needed(setup, global_reads(student))
        left_out += use.count(False)
        kept = [source for source, wanted in zip(setup, use, strict=True) if wanted]
        everything, fewer = run([*setup, student]), run([*kept, student])
        assert everything == fewer, (
            f"{setup}\n{student}\nleft out: {[s for s, u in zip(setup, use, strict=True) if not u]}"
        )
    assert left_out > 200  # and it does leave cells out


def test_lesson_01_leaves_out_the_model_and_the_pictures_for_code_that_needs_neither():
    setup = [one for one in read_plan(LESSON.read_text()) if one.kind == "setup"]
    names, sources = [one.grade_id for one in setup], [one.source for one in setup]
    use = dict(zip(names, needed(sources, {"np", "N", "T", "D", "rnnshapes"}), strict=True))
    assert use["setup"] and not use["model"] and not use["picture_step"]
    assert dict(zip(names, needed(sources, {"Yhat"}), strict=True))["model"]
