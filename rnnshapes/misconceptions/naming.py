"""Which weight is which: a student's function tells five arrays apart by their shapes alone."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import Any

import numpy as np

from rnnshapes.cases import WEIGHT_DIMS, Case
from rnnshapes.exercise import Belief, seeded_cases
from rnnshapes.explain import read_error
from rnnshapes.sizes import Sizes
from rnnshapes.verdict import Verdict
from rnnshapes.watch import watch
from rnnshapes.misconceptions.beliefs import beliefs

_TEXTS = {
    "order_assumed": ("The weights always come in Keras' order.", "Here the list is shuffled. What else than its place tells a weight's name?"),
    "biases_swapped": ("The biases can trade places.", "One bias is added to M numbers, the other to K numbers. Which is which?"),
    "wx_wh_swapped": ("Wx and Wh can trade places.", "One of them takes D numbers in, the other M. Which axis of a weight is the one that goes in?"),
    "wx_transposed": ("Wx is (M, D).", "x[t] is a row of D numbers and stands to the left of Wx. Which axis of Wx comes first?"),
    "wo_transposed": ("Wo is (K, M).", "h is a row of M numbers and stands to the left of Wo. Which axis of Wo comes first?"),
    "ndim_only": ("The number of axes is enough.", "Three of the weights have two axes. What tells these three apart?"),
    "sizes_from_notebook": ("D, M and K are known: they stand in the first cells.", "The function gets D, M and K as arguments, and they differ from the notebook's. Use those."),
    "wrong_keys": ("Any key will do.", "The keys are the lecture's names, letter for letter: Wx, Wh, bh, Wo, bo."),
    "shapes_instead_of_arrays": ("The shape is the answer.", "The dict holds the arrays themselves: the shape is how you recognise them."),
}
NAMING_BELIEFS = {key: Belief(key, *text) for key, text in _TEXTS.items()} | {
    key: belief for key, belief in beliefs().items()
    if key in ("not_written", "returns_nothing", "wrong_type", "keras_layer")}


@dataclass(frozen=True, eq=False)
class NamingExercise:
    """`name_weights(weights, D, M, K)`: a shuffled list of five arrays in, a dict of names out."""

    name: str
    notebook: Sizes
    check_sizes: tuple[Sizes, ...]
    beliefs = NAMING_BELIEFS

    def check_cases(self) -> list[Case]:
        """Return the notebook's sizes, then others."""
        return seeded_cases(self.notebook, *self.check_sizes)

    def judge(self, answer: Any, cases: list[Case], part: str = "") -> Verdict:
        """Return the Verdict on a student's function, which must name every weight in every order."""
        function = self.name.partition("/")[2]
        if not callable(answer):
            return self._wrong(f"{function} is a value of type {type(answer).__name__}", "a function", ["wrong_type"])
        orders = 0
        for number, case in enumerate(cases):
            for order in _orders(number):
                verdict = self._judge_order(answer, case, order)
                if verdict is not None:
                    return verdict
                orders += 1
        return Verdict(function, right=True,
                       summary=f"{function} names all five weights in {orders} orders, at {len(cases)} sets of sizes.")

    def _judge_order(self, answer: Any, case: Case, order: tuple[str, ...]) -> Verdict | None:
        D, M, K = case.sizes.shape("DMK")
        weights = [case.weights[name] for name in order]
        outcome = watch(answer, weights, D, M, K)
        asked = f"a dict with the keys {', '.join(WEIGHT_DIMS)}, each holding its array"
        if outcome.helpers:
            return self._wrong(f"{outcome.helpers[0]} ran inside", "shapes alone tell the weights apart", ["keras_layer"])
        if isinstance(outcome.error, NotImplementedError):
            return self._wrong("NotImplementedError", asked, ["not_written"])
        if outcome.error is not None:
            trouble = read_error(outcome.error, arguments={})
            return self._wrong(f"{type(outcome.error).__name__}: {outcome.error} (line {trouble.line}: `{trouble.code}`) "
                               f"with the order {', '.join(order)}", asked, self._transposed(answer, case)
                               or self._from_notebook(answer, case))
        named = outcome.value
        if named is None:
            return self._wrong("None", asked, ["returns_nothing"])
        if not isinstance(named, dict):
            return self._wrong(f"a value of type {type(named).__name__}", asked, ["wrong_type"])
        held = {name: _which(named.get(name), case) for name in WEIGHT_DIMS}
        if all(held[name] == name for name in WEIGHT_DIMS):
            return None
        name = next(name for name in WEIGHT_DIMS if held[name] != name)
        return self._wrong(
            f"{name} holds {_describe(named.get(name), case)} when the list has the order {', '.join(order)}",
            f"{name} holds the one array whose axes are those of {name}",
            self._recognise(answer, case, order, named, held))

    def _recognise(self, answer: Any, case: Case, order: tuple[str, ...], named: dict, held: dict[str, str]) -> list[str]:
        if not set(WEIGHT_DIMS) <= set(named):
            return self._transposed(answer, case) or (
                ["wrong_keys"] if len(named) >= 5 else self._from_notebook(answer, case))
        if any(isinstance(value, tuple) for value in named.values()):
            return ["shapes_instead_of_arrays"]
        turned = [name for name in ("Wx", "Wo") if held[name] == f"{name}.T"]
        if turned:
            return [f"{turned[0].lower()}_transposed"]
        if found := self._transposed(answer, case):
            return found
        if list(held.values()) == [order[place] for place in range(5)]:
            return ["order_assumed"]
        if held["Wx"] == "Wh" and held["Wh"] == "Wx":
            return ["wx_wh_swapped"]
        if held["bh"] == "bo" and held["bo"] == "bh":
            return ["biases_swapped"]
        if found := self._from_notebook(answer, case):
            return found
        axes_agree = all(held[name] and len(WEIGHT_DIMS[name]) == len(WEIGHT_DIMS[held[name]]) for name in held)
        return ["ndim_only"] if axes_agree else []

    def _transposed(self, answer: Any, case: Case) -> list[str]:
        """A function that looks for (M, D) finds a turned Wx: offer it one and see whether it names it Wx."""
        for name in ("Wx", "Wo"):
            for other in ((), ("Wo",) if name == "Wx" else ("Wx",)):
                offered = {key: value.T if key in (name, *other) else value for key, value in case.weights.items()}
                outcome = watch(answer, [offered[key] for key in ("bo", "Wo", "Wx", "bh", "Wh")], *case.sizes.shape("DMK"))
                if isinstance(outcome.value, dict) and np.array_equal(outcome.value.get(name, 0), offered[name]) \
                        and offered[name].shape == case.weights[name].T.shape:
                    return [f"{name.lower()}_transposed"]
        return []

    def _from_notebook(self, answer: Any, case: Case) -> list[str]:
        """A function that is right at the notebook's sizes, and only there, has taken them from the notebook."""
        if case.sizes == self.notebook:
            return []
        home = self.check_cases()[0]
        value = watch(answer, [home.weights[name] for name in ("bo", "Wo", "Wh", "bh", "Wx")],
                      *home.sizes.shape("DMK")).value
        right = isinstance(value, dict) and all(_which(value.get(name), home) == name for name in WEIGHT_DIMS)
        return ["sizes_from_notebook"] if right else []

    def _wrong(self, got: str, expected: str, keys: list[str]) -> Verdict:
        advice = "" if keys else "Write the shape of each weight in letters, then compare with D, M and K."
        return Verdict(self.name.partition("/")[2], got=got, expected=expected, try_=advice,
                       beliefs=tuple(self.beliefs[key] for key in keys))


def _orders(number: int) -> Iterator[tuple[str, ...]]:
    """Yield five of the 120 orders of the weights, other ones for each case; never Keras' own order first."""
    every = list(permutations(WEIGHT_DIMS))
    yield from every[119 - number::-29]


def _which(value: Any, case: Case) -> str:
    """Return the name of the weight that `value` is, "Wx.T" for one that is turned round, or ""."""
    for name, weight in case.weights.items():
        if isinstance(value, np.ndarray) and np.array_equal(value, weight):
            return name
    for name, weight in case.weights.items():
        if isinstance(value, np.ndarray) and value.ndim == 2 and np.array_equal(value, weight.T):
            return f"{name}.T"
    return ""


def _describe(value: Any, case: Case) -> str:
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape} = {case.sizes.letters(value.shape)}"
    return "nothing" if value is None else f"a value of type {type(value).__name__}"
