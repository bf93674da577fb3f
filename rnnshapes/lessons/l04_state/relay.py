"""Cases for states that are handed on, and wrong ways of handing on, run side by side through one Keras cell."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from rnnshapes.layers.cases import Case, import_keras, make_case
from rnnshapes.sizes import Sizes

Chain = Generator[tuple[np.ndarray, np.ndarray], np.ndarray, np.ndarray]
"""Yields the rows x (N', D) and the state (N', M) of its next step, is sent the new state, returns what it collected."""


@dataclass(frozen=True, eq=False)
class RelayCase:
    """A case with a state to start from, the length of a chunk, and the chunks that a reset comes before.

    Shapes: h0 is (N, M), no row like another; resets has one True or False for each chunk of `size` steps.
    """

    base: Case
    h0: np.ndarray
    size: int
    resets: np.ndarray

    @property
    def sizes(self) -> Sizes:
        return self.base.sizes

    @property
    def X(self) -> np.ndarray:
        return self.base.X

    @property
    def weights(self) -> dict[str, np.ndarray]:
        """Wx, Wh, bh: this lesson has no head."""
        return {name: self.base.weights[name] for name in ("Wx", "Wh", "bh")}

    @property
    def chunks(self) -> list[list[int]]:
        """The time steps of each chunk; the last one may be shorter."""
        steps = list(range(self.sizes.T))
        return [steps[start : start + self.size] for start in steps[:: self.size]]

    @cached_property
    def H(self) -> np.ndarray:
        """Every state of a layer that starts at zeros, (N, T, M)."""
        return np.asarray(self._layer()(self._X))

    @cached_property
    def H_from(self) -> np.ndarray:
        """Every state of a layer that is given `initial_state=h0`, (N, T, M)."""
        return np.asarray(self._layer()(self._X, initial_state=self.h0.astype("float32")))

    @cached_property
    def H_reset(self) -> np.ndarray:
        """Every state of a stateful layer that is fed chunk by chunk, with `reset_state()` before some, (N, T, M)."""
        layer = self._layer(stateful=True)
        parts = []
        for steps, reset in zip(self.chunks, self.resets, strict=True):
            if reset:
                layer.reset_state()
            parts.append(np.asarray(layer(self._X[:, steps])))
        return np.concatenate(parts, axis=1)

    @property
    def _X(self) -> np.ndarray:
        return self.X.astype("float32")

    def _layer(self, *, stateful: bool = False) -> Any:
        layer = import_keras().layers.SimpleRNN(self.sizes.M, return_sequences=True, stateful=stateful)
        layer.build(self.X.shape)
        layer.set_weights(list(self.weights.values()))
        return layer


def make_relay(sizes: Sizes, *, seed: int | list[int]) -> RelayCase:
    """Return a case whose chunks show every mistake that their lengths allow.

    The last chunk is shorter than the others, but for N = 1, where they are all equal. From three chunks on, one of
    the later ones has a reset before it and one has not.

    >>> case = make_relay(Sizes(N=4, T=17, D=3, M=8, K=2), seed=0)
    >>> case.h0.shape, case.size, [len(chunk) for chunk in case.chunks]
    ((4, 8), 6, [6, 6, 5])
    """
    rng = np.random.default_rng([*np.atleast_1d(seed).tolist(), 4])
    N, T, M = sizes.shape("NTM")
    h0 = rng.uniform(0.2, 0.9, (N, M)) * rng.choice([-1, 1], (N, M))
    short = [size for size in range(2, T // 2 + 1) if T % size]
    clear = [size for size in short if not {size, T % size} & set(sizes.known.values())]
    size = int(rng.choice(clear or short or [max(1, T - 1)]))
    if N == 1 and T % 3 == 0:
        size = T // 3
    count = -(-T // size)
    resets = np.zeros(count, bool)
    resets[rng.integers(1, max(2, count - 1)) if count > 1 else 0] = True
    return RelayCase(make_case(sizes, seed=seed), h0, size, resets)


def chain(
    X: np.ndarray,
    chunks: Sequence[Sequence[int | None]],
    start: np.ndarray,
    hand: Callable[[list[np.ndarray]], np.ndarray] = lambda finished: finished[-1][:, -1],
) -> Chain:
    """Run chunks of time steps one after the other; `hand` picks the state that the next one starts from.

    Shapes: X (N, T, D), start (N, M); `hand` gets the states of each finished chunk, (N, steps, M). A step of None
    reads zeros. Returns: all states, (N, steps, M).
    """
    finished: list[np.ndarray] = []
    h = start
    for chunk in chunks:
        h = hand(finished) if finished else start
        states = []
        for t in chunk:
            h = yield (X[:, t] if t is not None else np.zeros_like(X[:, 0])), h
            states.append(h)
        finished.append(np.stack(states, axis=1))
    return np.concatenate(finished, axis=1)


def run_chains(case: RelayCase, chains: Sequence[Chain]) -> list[np.ndarray]:
    """Run chains in lockstep: each turn is one call of a Keras cell with the rows of all of them.

    >>> case = make_relay(Sizes(N=2, T=7, D=3, M=5, K=6), seed=0)
    >>> [H] = run_chains(case, [chain(case.X, case.chunks, 0 * case.h0)])
    >>> bool(np.allclose(H, case.H, atol=1e-5))
    True
    """
    cell = import_keras().layers.SimpleRNNCell(case.sizes.M, dtype="float64")
    cell.build(case.X.shape[::2])
    cell.set_weights(list(case.weights.values()))
    results: list[np.ndarray] = [np.empty(0)] * len(chains)
    asking = {number: next(one) for number, one in enumerate(chains)}
    while asking:
        rows, states = (np.concatenate(parts) for parts in zip(*asking.values(), strict=True))
        new, _ = cell(rows, [states])
        ends = np.cumsum([len(x) for x, _ in asking.values()])[:-1]
        for number, h in zip(list(asking), np.split(np.asarray(new), ends), strict=True):
            try:
                asking[number] = chains[number].send(h)
            except StopIteration as stop:
                results[number] = stop.value
                del asking[number]
    return results
