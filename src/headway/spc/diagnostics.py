"""Checks that come before limits are believed: dispersion and autocorrelation."""

from __future__ import annotations

import numpy as np
from scipy.special import chdtrc

from headway.series import Flags, Floats, Ints

FEWEST_FOR_CORRELATION = 8  # per segment
MOST_LAGS = 10
ROUNDING = 1e-13  # relative; a constant row must not correlate by its rounding errors


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


def standard_scores(value: Floats, n: Floats, *, ceiling: float = np.inf) -> tuple[Floats, Floats]:
    """Standardised shares or rates about their pooled rate, and the p value of their dispersion.

    ``value`` is (series, points), ``n`` the denominator of each; ``ceiling`` is 1 for shares
    (binomial) and infinite for rates (Poisson).

    >>> import numpy as np
    >>> score, p = standard_scores(np.array([[0.5, 0.3]]), np.full((1, 2), 100.0), ceiling=1)
    >>> np.round(score, 1).tolist(), round(float(p[0]), 3)
    ([[2.0, -2.0]], 0.004)
    """
    known = np.isfinite(value) & (n > 0)
    events = np.where(known, value * n, 0).sum(axis=1)
    rate = _divided(events, np.where(known, n, 0).sum(axis=1))[:, None]
    score = _divided(value - rate, np.sqrt(_divided(rate * (1 - rate / ceiling), n)))
    freedom = np.isfinite(score).sum(axis=1) - 1
    return score, chdtrc(np.maximum(freedom, 1), np.nansum(score**2, axis=1))


def autocorrelation(values: Floats, *, change_at: Ints | None = None, lag: int = 1) -> Floats:
    """Correlation of each row with itself ``lag`` periods earlier, shape (series,).

    A level shift makes correlation by itself, so the mean of each side of ``change_at`` (one
    index per row, 0 for none) is taken away first and no pair crosses it. The downward bias of
    short segments, -(1 + 4 r) / n for each mean taken (Kendall 1954), is put back at lag 1. NaN
    for constant rows and for fewer than 8 points a segment.

    >>> import numpy as np
    >>> float(autocorrelation(np.tile([1.0, 2.0], 20)[None, :])[0])
    -1.0
    """
    second = _second_side(values, change_at)
    plain = _serial(_centred(values, second), second, lag)
    known = np.isfinite(values).sum(axis=1)
    segments = 1 + (second.any(axis=1) & ~second.all(axis=1))
    if lag == 1:
        plain = _divided(known * plain + segments, known - 4 * segments)
    plain[known < FEWEST_FOR_CORRELATION * segments] = np.nan
    return np.clip(plain, -1, 1)


def ljung_box(values: Floats, *, change_at: Ints | None = None, lags: int | None = None) -> Floats:
    """P value of the test of Ljung and Box (1978) that no lag is correlated, shape (series,).

    Segments as in ``autocorrelation``; the number of lags is a fifth of the points, 1 to 10,
    unless given.

    >>> import numpy as np
    >>> bool(ljung_box(np.arange(40.0)[None, :])[0] < 0.001)
    True
    """
    second = _second_side(values, change_at)
    centred = _centred(values, second)
    known = np.isfinite(values).sum(axis=1)
    steps = min(MOST_LAGS, max(1, values.shape[1] // 5)) if lags is None else lags
    total = np.zeros(len(values))
    for lag in range(1, min(steps, values.shape[1] - 1) + 1):
        total += _divided(_serial(centred, second, lag) ** 2, known - lag)
    p_value: Floats = chdtrc(steps, known * (known + 2) * total)
    p_value[known < FEWEST_FOR_CORRELATION] = np.nan
    return p_value


def _second_side(values: Floats, change_at: Ints | None) -> Flags:
    where = np.arange(values.shape[1])[None, :]
    change = np.zeros(len(values), dtype=np.int64) if change_at is None else change_at
    return (where >= change[:, None]) & (change[:, None] > 0)


def _centred(values: Floats, second: Flags) -> Floats:
    found = values.copy()
    for side in (second, ~second):
        known = side & np.isfinite(values)
        mean = _divided(np.where(known, values, 0).sum(axis=1), known.sum(axis=1))
        found = np.where(side, found - mean[:, None], found)
    found[np.abs(found) <= ROUNDING * np.abs(values)] = 0
    return found


def _serial(centred: Floats, second: Flags, lag: int) -> Floats:
    pairs = centred[:, lag:] * centred[:, :-lag]
    pairs = np.where(second[:, lag:] == second[:, :-lag], pairs, 0)
    return _divided(np.nansum(pairs, axis=1), np.nansum(centred**2, axis=1))


def _divided(one: Floats | Ints, other: Floats | Ints) -> Floats:
    """One over the other, NaN where the other is not above 0."""
    found = np.full(np.broadcast_shapes(one.shape, other.shape), np.nan)
    np.divide(one, other, out=found, where=other > 0)
    return found
