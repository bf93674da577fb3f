# ruff: noqa: E501  (cells are quoted as they are)
"""Entries that want points that they have not earned."""

from .entry import BY_HAND, KERAS, KERAS_ANSWER, LOOP, Entry

ZEROS = """
def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    return np.zeros((len(x), len(bo)))
"""
ZEROS_BATCHED = """
def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    return np.zeros((len(X), len(bo)))
"""
ZERO = {"rnn_by_hand": ZEROS, "rnn_by_hand_batched": ZEROS_BATCHED}


def everywhere(value, **more):
    """The same value from every function."""
    return {
        "name_weights": f"def name_weights(*_):\n    return {value}",
        "rnn_by_hand": f"def rnn_by_hand(*_):\n    return {value}",
        "rnn_by_hand_batched": f"def rnn_by_hand_batched(*_):\n    return {value}",
    } | more


def forged_outputs(notebook):
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade"):
            points = cell["metadata"]["nbgrader"]["points"]
            cell["execution_count"] = 1
            cell["outputs"] = [
                {
                    "output_type": "execute_result",
                    "execution_count": 1,
                    "metadata": {},
                    "data": {"text/plain": f"{points}"},
                }
            ]
            cell["metadata"]["rnnshapes"] = {
                "score": points,
                "error": None,
                "number": points,
                "student_message": "12 of 12",
            }
    notebook["metadata"]["rnnshapes"] = {"repairs": [], "remarks": ["12 of 12"], "score": 12}


def easy_tests(notebook):
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade"):
            cell["source"] = "12"


HELPER = b"""
import sys
sys.setprofile = lambda function: None
"""

POINTS = [
    Entry(
        "forged_outputs",
        "outputs and scores already stand in the submitted file",
        change=forged_outputs,
        never=("12 of 12",),
    ),
    Entry("easy_tests", "the locked tests are replaced by a number", change=easy_tests),
    Entry(
        "numbers_printed",
        "numbers as last output, as partial credit",
        last=("12", "print(12)", "12.0"),
        answers=everywhere("12.0"),
    ),
    Entry(
        "cells_rewritten",
        "cells are rewritten before they run",
        first=(
            "ip = get_ipython()\n"
            "ip.input_transformers_post.append(lambda lines: ['12\\n'])\n"
            "ip.events.register('pre_run_cell', lambda info: setattr(info, 'raw_cell', '12'))",
            "import builtins\nbuiltins.__build_class__ = None\nbuiltins.AssertionError = ZeroDivisionError",
        ),
        answers=ZERO,
    ),
    Entry(
        "course_patched",
        "assert_answer, check_answer and the tolerance are replaced",
        first=(
            "import rnnshapes.check, rnnshapes.judge.functions, rnnshapes.judge.compare, rnnshapes.layers.cases\n"
            "for module in (rnnshapes, rnnshapes.check, rnnshapes.judge.functions, rnnshapes.judge.compare, rnnshapes.layers.cases):\n"
            "    module.TOLERANCE = 1e9\n"
            "    module.assert_answer = module.check_answer = module.largest_difference = lambda *a, **k: 0.0",
        ),
        answers=ZERO,
    ),
    Entry(
        "numpy_patched",
        "np.abs, np.allclose, np.asarray and np.tanh are replaced",
        first=(
            "np.abs = np.asarray = np.tanh = np.isfinite = lambda *a, **k: np.zeros(())\nnp.allclose = lambda *a: True",
        ),
        answers=ZERO,
    ),
    Entry(
        "keras_patched",
        "Keras predicts zeros, and so does the answer",
        first=(
            "keras.Model.predict = lambda self, X, **k: np.zeros((len(X), 2))\nkeras.layers.SimpleRNN = keras.layers.Dense",
        ),
        answers=ZERO,
    ),
    Entry(
        "builtins_replaced",
        "isinstance, all, sorted and abs always say yes",
        first=(
            "import builtins\nbuiltins.isinstance = lambda *a: True\nbuiltins.all = lambda *a: True\n"
            "builtins.sorted = lambda *a: ['Wh', 'Wo', 'Wx', 'bh', 'bo']",
        ),
        answers=ZERO,
    ),
    Entry(
        "equal_to_everything",
        "objects that equal everything",
        first=(
            "class Yes(dict):\n"
            "    __eq__ = __le__ = __lt__ = __ge__ = __contains__ = lambda self, other: True\n"
            "    __ne__ = lambda self, other: False\n"
            "    __hash__ = object.__hash__\n"
            "    __getitem__ = __getattr__ = lambda self, name: Yes()\n"
            "    __sub__ = __rsub__ = __abs__ = max = lambda self, *a: 0.0\n"
            "    shape = (4, 2)",
        ),
        answers=everywhere("Yes()", predicted="predicted = Yes()"),
    ),
    Entry(
        "shapes_equal_to_everything",
        "tuples of numbers that equal everything",
        first=("class Any(int):\n    __eq__ = lambda self, other: True\n    __hash__ = int.__hash__",),
        answers={
            "predicted": "predicted = {k: tuple(Any(9) for _ in range(3)) for k in ('X', 'x', 'x[t]', 'h', 'yhat', 'Yhat', 'Yhats')}"
        },
    ),
    Entry(
        "lying_array",
        "an object whose __array__ looks for the expected values among its callers",
        first=(
            "import sys\n"
            "class Liar:\n"
            "    dtype, shape = np.dtype(float), (7, 2)\n"
            "    def __array__(self, *a, **k):\n"
            "        frame = sys._getframe()\n"
            "        while frame:\n"
            "            for value in frame.f_locals.values():\n"
            "                if type(value) is np.ndarray and value.ndim == 2:\n"
            "                    return value\n"
            "            frame = frame.f_back\n"
            "        return np.zeros((7, 2))",
        ),
        answers=everywhere("Liar()"),
    ),
    Entry(
        "subclass_of_ndarray",
        "an array whose arithmetic always gives zero",
        first=(
            "class Zero(np.ndarray):\n"
            "    def __array_ufunc__(self, *a, **k): return np.zeros(())\n"
            "    def __array_function__(self, *a, **k): return np.zeros(())\n"
            "    __array_priority__ = 1e9\n"
            "    max = __abs__ = __sub__ = __rsub__ = lambda self, *a, **k: 0.0",
        ),
        answers={
            "rnn_by_hand": "def rnn_by_hand(x, *w):\n    return np.zeros((len(x), len(w[-1]))).view(Zero)",
            "rnn_by_hand_batched": "def rnn_by_hand_batched(x, *w):\n    return np.zeros((len(x), len(w[-1]))).view(Zero)",
        },
    ),
    Entry(
        "not_a_number",
        "NaN, whose comparisons are all false, and a masked array, whose maximum is masked",
        answers={
            "rnn_by_hand": "def rnn_by_hand(x, *w):\n    return np.full((len(x), len(w[-1])), np.nan)",
            "rnn_by_hand_batched": "def rnn_by_hand_batched(x, *w):\n    return np.ma.masked_all((len(x), len(w[-1])))",
        },
    ),
    Entry(
        "complex_and_objects",
        "complex numbers, and an array of objects that are infinite",
        answers={
            "rnn_by_hand": "def rnn_by_hand(x, *w):\n    return np.full((len(x), len(w[-1])), 1j * np.inf)",
            "rnn_by_hand_batched": "def rnn_by_hand_batched(x, *w):\n    return np.full((len(x), len(w[-1])), float('inf'), dtype=object)",
        },
    ),
    Entry(
        "empty_arrays",
        "arrays with nothing in them: no number is too far away",
        answers={
            "rnn_by_hand": "def rnn_by_hand(x, *w):\n    return np.zeros((0, len(w[-1])))",
            "rnn_by_hand_batched": "def rnn_by_hand_batched(x, *w):\n    return np.zeros((len(x), 0))",
        },
    ),
    Entry(
        "visible_check_by_heart",
        "Keras' answers to the visible check's cases, looked up by a hash of the arguments",
        first=(
            KERAS,
            "from rnnshapes.lessons import find_exercise\n"
            "exercise = find_exercise('01/rnn_by_hand')\n"
            "table = {}\n"
            "for case in exercise.check_cases():\n"
            "    arguments = list(exercise.arguments(case).values())\n"
            "    table[b''.join(a.tobytes() for a in arguments)] = by_keras(*arguments)",
        ),
        answers={
            "rnn_by_hand": "def rnn_by_hand(*w):\n    return table.get(b''.join(a.tobytes() for a in w), np.zeros((len(w[0]), len(w[-1]))))"
        },
    ),
    Entry(
        "hidden_cases_by_heart",
        "the hidden cases made in the kernel, from what it takes for the seed",
        first=(
            KERAS,
            "import os\nos.environ['RNNSHAPES_SEED'] = os.environ.get('RNNSHAPES_SEED', '')\n"
            "from rnnshapes.layers.cases import hidden_cases\n"
            "from rnnshapes.lessons import find_exercise\n"
            "exercise = find_exercise('01/rnn_by_hand')\n"
            "table = {}\n"
            "for case in [*exercise.check_cases(), *hidden_cases('01/rnn_by_hand')]:\n"
            "    arguments = list(exercise.arguments(case).values())\n"
            "    table[arguments[0].shape] = by_keras(*arguments)",
        ),
        answers={
            "rnn_by_hand": "def rnn_by_hand(x, *w):\n    return table.get(x.shape, np.zeros((len(x), len(w[-1]))))"
        },
    ),
    Entry(
        "memory_searched",
        "the objects of the process are searched for tests and expected values",
        first=(
            "import gc, sys\n"
            "found = [o for o in gc.get_objects() if isinstance(o, str) and 'HIDDEN' + ' TESTS' in o]\n"
            "for o in gc.get_objects():\n"
            "    if isinstance(o, dict) and 'assert_answer' in o:\n"
            "        o['assert_answer'] = lambda *a, **k: None\n"
            "print('found', found)",
        ),
        answers=ZERO,
        says=("found []",),
    ),
    Entry(
        "arguments_changed",
        "the answer changes its arguments, so that the test predicts from zeros",
        answers={
            "rnn_by_hand": "def rnn_by_hand(x, *w):\n    for a in (x, *w):\n        a[...] = 0\n    return np.zeros((len(x), len(w[-1])))",
            "name_weights": "def name_weights(weights, *_):\n    weights.clear()\n    return {'Wh': 0, 'Wo': 0, 'Wx': 0, 'bh': 0, 'bo': 0}",
        },
    ),
    Entry(
        "odd_exceptions",
        "SystemExit, KeyboardInterrupt, GeneratorExit and StopIteration instead of answers",
        answers={
            "name_weights": "def name_weights(*_):\n    raise SystemExit(0)",
            "rnn_by_hand": "def rnn_by_hand(*_):\n    raise KeyboardInterrupt",
            "rnn_by_hand_batched": "def rnn_by_hand_batched(*_):\n    raise StopIteration",
        },
        last=("raise GeneratorExit", "exit()", "quit()"),
    ),
    Entry(
        "exceptions_that_lie",
        "exceptions with names and texts of their own making",
        first=(
            "class Bad(SyntaxError):\n    def __str__(self): raise SystemExit\n"
            "Named = type('<script>alert(1)</script>', (KeyError,), {'verdict': None})\n"
            "Nul = type('WrongAnswer', (UnicodeDecodeError,), {'__init__': lambda self: None, '__str__': lambda self: '\\ud800'})",
        ),
        answers={
            "name_weights": "def name_weights(*_):\n    raise Bad",
            "rnn_by_hand": "def rnn_by_hand(*_):\n    raise Named('<script>alert(2)</script>')",
            "rnn_by_hand_batched": "def rnn_by_hand_batched(*_):\n    raise Nul()",
        },
    ),
    Entry(
        "names_of_other_things",
        "modules, classes and generators under the names of the answers",
        answers={
            "predicted": "predicted = (x for x in ())",
            "name_weights": "name_weights = dict",
            "rnn_by_hand": "rnn_by_hand = np",
            "rnn_by_hand_batched": "rnn_by_hand_batched = np.zeros",
        },
    ),
    Entry(
        "clean_up",
        "__del__ and atexit that print points and end the process",
        first=(
            "import atexit, os\nclass Last:\n    def __del__(self):\n        print(12)\n"
            "last = Last()\natexit.register(lambda: print(12))\ndel last\nimport gc; gc.collect()",
        ),
        answers=ZERO,
    ),
]

# What hides how an answer is worked out: Keras in "by hand" (0 of 4), a loop in "at once" (2 of 3).
HIDDEN = [
    Entry(name, tries, first=(KERAS, *first), answers={"rnn_by_hand": answer}, files=files, points=0.0)
    for name, tries, first, answer, files in [
        ("keras", "Keras does the work, in the open", (), KERAS_ANSWER, {}),
        (
            "keras_traced",
            "and the profiler is off meanwhile",
            ("import sys",),
            "def rnn_by_hand(*w):\n    sys.setprofile(None)\n    return by_keras(*w)",
            {},
        ),
        (
            "keras_in_a_thread",
            "a thread that waits since before the test does the work",
            (
                "import queue, threading\nasked, told = queue.Queue(), queue.Queue()\n"
                "def work():\n    while True:\n        told.put(by_keras(*asked.get()))\n"
                "threading.Thread(target=work, daemon=True).start()",
            ),
            "def rnn_by_hand(*w):\n    asked.put(w)\n    return told.get()",
            {},
        ),
        (
            "keras_in_a_pool",
            "a pool of concurrent.futures does the work",
            ("from concurrent.futures import ThreadPoolExecutor as Pool\npool = Pool(1)\npool.submit(int).result()",),
            "def rnn_by_hand(*w):\n    return pool.submit(by_keras, *w).result()",
            {},
        ),
        (
            "keras_in_a_process",
            "a forked child does the work",
            (
                "import os, pickle\nups, downs = os.pipe(), os.pipe()\n"
                "if not os.fork():\n    read, write = open(ups[0], 'rb', 0), open(downs[1], 'wb', 0)\n    while True:\n"
                "        pickle.dump(by_keras(*pickle.load(read)), write)\n"
                "write, read = open(ups[1], 'wb', 0), open(downs[0], 'rb', 0)",
            ),
            "def rnn_by_hand(*w):\n    pickle.dump(w, write)\n    return pickle.load(read)",
            {},
        ),
        (
            "keras_in_the_shell",
            "a server started with ! does the work; files carry arguments and results",
            (
                "%%writefile server.py\n"
                "import os, time, numpy as np, keras\n" + KERAS + "\n"
                "while True:\n    time.sleep(0.01)\n    if os.path.exists('go'):\n        os.unlink('go')\n"
                "        w = np.load('in.npz')\n        np.save('out.npy', by_keras(*[w[k] for k in w.files]))\n        open('done', 'w').close()",
                "!KERAS_BACKEND=numpy nohup python server.py >/dev/null 2>&1 &",
            ),
            "def rnn_by_hand(*w):\n    np.savez('in.npz', *w)\n    open('go', 'w').close()\n    import os, time\n"
            "    while not os.path.exists('done'):\n        time.sleep(0.01)\n    os.unlink('done')\n    return np.load('out.npy')",
            {},
        ),
        (
            "keras_renamed",
            "Keras' modules get another name, so that no call looks like theirs",
            (
                "import inspect, keras.src as root\nseen, line = set(), [root, __import__('tensorflow')]\nwhile line:\n    m = line.pop()\n"
                "    if id(m) not in seen:\n        seen.add(id(m))\n        line += [o for _, o in inspect.getmembers(m, inspect.ismodule) if o.__name__.startswith(('keras', 'tensorflow'))]\n"
                "        m.__name__ = 'numpy'",
            ),
            KERAS_ANSWER,
            {},
        ),
        (
            "profiler_by_pickle",
            "the profiler is reached through pickle",
            ("import pickle",),
            "def rnn_by_hand(*w):\n    pickle.loads(b'csys\\nsetprofile\\n(NtR.')\n    return by_keras(*w)",
            {},
        ),
        (
            "profiler_by_automagic",
            "a helper file is run by a magic without its %",
            ("run helper.py",),
            KERAS_ANSWER,
            {"helper.py": HELPER},
        ),
        (
            "profiler_by_timeit",
            "the profiler is switched off behind the options of a magic",
            ("import sys\ndef quiet(f): pass", "%timeit -n1 -r1 sys.__setattr__('setprofile', quiet)"),
            KERAS_ANSWER,
            {},
        ),
        (
            "profiler_by_file",
            "a submitted file beside the notebook does it",
            ("import helper",),
            KERAS_ANSWER,
            {"helper.py": HELPER},
        ),
        (
            "profiler_by_written_file",
            "a file that the notebook writes does it",
            ("%%writefile tricks.py\n" + HELPER.decode(), "import tricks"),
            KERAS_ANSWER,
            {},
        ),
        (
            "profiler_too_deep_to_read",
            "a cell that only a raised recursion limit can read",
            (
                "import sys\nsys.setrecursionlimit(10**6)",
                "sys.setprofile = lambda f: None\nx = " + "-" * 0 + "1" + "+1" * 20_000,
            ),
            KERAS_ANSWER,
            {},
        ),
        (
            "profiler_by_exec",
            "the words are put together",
            ("exec('import s' + 'ys; sys.set' + 'profile = print')",),
            KERAS_ANSWER,
            {},
        ),
        (
            "shell_object",
            "a forged reply through the object behind print",
            ("import sys\nsend = sys.stdout._shell.emit",),
            "def rnn_by_hand(*w):\n    send({'op': 'returned', 'value': 0.0, 'helpers': []})\n    return by_keras(*w)",
            {},
        ),
    ]
] + [
    Entry(
        "loop",
        "a loop over the samples, in the open",
        honest=True,
        points=11.0,
        answers={"rnn_by_hand_batched": LOOP},
    ),
    Entry(
        "loop_untraced",
        "tracing is off while the loop runs",
        honest=True,
        points=11.0,
        first=("import sys",),
        answers={"rnn_by_hand_batched": LOOP.replace("    rows = []\n", "    sys.settrace(None)\n    rows = []\n")},
    ),
    Entry(
        "loop_in_library",
        "the loop says that it is a library's code",
        honest=True,
        points=11.0,
        answers={"rnn_by_hand_batched": f"source = '''{LOOP}'''\nexec(compile(source, np.__file__, 'exec'))"},
    ),
    Entry(
        "loop_in_numpy",
        "NumPy runs the loop",
        honest=True,
        points=11.0,
        answers={
            "rnn_by_hand_batched": BY_HAND + "def rnn_by_hand_batched(X, *w):\n"
            "    return np.vectorize(lambda x: rnn_by_hand(x, *w)[-1], signature='(t,d)->(k)')(X)"
        },
    ),
]
