"""Keeping a part of the records: values of dimensions and a range of opening days."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from headway.calendars import Clock
from headway.engine.columns import UNKNOWN, Codes, Flags, codes, instants, known
from headway.engine.people import people_of
from headway.engine.slices import DIMENSIONS, counted, distinct, enumerate_slices
from headway.engine.timeline import midnights
from headway.errors import OptionError
from headway.records import Records


def keep(
    records: Records,
    *,
    where: Sequence[str] = (),
    first: date | None = None,
    last: date | None = None,
    clock: Clock,
    minimum_people: int = 5,
) -> Records:
    """The records of some slices and opening days; counts of read and rejected rows stay.

    Parameters
    ----------
    where
        ``dimension=value`` pairs. Values of one dimension add up, dimensions narrow each other.
    first, last
        First and last local day of opening, both inside.
    minimum_people
        A choice of slices behind which fewer people stand is refused, so that it cannot show one
        person's work. People are counted as they are for slices; nothing is refused where none
        is known.

    Raises
    ------
    OptionError
        A pair cannot be read, its dimension or value is not in the records, nothing is left, or
        too few people are behind it.
    """
    wanted = np.ones(records.tickets.num_rows, dtype=bool)
    pairs = _pairs(where)
    for dimension, values in pairs.items():
        wanted &= _matching(records, dimension, values)
    if wanted.any():
        _refuse_few_people(records, wanted, pairs, minimum_people)
    wanted &= _opened_within(records, first, last, clock)
    if wanted.all():
        return records
    if not wanted.any():
        raise OptionError("No ticket is left by --where, --from and --to; widen one of them.")
    return _only(records, wanted)


def _pairs(where: Sequence[str]) -> dict[str, list[str]]:
    pairs: dict[str, list[str]] = {}
    for text in where:
        dimension, sign, value = text.partition("=")
        dimension = dimension.strip().replace("-", "_").casefold()
        if not sign or not value.strip():
            raise OptionError(f"--where '{text}' cannot be read; write dimension=value.")
        if dimension not in DIMENSIONS:
            near = difflib.get_close_matches(dimension, DIMENSIONS, n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"choose {', '.join(DIMENSIONS)}."
            raise OptionError(f"--where '{text}': there is no dimension '{dimension}'; {hint}")
        pairs.setdefault(dimension, []).append(value.strip())
    return pairs


def _matching(records: Records, dimension: str, values: list[str]) -> Flags:
    row_codes, words = codes(records.tickets, dimension)
    folded: dict[str, list[int]] = {}
    for code, word in enumerate(words):
        folded.setdefault(word.strip().casefold(), []).append(code)
    chosen = np.zeros(len(words) + 1, dtype=bool)
    people = people_of(records)
    for value in values:
        if people.named_by(value):
            raise OptionError(
                f"--where {dimension}=…: the value names a person, and no part of the "
                "records is shown by person; choose a group or a service."
            )
        exact = [code for code, word in enumerate(words) if word == value]
        found = exact or folded.get(value.casefold(), [])
        if not found:
            raise OptionError(_unknown_value(records, dimension, value))
        chosen[found] = True
    return np.asarray(chosen[row_codes])


def _unknown_value(records: Records, dimension: str, value: str) -> str:
    if not known(records.tickets, dimension):
        return f"--where {dimension}={value}: no ticket has a {dimension}; map its column first."
    shown = next(d for d in enumerate_slices(records).dimensions if d.name == dimension).values
    by_folded = {word.casefold(): word for word in shown}
    near = difflib.get_close_matches(value.casefold(), by_folded, n=3, cutoff=0.5)
    offered = ", ".join(f"'{by_folded[word]}'" for word in near)
    hint = f"did you mean {offered}?" if offered else "look at its values with headway map."
    return f"--where {dimension}={value}: no ticket has this {dimension}; {hint}"


def _refuse_few_people(
    records: Records, wanted: Flags, pairs: Mapping[str, Sequence[str]], minimum: int
) -> None:
    for role in counted(records, pairs) if pairs else ():
        who: Codes = codes(records.tickets, role)[0][wanted]
        if distinct(np.zeros(len(who), dtype=np.int32), who, 1)[0] < minimum:
            chosen = " ".join(f"{name}={value}" for name in pairs for value in pairs[name])
            raise OptionError(
                f"--where {chosen} leaves the tickets of fewer than {minimum} people, which are "
                "not shown; choose a larger part."
            )


def _opened_within(records: Records, first: date | None, last: date | None, clock: Clock) -> Flags:
    wanted = np.ones(records.tickets.num_rows, dtype=bool)
    if first is None and last is None:
        return wanted
    if first is not None and last is not None and last < first:
        raise OptionError(f"--to {last} lies before --from {first}; exchange them.")
    opened = instants(records.tickets, "opened_at")
    wanted &= opened != UNKNOWN
    if first is not None:
        wanted &= opened >= midnights(clock, np.array([first], dtype="datetime64[D]"))[0]
    if last is not None:
        after = np.array([last], dtype="datetime64[D]") + 1
        wanted &= opened < midnights(clock, after)[0]
    return wanted


def _only(records: Records, wanted: Flags) -> Records:
    tickets = records.tickets.filter(pa.array(wanted))
    row_of = np.full(len(wanted), -1, dtype=np.int32)
    row_of[wanted] = np.arange(int(wanted.sum()), dtype=np.int32)
    moved = row_of[records.events.column("ticket").to_numpy()]
    events = records.events.set_column(
        0, records.events.schema.field("ticket"), pa.array(moved, pa.int32())
    ).filter(pa.array(moved >= 0))
    ids = tickets.column("id").combine_chunks()
    return replace(
        records,
        tickets=tickets,
        events=events,
        feedback=_of(records.feedback, "ticket_id", ids),
        approvals=_of(records.approvals, "ticket_id", ids),
        alterations=_of(records.alterations, "change_id", ids),
    )


def _of(table: pa.Table, column: str, ids: pa.Array) -> pa.Table:
    return table.filter(pc.is_in(table.column(column), value_set=ids))
