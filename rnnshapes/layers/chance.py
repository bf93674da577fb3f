"""The random numbers of Python and NumPy, from which Keras draws its seeds: read, put back, left undisturbed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np


def chance() -> tuple[Any, ...]:
    """Return the state of the random numbers, as something that can be compared."""
    kind, numbers, *rest = np.random.get_state()
    return (random.getstate(), (kind, numbers.tobytes(), *rest))


def set_chance(state: tuple[Any, ...]) -> None:
    """Go on with random numbers as they were when `chance()` returned this state."""
    python, (kind, numbers, *rest) = state
    random.setstate(python)
    np.random.set_state((kind, np.frombuffer(numbers, "uint32"), *rest))


@contextmanager
def undisturbed() -> Iterator[None]:
    """Leave the random numbers after the block as they were before: a check changes nothing of the notebook's.

    >>> np.random.seed(7)
    >>> with undisturbed():
    ...     first = np.random.rand()
    >>> first == np.random.rand()
    True
    """
    before = chance()
    try:
        yield
    finally:
        set_chance(before)
