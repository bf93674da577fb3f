"""Judge a student's function: call it on every case, compare with Keras, recognise what went wrong."""

from __future__ import annotations

import contextlib
import io
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

import numpy as np

from rnnshapes import draw
from rnnshapes.explorer import explore_lines
from rnnshapes.judge import facts
from rnnshapes.judge.at_once import loops_over_samples
from rnnshapes.judge.compare import is_right, largest_difference, to_array
from rnnshapes.judge.exceptions import beliefs_of, judge_error, showing
from rnnshapes.judge.exercise import Wrong, sibling, sizes_read
from rnnshapes.judge.places import places_of, whole_of
from rnnshapes.judge.probe import changed_by, misused, probe
from rnnshapes.judge.verdict import Verdict
from rnnshapes.judge.watch import Outcome, helper_called, is_empty, watch
from rnnshapes.layers.cases import TOLERANCE, Case, sizes_on
from rnnshapes.layers.program import changed
from rnnshapes.layers.run import read
from rnnshapes.sizes import Sizes, tuple_text

UNKNOWN = "This mistake has no name here."
NEAR = 5e-3  # no misconception is that close to the truth: only lost digits are


def judge_function(exercise: Any, function: Any, cases: list[Case], *, part: str = "") -> Verdict:
    """Return the verdict on `function`, called on every case: that of the first step that finds something to say.

    The first case that goes wrong is the one that is shown; a belief is named only if it explains them all.
    With part="at_once" a right function that loops over the samples is not right enough.
    """
    trial = Trial(exercise, function, cases, part)
    return next(verdict for step in STEPS if (verdict := step(trial)))


@dataclass
class Trial:
    """A student's function with what came of it so far."""

    exercise: Any
    function: Any
    cases: list[Case]
    part: str

    @cached_property
    def outcomes(self) -> list[Outcome]:
        """What came out on every case; up to the first one that was not by hand."""
        return call_on(self.exercise, self.function, self.cases)

    @property
    def name(self) -> str:
        return self.exercise.function

    def say(self, *, got: str, expected: str, facts: tuple[str, ...] = (), **more: Any) -> Verdict:
        """Return a verdict with the beliefs that show in these facts."""
        return Verdict(self.name, got=got, expected=expected, beliefs=showing(self.exercise, *facts), **more)


def _is_a_function(trial: Trial) -> Verdict | None:
    if callable(trial.function):
        return None
    got = f"{trial.name} is {_describe(trial.function)}"
    return trial.say(got=got, expected=f"a function {trial.name}(…)", facts=(facts.NOT_A_FUNCTION,))


def _is_by_hand(trial: Trial) -> Verdict | None:
    helped = next((outcome for outcome in trial.outcomes if outcome.helpers), None)
    if helped is None:
        return None
    return trial.say(
        got=f"{helper_called(helped)} ran inside {trial.name}",
        expected="NumPy alone: by hand means that no Keras or TensorFlow does the work",
        facts=(facts.NOT_BY_HAND,),
    )


def _agrees_everywhere(trial: Trial) -> Verdict | None:
    """Compare every case with Keras; explain the first that differs."""
    exercise, function, cases, outcomes = trial.exercise, trial.function, trial.cases, trial.outcomes
    for index, (case, outcome) in enumerate(zip(cases, outcomes, strict=True)):
        verdict = _judge_outcome(exercise, case, outcome, function)
        if isinstance(verdict, Verdict):
            if outcome.returns_nothing and not all(other.returns_nothing for other in outcomes):
                verdict = replace(verdict, beliefs=showing(exercise, facts.NOTHING_HERE))
            if index:
                verdict = replace(verdict, got=f"{verdict.got}. {_elsewhere(case)}")
            if outcome.error is None:
                return verdict
            keys = misused(exercise, function, cases, outcomes)
            if not keys and _one_past(exercise, verdict):  # cases without an error may tell more
                keys = _recognise(exercise, function, cases, outcomes).keys
                keys = keys or (exercise.named([facts.STRANGE_T]) if index else [])  # not too long for the notebook's T
            keys = keys or _most_told(trial)
            return replace(verdict, beliefs=beliefs_of(exercise, keys)) if keys else verdict
        if not largest_difference(verdict, exercise.expected(case)) <= TOLERANCE:
            found = Found(misused(exercise, function, cases, outcomes))
            found = found if found.keys else _recognise(exercise, function, cases, outcomes)
            only_here = index >= exercise.first_cases
            return _wrong(exercise, case, verdict, found=found, only_here=only_here)
    return None


def _most_told(trial: Trial) -> list[str]:
    """Return the beliefs that exceptions tell on most cases: on one alone, a sum of sizes may look like a letter."""
    raised = [(case, outcome.error) for case, outcome in zip(trial.cases, trial.outcomes, strict=True) if outcome.error]
    told = Counter(
        tuple(belief.key for belief in judge_error(trial.exercise, case, error).beliefs) for case, error in raised
    )
    if raised[0][0].sizes == trial.exercise.notebook and len(told) > 1:  # no size is foreign there
        told.pop(tuple(trial.exercise.named([facts.STRANGER])), None)
    return list(told.most_common(1)[0][0])


def _one_past(exercise: Any, verdict: Verdict) -> bool:
    told = {belief.key for belief in verdict.beliefs}
    return bool(told) and told == set(exercise.named(["IndexError one past axis 0 of T"]))


def _agrees_again(trial: Trial) -> Verdict | None:
    """Call a right function again, in another order and on other data of the same sizes."""
    exercise, cases = trial.exercise, trial.cases
    later = [*cases[::-1], sibling(exercise.make, cases[0])]
    again = call_on(exercise, trial.function, later, quiet=True)
    for case, outcome in zip(later, again, strict=False):
        if getattr(outcome.error, "is_limit", False):  # no answer in time is no other answer
            return judge_error(exercise, case, outcome.error)
    if len(again) == len(later) and all(map(partial(is_right, exercise), later, again)):
        return None
    return trial.say(
        got="right answers at first, and wrong ones when it is called again on data of the same sizes",
        expected="an answer to the arguments of each call, and to nothing else",
        facts=(facts.RIGHT_AT_FIRST,),
    )


def _keeps_arguments(trial: Trial) -> Verdict | None:
    if not trial.exercise.named([facts.ARGUMENT_CHANGED]):
        return None
    changed = next(filter(None, (changed_by(trial.exercise, trial.function, case) for case in trial.cases)), "")
    if not changed:
        return None
    return trial.say(
        got=f"right numbers, but {changed} is not what it was before the call",
        expected=f"right numbers, and {changed} as it was handed in",
        facts=(facts.ARGUMENT_CHANGED,),
    )


def _is_at_once(trial: Trial) -> Verdict | None:
    if trial.part != "at_once" or not loops_over_samples(trial.exercise, trial.function, trial.cases):
        return None
    return trial.say(
        summary=f"{trial.name} is right, but not at once.",
        got="steps of Python code that grow with N, the number of samples",
        expected="the same number of steps for any N",
        facts=(facts.LOOPS,),
    )


def _is_right(trial: Trial) -> Verdict:
    largest = max(
        largest_difference(to_array(outcome.value), trial.exercise.expected(case))
        for case, outcome in zip(trial.cases, trial.outcomes, strict=True)
    )
    summary = (
        f"{trial.name} agrees with {trial.exercise.source} in {len(trial.cases)} cases: largest difference "
        f"{largest:.1e}, tolerance {TOLERANCE:.0e}."
    )
    return Verdict(trial.name, right=True, summary=summary)


STEPS = (_is_a_function, _is_by_hand, _agrees_everywhere, _agrees_again, _keeps_arguments, _is_at_once, _is_right)
"""What is asked of a function, in this order."""


def with_loops(exercise: Any, function: Any, cases: list[Case], verdict: Verdict) -> Verdict:
    """Return the verdict on a right function; if it loops over the samples, and need not, with a word on that."""
    asked = verdict.right and getattr(exercise, "at_once", False)
    if not asked or not loops_over_samples(exercise, function, cases):
        return verdict
    beliefs = showing(exercise, facts.LOOPS)
    return replace(verdict, beliefs=beliefs, try_=beliefs[0].hint)


def agrees(exercise: Any, function: Any, cases: list[Case]) -> bool:
    """Tell whether a function is right on all cases, each called once: `judge_function` asks more of it."""
    if not callable(function):
        return False
    outcomes = call_on(exercise, function, cases, quiet=True)
    return len(outcomes) == len(cases) and all(map(partial(is_right, exercise), cases, outcomes))


def call_on(exercise: Any, function: Callable[..., Any], cases: list[Case], *, quiet: bool = False) -> list[Outcome]:
    """Call the function on every case. What it prints is shown for the first case alone, or not at all."""
    outcomes = []
    for number, case in enumerate(cases):
        with contextlib.redirect_stdout(io.StringIO()) if quiet or number else contextlib.nullcontext():
            arguments = exercise.arguments(case)
            outcomes.append(watch(function, *arguments.values(), names=tuple(arguments)))
        if outcomes[-1].helpers:  # not by hand, whatever comes out of the other cases
            break
    return outcomes


def _judge_outcome(exercise: Any, case: Case, outcome: Outcome, function: Callable[..., Any]) -> Verdict | np.ndarray:
    """Return the array that came back, or a verdict on why there is none to compare."""
    name, dims = exercise.function, case.sizes.shape(exercise.dims_on(case))
    asked = f"an array of shape {_lettered(dims, sizes_read(exercise, case))}" if dims else "one number"
    if outcome.error is not None:
        return judge_error(exercise, case, outcome.error)
    value = outcome.value
    if value is None or value is ...:
        empty = value is ... or is_empty(function)
        summary = f"{name} is not written yet." if empty else ""
        beliefs = showing(exercise, facts.NOT_WRITTEN if empty else facts.NOTHING)
        return Verdict(name, summary=summary, got=str(value), expected=asked, beliefs=beliefs)
    array = to_array(value)
    if array is None:
        return Verdict(name, got=_describe(value), expected=asked, beliefs=showing(exercise, facts.NO_ARRAY))
    bad = ~np.isfinite(array.astype(float))
    if bad.any():
        first = tuple(int(i) for i in np.argwhere(bad)[0])
        place = f" first at [{', '.join(map(str, first))}]" if first else ""
        return Verdict(
            name,
            got=f"{int(bad.sum())} of {array.size} numbers are NaN or infinite,{place}",
            expected=f"{asked}, all finite",
            beliefs=showing(exercise, *([facts.NAN_WRITTEN] if _says_nan(function) else []), facts.NOT_FINITE),
        )
    return array


def _says_nan(function: Callable[..., Any]) -> bool:
    """Tell whether a function's own code speaks of nan."""
    code = getattr(function, "__code__", None)
    return any(str(word).lower() == "nan" for word in (*getattr(code, "co_names", ()), *getattr(code, "co_consts", ())))


def _wrong(exercise: Any, case: Case, got: np.ndarray, *, found: Found, only_here: bool) -> Verdict:
    """Describe a wrong array in letters and numbers, beside the expected one."""
    expected = exercise.expected(case)
    sizes, dims = sizes_read(exercise, case), exercise.dims_on(case)
    same_shape = got.shape == expected.shape
    says = _lettered(got.shape, sizes, beside=expected.shape)
    if same_shape:
        says += f", off by up to {largest_difference(got, expected):.2g}"
        says += _where(got, expected, dims, names=getattr(case, "row_names", ()))
    says = f"{getattr(case, 'within', '')}{says}"  # which of several arrays
    if only_here:
        says += f". {_elsewhere(case)}"
    hint = "" if found.keys else f"{UNKNOWN} {exercise.advice or _advice(got, expected, dims)}"
    return Verdict(
        exercise.function,
        got=says,
        expected=f"{_lettered(expected.shape, sizes)}, within {TOLERANCE:.0e} of {exercise.source}",
        try_=hint,
        beliefs=beliefs_of(exercise, found.keys),
        formula="\n".join(changed(case.program.lines, found.lines)) if found.lines else "",
        in_place_of="\n".join(changed(found.lines, case.program.lines)) if found.lines else "",
        see=partial(_explored, case, found.lines) if found.lines else None,
        picture=draw.compare(got, expected, dims, sizes, name=exercise.function) if dims else None,
    )


def _explored(case: Any, lines: tuple[str, ...]) -> Any:
    """Return the explorer with lines that a student's code computes beside Keras', on the case that was shown."""
    reads = {name for line in (*case.program.lines, *lines) for name in read(line).reads}
    arrays = {name: value for name, value in case.arrays.items() if name in reads}
    return explore_lines(lines, arrays, sizes_on(case), beside=case.program.lines)


def _elsewhere(case: Case) -> str:
    numbers = [f"{letter} = {number}" for letter, number in case.sizes.known.items()]
    note = getattr(case, "note", "")  # what sets a case apart beside its sizes
    return f"Earlier cases agree; this one has {', '.join([*numbers, note] if note else numbers)}"


def _where(got: np.ndarray, expected: np.ndarray, dims: str, *, names: tuple[str, ...] = ()) -> str:
    """Say which rows differ: the first wrong time step or sample tells where to look. Rows may have names."""
    if not dims:
        return ""
    differs = np.abs(got - expected).reshape(len(got), -1).max(axis=1) > TOLERANCE
    if names:
        return f" in {' and '.join(name for name, wrong in zip(names, differs, strict=True) if wrong)}"
    letter = dims[0].lower() if dims[0].isalpha() else "j"
    if differs.all():
        return f" in every row {letter}"
    rows = np.flatnonzero(differs)
    if rows[-1] - rows[0] + 1 == len(rows) and len(rows) > 1:
        return f" in rows {letter} = {rows[0]} to {rows[-1]}"
    more = ", …" if len(rows) > 6 else ""
    return f" in row{'s' if len(rows) > 1 else ''} {letter} = {', '.join(map(str, rows[:6]))}{more}"


def _advice(got: np.ndarray, expected: np.ndarray, dims: str) -> str:
    """Say where to look when no belief is recognised."""
    if got.shape != expected.shape or not dims:
        return "Print the shape at each step of your code and read it in letters."
    differs = np.abs(got - expected).reshape(len(got), -1).max(axis=1) > TOLERANCE
    if dims[0] == "N":
        if not differs.all():
            return "Some samples agree: what treats the others differently?"
        if dims[1:2] == "T":
            return _first_step(np.abs(got - expected).max(axis=(0, *range(2, got.ndim))) > TOLERANCE)
        return "Try T = 1 first: one step, no history. Compare it with one step worked out on paper."
    if differs[0]:
        return "The very first row differs, so compare one step on paper: the sum, tanh, then the head."
    return "The first row agrees and a later one does not, so look at what one step hands to the next."


def _first_step(differs: np.ndarray) -> str:
    """Say at which time step a whole film first differs."""
    first = int(np.argmax(differs))
    if not first:
        return "Step t = 0 differs already, so compare that one on paper: what it reads, what it starts from, the sum."
    return (
        f"Steps agree up to t = {first - 1}, and t = {first} does not: what does it read, and what does it start from?"
    )


@dataclass(frozen=True)
class Found:
    """Which beliefs explain every wrong case, and the lines that somebody with them computes."""

    keys: list[str]
    lines: tuple[str, ...] = ()


def _recognise(exercise: Any, function: Callable[..., Any], cases: list[Case], outcomes: list[Outcome]) -> Found:
    """Return the beliefs that explain every wrong case, or none: by numbers, by behaviour, by shape, in this order."""
    wrong = _wrong_cases(exercise, cases, outcomes)
    for pairs in (False, True):
        if found := _explains_all(exercise, wrong, pairs=pairs):
            keys = list(found.keys)
            if exercise.tell_apart:
                keys = exercise.tell_apart(keys, function, exercise.arguments(cases[-1]))
            return replace(found, keys=keys)
        if not pairs and (probed := probe(exercise, function, cases, outcomes)):
            return Found(probed)
    shapes = [{key for key, _ in exercise.forms(got, case)} for case, got in wrong]
    shared = sorted(set.intersection(*shapes))[:1] if shapes else []
    near = wrong and all(largest_difference(got, exercise.expected(case)) < NEAR for case, got in wrong)
    noted = [facts.NEARLY] if near else places_of(exercise, wrong)
    if keys := shared or exercise.named(noted):
        return Found(keys)
    if hasattr(exercise.wrongs, "behaves_like") and (lines := exercise.wrongs.behaves_like(wrong)):
        return Found([], lines)
    noted = whole_of(exercise, wrong)
    whole = {facts.SCALED, facts.ROWS_MOVED, facts.OTHER_AXES}
    if not whole & {*noted} and changed_by(exercise, function, cases[0]):
        noted = [facts.ARGUMENT_CHANGED, *noted]
    return Found(exercise.named(noted))


def _wrong_cases(exercise: Any, cases: list[Case], outcomes: list[Outcome]) -> list[tuple[Case, np.ndarray]]:
    """Return the cases with wrong numbers, and these."""
    wrong = []
    for case, outcome in zip(cases, outcomes, strict=True):
        got = None if outcome.error is not None else to_array(outcome.value)
        if got is None or not np.isfinite(got.astype(float)).all():
            continue
        if not largest_difference(got, exercise.expected(case)) <= TOLERANCE:
            wrong.append((case, got))
    return wrong


def _explains_all(exercise: Any, wrong: list[tuple[Case, np.ndarray]], *, pairs: bool) -> Found | None:
    """Return the fewest beliefs whose numbers are the answer on every wrong case.

    They are tried in their order on the smallest case, and the first that alone explains all others too is taken: what
    later ones give is not worked out. An answer of a wrong shape may be explained in two ways, and needs them all.
    """
    if not wrong:
        return None
    (case, got), *others = sorted(wrong, key=lambda pair: pair[1].size)
    explained: dict[tuple[str, ...], tuple[str, ...]] = {}
    in_shape = got.shape == exercise.expected(case).shape
    for keys, lines in _matches(exercise, case, got, pairs=pairs):
        if keys not in explained:
            explained[keys] = lines
            if in_shape and len(keys) == 1 and (alone := _checked(exercise, others, {keys: lines}, pairs=pairs)):
                return Found(list(keys), alone[keys])
    explained = _checked(exercise, others, explained, pairs=pairs)
    if not explained:
        return None
    keys = min(explained, key=len)
    return Found(list(keys), explained[keys])


def _checked(
    exercise: Any, others: list[tuple[Case, np.ndarray]], explained: dict[tuple[str, ...], Any], *, pairs: bool
) -> dict[tuple[str, ...], Any]:
    """Return those of the sets of keys that explain these cases too."""
    for case, got in others:
        matches: dict[tuple[str, ...], Any] = {}
        for keys, lines in _matches(exercise, case, got, pairs=pairs, among=explained) if explained else ():
            matches.setdefault(keys, lines)
        explained = {keys: lines for keys, lines in matches.items() if keys in explained}
    return explained


def _matches(
    exercise: Any, case: Case, got: np.ndarray, *, pairs: bool, among: Collection[tuple[str, ...]] = ()
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield every set of keys whose answer is `got`, as it is or in a wrong shape, with the lines that give it.

    `among`, if there are any, are the only sets of keys that matter.
    """
    expected = exercise.expected(case)
    forms = [((), got), *(((key,), array) for key, array in exercise.forms(got, case))]
    right = [(keys, ()) for keys, array in forms if keys and _close(array, expected)]
    whole = [size for size in got.shape if size != 1] == [size for size in expected.shape if size != 1]
    glued = got.ndim < expected.ndim and not whole  # then a belief of its own may say more
    yield from () if glued else right
    found = set()
    for wrong in exercise.wrongs(case, pairs=pairs):
        if among and not any((*keys, *wrong.keys) in among for keys, _ in forms):
            continue
        if all((*keys, *wrong.keys) in found for keys, _ in forms):
            continue  # another way to code it has explained the answer
        for value in wrong.values:
            if largest_difference(value, expected) <= TOLERANCE:
                continue  # the belief does not show on this case
            seen = _comparable(value, wrong, exercise.dims)
            for keys, array in forms:
                if array.shape == value.shape and _close(array[seen], value[seen]):
                    found.add((*keys, *wrong.keys))
                    yield (*keys, *wrong.keys), wrong.lines
    yield from right


def _comparable(value: np.ndarray, wrong: Wrong, dims: str) -> Any:
    """Return which steps to compare: where numbers run away, rounding alone makes later ones differ."""
    chaotic = any(re.search(r"\btan\(", line) for line in wrong.lines)
    if wrong.lines and "T" in dims and value.ndim > 1 and (chaotic or np.abs(value).max() > 10):
        return (..., slice(0, 3), slice(None))
    return ...


def _close(got: np.ndarray, wrong: np.ndarray) -> bool:
    if got.shape != wrong.shape:
        return False
    with np.errstate(all="ignore"):
        return bool(np.all(np.abs(got - wrong) <= TOLERANCE + 1e-5 * np.abs(wrong)))


def _lettered(shape: Iterable[int], sizes: Sizes, *, beside: tuple[int, ...] = ()) -> str:
    """Return a shape in numbers and letters. One more or less than the T `beside` it is T + 1, and no multiple of M."""
    shape = tuple(shape)
    if not shape:
        return "one number"
    letters = sizes.letters(shape)
    if len(shape) == len(beside):
        dims = zip(shape, beside, sizes.dims(shape), sizes.dims(beside), strict=True)
        multiple = re.compile(r"\dM")
        dims = [
            f"{one} {'+' if a > b else '-'} 1" if multiple.match(own) and abs(a - b) == 1 else own
            for a, b, own, one in dims
        ]
        letters = tuple_text(dims)
    return str(shape) if letters == str(shape) else f"{shape} = {letters}"


def _describe(value: Any) -> str:
    """Name a value that is not an array."""
    kind = _inner(value)
    if isinstance(value, np.ndarray) and value.dtype == object and value.size:
        return f"an array that holds no numbers, but a thing of type {_inner(value.flat[0])}"
    if isinstance(value, tuple | list):
        kind = type(value).__name__
        return f"a {kind} of {len(value)} things, the first of type {_inner(value[0])}" if value else f"an empty {kind}"
    return f"a value of type {kind}"


def _inner(value: Any) -> str:
    kind = "function" if callable(value) else type(value).__name__  # of whichever process
    return f"{kind} of {_inner(value[0])}" if isinstance(value, tuple | list) and value else kind
