"""Cases for Bidirectional, and what its two halves give when the film, the weights or the start are wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import combinations
from typing import Any

import numpy as np

from rnnshapes.beliefs.simple_rnn import simple_rnn_wrongs
from rnnshapes.layers.bend import Bend, run_bends, straight
from rnnshapes.layers.cases import Case, import_keras, make_case
from rnnshapes.sizes import Sizes

MODES = ("concat", "sum", "mul", "ave")
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

    def keras(self, *, return_sequences: bool = True, merge_mode: str | None = "concat") -> Any:
        """Return Keras' layer with these weights."""
        layers = import_keras().layers
        half = layers.SimpleRNN(self.sizes.M, return_sequences=return_sequences, recurrent_initializer="zeros")
        layer = layers.Bidirectional(half, merge_mode=merge_mode)
        layer.build(self.X.shape)
        layer.set_weights(list(self.weights.values()))
        return layer

    def call(self, layer: Any) -> np.ndarray:
        """Return what a layer gives for X: a direct call, since predict() sets up more than a toy model's work."""
        return np.asarray(layer(self.X.astype("float32")))

    @cached_property
    def sequence(self) -> np.ndarray:
        """Every step of both halves, (N, T, 2M)."""
        return self.call(self.keras())

    @cached_property
    def last(self) -> np.ndarray:
        """What return_sequences=False gives, (N, 2M)."""
        return self.call(self.keras(return_sequences=False))

    @property
    def forward(self) -> np.ndarray:
        return self.sequence[:, :, : self.sizes.M]

    @property
    def backward(self) -> np.ndarray:
        return self.sequence[:, :, self.sizes.M :]

    @cached_property
    def merges(self) -> dict[str, np.ndarray]:
        """What each merge mode gives."""
        layer = self.keras()
        found = {}
        for mode in MODES:
            layer.merge_mode = mode  # read in each call
            found[mode] = self.call(layer)
        return found

    def of_half(self, half: str) -> dict[str, np.ndarray]:
        """Return the three weights of the half "f" or "b", by their names in a single layer."""
        return {name: self.weights[name + half] for name in ("Wx", "Wh", "bh")}


def make_two_films(sizes: Sizes, *, seed: int | list[int]) -> TwoFilms:
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
    return TwoFilms(sizes, one.X, weights)


def reader(sizes: Sizes, X: np.ndarray, weights: dict[str, np.ndarray]) -> Case:
    """Return one half as a case of lesson 01, whose head hands the state through: its Yhats are the states."""
    M = sizes.M
    head = {"Wo": np.eye(M, dtype="float32"), "bo": np.zeros(M, "float32")}
    return Case(replace(sizes, K=M), X, {**weights, **head})


def rewind(X: np.ndarray) -> np.ndarray:
    """Return a film (N, T, …) with its time steps in the opposite order."""
    return X[:, ::-1]


@lru_cache(maxsize=64)
def slips(case: TwoFilms, half: str) -> dict[str, list[np.ndarray]]:
    """Return what lesson 01's beliefs give in one half, in its own running order: (N, T', M) or (N, M)."""
    X = case.X if half == "f" else rewind(case.X)
    found: dict[str, list[np.ndarray]] = {}
    for wrong in simple_rnn_wrongs(reader(case.sizes, X, case.of_half(half)), pairs=False):
        found.setdefault(wrong.keys[0], []).append(wrong.value)
    return found


def states(bends: Sequence[Bend]) -> list[np.ndarray]:
    """Return every state of each bent model, (N, T, M)."""
    return [run.Yhats for run in run_bends(bends)]


def _bend(case: TwoFilms, half: str, X: np.ndarray) -> Bend:
    return straight(reader(case.sizes, X, case.of_half(half)))


def _flipped(array: np.ndarray, *axes: int) -> np.ndarray:
    return np.flip(array, axes)


@lru_cache(maxsize=32)
def wrong_films(case: TwoFilms) -> dict[str, list[np.ndarray]]:
    """Return what the backward half gives when the wrong film runs, or comes out the wrong way round."""
    N, T, D, M = case.sizes.shape("NTDM")
    X, film = case.X, rewind(case.X)
    late = np.concatenate([X[:, :1], film[:, :-1]], axis=1)  # t = 0, T − 1, …, 1: read at minus t
    early = np.concatenate([film[:, 1:], film[:, :1]], axis=1)  # t = T − 2, …, 0, T − 1
    recut = rewind(X.reshape(T, N, D).transpose(1, 0, 2))
    films = [film, X, _flipped(X, 2), _flipped(X, 1, 2), _flipped(X, 0, 1, 2), late, early, recut, -film, -X]
    films += [np.roll(X, by, axis=1) for by in (-1, 1)]
    ran, plain, features, both, every, late, early, recut, minus, minus_plain, *rolled = states(
        [_bend(case, "b", one) for one in films]
    )
    right = rewind(ran)
    in_place = ran.copy()
    for t in range(T):
        in_place[:, t] = in_place[:, -1 - t]  # row by row, and half of them are gone
    return {
        "not_reflipped": [ran],
        "input_not_reversed": [plain, *rolled],
        "rewound_twice": [rewind(plain)],
        "flipped_in_place": [in_place],
        "sign_flipped": [-right, -plain, rewind(minus), minus_plain],
        "samples_flipped": [_flipped(one, 0) for one in (plain, rewind(plain), ran, right)],
        "features_flipped": [
            both,
            rewind(both),
            features,
            rewind(features),
            _flipped(features, 2),
            _flipped(ran, 2),
            _flipped(right, 2),
        ],
        "every_axis_flipped": [every, rewind(every), _flipped(every, 0, 1, 2), _flipped(ran, 0, 1, 2)],
        "off_by_one_input": [
            late,
            rewind(late),
            np.roll(rewind(late), 1, axis=1),
            early,
            rewind(early),
            np.roll(ran, 1, axis=1)[:, ::-1],
            np.roll(ran, 1, axis=1),
            np.roll(right, 1, axis=1),
        ],
        "reshape_for_transpose": [
            ran.transpose(1, 0, 2).reshape(N, T, M),
            right.transpose(1, 0, 2).reshape(N, T, M),
            recut,
            rewind(recut),
        ],
    }


@lru_cache(maxsize=32)
def between_samples(case: TwoFilms, half: str) -> dict[str, list[np.ndarray]]:
    """Return what a half gives, row t beside step t, when samples are taken for steps, chained, or left out."""
    N, T, D, M = case.sizes.shape("NTDM")
    X, right, turn = (case.X, case.forward, np.asarray) if half == "f" else (rewind(case.X), case.backward, rewind)
    crossed = case.X.transpose(1, 0, 2)  # (T, N, D), read as T samples of N steps
    forth, back = (one.transpose(1, 0, 2) for one in states([_bend(case, half, x) for x in (crossed, rewind(crossed))]))
    [chained] = states([_bend(case, half, X.reshape(1, N * T, D))])
    chained = turn(chained.reshape(N, T, M))
    first, last = np.zeros_like(right), np.zeros_like(right)
    first[0], last[-1] = right[0], right[-1]
    turned = turn(right)  # in running order
    return {
        "n_t_swapped": [forth] if half == "f" else [forth, _flipped(forth, 0), back, _flipped(back, 0)],
        "state_leaks": [chained],
        "only_first_sample": [right[0], right[:1], first, np.repeat(right[:1], N, axis=0), turned[0], turned[:1]],
        "only_last_sample": [right[-1], right[-1:], last],
    }


@lru_cache(maxsize=32)
def crossed_weights(case: TwoFilms) -> dict[str, list[tuple[np.ndarray, np.ndarray]]]:
    """Return (forward, backward) for halves that read the right film with the wrong weights, or each other's film."""
    names = ("Wx", "Wh", "bh")
    base = {half: _bend(case, half, X) for half, X in zip(HALVES, (case.X, rewind(case.X)), strict=True)}
    some = [chosen for count in (1, 2, 3) for chosen in combinations(names, count)]

    def borrowed(half: str, other: str) -> list[np.ndarray]:
        theirs = case.of_half(other)
        return states([replace(base[half], **{name: theirs[name] for name in chosen}) for chosen in some])

    f, b = case.forward, case.backward
    into_b = [rewind(one) for one in borrowed("b", "f")]  # the last one has all three
    into_f = borrowed("f", "b")
    # the film of the other half: the same numbers as all weights of the other half, in the other place
    return {
        "weights_shared": [(f, into_b[-1]), (into_f[-1], b), (f, f), (b, b), (f, rewind(f)), (rewind(b), b)],
        "weights_crossed": [
            *((f, one) for one in into_b[:-1]),
            *((one, b) for one in into_f[:-1]),
            *zip(into_f, into_b, strict=True),
        ],
        "directions_swapped": [
            (into_b[-1], into_f[-1]),
            (rewind(into_b[-1]), into_f[-1]),
            (rewind(into_b[-1]), rewind(into_f[-1])),
        ],
        "both_read_backwards": [(into_b[-1], b), (rewind(into_b[-1]), rewind(b)), (rewind(into_b[-1]), b)],
    }


@lru_cache(maxsize=32)
def mixed_states(case: TwoFilms) -> dict[str, list[np.ndarray]]:
    """Return backward halves that take a state from the forward half: to start with, or in every step."""
    keras = import_keras()
    f, film, M = case.forward, rewind(case.X).astype("float32"), case.sizes.M
    weights = list(case.of_half("b").values())
    going_on = keras.layers.SimpleRNN(M, return_sequences=True)
    going_on.build(film.shape)
    going_on.set_weights(weights)
    started = np.asarray(going_on(film, initial_state=keras.ops.convert_to_tensor(f[:, -1])))
    before = np.concatenate([np.zeros_like(f[:, :1]), f[:, :-1]], axis=1)
    read = [_dense(case, np.concatenate([film, state], axis=2)) for state in (f, before, rewind(f))]
    return {
        "starts_from_forward": [rewind(started), started],
        "states_mixed": [rewind(read[0]), read[0], rewind(read[1]), read[1], rewind(read[2]), read[2]],
    }


@lru_cache(maxsize=32)
def wrong_neighbours(case: TwoFilms) -> list[np.ndarray]:
    """Return backward halves whose step t looks for its state in row t − 1 of an array that is filled from the end."""
    X, weights = case.X.astype("float32"), case.of_half("b")
    alone = states([replace(_bend(case, "b", case.X), Wh=0 * weights["Wh"])])[0]  # row t − 1 is not filled yet
    around = _dense(case, np.concatenate([X[:, :1], alone[:, -1:]], axis=2))  # but row −1 is
    return [np.concatenate([around, alone[:, 1:]], axis=1)] if case.sizes.T > 1 else []


@lru_cache(maxsize=32)
def other_lengths(case: TwoFilms, T: int) -> dict[str, list[np.ndarray]]:
    """Return the backward half when the loop counts down from another length: the notebook's T, or one too many."""
    film = rewind(case.X)
    [longer] = states([_bend(case, "b", np.concatenate([film, film[:, :1]], axis=1))])
    found = {"loop_too_long": [longer, rewind(longer)]}
    if T < case.sizes.T:
        [short] = states([_bend(case, "b", film[:, -T:])])
        padded = np.zeros_like(case.backward)
        padded[:, :T] = rewind(short)
        found["T_hard_coded"] = [rewind(short), short, padded]
    return found


def _dense(case: TwoFilms, x_and_state: np.ndarray) -> np.ndarray:
    """Return one backward step from [x, state]: a Dense layer, since nothing is handed on."""
    step = import_keras().layers.Dense(case.sizes.M, activation="tanh")
    step.build((None, None, case.sizes.D + case.sizes.M))
    Wx, Wh, bh = case.of_half("b").values()
    step.set_weights([np.concatenate([Wx, Wh]), bh])
    return np.asarray(step(x_and_state.astype("float32")))
