"""Wrong beliefs about the shape of a state: a student's words, and a hint without the solution."""

FITS = {
    "accepts_vector": (
        "A vector of M numbers will do for every sample.",
        "(M,) is stretched to all N rows without a word. How many axes has a state that has one row for each sample?",
    ),
    "accepts_one_row": (
        "(1, M) has the right number of axes.",
        "One row is stretched to all N. Which two numbers does the shape have to hold, and did you compare both?",
    ),
    "accepts_more_axes": (
        "The last axis decides whether it fits.",
        "A state with three axes gets through, and the result has four. How many axes are asked for?",
    ),
    "accepts_trailing_axis": (
        "The first two axes decide whether it fits.",
        "N and M are in their places, and one more axis follows them. Which part of the shape did you compare?",
    ),
    "accepts_turned": (
        "The right numbers in any order will do.",
        "(M, N) holds the same sizes and other rows. In which order do they stand in a state?",
    ),
    "accepts_other_n": (
        "Only M has to be right.",
        "As many rows as the batch has samples: did you compare the first axis?",
    ),
    "accepts_other_m": (
        "Only N has to be right.",
        "As many columns as the layer has units: did you compare the second axis?",
    ),
    "accepts_everything": (
        "It is enough to hand the state on.",
        "Your function never refuses. Which shapes have to raise a ValueError?",
    ),
    "refuses_right": (
        "Better to refuse once too often.",
        "A state of shape (N, M) was refused, and it is the one that is meant. Read your condition aloud.",
    ),
    "refuses_one_sample": (
        "(1, M) is always wrong.",
        "With N = 1 it is the shape that is meant. What do you compare the first axis with?",
    ),
    "stretched": (
        "A state that is too small can be repeated.",
        "Repeating a row is what happens silently anyway. Nobody can know whether it was meant: refuse it.",
    ),
    "answers_yes_no": (
        "True and False are enough.",
        "The state itself comes back if it fits, and an exception if it does not.",
    ),
    "other_error": (
        "Any exception will do.",
        "A ValueError is asked for: whoever calls the function catches that one, and no other.",
    ),
    "message_without_shape": (
        "That an error comes says enough.",
        "Whoever reads it wants to know which shape came. Does your message hold its numbers, or only words or letters?",
    ),
    "error_returned": (
        "An error can be returned.",
        "An exception has to be raised. Returned or printed, nobody is stopped by it.",
    ),
    "state_altered": (
        "The state may be changed on the way.",
        "The shape is right, and the numbers are others. Hand back the array as it came.",
    ),
}

SHAPES = {
    "state_has_time": (
        "The state remembers every time step.",
        "It is what is left after the last one: the next chunk starts from there. Which axis is gone?",
    ),
    "one_state_for_all_samples": (
        "One state serves all the samples.",
        "Each sample has a past of its own. How many rows does that make?",
    ),
    "states_pile_up": (
        "Two chunks give two states.",
        "A runner hands on one baton, not a collection: the new state takes the place of the old one.",
    ),
    "state_is_a_weight": (
        "The state has the shape of Wh.",
        "Wh is learned and the same for all samples; the state belongs to the samples. Which axis counts those?",
    ),
}
