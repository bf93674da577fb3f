"""Markdown and formulas that a stranger wrote, as harmless HTML and MathML."""

from __future__ import annotations

import html
import re
import secrets
from functools import cache
from typing import Any

from jinja2 import pass_context

from rnnshapes.grading.feedback.safe_html import COMMANDS, LINK, PICTURE, as_text, clean_html, defuse_tex

LONGEST = 50_000
MOST_SIGNS = 3_000
"""Characters of Markdown, and signs that mean something in it; more is shown as it is written. The parser's time grows
with the square of the signs, in some forms faster."""
LONGEST_RUN = 200
_SIGNS = re.compile(r"[\[\]()<>$\\`*_!#|&~{}]")
_RUN = re.compile(rf"([^\w\s=-])\1{{{LONGEST_RUN}}}|[ \t]{{{LONGEST_RUN}}}|(?:[>*+-][ \t]*){{{LONGEST_RUN}}}")


def markdown_html(source: str, attachments: Any = None, *, formulas: bool = True) -> str:
    """Return harmless HTML for Markdown; `attachments` are the cell's. Formulas become MathML,
    which needs no script, or stay TeX with `formulas=False`.

    >>> markdown_html("![a](https://example.org/a.png) $x_t$")
    '<p><img alt="a"> <math><mrow><msub><mi>x</mi><mi>t</mi></msub></mrow></math></p>\\n'
    """
    return _render(source, attachments, formulas=formulas)[0]


def is_beyond(source: str) -> bool:
    """Say whether a text is too long, or too full of signs, for a Markdown parser to be let loose on it."""
    return len(source) > LONGEST or bool(_RUN.search(source)) or len(_SIGNS.findall(source)) > MOST_SIGNS


def is_plain(source: str, attachments: Any = None) -> bool:
    """Return True if any Markdown renderer makes something harmless of `source`: no markup of its own, no odd links.

    >>> is_plain("a < b, **bold**, $x_t$"), is_plain("<b onclick=x>"), is_plain("![](https://example.org/pixel.png)")
    (True, False, False)
    """
    return _render(source, attachments, formulas=False)[1]


def one_line(source: str, attachments: Any = None) -> str:
    """Return Markdown that renders as `source` does, without its dangers: one line of HTML, which renderers pass on.

    For stock renderers that clean nothing (nbgrader's formgrader without this course's settings).
    """
    cleaned = _render(source, attachments, formulas=False)[0].strip().replace("\r", "")
    line = f"<div>{cleaned}</div>".replace("\n", "&#10;")
    return line if is_plain_html(line) else f"<div>{as_text(source)}</div>".replace("\n", "&#10;")


def is_plain_html(line: str) -> bool:
    """Return True if `line` is what `one_line` makes: clean HTML that cleaning leaves as it is."""
    if not line.startswith("<div>") or "\n" in line:
        return False
    return clean_html(line) == line.replace("&#10;", "\n")


@pass_context
def markdown_filter(context: Any, source: str) -> str:
    """Do what nbconvert's `markdown2html` does, harmlessly: for `HTMLExporter.filters`."""
    cell = context.get("cell") or {}
    return markdown_html(source, cell.get("attachments"))


def mathml(source: str, *, block: bool = False) -> str:
    r"""Return MathML for a TeX formula, or its source if it can't be read or is no mere formula.

    >>> mathml("x_t")
    '<math><mrow><msub><mi>x</mi><mi>t</mi></msub></mrow></math>'
    >>> mathml(r"a \quad b")
    '<math><mrow><mi>a</mi><mspace width="1em"></mspace><mi>b</mi></mrow></math>'
    >>> mathml(r"\href{javascript:x}{y}").replace("\u200b", "!")
    '<code>\\!href{javascript:x}{y}</code>'
    """
    if len(source) <= 2_000 and not COMMANDS.search(source):
        try:
            from latex2mathml.converter import convert_to_element

            return _math_tag(convert_to_element(source, display="block" if block else "inline"))
        except Exception:  # half a formula, a command that it does not know: readable as TeX
            pass
    return f"<code>{html.escape(defuse_tex(source))}</code>"


_MATH = frozenset(
    "math mrow mi mn mo mtext mspace msub msup msubsup mfrac msqrt mroot mover munder munderover mtable mtr mtd "
    "mstyle mpadded mphantom mfenced menclose".split()
)
_MATH_ATTRIBUTES = frozenset("display stretchy accent fence form mathvariant columnalign displaystyle width".split())
_MATH_VALUE = re.compile(r"[a-z -]{1,40}|\d{1,2}(?:\.\d{1,3})?em")  # words, and the width of a space


def _math_tag(element: Any) -> str:
    """Write an element of latex2mathml by list: its own writing escapes nothing."""
    name = element.tag
    if name not in _MATH:
        raise ValueError(f"{name} in a formula")
    text = html.unescape(element.text or "")
    if text.startswith("\\") or text == "&":  # it did not understand a command or an alignment
        raise ValueError(f"{text} is not known")
    attributes = "".join(
        f' {key}="{html.escape(value)}"'
        for key, value in element.attrib.items()
        if key in _MATH_ATTRIBUTES and _MATH_VALUE.fullmatch(value) and (key, value) != ("display", "inline")
    )
    inside = html.escape(text) + "".join(_math_tag(child) + html.escape(child.tail or "") for child in element)
    return f"<{name}{attributes}>{inside}</{name}>"


def _render(source: str, attachments: Any, *, formulas: bool) -> tuple[str, bool]:
    """Return (harmless HTML, whether every renderer's HTML is harmless)."""
    from nbconvert.filters.markdown_mistune import MarkdownWithMath

    pictures = attachments if isinstance(attachments, dict) else {}
    if len(source) <= 2 * LONGEST and is_plain_html(source):
        return source, True
    if is_beyond(source):
        return as_text(source), False
    renderer = _renderer()(pictures, formulas)
    try:
        raw = MarkdownWithMath(renderer=renderer).render(source)
    except Exception:  # an attachment that is missing, nesting beyond what the parser can: show what is written
        return as_text(source), False
    cleaned = clean_html(raw)
    for mark, (formula, block) in renderer.formulas.items():
        written = mathml(formula, block=block)
        cleaned = cleaned.replace(f"<span>{mark}</span>", written).replace(mark, html.escape(defuse_tex(formula)))
    return cleaned, renderer.plain


@cache
def _renderer() -> type:
    """Return the class of a Markdown renderer that notes what is not plain, and sets formulas aside.

    Formulas come back after cleaning, so that nobody's MathML is let through but latex2mathml's.
    """
    from nbconvert.filters.markdown_mistune import IPythonRenderer

    class Renderer(IPythonRenderer):
        def __init__(self, attachments: dict[str, Any], mathml: bool) -> None:
            super().__init__(escape=False, exclude_anchor_links=True, attachments=attachments)
            self.plain, self.mathml, self.formulas, self.secret = True, mathml, {}, secrets.token_hex(8)

        def inline_html(self, text: str) -> str:
            self.plain = self.plain and _is_simple(text)
            return text

        block_html = inline_html

        def link(self, text: str, url: str, title: str | None = None) -> str:
            self.plain = self.plain and bool(LINK.fullmatch(url))
            return super().link(text, url, title)

        def image(self, text: str, url: str, title: str | None = None) -> str:
            url = self._embed_image_or_attachment(url)
            self.plain = self.plain and bool(PICTURE.fullmatch(url))
            return super().image(text, url, title)

        def block_mermaidjs(self, code: str) -> str:
            self.plain = False  # nbconvert writes it unescaped
            return as_text(code)

        def _formula(self, source: str, left: str, right: str, block: bool) -> str:
            self.plain = self.plain and not COMMANDS.search(source)
            if not self.mathml and not COMMANDS.search(source):
                return f"{left}{html.escape(source, quote=False)}{right}"
            mark = f"formula-{self.secret}-{len(self.formulas)}-"
            self.formulas[mark] = (source, block)
            return f"<span>{mark}</span>"

        def inline_math(self, body: str) -> str:
            return self._formula(body, "$", "$", False)

        def block_math(self, body: str) -> str:
            return self._formula(body, "$$", "$$", True)

        def latex_environment(self, name: str, body: str) -> str:
            return self._formula(f"\\begin{{{name}}}{body}\\end{{{name}}}", "", "", True)

    return Renderer


def _is_simple(markup: str) -> bool:
    """Return True for a tag that neither carries anything nor ends what it did not begin, and for clean HTML."""
    return bool(_SIMPLE.fullmatch(markup)) or clean_html(markup).strip() == markup.strip()


_SIMPLE = re.compile(r"</?(?:b|i|u|s|em|strong|sub|sup|kbd|code|small|mark)>|<(?:br|hr)\s*/?>|<!--[^<>]*-->")
