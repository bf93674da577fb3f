"""A verdict on an answer: one line when it is right; got, expected and try when it is not."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rnnshapes.judge.exercise import Belief
from rnnshapes.sizes import COLOURS

if TYPE_CHECKING:
    from rnnshapes.draw import Picture


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
    try_: str = ""
    beliefs: tuple[Belief, ...] = ()
    picture: Picture | None = field(default=None, repr=False)

    @property
    def recognised(self) -> str:
        """The keys of the recognised beliefs, such as "bias_dropped" or "bias_dropped + relu"."""
        return " + ".join(belief.key for belief in self.beliefs)

    def _rows(self) -> list[tuple[str, str]]:
        rows = [("Got", self.got), ("Expected", self.expected)]
        if self.beliefs:
            says = " and ".join(f"“{belief.says}”" for belief in self.beliefs)
            rows.append(("Recognised", f"{self.recognised}: {says}"))
        tries = [self.try_, *(belief.hint for belief in self.beliefs)]
        return [*rows, ("Try", " ".join(text for text in tries if text))]

    def __str__(self) -> str:
        if self.right:
            return f"✓ {self.summary}" + (f"\n  Try       {self.try_}" if self.try_ else "")
        width = 12 if self.beliefs else 10
        lines = [f"  {label:<{width}}{text}" for label, text in self._rows()]
        return "\n".join([f"✗ {self.summary or f'{self.subject} is not right yet.'}", *lines])

    def _html(self) -> str:
        if self.right:
            tail = f"<br>{_coloured(self.try_)}" if self.try_ else ""
            return f"<div style='{_CARD} border-left: 6px solid #1b7837'><b>✓</b> {_coloured(self.summary)}{tail}</div>"
        rows = "".join(
            f"<tr><th scope='row' style='{_HEAD}'>{label}</th><td style='{_CELL}'>{_coloured(text)}</td></tr>"
            for label, text in self._rows()
        )
        headline = self.summary or f"{self.subject} is not right yet."
        return (
            f"<div style='{_CARD} border-left: 6px solid #b35806'><b>✗ {html.escape(headline)}</b>"
            f"<table style='border-collapse: collapse; color: inherit; background: none'>{rows}</table></div>"
        )

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        bundle = {"text/plain": str(self), "text/html": self._html()}
        if self.picture is not None:
            picture = self.picture._repr_mimebundle_()
            bundle["text/html"] += picture["text/html"]
            bundle["text/plain"] += f"\n  {self.picture.alt}"
        return bundle


_CARD = (
    "background: #ffffff; color: #1a1a1a; padding: 8px 12px; margin: 4px 0; max-width: 60em; "
    'font-family: "DejaVu Sans", Verdana, sans-serif;'
)
_HEAD = "text-align: left; vertical-align: top; padding: 2px 12px 2px 0; background: none"
_CELL = "text-align: left; vertical-align: top; padding: 2px 0; background: none; white-space: normal"


def _coloured(text: str) -> str:
    """Escape a message for HTML and give every letter of the five its colour."""
    return re.sub(
        r"(?<![\w<&])([2-4]?)(M[12]|[NTDMK])(?![\w;])",
        lambda found: f"{found[1]}<b style='color:{COLOURS[found[2]]}'>{found[2]}</b>",
        html.escape(text, quote=False),
    )
