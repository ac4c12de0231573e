"""Columns that give the day only, alone and beside columns that give the time."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from headway.calendars import DAY, Clock, local_days, local_seconds
from headway.intake.cells import Instants
from headway.intake.checks import seconds
from headway.intake.doubts import doubt
from headway.records import INSTANT, Doubt

HOUR = 3600
_FEW = 0.02


def whole_days(found: Instants, clock: Clock) -> bool:
    """Whether the known instants are all midnights of the clock's zone."""
    known = found[~np.isnat(found)].astype(np.int64)
    late = local_seconds(clock, known) % DAY
    # Where clocks go forward at midnight, that day begins at one.
    shifted = late == HOUR
    return bool(len(known)) and not late[~shifted].any() and float(shifted.mean()) < _FEW


def same_day(table: pa.Table, clock: Clock) -> tuple[pa.Table, list[Doubt]]:
    """The tickets with ends not before their opening, where only the opening has a clock time.

    Read as midnight, an end on the day of the opening would lie before it.
    """
    opened = seconds(table["opened_at"])
    if whole_days(opened, clock):
        return table, []
    told = []
    for name in ("first_response_at", "resolved_at", "closed_at"):
        found = seconds(table[name])
        both = np.flatnonzero(~np.isnat(found) & ~np.isnat(opened))
        if not len(both) or not whole_days(found, clock):
            continue
        days = [local_days(clock, at[both].astype(np.int64)) for at in (opened, found)]
        rows = both[(days[0] == days[1]) & (found[both] < opened[both])]
        if not len(rows):
            continue
        found = found.copy()
        found[rows] = opened[rows]
        place = table.schema.get_field_index(name)
        ids = table["id"].take(pa.array(rows)).combine_chunks()
        table = table.set_column(place, table.schema.field(place), pa.array(found, INSTANT))
        one = doubt(
            "day_without_time",
            name,
            ids,
            seen=f"Tickets with '{name}' on the day they were opened, but without a clock time",
            done="they count as zero, and all times to it are exact to a day only",
        )
        told.append(one)
    return table, told
