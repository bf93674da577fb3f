"""What a test sees of a student's notebook: values by copy, functions by call, and clear words for what it does not."""

# ruff: noqa: E501  (tables of cells)

import os
import sys

import numpy as np
import pytest

sys.path.insert(0, os.path.dirname(__file__))
from grading_help import Limits, judge, printed, student  # noqa: E402

from rnnshapes.grading.execute.processes import RefereeLost, RefereeProcess  # noqa: E402
from rnnshapes.grading.execute.sandbox import Sandbox, unavailable  # noqa: E402

LIMITS = Limits(seconds=120, cell_seconds=20, call_seconds=1, result=2 * 2**20)


@pytest.fixture(scope="module")
def sandbox():
    if unavailable():
        pytest.skip(unavailable())
    box = Sandbox(LIMITS, tensorflow=False)
    yield box
    box.close()


@pytest.fixture(scope="module")
def referee():
    process = RefereeProcess(seed="7", files={"data/table.csv": b"1,2\n"})
    yield process
    process.close()


@pytest.fixture
def ask(sandbox, referee):
    """Run student code, then a test on the names that it binds: what the referee says, and the test's outputs."""
    with student(sandbox) as kernel:

        def run(code, test, *bind, **more):
            if code:
                kernel.run(code, 1)
            return judge(referee, kernel, test, bind=bind, **more)

        run.kernel = kernel
        yield run


PASSING = {
    "number": ("x = 3.5", "assert x == 3.5 and type(x) is float"),
    "array": ("import numpy as np\nx = np.arange(6.).reshape(2, 3)", "assert x.shape == (2, 3) and x.sum() == 15"),
    "tuple": ("x = (1, 'a', None)", "assert x == (1, 'a', None) and type(x) is tuple"),
    "dict": ("x = {'h': (3, 4), 2: [..., 1j]}", "assert x == {'h': (3, 4), 2: [..., 1j]}"),
    "string": ("x = 'ŷ' * 3", "assert x == 'ŷŷŷ'"),
    "set, bytes, range": ("x = ({1, 2}, b'a', range(3))", "assert x == ({1, 2}, b'a', range(3))"),
    "NumPy scalar": ("import numpy as np\nx = np.float32(2)", "import numpy as np\nassert type(x) is np.float32"),
    "function": (
        "def x(a, b=2, *c, d=4): return (a, b, c, d)",
        "assert x(1, 5, 6, d=7) == (1, 5, (6,), 7) and x(1) == (1, 2, (), 4)",
    ),
    "lambda": ("x = lambda n: n + 1", "assert x(1) == 2 and x.__name__ == '<lambda>'"),
    "method": ("class A:\n    def f(self, n): return n * 2\nx = A().f", "assert x(4) == 8"),
    "closure": ("def make(n):\n    def add(m): return n + m\n    return add\nx = make(3)", "assert x(4) == 7"),
    "nested functions": ("def x(n):\n    return [lambda m: n + m]", "assert x(3)[0](4) == 7 and x(5)[0](1) == 6"),
    "what a function's code says": (
        "def x(n): return float('nan') if n else np.inf",
        "assert 'nan' in x.__code__.co_consts and 'inf' in x.__code__.co_names",
    ),
    "exception that is returned": (
        "def x(n): return ValueError(n)",
        "assert isinstance(x(4), ValueError) and not isinstance(x(4), KeyError)",
    ),
    "group of exceptions": ("x = ExceptionGroup('a', [ValueError()])", "assert type(x).__name__ == 'ExceptionGroup'"),
    "callable object": ("class A:\n    def __call__(self, n): return n\nx = A()", "assert x(4) == 4"),
    "state": (
        "count = 0\ndef x():\n    global count\n    count += 1\n    return count",
        "assert [x(), x(), x()] == [1, 2, 3]",
    ),
    "list changed in place": ("def x(l): l.append(5); l[0] = 9", "l = [1]\nx(l)\nassert l == [9, 5]"),
    "array changed in place": (
        "def x(a): a[0] = 7",
        "import numpy as np\na = np.zeros(3)\nx(a)\nassert list(a) == [7, 0, 0]",
    ),
    "dict and set changed": (
        "def x(d, s): d['b'] = 2; del d['a']; s.add(4)",
        "d, s = {'a': 1}, set()\nx(d, s)\nassert d == {'b': 2} and s == {4}",
    ),
    "keyword changed": ("def x(*, l): l.append(1)", "l = []\nx(l=l)\nassert l == [1]"),
    "not changed": ("def x(l): return sorted(l)", "l = [3, 1]\nassert x(l) == [1, 3] and l == [3, 1]"),
    "NumPy function": ("def x(f, v): return f(v)", "import numpy as np\nassert x(np.tanh, 0.0) == 0.0"),
    "math function and builtin": (
        "def x(f, v): return f(v)",
        "import math\nassert x(math.sqrt, 4) == 2 and x(len, [1]) == 1",
    ),
    "their own function": ("def x(f, v): return f(v)\ndef y(v): return v + 1", "assert x(y, 4) == 5"),
    "map and sorted": (
        "def x(n): return -n",
        "assert list(map(x, [1, 2])) == [-1, -2] and sorted([1, 3, 2], key=x) == [3, 2, 1]",
    ),
    "signature": ("def x(a, b=1): pass", "import inspect\nassert list(inspect.signature(x).parameters) == ['a', 'b']"),
    "callable": ("def x(): pass", "assert callable(x) and x.__name__ == 'x'"),
    "built-in error": (
        "def x(): return {}['key']",
        "try:\n    x()\nexcept KeyError as e:\n    assert e.args == ('key',) and str(e) == \"'key'\"\nelse:\n    assert False",
    ),
    "their error": (
        "class Mine(ValueError): pass\ndef x(): raise Mine('w', 2)",
        "try:\n    x()\nexcept ValueError as e:\n    assert type(e).__name__ == 'Mine' and e.args == ('w', 2)",
    ),
    "error group": (
        "def x(): raise ExceptionGroup('g', [ValueError('a')])",
        "try:\n    x()\nexcept ExceptionGroup as e:\n    assert 'g' in str(e)",
    ),
    "unicode error": (
        "def x(): return b'\\xff'.decode()",
        "try:\n    x()\nexcept UnicodeDecodeError as e:\n    assert 'utf-8' in str(e)",
    ),
    "pytest.raises": (
        "def x(n):\n    if n < 0: raise ValueError('negative')",
        "import pytest\nwith pytest.raises(ValueError, match='negative'): x(-1)",
    ),
    "file beside the notebook": ("x = 1", "assert open('data/table.csv').read() == '1,2\\n'"),
    "seed": ("x = 1", "import os\nassert os.environ['RNNSHAPES_SEED'] == '7'"),
    "stderr does not decide": ("x = 1", "import sys, warnings\nwarnings.warn('w')\nprint('e', file=sys.stderr)"),
    "awaited": ("async def x(): return 1\nx = 1", "import asyncio\nawait asyncio.sleep(0)\nassert x == 1"),
    "NaN": ("x = [float('nan'), float('inf')]", "assert x[0] != x[0] and x[1] > 1e308"),
    "large number": ("x = 10**400", "assert x == 10**400"),
    "generator listed": ("def g(): yield 1\ndef x(): return list(g())", "assert x() == [1]"),
}


@pytest.mark.parametrize("name", PASSING)
def test_an_answer_passes_as_it_would_in_one_kernel(ask, name):
    code, test = PASSING[name]
    bind = ("x", "y") if "def y" in code else ("x",)
    said, outputs = ask(code, test, *bind)
    assert said["error"] is None, outputs
    space = {}
    exec(code, space)  # and it does pass there
    if "await" not in test and "open(" not in test and "environ" not in test:
        exec(test, space)


FAILING = {  # name: (student code, test, error, words for the student)
    "missing": ("", "assert x == 1", "NameError", ""),
    "wrong": ("x = 1", "assert x == 2, 'secret 2'", "AssertionError", ""),
    "assertion of their own": (
        "def x(): assert False, 'mine'",
        "x()",
        "AssertionError",
        "AssertionError: mine\nin line 1 of your cell: def x(): assert False, 'mine'",
    ),
    "zero": (
        "def x(n):\n    m = 2\n    return n / 0",
        "x(1)",
        "ZeroDivisionError",
        "in line 3 of your cell: return n / 0",
    ),
    "exit": ("import sys\ndef x(): sys.exit()", "x()", "SystemExit", ""),
    "too many arguments": ("def x(): pass", "x(1)", "TypeError", ""),
    "no function": ("x = 5", "x(1)", "TypeError", ""),
    "too large": ("import numpy as np\nx = np.zeros(2**20)", "x", "ResultTooLarge", "x has 8,388"),
    "returns too much": (
        "import numpy as np\ndef x(): return np.zeros(2**20)",
        "x()",
        "ResultTooLarge",
        "x returned 8,388",
    ),
    "long text": ("x = 'a' * 9_000_000", "x", "ResultTooLarge", "x has 9,000,"),
    "too slow": ("def x():\n    while True: pass", "x()", "TookTooLong", "x did not return within 1 s. Try:"),
    "generator": (
        "def g(): yield 1\ndef x(): return g()",
        "assert x() == [1], type(x()).__name__",
        "AssertionError",
        "",
    ),
    "lambda as argument": ("def x(f): return f(1)", "x(lambda n: n)", "TypeError", ""),
    "process ends": ("import os\ndef x(): os._exit(3)", "x()", "KernelDied", "exit code 3"),
    "str raises": ("class E(Exception):\n    def __str__(self): raise ValueError\ndef x(): raise E", "x()", "E", ""),
    "name of an error": ("E = type('<b>', (Exception,), {})\ndef x(): raise E('w')", "x()", "Exception", "w"),
    "array raises": (
        "class A:\n    dtype = 1\n    @property\n    def __array__(self): raise ValueError('no')\nx = A()",
        "x",
        "ValueError",
        "no",
    ),
}


@pytest.mark.parametrize("name", FAILING)
def test_an_answer_fails_with_words_for_the_student(ask, name):
    code, test, error, words = FAILING[name]
    said, outputs = ask(code, test, "x")
    assert said["error"] == error and words in said["text"], said
    assert outputs[-1]["output_type"] == "error" and outputs[-1]["ename"] == error
    assert "secret" not in said["text"]


def test_words_for_a_function_of_the_test_that_cannot_be_sent(ask):
    _, outputs = ask("def x(f): return f(1)", "def mine(n): return n\nx(mine)", "x")
    assert "'mine' is a function of the test: it cannot be sent to a student's function" in outputs[-1]["evalue"]


def test_a_function_that_was_too_slow_is_not_called_again(ask):
    said, _ = ask("import time\ndef x(n):\n    time.sleep(60)", "x(1)", "x")
    assert said["error"] == "TookTooLong"
    said, _ = ask(
        "",
        "tried = []\nfor n in range(50):\n    try: x(n)\n    except Exception as e: tried.append(str(e))\nassert len(tried) == 50",
        "x",
    )
    assert said["error"] is None


def test_the_kernel_goes_on_after_a_function_that_was_too_slow(ask):
    ask("y = 4\ndef x():\n    while True: pass", "x()", "x")
    said, _ = ask("", "assert y == 4", "y")
    assert said["error"] is None


def test_prints_in_functions_are_shown_with_the_test_in_order(ask):
    said, outputs = ask(
        "import sys\ndef x():\n    print('inside')\n    print('oh', file=sys.stderr)",
        "print('before')\nx()\nprint('after')",
        "x",
    )
    printed = {name: "".join(one["text"] for one in outputs if one["name"] == name) for name in ("stdout", "stderr")}
    assert printed == {"stdout": "before\ninside\nafter\n", "stderr": "oh\n"}
    assert said["error"] is None


def test_a_function_that_prints_without_end_is_stopped(ask):
    said, outputs = ask("def x():\n    while True: print('y' * 1000)", "x()", "x")
    assert said["error"] in ("KernelDied", "TookTooLong")
    assert len(printed(outputs)) <= LIMITS.output + 1000


def test_names_are_those_at_the_time_of_the_test(ask, sandbox, referee):
    with student(sandbox) as kernel:
        kernel.run("x = 1\ndef f(): return 1", 1)
        first, _ = judge(referee, kernel, "assert x == 1 and f() == 1\nkept = f", bind=("f", "x"))
        kernel.run("x = 2\ndef f(): return 2", 2)
        again, _ = judge(referee, kernel, "assert x == 2 and f() == 2 and kept() == 1", bind=("f", "x"), fresh=False)
        kernel.run("del x", 3)
        gone, _ = judge(referee, kernel, "x", bind=("x",), fresh=False)
    assert (first["error"], again["error"], gone["error"]) == (None, None, "NameError")


def test_notebooks_do_not_see_each_others_names(ask):
    ask("x = 1", "leaked, x2 = x, 5\nimport numpy as np\ndef helper(): pass", "x")
    said, _ = ask("", "assert not {'x', 'leaked', 'x2', 'np', 'helper'} & set(globals())")
    assert said["error"] is None


def test_a_test_counts_its_points_and_not_what_a_student_prints(ask):
    assert ask("x = 1", "2 / 4", "x")[0]["number"] == 0.5
    assert ask("x = 1", "True", "x")[0]["number"] is None
    assert ask("def x(): print(100)", "x()", "x")[0]["number"] is None


def test_a_value_of_the_students_cannot_run_code_in_the_referee(ask):
    code = """
class Liar(float):
    def __eq__(self, other): return True
    def __abs__(self): return 0.0
    def __reduce__(self): raise SystemExit
import numpy as np
class Array(np.ndarray):
    def __eq__(self, other): return True
x, y = Liar(5), np.zeros(3).view(Array)
"""
    said, _ = ask(
        code, "import numpy as np\nassert not x == 1 and type(y) is np.ndarray and not (y == 1).any()", "x", "y"
    )
    assert said["error"] is None


FORGED = [
    *({"op": "values", "values": {"x": forged}} for forged in (
        5, {"array": 0, "dtype": "O", "shape": [1]}, {"function": {}}, {"function": {"id": "z"}}, {"function": {"id": -1, "name": 3}},
        {"function": {"id": 0, "name": "x", "parameters": 5, "code": {"co_names": 5}}}, {"too_large": "many"}, {"import": ["os", "system"]},
        {"opaque": ["a" * 10**5, "b"]}, {"int": "f" * 10**6}, {"function": None})),
    {"op": "values", "values": {}},
    *({"op": "raised", "error": error} for error in (
        {}, {"problem": []}, {"problem": "RemoteProblem"}, {"name": 5, "kinds": 5}, {"name": "\0", "kinds": ["ValueError"]},
        {"name": "E", "kinds": ["exec", "__import__", "SystemExit", "type"]}, {"name": "E", "line": "z", "meeting": 5, "args": 3})),
]  # fmt: skip


@pytest.mark.parametrize("message", FORGED, ids=lambda message: str(message)[:70])
def test_a_forged_value_fails_the_test_and_the_referee_goes_on(ask, referee, message):
    forge = f"class Sly:\n    dtype = 1\n    def __array__(self): get_ipython().emit({message!r})\nx = Sly()"
    said, outputs = ask(forge, "assert x == 1", "x")
    assert said["error"] is not None and outputs
    assert referee.process.poll() is None


def test_a_test_without_an_end_is_interrupted(ask, referee, monkeypatch):
    from rnnshapes.grading.execute import processes as run

    monkeypatch.setattr(run, "_TEST_SECONDS", 0.5)
    ask.kernel.deadline = 0  # the submission's own time is over
    said, outputs = ask("", "while True: pass")
    assert said["error"] == "KeyboardInterrupt" and "did not come to an end" in said["text"]
    monkeypatch.setattr(run, "_TEST_SECONDS", 60)
    assert ask("", "1 + 1")[0]["error"] is None


def test_interrupts_between_tests_do_not_end_the_referee(ask, referee):
    for _ in range(20):
        referee.interrupt()
    assert ask("x = 1", "assert x == 1", "x")[0]["error"] is None


def test_a_test_that_takes_all_memory_fails_alone(ask):
    said, _ = ask("", "import numpy as np\nkept = [np.ones(2**28) for _ in range(8)]")
    assert "MemoryError" in said["error"]
    assert ask("x = 3", "assert x == 3", "x")[0]["error"] is None


def test_a_referee_that_is_killed_is_lost(sandbox):
    process = RefereeProcess(seed="", files={})
    with student(sandbox) as kernel:
        with pytest.raises(RefereeLost):
            judge(process, kernel, "import os\nos.kill(os.getpid(), 9)")
    process.close()
    assert not os.path.exists(process.folder.name)


def test_random_arrays_cross_in_both_directions(ask):
    rng = np.random.default_rng(0)
    test = ["import numpy as np"]
    for kind in ("f4", "f8", "i4", "?", "c8", "f2", "u1"):
        shape = tuple(int(size) for size in rng.integers(0, 4, rng.integers(0, 4)))
        test.append(f"a = np.random.default_rng(1).normal(size={shape}).astype('{kind}')")
        test.append("b = x(a)\nassert b.dtype == a.dtype and b.shape == a.shape and np.array_equal(a, b)")
    assert ask("x = lambda a: a", "\n".join(test), "x")[0]["error"] is None


def test_a_name_that_is_missing_is_explained_to_the_student(ask):
    said, _ = ask("def f(:\n    pass", "assert f(1) == 1", "f")
    assert said["error"] == "NameError" and "Got no f, expected it from the cell above" in said["text"]


def test_a_call_is_timed_in_processor_seconds_by_the_sandboxs_own_server(ask):
    code = "def loop(n):\n    for _ in range(n): pass\ndef idle(n):\n    import time; time.sleep(0.3)"
    timed = "outcome, spent = f.__timed__((3_000_000,))\nassert outcome.error is None and "
    assert ask(code + "\nf = loop", timed + "0.01 < spent < 9", "f")[0]["error"] is None
    assert ask(code + "\nf = idle", timed + "spent < 0.1", "f")[0]["error"] is None
