"""The exercises of lesson 09: shapes of gradients, one step back, the walk back from the last ŷ and from all, clipping, truncation."""

from __future__ import annotations

from rnnshapes.beliefs.by_hand import ByHand, Room
from rnnshapes.beliefs.in_parts import InParts
from rnnshapes.judge.shapes import ShapesExercise
from rnnshapes.layers.cases import import_keras
from rnnshapes.layers.tape import every_state, single
from rnnshapes.lessons.l09_bptt.case import BpttCase, ClipCase, LastCase, StepCase, TruncatedCase
from rnnshapes.sizes import Sizes

NOTEBOOK = Sizes(N=4, T=13, D=3, M=6, K=2)
CHECKS = (Sizes(N=7, T=4, D=5, M=10, K=2), Sizes(N=1, T=8, D=2, M=5, K=1))
ROOM = Room(__package__, NOTEBOOK, CHECKS, BpttCase.make, lecture=Sizes(N=3, T=8, D=2, M=5, K=4))


def _measure(case: BpttCase) -> dict[str, tuple[int, ...]]:
    """Return the shapes of GradientTape's gradients of a loss on the last ŷ."""
    import tensorflow as tf

    layer, head = every_state(case), import_keras().layers.Dense(case.sizes.K)
    X, h0 = tf.constant(single(case.X)), tf.constant(single(case.h0))
    with tf.GradientTape(persistent=True) as tape:
        tape.watch((X, h0))
        H, h_last = layer(X, initial_state=h0)
        Yhat = head(h_last)
        loss = tf.reduce_sum(Yhat**2)
    asked = dict(zip(("dWx", "dWh", "dbh"), layer.trainable_weights, strict=True))
    asked |= {"dWo": head.kernel, "dYhat": Yhat, "dh0": h0, "dX": X, "dz": h_last}
    found = {name: tape.gradient(loss, one) for name, one in asked.items()} | {"loss": loss, "dH": H}
    return {name: tuple(one.shape) for name, one in found.items()}


PREDICTED = ShapesExercise(
    name="09/predicted",
    dims={
        **{"loss": "", "dYhat": "NK", "dWo": "MK", "dz": "NM", "dH": "NTM"},
        **{"dWx": "DM", "dWh": "MM", "dbh": "M", "dh0": "NM", "dX": "NTD"},
    },
    measure=_measure,
    parts={"way": ("loss", "dYhat", "dWo", "dz", "dH"), "ends": ("dWx", "dWh", "dbh", "dh0", "dX")},
    room=ROOM,
    source="GradientTape gives",
)

STEP = "GradientTape's gradient through one step of Keras' SimpleRNN"
STEP_BACK = ByHand("09/step_back", "dh h Wh", "dh_last NM", STEP, ROOM.of(StepCase), "lines")
LAST = "GradientTape's gradient through Keras' SimpleRNN and Dense"
FROM_LAST = ByHand("09/from_last", "dYhat Wo H Wh", "dZ NTM", LAST, ROOM.of(LastCase), "lines")
LAYER = "GradientTape's gradients through Keras' SimpleRNN"
BPTT = InParts("09/bptt", "X H h0 Wh dH", "part M", LAYER, ROOM, "lines")
NORM = "what a Keras optimizer with global_clipnorm uses"
CLIPPED = InParts("09/clipped", "dWx dWh dbh most", "part M", NORM, ROOM.of(ClipCase), "arrays")
CHUNKS = "GradientTape's gradient with the state handed on as a constant"
TRUNCATED = ByHand("09/truncated", "dH H Wh size", "dZ NTM", CHUNKS, ROOM.of(TruncatedCase), "lines")
