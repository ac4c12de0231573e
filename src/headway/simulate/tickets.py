"""Simulated tickets, one row per record, with headings as a tool exports them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from headway.simulate import catalogue as c
from headway.simulate.desk import (
    DAY,
    Desk,
    Ints,
    Random,
    after_work,
    blocks,
    days_off,
    instants,
    numbers,
    pick,
    seconds,
    words,
)
from headway.simulate.facts import SERVICE_NAMES, Facts, Flags, draw, effect_on, pair_of

STATES = ("New", "In progress", "On hold", "Resolved", "Closed")
BOUNCES = 3  # hand-overs at least of a ticket that goes back and forth


@dataclass(frozen=True)
class _Times:
    """When somebody answered, resolved (as stamped) and closed each ticket."""

    responded: Ints
    resolved: Ints
    closed: Ints


def tickets(desk: Desk) -> pa.Table:
    """Tickets of a desk as its tool would export them.

    Returns
    -------
    pyarrow.Table
        One row per record in order of opening; instants are ``timestamp[s]``, null where
        the ticket is still open when the extract is drawn.

    Examples
    --------
    >>> table = tickets(Desk(weeks=4, tickets_per_week=50))
    >>> table.column_names[:4]
    ['Number', 'Type', 'Opened', 'First response']
    """
    return pa.concat_tables(ticket_blocks(desk)).combine_chunks()


def ticket_blocks(desk: Desk) -> Iterator[pa.Table]:
    """The same tickets in stretches of time, so that ten million need no more memory than one.

    Examples
    --------
    >>> sum(block.num_rows for block in ticket_blocks(Desk(weeks=4, tickets_per_week=50))) > 100
    True
    """
    first = 1
    for number, days in enumerate(blocks(desk)):
        random = desk.random(1, number)
        facts = draw(desk, random, days)
        times = _times(desk, facts, random)
        table = pa.table(_columns(desk, facts, times, random, first=first))
        first += table.num_rows
        yield _extracted(desk, table)


def _extracted(desk: Desk, table: pa.Table) -> pa.Table:
    """What an extract by closing date leaves."""
    for truth in desk.truth("extract_by_closing"):
        begin = pa.scalar(seconds(truth.since), pa.int64()).cast(pa.timestamp("s"))
        table = table.filter(pc.greater_equal(table.column("Closed"), begin))
    return table


def _times(desk: Desk, facts: Facts, random: Random) -> _Times:
    size, off = len(facts.opened), days_off(desk)
    median = np.array([service.median_hours for service in c.SERVICES])[facts.service]
    median = median * np.array(c.PRIORITY_FACTORS)[facts.priority]
    median = median * np.array(c.TYPE_FACTORS)[facts.kind]
    median = median * effect_on(desk, "time_to_resolve", facts)
    hours = median * np.exp(random.normal(0, desk.spread, size))
    resolved = after_work(facts.opened, hours + 1 / 60, off)
    wait = 0.05 * median * np.exp(random.normal(0, 0.8, size))
    responded = after_work(facts.opened, wait + 1 / 120, off)
    resolved = _gamed(desk, facts, resolved, random)
    closed = resolved + 3 * DAY + random.integers(0, 2 * DAY, size)
    if desk.truth("resolved_stamp"):
        stamped = (resolved - facts.opened) * effect_on(desk, "resolved_stamp", facts)
        resolved = np.minimum(facts.opened + np.maximum(stamped.astype(np.int64), 60), closed)
    return _Times(np.minimum(responded, resolved), resolved, closed)


def _due(facts: Facts) -> Ints:
    return facts.opened + np.array(c.TARGET_HOURS)[facts.priority] * 3600


def _gamed(desk: Desk, facts: Facts, resolved: Ints, random: Random) -> Ints:
    """Tickets that would be late by at most their target again, stamped in its last hour."""
    due = _due(facts)
    for truth in desk.truth("gamed_closures"):
        late = (resolved > due) & (resolved < due + (due - facts.opened)) & facts.within(truth)
        late &= facts.opened >= seconds(truth.since)
        late &= random.random(len(due)) < truth.factor
        resolved = np.where(late, due - random.integers(60, 3600, len(due)), resolved)
    return resolved


def _handed_over(desk: Desk, facts: Facts, random: Random) -> Ints:
    """How often each ticket changed its group."""
    passed = random.poisson(0.5, len(facts.opened))
    for truth in desk.truth("ping_pong"):
        bounces = np.isin(facts.group, pair_of(truth)) & (facts.opened >= seconds(truth.since))
        bounces &= random.random(len(passed)) < truth.factor
        passed = np.where(bounces, BOUNCES + random.integers(0, 3, len(passed)), passed)
    return np.asarray(passed)


def _columns(
    desk: Desk, facts: Facts, times: _Times, random: Random, *, first: int
) -> dict[str, pa.Array]:
    size = len(facts.opened)
    until = desk.extracted_at
    responded, resolved, closed = times.responded, times.resolved, times.closed
    is_done, is_closed, is_answered = resolved < until, closed < until, responded < until
    due = _due(facts)
    reopened = np.array(c.REOPENED)[facts.group] * effect_on(desk, "reopened_share", facts)
    reopens = (random.random(size) < reopened) * (1 + (random.random(size) < 0.1)) * is_done
    requester = random.integers(0, c.REQUESTERS, size)
    person = facts.group * c.PEOPLE_PER_GROUP + random.integers(0, c.PEOPLE_PER_GROUP, size)
    return {
        "Number": numbers("TKT", size, first=first),
        "Type": words(facts.kind, c.TYPES),
        "Opened": instants(facts.opened),
        "First response": instants(responded, is_answered),
        "Resolved": instants(resolved, is_done),
        "Closed": instants(closed, is_closed),
        "State": words(_states(is_answered, is_done, is_closed, random), STATES),
        "Priority": words(facts.priority, c.PRIORITIES),
        "Service": words(facts.service, SERVICE_NAMES),
        "Category": words(np.where(random.random(size) < 0.03, -1, facts.category), c.CATEGORIES),
        "Subcategory": words(random.integers(0, len(c.SUBCATEGORIES), size), c.SUBCATEGORIES),
        "Configuration item": _items(facts, random),
        "Assignment group": words(facts.group, c.GROUPS),
        "Assigned to": words(np.where(is_answered, person, -1), c.NAMES),
        # From the other end of the names, so that nobody is on both sides of the desk.
        "Requested by": words(requester, c.NAMES[::-1]),
        "Department": words(requester % len(c.DEPARTMENTS), c.DEPARTMENTS),
        "Location": words(requester % len(c.LOCATIONS), c.LOCATIONS),
        "Channel": words(pick(random, c.CHANNEL_SHARES, size), c.CHANNELS),
        "SLA met": words(_kept(resolved, due, is_done, until), ("no", "yes")),
        "Reassignment count": pa.array(_handed_over(desk, facts, random)),
        "Reopen count": pa.array(reopens),
        "Short description": _titles(facts),
    }


def _states(
    is_answered: Flags,
    is_done: Flags,
    is_closed: Flags,
    random: Random,
) -> Ints:
    working = np.where(random.random(len(is_done)) < 0.2, 2, 1)
    return np.select([is_closed, is_done, is_answered], [4, 3, working], default=0)


def _kept(resolved: Ints, due: Ints, is_done: Flags, until: int) -> Ints:
    """1 met, 0 missed, -1 not yet known."""
    return np.select([is_done, due < until], [(resolved <= due).astype(np.int64), 0], default=-1)


def _items(facts: Facts, random: Random) -> pa.Array:
    items = tuple(item for service in c.SERVICES for item in service.items)
    count = np.array([len(service.items) for service in c.SERVICES])
    first = np.cumsum(count) - count
    code = (
        first[facts.service]
        + random.integers(0, 1 << 20, len(facts.service)) % (count[facts.service])
    )
    return words(np.where(random.random(len(code)) < 0.2, -1, code), items)


def _titles(facts: Facts) -> pa.Array:
    titles = tuple(f"{category}: {name}" for name in SERVICE_NAMES for category in c.CATEGORIES)
    return words(facts.service * len(c.CATEGORIES) + facts.category, titles)
