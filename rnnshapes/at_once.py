"""Tell whether a right answer moves all N samples at once, or one after the other in a Python loop."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from rnnshapes.cases import TOLERANCE, Case
from rnnshapes.compare import largest_difference, to_array
from rnnshapes.exercise import FunctionExercise
from rnnshapes.watch import steps_grow, watch

_MANY_SAMPLES, _FEW_STEPS = 8_000, 2


def loops_over_samples(exercise: FunctionExercise, function: Callable[..., Any], cases: list[Case]) -> bool:
    """Tell whether a right function runs a Python loop over the samples.

    It is called with 3 and with 12 samples of the same T, D, M, K, and its own steps are counted. A function of
    another process reports its own count, which could be forged there: for such a one the clock has to agree.
    """
    case = cases[-1]
    calls = []
    for N in (3, 12):
        arguments = exercise.arguments(case)
        arguments["X"] = np.resize(arguments["X"], (N, case.sizes.T, case.sizes.D))
        calls.append((N, tuple(arguments.values())))
    return steps_grow(function, calls) or (hasattr(function, "__watch__") and _slow_as_a_loop(exercise, function, case))


def _slow_as_a_loop(exercise: FunctionExercise, function: Callable[..., Any], case: Case) -> bool:
    """Tell whether many samples take a time that only a Python loop over them explains.

    The measure is such a loop, timed here at the same moment; work on whole arrays takes a thirtieth of it. A machine
    that is busy with something else makes nobody's answer wrong: the quickest of many calls is compared.
    """
    rng = np.random.default_rng()
    quickest, loop = np.inf, np.inf
    for attempt in range(12):
        time.sleep(0.02 * attempt)  # the machine may have better to do
        X = rng.standard_normal((_MANY_SAMPLES, _FEW_STEPS, case.sizes.D))
        arguments = tuple((exercise.arguments(case) | {"X": X}).values())
        began = time.perf_counter()
        outcome = watch(function, *arguments)
        value = to_array(outcome.value)
        quickest = min(quickest, time.perf_counter() - began)
        began = time.perf_counter()
        for x in X[:: _MANY_SAMPLES // 400]:
            for x_t in x:
                np.tanh(x_t @ case.weights["Wx"] + case.weights["bh"])
        loop = min(loop, (time.perf_counter() - began) * _MANY_SAMPLES / 400)
        some = rng.choice(_MANY_SAMPLES, 3, replace=False)
        alone = to_array(watch(function, *(exercise.arguments(case) | {"X": X[some]}).values()).value)
        if outcome.error is not None or value is None or alone is None or len(value) != _MANY_SAMPLES:
            return True
        if not largest_difference(value[some], alone) <= TOLERANCE:  # right for few samples only
            return True
        if quickest < loop / 3:
            return False
    return True
