"""The blocks and the bias of a GRU: each wrong order is named, and Keras does what the lesson says of it."""

import re
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from rnnshapes.check import check_answer
from rnnshapes.layers.cases import import_keras
from rnnshapes.layers.run import run
from rnnshapes.lessons.l08_gru.case import moved_up
from rnnshapes.lessons.l08_gru.exercises import GRU_BEFORE, GRU_BY_HAND, GRU_STEP, MOVED_UP, NOTEBOOK

LESSON = Path(__file__).parents[1]
ORDER = "zrg"


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def step_in(order):
    """Return the step of somebody who cuts in this order."""

    def gru_step(xt, h_last, Wx, Wh, b):
        p = dict(zip(order, np.split(xt @ Wx + b[0], 3, axis=1), strict=True))
        q = dict(zip(order, np.split(h_last @ Wh + b[1], 3, axis=1), strict=True))
        z, r = (sigmoid(p[gate] + q[gate]) for gate in "zr")
        return z * h_last + (1 - z) * np.tanh(p["g"] + r * q["g"])

    return gru_step


def loop_in(order):
    """Return the loop around such a step."""

    def gru_by_hand(X, h0, Wx, Wh, b):
        h, rows = h0, []
        for t in range(X.shape[1]):
            h = step_in(order)(X[:, t], h, Wx, Wh, b)
            rows.append(h)
        return np.stack(rows, axis=1)

    return gru_by_hand


def before_in(order):
    """Return the same with the reset gate before the product."""

    def gru_before(xt, h_last, Wx, Wh, b):
        p = dict(zip(order, np.split(xt @ Wx + b, 3, axis=1), strict=True))
        U = dict(zip(order, np.split(Wh, 3, axis=1), strict=True))
        z, r = (sigmoid(p[gate] + h_last @ U[gate]) for gate in "zr")
        return z * h_last + (1 - z) * np.tanh(p["g"] + (r * h_last) @ U["g"])

    return gru_before


@pytest.mark.parametrize("order", ["".join(order) for order in permutations(ORDER)])
def test_a_wrong_order_is_named_by_the_two_blocks_that_changed_places(order):
    moved = [k for k in range(3) if order[k] != ORDER[k]]
    name = "_and_".join(ORDER[k] for k in moved) + "_swapped" if len(moved) == 2 else "blocks_moved_round"
    made = (("08/gru_step", step_in), ("08/gru_by_hand", loop_in), ("08/gru_before", before_in))
    for exercise, function in made:
        verdict = check_answer(exercise, function(order))
        assert verdict.right == (order == ORDER)
        assert verdict.recognised == ("" if verdict.right else name), exercise
        if len(moved) == 2:
            assert f"Blocks {moved[0]} and {moved[1]}" in str(verdict)


@pytest.mark.parametrize("exercise", [GRU_STEP, GRU_BY_HAND, GRU_BEFORE], ids=lambda one: one.name)
def test_the_lines_with_the_wide_weights_are_what_keras_computes(exercise):
    for case in [*exercise.check_cases(), *exercise.hidden_cases()]:
        lines = run(case.program.lines, case.arrays, case.sizes.known | case.more_sizes)[case.program.film]
        np.testing.assert_allclose(lines, exercise.expected(case), atol=1e-6)


def test_no_two_axes_of_a_case_have_one_size():
    for sizes in (NOTEBOOK, *GRU_STEP.check_sizes):
        axes = [*sizes.shape("TDM"), 3 * sizes.M, 2 * sizes.M, 2, *([sizes.N, sizes.K] if sizes.N > 1 else [])]
        assert len(set(axes)) == len(axes), sizes


def in_keras(case, bias):
    """Return every h that Keras' GRU predicts with another bias."""
    keras = import_keras()
    model = keras.Sequential([keras.Input(case.X.shape[1:]), keras.layers.GRU(case.sizes.M, return_sequences=True)])
    model.set_weights([case.weights["Wx"], case.weights["Wh"], bias])
    return model.predict(case.X.astype("float32"), verbose=0)


def test_keras_gives_the_same_h_with_the_moved_bias_and_with_no_more_zeros():
    case = MOVED_UP.check_cases()[0]
    right, M = in_keras(case, case.b), case.sizes.M
    np.testing.assert_allclose(in_keras(case, MOVED_UP.expected(case)), right, atol=1e-6)
    assert not MOVED_UP.expected(case)[1, : 2 * M].any() and MOVED_UP.expected(case)[1, 2 * M :].all()
    for unit in range(2 * M, 3 * M):  # no single number of the candidate's can move as well
        more = MOVED_UP.expected(case).copy()
        more[:, unit] = more[:, unit].sum(), 0
        assert np.abs(in_keras(case, more) - right).max() > 1e-3
    assert np.abs(in_keras(case, moved_up(case.b, 0, 1, 2)) - right).max() > 1e-2


def test_the_page_says_two_things_about_the_default_and_the_layer_has_two_rows():
    layers = import_keras().layers
    page = re.sub(r"\s+", " ", layers.GRU.__doc__)
    assert "The default one is based on" in page and "reset gate applied to hidden state before matrix" in page
    assert '`True` is `"after"` (default and cuDNN compatible)' in page and "`reset_after` is `True`" in page

    def bias(**settings):
        layer = layers.GRU(3, **settings)
        layer.build((None, None, 2))
        return layer.get_weights()[2]

    assert bias().shape == (2, 9) and not bias().any() and bias(reset_after=False).shape == (9,)
    assert layers.GRU(3).reset_after


def test_with_one_hidden_unit_both_settings_agree():
    layers, X = import_keras().layers, np.random.default_rng(1).standard_normal((4, 6, 3)).astype("float32")
    after, before = layers.GRU(1), layers.GRU(1, reset_after=False, bias_initializer="ones")
    before.build(X.shape)
    after.build(X.shape)
    Wx, Wh, b = before.get_weights()
    after.set_weights([Wx, Wh, np.stack([b, 0 * b])])
    np.testing.assert_allclose(after(X), before(X), atol=1e-6)


@pytest.fixture(scope="module")
def lecture():
    """What the lecture's cells have made when all of them have run."""
    text = (LESSON / "lecture.py").read_text(encoding="utf-8")
    cells = re.split(r"(?m)^# %%(.*)\n", text)[1:]
    made = {}
    exec("\n".join(cell for mark, cell in zip(cells[::2], cells[1::2], strict=True) if "markdown" not in mark), made)
    return made


def test_the_counts_are_those_that_the_lecture_names(lecture):
    counts = {name: layer.count_params() for name, layer in lecture["layers"].items()}
    assert counts == {"SimpleRNN": 91, "LSTM": 364, "GRU": 294} and lecture["before"].count_params() == 273


def test_z_near_one_keeps_the_state_and_r_near_zero_forgets_it(lecture):
    assert np.abs(lecture["run_with"](lecture["kept"])[:, -1] - lecture["h0"]).max() < 1e-3
    assert np.abs(lecture["g_here"] - lecture["g_elsewhere"]).max() < 1e-6


def test_the_rows_may_be_summed_in_two_blocks_and_the_third_is_off_by_what_r_holds_back(lecture):
    off = [np.abs(lecture["run_with"](lecture["summed_in"](k)) - lecture["right"]).max() for k in range(3)]
    assert max(off[:2]) < 1e-6 and round(float(off[2]), 1) == 0.2
    bias_of_g = lecture["b"][1, 2 * lecture["M"] :]
    for r in (0.001, 0.25, 0.5, 0.999):
        np.testing.assert_allclose(lecture["off_by"](r), np.tile((1 - r) * bias_of_g, (lecture["N"], 1)), atol=1e-5)


def test_the_two_settings_are_two_layers(lecture):
    after, before = lecture["both_ways"]
    assert np.abs(after - before).max() > 0.05


def test_weights_that_moved_house_fit_and_are_wrong(lecture):
    for weights in lecture["moved"].values():
        lecture["layer"].set_weights(weights)
        assert np.abs(np.asarray(lecture["layer"](lecture["X"])) - lecture["states"]).max() > 0.1


def test_answers_show_themselves_in_the_explorer_beside_keras():
    verdict = check_answer("08/gru_by_hand", loop_in("rzg"))
    assert {line["name"] for line in verdict.see().spec["yours"]["lines"]} >= {"p", "q", "z", "r", "g", "h"}


def test_a_bias_of_one_row_is_told_by_the_line_that_it_makes():
    def gru_step(xt, h_last, Wx, Wh, b):
        return step_in(ORDER)(xt, h_last, Wx, Wh, np.stack([b[0] + b[1], 0 * b[1]]))

    verdict = check_answer("08/gru_step", gru_step)
    assert verdict.recognised == "rows_summed" and "bx[j] + bh[j]" in verdict.formula
