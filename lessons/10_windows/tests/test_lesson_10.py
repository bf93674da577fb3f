"""The series is the one that its README tells of; windows are Keras' windows; the lecture's claims hold for its seed."""

import hashlib
import re
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

import rnnshapes
from rnnshapes.check import check_answer
from rnnshapes.errors import CourseError
from rnnshapes.layers.progress import progress_line
from rnnshapes.lessons import exercise_names, find_exercise
from rnnshapes.lessons.l10_windows.case import DAYS, NOTEBOOK
from rnnshapes.lessons.l10_windows.exercises import ROLLED_OUT, SCALED, TARGETS, WHICH_PART, WINDOWS

LESSON = Path(__file__).parents[1]
FUNCTIONS = [WINDOWS, TARGETS, WHICH_PART, SCALED, ROLLED_OUT]


def test_the_table_is_the_one_that_was_taken_over_byte_for_byte():
    table = (files("rnnshapes.data") / "seattle_weather.csv").read_bytes()
    assert hashlib.sha256(table).hexdigest() == "62f0609f787158128aa2bd102967173a4953122dd4f872bf1d502cae1037df0b"
    assert len(table) == 47838 and b"\r" not in table


def test_the_weather_has_a_row_for_each_day_of_four_years():
    names, dates, values = rnnshapes.weather()
    assert names == ("precipitation", "temp_max", "temp_min", "wind")
    assert values.shape == (1461, 4) and dates.shape == (1461,) and np.isfinite(values).all()
    assert str(dates[0]) == "2012-01-01" and (np.diff(dates) == np.timedelta64(1, "D")).all()


def test_its_numbers_are_in_the_units_that_are_stated():
    rain, warm, cold, wind = rnnshapes.weather().values.T
    assert 0 == rain.min() and 55 < rain.max() < 56  # millimetres: inches would be below 3
    assert -2 < warm.min() and 35 < warm.max() < 36 and (cold <= warm).all()  # °C
    assert 0 < wind.min() and wind.max() < 10  # m/s
    readme = (files("rnnshapes.data") / "README.md").read_text(encoding="utf-8")
    assert all(word in readme for word in ("NOAA", "public domain", "vega-datasets", "millimetres", "Celsius"))


def test_a_column_can_be_asked_for_by_name_and_another_name_is_refused():
    assert np.array_equal(rnnshapes.weather("wind", "temp_min").values, rnnshapes.weather().values[:, [3, 2]])
    with pytest.raises(CourseError) as refused:
        rnnshapes.weather("snow")
    assert all(word in str(refused.value) for word in ("Got", "expected", "Try"))


@pytest.mark.parametrize(("L", "T", "K"), [(10, 4, 0), (10, 4, 2), (42, 9, 3), (7, 7, 0), (8, 7, 1), (30, 2, 12)])
def test_as_many_windows_as_the_formula_says_are_what_keras_cuts(L, T, K):
    keras = rnnshapes.import_keras()
    series = np.arange(2.0 * L).reshape(L, 2)
    batches = keras.utils.timeseries_dataset_from_array(series[: L - K], None, T, batch_size=4)
    cut = np.concatenate([np.asarray(batch) for batch in batches])
    assert cut.shape == (L - T - K + 1, T, 2)
    assert np.array_equal(cut[-1], series[L - T - K : L - K])


def test_the_sizes_of_the_notebook_are_those_of_its_setup_cell():
    text = (LESSON / "assignment.py").read_text(encoding="utf-8")
    assert f"T, M, K = {NOTEBOOK.T}, {NOTEBOOK.M}, {NOTEBOOK.K}" in text and f"values[:{DAYS}]" in text
    assert NOTEBOOK.N == DAYS - NOTEBOOK.T - NOTEBOOK.K + 1


def test_the_windows_have_all_three_kinds_or_with_few_known_days_and_with_many_two():
    for cases in (WHICH_PART.check_cases(), WHICH_PART.hidden_cases()):
        counts = [np.bincount(case.parts, minlength=3) for case in cases]
        assert counts[0].min() > 0 and counts[2][2] == 0 < counts[2][1] and counts[3][1] == 0 < counts[3][2]
        assert cases[3].past < cases[3].T + cases[3].K - 1 <= cases[3].N - cases[3].past + cases[3].T


@pytest.mark.parametrize("along", [{"axis": 1}, {"axis": 1, "keepdims": True}])
def test_a_number_that_is_handed_over_is_no_size_of_the_notebooks(along):
    def scaled(series, past):
        return (series - series[:past].mean(**along)) / series[:past].std(**along)

    assert check_answer("10/scaled", scaled).recognised == "one_scale_for_all"


def test_an_index_slip_is_shown_as_the_formula_that_it_is():
    def windows(series, T):
        n = np.arange(len(series) - T + 1)[:, None]
        return series[n - np.arange(T)]

    def targets(column, T, K):
        return np.array([column[n + K : n + K + K] for n in range(len(column) - T - K + 1)])

    assert check_answer("10/windows", windows).formula == "X[n,t,d] = series[(n-t)%L,d]"
    assert check_answer("10/targets", targets).formula == "Y[n,k] = column[n+K+k]"


@pytest.mark.parametrize("exercise", FUNCTIONS, ids=lambda one: one.name)
def test_no_case_is_empty_and_each_has_the_shape_that_it_promises(exercise):
    for case in [*exercise.check_cases(), *exercise.hidden_cases()]:
        right = exercise.expected(case)
        assert right.shape == case.sizes.shape(exercise.dims) and np.isfinite(right).all()
        if exercise is SCALED:
            assert np.abs(right[: case.past].mean(axis=0)).max() < 1e-5 < np.abs(right.mean(axis=0)).max()
        if exercise is ROLLED_OUT:
            assert np.abs(right).max() < 10


def test_a_mistake_in_the_index_is_shown_as_the_line_that_the_code_computes():
    def targets(column, T, K):
        return np.stack([column[n + T - 1 : n + T - 1 + K] for n in range(len(column) - T - K + 1)])

    verdict = check_answer("10/targets", targets)
    assert verdict.recognised == "window_returned"
    assert "Y[n,k] = column[n+T-1+k]" in verdict.formula


def test_a_series_is_read_in_days_and_not_in_the_letters_of_another_box():
    verdict = check_answer("10/scaled", lambda series, past: series[:past])
    assert f"({SCALED.check_cases()[0].past}, D)" in verdict.got and "(42, D)" in verdict.expected


def test_no_hint_of_the_lesson_holds_a_name_of_a_key():
    for name in exercise_names("10"):
        for key, belief in find_exercise(name).beliefs.items():
            assert "_" not in key or key not in belief.hint


def test_progress_is_one_line_that_ends():
    assert "epoch 12 of 12" in progress_line(12, 12, loss=0.2, seconds=3.0)
    assert "done in 3 s" in progress_line(12, 12, loss=0.2, seconds=3.0)
    assert "to go" in progress_line(1, 12, loss=0.2, seconds=3.0)


def test_progress_follows_a_training_outside_of_a_notebook(capsys):
    keras = rnnshapes.import_keras()
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    model.fit(np.ones((2, 1)), np.ones((2, 1)), epochs=2, verbose=0, callbacks=[rnnshapes.show_progress(2)])
    shown = capsys.readouterr().out
    assert shown.count("\r") == 2 and shown.endswith("\n") and "epoch 2 of 2" in shown


@pytest.fixture(scope="module")
def lecture():
    """What the lecture's cells have made when all of them have run."""
    text = (LESSON / "lecture.py").read_text(encoding="utf-8")
    cells = re.split(r"(?m)^# %%(.*)\n", text)[1:]
    made = {}
    exec("\n".join(cell for mark, cell in zip(cells[::2], cells[1::2], strict=True) if "markdown" not in mark), made)
    return made


def test_the_gru_beats_both_free_forecasts_on_each_day_and_by_little(lecture):
    gru, today, year = (lecture["off"](lecture[name]) for name in ("by_gru", "like_today", "year_ago"))
    assert (gru < today).all() and (today < year).all()
    better = today - gru
    assert (better > 0.04).all() and (better < 0.8).all()  # "some tenths of a degree"
    assert 3 < lecture["better"][0] < 12 and 10 < lecture["better"][2] < 20


def test_a_forecast_that_is_rolled_out_gets_worse_with_each_day_unless_true_days_are_fed(lecture):
    rolled = lecture["off"](lecture["rolled_out"](lecture["X"][lecture["test"]], 3))
    flattering = lecture["off"](lecture["rolled_out"](lecture["X"][lecture["test"]], 3, truth=lecture["true_days"]))
    assert (np.diff(rolled) > 0.1).all() and np.abs(np.diff(flattering)).max() < 0.05
    assert abs(rolled[2] - lecture["off"](lecture["by_gru"])[2]) < 0.4  # "lie close together"


def test_the_windows_across_the_border_are_in_neither_part(lecture):
    train, test, past, T, K = (lecture[name] for name in ("train", "test", "past", "T", "K"))
    first = lecture["first"]
    assert (first[train] + T + K - 1).max() == past - 1 and first[test].min() == past
    assert (~train & ~test).sum() == T + K - 1 and str(lecture["dates"][past]) == "2015-01-01"


def test_a_target_inside_the_window_is_found_by_a_weighted_sum(lecture):
    train, test, Y = lecture["train"], lecture["test"], lecture["Y"][:, 0]
    off = []
    for X in (lecture["X"], lecture["one_late"]):
        off.append(np.abs(lecture["weighted_sum"](X[train], Y[train], X[test]) - Y[test]).mean())
    assert round(off[0], 1) == 2.2 and off[1] < 0.005


def test_a_shuffled_split_flatters_whatever_the_shuffle(lecture):
    honest, test = lecture["remembered"](*lecture["by_time"]), lecture["by_time"][1]
    like_today = np.abs(lecture["series"][np.flatnonzero(test) + 27, 1] - lecture["coming"][test]).mean()
    assert round(like_today, 1) == 2.8 and honest > like_today + 1
    for seed in range(5):
        picked = np.random.default_rng(seed).permutation(len(test)) < test.sum()
        assert lecture["remembered"](~picked, picked) < like_today


def test_a_scaler_that_has_seen_the_future_hides_a_quarter_of_the_surprise(lecture):
    column, past = lecture["series"][:, 1], lecture["past"]
    surprise = [(column[past:] - seen.mean()).mean() for seen in (column[:past], column)]
    assert 1 < surprise[0] and round(surprise[1] / surprise[0], 2) == 0.75
