"""Wrong beliefs about products, sums and averages of boxes: a student's words, and a hint without the solution."""

from __future__ import annotations

EACH_STEP = {
    "bias_dropped": (
        "The product is all there is.",
        "One argument of yours is never used. Which letter does it have, and what has the same letter?",
    ),
    "sign_flipped": ("A minus does no harm.", "Every term here is added. Where is your minus?"),
    "steps_accumulated": (
        "Each step adds to the one before.",
        "Here no step knows of another. What does your sum still hold when the next turn of the loop begins?",
    ),
    "axis_summed_away": (
        "A product sums over everything.",
        "It sums over the letter that touches, and no other. Which letter is missing from your result?",
    ),
    "only_one_step": (
        "One step stands for all.",
        "Every step of every sample goes through W. Which letter is missing from your result?",
    ),
    "activation_added": (
        "A layer always squashes.",
        "Here is a product and a sum, nothing more. Which function have you put around them?",
    ),
    "not_cut_back": (
        "N·T rows are as good as N sheets of T rows.",
        "To glue N and T for the product is fine. Then cut the rows apart again: into how many sheets, of how many rows?",
    ),
    "w_transposed": (
        "W has to be turned round before the product.",
        "A row of X has D numbers. Which axis of W has length D as it comes?",
    ),
    "weights_on_the_left": (
        "A matrix always stands to the left of the data.",
        "Data are rows here. Letters cancel where they touch: which order makes the two D touch?",
    ),
    "bias_before_product": (
        "The bias may be added before the product.",
        "b is added to what comes out of the product. What do your brackets hold, and how many numbers has it?",
    ),
    "one_bias_for_all": (
        "The bias is one number.",
        "b holds M of them, one for each number of the result. Where do you pick or sum them?",
    ),
    "bias_multiplied": ("A bias is a factor.", "Look at the sign between the product and b: does it add?"),
    "bias_added_again": (
        "The bias belongs to every term of the sum.",
        "It is added once, after the sum over D. How many times does your code add it?",
    ),
    "only_one_unit": (
        "One column of W is enough.",
        "W has M columns, and each gives one number of the result. Which letter is missing from your result?",
    ),
    "sum_overwritten": (
        "A loop adds up by itself.",
        "Your loop over d overwrites the number each time, and keeps the last term. What adds to what is there?",
    ),
    "bias_as_column": (
        "A bias is a column.",
        "Letters line up from the right: the last axis of a column has length one. Which axis should its M numbers lie on?",
    ),
    "result_like_x": (
        "The result is as large as X.",
        "W turns D numbers into another number of them. Which letters does the array have that you prepared?",
    ),
}

SHIFTED = {
    "broadcast_from_left": (
        "NumPy finds the axes that fit.",
        "It lines letters up from the right, and finds D over D, then T over N. Where is an axis of length one missing?",
    ),
    "new_axis_misplaced": (
        "A new axis fits anywhere.",
        "Write the letters of both operands under each other, from the right. Under which letter does your axis of length one stand, and under which should it?",
    ),
    "s_turned_round": (
        "Turn s round and it will fit.",
        "Its D already stands at the right end, where the D of X is. Which letter of X has no partner in s?",
    ),
    "reshape_makes_numbers": (
        "reshape makes room.",
        "It cuts the numbers that there are in another way, and makes none. Which length can an axis have that NumPy repeats?",
    ),
    "one_row_for_all": (
        "One row of s is for everyone.",
        "s holds one row for each sample. Which row does sample n = 1 get in your answer?",
    ),
    "one_number_for_all_features": (
        "A sample is shifted by one number.",
        "Each sample has D numbers in s, one for each feature. Which letter of s did you average or pick away?",
    ),
    "one_step_only": (
        "The row is added once.",
        "Sample n's row is added at every step. How many steps does your answer shift, or hold?",
    ),
    "shift_grows": (
        "The shift adds up from step to step.",
        "Every step gets the same row. What is added at step 0, and what at step 1?",
    ),
    "multiplied": ("To shift is to multiply.", "Look at the sign between X and s: does it add?"),
    "nothing_changed": (
        "A new value for the loop's name changes the box.",
        "It gives the name another array, and the box stays as it was. Where do you keep the new array?",
    ),
    "x_forgotten": ("The rows of s are the answer.", "Your answer never uses the numbers of X. Where are they added?"),
    "rolled": (
        "To shift is to move along an axis.",
        "Here numbers are added, and every step stays in its place. Where does s enter your answer?",
    ),
    "repeated_not_cut": (
        "repeat makes the shape that I need.",
        "It makes more numbers along one axis, and no new axis. How many axes has your repeated array?",
    ),
    "appended": (
        "To add a row is to append it.",
        "Your answer has one step too many. Here a row is added to numbers: the shape of X stays.",
    ),
    "argument_changed": (
        "X is mine to change.",
        "Your function writes into the array that it was handed, and the caller sees that. Make a new array, and write there.",
    ),
}

STANDARDISED = {
    "samples_only": (
        "An average is over samples.",
        "Each step has a mean of its own in your answer. Over which two letters is the mean taken here?",
    ),
    "steps_only": (
        "Each sample is standardised by itself.",
        "Each sample has a mean of its own in your answer. Over which two letters is the mean taken here?",
    ),
    "features_mixed": (
        "Features are averaged too.",
        "A feature keeps its own mean, as metres and degrees have nothing in common. Which letter must the mean keep?",
    ),
    "one_mean_for_all": (
        "There is one mean.",
        "Without an axis, mean takes everything together. How many means are wanted, one for each what?",
    ),
    "axis_dropped": (
        "The mean still lines up with X.",
        "The averaged axis is gone, and the letters no longer meet from the right. Which letters does the mean have, and which are wanted?",
    ),
    "std_of_std": (
        "A std over two axes is taken one axis after the other.",
        "That holds for means of equally many numbers, and not for the std. Can you name both axes in one call?",
    ),
    "n_d_swapped": (
        "X[d] is feature d.",
        "The first axis counts samples: X[d] is a whole sample. Which place in the brackets belongs to features?",
    ),
    "count_wrong": (
        "len(X) counts all numbers.",
        "It is the length of the first axis. How many numbers of one feature do you add up?",
    ),
    "method_not_called": (
        "X.std is the standard deviation.",
        "Without round brackets it is the method itself, and not what it computes. Where are they missing?",
    ),
    "variance_for_std": (
        "The variance is the spread.",
        "It is the square of the standard deviation. What do you divide by?",
    ),
    "one_less": (
        "A std divides by one less than the count.",
        "NumPy's std divides by the count unless it is told otherwise, and so does this exercise. What do you tell it?",
    ),
    "only_centred": ("Zero mean is enough.", "Each feature's std should be 1 in the end. What is it in your answer?"),
    "only_scaled": ("A std of 1 is enough.", "Each feature's mean should be 0 in the end. What is it in your answer?"),
    "brackets_missing": (
        "The minus comes before the division by itself.",
        "Division goes first unless brackets say otherwise. Which part is to be divided?",
    ),
    "another_scale": (
        "Any scaling between fixed bounds will do.",
        "Wanted is a mean of 0 and a std of 1. What do you divide by?",
    ),
    "epsilon_added": (
        "A small number under the fraction does no harm.",
        "It changes every number a little, and here more than the tolerance. No feature is constant: is it needed?",
    ),
    "means_returned": (
        "The means are the answer.",
        "These are the numbers to subtract, or to divide by. Which letters does the wanted box have?",
    ),
    "axes_as_tuple": (
        "Two axes are two arguments, or a list.",
        "The second argument of mean is something else. Which brackets make one argument of two numbers?",
    ),
}
