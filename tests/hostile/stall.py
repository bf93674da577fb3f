# ruff: noqa: E501  (cells are quoted as they are)
"""Entries that stop or stall grading, or use up what others need."""

import json

from .entry import Entry

LOST = "kernel was lost"


def honest(name, tries, *cells, points=12.0, remark="", **more):
    return Entry(name, tries, honest=True, first=cells, points=points, remark=remark, **more)


def in_third(name, tries, body, *, first=(), points=8.0, remark="", **more):
    """The third answer does it; the other answers are right: 12 points without its 4."""
    return Entry(
        name,
        tries,
        honest=True,
        first=first,
        answers={"rnn_by_hand": f"def rnn_by_hand(x, *w):\n{body}"},
        points=points,
        remark=remark,
        **more,
    )


def many_cells(notebook, many=1_900):
    own = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": "1"}
    notebook["cells"][2:2] = [own | {"id": f"c{number}"} for number in range(many)]


def deep_metadata(notebook):
    notebook["metadata"]["deep"] = deep = []
    for _ in range(900):
        deep.append([])
        deep = deep[0]


STALL = [
    honest("endless_cell", "a cell without an end", "while True: pass", says=("TookTooLong",)),
    honest(
        "endless_and_deaf",
        "a cell without an end that hears no interrupt",
        "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True:\n    pass",
        points=0.0,
        remark=LOST,
    ),
    honest(
        "endless_and_stubborn",
        "a cell that catches every interrupt",
        "while True:\n    try:\n        while True: pass\n    except BaseException:\n        pass",
        points=None,
    ),
    honest(
        "endless_in_c",
        "a call of C code that holds the lock and hears nothing",
        "import re\nre.match('(a+)+$', 'a' * 60 + 'b')",
        points=None,
    ),
    in_third("endless_call", "a function without an end", "    while True: pass"),
    in_third(
        "endless_repr",
        "a result that takes for ever to show",
        "    return Slow()",
        first=(
            "class Slow:\n    def __repr__(self):\n        while True: pass\n    __array__ = __repr__\n    dtype = float",
        ),
    ),
    in_third(
        "endless_del",
        "a result that takes for ever to forget",
        "    return Slow()",
        first=("class Slow:\n    def __del__(self):\n        while True: pass",),
    ),
    honest(
        "stopped",
        "the kernel stops itself, and its parent",
        "import os, signal\nos.kill(os.getppid(), signal.SIGSTOP)\nos.kill(os.getpid(), signal.SIGSTOP)",
        points=0.0,
        remark=LOST,
    ),
    honest(
        "kill_one",
        "the fork server is killed, in every way",
        "import os, signal\nfor number in range(1, 65):\n    for pid in (1, os.getppid()):\n        try:\n            os.kill(pid, number)\n        except OSError:\n            pass\nprint('tried')",
        says=("tried",),
    ),
    honest("kill_all", "everything that can be seen is killed", "import os\nos.kill(-1, 9)", points=None),
    honest("ended", "the kernel ends itself, without a word", "import os\nos._exit(0)", points=0.0, remark=LOST),
    honest("crashed", "the kernel crashes", "import ctypes\nctypes.string_at(0)", points=0.0, remark=LOST),
    honest(
        "killed_itself",
        "the kernel kills itself as the kernel's memory killer would",
        "import os\nos.kill(os.getpid(), 9)",
        points=0.0,
        remark=LOST,
    ),
    Entry("many_cells", "nineteen hundred cells", honest=True, change=many_cells, points=12.0),
    Entry(
        "too_many_cells",
        "a hundred thousand cells",
        honest=True,
        change=lambda notebook: many_cells(notebook, 100_000),
        failed=True,
        remark="got more than 2000 cells",
    ),
    honest("long_cell", "a cell of two megabytes", "x = [\n" + "    1,\n" * 300_000 + "]"),
    honest(
        "many_magics",
        "a cell of ten thousand shell lines, each of which is rewritten by itself",
        "if False:\n" + "    x = !true\n" * 10_000,
        points=None,
    ),
    honest(
        "deep_cell",
        "a cell nested too deep to be read",
        "(" * 50_000 + ")" * 50_000,
        "-" * 50_000 + "1",
        "a" + ".b" * 50_000 + ".__code__",
    ),
    honest("long_name", "a name of a megabyte", "a" * 10**6 + " = 1"),
    Entry("deep_metadata", "metadata nested deep", honest=True, change=deep_metadata, points=12.0),
    Entry("deep_json", "a file of a hundred thousand brackets", raw=b"[" * 100_000, failed=True),
    Entry("no_notebook", "a file that is no notebook", raw=b"\x00\xff PK\x03\x04", failed=True),
    Entry(
        "list_for_a_notebook",
        "a file of JSON that is no notebook",
        raw=json.dumps([1, {"cells": []}]).encode(),
        failed=True,
    ),
    in_third("huge_result", "a result of a million rows, to be drawn", "    return np.ones((10**6, 2))"),
    in_third("wide_result", "a result of no rows and 10**17 columns, to be drawn", "    return np.zeros((0, 10**17))"),
    in_third(
        "too_large", "a result beyond what may cross", "    return np.ones((2300, 2300))", says=("ResultTooLarge",)
    ),
    in_third(
        "deep_result",
        "a result nested a thousand deep",
        "    y = []\n    for _ in range(1000):\n        y = [y]\n    return y",
    ),
    in_third(
        "cyclic_result",
        "a result that holds itself",
        "    y = []\n    y.append(y)\n    y.append({'a': y})\n    return y",
    ),
    Entry(
        "huge_shapes",
        "predicted shapes of a hundred thousand axes, and texts of megabytes",
        honest=True,
        points=9.0,
        answers={
            "predicted": "predicted = {k: (1,) * 100_000 for k in ('X', 'x', 'x[t]', 'h')} | {k: '(' * 10**6 for k in ('yhat', 'Yhat', 'Yhats')}"
        },
    ),
]

EXHAUST = [
    honest("huge_array", "an array of a terabyte", "np.ones((10**6, 10**6))", says=("Error",)),
    honest(
        "memory",
        "memory, page by page, in four processes",
        "import os\nfor _ in range(3):\n    os.fork()\nhold = []\nwhile True:\n    hold.append(np.ones(10**6))",
        points=0.0,
        remark=LOST,
    ),
    honest(
        "shared_memory",
        "shared memory without a file",
        "import mmap, os\nhold = []\nfor _ in range(40):\n    try:\n        hold.append(mmap.mmap(-1, 10**8))\n        hold[-1].write(b'x' * 10**8)\n    except (OSError, ValueError, MemoryError):\n        break",
        points=None,
    ),
    honest(
        "memory_files",
        "memory behind file descriptors, seen in no process",
        "import os\nhold, written = [], 0\ntry:\n    for _ in range(60):\n        hold.append(os.memfd_create('x'))\n        written += os.write(hold[-1], bytes(10**8))\nexcept OSError as error:\n    print(type(error).__name__)\nprint('written', written)",
        says=("written 0",),
    ),
    honest(
        "disk",
        "files until there is no room",
        "written = 0\nfor folder in ('/scratch', '/dev/shm'):\n    try:\n        for number in range(100):\n            with open(f'{folder}/{number}', 'wb') as file:\n                written += file.write(bytes(10**7))\n    except OSError as error:\n        print(type(error).__name__)\nassert written < 4e8",
        points=None,
    ),
    honest(
        "many_files",
        "files until there are no names",
        "for number in range(10**6):\n    open(f'f{number}', 'w').close()",
        points=None,
    ),
    honest(
        "fork_bomb",
        "processes that make processes",
        "import os\nwhile True:\n    try:\n        os.fork()\n    except OSError:\n        pass",
        points=0.0,
        remark=LOST,
    ),
    honest(
        "threads",
        "threads without end",
        "import threading, time\ntry:\n    while True:\n        threading.Thread(target=time.sleep, args=(99,), daemon=True).start()\nexcept RuntimeError as error:\n    print(error)",
        points=None,
    ),
    honest(
        "descriptors",
        "file descriptors without end",
        "hold = []\ntry:\n    while True:\n        hold.append(open('/dev/null'))\nexcept OSError as error:\n    print(error.strerror)",
        points=None,
    ),
    honest(
        "printed", "text without end", "while True:\n    print('x' * 100_000)", points=0.0, remark="printed more than"
    ),
    honest(
        "shown",
        "a picture of a hundred megabytes",
        "from IPython.display import HTML\nHTML('x' * 10**8)",
        points=0.0,
        remark=LOST,
    ),
    honest(
        "updated",
        "a display that changes without end",
        "from IPython.display import display, clear_output\nhandle = display('x', display_id=True)\nwhile True:\n    handle.update('y' * 10**5)\n    clear_output()",
        points=0.0,
        remark="printed more than",
    ),
    honest(
        "printed_by_others",
        "text to the descriptors themselves",
        "import os\nfor number in (1, 2):\n    for _ in range(1000):\n        os.write(number, b'x' * 10**5)",
    ),
]

STALLS = [*STALL, *EXHAUST]
