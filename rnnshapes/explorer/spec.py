"""What the explorer's module is told: lines of the table taken apart, letters, arrays. Plain data for JSON."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from rnnshapes.explorer.dummy import dummy_numbers
from rnnshapes.layers.index_strings import Flow, Product, Slice
from rnnshapes.sizes import COLOURS, LETTERS, MEANINGS

HERE = Path(__file__).parent
PANELS = ("boxes", "step", "time", "sum")
BREAKS = ("bias", "carry", "swap")
SLIDER_ENDS = {"N": 12, "T": 20, "D": 12, "M": 16, "K": 8}


@dataclass(frozen=True)
class Line:
    """A line of the table as the explorer runs it.

    `mask` names the array (N, T) that freezes it where False; `backwards` says that it runs from the last step.
    """

    flow: Flow
    mask: str = ""
    backwards: bool = False


def slices(flow: Flow) -> list[Slice]:
    """Return every slice on the right-hand side of a line."""
    return [
        piece for term in flow.terms for piece in ((term.left, term.right) if isinstance(term, Product) else (term,))
    ]


def line_text(flow: Flow) -> str:
    """Return a line as the table writes it.

    >>> from rnnshapes.layers.words import SIMPLE_RNN, TABLE
    >>> line_text(SIMPLE_RNN) == TABLE[0]
    True
    """
    terms = [
        f"{term.left}{'·' if term.shared else '*'}{term.right}" if isinstance(term, Product) else str(term)
        for term in flow.terms
    ]
    total = " + ".join(terms)
    return f"{flow.result} = {f'{flow.function}( {total} )' if flow.function else total}"


def make_spec(
    lines: Iterable[Line],
    sizes: Mapping[str, int],
    *,
    arrays: Mapping[str, np.ndarray] | None = None,
    seed: int = 0,
    keras: np.ndarray | None = None,
    note: str = "",
) -> dict[str, Any]:
    """Return all that the module needs to compute and to draw these lines.

    Shapes: `arrays`, if given, has every input and weight under its name in the lines; without, the numbers are
    dummies and every size has a slider. `keras` is what the model gives: its last line's numbers are shown beside ours.
    """
    lines = list(lines)
    results = {line.flow.result.name for line in lines}
    inputs: dict[str, dict[str, Any]] = {}
    for piece in [piece for line in lines for piece in slices(line.flow)]:
        if piece.name not in results and piece.name not in inputs:
            inputs[piece.name] = _slice(piece) | _numbers(piece, arrays)
    for mask in {line.mask for line in lines if line.mask}:
        piece = Slice(mask, ("n", "t"))
        inputs[mask] = _slice(piece) | _numbers(piece, arrays)
    breaks = {
        "bias": any(_is_bias(piece) for line in lines for piece in slices(line.flow)),
        "carry": any("t-1" in piece.index or "t+1" in piece.index for line in lines for piece in slices(line.flow)),
        "swap": any(_is_square(piece) for line in lines for piece in slices(line.flow)),
    }
    spec = {
        "lines": [_line(line) for line in lines],
        "letters": {letter: _letter(letter, size, given=arrays is not None) for letter, size in sizes.items()},
        "sizes": dict(sizes),
        "arrays": inputs,
        "seed": seed,
        "breaks": [name for name, there in breaks.items() if there],
        "palette": palette(),
        "css": module_file("explorer.css"),
        "note": note,
        "keras": None,
    }
    numbers = None if keras is None else _of_line(keras, lines[-1], sizes)
    if numbers is not None:
        spec["keras"] = {"name": lines[-1].flow.result.name, "T": sizes["T"]} | _encoded(numbers)
    return spec


def _of_line(keras: np.ndarray, line: Line, sizes: Mapping[str, int]) -> np.ndarray | None:
    """Return what of a model's output belongs to its last line: all, or a backward half; None where no shape fits."""
    shape = tuple(sizes[dim] for dim in line.flow.result.dims)
    if line.backwards and keras.shape == (*shape[:-1], 2 * shape[-1]):
        return keras[..., shape[-1] :]
    return keras if keras.shape == shape else None


def arrays_of(spec: Mapping[str, Any], sizes: Mapping[str, int]) -> dict[str, np.ndarray]:
    """Return the inputs and weights that the explorer shows at these sizes."""
    found = {}
    for name, source in spec["arrays"].items():
        shape = tuple(sizes[dim] for dim in source["dims"])
        if "data" in source:
            given = np.frombuffer(base64.b64decode(source["data"]), f"<{source['type']}").reshape(source["shape"])
            found[name] = given[tuple(slice(size) for size in shape)].astype(float)
        elif source["dims"][0] == "N":
            sheets = [
                dummy_numbers(spec["seed"], name, shape[1:], lead=[n], **source["dummy"]) for n in range(shape[0])
            ]
            found[name] = np.stack(sheets)
        else:
            options = dict(source["dummy"])
            if "scale" in options:
                options["scale"] /= np.sqrt(shape[0])
            found[name] = dummy_numbers(spec["seed"], name, shape, **options)
    return found


@cache
def module_file(name: str) -> str:
    """Return the text of the module or of its styles."""
    return (HERE / name).read_text(encoding="utf-8")


@cache
def palette() -> list[list[str]]:
    """Return the fills of values from −1 to 1, each with its ink: those of the static figures."""
    from rnnshapes.draw.paint import ink_on, value_colour  # Matplotlib: only when something is shown

    fills = [value_colour(value, 1.0) for value in np.linspace(-1, 1, 65)]
    return [[fill, ink_on(fill)] for fill in fills]


def _line(line: Line) -> dict[str, Any]:
    flow = line.flow
    terms = [
        {"left": _slice(term.left), "right": _slice(term.right), "shared": term.shared or None}
        if isinstance(term, Product)
        else _slice(term)
        for term in flow.terms
    ]
    return _slice(flow.result) | {
        "text": line_text(flow),
        "function": flow.function,
        "terms": terms,
        "mask": line.mask,
        "backwards": line.backwards,
    }


def _slice(piece: Slice) -> dict[str, Any]:
    found = {"name": piece.name, "index": list(piece.index), "dims": list(piece.dims)}
    return found | ({"function": piece.function} if piece.function else {})


def _is_bias(piece: Slice) -> bool:
    return piece.is_weight and len(piece.index) == 1


def _is_square(piece: Slice) -> bool:
    return piece.is_weight and len(piece.index) == 2 and len(set(piece.dims)) == 1


def _numbers(piece: Slice, arrays: Mapping[str, np.ndarray] | None) -> dict[str, Any]:
    if arrays is not None:
        return _encoded(arrays[piece.name])
    if _is_bias(piece):
        return {"dummy": {"bias": True}}
    # variance 1 for data, 1/size for weights; the square one is damped, so that the state stays clear of ±1
    return {"dummy": {"scale": 1.2 if _is_square(piece) else 1.73}}


def _encoded(array: np.ndarray) -> dict[str, Any]:
    array = np.asarray(array)
    kind = "f4" if array.dtype in (np.float32, np.float16, np.bool_) else "f8"
    data = base64.b64encode(np.ascontiguousarray(array, f"<{kind}").tobytes()).decode("ascii")
    return {"data": data, "type": kind, "shape": list(array.shape)}


def _letter(letter: str, size: int, *, given: bool) -> dict[str, Any]:
    meaning = MEANINGS[letter[0]]  # M1 and M2 say their layer themselves
    fixed = given and letter not in "NT"
    return {
        "size": size,
        "meaning": meaning,
        "one": meaning.removesuffix("s"),
        "colour": COLOURS[letter[0]],
        "min": size if fixed else 1,
        "max": size if given else max(size, SLIDER_ENDS.get(letter[0], 12)),
    }


assert set(SLIDER_ENDS) == set(LETTERS)
