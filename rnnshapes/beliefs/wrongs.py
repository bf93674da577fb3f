"""What each known belief gives on a case: edited lines, run; or a line of NumPy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from itertools import combinations
from typing import Any, Protocol

import numpy as np

from rnnshapes.beliefs.records import Record
from rnnshapes.judge.exercise import Wrong
from rnnshapes.layers.cases import TOLERANCE
from rnnshapes.layers.edits import single_edits
from rnnshapes.layers.program import Edit, Program, codings_in
from rnnshapes.layers.run import run
from rnnshapes.sizes import Sizes

KEEPS = ("one", "last", "every")
"""Which rows of a film (N, T, …) a function returns: every step of the one sample, the last step, every step."""


class LineCase(Protocol):
    """A case whose truth some lines compute too: what Keras gives is checked against them in a test."""

    sizes: Sizes
    program: Program
    arrays: Mapping[str, np.ndarray]


def film_of(case: LineCase, lines: tuple[str, ...], **arrays: Any) -> np.ndarray:
    """Return what lines give on a case, or on other arrays of its kind: the film that the program names."""
    return _results(case, lines, **arrays)[case.program.film]


def _results(case: LineCase, lines: tuple[str, ...], **arrays: Any) -> dict[str, np.ndarray]:
    sizes = case.sizes.known | getattr(case, "more_sizes", {})
    if "X" in arrays:  # another box of data has its own N and T
        sizes = sizes | dict(zip("NT", arrays["X"].shape[:2], strict=True))
    return run(lines, {**case.arrays, **arrays}, sizes)


def kept(film: np.ndarray, keeps: str, case: LineCase) -> np.ndarray:
    """Return the rows that a function returns, of a whole film; what has lost its time axis is taken as it is."""
    whole = film.ndim == 3 and len(film) == case.sizes.N
    if keeps == "one":
        return film[0] if film.ndim > 1 and len(film) == case.sizes.N else film
    return film[:, -1] if keeps == "last" and whole else film


class Wrongs:
    """The wrong answers that the known beliefs give for one function, case by case; each is worked out once."""

    def __init__(self, exercise: Any) -> None:
        self.exercise = exercise
        self.function, self.keeps = exercise.function, exercise.keeps
        records = exercise.beliefs
        self.records = {key: record for key, record in records.items() if isinstance(record, Record)}
        self.singles: dict[Any, list[Wrong]] = {}
        self.pairs: dict[Any, list[Wrong]] = {}

    def __call__(self, case: LineCase, *, pairs: bool) -> list[Wrong]:
        """Return what single beliefs give, the likeliest first; with `pairs` what two at once give."""
        held, compute = (self.pairs, self._pairs) if pairs else (self.singles, self._singles)
        if case not in held:
            if len(held) > 32:
                held.pop(next(iter(held)))
            held[case] = list(compute(case))
        return held[case]

    def behaves_like(self, wrong: list[tuple[LineCase, np.ndarray]]) -> tuple[str, ...]:
        """Return the lines with one place changed whose numbers are these wrong answers, or () if there are none.

        One wrong case alone often fits by chance, so at least two have to agree.
        """
        if len(wrong) < 2 or not hasattr(wrong[0][0], "program"):
            return ()
        small, *others = sorted(wrong, key=lambda pair: pair[0].arrays["X"].size)
        for lines in single_edits(small[0].program.lines):
            if self._gives(lines, *small) and all(self._gives(lines, *other) for other in others):
                return lines
        return ()

    def _gives(self, lines: tuple[str, ...], case: LineCase, got: np.ndarray) -> bool:
        rows = kept(film_of(case, lines), self.keeps, case)
        return rows.shape == got.shape and bool(np.allclose(rows, got, atol=TOLERANCE, rtol=1e-5))

    def _singles(self, case: LineCase) -> Iterator[Wrong]:
        program = getattr(case, "program", None)
        space = cache(partial(self._space, case, program and program.lines))
        for record in self.records.values():
            for edits in record.edits if program else ():
                for parts, lines in codings_in(program, edits):
                    yield self._computed((record.key, *(f"in_{part}" for part in parts)), case, lines)
            for line in self.exercise.numpy_of(record, case):
                yield Wrong((record.key,), partial(self._read, record, line, space, case))

    def _pairs(self, case: LineCase) -> Iterator[Wrong]:
        """Two edits that come in twos; or one of them and another way to return its rows."""
        if not hasattr(case, "program"):
            return
        often = [record for record in self.records.values() if record.often and record.edits]
        reads = [record for record in self.records.values() if record.often and self.exercise.numpy_of(record, case)]
        for record in often:
            for parts, lines in codings_in(case.program, record.edits[0]):
                space = cache(partial(self._space, case, lines))
                for read in reads if not parts else ():
                    for line in self.exercise.numpy_of(read, case):
                        yield Wrong((record.key, read.key), partial(self._read, read, line, space, case), lines)
        for one, other in combinations(often, 2):
            both: tuple[Edit, ...] = (*one.edits[0], *other.edits[0])
            for parts, lines in codings_in(case.program, both):
                if not parts:
                    yield self._computed((one.key, other.key), case, lines)

    def _computed(self, keys: tuple[str, ...], case: LineCase, lines: tuple[str, ...]) -> Wrong:
        return Wrong(keys, lambda: kept(film_of(case, lines), self.keeps, case), lines)

    def _space(self, case: LineCase, lines: tuple[str, ...] | None) -> dict[str, Any]:
        """Return what a line of NumPy may read."""
        right, arguments = self.exercise.expected(case), self.exercise.arguments(case)
        space = {
            **self.exercise.helpers,
            **case.sizes.known,
            **arguments,
            "np": np,
            "case": case,
            "padded": padded,
            "right": right,
        }
        if lines is None:
            return space | {"film": right}
        results = _results(case, lines)
        return {**space, **results, "film": results[case.program.film], "again": partial(film_of, case, lines)}

    def _read(self, record: Record, line: str, space: Callable[[], dict[str, Any]], case: LineCase) -> list[np.ndarray]:
        """Return what a line of NumPy gives: the rows that the function returns of each film."""
        values = eval(compile(line, f"<{record.key}>", "eval"), {**space()})  # the course's own line
        films = [np.asarray(value) + 0 for value in (values if isinstance(values, list) else [values])]
        if record.where == "batch" or not hasattr(case, "program"):
            return films
        rows = [kept(film, self.keeps, case) for film in films]
        # of rows that nothing filled, the last is zeros, and all such answers look alike
        return [row for row in rows if row.any() or not (self.keeps == "last" and "padded" in line)]


def padded(rows: np.ndarray, T: int) -> np.ndarray:
    """Return rows (N, T', …) with zeros behind them up to T steps, as in an array made beforehand."""
    return np.concatenate([rows, np.zeros((len(rows), T - rows.shape[1], *rows.shape[2:]))], axis=1)
