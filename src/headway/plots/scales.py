"""Where a value lies on the paper, and which figures stand on the axes."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from headway.plots import words
from headway.series import Floats
from headway.spc.model import Chart

MARGIN = 0.12  # of the extent, above and below
LOG_RATIO = 30  # a wider ratio of largest to smallest value is drawn on a log scale
REACH = 3.0  # a target that would stretch the scale further than this stays off it
SMALLEST = 1e-100  # below this, differences are lost in the arithmetic
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
        """Return the axis figures with their values, about one in 26 pixels."""
        most = max(2, int((self.bottom - self.top) / 26))
        return _log_ticks(self, most) if self.kind == "log" else _linear_ticks(self, most)


def value_scale(chart: Chart, *, top: float, bottom: float) -> Scale:
    """Return the scale that fits limits and data plus 12 %.

    Zero is included where it is near or where the measure counts something; a measure that is
    never negative never gets a negative axis, and a share none beyond 100 %. Limits of logarithms
    are drawn on a log scale when the largest value is more than 30 times the smallest.
    """
    known = words.finite(chart.values, chart.centre, chart.lower, chart.upper)
    if not known.size:
        return Scale(0.0, 1.0, top, bottom)
    positive = known[known > SMALLEST]
    if chart.kind == "i-log" and positive.size and positive.max() > LOG_RATIO * positive.min():
        low, high = float(positive.min()), float(positive.max())
        room = (high / low) ** MARGIN
        return Scale(low / room, high * room, top, bottom, "log")
    floor, ceiling = possible_range(chart)
    low, high = np.clip([known.min(), known.max()], floor, ceiling).tolist()
    low, high = _with_target(low, high, chart.target)
    extent = _extent(low, high)
    near = (1.0 if chart.kind in COUNTS or chart.unit == "tickets" else 0.25) * extent
    low = 0.0 if floor == 0 and low <= near else max(floor, low - MARGIN * extent)
    return Scale(low, min(ceiling, high + MARGIN * extent), top, bottom)


def possible_range(chart: Chart) -> tuple[float, float]:
    """Return the least and the largest value the measure can take, as far as the unit tells."""
    observed = words.finite(chart.values)
    floor = -math.inf if (observed < 0).any() else 0.0
    ceiling = 100.0 if chart.unit == "%" and not (observed > 100).any() else math.inf
    return floor, ceiling


def possible_limits(chart: Chart) -> Chart:
    """Return the chart without the limits that no value can cross."""
    floor, ceiling = possible_range(chart)
    return replace(
        chart,
        lower=np.where(chart.lower > floor, chart.lower, np.nan),
        upper=np.where(chart.upper < ceiling, chart.upper, np.nan),
    )


def limited(chart: Chart) -> bool:
    """Return whether the chart has limits to draw, on one side at least."""
    possible = possible_limits(chart)
    return bool(words.finite(possible.lower, possible.upper).size)


def _extent(low: float, high: float) -> float:
    """Return what the margins are a share of; a constant series gets a scale of its own size."""
    extent = high - low
    if extent <= 1e-9 * max(abs(low), abs(high)):
        extent = abs(high)
    return extent if extent > SMALLEST else 1.0


def _with_target(low: float, high: float, target: float | None) -> tuple[float, float]:
    if target is None or not math.isfinite(target):
        return low, high
    wider = min(low, target), max(high, target)
    fits = high == low or wider[1] - wider[0] <= REACH * (high - low)
    return wider if fits else (low, high)


def _linear_ticks(scale: Scale, most: int) -> list[tuple[float, str]]:
    rough = (scale.high - scale.low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    fitting = [m * power for m in (1, 2, 5, 10) if m * power >= rough * 0.999]
    # A step as large as the scale may pass it by; then the next finer one is taken.
    finer = [m * power for m in (5, 2, 1, 0.5) if m * power < fitting[0]]
    step = next((s for s in (fitting[0], *finer) if _inside(scale, s)), finer[-1])
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    first, last = math.ceil(scale.low / step - 1e-9), math.floor(scale.high / step + 1e-9)
    return [(i * step, words.figure(i * step, decimals=decimals)) for i in range(first, last + 1)]


def _inside(scale: Scale, step: float) -> bool:
    """Whether a multiple of ``step`` lies on the scale."""
    return math.ceil(scale.low / step - 1e-9) <= math.floor(scale.high / step + 1e-9)


def _log_ticks(scale: Scale, most: int) -> list[tuple[float, str]]:
    first, last = math.floor(math.log10(scale.low)), math.ceil(math.log10(scale.high))
    ticks: list[tuple[float, str]] = []
    # Ever fewer figures: three in a decade, two, one, then one in two or four decades.
    for leads, every in (((1, 2, 5), 1), ((1, 3), 1), ((1,), 1), ((1,), 2), ((1,), 4)):
        powers = range(first - first % every, last + 1, every)
        found = [(m * 10.0**power, max(0, -power)) for power in powers for m in leads]
        ticks = [(v, words.figure(v, decimals=d)) for v, d in found if scale.low <= v <= scale.high]
        if len(ticks) <= most + 1:
            break
    return ticks


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
