"""The catalogue's words: each wrong belief in a student's voice, and a hint that stops short of the solution."""

from __future__ import annotations

from rnnshapes.beliefs.loop import STEP, TIME
from rnnshapes.judge.exercise import Belief

_HEAD = {
    "tanh_on_head": (
        "The output passes through tanh too.",
        "The Dense layer of this model has no activation: a regression may leave −1 … 1.",
    ),
    "softmax_on_head": (
        "K > 1 outputs are class probabilities.",
        "K > 1 does not imply classification: a latitude and a longitude are K = 2. Which activation does this Dense layer have?",
    ),
    "sigmoid_on_head": (
        "The output is a probability.",
        "This is a regression: which activation does this Dense layer have?",
    ),
    "relu_on_head": (
        "Outputs are never negative.",
        "This is a regression: which activation does this Dense layer have?",
    ),
    "head_bias_dropped": ("The head is a product only.", "Which weight of shape (K,) does your answer never use?"),
    "head_missing": (
        "h is the output.",
        "Your rows have M numbers, predict() gives K. What does the Dense layer do to h?",
    ),
    "head_on_old_state": (
        "ŷ belongs to the state that the step started with.",
        "Your rows are right, but one step late. Is h or h_last in the line that makes ŷ?",
    ),
    "head_sees_zeros": (
        "The h that I made is the one that I use.",
        "Every row is bo, so the h that meets Wo is all zeros. Is it the new one, and can its array hold decimals?",
    ),
    "output_carried": (
        "The output is handed on to the next step.",
        "ŷ has K numbers and Wh wants M. What is handed from step to step?",
    ),
    "all_zeros": (
        "The array that I made beforehand is the answer.",
        "All its numbers are zero. Where does the loop fill it?",
    ),
    "head_bias_overwritten": (
        "y = bo makes a copy.",
        "It makes a second name for the same array, and += then changes bo itself. Print bo after each step.",
    ),
    "biases_swapped": (
        "The biases can trade places.",
        "bh and bo have different lengths. Which has M numbers, and what is added to M numbers?",
    ),
    "elementwise_product": (
        "* multiplies matrices.",
        "* multiplies number by number. Which operator sums over the shared letter?",
    ),
    "step_skipped_for_head": (
        "The head reads the input.",
        "x[t] has D numbers and Wo wants M. Which vector has M numbers?",
    ),
}

_FORM = {
    "integer_array": (
        "An array made beforehand takes any number.",
        "Your numbers have lost their decimals: an integer array cuts them off. Which dtype does yours have?",
    ),
    "rounded": (
        "Rounded numbers are close enough.",
        "The tolerance is far below your rounding. Look for round() and for a coarse dtype such as float16.",
    ),
    "extra_axis": (
        "An axis of length 1 does no harm.",
        "It shifts every later axis by one. Where does the extra pair of brackets come from?",
    ),
    "axes_swapped": (
        "The order of the axes does not matter.",
        "The numbers are right, but turned round. Read the wanted shape letter by letter.",
    ),
    "squeezed": (
        "squeeze() removes what is not needed.",
        "It removes every axis of length 1. N = 1, T = 1 and K = 1 are sizes like any other: keep their axes.",
    ),
    "flattened": (
        "Numbers in one long row are the same answer.",
        "The rows were glued together, so one axis is left of two. Which call keeps each row as one element?",
    ),
    "argument_ignored": (
        "The notebook's variables are the arguments.",
        "Other arguments give the same answer, so the function reads something else. Use the names in its first line.",
    ),
    "function_overwritten": (
        "The function is its result.",
        "The name now holds a value. Run the cell with the def again, and give your result another name.",
    ),
    "signature_changed": (
        "Only the result counts.",
        "The tests call the function as it was released: same arguments, same order.",
    ),
    "expects_batch": (
        "The data have another number of axes.",
        "Your code takes the axes apart in another way than they come. Which letters does the docstring give them?",
    ),
    "math_on_arrays": (
        "math.tanh works on arrays.",
        "The module math knows single numbers. Which tanh takes a whole array?",
    ),
    "row_as_index": ("for t in x counts the steps.", "It hands out rows of x, not numbers. What is in t? Print it."),
    "call_for_index": (
        "Round brackets pick an element.",
        "shape is a tuple and x an array: which brackets pick one of its elements?",
    ),
    "name_unknown": (
        "Python knows what I mean.",
        "The message names what it does not know. Is it spelled as in the arguments, and set before it is used?",
    ),
    "step_returns_nothing": (
        "A helper that computes h changes my h.",
        "Something here is None. Does your helper hand back what it computes, and do you keep it?",
    ),
    "returns_nothing": ("The function prints its answer, or needs no return.", "Which line of your function returns?"),
    "not_written": (
        "I have not written this yet.",
        "Put your code in place of the stub, and run both cells again.",
    ),
    "wrong_type": (
        "Any container will do.",
        "Return one array of numbers, or a list of arrays of equal length; no text, and nothing beside it.",
    ),
    "not_finite": (
        "Every number is finite by itself.",
        "Is every number set before it is read? Look also for a division by zero, a logarithm, or an overflow.",
    ),
    "random_numbers": (
        "A little chance does no harm.",
        "Two calls on the same data gave two answers. Where do you draw random numbers?",
    ),
    "keras_layer": (
        "Keras may do the work inside.",
        "Use NumPy only in this function: products, sums and tanh, and a loop over t.",
    ),
}

_BATCHED = {
    "one_step_behind": (
        "The last turn of the loop is step T − 2, or ŷ comes from the state before the update.",
        "Your answer is the ŷ one step too early. How many turns does the loop make, and which h meets Wo?",
    ),
    "last_of_wrong_axis": (
        "[-1] picks the last step.",
        "[-1] picks from whichever axis it stands for. Your answer is the film of one sample: is it t or n that you picked?",
    ),
    "only_last_sample": (
        "The last sample's answer is the answer.",
        "Each turn overwrites the one before. Where do you collect one row for each of the N samples?",
    ),
    "state_rows_wrong": (
        "The state has one row for each time step.",
        "One row for each sample is wanted: N films, N states. Which axis of X did you take the length of?",
    ),
    "all_axes_reversed": (
        ".T swaps the two axes that I mean.",
        "On a box it reverses all three axes: (N, T, D) becomes (D, T, N). Which two should trade places?",
    ),
    "inputs_averaged": (
        "The time steps are averaged before the network sees them.",
        "Order matters to a recurrent network: each step's input enters by itself. Where do you average?",
    ),
    "mean_over_samples": (
        "A batch is averaged.",
        "N samples give N answers, one row each. Which line averages over n?",
    ),
    "state_axes_swapped": (
        "The state has one column for each sample.",
        "(M, N) does not meet Wh. Data are rows here: which axis of h comes first?",
    ),
    "shared_state": (
        "The network has one memory for all samples.",
        "Each film has a state of its own. How many rows does your state have, and who writes to it?",
    ),
    "one_step_each": (
        "Sample n takes step n.",
        "Every sample runs through all T steps. Which index does your loop run over?",
    ),
    "n_t_swapped": (
        "X[t] is time step t.",
        "X is (N, T, D): X[t] is a whole sample. Which index picks one time step of all samples?",
    ),
    "reshape_for_transpose": (
        "reshape puts the axes in another order.",
        "reshape re-cuts the same row of numbers: same shape, other contents. Print X[1, 0] before and after.",
    ),
    "state_leaks": (
        "The next sample goes on where the last one stopped.",
        "Each sample is a film of its own. What is h before the first frame of sample n = 1?",
    ),
    "only_first_sample": (
        "X[0] is enough.",
        "Your answer never looks beyond one sample. One row is wanted for each of the N samples.",
    ),
    "whole_sequence_returned": (
        "Every ŷ comes back.",
        "The time axis is still there. predict() of this model keeps only one step of each sample: which?",
    ),
    "loop_over_samples": (
        "A loop over the samples is the way to treat them all.",
        "The numbers are right, but samples run one after the other. Can one product move N states on? Which shape holds them all?",
    ),
}


COMMON = (*_FORM, "state_kept_between_calls", "sizes_from_notebook", "T_hard_coded", "append_returns_nothing")
"""Beliefs about functions and arrays as such: every exercise with a function has them."""


def common_beliefs() -> dict[str, Belief]:
    """Return the beliefs that any function written by hand may show, by key.

    >>> common_beliefs()["function_overwritten"].says
    'The function is its result.'
    """
    return {key: belief for key, belief in beliefs().items() if key in COMMON}


def beliefs(*, leave_out: tuple[str, ...] = (), batched: bool = False) -> dict[str, Belief]:
    """Return the catalogue for SimpleRNN + Dense, by key.

    >>> beliefs()["bias_dropped"].says
    'The bias starts at zero in Keras, so I can leave it out.'
    """
    texts = STEP | TIME | _HEAD | _FORM | (_BATCHED if batched else {})
    return {key: Belief(key, *text) for key, text in texts.items() if key not in leave_out}
