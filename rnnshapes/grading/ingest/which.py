"""Which of a student's notebooks counts: the expected name or a copy's, one with work in it, the latest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from rnnshapes.errors import CourseError
from rnnshapes.grading.ingest.entries import Entry, Unsafe
from rnnshapes.grading.repair.notebook import read_notebook

NOTEBOOK = re.compile(r"(?P<stem>.*)\.ipynb(?:\.(?:txt|json))?", re.IGNORECASE | re.DOTALL)  # browsers add .txt, .json
COPY = re.compile(r"^copy of |[\s_-]*(?:copy ?\d*|\(\d+\)|[-_ ]\d+)$")
LARGEST = 5 * 2**20
"""Bytes of a notebook that is looked into for work."""


class Item(NamedTuple):
    """A file of one student: its path in the submission, where its bytes are, which attempt it belongs to and when.

    `time` is when it was handed in, in UTC; `unread` is what stood for that, where it could not be read.
    """

    file: str
    entry: Entry
    attempt: tuple[float, float] = (0, 0)
    time: str = ""
    unread: str = ""


def shown(path: str) -> str:
    """A name as it can be printed: no control characters, no more than 120 characters."""
    text = "".join(char if char.isprintable() else "?" for char in path)
    return text if len(text) <= 120 else text[:80] + "…" + text[-39:]


def later(one: Item, other: Item, remarks: list[str]) -> Item:
    """Return which of two files of the same name counts, and remark on it: one with work in it, else the later one."""
    old, new = sorted((one, other), key=lambda item: (item.attempt, item.entry.path))
    name = f"{shown(new.file)} was handed in more than once"
    in_order = old.attempt[0] != new.attempt[0] or (old.attempt != new.attempt and not old.unread and not new.unread)
    if NOTEBOOK.fullmatch(new.file) and is_untouched(new) and not is_untouched(old):
        remarks.append(
            f"{name}; “{shown(new.entry.path)}” has no answer in it, so “{shown(old.entry.path)}” was taken."
        )
        return old
    if NOTEBOOK.fullmatch(new.file) and is_untouched(old) and not in_order and not is_untouched(new):
        remarks.append(
            f"{name}; “{shown(old.entry.path)}” has no answer in it, so “{shown(new.entry.path)}” was taken."
        )
    elif in_order:
        remarks.append(f"{name}; the latest was taken.")
    else:
        why = f"the time “{shown(old.unread or new.unread)}” could not be read" if old.unread or new.unread else (
            "nothing tells when")  # fmt: skip
        remarks.append(f"{name}, and their order is unknown, since {why}; “{shown(new.entry.path)}” was taken.")
    return new


def choose(found: list[Item], remarks: list[str], notebooks: Sequence[str]) -> list[tuple[str, Item]]:
    """Find each expected notebook, under its name or what a browser, Jupyter or Colab made of it.

    Of several, one with work in it goes before an untouched one; then the latest wins.
    """
    chosen: dict[str, Item] = {}
    for name in notebooks:
        free = [item for item in found if _stem(item) == name or _stem(item) not in notebooks]
        fits = [item for item in free if re.sub(r"[\s_-]+", "_", name.casefold()) in _readings(_stem(item))]
        if not fits:  # a copy's name in another language: "Kopie von rnn_shapes", "rnn_shapes のコピー"
            word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE | re.ASCII)
            named = [item for item in free if word.search(_stem(item))]
            fits = named if len(named) == 1 else found if len(notebooks) == len(found) == 1 else []
        if fits:
            chosen[name] = _best(name, fits, remarks)
            if chosen[name].file != f"{name}.ipynb":
                remarks.append(f"{shown(chosen[name].file)} was taken as {name}.ipynb.")
    left_out = [shown(item.file) for item in found if item not in chosen.values()]
    if left_out and chosen:
        remarks.append(f"Left out, since other notebooks were taken: {', '.join(left_out[:10])}.")
    return list(chosen.items())


def _best(name: str, fits: list[Item], remarks: list[str]) -> Item:
    def rank(item: Item) -> tuple:
        number = re.search(r"(\d+)\)?$", _stem(item)[-20:])
        exact = _stem(item) == name
        return item.attempt[0], exact, int(number[1][:9]) if number and not exact else 0, item.attempt[1], item.file

    fits = sorted(fits, key=rank, reverse=True)
    best = next((item for item in fits[:20] if len(fits) > 1 and not is_untouched(item)), fits[0])
    if best is not fits[0]:
        remarks.append(f"{shown(fits[0].file)} has no answer in it, so {shown(best.file)} was taken before it.")
    elif len(fits) > 1 and any(item.unread for item in fits) and fits[0].attempt[0] == fits[1].attempt[0]:
        unread = next(item.unread for item in fits if item.unread)
        why = f"The time “{shown(unread)}” could not be read"
        remarks.append(f"{why}, so the order of {shown(best.file)} and the other notebooks is unknown.")
    return best


def is_untouched(item: Item) -> bool:
    """True if a notebook is as it was handed out: nbgrader's checksum still fits every answer cell that has one."""
    from nbgrader.utils import compute_checksum, is_solution

    try:
        cells = [cell for cell in read_notebook(item.entry.read(LARGEST)).cells if is_solution(cell)]
        sums = [(cell.metadata.nbgrader.get("checksum"), compute_checksum(cell)) for cell in cells]
    except (CourseError, Unsafe, KeyError, TypeError, ValueError, AttributeError):
        return False
    return bool(sums) and all(noted == made for noted, made in sums)


def _stem(item: Item) -> str:
    return NOTEBOOK.fullmatch(item.file.rpartition("/")[2])["stem"]  # type: ignore[index]


def _readings(name: str) -> set[str]:
    """The name, and what it is without each mark of a copy: 'rnn (1) - Copy' → rnn_(1)_-_copy, rnn_(1), rnn."""
    found, left = set(), name.casefold()
    while left not in found:
        found.add(left)
        left = COPY.sub("", left)
    return {re.sub(r"[\s_-]+", "_", one) for one in found}
