"""Stacks that nobody has seen: drawn from a seed, with weights, data, and what Keras gives behind every layer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from rnnshapes.layers.cases import ZEROS, away_from_zero, import_keras, sizes_on, stacked_weights
from rnnshapes.layers.program import GRU_PART, LSTM_PART, Part, Program
from rnnshapes.layers.run import run
from rnnshapes.layers.tables import (
    GRU_BEFORE_WIDE_TABLE,
    GRU_WIDE_TABLE,
    LSTM_WIDE_TABLE,
    MASKED_GRU_BEFORE_LINES,
    MASKED_GRU_LINES,
    MASKED_LINES,
    MASKED_LSTM_LINES,
    TABLE,
    start,
)
from rnnshapes.sizes import Sizes

Layer = dict[str, Any]
"""A layer as data: {"kind": "LSTM", "units": 5, "return_sequences": True}."""

RECURRENT = ("SimpleRNN", "LSTM", "GRU")
BLOCKS = {"SimpleRNN": 1, "LSTM": 4, "GRU": 3}
ACTIVATIONS = ("linear", "relu", "tanh", "sigmoid", "softmax")
KINDS = ("SimpleRNN", "LSTM", "GRU", "GRU before")


def keras_layer(layer: Layer, *, unroll: bool = True) -> Any:
    """Return the Keras layer that a dict describes, not built yet. Unrolled it gives the same numbers, sooner.

    Not so behind a mask in both directions: unrolled, Keras 3.15 puts the backward half's zeros at the wrong steps.

    >>> keras_layer({"kind": "Dense", "units": 4, "activation": "relu"}).units
    4
    """
    if layer["kind"] == "Bidirectional":
        return import_keras().layers.Bidirectional(keras_layer(layer["layer"], unroll=unroll))
    options = {name: value for name, value in layer.items() if name != "kind"}
    if layer["kind"] in RECURRENT:
        options |= {"unroll": unroll, **ZEROS}
    return getattr(import_keras().layers, layer["kind"])(**options)


def weight_shapes(layer: Layer, D: int) -> list[tuple[int, ...]]:
    """Return the shapes of a layer's weights for D features; Keras' set_weights refuses any others.

    >>> weight_shapes({"kind": "GRU", "units": 5, "reset_after": True}, 3)
    [(3, 15), (5, 15), (2, 15)]
    """
    kind, M = layer["kind"], layer.get("units", 0)
    if kind == "Bidirectional":
        return 2 * weight_shapes(layer["layer"], D)
    if kind == "Embedding":
        return [(layer["input_dim"], layer["output_dim"])]
    if kind == "Masking":
        return []
    if kind == "Dense":
        return [(D, M), (M,)]
    wide = BLOCKS[kind] * M
    return [(D, wide), (M, wide), (2, wide) if layer.get("reset_after") else (wide,)]


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


@dataclass(frozen=True, eq=False)
class Stack:
    """Layers as data, their weights, data, and what Keras gives.

    Shapes: X is (N, T, D), or ids (N, T) where the first layer is an Embedding. `part` says what the stack is about.
    """

    sizes: Sizes
    layers: list[Layer]
    weights: list[list[np.ndarray]]
    X: np.ndarray
    part: str = ""

    note = property(lambda self: f"layers: {written(self.layers)}")
    shape = property(lambda self: self.X.shape)
    called = property(lambda self: name_of(self.layers[-1]))
    outputs = property(lambda self: self.known[0])  # behind each layer
    masks = property(lambda self: self.known[1])  # before each layer, and behind the last: (N, T) or None
    known = cached_property(lambda self: self._through())

    def _through(self, rule: Callable[[int, Any], Any] = lambda place, mask: mask) -> tuple[list[np.ndarray], list]:
        """Return what Keras gives behind each layer, and the masks; `rule(place, mask)` is what a layer gets of one."""
        value, mask, outputs, masks = self.X, None, [], []
        for place, (layer, weights) in enumerate(zip(self.layers, self.weights, strict=True)):
            value = value if layer["kind"] == "Embedding" else value.astype("float32")
            mask = rule(place, mask)
            masks.append(mask)
            made = keras_layer(layer, unroll=mask is None or "layer" not in layer)
            made.build(value.shape)
            made.set_weights(weights)
            masked = {"mask": mask} if layer["kind"] in (*RECURRENT, "Bidirectional") else {}
            behind = made.compute_mask(value, mask)
            value, mask = np.asarray(made(value, **masked)), None if behind is None else np.asarray(behind)
            outputs.append(value)
        return outputs, [*masks, mask]

    def through(self, rule: Callable[[int, Any], Any]) -> np.ndarray:
        """Return what comes out where somebody hands masks on by another rule."""
        return self._through(rule)[0][-1]

    out = property(lambda self: self.outputs[-1])
    dims = property(lambda self: dims_of(self.out.shape, self.sizes))

    @cached_property
    def counts(self) -> np.ndarray:
        """Which steps count behind the last layer, (N, T): all of them where there is no mask."""
        return np.ones(self.X.shape[:2], bool) if self.masks[-1] is None else self.masks[-1]

    @cached_property
    def ledger(self) -> list[dict[str, Any]]:
        """What Keras says of each layer: its output shape, the shapes of its weights, how many parameters they have."""
        rows, shape = [], self.shape
        for layer in self.layers:
            made = keras_layer(layer)
            made.build(shape)
            shape = tuple(made.compute_output_shape(shape))
            weights = [tuple(weight.shape) for weight in made.weights]
            rows.append({"output": shape, "weights": weights, "parameters": made.count_params()})
        return rows

    @cached_property
    def spaces(self) -> list[dict[str, Any]]:
        """What wrong beliefs about the ledger may read, layer by layer: its entries, and the numbers behind them."""
        found = []
        for place, (layer, row) in enumerate(zip(self.layers, self.ledger, strict=True)):
            inner, came = layer.get("layer", layer), self.shape if not place else self.ledger[place - 1]["output"]
            known = {"kind": inner["kind"], "two": "layer" in layer, "films": inner.get("return_sequences")}
            known |= {"N": came[0], "T": came[1] if len(came) > 1 else 0, "D": came[-1], "M": inner.get("units", 0)}
            known |= {"V": inner.get("input_dim", 0), "E": inner.get("output_dim", 0), "came": came, **row}
            known |= {"after": inner.get("reset_after"), "blocks": BLOCKS.get(inner["kind"], 1), "np": np, "whole": self.shape}
            found.append(known)
        return found

    def called_at(self, place: int) -> str:
        return name_of(self.layers[place])

    def fed(self, place: int) -> tuple[int, ...]:
        """Return the shape that a layer gets."""
        return self.spaces[place]["came"]

    def upto(self, place: int) -> Stack:
        """Return the first layers alone, as many as `place` and one more; the sizes are those of the last of them."""
        layers = self.layers[: place + 1]
        D = self.X.shape[-1] if not place else self.outputs[place - 1].shape[-1]
        short = replace(self, sizes=sizes_at(self.sizes, layers[-1], D), layers=layers, weights=self.weights[: place + 1])
        vars(short).update(known=(self.outputs[: place + 1], self.masks[: place + 2]))
        return short

    def sibling(self, *, seed: int) -> Stack:
        """Return other data for the same layers."""
        X = np.random.default_rng(seed).permutation(self.X.ravel()).reshape(self.X.shape)
        return replace(self, X=X)


def dims_of(shape: tuple[int, ...], sizes: Sizes) -> str:
    """Return the letters of what a stack gives: K for the last axis behind a Dense, 2M behind both directions."""
    units = {sizes.K: "K", 2 * sizes.M: "2M", sizes.M: "M", sizes.D: "D"}
    return ("NT" if len(shape) == 3 else "N") + units[shape[-1]]


def sizes_at(sizes: Sizes, layer: Layer, D: int) -> Sizes:
    """Return the sizes as one layer sees them: D features come in, M units or K outputs make the next box."""
    inner = layer.get("layer", layer)
    if layer["kind"] == "Embedding":
        return replace(sizes, D=layer["output_dim"], unread=("M", "K"))
    if layer["kind"] == "Dense":
        return replace(sizes, D=D, K=layer["units"], unread=("M",))
    if layer["kind"] == "Masking":
        return replace(sizes, D=D, unread=("M", "K"))
    return replace(sizes, D=D, M=inner["units"], unread=("K",))


def written(layers: list[Layer]) -> str:
    """Return a stack in one line.

    >>> written([{"kind": "Masking", "mask_value": 0.0}, {"kind": "GRU", "units": 4, "return_sequences": False}])
    'Masking(0.0) → GRU(4)'
    """
    return " → ".join(map(name_of, layers))


def name_of(layer: Layer) -> str:
    """Return a layer as Keras code says it, in short."""
    kind, inner = layer["kind"], layer.get("layer")
    if inner:
        return f"Bidirectional({name_of(inner)})"
    if kind == "Embedding":
        return f"Embedding({layer['input_dim']}, {layer['output_dim']}{', mask_zero' if layer['mask_zero'] else ''})"
    if kind == "Masking":
        return f"Masking({layer['mask_value']})"
    more = ", return_sequences" if layer.get("return_sequences") else ""
    more += ", reset_after=False" if layer.get("reset_after") is False else ""
    return f"{kind}({layer['units']}{more}{', ' + layer['activation'] if kind == 'Dense' else ''})"


Plan = tuple[str, list[str], str, str]
"""What a stack is about; its recurrent layers, "2" for those that read both ways; its front; its head's activation."""


class Bundle:
    """Five stacks of the same N and T: each kind of layer is in one of them, whatever the seed."""

    def __init__(self, sizes: Sizes, *, seed: int | list[int]) -> None:
        self.sizes = replace(sizes, T=4 if sizes.N == 5 else 5) if sizes.T > 5 else sizes  # deep stacks take their time
        self.rng = np.random.default_rng([*np.atleast_1d(seed).tolist(), 13])
        self.stacks = [self._stack(plan) for plan in self.deal()]

    def deal(self) -> Iterator[Plan]:
        rng = self.rng
        heads = rng.permutation(ACTIVATIONS).tolist()
        gates, two = rng.permutation(KINDS[1:]).tolist(), rng.permutation(KINDS).tolist()
        both_ways = [f"2{two[0]}", f"2{two[1]}"] if rng.random() < 0.5 else [two[2], f"2{two[0]}"]
        behind = [["LSTM", rng.choice(["SimpleRNN", "2GRU", "2LSTM"])], [two[3], rng.choice(["LSTM", "2SimpleRNN", "2GRU"])]]
        yield "simple", ["SimpleRNN"] * int(rng.integers(1, 3)), "", heads[0]
        yield "gates", gates, rng.choice(["", "Embedding"]), heads[1]
        yield "both ways", both_ways, "", heads[2]
        yield "masks", rng.permutation(behind[0]).tolist(), "Masking", heads[3]
        yield "masks", rng.permutation(behind[1]).tolist(), "Embedding, mask_zero", heads[4]

    def _sizes(self, many: int) -> list[int]:
        """Return sizes that are pairwise distinct, also from N, T and each other's doubles."""
        taken = self.sizes.shape("NT")
        pool = [size for size in range(3, 14) if size not in taken]
        while True:
            found = self.rng.choice(pool, many, replace=False).tolist()
            if not {2 * size for size in found} & {*found, *taken}:
                return found

    def _stack(self, plan: Plan) -> Stack:
        part, kinds, front, head = plan
        rng, (N, T) = self.rng, self.sizes.shape("NT")
        D, K, V, *units = self._sizes(3 + len(kinds))
        padding = float(-(N % 2)) + 0.0 if front == "Masking" else 0
        layers: list[Layer] = [{"kind": "Masking", "mask_value": padding}] if front == "Masking" else []
        if front.startswith("Embedding"):
            layers = [{"kind": "Embedding", "input_dim": V, "output_dim": D, "mask_zero": "mask_zero" in front}]
        ends = [True] * (len(kinds) - 1) + [bool(rng.random() < 0.5)]
        layers += [recurrent(kind, M, return_sequences=end) for kind, M, end in zip(kinds, units, ends, strict=True)]
        layers += [{"kind": "Dense", "units": K, "activation": head}] if head else []
        X = rng.integers(0, V, (N, T)) if front.startswith("Embedding") else rng.standard_normal((N, T, D))
        if front == "Masking" or "mask_zero" in front:
            pad(X, padding, rng)
        weights, width = [], D
        for layer in layers:
            weights.append(draw_weights(layer, width, rng))
            width = layer.get("layer", layer).get("units", width) * (2 if "layer" in layer else 1)
        return Stack(replace(self.sizes, D=D, M=units[0], K=K), layers, weights, X, part)


class OneEach(Bundle):
    """One recurrent layer in each stack: without a mask and behind one, with all its rows and with the last alone."""

    def deal(self) -> Iterator[Plan]:
        for kind in KINDS:
            yield from ((kind.split()[0], [kind], front, "") for front in ("", "Masking"))


class TwoWays(Bundle):
    """Two kinds of layers that read both ways, one of them behind a mask."""

    def deal(self) -> Iterator[Plan]:
        for kind, front in zip(self.rng.permutation(KINDS), ("", "Masking"), strict=False):
            yield "", [f"2{kind}"], front, ""


class Masks(Bundle):
    """Stacks of which the masks alone are asked for; each is also cut short."""

    def __init__(self, sizes: Sizes, *, seed: int | list[int]) -> None:
        super().__init__(sizes, seed=seed)
        self.stacks = [OfMasks(**vars(one)) for stack in self.stacks for one in (stack, replace(stack, layers=stack.layers[:2]))]

    def deal(self) -> Iterator[Plan]:
        yield from (("", kinds, front, "relu") for part, kinds, front, _ in super().deal() if part != "simple")


class OfMasks(Stack):
    """A stack whose layers need not be run."""

    dims = "NT"

    def _through(self, rule: Any = None) -> tuple[list[np.ndarray], list]:
        masks: list[Any] = [None]
        for place, layer in enumerate(self.layers):
            behind = keras_layer(layer).compute_mask(self.X if not place else None, masks[-1])
            masks.append(None if behind is None else np.asarray(behind))
        return [self.X] * len(self.layers), masks


@dataclass(frozen=True, eq=False)
class OneLayer:
    """One layer with its weights by name, as a lesson's by-hand function takes them; `value` pads X, if it is padded."""

    sizes: Sizes
    stack: Stack

    X = property(lambda self: self.stack.X)
    ids = X
    layer = property(lambda self: self.stack.layers[-1])
    value = property(lambda self: self.stack.layers[0].get("mask_value"))
    mask = property(lambda self: (self.X != self.value).any(axis=2) if len(self.stack.layers) > 1 else None)
    weights = cached_property(lambda self: dict(zip(names_of(self.layer), self.stack.weights[-1], strict=True)))
    more_sizes = property(lambda self: {"J": BLOCKS.get(self.layer["kind"], 1) * self.sizes.M})
    program = property(lambda self: PROGRAMS.get((kind_of(self.layer), self.mask is not None)))

    @cached_property
    def out(self) -> np.ndarray:
        """What Keras gives: by the lines, where there are some, since a test holds them against Keras."""
        if self.program is None:
            return self.stack.out
        film = run(self.program.lines, self.arrays, sizes_on(self))["h"]
        return film if self.layer["return_sequences"] else film[:, -1]

    @cached_property
    def arrays(self) -> dict[str, np.ndarray]:
        """What the layer's lines read; a bias of two rows is bx and bh, and all states start at zero."""
        arrays = dict(self.weights)
        if arrays.get("b") is not None and arrays["b"].ndim == 2:
            arrays |= dict(zip(("bx", "bh"), arrays.pop("b"), strict=True))
        zeros = np.zeros(self.sizes.shape("NM"))
        masks = {} if self.mask is None else {"mask": self.mask}
        stacked = stacked_weights(arrays["Wx"], arrays["Wh"]) if "Wx" in arrays else {}
        return {"X": self.X, **arrays, **masks, **stacked, "h0": zeros, "c0": zeros}


def one_layer(sizes: Sizes, *, seed: int | list[int], layer: Callable[[Sizes], Layer], masked: bool = False) -> OneLayer:
    """Return a case of one layer, which `layer(sizes)` describes, behind a Masking if it is `masked`."""
    rng, made = np.random.default_rng([*np.atleast_1d(seed).tolist(), 14]), layer(sizes)
    N, T, D = sizes.shape("NTD")
    ids = made["kind"] == "Embedding"
    X = rng.integers(0, made["input_dim"], (N, T)) if ids else rng.standard_normal((N, T, D))
    front: list[Layer] = []
    if masked:
        front = [{"kind": "Masking", "mask_value": float(-(N % 2)) + 0.0}]
        pad(X, front[0]["mask_value"], rng)
    weights = [*([] for _ in front), draw_weights(made, D, rng)]
    return OneLayer(sizes_at(sizes, made, D), Stack(sizes, [*front, made], weights, X))


def kind_of(layer: Layer) -> str:
    """Return the name in KINDS; "2LSTM" for an LSTM that reads both ways.

    >>> kind_of(recurrent("2GRU before", 3))
    '2GRU before'
    """
    if "layer" in layer:
        return f"2{kind_of(layer['layer'])}"
    return layer["kind"] + (" before" if layer.get("reset_after") is False else "")


def names_of(layer: Layer) -> tuple[str, ...]:
    """Return what a layer's weights are called, in the order of get_weights()."""
    own = {"Dense": ("Wo", "bo"), "Embedding": ("E",), "Masking": (), "GRU": ("Wx", "Wh", "b")}
    if "layer" in layer:
        return tuple(f"{name}{half}" for half in "fb" for name in names_of(layer["layer"]))
    return own.get(layer["kind"], ("Wx", "Wh", "bh"))


PLAIN = {
    "SimpleRNN": (Part(), (start(), TABLE[0]), MASKED_LINES),
    "LSTM": (LSTM_PART, (start(), start("c"), *LSTM_WIDE_TABLE), MASKED_LSTM_LINES),
    "GRU": (GRU_PART, (start(), *GRU_WIDE_TABLE), MASKED_GRU_LINES),
    "GRU before": (GRU_PART, (start(), *GRU_BEFORE_WIDE_TABLE), MASKED_GRU_BEFORE_LINES),
}
PROGRAMS = {
    (kind, bool(masked)): Program(lines[masked], film="h", parts=(part,))
    for kind, (part, *lines) in PLAIN.items()
    for masked in range(2)
}
"""The lines of each kind of layer, without a mask and behind one."""


def recurrent(kind: str, M: int, *, return_sequences: bool = True) -> Layer:
    """Return a recurrent layer as data: "GRU before" is a GRU with reset_after=False, "2LSTM" a Bidirectional one.

    >>> recurrent("2LSTM", 4)["layer"]
    {'kind': 'LSTM', 'units': 4, 'return_sequences': True}
    """
    if kind[0] == "2":
        return {"kind": "Bidirectional", "layer": recurrent(kind[1:], M, return_sequences=return_sequences)}
    layer: Layer = {"kind": kind.split()[0], "units": int(M), "return_sequences": bool(return_sequences)}
    return layer | ({"reset_after": " " not in kind} if layer["kind"] == "GRU" else {})


def pad(X: np.ndarray, value: float, rng: np.random.Generator) -> None:
    """Write padding into data or ids: in front, inside, at the end; and real steps that a careless test takes for it."""
    N, T = X.shape[:2]
    real = rng.random((N, T)) < 0.6
    real[np.arange(N), rng.integers(0, T, N)] = True  # each sample has a real step
    real[0, rng.integers(0, T)] = False
    if real[0].all() or not real[0].any():
        real[0] = np.arange(T) % 2 == 1
    if X.ndim == 2:
        X[X == 0] = 1
    else:
        X[..., 0] = np.where(rng.random((N, T)) < 0.3, value, X[..., 0])  # one feature that looks like padding
        if value:
            X[1:, -1] = np.where(rng.random((N - 1, 1)) < 0.5, 0.0, X[1:, -1])  # zeros are real there
    X[~real] = value
