"""The canonical tickets and events of one layout."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from headway.intake import history as past_of
from headway.intake.cells import Bools, Instants, Ints, Words, same
from headway.intake.doubts import doubt
from headway.intake.history import History, history
from headway.intake.layout import Layout
from headway.intake.order import ordered, remaining
from headway.intake.vocabulary import (
    CHANGE_TYPES,
    MAJOR,
    OUTCOMES,
    done,
    kind_of,
    matches,
    recognised,
)
from headway.records import EVENTS, INSTANT, TICKETS, WORD

SECONDS = {"seconds": 1, "minutes": 60, "hours": 3_600, "days": 86_400}
RECENT = ("updated_at", "closed_at", "resolved_at", "opened_at")
DERIVED = ("id", "kind", "source", "line", "major", "pending_seconds", "groups_seen", "finished")


@dataclass(frozen=True)
class Part:
    """Tickets and events of one layout; ``ticket`` of the events is a row of the tickets."""

    tickets: pa.Table
    events: pa.Table
    shape: str


def part(layout: Layout) -> Part:
    """The tickets of a layout in no particular order, and their events."""
    ids = layout.ids()
    if layout.mapping.shape == "record":
        rows = _latest(layout, ids)
        return Part(_tickets(layout, ids, rows, None), EVENTS.empty_table(), "record")
    past = history(layout, ids)
    past_of.doubts(past)
    rows = past.order[past.last]
    return Part(_tickets(layout, ids, rows, past), _events(past), layout.mapping.shape)


def _latest(layout: Layout, ids: Words) -> Ints:
    """The row of each ticket that was true last, where one row per record was meant."""
    several = ids.counts()[ids.codes] > 1
    if not several.any():
        return np.arange(len(layout))
    rows = np.flatnonzero(several)
    keys = [ids.codes[rows].astype(np.int64)]
    if layout.has("sequence"):
        keys.append(past_of.sequence(layout)[rows])
    # NaT is the smallest integer: a missing instant is never the later one.
    keys += [layout.instants(role)[rows].astype(np.int64) for role in RECENT if layout.has(role)]
    order = rows[ordered(keys, lambda tied: remaining(layout.table, rows[tied]))]
    last = order[np.append(ids.codes[order][1:] != ids.codes[order][:-1], True)]
    names = ids.take(last).strings()
    layout.doubts.append(
        doubt(
            "duplicate_id",
            "id",
            names,
            seen="Tickets on several rows with different content",
            done="the row with the latest instants is used",
        )
    )
    return np.sort(np.concatenate([np.flatnonzero(~several), last]))


@dataclass(frozen=True)
class _Draft:
    """A layout seen from its tickets: each role gives one value per ticket."""

    layout: Layout
    rows: Ints
    past: History | None

    def at(self, role: str, known: Bools) -> Ints:
        """The row that holds ``role``: the last one, or in an event log the last that knows it."""
        past = self.past
        if past is None or self.layout.mapping.shape != "event":
            return self.rows
        places = np.where(known[past.order], np.arange(len(past.order)), -1)
        latest = np.maximum.reduceat(places, past.starts[:-1])
        return np.where(latest < 0, self.rows, past.order[latest])

    def words(self, role: str) -> Words:
        found = self.layout.words(role)
        return found.take(self.at(role, found.known))

    def instants(self, role: str) -> Instants:
        found = self.layout.instants(role)
        return found[self.at(role, ~np.isnat(found))]

    def flags(self, role: str) -> npt.NDArray[np.int8]:
        found = self.layout.flags(role)
        return found[self.at(role, found >= 0)]

    def numbers(self, role: str) -> npt.NDArray[np.float64]:
        found = self.layout.numbers(role)
        return found[self.at(role, ~np.isnan(found))]


def _tickets(layout: Layout, ids: Words, rows: Ints, past: History | None) -> pa.Table:
    draft = _Draft(layout, rows, past)
    columns: dict[str, pa.Array] = {
        "id": ids.take(rows).strings(),
        "kind": _kind(draft).arrow(),
        "source": layout.source.take(rows).arrow(),
        "line": pa.array(layout.lines[rows], pa.int64()),
        "major": _bools(_major(draft)),
        "own_seconds": _own_seconds(draft),
    }
    instants = {
        field.name: draft.instants(field.name) for field in TICKETS if field.type == INSTANT
    }
    state = draft.words("state")
    if past is not None:
        _from_history(draft, past, instants, columns)
    for name, values in instants.items():
        columns[name] = pa.array(values, INSTANT)
    columns["finished"] = _bools(_finished(draft, state, instants))
    for field in TICKETS:
        if field.name not in columns:
            columns[field.name] = _column(draft, field)
    return pa.table([columns[field.name] for field in TICKETS], schema=TICKETS)


def _from_history(
    draft: _Draft, past: History, instants: dict[str, Instants], columns: dict[str, pa.Array]
) -> None:
    """Fill what no column says from the rows before the last."""
    layout = draft.layout
    first, last = past.at[past.starts[:-1]], past.at[past.last]
    if layout.mapping.shape == "event" and not layout.has("opened_at"):
        instants["opened_at"] = first
    if not layout.has("updated_at"):
        instants["updated_at"] = last
    if not layout.has("resolved_at"):
        resolved, closed = past_of.ends(past)
        instants["resolved_at"] = resolved
        if not layout.has("closed_at"):
            instants["closed_at"] = closed
    if layout.has("group"):
        columns["groups_seen"] = pa.array(past_of.groups_seen(past), pa.int32())
        if not layout.has("reassignments"):
            columns["reassignments"] = pa.array(past_of.moves(past, past.group), pa.int32())
        columns["group_returns"] = _known(past_of.group_returns(past))
    if layout.has("priority"):
        columns["priority_changes"] = _known(past_of.priority_changes(past))
    if past.standing.known.any():
        spent = past_of.pending_seconds(past, instants["opened_at"], instants["resolved_at"])
        columns["pending_seconds"] = pa.array(spent, pa.int64(), from_pandas=True)
        if not layout.has("reopens"):
            columns["reopens"] = pa.array(past_of.reopens(past), pa.int32())


def _column(draft: _Draft, field: pa.Field) -> pa.Array:
    """The values of a role that needs no thought beyond its type."""
    if not draft.layout.has(field.name):
        return pa.nulls(len(draft.rows), field.type)
    if field.type == pa.bool_():
        return _bools(draft.flags(field.name))
    if field.type == pa.int32():
        return _counts(draft.numbers(field.name))
    if field.name == "change_type":
        return recognised(draft.words(field.name), CHANGE_TYPES, None).arrow()
    if field.name == "outcome":
        return recognised(draft.words(field.name), OUTCOMES, None).arrow()
    return draft.words(field.name).arrow().cast(field.type)


def _kind(draft: _Draft) -> Words:
    told = kind_of(draft.words("kind"))
    default = draft.layout.mapping.kind
    if not told.known.any():
        return same(default, len(draft.rows))
    texts = pa.concat_arrays([told.texts, pa.array([default])])
    merged = texts.dictionary_encode()
    places = np.asarray(merged.indices).astype(np.int32)
    codes = np.where(told.known, told.codes, len(told.texts))
    return Words(merged.dictionary, places[codes])


def _major(draft: _Draft) -> npt.NDArray[np.int8]:
    """A yes or no, or the words of a tool that proposes and accepts major incidents."""
    text = draft.words("major")
    proposals = {name: matches(text, pattern) for name, pattern in MAJOR}
    if not (proposals[True] | proposals[False]).any():
        return draft.flags("major")
    named = np.where(proposals[True], 1, np.where(text.known, 0, -1))
    return np.where(proposals[False], 0, named).astype(np.int8)


def _finished(draft: _Draft, state: Words, instants: dict[str, Instants]) -> npt.NDArray[np.int8]:
    ended = ~np.isnat(instants["resolved_at"]) | ~np.isnat(instants["closed_at"])
    over = ended | done(state)
    # States in words that we do not know say nothing about the end of the work.
    seen = draft.past is not None and done(draft.past.standing).any()
    told = (
        seen or over.any() or any(draft.layout.has(role) for role in ("resolved_at", "closed_at"))
    )
    return np.where(over, 1, 0 if told else -1).astype(np.int8)


def _bools(values: npt.NDArray[np.int8]) -> pa.Array:
    return pa.array(values == 1, pa.bool_(), mask=values < 0)


def _counts(values: npt.NDArray[np.float64]) -> pa.Array:
    usable = (values >= 0) & (values < 2**31)  # NaN compares as false
    whole = np.where(usable, values, 0).astype(np.int32)
    return pa.array(whole, pa.int32(), mask=~usable)


def _known(values: Ints) -> pa.Array:
    return pa.array(values, pa.int32(), mask=values < 0)


def _own_seconds(draft: _Draft) -> pa.Array:
    """The tool's own duration, where the unit of its column is known."""
    entry = draft.layout.mapping.of("duration")
    if entry is None or entry.unit not in SECONDS:
        return pa.nulls(len(draft.rows), pa.int64())
    values = draft.numbers("duration") * SECONDS[entry.unit]
    usable = (values >= 0) & (values < 2**53)  # NaN compares as false
    return pa.array(np.where(usable, values, 0).round().astype(np.int64), mask=~usable)


def _events(past: History) -> pa.Table:
    known = ~np.isnat(past.at)
    rows = np.flatnonzero(known)
    values = [
        pa.array(past.ticket[known], pa.int32()),
        pa.array(past.at[known], INSTANT),
        pa.array(past.sequence[known], pa.int64()),
        *(text.take(rows).arrow().cast(WORD) for text in (past.activity, past.state, past.group)),
    ]
    return pa.table(values, schema=EVENTS)
