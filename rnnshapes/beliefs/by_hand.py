"""Exercises in which a student writes a function by hand: data, and what follows from it for the judge."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import import_module
from typing import Any

import numpy as np

from rnnshapes.beliefs.records import Record, gather
from rnnshapes.beliefs.wrongs import Wrongs, codings_of, film_of, halves_of, results_of
from rnnshapes.judge.exercise import Belief, Shown, Written
from rnnshapes.judge.forms import forms
from rnnshapes.judge.functions import agrees, judge_function
from rnnshapes.judge.watch import watch
from rnnshapes.layers.cases import TOLERANCE
from rnnshapes.layers.program import Part, Program
from rnnshapes.layers.run import softmax
from rnnshapes.layers.tables import start
from rnnshapes.sizes import Sizes, split_dims

KINDS = {
    "layer": ("step", "loop", "rows", "arrays", "anything"),  # the lines of a recurrent layer, by hand
    "layer, at once": ("step", "loop", "rows", "arrays", "anything"),  # and without a loop over the samples
    "step": ("step", "arrays", "anything"),  # one step of it: the states before come in, those after go out
    "arrays": ("arrays", "anything"),  # no recurrence: the lesson's own beliefs, and those about any function
    "lines": ("arrays", "anything"),  # the same, of a result that lines give
    "stack": ("stacks", "arrays", "anything"),  # layers as data, their weights and masks
    "ledger": ("ledger", "stacks", "arrays", "anything"),  # how large each of them is
    "guard": ("guards", "arrays", "anything"),  # lets through what fits and refuses the rest
    "shapes": ("shapes", "typed", "anything"),  # typed before they are revealed
    "values": ("values", "typed", "anything"),
}
"""The kinds of exercises, with the groups of beliefs that each shares with all lessons."""
GROUPS = tuple(dict.fromkeys(group for groups in KINDS.values() for group in groups))


@dataclass(frozen=True)
class Room:
    """What the exercises of one lesson share: its package, its cases and their sizes.

    `notebook` are the sizes that are global variables in the student's notebook; no letter has the same size in
    `checks`, so that a size taken from the notebook shows. `make(sizes, seed=…)` makes a case. `lecture` are the sizes
    of the lesson's lecture, which a student may have copied. `names` are other numbers that the notebook defines.
    """

    package: str
    notebook: Sizes
    checks: tuple[Sizes, ...]
    make: Callable[..., Any]
    lecture: Sizes = Sizes(N=1, T=10, D=3, M=5, K=2)
    names: tuple[tuple[str, int], ...] = ()

    def of(self, kind: Any) -> Room:
        """Return the same room with another kind of case: a class that has `make`."""
        return replace(self, make=kind.make)

    def known(self, exercise: str, kind: str, fits: Callable[[Record], bool]) -> dict[str, Record]:
        """Return the beliefs that fit an exercise, by key, in the words that they have for it."""
        found = {}
        typed = kind in ("guard", "shapes", "values")  # what is shared is about anything of the kind
        for record, shared in gather(KINDS[kind], self.package):
            if {exercise, kind} & {*record.not_for} or (
                record.only_for and exercise not in (*record.only_for, *record.numpy)
            ):
                continue
            if (shared and typed) or fits(record):
                words = record.hints.get(exercise) or record.hints.get(kind)
                found[record.key] = replace(record, hint=words) if words else record
        return found


@dataclass(frozen=True, eq=False)
class ByHand(Shown, Written):
    """A function that a student writes by hand, and that Keras computes as well.

    `takes` are its arguments: names that the case has; "x" is the first sample of X. `gives` is what of the case it
    must agree with, and the axes of that: "Yhat NK". `source` says which prediction that is. `kind` is one of KINDS.
    """

    name: str
    takes: str
    gives: str
    source: str
    room: Room
    kind: str = "layer"

    @property
    def notebook(self) -> Sizes:
        return self.room.notebook

    @property
    def check_sizes(self) -> tuple[Sizes, ...]:
        return self.room.checks

    @property
    def make(self) -> Callable[..., Any]:
        return self.room.make

    @property
    def dims(self) -> str:
        """The axes of the result, such as "NK"."""
        return self.gives.partition(" ")[2]

    @property
    def at_once(self) -> bool:
        """A Python loop over samples is right, but not all that is asked."""
        return self.kind.endswith("at once")

    @property
    def keeps(self) -> str:
        """Which rows of the film come back: the one sample's, the last step's, or every step's; without a film, "as it is"."""
        if self.kind in ("arrays", "lines", "step", "stack"):
            return "as it is"
        letters = split_dims(self.dims)
        return "every" if letters[:2] == ("N", "T") else "one" if letters[0] == "T" else "last"

    def dims_on(self, case: Any) -> str:
        """Return the axes of the result on a case: a case may have `dims` of its own."""
        return getattr(case, "dims", self.dims)

    def program(self, case: Any) -> Program | None:
        """Return the lines that give what the function returns, None if there are none."""
        return None if self.kind in ("arrays", "stack") else getattr(case, "program", None)

    def arguments(self, case: Any) -> dict[str, Any]:
        """Return the function's arguments on a case, by name."""
        return {name: _on(case, name) for name in self.takes.split()}

    @property
    def per_sample(self) -> tuple[str, ...]:
        """The arguments whose first axis is N."""
        return tuple(name for name in self.takes.split() if name in ("X", "mask", "h0"))

    def expected(self, case: Any) -> np.ndarray:
        """Return what Keras gives on a case."""
        value = np.asarray(_on(case, self.gives.split()[0]))
        value = value[0] if self.keeps == "one" else value
        return value.astype(int) if value.dtype == bool else value

    @cached_property
    def beliefs(self) -> dict[str, Record]:
        """The beliefs that this function knows, by key: those whose edits can be made in its lines, whose NumPy is about
        it, or that show in other ways."""
        case = self.check_cases()[0]
        found = self.room.known(self.function, self.kind, lambda record: self._knows(record, case))
        parts = getattr(self.program(case), "parts", ())
        return {f"in_{part.name}": place_of(part.name) for part in parts if len(parts) > 1} | found

    def _knows(self, record: Record, case: Any) -> bool:
        fits = {"every": self.keeps != "last", "last": self.keeps == "last", "batch": self.keeps != "one"}
        fits |= {"": True, "at once": self.at_once, "films": self.keeps == "every", "elsewhere": False}
        if not fits[record.where]:
            return False
        program = self.program(case)
        if record.numpy and "" not in record.numpy and not record.edits:  # about these functions alone
            return self.function in (*record.numpy, *record.only_for)
        if self.wrongs.lines_of(record, case) or (program and any(codings_of(case, edits) for edits in record.edits)):
            return True
        typed = record.group not in GROUPS and (record.shapes or record.values)  # the lesson's own, about what is typed
        return bool(record.shows) or not (record.edits or record.numpy or typed)

    @cached_property
    def wrongs(self) -> Wrongs:
        """What the known beliefs give on a case. Their lines may call `softmax` and what the lesson's case.py defines."""
        try:
            helpers = vars(import_module(f"{self.room.package}.case"))
        except ModuleNotFoundError:
            helpers = {}
        return Wrongs(self, {"softmax": softmax, **helpers, "NOTEBOOK": self.notebook})

    def forms(self, got: np.ndarray, case: Any) -> Iterator[tuple[str, np.ndarray]]:
        """Yield (belief, array) where the right numbers may hide in a wrong shape."""
        for key, array in forms(got, self.dims_on(case), case.sizes, self.notebook):
            if key in self.beliefs:
                yield key, array

    def starts_elsewhere(self, function: Callable[..., Any], case: Any) -> bool:
        """Tell whether step 0 comes out wrong, and every later one follows from it as the lines go on.

        The state after step 0 is read off the function's first row: through the head, where there is one.
        """
        if halves_of(self.program(case)):
            return self._halves_start_elsewhere(function, case)
        if start() not in getattr(self.program(case), "lines", ()):
            return False
        per_step = {name: self.arguments(case).get(name) for name in ("X", "mask")}
        films = {name: value for name, value in per_step.items() if value is not None} or {"X": case.X[:1]}
        rows = self._film(function, case, films)
        right = film_of(case, case.program.lines, **films)
        if rows is None or rows.shape != right.shape or np.abs(rows[:, 0] - right[:, 0]).max() <= TOLERANCE:
            return False
        h = rows[:, 0]
        if hasattr(case, "state_behind"):
            h = case.state_behind(h)
        elif "Wo" in case.arrays and rows.shape[-1] == case.sizes.K:
            Wo, bo = case.arrays["Wo"], case.arrays["bo"]
            h = np.linalg.lstsq(np.asarray(Wo, float).T, (h - bo).T, rcond=None)[0].T
        lines = tuple(start(value="h0[n,m]") if line == start() else line for line in case.program.lines)
        later = film_of(case, lines, **{name: value[:, 1:] for name, value in films.items()}, h0=h)
        later, rest = (later[:, -1], rows[:, -1]) if self.keeps == "last" else (later, rows[:, 1:])
        return bool(np.abs(h).max() < 1) and bool(np.allclose(later, rest, atol=1e-4))

    def _halves_start_elsewhere(self, function: Callable[..., Any], case: Any) -> bool:
        """Tell the same of films that stand beside each other: of each one that is wrong."""
        value = np.asarray(watch(function, *self.arguments(case).values(), seed=0).value)
        if value.shape != self.expected(case).shape:
            return False
        right, halves = results_of(case, case.program.lines), halves_of(case.program)
        ends = np.cumsum([right[half.film].shape[-1] for half in halves])
        films = zip(halves, np.split(value.astype(float), ends[:-1], axis=-1), strict=True)
        wrong = [(half, film) for half, film in films if np.abs(film - right[half.film]).max() > TOLERANCE]
        return bool(wrong) and all(_goes_on(case, half, film, right[half.film]) for half, film in wrong)

    def _film(self, function: Callable[..., Any], case: Any, films: dict[str, np.ndarray]) -> np.ndarray | None:
        """Return every row that a function gives; where it gives the last one alone, its first and its last.

        `films` are what has time steps: X, and a mask.
        """
        arguments, X = self.arguments(case), films["X"]
        if self.keeps != "last":
            value = watch(function, *arguments.values(), seed=0).value
            return None if value is None else np.asarray(value, float).reshape(len(X), -1, np.shape(value)[-1])
        ends = []
        for steps in (1, X.shape[1]):  # with a seed, a random start is the same in both calls
            cut = {name: value[:, :steps] for name, value in films.items()}
            value = watch(function, *(arguments | cut).values(), seed=0).value
            ends.append(np.asarray(value, float))
        film = np.zeros((len(X), X.shape[1], ends[0].shape[-1]))
        film[:, 0], film[:, -1] = ends
        return film

    def tell_apart(self, keys: list[str], function: Callable[..., Any], arguments: dict[str, Any]) -> list[str]:
        """Return the keys, with a belief exchanged for its twin of the same numbers where a weight is never read."""
        for record in self.beliefs.values():
            if isinstance(record, Record) and record.unused.get("of") in keys:
                weights = [name for name in arguments if name.startswith(record.unused["weight"])]
                parts = getattr(self.program(self.check_cases()[0]), "parts", ())
                wrong = [part for part in parts if f"in_{part.name}" in keys]
                alone = [part.own(f"{record.unused['weight']}[")[:-1] for part in wrong]
                nans = {name: np.full_like(arguments[name], np.nan) for name in alone or weights}
                real = {"mask": np.ones_like(arguments["mask"])} if "mask" in arguments else {}
                value = watch(function, *(arguments | real | nans).values()).value
                with contextlib.suppress(TypeError, ValueError):
                    if value is not None and np.isfinite(np.asarray(value, float)).all():
                        keys = [record.key if key == record.unused["of"] else key for key in keys]
        return keys

    @property
    def advice(self) -> str:
        """What to try when nothing is recognised; "" where the first wrong step tells where to look."""
        if self.kind.startswith("layer"):
            return ""
        return "Work out one number of the answer on paper. Which numbers of the arguments go into it, and which into yours?"

    def prepare(self) -> None:
        """Compute what Keras gives on the check's cases."""
        for case in self.check_cases():
            self.expected(case)

    def agrees(self, answer: Any, cases: list[Any], part: str = "") -> bool:
        """Tell whether a student's function is right on these cases, each called once."""
        return agrees(self, answer, cases)

    def judge(self, answer: Any, cases: list[Any], part: str = "") -> Any:
        """Return the Verdict on a student's function."""
        return judge_function(self, answer, cases, part=part)


def _goes_on(case: Any, half: Part, rows: np.ndarray, right: np.ndarray) -> bool:
    """Tell whether the step that a film makes first is wrong, and all others follow from it as its lines go on."""
    first, later = (-1, slice(None, -1)) if half.backward else (0, slice(1, None))
    own = half.own(start())
    if own not in case.program.lines or np.abs(rows[:, first] - right[:, first]).max() <= TOLERANCE:
        return False
    lines = tuple(line.replace("= 0", "= h0[n,m]") if line == own else line for line in case.program.lines)
    films = results_of(case, lines, X=case.X[:, later], h0=rows[:, first])
    return bool(np.abs(rows[:, first]).max() < 1) and bool(np.allclose(films[half.film], rows[:, later], atol=1e-4))


def place_of(part: str) -> Belief:
    """Return where a mistake is, as something that is said beside its belief.

    >>> place_of("layer_1").says, place_of("forward_half").says
    ('in layer 1 alone', 'in the forward half alone')
    """
    words = part.replace("_", " ")
    words = words if words[-1].isdigit() else f"the {words}"
    return Belief(
        f"in_{part}", f"in {words} alone", f"The mistake is made in {words} alone: compare it with the other one."
    )


def _on(case: Any, name: str) -> Any:
    """Return what a case has under a name: its first sample as x, a weight, or an attribute."""
    if name == "x":
        return case.X[0]
    weights = getattr(case, "weights", {})
    return weights[name] if name in weights else getattr(case, name)
