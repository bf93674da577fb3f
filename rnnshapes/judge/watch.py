"""Call a student's function and report what happened: the result, the error, and how the work was done."""

from __future__ import annotations

import dis
import gc
import os
import sys
import sysconfig
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import CodeType, FrameType
from typing import Any

import numpy as np

NOT_BY_HAND = ("tensorflow", "keras", "torch", "jax", "flax")
"""Packages that do the layer's work: by hand means NumPy."""
_OURS = (
    "layers.run",
    "layers.ledger",
    "layers.stacks",
    "layers.cases",
    "judge.functions",
    "lessons",
    "beliefs",
    "check",
    "explorer",
)
_TRUTH = tuple(f"rnnshapes.{part}" for part in _OURS)
"""What this package has that does the same: it runs layers, or knows what they give."""

_LIBRARIES = (
    *(sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")),
    os.path.dirname(os.path.dirname(os.path.abspath(__file__))),
)


def is_library(filename: str) -> bool:
    """Tell whether code from this file belongs to Python or an installed package, not to a student.

    >>> import os
    >>> is_library(os.__file__), is_library("/tmp/ipykernel_1/2.py")
    (True, False)
    """
    return filename.startswith((*_LIBRARIES, "<frozen", "<__array_function__"))


_IDLE = ("RESUME", "NOP", "CACHE", "LOAD_CONST", "LOAD_FAST", "LOAD_SMALL_INT", "POP_TOP", "BUILD_TUPLE", "RETURN")


def is_empty(function: Callable[..., Any]) -> bool:
    """Tell whether a function computes nothing: `pass`, `...`, a docstring alone, or an argument handed back.

    >>> def f(x): pass
    >>> is_empty(f), is_empty(print)
    (True, False)
    """
    if hasattr(function, "__computes_nothing__"):  # a referee sees a student's function through another process
        return function.__computes_nothing__
    code = getattr(function, "__code__", None)
    return code is not None and all(step.opname.startswith(_IDLE) for step in dis.get_instructions(code))


class Theirs:
    """A student's function that is called in another way than it is written: in all else it is theirs."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.__wrapped__ = function

    @property
    def __computes_nothing__(self) -> bool:
        return is_empty(self.__wrapped__)

    @property
    def __code__(self) -> CodeType:
        return self.__wrapped__.__code__


def names_in(code: CodeType) -> set[str]:
    """Return the names that code looks up, comprehensions and inner functions included.

    >>> sorted(names_in((lambda rows: [rows.sum(axis) for axis in range(2)]).__code__))
    ['range', 'sum']
    """
    return set(code.co_names).union(*(names_in(one) for one in code.co_consts if isinstance(one, CodeType)))


@dataclass(frozen=True)
class Outcome:
    """One call of a student's function.

    `value` is what came back, `error` the exception that came instead, and `helpers` names the functions of
    NOT_BY_HAND packages that ran during the call.
    """

    value: Any = None
    error: BaseException | None = None
    helpers: tuple[str, ...] = ()

    @property
    def returns_nothing(self) -> bool:
        return self.error is None and self.value is None


def _module(frame: FrameType | None) -> str:
    name = frame.f_globals.get("__name__") if frame is not None else ""
    return name if type(name) is str else ""


def _drawn(caller: FrameType | None) -> bool:
    """Tell whether a plotting library calls: it asks of every array whether it is a tensor."""
    drawing = _module(caller).partition(".")[0] in ("matplotlib", "mpl_toolkits", "seaborn", "pandas")
    return drawing and caller is not None and is_library(caller.f_code.co_filename)


@contextmanager
def _noting_helpers(noted: list[str]) -> Iterator[None]:
    """Note which functions of NOT_BY_HAND packages are called in this thread."""

    def note(frame: FrameType, event: str, arg: Any) -> None:
        if event != "call" or len(noted) > 20:
            return
        module = _module(frame)  # an exception here would end the noting
        if (module.partition(".")[0] in NOT_BY_HAND or module.startswith(_TRUTH)) and not _drawn(frame.f_back):
            noted.append(f"{module}.{frame.f_code.co_qualname}")

    before = sys.getprofile()
    collecting = gc.isenabled()
    gc.disable()  # or the collector could run some model's clean-up here, and it would look like the student's
    threads = threading.getprofile()
    sys.setprofile(note)
    threading.setprofile(note)  # for threads that the answer starts
    try:
        yield
        if sys.getprofile() is not note:
            noted.append("something that switched the watching off")
    finally:
        sys.setprofile(before)
        threading.setprofile(threads)
        if collecting:
            gc.enable()


@contextmanager
def _seeded(seed: int | None) -> Iterator[None]:
    """Let NumPy's random numbers start at `seed`, and go on afterwards as if nothing had been."""
    if seed is None:
        yield
        return
    state = np.random.get_state()
    np.random.seed(seed)
    try:
        yield
    finally:
        np.random.set_state(state)


def watch(
    function: Callable[..., Any], *arguments: Any, names: tuple[str, ...] = (), seed: int | None = None
) -> Outcome:
    """Call `function` on copies of `arguments` and return what happened. Never raises an ordinary exception.

    `names` are what the exercise calls its arguments, and `seed` is given to NumPy's random numbers for the call. A
    function of another process (a referee sees a student's as such) has a `__watch__` that does the same over there.

    >>> watch(max, [1, 3, 2]).value
    3
    >>> type(watch(max, []).error)
    <class 'ValueError'>
    """
    if hasattr(function, "__watch__"):
        return function.__watch__(arguments, names=names, seed=seed)
    copies = [_copy(argument) for argument in arguments]
    noted: list[str] = []
    try:
        with _seeded(seed), _noting_helpers(noted), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a student's own calls show them; in a test they would count as errors
            value = function(*copies)
    except (KeyboardInterrupt, GeneratorExit):
        raise
    except BaseException as error:  # SystemExit too: `quit()` in an answer must not end the notebook
        return Outcome(error=error, helpers=tuple(noted))
    return Outcome(value, helpers=tuple(noted))


def helper_called(outcome: Outcome) -> str:
    """Return the first function of a NOT_BY_HAND package that ran, without Keras' wrappers around it.

    >>> helper_called(Outcome(helpers=("keras.src.utils.traceback_utils.error_handler", "keras.ops.tanh")))
    'keras.ops.tanh'
    """
    plain = [helper for helper in outcome.helpers if "traceback_utils" not in helper and "<locals>" not in helper]
    return (plain or list(outcome.helpers))[0]


def _copy(argument: Any) -> Any:
    """Copy arrays, also those in a list, so that an answer may change its arguments in place."""
    if isinstance(argument, list):
        return [_copy(item) for item in argument]
    return argument.copy() if hasattr(argument, "copy") else argument


def count_steps(function: Callable[..., Any], *arguments: Any) -> int:
    """Return how many bytecode instructions of the student's own code one call executes.

    Library code does not count. It is a count, not a time: the same on every machine and on every run.

    >>> import numpy as np
    >>> def at_once(X): return X.sum(axis=1)
    >>> def one_by_one(X): return [x.sum() for x in X]
    >>> [steps_grow(f, [(N, (np.ones((N, 2)),)) for N in (3, 30)]) for f in (at_once, one_by_one)]
    [False, True]
    """
    if hasattr(function, "__count_steps__"):
        return function.__count_steps__(arguments)
    count = 0

    def trace(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal count
        if is_library(frame.f_code.co_filename):
            return None
        frame.f_trace_opcodes = True
        frame.f_trace_lines = False
        count += event == "opcode"
        return trace

    before, threads = sys.gettrace(), threading.gettrace()
    for _ in range(2):  # the first traced call may count short while Python (3.12 and later) instruments the code
        count = 0
        copies = [_copy(argument) for argument in arguments]
        sys.settrace(trace)
        threading.settrace(trace)  # for threads that the answer starts
        try:
            function(*copies)
        finally:
            sys.settrace(before)
            threading.settrace(threads)
    return count


def steps_grow(function: Callable[..., Any], calls: Iterable[tuple[int, tuple[Any, ...]]]) -> bool:
    """Tell whether the student's own code does more steps for more samples: a Python loop over them.

    `calls` are (N, arguments) pairs that differ in N only. A loop executes at least one instruction more for
    each further sample; arithmetic on whole arrays executes none.
    """
    counted = [(samples, count_steps(function, *arguments)) for samples, arguments in calls]
    (few, before), (many, after) = counted[0], counted[-1]
    return after - before >= many - few
