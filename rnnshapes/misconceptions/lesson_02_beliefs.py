"""Wrong beliefs about keeping every step, about heads and about targets: a student's words, and a hint."""

from __future__ import annotations

from rnnshapes.exercise import Belief
from rnnshapes.misconceptions.beliefs import beliefs, common_beliefs
from rnnshapes.misconceptions.loop_beliefs import STEP, TIME

_SHAPES = {
    "one_target_for_all": (
        "One target for each sample is enough.",
        "The film has an output at every step. How many outputs does one sample have to answer for?",
    ),
    "target_every_step": (
        "A target always has a time axis.",
        "Only one frame of each sample gets through this model. Which axis has its output lost?",
    ),
    "axis_k_dropped": (
        "A target is one number.",
        "Each output is a row of K numbers, a latitude and a longitude. What does its target consist of?",
    ),
    "class_has_k_numbers": (
        "A class needs K numbers.",
        "These are K probabilities before argmax. One whole number is left of them: which axis has gone?",
    ),
    "dense_per_step": (
        "Dense has weights of its own for every step.",
        "Dense is stamped on every frame like the recurrent weights. Does a longer film need more weights?",
    ),
    "dense_eats_t": (
        "Dense flattens the film first.",
        "Dense works on the last axis alone and leaves all other axes as they are. Which axis is the last one?",
    ),
}

_FILM = {
    "return_sequences_forgotten": (
        "The state after the last step is the answer.",
        "That is the last frame. The whole film is wanted: what does your code keep of the steps before?",
    ),
    "time_first": (
        "I collect step by step, so time is the first axis.",
        "The numbers are right, but frame comes before ship. Which two axes trade places, and which function moves axes?",
    ),
    "rows_alias": (
        "Every frame may be the last one.",
        "All frames are the last one. Do you keep a value for each step, or does one array change under all of them?",
    ),
    "old_state_kept": (
        "The state of a step is the one that it starts with.",
        "Frame t is one step late. Do you keep the state before its update or after it?",
    ),
    "sum_kept": (
        "The sum inside tanh is the state.",
        "What is handed on is right, but you keep something else: your numbers leave −1 … 1. Which of the two is called h?",
    ),
    "only_first_sample": (
        "X[0] is enough.",
        "Your answer shows one sample. A film is wanted for each of the N samples.",
    ),
    "only_last_sample": (
        "The last sample's film is the answer.",
        "Each turn overwrites the one before. Where do you collect one film for each of the N samples?",
    ),
    "first_row_missing": (
        "Step 0 goes before the loop, and its frame is not needed.",
        "The steps are right, but the first frame is missing, or its numbers are zeros. What happens to it?",
    ),
    "last_step_skipped": (
        "The last turn of the loop comes too early.",
        "The last frame is missing. How many steps has X, and how many turns does your loop make?",
    ),
    "initial_state_counted": (
        "The initial state is a frame of the film.",
        "There are T + 1 frames. Which of them were made by a step?",
    ),
    "rows_reversed": (
        "New frames go to the front.",
        "Frame t = 0 of your answer is the last step. In which order do you collect?",
    ),
    "returns_first": (
        "The first step settles it.",
        "Only step 0 is in your answer. Does the function end inside the loop, or do you fill one frame only?",
    ),
    "mean_over_time": (
        "The answer is an average over the time steps.",
        "Each frame stands for itself. Where do you average over t?",
    ),
    "sum_over_time": (
        "Frames add up over the time steps.",
        "Each frame stands for itself. Where do you add up over t?",
    ),
    "wrong_axis_counted": (
        "The number of steps is the length of another axis.",
        "Your film has N or D frames. Which axis of X is time?",
    ),
    "all_zeros": (
        "The array that I made beforehand is the answer.",
        "All its numbers are zero. Does the loop fill it, and can an array of this dtype hold decimals?",
    ),
    "frame_without_axis": (
        "concatenate and append make the new axis.",
        "They join along an axis that is already there, and a frame (N, M) has no T yet. Which call makes a new axis?",
    ),
    "state_became_a_matrix": (
        "The state stays what it is by itself.",
        "It has grown by an axis. Print its shape before and after step 0: which two shapes does the sum stretch?",
    ),
}

_SOFTMAX = {
    "softmax_missing": (
        "The head's numbers are the probabilities.",
        "Add up one row of your answer, over K: what should K probabilities add up to?",
    ),
    "softmax_over_time": (
        "softmax works along the first long axis, which is time.",
        "Your numbers add up to 1 along T. Which axis holds the classes that compete with each other?",
    ),
    "softmax_over_samples": (
        "softmax works along the axis that comes first.",
        "Your numbers add up to 1 along N, so ships compete. Which axis holds the classes?",
    ),
    "softmax_over_everything": (
        "Dividing by the sum of all numbers normalises them.",
        "All numbers together add up to 1, of a whole box, sheet or slab. Every single row has to: over which axis do you sum?",
    ),
    "softmax_twice": (
        "softmax again does no harm.",
        "A second softmax flattens the probabilities. How often does a row pass through it?",
    ),
    "exp_missing": (
        "To normalise is to divide by the sum.",
        "A row of the head may hold negative numbers, and a probability may not. What makes any number positive first?",
    ),
    "not_normalised": (
        "exp makes probabilities.",
        "Positive they are, but what does a row add up to over K? Something has to be divided out.",
    ),
    "sigmoid_for_softmax": (
        "Each class gets a probability of its own.",
        "sigmoid looks at one number at a time, so a row does not add up to 1. Which function lets K classes compete?",
    ),
    "log_softmax": (
        "The logarithm of a probability will do.",
        "Your numbers are negative. Where does a logarithm come in?",
    ),
    "sign_in_exponent": (
        "exp takes minus the number, as in a sigmoid.",
        "Your most likely class is the one with the smallest number. Look at the sign in front of it.",
    ),
    "other_divisor": (
        "Dividing by the mean, or by the length of the row, normalises.",
        "Your rows are too large to add up to 1. What do you divide by, and what would make their sum 1?",
    ),
    "exp_on_one_side": (
        "One exp is enough.",
        "The number above the line and each number in the sum below it pass through the same function. Which of yours do not?",
    ),
    "bias_after_softmax": (
        "The bias is added at the very end.",
        "Your rows do not add up to 1, and taking bo away cures it. Which comes first, the whole head or the softmax?",
    ),
    "other_base": (
        "Any base will do.",
        "The rows add up to 1, but they are too flat or too steep. Which number does softmax raise to a power?",
    ),
    "argmax_returned": (
        "The answer is the most likely class.",
        "That is a decision. K probabilities for each step are wanted, before anything is decided.",
    ),
    "one_class_returned": (
        "With two classes one probability is enough.",
        "The other one follows from it, but Keras returns all K. Which axis has gone?",
    ),
    "softmax_on_states": (
        "softmax comes before the head.",
        "Classes exist only after Wo: h has M numbers that compete for nothing. Where does your softmax stand?",
    ),
    "keepdims_forgotten": (
        "The sum over K lines up with its rows by itself.",
        "The sum has lost the axis K, and axes line up from the right. How can an axis of length 1 stay where K was?",
    ),
}

_FRAME = {
    "whole_sequence_returned": (
        "Every ŷ comes back.",
        "The time axis is still there. One frame of each sample is wanted: which?",
    ),
    "last_of_wrong_axis": (
        "[-1] picks the last step.",
        "It picks the last of the first axis, and that is N. Your answer is the film of one ship.",
    ),
    "frame_before_last": (
        "The last index is T − 2.",
        "Your frame is one too early. Which number does Python count back from?",
    ),
    "wrong_axis_counted": (
        "The number of steps is the length of another axis.",
        "Which axis of H is time, and the length of which axis do you take? len gives the first one.",
    ),
    "argmax_returned": (
        "The answer is the number of a class.",
        "Here K = 2 outputs are a latitude and a longitude: quantities, and nothing is decided. What have you made of them?",
    ),
    "max_over_time": (
        "The largest number over time is kept.",
        "That would be pooling. The last frame is wanted, large or small.",
    ),
    "returns_first": (
        "The first frame is the answer.",
        "After step 0 the network has seen next to nothing. Which frame has seen every input?",
    ),
    "mean_over_time": (
        "The frames are averaged.",
        "return_sequences=False does not average: it keeps one frame. Where do you average over t?",
    ),
    "sum_over_time": (
        "The frames are added up.",
        "return_sequences=False does not add: it keeps one frame. Where do you add up over t?",
    ),
    "softmax_on_head": (
        "K = 2 outputs are two classes.",
        "Here they are a latitude and a longitude, and these do not add up to 1. Which activation does this Dense layer have?",
    ),
    "head_missing": (
        "The last frame is the output.",
        "Your rows have M numbers, and a position has K. What does the Dense layer do to a frame?",
    ),
    "sign_flipped": ("A minus does no harm.", "The product and the bias are added. Where is your minus?"),
}

_LOSS = {
    "axes_from_the_right": (
        "NumPy and Keras line up these shapes in the same way.",
        "NumPy lines up axes from the right: N meets T, and it refuses. Keras takes an axis of length 1 away first: which?",
    ),
    "all_pairs": (
        "Every output is compared with every target.",
        "You compare outputs of one sample with targets of another. Print the shape of the difference: which axis is there twice?",
    ),
    "last_step_compared": (
        "Keras compares the target with the last step.",
        "Nobody told Keras that the target is about the last step. How many outputs of each sample enter the mean?",
    ),
    "first_step_compared": (
        "Keras compares the target with the first step.",
        "Every output of a sample enters the mean. How many are there?",
    ),
    "outputs_averaged_first": (
        "Keras averages the outputs over time, then compares.",
        "The square comes before the mean: errors of opposite sign do not cancel. What is averaged, and when?",
    ),
    "squares_subtracted": (
        "The squares are subtracted.",
        "On which brackets does your square stand: on each number, or on the difference?",
    ),
    "first_target_only": (
        "One sample's target is the target.",
        "Every sample brings a target of its own. Which index have you set to a fixed number?",
    ),
    "not_squared": (
        "The error is the difference.",
        "Read the name from the back: error, squared, mean. What happens to a negative difference?",
    ),
    "absolute_error": (
        "Squared or absolute, it is the same.",
        "The S in MSE is not an absolute value. How do you make the differences positive?",
    ),
    "root_taken": (
        "The error is the root of the mean square.",
        "That is the RMSE. Which function do you call last?",
    ),
    "summed": (
        "The errors add up.",
        "Your number grows with the number of outputs. The M in MSE says what to do instead, over both axes.",
    ),
    "halved": (
        "There is a one half in front.",
        "Some textbooks write it, Keras does not. Which factor stands in front of your mean?",
    ),
    "means_compared": (
        "The mean of the outputs is compared with the mean of the targets.",
        "Each output meets its own sample's target first. In which order do you average, subtract and square?",
    ),
    "mean_subtracted": (
        "The variance of the differences is their mean square.",
        "A variance leaves out how far the differences are off on average. What is subtracted before you square?",
    ),
    "rest_is_zero": (
        "Steps without a target have the target zero.",
        "Keras does not fill up with zeros. It takes the one target that a sample has: how often?",
    ),
    "targets_mixed": (
        "np.tile and np.resize repeat each target where it stands.",
        "They repeat the whole row of targets, so that samples get targets of others. Print the first two rows.",
    ),
    "not_averaged": (
        "Keras reports one loss for each sample.",
        "During fit one number is shown. What is done with the rest of the axes?",
    ),
}


def _named(texts: dict[str, tuple[str, str]]) -> dict[str, Belief]:
    return {key: Belief(key, *text) for key, text in texts.items()}


def _of_lesson_01(*keys: str) -> dict[str, Belief]:
    known = beliefs(batched=True)
    return {key: known[key] for key in keys}


SHARED = tuple(key for key in STEP | TIME if key not in ("only_last_returned", "extra_first_row", *_FILM))
"""Beliefs about a step and about the loop that lesson 01 tries as students write them."""

_SAMPLES = (
    "n_t_swapped",
    "state_leaks",
    "shared_state",
    "mean_over_samples",
    "state_rows_wrong",
    "all_axes_reversed",
    "state_axes_swapped",
    "elementwise_product",
)
_HEAD = (
    "tanh_on_head",
    "relu_on_head",
    "head_bias_dropped",
    "head_missing",
    "head_on_old_state",
    "head_sees_zeros",
    "head_bias_overwritten",
    "output_carried",
    "biases_swapped",
    "step_skipped_for_head",
)

PREDICTED_BELIEFS = _named(_SHAPES)
EVERY_STATE_BELIEFS = (
    common_beliefs() | _of_lesson_01(*(key for key in SHARED if key != "wo_transposed"), *_SAMPLES) | _named(_FILM)
)
CLASSIFY_BELIEFS = (
    common_beliefs()
    | _of_lesson_01(*SHARED, *_SAMPLES, *_HEAD)
    | {key: belief for key, belief in _named(_FILM).items() if key not in ("old_state_kept", "sum_kept")}
    | _named(_SOFTMAX)
)
LAST_POSITION_BELIEFS = (
    common_beliefs()
    | _of_lesson_01(
        "tanh_twice",
        "tanh_on_head",
        "sigmoid_on_head",
        "relu_on_head",
        "head_bias_dropped",
        "only_first_sample",
        "only_last_sample",
        "mean_over_samples",
        "reshape_for_transpose",
        "wo_transposed",
        "elementwise_product",
        "weights_on_the_left",
        "all_zeros",
    )
    | _named(_FRAME)
)
KERAS_MSE_BELIEFS = common_beliefs() | _named(_LOSS)
