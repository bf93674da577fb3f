"""A real browser for the tests: Debian's chromium, driven by Playwright, with no way out."""

import os
import shutil
from contextlib import contextmanager
from pathlib import Path

PLACES = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
SHOTS = Path(__file__).parent / "browser" / "screenshots"  # what a failed test saw; ignored by git


def chromium() -> str | None:
    """Return where a browser is, or None."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PLACES)), None)


@contextmanager
def a_browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=OPTIONS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def a_page(browser, name: str, **options):
    """A page whose script errors fail the test, and whose picture is kept when the test fails."""
    context = browser.new_context(**options)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    try:
        yield page
        assert not errors, errors
    except BaseException:
        SHOTS.mkdir(exist_ok=True)
        page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
        raise
    finally:
        context.close()


class Card:
    """One explorer on a page: Playwright looks into its shadow root by itself."""

    def __init__(self, page, place: int = 0) -> None:
        self.page = page
        self.root = page.locator(".rnnshapes-explorer[data-ready]").nth(place)
        self.root.wait_for()

    def find(self, selector: str):
        return self.root.locator(selector)

    @property
    def status(self) -> str:
        return self.find("[role=status]").text_content()

    @property
    def milliseconds(self) -> float:
        return float(self.root.get_attribute("data-ms"))

    def slide(self, kind: str, letter: str, value: int) -> None:
        """Move a slider with the mouse's event, as a drag ends."""
        self.find(f"[data-{kind}='{letter}']").fill(str(value))

    def focus(self, selector: str) -> None:
        self.find(selector).focus()

    def focused(self) -> str:
        """What has the focus inside this explorer, as its data attributes or class."""
        return self.root.evaluate(
            "({shadowRoot: {activeElement: at}}) => at && (at.className || JSON.stringify(at.dataset))"
        )
