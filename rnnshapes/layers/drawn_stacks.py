"""Stacks that nobody has seen, drawn from a seed: architectures, sizes, weights, data with padding."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, cached_property
from itertools import cycle
from typing import Any, NamedTuple

import numpy as np

from rnnshapes.layers.cases import away_from_zero
from rnnshapes.layers.ledger import ACTIVATIONS, KINDS, Layer, kind_of, recurrent, weight_shapes
from rnnshapes.layers.stacks import Stack, keras_layer
from rnnshapes.sizes import Sizes


class Plan(NamedTuple):
    """What a stack is about; its layers between front and head, "2" before those that read both ways, or "Dense".

    `head` is an activation, or "" for no Dense at the end. `films` is None where chance decides whether the last
    recurrent layer gives all its rows, and `value`, what a Masking masks, where N does.
    """

    part: str
    kinds: list[str]
    front: str = ""
    head: str = ""
    films: bool | None = None
    value: float | None = None


class Bundle:
    """Stacks of the same N and T: each kind of layer is in one of them, whatever the seed.

    So is what shows in one place only: a Dense between a mask and the layer that reads it, masked rows that come out,
    a softmax on a film and one on single rows.
    """

    def __init__(self, sizes: Sizes, *, seed: int | list[int]) -> None:
        self.sizes = replace(sizes, T=4 if sizes.N == 5 else 5) if sizes.T > 5 else sizes  # deep stacks take their time
        self.rng = np.random.default_rng([*np.atleast_1d(seed).tolist(), 13])
        self.stacks = [self._stack(plan) for plan in self.deal()]

    def deal(self) -> Iterator[Plan]:
        rng = self.rng
        heads = ["softmax", *rng.permutation(ACTIVATIONS[:4]).tolist()]
        gates, two = rng.permutation(KINDS[1:]).tolist(), rng.permutation(KINDS).tolist()
        both_ways = [f"2{two[0]}", f"2{two[1]}"] if rng.random() < 0.5 else [two[2], f"2{two[0]}"]
        first, last = rng.choice(
            ["2SimpleRNN", "2GRU", "2LSTM"], 2
        ).tolist()  # one hands the mask on, one puts out zeros
        value = float(rng.choice([-1, 2]))
        yield Plan("simple", [*["Dense"][: rng.integers(2)], "SimpleRNN"], "", heads[0], films=False)
        yield Plan("gates", gates, "Embedding", heads[1])
        yield Plan("both_ways", both_ways, "", heads[2])
        yield Plan("masks", [first, "LSTM"], "Masking", heads[3])
        yield Plan("masks", [two[3], last], "Embedding, mask_zero", heads[4], films=True)
        yield Plan("masks", ["Dense", rng.choice(["SimpleRNN", "GRU"])], "Masking", value=value, films=True)
        yield Plan("masks", [], "Embedding, mask_zero", "softmax")
        yield Plan("masks", [], "Masking", heads[1], value=value)  # last: who leaves out the zeros may do more

    def _sizes(self, many: int) -> list[int]:
        """Return sizes that are pairwise distinct, also from N, T and each other's doubles."""
        taken = self.sizes.shape("NT")
        pool = [size for size in range(3, 14) if size not in taken]
        while True:
            found = self.rng.choice(pool, many, replace=False).tolist()
            if not {2 * size for size in found} & {*found, *taken}:
                return found

    def _stack(self, plan: Plan) -> Stack:
        part, kinds, front, head, films, padding = plan
        rng, (N, T) = self.rng, self.sizes.shape("NT")
        D, K, V, *units = self._sizes(3 + len(kinds))
        padding = float(-(N % 2)) + 0.0 if padding is None else padding
        layers: list[Layer] = [{"kind": "Masking", "mask_value": padding}] if front == "Masking" else []
        if front.startswith("Embedding"):
            layers = [{"kind": "Embedding", "input_dim": V, "output_dim": D, "mask_zero": "mask_zero" in front}]
        last = bool(rng.random() < 0.5) if films is None else films
        layers += [
            self._dense(M) if kind == "Dense" else recurrent(kind, M, return_sequences=last or M != units[-1])
            for kind, M in zip(kinds, units, strict=True)
        ]
        layers += [self._dense(K, head)] if head else []
        if front.startswith("Embedding"):
            X = rng.integers(0, V, (N, T))
            X[rng.integers(N), rng.integers(T)] = 0  # an id like any other, if no mask is made
        else:
            X = rng.standard_normal((N, T, D))
        if front == "Masking":
            pad(X, padding, rng)
        elif "mask_zero" in front:
            pad(X, 0, rng)
        weights, width = [], D
        for layer in layers:
            weights.append(draw_weights(layer, width, rng))
            width = layer.get("layer", layer).get("units", width) * (2 if "layer" in layer else 1)
        M = units[0 if head else -1] if units else V  # M is told of what comes out, if no Dense stands at the end
        return Stack(replace(self.sizes, D=D, M=M, K=K), layers, weights, X, part)

    def _dense(self, units: int, activation: str = "") -> Layer:
        """Return a Dense; its activation is drawn if none is given."""
        return {"kind": "Dense", "units": units, "activation": activation or str(self.rng.choice(ACTIVATIONS[:4]))}


class OneEach(Bundle):
    """One recurrent layer in each stack: without a mask and behind one, with all its rows and with the last alone."""

    def deal(self) -> Iterator[Plan]:
        films = self.rng.random() < 0.5
        for place, kind in enumerate(KINDS):
            for front in ("", "Masking"):
                yield Plan(kind.split()[0], [kind], front, films=(place % 2 == films) == bool(front))


class TwoWays(Bundle):
    """Two kinds of layers that read both ways, one with all its rows: without a mask and behind one."""

    def deal(self) -> Iterator[Plan]:
        one, other = self.rng.permutation(KINDS)[:2]
        for kind, films in ((one, True), (other, False)):
            yield from (Plan("", [f"2{kind}"], front, films=films) for front in ("", "Masking"))


class Masks(Bundle):
    """Stacks of which the masks alone are asked for: of each kind of layer, as it hands a mask on and as it ends it."""

    def __init__(self, sizes: Sizes, *, seed: int | list[int]) -> None:
        super().__init__(sizes, seed=seed)
        whole = [OfMasks(**vars(stack)) for stack in self.stacks]
        self.stacks = [
            replace(stack, layers=layers)
            for stack in whole
            for films, ends in ((stack.layers, ended(stack.layers)),)
            for layers in (films[:1], ends[:-1], ends, films[:-1], films)
        ]

    def deal(self) -> Iterator[Plan]:
        kinds = self.rng.permutation([*KINDS, *(f"2{kind}" for kind in KINDS)]).tolist()
        for place, kind in enumerate(kinds):
            between = ["Dense"][: place // 2 % 2]
            yield Plan("", [*between, kind], ("Masking", "Embedding, mask_zero")[place % 2], "relu", films=True)
        for front, value in (("Masking", 2.0), ("Embedding", None), ("", None)):
            yield Plan("", [kinds[0]], front, "relu", films=True, value=value)


def ended(layers: list[Layer]) -> list[Layer]:
    """Return the same layers, of which the last recurrent one gives a single row."""
    *before, last, head = layers
    units = last.get("layer", last)["units"]
    return [*before, recurrent(kind_of(last), units, return_sequences=False), head]


class OfMasks(Stack):
    """A stack whose layers need not be run."""

    dims = "NT"

    @cached_property
    def known(self) -> tuple[list[np.ndarray], list]:
        """The masks by Keras; no boxes."""
        masks: list[Any] = [None]
        for place, layer in enumerate(self.layers):
            behind = _made(json.dumps(_narrow(layer))).compute_mask(self.X if not place else None, masks[-1])
            masks.append(None if behind is None else np.asarray(behind))
        return [self.X] * len(self.layers), masks


def _narrow(layer: Layer) -> Layer:
    """Return the layer with one unit: a mask does not depend on how many there are."""
    if "layer" in layer:
        return layer | {"layer": _narrow(layer["layer"])}
    return layer | {"units": 1} if "units" in layer else layer


@cache
def _made(described: str) -> Any:
    """Return a Keras layer from its dict as JSON, made once."""
    return keras_layer(json.loads(described))


def draw_weights(layer: Layer, D: int, rng: np.random.Generator) -> list[np.ndarray]:
    """Return random weights for a layer. No bias is near zero, and no recurrent matrix lets a state run away."""
    found = []
    for place, shape in enumerate(weight_shapes(layer, D)):
        is_bias = layer["kind"] != "Embedding" and (len(shape) == 1 or shape[0] == 2 and place % 3 == 2)
        weight = away_from_zero(rng, *shape) if is_bias else rng.standard_normal(shape) / np.sqrt(shape[0])
        if not is_bias and len(shape) == 2 and shape[0] == shape[1] and place % 3 == 1:
            weight *= 0.9 / np.abs(np.linalg.eigvals(weight)).max()
        found.append((weight * (shape[0] ** 0.5 if layer["kind"] == "Embedding" else 1)).astype("float32"))
    return found


def pad(X: np.ndarray, value: float, rng: np.random.Generator) -> None:
    """Write padding into data or ids: in front, inside, at the end; and real steps that are taken for it."""
    N, T = X.shape[:2]
    real = rng.random((N, T)) < 0.6
    if N % 2 and N > 1 and T > 2:
        real[:, T // 2] = False  # a step at which every sample waits
    real[np.arange(N), rng.choice([0, T - 1], N)] = True  # each sample has a real step
    real[0, rng.integers(0, T)] = False
    if real[0].all() or not real[0].any():
        real[0] = np.arange(T) % 2 == 1
    X[~real] = value
    if X.ndim == 2:
        X[real & (X == 0)] = 1
    else:
        looks = LOOKS[: None if value else -1]
        for (n, t), look in zip(rng.permutation(np.argwhere(real)), cycle(looks)):
            X[n, t] = look(X[n, t], value)


def _sums_up(row: np.ndarray, value: float) -> np.ndarray:
    row = np.full_like(row, value)
    row[:2] += (0.5, -0.5)
    return row


def _begins(row: np.ndarray, value: float) -> np.ndarray:
    return np.concatenate([[value], row[1:]])


LOOKS = (
    _begins,
    lambda row, value: _begins(row, value)[::-1],
    _sums_up,
    lambda row, value: value - np.abs(_begins(row, value) - value),
    lambda row, value: row,
    lambda row, value: value + np.abs(_begins(row, value) - value),
    lambda row, value: 0 * row,
)
"""Real steps that look like padding, if one looks at one feature, a sum, the largest or smallest alone, or at zeros."""
