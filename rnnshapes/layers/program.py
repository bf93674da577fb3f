"""A layer's lines with the places in them that an edit may be about: one layer, each of two layers, each direction."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from rnnshapes.layers.tables import SIMPLE_RNN_LINES

Edit = tuple[str, str]
"""(old words, new words); ("", line) adds a line, in front of the first that reads it."""

EVERYWHERE = " everywhere"
_OF_LAYER = r"\b(h|z|e|u|Z|Wx|Wh|Wxh|Whx|bh)(?=\[)"
"""What each copy of a layer has of its own."""


@dataclass(frozen=True)
class Part:
    """One copy of a layer in a program: `owns` are the results that it makes, `renames` turn a layer's words into its.

    A rename is (pattern, replacement) for `re.sub`, applied in order. `film` is the result of a part that stands beside
    others, in whose rows a mistake can be made by itself; `backward` says that its last row is made first.
    """

    name: str = ""
    owns: tuple[str, ...] = ()
    renames: tuple[tuple[str, str], ...] = ()
    film: str = ""
    backward: bool = False

    def own(self, words: str) -> str:
        """Return words about a layer as this copy says them.

        >>> layer(2, reads="h1").own("X[n,t,d]·Wx[d,m]")
        'h1[n,t,m1]·Wx2[m1,m2]'
        """
        for pattern, replacement in self.renames:
            words = re.sub(pattern, replacement, words)
        return words


@dataclass(frozen=True)
class Program:
    """Lines that run together; `film` is the result that an exercise returns rows of."""

    lines: tuple[str, ...]
    film: str
    parts: tuple[Part, ...] = (Part(),)


def layer(number: int, *, reads: str = "X") -> Part:
    """Return layer 1 or 2 of a stack: m is m1, Wx is Wx1, and layer 2 reads h1 of M1 numbers in X's place."""
    renames = [(r"\bm\b", f"m{number}"), (r"\bM\b", f"M{number}"), (_OF_LAYER, rf"\g<1>{number}")]
    if reads != "X":
        below = number - 1
        renames += [(r"\bX(?=\[)", reads), (r"\bd\b", f"m{below}"), (r"\bD\b", f"M{below}")]
    return Part(f"layer_{number}", (f"h{number}",), tuple(renames))


_OF_A_HALF = r"\b(h|z|e|u|Wx|Wh|Wxh|Whx|bh)(?=\[)"
FORWARD_HALF = Part("forward_half", ("hf",), ((_OF_A_HALF, r"\g<1>f"),), film="hf")
BACKWARD_HALF = Part(
    "backward_half",
    ("hb",),
    ((_OF_A_HALF, r"\g<1>b"), (r"\bt-([12])", r"t+\1"), (r"\b([hu]b)\[n,-1,m\]", r"\1[n,T,m]")),
    film="hb",
    backward=True,
)

LSTM_PART = Part(
    renames=(
        (r"(·W\w+\[[^\],]*),m\]", r"\1,j]"),
        (r"\bbh\[m\]", "bh[j]"),
        (r"(?<!\*)\bh\[n,t-1,m\]", "narrow[n,t-1,m]"),
    )
)
"""Its sum is 4M wide: what meets a whole weight there has the letter j, and h of M numbers can't be added as it is."""

GRU_PART = Part(renames=(LSTM_PART.renames[0], (r"\bbh\[m\]", "b[j]"), LSTM_PART.renames[2]))
"""The same, where one bias of 3M numbers is called b; its two rows, where it has two, are no bias of a SimpleRNN."""

PARTS = {"STACK_LINES": (layer(1), layer(2, reads="h1")), "TWO_FILMS_LINES": (FORWARD_HALF, BACKWARD_HALF)}
PARTS |= dict.fromkeys(("LSTM_LINES", "LSTM_STEP_LINES"), (LSTM_PART,))
PARTS |= dict.fromkeys(("GRU_LINES", "GRU_STEP_LINES", "GRU_BEFORE_STEP_LINES"), (GRU_PART,))
"""The parts of those lines in `tables` that have several."""


def read_edits(coding: str, terms: dict[str, str] | None = None) -> tuple[Edit, ...]:
    """Return the edits of "old ⇒ new ; old ⇒ new", with the names in `terms` written out.

    An edit that only takes a term away takes its plus sign along.

    >>> read_edits("+ bh[m] ⇒ ; ⇒ u[n,t,m] = SUM", {"SUM": "a + b"})
    ((' + bh[m]', ''), ('', 'u[n,t,m] = a + b'))
    """
    found = []
    for one in coding.split(" ; "):
        if "⇒" not in one:
            raise ValueError(f"{one!r} has no ⇒")
        old, new = (_written_out(side.strip(), terms or {}) for side in one.split("⇒"))
        if not new and old.startswith("+ "):
            old = f" {old}"
        elif not new and old.endswith(" +"):
            old = f"{old} "
        found.append((old, new))
    return tuple(found)


def _written_out(words: str, terms: dict[str, str]) -> str:
    for name, term in terms.items():
        words = re.sub(rf"\b{name}\b", lambda _, term=term: term, words)
    return words


def edited(lines: Sequence[str], edits: Sequence[Edit]) -> tuple[str, ...]:
    """Return the lines with words exchanged.

    Raises: ValueError where the words stand in no line, or in more than one place without "everywhere".

    >>> edited(["y[k] = h[m]·Wo[m,k] + bo[k]"], [(" + bo[k]", "")])
    ('y[k] = h[m]·Wo[m,k]',)
    """
    for old, new in sorted(edits, key=_adds):
        if not old:
            lines = _added(lines, new)
            continue
        everywhere, new = new.endswith(EVERYWHERE), new.removesuffix(EVERYWHERE)
        count = sum(line.count(old) for line in lines)
        if not count or (count > 1 and not everywhere):
            raise ValueError(f"{old!r} stands in {count} places of {list(lines)}")
        lines = tuple(line.replace(old, new) for line in lines)
    return tuple(lines)


def _adds(edit: Edit) -> bool:
    return not edit[0]


def _added(lines: Sequence[str], new: str) -> tuple[str, ...]:
    """Return the lines with one more, in front of the first that reads it."""
    reads = re.compile(rf"\b{_result(new)}\[")
    place = next((n for n, line in enumerate(lines) if reads.search(line.partition("=")[2])), 0)
    return (*lines[:place], new, *lines[place:])


@cache
def codings_in(program: Program, edits: tuple[Edit, ...]) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Return (names of the parts, lines) for each way in which these edits can be made in a program; () for none.

    With several parts, a mistake is made in all of them (a helper makes it twice: no part is named), or in one alone.
    Edits in words that every part has in common are made once, and name no part; nor do those in a line of no part.
    """
    own = any(part.own(words) != words for part in program.parts for edit in edits for words in edit)
    if not own:
        with contextlib.suppress(ValueError):
            return (((), edited(program.lines, edits)),)
    if any(part.film for part in program.parts):
        return _codings_in_halves(program, edits)
    places: list[tuple[Part, ...]] = [program.parts]
    if len(program.parts) > 1:
        places += [(part,) for part in program.parts]
    shared = {_result(line) for line in program.lines} - {name for part in program.parts for name in part.owns}
    found: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    for place in places:
        lines = program.lines
        try:
            for part in reversed(place):  # the upper layer first: a line that reads the lower one is edited last
                lines = _in_part(lines, part, edits)
        except ValueError:
            continue
        if lines not in (others for _, others in found):
            named = len(place) == 1 and not {_result(line) for line in changed(program.lines, lines)} <= shared
            found.append((tuple(part.name for part in place if part.name) if named else (), lines))
    return tuple(found)


def _codings_in_halves(
    program: Program, edits: tuple[Edit, ...]
) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Return the same for parts that stand beside each other, and that an edit may name by their own words."""
    places: list[tuple[Part, ...]] = [program.parts]
    if len(program.parts) > 1:
        places += [(part,) for part in program.parts]
    found: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    for place in places:
        names = () if len(place) == len(program.parts) else tuple(part.name for part in place)
        for as_is in (False, True) if len(program.parts) == 1 else (True,):
            lines = program.lines
            try:
                for edit in sorted(edits, key=_adds):
                    lines = _made_in(lines, program.parts, place, edit, as_is=as_is)
            except ValueError:
                continue
            if lines not in (one for _, one in found) and lines != program.lines:
                found.append((names, lines))
    return tuple(found)


def _made_in(
    lines: tuple[str, ...], parts: tuple[Part, ...], place: tuple[Part, ...], edit: Edit, *, as_is: bool
) -> tuple[str, ...]:
    """Make an edit in each part of a place; or as it is, if its words stand in the program once."""
    old, _ = edit
    once = bool(old) and sum(line.count(old) for line in lines) == 1
    if as_is and once and (_is_no_layers(old) or all(part.own(old) == old for part in parts)):
        return edited(lines, (edit,))
    for part in place:
        if part.own(edit[0]) == part.own(edit[1]):
            raise ValueError(f"{old!r} stays as it is")
        lines = _in_part(lines, part, (edit,))
    return lines


def _is_no_layers(words: str) -> bool:
    return not any(words in line for line in SIMPLE_RNN_LINES)


def _in_part(lines: tuple[str, ...], part: Part, edits: tuple[Edit, ...]) -> tuple[str, ...]:
    """Make edits in the lines that a part owns, or, for words that stand in none of these, wherever they stand."""
    for old, new in sorted(edits, key=_adds):
        old, new = part.own(old), part.own(new)
        mine = [n for n, line in enumerate(lines) if not part.owns or _result(line) in part.owns]
        everywhere, plain = new.endswith(EVERYWHERE), new.removesuffix(EVERYWHERE)
        if not old:
            lines = _added(lines, new)
            continue
        if not any(old in lines[n] for n in mine):
            mine = list(range(len(lines)))
        count = sum(lines[n].count(old) for n in mine)
        if not count or (count > 1 and not everywhere):
            raise ValueError(f"{old!r} stands in {count} places")
        lines = tuple(line.replace(old, plain) if n in mine else line for n, line in enumerate(lines))
    return lines


def _result(line: str) -> str:
    return line.partition("[")[0].strip()


def changed(right: Sequence[str], wrong: Sequence[str]) -> Iterator[str]:
    """Yield the lines of `wrong` that are not in `right`: what somebody's code computes instead."""
    known = {line.replace(" ", "") for line in right}
    yield from (line for line in wrong if line.replace(" ", "") not in known)
