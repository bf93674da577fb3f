"""Wrong beliefs about masks: which steps count, what a masked step does to the state, what comes out of it."""

from __future__ import annotations

from collections.abc import Iterable

from rnnshapes.judge.exercise import Belief

_MARKS = {
    "all_for_any": (
        "One padding value in a step makes the step padding.",
        "A real step may hold the padding value in one feature. How many of its D features have to differ for it to be real?",
    ),
    "one_feature_only": (
        "One feature tells whether a step is padding.",
        "A real step may hold the padding value in exactly that feature. How many of the D features does your code look at?",
    ),
    "sum_for_any": (
        "A step is padding if its features add up like padding.",
        "In a sum, numbers of both signs cancel. Compare each feature with the value first, then reduce the axis D.",
    ),
    "value_ignored": (
        "Padding is always zero.",
        "The padding value is an argument, and a step of zeros may be real. Where does your code use that argument?",
    ),
    "one_sided": (
        "Real numbers lie above the padding value.",
        "A real feature may lie on either side of the padding value. Which comparison asks only whether two numbers differ?",
    ),
    "mask_per_feature": (
        "Each feature is masked by itself.",
        "A mask has one answer for each step of each sample: (N, T). Which axis is still there in yours?",
    ),
    "mask_counts": (
        "The mask says how many features are real.",
        "A step counts or it does not: the mask holds True or False. What turns D answers into one?",
    ),
    "lengths_for_mask": (
        "The mask says how many steps are real.",
        "A count does not tell which steps are real: padding may stand in front. How many answers does one film need?",
    ),
    "positions_for_mask": (
        "The mask lists where the real steps are.",
        "A list of positions has another length in every batch. The mask is a box of answers: one for each n and t.",
    ),
    "data_for_mask": (
        "Masking makes the padding zero.",
        "Masking changes no number. Your answer holds data; asked for is True or False for each step.",
    ),
    "mask_inverted": (
        "True marks the padding.",
        "In Keras a mask says which steps count: True is a real step. Print one row of it beside its film.",
    ),
    "one_mask_for_batch": (
        "All samples are padded at the same steps.",
        "Every film ends where it ends. At step t, does each sample obey a mark of its own, or do all obey one?",
    ),
    "padding_at_the_end": (
        "Padding stands at the end, so a length says it all.",
        "Keras pads in front unless told otherwise, and a gap can be in the middle. Does each step obey its own mark?",
    ),
    "padding_in_front": (
        "Padding stands in front, as in Keras' default.",
        "It may also stand at the end, or be a gap in the middle. Does each step obey its own mark?",
    ),
    "stops_at_first_padding": (
        "The first padded step ends the film.",
        "Real steps may follow a padded one: after a gap, or after padding in front. What happens to them in your code?",
    ),
    "steps_cut_out": (
        "Masked steps are cut out of the box.",
        "A box keeps its N and T, since films of other lengths would not fit into one. Which shape is asked for?",
    ),
    "mask_on_wrong_axis": (
        "A mask fits on whichever axis it lands.",
        "A mask is (N, T). Write these two letters under the axes of your array that they belong to.",
    ),
    "mask_needs_an_axis": (
        "NumPy sees which axis the mask belongs to.",
        "NumPy lines axes up from the right, so N meets M. The mask lacks a last axis of length 1: how do you add one?",
    ),
    "rows_on_one_side": (
        "Picking rows on the left of = is enough.",
        "On the left are some of the N rows, on the right all of them. What has to be picked on both sides?",
    ),
    "minus_for_not": (
        "Minus turns True into False.",
        "NumPy refuses a minus on booleans. Which sign or function means `not` for a whole array?",
    ),
    "truth_of_an_array": (
        "if works on a whole array.",
        "An array of comparisons holds many answers, and `if` wants one. What decides here: all of them, any, or each row for itself?",
    ),
}

_STATE = {
    "mask_ignored": (
        "Padding does no harm.",
        "In a padded step the bias still enters, and Wh still mixes the state. Where does the mask enter your function?",
    ),
    "input_zeroed": (
        "A masked step is a step with zeros as its input.",
        "Even with zeros as input, the bias and the last state still make a new h. What should a masked step do to h?",
    ),
    "state_zeroed": (
        "A masked step sets the state to zero.",
        "Then all that the film has shown so far is lost. Which state should the step after a gap start from?",
    ),
    "recurrence_goes_on": (
        "In a masked step the state still goes through Wh and tanh.",
        "A masked step is no step at all. How should h after it compare with h before it?",
    ),
    "tanh_on_frozen": (
        "Whatever leaves a step has gone through tanh.",
        "The state that is kept has been through tanh already. Does your tanh touch it once more in a masked step?",
    ),
    "output_zeroed": (
        "A masked step puts out zeros.",
        "By default Keras repeats the last state at a masked step. Zeros come only with `zero_output_for_mask`.",
    ),
    "masked_afterwards": (
        "Padding is taken out of the result, after the loop.",
        "By then the padding has been through the state. At which moment of each step does the mask have to decide?",
    ),
    "candidate_returned": (
        "The new h is the state, masked or not.",
        "At a masked step the new h is thrown away. Which of your two states do you keep for the answer?",
    ),
    "gaps_run_through": (
        "Only padding after the last real step has to stop the state.",
        "In front and in a gap, padding still moves your state on. Which h does the step after a masked one start from?",
    ),
    "state_never_moves": (
        "The branch for real steps is taken.",
        "All your numbers are zero, so no state has moved on. Is your condition ever met? A NumPy True equals Python's, but it is "
        "another object.",
    ),
    "whole_sequence_returned": (
        "Every state comes back.",
        "The time axis is still there. One state of each sample is asked for: which?",
    ),
    "mean_over_time": (
        "The answer is an average over the time steps.",
        "The last state stands for itself. Where do you average over t?",
    ),
    "mask_guessed": (
        "The mask can be read off the data.",
        "A step of zeros may be real, and padding may have another value. Which argument does your function never use?",
    ),
    "mask_one_step_off": (
        "The mark of step t is found beside step t.",
        "A neighbour's mark decides in your code. Which column of the mask belongs to step t?",
    ),
    "one_length_for_batch": (
        "All films run for the same number of steps.",
        "Films of other lengths then lose real steps, or run into padding. Which films may go on at step t, and who tells?",
    ),
    "real_steps_glued": (
        "The real steps of the whole batch are one long film.",
        "One boolean index over N and T runs all films together. Which steps belong to which sample?",
    ),
    "padded_samples_dropped": (
        "A padded sample does not count.",
        "N samples give N answers: a padded film still has real steps. Which axis became shorter?",
    ),
}

_EVERY = {
    "only_last_returned": (
        "The last state is the answer.",
        "The time axis is gone. Every step's state is asked for, one row for each t.",
    ),
    "initial_state_counted": (
        "The initial state is a row too.",
        "There are T + 1 rows, and one is the zeros before any input. Which rows belong to steps?",
    ),
    "state_before_step": (
        "The state of step t is the one that the step starts from.",
        "Your rows come one step late, and row t = 0 is the zeros. Is a state kept before or after the update?",
    ),
    "steps_moved_up": (
        "Real steps move up and fill the gaps.",
        "Each state stays at its own t, as in the box that came in. At which t do you store it?",
    ),
}

_ZEROED = {
    "mask_guessed": (
        "A repeated state is a masked one.",
        "Two real steps may have equal states. Which argument does your function never use?",
    ),
    "nothing_zeroed": (
        "What Keras repeats is zero already.",
        "At masked steps, h is a copy of the step before it. What should stand there instead?",
    ),
    "mask_as_numbers": (
        "0 and 1 pick like False and True.",
        "Numbers between the brackets are positions: your zeros fell on whole samples. Which dtype picks by marks?",
    ),
    "states_twice": (
        "Masking happens by adding.",
        "Adding moves numbers, it does not remove any. By what do you multiply a number to keep it, and to lose it?",
    ),
}

_MEAN = {
    "ragged_rows": (
        "What is left of each film has the same length.",
        "Films have different numbers of real steps, and so have your rows. Which axis should the mean remove, so that M numbers are left?",
    ),
    "mask_ignored": (
        "The mean over T is the mean over the film.",
        "A repeated state counts again at every masked step. How many real steps has each film?",
    ),
    "divides_by_T": (
        "A mean divides by T.",
        "Masked steps add nothing to your sum, yet they are counted. How many steps did you really add, for each sample?",
    ),
    "counted_not_masked": (
        "Dividing by the right count is enough.",
        "The count is right, the sum is not: repeated states are in it. What leaves them out?",
    ),
    "sum_not_divided": (
        "The sum of the real steps is the answer.",
        "A mean is a sum divided by how many were added. How many real steps has each sample?",
    ),
    "one_count_for_batch": (
        "One number of steps fits all samples.",
        "Films differ in length. Along which axis of the mask do you count, and how many counts come out?",
    ),
    "mean_over_samples": (
        "The mean runs over everything that is real.",
        "N samples give N means. Which axis should go, and which should stay?",
    ),
    "mean_over_units": (
        "The mean runs over the hidden units.",
        "Each hidden unit keeps a mean of its own. Which axis of (N, T, M) is time?",
    ),
    "last_for_mean": (
        "The last state sums up the film.",
        "The last state is one of several. The mean takes all real steps into account.",
    ),
    "counts_nonzero": (
        "Steps that are not zero are real.",
        "The state is repeated at masked steps, so it is not zero there. Which argument tells the real steps?",
    ),
}

_SHAPES = {
    "mean_over_units": (
        "A mean is one number for each sample.",
        "It runs over the steps alone, and each hidden unit keeps a mean of its own. How many numbers does a sample have then?",
    ),
    "mask_per_feature": (
        "Every number has its own mark.",
        "A step is masked as a whole: one answer for all its features. Which axis is gone then?",
    ),
    "lengths_for_mask": (
        "The mask is one length for each sample.",
        "A length does not say which steps are padding. The mask has an answer for each step of each sample.",
    ),
    "steps_cut_out": (
        "Masked steps are gone from the output.",
        "The box keeps its T steps, with repeated states at the masked ones. Which axis did you drop?",
    ),
    "mask_of_one_sample": (
        "mask[:, t] belongs to one sample.",
        "The colon keeps all samples, and t picks one step. Which axis is left?",
    ),
    "mean_keeps_T": (
        "The mean keeps the time axis.",
        "A mean over the steps turns T numbers into one. Which axis is gone?",
    ),
}


def masking_beliefs(keys: Iterable[str], *, about: str = "") -> dict[str, Belief]:
    """Return those of the keys that are this lesson's beliefs; `about` prefers the words of one exercise.

    >>> masking_beliefs(["all_for_any", "bias_dropped"])["all_for_any"].says
    'One padding value in a step makes the step padding.'
    """
    texts = _MARKS | _STATE | {"every": _EVERY, "zeroed": _ZEROED, "mean": _MEAN}.get(about, {})
    return {key: Belief(key, *texts[key]) for key in keys if key in texts}


SHAPES = {key: Belief(key, *text) for key, text in _SHAPES.items()}
"""The beliefs about the shapes that a mask brings along."""
