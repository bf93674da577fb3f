"""Wrong beliefs about two halves that become one array, and about what is in it: words, and a hint without code."""

from __future__ import annotations

SAMPLES_AND_TIME = {
    "mean_over_time": (
        "The answer is an average over the time steps.",
        "Each step's state stands for itself. Where do you average over t?",
    ),
    "sum_over_time": (
        "States add up over the time steps.",
        "Each step's state stands for itself. Where do you add up over t?",
    ),
    "samples_flipped": (
        "The first axis is the one to flip.",
        "[::-1] alone turns the first axis round, and X is (N, T, D). Which axis is time?",
    ),
    "only_first_sample": (
        "X[0] is enough.",
        "Your answer never looks beyond one sample. How many samples has X, and where do you return?",
    ),
}
"""Beliefs about the samples and the time axis, wherever they show."""

JOIN = {
    "arrays_without_list": (
        "concatenate takes one array after the other.",
        "It takes one thing, a list or a tuple of arrays, and then the axis. Count your brackets.",
    ),
    "axis_counted_from_one": (
        "The third axis is axis 3.",
        "Axes are counted from 0. Which number has the last of three?",
    ),
    "time_cut_in_two": (
        "The forward half reads the first half of the film, the backward half the rest.",
        "Half here means one of two networks. Each of them reads all T steps.",
    ),
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

LAST_TEXTS = {
    "arrays_without_list": JOIN["arrays_without_list"],
    "axis_counted_from_one": JOIN["axis_counted_from_one"],
    "wrong_half_cut": (
        "Any M columns of an end will do.",
        "Which M columns of the last axis are the forward half's, and which end does each half stop at? Yours are others.",
    ),
    "both_columns_whole": (
        "Both ends belong to the answer.",
        "Your last axis is 4M long: from each end you kept both halves. Which half stops at which end?",
    ),
    "off_by_one": (
        "The last step is one before the end.",
        "One half of yours stops a step too early. Steps are counted from 0: which is the first, and which is the last?",
    ),
    "decimal_index": (
        "Half of 10 is 5.",
        "It is 5.0 with one slash, and an index has to be whole. Which division keeps whole numbers?",
    ),
    "multiplied": (
        "The last states are multiplied.",
        "Keras joins the two states: 2M numbers for each sample. Which axis should be 2M long?",
    ),
    "only_last_sample": (
        "[-1] alone picks the last step.",
        "It picks the last sample, and one is left. How many samples has seq?",
    ),
    "last_column_taken": (
        "The last time step of the sequence has the last states.",
        "That is true of one half. The other ran from the end: how many steps had it seen at t = T − 1? Print the shape of each part "
        "that you join: is one of them empty?",
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
        "The first half of the array is the forward half.",
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
    "mean_over_time": SAMPLES_AND_TIME["mean_over_time"],
    "sum_over_time": SAMPLES_AND_TIME["sum_over_time"],
    "samples_flipped": SAMPLES_AND_TIME["samples_flipped"],
    "halves_swapped": JOIN["halves_swapped"],
    "summed": (
        "The last states are added.",
        "Keras joins the two states: 2M numbers for each sample. Which axis should be 2M long?",
    ),
    "averaged": (
        "The last states are averaged.",
        "Keras joins the two states: 2M numbers for each sample. Which axis should be 2M long?",
    ),
    "joined_along_samples": JOIN["joined_along_samples"],
    "stacked": JOIN["stacked"],
    "joined_by_reshape": JOIN["joined_by_reshape"],
    "halves_interleaved": JOIN["halves_interleaved"],
    "one_half_missing": JOIN["one_half_missing"],
    "only_first_sample": SAMPLES_AND_TIME["only_first_sample"],
}

MERGE_TEXTS = {
    "arrays_without_list": JOIN["arrays_without_list"],
    "axis_counted_from_one": JOIN["axis_counted_from_one"],
    "floor_division": (
        "// divides.",
        "// rounds down to whole numbers. Which division keeps the decimals?",
    ),
    "argument_changed": (
        "A name keeps its array.",
        "A line above has put something else into it. What is in forward and backward when this branch uses them?",
    ),
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
    "halves_swapped": JOIN["halves_swapped"],
    "joined_along_time": JOIN["joined_along_time"],
    "joined_along_samples": JOIN["joined_along_samples"],
    "stacked": JOIN["stacked"],
    "halves_interleaved": JOIN["halves_interleaved"],
    "joined_by_reshape": JOIN["joined_by_reshape"],
    "returns_nothing": (
        "The other modes take care of themselves.",
        "For this mode nothing came back. Is there a branch for it, is its name spelled right, and does it return?",
    ),
}

SHAPE_TEXTS = {
    "half_forgotten": (
        "Bidirectional gives as many numbers as one layer.",
        "There are two layers inside, and the default keeps the numbers of both. How long is the axis?",
    ),
    "doubled": (
        "Everything in a Bidirectional is 2M.",
        "Is this the joined result, or what a single half has, or what two halves leave when they are merged into one?",
    ),
    "joined_along_time": JOIN["joined_along_time"],
    "stacked": JOIN["stacked"],
    "joined_along_samples": JOIN["joined_along_samples"],
    "units_shared_out": (
        "The two halves share the M units.",
        "M is what SimpleRNN was given, and there are two of it inside. How many units has each?",
    ),
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
