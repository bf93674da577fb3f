"""What could hide how an answer is worked out is found; what students write honestly is not."""

# ruff: noqa: E501  (tables of cells)

import pytest

from rnnshapes.grading.execute.scan import hiding

HONEST = [
    "import numpy as np\ndef rnn(x, Wx):\n    h = 0\n    for x_t in x:\n        h = np.tanh(x_t @ Wx + h)\n    return h",
    "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1])",
    "!ls\n%pip list\n%time x = 1",
    "getattr(np, 'tanh')(1)",
    "check = 1; watch = 2; judge = [check, watch]",
    "model.compile(loss='mse'); re.compile('a'); df.eval('a')",
    "print(vars()); locals()",
    "class A:\n    def __init__(self): self.modules = 1",
    "x.check(); x.grading",
    "import sys\nprint(sys.version)",
    "import os\nos.makedirs('x', exist_ok=True); print(os.path.join('a', 'b'), os.environ.get('HOME'))",
    "rnnshapes.check_answer('01/rnn_by_hand', f); rnnshapes.draw.box('X', 'NTD', rnnshapes.Sizes(1, 2, 3, 4, 5))",
    "keras = rnnshapes.import_keras()",
    "from numpy import *\nfrom tensorflow import keras",
    "import tensorflow as tf\ntf.keras.layers.Dense(2)",
    "eval('1 + 1'); open('notes.txt', 'w').write('a'); open(name).read()",
    "def f(:",
    "",
]
HIDING = [
    "import sys\nsys.settrace(None)",
    "from sys import setprofile",
    "import sys as s",
    "s = __import__('sys')\ns.setprofile(None)",
    "eval('sys.setprofile')",
    "exec(code)",
    "getattr(sys, name)",
    "getattr(sys, 'setprofile')",
    "f.__code__ = g.__code__",
    "f.__globals__['x']",
    "import gc",
    "import ctypes",
    "from importlib import import_module",
    "sys.modules['numpy']",
    "rnnshapes.judge.watch.watch = lambda f: None",
    "rnnshapes.check_answer = print",
    "from rnnshapes.judge import watch",
    "import rnnshapes.judge.functions",
    "import rnnshapes as r",
    "r = rnnshapes",
    "%run other.py",
    "%%prun\nx = 1",
    "%%time\nimport gc",
    "get_ipython().user_ns",
    "vars(rnnshapes)",
    "object.__subclasses__()",
    "def f():\n    def g():\n        import gc",
    "os.sys.modules['rnnshapes.judge.watch']",
    "(r := rnnshapes).watch",
    "for q in [rnnshapes]:\n    print(q)",
    "from os import *",
    "open(5, mode='wb')",
    "open('/proc/self/mem', 'r+b')",
    "from pathlib import Path\nPath('/proc/self/mem').write_bytes(b'')",
    "exec('x = 1', names)",
    "np._sys",
    "import logging.handlers",
    "logging.handlers.QueueListener",
    "from rnnshapes import *",
]


@pytest.mark.parametrize("source", HONEST)
def test_honest_code_hides_nothing(source):
    assert hiding([source]) == ""


@pytest.mark.parametrize("source", HIDING)
def test_hiding_is_found_and_named(source):
    assert hiding(["x = 1", source])
