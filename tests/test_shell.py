"""Cells run in the sandbox's shell have the outputs that a Jupyter kernel gives them, in kind and mostly in words."""

# ruff: noqa: E501  (tables of cells)

import os
import re
import sys
import time

import pytest

sys.path.insert(0, os.path.dirname(__file__))
from grading_help import Limits, cell, printed, student  # noqa: E402

from rnnshapes.grading.execute.sandbox import Sandbox, unavailable  # noqa: E402

CELLS = {
    "print": "print('a'); print('b', end='')",
    "both streams": "import sys\nprint('a'); print('b', file=sys.stderr); print('c')",
    "a value": "1 + 1",
    "no value": "x = 1",
    "semicolon": "1 + 1;",
    "None": "None",
    "values before": "Out[3], _",
    "display": "display({'a': 1}); 'last'",
    "html": "from IPython.display import HTML, Markdown, JSON\nHTML('<b>x</b>')",
    "several forms": "display(Markdown('*x*'), JSON({'a': [1]}))",
    "display id": "from IPython.display import display, update_display\nh = display(HTML('1'), display_id='q')\nupdate_display(HTML('2'), display_id='q')",
    "handle": "h = display('one', display_id=True)\nh.update('two')",
    "clear": "from IPython.display import clear_output\nprint('a'); clear_output(); print('b')",
    "clear later": "print('a'); clear_output(wait=True); print('b')",
    "clear and nothing": "print('a'); clear_output(wait=True)",
    "error": "print('before')\n1/0",
    "error inside": "def f():\n    return {}['key']\nf()",
    "chained": "try:\n    1/0\nexcept ZeroDivisionError as e:\n    raise ValueError('x') from e",
    "syntax": "def f(:",
    "unfinished": "print('x'",
    "exit code": "import sys\nsys.exit(3)",
    "interrupt": "raise KeyboardInterrupt",
    "name of its own": "class Mine(Exception): pass\nraise Mine('words')",
    "inline": "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.show()",
    "figure at the end": "fig, ax = plt.subplots()\nax.plot([1, 2]);",
    "two figures": "for _ in range(2):\n    plt.figure(); plt.plot([1])\n    plt.show()",
    "await": "import asyncio\nawait asyncio.sleep(0.001)\nprint('woke')",
    "async value": "async def g(): return 5\nawait g()",
    "time": "%time y = 3",
    "cell magic": "%%time\nz = 4",
    "capture": "%%capture held\nprint('x')",
    "captured": "held.stdout",
    "shell": "!echo hello",
    "shell value": "files = !printf 'a\\nb'\nlist(files)",
    "bash": "%%bash\necho from bash",
    "writefile": "%%writefile note.txt\nwords",
    "its file": "open('note.txt').read()",
    "numpy": "import numpy as np\nnp.arange(6).reshape(2, 3)",
    "long": "list(range(2000))",
    "warning": "import warnings\nwarnings.warn('careful')",
    "thread": "import threading\nt = threading.Thread(target=lambda: print('thread')); t.start(); t.join()",
    "processes": "import multiprocessing as mp\ndef square(x): return x * x\nprint('once')\nwith mp.Pool(2) as p: print(p.map(square, [1, 2]))",
    "queue": "def put(q): q.put('from a child')\nq = mp.Queue()\nc = mp.Process(target=put, args=(q,)); c.start()\nprint(q.get()); c.join()",
    "subprocess": "import subprocess\nsubprocess.run(['echo', 'x'], capture_output=True, text=True).stdout",
    "tempfile": "import tempfile\nwith tempfile.NamedTemporaryFile('w+') as f:\n    f.write('x'); f.seek(0); print(f.read())",
    "name": "__name__",
    "repr raises": "class Bad:\n    def __repr__(self): raise ValueError('no repr')\nBad()",
    "reads nothing": "import sys\nsys.stdin.read()",
}


@pytest.fixture(scope="module")
def sandbox():
    if unavailable():
        pytest.skip(unavailable())
    box = Sandbox(Limits(seconds=60, cell_seconds=20, output=100_000))
    yield box
    box.close()


@pytest.fixture(scope="module")
def ours(sandbox):
    with student(sandbox) as kernel:
        return {name: kernel.run(source, at) for at, (name, source) in enumerate(CELLS.items(), 1)}


@pytest.fixture(scope="module")
def theirs(tmp_path_factory):
    import nbformat
    from nbclient import NotebookClient

    folder = tmp_path_factory.mktemp("jupyter")
    book = nbformat.from_dict(
        {"cells": [cell(source) | {"id": f"c{at}"} for at, source in enumerate(CELLS.values())], "metadata": {},
         "nbformat": 4, "nbformat_minor": 5}
    )  # fmt: skip
    NotebookClient(
        book, allow_errors=True, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    ).execute()
    return dict(zip(CELLS, [one.outputs for one in book.cells], strict=True))


def kinds(outputs):
    """What an output is, without its words: its type, stream, error and forms."""
    found = [
        (one["output_type"], one.get("name", one.get("ename")), sorted(one.get("data", {})), one.get("execution_count"))
        for one in outputs
    ]
    return [
        one for at, one in enumerate(found) if one[0] != "stream" or found[at - 1 : at] != [one]
    ]  # two prints are one


def words(outputs):
    """The words of outputs that are the same on every run."""
    told = "".join(
        one.get("text", "") or one.get("evalue", "") or one.get("data", {}).get("text/plain", "") for one in outputs
    )
    told = re.sub(r"/tmp/ipykernel_\d+/\d+\.py|<ipython-input[^>]*>|<stdin>", "CELL", told.replace("\r\n", "\n"))
    return re.sub(
        r"\(CELL, line|\((?:\d+\.py|<unknown>), line", "(line", re.sub(r"\d[\de+.]* [mµμn]?s\b", "TIME", told)
    )


DIFFERENT = {  # words that differ, and why that is well
    "warning": "it has the cell's path",
    "exit code": "IPython's advice names the file that it is in",
    "syntax": "the cell's name is different",
    "unfinished": "the cell's name is different",
    "repr raises": "",
}


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_has_the_outputs_that_jupyter_gives_it(name, ours, theirs):
    assert kinds(ours[name]) == kinds(theirs[name])
    if name not in DIFFERENT:
        assert words(ours[name]) == words(theirs[name])


def test_tracebacks_point_at_the_cells_line(ours):
    (error,) = ours["error inside"]
    text = "\n".join(error["traceback"])
    assert "----> 2     return {}['key']" in text and "KeyError" in text and "rnnshapes" not in text


def run(sandbox, *sources, **files):
    with student(sandbox, **files) as kernel:
        return [kernel.run(source, at) for at, source in enumerate(sources, 1)]


def test_input_exit_and_help_stop_nothing(sandbox):
    asked, left, helped, getpass, after = run(
        sandbox, "input('name? ')", "exit()", "len?", "import getpass\ngetpass.getpass()", "'still here'"
    )
    assert asked[-1]["ename"] == "StdinNotImplementedError" and "Try:" in asked[-1]["evalue"]
    assert left == [] and "number of items" in printed(helped) and getpass[-1]["output_type"] == "error"
    assert after[0]["data"]["text/plain"] == "'still here'"


def test_an_output_is_always_one_that_a_notebook_may_hold(sandbox):
    """What a student's code shows may have any form; the notebook is still valid, and can be written as UTF-8."""
    import json

    import nbformat

    sources = [
        "print('\\ud800 half a pair')",
        "raise ValueError('\\udfff')",
        "display({'text/plain': 5, 'text/html': ['a', 'b'], 'application/json': {'a': 1}, 'x/y': None}, raw=True)",
        "display({'text/plain': '\\ud800', 'image/png': b'123'}, raw=True, metadata={'\\ud800': 1})",
        "class E(Exception):\n    def __str__(self): raise ValueError\nraise E",
        "class E(Exception): pass\nE.__name__ = '<script>'\nraise E",
        "get_ipython().emit({'output': {'output_type': 'execute_result', 'data': [1], 'execution_count': -5}})",
        "get_ipython().emit({'output': {'output_type': 'execute_result', 'data': {}, 'execution_count': True}})",
        "get_ipython().emit({'output': {'output_type': 'error', 'traceback': 7, 'ename': None, 'evalue': {}}})",
        "get_ipython().emit({'output': {'output_type': 'stream', 'name': 'x', 'text': ['a']}, 'display_id': ['q']})",
        "get_ipython().emit({'output': {'output_type': 'display_data', 'data': {'a': 'b'}}, 'update': [1]})",
        "get_ipython().emit({'output': {'output_type': 'display_data', 'data': {'a': {'b': 2}}}, 'metadata': 3})",
    ]
    outputs = run(sandbox, *sources)
    book = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell(source, outputs=[nbformat.from_dict(one) for one in shown])
            for source, shown in zip(sources, outputs, strict=True)
        ]
    )
    nbformat.validate(book)
    json.dumps(book, ensure_ascii=False).encode()
    assert printed(outputs[0]) == "? half a pair\n"
    assert sum(map(bool, outputs)) >= len(outputs) - 1  # an update of nothing that is there shows nothing


@pytest.mark.parametrize(
    "message",
    [
        *({"op": "nothing"}, {"op": "ran"}, {"op": "returned", "value": 1}, {"op": ["x"]}, {"op": None}),
        *({"op": "values", "values": 5}, {"op": "values", "error": None}, {"op": "raised", "error": "words"}),
        *({"op": "raised"}, {"op": "raised", "error": {}, "problem": "TookTooLong"}),
    ],
    ids=str,
)
def test_a_forged_reply_ends_the_kernel_and_nothing_else(sandbox, message):
    with student(sandbox) as kernel:
        kernel.run(f"emit = get_ipython().emit\nmessage = {message!r}", 1)
        assert kernel.run("class Sly:\n    def __array__(self): emit(message)\n    dtype = 1\nx = Sly()", 2) == []
        reply, _ = kernel.exchange({"op": "fetch", "names": ["x"]}, [], seconds=5)
        assert reply["op"] == "raised" and reply["problem"] == "KernelDied"
        assert "what no kernel sends" in kernel.died
    assert "fine" in printed(run(sandbox, "print('fine')")[0])


@pytest.mark.parametrize("message", [{"output": 5}, {"output": {"output_type": "nothing"}}, {"neither": 1}], ids=str)
def test_a_forged_output_ends_the_kernel(sandbox, message):
    with student(sandbox) as kernel:
        kernel.run(f"get_ipython().emit({message!r})", 1)
        assert "what no kernel sends" in kernel.died


def test_printing_without_end_is_cut_and_then_ends(sandbox):
    (some, after), (much,), (at_once,) = (
        run(sandbox, "for i in range(20_000): print('x' * 9)", "'after'"),
        run(sandbox, "while True: print('y' * 99)"),
        run(sandbox, "print('z' * 80_000_000)"),
    )
    assert len(printed(some)) < 110_000 and "beyond 97 KiB is left out" in printed(some)
    assert after[0]["output_type"] == "stream"  # the value itself was beyond it
    assert "it printed more than" in printed(much) and "it printed more than" in printed(at_once)


def test_a_long_cell_is_interrupted_and_the_next_one_runs(sandbox):
    with student(sandbox) as kernel:
        kernel.limits = Limits(cell_seconds=0.5)
        stopped = kernel.run("import time\nx = 1\nwhile True: time.sleep(0.01)", 1)
        assert [one["ename"] for one in stopped] == ["KeyboardInterrupt", "TookTooLong"]
        assert "more than 0.5 s" in stopped[1]["evalue"]
        assert kernel.run("x", 2)[0]["data"]["text/plain"] == "1"


def test_a_cell_that_cannot_be_interrupted_ends_the_kernel(sandbox):
    with student(sandbox) as kernel:
        kernel.limits = Limits(cell_seconds=0.3)
        kernel.run("import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass", 1)
        assert "could not be interrupted" in kernel.died and kernel.close() == {}


def test_a_signal_that_comes_after_the_cell_is_ignored(sandbox):
    with student(sandbox) as kernel:
        kernel.run("x = 5", 1)
        for _ in range(20):
            sandbox.interrupt()
        assert kernel.run("x", 2)[0]["data"]["text/plain"] == "5"


def test_exit_of_the_process_and_signals_say_how_it_ended(sandbox):
    for source, words in (
        ("import os\nos._exit(7)", "exit code 7"),
        ("import os\nos.kill(os.getpid(), 11)", "signal 11"),
    ):
        with student(sandbox) as kernel:
            outputs = kernel.run(source, 1)
            assert words in outputs[-1]["evalue"] and not kernel.killed_outside
    with student(sandbox) as kernel:
        kernel.run("import os\nos.kill(os.getpid(), 9)", 1)
        assert kernel.killed_outside  # it cannot be told from a kill by the system


def test_files_beside_the_notebook_are_there_and_shadow_nothing(sandbox):
    files = {"data.csv": b"1,2\n", "numpy.py": b"raise SystemExit", "mine.py": b"x = 3", "sub/note": b"n"}
    read, imported, numpy = run(
        sandbox, "print(open('data.csv').read(), open('sub/note').read())", "import mine\nprint(mine.x)",
        "import numpy\nprint(numpy.ones(2))", **files
    )  # fmt: skip
    assert printed(read) == "1,2\n n\n" and printed(imported) == "3\n" and printed(numpy) == "[1. 1.]\n"


def test_random_numbers_are_not_shared_between_submissions(sandbox):
    source = "import random\nimport numpy as np\nprint(random.random(), np.random.rand())"
    assert printed(run(sandbox, source)[0]) != printed(run(sandbox, source)[0])


def test_the_deadline_of_the_whole_submission_holds(sandbox):
    with student(sandbox) as kernel:
        kernel.deadline = time.monotonic() + 0.3
        kernel.run("import time\ntime.sleep(60)", 1)
        assert "in all" in kernel.died
        assert "in all" in printed(kernel.run("1", 2))
