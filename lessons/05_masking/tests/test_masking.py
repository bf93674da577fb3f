"""Masked cases hold what their exercises need, and Keras masks as the lesson says."""

import numpy as np
import pytest

from rnnshapes.layers.cases import hidden_cases, import_keras
from rnnshapes.check import check_answer
from rnnshapes.judge.compare import to_array
from rnnshapes.lessons.l05_masking.exercises import CHECKS, NOTEBOOK
from rnnshapes.lessons.l05_masking.case import make_padded, make_mean
from rnnshapes.judge.watch import is_empty


@pytest.mark.parametrize("sizes", [NOTEBOOK, *CHECKS])
def test_a_case_has_padding_of_every_kind_and_steps_that_look_like_it(sizes):
    case = make_padded(sizes, seed=3)
    differs = case.X != case.value
    assert (case.mask == differs.any(axis=2)).all()
    assert (differs.all(axis=2) != case.mask).any(), "no real step has a feature that looks like padding"
    assert not case.mask.all() and case.mask.any()
    np.testing.assert_allclose(case.h[:, -1], case.h_last, atol=1e-6)
    np.testing.assert_allclose(case.h_zeroed, case.h * case.mask[:, :, None], atol=1e-6)
    if sizes.T >= 5:  # in front, inside, at the end
        assert case.mask[0, [0, sizes.T // 2, -1]].tolist() == [False] * 3
    waits = case.mask.any(axis=1).all()
    assert waits == (sizes.N < 5) and make_mean(sizes, seed=3).mask.any(axis=1).all()


def test_hidden_cases_give_every_sample_a_real_step_where_a_mean_is_asked():
    for seed in range(30):
        for case in hidden_cases("05/mean_of_real_steps", seed=str(seed), make=make_mean):
            real = (case.X != case.value).any(axis=2)
            assert real.any(axis=1).all() and not real.all()


def test_the_states_that_are_arguments_are_those_that_keras_gives():
    case = make_mean(NOTEBOOK, seed=1)
    np.testing.assert_allclose(case.h, case._predict(return_sequences=True), atol=1e-6)
    assert case.h.dtype == np.float32


def test_before_the_first_real_step_keras_puts_out_zeros_even_if_the_state_is_not():
    keras = import_keras()
    layer = keras.layers.SimpleRNN(3, return_sequences=True, return_state=True)
    h, state = layer(
        np.ones((1, 4, 2), "float32"), mask=np.zeros((1, 4), bool), initial_state=np.ones((1, 3), "float32")
    )
    assert not np.asarray(h).any() and (np.asarray(state) == 1).all()


def test_a_mask_without_its_last_axis_is_named_and_drawn():
    def last_state(X, mask, Wx, Wh, bh):
        h = np.zeros((len(X), len(bh)))
        for t in range(X.shape[1]):
            h = np.where(mask[:, t], np.tanh(X[:, t] @ Wx + h @ Wh + bh), h)
        return h

    verdict = check_answer("05/last_state", last_state)
    assert verdict.recognised == "mask_needs_an_axis" and verdict.picture is not None
    assert "mask[:, t] is (4,) = (N,)" in verdict.got and "M meets N" in verdict.got.replace("N meets M", "M meets N")


def test_booleans_are_numbers_and_an_assignment_is_work():
    def forgets_return(h, mask):
        h[~mask] = 0

    def stub(h, mask):
        """Not yet."""

    assert to_array([[True, False]]).tolist() == [[1, 0]]
    assert is_empty(stub) and not is_empty(forgets_return)
