"""One axis on paper: long ones are drawn to a compressed scale."""

import math
from dataclasses import dataclass

LARGEST_PRINTED = 8  # cells; values are printed if the front face is at most 8×8


@dataclass(frozen=True)
class Span:
    """One axis on paper, in cells: every index if they are few, else the first, a gap, and the last."""

    indices: tuple[int, ...]
    starts: tuple[float, ...]
    total: float
    gap: tuple[float, float] | None = None

    @classmethod
    def of(cls, number: int, cap: int = LARGEST_PRINTED) -> "Span":
        if number == 0:
            return cls((), (), 0.4)
        if number <= cap:
            return cls(tuple(range(number)), tuple(map(float, range(number))), float(number))
        tail = 2 if cap > 6 else 1
        head = cap - 1 - tail
        gap = 1.4 + 0.2 * math.log2(number / cap)  # a thousand is drawn longer than ten, but not by much
        indices = (*range(head), *range(number - tail, number))
        starts = (*map(float, range(head)), *(head + gap + i for i in range(tail)))
        return cls(indices, starts, head + gap + tail, (float(head), head + gap))


def on_paper(span: Span, pair: tuple[int, int]) -> tuple[float, float]:
    """Return where indices start to stop-1 lie on a span; what falls into the gap is marked there."""

    def place(index: int) -> float:
        if index in span.indices:
            return span.starts[span.indices.index(index)]
        return sum(span.gap) / 2 - 0.5

    start, stop = pair
    return place(start), place(stop - 1) + 1
