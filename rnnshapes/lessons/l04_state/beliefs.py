"""Wrong beliefs about states that are given, carried and reset: a student's words, and a hint without the solution."""

from __future__ import annotations

from rnnshapes.beliefs.common import beliefs, common_beliefs
from rnnshapes.judge.exercise import Belief

_START = {
    "initial_state_ignored": (
        "Every run starts in the same place.",
        "It does when nobody says otherwise. Which argument of yours says otherwise, and does your answer depend on it?",
    ),
    "one_state_for_all": (
        "One state is enough for all the samples.",
        "Every sample starts from the same row, and broadcasting hides it. How many rows has the state that you hand on?",
    ),
    "h0_added": (
        "The initial state is added to what the steps give.",
        "It is where step 0 starts from, and no more. In which lines of yours does h0 appear, and how often do they run?",
    ),
    "state_paired": (
        "One more axis on the state does no harm.",
        "Each sample was paired with every sample's state. How many axes has your state before the first step?",
    ),
    "steps_miscounted": (
        "len(X) is the number of time steps.",
        "Your loop ends too early: it counts another axis. Which place in X's shape belongs to time?",
    ),
    "h0_returned": (
        "The state that comes in is the one that goes out.",
        "What came in comes out again. Which name holds the state after the last step?",
    ),
    "h0_recut": (
        "reshape makes any state fit.",
        "reshape deals the same numbers out to other samples. Print row 0 before and after.",
    ),
    "h0_prepared": (
        "The state has to be prepared before the first step.",
        "h0 is a state like any other, and step 0 is a step like any other. What happens to your h0 before it?",
    ),
    "samples_shuffled": (
        "The order of the samples does not matter.",
        "Row n of X goes on from row n of the state. Which of your lines puts rows in another order?",
    ),
    "array_as_condition": (
        "An array is true or false as a whole.",
        "Python wants one answer, and the array has many. Do you mean one entry of it, or nothing of the kind?",
    ),
    "every_state_returned": (
        "Every state comes back.",
        "The time axis is still there. One state for each sample is handed on: which?",
    ),
    "states_averaged": (
        "The state at the end sums up all the states.",
        "The last state has seen every step already. Which line adds or averages over time?",
    ),
    "argument_changed": (
        "h0 is mine once I have it.",
        "The numbers are right, but the caller's array has changed: writing into it writes into theirs. Where do you assign to a part of it?",
    ),
}

_CHUNKS = {
    "reset_each_chunk": (
        "A new chunk is a new start.",
        "At each boundary your state falls back to zeros. Where do you make the zeros: before the loop over chunks, or inside?",
    ),
    "last_chunk_dropped": (
        "There are T // size chunks.",
        "The last steps are missing, because the last chunk may be shorter. What does // do with the remainder?",
    ),
    "first_chunk_alone": (
        "The first chunk is the answer.",
        "The later chunks are missing. Does your function end inside the loop over chunks?",
    ),
    "first_chunk_missing": (
        "The loop over chunks starts at the second one.",
        "The first steps are read by nobody. Which t does your first chunk begin at?",
    ),
    "last_chunk_alone": (
        "The last chunk is the answer.",
        "Only its states are here. Where do you collect those of the chunks before?",
    ),
    "last_chunk_padded": (
        "The last chunk is filled up with zeros.",
        "A row of zeros is an input like any other: it makes one more state. How many states belong to T steps?",
    ),
    "equal_chunks": (
        "All chunks are equally long.",
        "T is rarely a multiple of size: the last chunk is shorter. Which way of cutting allows for that?",
    ),
    "rest_starts_anew": (
        "What is left over is a run of its own.",
        "The short chunk at the end has a past as well. Which state does yours start from?",
    ),
    "rows_overwritten": (
        "t is the place in the result.",
        "Inside a chunk t begins at 0 again, so later chunks write over the first. Where does a chunk's row t stand in the whole?",
    ),
    "only_batons": (
        "One state for each chunk is the answer.",
        "These are the states between the chunks. Every time step has one, and all T are asked for.",
    ),
    "step_repeated": (
        "Chunks share the step at their boundary.",
        "One step is run twice. Which is the last t of one chunk, and which is the first t of the next?",
    ),
    "step_skipped": (
        "A chunk ends one step before the next begins.",
        "A slice leaves out its own end already. Which t of each chunk is read by nobody?",
    ),
    "first_baton_reused": (
        "The state after chunk 0 is where all others start.",
        "Each chunk goes on from the one just before it. When does your start change?",
    ),
    "same_chunk_again": (
        "Each turn reads the same steps.",
        "Your slice does not move: what has to change in it from chunk to chunk?",
    ),
    "baton_too_early": (
        "The second to last state is handed on.",
        "The next chunk starts one state too early. Which of a chunk's states is its newest?",
    ),
    "first_state_handed": (
        "A chunk's first state is handed on.",
        "That state has seen one step of the chunk only. Which of its states has seen them all?",
    ),
    "baton_averaged": (
        "A chunk is summed up by its mean state.",
        "The next step wants the state as it is after the last step. Which line averages?",
    ),
    "chunks_not_joined": (
        "A list of chunks is the sequence.",
        "There is one axis too many: chunks, and steps inside them. Along which axis do they have to be joined?",
    ),
    "joined_along_n": (
        "concatenate joins in the direction that I mean.",
        "It joins along its first axis, N, unless told otherwise. Chunks follow one another in time: which axis is that?",
    ),
    "cut_along_n": (
        "The first slice cuts time.",
        "X is (N, T, D), and a slice in the first place cuts samples. In which place does t stand?",
    ),
    "empty_chunk": (
        "There is always one chunk more than T // size.",
        "Where size divides T, your last chunk holds no step at all. How many chunks are there then?",
    ),
    "time_axis_first": (
        "A list of T states becomes an array with the axes that I want.",
        "The states are right. The list's own axis, T, comes first: which axis should stand first, and which second?",
    ),
    "last_state_alone": (
        "The last state is the answer.",
        "It is right, and it is one of T. Every time step's state is asked for.",
    ),
    "initial_state_counted": (
        "The state that I start from is a state too.",
        "There are T + 1 states, and the first comes from no step. Which ones belong to steps?",
    ),
    "one_step_chunks": (
        "Inside a chunk every step starts from the chunk's first state.",
        "The state moves on at the boundaries only. What is handed from step to step inside a chunk?",
    ),
}

_RESETS = {
    "resets_ignored": (
        "A reset changes nothing that counts.",
        "Your answer is the one without resets. What is the state before a chunk whose entry in resets is True?",
    ),
    "reset_after_chunk": (
        "The reset comes when the chunk is done.",
        "An entry of True means before its own chunk. Does your reset stand before or after the steps?",
    ),
    "resets_inverted": (
        "True means: keep the state.",
        "True means that reset_state() is called. Which branch of your if makes the zeros?",
    ),
    "reset_drops_chunk": (
        "A reset takes the chunk away.",
        "A reset clears the state, and the chunk runs all the same. What does your code do with its steps?",
    ),
    "reset_one_sample": (
        "A reset clears the first sample.",
        "It clears the whole state, one row for each sample. Which rows of yours become zeros?",
    ),
    "reset_each_step": (
        "After a reset every step of the chunk starts at zeros.",
        "The state is cleared once, and then handed on as always. How often do you look at resets in one chunk?",
    ),
    "reset_sticks": (
        "Once reset, always reset.",
        "Later chunks without a reset go on from the one before. What makes your code go back to that?",
    ),
    "reset_elsewhere": (
        "A reset may put any fresh numbers there.",
        "What did the very first chunk start from? A reset goes back to that.",
    ),
    "reset_too_late": (
        "The reset comes once the chunk has begun.",
        "The first step of that chunk still sees the old state. Which comes first in your loop, the reset or the step?",
    ),
    "reset_clears_weights": (
        "A reset clears what the layer has learned.",
        "The weights stay as they are, and so do later steps. Which of your arrays belongs to the samples, not to the layer?",
    ),
    "reset_wipes_output": (
        "Filling the state with zeros touches nothing else.",
        "The state before the reset has become zeros in your answer too: it is the same array. Where do you write into it?",
    ),
    "reset_per_step": (
        "resets has an entry for each time step.",
        "It has one for each chunk, counted from 0. Which number does your index hold, and how far does it run?",
    ),
    "size_is_count": (
        "size is the number of chunks.",
        "It is the number of steps in a chunk. How long are the pieces that you cut?",
    ),
}

_STEP_TEXTS = (
    "h_last_not_updated",
    "recurrent_term_unused",
    "bias_dropped",
    "bias_outside_tanh",
    "wh_transposed",
    "no_activation",
    "relu",
    "sigmoid",
    "tanh_per_term",
    "tanh_on_one_term",
    "h_plus_new",
    "carry_before_tanh",
    "state_added_plain",
    "stack_order",
    "bias_added_twice",
    "elementwise_product",
    "other_activation",
    "stepped_twice",
    "wx_transposed",
    "wx_wh_swapped",
    "weights_on_the_left",
    "time_reversed",
    "same_input_every_step",
    "off_by_one_input",
    "first_step_skipped",
    "last_step_skipped",
    "loop_too_long",
    "returns_first",
    "n_t_swapped",
    "only_first_sample",
    "only_last_sample",
    "state_leaks",
    "mean_over_samples",
)
"""Beliefs of lesson 01 that a state which is given shows as well."""


def _own(texts: dict[str, tuple[str, str]], *keys: str) -> dict[str, Belief]:
    return {key: Belief(key, *texts[key]) for key in keys or texts}


def _of_lesson_01(*keys: str) -> dict[str, Belief]:
    return {key: belief for key, belief in beliefs(batched=True).items() if key in keys}


def start_beliefs() -> dict[str, Belief]:
    """Return the beliefs about a run that starts from a given state, by key.

    >>> start_beliefs()["initial_state_ignored"].says
    'Every run starts in the same place.'
    """
    return common_beliefs() | _of_lesson_01(*_STEP_TEXTS) | _own(_START)


def chunk_beliefs() -> dict[str, Belief]:
    """Return the beliefs about a sequence that is run in chunks, by key."""
    steps = ("bias_dropped", "h_last_not_updated", "recurrent_term_unused", "wh_transposed", "no_activation")
    others = (
        "rows_alias",
        "reshape_for_transpose",
        "state_is_a_number",
        "carry_before_tanh",
        "time_reversed",
        "first_step_skipped",
        "n_t_swapped",
        "state_leaks",
    )
    handed = ("one_state_for_all", "samples_shuffled")
    return (
        common_beliefs()
        | _of_lesson_01(*steps, *others)
        | _own(_START, *handed)
        | _own(_CHUNKS)
        | _own(_RESETS, "size_is_count")
    )


def reset_beliefs() -> dict[str, Belief]:
    """Return the beliefs about chunks with resets between them, by key."""
    steps = ("bias_dropped", "h_last_not_updated", "recurrent_term_unused", "state_is_a_number")
    cuts = (
        "equal_chunks",
        "one_step_chunks",
        "reset_each_chunk",
        "last_chunk_dropped",
        "step_skipped",
        "last_chunk_alone",
        "time_axis_first",
        "empty_chunk",
    )
    return (
        common_beliefs()
        | _of_lesson_01(*steps)
        | _own(_CHUNKS, *cuts)
        | _own(_RESETS)
        | _own(_START, "array_as_condition")
    )
