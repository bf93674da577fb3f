"""Cases for backpropagation through time: a forward pass that has run, what arrives at its states, and Keras' gradients."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import count
from types import MappingProxyType
from typing import Self

import numpy as np

from rnnshapes.beliefs.in_parts import InSeveralParts
from rnnshapes.layers.cases import TOLERANCE, import_keras, make_case
from rnnshapes.layers.program import Program
from rnnshapes.layers.run import run
from rnnshapes.layers.tables import BPTT_LINES, FROM_LAST_LINES, GIVEN_LINES, STEP_BACK_LINES, TRUNCATED_LINES
from rnnshapes.layers.tape import by_the_sums, by_weights_and_start, single, times
from rnnshapes.sizes import Sizes


@dataclass(frozen=True, eq=False)
class BpttCase(InSeveralParts):
    """Data, weights, a state to start from, and the gradient of a loss by what the network gives.

    Shapes: X (N, T, D); h0 (N, M); dH (N, T, M), by every h; dYhat (N, K), by the last ŷ; `size` steps make a chunk.
    """

    sizes: Sizes
    X: np.ndarray
    weights: dict[str, np.ndarray]
    h0: np.ndarray
    dH: np.ndarray
    dYhat: np.ndarray
    size: int

    lines = BPTT_LINES
    dims_of = MappingProxyType({"dWx": "DM", "dWh": "MM", "dbh": "M", "dh0": "NM"})
    more_sizes = property(lambda self: {"size": self.size})

    @classmethod
    def make(cls, sizes: Sizes, *, seed: int | list[int]) -> Self:
        """Return a case with random data, weights, states and gradients. The last chunk is shorter than the others.

        >>> case = BpttCase.make(Sizes(N=4, T=7, D=3, M=5, K=2), seed=1)
        >>> case.dH.shape, case.H.shape, case.dYhat.shape
        ((4, 7, 5), (4, 7, 5), (4, 2))
        """
        rng = np.random.default_rng([*np.atleast_1d(seed).tolist(), 9])
        N, T, M, K = sizes.shape("NTMK")
        base = make_case(sizes, seed=seed)
        h0 = rng.choice([-1, 1], (N, M)) * rng.uniform(0.2, 0.9, (N, M))
        short = [size for size in range(2, T) if T % size and size not in sizes.known.values()]
        many = [size for size in short if 2 * size < T]
        size = int(rng.choice(many or short or [max(1, T - 1)]))
        dH, dYhat = (rng.standard_normal(shape) / 2 for shape in ((N, T, M), (N, K)))
        return cls(sizes, base.X, base.weights, h0, dH, dYhat, size)

    @cached_property
    def arrays(self) -> dict[str, np.ndarray]:
        """What the lines read."""
        return {"X": self.X, **self.weights, "h": self.H, "h0": self.h0, "dH": self.dH, "dYhat": self.dYhat}

    @cached_property
    def H(self) -> np.ndarray:
        """Every state, (N, T, M), in float64: the forward pass is not what is asked for."""
        return run(GIVEN_LINES, {"X": self.X, **self.weights, "h0": self.h0}, self.sizes.known)["h"]

    @cached_property
    def four(self) -> dict[str, np.ndarray]:
        """GradientTape's dWx, dWh, dbh and dh0, for a loss of which dH is the gradient."""
        return by_weights_and_start(self, times(self.dH))


class StepCase(BpttCase):
    """One step back: the state that it made, and the gradient by it."""

    program = Program(STEP_BACK_LINES, film="dh_last")
    dh = property(lambda self: self.dH[:, 0])
    h = property(lambda self: self.H[:, 0])
    more_sizes = property(lambda self: {"T": 1})
    arrays = property(lambda self: {"dh": self.dH[:, :1], "h": self.H[:, :1], "Wh": self.weights["Wh"]})

    @cached_property
    def dh_last(self) -> np.ndarray:
        """GradientTape's gradient by the state before the step, (N, M)."""
        return by_weights_and_start(self, times(self.dH[:, :1]), steps=1)["dh0"]


class LastCase(BpttCase):
    """A loss on the last ŷ. At every step enough of it arrives to be seen."""

    program = Program(FROM_LAST_LINES, film="dz")

    @classmethod
    def make(cls, sizes: Sizes, *, seed: int | list[int]) -> Self:
        for more in count():
            case = super().make(sizes, seed=[*np.atleast_1d(seed).tolist(), more])
            dZ = run(FROM_LAST_LINES, case.arrays, sizes.known)["dz"]
            if np.abs(dZ).max(axis=(0, 2)).min() > 100 * TOLERANCE:
                return case

    @cached_property
    def dZ(self) -> np.ndarray:
        """GradientTape's gradient by the sum of every step, (N, T, M)."""
        head = import_keras().layers.Dense(self.sizes.K)
        head.build((None, self.sizes.M))
        head.set_weights([self.weights["Wo"], self.weights["bo"]])
        return by_the_sums(self, lambda H: times(self.dYhat)(head(H[:, -1])))


class TruncatedCase(BpttCase):
    """A loss on every step, and chunks across whose borders nothing comes back."""

    program = Program(TRUNCATED_LINES, film="dz")
    note = property(lambda self: f"size = {self.size}")

    @cached_property
    def dZ(self) -> np.ndarray:
        """GradientTape's gradient by the sum of every step, with the states handed on as constants, (N, T, M)."""
        return by_the_sums(self, times(self.dH), size=self.size)


@dataclass(frozen=True, eq=False)
class ClipCase(InSeveralParts):
    """Three gradients, and the most that their norm may be."""

    sizes: Sizes
    gradients: list[np.ndarray]
    most: float

    dims_of = MappingProxyType({"dWx": "DM", "dWh": "MM", "dbh": "M"})

    @classmethod
    def make(cls, sizes: Sizes, *, seed: int | list[int]) -> Self:
        """Return a case whose norm is too large; for N = 1 it is small enough."""
        rng = np.random.default_rng([*np.atleast_1d(seed).tolist(), 9])
        case = cls(sizes, [rng.standard_normal(sizes.shape(dims)) for dims in ("DM", "MM", "M")], 0.0)
        return cls(sizes, case.gradients, round(case.norm * (1.6 if sizes.N == 1 else rng.uniform(0.3, 0.6)), 2))

    dWx, dWh, dbh = (property(lambda self, place=place: self.gradients[place]) for place in range(3))
    own = property(lambda self: [float(np.linalg.norm(gradient)) for gradient in self.gradients])
    norm = property(lambda self: float(np.linalg.norm(self.own)))

    @cached_property
    def four(self) -> dict[str, np.ndarray]:
        """What an optimizer of Keras with `global_clipnorm` takes away from weights of zeros."""
        keras = import_keras()
        weights = [keras.Variable(np.zeros(gradient.shape, "float32")) for gradient in self.gradients]
        step = keras.optimizers.SGD(1.0, global_clipnorm=self.most)
        step.apply([keras.ops.convert_to_tensor(single(gradient)) for gradient in self.gradients], weights)
        return {name: -np.asarray(one) for name, one in zip(("dWx", "dWh", "dbh"), weights, strict=True)}

    @property
    def other_norms(self) -> list[float]:
        """What is taken for the norm of all: sums without roots, roots in another place, a part, the largest number."""
        numbers = np.concatenate([gradient.ravel() for gradient in self.gradients])
        parts = [float(np.linalg.norm([*self.own[:k], *self.own[k + 1 :]])) for k in range(3)]
        parts += [float(np.abs(numbers).max()), float(np.linalg.norm([one.sum() for one in self.gradients]))]
        parts.append(float(np.linalg.norm([np.linalg.norm(one, 2) for one in self.gradients])))
        roots = [float(np.sqrt(sum(self.own))), float(np.sqrt((numbers**2).mean()))]
        return [float((numbers**2).sum()), sum(self.own), float(np.abs(numbers).sum()), max(self.own), *roots, *parts]
