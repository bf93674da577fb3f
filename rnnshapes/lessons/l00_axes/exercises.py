"""The exercises of lesson 00: predicted shapes, then a box that is cut, turned, added to and scaled. No Keras yet."""

from __future__ import annotations

from typing import Any

from rnnshapes.beliefs.by_hand import ByHand, Room
from rnnshapes.judge.shapes import ShapesExercise
from rnnshapes.lessons.l00_axes.case import CHECKS, NOTEBOOK, make_axes_case
from rnnshapes.sizes import Sizes

ROOM = Room(__package__, NOTEBOOK, CHECKS, make_axes_case, lecture=Sizes(N=3, T=4, D=2, M=5, K=6))

DIMS = {
    "X[0]": "TD",
    "X[:, 2]": "ND",
    "X[0, 2]": "D",
    "X[:, 2:3]": "N1D",
    "X[..., 1]": "NT",
    "X[0] @ W": "TM",
    "X @ W": "NTM",
    "X @ W + b": "NTM",
    "X + s[:, None]": "NTD",
    "X.sum(axis=1)": "ND",
    "X.mean(axis=(0, 1))": "D",
    "X.mean(axis=1, keepdims=True)": "N1D",
    "X.max()": "",
}
PARTS = {
    "slices": ("X[0]", "X[:, 2]", "X[0, 2]", "X[:, 2:3]", "X[..., 1]"),
    "products": ("X[0] @ W", "X @ W", "X @ W + b", "X + s[:, None]"),
    "sums": ("X.sum(axis=1)", "X.mean(axis=(0, 1))", "X.mean(axis=1, keepdims=True)", "X.max()"),
}


def measure(case: Any) -> dict[str, tuple[int, ...]]:
    """Return the shapes that NumPy really gives: each key is evaluated as it stands."""
    names = {"X": case.X, "W": case.W, "b": case.b, "s": case.s}
    return {key: eval(key, {}, names).shape for key in DIMS}


PREDICTED = ShapesExercise("00/predicted", DIMS, measure, PARTS, ROOM, source="NumPy gives")
ONE_STEP = ByHand("00/one_step", takes="X t", gives="step ND", source="NumPy", room=ROOM, kind="arrays")
TIME_FIRST = ByHand("00/time_first", takes="X", gives="turned TND", source="NumPy", room=ROOM, kind="arrays")
EACH_STEP_THROUGH = ByHand(
    "00/each_step_through", takes="X W b", gives="through NTM", source="NumPy", room=ROOM, kind="arrays"
)
SHIFTED = ByHand("00/shifted", takes="X s", gives="shifted NTD", source="NumPy", room=ROOM, kind="arrays")
STANDARDISED = ByHand("00/standardised", takes="X", gives="standardised NTD", source="NumPy", room=ROOM, kind="arrays")
