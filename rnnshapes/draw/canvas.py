"""A white card measured in points: text, lines, arrows, brackets; cut to what is on it."""

import threading
from collections.abc import Sequence

from matplotlib import rc_context
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, PathPatch, Polygon
from matplotlib.path import Path

from rnnshapes.draw.lettering import DIMENSION, INK, QUIET, VALUE, WRONG, font, rich_parts, text_width
from rnnshapes.sizes import COLOURS

WIDE, NARROW = 576.0, 324.0  # 8 in; 4.5 in, which is 432 CSS pixels
LOWEST = 259.2  # a wide card is at least 3.6 in high
MARGIN = 12.0
HALF_CAPITAL = 0.365  # of the font size: half of DejaVu's capital height

# A student's own rcParams must not change a figure, and the hash salt makes SVG ids repeatable.
PLAIN = {
    "savefig.bbox": None,
    "savefig.facecolor": "auto",
    "text.usetex": False,
    "svg.hashsalt": "rnnshapes",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "path.simplify": True,
    "path.sketch": None,
    "path.effects": [],
    "text.hinting": "no_hinting",
    "text.antialiased": True,
    "lines.dash_capstyle": "butt",
    "lines.scale_dashes": True,
    "pdf.compression": 6,
    "font.family": "DejaVu Sans",
}
_ONE_AT_A_TIME = threading.RLock()  # rc_context changes a global


class plain_style:
    """While entered, the settings of matplotlib that change a card are ours; one thread at a time."""

    def __enter__(self) -> None:
        _ONE_AT_A_TIME.acquire()
        self._context = rc_context(PLAIN)
        self._context.__enter__()

    def __exit__(self, *error) -> None:
        self._context.__exit__(*error)
        _ONE_AT_A_TIME.release()


class Canvas:
    """Draws in points, y upwards, anywhere; `finish` cuts the card around it."""

    def __init__(self, *, width: float = WIDE, lowest: float = LOWEST) -> None:
        self.width, self.lowest = width, lowest
        self.figure = Figure(facecolor="white", edgecolor="white")
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        self._bounds = [float("inf"), float("inf"), float("-inf"), float("-inf")]

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top of everything drawn so far."""
        return tuple(self._bounds)

    def finish(self) -> Figure:
        """Return the figure, what was drawn in its middle."""
        left, bottom, right, top = self._bounds
        height = max(self.lowest, top - bottom + 2 * MARGIN)
        x, y = (left + right) / 2, (bottom + top) / 2
        self.axes.set_xlim(x - self.width / 2, x + self.width / 2)
        self.axes.set_ylim(y - height / 2, y + height / 2)
        self.figure.set_size_inches(self.width / 72, height / 72)
        return self.figure

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = VALUE,
        colour: str = INK,
        ha: str = "left",
        bold: bool = False,
        mono: bool = False,
        kind: str = "label",
    ) -> None:
        """Write text whose capitals are centred on y."""
        face = font(size, bold, mono)
        width = text_width(text, size=size, bold=bold, mono=mono)
        left = x - width * {"left": 0.0, "center": 0.5, "right": 1.0}[ha]
        artist = self.axes.text(
            left,
            y - HALF_CAPITAL * size,
            text,
            fontproperties=face,
            color=colour,
            ha="left",
            va="baseline",
            parse_math=False,
            zorder=8,
        )
        artist.set_label(kind)  # the tests tell values in cells from labels beside them
        self._grow([(left, y - 0.6 * size), (left + width, y + 0.55 * size)])

    def rich(
        self,
        x: float,
        y: float,
        line: str,
        *,
        size: float = VALUE,
        colour: str = INK,
        ha: str = "left",
        bold: bool = False,
    ) -> float:
        """Write a line with markup: `mono`, ~D~ struck out, the letters coloured. Returns its width."""
        parts = rich_parts(line, colour, bold)
        widths = [text_width(text, size=size, bold=strong, mono=mono) for text, _, strong, mono, _ in parts]
        cursor = x - sum(widths) * {"left": 0.0, "center": 0.5, "right": 1.0}[ha]
        for (text, ink, strong, mono, struck), width in zip(parts, widths, strict=True):
            self.text(cursor, y, text, size=size, colour=ink, bold=strong, mono=mono, kind="part")
            if struck:
                self.line([(cursor - 1.5, y - 3.2), (cursor + width + 1.5, y + 3.2)], colour=INK, width=1.3, z=9)
            cursor += width
        return sum(widths)

    def line(
        self,
        points: Sequence[tuple[float, float]],
        *,
        colour: str = INK,
        width: float = 1.0,
        dashed: bool = False,
        z: float = 3,
    ) -> None:
        xs, ys = zip(*points, strict=True)
        style = (0, (3.2, 2.0)) if dashed else "-"
        self.axes.add_line(
            Line2D(
                xs,
                ys,
                color=colour,
                linewidth=width,
                linestyle=style,
                zorder=z,
                solid_joinstyle="miter",
                solid_capstyle="butt",
                antialiased=True,
            )
        )
        self._grow(points)

    def polygon(
        self,
        points: Sequence[tuple[float, float]],
        *,
        face: str = "none",
        edge: str = "none",
        width: float = 0.0,
        dashed: bool = False,
        z: float = 2,
    ) -> None:
        style = (0, (3.2, 2.0)) if dashed else "-"
        self.axes.add_patch(
            Polygon(
                points,
                closed=True,
                facecolor=face,
                edgecolor=edge,
                linewidth=width,
                linestyle=style,
                zorder=z,
                joinstyle="miter" if width < 1.5 else "round",
                antialiased=True,
            )
        )
        self._grow(points)

    def arc(self, start: tuple[float, float], end: tuple[float, float], *, colour: str, width: float = 1.0) -> None:
        """Draw a quarter of an ellipse that leaves `start` upwards and reaches `end` from the left."""
        (x0, y0), (x1, y1) = start, end
        bend = 0.5523  # the cubic that is nearest to a quarter circle
        controls = [(x0, y0), (x0, y0 + bend * (y1 - y0)), (x1 - bend * (x1 - x0), y1), (x1, y1)]
        path = Path(controls, [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4])
        self.axes.add_patch(PathPatch(path, facecolor="none", edgecolor=colour, linewidth=width, zorder=1.5))
        self._grow([start, end])

    def arrow(
        self, start: tuple[float, float], end: tuple[float, float], *, colour: str = INK, width: float = 1.3
    ) -> None:
        self.axes.add_patch(
            FancyArrowPatch(
                start,
                end,
                arrowstyle="-|>",
                mutation_scale=9,
                color=colour,
                linewidth=width,
                shrinkA=0,
                shrinkB=0,
                zorder=4,
            )
        )
        self._grow([start, end])

    def dots(self, x: float, y: float, *, along: tuple[float, float] = (1.0, 0.0), colour: str = QUIET) -> None:
        """Draw "⋯" at (x, y), along any direction."""
        for shift in (-1, 0, 1):
            cx, cy = x + shift * 4 * along[0], y + shift * 4 * along[1]
            self.axes.add_line(
                Line2D(
                    [cx],
                    [cy],
                    marker="o",
                    markersize=2.2,
                    color=colour,
                    markeredgewidth=0,
                    linestyle="none",
                    zorder=6,
                )
            )
        self._grow([(x - 5, y - 2), (x + 5, y + 2)])

    def bracket(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        *,
        side: str,
        label: str,
        colour: str,
        wrong: bool = False,
        struck: bool = False,
        gap: float = 5.0,
    ) -> None:
        """Draw a bracket with end ticks beside the edge from start to end, and its label beyond it.

        `side` is "left", "right", "above", "below" or "depth" (below and to the right of a slanting edge);
        `wrong` puts a ✗ before the label, `struck` strikes its letter out.
        """
        away = {"left": (-1, 0), "right": (1, 0), "above": (0, 1), "below": (0, -1), "depth": (0.75, -0.66)}[side]
        tick = 3.5
        inner = [(x + away[0] * (gap - tick), y + away[1] * (gap - tick)) for x, y in (start, end)]
        outer = [(x + away[0] * gap, y + away[1] * gap) for x, y in (start, end)]
        self.line([inner[0], outer[0], outer[1], inner[1]], colour=colour, width=2.6 if wrong else 1.5)
        x, y = ((a + b) / 2 for a, b in zip(*outer, strict=True))
        beyond = {"left": 4, "right": 4, "above": 9, "below": 9, "depth": 6}[side]
        ha = {"left": "right", "right": "left", "depth": "left"}.get(side, "center")
        x, y = x + away[0] * beyond, y + away[1] * beyond
        mark = "✗ " if wrong else ""
        whole = text_width(mark + label, size=DIMENSION, bold=True)
        left = x - whole * {"left": 0.0, "center": 0.5, "right": 1.0}[ha]
        if wrong:
            self.text(left, y, "✗", size=DIMENSION + 2, colour=WRONG, bold=True)
        left += whole - text_width(label, size=DIMENSION, bold=True)
        self.text(left, y, label, size=DIMENSION, colour=colour, bold=True)
        if struck:
            letter = text_width(label.partition(" ")[0].partition("=")[0], size=DIMENSION, bold=True)
            self.line([(left - 2.5, y - 5), (left + letter + 2.5, y + 5)], width=1.5, z=9)

    def _grow(self, points: Sequence[tuple[float, float]]) -> None:
        for x, y in points:
            self._bounds = [
                min(self._bounds[0], x),
                min(self._bounds[1], y),
                max(self._bounds[2], x),
                max(self._bounds[3], y),
            ]


def token_colour(token: str) -> str:
    """Return the colour of a letter or a multiple of M; a bare number is ink."""
    return COLOURS.get(token) or COLOURS.get(token[-1:], INK)
