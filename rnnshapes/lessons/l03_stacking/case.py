"""Cases with two recurrent layers: Input → SimpleRNN(M1) → SimpleRNN(M2) → Dense(K)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from rnnshapes.layers.cases import ZEROS, Case, import_keras, make_case, stacked_weights
from rnnshapes.layers.program import PARTS, Program
from rnnshapes.layers.run import run
from rnnshapes.layers.tables import STACK_LINES
from rnnshapes.sizes import Sizes

STACK_DIMS = {
    "Wx1": "DM1",
    "Wh1": "M1M1",
    "bh1": "M1",
    "Wx2": "M1M2",
    "Wh2": "M2M2",
    "bh2": "M2",
    "Wo": "M2K",
    "bo": "K",
}
"""The eight weights in the order of `model.get_weights()`, with their axes."""


@dataclass(frozen=True, eq=False)  # compared and cached by identity
class StackedCase(Case):
    """Data, weights and a Keras model with two recurrent layers.

    Shapes: X is (N, T, D); weights are as in STACK_DIMS.
    """

    program = Program(STACK_LINES, film="y", parts=PARTS["STACK_LINES"])

    @cached_property
    def arrays(self) -> dict[str, np.ndarray]:
        """What the lines of `program` read, and Wx and Wh of each layer stacked in both orders."""
        both = [stacked_weights(self.weights[f"Wx{number}"], self.weights[f"Wh{number}"], of=number) for number in "12"]
        return {"X": self.X, **self.weights} | both[0] | both[1]

    @cached_property
    def model(self) -> Any:
        """The stack; `predict` gives (N, K)."""
        return build_stack(self.sizes, self.weights)

    @cached_property
    def Yhat(self) -> np.ndarray:
        """What the model's layers give one after the other, (N, K): without the graph that a model is traced into."""
        weights, value = [self.weights[name] for name in STACK_DIMS], self.X.astype("float32")
        for layer in stack_layers(self.sizes, unroll=True):
            layer.build(value.shape)
            layer.set_weights([weights.pop(0) for _ in layer.weights])
            value = layer(value)
        return np.asarray(value)

    @cached_property
    def twin(self) -> Any:
        """The same layers and weights, every step kept on top too; `predict` gives (N, T, K)."""
        return build_stack(self.sizes, self.weights, return_sequences=True)


def stack_layers(sizes: Sizes, *, return_sequences: bool = False, **how: Any) -> list[Any]:
    """Return Keras' SimpleRNN(M1), every step, SimpleRNN(M2) and Dense(K). `how` is more that a SimpleRNN may be told.

    Their weights are zeros until they are set: random ones take longer to make.
    """
    layers = import_keras().layers
    return [
        layers.SimpleRNN(sizes.of("M1"), return_sequences=True, **ZEROS, **how),
        layers.SimpleRNN(sizes.of("M2"), return_sequences=return_sequences, **ZEROS, **how),
        layers.Dense(sizes.K, kernel_initializer="zeros"),
    ]


def build_stack(sizes: Sizes, weights: dict[str, np.ndarray] | None = None, *, return_sequences: bool = False) -> Any:
    """Return the lecture's Keras model: Input (T, D) → SimpleRNN(M1), every step → SimpleRNN(M2) → Dense(K).

    Shapes: takes (N, T, D), gives (N, K), or (N, T, K) with return_sequences on top.

    >>> build_stack(Sizes(N=4, T=6, D=3, M=8, K=2, M2=5)).count_params()
    178

    Source: Keras API reference, SimpleRNN, "return_sequences".
    """
    keras = import_keras()
    layers = stack_layers(sizes, return_sequences=return_sequences)
    model = keras.Sequential([keras.Input((sizes.T, sizes.D)), *layers])
    if weights is not None:
        model.set_weights([weights[name] for name in STACK_DIMS])
    model.compile(run_eagerly=True)
    return model


def make_stacked_case(sizes: Sizes, *, seed: int | list[int]) -> StackedCase:
    """Return a case with random data, weights and non-zero biases in both layers.

    >>> case = make_stacked_case(Sizes(N=4, T=6, D=3, M=8, K=2, M2=5), seed=1)
    >>> case.weights["Wx2"].shape, case.Yhat.shape
    ((8, 5), (4, 2))
    """
    N, T, D, M1, M2, K = sizes.shape("NTDM1M2K")
    below = make_case(Sizes(N=N, T=T, D=D, M=M1, K=K), seed=seed)
    above = make_case(Sizes(N=N, T=T, D=M1, M=M2, K=K), seed=[*np.atleast_1d(seed).tolist(), 2])
    first = {f"{name}1": below.weights[name] for name in ("Wx", "Wh", "bh")}
    second = {f"{name}2": above.weights[name] for name in ("Wx", "Wh", "bh")}
    return StackedCase(sizes, below.X, first | second | {name: above.weights[name] for name in ("Wo", "bo")})


def first(case: StackedCase, X: np.ndarray) -> np.ndarray:
    """Return what layer 1 makes of other data: (N', T', D) gives (N', T', M1)."""
    return run(STACK_LINES[:2], {**case.arrays, "X": X}, _sizes(case, X))["h1"]


def top(case: StackedCase, h1: np.ndarray) -> np.ndarray:
    """Return what layer 2 and the head make of another film: (N', T', M1) gives (N', T', K)."""
    return run(STACK_LINES[2:], {**case.arrays, "h1": h1}, _sizes(case, h1))["y"]


def _sizes(case: StackedCase, film: np.ndarray) -> dict[str, int]:
    return case.sizes.known | dict(zip("NT", film.shape[:2], strict=True))
