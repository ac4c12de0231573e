"""What is planted in a simulated desk: the effects that a scan ought to find."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Direction = Literal["better", "worse", "up", "down"]
Kind = Literal["shift", "drift", "data", "mix", "rework", "bunching"]
# What can be planted, and what its factor multiplies (or sets) from the day on.
PLANTABLE = {
    "time_to_resolve": "the median working hours to resolve",
    "arrivals": "the records of a service or category",
    "reopened_share": "the reopened share",
    "unauthorised_change_share": "the share of changes without authorisation",
    "change_failure_share": "the share of changes that fail or end with issues",
    "approval_wait": "the working hours from asking for an approval to its decision",
    "unlinked_alterations": "the alterations without a change",
    "satisfaction": "the score: the share of answers that keep theirs, the others lose a point",
    "response_rate": "the share of surveys that are answered",
    "mix": "the share of a service in the tickets, whose number holds",
    "ping_pong": "sets the share of tickets of two groups ('A / B') that go back and forth",
    "resolved_stamp": "the hours to the stamp 'resolved', while the closure holds",
    "gamed_closures": "sets the share of late tickets that are stamped just before their target",
    "logged_share": "the share of the tickets that is written down",
    "extract_edge": "the records opened from the day on that are in the extract",
    "extract_by_closing": "leaves only the records closed from the day on",
}
LEAD_WEEKS = 8  # before a truth begins, so that there is something to compare with


@dataclass(frozen=True)
class Truth:
    """One effect on one slice from one day on.

    Attributes
    ----------
    metric
        What it moves: a metric's id, or another of ``PLANTABLE``.
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
        How a scan should call it; None where it is a fact about the data or neither.
    kind
        What a scan should report it as.
    until
        Day on which the effect is complete, when it grows evenly (on the ratio scale) from
        ``since`` on; None when it is there at once.
    """

    metric: str
    column: str
    value: str
    since: dt.date
    factor: float
    direction: Direction | None
    kind: Kind = "shift"
    until: dt.date | None = None

    def strength(self, at: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        """The factor at each instant (seconds since 1970): 1 before the effect.

        >>> import numpy as np
        >>> drift = Truth("arrivals", "", "", dt.date(1970, 1, 1), 4, "up", "drift",
        ...     dt.date(1970, 1, 3))
        >>> drift.strength(np.array([-1, 86_400, 900_000])).tolist()
        [1.0, 2.0, 4.0]
        """
        begin = _seconds(self.since)
        if self.until is None:
            return np.where(at >= begin, float(self.factor), 1.0)
        length = max(_seconds(self.until) - begin, 1)
        return np.power(float(self.factor), np.clip((at - begin) / length, 0, 1))


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
        Truth("time_to_resolve", "Service", "Email", weeks_before(end, 9), 1.5, "worse"),
        Truth("arrivals", "Category", "Password", weeks_before(end, 12), 1.6, "up"),
        Truth(
            "reopened_share",
            "Assignment group",
            "Network Operations",
            weeks_before(end, 20),
            0.3,
            "better",
        ),
        Truth("unauthorised_change_share", "", "", weeks_before(end, 10), 3.0, "worse"),
    )
    earliest = weeks_before(end, weeks - LEAD_WEEKS)
    return tuple(truth for truth in everything if truth.since >= earliest)


def weeks_before(end: dt.date, weeks: int) -> dt.date:
    """The first day of the last ``weeks`` weeks.

    >>> weeks_before(dt.date(2026, 11, 15), 1).isoformat()
    '2026-11-09'
    """
    return end + dt.timedelta(days=1) - dt.timedelta(weeks=weeks)


def _seconds(day: dt.date) -> int:
    return (day - dt.date(1970, 1, 1)).days * 86_400
