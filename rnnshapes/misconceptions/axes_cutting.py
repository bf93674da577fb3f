"""What wrong beliefs give where a box is cut or turned: `one_step` and `time_first`."""

from __future__ import annotations

import numpy as np

from rnnshapes.misconceptions.axes import NOTEBOOK, Table, cut, filled, right_step

ONE_STEP: Table = {
    "n_t_swapped": lambda c: [c.X[c.t]] if c.t < c.sizes.N else [],
    "feature_picked": lambda c: [c.X[:, :, c.t]] if c.t < c.sizes.D else [],
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
        *(c.X[n, c.t] for n in (0, -1)),
        c.X[:1, c.t],
        c.X[-1:, c.t],
        filled(right_step(c), slice(0, 1)),
        filled(right_step(c), slice(-1, None)),
    ],
    "reshape_for_transpose": lambda c: c.X.reshape(c.sizes.shape("TND"))[c.t],
    "sizes_from_notebook": lambda c: cut(right_step(c), 0, NOTEBOOK.N),
}

TIME_FIRST: Table = {
    "reshape_for_transpose": lambda c: [
        c.X.reshape(c.sizes.shape("TND")),
        c.X.reshape(c.sizes.shape("TND"), order="F"),
        c.X.T.reshape(c.sizes.shape("TND")),
        c.X.swapaxes(1, 2).reshape(c.sizes.shape("TND")),
    ],
    "all_axes_reversed": lambda c: np.transpose(c.X),
    "other_axes_swapped": lambda c: [np.transpose(c.X, order) for order in ((0, 2, 1), (2, 0, 1), (1, 2, 0))],
    "nothing_moved": lambda c: c.X,
    "n_t_swapped": lambda c: [c.X[: c.sizes.T]] if c.sizes.T < c.sizes.N else [],
    "flipped": lambda c: [
        c.X[::-1],
        c.X[:, ::-1],
        c.X[::-1, ::-1],
        np.flip(c.X),
        *(np.rot90(c.X, turns) for turns in (1, 2, 3)),
    ],
    "concatenated": lambda c: [
        np.concatenate(list(sheets), axis=axis) for sheets in (np.moveaxis(c.X, 1, 0), c.X) for axis in (0, 1)
    ],
    "loop_keeps_one": lambda c: [
        *(form for t in (0, -1) for form in (c.X[:, t], c.X[:, t][None])),
        *(form for n in (0, -1) for form in (c.X[n], c.X[n][:, None])),
        filled(np.moveaxis(c.X, 1, 0), slice(0, 1)),
        filled(np.moveaxis(c.X, 1, 0), slice(-1, None)),
    ],
    "T_hard_coded": lambda c: cut(np.moveaxis(c.X, 1, 0), 0, NOTEBOOK.T),
    "sizes_from_notebook": lambda c: cut(np.moveaxis(c.X, 1, 0), 1, NOTEBOOK.N),
}
