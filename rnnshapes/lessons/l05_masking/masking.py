"""Padded boxes with their masks, and what Keras gives for them when mask, data or weights are bent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import Any

import numpy as np

from rnnshapes.beliefs.simple_rnn import BENDS
from rnnshapes.layers.bend import Bend, run_bends
from rnnshapes.layers.cases import import_keras, make_case
from rnnshapes.sizes import Sizes

States = np.ndarray  # (N, T, M)


@dataclass(frozen=True, eq=False)  # cached by identity
class MaskedCase:
    """A padded box, the value that pads it, and the weights of Input → Masking → SimpleRNN.

    Shapes: X is (N, T, D); weights are Wx (D, M), Wh (M, M), bh (M,), and a head Wo (M, K), bo (K,).
    """

    sizes: Sizes
    X: np.ndarray
    value: float
    weights: dict[str, np.ndarray]

    @cached_property
    def mask(self) -> np.ndarray:
        """Which steps Keras' Masking layer lets count, (N, T)."""
        keras = import_keras()
        return np.asarray(keras.layers.Masking(mask_value=self.value).compute_mask(self.X.astype("float32")))

    @cached_property
    def h(self) -> States:
        """Every state, by `predict`: repeated at masked steps, (N, T, M)."""
        return masked_model(self, return_sequences=True).predict(self.X, verbose=0)

    @cached_property
    def h_last(self) -> np.ndarray:
        """The last state, by `predict`, (N, M)."""
        return masked_model(self).predict(self.X, verbose=0)

    @cached_property
    def h_zeroed(self) -> States:
        """Every state, zeros at masked steps, (N, T, M)."""
        return masked_model(self, return_sequences=True, zero_output_for_mask=True).predict(self.X, verbose=0)

    @cached_property
    def h_mean(self) -> np.ndarray:
        """The mean of the states over the real steps, (N, M)."""
        return pooled(self.h, self.mask)


def masked_model(case: MaskedCase, **settings: bool) -> Any:
    """Return Input → Masking → SimpleRNN with the case's weights; `settings` go to SimpleRNN.

    Source: Keras API reference, Masking and SimpleRNN.
    """
    keras = import_keras()
    layer = keras.layers.SimpleRNN(case.sizes.M, **settings)
    model = keras.Sequential(
        [keras.Input(case.sizes.shape("TD")), keras.layers.Masking(mask_value=case.value), layer],
    )
    layer.set_weights([case.weights[name] for name in ("Wx", "Wh", "bh")])
    model.compile(run_eagerly=True)
    return model


def pooled(h: States, mask: np.ndarray) -> np.ndarray:
    """Return Keras' mean over the steps that count, (N, T, M) and (N, T) → (N, M)."""
    layer = import_keras().layers.GlobalAveragePooling1D()
    return np.asarray(layer(h.astype("float32"), mask=np.asarray(mask, bool)))


def make_masked(sizes: Sizes, *, seed: int | list[int], empty: bool = True) -> MaskedCase:
    """Return a case with padding in front, inside and at the end.

    The padding is 0 if N is even, else −1, and then all samples wait at one step. With `empty` and N ≥ 5, one sample has
    no real step. Among the real steps are some that look like padding: one feature equal to it, a sum equal to its sum, all features below it, all zero.

    >>> case = make_masked(Sizes(N=4, T=6, D=3, M=5, K=2), seed=0)
    >>> case.mask.shape, case.mask.all(axis=1).tolist()
    ((4, 6), [False, True, False, False])
    """
    base = make_case(sizes, seed=seed)
    rng = np.random.default_rng(seed)
    N, T, D = sizes.shape("NTD")
    value = 0.0 if N % 2 == 0 else -1.0
    real = np.array([_marks(n, T, rng, empty=empty) for n in range(N)])
    if N % 2 and N > 1 and T > 2:
        real[:, T // 2] = False  # a step at which every sample waits
    X = base.X.copy()
    places = rng.permutation(np.argwhere(real))
    for (n, t), look in zip(places, _lookalikes(D, value, rng), strict=False):
        X[n, t] = look
    X[~real] = value
    return MaskedCase(sizes, X, value, base.weights)


make_never_empty = partial(make_masked, empty=False)
"""Cases in which each sample has a real step: Keras' mean over no step is NaN."""


def _marks(n: int, T: int, rng: np.random.Generator, *, empty: bool) -> np.ndarray:
    """Return which steps of sample n are real: the first samples have one kind of padding each."""
    real = np.ones(T, bool)
    cut = int(rng.integers(1, T))
    if n == 0:  # in front if there are two steps, else a gap; with enough steps all three
        real[[0] if T == 2 else [1] if T == 3 else [0, 2] if T == 4 else [0, T // 2, T - 1]] = False
    elif n == 2:
        real[cut:] = False
    elif n == 3:
        real[:cut] = False
    elif n == 4 and empty:
        real[:] = False
    elif n > 4:
        real = rng.random(T) < 0.6
        real[int(rng.choice((0, T - 1)))] = True
    return real


def _lookalikes(D: int, value: float, rng: np.random.Generator) -> list[np.ndarray]:
    """Return real steps that a careless test takes for padding, (D,) each."""
    first, last, sums, below = (rng.standard_normal(D) for _ in range(4))
    first[0] = last[-1] = value
    sums[:] = value
    sums[:2] += [0.75, -0.75]
    below = value - 0.1 - np.abs(below)
    return [first, last, sums, below, *([np.zeros(D)] if value else [])]


def run_masked(case: MaskedCase, variants: Sequence[tuple[np.ndarray, np.ndarray]]) -> list[States]:
    """Return Keras' states for other data or masks, in one call: N samples more for each variant.

    Shapes: each variant is (X, mask) of (N, T, D) and (N, T).
    """
    layer = import_keras().layers.SimpleRNN(case.sizes.M, return_sequences=True)
    X = np.concatenate([X for X, _ in variants]).astype("float32")
    layer.build(X.shape)
    layer.set_weights([case.weights[name] for name in ("Wx", "Wh", "bh")])
    h = np.asarray(layer(X, mask=np.concatenate([mask for _, mask in variants])))
    return np.split(h, len(variants))


def run_weights(case: MaskedCase, keys: Sequence[str]) -> dict[str, list[States]]:
    """Return the states of SimpleRNNs whose weights, start or activation are bent, with the case's mask."""
    start = Bend(X=case.X, h0=np.zeros(case.sizes.M), **case.weights)
    named = [(key, bend(start)) for key in keys for bend in BENDS[key]]
    begun = np.logical_or.accumulate(case.mask, axis=1)[:, :, None]
    found: dict[str, list[States]] = {}
    for (key, bend), run in zip(named, run_bends([bend for _, bend in named], mask=case.mask), strict=True):
        h = np.where(begun, run.h, bend.h0)  # Keras puts out zeros before the first real step, whatever the state is
        if key == "bias_outside_tanh":  # the bend runs without the bias and adds it in the head
            h = h + case.weights["bh"]
        found.setdefault(key, []).append(np.tanh(h) if bend.readout == "tanh" else h)
    return found


Step = Callable[[Any, Any, Any, Any], Any]


def run_cells(case: MaskedCase, steps: dict[str, Step], *, skips: bool) -> dict[str, States]:
    """Return the states of recurrent cells that step in wrong ways, side by side.

    `step(real, total, h, keras.ops)` gets whether the step counts as 1 or 0, (N, 1), the sum that belongs inside tanh
    without h·Wh, h·Wh alone and h as a pair, and returns the next h. With `skips`, Keras skips the masked steps.
    """
    keras = import_keras()
    Wx, Wh, bh = (case.weights[name].astype("float64") for name in ("Wx", "Wh", "bh"))
    N, T, M = case.sizes.shape("NTM")

    class Cell(keras.layers.Layer):
        state_size = [M] * len(steps)
        output_size = M * len(steps)

        def call(self, x: Any, states: list[Any]) -> tuple[Any, list[Any]]:
            total = keras.ops.matmul(x[:, :-1], Wx) + bh
            new = [
                step(x[:, -1:], total, (h, keras.ops.matmul(h, Wh)), keras.ops)
                for step, h in zip(steps.values(), states, strict=True)
            ]
            return keras.ops.concatenate(new, axis=-1), new

    marked = np.concatenate([case.X, case.mask[:, :, None]], axis=2)  # (N, T, D + 1)
    layer = keras.layers.RNN(Cell(dtype="float64"), return_sequences=True, dtype="float64")
    h = np.asarray(layer(marked, mask=case.mask if skips else None)).reshape(N, T, len(steps), M)
    return {key: h[:, :, i] for i, key in enumerate(steps)}


CELLS: dict[str, Step] = {
    "state_zeroed": lambda real, total, h, ops: real * ops.tanh(total + h[1]),
    "recurrence_goes_on": lambda real, total, h, ops: ops.tanh(real * total + h[1]),
    "tanh_on_frozen": lambda real, total, h, ops: ops.tanh(real * (total + h[1]) + (1 - real) * h[0]),
}
"""What a masked step may do to the state instead of leaving it alone."""

WEIGHTS = (
    "bias_dropped",
    "bias_outside_tanh",
    "wh_transposed",
    "h_last_not_updated",
    "no_activation",
    "relu",
    "sigmoid",
    "tanh_twice",
    "initial_state_ones",
)
"""The beliefs of lesson 01 that are tried here as well."""


@lru_cache(maxsize=32)
def candidates(case: MaskedCase) -> States:
    """Return what each step, masked or not, would make of the frozen state before it, (N, T, M)."""
    N, T, D = case.sizes.shape("NTD")
    before = np.concatenate([0 * case.h[:, :1], case.h[:, :-1]], axis=1)
    layer = import_keras().layers.SimpleRNN(case.sizes.M)
    layer.build((None, 1, D))
    layer.set_weights([case.weights[name] for name in ("Wx", "Wh", "bh")])
    steps = case.X.reshape(N * T, 1, D).astype("float32")
    return np.asarray(layer(steps, initial_state=before.reshape(N * T, -1))).reshape(N, T, -1)


@lru_cache(maxsize=32)
def bent_states(case: MaskedCase) -> dict[str, list[States]]:
    """Return, by belief, the states (N, T, M) that it gives; the arrays of one belief are ways to code it."""
    X, mask = case.X, case.mask
    T = case.sizes.T
    every = np.ones_like(mask)
    steps = np.arange(T)
    lengths = mask.sum(axis=1, keepdims=True)  # (N, 1)
    shifted = np.roll(mask, 1, axis=1)
    filled = [np.hstack([every[:, :1] * start, mask[:, :-1]]).astype(bool) for start in (0, 1)]
    variants = {
        "mask_ignored": [(X, every), (X, mask.any(axis=1, keepdims=True))],
        "input_zeroed": [(X * mask[:, :, None], every)],
        "mask_inverted": [(X, ~mask)],
        "one_mask_for_batch": [(X, one) for one in for_all(mask)],
        "padding_at_the_end": [(X, one) for one in at_the_end(mask)],
        "padding_in_front": [(X, one) for one in in_front(mask)],
        "padded_samples_dropped": [(X, mask.all(axis=1, keepdims=True))],
        "stops_at_first_padding": [(X, np.logical_and.accumulate(mask, axis=1))],
        "one_length_for_batch": [(X, every & (steps < count)) for count in (lengths.min(), lengths.max(), lengths[0])],
        "mask_guessed": [(X, (X != 0).any(axis=2)), (X, (X != 0).all(axis=2)), (X, X[:, :, 0] != 0)],
        "mask_one_step_off": [(X, shifted), (X, np.roll(mask, -1, axis=1)), *((X, one) for one in filled)],
        "time_reversed": [(X[:, ::-1], mask[:, ::-1]), (X[:, ::-1], mask)],
        "first_step_skipped": [(X, mask & (steps > 0))],
    }
    flat = [variant for coded in variants.values() for variant in coded]
    ran = iter(run_masked(case, [(X, np.broadcast_to(one, mask.shape)) for X, one in flat]))
    states = {key: [next(ran) for _ in coded] for key, coded in variants.items()}
    states |= {key: [h] for key, h in run_cells(case, CELLS, skips=False).items()}
    plus = {"h_plus_new": lambda real, total, h, ops: h[0] + ops.tanh(total + h[1])}
    states |= {key: [h] for key, h in run_cells(case, plus, skips=True).items()}
    states |= run_weights(case, WEIGHTS)
    unmasked = states["mask_ignored"][0]
    states["masked_afterwards"] = [unmasked * mask[:, :, None], _held(unmasked, mask)]
    states["candidate_returned"] = [candidates(case)]
    states["h_last_not_updated"] += [h * mask[:, :, None] for h in states["h_last_not_updated"]]
    return states


def for_all(mask: np.ndarray) -> list[np.ndarray]:
    """Return masks in which all samples share one row."""
    return [np.broadcast_to(row, mask.shape) for row in (mask[0], mask[-1], mask.all(axis=0), mask.any(axis=0))]


def at_the_end(mask: np.ndarray) -> list[np.ndarray]:
    """Return the masks of those who expect padding at the end: by the number of real steps, and up to the last one."""
    T = mask.shape[1]
    return [np.arange(T) < mask.sum(axis=1, keepdims=True), np.logical_or.accumulate(mask[:, ::-1], axis=1)[:, ::-1]]


def in_front(mask: np.ndarray) -> list[np.ndarray]:
    """Return the masks of those who expect padding in front."""
    return [one[:, ::-1] for one in at_the_end(mask[:, ::-1])]


def _held(h: States, mask: np.ndarray) -> States:
    """Return h with the last real step's state repeated at masked steps, zeros before the first."""
    last = np.maximum.accumulate(np.where(mask, np.arange(mask.shape[1]), -1), axis=1)  # (N, T)
    return np.take_along_axis(h, np.maximum(last, 0)[:, :, None], axis=1) * (last >= 0)[:, :, None]


@lru_cache(maxsize=32)
def one_long_film(case: MaskedCase) -> States:
    """Return the states when all samples, one after the other, are one film, (N, T, M)."""
    N, T, D = case.sizes.shape("NTD")
    layer = import_keras().layers.SimpleRNN(case.sizes.M, return_sequences=True)
    layer.build((1, N * T, D))
    layer.set_weights([case.weights[name] for name in ("Wx", "Wh", "bh")])
    h = layer(case.X.reshape(1, N * T, D).astype("float32"), mask=case.mask.reshape(1, N * T))
    return np.asarray(h).reshape(N, T, -1)
