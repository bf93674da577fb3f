"""Which weight is which: a student's function tells five arrays apart by their shapes alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations
from typing import Any

import numpy as np

from rnnshapes.beliefs.by_hand import Room
from rnnshapes.beliefs.records import Record
from rnnshapes.judge import facts
from rnnshapes.judge.exercise import Shown, Written
from rnnshapes.judge.explain import read_error
from rnnshapes.judge.verdict import Verdict
from rnnshapes.judge.watch import is_empty, watch
from rnnshapes.layers.cases import WEIGHT_DIMS, Case, make_case
from rnnshapes.sizes import Sizes

GENERAL = ("function_overwritten", "returns_nothing", "not_written")
SWAPPED = {("Wx", "Wh"): "wx_wh_swapped", ("bh", "bo"): "biases_swapped"}
SWAPPED |= dict.fromkeys([("Wx", "Wo"), ("Wh", "Wo")], "wo_swapped")
SHUFFLED = ("bo", "Wo", "Wh", "bh", "Wx")


@dataclass(frozen=True, eq=False)
class NamingExercise(Shown, Written):
    """`name_weights(weights, D, M, K)`: a shuffled list of five arrays in, a dict of names out."""

    name: str
    room: Room
    make = staticmethod(make_case)

    @property
    def notebook(self) -> Sizes:
        return self.room.notebook

    @property
    def check_sizes(self) -> tuple[Sizes, ...]:
        return self.room.checks

    @cached_property
    def beliefs(self) -> dict[str, Record]:
        """The beliefs that are about this function, or have words for it."""
        name = self.function
        return self.room.known(name, "arrays", lambda one: one.key in GENERAL or name in (*one.only_for, *one.hints))

    def judge(self, answer: Any, cases: list[Case], part: str = "") -> Verdict:
        """Return the Verdict on a student's function, which must name every weight in every order."""
        function = self.function
        if not callable(answer):
            got = f"{function} is a value of type {type(answer).__name__}"
            return self._wrong(got, "a function", ["function_overwritten"])
        orders = 0
        for number, case in enumerate(cases):
            for order in _orders(number):
                verdict = self._judge_order(answer, case, order)
                if verdict is not None:
                    return verdict
                orders += 1
        summary = f"{function} names all five weights in {orders} orders, at {len(cases)} sets of sizes."
        return Verdict(function, right=True, summary=summary)

    def _judge_order(self, answer: Any, case: Case, order: tuple[str, ...]) -> Verdict | None:
        D, M, K = case.sizes.shape("DMK")
        weights = [case.weights[name] for name in order]
        outcome = watch(answer, weights, D, M, K)
        asked = f"a dict with the keys {', '.join(WEIGHT_DIMS)}, each holding its array"
        if outcome.helpers:
            got = f"{outcome.helpers[0]} ran inside"
            return self._wrong(got, "shapes alone tell the weights apart", ["keras_layer"])
        if isinstance(outcome.error, NotImplementedError):
            return self._wrong("NotImplementedError", asked, ["not_written"])
        if outcome.error is not None:
            trouble = read_error(outcome.error, arguments={})
            keys = self._transposed(answer, case) or self._from_notebook(answer, case)
            if isinstance(outcome.error, KeyError):
                first = next(weights[i].shape for i, name in enumerate(order) if name in ("bh", "bo"))
                keys = keys or ["comma_missing" if outcome.error.args == (first,) else "shape_not_in_table"]
            elif not keys and self._right(answer, case, tuple(WEIGHT_DIMS)):
                keys = ["order_assumed"]
            foreign = facts.strangers(self.notebook, (), case.sizes, {})
            keys = keys or self.named(facts.facts_of(trouble, case.sizes, self.notebook, foreign))
            return self._wrong(
                f"{type(outcome.error).__name__}: {outcome.error} (line {trouble.line}: `{trouble.code}`) "
                f"with the order {', '.join(order)}",
                asked,
                keys,
            )
        named = outcome.value
        if named is None:
            return self._wrong("None", asked, ["not_written" if is_empty(answer) else "returns_nothing"])
        if not isinstance(named, dict):
            return self._wrong(f"a value of type {type(named).__name__}", asked, ["wrong_type"])
        held = {name: _which(named.get(name), case) for name in WEIGHT_DIMS}
        if all(held[name] == name for name in WEIGHT_DIMS):
            return None
        name = next(name for name in WEIGHT_DIMS if held[name] != name)
        return self._wrong(
            f"{name} holds {_describe(named.get(name), case)} when the list has the order {', '.join(order)}",
            f"{name} holds its own array, recognised by the whole of its shape",
            self._recognise(answer, case, order, named, held),
        )

    def _recognise(
        self, answer: Any, case: Case, order: tuple[str, ...], named: dict, held: dict[str, str]
    ) -> list[str]:
        """Return the keys of the beliefs behind a dict that names a weight wrongly."""
        if any(value is ... for value in named.values()):
            return ["not_written"]
        if not set(WEIGHT_DIMS) <= set(named):
            return self._incomplete(answer, case, named)
        if any(isinstance(value, tuple) for value in named.values()):
            return ["shapes_instead_of_arrays"]
        turned = [name for name in ("Wx", "Wh", "Wo") if held[name] == f"{name}.T"]
        if turned:
            return ["weights_turned"]
        if all(self._by_axes_alone(answer, case, other) for other in (order, SHUFFLED)):
            return ["ndim_only"]
        if self._by_place(answer, case):
            return ["order_assumed"]
        if case is not self.check_cases()[0] and (found := self._from_notebook(answer, case)):
            ascending = [np.size(named[name]) for name in ("bo", "bh", "Wo", "Wx", "Wh")]
            return ["by_number_of_entries"] if ascending == sorted(ascending) else found
        if held["bh"] == held["bo"] != "":
            return ["one_array_two_names"]
        if self._lenient(answer, case):
            return ["one_axis_only"]
        if found := self._transposed(answer, case):
            right = all(held[name] == name for name in ("Wx", "Wo") if f"{name.lower()}_transposed" in found)
            return ["letters_as_a_set"] if right else found  # found both ways round
        for (one, other), key in SWAPPED.items():
            if (held[one], held[other]) == (other, one):
                return [key]
        known = [name for name in held.values() if name]
        if len(known) < len(held):
            return ["not_of_the_list"]
        return ["one_array_two_names"] if len(set(known)) < len(known) else []

    def _call(self, answer: Any, case: Case, order: tuple[str, ...], **others: np.ndarray) -> dict[str, Any]:
        """Return the dict that comes of the weights in this order, some of them others; {} if it is none."""
        offered = case.weights | others
        value = watch(answer, [offered[name] for name in order], *case.sizes.shape("DMK")).value
        return value if isinstance(value, dict) else {}

    def _held(self, answer: Any, case: Case, order: tuple[str, ...]) -> dict[str, str]:
        """Return which weight goes by which name."""
        value = self._call(answer, case, order)
        return {name: _which(value.get(name), case) for name in WEIGHT_DIMS}

    def _by_place(self, answer: Any, case: Case) -> bool:
        """Tell whether each name goes to the same place of the list, whatever stands there."""
        places = []
        for order in (tuple(WEIGHT_DIMS), SHUFFLED):
            held = self._held(answer, case, order).values()
            places.append([order.index(name) if name in order else -1 for name in held])
        return places[0] == places[1] and -1 not in places[0]

    def _by_axes_alone(self, answer: Any, case: Case, order: tuple[str, ...]) -> bool:
        """Tell whether matrices and vectors get their names in the order in which they come."""
        vectors = iter([name for name in order if name in ("bh", "bo")])
        matrices = iter([name for name in order if name not in ("bh", "bo")])
        held = self._held(answer, case, order)
        return all(held[name] == next(vectors if name in ("bh", "bo") else matrices) for name in WEIGHT_DIMS)

    def _incomplete(self, answer: Any, case: Case, named: dict) -> list[str]:
        """Return the keys of the beliefs behind a dict that lacks names."""
        missing = [name for name in WEIGHT_DIMS if name not in named]
        if named and all(isinstance(value, str) for value in named.values()):
            return ["keys_and_values_swapped"]
        if len(named) >= 5 and len(missing) > 1:
            return ["wrong_keys"]
        if case.sizes.K == 1:  # every case before this one was right
            return ["by_number_of_entries"]
        if self._lenient(answer, case):
            return ["one_axis_only"]
        if found := self._transposed(answer, case):
            return found
        if found := self._from_notebook(answer, case):
            return found
        if missing == ["bh", "bo"]:
            return ["comma_missing"]
        return [{0: "list_is_not_tuple", 1: "first_weight_only"}.get(len(named), "weight_missing")]

    def _lenient(self, answer: Any, case: Case) -> bool:
        """Offer weights with one axis of a foreign length: a function that takes one for Wx or Wo looks at one axis."""
        decoys = {"Wx": (case.sizes.D, 77), "Wo": (77, case.sizes.K), "Wh": (case.sizes.M, 77)}
        order = ("bo", "Wo", "Wx", "bh", "Wh")
        return any(
            np.shape(self._call(answer, case, order, **{name: np.zeros(shape)}).get(name)) == shape
            for name, shape in decoys.items()
        )

    def _transposed(self, answer: Any, case: Case) -> list[str]:
        """A function that looks for (M, D) finds a turned Wx: offer one and see whether it is named Wx."""
        found = []
        for turned in (("Wx",), ("Wo",), ("Wx", "Wo")):
            offered = {name: case.weights[name].T for name in turned}
            value = self._call(answer, case, ("bo", "Wo", "Wx", "bh", "Wh"), **offered)
            if all(np.array_equal(value.get(name, 0), offered[name]) for name in turned):
                found += [f"{name.lower()}_transposed" for name in turned]
        return list(dict.fromkeys(found))

    def _from_notebook(self, answer: Any, case: Case) -> list[str]:
        """A function that is right at the notebook's sizes, and only there, has taken them from the notebook."""
        home = self.check_cases()[0]
        right = case is not home and self._right(answer, home, SHUFFLED)
        return ["sizes_from_notebook"] if right else []

    def _right(self, answer: Any, case: Case, order: tuple[str, ...]) -> bool:
        return all(name == held for name, held in self._held(answer, case, order).items())

    def _wrong(self, got: str, expected: str, keys: list[str]) -> Verdict:
        advice = "" if keys else "Write the shape of each weight in letters, then compare with D, M and K."
        beliefs = tuple(self.beliefs[key] for key in keys)
        return Verdict(self.function, got=got, expected=expected, try_=advice, beliefs=beliefs)


def _orders(number: int) -> Iterator[tuple[str, ...]]:
    """Yield five of the 120 orders of the weights, other ones for each case; never Keras' own order first."""
    every = list(permutations(WEIGHT_DIMS))
    yield from every[119 - number :: -29]


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
        stranger = "" if _which(value, case) else ", which is none of the list's arrays,"
        return f"an array of shape {value.shape} = {case.sizes.letters(value.shape)}{stranger}"
    return "nothing" if value is None else f"a value of type {type(value).__name__}"
