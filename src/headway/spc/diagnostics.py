"""Checks that come before limits are believed: dispersion, autocorrelation."""

from __future__ import annotations

import numpy as np
from scipy.special import chdtrc

from headway.series import Floats, Ints


def dispersion(counts: Floats) -> tuple[Floats, Floats]:
    """Variance over mean of counts (series, points), and its chi-square p value.

    1 for Poisson counts; a small p says that they vary more than chance alone explains
    (Cox and Lewis 1966). NaN for rows of fewer than two counts or without events.

    >>> import numpy as np
    >>> index, p = dispersion(np.array([[3.0, 0, 9, 1, 12, 2]]))
    >>> round(float(index[0]), 2), bool(p[0] < 0.01)
    (5.22, True)
    """
    known = np.isfinite(counts).sum(axis=1)
    mean = _divided(np.nansum(counts, axis=1), known)
    squares = np.nansum((counts - mean[:, None]) ** 2, axis=1)
    index = _divided(_divided(squares, known - 1), mean)
    return index, chdtrc(np.maximum(known - 1, 1), index * (known - 1))


def share_scores(value: Floats, n: Floats, *, binomial: bool) -> tuple[Floats, Floats]:
    """Standardised values about the pooled rate, and the p value of their dispersion.

    ``value`` holds shares from 0 to 1 (``binomial``) or rates per unit of ``n`` (Poisson),
    shape (series, points).
    """
    known = np.isfinite(value) & (n > 0)
    events = np.where(known, value * n, 0).sum(axis=1)
    rate = _divided(events, np.where(known, n, 0).sum(axis=1))[:, None]
    variance = rate * (1 - rate) if binomial else rate
    score = _divided(value - rate, np.sqrt(_divided(variance, n)))
    freedom = np.isfinite(score).sum(axis=1) - 1
    return score, chdtrc(np.maximum(freedom, 1), np.nansum(score**2, axis=1))


def _divided(one: Floats | Ints, other: Floats | Ints) -> Floats:
    """One over the other, NaN where the other is not above 0."""
    shape = np.broadcast_shapes(one.shape, other.shape)
    found = np.full(shape, np.nan)
    np.divide(one, other, out=found, where=other > 0)
    return found
