"""Functions that return several arrays of different shapes: each is compared by itself, and one belief explains them all."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from rnnshapes.beliefs.by_hand import ByHand
from rnnshapes.judge import facts
from rnnshapes.judge.compare import is_right, largest_difference, to_array
from rnnshapes.judge.exercise import made_once
from rnnshapes.judge.functions import UNKNOWN, showing
from rnnshapes.judge.watch import Outcome, Theirs, watch
from rnnshapes.layers.cases import TOLERANCE
from rnnshapes.layers.program import Program
from rnnshapes.layers.run import read
from rnnshapes.sizes import Sizes, split_dims, tuple_text


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
    def within(self) -> str:
        """Where a wrong number is."""
        return f"in {self.name}: "

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
        return made_once(type(self.whole).make, self.sizes, seed).parts[self.place]


class InSeveralParts:
    """A case of a function that returns several arrays: `dims_of` has their axes by name, in their order.

    `four` (or as many as there are) is what Keras gives, by name, and `lines` compute them too; () if none do.
    """

    sizes: Sizes
    dims_of: Mapping[str, str]
    lines: tuple[str, ...] = ()

    @property
    def arrays(self) -> dict[str, np.ndarray]:
        """What the lines read: the case's own arrays."""
        return {name: own for name, own in vars(self).items() if isinstance(own, np.ndarray)}

    @cached_property
    def parts(self) -> list[OnePart]:
        """The case once for each of the arrays."""
        programs = {name: Program(self.lines, film=name) if self.lines else None for name in self.dims_of}
        return [OnePart(self, name, dims, programs[name]) for name, dims in self.dims_of.items()]


class InParts(ByHand):
    """Each case is tried once for each array that the function returns, in the order of the case's `parts`."""

    def tried(self, case: Any) -> list[OnePart]:
        """Return the case once for each array."""
        return case.parts

    def arguments(self, case: OnePart) -> dict[str, Any]:
        """Return the function's arguments, and behind them which array is compared: `_Picking` reads that."""
        return {**super().arguments(case), _PLACE: case.place}

    def agrees(self, answer: Any, cases: list[OnePart], part: str = "") -> bool:
        """Tell whether all the arrays are right on these cases."""
        return callable(answer) and super().agrees(_picking(answer, cases), cases)

    def judge(self, answer: Any, cases: list[OnePart], part: str = "") -> Any:
        """Return the Verdict on all arrays together: a belief has to explain each of them that is wrong.

        Where none does, several mistakes may have met: then on the first array that is wrong, by itself.
        """
        if not callable(answer):
            return super().judge(answer, cases, part)
        names, picking = _names(cases), _picking(answer, cases)
        verdict = super().judge(picking, cases, part)
        if verdict.right:
            return replace(verdict, summary=verdict.summary.replace(f"{len(cases)} cases", _cases(cases, names)))
        first = cases[: len(names)]
        wrong = [case for case in cases if verdict.got.startswith(case.within)]
        if not wrong and "finite" not in verdict.expected:
            return replace(verdict, expected=_asked(first))
        if wrong and picking.alone:
            verdict = self._in_one(picking, first, verdict)
        elif wrong and (moved := self._exchanged(picking, first, verdict, all_of_them=True)):
            verdict = moved
        elif wrong and not self._named(verdict):
            alone = super().judge(picking, wrong, part)
            verdict = (
                alone if self._named(alone) else self._exchanged(picking, first, verdict) or _unknown(self, verdict)
            )
        if verdict.formula:
            verdict = self._of_wrong_ones(picking, cases, verdict)
        return replace(verdict, see=None)  # the explorer shows one result

    def _named(self, verdict: Any) -> bool:
        """Tell whether a verdict has a name; that one array does not change with an argument is none."""
        return not {belief.key for belief in verdict.beliefs} <= {*self.named([facts.SAME_FOR_OTHERS])}

    def _got(self, picking: _Picking, parts: list[OnePart]) -> list[np.ndarray | None]:
        return [to_array(watch(picking, *self.arguments(part).values()).value) for part in parts]

    def _in_one(self, picking: _Picking, parts: list[OnePart], verdict: Any) -> Any:
        """Say that there is one array for all."""
        got = self._got(picking, parts[:1])[0]
        said = f"one array, of shape {tuple_text(map(str, got.shape))}"
        beliefs = showing(self, facts.NO_ARRAY)
        return replace(verdict, got=said, expected=_asked(parts), beliefs=beliefs, try_="", picture=None, formula="")

    def _exchanged(self, picking: _Picking, parts: list[OnePart], verdict: Any, *, all_of_them: bool = False) -> Any:
        """Say that one right array stands in another's place, or that all are right and in other places; None if not."""
        got, right = self._got(picking, parts), [self.expected(part) for part in parts]
        stand = [
            {
                place
                for place, array in enumerate(right)
                if one is not None and largest_difference(one, array) <= TOLERANCE
            }
            for one in got
        ]
        moved = [places and own not in places for own, places in enumerate(stand)]
        if not any(moved) or (all_of_them and set().union(*stand) != {*range(len(right))}):
            return None
        return replace(verdict, beliefs=showing(self, facts.OTHER_PLACES), try_="", formula="")

    def _of_wrong_ones(self, picking: _Picking, cases: list[OnePart], verdict: Any) -> Any:
        """Leave out of a formula the lines of arrays that are right: the code has them as they should be."""
        wrong = {
            case.name for case in cases if not is_right(self, case, watch(picking, *self.arguments(case).values()))
        }
        right = {case.name for case in cases} - wrong

        def kept(lines: str) -> str:
            return "\n".join(line for line in lines.split("\n") if line and read(line).name not in right)

        return replace(verdict, formula=kept(verdict.formula), in_place_of=kept(verdict.in_place_of))


def _names(cases: list[OnePart]) -> list[str]:
    return list(dict.fromkeys(case.name for case in cases))


def _picking(answer: Callable[..., Any], cases: list[OnePart]) -> _Picking:
    return _Picking(answer, _names(cases), max(len(split_dims(case.dims)) for case in cases))


def _unknown(exercise: InParts, verdict: Any) -> Any:
    return replace(verdict, beliefs=(), try_=verdict.try_ or f"{UNKNOWN} {exercise.advice or _ADVICE}")


_ADVICE = "Which arrays are right and which are not, and what goes into those alone?"


def _asked(parts: list[OnePart]) -> str:
    """Say in letters which arrays are asked for."""
    shapes = (f"{part.sizes.shape(part.dims)} = {tuple_text(split_dims(part.dims))}" for part in parts)
    return ", ".join(f"{part.name} {shape}" for part, shape in zip(parts, shapes, strict=True))


_PLACE = "which_of_them"
_NOTHING = type("NoneType", (), {})()
"""In the place of one array that is None: the function as a whole does return something."""


def _cases(cases: list[OnePart], names: list[str]) -> str:
    return f"{len(cases) // len(names)} cases, all {len(names)} arrays"


class _Picking(Theirs):
    """A student's function, of whose arrays one is picked: its last argument says which."""

    def __init__(self, function: Callable[..., Any], names: list[str], axes: int) -> None:
        """`axes` is the largest number of axes that one of the arrays has."""
        super().__init__(function)
        self._names, self._axes = names, axes
        self.alone = False

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
        stacked = isinstance(value, np.ndarray) and value.ndim > self._axes  # of equal shapes: it can be unpacked, too
        several = (stacked or isinstance(value, tuple | list)) and len(value) == len(self._names)
        self.alone = isinstance(value, np.ndarray) and not several
        if not several:
            return value
        return _NOTHING if value[place] is None else value[place]

    @property
    def __signature__(self) -> inspect.Signature:
        own = inspect.signature(self.__wrapped__)
        last = inspect.Parameter(_PLACE, inspect.Parameter.POSITIONAL_OR_KEYWORD)
        return own.replace(parameters=[*own.parameters.values(), last])
