"""Stacks are what Keras' own models give; lines of single layers are Keras' layers; a verdict names the first wrong layer."""

import numpy as np
import pytest

import rnnshapes
from rnnshapes import CourseError, draw
from rnnshapes.check import check_answer
from rnnshapes.draw.themed import themed
from rnnshapes.layers.cases import import_keras
from rnnshapes.layers.drawn_stacks import Bundle
from rnnshapes.layers.ledger import KINDS, recurrent, total, written
from rnnshapes.layers.one_layer import one_layer
from rnnshapes.layers.stacks import keras_layer
from rnnshapes.lessons import find_exercise
from rnnshapes.lessons.l13_capstone.exercises import NOTEBOOK, RUN, _expert
from rnnshapes.sizes import Sizes

SIZES = Sizes(N=5, T=4, D=3, M=6, K=2)


@pytest.mark.parametrize("seed", range(2))
def test_a_stack_gives_what_a_keras_model_predicts_layer_by_layer(seed):
    keras = import_keras()
    for stack in Bundle(SIZES, seed=seed).stacks:
        model = keras.Sequential([keras.Input(stack.X.shape[1:]), *(keras_layer(one, unroll=False) for one in stack.layers)])
        for made, weights in zip(model.layers, stack.weights, strict=True):
            made.set_weights(weights)
        assert np.abs(model.predict(stack.X, verbose=0) - stack.out).max() < 1e-5, written(stack.layers)
        rows = stack.ledger
        assert [row["parameters"] for row in rows] == [made.count_params() for made in model.layers]
        assert [row["parameters"] for row in rows] == [total(row["weights"]) for row in rows]


@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_the_lines_of_a_single_layer_are_keras(kind, masked):
    case = one_layer(SIZES, seed=3, layer=lambda sizes: recurrent(kind, sizes.M), masked=masked)
    assert case.program is not None and np.abs(case.out - case.stack.out).max() < 1e-5


def test_hundreds_of_seeds_give_hundreds_of_architectures_and_each_kind_in_every_bundle():
    found = set()
    for seed in range(60):
        bundle = Bundle(SIZES, seed=seed)
        names = [written(stack.layers) for stack in bundle.stacks]
        assert all(kind in " ".join(names) for kind in ("SimpleRNN", "LSTM", "GRU", "Bidirectional", "Masking", "mask_zero"))
        found |= set(names)
    assert len(found) > 250


def test_sizes_are_pairwise_distinct_in_every_stack():
    for seed in range(20):
        for stack in Bundle(SIZES, seed=seed).stacks:
            units = [one.get("layer", one).get("units") for one in stack.layers if one.get("layer", one).get("units")]
            sizes = [*units, stack.sizes.N, stack.sizes.T, stack.sizes.D]
            assert len(set(sizes)) == len(sizes)


def test_the_message_names_the_first_layer_whose_output_differs():
    def run(layers, weights, X):
        return X if X.ndim == 3 else X[:, :, None]

    said = str(check_answer("13/run", run))
    assert "layer 1 of" in said and "is the first whose output differs" in said


def test_masked_rows_of_both_directions_are_zeros_and_those_of_one_repeat():
    one, two = (_expert(kind, True, True).check_cases()[0] for kind in ("LSTM", "2LSTM"))
    assert not two.out[~two.mask].any() and one.out[~one.mask].any()


def test_what_is_told_of_a_layer_is_known_to_the_report():
    assert {"i_and_f_swapped", "rows_summed", "not_reflipped", "c_runs_on"} <= {*RUN.told}


def test_the_sizes_of_the_notebook_are_those_of_its_setup_cell():
    assert find_exercise("13/ledger").check_cases()[0].sizes.N == NOTEBOOK.N == 5


LAYERS = [
    {"kind": "Embedding", "input_dim": 50, "output_dim": 9, "mask_zero": True},
    {"kind": "Bidirectional", "layer": recurrent("LSTM", 70)},
    recurrent("GRU before", 11, return_sequences=False),
    {"kind": "Dense", "units": 3, "activation": "softmax"},
]


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
def test_nothing_overlaps_and_nothing_is_cut_off(narrow, monkeypatch):
    import test_draw

    drawn = [draw.ledger(LAYERS, (5, 8), narrow=narrow), draw.ledger(LAYERS[2:] * 3, (400, 8, 70), narrow=narrow)]
    drawn.append(draw.certificate([("07", "lstm", ["D4M", "NTD"] * 4), ("08", "gru", ["NTD"])], narrow=narrow))
    monkeypatch.setattr(test_draw, "pictures", lambda sizes, narrow: drawn)
    test_draw.test_nothing_overlaps_and_nothing_is_cut_off(Sizes(1, 1, 1, 1, 1), narrow)


def test_the_ledger_says_every_box_and_every_colour_has_a_dark_one():
    picture = draw.ledger(LAYERS, (5, 8))
    assert "2 Bidirectional(LSTM(70)) → (5×8×140)" in picture.alt and "44800 parameters" in picture.alt
    assert "(N, T, 2M) = (5, 8, 140)" in dict(picture.details)["2 Bidirectional(LSTM(70))"]
    assert picture.data() == draw.ledger(LAYERS, (5, 8)).data() and themed(picture.data("svg"))


@pytest.mark.parametrize("call", [lambda: draw.ledger([], (1, 2, 3)), lambda: draw.ledger(LAYERS, (1, 2, 3)), lambda: draw.ledger([{"kind": "Conv"}], (1, 2, 3)), lambda: draw.certificate([])])  # fmt: skip
def test_what_cannot_be_drawn_is_refused_with_got_expected_try(call):
    with pytest.raises(CourseError) as refused:
        call()
    assert all(word in str(refused.value) for word in ("Got", "expected", "Try"))


def test_the_certificate_has_a_line_for_each_lesson_that_is_installed():
    picture = rnnshapes.certificate("Ada")
    assert picture.alt.startswith("Certificate of shapes of Ada") and "01  rnn shapes" in dict(picture.details)
    assert "(D, 4M)" in dict(picture.details)["07  lstm"]
