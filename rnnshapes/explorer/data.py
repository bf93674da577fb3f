"""Is this X what this model takes? If not: what arrived, and what would fit."""

from __future__ import annotations

from typing import Any

import numpy as np

from rnnshapes.errors import CourseError
from rnnshapes.layers.words import shape_text
from rnnshapes.sizes import Sizes

MOST_NUMBERS = 400_000  # of X: about 3 MB in the notebook


def checked_data(X: Any, model: Any) -> np.ndarray | list[np.ndarray]:
    """Return X as Keras computes with it: (N, T, D) in float32; a list of such boxes for a model of several inputs.

    Raises: CourseError if X or the model is nothing that the explorer can show.
    """
    if not hasattr(model, "layers") or not callable(model):
        layer = hasattr(model, "get_weights")
        got = f"the layer {type(model).__name__} alone" if layer else f"a {type(model).__name__} as model"
        raise CourseError(
            f"Got {got}, expected a Keras model. Try: keras.Sequential([keras.Input((T, D)), "
            f"{type(model).__name__ if layer else 'SimpleRNN'}(…)])."
        )
    takes = _takes(model)
    if isinstance(X, list | tuple) and isinstance(takes, list) and len(X) == len(takes):
        return [_checked(np.asarray(box), one) for box, one in zip(X, takes, strict=True)]
    return _checked(np.asarray(X), (None, None, None) if isinstance(takes, list) else takes)


def _checked(X: np.ndarray, takes: tuple[int | None, ...]) -> np.ndarray:
    if not (np.issubdtype(X.dtype, np.number) or X.dtype == bool) or np.iscomplexobj(X):
        raise CourseError(f"Got X of dtype {X.dtype}, expected real numbers. Try: np.array(…, float).")
    if X.ndim != 3 or 0 in X.shape:
        raise CourseError(f"Got X of shape {X.shape}, expected (N, T, D). Try: {_other_shape(X, takes)}.")
    if len(takes) != 3:
        raise CourseError(
            f"Got a model that takes {takes}, expected one that takes (N, T, D). Try: keras.Input({X.shape[1:]})."
        )
    for axis, (got, expected) in enumerate(zip(X.shape, takes, strict=True)):
        if expected not in (None, got):
            sizes = Sizes(**dict(zip("NTD", X.shape, strict=True)), M=1, K=1)
            fits = tuple(given or own for given, own in zip(takes, X.shape, strict=True))
            raise CourseError(
                f"Got X of {shape_text(X.shape, sizes)}, expected {expected} on axis {axis} ({'NTD'[axis]}): "
                f"the model was built for {takes}. Try: X of shape {fits}."
            )
    if X.size > MOST_NUMBERS:
        raise CourseError(
            f"Got X with {X.size:,} numbers, expected at most {MOST_NUMBERS:,}. Try: {_part(X.shape, takes)}."
        )
    return X.astype(np.float32)


def _takes(model: Any) -> tuple[int | None, ...] | list[tuple[int | None, ...]]:
    """Return the shape that a model takes; a list where it has several inputs."""
    shape = getattr(model, "input_shape", None) if model.built else None  # Keras 3.0 raises before it is built
    if isinstance(shape, list) and all(map(_is_plain, shape)):
        return shape
    return shape if _is_plain(shape) else (None, None, None)  # others: the chain says it


def _is_plain(shape: Any) -> bool:
    return isinstance(shape, tuple) and all(size is None or isinstance(size, int) for size in shape)


def _other_shape(X: np.ndarray, takes: tuple[int | None, ...]) -> str:
    """Return what would make an X of three axes."""
    if 0 in X.shape:
        return "an X with at least one sample, step and feature"
    if X.ndim == 2 and takes[-1] in (None, X.shape[-1]):
        return "X[None], one sample" if len(takes) == 3 else "a model that takes (N, T, D)"
    if X.ndim == 2 and takes[-1] == 1:
        return "X[..., None], one feature"
    known = tuple(size or own for size, own in zip((*takes, 3)[:3], (4, 7, 3), strict=True))
    return f"X = np.random.randn{known}"


def _part(shape: tuple[int, ...], takes: tuple[int | None, ...]) -> str:
    """Return the part of X that is small enough, if the model takes one."""
    N, T, D = shape
    samples, steps = MOST_NUMBERS // (T * D), MOST_NUMBERS // D
    if samples and takes[0] is None:
        return f"X[:{_round(samples)}]"
    if steps and takes[0] is None and takes[1] is None:
        return f"X[:1, :{_round(steps)}]"
    return f"a smaller model: this one takes {takes}" if samples or steps else "fewer features"


def _round(number: int) -> int:
    """Return a number of at most this size that is easy to type: 137 is 100."""
    power = 10 ** (len(str(number)) - 1)
    return number // power * power
