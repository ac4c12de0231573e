"""Local days of instants, and instants of local days."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from headway.calendars import Clock
from headway.engine.columns import UNKNOWN, Ints

Days = npt.NDArray[np.datetime64]
DAY = 86_400
HOUR = 3_600


def local_days(clock: Clock, instants: Ints) -> Days:
    """Local calendar day of each instant (UTC seconds), NaT where it is unknown."""
    known = instants != UNKNOWN
    hours = np.where(known, instants, 0) // 900  # offsets change on quarter hours
    unique, back = np.unique(hours, return_inverse=True)
    zone = ZoneInfo(clock.zone)
    offsets = np.array([int(_offset(int(h) * 900, zone)) for h in unique.tolist()], dtype=np.int64)
    days = (np.where(known, instants, 0) + offsets[back]) // DAY
    return np.where(known, days.astype("datetime64[D]"), np.datetime64("NaT", "D"))


def _offset(seconds: int, zone: ZoneInfo) -> float:
    shift = datetime.fromtimestamp(seconds, tz=zone).utcoffset()
    return shift.total_seconds() if shift else 0.0


def working_seconds(clock: Clock, start: Ints, end: Ints) -> Ints:
    """Placeholder until the calendar is merged."""
    return end - start


def midnights(clock: Clock, days: Days) -> Ints:
    """UTC seconds at which each local day begins, shape (days,)."""
    zone = ZoneInfo(clock.zone)
    begin = [datetime.combine(day, time(), tzinfo=zone) for day in days.tolist()]
    return np.array([int(instant.timestamp()) for instant in begin], dtype=np.int64)
