"""Slices that stand persistently apart from their peers, after allowing for their mix.

Each ticket is compared with the mean of its stratum (indirect standardisation). A slice is an
outlier when its mean difference lies outside what a random-effects model of the *other* slices
predicts (Spiegelhalter 2005, "Handling over-dispersion of performance indicators", Quality and
Safety in Health Care 14, 347-351; prediction limits of Higgins, Thompson and Spiegelhalter 2009,
JRSS A 172, 137-159; heterogeneity by DerSimonian and Laird 1986). The reported size is pulled
towards the peers by the same model (partial pooling).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from headway.series import Flags, Floats, Ints

MIN_PEERS = 3
MIN_PERIODS = 8
MIN_RECORDS = 100
PERSISTENT = 0.75


@dataclass(frozen=True)
class Levels:
    """How each slice of one dimension stands against its peers.

    Attributes
    ----------
    difference
        Mean difference from what its mix predicts, on the measure's scale, shape (slices,).
    pooled
        The same, pulled towards the peers.
    p
        Two-sided probability of standing this far apart, NaN where not judged.
    persistent
        Whether at least three quarters of the periods lie on the same side of the peers.
    periods, records
        Periods and tickets used.
    """

    difference: Floats
    pooled: Floats
    p: Floats
    persistent: Flags
    periods: Ints
    records: Ints


def compare(measure: Floats, strata: Ints, slices: Ints, periods: Ints, *, count: int) -> Levels:
    """Compare every slice with its peers.

    Parameters
    ----------
    measure
        One value per ticket on an additive scale (0 or 1 for shares, log-hours for durations),
        NaN where it does not apply, shape (tickets,).
    strata
        Mix group of each ticket, from 0, same shape.
    slices
        Slice of each ticket from 0, -1 for none.
    periods
        Usable period of each ticket from 0, -1 for none.
    count
        Number of slices.

    Examples
    --------
    >>> import numpy as np
    >>> rng = np.random.default_rng(3)
    >>> part, week = np.repeat(np.arange(8), 600), np.tile(np.arange(12), 400)
    >>> y = rng.normal(size=4800) + 0.1 * part % 0.3 + 2.0 * (part == 5)
    >>> out = compare(y, np.zeros(4800, dtype=int), part, week, count=8)
    >>> int(np.nanargmin(out.p)), bool(out.persistent[5])
    (5, True)
    """
    use = np.isfinite(measure) & (slices >= 0) & (periods >= 0)
    y, stratum, part, period = measure[use], strata[use], slices[use], periods[use]
    if not len(y):
        none = np.full(count, np.nan)
        zero = np.zeros(count, dtype=np.int64)
        return Levels(none, none, none, np.zeros(count, dtype=bool), zero, zero)
    expected = np.bincount(stratum, weights=y) / np.maximum(np.bincount(stratum), 1)
    gap = y - expected[stratum]
    span = int(period.max()) + 1
    cell = part * span + period
    n = np.bincount(cell, minlength=count * span).reshape(count, span).astype(np.float64)
    gaps = np.bincount(cell, weights=gap, minlength=count * span).reshape(count, span)
    return _against_peers(n, gaps.astype(np.float64))


def _against_peers(n: Floats, total: Floats) -> Levels:
    size = n.sum(axis=1)
    seen = (n > 0).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        difference = total.sum(axis=1) / size
        error = total - n * difference[:, None]
        variance = (error**2).sum(axis=1) / size**2 * seen / (seen - 1)
    judged = (seen >= MIN_PERIODS) & (size >= MIN_RECORDS) & (variance > 0)
    p, centre, pooled = _leave_one_out(difference, variance, judged)
    with np.errstate(divide="ignore", invalid="ignore"):
        side = np.sign(total / n - centre[:, None]) == np.sign(difference - centre)[:, None]
    agree = np.where(n > 0, side, False).sum(axis=1) / np.maximum(seen, 1)
    return Levels(
        difference=difference,
        pooled=pooled,
        p=p,
        persistent=judged & (agree >= PERSISTENT),
        periods=seen.astype(np.int64),
        records=size.astype(np.int64),
    )


def _leave_one_out(
    difference: Floats, variance: Floats, judged: Flags
) -> tuple[Floats, Floats, Floats]:
    """P value, peers' mean and pooled difference of each slice, from the model of the others."""
    p, centre, pooled = (np.full(len(difference), np.nan) for _ in range(3))
    rows = np.flatnonzero(judged)
    if len(rows) <= MIN_PEERS:
        return p, centre, pooled
    for row in rows:
        peers = rows[rows != row]
        mean, between, uncertainty = _random_effects(difference[peers], variance[peers])
        spread = np.sqrt(between + variance[row] + uncertainty)
        score = (difference[row] - mean) / spread
        p[row] = 2 * special.stdtr(len(peers) - 2, -abs(score))
        centre[row] = mean
    everyone, spread_of_all, _ = _random_effects(difference[rows], variance[rows])
    trust = spread_of_all / (spread_of_all + variance[rows])
    pooled[rows] = everyone + trust * (difference[rows] - everyone)
    return p, centre, pooled


def _random_effects(effect: Floats, variance: Floats) -> tuple[float, float, float]:
    """Mean, between-slice variance and variance of the mean (DerSimonian and Laird)."""
    w = 1 / variance
    fixed = (w * effect).sum() / w.sum()
    q = (w * (effect - fixed) ** 2).sum()
    scale = w.sum() - (w**2).sum() / w.sum()
    between = max(0.0, (q - (len(effect) - 1)) / scale) if scale > 0 else 0.0
    wide = 1 / (variance + between)
    return float((wide * effect).sum() / wide.sum()), float(between), float(1 / wide.sum())
