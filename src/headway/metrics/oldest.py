"""The open tickets that have waited longest."""

from __future__ import annotations

import numpy as np

from headway.calendars import Clock
from headway.engine.columns import Codes, codes
from headway.engine.slices import Slicing
from headway.engine.timeline import DAY, days_of
from headway.metrics.desk import Desk
from headway.metrics.stock import NEVER, stays
from headway.records import Records
from headway.results import OldTicket

MASKED = "masked"


def oldest(
    records: Records, *, clock: Clock, slicing: Slicing, n: int = 10
) -> tuple[OldTicket, ...]:
    """Open tickets by age at the extract, oldest first, ties by id.

    ``where`` is the group, ``masked`` where the group is withheld to protect people, and empty
    where there is none. The age is in elapsed days.
    """
    desk = Desk(records, clock)
    rows, opened, end = stays(desk)
    waiting = rows[(end == NEVER) & (opened <= desk.extracted)]
    if not len(waiting):
        return ()
    if len(waiting) > n:
        nth = np.partition(desk.opened[waiting], n - 1)[n - 1]
        waiting = waiting[desk.opened[waiting] <= nth]
    ids = records.tickets.column("id").take(waiting).to_pylist()
    ranked = sorted(zip(desk.opened[waiting].tolist(), ids, waiting.tolist(), strict=True))[:n]
    days = days_of(clock, np.array([opened for opened, _, _ in ranked], dtype=np.int64))
    group_of, priority_of = codes(records.tickets, "group"), codes(records.tickets, "priority")
    hidden = slicing.hidden("group")

    found = []
    for (instant, name, row), day in zip(ranked, days.tolist(), strict=True):
        group = _word(group_of, row)
        found.append(
            OldTicket(
                id=name,
                opened_on=day.isoformat(),
                age_days=(desk.extracted - instant) / DAY,
                priority=_word(priority_of, row),
                where=MASKED if group in hidden else group,
            )
        )
    return tuple(found)


def _word(column: tuple[Codes, tuple[str, ...]], row: int) -> str:
    code = int(column[0][row])
    return column[1][code] if code >= 0 else ""
