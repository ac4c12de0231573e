"""Names of people, kept out of what a scan shows even where they stand in another column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from headway.engine.columns import codes, words_in
from headway.engine.slices import person_names
from headway.mapping.model import ColumnRole, Mapping
from headway.records import PEOPLE, Records
from headway.sources import RawTable

SHORTEST = 5  # a shorter name is looked for as a whole cell only: "Al" is in "Portal"


def without_examples(mappings: Sequence[Mapping], raws: Sequence[RawTable]) -> tuple[Mapping, ...]:
    """The mappings without examples that hold the name of an assignee or a requester."""
    names = frozenset().union(
        *(_names(each, raw) for each, raw in zip(mappings, raws, strict=True))
    )
    return tuple(
        replace(each, roles=tuple(_shown(entry, names) for entry in each.roles))
        for each in mappings
    )


def without_names(tickets: pa.Table, records: Records) -> pa.Table:
    """The tickets without titles and people, also where a person stands as a group or the like."""
    names = person_names(records)
    out = tickets.drop_columns([*PEOPLE, "title"])
    for index, field in enumerate(out.schema):
        if not pa.types.is_dictionary(field.type):
            continue
        named = words_in(codes(out, field.name), names)
        if named.any():
            words = out.column(index).cast(pa.string())
            kept = pc.if_else(pa.array(named), pa.scalar(None, pa.string()), words)
            out = out.set_column(index, field.name, kept.dictionary_encode())
    return out


def _names(mapping: Mapping, raw: RawTable) -> frozenset[str]:
    found: set[str] = set()
    for role in PEOPLE:
        entry = mapping.of(role)
        if entry is not None and entry.column in raw.table.column_names:
            words = raw.table.column(entry.column).cast(pa.string()).unique().to_pylist()
            found.update(word.strip().casefold() for word in words if word)
    return frozenset(found - {""})


def _shown(entry: ColumnRole, names: frozenset[str]) -> ColumnRole:
    kept = tuple(example for example in entry.examples if not _named(example, names))
    return entry if kept == entry.examples else replace(entry, examples=kept)


def _named(example: str, names: frozenset[str]) -> bool:
    text = example.strip().casefold()
    return text in names or any(name in text for name in names if len(name) >= SHORTEST)
