"""Lists of layers that a student repairs: data, from which Keras builds the model that is judged."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from rnnshapes.judge import facts
from rnnshapes.judge.exceptions import showing
from rnnshapes.judge.exercise import Shown, TypedOnce
from rnnshapes.judge.verdict import Verdict
from rnnshapes.layers.cases import import_keras
from rnnshapes.sizes import Sizes

Setting = tuple[Any, ...]  # ("Input", shape), ("SimpleRNN", units, return_sequences), ("Dense", units)
LARGEST = 4096  # what a student types is built: no layer may fill the memory


def layers_of(text: str, sizes: Sizes) -> list[Setting]:
    """Return the layers that a line in letters describes.

    >>> layers_of("Input T,D; SimpleRNN M1 False; Dense K", Sizes(N=3, T=9, D=2, M=5, K=4, M2=7))
    [('Input', (9, 2)), ('SimpleRNN', 5, False), ('Dense', 4)]
    """

    def setting(word: str) -> Any:
        if "," in word:
            return tuple(map(setting, word.split(",")))
        return word == "True" if word in ("True", "False") else int(word) if word.isdigit() else sizes.of(word)

    entries = [entry.split() for entry in text.split("; ")]
    return [(kind, *map(setting, rest)) for kind, *rest in entries]


def outcome_of(settings: list[Setting]) -> tuple[int | None, ...] | str:
    """Return the output shape of the Keras model that the settings describe, or what Keras says against them.

    >>> outcome_of([("Input", (9, 4)), ("SimpleRNN", 5, True), ("SimpleRNN", 7, False), ("Dense", 3)])
    (None, 3)
    >>> outcome_of([("Input", (9, 4)), ("SimpleRNN", 5, False), ("SimpleRNN", 7, False)])
    "layer 'layer_2': expected ndim=3, found ndim=2. Full shape received: (None, 5)"
    """
    keras = import_keras()

    def recurrent(kind: str) -> Callable[..., Any]:
        return lambda units, flag=False, **name: getattr(keras.layers, kind)(units, return_sequences=flag, **name)

    kinds = {kind: recurrent(kind) for kind in ("SimpleRNN", "LSTM", "GRU")}
    kinds |= {kind: getattr(keras.layers, kind) for kind in ("Dense", "RepeatVector", "Reshape", "Flatten")}
    numbers = [number for _, *rest in settings for one in rest for number in np.ravel(np.asarray(one, dtype=object))]
    if any(isinstance(number, int) and not -1 <= number <= LARGEST for number in numbers):
        return f"a size is not between 1 and {LARGEST}"
    model = keras.Sequential()
    try:
        for place, (kind, *rest) in enumerate(settings):
            if kind != "Input" and kind not in kinds:
                return f"{kind!r} is no kind of layer that is known here"
            model.add(keras.Input(*rest) if kind == "Input" else kinds[kind](*rest, name=f"layer_{place}"))
        return tuple(model.output_shape)
    except Exception as error:  # Keras raises ValueError, TypeError and more for what students type
        found = re.search(r"""layer ['"](\w+)['"].*?(expected .*)""", str(error), flags=re.DOTALL)
        return f"layer {found[1]!r}: {found[2]}" if found else f"{type(error).__name__}: {str(error)[:200]}"


def written(settings: list[Setting], sizes: Sizes) -> str:
    """Return settings as one line in letters, as beliefs know them by their `shows`.

    >>> sizes = Sizes(N=3, T=9, D=2, M=5, K=4, M2=7)
    >>> written([("Input", (9, 2)), ("SimpleRNN", 5, 1), ("Dense", 4)], sizes)
    'Input T,D; SimpleRNN M1 True; Dense K'
    """

    def size(one: Any) -> str:
        if isinstance(one, tuple | list):
            return ",".join(map(size, one)) + "," * (len(one) == 1)
        return sizes.letter(one) if isinstance(one, int) else repr(one).replace(";", "")

    def flag(one: Any) -> str:
        return str(bool(one)) if one in (True, False) else repr(one).replace(";", "")

    lines = [[kind, *map(size, rest[:1]), *map(flag, rest[1:])] for kind, *rest in settings]
    return "; ".join(" ".join(line) for line in lines)


@dataclass(frozen=True, eq=False)
class LayerListExercise(Shown, TypedOnce):
    """A list of layers that Keras refuses, to be repaired by its return_sequences alone.

    `right` is the repaired list as a line in letters, "Input T,D; SimpleRNN M1 True; …". `room` has the lesson's sizes
    and its own beliefs: the first whose `shows` fits the list in letters is named.
    """

    name: str
    right: str
    room: Any

    @cached_property
    def beliefs(self) -> dict[str, Any]:
        """The wrong beliefs about these layers, by key."""
        known = self.room.known(
            self.variable, "values", lambda record: self.variable in (*record.only_for, *record.hints)
        )
        return {key: record for key, record in known.items() if record.shows}

    def judge(self, answer: Any, cases: list[Any], part: str = "") -> Verdict:
        """Return the Verdict on a list of settings: Keras builds it, and says what it thinks of it."""
        sizes = self.notebook
        wanted = f"the same layers, and a model that gives {_say((None, sizes.K), sizes)}"
        if unreadable := _unreadable(answer):
            got = f"a value of type {type(answer).__name__}: {str(answer)[:80]}"
            got = "..." if unreadable == facts.NOT_WRITTEN else got
            return Verdict(self.variable, got=got, expected=wanted, beliefs=showing(self, unreadable))
        settings = [_plain(entry) for entry in answer]
        outcome = outcome_of(settings)
        line = written(settings, sizes)
        if line in (self.right, self.right.replace("T,D", "None,D")):  # None: any number of steps
            says = f"Keras builds your {len(settings)} layers, and the output is {_say(outcome, sizes)}."
            return Verdict(self.variable, right=True, summary=says)
        got = f"Keras says: {outcome}" if isinstance(outcome, str) else f"a model that gives {_say(outcome, sizes)}"
        if received := re.search(r"received: \((None(?:, \d+)*)\)", got):
            got += f" = {_letters([size.strip() for size in received[1].split(',')], sizes)}"
        beliefs = showing(self, line)
        advice = "" if beliefs else "Compare your list with the broken one, entry by entry."
        return Verdict(self.variable, got=got, expected=wanted, try_=advice, beliefs=beliefs)


def _unreadable(answer: Any) -> str:
    """Return what is the matter with an answer that is no list of entries, or ""."""
    if answer is None or answer is ...:
        return facts.NOT_WRITTEN
    if not isinstance(answer, list | tuple):
        return facts.NO_ARRAY
    if not answer or any(entry is ... or entry is None for entry in answer):
        return facts.NOT_WRITTEN
    entries = [isinstance(entry, list | tuple) and entry and isinstance(entry[0], str) for entry in answer]
    return "" if all(entries) else facts.NO_ARRAY


def _plain(entry: Any) -> Setting:
    """Return an entry as a tuple of Python's own numbers and tuples."""
    plain = [part.item() if isinstance(part, np.generic) else part for part in entry]
    return tuple(tuple(part) if isinstance(part, list) else part for part in plain)


def _say(shape: tuple[int | None, ...], sizes: Sizes) -> str:
    return f"{shape} = {_letters(shape, sizes)}"


def _letters(shape: Any, sizes: Sizes) -> str:
    return f"({', '.join('N' if str(size) == 'None' else sizes.letter(int(size)) for size in shape)})"
