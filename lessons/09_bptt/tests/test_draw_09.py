"""The picture of lesson 09: how long the gradient is at each step."""

import numpy as np
import pytest
import test_draw

from rnnshapes import draw
from rnnshapes.draw.themed import themed
from rnnshapes.errors import CourseError
from rnnshapes.sizes import Sizes

SIZES = Sizes(3, 20, 2, 4, 1)


def films(sizes):
    """A gradient that vanishes, one that stays, one that explodes, and one that is nothing but at the end."""
    back = np.arange(sizes.T)[::-1][None, :, None]
    ones = np.ones(sizes.shape("NTM")) / np.sqrt(sizes.M)
    powers = {f"radius {radius}": ones * float(radius) ** back for radius in (0.5, 1, 3)}
    return powers | {"head alone": ones * (back == 0)}


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("sizes", [*test_draw.CASES[3::2], SIZES, Sizes(2, 1, 1, 1, 1), Sizes(1, 200, 1, 1, 1)], ids=str)
def test_nothing_overlaps_and_nothing_is_cut_off(sizes, narrow, monkeypatch):
    two = dict([*films(sizes).items()][-2:])
    drawn = [draw.gradients(two, sizes, narrow=narrow)]
    monkeypatch.setattr(test_draw, "pictures", lambda sizes, narrow: drawn)
    test_draw.test_nothing_overlaps_and_nothing_is_cut_off(sizes, narrow)


def test_the_alt_text_says_where_each_row_begins_and_ends():
    picture = draw.gradients(films(SIZES), SIZES)
    assert picture.alt.startswith("Length of dh at each step, as a power of ten, N × T = 3×20 cells.")
    assert "radius 0.5: −5.7 at t = 0, 0.0 at t = 19." in picture.alt and "radius 3: 9.1 at t = 0" in picture.alt
    assert dict(picture.details)["head alone, n = 2"].startswith("−∞  −∞")
    assert len(draw.gradients({f"a network with a long name, {k}": film for k, film in films(SIZES).items()}, SIZES).alt) <= 250


@pytest.mark.parametrize("wrong", [{}, {"turned": np.ones((20, 3, 4))}, {"last": np.ones((3, 4))}])
def test_other_shapes_are_refused_with_got_expected_try(wrong):
    with pytest.raises(CourseError) as refused:
        draw.gradients(wrong, SIZES)
    assert all(word in str(refused.value) for word in ("Got", "expected", "Try"))


def test_the_bytes_are_the_same_each_time_and_every_colour_has_a_dark_one():
    first = draw.gradients(films(SIZES), SIZES).data()
    assert draw.gradients(films(SIZES), SIZES).data() == first
    assert themed(draw.gradients(films(SIZES), SIZES).data("svg"))
