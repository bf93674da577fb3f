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
ORDER = "ifgo"


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def step_in(order):
    """Return the step of somebody who cuts in this order."""

    def lstm_step(xt, h_last, c_last, Wx, Wh, bh):
        parts = dict(zip(order, np.split(xt @ Wx + h_last @ Wh + bh, 4, axis=1), strict=True))
        c = sigmoid(parts["f"]) * c_last + sigmoid(parts["i"]) * np.tanh(parts["g"])
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
    assert re.findall(r"default_rng\((\d+)\)\.integers\(4, size=\(9, 2\)\)", text) == [str(STRANGER)]
    assert all(letter != right for letter, right in zip(FOUND.truth.values(), ORDER, strict=True))


def test_the_letter_of_the_lecture_and_that_of_keras_are_both_right_and_nothing_shows_which_are_wrong():
    for candidate in ("g", "c", " G"):
        found = {block: candidate if letter == "g" else letter for block, letter in FOUND.truth.items()}
        assert check_answer("07/found", found).right
    verdict = check_answer("07/found", dict(zip(FOUND.truth, "ofgi", strict=True)))
    assert all(block in verdict.got for block in FOUND.truth) and "of 4" not in str(verdict)


@pytest.mark.parametrize("exercise", [LSTM_STEP, LSTM_BY_HAND], ids=lambda one: one.name)
def test_the_lines_with_the_wide_weights_are_what_keras_computes(exercise):
    for case in [*exercise.check_cases(), *exercise.hidden_cases()]:
        lines = run(case.program.lines, case.arrays, case.sizes.known | case.more_sizes)[case.program.film]
        np.testing.assert_allclose(lines, exercise.expected(case), atol=1e-6)


def test_no_two_axes_of_a_case_have_one_size():
    for sizes in (NOTEBOOK, *LSTM_STEP.check_sizes):
        axes = [*sizes.shape("TDM"), 4 * sizes.M, 2 * sizes.M, *([sizes.N, sizes.K] if sizes.N > 1 else [])]
        assert len(set(axes)) == len(axes), sizes


def test_return_state_gives_three_things_and_c_has_no_row_for_each_step():
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


@pytest.fixture(scope="module")
def lecture():
    """What the lecture's cells have made when all of them have run."""
    text = (LESSON / "lecture.py").read_text(encoding="utf-8")
    cells = re.split(r"(?m)^# %%(.*)\n", text)[1:]
    made = {}
    exec("\n".join(cell for mark, cell in zip(cells[::2], cells[1::2], strict=True) if "markdown" not in mark), made)
    return made


def test_what_is_left_of_the_first_row_is_what_the_lecture_says(lecture):
    end = {name: float(parts[-1]) for name, parts in lecture["left"].items()}
    assert [round(value, 2) for value in end.values()] == [0.01, 0.0, 0.07, 1.43, 0.91]
    assert end["LSTM, bias 0"] < end["SimpleRNN, h"] < end["LSTM, bias 1"] < 0.1
    assert np.all(np.diff(lecture["left"]["bias 5, Wh = 0"]) < 0)
    assert round(sigmoid(5) ** 11, 2) == 0.93 and round(sigmoid(1), 2) == 0.73
    assert sigmoid(1) ** 300 < 1e-40 and round(1 / sigmoid(5) ** 300) in (7, 8)


def test_a_state_without_c_is_off_at_once_and_its_difference_fades(lecture):
    off = np.abs(np.asarray(lecture["h_alone"]) - lecture["states"][:, 6:]).max(axis=(0, 2))
    assert off[0] > 0.2 and off[-1] < 0.2 * off[0]
    assert np.allclose(lecture["both"], lecture["states"][:, 6:], atol=1e-6)


def test_with_f_and_o_exchanged_c_is_right_after_one_step_from_zeros_and_h_is_not(lecture):
    zeros, first = lecture["zeros"], lecture["X"][:, 0]
    for order, c_is_right in (("ifgo", True), ("igfo", False), ("ifog", False), ("iogf", True)):
        h, c = lecture["step_in_order"](order, first, zeros, zeros)
        assert np.allclose(c, lecture["c_whole"], atol=1e-6) == c_is_right
        assert np.allclose(h, lecture["h_whole"], atol=0.1) == (order == "ifgo")


def test_a_verdict_says_which_of_the_two_states_is_wrong():
    def lstm_step(*arguments):
        h, c = step_in(ORDER)(*arguments)
        return 1.1 * h, c

    assert check_answer("07/lstm_step", lstm_step).got.endswith(" in h")


def test_answers_show_themselves_in_the_explorer_beside_keras():
    verdict = check_answer("07/lstm_by_hand", loop_in("igfo"))
    assert {line["name"] for line in verdict.see().spec["yours"]["lines"]} >= {"z", "i", "f", "g", "o", "c", "h"}
    assert find_exercise("07/lstm_step").kind == "step"
