"""A list of layers that a student repairs: data, from which Keras builds the model that is judged."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnnshapes.judge.exercise import Belief, seeded_cases
from rnnshapes.judge.verdict import Verdict
from rnnshapes.layers.cases import import_keras
from rnnshapes.lessons.l03_stacking.stacked_case import StackedCase, make_stacked_case
from rnnshapes.sizes import Sizes

Setting = tuple[Any, ...]  # ("Input", shape), ("SimpleRNN", units, return_sequences), ("Dense", units)
LARGEST = 4096  # what a student types is built: no layer may fill the memory

_TEXTS = {
    "unchanged": (
        "The list was right as it came.",
        "It is still the list that Keras refused. Which axis does the layer that complains miss, and who dropped it?",
    ),
    "half_repaired": (
        "One return_sequences=True repairs a stack.",
        "The error has moved, not gone. Which layers have a recurrent layer above them?",
    ),
    "flags_turned_round": (
        "return_sequences belongs to the layer that receives.",
        "It says what a layer hands on, not what it takes. Which layers hand on to a recurrent layer?",
    ),
    "sequences_on_top": (
        "Every recurrent layer needs return_sequences=True.",
        "The model builds, and its output has kept the axis T. What does the Dense layer get, and what should it get?",
    ),
    "last_frame_repeated": (
        "RepeatVector gives the time axis back.",
        "It copies the last state T times: the shape fits, the film is lost. Repair the layer that drops the film.",
    ),
    "axis_of_one_added": (
        "Any axis will do as a time axis.",
        "An axis of length 1 is a film of one frame. Repair the layer that drops the film, and add none.",
    ),
    "other_layer": (
        "Another kind of layer makes it fit.",
        "The same kinds of layers are wanted, one entry for each. What else can be set in an entry?",
    ),
    "layer_left_out": (
        "Fewer layers, no error.",
        "There is no error because there is no stack any more. How many recurrent layers had the list?",
    ),
    "head_left_out": (
        "The recurrent layers alone give the outputs.",
        "The top layer's state has other numbers than K. Which kind of layer ended the broken list?",
    ),
    "input_left_out": (
        "The model finds out by itself what goes in.",
        "Without its input the model is not built: it waits for data. How did the broken list begin?",
    ),
    "letters_as_strings": (
        "The letter is the size.",
        "T and D are numbers that exist in this notebook. What do the quotes make of them?",
    ),
    "batch_axis_in_input": (
        "The input's shape begins with N.",
        "Keras adds the batch axis by itself. Which two axes does one sample have?",
    ),
    "input_axes_swapped": (
        "Features come before time.",
        "One sample is a sheet of T rows of D numbers. The input was right as it came.",
    ),
    "input_changed": (
        "The input's shape makes the error.",
        "The input was right as it came: it describes one sample. Does the error name the first recurrent layer?",
    ),
    "units_changed": (
        "Layers fit when their units agree.",
        "Any number of units fits the layer below: Keras builds the kernel to measure. Put the units back.",
    ),
    "order_changed": (
        "Another order makes the layers fit.",
        "The same layers are wanted in the same order. What else can be set in an entry?",
    ),
    "flag_missing": (
        "What is False need not be written.",
        "Keras would take False, but `build` reads three things in each SimpleRNN entry. How many has yours?",
    ),
    "flag_not_boolean": (
        "Whatever reads like yes is yes.",
        "return_sequences is True or False, without quotes. A text such as 'False' counts as true.",
    ),
    "wrong_type": (
        "Any way of writing the layers will do.",
        "One list, and in it one tuple for each layer, written like those of the broken list.",
    ),
    "not_written": (
        "I have not typed this yet.",
        "Copy the broken list into the brackets, and change what has to be changed.",
    ),
}


def broken_settings(sizes: Sizes, *, third: int) -> list[Setting]:
    """Return three recurrent layers of which none keeps its sequence, with M1, M2 and `third` units.

    >>> broken_settings(Sizes(N=3, T=9, D=2, M=5, K=4, M2=7), third=8)[1:3]
    [('SimpleRNN', 5, False), ('SimpleRNN', 7, False)]
    """
    T, D, M1, M2, K = sizes.shape("TDM1M2K")
    recurrent = [("SimpleRNN", units, False) for units in (M1, M2, third)]
    return [("Input", (T, D)), *recurrent, ("Dense", K)]


def outcome_of(settings: list[Setting]) -> tuple[int | None, ...] | str:
    """Return the output shape of the Keras model that the settings describe, or what Keras says against them.

    >>> outcome_of([("Input", (9, 4)), ("SimpleRNN", 5, True), ("SimpleRNN", 7, False), ("Dense", 3)])
    (None, 3)
    >>> outcome_of([("Input", (9, 4)), ("SimpleRNN", 5, False), ("SimpleRNN", 7, False)])
    "layer 'layer_2': expected ndim=3, found ndim=2. Full shape received: (None, 5)"
    """
    keras = import_keras()
    kinds: dict[str, Callable[..., Any]] = {
        "SimpleRNN": lambda units, flag=False, **name: keras.layers.SimpleRNN(units, return_sequences=flag, **name),
        "LSTM": lambda units, flag=False, **name: keras.layers.LSTM(units, return_sequences=flag, **name),
        "GRU": lambda units, flag=False, **name: keras.layers.GRU(units, return_sequences=flag, **name),
        "Dense": keras.layers.Dense,
        "RepeatVector": keras.layers.RepeatVector,
        "Reshape": keras.layers.Reshape,
        "Flatten": keras.layers.Flatten,
    }
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


@dataclass(frozen=True, eq=False)
class SettingsExercise:
    """A list of layer settings that Keras refuses, to be repaired by its return_sequences alone."""

    name: str
    notebook: Sizes
    third: int

    @property
    def beliefs(self) -> dict[str, Belief]:
        """The wrong beliefs about a stack's settings, by key."""
        return {key: Belief(key, *text) for key, text in _TEXTS.items()}

    def check_cases(self) -> list[StackedCase]:
        """Return the one case: settings are typed for the notebook's own sizes."""
        return seeded_cases(make_stacked_case, self.notebook)

    hidden_cases = check_cases

    def judge(self, answer: Any, cases: list[Any], part: str = "") -> Verdict:
        """Return the Verdict on a list of settings: Keras builds it, and says what it thinks of it."""
        variable, sizes = self.name.partition("/")[2], self.notebook
        wanted = f"the same layers, and a model that gives {_say((None, sizes.K), sizes)}"
        broken = broken_settings(sizes, third=self.third)
        if key := _unreadable(answer):
            got = "..." if key == "not_written" else f"a value of type {type(answer).__name__}: {str(answer)[:80]}"
            return Verdict(variable, got=got, expected=wanted, beliefs=(self.beliefs[key],))
        settings = [_plain(entry) for entry in answer]
        outcome = outcome_of(settings)
        key = _belief(settings, broken, sizes)
        if not key and outcome == (None, sizes.K):
            says = f"Keras builds your {len(settings)} layers, and the output is {_say(outcome, sizes)}."
            return Verdict(variable, right=True, summary=says)
        got = f"Keras says: {outcome}" if isinstance(outcome, str) else f"a model that gives {_say(outcome, sizes)}"
        if received := re.search(r"received: \((None(?:, \d+)*)\)", got):
            got += f" = {_letters([size.strip() for size in received[1].split(',')], sizes)}"
        return Verdict(
            variable,
            got=got,
            expected=wanted,
            try_="" if key else "Compare your list with the broken one, entry by entry.",
            beliefs=(self.beliefs[key],) if key else (),
        )


def _unreadable(answer: Any) -> str:
    """Return the belief behind an answer that is no list of entries, or ""."""
    if answer is None or answer is ...:
        return "not_written"
    if not isinstance(answer, list | tuple):
        return "wrong_type"
    if not answer or any(entry is ... or entry is None for entry in answer):
        return "not_written"
    entries = [isinstance(entry, list | tuple) and entry and isinstance(entry[0], str) for entry in answer]
    return "" if all(entries) else "wrong_type"


def _plain(entry: Any) -> Setting:
    """Return an entry as a tuple of Python's own numbers and tuples."""
    plain = [part.item() if isinstance(part, np.generic) else part for part in entry]
    return tuple(tuple(part) if isinstance(part, list) else part for part in plain)


def _belief(settings: list[Setting], broken: list[Setting], sizes: Sizes) -> str:
    """Return the key of the belief that shows in settings which are not the repaired ones, or ""."""
    kinds = [kind for kind, *_ in settings]
    flags = [entry[2] if len(entry) == 3 else None for entry in settings if entry[0] == "SimpleRNN"]
    if settings == broken and not any(flag is not False for flag in flags):
        return "unchanged"
    for kind, key in (("RepeatVector", "last_frame_repeated"), ("Reshape", "axis_of_one_added")):
        if kind in kinds:
            return key
    if set(kinds) - {"Input", "SimpleRNN", "Dense"}:
        return "other_layer"
    recurrent = kinds.count("SimpleRNN")
    if recurrent < 3:
        return "layer_left_out"
    if "Dense" not in kinds:
        return "head_left_out"
    if "Input" not in kinds:
        return "input_left_out"
    if any(isinstance(size, str) for entry in settings for size in np.ravel(np.asarray(entry[1:2], dtype=object))):
        return "letters_as_strings"
    if settings[0] not in (broken[0], ("Input", (None, sizes.D))):  # None: any number of steps, and right
        shape = settings[0][1] if kinds[0] == "Input" and len(settings[0]) == 2 else None
        known = {
            sizes.shape("NTD"): "batch_axis_in_input",
            (None, *sizes.shape("TD")): "batch_axis_in_input",
            sizes.shape("DT"): "input_axes_swapped",
        }
        return known.get(shape, "input_changed") if isinstance(shape, tuple | None) else "input_changed"
    units, right_units = ([entry[1:2] for entry in one[1:]] for one in (settings, broken))
    if kinds != [kind for kind, *_ in broken] or units != right_units:
        same = sorted(map(str, units)) == sorted(map(str, right_units))
        return "order_changed" if same else "other_layer" if len(units) != len(right_units) else "units_changed"
    if any(isinstance(flag, str | list | dict) for flag in flags):
        return "flag_not_boolean"
    if any(len(entry) == 2 for entry in settings if entry[0] == "SimpleRNN"):
        return "flag_missing"
    if any(flag not in (True, False) for flag in flags):
        return "flag_not_boolean"
    *below, top = flags
    if all(below):
        return "sequences_on_top" if top else ""
    return "flags_turned_round" if top and not below[0] else "half_repaired"


def _say(shape: tuple[int | None, ...], sizes: Sizes) -> str:
    return f"{shape} = {_letters(shape, sizes)}"


def _letters(shape: Any, sizes: Sizes) -> str:
    return f"({', '.join('N' if str(size) == 'None' else sizes.letter(int(size)) for size in shape)})"
