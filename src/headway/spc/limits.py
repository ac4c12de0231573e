"""Centre lines and limits of many series at once, one function for each kind of chart.

Every function takes ``(series, points)`` arrays, fixes the limits on the first ``baseline``
measured points of each row and carries them to the end of the row, so that a later shift cannot
widen the limits it is judged by. NaN is a missing period: it is passed over, and a moving range is
taken between neighbouring *measured* points. A row gets no limits (NaN) when it has fewer than
``SHORTEST`` measured points or when its baseline does not vary.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import bdtr

from headway.series import Flags, Floats, Ints
from headway.spc.baseline import FROZEN, NO_RUNS_BELOW, SHORTEST

MOVING_RANGE_FACTOR = 2.66  # 3 / d2 for n = 2, as Wheeler prints it
D2 = 1.128  # mean range of two standard normal values
RUN = 8  # points on one side of the average that make a signal
NEVER = np.iinfo(np.int32).max
FEW_CROSSINGS = 0.05  # quantile of the binomial number of crossings
TIME_POWER = 3.6  # Nelson 1994: makes exponential times nearly symmetrical


@dataclass(frozen=True)
class Limits:
    """Limits of many series.

    Attributes
    ----------
    centre, lower, upper
        Shape (series, points), in the unit of the values; NaN where there are none.
    baseline
        Measured points on which each row is fixed, shape (series,).
    needed
        Points in a row below and above the centre that make a run, shape (series, 2).
    sigma_z
        Laney's ratio of observed to expected variation, shape (series,), None where not used.
    """

    centre: Floats
    lower: Floats
    upper: Floats
    baseline: Ints
    needed: Ints
    sigma_z: Floats | None = None

    def within(self, low: float, high: float) -> Limits:
        """The same limits cut to the possible range of the measure."""
        return replace(
            self, lower=np.clip(self.lower, low, high), upper=np.clip(self.upper, low, high)
        )


def individuals(values: Floats, *, baseline: int = FROZEN) -> Limits:
    """Individuals chart: mean and 2.66 mean moving ranges (Wheeler, *Understanding Variation*).

    Moving ranges are not screened: one wild baseline point widens the limits, and says so by
    lying near them.

    >>> import numpy as np
    >>> found = individuals(np.array([[4.0, 6, 4, 6, 4, 6, 4, 6]]))
    >>> [float(x[0, 0]) for x in (found.lower, found.centre, found.upper)]
    [-0.3200000000000003, 5.0, 10.32]
    """
    return _ranged(values, MOVING_RANGE_FACTOR, baseline)


def logarithms(values: Floats, *, baseline: int = FROZEN) -> Limits:
    """Individuals chart of the logarithms of positive values, in the unit of the values.

    The centre is the geometric mean; the limits are never below zero.
    """
    found = individuals(np.log(values), baseline=baseline)
    return replace(
        found, centre=np.exp(found.centre), lower=np.exp(found.lower), upper=np.exp(found.upper)
    )


def times_between(values: Floats, *, baseline: int = FROZEN) -> Limits:
    """Limits of a t chart: individuals chart of times to the power 1/3.6 (Nelson 1994)."""
    found = _ranged(values ** (1 / TIME_POWER), 3 / D2, baseline)
    floor = np.where(np.isnan(found.lower), np.nan, np.maximum(found.lower, 0))
    return replace(
        found,
        centre=found.centre**TIME_POWER,
        lower=floor**TIME_POWER,
        upper=found.upper**TIME_POWER,
    )


def between_events(values: Floats, *, baseline: int = FROZEN) -> Limits:
    """Limits of a g chart of opportunities between events: m and 3 sqrt(m (m + 1)) (Benneyan 2001).

    The line drawn is the median, which divides skewed counts evenly, as a run rule needs.
    The upper limit is passed by about 2 % of the points of a quiet process.
    """
    fixed = packed(values)[:, :baseline]
    count = np.isfinite(fixed).sum(axis=1)
    mean, middle = _mean(fixed), row_median(fixed)
    mean[_unvaried(fixed)] = np.nan
    width = 3 * np.sqrt(mean * (mean + 1))
    return _constant(middle, np.maximum(mean - width, 0), mean + width, count, values.shape[1])


def medians(values: Floats, *, baseline: int = NEVER) -> Limits:
    """Run chart: the median, no limits, and runs judged by their number of useful points.

    The median is taken over the whole row because there are no limits a shift could widen. A run
    is a signal above round(log2 n) + 3 (Anhoej and Olesen 2014), n without points on the median.
    """
    whole = packed(values)[:, :baseline]
    count = np.isfinite(whole).sum(axis=1)
    nothing = np.full(len(values), np.nan)
    found = _constant(row_median(whole), nothing, nothing, count, values.shape[1])
    useful = (np.isfinite(values) & (values != found.centre)).sum(axis=1)
    needed = longest_run_expected(useful) + 1
    needed[count < NO_RUNS_BELOW] = NEVER
    return replace(found, needed=np.repeat(needed[:, None], 2, axis=1))


def longest_run_expected(useful: Ints) -> Ints:
    """The longest run that chance explains among ``useful`` points: round(log2 n) + 3."""
    return (np.rint(np.log2(np.maximum(useful, 1))) + 3).astype(np.int64)


def crossings_expected(useful: Ints) -> Ints:
    """Fewest crossings that chance explains: the 5 % quantile of a binomial, 0 below two points."""
    sizes, back = np.unique(useful, return_inverse=True)
    quantiles = np.zeros(len(sizes), dtype=np.int64)
    for at, size in enumerate(sizes):
        if size >= 2:
            below = bdtr(np.arange(size, dtype=np.float64), int(size) - 1, 0.5)
            quantiles[at] = np.searchsorted(below, FEW_CROSSINGS)
    return quantiles[back]


def packed(values: Floats) -> Floats:
    """Each row with its measured values first, in order, and NaN behind them."""
    missing = np.isnan(values)
    if not missing.any():
        return values
    return np.take_along_axis(values, np.argsort(missing, axis=1, kind="stable"), axis=1)


def row_median(values: Floats) -> Floats:
    """Median of the measured values of each row, NaN for a row without any."""
    found = np.full(len(values), np.nan)
    some = np.isfinite(values).any(axis=1)
    if some.any():
        found[some] = np.nanmedian(values[some], axis=1)
    return found


def fixed_points(values: Floats, baseline: int) -> Flags:
    """Which points of each row belong to its baseline, shape (series, points)."""
    measured = np.isfinite(values)
    return measured & (np.cumsum(measured, axis=1) <= baseline)


def assemble(centre: Floats, lower: Floats, upper: Floats, count: Ints) -> Limits:
    """Limits of full shape; rows too short to say anything lose theirs."""
    short = count < SHORTEST
    for line in (centre, lower, upper):
        line[short] = np.nan
    needed = np.where(count < NO_RUNS_BELOW, NEVER, RUN)
    return Limits(centre, lower, upper, count, np.repeat(needed[:, None], 2, axis=1))


def _ranged(values: Floats, factor: float, baseline: int) -> Limits:
    fixed = packed(values)[:, :baseline]
    count = np.isfinite(fixed).sum(axis=1)
    centre = _mean(fixed)
    width = factor * _mean(np.abs(np.diff(fixed, axis=1)))
    centre[~(width > 0)] = np.nan
    return _constant(centre, centre - width, centre + width, count, values.shape[1])


def _constant(centre: Floats, lower: Floats, upper: Floats, count: Ints, points: int) -> Limits:
    first, second, third = (
        np.repeat(line[:, None], points, axis=1) for line in (centre, lower, upper)
    )
    return assemble(first, second, third, count)


def _mean(values: Floats) -> Floats:
    count = np.isfinite(values).sum(axis=1)
    total = np.nansum(values, axis=1)
    found = np.full(len(values), np.nan)
    np.divide(total, count, out=found, where=count > 0)
    return found


def _unvaried(values: Floats) -> Flags:
    varied: Flags = ((values != values[:, :1]) & np.isfinite(values)).any(axis=1)
    return ~varied
