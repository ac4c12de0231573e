"""Facts about time: how long a response, a resolution and a restoration took."""

from __future__ import annotations

import numpy as np

from headway.engine.columns import UNKNOWN, Ints, codes, instants, words_in
from headway.engine.timeline import HOUR
from headway.metrics.desk import Desk, measured
from headway.metrics.facts import Facts
from headway.metrics.incoming import desk_rows, severe
from headway.metrics.words import NO_DECISION, OPEN_APPROVALS


def time_to_first_response(desk: Desk) -> Facts:
    """Hours from opening to first response."""
    return until(desk, desk_rows(desk), instants(desk.tickets, "first_response_at"))


def time_to_resolve(desk: Desk) -> Facts:
    """Hours from opening to resolution."""
    return until(desk, desk_rows(desk), desk.resolved)


def time_to_restore(desk: Desk) -> Facts:
    """Hours from opening to resolution of the severe ones."""
    rows = desk_rows(desk)
    return until(desk, rows[severe(desk)[rows]], desk.resolved)


def until(desk: Desk, rows: Ints, ends: Ints) -> Facts:
    """Hours from opening; a finished ticket without the end is unknown, not censored."""
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


def approval_wait(desk: Desk) -> Facts:
    """Hours from asking for each approval to its decision.

    An approval without a decision waits while its ticket does; one whose outcome or ticket is
    over without an instant of decision is unknown.
    """
    approvals = desk.records.approvals
    asked, end = instants(approvals, "requested_at"), instants(approvals, "decided_at")
    rows = desk.rows_of(approvals)
    outcome = codes(approvals, "outcome")
    undecided = words_in(outcome, OPEN_APPROVALS)
    # Tools fill the instant of decision from the last update, decided or not.
    end = np.where(undecided | words_in(outcome, NO_DECISION), UNKNOWN, end)
    over = (outcome[0] >= 0) & ~undecided
    over |= np.append(desk.finished, False)[rows]
    waiting = (end == UNKNOWN) & ~over & (asked <= desk.extracted)
    stop = np.where(waiting, desk.extracted, end)
    usable = (asked != UNKNOWN) & (stop != UNKNOWN) & (stop >= asked)
    rows, asked, waiting, stop = (c[usable] for c in (rows, asked, waiting, stop))
    passed = measured(desk.clock, asked, stop) / HOUR
    return Facts(
        rows,
        asked,
        value=np.where(waiting, np.inf, passed),
        so_far=np.where(waiting, passed, np.nan),
        wait=np.where(waiting, np.inf, (stop - asked) / HOUR),
    )
