"""What wrong beliefs about heads and about the loss give, in numbers: lesson 02."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from rnnshapes.layers.cases import Case

Softmax = Callable[..., np.ndarray]


def class_heads(logits: np.ndarray, case: Case, softmax: Softmax) -> Iterator[tuple[str, np.ndarray]]:
    """Yield (belief, array): what is made of the head's numbers (N, T, K) in place of a softmax over K."""
    right = softmax(logits)
    total = logits.sum(axis=-1, keepdims=True)
    yield "softmax_missing", logits
    yield "softmax_over_time", softmax(logits, axis=1)
    yield "softmax_over_samples", softmax(logits, axis=0)
    yield from (("softmax_over_everything", softmax(logits, axis=axes)) for axes in ((0, 1, 2), (1, 2), (0, 2), (0, 1)))
    yield "softmax_twice", softmax(right)
    yield "exp_missing", logits / total
    yield "exp_missing", np.abs(logits) / np.abs(logits).sum(axis=-1, keepdims=True)
    yield "exp_missing", logits**2 / (logits**2).sum(axis=-1, keepdims=True)
    yield "exp_missing", logits / np.linalg.norm(logits, axis=-1, keepdims=True)
    low = logits - logits.min(axis=-1, keepdims=True)
    yield "exp_missing", low / np.maximum(low.sum(axis=-1, keepdims=True), 1e-12)
    yield "exp_on_one_side", np.exp(logits) / total
    yield "exp_on_one_side", logits / np.exp(logits).sum(axis=-1, keepdims=True)
    yield "bias_after_softmax", softmax(logits - case.weights["bo"]) + case.weights["bo"]
    yield "not_normalised", np.exp(logits)
    yield "not_normalised", right / right.max(axis=-1, keepdims=True)  # the largest was subtracted first
    each = 1 / (1 + np.exp(-logits))
    yield "sigmoid_for_softmax", each
    yield "sigmoid_for_softmax", each / each.sum(axis=-1, keepdims=True)
    yield "log_softmax", np.log(right)
    yield "sign_in_exponent", softmax(-logits)
    yield "other_divisor", right * logits.shape[-1]  # the mean
    yield "other_divisor", right / np.linalg.norm(right, axis=-1, keepdims=True)
    yield from (("other_base", softmax(logits * np.log(base))) for base in (2, 10))
    yield "argmax_returned", right.argmax(axis=-1)
    yield "argmax_returned", right.argmax(axis=-1)[..., None]
    yield "argmax_returned", (right == right.max(axis=-1, keepdims=True)).astype(float)
    yield "one_class_returned", right.max(axis=-1)
    yield from (("one_class_returned", right[..., k]) for k in (0, 1, -1))
    head = case.twin.layers[1]
    soft = softmax(case.twin.layers[0](case.X.astype("float32")))
    yield "softmax_on_states", np.asarray(head(soft))
    yield "softmax_on_states", softmax(head(soft))
    h = case.twin.layers[0](case.X.astype("float32"))
    yield "head_missing", softmax(h)
    yield "head_missing", np.asarray(h)


def frame_wrongs(softmax: Softmax) -> dict[str, Callable[[Any], Any]]:
    """Return, for each belief about the last frame, what it gives on a case."""

    def head(frames: np.ndarray, case: Any) -> np.ndarray:
        return np.asarray(case.twin.layers[1](frames.astype("float32")))

    def at(t: int, case: Any) -> list[np.ndarray]:
        return [case.Yhats[:, t]] if t < case.sizes.T else []

    return {
        "whole_sequence_returned": lambda case: [case.Yhats, case.Yhats.transpose(1, 0, 2)],
        "last_of_wrong_axis": lambda case: case.Yhats[-1],
        "softmax_on_head": lambda case: [softmax(case.Yhat, axis=axis) for axis in (-1, 0, (0, 1))],
        "returns_first": lambda case: case.Yhats[:, 0],
        "frame_before_last": lambda case: case.Yhats[:, -2],
        "mean_over_time": lambda case: case.Yhats.mean(axis=1),
        "sum_over_time": lambda case: [
            case.Yhats.sum(axis=1),
            case.Yhats.sum(axis=1) - (case.sizes.T - 1) * case.weights["bo"],
        ],
        "max_over_time": lambda case: [head(case.states.max(axis=1), case), case.Yhats.max(axis=1)],
        "head_missing": lambda case: case.states[:, -1],
        "head_bias_dropped": lambda case: case.Yhat - case.weights["bo"],
        "sign_flipped": lambda case: [case.Yhat - 2 * case.weights["bo"], -case.Yhat],
        "tanh_on_head": lambda case: np.tanh(case.Yhat),
        "sigmoid_on_head": lambda case: 1 / (1 + np.exp(-case.Yhat)),
        "relu_on_head": lambda case: np.maximum(case.Yhat, 0),
        "only_first_sample": lambda case: [
            case.Yhats[0],
            case.Yhat[0],
            case.Yhat[:1],
            np.repeat(case.Yhat[:1], case.sizes.N, axis=0),
        ],
        "only_last_sample": lambda case: [case.Yhat[-1], case.Yhat[-1:]],
        "sizes_from_notebook": lambda case: [case.Yhat[:5]] if case.sizes.N > 5 else [],
        "tanh_twice": lambda case: head(np.tanh(case.states[:, -1]), case),
        "argmax_returned": lambda case: [case.Yhat.argmax(axis=-1), case.Yhat.argmax(axis=-1)[:, None]],
        "mean_over_samples": lambda case: case.Yhat.mean(axis=0),
        "reshape_for_transpose": lambda case: [
            head(case.states.reshape(case.sizes.shape("TNM"))[-1], case),
            case.Yhats.reshape(case.sizes.shape("TNK"))[-1],
        ],
        "all_zeros": lambda case: np.zeros_like(case.Yhat),
        "integer_array": lambda case: np.trunc(case.Yhat),
        "rounded": lambda case: [np.round(case.Yhat, digits) for digits in (1, 2, 3, 4)],
        "wrong_axis_counted": lambda case: [*at(case.sizes.N - 1, case), *at(case.sizes.M - 1, case)],
        "T_hard_coded": lambda case: [*at(5, case), *at(6, case)],
    }


def loss_wrongs() -> dict[str, Callable[[Any], Any]]:
    """Return, for each belief about the loss of Y (N, 1) against Yhats (N, T, 1), the number that it gives."""

    def apart(case: Any) -> np.ndarray:
        """What Keras takes the mean square of, (N, T)."""
        return case.Yhats[..., 0] - case.Y

    def pairs(case: Any) -> np.ndarray:
        return case.Yhats - case.Y[:, 0]  # (N, T, N)

    def mixed(case: Any) -> np.ndarray:
        return case.Yhats[..., 0] - np.resize(case.Y, case.sizes.shape("NT"))

    def last_only(case: Any) -> np.ndarray:
        targets = np.zeros(case.sizes.shape("NT"))
        targets[:, -1] = case.Y[:, 0]
        return case.Yhats[..., 0] - targets

    return {
        "last_step_compared": lambda case: np.square(apart(case)[:, -1]).mean(),
        "first_step_compared": lambda case: np.square(apart(case)[:, 0]).mean(),
        "all_pairs": lambda case: np.square(pairs(case)).mean(),
        "outputs_averaged_first": lambda case: [
            np.square(apart(case).mean(axis=1)).mean(),
            np.square(case.Yhats.sum(axis=1) - case.Y).mean(),
        ],
        "squares_subtracted": lambda case: [sign * (case.Yhats[..., 0] ** 2 - case.Y**2).mean() for sign in (1, -1)],
        "first_target_only": lambda case: [np.square(case.Yhats - case.Y[n]).mean() for n in (0, -1)],
        "not_squared": lambda case: [apart(case).mean(), -apart(case).mean()],
        "absolute_error": lambda case: np.abs(apart(case)).mean(),
        "root_taken": lambda case: [np.sqrt(np.square(apart(case)).mean()), np.linalg.norm(apart(case))],
        "summed": lambda case: [
            np.square(apart(case)).sum(),
            np.square(apart(case)).sum(axis=1).mean(),
            np.square(apart(case)).mean(axis=1).sum(),
        ],
        "halved": lambda case: np.square(apart(case)).mean() / 2,
        "means_compared": lambda case: [
            np.square(apart(case).mean()),
            np.square(case.Yhats.mean() - case.Y).mean(),
            np.square(case.Yhats - case.Y.mean()).mean(),
        ],
        "mean_subtracted": lambda case: apart(case).var(),
        "rest_is_zero": lambda case: np.square(last_only(case)).mean(),
        "targets_mixed": lambda case: np.square(mixed(case)).mean(),
        "integer_array": lambda case: np.trunc(np.square(apart(case)).mean()),
        "rounded": lambda case: [
            change(np.square(apart(case)).mean() * 10**digits) / 10**digits
            for change in (np.round, np.floor)
            for digits in (1, 2, 3)
        ],
        "T_hard_coded": lambda case: [np.square(apart(case)[:, :T]).mean() for T in (6, 7) if T < case.sizes.T],
    }
