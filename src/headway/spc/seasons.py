"""Whether a series follows the calendar, and the shape that it follows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from headway.series import Floats

WHOLE_CYCLES = 2
MOST_HARMONICS = 3  # smooth yearly shapes; three describe a week of days completely
MOST_BENDS = 8  # degree of the trend polynomial
ENOUGH_KNOWN = 0.75  # share of measured periods
NOTHING = 1e-20  # variance below this share of the squared level is rounding


@dataclass(frozen=True)
class Season:
    """The calendar's part in each series.

    Attributes
    ----------
    strength
        Share of the variation about the trend that follows the calendar, 0 to 1, shape
        (series,); NaN below two whole cycles, with a quarter missing, and for constant rows.
    shape
        The calendar's part of each value, mean near 0, shape (series, points): subtract it to
        adjust; zero where the strength is NaN.
    """

    strength: Floats
    shape: Floats


def season(values: Floats, *, cycle: float) -> Season:
    """Strength and shape of the season of every row of ``(series, points)`` values.

    Strength is one less the ratio of the remainder's variance to that of remainder and season
    together (Hyndman and Athanasopoulos, *Forecasting*, 3rd ed., 4.3), but fitted by harmonics
    on a polynomial trend, and with both variances divided by their degrees of freedom, so that
    noise scores near 0 even over two cycles. ``cycle`` is the number of periods to a cycle: 7
    for days in a week, 12 for months, 52.18 for weeks in a year.

    >>> import numpy as np
    >>> wave = np.sin(2 * np.pi * np.arange(48) / 12)[None, :]
    >>> found = season(wave + 7, cycle=12)
    >>> round(float(found.strength[0]), 3), bool(np.allclose(found.shape, wave))
    (1.0, True)
    """
    series, points = values.shape
    found = Season(np.full(series, np.nan), np.zeros((series, points)))
    if points < WHOLE_CYCLES * cycle:
        return found
    trend, waves = _trend(points, cycle), _waves(points, cycle)
    known = np.isfinite(values)
    whole = known.all(axis=1)
    holed = np.flatnonzero(~whole & (known.sum(axis=1) >= ENOUGH_KNOWN * points))
    for rows in (np.flatnonzero(whole), *holed[:, None]):
        if len(rows):
            kept = known[rows[0]]
            part = np.ascontiguousarray(values[rows][:, kept].T)
            strength, heights = _fit(part, trend[kept], waves[kept])
            found.strength[rows] = strength
            judged = np.isfinite(strength)
            found.shape[rows[judged]] = (waves @ heights[:, judged]).T
    return found


def _fit(values: Floats, trend: Floats, waves: Floats) -> tuple[Floats, Floats]:
    """Strength of each column, shape (series,), and the heights of its waves (waves, series)."""
    both = _beside(trend, waves)
    without = values - trend @ np.linalg.lstsq(trend, values, rcond=None)[0]
    fitted = np.linalg.lstsq(both, values, rcond=None)[0]
    rest = values - both @ fitted
    points = len(values)
    before = (without**2).sum(axis=0) / (points - trend.shape[1])
    after = (rest**2).sum(axis=0) / (points - both.shape[1])
    strength = np.full(values.shape[1], np.nan)
    varied = before > NOTHING * (values**2).mean(axis=0)
    strength[varied] = np.clip(1 - after[varied] / before[varied], 0, 1)
    return strength, np.asarray(fitted[trend.shape[1] :], dtype=np.float64)


def _trend(points: int, cycle: float) -> Floats:
    """A polynomial that bends about once a cycle, too slowly to follow the season."""
    degree = min(int(points / cycle) + 1, MOST_BENDS)
    found = np.polynomial.legendre.legvander(np.linspace(-1, 1, points), degree)
    return np.asarray(found, dtype=np.float64)


def _waves(points: int, cycle: float) -> Floats:
    """Sines and cosines of one to three turns a cycle, as far as the cycle resolves them."""
    turns = np.arange(1, MOST_HARMONICS + 1)
    turns = turns[turns < cycle / 2]
    angle = 2 * np.pi * np.arange(points)[:, None] * turns / cycle
    return _beside(np.sin(angle), np.cos(angle))


def _beside(one: Floats, other: Floats) -> Floats:
    return np.concatenate([one, other], axis=1)
