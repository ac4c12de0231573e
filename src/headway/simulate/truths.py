"""What is planted in a simulated desk: the effects that a scan ought to find."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Direction = Literal["better", "worse", "up", "down"]
PLANTABLE = ("time_to_resolve", "arrivals", "reopened_share", "unauthorised_change_share")
LEAD_WEEKS = 8  # before a truth begins, so that there is something to compare with


@dataclass(frozen=True)
class Truth:
    """One effect on one slice from one day on.

    Attributes
    ----------
    metric
        Id of the metric that it moves.
    column
        Heading of the column that holds the slice, or an empty string for all records.
    value
        The slice.
    since
        First day of the effect, by the day on which a record was opened.
    factor
        What the quantity is multiplied by: the median working hours to resolve (the elapsed
        median moves less or more, with nights and weekends), the records, the share.
    direction
        How a scan should call it.
    """

    metric: str
    column: str
    value: str
    since: dt.date
    factor: float
    direction: Direction


def truths(*, end: dt.date = dt.date(2026, 11, 15), weeks: int = 78) -> tuple[Truth, ...]:
    """The truths planted unless others are given.

    A service takes longer to resolve (the last nine weeks), a category surges (twelve), the
    reopened share of a group falls (twenty), unauthorised changes rise (ten). Truths that
    would begin in the first eight weeks are left out.

    Examples
    --------
    >>> [(truth.metric, truth.value, truth.since.isoformat()) for truth in truths()][0]
    ('time_to_resolve', 'Email', '2026-09-14')
    """
    everything = (
        Truth("time_to_resolve", "Service", "Email", _weeks_before(end, 9), 1.5, "worse"),
        Truth("arrivals", "Category", "Password", _weeks_before(end, 12), 1.6, "up"),
        Truth(
            "reopened_share",
            "Assignment group",
            "Network Operations",
            _weeks_before(end, 20),
            0.3,
            "better",
        ),
        Truth("unauthorised_change_share", "", "", _weeks_before(end, 10), 3.0, "worse"),
    )
    earliest = _weeks_before(end, weeks - LEAD_WEEKS)
    return tuple(truth for truth in everything if truth.since >= earliest)


def _weeks_before(end: dt.date, weeks: int) -> dt.date:
    return end + dt.timedelta(days=1) - dt.timedelta(weeks=weeks)
