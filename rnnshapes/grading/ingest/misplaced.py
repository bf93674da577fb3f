"""What lies under submitted/ where nobody looks: a folder that has almost the assignment's name, a loose notebook."""

from __future__ import annotations

import difflib
import os
from collections.abc import Collection
from pathlib import Path

from rnnshapes.grading.ingest.assemble import Refused
from rnnshapes.grading.ingest.which import shown

MOST = 100
"""Folders that are named at most."""


def misplaced(
    folder: str | Path, assignment: str, *, notebooks: Collection[str], known: Collection[str] = ()
) -> list[Refused]:
    """Return what nbgrader's layout, submitted/LOGIN/ASSIGNMENT/, does not take and somebody seems to have meant.

    `known` are the course's assignments: their folders are nobody's mistake. Raises: OSError if `folder` is there and
    cannot be read.
    """
    found: list[Refused] = []
    for login in _names(folder) if os.path.lexists(folder) else ():
        place = Path(folder, login)
        if place.is_symlink() or not place.is_dir():
            if login.lower().endswith(".ipynb"):
                found.append(_one(login, f"lies outside a student's folder: move it to LOGIN/{assignment}/", ""))
            elif not place.exists():
                found.append(_one(login, "is a link that leads nowhere: put the student's folder itself there", login))
            elif not place.is_dir() and not place.is_file():
                found.append(_one(login, "is a device or a pipe where a student's folder is expected: remove it", ""))
            continue
        if login == assignment or login in known:
            found.append(_one(login, f"is an assignment's name where a login is expected, as in LOGIN/{login}/", ""))
            continue
        try:
            inside = _names(place)
        except OSError as error:
            found.append(_one(login, f"cannot be opened ({error.strerror}): check its permissions", login))
            continue
        for name in inside:
            if name == assignment or name in known:
                continue
            where = f"{login}/{name}"
            if name.lower().endswith(".ipynb") and (place / name).is_file():
                if assignment not in inside and name.rpartition(".")[0] in notebooks:
                    found.append(_one(where, f"lies beside its folder: move it to {login}/{assignment}/", login))
            elif (place / name).is_dir() and (
                _almost(name, assignment) or (assignment not in inside and _holds(place / name, notebooks))
            ):
                found.append(_one(where, f"is no assignment's folder, expected {assignment}: rename it", login))
    return found[:MOST]


def _one(where: str, problem: str, login: str) -> Refused:
    return Refused(shown(where), f"{shown(where)} {problem}.", login)


def _names(folder: str | Path) -> list[str]:
    return sorted(name for name in os.listdir(folder) if not name.startswith("."))


def _almost(name: str, assignment: str) -> bool:
    short, whole = name.casefold()[:200], assignment.casefold()
    return short == whole or difflib.SequenceMatcher(None, short, whole).ratio() > 0.8


def _holds(folder: Path, notebooks: Collection[str]) -> bool:
    return any((folder / f"{name}.ipynb").is_file() for name in notebooks)
