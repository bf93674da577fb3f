"""The picture of lesson 02: nothing overlaps, the alt text is the table's, the bytes are the same each time."""

import itertools

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from rnnshapes import draw
from rnnshapes.draw.canvas import plain_style
from rnnshapes.draw.picture import LONGEST_ALT
from rnnshapes.sizes import Sizes

CASES = [
    Sizes(3, 6, 4, 5, 2),
    Sizes(5, 7, 3, 4, 2),
    Sizes(1, 10, 3, 5, 2),
    Sizes(1000, 50, 8, 32, 10),
    Sizes(1600, 6, 4, 5, 1),
    Sizes(2, 1, 1, 1, 1),
    Sizes(10000, 2, 300, 8, 1),
]


def shared(a, b):
    """Return how wide and how high the overlap of two boxes is."""
    return min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("sizes", CASES, ids=lambda sizes: "-".join(str(getattr(sizes, i)) for i in "NTDMK"))
def test_the_film_overlaps_nothing_and_is_not_cut_off(sizes, narrow):
    picture = draw.film(sizes, narrow=narrow)
    assert 20 < len(picture.alt) <= LONGEST_ALT
    with plain_style():
        figure = picture.build()
        figure.set_dpi(72)  # a pixel is a point
        renderer = FigureCanvasAgg(figure).get_renderer()
        axes = figure.axes[0]
        texts = [(text.get_text(), text.get_window_extent(renderer)) for text in axes.texts]
        cells = [patch.get_window_extent(renderer) for patch in axes.patches if patch.get_zorder() == 2]
        everything = [artist.get_window_extent(renderer) for artist in axes.patches + axes.lines]
    width, height = figure.get_size_inches() * 72
    for box in everything + [box for _, box in texts]:
        assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height, "something is cut off"
    for (one, a), (two, b) in itertools.combinations(texts, 2):
        wide, high = shared(a, b)
        assert wide <= 1.5 or high <= 3.5, f"{one!r} on {two!r}"
    for (text, box), cell in itertools.product(texts, cells):
        wide, high = shared(box, cell)
        assert wide <= 1.5 or high <= 3, f"{text!r} on a block"


def test_the_alt_text_and_the_rows_are_the_tables():
    picture = draw.film(Sizes(3, 6, 4, 5, 2))
    assert picture.alt == (
        "The film h (3×6×5) keeps the states of 6 time steps (T); its last frame is (3×5). "
        "Dense has one Wo (5×2) for all frames: it makes Yhats (3×6×2) of the film, Yhat (3×2) of the frame."
    )
    assert picture.details[0] == (
        "every step: h @ Wo",
        "h (3×6×5) times Wo (5×2) gives (3×6×2); the shared M = 5 disappears.",
    )


def test_the_bytes_are_the_same_each_time():
    picture = draw.film(Sizes(3, 6, 4, 5, 2))
    assert picture.data("svg") == picture.data("svg") and picture.data() == picture.data()
