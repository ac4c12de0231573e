"""Local days of instants that may be unknown, and instants of local days."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from headway.calendars import Clock, local_days, utc_seconds
from headway.engine.columns import UNKNOWN, Ints

Days = npt.NDArray[np.datetime64]
DAY = 86_400
HOUR = 3_600


def days_of(clock: Clock, instants: Ints) -> Days:
    """Local calendar day of each instant (UTC seconds), NaT where it is unknown.

    >>> days_of(Clock(), np.array([86_400, UNKNOWN]))
    array(['1970-01-02',        'NaT'], dtype='datetime64[D]')
    """
    known = instants != UNKNOWN
    if known.all():
        return local_days(clock, instants)
    out = np.full(len(instants), np.datetime64("NaT", "D"))
    out[known] = local_days(clock, instants[known])
    return out


def midnights(clock: Clock, days: Days) -> Ints:
    """UTC seconds at which each local day begins, shape (days,)."""
    return np.asarray(utc_seconds(clock, days.astype(np.int64) * DAY), dtype=np.int64)
