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
from rnnshapes.draw.theme import DARK, LIGHT
from rnnshapes.errors import CourseError
from rnnshapes.explorer import explore_lines
from rnnshapes.explorer.dummy import dummy_numbers
from rnnshapes.explorer.prediction import read_model
from rnnshapes.explorer.spec import module_file
from rnnshapes.explorer.trees import parse_line
from rnnshapes.layers import tables as gates
from rnnshapes.layers import words as flow
from rnnshapes.layers.run import run

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
    assert len(text.encode()) <= 82_000
    assert not re.search(r"https?:|\bfetch\(|^\s*import |</script|<!--", text, re.M)
    assert text.endswith("export default { render, evaluate };\n")


def test_the_lines_are_the_tables():
    spec = rnnshapes.explore(SIZES).spec
    assert tuple(line["text"] for line in spec["lines"]) == flow.TABLE[:2]
    assert spec["breaks"] == ["bias", "carry", "swap"]
    for line in (*gates.LSTM_TABLE, *gates.GRU_TABLE, *gates.GRU_RESET_BEFORE_TABLE):
        terms = parse_line(line).sides[0]["terms"]
        assert all("name" in term or "left" in term for term in terms), line  # each can be drawn as a product


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
    reading = read_model(model, X).reading
    assert reading.lines == [
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
    assert explorer.spec["keras"]["of"]["y"]["shape"] == [3, 6]
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


def given(spec, name):
    """What stands beside a line as Keras' number."""
    numbers = spec["keras"]["of"][name]
    return np.frombuffer(base64.b64decode(numbers["data"]), f"<{numbers['type']}").reshape(numbers["shape"])


def test_what_the_model_gives_stands_beside_the_half_that_it_belongs_to(keras):
    X = np.random.default_rng(0).normal(size=(2, 5, 3)).astype("float32")
    model = model_of(keras, keras.layers.Bidirectional(keras.layers.SimpleRNN(4, return_sequences=True)), T=5, D=3)
    spec, expected = rnnshapes.explore(X=X, model=model).spec, np.asarray(model(X))
    np.testing.assert_array_equal(given(spec, "hb"), expected[:, :, 4:])
    np.testing.assert_array_equal(given(spec, "both"), expected)
    spec = rnnshapes.explore(X=X, model=model_of(keras, keras.layers.SimpleRNN(4), T=5, D=3)).spec
    assert spec["lines"][-1]["text"] == "h_last[n,m] = h[n,T-1,m]" and set(spec["keras"]["of"]) == {"h_last"}


def padded():
    X = np.random.default_rng(1).normal(size=(4, 7, 3)).astype("float32")
    X[0, 5:], X[1, 3:], X[2, 0] = 0, 0, 0
    return X


def refused(keras):
    """Models whose numbers the lines can't say, each with what the message has to name."""
    L, X = keras.layers, keras.Input((7, 3))
    film = L.LSTM(3, return_state=True)(X)
    twice = L.SimpleRNN(3, return_sequences=True)

    class Own(keras.Model):
        def __init__(self):
            super().__init__()
            self.rnn = L.SimpleRNN(5)

        def call(self, x):
            return self.rnn(x[:, ::-1])

    class Double(keras.Model):
        def call(self, x):
            return 2 * super().call(x)

    class SimpleRNN(L.SimpleRNN):  # the name of one that we know
        def call(self, sequences, initial_state=None, mask=None, training=False):
            return super().call(sequences[:, ::-1], mask=mask)

    def stack(*layers):
        return keras.Sequential([keras.Input((7, 3)), *layers])

    both, one = L.Bidirectional, L.SimpleRNN(4)
    yield "Masking at place 1", stack(L.GRU(3, return_sequences=True), L.Masking(), L.LSTM(5))
    yield "go_backwards=True in backward", stack(L.SimpleRNN(4, go_backwards=True, name="backward"))
    yield "twice in one model", keras.Model(X, twice(twice(X)))
    yield "initial_state", keras.Model(X, one(X, initial_state=keras.ops.ones((4, 4))))
    yield "initial_state", keras.Model(X, L.LSTM(3)(X, initial_state=film[1:]))
    yield "other numbers", keras.Model(X, one(X, mask=keras.ops.any(keras.ops.not_equal(X, 0), -1)))
    yield "output 2 of", keras.Model(X, L.Dense(2)(film[2]))
    yield "outputs: 3", keras.Model(X, film)
    yield "inputs: 2", keras.Model([X, keras.Input((7, 3))], L.SimpleRNN(4)(X))
    yield "2 inputs into", keras.Model(X, L.Add()([L.SimpleRNN(3)(X), L.GRU(3)(X)]))
    yield "a layer GetItem", keras.Model(X, L.SimpleRNN(4)(X[:, ::-1]))
    yield "the class Own", Own()
    yield "other numbers", Double(X, L.SimpleRNN(4)(X))
    yield "other numbers", stack(SimpleRNN(4), L.Dense(2, kernel_initializer="zeros"))  # though its output agrees
    yield "other numbers", stack(L.SimpleRNN(4, dtype="float16"))
    yield "the layer SimpleRNN alone", L.SimpleRNN(5)
    yield "a layer Sequential", stack(stack(L.SimpleRNN(4)))
    yield "a layer RNN", stack(L.RNN(L.SimpleRNNCell(3)))
    yield "merge_mode='sum'", stack(both(L.GRU(3), merge_mode="sum"))
    yield "GRU and LSTM", stack(both(L.GRU(3), backward_layer=L.LSTM(3, go_backwards=True)))


def test_a_model_whose_numbers_the_lines_cannot_say_is_refused(keras):
    for words, model in refused(keras):
        with pytest.raises(CourseError, match=re.escape(words)):
            rnnshapes.explore(X=padded(), model=model)


def test_looking_at_a_stateful_model_leaves_its_state_and_starts_from_it(keras):
    L = keras.layers
    layers = [L.Bidirectional(L.LSTM(5, stateful=True, return_sequences=True)), L.GRU(4, stateful=True), L.Dense(2)]
    model = keras.Sequential([keras.Input(batch_shape=(4, 7, 3)), *layers])
    model(padded())
    half = model.layers[0].backward_layer
    before = [np.array(variable.numpy()) for variable in half.states]
    first, second = (rnnshapes.explore(X=padded(), model=model) for _ in range(2))
    np.testing.assert_array_equal(before, [variable.numpy() for variable in half.states])
    assert first.spec["keras"] == second.spec["keras"]
    assert first.spec["starts"]["hb1"]["text"] == "hb1[n,T,m1] = h0b1[n,m1]"
    np.testing.assert_array_equal(first.arrays["h0b1"], before[0].astype("float32"))


def attending(keras, X, C=None, *, H=2, M=3, masked=False, causal=False, **options):
    """A model that is one MultiHeadAttention with random weights: X over itself, or over C."""
    L, rng = keras.layers, np.random.default_rng(12)
    inputs = [keras.Input(box.shape[1:]) for box in (X, C) if box is not None]
    boxes = [L.Masking()(one) for one in inputs] if masked else inputs
    model = keras.Model(
        inputs if C is not None else inputs[0],
        L.MultiHeadAttention(H, M, **options)(boxes[0], boxes[-1], use_causal_mask=causal),
    )
    model.set_weights([rng.standard_normal(weight.shape) for weight in model.get_weights()])
    return model


@pytest.mark.parametrize(
    ("options", "lines"),
    [
        ({}, {"e": "q[n,h,t,m]·k[n,h,s,m] / sqrt(M)", "k": "X[n,s,d]·Wk[d,h,m] + bk[h,m]"}),
        ({"causal": True, "use_bias": False}, {"allowed": "(s < t+1)", "k": "X[n,s,d]·Wk[d,h,m]"}),
        ({"causal": True, "masked": True}, {"allowed": "real[n,t]*real[n,s]*(s < t+1)"}),
        ({"masked": True, "dropout": 0.5}, {"allowed": "real[n,t]*real[n,s]"}),
        ({"other": True, "H": 1}, {"k": "C[n,s,d]·Wk[d,h,m] + bk[h,m]"}),
        ({"other": True, "masked": True}, {"allowed": "realX[n,t]*realC[n,s]"}),
    ],
)
def test_attention_is_read_with_both_masks_and_its_numbers_are_keras(keras, options, lines):
    X, C = padded(), padded()[::-1, :5] if options.pop("other", False) else None
    model = attending(keras, X, C, **options)
    given_X = X if C is None else [X, C]
    explorer, Y = rnnshapes.explore(X=given_X, model=model), np.asarray(model(given_X))
    spec = explorer.spec
    assert lines.items() <= {line["name"]: line["text"].split(" = ")[1] for line in spec["lines"]}.items()
    results = run(
        [line["text"] for line in spec["lines"]],
        explorer.arrays,
        spec["sizes"] | {"S": (X if C is None else C).shape[1]},
    )
    np.testing.assert_array_equal(given(spec, "Y"), Y)
    np.testing.assert_allclose(results["Y"], Y, atol=1e-5)
    names = (
        ("Wq", "Wk", "Wv", "Wo")
        if options.get("use_bias") is False
        else ("Wq", "bq", "Wk", "bk", "Wv", "bv", "Wo", "bo")
    )
    for name, weight in zip(names, model.get_weights(), strict=True):
        np.testing.assert_array_equal(explorer.arrays[name], weight)
    seen = [keras.layers.Masking()(box) if options.get("masked") else box for box in (X, C) if box is not None]
    asked = {"use_causal_mask": options.get("causal", False), "return_attention_scores": True}
    w = np.asarray(model.layers[-1](seen[0], seen[-1], **asked)[1])
    looks = results["allowed"].any(axis=-1) if "allowed" in results else np.ones(Y.shape[:2], bool)
    by_row = np.swapaxes(
        results["w"] - np.asarray(w), 1, 2
    )  # (N, T, H, S): a row that may see nothing is Keras' own affair
    assert looks.any() and np.abs(by_row[looks]).max() < 1e-5
    assert spec["panels"] == ["square", "sum"] and spec["letters"]["T"]["min"] == X.shape[1]
    assert explorer.state["cell"] == "w" and "Weights w[t,s]" in explorer.picture.alt


def refused_attention(keras):
    L, X, padded_X = keras.layers, keras.Input((7, 3)), padded()

    def layer(*boxes, **options):
        return L.MultiHeadAttention(2, 3, name="heads")(*boxes, **options)

    mask = np.tri(7, dtype=bool)[None]

    class MultiHeadAttention(L.MultiHeadAttention):  # the name of the one that we know
        def _compute_attention(self, query, key, value, *args, **options):
            return super()._compute_attention(query, key, 2 * value, *args, **options)

    yield "inside of a longer model", keras.Model(X, L.Dense(1)(layer(X, X)[:, -1])), padded_X
    yield "an attention_mask in heads", keras.Model(X, layer(X, X, attention_mask=mask)), padded_X
    yield "a key of its own in heads", keras.Model([X, c := keras.Input((7, 3))], layer(X, X, key=c)), [padded_X] * 2
    yield "the weights alone", keras.Model(X, layer(X, X, return_attention_scores=True)[1]), padded_X
    yield "Got Dense before heads", keras.Model(X, layer(L.Dense(3)(X), X)), padded_X
    yield "Got LSTM before heads", keras.Model(X, layer(one := L.LSTM(3, return_sequences=True)(X), one)), padded_X
    yield "with arrays of", attending(keras, padded_X, value_dim=5), padded_X
    yield "with arrays of", attending(keras, padded_X, output_shape=4), padded_X
    yield "with arrays of", attending(keras, padded_X, padded_X[:, :, :2]), [padded_X, padded_X[:, :, :2]]
    yield "Try: explore(X=[X, C], model=model)", attending(keras, padded_X, padded_X), padded_X
    yield "on axis 1 (T)", attending(keras, padded_X, padded_X[:, :5]), [padded_X, padded_X]
    yield "other numbers", keras.Model(X, MultiHeadAttention(2, 3)(X, X)), padded_X
    long = np.zeros((3, 1000, 3), "float32")
    yield "expected at most 8,000,000. Try: X[:2]", attending(keras, long, H=1), long


def test_attention_that_the_lines_cannot_say_is_refused(keras):
    for words, model, X in refused_attention(keras):
        with pytest.raises(CourseError, match=re.escape(words)):
            rnnshapes.explore(X=X, model=model)
    with pytest.raises(CourseError, match="expected square, sum"):
        rnnshapes.explore(X=padded(), model=attending(keras, padded()), show="boxes")


@pytest.mark.parametrize(
    ("X", "takes", "advice"),
    [
        (np.zeros((32, 50_000, 3)), (None, 3), "Try: X[:2]."),
        (np.zeros((1, 300_000, 3)), (None, 3), "Try: X[:1, :100000]."),
        (np.zeros((2, 100_000, 3)), (100_000, 3), "Try: X[:1]."),
        (np.zeros((7, 3)), (7, 3), "Try: X[None], one sample."),
        (np.zeros((9, 7)), (7, 1), "Try: X[..., None], one feature."),
        (np.zeros((2, 8, 3)), (7, 3), "Try: X of shape (2, 7, 3)."),
        (np.zeros((0, 7, 3)), (7, 3), "at least one sample"),
        (np.array([["a"]]), (7, 3), "real numbers"),
    ],
)
def test_the_advice_fits_the_data(keras, X, takes, advice):
    model = keras.Sequential([keras.Input(takes), keras.layers.SimpleRNN(2)])
    with pytest.raises(CourseError, match=re.escape(advice)):
        rnnshapes.explore(X=X, model=model)


ARRAYS = {"X": np.ones((3, 4, 2)), "Wx": np.ones((2, 5)), "Whx": np.ones((7, 5)), "mask": np.ones((3, 4))}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("h[n,t,m] = tanh( X[n,t,d]·Wx[d,m] ", "expected index strings"),
        ("h[n,t,m] = open( X[n,t,d] )", "nothing that a line may hold"),
        ("h[n,t,m] = X[n,t,d]·Wx[m,m]", "expected that d is summed away"),
        ("h[n,t,m] = Q[n,t,m]", "Got Q in the line"),
        ("h[n,t,m] = Wx[m]", "expected 2 places"),
        ("h[n,t,u] = Wx[0,u]", "a size for U"),
    ],
)
def test_a_line_that_says_nothing_is_refused(line, message):
    with pytest.raises(CourseError, match=re.escape(message)):
        explore_lines([line], ARRAYS, SIZES)


def test_the_axes_of_arrays_keep_their_letters():
    line = "h[n,t,m] = X[n,T-1-t,d]·Wx[d,m] + X[n,t,d]·Whx[d,m] + max[z]( mask[z,t] )"
    spec = explore_lines([line], ARRAYS, SIZES.known | {"Z": 3}).spec
    assert {name: source["dims"] for name, source in spec["arrays"].items()} == {
        "X": ["N", "T", "D"],
        "Wx": ["D", "M"],
        "Whx": ["D+M", "M"],
        "mask": ["N", "T"],
    }
    assert spec["alias"] == {"Z": "N"}


def test_both_themes_are_readable():
    def contrast(one, two):
        high, low = sorted((luminance(one), luminance(two)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    def luminance(colour):
        channels = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
        linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
        return float(linear @ [0.2126, 0.7152, 0.0722])

    for theme in (LIGHT, DARK):
        for text in ("ink", "quiet", "wrong", *"NTDMK"):
            assert contrast(theme[text], theme["ground"]) >= 4.5, text
        assert contrast(theme["wrong"], theme["panel"]) >= 4.5
    css = rnnshapes.explore(SIZES).spec["css"]
    pairs = re.findall(r"--f\d+:(#\w+);--i\d+:(#\w+)", css)
    assert len(pairs) == 130 and min(contrast(fill, ink) for fill, ink in pairs) >= 4.5
