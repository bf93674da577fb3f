"""A Keras model read into lines of the table and arrays, layer by layer, with `get_weights()`.

What is read here is a claim: `prediction.py` runs the lines and holds them against what Keras gives.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from keyword import iskeyword
from typing import Any

import numpy as np

from rnnshapes.errors import CourseError
from rnnshapes.explorer.chain import Link
from rnnshapes.layers.tables import GRU_RESET_BEFORE_TABLE, GRU_TABLE, LSTM_TABLE
from rnnshapes.layers.words import TABLE

ACTIVATIONS = {"linear": "", "tanh": "tanh", "sigmoid": "sigmoid", "relu": "relu", "softmax": "softmax"}
RECURRENT = ("SimpleRNN", "LSTM", "GRU")
KNOWN = "SimpleRNN, LSTM, GRU, Bidirectional, Masking and Dense"
IGNORED = ("InputLayer", "Dropout")  # neither changes a prediction
MOST_LAYERS = 9  # m9 is the last letter with a number
SLICE = re.compile(r"(\w+)\[([^\]]*)\]")


@dataclass(frozen=True)
class Feed:
    """How a result is read by whoever comes next: h[n,t,m] at every step, or h[n,T-1,m] where the layer ended."""

    name: str
    time: str
    unit: str

    def __str__(self) -> str:
        return f"{self.name}[n,{self.time},{self.unit}]"

    def of(self, results: Mapping[str, np.ndarray]) -> np.ndarray:
        """Return its numbers, (N, T, M) or (N, M)."""
        film = results[self.name]
        return film if self.time == "t" else film[:, 0 if self.time == "0" else -1]


@dataclass
class Reading:
    """What was read so far; `feeds` are what the next layer takes, side by side (a Bidirectional gives two).

    `given` has the feeds of each recurrent layer, in order: what Keras' own layer must give as well.
    """

    arrays: dict[str, np.ndarray]
    sizes: dict[str, int]
    stacked: bool
    lines: list[str] = field(default_factory=list)
    feeds: list[Feed] = field(default_factory=lambda: [Feed("X", "t", "d")])
    given: list[tuple[Link, list[Feed]]] = field(default_factory=list)
    masked: bool = False
    depth: int = 0
    last: str = ""

    @property
    def number(self) -> str:
        return str(self.depth) if self.stacked else ""


def read_chain(chain: list[Link], X: np.ndarray, starts: Mapping[int, list[np.ndarray]]) -> Reading:
    """Return the lines and arrays of layers that follow each other, for data X of (N, T, D).

    `starts` has the states, by the `id` of a layer, with which a stateful one begins.
    Raises: CourseError if a layer or an option is not known.
    """
    links = [link for link in chain if link.kind not in IGNORED]
    recurrent = [link for link in links if link.kind in (*RECURRENT, "Bidirectional")]
    reading = Reading({"X": X}, dict(zip("NTD", X.shape, strict=True)), stacked=len(recurrent) > 1)
    for place, link in enumerate(links):
        if link.kind == "Masking":
            _masking(reading, link.layer, place)
        elif link.kind in RECURRENT:
            _one_way(reading, link, starts)
        elif link.kind == "Bidirectional":
            _both_ways(reading, link, starts)
        elif link.kind == "Dense" and link is links[-1] and reading.lines:
            _dense(reading, link.layer)
        else:
            raise CourseError(
                f"Got a layer {link.kind} at place {place}, expected {KNOWN}, a Dense at the end. "
                f"Try: Input → SimpleRNN(M) → Dense(K)."
            )
        if reading.depth > MOST_LAYERS:
            raise CourseError(f"Got more than {MOST_LAYERS} recurrent layers, expected fewer. Try: a smaller model.")
    if not reading.lines:
        raise CourseError(f"Got a model without a recurrent layer, expected {KNOWN}. Try: add a SimpleRNN(M).")
    if links[-1].kind != "Dense":
        _without_head(reading)
    return reading


def _masking(reading: Reading, layer: Any, place: int) -> None:
    if place:
        raise CourseError(
            f"Got Masking at place {place}, expected it right behind the Input: the explorer reads its mask off X. "
            f"Try: Input → Masking() → SimpleRNN(M)."
        )
    reading.arrays["mask"] = np.any(reading.arrays["X"] != layer.mask_value, axis=-1)
    reading.masked = True


def _one_way(reading: Reading, link: Link, starts: Mapping[int, list[np.ndarray]]) -> None:
    if link.layer.go_backwards:
        raise CourseError(
            f"Got go_backwards=True in {link.layer.name}, expected False: outside of a Bidirectional its rows come "
            f"last step first. Try: Bidirectional(…), or X[:, ::-1] with go_backwards=False."
        )
    reading.depth += 1
    feed = _recurrent(reading, link.layer, "", link.layer.get_weights(), starts)
    reading.feeds = [feed]
    reading.given.append((link, reading.feeds))


def _both_ways(reading: Reading, link: Link, starts: Mapping[int, list[np.ndarray]]) -> None:
    layer = link.layer
    halves = (layer.forward_layer, layer.backward_layer)
    inside = " and ".join(dict.fromkeys(type(half).__name__ for half in halves))
    if layer.merge_mode != "concat" or inside not in RECURRENT or len({half.units for half in halves}) > 1:
        raise CourseError(
            f"Got Bidirectional with merge_mode={layer.merge_mode!r} around {inside} of "
            f"{' and '.join(str(getattr(half, 'units', '?')) for half in halves)} units, "
            f"expected 'concat' around one of {', '.join(RECURRENT)}. Try: Bidirectional(SimpleRNN(M))."
        )
    if halves[0].go_backwards or not halves[1].go_backwards:
        raise CourseError("Got a Bidirectional whose halves are exchanged, expected forward and backward. Try: "
                          "Bidirectional(SimpleRNN(M)).")  # fmt: skip
    reading.depth += 1
    weights = layer.get_weights()
    cut = len(halves[0].get_weights())
    forward = _recurrent(reading, halves[0], "f", weights[:cut], starts)
    backward = _recurrent(reading, halves[1], "b", weights[cut:], starts)
    reading.feeds = [forward, backward]
    reading.given.append((link, reading.feeds))


def _recurrent(
    reading: Reading, layer: Any, side: str, weights: list[np.ndarray], starts: Mapping[int, list[np.ndarray]]
) -> Feed:
    """Add the lines of one recurrent layer; return how it is read. `side` is "f" or "b" in a Bidirectional."""
    end, unit = side + reading.number, f"m{reading.number}"
    before, first = ("t+1", "T") if side == "b" else ("t-1", "-1")
    reading.sizes[f"M{reading.number}"] = layer.units
    table, own = _cut(layer, weights)
    functions = {"tanh": _activation(layer, "activation", unit)}
    if len(table) > 1:
        functions["sigmoid"] = _activation(layer, "recurrent_activation", unit)
    states = [name for name in "hc" if any(f"{name}[n,t-1," in line for line in table)]
    for name, start in zip(states, starts.get(id(layer), []), strict=False):
        if np.any(start):
            reading.arrays[f"{name}0{end}"] = start
            reading.lines.append(f"{name}{end}[n,{first},{unit}] = {name}0{end}[n,{unit}]")
    letters = {"m": unit, "m'": f"{unit}'", "t-1": before}

    def renamed(found: re.Match[str]) -> str:
        name, index = found[1], [letters.get(letter, letter) for letter in found[2].split(",")]
        if name in own:
            reading.arrays[f"{name}{end}"] = own[name]
        joint = "_" if iskeyword(f"{name}{end}") else ""  # LSTM's forward gate i would be "if"
        return f"{name}{joint}{end}[{','.join(index)}]"

    for line in table:
        for bias in re.findall(r" \+ (b\w+)\[m\]", line):
            line = line if bias in own else line.replace(f" + {bias}[m]", "")
        line = re.sub(r"X\[n,t,d\]·(\w+)\[d,m\]", lambda found: f"X[{found[1]}]", line)
        line = re.sub(r"(?<!\w)(?!X\[)" + SLICE.pattern, renamed, line)
        line = re.sub(r"X\[(\w+)\]", lambda found: _products(reading, own[found[1]], f"{found[1]}{end}", unit), line)
        result, right = _activated(line, functions).split(" = ", 1)
        if reading.masked and result[0] in states:
            right = f"mask[n,t] ? {right} : {result.replace('[n,t,', f'[n,{before},')}"
        reading.lines.append(f"{result} = {right}")
    name = f"h{end}"
    if reading.masked and layer.zero_output_for_mask:
        reading.lines.append(f"{name}_out[n,t,{unit}] = mask[n,t] ? {name}[n,t,{unit}] : 0")
        name = f"{name}_out"
    return Feed(name, "t" if layer.return_sequences else "0" if side == "b" else "T-1", unit)


def _activated(line: str, functions: Mapping[str, str]) -> str:
    """Return a line with the layer's own functions in place of tanh and sigmoid; none at all for a linear one."""
    for old, new in functions.items():
        line = re.sub(rf"\b{old}\(", f"<{old}>(", line)
        if not new:
            line = re.sub(rf"<{old}>\(\s?((?:[^()]|\([^()]*\))*?)\s?\)", r"\1", line)
    for old, new in functions.items():
        line = line.replace(f"<{old}>(", f"{new}(")
    return line


def _cut(layer: Any, weights: list[np.ndarray]) -> tuple[tuple[str, ...], dict[str, np.ndarray]]:
    """Return the layer's lines, and its weights under their names there: one wide array cut into gates."""
    if type(layer).__name__ == "SimpleRNN":
        return TABLE[:1], dict(zip(("Wx", "Wh", "bh"), weights, strict=False))
    if type(layer).__name__ == "LSTM":
        table, gates, rows = LSTM_TABLE, "ifgo", ("bh",)
    else:
        table = GRU_TABLE if layer.reset_after else GRU_RESET_BEFORE_TABLE
        gates, rows = "zrg", ("bx", "bh") if layer.reset_after else ("bx",)
    wide = {"Wx": weights[0], "Wh": weights[1]}
    if layer.use_bias:
        wide |= dict(zip(rows, np.atleast_2d(weights[2]), strict=True))
    return table, {
        f"{name}{gate}": part
        for name, array in wide.items()
        for gate, part in zip(gates, np.split(array, len(gates), axis=-1), strict=True)
    }


def _dense(reading: Reading, layer: Any) -> None:
    kernel, *bias = layer.get_weights()
    reading.sizes["K"] = layer.units
    right = _products(reading, kernel, "Wo", "k")
    if bias:
        reading.arrays["bo"] = bias[0]
        right += " + bo[k]"
    function = _activation(layer, "activation", "k")
    times = "t," if any(feed.time == "t" for feed in reading.feeds) else ""
    reading.lines.append(f"y[n,{times}k] = {f'{function}( {right} )' if function else right}")
    reading.last = "y"


def _without_head(reading: Reading) -> None:
    """Add the line of what the model itself gives, where no line has that already."""
    first = reading.feeds[0]
    reading.last, times = first.name, "t," if first.time == "t" else ""
    if len(reading.feeds) == 2:
        forward, backward = (str(feed).replace(f",{first.unit}]", ",j]") for feed in reading.feeds)
        M = first.unit.upper()
        reading.sizes["J"] = 2 * reading.sizes[M]
        reading.lines.append(f"both[n,{times}j] = j < {M} ? {forward} : {backward.replace(',j]', f',j-{M}]')}")
        reading.last = "both"
    elif first.time != "t":
        reading.lines.append(f"h_last[n,{first.unit}] = {first}")
        reading.last = "h_last"


def _products(reading: Reading, weight: np.ndarray, name: str, unit: str) -> str:
    """Return what the layer below gives times a weight; two halves side by side take a part of the weight each."""
    many, size, found = len(reading.feeds) > 1, weight.shape[0] // len(reading.feeds), []
    for place, feed in enumerate(reading.feeds):
        part = f"{name}{'fb'[place]}" if many else name
        reading.arrays[part] = weight[place * size : (place + 1) * size]
        found.append(f"{feed}·{part}[{feed.unit},{unit}]")
    return " + ".join(found)


def _activation(layer: Any, which: str, unit: str) -> str:
    name = getattr(getattr(layer, which), "__name__", "")
    if name not in ACTIVATIONS:
        raise CourseError(
            f"Got activation {name!r} in {layer.name}, expected one of {', '.join(ACTIVATIONS)}. Try: tanh."
        )
    return f"softmax[{unit}]" if name == "softmax" else ACTIVATIONS[name]
