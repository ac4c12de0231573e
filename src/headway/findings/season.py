"""The part of a series that comes back every week or every year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from headway.series import Flags, Floats, Periods

STRENGTH = 0.4
_YEAR = {"week": 365.2425 / 7, "month": 12.0}
_WEEKDAY_CYCLES = 3


@dataclass(frozen=True)
class Seasonal:
    """A panel freed of its season.

    Attributes
    ----------
    values
        Adjusted series, shape (series, points).
    adjusted
        Series whose season was strong enough to be taken out, shape (series,).
    checked
        Whether two whole cycles were there to look at.
    """

    values: Floats
    adjusted: Flags
    checked: bool


def adjust(values: Floats, periods: Periods) -> Seasonal:
    """Take out the weekday (daily series) or the yearly course (weeks, months).

    The season is a least-squares fit of weekday levels or of two yearly harmonics beside a
    straight line; its strength is the share of the variance around the line that it explains
    (Wang, Smith and Hyndman 2006, "Characteristic-based clustering for time series data").
    Below 0.4 the series is left alone; below two whole cycles it cannot be checked.

    Examples
    --------
    >>> import numpy as np
    >>> from headway.series import Periods
    >>> weeks = np.datetime64("2024-01-01") + 7 * np.arange(120)
    >>> wave = 10 + 3 * np.sin(np.arange(120) * 2 * np.pi / 52.18)[None, :]
    >>> out = adjust(wave, Periods("week", weeks))
    >>> bool(out.adjusted[0]), float(out.values.std().round(2))
    (True, 0.0)
    """
    count = values.shape[1]
    index = np.arange(count, dtype=float)
    if periods.span == "day":
        cycles = count / 7
        checked = cycles >= _WEEKDAY_CYCLES
        basis = _weekdays(periods) if checked else None
    else:
        year = _YEAR[periods.span]
        checked = count >= 2 * year
        basis = _harmonics(index, year) if checked else None
    if basis is None or not len(values):
        return Seasonal(values, np.zeros(len(values), dtype=bool), checked)
    return _remove(values, basis, index)


def smooth_course(periods: Periods) -> Floats:
    """What growth and a season could be: a straight line and, from half a year on, a yearly wave.

    Returns
    -------
    Columns of a regression, shape (points, 2 or 4).

    Examples
    --------
    >>> import numpy as np
    >>> from headway.series import Periods
    >>> weeks = np.datetime64("2025-01-06") + 7 * np.arange(60)
    >>> smooth_course(Periods("week", weeks)).shape
    (60, 4)
    """
    index = np.arange(len(periods), dtype=float)
    line = np.column_stack([np.ones_like(index), index])
    year = _YEAR.get(periods.span)
    if year is None or len(index) < year / 2:
        return line
    angle = 2 * np.pi * index / year
    return np.column_stack([line, np.sin(angle), np.cos(angle)])


def _remove(values: Floats, basis: Floats, index: Floats) -> Seasonal:
    valid = np.isfinite(values)
    out = values.copy()
    adjusted = np.zeros(len(values), dtype=bool)
    line = np.column_stack([np.ones_like(index), index])
    design = np.column_stack([line, basis])
    for pattern, rows in _by_gaps(valid):
        if pattern.sum() < design.shape[1] + 8:
            continue
        y = values[np.ix_(rows, pattern)].T
        straight = y - line[pattern] @ np.linalg.lstsq(line[pattern], y, rcond=None)[0]
        fit = np.linalg.lstsq(design[pattern], y, rcond=None)[0]
        left = y - design[pattern] @ fit
        with np.errstate(divide="ignore", invalid="ignore"):
            strength = np.nan_to_num(1 - left.var(axis=0) / straight.var(axis=0))
        strong = strength > STRENGTH
        season = basis @ fit[2:]
        out[rows[strong]] -= (season - season.mean(axis=0)).T[strong]
        adjusted[rows[strong]] = True
    return Seasonal(np.where(valid, out, np.nan), adjusted, checked=True)


def _by_gaps(valid: Flags) -> list[tuple[Flags, np.typing.NDArray[np.int64]]]:
    """Rows grouped by the periods they miss, so that each group is one fit."""
    packed = np.packbits(valid, axis=1)
    _, first, group = np.unique(packed, axis=0, return_index=True, return_inverse=True)
    group = group.ravel()
    return [(valid[row], np.flatnonzero(group == g)) for g, row in enumerate(first)]


def _harmonics(index: Floats, year: float) -> Floats:
    angle = 2 * np.pi * index / year
    return np.column_stack([f(k * angle) for k in (1, 2) for f in (np.sin, np.cos)])


def _weekdays(periods: Periods) -> Floats:
    day = (periods.starts.astype("datetime64[D]").astype(np.int64) + 3) % 7
    return np.equal(day[:, None], np.arange(1, 7)[None, :]).astype(np.float64)
