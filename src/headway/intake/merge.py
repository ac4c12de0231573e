"""Tickets of several layouts in one table, each ticket once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from headway.intake.cells import Ints
from headway.intake.checks import seconds
from headway.intake.doubts import doubt
from headway.intake.order import ordered, remaining, repeats
from headway.intake.tickets import RECENT, Part
from headway.records import EVENTS, TICKETS, Doubt


def merged(parts: Sequence[Part]) -> tuple[pa.Table, pa.Table, list[Doubt]]:
    """All tickets and events; a ticket told of by several layouts becomes one.

    Its columns come from a row per record before an event log, then from the latest instants;
    what that row does not know is filled from the others.
    """
    table = stacked([one.tickets for one in parts], TICKETS)
    offsets = np.cumsum([0, *(one.tickets.num_rows for one in parts)])
    moved = [_moved(one.events, int(start)) for one, start in zip(parts, offsets, strict=False)]
    events = stacked(moved, EVENTS)
    if len(parts) < 2:
        return table, events, []
    ticket = _identity(table)
    log = np.repeat([one.shape != "event" for one in parts], np.diff(offsets)).astype(np.int64)
    keys = [ticket, log, *(seconds(table[name]).astype(np.int64) for name in RECENT)]
    order = ordered(keys, lambda rows: remaining(table, rows))[::-1]
    first = np.append(True, ticket[order][1:] != ticket[order][:-1])[: len(order)]
    if first.all():
        return table, events, []
    whole = _filled(table.take(pa.array(order)), np.flatnonzero(first))
    place = np.empty(len(order), np.int64)
    place[order] = np.cumsum(first) - 1
    names = table["id"].take(pa.array(order[~first])).to_pylist()
    told = doubt(
        "several_sources",
        "id",
        set(names),
        seen="Tickets that stand in several sources",
        done="each is counted once",
        count=len(set(names)),
    )
    return whole, _renumbered(events, place), [told]


def stacked(tables: Sequence[pa.Table], schema: pa.Schema) -> pa.Table:
    """The tables under one another with one dictionary per column."""
    if not tables:
        return schema.empty_table()
    return pa.concat_tables(tables).unify_dictionaries().combine_chunks()


def _moved(events: pa.Table, start: int) -> pa.Table:
    ticket = pc.add(events["ticket"], pa.scalar(start, pa.int32()))
    return events.set_column(0, EVENTS.field("ticket"), ticket)


def _renumbered(events: pa.Table, place: Ints) -> pa.Table:
    ticket = pa.array(place[np.asarray(events["ticket"])], pa.int32())
    events = events.set_column(0, EVENTS.field("ticket"), ticket).combine_chunks()
    return events.filter(pa.array(~repeats(events)))


def _identity(table: pa.Table) -> Ints:
    """One number per id and kind: tools may count their incidents and changes alike.

    A source that does not tell the kind, such as a log of events, takes that of the one ticket
    with the same id.
    """
    ids = np.asarray(table["id"].combine_chunks().dictionary_encode().indices, np.int64)
    words = table["kind"].combine_chunks()
    kinds = np.asarray(words.indices, np.int64)
    named = np.array([word != "other" for word in words.dictionary.to_pylist()], dtype=bool)
    told = named[kinds]
    count = int(ids.max()) + 1 if len(ids) else 0
    least, most = np.full(count, len(named)), np.full(count, -1)
    np.minimum.at(least, ids[told], kinds[told])
    np.maximum.at(most, ids[told], kinds[told])
    sole = ~told & (least[ids] == most[ids])
    return ids * 8 + np.where(sole, most[ids], kinds)


def _filled(table: pa.Table, starts: Ints) -> pa.Table:
    """The first row of each run, its unknown values taken from the run's later rows."""
    columns = []
    for column in table.columns:
        array = column.combine_chunks()
        known = np.where(np.asarray(array.is_valid()), np.arange(len(array)), len(array))
        nearest = np.minimum.reduceat(known, starts)
        rows = np.where(nearest < len(array), nearest, starts)
        columns.append(array.take(pa.array(rows)))
    return pa.table(columns, schema=table.schema)
