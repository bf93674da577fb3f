"""Stacks that nobody has seen, drawn from a seed: architectures, sizes, weights, data with padding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from rnnshapes.layers.cases import away_from_zero
from rnnshapes.layers.ledger import ACTIVATIONS, KINDS, Layer, recurrent, weight_shapes
from rnnshapes.layers.stacks import Stack
from rnnshapes.sizes import Sizes

Plan = tuple[str, list[str], str, str]
"""What a stack is about; its recurrent layers, "2" for those that read both ways; its front; its head's activation."""


class Bundle:
    """Five stacks of the same N and T: each kind of layer is in one of them, whatever the seed."""

    def __init__(self, sizes: Sizes, *, seed: int | list[int]) -> None:
        self.sizes = replace(sizes, T=4 if sizes.N == 5 else 5) if sizes.T > 5 else sizes  # deep stacks take their time
        self.rng = np.random.default_rng([*np.atleast_1d(seed).tolist(), 13])
        self.stacks = [self._stack(plan) for plan in self.deal()]

    def deal(self) -> Iterator[Plan]:
        rng = self.rng
        heads = rng.permutation(ACTIVATIONS).tolist()
        gates, two = rng.permutation(KINDS[1:]).tolist(), rng.permutation(KINDS).tolist()
        both_ways = [f"2{two[0]}", f"2{two[1]}"] if rng.random() < 0.5 else [two[2], f"2{two[0]}"]
        behind = [
            ["LSTM", rng.choice(["SimpleRNN", "2GRU", "2LSTM"])],
            [two[3], rng.choice(["2SimpleRNN", "2GRU", "2LSTM"])],
        ]
        yield "simple", ["SimpleRNN"] * int(rng.integers(1, 3)), "", heads[0]
        yield "gates", gates, "Embedding", heads[1]
        yield "both_ways", both_ways, "", heads[2]
        yield "masks", rng.permutation(behind[0]).tolist(), "Masking", heads[3]
        yield "masks", behind[1], "Embedding, mask_zero", heads[4]

    def _sizes(self, many: int) -> list[int]:
        """Return sizes that are pairwise distinct, also from N, T and each other's doubles."""
        taken = self.sizes.shape("NT")
        pool = [size for size in range(3, 14) if size not in taken]
        while True:
            found = self.rng.choice(pool, many, replace=False).tolist()
            if not {2 * size for size in found} & {*found, *taken}:
                return found

    def _stack(self, plan: Plan) -> Stack:
        part, kinds, front, head = plan
        rng, (N, T) = self.rng, self.sizes.shape("NT")
        D, K, V, *units = self._sizes(3 + len(kinds))
        padding = float(-(N % 2)) + 0.0 if front == "Masking" else 0
        layers: list[Layer] = [{"kind": "Masking", "mask_value": padding}] if front == "Masking" else []
        if front.startswith("Embedding"):
            layers = [{"kind": "Embedding", "input_dim": V, "output_dim": D, "mask_zero": "mask_zero" in front}]
        films = rng.random() < 0.5 or (part == "masks" and kinds[-1][0] == "2")  # masked rows of both halves come out
        ends = [True] * (len(kinds) - 1) + [bool(films)]
        layers += [recurrent(kind, M, return_sequences=end) for kind, M, end in zip(kinds, units, ends, strict=True)]
        layers += [{"kind": "Dense", "units": K, "activation": head}] if head else []
        X = rng.integers(0, V, (N, T)) if front.startswith("Embedding") else rng.standard_normal((N, T, D))
        if front == "Masking" or "mask_zero" in front:
            pad(X, padding, rng)
        weights, width = [], D
        for layer in layers:
            weights.append(draw_weights(layer, width, rng))
            width = layer.get("layer", layer).get("units", width) * (2 if "layer" in layer else 1)
        return Stack(replace(self.sizes, D=D, M=units[0], K=K), layers, weights, X, part)


def draw_weights(layer: Layer, D: int, rng: np.random.Generator) -> list[np.ndarray]:
    """Return random weights for a layer. No bias is near zero, and no recurrent matrix lets a state run away."""
    found = []
    for place, shape in enumerate(weight_shapes(layer, D)):
        is_bias = layer["kind"] != "Embedding" and (len(shape) == 1 or shape[0] == 2 and place % 3 == 2)
        weight = away_from_zero(rng, *shape) if is_bias else rng.standard_normal(shape) / np.sqrt(shape[0])
        if not is_bias and len(shape) == 2 and shape[0] == shape[1] and place % 3 == 1:
            weight *= 0.9 / np.abs(np.linalg.eigvals(weight)).max()
        found.append((weight * (shape[0] ** 0.5 if layer["kind"] == "Embedding" else 1)).astype("float32"))
    return found


def pad(X: np.ndarray, value: float, rng: np.random.Generator) -> None:
    """Write padding into data or ids: in front, inside, at the end; and real steps that are taken for it."""
    N, T = X.shape[:2]
    real = rng.random((N, T)) < 0.6
    if N % 2 and N > 1 and T > 2:
        real[:, T // 2] = False  # a step at which every sample waits
    real[np.arange(N), rng.choice([0, T - 1], N)] = True  # each sample has a real step
    real[0, rng.integers(0, T)] = False
    if real[0].all() or not real[0].any():
        real[0] = np.arange(T) % 2 == 1
    if X.ndim == 2:
        X[X == 0] = 1
    else:
        X[..., 0] = np.where(rng.random((N, T)) < 0.3, value, X[..., 0])  # one feature that looks like padding
        if value:
            X[1:, -1] = np.where(rng.random((N - 1, 1)) < 0.5, 0.0, X[1:, -1])  # zeros are real there
    X[~real] = value
