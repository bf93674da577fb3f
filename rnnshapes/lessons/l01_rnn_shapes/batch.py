"""What lessons that are not described by records yet still take from lesson 01."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from rnnshapes.judge.exercise import Wrong
from rnnshapes.layers.cases import Case


@lru_cache(maxsize=32)
def between_samples(case: Case) -> list[Wrong]:
    """What goes wrong between samples, run once for each case. The case may be another lesson's."""
    N, T, D, K = case.sizes.shape("NTDK")

    def last(X: np.ndarray) -> np.ndarray:  # a direct call: predict() sets up more than a toy model's work
        return np.asarray(case.model(X.astype("float32")))

    def every(X: np.ndarray) -> np.ndarray:
        return np.asarray(case.twin(X.astype("float32")))

    time_first = case.X.transpose(1, 0, 2)  # (T, N, D), read as T samples of N steps
    over_samples = every(time_first)  # (T, N, K)
    one_film = every(case.X.reshape(1, N * T, D))[0]  # (N·T, K)
    in_turns = every(time_first.reshape(1, T * N, D))[0]  # all samples' step 0, then all samples' step 1, …
    mean_sample = last(case.X.mean(axis=0, keepdims=True))  # (1, K)
    first_row = np.zeros_like(case.Yhat)
    first_row[0] = case.Yhat[0]  # returned inside the loop over n
    diagonal = case.X[np.arange(N), np.arange(N) % T][:, None]  # sample n sees step n only
    values = {
        "n_t_swapped": [over_samples[:, -1], over_samples.transpose(1, 0, 2), over_samples[-1]],
        "reshape_for_transpose": [last(case.X.reshape(T, N, D).transpose(1, 0, 2))],
        "state_leaks": [one_film[T - 1 :: T], one_film.reshape(N, T, K)],
        "only_first_sample": [case.Yhat[0], case.Yhat[:1], np.repeat(case.Yhat[:1], N, axis=0), first_row],
        "only_last_sample": [case.Yhat[-1], case.Yhat[-1:]],
        "inputs_averaged": [last(case.X.mean(axis=1, keepdims=True))],
        "last_of_wrong_axis": [case.Yhats[-1], case.Yhats[0]],
        "mean_over_samples": [case.Yhat.mean(axis=0), mean_sample[0], mean_sample],
        "shared_state": [in_turns[-N:]],
        "one_step_each": [last(diagonal)],
    }
    return [Wrong((key,), value) for key, coded in values.items() for value in coded]


def forms_batched(got: np.ndarray, case: Case) -> Iterator[tuple[str, np.ndarray]]:
    """Yield what (N, K) may look like in a wrong shape. The case may be another lesson's."""
    N, T, K = case.sizes.shape("NTK")
    yield from _common_forms(got, (N, K))
    if got.shape == (N, T, K) and T > 1:
        yield "whole_sequence_returned", got[:, -1]
    if got.shape == (T, N, K) and T > 1:
        yield "whole_sequence_returned", got[-1]


def _common_forms(got: np.ndarray, shape: tuple[int, int]) -> Iterator[tuple[str, np.ndarray]]:
    if got.shape == shape:
        return
    if got.ndim > 2 and got.size == np.prod(shape):
        yield "extra_axis", got.reshape(shape)
    if got.shape == shape[::-1] and got.ndim == 2:
        yield "axes_swapped", got.T
    if got.ndim < 2 and got.size == np.prod(shape):
        if 1 in shape:
            yield "squeezed", got.reshape(shape)
        yield "flattened", got.reshape(shape)
