"""Stretches of a ticket's life: when it waited, and when it was taken for solved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from headway.engine.columns import UNKNOWN, Flags, Floats, Ints, codes, instants, known, truth
from headway.intake.cells import Words
from headway.intake.vocabulary import done, pending
from headway.records import Records


@dataclass(frozen=True)
class Stretches:
    """Spans of time between opening and last resolution, or the extract while a ticket is open.

    Attributes
    ----------
    ticket
        Row in the tickets, shape (stretches,).
    start, end
        UTC seconds, the end later than the start, same shape.
    """

    ticket: Ints
    start: Ints
    end: Ints

    def within(self, start: Ints, end: Ints) -> Stretches:
        """The parts between an instant and another of each ticket, both of shape (tickets,)."""
        begin = np.maximum(self.start, start[self.ticket])
        stop = np.minimum(self.end, end[self.ticket])
        kept = stop > begin
        return Stretches(self.ticket[kept], begin[kept], stop[kept])

    def total(self, measure: Callable[[Ints, Ints], Ints], tickets: int) -> Floats:
        """What ``measure`` makes of all stretches of each ticket, shape (tickets,)."""
        seconds = measure(self.start, self.end)
        return np.bincount(self.ticket, seconds, tickets).astype(np.float64)


@dataclass(frozen=True)
class Histories:
    """What the events tell about the time of each ticket.

    Attributes
    ----------
    told
        Tickets with at least one event of a known state, shape (tickets,).
    waiting
        Stretches in waiting states.
    solved
        Stretches from a resolution that did not hold to the reopening.
    """

    told: Flags
    waiting: Stretches
    solved: Stretches


def histories(records: Records) -> Histories:
    """Waiting and solved stretches of every ticket that is resolved or open.

    A state lasts until the next event that tells one, the last until the resolution or, while the
    ticket is open, the extract. Where no event of the records has a state, the activity stands
    for it.
    """
    events = records.events
    column = "state" if known(events, "state") else "activity"
    word, texts = codes(events, column)
    at, ticket = instants(events, "at"), np.asarray(events.column("ticket"), dtype=np.int64)
    told = word >= 0
    word, at, ticket = word[told], at[told], ticket[told]
    opened, resolved = (instants(records.tickets, n) for n in ("opened_at", "resolved_at"))
    now = UNKNOWN if records.extracted_at is None else records.extracted_at
    is_open = (resolved == UNKNOWN) & (truth(records.tickets, "finished") != 1)
    over = np.where(is_open, now, resolved)
    more = ticket[1:] == ticket[:-1]
    until = over[ticket]
    until[:-1] = np.where(more, np.minimum(at[1:], until[:-1]), until[:-1])
    begin = np.maximum(at, opened[ticket])
    lasts = (opened[ticket] != UNKNOWN) & (until > begin)

    def those(chosen: Flags) -> Stretches:
        return Stretches(ticket[chosen], begin[chosen], until[chosen])

    words = Words(pa.array(texts, pa.string()), np.arange(len(texts), dtype=np.int32))
    solved = done(words)[word]
    last_open = np.full(records.tickets.num_rows, -1, dtype=np.int64)
    np.maximum.at(last_open, ticket[~solved], np.flatnonzero(~solved))
    reopened = solved & (np.arange(len(word)) < last_open[ticket])
    seen = np.zeros(records.tickets.num_rows, dtype=bool)
    seen[ticket] = True
    return Histories(seen, those(lasts & pending(words)[word]), those(lasts & reopened))
