"""What a kept set-up cell puts back is what it would come to if it ran, and where that is not sure, it runs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from rnnshapes.grading.execute import replay
from rnnshapes.grading.execute.shell import Ran
from rnnshapes.layers.cases import import_keras

ROOT = Path(__file__).parents[1]


class Notebook:
    """As much of a shell as a Replay needs."""

    def __init__(self):
        self.user_ns, self.sent, self.ran = {"np": np, "__name__": "__main__"}, [], []
        self.emit = self.sent.append
        self.user_ns["display"] = lambda text: self.emit({"output": {"data": text, "execution_count": self.count}})
        self.user_ns["random"] = np.random

    def run(self, source, *, count=None):
        self.count = count
        self.ran.append(source)
        try:
            exec(compile(source, "<cell>", "exec"), self.user_ns)
        except Exception as error:
            return Ran(None, error)
        return Ran(None, None)


@pytest.fixture
def notebook(monkeypatch):
    monkeypatch.setattr(replay, "_WORTH", 0.0)
    return Notebook()


@pytest.fixture
def again(notebook):
    return replay.Replay(notebook)


def run(again, *cells):
    """Run cells as for one submission; return which of them really ran, and what they bound."""
    notebook = again.shell
    for name in set(notebook.user_ns) - {"np", "display", "random", "__name__"}:
        del notebook.user_ns[name]
    notebook.ran.clear()
    notebook.sent.clear()
    np.random.seed(7)
    errors = [again.run(cell, count=number).error for number, cell in enumerate(cells, 1)]
    assert not any(errors), errors
    return [cell in notebook.ran for cell in cells], {k: v for k, v in notebook.user_ns.items() if k[:2] != "__"}


@pytest.mark.parametrize(
    "cells",
    [
        ["a = np.arange(3)\nb = {'a': [a, 1.5]}", "c = b['a'][0] + 1"],
        ["def f(x): return x + k\nk = 2", "y = f(1)"],
        ["a = random.rand(3)", "b = random.rand(2)"],  # the second draws go on from the first
        ["a, b = 1, (2, {3: 4})\nfor d in b:\n    e = d"],
        ["a = 'x' * 3\ndisplay(a)"],
    ],
)
def test_what_is_put_back_is_what_came_of_it(again, cells):
    ran, first = run(again, *cells)
    shown = list(again.shell.sent)
    chance = np.random.rand()
    assert all(ran)
    ran, second = run(again, *cells)
    assert not any(ran) and again.replayed == len(cells)
    assert repr({k: v for k, v in second.items() if not callable(v)}) == repr(
        {k: v for k, v in first.items() if not callable(v)}
    )
    assert again.shell.sent == shown and np.random.rand() == chance


def test_a_result_shown_again_has_its_cells_new_number(again):
    cells = ["a = 1\ndisplay(a)"]
    run(again, *cells)
    again.shell.user_ns.pop("a")
    again.shell.sent.clear()
    np.random.seed(7)
    again.run(cells[0], count=9)
    assert again.shell.sent == [{"output": {"data": 1, "execution_count": 9}}] and again.replayed == 1


@pytest.mark.parametrize(
    ("cells", "between"),
    [
        (["a = np.zeros(3)"], "a[0] = 1"),  # a test wrote into what the cell made
        (["b = [1, {'c': 2}]"], "b[1]['c'] = 3"),
        (["def f(x): return x"], "f.note = 1"),
        (["def f(x): return x + k\nk = 2"], "k = 3"),
    ],
)
def test_what_was_changed_since_is_made_anew(again, cells, between):
    _, first = run(again, *cells)
    again.shell.run(between)
    ran, second = run(again, *cells)
    if between != "k = 3":  # a name bound anew leaves what the cell made as it is
        assert ran == [True]
    for name, value in second.items():
        if isinstance(value, np.ndarray | list):
            assert repr(value) == repr([1, {"c": 2}] if name == "b" else np.zeros(3))
    assert second.get("k", 2) == 2


@pytest.mark.parametrize(
    "change", ["k = 3", "def g(x): return x - 1", "a = np.ones(3, 'float32')", "random.rand()", "a[0] = 9"]
)
def test_a_cell_that_finds_something_else_runs(again, change):
    cells = ["y = g(a) * k + random.rand()"]
    start = "k = 2\na = np.ones(3)\ndef g(x): return x + 1"

    def go(*more):
        again.shell.user_ns.clear()
        again.shell.user_ns.update(np=np, random=np.random)
        np.random.seed(7)
        for source in (start, *more):
            again.shell.run(source)
        again.shell.ran.clear()
        again.run(cells[0], count=1)
        return bool(again.shell.ran)

    assert go() and not go() and go(change) and not go()


@pytest.mark.parametrize(
    "cell",
    [
        "np.random.seed(3)",
        "import os\nos.environ['A'] = 'b'",
        "open('x', 'w').write('y')",
        "np.save('x', np.ones(2))",
        "exec('a = 1')",
        "a = object()",  # nothing tells its state
        "a = (b for b in range(3))",
        "a = open",
        "class A: pass",
        "def outer():\n    n = [0]\n    def inner():\n        n[0] += 1\n    return inner\na = outer()",
    ],
)
def test_a_cell_that_might_do_more_always_runs(again, cell, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for _ in range(3):
        assert run(again, cell)[0] == [True]


def test_a_cell_that_changes_what_it_found_runs(again):
    for _ in range(3):
        ran, space = run(again, "a = [1]", "b = a.append(2)")
        assert ran[1] and space["a"] == [1, 2]


def test_a_cell_that_fails_fails_each_time(again):
    for _ in range(3):
        again.shell.ran.clear()
        assert isinstance(again.run("a = 1 / 0", count=1).error, ZeroDivisionError) and again.shell.ran


BUILD = "model = keras.Sequential([keras.Input((3, 2)), keras.layers.SimpleRNN(4), keras.layers.Dense(1)])"


@pytest.mark.parametrize(
    ("between", "runs"),
    [
        ("", False),
        ("model.predict(X, verbose=0)", False),
        ("model.set_weights([w + 1 for w in model.get_weights()])", True),
        ("model.compile(loss='mse')\nmodel.fit(X, X[:, 0, :1], verbose=0)", True),
        ("model.layers[0].trainable = False", True),
    ],
)
def test_a_model_is_put_back_while_nobody_changes_it(again, between, runs):
    keras, X = import_keras(), np.ones((5, 3, 2))

    def go():
        again.shell.user_ns.update(keras=keras, X=X)
        keras.utils.set_random_seed(7)
        again.shell.ran.clear()
        again.run(BUILD, count=1)
        return bool(again.shell.ran), again.shell.user_ns["model"].get_weights()

    again.shell.user_ns.clear()
    _, weights = go()
    again.shell.run(between)
    again.shell.user_ns.pop("model")
    ran, after = go()
    assert ran == runs
    assert all(np.array_equal(one, other) for one, other in zip(weights, after, strict=True))


STATEFUL = """layer = keras.layers.SimpleRNN(2, stateful=True)
layer.build((1, 3, 2))"""


def test_a_layer_that_has_run_on_is_made_anew(again):
    again.shell.user_ns.update(keras=import_keras())
    for _ in range(2):
        import_keras().utils.set_random_seed(7)
        again.shell.ran.clear()
        again.run(STATEFUL, count=1)
        assert again.shell.ran
        again.shell.user_ns.pop("layer")(np.ones((1, 3, 2)))


TWICE = """import json, logging, sys
from rnnshapes.grading.execute.cells import SETUP, read_plan
from rnnshapes.grading.execute.replay import Replay
from rnnshapes.grading.execute.shell import Shell

logging.getLogger("tensorflow").addFilter(lambda record: "retracing" not in str(record.msg))
shell, sent = Shell.make(), []
shell.connect(sent.append)
again, said = Replay(shell), []
text = open(sys.argv[1], encoding="utf-8").read()
sources = ["".join(cell["source"]) for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
for run in (shell.run, again.run, again.run):
    shell.fresh()
    if "keras" in sys.modules:
        sys.modules["keras"].backend.clear_session(free_memory=False)
    sent.clear()
    for cell, source in zip(read_plan(text), sources, strict=True):
        ran = (run if cell.kind == SETUP and not cell.binds else shell.run)(source, count=1)
        assert ran.error is None, ran.error
    printed = "".join(one["output"].get("text", "") for one in sent if one["output"].get("name") == "stdout")
    shown = [one["output"].get("data", {}).get("text/plain") for one in sent]
    said.append((printed, [text for text in shown if text]))
with open(sys.argv[2], "w") as file:
    json.dump([again.replayed, said], file)
"""


@pytest.mark.parametrize("lesson", ["01_rnn_shapes", "02_every_step", "04_state"])
def test_a_lesson_says_the_same_whether_its_set_up_ran_or_was_put_back(lesson, tmp_path):
    source = ROOT / "source" / lesson / f"{lesson[3:]}.ipynb"
    command = [sys.executable, "-c", TWICE, source, tmp_path / "said.json"]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, env=os.environ | {"RNNSHAPES_SEED": "s"}
    )
    assert done.returncode == 0, done.stderr[-3000:]
    replayed, (plain, first, second) = json.loads((tmp_path / "said.json").read_text())
    assert replayed >= 1 and first == plain and second == plain
