"""The exercises of lesson 03: shapes and parameters of a stack, two layers by hand, an error read and repaired."""

from __future__ import annotations

import re
from typing import Any

from rnnshapes.beliefs.by_hand import ByHand, Room
from rnnshapes.judge.layer_list import LayerListExercise, layers_of, outcome_of
from rnnshapes.judge.shapes import ShapesExercise
from rnnshapes.judge.values import ValuesExercise
from rnnshapes.lessons.l03_stacking.case import STACK_DIMS, StackedCase, make_stacked_case
from rnnshapes.sizes import Sizes

NOTEBOOK = Sizes(N=3, T=9, D=2, M=5, K=4, M2=7)
CHECKS = (
    Sizes(N=6, T=12, D=8, M=11, K=13, M2=10),
    Sizes(N=10, T=8, D=11, M=6, K=12, M2=13),
    Sizes(N=1, T=6, D=8, M=10, K=1, M2=11),
)
ROOM = Room(__package__, NOTEBOOK, CHECKS, make_stacked_case, lecture=Sizes(N=4, T=6, D=3, M=8, K=2, M2=5))
RECEIVED = str(NOTEBOOK.of("M1"))
"""The number in Keras' message about the broken stack."""


def _shapes(case: StackedCase) -> dict[str, tuple[int, ...]]:
    """Return the shapes that Keras really gives."""
    weights = dict(zip(STACK_DIMS, (weight.shape for weight in case.model.get_weights()), strict=True))
    h1 = case.model.layers[0](case.X.astype("float32"))
    h2 = case.model.layers[1](h1)
    return weights | {"h1": tuple(h1.shape), "h2": tuple(h2.shape), "Yhat": case.Yhat.shape}


def _counts(case: StackedCase) -> dict[str, int]:
    first, second, head = (layer.count_params() for layer in case.model.layers)
    return {"layer 1": first, "layer 2": second, "head": head, "all": case.model.count_params()}


def _message(case: StackedCase) -> dict[str, Any]:
    """Read Keras' own message about the broken list."""
    message = outcome_of(layers_of(REPAIRED.right.replace("True", "False"), case.sizes))
    complains = int(re.search(r"layer_(\d)", message)[1])
    received = re.search(r"received: \(None, (\d+)\)", message)[1]
    return {
        "complains": complains,
        "to repair": complains - 1,
        received: case.sizes.letter(int(received)),
        "missing": "T",
    }


PREDICTED = ShapesExercise(
    name="03/predicted",
    dims={"Wx1": "DM1", "Wh1": "M1M1", "h1": "NTM1", "Wx2": "M1M2"}
    | {"Wh2": "M2M2", "h2": "NM2", "Wo": "M2K", "Yhat": "NK"},
    measure=_shapes,
    parts={"layer_1": ("Wx1", "Wh1", "h1"), "layer_2": ("Wx2", "Wh2", "h2"), "head": ("Wo", "Yhat")},
    room=ROOM,
)

COUNTED = ValuesExercise(
    name="03/counted",
    measure=_counts,
    kinds=dict.fromkeys(("layer 1", "layer 2", "head", "all"), "a number of parameters"),
    parts={"layers": ("layer 1", "layer 2"), "all": ("head", "all")},
    room=ROOM,
    source="count_params() gives",
)

STACKED_BY_HAND = ByHand(
    name="03/stacked_by_hand",
    takes="X Wx1 Wh1 bh1 Wx2 Wh2 bh2 Wo bo",
    gives="Yhat NK",
    source="model.predict()",
    room=ROOM,
)

WHAT_IT_SAYS = ValuesExercise(
    name="03/what_it_says",
    measure=_message,
    kinds=dict.fromkeys(("complains", "to repair"), "1, 2 or 3")
    | dict.fromkeys((RECEIVED, "missing"), "a letter in quotes: 'N', 'T', 'D', 'M1', 'M2' or 'K'"),
    parts={"": ("complains", "to repair", RECEIVED, "missing")},
    room=ROOM,
    source="are in Keras' message",
)

REPAIRED = LayerListExercise(
    name="03/repaired",
    right="Input T,D; SimpleRNN M1 True; SimpleRNN M2 True; SimpleRNN 8 False; Dense K",
    room=ROOM,
)
