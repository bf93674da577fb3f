"""Where functions are called there is no Keras; what is judged there is judged as in a student's own notebook."""

# ruff: noqa: E501  (cells are quoted as they are)

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, os.path.dirname(__file__))
from grading_help import Limits, printed, student  # noqa: E402

from rnnshapes.authoring.answers import define, read_answers  # noqa: E402
from rnnshapes.grading.execute.remote import to_value  # noqa: E402
from rnnshapes.grading.execute.sandbox import Sandbox, unavailable  # noqa: E402
from rnnshapes.lessons import exercise_names, find_exercise  # noqa: E402

LIMITS = Limits(seconds=600, cell_seconds=60, call_seconds=30)
ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def box():
    if unavailable():
        pytest.skip(unavailable())
    made = Sandbox(LIMITS, tensorflow=False, by_hand=True)
    yield made
    made.close()


def remote(kernel, name):
    """The function as the referee sees it."""

    def ask(message, buffers):
        message = {key: value for key, value in message.items() if key != "name"}
        return kernel.exchange(message, buffers, seconds=60)

    reply, buffers = ask({"op": "fetch", "names": [name]}, [])
    return to_value(reply["values"][name], buffers, ask=ask)


def answers_of(kinds):
    """One answer of each style and belief, for the first exercise of each kind of exercise."""
    seen = set()
    for name in exercise_names():
        exercise, kind = find_exercise(name), type(find_exercise(name))
        if kind in seen or not hasattr(exercise, "function"):
            continue
        seen.add(kind)
        lesson = next(ROOT.glob(f"lessons/{name[:2]}_*"))
        told = set()
        for answer in read_answers(lesson / "answers.py"):
            if answer.name == exercise.function and answer.kind in kinds and answer.says not in told:
                told.add(answer.says)
                yield exercise, lesson.name, answer


@pytest.mark.parametrize(
    "body", ["pass", "...", "'''docs'''", "return None", "y = np.tanh(x @ Wx)", "print(x)", "return x"]
)
def test_a_function_that_gives_nothing_is_judged_as_in_the_notebook(box, body):
    import numpy as np

    exercise = find_exercise("01/rnn_by_hand")
    source = f"def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):\n    {body}\n"
    space = {"np": np}
    exec(source, space)
    with student(box) as kernel:
        kernel.run("import numpy as np", 1)
        kernel.run(source, 2)
        verdict = exercise.judge(remote(kernel, "rnn_by_hand"), exercise.check_cases())
    assert str(verdict) == str(exercise.judge(space["rnn_by_hand"], exercise.check_cases()))


def test_answers_are_judged_through_the_proxy_word_for_word(box):
    differ = []
    for exercise, lesson, answer in answers_of(("right", "wrong", "loops")):
        space = define(exercise, answer, lesson)
        sizes = exercise.notebook
        setup = f"import numpy as np, rnnshapes\nX = np.ones({sizes.shape('NTD')})\nsizes = rnnshapes.Sizes(**{sizes.known})\n"
        setup += "\n".join(f"{letter} = {number}" for letter, number in sizes.known.items())
        with student(box) as kernel:
            kernel.run(setup, 1)
            kernel.run(answer.source, 2)
            touched = kernel.touched
            if answer.name not in space or touched:  # Keras at the top: graded where Keras can run
                continue
            there = str(exercise.judge(remote(kernel, answer.name), exercise.check_cases()))
            touched = kernel.touched
        here = str(exercise.judge(space[answer.name], exercise.check_cases()))
        if there != here and not touched:
            differ.append((answer.name, answer.says, here, there))
    assert not differ


NOT_THERE = [
    "import rnnshapes.layers.cases as c\nc.hidden_cases('01/rnn_by_hand')[0].X.shape",
    "from rnnshapes.lessons import find_exercise\nfind_exercise('01/predicted').truth['X'][0] + 0",
    "import keras\nfloat(keras.ops.tanh(1.0))",
    "import os, keras, tensorflow, sysconfig\nassert os.listdir(sysconfig.get_path('purelib') + '/keras')",
    "import os, rnnshapes\nassert os.path.exists(os.path.dirname(rnnshapes.__file__) + '/layers/cases.py')",
]


@pytest.mark.parametrize("source", NOT_THERE)
def test_no_layer_no_truth_and_no_seed_is_there(box, source):
    with student(box) as kernel:
        outputs = kernel.run(source, 1)
    shown = [one for one in outputs if one["output_type"] == "error"] or "<" in outputs[-1]["data"]["text/plain"]
    assert shown, outputs


def test_what_does_not_need_keras_is_defined_after_what_does(box):
    with student(box) as kernel:
        cell = "import keras, no_such_package as p\np.go()\nw = float(keras.layers.Dense(2).count_params())\nprint(w)\na, b = keras.Model().get_weights()\ndef f(): return 41 + 1"
        kernel.run(cell, 1)
        assert printed(kernel.run("print(f())", 2)) == "42\n"
        assert "no_such_package" in printed(kernel.run("import no_such_package", 3))
        stops = "x = 1 / 0\ny = 2"
        kernel.run(stops, 4)
        assert "NameError" in str(kernel.run("y", 5))


@pytest.mark.parametrize("package", ["pandas", "scipy", "sklearn", "seaborn", "tqdm"])
def test_packages_that_students_import_from_habit_are_there(box, package):
    with student(box) as kernel:
        assert printed(kernel.run(f"import {package}\nprint({package}.__name__)", 1)) == f"{package}\n"
        assert not kernel.touched


def test_a_loop_over_the_stand_in_ends(box):
    with student(box) as kernel:
        kernel.run("import keras\nloss = keras.Model().fit()\nwhile loss: loss = keras.Model().fit()\nx = 3", 1)
        assert printed(kernel.run("print(x)", 2)) == "3\n"


def test_a_busy_machine_is_not_the_submissions_fault(box, monkeypatch):
    waits = iter([0.0, 1.0])
    with student(box) as kernel:
        monkeypatch.setattr(box, "waited_seconds", lambda: next(waits, 1.0))
        assert kernel._waited_for_a_processor(1) == 0 and kernel._waited_for_a_processor(1) == 1
        assert kernel._waited_for_a_processor(1) == 0
