"""How a verdict looks: a small card that is as readable in a dark theme as in a light one."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from rnnshapes.sizes import COLOURS

RECOGNISED, FORMULA = "Recognised", "Your code computes"
ROWS = ("Got", "Expected", RECOGNISED, FORMULA, "Try")
"""The labels of a verdict's rows, in their order; its text is read back by them."""

DARK = {"N": "#8ab0f0", "T": "#eba25d", "D": "#80c79d", "M": "#d58fdb", "K": "#b0b0b0"}
"""The letters' colours on a dark ground: the hues of COLOURS, lighter."""

_LETTERS = " ".join(
    f".rnnshapes-verdict .rnnshapes-{letter} {{ color: light-dark({COLOURS[letter]}, {DARK[letter]}); }}"
    for letter in DARK
)
# Each colour is typed once for both themes. Without a word from the host the reader's system decides; JupyterLab, Colab
# and VS Code say on an element above which theme they are in. The host's own colours for rows of tables are undone. An
# untrusted notebook and a sanitised page lose this sheet: the classes then mean nothing, and all of it has the host's
# colours. So no colour may stand in a style attribute.
CSS = f"""
.rnnshapes-verdict {{ color-scheme: light dark; color: light-dark(#1a1a1a, #e8e8e5);
  background: light-dark(#ffffff, #1b1d21); border: 1px solid light-dark(#d9d9d4, #3b3d42); border-radius: 4px;
  border-left: 6px solid light-dark(#b35806, #eba25d); font: 14px/1.5 "DejaVu Sans", Verdana, sans-serif; }}
.rnnshapes-verdict.rnnshapes-right {{ border-left-color: light-dark(#1b7837, #80c79d); }}
[data-jp-theme-light=true] .rnnshapes-verdict, [theme=light] .rnnshapes-verdict, .vscode-light .rnnshapes-verdict
  {{ color-scheme: light; }}
[data-jp-theme-light=false] .rnnshapes-verdict, [theme=dark] .rnnshapes-verdict, .vscode-dark .rnnshapes-verdict
  {{ color-scheme: dark; }}
@media print {{ .rnnshapes-verdict {{ color-scheme: light !important; }} }}
.rnnshapes-verdict table, .rnnshapes-verdict tbody tr, .rnnshapes-verdict tbody tr:nth-child(n):hover,
.rnnshapes-verdict tbody tr:nth-child(n), .rnnshapes-verdict th, .rnnshapes-verdict td, .rnnshapes-verdict code
  {{ background: light-dark(#ffffff, #1b1d21) !important; color: inherit; border: 0; font-size: inherit; }}
.rnnshapes-verdict code {{ font-family: "DejaVu Sans Mono", Consolas, monospace; padding: 0; white-space: inherit; }}
{_LETTERS}
"""
SHEET = f"<style>{CSS}</style>"

_CARD = "padding: 8px 12px; margin: 4px 0; max-width: 60em; overflow-wrap: anywhere"
_HEAD = "text-align: left; vertical-align: top; padding: 2px 12px 2px 0; white-space: nowrap"
_CELL = "text-align: left; vertical-align: top; padding: 2px 0; white-space: pre-wrap; min-width: 8em"


def card(inner: str, *, right: bool = False) -> str:
    """Return HTML for a card that is readable in light and in dark, once CSS is on the page; `inner` is HTML."""
    name = "rnnshapes-verdict rnnshapes-right" if right else "rnnshapes-verdict"
    return f"<div class='{name}' style='{_CARD}'>{inner}</div>"


def table(rows: Iterable[tuple[str, str]]) -> str:
    """Return a card's table; each row is its label, and HTML."""
    cells = "".join(
        f"<tr><th scope='row' style='{_HEAD}'>{label}</th><td style='{_CELL}'>{inner}</td></tr>"
        for label, inner in rows
    )
    return f"<table style='border-collapse: collapse'><tbody>{cells}</tbody></table>" if cells else ""


def coloured(text: str) -> str:
    """Escape a message for HTML and give every letter of the five its colour.

    >>> coloured("(3,) = (D,)")
    "(3,) = (<b class='rnnshapes-D'>D</b>,)"
    """
    return re.sub(
        r"(?<![\w<&])([2-4]?)(M[12]|[NTDMK])(?![\w;])",
        lambda found: f"{found[1]}{_letter(found[2])}",
        html.escape(text, quote=False),
    )


def coloured_formula(text: str) -> str:
    """Return a line of index strings for HTML: monospaced, the letters in brackets in their colours.

    >>> coloured_formula("X[d]")
    "<code>X[<b class='rnnshapes-D'>d</b>]</code>"
    """
    indices = re.sub(
        r"\[[^\[\]]*\]",
        lambda found: re.sub(r"(?<!\w)[ntdmkNTDMK](?!\w)", lambda letter: _letter(letter[0]), found[0]),
        html.escape(text, quote=False),
    )
    return f"<code>{indices}</code>"


def _letter(letter: str) -> str:
    return f"<b class='rnnshapes-{letter[0].upper()}'>{letter}</b>"
