"""The README's two pictures, made from the course as it is: a recognised mistake, and the explorer. `make pictures`."""

import sys
import tempfile
from pathlib import Path

import numpy as np

import rnnshapes

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))
from browser_help import a_browser  # noqa: E402

WIDTH = 760


def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    """A student's loop, with a mistake that no shape complains about."""
    h_last = np.zeros(len(bh))
    Yhats = []
    for t in range(len(x)):
        h_last = np.tanh(x[t] @ Wx + Wh @ h_last + bh)
        Yhats.append(h_last @ Wo + bo)
    return np.array(Yhats)


def main() -> None:
    verdict = rnnshapes.check_answer("01/rnn_by_hand", rnn_by_hand)
    card = verdict._repr_mimebundle_()["text/html"].partition("<img")[0]
    sizes = rnnshapes.Sizes(N=3, T=4, D=2, M=5, K=6)
    with tempfile.TemporaryDirectory() as folder, _page() as page:
        page.set_content(f"<body style='margin: 8px'>{card}</body>")
        page.locator(".rnnshapes-verdict").screenshot(path=HERE / "mistake.png")
        path = Path(folder) / "explorer.html"
        rnnshapes.explore(sizes, at="h[0,2,1]", show=["step"]).save(path)
        page.goto(path.as_uri())
        explorer = page.locator(".rnnshapes-explorer[data-ready]")
        explorer.wait_for()
        explorer.screenshot(path=HERE / "explorer.png")
    for name in ("mistake", "explorer"):
        print(f"written    docs/{name}.png  ({(HERE / name).with_suffix('.png').stat().st_size // 1024} kB)")


class _page:
    """A page of the browser, as wide as a README."""

    def __enter__(self):
        self.browser = a_browser()
        browser = self.browser.__enter__()
        return browser.new_page(viewport={"width": WIDTH, "height": 600}, color_scheme="light")

    def __exit__(self, *error):
        return self.browser.__exit__(*error)


if __name__ == "__main__":
    main()
