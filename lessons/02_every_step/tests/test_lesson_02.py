"""Lesson 02: what lesson 01's students believe of a step is named in the film too; the loss is what Keras reports."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from rnnshapes.check import check_answer
from rnnshapes.authoring.answers import Answer, define, read_answers
from rnnshapes.lessons import find_exercise
from rnnshapes.beliefs.records import read_records

STEP = {key for group in ("step", "loop") for key in read_records("rnnshapes.beliefs", group)}
ANSWERS = Path(__file__).parents[2] / "01_rnn_shapes" / "answers.py"

ONLY_THERE = {
    *("softmax_on_head", "sigmoid_on_head"),  # this head has a softmax
    "wo_transposed",  # a matrix of ones and zeros is put in place of Wo
    "only_last_returned",  # named return_sequences_forgotten here
    "extra_first_row",  # named initial_state_counted here
    "state_kept_between_calls",  # the wrapper calls once for each sample
    "initial_state_random",
    "sizes_from_notebook",  # the wrapper reads X itself
    "bias_overwritten",  # the wrapper hands the same bh to every sample
}
OTHER_NAMES = {"last_step_skipped": {"last_step_skipped", "wrong_axis_counted"}}


def step_answers():
    """The wrong answers to 01/rnn_by_hand with one belief about the step or the loop."""
    return [
        answer
        for answer in read_answers(ANSWERS)
        if answer.name == "rnn_by_hand" and answer.kind == "wrong" and answer.says in STEP - ONLY_THERE
    ]


@cache
def defined(source):
    answer = Answer("rnn_by_hand", "wrong", "", source)
    return define(find_exercise("01/rnn_by_hand"), answer, "01_rnn_shapes")["rnn_by_hand"]


@pytest.mark.parametrize("answer", step_answers(), ids=lambda answer: answer.says)
def test_a_belief_about_a_step_has_the_same_name_in_the_film(answer):
    by_hand = defined(answer.source)

    def classify_every_step(X, Wx, Wh, bh, Wo, bo):
        Y = np.array([by_hand(x, Wx, Wh, bh, Wo, bo) for x in X])
        powers = np.exp(Y)
        return powers / powers.sum(axis=-1, keepdims=True)

    verdict = check_answer("02/classify_every_step", classify_every_step)
    assert not verdict.right
    assert verdict.recognised in OTHER_NAMES.get(answer.says, {answer.says}), str(verdict)


def test_no_belief_of_the_films_is_without_a_hint_of_its_own():
    for name in ("02/every_state", "02/classify_every_step"):
        beliefs = find_exercise(name).beliefs
        assert not {"only_last_returned", "extra_first_row"} & set(beliefs)
        assert all(
            "ŷ" not in beliefs[key].hint for key in ("first_row_missing", "rows_reversed", "initial_state_counted")
        )


def test_the_loss_is_what_keras_reports_and_numpy_refuses():
    exercise = find_exercise("02/keras_mse")
    for case in exercise.check_cases():
        repeated = np.repeat(case.Y[:, None], case.sizes.T, axis=1)
        assert np.mean((repeated - case.Yhats) ** 2) == pytest.approx(float(case.reported), abs=1e-6)
    with pytest.raises(ValueError, match="broadcast"):
        exercise.check_cases()[0].Y - exercise.check_cases()[0].Yhats
