"""The items of the quiz before and after the course: single shapes, each taken from what a lesson asks.

An item is measured as its lesson measures it, and a wrong shape is named from its lesson's catalogue; only the sizes are
the quiz's own. So two quizzes ask for the same arrays in the same order, and differ in all numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from rnnshapes.beliefs.by_hand import KINDS
from rnnshapes.judge.exercise import TypedOnce
from rnnshapes.judge.shapes import ShapesExercise
from rnnshapes.judge.verdict import Verdict
from rnnshapes.lessons import find_exercise
from rnnshapes.sizes import Sizes


@dataclass(frozen=True)
class Item:
    """One question: the student's variable, what a lesson calls that shape, and the question in words.

    `of` is the number of the lesson and its key there: "07 Wx" is "Wx" of "07/predicted".
    """

    name: str
    of: str
    asks: str

    @property
    def lesson(self) -> str:
        """The number of the lesson."""
        return self.of[:2]


@dataclass(frozen=True)
class Topic:
    """Questions under one heading; `about` says what they are about."""

    heading: str
    about: str
    items: tuple[Item, ...]


TOPICS = (
    Topic(
        "One sample, one step",
        "`X` holds N samples of T time steps with D features. A model reads it: Input → SimpleRNN with M hidden units → Dense with K output nodes.",
        (
            Item("one_sample", "01 x", "one sample of X, X[0]"),
            Item("one_step", "01 x[t]", "what one sample shows at one time step"),
            Item("one_state", "01 h", "the state of one sample, after one step"),
            Item("one_output", "01 yhat", "the output of one sample, after one step"),
            Item("all_outputs", "01 Yhat", "what model.predict(X) returns"),
        ),
    ),
    Topic(
        "A film",
        "All of `X` goes into a SimpleRNN with M hidden units. A Dense layer has K output nodes.",
        (
            Item("last_state", "02 h", "SimpleRNN(M), fed X"),
            Item("every_state", "02 H", "SimpleRNN(M, return_sequences=True), fed X"),
            Item("head_weight", "02 Wo", "the first weight of Dense(K), which is fed every_state"),
            Item("every_output", "02 Yhats", "Dense(K), fed every_state"),
        ),
    ),
    Topic(
        "Two recurrent layers",
        "`X` goes into SimpleRNN with M1 hidden units and `return_sequences=True`. What comes out goes into SimpleRNN with M2 hidden units.",
        (
            Item("first_wx", "03 Wx1", "layer 1's weight that meets the data"),
            Item("first_wh", "03 Wh1", "layer 1's weight that meets its last state"),
            Item("second_wx", "03 Wx2", "layer 2's weight that meets what layer 1 gives"),
            Item("second_state", "03 h2", "what layer 2 gives for X"),
        ),
    ),
    Topic(
        "Masks",
        "The samples of `X` are padded to T steps. `X` goes into Masking, and then into SimpleRNN with M hidden units.",
        (
            Item("the_mask", "05 mask", "what Masking finds in X"),
            Item("masked_states", "05 h", "what SimpleRNN returns with return_sequences=True"),
        ),
    ),
    Topic(
        "Both directions",
        "`X` goes into `Bidirectional(SimpleRNN(M))`, with Keras' defaults where nothing else is said.",
        (
            Item("both_last", "06 last", "the output"),
            Item("both_every", "06 sequence", "the output with return_sequences=True in SimpleRNN"),
        ),
    ),
    Topic(
        "Gates",
        "`X` goes into LSTM with M hidden units, and into GRU with M hidden units, with Keras' defaults.",
        (
            Item("lstm_wx", "07 Wx", "the LSTM's weight that meets the data, for all its gates"),
            Item("lstm_cell", "07 c_too", "c of: states, h, c = LSTM(M, return_sequences=True, return_state=True)(X)"),
            Item("gru_bias", "08 b", "the GRU's bias"),
        ),
    ),
)
"""The questions, in the order of the lessons."""


def draw_sizes(seed: int) -> Sizes:
    """Return sizes that cannot be taken for each other: pairwise distinct, with 2M, 3M, 4M and T + 1.

    Each is between 5 and 15, so that no seed makes the items harder, and no size is a number of gates.

    >>> draw_sizes(1).shape("NTDMK") != draw_sizes(2).shape("NTDMK")
    True
    """
    rng = np.random.default_rng(seed)
    while True:
        N, T, D, M, M2, K = (int(size) for size in rng.choice(np.arange(5, 16), 6, replace=False))
        if len({N, T, D, M, M2, K, 2 * M, 3 * M, 4 * M, T + 1}) == 10:
            return Sizes(N=N, T=T, D=D, M=M, K=K, M2=M2)


NO_SHAPE = (-1,)
"""Equal to nothing that an array has."""


class _Redrawn(ShapesExercise):
    """A lesson's exercise at other sizes. Where a wrong shape has a number above 4, that is a sum of the lesson's own."""

    def _shape(self, letters: str) -> tuple[int, ...]:
        numbers = [int(one) for one in letters.split(",") if one.isdigit()]
        return super()._shape(letters) if all(number <= 4 for number in numbers) else NO_SHAPE


@dataclass(frozen=True, eq=False)
class OneShape(TypedOnce):
    """One shape that a student types, at the sizes of a quiz. `key` is what the exercise `asked` calls it."""

    name: str
    asked: ShapesExercise
    key: str

    @property
    def room(self) -> Any:
        """The lesson's room, with the quiz's sizes."""
        return self.asked.room

    @property
    def letters(self) -> str:
        """The letters of the right shape."""
        return self.asked.dims[self.key]

    @cached_property
    def wrong(self) -> dict[str, str]:
        """The letters of each wrong shape that the lesson's own catalogue names here, such as "N,2M", and its belief."""
        found: dict[str, str] = {}
        for record in self.asked.beliefs.values():
            for letters in record.shapes.get(self.key, ()):
                if self.asked._shape(letters) not in (NO_SHAPE, self.notebook.shape(self.letters)):
                    found.setdefault(letters, record.key)
        return found

    @cached_property
    def beliefs(self) -> dict[str, Any]:
        """The beliefs about shapes in general, and the lesson's own that show in this one."""
        here = set(self.wrong.values())
        return {key: one for key, one in self.asked.beliefs.items() if key in here or one.group in KINDS["shapes"]}

    def judge(self, answer: Any, cases: list[Any], part: str = "") -> Verdict:
        """Return the Verdict on a shape, in the words of the lesson that it comes from."""
        said = self.asked.judge({self.key: answer}, cases, part="asked")
        if said.right:
            return replace(said, subject=self.variable, summary=f"{self.variable} is the shape that Keras gives.")
        return replace(
            said,
            subject=self.variable,
            summary="",
            got=said.got.removeprefix(f"{self.key}: "),
            expected=said.expected.removeprefix(f"{self.key}: "),
            try_="Say what each axis counts, one letter for each." if said.try_ else "",
        )


def one_shape(name: str, sizes: Sizes) -> OneShape:
    """Return the exercise "98/both_last" at the sizes of that quiz.

    >>> print(one_shape("98/both_last", draw_sizes(1)).letters)
    N2M
    """
    item = next(one for topic in TOPICS for one in topic.items if one.name == name[3:])
    asked, key = find_exercise(f"{item.lesson}/predicted"), item.of[3:]
    names = tuple((letter, sizes.of(letter)) for letter in ("M", "M1", "M2"))
    if not any("M2" in dims for dims in asked.dims.values()):
        sizes = replace(sizes, M2=None)
    room = replace(asked.room, notebook=sizes, lecture=sizes, names=names)  # nobody has seen these sizes in a lecture
    return OneShape(name, _Redrawn(asked.name, asked.dims, asked.measure, {"asked": (key,)}, room, asked.source), key)
