"""The exercises of lesson 10: shapes, windows, their targets, three parts, scaling by the past, a forecast fed back."""

from __future__ import annotations

from dataclasses import replace

from numpy.lib.stride_tricks import sliding_window_view

from rnnshapes.beliefs.by_hand import ByHand, Room
from rnnshapes.judge.shapes import ShapesExercise
from rnnshapes.layers.cases import import_keras
from rnnshapes.lessons.l10_windows.case import (
    CHECKS,
    NOTEBOOK,
    PartsCase,
    RolledCase,
    ScaledCase,
    TargetsCase,
    WindowsCase,
)
from rnnshapes.sizes import Sizes

ROOM = Room(__package__, NOTEBOOK, CHECKS, WindowsCase.make, lecture=Sizes(N=1445, T=14, D=4, M=16, K=3))

DIMS = {
    **{"X": "NTD", "Y": "NK", "X[:, -1]": "ND", "X[:, :, 1]": "NT", "X[:, :, 1:2]": "NT1"},
    **{"sliding_window_view(series[:-K], T, axis=0)": "NDT", "h": "NM", "Yhat": "NK"},
}


def _measure(case: TargetsCase) -> dict[str, tuple[int, ...]]:
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
    room=replace(ROOM, make=TargetsCase.make),
    source="NumPy and Keras give",
)

WINDOWS = ByHand(
    name="10/windows",
    takes="series T",
    gives="X NTD",
    source="keras.utils.timeseries_dataset_from_array",
    room=ROOM,
    kind="lines",
)

TARGETS = ByHand(
    name="10/targets",
    takes="column T K",
    gives="Y NK",
    source="keras.utils.timeseries_dataset_from_array",
    room=replace(ROOM, make=TargetsCase.make),
    kind="lines",
)

WHICH_PART = ByHand(
    name="10/which_part",
    takes="N T K past",
    gives="parts N",
    source="a look at each day of each window",
    room=replace(ROOM, make=PartsCase.make),
    kind="arrays",
)

SCALED = ByHand(
    name="10/scaled",
    takes="series past",
    gives="scaled TD",
    source="Keras' Normalization, adapted to the past",
    room=replace(ROOM, make=ScaledCase.make),
    kind="arrays",
)

ROLLED_OUT = ByHand(
    name="10/rolled_out",
    takes="X w b K",
    gives="rolled NK",
    source="Keras' Dense(1), fed its own answers",
    room=replace(ROOM, make=RolledCase.make),
    kind="arrays",
)
