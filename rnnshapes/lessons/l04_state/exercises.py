"""The exercises of lesson 04: shapes of states, a run from a given state, chunks, resets, and a guard."""

from __future__ import annotations

from rnnshapes.beliefs.by_hand import ByHand, Room
from rnnshapes.judge.guards import GuardExercise
from rnnshapes.judge.shapes import ShapesExercise
from rnnshapes.layers.cases import import_keras
from rnnshapes.lessons.l04_state.case import ChunkCase, GivenCase, ResetCase, StateCase
from rnnshapes.sizes import Sizes

NOTEBOOK = Sizes(N=4, T=17, D=3, M=8, K=2)
CHECKS = (Sizes(N=6, T=13, D=5, M=9, K=4), Sizes(N=7, T=4, D=9, M=6, K=12), Sizes(N=1, T=9, D=5, M=6, K=1))
ROOM = Room(__package__, NOTEBOOK, CHECKS, StateCase.make)


def _measure(case: StateCase) -> dict[str, tuple[int, ...]]:
    """Return the shapes that Keras gives for one chunk, and for a second one after it."""
    layers, X = import_keras().layers, case.X.astype("float32")
    out, _ = layers.SimpleRNN(case.sizes.M, return_state=True)(X)
    layer = layers.SimpleRNN(case.sizes.M, return_sequences=True, return_state=True)
    states, h = layer(X)
    _, h_two = layer(X, initial_state=h)
    Yhat = layers.Dense(case.sizes.K)(h)
    found = {"h0": h, "h0[n]": h[0], "out": out, "states": states, "h": h, "h_two": h_two, "Yhat": Yhat}
    return {name: tuple(value.shape) for name, value in found.items()}


PREDICTED = ShapesExercise(
    name="04/predicted",
    dims={"h0": "NM", "h0[n]": "M", "out": "NM", "states": "NTM", "h": "NM", "h_two": "NM", "Yhat": "NK"},
    measure=_measure,
    parts={"in": ("h0", "h0[n]"), "out": ("out", "states", "h", "h_two", "Yhat")},
    room=ROOM,
)

RUN_FROM = ByHand(
    name="04/run_from",
    takes="X h0 Wx Wh bh",
    gives="h_last NM",
    source="the state that Keras returns for this initial_state",
    room=ROOM.of(GivenCase),
)

IN_CHUNKS = ByHand(
    name="04/in_chunks",
    takes="X size Wx Wh bh",
    gives="H NTM",
    source="the states of the whole sequence",
    room=ROOM.of(ChunkCase),
)

WITH_RESETS = ByHand(
    name="04/with_resets",
    takes="X size resets Wx Wh bh",
    gives="H_reset NTM",
    source="a stateful layer that is reset before the same chunks",
    room=ROOM.of(ResetCase),
)

STARTING_STATE = GuardExercise(
    name="04/starting_state",
    takes="h0 N M",
    lets="N,M",
    refuses="N+1,M N,M+1 N+1,M+1 M,N 1,N,M N,1,M N,M,1 N,M,M+1 M N 1,M",
    room=ROOM,
)
