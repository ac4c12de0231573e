"""Time zones, working hours and clock rules: what an hour means in a duration."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Clock:
    """The declared way of measuring time.

    Attributes
    ----------
    zone
        IANA name. Instants without a zone are read in it, and days and weeks are counted in it.
    rule
        ``elapsed`` counts every second, ``working`` only those inside working hours.
    hours
        Working hours per weekday (Monday first) as (start, end) minutes; empty tuple for a day off.
    holidays
        Country or region code of the ``holidays`` library, for example ``DE`` or ``DE-BY``.
    pending
        ``included`` or ``excluded``: whether time in a waiting state counts.
    """

    zone: str = "UTC"
    rule: str = "elapsed"
    hours: tuple[tuple[int, ...], ...] = ((480, 1080),) * 5 + ((), ())
    holidays: str = ""
    pending: str = "included"
