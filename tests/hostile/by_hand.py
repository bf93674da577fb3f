# ruff: noqa: E501  (cells are quoted as they are)
"""Entries in which Keras, or what the package knows, does the work of "by hand": each gets nothing for it."""

from .entry import KERAS, Entry

BY_KERAS = "def rnn_by_hand(*w):\n    {}\n    return by_keras(*w)"
LAZY = "class Later:\n    def __init__(self, w): self.w = w\n"
LATER = "def rnn_by_hand(*w):\n    return Later(w)"
TRUTH = (
    "from rnnshapes.lessons import find_exercise\nexercise = find_exercise('01/predicted')\n"
    "predicted = dict(exercise.truth) if hasattr(exercise, 'truth') else exercise.expected(exercise.check_cases()[0])"
)
TABLE = """
from rnnshapes.layers.cases import hidden_cases
from rnnshapes.lessons import find_exercise
exercise, table = find_exercise('01/rnn_by_hand'), {}
for case in [*exercise.check_cases(), *hidden_cases('01/rnn_by_hand', seed='seed-5f2a91c7')]:
    arguments = list(exercise.arguments(case).values())
    table[arguments[0].tobytes()] = by_keras(*arguments)
"""

BY_HAND = [
    Entry(name, tries, first=(KERAS, *first), answers=answers if isinstance(answers, dict) else {"rnn_by_hand": answers})
    for name, tries, first, answers in [
        (
            "keras_in_array",
            "Keras runs when the result is made an array",
            (LAZY + "    dtype, shape = np.dtype(float), (1, 1)\n    def __array__(self, *a, **k): return by_keras(*self.w)",),
            LATER,
        ),
        (
            "keras_in_dtype",
            "Keras runs when the result is asked for its dtype",
            (
                LAZY + "    @property\n    def dtype(self):\n        self.found = by_keras(*self.w)\n        return self.found.dtype\n"
                "    def __array__(self, *a, **k): return self.found",
            ),
            LATER,
        ),
        (
            "keras_in_iter",
            "Keras runs when the result is read row by row",
            ("class Rows(list):\n    def __iter__(self): return iter(by_keras(*self.w).tolist())",),
            "def rnn_by_hand(*w):\n    rows = Rows()\n    rows.w = w\n    return rows",
        ),
        (
            "profiler_by_match",
            "the profiler is reached by a pattern",
            ("import sys\nmatch sys:\n    case object(setprofile=off):\n        pass",),
            BY_KERAS.format("off(None)"),
        ),
        (
            "profiler_by_timeit_string",
            "a string for timeit switches it off",
            ("import timeit",),
            BY_KERAS.format("timeit.timeit('import sys; sys.setprofile(None)', number=1)"),
        ),
        (
            "profiler_by_formatter",
            "string.Formatter reads the attribute",
            ("import string, sys\noff, _ = string.Formatter().get_field('0.setprofile', (sys,), {})",),
            BY_KERAS.format("off(None)"),
        ),
        (
            "profiler_by_alias",
            "exec goes by another name",
            ("run = exec",),
            BY_KERAS.format("run('import sys; sys.set' + 'profile(None)')"),
        ),
        (
            "keras_in_a_raw_thread",
            "a thread that no module knows does the work",
            ("import _thread, time\nbox = []",),
            "def rnn_by_hand(*w):\n    box.clear()\n    _thread.start_new_thread(lambda: box.append(by_keras(*w)), ())\n"
            "    while not box: time.sleep(0.01)\n    return box[0]",
        ),
        (
            "watch_replaced",
            "what watches is replaced",
            (
                "import rnnshapes.judge.watch as seen\n"
                "seen.watch = lambda f, *a, **k: seen.Outcome(f(*a))\nseen.NOT_BY_HAND = ()",
            ),
            BY_KERAS.format("pass"),
        ),
        ("table_of_hidden_cases", "all hidden cases, worked out from a seed that leaked", (TABLE,),
         "def rnn_by_hand(x, *w):\n    return table.get(x.tobytes(), np.zeros((len(x), len(w[-1]))))"),
        ("truth_typed", "the shapes are copied from what the package knows", (), {"predicted": TRUTH}),
        (
            "package_runs_the_layer",
            "the package's own case does the work",
            (),
            "def rnn_by_hand(x, *w):\n    sizes = rnnshapes.Sizes(1, len(x), x.shape[1], len(w[1]), len(w[-1]))\n"
            "    names = dict(zip(('Wx', 'Wh', 'bh', 'Wo', 'bo'), w))\n"
            "    return rnnshapes.build_model(sizes, names, return_sequences=True).predict(x[None], verbose=0)[0]",
        ),
        (
            "stand_in_replaced",
            "the real Keras is looked for behind the stand-in",
            (
                "import sys\nsys.meta_path[:] = [f for f in sys.meta_path if 'inert' not in type(f).__module__]\n"
                "for name in [n for n in sys.modules if n.startswith(('keras', 'tensorflow', 'rnnshapes.layers'))]: del sys.modules[name]",
                "import keras, rnnshapes.layers.cases",
            ),
            BY_KERAS.format("import keras"),
        ),
    ]
]  # fmt: skip
