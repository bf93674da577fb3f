"""Wrong beliefs about one step and about the loop over t: a student's words, and a hint without the solution."""

from __future__ import annotations

STEP = {
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
        "(M, M) fits both ways round, so no error warns you. The row h stands on the left of Wh as it comes: does yours?",
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
        "The mistake is in step 0, and later rows inherit it. What is h_last before it? Does step 0 run the same line, bias included?",
    ),
    "initial_state_wrong_length": (
        "The first h_last is as long as something else.",
        "h_last meets Wh of (M, M). How many numbers does it need before the first step?",
    ),
    "no_activation": (
        "A step is only the sum of its terms.",
        "Your h can leave −1 … 1, Keras' cannot. Which activation does SimpleRNN use by default?",
    ),
    "relu": ("The activation is relu.", "Look at the layer's `activation` argument: what is SimpleRNN's default?"),
    "sigmoid": (
        "The activation is a sigmoid.",
        "Your h lies between 0 and 1. Keras' h can be negative: what is SimpleRNN's default activation?",
    ),
    "other_activation": (
        "Any squashing function will do.",
        "The shape of the curve shows in the numbers. Which function does the formula of the step name, and how often is it used?",
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
        "It has grown to (M, M). Print its shape before and after step 0. Does the state start as M numbers, and does @ join it to Wh?",
    ),
    "append_returns_nothing": (
        "append gives back the longer list.",
        "list.append changes the list and returns None. What do you assign its result to?",
    ),
    "input_unused": ("A step depends on the last state alone.", "Where does x[t] enter your sum?"),
}

TIME = {
    "time_reversed": ("The loop may start at the end.", "Which time step does your first turn of the loop read?"),
    "rows_reversed": (
        "New rows go to the front.",
        "Row t = 0 of your answer is the last step's ŷ. In which order do you collect?",
    ),
    "last_step_skipped": (
        "The last turn of the loop comes too early.",
        "How many rows has x, and how many turns does your loop make?",
    ),
    "first_step_skipped": (
        "The loop starts at t = 1, because step 0 has no h_last.",
        "Step 0 has an h_last too: the initial state. Which t does your loop start at?",
    ),
    "first_row_missing": (
        "Step 0 goes before the loop, and its output is not needed.",
        "The steps are right, but there is one row too few, or its numbers are zeros. What happens to the ŷ of step 0?",
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
        "predict() does not average over time: each step's ŷ stands for itself. Where do you average?",
    ),
    "sum_over_time": (
        "Outputs add up over the time steps.",
        "predict() does not add over time: each step's ŷ stands for itself. Where do you add up?",
    ),
    "rows_alias": (
        "Every row may be the last one.",
        "All rows are the last one. Do you collect a value for each step, or does one array change under all rows?",
    ),
}
