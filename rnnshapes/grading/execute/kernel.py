"""A student's kernel: it runs cells, hands over values, and calls functions, as messages ask for it.

Everything here runs beside the student's code, in the sandbox. Nothing that it says is believed further than as data.
"""

from __future__ import annotations

import dataclasses
import inspect
import json
import os
import random
import signal
from pathlib import Path
from typing import Any

import numpy as np

from rnnshapes.grading.execute import inert
from rnnshapes.grading.execute.crossing import pack, unpack
from rnnshapes.grading.execute.shell import Shell
from rnnshapes.grading.execute.wire import Channel, Closed
from rnnshapes.judge import watch
from rnnshapes.judge.explain import read_error

_MUTABLE = (list, dict, set, np.ndarray)


def serve(channel: Channel, *, largest: int) -> None:
    """Answer messages until the other end is closed.

    {"op": "put", "path"} + 1 buffer    writes a file beside the notebook
    {"op": "run", "source"}             runs a cell; outputs come as messages, then {"op": "ran"}
    {"op": "fetch", "names"}            hands over global variables: {"op": "values"}
    {"op": "call", "function", "how", …} calls a function: {"op": "returned"} or {"op": "raised"}
    """
    kernel = _Kernel(channel, largest)
    while True:
        try:
            message, buffers = channel.receive()
        except Closed:
            os._exit(0)
        kernel.answer(message, buffers)


class _Kernel:
    def __init__(self, channel: Channel, largest: int) -> None:
        self.channel, self.largest = channel, largest
        self.shell = Shell.instance() if Shell.initialized() else Shell.make()
        self.shell.connect(channel.send)
        self.shell.displayhook.do_full_cache, self.shell.displayhook.cache_size = 1, 1000  # `_` and Out, as in Jupyter
        self.shell.forgiving = True
        self.functions: list[Any] = []
        random.seed()
        np.random.seed()  # not the parent's state, which every submission would share

    def answer(self, message: dict[str, Any], buffers: list[bytes]) -> None:
        """Do what a message asks. An interrupt ends what runs, never the kernel."""
        try:
            try:
                signal.signal(signal.SIGINT, signal.default_int_handler)
                reply, data = getattr(self, f"_{message['op']}")(message, buffers)
            finally:
                signal.signal(signal.SIGINT, signal.SIG_IGN)
        except BaseException as error:  # also an interrupt that comes at the very end
            reply, data = {"op": "raised", "error": _describe(error)}, []
        self.shell.flush()
        self.channel.send(reply | {"touched": inert.COUNT.touched > 0}, data)

    def _put(self, message: dict[str, Any], buffers: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
        path = Path(message["path"])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(buffers[0])
        return {"op": "written"}, []

    def _run(self, message: dict[str, Any], buffers: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
        ran = self.shell.run(message["source"], count=message.get("count"))
        return {"op": "ran", "error": type(ran.error).__name__ if ran.error else None}, []

    def _fetch(self, message: dict[str, Any], buffers: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
        values, data = {}, []
        for name in message["names"]:
            if name in self.shell.user_ns:
                values[name] = self._pack(self.shell.user_ns[name], data)
        return {"op": "values", "values": values}, data

    def _call(self, message: dict[str, Any], buffers: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
        names = self.shell.user_ns
        held = {name: names.pop(name) for name in message.get("without") or () if name in names}
        try:
            return self._called(message, buffers)
        finally:
            names.update({name: value for name, value in held.items() if name not in names})

    def _called(self, message: dict[str, Any], buffers: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
        function = self.functions[message["function"]]
        arguments, keywords = unpack(message["arguments"], buffers, imports=True, function=self._known)
        names, how = message.get("names") or [], message["how"]
        if message.get("seed") is not None:
            np.random.seed(message["seed"])
        data: list[bytes] = []
        if how == "steps":
            return {"op": "returned", "value": watch.count_steps(function, *arguments)}, data
        if how == "watch":
            outcome = watch.watch(function, *arguments)
            if outcome.error is not None:
                error = _describe(outcome.error, arguments=dict(zip(names, arguments, strict=False)))
                return {"op": "raised", "error": error, "helpers": outcome.helpers}, data
            packed = self._pack(outcome.value, data)
            return {"op": "returned", "value": packed, "helpers": outcome.helpers}, data
        passed = [*enumerate(arguments), *keywords.items()]
        mutable = [(place, argument) for place, argument in passed if isinstance(argument, _MUTABLE)]
        before = [pack(argument) for _, argument in mutable]
        try:
            value = function(*arguments, **keywords)
        except BaseException as error:
            return {"op": "raised", "error": _describe(error)}, data
        changed = [
            [place, self._pack(argument, data)]
            for (place, argument), old in zip(mutable, before, strict=True)
            if pack(argument) != old
        ]
        return {"op": "returned", "value": self._pack(value, data), "changed": changed}, data

    def _pack(self, value: Any, data: list[bytes]) -> Any:
        """Pack a value, its buffers appended to `data`; a value that is too large becomes a note that says so."""
        packed, buffers = pack(value, function=self._handle)
        size = sum(map(len, buffers)) + len(json.dumps(packed))
        if size > self.largest:
            return {"too_large": size}
        offset = len(data)
        data += buffers
        return _shift(packed, offset) if offset else packed

    def _known(self, described: dict[str, Any]) -> Any:
        """Return a function of this notebook that comes back as an argument."""
        return self.functions[described["here"]]

    def _handle(self, function: Any) -> dict[str, Any]:
        """Describe a function that stays here: it is called by its number."""
        known = [number for number, other in enumerate(self.functions) if other is function]
        if not known:
            known = [len(self.functions)]
            self.functions.append(function)
        code = getattr(function, "__code__", None)
        described = {"id": known[0], "name": str(getattr(function, "__name__", "function"))}
        described["empty"] = watch.is_empty(function)
        try:
            parameters = inspect.signature(function).parameters.values()
            described["parameters"] = [[p.name, int(p.kind), p.default is not p.empty] for p in parameters]
        except (TypeError, ValueError):
            described["parameters"] = None
        if code is not None:
            described["code"] = {
                "co_names": sorted(watch.names_in(code)),
                "co_consts": [one for one in code.co_consts if isinstance(one, str) and len(one) < 9],  # "nan", say
                "co_nlocals": code.co_nlocals,
                "co_argcount": code.co_argcount,
                "co_varnames": list(code.co_varnames),
            }
        return described


def _shift(packed: Any, offset: int) -> Any:
    """Count the buffers of a packed value from `offset`."""
    if isinstance(packed, list):
        return [_shift(item, offset) for item in packed]
    if not isinstance(packed, dict):
        return packed
    return {
        key: item + offset if key in ("array", "bytes") else item if key in ("dtype", "shape") else _shift(item, offset)
        for key, item in packed.items()
    }


def _describe(error: BaseException, *, arguments: dict[str, Any] | None = None) -> dict[str, Any]:
    """Describe an exception: its type, its words, and where in the student's code it arose."""
    try:
        text = str(error)
    except Exception:
        text = ""
    kinds = [kind.__name__ for kind in type(error).__mro__ if kind.__module__ == "builtins"]
    described: dict[str, Any] = {"name": type(error).__name__, "kinds": kinds, "text": text[:4000]}
    packed, buffers = pack(error.args)
    if not buffers and len(str(packed)) < 2000:  # the key of a KeyError, say
        described["args"] = packed
    try:
        trouble = read_error(error, arguments=arguments or {})
        described["line"], described["code"] = trouble.line, trouble.code[:400]
        described["seen"] = [one[:400] for one in trouble.seen]
        described["meeting"] = dataclasses.asdict(trouble.meeting) if trouble.meeting else None
    except Exception:  # an explanation is a help, not a duty
        described["line"], described["code"], described["meeting"] = None, "", None
    return described
