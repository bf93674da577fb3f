"""Cases for text: ids that meet a table, a text that is cut into rows, logits with their targets, a draw."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Self

import numpy as np

from rnnshapes.beliefs.in_parts import InSeveralParts
from rnnshapes.layers.cases import import_keras
from rnnshapes.layers.program import Program
from rnnshapes.layers.run import softmax
from rnnshapes.layers.tables import DRAWN_LINES, LOSSES_LINES, SHIFTED_LINES, TABLE_BOTH_WAYS_LINES
from rnnshapes.sizes import Sizes

LENGTH = 50  # characters of the notebook's text
NOTEBOOK = Sizes(N=6, T=9, D=5, M=8, K=41)  # N = the 49 inputs in rows of 9
CHECKS = (Sizes(N=4, T=7, D=3, M=11, K=23), Sizes(N=1, T=5, D=6, M=13, K=19))


def _vocabulary(sizes: Sizes) -> Sizes:
    """Return sizes with a K that is a vocabulary's: more than any other size of a hidden case is."""
    return sizes if sizes.K > 14 else replace(sizes, K=sizes.K + 14)


def _ids(rng: np.random.Generator, K: int, *shape: int) -> np.ndarray:
    """Return ids of which several are the same, 0 among them, and not all of K are there."""
    some = rng.permutation(np.arange(1, K))[: max(2, min(K // 3, int(np.prod(shape)) // 2))]
    ids = rng.choice(some, shape)
    ids.flat[[0, -1]] = some[0]  # at least this one stands twice, and not in one step or sample
    ids.flat[int(rng.integers(1, ids.size - 1))] = 0
    return ids


@dataclass(frozen=True, eq=False)  # cached by identity
class TableCase(InSeveralParts):
    """Ids, a table, and the gradient that comes back. Shapes: ids (N, T), E (K, D), dX (N, T, D)."""

    sizes: Sizes
    ids: np.ndarray
    E: np.ndarray
    dX: np.ndarray

    lines = TABLE_BOTH_WAYS_LINES
    dims_of = MappingProxyType({"X": "NTD", "dE": "KD"})

    @classmethod
    def make(cls, sizes: Sizes, *, seed: int | list[int]) -> Self:
        """Return a case in which an id stands twice, and some stand nowhere."""
        rng, sizes = np.random.default_rng(seed), _vocabulary(sizes)
        N, T, D, K = sizes.shape("NTDK")
        return cls(sizes, _ids(rng, K, N, T), rng.standard_normal((K, D)), rng.standard_normal((N, T, D)))

    @cached_property
    def four(self) -> dict[str, np.ndarray]:
        """What keras.layers.Embedding gives, and GradientTape's gradient by its table."""
        import tensorflow as tf

        layer = import_keras().layers.Embedding(*self.E.shape, mask_zero=True, embeddings_initializer="zeros")
        layer.build()
        layer.set_weights([self.E])
        with tf.GradientTape() as tape:
            X = layer(self.ids)
        rows = tape.gradient(X, layer.trainable_weights[0], output_gradients=self.dX.astype("float32"))
        return {"X": np.asarray(X), "dE": np.asarray(tf.convert_to_tensor(rows))}

    each = property(lambda self: np.eye(self.sizes.K)[self.ids])  # which id stands where: (N, T, K)


@dataclass(frozen=True, eq=False)
class ShiftedCase(InSeveralParts):
    """The ids of a text of L characters, to be cut into N rows of T. Shapes: ids (L,)."""

    sizes: Sizes
    ids: np.ndarray

    lines = SHIFTED_LINES
    dims_of = MappingProxyType({"inputs": "NT", "targets": "NT"})
    T = property(lambda self: self.sizes.T)
    note = property(lambda self: f"a text of {len(self.ids)} characters")
    more_sizes = property(lambda self: {"L": len(self.ids)})

    @classmethod
    def make(cls, sizes: Sizes, *, seed: int | list[int]) -> Self:
        """Return a case whose last row is full where N is 4 or 8, and has room left elsewhere."""
        rng, sizes = np.random.default_rng(seed), _vocabulary(sizes)
        N, T, K = sizes.shape("NTK")
        last = 4 if sizes == NOTEBOOK else T if N in (4, 8) else int(rng.integers(1, T))
        return cls(sizes, rng.integers(1, K, (N - 1) * T + last + 1))

    @cached_property
    def four(self) -> dict[str, np.ndarray]:
        """What keras.utils.pad_sequences makes of the pieces."""
        pad, starts = import_keras().utils.pad_sequences, range(0, len(self.ids) - 1, self.T)
        pieces = [self.ids[start : start + self.T + 1] for start in starts]
        cut = ([piece[:-1] for piece in pieces], [piece[1:] for piece in pieces])
        return {name: pad(own, self.T, padding="post") for name, own in zip(self.dims_of, cut, strict=True)}

    def cut(self, inputs: np.ndarray, targets: np.ndarray, fill: int = 0) -> dict[str, np.ndarray]:
        """Return two lines of ids, each in rows of T, the rest of the last row filled."""
        filled = [np.pad(line, (0, -len(line) % self.T), constant_values=fill) for line in (inputs, targets)]
        return {name: line.reshape(-1, self.T) for name, line in zip(self.dims_of, filled, strict=True)}


@dataclass(frozen=True, eq=False)
class LossCase:
    """Logits, and targets of which 0 is padding, at the end of rows. Shapes: logits (N, T, K), targets (N, T)."""

    sizes: Sizes
    logits: np.ndarray
    targets: np.ndarray

    program = Program(LOSSES_LINES, film="loss")
    arrays = property(lambda self: {"logits": self.logits, "targets": self.targets})

    @classmethod
    def make(cls, sizes: Sizes, *, seed: int | list[int]) -> Self:
        """Return a case in which every row begins with a character, and one at least ends with padding."""
        rng, sizes = np.random.default_rng(seed), _vocabulary(sizes)
        N, T, K = sizes.shape("NTK")
        real = rng.integers(1, T + 1, N)
        real[0], real[-1] = (T, T - 1) if N > 1 else (T - 1, T - 1)
        targets = rng.integers(1, K, (N, T))
        targets[-1, 0], targets[0, 0] = K - 1, 1  # the first and the last id are characters like the others
        targets *= np.arange(T) < real[:, None]
        return cls(sizes, 1.5 * rng.standard_normal((N, T, K)) + rng.uniform(-1, 1, (N, T, 1)), targets)

    def by_keras(self, reduction: str | None) -> np.ndarray:
        """Return what Keras' loss gives that leaves out class 0, in float64."""
        how = {"from_logits": True, "ignore_class": 0, "dtype": "float64"}
        loss = import_keras().losses.SparseCategoricalCrossentropy(reduction=reduction, **how)
        return np.asarray(loss(self.targets, self.logits))

    losses = cached_property(lambda self: self.by_keras(None))
    perplexity = cached_property(lambda self: np.exp(self.by_keras("sum_over_batch_size")))
    p = property(lambda self: softmax(self.logits))
    real = property(lambda self: self.targets != 0)
    bare = property(lambda self: -np.log(np.take_along_axis(self.p, self.targets[..., None], axis=-1)[..., 0]))


class SureCase(LossCase):
    """The same, with two characters that are told so surely that their loss is 0: the targets alone tell of padding."""

    @classmethod
    def make(cls, sizes: Sizes, *, seed: int | list[int]) -> Self:
        case = super().make(sizes, seed=seed)
        case.logits[0, [0, 1], case.targets[0, :2]] = 500
        return case


@dataclass(frozen=True, eq=False)
class DrawnCase(InSeveralParts):
    """Logits of N samples, a temperature, and a number between 0 and 1 for each. Shapes: logits (N, K), u (N,)."""

    sizes: Sizes
    logits: np.ndarray
    temperature: float
    u: np.ndarray

    lines = DRAWN_LINES
    dims_of = MappingProxyType({"p": "NK", "ids": "N"})
    more_sizes = property(lambda self: {"temperature": self.temperature})
    note = property(lambda self: f"temperature = {self.temperature}")

    @classmethod
    def make(cls, sizes: Sizes, *, seed: int | list[int]) -> Self:
        """Return a case in which no u is near the border of two characters, or falls to the likeliest one."""
        rng, sizes = np.random.default_rng(seed), _vocabulary(sizes)
        N, K = sizes.shape("NK")
        logits = 1.5 * rng.standard_normal((N, K))
        temperature = float(rng.choice([0.5, 0.7, 1.3, 1.6]))
        p = softmax(logits / temperature)
        fits = (p > 1e-3) & (p < p.max(axis=1, keepdims=True))
        fits[:, [0, -1]] = False
        drawn = [int(rng.choice(np.flatnonzero(own))) for own in fits]
        u = (np.cumsum(p, axis=1) - rng.uniform(0.2, 0.8, (N, 1)) * p)[np.arange(N), drawn]
        return cls(sizes, logits, temperature, u)

    @cached_property
    def four(self) -> dict[str, np.ndarray]:
        """Keras' softmax, and the ids that NumPy's `choice` picks where its generator gives u."""
        p = np.asarray(import_keras().ops.softmax(self.logits / self.temperature))
        return {"p": p, "ids": stretch(p, self.u)}

    p = property(lambda self: softmax(self.logits / self.temperature))


def stretch(p: np.ndarray, u: np.ndarray) -> np.ndarray:
    """Return in whose stretch each u lies, of probabilities (N, K) that lie behind one another: (N,)."""
    return np.minimum((np.cumsum(p, axis=1) <= u[:, None]).sum(axis=1), p.shape[1] - 1)
