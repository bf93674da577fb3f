"""The figures: alt text, bytes, formats, and that nothing overlaps or is cut off."""

import base64
import io
import itertools
import json
import re
import subprocess
import sys
from html import unescape
from html.parser import HTMLParser

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from rnnshapes import draw
from rnnshapes.draw.block import Block
from rnnshapes.draw.canvas import NARROW, WIDE, plain_style
from rnnshapes.draw.paint import ink_on, short_number, value_colour
from rnnshapes.draw.picture import LONGEST_ALT, Picture, alt_text
from rnnshapes.draw.span import Span
from rnnshapes.draw.theme import DARK, dark_value
from rnnshapes.draw.themed import themed
from rnnshapes.errors import CourseError
from rnnshapes.sizes import COLOURS, Sizes

SIZES = Sizes(N=4, T=7, D=3, M=5, K=2)
CASES = [
    Sizes(1, 10, 3, 5, 2),
    Sizes(4, 7, 3, 5, 2),
    Sizes(3, 4, 2, 5, 6),
    Sizes(1000, 50, 8, 32, 10),
    Sizes(1, 6, 3, 4, 1),
    Sizes(2, 1, 1, 1, 1),
    Sizes(100000, 2, 300, 8, 1),
]


def numbers(sizes, seed=0):
    rng = np.random.default_rng(seed)
    dims = {"X": "NTD", "Wx": "DM", "Wh": "MM", "bh": "M", "Wo": "MK", "bo": "K"}
    return {name: rng.normal(0, 0.6, sizes.shape(word)) for name, word in dims.items()}


def pictures(sizes, narrow):
    """Every kind of card at these sizes."""
    N, T, D, M, K = (getattr(sizes, letter) for letter in "NTDMK")
    small = N * T * D < 10**5
    rng = np.random.default_rng(1)
    seen = rng.normal(size=(min(N, 50), T, K))
    yield draw.box("X", "NTD", sizes, narrow=narrow)
    yield draw.box("X", "NTD", sizes, lift="X[0, 0]", narrow=narrow)
    yield draw.box("X", "NTD", sizes, lift=(slice(None), T - 1), narrow=narrow)
    yield draw.box("X", "NTD", sizes, lift=N - 1, narrow=narrow)
    yield draw.box("Wx", "DM", sizes, values=rng.normal(size=(D, M)), narrow=narrow)
    yield draw.box("bh", "M", sizes, narrow=narrow)
    yield draw.weights(sizes, narrow=narrow)
    yield draw.step(sizes, narrow=narrow)
    if small:
        yield draw.step(sizes, values=numbers(sizes), n=N - 1, t=min(T - 1, 2), narrow=narrow)
    yield draw.unrolled(sizes, narrow=narrow)
    yield draw.lockstep(sizes, narrow=narrow)
    yield draw.compare(seen[0], seen[0] + 1, "TK", sizes, name="Yhats", narrow=narrow)
    yield draw.compare(seen, seen[:, ::-1], "NTK", sizes, name="rnn_by_hand_batched", narrow=narrow)
    yield draw.compare(seen[0], np.zeros(K + 1), "K", sizes, name="rnn_by_hand_batched", narrow=narrow)
    yield draw.compare(np.zeros((1, T, K, 2)), seen[0], "TK", sizes, name="Yhats", narrow=narrow)
    yield draw.over_time({"starts from ones": seen[0], "state not carried": seen[0]}, sizes, narrow=narrow)
    yield draw.clash("x[t]", (D,), "Wh", (M, M), sizes)
    yield draw.clash("X", (N, T, D), "a_name_that_goes_on_and_on", (M, K), sizes)
    yield draw.clash("h", (M,), "bo", (K + M + 1,), sizes, operator="+")


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("sizes", CASES, ids=lambda sizes: "-".join(str(getattr(sizes, i)) for i in "NTDMK"))
def test_nothing_overlaps_and_nothing_is_cut_off(sizes, narrow):
    for picture in pictures(sizes, narrow):
        assert 20 < len(picture.alt) <= LONGEST_ALT
        with plain_style():
            figure = picture.build()
            figure.set_dpi(72)  # a pixel is a point
            renderer = FigureCanvasAgg(figure).get_renderer()
            texts = [(text, text.get_window_extent(renderer)) for text in figure.axes[0].texts]
            cells = [
                patch.get_window_extent(renderer) for patch in figure.axes[0].patches if patch.get_zorder() == 2
            ]  # the cells of blocks
        width, height = figure.get_size_inches() * 72
        assert width == pytest.approx(WIDE) or width == pytest.approx(NARROW)
        for text, box in texts:
            inside = box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height
            assert inside, f"{text.get_text()!r} is cut off: {picture.alt}"
        for artist in figure.axes[0].patches + figure.axes[0].lines:
            box = artist.get_window_extent(renderer)
            assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height, picture.alt
        for (one, a), (two, b) in itertools.combinations(texts, 2):
            wide, high = shared(a, b)
            # boxes of text have room for accents and descenders: these may meet where ink does not
            assert wide <= 1.5 or high <= 3.5, f"{one.get_text()!r} on {two.get_text()!r}: {picture.alt}"
        for text, box in texts:
            if text.get_label() != "value":
                for cell in cells:
                    wide, high = shared(box, cell)
                    assert wide <= 1.5 or high <= 3, f"{text.get_text()!r} on a block: {picture.alt}"


def shared(a, b):
    """Return how wide and how high the overlap of two boxes is."""
    return min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)


def test_alt_texts_say_what_the_table_says():
    sizes = Sizes(3, 4, 2, 5, 6)
    assert draw.box("X", "NTD", sizes).alt == (
        "Box X: 3 samples (N) deep, 4 time steps (T) down, 2 features (D) across; 24 numbers."
    )
    assert draw.step(sizes).alt.startswith("x[t] (2) times Wx (2×5) gives (5); the shared D = 2 disappears.")
    assert re.match(
        r"h\[1,2,0\]: row X\[1,2,:\] · column Wx\[:,0\] \+ h\[1,1,:\] · Wh\[:,0\] \+ bh\[0\] = ",
        draw.step(sizes, values=numbers(sizes), n=1, t=2).alt,
    )
    assert draw.clash("x[t]", (2,), "Wh", (5, 5), sizes).alt == (
        "x[t] is (2,) = (D,), Wh is (5, 5) = (M, M): D meets M."
    )
    assert "57 in all" in draw.weights(Sizes(1, 10, 3, 5, 2)).alt
    assert len(alt_text(["x" * 400])) == LONGEST_ALT


def test_compare_says_how_many_numbers_differ_and_where():
    sizes = Sizes(4, 7, 3, 5, 2)
    right = np.random.default_rng(0).normal(size=(7, 2))
    wrong = right.copy()
    wrong[5, 1] += 0.25
    picture = draw.compare(wrong, right, "TK", sizes, name="Yhats")
    assert "1 of 14 numbers differ" in picture.alt and "0.25 at Yhats[5, 1]" in picture.alt
    assert picture.details[0][0] == "Yhats[5, 1]"
    assert "All 14 numbers agree" in draw.compare(right + 1e-7, right, "TK", sizes, name="Yhats").alt
    wrong[0, 0] = np.nan
    assert "there is a nan at Yhats[0, 0]" in draw.compare(wrong, right, "TK", sizes, name="Yhats").alt
    assert draw.compare(right, right[-1], "K", sizes, name="Yhat").alt == (
        "Yhat: got (7, 2) = (T, K), expected (2,) = (K,). Axis T = 7 of got is not in expected."
    )
    assert "Axis 0 is K = 2 instead of T = 7." in draw.compare(right.T, right, "TK", sizes, name="Yhats").alt


class Images(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        if tag == "img":
            self.found.append(dict(attrs))


def test_the_bundle_has_an_img_with_alt_a_png_and_the_alt_as_text():
    picture = draw.compare(np.zeros(2), np.ones(2), "K", Sizes(4, 7, 3, 5, 2), name='<yhat> & "co"')
    bundle = picture._repr_mimebundle_()
    images = Images()
    images.feed(bundle["text/html"])
    assert images.found[0]["alt"] == picture.alt == bundle["text/plain"]
    assert images.found[0]["src"] == f"data:image/png;base64,{bundle['image/png']}"
    assert images.found[0]["width"] == "768"
    assert "<details>" in bundle["text/html"] and "<script" not in bundle["text/html"]
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")


def test_a_grading_run_draws_a_smaller_png_that_is_shown_as_large(monkeypatch):
    bundles = []
    for mode in ("validate", "autograde"):
        monkeypatch.setenv("NBGRADER_EXECUTION", mode)
        bundles.append(draw.compare(np.zeros(2), np.ones(2), "K", Sizes(4, 7, 3, 5, 2), name="h")._repr_mimebundle_())
    large, small = (Image.open(io.BytesIO(base64.b64decode(bundle["image/png"]))).size for bundle in bundles)
    assert large[0] == 2 * small[0] and abs(large[1] - 2 * small[1]) <= 1
    assert all('width="768"' in bundle["text/html"] for bundle in bundles)
    drawings = [re.search('srcset="[^"]+"', bundle["text/html"])[0] for bundle in bundles]
    assert drawings[0] == drawings[1]


def test_alt_text_survives_nbconvert():
    import nbformat.v4 as v4
    from nbconvert import HTMLExporter

    picture = draw.box("X", "NTD", Sizes(3, 4, 2, 5, 6))
    output = v4.new_output("display_data", data=json.loads(json.dumps(picture._repr_mimebundle_())))
    cell = v4.new_code_cell("draw.box(…)", outputs=[output])
    page, _ = HTMLExporter().from_notebook_node(v4.new_notebook(cells=[cell]))
    images = Images()
    images.feed(page)
    assert picture.alt in [image.get("alt") for image in images.found]


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_bytes_are_the_same_each_time_and_carry_the_alt_text(kind, tmp_path):
    import matplotlib

    picture = draw.step(Sizes(4, 7, 3, 5, 2))
    first = picture.save(tmp_path / f"one.{kind}").read_bytes()
    with matplotlib.rc_context(
        {"font.family": "serif", "savefig.bbox": "tight", "svg.hashsalt": "other", "figure.facecolor": "black"}
    ):
        assert picture.data(kind) == first
    assert [path.name for path in tmp_path.iterdir()] == [f"one.{kind}"]
    if kind == "png":
        assert Image.open(tmp_path / "one.png").text["Description"] == picture.alt
    elif kind == "svg":
        text = first.decode()
        assert f"<desc>{picture.alt}</desc>" in unescape(text) and "<title>" in text and 'role="img"' in text
        assert "<dc:date>" not in text
    else:
        assert b"/Subject" in first and b"/CreationDate" not in first


def test_other_files_are_refused_and_a_failed_save_leaves_nothing(tmp_path):
    picture = draw.weights(Sizes(4, 7, 3, 5, 2))
    with pytest.raises(CourseError, match="expected png, svg or pdf"):
        picture.save(tmp_path / "figure.gif")
    assert list(tmp_path.iterdir()) == []


def test_a_picture_leaves_pyplot_and_tensorflow_alone():
    code = (
        "import sys; from rnnshapes import draw; from rnnshapes.sizes import Sizes; "
        "draw.compare([1.0], [2.0], 'K', Sizes(4, 7, 3, 5, 1), name='y')._repr_mimebundle_(); "
        "bad = {'tensorflow', 'keras', 'matplotlib.pyplot', 'nbgrader'} & set(sys.modules); "
        "assert not bad, bad"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda s: draw.box("X", "NTD", s, values=np.zeros((2, 2))), "Got values of"),
        (lambda s: draw.box("X", "NTD", s, lift=9), "Got index 9 on axis N = 4"),
        (lambda s: draw.box("X", "NTD", s, lift=(0, 0, 0, 0)), "at most 3"),
        (lambda s: draw.box("X", "NTD", s, lift="X[t]"), "numbers and colons"),
        (lambda s: draw.box("X", "NTDM", s), "one to three"),
        (lambda s: draw.step(s, values={}), "without X"),
        (lambda s: draw.step(s, values=numbers(s), t=7), "t = 7"),
        (lambda s: draw.step(s, values={**numbers(s), "Wx": np.zeros((5, 3))}), "Got Wx of"),
        (lambda s: draw.over_time({}, s), "at least one array"),
        (lambda s: draw.over_time({"x": np.zeros((3, 2))}, s), "expected T = 7 rows"),
    ],
)
def test_mistakes_are_answered_with_got_expected_try(call, message):
    with pytest.raises(CourseError, match=message) as raised:
        call(Sizes(4, 7, 3, 5, 2))
    assert all(word in str(raised.value) for word in ("Got", "expected", "Try"))


def test_an_alt_text_that_is_too_long_is_a_bug():
    with pytest.raises(ValueError, match="at most 250"):
        Picture("x" * 251, lambda: None)


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return float(np.dot([0.2126, 0.7152, 0.0722], linear))


def contrast(one, two):
    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_letters_and_values_are_readable():
    assert min(contrast(colour, "#ffffff") for colour in COLOURS.values()) >= 4.5
    fills = [value_colour(value, 1.0) for value in np.linspace(-1, 1, 81)]
    assert min(contrast(ink_on(fill), fill) for fill in fills) >= 4.5


# Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB
DEFICIENCIES = {
    "none": np.eye(3),
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritan": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


def lab(colour, matrix):
    channels = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.asarray(matrix) @ linear, 0, 1)
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ seen
    f = np.cbrt(xyz / [0.9505, 1.0, 1.089])
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("matrix", DEFICIENCIES.values(), ids=DEFICIENCIES)
def test_the_letters_colours_stay_apart_with_colour_vision_deficiencies(matrix):
    for colours in (COLOURS, {letter: DARK[letter] for letter in COLOURS}):
        for one, two in itertools.combinations(dict.fromkeys(colours.values()), 2):
            assert np.linalg.norm(lab(one, matrix) - lab(two, matrix)) > 10, (one, two)


def test_a_picture_has_two_themes_and_every_number_is_readable_in_both():
    """Inks are turned round as a whole, so the fill under each has to turn with it."""
    assert min(contrast(DARK[letter], ground) for letter in COLOURS for ground in (DARK["ground"], "#383838")) >= 4.5
    for value in np.linspace(-1, 1, 201):
        turned = {"#000000": "#ffffff", "#ffffff": "#000000"}[ink_on(value_colour(value, 1.0))]
        assert contrast(turned, dark_value(value)) >= 4.4, value
    picture = draw.box(
        "X",
        "NTD",
        Sizes(3, 4, 2, 5, 6),
        values=np.random.default_rng(0).normal(size=Sizes(3, 4, 2, 5, 6).shape("NTD")),
        lift=1,
    )
    svg = themed(picture.data("svg")).decode()
    assert svg == themed(picture.data("svg")).decode()  # the same bytes each time
    body = svg.split("</style>", 1)[1]
    assert not re.search(r"(?:fill|stroke): #", body) and f"{DARK['N']}" in svg and "prefers-color-scheme: dark" in svg
    page = picture.html()
    assert page.count("data:image/svg+xml;base64,") == 1 and page.index("<source") < page.index("<img")


def test_lift_lines_leave_numbers_alone():
    numbers = np.zeros(Sizes(3, 4, 2, 5, 6).shape("NTD"))
    bare, printed = (
        draw.box("X", "NTD", Sizes(3, 4, 2, 5, 6), values=values, lift=1).data("svg") for values in (None, numbers)
    )
    assert b"stroke-dasharray" in bare and b"stroke-dasharray" not in printed


def test_numbers_in_cells():
    assert [short_number(v) for v in (0, -0.001, 0.999, -0.55, 3.14159, -99.7, 12345.0, 1e-9)] == [
        "0",
        "0",
        "1.0",
        "−.55",
        "3.1",
        "−100",
        "1e4",
        "0",
    ]
    assert [short_number(v) for v in (np.nan, np.inf, -np.inf)] == ["nan", "∞", "−∞"]


def test_long_axes_are_drawn_longer_but_compressed():
    assert Span.of(8).total == 8 and Span.of(8).gap is None
    assert 8 < Span.of(9).total < Span.of(1000).total < 13
    assert Span.of(1000).indices[-1] == 999
    assert Block((1000, 50, 8), ("N", "T", "D")).width == 8 * 16


@pytest.mark.parametrize("lift", [0, (0, 2), "X[0, 2]", (slice(None), 2), "X[:, 2]", "1:3", -1])
def test_what_is_lifted_is_what_numpy_gives(lift):
    sizes = Sizes(4, 7, 3, 5, 2)
    X = np.zeros((4, 7, 3))
    typed = {"X[0, 2]": (0, 2), "X[:, 2]": np.s_[:, 2], "1:3": np.s_[1:3]}
    index = typed[lift] if isinstance(lift, str) else lift
    assert str(X[index].shape) in draw.box("X", "NTD", sizes, lift=lift).alt
