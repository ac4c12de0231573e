"""The records as a set of instants, durations and flags that every formula reads."""

from __future__ import annotations

from functools import cached_property, partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from headway.calendars import Clock, working_seconds
from headway.engine.columns import (
    UNKNOWN,
    Codes,
    Flags,
    Floats,
    Ints,
    codes,
    instants,
    truth,
    words_in,
)
from headway.engine.stretches import Stretches, histories
from headway.engine.timeline import HOUR
from headway.records import Records


class Desk:
    """Columns of ``records.tickets`` decoded once, under one clock.

    Attributes
    ----------
    opened, resolved, closed
        UTC seconds, ``UNKNOWN`` where there is none, shape (tickets,).
    ended
        Resolved, else closed, else the last update of a ticket that is finished;
        ``UNKNOWN`` for open tickets and for finished ones without any instant.
    finished
        Tickets that are over, by an instant or by what intake read in their state.
    extracted
        UTC seconds at which the records were taken.
    """

    def __init__(self, records: Records, clock: Clock) -> None:
        self.records = records
        self.clock = clock
        self.tickets = records.tickets

    def __len__(self) -> int:
        return int(self.tickets.num_rows)

    @cached_property
    def opened(self) -> Ints:
        return instants(self.tickets, "opened_at")

    @cached_property
    def resolved(self) -> Ints:
        return instants(self.tickets, "resolved_at")

    @cached_property
    def closed(self) -> Ints:
        return instants(self.tickets, "closed_at")

    @cached_property
    def finished(self) -> Flags:
        said = truth(self.tickets, "finished") == 1
        return np.asarray(said | (self.resolved != UNKNOWN) | (self.closed != UNKNOWN))

    @cached_property
    def ended(self) -> Ints:
        end = np.where(self.resolved != UNKNOWN, self.resolved, self.closed)
        last = instants(self.tickets, "updated_at")
        end = np.where((end == UNKNOWN) & self.finished, last, end)
        both = (end != UNKNOWN) & (self.opened != UNKNOWN)
        return np.where(both, np.maximum(end, self.opened), end)

    @cached_property
    def extracted(self) -> int:
        if self.records.extracted_at is not None:
            return self.records.extracted_at
        seen = [self.opened, self.resolved, self.closed, instants(self.tickets, "updated_at")]
        return max((int(column.max()) for column in seen if len(column)), default=UNKNOWN)

    @cached_property
    def _kinds(self) -> tuple[Codes, tuple[str, ...]]:
        return codes(self.tickets, "kind")

    def of_kinds(self, kinds: tuple[str, ...]) -> Flags:
        """Tickets of one of the kinds."""
        return words_in(self._kinds, frozenset(kinds))

    def hours(self, rows: Ints, start: Ints, end: Ints) -> Floats:
        """Hours from start to end under the clock, NaN where one is unknown or they are reversed.

        Where pending time is excluded and the events tell states, the part of start to end that
        was spent waiting is taken off, as the clock counts it; each ticket may come once.
        """
        valid = (start != UNKNOWN) & (end != UNKNOWN) & (end >= start)
        rows, start, end = rows[valid], start[valid], end[valid]
        seconds = measured(self.clock, start, end)
        if self.clock.pending == "excluded":
            begin, stop = np.full((2, len(self)), UNKNOWN)
            begin[rows], stop[rows] = start, end
            waited = self._waiting.within(begin, stop)
            spent = waited.total(partial(measured, self.clock), len(self))[rows]
            seconds = np.maximum(seconds - spent, 0)
        out = np.full(len(valid), np.nan)
        out[valid] = seconds / HOUR
        return out

    @cached_property
    def _waiting(self) -> Stretches:
        return histories(self.records).waiting

    @cached_property
    def feedback_rows(self) -> Ints:
        """Ticket of each row of the feedback, -1 where there is none."""
        return self.rows_of(self.records.feedback)

    def rows_of(self, companion: pa.Table) -> Ints:
        """Ticket of each row of a table with ``ticket_id``, -1 where there is none."""
        named = companion.column("ticket_id")
        if named.null_count == len(named):
            return np.full(len(named), -1, dtype=np.int64)
        ids = self.tickets.column("id").combine_chunks()
        found = pc.index_in(named, ids, skip_nulls=True)
        return np.asarray(pc.fill_null(found, -1).to_numpy(), dtype=np.int64)

    def waits(self, rows: Ints) -> Floats:
        """Elapsed hours until each ticket ended, infinite while open, without the unknown ones."""
        told = rows[(self.opened[rows] != UNKNOWN)]
        told = told[(self.ended[told] != UNKNOWN) | ~self.finished[told]]
        end = self.ended[told]
        return np.where(end == UNKNOWN, np.inf, (end - self.opened[told]) / HOUR)


def measured(clock: Clock, start: Ints, end: Ints) -> Ints:
    """Seconds between instants under the rule of the clock."""
    return working_seconds(clock, start, end) if clock.rule == "working" else end - start
