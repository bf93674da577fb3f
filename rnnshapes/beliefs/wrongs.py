"""What each known belief gives on a case: edited lines, run; or a line of NumPy."""

from __future__ import annotations

import ast
import builtins
import contextlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache, cached_property, partial
from itertools import combinations, permutations
from typing import Any, Protocol
from weakref import WeakKeyDictionary

import numpy as np

from rnnshapes.beliefs.records import Record
from rnnshapes.judge.exercise import Wrong
from rnnshapes.layers.cases import TOLERANCE, sizes_on
from rnnshapes.layers.edits import single_edits
from rnnshapes.layers.program import Edit, Part, Program, codings_in
from rnnshapes.layers.run import ALONG, read, run, run_kept
from rnnshapes.sizes import Sizes


class LineCase(Protocol):
    """A case whose truth some lines compute too: what Keras gives is checked against them in a test."""

    sizes: Sizes
    program: Program
    arrays: Mapping[str, np.ndarray]


def halves_of(program: Program | None) -> tuple[Part, ...]:
    """Return the parts of a program that stand beside each other."""
    return tuple(part for part in program.parts if part.film) if program else ()


def film_of(case: LineCase, lines: tuple[str, ...], **arrays: Any) -> np.ndarray:
    """Return what lines give on a case, or on other arrays of its kind: the film that the program names."""
    return results_of(case, lines, **arrays)[case.program.film]


def results_of(case: LineCase, lines: tuple[str, ...], **arrays: Any) -> dict[str, np.ndarray]:
    """Return everything that lines give on a case, or on other arrays of its kind, by name."""
    sizes = sizes_on(case)
    if not arrays:
        return run_kept(lines, case.arrays, sizes, _KEPT.setdefault(case, {}))
    if "X" in arrays:  # another box of data has its own N and T
        sizes = sizes | dict(zip("NT", arrays["X"].shape[:2], strict=True))
    return run(lines, {**case.arrays, **arrays}, sizes)


_KEPT: WeakKeyDictionary[Any, dict] = WeakKeyDictionary()


def kept(film: np.ndarray, keeps: str, case: LineCase) -> np.ndarray:
    """Return the rows that a function returns, of a whole film; what has lost its time axis is taken as it is."""
    whole = film.ndim == 3 and len(film) == case.sizes.N
    if keeps == "one":
        return film[0] if film.ndim > 1 and len(film) == case.sizes.N else film
    return film[:, -1] if keeps == "last" and whole else film


class Wrongs:
    """The wrong answers that the known beliefs give for one function, case by case; each is worked out once.

    `helpers` are what the lesson's lines of NumPy may call.
    """

    def __init__(self, exercise: Any, helpers: dict[str, Any]) -> None:
        self.exercise, self.helpers = exercise, helpers
        self.function, self.keeps = exercise.function, exercise.keeps
        self.singles: dict[Any, list[Wrong]] = {}
        self.pairs: dict[Any, list[Wrong]] = {}

    @cached_property
    def records(self) -> dict[str, Record]:
        """The beliefs that the exercise knows, by key."""
        return {key: record for key, record in self.exercise.beliefs.items() if isinstance(record, Record)}

    def __call__(self, case: LineCase, *, pairs: bool) -> list[Wrong]:
        """Return what single beliefs give, those in all parts of a program first; with `pairs` what two at once give."""
        held, compute = (self.pairs, self._pairs) if pairs else (self.singles, self._singles)
        if case not in held:
            if len(held) > 32:
                held.pop(next(iter(held)))
            held[case] = sorted(compute(case), key=lambda wrong: len(wrong.keys))
        return held[case]

    def behaves_like(self, wrong: list[tuple[LineCase, np.ndarray]]) -> tuple[str, ...]:
        """Return the lines with one place changed whose numbers are these wrong answers, or () if there are none.

        One wrong case alone often fits by chance, so at least two have to agree.
        """
        if len(wrong) < 2 or not self.exercise.program(wrong[0][0]):
            return ()
        small, *others = sorted(wrong, key=lambda pair: pair[1].size)
        for lines in single_edits(small[0].program.lines):
            if (
                not (_below_zero(lines) or (self.exercise.kind == "step" and _of_other_steps(lines)))
                and self._gives(lines, *small)
                and all(self._gives(lines, *other) for other in others)
            ):
                return lines
        return ()

    def _gives(self, lines: tuple[str, ...], case: LineCase, got: np.ndarray) -> bool:
        try:
            rows = kept(film_of(case, lines), self.keeps, case)
        except (IndexError, KeyError, ValueError):  # this edit gives nothing that runs
            return False
        return rows.shape == got.shape and bool(np.allclose(rows, got, atol=TOLERANCE, rtol=1e-5))

    def _singles(self, case: LineCase) -> Iterator[Wrong]:
        program = self.exercise.program(case)
        right = program and program.lines
        space = cache(partial(self._space, case, right))
        for record in self.records.values():
            for edits in record.edits if program else ():
                for parts, lines in codings_of(case, edits):
                    if record.only_in and not set(parts) & set(record.only_in):
                        continue
                    yield self._computed((record.key, *(f"in_{part}" for part in parts)), case, lines)
            for line in self.lines_of(record, case):
                yield Wrong((record.key,), partial(self._read, record, line, space, case, right))
                halves = halves_of(program) if self._is_of_a_half(record, line, case) else ()
                for half in halves if len(halves) > 1 else ():
                    keys = (record.key, f"in_{half.name}")
                    yield Wrong(keys, partial(self._read_halves, line, space, case, right, (half,)))
            for place in (f"in_{part.name}" for part in (program.parts if program else ())):
                for line in record.numpy.get(place, ()):
                    yield Wrong((record.key, place), partial(self._read, record, line, space, case, right))

    def _pairs(self, case: LineCase) -> Iterator[Wrong]:
        """Two edits that come in twos; or one of them and another way to return its rows."""
        if not self.exercise.program(case):
            return
        often = [record for record in self.records.values() if record.often and record.edits]
        reads = [record for record in self.records.values() if record.often and self.lines_of(record, case)]
        for record in often:
            for parts, lines in codings_of(case, record.edits[0]):
                space = cache(partial(self._space, case, lines))
                for other in reads if not parts else ():
                    for line in self.lines_of(other, case):
                        made = partial(self._read, other, line, space, case, lines)
                        yield Wrong((record.key, other.key), made, lines)
        for one, other in combinations(often, 2):
            for parts, lines in codings_of(case, one.edits[0]):
                for more, both in () if parts else codings_in(replace(case.program, lines=lines), other.edits[0]):
                    if not more:
                        yield self._computed((one.key, other.key), case, both)

    def lines_of(self, record: Record, case: Any) -> list[str]:
        """Return the lines of NumPy about a belief that read only what the case has: a layer may have no head."""
        program = self.exercise.program(case)
        found = record.numpy_for(self.function, with_lines=bool(program))
        if not found:
            return []
        known = {*vars(builtins), *self.helpers, *case.sizes.known, *self.exercise.takes.split()}
        known |= {"np", "case", "padded", "late", "one_block_for_two", "right", "film"}
        if program:
            known |= {"again", *map(_result, program.lines), *_reads(program.lines)}
        else:
            known |= {*getattr(case, "arrays", ())}
        has = {*dir(type(case)), *getattr(case, "__dict__", ())}
        fits = [line for line in found if names_in(line) <= known and _asked_of_case(line) <= has]
        return [line for line in fits if not (program and line == program.film)]

    def _is_of_a_half(self, record: Record, line: str, case: Any) -> bool:
        """Tell whether a line is about a layer's film, of which a program has several, or one that runs backward."""
        if self.function in record.numpy or not halves_of(self.exercise.program(case)):
            return False
        return bool(names_in(line) & {"film", "again"})

    def _computed(self, keys: tuple[str, ...], case: LineCase, lines: tuple[str, ...]) -> Wrong:
        return Wrong(keys, partial(self._rows, case, lines), lines)

    def _rows(self, case: LineCase, lines: tuple[str, ...]) -> list[np.ndarray]:
        """Return the rows that lines give; none where a number is not finite, which is told in another way.

        Nor are there any where lines do not run: an edit of one layer's step may fit the words of another's, and not
        its shapes.
        """
        try:
            rows = kept(film_of(case, lines), self.keeps, case)
        except ValueError:
            return []
        return [rows] if np.isfinite(rows).all() else []

    def _space(self, case: LineCase, lines: tuple[str, ...] | None) -> dict[str, Any]:
        """Return what a line of NumPy may read."""
        right, arguments = self.exercise.expected(case), self.exercise.arguments(case)
        space = {
            **self.helpers,
            **case.sizes.known,
            **arguments,
            **getattr(case, "arrays", {}),
            "np": np,
            "case": case,
            "padded": padded,
            "late": late,
            "one_block_for_two": one_block_for_two,
            "right": right,
        }
        if lines is None:
            return space | {"film": right}
        results = results_of(case, lines)
        return {
            **space,
            **results,
            "film": results[case.program.film],
            "again": partial(film_of, case, lines),
            "again_all": partial(results_of, case, lines),
        }

    def _read(
        self, record: Record, line: str, space: Callable[[], dict[str, Any]], case: LineCase, lines: Any
    ) -> list[np.ndarray]:
        """Return what a line of NumPy gives: the rows that the function returns of each film."""
        if self._is_of_a_half(record, line, case):
            return self._read_halves(line, space, case, lines, halves_of(case.program))
        films = [np.asarray(value) + 0 for value in _evaluated(line, space())]
        if record.where == "batch" or not self.exercise.program(case):
            return films
        rows = [kept(film, self.keeps, case) for film in films]
        # of rows that nothing filled, the last is zeros, and all such answers look alike
        return [row for row in rows if row.any() or not (self.keeps == "last" and "padded" in line)]

    def _read_halves(
        self,
        line: str,
        space: Callable[[], dict[str, Any]],
        case: Any,
        lines: tuple[str, ...],
        halves: tuple[Part, ...],
    ) -> list[np.ndarray]:
        """Return what a line about a layer's film gives in these halves, each read in the order in which it runs."""
        whole, by_half = space(), []
        for half in halves:
            turn = partial(_turned, case=case) if half.backward else np.asarray

            def again(X: np.ndarray, half: Part = half, turn: Callable = turn) -> np.ndarray:
                return turn(whole["again_all"](X=turn(X))[half.film])

            seen = {"X": turn(whole["X"]), "film": turn(whole[half.film]), "again": again}
            by_half.append([turn(np.asarray(value)) for value in _evaluated(line, {**whole, **seen})])
        answers = []
        for rows in zip(*by_half, strict=True):
            films = {half.film: whole[half.film] for half in halves_of(case.program)}
            films |= {half.film: one for half, one in zip(halves, rows, strict=True)}
            with contextlib.suppress(ValueError):  # the halves may differ in their number of rows
                answers.append(_side_by_side(case, lines, films))
        return answers


def _side_by_side(case: Any, lines: tuple[str, ...], films: dict[str, np.ndarray]) -> np.ndarray:
    """Return the answer that the lines make of the halves' films, also where these have lost rows, or their time axis.

    Raises: ValueError for films that do not fit beside each other.
    """
    together = np.concatenate(list(films.values()), axis=-1)
    if together.ndim != 3:
        return together
    reads = {name: read(line).reads for line in lines for name in [read(line).name]}
    wanted, todo = set(), [case.program.film]
    while todo:  # the lines that lead from the films to the answer
        if (name := todo.pop()) in reads and name not in films and name not in wanted:
            wanted.add(name)
            todo += reads[name]
    others = [line for line in lines if read(line).name in wanted]
    sizes = sizes_on(case) | dict(zip("NT", together.shape[:2], strict=True))
    return run(others, {**case.arrays, **films}, sizes)[case.program.film]


def _below_zero(lines: tuple[str, ...]) -> bool:
    """Tell whether an index is below 0 in every place: a student's Python would count it from the end.

    >>> _below_zero(("b[n,m] = seq[n,0,m-M]",)), _below_zero(("h[n,j] = f[n,j] + b[n,j-M]",))
    (True, False)
    """
    return any(letter.upper() == size for line in lines for letter, size in re.findall(r"[\[,]([a-z])-([A-Z])\b", line))


def _of_other_steps(lines: tuple[str, ...]) -> bool:
    """Tell whether lines read another step than this one and the one before: where there is one step, it is zeros."""
    return any("t-2" in line or "t+1" in line for line in lines)


def _turned(rows: np.ndarray, case: Any) -> np.ndarray:
    """Return a film, or that of one sample, with its time steps in the opposite order; anything else as it is."""
    if rows.ndim == 3:
        return rows[:, ::-1]
    return rows[::-1] if rows.ndim == 2 and len(rows) == case.sizes.T != case.sizes.N else rows


def _evaluated(line: str, space: dict[str, Any]) -> list[Any]:
    values = eval(compile(line, "<belief>", "eval"), {**space})  # the course's own line
    return values if isinstance(values, list) else [values]


def codings_of(case: LineCase, edits: tuple[Edit, ...]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return `codings_in` a case's program, those that read only what the case and its lines have."""
    codings = codings_in(case.program, edits)
    return [(parts, lines) for parts, lines in codings if _reads(lines) <= {*case.arrays, *map(_result, lines)}]


def _reads(lines: tuple[str, ...]) -> set[str]:
    return {name for line in lines for name in read(line).reads} - {*ALONG}


def _result(line: str) -> str:
    return read(line).name


@cache
def names_in(line: str) -> frozenset[str]:
    """Return the names that a line of Python reads, without those that it makes.

    >>> sorted(names_in("[film[:, t] for t in range(T)]"))
    ['T', 'film', 'range']
    """
    names = [node for node in ast.walk(ast.parse(line, mode="eval")) if isinstance(node, ast.Name)]
    made = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    made |= {node.arg for node in ast.walk(ast.parse(line, mode="eval")) if isinstance(node, ast.arg)}
    return frozenset(node.id for node in names) - made


@cache
def _asked_of_case(line: str) -> frozenset[str]:
    """Return what a line of Python asks the case for.

    >>> sorted(_asked_of_case("case.only(film, case.chunks[:-1])"))
    ['chunks', 'only']
    """
    nodes = [node for node in ast.walk(ast.parse(line, mode="eval")) if isinstance(node, ast.Attribute)]
    return frozenset(node.attr for node in nodes if isinstance(node.value, ast.Name) and node.value.id == "case")


def padded(rows: np.ndarray, T: int) -> np.ndarray:
    """Return rows (N, T', …) with zeros behind them up to T steps, as in an array made beforehand."""
    return np.concatenate([rows, np.zeros((len(rows), T - rows.shape[1], *rows.shape[2:]))], axis=1)


def late(rows: np.ndarray) -> np.ndarray:
    """Return rows (N, T, …) one step late, zeros first: what each step starts from."""
    return np.concatenate([0 * rows[:, :1], rows[:, :-1]], axis=1)


def one_block_for_two(weight: np.ndarray, blocks: int) -> list[np.ndarray]:
    """Return a wide weight in which one gate, or every gate, has the numbers of a block that is another's."""
    cut = np.split(weight, blocks, axis=-1)
    pairs = [*permutations(range(blocks), 2), *((None, block) for block in range(blocks))]
    return [
        np.concatenate([cut[block if gate in (None, k) else k] for k in range(blocks)], axis=-1)
        for gate, block in pairs
    ]
