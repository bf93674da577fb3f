"""Wrong beliefs about two halves that read one film from both ends: a student's words, and a hint without code."""

from __future__ import annotations

from rnnshapes.exercise import Belief
from rnnshapes.misconceptions.beliefs import beliefs, common_beliefs

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
    "not_reflipped": (
        "What comes out of the backward loop is in order.",
        "It is in the order in which it was read: its first row belongs to the last time step. Which row should stand beside t = 0?",
    ),
    "input_not_reversed": (
        "The backward half reads the film like the forward half.",
        "The projector of this half runs the other way. Which time step does it read first?",
    ),
    "samples_flipped": (
        "The first axis is the one to flip.",
        "[::-1] alone turns the first axis round, and X is (N, T, D). Which axis is time?",
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
    "mean_over_time": (
        "The answer is an average over the time steps.",
        "Each step's state stands for itself. Where do you average over t?",
    ),
    "sum_over_time": (
        "States add up over the time steps.",
        "Each step's state stands for itself. Where do you add up over t?",
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
    "only_first_sample": (
        "X[0] is enough.",
        "Your answer never looks beyond one sample. How many samples has X, and where do you return?",
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

_JOIN = {
    "halves_swapped": (
        "The backward half comes first.",
        "Which half do the first three arrays of get_weights() belong to? The output has the same order.",
    ),
    "summed": (
        "The halves are added.",
        "Adding is merge_mode='sum'. The default keeps both halves side by side: how long is the last axis then?",
    ),
    "averaged": (
        "The halves are averaged.",
        "That is merge_mode='ave'. The default keeps both halves side by side: how long is the last axis then?",
    ),
    "multiplied": (
        "The halves are multiplied.",
        "That is merge_mode='mul'. The default keeps both halves side by side: how long is the last axis then?",
    ),
    "joined_along_time": (
        "The second film is appended to the first.",
        "The time axis grew to twice its length, but no time was added. Which axis counts the hidden units?",
    ),
    "joined_along_samples": (
        "Joining needs no axis.",
        "concatenate joins along the first axis unless told otherwise. Are there twice as many samples now?",
    ),
    "stacked": (
        "Two halves make a new axis of length 2.",
        "Stacking adds an axis; joining makes one longer. Which axis of the result is 2M long?",
    ),
    "halves_interleaved": (
        "The units of the halves alternate.",
        "The last axis has M units of one half and then M of the other, not one of each in turn.",
    ),
    "joined_by_reshape": (
        "reshape joins the halves.",
        "The shape is right and the numbers stand in wrong places: reshape re-cuts one long row. Which call joins along an axis?",
    ),
    "one_half_missing": (
        "One half is the answer.",
        "Your last axis has M numbers. What became of the other half?",
    ),
    "only_last_returned": (
        "The last step is the answer.",
        "The time axis is gone. Here every step of both halves is asked for, side by side.",
    ),
    "both_halves_flipped": (
        "The joined sequence is flipped back.",
        "One half was read backward, the other was not. How many of the two need to be turned round?",
    ),
    "directions_swapped": (
        "The first three weights read the film backward.",
        "get_weights() gives the forward half's three first. Which half of yours reads from t = 0?",
    ),
    "both_read_backwards": (
        "Once the film is rewound, both halves read it.",
        "Does X still run forward when the forward half reads it? Keep the film and its rewound copy apart.",
    ),
    "weights_shared": (
        "Both halves use the same weights.",
        "Six arrays come in. Which of them does your answer never touch?",
    ),
    "weights_crossed": (
        "A line that I copied is right for both halves.",
        "Some weight of one half works in the other. Read the copied line name by name: does each end in the right letter?",
    ),
    "starts_from_forward": (
        "The backward half goes on where the forward half stopped.",
        "The two know nothing of each other. What is the state before the rewound film's first step?",
    ),
    "states_mixed": (
        "There is one state for both halves.",
        "The backward step reads a state that the forward half made. How many states does one turn of the loop need?",
    ),
}

_LAST = {
    "last_column_taken": (
        "The last time step of the sequence has the last states.",
        "That is true of one half. The other ran from the end: how many steps had it seen at t = T − 1?",
    ),
    "first_column_taken": (
        "The first time step has what is needed.",
        "At t = 0 one half has seen every step and the other a single one. Which is which?",
    ),
    "ends_exchanged": (
        "The forward half ends at t = 0, the backward half at T − 1.",
        "You took from both halves the step that they read first. Where does each of them stop reading?",
    ),
    "units_flipped": (
        "The backward half has to be flipped back here too.",
        "The sequence was flipped back along time already. Your flip turns the hidden units round: leave their order.",
    ),
    "time_cut_in_two": (
        "The first half of the time steps is the forward half.",
        "The halves lie side by side along the last axis. Which axis did you cut?",
    ),
    "wrong_axis_picked": (
        "seq[-1] is the last time step.",
        "seq is (N, T, 2M): a single index picks a sample. Which axis is time?",
    ),
    "max_over_time": (
        "The largest value over time is the answer.",
        "No step is larger than another here: each half is asked for its last state. Where do you take a maximum?",
    ),
    "sequence_returned": (
        "The whole sequence is the answer.",
        "The time axis is still there. One state of each half is asked for.",
    ),
    "mean_over_time": _DIRECTION["mean_over_time"],
    "sum_over_time": _DIRECTION["sum_over_time"],
    "samples_flipped": _DIRECTION["samples_flipped"],
    "halves_swapped": _JOIN["halves_swapped"],
    "summed": (
        "The last states are added.",
        "Keras joins the two states: 2M numbers for each sample. Which axis should be 2M long?",
    ),
    "averaged": (
        "The last states are averaged.",
        "Keras joins the two states: 2M numbers for each sample. Which axis should be 2M long?",
    ),
    "joined_along_samples": _JOIN["joined_along_samples"],
    "stacked": _JOIN["stacked"],
    "joined_by_reshape": _JOIN["joined_by_reshape"],
    "halves_interleaved": _JOIN["halves_interleaved"],
    "one_half_missing": _JOIN["one_half_missing"],
    "only_first_sample": _DIRECTION["only_first_sample"],
}

_MERGE = {
    "ave_without_half": (
        "The average is the sum.",
        "An average of two numbers lies between them. Does yours?",
    ),
    "half_of_one": (
        "a + b / 2 is an average.",
        "Division comes before addition, so only one half was divided. Where do the brackets go?",
    ),
    "sum_for_mul": ("mul means both together, so I add.", "mul is short for a verb of arithmetic. Which one?"),
    "mul_for_sum": ("sum combines them, so I multiply.", "sum names an operation of arithmetic. Which one?"),
    "matrix_product": (
        "mul is the matrix product.",
        "The halves have the same shape, and so has the result: number by number. Which operator does that?",
    ),
    "always_concat": (
        "Whatever the mode, the halves are joined.",
        "Only 'concat' joins them. Does your function ever look at mode, and can each of its branches be reached?",
    ),
    "always_sum": (
        "Whatever the mode, the halves are added.",
        "Only 'sum' adds them. Does your function ever look at mode, and can each of its branches be reached?",
    ),
    "always_mul": (
        "Whatever the mode, the halves are multiplied.",
        "Only 'mul' multiplies them. Does your function ever look at mode, and can each of its branches be reached?",
    ),
    "always_ave": (
        "Whatever the mode, the halves are averaged.",
        "Only 'ave' averages them. Does your function ever look at mode, and can each of its branches be reached?",
    ),
    "flipped_again": (
        "The backward half still has to be flipped.",
        "Both arrays come with step t in row t. What does another flip do to the backward one?",
    ),
    "collapsed": (
        "sum() and mean() work on pairs of arrays.",
        "Without an axis they add up every number there is. Over which axis do the two halves lie?",
    ),
    "halves_swapped": _JOIN["halves_swapped"],
    "joined_along_time": _JOIN["joined_along_time"],
    "joined_along_samples": _JOIN["joined_along_samples"],
    "stacked": _JOIN["stacked"],
    "halves_interleaved": _JOIN["halves_interleaved"],
    "joined_by_reshape": _JOIN["joined_by_reshape"],
    "returns_nothing": (
        "The other modes take care of themselves.",
        "For this mode nothing came back. Is there a branch for it, is its name spelled right, and does it return?",
    ),
}

_SHAPES = {
    "half_forgotten": (
        "Bidirectional gives as many numbers as one layer.",
        "There are two layers inside, and the default keeps the numbers of both. How long is the axis?",
    ),
    "doubled": (
        "Everything in a Bidirectional is 2M.",
        "Is this the joined result, or what a single half has, or what two halves leave when they are merged into one?",
    ),
    "joined_along_time": _JOIN["joined_along_time"],
    "stacked": _JOIN["stacked"],
    "last_step_only": (
        "Bidirectional gives the last step.",
        "With return_sequences=True the wrapped layer keeps its film, in both directions. Which axis stays?",
    ),
    "batch_axis_of_weights": (
        "Every array has an axis N.",
        "Weights are the same for all samples. Which letters does this weight join?",
    ),
    "rows_and_columns": (
        "The result's letter comes first.",
        "Data are rows: a weight starts with the letter that goes in and ends with the one that comes out.",
    ),
}


def _made(*texts: dict[str, tuple[str, str]], keys: tuple[str, ...] = ()) -> dict[str, Belief]:
    """Return the common beliefs, lesson 01's named in `keys`, and our own, which go before them."""
    lesson_01 = beliefs()
    found = common_beliefs() | {key: lesson_01[key] for key in keys}
    for text in texts:
        found |= {key: Belief(key, *words) for key, words in text.items()}
    return found


SHAPES = {key: Belief(key, *words) for key, words in _SHAPES.items()}
BACKWARD = _made(
    {"reshape_for_transpose": (
        "reshape turns an array round.",
        "reshape re-cuts the same row of numbers: same shape, other contents. Print element [1, 0] before and after.",
    )},
    _DIRECTION,
    keys=(*STEP_KEYS, *ROW_KEYS, *_FROM_ERRORS, *_FROM_PROBES),
)  # fmt: skip
BOTH = _made(
    {key: words for key, words in _DIRECTION.items() if key not in (*ROW_KEYS, "both_halves_returned")},
    {"reshape_for_transpose": (
        "reshape turns an array round.",
        "reshape re-cuts the same row of numbers: same shape, other contents. Print element [1, 0] before and after.",
    )},
    _JOIN,
    keys=(*STEP_KEYS, *_FROM_ERRORS, *_FROM_PROBES),
)  # fmt: skip
LAST = _made(_LAST)
MERGE = _made(_MERGE)
