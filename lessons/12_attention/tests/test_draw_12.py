"""The square of attention: what it says, that nothing overlaps, and that what cannot be drawn is refused."""

import numpy as np
import pytest
import test_draw

from rnnshapes import draw
from rnnshapes.draw.themed import themed
from rnnshapes.errors import CourseError
from rnnshapes.sizes import Sizes

RNG = np.random.default_rng(12)
CAUSAL = np.tri(5) / np.arange(1, 6)[:, None]


def drawn(narrow):
    for T, S in ((1, 1), (9, 9), (12, 12), (4, 9)):
        yield draw.attention(RNG.dirichlet(np.ones(S), T), at=(T - 1, 0), narrow=narrow)
    yield draw.attention(CAUSAL, names=["26 mm", "21 mm", "0 mm", "1 mm", "6 mm"], narrow=narrow)
    for H in (1, 2, 3):
        yield draw.attention(RNG.dirichlet(np.ones(7), (H, 7)), narrow=narrow)


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
def test_nothing_overlaps_and_nothing_is_cut_off(narrow, monkeypatch):
    monkeypatch.setattr(test_draw, "pictures", lambda sizes, narrow: drawn(narrow))
    test_draw.test_nothing_overlaps_and_nothing_is_cut_off(Sizes(1, 1, 1, 1, 1), narrow)


def test_the_words_tell_the_way_and_who_is_looked_at():
    picture = draw.attention(CAUSAL, at=(3, 0), names="abcde")
    assert "From step 0 to step 3 it is one cell here, and 3 steps of the loop below." in picture.alt
    assert "Row t = 4 looks most at a: 0.20." in picture.alt
    assert dict(picture.details)["t = 1"] == ".50  .50  0  0  0"
    assert "Head 1: row t = 4" in draw.attention(np.stack([CAUSAL, CAUSAL])).alt


@pytest.mark.parametrize(
    "call",
    [
        lambda: draw.attention(np.ones(3)),
        lambda: draw.attention(np.ones((13, 13))),
        lambda: draw.attention(CAUSAL, at=(5, 0)),
        lambda: draw.attention(CAUSAL, names="ab"),
        lambda: draw.attention(np.stack([CAUSAL]), at=(0, 0)),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_got_expected_try(call):
    with pytest.raises(CourseError) as refused:
        call()
    assert all(word in str(refused.value) for word in ("Got", "expected", "Try"))


def test_the_bytes_are_the_same_each_time_and_every_colour_has_a_dark_one():
    picture = draw.attention(CAUSAL, at=(3, 0))
    assert picture.data("png") == picture.data("png")
    assert b"prefers-color-scheme: dark" in themed(picture.data("svg"))
