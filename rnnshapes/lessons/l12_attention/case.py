"""Cases for attention: queries that look at keys, a mask, heads, and two sequences of different lengths."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self

import numpy as np

from rnnshapes.layers.cases import away_from_zero, import_keras
from rnnshapes.layers.program import Program
from rnnshapes.layers.run import softmax
from rnnshapes.layers.tables import ATTENTION_LINES, HEADS_LINES, MASKED_WEIGHTS_LINES, WEIGHTS_LINES
from rnnshapes.sizes import Sizes

WEIGHTS = ("Wq", "bq", "Wk", "bk", "Wv", "bv", "Wo", "bo")
"""MultiHeadAttention's arrays in the order of `get_weights()`."""


def with_heads(sizes: Sizes, rng: np.random.Generator) -> Sizes:
    """Return sizes that have heads and keys: drawn, where they have none. No two letters in use have one size.

    >>> with_heads(Sizes(N=1, T=9, D=5, M=3, K=1), np.random.default_rng(0)).H
    1
    """
    sizes = replace(sizes, unread=("K",))
    if sizes.H is not None:
        return sizes
    taken = {sizes.N, sizes.T, sizes.D, *(times * sizes.M for times in (1, 2, 3, 4))}
    H = 1 if sizes.N == 1 else next(size for size in rng.permutation(range(2, 8)).tolist() if size not in taken)
    S = next(size for size in rng.permutation(range(2, 17)).tolist() if size not in {H, H * sizes.M, *taken})
    return replace(sizes, H=H, S=S)


@dataclass(frozen=True, eq=False)
class AttentionCase:
    """Queries come from X, keys and values from C, which is longer or shorter; MultiHeadAttention's eight arrays.

    Shapes: X (N, T, D), C (N, S, D); Wq, Wk, Wv (D, H, M); bq, bk, bv (H, M); Wo (H, M, D); bo (D,).
    """

    sizes: Sizes
    X: np.ndarray
    C: np.ndarray
    weights: dict[str, np.ndarray]

    program = Program(ATTENTION_LINES, film="Y")
    arrays = property(lambda self: {"X": self.X, "C": self.C, **self.weights})

    @classmethod
    def make(cls, sizes: Sizes, *, seed: int | list[int]) -> Self:
        """Return a case with random data and weights, no bias near zero, and scores that are neither flat nor steep."""
        rng = np.random.default_rng([*np.atleast_1d(seed).tolist(), 12])
        sizes = with_heads(sizes, rng)
        N, T, S, D, H, M = sizes.shape("NTSDHM")
        weights = {}
        for name in "qkv":
            weights[f"W{name}"] = 1.3 * rng.standard_normal((D, H, M)) / np.sqrt(D)
            weights[f"b{name}"] = away_from_zero(rng, H, M)
        weights |= {"Wo": rng.standard_normal((H, M, D)) / np.sqrt(H * M), "bo": away_from_zero(rng, D)}
        weights = {name: weights[name].astype("float32") for name in WEIGHTS}
        return cls(sizes, rng.standard_normal((N, T, D)), rng.standard_normal((N, S, D)), weights)

    def layer(self) -> Any:
        """Return a Keras MultiHeadAttention with these weights."""
        layer = import_keras().layers.MultiHeadAttention(num_heads=self.sizes.H, key_dim=self.sizes.M)
        layer.build(self.X.shape, self.C.shape)
        layer.set_weights([*self.weights.values()])
        return layer

    @cached_property
    def Y(self) -> np.ndarray:
        """What Keras gives for queries from X, keys and values from C: (N, T, D)."""
        return np.asarray(self.layer()(self.X.astype("float32"), self.C.astype("float32")))


class HeadsCase(AttentionCase):
    """One projection into heads: the queries. Shapes: W (D, H, M), b (H, M)."""

    program = Program(HEADS_LINES, film="q")
    W = property(lambda self: self.weights["Wq"])
    b = property(lambda self: self.weights["bq"])
    arrays = property(lambda self: {"X": self.X, "W": self.W, "b": self.b})

    @cached_property
    def q(self) -> np.ndarray:
        """What Keras' EinsumDense gives with these weights: (N, H, T, M)."""
        layer = import_keras().layers.EinsumDense("ntd,dhm->nthm", (None, *self.W.shape[1:]), bias_axes="hm")
        layer.build(self.X.shape)
        layer.set_weights([self.W, self.b])
        return np.asarray(layer(self.X.astype("float32"))).transpose(0, 2, 1, 3)


@dataclass(frozen=True, eq=False)
class WeightsCase:
    """Queries and keys of one head. Shapes: q (N, T, M), k (N, S, M)."""

    sizes: Sizes
    q: np.ndarray
    k: np.ndarray

    program = Program(WEIGHTS_LINES, film="w")
    arrays = property(lambda self: {"q": self.q, "k": self.k})

    @classmethod
    def make(cls, sizes: Sizes, *, seed: int | list[int]) -> Self:
        """Return a case with random queries and keys."""
        rng = np.random.default_rng([*np.atleast_1d(seed).tolist(), 12])
        sizes = with_heads(sizes, rng)
        N, T, S, M = sizes.shape("NTSM")
        return cls(sizes, 1.3 * rng.standard_normal((N, T, M)), 1.3 * rng.standard_normal((N, S, M)))

    @cached_property
    def w(self) -> np.ndarray:
        """The weights of a MultiHeadAttention whose one head takes queries and keys as they come: (N, T, S)."""
        layer = import_keras().layers.MultiHeadAttention(num_heads=1, key_dim=self.sizes.M, use_bias=False)
        layer.build(self.q.shape, self.k.shape)
        same = np.eye(self.sizes.M, dtype="float32")
        layer.set_weights([same[:, None], same[:, None], same[:, None], same[None]])
        _, scores = layer(self.q.astype("float32"), self.k.astype("float32"), return_attention_scores=True)
        return np.asarray(scores)[:, 0]


@dataclass(frozen=True, eq=False)
class MaskedCase:
    """Scores of each step with each, and which steps are real; the first always is. Shapes: scores (N, T, T), real (N, T)."""

    sizes: Sizes
    scores: np.ndarray
    real: np.ndarray

    program = Program(MASKED_WEIGHTS_LINES, film="w")
    arrays = property(lambda self: {"scores": self.scores, "real": self.real.astype(float)})

    @classmethod
    def make(cls, sizes: Sizes, *, seed: int | list[int]) -> Self:
        """Return a case in which some steps are no real ones, in the middle too: padding, or a day without notes."""
        rng = np.random.default_rng([*np.atleast_1d(seed).tolist(), 12])
        sizes = with_heads(sizes, rng)
        N, T = sizes.shape("NT")
        real = rng.random((N, T)) < 0.6
        real[np.arange(N), rng.integers(1, T, N)] = False
        real[:, 0] = True
        return cls(replace(sizes, S=None, H=None), 1.3 * rng.standard_normal((N, T, T)), real)

    @property
    def allowed(self) -> np.ndarray:
        """Which step may look at which: a real one that is not later. (N, T, T)."""
        return self.real[:, None, :] & np.tri(self.sizes.T, dtype=bool)

    @cached_property
    def w(self) -> np.ndarray:
        """What Keras' Softmax gives, the layer inside MultiHeadAttention, with a mask that is causal too: (N, T, T)."""
        return np.asarray(import_keras().layers.Softmax()(self.scores.astype("float32"), mask=self.allowed))


def attended(case: AttentionCase, X: np.ndarray, C: np.ndarray, way: str = "") -> np.ndarray:
    """Return Y for queries from X, keys and values from C: (N, T, D).

    Ways of mistakes: "cut" into heads, or "glued" into one row, by a reshape alone; taken apart as M times H, "mixed".
    """
    W, H, M = case.weights, case.sizes.H, case.sizes.M
    q, k, v = (np.tensordot(Z, W[f"W{name}"], 1) + W[f"b{name}"] for name, Z in (("q", X), ("k", C), ("v", C)))
    q, k, v = (z.reshape(*z.shape[:2], M, H).swapaxes(2, 3) if "mixed" in way else z for z in (q, k, v))
    q, k, v = (z.reshape(len(z), H, -1, M) if "cut" in way else z.swapaxes(1, 2) for z in (q, k, v))
    head = softmax(q @ k.swapaxes(2, 3) / np.sqrt(M)) @ v
    joined = head.reshape(len(X), -1, H * M) if "glued" in way else head.swapaxes(1, 2).reshape(len(X), -1, H * M)
    return joined @ W["Wo"].reshape(H * M, -1) + W["bo"]
