"""The chapter is the one that its README tells of; cases are what Keras gives; the lecture's claims hold for its seed."""

import hashlib
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

import rnnshapes
from rnnshapes import data
from rnnshapes.check import check_answer
from rnnshapes.grading.execute.stage import stage
from rnnshapes.lessons import exercise_names, find_exercise
from rnnshapes.lessons.l11_text.case import LENGTH, NOTEBOOK, stretch
from rnnshapes.lessons.l11_text.exercises import DRAWN, LOSSES, PERPLEXITY, SHIFTED, THROUGH_TABLE

LESSON = Path(__file__).parents[1]


def test_the_chapter_is_the_one_that_was_taken_over():
    chapter = (files("rnnshapes.data") / "alice_chapter_1.txt").read_bytes()
    assert hashlib.sha256(chapter).hexdigest() == "aa85b1a2aa2f65e0ed8591fbcfdb58e5d9a7091d2db23cc17c01177666aa0d4c"
    readme = (files("rnnshapes.data") / "README.md").read_text(encoding="utf-8")
    assert all(word in readme for word in ("Lewis Carroll", "1865", "1898", "public domain", "Brotli", "Gutenberg"))


def test_a_paragraph_is_one_line_and_the_heading_is_left_out():
    text = rnnshapes.alice()
    assert text.isascii() and "  " not in text and "*" not in text and "CHAPTER" not in text
    assert text.count("\n") == 23 and text.endswith("finished off the cake.")


def test_the_data_are_there_where_functions_are_called(tmp_path):
    """A set-up cell reads them in that process too, and binds the sizes that an answer cell needs."""
    stage(tmp_path)
    reads = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import rnnshapes; "
    reads += f"print(rnnshapes.__file__, [len(getattr(rnnshapes, name)()) for name in {data.__all__}])"
    shown = subprocess.run([sys.executable, "-c", reads], capture_output=True, text=True, check=True).stdout
    assert shown == f"{tmp_path}/rnnshapes/__init__.py [11192, 3]\n"


def test_the_sizes_of_the_notebook_are_those_of_its_setup_cell():
    text = (LESSON / "assignment.py").read_text(encoding="utf-8")
    sizes = ", ".join(map(str, (LENGTH, *NOTEBOOK.shape("NTDM"))))
    assert f"L, N, T, D, M = {sizes}" in text
    assert len(set(rnnshapes.alice().lower())) + 1 == NOTEBOOK.K
    assert -(-(LENGTH - 1) // NOTEBOOK.T) == NOTEBOOK.N


def test_ids_stand_twice_and_some_rows_are_never_picked():
    for case in [*THROUGH_TABLE.check_cases(), *THROUGH_TABLE.hidden_cases()]:
        counts = np.bincount(case.ids.ravel(), minlength=case.sizes.K)
        assert counts[0] and counts.max() > 1 and (counts == 0).any()


def test_texts_with_a_full_last_row_and_with_padding_are_both_there():
    places = [(len(case.ids) - 1) % case.T for case in SHIFTED.check_cases()]
    assert 0 in places and any(places)


def test_no_u_is_near_a_border_and_the_ids_are_numpys_choice():
    for case in [*DRAWN.check_cases(), *DRAWN.hidden_cases()]:
        assert np.abs(np.cumsum(case.whole.p, axis=1) - case.u[:, None]).min() > 1e-4
    p = DRAWN.check_cases()[0].whole.p[:1]
    for seed in range(20):
        u = np.random.default_rng(seed).random(1)
        assert stretch(p, u) == np.random.default_rng(seed).choice(p.shape[1], p=p[0])


def test_the_loss_of_a_model_with_mask_zero_is_that_of_the_cases():
    """Keras takes the mask from the table through all layers: the same as leaving out class 0."""
    keras, case = rnnshapes.import_keras(), LOSSES.check_cases()[0]
    K, ids = case.sizes.K, np.where(case.targets != 0, 1, 0)
    model = keras.Sequential([keras.layers.Embedding(K, 5, mask_zero=True), keras.layers.Dense(K)])
    model.compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    logits = model.predict(ids, verbose=0)
    log_p = logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))
    own = -np.take_along_axis(log_p, case.targets[..., None], axis=-1)[..., 0][case.real].mean()
    assert abs(model.evaluate(ids, case.targets, verbose=0, batch_size=len(ids)) - own) < 1e-5


def test_a_text_is_shown_with_its_length_and_one_array_for_two_is_said_first():
    def shifted(ids, T):
        rows = np.zeros((-(-(len(ids) - 1) // T), T), int)
        rows.flat[: len(ids) - 1] = ids[:-1]
        return rows

    verdict = check_answer("11/shifted", shifted)
    assert verdict.recognised == "wrong_type" and "one array, of shape (6, 9)" in verdict.got


def test_targets_that_are_not_shifted_are_shown_as_the_line_that_the_code_computes():
    def shifted(ids, T):
        rows = np.zeros((-(-(len(ids) - 1) // T), T), int)
        rows.flat[: len(ids) - 1] = ids[:-1]
        return rows, rows

    verdict = check_answer("11/shifted", shifted)
    assert verdict.recognised == "targets_not_shifted" and "targets[n,t] = ids[n*T+t]" in verdict.formula


def test_no_hint_of_the_lesson_holds_a_name_of_a_key():
    for name in exercise_names("11"):
        for key, belief in find_exercise(name).beliefs.items():
            assert "_" not in key or key not in belief.hint


@pytest.fixture(scope="module")
def lecture():
    """What the lecture's cells have made when all of them have run."""
    text = (LESSON / "lecture.py").read_text(encoding="utf-8")
    cells = re.split(r"(?m)^# %%(.*)\n", text)[1:]
    made = {}
    exec("\n".join(cell for mark, cell in zip(cells[::2], cells[1::2], strict=True) if "markdown" not in mark), made)
    return made


def test_the_gru_beats_counting_on_what_was_held_out(lecture):
    counts = {name: np.exp(-np.log(p).mean()) for name, p in lecture["counted"].items()}
    assert counts["one"] > 19 > 11 > counts["pairs"] > 10 > 8 > counts["three"] > lecture["in_rows"] > 6
    assert len(lecture["past"]) == 9513 and len(lecture["later"]) == 1679


def test_a_state_that_is_handed_on_helps_at_the_beginning_of_rows(lecture):
    zeros, handed = lecture["of_held"], lecture["handed_on"]
    assert lecture["perplexity"](handed, lecture["held_targets"]) < lecture["in_rows"] - 0.1
    assert zeros[1:, 0].mean() - handed[1:, 0].mean() > 0.5
    assert abs(zeros[:, 10:].mean() - handed[:, 10:].mean()) < 0.03


def test_handing_on_is_the_same_as_one_long_row(lecture):
    long_inputs, long_targets = lecture["shifted"](lecture["later"], len(lecture["later"]) - 1)
    logits = lecture["model"].predict(long_inputs, verbose=0)
    whole = lecture["losses"](logits, long_targets)[0]
    assert np.abs(whole - lecture["handed_on"].ravel()[: len(whole)]).max() < 1e-3


def test_the_network_is_surprised_most_at_the_first_letters_of_words(lecture):
    losses, targets = lecture["of_held"].ravel(), lecture["held_targets"].ravel()
    letter = np.array([number and lecture["characters"][number - 1].isalpha() for number in targets], bool)
    first = letter & np.roll(targets == lecture["id_of"][" "], 1)
    third = letter & np.roll(letter, 1) & np.roll(letter, 2)
    assert losses[first].mean() > losses[third].mean() + 0.5


def test_padding_flatters_and_only_row_0_of_the_table_stays(lecture):
    honest = lecture["perplexity"](lecture["of_each"], lecture["its_targets"])
    assert abs(honest - 41) < 0.5 and np.exp(lecture["of_each"].mean()) < honest / 3
    assert lecture["same"].tolist() == [0]
    assert abs(np.exp(lecture["by_keras"]) - honest) < 0.01


def test_a_copier_is_worse_than_knowing_nothing(lecture):
    logits = lecture["logits"]
    losses, perplexity = lecture["losses"], lecture["perplexity"]
    assert perplexity(losses(logits, lecture["held_inputs"]), lecture["held_inputs"]) < 1.2
    assert perplexity(losses(logits, lecture["held_targets"]), lecture["held_targets"]) > 100


def test_an_indexed_sum_keeps_the_last_gradient_alone(lecture):
    assert np.allclose(lecture["dE"][1], lecture["dX"][0, 3]) and not np.allclose(lecture["right"][1], lecture["dE"][1])
