"""Cases: weights that hide nothing, hidden cases that follow their seed, light and silent imports."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from rnnshapes.layers.cases import SEED_VARIABLE, WEIGHT_DIMS, build_model, hidden_cases, make_case
from rnnshapes.sizes import LETTERS, Sizes

SIZES = Sizes(N=4, T=7, D=3, M=5, K=2)
SEEDS = [str(number) for number in range(40)]


def numbers(case):
    return np.concatenate([array.ravel() for array in (case.X, *case.weights.values())])


def python(code):
    """Run code in a fresh interpreter; what C++ writes to the error stream is captured as well."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize("sizes", [SIZES, Sizes(1, 2, 3, 1, 1), Sizes(12, 20, 1, 11, 10)])
def test_weights_have_their_shapes_and_no_bias_hides(sizes):
    for seed in range(20):
        case = make_case(sizes, seed=seed)
        assert case.X.shape == sizes.shape("NTD")
        assert list(case.weights) == list(WEIGHT_DIMS)
        for name, dims in WEIGHT_DIMS.items():
            assert case.weights[name].shape == sizes.shape(dims)
            assert case.weights[name].dtype == np.float32
            assert case.weights[name].all()
        for name in ("bh", "bo"):
            assert np.abs(case.weights[name]).min() >= 0.19


def test_biases_have_both_signs():
    biases = np.concatenate([make_case(SIZES, seed=seed).weights["bh"] for seed in range(5)])
    assert biases.min() < 0 < biases.max()


def test_the_recurrent_matrix_forgets_slowly():
    for case in (case for seed in SEEDS for case in hidden_cases("any", seed=seed)):
        radius = np.abs(np.linalg.eigvals(case.weights["Wh"])).max()
        assert 0.69 < radius < 0.96


def test_the_same_seed_gives_the_same_numbers_and_another_does_not():
    first, again, other = (make_case(SIZES, seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(numbers(first), numbers(again))
    assert not np.isclose(numbers(first), numbers(other)).any()


def test_a_seed_may_be_a_list():
    assert np.array_equal(numbers(make_case(SIZES, seed=[3, 4])), numbers(make_case(SIZES, seed=[3, 4])))


@pytest.mark.parametrize("seed", SEEDS)
def test_hidden_sizes(seed):
    *distinct, single = hidden_cases("01/rnn_by_hand", seed=seed)
    assert len(distinct) == 3
    for case in distinct:
        sizes = case.sizes.shape(LETTERS)
        assert len(set(sizes)) == 5
        assert min(sizes) >= 2
    assert single.sizes.N == single.sizes.K == 1
    assert len({*single.sizes.shape("TDM"), 1}) == 4
    lengths = [case.sizes.T for case in (*distinct, single)]
    assert min(lengths) < 5
    assert 10 < max(lengths) <= 20


def test_a_private_seed_changes_sizes_and_numbers(monkeypatch):
    monkeypatch.delenv(SEED_VARIABLE, raising=False)
    public = hidden_cases("01/rnn_by_hand")
    again = hidden_cases("01/rnn_by_hand")
    monkeypatch.setenv(SEED_VARIABLE, "what only the instructor knows")
    private = hidden_cases("01/rnn_by_hand")
    private_again = hidden_cases("01/rnn_by_hand")
    for one, other in ((public, again), (private, private_again)):
        assert [case.sizes for case in one] == [case.sizes for case in other]
        assert all(np.array_equal(numbers(a), numbers(b)) for a, b in zip(one, other, strict=True))
    assert all(a.sizes != b.sizes for a, b in zip(public[:3], private[:3], strict=True))
    assert all(not np.isin(numbers(a), numbers(b)).any() for a, b in zip(public, private, strict=True))


def test_every_exercise_has_hidden_cases_of_its_own():
    one, other = (hidden_cases(name, seed="s") for name in ("01/rnn_by_hand", "01/rnn_by_hand_batched"))
    assert not any(np.isin(numbers(a), numbers(b)).any() for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("sizes", [SIZES, Sizes(1, 9, 4, 6, 1), Sizes(8, 1, 2, 3, 5)])
def test_the_twin_ends_where_the_model_does(sizes):
    case = make_case(sizes, seed=5)
    assert case.Yhat.shape == sizes.shape("NK")
    assert case.Yhats.shape == sizes.shape("NTK")
    np.testing.assert_allclose(case.Yhats[:, -1], case.Yhat, rtol=0, atol=1e-6)


def test_the_models_hold_the_weights_of_the_case():
    case = make_case(SIZES, seed=6)
    for model in (case.model, case.twin):
        for given, held in zip(case.weights.values(), model.get_weights(), strict=True):
            np.testing.assert_array_equal(given, held)


def test_one_step_of_the_model_is_the_formula():
    case = make_case(Sizes(N=3, T=1, D=4, M=6, K=2), seed=7)
    Wx, _, bh, Wo, bo = case.weights.values()
    np.testing.assert_allclose(case.Yhat, np.tanh(case.X[:, 0] @ Wx + bh) @ Wo + bo, rtol=0, atol=1e-6)


def test_a_model_without_weights_is_the_lectures():
    model = build_model(Sizes(N=1, T=10, D=3, M=5, K=2))
    rnn, head = model.layers
    assert (rnn.count_params(), head.count_params()) == (45, 12)
    assert (rnn.activation.__name__, head.activation.__name__) == ("tanh", "linear")
    _, _, bh, _, bo = model.get_weights()
    assert not bh.any() and not bo.any()  # Keras' biases start at zero


def test_importing_the_package_loads_neither_tensorflow_nor_matplotlib():
    done = python(
        "import sys, rnnshapes, rnnshapes.layers.cases\n"
        "from rnnshapes import Sizes, CourseError, TOLERANCE, make_case\n"
        "make_case(Sizes(4, 7, 3, 5, 2), seed=0)\n"
        "print([name for name in ('tensorflow', 'keras', 'matplotlib') if name in sys.modules])"
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_keras_is_imported_in_silence_and_with_full_precision():
    done = python(
        "import os, sys\n"
        "os.environ.pop('TF_CPP_MIN_LOG_LEVEL', None)\n"
        "from rnnshapes import import_keras\n"
        "keras = import_keras()\n"
        "import tensorflow as tf\n"
        "full = not tf.config.experimental.tensor_float_32_execution_enabled()\n"
        "print(full, keras.layers is tf.keras.layers)\n"
        "print('heard', file=sys.stderr)"
    )  # the error stream is back after the import
    assert (done.stdout.strip(), done.stderr.strip()) == ("True True", "heard"), done.stderr


def test_keras_comes_without_what_it_does_not_need_and_takes_a_table_all_the_same():
    done = python(
        "import sys\n"
        "from rnnshapes import import_keras\n"
        "layers = import_keras().layers\n"
        "print([name for name in ('pandas', 'sklearn', 'matplotlib') if name in sys.modules])\n"
        "import matplotlib.pyplot, pandas, sklearn.linear_model\n"
        "table = pandas.DataFrame({'a': [1.0, 2.0], 'b': [3.0, 5.0]})\n"
        "model = import_keras().Sequential([layers.Dense(1)])\n"
        "print((model.predict(table, verbose=0) == model.predict(table.values, verbose=0)).all())"
    )
    assert done.stdout.split("\n")[:2] == ["[]", "True"], done.stderr
