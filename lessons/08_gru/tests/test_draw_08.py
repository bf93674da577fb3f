"""The picture of lesson 08: two wide sums, each with a row of the bias, and the reset gate in the way of one part."""

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
from rnnshapes.layers.tables import GRU, GRU_RESET_BEFORE
from rnnshapes.sizes import Sizes

SIZES = Sizes(6, 8, 4, 5, 7)
STAGES = LAYERS["GRU"].stages


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("sizes", [*test_draw.CASES[3::2], SIZES, Sizes(2, 1, 1, 1, 1), Sizes(1, 2, 1000, 1, 1)], ids=str)
def test_nothing_overlaps_and_nothing_is_cut_off(sizes, narrow, monkeypatch):
    stages = STAGES if sizes == SIZES else STAGES[-1:]
    drawn = [draw.gates(sizes, layer="GRU", until=stage, narrow=narrow) for stage in stages]
    monkeypatch.setattr(test_draw, "pictures", lambda sizes, narrow: drawn)
    test_draw.test_nothing_overlaps_and_nothing_is_cut_off(sizes, narrow)


def test_the_alt_text_grows_with_the_picture():
    alts = [draw.gates(SIZES, layer="GRU", until=stage).alt for stage in STAGES]
    assert alts[0] == "x[t] (4) times Wx (4×15), plus bx (15): p. h_last (5) times Wh (5×15), plus bh (15): q."
    assert alts[1].endswith("z = sigmoid(p + q), r = sigmoid(p + q), g = tanh(p + r*q).")
    assert alts[2].endswith("h = z*h_last + (1-z)*g.")
    assert all(later.startswith(earlier) for earlier, later in zip(alts, alts[1:], strict=False))
    assert dict(draw.gates(SIZES, layer="GRU").details)["block 2"] == "g = tanh(p + r*q)"


def test_each_product_has_a_row_of_the_bias_and_r_stands_in_one_column_of_three():
    with plain_style():
        figure = draw.gates(SIZES, layer="GRU").build()
        figure.set_dpi(72)
        renderer = FigureCanvasAgg(figure).get_renderer()
        found = [(text.get_window_extent(renderer), text.get_text()) for text in figure.axes[0].texts]
    by_row = {}
    for box, text in found:
        by_row.setdefault(round(box.y0 / 8), []).append((box.x0, text))
    rows = ["".join(text for _, text in sorted(row)).replace(" ", "") for row in by_row.values()]
    assert rows.count("+bx") == rows.count("+bh") == rows.count("⊙r") == 1
    assert "+p+p+p" in rows and "σσtanh" in rows and "zrg" in rows


@pytest.mark.parametrize(("given", "words"), [({"layer": "RNN"}, "LSTM, GRU"), ({"layer": "GRU", "until": "c"}, "sum, gates, h")])
def test_what_cannot_be_drawn_is_refused_with_got_expected_try(given, words):
    with pytest.raises(CourseError) as refused:
        draw.gates(SIZES, **given)
    assert all(word in str(refused.value) for word in ("Got", words, "Try"))


def test_the_bytes_are_the_same_each_time_and_every_colour_has_a_dark_one():
    first = draw.gates(SIZES, layer="GRU").data()
    draw.gates.cache_clear()
    assert draw.gates(SIZES, layer="GRU").data() == first
    assert themed(draw.gates(SIZES, layer="GRU").data("svg"))


@pytest.mark.parametrize("reset_after", [True, False])
@pytest.mark.parametrize("return_sequences", [True, False])
def test_a_gru_is_explored_gate_by_gate_in_both_settings(reset_after, return_sequences):
    keras = rnnshapes.import_keras()
    how = {"reset_after": reset_after, "return_sequences": return_sequences}
    bias = keras.initializers.RandomUniform(0.2, 0.6)
    model = keras.Sequential([keras.Input((8, 4)), keras.layers.GRU(5, bias_initializer=bias, **how)])
    X = np.random.default_rng(8).standard_normal((6, 8, 4)).astype("float32")
    explorer = rnnshapes.explore(X=X, model=model, at="g[0,3,1]", show=["step", "sum"])  # held against predict()
    names = [flow.result.name for flow in (GRU if reset_after else GRU_RESET_BEFORE)]
    assert [line["name"] for line in explorer.spec["lines"]][: len(names)] == names
    right = draw.gates(Sizes(6, 8, 4, 5, 1), layer="GRU").alt
    assert (explorer.picture.alt == right) == reset_after  # the picture is that of the default
    assert ("bhg" in explorer.arrays) == reset_after
