"""Figures, units and dates as a chart writes them."""

from __future__ import annotations

import math

import numpy as np

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


def with_unit(text: str, unit: str) -> str:
    """Return the figure and its unit, held together by a non-breaking space.

    >>> with_unit("9.4", "%")
    '9.4\\xa0%'
    """
    return f"{text}{NBSP}{unit}" if unit else text


def decimals(chart: Chart) -> int:
    """Return how many decimals tell the chart's values and limits apart.

    About three significant digits; more where the limits lie close together.
    """
    known = np.concatenate([chart.values, chart.centre, chart.lower, chart.upper])
    known = known[np.isfinite(known)]
    if not known.size:
        return 0
    largest = float(np.max(np.abs(known)))
    extent = float(np.ptp(known))
    by_size = 0 if largest >= 100 or largest == 0 else 1 - min(0, math.floor(math.log10(largest)))
    by_extent = math.ceil(-math.log10(extent)) if extent > 1e-9 else 0
    return max(0, min(4, max(by_size, by_extent)))


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
