"""Where a value lies on the paper, and which figures stand on the axes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from headway.plots import words
from headway.series import Days, Floats
from headway.spc.model import Chart

MARGIN = 0.12  # of the extent, above and below
LOG_RATIO = 30  # a wider ratio of largest to smallest value is drawn on a log scale
REACH = 3.0  # a target that would stretch the scale further than this stays off it
COUNTS = ("c", "u", "u'")


@dataclass(frozen=True)
class Scale:
    """A vertical scale: values from low to high on pixels from bottom to top."""

    low: float
    high: float
    top: float
    bottom: float
    kind: Literal["linear", "log"] = "linear"

    def pixels(self, values: Floats) -> Floats:
        """Return the pixel of each value, kept inside the plot, NaN for NaN."""
        kept = np.clip(values, self.low, self.high)
        low, high = self.low, self.high
        if self.kind == "log":
            kept, low, high = np.log(kept), math.log(low), math.log(high)
        placed: Floats = self.bottom - (kept - low) / (high - low) * (self.bottom - self.top)
        return placed

    def pixel(self, value: float) -> float:
        """Return the pixel of one value."""
        return float(self.pixels(np.array([value]))[0])

    def value_at(self, pixel: float) -> float:
        """Return the value drawn at a pixel, also outside the plot."""
        share = (self.bottom - pixel) / (self.bottom - self.top)
        if self.kind == "log":
            return float(self.low * (self.high / self.low) ** share)
        return self.low + share * (self.high - self.low)

    def ticks(self) -> list[tuple[float, str]]:
        """Return the axis figures with their values, about one in 36 pixels."""
        most = max(2, int((self.bottom - self.top) / 36))
        return _log_ticks(self, most) if self.kind == "log" else _linear_ticks(self, most)


def value_scale(chart: Chart, *, top: float, bottom: float) -> Scale:
    """Return the scale that fits limits and data plus 12 %.

    Zero is included where it is near or where the measure counts something; a measure that is
    never negative never gets a negative axis, and a share none beyond 100 %. Limits of logarithms
    are drawn on a log scale when the largest value is more than 30 times the smallest.
    """
    known = np.concatenate([chart.values, chart.centre, chart.lower, chart.upper])
    known = known[np.isfinite(known)]
    if not known.size:
        return Scale(0.0, 1.0, top, bottom)
    positive = known[known > 0]
    if chart.kind == "i-log" and positive.size and positive.max() > LOG_RATIO * positive.min():
        low, high = float(positive.min()), float(positive.max())
        room = (high / low) ** MARGIN
        return Scale(low / room, high * room, top, bottom, "log")
    observed = chart.values[np.isfinite(chart.values)]
    floor = 0.0 if not (observed < 0).any() else -math.inf
    ceiling = 100.0 if chart.unit == "%" and not (observed > 100).any() else math.inf
    low, high = max(float(known.min()), floor), min(float(known.max()), ceiling)
    low, high = _with_target(low, high, chart.target)
    extent = (high - low) or abs(high) or 1.0
    near = (1.0 if chart.kind in COUNTS or chart.unit == "tickets" else 0.25) * extent
    low = 0.0 if floor == 0 and low <= near else max(floor, low - MARGIN * extent)
    return Scale(low, min(ceiling, high + MARGIN * extent), top, bottom)


def _with_target(low: float, high: float, target: float | None) -> tuple[float, float]:
    if target is None:
        return low, high
    wider = min(low, target), max(high, target)
    fits = high == low or wider[1] - wider[0] <= REACH * (high - low)
    return wider if fits else (low, high)


def _linear_ticks(scale: Scale, most: int) -> list[tuple[float, str]]:
    rough = (scale.high - scale.low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= rough * 0.999)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    first, last = math.ceil(scale.low / step - 1e-9), math.floor(scale.high / step + 1e-9)
    return [(i * step, words.figure(i * step, decimals=decimals)) for i in range(first, last + 1)]


def _log_ticks(scale: Scale, most: int) -> list[tuple[float, str]]:
    first, last = math.floor(math.log10(scale.low)), math.ceil(math.log10(scale.high))
    for leads in ((1, 2, 5), (1, 3), (1,)):
        values = [m * 10.0**e for e in range(first, last + 1) for m in leads]
        values = [value for value in values if scale.low <= value <= scale.high]
        if len(values) <= most + 1:
            break
    return [(value, words.plain_figure(value)) for value in values]


def positions(chart: Chart, *, left: float, right: float) -> Floats:
    """Return the horizontal pixel of each point.

    Periods lie by date; events between which time or number is charted lie one beside the other.
    """
    count = len(chart.dates)
    if count == 0:
        return np.zeros(0)
    days = chart.dates.astype("datetime64[D]").astype(np.float64)
    if chart.kind in ("t", "g") or days[-1] == days[0]:
        days = np.arange(count, dtype=np.float64)
    first, last = days.min(), days.max()
    if first == last:
        return np.full(count, (left + right) / 2)
    inset = min(10.0, (right - left) / count / 2 + 2)
    placed: Floats = left + inset + (days - first) / (last - first) * (right - left - 2 * inset)
    return placed


def date_ticks(dates: Days, places: Floats, *, apart: float) -> list[tuple[float, str]]:
    """Return the date labels of the horizontal axis with their pixels.

    Months with the year at January, or days with their month where less than ten weeks are drawn;
    as many as stay ``apart`` pixels from each other. The first carries the year when no January
    does.
    """
    if not len(dates):
        return []
    days = dates.astype("datetime64[D]")
    first, last = days.min(), days.max()
    short = (last - first).astype(int) < 70
    width = float(np.ptp(places))
    wanted = _days(first, last, width / apart) if short else _months(first, last, width / apart)
    numbers = days.astype(np.float64)
    found = np.interp(wanted.astype("datetime64[D]").astype(np.float64), numbers, places)
    return list(zip(found.tolist(), _date_words(wanted, short), strict=True))


def _days(first: np.datetime64, last: np.datetime64, most: float) -> Days:
    steps = (1, 2, 7, 14, 28)
    extent = int((last - first).astype(int))
    step = next((s for s in steps if extent / s <= most), steps[-1])
    return np.arange(first, last + 1, step)


def _months(first: np.datetime64, last: np.datetime64, most: float) -> Days:
    start = first.astype("datetime64[M]")
    start = start if start.astype("datetime64[D]") >= first else start + 1
    months = np.arange(start, last.astype("datetime64[M]") + 1)
    steps = (1, 2, 3, 6, 12, 24, 60, 120)
    step = next((s for s in steps if len(months) / s <= most), steps[-1])
    since = months.astype(int)  # months since January 1970
    kept: Days = months[since % step == 0]
    return kept


def _date_words(wanted: Days, short: bool) -> list[str]:
    texts = []
    years = {words.parts(day)[0] for day in wanted if words.parts(day)[1] == 1}
    for index, day in enumerate(wanted):
        year, month, _ = words.parts(day)
        text = words.short_day(day) if short else words.MONTHS[month - 1]
        dated = (month == 1 and not short) or (index == 0 and (short or not years))
        texts.append(f"{text} {year}" if dated else text)
    return texts
