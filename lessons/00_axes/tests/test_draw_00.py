"""Transpose beside reshape: what the picture says and marks, and that nothing in it overlaps."""

import itertools

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from rnnshapes import draw
from rnnshapes.draw.canvas import NARROW, WIDE, plain_style
from rnnshapes.draw.picture import LONGEST_ALT
from rnnshapes.errors import CourseError
from rnnshapes.sizes import Sizes

SIZES = Sizes(N=3, T=4, D=2, M=5, K=6)


def box(sizes=SIZES):
    """Numbers that say where they stand."""
    n, t, d = np.indices(sizes.shape("NTD"))
    return 100 * n + 10 * t + d


def card(dims="NTD", to="TND", sizes=SIZES, **more):
    values = {"NTD": box(sizes), "TD": box(sizes)[0], "ND": box(sizes)[:, 0]}[dims]
    return draw.rearranged("X", dims, to, sizes, values=values, **more)


def test_the_alt_text_says_what_both_give_and_where_they_differ():
    picture = card()
    assert picture.alt == (
        "X of (3, 4, 2) = (N, T, D): transpose(1, 0, 2) and reshape(4, 3, 2) both give (4, 3, 2) = (T, N, D). "
        "20 of 24 numbers stand elsewhere. At [0, 1]: transpose has 100, 101; reshape has 10, 11."
    )
    assert len(picture.details) == 10 and picture.details[0][0] == "[0, 1]"
    assert "0 of 8 numbers" in card(sizes=Sizes(1, 4, 2, 5, 6)).alt  # an axis of length one may move freely


@pytest.mark.parametrize(("dims", "to"), [("NTD", "TND"), ("NTD", "DTN"), ("NTD", "NDT"), ("TD", "DT")])
def test_as_many_cells_are_marked_as_numbers_differ(dims, to):
    picture = card(dims, to)
    with plain_style():
        patches = picture.build().axes[0].patches
    marked = [patch for patch in patches if patch.get_zorder() == 7]
    values = box() if dims == "NTD" else box()[0]
    turned = values.transpose([dims.index(letter) for letter in to])
    assert len(marked) == (turned != values.reshape(turned.shape)).sum() > 0


FITS_NARROW = [("NTD", "TND", SIZES), ("NTD", "DTN", SIZES), ("TD", "DT", SIZES), ("NTD", "TND", Sizes(1, 4, 2, 5, 6))]
FITS_WIDE = [*FITS_NARROW, ("NTD", "NDT", SIZES), ("NTD", "TND", Sizes(2, 3, 4, 5, 6)), ("ND", "DN", SIZES)]


@pytest.mark.parametrize(
    ("dims", "to", "sizes", "narrow"),
    [(*case, False) for case in FITS_WIDE] + [(*case, True) for case in FITS_NARROW],
)
def test_nothing_overlaps_and_nothing_is_cut_off(dims, to, sizes, narrow):
    picture = card(dims, to, sizes, narrow=narrow)
    assert 20 < len(picture.alt) <= LONGEST_ALT
    with plain_style():
        figure = picture.build()
        figure.set_dpi(72)  # a pixel is a point
        renderer = FigureCanvasAgg(figure).get_renderer()
        texts = [(text, text.get_window_extent(renderer)) for text in figure.axes[0].texts]
        cells = [patch.get_window_extent(renderer) for patch in figure.axes[0].patches if patch.get_zorder() == 2]
        artists = [artist.get_window_extent(renderer) for artist in figure.axes[0].patches + figure.axes[0].lines]
    width, height = figure.get_size_inches() * 72
    assert width == pytest.approx(NARROW if narrow else WIDE)
    for extent in [extent for _, extent in texts] + artists:
        assert extent.x0 >= 0 and extent.y0 >= 0 and extent.x1 <= width and extent.y1 <= height
    for (one, a), (two, b) in itertools.combinations(texts, 2):
        assert not _meet(a, b), f"{one.get_text()!r} on {two.get_text()!r}"
    for text, extent in texts:
        if text.get_label() != "value":
            assert not any(_meet(extent, cell) for cell in cells), f"{text.get_text()!r} on a block"


def _meet(a, b):
    """Boxes of text have room for accents and descenders: these may meet where ink does not."""
    wide, high = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
    return wide > 1.5 and high > 3.5


def test_the_bytes_are_the_same_each_time():
    assert card().data() == card().data()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: card("NTD", "TN"), "the same two or three letters"),
        (lambda: draw.rearranged("X", "NTD", "TND", SIZES, values=np.zeros((3, 2, 4))), "Got values of"),
        (lambda: card(sizes=Sizes(9, 20, 8, 5, 6)), "a small one"),
    ],
)
def test_mistakes_are_answered_with_got_expected_try(call, message):
    with pytest.raises(CourseError, match=message) as raised:
        call()
    assert all(word in str(raised.value) for word in ("Got", "expected", "Try"))
