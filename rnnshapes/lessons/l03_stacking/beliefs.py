"""Wrong beliefs about stacked layers: a student's words, and a hint that stops short of the solution."""

from __future__ import annotations

from rnnshapes.beliefs.common import beliefs, common_beliefs
from rnnshapes.judge.exercise import Belief

_STACK = {
    "only_last_handed_up": (
        "Layer 1 hands its last state to layer 2.",
        "Layer 2 is a recurrent layer too: it wants a row of M1 numbers at every step. How many rows does yours read?",
    ),
    "layer_2_has_no_memory": (
        "Layer 1 remembers, so layer 2 need not.",
        "Your layer 2 knows layer 1's last state and nothing before it. How many steps does it take, and what does it hand on?",
    ),
    "layer_2_steps_too_often": (
        "Layer 2 runs its whole loop inside layer 1's loop.",
        "For each step of layer 1, layer 2 takes one step of its own. How many turns do your two loops make together?",
    ),
    "initial_state_handed_up": (
        "Layer 1's zeros before the first step are handed up too.",
        "Layer 2 takes T steps, and yours takes one more. Which of layer 1's states were there before any data?",
    ),
    "zeros_handed_up": (
        "The array that I made for layer 1's states is filled by itself.",
        "Layer 2 reads zeros at every step. Print what it reads: where are layer 1's states put into that array?",
    ),
    "reads_all_below": (
        "A layer reads all layers below it.",
        "Each layer reads the one under it, and no other. How many numbers does the weight take that fails here?",
    ),
    "last_state_repeated": (
        "Layer 2 reads layer 1's last state in each of its steps.",
        "Print what layer 2 reads at two steps: it does not change. Which state of layer 1 belongs to step t?",
    ),
    "first_state_handed_up": (
        "Layer 2 reads layer 1's first state in each of its steps.",
        "Print what layer 2 reads at two steps: it does not change. Which state of layer 1 belongs to step t?",
    ),
    "one_step_late": (
        "Layer 2 may step before layer 1 does.",
        "At step t layer 2 reads what layer 1 made at step t, not at the step before. Which of the two moves first?",
    ),
    "fed_backwards": (
        "Layer 2 reads layer 1's states from the last to the first.",
        "Both layers run in the same direction. In which order do you collect layer 1's states, and in which do you read them?",
    ),
    "states_averaged": (
        "Layer 1's states are averaged, or added up, before layer 2.",
        "Each state goes up by itself, at its own step. Which axis have you summed over between the layers?",
    ),
    "layer_2_reads_x": (
        "Every layer reads the data.",
        "Wx2 is (M1, M2): it wants rows of M1 numbers. The data have D. Which array has M1 numbers at every step?",
    ),
    "state_of_other_layer": (
        "One state, or one Wh, is as good as the other.",
        "Wh1 is (M1, M1), Wh2 is (M2, M2), and each layer has a state of its own. How long is the state that meets this Wh?",
    ),
    "bias_of_other_layer": (
        "One bias is as good as the other.",
        "bh1 has M1 numbers, bh2 has M2. Which layer makes the sum that you add this one to?",
    ),
    "weights_shared": (
        "Both layers use the same weights, as all time steps do.",
        "Steps share weights, layers do not. How many numbers does layer 2 read at a step, and which weight begins with that letter?",
    ),
    "head_on_layer_1": (
        "The head reads layer 1.",
        "Wo is (M2, K). Which of the two states has M2 numbers?",
    ),
    "time_axis_first": (
        "States that I append stand as (N, T, M1).",
        "A list of T slabs (N, M1) becomes (T, N, M1): the axis that append makes comes first. Which axis does layer 2 read as time?",
    ),
    "in_layer_1": (
        "…but in layer 1 only.",
        "Layer 2 and the head are right. Look at the lines of layer 1.",
    ),
    "in_layer_2": (
        "…but in layer 2 only.",
        "Layer 1 is right. Look at the lines of layer 2.",
    ),
    "wrong_axis_counted": (
        "The number of steps is the length of another axis.",
        "Your loop makes another number of turns than there are time steps. Which axis of X is time?",
    ),
}

_REUSED = (
    *("h_last_not_updated", "recurrent_term_unused", "bias_dropped", "bias_outside_tanh", "bias_added_twice"),
    *("wh_transposed", "initial_state_ones", "no_activation", "relu", "sigmoid", "tanh_twice", "carry_before_tanh"),
    *("off_by_one_input", "state_added_plain", "other_activation", "h_plus_new", "tanh_on_one_term", "stepped_twice"),
    *("tanh_per_term", "tanh_on_head", "softmax_on_head", "sigmoid_on_head", "relu_on_head", "head_bias_dropped"),
    *("time_reversed", "first_step_skipped", "returns_first", "one_step_behind", "mean_over_time", "sum_over_time"),
    *("head_sees_zeros", "all_zeros", "head_missing", "whole_sequence_returned", "loop_too_long"),
    *("n_t_swapped", "reshape_for_transpose", "state_leaks", "only_first_sample", "only_last_sample"),
    *("inputs_averaged", "last_of_wrong_axis", "mean_over_samples", "shared_state", "one_step_each"),
    *("state_rows_wrong", "state_is_a_number", "weights_on_the_left", "wx_wh_swapped", "wx_transposed"),
    *("wo_transposed", "biases_swapped", "step_skipped_for_head", "elementwise_product"),
)
"""Lesson 01's beliefs, which either layer of a stack may show."""

CLASHES = {
    "D @ M1M2": "layer_2_reads_x",
    "M1 @ M2M2": "state_of_other_layer",
    "M2 @ M1M1": "state_of_other_layer",
    "M2 @ DM1": "state_of_other_layer",
    "M1 + NM2": "state_of_other_layer",
    "M2 + NM1": "state_of_other_layer",
    "M1 + M2": "bias_of_other_layer",
    "M2 + M1": "bias_of_other_layer",
    "M1 @ DM1": "weights_shared",
    "M1 @ M2K": "head_on_layer_1",
    "D @ M2K": "step_skipped_for_head",
    "D @ M1M1": "wx_wh_swapped",
    "M2 @ M1M2": "wx_wh_swapped",
    "D @ M1D": "wx_transposed",
    "M1 @ M2M1": "wx_transposed",
    "M2 @ KM2": "wo_transposed",
    "M2 + NM2": "time_axis_first",  # N and T have met: (T, M2) + (N, M2)
    "M2 + TM2": "time_axis_first",
    " @ M1M2": "only_last_handed_up",  # a column (N,) of the one state that is left
    "? @ M2K": "reads_all_below",
    "M1 + K": "biases_swapped",
    "M2 + K": "biases_swapped",
    "K + M1": "biases_swapped",
    "K + M2": "biases_swapped",
} | {
    f"{weight} @ {batch}{data}": "weights_on_the_left"
    for weight, data in (("DM1", "D"), ("M1M1", "M1"), ("M1M2", "M1"), ("M2M2", "M2"), ("M2K", "M2"))
    for batch in ("", "N")
}
"""The belief behind two operands that do not fit, by their letters; the left one without N and T."""


def stack_beliefs() -> dict[str, Belief]:
    """Return the catalogue for two recurrent layers by hand, by key.

    >>> stack_beliefs()["weights_shared"].says
    'Both layers use the same weights, as all time steps do.'
    """
    ours = {key: Belief(key, *text) for key, text in _STACK.items()}
    known = beliefs(batched=True)
    return common_beliefs() | {key: known[key] for key in _REUSED} | ours
