"""What goes wrong when every step's result is kept: numbers of any film (N, T, F), whatever its F numbers are."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

Film = np.ndarray  # (N, T, F): a film of states, F = M, or of outputs, F = K


def previous(film: Film, start: np.ndarray) -> Film:
    """Return the film one step later; `start`, broadcast, becomes frame t = 0.

    >>> previous(np.array([[[1.0], [2.0], [3.0]]]), np.zeros(1))[0, :, 0].tolist()
    [0.0, 1.0, 2.0]
    """
    return np.concatenate([np.broadcast_to(start, film[:, :1].shape), film[:, :-1]], axis=1)


def rows_kept(film: Film, kept: slice) -> Film:
    """Return the film with zeros in all other frames, as in an array made beforehand."""
    result = np.zeros_like(film)
    result[:, kept] = film[:, kept]
    return result


def reads(
    film: Film, start: np.ndarray, *, before_update: str, other_axes: tuple[int, ...]
) -> Iterator[tuple[str, np.ndarray]]:
    """Yield (belief, array): frames of a right film, read off wrongly.

    `start` (F,) is what the zeros before the first step give; `before_update` names the belief that a frame shows the
    state that its step began with; `other_axes` are the lengths that may be taken for T.
    """
    T = film.shape[1]
    first = np.broadcast_to(start, film[:, :1].shape)
    yield "return_sequences_forgotten", film[:, -1]
    yield "return_sequences_forgotten", film[:, -1:]
    yield "return_sequences_forgotten", rows_kept(film, slice(T - 1, None))
    yield "rows_alias", np.repeat(film[:, -1:], T, axis=1)
    yield before_update, previous(film, start)
    yield "initial_state_counted", np.concatenate([first, film], axis=1)
    yield "initial_state_counted", np.concatenate([np.zeros_like(first), film], axis=1)
    yield "first_row_missing", film[:, 1:]
    yield "first_row_missing", rows_kept(film, slice(1, None))
    yield "last_step_skipped", film[:, :-1]
    yield "last_step_skipped", rows_kept(film, slice(0, -1))
    yield "returns_first", film[:, 0]
    yield "returns_first", film[:, :1]
    yield "returns_first", rows_kept(film, slice(0, 1))
    yield "returns_first", np.repeat(film[:, :1], T, axis=1)
    yield "rows_reversed", film[:, ::-1]
    yield "mean_over_time", film.mean(axis=1)
    yield "mean_over_time", np.cumsum(film, axis=1) / np.arange(1, T + 1)[:, None]
    yield "sum_over_time", film.sum(axis=1)
    yield "sum_over_time", np.cumsum(film, axis=1)
    yield "all_zeros", np.zeros_like(film)
    yield from (("rounded", np.round(film, digits)) for digits in (1, 2, 3, 4, 0))
    for steps in range(2, T - 1):
        key = "wrong_axis_counted" if steps in other_axes else "T_hard_coded"
        yield key, film[:, :steps]
        yield key, rows_kept(film, slice(0, steps))
    for rows in (T + 1, 6, 7):  # prepared for the lecture's or the notebook's number of steps
        if rows > T:
            yield (
                "T_hard_coded",
                np.concatenate([film, np.zeros((len(film), rows - T, film.shape[2]))], axis=1),
            )


def between_samples(every: Callable[[np.ndarray], Film], X: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    """Yield (belief, array): what goes wrong between samples. `every(X)` is Keras' film for any X of D features."""
    N, T, D = X.shape
    film = every(X)
    time_first = X.transpose(1, 0, 2)  # (T, N, D), read as T samples of N steps
    over_samples = every(time_first)  # (T, N, F)
    one_film = every(X.reshape(1, N * T, D))[0]
    in_turns = every(time_first.reshape(1, T * N, D))[0]  # all samples' step 0, then all samples' step 1, …
    cut_anew = every(X.reshape(T, N, D).transpose(1, 0, 2))
    yield "n_t_swapped", over_samples.transpose(1, 0, 2)
    yield "n_t_swapped", over_samples
    yield "n_t_swapped", over_samples[:, -1]
    yield "reshape_for_transpose", film.transpose(1, 0, 2).reshape(film.shape)
    yield "reshape_for_transpose", cut_anew
    yield "reshape_for_transpose", cut_anew.transpose(1, 0, 2).reshape(film.shape)
    yield "reshape_for_transpose", film.reshape(T, N, -1)
    yield "reshape_for_transpose", film.transpose(0, 2, 1).reshape(film.shape)
    if N > 5:  # the notebook's number of samples
        yield "sizes_from_notebook", film[:5]
    yield "state_leaks", one_film.reshape(film.shape)
    yield "state_leaks", one_film
    yield "shared_state", in_turns.reshape(T, N, -1).transpose(1, 0, 2)
    yield "only_first_sample", film[0]
    yield "only_first_sample", film[:1]
    yield "only_first_sample", np.repeat(film[:1], N, axis=0)
    yield "only_first_sample", np.concatenate([film[:1], np.zeros_like(film[1:])])
    yield "only_last_sample", film[-1]
    yield "only_last_sample", film[-1:]
    yield "only_last_sample", np.repeat(film[-1:], N, axis=0)
    yield "mean_over_samples", film.mean(axis=0)
    yield "mean_over_samples", every(X.mean(axis=0, keepdims=True))[0]


def forms(got: np.ndarray, shape: tuple[int, int, int]) -> Iterator[tuple[str, np.ndarray]]:
    """Yield (belief, film) where the right numbers may hide in another shape than (N, T, F)."""
    N, T, F = shape
    if got.shape == shape:
        return
    if got.shape == (T, N, F):
        yield "time_first", got.transpose(1, 0, 2)
    for order, axes in {(N, F, T): (0, 2, 1), (F, T, N): (2, 1, 0), (T, F, N): (2, 0, 1), (F, N, T): (1, 2, 0)}.items():
        if got.shape == order:
            yield "axes_swapped", got.transpose(axes)
    if got.ndim > 3 and got.size == N * T * F:
        yield "extra_axis", got.reshape(shape)
        yield "extra_axis", got.reshape(T, N, F).transpose(1, 0, 2)
    if got.ndim < 3 and got.size == N * T * F:
        if 1 in shape:
            yield "squeezed", got.reshape(shape)
        yield "flattened", got.reshape(shape)
        yield "flattened", got.reshape(T, N, F).transpose(1, 0, 2)
        if got.shape[0] == N:  # frames side by side: sheet n is one long row
            yield "flattened", got.reshape(N, T, F)
