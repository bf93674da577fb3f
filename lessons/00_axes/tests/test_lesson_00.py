"""Lesson 00 works without TensorFlow, reads its own exceptions, and sees what a function does to its arguments."""

import subprocess
import sys
import time

import numpy as np
import pytest

from rnnshapes.check import WrongAnswer, assert_answer, check_answer
from rnnshapes.lessons import exercise_names

ALL = [name for name in exercise_names() if name.startswith("00/")]


def test_no_check_and_no_test_of_lesson_00_imports_tensorflow():
    code = (
        "import sys, rnnshapes.check as check\n"
        f"for name in {ALL}:\n"
        "    check.check_answer(name, {} if name.endswith('predicted') else lambda X, *more: X)\n"
        "    try: check.assert_answer(name, lambda X, *more: 0 * X)\n"
        "    except check.WrongAnswer: pass\n"
        "print([name for name in ('tensorflow', 'keras') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


@pytest.mark.parametrize("function", [lambda X, s: X + s, lambda X, s: X * s[:, None], lambda X, s: X + s[:, None]])
def test_a_check_answers_at_once(function):
    check_answer("00/shifted", function)
    began = time.process_time()
    check_answer("00/shifted", function)
    assert time.process_time() - began < 0.5


def test_right_numbers_in_the_callers_own_array_are_not_right():
    def in_place(X):
        X -= X.mean(axis=(0, 1))
        X /= X.std(axis=(0, 1))
        return X

    verdict = check_answer("00/standardised", in_place)
    assert not verdict.right and verdict.recognised == "argument_changed" and "X is not what it was" in verdict.got
    with pytest.raises(WrongAnswer, match="X is not what it was"):
        assert_answer("00/standardised", in_place)
    assert check_answer("00/standardised", lambda X: in_place(X.copy())).right


def test_a_clash_is_told_in_letters_and_drawn():
    verdict = check_answer("00/shifted", lambda X, s: X + s)
    assert "T meets N" in verdict.got and verdict.recognised == "broadcast_from_left"
    assert "T meets N" in verdict.picture.alt
    verdict = check_answer("00/standardised", lambda X: X - X.mean(axis=1))
    assert "X.mean(axis=1) is (4, 3) = (N, D)" in verdict.got and verdict.recognised == "axis_dropped"


def test_an_argument_that_is_a_number_is_no_obstacle_to_reading_an_error():
    verdict = check_answer("00/one_step", lambda X, t: X[:, t] + X)
    assert "X[:, t] is (4, 3) = (N, D)" in verdict.got


def test_what_comes_back_may_be_a_single_number():
    assert check_answer("00/one_step", lambda X, t: np.take(X, t)).recognised == "flat_index"
    assert not check_answer("00/standardised", lambda X: X.sum()).right


def test_shapes_with_an_axis_of_length_one_and_with_none():
    from rnnshapes.lessons import find_exercise

    exercise = find_exercise("00/predicted")
    assert exercise.truth["X[:, 2:3]"] == (4, 1, 3) and exercise.truth["X.max()"] == ()
    assert {key: exercise.notebook.shape(dims) for key, dims in exercise.dims.items()} == exercise.truth
    assert check_answer("00/predicted", exercise.truth).right
