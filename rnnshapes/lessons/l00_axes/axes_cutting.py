"""What wrong beliefs give where a box is cut or turned: `one_step` and `time_first`."""

from __future__ import annotations

from itertools import permutations

import numpy as np

from rnnshapes.lessons.l00_axes.axes import NOTEBOOK, AxesCase, Table, cut, filled, right_step

ONE_STEP: Table = {
    "n_t_swapped": lambda c: [c.X[c.t], c.X[c.t].T] if c.t < c.sizes.N else [],
    "feature_picked": lambda c: [
        *([c.X[:, :, c.t], c.X[:, :, c.t].T] if c.t < c.sizes.D else []),
        *(part for part in (c.X[:, :, : c.t], c.X[:, :, c.t :]) if part.shape[2] < c.sizes.D),
    ],
    "nothing_picked": lambda c: c.X,
    "flat_index": lambda c: c.X.ravel()[c.t],
    "averaged_away": lambda c: [
        getattr(part, how)(axis=axis)
        for how in ("mean", "sum")
        for part, axis in ((right_step(c), 0), (c.X, 1), (c.X, 0))
    ],
    "axis_kept": lambda c: c.X[:, c.t : c.t + 1],
    "comma_forgotten": lambda c: [c.X[: c.t], c.X[c.t :], c.X[: c.t + 1]],
    "steps_up_to_t": lambda c: [c.X[:, : c.t], c.X[:, : c.t + 1], c.X[:, c.t :], c.X[:, c.t + 1 :]],
    "another_step": lambda c: [
        c.X[:, c.t - 1],
        c.X[:, -c.t],
        c.X[:, ::-1][:, c.t],
        *([c.X[:, c.t + 1]] if c.t + 1 < c.sizes.T else []),
    ],
    "t_ignored": lambda c: [c.X[:, 0], c.X[:, -1]],
    "only_one_sample": lambda c: [
        *(c.X[n, c.t] for n in range(c.sizes.N)),
        c.X[:1, c.t],
        c.X[-1:, c.t],
        filled(right_step(c), slice(0, 1)),
        filled(right_step(c), slice(-1, None)),
    ],
    "reshape_for_transpose": lambda c: c.X.reshape(c.sizes.shape("TND"))[c.t],
    "sizes_from_notebook": lambda c: cut(right_step(c), 0, NOTEBOOK.N),
}


def _reshaped(c: AxesCase) -> list[np.ndarray]:
    """Whatever order the numbers are read in, cut into (T, N, D); and X cut into any other order of its sizes."""
    wanted = c.sizes.shape("TND")
    orders = [order for order in permutations(range(3)) if order != (1, 0, 2)]
    return [
        *(c.X.transpose(order).reshape(wanted) for order in orders),
        c.X.reshape(wanted, order="F"),
        c.X.reshape(-1, c.sizes.D).T.reshape(wanted),
        *(c.X.reshape(c.sizes.shape(dims)) for dims in ("DTN", "DNT", "NDT", "TDN")),
        c.X.transpose(1, 0, 2).reshape(c.X.shape),
    ]


TIME_FIRST: Table = {
    "reshape_for_transpose": _reshaped,
    "all_axes_reversed": lambda c: np.transpose(c.X),
    "other_axes_swapped": lambda c: [np.transpose(c.X, order) for order in ((0, 2, 1), (2, 0, 1), (1, 2, 0))],
    "nothing_moved": lambda c: c.X,
    "n_t_swapped": lambda c: [c.X[: c.sizes.T]] if c.sizes.T < c.sizes.N else [],
    "flipped": lambda c: [
        c.X[::-1],
        c.X[:, ::-1],
        c.X[:, :, ::-1],
        c.X[::-1, ::-1],
        np.moveaxis(c.X, 1, 0)[::-1],
        np.moveaxis(c.X, 1, 0)[:, ::-1],
        np.flip(c.X),
        *(np.rot90(c.X, turns) for turns in (1, 2, 3)),
    ],
    "concatenated": lambda c: [
        form
        for sheets in (np.moveaxis(c.X, 1, 0), c.X)
        for axis in (0, 1)
        for form in (np.concatenate(list(sheets), axis=axis), np.concatenate(list(sheets), axis=axis)[:, None])
    ],
    "loop_keeps_one": lambda c: [
        *(form for t in (0, -1) for form in (c.X[:, t], c.X[:, t][None], np.stack([c.X[:, t]] * c.sizes.T))),
        *(form for n in (0, -1) for form in (c.X[n], c.X[n][:, None])),
        filled(np.moveaxis(c.X, 1, 0), slice(0, 1)),
        filled(np.moveaxis(c.X, 1, 0), slice(-1, None)),
    ],
    "only_one_sample": lambda c: [np.repeat(c.X[[n]].swapaxes(0, 1), c.sizes.N, axis=1) for n in (0, -1)],
    "index_for_transpose": lambda c: [c.X[1, 0, 2]] if c.sizes.N > 1 and c.sizes.D > 2 else [],
    "steps_miscounted": lambda c: [
        form
        for steps in (np.s_[:-1], np.s_[1:])
        for form in (np.moveaxis(c.X, 1, 0)[steps], filled(np.moveaxis(c.X, 1, 0), steps))
    ],
    "T_hard_coded": lambda c: cut(np.moveaxis(c.X, 1, 0), 0, NOTEBOOK.T),
    "sizes_from_notebook": lambda c: cut(np.moveaxis(c.X, 1, 0), 1, NOTEBOOK.N),
}
