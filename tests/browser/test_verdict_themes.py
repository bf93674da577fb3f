"""A verdict can be read wherever it is shown: JupyterLab light and dark, Colab, a page in either theme of the system.

The contrast is measured in the browser: each text's computed colour against the background that is painted behind it.
"""

import json

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from browser_help import a_browser, a_page, chromium
from lab_help import a_lab, open_notebook, run_all
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from rnnshapes.grading.feedback.page_of_feedback import Marks, render_feedback
from rnnshapes.grading.feedback.sanitise import sanitise_notebook
from rnnshapes.grading.report.page_of_report import Row, report_html
from rnnshapes.judge.exercise import Belief
from rnnshapes.judge.verdict import Verdict

pytestmark = pytest.mark.skipif(chromium() is None, reason="no chromium")

WRONG = Verdict(
    "rnn_by_hand",
    got="(10, 2) = (T, K), off by up to 0.3 in every row t; N, D and M fit",
    expected="(2,) = (K,)",
    formula="h[n,t,m] = tanh( X[n,t,d]·Wx[d,m] + h[n,t-1,m']·Wh[m,m'] )\ny[n,k] = h[n,t,m]·Wo[m,k] + bo[k]",
    beliefs=(Belief("bias_dropped", "The bias starts at zero, so I can leave it out.", "Count the terms."),),
)
RIGHT = Verdict("h", right=True, summary="h agrees with Keras: (5,) = (M,).", try_="Try T = 1 too.")
CODE = f"""from rnnshapes.judge.exercise import Belief
from rnnshapes.judge.verdict import Verdict
display({WRONG!r})
display({RIGHT!r})"""
CONTRASTS = """cards => {
  const channels = colour => colour.match(/[\\d.]+/g).map(Number)
  const luminance = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0)
  const ground = element => {
    for (let at = element; at; at = at.parentElement) {
      const [r, g, b, alpha] = channels(getComputedStyle(at).backgroundColor)
      if (alpha === undefined || alpha === 1) return [r, g, b]
      if (alpha > 0) throw new Error("half a colour behind " + element.outerHTML)
    }
    return [255, 255, 255]
  }
  return cards.flatMap(card => {
    const found = [], walker = document.createTreeWalker(card, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const text = walker.currentNode.textContent.trim(), element = walker.currentNode.parentElement
      if (!text) continue
      const colour = getComputedStyle(element).color, behind = ground(element)
      const [low, high] = [luminance(channels(colour)), luminance(behind)].sort((a, b) => a - b)
      found.push({text, colour, ground: behind.join(), contrast: (high + 0.05) / (low + 0.05)})
    }
    return found
  })
}"""
CARD = ".rnnshapes-verdict"


def measure(frame, *, dark: bool, letters: bool = True) -> None:
    """All of a verdict's texts stand out, on a ground of the theme; each letter has its own colour."""
    frame.locator(CARD).first.wait_for()
    texts = frame.locator(CARD).evaluate_all(CONTRASTS)
    assert len(texts) > 15
    faint = [text for text in texts if text["contrast"] < 4.5]
    assert not faint, faint
    assert all((sum(map(int, text["ground"].split(","))) < 380) == dark for text in texts), texts
    colours = {text["text"]: text["colour"] for text in texts if text["text"] in "NTDMK"}
    assert not letters or (len(colours) == 5 and len(set(colours.values())) == 5), colours


def check_with_axe(page, inside: str = CARD) -> None:
    found = Axe().run(page, context=inside)
    assert found.violations_count == 0, found.generate_report()


def page_of(*verdicts: Verdict) -> str:
    """A page as nbconvert makes one, with no word about its theme."""
    shown = "".join(verdict._repr_mimebundle_()["text/html"] for verdict in verdicts)
    return f"<!doctype html><html lang='en'><title>Verdicts</title><body><main>{shown}</main></body></html>"


@pytest.fixture(scope="module")
def notebooks(tmp_path_factory):
    """Two notebooks: one to run, and one that somebody else ran, which JupyterLab does not trust."""
    folder = tmp_path_factory.mktemp("verdicts")
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    nbformat.write(new_notebook(cells=[new_code_cell(CODE)], metadata=kernel), folder / "mine.ipynb")
    outputs = [new_output("display_data", verdict._repr_mimebundle_()) for verdict in (WRONG, RIGHT)]
    nbformat.write(new_notebook(cells=[new_code_cell("1", outputs=outputs)], metadata=kernel), folder / "sent.ipynb")
    return folder


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_in_jupyterlab_its_own_rows_included(notebooks, tmp_path, theme):
    chosen = tmp_path / "settings/@jupyterlab/apputils-extension/themes.jupyterlab-settings"
    chosen.parent.mkdir(parents=True)
    chosen.write_text(json.dumps({"theme": f"JupyterLab {theme}"}))
    other = "light" if theme == "Dark" else "dark"  # JupyterLab's theme decides, not the system's
    with a_lab(notebooks, home=tmp_path) as address, a_browser() as browser:
        with a_page(
            browser, f"verdict-lab-{theme}", color_scheme=other, viewport={"width": 1000, "height": 800}
        ) as page:
            open_notebook(page, address, "sent.ipynb")
            measure(page, dark=theme == "Dark", letters=False)
            open_notebook(page, address, "mine.ipynb")
            run_all(page)
            measure(page, dark=theme == "Dark")
            page.locator(f"{CARD} tr").nth(1).hover()
            measure(page, dark=theme == "Dark")
            check_with_axe(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1000, 390])
def test_on_a_page_it_follows_the_system(theme, width):
    with (
        a_browser() as browser,
        a_page(
            browser, f"verdict-{theme}-{width}", color_scheme=theme, viewport={"width": width, "height": 700}
        ) as page,
    ):
        page.set_content(page_of(WRONG, RIGHT))
        measure(page, dark=theme == "dark")
        check_with_axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_in_colabs_frame_colabs_theme_decides(theme):
    with a_browser() as browser, a_page(browser, f"verdict-colab-{theme}", color_scheme="light") as page:
        page.set_content(page_of(WRONG, RIGHT).replace("<html", f"<html theme='{theme}'"))
        measure(page, dark=theme == "dark")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_in_the_feedback(theme):
    cells = [
        new_markdown_cell("## 3. One sample by hand"),
        new_code_cell("import numpy as np\nx = 'text'  # (T, D)\n1 / 0", outputs=[*_failed(), *_shown(WRONG)]),
        new_code_cell("# seen", metadata={"nbgrader": _grader("test_h")}, outputs=[*_wrong(WRONG)]),
    ]
    nb = sanitise_notebook(new_notebook(cells=cells))
    with a_browser() as browser, a_page(browser, f"verdict-feedback-{theme}", color_scheme=theme) as page:
        page.set_content(render_feedback(nb, notebook="rnn_shapes", marks=Marks({"test_h": (0, 4)})))
        measure(page, dark=theme == "dark")
        assert page.locator(CARD).count() == 2
        texts = page.locator("body").evaluate_all(CONTRASTS)
        faint = [text for text in texts if text["contrast"] < 4.5]
        assert theme == "light" or not faint, faint  # in the light it is nbgrader's and Jupyter's sheets
        check_with_axe(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 390])
def test_the_report_can_be_read_in_either_theme(theme, width):
    points = {"loop": (1.0, 4.0), "batch": (2.0, 2.0)}
    recognised = {"loop": ["wh_transposed", "not_written"]}
    rows = [Row(f"s{n}", score=3.0, max_score=6.0, points=points, recognised=recognised, late=99.0) for n in range(22)]
    sections = {"loop": ("The loop", "../site/01_x.html#s6")}
    text = report_html("01_x", rows, says={}, sections=sections, since={"Since 00_axes": {"s1": {"relu"}}})
    with (
        a_browser() as browser,
        a_page(
            browser, f"report-{theme}-{width}", color_scheme=theme, viewport={"width": width, "height": 900}
        ) as page,
    ):
        page.set_content(text)
        page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
        texts = page.locator("body").evaluate_all(CONTRASTS)
        assert len(texts) > 100 and not [one for one in texts if one["contrast"] < 4.5]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        check_with_axe(page, "body")


def _grader(key: str) -> dict:
    return {"grade": True, "solution": False, "locked": True, "task": False, "points": 4, "grade_id": key}


def _shown(verdict: Verdict) -> list:
    return [new_output("display_data", verdict._repr_mimebundle_())]


def _wrong(verdict: Verdict) -> list:
    return [new_output("error", ename="WrongAnswer", evalue=str(verdict).removeprefix("✗ "), traceback=[])]


def _failed() -> list:
    lines = ["\x1b[31m-----\x1b[39m", "\x1b[31mZeroDivisionError\x1b[39m  \x1b[32m1\x1b[39m \x1b[38;5;241m/\x1b[39m 0"]
    return [new_output("error", ename="ZeroDivisionError", evalue="division by zero", traceback=lines)]
