"""Values between processes: JSON and raw arrays, never pickle, so that reading them runs no code.

What a student's kernel sends may be anything at all: `unpack` returns data or raises WireError.
"""

from __future__ import annotations

import builtins
import importlib
import sys
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from rnnshapes.grading.execute.wire import WireError

_DEEP, _MANY = 40, 200_000  # nested containers, items in all
_KINDS = 100  # types with a stand-in in one value: a class each
_HASHED, _HASHED_ITEMS = ("set", "frozenset", "dict"), 20_000  # keys may be forged to collide; text cannot be
_ARRAYS = "biufcSUmM"  # kinds of dtype that hold plain bytes


class Opaque:
    """Stands for a value that cannot cross: it has the type's name, and nothing can be done with it.

    >>> type(opaque("generator", "<generator object>")).__name__
    'generator'
    """

    text = ""

    def __repr__(self) -> str:
        return self.text


def opaque(kind: str, text: str) -> Opaque | Exception:
    """Return a stand-in whose type is named `kind` and whose repr is `text`; of a built-in exception, a bare one."""
    known = getattr(builtins, kind, None)
    if isinstance(known, type) and issubclass(known, Exception) and not issubclass(known, BaseExceptionGroup):
        return known.__new__(known)
    value = _opaque_class(kind if kind.isidentifier() else "object")()
    value.text = text[:400]
    return value


@lru_cache(maxsize=256)
def _opaque_class(kind: str) -> type[Opaque]:
    return type(kind, (Opaque,), {})


def pack(value: Any, *, function: Callable[[Any], dict[str, Any]] | None = None) -> tuple[Any, list[bytes]]:
    """Return a value as JSON and buffers. What has no form here becomes a stand-in with the type's name.

    `function` describes callables; without it they are sent by their importable name, or as a stand-in.

    >>> unpack(*pack({"a": (1, ...), "b": np.ones(2)}))
    {'a': (1, Ellipsis), 'b': array([1., 1.])}
    """
    packer = _Packer(function)
    return packer.encode(value), packer.buffers


class _Packer:
    """One value on its way into JSON: the buffers so far, and how many items it has."""

    def __init__(self, function: Callable[[Any], dict[str, Any]] | None) -> None:
        self.function, self.buffers, self.items = function, [], 0

    def encode(self, value: Any, depth: int = 0) -> Any:
        self.items += 1
        if depth > _DEEP or self.items > _MANY:
            return _stand_in(value)
        if value is None or isinstance(value, bool | str) or (isinstance(value, float) and type(value) is float):
            return value if not isinstance(value, str) else str(value)
        if type(value) is int:
            return (
                value if abs(value) < 2**63 else {"int": hex(value)} if value.bit_length() < 10**5 else _stand_in(value)
            )
        if value is ...:
            return {"ellipsis": None}
        if isinstance(value, complex) and type(value) is complex:
            return {"complex": [value.real, value.imag]}
        if isinstance(value, bytes | bytearray):
            self.buffers.append(bytes(value))
            return {"bytes": len(self.buffers) - 1}
        for name, kind in _CONTAINERS.items():
            if isinstance(value, kind):
                return {name: [self.encode(item, depth + 1) for item in list(value)]}
        if isinstance(value, dict):
            pairs = list(value.items())
            return {"dict": [[self.encode(key, depth + 1), self.encode(item, depth + 1)] for key, item in pairs]}
        if isinstance(value, range):
            return {"range": [value.start, value.stop, value.step]}
        if isinstance(value, slice):
            return {"slice": [self.encode(part, depth + 1) for part in (value.start, value.stop, value.step)]}
        array = _as_array(value)
        if array is not None:
            if array.dtype.kind == "O":
                return {
                    "objects": [self.encode(item, depth + 1) for item in array.ravel().tolist()],
                    "shape": array.shape,
                }
            self.buffers.append(np.ascontiguousarray(array).tobytes())
            scalar = isinstance(value, np.generic)
            return {"array": len(self.buffers) - 1, "dtype": array.dtype.str, "shape": array.shape, "scalar": scalar}
        if callable(value) and not isinstance(value, type):
            if self.function is not None:
                return {"function": self.function(value)}
            return _by_name(value) or _stand_in(value)
        return _stand_in(value)


_CONTAINERS = {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}


def _as_array(value: Any) -> np.ndarray | None:
    """Return arrays, NumPy scalars and tensors as an array of plain numbers or text, else None."""
    if not isinstance(value, np.ndarray | np.generic) and not (hasattr(value, "__array__") and hasattr(value, "dtype")):
        return None
    try:
        array = np.asarray(value)
    except Exception:  # a symbolic tensor, say
        return None
    return array if array.dtype.kind in _ARRAYS + "O" and array.dtype.names is None else None


def _by_name(value: Any) -> dict[str, Any] | None:
    """Describe a library's function, such as np.tanh, by where it can be imported from."""
    module, name = getattr(value, "__module__", None) or "numpy", getattr(value, "__name__", "")
    found = getattr(sys.modules.get(module), name, None) if module != "__main__" else None
    return {"import": [module, name]} if found is value else None


def _stand_in(value: Any) -> dict[str, Any]:
    try:
        text = repr(value)
    except Exception:  # a student's own __repr__
        text = object.__repr__(value)
    return {"opaque": [type(value).__name__, text[:400]]}


def unpack(
    data: Any, buffers: list[bytes], *, function: Callable[[dict[str, Any]], Any] | None = None, imports: bool = False
) -> Any:
    """Return the value that `pack` made. Raises: WireError for anything else.

    `function` makes a callable of its description. `imports` allows functions by their importable name: for what
    the referee sends to a student's kernel, never the other way.
    """
    try:
        return _Unpacker(buffers, function, imports).decode(data)
    except WireError:
        raise
    except Exception as error:  # whatever a forged message makes of it
        raise WireError(f"not a value: {type(error).__name__}") from None


class _Unpacker:
    """One value on its way out of JSON: how much of it there is so far."""

    def __init__(self, buffers: list[bytes], function: Callable[[dict[str, Any]], Any] | None, imports: bool) -> None:
        self.buffers, self.function, self.imports = buffers, function, imports
        self.items = self.hashed = 0
        self.kinds: set[str] = set()

    def decode(self, data: Any) -> Any:
        self.items += 1
        if self.items > 4 * _MANY:
            raise WireError("too many items")
        if data is None or isinstance(data, bool | int | float | str):
            return data
        if not isinstance(data, dict) or not data:
            raise WireError("not a value")
        kind = next(iter(data))
        body = data[kind]
        if kind in _HASHED:
            self._count_keys(body if kind != "dict" else [key for key, _ in body])
        if kind == "opaque":
            self.kinds.add(str(body[0]))
            return opaque(str(body[0]) if len(self.kinds) <= _KINDS else "object", str(body[1]))
        if kind in _CONTAINERS:
            return _CONTAINERS[kind](self.decode(item) for item in body)
        if kind == "dict":
            return {self.decode(key): self.decode(item) for key, item in body}
        if kind == "array":
            array = np.frombuffer(self.buffers[body], dtype=_dtype(data["dtype"])).reshape(
                [int(size) for size in data["shape"]]
            )
            return array[()] if data.get("scalar") and array.shape == () else array.copy()
        if kind == "objects":
            array = np.empty(len(body), dtype=object)
            array[:] = [self.decode(item) for item in body]
            return array.reshape([int(size) for size in data["shape"]])
        if kind == "function" and self.imports and "by_name" in body:
            module, name = body["by_name"]
            return getattr(importlib.import_module(module), name)
        if kind == "function" and self.function is not None:
            return self.function(body)
        if kind == "import" and self.imports:
            return getattr(importlib.import_module(body[0]), body[1])
        simple = {
            "ellipsis": lambda: ...,
            "int": lambda: int(body, 16),
            "complex": lambda: complex(*body),
            "bytes": lambda: self.buffers[body],
            "range": lambda: _short(range(*body)),
            "slice": lambda: slice(*(self.decode(part) for part in body)),
        }
        return simple[kind]()

    def _count_keys(self, keys: Any) -> None:
        self.hashed += sum(not isinstance(key, str) for key in keys)
        if self.hashed > _HASHED_ITEMS:
            raise WireError(f"more than {_HASHED_ITEMS} keys")


def _short(numbers: range) -> range:
    if len(numbers) > _MANY:  # a test may sort them
        raise WireError("a range of too many numbers")
    return numbers


def _dtype(text: str) -> np.dtype:
    dtype = np.dtype(str(text))
    if dtype.kind not in _ARRAYS or dtype.names is not None:
        raise WireError(f"an array of {text}")
    return dtype
