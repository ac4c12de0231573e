"""Simulated suggestions: people at the desk who say what could be better."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from headway.simulate import catalogue as c
from headway.simulate.desk import DAY, Desk, arrivals, instants, numbers, pick, words

IDEAS = (
    "Write the answer to a frequent question down",
    "Let people reset it themselves",
    "Ask for the missing detail in the form",
    "Send it to the right group at once",
    "Agree on one way to hand over",
    "Tell people before maintenance begins",
)
STATES = ("New", "Trying", "Adopted", "Declined")
PER_WEEK = 1 / 80  # of the tickets a week


def suggestions(desk: Desk) -> pa.Table:
    """What people at a desk suggest to improve, without their names.

    Returns
    -------
    pyarrow.Table
        One row per suggestion in order of time; the day of the decision is null until there
        is one.

    Examples
    --------
    >>> suggestions(Desk(weeks=26)).column_names[:3]
    ['Suggestion', 'Made', 'Assignment group']
    """
    random = desk.random(7)
    made = arrivals(desk, random, per_week=desk.tickets_per_week * PER_WEEK)
    size = len(made)
    state = pick(random, (0.2, 0.2, 0.4, 0.2), size)
    decided = made + (random.gamma(2.0, 9.0, size) * DAY).astype(np.int64)
    is_decided = (state >= 2) & (decided < desk.extracted_at)
    state = np.where((state >= 2) & ~is_decided, 1, state)
    service = pick(random, tuple(entry.share for entry in c.SERVICES), size)
    return pa.table(
        {
            "Suggestion": numbers("IMP", size),
            "Made": instants(made),
            "Assignment group": words(random.integers(0, len(c.GROUPS), size), c.GROUPS),
            "Service": words(service, tuple(entry.name for entry in c.SERVICES)),
            "Idea": words(random.integers(0, len(IDEAS), size), IDEAS),
            "State": words(state, STATES),
            "Decided": instants(decided, is_decided),
        }
    )
