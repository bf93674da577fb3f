"""Predicted shapes of lesson 00: which wrong letters come from which belief about slices, products and sums."""

from __future__ import annotations

from typing import Any

from rnnshapes.judge.exercise import Belief

DIMS = {
    "X[0]": "TD",
    "X[:, 2]": "ND",
    "X[0, 2]": "D",
    "X[:, 2:3]": "N1D",
    "X[..., 1]": "NT",
    "X[0] @ W": "TM",
    "X @ W": "NTM",
    "X @ W + b": "NTM",
    "X + s[:, None]": "NTD",
    "X.sum(axis=1)": "ND",
    "X.mean(axis=(0, 1))": "D",
    "X.mean(axis=1, keepdims=True)": "N1D",
    "X.max()": "",
}
PARTS = {
    "slices": ("X[0]", "X[:, 2]", "X[0, 2]", "X[:, 2:3]", "X[..., 1]"),
    "products": ("X[0] @ W", "X @ W", "X @ W + b", "X + s[:, None]"),
    "sums": ("X.sum(axis=1)", "X.mean(axis=(0, 1))", "X.mean(axis=1, keepdims=True)", "X.max()"),
}

_TEXTS = {
    "batch_axis_forgotten": (
        "A shape is about one sample.",
        "All N samples are in this array. Which axis counts them?",
    ),
    "index_keeps_axis": (
        "An index leaves an axis of length one.",
        "A whole number takes its axis away; a colon or a range keeps it. Which of the two stands there?",
    ),
    "range_drops_axis": (
        "A slice of length one takes the axis away.",
        "2:3 is a range, if a short one. How many steps are in it, and what does a range do to its axis?",
    ),
    "range_counts_both_ends": (
        "2:3 holds two steps.",
        "The step after the colon is the first one that is left out. How many are in it then?",
    ),
    "whole_axis_kept": (
        "An index leaves all axes as they are.",
        "One place in the brackets picks a single thing. Which axis is that place, and does it stay?",
    ),
    "wrong_axis_dropped": (
        "An index drops some axis.",
        "The first place in the brackets is N, the second T, the third D. Which places hold a number, and which letters stay?",
    ),
    "dots_forgotten": (
        "X[..., 1] is X[1].",
        "The three dots stand for all axes before. Which axis is left for the 1?",
    ),
    "shared_letter_kept": (
        "A product keeps all letters.",
        "The two letters that touch across @ are summed away. Which ones touch here?",
    ),
    "as_large_as_x": (
        "A product is as large as its left side.",
        "Each row of D numbers meets W of (D, M). How many numbers come out for a row?",
    ),
    "wrong_letter_cancelled": (
        "A product takes some letter away.",
        "Letters cancel where they touch: the last of X, and the first of W. Which ones stay?",
    ),
    "bias_for_result": (
        "A sum has the shape of what is added.",
        "The small array is repeated to fit the large one. Which letters has the large one?",
    ),
    "new_axis_counted": (
        "The new axis shows in the sum.",
        "s[:, None] is (N, 1, D), and the axis of length one is stretched. Over which letter of X does it stand?",
    ),
    "wrong_axis_summed": (
        "axis=1 sums over the first axis, or keeps it.",
        "Axes are counted from 0, and the one that is named goes away. Which letter is axis 1?",
    ),
    "named_axes_kept": (
        "The axes that are named stay.",
        "mean(axis=…) averages over the axes that are named. Are they still there afterwards?",
    ),
    "sum_keeps_shape": (
        "A sum leaves the shape as it is.",
        "Many numbers become one. Along which axis, and is it still there?",
    ),
    "sum_leaves_one": (
        "A sum leaves an axis of length one.",
        "It does so if you ask for it with keepdims. Is that asked here?",
    ),
    "keepdims_forgotten": (
        "keepdims keeps nothing.",
        "With keepdims the averaged axis stays, in another length. How long is an axis of averages of a whole axis?",
    ),
    "keepdims_keeps_length": (
        "keepdims keeps the axis as long as it was.",
        "The axis stays, but its numbers have become one. How long is it now?",
    ),
    "max_per_axis": (
        "max works along some axis.",
        "No axis is named: one number is the largest of all. How many axes has a single number?",
    ),
    "one_number_is_an_axis": (
        "A single number has the shape (1,).",
        "(1,) is one axis with one number on it. A number alone has no axis: what does an empty tuple look like?",
    ),
}
SHAPE_BELIEFS_00 = {key: Belief(key, *text) for key, text in _TEXTS.items()}

NAMED = {
    "X[0]": {
        "1TD": "index_keeps_axis",
        "NTD": "whole_axis_kept",
        "ND": "wrong_axis_dropped",
        "NT": "wrong_axis_dropped",
        "N": "wrong_axis_dropped",
        "D": "wrong_axis_dropped",
        "T": "wrong_axis_dropped",
    },
    "X[:, 2]": {
        "N1D": "index_keeps_axis",
        "NTD": "whole_axis_kept",
        "TD": "wrong_axis_dropped",
        "NT": "wrong_axis_dropped",
        "N": "wrong_axis_dropped",
        "D": "wrong_axis_dropped",
        "T": "wrong_axis_dropped",
    },
    "X[0, 2]": {
        "11D": "index_keeps_axis",
        "1D": "index_keeps_axis",
        "NTD": "whole_axis_kept",
        "N": "wrong_axis_dropped",
        "T": "wrong_axis_dropped",
        "TD": "wrong_axis_dropped",
        "ND": "wrong_axis_dropped",
        "NT": "wrong_axis_dropped",
        "": "wrong_axis_dropped",
    },
    "X[:, 2:3]": {
        "NKD": "range_counts_both_ends",
        "ND": "range_drops_axis",
        "NTD": "whole_axis_kept",
        "NT": "wrong_axis_dropped",
    },
    "X[..., 1]": {
        "NT1": "index_keeps_axis",
        "NTD": "whole_axis_kept",
        "TD": "dots_forgotten",
        "ND": "wrong_axis_dropped",
        "N": "wrong_axis_dropped",
        "T": "wrong_axis_dropped",
        "D": "wrong_axis_dropped",
    },
    "X[0] @ W": {
        "NM": "wrong_axis_dropped",
        "TDM": "shared_letter_kept",
        "TDDM": "shared_letter_kept",
        "TD": "as_large_as_x",
        "TT": "wrong_letter_cancelled",
        "DM": "wrong_letter_cancelled",
        "T": "wrong_letter_cancelled",
        "M": "wrong_letter_cancelled",
    },
    "X @ W": {
        "NTDM": "shared_letter_kept",
        "NTDDM": "shared_letter_kept",
        "NTD": "as_large_as_x",
        "NM": "wrong_letter_cancelled",
        "TM": "wrong_letter_cancelled",
        "NT": "wrong_letter_cancelled",
        "DM": "wrong_letter_cancelled",
    },
    "X @ W + b": {
        "NTDM": "shared_letter_kept",
        "NTD": "as_large_as_x",
        "M": "bias_for_result",
        "NTMM": "bias_for_result",
        "NM": "wrong_letter_cancelled",
        "TM": "wrong_letter_cancelled",
    },
    "X + s[:, None]": {
        "N1D": "bias_for_result",
        "ND": "bias_for_result",
        "NNTD": "new_axis_counted",
        "NTD1": "new_axis_counted",
        "N1TD": "new_axis_counted",
        "NNTDD": "new_axis_counted",
    },
    "X.sum(axis=1)": {
        "TD": "wrong_axis_summed",
        "NT": "wrong_axis_summed",
        "T": "named_axes_kept",
        "NTD": "sum_keeps_shape",
        "N1D": "sum_leaves_one",
        "N": "wrong_axis_summed",
        "D": "wrong_axis_summed",
        "": "max_per_axis",
    },
    "X.mean(axis=(0, 1))": {
        "NT": "named_axes_kept",
        "NTD": "sum_keeps_shape",
        "11D": "sum_leaves_one",
        "N": "wrong_axis_summed",
        "T": "wrong_axis_summed",
        "TD": "wrong_axis_summed",
        "ND": "wrong_axis_summed",
        "": "max_per_axis",
    },
    "X.mean(axis=1, keepdims=True)": {
        "ND": "keepdims_forgotten",
        "NTD": "keepdims_keeps_length",
        "1TD": "wrong_axis_summed",
        "NT1": "wrong_axis_summed",
        "T": "named_axes_kept",
        "1T1": "named_axes_kept",
    },
    "X.max()": {
        "1": "one_number_is_an_axis",
        "111": "one_number_is_an_axis",
        "NTD": "sum_keeps_shape",
        "D": "max_per_axis",
        "N": "max_per_axis",
        "T": "max_per_axis",
        "ND": "max_per_axis",
        "NT": "max_per_axis",
        "TD": "max_per_axis",
    },
}
"""For each key, letters (here K = 2 is the number two) that somebody types instead of the right ones, and the belief behind them."""


def measure(case: Any) -> dict[str, tuple[int, ...]]:
    """Return the shapes that NumPy really gives: each key is evaluated as it stands."""
    names = {"X": case.X, "W": case.W, "b": case.b, "s": case.s}
    return {key: eval(key, {}, names).shape for key in DIMS}  # our own few keys
