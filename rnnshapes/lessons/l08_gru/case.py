"""Cases for GRU, with the reset gate after the product and before it: wide weights, a state to start from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Self

import numpy as np

from rnnshapes.layers.cases import ZEROS, away_from_zero, import_keras, stacked_weights, wide_weights
from rnnshapes.layers.program import GRU_PART, Program
from rnnshapes.layers.tables import GRU_BEFORE_STEP_LINES, GRU_LINES, GRU_STEP_LINES
from rnnshapes.sizes import Sizes


@dataclass(frozen=True, eq=False)
class GruCase:
    """Data, the three weights of a GRU(M) in the order of `get_weights()`, and the state before the first step.

    Shapes: X (N, T, D); Wx (D, 3M), Wh (M, 3M), b (2, 3M), or (3M,) with reset_after=False; h0 (N, M).
    """

    sizes: Sizes
    X: np.ndarray
    weights: dict[str, np.ndarray]
    h0: np.ndarray

    program = Program(GRU_LINES, film="h", parts=(GRU_PART,))
    reset_after: ClassVar[bool] = True
    b = property(lambda self: self.weights["b"])
    h_last = property(lambda self: self.h0)
    xt = property(lambda self: self.X[:, 0])

    @classmethod
    def make(cls, sizes: Sizes, *, seed: int | list[int]) -> Self:
        """Return a case with random data, state and weights. No bias and no state is near zero."""
        rng = np.random.default_rng([*np.atleast_1d(seed).tolist(), 8])
        N, T, D, M = sizes.shape("NTDM")
        rows = (2, 3 * M) if cls.reset_after else (3 * M,)
        weights = wide_weights(rng, sizes, 3) | {"b": away_from_zero(rng, *rows)}
        weights = {name: array.astype("float32") for name, array in weights.items()}
        return cls(sizes, rng.standard_normal((N, T, D)), weights, away_from_zero(rng, N, M))

    more_sizes = property(lambda self: {"J": 3 * self.sizes.M})  # j runs over three blocks of M numbers

    @cached_property
    def arrays(self) -> dict[str, np.ndarray]:
        """What the lines of `program` read; the two rows of the bias are bx and bh."""
        Wx, Wh, b = self.weights.values()
        bias = dict(zip(("bx", "bh"), b, strict=True)) if self.reset_after else {"b": b}
        return {"X": self.X, "Wx": Wx, "Wh": Wh, **bias, **stacked_weights(Wx, Wh), "h0": self.h0}

    def layer(self) -> Any:
        """Return a Keras GRU with return_sequences and these weights."""
        how = {"return_sequences": True, "reset_after": self.reset_after, "unroll": True}
        layer = import_keras().layers.GRU(self.sizes.M, **how, **ZEROS)
        layer.build(self.X.shape)
        layer.set_weights([*self.weights.values()])
        return layer

    def run(self, X: np.ndarray) -> np.ndarray:
        """Return every h that Keras gives with `initial_state=h0`, (N, T, M)."""
        return np.asarray(self.layer()(X.astype("float32"), initial_state=self.h0.astype("float32")))

    H = cached_property(lambda self: self.run(self.X))


class StepCase(GruCase):
    """One step: the slab of one time step, and the state before it."""

    program = Program(GRU_STEP_LINES, film="new", parts=(GRU_PART,))
    more_sizes = property(lambda self: {"J": 3 * self.sizes.M, "T": 1})
    h = cached_property(lambda self: self.run(self.X[:, :1])[:, 0])  # (N, M)

    @cached_property
    def arrays(self) -> dict[str, np.ndarray]:
        shared = {name: array for name, array in super().arrays.items() if name != "h0"}
        return {**shared, "X": self.X[:, :1], "h_last": self.h0}


class BeforeCase(StepCase):
    """The same with reset_after=False."""

    program = Program(GRU_BEFORE_STEP_LINES, film="new", parts=(GRU_PART,))
    reset_after = False


class BiasCase(GruCase):
    """A bias whose second row moves up to the first where Keras gives the same h all the same."""

    moved = cached_property(lambda self: moved_up(self.b, 0, 1))  # (2, 3M); lessons/08_gru/tests asks Keras


def moved_up(b: np.ndarray, *blocks: int, kept: float = 0, added: float = 1) -> np.ndarray:
    """Return a bias of two rows in which these blocks of the second row are added to the first, and zeros then.

    For mistakes: `kept` times the numbers stay where they were, and `added` times the numbers arrive.

    >>> moved_up(np.array([[1.0, 2.0, 3.0], [10.0, 20.0, 30.0]]), 0, 1).tolist()
    [[11.0, 22.0, 3.0], [0.0, 0.0, 30.0]]
    """
    moves = np.repeat(np.isin(np.arange(3), blocks), b.shape[1] // 3)
    return np.stack([b[0] + added * moves * b[1], np.where(moves, kept * b[1], b[1])])
