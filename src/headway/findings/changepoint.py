"""One sustained change per series: where, how sure, and how sure of the date.

The statistic is the largest standardised difference of two weighted means over all cuts
(Worsley 1979, "On the likelihood ratio test for a shift in location of normal populations",
JASA 74, 365-367). Its p value is the improved Bonferroni bound of Hunter and Worsley
(Worsley 1982, "An improved Bonferroni inequality and applications", Biometrika 69, 297-302) on the
normal scores of the t statistics, so it never claims more than the data carry. Serial correlation
widens the standard error by the first-order long-run variance. The interval for the date holds
every cut whose likelihood ratio stays below 7.35, the 95 % point of Hansen (2000), "Sample
splitting and threshold estimation", Econometrica 68, 575-603.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from headway.series import Flags, Floats, Ints

MIN_SEGMENT = 4
REFUSE_CORRELATION = 0.6
PRIOR_CORRELATION = 0.2
PRIOR_POINTS = 20.0
HANSEN_95 = 7.35
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(24)


@dataclass(frozen=True)
class Cuts:
    """The best cut of every series.

    Attributes
    ----------
    at
        Column of the first point after the cut, shape (series,), -1 where none is possible.
    low, high
        First and last column that the 95 % interval of ``at`` holds, same shape.
    p
        Probability of a cut this clear in a series without one, NaN where refused.
    t
        Widened statistic at the cut; positive when the level rises.
    correlation
        Lag-one correlation inside the segments, shrunk towards the prior.
    points
        Points that were not missing.
    """

    at: Ints
    low: Ints
    high: Ints
    p: Floats
    t: Floats
    correlation: Floats
    points: Ints


def best_cuts(
    values: Floats,
    weights: Floats,
    *,
    min_segment: int = MIN_SEGMENT,
    prior_correlation: float = PRIOR_CORRELATION,
) -> Cuts:
    """Find the clearest single shift of each row.

    Parameters
    ----------
    values
        Series on a scale with steady variance, NaN where missing, shape (series, points).
    weights
        Relative precision of each point, same shape; ignored where the value is missing.
    min_segment
        Least number of points on each side.
    prior_correlation
        Lag-one correlation to be expected of such series before looking.

    Returns
    -------
    Cuts
        Arrays of shape (series,). A series with fewer than ``2 * min_segment`` points has no cut.

    Examples
    --------
    >>> import numpy as np
    >>> y = np.r_[np.tile([0.0, 1.0, 0.5], 6), np.tile([4.0, 5.0, 4.5], 6)][None, :]
    >>> cuts = best_cuts(y, np.ones_like(y))
    >>> int(cuts.at[0]), bool(cuts.p[0] < 1e-6)
    (18, True)
    """
    if not values.shape[1]:  # one missing point gives the same answer, and a point to look at
        values = weights = np.full((len(values), 1), np.nan)
    valid = np.isfinite(values)
    y = np.where(valid, values, 0.0)
    w = np.where(valid, weights, 0.0)
    t_cuts, sse, allowed, share = _two_means(y, w, valid, min_segment)
    points = valid.sum(axis=1)
    possible = allowed.any(axis=1)
    best = np.where(allowed, np.abs(t_cuts), -1.0).argmax(axis=1)
    rows = np.arange(len(y))
    correlation = _shrunk_correlation(
        _residuals(y, w, valid, best), valid, points, prior_correlation
    )
    inflation = (1 + correlation) / (1 - correlation)
    freedom = np.maximum(points / inflation - 2.0, 1.0)
    widened = t_cuts / np.sqrt(inflation)[:, None]
    scores = normal_scores(widened, freedom[:, None])
    p = _bound(np.where(allowed, np.abs(scores), 0.0), allowed, share, best)
    low, high = _date_interval(sse, allowed, best, points / inflation)
    none = ~possible
    return Cuts(
        at=np.where(none, -1, best + 1),
        low=np.where(none, -1, low + 1),
        high=np.where(none, -1, high + 1),
        p=np.where(none | (correlation >= REFUSE_CORRELATION), np.nan, p),
        t=np.where(none, np.nan, widened[rows, best]),
        correlation=np.where(none, np.nan, correlation),
        points=points.astype(np.int64),
    )


def _two_means(
    y: Floats, w: Floats, valid: Flags, min_segment: int
) -> tuple[Floats, Floats, Flags, Floats]:
    """Statistic, residual sum, admissibility and weight share of a cut after each column."""
    points = valid.cumsum(axis=1)
    total = points[:, -1:]
    weight, first, second = w.cumsum(axis=1), (w * y).cumsum(axis=1), (w * y * y).cumsum(axis=1)
    all_weight, all_first, all_second = weight[:, -1:], first[:, -1:], second[:, -1:]
    allowed = (points >= min_segment) & (total - points >= min_segment) & valid
    with np.errstate(divide="ignore", invalid="ignore"):
        share = weight / all_weight
        mean_before = first / weight
        mean_after = (all_first - first) / (all_weight - weight)
        between = share * (1 - share) * all_weight * (mean_after - mean_before) ** 2
        spread = all_second - all_first**2 / all_weight
        sse = np.maximum(spread - between, 1e-12 * np.maximum(all_second, 1e-300))
        size = np.sqrt(between / (sse / np.maximum(total - 2, 1)))
    t = np.where(allowed, size * np.sign(mean_after - mean_before), 0.0)
    return np.nan_to_num(t), np.where(allowed, sse, np.inf), allowed, np.nan_to_num(share)


def _residuals(y: Floats, w: Floats, valid: Flags, cut: Ints) -> Floats:
    """Deviation of each point from the mean of its own side of ``cut``."""
    after = np.arange(y.shape[1])[None, :] > cut[:, None]
    out = np.zeros_like(y)
    for side in (~after, after):
        weight = np.where(side, w, 0.0)
        mean = (weight * y).sum(axis=1) / np.maximum(weight.sum(axis=1), 1e-300)
        out = np.where(side, y - mean[:, None], out)
    return np.where(valid, out, 0.0)


def _shrunk_correlation(residuals: Floats, valid: Flags, points: Ints, prior: float) -> Floats:
    """Lag-one correlation, freed of the bias that two fitted means bring, pulled to the prior.

    The bias is that of Kendall (1954), "Note on bias in the estimation of autocorrelation",
    Biometrika 41, 403-404, once for each of the two means.
    """
    both = valid[:, 1:] & valid[:, :-1]
    product = np.where(both, residuals[:, 1:] * residuals[:, :-1], 0.0).sum(axis=1)
    square = (residuals**2).sum(axis=1)
    raw = product / np.maximum(square, 1e-300)
    n = np.maximum(points, 8).astype(float)
    freed = np.clip((raw + 2 / n) / (1 - 6 / n), -0.9, 0.95)
    shrunk = (n * freed + PRIOR_POINTS * prior) / (n + PRIOR_POINTS)
    return np.clip(shrunk, 0.0, 0.95)


def normal_scores(t: Floats, freedom: Floats) -> Floats:
    """Normal deviates with the tail probabilities of t statistics, signs kept.

    >>> import numpy as np
    >>> normal_scores(np.array([2.228]), np.array([10.0])).round(2).tolist()
    [1.96]
    """
    tail = special.stdtr(freedom, -np.abs(t))
    return np.multiply(special.ndtri(np.maximum(tail, 1e-300)), -np.sign(t), dtype=np.float64)


def _bound(scores: Floats, allowed: Flags, share: Floats, best: Ints) -> Floats:
    """Upper bound of P(some cut's score exceeds the best one) when nothing changed."""
    rows = np.arange(len(scores))
    height = scores[rows, best]
    single = 2 * special.ndtr(-height)
    p = np.minimum(single * allowed.sum(axis=1), 1.0)
    worth = np.flatnonzero(p < 1.0)
    if len(worth):
        overlap = _overlaps(height[worth], allowed[worth], share[worth])
        improved = single[worth] * allowed[worth].sum(axis=1) - overlap
        p[worth] = np.clip(improved, single[worth], 1.0)
    return p


def _overlaps(height: Floats, allowed: Flags, share: Floats) -> Floats:
    """Sum over neighbouring cuts of P(both scores exceed ``height``)."""
    last = np.where(allowed, np.arange(allowed.shape[1]), -1)
    last = np.maximum.accumulate(last, axis=1)
    previous = np.concatenate([np.full((len(last), 1), -1), last[:, :-1]], axis=1)
    pair = allowed & (previous >= 0)
    series, column = np.nonzero(pair)
    left = share[series, previous[series, column]]
    right = share[series, column]
    rho = np.sqrt(np.clip(left * (1 - right) / (right * (1 - left)), 0.0, 1 - 1e-12))
    joint = _joint_tail(height[series], rho)
    return np.bincount(series, weights=joint, minlength=len(height)).astype(np.float64)


def improved_bound(height: float, cuts: int, correlation: Floats) -> float:
    """Upper bound of P(one of ``cuts`` normal scores exceeds ``height`` in size).

    Parameters
    ----------
    correlation
        Of each score with the next one, shape (cuts - 1,).

    Examples
    --------
    >>> import numpy as np
    >>> alone = improved_bound(2.0, 10, np.zeros(9))
    >>> improved_bound(2.0, 10, np.full(9, 0.95)) < alone <= 10 * 0.0456
    True
    """
    single = float(2 * special.ndtr(-height))
    if not len(correlation) or single * cuts < 1e-300:
        return min(single * cuts, 1.0)
    overlap = _joint_tail(np.full(len(correlation), height), correlation).sum()
    return float(np.clip(single * cuts - overlap, single, 1.0))


def _joint_tail(height: Floats, rho: Floats) -> Floats:
    """P(abs(X) > h and abs(Y) > h) for standard normals with correlation ``rho``."""
    x = height[:, None] + 4.0 * (_NODES[None, :] + 1.0)
    density = np.exp(-0.5 * x * x) / np.sqrt(2 * np.pi)
    scale = np.sqrt(1 - rho * rho)[:, None]
    up = special.ndtr((rho[:, None] * x - height[:, None]) / scale)
    down = special.ndtr((-rho[:, None] * x - height[:, None]) / scale)
    return 2 * 4.0 * np.multiply(density, up + down, dtype=np.float64) @ _WEIGHTS


def _date_interval(sse: Floats, allowed: Flags, best: Ints, effective: Floats) -> tuple[Ints, Ints]:
    rows = np.arange(len(sse))
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = effective[:, None] * np.log(sse / sse[rows, best][:, None])
    inside = allowed & (ratio <= HANSEN_95)
    inside[rows, best] = True
    low = inside.argmax(axis=1)
    high = inside.shape[1] - 1 - inside[:, ::-1].argmax(axis=1)
    return low.astype(np.int64), high.astype(np.int64)
