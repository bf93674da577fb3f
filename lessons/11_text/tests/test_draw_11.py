"""The pictures of text: what they say, that nothing overlaps, and that every colour has a dark one."""

import numpy as np
import pytest
import test_draw

from rnnshapes import draw
from rnnshapes.draw.themed import themed
from rnnshapes.errors import CourseError
from rnnshapes.sizes import Sizes

RNG = np.random.default_rng(11)
NAMES = ["padding", *"abcdefg"]
P = RNG.dirichlet(np.full(8, 0.4))


def drawn(narrow):
    for ids, K, D in (([1, 5, 4, 2, 3], 8, 4), ([0], 1, 1), ([11] * 12, 12, 8), ([2, 0, 2], 8, 2)):
        names = NAMES if K == 8 else ()
        yield draw.picked(ids, RNG.normal(size=(K, D)), names=names, narrow=narrow)
        yield draw.picked_back(ids, RNG.normal(size=(len(ids), D)), K, names=names, narrow=narrow)
    for text, T in (("alice was begi", 5), ("ab", 1), ("a\nb c d e f g h i j", 9), ("alice was beg", 4)):
        yield draw.shifted(text, T, narrow=narrow)
    for u in (0.0, 0.02, 0.5, 0.98):
        yield draw.stretches({"temperature 0.5": P, "1": np.full(8, 1 / 8)}, NAMES, u=u, narrow=narrow)
    yield draw.surprise("alice was beginning to get\nvery tired " * 3, RNG.exponential(size=114), narrow=narrow)
    yield draw.surprise("a", [0.0], narrow=narrow)


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
def test_nothing_overlaps_and_nothing_is_cut_off(narrow, monkeypatch):
    monkeypatch.setattr(test_draw, "pictures", lambda sizes, narrow: drawn(narrow))
    test_draw.test_nothing_overlaps_and_nothing_is_cut_off(Sizes(1, 1, 1, 1, 1), narrow)


def test_the_table_beside_the_picture_says_which_rows_are_picked_and_what_they_get():
    E, dX = np.eye(4), np.ones((3, 2))
    assert dict(draw.picked([2, 0, 2], E).details)["row 2"].startswith("picked at t = 0, 2: 0.00  0.00  1.00")
    back = draw.picked_back([2, 0, 2], dX, 4)
    assert dict(back.details) == {
        **{"row 0": "picked at t = 1: 1.00  1.00", "row 1": "not picked: 0.00  0.00"},
        **{"row 2": "picked at t = 0, 2: 2.00  2.00", "row 3": "not picked: 0.00  0.00"},
    }
    assert "all others stay 0" in back.alt


def test_the_rows_of_a_text_are_shifted_first_and_cut_then():
    picture = draw.shifted("alice was", T=3)
    assert dict(picture.details) == {
        **{"row n = 0": "inputs ali, targets lic", "row n = 1": "inputs ce␣, targets e␣w"},
        "row n = 2": "inputs wa·, targets as·",
    }
    assert "8 places" in picture.alt and "1 of its 3 places" in picture.alt
    assert "is full" in draw.shifted("alice was!", T=3).alt


def test_u_falls_into_the_stretch_that_numpys_choice_would_pick():
    for seed in range(20):
        u, picked = np.random.default_rng(seed).random(), np.random.default_rng(seed).choice(8, p=P)
        said = dict(draw.stretches({"p": P}, NAMES, u=u).details)["p"]
        assert f"falls to {NAMES[picked]}," in said


def test_the_largest_loss_is_named():
    assert "the largest 3.00 at “t”" in draw.surprise("cat", [1.0, 2.0, 3.0]).alt
    assert dict(draw.surprise("to be", [1.0, 2.0, 3.0, 4.0, 5.0]).details) == {"to": "1.0  2.0", "be": "4.0  5.0"}


@pytest.mark.parametrize(
    "call",
    [
        lambda: draw.picked([0, 4], np.eye(4)),
        lambda: draw.picked([[0, 1]], np.eye(4)),
        lambda: draw.picked([0], np.ones((41, 4))),
        lambda: draw.picked([0], np.eye(4), names=("a",)),
        lambda: draw.picked_back([0, 1], np.ones((2, 9)), 4),
        lambda: draw.shifted("alice was beginning to", T=5),
        lambda: draw.shifted("alice", T=5),
        lambda: draw.stretches({}, NAMES, u=0.5),
        lambda: draw.stretches({"p": 2 * P}, NAMES, u=0.5),
        lambda: draw.stretches({"p": P}, NAMES, u=1.0),
        lambda: draw.surprise("alice", [1.0]),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_got_expected_try(call):
    with pytest.raises(CourseError) as refused:
        call()
    assert all(word in str(refused.value) for word in ("Got", "expected", "Try"))


def test_the_bytes_are_the_same_each_time_and_every_colour_has_a_dark_one():
    for picture in (draw.picked([1, 0], np.eye(4)), draw.shifted("alice", T=3), draw.stretches({"p": P}, NAMES, u=0.4)):
        assert picture.data("png") == picture.data("png")
        assert b"prefers-color-scheme: dark" in themed(picture.data("svg"))
