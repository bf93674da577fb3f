"""Tell whether a right answer moves all N samples at once, or one after the other in a Python loop."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from rnnshapes.judge.compare import largest_difference, to_array
from rnnshapes.judge.watch import steps_grow, watch
from rnnshapes.layers.cases import TOLERANCE, Case

_MANY_SAMPLES, _FEW_STEPS = 5_000, 2


def loops_over_samples(exercise: Any, function: Callable[..., Any], cases: list[Case]) -> bool:
    """Tell whether a right function runs a Python loop over the samples.

    It is called with 3 and with 12 samples of the same T, D, M, K, and its own steps are counted. A function of
    another process reports its own count, which could be forged there: for such a one the clock has to agree.
    """
    case = cases[-1]
    calls = []
    for N in (3, 12):
        calls.append((N, tuple(_of_samples(exercise, case, N).values())))
    return steps_grow(function, calls) or (hasattr(function, "__timed__") and _slow_as_a_loop(exercise, function, case))


def _slow_as_a_loop(exercise: Any, function: Callable[..., Any], case: Case) -> bool:
    """Tell whether many samples take a time that only a Python loop over them explains.

    The measure is such a loop, run here; work on whole arrays takes a thirtieth of it. Both are counted in seconds on a
    processor, which a busy machine does not lengthen much, and the least of several calls is compared.
    """
    rng = np.random.default_rng()
    quickest, loop = np.inf, np.inf
    W, b = rng.standard_normal((case.sizes.D, case.sizes.M)), rng.standard_normal(case.sizes.M)
    for _ in range(6):
        arguments = _of_samples(exercise, case, _MANY_SAMPLES, steps=_FEW_STEPS)
        X = arguments["X"] = rng.standard_normal((_MANY_SAMPLES, _FEW_STEPS, case.sizes.D))
        outcome, spent = function.__timed__(tuple(arguments.values()))
        value = to_array(outcome.value)
        quickest = min(quickest, spent)
        began = time.thread_time()
        for x in X[:: _MANY_SAMPLES // 400]:
            for x_t in x:
                np.tanh(x_t @ W + b)
        loop = min(loop, (time.thread_time() - began) * _MANY_SAMPLES / 400)
        some = rng.choice(_MANY_SAMPLES, 3, replace=False)
        few = {name: value[some] if name in exercise.per_sample else value for name, value in arguments.items()}
        alone = to_array(watch(function, *few.values()).value)
        if outcome.error is not None or value is None or alone is None or len(value) != _MANY_SAMPLES:
            return True
        if not largest_difference(value[some], alone) <= TOLERANCE:  # right for few samples only
            return True
        if quickest < loop / 2:
            return False
    return True


def _of_samples(exercise: Any, case: Case, N: int, *, steps: int = 0) -> dict[str, Any]:
    """Return an exercise's arguments for N samples: the case's own, repeated or cut; `steps` keeps the first steps."""
    arguments = exercise.arguments(case)
    for name in exercise.per_sample:
        value = arguments[name]
        if steps and value.shape[1:2] == (case.sizes.T,):
            value = value[:, :steps]
        arguments[name] = np.resize(value, (N, *value.shape[1:]))
    return arguments
