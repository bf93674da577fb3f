"""HTML that a stranger wrote, made harmless.

Nothing that comes out runs, moves out of its place on the page, or makes a browser load anything. Tags, attributes,
style properties and links are let through by list; everything else is dropped. nh3 reads HTML by the rules
that browsers follow, so what it found harmless a browser can't read in another way.
"""

from __future__ import annotations

import html
import re
from functools import cache, lru_cache
from typing import Any

from rnnshapes.grading.feedback.safe_svg import is_inert_source

TAGS = frozenset(
    "a abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 "
    "hr i img ins kbd li mark ol p picture pre q s samp small source span strong sub summary sup table tbody td tfoot "
    "th thead tr u ul var".split()
)
GONE = frozenset("embed head iframe math noscript object script style svg template title".split())
"""Tags that go with all that is in them; of other tags that are not in TAGS the text stays."""
ATTRIBUTES = {
    "*": {"class", "style", "title", "lang"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "source": {"srcset", "type"},
    "th": {"scope", "colspan", "rowspan", "align"},
    "td": {"colspan", "rowspan", "align"},
    "col": {"span"},
    "ol": {"start"},
    "details": {"open"},
}
LINK = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x20]+|#[^\s]*", re.IGNORECASE)
PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/\s]+={0,2}\s*")
_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,4})?(?:%|px)?")
_WORDS = re.compile(r"dataframe|task-list-item|highlight|hl-[a-z0-9]+|ansi-[a-z-]+|rnnshapes-[A-Za-z]+")
COMMANDS = re.compile(
    r"\\(?=(?:href|url|style|class|cssId|require|unicode|html[A-Za-z]*|mmlToken|def|let|(?:re)?newcommand|"
    r"(?:re)?newenvironment|DeclareMathOperator|Tip|action|toggle|texttip|bbox|includegraphics|data)\b)"
)
"""TeX that MathJax turns into links, styles, loaded files or endless macros."""
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
LONGEST_SHOWN = 50_000
"""Characters of what could not be read as HTML or Markdown."""
MOST_TAGS, DEEPEST = 20_000, 64
"""A browser's parser, and nh3, take a time that grows with the square of the depth."""


def clean_html(text: str) -> str:
    """Return `text` with only harmless tags, attributes, styles and links; what is too deep to read becomes plain text.

    No ids, no names and no class names but those of tables, colours, code and verdicts: the pages around it have
    scripts that look for theirs. No relative links: in the formgrader they lead to files that a student handed in.

    >>> clean_html('<b onclick="steal()">12</b> <script>x</script><img src=x alt="a plot">')
    '<b>12</b> <img alt="a plot">'
    """
    return _clean_once(str(text)) if len(text) < _SHORT else _clean(str(text))


def _clean(text: str) -> str:
    import nh3

    text = defuse_tex(text)
    if not _shallow(text):
        return as_text(text)
    cleaned = nh3.clean(
        text,
        tags=set(TAGS),
        clean_content_tags=set(GONE),
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", "data"},
        link_rel="noopener noreferrer nofollow",
    )
    return cleaned if len(cleaned) <= 2 * len(text) + 10_000 else as_text(text)


_SHORT = 500_000
_clean_once = lru_cache(maxsize=32)(_clean)  # an instructor's pictures are the same in each submission


def as_text(text: str) -> str:
    """Return HTML that shows `text` as it is written."""
    import nh3

    if len(text) > LONGEST_SHOWN:
        text = f"{text[: LONGEST_SHOWN - 100]}\n… ({len(text) - LONGEST_SHOWN + 100:,} characters left out)"
    return nh3.clean(f"<pre>{html.escape(defuse_tex(text).strip()).replace(chr(13), '')}</pre>", tags={"pre"})


def defuse_tex(text: str) -> str:
    r"""Return `text` with an invisible space in each TeX command that can link, style or load.

    >>> defuse_tex(r"\tanh \href{x}{y}").replace("\u200b", "!")
    '\\tanh \\!href{x}{y}'
    """
    return COMMANDS.sub("\\\\\u200b", text)


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Return the attribute's harmless value, or None to drop it."""
    if name == "style":
        return _style(value) or None
    if name == "class":
        return " ".join(word for word in value.split() if word in _code_words() or _WORDS.fullmatch(word)) or None
    if name == "href":
        return value if LINK.fullmatch(value) else None
    if name == "src":
        return value if PICTURE.fullmatch(value) else None
    if name == "srcset":
        return value if is_inert_source(value) else None
    if name == "type":
        return value if value == "image/svg+xml" else None
    if name in ("width", "height"):
        return value if _NUMBER.fullmatch(value) else None
    if name in ("colspan", "rowspan", "span", "start"):
        return value if re.fullmatch(r"\d{1,3}", value) else None
    return value


@cache
def _code_words() -> frozenset[str]:
    from pygments.token import STANDARD_TYPES

    return frozenset(STANDARD_TYPES.values()) - {""}


_PROPERTIES = frozenset(
    "background background-color border-collapse border-spacing color font-family font-size font-style font-weight "
    "height line-height list-style-type max-height max-width min-width overflow-wrap text-align text-decoration "
    "vertical-align white-space width".split()
)
_BOX = re.compile(r"(?:margin|padding|border)(?:-(?:top|right|bottom|left|color|style|width|radius))*")


@lru_cache(maxsize=1024)
def _style(value: str) -> str:
    """Return the declarations that change colours, text and the size of boxes, and nothing outside their own place."""
    import tinycss2

    if len(value) > 2_000:
        return ""
    kept = [
        f"{declaration.lower_name}: {tinycss2.serialize(declaration.value).strip()}"
        for declaration in tinycss2.parse_blocks_contents(value, skip_comments=True, skip_whitespace=True)
        if declaration.type == "declaration"
        and (declaration.lower_name in _PROPERTIES or _BOX.fullmatch(declaration.lower_name))
        and tinycss2.serialize(declaration.value).strip()
        and all(map(_harmless_token, declaration.value))
    ]
    return "; ".join(kept)


def _harmless_token(token: Any) -> bool:
    if token.type == "function":  # url(), image-set(), var(), expression(): no
        return token.lower_name in ("rgb", "rgba", "hsl", "hsla") and all(map(_harmless_token, token.arguments))
    if token.type in ("number", "percentage", "dimension"):  # less than nothing moves a box over its neighbours
        return 0 <= token.value <= 1_200
    if token.type == "literal":
        return token.value in (",", "/")
    return token.type in ("ident", "hash", "string", "whitespace")


def _shallow(text: str) -> bool:
    """Return True if the tags can't nest deeper than DEEPEST, counted so that no wrong end tag hides any."""
    if text.count("<") <= DEEPEST:
        return True
    if text.count("<") > MOST_TAGS:
        return False
    depth: dict[str, int] = {}
    most: dict[str, int] = {}
    for found in _TAG.finditer(text):
        name = found[2].lower()
        if name not in _VOID:
            depth[name] = max(0, depth.get(name, 0) + (-1 if found[1] else 1))
            most[name] = max(most.get(name, 0), depth[name])
    return sum(most.values()) <= DEEPEST
