"""What a check says in a notebook, the referee says of the same function in another process, word for word.

A few answers of every exercise are compared in each run, all of tests' answers by `python tests/test_word_for_word.py`.
"""

import contextlib
import io
import os
import re
import sys
from collections import defaultdict
from pathlib import Path

import pytest

sys.path.insert(0, os.path.dirname(__file__))
from grading_help import Limits, judge, printed, student  # noqa: E402

from rnnshapes.authoring.answers import define, read_answers  # noqa: E402
from rnnshapes.check import check_answer  # noqa: E402
from rnnshapes.files import lesson_names  # noqa: E402
from rnnshapes.grading.execute.processes import RefereeProcess  # noqa: E402
from rnnshapes.grading.execute.sandbox import Sandbox, unavailable  # noqa: E402
from rnnshapes.lessons import find_exercise  # noqa: E402

ROOT = Path(__file__).parents[1]
LIMITS = Limits(seconds=300, cell_seconds=60, call_seconds=20)
EVERY = 12  # wrong answers of one exercise between two that are compared
MARK = "the check says"
SHOWN = re.compile(r"0x[0-9a-f]{6,}|(?<=sequential)_\d+")  # an address, the number in Keras' name for a model


def answers(lesson, *, every):
    """Return answers of each exercise of a lesson: the first right one, and wrong ones spread over the file."""
    found = defaultdict(list)
    for answer in read_answers(ROOT / "lessons" / lesson / "answers.py"):
        if answer.kind in ("right", "wrong") and "random" not in answer.source:  # those differ from call to call
            found[answer.name, answer.kind].append(answer)
    for (_, kind), group in found.items():
        yield from group[::every] if kind == "wrong" or every == 1 else group[:1]


def in_a_notebook(lesson, answer):
    name = f"{lesson[:2]}/{answer.name}"
    with contextlib.redirect_stdout(io.StringIO()):
        space = define(find_exercise(name), answer, lesson)
        return str(check_answer(name, space[answer.name])) if answer.name in space else None


def by_the_referee(lesson, answer, sandbox, referee):
    """Return the same check's words where the function is called in the student's process, without Keras."""
    name = f"{lesson[:2]}/{answer.name}"
    exercise = find_exercise(name)
    sizes = exercise.notebook
    known = sizes.known | dict(exercise.room.names)
    before = ["import numpy as np", *(f"{letter} = {value!r}" for letter, value in known.items())]
    before += [f"X = np.ones({sizes.shape('NTD')!r})", f"import rnnshapes\nsizes = rnnshapes.Sizes(**{sizes.known!r})"]
    before += ["keras = rnnshapes.import_keras()"]
    if "model" in answer.source:
        before += ["model = rnnshapes.build_model(sizes)"]
    with student(sandbox) as kernel:
        for source in (*before, answer.source):
            kernel.run(source, 1)
        source = f'import rnnshapes\nprint("{MARK}", rnnshapes.check_answer("{name}", {answer.name}))'
        if kernel.touched:  # it uses Keras' stand-in outside the function: such a notebook runs where Keras is
            return None
        _, outputs = judge(referee, kernel, source, bind=(answer.name,))
    return printed(outputs).rpartition(MARK)[2]  # what the student's own code prints comes before


def plain(words):
    return SHOWN.sub("", words or "").strip()


@pytest.fixture(scope="module")
def processes():
    if unavailable():
        pytest.skip(unavailable())
    sandbox, referee = Sandbox(LIMITS, tensorflow=False, by_hand=True), RefereeProcess(seed="7", files={})
    yield sandbox, referee
    sandbox.close()
    referee.close()


def compared(lesson, processes, *, every):
    """Return what differs, answer by answer: "" where nothing does."""
    found = []
    for answer in answers(lesson, every=every):
        here = in_a_notebook(lesson, answer)
        there = by_the_referee(lesson, answer, *processes) if here is not None else None
        if there is not None:
            both = f"{answer}\n--- in the notebook\n{here}\n--- by the referee\n{there}"
            found.append("" if plain(here) == plain(there) else both)
    return found


@pytest.mark.parametrize("lesson", lesson_names(ROOT))
def test_the_referee_says_what_the_notebook_says(lesson, processes):
    found = compared(lesson, processes, every=EVERY)
    assert len(found) >= 5 and not any(found), "\n\n".join(filter(None, found))


if __name__ == "__main__":
    boxes = Sandbox(LIMITS, tensorflow=False, by_hand=True), RefereeProcess(seed="7", files={})
    for one in sys.argv[1:] or lesson_names(ROOT):
        found = compared(one, boxes, every=1)
        told = list(filter(None, found))
        print(f"{one}: {len(found)} answers compared, {len(told)} differ", *told, sep="\n", flush=True)
    for box in boxes:
        box.close()
