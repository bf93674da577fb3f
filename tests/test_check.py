"""What a student reads: one line when right; got, expected and try when not; never a wall of traceback."""

import re

import numpy as np
import pytest

import rnnshapes
from rnnshapes.check import WrongAnswer, assert_answer, check_answer
from rnnshapes.errors import CourseError
from rnnshapes.judge.forms import forms
from rnnshapes.judge.watch import Outcome, watch
from rnnshapes.sizes import Sizes


def right(x, Wx, Wh, bh, Wo, bo):
    h, rows = np.zeros(len(bh)), []
    for x_t in x:
        h = np.tanh(x_t @ Wx + h @ Wh + bh)
        rows.append(h @ Wo + bo)
    return np.array(rows)


def test_a_right_answer_gets_one_line_with_difference_and_tolerance():
    verdict = check_answer("01/rnn_by_hand", right)
    assert verdict.right and re.fullmatch(r"✓ .*largest difference \d\.\de-\d\d, tolerance 1e-05\.", str(verdict))


def test_a_wrong_answer_is_told_in_letters_and_numbers_and_shown():
    verdict = check_answer("01/rnn_by_hand", lambda x, Wx, Wh, bh, Wo, bo: right(x, Wx, Wh, 0 * bh, Wo, bo))
    lines = str(verdict).splitlines()
    assert [line.split()[0] for line in lines] == ["✗", "Got", "Expected", "Recognised", "Your", "See", "Try"]
    assert "(7, 2) = (T, K)" in lines[1] and verdict.recognised == "bias_dropped"
    assert lines[3].startswith("  Recognised          “The bias") and "bias_dropped" not in str(verdict)
    bundle = verdict._repr_mimebundle_()
    assert '<img alt="' in bundle["text/html"] and verdict.picture.alt in bundle["text/plain"]


def test_a_shape_clash_names_both_operands_by_letter_and_is_drawn():
    def swapped(x, Wx, Wh, bh, Wo, bo):
        return np.tanh(x[0] @ Wh + np.zeros(len(bh)) @ Wx + bh) @ Wo + bo

    verdict = check_answer("01/rnn_by_hand", swapped)
    assert "x[0] is (3,) = (D,), Wh is (5, 5) = (M, M): D meets M" in verdict.got
    assert verdict.recognised == "wx_wh_swapped" and "D meets M" in verdict.picture.alt


@pytest.mark.parametrize(
    "value",
    [
        None,
        ...,
        3,
        "h",
        b"h",
        {},
        [],
        [[1], [2, 3]],
        [None],
        np.array("h"),
        object(),
        np.full((7, 2), np.nan),
        np.zeros((0, 2)),
        np.zeros((7, 2), complex),
        right,
        np.zeros((7, 2), object),
        [np.zeros(2)] * 6,
        np.float32(2),
        np.zeros((7, 2), bool),
    ],
)
def test_whatever_comes_back_is_judged_and_never_raises(value):
    for name in ("01/rnn_by_hand", "01/rnn_by_hand_batched"):
        verdict = check_answer(name, lambda *arguments: value)
        assert not verdict.right and verdict.got and verdict.expected
        assert str(verdict).count("\n") < 8
    for name in ("01/name_weights", "01/predicted", "01/rnn_by_hand"):
        assert not check_answer(name, value if value is not right else None).right


@pytest.mark.parametrize(
    "error",
    [
        ValueError("x"),
        KeyError("x"),
        SystemExit(1),
        RecursionError(),
        MemoryError(),
        AssertionError(),
        StopIteration(),
        UnicodeDecodeError("utf8", b"", 0, 1, "x"),
    ],
)
def test_whatever_is_raised_is_told_and_never_raises(error):
    def fails(*arguments):
        raise error

    for name in ("01/rnn_by_hand", "01/rnn_by_hand_batched", "01/name_weights"):
        verdict = check_answer(name, fails)
        assert not verdict.right and type(error).__name__ in verdict.got


def test_an_answer_that_changes_its_arguments_does_not_change_the_case():
    def greedy(x, Wx, Wh, bh, Wo, bo):
        rows = right(x, Wx, Wh, bh, Wo, bo)
        for argument in (x, Wx, Wh, bh, Wo, bo):
            argument[:] = 0
        return rows

    for _ in range(2):
        verdict = check_answer("01/rnn_by_hand", greedy)
        assert verdict.recognised == "argument_changed" and "right numbers" in verdict.got
    assert check_answer("01/rnn_by_hand", right).right


def test_the_hidden_test_says_what_the_check_says_without_expected_numbers():
    with pytest.raises(WrongAnswer) as caught:
        assert_answer("01/rnn_by_hand", lambda x, Wx, Wh, bh, Wo, bo: right(x, Wx, Wh.T, bh, Wo, bo))
    assert caught.value.verdict.recognised == "wh_transposed" and "wh_transposed" not in str(caught.value)
    assert not re.search(r"\d\.\d{3}", str(caught.value))


def test_a_private_seed_changes_the_hidden_cases(monkeypatch):
    seen = []

    def spy(x, *weights):
        seen.append(x.shape)
        return right(x, *weights)

    for seed in ("one", "two"):
        monkeypatch.setenv("RNNSHAPES_SEED", seed)
        seen.append(seed)
        assert_answer("01/rnn_by_hand", spy)
    middle = seen.index("two")
    assert seen[1:middle] != seen[middle + 1 :]


def test_predicted_shapes_are_judged_in_parts_and_never_shown():
    guess = {"X": (4, 7, 3), "x": (7, 3), "x[t]": [3], "h": (2,), "yhat": (5,), "Yhat": (4, 2), "Yhats": (4, 2)}
    assert_answer("01/predicted", guess, part="inputs")
    for part in ("steps", "outputs"):
        with pytest.raises(WrongAnswer):
            assert_answer("01/predicted", guess, part=part)
    verdict = check_answer("01/predicted", guess)
    assert verdict.recognised == "k_for_m + m_for_k"  # two, at most
    h, yhat = (belief.says for belief in verdict.beliefs)
    assert f"Recognised  h: “{h}”\n              yhat: “{yhat}”\n" in str(verdict)
    assert "(5,)" not in verdict.expected and "(4, 7, 2)" not in str(verdict)


def test_an_unknown_exercise_is_named():
    with pytest.raises(CourseError, match="01/rnn_by_hand"):
        rnnshapes.check_answer("01/rnn_by_hnad", right)


def test_in_a_notebook_a_wrong_answer_shows_its_message_and_no_traceback():
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    shell = InteractiveShell()
    with capture_output() as shown:
        shell.run_cell("import rnnshapes; rnnshapes.assert_answer('01/predicted', {}, part='steps')")
    assert "WrongAnswer: 0 of 2 predicted shapes are right." in shown.stdout and "Traceback" not in shown.stdout


def test_an_answer_that_does_not_come_in_time_the_second_time_is_no_other_answer():
    class TookTooLong(Exception):
        is_limit = True

    class Slow:
        calls = 0

        def __watch__(self, arguments, *, names=(), seed=None):
            self.calls += 1
            if self.calls > 4:
                return Outcome(error=TookTooLong("rnn_by_hand did not return within 10 s"))
            return watch(right, *arguments)

        def __call__(self, *arguments):
            return right(*arguments)

    verdict = check_answer("01/rnn_by_hand", Slow())
    assert not verdict.right and "within 10 s" in verdict.got and verdict.recognised == ""


def test_the_forms_of_an_answer_are_looked_for_in_any_shape():
    sizes, shapes = Sizes(N=4, T=7, D=3, M=5, K=2), [(), (1,), (4,), (4, 7), (5, 5), (4, 7, 5), (28, 5), (1, 4, 1, 2)]
    for got in shapes:
        for dims in ("", "N", "NT", "NTM", "NKTM", "M"):
            list(forms(np.ones(got), dims, sizes, sizes))
