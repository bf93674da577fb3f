"""Functions that return several arrays of different shapes: each is compared by itself, and one belief explains them all."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from rnnshapes.beliefs.by_hand import ByHand
from rnnshapes.judge.watch import Outcome, is_empty, watch
from rnnshapes.layers.program import Program
from rnnshapes.sizes import split_dims, tuple_text


@dataclass(frozen=True, eq=False)
class OnePart:
    """A case with one of the arrays that a function returns: `four` of the whole case has what Keras gives, by name."""

    whole: Any
    name: str
    dims: str
    program: Program | None = None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.whole, name)

    @property
    def part(self) -> np.ndarray:
        """What Keras gives."""
        return self.whole.four[self.name]

    @property
    def place(self) -> int:
        """Which of the arrays it is."""
        return [*self.whole.four].index(self.name)

    def sibling(self, *, seed: int) -> OnePart:
        """Return the same of another case of the same sizes."""
        return type(self.whole).make(self.sizes, seed=seed).parts[self.place]


class InParts(ByHand):
    """Each case is tried once for each array that the function returns, in the order of the case's `parts`."""

    def check_cases(self) -> list[Any]:
        return [part for case in super().check_cases() for part in case.parts]

    def hidden_cases(self) -> list[Any]:
        return [part for case in super().hidden_cases() for part in case.parts]

    def arguments(self, case: OnePart) -> dict[str, Any]:
        """Return the function's arguments, and behind them which array is compared: `_Picking` reads that."""
        return {**super().arguments(case), _PLACE: case.place}

    def judge(self, answer: Any, cases: list[OnePart], part: str = "") -> Any:
        """Return the Verdict: beliefs about all arrays together, and the first one that is wrong."""
        names = list(dict.fromkeys(case.name for case in cases))
        picking = _Picking(answer, names) if callable(answer) else answer
        verdict = super().judge(picking, cases, part)
        if verdict.right or not callable(answer):
            return replace(verdict, summary=verdict.summary.replace(f"{len(cases)} cases", _cases(cases, names)))
        alone = {name: super(InParts, self).judge(picking, _only(cases, name), part) for name in names}
        wrong = [name for name in names if not alone[name].right]
        if not wrong or len({one.got for one in alone.values()}) == 1:  # an exception, or no arrays at all
            return replace(verdict, expected=_asked(cases[: len(names)]) if verdict.got else verdict.expected)
        known = verdict if verdict.beliefs or verdict.formula else alone[wrong[0]]
        words = {"beliefs": known.beliefs, "formula": known.formula, "in_place_of": known.in_place_of}
        got = f"in {wrong[0]}: {alone[wrong[0]].got}"
        return replace(alone[wrong[0]], got=got, try_=known.try_, see=None, **words)  # no explorer for several results


def _only(cases: list[OnePart], name: str) -> list[OnePart]:
    return [case for case in cases if case.name == name]


def _asked(parts: list[OnePart]) -> str:
    """Say in letters which arrays are asked for."""
    shapes = (f"{part.sizes.shape(part.dims)} = {tuple_text(split_dims(part.dims))}" for part in parts)
    return ", ".join(f"{part.name} {shape}" for part, shape in zip(parts, shapes, strict=True))


_PLACE = "which_of_them"


def _cases(cases: list[OnePart], names: list[str]) -> str:
    return f"{len(cases) // len(names)} cases, all {len(names)} arrays"


class _Picking:
    """A student's function, of whose arrays one is picked: its last argument says which. In all else it is theirs."""

    def __init__(self, function: Callable[..., Any], names: list[str]) -> None:
        self.__wrapped__, self._names = function, names

    def __call__(self, *arguments: Any) -> Any:
        *arguments, place = arguments
        return self._picked(self.__wrapped__(*arguments), place)

    def __watch__(self, arguments: tuple[Any, ...], **how: Any) -> Outcome:
        *arguments, place = arguments
        how["names"] = tuple(name for name in how.get("names", ()) if name != _PLACE)
        outcome = watch(self.__wrapped__, *arguments, **how)
        return replace(outcome, value=self._picked(outcome.value, place))

    def _picked(self, value: Any, place: int) -> Any:
        """Return one array; what is no collection of as many arrays as are asked for comes back as it is."""
        if isinstance(value, dict):
            return value.get(self._names[place])
        several = isinstance(value, tuple | list) and len(value) == len(self._names)
        return value[place] if several else value

    @property
    def __computes_nothing__(self) -> bool:
        return is_empty(self.__wrapped__)

    @property
    def __code__(self) -> Any:
        return self.__wrapped__.__code__

    @property
    def __signature__(self) -> inspect.Signature:
        own = inspect.signature(self.__wrapped__)
        last = inspect.Parameter(_PLACE, inspect.Parameter.POSITIONAL_OR_KEYWORD)
        return own.replace(parameters=[*own.parameters.values(), last])
