"""The exercises of lesson 06: predict the shapes, the backward half, both halves, their last states, the merge modes."""

from __future__ import annotations

from rnnshapes.judge.exercise import FunctionExercise, table_of
from rnnshapes.judge.shapes import ShapesExercise
from rnnshapes.layers.cases import import_keras
from rnnshapes.lessons.l06_bidirectional.beliefs import BACKWARD, BOTH, LAST, MERGE, SHAPES
from rnnshapes.lessons.l06_bidirectional.two_films import TwoFilms, make_two_films
from rnnshapes.lessons.l06_bidirectional.two_films_ends import (
    MERGE_WRONGS,
    NOTEBOOK,
    MergeExercise,
    make_merge,
    wrongs_last,
)
from rnnshapes.lessons.l06_bidirectional.two_films_wrongs import (
    all_arguments,
    backward_arguments,
    forms,
    forms_of,
    starts_elsewhere,
    starts_elsewhere_both,
    tell_apart,
    wrongs_backward,
    wrongs_both,
)
from rnnshapes.sizes import Sizes

CHECKS = (Sizes(N=6, T=12, D=8, M=9, K=11), Sizes(N=8, T=6, D=9, M=12, K=10), Sizes(N=1, T=6, D=8, M=9, K=10))


def _measure(case: TwoFilms) -> dict[str, tuple[int, ...]]:
    """Return the shapes that Keras really gives."""
    keras = import_keras()
    sequences = {mode: case.call(case.keras(merge_mode=mode)).shape for mode in ("concat", "sum")}
    forward, _ = case.keras(merge_mode=None)(case.X.astype("float32"))
    head = keras.layers.Dense(case.sizes.K)
    Yhat = head(case.last)
    Wx, Wh, bh = case.keras().backward_layer.get_weights()
    return {
        "sequence": sequences["concat"],
        "last": case.last.shape,
        "half": tuple(forward.shape),
        "sum": sequences["sum"],
        "average, last": case.call(case.keras(return_sequences=False, merge_mode="ave")).shape,
        "Wx": Wx.shape,
        "Wh": Wh.shape,
        "Wo": tuple(head.kernel.shape),
        "Yhat": tuple(Yhat.shape),
    }


_N, _T, _D, _M, _K = NOTEBOOK.shape("NTDMK")
_OF_A_FILM = {
    "NM": "last_step_only",
    "N2M": "last_step_only",
    (_N, 2 * _T, _M): "joined_along_time",
    (_N, _T, 2, _M): "stacked",
    (2, _N, _T, _M): "stacked",
    (_N, _T, _M, 2): "stacked",
    (2 * _N, _T, _M): "joined_along_samples",
    (_N, 2 * _T, 2 * _M): "joined_along_time",
}

PREDICTED = ShapesExercise(
    name="06/predicted",
    dims={
        "sequence": "NT2M",
        "last": "N2M",
        "half": "NTM",
        "sum": "NTM",
        "average, last": "NM",
        "Wx": "DM",
        "Wh": "MM",
        "Wo": "2MK",
        "Yhat": "NK",
    },
    measure=_measure,
    parts={
        "joined": ("sequence", "last"),
        "merged": ("half", "sum", "average, last"),
        "weights": ("Wx", "Wh", "Wo", "Yhat"),
    },
    notebook=NOTEBOOK,
    make=make_two_films,
    own=SHAPES,
    named={
        "sequence": {"NTM": "half_forgotten", **_OF_A_FILM},
        "last": {
            (2 * _N, _M): "joined_along_samples",
            "NM": "half_forgotten",
            "M": "half_forgotten",
            (2, _N, _M): "stacked",
            (_N, 2, _M): "stacked",
        },
        "half": {"NT2M": "doubled", (_N, _T, _M // 2): "units_shared_out", **_OF_A_FILM},
        "sum": {"NT2M": "doubled", **_OF_A_FILM},
        "average, last": {"N2M": "doubled", "NT2M": "doubled"},
        "Wx": {
            (2 * _D, _M): "doubled",
            "D2M": "doubled",
            "2MM": "doubled",
            "MD": "rows_and_columns",
            "NDM": "batch_axis_of_weights",
        },
        "Wh": {"2M2M": "doubled", (_M, 2 * _M): "doubled", "2MM": "doubled", "NMM": "batch_axis_of_weights"},
        "Wo": {
            "MK": "half_forgotten",
            "K2M": "rows_and_columns",
            "KM": "half_forgotten",
            "N2MK": "batch_axis_of_weights",
        },
        "Yhat": {"N2M": "doubled", (_N, 2 * _K): "doubled"},
    },
)

BACKWARD_STATES = FunctionExercise(
    name="06/backward_states",
    dims="NTM",
    source="the backward half of predict()",
    beliefs=BACKWARD,
    arguments=backward_arguments,
    expected=lambda case: case.backward,
    wrongs=wrongs_backward,
    forms=forms_of("NTM"),
    starts_elsewhere=starts_elsewhere,
    tell_apart=tell_apart,
    notebook=NOTEBOOK,
    check_sizes=CHECKS,
    make=make_two_films,
)

BIDIRECTIONAL = FunctionExercise(
    name="06/bidirectional",
    dims="NT2M",
    source="model.predict()",
    beliefs=BOTH,
    arguments=all_arguments,
    expected=lambda case: case.sequence,
    wrongs=wrongs_both,
    forms=forms_of("NT2M"),
    starts_elsewhere=starts_elsewhere_both,
    tell_apart=tell_apart,
    notebook=NOTEBOOK,
    check_sizes=CHECKS,
    make=make_two_films,
)

LAST_STATES = FunctionExercise(
    name="06/last_states",
    dims="N2M",
    source="predict() with return_sequences=False",
    beliefs=LAST,
    arguments=lambda case: {"seq": case.sequence},
    expected=lambda case: case.last,
    wrongs=wrongs_last,
    forms=forms_of("N2M"),
    notebook=NOTEBOOK,
    check_sizes=CHECKS,
    make=make_two_films,
)

MERGED = MergeExercise(
    name="06/merged",
    dims="NTM",
    source="predict() with this merge_mode",
    beliefs=MERGE,
    arguments=lambda case: {"forward": case.halves[0], "backward": case.halves[1], "mode": case.mode},
    expected=lambda case: case.films.merges[case.mode],
    wrongs=table_of(MERGE_WRONGS),
    forms=lambda got, case: forms(got, case.sizes.shape(case.dims)),
    notebook=NOTEBOOK,
    check_sizes=CHECKS[1:],
    make=make_merge,
)
