"""The explorer without a kernel, in a real browser: numbers, keys, sizes, access; every request is refused."""

import json
import re

import nbformat
import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from browser_help import Card, a_page
from nbconvert import HTMLExporter
from playwright.sync_api import expect

import rnnshapes
from rnnshapes import Sizes
from rnnshapes.explorer import explore_lines
from rnnshapes.explorer.spec import module_file
from rnnshapes.layers import words as flow
from rnnshapes.layers.cases import make_case
from rnnshapes.layers.run import FUNCTIONS, run

SIZES = Sizes(N=3, T=4, D=2, M=5, K=6)
LARGE = Sizes(N=8, T=20, D=7, M=16, K=3)


def opened(page, tmp_path, explorer, requests=None):
    """Show an explorer as a saved page; whatever it asks the network for is refused and noted."""

    def refuse(route):
        if requests is not None:
            requests.append(route.request.url)
        route.abort()

    page.route(re.compile("^(?!file:|data:)"), refuse)
    page.goto(explorer.save(tmp_path / "explorer.html").as_uri())
    return Card(page)


def states(arrays, sizes):
    """The lecture's loop for all samples: h of (N, T, M)."""
    h, all_h = np.zeros((sizes.N, sizes.M)), []
    for t in range(sizes.T):
        h = np.tanh(arrays["X"][:, t] @ arrays["Wx"] + h @ arrays["Wh"] + arrays["bh"])
        all_h.append(h)
    return np.stack(all_h, axis=1)


def computed(page, spec, sizes=None, broken=()):
    """What the module computes, as flat lists."""
    page.set_content("<p>numbers</p>")
    return page.evaluate(
        """async ({source, spec, sizes, broken}) => {
            const url = URL.createObjectURL(new Blob([source], {type: "text/javascript"}));
            const {default: module} = await import(url);
            return module.evaluate(spec, sizes ?? spec.sizes, broken);
        }""",
        {"source": module_file("explorer.js"), "spec": spec, "sizes": sizes, "broken": list(broken)},
    )


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_forward_pass_is_numpys_to_1e_6(browser, seed):
    sizes = Sizes(*np.random.default_rng(seed).choice(range(1, 13), 5, replace=False).tolist())
    explorer = rnnshapes.explore(sizes, seed=seed)
    arrays = explorer.arrays
    h = states(arrays, sizes)
    with a_page(browser, f"numpy-{seed}") as page:
        got = computed(page, explorer.spec)
        no_bias = computed(page, explorer.spec, broken=["bias"])
        swapped = computed(page, explorer.spec, broken=["swap"])
        not_carried = computed(page, explorer.spec, broken=["carry"])
    np.testing.assert_allclose(np.reshape(got["h"], h.shape), h, atol=1e-12)
    np.testing.assert_allclose(
        np.reshape(got["y"], (sizes.N, sizes.K)), h[:, -1] @ arrays["Wo"] + arrays["bo"], atol=1e-12
    )
    bare = arrays | {"bh": 0 * arrays["bh"], "bo": 0 * arrays["bo"]}
    np.testing.assert_allclose(np.ravel(states(bare, sizes)), no_bias["h"], atol=1e-12)
    np.testing.assert_allclose(np.ravel(states(arrays | {"Wh": arrays["Wh"].T}, sizes)), swapped["h"], atol=1e-12)
    np.testing.assert_allclose(np.ravel(states(arrays | {"Wh": 0 * arrays["Wh"]}, sizes)), not_carried["h"], atol=1e-12)


def keras_models(keras, sizes):
    layers = keras.layers
    rnn, M = layers.SimpleRNN, sizes.M
    yield "plain", [rnn(M), layers.Dense(sizes.K)]
    yield "every step", [rnn(M, return_sequences=True), layers.Dense(sizes.K, activation="softmax")]
    yield "relu, no bias", [rnn(M, activation="relu", use_bias=False), layers.Dense(sizes.K, activation="sigmoid")]
    yield "stacked", [rnn(M, return_sequences=True), rnn(M + 1, return_sequences=True), rnn(2), layers.Dense(sizes.K)]
    yield "bidirectional", [layers.Bidirectional(rnn(M)), layers.Dense(sizes.K)]
    yield (
        "two bidirectional",
        [
            layers.Bidirectional(rnn(M, return_sequences=True)),
            layers.Bidirectional(rnn(3, return_sequences=True)),
            layers.Dense(sizes.K),
        ],
    )
    yield "masked", [layers.Masking(0.0), rnn(M, return_sequences=True), layers.Dense(sizes.K)]
    yield "masked, both ways", [layers.Masking(0.0), layers.Bidirectional(rnn(M)), layers.Dense(sizes.K)]
    yield "lstm", [layers.LSTM(M), layers.Dense(sizes.K)]
    yield (
        "lstm, no bias",
        [layers.LSTM(M, use_bias=False, activation="relu", return_sequences=True), layers.Dense(sizes.K)],
    )
    yield "gru", [layers.GRU(M), layers.Dense(sizes.K)]
    yield "gru, reset before", [layers.GRU(M, reset_after=False, return_sequences=True), layers.Dense(sizes.K)]
    yield (
        "all at once",
        [
            layers.Masking(0.0),
            layers.Bidirectional(layers.LSTM(M, return_sequences=True)),
            layers.GRU(3),
            layers.Dense(sizes.K),
        ],
    )
    yield "no head", [rnn(M, return_sequences=True)]
    yield "last state alone", [layers.LSTM(M)]
    yield "both halves alone", [layers.Bidirectional(rnn(M))]
    yield (
        "masked, both ways, every step",
        [layers.Masking(0.0), layers.Bidirectional(layers.LSTM(M, return_sequences=True)), layers.Dense(sizes.K)],
    )
    yield (
        "zeros where masked",
        [layers.Masking(0.0), layers.GRU(M, return_sequences=True, zero_output_for_mask=True), layers.Dense(sizes.K)],
    )


def test_the_forward_pass_is_keras_to_1e_6(browser):
    keras = rnnshapes.import_keras()
    rng = np.random.default_rng(5)
    with a_page(browser, "keras") as page:
        for sizes in (SIZES, Sizes(N=2, T=9, D=6, M=4, K=3)):
            for name, layers in keras_models(keras, sizes):
                model = keras.Sequential([keras.Input((sizes.T, sizes.D)), *layers])
                model.compile(run_eagerly=True)
                model.set_weights([0.5 * rng.standard_normal(weight.shape) for weight in model.get_weights()])
                X = rng.standard_normal((sizes.N, sizes.T, sizes.D))
                X[1, 2:] = 0  # padding, for the masked ones
                X[0, 0] = 0
                explorer = rnnshapes.explore(X=X, model=model)
                last = explorer.spec["lines"][-1]["name"]
                got = computed(page, explorer.spec)[last]
                expected = model.predict(X, verbose=0)
                assert np.abs(np.reshape(got, expected.shape) - expected).max() <= 1e-6, name


def test_every_status_is_the_tables_sentence(browser, tmp_path):
    explorer = rnnshapes.explore(SIZES, at="h[0,1,2]")
    arrays = explorer.arrays
    arrays["h"] = states(arrays, SIZES)
    with a_page(browser, "sentences") as page:
        card = opened(page, tmp_path, explorer)
        assert card.status == flow.cell_arithmetic(flow.SIMPLE_RNN, arrays, {"n": 0, "t": 1, "m": 2}).sentence
        for letter, value in (("n", 2), ("t", 0), ("m", 4), ("t", 3)):
            card.slide("at", letter, value)
        assert card.status == flow.cell_arithmetic(flow.SIMPLE_RNN, arrays, {"n": 2, "t": 3, "m": 4}).sentence
        card.slide("at", "t", 0)
        assert "zeros · Wh[:,4]" in card.status
        card.find("[data-cell=y]").check()
        card.slide("at", "k", 5)
        at = {"n": 2, "k": 5, "T": SIZES.T}
        assert card.status == flow.cell_arithmetic(flow.DENSE, arrays, at).sentence


def test_choosing_in_one_view_chooses_in_all(browser, tmp_path):
    with a_page(browser, "choosing", viewport={"width": 1000, "height": 900}) as page:
        card = opened(page, tmp_path, rnnshapes.explore(SIZES))
        for panel in ("boxes", "step", "time"):
            cell = card.find(f"[data-panel={panel}] [data-go^='l:0']").nth(3)
            where = cell.get_attribute("data-go")
            cell.click()
            chosen = card.find(f"#x1{panel}cell").text_content()
            for letter, index in re.findall(r"(\w):(\d+)", where.removeprefix("l:0")):
                assert card.find(f"[data-at={letter}]").input_value() == index
            assert all(text == chosen for text in card.find("[role=gridcell]").all_text_contents())
            assert card.status.startswith(chosen.split(" = ")[0])
            assert chosen.split(" = ")[0] in card.find("caption").text_content()
        card.find("[data-panel=boxes] [data-go^='l:1']").first.click()
        assert card.status.startswith("y[0,0]")
        slider = card.find("[data-at=t]").bounding_box()
        page.mouse.move(slider["x"] + 8, slider["y"] + slider["height"] / 2)
        page.mouse.down()
        page.mouse.move(slider["x"] + slider["width"] - 2, slider["y"] + slider["height"] / 2, steps=4)
        page.mouse.up()
        assert card.status.startswith("h[0,3,")  # y has no t: moving it means h


def test_a_wrong_number_stands_beside_the_right_one(browser, tmp_path):
    with a_page(browser, "broken") as page:
        card = opened(page, tmp_path, rnnshapes.explore(SIZES, at="h[0,0,1]"))
        card.find("[data-break=carry]").check()
        assert card.status.endswith("the same number.")  # before the first step there is nothing to carry
        card.find("[data-step='1']").click()
        assert re.search(r"Broken: \S+ instead of \S+\.$", card.status)
        assert "left out" in card.find("[data-panel=sum]").text_content()
        card.find("[data-break=carry]").uncheck()
        assert "Broken" not in card.status
        card.find("[data-break=swap]").check()
        assert "instead of" in card.status and "Wh[2,:]" not in card.status


def test_all_of_it_works_with_the_keyboard_alone(browser, tmp_path):
    with a_page(browser, "keyboard") as page:
        card = opened(page, tmp_path, rnnshapes.explore(SIZES, at="h[0,1,2]"))
        page.evaluate("window.leaked = []; document.addEventListener('keydown', (e) => leaked.push(e.key))")
        met = []
        for _ in range(60):
            page.keyboard.press("Tab")
            met.append(card.focused())
            if met[-1] is None:
                break
        assert met[-1] is None, "Tab never leaves the explorer"  # no keyboard trap
        seen = [json.loads(stop) for stop in met if stop and stop.startswith("{")]
        for stop in ({"size": "N"}, {"at": "t"}, {"cell": "h"}, {"break": "swap"}, {"show": "sum"}, {"play": ""}):
            assert stop in seen, stop
        assert met.count("cells") == 3  # each grid is one tab stop
        card.focus("[data-panel=boxes] .cells")
        for key in ("ArrowRight", "ArrowDown", "PageDown"):
            page.keyboard.press(key)
        assert card.status.startswith("h[1,2,3]:")
        page.keyboard.press("Home")
        assert card.status.startswith("h[1,2,0]:")
        card.focus("[data-panel=time] .cells")
        page.keyboard.press("ArrowRight")
        assert card.status.startswith("h[1,3,0]:")
        card.focus("[data-size=M]")
        page.keyboard.press("ArrowRight")
        assert card.find("[data-size=M]").get_attribute("aria-valuetext") == "M = 6 hidden units"
        page.keyboard.press("Escape")
        page.keyboard.press("Shift+Enter")
        assert set(page.evaluate("leaked")) <= {"Tab", "Escape", "Shift", "Enter"}


def test_play_goes_to_the_last_step_and_respects_reduced_motion(browser, tmp_path):
    with a_page(browser, "play") as page:
        card = opened(page, tmp_path, rnnshapes.explore(SIZES, at="h[0,0,0]", show="time"))
        card.find("[data-play]").click()
        assert card.find("[data-play]").text_content() == "❚❚ Pause"
        expect(card.find("[role=status]")).to_contain_text("h[0,3,0]:")
        expect(card.find("[data-play]")).to_have_text("▶ Play")
    with a_page(browser, "still", reduced_motion="reduce") as page:
        card = opened(page, tmp_path, rnnshapes.explore(SIZES, show="time"))
        assert not card.find("[data-play]").is_visible() and card.find("[data-step='1']").is_visible()


@pytest.mark.parametrize("width", [360, 760, 1300])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_view_leaves_its_card_and_axe_finds_nothing(browser, tmp_path, width, scheme):
    requests = []
    name = f"axe-{width}-{scheme}"
    with a_page(browser, name, viewport={"width": width, "height": 900}, color_scheme=scheme) as page:
        card = opened(page, tmp_path, rnnshapes.explore(SIZES, at="h[1,3,2]"), requests)
        card.find("[data-break=bias]").check()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert background(card) == {"light": "rgb(255, 255, 255)", "dark": "rgb(28, 28, 30)"}[scheme]
        outside = card.root.evaluate(OUTSIDE)
        assert not outside, outside
        found = Axe().run(page, context=".rnnshapes-explorer")
        assert not found.response["violations"], [
            (violation["id"], node["target"], node["failureSummary"])
            for violation in found.response["violations"]
            for node in violation["nodes"]
        ]
    assert not requests


def background(card) -> str:
    return card.find(".card").evaluate("card => getComputedStyle(card).backgroundColor")


def test_the_card_follows_its_host(browser, tmp_path):
    with a_page(browser, "host", color_scheme="dark") as page:
        for host, dark in (
            ("<body data-jp-theme-light='false'>", True),
            ("<body data-jp-theme-light='true'>", False),  # a light JupyterLab under a dark system
            ("<html theme='dark'><body>", True),  # Colab
            ("<body style='background: #111'>", True),
            ("<body style='background: #fafafa'>", False),
            ("<body>", False),  # a page that knows no dark
        ):
            page.set_content(f"<!doctype html>{host}{rnnshapes.explore(SIZES).to_html()}")
            assert (background(Card(page)) != "rgb(255, 255, 255)") == dark, host
        page.evaluate("document.body.style.background = '#000'")
        page.wait_for_timeout(50)
        assert background(Card(page)) == "rgb(28, 28, 30)"  # a theme that is changed


STEP, SUM = "tanh( X[n,t,d]·Wx[d,m] + h[n,t-1,m']·Wh[m',m] + bh[m] )", "X[n,t,d]·Wx[d,m] + h[n,t-1,m']·Wh[m',m] + bh[m]"
LAYER = ("h[n,-1,m] = 0", f"h[n,t,m] = {STEP}", "y[n,t,k] = h[n,t,m]·Wo[m,k] + bo[k]")
OTHER_LINES = [
    LAYER,
    ("h[n,-1,m] = 1", *LAYER[1:]),
    ("h[n,-1,m] = h0[n,m]", *LAYER[1:]),
    *(
        tuple(line.replace(old, new) for line in LAYER)
        for old, new in [
            ("h[n,t-1,m']·", "h[n,t-2,m']·"),
            ("X[n,t,d]", "X[n,T-1-t,d]"),
            ("X[n,t,d]", "X[n,(t-1)%T,d]"),
            ("X[n,t,d]", "X[n,t,d+1]"),
            ("X[n,t,d]·Wx[d,m]", "X[n,t,d]·Wx[d,m']·Wh[m',m]"),
            ("h[n,t-1,m']·Wh[m',m]", "h[n,t-1,m]*sum[m']( Wh[m',m] )"),
            ("h[n,t-1,m']·Wh[m',m] + bh[m]", "h[n,t-1,m']·Whx[D+m',m] - bh[m]/2 - -0.5*bh[M-1]"),
            ("Wx[d,m]", "Wx[(m*D+d)//M,(m*D+d)%M]"),
            (STEP, f"{STEP} + h[n,t-1,m]"),
            (STEP, f"tanh( {STEP} )"),
            (STEP, f"mask[n,t] ? {STEP} : h[n,t-1,m]"),
            (STEP, f"(t < sum[s]( mask[n,s] )) ? {STEP} : 0"),
            (STEP, f"mask[0,t] ? {STEP} : h[n,t-1,m]"),
            (STEP, f"tanh( where(max[z]( mask[z,t] ) == 1, {SUM}, h[n,t-1,m]) )"),
            ("tanh(", "softmax[m]("),
            *(("tanh(", f"{name}(") for name in sorted(set(FUNCTIONS) - {"where", "arctanh", "sqrt"})),
            ("h[n,t-1,m']", "h[n,t+1,m']"),
            ("h[n,t-1,m']", "h[(n-1)%N,t-1,m']"),
            ("h[n,t-1,m']", "h[N-1-n,t-1,m']"),
            ("h[n,t,m]·Wo", "mean[z]( h[z,t,m] )·Wo"),
            ("h[n,t,m]·Wo", "sqrt(h[n,t,m]*h[n,t,m])·Wo"),
            ("h[n,t,m]·Wo[m,k] + bo[k]", "softmax[k]( h[n,t,m]·Wo[m,k] + bo[k] )"),
            ("h[n,t,m]·Wo[m,k]", "h[n,T-1,m]·Wo[m,k]"),
        ]
    ),
    (
        "Z[n,t,d] = (X[n,t,d] - mean[t]( X[n,t,d] )) / std[t]( X[n,t,d] )",
        "y[n,d] = max[t]( Z[n,t,d] ) + min[t]( Z[n,t,d] )",
    ),
    ("e[n,t,m] = e[n,t-1,m] + h[n,t-1,m]", LAYER[1].replace("h[n,t-1,m']·", "e[n,t,m']·")),
    ("s[n,t,u] = X[n,t,d]·X[n,u,d] / sqrt(D)", "w[n,t,u] = softmax[u]( s[n,t,u] )", "y[n,t,d] = w[n,t,u]·X[n,u,d]"),
]


def test_any_line_gives_what_the_interpreter_gives(browser):
    rng = np.random.default_rng(3)
    sizes = SIZES.known | {"Z": 3, "S": 4, "U": 4}
    shapes = {"X": "NTD", "Wx": "DM", "Wh": "MM", "bh": "M", "Wo": "MK", "bo": "K", "h0": "NM"}
    arrays = {name: 0.4 * rng.standard_normal(SIZES.shape(dims)) for name, dims in shapes.items()}
    arrays |= {"mask": rng.random((3, 4)) < 0.6, "Whx": np.vstack([arrays["Wx"], arrays["Wh"]])}
    with a_page(browser, "lines") as page:
        for lines in OTHER_LINES:
            expected = run(lines, arrays, sizes)
            for name, numbers in computed(page, explore_lines(lines, arrays, sizes).spec).items():
                np.testing.assert_allclose(
                    np.reshape(numbers, expected[name].shape), expected[name], atol=1e-6, err_msg=str(lines)
                )


def test_a_wrong_formula_runs_beside_the_right_one(browser, tmp_path):
    case = make_case(SIZES, seed=3)
    arrays = {"X": case.X, **case.weights}
    wrong = (*LAYER[:1], LAYER[1].replace("Wh[m',m]", "Wh[m,m']"), LAYER[2])
    right, yours = (run(lines, arrays, SIZES.known)["h"] for lines in (LAYER, wrong))
    explorer = explore_lines(wrong, arrays, SIZES, beside=LAYER, at="h[1,3,2]", show=["step", "time", "sum"])
    for scheme in ("light", "dark"):
        with a_page(browser, f"beside-{scheme}", color_scheme=scheme) as page:
            card = opened(page, tmp_path, explorer)
            said = f"Yours: {flow.number_text(yours[1, 3, 2])} instead of {flow.number_text(right[1, 3, 2])}."
            assert card.status.endswith(said)
            assert "Wh[m,m']" in card.find(".formula").text_content()
            assert (
                card.find("[data-panel=sum] table").count() == 2
                and "Wh[2,:]" in card.find("table").nth(1).text_content()
            )
            assert not card.root.evaluate(OUTSIDE)
            assert not Axe().run(page, context=".rnnshapes-explorer").response["violations"]
            card.find("[data-break=yours]").uncheck()
            assert "Yours" not in card.status and not card.find("[data-yours]").first.is_visible()


def test_a_masked_step_looks_frozen(browser, tmp_path):
    keras = rnnshapes.import_keras()
    X = np.random.default_rng(0).standard_normal((2, 5, 2))
    X[1, 3:] = 0
    model = keras.Sequential([keras.Input((5, 2)), keras.layers.Masking(), keras.layers.SimpleRNN(3)])
    with a_page(browser, "frozen") as page:
        card = opened(page, tmp_path, rnnshapes.explore(X=X, model=model, at="h[1,4,0]"))
        picture = card.find("[data-panel=time] .picture")
        assert picture.locator("text", has_text=re.compile("^=$")).count() == 2  # h stays, twice
        assert picture.locator("rect[fill='var(--cover)']").count() == 2  # and nothing enters
        assert "nothing enters" in card.find("[data-panel=step]").text_content()
        card.slide("at", "n", 0)
        assert not card.find("rect[fill='var(--cover)']").count()
        assert not card.find("[data-size=D]").is_visible() and "D = 2" in card.find("[data-fixed]").text_content()


def attention(*, masked=False, causal=False, C=None, H=2, at="w[0,0,0,0]"):
    """An explorer of an attention over 6 steps, of which sample 1 has four real ones; and what Keras gives."""
    keras = rnnshapes.import_keras()
    rng = np.random.default_rng(12)
    X = rng.standard_normal((3, 6, 2)).astype("float32")
    X[1, 4:] = 0
    data = [X] if C is None else [X, C]
    inputs = [keras.Input(box.shape[1:]) for box in data]
    boxes = [keras.layers.Masking()(one) for one in inputs] if masked else inputs
    layer = keras.layers.MultiHeadAttention(H, 3)
    model = keras.Model(inputs if C is not None else inputs[0], layer(boxes[0], boxes[-1], use_causal_mask=causal))
    model.set_weights([rng.standard_normal(weight.shape) for weight in model.get_weights()])
    given = data if C is not None else X
    seen = [keras.layers.Masking()(box) if masked else box for box in data]
    _, w = layer(seen[0], seen[-1], use_causal_mask=causal, return_attention_scores=True)
    return rnnshapes.explore(X=given, model=model, at=at), np.asarray(model(given)), np.asarray(w)


def test_attention_computed_by_the_module_is_keras_to_1e_6(browser):
    C = np.random.default_rng(1).standard_normal((3, 9, 2)).astype("float32")
    with a_page(browser, "attention-numbers") as page:
        for options in ({}, {"causal": True, "masked": True}, {"C": C, "masked": True}, {"C": C, "H": 1}):
            explorer, Y, w = attention(**options)
            got = computed(page, explorer.spec)
            assert np.abs(np.reshape(got["Y"], Y.shape) - Y).max() <= 1e-5 * np.abs(Y).max(), options
            real = w.sum(axis=-1) > 0.5  # a step of padding looks at nothing: there Y is what counts
            assert np.abs(np.reshape(got["w"], w.shape) - w)[real].max() <= 1e-6, options


def test_a_chosen_output_shows_its_row_of_weights_by_click_slider_and_key(browser, tmp_path):
    explorer, Y, w = attention(causal=True)

    def row(h, t):
        largest = w[0, h, t].argmax()
        return f"Head {h}, t = {t}: the largest weight is at s = {largest}, {flow.number_text(w[0, h, t, largest])}."

    with a_page(browser, "attention-chosen") as page:
        card = opened(page, tmp_path, explorer)
        square = card.find("[data-panel=square]")
        assert card.status.startswith(row(0, 0)) and "hides 5 of 6 steps" in card.status
        card.slide("at", "t", 4)
        assert card.status.startswith(row(0, 4)) and "hides 1 of 6 steps" in card.status
        bars = [float(bar.get_attribute("height")) for bar in square.locator("rect[stroke-width='.8']").all()]
        np.testing.assert_allclose(np.array(bars) / 60, w[0, 0, 4, :5], atol=0.002)  # the hidden step has none
        card.slide("at", "h", 1)
        assert card.status.startswith(row(1, 4))
        square.locator("[data-go='l:5 t:2 s:1']").first.click()
        assert card.status.startswith(row(1, 2)) and "w[0,1,2,1]:" in card.status
        assert card.focused() == "cells"
        for key in ("ArrowDown", "ArrowDown", "ArrowRight", "End", "ArrowLeft"):
            page.keyboard.press(key)
        assert "w[0,1,4,4]:" in card.status
        assert square.locator("[role=gridcell]").text_content() == f"w[0,1,4,4] = {flow.number_text(w[0, 1, 4, 4])}"
        assert row(1, 4) in square.locator("svg").get_attribute("aria-label")
        card.find("[data-cell=Y]").check()
        page.keyboard.press("Tab")
        card.focus("[data-panel=square] .cells")
        page.keyboard.press("ArrowUp")  # Y has a t: it stays, and has moved on
        assert card.status.startswith(row(1, 3)) and "Y[0,3,0]:" in card.status
        assert f"model.predict() gives {flow.number_text(Y[0, 3, 0])}." in card.status
        page.keyboard.press("ArrowRight")  # but no s: the weights have
        assert "w[0,1,3,5]: e[0,1,3,5]" in card.status
        card.find("[data-cell=e]").check()
        assert "e[0,1,3,5]: this pair is hidden by the mask" in card.status
        card.find("[data-cell=k]").check()
        card.slide("at", "t", 5)
        assert "w[0,1,5,5]:" in card.status


def test_what_a_mask_hides_is_covered(browser, tmp_path):
    covers = "rect[fill='var(--cover)']"
    with a_page(browser, "attention-masks") as page:
        card = opened(page, tmp_path, attention(masked=True, at="w[1,0,3,0]")[0])
        below = 3 * 2  # under two columns: bars, values, products
        assert card.find(covers).count() == 4 * 2 + below and "hides 2 of 6 steps" in card.status
        assert not card.find("[data-size=T]").is_visible() and card.find("[data-size=N]").is_visible()
        card.slide("at", "t", 5)  # a step of padding: nothing is left out of its sum
        assert (
            card.find(covers).count() == 4 * 2 and "hides all 6 steps, so each has the same weight, 0.17" in card.status
        )
        card.slide("at", "n", 0)
        assert not card.find(covers).count()


@pytest.mark.parametrize("width", [360, 1300])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_square_of_attention_stays_in_its_card_and_axe_finds_nothing(browser, tmp_path, width, scheme):
    C = np.random.default_rng(1).standard_normal((3, 30, 2)).astype("float32")
    for name, options in (("self", {"masked": True, "causal": True}), ("other", {"C": C, "H": 9})):
        explorer = attention(at="w[1,1,5,3]", **options)[0]
        size = {"width": width, "height": 900}
        with a_page(browser, f"attention-{name}-{width}-{scheme}", viewport=size, color_scheme=scheme) as page:
            card = opened(page, tmp_path, explorer)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            for line in ("w", "head", "Y"):
                card.find(f"[data-cell={line}]").check()
                assert not card.root.evaluate(OUTSIDE)
            assert not Axe().run(page, context=".rnnshapes-explorer").response["violations"]


def test_the_controls_lie_on_the_left_of_a_wide_window_and_play_is_seen(browser, tmp_path):
    for width in (420, 1200):
        with a_page(browser, f"left-{width}", viewport={"width": width, "height": 500}) as page:
            card = opened(page, tmp_path, rnnshapes.explore(SIZES))
            controls, status = (card.find(name).bounding_box() for name in (".controls", ".status"))
            assert (controls["x"] + controls["width"] <= status["x"]) == (width == 1200)
            card.find("[data-play]").click()
            panel, bar = (card.find(name).bounding_box() for name in ("[data-panel=time]", ".bar"))
            assert panel["y"] < 500 - 100 and 0 <= bar["y"] < 500  # what moves, and what stops it


OUTSIDE = """root => [...root.shadowRoot.querySelectorAll("svg")].flatMap((svg) => {
    const frame = svg.getBoundingClientRect();
    return [...svg.querySelectorAll("text")].filter((text) => {
        const box = text.getBoundingClientRect();
        const across = box.left < frame.left - 1 || box.right > frame.right + 1;
        return across || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
    }).map((text) => `${svg.getAttribute("aria-label")}: ${text.textContent}`);
})"""


@pytest.mark.parametrize("sizes", [SIZES, LARGE, Sizes(N=1, T=10, D=3, M=5, K=2), Sizes(N=1, T=1, D=1, M=1, K=1)])
def test_no_word_lies_outside_its_picture(browser, tmp_path, sizes):
    with a_page(browser, f"words-{sizes.M}", viewport={"width": 900, "height": 900}) as page:
        card = opened(page, tmp_path, rnnshapes.explore(sizes))
        for name in ("h", "y"):
            card.find(f"[data-cell={name}]").check()
            outside = card.root.evaluate(OUTSIDE)
            assert not outside, outside


def test_a_thousand_samples_are_drawn_with_no_more_marks_than_eight(browser, tmp_path):
    """What a redraw costs is in bench/explorer.py; it goes by how much is drawn."""
    drawn = []
    with a_page(browser, "thousand", viewport={"width": 1000, "height": 900}) as page:
        for sizes in (LARGE, Sizes(N=1000, T=20, D=7, M=16, K=3)):
            card = opened(page, tmp_path, rnnshapes.explore(sizes, at="h[5,9,3]"))
            assert f"N = {sizes.N}" in card.find("[data-panel=boxes]").inner_html()
            drawn.append(card.root.evaluate("root => root.shadowRoot.querySelectorAll('svg *').length"))
    eight, thousand = drawn
    assert 100 < thousand <= 1.2 * eight


def test_an_exported_notebook_explores_offline(browser, tmp_path):
    bundle = rnnshapes.explore(SIZES, at="h[0,1,2]", show=["boxes", "sum"])._repr_mimebundle_()
    output = nbformat.v4.new_output("execute_result", data=bundle, execution_count=1)
    cells = [nbformat.v4.new_code_cell("…", outputs=[output]) for _ in range(2)]  # copied with its output
    page_text, _ = HTMLExporter().from_notebook_node(nbformat.v4.new_notebook(cells=cells))
    (tmp_path / "export.html").write_text(page_text, encoding="utf-8")
    with a_page(browser, "export") as page:
        page.route(re.compile("^(?!file:|data:)"), lambda route: route.abort())
        page.goto((tmp_path / "export.html").as_uri())
        for place in range(2):
            card = Card(page, place)
            card.slide("at", "m", 4)
            assert card.status.startswith("h[0,1,4]:")
        assert not page.locator("img").count()  # the figure has made room


def test_a_sandboxed_frame_shows_it_and_a_page_without_scripts_shows_the_figure(browser, tmp_path):
    explorer = rnnshapes.explore(SIZES, at="h[0,1,2]")
    with a_page(browser, "frame") as page:
        page.set_content("<iframe sandbox='allow-scripts' width='900' height='600'></iframe>")
        page.locator("iframe").evaluate("(frame, html) => { frame.srcdoc = html; }", explorer.to_html())
        frame = page.frame_locator("iframe")
        frame.locator(".rnnshapes-explorer[data-ready]").wait_for()
        assert frame.locator("[role=status]").text_content().startswith("h[0,1,2]:")
    with a_page(browser, "no-scripts", java_script_enabled=False) as page:
        page.goto(explorer.save(tmp_path / "still.html").as_uri())
        image = page.locator("img")
        assert image.is_visible() and 20 < len(image.get_attribute("alt")) <= 250
