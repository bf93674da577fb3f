"""Cases for Bidirectional: its two halves, where each of them stops, and what each merge mode makes of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

import numpy as np

from rnnshapes.layers.cases import ZEROS, import_keras, make_case, stacked_weights
from rnnshapes.layers.program import BACKWARD_HALF, FORWARD_HALF, Program
from rnnshapes.layers.tables import ENDS_LINES, MERGE_LINES, TWO_FILMS_LINES
from rnnshapes.sizes import Sizes

HALVES = ("f", "b")


@dataclass(frozen=True, eq=False)
class TwoFilms:
    """Data, the six weights of a Bidirectional(SimpleRNN(M)), and what Keras makes of them.

    Shapes: X is (N, T, D); for each half Wx (D, M), Wh (M, M) and bh (M,): "Wxf" … of the forward half, "Wxb" … of
    the backward half, in the order of `get_weights()`.
    """

    sizes: Sizes
    X: np.ndarray
    weights: dict[str, np.ndarray]

    program = Program(TWO_FILMS_LINES, film="h", parts=(FORWARD_HALF, BACKWARD_HALF))

    more_sizes = property(lambda self: {"J": 2 * self.sizes.M})

    @cached_property
    def arrays(self) -> dict[str, np.ndarray]:
        """What the lines read, and each half's Wx and Wh stacked in both orders."""
        stacked = [stacked_weights(self.weights[f"Wx{half}"], self.weights[f"Wh{half}"], of=half) for half in HALVES]
        return {"X": self.X, **self.weights, **stacked[0], **stacked[1]}

    def keras(self, *, return_sequences: bool = True, merge_mode: str | None = "concat") -> Any:
        """Return Keras' layer with these weights."""
        layers = import_keras().layers
        half = layers.SimpleRNN(self.sizes.M, return_sequences=return_sequences, unroll=True, **ZEROS)
        layer = layers.Bidirectional(half, merge_mode=merge_mode)
        layer.build(self.X.shape)
        layer.set_weights([self.weights[name + half] for half in HALVES for name in ("Wx", "Wh", "bh")])
        return layer

    def call(self, layer: Any) -> np.ndarray:
        """Return what a layer gives for X: a direct call, since predict() sets up more than a toy model's work."""
        return np.asarray(layer(self.X.astype("float32")))

    @cached_property
    def sequence(self) -> np.ndarray:
        """Every step of both halves, (N, T, 2M)."""
        return self.in_mode("concat")

    def in_mode(self, mode: str) -> np.ndarray:
        """Return what Keras gives with this merge_mode."""
        self._layer.merge_mode = mode  # read in each call
        return self.call(self._layer)

    _layer = cached_property(lambda self: self.keras())
    last = cached_property(lambda self: self.call(self.keras(return_sequences=False)))  # (N, 2M)
    forward = property(lambda self: self.sequence[:, :, : self.sizes.M])
    backward = property(lambda self: self.sequence[:, :, self.sizes.M :])


class Backward(TwoFilms):
    """The backward half alone, whose weights the function gets under their plain names."""

    program = Program(TWO_FILMS_LINES[2:4] + TWO_FILMS_LINES[5:6], film="b", parts=(BACKWARD_HALF,))
    Wx, Wh, bh = (property(lambda self, name=name: self.weights[f"{name}b"]) for name in ("Wx", "Wh", "bh"))


class Ends(TwoFilms):
    """The whole sequence, out of which the last states are taken."""

    program = Program(ENDS_LINES, film="last")
    seq = property(lambda self: self.sequence)
    arrays = cached_property(lambda self: {"X": self.X, "seq": self.sequence})


@dataclass(frozen=True, eq=False)
class Merge(TwoFilms):
    """Two halves and the mode in which Keras merges them."""

    mode: str = "concat"

    dims = property(lambda self: "NT2M" if self.mode == "concat" else "NTM")  # only joined halves are 2M long
    note = property(lambda self: f"mode = {self.mode!r}")
    program = property(lambda self: Program((MERGE_LINES[self.mode],), film="merged"))
    arrays = cached_property(lambda self: {"X": self.X, "f": self.forward, "b": self.backward})

    @cached_property
    def modes(self) -> list[Merge]:
        """The same halves in every mode, of one layer."""
        modes = [replace(self, mode=mode) for mode in MERGE_LINES]
        for one in modes:
            vars(one).update(_layer=self._layer, sequence=self.sequence)
        return modes

    def sibling(self, *, seed: int) -> Merge:
        """Return other halves of the same sizes in the same mode."""
        return replace(make_two_films(self.sizes, seed=seed, kind=Merge), mode=self.mode)

    @cached_property
    def merged(self) -> np.ndarray:
        """What Keras gives with this merge_mode."""
        return self.sequence if self.mode == "concat" else self.in_mode(self.mode)

    def in_modes(self, **wrong: list[np.ndarray]) -> list[np.ndarray]:
        """Return arrays that are given in some modes alone; in all others the answer is right."""
        return wrong.get(self.mode, [self.merged])


def make_two_films(sizes: Sizes, *, seed: int | list[int], kind: type[TwoFilms] = TwoFilms) -> TwoFilms:
    """Return a case with random data and two sets of weights, biases not zero.

    >>> case = make_two_films(Sizes(N=4, T=7, D=3, M=5, K=2), seed=1)
    >>> list(case.weights), case.sequence.shape, case.last.shape
    (['Wxf', 'Whf', 'bhf', 'Wxb', 'Whb', 'bhb'], (4, 7, 10), (4, 10))
    """
    one, two = (make_case(sizes, seed=[*np.atleast_1d(seed).tolist(), number]) for number in range(2))
    weights = {
        name + half: case.weights[name]
        for half, case in zip(HALVES, (one, two), strict=True)
        for name in ("Wx", "Wh", "bh")
    }
    return kind(sizes, one.X, weights)


make_backward = partial(make_two_films, kind=Backward)
make_ends = partial(make_two_films, kind=Ends)
make_merge = partial(make_two_films, kind=Merge)
