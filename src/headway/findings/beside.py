"""A step told apart from growth and season, for volumes with less than two years of records.

The statistic is the largest t of a step regressor beside a straight line and, from half a year on,
a yearly wave; its p value is the improved Bonferroni bound of ``changepoint``, with the
correlation of neighbouring step regressors after the line and the wave are taken out (Worsley 1982;
for regression with nuisance terms, Worsley 1983, "Testing for a two-phase multiple regression",
Technometrics 25, 35-42).
"""

from __future__ import annotations

import numpy as np

from headway.findings.changepoint import (
    MIN_SEGMENT,
    PRIOR_POINTS,
    improved_bound,
    normal_scores,
)
from headway.findings.season import smooth_course
from headway.series import Floats, Periods

_LEAST = 1e-9


def step_beside_course(values: Floats, periods: Periods, *, prior_correlation: float) -> Floats:
    """Probability of a step this clear beside growth and season, shape (series,).

    Parameters
    ----------
    values
        Series on a scale with steady variance, NaN where missing, shape (series, points).
    periods
        Labels of the points.
    prior_correlation
        Lag-one correlation to be expected; with what is left of each series it says how far the
        standard error is widened.

    Returns
    -------
    Array of probabilities; 1 where too few points are left to tell.

    Examples
    --------
    >>> import numpy as np
    >>> from headway.series import Periods
    >>> weeks = Periods("week", np.datetime64("2025-01-06") + 7 * np.arange(60))
    >>> noise = np.tile([0.3, -0.3, 0.1, -0.1], 15)
    >>> wave = 3 * np.sin(np.arange(60) * 2 * np.pi / 52.18) + noise
    >>> step = noise + 3 * (np.arange(60) >= 35)
    >>> p = step_beside_course(np.vstack([wave, step]), weeks, prior_correlation=0.2)
    >>> bool(p[0] > 0.05), bool(p[1] < 0.001)
    (True, True)
    """
    course = smooth_course(periods)
    return np.array([_row(row, course, prior_correlation) for row in values], dtype=np.float64)


def _row(values: Floats, course: Floats, prior: float) -> float:
    seen = np.isfinite(values)
    y, nuisance = values[seen], course[seen]
    n, terms = nuisance.shape
    if n < 2 * MIN_SEGMENT + terms:
        return 1.0
    basis, _ = np.linalg.qr(nuisance)
    cuts = np.arange(MIN_SEGMENT, n - MIN_SEGMENT + 1)
    steps = (np.arange(n)[:, None] >= cuts[None, :]).astype(np.float64)
    steps -= basis @ (basis.T @ steps)
    rest = y - basis @ (basis.T @ y)
    length = np.sqrt((steps**2).sum(axis=0))
    steps = steps / np.maximum(length, _LEAST)
    explained = steps.T @ rest
    left = np.maximum((rest**2).sum() - explained**2, _LEAST)
    best = int(np.abs(explained).argmax())
    inflation = _inflation(rest - explained[best] * steps[:, best], terms + 1, prior)
    freedom = n / inflation - terms - 1
    if freedom < 1:
        return 1.0
    t = explained / np.sqrt(left / (n - terms - 1) * inflation)
    scores = np.abs(normal_scores(t, np.full(len(t), freedom)))
    neighbours = np.clip((steps[:, 1:] * steps[:, :-1]).sum(axis=0), 0.0, 1 - 1e-12)
    return improved_bound(float(scores.max()), len(cuts), neighbours)


def _inflation(residuals: Floats, terms: int, prior: float) -> float:
    """Widening of a variance by first-order correlation, freed of the bias of fitted terms."""
    n = len(residuals)
    raw = (residuals[1:] * residuals[:-1]).sum() / max(float((residuals**2).sum()), _LEAST)
    shrunk = (n * (raw + terms / n) + PRIOR_POINTS * prior) / (n + PRIOR_POINTS)
    rho = float(np.clip(shrunk, 0.0, 0.9))
    return (1 + rho) / (1 - rho)
