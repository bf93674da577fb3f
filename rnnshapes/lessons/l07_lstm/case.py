"""Cases for LSTM: wide weights, two states to start from, and what Keras makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np

from rnnshapes.layers.cases import ZEROS, away_from_zero, import_keras, stacked_weights, wide_weights
from rnnshapes.layers.program import LSTM_PART, Program
from rnnshapes.layers.tables import LSTM_LINES, LSTM_STEP_LINES
from rnnshapes.sizes import Sizes


@dataclass(frozen=True, eq=False)
class LstmCase:
    """Data, the three weights of an LSTM(M) in the order of `get_weights()`, and the states before the first step.

    Shapes: X (N, T, D); Wx (D, 4M), Wh (M, 4M), bh (4M,); h0 and c0 (N, M).
    """

    sizes: Sizes
    X: np.ndarray
    weights: dict[str, np.ndarray]
    h0: np.ndarray
    c0: np.ndarray

    program = Program(LSTM_LINES, film="h", parts=(LSTM_PART,))

    @classmethod
    def make(cls, sizes: Sizes, *, seed: int | list[int]) -> Self:
        """Return a case with random data, states and weights. No bias and no state is near zero.

        >>> case = LstmCase.make(Sizes(N=4, T=7, D=3, M=5, K=2), seed=1)
        >>> [weight.shape for weight in case.weights.values()], case.c0.shape
        ([(3, 20), (5, 20), (20,)], (4, 5))
        """
        rng = np.random.default_rng([*np.atleast_1d(seed).tolist(), 7])
        N, T, D, M = sizes.shape("NTDM")
        weights = wide_weights(rng, sizes, 4) | {"bh": away_from_zero(rng, 4 * M)}
        weights = {name: array.astype("float32") for name, array in weights.items()}
        X, h0, c0 = rng.standard_normal((N, T, D)), away_from_zero(rng, N, M), 2 * away_from_zero(rng, N, M)
        return cls(sizes, X, weights, h0, c0)

    @property
    def more_sizes(self) -> dict[str, int]:
        """What lines may read beside the sizes of the axes: j runs over 4M numbers, s over two states."""
        return {"J": 4 * self.sizes.M, "S": 2}

    @cached_property
    def arrays(self) -> dict[str, np.ndarray]:
        """What the lines of `program` read."""
        stacked = stacked_weights(self.weights["Wx"], self.weights["Wh"])
        return {"X": self.X, **self.weights, **stacked, "h0": self.h0, "c0": self.c0}

    def layer(self, weights: list[np.ndarray] | None = None) -> Any:
        """Return a Keras LSTM with return_sequences and return_state; new, or with these weights."""
        how = {"return_sequences": True, "return_state": True, "unroll": True}
        layer = import_keras().layers.LSTM(self.sizes.M, **how, **({} if weights is None else ZEROS))
        layer.build(self.X.shape)
        if weights is not None:
            layer.set_weights(weights)
        return layer

    def run(self, X: np.ndarray) -> list[np.ndarray]:
        """Return what Keras gives with `initial_state=[h0, c0]`: every h, the last h, the last c."""
        start = [state.astype("float32") for state in (self.h0, self.c0)]
        given = self.layer([*self.weights.values()])(X.astype("float32"), initial_state=start)
        return [np.asarray(part) for part in given]

    @cached_property
    def H(self) -> np.ndarray:
        """Every h, (N, T, M)."""
        return self.run(self.X)[0]


class StepCase(LstmCase):
    """One step: the slab of one time step, and both states before it."""

    program = Program(LSTM_STEP_LINES, film="both", parts=(LSTM_PART,))
    row_names = ("h", "c")
    xt = property(lambda self: self.X[:, 0])
    h_last, c_last = (property(lambda self, name=name: getattr(self, name)) for name in ("h0", "c0"))

    @property
    def more_sizes(self) -> dict[str, int]:
        return {**super().more_sizes, "T": 1}

    @cached_property
    def arrays(self) -> dict[str, np.ndarray]:
        shared = {name: array for name, array in super().arrays.items() if name not in ("h0", "c0")}
        return {**shared, "X": self.X[:, :1], "h_last": self.h0, "c_last": self.c0}

    @cached_property
    def both(self) -> np.ndarray:
        """h and c after the step, one above the other, (2, N, M)."""
        return np.stack(self.run(self.X[:, :1])[1:])


class FreshCase(LstmCase):
    """A layer that nobody has trained."""

    M = property(lambda self: self.sizes.M)

    @cached_property
    def fresh(self) -> np.ndarray:
        """The bias of a new LSTM(M), (4M,)."""
        return self.layer().get_weights()[2]
