"""What wrong beliefs give where a box meets smaller arrays: `each_step_through` and `shifted`."""

from __future__ import annotations

import numpy as np

from rnnshapes.lessons.l00_axes.axes import (
    NOTEBOOK,
    AxesCase,
    Table,
    cut,
    filled,
    right_shifted,
    right_through,
    shifted_in_part,
)


def _through_reshaped(c: AxesCase) -> list[np.ndarray]:
    N, T, D, M = c.sizes.shape("NTDM")
    right = right_through(c)
    return [
        c.X @ c.W.reshape(M, D).T + c.b,
        right.reshape(T, N, M),
        right.reshape(T, N, M).transpose(1, 0, 2),
        (c.X.reshape(D, N * T).T @ c.W + c.b).reshape(N, T, M),
        (c.X.T.reshape(N, T, D) @ c.W + c.b),
        c.X.transpose(1, 0, 2).reshape(N, T, D) @ c.W + c.b,
        right.reshape(N, M, T),
        right.reshape(M, N, T).transpose(1, 2, 0),
    ]


EACH_STEP_THROUGH: Table = {
    "one_bias_for_all": lambda c: [
        right_through(c) - c.b + number for number in (c.b.sum(), c.b.mean(), c.b[0], c.b[-1])
    ],
    "bias_before_product": lambda c: [c.X @ (c.W + c.b), c.X @ (c.W + c.b) + c.b],
    "bias_multiplied": lambda c: [join(right_through(c) - c.b, c.b) for join in (np.multiply, np.divide, np.matmul)],
    "bias_added_again": lambda c: [
        right_through(c) + c.b,
        *(right_through(c) + (size - 1) * c.b for size in c.sizes.shape("NTD") if size > 1),
    ],
    "only_one_unit": lambda c: [right_through(c)[..., m] for m in (0, -1)],
    "sum_overwritten": lambda c: [c.X[..., [d]] * c.W[d] + c.b for d in (0, -1)],
    "nothing_changed": lambda c: c.X,
    "bias_dropped": lambda c: right_through(c) - c.b,
    "sign_flipped": lambda c: [right_through(c) - 2 * c.b, 2 * c.b - right_through(c), -right_through(c)],
    "steps_accumulated": lambda c: [
        np.cumsum(right_through(c), axis=1),
        np.cumsum(right_through(c) - c.b, axis=1) + c.b,
    ],
    "axis_summed_away": lambda c: [
        *(getattr(right_through(c), how)(axis=axis) for how in ("sum", "mean") for axis in (0, 1, (0, 1))),
        *((right_through(c) - c.b).sum(axis=axis) + c.b for axis in (0, 1, (0, 1))),
    ],
    "only_one_step": lambda c: [
        *(form for t in (0, -1) for form in (right_through(c)[:, t], right_through(c)[:, [t]])),
        *(np.swapaxes(filled(np.swapaxes(right_through(c), 0, 1), keep), 0, 1) for keep in (np.s_[:1], np.s_[-1:])),
    ],
    "only_one_sample": lambda c: [
        *(form for n in (0, -1) for form in (right_through(c)[n], right_through(c)[[n]], right_through(c)[n, n])),
        *(filled(right_through(c), keep) for keep in (np.s_[:1], np.s_[-1:])),
    ],
    "activation_added": lambda c: [
        np.tanh(right_through(c)),
        np.maximum(right_through(c), 0),
        1 / (1 + np.exp(-right_through(c))),
    ],
    "reshape_for_transpose": _through_reshaped,
    "elementwise_product": lambda c: [c.X[..., None] * c.W, c.X[..., None] * c.W + c.b],
    "not_cut_back": lambda c: [
        right_through(c).swapaxes(0, 1).reshape(-1, c.sizes.M),
        right_through(c).reshape(c.sizes.N, -1),
        right_through(c).swapaxes(0, 1).reshape(c.sizes.T, -1),
    ],
    "axes_swapped": lambda c: [right_through(c).swapaxes(0, 1)[: NOTEBOOK.T]],
    "n_t_swapped": lambda c: [right_through(c)[: c.sizes.T]] if c.sizes.T < c.sizes.N else [],
    "T_hard_coded": lambda c: cut(right_through(c), 1, NOTEBOOK.T),
    "sizes_from_notebook": lambda c: cut(right_through(c), 0, NOTEBOOK.N),
}


def _shifted_reshaped(c: AxesCase) -> list[np.ndarray]:
    N, T, D = c.sizes.shape("NTD")
    wrong = c.X.reshape(T, N, D) + c.s
    repeated = np.repeat(c.s, T, axis=0).reshape(T, N, D)
    by_number = np.repeat(c.s, T, axis=1).reshape(N, T, D)
    return [
        wrong,
        wrong.reshape(N, T, D),
        wrong.transpose(1, 0, 2),
        c.X + repeated.transpose(1, 0, 2),
        c.X + by_number,
    ]


def _by_step(c: AxesCase) -> list[np.ndarray]:
    """s[t] for s[n]: it fits where there are enough rows, or is added at as many steps as there are rows."""
    N, T = c.sizes.shape("NT")
    first = min(N, T)
    added = c.X.copy()
    added[:, :first] += c.s[:first]
    return [added, *([right_shifted(c)[:T]] if T < N else [])]


SHIFTED: Table = {
    "one_row_for_all": lambda c: [c.X + row for row in (c.s[0], c.s[-1], c.s.mean(axis=0), c.s.sum(axis=0))],
    "one_number_for_all_features": lambda c: [
        *(c.X + column[:, None, None] for column in (c.s.mean(axis=1), c.s.sum(axis=1), c.s[:, 0], c.s[:, -1])),
        *(c.X + number for number in (c.s.sum(), c.s.mean(), c.s[0, 0])),
    ],
    "one_step_only": lambda c: [
        shifted_in_part(c, steps=np.s_[:1]),
        shifted_in_part(c, steps=np.s_[-1:]),
        *(form for t in (0, -1) for form in (right_shifted(c)[:, t], right_shifted(c)[:, [t]])),
    ],
    "only_one_sample": lambda c: [
        shifted_in_part(c, samples=np.s_[:1]),
        shifted_in_part(c, samples=np.s_[-1:]),
        *(form for n in (0, -1) for form in (right_shifted(c)[n], right_shifted(c)[[n]], right_shifted(c)[n, n])),
        *(filled(right_shifted(c), keep) for keep in (np.s_[:1], np.s_[-1:])),
    ],
    "shift_grows": lambda c: [c.X + c.s[:, None] * np.arange(first, first + c.sizes.T)[:, None] for first in (0, 1)],
    "sign_flipped": lambda c: [2 * c.X - right_shifted(c), right_shifted(c) - 2 * c.X],
    "multiplied": lambda c: [c.X * (right_shifted(c) - c.X), c.X @ c.s.T],
    "rolled": lambda c: [np.roll(c.X, steps, axis=axis) for steps in (1, -1) for axis in (0, 1, 2)],
    "nothing_changed": lambda c: c.X,
    "x_forgotten": lambda c: right_shifted(c) - c.X,
    "appended": lambda c: [*(np.insert(c.X, place, c.s, axis=1) for place in (0, c.sizes.T)), np.append(c.X, c.s)],
    "new_axis_misplaced": lambda c: [c.X + c.s[:, None, None], c.X[:, :, None] + c.s],
    "reshape_for_transpose": _shifted_reshaped,
    "n_t_swapped": _by_step,
    "T_hard_coded": lambda c: [*cut(right_shifted(c), 1, NOTEBOOK.T), shifted_in_part(c, steps=np.s_[: NOTEBOOK.T])],
    "sizes_from_notebook": lambda c: [
        *cut(right_shifted(c), 0, NOTEBOOK.N),
        shifted_in_part(c, samples=np.s_[: NOTEBOOK.N]),
    ],
}
