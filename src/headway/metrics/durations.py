"""Facts about time: how long a response, a resolution and a restoration took."""

from __future__ import annotations

import numpy as np

from headway.engine.columns import UNKNOWN, Ints, instants
from headway.metrics.desk import Desk
from headway.metrics.facts import Facts
from headway.metrics.incoming import desk_rows, severe


def time_to_first_response(desk: Desk) -> Facts:
    """Hours from opening to first response."""
    return _until(desk, desk_rows(desk), instants(desk.tickets, "first_response_at"))


def time_to_resolve(desk: Desk) -> Facts:
    """Hours from opening to resolution."""
    return _until(desk, desk_rows(desk), desk.resolved)


def time_to_restore(desk: Desk) -> Facts:
    """Hours from opening to resolution of the severe ones."""
    rows = desk_rows(desk)
    return _until(desk, rows[severe(desk)[rows]], desk.resolved)


def _until(desk: Desk, rows: Ints, ends: Ints) -> Facts:
    """Durations from opening; a finished ticket without the end is unknown, not censored."""
    opened, end = desk.opened[rows], ends[rows]
    waiting = (end == UNKNOWN) & ~desk.finished[rows] & (opened <= desk.extracted)
    now = np.full(len(rows), desk.extracted, dtype=np.int64)
    passed = desk.hours(rows, opened, np.where(waiting, now, end))
    usable = ~np.isnan(passed)
    value = np.where(waiting, np.inf, passed)[usable]
    so_far = np.where(waiting, passed, np.nan)[usable]
    elapsed = np.where(waiting, np.inf, (end - opened) / 3600)[usable]
    left_out = int(np.count_nonzero(~usable & desk.finished[rows]))
    return Facts(rows[usable], opened[usable], None, value, so_far, elapsed, left_out)
