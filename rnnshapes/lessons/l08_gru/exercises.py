"""The exercises of lesson 08: shapes, counts, a step, the loop, the reset gate before the product, what may be summed."""

from __future__ import annotations

from rnnshapes.beliefs.by_hand import ByHand, Room
from rnnshapes.judge.shapes import ShapesExercise
from rnnshapes.judge.values import ValuesExercise
from rnnshapes.layers.cases import import_keras
from rnnshapes.lessons.l08_gru.case import BeforeCase, BiasCase, GruCase, StepCase
from rnnshapes.sizes import Sizes

NOTEBOOK = Sizes(N=6, T=8, D=4, M=5, K=7)
CHECKS = (Sizes(N=7, T=4, D=9, M=11, K=13), Sizes(N=1, T=3, D=7, M=10, K=1))
COUNTED_OF = ("SimpleRNN", "LSTM", "GRU", "GRU before")
ROOM = Room(__package__, NOTEBOOK, CHECKS, GruCase.make, lecture=Sizes(N=4, T=9, D=5, M=7, K=3))


def _measure(case: GruCase) -> dict[str, tuple[int, ...]]:
    """Return the shapes that Keras really gives."""
    layers, X, M = import_keras().layers, case.X.astype("float32"), case.sizes.M
    layer, before = case.layer(), layers.GRU(M, reset_after=False)
    before.build(X.shape)
    Wx, Wh, b = layer.get_weights()
    found = {"Wx": Wx, "Wh": Wh, "b": b, "b_before": before.get_weights()[2], "Wxr": Wx[:, M : 2 * M]}
    found |= {"p": X[:, 0] @ Wx + b[0], "q": case.h0 @ Wh + b[1], "states": layer(X), "h": layer(X)[:, -1]}
    return {name: tuple(value.shape) for name, value in found.items()}


def _count(case: GruCase) -> dict[str, int]:
    """Return how many parameters Keras counts."""
    layers, M = import_keras().layers, case.sizes.M
    kinds = [layers.SimpleRNN(M), layers.LSTM(M), layers.GRU(M), layers.GRU(M, reset_after=False)]
    for layer in kinds:
        layer.build(case.X.shape)
    return dict(zip(COUNTED_OF, (layer.count_params() for layer in kinds), strict=True))


PREDICTED = ShapesExercise(
    name="08/predicted",
    dims={
        **{"Wx": "D3M", "Wh": "M3M", "b": "23M", "b_before": "3M"},
        **{"Wxr": "DM", "p": "N3M", "q": "N3M", "states": "NTM", "h": "NM"},
    },
    measure=_measure,
    parts={"weights": ("Wx", "Wh", "b", "b_before"), "sums": ("Wxr", "p", "q", "states", "h")},
    room=ROOM,
)

COUNTED = ValuesExercise(
    name="08/counted",
    measure=_count,
    kinds=dict.fromkeys(COUNTED_OF, "a number of parameters"),
    parts={"": COUNTED_OF},
    room=ROOM,
    source="count_params() gives",
)

GRU_STEP = ByHand(
    name="08/gru_step",
    takes="xt h_last Wx Wh b",
    gives="h NM",
    source="the state that Keras' GRU returns",
    room=ROOM.of(StepCase),
    kind="step",
)

GRU_BY_HAND = ByHand(
    name="08/gru_by_hand",
    takes="X h0 Wx Wh b",
    gives="H NTM",
    source="predict() of a GRU with return_sequences=True",
    room=ROOM,
)

GRU_BEFORE = ByHand(
    name="08/gru_before",
    takes="xt h_last Wx Wh b",
    gives="h NM",
    source="the state that Keras' GRU with reset_after=False returns",
    room=ROOM.of(BeforeCase),
    kind="step",
)

MOVED_UP = ByHand(
    name="08/moved_up",
    takes="b",
    gives="moved 23M",
    source="the bias with which Keras gives the same h",
    room=ROOM.of(BiasCase),
    kind="arrays",
)
