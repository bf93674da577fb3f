"""A drawn SVG that follows its reader's theme: every colour is a variable with a light and a dark tone.

As the source of an <img>, an SVG sees the `color-scheme` that the page gives that element: dark in a dark JupyterLab or
Colab (STYLE says it), light elsewhere. A page that follows the system gives it `color-scheme: light dark`.
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np

from rnnshapes.draw.paint import value_colour
from rnnshapes.draw.theme import DARK, LIGHT, dark_value

CLASS = "rnnshapes-picture"
STYLE = (
    f"<style>:where(.{CLASS}){{color-scheme:light}}"
    f":is([data-jp-theme-light=false],[theme=dark],.vscode-dark) .{CLASS}{{color-scheme:dark}}</style>"
)
_NEAR = 12.0  # between two colours of the table of values, in sRGB


def themed(svg: bytes) -> bytes:
    """Return Matplotlib's SVG with its colours as variables: the light ones as they were, the dark ones beside them."""
    text = svg.decode("utf-8")
    ground = LIGHT["ground"]
    colours = sorted(set(re.findall(r"#[0-9a-f]{6}\b", text)) | {"#000000", ground})
    inks = {"#000000", ground}
    # black and white letters lie on fills: what is dark ink on light is light ink on dark
    text = re.sub(r'<g id="text_.*?(?=<g id="(?!text_)|\Z)', lambda part: _with_ink(part[0]), text, flags=re.S)
    names = {colour: f"--c{place}" for place, colour in enumerate(colours)}
    text = re.sub(r"((?:fill|stroke): )(#[0-9a-f]{6})\b", lambda found: f"{found[1]}var({names[found[2]]})", text)
    light = [f"{name}:{colour}" for colour, name in names.items()] + [f"--i{ink[1:4]}:{ink}" for ink in inks]
    dark = [f"{name}:{dark_tone(colour)}" for colour, name in names.items()] + ["--i000:#ffffff", "--ifff:#000000"]
    sheet = (
        f"<style>:root{{{';'.join(light)}}}svg{{fill:var({names['#000000']})}}"
        f"@media (prefers-color-scheme: dark){{:root{{{';'.join(dark)}}}}}</style>"
    )
    return re.sub(r"(<svg [^>]*>)", lambda start: start[1] + sheet, text, count=1).encode("utf-8")


def _with_ink(part: str) -> str:
    part = re.sub(r"fill: #(000000|ffffff)\b", lambda ink: f"fill: var(--i{ink[1][:3]})", part)
    return re.sub(r'(<g id="text_\d+")>', r'\1 style="fill: var(--i000)">', part)


@cache
def dark_tone(colour: str) -> str:
    """Return a colour of the light cards on a dark ground: a name's other tone, a value's, or its lightness turned.

    >>> dark_tone("#ffffff"), dark_tone("#a45108"), dark_tone(value_colour(-1, 1))
    ('#1c1c1e', '#dd9a48', '#d68f3c')
    """
    for name, light in LIGHT.items():
        if light == colour:
            return DARK[name]
    values, fills = _fills()
    off = np.abs(fills - _rgb(colour)).sum(axis=1)
    if off.min() < _NEAR:
        return dark_value(float(values[off.argmin()]))
    return "#" + "".join(f"{round(28 + (255 - channel) * 0.8):02x}" for channel in _rgb(colour).mean().repeat(3))


@cache
def _fills() -> tuple[np.ndarray, np.ndarray]:
    values = np.linspace(-1, 1, 401)
    return values, np.array([_rgb(value_colour(value, 1.0)) for value in values])


def _rgb(colour: str) -> np.ndarray:
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)])
