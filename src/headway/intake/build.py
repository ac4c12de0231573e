"""From raw sources and their mappings to checked records."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from headway.calendars import Clock
from headway.errors import InputError
from headway.intake.cells import Instants
from headway.intake.checks import PAST, check, latest_plausible, seconds, within
from headway.intake.companions import COMPANIONS, companion, in_order
from headway.intake.layout import Layout, layouts
from headway.intake.merge import merged, stacked
from headway.intake.peculiar import peculiar
from headway.intake.precision import same_day, whole_days
from headway.intake.targets import with_target
from headway.intake.tickets import part
from headway.mapping.model import Mapping
from headway.records import SCHEMAS, WORD, Doubt, Records
from headway.sources import RawTable


def build(
    sources: Sequence[tuple[RawTable, Mapping]], *, clock: Clock, now: int | None = None
) -> Records:
    """Checked records of one or several sources together.

    Rows that cannot be used are rejected with a reason, impossible instants are set aside and
    reported, and nothing depends on the order of rows, columns or files.

    Parameters
    ----------
    sources
        Raw tables with their mappings: tickets, changes, feedback, approvals, alterations.
    clock
        Instants without a zone are read in its zone.
    now
        Seconds since 1970 in UTC; instants more than a day later cannot be right. The present
        of this machine when None.

    Raises
    ------
    InputError
        When not one row of all sources can be used.

    Examples
    --------
    >>> from headway.mapping.model import ColumnRole, Mapping
    >>> table = pa.table({"no": pa.array(["A", "A"]).dictionary_encode()})
    >>> raw = RawTable("a.csv", table, "csv", "", pa.array([2, 3]))
    >>> mapping = Mapping("a.csv", "tickets", "record", "incident",
    ...                   roles=(ColumnRole("id", "no", 1.0, "named so"),))
    >>> records = build([(raw, mapping)], clock=Clock())
    >>> records.tickets.num_rows, records.rows_read, records.rows_rejected
    (1, 2, 0)
    """
    found = layouts(sources, clock)
    rejects = tuple(sorted(reject for layout in found for reject in layout.rejects))
    read = sum(raw.rows_read for raw, _ in sources)
    if read == len(rejects):
        raise InputError(_nothing_usable(sources, rejects))
    about = [layout for layout in found if layout.mapping.table == "tickets"]
    for layout in about:
        peculiar(layout)
    tickets, events, doubts = merged([part(layout) for layout in about if len(layout)])
    present = int(time.time()) if now is None else now
    extracted = latest_plausible(_written(tickets, events), present)
    limit = np.datetime64(present, "s") if extracted is None else extracted
    tickets, coarse = same_day(tickets, clock)
    tickets, more = check(tickets, limit)
    tickets = with_target(tickets, clock)
    events, lost = within(tickets, events, limit)
    tickets, events = _sorted(tickets, events)
    tables = {name: _companions(found, name, np.datetime64(present, "s")) for name in COMPANIONS}
    doubts += [*coarse, *more, *lost, *(one for layout in found for one in layout.doubts)]
    return Records(
        tickets=tickets,
        events=events,
        **tables,
        rows_read=read,
        rows_rejected=len(rejects),
        rejects=rejects,
        doubts=tuple(sorted(doubts, key=_weight)),
        extracted_at=None if extracted is None else int(extracted.astype(np.int64)),
        date_only=whole_days(seconds(tickets["opened_at"]), clock),
    )


def _written(tickets: pa.Table, events: pa.Table) -> Instants:
    """Every instant at which the records may have been written."""
    columns = [seconds(tickets[name]) for name in PAST]
    return np.concatenate([*columns, seconds(events["at"])])


def _companions(found: list[Layout], name: str, limit: np.datetime64) -> pa.Table:
    tables = [companion(layout, limit) for layout in found if layout.mapping.table == name]
    return _canonical(in_order(stacked(tables, SCHEMAS[name])))


def _sorted(tickets: pa.Table, events: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Tickets by (opened_at, id), events by ticket and their own order."""
    kinds = tickets["kind"].cast(pa.string())
    keys = [("opened_at", "ascending"), ("id", "ascending"), ("kind", "ascending")]
    order = pc.sort_indices(tickets.select(["opened_at", "id"]).append_column("kind", kinds), keys)
    place = np.empty(len(order), np.int32)
    place[np.asarray(order)] = np.arange(len(order))
    ticket = place[np.asarray(events["ticket"])]
    events = events.set_column(0, events.schema.field(0), pa.array(ticket, pa.int32()))
    events = events.take(pa.array(np.argsort(ticket, kind="stable")))
    return _canonical(tickets.take(order)), _canonical(events)


def _canonical(table: pa.Table) -> pa.Table:
    """One chunk per column, dictionaries sorted and without unused words."""
    columns = [_words(column) for column in table.combine_chunks().columns]
    return pa.table(columns, schema=table.schema)


def _words(column: pa.ChunkedArray) -> pa.Array:
    array = column.combine_chunks()
    if not pa.types.is_dictionary(array.type):
        return array
    used = pc.drop_null(pc.unique(array.indices))
    texts = array.dictionary.take(used)
    order = np.asarray(pc.sort_indices(texts))
    place = np.zeros(len(array.dictionary) + 1, np.int32)
    place[np.asarray(used)[order]] = np.arange(len(order))
    codes = np.asarray(array.indices.fill_null(-1))
    indices = pa.array(place[codes], pa.int32(), mask=codes < 0)
    return pa.DictionaryArray.from_arrays(indices, texts.take(pa.array(order))).cast(WORD)


def _weight(one: Doubt) -> tuple[int, str, str]:
    return -one.count, one.code, one.column


def _nothing_usable(
    sources: Sequence[tuple[RawTable, Mapping]], rejects: Sequence[tuple[str, int, str, str, str]]
) -> str:
    names = ", ".join(f"'{raw.name}'" for raw, _ in sources)
    if not rejects:
        return f"No row was found in {names}; export it again with at least one record."
    name, line, reason, column, value = rejects[0]
    where = f" (column '{column}', value '{value}')" if column else ""
    return (
        f"None of the {len(rejects):,} rows of {names} can be used: line {line} of '{name}' was "
        f"rejected because {reason}{where}; see headway map {name}."
    )
