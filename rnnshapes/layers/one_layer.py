"""One layer by itself, with the lines that compute it: what the lessons that taught it know of it fits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rnnshapes.layers.cases import sizes_on, stacked_weights
from rnnshapes.layers.drawn_stacks import draw_weights, pad
from rnnshapes.layers.ledger import BLOCKS, Layer, kind_of
from rnnshapes.layers.lines_of_layers import PROGRAMS, names_of, one_way_arrays, wide
from rnnshapes.layers.run import run
from rnnshapes.layers.stacks import Stack, sizes_at
from rnnshapes.sizes import Sizes


@dataclass(frozen=True, eq=False)
class OneLayer:
    """One layer with its weights by name, as a by-hand function takes them; `value` pads X, if it is padded."""

    sizes: Sizes
    stack: Stack

    X = property(lambda self: self.stack.X)
    ids = X
    layer = property(lambda self: self.stack.layers[-1])
    value = property(lambda self: self.stack.layers[0].get("mask_value"))
    mask = property(lambda self: (self.X != self.value).any(axis=2) if len(self.stack.layers) > 1 else None)
    weights = cached_property(lambda self: dict(zip(names_of(self.layer), self.stack.weights[-1], strict=True)))
    more_sizes = property(lambda self: wide(self.layer) if self.layer["kind"] in BLOCKS else {})
    program = property(lambda self: PROGRAMS.get((kind_of(self.layer), self.mask is not None)))

    @cached_property
    def out(self) -> np.ndarray:
        """What Keras gives: by the lines, where there are some, since a test holds them against Keras."""
        if self.program is None:
            return self.stack.out
        film = run(self.program.lines, self.arrays, sizes_on(self))["h"]
        return film if self.layer["return_sequences"] else film[:, -1]

    @cached_property
    def arrays(self) -> dict[str, np.ndarray]:
        """What the layer's lines read; all states start at zero."""
        arrays = one_way_arrays(self.layer, self.stack.weights[-1])
        zeros = np.zeros(self.sizes.shape("NM"))
        masks = {} if self.mask is None else {"mask": self.mask}
        stacked = stacked_weights(arrays["Wx"], arrays["Wh"]) if "Wx" in arrays else {}
        return {"X": self.X, **arrays, **masks, **stacked, "h0": zeros, "c0": zeros}


def one_layer(
    sizes: Sizes,
    *,
    seed: int | list[int],
    layer: Callable[[Sizes], Layer],
    masked: bool = False,
    padding: float | None = None,
) -> OneLayer:
    """Return a case of one layer, which `layer(sizes)` describes, behind a Masking if it is `masked`.

    `padding` is what that masks: by default 0 or −1.
    """
    rng, made = np.random.default_rng([*np.atleast_1d(seed).tolist(), 14]), layer(sizes)
    N, T, D = sizes.shape("NTD")
    ids = made["kind"] == "Embedding"
    X = rng.integers(0, made["input_dim"], (N, T)) if ids else rng.standard_normal((N, T, D))
    front: list[Layer] = []
    if masked:
        front = [{"kind": "Masking", "mask_value": float(-(N % 2)) + 0.0 if padding is None else padding}]
        pad(X, front[0]["mask_value"], rng)
    weights = [*([] for _ in front), draw_weights(made, D, rng)]
    return OneLayer(sizes_at(sizes, made, D), Stack(sizes, [*front, made], weights, X))
