"""Stacks are what Keras' own models give; lines of single layers are Keras' layers; a verdict names the first wrong layer."""

import re

import numpy as np
import pytest

import rnnshapes
from rnnshapes import CourseError, draw
from rnnshapes.check import check_answer
from rnnshapes.draw.themed import themed
from rnnshapes.layers.cases import import_keras
from rnnshapes.layers.drawn_stacks import Bundle, Masks, OneEach, TwoWays
from rnnshapes.layers.ledger import KINDS, recurrent, total, written
from rnnshapes.layers.one_layer import one_layer
from rnnshapes.layers.stacks import keras_layer
from rnnshapes.lessons import find_exercise
from rnnshapes.lessons.l13_capstone.exercises import NOTEBOOK, RUN, _expert
from rnnshapes.sizes import Sizes

SIZES = Sizes(N=5, T=4, D=3, M=6, K=2)


def test_a_whole_stack_gives_what_a_keras_model_predicts():
    keras = import_keras()
    for stack in Bundle(SIZES, seed=0).stacks[3:6]:
        model = keras.Sequential([keras.Input(stack.X.shape[1:]), *map(keras_layer, stack.layers)])
        for made, weights in zip(model.layers, stack.weights, strict=True):
            made.set_weights(weights)
        assert np.abs(model.predict(stack.X, verbose=0) - stack.out).max() < 1e-5, written(stack.layers)


@pytest.mark.parametrize("bundle", [Bundle, OneEach, TwoWays])
@pytest.mark.parametrize("sizes", [SIZES, Sizes(N=4, T=3, D=8, M=9, K=11)], ids=["odd", "even"])
def test_what_stands_behind_each_layer_is_what_keras_hands_on(bundle, sizes):
    for stack in bundle(sizes, seed=sizes.N).stacks:
        box, mask = stack.X, None
        for place, (layer, weights) in enumerate(zip(stack.layers, stack.weights, strict=True)):
            made = keras_layer(layer)
            made.build(box.shape)
            made.set_weights(weights)
            masked = {"mask": mask} if "layer" in layer or "return_sequences" in layer else {}
            behind = made.compute_mask(box, mask)
            box, mask = np.asarray(made(box, **masked)), None if behind is None else np.asarray(behind)
            assert np.abs(box - stack.outputs[place]).max() < 1e-5, (written(stack.layers), place)
            assert np.array_equal(mask, stack.masks[place + 1]), (written(stack.layers), place)
            assert stack.ledger[place]["parameters"] == made.count_params() == total(stack.ledger[place]["weights"])


@pytest.mark.parametrize("sizes", [SIZES, Sizes(N=4, T=3, D=8, M=9, K=11)], ids=["odd", "even"])
def test_a_mask_behind_a_stack_is_that_of_keras(sizes):
    for stack in Masks(sizes, seed=0).stacks:
        mask = None
        for place, layer in enumerate(stack.layers):
            behind = keras_layer(layer).compute_mask(stack.X if not place else None, mask)
            mask = None if behind is None else np.asarray(behind)
            assert np.array_equal(mask, stack.masks[place + 1]), (written(stack.layers), place)


def test_every_set_of_stacks_has_a_real_step_that_looks_like_padding_in_each_way():
    for N in (4, 5, 12):
        seen = set()
        for stack in Masks(Sizes(N=N, T=4, D=3, M=6, K=2), seed=N).stacks:
            if stack.layers[0]["kind"] == "Masking":
                value, X = stack.layers[0]["mask_value"], stack.X
                looks = {"first": X[:, :, 0], "last": X[:, :, -1], "mean": X.mean(axis=2), "most": X.max(axis=2), "least": X.min(axis=2)}
                seen |= {look for look, read in looks.items() if not np.array_equal(read != value, (X != value).any(axis=2))}
        assert seen == {"first", "last", "mean", "most", "least"}


def test_every_bundle_has_what_shows_in_one_place_only():
    for seed in range(20):
        stacks = Bundle(SIZES, seed=seed).stacks
        names = [written(stack.layers) for stack in stacks]
        for pattern in (
            r"Masking\((-1|2).0\) → Dense\(\d+, \w+\)",
            r"Masking\((-1|2).0\) → Dense\(\d+, \w+\) → (SimpleRNN|GRU)\(\d+, return_sequences\)",
            r"Embedding\(\d+, \d+, mask_zero\) → Dense\(\d+, softmax\)",
            r"(Dense.* → )?SimpleRNN\(\d+\) → Dense\(\d+, softmax\)",
        ):
            assert any(re.fullmatch(pattern, name) for name in names), (pattern, names)
        assert all((stack.X == 0).any() for stack in stacks if stack.layers[0]["kind"] == "Embedding")


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
