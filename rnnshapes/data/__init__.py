"""Real data that ship with the course: a daily weather series, and a chapter of a book.

README.md beside this file states their sources and licences.
"""

from __future__ import annotations

from importlib.resources import files
from typing import NamedTuple

import numpy as np

from rnnshapes.errors import CourseError

__all__ = ["alice", "weather"]
"""What reads them, in a notebook as `rnnshapes.NAME`."""
COLUMNS = ("precipitation", "temp_max", "temp_min", "wind")


class Weather(NamedTuple):
    """A daily series: `names` of the D columns, `dates` (L,) as datetime64[D], `values` (L, D) in float64."""

    names: tuple[str, ...]
    dates: np.ndarray
    values: np.ndarray


def weather(*names: str) -> Weather:
    """Return the weather of Seattle, one row for each day from 2012 to 2015, or the named columns of it.

    Shapes: values is (L, D) with L = 1461 days and D = 4, or as many columns as there are names; dates is (L,).
    Units: precipitation in mm, temp_max and temp_min in °C, wind in m/s.
    Raises: CourseError for a name that the table does not have.

    >>> names, dates, values = weather()
    >>> names, values.shape, str(dates[-1])
    (('precipitation', 'temp_max', 'temp_min', 'wind'), (1461, 4), '2015-12-31')
    >>> weather("temp_max").values[:3, 0]
    array([12.8, 10.6, 11.7])

    Source: NOAA, public domain, as the collection vega-datasets has it ("seattle-weather"); data/README.md says more.
    """
    names = names or COLUMNS
    if unknown := [name for name in names if name not in COLUMNS]:
        raise CourseError(
            f"Got {unknown}, expected columns out of {list(COLUMNS)}. Try: rnnshapes.weather('temp_max')."
        )
    lines = (files(__name__) / "seattle_weather.csv").read_text(encoding="utf-8").splitlines()
    rows = np.array([line.split(",") for line in lines])  # (L + 1, 6): the first row has the columns' names
    places = [rows[0].tolist().index(name) for name in names]
    dates = np.array([day.replace("/", "-") for day in rows[1:, 0]], dtype="datetime64[D]")
    return Weather(tuple(names), dates, rows[1:, places].astype(float))


def alice() -> str:
    """Return the first chapter of "Alice's Adventures in Wonderland" without its heading, one line for each paragraph.

    >>> text = alice()
    >>> len(text), text.count("\\n"), text[:40]
    (11192, 23, 'Alice was beginning to get very tired of')

    Source: Lewis Carroll, 1865, public domain; data/README.md says who typed it, and what was left out.
    """
    whole = (files(__name__) / "alice_chapter_1.txt").read_text(encoding="utf-8")
    _, _, *paragraphs = whole.split("\n\n")  # without the chapter's number and its name
    return "\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
