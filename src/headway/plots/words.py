"""Figures, units and dates as a chart writes them."""

from __future__ import annotations

import math

import numpy as np

from headway.series import Days, Floats
from headway.spc.model import Chart

NBSP = "\u00a0"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def figure(value: float, *, decimals: int) -> str:
    """Return the value with thousands separated and a true minus.

    >>> figure(-1234.56, decimals=1)
    '−1,234.6'
    >>> figure(-0.01, decimals=1)
    '0.0'
    """
    text = f"{value:,.{decimals}f}"
    if text.startswith("-"):
        text = "−" + text[1:] if text.strip("-0.,") else text[1:]
    return text


def plain_figure(value: float) -> str:
    """Return a value somebody chose, such as a target, as it was written.

    >>> plain_figure(8.0), plain_figure(0.25)
    ('8', '0.25')
    """
    text = figure(value, decimals=4)
    return text.rstrip("0").rstrip(".")


def short_unit(unit: str) -> str:
    """Return the unit where it is short enough to stand beside each figure, else nothing.

    >>> short_unit("h"), short_unit("tickets")
    ('h', '')
    """
    return unit if len(unit) <= 2 else ""


def with_unit(text: str, unit: str) -> str:
    """Return the figure and its unit, held together by a non-breaking space.

    >>> with_unit("9.4", "%") == f"9.4{NBSP}%"
    True
    """
    return f"{text}{NBSP}{unit}" if unit else text


def decimals(chart: Chart) -> int:
    """Return how many decimals tell the chart's values and limits apart.

    About three significant digits; more where the limits lie close together.
    """
    known = finite(chart.values, chart.centre, chart.lower, chart.upper)
    if not known.size:
        return 0
    largest = float(np.max(np.abs(known)))
    both = np.isfinite(chart.upper) & np.isfinite(chart.lower)
    widths = chart.upper[both] - chart.lower[both]
    extent = float(widths[-1]) if widths.size else float(np.ptp(known))
    by_extent = math.ceil(1 - math.log10(extent)) if extent > 1e-9 else 0
    return max(0, min(4, max(_by_size(largest), by_extent)))


def _by_size(value: float) -> int:
    """Return the decimals that leave about three significant digits."""
    size = abs(value)
    if size > 100 or size == 0:
        return 0
    return 1 - min(0, math.floor(math.log10(size)))


def finite(*lines: Floats) -> Floats:
    """Return the values of all lines that are there.

    >>> finite(np.array([1.0, np.nan]), np.array([3.0])).tolist()
    [1.0, 3.0]
    """
    known = np.concatenate(lines)
    return known[np.isfinite(known)]


def rebased(chart: Chart) -> bool:
    """Return whether the limits are computed anew at the chart's change.

    They are not where those of the time before it continue.
    """
    at = chart.change_at
    if at is None or not 0 < at < len(chart.values):
        return False
    earlier, later = chart.centre[:at], chart.centre[at:]
    earlier, later = earlier[np.isfinite(earlier)], later[np.isfinite(later)]
    if not (earlier.size and later.size):
        return bool(later.size)
    return bool(abs(earlier[-1] - later[0]) > 1e-9 * max(abs(earlier[-1]), abs(later[0]), 1e-90))


def measures(values: Floats, chart: Chart) -> list[str]:
    """Return values of the chart as its labels write them, without unit.

    Values on a chart of logarithms differ in size, so each is rounded by its own.
    """
    if chart.kind == "i-log":
        return [
            figure(v, decimals=min(4, _by_size(v)) if math.isfinite(v) else 0)
            for v in values.tolist()
        ]
    digits = decimals(chart)
    return [figure(value, decimals=digits) for value in values.tolist()]


def measure(value: float, chart: Chart) -> str:
    """Return one value of the chart as its labels write it, without unit."""
    return measures(np.array([value]), chart)[0]


def parts(day: np.datetime64) -> tuple[int, int, int]:
    """Return year, month and day of the month.

    >>> parts(np.datetime64("2026-09-14"))
    (2026, 9, 14)
    """
    year, month, of_month = str(day.astype("datetime64[D]")).rsplit("-", 2)
    return int(year), int(month), int(of_month)


def short_day(day: np.datetime64) -> str:
    """Return day and month.

    >>> short_day(np.datetime64("2026-09-14"))
    '14 Sep'
    """
    _, month, of_month = parts(day)
    return f"{of_month} {MONTHS[month - 1]}"


def dated(day: np.datetime64, *, among: Days) -> str:
    """Return day and month, with the year where ``among`` does not lie within one.

    >>> days = np.array(["2025-12-29", "2026-01-05"], dtype="datetime64[D]")
    >>> dated(days[1], among=days), dated(days[1], among=days[1:])
    ('5 Jan 2026', '5 Jan')
    """
    years = among.astype("datetime64[Y]")
    text = short_day(day)
    return text if years.min() == years.max() else f"{text} {parts(day)[0]}"


def period(day: np.datetime64, span: str) -> str:
    """Return the words for the period that begins on the day.

    >>> period(np.datetime64("2026-09-14"), "week")
    'Week of 14 Sep 2026'
    >>> period(np.datetime64("2026-09-01"), "month")
    'Sep 2026'
    """
    year, month, _ = parts(day)
    if span == "month":
        return f"{MONTHS[month - 1]} {year}"
    prefix = "Week of " if span == "week" else ""
    return f"{prefix}{short_day(day)} {year}"
