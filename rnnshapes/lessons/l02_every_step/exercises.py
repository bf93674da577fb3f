"""The exercises of lesson 02: both modes' shapes, the film of states, a softmax head, the last frame, the loss."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from rnnshapes.beliefs.by_hand import ByHand, Room
from rnnshapes.judge.shapes import ShapesExercise
from rnnshapes.lessons.l02_every_step.case import ClassesCase, FilmCase, StatesCase, make_film, make_loss
from rnnshapes.sizes import Sizes

NOTEBOOK = Sizes(N=5, T=7, D=3, M=4, K=2)
CHECKS = (Sizes(N=6, T=12, D=8, M=9, K=11), Sizes(N=8, T=6, D=9, M=10, K=12), Sizes(N=1, T=6, D=8, M=9, K=10))
ROOM = Room(__package__, NOTEBOOK, CHECKS, make_film, lecture=Sizes(N=3, T=6, D=4, M=5, K=2))
ONE_OUTPUT = Room(__package__, replace(NOTEBOOK, K=1), tuple(replace(sizes, K=1) for sizes in CHECKS), make_loss)


def _measure(case: FilmCase) -> dict[str, tuple[int, ...]]:
    """Return the shapes that Keras really gives, and those of targets that its losses take as they are."""
    h = case.states[:, -1]
    return {
        "H": case.states.shape,
        "h": h.shape,
        "Yhats": case.Yhats.shape,
        "Yhat": case.Yhat.shape,
        "Wo": tuple(case.twin.layers[1].kernel.shape),
        "Y_film": case.Yhats.shape,
        "Y_frame": case.Yhat.shape,
        "c_film": case.classes.argmax(axis=-1).shape,
        "c_frame": case.Yhat.argmax(axis=-1).shape,
    }


STATES, HEADS, TARGETS = ("H", "h"), ("Yhats", "Yhat", "Wo"), ("Y_film", "Y_frame", "c_film", "c_frame")
PREDICTED = ShapesExercise(
    name="02/predicted",
    dims=dict(zip(STATES + HEADS + TARGETS, "NTM NM NTK NK MK NTK NK NT N".split(), strict=True)),
    measure=_measure,
    parts={"states": STATES, "heads": HEADS, "targets": TARGETS},
    room=ROOM,
)

EVERY_STATE = ByHand(
    "02/every_state",
    takes="X Wx Wh bh",
    gives="states NTM",
    source="predict() of SimpleRNN(M, return_sequences=True)",
    room=replace(ROOM, make=partial(make_film, kind=StatesCase)),
)
CLASSIFY_EVERY_STEP = ByHand(
    "02/classify_every_step",
    takes="X Wx Wh bh Wo bo",
    gives="classes NTK",
    source="predict() of the model with a softmax head",
    room=replace(ROOM, make=partial(make_film, kind=ClassesCase)),
)
LAST_POSITION = ByHand(
    "02/last_position",
    takes="H Wo bo",
    gives="Yhat NK",
    source="what Keras gives for the last frame",
    room=ROOM,
    kind="arrays",
)
KERAS_MSE = ByHand(
    "02/keras_mse",
    takes="Y Yhats",
    gives="reported",
    source="what evaluate() of the compiled model reports",
    room=ONE_OUTPUT,
    kind="arrays",
)
