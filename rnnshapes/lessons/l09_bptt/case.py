"""Cases for backpropagation through time: a forward pass that has run, what arrives at its states, and Keras' gradients."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np

from rnnshapes.beliefs.in_parts import OnePart
from rnnshapes.layers.cases import ZEROS, import_keras, make_case
from rnnshapes.layers.program import Program
from rnnshapes.layers.tables import BPTT_LINES, FROM_LAST_LINES, STEP_BACK_LINES, TRUNCATED_LINES
from rnnshapes.sizes import Sizes


def _single(array: np.ndarray) -> np.ndarray:
    return np.asarray(array, "float32")


@dataclass(frozen=True, eq=False)
class BpttCase:
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

    @classmethod
    def make(cls, sizes: Sizes, *, seed: int | list[int]) -> Self:
        """Return a case with random data, weights, states and gradients.

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

    @property
    def more_sizes(self) -> dict[str, int]:
        """What lines may read beside the sizes of the axes."""
        return {"size": self.size}

    @cached_property
    def arrays(self) -> dict[str, np.ndarray]:
        """What the lines read."""
        return {"X": self.X, **self.weights, "h": self.H, "h0": self.h0, "dH": self.dH}

    def layer(self, extra: int = 0) -> Any:
        """Return Keras' SimpleRNN with this case's weights, every state and the last one; or one with M features more,
        which go into the sum as they are."""
        layer = import_keras().layers.SimpleRNN(
            self.sizes.M, return_sequences=True, return_state=True, unroll=True, **ZEROS
        )
        layer.build((None, self.sizes.T, self.sizes.D + extra))
        Wx, Wh, bh = (self.weights[name] for name in ("Wx", "Wh", "bh"))
        layer.set_weights([np.concatenate([Wx, np.eye(extra, self.sizes.M)]), Wh, bh])
        return layer

    @cached_property
    def H(self) -> np.ndarray:
        """Every state, (N, T, M), in float64: the forward pass is not what is asked for."""
        h, rows = self.h0, []
        Wx, Wh, bh = (self.weights[name].astype(float) for name in ("Wx", "Wh", "bh"))
        for t in range(self.sizes.T):
            h = np.tanh(self.X[:, t] @ Wx + h @ Wh + bh)  # (N, M)
            rows.append(h)
        return np.stack(rows, axis=1)

    @cached_property
    def four(self) -> dict[str, np.ndarray]:
        """GradientTape's dWx (D, M), dWh (M, M), dbh (M,) and dh0 (N, M), for the loss of which dH is the gradient."""
        import tensorflow as tf

        layer, h0 = self.layer(), tf.constant(_single(self.h0))
        with tf.GradientTape() as tape:
            tape.watch(h0)
            states = layer(_single(self.X), initial_state=h0)[0]
            loss = tf.reduce_sum(states * _single(self.dH))
        found = tape.gradient(loss, [*layer.trainable_weights, h0])
        return {name: np.asarray(one) for name, one in zip(("dWx", "dWh", "dbh", "dh0"), found, strict=True)}

    def by_the_sums(self, loss: Any, *, size: int = 0) -> np.ndarray:
        """Return GradientTape's gradient by the sum inside every tanh, (N, T, M), of a loss of the states.

        The sums are inside the layer; M features of zeros are added to them, and the gradient by these is theirs. With a
        `size`, the states are handed on from chunk to chunk and no gradient is.
        """
        import tensorflow as tf

        N, T, M = self.sizes.shape("NTM")
        layer, added, h = self.layer(M), tf.zeros((N, T, M)), tf.constant(_single(self.h0))
        with tf.GradientTape() as tape:
            tape.watch(added)
            X, films = tf.concat([_single(self.X), added], axis=-1), []
            for start in range(0, T, size or T):
                film, h = layer(X[:, start : start + (size or T)], initial_state=tf.stop_gradient(h))
                films.append(film)
            value = loss(tf.concat(films, axis=1))
        return np.asarray(tape.gradient(value, added))

    @cached_property
    def parts(self) -> list[OnePart]:
        """The case once for each of the four gradients."""
        dims = {"dWx": "DM", "dWh": "MM", "dbh": "M", "dh0": "NM"}
        return [OnePart(self, name, letters, Program(BPTT_LINES, film=name)) for name, letters in dims.items()]


class StepCase(BpttCase):
    """One step back: the state that it made, and the gradient by it."""

    program = Program(STEP_BACK_LINES, film="dh_last")
    dh = property(lambda self: self.dH[:, 0])
    h = property(lambda self: self.H[:, 0])

    @property
    def more_sizes(self) -> dict[str, int]:
        return {**super().more_sizes, "T": 1}

    @cached_property
    def arrays(self) -> dict[str, np.ndarray]:
        return {"dh": self.dH[:, :1], "h": self.H[:, :1], **self.weights}

    @cached_property
    def dh_last(self) -> np.ndarray:
        """GradientTape's gradient by the state before the step, (N, M)."""
        import tensorflow as tf

        layer, h0 = self.layer(), tf.constant(_single(self.h0))
        with tf.GradientTape() as tape:
            tape.watch(h0)
            loss = tf.reduce_sum(layer(_single(self.X[:, :1]), initial_state=h0)[1] * _single(self.dh))
        return np.asarray(tape.gradient(loss, h0))


class LastCase(BpttCase):
    """A loss on the last ŷ."""

    program = Program(FROM_LAST_LINES, film="dz")

    @cached_property
    def arrays(self) -> dict[str, np.ndarray]:
        return {"dYhat": self.dYhat, "h": self.H, **self.weights}

    @cached_property
    def dZ(self) -> np.ndarray:
        """GradientTape's gradient by the sum of every step, (N, T, M)."""
        import tensorflow as tf

        head = import_keras().layers.Dense(self.sizes.K)
        head.build((None, self.sizes.M))
        head.set_weights([self.weights["Wo"], self.weights["bo"]])
        return self.by_the_sums(lambda H: tf.reduce_sum(head(H[:, -1]) * _single(self.dYhat)))


class TruncatedCase(BpttCase):
    """A loss on every step, and chunks across whose borders nothing comes back."""

    program = Program(TRUNCATED_LINES, film="dz")

    @property
    def note(self) -> str:
        """What sets a case apart beside its sizes."""
        return f"size = {self.size}"

    @cached_property
    def dZ(self) -> np.ndarray:
        """GradientTape's gradient by the sum of every step, with the states handed on as constants, (N, T, M)."""
        import tensorflow as tf

        return self.by_the_sums(lambda H: tf.reduce_sum(H * _single(self.dH)), size=self.size)


@dataclass(frozen=True, eq=False)
class ClipCase:
    """Three gradients, and the most that their norm may be."""

    sizes: Sizes
    dWx: np.ndarray
    dWh: np.ndarray
    dbh: np.ndarray
    most: float

    @classmethod
    def make(cls, sizes: Sizes, *, seed: int | list[int]) -> Self:
        """Return a case whose norm is too large; for N = 1 it is small enough."""
        rng = np.random.default_rng([*np.atleast_1d(seed).tolist(), 9])
        dWx, dWh, dbh = (rng.standard_normal(sizes.shape(dims)) for dims in ("DM", "MM", "M"))
        norm = np.linalg.norm([np.linalg.norm(gradient) for gradient in (dWx, dWh, dbh)])
        return cls(sizes, dWx, dWh, dbh, round(float(norm * (1.6 if sizes.N == 1 else rng.uniform(0.3, 0.6))), 2))

    @property
    def gradients(self) -> list[np.ndarray]:
        return [self.dWx, self.dWh, self.dbh]

    @cached_property
    def four(self) -> dict[str, np.ndarray]:
        """What an optimizer of Keras with `global_clipnorm` takes away from weights of zeros."""
        keras = import_keras()
        weights = [keras.Variable(np.zeros(gradient.shape, "float32")) for gradient in self.gradients]
        step = keras.optimizers.SGD(1.0, global_clipnorm=self.most)
        step.apply([keras.ops.convert_to_tensor(_single(gradient)) for gradient in self.gradients], weights)
        return {name: -np.asarray(one) for name, one in zip(("dWx", "dWh", "dbh"), weights, strict=True)}

    @cached_property
    def parts(self) -> list[OnePart]:
        """The case once for each of the three gradients."""
        return [OnePart(self, name, dims) for name, dims in (("dWx", "DM"), ("dWh", "MM"), ("dbh", "M"))]

    @property
    def own(self) -> list[float]:
        """The norm of each gradient."""
        return [float(np.linalg.norm(gradient)) for gradient in self.gradients]

    @property
    def norm(self) -> float:
        """The norm of all."""
        return float(np.linalg.norm(self.own))

    @property
    def other_norms(self) -> list[float]:
        """What is taken for the norm of all: sums without roots, roots in another place, the largest number."""
        numbers = np.concatenate([gradient.ravel() for gradient in self.gradients])
        roots = [float(np.sqrt(sum(self.own))), float(np.sqrt((numbers**2).mean()))]
        return [float((numbers**2).sum()), sum(self.own), float(np.abs(numbers).sum()), max(self.own), *roots]


def windowed(case: TruncatedCase, steps: int) -> np.ndarray:
    """Return dz of every step, where each step's loss goes back through so many steps, (N, T, M)."""
    dZ, Wh = np.zeros(case.H.shape), case.weights["Wh"]
    for t in range(case.sizes.T):
        dh = case.dH[:, t]
        for before in range(t, max(-1, t - steps), -1):
            dz = dh * (1 - case.H[:, before] ** 2)
            dZ[:, before] += dz
            dh = dz @ Wh.T
    return dZ
