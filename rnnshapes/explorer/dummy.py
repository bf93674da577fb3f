"""Dummy numbers that JavaScript and NumPy make alike: each depends on its array's name and its place alone.

A box that grows keeps the numbers it had. They have two decimals, so what is printed is what is computed with.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

_GOLDEN = 0x9E3779B9


def dummy_numbers(
    seed: int, name: str, shape: Sequence[int], *, scale: float = 1.0, bias: bool = False, lead: Sequence[int] = ()
) -> np.ndarray:
    """Return an array of numbers between −scale and scale; a bias has 0.2 to 0.6 with either sign.

    `lead` are indices before those of `shape`: the sheet n of X is made by itself.

    >>> dummy_numbers(0, "bh", (3,), bias=True)
    array([0.45, 0.49, 0.21])
    """
    start = _mix(np.uint32(seed + 1))
    for step in [*(ord(character) for character in name), *(index + _GOLDEN for index in lead)]:
        start = _mix(start ^ np.uint32(step & 0xFFFFFFFF))
    state = np.asarray(start)
    for size in shape:
        steps = (np.arange(size, dtype=np.uint64) + _GOLDEN).astype(np.uint32)
        state = _mix(state[..., None] ^ steps)
    u = state / 4294967296
    value = np.where(u < 0.5, -0.2 - 0.8 * u, 0.8 * u - 0.2) if bias else (2 * u - 1) * scale
    return np.floor(value * 100 + 0.5) / 100


def _mix(x: np.ndarray) -> np.ndarray:
    """The finaliser of MurmurHash3: every bit of the result depends on every bit of x."""
    with np.errstate(over="ignore"):
        x = (x ^ (x >> np.uint32(16))) * np.uint32(0x85EBCA6B)
        x = (x ^ (x >> np.uint32(13))) * np.uint32(0xC2B2AE35)
        return x ^ (x >> np.uint32(16))
