"""Little by little: a slope that season and serial correlation do not explain.

Least squares with the standard error widened by the first-order long-run variance, which is the
large-sample form of generalised least squares for a straight line (Grenander 1954, "On the
estimation of regression coefficients in the case of an autocorrelated disturbance", Annals of
Mathematical Statistics 25, 252-272).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from headway.findings.changepoint import PRIOR_POINTS, REFUSE_CORRELATION
from headway.series import Floats, Ints

MIN_POINTS = 20


@dataclass(frozen=True)
class Slopes:
    """The straight line through every series.

    Attributes
    ----------
    slope, level
        Rise per point, and height at the first point, on the series' scale, shape (series,).
    p
        Two-sided probability of a slope this steep in a series without one, NaN where refused.
    sse
        Weighted squares left around the line.
    points
        Points that were not missing.
    """

    slope: Floats
    level: Floats
    p: Floats
    sse: Floats
    points: Ints


def slopes(values: Floats, weights: Floats, *, prior_correlation: float) -> Slopes:
    """Fit a line to each row, shape (series, points), NaN where missing.

    A row with fewer than 20 points, or with a correlation of 0.6 or more around its line, is
    refused.

    Examples
    --------
    >>> import numpy as np
    >>> y = 0.1 * np.arange(40.0) + np.tile([0.3, -0.3, 0.1, -0.1], 10)
    >>> line = slopes(y[None, :], np.ones((1, 40)), prior_correlation=0.2)
    >>> float(line.slope[0].round(2)), bool(line.p[0] < 1e-6)
    (0.1, True)
    """
    valid = np.isfinite(values)
    y, w = np.where(valid, values, 0.0), np.where(valid, weights, 0.0)
    n = valid.sum(axis=1)
    x = np.arange(values.shape[1], dtype=float)[None, :]
    total = np.maximum(w.sum(axis=1), 1e-300)[:, None]
    mean_x, mean_y = (w * x).sum(1)[:, None] / total, (w * y).sum(1)[:, None] / total
    dx, dy = x - mean_x, y - mean_y
    sxx = np.maximum((w * dx * dx).sum(axis=1), 1e-300)
    slope = (w * dx * dy).sum(axis=1) / sxx
    rest = np.where(valid, dy - slope[:, None] * dx, 0.0)
    sse = (w * rest * rest).sum(axis=1)
    rho = _correlation(rest, valid, n, prior_correlation)
    inflation = (1 + rho) / (1 - rho)
    freedom = np.maximum(n / inflation - 2, 1.0)
    error = np.sqrt(np.maximum(sse, 1e-300) / np.maximum(n - 2, 1) / sxx * inflation)
    p = 2 * special.stdtr(freedom, -np.abs(slope) / error)
    refused = (n < MIN_POINTS) | (rho >= REFUSE_CORRELATION)
    return Slopes(
        slope=slope,
        level=(mean_y - slope[:, None] * mean_x)[:, 0],
        p=np.where(refused, np.nan, p),
        sse=sse,
        points=n.astype(np.int64),
    )


def _correlation(rest: Floats, valid: np.typing.NDArray[np.bool_], n: Ints, prior: float) -> Floats:
    """Lag-one correlation freed of the bias of two fitted terms and drawn to the prior."""
    both = valid[:, 1:] & valid[:, :-1]
    product = np.where(both, rest[:, 1:] * rest[:, :-1], 0.0).sum(axis=1)
    raw = product / np.maximum((rest**2).sum(axis=1), 1e-300)
    size = np.maximum(n, 8).astype(float)
    freed = np.clip((raw + 2 / size) / (1 - 6 / size), -0.9, 0.95)
    return np.clip((size * freed + PRIOR_POINTS * prior) / (size + PRIOR_POINTS), 0.0, 0.95)
