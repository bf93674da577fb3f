"""Times as LMSs, file systems and people write them, in any language that Unicode's locale data knows."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime

_LANGUAGES = """ar bg bn ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk kn ko lt lv ml
mr ms nb ne nl pa pl pt ro ru sk sl sq sr sv sw ta te th tr uk ur uz vi zh zh_Hant""".split()
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
# What stands between a day and a time of day in several languages, and says nothing.
_FILLERS = (
    r"(?<!\w)(?:at|um|uhr|à|às|a las|a la|alle|ore|om|kl|klo|o|v|os|la|das|le|h|в|г|р|року|год|de|del|den|der"
    r"|เวลา|น|को|ngày|lúc|pukul|saat|dnia|godz|dne)(?!\w)\.?"
)
_HOURS = {"EDT": -4, "CDT": -5, "CST": -6, "MDT": -6, "PDT": -7, "PST": -8, "CEST": 2, "BST": 1, "EEST": 3, "JST": 9,
          "KST": 9, "AEST": 10, "AEDT": 11}  # fmt: skip
"""Zones by the letters that programs write, where the system's list of zones has none."""
_SLASHES = re.compile(r"(?<!\d)(\d{1,2})[/-](\d{1,2})[/-](?:\d{4}|\d{2})(?!\d)")
_LONGEST = 100


def parse_time(text: str, *, day_first: bool | None = None) -> datetime | None:
    """Return a time in UTC, without zone, as nbgrader's `parse_utc` reads it; None if it is none, or no whole date.

    A time without a zone is taken for UTC. `day_first` says how 3/4/2026 is meant; unsaid: March 4 where AM or PM
    follows, as Americans write, else the third of April.

    >>> parse_time("2026-03-01 12:00:00 Europe/Berlin"), parse_time("2026-03-01-12-00-00"), parse_time("soon")
    (datetime.datetime(2026, 3, 1, 11, 0), datetime.datetime(2026, 3, 1, 12, 0), None)
    >>> parse_time("1. März 2026, 15:05"), parse_time("2026年3月1日 下午3:05") == parse_time("Mar 1, 2026 305 PM")
    (datetime.datetime(2026, 3, 1, 15, 5), True)
    """
    if not 0 < len(text) <= _LONGEST:
        return None
    plain = _plain(text)
    if number := re.fullmatch(r"(\d{10})(?:\.\d+|\d{3}|\d{6})?", plain):  # Unix: seconds, or with their parts
        seconds = int(number[1])
        return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None) if 946684800 <= seconds < 4102444800 else None
    try:
        if re.fullmatch(r"\d{4}(\D\d\d){5}", plain) or re.fullmatch(r"\d{14}(\d{3})?", plain):
            digits = re.sub(r"\D", "", plain)
            return datetime(int(digits[:4]), *(int(digits[i : i + 2]) for i in range(4, 14, 2)))
    except ValueError:
        return None
    return _parsed(plain, day_first) or _parsed(_in_english(plain), day_first)


def date_order(texts: Iterable[str]) -> bool | None:
    """Say from a class's times whether the day stands first in 3/4/2026: True, False, or None if they don't tell.

    >>> date_order(["3/4/2026", "3/14/2026"]), date_order(["3/4/2026"])
    (False, None)
    """
    pairs = [(int(found[1]), int(found[2])) for text in texts if (found := _SLASHES.search(_plain(text[:_LONGEST])))]
    first, second = any(one > 12 for one, _ in pairs), any(other > 12 for _, other in pairs)
    return first if first != second else None


def is_unsure(text: str) -> bool:
    """True for a date such as 3/4/2026, which is one day in Boston and another in London."""
    found = _SLASHES.search(_plain(text[:_LONGEST]))
    return bool(found) and found[1] != found[2] and max(int(found[1]), int(found[2])) <= 12


def _plain(text: str) -> str:
    """Digits of any script as 0 to 9; no marks of the direction of writing, which Windows puts into dates."""
    text = unicodedata.normalize("NFKC", text)
    digits = (str(unicodedata.decimal(char, "")) or char for char in text)
    return " ".join("".join(char for char in digits if unicodedata.category(char) != "Cf").split())


def _parsed(text: str, day_first: bool | None) -> datetime | None:
    from dateutil import parser, tz

    text = re.sub(r"\b([AaPp])\.?\s?[Mm]\b\.?", lambda found: found[1].upper() + "M", text.replace("_", " "))
    text = re.sub(r"([+-]\d\d:?\d\d) [A-Z]{3,5}$", r"\1", " ".join(text.replace(",", " ").split()))
    text = re.sub(r"(?<=\d{4} )(\d{1,2})(\d\d)(?= ?[AP]M|$)", r"\1:\2", text)  # "1159 PM", as Brightspace writes
    text = re.sub(r"(?<=\d )(\d{1,2})[.-](\d\d)(?:[.-](\d\d))?(?= ?[AP]M|$)", _clock, text)
    text = re.sub(r"\b([AP]M) ?(\d{1,2}:\d\d(?::\d\d)?)", r"\2 \1", text)  # "PM 3:05", as in Chinese and Korean
    if day_first is None:
        day_first = not re.search(r"\d ?[AP]M\b", text)
    zone = None
    if found := re.search(r" ([A-Z][A-Za-z_]+/[A-Za-z_/+-]+)$", text):
        zone, text = tz.gettz(found[1]), text[: found.start()]
        if zone is None:
            return None

    def offset_of(name: str, offset: int | None) -> object:
        """What a zone's letters mean; a word that is no zone makes the time unreadable."""
        found = offset if offset is not None else _HOURS[name] * 3600 if name in _HOURS else tz.gettz(name)
        if found is None:
            raise ValueError(name)
        return found

    year_first = bool(re.match(r"\d{4}\b", text))
    times = []
    for default in (datetime(2000, 1, 1), datetime(2003, 2, 2)):  # what the text leaves out would differ
        try:
            times.append(
                parser.parse(
                    text,
                    default=default,
                    dayfirst=day_first and not year_first,
                    yearfirst=year_first,
                    tzinfos=offset_of,
                )
            )
        except (ValueError, OverflowError, TypeError, ArithmeticError, AttributeError, IndexError):
            return None
    if times[0] != times[1]:
        return None
    time = times[0] if zone is None else times[0].replace(tzinfo=zone)
    try:
        return (time - (time.utcoffset() or time - time)).replace(tzinfo=None)
    except OverflowError:
        return None


def _clock(found: re.Match) -> str:
    return ":".join(part for part in found.groups() if part)


def _in_english(text: str) -> str:
    """Return a time with English months, AM and PM in place of those of another language, its fillers left out."""
    text = re.sub(r"(?i)^(\w+ )?am (?=\d)", "", text)  # German: am 1. März
    text = re.sub(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일号]?", r"\1-\2-\3 ", text)
    text = re.sub(r"(\d{1,2})\s*[時时點点시]\s*(\d{1,2})\s*[分분]?(?:\s*(\d{1,2})\s*[秒초])?",
                  _clock, text)  # fmt: skip
    text = re.sub(r"(?<!\d)2[45]\d\d(?!\d)", lambda found: str(int(found[0]) - 543), text)  # Thailand's years
    words = _words()
    known = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    letters = r"[^\W\d_]"
    text = re.sub(
        rf"(?<!{letters})(?:{known})(?!{letters})\.?", lambda found: f" {words[found[0].rstrip('.')]} ", text.casefold()
    )
    return " ".join(re.sub(_FILLERS, " ", text).split()).upper()


@functools.cache
def _words() -> dict[str, str]:
    """Months, weekdays (as nothing) and halves of the day in all languages; a word that means two things is none."""
    from babel import Locale

    meanings: defaultdict[str, set[str]] = defaultdict(set)
    halves = {"am": "AM", "pm": "PM", "morning1": "AM", "afternoon1": "PM", "evening1": "PM"}
    for language in _LANGUAGES:
        locale = Locale.parse(language)
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, word in locale.months[form][width].items():
                    meanings[_word(word)].add(_MONTHS[number - 1])
                for word in locale.days[form][width].values():
                    meanings[_word(word)].add("")
                periods = locale.day_periods.get(form, {}).get(width, {})
                for period, half in halves.items():
                    if period in periods and (period in ("am", "pm") or language in ("zh", "zh_Hant", "ko", "ja")):
                        meanings[_word(periods[period])].add(half)
    for word in [word for word in meanings if "." in word]:
        meanings[word.replace(".", "").replace(" ", "")] |= meanings[word]
    single = [(word, *found) for word, found in meanings.items() if len(found) == 1]
    return {
        word: one
        for word, one in single
        if not (word.isdecimal() or re.fullmatch(_FILLERS, word)) and (len(word) > 1 or word in "مص")
    }


def _word(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip().rstrip(".")
