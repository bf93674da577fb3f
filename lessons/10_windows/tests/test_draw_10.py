"""The ruler and the forecast: what they say, that nothing overlaps, and that every colour has a dark one."""

import numpy as np
import pytest
import test_draw

import rnnshapes
from rnnshapes import draw
from rnnshapes.draw.themed import themed
from rnnshapes.errors import CourseError
from rnnshapes.sizes import Sizes

WEATHER = rnnshapes.weather()
TEMP = WEATHER.values[:, 1]
SHAPES = [(10, 4, 0), (10, 4, 2), (14, 1, 1), (14, 7, 7), (14, 14, 0), (2, 1, 1), (9, 3, 0), (12, 9, 3)]


def forecasts(start, days, *, narrow=False):
    part = slice(start, start + days)
    lines = {"GRU": TEMP[part] + 1, "tomorrow is like today": TEMP[start - 1 : start - 1 + days]}
    return draw.forecast(WEATHER.dates[part], TEMP[part], lines, of="temp_max", narrow=narrow)


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
def test_nothing_overlaps_and_nothing_is_cut_off(narrow, monkeypatch):
    cold = WEATHER.values[:, 2]
    drawn = [draw.windows(series[40 : 40 + L], T, K=K, narrow=narrow) for L, T, K in SHAPES for series in (TEMP, cold)]
    drawn += [forecasts(start, days, narrow=narrow) for start, days in ((1, 60), (31, 2), (400, 90), (700, 365))]
    monkeypatch.setattr(test_draw, "pictures", lambda sizes, narrow: drawn)
    test_draw.test_nothing_overlaps_and_nothing_is_cut_off(Sizes(1, 1, 1, 1, 1), narrow)


def test_the_alt_text_counts_the_windows_and_the_table_names_their_days():
    picture = draw.windows(TEMP[:10], T=4, K=2)
    assert "L = 10 days" in picture.alt and "N = 5 positions are the rows of X (5×4)" in picture.alt
    assert picture.alt.endswith("are its targets: Y (5×2).")
    assert dict(picture.details)["n = 4"] == "days 4 to 7, targets days 8 to 9"
    assert dict(draw.windows(TEMP[:5], T=4, K=1).details) == {"n = 0": "days 0 to 3, targets day 4"}
    assert "targets" not in draw.windows(TEMP[:10], T=4).alt


def test_the_alt_text_of_a_forecast_says_how_far_each_is_off():
    assert "GRU 1.00 °C" in forecasts(100, 60).alt and "2012-04-10 to 2012-06-08" in forecasts(100, 60).alt


@pytest.mark.parametrize(
    "call",
    [
        lambda: draw.windows(TEMP, T=7),
        lambda: draw.windows(WEATHER.values[:10], T=4),
        lambda: draw.windows(TEMP[:5], T=4, K=2),
        lambda: draw.windows(TEMP[:5], T=0),
        lambda: draw.forecast(WEATHER.dates[:5], TEMP[:5], {}),
        lambda: draw.forecast(WEATHER.dates[:5], TEMP[:5], {"GRU": TEMP[:4]}),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_got_expected_try(call):
    with pytest.raises(CourseError) as refused:
        call()
    assert all(word in str(refused.value) for word in ("Got", "expected", "Try"))


def test_the_bytes_are_the_same_each_time_and_every_colour_has_a_dark_one():
    for make in (lambda: draw.windows(TEMP[:10], T=4, K=2), lambda: forecasts(100, 60)):
        assert make().data() == make().data()
        assert themed(make().data("svg"))


def test_a_forecast_that_is_right_has_no_error():
    assert "GRU 0.00 °C" in draw.forecast(WEATHER.dates[:9], TEMP[:9], {"GRU": np.array(TEMP[:9])}).alt
