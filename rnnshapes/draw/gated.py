"""Layers with gates in words: their lines, what is made of their sums, and the stages in which they are drawn."""

from typing import NamedTuple

from rnnshapes.layers.index_strings import Flow, Slice
from rnnshapes.layers.tables import GRU, LSTM
from rnnshapes.layers.words import times_text
from rnnshapes.sizes import Sizes

NUMBERS = {3: "three", 4: "four"}


class Gated(NamedTuple):
    """A layer with gates: its lines, the names of its sums, and the stages in which its picture grows."""

    gates: tuple[Flow, ...]
    states: tuple[Flow, ...]
    sums: tuple[str, ...]
    stages: tuple[str, ...]
    least: float = 26.0

    @property
    def many(self) -> int:
        """How many blocks stand side by side."""
        return len(self.gates)


LAYERS = {
    "LSTM": Gated(LSTM[:4], LSTM[4:], ("z",), ("sum", "gates", "c", "h")),
    "GRU": Gated((*GRU[:2], GRU[3]), GRU[4:], ("p", "q"), ("sum", "gates", "h"), least=30.0),
}
"""What can be drawn. Where there are two sums, each has a product and a row of the bias."""


def sentences_of(kind: Gated, sizes: Sizes) -> list[str]:
    """Return what is drawn, for alt text: the sums, their parts, what these become, and each state."""
    return [
        _sums(kind, sizes),
        f"Cut in {NUMBERS[kind.many]} parts of M = {sizes.M}: {', '.join(gate.result.name for gate in kind.gates)}.",
        f"{', '.join(f'{flow.result.name} {_passage(kind, flow)}' for flow in kind.gates)}.",
        *(f"{flow.result.name} = {_in_words(flow)}." for flow in kind.states),
    ]


def rows_of(kind: Gated, stage: int) -> tuple[tuple[str, str], ...]:
    """Return the rows of the table beside the picture, up to a stage."""
    rows = []
    for k, flow in enumerate(kind.gates):
        made = f"= {flow.function}(…)" if len(kind.sums) == 1 else _passage(kind, flow)
        rows.append((f"block {k}", f"{flow.result.name} {made}"))
    states = [(flow.result.name, _in_words(flow)) for flow in kind.states]
    return tuple(rows + states[: max(0, stage - 1)]) if stage else ()


def _sums(kind: Gated, sizes: Sizes) -> str:
    wide = f"{kind.many}M"
    x, h, Wx, Wh, z = (times_text(sizes.shape(dims)) for dims in ("D", "M", f"D{wide}", f"M{wide}", wide))
    if len(kind.sums) == 1:
        return f"x[t] {x} times Wx {Wx}, plus h_last {h} times Wh {Wh}, plus bh {z}: {wide} numbers."
    p, q = kind.sums
    return f"x[t] {x} times Wx {Wx}, plus bx {z}: {p}. h_last {h} times Wh {Wh}, plus bh {z}: {q}."


def _passage(kind: Gated, flow: Flow) -> str:
    """Return what a gate is made of: "through tanh", or, of two sums, "= tanh(p + r*q)"."""
    if len(kind.sums) == 1:
        return f"through {flow.function}"
    return f"= {flow.function}({kind.sums[0]} + {''.join(f'{name}*' for name in between(flow))}{kind.sums[1]})"


def between(flow: Flow) -> list[str]:
    """Return the gate in front of the second sum, as a list of one or none: r, in the candidate of a GRU."""
    return [term.left.name for term in flow.products if not term.shared]


def _in_words(flow: Flow) -> str:
    return " + ".join(f"{_through(term.left)}*{_through(term.right)}" for term in flow.terms)


def name_of(piece: Slice) -> str:
    """Return h_last for the state of the step before, and the name as it is for anything else."""
    return f"{piece.name}_last" if "t-1" in piece.index else piece.name


def _through(piece: Slice) -> str:
    if piece.function == "1-":
        return f"(1-{name_of(piece)})"
    return f"{piece.function}({name_of(piece)})" if piece.function else name_of(piece)
