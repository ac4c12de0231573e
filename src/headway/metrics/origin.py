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
MOST = 30  # tickets of one requester in that time
NEVER = 1 << 62


def self_service_share(desk: Desk) -> Facts:
    """Tickets of a known channel, those the customer entered in the numerator."""
    rows = desk_rows(desk)
    column = codes(desk.tickets, "channel")
    rows = rows[column[0][rows] >= 0]
    own = words_in(column, SELF_SERVICE)
    if not own[rows].any():
        seen = ", ".join(f"'{word}'" for word in column[1][:3])
        remark = f"No channel is recognised as self-service (found: {seen})."
        return Facts(rows[:0], desk.opened[:0], own[:0], remark=remark)
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

    Nothing can be said about the first 30 days, before which no ticket was seen. Accounts that
    open more than a ticket a day are machines or shared by many, so they are left out.
    """
    rows, keys = _matters(desk)
    opened = desk.opened[rows]
    busy, accounts = _busy(opened, keys[0])
    rows, opened, keys = rows[~busy], opened[~busy], [key[~busy] for key in keys]
    order = np.lexsort((opened, *keys))
    again = np.zeros(len(rows), dtype=bool)
    again[order[1:]] = _alike(keys, order) & (np.diff(opened[order]) <= AGAIN)
    told = opened >= desk.opened[desk_rows(desk)].min(initial=NEVER) + AGAIN
    remark = "" if told.any() else "No ticket follows after 30 days of records."
    if accounts:
        remark = f"Requesters with more than 30 tickets in 30 days are left out: {accounts:,}."
    return Facts(rows[told], opened[told], again[told], remark=remark)


def _alike(keys: list[Ints], order: Ints) -> Flags:
    """Whether each place but the first has the keys of the one before."""
    same = np.ones(max(len(order) - 1, 0), dtype=bool)
    for key in keys:
        same &= key[order][1:] == key[order][:-1]
    return same


def _busy(opened: Ints, who: Ints) -> tuple[Flags, int]:
    """Tickets of requesters who once opened more than 30 in 30 days, and how many these are."""
    order = np.lexsort((opened, who))
    first, last = order[:-MOST], order[MOST:]
    crowded = (who[first] == who[last]) & (opened[last] - opened[first] <= AGAIN)
    accounts = np.unique(who[first[crowded]])
    return np.isin(who, accounts), len(accounts)


def _matters(desk: Desk) -> tuple[Ints, list[Ints]]:
    """Tickets of which it is known who asked about what, and that as columns of codes."""
    rows = desk_rows(desk)
    names = ("requester", "kind", "configuration_item", "category", "subcategory")
    who, kind, item, category, sub = (codes(desk.tickets, name)[0][rows] for name in names)
    by_item: Flags = item >= 0
    told = (who >= 0) & (by_item | (category >= 0))
    category, sub = np.where(by_item, -1, category), np.where(by_item, -1, sub)
    keys = [column[told].astype(np.int64) for column in (who, kind, item, category, sub)]
    return rows[told], keys
