"""Numbers in cells: the fill that a value has, and its text."""

import math

import numpy as np
from matplotlib import colormaps
from matplotlib.colors import to_hex

from rnnshapes.draw.lettering import VALUE, text_width


class Paint:
    """The fill of each cell: PuOr, symmetric around 0, or the plain face if there are no values."""

    def __init__(self, values: np.ndarray | None, axes: int, limit: float | None) -> None:
        self.values = None if values is None else np.asarray(values, float).reshape((1,) * (3 - axes) + values.shape)
        if self.values is not None:
            finite = np.abs(self.values[np.isfinite(self.values)])
            self.limit = limit or (float(finite.max()) if finite.size else 0.0) or 1.0

    def face(self, plain: str, *index: int) -> str:
        if self.values is None:
            return plain
        return value_colour(self.values[index], self.limit)


def value_colour(value: float, limit: float) -> str:
    """Return the fill of a value; NaN and infinity are white, their text says what they are."""
    if not math.isfinite(value):
        return "#ffffff"
    # 0.86 leaves out the darkest ends, where the grid would vanish
    return to_hex(colormaps["PuOr"](0.5 + 0.43 * max(-1.0, min(1.0, value / limit))))


def ink_on(fill: str) -> str:
    """Return black or white, whichever contrasts more."""
    channels = [int(fill[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#000000" if luminance > 0.179 else "#ffffff"


def number_size(cell: tuple[float, float]) -> float | None:
    """Return the font size with which the widest number fits a cell: 9, a little less, or None for none."""
    for size in (VALUE, 8.2, 7.5):
        if text_width("−.88", size=size) <= cell[0] - 0.3 and size * 1.2 <= cell[1]:
            return size
    return None


def short_number(value: float) -> str:
    """Return a number in at most four characters and a sign, for a cell; no zero before the point.

    >>> [short_number(v) for v in (-0.618, 1.234, 2.0, 12.34, float("nan"))]
    ['−.62', '1.2', '2', '12', 'nan']
    """
    if not math.isfinite(value):
        return "nan" if math.isnan(value) else "∞" if value > 0 else "−∞"
    size = abs(float(value))
    digits = 0 if size >= 9.95 or size.is_integer() else 2 if size < 0.995 else 1
    text = f"{size:.{digits}f}"
    if len(text) > 4:
        text = f"{size:.0e}".replace("e+0", "e").replace("e+", "e")
    text = text.removeprefix("0") if text.startswith("0.") else text
    return "0" if not text.strip(".0") else f"−{text}" if value < 0 else text
