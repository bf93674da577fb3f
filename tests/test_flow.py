"""The one table: parsed rightly, equal to Keras, and put into sentences."""

import string

import numpy as np
import pytest

from rnnshapes import flow
from rnnshapes.errors import CourseError
from rnnshapes.flow import DENSE, FUNCTIONS, SIMPLE_RNN, one_step
from rnnshapes.index_strings import Product, parse
from rnnshapes.sizes import Sizes

SIZES = Sizes(N=3, T=4, D=2, M=5, K=6)


def evaluate(line, arrays, sizes):
    """Compute one line of the table with einsum: a loop over t if the result has t, else once."""
    shape = sizes.shape(line.result.dims)
    arrays = {line.result.name: np.zeros(shape), **arrays} if "t" in line.result.index else arrays
    steps = range(sizes.T) if "t" in line.result.index else [None]
    for t in steps:
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
        value = FUNCTIONS[line.function](total)
        if t is None:
            return value
        arrays[line.result.name][:, t] = value
    return arrays[line.result.name]


def _at(piece, array, t, sizes):
    """Return the letters that remain and the array at this step."""
    index, names = [], []
    for letter in piece.index:
        if letter in ("t", "t-1", "T-1"):
            step = {"t": t, "t-1": None if t is None else t - 1, "T-1": sizes.T - 1}[letter]
            index.append(step)
        else:
            index.append(slice(None))
            names.append(letter)
    if -1 in index:  # before the first step
        return names, np.zeros([sizes.of(letter[0].upper()) for letter in names])
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
    assert ("X[0,1,:] · Wx[:,2]", "1.00·−0.25 + 1.00·−0.25 = −0.50") in cell.rows
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
