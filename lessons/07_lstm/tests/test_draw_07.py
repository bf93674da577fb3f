"""The picture of lesson 07: one wide sum, cut in four."""

import numpy as np
import pytest
import test_draw
from matplotlib.backends.backend_agg import FigureCanvasAgg

import rnnshapes
from rnnshapes import draw
from rnnshapes.draw.canvas import plain_style
from rnnshapes.draw.gated import LAYERS
from rnnshapes.draw.themed import themed
from rnnshapes.errors import CourseError
from rnnshapes.layers.tables import LSTM
from rnnshapes.sizes import Sizes

SIZES = Sizes(6, 9, 3, 5, 7)
STAGES = LAYERS["LSTM"].stages


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("sizes", [*test_draw.CASES[3::2], SIZES, Sizes(2, 1, 1, 1, 1), Sizes(1, 2, 1000, 1, 1)], ids=str)
def test_nothing_overlaps_and_nothing_is_cut_off(sizes, narrow, monkeypatch):
    stages = STAGES if sizes == SIZES else STAGES[-1:]
    drawn = [draw.gates(sizes, until=stage, narrow=narrow) for stage in stages]
    monkeypatch.setattr(test_draw, "pictures", lambda sizes, narrow: drawn)
    test_draw.test_nothing_overlaps_and_nothing_is_cut_off(sizes, narrow)


def test_the_alt_text_grows_with_the_picture():
    alts = [draw.gates(SIZES, until=stage).alt for stage in STAGES]
    assert alts[0] == "x[t] (3) times Wx (3×20), plus h_last (5) times Wh (5×20), plus bh (20): 4M numbers."
    assert "Cut in four parts of M = 5: i, f, g, o." in alts[1]
    assert alts[2].endswith("c = f*c_last + i*g.") and alts[3].endswith("h = o*tanh(c).")
    assert all(later.startswith(earlier) for earlier, later in zip(alts, alts[1:], strict=False))
    assert dict(draw.gates(SIZES).details)["block 2"] == "g = tanh(…)"


def test_what_stands_under_a_part_is_what_the_table_says():
    with plain_style():
        figure = draw.gates(SIZES).build()
        figure.set_dpi(72)
        renderer = FigureCanvasAgg(figure).get_renderer()
        found = [(text.get_window_extent(renderer), text.get_text()) for text in figure.axes[0].texts]
    by_row = {}
    for box, text in found:
        by_row.setdefault(round(box.y0 / 8), []).append((box.x0, text))
    rows = ["".join(text for _, text in sorted(row)) for row in by_row.values()]
    words = "".join("σ" if flow.function == "sigmoid" else flow.function for flow in LSTM[:4])
    letters = "".join(flow.result.name for flow in LSTM[:4])
    assert words in rows and letters in rows


def test_another_stage_is_refused_with_got_expected_try():
    with pytest.raises(CourseError) as refused:
        draw.gates(SIZES, until="o")
    assert all(word in str(refused.value) for word in ("Got", "expected", "Try"))


def test_the_bytes_are_the_same_each_time_and_every_colour_has_a_dark_one():
    first = draw.gates(SIZES).data()
    draw.gates.cache_clear()
    assert draw.gates(SIZES).data() == first
    assert themed(draw.gates(SIZES).data("svg"))


def test_where_no_scripts_run_an_lstm_is_explored_as_this_picture():
    keras = rnnshapes.import_keras()
    model = keras.Sequential([keras.Input((9, 3)), keras.layers.LSTM(5, return_sequences=True)])
    explorer = rnnshapes.explore(X=np.ones((6, 9, 3)), model=model, at="c[0,3,1]", show=["step", "sum"])
    assert explorer.picture.alt == draw.gates(Sizes(6, 9, 3, 5, 1)).alt
    assert [line["name"] for line in explorer.spec["lines"]] == [flow.result.name for flow in LSTM]
