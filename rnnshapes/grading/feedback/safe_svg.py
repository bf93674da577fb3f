"""Drawings that a stranger made: which of them do nothing but stand there."""

from __future__ import annotations

import base64
import re
from typing import Any

_SVG = frozenset(
    "svg g defs path rect circle ellipse line polyline polygon text tspan textPath use symbol clipPath mask marker "
    "pattern image linearGradient radialGradient stop title desc style metadata".split()
)
_FETCHES = re.compile(r"url\s*\((?!\s*['\"]?#)|@import|expression\s*\(|javascript:|\\", re.IGNORECASE)


def is_inert_svg(text: str) -> bool:
    """Return True for a drawing without scripts, events, foreign content, and links to anything outside itself.

    >>> is_inert_svg('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>')
    True
    >>> is_inert_svg('<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>')
    False
    """
    from defusedxml.ElementTree import fromstring

    try:
        tree = fromstring(text)
    except Exception:  # not well-formed, or entities that grow
        return False
    described = {part for data in tree.iter() if _bare(data.tag) == "metadata" for part in data.iter()}
    for element in tree.iter():
        if element in described:  # matplotlib's licence and date: namespaces of their own, never drawn
            if str(element.tag).startswith(("{http://www.w3.org/2000/svg", "{http://www.w3.org/1999/xhtml")):
                if _bare(element.tag) != "metadata":
                    return False
            continue
        if not str(element.tag).startswith("{http://www.w3.org/2000/svg}") or _bare(element.tag) not in _SVG:
            return False
        if _FETCHES.search(element.text or ""):
            return False
        for name, value in element.attrib.items():
            link = _bare(name) in ("href", "src") and not re.match(r"#|data:image/(?:png|jpeg);base64,", value)
            if _bare(name).lower().startswith("on") or link or _FETCHES.search(value):
                return False
    return True


def _bare(tag: Any) -> str:
    return str(tag).rpartition("}")[2]


def is_inert_source(value: str) -> bool:
    """Tell whether the `srcset` of a <source> is one such drawing and nothing else, as pictures of this course have it.

    >>> is_inert_source("data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=")
    True
    >>> is_inert_source("https://example.org/a.svg 2x")
    False
    """
    kind, _, data = value.partition(",")
    if kind != "data:image/svg+xml;base64" or not re.fullmatch(r"[A-Za-z0-9+/]+={0,2}", data):
        return False
    try:
        return is_inert_svg(base64.b64decode(data, validate=True).decode("utf-8"))
    except ValueError:
        return False
