"""How fast a check answers: first and later calls, on all typed answers, as multiples of one `model.predict()`.

Run by `make bench`. Times are processor seconds after TensorFlow's import, each exercise in a process of its own. The
first check, tables included, should take 1 s at most, later ones 0.1 s.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import subprocess
import sys
import time
import warnings
from pathlib import Path

import numpy as np

from rnnshapes.authoring.answers import define, read_answers
from rnnshapes.check import check_answer
from rnnshapes.files import lesson_names
from rnnshapes.layers.cases import import_keras, make_case
from rnnshapes.lessons import find_exercise
from rnnshapes.sizes import Sizes

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Print, for each exercise, the first check's time in a fresh process, and the distribution of later ones."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lesson", default="", help="one lesson, such as 01_rnn_shapes (default: all)")
    parser.add_argument("--exercise", default="", help="one exercise, such as 01/rnn_by_hand, in this process")
    options = parser.parse_args()
    if options.exercise:
        report(options.exercise)
        return
    for lesson in lesson_names(ROOT):
        names = dict.fromkeys(answer.name for answer in read_answers(ROOT / "lessons" / lesson / "answers.py"))
        for name in names if options.lesson in lesson else ():
            again = [sys.executable, __file__, "--exercise", f"{lesson[:2]}/{name}"]
            subprocess.run(again, check=True, stderr=subprocess.DEVNULL)


def report(full: str) -> None:
    """Time every answer of one exercise in processor seconds, the first wrong one on its own and before all others."""
    lesson = next(one for one in lesson_names(ROOT) if one[:2] == full[:2])
    name = full.partition("/")[2]
    import_keras()
    warnings.simplefilter("ignore")
    exercise = find_exercise(full)
    answers = [one for one in read_answers(ROOT / "lessons" / lesson / "answers.py") if one.name == name]
    answers.sort(key=lambda one: one.kind != "wrong")
    seconds, drawn = [], []
    for answer in answers:
        with contextlib.redirect_stdout(io.StringIO()):
            space = define(exercise, answer, lesson)
            if name not in space:
                continue
            start = time.process_time()
            verdict = check_answer(full, space[name])
            checked = time.process_time()
            verdict._repr_mimebundle_()  # what the student sees: its picture
            seconds.append(checked - start)
            drawn.append(time.process_time() - checked)
    case = make_case(Sizes(N=4, T=7, D=3, M=5, K=2), seed=0)  # lesson 01's model is the unit for all lessons
    predicts = []
    for _ in range(10):
        start = time.process_time()
        case.model.predict(case.X, verbose=0)
        predicts.append(time.process_time() - start)
    unit = float(np.median(predicts))
    later = np.array(seconds[1:])
    print(
        f"{full}: first check {seconds[0] / unit:.0f} predicts ({seconds[0]:.2f} s); the other {len(later)}: "
        f"median {np.median(later) / unit:.2f} ({np.median(later):.3f} s), 99 % {np.quantile(later, 0.99) / unit:.1f}, "
        f"slowest {later.max() / unit:.1f}; what is shown {np.median(drawn) / unit:.1f} (one predict: {unit:.3f} s)",
        flush=True,
    )


if __name__ == "__main__":
    main()
