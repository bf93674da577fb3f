"""A text whose characters are shaded the stronger, the more a model is surprised by them."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from rnnshapes.draw.block import GRID
from rnnshapes.draw.canvas import NARROW, WIDE, Canvas
from rnnshapes.draw.fit import wrapped
from rnnshapes.draw.legend import draw_legend
from rnnshapes.draw.lettering import DIMENSION
from rnnshapes.draw.paint import ink_on, value_colour
from rnnshapes.draw.picture import Picture, alt_text
from rnnshapes.draw.shifted_card import SEEN
from rnnshapes.errors import CourseError

LONGEST = 240
WIDTH, HEIGHT = 15.0, 21.0


def surprise(text: str, losses: Sequence[float], *, narrow: bool = False) -> Picture:
    """Return a picture of a text with the loss of each character as its shade.

    Shapes: losses has a number for each of the L characters, L ≤ 240.
    Raises: CourseError for another number of losses, or a longer text.

    >>> surprise("at", [2.0, 0.5]).alt
    'A text of 2 characters, each shaded by its loss: 1.25 on average, the largest 2.00 at “a”.'
    """
    losses = np.asarray(losses, float)
    if losses.shape != (len(text),) or not 1 <= len(text) <= LONGEST:
        raise CourseError(
            f"Got {len(text)} characters and losses of shape {losses.shape}, expected one loss for each of at most "
            f"{LONGEST} characters. Try: draw.surprise(text[1:101], losses[0, :100])."
        )
    largest = int(losses.argmax())
    said = f"{losses.mean():.2f} on average, the largest {losses[largest]:.2f} at “{text[largest]}”"
    words, details = text.split(" "), []
    for place, word in zip(np.cumsum([0, *(len(word) + 1 for word in words)]), words, strict=False):
        details.append((word.strip(), "  ".join(f"{loss:.1f}" for loss in losses[place : place + len(word)])))
    alt = alt_text([f"A text of {len(text)} characters, each shaded by its loss: {said}."])
    return Picture(alt, lambda: _figure(text, losses, narrow=narrow), tuple(details))


def _figure(text: str, losses: np.ndarray, *, narrow: bool) -> Figure:
    canvas = Canvas(width=NARROW if narrow else WIDE, lowest=0.0)
    across = int((canvas.width - 30) // WIDTH)
    limit = float(losses.max()) or 1.0
    for place, (character, loss) in enumerate(zip(text, losses, strict=True)):
        x, y = place % across * WIDTH, -(place // across) * (HEIGHT + 5)
        face = value_colour(float(loss), limit)
        corners = [(x, y), (x + WIDTH, y), (x + WIDTH, y - HEIGHT), (x, y - HEIGHT)]
        canvas.polygon(corners, face=face, edge=GRID, width=0.5)
        shown = SEEN.get(character, character)
        canvas.text(
            x + WIDTH / 2, y - HEIGHT / 2, shown, size=10, colour=ink_on(face), ha="center", mono=True, kind="value"
        )
    left, _, right, top = canvas.bounds
    lines = wrapped("Where is the model surprised?", canvas.width - 40)
    for i, line in enumerate(lines):
        canvas.rich((left + right) / 2, top + 18 + 15 * (len(lines) - 1 - i), line, size=DIMENSION, ha="center")
    draw_legend(canvas, "amounts", narrow=narrow, words={"amounts": "the stronger the shade, the larger the loss"})
    return canvas.finish()
