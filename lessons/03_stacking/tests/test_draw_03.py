"""The card of lesson 03: what layer 1 hands to layer 2."""

import itertools

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from rnnshapes import draw
from rnnshapes.draw.canvas import plain_style
from rnnshapes.draw.picture import LONGEST_ALT
from rnnshapes.sizes import Sizes

CASES = [
    Sizes(4, 6, 3, 8, 2, M2=5),
    Sizes(3, 9, 2, 5, 4, M2=7),
    Sizes(1, 1, 1, 1, 1, M2=1),
    Sizes(1000, 50, 8, 32, 10, M2=64),
    Sizes(3, 120, 2, 7, 4, M2=300),
]


def name(sizes):
    return "-".join(map(str, sizes.known.values()))


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("return_sequences", [True, False], ids=["plugged", "unplugged"])
@pytest.mark.parametrize("sizes", CASES, ids=name)
def test_nothing_overlaps_and_nothing_is_cut_off(sizes, return_sequences, narrow):
    picture = draw.plug(sizes, return_sequences=return_sequences, narrow=narrow)
    assert 20 < len(picture.alt) <= LONGEST_ALT
    with plain_style():
        figure = picture.build()
        figure.set_dpi(72)  # a pixel is a point
        renderer = FigureCanvasAgg(figure).get_renderer()
        axes = figure.axes[0]
        texts = [(text.get_text(), text.get_window_extent(renderer)) for text in axes.texts]
        boxes = [artist.get_window_extent(renderer) for artist in axes.patches + axes.lines]
        cells = [patch.get_window_extent(renderer) for patch in axes.patches if patch.get_zorder() == 2]
    width, height = figure.get_size_inches() * 72
    for box in [*boxes, *(box for _, box in texts)]:
        assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height, picture.alt
    for (one, a), (two, b) in itertools.combinations(texts, 2):
        assert overlap(a, b) <= 3.5, f"{one!r} on {two!r}"
    for text, box in texts:
        assert all(overlap(box, cell) <= 3 for cell in cells), f"{text!r} on a block"


def overlap(a, b):
    """Return how high two boxes overlap, 0 if they barely touch."""
    wide = min(a.x1, b.x1) - max(a.x0, b.x0)
    return min(a.y1, b.y1) - max(a.y0, b.y0) if wide > 1.5 else 0


def test_the_alt_texts_say_what_fits_and_what_is_missing():
    sizes = CASES[0]
    assert draw.plug(sizes).alt == (
        "h1 (4×6×8) times Wx2 (8×5) gives (4×6×5); the shared M1 = 8 disappears. "
        "Layer 1's last axis M1 plugs into the first axis of Wx2."
    )
    assert draw.plug(sizes, return_sequences=False).alt == (
        "Without return_sequences layer 1 gives (4×8) = (N, M1): ndim=2. "
        "Layer 2 wants (4×6×8) = (N, T, M1): ndim=3. M1 = 8 fits; T = 6 is missing."
    )


def test_the_bytes_are_the_same_each_time():
    for return_sequences in (True, False):
        picture = draw.plug(CASES[0], return_sequences=return_sequences)
        assert picture.data() == picture.data()


def test_clashes_in_a_stack_give_no_advice_from_the_single_layer():
    sizes = CASES[1]
    assert draw.clash("h2", (3, 7), "Wo", (4, 7), sizes).alt.endswith("Wo should be (7, 4) = (M2, K).")
    assert "should be" not in draw.clash("h1", (3, 5), "Wo", (7, 4), sizes).alt
