"""The order of an LSTM's gates: each wrong one is named, Keras has the one that is taught, and does what is said of it."""

import re
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from rnnshapes.check import check_answer
from rnnshapes.layers.cases import import_keras
from rnnshapes.layers.run import run
from rnnshapes.lessons import find_exercise
from rnnshapes.lessons.l07_lstm.exercises import FOUND, LSTM_BY_HAND, LSTM_STEP, NOTEBOOK, STRANGER

LESSON = Path(__file__).parents[1]
ORDER = "ifco"


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def step_in(order):
    """Return the step of somebody who cuts in this order."""

    def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
        parts = dict(zip(order, np.split(xt @ Wx + h_last @ Wh + bh, 4, axis=1), strict=True))
        c = sigmoid(parts["f"]) * c_last + sigmoid(parts["i"]) * np.tanh(parts["c"])
        return sigmoid(parts["o"]) * np.tanh(c), c

    return lstm_step


def loop_in(order):
    """Return the loop around such a step."""
    step = step_in(order)

    def lstm_by_hand(X, h0, c0, Wx, Wh, bh):
        h, c, rows = h0, c0, []
        for t in range(X.shape[1]):
            h, c = step(X[:, t], h, c, Wx, Wh, bh)
            rows.append(h)
        return np.stack(rows, axis=1)

    return lstm_by_hand


def named_for(order):
    """Return the beliefs that an order shows: who changed places with whom, pair by pair."""
    moved = [k for k in range(4) if order[k] != ORDER[k]]
    pairs = {frozenset((k, ORDER.index(order[k]))) for k in moved}
    if not all(order[ORDER.index(order[k])] == ORDER[k] for k in moved):
        return "blocks_moved_round"
    return " + ".join(f"{ORDER[a]}_and_{ORDER[b]}_swapped" for a, b in sorted(map(sorted, pairs)))


@pytest.mark.parametrize("order", ["".join(order) for order in permutations(ORDER)])
def test_a_wrong_order_is_named_by_the_two_blocks_that_changed_places(order):
    for name, function in (("07/lstm_step", step_in(order)), ("07/lstm_by_hand", loop_in(order))):
        verdict = check_answer(name, function)
        assert verdict.right == (order == ORDER)
        assert verdict.recognised == named_for(order), name
        wrong = [ORDER.index(letter) for letter, right in zip(order, ORDER, strict=True) if letter != right]
        if len(wrong) == 2:
            assert f"Blocks {min(wrong)} and {max(wrong)}" in str(verdict)


@pytest.mark.parametrize("order", ["".join(order) for order in permutations(ORDER)])
def test_an_order_that_is_typed_is_right_or_has_a_name(order):
    verdict = check_answer("07/found", {f"block {block}": letter for block, letter in enumerate(order)})
    assert verdict.right == (order == "".join(FOUND.truth.values())) and verdict.right != bool(verdict.recognised)


def test_the_strange_order_is_that_of_the_notebook_and_has_no_block_where_keras_has_it():
    text = (LESSON / "assignment.py").read_text(encoding="utf-8")
    assert re.findall(r"default_rng\((\d+)\)\.permutation", text) == [str(STRANGER)]
    assert all(letter != right for letter, right in zip(FOUND.truth.values(), ("i", "f", "c", "o"), strict=True))


@pytest.mark.parametrize("exercise", [LSTM_STEP, LSTM_BY_HAND], ids=lambda one: one.name)
def test_the_lines_with_the_wide_weights_are_what_keras_computes(exercise):
    for case in [*exercise.check_cases(), *exercise.hidden_cases()]:
        lines = run(case.program.lines, case.arrays, case.sizes.known | case.more_sizes)[case.program.film]
        np.testing.assert_allclose(lines, exercise.expected(case), atol=1e-6)


def test_no_two_axes_of_a_case_have_one_size():
    for sizes in (NOTEBOOK, *LSTM_STEP.check_sizes):
        axes = [*sizes.shape("TDM"), 4 * sizes.M, 2 * sizes.M, *([sizes.N, sizes.K] if sizes.N > 1 else [])]
        assert len(set(axes)) == len(axes), sizes


def test_return_state_gives_three_things_and_c_has_no_film():
    case = LSTM_BY_HAND.check_cases()[0]
    states, h, c = (np.asarray(part) for part in case.layer()(case.X.astype("float32")))
    assert states.ndim == 3 and h.shape == c.shape == (case.sizes.N, case.sizes.M)
    assert np.array_equal(states[:, -1], h) and not np.allclose(h, c)


def test_the_forget_bias_is_one_and_the_documentation_goes_further_than_keras():
    layers = import_keras().layers
    assert 'force `bias_initializer="zeros"`' in re.sub(r"\s+", " ", layers.LSTM.__doc__)

    def bias(**settings):
        layer = layers.LSTM(3, **settings)
        layer.build((None, None, 2))
        return layer.get_weights()[2].reshape(4, 3)[:, 0].round(6).tolist()

    assert bias() == [0, 1, 0, 0]
    assert bias(unit_forget_bias=False) == [0, 0, 0, 0]
    assert bias(bias_initializer=import_keras().initializers.Constant(0.25)) == [0.25, 1, 0.25, 0.25]


def test_a_verdict_says_which_of_the_two_states_is_wrong():
    def lstm_step(*arguments):
        h, c = step_in(ORDER)(*arguments)
        return 1.1 * h, c

    assert check_answer("07/lstm_step", lstm_step).got.endswith(" in h")


def test_answers_show_themselves_in_the_explorer_beside_keras():
    verdict = check_answer("07/lstm_by_hand", loop_in("icfo"))
    assert {line["name"] for line in verdict.see().spec["yours"]["lines"]} >= {"z", "i", "f", "g", "o", "c", "h"}
    assert find_exercise("07/lstm_step").kind == "step"
