"""The explorer's styles: its own sheet, and every colour of both themes as a CSS variable."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from rnnshapes.draw.theme import DARK, LIGHT, dark_value

STEPS = 65  # fills between −1 and 1; explorer.js counts them as --f0, --f1, …


@cache
def styles() -> str:
    """Return the style sheet of an explorer: .card is light, .card.dark is dark."""
    from rnnshapes.draw.paint import ink_on, value_colour  # Matplotlib: only when something is shown

    values = np.linspace(-1, 1, STEPS)
    rules = []
    for selector, colours, fills in (
        (".card", LIGHT, [value_colour(value, 1.0) for value in values]),
        (".card.dark", DARK, [dark_value(value) for value in values]),
    ):
        variables = [f"--{name}:{colour}" for name, colour in colours.items()]
        variables += [f"--f{i}:{fill};--i{i}:{ink_on(fill)}" for i, fill in enumerate(fills)]
        rules.append(f"{selector} {{ {';'.join(variables)} }}")
    return "\n".join([*rules, (Path(__file__).parent / "explorer.css").read_text(encoding="utf-8")])
