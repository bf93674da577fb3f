"""The picture of lesson 06: two films, one rewound."""

import pytest
import test_draw
from matplotlib.backends.backend_agg import FigureCanvasAgg

from rnnshapes import draw
from rnnshapes.draw.canvas import plain_style
from rnnshapes.sizes import Sizes

SIZES = Sizes(4, 7, 3, 5, 2)


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("sizes", [*test_draw.CASES, Sizes(3, 5, 2, 4, 7), Sizes(2, 8, 40, 3, 1)], ids=str)
def test_nothing_overlaps_and_nothing_is_cut_off(sizes, narrow, monkeypatch):
    monkeypatch.setattr(test_draw, "pictures", lambda sizes, narrow: [draw.two_films(sizes, narrow=narrow)])
    test_draw.test_nothing_overlaps_and_nothing_is_cut_off(sizes, narrow)


def test_the_alt_text_says_where_each_film_stops_and_what_it_has_seen():
    assert draw.two_films(SIZES).alt == (
        "Two films over one X (4×7×3). hf reads X[n,t,d] and hf[n,t-1,m'], to the right, and stops at t = 6. "
        "hb reads X[n,t,d] and hb[n,t+1,m'], to the left, and stops at t = 0. "
        "Where a film stops it has seen 7 steps; hb at t = 6 has seen 1."
    )
    assert [name for name, _ in draw.two_films(SIZES).details] == ["X @ Wxf", "hf @ Whf", "X @ Wxb", "hb @ Whb"]


def test_under_the_last_column_of_the_backward_film_stands_one_step():
    with plain_style():
        figure = draw.two_films(SIZES).build()
        figure.set_dpi(72)
        renderer = FigureCanvasAgg(figure).get_renderer()
        places = [(text.get_text(), text.get_window_extent(renderer)) for text in figure.axes[0].texts]
    counts = [(box.y0, box.x0, text) for text, box in places if text.endswith((" step", " steps"))]
    below = [text for y, _, text in sorted(counts, key=lambda found: found[1]) if y == min(counts)[0]]
    above = [text for y, _, text in sorted(counts, key=lambda found: found[1]) if y != min(counts)[0]]
    assert above == ["1 step", *(f"{count} steps" for count in range(2, 8))]
    assert below == above[::-1]


def test_the_bytes_are_the_same_each_time(tmp_path):
    first = draw.two_films(SIZES).data()
    draw.two_films.cache_clear()
    assert draw.two_films(SIZES).data() == first


def test_differences_of_states_are_called_by_their_name():
    import numpy as np

    picture = draw.over_time({"forward half": np.ones((7, 5))}, SIZES, of="h")
    assert picture.alt.startswith("Largest difference of h at each time step.")
