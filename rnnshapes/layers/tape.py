"""GradientTape's gradients through Keras' SimpleRNN, for a case that has X, the weights and a state h0 to start from.

Keras works in float32 here, as it does for a student. Source: TensorFlow API reference, tf.GradientTape.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from rnnshapes.layers.cases import ZEROS, import_keras


def single(array: np.ndarray) -> np.ndarray:
    """Return an array in float32."""
    return np.asarray(array, "float32")


def times(gradient: np.ndarray) -> Callable[[Any], Any]:
    """Return a loss of the states of which this is the gradient."""
    import tensorflow as tf

    return lambda states: tf.reduce_sum(states * single(gradient))


def every_state(case: Any, extra: int = 0) -> Any:
    """Return the layer with a case's weights, to give every state and the last; or one that has so many features more,
    which go into the sum inside tanh as they are."""
    M = case.sizes.M
    layer = import_keras().layers.SimpleRNN(M, return_sequences=True, return_state=True, unroll=True, **ZEROS)
    layer.build((None, None, case.sizes.D + extra))
    Wx, Wh, bh = (case.weights[name] for name in ("Wx", "Wh", "bh"))
    layer.set_weights([np.concatenate([Wx, np.eye(extra, M)]), Wh, bh])
    return layer


def by_weights_and_start(case: Any, loss: Callable[[Any], Any], *, steps: int | None = None) -> dict[str, np.ndarray]:
    """Return dWx (D, M), dWh (M, M), dbh (M,) and dh0 (N, M) of a loss of the states, after so many steps."""
    import tensorflow as tf

    layer, h0 = every_state(case), tf.constant(single(case.h0))
    with tf.GradientTape() as tape:
        tape.watch(h0)
        value = loss(layer(single(case.X[:, :steps]), initial_state=h0)[0])
    found = tape.gradient(value, [*layer.trainable_weights, h0])
    return dict(zip(("dWx", "dWh", "dbh", "dh0"), map(np.asarray, found), strict=True))


def by_the_sums(case: Any, loss: Callable[[Any], Any], *, size: int | None = None) -> np.ndarray:
    """Return the gradient by the sum inside tanh at every step, (N, T, M), of a loss of the states.

    The sums are inside the layer. M features of zeros are added to them, and the gradient by these is theirs. With a
    `size`, the states are handed on from chunk to chunk, and no gradient is handed back.
    """
    import tensorflow as tf

    N, T, M = case.sizes.shape("NTM")
    layer, added, h, films = every_state(case, M), tf.zeros((N, T, M)), tf.constant(single(case.h0)), []
    with tf.GradientTape() as tape:
        tape.watch(added)
        X = tf.concat([single(case.X), added], axis=-1)
        for start in range(0, T, size or T):
            film, h = layer(X[:, start : start + (size or T)], initial_state=tf.stop_gradient(h))
            films.append(film)
        value = loss(tf.concat(films, axis=1))
    return np.asarray(tape.gradient(value, added))
