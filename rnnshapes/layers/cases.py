"""Cases: dummy data X of (N, T, D) and a real Keras model at given sizes, with weights that hide nothing.

Keras is imported inside the functions: a student who only draws a box should not wait for TensorFlow.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import ModuleType
from typing import Any

import numpy as np

from rnnshapes.layers.program import Program
from rnnshapes.layers.tables import SIMPLE_RNN_LINES
from rnnshapes.sizes import Sizes

TOLERANCE = 1e-5
"""The largest absolute difference from `model.predict()` that counts as agreement, in every lesson.

Over random cases, correct answers lie well below it and nearly all wrong ones far above. A wrong start can fade
below it by the last of many steps, so every hidden test has a short case. `make bench` prints both distributions.
"""

WEIGHT_DIMS = {"Wx": "DM", "Wh": "MM", "bh": "M", "Wo": "MK", "bo": "K"}
"""The five weights of Input → SimpleRNN → Dense in the order of `model.get_weights()`, with their axes."""

SEED_VARIABLE = "RNNSHAPES_SEED"
SUBMISSION_VARIABLE = "RNNSHAPES_SUBMISSION"
"""Set by the grader: a digest of the work that is graded. One hidden case of each exercise is drawn from it."""


@contextmanager
def _silent_stderr() -> Iterator[None]:
    """Hide what C++ code writes to the standard error stream, which Python's redirection cannot."""
    try:
        kept = os.dup(2)
    except OSError:  # no standard error at all
        yield
        return
    try:
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


@contextmanager
def quick_to_import() -> Iterator[None]:
    """Hide pandas, scikit-learn and Matplotlib from Keras, which looks for them: they take 40% of its import's time.

    Nothing is lost but `keras.wrappers`, which are scikit-learn's, and `keras.visualization`'s galleries: a DataFrame
    goes into a model as an array. What a notebook has imported already, or imports later, is not touched.
    """
    hidden = [name for name in ("pandas", "sklearn", "matplotlib") if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))
    try:
        yield
    finally:
        for name in hidden:
            sys.modules.pop(name, None)


def import_keras() -> ModuleType:
    """Return `tensorflow.keras`, imported quickly, without start-up messages and with TF32 off.

    TF32 rounds matrix products to 10 bits on recent GPUs: correct answers would miss the tolerance.

    >>> import_keras().layers.SimpleRNN(5).units
    5

    Source: TensorFlow API reference, `tf.config.experimental.enable_tensor_float_32_execution`.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    with _silent_stderr(), quick_to_import():
        import tensorflow as tf

        keras = tf.keras
        keras.layers  # noqa: B018  (tensorflow.keras loads itself on first use)
        tf.zeros(())  # the first operation looks for a GPU and says so
        tf.transpose([[True]])  # and oneDNN says once that it has no kernels for masks
    tf.config.experimental.enable_tensor_float_32_execution(False)
    return keras


@dataclass(frozen=True, eq=False)  # compared and cached by identity: arrays have no hash
class Case:
    """Data, weights and a Keras model at the same sizes.

    Shapes: X is (N, T, D); weights are Wx (D, M), Wh (M, M), bh (M,), Wo (M, K), bo (K,).
    """

    sizes: Sizes
    X: np.ndarray
    weights: dict[str, np.ndarray]

    @cached_property
    def model(self) -> Any:
        """Input → SimpleRNN(M) → Dense(K) holding these weights; `predict` gives (N, K)."""
        return build_model(self.sizes, self.weights)

    @cached_property
    def twin(self) -> Any:
        """The same layers and weights with return_sequences=True; `predict` gives (N, T, K)."""
        return build_model(self.sizes, self.weights, return_sequences=True)

    program = Program(SIMPLE_RNN_LINES, film="y")

    @cached_property
    def arrays(self) -> dict[str, np.ndarray]:
        """What the lines of `program` read: data, weights, and Wx and Wh stacked in both orders."""
        return {"X": self.X, **self.weights} | stacked_weights(self.weights["Wx"], self.weights["Wh"])

    @cached_property
    def Yhat(self) -> np.ndarray:
        """What `model.predict(X)` gives, (N, K)."""
        return np.asarray(head_layer(self)(rnn_layer(self)(self.X.astype("float32"))))

    @cached_property
    def Yhats(self) -> np.ndarray:
        """What `twin.predict(X)` gives, (N, T, K)."""
        return np.asarray(head_layer(self)(rnn_layer(self, return_sequences=True)(self.X.astype("float32"))))


def sizes_on(case: Any) -> dict[str, int]:
    """Return what lines may read as sizes on a case: those of the axes; S and Z, which run over the time steps and the
    samples once more; and the case's own `more_sizes`."""
    sizes = case.sizes
    return {"S": sizes.T, "Z": sizes.N, **sizes.known, **getattr(case, "more_sizes", {})}


ZEROS = {"kernel_initializer": "zeros", "recurrent_initializer": "zeros"}
"""For layers whose weights are set anyway: random ones take longer to make."""


def rnn_layer(case: Any, **settings: bool) -> Any:
    """Return Keras' SimpleRNN(M) with a case's weights, to be called directly on X; `settings` go to the layer.

    predict() gives the same, and sets up more than a toy model's work. Unrolled, and without random first weights, the
    layer starts faster, and no number changes. Source: Keras API reference, SimpleRNN.

    >>> case = make_case(Sizes(N=2, T=4, D=3, M=5, K=1), seed=0)
    >>> rnn_layer(case, return_sequences=True)(case.X).shape
    TensorShape([2, 4, 5])
    """
    layer = import_keras().layers.SimpleRNN(case.sizes.M, unroll=True, **ZEROS, **settings)
    layer.build(case.X.shape)
    layer.set_weights([case.weights[name] for name in ("Wx", "Wh", "bh")])
    return layer


def head_layer(case: Any, **settings: str) -> Any:
    """Return Keras' Dense(K) with a case's weights, in the same way. Source: Keras API reference, Dense.

    >>> case = make_case(Sizes(N=2, T=4, D=3, M=5, K=1), seed=0)
    >>> head_layer(case)(rnn_layer(case)(case.X)).shape
    TensorShape([2, 1])
    """
    layer = import_keras().layers.Dense(case.sizes.K, kernel_initializer="zeros", **settings)
    layer.build((case.sizes.N, case.sizes.M))
    layer.set_weights([case.weights[name] for name in ("Wo", "bo")])
    return layer


def stacked_weights(Wx: np.ndarray, Wh: np.ndarray, *, of: str = "") -> dict[str, np.ndarray]:
    """Return Wx above Wh and Wh above Wx, for beliefs about the two in one product. `of` ends the names."""
    return {f"Wxh{of}": np.vstack([Wx, Wh]), f"Whx{of}": np.vstack([Wh, Wx])}


def away_from_zero(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Return random numbers of either sign, none of them near zero: a forgotten bias or state shows."""
    return rng.choice([-1, 1], shape) * rng.uniform(0.2, 0.6, shape)


def wide_weights(rng: np.random.Generator, sizes: Sizes, blocks: int) -> dict[str, np.ndarray]:
    """Return Wx and Wh of a layer with gates: several blocks of M columns, side by side.

    >>> [weight.shape for weight in wide_weights(np.random.default_rng(0), Sizes(4, 7, 3, 5, 2), 4).values()]
    [(3, 20), (5, 20)]
    """
    shapes = {"Wx": (sizes.D, blocks * sizes.M), "Wh": (sizes.M, blocks * sizes.M)}
    return {name: rng.standard_normal(shape) / np.sqrt(shape[0]) for name, shape in shapes.items()}


def build_model(sizes: Sizes, weights: dict[str, np.ndarray] | None = None, *, return_sequences: bool = False) -> Any:
    """Return the lecture's Keras model: Input (T, D) → SimpleRNN(M), tanh → Dense(K), no activation.

    Shapes: takes (N, T, D), gives (N, K), or (N, T, K) with return_sequences.

    >>> build_model(Sizes(N=1, T=10, D=3, M=5, K=2)).count_params()
    57

    Source: Keras API reference, SimpleRNN and Dense.
    """
    keras = import_keras()
    model = keras.Sequential(
        [
            keras.Input((sizes.T, sizes.D)),
            keras.layers.SimpleRNN(sizes.M, return_sequences=return_sequences),
            keras.layers.Dense(sizes.K),
        ]
    )
    if weights is not None:
        model.set_weights([weights[name] for name in WEIGHT_DIMS])
    model.compile(run_eagerly=True)  # no graph to trace: a toy model's first predict is three times as fast
    return model


def make_case(sizes: Sizes, *, seed: int | list[int]) -> Case:
    """Return a case with random data, weights and non-zero biases.

    The recurrent matrix has a spectral radius below 1, so that a correct answer in another precision stays
    close. No bias is near zero, since Keras' zeros would hide a forgotten one.

    >>> case = make_case(Sizes(N=4, T=7, D=3, M=5, K=2), seed=1)
    >>> case.X.shape, case.weights["Wh"].shape
    ((4, 7, 3), (5, 5))
    """
    rng = np.random.default_rng(seed)
    N, T, D, M, K = (getattr(sizes, letter) for letter in "NTDMK")

    def bias(size: int) -> np.ndarray:
        return rng.choice([-1, 1], size) * rng.uniform(0.2, 0.6, size)

    Wh = rng.standard_normal((M, M))
    Wh *= rng.uniform(0.7, 0.95) / np.abs(np.linalg.eigvals(Wh)).max()
    weights = {
        "Wx": rng.standard_normal((D, M)) / np.sqrt(D),
        "Wh": Wh,
        "bh": bias(M),
        "Wo": rng.standard_normal((M, K)) / np.sqrt(M),
        "bo": bias(K),
    }
    weights = {name: value.astype("float32") for name, value in weights.items()}
    return Case(sizes, rng.standard_normal((N, T, D)), weights)


def hidden_cases(
    exercise: str, *, seed: str | None = None, make: Callable[..., Any] = make_case, like: Sizes | None = None
) -> list[Any]:
    """Return the unseen cases of an exercise's hidden tests: three with distinct sizes, one with N = K = 1.

    T is short in one case (early steps show in the last ŷ), long in another. The sizes and the numbers come
    from `seed`, by default from the environment variable RNNSHAPES_SEED, which an instructor keeps private.
    `make(sizes, seed=…)` makes each case. Where `like` has an M2, so have the cases. While a submission is graded, the
    numbers of the first case are its own: what anyone has seen, or worked out beforehand, is no answer to it.

    >>> [case.sizes.T < 20 for case in hidden_cases("01/rnn_by_hand")]
    [True, True, True, True]
    """
    seed = os.environ.get(SEED_VARIABLE, "public") if seed is None else seed
    cases = _hidden_cases(exercise, seed, make, like is not None and like.M2 is not None)
    submission = os.environ.get(SUBMISSION_VARIABLE, "")
    if not submission:
        return cases
    return [_own_case(exercise, f"{seed}/{submission}", make, cases[0].sizes), *cases[1:]]


@lru_cache(maxsize=8)  # for every part of the test
def _own_case(exercise: str, seed: str, make: Callable[..., Any], sizes: Sizes) -> Any:
    return make(sizes, seed=list(hashlib.sha256(f"{seed}/{exercise}".encode()).digest()))


@lru_cache(maxsize=8)  # wrong answers are compared with many bent models of a case: keep them
def _hidden_cases(exercise: str, seed: str, make: Callable[..., Any], stacked: bool) -> list[Any]:
    digest = hashlib.sha256(f"{seed}/{exercise}".encode()).digest()
    rng = np.random.default_rng(list(digest))
    cases = []
    for low, high in ((2, 5), (6, 10), (11, 16)):
        T = int(rng.integers(low, high))
        M = int(rng.integers(3, 13))
        while M == T or 2 * M == T:
            M = int(rng.integers(3, 13))
        others = [size for size in range(2, 13) if size not in (T, M, 2 * M)]
        N, D, K, M2 = rng.choice(others, 4, replace=False).tolist()
        sizes = Sizes(N=N, T=T, D=D, M=M, K=K, M2=M2 if stacked else None)
        cases.append(make(sizes, seed=rng.integers(2**32, size=4).tolist()))
    D, M, M2 = rng.choice((3, 4, 5, 7, 8), 3, replace=False).tolist()
    sizes = Sizes(N=1, T=9, D=D, M=M, K=1, M2=M2 if stacked else None)
    cases.append(make(sizes, seed=rng.integers(2**32, size=4).tolist()))
    return cases
