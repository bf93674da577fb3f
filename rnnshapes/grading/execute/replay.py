"""Set-up cells that need not run again: what one came to is kept, and put back where it would come to the same.

A referee runs an instructor's notebook for each submission, and most of that time goes into cells that no student's
work can change: a model is built, and predicts. Such a cell is known by its text, by everything that it looks up, and
by the state of the random numbers. What it bound, printed and showed is put back when all of these are as they were,
and when nothing that it bound has been changed since. A cell that might do more than bind and show (files, settings,
seeds: see setup_cells.is_quiet), or that touches what has no mark here, always runs.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import sys
import time
import types
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnnshapes.grading.execute.cells import global_reads
from rnnshapes.grading.execute.setup_cells import is_quiet
from rnnshapes.grading.execute.shell import Ran, Shell
from rnnshapes.judge.watch import names_in
from rnnshapes.layers.chance import chance, set_chance
from rnnshapes.sizes import Sizes

_WORTH = 0.03  # seconds: to run a shorter cell costs no more than to look whether it has to
_MOST = 50  # cells whose results are kept
_DEEP = 6  # containers within containers, functions that call functions
_MANY = 10_000  # things in one container


class _Unmarked(Exception):
    """Something whose state cannot be told from outside."""


@dataclass(frozen=True)
class _Kept:
    """What a cell came to."""

    bound: dict[str, Any]
    marks: dict[str, Any]
    messages: list[dict[str, Any]]
    chance: tuple[Any, ...]


class Replay:
    """Runs a referee's set-up cells, or puts back what they came to.

    >>> space = {}
    >>> run = lambda source, count: Ran(exec(source, space), None)
    >>> shell = types.SimpleNamespace(user_ns=space, emit=print, run=run)
    >>> Replay(shell).run("half = 1 / 2", count=1).error, space["half"]
    (None, 0.5)
    """

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self._kept: dict[Any, _Kept] = {}
        self._models: dict[int, Any] = {}  # Keras objects that kept cells bound, by id: each stays what it is
        self._space: dict[str, Any] = {}  # where a function that is marked looks names up
        self.replayed = 0

    def run(self, source: str, *, count: int | None) -> Ran:
        """Run a cell as `shell.run` does, or have the same come of it."""
        space = self.shell.user_ns
        if not is_quiet(source, may_draw=True):
            return self.shell.run(source, count=count)
        try:
            reads = {name: space[name] for name in sorted(global_reads(source)) if name in space}
            marks = self._marks(reads)
        except _Unmarked:
            return self.shell.run(source, count=count)
        key = _digest([source, repr(marks), repr(chance())])
        kept = self._kept.get(key)
        if kept is not None and self._unchanged(kept):
            return self._put_back(kept, count)
        before, messages, emit = dict(space), [], self.shell.emit
        began = time.monotonic()
        self.shell.emit = lambda message: (messages.append(message), emit(message))
        try:
            ran = self.shell.run(source, count=count)
        finally:
            self.shell.emit = emit
        if ran.error is None and time.monotonic() - began > _WORTH:
            self._keep(key, reads, marks, before, messages)
        return ran

    def _put_back(self, kept: _Kept, count: int | None) -> Ran:
        self.shell.user_ns.update(kept.bound)
        set_chance(kept.chance)
        for message in kept.messages:
            output = message.get("output", {})
            again = {"output": output | {"execution_count": count}} if "execution_count" in output else {}
            self.shell.emit(message | again)
        self.replayed += 1
        return Ran(None, None)

    def _keep(
        self, key: str, reads: dict[str, Any], marks: dict[str, Any], before: dict[str, Any], messages: list
    ) -> None:
        """Keep what the cell bound, unless it changed what it had found, or bound what has no mark."""
        space = self.shell.user_ns
        bound = {name: value for name, value in space.items() if name not in before or before[name] is not value}
        bound = {name: value for name, value in bound.items() if not name.startswith("_")}
        with contextlib.suppress(_Unmarked):
            if self._marks(reads) == marks and set(before) <= set(space):
                self._models |= _models(bound)
                new = self._marks(bound)
                if len(self._kept) >= _MOST:
                    self._kept.clear()
                self._kept[key] = _Kept(bound, new, messages, chance())
        self._models = {number: model for one in self._kept.values() for number, model in _models(one.bound).items()}

    def _unchanged(self, kept: _Kept) -> bool:
        try:
            return self._marks(kept.bound) == kept.marks
        except _Unmarked:
            return False

    def _marks(self, named: dict[str, Any]) -> dict[str, Any]:
        self._space = self.shell.user_ns | named
        return {name: self._mark(value) for name, value in named.items()}

    def _mark(self, value: Any, deep: int = 0) -> Any:
        """Return what tells one state of a value from every other. Raises: _Unmarked."""
        if deep > _DEEP:
            raise _Unmarked
        match value:
            case bool() | int() | float() | complex() | str() | bytes() | None:
                return (type(value).__name__, repr(value))
            case np.ndarray() | np.generic() if not np.asarray(value).dtype.hasobject:
                array = np.asarray(value)
                return (type(value).__name__, array.dtype.str, array.shape, _digest([array.tobytes()]))
            case tuple() | list() | dict() if type(value) in (tuple, list, dict) and len(value) <= _MANY:
                inside = [*value.items()] if isinstance(value, dict) else value
                return (type(value).__name__, tuple(self._mark(one, deep + 1) for one in inside))
            case types.ModuleType():
                return ("module", value.__name__)
            case types.FunctionType() if value.__globals__ is self.shell.user_ns:
                return self._mark_of_function(value, deep)
            case type() | types.FunctionType() | types.BuiltinFunctionType() | np.ufunc():
                if getattr(value, "__module__", "") == "__main__":
                    raise _Unmarked
                return ("named", getattr(value, "__module__", ""), getattr(value, "__qualname__", value.__name__))
        if isinstance(value, Sizes):
            return ("sizes", repr(value))
        if "EagerTensor" in type(value).__name__:
            return ("tensor", self._mark(np.asarray(value), deep + 1))
        if id(value) in self._models:
            return ("keras", id(value), *_state(value))
        raise _Unmarked

    def _mark_of_function(self, function: types.FunctionType, deep: int) -> Any:
        """A function of the notebook is its code, and whatever that looks up."""
        if function.__closure__ or function.__dict__:
            raise _Unmarked
        given = [function.__defaults__, function.__kwdefaults__]
        looks = {name: self._space[name] for name in sorted(names_in(function.__code__)) if name in self._space}
        looks = {name: value for name, value in looks.items() if value is not function}
        return ("function", marshal.dumps(function.__code__), self._mark([*given, looks], deep + 1))


def _flat(values: Iterable[Any]) -> Iterable[Any]:
    for value in values:
        yield value
        if isinstance(value, tuple | list):
            yield from _flat(value)
        elif isinstance(value, dict):
            yield from _flat(value.values())


def _models(bound: dict[str, Any]) -> dict[int, Any]:
    """Return what is Keras' own among what a cell bound, by id."""
    keras = sys.modules.get("keras")
    kinds = (keras.Layer, keras.Initializer, keras.KerasTensor) if keras else ()
    return {id(value): value for value in _flat(bound.values()) if isinstance(value, kinds)}


def _state(value: Any) -> tuple[Any, ...]:
    """Return the state of a Keras layer or model: its settings, its numbers, and whether it was compiled."""
    try:
        settings = repr(value.get_config()) if hasattr(value, "get_config") else ""
        layers = value._flatten_layers() if isinstance(value, sys.modules["keras"].Layer) else ()
        # what a layer keeps beside its weights, such as the state of one that is stateful
        held = [one for layer in layers for one in _flat(vars(layer).values()) if hasattr(one, "assign")]
        numbers = _digest(np.asarray(one).tobytes() for one in [*getattr(value, "variables", ()), *held])
    except Exception as error:  # a layer of the instructor's own may have no settings to give
        raise _Unmarked from error
    return (settings, numbers, getattr(value, "compiled", False), getattr(value, "trainable", False))


def _digest(parts: Iterable[str | bytes]) -> str:
    found = hashlib.blake2b(digest_size=20)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        found.update(len(data).to_bytes(8, "big") + data)
    return found.hexdigest()
