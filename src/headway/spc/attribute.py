"""Limits of shares, rates and counts, one function for each kind of chart.

Shapes, baseline and missing values are those of ``headway.spc.limits``. ``n`` is the denominator
of each value; a value over an empty denominator is missing.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.special import bdtr, bdtrik, pdtr, pdtrik

from headway.series import Floats, Ints
from headway.spc.baseline import FROZEN
from headway.spc.limits import D2, NEVER, RUN, Limits, assemble, fixed_points, packed, row_median

TAIL = 0.00135  # one tail of three standard deviations


def proportions(share: Floats, n: Floats, *, baseline: int = FROZEN) -> Limits:
    """Limits of a p chart of shares from 0 to 1 (Montgomery, *Statistical Quality Control*, ch. 7).

    >>> import numpy as np
    >>> found = proportions(np.array([[0.1, 0.3] * 4]), np.full((1, 8), 100.0))
    >>> [round(float(x[0, 0]), 2) for x in (found.lower, found.centre, found.upper)]
    [0.08, 0.2, 0.32]
    """
    centre = _weighted(share, n, baseline)
    return _three_sigma(share, centre, _binomial(centre, n), baseline).within(0, 1)


def laney_proportions(share: Floats, n: Floats, *, baseline: int = FROZEN) -> Limits:
    """Limits of a p' chart: p limits widened by sigma_z (Laney 2002), never narrowed."""
    centre = _weighted(share, n, baseline)
    return _widened(share, centre, _binomial(centre, n), baseline).within(0, 1)


def exact_proportions(share: Floats, n: Floats, *, baseline: int = FROZEN) -> Limits:
    """Binomial quantiles as limits of a p chart with few expected events."""
    found = proportions(share, n, baseline=baseline)
    p = np.where(np.isfinite(found.upper), found.centre, np.nan)
    upper = np.ceil(bdtrik(1 - TAIL, n, p))
    lower = np.ceil(bdtrik(TAIL, n, p))
    middle = p[:, 0] if p.shape[1] else np.full(len(p), np.nan)
    size = np.rint(np.nan_to_num(row_median(n), nan=1)).astype(np.int64)
    below = bdtr(np.ceil(size * middle) - 1, size, middle)
    above = 1 - bdtr(np.floor(size * middle), size, middle)
    return replace(
        found, lower=lower / n, upper=upper / n, needed=_evened(found.needed, below, above)
    )


def rates(rate: Floats, n: Floats, *, baseline: int = FROZEN) -> Limits:
    """Limits of a u chart of events per unit of ``n`` (Montgomery ch. 7)."""
    centre = _weighted(rate, n, baseline)
    return _three_sigma(rate, centre, _poisson(centre, n), baseline).within(0, np.inf)


def laney_rates(rate: Floats, n: Floats, *, baseline: int = FROZEN) -> Limits:
    """Limits of a u' chart: u limits widened by sigma_z (Laney 2002), never narrowed."""
    centre = _weighted(rate, n, baseline)
    return _widened(rate, centre, _poisson(centre, n), baseline).within(0, np.inf)


def counts(count: Floats, *, baseline: int = FROZEN) -> Limits:
    """Limits of a c chart: mean and three times its root (Montgomery ch. 7)."""
    return rates(count, np.ones_like(count), baseline=baseline)


def exact_counts(count: Floats, *, baseline: int = FROZEN) -> Limits:
    """Poisson quantiles as limits of a c chart, for means below 4.

    Low counts lie unevenly about their mean, so a run must be long enough to be as unlikely as
    eight points on one side of an even centre.
    """
    found = counts(count, baseline=baseline)
    mean = np.where(np.isfinite(found.upper), found.centre, np.nan)
    lower, upper = np.ceil(pdtrik(TAIL, mean)), np.ceil(pdtrik(1 - TAIL, mean))
    middle = mean[:, 0]
    below, above = pdtr(np.ceil(middle) - 1, middle), 1 - pdtr(np.floor(middle), middle)
    return replace(
        found, lower=np.maximum(lower, 0), upper=upper, needed=_evened(found.needed, below, above)
    )


def sigma_z(score: Floats) -> Floats:
    """Moving-range standard deviation of standardised values (series, points), shape (series,)."""
    ranges = np.abs(np.diff(packed(score), axis=1))
    known = np.isfinite(ranges).sum(axis=1)
    total = np.nansum(ranges, axis=1) / D2
    found = np.full(len(score), np.nan)
    np.divide(total, known, out=found, where=known > 0)
    return found


def _weighted(value: Floats, n: Floats, baseline: int) -> Floats:
    fixed = fixed_points(value, baseline)
    events = np.where(fixed, value * n, 0).sum(axis=1)
    base = np.where(fixed, n, 0).sum(axis=1)
    centre = np.divide(events, base, out=np.full(len(value), np.nan), where=base > 0)
    return np.repeat(centre[:, None], value.shape[1], axis=1)


def _binomial(centre: Floats, n: Floats) -> Floats:
    return _root(centre * (1 - centre), n)


def _poisson(centre: Floats, n: Floats) -> Floats:
    return _root(centre, n)


def _root(variance: Floats, n: Floats) -> Floats:
    """Standard deviation per point; NaN where it is nothing, which takes the limits away."""
    some = (variance > 0) & (n > 0)
    found = np.full(variance.shape, np.nan)
    np.divide(variance, n, out=found, where=some)
    np.sqrt(found, out=found)
    return found


def _three_sigma(value: Floats, centre: Floats, sigma: Floats, baseline: int) -> Limits:
    count = fixed_points(value, baseline).sum(axis=1)
    middle = np.where(np.isfinite(sigma).any(axis=1, keepdims=True), centre, np.nan)
    return assemble(middle, centre - 3 * sigma, centre + 3 * sigma, count)


def _widened(value: Floats, centre: Floats, sigma: Floats, baseline: int) -> Limits:
    score = np.where(fixed_points(value, baseline), (value - centre) / sigma, np.nan)
    ratio = sigma_z(score)
    wide = sigma * np.maximum(ratio, 1)[:, None]
    return replace(_three_sigma(value, centre, wide, baseline), sigma_z=ratio)


def _evened(needed: Ints, below: Floats, above: Floats) -> Ints:
    """Points on each side that are as unlikely as eight on a side that holds half of them."""
    share = np.stack([below, above], axis=1) / (below + above)[:, None]
    share = np.clip(np.nan_to_num(share, nan=0.5), 0.5, 0.999)
    longer = np.ceil(RUN * np.log(0.5) / np.log(share)).astype(np.int64)
    return np.where(needed == NEVER, needed, longer)
