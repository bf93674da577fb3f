"""What the explorer's module is told: lines of the table taken apart, letters, arrays. Plain data for JSON."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from rnnshapes.errors import CourseError
from rnnshapes.explorer.dummy import dummy_numbers
from rnnshapes.explorer.styles import styles
from rnnshapes.explorer.trees import Parsed, letters_of, parse_line
from rnnshapes.sizes import LETTERS, MEANINGS

HERE = Path(__file__).parent
PANELS = ("boxes", "step", "time", "sum")
BREAKS = ("bias", "carry", "swap")
SLIDER_ENDS = {"N": 12, "T": 20, "D": 12, "M": 16, "K": 8}


def make_spec(
    lines: Iterable[str],
    sizes: Mapping[str, int],
    *,
    arrays: Mapping[str, np.ndarray] | None = None,
    seed: int = 0,
    keras: Mapping[str, np.ndarray] | None = None,
    note: str = "",
    yours: Iterable[str] = (),
) -> dict[str, Any]:
    """Return all that the module needs to compute and to draw these lines.

    Shapes: `arrays`, if given, has every input and weight under its name in the lines; without, the numbers are
    dummies and every size has a slider. `keras` has what the model gives for results: it is shown beside ours. `yours`
    are other lines for the same arrays, such as a student's: their numbers are shown beside those of `lines`.
    """
    programs = [[parse_line(line) for line in lines], [parse_line(line) for line in yours]]
    shown = {letter: size for letter, size in sizes.items() if re.fullmatch(r"[NTDKHS]|M\d?", letter)}
    if shown.get("S") == shown.get("T"):
        shown.pop("S", None)  # a sequence that looks at itself: its keys are its steps
    alias = {letter: _alias(letter, size, shown) for letter, size in sizes.items() if letter not in shown}
    dims = _Dims([line for program in programs for line in program], shown, alias, arrays)
    right, other = (_program(program, dims) for program in programs)
    spec = right | {
        "yours": other if programs[1] else None,
        "letters": {letter: _letter(letter, size, given=arrays is not None) for letter, size in shown.items()},
        "sizes": shown,
        "alias": alias,
        "arrays": {name: {"dims": axes} | _numbers(name, axes, arrays) for name, axes in dims.inputs.items()},
        "seed": seed,
        "breaks": _breaks(right, dims),
        "panels": list(PANELS),
        "square": None,
        "css": styles(),
        "note": note,
        "keras": None,
    }
    if keras:
        spec["keras"] = {"T": shown["T"], "of": {name: _encoded(numbers) for name, numbers in keras.items()}}
    return spec


def arrays_of(spec: Mapping[str, Any], sizes: Mapping[str, int]) -> dict[str, np.ndarray]:
    """Return the inputs and weights that the explorer shows at these sizes."""
    found = {}
    for name, source in spec["arrays"].items():
        if "data" in source:
            given = np.frombuffer(base64.b64decode(source["data"]), f"<{source['type']}").reshape(source["shape"])
            shape = [sizes.get(dim, size) for dim, size in zip(source["dims"], source["shape"], strict=True)]
            found[name] = given[tuple(slice(size) for size in shape)].astype(float)
            continue
        shape = tuple(sizes[dim] for dim in source["dims"])
        if source["dims"][0] == "N":
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


class _Dims:
    """The letters of every array's axes: of results from their lines, of inputs from what was given."""

    def __init__(
        self,
        lines: Sequence[Parsed],
        sizes: Mapping[str, int],
        alias: Mapping[str, str],
        arrays: Mapping[str, np.ndarray] | None,
    ) -> None:
        self.sizes, self.alias = sizes, alias
        self.results = {line.name: [self.of(letter) for letter in line.free] for line in lines if not line.is_start}
        self.inputs: dict[str, list[str]] = {}
        picks = [(pick, line.text) for line in lines for pick in line.picks() if pick[1] not in self.results]
        for (_, name, places, texts), text in picks:
            if name not in self.inputs:
                if arrays is not None and np.ndim(_given(name, text, arrays)) != len(places):
                    raise CourseError(
                        f"Got {name}[{','.join(texts)}], expected {np.ndim(arrays[name])} places: "
                        f"{name} is {np.shape(arrays[name])}. Try: one index for each axis."
                    )
                same = [other[2] for other, _ in picks if other[1] == name]
                shape = [None] * len(places) if arrays is None else np.shape(arrays[name])
                axes = [
                    [self.of(letter) for at in same for letter in sorted(letters_of(at[axis]))]
                    for axis in range(len(places))
                ]
                self.inputs[name] = [self._fitting(*one) for one in zip(axes, shape, strict=True)]

    def of(self, letter: str) -> str:
        """Return what a letter runs over; the alias of a letter that the course does not have."""
        dim = letter.rstrip("'").upper()
        if dim not in self.sizes and dim not in self.alias:
            raise CourseError(f"Got the letter {letter}, expected a size for {dim}. Try: sizes with {dim}=….")
        return self.alias.get(dim, dim)

    def __getitem__(self, name: str) -> list[str]:
        return self.results.get(name) or self.inputs[name]

    def _fitting(self, letters: list[str], size: int | None) -> str:
        """Return the letter of an axis: one of those in the lines if it fits, a sum of two, or the bare number."""
        known = [letter for letter, other in self.sizes.items() if other == size]
        if size is None or any(letter in known for letter in letters):
            return next(letter for letter in letters if size is None or letter in known)
        sums = [f"{a}+{b}" for a in self.sizes for b in self.sizes if self.sizes[a] + self.sizes[b] == size]
        return known[0] if len(known) == 1 else "D+M" if "D+M" in sums else str(size)


def _given(name: str, line: str, arrays: Mapping[str, np.ndarray]) -> np.ndarray:
    if name not in arrays:
        raise CourseError(f"Got {name} in the line {line!r}, expected one of {', '.join(arrays)}. Try: another name.")
    return arrays[name]


def _program(lines: Sequence[Parsed], dims: _Dims) -> dict[str, Any]:
    """Return lines that are computed together: results, what they start from, and in which order they run."""
    results = [line for line in lines if not line.is_start]
    return {
        "lines": [_line(line, dims) for line in results],
        "starts": {
            line.name: {"text": line.text, "free": line.free} | _side(line.sides[0], dims)
            for line in lines
            if line.is_start
        },
        "blocks": _blocks(results),
        "mixed": any(_crosses(pick, line, dims) for line in lines for pick in line.picks()),
    }


def _blocks(lines: Sequence[Parsed]) -> list[dict[str, Any]]:
    """Return which lines run together: `way` 1 step by step, −1 from the last step, 0 at once, as in layers/run.py."""
    found, todo = [], list(range(len(lines)))
    reads = [{pick[1] for pick in line.picks()} for line in lines]
    while todo:
        now, end = [], 1
        while len(now) < end:
            now.append(todo.pop(0))
            later = [len(now) + place for place, one in enumerate(todo, 1) if lines[one].name in reads[now[-1]]]
            end = max([end, *later])
        alone = len(now) == 1 and lines[now[0]].name not in reads[now[0]]
        together = {lines[one].name for one in now}
        way = 0 if alone else -1 if any(lines[one].ahead & together for one in now) else 1
        found.append({"lines": now, "way": way})
    return found


def _crosses(pick: list[Any], line: Parsed, dims: _Dims) -> bool:
    """Whether a line reads another sample's results: then no sample can be computed by itself."""
    _, name, places, _ = pick
    axes = dims.results.get(name)
    return bool(axes) and "N" in axes and places[axes.index("N")] != "n"


def _line(line: Parsed, dims: _Dims) -> dict[str, Any]:
    found = {"name": line.name, "index": line.free, "dims": dims[line.name], "text": line.text}
    found |= _side(line.sides[0], dims) | {"backwards": line.is_backward, "mask": None}
    if line.condition is not None:
        frozen = line.sides[1]["terms"][0]
        repeats = frozen.get("name") == line.name and len(line.sides[1]["terms"]) == 1 and not line.sides[1]["function"]
        found["mask"] = {"tree": line.condition, "repeats": repeats, "otherwise": _side(line.sides[1], dims)}
    return found


def _side(side: Mapping[str, Any], dims: _Dims) -> dict[str, Any]:
    terms = []
    for term in side["terms"]:
        both = {key: term[key] | {"dims": dims[term[key]["name"]]} for key in ("left", "right") if key in term}
        terms.append(term | both | ({"dims": dims[term["name"]]} if "name" in term else {}))
    return {"function": side["function"], "over": side["over"], "terms": terms}


def _slices(program: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return every slice of a program's lines."""
    terms = [term for line in program["lines"] for term in line["terms"]]
    return [
        piece
        for term in terms
        for piece in ((term["left"], term["right"]) if "left" in term else (term,))
        if "name" in piece
    ]


def _breaks(program: Mapping[str, Any], dims: _Dims) -> list[str]:
    pieces = _slices(program)
    alone = [term for line in program["lines"] for term in line["terms"] if "name" in term]
    there = {
        "bias": any(_is_bias(term["dims"]) and term["name"] in dims.inputs for term in alone),
        "carry": any({"t-1", "t+1"} & set(piece["index"]) and piece["name"] in dims.results for piece in pieces),
        "swap": any(_is_square(piece["dims"]) for piece in pieces),
    }
    return [name for name in BREAKS if there[name]]


def _is_weight(axes: Sequence[str]) -> bool:
    return not {"N", "T"} & set(axes)


def _is_bias(axes: Sequence[str]) -> bool:
    return _is_weight(axes) and len(axes) == 1


def _is_square(axes: Sequence[str]) -> bool:
    return _is_weight(axes) and len(axes) == 2 and len(set(axes)) == 1


def _alias(letter: str, size: int, shown: Mapping[str, int]) -> str:
    """Return the course's word for another letter's size: J of 2M, Z of N, S of T; the number if there is none."""
    if letter == "S" and size == shown.get("T"):
        return "T"
    same = [known for known, other in shown.items() if other == size]
    units = [known for known in shown if known[0] == "M" and 2 * shown[known] == size]
    if letter == "J" and units:
        return f"2{units[-1]}"
    return same[0] if len(same) == 1 else str(size)


def _numbers(name: str, axes: Sequence[str], arrays: Mapping[str, np.ndarray] | None) -> dict[str, Any]:
    if arrays is not None:
        return _encoded(arrays[name])
    if _is_bias(axes):
        return {"dummy": {"bias": True}}
    # variance 1 for data, 1/size for weights; the square one is damped, so that the state stays clear of ±1
    return {"dummy": {"scale": 1.2 if _is_square(axes) else 1.73}}


def _encoded(array: np.ndarray) -> dict[str, Any]:
    array = np.asarray(array)
    kind = "f4" if array.dtype in (np.float32, np.float16, np.bool_) else "f8"
    data = base64.b64encode(np.ascontiguousarray(array, f"<{kind}").tobytes()).decode("ascii")
    return {"data": data, "type": kind, "shape": list(array.shape)}


def _letter(letter: str, size: int, *, given: bool) -> dict[str, Any]:
    fixed = given and letter not in "NT"
    return {
        "size": size,
        "meaning": MEANINGS[letter[0]],  # M1 and M2 say their layer themselves
        "one": MEANINGS[letter[0]].removesuffix("s"),
        "min": size if fixed else 1,
        "max": size if given else max(size, SLIDER_ENDS.get(letter[0], 12)),
    }


@cache
def module_file(name: str) -> str:
    """Return the text of the module or of its styles."""
    return (HERE / name).read_text(encoding="utf-8")


assert set(SLIDER_ENDS) == set(LETTERS)
