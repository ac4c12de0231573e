"""Simulated surveys after resolved tickets."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from headway.simulate.desk import DAY, Desk, effect, instants, numbers

SCORE_SHARES = (0.05, 0.07, 0.15, 0.33, 0.40)


def feedback(desk: Desk, tickets: pa.Table, *, block: int = 0, first: int = 1) -> pa.Table:
    """Surveys about the tickets of a desk.

    Parameters
    ----------
    desk
        Its options.
    tickets
        What :func:`headway.simulate.tickets` (or a block of it) gave for the same desk.
    block, first
        Number of the block, and of its first survey.

    Returns
    -------
    pyarrow.Table
        One row per survey; answer and score are null where nobody answered. Slow tickets
        score somewhat lower.

    Examples
    --------
    >>> desk = Desk(weeks=4)
    >>> from headway.simulate import tickets
    >>> feedback(desk, tickets(desk)).column_names
    ['Survey id', 'Ticket', 'Asked', 'Answered', 'Score']
    """
    random = desk.random(3, block)
    resolved = tickets.filter(pc.is_valid(tickets.column("Resolved")))
    about = resolved.filter(pa.array(random.random(resolved.num_rows) < desk.surveyed))
    size = about.num_rows
    done = about.column("Resolved").cast(pa.int64()).to_numpy()
    opened = about.column("Opened").cast(pa.int64()).to_numpy()
    asked = done + 3600
    answered = asked + (random.exponential(1.5, size) * DAY).astype(np.int64)
    is_known = (random.random(size) < desk.answered * effect(desk, "response_rate", opened)) & (
        answered < desk.extracted_at
    )
    base = np.searchsorted(np.cumsum(SCORE_SHARES)[:-1], random.random(size), side="right") + 1
    is_slow = (done - opened > 5 * DAY) & (random.random(size) < 0.4)
    score = np.maximum(base - is_slow, 1)
    if desk.truth("satisfaction"):
        loses = random.random(size) >= effect(desk, "satisfaction", opened)
        score = np.maximum(score - loses, 1)
    return pa.table(
        {
            "Survey id": numbers("SVY", size, first=first),
            "Ticket": about.column("Number"),
            "Asked": instants(asked),
            "Answered": instants(answered, is_known),
            "Score": pa.array(score, mask=~is_known),
        }
    )
