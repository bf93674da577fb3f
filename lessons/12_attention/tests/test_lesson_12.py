"""Cases are what Keras gives, from MultiHeadAttention itself; what the lecture claims of weights, masks and heads holds."""

from pathlib import Path

import numpy as np
import pytest

from rnnshapes.layers.cases import TOLERANCE, import_keras
from rnnshapes.lessons.l12_attention.case import AttentionCase, MaskedCase, attended, softmax
from rnnshapes.lessons.l12_attention.exercises import (
    ATTENTION_BY_HAND,
    HEADS_OF,
    MASKED,
    NOTEBOOK,
    WEIGHTS_OF,
)

LESSON = Path(__file__).parents[1]
FUNCTIONS = [WEIGHTS_OF, MASKED, HEADS_OF, ATTENTION_BY_HAND]
RNG = np.random.default_rng(12)


def test_the_sizes_of_the_notebook_are_those_of_its_setup_cell():
    text = (LESSON / "assignment.py").read_text(encoding="utf-8")
    assert f"N, T, D = {NOTEBOOK.N}, {NOTEBOOK.T}, {NOTEBOOK.D}" in text
    assert f"S = {NOTEBOOK.S} " in text and f"H, M = {NOTEBOOK.H}, {NOTEBOOK.M} " in text


@pytest.mark.parametrize("exercise", FUNCTIONS, ids=lambda one: one.name)
def test_no_two_letters_of_a_case_have_one_size(exercise):
    for case in [*exercise.check_cases(), *exercise.hidden_cases()]:
        used = [case.sizes.of(letter) for letter in "NTDMHS" if getattr(case.sizes, letter, None) not in (None, 1)]
        assert len(set(used)) == len(used), case.sizes


def test_masked_is_what_the_whole_layer_does_with_both_masks():
    """MaskedCase asks Keras' Softmax; here a MultiHeadAttention with the same scores and masks."""
    keras, case = import_keras(), MaskedCase.make(NOTEBOOK, seed=3)
    T = case.sizes.T
    layer = keras.layers.MultiHeadAttention(num_heads=1, key_dim=T, use_bias=False)
    layer.build((None, T, T), (None, T, T))
    same = np.eye(T, dtype="float32")
    layer.set_weights([same[:, None], same[:, None], same[:, None], same[None]])
    queries = (case.scores * np.sqrt(T)).astype("float32")
    keys = np.repeat(same[None], len(queries), axis=0)
    mask = np.repeat(case.real[:, None], T, axis=1)
    _, weights = layer(queries, keys, attention_mask=mask, use_causal_mask=True, return_attention_scores=True)
    assert np.abs(np.asarray(weights)[:, 0] - case.w).max() < TOLERANCE


def test_a_mask_after_softmax_lets_the_future_show():
    scores = RNG.standard_normal((5, 5))
    changed = scores + 3 * (np.arange(25).reshape(5, 5) == 9)  # the pair t = 1, s = 4
    causal = np.tri(5, dtype=bool)
    late, in_time = (lambda e: softmax(e) * causal), (lambda e: softmax(np.where(causal, e, -np.inf)))
    assert np.abs(late(scores)[1] - late(changed)[1]).max() > 0.01
    assert np.array_equal(in_time(scores)[1], in_time(changed)[1])


def test_a_reshape_alone_gives_head_0_what_head_1_has():
    beside = RNG.standard_normal((9, 6))
    assert np.array_equal(beside.reshape(2, 9, 3)[0, 1], beside.reshape(9, 2, 3).swapaxes(0, 1)[1, 0])


def test_attention_does_not_know_the_order_of_what_it_looks_at():
    case = AttentionCase.make(NOTEBOOK, seed=5)
    shuffled = case.C[:, RNG.permutation(case.sizes.S)]
    assert np.abs(attended(case, case.X, shuffled) - case.Y).max() < TOLERANCE


@pytest.mark.parametrize("M", [4, 64, 1024])
def test_scores_spread_by_the_root_of_m_and_divided_by_1(M):
    q, k = RNG.standard_normal((400, M)), RNG.standard_normal((400, M))
    assert (q * k).sum(axis=1).std() == pytest.approx(np.sqrt(M), rel=0.15)
