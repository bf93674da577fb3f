"""The colours of a dark theme beside those of a white card: what a colour means stays, its tone is turned round.

Whoever paints on a ground that the reader's theme chose takes these: pictures, explorer, verdict, report. Letters keep
their hue; values go from the ground's own darkness (0) to light orange (negative) and light violet (positive), so that
a box of small numbers is no bright slab.
"""

from __future__ import annotations

from collections.abc import Mapping

from rnnshapes.sizes import COLOURS

LIGHT: Mapping[str, str] = {
    "ground": "#ffffff",
    "ink": "#1a1a1a",
    "quiet": "#595959",
    "faint": "#8a8a8a",
    "line": "#d5d5d5",
    "edge": "#b4b4b4",
    "cover": "#c9c9c9",
    "panel": "#f5f5f0",
    "button": "#f3f3f3",
    "wrong": "#b00020",
    "chosen": "#000000",
    "focus": "#1a5fb4",
    "face0": "#fbfbfb",
    "face1": "#eeeeee",
    "face2": "#e0e0e0",
    **COLOURS,
}
DARK: Mapping[str, str] = {
    "ground": "#1c1c1e",
    "ink": "#e6e6e6",
    "quiet": "#a9a9ad",
    "faint": "#7d7d82",
    "line": "#48484c",
    "edge": "#5a5a5f",
    "cover": "#5d5d63",
    "panel": "#29292c",
    "button": "#38383c",
    "wrong": "#ff8a8a",
    "chosen": "#ffffff",
    "focus": "#7fb0ff",
    "face0": "#232326",
    "face1": "#313135",
    "face2": "#3e3e43",
    **{
        "N": "#7fb0ff",
        "T": "#dd9a48",
        "D": "#70e6a0",
        "M": "#f0c6f4",
        "K": "#a6a6a8",
        "M1": "#f0c6f4",
        "M2": "#f0c6f4",
        "H": "#a6a6a8",
        "S": "#dd9a48",
    },
}
"""The same names on a dark ground; text has a contrast of at least 4.5:1 there, letters on Colab's #383838 too."""

_VALUES = {
    -1: ((0.0, "#2a2a2c"), (0.5, "#6f4716"), (0.898, "#a3661c"), (1.0, "#d68f3c")),
    1: ((0.0, "#2a2a2c"), (0.4, "#50437d"), (0.717, "#7969b4"), (1.0, "#ada0e8")),
}
"""Black letters begin to be readable where white ones begin on a white card: one ink is the other turned round."""

assert set(LIGHT) == set(DARK)


def dark_value(value: float) -> str:
    """Return the fill of a value between −1 and 1 on a dark ground.

    >>> dark_value(0), dark_value(-1), dark_value(1)
    ('#2a2a2c', '#d68f3c', '#ada0e8')
    """
    stops, size = _VALUES[-1 if value < 0 else 1], min(abs(value), 1.0)
    last = next(i for i, (place, _) in enumerate(stops[1:], 1) if size <= place)
    (low, dark), (high, light) = stops[last - 1], stops[last]
    part = (size - low) / (high - low)
    pairs = zip(_channels(dark), _channels(light), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def _channels(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
