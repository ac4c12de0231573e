"""One measure over periods, for one slice or for a hundred thousand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]

Span = Literal["day", "week", "month"]
Statistic = Literal["count", "share", "mean", "median", "p85", "stock"]


@dataclass(frozen=True, order=True)
class Slice:
    """A part of the records: one value of one dimension, or all of them.

    >>> str(Slice("service", "Email"))
    'service=Email'
    >>> str(Slice())
    'all'
    """

    dimension: str = "all"
    value: str = ""

    def __str__(self) -> str:
        return "all" if self.dimension == "all" else f"{self.dimension}={self.value}"


@dataclass(frozen=True)
class Periods:
    """Consecutive days, weeks (from Monday) or months, named by their first local day.

    Attributes
    ----------
    span
        Length of a period.
    starts
        First days, ``datetime64[D]``, shape (periods,).
    """

    span: Span
    starts: Days

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def ends(self) -> Days:
        """First day after each period, ``datetime64[D]``, shape (periods,)."""
        if self.span == "month":
            return (self.starts.astype("datetime64[M]") + 1).astype("datetime64[D]")
        return self.starts + (7 if self.span == "week" else 1)

    def index(self, days: Days) -> npt.NDArray[np.int64]:
        """Number of the period that holds each day, -1 for none (or no day), shape of ``days``.

        >>> week = whole_periods("week", np.datetime64("2024-01-01"), np.datetime64("2024-01-15"))
        >>> week.index(np.array(["2024-01-07", "2024-01-15"], "datetime64[D]")).tolist()
        [0, -1]
        """
        if not len(self):
            return np.full(days.shape, -1, dtype=np.int64)
        number = days.astype(np.int64) - self.starts[0].astype(np.int64)
        if self.span == "month":
            months = days.astype("datetime64[M]").astype(np.int64)
            number = months - self.starts[0].astype("datetime64[M]").astype(np.int64)
        elif self.span == "week":
            number = number // 7
        outside = np.isnat(days) | (number < 0) | (number >= len(self))
        return np.where(outside, -1, number)


def span_for(start: np.datetime64, end: np.datetime64) -> Span:
    """Days up to eight weeks, weeks up to three years, months beyond; ``end`` is exclusive.

    >>> span_for(np.datetime64("2024-01-01"), np.datetime64("2024-02-26"))
    'day'
    >>> span_for(np.datetime64("2024-01-01"), np.datetime64("2024-02-27"))
    'week'
    """
    days = int((end - start).astype(np.int64))
    if days <= 56:
        return "day"
    return "week" if days <= 3 * 366 else "month"


def whole_periods(span: Span, start: np.datetime64, end: np.datetime64) -> Periods:
    """The periods that lie wholly in the days from ``start`` to before ``end``.

    >>> whole_periods("month", np.datetime64("2024-01-02"), np.datetime64("2024-04-01")).starts
    array(['2024-02-01', '2024-03-01'], dtype='datetime64[D]')
    """
    first, last = start.astype("datetime64[D]"), end.astype("datetime64[D]")
    if span == "month":
        begin = first.astype("datetime64[M]")
        begin += int(begin.astype("datetime64[D]") < first)
        months = np.arange(begin, last.astype("datetime64[M]"))
        return Periods(span, months.astype("datetime64[D]"))
    step = 1
    if span == "week":
        step = 7
        first = first + (-(first.astype(np.int64) + 3)) % 7  # 1970-01-01 was a Thursday
    count = max(int((last - first).astype(np.int64)) // step, 0)
    return Periods(span, first + step * np.arange(count))


@dataclass(frozen=True)
class Panel:
    """One metric for every slice over every period.

    Attributes
    ----------
    metric
        Id of the metric; ``time_to_resolve`` and ``time_to_resolve.p85`` are two panels.
    statistic
        What a value is.
    unit
        ``h`` (hours), ``%`` (value 0 to 100), ``tickets``, ``days``, ``points`` …
    slices
        Row labels, shape (slices,).
    periods
        Column labels.
    value
        The measure in its unit, NaN where there is nothing to measure, shape (slices, periods).
    n
        Records behind each value (the denominator of a share), same shape.
    numerator
        Records that count (shares), same shape, else None.
    usable
        Periods whose cohort is complete enough to be compared, shape (periods,).
    spread
        Standard deviation of log-hours within each cell for durations, else None.
    """

    metric: str
    statistic: Statistic
    unit: str
    slices: tuple[Slice, ...]
    periods: Periods
    value: Floats
    n: Ints
    numerator: Ints | None
    usable: Flags
    spread: Floats | None = None
