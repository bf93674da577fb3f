"""The shape explorer: move N, T, D, M, K and t, choose a number, and see the row and the column that made it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from rnnshapes import draw
from rnnshapes.draw.attention_card import LONGEST
from rnnshapes.errors import CourseError
from rnnshapes.explorer.attention import square_spec
from rnnshapes.explorer.data import checked_data
from rnnshapes.explorer.host import Explorer
from rnnshapes.explorer.prediction import read_model
from rnnshapes.explorer.spec import make_spec
from rnnshapes.layers.tables import GRU, LSTM
from rnnshapes.layers.words import TABLE
from rnnshapes.sizes import Sizes

__all__ = ["Explorer", "explore", "explore_lines"]


def explore(
    sizes: Sizes | None = None,
    *,
    X: np.ndarray | Sequence[np.ndarray] | None = None,
    model: Any = None,
    at: str = "h[0,0,0]",
    show: str | Iterable[str] | None = None,
    seed: int = 0,
) -> Explorer:
    """Return the shape explorer: for `sizes` with dummy numbers, or for your own X and Keras model.

    Shapes: X is (N, T, D), what `model.predict` takes: [X, C] for attention over another sequence.
    `at` is the number chosen at first, such as "h[0,1,2]" or "y[0,1]"; `show` names the views that are open, of
    "boxes", "step", "time", "sum", or all. A model that is one MultiHeadAttention has "square" and "sum", and its
    weights are w[n,h,t,s]. The dummy numbers are drawn from `seed`.
    Raises: CourseError if there are neither sizes nor X and model, or if the model is one whose numbers the explorer
    can't show: what it shows is held against the prediction.

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
        spec = make_spec(TABLE[:2], sizes.known, seed=seed)
    else:
        X = checked_data(X, model)
        shown = read_model(model, X)
        reading, note = shown.reading, "X and the weights are yours: D, M and K are what the model has."
        spec = make_spec(reading.lines, reading.sizes, arrays=reading.arrays, keras=shown.keras, note=note)
        sizes = _sizes(reading.sizes)
        if shown.weights is not None:
            return _attention(spec | square_spec(spec), sizes, shown.weights, at, show)
    return _explorer(spec, sizes, at, show)


def explore_lines(
    lines: Iterable[str],
    arrays: Mapping[str, np.ndarray],
    sizes: Sizes | Mapping[str, int],
    *,
    beside: Iterable[str] = (),
    at: str = "",
    show: str | Iterable[str] = ("time", "sum"),
) -> Explorer:
    """Return the explorer on lines of index strings: a student's formula, beside the right one if it is given.

    Shapes: `arrays` has every input and weight under its name in the lines, X as (N, T, D); `sizes` has the capital of
    every letter. With `beside`, its numbers are the right ones, and those of `lines` stand next to them as yours.
    Raises: CourseError if a line is none of index strings, or names an array or a letter that is not given.

    >>> step = "h[n,t,m] = {}( X[n,t,d]·Wx[d,m] )"
    >>> arrays = {"X": np.ones((1, 2, 3)), "Wx": np.ones((3, 4))}
    >>> seen = explore_lines([step.format("sin")], arrays, dict(N=1, T=2, D=3, M=4), beside=[step.format("tanh")])
    >>> seen.spec["lines"][0]["function"], seen.spec["yours"]["lines"][0]["function"]
    ('tanh', 'sin')
    """
    sizes = sizes.known if isinstance(sizes, Sizes) else sizes
    lines, beside = list(lines), list(beside)
    spec = make_spec(beside or lines, sizes, arrays=arrays, yours=lines if beside else ())
    explorer = _explorer(spec, _sizes(sizes), at or "h[0,0,0]", show)
    if beside:
        explorer.start_with("yours")
    return explorer


def _explorer(spec: dict[str, Any], sizes: Sizes, at: str, show: str | Iterable[str] | None) -> Explorer:
    state = _state(spec, at, show)
    return Explorer(spec, state, _picture(state["show"], sizes, {line["name"] for line in spec["lines"]}))


def _attention(
    spec: dict[str, Any], sizes: Sizes, w: np.ndarray, at: str, show: str | Iterable[str] | None
) -> Explorer:
    """Return the explorer of an attention whose weights are w, (N, H, T, S); the figure is the chosen square."""
    state = _state(spec, at if at != "h[0,0,0]" else f"{spec['square']['weights']}[0,0,0,0]", show)
    n, h, t = (state["at"].get(letter, 0) for letter in "nht")
    small = max(w.shape[2:]) <= LONGEST
    square = w[n, h]
    picture = draw.attention(square, at=(t, int(square[t].argmax()))) if small else draw.box("X", "NTD", sizes)
    return Explorer(spec, state, picture)


def _state(spec: dict[str, Any], at: str, show: str | Iterable[str] | None) -> dict[str, Any]:
    return {"sizes": dict(spec["sizes"]), "broken": [], "show": _panels(show, spec["panels"]), **_chosen(at, spec)}


def _sizes(sizes: Mapping[str, int]) -> Sizes:
    """Return the five letters for the static figure; one that is not in use is 1."""
    units = [size for letter, size in sizes.items() if letter[0] == "M"]
    return Sizes(**{letter: int(sizes.get(letter, 1)) for letter in "NTDK"}, M=int(units[0]) if units else 1)


def _panels(show: str | Iterable[str] | None, panels: Sequence[str]) -> list[str]:
    """Return the views that are open, in their order."""
    wanted = [show] if isinstance(show, str) else list(panels if show is None else show)
    for name in wanted:
        if name not in panels:
            raise CourseError(f"Got the view {name!r}, expected {', '.join(panels)}. Try: show='{panels[-1]}'.")
    return [name for name in panels if name in wanted]


def _chosen(at: str, spec: dict[str, Any]) -> dict[str, Any]:
    """Return the cell's name and its indices; without a cell of that name, the first line's first."""
    found = re.fullmatch(r"(\w+)\[([\d, ]+)\]", at.strip())
    lines = {line["name"]: line for line in spec["lines"]}
    if found and at == "h[0,0,0]" and found[1] not in lines:
        return {"cell": spec["lines"][0]["name"], "at": {}}
    numbers = [int(number) for number in found[2].split(",")] if found else []
    if not found or found[1] not in lines or len(numbers) != len(lines[found[1]]["index"]):
        names = ", ".join(f"{line['name']}[{','.join(line['index'])}]" for line in spec["lines"])
        first = spec["lines"][0]
        raise CourseError(
            f"Got at={at!r}, expected a number of {names}. "
            f"Try: at='{first['name']}[{','.join('0' * len(first['index']))}]'."
        )
    line = lines[found[1]]
    for number, letter, dim in zip(numbers, line["index"], line["dims"], strict=True):
        if number >= _size(dim, spec):
            raise CourseError(
                f"Got {letter} = {number} in {at!r}, expected 0 to {_size(dim, spec) - 1}. Try: a smaller one."
            )
    return {"cell": found[1], "at": dict(zip(line["index"], numbers, strict=True))}


def _size(dim: str, spec: dict[str, Any]) -> int:
    """Return the size of an axis: M, 2M, or a bare number."""
    times, letter = re.fullmatch(r"(\d*)([A-Z]\d?)?", dim).groups()
    return int(times or 1) * spec["sizes"][letter] if letter else int(times)


def _picture(panels: list[str], sizes: Sizes, lines: set[str]) -> draw.Picture:
    """Return the static figure that stands where no scripts run; `lines` are the results that are on show."""
    first = panels[0] if panels else "boxes"
    for layer, table in (("LSTM", LSTM), ("GRU", GRU)):
        if first in ("step", "sum") and {flow.result.name for flow in table} <= lines:
            return draw.gates(sizes, layer=layer)
    if first == "boxes":
        return draw.box("X", "NTD", sizes)
    if first == "time":
        return draw.unrolled(sizes) if sizes.N == 1 else draw.lockstep(sizes)
    return draw.step(sizes)
