"""The exercises of lesson 03: shapes and parameters of a stack, two layers by hand, an error read and repaired."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from rnnshapes.judge.exercise import Belief, FunctionExercise
from rnnshapes.judge.shapes import ShapesExercise
from rnnshapes.judge.values import ValuesExercise
from rnnshapes.judge.watch import watch
from rnnshapes.lessons.l01_rnn_shapes.batch import forms_batched
from rnnshapes.lessons.l03_stacking.beliefs import CLASHES, stack_beliefs
from rnnshapes.lessons.l03_stacking.layer_settings import SettingsExercise, broken_settings, outcome_of
from rnnshapes.lessons.l03_stacking.parameter_counts import COUNT_BELIEFS, wrong_counts
from rnnshapes.lessons.l03_stacking.stacked_case import STACK_DIMS, StackedCase, make_stacked_case
from rnnshapes.lessons.l03_stacking.stacked_wrongs import stacked_wrongs
from rnnshapes.sizes import Sizes

LECTURE = Sizes(N=4, T=6, D=3, M=8, K=2, M2=5)
NOTEBOOK = Sizes(N=3, T=9, D=2, M=5, K=4, M2=7)
CHECKS = (
    Sizes(N=6, T=12, D=8, M=11, K=13, M2=10),
    Sizes(N=10, T=8, D=11, M=6, K=12, M2=13),
    Sizes(N=1, T=6, D=8, M=10, K=1, M2=11),
)
THIRD = 8  # units of the third recurrent layer in the list to repair

_SHAPES = {
    "layer_2_reads_x": (
        "Every layer reads the data.",
        "Layer 2 reads what layer 1 hands on. How many numbers is that at each step?",
    ),
    "square_plug": (
        "A kernel is square.",
        "Wx2 takes layer 1's numbers and gives layer 2's. How many go in, and how many come out?",
    ),
    "state_of_layer_1": (
        "Layer 2 goes on from layer 1's state.",
        "Wh2 takes a state of layer 2 and gives a state of layer 2. How long are these?",
    ),
    "layers_mixed_up": (
        "M1 and M2 can trade places.",
        "M1 belongs to layer 1, M2 to layer 2. Which of the two layers makes this, or owns it?",
    ),
    "head_on_layer_1": ("The head reads layer 1.", "The head sits on top of layer 2. How many numbers has its state?"),
    "data_axis_in_weights": (
        "Weights have an axis for samples, or for time steps.",
        "The same weights serve every sample and every step. Which two letters are left?",
    ),
}
_IN_WEIGHTS = "data_axis_in_weights"


def _measure_shapes(case: StackedCase) -> dict[str, tuple[int, ...]]:
    """Return the shapes that Keras really gives."""
    weights = dict(zip(STACK_DIMS, (weight.shape for weight in case.model.get_weights()), strict=True))
    h1 = case.model.layers[0](case.X.astype("float32"))
    h2 = case.model.layers[1](h1)
    return {
        **{name: weights[name] for name in ("Wx1", "Wh1")},
        "h1": tuple(h1.shape),
        **{name: weights[name] for name in ("Wx2", "Wh2")},
        "h2": tuple(h2.shape),
        "Wo": weights["Wo"],
        "Yhat": case.Yhat.shape,
    }


def _measure_counts(case: StackedCase) -> dict[str, int]:
    first, second, head = (layer.count_params() for layer in case.model.layers)
    return {"layer 1": first, "layer 2": second, "head": head, "all": case.model.count_params()}


def _measure_message(case: StackedCase) -> dict[str, Any]:
    """Read Keras' own message about the broken list."""
    message = outcome_of(broken_settings(case.sizes, third=THIRD))
    complains = int(re.search(r"layer_(\d)", message)[1])
    received = re.search(r"received: \(None, (\d+)\)", message)[1]
    return {
        "complains": complains,
        "to repair": complains - 1,
        received: case.sizes.letter(int(received)),
        "missing": "T",
    }


_MESSAGE = {
    "repairs_where_it_hurts": (
        "The layer in the message is the one to change.",
        "That layer says what it was given. Which layer gave it?",
    ),
    "repairs_the_top": (
        "The last recurrent layer is the one to change.",
        "Nothing recurrent reads what that layer hands on. Whose output does the layer in the message read?",
    ),
    "fault_complains": (
        "The layer that made the mistake complains.",
        "Which layer's name is in the message? It is the one that could not read its input.",
    ),
    "none_is_missing": (
        "None is what is missing.",
        "None stands for N, any number of samples: that axis is there. Write three letters above the two that came.",
    ),
    "features_missing": (
        "The features are missing.",
        "The last axis is there. Which axis lies between the samples and the hidden units of a sequence?",
    ),
    "layers_mixed_up": (
        "The number belongs to the layer that complains.",
        "The shape is that of the input which it received. Which layer made that?",
    ),
    "number_of_features": (
        "What a layer receives are the features of X.",
        "X never reaches this layer. Which letter has this size in this notebook?",
    ),
    "place_counted_from_zero": (
        "Layers are counted from the input.",
        "The name in the message ends with the number of the recurrent layer: 1, 2 or 3.",
    ),
}


def _wrong_readings(case: StackedCase) -> dict[str, dict[Any, str]]:
    return {
        "complains": {1: "fault_complains", 3: "place_counted_from_zero"},
        "to repair": {2: "repairs_where_it_hurts", 3: "repairs_the_top", 0: "place_counted_from_zero"},
        str(case.sizes.of("M1")): {"M2": "layers_mixed_up", "D": "number_of_features"},
        "missing": {
            "N": "none_is_missing",
            "D": "features_missing",
            "M1": "features_missing",
            "M2": "features_missing",
        },
    }


def _tell_apart(keys: list[str], function: Callable[..., Any], arguments: dict[str, np.ndarray]) -> list[str]:
    """A state that stays zero and a missing h @ Wh give the same numbers; a Wh of NaN tells them apart."""
    if "h_last_not_updated" not in keys:
        return keys
    layers = [layer for layer in "12" if f"in_layer_{'21'[int(layer) - 1]}" not in keys]
    nans = {f"Wh{layer}": np.full_like(arguments[f"Wh{layer}"], np.nan) for layer in layers}
    value = watch(function, *(arguments | nans).values()).value
    unused = value is not None and np.isfinite(np.asarray(value, dtype=float)).all()
    return ["recurrent_term_unused" if unused and key == "h_last_not_updated" else key for key in keys]


PREDICTED = ShapesExercise(
    name="03/predicted",
    dims={
        "Wx1": "DM1",
        "Wh1": "M1M1",
        "h1": "NTM1",
        "Wx2": "M1M2",
        "Wh2": "M2M2",
        "h2": "NM2",
        "Wo": "M2K",
        "Yhat": "NK",
    },
    measure=_measure_shapes,
    parts={"layer_1": ("Wx1", "Wh1", "h1"), "layer_2": ("Wx2", "Wh2", "h2"), "head": ("Wo", "Yhat")},
    notebook=NOTEBOOK,
    make=make_stacked_case,
    own={key: Belief(key, *text) for key, text in _SHAPES.items()},
    named={
        "Wx1": {"DM2": "layers_mixed_up", "M1M1": "square_plug", "TM1": "t_d_swapped"}
        | dict.fromkeys(("NDM1", "TDM1", "NTDM1"), _IN_WEIGHTS),
        "Wh1": {"M2M2": "layers_mixed_up", "M1M2": "layers_mixed_up", "DM1": "weight_not_state"}
        | dict.fromkeys(("NM1M1", "TM1M1", "NM1", "TM1"), _IN_WEIGHTS),
        "h1": {
            "NM1": "return_sequences_forgotten",
            "NTM2": "layers_mixed_up",
            "NTD": "d_for_m",
            "M1": "batch_axis_forgotten",
        },
        "Wx2": {"DM2": "layer_2_reads_x", "M1M1": "square_plug", "M2M2": "square_plug", "DM1": "layers_mixed_up"}
        | dict.fromkeys(("NM1M2", "TM1M2", "TM2", "NM2"), _IN_WEIGHTS),
        "Wh2": {"M1M2": "state_of_layer_1", "M1M1": "state_of_layer_1", "M2M1": "state_of_layer_1"}
        | dict.fromkeys(("NM2M2", "TM2M2", "NM2", "TM2"), _IN_WEIGHTS),
        "h2": {"NM1": "layers_mixed_up", "NTM1": "layers_mixed_up"},
        "Wo": {"M1K": "head_on_layer_1"} | dict.fromkeys(("NM2K", "TM2K", "NK", "TK"), _IN_WEIGHTS),
        "Yhat": {"NM2": "m_for_k", "NTM2": "m_for_k", "NM1": "m_for_k"},
    },
    lecture=LECTURE,
)

COUNTED = ValuesExercise(
    name="03/counted",
    measure=_measure_counts,
    kinds=dict.fromkeys(("layer 1", "layer 2", "head", "all"), "a number of parameters"),
    parts={"layers": ("layer 1", "layer 2"), "all": ("head", "all")},
    notebook=NOTEBOOK,
    own=COUNT_BELIEFS,
    named=lambda case: wrong_counts(case.sizes),
    make=make_stacked_case,
    source="count_params() gives",
    whole="all",
)

STACKED_BY_HAND = FunctionExercise(
    name="03/stacked_by_hand",
    dims="NK",
    source="model.predict()",
    beliefs=stack_beliefs(),
    arguments=lambda case: {"X": case.X, **case.weights},
    expected=lambda case: case.Yhat,
    wrongs=stacked_wrongs,
    forms=forms_batched,
    tell_apart=_tell_apart,
    notebook=NOTEBOOK,
    check_sizes=CHECKS,
    make=make_stacked_case,
    clashes=CLASHES,
)

WHAT_IT_SAYS = ValuesExercise(
    name="03/what_it_says",
    measure=_measure_message,
    kinds={
        "complains": "1, 2 or 3",
        "to repair": "1, 2 or 3",
        str(NOTEBOOK.of("M1")): "a letter in quotes: 'N', 'T', 'D', 'M1', 'M2' or 'K'",
        "missing": "a letter in quotes: 'N', 'T', 'D', 'M1', 'M2' or 'K'",
    },
    parts={"": ("complains", "to repair", str(NOTEBOOK.of("M1")), "missing")},
    notebook=NOTEBOOK,
    own={key: Belief(key, *text) for key, text in _MESSAGE.items()},
    named=_wrong_readings,
    make=make_stacked_case,
    source="are in Keras' message",
)

REPAIRED = SettingsExercise(name="03/repaired", notebook=NOTEBOOK, third=THIRD)
