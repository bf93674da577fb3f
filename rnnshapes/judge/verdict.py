"""A verdict on an answer: one line when it is right; got, expected and try when it is not."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from rnnshapes.judge.card import FORMULA, RECOGNISED, SHEET, card, coloured, coloured_formula, table
from rnnshapes.judge.exercise import Belief

if TYPE_CHECKING:
    from rnnshapes.draw import Picture

NOT_WRITTEN = "not_written"
"""The key of an answer that was left as it was given out: no misconception."""


@dataclass(frozen=True)
class Verdict:
    """What a check found. Shown in a notebook as text and a picture; `str()` gives the text alone.

    >>> print(Verdict("h", got="(3,) = (D,)", expected="(5,) = (M,)", try_="Count the hidden units."))
    ✗ h is not right yet.
      Got       (3,) = (D,)
      Expected  (5,) = (M,)
      Try       Count the hidden units.
    """

    subject: str
    right: bool = False
    summary: str = ""
    got: str = ""
    expected: str = ""
    formula: str = ""
    """What the student's code computes, as a line of index strings (or several); "" if that is not known."""
    in_place_of: str = ""
    """The right lines that stand where the formula does. Not for students."""
    try_: str = ""
    beliefs: tuple[Belief, ...] = ()
    items: tuple[str, ...] = ()
    """What each belief is about, where several things were asked for."""
    picture: Picture | None = field(default=None, repr=False)
    see: Callable[[], Any] | None = field(default=None, repr=False, compare=False)
    """Returns the explorer with the formula beside Keras', where it can be run."""
    metadata: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """What a notebook keeps with the output that shows this verdict."""

    @property
    def recognised(self) -> str:
        """The keys of the recognised beliefs, such as "bias_dropped" or "bias_dropped + relu". Not for students."""
        return " + ".join(belief.key for belief in self.beliefs)

    def _rows(self) -> list[tuple[str, str]]:
        rows = [("Got", self.got), ("Expected", self.expected)]
        if self.beliefs:
            rows.append((RECOGNISED, self._each([f"“{belief.says}”" for belief in self.beliefs])))
        if self.formula:
            rows.append((FORMULA, self.formula))
        if self.see:
            rows.append(("See it run", "rnnshapes.see_it_run() in a new cell shows it beside Keras'."))
        tries = [self.try_, self._each([belief.hint for belief in self.beliefs])]
        return [*rows, ("Try", " ".join(text for text in tries if text))]

    def _each(self, texts: list[str]) -> str:
        """Return a line for each belief. Several say what they are about."""
        items = self.items if len(texts) > 1 else ()
        return "\n".join(f"{item}: {text}" if item else text for item, text in zip_longest(items, texts, fillvalue=""))

    def __str__(self) -> str:
        if self.right:
            return f"✓ {self.summary}" + (f"\n  Try       {self.try_}" if self.try_ else "")
        rows = self._rows()
        width = max(len(label) for label, _ in rows) + 2
        lines = [f"  {label:<{width}}{text.replace(chr(10), chr(10) + ' ' * (width + 2))}" for label, text in rows]
        return "\n".join([f"✗ {self.summary or f'{self.subject} is not right yet.'}", *lines])

    def _html(self) -> str:
        if self.right:
            tail = f"<br>{coloured(self.try_)}" if self.try_ else ""
            return card(f"<b>✓</b> {coloured(self.summary)}{tail}", right=True)
        rows = [(label, coloured_formula(text) if label == FORMULA else coloured(text)) for label, text in self._rows()]
        return card(f"<b>✗ {html.escape(self.summary or f'{self.subject} is not right yet.')}</b>{table(rows)}")

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        bundle = {"text/plain": str(self), "text/html": SHEET + self._html()}
        if self.picture is not None:
            picture = self.picture._repr_mimebundle_()
            bundle["text/html"] += picture["text/html"]
            bundle["text/plain"] += f"\n  {self.picture.alt}"
        return (bundle, self.metadata) if self.metadata else bundle
