"""The referee's view of what a student's kernel holds: values by copy, functions by remote call."""

from __future__ import annotations

import builtins
import contextlib
import inspect
import sys
from collections.abc import Callable
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import numpy as np

from rnnshapes.grading.execute.crossing import pack, unpack
from rnnshapes.grading.execute.wire import WireError
from rnnshapes.judge.explain import Meeting, Operand, Trouble
from rnnshapes.judge.watch import Outcome

Ask = Callable[[dict[str, Any], list[bytes]], tuple[dict[str, Any], list[bytes]]]
"""Sends a message to the student's kernel, by way of the worker, and returns its answer."""


class RemoteProblem(Exception):
    """A student's kernel gave no answer that can be used."""


class TookTooLong(RemoteProblem):
    """A call did not return in time."""

    is_limit = True


class KernelDied(RemoteProblem):
    """The student's kernel ended."""

    is_limit = True


class ResultTooLarge(RemoteProblem):
    """A result has more bytes than may cross."""


class NotData(RemoteProblem):
    """What came back is no data."""


_PROBLEMS = {kind.__name__: kind for kind in (TookTooLong, KernelDied, ResultTooLarge, NotData)}


class RemoteFunction:
    """A function that lives in the student's kernel. Calling it sends copies of the arguments and returns a copy.

    Lists, dicts, sets and arrays that the function changed in place are changed here as well.
    """

    def __init__(self, description: dict[str, Any], ask: Ask) -> None:
        self._id, self._ask = int(description["id"]), ask
        self.__name__ = self.__qualname__ = str(description["name"])[:200]
        self.__module__ = "__main__"
        self.__doc__ = None
        self.__computes_nothing__ = description.get("empty") is True
        if description.get("parameters") is not None:
            self.__signature__ = _signature(description["parameters"])
        if isinstance(description.get("code"), dict):
            self.__code__ = SimpleNamespace(
                **{
                    name: tuple(map(str, value)) if isinstance(value, list) else int(value)
                    for name, value in description["code"].items()
                }
            )

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        reply, buffers = self._call("plain", arguments, keywords)
        if "error" in reply:
            raise to_exception(reply["error"], self._ask)
        for place, packed in reply.get("changed", []):
            _replace(keywords[place] if isinstance(place, str) else arguments[place], self._value(packed, buffers))
        return self._value(reply["value"], buffers)

    def __watch__(self, arguments: tuple[Any, ...], *, names: tuple[str, ...] = (), seed: int | None = None) -> Outcome:
        """Do what watch.watch does, over there."""
        return self._watched(arguments, names=list(names), seed=seed)[0]

    def __timed__(self, arguments: tuple[Any, ...]) -> tuple[Outcome, float]:
        """Do the same; return also the processor seconds that it took, as the sandbox's own server counts them."""
        return self._watched(arguments, timed=True)

    def _watched(self, arguments: tuple[Any, ...], **more: Any) -> tuple[Outcome, float]:
        try:
            reply, buffers = self._call("watch", arguments, {}, **more)
            spent = float(reply.get("spent", 0.0)) if more.get("timed") else 0.0
            helpers = tuple(str(helper) for helper in reply.get("helpers", ()))
            if "error" in reply:
                return Outcome(error=to_exception(reply["error"], self._ask), helpers=helpers), spent
            return Outcome(self._value(reply["value"], buffers), helpers=helpers), spent
        except RemoteProblem as problem:
            return Outcome(error=problem), 0.0

    def __count_steps__(self, arguments: tuple[Any, ...]) -> int:
        """Do what watch.count_steps does, over there."""
        reply, buffers = self._call("steps", arguments, {})
        if "error" in reply:
            raise to_exception(reply["error"], self._ask)
        return int(self._value(reply["value"], buffers))

    def __repr__(self) -> str:
        return f"<function {self.__name__}>"

    def _call(self, how: str, arguments: Any, keywords: Any, **more: Any) -> tuple[dict[str, Any], list[bytes]]:
        packed, buffers = pack((tuple(arguments), keywords), function=_refuse)
        message = {"op": "call", "function": self._id, "name": self.__name__, "how": how, "arguments": packed}
        return self._ask(message | more, buffers)

    def _value(self, packed: Any, buffers: list[bytes]) -> Any:
        return to_value(packed, buffers, ask=self._ask, what=f"{self.__name__} returned")


def _refuse(function: Any) -> dict[str, Any]:
    if isinstance(function, RemoteFunction):
        return {"here": function._id}
    module, name = getattr(function, "__module__", None) or "numpy", getattr(function, "__name__", "")
    if getattr(sys.modules.get(module), name, None) is function and module != "__main__":
        return {"by_name": [module, name]}
    raise TypeError(f"{name or function!r} is a function of the test: it cannot be sent to a student's function")


def to_value(packed: Any, buffers: list[bytes], *, ask: Ask, what: str = "it is") -> Any:
    """Return what was packed in the student's kernel. Raises: ResultTooLarge, NotData."""
    if isinstance(packed, dict) and "too_large" in packed:
        raise ResultTooLarge(f"{what} {int(packed['too_large']):,} bytes. Try: return only what is asked for.")
    try:
        return unpack(packed, buffers, function=lambda described: RemoteFunction(described, ask))
    except WireError as error:
        raise NotData(f"{what} something that cannot be read ({error})") from None


def _signature(parameters: list[Any]) -> inspect.Signature | None:
    try:
        return inspect.Signature(
            [
                inspect.Parameter(str(name), kind, default=None if has_default else inspect.Parameter.empty)
                for name, kind, has_default in parameters
            ]
        )
    except (TypeError, ValueError):
        return None


def _replace(argument: Any, new: Any) -> None:
    """Change a container in place to what the student's function made of its copy."""
    if isinstance(argument, list) and isinstance(new, list):
        argument[:] = new
    elif isinstance(argument, dict | set) and isinstance(new, type(argument)):
        argument.clear()
        argument.update(new)
    elif isinstance(argument, np.ndarray) and isinstance(new, np.ndarray) and argument.shape == new.shape:
        argument[...] = new


def to_exception(described: dict[str, Any], ask: Ask) -> Exception:
    """Return an exception like the one that a student's code raised: same name, same words, nearest built-in type."""
    if "problem" in described:
        return _PROBLEMS.get(described["problem"], RemoteProblem)(str(described.get("text", "")))
    name, text = str(described.get("name", "Exception"))[:100], str(described.get("text", ""))[:4000]
    kinds = [getattr(builtins, str(kind), None) for kind in described.get("kinds", ())]
    base = next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Exception)), RemoteProblem)
    kind = _kind(name if name.isidentifier() else "Exception", base)
    error = kind.__new__(kind, *(("", [Exception()]) if issubclass(kind, BaseExceptionGroup) else ()))
    error.text = text
    with contextlib.suppress(WireError, TypeError):
        error.args = unpack(described.get("args"), [])
    error.place = (described.get("line"), str(described.get("code", "")))
    error.__trouble__ = _trouble(described, error)
    return error


@lru_cache(maxsize=256)  # the names are students': they must not pile up
def _kind(name: str, base: type[Exception]) -> type[Exception]:
    return type(name, (base,), {"__str__": lambda self: self.text, "__module__": "builtins"})


def _trouble(described: dict[str, Any], error: Exception) -> Trouble:
    try:
        meeting = described.get("meeting")
        if meeting:
            left, right = (_operand(meeting[side]) for side in ("left", "right"))
            meeting = Meeting(left, str(meeting["operator"]), right, str(meeting["text"])[:400])
        line = int(described["line"]) if described.get("line") else None
        seen = tuple(str(one)[:400] for one in described.get("seen", ())[:4])
        return Trouble(error, line, str(described.get("code", "")), meeting or None, seen)
    except (KeyError, TypeError, ValueError):
        return Trouble(error, None, "", None)


def _operand(data: dict[str, Any]) -> Operand:
    shape = tuple(int(size) for size in data["shape"])
    flags = bool(data.get("is_zero")), bool(data.get("is_none"))
    return Operand(str(data["text"])[:200], shape, str(data.get("part_of", ""))[:50], *flags)
