"""The relay card: its alt text, its room on the page, the same bytes each time."""

import itertools

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from rnnshapes import draw
from rnnshapes.draw.canvas import NARROW, WIDE, plain_style
from rnnshapes.draw.picture import LONGEST_ALT
from rnnshapes.errors import CourseError
from rnnshapes.sizes import Sizes

CASES = [
    (Sizes(3, 12, 4, 7, 6), 5, ()),
    (Sizes(3, 12, 4, 7, 6), 5, (False, False, True)),
    (Sizes(4, 17, 3, 8, 2), 6, (False, True, False)),
    (Sizes(4, 17, 3, 8, 2), 6, (True, True, True)),
    (Sizes(1, 9, 5, 6, 1), 2, (False, False, False, False, True)),
    (Sizes(100, 1000, 30, 64, 10), 7, ()),
    (Sizes(2, 3, 5, 4, 1), 9, ()),
]


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize(("sizes", "size", "resets"), CASES)
def test_nothing_overlaps_and_nothing_is_cut_off(sizes, size, resets, narrow):
    picture = draw.relay(sizes, size=size, resets=resets, narrow=narrow)
    assert 20 < len(picture.alt) <= LONGEST_ALT
    with plain_style():
        figure = picture.build()
        figure.set_dpi(72)  # a pixel is a point
        renderer = FigureCanvasAgg(figure).get_renderer()
        texts = [(text.get_text(), text.get_window_extent(renderer)) for text in figure.axes[0].texts]
        artists = [artist.get_window_extent(renderer) for artist in figure.axes[0].patches + figure.axes[0].lines]
        cells = [
            patch.get_window_extent(renderer) for patch in figure.axes[0].patches if patch.get_zorder() == 2
        ]  # the cells of blocks
    width, height = figure.get_size_inches() * 72
    assert width == pytest.approx(NARROW if narrow else WIDE)
    for box in [*(box for _, box in texts), *artists]:
        assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height, picture.alt
    for (one, a), (two, b) in itertools.combinations(texts, 2):
        assert not overlap(a, b, 3.5), f"{one!r} on {two!r}: {picture.alt}"
    for text, box in texts:
        assert not any(overlap(box, cell, 3) for cell in cells), f"{text!r} on a block: {picture.alt}"


def overlap(a, b, high):
    """Tell whether two boxes share more than the room for accents and descenders."""
    return min(a.x1, b.x1) - max(a.x0, b.x0) > 1.5 and min(a.y1, b.y1) - max(a.y0, b.y0) > high


def test_the_alt_text_says_what_the_table_says():
    sizes = Sizes(3, 12, 4, 7, 6)
    assert draw.relay(sizes, size=5).alt == (
        "A relay from left to right: 12 time steps (T) in chunks of 5, 5 and 2, each run by the same layer. "
        "It hands its last state h[n,T-1,m] on, (3, 7) = (N, M): one row for each sample. The first is zeros."
    )
    dropped = draw.relay(sizes, size=5, resets=[False, False, True])
    assert dropped.alt.endswith("Before chunk 2 a reset: the state starts at zeros again.")
    assert dropped.details == (
        ("chunk 0", "X[:, 0:5] (3×5×4), from zeros"),
        ("chunk 1", "X[:, 5:10] (3×5×4), from the last state of chunk 0"),
        ("chunk 2", "X[:, 10:12] (3×2×4), from zeros, after a reset"),
    )
    assert "from top to bottom" in draw.relay(sizes, size=5, narrow=True).alt
    assert "one chunk of 12" in draw.relay(sizes, size=40).alt
    assert "6 chunks of 2" in draw.relay(sizes, size=2).alt


def test_bytes_are_the_same_each_time():
    sizes = Sizes(4, 17, 3, 8, 2)
    first = draw.relay(sizes, size=6).data("png")
    draw.relay.__globals__["_relay"].cache_clear()
    assert draw.relay(sizes, size=6).data("png") == first


@pytest.mark.parametrize(("size", "resets"), [(0, ()), (5, [True])])
def test_mistakes_are_answered_with_got_expected_try(size, resets):
    with pytest.raises(CourseError) as raised:
        draw.relay(Sizes(3, 12, 4, 7, 6), size=size, resets=resets)
    assert all(word in str(raised.value) for word in ("Got", "expected", "Try"))
