"""Wrong beliefs about two halves that read one film from both ends: a student's words, and a hint without code."""

from __future__ import annotations

from rnnshapes.beliefs.common import beliefs, common_beliefs
from rnnshapes.judge.exercise import Belief
from rnnshapes.lessons.l06_bidirectional.join_beliefs import (
    JOIN,
    LAST_TEXTS,
    MERGE_TEXTS,
    SAMPLES_AND_TIME,
    SHAPE_TEXTS,
)

STEP_KEYS = (
    "bias_dropped",
    "bias_outside_tanh",
    "bias_added_twice",
    "h_last_not_updated",
    "wh_transposed",
    "initial_state_ones",
    "no_activation",
    "relu",
    "sigmoid",
    "tanh_per_term",
    "tanh_on_one_term",
    "carry_before_tanh",
    "h_plus_new",
    "state_two_steps_old",
    "same_input_every_step",
    "first_step_skipped",
    "last_step_skipped",
    "rows_alias",
    "all_zeros",
)
"""Lesson 01's beliefs about the step and the loop whose numbers are looked for in each half."""

ROW_KEYS = (
    "returns_first",
    "mean_over_time",
    "sum_over_time",
    "initial_state_counted",
    "head_on_old_state",
    "rounded",
)
"""Lesson 01's beliefs about which rows come back, looked for in the backward half alone."""

_FROM_ERRORS = ("wx_wh_swapped", "weights_on_the_left", "state_is_a_number", "initial_state_wrong_length")
_FROM_PROBES = ("recurrent_term_unused", "initial_state_not_zero", "initial_state_random")

_DIRECTION = {
    "state_from_wrong_side": (
        "The step before t is t − 1, whichever way the film runs.",
        "In the rewound film another step was read before step t. Which row of your array is filled by then?",
    ),
    "flipped_in_place": (
        "Rows can change places one by one in the same array.",
        "By the time you reach the middle, the rows that you still need are overwritten. Where can the flipped film go?",
    ),
    "sign_flipped": (
        "Backward is the opposite sign.",
        "Every term of the step is added as it is. Where is your minus? Only the order of the steps changes.",
    ),
    "wx_wh_swapped": (
        "Inputs and states can trade places.",
        "M numbers met a weight that wants D, or the reverse. Which of the two weights does the state meet? Does this half read X?",
    ),
    "not_reflipped": (
        "What comes out of the backward loop is in order.",
        "It is in the order in which it was read: its first row belongs to the last time step. Which row should stand beside t = 0?",
    ),
    "input_not_reversed": (
        "The backward half reads the film like the forward half.",
        "The projector of this half runs the other way. Which time step does it read first? If you flip, which axis do you flip?",
    ),
    "rewound_twice": (
        "Rewinding once more does no harm.",
        "This half has read the film forward, and its rows were then turned round. Do you rewind twice, or only what comes out?",
    ),
    "features_flipped": (
        "The last axis is the one to flip.",
        "A row keeps its order; the rows change places. Which letter of your array has to run backward?",
    ),
    "every_axis_flipped": (
        "flip() knows that I mean time.",
        "Without an axis it turns all of them round: samples, time and features. Which one do you want?",
    ),
    "off_by_one_input": (
        "Counting from the end, step t is at minus t.",
        "Write down which steps your loop reads for t = 0, 1 and 2. Minus zero is zero, and the last step is T − 1.",
    ),
    "last_step_skipped": (
        "A countdown that ends at 0 has read step 0.",
        "range leaves its end out. Which is the smallest t that your countdown reads?",
    ),
    "first_step_skipped": (
        "The first step that is read has no state before it, so I begin with the next one.",
        "Its state before is the initial state. At which t does the rewound film begin?",
    ),
    "loop_too_long": (
        "The last step is number T.",
        "Steps are counted from 0, so T of them end at T − 1. Which number does your countdown start at?",
    ),
    "time_axis_first": (
        "An array of a list of steps has the axes that I want.",
        "A list of T arrays becomes an array whose first axis is T. Which axis should stand first?",
    ),
    "n_t_swapped": (
        "X[t] is time step t.",
        "X is (N, T, D): X[t] is a whole sample. Which index picks one time step of all samples?",
    ),
    "head_on_old_state": (
        "Row t is the state before step t.",
        "Your rows are right, but one step late. Do you keep the state from before or after x[t] is read?",
    ),
    "only_last_returned": (
        "The last state is the answer.",
        "The time axis is gone. Here every step's state is asked for, one row for each t.",
    ),
    "initial_state_counted": (
        "The initial state is a row too.",
        "There are T + 1 rows; one comes from the zeros before any input. Which rows belong to steps?",
    ),
    "returns_first": (
        "The first step settles it.",
        "Only one step is in your answer. Does the function end inside the loop?",
    ),
    "all_zeros": (
        "The array that I made beforehand is the answer.",
        "All its numbers are zero. Where does the loop fill it, and can an array of its dtype hold decimals?",
    ),
    "rows_alias": (
        "Every row may be the last one.",
        "All rows are the same. Do you keep a value for each step, or does one array change under all rows?",
    ),
    "initial_state_not_zero": (
        "The first step is a special one.",
        "The mistake is in the step that is read first, and the others inherit it. What is the state before it?",
    ),
    "initial_state_random": (
        "The state starts at random, like the weights.",
        "Call your function twice on the same X: the answers differ. What does Keras start every sample from?",
    ),
    "state_leaks": (
        "The next sample goes on where the last one stopped.",
        "Each sample is a film of its own. What is the state before the first step of sample n = 1?",
    ),
    "only_last_sample": (
        "The last sample's answer is the answer.",
        "Each turn overwrites the one before. Where do you collect the films of all N samples?",
    ),
    "both_halves_returned": (
        "Both halves belong to the answer.",
        "Your last axis is 2M long. This function makes the backward half alone, M numbers for each step.",
    ),
}


def _made(*texts: dict[str, tuple[str, str]], keys: tuple[str, ...] = ()) -> dict[str, Belief]:
    """Return the common beliefs, lesson 01's named in `keys`, and our own, which go before them."""
    lesson_01 = beliefs()
    found = common_beliefs() | {key: lesson_01[key] for key in keys}
    for text in texts:
        found |= {key: Belief(key, *words) for key, words in text.items()}
    return found


SHAPES = {key: Belief(key, *words) for key, words in SHAPE_TEXTS.items()}
BACKWARD = _made(
    {"reshape_for_transpose": (
        "reshape turns an array round.",
        "reshape re-cuts the same row of numbers: same shape, other contents. Print element [1, 0] before and after.",
    )},
    SAMPLES_AND_TIME | _DIRECTION,
    keys=(*STEP_KEYS, *ROW_KEYS, *_FROM_ERRORS, *_FROM_PROBES),
)  # fmt: skip
BOTH = _made(
    {key: words for key, words in (SAMPLES_AND_TIME | _DIRECTION).items() if key not in (*ROW_KEYS, "both_halves_returned")},
    {"reshape_for_transpose": (
        "reshape turns an array round.",
        "reshape re-cuts the same row of numbers: same shape, other contents. Print element [1, 0] before and after.",
    )},
    JOIN,
    keys=(*STEP_KEYS, *_FROM_ERRORS, *_FROM_PROBES),
)  # fmt: skip
LAST = _made(LAST_TEXTS)
MERGE = _made(MERGE_TEXTS)
