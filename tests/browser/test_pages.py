"""`rnnshapes html` and `rnnshapes slides`, as a reader and a lecturer open them: from a folder, with no way out."""

import io
import re
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser_help import Card, a_browser, a_page
from PIL import Image
from playwright.sync_api import expect

from rnnshapes import cli
from rnnshapes.files import lesson_names

LESSONS = lesson_names(Path(__file__).parents[2])
WITH_ALL = "01_rnn_shapes"  # figures, explorers, formulas, a table, a model's summary
TALLEST = 720
ENLARGED = "window.slidesReady && document.querySelector('.rnnshapes-explorer[data-ready]')?.style.zoom"


@pytest.fixture(scope="module")
def pages(lectures):
    """A course folder with site/ and slides/ of every lecture, as the two commands write them."""
    course = lectures[0]
    for command in ("html", "slides"):
        assert cli.main(["--course", str(course), command]) == 0
    return course


@pytest.fixture(scope="module")
def browser(pages):  # after the pages: they are made in an event loop, and Playwright keeps one of its own
    with a_browser() as browser:
        yield browser


@contextmanager
def opened(browser, path, name, query="", **options):
    """A page on the file; whatever it asks of another host is refused, and fails the test."""
    requests = []

    def refuse(route):
        requests.append(route.request.url)
        route.abort()

    with a_page(browser, name, **options) as page:
        page.set_default_timeout(60_000)
        page.route(re.compile("^(?!file:|data:|blob:)"), refuse)
        page.goto(path.as_uri() + query)
        yield page
        assert not requests


@contextmanager
def a_deck(browser, pages, lesson, name, query=""):
    path = pages / f"slides/{lesson}.html"
    with opened(browser, path, name, query, viewport={"width": 1280, "height": 720}) as page:
        page.wait_for_function("window.slidesReady")
        yield page


def violations(page):
    return [(each["id"], each["nodes"][0]["html"][:200]) for each in Axe().run(page).response["violations"]]


def index_of(page, selector):
    """Go to the slide with the first element of this kind, as it is before any key; return its place."""
    return page.evaluate(
        """selector => {
            const {h, v} = Reveal.getIndices(document.querySelector(selector).closest("section"));
            Reveal.slide(h, v, -1);
            return [h, v];
        }""",
        selector,
    )


def place(page):
    return page.evaluate("[Reveal.getIndices().h, Reveal.getIndices().v]")


# ---------------------------------------------------------------------------------------------------- the site


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_page_is_whole_and_has_no_barriers(browser, pages, lesson):
    with opened(
        browser, pages / f"site/{lesson}.html", f"site-{lesson}", viewport={"width": 1200, "height": 900}
    ) as page:
        closed = page.locator("details.answer:not([open])").count()
        assert closed >= 8
        page.get_by_role("button", name="Show all answers").click()
        assert page.locator("details.answer[open]").count() == closed
        alts = page.locator("main img").evaluate_all(
            "images => images.map(({alt, naturalWidth}) => [alt, naturalWidth])"
        )
        assert len(alts) >= 3 and all(len(alt) >= 20 and width > 100 for alt, width in alts)
        assert (
            page.locator("[id^=rnnshapes-], script[type=module]").count() == page.locator(".rnnshapes-explorer").count()
        )
        assert "$" not in page.locator("main .piece:is(.text, .question)").all_inner_texts().__str__()
        assert "Traceback" not in page.content() and not page.locator("code:text-is('\\\\')").count()
        assert not violations(page)
        page.set_viewport_size({"width": 390, "height": 800})
        page.wait_for_function("document.documentElement.scrollWidth <= 390")


def test_from_the_first_page_through_all_lessons_and_back(browser, pages):
    with opened(browser, pages / "site/index.html", "site-walk") as page:
        assert page.locator("tbody tr").count() == len(LESSONS)
        assert page.get_by_role("row", name="01 RNN shapes").locator("td").inner_text() == (
            "one step, the loop over t, N samples at once"
        )
        assert not violations(page)
        page.locator("tbody a").first.click()
        for lesson in LESSONS[1:]:
            page.locator("header a[rel=next]").click()
            page.wait_for_url(f"**/{lesson}.html")
        assert not page.locator("a[rel=next]").count()
        page.locator("footer a[rel=prev]").click()
        page.wait_for_url(f"**/{LESSONS[-2]}.html")
        page.get_by_role("link", name="All lessons").first.click()
        page.wait_for_url("**/index.html")
        links = page.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        assert all((pages / "site" / link).is_file() for link in links)  # relative: a server may keep them anywhere


def test_an_answer_opens_with_the_keyboard_and_its_explorer_works(browser, pages):
    with opened(
        browser, pages / f"site/{WITH_ALL}.html", "site-explorer", viewport={"width": 1200, "height": 900}
    ) as page:
        answer = page.locator("details.answer", has=page.locator(".rnnshapes-explorer")).first
        expect(answer.locator(".rnnshapes-explorer")).to_be_hidden()
        answer.locator(":scope > summary").focus()
        page.keyboard.press("Enter")
        card = Card(page)
        card.slide("at", "m", 3)
        assert card.status.startswith("h[0,0,3]:")
        assert page.locator("math[display=block] mover").count() >= 1  # the hat of ŷ: a formula, not its source


def test_answers_open_without_scripts_and_on_paper(browser, pages):
    path = pages / f"site/{WITH_ALL}.html"
    with opened(browser, path, "site-no-scripts", java_script_enabled=False) as page:
        output = page.get_by_text("X has 30 numbers; X[0] is (10, 3)")
        expect(output).to_be_hidden()
        page.locator("details.answer > summary").first.click()
        expect(output).to_be_visible()
        assert page.locator("main img").count() >= 10  # explorers are figures here
        page.locator("details.answer > summary").first.click()
        page.emulate_media(media="print")
        expect(output).to_be_visible()
        expect(page.locator("header nav")).to_be_hidden()
        assert page.locator(".highlight pre").first.evaluate("pre => getComputedStyle(pre).breakInside") == "avoid"


def test_the_site_is_dark_where_the_reader_is(browser, pages):
    for scheme, paper in (("light", "rgb(255, 255, 255)"), ("dark", "rgb(22, 23, 26)")):
        with opened(browser, pages / f"site/{WITH_ALL}.html", f"site-{scheme}", color_scheme=scheme) as page:
            assert page.evaluate("getComputedStyle(document.body).backgroundColor") == paper
            page.get_by_role("button", name="Show all answers").click()
            if scheme == "dark":  # every page in the light is looked at above
                assert not violations(page)
            picture = page.locator(".shows picture img").first
            picture.scroll_into_view_if_needed()
            red, green, blue = corner(picture.screenshot())
            assert (min(red, green, blue) > 250) if scheme == "light" else (max(red, green, blue) < 40)


def corner(png):
    """Return the colour of a screenshot near its upper left corner."""
    with Image.open(io.BytesIO(png)) as image:
        return image.convert("RGB").getpixel((12, 12))


# ---------------------------------------------------------------------------------------------------- the slides

MEASURE = """() => {
    const found = [];
    for (const section of Reveal.getSlides()) {
        const {h, v} = Reveal.getIndices(section);
        Reveal.slide(h, v, 99);
        const sheet = section.querySelector(".sheet");
        const box = sheet.querySelector(".explorer");
        const inside = [...sheet.querySelectorAll(".piece")].map((piece) => piece.getBoundingClientRect());
        found.push({
            place: `${h}/${v}`,
            letters: parseFloat(sheet.style.fontSize || 100),
            tall: sheet.scrollHeight,
            low: Math.max(0, ...inside.map(({bottom}) => bottom)),
            right: Math.max(0, ...inside.map(({right}) => right)),
            wide: sheet.scrollWidth,
            pictures: [...sheet.querySelectorAll("img")].map((image) => [image.alt.length, image.height]),
            words: sheet.innerText.trim().length,
            explorer: box ? box.scrollHeight - box.clientHeight : 0,
            zoom: box ? parseFloat(box.querySelector(".rnnshapes-explorer").style.zoom) : 100,
        });
    }
    return found;
}"""


@pytest.mark.parametrize("lesson", LESSONS)
def test_no_slide_overflows_and_letters_stay_large(browser, pages, lesson):
    with a_deck(browser, pages, lesson, f"slides-{lesson}") as page:
        page.wait_for_function("!document.querySelector('.rnnshapes-explorer:not([data-ready])')")
        slides = page.evaluate(MEASURE)
        assert len(slides) >= 15
        for slide in slides:
            assert slide["tall"] <= TALLEST and slide["low"] <= TALLEST and slide["wide"] <= 1280, slide
            assert slide["right"] <= 1280 and slide["letters"] >= 75, slide
            assert slide["explorer"] <= 1 and slide["zoom"] >= 80, slide
            assert slide["words"] or slide["pictures"], slide
            assert all(alt >= 20 and tall >= 200 for alt, tall in slide["pictures"]), slide
        assert page.locator("h1").inner_text() and page.locator(".first .idea").inner_text()


def test_the_question_comes_first_and_a_key_shows_the_answer(browser, pages):
    with a_deck(browser, pages, WITH_ALL, "slides-question") as page:
        at = index_of(page, ".fragment")
        answer = page.locator("section.present .fragment").last
        assert page.locator("section.present .question").last.is_visible()
        expect(answer).to_be_hidden()
        page.keyboard.press("ArrowRight")
        expect(answer).to_be_visible()
        assert place(page) == at
        page.keyboard.press("PageDown")  # a clicker's key; it goes on through the section
        assert place(page) == [at[0], at[1] + 1]


def test_arrows_inside_the_explorer_do_not_turn_the_slide_and_esc_leaves_it(browser, pages):
    with a_deck(browser, pages, WITH_ALL, "slides-keys") as page:
        at = index_of(page, ".explorer")
        card = Card(page)
        before = card.status
        card.focus("[data-panel=step] .cells")
        expect(page.locator("section.present .hint").last).to_be_visible()
        for key in ("ArrowLeft", "ArrowLeft", "End", "b", "f", "o"):
            page.keyboard.press(key)
        assert card.status.startswith("h[0,0,4]:") != before.startswith("h[0,0,4]:")
        card.slide("at", "t", 5)
        page.keyboard.press("ArrowRight")
        assert place(page) == at
        assert not page.evaluate("Reveal.isOverview() || Reveal.isPaused()")
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement === document.body") and not page.evaluate("Reveal.isOverview()")
        page.keyboard.press("ArrowRight")
        assert place(page) == [at[0], at[1] + 1]
        page.keyboard.press("Escape")
        assert page.evaluate("Reveal.isOverview()")


def test_the_speakers_window_and_paper(browser, pages):
    with a_deck(browser, pages, WITH_ALL, "slides-speaker") as page:
        page.keyboard.press("ArrowRight")
        with page.expect_popup() as popup:
            page.keyboard.press("s")
        upcoming = popup.value.frame_locator("#upcoming-slide iframe")
        expect(upcoming.locator("section.present .running").last).to_be_attached(timeout=60_000)
    with opened(browser, pages / f"slides/{WITH_ALL}.html", "slides-print", "?print-pdf") as page:
        page.wait_for_function(ENLARGED)
        assert page.locator(".pdf-page").count() == page.locator(".sheet").count()
        cut_off = "boxes => boxes.map((box) => box.scrollHeight - box.clientHeight)"
        assert max(page.locator(".explorer").evaluate_all(cut_off)) <= 1
        page.emulate_media(media="print")
        visible = "answers => answers.every((answer) => getComputedStyle(answer).visibility === 'visible')"
        assert page.locator(".fragment").evaluate_all(visible)


@pytest.mark.parametrize("query", ["", "?print-pdf"], ids=["screen", "paper"])
def test_an_explorer_that_comes_after_its_slide_is_as_large_as_one_in_time(browser, pages, query):
    deck = pages / f"slides/{WITH_ALL}.html"
    late = deck.with_name("late.html")
    late.write_text(deck.read_text().replace('<script type="module">', '<script type="late">'))
    zooms = []
    for path in (deck, late):
        with opened(browser, path, "slides-late", query, viewport={"width": 1280, "height": 720}) as page:
            page.wait_for_function("window.slidesReady && Reveal.isReady()")
            if query:
                page.locator(".pdf-page").last.wait_for()
            else:
                index_of(page, ".explorer")
            page.evaluate(
                """for (const script of document.querySelectorAll("script[type=late]")) {
                    const module = document.createElement("script");
                    module.type = "module";
                    module.textContent = script.textContent;
                    script.replaceWith(module);
                }"""
            )
            page.wait_for_function(ENLARGED)
            zooms.append(page.locator(".rnnshapes-explorer").first.evaluate("card => card.style.zoom"))
    assert zooms[0] == zooms[1]
