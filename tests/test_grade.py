"""One submission from its bytes to its scores, with kills from outside, and many in a row without growth."""

# ruff: noqa: E501  (tables of cells)

import dataclasses
import json
import os
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

sys.path.insert(0, os.path.dirname(__file__))
from grading_help import NAME, Limits, answer, cell, graded, hand_in, readonly, spec_of  # noqa: E402

from rnnshapes.grading.execute import grade_one as grade  # noqa: E402
from rnnshapes.grading.execute.processes import StudentKernel  # noqa: E402
from rnnshapes.grading.execute.sandbox import unavailable  # noqa: E402

CELLS = [
    readonly("setup", "import math\nN, values = 3, [3, 1, 2]\nprint(N)"),
    answer("order", "def order(items):\n    return sorted(items)"),
    readonly("check_order", "print(order(values))"),
    graded(
        "test_order",
        "assert order([2, 1]) == [1, 2]\n### BEGIN HIDDEN TESTS\nassert order(values) == [1, 2, 3]\n### END HIDDEN TESTS",
        2,
    ),
    answer("root", "root = math.sqrt(16)"),
    graded("test_root", "right = abs(root - 4) < 1e-6\n1.5 if right else 0.5", 1.5),
]
LIMITS = Limits(seconds=60, cell_seconds=10, call_seconds=2)


@pytest.fixture(scope="module", autouse=True)
def workshop():
    if unavailable():
        pytest.skip(unavailable())
    yield
    grade.close()


@pytest.fixture(scope="module")
def spec():
    return spec_of(CELLS, limits=LIMITS)


def scores(spec, answers=None, **more):
    result = grade.grade_one(hand_in(spec, answers, **more), spec)
    assert not result.failure, result.failure
    return result.notebooks[NAME].scores


FULL = {"test_order": 2, "test_root": 1.5}


def test_scores(spec):
    assert scores(spec) == FULL
    assert scores(spec, {"order": "def order(items): return items"})["test_order"] == 0
    assert scores(spec, {"root": "root = 3"})["test_root"] == 0.5
    assert scores(spec, {"root": "root = 3\n1.5"})["test_root"] == 0.5
    assert scores(spec, {"root": "raise NotImplementedError()"})["test_root"] == 0


def test_what_a_notebook_says_of_its_attempts_is_told_and_changes_no_point(spec):
    spec = dataclasses.replace(spec, assignment="01_small")
    one = hand_in(spec, {"order": "def order(items): return items"})
    book = json.loads(one.notebooks[NAME])
    forged = {
        "rnnshapes": {"attempts": {"01/rnn_by_hand": [["relu", 2], ["right", 1], ["<b>", 1]], "01/x": 1}, "score": 2}
    }
    for made in book["cells"]:
        made["outputs"] = [{"output_type": "display_data", "data": {}, "metadata": forged}]
    result = grade.grade_one(dataclasses.replace(one, notebooks={NAME: json.dumps(book).encode()}), spec)
    assert result.notebooks[NAME].scores == FULL | {"test_order": 0}
    assert result.notebooks[NAME].attempts == {"rnn_by_hand": [("relu", 2), ("right", 1)]}
    assert "attempts" not in result.notebooks[NAME].json and "<b>" not in result.notebooks[NAME].json


def test_a_loop_without_an_end_is_waited_for_once(spec, monkeypatch):
    """A notebook that does something with Keras runs a second time, where Keras is; such a function is not called there."""
    asked, exchange = [], StudentKernel.exchange

    def counted(self, message, buffers, **more):
        asked.append(message["op"])
        return exchange(self, message, buffers, **more)

    monkeypatch.setattr(StudentKernel, "exchange", counted)
    endless = "import keras\nkeras.Sequential([])\ndef order(items):\n    while True: pass"
    graded = grade.grade_one(hand_in(spec, {"order": endless}), spec).notebooks[NAME]
    assert asked.count("call") == 1 and graded.scores["test_order"] == 0


def test_what_a_student_rebinds_after_a_test_does_not_matter(spec):
    late = {"": "def order(items): return 'spoiled'\nroot = 0\nsorted = None\nvalues = []"}
    assert scores(spec, extra=late) == FULL


def test_what_a_student_breaks_before_a_test_is_theirs_and_not_the_referees(spec):
    early = {"test_order": "import math\nmath.sqrt = None\nsorted = reversed\nvalues.clear()\nN = 9"}
    assert scores(spec, extra=early)["test_order"] == 0
    assert scores(spec, extra={"test_root": "abs = lambda x: 0\nmath.sqrt = None"}) == FULL


def test_the_outputs_are_those_of_running_the_notebook_in_jupyter(tmp_path):
    import nbformat
    from nbclient import NotebookClient

    cells = [
        *CELLS[:3],
        cell("print('mine')\nN + 1"),
        cell("%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot(values);"),
        cell("import sys\nprint('careful', file=sys.stderr)\n{'a': order([3, 2])}"),
        *CELLS[3:],
    ]
    spec = spec_of(cells, limits=LIMITS)
    result = grade.grade_one(hand_in(spec), spec)
    ours = nbformat.reads(result.notebooks[NAME].json, as_version=4)
    nbformat.validate(ours)
    theirs = nbformat.reads(spec.notebooks[NAME].decode(), as_version=4)
    NotebookClient(theirs, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}).execute()
    code = [(one, other) for one, other in zip(ours.cells, theirs.cells, strict=True) if one.cell_type == "code"]
    for one, other in code:
        assert one.source == other.source
        assert list(map(seen, one.outputs)) == list(map(seen, other.outputs)), one.source
        assert one.execution_count == other.execution_count


def seen(output):
    text = output.get("text", output.get("data", {}).get("text/plain"))
    return output.output_type, output.get("name"), sorted(output.get("data", {})), text


def test_half_a_surrogate_pair_can_be_written(spec):
    mine = {"": "print('\\ud800')", "order": "def order(items): raise ValueError('\\udfff')"}
    result = grade.grade_one(hand_in(spec, {"order": mine["order"]}, extra={"": mine[""]}), spec)
    result.notebooks[NAME].json.encode()
    json.dumps([result.notebooks[NAME].remarks, result.notebooks[NAME].hints], ensure_ascii=False).encode()


def test_a_kernel_that_ends_has_the_points_from_before(spec):
    result = grade.grade_one(hand_in(spec, extra={"root": "import os\nos._exit(1)"}), spec)
    assert result.notebooks[NAME].scores == FULL | {"test_root": 0}
    assert "exit code 1" in result.notebooks[NAME].remarks[0]


def test_another_assignment_takes_another_referee_and_the_same_sandboxes(spec):
    scores(spec)
    workshop = grade._current
    box, referee = workshop.by_hand, workshop.referee
    other = dataclasses.replace(spec, seed="another")
    assert scores(other) == FULL
    assert grade._current is workshop and workshop.by_hand is box and workshop.referee is not referee
    assert referee.process.poll() is not None
    assert scores(dataclasses.replace(other, limits=dataclasses.replace(LIMITS, seconds=61))) == FULL
    assert grade._current is not workshop and box.process.poll() is not None


def sandbox_parts():
    box = psutil.Process(grade._current.by_hand.process.pid)
    server = box.children()[0]
    return {"bwrap": box, "server": server, "referee": psutil.Process(grade._current.referee.process.pid)}


@pytest.mark.parametrize("victim", ["bwrap", "server", "referee", "kernel"])
def test_a_kill_from_outside_costs_no_points(spec, victim):
    """Killed while the student's code runs: everything starts anew, and the score is right."""
    grade.close()
    slow = {"order": "import time\ndef order(items):\n    time.sleep(0.8)\n    return sorted(items)"}
    assert scores(spec) == FULL
    parts = sandbox_parts()

    def kill():
        end = time.monotonic() + 20
        while not parts["server"].children() and time.monotonic() < end:
            time.sleep(0.001)
        time.sleep(0.3)
        (parts["server"].children()[0] if victim == "kernel" else parts[victim]).kill()

    killer = threading.Thread(target=kill)
    killer.start()
    assert scores(spec, slow) == FULL
    killer.join()
    assert scores(spec) == FULL
    if victim in ("server", "referee"):
        assert sandbox_parts()[victim].pid != parts[victim].pid
        gone, alive = psutil.wait_procs(parts.values(), timeout=20)
        assert not alive


def test_many_submissions_leave_nothing_open_and_do_not_grow(spec):
    def state():
        parts = {"worker": psutil.Process()} | sandbox_parts()
        del parts["bwrap"]
        return {name: (process.num_fds(), process.num_threads()) for name, process in parts.items()}, {
            name: process.memory_info().rss for name, process in parts.items()
        }

    grade.close()
    for _ in range(10):
        assert scores(spec) == FULL
    open_before, size_before = state()
    for _ in range(40):
        assert scores(spec) == FULL
    open_after, size_after = state()
    assert open_after == open_before
    for name, size in size_after.items():
        assert size < size_before[name] + 12 * 2**20, name
    assert [path for path in Path("/tmp").glob("rnnshapes-*") if not path.is_dir()] == []


@pytest.mark.parametrize(
    ("endless", "seconds"),
    [
        ("import time\ntime.sleep(99)\nroot = 4", [3, 1]),
        ("import keras, time\nlayer = keras.layers.Dense(1)\nwhile not layer.built:\n    time.sleep(0.1)", [3, 3]),
    ],
)
def test_a_cell_without_an_end_is_waited_for_once_where_keras_has_no_part_in_it(spec, monkeypatch, endless, seconds):
    asked, exchange = [], StudentKernel.exchange

    def noted(kernel, message, buffers, **how):
        if message.get("source") == endless:
            asked.append(how["seconds"])
        return exchange(kernel, message, buffers, **how)

    monkeypatch.setattr(StudentKernel, "exchange", noted)
    few = dataclasses.replace(spec, limits=dataclasses.replace(LIMITS, cell_seconds=3, call_seconds=1))
    found = scores(few, {"root": endless}, extra={"": "import keras\nkeras.layers.Dense(2)"})
    assert found == FULL | {"test_root": 0} and asked == seconds
