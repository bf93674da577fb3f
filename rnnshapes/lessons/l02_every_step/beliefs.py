"""Wrong beliefs about keeping every step and about softmax, and which beliefs each exercise of lesson 02 knows."""

from __future__ import annotations

from rnnshapes.beliefs.common import beliefs, common_beliefs
from rnnshapes.beliefs.loop import STEP, TIME
from rnnshapes.judge.exercise import Belief
from rnnshapes.lessons.l02_every_step.texts import FRAME, LOSS, SHAPES

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

PREDICTED_BELIEFS = _named(SHAPES)
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
    | _named(FRAME)
)
KERAS_MSE_BELIEFS = common_beliefs() | _named(LOSS)
