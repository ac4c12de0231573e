"""What a series stood at before and after a change, in the metric's own unit."""

from __future__ import annotations

import numpy as np

from headway.series import Flags, Floats, Ints, Panel


def level(panel: Panel, row: int, columns: Flags) -> float:
    """The level of one slice over some of its periods.

    Shares are pooled over the records, counts averaged a period, means weighted by records;
    percentiles and stocks are the weighted median of the periods, which one odd week cannot move.

    Parameters
    ----------
    panel, row
        The metric and the slice.
    columns
        Periods to use, shape (periods,); periods that are not usable or have no value are left out.

    Returns
    -------
    float
        In ``panel.unit``; NaN when no period is left.
    """
    keep = columns & panel.usable & np.isfinite(panel.value[row])
    if not keep.any():
        return float("nan")
    value, n = panel.value[row, keep], panel.n[row, keep]
    if panel.statistic == "share" and panel.numerator is not None:
        return float(100 * panel.numerator[row, keep].sum() / max(n.sum(), 1))
    if panel.statistic == "count":
        return float(value.mean())
    if panel.statistic in ("share", "mean"):
        return float(np.average(value, weights=np.maximum(n, 1)))
    return weighted_median(value, n)


def weighted_median(values: Floats, weights: Ints) -> float:
    """Value that has half of the weight on either side, between neighbours by straight line.

    >>> import numpy as np
    >>> weighted_median(np.array([1.0, 2.0, 9.0]), np.array([1, 1, 1]))
    2.0
    >>> weighted_median(np.array([90.0, 100.0]), np.array([5, 5]))
    95.0
    """
    order = np.argsort(values, kind="stable")
    mass = np.maximum(weights[order], 1).astype(np.float64)
    middle = (mass.cumsum() - mass / 2) / mass.sum()
    return float(np.interp(0.5, middle, values[order]))
