"""The exercises of lesson 13: the ledger, one recurrent layer, both directions, the mask, and a whole stack."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial
from typing import Any

from rnnshapes.beliefs.by_hand import ByHand, Room
from rnnshapes.beliefs.on_stacks import Alone, OnStacks
from rnnshapes.judge.rows import RowsExercise
from rnnshapes.layers.drawn_stacks import Bundle, Masks, OneEach, TwoWays
from rnnshapes.layers.ledger import ACTIVATIONS, KINDS, Layer, kind_of, name_of, recurrent
from rnnshapes.layers.lines_of_layers import names_of
from rnnshapes.layers.one_layer import one_layer
from rnnshapes.lessons.l05_masking.exercises import EVERY_STATE
from rnnshapes.lessons.l06_bidirectional.exercises import BIDIRECTIONAL
from rnnshapes.lessons.l07_lstm.exercises import LSTM_BY_HAND
from rnnshapes.lessons.l08_gru.exercises import GRU_BY_HAND
from rnnshapes.sizes import Sizes

NOTEBOOK = Sizes(N=5, T=4, D=3, M=6, K=2)
CHECKS = (Sizes(N=4, T=3, D=8, M=9, K=11),)
ROOM = Room(__package__, NOTEBOOK, CHECKS, Bundle)
ALONE = replace(ROOM, checks=(Sizes(N=8, T=7, D=9, M=11, K=13),))
ENDS = {True: "every row of the layer", False: "the last row of the layer"}


def _layer(kind: str, films: bool, sizes: Sizes) -> Layer:
    return recurrent(kind, sizes.M, return_sequences=films)


@cache
def _expert(kind: str, films: bool, masked: bool, padding: float | None = None) -> ByHand:
    """Return the exercise about one recurrent layer by itself, with the catalogue of the lesson that taught it."""
    if kind == "2SimpleRNN" and films and not masked:
        return BIDIRECTIONAL
    taught = {"LSTM": LSTM_BY_HAND, "GRU": GRU_BY_HAND, "GRU before": GRU_BY_HAND}
    home = EVERY_STATE if masked and kind == "SimpleRNN" else None if masked else taught.get(kind)
    make = partial(one_layer, layer=partial(_layer, kind, films), masked=masked, padding=padding)
    room = replace(ALONE, make=make, package=home.room.package if home else ALONE.package)
    names = names_of(recurrent(kind, 1))
    two = kind[0] == "2"
    takes = " ".join(["X", *(["value", "mask"] if masked and not two else ["value"] if masked else []), *names])
    dims = ("NT" if films else "N") + ("2M" if two else "M")
    name = home.name if home else "13/two_ways" if two else "13/one_way"
    source = (
        f"{'Masking → ' if masked else ''}{name_of(recurrent(kind, 1, return_sequences=films)).replace('(1', '(M')}"
    )
    return ByHand(name, takes, f"out {dims}", source, room, "arrays" if two else "layer")


def _handed(kind: str, films: bool, X: Any, **arrays: Any) -> tuple[list[Layer], list[list], Any, Any]:
    """Return the arrays of one recurrent layer as a stack: layers, weights, data, and the mask in front of the last."""
    weights = [arrays[name] for name in names_of(recurrent(kind, 1))] if "Wx" in arrays or "Wxf" in arrays else []
    M = int(weights[1].shape[0])
    layers, mask = [recurrent(kind, M, return_sequences=films)], None
    if "value" in arrays:
        layers = [{"kind": "Masking", "mask_value": float(arrays["value"])}, *layers]
        mask = (X != arrays["value"]).any(axis=-1)
    return layers, [*([] for _ in layers[1:]), weights], X, mask


def _alone(kind: str, films: bool = True, masked: bool = False, padding: float | None = None) -> Alone:
    says = f"{'Masking → ' if masked else ''}{name_of(recurrent(kind, 1, return_sequences=films)).replace('(1', '(M')} alone"
    return Alone(says, _expert(kind, films, masked, padding), partial(_handed, kind, films))


DENSE = {
    activation: ByHand(
        "13/dense",
        "X Wo bo",
        "out NTK",
        f"Dense(K, {activation})",
        replace(ALONE, make=partial(one_layer, layer=partial(lambda a, sizes: _dense(sizes.K, a), activation))),
        "arrays",
    )
    for activation in ACTIVATIONS
}
ROWS_OF_A_TABLE = ByHand(
    "13/embedding", "ids E", "out NTD", "Embedding(V, D)",
    replace(ALONE, make=partial(one_layer, layer=lambda sizes: _embedding(sizes.K, sizes.D))), "arrays",
)  # fmt: skip


def _dense(units: int, activation: str) -> Layer:
    return {"kind": "Dense", "units": int(units), "activation": activation}


def _embedding(V: int, D: int) -> Layer:
    return {"kind": "Embedding", "input_dim": int(V), "output_dim": int(D), "mask_zero": False}


class OfLayers(OnStacks):
    """A function of this lesson: what to try by itself depends on the kind of layer."""

    def each_layer(self) -> Iterator[Layer]:
        kinds = {"recurrent": KINDS, "both_ways": [f"2{kind}" for kind in KINDS]}.get(self.function, ())
        if self.function == "run":
            yield _dense(1, "softmax")
            yield _embedding(2, 1)
            kinds = [f"2{kind}" for kind in KINDS]  # one way first
        for kind in kinds:
            yield from (recurrent(kind, 1, return_sequences=films) for films in (True, False))

    def alone(self, layer: Layer, *, masked: bool) -> Iterator[Alone]:
        kind, films = kind_of(layer), layer.get("layer", layer).get("return_sequences")
        if self.function == "mask_behind" or kind == "Masking":
            return
        if kind == "Dense":
            activation = layer["activation"]
            says = f"Dense(K, {activation}) alone, on a film"
            yield Alone(says, DENSE[activation], lambda X, Wo, bo: ([_dense(len(bo), activation)], [[Wo, bo]], X, None))
        elif kind == "Embedding":
            yield Alone("Embedding alone", ROWS_OF_A_TABLE, lambda ids, E: ([_embedding(*E.shape)], [[E]], ids, None))
        else:
            inner, ends = kind.removeprefix("2"), dict.fromkeys((True, films))
            both = kind != inner
            padding = 0.0 if self.of_all else None  # with or without the zeros of a Masking: the same numbers
            if self.of_all or not both:  # one way first, without a mask and behind one
                yield from (_alone(inner, end) for end in ends)
                yield from (_alone(one, True, True, padding) for one in dict.fromkeys(("SimpleRNN", inner)) if masked)
            if both:
                yield from (_alone(one, True) for one in dict.fromkeys(("2SimpleRNN", kind)))
            yield from (_alone(kind, end, behind, padding) for behind in (False, True)[: 1 + masked] for end in ends)


def _on_stacks(name: str, takes: str, gives: str, source: str, make: Callable[..., Any]) -> OfLayers:
    return OfLayers(f"13/{name}", takes, gives, source, replace(ROOM, make=make), "stack")


LEDGER = RowsExercise(
    "13/ledger",
    "layers shape",
    {"output": "a shape", "weights": "a list of shapes", "parameters": "a number"},
    replace(ROOM, make=Bundle),
)
RECURRENT = _on_stacks("recurrent", "layer weights X mask", "out NTM", "Keras' layer with this mask", OneEach)
BOTH_WAYS = _on_stacks("both_ways", "layer weights X mask", "out NTM", "Keras' Bidirectional with this mask", TwoWays)
MASK_BEHIND = _on_stacks("mask_behind", "layers X", "counts NT", "compute_mask() of Keras' layers", Masks)
RUN = _on_stacks("run", "layers weights X", "out NTK", "predict() of the whole model", Bundle)
