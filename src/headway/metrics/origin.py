"""Facts about where tickets come from: a channel, a change, a problem, an earlier ticket."""

from __future__ import annotations

import numpy as np

from headway.engine.columns import Flags, Ints, codes, words_in
from headway.engine.timeline import DAY
from headway.metrics.desk import Desk
from headway.metrics.facts import Facts
from headway.metrics.incoming import desk_rows
from headway.metrics.words import SELF_SERVICE

AGAIN = 30 * DAY


def self_service_share(desk: Desk) -> Facts:
    """Tickets of a known channel, those the customer entered in the numerator."""
    rows = desk_rows(desk)
    column = codes(desk.tickets, "channel")
    rows = rows[column[0][rows] >= 0]
    own = words_in(column, SELF_SERVICE)
    if not own[rows].any():
        seen = ", ".join(f"'{word}'" for word in column[1][:3])
        reason = f"No channel is recognised as self-service (found: {seen})."
        return Facts(rows[:0], desk.opened[:0], own[:0], reason=reason)
    return Facts(rows, desk.opened[rows], own[rows])


def change_linked_share(desk: Desk) -> Facts:
    """Finished incidents, those that name a change in the numerator."""
    return _linked(desk, "change_id")


def problem_linked_share(desk: Desk) -> Facts:
    """Finished incidents, those that name a problem in the numerator."""
    return _linked(desk, "problem_id")


def _linked(desk: Desk, column: str) -> Facts:
    cohort = desk_rows(desk)
    cohort = cohort[desk.of_kinds(("incident",))[cohort]]
    rows = cohort[desk.finished[cohort]]
    named = np.asarray(desk.tickets.column(column).is_valid().to_numpy(), dtype=bool)
    return Facts(rows, desk.opened[rows], named[rows], wait=desk.waits(cohort))


def repeat_share(desk: Desk) -> Facts:
    """Tickets of known requester and matter, those alike one of the last 30 days counted.

    Nothing can be said about the first 30 days, before which no ticket was seen.
    """
    rows, keys = _matters(desk)
    if not len(rows):
        return Facts(rows, rows, np.zeros(0, dtype=bool))
    opened = desk.opened[rows]
    order = np.lexsort((opened, *keys))
    alike = np.ones(len(order) - 1, dtype=bool)
    for key in keys:
        alike &= key[order][1:] == key[order][:-1]
    again = np.zeros(len(rows), dtype=bool)
    again[order[1:]] = alike & (np.diff(opened[order]) <= AGAIN)
    told = opened >= int(desk.opened[desk_rows(desk)].min()) + AGAIN
    reason = "" if told.any() else "The records span fewer than 30 days."
    return Facts(rows[told], opened[told], again[told], reason=reason)


def _matters(desk: Desk) -> tuple[Ints, list[Ints]]:
    """Tickets of which it is known who asked about what, and that as columns of codes."""
    rows = desk_rows(desk)
    names = ("kind", "requester", "configuration_item", "category", "subcategory")
    kind, who, item, category, sub = (codes(desk.tickets, name)[0][rows] for name in names)
    by_item: Flags = item >= 0
    told = (who >= 0) & (by_item | (category >= 0))
    category, sub = np.where(by_item, -1, category), np.where(by_item, -1, sub)
    keys = [column[told].astype(np.int64) for column in (kind, who, item, category, sub)]
    return rows[told], keys
