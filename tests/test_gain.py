"""A simulated class whose difficulties, abilities and gain are known: the report finds them, as surely as it says."""

import numpy as np
import pytest

from rnnshapes.grading.report.gain import class_gain, gain, mean_of, normalised_change
from rnnshapes.grading.report.page_of_report import Row, report_html
from rnnshapes.grading.report.report_tally import SMALLEST_CLASS, tasks

ITEMS = 20


def simulated(rng, students, learned):
    """Return the shares of right answers before and after.

    A student knows an item with a probability that is beta(2, 4) over the class, and learns what they do not know with
    one that is `learned` on average and has nothing to do with the first. So the class gain is `learned`.
    """
    knows, learns = rng.beta(2, 4, students), rng.beta(4 * learned, 4 * (1 - learned), students)
    after = knows + learns * (1 - knows)
    return tuple(rng.binomial(ITEMS, chance) / ITEMS for chance in (knows, after))


def changes(rng, students, learned):
    change = normalised_change(*simulated(rng, students, learned))
    return change[~np.isnan(change)]


@pytest.mark.parametrize(("students", "learned"), [(40, 0.2), (40, 0.5), (SMALLEST_CLASS, 0.5)])
def test_the_interval_holds_the_true_gain_as_often_as_it_promises(students, learned):
    rng = np.random.default_rng(1)
    classes = 2000
    true_change = changes(rng, 400_000, learned).mean()
    intervals = [class_gain(*simulated(rng, students, learned)) for _ in range(classes)]
    held = np.mean([one.low <= learned <= one.high for one in intervals])
    assert 0.935 < held < 0.965, held
    assert abs(np.mean([one.value for one in intervals]) - learned) < 0.01
    intervals = [mean_of(changes(rng, students, learned)) for _ in range(classes)]
    held = np.mean([one.low <= true_change <= one.high for one in intervals])
    assert 0.93 < held < 0.965, held


def test_a_class_twice_as_large_is_known_better():
    rng = np.random.default_rng(2)
    small, large = (
        np.mean([one.high - one.low for one in (class_gain(*simulated(rng, n, 0.5)) for _ in range(300))])
        for n in (20, 80)
    )
    assert 1.8 < small / large < 2.3 and 0.2 < small < 0.3


def test_students_with_all_or_no_points_both_times_have_no_change_and_still_count_in_the_class():
    before = {f"s{number}": 0.5 for number in range(20)} | {"all": 1.0, "none": 0.0, "lost": 1.0}
    after = {f"s{number}": 0.75 for number in range(20)} | {"all": 1.0, "none": 0.0, "lost": 0.5}
    found = gain(before, after)
    assert found.both == 23 and found.left_out == 2
    assert found.of_students.value == pytest.approx((20 * 0.5 - 0.5) / 21)
    assert found.of_class.value == pytest.approx((20 * 0.25 - 0.5) / (20 * 0.5 + 1))


def test_where_nothing_varies_no_interval_is_made_up():
    full = dict.fromkeys(map(str, range(30)), 1.0)
    found = gain(dict.fromkeys(full, 0.4), full)
    assert found.of_class.low is None and str(found.of_class) == "1.00"
    found = gain(full, full)
    assert found.of_class is None and found.of_students is None and found.left_out == 30
    page = report_html("99_after", rows_of(np.ones((30, 3), int)), says={}, before={f"s{n}": 1.0 for n in range(30)})
    assert "Hake" not in page and "there was nothing to gain" in page


def rows_of(right):
    """Return the rows of a class from a table of answers, students by items."""
    points = [{f"item_{number}": (int(one), 1) for number, one in enumerate(row)} for row in right]
    return [Row(f"s{n}", score=float(sum(row)), max_score=len(row), points=points[n]) for n, row in enumerate(right)]


def quiz(rng, students, *, odd):
    """Return answers by abilities and difficulties that are known (Rasch's model); item `odd` is answered by chance."""
    ability, hard = rng.normal(0, 1.2, students), np.linspace(-1.5, 1.5, ITEMS)
    chance = 1 / (1 + np.exp(hard - ability[:, None]))
    chance[:, odd] = 0.5
    return rng.random(chance.shape) < chance, chance


def test_the_report_finds_difficulties_and_the_item_that_tells_nothing():
    answers, chance = quiz(np.random.default_rng(3), 400, odd=7)
    found = {task.name: task for task in tasks(rows_of(answers))}
    for number in range(ITEMS):
        task, true = found[f"item_{number}"], chance[:, number].mean()
        assert abs(task.share - true) < 4 * (true * (1 - true) / 400) ** 0.5
        assert bool(task.word) == (number == 7), (number, task.with_rest)
        assert (task.with_rest.low > 0.2) == (number != 7)


def test_in_a_small_class_chance_accuses_no_item():
    """Each of 20 sound items has a correlation that chance moves by a quarter: few of 400 may be accused."""
    rng, accused = np.random.default_rng(4), 0
    for _ in range(20):
        answers, _ = quiz(rng, 24, odd=0)
        accused += sum(bool(task.word) for task in tasks(rows_of(answers)) if task.name != "item_0")
    assert accused <= 4


def test_the_page_says_the_gain_and_who_is_in_it():
    answers, chance = quiz(np.random.default_rng(5), 60, odd=0)
    learned = np.random.default_rng(6).random(chance.shape) < 0.4
    rows = rows_of(answers | learned)
    before = {f"s{n}": row.mean() for n, row in enumerate(answers)}
    page = report_html("99_after", rows, says={}, before=before | {"gone": 0.5})
    estimate = class_gain(answers.mean(axis=1), (answers | learned).mean(axis=1))
    assert estimate.low < 0.4 < estimate.high and str(estimate) in page
    assert "60 students took both quizzes" in page and "1 student who took only the quiz before" in page
    few = report_html("99_after", rows[:19], says={}, before=before)
    assert "19 students took both quizzes" in few and "so it is left out" in few and "⟨g⟩" not in few
    assert "Nobody was graded in both" in report_html("99_after", rows, says={}, before={})
    assert "What was learned" not in report_html("98_before", rows, says={})
