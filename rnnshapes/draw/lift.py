"""An index that lifts a part out of a box: 0, (0, 2), (slice(None), 2) or "X[:, 2]"."""

import re
from dataclasses import dataclass

from rnnshapes.errors import CourseError
from rnnshapes.sizes import tuple_text


@dataclass(frozen=True)
class Part:
    """What an index lifts out of a box."""

    name: str
    dims: tuple[str, ...]
    shape: tuple[int, ...]
    ranges: tuple[tuple[int, int], ...]  # depth, down, across
    index: tuple[int | slice, ...]


def part_of(name: str, dims: tuple[str, ...], shape: tuple[int, ...], lift: object) -> Part:
    index = _parsed(lift)
    if len(index) > len(shape):
        raise CourseError(
            f"Got {len(index)} indices, expected at most {len(shape)} for {name} of {tuple_text(dims)}. Try: lift=0."
        )
    full = index + (slice(None),) * (len(shape) - len(index))
    ranges, left_dims, left_shape = [(0, 1)] * (3 - len(shape)), [], []
    for item, token, size in zip(full, dims, shape, strict=True):
        start, stop, _ = item.indices(size) if isinstance(item, slice) else (item % size, item % size + 1, 1)
        outside = start >= stop if isinstance(item, slice) else not -size <= item < size
        if outside:
            raise CourseError(
                f"Got index {item} on axis {token} = {size} of {name}, expected {-size} to {size - 1}. Try: lift=0."
            )
        ranges.append((start, stop))
        if isinstance(item, slice):
            left_dims.append(token if stop - start == size else str(stop - start))
            left_shape.append(stop - start)
    texts = ", ".join(_index_text(item) for item in index)
    return Part(f"{name}[{texts}]", tuple(left_dims), tuple(left_shape), tuple(ranges), full)


def _parsed(lift: object) -> tuple[int | slice, ...]:
    """Return an index as a tuple of whole numbers and slices of step 1."""
    if isinstance(lift, str):
        inside = re.sub(r"^\w*\[|\]$", "", lift.strip())
        if not re.fullmatch(r"\s*(-?\d+|\d*:\d*)\s*(,\s*(-?\d+|\d*:\d*)\s*)*", inside):
            raise CourseError(f"Got lift={lift!r}, expected numbers and colons. Try: 'X[0, 2]' or 'X[:, 2]'.")
        return tuple(_item(text.strip()) for text in inside.split(","))
    return tuple(lift) if isinstance(lift, tuple) else (lift,)


def _item(text: str) -> int | slice:
    if ":" not in text:
        return int(text)
    start, stop = (int(side) if side else None for side in text.split(":"))
    return slice(start, stop)


def _index_text(item: int | slice) -> str:
    if not isinstance(item, slice):
        return str(item)
    return f"{'' if item.start is None else item.start}:{'' if item.stop is None else item.stop}"
