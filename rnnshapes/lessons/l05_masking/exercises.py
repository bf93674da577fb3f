"""The exercises of lesson 05: shapes with a mask, the mask itself, the frozen state, zeros for repeats, the masked mean."""

from __future__ import annotations

from dataclasses import replace

from rnnshapes.beliefs.by_hand import ByHand, Room
from rnnshapes.judge.shapes import ShapesExercise
from rnnshapes.layers.cases import import_keras
from rnnshapes.lessons.l05_masking.case import PaddedCase, make_marks, make_mean, make_padded, make_repeating
from rnnshapes.sizes import Sizes

NOTEBOOK = Sizes(N=4, T=6, D=3, M=5, K=2)
CHECKS = (Sizes(N=7, T=12, D=8, M=9, K=11), Sizes(N=8, T=7, D=9, M=11, K=12), Sizes(N=1, T=9, D=8, M=10, K=7))
ROOM = Room(__package__, NOTEBOOK, CHECKS, make_padded)


def _measure(case: PaddedCase) -> dict[str, tuple[int, ...]]:
    """Return the shapes that NumPy and Keras really give."""
    head = import_keras().layers.Dense(case.sizes.K)
    states = {"h": case.h, "h_last": case.h_last, "h_mean": case.h_mean, "Yhats": head(case.h)}
    measured = {"X": case.X, "mask": case.mask, "mask[:, t]": case.mask[:, 0], **states}
    return {name: tuple(array.shape) for name, array in measured.items()}


PREDICTED = ShapesExercise(
    name="05/predicted",
    dims={"X": "NTD", "mask": "NT", "mask[:, t]": "N", "h": "NTM", "h_last": "NM", "h_mean": "NM", "Yhats": "NTK"},
    measure=_measure,
    parts={"inputs": ("X", "mask", "mask[:, t]"), "outputs": ("h", "h_last", "h_mean", "Yhats")},
    room=replace(ROOM, make=make_mean),
)

MASK_OF = ByHand(
    name="05/mask_of",
    takes="X value",
    gives="mask NT",
    source="compute_mask() of the Masking layer",
    room=replace(ROOM, make=make_marks),
    kind="arrays",
)

LAST_STATE = ByHand(
    name="05/last_state",
    takes="X mask Wx Wh bh",
    gives="h_last NM",
    source="predict() of Masking → SimpleRNN",
    room=ROOM,
)

EVERY_STATE = ByHand(
    name="05/every_state",
    takes="X mask Wx Wh bh",
    gives="h NTM",
    source="predict() of Masking → SimpleRNN with return_sequences=True",
    room=ROOM,
)

ZEROED = ByHand(
    name="05/zeroed",
    takes="h mask",
    gives="h_zeroed NTM",
    source="predict() of SimpleRNN with zero_output_for_mask=True",
    room=replace(ROOM, make=make_repeating),
    kind="lines",
)

MEAN_OF_REAL_STEPS = ByHand(
    name="05/mean_of_real_steps",
    takes="h mask",
    gives="h_mean NM",
    source="GlobalAveragePooling1D behind the mask",
    room=replace(ROOM, make=make_mean),
    kind="lines",
)
