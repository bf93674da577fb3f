"""The cases of lesson 02: a film of states with a softmax head, and a loss with a target that does not fit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from rnnshapes.layers.cases import Case, head_layer, make_case, rnn_layer
from rnnshapes.layers.program import Program
from rnnshapes.layers.tables import CLASSES_LINES, SIMPLE_RNN_LINES
from rnnshapes.sizes import Sizes


@dataclass(frozen=True, eq=False)
class FilmCase(Case):
    """A case whose models keep the film: its states, and its classes from a softmax head."""

    @cached_property
    def states(self) -> np.ndarray:
        """What `predict(X)` of Input → SimpleRNN(M, return_sequences=True) gives, (N, T, M)."""
        return np.asarray(rnn_layer(self, return_sequences=True)(self.X.astype("float32")))

    @cached_property
    def classes(self) -> np.ndarray:
        """What `predict(X)` gives with Dense(K, activation="softmax") on the film, (N, T, K)."""
        return np.asarray(head_layer(self, activation="softmax")(self.states))

    @cached_property
    def Yhat(self) -> np.ndarray:
        """What the notebook's Dense(K) gives when it is fed the film's last frame, (N, K)."""
        return np.asarray(head_layer(self)(self.states[:, -1]))

    @property
    def H(self) -> np.ndarray:
        """The film of states under its name in the notebook."""
        return self.states


@dataclass(frozen=True, eq=False)
class StatesCase(FilmCase):
    """A film case whose lines end with the states."""

    program = Program(SIMPLE_RNN_LINES[:2], film="h")


@dataclass(frozen=True, eq=False)
class ClassesCase(FilmCase):
    """A film case whose lines end with the probabilities."""

    program = Program(CLASSES_LINES, film="p")

    def state_behind(self, row: np.ndarray) -> np.ndarray:
        """Return the states behind probabilities: their logarithms are the logits, up to one number for each row."""
        Wo, bo = (self.weights[name].astype(float) for name in ("Wo", "bo"))
        unknown = np.vstack([Wo, np.ones_like(bo)])  # h, and what softmax has divided out; needs K > M
        return np.linalg.lstsq(unknown.T, (np.log(row) - bo).T, rcond=None)[0].T[:, :-1]


@dataclass(frozen=True, eq=False)
class LossCase:
    """One target for each sample, Y (N, 1), and an output for every step, Yhats (N, T, 1)."""

    case: Case
    Y: np.ndarray

    @property
    def sizes(self) -> Sizes:
        return self.case.sizes

    @property
    def Yhats(self) -> np.ndarray:
        return self.case.Yhats

    @cached_property
    def reported(self) -> np.ndarray:
        """The loss that `evaluate(X, Y)` of a model compiled with loss="mse" reports, as one batch."""
        model = self.case.twin
        model.compile(loss="mse", run_eagerly=True)
        return np.asarray(model.test_on_batch(self.case.X, self.Y))


def make_film(sizes: Sizes, *, seed: Any, kind: type[FilmCase] = FilmCase) -> FilmCase:
    """Return a case with at least two classes: a softmax over one is 1 whatever goes in.

    >>> make_film(Sizes(N=1, T=5, D=3, M=4, K=1), seed=0).states.shape
    (1, 5, 4)
    """
    case = make_case(sizes if sizes.K > 1 else replace(sizes, K=2), seed=seed)
    return kind(case.sizes, case.X, case.weights)


def make_loss(sizes: Sizes, *, seed: Any) -> LossCase:
    """Return a case with one output node: that is where Keras is silent."""
    case = make_case(replace(sizes, K=1), seed=seed)
    rng = np.random.default_rng(seed)
    return LossCase(case, rng.uniform(1, 3, (sizes.N, 1)))


def apart(case: LossCase) -> np.ndarray:
    """Return what Keras takes the mean square of, (N, T): the one target meets every step."""
    return case.Yhats[..., 0] - case.Y
