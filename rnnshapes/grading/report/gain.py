"""The gain of a class between two quizzes, with an interval that says how sure it is. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from rnnshapes.grading.report.report_rows import Row
from rnnshapes.grading.report.report_tally import CONFIDENCE, SMALLEST_CLASS, Estimate


@dataclass(frozen=True)
class Gain:
    """What changed for those who took both quizzes.

    The two estimates are None where they are from fewer than SMALLEST_CLASS students. The interval of that many is
    about 0.25 wide, and kinds of courses differ by no more (in Hake's survey, 0.23 and 0.48 on average).
    """

    both: int
    only_before: int
    only_after: int
    before: float = 0.0
    """The mean share of the points, 0 … 1, of those who took both; and after."""
    after: float = 0.0
    of_class: Estimate | None = None
    """Hake's <g>: of what the class did not know before, the share that it knows after."""
    of_students: Estimate | None = None
    """The mean of the students' normalised changes c."""
    left_out: int = 0
    """Students who have no c: all points both times, or none both times."""


def shares(rows: Sequence[Row]) -> dict[str, float]:
    """Return the share of the points of each student who is graded, 0 … 1, without a penalty for lateness.

    >>> shares([Row("ada", score=2.0, points={"one_step": (1, 1), "one_state": (0, 1)}), Row("bo", handed_in=False)])
    {'ada': 0.5}
    """
    graded = [row for row in rows if row.score is not None]
    points = {row.login: [sum(side) for side in zip(*row.points.values(), strict=True)] for row in graded}
    return {login: both[0] / both[1] for login, both in points.items() if both and both[1]}


def gain(before: Mapping[str, float], after: Mapping[str, float]) -> Gain:
    """Return the gain of those who are in both. Scores by login are shares of the points, 0 … 1.

    The class gain is (<after> − <before>) / (1 − <before>), where <> are means over the students: nobody is left out,
    whatever they had before. For a single student that formula divides by zero after full marks, and has no lower end,
    so students have their `normalised_change`.

    >>> before = {str(number): number / 40 for number in range(20)}
    >>> print(gain(before, {login: (1 + share) / 2 for login, share in before.items()}).of_students)
    0.50
    >>> gain({"ada": 0.5, "bo": 0.2}, {"ada": 1.0})
    Gain(both=1, only_before=1, only_after=0, before=0.5, after=1.0, of_class=None, of_students=None, left_out=0)

    Source: R. Hake, Am. J. Phys. 66, 64 (1998).
    """
    logins = sorted(before.keys() & after.keys())
    counts = (len(logins), len(before) - len(logins), len(after) - len(logins))
    if not logins:
        return Gain(*counts)
    pre, post = (np.array([scores[login] for login in logins]) for scores in (before, after))
    means = (float(pre.mean()), float(post.mean()))
    if len(logins) < SMALLEST_CLASS:
        return Gain(*counts, *means)
    change = normalised_change(pre, post)
    change = change[~np.isnan(change)]
    of_students = mean_of(change) if len(change) >= SMALLEST_CLASS else None
    return Gain(*counts, *means, class_gain(pre, post), of_students, left_out=len(pre) - len(change))


def class_gain(pre: np.ndarray, post: np.ndarray) -> Estimate | None:
    """Return Hake's <g> with its interval; None if all had full marks before.

    <g> is a ratio of two means over the same students. In the interval, each student counts with what they add to it:
    u = ((post − pre) − <g>·(1 − pre)) / (1 − <pre>).

    Source: W. G. Cochran, Sampling Techniques (3rd ed. 1977), ch. 6, the variance of a ratio.
    """
    room = 1 - pre.mean()
    if room < 1e-9:
        return None
    value = (post - pre).mean() / room
    return mean_of(value + ((post - pre) - value * (1 - pre)) / room)


def normalised_change(pre: np.ndarray, post: np.ndarray) -> np.ndarray:
    """Return each student's normalised change c: the gain as a share of the largest possible, or the loss likewise.

    c is NaN, and the student is left out, where both scores are 1 or both 0.

    >>> normalised_change(np.array([0.5, 0.5, 0.4, 1.0, 1.0, 0.0]), np.array([0.75, 0.25, 0.4, 0.9, 1.0, 0.0])).round(2)
    array([ 0.5, -0.5,  0. , -0.1,  nan,  nan])

    Source: J. D. Marx and K. Cummings, Am. J. Phys. 75, 87 (2007).
    """
    possible = np.where(post > pre, 1 - pre, pre)
    change = (post - pre) / np.where(possible > 0, possible, 1)
    return np.where((pre == post) & ((pre == 0) | (pre == 1)), np.nan, change)


def mean_of(values: Sequence[float] | np.ndarray) -> Estimate:
    """Return the mean with its confidence interval by Student's t. Where all values are alike there is none to give."""
    values = np.asarray(values)
    mean, spread = float(values.mean()), float(values.std(ddof=1))
    if spread < 1e-9:
        return Estimate(mean, None, None)
    half = float(stdtrit(len(values) - 1, (1 + CONFIDENCE) / 2)) * spread / len(values) ** 0.5
    return Estimate(mean, mean - half, mean + half)
