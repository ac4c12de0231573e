"""Whether a ticket met its target, where no column says it."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from headway.calendars import DAY, Clock
from headway.intake.checks import seconds
from headway.intake.precision import whole_days


def with_target(table: pa.Table, clock: Clock) -> pa.Table:
    """The tickets with ``target_met`` told by due and resolve instants where it is not known.

    A due date without a clock time runs until the end of that day.
    """
    due, resolved = seconds(table["target_due_at"]), seconds(table["resolved_at"])
    known = ~np.isnat(due) & ~np.isnat(resolved)
    if not known.any():
        return table
    if whole_days(due, clock):
        due = due + np.timedelta64(DAY - 1, "s")
    met = pa.array(resolved <= due, mask=~known)
    place = table.schema.get_field_index("target_met")
    told = pc.coalesce(table["target_met"], met)
    return table.set_column(place, table.schema.field(place), told)
