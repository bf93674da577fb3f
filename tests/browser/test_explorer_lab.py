"""The explorer in JupyterLab: a lecture from top to bottom, sliders and keys, the kernel's numbers."""

import json
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from browser_help import Card, a_page
from lab_help import a_lab, open_notebook, run_all

from rnnshapes.layers.words import number_text

ROOT = Path(__file__).parents[2]
NUMBERS = """import json
h_by_hand = np.zeros((T + 1, M))
for t in range(T):
    h_by_hand[t + 1] = np.tanh(X[0, t] @ Wx + h_by_hand[t] @ Wh + bh)
json.dump({"h": h_by_hand[1:].tolist(), "Yhat": Yhat.tolist(), "bh": bh.tolist()}, open("numbers.json", "w"))"""
LIVE = [
    "import rnnshapes\nseen = rnnshapes.explore(rnnshapes.Sizes(N=3, T=4, D=2, M=5, K=6), show='boxes')\nseen",
    "seen.state",
    "from IPython.display import HTML\nHTML('<p class=\"plain\">any output</p>')",
]
PLAIN = ".jp-OutputArea .plain"


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A JupyterLab of its own on a scratch folder with the lecture in it; gives its address and the folder."""
    folder = tmp_path_factory.mktemp("lab")
    lecture = nbformat.read(ROOT / "notebooks/01_rnn_shapes.ipynb", as_version=4)
    lecture.cells.append(nbformat.v4.new_code_cell(NUMBERS, id="numbers"))
    nbformat.write(lecture, folder / "lecture.ipynb")
    cells = [nbformat.v4.new_code_cell(source, id=f"cell-{i}") for i, source in enumerate(LIVE)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), folder / "live.ipynb")
    with a_lab(folder, home=tmp_path_factory.mktemp("home")) as address:
        yield address, folder


def test_the_lecture_runs_and_its_explorers_say_what_the_kernel_computes(lab, browser):
    address, folder = lab
    with a_page(browser, "lab-lecture", viewport={"width": 1400, "height": 1000}) as page:
        open_notebook(page, address, "lecture.ipynb")
        run_all(page)
        numbers = folder / "numbers.json"
        end = time.monotonic() + 150
        while not numbers.exists() and time.monotonic() < end:
            page.wait_for_timeout(300)
        page.wait_for_timeout(500)
        kernel = json.loads(numbers.read_text())
        page.locator(".rnnshapes-explorer").first.scroll_into_view_if_needed()
        card = Card(page)
        assert card.status.endswith(f"tanh = {number_text(kernel['h'][0][2])}.")
        card.slide("at", "t", 7)
        card.slide("at", "m", 4)
        assert card.status.startswith("h[0,7,4]:") and card.status.endswith(f"tanh = {number_text(kernel['h'][7][4])}.")
        card.find("[data-cell=y]").check()
        expected = number_text(kernel["Yhat"][0][0])
        assert f" = {expected}. model.predict() gives {expected}." in card.status
        assert not page.locator("text=Error displaying widget").count()


def test_keys_stay_inside_and_the_kernel_knows_where_the_sliders_stand(lab, browser):
    address, _ = lab
    with a_page(browser, "lab-live", viewport={"width": 1200, "height": 1000}) as page:
        open_notebook(page, address, "live.ipynb")
        page.locator(".jp-Cell").first.click()
        page.keyboard.press("Shift+Enter")
        card = Card(page)
        cells = page.locator(".jp-Notebook .jp-Cell").count()
        card.focus("[data-at=t]")
        for key in ("ArrowRight", "ArrowRight", "d", "d", "a", "b", "x"):
            page.keyboard.press(key)
        assert page.locator(".jp-Notebook .jp-Cell").count() == cells  # two d's delete a cell, a and b add one
        assert card.status.startswith("h[0,2,0]:")
        card.focus("[data-panel=boxes] .cells")
        for key in ("ArrowRight", "ArrowUp", "PageDown"):
            page.keyboard.press(key)
        assert card.status.startswith("h[1,1,1]:")
        card.slide("size", "M", 7)
        page.wait_for_timeout(600)
        page.locator(".jp-Notebook .jp-Cell").nth(1).click()
        page.keyboard.press("Shift+Enter")
        output = page.locator(".jp-Notebook .jp-Cell").nth(1).locator(".jp-OutputArea-output")
        output.wait_for()
        text = output.text_content()
        assert "'M': 7" in text and "'t': 1" in text and "'cell': 'h'" in text


def test_opened_again_without_its_kernel_it_goes_on_exploring_in_the_dark(lab, browser):
    address, _ = lab
    with a_page(browser, "lab-again", viewport={"width": 900, "height": 1000}) as page:
        open_notebook(page, address, "live.ipynb")
        page.locator(".jp-Cell").first.click()
        page.keyboard.press("Control+Enter")
        Card(page)
        page.keyboard.press("Control+s")
        page.get_by_role("menuitem", name="Settings", exact=True).click()
        page.get_by_text("Theme", exact=True).first.hover()
        page.get_by_text("JupyterLab Dark", exact=True).first.click()
        page.locator("body[data-jp-theme-light=false]").wait_for(state="attached")
        page.wait_for_timeout(1000)
        for session in json.load(urllib.request.urlopen(f"{address}/api/sessions")):
            request = urllib.request.Request(f"{address}/api/sessions/{session['id']}", method="DELETE")
            urllib.request.urlopen(request).close()
        page.goto("about:blank")
        open_notebook(page, address, "live.ipynb")
        card = Card(page)
        card.slide("at", "m", 3)
        assert card.status.startswith("h[0,0,3]:")
        assert card.find(".card").evaluate("card => getComputedStyle(card).backgroundColor") == "rgb(28, 28, 30)"
        found = Axe().run(page, context=".rnnshapes-explorer")
        assert not found.response["violations"], [violation["id"] for violation in found.response["violations"]]


def test_it_is_visible_soon_after_its_cell(lab, browser):
    """A second is twenty times what any output takes: both are measured in turn, so a busy machine is no fault."""
    address, _ = lab
    with a_page(browser, "lab-soon") as page:
        open_notebook(page, address, "live.ipynb")
        cells, times = page.locator(".jp-Notebook .jp-Cell"), {PLAIN: [], ".rnnshapes-explorer[data-ready]": []}
        for _ in range(4):  # the first one waits for the imports
            for shown, place in zip(times, (cells.last, cells.first), strict=True):
                place.click()
                page.evaluate("shown => document.querySelector(shown)?.remove()", shown)
                start = time.monotonic()
                page.keyboard.press("Control+Enter")
                page.wait_for_function("shown => document.querySelector(shown)", arg=shown, polling=20)
                times[shown].append(time.monotonic() - start)
        plain, explorer = map(min, times.values())
        assert explorer <= 20 * plain, times


def test_shift_enter_goes_through_to_jupyterlab(lab, browser):
    address, _ = lab
    with a_page(browser, "lab-enter") as page:
        open_notebook(page, address, "live.ipynb")
        page.locator(".jp-Cell").first.click()
        page.keyboard.press("Control+Enter")
        card = Card(page)
        card.focus("[data-panel=boxes] .cells")
        before = page.locator(".jp-InputPrompt").first.text_content()
        page.keyboard.press("Shift+Enter")
        page.wait_for_function(
            "before => document.querySelector('.jp-Notebook .jp-InputPrompt').textContent !== before", arg=before
        )
