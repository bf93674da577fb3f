"""The letters, and the way back from numbers to letters."""

import numpy as np
import pytest

from rnnshapes.errors import CourseError
from rnnshapes.sizes import COLOURS, LETTERS, MEANINGS, MORE, Sizes

SIZES = Sizes(N=3, T=4, D=2, M=5, K=6)


def test_letters_to_numbers():
    assert SIZES.shape("NTD") == (3, 4, 2)
    assert SIZES.shape("D4M") == (2, 20)
    assert SIZES.shape("") == ()


@pytest.mark.parametrize(
    ("shape", "letters"),
    [
        ((4, 6), "(T, K)"),
        ((2, 20), "(D, 4M)"),
        ((5,), "(M,)"),
        ((), "()"),
        ((9, 6), "(9, K)"),
        ((10, 15, 20, 25), "(2M, 3M, 4M, 25)"),
        (np.zeros((3, 4)).shape, "(N, T)"),
    ],
)
def test_numbers_to_letters(shape, letters):
    assert SIZES.letters(shape) == letters


def test_a_number_of_two_letters_stays_a_number():
    sizes = Sizes(N=1, T=10, D=3, M=5, K=1)
    assert sizes.letters((1, 10, 1)) == "(1, T, 1)"
    assert sizes.shared() == {1: ["N", "K"]}
    assert "N and K share 1" in sizes.legend()


def test_a_letter_goes_before_a_multiple():
    assert Sizes(N=1, T=10, D=3, M=5, K=2).letters((10, 15)) == "(T, 3M)"


def test_legend_names_every_letter():
    legend = SIZES.legend()
    assert legend.startswith("N = 3 samples · T = 4 time steps · ")
    assert all(f"{letter} = " in legend for letter in LETTERS)
    assert Sizes(1, 2, 3, 4, 5).legend().startswith("N = 1 sample ·")


@pytest.mark.parametrize("wrong", [0, -1, 2.0, "3", None, True])
def test_sizes_are_whole_numbers_of_at_least_one(wrong):
    with pytest.raises(CourseError, match=r"Got D = .*, expected .* Try: "):
        Sizes(N=3, T=4, D=wrong, M=5, K=6)


def test_numpy_integers_are_sizes():
    assert Sizes(*np.arange(1, 6)) == Sizes(1, 2, 3, 4, 5)


@pytest.mark.parametrize("dims", ["NQ", "ntd", "5M", ["D", "x"]])
def test_unknown_letters_are_refused(dims):
    with pytest.raises(CourseError, match="Try: 'NTD'"):
        SIZES.shape(dims)


def test_heads_and_keys_are_letters_where_there_are_some():
    sizes = Sizes(N=3, T=4, D=2, M=5, K=6, H=7, S=9)
    assert sizes.shape("NHTS") == (3, 7, 4, 9) and sizes.letters((7, 9)) == "(H, S)"
    assert SIZES.letters((7, 9)) == "(7, 9)" and "H" not in SIZES.known
    with pytest.raises(CourseError, match="expected sizes with heads"):
        SIZES.shape("H")


def test_every_letter_has_a_meaning_and_a_colour():
    assert set(MEANINGS) == set(COLOURS) == {*LETTERS, *MORE, "M1"}
