"""People's names in every script: compared, and made into logins, without merging two that differ."""

from __future__ import annotations

import re
import unicodedata

_ACCENTS = re.compile("[\u0300-\u036f]")
"""Marks of Latin, Greek and Cyrillic. A vowel sign of Thai, Hindi or Tamil is no accent: it makes another name."""
_APOSTROPHES = re.compile("[\u02b9-\u02bf\u02c8]")
"""Letters, says Unicode, that people type as an apostrophe."""
LONGEST = 100
"""Characters of a login; a folder's name may have 255 bytes, and a character up to four."""
LONGEST_BYTES = 180


def name_key(name: str) -> str:
    """Return a name without case, spaces and punctuation, to compare; letters, marks and digits all count.

    >>> name_key("Lovelace, Ada"), name_key("O’Brien") == name_key("o'brien"), name_key("กุ้ง") == name_key("กู้ง")
    ('lovelaceada', True, False)
    """
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name[:1000]).casefold())
    kept = "".join(char for char in folded if unicodedata.category(char)[0] in "LMN")
    return _APOSTROPHES.sub("", kept)


def plain_key(name: str) -> str:
    """Return `name_key` without accents: many write Zoe for Zoë.

    >>> plain_key("Zoë")
    'zoe'
    """
    return name_key(without_accents(name))


def name_words(name: str) -> set[str]:
    """Return the words of a name, each as `plain_key` gives it."""
    return {plain_key(word) for word in re.split(r"[\s,_/-]+", name[:1000])} - {""}


def without_accents(name: str) -> str:
    """Return a name with é as e, and every other script as it is."""
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", name)))


def safe_login(name: str, *, accents: bool = False) -> str:
    """Make a login that can be a folder's name from what an LMS calls a student; `accents` stay only if asked for.

    >>> safe_login("Zoë O'Neill-Łuk"), safe_login("../.."), safe_login("สมชาย ใจดี")
    ('zoe_o_neill-łuk', '', 'สมชาย_ใจดี')
    """
    name = name[:1000]
    plain = unicodedata.normalize("NFC", name) if accents else without_accents(name)
    kept = "".join(
        char if char in ".@+-" or unicodedata.category(char)[0] in "LMN" else "" if char in "\u200c\u200d" else "_"
        for char in plain.lower()
    )
    login = re.sub(r"_+", "_", kept).strip("._-+")[:LONGEST]
    return login.encode()[:LONGEST_BYTES].decode("utf-8", "ignore").strip("._-+")
