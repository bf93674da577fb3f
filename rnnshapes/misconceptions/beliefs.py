"""The catalogue's words: each wrong belief in a student's voice, and a hint that stops short of the solution."""

from __future__ import annotations

from rnnshapes.exercise import Belief

_STEP = {
    "bias_dropped": (
        "The bias starts at zero in Keras, so I can leave it out.",
        "Count the terms inside tanh: x[t] brings one, h_last brings one. Which weight of shape (M,) is unused?",
    ),
    "bias_outside_tanh": (
        "The bias is added after the activation.",
        "Which brackets does tanh close? Everything that belongs to the step's sum goes inside them.",
    ),
    "bias_added_twice": (
        "Each of the two products has its own bias.",
        "There is one bh of shape (M,) for the whole sum. How often does your line add it?",
    ),
    "h_last_not_updated": (
        "h is computed in every step, and the next step will find it.",
        "What is h_last at the start of step t = 1? Print it: is the state handed on, and does nothing reset it?",
    ),
    "recurrent_term_unused": (
        "A step depends on x[t] alone.",
        "One weight of shape (M, M) never changes your answer. Where does a step meet the step before it?",
    ),
    "wh_transposed": (
        "Wh is square, so its orientation does not matter.",
        "(M, M) fits both ways round, so no error warns you. h is a row: which side of Wh does it stand on?",
    ),
    "wx_wh_swapped": (
        "Wx and Wh can trade places.",
        "Write the letters under the product: x[t] has D numbers, h_last has M. Which weight starts with which letter?",
    ),
    "wx_transposed": (
        "Wx has to be turned round before the product.",
        "x[t] is a row of D numbers. Which axis of Wx has length D as it comes from get_weights()?",
    ),
    "wo_transposed": (
        "Wo has to be turned round before the product.",
        "h is a row of M numbers. Which axis of Wo has length M as it comes from get_weights()?",
    ),
    "weights_on_the_left": (
        "A matrix always stands to the left of its vector.",
        "In this lecture data are rows. Letters cancel where they touch: which order makes equal letters touch?",
    ),
    "bias_inside_product": (
        "The bias belongs to h, so it goes through Wh as well.",
        "bh is added to the sum as it is. Which brackets have you put it in?",
    ),
    "bias_as_start": (
        "The bias is where the state starts.",
        "bh belongs to every step's sum, not to the first state alone. What does Keras start the state from?",
    ),
    "bias_broadcast": (
        "(M, 1) + (M,) is (M, 1).",
        "It is (M, M): NumPy stretches both. Each hidden unit has a bias of its own; print the shape of your sum.",
    ),
    "bias_overwritten": (
        "z = bh makes a copy.",
        "It makes a second name for the same array, and += then changes bh itself. Print bh after each step.",
    ),
    "sign_flipped": ("A minus does no harm.", "Every term of the step and of the head is added. Where is your minus?"),
    "stack_order": (
        "The order in which I stack does not matter.",
        "Row i of the stacked weight meets number i of the stacked vector. Are both stacked in the same order?",
    ),
    "reshape_for_transpose": (
        "reshape turns an array round.",
        "reshape re-cuts the same row of numbers: same shape, other contents. Print element [1, 0] before and after.",
    ),
    "input_through_wh": (
        "Input and state are added first and share one weight.",
        "Wh meets h_last alone. Which product does x[t] take part in, and where are your brackets?",
    ),
    "states_summed": (
        "A step depends on all earlier states, so I sum them.",
        "It does depend on them all, but only through the last one. How many states meet Wh in one step?",
    ),
    "state_two_steps_old": (
        "h_last = h, and then h = the new one.",
        "Follow the names through two steps on paper: which step's state is in h_last when it is used?",
    ),
    "stepped_twice": (
        "First update the state, then make the step for the output.",
        "Each x[t] moves the state once. How many times does your loop use it in one turn?",
    ),
    "tanh_twice": (
        "tanh again does no harm.",
        "How many times does tanh touch one sum of yours, on its way to the head?",
    ),
    "initial_state_ones": (
        "The state starts at one.",
        "Before the first step the network has seen nothing. Which vector of M numbers adds nothing to the sum?",
    ),
    "initial_state_random": (
        "The state starts at random, like the weights.",
        "Call your function twice on the same x: the answers differ. What does Keras start every sample from?",
    ),
    "initial_state_not_zero": (
        "The first step is a special one.",
        "Only step 0 is off, all later ones follow from it. What is h_last before it, and does it run through the same line?",
    ),
    "initial_state_wrong_length": (
        "The first h_last is as long as something else.",
        "h_last meets Wh of (M, M). How many numbers does it need before the first step?",
    ),
    "no_activation": (
        "A step is only the sum of its terms.",
        "Without a squashing function two steps collapse into one product. Which activation does SimpleRNN use by default?",
    ),
    "relu": ("The activation is relu.", "Look at the layer's `activation` argument: what is SimpleRNN's default?"),
    "sigmoid": (
        "The activation is a sigmoid.",
        "Your h lies between 0 and 1. Keras' h can be negative: what is SimpleRNN's default activation?",
    ),
    "other_activation": (
        "Any squashing function will do.",
        "The shape of the curve shows in the numbers. Which function does the formula above the cell name, and how often?",
    ),
    "tanh_per_term": (
        "Each product passes through tanh, and then they are added.",
        "Add first, squash once: how many times is tanh called in one step of yours?",
    ),
    "tanh_on_one_term": (
        "tanh closes before the last term.",
        "Count your brackets: which terms of the sum does tanh hold?",
    ),
    "carry_before_tanh": (
        "The sum is handed on, and tanh is for the output only.",
        "Which of the two is called h: the sum before tanh, or what tanh gives? The next step wants h.",
    ),
    "h_plus_new": (
        "The state is a running total.",
        "In SimpleRNN the new h replaces the last one. What does your line do with the old value?",
    ),
    "input_scaled": (
        "Data are always scaled first.",
        "predict() gets X as it is. What does your code do to x before the loop?",
    ),
    "state_added_plain": (
        "h_last is added as it is.",
        "Wh of (M, M) never changes your answer. What does the last state pass through on its way into the sum?",
    ),
    "state_is_a_number": (
        "The state starts at 0.",
        "A number has no axes, so it cannot meet a matrix. How many zeros does the first state have?",
    ),
    "state_is_a_column": (
        "The state is a column.",
        "Data are rows here: a column has its M numbers on the wrong axis for h @ Wh. Print the state's shape.",
    ),
    "state_became_a_matrix": (
        "The state stays a vector by itself.",
        "It has grown to (M, M). Print its shape after one step: which operation stretches it, a * or a + with a column?",
    ),
    "append_returns_nothing": (
        "append gives back the longer list.",
        "list.append changes the list and returns None. What do you assign its result to?",
    ),
    "input_unused": ("A step depends on the last state alone.", "Where does x[t] enter your sum?"),
}

_TIME = {
    "time_reversed": ("The loop may start at the end.", "Which time step does your first turn of the loop read?"),
    "rows_reversed": (
        "New rows go to the front.",
        "Row t = 0 of your answer is the last step's ŷ. In which order do you collect?",
    ),
    "last_step_skipped": (
        "Counting starts at 0, so the loop ends at T − 1.",
        "range(T) already stops at T − 1. How many turns does your loop make?",
    ),
    "first_step_skipped": (
        "The loop starts at t = 1, because step 0 has no h_last.",
        "Step 0 has an h_last too: the initial state. Which t does your loop start at?",
    ),
    "loop_too_long": (
        "There are more steps than rows.",
        "x has T rows, t = 0 … T − 1, and T changes from test to test. Which t does your loop begin and end at?",
    ),
    "wrong_axis_counted": (
        "The number of steps is the length of another axis.",
        "Your answer has D rows. Which axis of x is time?",
    ),
    "time_axis_mixed_up": (
        "A column is a time step.",
        "A column holds one feature at all times. One time step is a row of D numbers: which index picks it?",
    ),
    "initial_state_counted": (
        "The initial state gives a ŷ too.",
        "There are T + 1 rows; the first comes from the zeros before any input. Which rows belong to steps?",
    ),
    "extra_first_row": (
        "An array needs a row to start from.",
        "There are T + 1 rows, and the first was never computed.",
    ),
    "state_kept_between_calls": (
        "Lists and states outside the function start empty.",
        "They start empty once. A second call goes on where the first stopped: make them inside the function.",
    ),
    "T_hard_coded": (
        "T is the number in my notebook.",
        "The tests use other lengths. Which axis of the argument holds the number of time steps?",
    ),
    "sizes_from_notebook": (
        "N, T, D, M and K are known: they stand in the first cells.",
        "A size from your notebook met arrays of other sizes. Read every size off the arguments' shapes.",
    ),
    "same_input_every_step": (
        "x[0] is the input.",
        "Your answer uses one row of x in every step. What has to change from turn to turn?",
    ),
    "off_by_one_input": (
        "Step t reads the input beside it.",
        "x[t - 1] at t = 0 is the last row, and x[t + 1] runs off the end. Which row belongs to step t?",
    ),
    "returns_first": (
        "The first step settles it.",
        "Only step 0 is in your answer. Does the function end inside the loop, or did you pick row 0?",
    ),
    "only_last_returned": (
        "Only the last ŷ counts.",
        "The last one is what predict() gives, and it is right to compare it. Here every ŷ is asked for: one row for each step.",
    ),
    "mean_over_time": (
        "The answer is an average over the time steps.",
        "predict() does not average over time: each step's ŷ stands for itself. Where do you divide?",
    ),
    "sum_over_time": (
        "Outputs add up over the time steps.",
        "predict() does not add over time: each step's ŷ stands for itself. Where do you add up?",
    ),
    "rows_alias": (
        "Appending h keeps its value.",
        "All rows are the last one: a list keeps the array itself, not a copy. Does one array change under all of them?",
    ),
}

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
        "It also removes N = 1 and K = 1, which are sizes like any other. Keep every axis.",
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
        "The numbers are right, but samples run one after the other. Which state could one product move on for all of them? Only the loop over t remains.",
    ),
}


def beliefs(*, leave_out: tuple[str, ...] = (), batched: bool = False) -> dict[str, Belief]:
    """Return the catalogue for SimpleRNN + Dense, by key.

    >>> beliefs()["bias_dropped"].says
    'The bias starts at zero in Keras, so I can leave it out.'
    """
    texts = _STEP | _TIME | _HEAD | _FORM | (_BATCHED if batched else {})
    return {key: Belief(key, *text) for key, text in texts.items() if key not in leave_out}
