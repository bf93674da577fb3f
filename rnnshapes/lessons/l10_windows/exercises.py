"""The exercises of lesson 10: shapes, windows, their targets, three parts, scaling by the past, a forecast fed back."""

from __future__ import annotations

from typing import Any

from numpy.lib.stride_tricks import sliding_window_view

from rnnshapes.beliefs.by_hand import ByHand, Room
from rnnshapes.judge.shapes import ShapesExercise
from rnnshapes.layers.cases import import_keras
from rnnshapes.lessons.l10_windows import case as cases
from rnnshapes.sizes import Sizes

LECTURE = Sizes(N=1452, T=7, D=4, M=16, K=3)
ROOM = Room(
    __package__, cases.NOTEBOOK, cases.CHECKS, cases.WindowsCase.make, lecture=LECTURE, names=(("L", cases.DAYS),)
)

DIMS = {
    **{"X": "NTD", "Y": "NK", "X[:, -1]": "ND", "X[:, :, 1]": "NT", "X[:, :, 1:2]": "NT1"},
    **{"sliding_window_view(series[:-K], T, axis=0)": "NDT", "h": "NM", "Yhat": "NK"},
}


def _measure(case: cases.TargetsCase) -> dict[str, tuple[int, ...]]:
    """Return the shapes that NumPy and Keras really give."""
    layers, Y = import_keras().layers, case.Y
    X = sliding_window_view(case.series[: -case.K], case.T, axis=0).transpose(0, 2, 1)
    h = layers.GRU(case.sizes.M)(X.astype("float32"))
    found = {"X": X, "Y": Y, "h": h, "Yhat": layers.Dense(case.K)(h)}
    space = {**found, "series": case.series, "K": case.K, "T": case.T, "sliding_window_view": sliding_window_view}
    return {key: tuple(eval(key, {}, space).shape) for key in DIMS}


PREDICTED = ShapesExercise(
    name="10/predicted",
    dims=DIMS,
    measure=_measure,
    parts={"windows": tuple(DIMS)[:4], "axes": tuple(DIMS)[4:]},
    room=ROOM.of(cases.TargetsCase),
    source="NumPy and Keras give",
)


def _by_hand(name: str, takes: str, gives: str, source: str, *, kind: str, made_by: Any) -> ByHand:
    return ByHand(f"10/{name}", takes, gives, source, ROOM.of(made_by), kind)


BY_KERAS = "keras.utils.timeseries_dataset_from_array"
WINDOWS = _by_hand("windows", "series T", "X NTD", BY_KERAS, kind="lines", made_by=cases.WindowsCase)
TARGETS = _by_hand("targets", "column T K", "Y NK", BY_KERAS, kind="lines", made_by=cases.TargetsCase)
EACH_DAY = "a look at each day of each window"
WHICH_PART = _by_hand("which_part", "N T K past", "parts N", EACH_DAY, kind="arrays", made_by=cases.PartsCase)
NORMALIZATION = "Keras' Normalization, adapted to the past"
SCALED = _by_hand("scaled", "series past", "scaled TD", NORMALIZATION, kind="arrays", made_by=cases.ScaledCase)
FED_BACK = "Keras' Dense(1), fed its own answers"
ROLLED_OUT = _by_hand("rolled_out", "X w b K", "rolled NK", FED_BACK, kind="arrays", made_by=cases.RolledCase)
