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
