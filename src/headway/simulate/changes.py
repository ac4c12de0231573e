"""Simulated changes, one row per record."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from headway.simulate import catalogue as c
from headway.simulate.desk import (
    Desk,
    after_work,
    arrivals,
    days_off,
    effect,
    instants,
    numbers,
    pick,
    words,
)

TYPES = ("Standard", "Normal", "Emergency")
TYPE_SHARES = (0.55, 0.38, 0.07)
LEAD_DAYS = (2.0, 8.0, 0.1)  # median working days from opening to the planned start
RISKS = ("Low", "Medium", "High")
OUTCOMES = ("Successful", "Successful with issues", "Failed")
FAILED = (0.02, 0.06, 0.15)  # by type


def changes(desk: Desk) -> pa.Table:
    """Changes of a desk as its tool would export them.

    Returns
    -------
    pyarrow.Table
        One row per change in order of opening; the outcome and the actual times are null
        for changes that lie ahead when the extract is drawn.

    Examples
    --------
    >>> changes(Desk(weeks=4)).column_names[:3]
    ['Number', 'Opened', 'Type']
    """
    random = desk.random(2)
    opened = arrivals(desk, random, per_week=desk.changes_per_week)
    size = len(opened)
    kind = pick(random, TYPE_SHARES, size)
    lead = np.array(LEAD_DAYS)[kind] * np.exp(random.normal(0, 0.5, size))
    start = after_work(opened, lead * 12, days_off(desk))
    end = start + (3600 * np.exp(random.normal(0.7, 0.5, size))).astype(np.int64)
    began = start + random.integers(0, 1800, size)
    ended = began + ((end - start) * np.exp(random.normal(0, 0.3, size))).astype(np.int64)
    is_done = ended < desk.extracted_at
    unauthorised = desk.unauthorised * effect(desk, "unauthorised_change_share", opened)
    failed = random.random(size)
    limit = np.array(FAILED)[kind] * effect(desk, "change_failure_share", opened)
    outcome = np.select([failed < limit, failed < 2 * limit], [2, 1], default=0)
    service = pick(random, tuple(entry.share for entry in c.SERVICES), size)
    group = np.array([c.GROUPS.index(entry.group) for entry in c.SERVICES])[service]
    return pa.table(
        {
            "Number": numbers("CHG", size),
            "Opened": instants(opened),
            "Type": words(kind, TYPES),
            "Risk": words(pick(random, (0.6, 0.3, 0.1), size), RISKS),
            "Authorised": words(
                (random.random(size) >= unauthorised).astype(np.int64), ("no", "yes")
            ),
            "Planned start": instants(start),
            "Planned end": instants(end),
            "Actual start": instants(began, is_done),
            "Actual end": instants(ended, is_done),
            "Outcome": words(np.where(is_done, outcome, -1), OUTCOMES),
            "Service": words(service, tuple(entry.name for entry in c.SERVICES)),
            "Assignment group": words(group, c.GROUPS),
        }
    )
