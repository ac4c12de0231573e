"""Facts of tickets that cannot be right: reported, and kept out of what they would falsify."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from headway.intake.cells import Bools, Instants
from headway.intake.doubts import doubt
from headway.records import INSTANT, Doubt

DAY = 86_400
LONG_AGO = np.datetime64("1990-01-01", "s")
PAST = ("opened_at", "first_response_at", "resolved_at", "closed_at", "updated_at")
PLANS = ("target_due_at", "planned_start_at", "planned_end_at", "actual_start_at", "actual_end_at")
ASIDE = "that instant is set aside"
_FAR_PLAN = np.timedelta64(10 * 366 * DAY, "s")
# A lone date years after all others is a slip, unless many records share it.
_GAP, _FEW = np.timedelta64(3 * 366 * DAY, "s"), 0.01


def latest_plausible(found: Instants, now: int) -> np.datetime64 | None:
    """The last instant that the records can have been written at; None without any.

    Instants later than a day after ``now`` do not count, nor does at most one instant in a
    hundred that follows a gap of three years.
    """
    limit = np.datetime64(now + DAY, "s")
    seen = np.sort(found[(found >= LONG_AGO) & (found <= limit)])
    if not len(seen):
        return None
    upper = seen[int(len(seen) * (1 - _FEW)) - 1 :] if len(seen) >= 1 / _FEW else seen[-1:]
    gaps = np.flatnonzero(np.diff(upper) > _GAP)
    last: np.datetime64 = upper[gaps[0]] if len(gaps) else upper[-1]
    return last


@dataclass
class Checked:
    """Tickets under examination: instants are set aside column by column."""

    ids: pa.Array
    instants: dict[str, Instants]
    doubts: list[Doubt]

    def report(self, code: str, column: str, rows: Bools, *, seen: str, done: str) -> None:
        """Add a doubt about the tickets ``rows``."""
        if not rows.any():
            return
        names = self.ids.filter(pa.array(rows))
        self.doubts.append(doubt(code, column, names, seen=f"Tickets {seen}", done=done))

    def set_aside(self, column: str, rows: Bools) -> None:
        self.instants[column] = np.where(rows, np.datetime64("NaT", "s"), self.instants[column])


def check(table: pa.Table, limit: np.datetime64) -> tuple[pa.Table, list[Doubt]]:
    """The tickets without impossible instants, and what was found.

    ``limit`` is the instant of the extract: nothing can have happened more than a day later.
    """
    names = (*PAST, *PLANS)
    instants = {name: seconds(table.column(name)) for name in names}
    state = Checked(table.column("id").combine_chunks(), instants, [])
    _unresolved(state, table)
    _implausible(state, limit)
    _out_of_order(state)
    _undated(state)
    for name in names:
        place = table.schema.get_field_index(name)
        values = pa.array(state.instants[name], INSTANT)
        table = table.set_column(place, table.schema.field(place), values)
    return table, state.doubts


def seconds(column: pa.ChunkedArray) -> Instants:
    """Instants of a canonical column, NaT where not known."""
    return np.asarray(column.combine_chunks().to_numpy(zero_copy_only=False), "M8[s]")


def _unresolved(state: Checked, table: pa.Table) -> None:
    """Finished tickets that lack the instant which others of their source have."""
    missing = np.isnat(state.instants["resolved_at"])
    source = np.asarray(table.column("source").combine_chunks().indices)
    telling = np.isin(source, np.unique(source[~missing]))
    finished = np.asarray(pc.fill_null(table.column("finished"), False))
    state.report(
        "no_resolved_at",
        "resolved_at",
        missing & telling & finished,
        seen="that are over but have no resolve instant",
        done="they are left out of times to resolve",
    )


def _implausible(state: Checked, last: np.datetime64) -> None:
    for name in (*PAST, *PLANS):
        found = state.instants[name]
        limit = last + (_FAR_PLAN if name in PLANS else np.timedelta64(DAY, "s"))
        future, past = found > limit, found < LONG_AGO
        day = limit.astype("M8[D]")
        state.report("far_future", name, future, seen=f"with '{name}' after {day}", done=ASIDE)
        state.report("far_past", name, past, seen=f"with '{name}' before 1990", done=ASIDE)
        state.set_aside(name, future | past)


def _out_of_order(state: Checked) -> None:
    opened, resolved, closed = (
        state.instants[name] for name in ("opened_at", "resolved_at", "closed_at")
    )
    early = resolved < opened
    state.report(
        "resolved_before_opened",
        "resolved_at",
        early,
        seen="resolved before they were opened",
        done="the resolve instant is set aside, the tickets stay in all counts",
    )
    state.report(
        "closed_before_resolved",
        "closed_at",
        (closed < resolved) & ~early,
        seen="closed before they were resolved",
        done="the close instant is set aside",
    )
    state.report(
        "closed_before_opened",
        "closed_at",
        closed < opened,
        seen="closed before they were opened",
        done="the close instant is set aside",
    )
    response = state.instants["first_response_at"] < opened
    state.report(
        "response_before_opened",
        "first_response_at",
        response,
        seen="answered before they were opened",
        done="the response instant is set aside",
    )
    state.set_aside("resolved_at", early)
    state.set_aside("closed_at", (closed < opened) | ((closed < resolved) & ~early))
    state.set_aside("first_response_at", response)


def _undated(state: Checked) -> None:
    state.report(
        "no_opened_at",
        "opened_at",
        np.isnat(state.instants["opened_at"]),
        seen="without a usable open instant",
        done="they stand in no period",
    )


def within(table: pa.Table, events: pa.Table, last: np.datetime64) -> tuple[pa.Table, list[Doubt]]:
    """The events whose instant can be right, and a doubt about the others."""
    at = seconds(events["at"])
    bad = (at < LONG_AGO) | (at > last + np.timedelta64(DAY, "s"))
    if not bad.any():
        return events, []
    ids = pc.unique(table["id"].take(pa.array(np.unique(np.asarray(events["ticket"])[bad]))))
    told = doubt(
        "implausible_event",
        "at",
        ids,
        seen="Events before 1990 or after the extract",
        done="they are left out",
        count=int(bad.sum()),
    )
    return events.filter(pa.array(~bad)), [told]
