"""What repair.py says about what it put right: for the student and for the instructor."""

from __future__ import annotations

MANY = 4  # from so many repairs of a kind on, one sentence names them all

# Kind of repair: for one cell, and for many. {what} is "test cell test_rnn_by_hand"; {detail} depends on the kind.
_WORDS = {
    "missing": ("The {what} was missing: it was put back.", "{n} cells were missing and were put back: {what}."),
    "unanswered": (
        "The {what} was missing: it was put back without an answer.",
        "{n} cells were missing and were put back without an answer: {what}.",
    ),
    "elsewhere": (
        "The {what} was missing, but another cell defines its answer: that one counts.",
        "{n} cells were missing, but other cells define their answers, and those count: {what}.",
    ),
    "adopted": (
        "The {what} had lost its mark: the cell that holds it was marked again.",
        "{n} answers had lost their marks: the cells that hold them were marked again: {what}.",
    ),
    "marked": (
        "The {what} had lost its mark: it was recognised and marked again.",
        "{n} cells had lost their marks and were recognised and marked again: {what}.",
    ),
    "unknown": (
        'A cell is marked as "{what}", which is not in this assignment: it counts as an ordinary cell.',
        "{n} cells have marks that are not in this assignment, and count as ordinary cells: {what}.",
    ),
    "dropped": (
        "The {what} was there more than once: one was kept, and unchanged copies were left out.",
        "{n} cells were there more than once, and unchanged copies were left out: {what}.",
    ),
    "copies": (
        "The {what} was there more than once: one was kept, the others count as ordinary cells.",
        "{n} cells were there more than once; of each, one was kept, the others count as ordinary cells: {what}.",
    ),
    "retyped": (
        "The {what} had become a {detail} cell: it was changed back.",
        "{n} cells had another type and were changed back: {what}.",
    ),
    "settings": (
        "The settings of the {what} were changed ({detail}): they were set back.",
        "The settings of {n} cells were changed and were set back: {what}.",
    ),
    "changed": (
        "The text of the {what} was changed: the instructor's was put back.",
        "The texts of {n} cells were changed, and the instructor's were put back: {what}.",
    ),
    "older": (
        "The text of the {what} is that of an earlier release: the present one was put in.",
        "The texts of {n} cells are those of an earlier release, and the present ones were put in: {what}.",
    ),
    "kept": (
        "The text of the {what} was changed: the instructor's was put back. "
        "What stood there is kept below it, and does not run.",
        "The texts of {n} cells were changed, and the instructor's were put back. "
        "What stood there is kept below each, and does not run: {what}.",
    ),
    "moved": (
        "The {what} stood in another place: it was moved back.",
        "{n} cells stood in another order and were moved back: {what}.",
    ),
}


def sentences(found: list[tuple[str, str, str]]) -> list[str]:
    """Return what was put right, a sentence each, or one for all of a kind where it happened to many cells.

    `found` has (kind, which cell, detail) for every repair.

    >>> sentences([("missing", "test cell test_rnn_by_hand", "")])
    ['The test cell test_rnn_by_hand was missing: it was put back.']
    >>> sentences([("moved", f"read-only cell {name}", "") for name in "abcd"])
    ['4 cells stood in another order and were moved back: a, b, c, d.']
    """
    told = []
    for kind, (one, many) in _WORDS.items():
        these = [(what, detail) for found_kind, what, detail in found if found_kind == kind]
        if len(these) < MANY:
            told += [one.format(what=what, detail=detail) for what, detail in these]
        else:
            told.append(many.format(n=len(these), what=", ".join(what.split(" cell ")[-1] for what, _ in these)))
    return told
