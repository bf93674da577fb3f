"""Right numbers in a wrong shape: the ways in which an axis gets lost, added, turned or glued."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

import numpy as np

from rnnshapes.sizes import Sizes, split_dims


def forms(got: np.ndarray, dims: str, sizes: Sizes, notebook: Sizes) -> Iterator[tuple[str, np.ndarray]]:
    """Yield (belief, array): what `got` would be in the shape that `dims` asks for, if that belief shaped it.

    The array of "sizes_from_notebook" has still another shape: it explains the shape alone.

    >>> sizes = Sizes(N=4, T=7, D=3, M=5, K=2)
    >>> [key for key, _ in forms(np.ones((2, 4)), "NK", sizes, sizes)]
    ['axes_swapped']
    """
    letters = split_dims(dims)
    shape = sizes.shape(dims)
    if got.shape == shape:
        return
    if got.shape == notebook.shape(dims):
        yield "sizes_from_notebook", got
    if "T" not in letters and "N" in letters:  # every step came back where one is asked for
        for axis, whole in enumerate(((letters[0], "T", *letters[1:]), ("T", *letters))):
            if got.shape == sizes.shape(whole) and sizes.T > 1:
                yield "whole_sequence_returned", got.take(-1, axis=1 - axis)
    if not letters:
        yield "not_averaged", got.mean()
    N, T, M = sizes.N, sizes.T, sizes.M
    if got.shape in ((T, M, *shape[1:]), (N, T, M, *shape[2:]), (N, T, N, *shape[2:]), (T, N, N, *shape[2:])):
        yield "state_became_a_matrix", got
    if letters[:2] == ("N", "T") and got.shape == (T, N, *shape[2:]):
        yield "time_axis_first", got.swapaxes(0, 1)
    if letters and letters[0] == "N" and got.shape == (N, *shape):  # (N, 1, …) and (N, …), stretched
        yield "extra_axis", got
    if got.shape == (2, *shape):  # something stands beside the answer
        yield from (("wrong_type", part) for part in got)
    real = [size for size in got.shape if size != 1]
    same = real == [size for size in shape if size != 1]
    if got.ndim == len(shape) + 1 and same and got.shape[1:2] == (1,):
        yield "axis_kept", got.reshape(shape)
    if got.ndim > len(shape) and got.size == np.prod(shape) and same:
        yield "extra_axis", got.reshape(shape)
    if got.ndim < len(shape) and got.size == np.prod(shape):
        if same and 1 in shape:
            yield "squeezed", got.reshape(shape)
        if len(shape) > 2 and got.shape == (shape[0] * shape[1], *shape[2:]):
            yield "not_cut_back", got.reshape(shape)
        yield "flattened", got.reshape(shape)
    if got.ndim == len(shape):
        for order in permutations(range(got.ndim)):
            if tuple(got.shape[axis] for axis in order) == shape:
                yield "axes_swapped", got.transpose(order)
