"""What wrong beliefs about chunks and resets give: chains that are cut, or handed on, in another way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from rnnshapes.lessons.l04_state.relay import Chain, RelayCase, chain, run_chains
from rnnshapes.lessons.l04_state.starts import Table, in_turns, run_named, steps_table


def _hands(case: RelayCase) -> list[tuple[str, Chain]]:
    X, zeros, chunks, size = case.X, 0 * case.h0, case.chunks, case.size
    N, T, M = case.sizes.shape("NTM")
    overlap = [[*chunk, chunk[-1] + 1] for chunk in chunks[:-1]] + chunks[-1:]
    before = chunks[:1] + [[chunk[0] - 1, *chunk] for chunk in chunks[1:]]
    shorter = [chunk[:-1] for chunk in chunks if len(chunk) > 1]
    to_the_end = [chunk[:-1] for chunk in chunks[:-1] if len(chunk) > 1] + chunks[-1:]
    later = [chunk[1:] for chunk in chunks if len(chunk) > 1]
    apart = [list(range(start, min(start + size, T))) for start in range(0, T, size + 1)]
    padded = [*chunks[:-1], chunks[-1] + [None] * (size - len(chunks[-1]))]
    single = [[t] for t in range(T)]

    counts = [count for count in (size, len(chunks), T // size) if 1 < count <= T]

    def in_the_rest(finished: list[np.ndarray]) -> np.ndarray:
        return zeros if len(chunks[len(finished)]) < size else finished[-1][:, -1]

    def start_of_chunk(finished: list[np.ndarray]) -> np.ndarray:
        """The state that the chunk of step len(finished) started from, if only its end moves on."""
        begun = len(finished) // size * size
        return finished[begun - 1][:, -1] if begun else zeros

    def handed(key: str, hand: Callable[[np.ndarray], np.ndarray]) -> tuple[str, Chain]:
        return key, chain(X, chunks, zeros, lambda finished: hand(finished[-1]))

    return [
        handed("reset_each_chunk", lambda H: zeros),
        *(("reset_each_chunk", chain(X, _cut(T, count), zeros, lambda finished: zeros)) for count in counts),
        ("rest_starts_anew", chain(X, chunks, zeros, in_the_rest)),
        handed("baton_too_early", lambda H: H[:, -2] if H.shape[1] > 1 else H[:, -1]),
        handed("first_state_handed", lambda H: H[:, 0]),
        handed("baton_averaged", lambda H: H.mean(axis=1)),
        handed("one_state_for_all", lambda H: np.broadcast_to(H[-1, -1], (N, M))),
        handed("one_state_for_all", lambda H: np.broadcast_to(H[0, -1], (N, M))),
        handed("one_state_for_all", lambda H: np.broadcast_to(H[:, -1].mean(axis=0), (N, M))),
        handed("samples_shuffled", lambda H: H[::-1, -1]),
        handed("samples_shuffled", lambda H: np.roll(H[:, -1], 1, axis=0)),
        handed("samples_shuffled", lambda H: np.roll(H[:, -1], -1, axis=0)),
        handed("carry_before_tanh", lambda H: np.arctanh(H[:, -1])),
        ("first_baton_reused", chain(X, chunks, zeros, lambda finished: finished[0][:, -1])),
        ("same_chunk_again", chain(X, [[t - chunk[0] for t in chunk] for chunk in chunks], zeros)),
        ("same_chunk_again", chain(X, [chunks[0]] * len(chunks), zeros)),
        *(("step_repeated", chain(X, cut, zeros)) for cut in (overlap, before)),
        *(("step_skipped", chain(X, cut, zeros)) for cut in (shorter, to_the_end, later) if cut),
        ("steps_between", chain(X, apart, zeros)),
        ("first_chunk_missing", chain(X, chunks[1:], zeros)),
        ("last_chunk_padded", chain(X, padded, zeros)),
        ("h_last_not_updated", chain(X, single, zeros, lambda finished: zeros)),
        ("one_step_chunks", chain(X, single, zeros, start_of_chunk)),
        ("state_leaks", in_turns(case, zeros)),
        ("state_leaks", chain(X.reshape(1, N * T, -1), [_chunk_by_chunk(case)], zeros[:1])),
        ("first_step_skipped", chain(X, [list(range(1, T))], zeros)),
    ]


def _cut(T: int, count: int) -> list[list[int]]:
    """Cut T steps into `count` pieces, as np.array_split does."""
    return [piece.tolist() for piece in np.array_split(np.arange(T), count)]


def _chunk_by_chunk(case: RelayCase) -> list[int]:
    """Return the order n·T + t in which a loop over chunks, then samples, then steps comes by."""
    N, T = case.sizes.shape("NT")
    return [n * T + t for chunk in case.chunks for n in range(N) for t in chunk]


def _placed(case: RelayCase, H: np.ndarray, cuts: list[list[int]]) -> np.ndarray:
    """Put states where their steps stand, later ones over earlier ones, and zeros where there are none."""
    result = np.zeros(case.sizes.shape("NTM"))
    for i, t in enumerate(t for cut in cuts for t in cut):
        result[:, t] = H[:, i]
    return result


def _without_rest(case: RelayCase, H: np.ndarray) -> list[np.ndarray]:
    """Leave out what T // size chunks do not hold, or leave it at zeros."""
    kept = case.sizes.T // case.size * case.size
    return [H[:, :kept], _placed(case, H, [list(range(kept))])] if 0 < kept < case.sizes.T else []


def in_chunks_table(case: RelayCase) -> Table:
    """Return what each belief makes of `in_chunks`: (N, T, M), or another shape that belongs to the belief."""
    N, T, M = case.sizes.shape("NTM")
    zeros = 0 * case.h0
    found = {key: list(values) for key, values in run_named(case, _hands).items()}
    sample_by_sample, chunk_by_chunk = (value[0] for value in found["state_leaks"])  # (N·T, M)
    back = chunk_by_chunk[np.argsort(_chunk_by_chunk(case))]
    found["state_leaks"] = [sample_by_sample.reshape(N, T, M), back.reshape(N, T, M)]
    [late] = found["first_step_skipped"]
    found["first_step_skipped"].append(np.concatenate([np.zeros((N, 1, M)), late], axis=1))
    overlap, before = found["step_repeated"]
    chunks = case.chunks
    found["step_repeated"] += [
        _placed(case, overlap, [[*chunk, chunk[-1] + 1] for chunk in chunks[:-1]] + chunks[-1:]),
        _placed(case, before, chunks[:1] + [[chunk[0] - 1, *chunk] for chunk in chunks[1:]]),
    ]
    if any(len(chunk) > 1 for chunk in chunks):
        shorter, to_the_end, later = found["step_skipped"]
        found["step_skipped"] += [
            _placed(case, shorter, [chunk[:-1] for chunk in chunks if len(chunk) > 1]),
            _placed(case, to_the_end, [chunk[:-1] for chunk in chunks[:-1] if len(chunk) > 1] + chunks[-1:]),
            _placed(case, later, [chunk[1:] for chunk in chunks if len(chunk) > 1]),
        ]
    found["step_skipped"] = found.get("step_skipped", []) + found.pop("steps_between")
    steps = ("bias_dropped", "wh_transposed", "no_activation", "carry_before_tanh", "time_reversed")
    for key, values in steps_table(case, zeros, steps).items():
        if key != "recurrent_term_unused":
            found.setdefault(key, []).extend(values)
    H = case.H
    ends = [chunk[-1] for chunk in chunks]
    found["last_chunk_dropped"] = _without_rest(case, H)
    pieces = [H[:, chunk] for chunk in chunks if len(chunk) == case.size]
    found["chunks_not_joined"] = [np.stack(pieces), np.stack(pieces, axis=1)]
    found["joined_along_n"] = [np.concatenate(pieces)] if len(pieces) > 1 else []
    rest = len(chunks) * case.size - T
    full = [H] if len(chunks) > 1 and rest else []
    found["last_chunk_padded"] += [np.pad(H, ((0, 0), (0, rest), (0, 0))) for H in full]
    found["last_chunk_padded"] += [np.concatenate([H, H[:, chunks[-2][-rest:]]], axis=1) for H in full]  # left over
    return found | {
        "rows_overwritten": [_placed(case, H, [[t - chunk[0] for t in chunk] for chunk in chunks])],
        "last_chunk_alone": [H[:, chunks[-1]]],
        "size_is_count": [H[:, : case.size**2]] if case.size**2 < T else [],
        "first_chunk_alone": [H[:, chunks[0]]],
        "only_batons": [
            H[:, ends],
            H[:, ends].transpose(1, 0, 2),
            _placed(case, H[:, ends], [[chunk[0] for chunk in chunks]]),
            _placed(case, H[:, ends], [ends]),
        ],
        "rows_alias": [np.repeat(H[:, -1:], T, axis=1)],
        "reshape_for_transpose": [H.transpose(1, 0, 2).reshape(N, T, M)],
        "last_state_alone": [H[:, -1], H[:, -1:]],
        "initial_state_counted": [np.concatenate([zeros[:, None], H], axis=1)],
        "time_axis_first": [H.transpose(1, 0, 2)],
        "time_reversed": [*found["time_reversed"], H[:, ::-1]],
    }


def _resets(case: RelayCase) -> list[tuple[str, Chain]]:
    X, zeros, chunks = case.X, 0 * case.h0, case.chunks
    T = case.sizes.T
    resets = case.resets

    def when(key: str, flags: np.ndarray, cut: list[list[int]] = chunks) -> tuple[str, Chain]:
        return key, chain(X, cut, zeros, lambda finished: zeros if flags[len(finished)] else finished[-1][:, -1])

    def one_sample(finished: list[np.ndarray]) -> np.ndarray:
        h = finished[-1][:, -1].copy()
        h[:1] *= not resets[len(finished)]
        return h

    def each_step(finished: list[np.ndarray]) -> np.ndarray:
        return zeros if resets[len(finished) // case.size] else finished[-1][:, -1]

    def to_first(finished: list[np.ndarray]) -> np.ndarray:
        return finished[0][:, -1] if resets[len(finished)] else finished[-1][:, -1]

    def to_ones(finished: list[np.ndarray]) -> np.ndarray:
        return zeros + 1 if resets[len(finished)] else finished[-1][:, -1]

    def too_late(finished: list[np.ndarray]) -> np.ndarray:
        done = len(finished) - 1  # the step that has just been made
        late = done % case.size == 0 and resets[done // case.size]
        return zeros if late else finished[-1][:, -1]

    def start_of_chunk(finished: list[np.ndarray]) -> np.ndarray:
        begun = len(finished) // case.size * case.size
        return zeros if not begun or resets[begun // case.size] else finished[begun - 1][:, -1]

    pieces = _cut(T, case.size)
    flags = np.resize(resets, max(len(pieces), len(resets)))
    flags[len(resets) :] = False
    steps = len(chunks[0])
    shorter = [chunk[: steps - 1] for chunk in chunks]
    return [
        when("resets_ignored", 0 * resets),
        when("reset_each_chunk", 0 * resets + 1),
        when("reset_after_chunk", np.roll(resets, 1)),
        when("reset_after_chunk", np.roll(resets, -1)),
        when("resets_inverted", ~resets),
        when("reset_drops_chunk", resets | np.roll(resets, 1)),
        when("reset_sticks", np.maximum.accumulate(resets)),
        ("reset_one_sample", chain(X, chunks, zeros, one_sample)),
        ("reset_each_step", chain(X, [[t] for t in range(T)], zeros, each_step)),
        ("reset_elsewhere", chain(X, chunks, zeros, to_first)),
        ("reset_elsewhere", chain(X, chunks, zeros, to_ones)),
        ("reset_too_late", chain(X, [[t] for t in range(T)], zeros, too_late)),
        ("one_step_chunks", chain(X, [[t] for t in range(T)], zeros, start_of_chunk)),
        ("h_last_not_updated", chain(X, [[t] for t in range(T)], zeros, lambda finished: zeros)),
        *([when("size_is_count", flags, pieces)] if len(pieces) > 1 and all(pieces) else []),
        *([when("step_skipped", resets, shorter)] if all(shorter) else []),
    ]


def with_resets_table(case: RelayCase) -> Table:
    """Return what each belief makes of `with_resets`: (N, T, M), or another shape that belongs to the belief."""
    found = {key: list(values) for key, values in run_named(case, _resets).items()}
    H, chunks = case.H_reset, case.chunks
    read = [chunk for chunk, reset in zip(chunks, case.resets, strict=True) if not reset]
    unread = [chunk for chunk, reset in zip(chunks, case.resets, strict=True) if reset]
    bare = {**case.base.weights, "bh": 0 * case.base.weights["bh"]}
    without_bias = replace(case, base=replace(case.base, weights=bare))
    [from_zeros] = found["reset_drops_chunk"]
    [left] = run_chains(case, [chain(case.X, read, 0 * case.h0)])
    blank, wiped = case.H.copy(), H.copy()
    for states in (blank, from_zeros):
        states[:, [t for chunk in unread for t in chunk]] = 0
    wiped[:, [chunk[0] - 1 for chunk in unread]] = 0
    begins = unread[0][0]
    forgot = np.concatenate([H[:, :begins], found["h_last_not_updated"][0][:, begins:]], axis=1)  # Wh is zeros by now
    return found | {
        "reset_clears_weights": [forgot],
        "reset_drops_chunk": [H[:, :begins], left, _placed(case, left, read), blank, from_zeros],
        "reset_wipes_output": [wiped],
        "last_chunk_dropped": _without_rest(case, H),
        "last_chunk_alone": [H[:, chunks[-1]]],
        "time_axis_first": [H.transpose(1, 0, 2)],
        "bias_dropped": [without_bias.H_reset],
    }
