"""The exercises of lesson 01: predict the shapes, name the weights, the loop by hand, the batch at once."""

from __future__ import annotations

from rnnshapes.beliefs.by_hand import ByHand, Room
from rnnshapes.judge.shapes import ShapesExercise
from rnnshapes.layers.cases import Case, make_case
from rnnshapes.lessons.l01_rnn_shapes.naming import NamingExercise
from rnnshapes.sizes import Sizes

NOTEBOOK = Sizes(N=4, T=7, D=3, M=5, K=2)
CHECKS = (Sizes(N=6, T=12, D=8, M=9, K=11), Sizes(N=8, T=6, D=9, M=10, K=11), Sizes(N=1, T=6, D=8, M=9, K=1))
ROOM = Room(__package__, NOTEBOOK, CHECKS, make_case)


def _measure(case: Case) -> dict[str, tuple[int, ...]]:
    """Return the shapes that NumPy and Keras really give."""
    X, Yhat = case.X, case.Yhat
    h = case.model.layers[0](X.astype("float32"))  # every sample's last state, (N, M)
    return {
        "X": X.shape,
        "x": X[0].shape,
        "x[t]": X[0][0].shape,
        "h": tuple(h[0].shape),
        "yhat": Yhat[0].shape,
        "Yhat": Yhat.shape,
        "Yhats": case.Yhats.shape,
    }


PREDICTED = ShapesExercise(
    name="01/predicted",
    dims={"X": "NTD", "x": "TD", "x[t]": "D", "h": "M", "yhat": "K", "Yhat": "NK", "Yhats": "NTK"},
    measure=_measure,
    parts={"inputs": ("X", "x", "x[t]"), "steps": ("h", "yhat"), "outputs": ("Yhat", "Yhats")},
    room=ROOM,
)

NAME_WEIGHTS = NamingExercise(name="01/name_weights", room=ROOM)

RNN_BY_HAND = ByHand(
    "01/rnn_by_hand",
    takes="x Wx Wh bh Wo bo",
    gives="Yhats TK",
    source="predict() of the same model with return_sequences=True",
    room=ROOM,
)
RNN_BY_HAND_BATCHED = ByHand(
    "01/rnn_by_hand_batched",
    takes="X Wx Wh bh Wo bo",
    gives="Yhat NK",
    source="model.predict()",
    room=ROOM,
    kind="layer, at once",
)
