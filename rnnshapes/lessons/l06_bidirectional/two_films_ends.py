"""What wrong beliefs about the last states and about the merge modes give on a case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from rnnshapes.judge.exercise import FunctionExercise, Wrong, seeded_cases, table_of
from rnnshapes.layers.cases import hidden_cases
from rnnshapes.lessons.l06_bidirectional.two_films import MODES, TwoFilms, make_two_films, rewind
from rnnshapes.lessons.l06_bidirectional.two_films_wrongs import JOINS, NOTEBOOK, Pair, joined
from rnnshapes.sizes import Sizes


def _ends(case: TwoFilms) -> tuple[np.ndarray, np.ndarray]:
    """Return the state in which each half stops, (N, M) twice."""
    return case.last[:, : case.sizes.M], case.last[:, case.sizes.M :]


def _picked(case: TwoFilms, f: int, b: int) -> np.ndarray:
    return joined(case.forward[:, f], case.backward[:, b])


def _cut_at(case: TwoFilms, M: int) -> np.ndarray:
    """Cut the halves at another M than the case's."""
    return joined(case.sequence[:, -1, :M], case.sequence[:, 0, M:])


def _cut_in_time(case: TwoFilms) -> list[np.ndarray]:
    cut = case.sizes.T // 2
    one, other = case.sequence[:, :cut], case.sequence[:, cut:]
    return [joined(one[:, -1], other[:, column]) for column in (0, -1)]


def _cut_in_samples(case: TwoFilms) -> list[np.ndarray]:
    if case.sizes.N % 2:
        return []
    one, other = np.split(case.sequence, 2)
    return [joined(one[:, -1], other[:, column]) for column in (0, -1)]


def _other_cuts(case: TwoFilms) -> list[np.ndarray]:
    """Return every M columns of one end beside M columns of one end that no other belief takes, or cuts at T / 2."""
    cuts = {(end, half): rows[:, end] for end in (-1, 0) for half, rows in (("f", case.forward), ("b", case.backward))}
    a, b, c, d = cuts.values()  # last of both halves, first of both halves
    pairs = [(a, c), (b, c), (b, a), (b, b), (c, c), (b, d), (c, a), (d, b), (d, c), (c, d)]
    return [joined(*pair) for pair in pairs[:-1]] + [_cut_at(case, case.sizes.T // 2)]


def _end_wrongs(join: str) -> Callable[[TwoFilms], list[np.ndarray]]:
    return lambda case: JOINS[join](*_ends(case))


LAST_WRONGS: dict[str, Callable[[TwoFilms], Any]] = {
    "last_column_taken": lambda case: _picked(case, -1, -1),
    "first_column_taken": lambda case: _picked(case, 0, 0),
    "ends_exchanged": lambda case: _picked(case, 0, -1),
    **{
        key: _end_wrongs(key)
        for key in ("halves_swapped", "multiplied", "joined_along_samples", "stacked", "halves_interleaved")
    },
    "summed": lambda case: [sum(_ends(case)), case.sequence[:, 0] + case.sequence[:, -1]],
    "averaged": lambda case: [sum(_ends(case)) / 2, (case.sequence[:, 0] + case.sequence[:, -1]) / 2],
    "joined_by_reshape": lambda case: np.concatenate(_ends(case)).reshape(case.last.shape),
    "one_half_missing": lambda case: [
        *_ends(case),
        case.backward[:, -1],
        case.forward[:, 0],
        *(joined(one, one) for one in _ends(case)),
    ],
    "wrong_half_cut": _other_cuts,
    "both_columns_whole": lambda case: [joined(case.sequence[:, a], case.sequence[:, b]) for a, b in ((-1, 0), (0, -1))],
    "off_by_one": lambda case: [_picked(case, -1, 1), _picked(case, -2, 0), _picked(case, -2, 1)],
    "units_flipped": lambda case: [
        joined(case.forward[:, -1], case.backward[:, column, ::-1]) for column in (0, -1)
    ] + [case.sequence[:, -1, ::-1], case.sequence[:, 0, ::-1]],
    "samples_flipped": lambda case: [
        joined(_ends(case)[0], _ends(case)[1][::-1]),
        joined(_ends(case)[0], case.backward[::-1, -1]),
    ],
    "time_cut_in_two": lambda case: _cut_in_time(case) + _cut_in_samples(case),
    "wrong_axis_picked": lambda case: [
        case.sequence[-1],
        case.sequence[0],
        case.sequence[:, :, -1],
        joined(case.forward[-1], case.backward[0]),
        joined(case.forward[-1], case.backward[-1]),
    ],
    "mean_over_time": lambda case: case.sequence.mean(axis=1),
    "sum_over_time": lambda case: case.sequence.sum(axis=1),
    "max_over_time": lambda case: case.sequence.max(axis=1),
    "sequence_returned": lambda case: [
        case.sequence,
        rewind(case.sequence),
        joined(case.forward, rewind(case.backward)),
    ],
    "only_first_sample": lambda case: [case.last[0], case.last[:1], case.sequence[0, -1], case.sequence[0, 0]],
    "only_last_sample": lambda case: [case.last[-1], case.last[-1:], case.sequence[-1, -1], case.sequence[-1, 0]],
    "sizes_from_notebook": lambda case: [_cut_at(case, NOTEBOOK.M)],
    "T_hard_coded": lambda case: [
        _picked(case, column, other)
        for column in (NOTEBOOK.T - 1,)
        if column < case.sizes.T
        for other in (0, column)
    ],
    "integer_array": lambda case: np.trunc(case.last),
    "rounded": lambda case: [np.round(case.last, digits) for digits in (1, 2, 3, 4)],
}  # fmt: skip


_last_singles = table_of(LAST_WRONGS)


def wrongs_last(case: TwoFilms, *, pairs: bool) -> Iterator[Wrong]:
    """Yield what one belief gives, or a wrong column joined in a wrong way."""
    if not pairs:
        yield from _last_singles(case, pairs=False)
        return
    for key, f, b in (("last_column_taken", -1, -1), ("first_column_taken", 0, 0), ("ends_exchanged", 0, -1)):
        for other, join in JOINS.items():
            yield from (Wrong((key, other), value) for value in join(case.forward[:, f], case.backward[:, b]))


@dataclass(frozen=True, eq=False)
class Merge:
    """Two halves and the mode in which Keras merges them."""

    films: TwoFilms
    mode: str = "concat"

    @property
    def sizes(self) -> Sizes:
        return self.films.sizes

    @property
    def dims(self) -> str:
        """The letters of the result: only joined halves are 2M long."""
        return "NT2M" if self.mode == "concat" else "NTM"

    @property
    def note(self) -> str:
        return f"mode = {self.mode!r}"

    @property
    def halves(self) -> Pair:
        return self.films.forward, self.films.backward


def make_merge(sizes: Sizes, *, seed: int | list[int]) -> Merge:
    """Return a case of the mode "concat"; `MergeExercise` makes one for each mode out of it.

    >>> make_merge(Sizes(N=4, T=7, D=3, M=5, K=2), seed=1).dims
    'NT2M'
    """
    return Merge(make_two_films(sizes, seed=seed))


@lru_cache(maxsize=8)
def _each_mode(cases: tuple[Merge, ...]) -> list[Merge]:
    return [replace(case, mode=mode) for case in cases for mode in MODES]


class MergeExercise(FunctionExercise):
    """A function that is told a mode: each case is tried in every mode."""

    def check_cases(self) -> list[Any]:
        return _each_mode(tuple(seeded_cases(self.make, self.notebook, *self.check_sizes)))

    def hidden_cases(self) -> list[Any]:
        return _each_mode(tuple(hidden_cases(self.name, make=self.make, like=self.notebook)))

    def judge(self, answer: Any, cases: list[Any], part: str = "") -> Any:
        """Return the Verdict; where no belief explains all modes, on the first mode that one explains."""
        verdict = super().judge(answer, cases, part)
        for mode in () if verdict.right or verdict.beliefs else MODES:
            alone = super().judge(answer, [case for case in cases if case.mode == mode], part)
            if alone.beliefs:
                return replace(alone, got=f"with mode = {mode!r}: {alone.got}")
        return verdict


def _in_mode(**values: Callable[[np.ndarray, np.ndarray], Any]) -> Callable[[Merge], Any]:
    """Return what a belief gives that shows in these modes alone: the truth in all others."""
    return lambda case: values.get(case.mode, lambda f, b: case.films.merges[case.mode])(*case.halves)


def _always(mode: str) -> Callable[[Merge], np.ndarray]:
    return lambda case: case.films.merges[mode]


def _flipped_again(case: Merge) -> list[np.ndarray]:
    f = case.halves[0]
    merge = {"concat": joined, "sum": np.add, "mul": np.multiply, "ave": lambda f, b: (f + b) / 2}[case.mode]
    return [merge(f, np.flip(case.halves[1], axes)) for axes in (1, 0, 2, (0, 1, 2))]


MERGE_WRONGS: dict[str, Callable[[Merge], Any]] = {
    "ave_without_half": _in_mode(ave=lambda f, b: f + b),
    "half_of_one": _in_mode(ave=lambda f, b: [f + b / 2, f / 2 + b, f + b // 2]),
    "floor_division": _in_mode(ave=lambda f, b: (f + b) // 2),
    "argument_changed": _in_mode(mul=lambda f, b: [(f + b) * b, f * (f + b)], ave=lambda f, b: f * b / 2),
    "sum_for_mul": _in_mode(mul=lambda f, b: f + b),
    "mul_for_sum": _in_mode(sum=lambda f, b: f * b),
    "matrix_product": _in_mode(mul=lambda f, b: [f @ b.transpose(0, 2, 1), f.transpose(0, 2, 1) @ b]),
    "collapsed": _in_mode(
        sum=lambda f, b: [np.sum([f, b])] + [f.sum(axis=axis) + b.sum(axis=axis) for axis in (None, 0, 1, -1)]
        + [f.sum(axis=0) + b],
        ave=lambda f, b: [np.mean([f, b]), f.mean() + b.mean()] + [np.mean([f, b], axis=axis) for axis in (1, 2, -1)]
        + [joined(f, b).mean(axis=2)],
        mul=lambda f, b: [np.prod([f, b])],
    ),
    **{
        key: _in_mode(concat=JOINS[key])
        for key in (
            "halves_swapped",
            "joined_along_time",
            "joined_along_samples",
            "stacked",
            "halves_interleaved",
            "joined_by_reshape",
        )
    },
    "flipped_again": _flipped_again,
    **{f"always_{mode}": _always(mode) for mode in MODES},
}  # fmt: skip
