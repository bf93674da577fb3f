"""The shape explorer: move N, T, D, M, K and t, choose a number, and see the row and the column that made it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import numpy as np

from rnnshapes import draw
from rnnshapes.errors import CourseError
from rnnshapes.explorer.host import Explorer
from rnnshapes.explorer.models import read_model
from rnnshapes.explorer.spec import PANELS, Line, make_spec
from rnnshapes.layers.cases import import_keras
from rnnshapes.layers.words import DENSE, SIMPLE_RNN, shape_text
from rnnshapes.sizes import Sizes

__all__ = ["Explorer", "explore"]

MOST_NUMBERS = 400_000  # of X: about 3 MB in the notebook


def explore(
    sizes: Sizes | None = None,
    *,
    X: np.ndarray | None = None,
    model: Any = None,
    at: str = "h[0,0,0]",
    show: str | Iterable[str] = PANELS,
    seed: int = 0,
) -> Explorer:
    """Return the shape explorer: for `sizes` with dummy numbers, or for your own X and Keras model.

    Shapes: X is (N, T, D), what `model.predict` takes.
    `at` is the number chosen at first, such as "h[0,1,2]" or "y[0,1]"; `show` names the views that are open:
    "boxes", "step", "time", "sum". The dummy numbers are drawn from `seed`.
    Raises: CourseError if there are neither sizes nor X and model, or the model has a layer that is not known.

    >>> explorer = explore(Sizes(N=3, T=4, D=2, M=5, K=6))
    >>> explorer.arrays["X"].shape, explorer.state["cell"]
    ((3, 4, 2), 'h')
    """
    if (model is None) != (X is None) or (sizes is None) == (model is None):
        raise CourseError(
            "Got neither sizes alone nor X with model, expected one of the two. "
            "Try: explore(Sizes(N=3, T=4, D=2, M=5, K=6)), or explore(X=X, model=model)."
        )
    if model is None:
        spec = make_spec([Line(SIMPLE_RNN), Line(DENSE)], sizes.known, seed=seed)
    else:
        X = _checked(X, model)
        import_keras()  # switches TF32 off, also for a model that was made without it
        prediction = np.asarray(model(X))  # what predict() gives, without a graph to trace
        reading = read_model(model, X)
        note = "X and the weights are yours: D, M and K are what the model has."
        spec = make_spec(reading.lines, reading.sizes, arrays=reading.arrays, keras=prediction, note=note)
        known = {letter: reading.sizes.get(letter, 1) for letter in "NTDK"}
        units = [size for letter, size in reading.sizes.items() if letter[0] == "M"]
        sizes = Sizes(**known, M=units[0])
    panels = _panels(show)
    state = {"sizes": dict(spec["sizes"]), "broken": [], "show": panels, **_chosen(at, spec)}
    return Explorer(spec, state, _picture(panels, sizes))


def _checked(X: Any, model: Any) -> np.ndarray:
    X = np.asarray(X)
    if X.ndim != 3 or not np.issubdtype(X.dtype, np.number) or 0 in X.shape:
        raise CourseError(f"Got X of shape {X.shape}, expected (N, T, D). Try: X = np.random.randn(4, 7, 3).")
    if X.size > MOST_NUMBERS:
        raise CourseError(f"Got X with {X.size:,} numbers, expected at most {MOST_NUMBERS:,}. Try: X[:100].")
    shape = getattr(model, "input_shape", None) if model.built else None  # Keras 3.0 raises before it is built
    takes = shape or (None, None, None)
    if len(takes) != 3:
        raise CourseError(
            f"Got a model that takes {takes}, expected one that takes (N, T, D). Try: keras.Input((T, D))."
        )
    for axis, (got, expected) in enumerate(zip(X.shape, takes, strict=True)):
        if expected not in (None, got):
            sizes = Sizes(**dict(zip("NTD", X.shape, strict=True)), M=1, K=1)
            raise CourseError(
                f"Got X of {shape_text(X.shape, sizes)}, expected {expected} on axis {axis} ({'NTD'[axis]}): "
                f"the model was built for {takes}. Try: X of that shape."
            )
    return X.astype(np.float32)  # what Keras computes with


def _panels(show: str | Iterable[str]) -> list[str]:
    wanted = [show] if isinstance(show, str) else list(show)
    for name in wanted:
        if name not in PANELS:
            raise CourseError(f"Got the view {name!r}, expected {', '.join(PANELS)}. Try: show='step'.")
    return [name for name in PANELS if name in wanted]


def _chosen(at: str, spec: dict[str, Any]) -> dict[str, Any]:
    """Return the cell's name and its indices; without a cell of that name, the first line's first."""
    found = re.fullmatch(r"(\w+)\[([\d, ]+)\]", at.strip())
    lines = {line["name"]: line for line in spec["lines"]}
    if found and at == "h[0,0,0]" and found[1] not in lines:
        return {"cell": spec["lines"][0]["name"], "at": {}}
    numbers = [int(number) for number in found[2].split(",")] if found else []
    if not found or found[1] not in lines or len(numbers) != len(lines[found[1]]["index"]):
        names = ", ".join(f"{line['name']}[{','.join(line['index'])}]" for line in spec["lines"])
        raise CourseError(f"Got at={at!r}, expected a number of {names}. Try: at='h[0,1,2]'.")
    line = lines[found[1]]
    for number, letter, dim in zip(numbers, line["index"], line["dims"], strict=True):
        if number >= spec["sizes"][dim]:
            raise CourseError(
                f"Got {letter} = {number} in {at!r}, expected 0 to {spec['sizes'][dim] - 1}. Try: a smaller one."
            )
    return {"cell": found[1], "at": dict(zip(line["index"], numbers, strict=True))}


def _picture(panels: list[str], sizes: Sizes) -> draw.Picture:
    """Return the static figure that stands where no scripts run."""
    first = panels[0] if panels else "boxes"
    if first == "boxes":
        return draw.box("X", "NTD", sizes)
    if first == "time":
        return draw.unrolled(sizes) if sizes.N == 1 else draw.lockstep(sizes)
    return draw.step(sizes)
