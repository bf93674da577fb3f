"""A figure with its alt text, in the form that survives notebooks, their re-opening, and nbconvert."""

import base64
import html
import io
import os
import re
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from rnnshapes.draw.canvas import plain_style
from rnnshapes.draw.themed import CLASS, STYLE, themed
from rnnshapes.errors import CourseError

LONGEST_ALT = 250
DPI = 192  # two device pixels per CSS pixel


@dataclass(frozen=True)
class Picture:
    """A figure, its alt text (at most 250 characters), and rows for a table beside it.

    In a notebook it shows itself: text/html (an img with alt, and the details), image/png, text/plain.
    """

    alt: str
    build: Callable[[], Figure] = field(repr=False)
    details: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if len(self.alt) > LONGEST_ALT:
            raise ValueError(f"alt text of {len(self.alt)} characters, at most {LONGEST_ALT}: {self.alt}")

    def figure(self) -> Figure:
        """Return a fresh matplotlib Figure (no pyplot state)."""
        with plain_style():
            return self.build()

    def data(self, kind: str = "png") -> bytes:
        """Return the picture as png, svg or pdf; the same bytes each time, the alt text inside.

        Raises: CourseError for any other kind.
        """
        if kind not in _METADATA:
            raise CourseError(f"Got the file type {kind!r}, expected png, svg or pdf. Try: figure.png.")
        return self._drawn(kind)[kind]

    def _drawn(self, *kinds: str) -> dict[str, bytes]:
        """Return the picture in several kinds: it is built once, which is half of the work."""
        drawn = {}
        with plain_style():
            figure = self.build()
            FigureCanvasAgg(figure)
            for kind in kinds:
                target = io.BytesIO()
                dots = _dots() if kind == "png" else DPI
                figure.savefig(target, format=kind, dpi=dots, metadata=_METADATA[kind](self.alt))
                drawn[kind] = target.getvalue()
        if "svg" in drawn:
            drawn["svg"] = _with_description(drawn["svg"], self.alt)
        return drawn

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the picture to a .png, .svg or .pdf file, in one go, and return the path.

        Raises: CourseError if the file's ending is none of these.
        """
        path = Path(path)
        data = self.data(path.suffix.lower().lstrip("."))
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.chmod(temporary, 0o644)  # mkstemp's own mode hides the file from everyone else
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise
        return path

    def html(self) -> str:
        """Return the img element with its alt text, and the details below it.

        The img itself is a PNG, which survives everywhere; where nobody strips it, an SVG in the host's theme.
        """
        png = self._shown["png"]
        width = int.from_bytes(png[16:20], "big") * 96 // _dots()  # PNG keeps its width in bytes 16 to 19
        source, drawn = (base64.b64encode(data).decode("ascii") for data in (png, themed(self._shown["svg"])))
        image = (
            f'<img alt="{html.escape(self.alt)}" width="{width}" class="{CLASS}" '
            f'style="max-width:100%;height:auto" src="data:image/png;base64,{source}">'
        )
        themed_source = f'<source type="image/svg+xml" srcset="data:image/svg+xml;base64,{drawn}">'
        image = f"{STYLE}<picture>{themed_source}{image}</picture>"
        return image + (_details_html(self.details) if self.details else "")

    @cached_property
    def _shown(self) -> dict[str, bytes]:
        return self._drawn("png", "svg")

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {
            "text/html": self.html(),
            "image/png": base64.b64encode(self._shown["png"]).decode("ascii"),
            "text/plain": self.alt,
        }


def _dots() -> int:
    """Return the dots per inch of a PNG: half as many in a grading run, for the time. Its pages show the SVG."""
    return DPI // 2 if os.environ.get("NBGRADER_EXECUTION") == "autograde" else DPI


def alt_text(sentences: Iterable[str]) -> str:
    """Return as many of the sentences as fit into an alt text, in order; the first is cut if it must be.

    >>> alt_text(["First.", "x" * 250, "Last."])
    'First. Last.'
    """
    text = ""
    for sentence in sentences:
        longer = f"{text} {sentence}".strip()
        if len(longer) <= LONGEST_ALT:
            text = longer
        elif not text:
            return longer[: LONGEST_ALT - 1] + "…"
    return text


def _details_html(rows: Iterable[tuple[str, str]]) -> str:
    cells = "".join(
        f'<tr><th scope="row" style="text-align:left">{html.escape(head)}</th>'
        f'<td style="text-align:left">{html.escape(text)}</td></tr>'
        for head, text in rows
    )
    return f"<details><summary>The picture in words and numbers</summary><table>{cells}</table></details>"


def _with_description(svg: bytes, alt: str) -> bytes:
    """Add <desc> after <title>, and the role that makes a browser read both."""
    text = svg.decode("utf-8")
    text = re.sub(r"</title>", lambda _: f"</title>\n <desc>{html.escape(alt)}</desc>", text, count=1)
    return text.replace("<svg ", '<svg role="img" ', 1).encode("utf-8")


def _title(alt: str) -> str:
    return re.split(r"[.;:] ", alt, maxsplit=1)[0].rstrip(".")


_METADATA = {
    "png": lambda alt: {"Software": None, "Title": _title(alt), "Description": alt},
    "svg": lambda alt: {"Date": None, "Creator": None, "Title": _title(alt), "Description": alt},
    "pdf": lambda alt: {
        "CreationDate": None,
        "Producer": None,
        "Creator": "rnnshapes",
        "Title": _title(alt),
        "Subject": alt,
    },
}
