"""Each layer's lines, run by the interpreter, against Keras' own layers with random weights: within 1e-6."""

import numpy as np
import pytest

from rnnshapes import import_keras
from rnnshapes.layers import tables
from rnnshapes.layers.run import run

N, T, D, M, K = 3, 6, 2, 5, 4
RNG = np.random.default_rng(5)


def sizes(**more):
    return {"N": N, "T": T, "D": D, "M": M, "K": K} | more


def randomised(layer, X, **call):
    """Build a layer by calling it, then give it random weights, biases too."""
    layer(X, **call)
    layer.set_weights([RNG.standard_normal(weight.shape).astype("float32") * 0.5 for weight in layer.get_weights()])
    return layer


def same(got, expected):
    __tracebackhide__ = True
    expected = np.asarray(expected)
    assert got.shape == expected.shape
    assert np.abs(got - expected).max() <= 1e-6


@pytest.fixture(scope="module")
def layers():
    return import_keras().layers


@pytest.fixture
def X():
    return RNG.standard_normal((N, T, D)).astype("float32")


@pytest.fixture
def mask():
    mask = RNG.random((N, T)) < 0.6
    mask[0, 0], mask[1, -1], mask[2] = False, False, True
    return mask


def named(layer, *names):
    return dict(zip(names, layer.get_weights(), strict=True))


def test_simple_rnn_and_dense(layers, X):
    rnn = randomised(layers.SimpleRNN(M, return_sequences=True), X)
    h = rnn(X)
    head = randomised(layers.Dense(K), h)
    lines = [tables.start(), tables.TABLE[0], tables.TABLE[3], tables.TABLE[1], tables.TABLE[2]]
    env = run(lines, {"X": X} | named(rnn, "Wx", "Wh", "bh") | named(head, "Wo", "bo"), sizes())
    same(env["h"], h)
    same(env["Yhats"], head(h))
    same(env["y"], head(h)[:, -1])
    same(env["h0"], h[:, -1])


def test_a_state_that_is_given(layers, X):
    rnn = randomised(layers.SimpleRNN(M, return_sequences=True), X)
    h0 = RNG.standard_normal((N, M)).astype("float32")
    env = run(
        [tables.start(value="h0[n,m]"), tables.TABLE[0]], {"X": X, "h0": h0} | named(rnn, "Wx", "Wh", "bh"), sizes()
    )
    same(env["h"], rnn(X, initial_state=h0))


def test_two_layers(layers, X):
    first = randomised(layers.SimpleRNN(M, return_sequences=True), X)
    second = randomised(layers.SimpleRNN(7, return_sequences=True), first(X))
    head = randomised(layers.Dense(K), second(first(X)))
    weights = named(first, "Wx1", "Wh1", "bh1") | named(second, "Wx2", "Wh2", "bh2") | named(head, "Wo", "bo")
    env = run(tables.STACK_TABLE, {"X": X} | weights, sizes(M1=M, M2=7))
    same(env["h1"], first(X))
    same(env["y"], head(second(first(X)))[:, -1])


def test_a_mask_freezes_the_state(layers, X, mask):
    rnn = randomised(layers.SimpleRNN(M, return_sequences=True), X)
    zeroing = layers.RNN(rnn.cell, return_sequences=True, zero_output_for_mask=True)
    lines = [tables.MASKED_LINE, tables.ZEROED_LINE, *tables.MASKED_MEAN_LINES]
    mask[0, -1] = True  # a mean of no step is no number
    env = run(lines, {"X": X, "mask": mask} | named(rnn, "Wx", "Wh", "bh"), sizes())
    same(env["h"], rnn(X, mask=mask))
    same(env["h_mean"], layers.GlobalAveragePooling1D()(rnn(X, mask=mask), mask=mask))
    same(env["h_zeroed"], zeroing(X, mask=mask))


def test_both_directions(layers, X):
    both = randomised(layers.Bidirectional(layers.SimpleRNN(M, return_sequences=True)), X)
    weights = named(both, "Wxf", "Whf", "bhf", "Wxb", "Whb", "bhb")
    env = run([*tables.TWO_FILMS, tables.JOINED_LINE], {"X": X} | weights, sizes(J=2 * M))
    same(env["h"], both(X))


def by_gate(weights, names, gates):
    """Cut Keras' wide weights into one array for each gate: Wx (D, 4M) into Wxi, Wxf, …"""
    pieces = {}
    for name, wide in zip(names, weights, strict=True):
        pieces |= {f"{name}{gate}": piece for gate, piece in zip(gates, np.split(wide, len(gates), -1), strict=True)}
    return pieces


def test_lstm(layers, X):
    lstm = randomised(layers.LSTM(M, return_sequences=True, return_state=True), X)
    env = run(tables.LSTM_TABLE, {"X": X} | by_gate(lstm.get_weights(), ("Wx", "Wh", "bh"), "ifgo"), sizes())
    h, _, c_last = lstm(X)
    same(env["h"], h)
    same(env["c"][:, -1], c_last)


def test_gru_both_ways(layers, X):
    after = randomised(layers.GRU(M, return_sequences=True), X)
    Wx, Wh, (bx, bh) = after.get_weights()
    weights = by_gate([Wx, Wh, bx, bh], ("Wx", "Wh", "bx", "bh"), "zrg")
    same(run(tables.GRU_TABLE, {"X": X} | weights, sizes())["h"], after(X))
    before = randomised(layers.GRU(M, return_sequences=True, reset_after=False), X)
    weights = by_gate(before.get_weights(), ("Wx", "Wh", "bx"), "zrg")
    same(run(tables.GRU_RESET_BEFORE_TABLE, {"X": X} | weights, sizes())["h"], before(X))


def test_embedding(layers):
    ids = RNG.integers(0, 9, (N, T))
    embedding = randomised(layers.Embedding(9, D), ids)
    env = run([tables.EMBEDDING_LINE], {"ids": ids, "E": embedding.get_weights()[0]}, sizes(V=9))
    same(env["X"], embedding(ids))


@pytest.mark.parametrize(("causal", "S"), [(False, T), (True, T), (False, 4)])
def test_attention_with_heads_and_masks(layers, X, causal, S):
    C = X if S == T else RNG.standard_normal((N, S, D)).astype("float32")
    attention = layers.MultiHeadAttention(num_heads=3, key_dim=M)
    randomised(attention, X, value=C)
    real = RNG.random((N, S)) < 0.7
    real[:, 0] = True
    allowed = np.broadcast_to(real[:, None, :], (N, T, S)) & (np.tri(T, S, dtype=bool) if causal else True)
    weights = named(attention, "Wq", "bq", "Wk", "bk", "Wv", "bv", "Wo", "bo")
    env = run(tables.ATTENTION_TABLE, {"X": X, "C": C, "allowed": allowed} | weights, sizes(H=3, S=S))
    expected, scores = attention(
        X, C, attention_mask=real[:, None, :], use_causal_mask=causal, return_attention_scores=True
    )
    same(env["Y"], expected)
    same(env["w"], scores)


def test_what_a_line_may_hold():
    x = np.arange(6.0).reshape(1, 3, 2)
    small = {"N": 1, "T": 3, "D": 2}
    assert run(["b[n,t,d] = X[n,T-1-t,d]"], {"X": x}, small)["b"][0, 0].tolist() == [4, 5]
    assert run(["b[n,t,d] = X[n,(t-1)%T,d]"], {"X": x}, small)["b"][0, 0].tolist() == [4, 5]
    assert run(["b[n,t,d] = X[n,t-1,d]"], {"X": x}, small)["b"][0, 0].tolist() == [0, 0], "outside there are zeros"
    assert run(["b[n,d] = mean[t]( X[n,t,d] )"], {"X": x}, small)["b"].tolist() == [[2, 3]]
    with pytest.raises(ValueError, match="is nothing that a line may hold"):
        run(["b[n] = [1 for _ in X]"], {"X": x}, small)
