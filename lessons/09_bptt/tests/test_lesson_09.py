"""The way back through time: the lines are GradientTape's gradients, the tolerance suits them, the lecture says what is so."""

import re
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from rnnshapes import TOLERANCE
from rnnshapes.check import assert_answer, check_answer
from rnnshapes.judge.watch import watch
from rnnshapes.layers.cases import hidden_cases, import_keras
from rnnshapes.layers.run import run
from rnnshapes.layers.tables import BPTT_LINES, FROM_LAST_LINES
from rnnshapes.lessons import find_exercise
from rnnshapes.lessons.l09_bptt.case import BpttCase
from rnnshapes.lessons.l09_bptt.exercises import BPTT, CLIPPED, FROM_LAST, NOTEBOOK, STEP_BACK, TRUNCATED
from rnnshapes.sizes import Sizes

LESSON = Path(__file__).parents[1]
SIZES = [Sizes(3, 7, 2, 5, 4), Sizes(1, 1, 3, 2, 5), Sizes(2, 12, 5, 1, 3), Sizes(6, 2, 1, 4, 3)]


def bptt(X, H, h0, Wh, dH, *, before=None, back=lambda Wh: Wh.T):
    """Return the four gradients; `before` are the states that met Wh, and `back` is how Wh is gone back through."""
    before = np.concatenate([h0[:, None], H[:, :-1]], axis=1) if before is None else before
    dZ, dh = np.zeros(H.shape), 0.0
    for t in reversed(range(H.shape[1])):
        dZ[:, t] = (dH[:, t] + dh) * (1 - H[:, t] ** 2)
        dh = dZ[:, t] @ back(Wh)
    return np.einsum("ntd,ntm->dm", X, dZ), np.einsum("ntj,ntm->jm", before, dZ), dZ.sum(axis=(0, 1)), dh


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_the_lines_are_what_the_tape_gives_in_float64(sizes):
    import tensorflow as tf

    case, layers = BpttCase.make(sizes, seed=5), import_keras().layers
    layer = layers.SimpleRNN(sizes.M, return_sequences=True, dtype="float64")
    head = layers.Dense(sizes.K, dtype="float64")
    X, h0 = tf.constant(case.X), tf.constant(case.h0)
    layer.build(case.X.shape), head.build((None, sizes.M))
    layer.set_weights([case.weights[name] for name in ("Wx", "Wh", "bh")])
    head.set_weights([case.weights[name] for name in ("Wo", "bo")])
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(h0)
        H = layer(X, initial_state=h0)
        every, last = tf.reduce_sum(H * case.dH), tf.reduce_sum(head(H[:, -1]) * case.dYhat)
    from_last, *way = FROM_LAST_LINES
    for loss, lines, dH in ((every, BPTT_LINES, case.dH), (last, (from_last, *BPTT_LINES), None)):
        arrays = {**case.arrays, "dYhat": case.dYhat} | ({} if dH is None else {"dH": dH})
        arrays = {name: value for name, value in arrays.items() if not (dH is None and name == "dH")}
        made = run(lines, arrays, sizes.known)
        for name, right in zip(("dWx", "dWh", "dbh", "dh0"), tape.gradient(loss, [*layer.weights, h0]), strict=True):
            assert made[name].shape == right.shape
            np.testing.assert_allclose(made[name], right, rtol=0, atol=1e-10)
    assert way == list(BPTT_LINES[1:3])


@pytest.mark.parametrize("exercise", [STEP_BACK, FROM_LAST, BPTT, TRUNCATED], ids=lambda one: one.name)
def test_the_lines_of_a_case_are_what_it_is_compared_with(exercise):
    for case in [*exercise.check_cases(), *exercise.hidden_cases()]:
        lines = run(case.program.lines, case.arrays, case.sizes.known | case.more_sizes)[case.program.film]
        np.testing.assert_allclose(lines, exercise.expected(case), rtol=0, atol=TOLERANCE / 2)


def test_lines_that_read_each_other_ahead_run_from_the_last_step_to_the_first():
    X = np.arange(4.0)[None]
    made = run(["a[n,t] = X[n,t] + b[n,t+1]", "b[n,t] = 2*a[n,t]"], {"X": X}, {"N": 1, "T": 4})
    assert made["a"].tolist() == [[0 + 2 * (1 + 2 * (2 + 2 * 3)), 1 + 2 * (2 + 2 * 3), 2 + 2 * 3, 3]]
    ahead = run(["s[n,t] = s[n,t-1] + X[n,t+1]"], {"X": X}, {"N": 1, "T": 4})  # what is given may be read ahead
    assert ahead["s"].tolist() == [[1, 3, 6, 6]]


def test_right_gradients_lie_far_within_the_tolerance():
    """Derived: N·T terms of size 1 or less, each off by 2**-24 at most, if float32 rounds as it likes: √(N·T)·2**-24."""
    off = []
    for seed in range(12):
        for case in hidden_cases("09/bptt", seed=str(seed), make=BpttCase.make):
            mine = bptt(case.X, case.H, case.h0, case.weights["Wh"], case.dH)
            off += [np.abs(one - right).max() for one, right in zip(mine, case.four.values(), strict=True)]
    assert TOLERANCE / 50 < max(off) < TOLERANCE / 3
    assert np.median(off) < np.sqrt(12 * 15) * 2**-24 < 12 * 15 * 2**-24 < 1.1 * TOLERANCE


def test_a_verdict_says_which_of_the_arrays_is_wrong_and_one_belief_explains_them_all():
    def own_state(X, H, h0, Wh, dH):
        return bptt(X, H, h0, Wh, dH, before=H)

    verdict = check_answer("09/bptt", own_state)
    assert verdict.recognised == "own_state_for_last" and verdict.got.startswith("in dWh: (6, 6) = (M, M), off by")
    assert verdict.formula == "dWh[m',m] = h[n,t,m']·dz[n,t,m]"

    def as_forward(X, H, h0, Wh, dH):
        return bptt(X, H, h0, Wh, dH, back=lambda Wh: Wh)

    verdict = check_answer("09/bptt", as_forward)
    assert verdict.recognised == "wh_as_forward" and verdict.got.startswith("in dWx: ")


def test_what_is_asked_for_is_named_where_no_arrays_came():
    def three(X, H, h0, Wh, dH):
        return bptt(X, H, h0, Wh, dH)[:3]

    def raises(X, H, h0, Wh, dH):
        return X @ Wh

    for function in (three, raises):
        verdict = check_answer("09/bptt", function)
        assert "in d" not in verdict.got and verdict.expected.startswith("dWx (3, 6) = (D, M), dWh (6, 6) = (M, M), dbh")


@pytest.mark.parametrize("form", [tuple, list, lambda four: dict(zip(("dh0", "dWx", "dWh", "dbh"), (four[3], *four[:3])))])
def test_several_arrays_may_come_in_any_collection(form):
    def answer(X, H, h0, Wh, dH):
        return form(bptt(X, H, h0, Wh, dH))

    verdict = check_answer("09/bptt", answer)
    assert verdict.right and "in 3 cases, all 4 arrays" in str(verdict)
    assert_answer("09/bptt", answer)


def test_a_state_kept_between_calls_shows_in_several_arrays_too():
    kept = []

    def remembers(X, H, h0, Wh, dH):
        kept.append(1)
        four = bptt(X, H, h0, Wh, dH)
        return four if len(kept) < 16 else (*four[:3], four[3] + len(kept))

    assert not check_answer("09/bptt", remembers).right


def test_the_tape_is_not_by_hand():
    def step_back(dh, h, Wh):
        import tensorflow as tf

        with tf.GradientTape():
            return (dh * (1 - h**2)) @ Wh.T

    assert watch(step_back, *STEP_BACK.arguments(STEP_BACK.check_cases()[0]).values()).helpers
    assert check_answer("09/step_back", step_back).recognised == "keras_layer"


def test_no_two_axes_of_a_case_have_one_size_and_each_chunk_shows_where_it_begins():
    for sizes in (NOTEBOOK, *BPTT.check_sizes):
        axes = [*sizes.shape("TDM"), *([sizes.N, sizes.K] if sizes.N > 1 else [])]
        assert len(set(axes)) == len(axes), sizes
    cases = TRUNCATED.check_cases()
    assert all(case.sizes.T % case.size and case.size not in case.sizes.known.values() for case in cases)
    assert any(case.sizes.T % case.size not in (1, 2, case.size - 1) for case in cases)


def test_a_gradient_that_is_short_enough_stays_as_it_is():
    norms = [(case.norm, case.most) for case in CLIPPED.check_cases()]
    assert any(norm < most for norm, most in norms) and any(most < norm for norm, most in norms)


@pytest.fixture(scope="module")
def lecture():
    """What the lecture's cells have made when all of them have run."""
    text = (LESSON / "lecture.py").read_text(encoding="utf-8")
    cells = re.split(r"(?m)^# %%(.*)\n", text)[1:]
    made = {}
    exec("\n".join(cell for mark, cell in zip(cells[::2], cells[1::2], strict=True) if "markdown" not in mark), made)
    return made


def test_by_hand_is_what_the_tape_gives(lecture):
    four = (lecture["dWx"], lecture["dWh"], lecture["dbh"], lecture["dh0"])
    for mine, tapes in (*zip(four, lecture["of_tape"], strict=True), *zip(lecture["mine"], lecture["all_steps"], strict=True)):
        np.testing.assert_allclose(mine, tapes, rtol=0, atol=1e-12)
    np.testing.assert_allclose(lecture["by_measuring"], lecture["of_tape"][1], rtol=0, atol=1e-8)


def test_a_measured_slope_is_best_in_the_middle(lecture):
    def best(dtype):
        off = [abs(lecture["measured"](1, 2, 10.0**-k, dtype) - lecture["of_tape"][1][1, 2]) for k in range(1, 12)]
        return 1 + int(np.argmin(off)), min(off) / abs(lecture["of_tape"][1][1, 2])

    (power, left), (power_32, left_32) = best("float64"), best("float32")
    assert power in (5, 6) and left < 1e-9 and power_32 in (2, 3) and 1e-5 < left_32 < 1e-3


def test_far_steps_have_little_say(lecture):
    assert lecture["lengths"][0] < 0.2 * lecture["lengths"][-1]


def test_float32_is_off_by_what_the_lecture_derives(lecture):
    assert np.sqrt(180) * 2**-24 / 3 < lecture["worst"] < 180 * 2**-24 / 3
    assert TOLERANCE / 20 < lecture["worst"] < TOLERANCE / 5  # "about ten times below it"


def test_the_heat_map_vanishes_holds_and_explodes(lecture):
    lengths = {name: np.linalg.norm(film[:, 0], axis=-1) for name, film in lecture["films"].items()}
    assert max(lengths["radius 0.5"]) < 0.5**19 * 2 and 0.5**19 == pytest.approx(0.000002, rel=0.1)
    assert 0.05 < min(lengths["radius 1"]) <= max(lengths["radius 1"]) < 1
    assert 50 < min(lengths["radius 3"]) <= max(lengths["radius 3"]) < 1000


def test_chaos_is_where_the_radius_is_3(lecture):
    forward = lecture["forward"]
    off = {}
    for radius in (0.5, 1, 3):
        go = partial(forward, Wx=lecture["wx"], Wh=radius * lecture["unit"], bh=lecture["b"])
        off[radius] = np.abs(go(lecture["quiet"], lecture["nudged"]) - go(lecture["quiet"], lecture["begin"]))[0].max(axis=1)
    assert off[3][-1] > 1 and off[1][-1] < 1e-7 and off[0.5][-1] < 1e-30
    assert lecture["off"].max() > 1 and 10 < lecture["beyond"][0] < 40  # beside Keras, with a radius of 3


def test_keras_clips_with_one_factor(lecture):
    moved = [float(weight.numpy().ravel()[0]) for weight in lecture["weights"]]
    np.testing.assert_allclose(moved, [-3 / 13, -4 / 13, -12 / 13], atol=1e-6)


def test_what_truncation_loses_is_what_the_lecture_says(lecture):
    lost = np.linalg.norm(lecture["cut"] - lecture["mine"][1]) / np.linalg.norm(lecture["mine"][1])
    assert 0.2 < lost < 0.3  # a quarter
    assert int(np.tril(lecture["chunk"][:, None] != lecture["chunk"]).sum()) == 16 and 8 * 9 // 2 == 36


def test_the_exercises_are_those_of_the_assignment():
    text = (LESSON / "assignment.py").read_text(encoding="utf-8")
    names = re.findall(r'answer="(\w+)"', text)
    assert [find_exercise(f"09/{name}").name for name in names] == [f"09/{name}" for name in names]
    assert f"N, T, D, M, K = {', '.join(map(str, NOTEBOOK.shape('NTDMK')))}" in text
