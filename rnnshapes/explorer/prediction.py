"""The explorer's promise: no number that is not the model's. Lines and arrays are held against what Keras gives."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnnshapes.errors import CourseError
from rnnshapes.explorer.attention import SQUARE, Attention, find_attention
from rnnshapes.explorer.chain import Link, read_graph
from rnnshapes.explorer.models import Feed, Reading, read_chain
from rnnshapes.layers.cases import TOLERANCE, import_keras
from rnnshapes.layers.run import run


@dataclass(frozen=True)
class Shown:
    """A model as lines, and what Keras gives for their results, by name; weights (N, H, T, S) if it is attention."""

    reading: Reading
    keras: dict[str, np.ndarray]
    weights: np.ndarray | None = None


def read_model(model: Any, X: np.ndarray | list[np.ndarray]) -> Shown:
    """Return a model's lines, arrays and predictions for X of (N, T, D), with the model left as it was.

    A model that is one MultiHeadAttention may take two: who asks, and who is looked at, in the order of its inputs.
    Raises: CourseError if the model has something that the lines can't say, or if their numbers are not Keras'.
    """
    keras = import_keras()  # switches TF32 off, also for a model that was made without it
    if not model.built and any(base.__name__ == "Sequential" for base in type(model).__mro__):
        _called(model.build, X.shape)
    if attention := find_attention(model):
        return _read_attention(attention, model, X)
    chain = read_graph(model)
    with _states_kept(model) as starts:
        prediction = _called(model, X)
    reading = read_chain(chain, X, starts)
    between = [link.tensor for link, _ in reading.given]
    with _states_kept(model):
        given = _called(keras.Model(model.inputs[0], between), X)
    given = given if isinstance(given, list | tuple) else [given]
    results = run(reading.lines, reading.arrays, reading.sizes)
    shown = {}
    for (link, feeds), numbers in zip(reading.given, map(np.asarray, given), strict=True):
        _compare(np.concatenate([feed.of(results) for feed in feeds], axis=-1), numbers, link, chain)
        shown |= _halves(feeds, numbers)
    _compare(results[reading.last], np.asarray(prediction), chain[-1], chain)
    return Shown(reading, shown | {reading.last: np.asarray(prediction)})


def _read_attention(attention: Attention, model: Any, X: np.ndarray | list[np.ndarray]) -> Shown:
    data = _boxes(X)
    if len(data) != len(model.inputs):
        raise CourseError(
            f"Got one X for a model with inputs: {len(model.inputs)}, expected a box for each. "
            f"Try: explore(X=[X, C], model=model)."
        )
    # Keras has two ways with a step that may look at nothing: see `read`. What is too large is refused before all work.
    readings = [attention.read(data, zeroed=zeroed) for zeroed in (False, True)]
    prediction, weights = np.asarray(_called(model, X)), _called(attention.weights_of, data)
    link = Link(attention.layer, model.outputs[0])
    for reading in readings:
        results = run(reading.lines, reading.arrays, reading.sizes)
        if SQUARE["allowed"] not in results or _close(results[SQUARE["out"]], prediction):
            break
    _compare(results[SQUARE["out"]], prediction, link, [link])
    w = results[SQUARE["weights"]]
    if SQUARE["allowed"] in results:
        weights = np.where(results[SQUARE["allowed"]].any(axis=-1)[:, None, :, None], weights, w)
    _compare(w, weights, link, [link])
    return Shown(reading, {SQUARE["out"]: prediction}, w)


def _halves(feeds: list[Feed], numbers: np.ndarray) -> dict[str, np.ndarray]:
    """Return what Keras gives for every step of a layer, by the name of its line."""
    if any(feed.time != "t" for feed in feeds):
        return {}
    return dict(zip((feed.name for feed in feeds), np.split(numbers, len(feeds), axis=-1), strict=True))


def _compare(ours: np.ndarray, keras: np.ndarray, link: Link, chain: list[Link]) -> None:
    if ours.shape != keras.shape:
        raise CourseError(
            f"Got {keras.shape} from {link.layer.name}, expected {ours.shape} as the explorer's lines give. "
            f"Try: a model of known layers without options of their own."
        )
    if not _close(ours, keras):
        off = np.nanmax(np.abs(ours - keras))
        names = " → ".join(one.kind for one in chain)
        raise CourseError(
            f"Got other numbers from {link.layer.name} than from the explorer's lines for {names} (off by {off:.2g}), "
            f"so they are not shown: some option or layer does what the lines don't say. "
            f"Try: the layers with fewer options, one by one."
        )


def _close(ours: np.ndarray, keras: np.ndarray) -> bool:
    scale = max(1.0, np.abs(keras[np.isfinite(keras)]).max(initial=0))
    return np.allclose(ours, keras, rtol=0, atol=TOLERANCE * scale, equal_nan=True)


def _boxes(X: np.ndarray | list[np.ndarray]) -> list[np.ndarray]:
    return X if isinstance(X, list) else [X]


def _called(what: Any, X: Any) -> Any:
    try:
        return what(X)
    except CourseError:
        raise
    except Exception as error:  # whatever a model of somebody's own raises
        shape = X if isinstance(X, tuple) else " and ".join(str(box.shape) for box in _boxes(X))
        reason = str(error).strip().split("\n")[0][:200]
        raise CourseError(
            f"Got {type(error).__name__} from the model on X of {shape} ({reason}), expected a prediction. "
            f"Try: model.predict(X) first."
        ) from error


@contextmanager
def _states_kept(model: Any) -> Iterator[dict[int, list[np.ndarray]]]:
    """Put the states of stateful layers back as they were; give them, by the `id` of the layer."""
    variables = {id(layer): _variables(layer) for layer in _all_layers(model)}
    kept = {key: [np.array(variable.numpy()) for variable in found] for key, found in variables.items() if found}
    try:
        yield kept
    finally:
        for key, numbers in kept.items():
            for variable, number in zip(variables[key], numbers, strict=True):
                variable.assign(number)


def _variables(layer: Any) -> list[Any]:
    if not getattr(layer, "stateful", False):
        return []
    states = getattr(layer, "states", None)
    found = [states] if hasattr(states, "assign") else list(states or [])
    return [one for one in found if hasattr(one, "assign") and hasattr(one, "numpy")]


def _all_layers(model: Any) -> Iterator[Any]:
    """Return every layer, those inside of others too."""
    for layer in getattr(model, "layers", []):
        yield layer
        yield from _all_layers(layer)
        for name in ("forward_layer", "backward_layer", "layer"):
            if inner := getattr(layer, name, None):
                yield inner
                yield from _all_layers(inner)
