"""What an answer is compared with is what `model.predict()` gives: held for every exercise that Keras answers.

The cases call Keras' layers directly, since predict() traces a graph and sets up more than a toy model's work. Here
each expected array meets the whole model, compiled and predicted as in the notebooks.
"""

import re

import numpy as np
import pytest

from rnnshapes.beliefs.wrongs import film_of, kept
from rnnshapes.layers.cases import TOLERANCE
from rnnshapes.lessons import exercise_names, find_exercise


def predicted(inputs, outputs, weights, *data):
    """Return predict() of the model from `inputs` to `outputs` with these weights."""
    import keras

    model = keras.Model(inputs, outputs)
    model.set_weights([weight for weight in weights if weight is not None])
    data = [np.asarray(one, "float32") for one in data]
    return model.predict(data if len(data) > 1 else data[0], verbose=0)


def parts(case):
    """Return Keras' layers, an input of the case's data, M, and the weights in the order of get_weights()."""
    import keras

    return keras.layers, keras.Input(case.X.shape[1:]), case.sizes.M, list(case.weights.values())


def rnn(case, *more, weights=None, **settings):
    """predict() of SimpleRNN(M) with these settings, and what comes after it."""
    layers, X, M, own = parts(case)
    value = layers.SimpleRNN(M, **settings)(X)
    for layer in more:
        value = layer(value)
    return predicted(X, value, own if weights is None else weights, case.X)


def dense(case, activation=None):
    import keras

    return keras.layers.Dense(case.sizes.K, activation=activation)


def stacked(case):
    layers, X, M, weights = parts(case)
    first = layers.SimpleRNN(M, return_sequences=True)(X)
    second = layers.SimpleRNN(case.sizes.of("M2"))(first)
    return predicted(X, layers.Dense(case.sizes.K)(second), weights, case.X)


def from_a_state(case):
    layers, X, M, weights = parts(case)
    h0 = layers.Input((M,))
    return predicted([X, h0], layers.SimpleRNN(M)(X, initial_state=h0), weights[:3], case.X, case.h0)


def with_resets(case):
    """A stateful model takes a chunk in each predict()."""
    import keras

    layer = keras.layers.SimpleRNN(case.sizes.M, return_sequences=True, stateful=True)
    model = keras.Sequential([keras.Input(batch_shape=(case.sizes.N, None, case.sizes.D)), layer])
    model.set_weights(list(case.weights.values())[:3])
    chunks = []
    for steps, reset in zip(case.chunks, case.resets, strict=True):
        if reset:
            layer.reset_state()
        chunks.append(model.predict(case.X[:, steps].astype("float32"), batch_size=case.sizes.N, verbose=0))
    return np.concatenate(chunks, axis=1)


def masked(case, *more, **settings):
    layers, X, M, weights = parts(case)
    value = layers.SimpleRNN(M, **settings)(layers.Masking(mask_value=case.value)(X))
    for layer in more:
        value = layer(value)
    return predicted(X, value, weights, case.X)


def mean_of_real_steps(case):
    import keras

    return masked(case, keras.layers.GlobalAveragePooling1D(), return_sequences=True)


def both_ways(case, *, merge_mode="concat", return_sequences=True):
    layers, X, M, weights = parts(case)
    half = layers.SimpleRNN(M, return_sequences=return_sequences)
    return predicted(X, layers.Bidirectional(half, merge_mode=merge_mode)(X), weights, case.X)


def lstm(case):
    layers, X, M, weights = parts(case)
    h0, c0 = layers.Input((M,)), layers.Input((M,))
    H = layers.LSTM(M, return_sequences=True)(X, initial_state=[h0, c0])
    return predicted([X, h0, c0], H, weights, case.X, case.h0, case.c0)


def lstm_step(case):
    layers, _, M, weights = parts(case)
    X, h0, c0 = layers.Input((1, case.sizes.D)), layers.Input((M,)), layers.Input((M,))
    _, h, c = layers.LSTM(M, return_state=True)(X, initial_state=[h0, c0])
    return predicted([X, h0, c0], [h, c], weights, case.X[:, :1], case.h0, case.c0)


def gru(case):
    layers, X, M, weights = parts(case)
    h0 = layers.Input((M,))
    return predicted([X, h0], layers.GRU(M, return_sequences=True)(X, initial_state=h0), weights, case.X, case.h0)


def gru_step(case, *, reset_after):
    layers, _, M, weights = parts(case)
    X, h0 = layers.Input((1, case.sizes.D)), layers.Input((M,))
    h = layers.GRU(M, reset_after=reset_after)(X, initial_state=h0)
    return predicted([X, h0], h, weights, case.X[:, :1], case.h0)


def gradients(case, *, loss, by_state=False):
    """GradientTape's gradients by a model's weights, or by the state that it starts from, of a loss of its states."""
    import keras
    import tensorflow as tf

    X, h0 = keras.Input(case.X.shape[1:]), keras.Input((case.sizes.M,))
    model = keras.Model([X, h0], keras.layers.SimpleRNN(case.sizes.M, return_sequences=True)(X, initial_state=h0))
    model.set_weights([case.weights[name] for name in ("Wx", "Wh", "bh")])
    data, start = (tf.constant(one, "float32") for one in (case.X, case.h0))
    with tf.GradientTape() as tape:
        tape.watch(start)
        value = loss(model([data, start]))
    return tape.gradient(value, start if by_state else model.trainable_weights)


def of_each_sum(case, *, loss, size=None):
    """The gradient by the sum inside tanh, sample by sample: by the bias of a layer that makes this one step alone."""
    import keras
    import tensorflow as tf

    N, T, M = case.sizes.shape("NTM")
    steps = [keras.layers.SimpleRNN(M) for _ in range(T)]
    for step in steps:
        step.build((None, 1, case.sizes.D))
        step.set_weights([case.weights[name] for name in ("Wx", "Wh", "bh")])
    film = []
    for n in range(N):
        with tf.GradientTape() as tape:
            h, states = tf.constant(case.h0[n : n + 1], "float32"), []
            for t, step in enumerate(steps):
                h = tf.stop_gradient(h) if size and t % size == 0 else h
                h = step(tf.constant(case.X[n : n + 1, t : t + 1], "float32"), initial_state=h)
                states.append(h)
            value = loss(tf.stack(states, axis=1), n)
        film.append(tape.gradient(value, [step.trainable_weights[2] for step in steps], unconnected_gradients="zero"))
    return np.array(film)


def step_back(case):
    film = np.zeros(case.sizes.shape("NTM"), "float32")
    film[:, 0] = case.dh
    return gradients(case, loss=lambda H: H * film, by_state=True)


def from_last(case):
    def loss(H, n):
        return (H[:, -1] @ case.weights["Wo"] + case.weights["bo"]) * case.dYhat[n : n + 1].astype("float32")

    return of_each_sum(case, loss=loss)


def truncated(case):
    return of_each_sum(case, loss=lambda H, n: H * case.dH[n : n + 1].astype("float32"), size=case.size)


def bptt(case):
    film, place = case.dH.astype("float32"), ("dWx", "dWh", "dbh").index(case.name) if case.name != "dh0" else None
    found = gradients(case, loss=lambda H: H * film, by_state=place is None)
    return found if place is None else found[place]


def clipped(case):
    import tensorflow as tf

    three = [tf.constant(one, "float32") for one in case.gradients]
    return tf.clip_by_global_norm(three, case.most)[0][case.place]


def windows_of(series, length, *, targets=None):
    """What timeseries_dataset_from_array gives in batches: the windows, or with targets the rows that go with them."""
    import keras

    batches = keras.utils.timeseries_dataset_from_array(series, targets, length, batch_size=3)
    return np.concatenate([np.asarray(batch if targets is None else batch[1]) for batch in batches])


def targets(case):
    """Day k after each window is what Keras pairs with it, if the targets begin k days later."""
    N, T, K = case.sizes.shape("NTK")
    return np.stack([windows_of(case.column, T, targets=case.column[T + k :])[:N] for k in range(K)], axis=1)


def scaled(case):
    import keras

    layer, X = keras.layers.Normalization(), keras.Input((case.sizes.D,))
    layer.adapt(case.series[: case.past])
    return keras.Model(X, layer(X)).predict(case.series.astype("float32"), verbose=0)


def rolled_out(case):
    """A Dense layer is asked K times, each time about the last T days of what is known or forecast by then."""
    import keras

    X, days, T = keras.Input((case.sizes.T,)), case.X, case.sizes.T
    model = keras.Sequential([X, keras.layers.Dense(1)])
    model.set_weights([case.w[:, None], np.array([case.b])])
    for _ in range(case.K):
        days = np.concatenate([days, model.predict(days[:, -T:].astype("float32"), verbose=0)], axis=1)
    return days[:, T:]


def attention(case, *, scores=False):
    """Queries from X, keys and values from C, in a model of two inputs; with `scores` the weights of its one head."""
    import keras

    arrays = list(getattr(case, "weights", {}).values())
    if not arrays:  # queries and keys as they come
        same = np.eye(case.sizes.M)[:, None]
        arrays = [same, same, same, same.swapaxes(0, 1)]
    X, C = (case.q, case.k) if scores else (case.X, case.C)
    asked, seen = keras.Input(X.shape[1:]), keras.Input(C.shape[1:])
    layer = keras.layers.MultiHeadAttention(arrays[0].shape[1], case.sizes.M, use_bias=not scores)
    model = keras.Model([asked, seen], layer(asked, seen, return_attention_scores=True))
    model.set_weights(arrays)
    Y, weights = model.predict([X.astype("float32"), C.astype("float32")], verbose=0)
    return weights[:, 0] if scores else Y


def heads(case):
    """A Dense layer gives all heads side by side."""
    import keras

    N, T, D, H, M = case.sizes.shape("NTDHM")
    model = keras.Sequential([keras.Input((T, D)), keras.layers.Dense(H * M)])
    model.set_weights([case.W.reshape(D, H * M), case.b.reshape(H * M)])
    beside = model.predict(case.X.astype("float32"), verbose=0)
    return beside.reshape(N, T, H, M).swapaxes(1, 2)


KERAS = {
    "01/rnn_by_hand": lambda case: rnn(case, dense(case), return_sequences=True)[0],
    "01/rnn_by_hand_batched": lambda case: rnn(case, dense(case)),
    "02/every_state": lambda case: rnn(case, weights=list(case.weights.values())[:3], return_sequences=True),
    "02/classify_every_step": lambda case: rnn(case, dense(case, "softmax"), return_sequences=True),
    "02/last_position": lambda case: rnn(case, dense(case)),
    "03/stacked_by_hand": stacked,
    "04/run_from": from_a_state,
    "04/in_chunks": lambda case: rnn(case, weights=list(case.weights.values())[:3], return_sequences=True),
    "04/with_resets": with_resets,
    "05/last_state": masked,
    "05/every_state": lambda case: masked(case, return_sequences=True),
    "05/zeroed": lambda case: masked(case, return_sequences=True, zero_output_for_mask=True),
    "05/mean_of_real_steps": mean_of_real_steps,
    "06/backward_states": lambda case: both_ways(case)[:, :, case.sizes.M :],
    "06/bidirectional": both_ways,
    "06/last_states": lambda case: both_ways(case, return_sequences=False),
    "06/merged": lambda case: both_ways(case, merge_mode=case.mode),
    "07/lstm_step": lstm_step,
    "07/lstm_by_hand": lstm,
    "08/gru_step": lambda case: gru_step(case, reset_after=True),
    "08/gru_by_hand": gru,
    "08/gru_before": lambda case: gru_step(case, reset_after=False),
    "09/step_back": step_back,
    "09/from_last": from_last,
    "09/bptt": bptt,
    "09/clipped": clipped,
    "09/truncated": truncated,
    "10/windows": lambda case: windows_of(case.series, case.T),
    "10/targets": targets,
    "10/scaled": scaled,
    "10/rolled_out": rolled_out,
    "12/weights_of": lambda case: attention(case, scores=True),
    "12/heads_of": heads,
    "12/attention_by_hand": attention,
}
BY_OTHER_MEANS = {
    *("02/keras_mse", "05/mask_of", "07/fresh_bias", "08/moved_up"),
    *("11/through_table", "11/losses", "11/perplexity", "11/drawn"),
    *("12/masked", "13/recurrent", "13/both_ways", "13/mask_behind", "13/run"),
}
"""evaluate(), compute_mask(), get_weights(), losses and GradientTape: what the check names is what the case calls. For
a bias that moves, for both masks at once and for whole stacks Keras is asked in the lesson's own tests."""


@pytest.mark.filterwarnings("ignore:You are using a softmax")
@pytest.mark.parametrize("name", KERAS)
def test_what_an_answer_is_compared_with_is_what_the_model_predicts(name):
    exercise = find_exercise(name)
    first, *_, last = exercise.check_cases()
    for case in (first, last):
        np.testing.assert_allclose(exercise.expected(case), KERAS[name](case), rtol=0, atol=1e-6)


FUNCTIONS = [find_exercise(name) for name in exercise_names() if hasattr(find_exercise(name), "wrongs")]


@pytest.mark.parametrize("exercise", FUNCTIONS, ids=lambda one: one.name)
def test_lines_give_what_keras_gives_and_in_the_shape_that_is_promised(exercise):
    for case in [*exercise.check_cases(), *exercise.hidden_cases()]:
        right = exercise.expected(case)
        assert right.shape == case.sizes.shape(exercise.dims_on(case)) and np.isfinite(right).all()
        if program := exercise.program(case):
            gives = kept(film_of(case, program.lines), exercise.keeps, case)
            assert np.abs(gives - right).max() < TOLERANCE / 4


def test_every_function_that_keras_answers_is_held():
    named = {one.name for one in FUNCTIONS if re.search("Keras|predict", getattr(one, "source", ""))}
    assert named - BY_OTHER_MEANS <= set(KERAS)
