"""Facts about load: what comes in, what is finished, how it is sorted and passed on."""

from __future__ import annotations

import numpy as np

from headway.engine.columns import (
    UNKNOWN,
    Flags,
    Ints,
    codes,
    instants,
    known,
    numbers,
    truth,
    words_in,
)
from headway.engine.timeline import DAY
from headway.metrics.desk import Desk
from headway.metrics.facts import Facts
from headway.metrics.words import CATCH_ALL_CATEGORIES, HIGHEST_PRIORITIES

DESK_KINDS = ("incident", "request", "problem", "other")


def desk_rows(desk: Desk) -> Ints:
    """Tickets of the desk, which are all but changes, with a known opening."""
    return np.flatnonzero(desk.of_kinds(DESK_KINDS) & (desk.opened != UNKNOWN))


def arrivals(desk: Desk) -> Facts:
    """Tickets, by opening."""
    rows = desk_rows(desk)
    return Facts(rows, desk.opened[rows])


def resolved(desk: Desk) -> Facts:
    """Tickets with a resolution, by its instant."""
    rows = np.flatnonzero(desk.of_kinds(DESK_KINDS) & (desk.resolved != UNKNOWN))
    return Facts(rows, desk.resolved[rows])


def major_incidents(desk: Desk) -> Facts:
    """Tickets flagged as major, by opening."""
    rows = np.flatnonzero(major(desk) & (desk.opened != UNKNOWN))
    return Facts(rows, desk.opened[rows])


def time_between_major_incidents(desk: Desk) -> Facts:
    """Days from each major incident to the next one, by the opening of the latter.

    A gap lies between two tickets and so belongs to no slice: it has no row.
    """
    at = np.sort(desk.opened[major_incidents(desk).rows])
    remark = "" if len(at) > 1 else "A gap takes two major incidents."
    return Facts(np.full(len(at[1:]), -1), at[1:], value=np.diff(at) / DAY, remark=remark)


def severe(desk: Desk) -> Flags:
    """Major incidents; where no flag is known, tickets of the highest priority."""
    if known(desk.tickets, "major"):
        return major(desk)
    urgent = words_in(codes(desk.tickets, "priority"), HIGHEST_PRIORITIES)
    return np.asarray(urgent & desk.of_kinds(DESK_KINDS))


def major(desk: Desk) -> Flags:
    """Tickets of the desk that are flagged as major."""
    return np.asarray((truth(desk.tickets, "major") == 1) & desk.of_kinds(DESK_KINDS))


def uncategorised_share(desk: Desk) -> Facts:
    """Tickets, those without a telling category in the numerator."""
    rows = desk_rows(desk)
    column = codes(desk.tickets, "category")
    catch_all = words_in(column, CATCH_ALL_CATEGORIES) | (column[0] < 0)
    return Facts(rows, desk.opened[rows], counts=catch_all[rows])


def reassignments(desk: Desk) -> Facts:
    """Reassignments of each finished ticket, by opening."""
    cohort = desk_rows(desk)
    times = numbers(desk.tickets, "reassignments")
    rows = cohort[desk.finished[cohort] & ~np.isnan(times[cohort])]
    return Facts(rows, desk.opened[rows], value=times[rows], wait=desk.waits(cohort))


def three_or_more_groups_share(desk: Desk) -> Facts:
    """Finished tickets whose groups are known, those with three or more in the numerator."""
    return known_when_finished(desk, "groups_seen", 3)


def reopened_share(desk: Desk) -> Facts:
    """Finished tickets whose reopenings are known, those with any in the numerator."""
    return known_when_finished(desk, "reopens", 1)


def known_when_finished(desk: Desk, column: str, at_least: int) -> Facts:
    """Finished tickets with a known count, those that reach ``at_least`` in the numerator."""
    cohort = desk_rows(desk)
    times = numbers(desk.tickets, column)
    rows = cohort[desk.finished[cohort] & ~np.isnan(times[cohort])]
    return Facts(rows, desk.opened[rows], times[rows] >= at_least, wait=desk.waits(cohort))


def within_target(desk: Desk) -> Facts:
    """Tickets whose target is decided, those that met it in the numerator."""
    cohort = desk_rows(desk)
    said = truth(desk.tickets, "target_met")[cohort]
    due = instants(desk.tickets, "target_due_at")[cohort]
    end, finished = desk.resolved[cohort], desk.finished[cohort]
    dated = due != UNKNOWN
    met = np.where(end != UNKNOWN, (end <= due).astype(np.int8), np.int8(-1))
    late = ~finished & (due < desk.extracted)  # still open and already too late
    by_date = np.where(dated, np.where(late, np.int8(0), met), np.int8(-1))
    told = np.where(said == 0, np.int8(0), np.where(finished, said, np.int8(-1)))
    outcome = np.where(told >= 0, told, by_date)
    decided = outcome >= 0
    rows = cohort[decided]
    return Facts(rows, desk.opened[rows], outcome[decided] == 1, wait=desk.waits(cohort))
