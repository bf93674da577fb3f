"""What a slider's move costs in the explorer, from event to painted picture, for eight samples and for a thousand.

    python bench/explorer.py

Needs chromium. Times are those of the page's thread, the least of three rounds. A redraw should take 100 ms at most.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

import rnnshapes
from rnnshapes.sizes import Sizes

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from browser_help import Card, a_browser  # noqa: E402

EIGHT, THOUSAND = (Sizes(N=N, T=20, D=7, M=16, K=3) for N in (8, 1000))
MOVES = """async (root) => {
    let moves = 0;
    for (const letter of ["T", "M", "T", "M"]) {
        const slider = root.shadowRoot.querySelector(`[data-size="${letter}"]`);
        for (const step of [1, 2, 0]) {
            slider.value = Number(slider.max) - step;
            slider.dispatchEvent(new Event("input", {bubbles: true}));
            await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
            moves++;
        }
    }
    return moves;
}"""


def main() -> None:
    """Print milliseconds for each, and their ratio."""
    with tempfile.TemporaryDirectory() as folder, a_browser() as browser:
        page, took = browser.new_page(viewport={"width": 1000, "height": 900}), []
        for sizes in (EIGHT, THOUSAND):
            page.goto(rnnshapes.explore(sizes, at="h[5,9,3]").save(Path(folder) / "explorer.html").as_uri())
            card = Card(page)
            took.append(min(milliseconds_per_redraw(page, card) for _ in range(3)))
            print(f"N = {sizes.N:<5} {took[-1]:6.1f} ms a redraw")
        print(f"a thousand samples cost {took[1] / took[0]:.2f} times what eight do")


def milliseconds_per_redraw(page: Any, card: Card) -> float:
    """Return what a move costs, in time of the page's thread and not of a busy machine."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return next(one["value"] for one in metrics if one["name"] == "TaskDuration")

    before = spent()
    moves = card.root.evaluate(MOVES)
    return 1000 * (spent() - before) / moves


if __name__ == "__main__":
    main()
