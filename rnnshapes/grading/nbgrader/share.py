"""What plain nbgrader graded, in the journal of `rnnshapes grade`: neither grades anew what the other has graded.

nbgrader's button and command grade one submission after the other, through `plugin.py`. They write the gradebook and
autograded/ themselves; here their result is kept under the digest that `rnnshapes grade` will look for.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from rnnshapes.grading.engine.folders import course_path
from rnnshapes.grading.engine.gradebook import open_gradebook
from rnnshapes.grading.engine.record import seconds_late
from rnnshapes.grading.ingest.assemble import Refused
from rnnshapes.grading.ingest.intake import read_one
from rnnshapes.grading.journal import (
    check_seed,
    digest_spec,
    digest_submission,
    lock_course,
    open_journal,
    read_key,
)
from rnnshapes.grading.task import Graded, GradedNotebook, Spec

PATIENCE = 10.0
"""Seconds to wait for another process that keeps a result, before it is taken for a grading run."""


def check_course(course: Any, spec: Spec) -> None:
    """See that a submission can be graded by itself now.

    Raises: CourseError while `rnnshapes grade` is at work, and where the class was graded with a private seed that is
    not set here.
    """
    root = Path(course.root)
    with contextlib.suppress(PermissionError), lock_course(root, patience=PATIENCE):  # another account's journal
        check_seed(root, spec.assignment, os.environ.get("RNNSHAPES_SEED", ""), force=False)


def share(course: Any, spec: Spec, login: str, *, nb: Any, graded: GradedNotebook | None, failure: str) -> None:
    """Keep what came of a login's notebook `nb`, as `rnnshapes grade` would: its result, or why there is none.

    What cannot be told in this way is forgotten, and the next `rnnshapes grade` grades it: a submission of more than
    one notebook (they come one by one), one that `rnnshapes grade` refuses, and one that was not run (--no-execute).
    Where several accounts grade, the journal is its owner's alone, and nothing is kept.

    Raises: CourseError while `rnnshapes grade` is at work.
    """
    root = Path(course.root)
    where = course_path(course, "submitted", login=login, assignment=spec.assignment)
    one = read_one(where.parent.parent, where.name, login=where.parent.name, notebooks=sorted(spec.notebooks))
    with contextlib.suppress(PermissionError), lock_course(root, patience=PATIENCE):
        journal = open_journal(root, spec.assignment)
        if len(spec.notebooks) > 1 or isinstance(one, Refused) or not (graded or failure):
            journal.forget(login)
            return
        key = read_key(root)
        digest = digest_submission(replace(one, login=login), spec=digest_spec(spec, key=key), key=key)
        result = Graded(login, failure=failure)
        if graded and not failure:
            text = json.dumps(nb, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
            result.notebooks = {name: replace(graded, json=text) for name in spec.notebooks}
            result.seconds, result.peak_memory = dict(graded.seconds), graded.peak_memory
        journal.keep(login, digest, result)
        journal.mark_done(login, digest, {"late": _late(course, spec, login), "feedback": False})


def _late(course: Any, spec: Spec, login: str) -> float:
    with open_gradebook(course) as gradebook:
        return seconds_late(gradebook.find_submission(spec.assignment, login))
