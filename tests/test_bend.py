"""Bent models: straight ones agree with predict(), and a wide run gives what separate runs give."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnnshapes.layers.bend import run_bends, run_cells, straight
from rnnshapes.layers.cases import import_keras, make_case
from rnnshapes.sizes import Sizes

SIZES = Sizes(N=3, T=4, D=2, M=5, K=6)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softmax(z):
    return np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)


FUNCTIONS = {
    "tanh": np.tanh,
    "linear": lambda z: z,
    "relu": lambda z: np.maximum(z, 0),
    "sigmoid": sigmoid,
    "softmax": softmax,
    "tan": np.tan,
    "arctan": np.arctan,
    "sin": np.sin,
    "half tanh": lambda z: np.tanh(z / 2),
    "double tanh": lambda z: np.tanh(2 * z),
    "tanh twice": lambda z: np.tanh(np.tanh(z)),
    "leaky_relu": lambda z: np.where(z > 0, z, 0.2 * z),
    "softsign": lambda z: z / (1 + np.abs(z)),
    "elu": lambda z: np.where(z > 0, z, np.exp(np.minimum(z, 0)) - 1),
    "hard_sigmoid": lambda z: np.clip(z / 6 + 0.5, 0, 1),
}


@pytest.fixture(scope="module")
def case():
    return make_case(SIZES, seed=3)


def by_hand(bend):
    """Return h (N, T, M) and ŷ (N, T, K) of a bend, computed without Keras."""
    h = np.broadcast_to(bend.h0, (len(bend.X), len(bend.h0)))
    hs = []
    for t in range(bend.X.shape[1]):
        h = FUNCTIONS[bend.activation](bend.X[:, t] @ bend.Wx + h @ bend.Wh + bend.bh)
        hs.append(h)
    hs = np.stack(hs, axis=1)
    return hs, FUNCTIONS[bend.head](FUNCTIONS[bend.readout](hs) @ bend.Wo + bend.bo)


@pytest.mark.parametrize("sizes", [SIZES, Sizes(1, 9, 4, 3, 1), Sizes(7, 12, 9, 8, 2), Sizes(2, 1, 3, 1, 4)])
def test_nothing_bent_is_predict(sizes):
    case = make_case(sizes, seed=1)
    [run] = run_bends([straight(case)])
    assert run.h.shape == sizes.shape("NTM")
    np.testing.assert_allclose(run.Yhats, case.Yhats, rtol=0, atol=2e-6)
    np.testing.assert_allclose(run.Yhats[:, -1], case.Yhat, rtol=0, atol=2e-6)


def many_bends(case):
    base = straight(case)
    return [
        base,
        replace(base, activation="relu"),
        replace(base, activation="softmax"),
        replace(base, X=base.X[:, ::-1]),
        replace(base, Wh=base.Wh.T, head="softmax"),
        replace(base, h0=np.ones(case.sizes.M)),
        replace(base, activation="linear", readout="tanh"),
        replace(base, readout="softmax", head="sigmoid"),
        replace(base, bo=0 * base.bo, Wo=-base.Wo),
        replace(base, activation="tanh twice", head="tanh", bh=2 * base.bh),
    ]


def test_a_wide_run_is_many_separate_runs(case):
    bends = many_bends(case)
    for wide, bend in zip(run_bends(bends), bends, strict=True):
        [alone] = run_bends([bend])
        np.testing.assert_allclose(wide.h, alone.h, rtol=0, atol=1e-12)
        np.testing.assert_allclose(wide.Yhats, alone.Yhats, rtol=0, atol=1e-12)


def test_a_wide_run_is_the_formula(case):
    bends = many_bends(case)
    for run, bend in zip(run_bends(bends), bends, strict=True):
        h, Yhats = by_hand(bend)
        np.testing.assert_allclose(run.h, h, rtol=0, atol=1e-10)
        np.testing.assert_allclose(run.Yhats, Yhats, rtol=0, atol=1e-10)


def test_bends_do_not_see_each_other(case):
    """A neighbour whose numbers explode leaves the other blocks as they were."""
    base = straight(case)
    wild = replace(base, activation="linear", Wh=1e20 * base.Wh)
    neighbours = run_bends([base, wild, replace(base, activation="sigmoid")])
    assert np.abs(neighbours[1].h).max() > 1e50
    np.testing.assert_allclose(neighbours[0].Yhats, case.Yhats, rtol=0, atol=2e-6)


@pytest.mark.parametrize("where", ["activation", "readout", "head"])
def test_every_activation_in_every_place(case, where):
    base = straight(case)
    bends = [replace(base, **{where: name}) for name in FUNCTIONS]
    for name, run, bend in zip(FUNCTIONS, run_bends(bends), bends, strict=True):
        h, Yhats = by_hand(bend)
        if name == "tan" and where == "activation":  # tan has poles: only the first steps are tame
            h, Yhats, run = h[:, :1], Yhats[:, :1], replace(run, h=run.h[:, :1], Yhats=run.Yhats[:, :1])
        np.testing.assert_allclose(run.h, h, rtol=1e-7, atol=1e-7, err_msg=name)
        np.testing.assert_allclose(run.Yhats, Yhats, rtol=1e-7, atol=1e-7, err_msg=name)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_activation_alone(case, name):
    bend = replace(straight(case), X=case.X[:, :1], activation=name)
    [run] = run_bends([bend])
    np.testing.assert_allclose(run.h, by_hand(bend)[0], rtol=1e-7, atol=1e-7)


def test_softmax_of_one_output_makes_no_warning(recwarn):
    [run] = run_bends([replace(straight(make_case(Sizes(2, 3, 4, 5, 1), seed=0)), head="softmax")])
    assert not recwarn.list
    np.testing.assert_array_equal(run.Yhats, 1)


def test_straight_keeps_the_case_as_it_was(case):
    kept = {name: value.copy() for name, value in case.weights.items()}
    run_bends([replace(straight(case), bh=0 * case.weights["bh"]), straight(case)])
    for name, value in kept.items():
        np.testing.assert_array_equal(case.weights[name], value)


def right_step(case, a, h, extra, times):
    new = import_keras().ops.tanh(a + times(h) + case.weights["bh"].astype("float64"))
    return new, new, extra


def test_the_right_step_is_the_truth(case):
    [run] = run_cells(case, [lambda *given: right_step(case, *given)])
    [truth] = run_bends([straight(case)])
    np.testing.assert_allclose(run.h, truth.h, rtol=0, atol=1e-10)
    np.testing.assert_allclose(run.Yhats, case.Yhats, rtol=0, atol=2e-6)


def test_the_extra_state_starts_at_zeros_and_is_handed_on(case):
    [run] = run_cells(case, [lambda a, h, extra, times: [extra + 1, h, extra + 1]])  # the head sees t + 1
    expected = np.broadcast_to(np.arange(1.0, SIZES.T + 1)[:, None], SIZES.shape("NTM"))
    np.testing.assert_array_equal(run.h, expected)


def test_the_head_sees_the_first_and_the_next_step_the_second(case):
    [run] = run_cells(case, [lambda a, h, extra, times: [h, h + 1, extra]])
    np.testing.assert_array_equal(run.h[0, :, 0], np.arange(SIZES.T))


def test_a_wrong_step_shows(case):
    [run] = run_cells(case, [lambda a, h, extra, times: right_step(case, a, h + extra, extra, times)[:2] + (h,)])
    assert np.abs(run.Yhats - case.Yhats).max() > 1e-2
    np.testing.assert_allclose(run.Yhats[:, 0], case.Yhats[:, 0], rtol=0, atol=2e-6)  # step 0 has no past
