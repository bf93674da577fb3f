"""Numbers of parameters of a stack, as wrong beliefs count them."""

from __future__ import annotations

from rnnshapes.judge.exercise import Belief
from rnnshapes.sizes import Sizes

_TEXTS = {
    "bias_not_counted": (
        "Parameters are what stands in the matrices.",
        "Each layer has a flat weight as well. How many numbers has its bias?",
    ),
    "recurrent_not_counted": (
        "A layer has a kernel and a bias.",
        "That is a Dense layer. Which weight takes the layer's own last state?",
    ),
    "kernel_only": (
        "A layer is one matrix.",
        "get_weights() gives three arrays for a SimpleRNN, two for a Dense layer.",
    ),
    "steps_counted": (
        "Each time step has weights of its own.",
        "The same weights are stamped at every step. Does a longer film need more of them?",
    ),
    "samples_counted": (
        "Each sample has weights of its own.",
        "All samples go through the same weights. Does a larger batch need more of them?",
    ),
    "two_biases": (
        "Each of the two products has its own bias.",
        "Keras' SimpleRNN adds one bias to the whole sum. How many does yours count?",
    ),
    "four_gates": (
        "A recurrent layer has four sets of weights.",
        "An LSTM has. How many sums does one step of a SimpleRNN make?",
    ),
    "layer_2_reads_x": (
        "Every layer reads the data.",
        "Layer 2 never meets the D features. How many numbers does layer 1 hand to it at each step?",
    ),
    "states_counted": (
        "The layer's outputs are its parameters.",
        "Parameters are the numbers in the weights. Outputs are computed anew for every X: which letters do weights have?",
    ),
    "square_plug": (
        "A kernel is square.",
        "Wx2 takes layer 1's states and gives layer 2's. How many numbers go in, and how many come out?",
    ),
    "state_of_layer_1": (
        "Layer 2 goes on from layer 1's state.",
        "Wh2 takes the last state of layer 2 itself. How many numbers go in, and how many come out?",
    ),
    "layers_mixed_up": (
        "M1 and M2 can trade places.",
        "M1 belongs to layer 1, M2 to layer 2. Write the letters of each weight before you multiply.",
    ),
    "layers_alike": (
        "Both layers have the same number of parameters.",
        "Two layers of the same kind differ in what they read and in their units. What are these for layer 2?",
    ),
    "sequence_flattened": (
        "A layer reads the whole film at once.",
        "It reads one step at a time. How many numbers has one step of the film below it?",
    ),
    "reads_all_below": (
        "A layer reads all layers below it.",
        "Each layer reads the one under it, and no other. How many numbers does that one hand on?",
    ),
    "head_on_layer_1": ("The head reads layer 1.", "The head sits on top of layer 2. How many numbers has its state?"),
    "part_forgotten": (
        "The head does not count.",
        "summary() lists three layers with weights. Have you added all three?",
    ),
    "adding_slip": (
        "The parts are right, so their sum is.",
        "Your three parts are right, and the whole is not their sum. Add them once more, or let Python add.",
    ),
    "t_for_d": ("T numbers go in.", "At one step the layer reads one row of X. How many numbers has a row?"),
}
COUNT_BELIEFS = {key: Belief(key, *text) for key, text in _TEXTS.items()}


def wrong_counts(sizes: Sizes) -> dict[str, dict[int, str]]:
    """Return, for layer 1, layer 2, the head and all of them, which belief counts which wrong number.

    >>> wrong_counts(Sizes(N=4, T=6, D=3, M=8, K=2, M2=5))["layer 2"][96]
    'layers_alike'
    """
    N, T, D, M1, M2, K = sizes.shape("NTDM1M2K")

    def recurrent(reads: int, units: int, *, recurs: int | None = None) -> int:
        return reads * units + (units if recurs is None else recurs) * units + units

    first, second, head = recurrent(D, M1), recurrent(M1, M2), M2 * K + K
    counted = [  # belief, layer 1, layer 2, head
        ("bias_not_counted", first - M1, second - M2, head - K),
        ("recurrent_not_counted", D * M1 + M1, M1 * M2 + M2, head),
        ("kernel_only", D * M1, M1 * M2, M2 * K),
        ("steps_counted", T * first, T * second, head),
        ("steps_counted", T * first, T * second, T * head),
        ("samples_counted", N * first, N * second, N * head),
        ("steps_counted", N * T * first, N * T * second, N * T * head),
        ("two_biases", first + M1, second + M2, head),
        ("four_gates", 4 * first, 4 * second, head),
        ("layer_2_reads_x", first, recurrent(D, M2), head),
        ("square_plug", recurrent(M1, M1), recurrent(M2, M2), head),
        ("square_plug", first, recurrent(M2, M2), head),
        ("square_plug", first, M1 * M1 + M2 * M2 + M2, head),
        ("state_of_layer_1", first, recurrent(M1, M2, recurs=M1), head),
        ("state_of_layer_1", first, M1 * M2 + M1 * M1 + M2, head),
        ("layers_mixed_up", recurrent(D, M2), recurrent(M2, M1), head),
        ("layers_mixed_up", first, M1 * M2 + M2 * M2 + M1, head),
        ("layers_alike", first, first, head),
        ("sequence_flattened", recurrent(T * D, M1), recurrent(T * M1, M2), T * M2 * K + K),
        ("sequence_flattened", first, recurrent(T * M1, M2), head),
        ("sequence_flattened", first, second, T * M2 * K + K),
        ("reads_all_below", first, recurrent(D + M1, M2), (M1 + M2) * K + K),
        ("reads_all_below", first, second, (D + M1 + M2) * K + K),
        ("head_on_layer_1", first, second, M1 * K + K),
        ("t_for_d", recurrent(T, M1), recurrent(T, M2), head),
        ("states_counted", N * T * M1, N * M2, N * K),
        ("states_counted", T * M1, T * M2, T * K),
        ("states_counted", M1, M2, K),
        ("states_counted", N * M1, N * T * M2, N * T * K),
        ("part_forgotten", 0, 0, 0),
    ]
    truth = {"layer 1": first, "layer 2": second, "head": head, "all": first + second + head}
    found: dict[str, dict[int, str]] = {key: {} for key in truth}
    for belief, *parts in counted:
        for key, number in zip(truth, [*parts, sum(parts)], strict=True):
            if number not in (0, truth[key]):
                found[key].setdefault(number, belief)
    for number in (first + second, first + head, second + head):
        found["all"].setdefault(number, "part_forgotten")
    return found
