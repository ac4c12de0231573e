"""Named, versioned sets of rules that flag points of many series at once.

``headway-1``: a point outside the limits; a run of eight on one side of the average (more where
the distribution is uneven about it, see ``Limits.needed``); for the chart as a whole the pair of
Anhoej and Olesen (2014), an unusually long run or unusually few crossings. There is no trend rule.

A missing period, and a point on the centre line, neither lengthen nor break a run.

``making-data-count-1`` and ``anhoej-1`` agree point by point with the packages that are trusted for
these conventions; they are in ``making_data_count`` and ``anhoej``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from headway.series import Flags, Floats, Ints
from headway.spc.limits import Limits, crossings_expected, longest_run_expected

HEADWAY, MAKING_DATA_COUNT, ANHOEJ = "headway-1", "making-data-count-1", "anhoej-1"
RULE_SETS = (HEADWAY, MAKING_DATA_COUNT, ANHOEJ)
Sides = npt.NDArray[np.int8]
ON_THE_LINE = 1e-12  # relative; keeps rounding from deciding on which side a point lies


@dataclass(frozen=True)
class Signals:
    """What a rule set found.

    Attributes
    ----------
    side
        1 above, -1 below, 0 on the centre line or missing, shape (series, points).
    outside
        Points outside the limits, same shape.
    run
        Length of the signalling run that the point is part of, 0 without one, same shape.
    newest_run
        Points in a row on the side of the newest, shape (series,).
    long_run, few_crossings
        The Anhoej pair for the series as a whole, shape (series,).
    """

    side: Sides
    outside: Flags
    run: Ints
    newest_run: Ints
    long_run: Flags
    few_crossings: Flags

    @property
    def flagged(self) -> Flags:
        """Points flagged by any rule, shape (series, points)."""
        return self.outside | (self.run > 0)


def headway_1(values: Floats, limits: Limits) -> Signals:
    """Flags of the rule set ``headway-1`` for ``(series, points)`` values.

    >>> import numpy as np
    >>> from headway.spc.limits import individuals
    >>> calm = np.tile([4.0, 6, 5], 8)
    >>> row = np.concatenate([calm, [15.0]])[None, :]
    >>> np.flatnonzero(headway_1(row, individuals(row)).flagged[0]).tolist()
    [24]
    """
    side, outside = _positions(values, limits)
    run, newest, longest, crossings = _runs(side.T)
    needed = np.where(side > 0, limits.needed[:, 1:], limits.needed[:, :1])
    run = np.where((needed <= run.T) & (side != 0), run.T, 0)
    useful = (side != 0).sum(axis=1)
    judged = limits.needed[:, 0] < np.iinfo(np.int32).max
    return Signals(
        side=side,
        outside=outside,
        run=run,
        newest_run=newest,
        long_run=judged & (longest > longest_run_expected(useful)),
        few_crossings=judged & (crossings < crossings_expected(useful)),
    )


def versioned(name: str) -> str:
    """The newest version of a rule set named without one; any other name as it is.

    >>> versioned("anhoej"), versioned("headway-1")
    ('anhoej-1', 'headway-1')
    """
    return next((known for known in RULE_SETS if known.rpartition("-")[0] == name), name)


def _positions(values: Floats, limits: Limits) -> tuple[Sides, Flags]:
    slack = ON_THE_LINE * (np.abs(values) + np.abs(limits.centre))
    gap = values - limits.centre
    above, below = gap > slack, gap < -slack
    outside = (values > limits.upper + slack) | (values < limits.lower - slack)
    return above.astype(np.int8) - below.astype(np.int8), outside


def _runs(side: Sides) -> tuple[Ints, Ints, Ints, Ints]:
    """Whole length of each point's run, newest run, longest run, crossings; side is (points, s)."""
    side = np.ascontiguousarray(side)
    points, series = side.shape
    length = np.zeros((points, series), dtype=np.int64)
    changes = np.zeros((points, series), dtype=np.bool_)
    last, run = np.zeros(series, dtype=np.int8), np.zeros(series, dtype=np.int64)
    longest, crossings = run.copy(), run.copy()
    for at in range(points):
        here = side[at]
        useful = here != 0
        changed = useful & (here != last)
        crossings += changed & (last != 0)
        run = np.where(changed, 1, run + (useful & ~changed))
        last = np.where(useful, here, last)
        np.maximum(longest, run, out=longest)
        length[at], changes[at] = run, changed
    for at in range(points - 2, -1, -1):
        length[at] = np.where(changes[at + 1], length[at], length[at + 1])
    newest = run
    return length, newest, longest, crossings
