"""Sources that are built alike, put under one another, and their rows checked for use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from headway.calendars import Clock
from headway.errors import MappingError
from headway.intake.cells import (
    Bools,
    Flags,
    Instants,
    Ints,
    Numbers,
    Words,
    figures,
    instants,
    nothing,
    truths,
    words,
)
from headway.intake.doubts import doubt, quoted
from headway.intake.order import repeats
from headway.mapping.model import Mapping
from headway.records import SCHEMAS, Doubt
from headway.sources import RawTable

_Column = TypeVar("_Column")
Reject = tuple[str, int, str, str, str]


@dataclass(frozen=True)
class Layout:
    """Rows of one or several sources with the same columns and the same mapping.

    Attributes
    ----------
    mapping
        How they are read.
    table
        The raw columns of the rows that are used.
    source, lines
        Where each row stands.
    clock
        Declares the zone of instants without one.
    rejects
        Rows that could not be used.
    doubts
        What was found on the way; grows while columns are read.
    read
        Columns that were interpreted already.
    """

    mapping: Mapping
    table: pa.Table
    source: Words
    lines: Ints
    clock: Clock
    rejects: tuple[Reject, ...]
    doubts: list[Doubt]
    read: dict[tuple[str, str], object] = field(default_factory=dict)

    def __len__(self) -> int:
        return int(self.table.num_rows)

    @property
    def names(self) -> str:
        """The names of the sources, quoted."""
        return ", ".join(f"'{name}'" for name in self.source.texts.to_pylist())

    def named(self, role: str) -> tuple[str, str]:
        """How a doubt names the column of ``role``, and its name in the source."""
        entry = self.mapping.of(role)
        own = entry.column if entry is not None else role
        return (role if role in SCHEMAS[self.mapping.table].names else own), own

    def has(self, role: str) -> bool:
        """Whether a column fills ``role``."""
        return self.mapping.of(role) is not None

    def ids(self) -> Words:
        """The id of each row; its source and line where no column is one."""
        return self.words("id") if self.has("id") else self._once("ids", "id", self._by_line)

    def _by_line(self) -> Words:
        lines = pa.array(self.lines.astype(str))
        names = pc.binary_join_element_wise(self.source.strings(), lines, ":")
        told = doubt(
            "no_id",
            "id",
            names,
            seen=f"Rows of {self.names}, where no column is an id",
            done="they are named by their line, and a row that was exported twice counts twice",
        )
        self.doubts.append(told)
        return Words(names, np.arange(len(self), dtype=np.int32))

    def words(self, role: str) -> Words:
        """The column of ``role`` as text; nothing known without one."""
        entry = self.mapping.of(role)
        if entry is None:
            return nothing(len(self))
        return self._once("words", role, lambda: words(self._column(entry.column), entry.missing))

    def instants(self, role: str) -> Instants:
        """The column of ``role`` as instants in UTC."""
        entry = self.mapping.of(role)
        if entry is None:
            return np.full(len(self), "NaT", "M8[s]")

        def interpret() -> Instants:
            found, unread = instants(self._column(entry.column), entry, self.clock)
            self._report(role, unread, "instants")
            return found

        return self._once("instants", role, interpret)

    def numbers(self, role: str) -> Numbers:
        """The column of ``role`` as numbers."""

        def interpret() -> Numbers:
            found, unread = figures(self.words(role))
            self._report(role, unread, "numbers")
            return found

        return self._once("numbers", role, interpret)

    def flags(self, role: str) -> Flags:
        """The column of ``role`` as yes and no."""

        def interpret() -> Flags:
            found, unread = truths(self.words(role))
            self._report(role, unread, "a yes or a no")
            entry = self.mapping.of(role)
            if entry is not None and entry.negated:  # "breached" where we ask for "met"
                return np.where(found >= 0, 1 - found, found).astype(np.int8)
            return found

        return self._once("flags", role, interpret)

    def _once(self, kind: str, role: str, interpret: Callable[[], _Column]) -> _Column:
        if (kind, role) not in self.read:
            self.read[kind, role] = interpret()
        return cast(_Column, self.read[kind, role])

    def _column(self, name: str) -> pa.Array:
        return self.table.column(name).combine_chunks()

    def _report(self, role: str, unread: Bools, meant: str) -> None:
        entry = self.mapping.of(role)
        if entry is None or not unread.any():
            return
        text = words(self._column(entry.column), entry.missing)
        used = np.unique(text.codes[unread])
        values = sorted(str(text.texts[int(code)].as_py())[:80] for code in used)
        code = "not_a_number" if meant == "numbers" else "unreadable_value"
        self.doubts.append(
            doubt(
                code,
                self.named(role)[0],
                values,
                seen=f"Values of column '{entry.column}' that are not {meant}, "
                f"such as {quoted(values)}",
                done="they are read as not known",
                count=int(unread.sum()),
            )
        )


def layouts(sources: Sequence[tuple[RawTable, Mapping]], clock: Clock) -> list[Layout]:
    """The sources, those of equal columns and mapping together.

    Raises
    ------
    MappingError
        When a mapped column is not in its source.
    """
    alike: dict[tuple[object, ...], list[tuple[RawTable, Mapping]]] = {}
    for raw, mapping in sources:
        _check_columns(raw, mapping)
        alike.setdefault(_likeness(raw, mapping), []).append((raw, mapping))
    return [_usable(_stacked(group, clock)) for group in alike.values()]


def _check_columns(raw: RawTable, mapping: Mapping) -> None:
    found = raw.table.column_names
    for entry in mapping.roles:
        if entry.column not in found:
            raise MappingError(
                f"Column '{entry.column}' for {entry.role} is missing in '{raw.name}', which has "
                f"{', '.join(found)}; map another one with --map {entry.role}=COLUMN."
            )


def _likeness(raw: RawTable, mapping: Mapping) -> tuple[object, ...]:
    roles = sorted((r.role, r.column, r.date_format, r.missing) for r in mapping.roles)
    columns = sorted((column.name, str(column.type)) for column in raw.table.schema)
    return mapping.table, mapping.shape, mapping.kind, tuple(roles), tuple(columns)


def _stacked(group: list[tuple[RawTable, Mapping]], clock: Clock) -> Layout:
    first, mapping = group[0]
    table = first.table
    if len(group) > 1:
        names = sorted(table.column_names)
        parts = [raw.table.select(names) for raw, _ in group]
        table = pa.concat_tables(parts).unify_dictionaries().combine_chunks()
    names_of = pa.array([raw.name for raw, _ in group]).dictionary_encode()
    codes = np.repeat(np.asarray(names_of.indices), [raw.table.num_rows for raw, _ in group])
    return Layout(
        mapping=mapping,
        table=table,
        source=Words(names_of.dictionary, codes.astype(np.int32)),
        lines=np.concatenate([np.asarray(raw.lines, np.int64) for raw, _ in group]),
        clock=clock,
        rejects=tuple(
            (raw.name, row.line, row.reason, row.column, row.value)
            for raw, _ in group
            for row in raw.rejects
        ),
        doubts=[],
    )


REQUIRED = {
    "tickets": ("id",),
    "feedback": (),
    "approvals": ("ticket_id",),
    "alterations": ("altered_at",),
}
INSTANT_ROLES = {"tickets": "opened_at", "alterations": "altered_at"}
# Without one of these, equal rows may well be different records.
IDENTIFYING = {
    "tickets": ("id",),
    "feedback": ("id", "ticket_id"),
    "approvals": ("ticket_id",),
    "alterations": ("altered_at",),
}


def _usable(layout: Layout) -> Layout:
    """The layout without rows that cannot be used and without exact repeats."""
    bad, rejects = _rejected(layout)
    kept = np.flatnonzero(~bad)
    layout = _only(layout, kept) if bad.any() else layout
    layout = replace(layout, rejects=layout.rejects + tuple(rejects))
    if not any(layout.has(role) for role in IDENTIFYING[layout.mapping.table]):
        return layout
    again = repeats(layout.table)
    if not again.any():
        return layout
    label = next(role for role in IDENTIFYING[layout.mapping.table] if layout.has(role))
    text = layout.words(label).take(np.flatnonzero(again))
    layout.doubts.append(
        doubt(
            "duplicate_rows",
            label,
            pc.drop_null(text.strings()),
            seen="Rows that repeat another row in every column",
            done="each record is counted once",
            count=int(again.sum()),
        )
    )
    return _only(layout, np.flatnonzero(~again))


def _only(layout: Layout, rows: Ints) -> Layout:
    return replace(
        layout,
        table=layout.table.take(pa.array(rows)).combine_chunks(),
        source=layout.source.take(rows),
        lines=layout.lines[rows],
        read={},
    )


def _rejected(layout: Layout) -> tuple[Bools, list[Reject]]:
    bad = np.zeros(len(layout), bool)
    reasons: list[tuple[Bools, str, str, Words]] = []
    for role in REQUIRED[layout.mapping.table]:
        if layout.has(role) and role != "altered_at":
            text = layout.words(role)
            reasons.append((~text.known, "it has no id", role, text))
    instant = INSTANT_ROLES.get(layout.mapping.table, "")
    entry = layout.mapping.of(instant)
    if entry is not None:
        column = layout.table.column(entry.column).combine_chunks()
        found, unread = instants(column, entry, layout.clock)
        text = words(column, entry.missing) if unread.any() else nothing(len(layout))
        reasons.append((unread, "its date cannot be read", instant, text))
        if instant == "altered_at":
            reasons.append((np.isnat(found) & ~unread, "it has no date", instant, text))
    rejects: list[Reject] = []
    for wrong, reason, role, text in reasons:
        rows = np.flatnonzero(wrong & ~bad)
        bad |= wrong
        rejects += _reject_rows(layout, rows, (reason, role), text)
    return bad, sorted(rejects)


def _reject_rows(layout: Layout, rows: Ints, why: tuple[str, str], text: Words) -> list[Reject]:
    column = layout.named(why[1])[1]
    names = layout.source.take(rows).arrow().to_pylist()
    values = text.take(rows).arrow().to_pylist()
    lines = layout.lines[rows].tolist()
    return [
        (name, line, why[0], column, (value or "")[:80])
        for name, line, value in zip(names, lines, values, strict=True)
    ]
