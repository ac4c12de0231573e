"""The history behind simulated tickets: who held each one, in which state, one row per event."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from headway.simulate import catalogue as c
from headway.simulate.desk import Desk, Floats, Ints, Random, instants, words
from headway.simulate.facts import Flags, pair_of
from headway.simulate.tickets import BOUNCES

ACTIVITIES = ("Created", "Assigned", "Waiting", "Resumed", "Resolved", "Reopened", "Closed")
CREATED, ASSIGNED, WAITING, RESUMED, RESOLVED, REOPENED, CLOSED = range(len(ACTIVITIES))
STATE_AFTER = ("New", "In progress", "On hold", "In progress", "Resolved", "In progress", "Closed")
WAITS = 0.25  # share of the tickets that wait for somebody outside


@dataclass(frozen=True)
class _Rows:
    """Some events: their ticket (row of the table), where they lie in its life, and what is new."""

    ticket: Ints
    place: Floats  # 0 to 1 between opening and resolution; 2 and more after it
    activity: Ints
    group: Ints

    def take(self, order: Ints) -> _Rows:
        return _Rows(self.ticket[order], self.place[order], self.activity[order], self.group[order])


def events(desk: Desk, tickets: pa.Table, *, block: int = 0) -> pa.Table:
    """The status history of tickets as a tool exports it.

    Parameters
    ----------
    desk
        Its options.
    tickets
        What :func:`headway.simulate.tickets` (or a block of it) gave for the same desk.
    block
        Number of the block, so that each has random numbers of its own.

    Returns
    -------
    pyarrow.Table
        One row per event in order of ticket and sequence: instant, activity, and the state and
        group afterwards. The last event of a ticket agrees with its row in ``tickets``.

    Examples
    --------
    >>> desk = Desk(weeks=4, tickets_per_week=50)
    >>> from headway.simulate import tickets
    >>> events(desk, tickets(desk)).column_names
    ['Number', 'Sequence', 'Event time', 'Activity', 'State', 'Assignment group']
    """
    random = desk.random(4, block)
    life = _lives(desk, tickets)
    rows = _join([_fixed(life), _handovers(desk, life, random), _waits(life, random)])
    rows = _join([rows, _reopenings(life, random)])
    rows = rows.take(np.lexsort((rows.activity, rows.place, rows.ticket)))
    at = _instants(life, rows)
    seen = np.flatnonzero((at < desk.extracted_at) & _known(life, rows))
    rows, at = rows.take(seen), at[seen]
    ticket = rows.ticket
    first = np.append(True, ticket[1:] != ticket[:-1]) if len(ticket) else np.zeros(0, bool)
    starts = np.flatnonzero(first)
    sequence = np.arange(len(ticket)) - np.repeat(starts, np.diff(np.append(starts, len(ticket))))
    return pa.table(
        {
            "Number": tickets.column("Number").take(pa.array(ticket)),
            "Sequence": pa.array(sequence + 1),
            "Event time": instants(at),
            "Activity": words(rows.activity, ACTIVITIES),
            "State": words(rows.activity, STATE_AFTER),
            "Assignment group": words(_held(rows.group, first), c.GROUPS),
        }
    )


@dataclass(frozen=True)
class _Lives:
    """What the tickets' own rows say, as seconds and codes; -1 where it is not known."""

    opened: Ints
    resolved: Ints
    closed: Ints
    end: Ints  # resolution, or the extract where it lies ahead
    group: Ints
    passed: Ints
    reopened: Ints


def _lives(desk: Desk, tickets: pa.Table) -> _Lives:
    def seconds_of(heading: str) -> Ints:
        column = tickets.column(heading).cast(pa.int64())
        return np.asarray(pc.fill_null(column, -1).to_numpy())

    resolved = seconds_of("Resolved")
    group = pc.index_in(tickets.column("Assignment group"), pa.array(c.GROUPS)).to_numpy()
    return _Lives(
        opened=seconds_of("Opened"),
        resolved=resolved,
        closed=seconds_of("Closed"),
        end=np.where(resolved < 0, desk.extracted_at - 1, resolved),
        group=group.astype(np.int64),
        passed=tickets.column("Reassignment count").to_numpy().astype(np.int64),
        reopened=tickets.column("Reopen count").to_numpy().astype(np.int64),
    )


def _fixed(life: _Lives) -> _Rows:
    """Opening, resolution and closure."""
    size = len(life.opened)
    ticket = np.tile(np.arange(size), 3)
    place = np.repeat([-1.0, 1.0, 9.0], size)
    return _Rows(
        ticket,
        place,
        np.repeat([CREATED, RESOLVED, CLOSED], size),
        np.concatenate([np.zeros(size, np.int64), np.full(2 * size, -1)]),
    )


def _handovers(desk: Desk, life: _Lives, random: Random) -> _Rows:
    """The first assignment and every later one; the last is to the group that holds it."""
    count = life.passed + 1
    ticket = np.repeat(np.arange(len(count)), count)
    starts = np.cumsum(count) - count
    left = count[ticket] - 1 - (np.arange(len(ticket)) - starts[ticket])  # hand-overs to come
    group = random.integers(0, len(c.GROUPS), len(ticket))
    for truth in desk.truth("ping_pong"):
        one, other = pair_of(truth)
        bounces = (life.passed >= BOUNCES) & np.isin(life.group, (one, other))
        partner = np.where(life.group == one, other, one)
        group = np.where(bounces[ticket], partner[ticket], group)
        group = np.where(bounces[ticket] & (left % 2 == 0), life.group[ticket], group)
    group = np.where(left == 0, life.group[ticket], group)
    steps = np.sort(random.random(len(ticket)) + ticket) - ticket  # in order within each ticket
    return _Rows(ticket, 0.6 * steps, np.full(len(ticket), ASSIGNED), group)


def _waits(life: _Lives, random: Random) -> _Rows:
    ticket = np.flatnonzero(random.random(len(life.opened)) < WAITS)
    begin = 0.6 + 0.2 * random.random(len(ticket))
    end = begin + (0.98 - begin) * random.random(len(ticket))
    return _Rows(
        np.tile(ticket, 2),
        np.concatenate([begin, end]),
        np.repeat([WAITING, RESUMED], len(ticket)),
        np.full(2 * len(ticket), -1),
    )


def _reopenings(life: _Lives, random: Random) -> _Rows:
    """A ticket that was reopened had been resolved before: its last resolution is its own."""
    ticket = np.repeat(np.arange(len(life.opened)), life.reopened)
    at = 0.981 + 0.018 * np.sort(random.random(len(ticket)) + ticket)
    at = at - 0.018 * ticket
    return _Rows(
        np.tile(ticket, 2),
        np.concatenate([at, at + 1e-4]),
        np.repeat([RESOLVED, REOPENED], len(ticket)),
        np.full(2 * len(ticket), -1),
    )


def _join(parts: list[_Rows]) -> _Rows:
    return _Rows(
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("ticket", "place", "activity", "group")
        )
    )


def _instants(life: _Lives, rows: _Rows) -> Ints:
    opened, end = life.opened[rows.ticket], life.end[rows.ticket]
    inside = opened + (np.clip(rows.place, 0, 1) * (end - opened)).astype(np.int64)
    return np.where(rows.activity == CLOSED, np.maximum(life.closed[rows.ticket], end), inside)


def _known(life: _Lives, rows: _Rows) -> Flags:
    """Whether an event has come: what resolves, reopens or closes an open ticket lies ahead."""
    is_open = life.resolved[rows.ticket] < 0
    ahead = is_open & np.isin(rows.activity, (RESOLVED, REOPENED))
    ahead |= (rows.activity == CLOSED) & (life.closed[rows.ticket] < 0)
    return ~ahead


def _held(group: Ints, first: Flags) -> Ints:
    """The group at each event: the last one named, within each ticket."""
    named = np.where((group >= 0) | first, np.arange(len(group)), 0)
    return np.asarray(group[np.maximum.accumulate(named)]) if len(group) else group
