"""The one table: parsed rightly, equal to Keras, and put into sentences."""

import string

import numpy as np
import pytest

from rnnshapes.errors import CourseError
from rnnshapes.layers import words as flow
from rnnshapes.layers.index_strings import Product, dim_of, parse
from rnnshapes.layers.words import (
    BACKWARD,
    DENSE,
    EACH_STEP,
    FORWARD,
    FUNCTIONS,
    HANDED_ON,
    LAYER_1,
    LAYER_2,
    MASKED,
    SIMPLE_RNN,
    STACK_HEAD,
    TIME_FIRST,
    one_step,
    order_of_axes,
)
from rnnshapes.sizes import Sizes

SIZES = Sizes(N=3, T=4, D=2, M=5, K=6)


def evaluate(line, arrays, sizes):
    """Compute one line of the table with einsum: a loop over t if the result has t, else once."""
    shape = sizes.shape(line.result.dims)
    arrays = {line.result.name: np.zeros(shape), **arrays} if "t" in line.result.index else arrays
    steps = range(sizes.T) if "t" in line.result.index else [None]
    backward = any("t+1" in product.left.index for product in line.products)
    for t in reversed(steps) if backward else steps:
        value = evaluate_step(line, arrays, t, sizes)
        if t is None:
            return value
        arrays[line.result.name][:, t] = value
    return arrays[line.result.name]


def evaluate_step(line, arrays, t, sizes):
    """Compute one line of the table at one step."""
    total = 0.0
    for term in line.terms:
        factors = (term.left, term.right) if isinstance(term, Product) else (term,)
        picked = [_at(factor, arrays[factor.name], t, sizes) for factor in factors]
        outgoing = [letter for letter in line.result.index if letter != "t"]
        letters = dict(
            zip(
                dict.fromkeys([i for names, _ in picked for i in names] + outgoing),
                string.ascii_letters,
                strict=False,
            )
        )
        inputs = ",".join("".join(letters[i] for i in names) for names, _ in picked)
        kept = [i for i in outgoing if any(i in names for names, _ in picked)]
        output = "".join(letters[i] for i in kept)
        # the bias broadcasts from the right, as everywhere
        total = total + np.einsum(f"{inputs}->{output}", *(array for _, array in picked))
    return FUNCTIONS[line.function](total)


def _at(piece, array, t, sizes):
    """Return the letters that remain and the array at this step."""
    index, names = [], []
    for letter in piece.index:
        if letter in ("t", "t-1", "t+1", "T-1"):
            now = -2 if t is None else t  # a line without t has T-1 alone
            index.append({"t": now, "t-1": now - 1, "t+1": now + 1, "T-1": sizes.T - 1}[letter])
        else:
            index.append(slice(None))
            names.append(letter)
    if -1 in index or ("t+1" in piece.index and t == sizes.T - 1):  # before the first step, after the last
        return names, np.zeros([sizes.of(dim_of(letter)) for letter in names])
    return names, array[tuple(index)]


@pytest.mark.parametrize("sizes", [SIZES, Sizes(1, 7, 3, 4, 1), Sizes(4, 1, 6, 2, 3)])
def test_the_table_is_what_keras_computes(sizes):
    from tensorflow import keras

    rng = np.random.default_rng(0)
    model = keras.Sequential(
        [keras.Input((sizes.T, sizes.D)), keras.layers.SimpleRNN(sizes.M), keras.layers.Dense(sizes.K)]
    )
    names = ("Wx", "Wh", "bh", "Wo", "bo")
    shapes = {**flow.operand_shapes(SIMPLE_RNN, sizes), **flow.operand_shapes(DENSE, sizes)}
    arrays = {name: rng.normal(0, 0.5, shapes[name]) for name in names}
    model.set_weights([arrays[name] for name in names])
    arrays["X"] = rng.normal(size=shapes["X"])
    arrays["h"] = evaluate(SIMPLE_RNN, arrays, sizes)
    predicted = model.predict(arrays["X"], verbose=0)
    np.testing.assert_allclose(evaluate(DENSE, arrays, sizes), predicted, atol=1e-5)
    film = keras.Sequential([keras.Input((sizes.T, sizes.D)), keras.layers.SimpleRNN(sizes.M, return_sequences=True)])
    film.add(keras.layers.Dense(sizes.K))
    film.set_weights(model.get_weights())
    every = evaluate(flow.DENSE_EVERY_STEP, arrays, sizes)
    np.testing.assert_allclose(every, film.predict(arrays["X"], verbose=0), atol=1e-5)
    cell = flow.cell_arithmetic(DENSE, arrays, {"n": sizes.N - 1, "k": 0, "T": sizes.T})
    assert abs(cell.value - predicted[-1, 0]) < 1e-5


@pytest.mark.parametrize("sizes", [SIZES, Sizes(1, 7, 3, 4, 1), Sizes(4, 1, 6, 2, 3)])
def test_the_two_films_are_what_bidirectional_computes(sizes):
    from tensorflow import keras

    rng = np.random.default_rng(0)
    half = keras.layers.SimpleRNN(sizes.M, return_sequences=True)
    model = keras.Sequential([keras.Input((sizes.T, sizes.D)), keras.layers.Bidirectional(half, merge_mode=None)])
    shapes = {**flow.operand_shapes(FORWARD, sizes), **flow.operand_shapes(BACKWARD, sizes)}
    names = [weight.name for weight in FORWARD.weights + BACKWARD.weights]
    assert names == ["Wxf", "Whf", "bhf", "Wxb", "Whb", "bhb"]
    arrays = {name: rng.normal(0, 0.5, shapes[name]) for name in names}
    model.set_weights([arrays[name] for name in names])
    arrays["X"] = rng.normal(size=shapes["X"])
    for line, predicted in zip((FORWARD, BACKWARD), model.predict(arrays["X"], verbose=0), strict=True):
        arrays[line.result.name] = evaluate(line, arrays, sizes)
        np.testing.assert_allclose(arrays[line.result.name], predicted, atol=1e-5)
        for t in {0, sizes.T - 1}:
            cell = flow.cell_arithmetic(line, arrays, {"n": 0, "t": t, "m": 1})
            assert abs(cell.value - predicted[0, t, 1]) < 1e-5


def test_the_backward_film_reads_the_step_after():
    arrays = {name: np.full(shape, 0.5) for name, shape in flow.operand_shapes(BACKWARD, SIZES).items()}
    sentence = flow.cell_arithmetic(BACKWARD, arrays, {"n": 1, "t": 2, "m": 0}).sentence
    assert "hb[1,3,:] · Whb[:,0]" in sentence
    assert "+ zeros · Whb[:,0]" in flow.cell_arithmetic(BACKWARD, arrays, {"n": 1, "t": 3, "m": 0}).sentence


def test_the_table_names_keras_weights_in_keras_order():
    assert [weight.name for weight in SIMPLE_RNN.weights + DENSE.weights] == ["Wx", "Wh", "bh", "Wo", "bo"]
    assert not any(piece.is_weight for product in SIMPLE_RNN.products for piece in [product.left])


def test_shapes_and_contracted_letters():
    assert flow.operand_shapes(SIMPLE_RNN, SIZES) == {
        "X": (3, 4, 2),
        "Wx": (2, 5),
        "h": (3, 4, 5),
        "Wh": (5, 5),
        "bh": (5,),
    }
    assert flow.contracted(SIMPLE_RNN) == {("X", "Wx"): "D", ("h", "Wh"): "M"}
    assert flow.contracted(DENSE) == {("h", "Wo"): "M"}


def test_one_step_loses_t_and_n():
    step = one_step(SIMPLE_RNN)
    assert [(p.left.name, p.left.dims, p.dims) for p in step.products] == [
        ("x[t]", ("D",), ("M",)),
        ("h_last", ("M",), ("M",)),
    ]
    slab = one_step(SIMPLE_RNN, keep="n")
    assert [(p.left.name, p.left.dims) for p in slab.products] == [
        ("X[:, t]", ("N", "D")),
        ("h_last", ("N", "M")),
    ]
    assert one_step(DENSE, keep="n").result.dims == ("N", "K")


def test_sentences_have_the_fixed_form():
    assert flow.product_sentence(SIMPLE_RNN.products[0], SIZES) == (
        "X (3×4×2) times Wx (2×5) gives (3×4×5); the shared D = 2 disappears."
    )


def test_one_cell_with_its_arithmetic():
    arrays = {
        "X": np.ones((1, 2, 2)),
        "Wx": np.full((2, 3), -0.25),
        "Wh": np.full((3, 3), 0.1),
        "h": np.full((1, 2, 3), 0.5),
        "bh": np.full(3, -0.27),
    }
    cell = flow.cell_arithmetic(SIMPLE_RNN, arrays, {"n": 0, "t": 1, "m": 2})
    assert cell.sentence == (
        "h[0,1,2]: row X[0,1,:] · column Wx[:,2] + h[0,0,:] · Wh[:,2] + bh[2] = −0.62, tanh = −0.55."
    )
    assert ("X[0,1,:] · Wx[:,2]", "1.00·(−0.25) + 1.00·(−0.25) = −0.50") in cell.rows
    first = flow.cell_arithmetic(SIMPLE_RNN, arrays, {"n": 0, "t": 0, "m": 2})
    assert "zeros · Wh[:,2]" in first.sentence


def test_clashes_are_said_in_letters():
    sizes = Sizes(N=4, T=7, D=3, M=5, K=2)
    assert flow.clash_sentence("x[t]", (3,), "Wh", (5, 5), sizes) == (
        "x[t] is (3,) = (D,), Wh is (5, 5) = (M, M): D meets M."
    )
    assert flow.clash_sentence("h", (5,), "bo", (2,), sizes, operator="+").endswith(": M meets K.")
    assert flow.clash_sentence("x", (7, 3), "Wx", (3, 5), sizes).endswith(": every axis fits.")
    assert "no axis" in flow.clash_sentence("x", (), "Wx", (3, 5), sizes)
    assert flow.should_be("Wx", (5, 3), sizes) == "Wx should be (3, 5) = (D, M)."
    assert flow.should_be("Wx", (3, 5), sizes) == flow.should_be("mine", (9,), sizes) == ""


@pytest.mark.parametrize("left", [(3,), (7, 3), (4, 7, 3), (5, 7, 3)])
@pytest.mark.parametrize("right", [(3,), (5,), (3, 5), (5, 3), (4, 3, 5), (2, 3, 5)])
@pytest.mark.parametrize("operator", ["@", "+"])
def test_a_clash_is_found_when_numpy_finds_one(left, right, operator):
    compute = np.matmul if operator == "@" else np.add
    try:
        compute(np.zeros(left), np.zeros(right))
        fits = True
    except ValueError:
        fits = False
    assert (flow.clash_axes(left, right, operator=operator) == []) == fits


def test_a_product_needs_one_shared_index():
    with pytest.raises(CourseError, match="expected exactly one"):
        parse("y[n] = a[n]·b[m]")


@pytest.mark.parametrize("sizes", [SIZES, Sizes(1, 7, 3, 4, 1)])
def test_lesson_00s_lines_are_what_numpy_and_keras_compute(sizes):
    from tensorflow import keras

    rng = np.random.default_rng(0)
    shapes = flow.operand_shapes(EACH_STEP, sizes)
    arrays = {name: rng.normal(size=shapes[name]) for name in ("X", "W", "b")}
    dense = keras.layers.Dense(sizes.M)
    dense.build(shapes["X"])
    dense.set_weights([arrays["W"], arrays["b"]])
    through = evaluate(EACH_STEP, {"Z": np.zeros(shapes["Z"]), **arrays}, sizes)
    np.testing.assert_allclose(through, np.asarray(dense(arrays["X"])), atol=1e-5)
    np.testing.assert_array_equal(
        arrays["X"].transpose(order_of_axes(TIME_FIRST)),
        [[arrays["X"][n, t] for n in range(sizes.N)] for t in range(sizes.T)],
    )


@pytest.mark.parametrize("sizes", [Sizes(3, 4, 2, 5, 6, M2=7), Sizes(1, 6, 3, 8, 2, M2=4)])
def test_the_lines_of_a_stack_are_what_keras_computes(sizes):
    from rnnshapes.lessons.l03_stacking.case import STACK_DIMS, make_stacked_case

    case = make_stacked_case(sizes, seed=0)
    arrays = {"X": case.X, **case.weights}
    for line in (LAYER_1, LAYER_2):
        arrays[line.result.name] = evaluate(line, arrays, sizes)
    np.testing.assert_allclose(arrays["h1"], case.h1, atol=1e-5)
    np.testing.assert_allclose(evaluate(STACK_HEAD, arrays, sizes), case.Yhat, atol=1e-5)
    weights = [weight for line in (LAYER_1, LAYER_2, STACK_HEAD) for weight in line.weights]
    assert {weight.name: "".join(weight.dims) for weight in weights} == STACK_DIMS
    assert [weight.name for weight in weights] == list(STACK_DIMS)
    assert flow.contracted(LAYER_2) == {("h1", "Wx2"): "M1", ("h2", "Wh2"): "M2"}


@pytest.mark.parametrize("sizes", [SIZES, Sizes(5, 7, 3, 4, 1)])
def test_the_line_with_a_mask_is_what_keras_computes(sizes):
    from tensorflow import keras

    rng = np.random.default_rng(3)
    shapes = flow.operand_shapes(MASKED.then, sizes)
    arrays = {name: rng.normal(0, 0.5, shape) for name, shape in shapes.items()}
    mask = rng.random(sizes.shape("NT")) < 0.6
    arrays["X"][~mask] = 0
    layer = keras.layers.SimpleRNN(sizes.M, return_sequences=True)
    model = keras.Sequential([keras.Input(sizes.shape("TD")), keras.layers.Masking(), layer])
    layer.set_weights([arrays[name] for name in ("Wx", "Wh", "bh")])
    arrays["h"] = np.zeros(shapes["h"])
    for t in range(sizes.T):
        new = evaluate_step(MASKED.then, arrays, t, sizes)
        names, kept = _at(MASKED.otherwise, arrays["h"], t, sizes)
        assert names == ["n", "m"] and MASKED.condition.index == ("n", "t")
        arrays["h"][:, t] = np.where(mask[:, t, None], new, kept)
    np.testing.assert_allclose(arrays["h"], model.predict(arrays["X"], verbose=0), atol=1e-5)


def test_a_masked_step_is_said_in_words():
    assert MASKED.sentence == "Where mask[n,t] is False, h[n,t] is h[n,t-1]"
    assert MASKED.then == SIMPLE_RNN


@pytest.mark.parametrize("sizes", [SIZES, Sizes(1, 7, 3, 4, 1)])
def test_what_is_handed_on_is_what_keras_returns_and_takes(sizes):
    from tensorflow import keras

    rng = np.random.default_rng(0)
    X = rng.normal(size=(sizes.N, 2 * sizes.T, sizes.D)).astype("float32")
    layer = keras.layers.SimpleRNN(sizes.M, return_sequences=True, return_state=True, bias_initializer="normal")
    whole, _ = layer(X)
    states, h = layer(X[:, : sizes.T])
    handed = evaluate(HANDED_ON, {"h": np.asarray(states)}, sizes)
    np.testing.assert_allclose(handed, h, atol=1e-6)
    later, _ = layer(X[:, sizes.T :], initial_state=handed.astype("float32"))
    np.testing.assert_allclose(later, whole[:, sizes.T :], atol=1e-6)
    assert handed.shape == sizes.shape(HANDED_ON.result.dims) == sizes.shape(flow.expected_dims("h0"))
