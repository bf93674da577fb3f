"""Wrong beliefs about reading a box: a student's words, and a hint without the solution."""

from __future__ import annotations

from rnnshapes.beliefs.common import beliefs, common_beliefs
from rnnshapes.judge.exercise import Belief
from rnnshapes.lessons.l00_axes.axes_sum_beliefs import EACH_STEP, SHIFTED, STANDARDISED

_SHARED = ("all_zeros", "axes_swapped", "reshape_for_transpose", "all_axes_reversed", "elementwise_product")
"""Beliefs of lesson 01 that are about arrays, in the same words."""

_ONE_STEP = {
    "n_t_swapped": (
        "X[t] is time step t.",
        "The first axis counts samples: one number in the brackets picks one sample. Which axis is time, and which place in the brackets is its?",
    ),
    "comma_forgotten": (
        "X[:t] and X[:, t] are the same.",
        "Without the comma, the colon and t make a range along the first axis. What stands on each side of the comma?",
    ),
    "feature_picked": (
        "The last index is time.",
        "Read the letters from left to right: N, T, D. In which of the three places does your t stand?",
    ),
    "nothing_picked": (
        "The whole box holds the step.",
        "All steps are still there. Which axis of the result has to go, and what picks one entry of it?",
    ),
    "flat_index": (
        "take knows which axis I mean.",
        "Without an axis it counts through all numbers as one long row. How do you tell it where time is?",
    ),
    "averaged_away": (
        "A step is an average.",
        "One step of each sample is wanted as it stands. Over which axis does your mean or sum run?",
    ),
    "shape_returned": (
        "The shape is the answer.",
        "What comes back are sizes. Wanted are the numbers themselves, in an array that has these sizes.",
    ),
    "axis_kept": (
        "A slice of length one is the same as an index.",
        "A colon keeps the axis, even when it is one long. What takes an axis away?",
    ),
    "steps_up_to_t": (
        "A colon beside t picks step t.",
        "A colon beside t makes a range of steps. How many steps does your answer hold, and how many are wanted?",
    ),
    "another_step": (
        "Steps are counted from 1, or from the end.",
        "Your answer is a step, but another one. Which step does your index pick when t = 0?",
    ),
    "t_ignored": (
        "The step is always the first one, or the last.",
        "Your answer does not change with t. Where does the argument t enter?",
    ),
    "only_one_sample": (
        "One sample stands for all.",
        "Your answer looks at a single sample, or fills a single one. Which letter N is missing from it?",
    ),
}

_TIME_FIRST = {
    "other_axes_swapped": (
        "Any two axes will do.",
        "Write old and new letters under each other: (N, T, D) over (T, N, D). Which axis keeps its place in yours?",
    ),
    "nothing_moved": (
        "transpose changes the array that it is called on.",
        "It gives back another view, and leaves X as it was. What do you do with what it gives back?",
    ),
    "flipped": (
        "Turning an axis round is changing places.",
        "A flip reads one axis backwards; here two axes change places, and both are read forwards. Print one row before and after.",
    ),
    "concatenated": (
        "Joining sheets makes a box.",
        "Joined end to end, sheets make one longer sheet: count the axes. Which call lays them one behind the other?",
    ),
    "loop_keeps_one": (
        "The loop keeps what it computes.",
        "Your answer holds one step or one sample. Where do you collect the others, and where does the function end?",
    ),
    "steps_miscounted": (
        "The first step is 1, or the last one is T − 1 and left out.",
        "There are T steps, from 0 on. Where does your range begin, and does it reach the last step?",
    ),
    "index_for_transpose": (
        "Square brackets reorder the axes.",
        "Numbers in square brackets pick one entry each. Which method takes the order of the axes?",
    ),
    "sizes_for_axes": (
        "transpose wants the new sizes.",
        "reshape wants sizes. transpose wants the numbers of the old axes: which three numbers are these?",
    ),
    "axes_as_arguments": (
        "transpose and swapaxes take the axes in any form.",
        "One takes the whole order as a single tuple, the other two numbers apart. What does your call hand over besides X?",
    ),
    "letters_for_numbers": (
        "transpose can read letters.",
        "It wants the numbers of the old axes. Which numbers do N, T and D have?",
    ),
    "axis_left_out": (
        "transpose wants to hear of the two axes that change.",
        "It wants the whole order: one number for each axis of the result. How many axes has X?",
    ),
    "axes_counted_from_one": (
        "The first axis is axis 1.",
        "Python counts from 0. Which numbers do the three axes N, T and D have then?",
    ),
}

_BY_FUNCTION = {
    "one_step": (_ONE_STEP, ("reshape_for_transpose", "axes_swapped")),
    "time_first": (
        _TIME_FIRST,
        ("n_t_swapped", "only_one_sample", "reshape_for_transpose", "all_axes_reversed"),
    ),
    "each_step_through": (
        EACH_STEP,
        (
            "n_t_swapped",
            "only_one_sample",
            "reshape_for_transpose",
            "axes_swapped",
            "all_axes_reversed",
            "elementwise_product",
            "nothing_changed",
        ),
    ),
    "shifted": (
        SHIFTED,
        (
            "n_t_swapped",
            "only_one_sample",
            "not_cut_back",
            "sign_flipped",
            "reshape_for_transpose",
            "axes_swapped",
        ),
    ),
    "standardised": (
        STANDARDISED,
        (
            "axes_counted_from_one",
            "argument_changed",
            "nothing_changed",
            "not_cut_back",
            "sign_flipped",
            "loop_keeps_one",
            "concatenated",
            "reshape_for_transpose",
            "axes_swapped",
        ),
    ),
}


def axes_beliefs(function: str) -> dict[str, Belief]:
    """Return the beliefs about one function of lesson 00, by key.

    >>> axes_beliefs("one_step")["n_t_swapped"].says
    'X[t] is time step t.'
    """
    own, more = _BY_FUNCTION[function]
    texts = _ONE_STEP | _TIME_FIRST | EACH_STEP | SHIFTED | STANDARDISED
    shared = {key: belief for key, belief in beliefs(batched=True).items() if key in _SHARED}
    named = {key: Belief(key, *texts[key]) if key in texts else shared[key] for key in (*own, *more)}
    always = {"all_zeros": shared["all_zeros"], "shape_returned": Belief("shape_returned", *texts["shape_returned"])}
    return common_beliefs() | always | named
