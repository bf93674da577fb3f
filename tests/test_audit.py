"""The audit of the real lessons finds nothing; planted faults are found."""

from pathlib import Path

import pytest

from rnnshapes.authoring import audit as auditing
from rnnshapes.authoring.answers import Answer, read_answers, run_answer
from rnnshapes.errors import CourseError
from rnnshapes.files import lesson_names
from rnnshapes.judge.exercise import Belief
from rnnshapes.lessons import exercise_names, find_exercise

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("lesson", lesson_names(ROOT))
def test_a_lesson_passes_every_question_of_the_audit(lesson):
    found = {question: problems for question, problems in auditing.audit_lesson(ROOT, lesson) if problems}
    assert not found, "\n".join(
        f"{question}: {problem}" for question, problems in found.items() for problem in problems
    )


def test_the_committed_notebooks_are_what_the_texts_give():
    assert not auditing.build.check(ROOT).problems


def test_every_answer_cell_has_an_exercise_and_the_other_way_round():
    answers = set()
    for lesson in lesson_names(ROOT):
        cells = auditing.build.read_lesson(ROOT, lesson, "assignment.py").cells
        answers |= {f"{lesson[:2]}/{cell.keys['answer']}" for cell in cells if "answer" in cell.keys}
    assert answers == set(exercise_names())


def test_a_hint_with_solution_code_is_found():
    exercise = find_exercise("01/rnn_by_hand")

    class Planted:
        beliefs = exercise.beliefs | {
            "x": Belief("x", "…", "Write it like this: h = np.tanh(x[t] @ Wx + h_last @ Wh + bh)")
        }

    assert any("holds code" in problem for problem in auditing._check_hints({"rnn_by_hand": Planted}))


def test_a_wrong_answer_that_is_labelled_right_is_found_out():
    source = "def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):\n    return np.tanh(x @ Wx + bh) @ Wo + bo"
    _, outcome = run_answer("01_rnn_shapes", Answer("rnn_by_hand", "right", "", source))
    assert not outcome.right and outcome.failed == ("test",) and outcome.recognised == "recurrent_term_unused"


def test_a_cell_that_fails_is_no_crash():
    _, outcome = run_answer("01_rnn_shapes", Answer("rnn_by_hand", "wrong", "", "def rnn_by_hand(x:\n    pass"))
    assert outcome.failed == ("test",) and "not defined" in outcome.message


def test_a_solution_line_in_the_release_is_found(tmp_path):
    import shutil

    for part in ("lessons", "release", "pyproject.toml"):
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, tmp_path / part)
    released = tmp_path / "release/01_rnn_shapes/rnn_shapes.ipynb"
    leaked = "h_last = np.tanh(x_t @ Wx + h_last @ Wh + bh)"
    assert leaked not in released.read_text()
    released.write_text(released.read_text().replace("raise NotImplementedError()", leaked, 1))
    assignment = auditing.build.read_lesson(tmp_path, "01_rnn_shapes", "assignment.py")
    assert any(leaked in problem for problem in auditing._check_release(tmp_path, "01_rnn_shapes", assignment))


def test_an_answer_without_a_kind_is_refused(tmp_path):
    file = tmp_path / "answers.py"
    file.write_text('# %% answer="rnn_by_hand" rong="bias_dropped"\nx = 1\n')
    with pytest.raises(CourseError, match="Expected"):
        read_answers(file)
