"""Watching a student's function: what came back, what helped, and whether it loops over the samples."""

from __future__ import annotations

import gc
import sys
import textwrap

import numpy as np
import pytest

from rnnshapes.judge.watch import count_steps, is_empty, is_library, steps_grow, watch
from rnnshapes.layers.cases import import_keras

X = np.arange(24.0).reshape(2, 4, 3)


def test_the_value_comes_back():
    outcome = watch(lambda x, y: x + y, 2, 3)
    assert (outcome.value, outcome.error, outcome.helpers) == (5, None, ())


@pytest.mark.parametrize("error", [ValueError("no"), NotImplementedError(), SystemExit(0), RecursionError()])
def test_an_exception_is_caught_and_kept(error):
    def answer(x):
        raise error

    outcome = watch(answer, X)
    assert outcome.error is error
    assert outcome.value is None


def test_quit_does_not_end_the_notebook():
    assert isinstance(watch(lambda: sys.exit("bye")).error, SystemExit)


def test_an_interrupt_is_the_users_own():
    def answer():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        watch(answer)


def test_arguments_are_copies():
    kept, in_list = X.copy(), [X.copy(), X.copy()]

    def spoil(x, xs):
        x *= 0
        xs[0][:] = 7
        xs.clear()

    assert watch(spoil, kept, in_list).error is None
    np.testing.assert_array_equal(kept, X)
    assert len(in_list) == 2
    np.testing.assert_array_equal(in_list[0], X)


def test_counting_steps_works_on_copies_as_well():
    kept = X.copy()
    assert count_steps(lambda x: x.fill(0), kept) > 0
    np.testing.assert_array_equal(kept, X)


def test_a_keras_layer_is_noted():
    keras = import_keras()
    layer = keras.layers.SimpleRNN(5)
    outcome = watch(lambda x: np.asarray(layer(x)), X)
    assert outcome.value.shape == (2, 5)
    assert outcome.helpers[0].startswith("keras.")


def test_predict_is_noted():
    keras = import_keras()
    model = keras.Sequential([keras.Input((4, 3)), keras.layers.SimpleRNN(5)])
    model.compile(run_eagerly=True)
    assert any("predict" in helper for helper in watch(lambda x: model.predict(x, verbose=0), X).helpers)


def test_a_tensorflow_operation_is_noted():
    import tensorflow as tf

    outcome = watch(lambda x: tf.tanh(x).numpy(), X)
    np.testing.assert_allclose(outcome.value, np.tanh(X))
    assert outcome.helpers[0].startswith("tensorflow.")


def test_help_is_noted_when_the_answer_fails_after_it():
    keras = import_keras()

    def answer(x):
        keras.activations.tanh(x)
        raise ValueError("afterwards")

    outcome = watch(answer, X)
    assert isinstance(outcome.error, ValueError)
    assert outcome.helpers


def test_numpy_is_no_help():
    import_keras()
    assert watch(lambda x: np.apply_along_axis(np.tanh, 0, x @ np.ones((3, 5))), X).helpers == ()


def test_a_model_that_is_cleaned_up_during_the_call_is_no_help():
    """Old models are collected by whichever code runs next: their clean-up is not the student's doing."""
    keras = {"__name__": "keras.models"}
    exec("class Model:\n    def __del__(self): done.append(1)", keras)
    done = keras["done"] = []
    gc.collect()
    model = keras["Model"]()
    model.itself = model  # only the collector finds it, and soon: it is young
    del model
    assert watch(lambda x: [[n] for n in range(5000)], X).helpers == ()
    gc.collect()
    assert done == [1]
    assert gc.isenabled()


def test_tracing_is_over_when_the_call_is():
    before = sys.getprofile(), sys.gettrace(), gc.isenabled()
    watch(max, [])
    count_steps(max, [1])
    with pytest.raises(ValueError):
        count_steps(max, [])
    assert (sys.getprofile(), sys.gettrace(), gc.isenabled()) == before


def test_a_collector_that_was_off_stays_off():
    gc.disable()
    try:
        watch(max, [1])
        assert not gc.isenabled()
    finally:
        gc.enable()


def one_sample(x):
    return x.sum(axis=0)


def for_loop(X):
    found = []
    for x in X:
        found.append(x.sum(axis=0))
    return found


def while_loop(X):
    n, found = 0, []
    while n < len(X):
        found.append(X[n].sum(axis=0))
        n += 1
    return found


def recursion(X):
    return [] if len(X) == 0 else [X[0].sum(axis=0), *recursion(X[1:])]


LOOPS = {
    "for": for_loop,
    "while": while_loop,
    "recursion": recursion,
    "comprehension": lambda X: np.array([x.sum(axis=0) for x in X]),
    "comprehension over indices": lambda X: np.array([X[n].sum(axis=0) for n in range(len(X))]),
    "generator": lambda X: np.stack(list(x.sum(axis=0) for x in X)),
    "dictionary": lambda X: {n: x.sum(axis=0) for n, x in enumerate(X)},
    "helper": lambda X: [one_sample(x) for x in X],
    "map of a lambda": lambda X: list(map(lambda x: x.sum(axis=0), X)),
    "the shortest lambda": lambda X: list(map(lambda x: x, X)),
    "map of a function": lambda X: list(map(one_sample, X)),
    "apply_along_axis": lambda X: np.apply_along_axis(lambda row: row[::2].sum(), 1, X.reshape(-1, 12)),
    "vectorize": lambda X: np.vectorize(lambda n: X[n].sum())(np.arange(len(X))),
    "loop over t and n": lambda X: [[x[t] for x in X] for t in range(X.shape[1])],
}


def loop_over_t(X):
    h = np.zeros((len(X), 5))
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ np.ones((3, 5)) + h @ np.eye(5))
    return h


AT_ONCE = {
    "sum": lambda X: X.sum(axis=1),
    "einsum": lambda X: np.einsum("ntd->nd", X),
    "loop over t": loop_over_t,
    "comprehension over t": lambda X: [X[:, t] @ np.ones((3, 5)) for t in range(X.shape[1])],
    "transposed": lambda X: [step.sum(axis=1) for step in X.transpose(1, 0, 2)],
    "library that loops": lambda X: np.apply_along_axis(np.sum, 1, X),
}


def samples(*numbers):
    return [(N, (np.ones((N, 4, 3)),)) for N in numbers]


@pytest.mark.parametrize("name", LOOPS)
def test_a_loop_over_samples_grows(name):
    assert steps_grow(LOOPS[name], samples(3, 12))


@pytest.mark.parametrize("name", AT_ONCE)
def test_at_once_does_not_grow(name):
    assert not steps_grow(AT_ONCE[name], samples(3, 12))


def test_a_single_sample_more_is_seen():
    assert steps_grow(for_loop, samples(3, 4))
    assert not steps_grow(loop_over_t, samples(3, 4))


def test_steps_are_counted_not_timed():
    counted = {count_steps(for_loop, X) for _ in range(5)}
    assert len(counted) == 1


def test_longer_sequences_cost_more_steps():
    short, long = (count_steps(loop_over_t, np.ones((2, T, 3))) for T in (3, 30))
    assert long > short + 27


def test_what_belongs_to_a_library():
    assert is_library(np.__file__)
    assert is_library(textwrap.__file__)
    assert is_library("<frozen importlib._bootstrap>")
    assert is_library(sys.modules["rnnshapes.judge.watch"].__file__)
    assert not is_library(__file__)
    assert not is_library("<string>")


def nothing(x):
    """Only words."""


def dots(x): ...


def works(x):
    return x.sum()


def keeps(x):
    y = 3  # noqa: F841


def forgets(x):
    x[:, 0] + x[:, None]


def hands_back(x):
    return x


@pytest.mark.parametrize(
    ("function", "empty"),
    [
        (nothing, True),
        (dots, True),
        (works, False),
        (keeps, False),
        (forgets, False),
        (hands_back, True),
        (print, False),
    ],
)
def test_empty_functions(function, empty):
    assert is_empty(function) is empty
