"""Predicted shapes: read a student's tuples back into letters and name the belief behind a wrong one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from rnnshapes.judge.exercise import TypedOnce
from rnnshapes.judge.verdict import Verdict
from rnnshapes.sizes import Sizes, split_dims

_FOLLOWS = {
    "letters_in_another_order": "t_d_swapped",  # (T, D) turned round looks like T and D swapped
    "t_d_swapped": "wrong_axis_dropped",  # what follows from axes in another order
    "t_before_n": "wrong_axis_dropped",
}


def wrong_dims(dims: str, *, key: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield (belief, letters) for each wrong belief that shows on a shape with the letters `dims`.

    `key` is the name of what is predicted: a whole sequence that loses its T was return_sequences.

    >>> dict(wrong_dims("NTD"))["batch_axis_forgotten"]
    ('T', 'D')
    """
    letters = split_dims(dims)
    if not letters:
        return

    def swapped(one: str, other: str) -> tuple[str, ...]:
        return tuple({one: other, other: one}.get(letter, letter) for letter in letters)

    def put(old: str, new: str) -> tuple[str, ...]:
        return tuple(new if letter == old else letter for letter in letters)

    without_t = tuple(letter for letter in letters if letter != "T")
    candidates = [
        ("batch_axis_forgotten", letters[1:] if letters[0] == "N" else letters),
        ("batch_axis_added", letters if letters[0] == "N" else ("N", *letters)),
        ("t_d_swapped", swapped("T", "D") if "T" in letters else letters),
        ("t_before_n", swapped("N", "T") if {"N", "T"} <= set(letters) else letters),
        ("m_for_k", put("K", "M")),
        ("k_for_m", put("M", "K")),
        ("d_for_m", put("M", "D")),
        ("d_for_k", put("K", "D")),
        ("return_sequences_forgotten", without_t if {"T", "K"} <= set(letters) else letters),
        (
            "time_axis_kept",
            letters if "T" in letters else (("N", "T", *letters[1:]) if letters[0] == "N" else ("T", *letters)),
        ),
        ("four_m", put("M", "4M")),
        ("letters_in_another_order", letters[::-1]),
        ("wrong_axis_dropped", {("T", "D"): ("N", "D"), ("D",): ("T",)}.get(letters, letters)),
        ("wrong_axis_dropped", {("T", "D"): ("N", "T"), ("D",): ("N",)}.get(letters, letters)),
        ("weight_not_state", ("M", "M") if letters == ("M",) else letters),
    ]
    yield from ((belief, wrong) for belief, wrong in candidates if wrong != letters)


@dataclass(frozen=True, eq=False)
class ShapesExercise(TypedOnce):
    """Shapes that a student types before they are revealed: a dict of tuples.

    `dims` gives the letters of each key, `measure(case)` the real shapes that `source` gives, Keras or NumPy, and
    `parts` which keys a graded part looks at. `room` has the lesson's sizes and its own beliefs.
    """

    name: str
    dims: dict[str, str]
    measure: Callable[[Any], dict[str, tuple[int, ...]]]
    parts: dict[str, tuple[str, ...]]
    room: Any
    source: str = "Keras gives"

    @property
    def tells_axes(self) -> bool:
        """Whether the check says how many axes a wrong shape should have: not where that is the question."""
        return self.source == "Keras gives"

    @cached_property
    def beliefs(self) -> dict[str, Any]:
        """The beliefs about shapes in general, and the lesson's own about these."""
        keys = set(self.dims)
        return self.room.known(self.variable, "shapes", lambda record: bool(keys & {*record.shapes}))

    @cached_property
    def truth(self) -> dict[str, tuple[int, ...]]:
        """The real shapes, by key; measured once a process."""
        return self.measure(self.check_cases()[0])

    def judge(self, answer: Any, cases: list[Any], part: str = "") -> Verdict:
        """Return the Verdict on a dict of shapes, or on one part of it. The right shapes are not shown."""
        sizes = self.notebook
        asked = self.parts[part] if part else tuple(self.dims)
        if answer is None or answer is ...:
            answer = {}
        if not isinstance(answer, dict):
            return Verdict(
                self.variable,
                got=f"a value of type {type(answer).__name__}",
                expected=f"a dict with the keys {', '.join(map(repr, asked))}",
                beliefs=(self.beliefs["wrong_type"],),
            )
        truth = self.truth
        wrong = [key for key in asked if _as_shape(answer.get(key)) != truth[key]]
        right = len(asked) - len(wrong)
        if not wrong:
            return Verdict(
                self.variable, right=True, summary=f"all {len(asked)} predicted shapes are the ones that {self.source}."
            )
        found = {
            key: self._own(key, answer.get(key))
            or _belief(answer.get(key), self.dims[key], truth[key], sizes, self.room.lecture)
            for key in wrong
        }
        if not set(answer) <= set(self.dims):
            found |= {key: "key_renamed" for key in wrong if key not in answer}
        copied = [key for key in wrong if _as_shape(answer.get(key)) == self.room.lecture.shape(self.dims[key])]
        if 2 * len(copied) <= len(wrong):  # a few such shapes are a coincidence of sizes
            found = {key: "" if belief == "sizes_from_lecture" else belief for key, belief in found.items()}
        elif len(copied) > 1:
            found |= dict.fromkeys(copied, "sizes_from_lecture")
        first = wrong[0]
        before = next((belief for belief in found.values() if belief), "")
        follows = _FOLLOWS.get(before)  # what looks like another belief, and is the same
        found = {key: "" if belief == follows else belief for key, belief in found.items()}
        return Verdict(
            self.variable,
            summary=f"{right} of {len(asked)} predicted shapes are right." if part or right else "",
            got="; ".join(f"{key}: {_say(answer.get(key), sizes)}" for key in wrong),
            expected="; ".join(f"{key}: {_axes(len(truth[key]))}" for key in wrong)
            if self.tells_axes
            else "a tuple for each, with one number for each axis",
            try_="" if found[first] else f"Say what each axis of {first} counts, one letter for each.",
            **self.likeliest(found),
        )

    def _own(self, key: str, value: Any) -> str:
        """Return the key of the lesson's own belief that gives this wrong shape, or ""."""
        shape = _as_shape(value)
        for record in self.beliefs.values():
            if any(self._shape(letters) == shape for letters in record.shapes.get(key, ())):
                return record.key
        return ""

    def _shape(self, letters: str) -> tuple[int, ...]:
        """Return the shape of "N,2M" or "1,M"; a whole number stands for itself, "" for no axis at all."""
        return tuple(int(one) if one.isdigit() else self.notebook.of(one) for one in letters.split(",") if one)


def _as_shape(value: Any) -> tuple[int, ...] | None:
    """Return a tuple of ints for a tuple, a list or an array of whole numbers; else None."""
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if not isinstance(value, tuple | list):
        return None
    if any(isinstance(size, bool) or not isinstance(size, int | np.integer) for size in value):
        return None
    return tuple(int(size) for size in value)


def _belief(value: Any, dims: str, truth: tuple[int, ...], sizes: Sizes, lecture: Sizes) -> str:
    """Return the key of the belief behind one wrong shape, or "" if it is not recognised."""
    if value is None or value is ...:
        return "not_written"
    shape = _as_shape(value)
    if shape is None:
        parts = value if isinstance(value, tuple | list) else [value]
        if any(part is None for part in parts):
            return "none_in_shape"
        if isinstance(value, int) and not isinstance(value, bool):
            return "tuple_comma" if (value,) == truth else "count_not_shape"
        return "letters_as_strings" if any(isinstance(part, str) for part in parts) else "wrong_type"
    named = [belief for belief, letters in wrong_dims(dims) if sizes.shape(letters) == shape]
    if named:
        return named[0]
    if (
        len(shape) == len(truth) + 1
        and shape.count(1)
        and tuple(size for size in shape if size != 1) in (truth, truth[1:])
    ):
        return "axis_of_one"
    if shape == tuple(1 if letter == "K" else size for letter, size in zip(split_dims(dims), truth, strict=True)):
        return "one_output"
    if shape == tuple(size + (letter == "T") for letter, size in zip(split_dims(dims), truth, strict=True)):
        return "one_step_more"
    return "sizes_from_lecture" if shape == lecture.shape(dims) else ""


def _say(value: Any, sizes: Sizes) -> str:
    shape = _as_shape(value)
    if shape is None:
        return "..." if value is ... else repr(value)[:60]
    letters = sizes.letters(shape)
    return str(shape) if letters == str(shape) else f"{shape} = {letters}"


def _axes(count: int) -> str:
    return f"{count} axis" if count == 1 else f"{count} axes"
