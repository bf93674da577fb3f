"""Cases for text: ids that meet a table, a text that is cut into rows, logits with their targets, a draw."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any, Self

import numpy as np

from rnnshapes.beliefs.in_parts import InSeveralParts
from rnnshapes.layers.cases import import_keras
from rnnshapes.layers.program import Program
from rnnshapes.layers.tables import DRAWN_LINES, LOSSES_LINES, SHIFTED_LINES, TABLE_BOTH_WAYS_LINES
from rnnshapes.sizes import Sizes

LENGTH = 50  # characters of the notebook's text
NOTEBOOK = Sizes(N=6, T=9, D=5, M=8, K=41)  # N = the 49 inputs in rows of 9
CHECKS = (Sizes(N=4, T=7, D=3, M=11, K=23), Sizes(N=1, T=5, D=6, M=13, K=19))
FEWEST = 14  # more than any other size of a hidden case has


def _vocabulary(sizes: Sizes) -> Sizes:
    """Return sizes with a K that is a vocabulary's: padding, and at least as many characters as rows are picked."""
    return sizes if sizes.K > FEWEST else replace(sizes, K=sizes.K + FEWEST)


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
    arrays = property(lambda self: {"ids": self.ids, "E": self.E, "dX": self.dX})

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
            loss = tf.reduce_sum(X * self.dX.astype("float32"))
        gradient = tf.convert_to_tensor(tape.gradient(loss, layer.trainable_weights[0]))
        return {"X": np.asarray(X), "dE": np.asarray(gradient)}

    each = property(lambda self: np.eye(self.sizes.K)[self.ids])  # which id stands where: (N, T, K)

    def one_pick(self, order: int = 1) -> np.ndarray:
        """Return dE where of all picks of a row the last one counts, or with order=-1 the first."""
        dE = np.zeros_like(self.E)
        dE[self.ids.ravel()[::order]] = self.dX.reshape(-1, self.sizes.D)[::order]
        return dE


@dataclass(frozen=True, eq=False)
class ShiftedCase(InSeveralParts):
    """The ids of a text of L characters, to be cut into N rows of T. Shapes: ids (L,)."""

    sizes: Sizes
    ids: np.ndarray

    lines = SHIFTED_LINES
    dims_of = MappingProxyType({"inputs": "NT", "targets": "NT"})
    T = property(lambda self: self.sizes.T)
    note = property(lambda self: f"a text of {len(self.ids)} characters")
    arrays = property(lambda self: {"ids": self.ids, "before": self.ids[:-1]})

    @classmethod
    def make(cls, sizes: Sizes, *, seed: int | list[int]) -> Self:
        """Return a case whose last row is full where N is 4 or even more than 6, and has room left elsewhere."""
        rng, sizes = np.random.default_rng(seed), _vocabulary(sizes)
        N, T, K = sizes.shape("NTK")
        full = N == 4 or (N > 6 and N % 2 == 0)
        last = 4 if sizes == NOTEBOOK else T if full else int(rng.integers(1, T))
        ids = rng.integers(1, K, (N - 1) * T + last + 1)
        same = np.flatnonzero(ids[1:] == ids[:-1]) + 1
        ids[same] = ids[same] % (K - 1) + 1  # neighbours differ: a shift shows
        return cls(sizes, ids)

    @property
    def within_rows(self) -> list[dict[str, np.ndarray]]:
        """Rows whose targets come from the row itself: its beginning or a zero at the end, or a step less."""
        found = []
        for line in (self.ids[:-1], self.ids, self.ids[: len(self.ids) // self.T * self.T]):
            rows = self.cut(line, line)["inputs"]
            turned = np.roll(rows, -1, axis=1)
            found += [(rows, turned), (rows, turned * (np.arange(self.T) < self.T - 1)), (rows[:, :-1], rows[:, 1:])]
        return [dict(zip(self.dims_of, pair, strict=True)) for pair in found]

    @cached_property
    def four(self) -> dict[str, np.ndarray]:
        """What keras.utils.pad_sequences makes of the pieces."""
        pad, starts = import_keras().utils.pad_sequences, range(0, len(self.ids) - 1, self.T)
        pieces = [self.ids[start : start + self.T + 1] for start in starts]
        cut = ([piece[:-1] for piece in pieces], [piece[1:] for piece in pieces])
        return {name: pad(own, self.T, padding="post") for name, own in zip(self.dims_of, cut, strict=True)}

    def cut(self, inputs: np.ndarray, targets: np.ndarray, fill: int = 0) -> dict[str, np.ndarray]:
        """Return two lines of ids, each in rows of T, the rest of the last row filled."""
        both = {}
        for name, line in zip(self.dims_of, (inputs, targets), strict=True):
            rows = np.full((-(-len(line) // self.T), self.T), fill)
            rows.flat[: len(line)] = line
            both[name] = rows
        return both


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
        targets = rng.integers(1, K, (N, T)) * (np.arange(T) < real[:, None])
        return cls(sizes, 1.5 * rng.standard_normal((N, T, K)) + rng.uniform(-1, 1, (N, T, 1)), targets)

    def by_keras(self, reduction: str | None) -> np.ndarray:
        """Return what Keras' loss gives that leaves out class 0, in float64."""
        loss = import_keras().losses.SparseCategoricalCrossentropy(
            from_logits=True, ignore_class=0, reduction=reduction, dtype="float64"
        )
        return np.asarray(loss(self.targets, self.logits))

    losses = cached_property(lambda self: self.by_keras(None))
    perplexity = cached_property(lambda self: np.exp(self.by_keras("sum_over_batch_size")))
    p = property(lambda self: softmax(self.logits))
    real = property(lambda self: self.targets != 0)

    def of(self, p: np.ndarray) -> np.ndarray:
        """Return the losses that other probabilities give."""
        return self.real * -np.log(np.take_along_axis(p, self.targets[..., None], axis=-1)[..., 0])

    @property
    def over_all(self) -> list[np.ndarray]:
        """What comes out if all characters have a part in a loss, with the padding and without."""
        logs = -np.log(self.p)
        made = [logs.sum(axis=-1), logs.mean(axis=-1), (self.p * logs).sum(axis=-1)]
        return [one * kept for one in made for kept in (self.real, 1)]


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
    arrays = property(lambda self: {"logits": self.logits, "u": self.u})
    note = property(lambda self: f"temperature = {self.temperature}")

    @classmethod
    def make(cls, sizes: Sizes, *, seed: int | list[int]) -> Self:
        """Return a case in which no u is near the border of two characters, or falls to the likeliest one."""
        rng, sizes = np.random.default_rng(seed), _vocabulary(sizes)
        N, K = sizes.shape("NK")
        logits = 1.5 * rng.standard_normal((N, K))
        temperature = float(rng.choice([0.5, 0.7, 1.3, 1.6]))
        p = softmax(logits / temperature)
        sums = np.cumsum(p, axis=1)
        fits = (p > 1e-3) & (p < p.max(axis=1, keepdims=True))
        fits[:, [0, -1]] = False
        drawn = [int(rng.choice(np.flatnonzero(own))) for own in fits]
        inside = rng.uniform(0.2, 0.8, N)
        return cls(sizes, logits, temperature, sums[np.arange(N), drawn] - inside * p[np.arange(N), drawn])

    @cached_property
    def four(self) -> dict[str, np.ndarray]:
        """Keras' softmax, and the ids that NumPy's `choice` picks where its generator gives u."""
        p = np.asarray(import_keras().ops.softmax(self.logits / self.temperature))
        ids = [np.searchsorted(np.cumsum(own), u, side="right") for own, u in zip(p, self.u, strict=True)]
        return {"p": p, "ids": np.array(ids)}

    p = property(lambda self: softmax(self.logits / self.temperature))

    def in_stretch(self, p: np.ndarray, u: np.ndarray) -> np.ndarray:
        """Return in whose stretch each u lies."""
        return (np.cumsum(p, axis=1) <= u[:, None]).sum(axis=1)

    def with_p(self, p: np.ndarray) -> dict[str, np.ndarray]:
        return {"p": p, "ids": self.in_stretch(p, self.u)}

    @property
    def without_sums(self) -> list[np.ndarray]:
        """The ids that u picks if it meets the probabilities, equal stretches, or the nearest sum."""
        p, u = self.p, self.u[:, None]
        nearest = [np.abs(one - u).argmin(axis=1) for one in (p, np.cumsum(p, axis=1))]
        return [(p > u).argmax(axis=1), (p < u).sum(axis=1), (u[:, 0] * p.shape[1]).astype(int), *nearest]

    @property
    def in_other_orders(self) -> list[np.ndarray]:
        """The ids that come of sums over sorted probabilities, over the samples, or from one sample into the next."""
        found = [(np.cumsum(self.p, **how).reshape(self.p.shape) <= self.u[:, None]).sum(axis=1) for how in ({"axis": 0}, {})]
        for order in (np.argsort(self.p, axis=1), np.argsort(-self.p, axis=1)):
            place = self.in_stretch(np.take_along_axis(self.p, order, axis=1), self.u)
            found += [place, np.take_along_axis(order, np.minimum(place, order.shape[1] - 1)[:, None], axis=1)[:, 0]]
        return found


def softmax(z: np.ndarray, axis: Any = -1) -> np.ndarray:
    powers = np.exp(z - z.max(axis=axis, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)
