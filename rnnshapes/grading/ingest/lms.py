"""Where submissions come from: whose a file is, by its name, and when it was handed in.

Canvas names a file `lovelaceada_LATE_12345_67890_rnn_shapes-1.ipynb`: the sortable name's letters, marks and digits,
the user's id, the file's id (`lib/content_zipper.rb` in canvas-lms). Moodle puts it in a folder
`Ada Lovelace_12345_assignsubmission_file`, older ones with a `_` more, or puts those words before the file's name
(`mod/assign/classes/downloader.php` in moodle); where teams hand in, the number may be the team's. Brightspace:
`12345-67890 - Ada Lovelace - Nov 30, 2026 1159 PM/rnn_shapes.ipynb`. Blackboard:
`HW 1_ada_attempt_2026-11-30-23-59-00_rnn_shapes.ipynb`. Teams:
`Submitted files/Ada Lovelace/HW 1/Version 2/rnn_shapes.ipynb`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence

from rnnshapes.errors import CourseError

Patterns = Mapping[str, Sequence[str]]
"""Regular expressions by kind. Groups: login, name, id (the LMS's), email; file; attempt, timestamp, late."""
LONGEST_PATH = 1000
# What Ruby's [[:word:]] keeps: letters, marks, digits, _. Python's \w stops at the vowel sign of a Hindi or Thai name.
_WORD = r"[^\x00-/:-@\[-^`{-\x7f\s]"
CANVAS_FILE = r"(?P<attempt>[0-9]+)_(?P<file>[^/]+)"
MOODLE = r"(?P<name>[^/]+?)_(?P<id>[0-9]+)_assignsubmission_[a-z]+"
_TIME = r"(?P<timestamp>(?:(?! - )[^/])*[0-9]{4}(?:(?! - )[^/])*)"
BRIGHTSPACE = rf"(?P<id>[0-9]+)(?:-[0-9]+)? - (?P<name>[^/]+?) - {_TIME}"
BLACKBOARD = (
    r"(?P<login>[^/]+)_(?:attempt|versuch|tentative|intento|tentativo|poging)_(?P<timestamp>[0-9]{4}(?:-[0-9]{2}){5})"
)
_VERSION = (
    r"(?:[Vv]ers\w*|[Ww]ersja|[Bb]ản|Версия|Версія|Έκδοση|Sürüm|バージョン|版本|버전|เวอร์ชัน|संस्करण|الإصدار|גירסה|גרסה)"
)
LMS_PATTERNS: Patterns = {
    "moodle": (rf"{MOODLE}_?/(?P<file>.+)", rf"{MOODLE}_(?P<file>[^/]+)"),
    "canvas": (
        rf"(?:(?P<late>LATE)_)?(?P<login>anon_[A-Za-z0-9]+)_{CANVAS_FILE}",
        rf"(?P<name>{_WORD}*?)_(?:(?P<late>LATE)_)?(?P<id>[0-9]+)_{CANVAS_FILE}",
        rf"(?P<name>{_WORD}*?)_(?:(?P<late>LATE)_)?(?P<id>[0-9]+)_(?P<file>(?:text|link)\.html)",
    ),
    "brightspace": (rf"{BRIGHTSPACE}/(?P<file>.+)", rf"{BRIGHTSPACE} - (?P<file>[^/]+)"),
    "blackboard": (rf"{BLACKBOARD}_(?P<file>[^/]+)", rf"(?P<file>{BLACKBOARD}\.txt)"),
    "teams": (rf"(?:.*/)?(?P<name>[^/]+)/[^/]+/{_VERSION} ?(?P<attempt>[0-9]+)/(?P<file>.+)",),
}
OTHERS_IDS = ("moodle", "brightspace")
"""Kinds whose number in a file's name may be a team's."""


def default_patterns(assignment: str, notebooks: Iterable[str]) -> Patterns:
    """The patterns used when none is given: the kind that fits most of the files wins, loose ones are last."""
    names = "|".join(re.escape(name) for name in notebooks) or "(?!)"
    return {
        "nbgrader": (rf"(?:submitted/)?(?P<login>[^/]+)/{re.escape(assignment)}/(?P<file>.+)",),
        **LMS_PATTERNS,
        "loose": (
            r"(?P<login>[^/]+)/(?P<file>.+)",
            rf"(?P<login>[^/]+?)\s*[_-]\s*(?P<file>(?:{names})(?:[ _-]*\(?\d*\)?)\.ipynb)",
            # Not the assignment's notebook itself, nor "Copy of rnn_shapes" or "rnn_shapes (1)": that is no student.
            rf"(?!(?:[^/]*\s)?(?:{names})(?:\s[^/]*|\(\d+\))?\.(?:ipynb|zip)$)(?P<login>[^/]+)\.(?:ipynb|zip)",
        ),
    }


def own_patterns(patterns: Sequence[str]) -> Patterns:
    """Check an instructor's patterns and give them the shape of `default_patterns`. Raises CourseError."""
    for pattern in patterns:
        try:
            groups = set(re.compile(pattern).groupindex)
        except re.error as error:
            raise CourseError(f"Got the pattern {pattern!r}, expected a regular expression: {error}.") from None
        if not groups & {"login", "name", "id", "email"}:
            raise CourseError(
                f"Got the pattern {pattern!r}, expected a named group that says who handed in. Try: (?P<login>…)."
            )
    return {"own": tuple(patterns)}


def recognise(
    paths: Sequence[str], patterns: Patterns, *, logins: Iterable[str] = (), assignment: str = ""
) -> dict[str, dict[str, str] | None]:
    """Say of each path whose file it is: the groups of the pattern that fits, and the kind; or None.

    The kind that fits most paths is taken for all, so that one odd name is not read in another LMS's way.
    `logins` and `assignment` tell where a login begins that Blackboard has put behind the assignment's name.

    >>> recognise(["adalovelace_LATE_1_2_rnn.ipynb"], LMS_PATTERNS)["adalovelace_LATE_1_2_rnn.ipynb"]["name"]
    'adalovelace'
    """
    views = [list(paths)]  # the paths, and those without the folders that hold everything
    while len({path.partition("/")[0] for path in views[-1]}) == 1 and all("/" in path for path in views[-1]):
        views.append([path.partition("/")[2] for path in views[-1]])
    tried = [(kind, view) for kind in patterns if kind != "loose" for view in views]
    if "loose" in patterns:  # `LOGIN/…` fits whatever lies in one folder, a class's too
        wrapped = len(views) > 1 and _is_class(views[1], patterns["loose"])
        tried += [("loose", view) for view in (views[1:2] if wrapped else views[:2])]
    best: tuple[int, list[dict[str, str] | None]] = (0, [None] * len(paths))
    for kind, view in tried:
        found = [_match(path, patterns[kind], kind) for path in view]
        number = sum(match is not None for match in found)
        if number > best[0] and best[0] * (3 if kind == "loose" else 2) <= len(paths):
            best = number, found
    if any(match and match["kind"] == "blackboard" for match in best[1]):
        _cut_blackboard([match for match in best[1] if match], set(map(str.casefold, logins)), assignment)
    return dict(zip(paths, best[1], strict=True))


def _cut_blackboard(found: list[dict[str, str]], logins: set[str], assignment: str) -> None:
    """Leave the logins of `HW 1_ada_lovelace`: as the roster has them, else what stands behind the words of all."""
    whole = sorted({match["login"] for match in found})
    shared = os.path.commonprefix(whole).rpartition("_")[0] if len(whole) > 1 else ""
    if len(whole) == 1:
        shared = assignment if whole[0].startswith(f"{assignment}_") else whole[0].rpartition("_")[0]
    for match in found:
        ends = [match["login"][hit.end() :] for hit in re.finditer("_", match["login"])]
        known = [end for end in ends if end.casefold() in logins]
        match["login"] = known[0] if known else match["login"].removeprefix(f"{shared}_" if shared else "")


def _is_class(inner: Iterable[str], expressions: Sequence[str]) -> bool:
    """True if a folder with these paths is a class's, not a student's: `ada.ipynb`, `ben.ipynb` or `ada/…`, `ben/…`."""
    work = [path for path in inner if path.endswith((".ipynb", ".zip"))]
    # A file that is called as the assignment's notebook fits no loose pattern: it names no student.
    return len(work) > 1 and all("/" in path or _match(path, expressions, "loose") for path in work)


def _match(path: str, expressions: Sequence[str], kind: str) -> dict[str, str] | None:
    if len(path) > LONGEST_PATH:
        return None
    for expression in expressions:
        match = re.fullmatch(expression, path, re.DOTALL) or re.fullmatch(
            expression, path.rpartition("/")[2], re.DOTALL
        )
        if match and any(match.groupdict().get(key) for key in ("login", "name", "id", "email")):
            return {key: value or "" for key, value in match.groupdict().items()} | {"kind": kind}
    return None
