"""The exercises of lesson 12: shapes, one head's weights, masks, a projection into heads, and attention as a whole."""

from __future__ import annotations

from typing import Any

import numpy as np

from rnnshapes.beliefs.by_hand import ByHand, Room
from rnnshapes.judge.shapes import ShapesExercise
from rnnshapes.lessons.l12_attention.case import WEIGHTS, AttentionCase, HeadsCase, MaskedCase, WeightsCase
from rnnshapes.sizes import Sizes

NOTEBOOK = Sizes(N=7, T=9, D=11, M=5, K=17, H=3, S=13)
CHECKS = (Sizes(N=8, T=4, D=6, M=10, K=19, H=2, S=14), Sizes(N=1, T=12, D=10, M=8, K=1, H=4, S=6))
LECTURE = Sizes(N=4, T=7, D=5, M=6, K=2, H=3, S=9)
ROOM = Room(__package__, NOTEBOOK, CHECKS, AttentionCase.make, lecture=LECTURE)

DIMS = {
    **{"Wq": "DHM", "bk": "HM", "Wo": "HMD", "bo": "D"},
    **{"q": "NHTM", "k": "NHSM", "weights": "NHTS", "head": "NHTM", "Y": "NTD"},
}


def _measure(case: AttentionCase) -> dict[str, tuple[int, ...]]:
    """Return the shapes of Keras' arrays, and of what is made with them."""
    layer, X, C = case.layer(), case.X.astype("float32"), case.C.astype("float32")
    found = dict(zip(WEIGHTS, layer.get_weights(), strict=True))
    found["Y"], found["weights"] = layer(X, C, return_attention_scores=True)
    found |= {name: np.einsum("ntd,dhm->nhtm", of, found[f"W{name}"]) for name, of in {"q": X, "k": C, "v": C}.items()}
    found["head"] = np.asarray(found["weights"]) @ found["v"]
    return {name: tuple(found[name].shape) for name in DIMS}


PREDICTED = ShapesExercise(
    name="12/predicted",
    dims=DIMS,
    measure=_measure,
    parts={"weights": ("Wq", "bk", "Wo", "bo"), "steps": ("q", "k", "weights", "head", "Y")},
    room=ROOM,
)


def _by_hand(name: str, takes: str, gives: str, source: str, made_by: Any) -> ByHand:
    return ByHand(f"12/{name}", takes, gives, source, ROOM.of(made_by), "lines")


ATTENTION = "Keras' MultiHeadAttention"
WEIGHTS_OF = _by_hand("weights_of", "q k", "w NTS", f"the attention scores of {ATTENTION}", WeightsCase)
MASKED = _by_hand("masked", "scores real", "w NTT", "Keras' Softmax with that mask", MaskedCase)
HEADS_OF = _by_hand("heads_of", "X W b", "q NHTM", f"the projection inside {ATTENTION}", HeadsCase)
ATTENTION_BY_HAND = _by_hand("attention_by_hand", f"X C {' '.join(WEIGHTS)}", "Y NTD", ATTENTION, AttentionCase)
