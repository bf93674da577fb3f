"""Wrong beliefs about which weight is which: a student's words, and a hint that stops short of the solution."""

from __future__ import annotations

from rnnshapes.beliefs.common import beliefs
from rnnshapes.judge.exercise import Belief

_TEXTS = {
    "order_assumed": (
        "The weights always come in Keras' order.",
        "Here the list is shuffled. What else than its place tells a weight's name?",
    ),
    "biases_swapped": (
        "The biases can trade places.",
        "One bias is added to M numbers, the other to K numbers. Which is which?",
    ),
    "wx_wh_swapped": (
        "Wx and Wh can trade places.",
        "One of them takes D numbers in, the other M. Which axis of a weight is the one that goes in?",
    ),
    "wx_transposed": (
        "Wx is (M, D).",
        "x[t] is a row of D numbers and stands to the left of Wx. Which axis of Wx comes first?",
    ),
    "wo_transposed": (
        "Wo is (K, M).",
        "h is a row of M numbers and stands to the left of Wo. Which axis of Wo comes first?",
    ),
    "ndim_only": ("The number of axes is enough.", "Three of the weights have two axes. What tells these three apart?"),
    "sizes_from_notebook": (
        "D, M and K are known: they stand in the first cells.",
        "The function gets D, M and K as arguments, and they differ from the notebook's. Use those.",
    ),
    "weights_turned": (
        "Matrices act from the left, so I turn them round.",
        "Name them and hand them on as they are. In this lecture data are rows, and rows stand on the left.",
    ),
    "keys_and_values_swapped": (
        "The dict goes from shapes to names.",
        "The names are the keys, and the arrays are the values.",
    ),
    "tuple_comma": (
        "The biases will be found.",
        "No bias was recognised. Has each of the two a line of its own? If so, print (M) and a bias's shape: are both tuples?",
    ),
    "list_is_not_tuple": (
        "My comparison finds the shapes.",
        "The dict is empty: no comparison was true. array.shape is a tuple of numbers. Print one beside what you compare it with.",
    ),
    "returns_first": (
        "The first weight settles it.",
        "The dict has one entry. Does the function end inside the loop, or does each turn make a new dict?",
    ),
    "weight_missing": (
        "Four weights are enough.",
        "One name is missing from your dict. Which of Wx, Wh, bh, Wo and bo has no line of its own?",
    ),
    "sorted_by_size": (
        "The weights keep their order by size.",
        "Which is larger depends on D, M and K, and they change. What does not?",
    ),
    "by_number_of_entries": (
        "The number of entries tells a weight.",
        "With K = 1 a (M, 1) and a (M,) have the same number of entries. Compare whole shapes.",
    ),
    "one_axis_only": (
        "One letter is enough.",
        "Several weights share a letter. Compare the whole shape, every axis of it.",
    ),
    "array_equality": (
        "list.remove and `in` find an array.",
        "They compare with ==, which gives an array of answers, not one. Compare shapes, not arrays.",
    ),
    "shape_not_in_table": (
        "My table has every shape.",
        "The error names a key that is not in your table. Is it a shape (a tuple)? Which letters is it made of?",
    ),
    "wx_wo_swapped": (
        "Wx takes the state to the output.",
        "The x in Wx is the input. How many numbers does one input have?",
    ),
    "one_array_two_names": (
        "The biases are the same.",
        "Two of your names hold the same array. How do the two biases differ?",
    ),
    "keras_layer": (
        "Keras may name the weights.",
        "Shapes are enough here, and no layer is needed. What does array.shape tell you?",
    ),
    "wrong_type": ("Any container will do.", "The five arrays are read by name: hand back a dict."),
    "wh_wo_swapped": (
        "Wh takes the state to the output.",
        "One of the two hands a state on, the other leaves the network. Which one ends in K numbers?",
    ),
    "wrong_keys": ("Any key will do.", "The keys are the lecture's names, letter for letter: Wx, Wh, bh, Wo, bo."),
    "shapes_instead_of_arrays": (
        "The shape is the answer.",
        "The dict holds the arrays themselves: the shape is how you recognise them.",
    ),
}
NAMING_BELIEFS = {key: Belief(key, *text) for key, text in _TEXTS.items()} | {
    key: belief
    for key, belief in beliefs().items()
    if key in ("not_written", "returns_nothing", "function_overwritten")
}
