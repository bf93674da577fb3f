"""Cases for states that are given, handed on from chunk to chunk, and reset; and how wrong chunks run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np

from rnnshapes.layers.cases import make_case, rnn_layer, stacked_weights
from rnnshapes.layers.program import Part, Program
from rnnshapes.layers.run import run
from rnnshapes.layers.tables import CHUNK_LINES, GIVEN_LINES, HANDED_STEP, RESET_LINES, start
from rnnshapes.sizes import Sizes

_PART = Part(renames=((r"\bh\[n,t-1,m'\]", "h_last[n,t,m']"),))
"""What these lines call the state that a step starts from."""


@dataclass(frozen=True, eq=False)
class StateCase:
    """Data, weights, a state to start from, the length of a chunk, and the chunks that a reset comes before.

    Shapes: X (N, T, D); h0 (N, M), no row like another; resets has one True or False for each chunk of `size` steps.
    """

    sizes: Sizes
    X: np.ndarray
    weights: dict[str, np.ndarray]
    h0: np.ndarray
    size: int
    resets: np.ndarray

    @classmethod
    def make(cls, sizes: Sizes, *, seed: int | list[int]) -> Self:
        """Return a case whose chunks show every mistake that their lengths allow.

        The last chunk is shorter than the others, but for N = 1, where they are all equal. Of three chunks the second
        has a reset before it, of more two later ones. For N = 1 the first has one too, which changes nothing.

        >>> case = StateCase.make(Sizes(N=6, T=13, D=5, M=9, K=4), seed=1)
        >>> case.h0.shape, case.size, case.resets.tolist()
        ((6, 9), 3, [False, False, True, True, False])
        """
        rng = np.random.default_rng([*np.atleast_1d(seed).tolist(), 4])
        N, T, M = sizes.shape("NTM")
        h0 = rng.uniform(0.2, 0.9, (N, M)) * rng.choice([-1, 1], (N, M))
        short = [size for size in range(2, T // 2 + 1) if T % size]
        clear = [size for size in short if not {size, T % size} & set(sizes.known.values())]
        many = [size for size in clear if 3 * size < T]
        size = T // 3 if N == 1 and T % 3 == 0 else int(rng.choice(many or clear or short or [max(1, T - 1)]))
        resets = np.zeros(-(-T // size), bool)
        later = rng.choice(np.arange(2, len(resets)), 2, replace=False) if len(resets) > 3 else slice(1, 2)
        resets[later] = True
        resets[0] = N == 1
        base = make_case(sizes, seed=seed)
        return cls(sizes, base.X, {name: base.weights[name] for name in ("Wx", "Wh", "bh")}, h0, size, resets)

    @property
    def more_sizes(self) -> dict[str, int]:
        """What lines may read beside the sizes of the axes."""
        return {"size": self.size}

    @property
    def arrays(self) -> dict[str, np.ndarray]:
        """What the lines of `program` read."""
        more = stacked_weights(self.weights["Wx"], self.weights["Wh"])
        return {"X": self.X, **self.weights, "h0": self.h0, "resets": self.resets, **more}

    def _layer(self, **settings: bool) -> Any:
        return rnn_layer(self, return_sequences=True, **settings)


class GivenCase(StateCase):
    """A run that starts from h0."""

    program = Program(GIVEN_LINES, film="h")

    @cached_property
    def h_last(self) -> np.ndarray:
        """The state after the last step of a layer that is given `initial_state=h0`, (N, M)."""
        return np.asarray(self._layer()(self.X.astype("float32"), initial_state=self.h0.astype("float32")))[:, -1]


class ChunkCase(StateCase):
    """A run in chunks."""

    program = Program(CHUNK_LINES, film="h", parts=(_PART,))

    @cached_property
    def H(self) -> np.ndarray:
        """Every state of a layer that starts at zeros, (N, T, M)."""
        return np.asarray(self._layer()(self.X.astype("float32")))

    @property
    def chunks(self) -> list[list[int]]:
        """The time steps of each chunk; the last one may be shorter."""
        steps = list(range(self.sizes.T))
        return [steps[start : start + self.size] for start in steps[:: self.size]]

    @property
    def flags(self) -> np.ndarray:
        """Whether a chunk starts from zeros."""
        return np.zeros(len(self.resets), bool)

    def through(self, chunks: Sequence[Sequence[int]], flags: Sequence[bool] | None = None) -> list[np.ndarray]:
        """Return the states of a run through other chunks: as they come, and put where their steps stand.

        A chunk with a flag starts from zeros, by default those of the case. Steps from T on read zeros.
        """
        flags = [*(self.flags if flags is None else flags), *[False] * len(chunks)]
        fresh = [flag and not i for chunk, flag in zip(chunks, flags, strict=False) for i in range(len(chunk))]
        steps = [t for chunk in chunks for t in chunk]
        if not steps:
            return []
        X = np.pad(self.X, ((0, 0), (0, max(0, max(steps) + 1 - self.sizes.T)), (0, 0)))[:, steps]
        rows = self._states(X, np.array(fresh))
        return [rows, self.placed(rows, steps)]

    def _states(self, X: np.ndarray, fresh: np.ndarray) -> np.ndarray:
        """Return every state of a run through other data that starts from zeros wherever `fresh` says so."""
        lines = (start(), "h_last[n,t,m] = fresh[t] ? 0 : h[n,t-1,m]", HANDED_STEP)
        sizes = self.sizes.known | dict(zip("NT", X.shape[:2], strict=True))
        return run(lines, {**self.arrays, "X": X, "fresh": fresh}, sizes)["h"]

    def relayed(self, flags: Sequence[bool] | None = None) -> np.ndarray:
        """Return every state of a run through the case's chunks with other resets, (N, T, M)."""
        return self.through(self.chunks, flags)[0]

    def in_turns(self) -> np.ndarray:
        """Return the states of a loop over chunks, then samples, with one state for whoever comes next."""
        samples, steps = np.transpose([(n, t) for chunk in self.chunks for n in range(self.sizes.N) for t in chunk])
        fresh = self.flags[steps // self.size] & (steps % self.size == 0) & (samples == 0)
        film = np.zeros(self.sizes.shape("NTM"))
        film[samples, steps] = self._states(self.X[samples, steps][None], fresh)[0]
        return film

    def only(self, film: np.ndarray, chunks: Sequence[Sequence[int]]) -> list[np.ndarray]:
        """Return the rows of some chunks: alone, and with zeros in place of the others."""
        steps = [t for chunk in chunks for t in chunk]
        return [film[:, steps], self.placed(film[:, steps], steps)]

    def placed(self, rows: np.ndarray, steps: Sequence[int]) -> np.ndarray:
        """Return rows in an array of T steps, later ones over earlier ones, and zeros where there are none."""
        N, T, M = self.sizes.shape("NTM")
        film = np.zeros((N, max(T, *steps) + 1, M))
        film[:, steps] = rows
        return film[:, :T]


class ResetCase(ChunkCase):
    """A run in chunks with resets before some of them."""

    program = Program(RESET_LINES, film="h", parts=(_PART,))

    @property
    def note(self) -> str:
        """What sets a case apart beside its sizes."""
        return f"size = {self.size}, resets = {self.resets.tolist()}"

    @property
    def flags(self) -> np.ndarray:
        return self.resets

    @cached_property
    def H_reset(self) -> np.ndarray:
        """Every state of a stateful layer that is fed chunk by chunk, with `reset_state()` before some, (N, T, M)."""
        layer = self._layer(stateful=True)
        parts = []
        for steps, reset in zip(self.chunks, self.resets, strict=True):
            if reset:
                layer.reset_state()
            parts.append(np.asarray(layer(self.X[:, steps].astype("float32"))))
        return np.concatenate(parts, axis=1)
