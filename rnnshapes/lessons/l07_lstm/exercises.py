"""The exercises of lesson 07: shapes, the order of the blocks by experiment, one step, the loop, the fresh bias."""

from __future__ import annotations

from itertools import product

import numpy as np

from rnnshapes.beliefs.by_hand import ByHand, Room
from rnnshapes.judge.order import OrderExercise
from rnnshapes.judge.shapes import ShapesExercise
from rnnshapes.layers.cases import import_keras
from rnnshapes.lessons.l07_lstm.case import FreshCase, LstmCase, StepCase
from rnnshapes.sizes import Sizes

NOTEBOOK = Sizes(N=6, T=9, D=3, M=5, K=7)
CHECKS = (Sizes(N=7, T=4, D=8, M=11, K=13), Sizes(N=1, T=3, D=7, M=10, K=1))
ROOM = Room(__package__, NOTEBOOK, CHECKS, LstmCase.make, lecture=Sizes(N=3, T=12, D=5, M=8, K=2))
STRANGER = 72  # the seed of the exchanges in the assignment's cell


def _measure(case: LstmCase) -> dict[str, tuple[int, ...]]:
    """Return the shapes that Keras really gives."""
    layers, X = import_keras().layers, case.X.astype("float32")
    layer = layers.LSTM(case.sizes.M, return_state=True)
    found = dict(zip(("out", "h", "c"), layer(X), strict=True))
    found |= dict(zip(("Wx", "Wh", "bh"), layer.get_weights(), strict=True))
    found |= {"Wxf": np.split(found["Wx"], 4, axis=-1)[1], "z": X[:, 0] @ found["Wx"] + found["bh"]}
    found["states"], _, found["c_too"] = case.layer()(X)
    return {name: tuple(value.shape) for name, value in found.items()}


def _experiment(case: LstmCase) -> dict[str, str]:
    """Set one block after the other to zero, and watch Keras' h and c in one step from zeros."""
    X, weights = case.X[:, :1].astype("float32"), case.weights.values()
    exchanges, layer = np.random.default_rng(STRANGER).integers(4, size=(9, 2)), case.layer()

    def gate(block: int) -> str:
        states = []
        for keep in (np.ones(4), np.arange(4) != block):  # the blocks' numbers, or zeros in their place
            cut = [np.split(weight * np.repeat(keep, case.sizes.M), 4, axis=-1) for weight in weights]
            for blocks, (one, other) in product(cut, exchanges):
                blocks[one], blocks[other] = blocks[other], blocks[one]
            layer.set_weights([np.concatenate(blocks, axis=-1) for blocks in cut])
            states.append([np.asarray(state) for state in layer(X)[1:]])
        same_h, same_c = (np.allclose(*pair, atol=1e-6) for pair in zip(*states, strict=True))
        if same_c:
            return "f" if same_h else "o"
        return "i" if states[1][1].any() else "g"

    return {f"block {block}": gate(block) for block in range(4)}


PREDICTED = ShapesExercise(
    name="07/predicted",
    dims={
        **{"Wx": "D4M", "Wh": "M4M", "bh": "4M", "Wxf": "DM", "z": "N4M"},
        **{"out": "NM", "h": "NM", "c": "NM", "states": "NTM", "c_too": "NM"},
    },
    measure=_measure,
    parts={"weights": ("Wx", "Wh", "bh"), "cut": ("Wxf", "z"), "states": ("out", "h", "c", "states", "c_too")},
    room=ROOM,
)

FOUND = OrderExercise(
    name="07/found",
    measure=_experiment,
    kinds=dict.fromkeys(
        (f"block {block}" for block in range(4)), "a letter in quotes: 'i', 'f', 'g' (also 'c') or 'o'"
    ),
    parts={"": tuple(f"block {block}" for block in range(4))},
    room=ROOM,
    source="the experiment gives",
)

LSTM_STEP = ByHand(
    name="07/lstm_step",
    takes="xt h_last c_last Wx Wh bh",
    gives="both 2NM",
    source="the two states that Keras returns",
    room=ROOM.of(StepCase),
    kind="step",
)

LSTM_BY_HAND = ByHand(
    name="07/lstm_by_hand",
    takes="X h0 c0 Wx Wh bh",
    gives="H NTM",
    source="predict() of an LSTM with return_sequences=True",
    room=ROOM,
)

FRESH_BIAS = ByHand(
    name="07/fresh_bias",
    takes="M",
    gives="fresh 4M",
    source="get_weights() of a new LSTM",
    room=ROOM.of(FreshCase),
    kind="arrays",
)
