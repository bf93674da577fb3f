"""Where the tolerance lies: how far right and wrong answers are from `predict()`, over random cases.

Run as `python bench/tolerance.py`. Right answers are this file's own by-hand loop, in float64 and in float32.
Wrong answers are what each known belief returns. Exit status 1 if a right answer is beyond the tolerance, or
if there is a belief that no case tells from the truth.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np
from rich import progress
from rich.console import Console

from rnnshapes.layers.cases import TOLERANCE, Case, import_keras, make_case
from rnnshapes.lessons import find_exercise
from rnnshapes.sizes import LETTERS, Sizes

EXERCISES = ("01/rnn_by_hand", "01/rnn_by_hand_batched")
LARGEST_T = 20
EXACT = 1e-12  # float64 against float64: anything below is the same formula
CLOSE = 10  # beliefs that come within this many tolerances of the truth are listed
WRONG_COST = 10  # all the wrong answers of a case take about ten times as long as the right ones
CHUNK = 10  # cases handed to a process at once
MOST_WORKERS = 4  # each holds a TensorFlow of half a gigabyte


@dataclass(frozen=True)
class Right:
    """The largest difference of one right answer on one case."""

    difference: float
    precision: str
    sizes: Sizes


@dataclass(frozen=True)
class Miss:
    """The smallest difference that one belief makes on one case, among the ways in which it can be written.

    It is infinite if the shape alone tells, and zero if the belief is no mistake on this case.
    """

    difference: float
    exercise: str
    belief: str
    sizes: Sizes

    @property
    def place(self) -> tuple[str, str]:
        return self.exercise, self.belief


def random_case(rng: np.random.Generator) -> Case:
    """Return a case whose five sizes differ, 2 ≤ T ≤ 20 and the others from 1 to 12."""
    T = int(rng.integers(2, LARGEST_T + 1))
    N, D, M, K = rng.choice([size for size in range(1, 13) if size != T], 4, replace=False).tolist()
    return make_case(Sizes(N=N, T=T, D=D, M=M, K=K), seed=rng.integers(2**32, size=4).tolist())


def by_hand(case: Case, dtype: str) -> np.ndarray:
    """Return every ŷ of every sample, (N, T, K), computed in one precision throughout."""
    X, *weights = (array.astype(dtype) for array in (case.X, *case.weights.values()))
    Wx, Wh, bh, Wo, bo = weights
    h = np.zeros((case.sizes.N, case.sizes.M), dtype)
    Yhats = []
    for t in range(case.sizes.T):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + bh)  # (N, M)
        Yhats.append(h @ Wo + bo)  # (N, K)
    return np.stack(Yhats, axis=1)


def difference(got: np.ndarray, expected: np.ndarray) -> float:
    """Return the largest absolute difference; infinite if the shapes differ or a number is not finite."""
    if got.shape != expected.shape or not np.isfinite(got).all():
        return float("inf")
    return float(np.abs(got - expected).max())


def measure_right(case: Case, *, with_model: bool) -> Iterator[Right]:
    """Yield the differences of right answers: every ŷ against the twin, the last one against the model."""
    for precision in ("float64", "float32"):
        rows = by_hand(case, precision)
        off = difference(rows, case.Yhats)
        if with_model:
            off = max(off, difference(rows[:, -1], case.Yhat))
        yield Right(off, precision, case.sizes)


def measure_wrong(case: Case) -> Iterator[Miss]:
    """Yield one Miss for each belief of each exercise."""
    exact = by_hand(case, "float64")
    truths = dict(zip(EXERCISES, (exact[0], exact[:, -1]), strict=True))
    for name in EXERCISES:
        exercise = find_exercise(name)
        expected = exercise.expected(case)
        smallest: dict[str, float] = {}
        for wrong in exercise.wrongs(case, pairs=False):
            belief = " + ".join(wrong.keys)
            same = min(difference(wrong.value, truths[name]), difference(wrong.value, expected)) <= EXACT
            off = float("inf") if same else difference(wrong.value, expected)
            smallest.setdefault(belief, 0.0 if same else off)
            if not same:  # a way of writing it that is no mistake here does not hide one that is
                smallest[belief] = min(smallest[belief] or off, off)
        yield from (Miss(off, name, belief, case.sizes) for belief, off in smallest.items())


def quantiles(differences: Iterable[float]) -> str:
    """Return one line: min, 1 %, median, 99 %, max."""
    found = np.quantile(list(differences), [0, 0.01, 0.5, 0.99, 1])
    return "".join(f"{value:>11.1e}" for value in found)


def histogram(right: list[float], wrong: list[float], *, width: int = 30) -> str:
    """Return two text histograms side by side, half a decade a row, with a line at the tolerance.

    Bars are shares of their own distribution; anything that is not zero shows at least a dot.
    """
    edges = np.arange(-9, 2.5, 0.5)
    columns = []
    for values in (right, wrong):
        logs = np.log10(np.clip(values, 10.0 ** edges[0], 10.0 ** (edges[-1] - 0.01)))
        columns.append(np.histogram(logs, edges)[0])
    largest = [max(counts.max() / counts.sum(), 1e-9) for counts in columns]
    lines = [f"{'difference':<20}{'right answers':<{width + 9}}wrong answers"]
    for row, edge in enumerate(edges[:-1]):
        if edge == np.log10(TOLERANCE):
            lines.append(f"{'':<8}{f' tolerance {TOLERANCE:.0e} ':─^{2 * width + 22}}")
        cells = []
        for counts, peak in zip(columns, largest, strict=True):
            share = counts[row] / counts.sum()
            bar = "█" * round(width * share / peak) or ("·" if counts[row] else "")
            cells.append(f"{bar}{f' {counts[row]}' if counts[row] else ''}")
        lines.append(f"{_bound(edge)} … {_bound(edge + 0.5)}   {cells[0]:<{width + 9}}{cells[1]}".rstrip())
    return "\n".join(lines)


def _bound(edge: float) -> str:
    return f"{10.0**edge:.0e}"


def report(right: list[Right], misses: list[Miss]) -> tuple[str, bool]:
    """Return what to print, and whether the tolerance holds."""
    worst = max(right, key=lambda one: one.difference)
    told = [miss for miss in misses if 0 < miss.difference < np.inf]
    least = min(told, key=lambda miss: miss.difference)
    hidden = [miss for miss in told if miss.difference <= TOLERANCE]
    hiding = ", ".join(sorted({miss.belief for miss in hidden})) or "none"
    few = float(np.quantile([miss.difference for miss in told], 0.01))
    unseen, right_here = _never_shown(misses)
    holds = not unseen and worst.difference <= TOLERANCE
    lines = [
        f"Right answers: {len(right)} (each case in float64 and in float32).",
        f"Wrong answers: {len(told)} (case, belief) pairs.",
        f"  {sum(miss.difference == np.inf for miss in misses)} more show by their shape;",
        f"  {sum(miss.difference == 0 for miss in misses)} are no mistake on their case (as Wh.T at M = 1).",
        "",
        *_table(right, told),
        "",
        histogram([one.difference for one in right], [miss.difference for miss in told]),
        "",
        f"Largest right difference {worst.difference:.1e} in {worst.precision} on {_sizes(worst.sizes)}.",
        f"Largest right : tolerance : wrong at 1 %     = {_ratio(worst, few)}",
        f"Largest right : tolerance : smallest wrong   = {_ratio(worst, least.difference)}  ({least.belief})",
        f"Within the tolerance on their one case: {len(hidden)} of {len(told)} wrong pairs: {hiding}.",
        "  (A hidden test has four cases, one with T < 5: a belief passes only if it hides in all four.)",
        "",
        *_nearest(misses),
        "",
    ]
    lines += [f"No mistake in {exercise}, on any case: {belief}." for exercise, belief in right_here]
    lines += [f"NOT DISTINGUISHABLE on any case: {belief} in {exercise}." for exercise, belief in unseen]
    if worst.difference > TOLERANCE:
        lines.append(f"A RIGHT ANSWER IS BEYOND THE TOLERANCE {TOLERANCE:.0e}.")
    if holds:
        lines.append(f"{TOLERANCE:.0e} holds: no right answer is beyond it, every belief shows on some case.")
    return "\n".join(lines), holds


def _table(right: list[Right], told: list[Miss]) -> list[str]:
    groups = {
        f"right, {precision}": [one.difference for one in right if one.precision == precision]
        for precision in ("float64", "float32")
    }
    groups["wrong"] = [miss.difference for miss in told]
    heads = "".join(f"{head:>11}" for head in ("min", "1 %", "median", "99 %", "max"))
    return [f"{'':<16}{heads}", *(f"{name:<16}{quantiles(values)}" for name, values in groups.items())]


def _ratio(worst: Right, wrong: float) -> str:
    return f"1 : {TOLERANCE / worst.difference:.3g} : {wrong / worst.difference:.3g}"


def _never_shown(misses: list[Miss]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the places where a belief never shows: those where it should, and those where it is no mistake.

    The last ŷ is right whatever row is put before the first: not every belief is a mistake in every exercise.
    One that is a mistake nowhere has no business in the catalogue.
    """
    shown = {miss.place for miss in misses if miss.difference > TOLERANCE}
    differs = {miss.place for miss in misses if miss.difference > 0}
    shown_somewhere = {belief for _, belief in shown}
    never = sorted({miss.place for miss in misses} - shown)
    unseen = [place for place in never if place in differs or place[1] not in shown_somewhere]
    return unseen, [place for place in never if place not in unseen]


def _nearest(misses: list[Miss]) -> list[str]:
    """Return a table of the beliefs that come nearest to the truth, and on how many cases they show."""
    places: dict[tuple[str, str], list[Miss]] = {}
    for miss in misses:
        if miss.difference > 0:
            places.setdefault(miss.place, []).append(miss)
    rows = []
    for (exercise, belief), found in places.items():
        least = min(found, key=lambda miss: miss.difference)
        short = [miss for miss in found if miss.sizes.T < 5]
        rows.append(
            (
                least.difference / TOLERANCE,
                belief,
                exercise.partition("/")[2],
                least,
                f"{_shows(found):<12}{_shows(short)}",
            )
        )
    rows.sort(key=lambda row: row[0])
    kept = [row for row in rows if row[0] < CLOSE] or rows[:5]
    lines = [
        f"Nearest beliefs ({len(kept)} of {len(rows)} come within {CLOSE} tolerances on some case):",
        f"{'smallest/tolerance':>19}  {'belief':<28}{'exercise':<21}{'on the case':<36}{'shows on':<12}at T < 5",
    ]
    return lines + [
        f"{ratio:>19.2g}  {belief:<28}{exercise:<21}{_sizes(least.sizes):<36}{shows}"
        for ratio, belief, exercise, least, shows in kept
    ]


def _shows(found: list[Miss]) -> str:
    return f"{sum(miss.difference > TOLERANCE for miss in found)} of {len(found)}"


def _sizes(sizes: Sizes) -> str:
    return "N, T, D, M, K = " + ", ".join(str(getattr(sizes, letter)) for letter in LETTERS)


def measure_cases(numbers: range, *, wrong_cases: int, seed: int) -> tuple[list[Right], list[Miss]]:
    """Measure right answers on the cases with these numbers, and wrong ones on those below `wrong_cases`."""
    keras = import_keras()
    right: list[Right] = []
    misses: list[Miss] = []
    for number in numbers:
        case = random_case(np.random.default_rng([seed, number]))
        with_wrong = number < wrong_cases
        right += measure_right(case, with_model=with_wrong)
        if with_wrong:
            misses += measure_wrong(case)
    keras.backend.clear_session()  # Keras keeps the names of every model it made
    return right, misses


def measure(*, cases: int, wrong_cases: int, seed: int) -> tuple[list[Right], list[Miss]]:
    """Measure all cases in as many processes as there are cores, with a progress bar.

    A case depends on its number and the seed alone, so the result is the same on any number of cores.
    """
    right: list[Right] = []
    misses: list[Miss] = []
    columns = (
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.TaskProgressColumn(),
        progress.TextColumn("left"),
        progress.TimeRemainingColumn(),
    )
    chunks = [range(first, min(first + CHUNK, cases)) for first in range(0, cases, CHUNK)]
    workers = min(os.cpu_count() or 1, len(chunks), MOST_WORKERS)
    spawn = get_context("spawn")  # TensorFlow does not survive a fork
    with (
        progress.Progress(*columns, console=Console(stderr=True)) as bars,
        ProcessPoolExecutor(workers, mp_context=spawn) as pool,
    ):
        bar = bars.add_task(f"{cases} cases", total=cases + WRONG_COST * wrong_cases)
        futures = {pool.submit(measure_cases, chunk, wrong_cases=wrong_cases, seed=seed): chunk for chunk in chunks}
        for future in as_completed(futures):
            chunk = futures[future]
            some_right, some_misses = future.result()
            right += some_right
            misses += some_misses
            bars.advance(bar, len(chunk) + WRONG_COST * sum(number < wrong_cases for number in chunk))
    return right, misses


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cases", type=int, default=1000, help="random cases for right answers (1000)")
    parser.add_argument("--wrong-cases", type=int, default=60, help="of these, cases for wrong ones (60)")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if not 1 <= options.wrong_cases <= options.cases:
        parser.error(f"got --wrong-cases {options.wrong_cases}, expected 1 to --cases ({options.cases})")
    text, holds = report(*measure(cases=options.cases, wrong_cases=options.wrong_cases, seed=options.seed))
    print(text)
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
