"""What the earlier rows of a ticket tell: its events, and figures that its last row lacks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from headway.intake.cells import Bools, Instants, Ints, Words
from headway.intake.doubts import doubt
from headway.intake.layout import Layout
from headway.intake.order import ordered, remaining
from headway.intake.vocabulary import CLOSED, NOT_DONE, done, matches, pending

NAT = np.datetime64("NaT", "s")


@dataclass(frozen=True)
class History:
    """Rows of a layout ordered by ticket, sequence, time, activity and state.

    Attributes
    ----------
    layout
        The rows as they stand.
    ids
        Ticket of each row as it stands.
    order
        Row of the layout at each place.
    ticket
        Ticket of each place, counted from 0 without gaps.
    starts
        Place of each ticket's first row, and at the end the number of rows.
    at
        Instant of each place.
    sequence
        The source's own number of each place, or its rank among rows of one instant.
    state, activity, group
        Words of each place.
    """

    layout: Layout
    ids: Words
    order: Ints
    ticket: Ints
    starts: Ints
    at: Instants
    sequence: Ints
    state: Words
    activity: Words
    group: Words

    @property
    def last(self) -> Ints:
        """Place of each ticket's last row."""
        return self.starts[1:] - 1

    @property
    def steps(self) -> Bools:
        """Whether each place has a next one of the same ticket."""
        return np.append(self.ticket[1:] == self.ticket[:-1], False)

    @property
    def standing(self) -> Words:
        """The state at each place; the activity where the source has no states."""
        return self.state if self.state.known.any() else self.activity

    def __len__(self) -> int:
        return len(self.starts) - 1


def history(layout: Layout, ids: Words) -> History:
    """The rows of an event or update layout in their own order."""
    at = layout.instants("event_at" if layout.has("event_at") else "updated_at")
    state, activity, group = (layout.words(role) for role in ("state", "activity", "group"))
    own = sequence(layout)
    keys = [ids.codes.astype(np.int64), own, at.astype(np.int64)]

    def rest(rows: Ints) -> list[Ints]:
        first = [activity.take(rows).ranks(), state.take(rows).ranks()]
        return [*first, *remaining(layout.table, rows)]

    order = ordered(keys, rest)
    ticket = ids.codes[order].astype(np.int64)
    starts = np.flatnonzero(np.append(True, ticket[1:] != ticket[:-1]) if len(ticket) else ticket)
    place = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(ticket))))
    ordered_at = at[order]
    return History(
        layout=layout,
        ids=ids,
        order=order,
        ticket=place,
        starts=np.append(starts, len(ticket)),
        at=ordered_at,
        sequence=own[order] if layout.has("sequence") else _ranks(place, ordered_at),
        state=state.take(order),
        activity=activity.take(order),
        group=group.take(order),
    )


def sequence(layout: Layout) -> Ints:
    """The source's own row numbers; 0 for all where it has none, and first where one is missing."""
    if not layout.has("sequence"):
        return np.zeros(len(layout), np.int64)
    found = layout.numbers("sequence")
    return np.where(np.isnan(found), -(2.0**53), found).astype(np.int64)


def group_returns(past: History) -> Ints:
    """Moves of each ticket back to a group that had held it; -1 where no group is known."""
    seen = groups_seen(past)
    return np.where(seen > 0, moves(past, past.group) - (seen - 1), -1)


def priority_changes(past: History) -> Ints:
    """Changes from one known priority to another, per ticket; -1 where none is known."""
    priority = past.layout.words("priority").take(past.order)
    rows = np.bincount(past.ticket[priority.known], minlength=len(past))
    return np.where(rows > 0, moves(past, priority), -1)


def groups_seen(past: History) -> Ints:
    """Distinct groups that held each ticket; 0 where none is known."""
    known = past.group.known
    size = len(past.group.texts) + 1
    pairs = np.unique(past.ticket[known] * size + past.group.codes[known])
    return np.bincount(pairs // size, minlength=len(past))


def reopens(past: History) -> Ints:
    """Steps from a state that is over to one that is not, per ticket."""
    known = past.standing.known
    over, ticket = done(past.standing)[known], past.ticket[known]
    back = over[:-1] & ~over[1:] & (ticket[1:] == ticket[:-1])
    return np.bincount(ticket[:-1][back], minlength=len(past))


def pending_seconds(past: History, opened: Instants, resolved: Instants) -> npt.NDArray[np.float64]:
    """Elapsed seconds in waiting states between opened and resolved; NaN where not resolved.

    A row that tells no state leaves the ticket in the one it had. The time between a resolution
    and a reopening is no waiting.
    """
    known = ~np.isnat(past.at) & past.standing.known
    ticket, at = past.ticket[known], past.at[known]
    waiting = pending(past.standing)[known]
    until = np.append(at[1:], NAT)
    until = np.where(np.append(ticket[1:] == ticket[:-1], False), until, resolved[ticket])
    start, end = np.fmax(at, opened[ticket]), np.fmin(until, resolved[ticket])
    seconds = np.maximum((end - start).astype(np.int64), 0)
    counts = waiting & ~np.isnat(start) & ~np.isnat(end)
    spent = np.bincount(ticket[counts], weights=seconds[counts], minlength=len(past))
    return np.where(np.isnat(resolved) | np.isnat(opened), np.nan, spent)


def ends(past: History) -> tuple[Instants, Instants]:
    """When each ticket came to rest in a state that is over, and when in one that is closed."""
    over = done(past.standing)
    last_open = np.full(len(past), -1)
    np.maximum.at(last_open, past.ticket[~over], np.flatnonzero(~over))
    resting = np.arange(len(over)) > last_open[past.ticket]
    closed = resting & matches(past.standing, CLOSED, NOT_DONE)
    return _first(past, resting), _first(past, closed)


def doubts(past: History) -> None:
    """Add what the history says about its own columns to the doubts of its layout."""
    layout = past.layout
    if layout.has("sequence"):
        back = past.steps & np.append(past.at[1:] < past.at[:-1], False)
        _report(
            past,
            back,
            "sequence_against_time",
            "sequence",
            seen="with a later update at an earlier time",
            done="the source's own sequence decides",
        )
    for role in ("resolved_at", "closed_at"):
        if layout.has(role):
            _repeated_backwards(past, role)


def _repeated_backwards(past: History, role: str) -> None:
    """A final value that stands on all rows, also on those from before it was known."""
    value = past.layout.instants(role)[past.order]
    first = past.starts[:-1]
    at_first = value[first][past.ticket]
    differs = np.bincount(past.ticket[~(value == at_first)], minlength=len(past)) > 0
    early = np.bincount(past.ticket[past.at < value], minlength=len(past)) > 0
    several = np.diff(past.starts) > 1
    name = past.layout.named(role)[1]
    flagged = np.zeros(len(value), bool)
    flagged[first] = several & early & ~differs
    _report(
        past,
        flagged,
        "repeated_backwards",
        role,
        seen=f"that carry the final value of column '{name}' also on rows written before it",
        done="only the last row is used for it",
    )


def _report(past: History, places: Bools, code: str, column: str, *, seen: str, done: str) -> None:
    concerned = np.unique(past.ticket[places])
    if not len(concerned):
        return
    rows = past.order[past.starts[concerned]]
    ids = past.ids.take(rows).strings()
    told = doubt(code, column, ids, seen=f"Tickets {seen}", done=done)
    past.layout.doubts.append(told)


def moves(past: History, text: Words) -> Ints:
    """Steps from one known word to another, per ticket."""
    known = text.known
    code, ticket = text.codes[known], past.ticket[known]
    moved = (code[1:] != code[:-1]) & (ticket[1:] == ticket[:-1])
    return np.bincount(ticket[1:][moved], minlength=len(past))


def _ranks(ticket: Ints, at: Instants) -> Ints:
    """Place of each row among rows of the same ticket and instant."""
    instant = at.astype(np.int64)
    fresh = np.append(True, (ticket[1:] != ticket[:-1]) | (instant[1:] != instant[:-1]))
    starts = np.flatnonzero(fresh[: len(ticket)])
    return np.arange(len(ticket)) - np.repeat(starts, np.diff(np.append(starts, len(ticket))))


def _first(past: History, places: Bools) -> Instants:
    """Earliest instant among ``places``, per ticket."""
    usable = np.flatnonzero(places & ~np.isnat(past.at))[::-1]
    found = np.full(len(past), NAT)
    found[past.ticket[usable]] = past.at[usable]
    return found
