"""What each known belief gives on a case: edited lines, run; or a line of NumPy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import combinations
from typing import Any, Protocol

import numpy as np

from rnnshapes.beliefs.records import Record
from rnnshapes.judge.exercise import Wrong
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
        return film[0] if len(film) == case.sizes.N else film
    return film[:, -1] if keeps == "last" and whole else film


class Wrongs:
    """The wrong answers that the known beliefs give for one function, case by case; each is worked out once.

    `keeps` says which rows of the film the function returns.
    """

    def __init__(self, function: str, records: dict[str, Record], keeps: str) -> None:
        self.function, self.records, self.keeps = function, records, keeps
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

    def _singles(self, case: LineCase) -> Iterator[Wrong]:
        rows = self._space(case, case.program.lines)
        for record in self.records.values():
            for edits in record.edits:
                for parts, lines in codings_in(case.program, edits):
                    keys = (record.key, *(f"in_{part}" for part in parts))
                    yield self._wrong(keys, film_of(case, lines), case, lines)
            for line in record.numpy_for(self.function):
                yield from self._read(record, line, rows, case)

    def _pairs(self, case: LineCase) -> Iterator[Wrong]:
        """Two edits that come in twos; or one of them and another way to return its rows."""
        often = [record for record in self.records.values() if record.often and record.edits]
        reads = [record for record in self.records.values() if record.often and record.numpy_for(self.function)]
        for record in often:
            for parts, lines in codings_in(case.program, record.edits[0]):
                if not parts:
                    space = self._space(case, lines)
                    for read in reads:
                        for line in read.numpy_for(self.function):
                            for wrong in self._read(read, line, space, case):
                                yield Wrong((record.key, *wrong.keys), wrong.value, lines)
        for one, other in combinations(often, 2):
            both: tuple[Edit, ...] = (*one.edits[0], *other.edits[0])
            for parts, lines in codings_in(case.program, both):
                if not parts:
                    yield self._wrong((one.key, other.key), film_of(case, lines), case, lines)

    def _space(self, case: LineCase, lines: tuple[str, ...]) -> dict[str, Any]:
        """Return what a line of NumPy may read."""
        results = _results(case, lines)
        letters = {letter: number for letter, number in case.sizes.known.items()}
        film = results[case.program.film]
        again = partial(film_of, case, lines)
        return {**letters, **results, "np": np, "film": film, "again": again, "padded": padded}

    def _read(self, record: Record, line: str, space: dict[str, Any], case: LineCase) -> Iterator[Wrong]:
        values = eval(compile(line, f"<{record.key}>", "eval"), {**space})  # the course's own line
        for value in values if isinstance(values, list) else [values]:
            film = np.asarray(value) + 0  # True and False become numbers
            if record.where == "batch":
                yield Wrong((record.key,), film)
            elif not (self.keeps == "last" and "padded" in line and not kept(film, self.keeps, case).any()):
                yield self._wrong((record.key,), film, case, ())

    def _wrong(self, keys: tuple[str, ...], film: np.ndarray, case: LineCase, lines: tuple[str, ...]) -> Wrong:
        return Wrong(keys, kept(film, self.keeps, case), lines)


def padded(rows: np.ndarray, T: int) -> np.ndarray:
    """Return rows (N, T', …) with zeros behind them up to T steps, as in an array made beforehand."""
    return np.concatenate([rows, np.zeros((len(rows), T - rows.shape[1], *rows.shape[2:]))], axis=1)
