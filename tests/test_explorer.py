"""The explorer's Python side: what the module is told, what a notebook gets, what is refused."""

import base64
import re
import subprocess
import sys

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

import rnnshapes
from rnnshapes import Sizes
from rnnshapes.errors import CourseError
from rnnshapes.explorer.dummy import dummy_numbers
from rnnshapes.explorer.models import read_model
from rnnshapes.explorer.spec import line_text, module_file
from rnnshapes.layers import tables as gates
from rnnshapes.layers import words as flow
from rnnshapes.layers.index_strings import parse

SIZES = Sizes(N=3, T=4, D=2, M=5, K=6)


@pytest.fixture(scope="module")
def keras():
    return rnnshapes.import_keras()


def model_of(keras, *layers, T=4, D=2):
    model = keras.Sequential([keras.Input((T, D)), *layers])
    model.compile(run_eagerly=True)
    return model


def test_importing_the_package_imports_no_widgets():
    code = "import sys, rnnshapes; rnnshapes.Sizes; print([m for m in ('anywidget', 'matplotlib') if m in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


def test_the_module_is_small_and_asks_for_nothing():
    text = module_file("explorer.js")
    assert len(text.encode()) <= 60_000
    assert not re.search(r"https?:|\bfetch\(|^\s*import |</script|<!--", text, re.M)
    assert text.endswith("export default { render, evaluate };\n")


def test_the_lines_are_the_tables():
    spec = rnnshapes.explore(SIZES).spec
    assert tuple(line["text"] for line in spec["lines"]) == flow.TABLE[:2]
    assert spec["breaks"] == ["bias", "carry", "swap"]
    for line in (*gates.LSTM_TABLE, *gates.GRU_TABLE, *gates.GRU_RESET_BEFORE_TABLE):
        assert line_text(parse(line)) == line


def test_a_number_keeps_its_value_when_its_box_grows():
    small, large = (dummy_numbers(3, "X", shape, scale=1.7) for shape in ((2, 3), (7, 9)))
    np.testing.assert_array_equal(small, large[:2, :3])
    assert np.abs(large).max() <= 1.7 and large.std() > 0.5
    assert not (dummy_numbers(3, "Y", (7, 9), scale=1.7) == large).all()
    biases = np.abs(dummy_numbers(0, "bh", (200,), bias=True))
    assert 0.2 <= biases.min() and biases.max() <= 0.6


def test_arrays_have_the_tables_shapes():
    arrays = rnnshapes.explore(SIZES).arrays
    shapes = flow.operand_shapes(flow.SIMPLE_RNN, SIZES) | flow.operand_shapes(flow.DENSE, SIZES)
    assert {name: array.shape for name, array in arrays.items()} == {name: shapes[name] for name in arrays}
    radius = np.abs(np.linalg.eigvals(rnnshapes.explore(Sizes(3, 4, 2, 16, 6)).arrays["Wh"])).max()
    assert radius < 1.2


def test_a_model_is_read_with_its_weights_under_the_tables_names(keras):
    layers = keras.layers
    model = model_of(keras, layers.SimpleRNN(5, return_sequences=True), layers.SimpleRNN(7), layers.Dense(6))
    X = np.ones((3, 4, 2), "float32")
    reading = read_model(model, X)
    assert [line_text(line.flow) for line in reading.lines] == [
        "h1[n,t,m1] = tanh( X[n,t,d]·Wx1[d,m1] + h1[n,t-1,m1']·Wh1[m1',m1] + bh1[m1] )",
        "h2[n,t,m2] = tanh( h1[n,t,m1]·Wx2[m1,m2] + h2[n,t-1,m2']·Wh2[m2',m2] + bh2[m2] )",
        "y[n,k] = h2[n,T-1,m2]·Wo[m2,k] + bo[k]",
    ]
    assert reading.sizes == {"N": 3, "T": 4, "D": 2, "M1": 5, "M2": 7, "K": 6}
    for name, weight in zip(("Wx1", "Wh1", "bh1", "Wx2", "Wh2", "bh2", "Wo", "bo"), model.get_weights(), strict=True):
        np.testing.assert_array_equal(reading.arrays[name], weight)


def test_what_the_explorer_shows_is_what_was_given(keras):
    model = model_of(keras, keras.layers.SimpleRNN(5), keras.layers.Dense(6))
    X = np.random.default_rng(0).standard_normal((3, 4, 2))
    explorer = rnnshapes.explore(X=X, model=model)
    np.testing.assert_array_equal(explorer.arrays["X"], X.astype("float32"))
    np.testing.assert_array_equal(explorer.arrays["Wh"], model.layers[0].get_weights()[1])
    assert explorer.spec["keras"]["shape"] == [3, 6]
    assert {letter: entry["max"] for letter, entry in explorer.spec["letters"].items()} == SIZES.known


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda keras: {}, "expected one of the two"),
        (lambda keras: {"X": np.ones((3, 4, 2))}, "expected one of the two"),
        (lambda keras: {"sizes": SIZES, "at": "h[0,1]"}, "expected a number of h[n,t,m], y[n,k]"),
        (lambda keras: {"sizes": SIZES, "at": "h[0,4,1]"}, "Got t = 4 in 'h[0,4,1]', expected 0 to 3"),
        (lambda keras: {"sizes": SIZES, "show": "box"}, "expected boxes, step, time, sum"),
        (
            lambda keras: {"X": np.ones((4, 2)), "model": model_of(keras, keras.layers.SimpleRNN(5))},
            "expected (N, T, D)",
        ),
        (lambda keras: {"X": np.ones((3, 4, 9)), "model": model_of(keras, keras.layers.SimpleRNN(5))}, "on axis 2 (D)"),
        (
            lambda keras: {
                "X": np.ones((3, 4, 2)),
                "model": keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)]),
            },
            "takes (None, 4)",
        ),
        (lambda keras: {"X": np.ones((3, 4, 2)), "model": model_of(keras, keras.layers.Flatten())}, "a layer Flatten"),
        (
            lambda keras: {"X": np.ones((3, 4, 2)), "model": model_of(keras, keras.layers.Masking())},
            "without a recurrent",
        ),
        (
            lambda keras: {
                "X": np.ones((3, 4, 2)),
                "model": model_of(keras, keras.layers.SimpleRNN(5, activation="gelu")),
            },
            "Got activation 'gelu'",
        ),
    ],
)
def test_what_cannot_be_explored_is_said(keras, make, message):
    with pytest.raises(CourseError, match=re.escape(message)):
        rnnshapes.explore(**make(keras))


def test_a_notebook_gets_the_figure_and_the_page(monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    explorer = rnnshapes.explore(SIZES)
    bundle = explorer._repr_mimebundle_()
    assert set(bundle) == {"text/html", "image/png", "text/plain"}
    alt = re.search(r'<img alt="([^"]+)"', bundle["text/html"])[1]
    assert alt == bundle["text/plain"] and len(alt) <= 250
    assert "_link" not in vars(explorer)  # no server, no line to the kernel


def test_only_a_server_outside_colab_gets_a_line_to_the_kernel(monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", "notebooks/01_rnn_shapes.ipynb")
    explorer = rnnshapes.explore(SIZES)
    assert set(explorer._repr_mimebundle_()) == {
        "text/html",
        "image/png",
        "text/plain",
    }  # a view would outlive its model
    link = vars(explorer)["_link"]
    assert link.name in explorer.to_html() and link.state == explorer.state
    link.state = link.state | {"cell": "y"}  # as the page does
    assert explorer.state["cell"] == "y"
    monkeypatch.setitem(sys.modules, "google.colab", object())
    other = rnnshapes.explore(SIZES)
    other._repr_mimebundle_()
    assert "_link" not in vars(other)


def test_a_model_without_an_input_is_built_by_its_first_call(keras):
    model = keras.Sequential([keras.layers.SimpleRNN(5), keras.layers.Dense(6)])
    assert rnnshapes.explore(X=np.ones((3, 4, 2)), model=model).arrays["Wx"].shape == (2, 5)


def test_a_model_made_without_our_import_is_shown_in_full_precision(keras):
    import tensorflow as tf

    model = keras.Sequential([keras.Input((4, 2)), keras.layers.SimpleRNN(5)])
    tf.config.experimental.enable_tensor_float_32_execution(True)  # as TensorFlow starts on a GPU
    rnnshapes.explore(X=np.ones((3, 4, 2)), model=model)
    assert not tf.config.experimental.tensor_float_32_execution_enabled()


def test_data_cannot_end_the_script():
    explorer = rnnshapes.explore(SIZES)
    explorer.spec["note"] = "</script><b>"
    assert explorer.to_html().count("</script>") == 1


def test_running_a_notebook_stores_no_widget_state(monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    code = "import rnnshapes\nrnnshapes.explore(rnnshapes.Sizes(N=3, T=4, D=2, M=5, K=6))"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    assert "widgets" not in notebook.metadata and "text/html" in notebook.cells[0].outputs[0].data


def test_what_the_model_gives_stands_beside_the_half_that_it_belongs_to(keras):
    X = np.random.default_rng(0).normal(size=(2, 5, 3)).astype("float32")

    def given(layer):
        model = keras.Sequential([keras.Input((5, 3)), layer])
        spec = rnnshapes.explore(X=X, model=model).spec
        if spec["keras"] is None:
            return None, np.asarray(model(X))
        numbers = np.frombuffer(base64.b64decode(spec["keras"]["data"]), f"<{spec['keras']['type']}")
        return numbers.reshape(spec["keras"]["shape"]), np.asarray(model(X))

    both, expected = given(keras.layers.Bidirectional(keras.layers.SimpleRNN(4, return_sequences=True)))
    np.testing.assert_array_equal(both, expected[:, :, 4:])
    every, expected = given(keras.layers.SimpleRNN(4, return_sequences=True))
    np.testing.assert_array_equal(every, expected)
    assert given(keras.layers.SimpleRNN(4))[0] is None  # (N, M) beside h[n,t,m]: nothing that could be compared
