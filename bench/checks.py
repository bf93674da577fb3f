"""How fast a check answers: first and later calls, on all typed answers, as multiples of one `model.predict()`.

Run by `make bench`. A check should answer within 0.5 s after the first call.
"""

from __future__ import annotations

import argparse
import contextlib
import io
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
    """Print, for each exercise, the first call's time and the distribution of the later ones."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lesson", default="", help="one lesson, such as 01_rnn_shapes (default: all)")
    lessons = [name for name in lesson_names(ROOT) if parser.parse_args().lesson in name]
    import_keras()
    warnings.simplefilter("ignore")
    for lesson in lessons:
        answers = read_answers(ROOT / "lessons" / lesson / "answers.py")
        for name in dict.fromkeys(answer.name for answer in answers):
            report(lesson, name, [answer for answer in answers if answer.name == name])


def report(lesson: str, name: str, answers: list) -> None:
    """Time every answer of one exercise, the first one on its own."""
    full = f"{lesson[:2]}/{name}"
    exercise = find_exercise(full)
    seconds = []
    for answer in answers:
        with contextlib.redirect_stdout(io.StringIO()):
            space = define(exercise, answer, lesson)
            if name not in space:
                continue
            start = time.perf_counter()
            verdict = check_answer(full, space[name])
            verdict._repr_mimebundle_()  # the picture is part of the answer
            seconds.append(time.perf_counter() - start)
    case = make_case(Sizes(N=4, T=7, D=3, M=5, K=2), seed=0)  # lesson 01's model is the unit for all lessons
    predicts = []
    for _ in range(10):
        start = time.perf_counter()
        case.model.predict(case.X, verbose=0)
        predicts.append(time.perf_counter() - start)
    unit = float(np.median(predicts))
    later = np.array(seconds[1:])
    slow = int((later > 0.5).sum())
    print(
        f"{full}: first call {seconds[0] / unit:.1f} predicts; the other {len(later)}: "
        f"median {np.median(later) / unit:.2f}, 99 % {np.quantile(later, 0.99) / unit:.2f}, "
        f"slowest {later.max() / unit:.2f} ({slow} took more than 0.5 s; one predict took {unit:.3f} s)"
    )


if __name__ == "__main__":
    main()
