"""Beliefs about typed shapes, the last frame and the loss: a student's words, and a hint. Lesson 02."""

from __future__ import annotations

SHAPES = {
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
    "output_for_weight": (
        "A weight has the shape of what comes out.",
        "The same Wo serves every sample and every step. Which letter goes into it, and which comes out?",
    ),
    "dense_eats_t": (
        "Dense flattens the film first.",
        "Dense works on the last axis alone and leaves all other axes as they are. Which axis is the last one?",
    ),
}

FRAME = {
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

LOSS = {
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
