"""A Keras model that is one MultiHeadAttention, read into the lines of attention, and the square that shows them.

What is read here is a claim, as in models.py: `prediction.py` holds it against what the layer gives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnnshapes.errors import CourseError
from rnnshapes.explorer.models import Reading
from rnnshapes.layers.tables import ATTENTION_TABLE

KIND = "MultiHeadAttention"
MOST_PRODUCTS = 8_000_000  # that are held at once where the lines are run: about 60 MB
PANELS = ("square", "sum")
SQUARE = {"weights": "w", "values": "v", "heads": "head", "out": "Y", "back": "Wo", "bias": "bo", "allowed": "allowed"}
"""What the square draws, by the names in the lines."""


@dataclass(frozen=True)
class Attention:
    """One attention layer at the end of a model: who asks and who is looked at, each an input behind a Masking or not.

    `asks` and `seen` are (place of the input, Masking layer or None); they are equal where a sequence looks at itself.
    """

    layer: Any
    asks: tuple[int, Any]
    seen: tuple[int, Any]
    causal: bool

    def weights_of(self, data: Sequence[np.ndarray]) -> np.ndarray:
        """Return the layer's own weights: (N, H, T, S)."""
        X, C = (data[place] if masking is None else masking(data[place]) for place, masking in (self.asks, self.seen))
        C = X if self.seen == self.asks else C
        return np.asarray(self.layer(X, C, return_attention_scores=True, use_causal_mask=self.causal)[1])

    def read(self, data: Sequence[np.ndarray], *, zeroed: bool = False) -> Reading:
        """Return the lines and arrays for the data of all inputs.

        A step that may look at nothing, because it is padding itself, gives all steps the same weight; `zeroed`, none.
        Raises: CourseError if the layer has an option that the lines don't say, or if the data is too large.
        """
        other = self.seen != self.asks
        reals = [_real(data[place], masking) for place, masking in (self.asks, self.seen)]
        X, C = (
            data[place] if real is None else data[place] * real[..., None]
            for (place, _), real in zip((self.asks, self.seen), reals, strict=True)
        )
        weights = self._weights(X.shape[-1], C.shape[-1])
        _, H, M = weights["Wq"].shape
        (N, T, D), S = X.shape, C.shape[1]
        _small_enough(N, H * T * max(S * M, D * M))
        arrays = {"X": X} | ({"C": C} if other else {}) | weights
        names = ("realX", "realC") if other else ("real", "real")
        arrays |= {name: real for name, real in zip(names, reals, strict=True) if real is not None}
        factors = [f"{name}[n,{step}]" for name, step in zip(names, "ts", strict=True) if name in arrays]
        lines = _lines(
            [*factors, *(["(s < t+1)"] if self.causal else [])], other=other, bias="bo" in weights, zeroed=zeroed
        )
        return Reading(arrays, dict(N=N, T=T, S=S, D=D, H=H, M=M), stacked=False, lines=lines, last=SQUARE["out"])

    def _weights(self, D: int, other_D: int) -> dict[str, np.ndarray]:
        """Return the layer's arrays under their names in the lines."""
        arrays = self.layer.get_weights()
        names = ("Wq", "bq", "Wk", "bk", "Wv", "bv", "Wo", "bo")
        found = dict(zip(names if len(arrays) == len(names) else names[::2], arrays, strict=False))
        shapes = [(D, *found["Wq"].shape[1:])] * 3 + [(*found["Wq"].shape[1:], D)]
        if len(arrays) not in (4, 8) or [found[name].shape for name in names[::2]] != shapes or D != other_D:
            raise CourseError(
                f"Got {self.layer.name} with arrays of {', '.join(str(array.shape) for array in arrays)}, expected "
                f"(D, H, M) three times and (H, M, D), with one D for all. "
                f"Try: MultiHeadAttention(num_heads=H, key_dim=M) without options for sizes, and X and C of one D."
            )
        return found


def find_attention(model: Any) -> Attention | None:
    """Return the attention in which a model ends; None if it ends in another layer.

    Raises: CourseError if what goes into it is no input, or an input behind a Masking.
    """
    outputs = list(getattr(model, "outputs", None) or [])
    if len(outputs) != 1:
        return None
    layer, node_index, place = outputs[0]._keras_history
    if type(layer).__name__ != KIND:
        return None
    arguments = layer._inbound_nodes[node_index].arguments
    given = dict(zip(("query", "value", "key"), arguments.args, strict=False)) | arguments.kwargs
    of_its_own = given.get("key") is not None and given["key"] is not given["value"]
    odd = [(place, "the weights alone"), (of_its_own, "a key of its own")]
    odd.append((given.get("attention_mask") is not None, "an attention_mask"))
    for found, what in odd:
        if found:
            raise CourseError(
                f"Got {what} in {layer.name}, expected the output for a query and a value. "
                f"Try: layer(X, C), with use_causal_mask=True, or behind a Masking, where something shall be hidden."
            )
    asks, seen = (_source(model, layer, given[name]) for name in ("query", "value"))
    return Attention(layer, asks, seen, causal=bool(given.get("use_causal_mask")))


def square_spec(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a spec of attention has besides: the square in place of the other views, and steps that stay.

    Every output looks at every step, so what Keras gave holds for all of them alone.
    """
    names = {line["name"] for line in spec["lines"]} | set(spec["arrays"])
    steps = {letter: entry | {"min": entry["size"]} for letter, entry in spec["letters"].items() if letter != "N"}
    square = {role: name if name in names else None for role, name in SQUARE.items()}
    note = "The data and the weights are yours: every size but N is what they have."
    return {"square": square, "panels": list(PANELS), "breaks": [], "letters": spec["letters"] | steps, "note": note}


def _source(model: Any, layer: Any, tensor: Any) -> tuple[int, Any]:
    """Return the place of the input that a tensor is, and the Masking between the two."""
    masking = None
    while not any(tensor is one for one in model.inputs):
        before, node_index, _ = tensor._keras_history
        kind = type(before).__name__
        if kind not in ("Masking", "Dropout") or (masking is not None and kind == "Masking"):
            raise CourseError(
                f"Got {kind} before {layer.name}, expected an Input, maybe with one Masking behind it. "
                f"Try: keras.Model(X, layer(X, X)) with X = keras.Input((T, D)), and explore what goes into it as X."
            )
        masking = before if kind == "Masking" else masking
        (tensor,) = before._inbound_nodes[node_index].input_tensors
    return next(place for place, one in enumerate(model.inputs) if one is tensor), masking


def _real(box: np.ndarray, masking: Any) -> np.ndarray | None:
    return None if masking is None else np.any(box != masking.mask_value, axis=-1)


def _small_enough(N: int, each: int) -> None:
    if N * each > MOST_PRODUCTS:
        raise CourseError(
            f"Got an attention of {N * each:,} products, expected at most {MOST_PRODUCTS:,}. "
            f"Try: {f'X[:{MOST_PRODUCTS // each}]' if each <= MOST_PRODUCTS else 'fewer steps'}."
        )


def _lines(allowed: Sequence[str], *, other: bool, bias: bool, zeroed: bool) -> list[str]:
    """Return the table's lines, as this layer needs them: its own X for C, a mask or none, a bias or none."""
    query, key, value, score, weights, *rest = ATTENTION_TABLE
    weights = f"{weights.split(' = ')[0]} = {'allowed[n,t,s]*' if zeroed else ''}softmax[s]( e[n,h,t,s] )"
    mask = [f"allowed[n,t,s] = {'*'.join(allowed)}"] if allowed else []
    if allowed:
        score = f"{score.replace(' = ', ' = allowed[n,t,s] ? ')} : -1000000000"
    lines = [query, key, value, *mask, score, weights, *rest]
    if not other:
        lines = [line.replace("C[n,s,d]", "X[n,s,d]") for line in lines]
    return lines if bias else [line.partition(" + b")[0] for line in lines]
