"""The exercises of lesson 06: predict the shapes, the backward half, both halves, their last states, the merge modes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rnnshapes.beliefs.by_hand import ByHand, Room
from rnnshapes.judge.shapes import ShapesExercise
from rnnshapes.layers.cases import import_keras
from rnnshapes.lessons.l06_bidirectional.case import TwoFilms, make_backward, make_ends, make_merge, make_two_films
from rnnshapes.sizes import Sizes

NOTEBOOK = Sizes(N=4, T=7, D=3, M=5, K=2)
CHECKS = (Sizes(N=6, T=12, D=8, M=9, K=11), Sizes(N=8, T=6, D=9, M=12, K=10), Sizes(N=1, T=6, D=8, M=9, K=10))
ROOM = Room(__package__, NOTEBOOK, CHECKS, make_two_films)


def _measure(case: TwoFilms) -> dict[str, tuple[int, ...]]:
    """Return the shapes that Keras really gives."""
    head = import_keras().layers.Dense(case.sizes.K)
    Yhat = head(case.last)
    Wx, Wh, bh = case.keras().backward_layer.get_weights()
    measured = {"sequence": case.sequence, "last": case.last, "sum": case.in_mode("sum"), "Wx": Wx, "Wh": Wh}
    measured |= {"half": case.call(case.keras(merge_mode=None))[0], "Wo": head.kernel, "Yhat": Yhat}
    measured["average, last"] = case.call(case.keras(return_sequences=False, merge_mode="ave"))
    return {name: tuple(array.shape) for name, array in measured.items()}


PREDICTED = ShapesExercise(
    name="06/predicted",
    dims={
        **{"sequence": "NT2M", "last": "N2M"},
        **{"half": "NTM", "sum": "NTM", "average, last": "NM"},
        **{"Wx": "DM", "Wh": "MM", "Wo": "2MK", "Yhat": "NK"},
    },
    measure=_measure,
    parts={
        "joined": ("sequence", "last"),
        "merged": ("half", "sum", "average, last"),
        "weights": ("Wx", "Wh", "Wo", "Yhat"),
    },
    room=ROOM,
)

BACKWARD_STATES = ByHand(
    name="06/backward_states",
    takes="X Wx Wh bh",
    gives="backward NTM",
    source="the backward half of predict()",
    room=replace(ROOM, make=make_backward),
)

BIDIRECTIONAL = ByHand(
    name="06/bidirectional",
    takes="X Wxf Whf bhf Wxb Whb bhb",
    gives="sequence NT2M",
    source="model.predict()",
    room=ROOM,
)

LAST_STATES = ByHand(
    name="06/last_states",
    takes="seq",
    gives="last N2M",
    source="predict() with return_sequences=False",
    room=replace(ROOM, make=make_ends, checks=(CHECKS[0], CHECKS[2])),
    kind="lines",
)


class InEachMode(ByHand):
    """A function that is told a mode: each case is tried in every mode."""

    first_cases = 1  # it is said which mode is the first wrong one

    def tried(self, case: Any) -> list[Any]:
        """Return the case in each mode."""
        return case.modes

    def judge(self, answer: Any, cases: list[Any], part: str = "") -> Any:
        """Return the Verdict; where no belief explains all modes, on the first mode that one explains."""
        verdict = super().judge(answer, cases, part)
        for mode in () if verdict.right or verdict.beliefs else dict.fromkeys(case.mode for case in cases):
            alone = super().judge(answer, [case for case in cases if case.mode == mode], part)
            if alone.beliefs:
                return replace(alone, got=f"with mode = {mode!r}: {alone.got}")
        return verdict


MERGED = InEachMode(
    name="06/merged",
    takes="forward backward mode",
    gives="merged NTM",
    source="predict() with this merge_mode",
    room=replace(ROOM, make=make_merge, checks=CHECKS[1:2]),
    kind="lines",
)
