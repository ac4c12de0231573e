"""Did something just happen? A test of the newest point against a frozen baseline.

Limits describe a process; they are not this test. The p value is that of a *prediction*: it knows
that the baseline is an estimate (Hahn and Meeker 1991, *Statistical Intervals*, section 4.7), that
neighbouring points resemble each other, and where a year and a half is on record that there is a
season. Counts are judged exactly as well (Przyborowski and Wilenski 1940, "Homogeneity of results
in testing samples from Poisson series", Biometrika 31, 313-323), durations by their logarithms.

The newest point and the mean of the newest four are looked at, each at half the level, so that a
lasting move that no single point shows is seen as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import special

from headway.series import Flags, Floats, Ints
from headway.spc.baseline import FROZEN, SHORTEST
from headway.spc.limits import packed

Measure = Literal["measure", "count", "duration"]
ALARM = 0.01
RECENT = 4  # newest points that are looked at together
CYCLES = 1.5  # years of baseline from which a season is fitted
PRIOR_CORRELATION = 0.2
PRIOR_POINTS = 6.0
_MOST_CORRELATION = 0.9


@dataclass(frozen=True)
class Newest:
    """What the newest point of each series says, shape (series,) throughout.

    Attributes
    ----------
    p
        Chance of a point (or four) this far off where nothing happened; NaN with fewer than eight
        points before it, or where the baseline does not vary.
    expected
        What the baseline foretells for the newest point, in the unit of the values.
    correlation
        Of neighbouring points, freed of bias and drawn to 0.2.
    baseline
        Points of the baseline.
    seasonal
        Whether a yearly wave was allowed for.
    """

    p: Floats
    expected: Floats
    correlation: Floats
    baseline: Ints
    seasonal: Flags

    @property
    def flagged(self) -> Flags:
        """Series whose newest point is an alarm: p below 0.01."""
        return np.less(self.p, ALARM)


@dataclass(frozen=True)
class _Fit:
    """A baseline by least squares: what it foretells for the newest points, and how surely."""

    foretold: Floats  # (series, RECENT), newest last
    leverage: Floats  # (RECENT, RECENT) of those points, per unit of variance
    rest: Floats  # (series, baseline)
    terms: int


def newest(
    values: Floats,
    *,
    measure: Measure = "measure",
    baseline: int = FROZEN,
    year: float | None = 365.2425 / 7,
) -> Newest:
    """Test the newest point of each row.

    Parameters
    ----------
    values
        Series in order of time, NaN where missing, shape (series, points). Rows are judged on
        their measured points.
    measure
        ``count`` for whole counts, ``duration`` for positive times, ``measure`` for the rest.
    baseline
        First points on which the expectation is fixed. Where a year and a half lies before the
        newest points, it is that long, and holds a yearly wave.
    year
        Points in a year; None where there is no season to look for.

    Examples
    --------
    >>> import numpy as np
    >>> calm = np.tile([4.0, 6, 5, 5.5], 6)
    >>> rows = np.vstack([np.append(calm, 5.2), np.append(calm, 9.0)])
    >>> newest(rows).flagged.tolist()
    [False, True]
    """
    size = len(values)
    out = Newest(
        p=np.full(size, np.nan),
        expected=np.full(size, np.nan),
        correlation=np.full(size, np.nan),
        baseline=np.zeros(size, np.int64),
        seasonal=np.zeros(size, np.bool_),
    )
    points = np.isfinite(values).sum(axis=1)
    rows_packed = packed(values)
    for count in np.unique(points):
        rows = np.flatnonzero(points == count)
        if count > SHORTEST:
            length = _length(int(count), baseline, year)
            own = rows_packed[rows, :count]
            _judge(own, rows, out, measure=measure, length=length, year=year)
    return out


def _length(count: int, baseline: int, year: float | None) -> int:
    """Points of the baseline; it leaves the newest four out where it can."""
    if year is not None and count - RECENT >= np.ceil(CYCLES * year):
        return int(np.ceil(CYCLES * year))
    return int(max(min(baseline, count - RECENT), min(SHORTEST, count - 1)))


def _judge(
    values: Floats,
    rows: Ints,
    out: Newest,
    *,
    measure: Measure,
    length: int,
    year: float | None,
) -> None:
    scaled = _scaled(values, measure)
    seasonal = year is not None and length >= CYCLES * year
    recent = min(RECENT, values.shape[1] - length)
    fit = _fitted(scaled, length, recent, year if seasonal else None)
    rho = _correlation(scaled, fit, length)
    with np.errstate(divide="ignore", invalid="ignore"):
        single = _tail(scaled, fit, rho, 1)
        p = np.minimum(2 * single, 2 * _tail(scaled, fit, rho, recent)) if recent > 1 else single
    if measure == "count":
        usual = np.column_stack(
            [_unscaled(scaled[:, :length] - fit.rest, measure), _unscaled(fit.foretold, measure)]
        )
        p = np.maximum(p, _exact(values, usual, length))
    varies = np.ptp(scaled[:, :length], axis=1) > 0
    out.p[rows] = np.where(varies, np.minimum(p, 1.0), np.nan)
    out.expected[rows] = _unscaled(fit.foretold[:, -1], measure)
    out.correlation[rows] = rho
    out.baseline[rows] = length
    out.seasonal[rows] = seasonal


def _scaled(values: Floats, measure: Measure) -> Floats:
    """Values on a scale with steady variance."""
    if measure == "count":
        return np.sqrt(values) + np.sqrt(values + 1)  # Freeman and Tukey 1950
    if measure == "duration":
        return np.log(np.where(values > 0, values, np.nan))
    return values


def _unscaled(scaled: Floats, measure: Measure) -> Floats:
    if measure == "count":
        root = np.maximum(scaled, 1.0)
        return ((root - 1 / root) / 2) ** 2
    return np.exp(scaled) if measure == "duration" else scaled


def _fitted(scaled: Floats, length: int, recent: int, year: float | None) -> _Fit:
    index = np.arange(scaled.shape[1], dtype=float)
    columns = [np.ones_like(index)]
    if year is not None:
        angle = 2 * np.pi * index / year
        columns += [np.sin(angle), np.cos(angle)]
    design = np.column_stack(columns)
    begin, late = design[:length], design[-recent:]
    weights = np.linalg.pinv(begin)
    level = scaled[:, :length] @ weights.T
    return _Fit(
        foretold=level @ late.T,
        leverage=late @ np.linalg.inv(begin.T @ begin) @ late.T,
        rest=scaled[:, :length] - level @ begin.T,
        terms=design.shape[1],
    )


def _correlation(scaled: Floats, fit: _Fit, length: int) -> Floats:
    """Lag-one correlation in the baseline, and in later stretches of its length about their means.

    A later stretch that varies more than three times as much holds a move, which would look like
    correlation, and does not count.
    """
    product = (fit.rest[:, 1:] * fit.rest[:, :-1]).sum(axis=1)
    square = (fit.rest**2).sum(axis=1)
    usual, n = square.copy(), np.full(len(scaled), float(length))
    for begin in range(length, scaled.shape[1] - length + 1, length):
        part = scaled[:, begin : begin + length]
        part = part - part.mean(axis=1, keepdims=True)
        own = (part**2).sum(axis=1)
        alike = own <= 3 * usual
        product += np.where(alike, (part[:, 1:] * part[:, :-1]).sum(axis=1), 0.0)
        square += np.where(alike, own, 0.0)
        n += np.where(alike, length, 0.0)
    raw = product / np.maximum(square, 1e-300)
    freed = (raw + fit.terms / length) / (1 - 3 * fit.terms / length)  # Kendall 1954
    shrunk = (n * freed + PRIOR_POINTS * PRIOR_CORRELATION) / (n + PRIOR_POINTS)
    return np.clip(shrunk, 0.0, _MOST_CORRELATION)


def _tail(scaled: Floats, fit: _Fit, rho: Floats, recent: int) -> Floats:
    """Two-sided probability of the mean of the newest ``recent`` points, by a prediction t."""
    length = fit.rest.shape[1]
    inflation = (1 + rho) / (1 - rho)
    # Squares about a fitted level miss what the level took from them.
    freedom = np.maximum(length - fit.terms * inflation, 1.0)
    variance = (fit.rest**2).sum(axis=1) / freedom
    lags = np.arange(1, recent)
    own = (1 + 2 * ((1 - lags / recent) * rho[:, None] ** lags).sum(axis=1)) / recent
    leverage = fit.leverage[-recent:, -recent:].mean()
    error = np.sqrt(variance * (own + inflation * leverage))
    off = (scaled[:, -recent:] - fit.foretold[:, -recent:]).mean(axis=1)
    worth = np.maximum(freedom * (1 - rho**2) / (1 + rho**2), 2.0)
    return np.asarray(2 * special.stdtr(worth, -np.abs(off) / error))


def _exact(values: Floats, usual: Floats, length: int) -> Floats:
    """The same for Poisson counts: given their sum, the newest are binomial.

    ``usual`` holds what each point of the baseline and of the newest ones is expected to be.
    """
    before, recent = values[:, :length].sum(axis=1), usual.shape[1] - length

    def both(k: int) -> Floats:
        late, foretold = values[:, -k:].sum(axis=1), usual[:, -k:].sum(axis=1)
        share = foretold / (usual[:, :length].sum(axis=1) + foretold)
        below = special.bdtr(late, (late + before).astype(np.int64), share)
        above = special.bdtrc(np.maximum(late - 1, 0), (late + before).astype(np.int64), share)
        above = np.where(late == 0, 1.0, above)
        return np.asarray(np.minimum(2 * np.minimum(below, above), 1.0))

    return np.minimum(2 * both(1), 2 * both(recent)) if recent > 1 else both(1)
