"""A stand-in for Keras in the process where functions are called: whatever is done with it, nothing is worked out.

`install` puts it in the place of every package that could do a layer's work. `TOUCHED` counts what was done with it:
a notebook that never touched it shows there what it shows anywhere.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.metadata
import opcode
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

PACKAGES = (
    "tensorflow",
    "keras",
    "tf_keras",
    "torch",
    "jax",
    "jaxlib",
    "flax",
    "tensorflow_probability",
    "onnxruntime",
)
"""What does not exist in this process; `import` gives the stand-in where the package is installed."""

_MOST = 50_000  # a loop that waits for a stand-in to change has no end


class _Count:
    touched = 0
    starred = False  # `from keras.layers import *`: any unknown name may be one of theirs


COUNT = _Count()


def touch() -> None:
    """Count that something was done with a stand-in. Raises: RuntimeError after very many times."""
    COUNT.touched += 1
    if COUNT.touched % _MOST == 0:
        raise RuntimeError("a loop over something of Keras: it does not run here")


class Inert:
    """Anything of Keras. Reading an attribute is free; whatever else is done with it counts as touched.

    >>> (Inert("keras").layers.Dense(3) + 1)[0].shape
    <keras.layers.Dense()()[].shape>
    """

    def __init__(self, path: str) -> None:
        object.__setattr__(self, "_path", path)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # what libraries look for, to see what a thing is
            raise AttributeError(name)
        return Inert(f"{self._path}.{name}"[-80:])

    def __setattr__(self, name: str, value: Any) -> None:
        touch()

    def __call__(self, *_: Any, **__: Any) -> Inert:
        touch()
        return Inert(f"{self._path}()"[-80:])

    def __getitem__(self, key: Any) -> Inert:
        touch()
        return Inert(f"{self._path}[]"[-80:])

    def __iter__(self) -> Any:
        touch()
        caller = sys._getframe(1)
        step = caller.f_code.co_code[caller.f_lasti]
        several = opcode.opname[step] == "UNPACK_SEQUENCE"  # Wx, Wh, bh = model.get_weights()
        return iter([self[0] for _ in range(caller.f_code.co_code[caller.f_lasti + 1] if several else 0)])

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[type, ...]:
        first = next(base for base in bases if isinstance(base, Inert))
        return (InertBase,) if first is self else ()

    def __repr__(self) -> str:
        touch()
        return f"<{self._path}>"

    def __enter__(self) -> Inert:
        return self()

    def __exit__(self, *_: Any) -> None:
        pass

    def __len__(self) -> int:
        touch()
        return 0

    def __bool__(self) -> bool:
        touch()
        return True


def _gives(value: Any) -> Any:
    def method(self: Inert, *_: Any) -> Any:
        touch()
        return value

    return method


def _no_number(self: Inert) -> Any:
    touch()
    raise TypeError("something of Keras is no number here")


_OPERATORS = "add sub mul matmul truediv floordiv mod pow and or xor lshift rshift"
for _name in _OPERATORS.split():
    for _side in (f"__{_name}__", f"__r{_name}__"):
        setattr(Inert, _side, lambda self, *_: self())
for _name in ("neg", "pos", "abs", "invert"):
    setattr(Inert, f"__{_name}__", lambda self: self())
for _name in ("lt", "le", "gt", "ge", "contains"):
    setattr(Inert, f"__{_name}__", _gives(False))  # `while loss > 0.1` ends
for _name in ("setitem", "delitem"):
    setattr(Inert, f"__{_name}__", _gives(None))
for _name in ("int", "float", "index", "complex"):
    setattr(Inert, f"__{_name}__", _no_number)


class InertBase:
    """What a class of a notebook inherits in the place of a Keras class."""

    def __init__(self, *_: Any, **__: Any) -> None:
        touch()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        touch()
        return Inert(name)

    def __call__(self, *_: Any, **__: Any) -> Inert:
        touch()
        return Inert("layer()")


class InertModule(ModuleType):
    """A module of such a package, and each of its modules."""

    def __getattr__(self, name: str) -> Any:
        if name == "__all__":
            touch()
            COUNT.starred = True
            return []
        if name == "__version__":
            return _version(self.__name__)
        if name.startswith("__"):
            raise AttributeError(name)
        return Inert(f"{self.__name__}.{name}")


def _version(module: str) -> str:
    try:
        return importlib.metadata.version(module.partition(".")[0])
    except importlib.metadata.PackageNotFoundError:
        return ""


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name: str, path: Sequence[str] | None, target: Any = None) -> Any:
        package = name.partition(".")[0]
        if package == "rnnshapes":  # what is missing of it here: the checks and what they know
            found = importlib.machinery.PathFinder.find_spec(name, path)
            return None if found and found.origin else self._spec(name)
        if package not in PACKAGES:
            return None
        return self._spec(name) if importlib.machinery.PathFinder.find_spec(package) else None

    def _spec(self, name: str) -> Any:
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: Any) -> ModuleType:
        return InertModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        pass


def install() -> None:
    """Give the stand-in to whoever imports one of PACKAGES from now on."""
    sys.meta_path.insert(0, _Finder())
